/* engine_test.c - the asynchronous contract and the life of handles, one happening at a time. */
#include "tests/engine/harness.h"

#include "base/mem.h"

#define VOICE LINEMEDIAMODE_INTERACTIVEVOICE
#define OWN   LINECALLPRIVILEGE_OWNER

static DWORD app, line;

static void open_one(void)
{
    app = app_open(1, L"one.exe");
    line = line_start(app, 0, OWN, VOICE, 0x00020002);
}

/* A call that was made and is connected; its messages are taken. */
static DWORD connected_call(void)
{
    LONG id;
    DWORD call;

    fake->answer = FAKE_LATER;
    id = REQUEST(LINE_MAKE_CALL, line, 0);
    REQUIRE(id > 0);
    call = (DWORD)reply.out[0];
    fake->complete((DRV_REQUESTID)id, 0);
    expect_message(1, LINE_REPLY, 0, (DWORD)id, 0, 0);
    fake_call_state(0, fake->call, LINECALLSTATE_CONNECTED);
    expect_message(1, LINE_CALLSTATE, call, LINECALLSTATE_CONNECTED, 0, 0);
    return call;
}

static void idle_and_deallocate(DWORD call)
{
    fake_call_state(0, fake->call, LINECALLSTATE_IDLE);
    expect_message(1, LINE_CALLSTATE, call, LINECALLSTATE_IDLE, 0, 0);
    CHECK_EQ(REQUEST(LINE_DEALLOCATE_CALL, call), 0);
    CHECK_EQ(fake->calls_closed, 1);
}

TEST(initialize_and_shutdown_leave_nothing)
{
    for (int i = 0; i < 3; i++) {
        DWORD one = app_open(1, L"one.exe"), two;

        CHECK_EQ(reply.out[1], FAKE_LINES);
        two = app_open(2, L"two.exe");
        app_end(one);
        CHECK_EQ(fake->shutdowns, i);
        app_end(two);
        CHECK_EQ(fake->shutdowns, i + 1);
        check_nothing_left();
    }
}

TEST(call_from_dial_to_deallocate)
{
    DWORD call;

    open_one();
    CHECK_EQ(fake->detection, VOICE);
    call = connected_call();
    CHECK_EQ(REQUEST(LINE_GET_CALL_STATUS, call), 0);
    CHECK_EQ(((LINECALLSTATUS *)reply.data)->dwCallState, LINECALLSTATE_CONNECTED);
    CHECK_EQ(((LINECALLSTATUS *)reply.data)->dwCallPrivilege, OWN);
    CHECK_EQ(REQUEST(LINE_GET_CALL_INFO, call), 0);
    CHECK_EQ(((LINECALLINFO *)reply.data)->hLine, line);
    CHECK_EQ(((LINECALLINFO *)reply.data)->dwNumOwners, 1);
    CHECK_WSTR((WCHAR *)((BYTE *)reply.data + ((LINECALLINFO *)reply.data)->dwAppNameOffset),
               L"one.exe");
    idle_and_deallocate(call);
    CHECK_EQ(REQUEST(LINE_GET_CALL_STATUS, call), (LONG)LINEERR_INVALCALLHANDLE);
    CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
    CHECK_EQ(fake->closes, 1);
    CHECK_EQ(REQUEST(LINE_CLOSE, line), (LONG)LINEERR_INVALLINEHANDLE);
    app_end(app);
    CHECK(no_message());
}

TEST(early_completion_is_answered_once)
{
    LONG id;
    DWORD call;

    open_one();
    fake->answer = FAKE_EARLY_TWICE;
    id = REQUEST(LINE_MAKE_CALL, line, 0);
    CHECK(id > 0);
    call = (DWORD)reply.out[0];
    expect_message(1, LINE_REPLY, 0, (DWORD)id, 0, 0);
    fake->complete((DRV_REQUESTID)id, 0);
    fake->complete(0x12345, 0);
    fake->complete((DRV_REQUESTID)-4, 0);
    CHECK(no_message());
    idle_and_deallocate(call);
}

TEST(reply_brings_the_cookie_and_the_handle)
{
    struct seen seen;

    open_one();
    fake->answer = FAKE_EARLY;
    CHECK(REQUEST(LINE_MAKE_CALL, line, 0) > 0);
    seen = next_message();
    CHECK_EQ(seen.message.cookie, 0xc0de0000u + ENGINE_LINE_MAKE_CALL);
    CHECK_EQ(seen.message.out[0], reply.out[0]);
    CHECK_EQ(seen.message.instance, 0x100);
}

TEST(state_before_the_reply_waits_for_it)
{
    LONG id;
    DWORD call;

    open_one();
    fake->state_first = TRUE;
    id = REQUEST(LINE_MAKE_CALL, line, 0);
    call = (DWORD)reply.out[0];
    CHECK(no_message());
    CHECK_EQ(REQUEST(LINE_DROP, call), (LONG)LINEERR_INVALCALLHANDLE);
    fake->complete((DRV_REQUESTID)id, 0);
    expect_message(1, LINE_REPLY, 0, (DWORD)id, 0, 0);
    expect_message(1, LINE_CALLSTATE, call, LINECALLSTATE_DIALING, 0, 0);
}

TEST(failed_call_is_dead_and_never_closed)
{
    static const enum fake_answer refused[] = {FAKE_REFUSE, FAKE_ZERO, FAKE_OTHER};
    LONG id;

    open_one();
    for (int i = 0; i < 3; i++) {
        fake->answer = refused[i];
        CHECK(REQUEST(LINE_MAKE_CALL, line, 0) < 0);
        fake->complete(fake->request, 0);
        CHECK(no_message());
    }
    fake->answer = FAKE_EARLY_FAIL;
    id = REQUEST(LINE_MAKE_CALL, line, 0);
    CHECK(id > 0);
    expect_message(1, LINE_REPLY, 0, (DWORD)id, LINEERR_CALLUNAVAIL, 0);
    CHECK_EQ(REQUEST(LINE_DROP, reply.out[0]), (LONG)LINEERR_INVALCALLHANDLE);
    fake_call_state(0, fake->call, LINECALLSTATE_CONNECTED); /* stale: dropped */
    CHECK(no_message());
    CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
    CHECK_EQ(fake->calls_closed, 0);
}

static DWORD WINAPI complete_elsewhere(void *id)
{
    fake->complete((DRV_REQUESTID)(UINT_PTR)id, 0);
    return 0;
}

TEST(completion_from_a_foreign_thread)
{
    LONG id;
    HANDLE thread;
    DWORD call;

    open_one();
    call = connected_call();
    id = REQUEST(LINE_ANSWER, call);
    thread = CreateThread(NULL, 0, complete_elsewhere, (void *)(UINT_PTR)id, 0, NULL);
    expect_message(1, LINE_REPLY, 0, (DWORD)id, 0, 0);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

TEST(completion_that_never_comes_ends_with_the_line)
{
    LONG make, drop;
    DWORD call;

    open_one();
    call = connected_call();
    fake->answer = FAKE_LATER;
    make = REQUEST(LINE_MAKE_CALL, line, 0);
    drop = REQUEST(LINE_DROP, call);
    CHECK(make > 0 && drop > 0 && make != drop);
    CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
    /* The call in the making was closed at once, the other one dropped for its only owner before
     * (pending-call-handles.md, termination-of-asynchronous-operations.md). */
    expect_message(1, LINE_REPLY, 0, (DWORD)make, LINEERR_OPERATIONFAILED, 0);
    expect_message(1, LINE_REPLY, 0, (DWORD)drop, LINEERR_OPERATIONFAILED, 0);
    CHECK_EQ(fake->calls_closed, 2);
    CHECK_EQ(fake->drops, 2);
    CHECK_EQ(fake->closes, 1);
    fake->complete((DRV_REQUESTID)make, 0);
    fake->complete((DRV_REQUESTID)drop, 0);
    CHECK(no_message());
    app_end(app);
}

TEST(nothing_is_delivered_after_shutdown)
{
    LONG id;
    DWORD other;

    open_one();
    other = app_open(2, L"two.exe");
    line_start(other, 0, LINECALLPRIVILEGE_NONE, 0, 0x00020002);
    id = REQUEST(LINE_MAKE_CALL, line, 0);
    app_end(app);
    fake->complete((DRV_REQUESTID)id, 0);
    CHECK(no_message());
    app_end(other);
}

struct blocked {
    HANDLE inside, go, thread;
    LONG result;
    DWORD call;
};

static DWORD blocked_in(struct blocked *blocked, enum engine_op op)
{
    struct engine_request request = {.op = op, .arg = {blocked->call}};
    struct engine_reply own;

    engine_call(session, &request, &own);
    blocked->result = own.result;
    return 0;
}

static DWORD WINAPI answer_blocked(void *context)
{
    return blocked_in(context, ENGINE_LINE_ANSWER);
}

static DWORD WINAPI make_blocked(void *context)
{
    struct blocked *blocked = context;

    blocked->call = line;
    return blocked_in(blocked, ENGINE_LINE_MAKE_CALL);
}

TEST(a_blocked_provider_delays_only_its_own_line)
{
    struct blocked blocked = {.inside = CreateEventW(NULL, FALSE, FALSE, NULL),
                              .go = CreateEventW(NULL, TRUE, FALSE, NULL)};
    DWORD second;

    open_one();
    second = line_start(app, 1, OWN, VOICE, 0x00020002);
    blocked.call = connected_call();
    fake->inside = blocked.inside;
    fake->block = blocked.go;
    blocked.thread = CreateThread(NULL, 0, answer_blocked, &blocked, 0, NULL);
    CHECK_EQ(WaitForSingleObject(blocked.inside, 10000), WAIT_OBJECT_0);
    fake->block = NULL;
    CHECK_EQ(REQUEST(LINE_CLOSE, second), 0);
    CHECK_EQ(fake->closes, 1);
    /* Its own line can be closed too: what is due follows when the thread comes out. */
    CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
    CHECK_EQ(fake->calls_closed, 0);
    SetEvent(blocked.go);
    WaitForSingleObject(blocked.thread, INFINITE);
    CHECK_EQ(fake->calls_closed, 1);
    CHECK_EQ(fake->closes, 2);
    CloseHandle(blocked.thread);
    CloseHandle(blocked.inside);
    CloseHandle(blocked.go);
    app_end(app);
}

/* Whatever TSPI_lineMakeCall says in the end, its call does not outlive the line. */
TEST(a_line_is_closed_while_its_call_is_being_made)
{
    static const struct {
        enum fake_answer answer;
        LONG closed, drops, result; /* result 0: a LINE_REPLY comes, with success or without */
        DWORD reply;
    } cases[] = {{FAKE_LATER, 1, 0, 0, LINEERR_OPERATIONFAILED},
                 {FAKE_EARLY, 1, 1, 0, 0},
                 {FAKE_EARLY_FAIL, 0, 0, 0, LINEERR_CALLUNAVAIL},
                 {FAKE_REFUSE, 0, 0, (LONG)LINEERR_RESOURCEUNAVAIL, 0}};
    struct blocked blocked = {.inside = CreateEventW(NULL, FALSE, FALSE, NULL),
                              .go = CreateEventW(NULL, TRUE, FALSE, NULL)};

    for (size_t i = 0; i < ARRAYSIZE(cases); i++) {
        open_one();
        ResetEvent(blocked.go);
        fake->inside = blocked.inside;
        fake->block = blocked.go;
        fake->answer = cases[i].answer;
        fake->calls_closed = fake->drops = fake->closes = 0;
        blocked.thread = CreateThread(NULL, 0, make_blocked, &blocked, 0, NULL);
        CHECK_EQ(WaitForSingleObject(blocked.inside, 10000), WAIT_OBJECT_0);
        fake->block = fake->inside = NULL;
        CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
        CHECK_EQ(fake->closes, 0);
        SetEvent(blocked.go);
        WaitForSingleObject(blocked.thread, INFINITE);
        CloseHandle(blocked.thread);
        if (cases[i].result)
            CHECK_EQ(blocked.result, cases[i].result);
        else
            expect_message(1, LINE_REPLY, 0, (DWORD)blocked.result, cases[i].reply, 0);
        CHECK_EQ(fake->calls_closed, cases[i].closed);
        CHECK_EQ(fake->drops, cases[i].drops);
        CHECK_EQ(fake->closes, 1);
        CHECK(no_message());
        app_end(app);
    }
    CloseHandle(blocked.inside);
    CloseHandle(blocked.go);
}

TEST(stale_and_foreign_handles)
{
    struct engine_session *mine = session;

    CHECK_EQ(REQUEST(LINE_CLOSE, 0x12345678), (LONG)LINEERR_UNINITIALIZED);
    open_one();
    CHECK_EQ(REQUEST(LINE_CLOSE, app), (LONG)LINEERR_INVALLINEHANDLE);
    CHECK_EQ(REQUEST(LINE_SHUTDOWN, line), (LONG)LINEERR_INVALAPPHANDLE);
    CHECK_EQ(REQUEST(LINE_DROP, line), (LONG)LINEERR_INVALCALLHANDLE);
    CHECK_EQ(REQUEST(LINE_OPEN, app, FAKE_LINES, 0x00020002, 0, 0, OWN, VOICE),
             (LONG)LINEERR_BADDEVICEID);
    CHECK_EQ(REQUEST(LINE_OPEN, app, 0, 0x00020002, 0, 0, 0, VOICE), (LONG)LINEERR_INVALPRIVSELECT);
    CHECK_EQ(REQUEST(LINE_OPEN, app, 0, 0x00020002, 0, 0, OWN, LINEMEDIAMODE_G3FAX),
             (LONG)LINEERR_INVALMEDIAMODE);
    CHECK_EQ(REQUEST(LINE_OPEN, app, 0, 0x00090000, 0, 0, OWN, VOICE),
             (LONG)LINEERR_INCOMPATIBLEAPIVERSION);
    /* Another program's session does not know them. */
    session = engine_connect(NULL, NULL);
    REQUIRE(session);
    app_open(9, L"nine.exe");
    CHECK_EQ(REQUEST(LINE_CLOSE, line), (LONG)LINEERR_INVALLINEHANDLE);
    engine_disconnect(session);
    session = mine;
    CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
}

TEST(park_brings_its_address_with_the_reply)
{
    struct seen seen;
    DWORD call;

    open_one();
    call = connected_call();
    fake->answer = FAKE_EARLY;
    CHECK(REQUEST(LINE_PARK, call, LINEPARKMODE_NONDIRECTED) > 0);
    seen = next_message();
    CHECK_EQ(seen.message.message, LINE_REPLY);
    CHECK_EQ(seen.message.size, sizeof(VARSTRING) + 6);
    CHECK_WSTR((WCHAR *)(seen.data + ((VARSTRING *)seen.data)->dwStringOffset), L"71");
}

TEST(gathered_digits_come_with_their_message)
{
    struct seen seen;
    DWORD call;

    open_one();
    call = connected_call();
    CHECK_EQ(REQUEST(LINE_GATHER_DIGITS, call, LINEDIGITMODE_DTMF, 4), 0);
    memcpy(fake->gather, L"12#", 8);
    fake->event(fake->line[0], fake->call, LINE_GATHERDIGITS, LINEGATHERTERM_TERMDIGIT,
                fake->gather_id, 5);
    seen = next_message();
    CHECK_EQ(seen.message.message, LINE_GATHERDIGITS);
    CHECK_EQ(seen.message.param[0], LINEGATHERTERM_TERMDIGIT);
    CHECK_EQ(seen.message.cookie, 0xc0de0000u + ENGINE_LINE_GATHER_DIGITS);
    CHECK_WSTR((WCHAR *)seen.data, L"12#");
    /* One after the other: the second cancels the first. */
    CHECK_EQ(REQUEST(LINE_GATHER_DIGITS, call, LINEDIGITMODE_DTMF, 4), 0);
    CHECK_EQ(REQUEST(LINE_GATHER_DIGITS, call, LINEDIGITMODE_DTMF, 2), 0);
    seen = next_message();
    CHECK_EQ(seen.message.param[0], LINEGATHERTERM_CANCEL);
    CHECK_EQ(REQUEST(LINE_GATHER_DIGITS, call, 0, 0), 0);
    seen = next_message();
    CHECK_EQ(seen.message.param[0], LINEGATHERTERM_CANCEL);
    CHECK(no_message());
}

/* Every allocation fails in turn, through the whole life of a call: no crash, nothing left. */
TEST(exhausted_memory_everywhere)
{
    for (unsigned nth = 1; nth < 60; nth++) {
        struct engine_request start = {.op = ENGINE_LINE_INITIALIZE, .arg = {1, 0x00020002}};
        LONG id;

        fake->answer = FAKE_EARLY;
        mem_fail_at(nth);
        engine_reply_free(&reply);
        engine_call(session, &start, &reply);
        if (!reply.result) {
            app = (DWORD)reply.out[0];
            if (!REQUEST(LINE_OPEN, app, 0, 0x00020002, 0, 0, OWN, VOICE)) {
                line = (DWORD)reply.out[0];
                id = REQUEST(LINE_MAKE_CALL, line, 0);
                if (id > 0) {
                    REQUEST(LINE_GET_CALL_INFO, reply.out[0]);
                    fake_new_call(0, LINECALLSTATE_OFFERING);
                }
            }
            REQUEST(LINE_SHUTDOWN, app);
        }
        mem_fail_at(0);
        check_nothing_left();
    }
}

/* A provider that does everything inside of the TSPI function: completion, then the states. */
TEST(states_after_an_early_completion_follow_the_reply)
{
    DWORD call;
    LONG id;

    open_one();
    call = connected_call();
    fake->answer = FAKE_EARLY;
    fake->state_after = TRUE;
    id = REQUEST(LINE_ANSWER, call);
    fake->state_after = FALSE;
    expect_message(1, LINE_REPLY, 0, (DWORD)id, 0, 0);
    expect_message(1, LINE_CALLSTATE, call, LINECALLSTATE_ONHOLD, 0, 0);
    CHECK(no_message());
}
