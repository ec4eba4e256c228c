/* phone_requests.c - reading and setting the parts of a phone; the nine asynchronous operations. */
#include "front_phone.h"
#include "simpbx_ext.h"

#include <string.h>

/* --- the frames around them --- */

static BOOL request_phone(struct front_request *request, DRV_REQUESTID id, const char *function,
                          HDRVPHONE handle, struct pbx_phone **phone)
{
    *phone = NULL;
    if (!request_begin(request, id, function)) {
        request->result = phone_error(request->result);
        return FALSE;
    }
    *phone = front_phone_find(handle);
    if (!*phone)
        request->result = PHONEERR_INVALPHONEHANDLE;
    return *phone != NULL;
}

/* Enters. NULL: *result is the error; front_leave follows anyway. */
static struct pbx_phone *enter_phone(const char *function, HDRVPHONE handle, LONG *result)
{
    struct pbx_phone *phone = NULL;

    front_enter();
    *result = phone_error(front_check(function));
    if (*result)
        return NULL;
    phone = front_phone_find(handle);
    if (phone)
        pbx_phones_settle(front.pbx);
    else
        *result = PHONEERR_INVALPHONEHANDLE;
    return phone;
}

/* The one device that is meant, or -1. */
static int one_device(DWORD devices)
{
    for (int device = 0; device < PBX_HOOK_DEVICES; device++)
        if (devices == PBX_HOOK_BIT(device))
            return device;
    return -1;
}

/* --- hookswitches --- */

LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
                                     DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode)
{
    struct front_request request;
    struct pbx_phone *phone;

    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        request.result = pbx_phone_set_hook(phone, dwHookSwitchDevs, dwHookSwitchMode);
    return request_end(&request);
}

LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs)
{
    struct pbx_phone *phone;
    LONG result;

    if (!lpdwHookSwitchDevs)
        return PHONEERR_INVALPOINTER;
    *lpdwHookSwitchDevs = 0;
    if ((phone = enter_phone(__func__, hdPhone, &result)))
        for (int device = 0; device < PBX_HOOK_DEVICES; device++)
            if (phone->hook[device].mode != PBX_ONHOOK)
                *lpdwHookSwitchDevs |= PBX_HOOK_BIT(device);
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
                                 DWORD dwHookSwitchDev, DWORD dwVolume)
{
    struct front_request request;
    struct pbx_phone *phone;

    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        request.result = one_device(dwHookSwitchDev) < 0
                             ? (LONG)PHONEERR_INVALHOOKSWITCHDEV
                             : pbx_phone_set_volume(phone, dwHookSwitchDev, dwVolume);
    return request_end(&request);
}

LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev,
                               DWORD dwGain)
{
    struct front_request request;
    struct pbx_phone *phone;

    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        request.result = one_device(dwHookSwitchDev) < 0
                             ? (LONG)PHONEERR_INVALHOOKSWITCHDEV
                             : pbx_phone_set_gain(phone, dwHookSwitchDev, dwGain);
    return request_end(&request);
}

static LONG get_level(const char *function, HDRVPHONE hdPhone, DWORD devices, BOOL gain,
                      LPDWORD level)
{
    struct pbx_phone *phone;
    LONG result;

    if (!level)
        return PHONEERR_INVALPOINTER;
    *level = 0;
    phone = enter_phone(function, hdPhone, &result);
    int device = one_device(devices);
    if (phone && device < 0)
        result = PHONEERR_INVALHOOKSWITCHDEV;
    else if (phone)
        *level = gain ? phone->hook[device].gain : phone->hook[device].volume;
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume)
{
    return get_level(__func__, hdPhone, dwHookSwitchDev, FALSE, lpdwVolume);
}

LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain)
{
    return get_level(__func__, hdPhone, dwHookSwitchDev, TRUE, lpdwGain);
}

/* --- ringer --- */

LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRingMode,
                               DWORD dwVolume)
{
    struct front_request request;
    struct pbx_phone *phone;

    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        request.result = pbx_phone_set_ring(phone, dwRingMode, dwVolume);
    return request_end(&request);
}

LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume)
{
    struct pbx_phone *phone;
    LONG result;

    if (!lpdwRingMode || !lpdwVolume)
        return PHONEERR_INVALPOINTER;
    *lpdwRingMode = *lpdwVolume = 0;
    if ((phone = enter_phone(__func__, hdPhone, &result))) {
        *lpdwRingMode = phone->ring_mode;
        *lpdwVolume = phone->ring_volume;
    }
    front_leave();
    return result;
}

/* --- buttons and lamps --- */

LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID,
                               DWORD dwLampMode)
{
    struct front_request request;
    struct pbx_phone *phone;

    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        request.result = pbx_phone_set_lamp(phone, dwButtonLampID, dwLampMode);
    return request_end(&request);
}

LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode)
{
    struct pbx_phone *phone;
    LONG result;

    if (!lpdwLampMode)
        return PHONEERR_INVALPOINTER;
    *lpdwLampMode = 0;
    phone = enter_phone(__func__, hdPhone, &result);
    if (phone && dwButtonLampID >= phone->button_count)
        result = PHONEERR_INVALBUTTONLAMPID;
    else if (phone)
        *lpdwLampMode = phone->button[dwButtonLampID].lamp;
    front_leave();
    return result;
}

/* dwButtonState came with 1.4. */
static DWORD button_info_size(const struct pbx_phone *phone)
{
    const struct front_phone *open = phone->front;

    return open->version < 0x00010004 ? 36 : sizeof(PHONEBUTTONINFO);
}

LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone,
                                     DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo)
{
    struct front_request request;
    struct pbx_phone *phone;
    char text[PBX_NAME] = "";

    if (!lpButtonInfo)
        return PHONEERR_INVALPOINTER;
    if (!request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        return request_end(&request);
    DWORD total = lpButtonInfo->dwTotalSize;
    if (total < button_info_size(phone)) {
        request.result = PHONEERR_STRUCTURETOOSMALL;
    } else {
        DWORD size = lpButtonInfo->dwButtonTextSize, offset = lpButtonInfo->dwButtonTextOffset;
        if (size && offset <= total && size <= total - offset) {
            WCHAR wide[PBX_NAME] = L"";
            if (size > sizeof(wide) - sizeof(WCHAR))
                size = sizeof(wide) - sizeof(WCHAR);
            memcpy(wide, (const BYTE *)lpButtonInfo + offset, size & ~1u);
            front_utf8(text, sizeof(text), wide, -1);
        }
        request.result = pbx_phone_set_button(phone, dwButtonLampID, lpButtonInfo->dwButtonMode,
                                              lpButtonInfo->dwButtonFunction, text);
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID,
                                     LPPHONEBUTTONINFO lpButtonInfo)
{
    struct pbx_phone *phone;
    PHONEBUTTONINFO info;
    struct front_out out;
    LONG result;

    phone = enter_phone(__func__, hdPhone, &result);
    if (!phone)
        goto done;
    result = PHONEERR_INVALBUTTONLAMPID;
    if (dwButtonLampID >= phone->button_count)
        goto done;
    if ((result = out_begin(&out, lpButtonInfo, button_info_size(phone))))
        goto done;
    const struct pbx_phone_button *button = &phone->button[dwButtonLampID];
    memset(&info, 0, sizeof(info));
    info.dwButtonMode = button->mode;
    info.dwButtonFunction = button->function;
    info.dwButtonState = button->state;
    out_text(&out, button->text, &info.dwButtonTextSize, &info.dwButtonTextOffset);
    out_end(&out, &info);
done:
    front_leave();
    return phone_error(result);
}

/* --- display --- */

LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRow,
                                  DWORD dwColumn, LPCWSTR lpsDisplay, DWORD dwSize)
{
    struct front_request request;
    struct pbx_phone *phone;

    if (!lpsDisplay && dwSize)
        return PHONEERR_INVALPOINTER;
    /* Whatever the prototype says, the content is in the format of PHONECAPS: ASCII. */
    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        request.result =
            pbx_phone_set_display(phone, dwRow, dwColumn, (const char *)lpsDisplay, dwSize);
    return request_end(&request);
}

LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay)
{
    struct pbx_phone *phone;
    LONG result;

    phone = enter_phone(__func__, hdPhone, &result);
    if (phone)
        result = out_varstring(lpDisplay, STRINGFORMAT_ASCII, phone->display,
                               phone->rows * phone->columns);
    front_leave();
    return phone_error(result);
}

/* --- data areas --- */

LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwDataID,
                               LPVOID const lpData, DWORD dwSize)
{
    struct front_request request;
    struct pbx_phone *phone;

    if (!lpData && dwSize)
        return PHONEERR_INVALPOINTER;
    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone))
        request.result = pbx_phone_set_data(phone, dwDataID, lpData, dwSize);
    return request_end(&request);
}

LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize)
{
    struct pbx_phone *phone;
    LONG result;

    if (!lpData && dwSize)
        return PHONEERR_INVALPOINTER;
    phone = enter_phone(__func__, hdPhone, &result);
    if (phone && dwDataID >= PBX_PHONE_DATA)
        result = PHONEERR_INVALDATAID;
    else if (phone && dwSize) {
        /* As much as is wanted and there; the area goes on with zeros. */
        const struct pbx_blob *area = &phone->data[dwDataID];
        DWORD size = dwSize < area->size ? dwSize : area->size;
        memset(lpData, 0, dwSize);
        if (size)
            memcpy(lpData, area->data, size);
    }
    front_leave();
    return result;
}

/* --- beyond TAPI --- */

LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, LPVOID lpParams,
                                   DWORD dwSize)
{
    struct front_request request;
    struct simpbx_command given;
    struct pbx_phone *phone;

    if (!lpParams)
        return PHONEERR_INVALPOINTER;
    if (request_phone(&request, dwRequestID, __func__, hdPhone, &phone)) {
        if (((struct front_phone *)phone->front)->ext_version != SIMPBX_EXT_VERSION) {
            request.result = PHONEERR_OPERATIONUNAVAIL;
        } else if (dwSize < sizeof(given)) {
            request.result = PHONEERR_STRUCTURETOOSMALL;
        } else {
            memcpy(&given, lpParams, sizeof(given));
            if (given.code == SIMPBX_COMMAND_CLOCK) {
                given.value[0] = (DWORD)front.pbx->clock.now;
                given.value[1] = front.pbx->settings.stepped;
                memcpy(lpParams, &given, sizeof(given));
            } else if (given.code == SIMPBX_COMMAND_NOTIFY) {
                front_push_phone(phone, PHONE_DEVSPECIFIC, given.value[0], given.value[1],
                                 given.value[2]);
            } else {
                request.result = PHONEERR_OPERATIONUNAVAIL;
            }
        }
    }
    return request_end(&request);
}
