/* feature_test.c - conferences, bandwidth, digits and tones. */
#include "fixture.h"

TEST_BEFORE
{
    fixture_start("extension 101\nextension 102\nextension 103\nextension 104\nconference 2\n"
                  "bandwidth 128\noutside 5550100 answer digits 100 \"12\"\n");
}

TEST_AFTER
{
    fixture_stop();
}

/* --- conferences --- */

TEST(transfer_becomes_a_conference)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer, *consult, *conference, *c;

    REQUIRE_EQ(pbx_setup_transfer(a, NULL, &consult), 0);
    pbx_consult_start(consult);
    pbx_dial(consult, "103");
    c = incoming("103");
    CHECK_EQ(pbx_transfer_conference(a, consult, &conference), PBX_ERR_INVALCALLSTATE);
    pbx_answer(c, NULL);
    heard();
    REQUIRE_EQ(pbx_transfer_conference(a, consult, &conference), 0);
    pbx_transfer_conference_start(conference, a, consult);
    EXPECT("101 conferenced; 102 connected; 101 conferenced; 101 connected");
    CHECK_EQ(a->related_id, conference->call_id);
    CHECK_EQ(conference->members, 2);
    CHECK_EQ(pbx_drop(b, NULL), 0);
    EXPECT("101 disconnected; 102 idle");
    CHECK_EQ(pbx_drop(conference, NULL), 0);
    EXPECT("101 idle; 103 disconnected; 101 idle");
    CHECK(!a->conference && a->state == PBX_DISCONNECTED);
}

TEST(conference_set_up_grown_and_full)
{
    struct pbx_leg *a = connected("101", "102"), *conference, *consult, *third;

    REQUIRE_EQ(pbx_setup_conference(a, NULL, NULL, &conference, &consult), 0);
    pbx_setup_conference_start(a, conference, consult);
    EXPECT("101 onholdpendconf; 101 conferenced; 101 dialtone");
    pbx_dial(consult, "103");
    pbx_answer(incoming("103"), NULL);
    heard();
    CHECK_EQ(pbx_add_to_conference(consult, consult), PBX_ERR_INVALCONFCALL);
    CHECK_EQ(pbx_add_to_conference(conference, consult), 0);
    EXPECT("101 conferenced; 101 connected");
    CHECK_EQ(pbx_prepare_add(conference, NULL, &third), PBX_ERR_CONFERENCEFULL);
    CHECK_EQ(pbx_remove_from_conference(consult), 0);
    EXPECT("101 onhold; 103 connected; held by the other");
    REQUIRE_EQ(pbx_prepare_add(conference, NULL, &third), 0);
    pbx_prepare_add_start(conference, third);
    EXPECT("101 onholdpendconf; 101 dialtone");
    CHECK_EQ(pbx_drop(third, NULL), 0);
    EXPECT("101 idle; 101 connected");
    /* The last one hangs up. */
    CHECK_EQ(pbx_drop(a->peer, NULL), 0);
    EXPECT("101 disconnected; 101 disconnected; 102 idle");
    CHECK_EQ(conference->state, PBX_DISCONNECTED);
}

TEST(conference_out_of_nothing)
{
    struct pbx_leg *conference, *consult;

    REQUIRE_EQ(pbx_setup_conference(NULL, ext("101"), NULL, &conference, &consult), 0);
    pbx_setup_conference_start(NULL, conference, consult);
    pbx_dial(consult, "102");
    CHECK_EQ(pbx_add_to_conference(conference, consult), PBX_ERR_INVALCALLSTATE);
    pbx_answer(incoming("102"), NULL);
    CHECK_EQ(pbx_add_to_conference(conference, consult), 0);
    CHECK_EQ(conference->members, 1);
    CHECK_EQ(conference->origin, PBX_ORIGIN_CONFERENCE);
}

/* --- bandwidth --- */

static void flow(struct pbx_flow flow[2], uint32_t service, uint32_t rate)
{
    pbx_audio_flow(pbx, service, &flow[0]);
    flow[0].token_rate = flow[0].peak = rate;
    flow[1] = flow[0];
}

TEST(guaranteed_or_not_at_all)
{
    struct pbx_call_params params = {.has_flow = true};
    struct pbx_leg *a, *c;

    flow(params.flow, PBX_SERVICE_GUARANTEED, 10000); /* 80 kbit/s */
    REQUIRE_EQ(pbx_make(ext("101"), &params, &a), 0);
    CHECK_EQ(pbx->bandwidth_used, 80);
    CHECK_EQ(pbx_make(ext("102"), &params, &c), PBX_ERR_RATEUNAVAIL);
    CHECK_EQ(pbx->bandwidth_used, 80);
    CHECK(c == NULL);
    flow(params.flow, PBX_SERVICE_BESTEFFORT, 10000);
    CHECK_EQ(pbx_make(ext("102"), &params, &c), 0);
    CHECK_EQ(pbx->bandwidth_used, 80);
    pbx_dial_out(a, "103");
    pbx_drop(a, NULL);
    CHECK_EQ(pbx->bandwidth_used, 0);
}

TEST(controlled_load_takes_what_is_left_and_more_later)
{
    struct pbx_leg *a = connected("101", "102"), *c = connected("103", "104");
    struct pbx_flow wanted[2];

    flow(wanted, PBX_SERVICE_GUARANTEED, 12000);
    CHECK_EQ(pbx_set_qos(a, wanted), 0);
    flow(wanted, PBX_SERVICE_CONTROLLED, 8000); /* 64 of which 32 are left */
    CHECK_EQ(pbx_set_qos(c, wanted), 0);
    EXPECT("101 info 20000000; 103 info 20000000");
    CHECK_EQ(c->qos.kbits, 32);
    CHECK_EQ(c->qos.granted[0].token_rate, 4000);
    pbx_drop(a, NULL);
    EXPECT("102 disconnected; 103 info 20000000; 101 idle");
    CHECK_EQ(c->qos.kbits, 64);
}

TEST(shrinking_takes_from_the_newest)
{
    struct pbx_leg *a = connected("101", "102"), *c = connected("103", "104");
    struct pbx_flow wanted[2];

    flow(wanted, PBX_SERVICE_GUARANTEED, 8000);
    CHECK_EQ(pbx_set_qos(a, wanted), 0);
    CHECK_EQ(pbx_set_qos(c, wanted), 0);
    heard();
    pbx_set_bandwidth(pbx, 100);
    EXPECT("103 info 20000000; 103 qos 1");
    CHECK_EQ(a->qos.kbits, 64);
    CHECK_EQ(c->qos.kbits, 0);
    pbx_set_bandwidth(pbx, 128);
    EXPECT("103 info 20000000");
    CHECK_EQ(pbx->bandwidth_used, 128);
}

/* --- digits --- */

TEST(digits_reach_the_other_end_in_time)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer;

    CHECK_EQ(pbx_monitor_digits(b, PBX_DIGIT_DTMF | PBX_DIGIT_DTMFEND), 0);
    CHECK_EQ(pbx_generate_digits(a, 7, PBX_DIGIT_DTMF, "4x", 0), PBX_ERR_INVALDIGITS);
    CHECK_EQ(pbx_generate_digits(a, 7, 4, "4", 0), PBX_ERR_INVALDIGITMODE);
    CHECK_EQ(pbx_generate_digits(a, 7, PBX_DIGIT_PULSE, "4#", 0), PBX_ERR_INVALDIGITS);
    CHECK_EQ(pbx_generate_digits(a, 7, PBX_DIGIT_DTMF, "4,2", 200), 0);
    step(199);
    EXPECT("");
    step(1);
    EXPECT("102 hears 4; 102 hears 4 end");
    step(50 + 2000 + 50 + 200);
    EXPECT("102 hears 2; 102 hears 2 end; 101 generated 7 1");
    CHECK_EQ(pbx_generate_digits(a, 8, PBX_DIGIT_DTMF, "123", 0), 0);
    CHECK_EQ(pbx_generate_digits(a, 9, PBX_DIGIT_DTMF, "5", 0), 0);
    EXPECT("101 generated 8 2");
    CHECK_EQ(pbx_hold(b), 0);
    heard();
    step(1000); /* on hold nobody hears */
    EXPECT("101 generated 9 1");
}

TEST(gathering)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer;

    CHECK_EQ(pbx_gather_digits(b, 1, PBX_DIGIT_DTMF, 0, "", 0, 0), PBX_ERR_INVALPARAM);
    CHECK_EQ(pbx_gather_digits(b, 1, 0, 3, "", 0, 0), PBX_ERR_INVALDIGITMODE);
    CHECK_EQ(pbx_gather_digits(b, 1, PBX_DIGIT_DTMF, 3, "x", 0, 0), PBX_ERR_INVALDIGITS);
    CHECK_EQ(pbx_gather_digits(b, 1, PBX_DIGIT_DTMF, 3, "#", 0, 0), 0);
    pbx_generate_digits(a, 0, PBX_DIGIT_DTMF, "123", 0);
    step(1000);
    EXPECT("102 gathered '123' 1; 101 generated 0 1");
    pbx_gather_digits(b, 1, PBX_DIGIT_DTMF, 9, "#", 0, 0);
    pbx_generate_digits(a, 0, PBX_DIGIT_DTMF, "12#", 0);
    step(1000);
    EXPECT("102 gathered '12#' 2; 101 generated 0 1");
    pbx_gather_digits(b, 1, PBX_DIGIT_DTMF, 9, "", 500, 300);
    step(500);
    EXPECT("102 gathered '' 4");
    pbx_gather_digits(b, 1, PBX_DIGIT_DTMF, 9, "", 500, 300);
    pbx_generate_digits(a, 0, PBX_DIGIT_DTMF, "7", 0);
    step(399);
    EXPECT("101 generated 0 1");
    step(1);
    EXPECT("102 gathered '7' 8");
    pbx_gather_digits(b, 1, PBX_DIGIT_DTMF, 9, "", 0, 0);
    pbx_drop(a, NULL);
    EXPECT("102 gathered '' 10; 102 disconnected; 101 idle");
}

TEST(outside_parties_press_digits)
{
    struct pbx_leg *a = make("101", "5550100");

    CHECK_EQ(pbx_monitor_digits(a, PBX_DIGIT_DTMF), 0);
    heard();
    step(100 + 100 + 50 + 100);
    EXPECT("101 hears 1; 101 hears 2");
}

TEST(tones)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer;
    struct pbx_tone tones[2] = {{11, 100, {480, 620, 0}, 0}, {12, 0, {1000, 0, 0}, 0}};
    uint32_t frequency = 1010;

    CHECK_EQ(pbx_monitor_tones(b, 5, tones, 2), 0);
    CHECK_EQ(pbx_generate_tone(a, 1, PBX_TONE_BUSY, 50, NULL, 0), 0);
    step(50); /* too short */
    EXPECT("101 generated 1 1");
    CHECK_EQ(pbx_generate_tone(a, 2, PBX_TONE_BUSY, 100, NULL, 0), 0);
    step(100);
    EXPECT("102 tone 11 of 5; 101 generated 2 1");
    CHECK_EQ(pbx_generate_tone(a, 3, PBX_TONE_CUSTOM, 100, &frequency, 1), 0);
    step(100);
    EXPECT("102 tone 12 of 5; 101 generated 3 1");
    CHECK_EQ(pbx_generate_tone(a, 3, 0x40, 100, NULL, 0), PBX_ERR_INVALTONEMODE);
    CHECK_EQ(pbx_generate_tone(a, 3, PBX_TONE_CUSTOM, 100, NULL, 0), PBX_ERR_INVALTONE);
}
