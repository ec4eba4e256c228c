/*
 * stranger_test.c - providers and applications that break the rules of session control: callbacks
 * with handles that were never given out or are long gone, requests from inside of the provider, a
 * provider that blocks, lines and applications that end with everything outstanding. The provider
 * is recorder.tsp (tests/session).
 */
#include "tests/session/harness.h"

#include "tapi32/private.h"
#include "tests/support/wait.h"

#define DEADLINE 60000

static void everything_with(HTAPILINE line, HTAPICALL call)
{
    for (DWORD message = 0; message <= LINE_CALLHUBCLOSE; message++) {
        HTAPICALL out = (HTAPICALL)(UINT_PTR)0x55;

        /* These two mean devices of the provider, and LINE_NEWCALL writes. */
        if (message == LINE_CREATE || message == LINE_REMOVE)
            continue;
        recorder->event(line, call, message, 0xBAD, message == LINE_NEWCALL ? (DWORD_PTR)&out : 1,
                        0xBAD);
        if (message == LINE_NEWCALL)
            CHECK(out == NULL);
    }
    recorder->event(line, call, LINE_CALLDEVSPECIFIC, 1, 2, 3);
    recorder->event(line, call, LINE_CALLDEVSPECIFICFEATURE, 1, 2, 3);
    recorder->event(line, call, LINE_QOSINFO, 1, 2, 3);
    recorder->event(line, call, LINE_SENDMSPDATA, 0xBAD, 0, 0);
    recorder->event(line, call, 0xFFFF, 1, 2, 3);
}

TEST(callbacks_with_handles_that_mean_nothing)
{
    struct person person = {0};
    HTAPILINE gone;
    HTAPICALL ended;
    HCALL call;

    person_open(&person, NULL, 0, OWNER, VOICE);
    everything_with((HTAPILINE)(UINT_PTR)0xBAD, NULL);
    everything_with(NULL, (HTAPICALL)(UINT_PTR)0xBAD);
    everything_with((HTAPILINE)(UINT_PTR)person.line, (HTAPICALL)(UINT_PTR)person.app);
    /* A call that is over, and one on another line than it says. */
    call = person_call(&person);
    ended = recorder->call[1];
    recorder->event((HTAPILINE)(UINT_PTR)0xBAD, ended, LINE_CALLSTATE, LINECALLSTATE_BUSY, 0, 0);
    call_message(0, 1, LINE_CALLSTATE, 3, 0, 0); /* two states at once */
    call_message(0, 1, LINE_CALLSTATE, 0, 0, 0);
    call_state(0, 1, LINECALLSTATE_IDLE);
    person_expect(&person, LINE_CALLSTATE, call, LINECALLSTATE_IDLE, 0, 0);
    CHECK_EQ(lineDeallocateCall(call), 0);
    call_state(0, 1, LINECALLSTATE_CONNECTED);
    NO_MORE(0, &person);
    gone = recorder->line[0];
    CHECK_EQ(lineClose(person.line), 0);
    everything_with(gone, ended);
    recorder->complete(0, 0);
    recorder->complete(0xBAD, 0);
    recorder->complete(recorder->request, 0);
    REQUIRE_EQ(person_try_open(&person, 0, OWNER, VOICE, NULL), 0);
    person_call(&person);
    person_end(&person);
}

/* ---- requests from inside of the provider ---- */

static struct person inner;
static HCALL inner_call;
static const char *inner_entry;
static BOOL inner_ends;

static void ask_from_inside(const char *entry)
{
    LINECALLSTATUS status[4] = {{.dwTotalSize = sizeof(status)}};
    LINECALLLIST list[4] = {{.dwTotalSize = sizeof(list)}};

    if (lstrcmpA(entry, inner_entry))
        return;
    recorder->during = NULL; /* once */
    CHECK_EQ(lineGetCallStatus(inner_call, status), 0);
    CHECK_EQ(lineGetNewCalls(inner.line, 0, LINECALLSELECT_LINE, list), 0);
    CHECK_EQ(lineSetStatusMessages(inner.line, LINEDEVSTATE_RINGING, 0), 0);
    call_state(0, 1, LINECALLSTATE_ONHOLD);
    CHECK(lineUnhold(inner_call) > 0);
    if (inner_ends) {
        CHECK_EQ(lineClose(inner.line), 0);
        CHECK_EQ(lineShutdown(inner.app), 0);
    }
}

TEST(requests_and_callbacks_from_inside_of_a_request)
{
    ZeroMemory(&inner, sizeof(inner));
    inner_ends = FALSE;
    person_open(&inner, NULL, 0, OWNER, VOICE);
    inner_call = person_call(&inner);
    inner_entry = "lineHold";
    recorder->during = ask_from_inside;
    CHECK(lineHold(inner_call) > 0);
    TSPI_CALLED(recorder, "lineUnhold call 1");
    person_expect(&inner, LINE_CALLSTATE, inner_call, LINECALLSTATE_ONHOLD, 0, 0);
    person_expect(&inner, LINE_REPLY, 0, ANY, 0, 0); /* the inner one's, then the outer one's */
    person_expect(&inner, LINE_REPLY, 0, ANY, 0, 0);
    NO_MORE(0, &inner);
    person_end(&inner);
}

TEST(line_and_application_end_from_inside_of_a_request)
{
    static const char *const entries[] = {"lineHold", "lineMonitorDigits", "lineGetCallInfo"};
    LINECALLINFO info[4] = {{.dwTotalSize = sizeof(info)}};

    for (unsigned i = 0; i < 3; i++) {
        ZeroMemory(&inner, sizeof(inner));
        inner_ends = TRUE;
        person_open(&inner, NULL, 0, OWNER, VOICE);
        recorder->calls = 0;
        inner_call = person_call(&inner);
        inner_entry = entries[i];
        recorder->during = ask_from_inside;
        if (i == 0)
            lineHold(inner_call);
        else if (i == 1)
            lineMonitorDigits(inner_call, LINEDIGITMODE_DTMF);
        else
            lineGetCallInfoW(inner_call, info);
        CHECK_EQ(lineClose(inner.line), (LONG)LINEERR_UNINITIALIZED);
    }
}

/* ---- a provider that blocks ---- */

static HCALL held;

static DWORD WINAPI hold(void *unused)
{
    (void)unused;
    return (DWORD)(lineHold(held) > 0);
}

TEST(a_provider_that_blocks_delays_only_its_own_lines)
{
    struct person stuck = {0}, other = {0};
    HANDLE thread;
    DWORD code = 0;

    recorder->inside = CreateEventW(NULL, FALSE, FALSE, NULL);
    recorder->go = CreateEventW(NULL, TRUE, FALSE, NULL);
    person_open(&stuck, NULL, 0, OWNER, VOICE);
    held = person_call(&stuck);
    recorder->block = "lineHold";
    thread = CreateThread(NULL, 0, hold, NULL, 0, NULL);
    CHECK(wait_handle(recorder->inside, DEADLINE));

    /* Others come and go, on another provider and on another line of this one. */
    person_open(&other, NULL, LEAN, OWNER, VOICE);
    person_call(&other);
    call_arrives(LEAN, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&other, LINECALLSTATE_OFFERING, OWNER);
    CHECK_EQ(lineClose(other.line), 0);
    REQUIRE_EQ(person_try_open(&other, 1, OWNER, VOICE, NULL), 0);
    person_call(&other);
    person_end(&other);
    CHECK_EQ(WaitForSingleObject(thread, 0), WAIT_TIMEOUT);

    recorder->block = NULL;
    SetEvent(recorder->go);
    CHECK(wait_handle(thread, DEADLINE));
    GetExitCodeThread(thread, &code);
    CHECK_EQ(code, 1);
    person_expect(&stuck, LINE_REPLY, 0, ANY, 0, 0);
    person_end(&stuck);
    CloseHandle(thread);
    CloseHandle(recorder->inside);
    CloseHandle(recorder->go);
}

/* ---- the end with requests outstanding ---- */

TEST(close_ends_what_is_outstanding_once)
{
    struct person person = {0};
    LONG requests[8];
    DRV_REQUESTID late[8];
    HCALL call, fresh = 0;

    person_open(&person, NULL, 0, OWNER, VOICE);
    call = person_call(&person);
    recorder->later = TRUE;
    for (unsigned i = 0; i < 7; i++) {
        requests[i] = i & 1 ? lineHold(call) : lineUnhold(call);
        CHECK(requests[i] > 0);
        late[i] = recorder->request;
    }
    requests[7] = lineMakeCallW(person.line, &fresh, L"1", 0, NULL);
    late[7] = recorder->request;
    CHECK_EQ(lineClose(person.line), 0);
    for (unsigned i = 0; i < 8; i++)
        person_expect(&person, LINE_REPLY, 0, ANY, (DWORD)LINEERR_OPERATIONFAILED, 0);
    for (unsigned i = 0; i < 8; i++)
        recorder->complete(late[i], 0); /* too late */
    CHECK_EQ(lineDrop(fresh, NULL, 0), (LONG)LINEERR_INVALCALLHANDLE);
    REQUIRE_EQ(person_try_open(&person, 0, OWNER, VOICE, NULL), 0);
    NO_MORE(0, &person);
    person_end(&person);
}

/* ---- many threads ---- */

#define THREADS 4
#define STATES  500

static struct person shared;
static volatile LONG received, wrong;

static DWORD WINAPI receive(void *unused)
{
    LINEMESSAGE message;

    (void)unused;
    while (!lineGetMessage(shared.app, &message, INFINITE)) {
        if (message.dwMessageID != LINE_DEVSPECIFIC)
            InterlockedIncrement(&wrong);
        else if (InterlockedIncrement(&received) == STATES * THREADS)
            SetEvent(recorder->go);
    }
    return 0;
}

static DWORD WINAPI speak(void *unused)
{
    (void)unused;
    for (unsigned i = 0; i < STATES; i++)
        recorder->event(recorder->line[0], NULL, LINE_DEVSPECIFIC, i, 0, 0);
    return 0;
}

TEST(four_threads_speak_and_four_receive)
{
    HANDLE threads[2 * THREADS];

    ZeroMemory(&shared, sizeof(shared));
    received = wrong = 0;
    recorder->go = CreateEventW(NULL, TRUE, FALSE, NULL);
    person_open(&shared, NULL, 0, MONITOR, 0);
    for (unsigned i = 0; i < THREADS; i++) {
        threads[i] = CreateThread(NULL, 0, receive, NULL, 0, NULL);
        threads[THREADS + i] = CreateThread(NULL, 0, speak, NULL, 0, NULL);
    }
    CHECK(wait_handle(recorder->go, DEADLINE));
    CHECK_EQ(received, STATES * THREADS);
    CHECK_EQ(wrong, 0);
    person_end(&shared); /* whoever waits in lineGetMessage comes out */
    CHECK_EQ(WaitForMultipleObjects(2 * THREADS, threads, TRUE, DEADLINE), WAIT_OBJECT_0);
    for (unsigned i = 0; i < 2 * THREADS; i++)
        CloseHandle(threads[i]);
    CloseHandle(recorder->go);
}

static DWORD WINAPI ring(void *stop)
{
    while (WaitForSingleObject(stop, 0) == WAIT_TIMEOUT) {
        HTAPICALL call = NULL;

        recorder->event(recorder->line[0], NULL, LINE_NEWCALL, 77, (DWORD_PTR)&call, 0);
        recorder->event(recorder->line[0], call, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0, VOICE);
        recorder->event(recorder->line[0], call, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0, VOICE);
    }
    return 0;
}

TEST(lines_open_and_close_while_calls_pour_in)
{
    struct person person = {0};
    HANDLE stop = CreateEventW(NULL, TRUE, FALSE, NULL), threads[2];

    person_open(&person, NULL, 0, OWNER, VOICE);
    for (unsigned i = 0; i < 2; i++)
        threads[i] = CreateThread(NULL, 0, ring, stop, 0, NULL);
    for (unsigned i = 0; i < 200; i++) {
        CHECK_EQ(lineClose(person.line), 0);
        REQUIRE_EQ(person_try_open(&person, 0, i & 1 ? OWNER : OWNER | MONITOR, VOICE, NULL), 0);
    }
    person_end(&person);
    SetEvent(stop);
    CHECK_EQ(WaitForMultipleObjects(2, threads, TRUE, DEADLINE), WAIT_OBJECT_0);
    for (unsigned i = 0; i < 2; i++)
        CloseHandle(threads[i]);
    CloseHandle(stop);
}

/* ---- a callback that ends its own line ---- */

static HLINEAPP window_app;
static HLINE window_line;
static HANDLE window_done;

static void CALLBACK on_message(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
                                DWORD_PTR p2, DWORD_PTR p3)
{
    (void)device, (void)instance, (void)p1, (void)p2, (void)p3;
    if (message != LINE_DEVSPECIFIC)
        return;
    CHECK_EQ(lineClose(window_line), 0);
    CHECK_EQ(lineShutdown(window_app), 0);
    SetEvent(window_done);
}

TEST(a_callback_closes_its_line_and_ends_its_application)
{
    LINEINITIALIZEEXPARAMS params = {
        sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, {0}, 0};
    DWORD devices, version = 0x00020002;

    window_done = CreateEventW(NULL, TRUE, FALSE, NULL);
    REQUIRE_EQ(lineInitializeExW(&window_app, NULL, on_message, L"w", &devices, &version, &params),
               0);
    REQUIRE_EQ(lineOpenW(window_app, 0, &window_line, 0x00020002, 0, 0, MONITOR, 0, NULL), 0);
    recorder->event(recorder->line[0], NULL, LINE_DEVSPECIFIC, 1, 2, 3);
    recorder->event(recorder->line[0], NULL, LINE_DEVSPECIFIC, 1, 2, 3);
    CHECK(wait_pumping(window_done, DEADLINE));
    CHECK_EQ(lineClose(window_line), (LONG)LINEERR_UNINITIALIZED);
    CloseHandle(window_done);
}
