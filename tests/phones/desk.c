/* desk.c - the provider of desk.h: its life and its phones' open and close, messages and
 * structures. desk_ops.c has what is set and got. */
#include "tests/phones/desk_private.h"

struct desk desk;

struct desk *WINAPI DeskControl(void)
{
    return &desk;
}

void desk_wait_inside(void)
{
    HANDLE block = desk.block;

    if (desk.inside)
        SetEvent(desk.inside);
    if (block)
        WaitForSingleObject(block, 30000);
}

LONG desk_synchronous(void)
{
    switch (desk.lie) {
    case DESK_POSITIVE:
        return 1;
    case DESK_FAIL:
        return (LONG)PHONEERR_INVALPHONESTATE;
    default:
        return 0;
    }
}

struct desk_phone *desk_of(HDRVPHONE hd)
{
    return &desk.phone[(UINT_PTR)hd - 1];
}

/* ---- the provider ---- */

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device, (void)low;
    *version = high;
    return 0;
}

LONG WINAPI TSPI_phoneNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (desk.version < low)
        return (LONG)PHONEERR_INCOMPATIBLEAPIVERSION;
    *version = desk.version < high ? desk.version : high;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD id, LPDWORD lines, LPDWORD phones, HPROVIDER provider,
                                     LINEEVENT line_create, PHONEEVENT phone_create)
{
    (void)id;
    *lines = 1;
    *phones = DESK_PHONES;
    desk.provider = provider;
    desk.line_event = line_create;
    desk.event = phone_create;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete,
                              LPDWORD options)
{
    (void)version, (void)id, (void)lines, (void)phones, (void)options;
    desk.line_base = line_base;
    desk.phone_base = phone_base;
    desk.complete = complete;
    desk.inits++;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    desk.shutdowns++;
    return 0;
}

static LONG create(DWORD_PTR temporary, DWORD device)
{
    BOOL refused = desk.refuse_device; /* a test that sees created_from may change it at once */
    desk.created = device;
    desk.created_from = temporary;
    return refused ? (LONG)LINEERR_OPERATIONFAILED : 0;
}

LONG WINAPI TSPI_providerCreatePhoneDevice(DWORD_PTR temporary, DWORD device)
{
    return create(temporary, device);
}

LONG WINAPI TSPI_providerCreateLineDevice(DWORD_PTR temporary, DWORD device)
{
    return create(temporary, device);
}

/* ---- versions ---- */

LONG WINAPI TSPI_phoneGetExtensionID(DWORD device, DWORD version, LPPHONEEXTENSIONID id)
{
    (void)device, (void)version;
    id->dwExtensionID0 = 0xde5c;
    id->dwExtensionID1 = 1;
    id->dwExtensionID2 = 2;
    id->dwExtensionID3 = 3;
    return 0;
}

LONG WINAPI TSPI_phoneNegotiateExtVersion(DWORD device, DWORD version, DWORD low, DWORD high,
                                          LPDWORD ext)
{
    (void)device, (void)version;
    if (desk.lie == DESK_OUTSIDE) {
        *ext = high + 1;
        return 0;
    }
    if (low > DESK_EXT_HIGH || high < DESK_EXT_LOW)
        return (LONG)PHONEERR_INCOMPATIBLEEXTVERSION;
    *ext = high < DESK_EXT_HIGH ? high : DESK_EXT_HIGH;
    return 0;
}

LONG WINAPI TSPI_phoneSelectExtVersion(HDRVPHONE hd, DWORD ext)
{
    if (ext && (ext < DESK_EXT_LOW || ext > DESK_EXT_HIGH))
        return (LONG)PHONEERR_INCOMPATIBLEEXTVERSION;
    desk_of(hd)->ext_version = ext;
    return 0;
}

/* ---- open and close ---- */

LONG WINAPI TSPI_phoneOpen(DWORD device, HTAPIPHONE phone, LPHDRVPHONE hd, DWORD version,
                           PHONEEVENT event)
{
    struct desk_phone *set = &desk.phone[device - desk.phone_base];

    set->handle = phone;
    set->open_version = version;
    set->ext_version = 0;
    set->opens++;
    desk.event = event;
    *hd = (HDRVPHONE)(UINT_PTR)(device - desk.phone_base + 1);
    if (desk.open_event)
        event(phone, PHONE_STATE, PHONESTATE_DISPLAY, 0, 0);
    desk_wait_inside();
    return desk.open_result;
}

LONG WINAPI TSPI_phoneClose(HDRVPHONE hd)
{
    desk_of(hd)->closes++;
    if (desk.complete_on_close)
        desk.complete(desk.request, 0);
    return 0;
}

LONG WINAPI TSPI_phoneSetStatusMessages(HDRVPHONE hd, DWORD states, DWORD modes, DWORD presses)
{
    struct desk_phone *set = desk_of(hd);

    set->states = states;
    set->button_modes = modes;
    set->button_states = presses;
    set->status_calls++;
    return desk_synchronous();
}

/* ---- structures ---- */

/* Puts a part behind what is used; where there is no room for it, it is only needed. */
static void put(void *structure, DWORD *size, DWORD *offset, const void *data, DWORD bytes)
{
    DWORD *header = structure; /* dwTotalSize, dwNeededSize, dwUsedSize */

    if (header[1] + bytes <= header[0]) {
        memcpy((char *)structure + header[1], data, bytes);
        *size = bytes;
        *offset = header[1];
        header[2] = header[1] + bytes;
    }
    header[1] += bytes;
    if (desk.lie == DESK_OUTSIDE) {
        *size = 0x7fffffff;
        *offset = 0xfffffff0;
    }
}

#define PUT(structure, member, data, bytes)                                                        \
    put(structure, &(structure)->member##Size, &(structure)->member##Offset, data, bytes)
#define PUT_TEXT(structure, member, text)                                                          \
    PUT(structure, member, text, (DWORD)((wcslen(text) + 1) * sizeof(WCHAR)))

static LONG finish(void *structure)
{
    DWORD *header = structure;

    if (desk.lie == DESK_NOT_ENOUGH) {
        header[1] = header[0] + 1000;
        return (LONG)PHONEERR_STRUCTURETOOSMALL;
    }
    return desk_synchronous();
}

LONG WINAPI TSPI_phoneGetDevCaps(DWORD device, DWORD version, DWORD ext, LPPHONECAPS caps)
{
    const struct desk_phone *set = &desk.phone[device - desk.phone_base];
    static const DWORD sizes[2] = {DESK_DATA, DESK_DATA};
    DWORD half = desk.lie == DESK_COUNTS ? 2 : 1;
    WCHAR name[] = L"Desk set 0";

    desk.caps_ext = ext;
    name[9] += (WCHAR)(device - desk.phone_base);
    PUT_TEXT(caps, dwProviderInfo, L"desk.tsp");
    PUT_TEXT(caps, dwPhoneInfo, L"a set of the tests");
    PUT_TEXT(caps, dwPhoneName, name);
    caps->dwPermanentPhoneID = device == desk.phone_base ? 0 : 0x77000 + device;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwHookSwitchDevs = PHONEHOOKSWITCHDEV_HANDSET;
    if (!desk.handset_only)
        caps->dwHookSwitchDevs |= PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET;
    caps->dwHandsetHookSwitchModes = PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MICSPEAKER;
    caps->dwDisplayNumRows = 1;
    caps->dwDisplayNumColumns = DESK_COLUMNS;
    caps->dwNumRingModes = desk.no_rings ? 0 : DESK_RINGS;
    caps->dwNumButtonLamps = DESK_BUTTONS;
    PUT(caps, dwButtonModes, set->button_mode, (DWORD)sizeof(set->button_mode) / half);
    PUT(caps, dwButtonFunctions, set->button_function, (DWORD)sizeof(set->button_function));
    PUT(caps, dwLampModes, set->lamp, (DWORD)sizeof(set->lamp));
    caps->dwNumSetData = caps->dwNumGetData = 2;
    PUT(caps, dwSetData, sizes, (DWORD)sizeof(sizes) / half);
    PUT(caps, dwGetData, sizes, (DWORD)sizeof(sizes));
    PUT(caps, dwDevSpecific, "desk", 4);
    if (version >= 0x00020000) {
        PUT(caps, dwDeviceClasses, L"wave/in\0wave/out\0", 18 * sizeof(WCHAR));
        caps->dwPhoneFeatures = PHONEFEATURE_GETHOOKSWITCHHANDSET | PHONEFEATURE_GETDISPLAY;
        caps->dwSettableHandsetHookSwitchModes = PHONEHOOKSWITCHMODE_ONHOOK;
    }
    return finish(caps);
}

LONG WINAPI TSPI_phoneGetStatus(HDRVPHONE hd, LPPHONESTATUS status)
{
    const struct desk_phone *set = desk_of(hd);

    status->dwStatusFlags = PHONESTATUSFLAGS_CONNECTED;
    status->dwNumOwners = 77; /* TAPI knows better */
    status->dwNumMonitors = 77;
    status->dwRingMode = set->ring;
    status->dwRingVolume = set->ring_volume;
    status->dwHandsetHookSwitchMode = set->hook[0];
    status->dwHandsetVolume = set->volume[0];
    status->dwHandsetGain = set->gain[0];
    status->dwSpeakerHookSwitchMode = set->hook[1];
    status->dwHeadsetHookSwitchMode = set->hook[2];
    PUT(status, dwDisplay, set->display, (DWORD)sizeof(set->display));
    PUT(status, dwLampModes, set->lamp, (DWORD)sizeof(set->lamp));
    PUT_TEXT(status, dwOwnerName, L"nobody");
    return finish(status);
}

LONG WINAPI TSPI_phoneGetButtonInfo(HDRVPHONE hd, DWORD button, LPPHONEBUTTONINFO info)
{
    const struct desk_phone *set = desk_of(hd);

    if (button >= DESK_BUTTONS)
        return (LONG)PHONEERR_INVALBUTTONLAMPID;
    info->dwButtonMode = set->button_mode[button];
    info->dwButtonFunction = set->button_function[button];
    info->dwButtonState = PHONEBUTTONSTATE_UP;
    PUT_TEXT(info, dwButtonText, set->button_text[button]);
    return finish(info);
}

LONG WINAPI TSPI_phoneGetDisplay(HDRVPHONE hd, LPVARSTRING display)
{
    display->dwStringFormat = STRINGFORMAT_UNICODE;
    PUT(display, dwString, desk_of(hd)->display, (DWORD)sizeof(desk_of(hd)->display));
    return finish(display);
}

LONG WINAPI TSPI_phoneGetID(HDRVPHONE hd, LPVARSTRING id, LPCWSTR device_class, HANDLE process)
{
    DWORD device = desk.has_line ? desk.line : desk.line_base;

    (void)hd;
    desk.target = GetProcessId(process);
    if (desk.sound && (!_wcsicmp(device_class, L"wave/in") || !_wcsicmp(device_class, L"wave/out")))
        device = 0;
    else if (_wcsicmp(device_class, L"tapi/line"))
        return (LONG)PHONEERR_INVALDEVICECLASS;
    id->dwStringFormat = STRINGFORMAT_BINARY;
    PUT(id, dwString, &device, sizeof(device));
    return finish(id);
}

LONG WINAPI TSPI_phoneGetIcon(DWORD device, LPCWSTR device_class, LPHICON icon)
{
    if (device_class && _wcsicmp(device_class, L"tapi/phone"))
        return (LONG)PHONEERR_INVALDEVICECLASS;
    *icon = (HICON)(UINT_PTR)(0x1c00 + device);
    return desk_synchronous();
}
