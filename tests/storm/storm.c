/*
 * storm.c - runs the storm, twice: once to bring in what a process keeps for good (DLLs, the thread
 * pool, caches), then for an hour of the exchange's time; and compares what is alive before and
 * after.
 *
 *     test_storm [SEED [MINUTES]]
 */
#include "tests/storm/storm.h"
#include "tapi32/private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <tlhelp32.h>

#define DEADLINE_MS 60000

static unsigned failures;

void storm_failure(const char *format, ...)
{
    va_list list;

    if (++failures > 20)
        return;
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    printf("\n");
    fflush(stdout);
}

/* ---- the dice (splitmix64) ---- */

uint32_t storm_draw(struct storm *storm, uint32_t below)
{
    uint64_t x = storm->random += 0x9E3779B97F4A7C15u;

    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((x ^ (x >> 31)) >> 33) % below;
}

struct storm_app *storm_app(struct storm *storm)
{
    return &STORM_ONE_OF(storm, storm->apps);
}

static uint32_t nonsense(struct storm *storm)
{
    return storm_draw(storm, 2) ? 0 : storm_draw(storm, UINT32_MAX);
}

HLINE storm_line(struct storm *storm, struct storm_app *app)
{
    HLINE known = STORM_ONE_OF(storm, app->lines);
    uint32_t bad = nonsense(storm);

    return storm_draw(storm, 20) ? known : (HLINE)(ULONG_PTR)bad;
}

HCALL storm_call(struct storm *storm, struct storm_app *app, DWORD states)
{
    unsigned start = storm_draw(storm, STORM_CALLS), best = start, best_score = 0;
    bool any = storm_draw(storm, 5) == 0, none = storm_draw(storm, 30) == 0;
    uint32_t bad = nonsense(storm);

    if (none)
        return (HCALL)(ULONG_PTR)bad;
    for (unsigned i = 0; i < STORM_CALLS && !any; i++) {
        unsigned at = (start + i) % STORM_CALLS, score = 0;

        if (app->calls[at].call && app->calls[at].state != LINECALLSTATE_IDLE)
            score = 1 + (app->calls[at].privilege == LINECALLPRIVILEGE_OWNER);
        if (app->calls[at].state & states)
            score += 2;
        if (score > best_score) {
            best = at;
            best_score = score;
        }
    }
    return app->calls[best].call;
}

/* ---- what comes back ---- */

void storm_result(struct storm *storm, struct storm_app *app, LONG result, const char *function)
{
    if (result > 0) {
        if (app->pending_count == app->pending_room) {
            app->pending_room = app->pending_room ? 2 * app->pending_room : 64;
            app->pending = realloc(app->pending, app->pending_room * sizeof(*app->pending));
        }
        app->pending[app->pending_count++] = (uint32_t)result;
        storm->requests++;
    } else if (result < 0) {
        DWORD code = (DWORD)result;

        storm->refused++;
        if (!(code > 0x80000000u && code <= LINEERR_DIALVOICEDETECT) &&
            !(code > 0x90000000u && code <= PHONEERR_REINIT))
            storm_failure("%s returned 0x%08x, which is no error of TAPI's", function,
                          (unsigned)code);
    }
}

static void on_reply(struct storm *storm, struct storm_app *app, uint32_t request)
{
    storm->replies++;
    for (unsigned i = 0; i < app->pending_count; i++)
        if (app->pending[i] == request) {
            app->pending[i] = app->pending[--app->pending_count];
            return;
        }
    storm_failure("a reply to request 0x%x, which nobody waits for", (unsigned)request);
}

static void on_message(struct storm *storm, struct storm_app *app, const LINEMESSAGE *message)
{
    HCALL call = 0;
    DWORD state = LINECALLSTATE_UNKNOWN, privilege = 0;
    unsigned i;

    storm->messages++;
    switch (message->dwMessageID) {
    case LINE_REPLY:
        on_reply(storm, app, (uint32_t)message->dwParam1);
        break;
    case LINE_APPNEWCALL:
        call = (HCALL)message->dwParam2;
        privilege = (DWORD)message->dwParam3;
        break;
    case LINE_CALLSTATE:
        call = (HCALL)(ULONG_PTR)message->hDevice;
        state = (DWORD)message->dwParam1;
        privilege = (DWORD)message->dwParam3;
        break;
    case LINE_CLOSE:
        for (i = 0; i < STORM_LINES; i++)
            if (app->lines[i] == (HLINE)(ULONG_PTR)message->hDevice)
                app->lines[i] = 0;
        break;
    }
    if (!call)
        return;
    for (i = 0; i < STORM_CALLS && app->calls[i].call != call; i++)
        ;
    if (i == STORM_CALLS) {
        i = app->next_call++ % STORM_CALLS;
        app->calls[i].privilege = 0;
    }
    app->calls[i].call = call;
    app->calls[i].state = state;
    if (privilege)
        app->calls[i].privilege = privilege;
}

static void on_phone_message(struct storm *storm, struct storm_app *app,
                             const PHONEMESSAGE *message)
{
    storm->messages++;
    if (message->dwMessageID == PHONE_REPLY)
        on_reply(storm, app, (uint32_t)message->dwParam1);
    if (message->dwMessageID == PHONE_CLOSE)
        for (unsigned i = 0; i < STORM_PHONES; i++)
            if (app->phones[i] == (HPHONE)(ULONG_PTR)message->hDevice)
                app->phones[i] = 0;
}

/* Reads what the applications have got; waits up to ms for the first message of each. */
static void read_messages(struct storm *storm, DWORD ms)
{
    LINEMESSAGE message;
    PHONEMESSAGE phone_message;

    for (unsigned i = 0; i < STORM_APPS; i++)
        while (storm->apps[i].handle && lineGetMessage(storm->apps[i].handle, &message, ms) == 0)
            on_message(storm, &storm->apps[i], &message);
    for (unsigned i = 0; i < STORM_APPS; i++)
        while (storm->apps[i].phone_handle &&
               phoneGetMessage(storm->apps[i].phone_handle, &phone_message, 0) == 0)
            on_phone_message(storm, &storm->apps[i], &phone_message);
}

static unsigned pending(const struct storm *storm)
{
    unsigned count = 0;

    for (unsigned i = 0; i < STORM_APPS; i++)
        count += storm->apps[i].pending_count;
    return count;
}

/* ---- what is alive ---- */

struct alive {
    DWORD threads;
    size_t handles; /* the lowest free handle: every leaked one has pushed it up */
    size_t memory;  /* blocks, or bytes where the sanitizer counts them */
};

static DWORD count_threads(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    DWORD count = 0;

    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        count += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    return count;
}

#ifdef __SANITIZE_ADDRESS__
int __sanitizer_install_malloc_and_free_hooks(void (*allocated)(const volatile void *, size_t),
                                              void (*freed)(const volatile void *));

static volatile LONG blocks;

static void on_allocated(const volatile void *memory, size_t size)
{
    (void)memory;
    (void)size;
    InterlockedIncrement(&blocks);
}

static void on_freed(const volatile void *memory)
{
    (void)memory;
    InterlockedDecrement(&blocks);
}

static size_t count_memory(void)
{
    return (size_t)blocks;
}
#else
static size_t count_memory(void)
{
    HANDLE heaps[64];
    DWORD count = GetProcessHeaps(ARRAYSIZE(heaps), heaps);
    size_t blocks = 0;

    for (DWORD i = 0; i < count && i < ARRAYSIZE(heaps); i++) {
        PROCESS_HEAP_ENTRY entry = {.lpData = NULL};

        while (HeapWalk(heaps[i], &entry))
            blocks += (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0;
    }
    return blocks;
}
#endif

static struct alive count_alive(void)
{
    HANDLE lowest = CreateEventW(NULL, FALSE, FALSE, NULL);

    CloseHandle(lowest);
    return (struct alive){count_threads(), (size_t)lowest, count_memory()};
}

static bool is_more(const struct alive *now, const struct alive *then)
{
    return now->handles > then->handles || now->threads > then->threads ||
           now->memory > then->memory;
}

/* The last thread of a provider may still be on its way out: a while is given to it. */
static struct alive count_settled(const struct alive *before)
{
    ULONGLONG deadline = GetTickCount64() + DEADLINE_MS;
    struct alive now = count_alive();

    while (is_more(&now, before) && GetTickCount64() < deadline) {
        SwitchToThread();
        now = count_alive();
    }
    return now;
}

static void check_counters(void)
{
    struct open_tapi_counters counters;

    OpenTapiGetCounters(&counters);
    counters.duplicate_completions = 0; /* late ones, of requests that ended with their line */
    for (unsigned i = 0; i < sizeof(counters) / sizeof(DWORD); i++)
        if (((const DWORD *)&counters)[i])
            storm_failure("counter %u of OpenTapiGetCounters is %u", i,
                          (unsigned)((const DWORD *)&counters)[i]);
}

/* ---- one storm ---- */

static void wait_for_replies(struct storm *storm)
{
    DWORD start = GetTickCount();

    storm_exchange_set(L"CompletionDelay", 0);
    while (pending(storm) && GetTickCount() - start < DEADLINE_MS) {
        storm_exchange(L"Step", "i", 1000);
        read_messages(storm, 10);
    }
    if (pending(storm))
        storm_failure("%u requests were never answered", pending(storm));
}

static void run(uint64_t seed, LONG minutes)
{
    struct storm storm = {.random = seed};
    unsigned round = 0;
    LONG end;

    storm_exchange(L"Reset", "");
    for (unsigned i = 0; i < STORM_APPS; i++)
        storm_app_open(&storm, &storm.apps[i]);
    end = storm_exchange(L"Now", "") + minutes * 60000;
    while (storm_exchange(L"Now", "") < end && failures < 20) {
        for (unsigned burst = 1 + storm_draw(&storm, 6); burst > 0; burst--)
            storm_operate(&storm);
        read_messages(&storm, 0);
        storm_exchange(L"Step", "i", (int)storm_draw(&storm, 500));
        if (++round % 512 == 0)
            storm_exchange(L"ClearLog", ""); /* its size is no leak */
        read_messages(&storm, 0);
    }
    if (storm_draw(&storm, 2))
        wait_for_replies(&storm); /* else the end comes with requests outstanding */
    for (unsigned i = 0; i < STORM_APPS; i++) {
        storm_app_shutdown(&storm.apps[i]);
        free(storm.apps[i].pending);
    }
    storm_exchange(L"Reset", "");
    check_counters();
    printf("seed %llu, %d minutes: %llu requests and %llu replies, %llu refused, %llu messages\n",
           (unsigned long long)seed, (int)minutes, (unsigned long long)storm.requests,
           (unsigned long long)storm.replies, (unsigned long long)storm.refused,
           (unsigned long long)storm.messages);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20031;
    LONG minutes = argc > 2 ? atoi(argv[2]) : 60;
    struct alive before, after;

#ifdef __SANITIZE_ADDRESS__
    __sanitizer_install_malloc_and_free_hooks(on_allocated, on_freed);
#endif
    run(seed + 1, 10);
    run(seed + 2, 10);
    before = count_alive();
    run(seed, minutes);
    after = count_settled(&before);
    printf("before: lowest free handle 0x%x, %u threads, memory %u; after: 0x%x, %u, %u\n",
           (unsigned)before.handles, (unsigned)before.threads, (unsigned)before.memory,
           (unsigned)after.handles, (unsigned)after.threads, (unsigned)after.memory);
    if (is_more(&after, &before))
        storm_failure("something is still alive that was not before");
    storm_exchange_end();
    printf("tests: %d passed, %d failed, 0 skipped\n", failures == 0, failures != 0);
    fflush(stdout);
    return failures != 0;
}
