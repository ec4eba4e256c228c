/* call_test.c - one call, seen by a line application and by a phone application. */
#include "tests/deskset/set.h"

TEST(a_call_comes_and_the_handset_answers_it)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    CHECK_STR(set_row(&set, 0), "Alice 101");
    exchange_do(L"Inject", "sss", L"5550001", L"Vera", L"101");
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    SET_EXPECT(&set, "ring 2", "lamp 12", "display");
    CHECK_EQ(set_lamp(&set, CALL_1), PHONELAMPMODE_WINK);
    CHECK_STR(set_row(&set, 0), "Vera 5550001");
    CHECK_STR(set_row(&set, 1), "Ringing");

    lift(L"101");
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    SET_EXPECT(&set, "handset micspeaker", "ring 0", "lamp 12", "display");
    CHECK_EQ(set_lamp(&set, CALL_1), PHONELAMPMODE_STEADY);
    CHECK_STR(set_row(&set, 1), "Connected");
    CHECK_EQ(set_hook(&set), PHONEHOOKSWITCHDEV_HANDSET);

    hang_up(L"101");
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    AGENT_EXPECT(a, "newcall owner", "state offering", "state connected", "state idle");
    SET_EXPECT(&set, "handset onhook", "lamp 12", "display");
    CHECK_EQ(set_lamp(&set, CALL_1), PHONELAMPMODE_OFF);
    set_close(&set);
    agent_close(a);
}

TEST(a_program_answers_and_the_speaker_goes_on)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_MONITOR);
    exchange_do(L"Inject", "sss", L"5550001", L"Vera", L"101");
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    set_skip(&set);
    agent_answer(a);
    SET_EXPECT(&set, "speaker micspeaker", "ring 0", "lamp 12", "lamp 24", "display");
    CHECK_EQ(set_lamp(&set, SPEAKER), PHONELAMPMODE_STEADY);
    agent_hold(a);
    SET_EXPECT(&set, "speaker onhook", "lamp 12", "lamp 24", "display");
    CHECK_EQ(set_lamp(&set, CALL_1), PHONELAMPMODE_FLASH);
    CHECK_STR(set_row(&set, 1), "On hold");
    agent_unhold(a);
    SET_EXPECT(&set, "speaker micspeaker", "lamp 12", "lamp 24", "display");
    lift(L"101"); /* the call goes to the handset */
    SET_EXPECT(&set, "handset micspeaker", "speaker onhook", "lamp 24");
    agent_drop(a);
    SET_EXPECT(&set, "lamp 12", "display");
    CHECK_EQ(set_hook(&set), PHONEHOOKSWITCHDEV_HANDSET);
    set_close(&set);
    agent_close(a);
}

TEST(a_program_makes_a_call)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_MONITOR);
    agent_call(a, "5550100");
    agent_wait_state(a, LINECALLSTATE_RINGBACK, WAIT_LONG);
    CHECK_EQ(set_hook(&set), PHONEHOOKSWITCHDEV_SPEAKER);
    CHECK_STR(set_row(&set, 0), "5550100");
    CHECK_STR(set_row(&set, 1), "Ringing there");
    exchange_step(300);
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_STR(set_row(&set, 0), "Ann 5550100");
    CHECK_STR(set_row(&set, 1), "Connected");
    set_skip(&set);
    /* The speaker's switch hangs up, whoever operates it. */
    press(L"101", L"Speaker");
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    SET_EXPECT(&set, "button 24 down", "speaker onhook", "button 24 up", "lamp 12", "lamp 24",
               "display");
    set_close(&set);
    agent_close(a);
}

TEST(two_sets_call_each_other)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT), *b = agent_open("B", "102", AGENT_PORT);
    struct set alice, bob;

    set_open(&alice, a, PHONEPRIVILEGE_OWNER);
    set_open(&bob, b, PHONEPRIVILEGE_OWNER);
    CHECK(alice.device != bob.device);
    lift(L"101");
    dial(L"101", L"102");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    CHECK_STR(set_row(&bob, 0), "Alice 101");
    SET_EXPECT(&bob, "ring 1", "lamp 12", "display");
    lift(L"102");
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_wait_state(b, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_STR(set_row(&alice, 1), "Connected");
    hang_up(L"101");
    agent_wait_state(b, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_STR(set_row(&alice, 1), "");
    CHECK_EQ(set_lamp(&bob, CALL_1), PHONELAMPMODE_STEADY);
    hang_up(L"102");
    agent_wait_state(b, LINECALLSTATE_IDLE, WAIT_LONG);
    CHECK_EQ(set_lamp(&bob, CALL_1), PHONELAMPMODE_OFF);
    set_close(&alice);
    set_close(&bob);
    agent_close(a);
    agent_close(b);
}

TEST(the_call_of_a_hand_outlives_the_program)
{
    struct agent *b = agent_open("B", "102", AGENT_EVENT), *a = agent_open("A", "101", AGENT_EVENT);

    lift(L"101");
    dial(L"101", L"102");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(b);
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_close(a);
    CHECK_EQ(agent_find_call(b, b->call)->state, LINECALLSTATE_CONNECTED);
    hang_up(L"101");
    agent_wait_state(b, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    agent_close(b);
}
