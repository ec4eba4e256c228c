/* phone_test.c - desk sets: what the line shows on them, and what a hand at them does to the line.
 */
#include "fixture.h"

#define KEY_STAR   10u
#define KEY_HASH   11u
#define CALL_1     12u
#define CALL_2     13u
#define HOLD       16u /* behind four call appearances */
#define TRANSFER   17u
#define CONFERENCE 18u
#define DROP       19u
#define REDIAL     20u
#define MESSAGE    21u
#define FREE_1     22u
#define SPEAKER    24u
#define MUTE       25u
#define LOUDER     26u
#define SOFTER     27u

TEST_BEFORE
{
    fixture_start("extension 101 \"Alice\"\nextension 102 \"Bob\"\nextension 103\n"
                  "extension 1035\nphone 101\nphone 102 buttons 2 display 1x8\n"
                  "outside 5550100 \"Ann\" answer 300\noutside 5551* answer\n");
    heard();
}

TEST_AFTER
{
    fixture_stop();
}

static struct pbx_phone *phone(const char *number)
{
    struct pbx_phone *found = ext(number)->phone;

    REQUIRE(found != NULL);
    return found;
}

static const char *row(struct pbx_phone *p, uint32_t number)
{
    static char text[PBX_PHONE_COLUMNS + 1];
    size_t length = p->columns;

    pbx_phones_settle(pbx);
    memcpy(text, p->display + number * p->columns, length);
    while (length && text[length - 1] == ' ')
        length--;
    text[length] = 0;
    return text;
}

static uint32_t lamp(struct pbx_phone *p, uint32_t id)
{
    pbx_phones_settle(pbx);
    return p->button[id].lamp;
}

static void press(struct pbx_phone *p, uint32_t id)
{
    CHECK_EQ(pbx_phone_press(p, id), 0);
}

static void lift(struct pbx_phone *p)
{
    CHECK_EQ(pbx_phone_lift(p, PBX_HANDSET), 0);
}

static void hang_up(struct pbx_phone *p)
{
    CHECK_EQ(pbx_phone_hang_up(p, PBX_HANDSET), 0);
}

/* The end of the call that the phone has at a call appearance. */
static struct pbx_leg *at(struct pbx_phone *p, uint32_t id)
{
    pbx_phones_settle(pbx);
    return pbx_leg_find(pbx, p->call[id - CALL_1]);
}

/* --- the line shows --- */

TEST(idle_display)
{
    CHECK_STR(row(phone("101"), 0), "Alice 101");
    CHECK_STR(row(phone("101"), 1), "");
    CHECK_STR(row(phone("102"), 0), "Bob 102");
}

TEST(an_incoming_call_rings_and_is_answered_by_lifting)
{
    struct pbx_phone *p = phone("101");
    uint32_t id;

    REQUIRE_EQ(pbx_inject(pbx, "5559", "J\xC3\xBCrgen", "101", &id), 0);
    EXPECT("101 new; 101 offering; phone 101 80 2; phone 101 40 c; phone 101 20 0");
    CHECK_EQ(p->ring_mode, 2);
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_WINK);
    CHECK_STR(row(p, 0), "J?rgen 5559");
    CHECK_STR(row(p, 1), "Ringing");
    lift(p);
    EXPECT("phone 101 200 8; 101 connected; phone 101 80 0; phone 101 40 c; phone 101 20 0");
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_STEADY);
    CHECK_STR(row(p, 1), "Connected");
    hang_up(p);
    EXPECT("phone 101 200 1; 101 idle; phone 101 40 c; phone 101 20 0");
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_OFF);
    CHECK_STR(row(p, 0), "Alice 101");
}

TEST(a_call_made_by_a_program_uses_the_speaker)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *leg = make("101", "103");

    pbx_phones_settle(pbx);
    CHECK_EQ(p->hook[PBX_SPEAKER].mode, PBX_MICSPEAKER);
    CHECK_EQ(lamp(p, SPEAKER), PBX_LAMP_STEADY);
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_STEADY);
    CHECK_STR(row(p, 0), "103");
    CHECK_STR(row(p, 1), "Ringing there");
    pbx_answer(incoming("103"), NULL);
    heard();
    CHECK_EQ(pbx_hold(leg), 0);
    EXPECT("101 onhold; 103 connected; held by the other; phone 101 1000 1; phone 101 40 c; "
           "phone 101 40 18; phone 101 20 0");
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_FLASH);
    CHECK_STR(row(p, 1), "On hold");
    CHECK_EQ(pbx_unhold(leg), 0);
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_STEADY);
    CHECK_EQ(p->hook[PBX_SPEAKER].mode, PBX_MICSPEAKER);
    CHECK_EQ(pbx_drop(leg, NULL), 0);
    pbx_phones_settle(pbx);
    CHECK_EQ(p->hook[PBX_SPEAKER].mode, PBX_ONHOOK);
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_OFF);
}

TEST(lifting_the_handset_takes_the_call_from_the_speaker)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *leg = connected("101", "103");

    lift(p);
    EXPECT("phone 101 200 8; phone 101 1000 1; phone 101 40 18");
    CHECK_EQ(leg->state, PBX_CONNECTED);
    hang_up(p);
    CHECK_EQ(leg->state, PBX_IDLE);
}

TEST(the_speaker_does_not_flicker)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *first = connected("101", "103"), *second;

    CHECK_EQ(pbx_hold(first), 0);
    second = connected("101", "1035");
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_FLASH);
    CHECK_EQ(lamp(p, CALL_2), PBX_LAMP_STEADY);
    heard();
    CHECK_EQ(pbx_swap_hold(second, first), 0);
    CHECK(strstr(heard(), "phone 101 1000") == NULL);
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_STEADY);
    CHECK_EQ(lamp(p, CALL_2), PBX_LAMP_FLASH);
}

TEST(the_other_one_hangs_up)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *leg = connected("103", "101");

    lift(p);
    pbx_drop(leg, NULL);
    CHECK_STR(row(p, 1), "Disconnected");
    hang_up(p);
    CHECK(ext("101")->leg_count == 0);
    CHECK_STR(row(p, 1), "");
}

TEST(message_waiting)
{
    struct pbx_phone *p = phone("101");

    CHECK_EQ(pbx_set_line_status(ext("101"), PBX_LINE_MSGWAIT, true), 0);
    EXPECT("phone 101 40 15; phone 101 20 0");
    CHECK_EQ(lamp(p, MESSAGE), PBX_LAMP_STEADY);
    CHECK_STR(row(p, 1), "Message waiting");
    press(p, MESSAGE);
    CHECK_EQ(lamp(p, MESSAGE), PBX_LAMP_OFF);
    CHECK(!(ext("101")->status & PBX_LINE_MSGWAIT));
}

/* --- the hand dials --- */

TEST(lifting_gives_dial_tone_and_keys_dial)
{
    struct pbx_phone *p = phone("101");

    lift(p);
    EXPECT("phone 101 200 8; 101 new; 101 dialtone; phone 101 40 c; phone 101 20 0");
    CHECK_STR(row(p, 1), "Dial tone");
    press(p, 1);
    EXPECT("phone 101 button 1 down; 101 dialing; phone 101 button 1 up; phone 101 20 0");
    press(p, 0);
    CHECK_STR(row(p, 0), "10");
    CHECK_STR(row(p, 1), "Dialing");
    heard();
    press(p, 2); /* 102 can be no other number: it is called at once */
    CHECK_EQ(at(p, CALL_1)->state, PBX_RINGBACK);
    CHECK_STR(row(p, 0), "Bob 102");
    CHECK_STR(row(phone("102"), 0), "Alice 10"); /* eight columns */
    hang_up(p);
    CHECK_STR(row(phone("102"), 0), "Bob 102");
}

TEST(a_number_that_could_go_on_waits)
{
    struct pbx_phone *p = phone("101");

    lift(p);
    for (const char *key = "103"; *key; key++)
        press(p, (uint32_t)(*key - '0'));
    CHECK_EQ(at(p, CALL_1)->state, PBX_DIALING);
    step(PBX_PHONE_DIAL_PAUSE - 1);
    CHECK_EQ(at(p, CALL_1)->state, PBX_DIALING);
    step(1);
    CHECK_EQ(at(p, CALL_1)->state, PBX_RINGBACK);
    CHECK_STR(at(p, CALL_1)->dialed, "103");
    hang_up(p);
    lift(p);
    for (const char *key = "103"; *key; key++)
        press(p, (uint32_t)(*key - '0'));
    press(p, KEY_HASH);
    CHECK_EQ(at(p, CALL_1)->state, PBX_RINGBACK);
    hang_up(p);
    lift(p);
    press(p, KEY_STAR);
    CHECK_STR(at(p, CALL_1)->dialed, "*");
    hang_up(p); /* with the timer running */
}

TEST(keys_send_digits)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *other = connected("101", "103")->peer;

    pbx_monitor_digits(other, PBX_DIGIT_DTMF);
    press(p, 4);
    press(p, KEY_STAR);
    press(p, 2);
    heard();
    step(1000);
    EXPECT("103 hears 4; 103 hears *; 103 hears 2; 101 generated 0 1");
    press(p, 7);
    heard();
    step(1000);
    EXPECT("103 hears 7; 101 generated 0 1");
}

TEST(redial_and_speed_dial)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *leg = make("101", "5550100");

    pbx_drop(leg, NULL);
    heard();
    press(p, REDIAL);
    CHECK_STR(at(p, CALL_1)->dialed, "5550100");
    CHECK_EQ(p->hook[PBX_SPEAKER].mode, PBX_MICSPEAKER);
    press(p, DROP);
    CHECK(at(p, CALL_1) == NULL);
    CHECK_EQ(p->hook[PBX_SPEAKER].mode, PBX_ONHOOK);
    heard();
    CHECK_EQ(pbx_phone_set_button(p, FREE_1, PBX_BUTTON_FEATURE, PBX_DOES_ABBREVDIAL, "102"), 0);
    EXPECT("phone 101 400000 0");
    press(p, FREE_1);
    CHECK_STR(at(p, CALL_1)->dialed, "102");
}

/* --- buttons --- */

TEST(hold_button)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *leg = connected("101", "103");

    press(p, HOLD);
    CHECK_EQ(leg->state, PBX_ONHOLD);
    press(p, HOLD);
    CHECK_EQ(leg->state, PBX_CONNECTED);
    press(p, CALL_2); /* another call: this one is held */
    CHECK_EQ(leg->state, PBX_ONHOLD);
    CHECK_EQ(at(p, CALL_2)->state, PBX_DIALTONE);
    press(p, DROP);
    press(p, CALL_1);
    CHECK_EQ(leg->state, PBX_CONNECTED);
    CHECK_EQ(lamp(p, CALL_1), PBX_LAMP_STEADY);
}

TEST(call_waiting_is_answered_with_its_button)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *first = connected("101", "103"), *second = make("1035", "101")->peer;

    CHECK_EQ(lamp(p, CALL_2), PBX_LAMP_WINK);
    press(p, CALL_2);
    CHECK_EQ(second->state, PBX_CONNECTED);
    CHECK_EQ(first->state, PBX_ONHOLD);
    press(p, CALL_1);
    CHECK_EQ(second->state, PBX_ONHOLD);
    CHECK_EQ(first->state, PBX_CONNECTED);
}

TEST(transfer_button)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *other = connected("101", "103")->peer;

    press(p, TRANSFER);
    CHECK_EQ(at(p, CALL_1)->state, PBX_ONHOLDPENDTRANSFER);
    CHECK_EQ(at(p, CALL_2)->state, PBX_DIALTONE);
    CHECK_EQ(lamp(p, TRANSFER), PBX_LAMP_STEADY);
    press(p, 1);
    press(p, 0);
    press(p, 2);
    CHECK_EQ(pbx_answer(incoming("102"), NULL), 0);
    press(p, TRANSFER);
    CHECK(at(p, CALL_1) == NULL && at(p, CALL_2) == NULL);
    CHECK_EQ(lamp(p, TRANSFER), PBX_LAMP_OFF);
    REQUIRE(other->peer != NULL);
    CHECK_STR(other->peer->self.number, "102");
    CHECK_STR(row(phone("102"), 0), "103");
}

TEST(hanging_up_completes_a_transfer)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *other = connected("101", "103")->peer;

    lift(p);
    press(p, TRANSFER);
    press(p, 1);
    press(p, 0);
    press(p, 2);
    hang_up(p);
    CHECK(ext("101")->leg_count == 0);
    pbx_answer(incoming("102"), NULL);
    REQUIRE(other->peer != NULL);
    CHECK_STR(other->peer->self.number, "102");
}

TEST(conference_button)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *conference;

    connected("101", "103");
    press(p, CONFERENCE);
    CHECK_EQ(lamp(p, CONFERENCE), PBX_LAMP_STEADY);
    press(p, 1);
    press(p, 0);
    press(p, 2);
    pbx_answer(incoming("102"), NULL);
    press(p, CONFERENCE);
    conference = pbx_phone_active(p);
    REQUIRE(conference != NULL && conference->is_conference);
    CHECK_EQ(conference->members, 2);
    CHECK_STR(row(p, 0), "Conference of 3");
    press(p, CONFERENCE); /* one more */
    CHECK_EQ(conference->state, PBX_ONHOLDPENDCONF);
    press(p, DROP);
    CHECK_EQ(conference->state, PBX_CONNECTED);
    press(p, DROP);
    CHECK(ext("101")->leg_count == 0);
}

TEST(a_transfer_becomes_a_conference)
{
    struct pbx_phone *p = phone("101");

    connected("101", "103");
    press(p, TRANSFER);
    press(p, 1);
    press(p, 0);
    press(p, 2);
    pbx_answer(incoming("102"), NULL);
    press(p, CONFERENCE);
    REQUIRE(pbx_phone_active(p) != NULL);
    CHECK_EQ(pbx_phone_active(p)->members, 2);
}

TEST(local_buttons)
{
    struct pbx_phone *p = phone("101");

    press(p, LOUDER);
    EXPECT("phone 101 button 26 down; phone 101 100 9000; phone 101 button 26 up");
    press(p, SPEAKER);
    CHECK_EQ(at(p, CALL_1)->state, PBX_DIALTONE);
    heard();
    press(p, SOFTER);
    EXPECT("phone 101 button 27 down; phone 101 2000 7000; phone 101 button 27 up");
    press(p, MUTE);
    EXPECT("phone 101 button 25 down; phone 101 1000 4; phone 101 button 25 up; phone 101 40 19");
    press(p, MUTE);
    CHECK_EQ(p->hook[PBX_SPEAKER].mode, PBX_MICSPEAKER);
    press(p, SPEAKER);
    CHECK(ext("101")->leg_count == 0);
    for (int i = 0; i < 20; i++)
        press(p, SOFTER);
    CHECK_EQ(p->ring_volume, 0);
}

/* --- programs set the parts --- */

TEST(what_programs_set)
{
    struct pbx_phone *p = phone("101");
    char data[300] = "";

    CHECK_EQ(pbx_phone_set_volume(p, 0, 1), PBX_PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(pbx_phone_set_volume(p, 8, 1), PBX_PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(pbx_phone_set_volume(p, PBX_HOOK_BIT(PBX_HEADSET), 0x20000), 0);
    CHECK_EQ(pbx_phone_set_gain(p, PBX_HOOK_BIT(PBX_HANDSET), 5), 0);
    EXPECT("phone 101 10000 ffff; phone 101 800 5");
    CHECK_EQ(pbx_phone_set_ring(p, 5, 0), PBX_PHONEERR_INVALRINGMODE);
    CHECK_EQ(pbx_phone_set_ring(p, 4, 10), 0);
    EXPECT("phone 101 100 a; phone 101 80 4");
    CHECK_EQ(pbx_phone_set_lamp(p, 1, PBX_LAMP_FLASH), PBX_PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(pbx_phone_set_lamp(p, 99, PBX_LAMP_FLASH), PBX_PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(pbx_phone_set_lamp(p, FREE_1, 0x180), PBX_PHONEERR_INVALLAMPMODE);
    CHECK_EQ(pbx_phone_set_lamp(p, FREE_1, PBX_LAMP_BROKENFLUTTER), 0);
    EXPECT("phone 101 40 16");
    CHECK_EQ(pbx_phone_set_hook(p, 8, PBX_MIC), PBX_PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(pbx_phone_set_hook(p, 1, 3), PBX_PHONEERR_INVALHOOKSWITCHMODE);
    CHECK_EQ(pbx_phone_set_data(p, 2, data, 1), PBX_PHONEERR_INVALDATAID);
    CHECK_EQ(pbx_phone_set_data(p, 0, data, 257), PBX_PHONEERR_INVALPARAM);
    CHECK_EQ(pbx_phone_set_data(p, 1, data, 300), 0);
    CHECK_EQ(p->data[1].size, 300);
    CHECK_EQ(pbx_phone_set_button(p, 99, 4, 0, ""), PBX_PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(pbx_phone_set_button(p, 1, PBX_BUTTON_FEATURE, 0, ""), PBX_PHONEERR_INVALBUTTONMODE);
    CHECK_EQ(pbx_phone_set_button(p, 1, PBX_BUTTON_KEYPAD, PBX_DOES_DROP, ""),
             PBX_PHONEERR_INVALPARAM);
    CHECK_EQ(pbx_phone_press(p, 28), PBX_PHONEERR_INVALBUTTONLAMPID);
}

TEST(the_display_is_written_over_until_the_line_has_news)
{
    struct pbx_phone *p = phone("101");

    CHECK_EQ(pbx_phone_set_display(p, 2, 0, "x", 1), PBX_PHONEERR_INVALPARAM);
    CHECK_EQ(pbx_phone_set_display(p, 0, 24, "x", 1), PBX_PHONEERR_INVALPARAM);
    CHECK_EQ(pbx_phone_set_display(p, 0, 20, "lunch\x01 till 2", 13), 0);
    CHECK_STR(row(p, 0), "Alice 101           lunc");
    CHECK_STR(row(p, 1), "h? till 2");
    CHECK_EQ(pbx_phone_set_display(p, 1, 23, "xyz", 3), 0);
    CHECK_EQ(p->display[47], 'x');
    lift(p);
    CHECK_STR(row(p, 0), "");
    CHECK_STR(row(p, 1), "Dial tone");
}

/* --- the cord, the configuration --- */

TEST(pulled_out_and_plugged_in)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *leg = connected("101", "103");

    lift(p);
    heard();
    pbx_phone_plug(p, false);
    CHECK_EQ(leg->state, PBX_IDLE);
    CHECK_EQ(pbx_phone_press(p, 1), PBX_PHONEERR_INVALPHONESTATE);
    CHECK_EQ(pbx_phone_lift(p, PBX_HANDSET), PBX_PHONEERR_INVALPHONESTATE);
    CHECK_EQ(pbx_phone_set_ring(p, 1, 1), PBX_PHONEERR_INVALPHONESTATE);
    heard();
    make("103", "101");
    CHECK(strstr(heard(), "phone") == NULL);
    pbx_phone_plug(p, true);
    EXPECT("phone 101 2 0; phone 101 80 1; phone 101 40 c; phone 101 20 0");
}

TEST(letting_go_of_a_call_leaves_it_to_the_hand)
{
    struct pbx_phone *p = phone("101");
    struct pbx_leg *leg = connected("101", "103"), *other;

    other = leg->peer;
    lift(p);
    pbx_leg_release(leg);
    CHECK_EQ(other->state, PBX_CONNECTED);
    hang_up(p);
    CHECK_EQ(other->state, PBX_DISCONNECTED);
    leg = connected("101", "103");
    other = leg->peer;
    pbx_leg_release(leg); /* on the speaker, that the program had switched on */
    CHECK_EQ(other->state, PBX_DISCONNECTED);
}

static void refused(const char *text, const char *expected)
{
    struct pbx_config config;
    char error[200] = "";

    CHECK(!pbx_config_parse(&config, text, strlen(text), error, sizeof(error)));
    CHECK_STR(error, expected);
}

TEST(configuration)
{
    refused("extension 1\nphone", "line 2: the phone's extension is missing");
    refused("extension 1\nphone 2", "phone 2 belongs to no extension");
    refused("phone 1\nphone 1\nextension 1", "phone 1 is there twice");
    refused("phone 1 buttons 33", "line 1: buttons are 1 to 32");
    refused("phone 1 buttons", "line 1: buttons are 1 to 32");
    refused("phone 1 display 2", "line 1: a display is ROWSxCOLUMNS, at most 8x80");
    refused("phone 1 display 2x81", "line 1: a display is ROWSxCOLUMNS, at most 8x80");
    refused("phone 1 lamps 3", "line 1: \"lamps\" is neither buttons nor display");
    CHECK_EQ(phone("102")->button_count, 12 + 2 + 12);
    CHECK(ext("103")->phone == NULL);
}
