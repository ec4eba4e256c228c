/* completion_test.c - lineCompleteCall and lineUncompleteCall: camp-on, callback, intrusion,
 * messages. */
#include "tests/features/features.h"

#define GUARD 1000 /* ms from a party's hanging up to the exchange's next try */

static HCALL talk_of_b, busy;

/* B talks to C, and A has found B busy. */
static void busy_line(void)
{
    features_open();
    talk_of_b = features_connect(b, c, "103");
    busy = agent_call(a, "102");
    agent_wait_call_state(a, busy, LINECALLSTATE_BUSY, WAIT_LONG);
    features_forget();
}

static LONG complete(HCALL call, DWORD mode, DWORD message, DWORD *id)
{
    *id = 0xCCCCCCCC;
    return agent_request(a, lineCompleteCall(call, id, mode, message), "complete");
}

static void b_hangs_up(void)
{
    agent_do(b, lineDrop(talk_of_b, NULL, 0), "drop");
    agent_wait_state(c, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    features_forget();
}

TEST(what_is_possible_and_what_is_not)
{
    DWORD id;

    busy_line();
    const LINEADDRESSCAPS *caps = features_address_caps(a);
    CHECK_EQ(caps->dwMaxCallCompletions, 4);
    CHECK_EQ(caps->dwCallCompletionConds, LINECALLCOMPLCOND_BUSY | LINECALLCOMPLCOND_NOANSWER);
    CHECK_EQ(caps->dwCallCompletionModes, LINECALLCOMPLMODE_CAMPON | LINECALLCOMPLMODE_CALLBACK |
                                              LINECALLCOMPLMODE_INTRUDE |
                                              LINECALLCOMPLMODE_MESSAGE);
    REQUIRE_EQ(caps->dwNumCompletionMessages, 3);
    const char *texts = (const char *)caps + caps->dwCompletionMsgTextOffset;
    CHECK_EQ(caps->dwCompletionMsgTextSize, 3 * caps->dwCompletionMsgTextEntrySize);
    CHECK_STR(texts, "Please call me back");
    CHECK_STR(texts + 2 * caps->dwCompletionMsgTextEntrySize, "Please come to see me");

    CHECK(features_status(busy)->dwCallFeatures & LINECALLFEATURE_COMPLETECALL);
    CHECK_EQ(features_status(busy)->dwCallFeatures2 &
                 (LINECALLFEATURE2_COMPLCAMPON | LINECALLFEATURE2_COMPLCALLBACK |
                  LINECALLFEATURE2_COMPLINTRUDE | LINECALLFEATURE2_COMPLMESSAGE),
             LINECALLFEATURE2_COMPLCAMPON | LINECALLFEATURE2_COMPLCALLBACK |
                 LINECALLFEATURE2_COMPLINTRUDE | LINECALLFEATURE2_COMPLMESSAGE);
    CHECK_EQ(complete(busy, 0x10, 0, &id), LINEERR_INVALCALLCOMPLMODE);
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_CAMPON | LINECALLCOMPLMODE_CALLBACK, 0, &id),
             LINEERR_INVALCALLCOMPLMODE);
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_MESSAGE, 3, &id), LINEERR_INVALMESSAGEID);
    CHECK_EQ(complete(0x12345, LINECALLCOMPLMODE_CAMPON, 0, &id), LINEERR_INVALCALLHANDLE);
    CHECK_EQ(lineCompleteCall(busy, NULL, LINECALLCOMPLMODE_CAMPON, 0), LINEERR_INVALPOINTER);
    CHECK_EQ(agent_request(a, lineUncompleteCall(a->line, 4711), "uncomplete"),
             LINEERR_INVALCOMPLETIONID);
    CHECK_EQ(lineUncompleteCall(0x12345, 1), LINEERR_INVALLINEHANDLE);
    /* who only watches may not */
    agents_read();
    REQUIRE(w->call_count > 0);
    CHECK_EQ(lineCompleteCall(features_watched(), &id, LINECALLCOMPLMODE_CAMPON, 0),
             LINEERR_NOTOWNER);
    features_end();
}

TEST(nothing_to_complete)
{
    DWORD id;

    features_talking();
    CHECK(!(features_status(a->call)->dwCallFeatures & LINECALLFEATURE_COMPLETECALL));
    CHECK_EQ(complete(a->call, LINECALLCOMPLMODE_CALLBACK, 0, &id), LINEERR_INVALCALLSTATE);
    features_end();
}

TEST(camp_on)
{
    DWORD id;

    busy_line();
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_CAMPON, 0, &id), 0);
    CHECK(id != 0 && id != 0xCCCCCCCC);
    EXPECT_STATES(a, "state proceeding");
    EXPECT_STATES(w, "state proceeding");
    CHECK_EQ(features_info(busy)->dwCompletionID, id);
    CHECK(features_call_info(w, LINECALLINFOSTATE_COMPLETIONID) != NULL);
    CHECK_EQ(features_line(a)->dwNumCallCompletions, 1);
    CHECK(features_line_state(w, LINEDEVSTATE_NUMCOMPLETIONS) != NULL);
    CHECK(features_address(a)->dwAddressFeatures & LINEADDRFEATURE_UNCOMPLETECALL);
    exchange_step(60000); /* it waits as long as it takes */
    b_hangs_up();
    exchange_step(GUARD);
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    AGENT_EXPECT(a, "state ringback");
    AGENT_EXPECT(w, "state ringback");
    agent_answer(b);
    AGENT_EXPECT(a, "state connected");
    CHECK_EQ(features_line(a)->dwNumCallCompletions, 0);
    CHECK_EQ(agent_request(a, lineUncompleteCall(a->line, id), "uncomplete"),
             LINEERR_INVALCOMPLETIONID);
    features_end();
}

TEST(camp_on_taken_back)
{
    DWORD id;

    busy_line();
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_CAMPON, 0, &id), 0);
    features_forget();
    agent_do(a, lineUncompleteCall(a->line, id), "uncomplete");
    EXPECT_STATES(a, "state disconnected 0x80000");
    CHECK_EQ(agent_find_call(a, busy)->state_mode, LINEDISCONNECTMODE_CANCELLED);
    AGENT_EXPECT(w, "state disconnected 0x80000");
    CHECK_EQ(features_line(a)->dwNumCallCompletions, 0);
    features_end();
}

TEST(callback)
{
    DWORD id;

    busy_line();
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_CALLBACK, 0, &id), 0);
    EXPECT_STATES(a, "state idle");
    EXPECT_STATES(w, "state idle");
    CHECK_EQ(features_line(w)->dwNumCallCompletions, 1);
    b_hangs_up();
    exchange_step(GUARD);
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    AGENT_EXPECT(a, "newcall owner #2", "state offering #2");
    const LINECALLINFO *info = features_info(a->call);
    CHECK_EQ(info->dwReason, LINECALLREASON_CALLCOMPLETION);
    CHECK_EQ(info->dwCompletionID, id);
    CHECK_STR((const char *)info + info->dwCallerIDOffset, "102");
    CHECK_EQ(features_line(a)->dwRingMode, 3); /* the exchange's own ring */
    features_forget();
    agent_answer(a);
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    EXPECT_STATES(a, "state dialing #2", "state proceeding #2", "state ringback #2");
    agent_answer(b);
    AGENT_EXPECT(a, "state connected #2");
    CHECK_EQ(features_line(a)->dwNumCallCompletions, 0);
    features_end();
}

TEST(callback_that_nobody_takes)
{
    DWORD id;

    busy_line();
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_CALLBACK, 0, &id), 0);
    b_hangs_up();
    exchange_step(GUARD);
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    exchange_step(30000);
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    const LINEMESSAGE *gone = features_line_state(a, LINEDEVSTATE_COMPLCANCEL);
    REQUIRE(gone != NULL);
    CHECK_EQ(gone->dwParam2, id);
    CHECK_EQ(agent_request(a, lineUncompleteCall(a->line, id), "uncomplete"),
             LINEERR_INVALCOMPLETIONID);
    features_end();
}

TEST(callback_after_no_answer)
{
    DWORD id;

    features_open();
    HCALL call = agent_call(a, "102");
    agent_wait_call_state(a, call, LINECALLSTATE_RINGBACK, WAIT_LONG);
    CHECK_EQ(features_status(call)->dwCallFeatures2 &
                 (LINECALLFEATURE2_COMPLCAMPON | LINECALLFEATURE2_COMPLCALLBACK),
             LINECALLFEATURE2_COMPLCALLBACK);
    CHECK_EQ(complete(call, LINECALLCOMPLMODE_CAMPON, 0, &id), LINEERR_INVALCALLSTATE);
    CHECK_EQ(complete(call, LINECALLCOMPLMODE_CALLBACK, 0, &id), 0);
    agent_wait_call_state(a, call, LINECALLSTATE_IDLE, WAIT_LONG);
    exchange_step(60000);
    CHECK_EQ(a->call_count, 1); /* nobody has been seen there yet */
    HCALL talk = features_connect(b, c, "103");
    agent_do(b, lineDrop(talk, NULL, 0), "drop");
    exchange_step(GUARD);
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    CHECK_EQ(features_info(a->call)->dwCompletionID, id);
    features_end();
}

TEST(callback_taken_back_and_too_many)
{
    DWORD id[5];

    busy_line();
    for (int i = 0; i < 5; i++) {
        CHECK_EQ(complete(busy, LINECALLCOMPLMODE_CALLBACK, 0, &id[i]),
                 i < 4 ? 0 : (LONG)LINEERR_COMPLETIONOVERRUN);
        if (i == 4)
            break;
        agent_wait_call_state(a, busy, LINECALLSTATE_IDLE, WAIT_LONG);
        busy = agent_call(a, "102");
        agent_wait_call_state(a, busy, LINECALLSTATE_BUSY, WAIT_LONG);
    }
    CHECK_EQ(features_line(a)->dwNumCallCompletions, 4);
    for (int i = 0; i < 4; i++)
        agent_do(a, lineUncompleteCall(a->line, id[i]), "uncomplete");
    agent_do(a, lineDrop(busy, NULL, 0), "drop");
    b_hangs_up();
    exchange_step(60000);
    AGENT_EXPECT(a, NULL);
    features_end();
}

TEST(intrusion)
{
    DWORD id;

    busy_line();
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_INTRUDE, 0, &id), 0);
    EXPECT_STATES(a, "state connected");
    EXPECT_STATES(b, "state onhold", "newcall owner #2", "state connected #2");
    AGENT_EXPECT(c, "state connected"); /* held by the other */
    agent_do(a, lineDrop(busy, NULL, 0), "drop");
    AGENT_EXPECT(b, "state disconnected normal #2");
    features_end();
}

TEST(a_message_lights_the_lamp)
{
    DWORD id;

    busy_line();
    REQUIRE_EQ(lineSetStatusMessages(b->line, LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF, 0),
               0);
    CHECK_EQ(complete(busy, LINECALLCOMPLMODE_MESSAGE, 1, &id), 0);
    EXPECT_STATES(a, "state idle");
    CHECK(features_line_state(b, LINEDEVSTATE_MSGWAITON) != NULL);
    CHECK(features_line(b)->dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT);
    agent_do(b, lineSetLineDevStatus(b->line, LINEDEVSTATUSFLAGS_MSGWAIT, FALSE), "lamp");
    CHECK(features_line_state(b, LINEDEVSTATE_MSGWAITOFF) != NULL);
    CHECK(!(features_line(b)->dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT));
    features_end();
}
