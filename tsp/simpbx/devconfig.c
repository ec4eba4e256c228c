/* devconfig.c - the configuration of a line as a block of bytes, and its icon. */
#include "front.h"

#include <string.h>

/* What TSPI_lineGetDevConfig gives and TSPI_lineSetDevConfig takes, for class "tapi/line". */
struct line_config {
    DWORD size;
    DWORD version;      /* 1 */
    DWORD call_waiting; /* 0: a line with a call is busy */
    DWORD no_disturb;
    DWORD forward_rings; /* before no answer is forwarded; 0: the exchange's time */
};

static BOOL our_class(const WCHAR *name)
{
    return !name || !*name || !lstrcmpiW(name, L"tapi/line");
}

LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig,
                                   LPCWSTR lpszDeviceClass)
{
    struct line_config config = {sizeof(config), 1, 0, 0, 0};
    struct pbx_extension *e;
    LONG result;

    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_BADDEVICEID;
    if (!(e = front_extension(dwDeviceID)))
        goto done;
    result = LINEERR_INVALDEVICECLASS;
    if (!our_class(lpszDeviceClass))
        goto done;
    config.call_waiting = front.pbx->settings.call_waiting && !e->no_waiting;
    config.no_disturb = e->dnd;
    config.forward_rings = e->forward_rings;
    result = out_varstring(lpDeviceConfig, STRINGFORMAT_BINARY, &config, sizeof(config));
done:
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineSetDevConfig(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                                   LPCWSTR lpszDeviceClass)
{
    struct line_config config;
    struct pbx_extension *e;
    LONG result;

    if (!lpDeviceConfig)
        return LINEERR_INVALPOINTER;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_BADDEVICEID;
    if (!(e = front_extension(dwDeviceID)))
        goto done;
    result = LINEERR_INVALDEVICECLASS;
    if (!our_class(lpszDeviceClass))
        goto done;
    /* Only a block that came from TSPI_lineGetDevConfig is one. */
    result = LINEERR_INVALPARAM;
    if (dwSize < sizeof(config))
        goto done;
    memcpy(&config, lpDeviceConfig, sizeof(config));
    if (config.size != sizeof(config) || config.version != 1 || config.call_waiting > 1 ||
        config.no_disturb > 1 || config.forward_rings > 100)
        goto done;
    e->no_waiting = !config.call_waiting;
    e->dnd = config.no_disturb;
    e->forward_rings = config.forward_rings;
    pbx_line_state(e, PBX_DEV_CONFIGCHANGE, 0, 0);
    result = 0;
done:
    front_leave();
    return result;
}

/* --- the icon --- */

static HICON icon;

/* A telephone, 32 by 32: what is set in `shape` is black, the rest lets the ground through. */
static HICON make_icon(void)
{
    static const DWORD rows[32] = {
        0,          0,          0,          0,          0x00000000, 0x00FFFF00, 0x07FFFFE0,
        0x1FFFFFF8, 0x3FFFFFFC, 0x7FF00FFE, 0x7F8001FE, 0x7F0000FE, 0x7F0FF0FE, 0x7E0FF07E,
        0x000FF000, 0x003FFC00, 0x007FFE00, 0x00FC3F00, 0x01F00F80, 0x03E3C7C0, 0x03C7E3C0,
        0x07CFF3E0, 0x07CFF3E0, 0x07C7E3E0, 0x07E3C7E0, 0x0FF00FF0, 0x0FFFFFF0, 0x0FFFFFF0,
        0x0FFFFFF0, 0,          0,          0,
    };
    BYTE mask[32 * 4], colour[32 * 4];

    for (int row = 0; row < 32; row++)
        for (int i = 0; i < 4; i++) {
            mask[row * 4 + i] = (BYTE) ~(rows[row] >> (24 - 8 * i));
            colour[row * 4 + i] = 0;
        }
    return CreateIcon(front_module, 32, 32, 1, 1, mask, colour);
}

HICON front_icon(void)
{
    /* One for all, as long as the DLL is there. */
    if (!icon)
        icon = make_icon();
    return icon;
}

LONG TSPIAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon)
{
    LONG result;

    if (!lphIcon)
        return LINEERR_INVALPOINTER;
    *lphIcon = NULL;
    front_enter();
    result = front_check(__func__);
    if (!result && !front_extension(dwDeviceID))
        result = LINEERR_BADDEVICEID;
    if (!result && !our_class(lpszDeviceClass))
        result = LINEERR_INVALDEVICECLASS;
    if (!result && !(*lphIcon = front_icon()))
        result = LINEERR_NOMEM;
    front_leave();
    return result;
}

void front_icon_free(void)
{
    if (icon)
        DestroyIcon(icon);
    icon = NULL;
}
