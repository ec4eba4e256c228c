/*
 * hostile.c - hostile.tsp, a provider that answers asynchronous requests in every wrong way a
 * stranger's provider might: early, late, twice, from several threads at once, with the wrong
 * return value, and never.
 */
#include "hostile.h"
#include "tiny.h"

#define WORKERS    4
#define QUEUE_SIZE 4096

struct completion {
    DRV_REQUESTID request;
    LONG result;
    unsigned times;
    volatile LONG *done; /* set once completed, for a TSPI function that waits */
};

static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE work = CONDITION_VARIABLE_INIT, progress = CONDITION_VARIABLE_INIT;
static struct completion queue[QUEUE_SIZE];
static unsigned queue_head, queue_count;
static HANDLE worker[WORKERS];
static BOOL stopping;
static LONG behaviour_count[HOSTILE_BEHAVIOUR_COUNT];
static unsigned random_state = 12345;

/* ---- the workers -------------------------------------------------------------------------- */

static void carry_out(const struct completion *item)
{
    for (unsigned i = 0; i < item->times; i++)
        tiny_complete(item->request, item->result);
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

LONG tiny_request(DRV_REQUESTID request)
{
    LONG result = draw(4) ? 0 : LINEERR_OPERATIONFAILED;

    switch (draw_behaviour()) {
    case HOSTILE_EARLY_TWICE:
        tiny_complete(request, result);
        /* fall through */
    case HOSTILE_EARLY:
        tiny_complete(request, result);
        break;
    case HOSTILE_EARLY_THEN_LATE:
        tiny_complete(request, result);
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
        tiny_complete(0, 0);
        tiny_complete(request ^ 0x40000000, 0);
        tiny_complete((DRV_REQUESTID)-7, 0);
        enqueue(request, result, 1, NULL);
        break;
    case HOSTILE_REFUSE_AND_COMPLETE:
        tiny_complete(request, result);
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

__declspec(dllexport) void WINAPI HostileCounts(LONG counts[HOSTILE_BEHAVIOUR_COUNT])
{
    for (unsigned i = 0; i < HOSTILE_BEHAVIOUR_COUNT; i++)
        counts[i] = behaviour_count[i];
}

/* ---- the provider --------------------------------------------------------------------------- */

BOOL tiny_started(void)
{
    stopping = FALSE;
    for (unsigned i = 0; i < WORKERS; i++)
        if (!(worker[i] = CreateThread(NULL, 0, worker_run, NULL, 0, NULL)))
            return FALSE;
    return TRUE;
}

void tiny_stopped(void)
{
    AcquireSRWLockExclusive(&lock);
    stopping = TRUE;
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&work);
    for (unsigned i = 0; i < WORKERS; i++) {
        WaitForSingleObject(worker[i], INFINITE);
        CloseHandle(worker[i]);
    }
}

/* The rules forbid events before the completion; a stranger sends them all the same. */
void tiny_call_made(struct tiny_call *call)
{
    tiny_event(call->tapi_line, call->tapi_call, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0,
               LINEMEDIAMODE_INTERACTIVEVOICE);
}

/* A last event for a call that is being closed, and one for a call that never was. */
void tiny_call_closing(struct tiny_call *call)
{
    tiny_event(call->tapi_line, call->tapi_call, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0,
               LINEMEDIAMODE_INTERACTIVEVOICE);
    tiny_event(call->tapi_line, (HTAPICALL)(ULONG_PTR)0x7fffff01, LINE_CALLSTATE,
               LINECALLSTATE_IDLE, 0, 0);
}
