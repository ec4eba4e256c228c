/* transfer_test.c - consultation and blind transfer, redirection, forwarding, park, pickup. */
#include "fixture.h"

TEST_BEFORE
{
    fixture_start("extension 101 group 1\nextension 102 group 1\nextension 103\nextension 104\n"
                  "park 700 2\noutside 5550100 answer 300\noutside 5550101 busy\n");
}

TEST_AFTER
{
    fixture_stop();
}

static struct pbx_leg *consulting(struct pbx_leg *a, const char *number)
{
    struct pbx_leg *consult;

    REQUIRE_EQ(pbx_setup_transfer(a, NULL, &consult), 0);
    pbx_consult_start(consult);
    EXPECT("101 onholdpendtransfer; 102 connected; held by the other; 101 dialtone");
    REQUIRE_EQ(pbx_dial(consult, number), 0);
    return consult;
}

TEST(consultation_transfer)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer, *c;
    struct pbx_leg *consult = consulting(a, "103");

    c = incoming("103");
    CHECK_EQ(consult->related_id, a->call_id);
    CHECK_EQ(pbx_answer(c, NULL), 0);
    heard();
    CHECK_EQ(pbx_complete_transfer(a, consult), 0);
    EXPECT("101 idle; 101 idle; 102 connected");
    CHECK(b->peer == c && pbx_talks(b));
    CHECK_EQ(b->call_id, c->call_id);
    CHECK_STR(b->connected.number, "103");
    CHECK_STR(c->connected.number, "102");
    CHECK_EQ(c->reason, PBX_REASON_TRANSFER);
}

TEST(transfer_while_it_rings)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer, *c;
    struct pbx_leg *consult = consulting(a, "103");

    c = incoming("103");
    heard();
    CHECK_EQ(pbx_complete_transfer(a, consult), 0);
    EXPECT("101 idle; 101 idle; 102 connected");
    CHECK(!pbx_talks(b));
    CHECK_STR(c->caller.number, "102");
    CHECK_EQ(pbx_answer(c, NULL), 0);
    EXPECT("103 connected");
    CHECK(pbx_talks(b));
}

TEST(consultation_given_up)
{
    struct pbx_leg *a = connected("101", "102"), *consult = consulting(a, "103");

    heard();
    CHECK_EQ(pbx_drop(consult, NULL), 0);
    EXPECT("103 disconnected; 103 idle; 101 idle; 101 connected; 102 connected");
    CHECK(pbx_talks(a));
}

TEST(consultation_busy)
{
    struct pbx_leg *a = connected("101", "102"), *consult = consulting(a, "5550101");

    EXPECT("101 dialing; 101 proceeding; 101 busy");
    CHECK_EQ(pbx_complete_transfer(a, consult), PBX_ERR_INVALCONSULTCALL);
    CHECK_EQ(pbx_drop(consult, NULL), 0);
    CHECK(pbx_talks(a));
}

TEST(the_held_party_hangs_up)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer;
    struct pbx_leg *consult = consulting(a, "103");

    CHECK_EQ(pbx_answer(incoming("103"), NULL), 0);
    heard();
    CHECK_EQ(pbx_drop(b, NULL), 0);
    EXPECT("101 disconnected; 102 idle");
    CHECK_EQ(pbx_complete_transfer(a, consult), PBX_ERR_INVALCALLSTATE);
    CHECK_EQ(pbx_drop(a, NULL), 0);
    CHECK(pbx_talks(consult));
}

TEST(two_calls_of_any_making_can_be_joined)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer, *second;

    CHECK_EQ(pbx_hold(a), 0);
    second = connected("101", "103");
    CHECK_EQ(pbx_complete_transfer(second, second), PBX_ERR_INVALCONSULTCALL);
    CHECK_EQ(pbx_complete_transfer(second, a), 0);
    CHECK(pbx_talks(b));
}

TEST(blind_transfer)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer, *c;

    CHECK_EQ(pbx_blind_transfer(a, "999"), PBX_ERR_INVALADDRESS);
    CHECK_EQ(pbx_blind_transfer(a, "101"), PBX_ERR_TARGETSELF);
    CHECK_EQ(pbx_blind_transfer(a, "103"), 0);
    EXPECT("101 idle; 103 new; 103 offering");
    c = incoming("103");
    CHECK_STR(c->caller.number, "102");
    CHECK_STR(c->redirecting.number, "101");
    CHECK_EQ(c->reason, PBX_REASON_TRANSFER);
    CHECK_EQ(pbx_answer(c, NULL), 0);
    CHECK(pbx_talks(b));
}

TEST(blind_transfer_to_busy_and_outside)
{
    struct pbx_leg *a = connected("101", "102"), *b;

    CHECK_EQ(pbx_blind_transfer(a, "5550101"), 0);
    EXPECT("101 idle; 102 disconnected; mode 20");
    pbx_clear_calls(pbx);
    a = connected("101", "102");
    b = a->peer;
    CHECK_EQ(pbx_blind_transfer(a, "5550100"), 0);
    step(300);
    CHECK(pbx_talks(b));
    CHECK_STR(b->connected.number, "5550100");
}

TEST(redirect)
{
    struct pbx_leg *a = make("101", "102"), *c;

    heard();
    CHECK_EQ(pbx_redirect(incoming("102"), "103"), 0);
    EXPECT("102 idle; 103 new; 103 offering");
    c = incoming("103");
    CHECK_EQ(c->reason, PBX_REASON_REDIRECT);
    CHECK_STR(c->redirecting.number, "102");
    CHECK_EQ(pbx_answer(c, NULL), 0);
    CHECK(pbx_talks(a));
}

TEST(forwarding)
{
    struct pbx_leg *a, *c;

    CHECK_EQ(pbx_forward_set(ext("102"), PBX_FWD_UNCOND, "999"), PBX_ERR_INVALADDRESS);
    CHECK_EQ(pbx_forward_set(ext("102"), PBX_FWD_UNCOND, "103"), 0);
    a = make("101", "102");
    EXPECT("101 dialing; 101 proceeding; 103 new; 103 offering; 101 ringback");
    c = incoming("103");
    CHECK_EQ(c->reason, PBX_REASON_FWDUNCOND);
    CHECK_STR(c->redirecting.number, "102");
    pbx_drop(a, NULL);
    /* Round in a circle: somebody has to give up. */
    CHECK_EQ(pbx_forward_set(ext("103"), PBX_FWD_UNCOND, "102"), 0);
    heard();
    make("101", "102");
    EXPECT("101 dialing; 101 proceeding; 101 disconnected; mode 200");
}

TEST(forward_when_busy_or_absent)
{
    pbx->settings.call_waiting = false;
    connected("101", "102");
    CHECK_EQ(pbx_forward_set(ext("102"), PBX_FWD_BUSY, "104"), 0);
    CHECK_EQ(pbx_forward_set(ext("104"), PBX_FWD_NOANSWER, "5550101"), 0);
    ext("104")->forward_rings = 2;
    struct pbx_leg *d = make("103", "102");
    EXPECT("103 dialing; 103 proceeding; 104 new; 104 offering; 103 ringback");
    CHECK_EQ(incoming("104")->reason, PBX_REASON_FWDBUSY);
    step(2 * pbx->settings.ring_cycle);
    EXPECT("104 disconnected; mode 10; 104 idle; 103 disconnected; mode 20");
    CHECK(d->peer == NULL);
}

TEST(park_and_unpark)
{
    struct pbx_leg *a = connected("101", "102"), *b = a->peer, *leg;
    char place[PBX_NUMBER] = "";

    CHECK_EQ(pbx_park(a, place), 0);
    CHECK_STR(place, "700");
    EXPECT("101 idle; 102 connected; held by the other");
    CHECK_EQ(pbx_unpark(ext("103"), "701", &leg), PBX_ERR_INVALADDRESS);
    REQUIRE_EQ(pbx_unpark(ext("103"), "700", &leg), 0);
    pbx_unpark_start(leg, "700");
    EXPECT("103 connected; 102 connected");
    CHECK_EQ(leg->reason, PBX_REASON_UNPARK);
    CHECK_EQ(leg->call_id, b->call_id);
    CHECK(pbx_talks(b));
}

TEST(parking_places_are_few)
{
    struct pbx_leg *a = connected("101", "102"), *c;
    char place[PBX_NUMBER] = "701";

    CHECK_EQ(pbx_park(a, place), 0);
    c = connected("103", "104");
    CHECK_EQ(pbx_park(c, place), PBX_ERR_RESOURCEUNAVAIL);
    strcpy(place, "702");
    CHECK_EQ(pbx_park(c, place), PBX_ERR_INVALADDRESS);
    place[0] = 0;
    CHECK_EQ(pbx_park(c, place), 0);
    CHECK_STR(place, "700");
    a = connected("101", "103");
    place[0] = 0;
    CHECK_EQ(pbx_park(a, place), PBX_ERR_RESOURCEUNAVAIL);
}

TEST(a_parked_call_comes_back)
{
    char place[PBX_NUMBER] = "";

    pbx->settings.park_timeout = 1000;
    CHECK_EQ(pbx_park(connected("101", "102"), place), 0);
    heard();
    step(1000);
    EXPECT("101 new; 101 offering");
    CHECK_EQ(incoming("101")->reason, PBX_REASON_REMINDER);
    CHECK_EQ(pbx_answer(incoming("101"), NULL), 0);
    EXPECT("101 connected; 102 connected");
}

TEST(pickup)
{
    struct pbx_leg *a = make("103", "102"), *leg, *target;

    heard();
    CHECK_EQ(pbx_pickup(ext("104"), "999", "", &leg, &target), PBX_ERR_INVALADDRESS);
    CHECK_EQ(pbx_pickup(ext("104"), "101", "", &leg, &target), PBX_ERR_OPERATIONFAILED);
    CHECK_EQ(pbx_pickup(ext("104"), "", "9", &leg, &target), PBX_ERR_INVALGROUPID);
    REQUIRE_EQ(pbx_pickup(ext("101"), "", "", &leg, &target), 0);
    pbx_pickup_start(leg, target);
    EXPECT("102 disconnected; mode 8; 102 idle; 101 connected; 103 connected");
    CHECK_EQ(leg->reason, PBX_REASON_PICKUP);
    CHECK(pbx_talks(a));
}
