/*
 * hostile.c - hostile.tsp, a provider that answers asynchronous requests in every wrong way a
 * stranger's provider might: early, late, twice, from several threads at once, with the wrong
 * return value, and never. Four lines that accept any number of calls; the calls do nothing.
 */
#include "behaviour.h"

#include <tspi.h>
#include <stdlib.h>

#define WORKERS    4
#define QUEUE_SIZE 4096

struct completion {
    DRV_REQUESTID request;
    LONG result;
    unsigned times;
    volatile LONG *done; /* set once completed, for a TSPI function that waits */
};

struct hostile_call {
    HTAPICALL tapi_call;
    HTAPILINE tapi_line;
    struct hostile_call *next;
};

static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE work = CONDITION_VARIABLE_INIT, progress = CONDITION_VARIABLE_INIT;
static struct completion queue[QUEUE_SIZE];
static unsigned queue_head, queue_count;
static HANDLE worker[WORKERS];
static BOOL stopping;
static DWORD device_base;
static ASYNC_COMPLETION complete_request;
static LINEEVENT send_event;
static HTAPILINE open_line[HOSTILE_LINES];
static struct hostile_call *calls;
static LONG behaviour_count[HOSTILE_BEHAVIOUR_COUNT];
static unsigned random_state = 12345;

/* ---- the workers -------------------------------------------------------------------------- */

static void carry_out(const struct completion *item)
{
    for (unsigned i = 0; i < item->times; i++)
        complete_request(item->request, item->result);
    if (item->done) {
        AcquireSRWLockExclusive(&lock);
        *item->done = 1;
        ReleaseSRWLockExclusive(&lock);
        WakeAllConditionVariable(&progress);
    }
}

static DWORD WINAPI worker_run(void *unused)
{
    (void)unused;
    for (;;) {
        struct completion item;

        AcquireSRWLockExclusive(&lock);
        while (!queue_count && !stopping)
            SleepConditionVariableSRW(&work, &lock, INFINITE, 0);
        if (!queue_count) {
            ReleaseSRWLockExclusive(&lock);
            return 0;
        }
        item = queue[queue_head++ % QUEUE_SIZE];
        queue_count--;
        ReleaseSRWLockExclusive(&lock);
        WakeAllConditionVariable(&progress);
        carry_out(&item);
    }
}

static void enqueue(DRV_REQUESTID request, LONG result, unsigned times, volatile LONG *done)
{
    AcquireSRWLockExclusive(&lock);
    while (queue_count == QUEUE_SIZE)
        SleepConditionVariableSRW(&progress, &lock, INFINITE, 0);
    queue[(queue_head + queue_count++) % QUEUE_SIZE] =
        (struct completion){request, result, times, done};
    ReleaseSRWLockExclusive(&lock);
    WakeConditionVariable(&work);
}

/* ---- how a request is treated -------------------------------------------------------------- */

static unsigned draw(unsigned limit)
{
    unsigned drawn;

    AcquireSRWLockExclusive(&lock);
    random_state = random_state * 1664525u + 1013904223u;
    drawn = (random_state >> 8) % limit;
    ReleaseSRWLockExclusive(&lock);
    return drawn;
}

static enum hostile_behaviour draw_behaviour(void)
{
    static const unsigned weight[] = {
#define HOSTILE_WEIGHT(name, weight) weight,
        HOSTILE_BEHAVIOURS(HOSTILE_WEIGHT)
#undef HOSTILE_WEIGHT
    };
    unsigned total = 0, drawn, i;

    for (i = 0; i < HOSTILE_BEHAVIOUR_COUNT; i++)
        total += weight[i];
    drawn = draw(total);
    for (i = 0; drawn >= weight[i]; i++)
        drawn -= weight[i];
    InterlockedIncrement(&behaviour_count[i]);
    return i;
}

static void complete_from_another_thread_now(DRV_REQUESTID request, LONG result)
{
    volatile LONG done = 0;

    enqueue(request, result, 1, &done);
    AcquireSRWLockExclusive(&lock);
    while (!done)
        SleepConditionVariableSRW(&progress, &lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&lock);
}

/* Treats one request; the value is what the TSPI function returns. */
static LONG treat(DRV_REQUESTID request)
{
    LONG result = draw(4) ? 0 : LINEERR_OPERATIONFAILED;

    switch (draw_behaviour()) {
    case HOSTILE_EARLY_TWICE:
        complete_request(request, result);
        /* fall through */
    case HOSTILE_EARLY:
        complete_request(request, result);
        break;
    case HOSTILE_EARLY_THEN_LATE:
        complete_request(request, result);
        enqueue(request, LINEERR_NOMEM, 1, NULL);
        break;
    case HOSTILE_EARLY_FOREIGN:
        complete_from_another_thread_now(request, result);
        break;
    case HOSTILE_LATE:
        enqueue(request, result, 1, NULL);
        break;
    case HOSTILE_LATE_TWICE:
        enqueue(request, result, 2, NULL);
        break;
    case HOSTILE_RACE:
        enqueue(request, result, 1, NULL);
        enqueue(request, result, 1, NULL);
        break;
    case HOSTILE_UNKNOWN_TOO:
        complete_request(0, 0);
        complete_request(request ^ 0x40000000, 0);
        complete_request((DRV_REQUESTID)-7, 0);
        enqueue(request, result, 1, NULL);
        break;
    case HOSTILE_REFUSE_AND_COMPLETE:
        complete_request(request, result);
        /* fall through */
    case HOSTILE_REFUSE:
        return LINEERR_INVALCALLSTATE;
    case HOSTILE_RETURN_ZERO:
        return 0;
    case HOSTILE_RETURN_OTHER:
        return (LONG)(request & 0x3fffffff) + 1;
    case HOSTILE_NEVER:
    case HOSTILE_BEHAVIOUR_COUNT:
        break;
    }
    return (LONG)request;
}

void WINAPI HostileCounts(LONG counts[HOSTILE_BEHAVIOUR_COUNT])
{
    for (unsigned i = 0; i < HOSTILE_BEHAVIOUR_COUNT; i++)
        counts[i] = behaviour_count[i];
}

/* ---- provider and lines -------------------------------------------------------------------- */

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > 0x00020002 || high < 0x00020000)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = high < 0x00020002 ? high : 0x00020002;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD provider, LPDWORD lines, LPDWORD phones, HPROVIDER handle,
                                     LINEEVENT line_create, PHONEEVENT phone_create)
{
    (void)provider, (void)handle, (void)line_create, (void)phone_create;
    *lines = HOSTILE_LINES;
    *phones = 0;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                              LPDWORD options)
{
    (void)version, (void)provider, (void)phone_base, (void)lines, (void)phones;
    device_base = line_base;
    complete_request = completion;
    *options = 0;
    stopping = FALSE;
    for (unsigned i = 0; i < WORKERS; i++)
        if (!(worker[i] = CreateThread(NULL, 0, worker_run, NULL, 0, NULL)))
            return LINEERR_NOMEM;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD provider)
{
    (void)version, (void)provider;
    AcquireSRWLockExclusive(&lock);
    stopping = TRUE;
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&work);
    for (unsigned i = 0; i < WORKERS; i++) {
        WaitForSingleObject(worker[i], INFINITE);
        CloseHandle(worker[i]);
    }
    while (calls) {
        struct hostile_call *next = calls->next;

        free(calls);
        calls = next;
    }
    return 0;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE tapi_line, LPHDRVLINE line, DWORD version,
                          LINEEVENT event)
{
    (void)version;
    if (device - device_base >= HOSTILE_LINES)
        return LINEERR_BADDEVICEID;
    send_event = event;
    open_line[device - device_base] = tapi_line;
    *line = (HDRVLINE)&open_line[device - device_base];
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    *(HTAPILINE *)line = NULL;
    return 0;
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE line, DWORD modes)
{
    (void)line, (void)modes;
    return 0;
}

LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE line, LPDWORD count)
{
    (void)line;
    *count = 1;
    return 0;
}

#define CHECK_SIZE(structure)                                                                      \
    do {                                                                                           \
        (structure)->dwNeededSize = sizeof(*(structure));                                          \
        if ((structure)->dwTotalSize < sizeof(*(structure)))                                       \
            return LINEERR_STRUCTURETOOSMALL;                                                      \
        (structure)->dwUsedSize = sizeof(*(structure));                                            \
    } while (0)

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)device, (void)version, (void)extension;
    CHECK_SIZE(caps);
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    return 0;
}

LONG WINAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                    LPLINEADDRESSCAPS caps)
{
    (void)device, (void)address, (void)version, (void)extension;
    CHECK_SIZE(caps);
    caps->dwMaxNumActiveCalls = 100000;
    return 0;
}

LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE line, LPLINEDEVSTATUS status)
{
    (void)line;
    CHECK_SIZE(status);
    return 0;
}

/* ---- calls --------------------------------------------------------------------------------- */

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE line, HTAPICALL tapi_call,
                              LPHDRVCALL call, LPCWSTR address, DWORD country,
                              LPLINECALLPARAMS const params)
{
    struct hostile_call *made = calloc(1, sizeof(*made));

    (void)address, (void)country, (void)params;
    if (!made)
        return LINEERR_NOMEM;
    made->tapi_call = tapi_call;
    made->tapi_line = *(HTAPILINE *)line;
    AcquireSRWLockExclusive(&lock);
    made->next = calls;
    calls = made;
    ReleaseSRWLockExclusive(&lock);
    *call = (HDRVCALL)made;
    /* The rules forbid events before the completion; a stranger sends them all the same. */
    send_event(made->tapi_line, tapi_call, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0,
               LINEMEDIAMODE_INTERACTIVEVOICE);
    return treat(request);
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    struct hostile_call *closed = (struct hostile_call *)call;

    /* A last event for a call that is being closed, and one for a call that never was. */
    send_event(closed->tapi_line, closed->tapi_call, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0,
               LINEMEDIAMODE_INTERACTIVEVOICE);
    send_event(closed->tapi_line, (HTAPICALL)(ULONG_PTR)0x7fffff01, LINE_CALLSTATE,
               LINECALLSTATE_IDLE, 0, 0);
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
    (void)call;
    CHECK_SIZE(info);
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    return 0;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL call, LPLINECALLSTATUS status)
{
    (void)call;
    CHECK_SIZE(status);
    status->dwCallState = LINECALLSTATE_CONNECTED;
    return 0;
}

/* The requests whose effect is nothing but their completion. */
LONG WINAPI TSPI_lineAccept(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    return treat(request);
}

LONG WINAPI TSPI_lineDial(DRV_REQUESTID request, HDRVCALL call, LPCWSTR address, DWORD country)
{
    (void)call, (void)address, (void)country;
    return treat(request);
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    return treat(request);
}

LONG WINAPI TSPI_lineHold(DRV_REQUESTID request, HDRVCALL call)
{
    (void)call;
    return treat(request);
}

LONG WINAPI TSPI_lineUnhold(DRV_REQUESTID request, HDRVCALL call)
{
    (void)call;
    return treat(request);
}

LONG WINAPI TSPI_lineSecureCall(DRV_REQUESTID request, HDRVCALL call)
{
    (void)call;
    return treat(request);
}
