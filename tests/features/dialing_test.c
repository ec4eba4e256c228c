/* dialing_test.c - what an address may hold, partial dialling, and what a call is asked to be. */
#include "tests/features/features.h"

static LONG make(const char *address, const LINECALLPARAMS *params)
{
    a->made = 0;
    return agent_request(a, lineMakeCallA(a->line, &a->made, address, 0, (LPLINECALLPARAMS)params),
                         "call");
}

static void over(HCALL call)
{
    agent_do(a, lineDrop(call, NULL, 0), "drop");
    agent_wait_call_state(a, call, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_deallocate(a, call);
}

TEST(characters_of_an_address)
{
    static const char *const good[] = {"102",  "1-0 2",       "T102",       "P102",
                                       "W102", "1,02",        "102!",       "@102",
                                       "$102", "102|sub^Bob", "102\r\n103", "(10)2"};

    features_open();
    CHECK_EQ(
        features_caps(a)->dwDevCapFlags & (LINEDEVCAPFLAGS_DIALBILLING | LINEDEVCAPFLAGS_DIALQUIET |
                                           LINEDEVCAPFLAGS_DIALDIALTONE),
        LINEDEVCAPFLAGS_DIALBILLING | LINEDEVCAPFLAGS_DIALQUIET | LINEDEVCAPFLAGS_DIALDIALTONE);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        CHECK_EQ(make(good[i], NULL), 0);
        agent_wait_call_state(a, a->made, LINECALLSTATE_RINGBACK, WAIT_LONG);
        over(a->made);
    }
    /* dial-ovr.md: every provider rejects it, the application prompts */
    CHECK_EQ(make("10?2", NULL), LINEERR_DIALPROMPT);
    CHECK_EQ(make("10x2", NULL), LINEERR_INVALADDRESS);
    CHECK_EQ(make("|nothing", NULL), LINEERR_INVALADDRESS);
    features_end();
}

TEST(dialed_in_parts_as_a_prompt_wants_it)
{
    features_open();
    CHECK_EQ(make("1;", NULL), 0);
    HCALL call = a->made;
    agent_wait_call_state(a, call, LINECALLSTATE_DIALING, WAIT_LONG);
    CHECK(features_status(call)->dwCallFeatures & LINECALLFEATURE_DIAL);
    CHECK_EQ(agent_request(a, lineDialA(call, "0?2", 0), "dial"), LINEERR_DIALPROMPT);
    agent_do(a, lineDialA(call, "0;", 0), "dial");
    agent_do(a, lineDialA(call, "2", 0), "dial");
    agent_wait_call_state(a, call, LINECALLSTATE_RINGBACK, WAIT_LONG);
    CHECK(!(features_status(call)->dwCallFeatures & LINECALLFEATURE_DIAL));
    CHECK_EQ(agent_request(a, lineDialA(call, "2", 0), "dial"), LINEERR_INVALCALLSTATE);
    CHECK_EQ(lineDialA(features_watched(), "2", 0), LINEERR_NOTOWNER);
    const LINECALLINFO *info = features_info(call);
    CHECK_STR((const char *)info + info->dwCalledIDOffset, "102");
    over(call);
    /* dial tone first */
    CHECK_EQ(make(NULL, NULL), 0);
    agent_wait_call_state(a, a->made, LINECALLSTATE_DIALTONE, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, a->made)->state_mode, LINEDIALTONEMODE_INTERNAL);
    agent_do(a, lineDialA(a->made, "102", 0), "dial");
    agent_wait_call_state(a, a->made, LINECALLSTATE_RINGBACK, WAIT_LONG);
    features_end();
}

/* ---- flags ---- */

TEST(secure_and_without_a_name)
{
    struct features_params with;

    features_open();
    CHECK_EQ(
        make("102", features_params(&with,
                                    LINECALLPARAMFLAGS_SECURE | LINECALLPARAMFLAGS_BLOCKID |
                                        LINECALLPARAMFLAGS_ORIGOFFHOOK | LINECALLPARAMFLAGS_IDLE,
                                    NULL)),
        0);
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    CHECK_EQ(features_info(a->made)->dwCallParamFlags,
             LINECALLPARAMFLAGS_SECURE | LINECALLPARAMFLAGS_BLOCKID |
                 LINECALLPARAMFLAGS_ORIGOFFHOOK | LINECALLPARAMFLAGS_IDLE);
    const LINECALLINFO *info = features_info(b->call);
    CHECK_EQ(info->dwCallerIDFlags, LINECALLPARTYID_BLOCKED);
    CHECK_EQ(info->dwCallerIDSize, 0);
    CHECK(info->dwCallParamFlags & LINECALLPARAMFLAGS_SECURE);
    features_end();
}

TEST(secured_later)
{
    features_talking();
    CHECK(features_address_caps(a)->dwAddrCapFlags & LINEADDRCAPFLAGS_SECURE);
    CHECK(features_status(a->call)->dwCallFeatures & LINECALLFEATURE_SECURECALL);
    CHECK_EQ(features_info(a->call)->dwCallParamFlags & LINECALLPARAMFLAGS_SECURE, 0);
    agent_do(a, lineSecureCall(a->call), "secure");
    CHECK(features_info(a->call)->dwCallParamFlags & LINECALLPARAMFLAGS_SECURE);
    CHECK_EQ(lineSecureCall(features_watched()), LINEERR_NOTOWNER);
    CHECK_EQ(lineSecureCall(0x1234), LINEERR_INVALCALLHANDLE);
    agent_drop(b);
    agent_wait_state(a, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(agent_request(a, lineSecureCall(a->call), "secure"), LINEERR_INVALCALLSTATE);
    features_end();
}

TEST(answered_by_the_telephone_itself)
{
    struct features_params with;

    features_open();
    CHECK_EQ(make("102", features_params(&with, LINECALLPARAMFLAGS_DESTOFFHOOK, NULL)), 0);
    agent_wait_call_state(a, a->made, LINECALLSTATE_CONNECTED, WAIT_LONG);
    AGENT_EXPECT(b, "newcall owner", "state offering", "state connected");
    features_end();
}

TEST(parameters_refused)
{
    struct features_params with;

    features_open();
    CHECK_EQ(make("102", features_params(&with, 0x100, NULL)), LINEERR_INVALCALLPARAMS);
    features_params(&with, 0, NULL)->dwBearerMode = LINEBEARERMODE_DATA;
    CHECK_EQ(make("102", &with.params), LINEERR_INVALBEARERMODE);
    features_params(&with, 0, NULL)->dwMediaMode = LINEMEDIAMODE_G3FAX;
    CHECK_EQ(make("102", &with.params), LINEERR_INVALMEDIAMODE);
    features_params(&with, 0, NULL)->dwMinRate = 128000;
    CHECK_EQ(make("102", &with.params), LINEERR_INVALRATE);
    features_params(&with, 0, NULL)->dwAddressID = 4;
    CHECK_EQ(make("102", &with.params), LINEERR_INVALADDRESSID);
    AGENT_EXPECT(b, NULL);
    features_end();
}

/* ---- predictive dialling ---- */

TEST(predictive_dialling)
{
    struct features_params with;

    features_open();
    const LINEADDRESSCAPS *caps = features_address_caps(a);
    CHECK(caps->dwAddrCapFlags & LINEADDRCAPFLAGS_PREDICTIVEDIALER);
    CHECK_EQ(caps->dwPredictiveAutoTransferStates, LINECALLSTATE_CONNECTED);
    features_params(&with, LINECALLPARAMFLAGS_PREDICTIVEDIAL, "103")
        ->dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED;
    features_forget();
    CHECK_EQ(make("5550100", &with.params), 0);
    CHECK(features_info(a->made)->dwCallParamFlags & LINECALLPARAMFLAGS_PREDICTIVEDIAL);
    exchange_step(300); /* Ann answers */
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    AGENT_EXPECT(a, "reply call ok", "state dialing", "state proceeding", "state ringback",
                 "state connected", "state idle");
    const LINECALLINFO *info = features_info(c->call);
    CHECK_EQ(info->dwReason, LINECALLREASON_TRANSFER);
    CHECK_STR((const char *)info + info->dwCallerIDOffset, "5550100");
    agent_answer(c);
    agent_wait_state(c, LINECALLSTATE_CONNECTED, WAIT_LONG);
    features_end();
}

TEST(predictive_dialling_without_success_and_refused)
{
    struct features_params with;

    features_open();
    features_params(&with, LINECALLPARAMFLAGS_PREDICTIVEDIAL, "103")
        ->dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED;
    with.params.dwNoAnswerTimeout = 5;
    CHECK_EQ(make("5550102", &with.params), 0);
    agent_wait_call_state(a, a->made, LINECALLSTATE_RINGBACK, WAIT_LONG);
    exchange_step(4999);
    CHECK_EQ(agent_find_call(a, a->made)->state, LINECALLSTATE_RINGBACK);
    exchange_step(30000);
    agent_wait_call_state(a, a->made, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, a->made)->state_mode, LINEDISCONNECTMODE_NOANSWER);
    over(a->made);
    AGENT_EXPECT(c, NULL);
    features_params(&with, LINECALLPARAMFLAGS_PREDICTIVEDIAL, "103")
        ->dwPredictiveAutoTransferStates = LINECALLSTATE_BUSY;
    CHECK_EQ(make("5550100", &with.params), LINEERR_INVALCALLPARAMS);
    features_params(&with, LINECALLPARAMFLAGS_PREDICTIVEDIAL, "999")
        ->dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED;
    CHECK_EQ(make("5550100", &with.params), LINEERR_INVALADDRESS);
    features_end();
}

TEST(a_call_nobody_answers_in_time)
{
    struct features_params with;

    features_open();
    features_params(&with, 0, NULL)->dwNoAnswerTimeout = 7;
    CHECK_EQ(make("102", &with.params), 0);
    agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
    exchange_step(7000);
    agent_wait_call_state(a, a->made, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, a->made)->state_mode, LINEDISCONNECTMODE_NOANSWER);
    features_end();
}
