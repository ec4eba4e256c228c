/* conference_test.c - conferences with and without a call before, grown, shrunk, without hold;
 * one-step transfer; park and pickup. */
#include "tests/features/features.h"

static HCALL conference, consult;

static LONG set_up(HCALL call, HLINE line, const LINECALLPARAMS *params)
{
    conference = consult = 0;
    return agent_request(
        a, lineSetupConferenceA(call, line, &conference, &consult, 3, (LPLINECALLPARAMS)params),
        "setup");
}

TEST(out_of_nothing)
{
    features_open();
    CHECK(features_address(a)->dwAddressFeatures & LINEADDRFEATURE_SETUPCONF);
    CHECK_EQ(set_up(0, a->line, NULL), 0);
    agent_wait_call_state(a, consult, LINECALLSTATE_DIALTONE, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, conference)->state, LINECALLSTATE_ONHOLDPENDCONF);
    CHECK_EQ(features_info(conference)->dwOrigin, LINECALLORIGIN_CONFERENCE);
    agent_do(a, lineDialA(consult, "102", 0), "dial");
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    CHECK_EQ(agent_request(a, lineAddToConference(conference, consult), "add"),
             LINEERR_INVALCALLSTATE); /* it rings */
    agent_answer(b);
    agent_wait_call_state(a, consult, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_do(a, lineAddToConference(conference, consult), "add");
    agent_wait_call_state(a, conference, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_wait_call_state(a, consult, LINECALLSTATE_CONFERENCED, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, consult)->state_mode, (DWORD)(DWORD_PTR)conference);
    CHECK_EQ(agent_request(a, lineAddToConference(consult, conference), "add"),
             LINEERR_INVALCONFCALLHANDLE);
    /* the last one goes */
    agent_drop(b);
    agent_wait_call_state(a, conference, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    features_end();
}

TEST(grown_and_shrunk_under_the_eyes_of_another)
{
    HCALL third = 0;

    features_talking();
    HCALL first = a->call;
    CHECK_EQ(set_up(first, 0, NULL), 0);
    agent_wait_call_state(a, consult, LINECALLSTATE_DIALTONE, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, first)->state, LINECALLSTATE_CONFERENCED);
    agent_do(a, lineDialA(consult, "103", 0), "dial");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(c);
    agent_wait_call_state(a, consult, LINECALLSTATE_CONNECTED, WAIT_LONG);
    features_forget();
    agent_do(a, lineAddToConference(conference, consult), "add");
    agent_wait_call_state(a, conference, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_wait_state(w, LINECALLSTATE_CONNECTED, WAIT_LONG);
    /* any party may be removed, not only the last */
    CHECK_EQ(features_address_caps(a)->dwRemoveFromConfCaps, LINEREMOVEFROMCONF_ANY);
    CHECK_EQ(features_address_caps(a)->dwRemoveFromConfState, LINECALLSTATE_ONHOLD);
    CHECK(features_status(first)->dwCallFeatures & LINECALLFEATURE_REMOVEFROMCONF);
    agent_do(a, lineRemoveFromConference(first), "remove");
    agent_wait_call_state(a, first, LINECALLSTATE_ONHOLD, WAIT_LONG);
    CHECK_EQ(agent_request(a, lineRemoveFromConference(first), "remove"), LINEERR_INVALCALLSTATE);
    /* and come back */
    agent_do(a, lineAddToConference(conference, first), "add");
    agent_wait_call_state(a, first, LINECALLSTATE_CONFERENCED, WAIT_LONG);
    /* another consultation, given up */
    agent_do(a, linePrepareAddToConferenceA(conference, &third, NULL), "prepare");
    agent_wait_call_state(a, third, LINECALLSTATE_DIALTONE, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, conference)->state, LINECALLSTATE_ONHOLDPENDCONF);
    agent_do(a, lineDrop(third, NULL, 0), "drop");
    agent_wait_call_state(a, conference, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_EQ(agent_request(a, linePrepareAddToConferenceA(first, &third, NULL), "prepare"),
             LINEERR_INVALCONFCALLHANDLE);
    agent_do(a, lineDrop(conference, NULL, 0), "drop");
    agent_wait_call_state(a, first, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_wait_call_state(a, consult, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_wait_state(b, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    agent_wait_state(c, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    features_end();
}

TEST(setting_up_refused)
{
    features_open();
    HCALL call = agent_call(a, "102");
    agent_wait_call_state(a, call, LINECALLSTATE_RINGBACK, WAIT_LONG);
    CHECK_EQ(set_up(call, 0, NULL), LINEERR_INVALCALLSTATE);
    CHECK_EQ(set_up(0x1234, 0, NULL), LINEERR_INVALCALLHANDLE);
    CHECK_EQ(set_up(0, 0x1234, NULL), LINEERR_INVALLINEHANDLE);
    CHECK_EQ(lineSetupConferenceA(call, 0, NULL, &consult, 3, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineSetupConferenceA(features_watched(), 0, &conference, &consult, 3, NULL),
             LINEERR_NOTOWNER);
    features_end();
}

/* ---- without hold ---- */

TEST(without_hold)
{
    struct features_params with;

    features_talking();
    HCALL first = a->call;
    CHECK(features_status(first)->dwCallFeatures2 & LINECALLFEATURE2_NOHOLDCONFERENCE);
    CHECK_EQ(set_up(first, 0, features_params(&with, LINECALLPARAMFLAGS_NOHOLDCONFERENCE, "103")),
             0);
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, first)->state, LINECALLSTATE_CONNECTED); /* B notices nothing */
    AGENT_EXPECT(b, NULL);
    agent_answer(c);
    agent_wait_call_state(a, conference, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_wait_call_state(a, first, LINECALLSTATE_CONFERENCED, WAIT_LONG);
    agent_wait_call_state(a, consult, LINECALLSTATE_CONFERENCED, WAIT_LONG);
    AGENT_EXPECT(b, NULL);
    features_end();
}

TEST(without_hold_and_without_success)
{
    struct features_params with;

    features_talking();
    HCALL first = a->call;
    CHECK_EQ(
        set_up(first, 0, features_params(&with, LINECALLPARAMFLAGS_NOHOLDCONFERENCE, "5550101")),
        0);
    agent_wait_call_state(a, consult, LINECALLSTATE_BUSY, WAIT_LONG);
    agent_wait_call_state(a, conference, LINECALLSTATE_IDLE, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, first)->state, LINECALLSTATE_CONNECTED);
    CHECK_EQ(set_up(first, 0, features_params(&with, LINECALLPARAMFLAGS_NOHOLDCONFERENCE, NULL)),
             LINEERR_INVALADDRESS);
    features_end();
}

/* ---- transfer in one step ---- */

TEST(one_step_transfer)
{
    struct features_params with;

    features_talking();
    HCALL first = a->call;
    CHECK(features_status(first)->dwCallFeatures2 & LINECALLFEATURE2_ONESTEPTRANSFER);
    consult = 0;
    CHECK_EQ(agent_request(a,
                           lineSetupTransferA(
                               first, &consult,
                               features_params(&with, LINECALLPARAMFLAGS_ONESTEPTRANSFER, NULL)),
                           "transfer"),
             LINEERR_INVALADDRESS);
    agent_do(a,
             lineSetupTransferA(first, &consult,
                                features_params(&with, LINECALLPARAMFLAGS_ONESTEPTRANSFER, "103")),
             "transfer");
    agent_wait_call_state(a, first, LINECALLSTATE_ONHOLDPENDTRANSFER, WAIT_LONG);
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_wait_call_state(a, consult, LINECALLSTATE_RINGBACK, WAIT_LONG);
    /* it has still to be completed */
    agent_answer(c);
    agent_complete_transfer(a, first, consult, LINETRANSFERMODE_TRANSFER, NULL);
    agent_wait_call_state(a, first, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_wait_call_state(a, consult, LINECALLSTATE_IDLE, WAIT_LONG);
    features_forget();
    agent_drop(b);
    AGENT_EXPECT(c, "state disconnected normal");
    features_end();
}

TEST(swapping_while_consulting_and_going_back)
{
    features_talking();
    HCALL first = a->call;
    consult = agent_consult(a);
    agent_dial(a, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(c);
    agent_wait_call_state(a, consult, LINECALLSTATE_CONNECTED, WAIT_LONG);
    features_forget();
    agent_do(a, lineSwapHold(consult, first), "swap");
    EXPECT_STATES(a, "state onholdpendtransfer #2", "state connected");
    agent_do(a, lineSwapHold(first, consult), "swap");
    EXPECT_STATES(a, "state onholdpendtransfer", "state connected #2");
    agent_do(a, lineDrop(consult, NULL, 0), "drop");
    EXPECT_STATES(a, "state idle #2", "state connected");
    features_end();
}

/* ---- park and pickup ---- */

TEST(parked_where_it_was_said)
{
    struct {
        VARSTRING place;
        char room[16];
    } where = {.place.dwTotalSize = sizeof where};

    features_talking();
    CHECK(features_status(a->call)->dwCallFeatures2 & LINECALLFEATURE2_PARKDIRECT);
    CHECK_EQ(features_address_caps(a)->dwParkModes,
             LINEPARKMODE_DIRECTED | LINEPARKMODE_NONDIRECTED);
    CHECK_EQ(agent_request(a, lineParkA(a->call, LINEPARKMODE_DIRECTED, "999", NULL), "park"),
             LINEERR_INVALADDRESS);
    CHECK_EQ(agent_request(a, lineParkA(a->call, 0x10, "705", NULL), "park"),
             LINEERR_INVALPARKMODE);
    features_forget();
    agent_do(a, lineParkA(a->call, LINEPARKMODE_DIRECTED, "705", NULL), "park");
    EXPECT_STATES(a, "state idle");
    EXPECT_STATES(w, "state idle");
    AGENT_EXPECT(b, "state connected"); /* it is held */
    c->made = 0;
    CHECK_EQ(agent_request(c, lineUnparkA(c->line, 0, &c->made, "706"), "unpark"),
             LINEERR_INVALADDRESS);
    CHECK_EQ(agent_request(c, lineUnparkA(c->line, 9, &c->made, "705"), "unpark"),
             LINEERR_INVALADDRESSID);
    agent_do(c, lineUnparkA(c->line, 0, &c->made, "705"), "unpark");
    agent_wait_call_state(c, c->made, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_EQ(features_info(c->made)->dwReason, LINECALLREASON_UNPARK);
    agent_do(c, lineParkA(c->made, LINEPARKMODE_NONDIRECTED, NULL, &where.place), "park");
    CHECK_STR((char *)&where + where.place.dwStringOffset, "700");
    features_end();
}

TEST(picked_up_by_number_and_by_group)
{
    features_open();
    agent_call(b, "104"); /* nobody has opened it: a telephone rings */
    c->made = 0;
    CHECK_EQ(agent_request(c, linePickupA(c->line, 0, &c->made, "103", NULL), "pickup"),
             LINEERR_OPERATIONFAILED);
    CHECK_EQ(agent_request(c, linePickupA(c->line, 0, &c->made, "999", NULL), "pickup"),
             LINEERR_INVALADDRESS);
    CHECK_EQ(agent_request(c, linePickupA(c->line, 0, &c->made, NULL, "77"), "pickup"),
             LINEERR_INVALGROUPID);
    agent_do(c, linePickupA(c->line, 0, &c->made, "104", NULL), "pickup");
    agent_wait_call_state(c, c->made, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_EQ(features_info(c->made)->dwReason, LINECALLREASON_PICKUP);
    agent_do(c, lineDrop(c->made, NULL, 0), "drop");
    agent_wait_state(b, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    agent_drop(b);
    agent_call(b, "104");
    c->made = 0;
    agent_do(c, linePickupA(c->line, 0, &c->made, NULL, "2"), "pickup");
    agent_wait_call_state(c, c->made, LINECALLSTATE_CONNECTED, WAIT_LONG);
    features_end();
}
