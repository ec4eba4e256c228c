/*
 * old.c - a provider for a modem, as written for TAPI 1.4: it knows version 0x00010004 only, fills
 * the structures of that version with their sizes of then as constants, has one active call a line,
 * and completes what it is asked on a thread of its own. Unlike its age it takes wide strings.
 */
#include <windows.h>
#include <tspi.h>

#include <stdbool.h>

#define OLD_VERSION        0x00010004
#define OLD_LINES          2
#define OLD_ROOM           4
#define SIZE_DEVCAPS       240
#define SIZE_ADDRESSCAPS   180
#define SIZE_CALLINFO      296
#define SIZE_CALLSTATUS    36
#define SIZE_CALLPARAMS    112
#define SIZE_DEVSTATUS     76
#define SIZE_ADDRESSSTATUS 64

struct modem {
    DWORD device;
    HTAPILINE line;
    LINEEVENT event;
    HTAPICALL call;
    bool busy;
    DWORD state, media, origin;
    WCHAR number[64];
};

static struct modem modems[OLD_ROOM];
static DWORD modem_count = OLD_LINES, provider_id;
static HPROVIDER provider_handle;
static LINEEVENT create_event;
static ASYNC_COMPLETION complete;
static volatile LONG trouble; /* bits: 1 a structure smaller or larger than version 1.4's; 2 an
                                 unexpected version; 4 other misuse */

LONG WINAPI OldTrouble(void)
{
    return trouble;
}

static struct modem *modem_of(DWORD device)
{
    for (DWORD i = 0; i < modem_count; i++)
        if (modems[i].device == device)
            return &modems[i];
    return NULL;
}

/* line and call are the modem's now, or those of a call that it has no more. */
static void say(struct modem *modem, HTAPILINE line, HTAPICALL call, DWORD state, DWORD mode)
{
    if (modem->call == call)
        modem->state = state;
    modem->event(line, call, LINE_CALLSTATE, state, mode, modem->media);
}

/* ---- what happens later ---------------------------------------------------------------------- */

struct later {
    DRV_REQUESTID request;
    struct modem *modem;
    HTAPILINE line; /* as they were then: the modem may have another call by now */
    HTAPICALL call;
    DWORD states[4];
    HMODULE self; /* the thread may outlive TAPI's last use of the provider */
};

static DWORD WINAPI later_thread(void *context)
{
    struct later *later = context;
    HMODULE self = later->self;

    complete(later->request, 0);
    for (unsigned i = 0; i < 4 && later->states[i]; i++)
        say(later->modem, later->line, later->call, later->states[i],
            later->states[i] == LINECALLSTATE_DIALTONE ? LINEDIALTONEMODE_UNAVAIL : 0);
    HeapFree(GetProcessHeap(), 0, later);
    FreeLibraryAndExitThread(self, 0);
}

static LONG later(DRV_REQUESTID request, struct modem *modem, DWORD s0, DWORD s1, DWORD s2,
                  DWORD s3)
{
    struct later *later = HeapAlloc(GetProcessHeap(), 0, sizeof(*later));
    HANDLE thread;

    if (!later)
        return LINEERR_NOMEM;
    *later = (struct later){request, modem, modem->line, modem->call, {s0, s1, s2, s3}, NULL};
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)later_thread,
                       &later->self);
    thread = CreateThread(NULL, 0, later_thread, later, 0, NULL);
    CloseHandle(thread);
    return (LONG)request;
}

/* ---- the provider ---------------------------------------------------------------------------- */

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    if (device != (DWORD)INITIALIZE_NEGOTIATION && !modem_of(device))
        return LINEERR_BADDEVICEID;
    if (low > OLD_VERSION || high < OLD_VERSION)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = OLD_VERSION;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD provider, LPDWORD lines, LPDWORD phones,
                                     HPROVIDER handle, LINEEVENT line_create,
                                     PHONEEVENT phone_create)
{
    (void)phone_create;
    provider_id = provider;
    provider_handle = handle;
    create_event = line_create;
    *lines = OLD_LINES;
    *phones = 0;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                              LPDWORD options)
{
    (void)phone_base, (void)phones;
    if (version != OLD_VERSION)
        trouble |= 2;
    if (provider != provider_id || lines != OLD_LINES)
        trouble |= 4;
    for (DWORD i = 0; i < OLD_LINES; i++)
        modems[i].device = line_base + i;
    modem_count = OLD_LINES;
    complete = completion;
    *options = 0;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD provider)
{
    (void)provider;
    if (version != OLD_VERSION)
        trouble |= 2;
    return 0;
}

/* Called by TAPI through this old name only where the provider asks for it: it has the two
 * functions of TSPI 1.4 that later providers often lack. */
LONG WINAPI TSPI_lineConditionalMediaDetection(HDRVLINE line, DWORD modes,
                                               LPLINECALLPARAMS const params)
{
    (void)line;
    if (params && params->dwTotalSize < SIZE_CALLPARAMS)
        trouble |= 1;
    return modes & ~(LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_UNKNOWN |
                     LINEMEDIAMODE_INTERACTIVEVOICE)
               ? LINEERR_INVALMEDIAMODE
               : 0;
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE line, DWORD modes)
{
    (void)line, (void)modes;
    return 0;
}

LONG WINAPI TSPI_lineSetStatusMessages(HDRVLINE line, DWORD line_states, DWORD address_states)
{
    (void)line, (void)line_states, (void)address_states;
    return 0;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE tapi_line, LPHDRVLINE line, DWORD version,
                          LINEEVENT event)
{
    struct modem *modem = modem_of(device);

    if (!modem)
        return LINEERR_BADDEVICEID;
    if (version != OLD_VERSION)
        trouble |= 2;
    modem->line = tapi_line;
    modem->event = event;
    *line = (HDRVLINE)modem;
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    ((struct modem *)line)->line = NULL;
    return 0;
}

LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE line, LPDWORD count)
{
    (void)line;
    *count = 1;
    return 0;
}

/* The habit of the time: everything behind the header is zeroed over the size that was given, and
 * the fixed part is what version 1.4 had. */
static bool begin(void *at, DWORD size)
{
    DWORD *header = at; /* dwTotalSize, dwNeededSize, dwUsedSize */

    if (header[0] < size) {
        trouble |= 1;
        return false;
    }
    memset(header + 1, 0, header[0] - sizeof(DWORD));
    header[1] = header[2] = size;
    return true;
}

static void append(void *at, const WCHAR *text, DWORD *size, DWORD *offset)
{
    DWORD *header = at, bytes = (lstrlenW(text) + 1) * sizeof(WCHAR);

    header[1] += bytes;
    if (header[0] < header[1])
        return;
    memcpy((char *)at + header[2], text, bytes);
    *size = bytes;
    *offset = header[2];
    header[2] += bytes;
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)device, (void)extension;
    if (version != OLD_VERSION)
        trouble |= 2;
    if (!begin(caps, SIZE_DEVCAPS))
        return LINEERR_STRUCTURETOOSMALL;
    append(caps, L"Old Modem Works", &caps->dwProviderInfoSize, &caps->dwProviderInfoOffset);
    append(caps, L"Modem 14400", &caps->dwLineNameSize, &caps->dwLineNameOffset);
    caps->dwPermanentLineID = 0x1400 + device;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMaxRate = 14400;
    caps->dwMediaModes =
        LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_UNKNOWN;
    caps->dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP | LINEDEVCAPFLAGS_DIALBILLING;
    caps->dwMaxNumActiveCalls = 1;
    caps->dwRingModes = 1;
    caps->dwLineFeatures = LINEFEATURE_MAKECALL;
    return 0;
}

LONG WINAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                    LPLINEADDRESSCAPS caps)
{
    (void)device, (void)extension;
    if (address)
        return LINEERR_INVALADDRESSID;
    if (version != OLD_VERSION)
        trouble |= 2;
    if (!begin(caps, SIZE_ADDRESSCAPS))
        return LINEERR_STRUCTURETOOSMALL;
    append(caps, L"5550199", &caps->dwAddressSize, &caps->dwAddressOffset);
    caps->dwLineDeviceID = device;
    caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
    caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_DIALING |
                         LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED;
    caps->dwMaxNumActiveCalls = 1;
    caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED | LINEADDRCAPFLAGS_PARTIALDIAL;
    caps->dwCallFeatures = LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP | LINECALLFEATURE_DIAL;
    return 0;
}

LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE line, LPLINEDEVSTATUS status)
{
    struct modem *modem = (struct modem *)line;

    if (!begin(status, SIZE_DEVSTATUS))
        return LINEERR_STRUCTURETOOSMALL;
    status->dwNumActiveCalls = modem->busy;
    status->dwLineFeatures = modem->busy ? 0 : LINEFEATURE_MAKECALL;
    status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
    return 0;
}

LONG WINAPI TSPI_lineGetAddressStatus(HDRVLINE line, DWORD address, LPLINEADDRESSSTATUS status)
{
    (void)line;
    if (address)
        return LINEERR_INVALADDRESSID;
    return begin(status, SIZE_ADDRESSSTATUS) ? 0 : LINEERR_STRUCTURETOOSMALL;
}

LONG WINAPI TSPI_lineGetID(HDRVLINE line, DWORD address, HDRVCALL call, DWORD select,
                           LPVARSTRING id, LPCWSTR device_class, HANDLE target)
{
    (void)line, (void)address, (void)call, (void)select, (void)target;
    if (lstrcmpiW(device_class, L"comm/datamodem/portname"))
        return LINEERR_INVALDEVICECLASS;
    /* A device class whose name is one of ANSI strings, which applications take as bytes. */
    id->dwNeededSize = sizeof(*id) + 5;
    id->dwUsedSize = sizeof(*id);
    if (id->dwTotalSize < id->dwNeededSize)
        return 0;
    id->dwUsedSize = id->dwNeededSize;
    id->dwStringFormat = STRINGFORMAT_ASCII;
    id->dwStringSize = 5;
    id->dwStringOffset = sizeof(*id);
    memcpy((char *)(id + 1), "COM2", 5);
    return 0;
}

/* ---- calls ------------------------------------------------------------------------------------
 */

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE line, HTAPICALL tapi_call,
                              LPHDRVCALL call, LPCWSTR address, DWORD country,
                              LPLINECALLPARAMS const params)
{
    struct modem *modem = (struct modem *)line;
    size_t length = address ? lstrlenW(address) : 0;
    bool partial = length && address[length - 1] == ';';

    (void)country;
    if (modem->busy)
        return LINEERR_CALLUNAVAIL;
    if (params && params->dwTotalSize < SIZE_CALLPARAMS)
        trouble |= 1;
    modem->busy = true;
    modem->call = tapi_call;
    modem->origin = LINECALLORIGIN_OUTBOUND;
    modem->media = params ? params->dwMediaMode : LINEMEDIAMODE_INTERACTIVEVOICE;
    modem->state = LINECALLSTATE_IDLE;
    lstrcpynW(modem->number, address ? address : L"", ARRAYSIZE(modem->number));
    *call = (HDRVCALL)modem;
    if (!length)
        return later(request, modem, LINECALLSTATE_DIALTONE, 0, 0, 0);
    return later(request, modem, LINECALLSTATE_DIALTONE, LINECALLSTATE_DIALING,
                 partial ? 0 : LINECALLSTATE_PROCEEDING, partial ? 0 : LINECALLSTATE_CONNECTED);
}

LONG WINAPI TSPI_lineDial(DRV_REQUESTID request, HDRVCALL call, LPCWSTR address, DWORD country)
{
    struct modem *modem = (struct modem *)call;
    size_t length = lstrlenW(address);

    (void)country;
    if (modem->state != LINECALLSTATE_DIALING && modem->state != LINECALLSTATE_DIALTONE)
        return LINEERR_INVALCALLSTATE;
    if (lstrlenW(modem->number) + length < ARRAYSIZE(modem->number))
        lstrcatW(modem->number, address);
    if (length && address[length - 1] == ';')
        return later(request, modem, LINECALLSTATE_DIALING, 0, 0, 0);
    return later(request, modem, LINECALLSTATE_PROCEEDING, LINECALLSTATE_CONNECTED, 0, 0);
}

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    struct modem *modem = (struct modem *)call;

    (void)info, (void)size;
    if (modem->state != LINECALLSTATE_OFFERING)
        return LINEERR_INVALCALLSTATE;
    return later(request, modem, LINECALLSTATE_CONNECTED, 0, 0, 0);
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    return later(request, (struct modem *)call, LINECALLSTATE_IDLE, 0, 0, 0);
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    ((struct modem *)call)->busy = false;
    return 0;
}

LONG WINAPI TSPI_lineGetCallAddressID(HDRVCALL call, LPDWORD address)
{
    (void)call;
    *address = 0;
    return 0;
}

LONG WINAPI TSPI_lineGetCallInfo(HDRVCALL call, LPLINECALLINFO info)
{
    struct modem *modem = (struct modem *)call;

    if (!begin(info, SIZE_CALLINFO))
        return LINEERR_STRUCTURETOOSMALL;
    info->dwLineDeviceID = modem->device;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwRate = 14400;
    info->dwMediaMode = modem->media;
    info->dwOrigin = modem->origin;
    info->dwReason = LINECALLREASON_DIRECT;
    info->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_CONNECTED;
    if (modem->origin == LINECALLORIGIN_OUTBOUND) {
        info->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
        append(info, modem->number, &info->dwCalledIDSize, &info->dwCalledIDOffset);
    } else {
        info->dwCallerIDFlags = LINECALLPARTYID_ADDRESS;
        append(info, L"5550123", &info->dwCallerIDSize, &info->dwCallerIDOffset);
    }
    return 0;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL call, LPLINECALLSTATUS status)
{
    struct modem *modem = (struct modem *)call;

    if (!begin(status, SIZE_CALLSTATUS))
        return LINEERR_STRUCTURETOOSMALL;
    status->dwCallState = modem->state;
    status->dwCallFeatures = modem->state == LINECALLSTATE_OFFERING
                                 ? LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP
                                 : LINECALLFEATURE_DROP;
    return 0;
}

/* ---- the world outside, for the test -----------------------------------------------------------
 */

/* A call rings at modem n; the second has been answered by the time TAPI hears of it. */
static LONG ring(DWORD n, DWORD state)
{
    struct modem *modem = &modems[n];

    if (!modem->line || modem->busy)
        return LINEERR_CALLUNAVAIL;
    modem->busy = true;
    modem->origin = LINECALLORIGIN_INBOUND;
    modem->media = LINEMEDIAMODE_UNKNOWN;
    modem->state = state;
    modem->event(modem->line, NULL, LINE_NEWCALL, (DWORD_PTR)modem, (DWORD_PTR)&modem->call, 0);
    if (!modem->call) {
        modem->busy = false;
        return LINEERR_NOMEM;
    }
    modem->event(modem->line, NULL, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, 1);
    say(modem, modem->line, modem->call, state, 0);
    return 0;
}

LONG WINAPI OldRing(DWORD n)
{
    return ring(n, LINECALLSTATE_OFFERING);
}

LONG WINAPI OldRingAnswered(DWORD n)
{
    return ring(n, LINECALLSTATE_CONNECTED);
}

LONG WINAPI OldHangUp(DWORD n)
{
    say(&modems[n], modems[n].line, modems[n].call, LINECALLSTATE_DISCONNECTED,
        LINEDISCONNECTMODE_NORMAL);
    say(&modems[n], modems[n].line, modems[n].call, LINECALLSTATE_IDLE, 0);
    return 0;
}

LONG WINAPI TSPI_providerCreateLineDevice(DWORD_PTR temporary, DWORD device)
{
    if (modem_count == OLD_ROOM)
        return LINEERR_OPERATIONFAILED;
    if (temporary != 77)
        trouble |= 4;
    modems[modem_count++].device = device;
    return 0;
}

/* A modem is plugged in, or the one of a device ID pulled out. */
LONG WINAPI OldCreateLine(void)
{
    create_event(NULL, NULL, LINE_CREATE, (DWORD_PTR)provider_handle, 77, 0);
    return 0;
}

LONG WINAPI OldRemoveLine(DWORD device)
{
    create_event(NULL, NULL, LINE_REMOVE, device, 0, 0);
    return 0;
}
