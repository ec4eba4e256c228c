/*
 * tandem.c - a provider of TSPI 2.2 on a server, for a switch that it is told about by a stream of
 * events: stations are found while it starts and afterwards, calls are seen in the middle of them,
 * a bridged station shows the call of another one, parties change. Everything it has stands in
 * tables that the events and TAPI's requests share, under one lock.
 */
#include <windows.h>
#include <tspi.h>

#include "tests/strangers/tandem.h"

#define WRONG() InterlockedCompareExchange(&tandem.trouble, __LINE__, 0)

struct station {
    BOOL known; /* has a device ID */
    DWORD device;
    HTAPILINE htline;
    LINEEVENT event;
    BOOL busy;
    HTAPICALL htcall;
    DWORD call_id, related, state;
    WCHAR party[16];
};

static struct tandem tandem;
static struct station stations[TANDEM_MOST];
static DWORD found;
static CRITICAL_SECTION lock;
static ASYNC_COMPLETION complete;
static LINEEVENT create_event;
static HPROVIDER provider;

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    (void)self, (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
        InitializeCriticalSection(&lock);
    return TRUE;
}

struct tandem *WINAPI TandemControl(void)
{
    return &tandem;
}

/* ---- what the switch says: TAPI is told with the lock held, as it came -------------------------
 */

static void find(DWORD count)
{
    EnterCriticalSection(&lock);
    while (count-- && found < TANDEM_MOST)
        create_event(NULL, NULL, LINE_CREATE, (DWORD_PTR)provider, 1000 + found++, 0);
    LeaveCriticalSection(&lock);
}

static DWORD WINAPI find_thread(void *self)
{
    find(TANDEM_LATE);
    FreeLibraryAndExitThread(self, 0);
}

LONG WINAPI TandemFind(DWORD unused)
{
    HMODULE self;
    HANDLE thread;

    (void)unused;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)find_thread, &self);
    thread = CreateThread(NULL, 0, find_thread, self, 0, NULL);
    CloseHandle(thread);
    return 0;
}

static void appear(struct station *station, DWORD call_id)
{
    if (!station->htline || station->busy)
        return;
    station->call_id = call_id;
    station->state = LINECALLSTATE_CONNECTED;
    lstrcpyW(station->party, L"5550001");
    station->htcall = NULL;
    station->event(station->htline, NULL, LINE_NEWCALL, (DWORD_PTR)station,
                   (DWORD_PTR)&station->htcall, 0);
    if (!station->htcall)
        return;
    station->busy = TRUE;
    InterlockedIncrement(&tandem.calls);
    station->event(station->htline, station->htcall, LINE_CALLSTATE, station->state,
                   LINECONNECTEDMODE_ACTIVE, LINEMEDIAMODE_INTERACTIVEVOICE);
}

LONG WINAPI TandemTalk(DWORD n)
{
    EnterCriticalSection(&lock);
    appear(&stations[n], 0x7000 + n);
    appear(&stations[n + 1], 0x7000 + n);
    LeaveCriticalSection(&lock);
    return 0;
}

LONG WINAPI TandemTransfer(DWORD n)
{
    struct station *station = &stations[n];

    EnterCriticalSection(&lock);
    if (station->busy) {
        station->related = station->call_id;
        station->call_id += 0x100;
        lstrcpyW(station->party, L"5550002");
        station->event(station->htline, station->htcall, LINE_CALLINFO,
                       LINECALLINFOSTATE_CONNECTEDID | LINECALLINFOSTATE_CALLID |
                           LINECALLINFOSTATE_RELATEDCALLID,
                       0, 0);
    }
    LeaveCriticalSection(&lock);
    return 0;
}

static void over(struct station *station)
{
    if (!station->busy || station->state == LINECALLSTATE_IDLE)
        return;
    station->state = LINECALLSTATE_IDLE;
    station->event(station->htline, station->htcall, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0,
                   LINEMEDIAMODE_INTERACTIVEVOICE);
}

LONG WINAPI TandemEnd(DWORD n)
{
    EnterCriticalSection(&lock);
    over(&stations[n]);
    over(&stations[n + 1]);
    LeaveCriticalSection(&lock);
    return 0;
}

LONG WINAPI TandemLose(DWORD n)
{
    create_event(NULL, NULL, LINE_REMOVE, stations[n].device, 0, 0);
    return 0;
}

/* ---- the provider ---------------------------------------------------------------------------- */

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > 0x00020002 || high < 0x00020002)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = 0x00020002;
    return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD id, LPDWORD lines, LPDWORD phones, HPROVIDER handle,
                                      LINEEVENT line_proc, PHONEEVENT phone_proc)
{
    (void)id, (void)phone_proc;
    provider = handle;
    create_event = line_proc;
    *lines = TANDEM_FIRST;
    *phones = 0;
    return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                               DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                               LPDWORD options)
{
    (void)id, (void)phone_base, (void)options;
    if (version != 0x00020002 || lines != TANDEM_FIRST || phones)
        WRONG();
    complete = completion;
    memset(stations, 0, sizeof(stations));
    for (DWORD i = 0; i < TANDEM_FIRST; i++) {
        stations[i].known = TRUE;
        stations[i].device = line_base + i;
    }
    found = tandem.stations = TANDEM_FIRST;
    find(TANDEM_EARLY);
    return 0;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    if (tandem.open_lines || tandem.calls)
        WRONG();
    return 0;
}

LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR temporary, DWORD device)
{
    DWORD n = (DWORD)temporary - 1000;

    EnterCriticalSection(&lock);
    if (n >= found || stations[n].known) {
        WRONG();
    } else {
        stations[n].known = TRUE;
        stations[n].device = device;
        InterlockedIncrement(&tandem.stations);
    }
    LeaveCriticalSection(&lock);
    return 0;
}

LONG TSPIAPI TSPI_lineOpen(DWORD device, HTAPILINE htline, LPHDRVLINE hdline, DWORD version,
                           LINEEVENT event)
{
    LONG result = LINEERR_BADDEVICEID;

    EnterCriticalSection(&lock);
    for (DWORD i = 0; i < found; i++)
        if (stations[i].known && stations[i].device == device) {
            if (stations[i].htline || version != 0x00020002)
                WRONG();
            stations[i].htline = htline;
            stations[i].event = event;
            *hdline = (HDRVLINE)&stations[i];
            InterlockedIncrement(&tandem.open_lines);
            result = 0;
        }
    LeaveCriticalSection(&lock);
    return result;
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdline)
{
    struct station *station = (struct station *)hdline;

    EnterCriticalSection(&lock);
    if (!station->htline || station->busy)
        WRONG();
    station->htline = NULL;
    InterlockedDecrement(&tandem.open_lines);
    LeaveCriticalSection(&lock);
    return 0;
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdline, DWORD modes)
{
    (void)hdline, (void)modes;
    return 0;
}

static BOOL begin(LPVOID structure, DWORD size)
{
    DWORD *header = structure;

    if (header[0] < size)
        return WRONG(), FALSE;
    header[1] = header[2] = size;
    return TRUE;
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)extension;
    if (version != 0x00020002)
        WRONG();
    if (!begin(caps, 268))
        return LINEERR_STRUCTURETOOSMALL;
    caps->dwPermanentLineID = device + 1;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    caps->dwMaxNumActiveCalls = 1;
    return 0;
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                     LPLINEADDRESSCAPS caps)
{
    (void)device, (void)version, (void)extension;
    if (address)
        return LINEERR_INVALADDRESSID;
    caps->dwAddressSharing = LINEADDRESSSHARING_BRIDGEDEXCL;
    caps->dwMaxNumActiveCalls = 1;
    return 0;
}

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdcall, LPDWORD address)
{
    (void)hdcall;
    *address = 0;
    return 0;
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdcall, LPLINECALLINFO info)
{
    struct station *station = (struct station *)hdcall;
    DWORD bytes;

    EnterCriticalSection(&lock);
    if (begin(info, 324)) {
        bytes = (lstrlenW(station->party) + 1) * sizeof(WCHAR);
        info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
        info->dwBearerMode = LINEBEARERMODE_VOICE;
        info->dwCallID = station->call_id;
        info->dwRelatedCallID = station->related;
        info->dwConnectedIDFlags = LINECALLPARTYID_ADDRESS;
        info->dwNeededSize += bytes;
        if (info->dwTotalSize >= info->dwNeededSize) {
            info->dwConnectedIDSize = bytes;
            info->dwConnectedIDOffset = info->dwUsedSize;
            memcpy((BYTE *)info + info->dwUsedSize, station->party, bytes);
            info->dwUsedSize += bytes;
        }
    }
    LeaveCriticalSection(&lock);
    return 0;
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdcall, LPLINECALLSTATUS status)
{
    status->dwCallState = ((struct station *)hdcall)->state;
    status->dwCallFeatures = LINECALLFEATURE_DROP;
    return 0;
}

/* Of TSPI 1.4; the provider has them for an older TAPI. */
LONG TSPIAPI TSPI_lineDropNoOwner(HDRVCALL hdcall)
{
    (void)hdcall;
    InterlockedIncrement(&tandem.old_drops);
    return 0;
}

LONG TSPIAPI TSPI_lineDropOnClose(HDRVCALL hdcall)
{
    return TSPI_lineDropNoOwner(hdcall);
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL hdcall, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    InterlockedIncrement(&tandem.drops);
    EnterCriticalSection(&lock);
    over((struct station *)hdcall);
    complete(request, 0);
    LeaveCriticalSection(&lock);
    return (LONG)request;
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdcall)
{
    struct station *station = (struct station *)hdcall;

    EnterCriticalSection(&lock);
    if (!station->busy)
        WRONG();
    station->busy = FALSE;
    InterlockedDecrement(&tandem.calls);
    LeaveCriticalSection(&lock);
    return 0;
}
