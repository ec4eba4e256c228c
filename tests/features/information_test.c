/* information_test.c - what a call carries: user-user information, call data, an application's own
 * value; digits and tones, made, watched for and gathered. */
#include "tests/features/features.h"

/* ---- user-user information ---- */

TEST(user_user_information)
{
    static char big[1025];

    features_talking();
    CHECK(features_status(a->call)->dwCallFeatures & LINECALLFEATURE_SENDUSERUSER);
    agent_do(a, lineSendUserUserInfo(a->call, "hello", 6), "uui");
    const LINECALLINFO *info = features_info(b->call);
    REQUIRE_EQ(info->dwUserUserInfoSize, 6);
    CHECK_STR((const char *)info + info->dwUserUserInfoOffset, "hello");
    CHECK(features_call_info(b, LINECALLINFOSTATE_USERUSERINFO) != NULL);
    CHECK(features_status(b->call)->dwCallFeatures & LINECALLFEATURE_RELEASEUSERUSERINFO);
    agent_do(b, lineReleaseUserUserInfo(b->call), "release");
    CHECK_EQ(features_info(b->call)->dwUserUserInfoSize, 0);
    CHECK(!(features_status(b->call)->dwCallFeatures & LINECALLFEATURE_RELEASEUSERUSERINFO));
    CHECK_EQ(features_caps(a)->dwUUISendUserUserInfoSize, 1024);
    CHECK_EQ(agent_request(a, lineSendUserUserInfo(a->call, big, sizeof big), "uui"),
             LINEERR_USERUSERINFOTOOBIG);
    CHECK_EQ(lineSendUserUserInfo(features_watched(), "hello", 6), LINEERR_NOTOWNER);
    /* the last words */
    agent_do(a, lineDrop(a->call, "bye", 4), "drop");
    agent_wait_state(b, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    info = features_info(b->call);
    CHECK_STR((const char *)info + info->dwUserUserInfoOffset, "bye");
    CHECK_EQ(agent_request(b, lineSendUserUserInfo(b->call, "no", 3), "uui"),
             LINEERR_INVALCALLSTATE);
    features_end();
}

/* ---- call data, and what is an application's own ---- */

TEST(call_data_goes_with_the_call)
{
    static char big[1025];

    features_talking();
    agent_do(a, lineSetCallData(a->call, "order 4711", 11), "data");
    CHECK(features_call_info(w, LINECALLINFOSTATE_CALLDATA) != NULL);
    const LINECALLINFO *info = features_info(b->call);
    REQUIRE_EQ(info->dwCallDataSize, 11);
    CHECK_STR((const char *)info + info->dwCallDataOffset, "order 4711");
    CHECK_EQ(features_address_caps(a)->dwMaxCallDataSize, 1024);
    CHECK_EQ(agent_request(a, lineSetCallData(a->call, big, sizeof big), "data") < 0, true);
    CHECK_EQ(lineSetCallData(features_watched(), "x", 1), LINEERR_NOTOWNER);
    agent_blind_transfer(b, "103");
    agent_wait_state(c, LINECALLSTATE_OFFERING, WAIT_LONG);
    info = features_info(c->call);
    REQUIRE_EQ(info->dwCallDataSize, 11);
    CHECK_STR((const char *)info + info->dwCallDataOffset, "order 4711");
    agent_do(a, lineSetCallData(a->call, NULL, 0), "data");
    CHECK_EQ(features_info(a->call)->dwCallDataSize, 0);
    features_end();
}

TEST(an_applications_own_value)
{
    features_talking();
    CHECK_EQ(lineSetAppSpecific(a->call, 0xBEEF), 0);
    CHECK_EQ(features_info(features_watched())->dwAppSpecific, 0xBEEF);
    CHECK(features_call_info(w, LINECALLINFOSTATE_APPSPECIFIC) != NULL);
    CHECK_EQ(lineSetAppSpecific(features_watched(), 1), LINEERR_NOTOWNER);
    CHECK_EQ(lineSetAppSpecific(0x1234, 1), LINEERR_INVALCALLHANDLE);
    features_end();
}

/* ---- gathering ---- */

static char digits[8];

static LONG gather(DWORD count, const char *ends, DWORD first, DWORD inter)
{
    POISON(digits);
    return lineGatherDigitsA(a->call, LINEDIGITMODE_DTMF, digits, count, ends, first, inter);
}

static void press(const char *what)
{
    CHECK_EQ(lineGenerateDigitsA(b->call, LINEDIGITMODE_DTMF, what, 0), 0);
    exchange_step(1000);
}

TEST(gathering_ends_in_every_way)
{
    features_talking();
    CHECK_EQ(gather(3, NULL, 20000, 5000), 0);
    press("123");
    AGENT_EXPECT(a, "gathered 0x1*"); /* LINEGATHERTERM_BUFFERFULL */
    CHECK_BYTES(digits, "123", 3);
    CHECK_EQ(gather(5, "#*", 20000, 5000), 0);
    press("7*");
    AGENT_EXPECT(a, "gathered 0x2*"); /* LINEGATHERTERM_TERMDIGIT */
    CHECK_STR(digits, "7*");
    CHECK_EQ(gather(5, NULL, 20000, 5000), 0);
    exchange_step(19999);
    AGENT_EXPECT(a, NULL);
    exchange_step(1);
    AGENT_EXPECT(a, "gathered 0x4*"); /* LINEGATHERTERM_FIRSTTIMEOUT */
    CHECK_STR(digits, "");
    CHECK_EQ(gather(5, NULL, 20000, 5000), 0);
    press("1");
    exchange_step(5000);
    AGENT_EXPECT(a, "gathered 0x8*"); /* LINEGATHERTERM_INTERTIMEOUT */
    CHECK_STR(digits, "1");
    /* a new one ends the old one, and none ends it too */
    CHECK_EQ(gather(5, NULL, 20000, 5000), 0);
    CHECK_EQ(gather(5, NULL, 20000, 5000), 0);
    AGENT_EXPECT(a, "gathered 0x10*"); /* LINEGATHERTERM_CANCEL */
    CHECK_EQ(lineGatherDigitsA(a->call, 0, NULL, 0, NULL, 0, 0), 0);
    AGENT_EXPECT(a, "gathered 0x10*");
    /* so does the end of the call */
    CHECK_EQ(gather(5, NULL, 20000, 5000), 0);
    agent_drop(b);
    AGENT_EXPECT(a, "gathered 0x10*", "state disconnected normal");
    CHECK_EQ(gather(5, NULL, 20000, 5000), LINEERR_INVALCALLSTATE);
    features_end();
}

TEST(gathering_refused)
{
    features_talking();
    CHECK_EQ(lineGatherDigitsA(a->call, LINEDIGITMODE_DTMFEND, digits, 3, NULL, 5000, 5000),
             LINEERR_INVALDIGITMODE);
    CHECK_EQ(gather(3, "x", 5000, 5000), LINEERR_INVALDIGITS);
    CHECK_EQ(lineGatherDigitsA(features_watched(), LINEDIGITMODE_DTMF, digits, 3, NULL, 5000, 5000),
             LINEERR_NOTOWNER);
    CHECK_EQ(lineGatherDigitsA(0x1234, LINEDIGITMODE_DTMF, digits, 3, NULL, 5000, 5000),
             LINEERR_INVALCALLHANDLE);
    AGENT_EXPECT(a, NULL);
    features_end();
}

/* ---- generating and watching ---- */

TEST(two_applications_watch_for_digits)
{
    features_talking();
    CHECK_EQ(lineMonitorDigits(a->call, LINEDIGITMODE_DTMF), 0);
    CHECK_EQ(lineMonitorDigits(features_watched(), LINEDIGITMODE_DTMFEND), 0);
    press("5");
    AGENT_EXPECT(a, "digit 5");
    const LINEMESSAGE *told = agent_wait_message(w, LINE_MONITORDIGITS, WAIT_LONG);
    REQUIRE(told != NULL);
    CHECK_EQ(told->dwParam2, LINEDIGITMODE_DTMFEND);
    CHECK_EQ(lineMonitorDigits(a->call, 0), 0);
    features_forget();
    press("6");
    AGENT_EXPECT(a, NULL);
    AGENT_EXPECT(w, "digit 6");
    CHECK_EQ(lineMonitorDigits(a->call, 0x80), LINEERR_INVALDIGITMODE);
    CHECK_EQ(lineMonitorDigits(0x1234, LINEDIGITMODE_DTMF), LINEERR_INVALCALLHANDLE);
    features_end();
}

TEST(two_applications_watch_for_tones)
{
    LINEMONITORTONE busy = {77, 100, 480, 620, 0}, beep = {88, 100, 1400, 0, 0};
    LINEGENERATETONE custom[] = {{480, 0, 0, 0}, {620, 0, 0, 0}};
    LINEMONITORTONE many[20] = {{0}};

    features_talking();
    CHECK_EQ(lineMonitorTones(a->call, &busy, 1), 0);
    CHECK_EQ(lineMonitorTones(features_watched(), &beep, 1), 0);
    CHECK_EQ(lineGenerateTone(b->call, LINETONEMODE_BUSY, 500, 0, NULL), 0);
    exchange_step(1000);
    AGENT_EXPECT(a, "tone 0x4d");
    AGENT_EXPECT(b, "generate 0x1");
    CHECK_EQ(lineGenerateTone(b->call, LINETONEMODE_CUSTOM, 500, 2, custom), 0);
    exchange_step(1000);
    AGENT_EXPECT(a, "tone 0x4d");
    CHECK_EQ(lineGenerateTone(b->call, LINETONEMODE_BEEP, 500, 0, NULL), 0);
    exchange_step(1000);
    AGENT_EXPECT(a, NULL);
    AGENT_EXPECT(w, "tone 0x58");
    /* stopped: LINEGENERATETERM_CANCEL */
    features_forget();
    CHECK_EQ(lineGenerateTone(b->call, LINETONEMODE_RINGBACK, 5000, 0, NULL), 0);
    CHECK_EQ(lineGenerateTone(b->call, 0, 0, 0, NULL), 0);
    AGENT_EXPECT(b, "generate 0x2");
    CHECK_EQ(lineMonitorTones(a->call, NULL, 0), 0);
    CHECK_EQ(lineMonitorTones(a->call, many, 20), LINEERR_INVALTONELIST);
    CHECK_EQ(lineGenerateTone(b->call, 0x40, 100, 0, NULL), LINEERR_INVALTONEMODE);
    CHECK_EQ(lineGenerateTone(b->call, LINETONEMODE_CUSTOM, 100, 0, custom), LINEERR_INVALTONE);
    CHECK_EQ(lineGenerateTone(features_watched(), LINETONEMODE_BEEP, 100, 0, NULL),
             LINEERR_NOTOWNER);
    CHECK_EQ(lineGenerateDigitsA(b->call, LINEDIGITMODE_DTMF, "1z", 0), LINEERR_INVALDIGITS);
    CHECK_EQ(lineGenerateDigitsA(b->call, LINEDIGITMODE_DTMFEND, "1", 0), LINEERR_INVALDIGITMODE);
    features_end();
}
