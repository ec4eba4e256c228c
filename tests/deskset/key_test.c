/* key_test.c - what buttons of a desk set do to the calls of a line application. */
#include "tests/deskset/set.h"

TEST(lifting_gives_dial_tone_and_keys_dial)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_MONITOR);
    lift(L"101");
    agent_wait_state(a, LINECALLSTATE_DIALTONE, WAIT_LONG);
    SET_EXPECT(&set, "handset micspeaker", "lamp 12", "display");
    press(L"101", L"1");
    agent_wait_state(a, LINECALLSTATE_DIALING, WAIT_LONG);
    SET_EXPECT(&set, "button 1 down", "button 1 up", "display");
    dial(L"101", L"03");
    agent_wait_state(a, LINECALLSTATE_RINGBACK, WAIT_LONG);
    CHECK_STR(set_row(&set, 0), "Carol 103");
    hang_up(L"101");
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    set_close(&set);
    agent_close(a);
}

TEST(hold_button_and_call_button)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT), *c = agent_open("C", "103", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_MONITOR);
    agent_call(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(c);
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    press(L"101", L"Hold");
    agent_wait_state(a, LINECALLSTATE_ONHOLD, WAIT_LONG);
    CHECK_EQ(set_lamp(&set, CALL_1), PHONELAMPMODE_FLASH);
    press(L"101", L"Call 1");
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_EQ(set_lamp(&set, CALL_1), PHONELAMPMODE_STEADY);
    press(L"101", L"Drop");
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_wait_state(c, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    set_close(&set);
    agent_close(a);
    agent_close(c);
}

TEST(keys_are_digits_to_the_other_end)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT), *c = agent_open("C", "103", AGENT_EVENT);

    agent_call(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(c);
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_EQ(lineMonitorDigits(c->call, LINEDIGITMODE_DTMF), 0);
    dial(L"101", L"4*2");
    exchange_step(1000);
    agent_wait_message(c, LINE_MONITORDIGITS, WAIT_LONG);
    AGENT_EXPECT(c, "newcall owner", "state offering", "reply answer ok", "state connected",
                 "digit 4", "digit *", "digit 2");
    agent_close(a);
    agent_close(c);
}

TEST(transfer_button)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT), *b = agent_open("B", "102", AGENT_EVENT);
    struct agent *c = agent_open("C", "103", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_MONITOR);
    HCALL first = agent_call(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(c);
    agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
    press(L"101", L"Transfer");
    agent_wait_call_state(a, first, LINECALLSTATE_ONHOLDPENDTRANSFER, WAIT_LONG);
    agent_wait_state(a, LINECALLSTATE_DIALTONE, WAIT_LONG);
    CHECK(a->call != first);
    CHECK_EQ(set_lamp(&set, TRANSFER), PHONELAMPMODE_STEADY);
    dial(L"101", L"102");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(b);
    press(L"101", L"Transfer");
    agent_wait_call_state(a, first, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    CHECK_EQ(set_lamp(&set, CALL_1), PHONELAMPMODE_OFF);
    CHECK_EQ(set_lamp(&set, CALL_2), PHONELAMPMODE_OFF);
    agent_drop(b);
    agent_wait_state(c, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    set_close(&set);
    agent_close(a);
    agent_close(b);
    agent_close(c);
}

TEST(message_waiting_lamp)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_MONITOR);
    agent_do(a, lineSetLineDevStatus(a->line, LINEDEVSTATUSFLAGS_MSGWAIT, TRUE), "status");
    SET_EXPECT(&set, "lamp 21", "display");
    CHECK_EQ(set_lamp(&set, MESSAGE), PHONELAMPMODE_STEADY);
    CHECK_STR(set_row(&set, 1), "Message waiting");
    press(L"101", L"Message");
    SET_EXPECT(&set, "button 21 down", "button 21 up", "lamp 21", "display");
    CHECK_EQ(set_lamp(&set, MESSAGE), PHONELAMPMODE_OFF);
    set_close(&set);
    agent_close(a);
}
