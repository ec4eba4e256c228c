/* line_feature_test.c - completion, conditional forwarding, terminals, media control, parameters
 * and a line's status in the exchange itself. */
#include "fixture.h"

TEST_BEFORE
{
    fixture_start("extension 101\nextension 102\nextension 103\nextension 104\ncall-waiting off\n"
                  "no-answer 30000\noutside 5550100 answer\noutside 5550101 busy\n");
}

TEST_AFTER
{
    fixture_stop();
}

/* --- completion --- */

TEST(camped_on_and_let_through)
{
    struct pbx_leg *b = connected("102", "103"), *a = make("101", "102");
    uint32_t id;

    CHECK_EQ(a->state, PBX_BUSY);
    CHECK_EQ(pbx_complete_call(a, PBX_COMPL_CAMPON, 0, &id), 0);
    CHECK_EQ(a->state, PBX_PROCEEDING);
    CHECK_EQ(ext("101")->completion_count, 1);
    step(60000);
    CHECK_EQ(a->state, PBX_PROCEEDING);
    pbx_drop(b, NULL);
    step(PBX_COMPL_DELAY);
    CHECK_EQ(a->state, PBX_RINGBACK);
    CHECK_EQ(ext("101")->completion_count, 0);
    CHECK_EQ(pbx_uncomplete_call(ext("101"), id), PBX_ERR_INVALCOMPLETIONID);
}

TEST(camping_on_ends_with_the_call)
{
    struct pbx_leg *b = connected("102", "103"), *a = make("101", "102");
    uint32_t id;

    CHECK_EQ(pbx_complete_call(a, PBX_COMPL_CAMPON, 0, &id), 0);
    pbx_drop(a, NULL);
    CHECK_EQ(ext("101")->completion_count, 0);
    pbx_drop(b, NULL);
    step(PBX_COMPL_DELAY);
    CHECK_EQ(ext("102")->leg_count, 0);
}

TEST(called_back_when_both_are_free)
{
    struct pbx_leg *b = connected("102", "103"), *a = make("101", "102"), *other, *back;
    uint32_t id;

    CHECK_EQ(pbx_complete_call(a, PBX_COMPL_CALLBACK, 0, &id), 0);
    CHECK_EQ(a->state, PBX_IDLE);
    other = make("101", "5550100");
    pbx_drop(b, NULL);
    step(60000);
    CHECK_EQ(ext("101")->leg_count, 1); /* who asked is busy now */
    pbx_drop(other, NULL);
    step(PBX_COMPL_DELAY);
    back = incoming("101");
    CHECK_EQ(back->reason, PBX_REASON_CALLCOMPLETION);
    CHECK_EQ(back->completion_id, id);
    CHECK_EQ(pbx_answer(back, NULL), 0);
    CHECK_EQ(back->state, PBX_RINGBACK);
    CHECK_EQ(pbx_answer(incoming("102"), NULL), 0);
    CHECK_EQ(back->state, PBX_CONNECTED);
}

TEST(completions_end_with_the_exchange)
{
    struct pbx_leg *a;
    uint32_t id;

    connected("102", "103");
    a = make("101", "102");
    CHECK_EQ(pbx_complete_call(a, PBX_COMPL_CALLBACK, 0, &id), 0);
    a = make("101", "102");
    CHECK_EQ(pbx_complete_call(a, PBX_COMPL_CAMPON, 0, &id), 0);
    /* fixture_stop counts what is left */
}

/* --- forwarding --- */

TEST(a_rule_for_the_caller_goes_first)
{
    struct pbx_forward none[PBX_FWD_KINDS] = {{"104"}, {""}, {""}};
    struct pbx_forward_rule rules[] = {
        {PBX_FWD_UNCOND, PBX_FWD_INTERNAL, "", "103"},
        {PBX_FWD_UNCOND, PBX_FWD_SPECIFIC, "101", "5550100"},
    };
    uint32_t id;

    CHECK_EQ(pbx_forward_all(ext("102"), none, rules, 2), 0);
    CHECK_EQ(make("101", "102")->state, PBX_CONNECTED);
    CHECK_EQ(make("104", "102")->state, PBX_RINGBACK);
    CHECK_EQ(ext("103")->leg_count, 1);
    CHECK_EQ(ext("104")->leg_count, 1); /* its own call */
    /* somebody outside goes to 104, which is busy with the call it has just made */
    CHECK_EQ(pbx_inject(pbx, "5559999", "", "102", &id), PBX_ERR_CALLUNAVAIL);
    CHECK_EQ(ext("102")->leg_count, 0);
    rules[1].caller[0] = 0;
    CHECK_EQ(pbx_forward_all(ext("102"), none, rules, 2), PBX_ERR_INVALADDRESS);
    CHECK_EQ(ext("102")->rule_count, 2);
}

/* --- the rest --- */

TEST(line_status_in_words)
{
    CHECK_EQ(pbx_line_status_say(ext("101"), "message-waiting on"), 0);
    CHECK(ext("101")->status & PBX_LINE_MSGWAIT);
    CHECK_EQ(pbx_line_status_say(ext("101"), "in-service off"), 0);
    CHECK_EQ(pbx_line_refuses(ext("101")), PBX_DISC_OUTOFORDER);
    CHECK_EQ(make("102", "101")->mode, PBX_DISC_OUTOFORDER);
    CHECK_EQ(pbx_line_status_say(ext("101"), "signal 65536"), PBX_ERR_INVALPARAM);
    CHECK_EQ(pbx_line_status_say(ext("101"), "roam nowhere"), PBX_ERR_INVALPARAM);
    CHECK_EQ(pbx_line_status_say(ext("101"), "sings"), PBX_ERR_INVALPARAM);
    CHECK_EQ(pbx_line_status_say(ext("101"), ""), PBX_ERR_INVALPARAM);
}

TEST(terminals_per_call)
{
    struct pbx_leg *a = connected("101", "102");

    CHECK_EQ(pbx_set_terminal(ext("101"), NULL, 0x60, PBX_TERM_HEADSET, true), 0);
    CHECK_EQ(a->terminals[PBX_TERM_HEADSET], 0x60);
    CHECK_EQ(pbx_set_terminal(ext("101"), a, 0x20, PBX_TERM_HEADSET, false), 0);
    CHECK_EQ(a->terminals[PBX_TERM_HEADSET], 0x40);
    CHECK_EQ(ext("101")->terminals[PBX_TERM_HEADSET], 0x60);
    CHECK_EQ(pbx_set_terminal(ext("101"), a, 0x1, PBX_TERM_HEADSET, true),
             PBX_ERR_INVALTERMINALMODE);
    CHECK_EQ(pbx_set_terminal(ext("101"), a, 0x1, PBX_TERMINALS, true), PBX_ERR_INVALTERMINALID);
}

TEST(a_calls_own_list_of_media_control)
{
    struct pbx_leg *a = connected("101", "102");
    struct pbx_media_rule pause = {
        .what = '5', .modes = PBX_DIGIT_DTMF, .action = PBX_ACTION_PAUSE};
    struct pbx_media_rules rules = {.rule = {&pause}, .count = {1}, .set = {true}};

    CHECK_EQ(pbx_set_media_control(ext("101"), NULL, &rules), 0);
    CHECK_EQ(pbx_generate_digits(a->peer, 0, PBX_DIGIT_DTMF, "5", 0), 0);
    step(1000);
    CHECK(a->media.paused);
    pause.action = PBX_ACTION_RESUME;
    CHECK_EQ(pbx_set_media_control(ext("101"), a, &rules), 0);
    CHECK_EQ(pbx_generate_digits(a->peer, 0, PBX_DIGIT_DTMF, "5", 0), 0);
    step(1000);
    CHECK(!a->media.paused);
    pause.action = 3;
    CHECK_EQ(pbx_set_media_control(ext("101"), a, &rules), PBX_ERR_INVALDIGITLIST);
}

TEST(a_predicted_call_goes_to_its_target)
{
    struct pbx_call_params params = {
        .flags = PBX_PARAM_PREDICTIVEDIAL, .target_states = PBX_CONNECTED, .target = "103"};
    struct pbx_leg *a;

    REQUIRE_EQ(pbx_make(ext("101"), &params, &a), 0);
    pbx_dial_out(a, "5550100");
    CHECK_EQ(a->state, PBX_IDLE);
    CHECK_EQ(incoming("103")->state, PBX_OFFERING);
    params.target_states = PBX_BUSY;
    CHECK_EQ(pbx_make(ext("101"), &params, &a), PBX_ERR_INVALCALLPARAMS);
}

TEST(a_conference_without_hold_whose_call_goes)
{
    struct pbx_call_params params = {.flags = PBX_PARAM_NOHOLDCONFERENCE, .target = "103"};
    struct pbx_leg *a = connected("101", "102"), *conference, *consult;

    REQUIRE_EQ(pbx_setup_conference(a, NULL, &params, &conference, &consult), 0);
    pbx_setup_conference_start(a, conference, consult);
    CHECK_EQ(a->state, PBX_CONNECTED);
    /* the first call ends while the second rings: that is a call like others then */
    pbx_drop(a->peer, NULL);
    pbx_drop(a, NULL);
    CHECK_EQ(pbx_answer(incoming("103"), NULL), 0);
    CHECK_EQ(consult->state, PBX_CONNECTED);
    CHECK_EQ(conference->members, 0);
}
