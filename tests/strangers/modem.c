/*
 * modem.c - a provider for two voice modems, as one of 1997 might have been: its setup wrote how
 * many there are into the registry; one modem's driver is still of TSPI 1.4; TAPI may only enter it
 * once at a time; and everything it is asked is done before it returns, messages and completion
 * too. Its dialog is in the same file.
 */
#include <windows.h>
#include <tspi.h>

#include "tests/strangers/modem.h"

#define WRONG() InterlockedCompareExchange(&control.trouble, __LINE__, 0)

#define DEVCAPS_14    240
#define DEVCAPS_20    252
#define CALLINFO_14   296
#define CALLPARAMS_14 112

struct call {
    struct modem *modem;
    HTAPICALL htcall;
    DRV_REQUESTID dialing; /* the request that is not over before the call is closed */
    DWORD state, origin, media;
    BOOL there;
};

struct modem {
    HTAPILINE htline;
    LINEEVENT event;
    struct call call;
};

static struct modem_control control;
static struct modem modems[MODEM_LINES];
static ASYNC_COMPLETION complete;
static volatile LONG inside;
static HANDLE port; /* an event will do */

struct modem_control *WINAPI ModemControl(void)
{
    return &control;
}

static DWORD version_of(DWORD n)
{
    return n ? 0x00020000 : 0x00010004;
}

/* LINETSPIOPTION_NONREENTRANT: nobody comes in while somebody is inside. */
static void enter(void)
{
    if (InterlockedIncrement(&inside) != 1)
        WRONG();
}

static LONG leave(LONG result)
{
    InterlockedDecrement(&inside);
    return result;
}

static LONG ring(DWORD n)
{
    struct modem *modem = &modems[n];
    struct call *call = &modem->call;

    if (!modem->htline || call->there)
        return LINEERR_CALLUNAVAIL;
    call->modem = modem;
    call->htcall = NULL;
    call->dialing = 0;
    call->origin = LINECALLORIGIN_INBOUND;
    call->media = LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_DATAMODEM;
    call->state = LINECALLSTATE_OFFERING;
    modem->event(modem->htline, NULL, LINE_NEWCALL, (DWORD_PTR)call, (DWORD_PTR)&call->htcall, 0);
    if (!call->htcall)
        return LINEERR_NOMEM;
    call->there = TRUE;
    InterlockedIncrement(&control.calls);
    modem->event(control.no_line ? NULL : modem->htline, call->htcall, LINE_CALLSTATE, call->state,
                 0, call->media);
    return 0;
}

LONG WINAPI ModemRing(DWORD n)
{
    return ring(n);
}

static void say(struct call *call, DWORD state)
{
    call->state = state;
    call->modem->event(control.no_line ? NULL : call->modem->htline, call->htcall, LINE_CALLSTATE,
                       state, 0, call->media);
}

LONG WINAPI ModemHangUp(DWORD n)
{
    say(&modems[n].call, LINECALLSTATE_IDLE);
    return 0;
}

/* ---- the provider ---------------------------------------------------------------------------- */

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    DWORD mine = device == (DWORD)INITIALIZE_NEGOTIATION ? 0x00020000
                                                         : version_of(device - control.line_base);

    if (low > mine || high < mine)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = mine;
    return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
                               DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                               LPDWORD options)
{
    (void)phone_base;
    enter();
    if (version != 0x00020000)
        WRONG();
    control.provider = provider;
    control.line_base = line_base;
    control.lines = (DWORD)lines;
    control.phones = (DWORD)phones;
    complete = completion;
    *options = LINETSPIOPTION_NONREENTRANT;
    port = CreateEventW(NULL, TRUE, TRUE, NULL);
    InterlockedIncrement(&control.inits);
    return leave(0);
}

LONG TSPIAPI TSPI_providerShutdown(DWORD version, DWORD provider)
{
    enter();
    if (version != 0x00020000 || provider != control.provider || control.open_lines ||
        control.calls)
        WRONG();
    CloseHandle(port);
    InterlockedDecrement(&control.inits);
    return leave(0);
}

LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR name)
{
    lstrcpyW(name, L"modem.tsp");
    return 0;
}

/* The dialog's question to the provider. */
LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR object, DWORD type, LPVOID params, DWORD size)
{
    enter();
    if (type != TUISPIDLL_OBJECT_LINEID || object - control.line_base >= MODEM_LINES ||
        size != sizeof(control.config))
        WRONG();
    else
        *(DWORD *)params = control.config;
    return leave(0);
}

/* "OK" was pressed, after the user has chosen the next speed. */
LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                     LPCWSTR device_class)
{
    DWORD config = 0;

    (void)owner;
    if (device_class && lstrcmpiW(device_class, L"comm/datamodem"))
        return LINEERR_INVALDEVICECLASS;
    if (callback(device, TUISPIDLL_OBJECT_LINEID, &config, sizeof(config)) ||
        config != control.config)
        WRONG();
    InterlockedIncrement(&control.dialogs);
    return 0;
}

/* ---- lines ----------------------------------------------------------------------------------- */

LONG TSPIAPI TSPI_lineOpen(DWORD device, HTAPILINE htline, LPHDRVLINE hdline, DWORD version,
                           LINEEVENT event)
{
    DWORD n = device - control.line_base;

    enter();
    if (n >= MODEM_LINES)
        return leave(LINEERR_BADDEVICEID);
    if (modems[n].htline || version != version_of(n))
        WRONG();
    modems[n].htline = htline;
    modems[n].event = event;
    control.detects[n] = 0;
    *hdline = (HDRVLINE)&modems[n];
    InterlockedIncrement(&control.open_lines);
    return leave(0);
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdline)
{
    struct modem *modem = (struct modem *)hdline;

    enter();
    if (modem->call.there)
        WRONG();
    if (control.ring_in == 'x' && ring((DWORD)(modem - modems)) == 0)
        WRONG(); /* the line is being closed: there is nobody for it */
    modem->htline = NULL;
    InterlockedDecrement(&control.open_lines);
    return leave(0);
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdline, DWORD modes)
{
    DWORD n = (DWORD)((struct modem *)hdline - modems);

    enter();
    if (modes & LINEMEDIAMODE_G3FAX && modes & LINEMEDIAMODE_AUTOMATEDVOICE)
        return leave(LINEERR_INVALMEDIAMODE); /* each alone, but not both */
    control.detects[n] = modes;
    control.told[n]++;
    if (control.ring_in == 'm')
        ring(n);
    return leave(0);
}

LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdline, DWORD modes,
                                                LPLINECALLPARAMS const params)
{
    DWORD n = (DWORD)((struct modem *)hdline - modems);

    enter();
    control.asked[n] = modes;
    if (params && params->dwTotalSize < CALLPARAMS_14)
        WRONG();
    if (!n && modes & LINEMEDIAMODE_AUTOMATEDVOICE)
        return leave(LINEERR_INVALMEDIAMODE);
    control.detects[n] = modes;
    return leave(0);
}

static BOOL begin(LPVOID structure, DWORD size)
{
    DWORD *header = structure;

    if (header[0] < size)
        return WRONG(), FALSE;
    header[1] = header[2] = size;
    return TRUE;
}

static void add(LPVOID structure, const void *data, DWORD bytes, LPDWORD size, LPDWORD offset)
{
    DWORD *header = structure;

    header[1] += bytes;
    if (header[0] < header[1])
        return;
    memcpy((BYTE *)structure + header[2], data, bytes);
    *size = bytes;
    *offset = header[2];
    header[2] += bytes;
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    static const WCHAR name[] = L"Voice Modem 33600";
    DWORD n = device - control.line_base;

    (void)extension;
    enter();
    if (version != version_of(n))
        WRONG();
    if (!begin(caps, n ? DEVCAPS_20 : DEVCAPS_14))
        return leave(LINEERR_STRUCTURETOOSMALL);
    caps->dwPermanentLineID = 0x336 + n;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE | LINEBEARERMODE_PASSTHROUGH;
    caps->dwMediaModes = LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_INTERACTIVEVOICE |
                         LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_UNKNOWN;
    caps->dwMaxRate = 33600;
    caps->dwMaxNumActiveCalls = 1;
    caps->dwRingModes = 1;
    add(caps, name, sizeof(name), &caps->dwLineNameSize, &caps->dwLineNameOffset);
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                     LPLINEADDRESSCAPS caps)
{
    (void)extension;
    enter();
    if (version != version_of(device - control.line_base))
        WRONG();
    if (address)
        return leave(LINEERR_INVALADDRESSID);
    caps->dwLineDeviceID = device;
    caps->dwMaxNumActiveCalls = 1;
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdline, DWORD address, HDRVCALL hdcall, DWORD select,
                            LPVARSTRING id, LPCWSTR device_class, HANDLE target)
{
    struct {
        HANDLE comm;
        char name[16];
    } modem = {NULL, "Voice Modem"};
    DWORD wave = 7;

    (void)hdline, (void)address;
    enter();
    if (!begin(id, sizeof(*id)))
        return leave(LINEERR_STRUCTURETOOSMALL);
    if (!lstrcmpiW(device_class, L"comm")) {
        id->dwStringFormat = STRINGFORMAT_ASCII;
        add(id, "COM3", 5, &id->dwStringSize, &id->dwStringOffset);
    } else if (!lstrcmpiW(device_class, L"comm/datamodem")) {
        if (select == LINECALLSELECT_CALL && ((struct call *)hdcall)->there &&
            !DuplicateHandle(GetCurrentProcess(), port, target, &modem.comm, 0, FALSE,
                             DUPLICATE_SAME_ACCESS))
            return leave(LINEERR_OPERATIONFAILED);
        id->dwStringFormat = STRINGFORMAT_BINARY;
        add(id, &modem, sizeof(modem), &id->dwStringSize, &id->dwStringOffset);
    } else if (!lstrcmpiW(device_class, L"wave/in")) {
        id->dwStringFormat = STRINGFORMAT_BINARY;
        add(id, &wave, sizeof(wave), &id->dwStringSize, &id->dwStringOffset);
    } else {
        return leave(LINEERR_INVALDEVICECLASS);
    }
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetDevConfig(DWORD device, LPVARSTRING config, LPCWSTR device_class)
{
    enter();
    if (lstrcmpiW(device_class, L"comm/datamodem"))
        return leave(LINEERR_INVALDEVICECLASS);
    if (control.ring_in == 'c')
        ring(device - control.line_base);
    if (!begin(config, sizeof(*config)))
        return leave(LINEERR_STRUCTURETOOSMALL);
    config->dwStringFormat = STRINGFORMAT_BINARY;
    add(config, &control.config, sizeof(control.config), &config->dwStringSize,
        &config->dwStringOffset);
    return leave(0);
}

LONG TSPIAPI TSPI_lineSetDevConfig(DWORD device, LPVOID const config, DWORD size,
                                   LPCWSTR device_class)
{
    (void)device;
    enter();
    if (lstrcmpiW(device_class, L"comm/datamodem"))
        return leave(LINEERR_INVALDEVICECLASS);
    if (size != sizeof(control.config))
        return leave(LINEERR_INVALPARAM);
    control.config = *(DWORD *)config;
    return leave(0);
}

/* ---- calls ----------------------------------------------------------------------------------- */

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE hdline, HTAPICALL htcall,
                               LPHDRVCALL hdcall, LPCWSTR address, DWORD country,
                               LPLINECALLPARAMS const params)
{
    struct modem *modem = (struct modem *)hdline;
    struct call *call = &modem->call;

    (void)address, (void)country;
    enter();
    if (call->there)
        return leave(LINEERR_CALLUNAVAIL);
    if (params && params->dwTotalSize < CALLPARAMS_14)
        WRONG();
    call->modem = modem;
    call->htcall = htcall;
    call->there = TRUE;
    call->origin = LINECALLORIGIN_OUTBOUND;
    call->media = params ? params->dwMediaMode : LINEMEDIAMODE_INTERACTIVEVOICE;
    *hdcall = (HDRVCALL)call;
    InterlockedIncrement(&control.calls);
    say(call, LINECALLSTATE_DIALING);
    call->dialing = control.make == 'd' ? request : 0;
    if (call->dialing)
        return leave((LONG)request);
    say(call, LINECALLSTATE_PROCEEDING);
    complete(request, 0);
    say(call, LINECALLSTATE_CONNECTED);
    return leave((LONG)request);
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID request, HDRVCALL hdcall, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    enter();
    say((struct call *)hdcall, LINECALLSTATE_CONNECTED);
    complete(request, 0);
    return leave((LONG)request);
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL hdcall, LPCSTR info, DWORD size)
{
    struct call *call = (struct call *)hdcall;

    (void)info, (void)size;
    enter();
    if (!call->there)
        WRONG();
    InterlockedIncrement(&control.drops);
    complete(request, 0);
    say(call, LINECALLSTATE_IDLE);
    return leave((LONG)request);
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdcall)
{
    struct call *call = (struct call *)hdcall;

    enter();
    if (!call->there)
        return WRONG(), leave(LINEERR_INVALCALLHANDLE);
    call->there = FALSE;
    if (call->dialing)
        complete(call->dialing, LINEERR_OPERATIONFAILED);
    call->dialing = 0;
    InterlockedDecrement(&control.calls);
    InterlockedIncrement(&control.call_closes);
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdcall, LPLINECALLINFO info)
{
    struct call *call = (struct call *)hdcall;

    enter();
    if (!begin(info, CALLINFO_14))
        return leave(LINEERR_STRUCTURETOOSMALL);
    info->dwMediaMode = call->media;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwOrigin = call->origin;
    return leave(0);
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdcall, LPLINECALLSTATUS status)
{
    enter();
    status->dwCallState = ((struct call *)hdcall)->state;
    return leave(0);
}
