/* phone_set.c - the methods of ITPhone that work the set: buttons, hookswitches, ringer, lamps,
 * display, device specific requests. All need the phone to be open. */
#include <stdlib.h>
#include <string.h>

#include "objects/phone.h"

COM_IMPL(phone, ITPhone, ITPhone_iface)

#define IID_HERE (&IID_ITPhone)

/* An open phone and an output, or the error. */
#define PHONE_GET(out)                                                                             \
    do {                                                                                           \
        HRESULT open_hr;                                                                           \
        PHONE_OUT(out);                                                                            \
        open_hr = phone_check(self, IID_HERE, &handle);                                            \
        if (FAILED(open_hr))                                                                       \
            return open_hr;                                                                        \
    } while (0)

/* Waits for the answer to a request: PHONE_REQUEST(phoneSetLamp(...)), "what failed". */
#define PHONE_REQUEST(call, action)                                                                \
    do {                                                                                           \
        struct request *request = request_begin(self->tapi);                                       \
        if (!request)                                                                              \
            return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);                                        \
        return objects_result(request_finish(self->tapi, request, (call)), IID_HERE, action);      \
    } while (0)

/* ---- buttons ------------------------------------------------------------------------------- */

struct button_query {
    HPHONE handle;
    DWORD button;
};

static LONG fetch_button(void *context, void *structure)
{
    struct button_query *query = context;

    return phoneGetButtonInfoW(query->handle, query->button, structure);
}

PHONEBUTTONINFO *phone_button_info(HPHONE handle, DWORD button, LONG *error)
{
    struct button_query query = {handle, button};

    return objects_fetch(fetch_button, &query, 256, error);
}

static HRESULT get_button(HPHONE handle, LONG button, PHONEBUTTONINFO **info)
{
    LONG error;

    *info = phone_button_info(handle, button, &error);
    return *info ? S_OK : com_fail_tapi(error, IID_HERE, "The button could not be asked");
}

/* PHONEBUTTONMODE_ are bits, PBM_ are numbers: dummy 1 and 0, call 2 and 1, feature 4 and 2, ... */
static PHONE_BUTTON_MODE mode_from_bit(DWORD bit)
{
    unsigned mode = 0;

    while (mode < PBM_DISPLAY && !(bit & (1u << mode)))
        mode++;
    return bit & (1u << mode) ? (PHONE_BUTTON_MODE)mode : PBM_DUMMY;
}

HRESULT WINAPI phone_get_ButtonMode(ITPhone *iface, LONG button, PHONE_BUTTON_MODE *mode)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONEBUTTONINFO *info;
    HPHONE handle;
    HRESULT hr;

    PHONE_GET(mode);
    hr = get_button(handle, button, &info);
    if (FAILED(hr))
        return hr;
    *mode = mode_from_bit(info->dwButtonMode);
    free(info);
    return S_OK;
}

HRESULT WINAPI phone_get_ButtonFunction(ITPhone *iface, LONG button,
                                        PHONE_BUTTON_FUNCTION *function)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONEBUTTONINFO *info;
    HPHONE handle;
    HRESULT hr;

    PHONE_GET(function);
    hr = get_button(handle, button, &info);
    if (FAILED(hr))
        return hr;
    *function = (PHONE_BUTTON_FUNCTION)info->dwButtonFunction; /* the numbers are the same */
    free(info);
    return S_OK;
}

HRESULT WINAPI phone_get_ButtonText(ITPhone *iface, LONG button, BSTR *text)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONEBUTTONINFO *info;
    HPHONE handle;
    HRESULT hr;

    PHONE_GET(text);
    hr = get_button(handle, button, &info);
    if (FAILED(hr))
        return hr;
    *text = objects_string(info, info->dwButtonTextSize, info->dwButtonTextOffset);
    free(info);
    return *text ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

HRESULT WINAPI phone_get_ButtonState(ITPhone *iface, LONG button, PHONE_BUTTON_STATE *state)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONEBUTTONINFO *info;
    HPHONE handle;
    HRESULT hr;

    PHONE_GET(state);
    hr = get_button(handle, button, &info);
    if (FAILED(hr))
        return hr;
    *state = info->dwButtonState ? (PHONE_BUTTON_STATE)info->dwButtonState : PBS_UNKNOWN;
    free(info);
    return S_OK;
}

/* Sets one part of a button's information; the others stay as they are (phoneSetButtonInfo takes
 * them all). NULL keeps a part. */
static HRESULT set_button(struct phone *self, LONG button, const PHONE_BUTTON_MODE *mode,
                          const PHONE_BUTTON_FUNCTION *function, const WCHAR *text)
{
    PHONEBUTTONINFO *info, *grown;
    DWORD text_size = text ? (DWORD)(wcslen(text) + 1) * sizeof(WCHAR) : 0;
    struct request *request;
    HPHONE handle;
    HRESULT hr;
    DWORD end;
    LONG error;

    hr = phone_check_owner(self, IID_HERE, &handle);
    if (SUCCEEDED(hr))
        hr = get_button(handle, button, &info);
    if (FAILED(hr))
        return hr;
    if (mode)
        info->dwButtonMode = 1u << *mode;
    if (function)
        info->dwButtonFunction = *function;
    if (text) {
        end = (info->dwUsedSize + sizeof(WCHAR) - 1) & ~(DWORD)(sizeof(WCHAR) - 1);
        grown = realloc(info, end + text_size);
        if (!grown) {
            free(info);
            return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
        }
        info = grown;
        memcpy((char *)info + end, text, text_size);
        info->dwButtonTextSize = text_size;
        info->dwButtonTextOffset = end;
        info->dwTotalSize = info->dwNeededSize = info->dwUsedSize = end + text_size;
    }
    /* The request keeps what it is about until it is done: it may outlive this call. */
    request = request_begin(self->tapi);
    if (!request) {
        free(info);
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    request->block = (VARSTRING *)info;
    error = request_finish(self->tapi, request, phoneSetButtonInfoW(handle, button, info));
    return objects_result(error, IID_HERE, "The button was not changed");
}

HRESULT WINAPI phone_put_ButtonMode(ITPhone *iface, LONG button, PHONE_BUTTON_MODE mode)
{
    if ((unsigned)mode > PBM_DISPLAY)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONE_BUTTON_MODE.", (int)mode);
    return set_button(impl_from_ITPhone_iface(iface), button, &mode, NULL, NULL);
}

HRESULT WINAPI phone_put_ButtonFunction(ITPhone *iface, LONG button, PHONE_BUTTON_FUNCTION function)
{
    if ((unsigned)function > PBF_SEND)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONE_BUTTON_FUNCTION.",
                        (int)function);
    return set_button(impl_from_ITPhone_iface(iface), button, NULL, &function, NULL);
}

HRESULT WINAPI phone_put_ButtonText(ITPhone *iface, LONG button, BSTR text)
{
    if (!text)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return set_button(impl_from_ITPhone_iface(iface), button, NULL, NULL, text);
}

/* ---- hookswitches -------------------------------------------------------------------------- */

static LONG fetch_status(void *context, void *structure)
{
    return phoneGetStatusW(*(HPHONE *)context, structure);
}

PHONESTATUS *phone_status(HPHONE handle, LONG *error)
{
    return objects_fetch(fetch_status, &handle, 512, error);
}

static HRESULT check_device(PHONE_HOOK_SWITCH_DEVICE device)
{
    if (device == PHSD_HANDSET || device == PHSD_SPEAKERPHONE || device == PHSD_HEADSET)
        return S_OK;
    return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONE_HOOK_SWITCH_DEVICE.", (int)device);
}

HRESULT WINAPI phone_get_HookSwitchState(ITPhone *iface, PHONE_HOOK_SWITCH_DEVICE device,
                                         PHONE_HOOK_SWITCH_STATE *state)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONESTATUS *status;
    PHONECAPS *caps;
    HPHONE handle;
    HRESULT hr;
    LONG error;

    PHONE_GET(state);
    hr = check_device(device);
    if (FAILED(hr))
        return hr;
    caps = phone_get_caps(self, &error);
    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The hookswitches are not known");
    if (!(caps->dwHookSwitchDevs & device))
        hr = com_fail(TAPI_E_INVALHOOKSWITCHDEV, IID_HERE, NULL);
    free(caps);
    if (FAILED(hr))
        return hr;
    status = phone_status(handle, &error);
    if (!status)
        return com_fail_tapi(error, IID_HERE, "The hookswitch could not be asked");
    *state = (PHONE_HOOK_SWITCH_STATE)(device == PHSD_HANDSET   ? status->dwHandsetHookSwitchMode
                                       : device == PHSD_HEADSET ? status->dwHeadsetHookSwitchMode
                                                                : status->dwSpeakerHookSwitchMode);
    free(status);
    return S_OK;
}

HRESULT WINAPI phone_put_HookSwitchState(ITPhone *iface, PHONE_HOOK_SWITCH_DEVICE device,
                                         PHONE_HOOK_SWITCH_STATE state)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    HPHONE handle;
    HRESULT hr = phone_check_owner(self, IID_HERE, &handle);

    if (SUCCEEDED(hr))
        hr = check_device(device);
    if (FAILED(hr))
        return hr;
    if (state != PHSS_ONHOOK && state != PHSS_OFFHOOK_MIC_ONLY &&
        state != PHSS_OFFHOOK_SPEAKER_ONLY && state != PHSS_OFFHOOK)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONE_HOOK_SWITCH_STATE.", (int)state);
    PHONE_REQUEST(phoneSetHookSwitch(handle, device, state), "The hookswitch was not changed");
}

/* ---- the ringer ---------------------------------------------------------------------------- */

static HRESULT get_ring(HPHONE handle, DWORD *mode, DWORD *volume)
{
    LONG error = phoneGetRing(handle, mode, volume);

    return error < 0 ? com_fail_tapi(error, IID_HERE, "The ringer could not be asked") : S_OK;
}

HRESULT WINAPI phone_get_RingMode(ITPhone *iface, LONG *mode)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    DWORD volume = 0, current = 0;
    HPHONE handle;
    HRESULT hr;

    PHONE_GET(mode);
    hr = get_ring(handle, &current, &volume);
    if (SUCCEEDED(hr))
        *mode = current;
    return hr;
}

HRESULT WINAPI phone_get_RingVolume(ITPhone *iface, LONG *volume)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    DWORD mode = 0, current = 0;
    HPHONE handle;
    HRESULT hr;

    PHONE_GET(volume);
    hr = get_ring(handle, &mode, &current);
    if (SUCCEEDED(hr))
        *volume = current;
    return hr;
}

HRESULT WINAPI phone_put_RingMode(ITPhone *iface, LONG mode)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    DWORD before = 0, volume = 0;
    HPHONE handle;
    HRESULT hr = phone_check_owner(self, IID_HERE, &handle);

    if (SUCCEEDED(hr))
        hr = get_ring(handle, &before, &volume);
    if (FAILED(hr))
        return hr;
    PHONE_REQUEST(phoneSetRing(handle, mode, volume), "The phone does not ring so");
}

HRESULT WINAPI phone_put_RingVolume(ITPhone *iface, LONG volume)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    DWORD mode = 0, before = 0;
    HPHONE handle;
    HRESULT hr = phone_check_owner(self, IID_HERE, &handle);

    if (FAILED(hr))
        return hr;
    if (volume < 0 || volume > 0xFFFF)
        return com_fail(E_INVALIDARG, IID_HERE, "Volumes are 0 to 65535, not %ld.", volume);
    hr = get_ring(handle, &mode, &before);
    if (FAILED(hr))
        return hr;
    PHONE_REQUEST(phoneSetRing(handle, mode, volume), "The volume was not changed");
}

/* ---- lamps --------------------------------------------------------------------------------- */

HRESULT WINAPI phone_get_LampMode(ITPhone *iface, LONG lamp, PHONE_LAMP_MODE *mode)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    DWORD current = 0;
    HPHONE handle;
    LONG error;

    PHONE_GET(mode);
    error = phoneGetLamp(handle, lamp, &current);
    if (error < 0)
        return com_fail_tapi(error, IID_HERE, "The lamp could not be asked");
    *mode = (PHONE_LAMP_MODE)current; /* the bits are the same */
    return S_OK;
}

HRESULT WINAPI phone_put_LampMode(ITPhone *iface, LONG lamp, PHONE_LAMP_MODE mode)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    HPHONE handle;
    HRESULT hr = phone_check_owner(self, IID_HERE, &handle);

    if (FAILED(hr))
        return hr;
    PHONE_REQUEST(phoneSetLamp(handle, lamp, mode), "The lamp was not changed");
}

/* ---- the display --------------------------------------------------------------------------- */

static LONG fetch_display(void *context, void *structure)
{
    return phoneGetDisplay(*(HPHONE *)context, structure);
}

HRESULT WINAPI phone_get_Display(ITPhone *iface, BSTR *text)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    VARSTRING *display;
    const char *bytes;
    HPHONE handle;
    LONG error;
    int size, length;

    PHONE_GET(text);
    display = objects_fetch(fetch_display, &handle, 512, &error);
    if (!display)
        return com_fail_tapi(error, IID_HERE, "The display could not be read");
    size = display->dwStringSize;
    if (display->dwStringOffset > display->dwUsedSize ||
        display->dwStringSize > display->dwUsedSize - display->dwStringOffset)
        size = 0;
    bytes = (const char *)display + (size ? display->dwStringOffset : 0);
    if (display->dwStringFormat == STRINGFORMAT_UNICODE) {
        *text = SysAllocStringLen((const WCHAR *)bytes, size / sizeof(WCHAR));
    } else {
        length = size ? MultiByteToWideChar(CP_ACP, 0, bytes, size, NULL, 0) : 0;
        *text = SysAllocStringLen(NULL, length);
        if (*text && length)
            MultiByteToWideChar(CP_ACP, 0, bytes, size, *text, length);
    }
    free(display);
    return *text ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

/* The text in the form that the display takes (phoneSetDisplay hands bytes on as they are). */
static void *display_bytes(struct phone *self, BSTR text, DWORD *size)
{
    UINT length = SysStringLen(text);
    BOOL wide = FALSE;
    PHONECAPS *caps;
    char *bytes;
    LONG error;

    caps = phone_get_caps(self, &error);
    if (caps)
        wide = caps->dwStringFormat == STRINGFORMAT_UNICODE;
    free(caps);
    *size = wide     ? length * sizeof(WCHAR)
            : length ? (DWORD)WideCharToMultiByte(CP_ACP, 0, text, length, NULL, 0, NULL, NULL)
                     : 0;
    bytes = malloc(*size + 1);
    if (!bytes)
        return NULL;
    bytes[*size] = 0;
    if (wide)
        memcpy(bytes, text, *size);
    else if (length)
        WideCharToMultiByte(CP_ACP, 0, text, length, bytes, *size, NULL, NULL);
    return bytes;
}

HRESULT WINAPI phone_SetDisplay(ITPhone *iface, LONG row, LONG column, BSTR text)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    struct request *request;
    HPHONE handle;
    DWORD size;
    void *bytes;
    HRESULT hr;
    LONG error;

    if (!text)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = phone_check_owner(self, IID_HERE, &handle);
    if (FAILED(hr))
        return hr;
    bytes = display_bytes(self, text, &size);
    request = bytes ? request_begin(self->tapi) : NULL;
    if (!request) {
        free(bytes);
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    request->block = bytes;
    error = request_finish(self->tapi, request, phoneSetDisplay(handle, row, column, bytes, size));
    return objects_result(error, IID_HERE, "The display was not changed");
}

/* ---- device specific ----------------------------------------------------------------------- */

HRESULT WINAPI phone_DeviceSpecific(ITPhone *iface, BYTE *bytes, DWORD size)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    struct request *request;
    HPHONE handle;
    HRESULT hr;
    LONG error = PHONEERR_NOMEM;

    if (!bytes && size)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = phone_check(self, IID_HERE, &handle);
    if (FAILED(hr))
        return hr;
    /* The reply writes the answer into memory that must last until then: the request's. */
    request = request_begin(self->tapi);
    if (!request)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    request->block = malloc(size ? size : 1);
    if (request->block) {
        memcpy(request->block, bytes, size);
        error = phoneDevSpecific(handle, size ? request->block : NULL, size);
    }
    error = request_finish_keep(self->tapi, request, error);
    if (error == 0 && size)
        memcpy(bytes, request->block, size);
    request_release(request);
    return objects_result(error, IID_HERE, "The device specific request failed");
}

HRESULT WINAPI phone_DeviceSpecificVariant(ITPhone *iface, VARIANT bytes)
{
    SAFEARRAY *array;
    LONG low, high;
    void *data;
    HRESULT hr;

    array = V_ISBYREF(&bytes) ? (V_ARRAYREF(&bytes) ? *V_ARRAYREF(&bytes) : NULL) : V_ARRAY(&bytes);
    if ((V_VT(&bytes) & ~VT_BYREF) != (VT_ARRAY | VT_UI1) || !array || SafeArrayGetDim(array) != 1)
        return com_fail(E_INVALIDARG, IID_HERE, "An array of bytes is needed.");
    SafeArrayGetLBound(array, 1, &low);
    SafeArrayGetUBound(array, 1, &high);
    hr = SafeArrayAccessData(array, &data);
    if (FAILED(hr))
        return com_fail(hr, IID_HERE, NULL);
    hr = phone_DeviceSpecific(iface, data, high - low + 1);
    SafeArrayUnaccessData(array);
    return hr;
}
