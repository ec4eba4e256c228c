/*
 * storm_test.c - many threads at once: applications come and go on the same lines while the
 * provider completes, sends events with good, stale and made-up handles, and closes lines. Nothing
 * may crash, hang or be left over, and nobody gets a second reply.
 */
#include "tests/engine/harness.h"

#define APPS   4
#define ROUNDS 150

static volatile LONG apps_running, requests, replies;
static HTAPICALL volatile recent[64];

static unsigned next_random(unsigned *random)
{
    *random = *random * 1664525u + 1013904223u;
    return *random >> 10;
}

static LONG call_engine(enum engine_op op, uint64_t a, uint64_t b, uint64_t c, uint64_t out[2])
{
    struct engine_request request = {.op = op, .arg = {a, b, c}};
    struct engine_reply own;

    if (op == ENGINE_LINE_OPEN)
        request.arg[5] = LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR,
        request.arg[6] = LINEMEDIAMODE_INTERACTIVEVOICE;
    engine_call(session, &request, &own);
    if (out)
        memcpy(out, own.out, 2 * sizeof(out[0]));
    engine_reply_free(&own);
    if (own.result > 0)
        InterlockedIncrement(&requests);
    return own.result;
}

static DWORD WINAPI application(void *seed)
{
    unsigned random = (unsigned)(UINT_PTR)seed * 77 + 1;

    for (int round = 0; round < ROUNDS; round++) {
        uint64_t app[2], line[2], call[2] = {0};

        if (call_engine(ENGINE_LINE_INITIALIZE, (UINT_PTR)seed, 0x00020002, 0, app))
            continue;
        for (int i = 0; i < 4; i++) {
            if (call_engine(ENGINE_LINE_OPEN, app[0], next_random(&random) % FAKE_LINES, 0x00020002,
                            line))
                continue;
            for (int n = 0; n < 6; n++) {
                if (call_engine(ENGINE_LINE_MAKE_CALL, line[0], 0, 0, call) > 0)
                    recent[next_random(&random) % 64] = fake->call;
                call_engine(ENGINE_LINE_ANSWER, call[0], 0, 0, NULL);
                call_engine(ENGINE_LINE_GET_CALL_INFO, call[0], 0, 0, NULL);
                call_engine(ENGINE_LINE_DROP, call[0], 0, 0, NULL);
                call_engine(ENGINE_LINE_GET_NEW_CALLS, line[0], 0, LINECALLSELECT_LINE, NULL);
                call_engine(ENGINE_LINE_DEALLOCATE_CALL, call[0], 0, 0, NULL);
            }
            if (next_random(&random) % 2)
                call_engine(ENGINE_LINE_CLOSE, line[0], 0, 0, NULL);
        }
        call_engine(ENGINE_LINE_SHUTDOWN, app[0], 0, 0, NULL);
    }
    InterlockedDecrement(&apps_running);
    return 0;
}

static DWORD WINAPI provider(void *seed)
{
    unsigned random = (unsigned)(UINT_PTR)seed * 991 + 7;

    while (apps_running) {
        DWORD device = next_random(&random) % FAKE_LINES;
        HTAPICALL call = recent[next_random(&random) % 64];

        switch (next_random(&random) % 8) {
        case 0:
            recent[next_random(&random) % 64] = fake_new_call(device, LINECALLSTATE_OFFERING);
            break;
        case 1:
            fake_call_state(device, call, LINECALLSTATE_CONNECTED);
            break;
        case 2:
        case 3:
            fake_call_state(device, call, LINECALLSTATE_IDLE);
            break;
        case 4:
            fake->event(fake->line[device], (HTAPICALL)(UINT_PTR)next_random(&random),
                        LINE_CALLSTATE, 3, 0, 0);
            break;
        case 5:
            fake->complete(fake->request, 0);
            fake->complete(next_random(&random), 0);
            break;
        case 6:
            fake->answer = next_random(&random) % 4 ? FAKE_EARLY : FAKE_LATER;
            break;
        case 7:
            if (next_random(&random) % 16 == 0)
                fake->event(fake->line[device], NULL, LINE_CLOSE, 0, 0, 0);
            break;
        }
    }
    return 0;
}

/* Every positive ID of a request brings one LINE_REPLY, unless its application has shut down: never
 * more replies than requests. The harness' recorder would be full soon. */
static void count_sink(void *context, const struct engine_message *message)
{
    (void)context;
    if (message->message == LINE_REPLY)
        InterlockedIncrement(&replies);
}

TEST(many_threads_at_once)
{
    HANDLE thread[APPS + 2];
    DWORD ended;

    engine_disconnect(session);
    session = engine_connect(count_sink, NULL);
    REQUIRE(session);
    apps_running = APPS;
    for (int i = 0; i < APPS; i++)
        thread[i] = CreateThread(NULL, 0, application, (void *)(UINT_PTR)i, 0, NULL);
    /* The provider is there as long as somebody uses it; its callbacks are known from the first. */
    while (!fake->complete || !fake->event || !fake->opens)
        SwitchToThread();
    for (int i = 0; i < 2; i++)
        thread[APPS + i] = CreateThread(NULL, 0, provider, (void *)(UINT_PTR)i, 0, NULL);
    ended = WaitForMultipleObjects(APPS + 2, thread, TRUE, 200000);
    CHECK_EQ(ended, WAIT_OBJECT_0);
    if (ended != WAIT_OBJECT_0)
        ExitProcess(1); /* nothing after this could be trusted */
    for (int i = 0; i < APPS + 2; i++)
        CloseHandle(thread[i]);
    CHECK(requests > 0);
    CHECK(replies > 0);
    CHECK(replies <= requests);
}
