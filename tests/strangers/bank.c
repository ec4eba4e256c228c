/*
 * bank.c - a provider of TSPI 2.0, for a bank of 64 trunk lines and two consoles. One worker thread
 * does everything that is asked; TSPI_providerShutdown waits for it. Structures are filled as the
 * samples of the DDK did: what TAPI has put into dwNeededSize and dwUsedSize is added to. Most of
 * what is optional is not there.
 */
#include <windows.h>
#include <tspi.h>

#include "tests/strangers/bank.h"

#define WRONG() InterlockedCompareExchange(&bank.trouble, __LINE__, 0)
/* What TAPI gets for a handle is an index; so the first line, call and phone have 0. */
#define TRUNK(handle)   (&trunks[(DWORD_PTR)(handle)])
#define CONSOLE(handle) (&consoles[(DWORD_PTR)(handle)])
#define MAX_JOBS        512

struct trunk {
    DWORD device; /* (DWORD)-1: not known to TAPI yet */
    HTAPILINE htline;
    LINEEVENT event;
    HTAPICALL htcall;
    BOOL busy;
    DWORD state, mode, origin;
    WCHAR number[40];
};

struct console {
    DWORD device;
    HTAPIPHONE htphone;
    PHONEEVENT event;
    DWORD lamp[8], states, modes, buttons;
    WCHAR display[40];
};

struct job {
    DRV_REQUESTID request;
    struct trunk *trunk;
    HTAPILINE htline;
    HTAPICALL htcall;
    LONG result;
    DWORD states[4];
};

static struct bank bank;
static struct trunk trunks[BANK_LINES + 8];
static struct console consoles[BANK_PHONES + 2];
static DWORD trunk_count = BANK_LINES, console_count = BANK_PHONES;
static CRITICAL_SECTION lock;
static struct job jobs[MAX_JOBS];
static DWORD first_job, job_count;
static HANDLE wake, worker;
static BOOL stopping;
static ASYNC_COMPLETION complete;
static LINEEVENT create_line;
static PHONEEVENT create_phone;
static HPROVIDER provider;
static HTAPIDIALOGINSTANCE dialog;
static DRV_REQUESTID dialog_request;

struct bank *WINAPI BankControl(void)
{
    return &bank;
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        DisableThreadLibraryCalls(self);
        InitializeCriticalSection(&lock);
    }
    return TRUE;
}

/* ---- the worker ------------------------------------------------------------------------------ */

static void tell(struct job *job)
{
    for (int i = 0; i < 4 && job->states[i]; i++) {
        DWORD mode = 0;
        if (job->states[i] == LINECALLSTATE_DISCONNECTED)
            mode = LINEDISCONNECTMODE_NORMAL;
        if (job->states[i] == LINECALLSTATE_CONNECTED)
            mode = LINECONNECTEDMODE_ACTIVE;
        if (job->trunk->htcall == job->htcall)
            job->trunk->state = job->states[i];
        job->trunk->event(job->htline, job->htcall, LINE_CALLSTATE, job->states[i], mode,
                          LINEMEDIAMODE_INTERACTIVEVOICE);
    }
}

static DWORD WINAPI work(void *unused)
{
    (void)unused;
    for (;;) {
        struct job job;
        BOOL some = FALSE, stop;

        EnterCriticalSection(&lock);
        stop = stopping;
        if (job_count) {
            job = jobs[first_job];
            first_job = (first_job + 1) % MAX_JOBS;
            job_count--;
            some = TRUE;
        }
        LeaveCriticalSection(&lock);
        if (some) {
            BOOL first = bank.states_first && job.trunk;
            if (first)
                tell(&job);
            if (job.request)
                complete(job.request, job.result);
            if (!first && job.trunk)
                tell(&job);
        } else if (stop) {
            return 0;
        } else {
            WaitForSingleObject(wake, INFINITE);
        }
    }
}

static LONG later(DRV_REQUESTID request, struct trunk *trunk, DWORD s0, DWORD s1, DWORD s2,
                  DWORD s3)
{
    if (bank.silent)
        return (LONG)request;
    EnterCriticalSection(&lock);
    if (job_count == MAX_JOBS) {
        LeaveCriticalSection(&lock);
        return LINEERR_RESOURCEUNAVAIL;
    }
    struct job *job = &jobs[(first_job + job_count++) % MAX_JOBS];
    memset(job, 0, sizeof(*job));
    job->request = request;
    job->trunk = trunk;
    if (trunk) {
        job->htline = trunk->htline;
        job->htcall = trunk->htcall;
    }
    job->states[0] = s0;
    job->states[1] = s1;
    job->states[2] = s2;
    job->states[3] = s3;
    LeaveCriticalSection(&lock);
    SetEvent(wake);
    return (LONG)request;
}

/* ---- the provider ---------------------------------------------------------------------------- */

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    if (low > 0x00020000 || high < 0x00020000)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    (void)device;
    *version = 0x00020000;
    return 0;
}

LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > 0x00020000 || high < 0x00020000)
        return PHONEERR_INCOMPATIBLEAPIVERSION;
    *version = 0x00020000;
    return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD id, LPDWORD lines, LPDWORD phones, HPROVIDER handle,
                                      LINEEVENT line_proc, PHONEEVENT phone_proc)
{
    (void)id;
    provider = handle;
    create_line = line_proc;
    create_phone = phone_proc;
    *lines = trunk_count = BANK_LINES;
    *phones = console_count = BANK_PHONES;
    return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                               DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                               LPDWORD options)
{
    (void)id;
    if (version != 0x00020000 || lines != BANK_LINES || phones != BANK_PHONES || !provider ||
        !options || bank.running)
        WRONG();
    bank.version = version;
    bank.line_base = line_base;
    bank.phone_base = phone_base;
    complete = completion;
    memset(trunks, 0, sizeof(trunks));
    memset(consoles, 0, sizeof(consoles));
    for (DWORD i = 0; i < BANK_LINES; i++)
        trunks[i].device = line_base + i;
    for (DWORD i = 0; i < BANK_PHONES; i++)
        consoles[i].device = phone_base + i;
    wake = CreateEvent(NULL, FALSE, FALSE, NULL);
    stopping = FALSE;
    worker = CreateThread(NULL, 0, work, NULL, 0, NULL);
    bank.running = 1;
    return 0;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    if (bank.open_lines || bank.open_phones || bank.calls)
        WRONG();
    EnterCriticalSection(&lock);
    stopping = TRUE;
    LeaveCriticalSection(&lock);
    SetEvent(wake);
    if (WaitForSingleObject(worker, 60000) != WAIT_OBJECT_0)
        WRONG();
    CloseHandle(worker);
    CloseHandle(wake);
    bank.running = 0;
    return 0;
}

LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR name)
{
    lstrcpyW(name, L"bankui.dll");
    return 0;
}

LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR temporary, DWORD device)
{
    if (temporary != trunk_count)
        WRONG();
    trunks[trunk_count++].device = device;
    return 0;
}

LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR temporary, DWORD device)
{
    if (temporary != console_count)
        WRONG();
    consoles[console_count++].device = device;
    return 0;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static struct trunk *trunk_of(DWORD device)
{
    for (DWORD i = 0; i < trunk_count; i++)
        if (trunks[i].device == device)
            return &trunks[i];
    return NULL;
}

LONG TSPIAPI TSPI_lineOpen(DWORD device, HTAPILINE htline, LPHDRVLINE hdline, DWORD version,
                           LINEEVENT event)
{
    struct trunk *trunk = trunk_of(device);

    if (!trunk)
        return LINEERR_BADDEVICEID;
    if (trunk->htline || version != 0x00020000)
        WRONG();
    trunk->htline = htline;
    trunk->event = event;
    *hdline = (HDRVLINE)(DWORD_PTR)(trunk - trunks);
    InterlockedIncrement(&bank.open_lines);
    return 0;
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdline)
{
    struct trunk *trunk = TRUNK(hdline);

    if (!trunk->htline)
        WRONG();
    trunk->htline = NULL;
    InterlockedDecrement(&bank.open_lines);
    return 0;
}

/* What every sample had: room for it, or only needed. Adds to what is there. */
static void add_text(LPVOID structure, const WCHAR *text, LPDWORD size, LPDWORD offset)
{
    DWORD *header = structure, bytes = (lstrlenW(text) + 1) * sizeof(WCHAR);

    header[1] += bytes;
    if (header[0] < header[1])
        return;
    memcpy((BYTE *)structure + header[2], text, bytes);
    *size = bytes;
    *offset = header[2];
    header[2] += bytes;
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    struct trunk *trunk = trunk_of(device);
    WCHAR name[32];

    (void)extension;
    if (!trunk || version != 0x00020000)
        return WRONG(), LINEERR_BADDEVICEID;
    caps->dwPermanentLineID = 0xBA00 + (DWORD)(trunk - trunks);
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
    caps->dwMaxNumActiveCalls = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    caps->dwMaxRate = 64000;
    caps->dwLineFeatures = LINEFEATURE_MAKECALL;
    caps->dwRingModes = 1;
    /* Odd lines say no more than that; line 2 says nothing at all about sizes. */
    if ((trunk - trunks) % 2)
        return 0;
    if (trunk - trunks == 4 && caps->dwTotalSize < 4096) {
        caps->dwNeededSize = 4096;
        return LINEERR_STRUCTURETOOSMALL;
    }
    wsprintfW(name, L"Trunk %u", (unsigned)(trunk - trunks));
    add_text(caps, L"Bank Exchange Service Provider", &caps->dwProviderInfoSize,
             &caps->dwProviderInfoOffset);
    add_text(caps, name, &caps->dwLineNameSize, &caps->dwLineNameOffset);
    return 0;
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                     LPLINEADDRESSCAPS caps)
{
    (void)version, (void)extension;
    if (address)
        return LINEERR_INVALADDRESSID;
    caps->dwLineDeviceID = device;
    caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
    caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_CONNECTED;
    caps->dwMaxNumActiveCalls = 1;
    return 0;
}

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdline, LPDWORD count)
{
    (void)hdline;
    *count = 1;
    return 0;
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdline, DWORD address, LPLINEADDRESSSTATUS status)
{
    if (address)
        return LINEERR_INVALADDRESSID;
    status->dwNumActiveCalls = TRUNK(hdline)->busy;
    return 0;
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdline, LPLINEDEVSTATUS status)
{
    status->dwNumActiveCalls = TRUNK(hdline)->busy;
    status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
    return 0;
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdline, DWORD modes)
{
    (void)hdline, (void)modes;
    return 0;
}

LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdline, DWORD modes,
                                                LPLINECALLPARAMS const params)
{
    (void)hdline, (void)params;
    return modes & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE ? LINEERR_INVALMEDIAMODE : 0;
}

/* ---- calls ----------------------------------------------------------------------------------- */

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE hdline, HTAPICALL htcall,
                               LPHDRVCALL hdcall, LPCWSTR address, DWORD country,
                               LPLINECALLPARAMS const params)
{
    struct trunk *trunk = TRUNK(hdline);

    (void)country, (void)params;
    if (trunk->busy)
        return LINEERR_CALLUNAVAIL;
    trunk->busy = TRUE;
    trunk->origin = LINECALLORIGIN_OUTBOUND;
    trunk->htcall = htcall;
    lstrcpynW(trunk->number, address ? address : L"", 40);
    *hdcall = (HDRVCALL)(DWORD_PTR)(trunk - trunks);
    InterlockedIncrement(&bank.calls);
    return later(request, trunk, LINECALLSTATE_DIALING, LINECALLSTATE_PROCEEDING,
                 LINECALLSTATE_CONNECTED, 0);
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID request, HDRVCALL hdcall, LPCSTR info, DWORD size)
{
    struct trunk *trunk = TRUNK(hdcall);

    (void)info, (void)size;
    if (trunk->state != LINECALLSTATE_OFFERING)
        return LINEERR_INVALCALLSTATE;
    return later(request, trunk, LINECALLSTATE_CONNECTED, 0, 0, 0);
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL hdcall, LPCSTR info, DWORD size)
{
    struct trunk *trunk = TRUNK(hdcall);

    (void)info, (void)size;
    return trunk->state == LINECALLSTATE_IDLE ? later(request, trunk, 0, 0, 0, 0)
                                              : later(request, trunk, LINECALLSTATE_IDLE, 0, 0, 0);
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdcall)
{
    struct trunk *trunk = TRUNK(hdcall);

    if (!trunk->busy)
        WRONG();
    trunk->busy = FALSE;
    trunk->htcall = NULL;
    trunk->state = 0;
    InterlockedDecrement(&bank.calls);
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
    struct trunk *trunk = TRUNK(hdcall);

    info->dwLineDeviceID = trunk->device;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwOrigin = trunk->origin;
    info->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_CONNECTED;
    if (trunk->origin == LINECALLORIGIN_INBOUND) {
        info->dwCallerIDFlags = LINECALLPARTYID_ADDRESS;
        add_text(info, trunk->number, &info->dwCallerIDSize, &info->dwCallerIDOffset);
    }
    return 0;
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdcall, LPLINECALLSTATUS status)
{
    status->dwCallState = TRUNK(hdcall)->state;
    status->dwCallFeatures = LINECALLFEATURE_DROP;
    return 0;
}

LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID request, HDRVLINE hdline, DWORD address,
                                  HDRVCALL hdcall, LPVOID params, DWORD size)
{
    TUISPICREATEDIALOGINSTANCEPARAMS create = {0};

    (void)address, (void)hdcall, (void)hdline;
    create.dwRequestID = request;
    create.hdDlgInst = (HDRVDIALOGINSTANCE)&dialog;
    create.lpszUIDLLName = L"bankui.dll";
    create.lpParams = params;
    create.dwSize = size;
    dialog_request = request;
    create_line((HTAPILINE)provider, NULL, LINE_CREATEDIALOGINSTANCE, (DWORD_PTR)&create, 0, 0);
    if (!create.htDlgInst)
        return LINEERR_OPERATIONFAILED;
    dialog = create.htDlgInst;
    InterlockedIncrement(&bank.dialogs);
    create_line((HTAPILINE)(DWORD_PTR)dialog, NULL, LINE_SENDDIALOGINSTANCEDATA,
                (DWORD_PTR) "shown", 6, 0);
    return (LONG)request;
}

/* The dialog says what was typed: the request is done. */
LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR object, DWORD type, LPVOID params, DWORD size)
{
    if (type != TUISPIDLL_OBJECT_DIALOGINSTANCE || object != (DWORD_PTR)&dialog)
        WRONG();
    if (size == 5 && !memcmp(params, "4711", 5)) {
        memcpy(params, "good", 5);
        InterlockedIncrement(&bank.dialog_data);
        complete(dialog_request, 0);
    }
    return 0;
}

LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE instance)
{
    if (instance != (HDRVDIALOGINSTANCE)&dialog)
        WRONG();
    InterlockedDecrement(&bank.dialogs);
    return 0;
}

/* ---- the world outside ----------------------------------------------------------------------- */

LONG WINAPI BankRing(DWORD n, char how)
{
    struct trunk *trunk = &trunks[n];
    HTAPICALL htcall = NULL;

    if (!trunk->htline || trunk->busy)
        return -1;
    trunk->busy = TRUE;
    trunk->origin = LINECALLORIGIN_INBOUND;
    wsprintfW(trunk->number, L"55501%02u", (unsigned)n);
    InterlockedIncrement(&bank.calls);
    trunk->event(trunk->htline, NULL, LINE_NEWCALL, n, (DWORD_PTR)&htcall, 0);
    trunk->htcall = htcall;
    if (!htcall) {
        trunk->busy = FALSE;
        InterlockedDecrement(&bank.calls);
        return -2;
    }
    if (how == 'i')
        trunk->event(trunk->htline, htcall, LINE_CALLINFO, LINECALLINFOSTATE_CALLERID, 0, 0);
    if (how == 'w') {
        later(0, trunk, LINECALLSTATE_OFFERING, 0, 0, 0);
        return 0;
    }
    trunk->state = LINECALLSTATE_OFFERING;
    trunk->event(trunk->htline, htcall, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0,
                 LINEMEDIAMODE_INTERACTIVEVOICE);
    return 0;
}

void WINAPI BankHangUp(DWORD n)
{
    later(0, &trunks[n], LINECALLSTATE_DISCONNECTED, LINECALLSTATE_IDLE, 0, 0);
}

void WINAPI BankPress(DWORD n, DWORD key)
{
    consoles[n].event(consoles[n].htphone, PHONE_BUTTON, key, PHONEBUTTONMODE_FEATURE,
                      PHONEBUTTONSTATE_DOWN);
    consoles[n].event(consoles[n].htphone, PHONE_BUTTON, key, PHONEBUTTONMODE_FEATURE,
                      PHONEBUTTONSTATE_UP);
}

void WINAPI BankChange(char what)
{
    switch (what) {
    case 'L':
        create_line(NULL, NULL, LINE_CREATE, (DWORD_PTR)provider, trunk_count, 0);
        break;
    case 'P':
        create_phone(NULL, PHONE_CREATE, (DWORD_PTR)provider, console_count, 0);
        break;
    case 'l':
        create_line(NULL, NULL, LINE_REMOVE, trunks[trunk_count - 1].device, 0, 0);
        break;
    case 'c':
        trunks[0].event(trunks[0].htline, NULL, LINE_CLOSE, 0, 0, 0);
        break;
    }
}

/* ---- consoles -------------------------------------------------------------------------------- */

LONG TSPIAPI TSPI_phoneOpen(DWORD device, HTAPIPHONE htphone, LPHDRVPHONE hdphone, DWORD version,
                            PHONEEVENT event)
{
    (void)version;
    for (DWORD i = 0; i < console_count; i++)
        if (consoles[i].device == device) {
            consoles[i].htphone = htphone;
            consoles[i].event = event;
            *hdphone = (HDRVPHONE)(DWORD_PTR)i;
            InterlockedIncrement(&bank.open_phones);
            return 0;
        }
    return PHONEERR_BADDEVICEID;
}

LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdphone)
{
    CONSOLE(hdphone)->htphone = NULL;
    InterlockedDecrement(&bank.open_phones);
    return 0;
}

LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD device, DWORD version, DWORD extension, LPPHONECAPS caps)
{
    (void)device, (void)version, (void)extension;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumButtonLamps = 8;
    caps->dwDisplayNumRows = 1;
    caps->dwDisplayNumColumns = 16;
    add_text(caps, L"Console", &caps->dwPhoneNameSize, &caps->dwPhoneNameOffset);
    return 0;
}

LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE hdphone, DWORD states, DWORD modes,
                                         DWORD buttons)
{
    struct console *console = CONSOLE(hdphone);

    console->states = states;
    console->modes = modes;
    console->buttons = buttons;
    return 0;
}

LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID request, HDRVPHONE hdphone, DWORD lamp, DWORD mode)
{
    struct console *console = CONSOLE(hdphone);

    if (lamp >= 8)
        return PHONEERR_INVALBUTTONLAMPID;
    console->lamp[lamp] = mode;
    return later(request, NULL, 0, 0, 0, 0);
}

LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdphone, DWORD lamp, LPDWORD mode)
{
    if (lamp >= 8)
        return PHONEERR_INVALBUTTONLAMPID;
    *mode = CONSOLE(hdphone)->lamp[lamp];
    return 0;
}

LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdphone, LPPHONESTATUS status)
{
    (void)hdphone;
    status->dwStatusFlags = PHONESTATUSFLAGS_CONNECTED;
    return 0;
}
