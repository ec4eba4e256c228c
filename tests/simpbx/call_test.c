/* call_test.c - the life of a call: make, ring, answer, hold, drop; outside numbers; call waiting.
 */
#include "fixture.h"

static const char office[] = "extension 101 \"Alice\"\nextension 102 \"Bob\"\nextension 103\n"
                             "outside 5550100 \"Ann\" answer 300\n"
                             "outside 5550101 busy\n"
                             "outside 5550102 ring 2000\n"
                             "outside 5550103 reject 100\n"
                             "outside 5550104 answer 100 hangup 500\n"
                             "outside 5550105 congested\n"
                             "outside 5550106 drop 200\n"
                             "outside 5550107 silent\n";

TEST_BEFORE
{
    fixture_start(office);
}

TEST_AFTER
{
    fixture_stop();
}

TEST(extension_to_extension)
{
    struct pbx_leg *a = make("101", "102"), *b = incoming("102");

    EXPECT("101 dialing; 101 proceeding; 102 new; 102 offering; 101 ringback");
    CHECK_EQ(a->call_id, b->call_id);
    CHECK_STR(b->caller.number, "101");
    CHECK_STR(b->caller.name, "Alice");
    CHECK_STR(a->called.name, "Bob");
    CHECK_EQ(b->origin, PBX_ORIGIN_INTERNAL);
    CHECK_EQ(b->reason, PBX_REASON_DIRECT);
    CHECK_EQ(pbx_accept(b, NULL), 0);
    CHECK_EQ(pbx_accept(b, NULL), PBX_ERR_INVALCALLSTATE);
    CHECK_EQ(pbx_answer(b, NULL), 0);
    EXPECT("102 accepted; 102 connected; 101 connected");
    CHECK(pbx_talks(a));
    CHECK_STR(a->connected.number, "102");
    CHECK_STR(b->connected.number, "101");
    CHECK_EQ(pbx_answer(b, NULL), PBX_ERR_INVALCALLSTATE);
    CHECK_EQ(pbx_drop(a, NULL), 0);
    EXPECT("102 disconnected; 101 idle");
    CHECK_EQ(pbx_drop(b, NULL), 0);
    EXPECT("102 idle");
    CHECK_EQ(pbx_drop(b, NULL), PBX_ERR_INVALCALLSTATE);
}

TEST(caller_gives_up)
{
    struct pbx_leg *a = make("101", "102");

    heard();
    CHECK_EQ(pbx_drop(a, NULL), 0);
    EXPECT("102 disconnected; 102 idle; 101 idle");
}

TEST(callee_rejects)
{
    make("101", "102");
    heard();
    CHECK_EQ(pbx_drop(incoming("102"), NULL), 0);
    EXPECT("101 disconnected; mode 4; 102 idle");
}

TEST(nobody_answers)
{
    pbx->settings.no_answer = 5000;
    make("101", "102");
    heard();
    step(4999);
    EXPECT("");
    step(1);
    EXPECT("102 disconnected; mode 40; 102 idle; 101 disconnected; mode 40");
}

TEST(outside_numbers)
{
    static const struct {
        const char *number;
        uint64_t ms;
        const char *events;
    } cases[] = {
        {"5550100", 299, "101 ringback"},
        {"5550100", 300, "101 ringback; 101 connected"},
        {"5550101", 0, "101 busy"},
        {"5550102", 1999, "101 ringback"},
        {"5550102", 2000, "101 ringback; 101 disconnected; mode 40"},
        {"5550103", 100, "101 ringback; 101 disconnected; mode 4"},
        {"5550104", 599, "101 ringback; 101 connected"},
        {"5550104", 600, "101 ringback; 101 connected; 101 disconnected"},
        {"5550105", 0, "101 disconnected; mode 200"},
        {"5550106", 199, "101 ringback; 101 connected"},
        {"5550106", 200, "101 ringback; 101 connected; 101 disconnected"},
        {"5550107", 1000, "101 ringback"},
        {"95550100", 300, "101 ringback; 101 connected"},
        {"999", 0, "101 disconnected; mode 80"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char all[200] = "101 dialing; 101 proceeding; ";
        struct pbx_leg *a = make("101", cases[i].number);
        step(cases[i].ms);
        strcat(all, cases[i].events);
        EXPECT(all);
        CHECK_EQ(pbx_drop(a, NULL), 0);
        pbx_leg_release(a);
        heard();
        CHECK_EQ(pbx->leg_count, 0);
    }
}

TEST(the_longest_match_is_the_exact_one)
{
    struct pbx_behaviour behaviour;
    char error[100];

    REQUIRE(pbx_behaviour_parse(&behaviour, "busy", error, sizeof(error)));
    REQUIRE_EQ(pbx_set_outside(pbx, "555*", NULL, &behaviour), 0);
    REQUIRE(pbx_behaviour_parse(&behaviour, "answer", error, sizeof(error)));
    REQUIRE_EQ(pbx_set_outside(pbx, "5557777", NULL, &behaviour), 0);
    make("101", "5557777");
    EXPECT("101 dialing; 101 proceeding; 101 ringback; 101 connected");
    make("102", "5557778");
    EXPECT("102 dialing; 102 proceeding; 102 busy");
}

TEST(dialing_in_parts)
{
    struct pbx_leg *a = make("101", "");

    EXPECT("101 dialtone");
    CHECK_EQ(pbx_dial(a, "10;"), 0);
    CHECK_EQ(pbx_dial(a, "x"), PBX_ERR_INVALADDRESS);
    CHECK_EQ(pbx_dial(a, "2"), 0);
    EXPECT("101 dialing; 101 proceeding; 102 new; 102 offering; 101 ringback");
    CHECK_EQ(pbx_dial(a, "2"), PBX_ERR_INVALCALLSTATE);
}

TEST(call_waiting_and_limits)
{
    struct pbx_leg *a = connected("101", "102"), *c, *b2;

    CHECK_EQ(pbx_make(ext("101"), NULL, &c), PBX_ERR_CALLUNAVAIL);
    make("103", "102");
    b2 = incoming("102");
    heard();
    CHECK_EQ(pbx_answer(b2, NULL), 0);
    EXPECT("102 onhold; 101 connected; held by the other; 102 connected; 103 connected");
    CHECK(!pbx_talks(a));
    pbx->settings.call_waiting = false;
    CHECK_EQ(pbx_drop(a, NULL), 0);
    heard();
    a = make("101", "102");
    EXPECT("101 dialing; 101 proceeding; 101 busy");
}

TEST(hold_and_swap)
{
    struct pbx_leg *first = connected("101", "102"), *second;

    CHECK_EQ(pbx_unhold(first), PBX_ERR_INVALCALLSTATE);
    CHECK_EQ(pbx_hold(first), 0);
    EXPECT("101 onhold; 102 connected; held by the other");
    CHECK_EQ(pbx_hold(first), PBX_ERR_INVALCALLSTATE);
    second = connected("101", "103");
    CHECK_EQ(pbx_unhold(first), PBX_ERR_INVALCALLSTATE);
    CHECK_EQ(pbx_swap_hold(second, first), 0);
    EXPECT("101 onhold; 103 connected; held by the other; 101 connected; 102 connected");
    CHECK(pbx_talks(first) && !pbx_talks(second));
    CHECK_EQ(pbx_swap_hold(second, first), PBX_ERR_INVALCALLSTATE);
}

TEST(from_outside)
{
    struct pbx_leg *b;
    uint32_t id;

    CHECK_EQ(pbx_inject(pbx, "5559876", "Visitor", "555", &id), PBX_ERR_INVALADDRESS);
    CHECK_EQ(pbx_inject(pbx, "5559876", "Visitor", "102", &id), 0);
    b = incoming("102");
    CHECK_EQ(b->call_id, id);
    CHECK_EQ(b->origin, PBX_ORIGIN_EXTERNAL);
    CHECK_STR(b->caller.number, "5559876");
    CHECK_STR(b->caller.name, "Visitor");
    CHECK_EQ(pbx_steer_answer(pbx, "102", 0), 0);
    EXPECT("102 new; 102 offering; 102 connected");
    CHECK_EQ(pbx_steer_hangup(pbx, NULL, id), 0);
    EXPECT("102 disconnected");
    CHECK_EQ(pbx_steer_hangup(pbx, "5559876", 0), PBX_ERR_TARGETNOTFOUND);
}

TEST(steered_outside_parties)
{
    struct pbx_leg *a = make("101", "5550107");

    heard();
    CHECK_EQ(pbx_steer_digits(pbx, "5550107", 0, "1"), PBX_ERR_TARGETNOTFOUND);
    CHECK_EQ(pbx_steer_answer(pbx, "5550107", 0), 0);
    EXPECT("101 connected");
    CHECK_EQ(pbx_monitor_digits(a, PBX_DIGIT_DTMF), 0);
    CHECK_EQ(pbx_steer_digits(pbx, NULL, a->call_id, "1#"), 0);
    step(1000);
    EXPECT("101 hears 1; 101 hears #");
    CHECK_EQ(pbx_steer_hangup(pbx, "5550107", 0), 0);
    EXPECT("101 disconnected");
}

TEST(tapi_lets_go)
{
    struct pbx_leg *a = make("101", "102"), *b = incoming("102");
    uint32_t id = b->id;

    pbx_leg_release(b);
    CHECK(pbx_leg_find(pbx, id) == b); /* rings on as a telephone without a program */
    CHECK_EQ(pbx_steer_answer(pbx, "102", 0), 0);
    CHECK_EQ(a->state, PBX_CONNECTED);
    pbx_leg_release(a); /* a connected call that nobody owns is over */
    CHECK_EQ(pbx->leg_count, 0);
    CHECK(pbx_leg_find(pbx, id) == NULL);
}

TEST(old_handles_stay_dead)
{
    uint32_t old = 0;

    for (int i = 0; i < 3000; i++) {
        struct pbx_leg *a = make("101", "999");
        CHECK(a->id != old);
        CHECK(pbx_leg_find(pbx, old) == NULL);
        old = a->id;
        pbx_leg_release(a);
    }
    CHECK_EQ(pbx->leg_count, 0);
}

TEST(user_user_and_call_data)
{
    uint8_t bytes[3] = {1, 0, 3}, big[PBX_BLOB + 1] = {0};
    struct pbx_blob info = {bytes, 3}, too_big = {big, sizeof(big)};
    struct pbx_call_params params = {.user_user = info, .call_data = info};
    struct pbx_leg *a, *b;

    REQUIRE_EQ(pbx_make(ext("101"), &params, &a), 0);
    pbx_dial_out(a, "102");
    b = incoming("102");
    REQUIRE_EQ(b->user_user.size, 3);
    CHECK_BYTES(b->user_user.data, bytes, 3);
    CHECK_EQ(pbx_release_user_user(b), 0);
    CHECK_EQ(b->user_user.size, 0);
    CHECK_EQ(pbx_answer(b, &info), 0);
    heard();
    CHECK_EQ(pbx_send_user_user(b, &too_big), PBX_ERR_UUITOOBIG);
    CHECK_EQ(pbx_send_user_user(b, &info), 0);
    EXPECT("101 info 200000");
    CHECK_EQ(pbx_set_call_data(a, &info), 0);
    EXPECT("101 info 40000000; 102 info 40000000");
    CHECK_EQ(b->call_data.size, 3);
    params.user_user = too_big;
    CHECK_EQ(pbx_make(ext("103"), &params, &a), PBX_ERR_UUITOOBIG);
}

/* Every request in every state gives an answer and leaves a sound exchange. */
TEST(features_tell_the_truth)
{
    struct pbx_leg *a = connected("101", "102"), *consult;
    uint32_t features, more;

    features = pbx_features(a, &more);
    CHECK(features & PBX_CAN_HOLD);
    CHECK(!(features & (PBX_CAN_UNHOLD | PBX_CAN_ANSWER | PBX_CAN_DIAL)));
    REQUIRE_EQ(pbx_setup_transfer(a, NULL, &consult), 0);
    pbx_consult_start(consult);
    CHECK_EQ(pbx_features(consult, &more), PBX_CAN_DIAL | PBX_CAN_DROP | PBX_CAN_SETCALLDATA |
                                               PBX_CAN_SETCALLPARAMS | PBX_CAN_SETTREATMENT |
                                               PBX_CAN_SETTERMINAL | PBX_CAN_SETMEDIACONTROL);
    CHECK_EQ(pbx_dial(consult, "103"), 0);
    CHECK(pbx_features(consult, &more) & PBX_CAN_COMPLETETRANSF);
    CHECK_EQ(more, PBX_CAN2_TRANSFERNORM | (PBX_COMPL_CALLBACK | PBX_COMPL_MESSAGE)
                                               << PBX_CAN2_COMPL_SHIFT);
    CHECK_EQ(pbx_answer(incoming("103"), NULL), 0);
    CHECK(pbx_features(a, &more) & PBX_CAN_COMPLETETRANSF);
    CHECK_EQ(more, PBX_CAN2_TRANSFERNORM | PBX_CAN2_TRANSFERCONF);
    CHECK_EQ(pbx_drop(a, NULL), 0);
    CHECK_EQ(pbx_features(a, &more), 0);
}
