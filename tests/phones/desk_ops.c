/* desk_ops.c - what applications set and get at the sets of desk.c. */
#include "tests/phones/desk_private.h"

static LONG answer(DRV_REQUESTID id)
{
    desk.request = id;
    desk_wait_inside();
    switch (desk.answer) {
    case DESK_EARLY_TWICE:
        desk.complete(id, 0);
        /* fall through */
    case DESK_EARLY:
        desk.complete(id, 0);
        break;
    case DESK_EARLY_FAIL:
        desk.complete(id, (LONG)PHONEERR_RESOURCEUNAVAIL);
        break;
    case DESK_REFUSE:
        return (LONG)PHONEERR_RESOURCEUNAVAIL;
    case DESK_REFUSE_LINE:
        return (LONG)LINEERR_RESOURCEUNAVAIL;
    case DESK_ZERO:
        return 0;
    case DESK_OTHER:
        return (LONG)id + 1;
    case DESK_LATER:
        break;
    }
    return (LONG)id;
}

/* The index of one hookswitch device; TAPI lets nothing else through. */
static unsigned index_of(DWORD device)
{
    return device == PHONEHOOKSWITCHDEV_HANDSET ? 0 : device == PHONEHOOKSWITCHDEV_SPEAKER ? 1 : 2;
}

LONG WINAPI TSPI_phoneGetHookSwitch(HDRVPHONE hd, LPDWORD devices)
{
    *devices = 0;
    for (unsigned i = 0; i < 3; i++)
        if (desk_of(hd)->hook[i] != PHONEHOOKSWITCHMODE_ONHOOK)
            *devices |= 1u << i;
    return desk_synchronous();
}

LONG WINAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID id, HDRVPHONE hd, DWORD devices, DWORD mode)
{
    for (unsigned i = 0; i < 3; i++)
        if (devices & 1u << i)
            desk_of(hd)->hook[i] = mode;
    if (desk.hook_change)
        desk.hook_change(desk_of(hd)->handle);
    LONG result = answer(id);
    if (desk.hook_changed)
        desk.hook_changed(desk_of(hd)->handle);
    return result;
}

LONG WINAPI TSPI_phoneGetGain(HDRVPHONE hd, DWORD device, LPDWORD gain)
{
    *gain = desk_of(hd)->gain[index_of(device)];
    return desk_synchronous();
}

LONG WINAPI TSPI_phoneSetGain(DRV_REQUESTID id, HDRVPHONE hd, DWORD device, DWORD gain)
{
    desk_of(hd)->gain[index_of(device)] = gain;
    return answer(id);
}

LONG WINAPI TSPI_phoneGetVolume(HDRVPHONE hd, DWORD device, LPDWORD volume)
{
    *volume = desk_of(hd)->volume[index_of(device)];
    return desk_synchronous();
}

LONG WINAPI TSPI_phoneSetVolume(DRV_REQUESTID id, HDRVPHONE hd, DWORD device, DWORD volume)
{
    desk_of(hd)->volume[index_of(device)] = volume;
    return answer(id);
}

LONG WINAPI TSPI_phoneGetLamp(HDRVPHONE hd, DWORD lamp, LPDWORD mode)
{
    if (lamp >= DESK_BUTTONS)
        return (LONG)PHONEERR_INVALBUTTONLAMPID;
    *mode = desk_of(hd)->lamp[lamp];
    return desk_synchronous();
}

LONG WINAPI TSPI_phoneSetLamp(DRV_REQUESTID id, HDRVPHONE hd, DWORD lamp, DWORD mode)
{
    if (lamp >= DESK_BUTTONS)
        return (LONG)PHONEERR_INVALBUTTONLAMPID;
    desk_of(hd)->lamp[lamp] = mode;
    LONG result = answer(id);
    if (desk.lamp_changed)
        desk.lamp_changed(lamp);
    return result;
}

LONG WINAPI TSPI_phoneGetRing(HDRVPHONE hd, LPDWORD mode, LPDWORD volume)
{
    *mode = desk_of(hd)->ring;
    *volume = desk_of(hd)->ring_volume;
    return desk_synchronous();
}

LONG WINAPI TSPI_phoneSetRing(DRV_REQUESTID id, HDRVPHONE hd, DWORD mode, DWORD volume)
{
    if (mode >= DESK_RINGS)
        return (LONG)PHONEERR_INVALRINGMODE;
    desk_of(hd)->ring = mode;
    desk_of(hd)->ring_volume = volume;
    return answer(id);
}

LONG WINAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID id, HDRVPHONE hd, DWORD button,
                                    LPPHONEBUTTONINFO const info)
{
    struct desk_phone *set = desk_of(hd);
    DWORD size = info->dwButtonTextSize;

    if (button >= DESK_BUTTONS)
        return (LONG)PHONEERR_INVALBUTTONLAMPID;
    set->button_mode[button] = info->dwButtonMode;
    set->button_function[button] = info->dwButtonFunction;
    memset(set->button_text[button], 0, sizeof(set->button_text[button]));
    if (size >= sizeof(set->button_text[button]))
        size = sizeof(set->button_text[button]) - sizeof(WCHAR);
    memcpy(set->button_text[button], (char *)info + info->dwButtonTextOffset, size);
    return answer(id);
}

LONG WINAPI TSPI_phoneSetDisplay(DRV_REQUESTID id, HDRVPHONE hd, DWORD row, DWORD column,
                                 LPCWSTR display, DWORD size)
{
    if (row || column + size / sizeof(WCHAR) > DESK_COLUMNS)
        return (LONG)PHONEERR_INVALPARAM;
    memcpy(desk_of(hd)->display + column, display, size);
    return answer(id);
}

LONG WINAPI TSPI_phoneGetData(HDRVPHONE hd, DWORD area, LPVOID data, DWORD size)
{
    if (area > 1)
        return (LONG)PHONEERR_INVALDATAID;
    memcpy(data, desk_of(hd)->data[area], size < DESK_DATA ? size : DESK_DATA);
    return desk_synchronous();
}

LONG WINAPI TSPI_phoneSetData(DRV_REQUESTID id, HDRVPHONE hd, DWORD area, LPVOID const data,
                              DWORD size)
{
    if (area > 1)
        return (LONG)PHONEERR_INVALDATAID;
    memset(desk_of(hd)->data[area], 0, DESK_DATA);
    memcpy(desk_of(hd)->data[area], data, size < DESK_DATA ? size : DESK_DATA);
    return answer(id);
}

/* Turns the bytes around. */
LONG WINAPI TSPI_phoneDevSpecific(DRV_REQUESTID id, HDRVPHONE hd, LPVOID params, DWORD size)
{
    BYTE *bytes = params;

    (void)hd;
    for (DWORD i = 0; i < size / 2; i++) {
        BYTE other = bytes[size - 1 - i];

        bytes[size - 1 - i] = bytes[i];
        bytes[i] = other;
    }
    return answer(id);
}
