/* feature_test.c - hold, transfer, conference, parking, quality of service, digits. */
#include "tests/support/agent.h"
#include "tests/tapi2/exchange.h"
#include "tests/tapi2/expect.h"

static struct agent *a, *b, *c;

/* A and B are talking; C has a line. */
static void talking(void)
{
    a = agent_open("A", "101", AGENT_EVENT);
    b = agent_open("B", "102", AGENT_WINDOW);
    c = agent_open("C", "103", AGENT_PORT);
    agent_call(a, "102");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(b);
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_forget(a);
    agent_forget(b);
}

static void end(struct agent *agent)
{
    struct agent_call calls[AGENT_CALLS];
    unsigned count = agent->call_count;
    agents_read();
    memcpy(calls, agent->calls, sizeof calls);
    for (unsigned i = 0; i < count; i++)
        if (calls[i].state != LINECALLSTATE_IDLE)
            agent_request(agent, lineDrop(calls[i].call, NULL, 0), "end");
    agent_close(agent);
}

static void end_all(void)
{
    end(a);
    end(b);
    end(c);
}

TEST(hold_and_unhold)
{
    talking();
    agent_hold(a);
    EXPECT_STATES(a, "state onhold");
    AGENT_EXPECT(b, "state connected"); /* LINECONNECTEDMODE_ACTIVEHELD */
    CHECK_EQ(b->calls[0].state_mode, LINECONNECTEDMODE_ACTIVEHELD);
    CHECK_EQ(agent_request(a, lineHold(a->call), "hold"), LINEERR_INVALCALLSTATE);
    agent_forget(a);
    agent_unhold(a);
    EXPECT_STATES(a, "state connected");
    AGENT_EXPECT(b, "state connected");
    CHECK_EQ(b->calls[0].state_mode, LINECONNECTEDMODE_ACTIVE);
    end_all();
}

TEST(swap_between_two_calls)
{
    talking();
    HCALL first = a->call;
    agent_hold(a);
    agent_forget(a);
    HCALL second = agent_call(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(c);
    AGENT_EXPECT(a, "reply call ok", "state dialing #2", "state proceeding #2", "state ringback #2",
                 "state connected #2");
    agent_do(a, lineSwapHold(second, first), "swap");
    EXPECT_STATES(a, "state onhold #2", "state connected");
    CHECK_EQ(agent_request(a, lineSwapHold(second, first), "swap"), LINEERR_INVALCALLSTATE);
    agent_forget(a);
    agent_do(a, lineSwapHold(first, second), "swap");
    EXPECT_STATES(a, "state onhold", "state connected #2");
    end_all();
}

TEST(a_consultation_transfer)
{
    talking();
    HCALL call = a->call;
    HCALL consult = agent_consult(a);
    /* what concerns the new call waits for the reply */
    EXPECT_STATES(a, "state onholdpendtransfer", "state dialtone #2");
    agent_dial(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    EXPECT_STATES(a, "state dialing #2", "state proceeding #2", "state ringback #2");
    agent_answer(c);
    AGENT_EXPECT(a, "state connected #2");
    agent_forget(b);
    agent_forget(c);
    agent_complete_transfer(a, call, consult, LINETRANSFERMODE_TRANSFER, NULL);
    EXPECT_STATES(a, "state idle", "state idle #2");
    CHECK_EQ(agent_find_call(b, b->call)->state, LINECALLSTATE_CONNECTED);
    CHECK_EQ(agent_find_call(c, c->call)->state, LINECALLSTATE_CONNECTED);
    agent_forget(b);
    agent_forget(c);
    /* B and C talk to each other now: when one goes, the other is alone */
    agent_drop(b);
    EXPECT_STATES(b, "state idle");
    AGENT_EXPECT(c, "state disconnected normal");
    end_all();
}

TEST(a_consultation_transfer_while_it_rings)
{
    talking();
    HCALL call = a->call;
    HCALL consult = agent_consult(a);
    agent_dial(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_forget(a);
    agent_complete_transfer(a, call, consult, LINETRANSFERMODE_TRANSFER, NULL);
    EXPECT_STATES(a, "state idle", "state idle #2");
    agent_answer(c);
    EXPECT_STATES(c, "newcall owner", "state offering", "state connected");
    agent_wait_state(b, LINECALLSTATE_CONNECTED, WAIT_LONG);
    end_all();
}

TEST(a_consultation_becomes_a_conference)
{
    HCALL conference;
    talking();
    HCALL call = a->call;
    HCALL consult = agent_consult(a);
    agent_dial(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(c);
    agent_wait_call_state(a, consult, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_forget(a);
    agent_complete_transfer(a, call, consult, LINETRANSFERMODE_CONFERENCE, &conference);
    REQUIRE(conference != 0);
    EXPECT_STATES(a, "state conferenced", "state conferenced #2", "state connected #3");
    struct {
        LINECALLLIST list;
        HCALL calls[4];
    } related;
    POISON(related);
    related.list.dwTotalSize = sizeof related;
    CHECK_EQ(lineGetConfRelatedCalls(conference, &related.list), 0);
    CHECK_EQ(related.list.dwCallsNumEntries, 3);
    agent_do(a, lineDrop(conference, NULL, 0), "drop");
    agent_wait_call_state(a, conference, LINECALLSTATE_IDLE, WAIT_LONG);
    end_all();
}

TEST(a_blind_transfer)
{
    talking();
    agent_blind_transfer(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    EXPECT_STATES(a, "state idle");
    agent_answer(c);
    EXPECT_STATES(c, "newcall owner", "state offering", "state connected");
    agent_forget(b);
    agent_drop(c);
    AGENT_EXPECT(b, "state disconnected normal");
    end_all();
}

TEST(park_and_fetch)
{
    struct {
        VARSTRING place;
        char room[16];
    } where = {.place.dwTotalSize = sizeof where};
    talking();
    agent_do(a, lineParkA(a->call, LINEPARKMODE_NONDIRECTED, NULL, &where.place), "park");
    EXPECT_STATES(a, "state idle");
    CHECK_EQ(where.place.dwStringFormat, STRINGFORMAT_ASCII);
    CHECK_STR((char *)&where + where.place.dwStringOffset, "700");
    c->made = 0;
    agent_do(c, lineUnparkA(c->line, 0, &c->made, "700"), "unpark");
    CHECK(c->made != 0);
    agent_wait_call_state(c, c->made, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_forget(b);
    agent_do(c, lineDrop(c->made, NULL, 0), "drop");
    AGENT_EXPECT(b, "state disconnected normal");
    end_all();
}

/* ---- digits ---- */

TEST(digits_are_heard)
{
    talking();
    CHECK_EQ(lineMonitorDigits(b->call, LINEDIGITMODE_DTMF), 0);
    CHECK_EQ(lineGenerateDigitsA(a->call, LINEDIGITMODE_DTMF, "1#*", 0), 0);
    exchange_step(5000);
    AGENT_EXPECT(b, "digit 1", "digit #", "digit *");
    AGENT_EXPECT(a, "generate 0x1"); /* LINEGENERATETERM_DONE */
    CHECK_EQ(lineMonitorDigits(b->call, 0), 0);
    CHECK_EQ(lineGenerateDigitsW(a->call, LINEDIGITMODE_DTMF, L"5", 0), 0);
    exchange_step(5000);
    AGENT_EXPECT(a, "generate 0x1");
    AGENT_EXPECT(b, NULL);
    end_all();
}

TEST(digits_are_gathered)
{
    char digits[8];
    talking();
    POISON(digits);
    CHECK_EQ(lineGatherDigitsA(b->call, LINEDIGITMODE_DTMF, digits, 3, "#", 30000, 30000), 0);
    CHECK_EQ(lineGenerateDigitsA(a->call, LINEDIGITMODE_DTMF, "47#", 0), 0);
    exchange_step(5000);
    AGENT_EXPECT(b, "gathered 0x2*"); /* LINEGATHERTERM_TERMDIGIT */
    CHECK_BYTES(digits, "47#", 3);
    end_all();
}

/* ---- quality of service ---- */

/* FLOWSPEC of <qos.h>, whose header brings winsock along. */
struct flow {
    ULONG rate, bucket, peak, latency, variation, service, max_size, min_size;
};
#define CONTROLLED_LOAD 2
#define GUARANTEED      3

static struct flow flow_of(ULONG kbits, ULONG service)
{
    struct flow flow;
    memset(&flow, 0xFF, sizeof flow); /* QOS_NOT_SPECIFIED */
    flow.rate = kbits * 1000 / 8;
    flow.service = service;
    return flow;
}

static LONG ask_for(struct agent *agent, ULONG kbits, ULONG service)
{
    struct flow flow = flow_of(kbits, service);
    return agent_request(
        agent, lineSetCallQualityOfService(agent->call, &flow, sizeof flow, &flow, sizeof flow),
        "qos");
}

static ULONG granted(struct agent *agent)
{
    struct {
        LINECALLINFO info;
        BYTE room[2048];
    } got = {.info.dwTotalSize = sizeof got};
    REQUIRE_EQ(lineGetCallInfoW(agent->call, &got.info), 0);
    if (got.info.dwSendingFlowspecSize < sizeof(struct flow))
        return 0;
    const struct flow *flow = (const void *)((BYTE *)&got + got.info.dwSendingFlowspecOffset);
    return flow->rate * 8 / 1000;
}

TEST(quality_of_service_granted_refused_and_changed)
{
    talking();
    a->log_all = b->log_all = true;
    CHECK_EQ(ask_for(a, 64, GUARANTEED), 0);
    EXPECT_STATES(a, "callinfo 0x20000000");
    CHECK_EQ(granted(a), 64);
    CHECK_EQ(ask_for(a, 100000, GUARANTEED), LINEERR_RATEUNAVAIL);
    CHECK_EQ(granted(a), 64); /* the old reservation stands */
    agent_forget(a);
    CHECK_EQ(ask_for(a, 200, CONTROLLED_LOAD), 0);
    EXPECT_STATES(a, "callinfo 0x20000000");
    CHECK_EQ(granted(a), 200);
    /* the exchange takes some of it back */
    exchange_set(L"Bandwidth", 100);
    AGENT_EXPECT(a, "callinfo 0x20000000"); /* LINECALLINFOSTATE_QOS */
    CHECK_EQ(granted(a), 100);
    end_all();
}

TEST(a_call_made_with_a_flow_specification)
{
    struct {
        LINECALLPARAMS params;
        struct flow flow;
    } with;
    a = agent_open("A", "101", AGENT_EVENT);
    memset(&with, 0, sizeof with);
    with.params.dwTotalSize = sizeof with;
    with.params.dwBearerMode = LINEBEARERMODE_VOICE;
    with.params.dwMaxRate = 64000;
    with.params.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    with.params.dwCallParamFlags = 0;
    with.params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    with.params.dwSendingFlowspecSize = with.params.dwReceivingFlowspecSize = sizeof with.flow;
    with.params.dwSendingFlowspecOffset = with.params.dwReceivingFlowspecOffset =
        sizeof with.params;
    with.flow = flow_of(64, GUARANTEED);
    agent_do(a, lineMakeCallA(a->line, &a->made, "5550100", 0, &with.params), "call");
    a->call = a->made;
    agent_wait_call_state(a, a->made, LINECALLSTATE_RINGBACK, WAIT_LONG);
    CHECK_EQ(granted(a), 64);
    agent_do(a, lineDrop(a->made, NULL, 0), "drop");
    agent_wait_call_state(a, a->made, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_close(a);
}
