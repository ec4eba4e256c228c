/* phone.c - the Phone object: its life, Open and Close, and what belongs to it (addresses,
 * terminals, capabilities). The set itself is in phone_set.c, what it does alone in phone_auto.c.
 */
#include "objects/phone.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(phone, phone, ITPhone, ITPhone_iface)

#define IID_HERE (&IID_ITPhone)

/* ---- handles ------------------------------------------------------------------------------- */

HRESULT phone_check(struct phone *self, REFIID iid, HPHONE *handle)
{
    HRESULT hr = tapi_check(self->tapi, iid);

    *handle = 0;
    if (FAILED(hr))
        return hr;
    AcquireSRWLockShared(&self->lock);
    *handle = self->handle;
    ReleaseSRWLockShared(&self->lock);
    return *handle ? S_OK : com_fail(TAPI_E_PHONENOTOPEN, iid, NULL);
}

HRESULT phone_check_owner(struct phone *self, REFIID iid, HPHONE *handle)
{
    HRESULT hr = phone_check(self, iid, handle);

    if (SUCCEEDED(hr) && self->privilege != PP_OWNER)
        hr =
            com_fail(TAPI_E_NOTOWNER, iid, "The phone was opened to monitor it; open it as owner.");
    return hr;
}

LONG phone_borrow(struct phone *self, HPHONE *handle, BOOL *borrowed)
{
    AcquireSRWLockShared(&self->lock);
    *handle = self->handle;
    ReleaseSRWLockShared(&self->lock);
    *borrowed = !*handle;
    if (*handle)
        return 0;
    return phoneOpen(self->tapi->phone_app, self->device, handle, self->api_version, 0, 0,
                     PHONEPRIVILEGE_MONITOR);
}

void phone_return(HPHONE handle, BOOL borrowed)
{
    if (borrowed)
        phoneClose(handle);
}

LONG phone_ask_id(struct phone *self, const WCHAR *device_class, DWORD *id)
{
    unsigned tries;
    BOOL borrowed;
    HPHONE handle;
    LONG error = 0;

    for (tries = 0; tries < 5; tries++) {
        error = phone_borrow(self, &handle, &borrowed);
        if (error < 0)
            return error;
        error = phone_device_id(handle, device_class, id);
        phone_return(handle, borrowed);
        /* The application has closed the handle that we used meanwhile: another will do. */
        if (borrowed || error != (LONG)PHONEERR_INVALPHONEHANDLE)
            break;
    }
    return error;
}

/* ---- structures of the C API --------------------------------------------------------------- */

static LONG fetch_caps(void *context, void *structure)
{
    struct phone *self = context;

    return phoneGetDevCapsW(self->tapi->phone_app, self->device, self->api_version, 0, structure);
}

PHONECAPS *phone_get_caps(struct phone *self, LONG *error)
{
    return objects_fetch(fetch_caps, self, 1024, error);
}

struct id_query {
    HPHONE handle;
    const WCHAR *device_class;
};

static LONG fetch_id(void *context, void *structure)
{
    struct id_query *query = context;

    return phoneGetIDW(query->handle, structure, query->device_class);
}

LONG phone_device_id(HPHONE handle, const WCHAR *device_class, DWORD *id)
{
    struct id_query query = {handle, device_class};
    LONG error;
    VARSTRING *answer = objects_fetch(fetch_id, &query, 128, &error);

    *id = (DWORD)-1;
    if (!answer)
        return error;
    error = PHONEERR_OPERATIONFAILED;
    if (answer->dwStringSize >= sizeof(DWORD) && answer->dwStringOffset <= answer->dwUsedSize &&
        answer->dwStringSize <= answer->dwUsedSize - answer->dwStringOffset) {
        memcpy(id, (char *)answer + answer->dwStringOffset, sizeof(*id));
        error = 0;
    }
    free(answer);
    return error;
}

/* ---- Open, Close --------------------------------------------------------------------------- */

/* Everything the device tells becomes an event; a set that does not say what it tells is asked for
 * all there is. */
static void ask_for_messages(struct phone *self, HPHONE handle)
{
    const DWORD all = 2 * PHONESTATE_REMOVED - 1;
    LONG error;
    PHONECAPS *caps = phone_get_caps(self, &error);

    if (!caps)
        return;
    phoneSetStatusMessages(handle, caps->dwPhoneStates ? caps->dwPhoneStates : all,
                           PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE | PHONEBUTTONMODE_KEYPAD |
                               PHONEBUTTONMODE_LOCAL | PHONEBUTTONMODE_DISPLAY,
                           PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN);
    free(caps);
}

/* Takes the open handle away; the worker and the table have it no longer. 0: it was not open. */
static HPHONE phone_forget_handle(struct phone *self)
{
    HPHONE handle;

    AcquireSRWLockExclusive(&self->lock);
    handle = self->handle;
    self->handle = 0;
    ReleaseSRWLockExclusive(&self->lock);
    if (!handle)
        return 0;
    AcquireSRWLockExclusive(&self->tapi->lock);
    handle_map_remove(&self->tapi->phone_handles, (DWORD)(DWORD_PTR)handle);
    ReleaseSRWLockExclusive(&self->tapi->lock);
    return handle;
}

BOOL phone_close(struct phone *self)
{
    HPHONE handle = phone_forget_handle(self);

    if (!handle)
        return FALSE;
    phone_auto_end(self);
    phoneClose(handle);
    return TRUE;
}

BOOL phone_lost(struct phone *self)
{
    BOOL was_open = phone_forget_handle(self) != 0;

    if (was_open)
        phone_auto_end(self);
    return was_open;
}

static HRESULT WINAPI phone_Open(ITPhone *iface, PHONE_PRIVILEGE privilege)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    HRESULT hr = tapi_check(self->tapi, IID_HERE);
    HPHONE handle = 0;
    BOOL busy, listed;
    LONG error;

    if (FAILED(hr))
        return hr;
    if (privilege != PP_OWNER && privilege != PP_MONITOR)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONE_PRIVILEGE.", (int)privilege);
    AcquireSRWLockExclusive(&self->lock);
    busy = self->handle || self->opening;
    if (!busy)
        self->opening = TRUE;
    ReleaseSRWLockExclusive(&self->lock);
    if (busy)
        return com_fail(TAPI_E_ALLOCATED, IID_HERE, "The phone is open already; close it first.");
    error = phoneOpen(self->tapi->phone_app, self->device, &handle, self->api_version,
                      self->ext_version, 0,
                      privilege == PP_OWNER ? PHONEPRIVILEGE_OWNER : PHONEPRIVILEGE_MONITOR);
    if (error < 0) {
        AcquireSRWLockExclusive(&self->lock);
        self->opening = FALSE;
        ReleaseSRWLockExclusive(&self->lock);
        return com_fail_tapi(error, IID_HERE, "The phone could not be opened");
    }
    AcquireSRWLockExclusive(&self->tapi->lock);
    listed = self->tapi->state == TAPI_OPEN &&
             handle_map_put(&self->tapi->phone_handles, (DWORD)(DWORD_PTR)handle, self);
    ReleaseSRWLockExclusive(&self->tapi->lock);
    AcquireSRWLockExclusive(&self->lock);
    self->opening = FALSE;
    if (listed) {
        self->handle = handle;
        self->privilege = privilege;
    }
    ReleaseSRWLockExclusive(&self->lock);
    if (!listed) {
        phoneClose(handle);
        return com_fail(self->tapi->state == TAPI_OPEN ? E_OUTOFMEMORY : TAPI_E_NOT_INITIALIZED,
                        IID_HERE, NULL);
    }
    phone_device_id(handle, L"tapi/line", &self->line_device);
    if (privilege == PP_OWNER)
        phone_auto_begin(self, handle);
    ask_for_messages(self, handle);
    return S_OK;
}

static HRESULT WINAPI phone_Close(ITPhone *iface)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    HRESULT hr = tapi_check(self->tapi, IID_HERE);

    if (SUCCEEDED(hr) && !phone_close(self))
        hr = com_fail(TAPI_E_PHONENOTOPEN, IID_HERE, NULL);
    return hr;
}

static HRESULT WINAPI phone_get_Privilege(ITPhone *iface, PHONE_PRIVILEGE *privilege)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    HPHONE handle;
    HRESULT hr;

    if (!privilege)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = phone_check(self, IID_HERE, &handle);
    *privilege = SUCCEEDED(hr) ? self->privilege : PP_OWNER;
    return hr;
}

/* ---- addresses ----------------------------------------------------------------------------- */

/* The addresses of the line device that belongs to the phone (device class tapi/line). */
static HRESULT list_addresses(struct phone *self, struct com_list **list)
{
    DWORD line = (DWORD)-1, id;
    BOOL fits = TRUE;
    LONG error;

    *list = NULL;
    error = phone_ask_id(self, L"tapi/line", &line);
    if (error < 0 && error != (LONG)PHONEERR_INVALDEVICECLASS &&
        error != (LONG)PHONEERR_OPERATIONUNAVAIL && error != (LONG)PHONEERR_NODEVICE)
        return com_fail_tapi(error, IID_HERE, "The addresses of the phone are not known");
    *list = com_list_create(COM_LIST_OBJECTS);
    fits = *list != NULL;
    for (id = 0; error == 0 && fits; id++) {
        struct address *address = address_find(self->tapi, line, id);

        if (!address)
            break;
        if (!address->removed)
            fits = com_list_add_object(*list, &address->com.IUnknown_iface);
        com_unuse(&address->com);
    }
    if (!fits) {
        com_list_release(*list);
        *list = NULL;
    }
    return S_OK;
}

static HRESULT WINAPI phone_get_Addresses(ITPhone *iface, VARIANT *out)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    struct com_list *list;
    HRESULT hr;

    PHONE_OUT(out);
    hr = list_addresses(self, &list);
    return FAILED(hr) ? hr : objects_collection(list, out, IID_HERE);
}

static HRESULT WINAPI phone_EnumerateAddresses(ITPhone *iface, IEnumAddress **out)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    struct com_list *list;
    HRESULT hr;

    PHONE_OUT(out);
    hr = list_addresses(self, &list);
    return FAILED(hr) ? hr : objects_enumerate(list, &IID_IEnumAddress, (void **)out, IID_HERE);
}

/* ---- terminals ----------------------------------------------------------------------------- */

BOOL phone_has_terminal(HPHONE handle, ITTerminal *terminal)
{
    ITStaticAudioTerminal *audio = NULL;
    TERMINAL_DIRECTION direction = TD_CAPTURE;
    LONG wave = -1;
    DWORD id;
    BOOL found;

    if (FAILED(ITTerminal_QueryInterface(terminal, &IID_ITStaticAudioTerminal, (void **)&audio)))
        return FALSE;
    found = SUCCEEDED(ITTerminal_get_Direction(terminal, &direction)) &&
            SUCCEEDED(ITStaticAudioTerminal_get_WaveId(audio, &wave)) &&
            (direction == TD_CAPTURE || direction == TD_RENDER) &&
            phone_device_id(handle, direction == TD_CAPTURE ? L"wave/in" : L"wave/out", &id) == 0 &&
            (LONG)id == wave;
    ITStaticAudioTerminal_Release(audio);
    return found;
}

HRESULT phone_list_terminals(struct phone *self, ITAddress *address, struct com_list **out)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    ITTerminalSupport *support = NULL;
    IEnumTerminal *terminals = NULL;
    ITTerminal *terminal;
    HPHONE handle = 0;
    BOOL borrowed = FALSE, fits = list != NULL;
    HRESULT hr = S_OK;
    LONG error;

    *out = NULL;
    error = phone_borrow(self, &handle, &borrowed);
    if (error < 0)
        hr = com_fail_tapi(error, IID_HERE, "The phone could not be asked for its sound devices");
    /* An address without media has no terminals. */
    else if (SUCCEEDED(
                 ITAddress_QueryInterface(address, &IID_ITTerminalSupport, (void **)&support)) &&
             SUCCEEDED(ITTerminalSupport_EnumerateStaticTerminals(support, &terminals)))
        while (fits && IEnumTerminal_Next(terminals, 1, &terminal, NULL) == S_OK) {
            if (phone_has_terminal(handle, terminal))
                fits = com_list_add_object(list, (IUnknown *)terminal);
            ITTerminal_Release(terminal);
        }
    if (terminals)
        IEnumTerminal_Release(terminals);
    if (support)
        ITTerminalSupport_Release(support);
    if (error == 0)
        phone_return(handle, borrowed);
    if (FAILED(hr) || !fits) {
        com_list_release(list);
        return FAILED(hr) ? hr : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    *out = list;
    return S_OK;
}

static HRESULT check_address(struct phone *self, ITAddress *address)
{
    struct com_object *object;

    if (!address)
        return com_fail(E_POINTER, IID_HERE, "An Address object is needed.");
    object = com_object_of(address, &address_class);
    if (!object || CONTAINING_RECORD(object, struct address, com)->tapi != self->tapi)
        return com_fail(E_INVALIDARG, IID_HERE, "The Address is not one of this TAPI object.");
    return S_OK;
}

static HRESULT WINAPI phone_get_Terminals(ITPhone *iface, ITAddress *address, VARIANT *out)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    struct com_list *list;
    HRESULT hr;

    PHONE_OUT(out);
    hr = check_address(self, address);
    if (SUCCEEDED(hr))
        hr = phone_list_terminals(self, address, &list);
    return FAILED(hr) ? hr : objects_collection(list, out, IID_HERE);
}

static HRESULT WINAPI phone_EnumerateTerminals(ITPhone *iface, ITAddress *address,
                                               IEnumTerminal **out)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    struct com_list *list;
    HRESULT hr;

    PHONE_OUT(out);
    hr = check_address(self, address);
    if (SUCCEEDED(hr))
        hr = phone_list_terminals(self, address, &list);
    return FAILED(hr) ? hr : objects_enumerate(list, &IID_IEnumTerminal, (void **)out, IID_HERE);
}

/* ---- capabilities -------------------------------------------------------------------------- */

static const struct {
    size_t offset; /* 0: computed */
} caps_long[] = {
    [PCL_HOOKSWITCHES] = {offsetof(PHONECAPS, dwHookSwitchDevs)},
    [PCL_HANDSETHOOKSWITCHMODES] = {offsetof(PHONECAPS, dwHandsetHookSwitchModes)},
    [PCL_HEADSETHOOKSWITCHMODES] = {offsetof(PHONECAPS, dwHeadsetHookSwitchModes)},
    [PCL_SPEAKERPHONEHOOKSWITCHMODES] = {offsetof(PHONECAPS, dwSpeakerHookSwitchModes)},
    [PCL_DISPLAYNUMROWS] = {offsetof(PHONECAPS, dwDisplayNumRows)},
    [PCL_DISPLAYNUMCOLUMNS] = {offsetof(PHONECAPS, dwDisplayNumColumns)},
    [PCL_NUMRINGMODES] = {offsetof(PHONECAPS, dwNumRingModes)},
    [PCL_NUMBUTTONLAMPS] = {offsetof(PHONECAPS, dwNumButtonLamps)},
    [PCL_GENERICPHONE] = {0},
};

/* A generic phone is a set whose sound is wave devices of the computer: TAPI can make it speak. */
static LONG is_generic(struct phone *self)
{
    DWORD id;

    return phone_ask_id(self, L"wave/in", &id) == 0 && phone_ask_id(self, L"wave/out", &id) == 0;
}

static HRESULT WINAPI phone_get_PhoneCapsLong(ITPhone *iface, PHONECAPS_LONG which, LONG *value)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONECAPS *caps;
    LONG error;

    PHONE_OUT(value);
    if ((unsigned)which >= ARRAYSIZE(caps_long))
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONECAPS_LONG.", (int)which);
    if (which == PCL_GENERICPHONE) {
        *value = is_generic(self);
        return S_OK;
    }
    caps = phone_get_caps(self, &error);
    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The capabilities are not available");
    *value = *(DWORD *)((char *)caps + caps_long[which].offset);
    free(caps);
    return S_OK;
}

static HRESULT WINAPI phone_get_PhoneCapsString(ITPhone *iface, PHONECAPS_STRING which, BSTR *text)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONECAPS *caps;
    LONG error;

    PHONE_OUT(text);
    if (which != PCS_PHONENAME && which != PCS_PHONEINFO && which != PCS_PROVIDERINFO)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONECAPS_STRING.", (int)which);
    caps = phone_get_caps(self, &error);
    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The capabilities are not available");
    if (which == PCS_PHONENAME)
        *text = objects_string(caps, caps->dwPhoneNameSize, caps->dwPhoneNameOffset);
    else if (which == PCS_PHONEINFO)
        *text = objects_string(caps, caps->dwPhoneInfoSize, caps->dwPhoneInfoOffset);
    else
        *text = objects_string(caps, caps->dwProviderInfoSize, caps->dwProviderInfoOffset);
    free(caps);
    return *text ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

/* The bytes of PCB_DEVSPECIFICBUFFER; *caps keeps them: free() it. */
static HRESULT caps_bytes(struct phone *self, PHONECAPS_BUFFER which, PHONECAPS **caps,
                          const BYTE **bytes, DWORD *size)
{
    LONG error;

    *caps = NULL;
    *bytes = NULL;
    *size = 0;
    if (which != PCB_DEVSPECIFICBUFFER)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONECAPS_BUFFER.", (int)which);
    *caps = phone_get_caps(self, &error);
    if (!*caps)
        return com_fail_tapi(error, IID_HERE, "The capabilities are not available");
    *size = (*caps)->dwDevSpecificSize;
    if ((*caps)->dwDevSpecificOffset > (*caps)->dwUsedSize ||
        *size > (*caps)->dwUsedSize - (*caps)->dwDevSpecificOffset)
        *size = 0;
    *bytes = (const BYTE *)*caps + (*size ? (*caps)->dwDevSpecificOffset : 0);
    return S_OK;
}

static HRESULT WINAPI phone_GetPhoneCapsBuffer(ITPhone *iface, PHONECAPS_BUFFER which, DWORD *size,
                                               BYTE **buffer)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONECAPS *caps;
    const BYTE *bytes;
    HRESULT hr;

    if (!size)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *size = 0;
    PHONE_OUT(buffer);
    hr = caps_bytes(self, which, &caps, &bytes, size);
    if (FAILED(hr))
        return hr;
    *buffer = CoTaskMemAlloc(*size ? *size : 1);
    if (*buffer)
        memcpy(*buffer, bytes, *size);
    else
        *size = 0;
    free(caps);
    return *buffer ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT WINAPI phone_get_PhoneCapsBuffer(ITPhone *iface, PHONECAPS_BUFFER which,
                                                VARIANT *out)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    PHONECAPS *caps;
    const BYTE *bytes;
    DWORD size;
    HRESULT hr;

    PHONE_OUT(out);
    hr = caps_bytes(self, which, &caps, &bytes, &size);
    if (FAILED(hr))
        return hr;
    hr = objects_byte_array(bytes, size, out);
    free(caps);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
}

/* ---- extensions ---------------------------------------------------------------------------- */

static HRESULT WINAPI phone_NegotiateExtVersion(ITPhone *iface, LONG low, LONG high, LONG *version)
{
    struct phone *self = impl_from_ITPhone_iface(iface);
    DWORD granted = 0;
    LONG error;

    PHONE_OUT(version);
    error = phoneNegotiateExtVersion(self->tapi->phone_app, self->device, self->api_version, low,
                                     high, &granted);
    if (error < 0)
        return com_fail_tapi(error, IID_HERE, "No extension version was agreed on");
    *version = granted;
    self->ext_version = granted;
    return S_OK;
}

static const ITPhoneVtbl phone_vtable = {
    COM_DISPATCH_VTABLE(phone),
    phone_Open,
    phone_Close,
    phone_get_Addresses,
    phone_EnumerateAddresses,
    phone_get_PhoneCapsLong,
    phone_get_PhoneCapsString,
    phone_get_Terminals,
    phone_EnumerateTerminals,
    phone_get_ButtonMode,
    phone_put_ButtonMode,
    phone_get_ButtonFunction,
    phone_put_ButtonFunction,
    phone_get_ButtonText,
    phone_put_ButtonText,
    phone_get_ButtonState,
    phone_get_HookSwitchState,
    phone_put_HookSwitchState,
    phone_put_RingMode,
    phone_get_RingMode,
    phone_put_RingVolume,
    phone_get_RingVolume,
    phone_get_Privilege,
    phone_GetPhoneCapsBuffer,
    phone_get_PhoneCapsBuffer,
    phone_get_LampMode,
    phone_put_LampMode,
    phone_get_Display,
    phone_SetDisplay,
    phone_get_Addresses, /* PreferredAddresses: those of the phone's own line */
    phone_EnumerateAddresses,
    phone_DeviceSpecific,
    phone_DeviceSpecificVariant,
    phone_NegotiateExtVersion,
};

/* ---- the object ---------------------------------------------------------------------------- */

static const struct com_interface phone_interfaces[] = {
    COM_INTERFACE(phone, ITPhone_iface, ITPhone),
    COM_INTERFACE(phone, ITAutomatedPhoneControl_iface, ITAutomatedPhoneControl),
};

/* Nobody holds the Phone any more: it need not be open. */
static void phone_last_release(struct com_object *object)
{
    phone_close(CONTAINING_RECORD(object, struct phone, com));
}

static void phone_destroy(struct com_object *object)
{
    com_unuse(&CONTAINING_RECORD(object, struct phone, com)->tapi->com);
}

const struct com_class phone_class = {
    .name = "Phone",
    .interfaces = phone_interfaces,
    .interface_count = ARRAYSIZE(phone_interfaces),
    .last_release = phone_last_release,
    .destroy = phone_destroy,
};

HRESULT phone_create(struct tapi *tapi, DWORD device, DWORD api_version, struct phone **out)
{
    struct phone *self = com_object_create(sizeof(*self), &phone_class, NULL);

    *out = self;
    if (!self)
        return E_OUTOFMEMORY;
    self->ITPhone_iface.lpVtbl = (ITPhoneVtbl *)&phone_vtable;
    self->ITAutomatedPhoneControl_iface.lpVtbl =
        (ITAutomatedPhoneControlVtbl *)&phone_control_vtable;
    InitializeSRWLock(&self->lock);
    self->inputs_end = &self->inputs;
    phone_logic_init(&self->logic);
    self->tapi = tapi;
    com_use(&tapi->com);
    self->device = device;
    self->api_version = api_version;
    self->line_device = (DWORD)-1;
    return S_OK;
}
