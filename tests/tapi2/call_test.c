/* call_test.c - calls from the first message to the last: each way of being told, and each way that
 * a call can go wrong. */
#include "tests/support/agent.h"
#include "tests/tapi2/exchange.h"
#include "tests/tapi2/expect.h"

TEST_BEFORE
{
    exchange_reset();
}

TEST_AFTER
{
    agents_check_leaks();
    exchange_release();
}

static void whole_call(enum agent_mode mode_a, enum agent_mode mode_b)
{
    struct agent *a = agent_open("A", "101", mode_a);
    struct agent *b = agent_open("B", "102", mode_b);
    agent_call(a, "102");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding", "state ringback");
    AGENT_EXPECT(b, "newcall owner", "state offering");
    agent_answer(b);
    AGENT_EXPECT(a, "state connected");
    EXPECT_STATES(b, "state connected");
    agent_drop(a);
    EXPECT_STATES(a, "state idle");
    AGENT_EXPECT(b, "state disconnected normal");
    agent_drop(b);
    EXPECT_STATES(b, "state idle");
    agent_close(a);
    agent_close(b);
}

TEST(make_answer_drop_with_event_handles)
{
    whole_call(AGENT_EVENT, AGENT_EVENT);
}

TEST(make_answer_drop_with_hidden_windows)
{
    whole_call(AGENT_WINDOW, AGENT_WINDOW);
}

TEST(make_answer_drop_with_completion_ports)
{
    whole_call(AGENT_PORT, AGENT_PORT);
}

TEST(make_answer_drop_with_one_of_each)
{
    whole_call(AGENT_WINDOW, AGENT_PORT);
    whole_call(AGENT_PORT, AGENT_EVENT);
}

/* One agent who calls an outside number, up to the ringing. */
static struct agent *calling(const char *number)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    agent_call(a, number);
    return a;
}

static void hang_up(struct agent *a)
{
    agent_drop(a);
    EXPECT_STATES(a, "state idle");
    agent_close(a);
}

TEST(the_far_end_answers_and_hangs_up)
{
    struct agent *a = calling("5550104");
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding", "state ringback");
    exchange_step(500);
    AGENT_EXPECT(a, "state connected");
    exchange_step(2999);
    AGENT_EXPECT(a, NULL);
    exchange_step(1);
    AGENT_EXPECT(a, "state disconnected normal");
    hang_up(a);
}

TEST(the_far_end_is_busy)
{
    struct agent *a = calling("5550101");
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding", "state busy");
    hang_up(a);
}

TEST(an_extension_that_takes_no_more_calls_is_busy)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct agent *b = agent_open("B", "102", AGENT_EVENT);
    exchange_do(L"Inject", "sss", L"5551", L"One", L"102");
    exchange_do(L"Inject", "sss", L"5552", L"Two", L"102");
    exchange_do(L"Inject", "sss", L"5553", L"Three", L"102");
    exchange_do(L"Inject", "sss", L"5554", L"Four", L"102");
    agent_call(a, "102");
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding", "state busy");
    hang_up(a);
    AGENT_EXPECT(b, "newcall owner", "state offering", "newcall owner #2", "state offering #2",
                 "newcall owner #3", "state offering #3", "newcall owner #4", "state offering #4");
    while (b->call_count != 0) {
        agent_drop(b);
        agent_deallocate(b, b->call);
    }
    agent_close(b);
}

TEST(nobody_answers)
{
    struct agent *a = calling("5550102");
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding", "state ringback");
    exchange_step(20000);
    AGENT_EXPECT(a, "state disconnected noanswer");
    hang_up(a);
}

TEST(the_call_is_rejected)
{
    struct agent *a = calling("5550103");
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding", "state ringback");
    exchange_step(500);
    AGENT_EXPECT(a, "state disconnected reject");
    hang_up(a);
}

TEST(an_offered_call_is_rejected_by_dropping_it)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct agent *b = agent_open("B", "102", AGENT_WINDOW);
    agent_call(a, "102");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_forget(a);
    agent_drop(b);
    EXPECT_STATES(b, "newcall owner", "state offering", "state idle");
    AGENT_EXPECT(a, "state disconnected reject");
    hang_up(a);
    agent_close(b);
}

TEST(the_caller_gives_up)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct agent *b = agent_open("B", "102", AGENT_WINDOW);
    agent_call(a, "102");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_forget(a);
    agent_drop(a);
    EXPECT_STATES(a, "state idle");
    AGENT_EXPECT(b, "newcall owner", "state offering", "state disconnected normal", "state idle");
    agent_close(a);
    agent_close(b);
}

TEST(no_way_through_and_no_such_number)
{
    struct agent *a = calling("5550105");
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding",
                 "state disconnected congestion");
    hang_up(a);
    a = calling("199");
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding",
                 "state disconnected badaddress");
    hang_up(a);
}

TEST(a_call_from_outside_says_who_calls)
{
    struct agent *b = agent_open("B", "102", AGENT_EVENT);
    struct {
        LINECALLINFO info;
        WCHAR room[2048];
    } got;
    exchange_do(L"Inject", "sss", L"5551234", L"Outside Otto", L"102");
    AGENT_EXPECT(b, "newcall owner", "state offering");
    POISON(got);
    got.info.dwTotalSize = sizeof got;
    REQUIRE_EQ(lineGetCallInfoW(b->call, &got.info), 0);
    CHECK_EQ(got.info.hLine, b->line);
    CHECK_EQ(got.info.dwOrigin, LINECALLORIGIN_EXTERNAL);
    CHECK(got.info.dwCallerIDFlags & LINECALLPARTYID_ADDRESS);
    CHECK(got.info.dwCallerIDFlags & LINECALLPARTYID_NAME);
    CHECK_WSTR((WCHAR *)((BYTE *)&got + got.info.dwCallerIDOffset), L"5551234");
    CHECK_WSTR((WCHAR *)((BYTE *)&got + got.info.dwCallerIDNameOffset), L"Outside Otto");
    agent_answer(b);
    EXPECT_STATES(b, "state connected");
    exchange_do(L"Hangup", "s", L"5551234");
    AGENT_EXPECT(b, "state disconnected normal");
    hang_up(b);
}

TEST(accept_then_answer)
{
    struct agent *b = agent_open("B", "102", AGENT_EVENT);
    exchange_do(L"Inject", "sss", L"5551234", L"", L"102");
    AGENT_EXPECT(b, "newcall owner", "state offering");
    agent_do(b, lineAccept(b->call, NULL, 0), "accept");
    EXPECT_STATES(b, "state accepted");
    agent_answer(b);
    EXPECT_STATES(b, "state connected");
    hang_up(b);
}

TEST(digits_dialed_one_after_another)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    a->made = 0;
    agent_do(a, lineMakeCallA(a->line, &a->made, NULL, 0, NULL), "call");
    a->call = a->made;
    AGENT_EXPECT(a, "reply call ok", "state dialtone");
    agent_dial(a, "555;");
    EXPECT_STATES(a, "state dialing");
    agent_dial(a, "0101");
    EXPECT_STATES(a, "state proceeding", "state busy");
    hang_up(a);
}

TEST(a_deallocated_call_is_gone)
{
    struct agent *a = calling("5550100");
    agent_wait_state(a, LINECALLSTATE_RINGBACK, WAIT_LONG);
    exchange_step(300);
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_forget(a);
    agent_drop(a);
    EXPECT_STATES(a, "state idle");
    CHECK_EQ(lineDeallocateCall(a->call), 0);
    CHECK_EQ(lineDeallocateCall(a->call), LINEERR_INVALCALLHANDLE);
    CHECK_EQ(lineDrop(a->call, NULL, 0), LINEERR_INVALCALLHANDLE);
    a->call_count = 0;
    agent_close(a);
}
