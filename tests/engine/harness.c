/* harness.c - the application of harness.h. */
#include "tests/engine/harness.h"

#include <wchar.h>

#define ROOM     4096
#define DEADLINE 30000

struct engine_session *session;
struct fake *fake;
struct engine_reply reply;

static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE came = CONDITION_VARIABLE_INIT;
static struct seen seen[ROOM];
static unsigned written, taken;

static void sink(void *context, const struct engine_message *message)
{
    (void)context;
    AcquireSRWLockExclusive(&lock);
    if (written < ROOM) {
        seen[written].message = *message;
        if (message->data && message->size <= sizeof(seen[written].data))
            memcpy(seen[written].data, message->data, message->size);
        written++;
    }
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&came);
}

static void before(void)
{
    HMODULE module = LoadLibraryW(L"fake.tsp"); /* ours as long as the test lasts */

    REQUIRE(module);
    fake = ((fake_control)(void *)GetProcAddress(module, "FakeControl"))();
    fake->answer = FAKE_LATER;
    fake->block = fake->inside = NULL;
    fake->state_first = FALSE;
    fake->media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    fake->calls_closed = fake->drops = fake->opens = fake->closes = 0;
    fake->inits = fake->shutdowns = fake->msps = fake->msps_closed = 0;
    written = taken = 0;
    session = engine_connect(sink, NULL);
    REQUIRE(session);
}

static void after(void)
{
    engine_reply_free(&reply);
    engine_disconnect(session);
    session = NULL;
    check_nothing_left();
    if (fake)
        CHECK_EQ(fake->inits, fake->shutdowns);
}

__attribute__((constructor)) static void register_around(void)
{
    test_register_around(before, after);
}

LONG request(enum engine_op op, const uint64_t *arg, const void *in, uint32_t size)
{
    struct engine_request request = {.op = op, .cookie = 0xc0de0000u + op};

    memcpy(request.arg, arg, sizeof(request.arg));
    request.in[0] = (struct engine_blob){in, size};
    engine_reply_free(&reply);
    engine_call(session, &request, &reply);
    return reply.result;
}

DWORD app_open(uint64_t client, const WCHAR *module)
{
    struct engine_request request = {.op = ENGINE_LINE_INITIALIZE, .arg = {client, 0x00020002}};

    request.in[0] = request.in[1] =
        (struct engine_blob){module, (uint32_t)((wcslen(module) + 1) * sizeof(WCHAR))};
    engine_reply_free(&reply);
    engine_call(session, &request, &reply);
    REQUIRE_EQ(reply.result, 0);
    return (DWORD)reply.out[0];
}

void app_end(DWORD app)
{
    CHECK_EQ(REQUEST(LINE_SHUTDOWN, app), 0);
}

DWORD line_start(DWORD app, DWORD device, DWORD privileges, DWORD media_modes, DWORD version)
{
    REQUIRE_EQ(REQUEST(LINE_OPEN, app, device, version, 0, 0x100 + device, privileges, media_modes),
               0);
    return (DWORD)reply.out[0];
}

struct seen next_message(void)
{
    struct seen next = {.message.message = 0xdead};
    DWORD end = GetTickCount() + DEADLINE;

    AcquireSRWLockExclusive(&lock);
    while (taken == written && (LONG)(end - GetTickCount()) > 0)
        SleepConditionVariableSRW(&came, &lock, 1000, 0);
    if (taken < written)
        next = seen[taken++];
    ReleaseSRWLockExclusive(&lock);
    return next;
}

void expect_message(uint64_t client, DWORD message, DWORD device, uint64_t p1, uint64_t p2,
                    uint64_t p3)
{
    struct seen next = next_message();

    CHECK_EQ(next.message.client, client);
    CHECK_EQ(next.message.message, message);
    CHECK_EQ(next.message.device, device);
    CHECK_EQ(next.message.param[0], p1);
    CHECK_EQ(next.message.param[1], p2);
    CHECK_EQ(next.message.param[2], p3);
}

BOOL no_message(void)
{
    BOOL none;

    AcquireSRWLockExclusive(&lock);
    none = taken == written;
    ReleaseSRWLockExclusive(&lock);
    return none;
}

HTAPICALL fake_new_call(DWORD device, DWORD state)
{
    HTAPICALL call = NULL;

    fake->event(fake->line[device], NULL, LINE_NEWCALL, ++fake->calls_made, (DWORD_PTR)&call, 0);
    if (call)
        fake_call_state(device, call, state);
    return call;
}

void fake_call_state(DWORD device, HTAPICALL call, DWORD state)
{
    fake->event(fake->line[device], call, LINE_CALLSTATE, state, 0, 0);
}

void check_nothing_left(void)
{
    struct engine_counters counters;

    engine_get_counters(&counters);
    CHECK_EQ(counters.apps, 0);
    CHECK_EQ(counters.lines, 0);
    CHECK_EQ(counters.calls, 0);
    CHECK_EQ(counters.requests, 0);
    CHECK_EQ(counters.handles, 0);
    CHECK_EQ(counters.providers, 0);
}
