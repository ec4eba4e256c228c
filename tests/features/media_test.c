/* media_test.c - lineMonitorMedia and lineSetMediaControl. */
#include "tests/features/features.h"
#include "tsp/simpbx/simpbx_ext.h"

TEST(media_are_detected_for_whoever_asks)
{
    features_talking();
    a->log_all = w->log_all = true;
    CHECK(features_status(a->call)->dwCallFeatures & LINECALLFEATURE_MONITORMEDIA);
    /* both applications, each for another medium */
    CHECK_EQ(lineMonitorMedia(a->call, LINEMEDIAMODE_AUTOMATEDVOICE), 0);
    features_forget();
    CHECK_EQ(lineSetMediaMode(b->call, LINEMEDIAMODE_AUTOMATEDVOICE), 0);
    const LINEMESSAGE *told = agent_wait_message(a, LINE_MONITORMEDIA, WAIT_LONG);
    REQUIRE(told != NULL);
    CHECK_EQ(told->hDevice, (DWORD)(DWORD_PTR)a->call);
    CHECK_EQ(told->dwParam1, LINEMEDIAMODE_AUTOMATEDVOICE);
    CHECK_EQ(features_info(a->call)->dwMonitorMediaModes, LINEMEDIAMODE_AUTOMATEDVOICE);
    AGENT_EXPECT(w, NULL); /* it has asked for nothing */
    CHECK_EQ(lineMonitorMedia(features_watched(), LINEMEDIAMODE_INTERACTIVEVOICE), 0);
    CHECK_EQ(lineMonitorMedia(a->call, 0), 0);
    features_forget();
    CHECK_EQ(lineSetMediaMode(b->call, LINEMEDIAMODE_INTERACTIVEVOICE), 0);
    REQUIRE(agent_wait_message(w, LINE_MONITORMEDIA, WAIT_LONG) != NULL);
    CHECK_EQ(lineMonitorMedia(a->call, LINEMEDIAMODE_G3FAX), LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineMonitorMedia(0x12345, LINEMEDIAMODE_UNKNOWN), LINEERR_INVALCALLHANDLE);
    agent_do(b, lineDrop(b->call, NULL, 0), "drop");
    agent_wait_state(a, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(lineMonitorMedia(a->call, LINEMEDIAMODE_AUTOMATEDVOICE), LINEERR_INVALCALLSTATE);
    features_end();
}

/* ---- control ---- */

static HLINE extended;

/* What media control has done to A's call; needs a line opened with simpbx's extension. */
static struct simpbx_command media_of(struct agent *agent)
{
    struct simpbx_command command = {SIMPBX_COMMAND_MEDIA, {~0u, ~0u, ~0u, ~0u}};

    CHECK_EQ(agent_request(agent,
                           lineDevSpecific(extended, 0, agent->call, &command, sizeof command),
                           "devspecific"),
             0);
    return command;
}

static void control_open(void)
{
    LINEEXTENSIONID id;
    DWORD version, ext = 0;

    features_talking();
    REQUIRE_EQ(lineNegotiateAPIVersion(a->app, a->device, 0x00020000, 0x00020002, &version, &id),
               0);
    REQUIRE_EQ(lineNegotiateExtVersion(a->app, a->device, version, 1, 1, &ext), 0);
    REQUIRE_EQ(
        lineOpen(a->app, a->device, &extended, version, ext, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
        0);
}

static void control_end(void)
{
    lineClose(extended);
    features_end();
}

static LONG control_digits(LINEMEDIACONTROLDIGIT *list, DWORD count)
{
    return lineSetMediaControl(a->line, 0, a->call, LINECALLSELECT_CALL, list, count, NULL, 0, NULL,
                               0, NULL, 0);
}

TEST(digits_control_the_media)
{
    static const struct {
        DWORD action, flags;
        int rate, volume;
    } steps[] = {
        {LINEMEDIACONTROL_PAUSE, 2, 0, 0},         {LINEMEDIACONTROL_RESUME, 0, 0, 0},
        {LINEMEDIACONTROL_RATEUP, 0, 1, 0},        {LINEMEDIACONTROL_RATENORMAL, 0, 0, 0},
        {LINEMEDIACONTROL_RATEDOWN, 0, -1, 0},     {LINEMEDIACONTROL_VOLUMEUP, 0, -1, 1},
        {LINEMEDIACONTROL_VOLUMEDOWN, 0, -1, 0},   {LINEMEDIACONTROL_VOLUMEDOWN, 0, -1, -1},
        {LINEMEDIACONTROL_VOLUMENORMAL, 0, -1, 0}, {LINEMEDIACONTROL_RESET, 1, 0, 0},
        {LINEMEDIACONTROL_START, 0, 0, 0},
    };
    DWORD done = 0;

    control_open();
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        LINEMEDIACONTROLDIGIT list[] = {{'9', LINEDIGITMODE_DTMF, LINEMEDIACONTROL_NONE},
                                        {'5', LINEDIGITMODE_DTMF, steps[i].action}};
        CHECK_EQ(control_digits(list, 2), 0);
        CHECK_EQ(lineGenerateDigitsA(b->call, LINEDIGITMODE_DTMF, "95", 0), 0);
        exchange_step(1000);
        struct simpbx_command now = media_of(a);
        CHECK_EQ(now.value[0], steps[i].flags);
        CHECK_EQ((int)now.value[1], steps[i].rate);
        CHECK_EQ((int)now.value[2], steps[i].volume);
        CHECK_EQ(now.value[3], ++done);
    }
    control_end();
}

TEST(tones_states_and_media_control_the_media)
{
    LINEMEDIACONTROLTONE tone = {7, 100, 1400, 0, 0, LINEMEDIACONTROL_PAUSE};
    LINEMEDIACONTROLCALLSTATE state = {LINECALLSTATE_ONHOLD, LINEMEDIACONTROL_VOLUMEUP};
    LINEMEDIACONTROLMEDIA media = {LINEMEDIAMODE_AUTOMATEDVOICE, 0, LINEMEDIACONTROL_RATEUP};

    control_open();
    /* of the line: every call's, until a call has a list of its own */
    CHECK_EQ(lineSetMediaControl(a->line, 0, 0, LINECALLSELECT_LINE, NULL, 0, &media, 1, &tone, 1,
                                 &state, 1),
             0);
    CHECK_EQ(lineGenerateTone(b->call, LINETONEMODE_BEEP, 200, 0, NULL), 0);
    exchange_step(1000);
    CHECK_EQ(media_of(a).value[0], 2);
    agent_hold(a);
    CHECK_EQ(media_of(a).value[2], 1);
    agent_unhold(a);
    CHECK_EQ(lineSetMediaMode(b->call, LINEMEDIAMODE_AUTOMATEDVOICE), 0);
    CHECK_EQ(media_of(a).value[1], 1);
    state.dwMediaControl = LINEMEDIACONTROL_NONE;
    CHECK_EQ(lineSetMediaControl(a->line, 0, a->call, LINECALLSELECT_CALL, NULL, 0, NULL, 0, NULL,
                                 0, &state, 1),
             0);
    agent_hold(a);
    CHECK_EQ(media_of(a).value[2], 1);
    control_end();
}

TEST(media_control_refuses)
{
    LINEMEDIACONTROLDIGIT digits[17], digit = {'5', LINEDIGITMODE_DTMF, LINEMEDIACONTROL_PAUSE};
    LINEMEDIACONTROLTONE tone = {7, 100, 0, 0, 0, LINEMEDIACONTROL_PAUSE};
    LINEMEDIACONTROLCALLSTATE state = {0, LINEMEDIACONTROL_PAUSE};
    LINEMEDIACONTROLMEDIA media = {LINEMEDIAMODE_AUTOMATEDVOICE, 0, 0x3};

    features_talking();
    CHECK_EQ(features_caps(a)->dwMedCtlDigitMaxListSize, 16);
    CHECK(features_line(a)->dwLineFeatures & LINEFEATURE_SETMEDIACONTROL);
    CHECK(features_address(a)->dwAddressFeatures & LINEADDRFEATURE_SETMEDIACONTROL);
    for (int i = 0; i < 17; i++)
        digits[i] = digit;
    CHECK_EQ(control_digits(digits, 17), LINEERR_INVALDIGITLIST);
    CHECK_EQ(control_digits(digits, 16), 0);
    digit.dwDigit = 'x';
    CHECK_EQ(control_digits(&digit, 1), LINEERR_INVALDIGITLIST);
    CHECK_EQ(lineSetMediaControl(a->line, 0, a->call, LINECALLSELECT_CALL, NULL, 0, NULL, 0, &tone,
                                 1, NULL, 0),
             LINEERR_INVALTONELIST);
    CHECK_EQ(lineSetMediaControl(a->line, 0, a->call, LINECALLSELECT_CALL, NULL, 0, NULL, 0, NULL,
                                 0, &state, 1),
             LINEERR_INVALCALLSTATELIST);
    CHECK_EQ(lineSetMediaControl(a->line, 0, a->call, LINECALLSELECT_CALL, NULL, 0, &media, 1, NULL,
                                 0, NULL, 0),
             LINEERR_INVALMEDIALIST);
    CHECK_EQ(lineSetMediaControl(a->line, 0, a->call, 0x77, digits, 1, NULL, 0, NULL, 0, NULL, 0),
             LINEERR_INVALCALLSELECT);
    CHECK_EQ(lineSetMediaControl(0x1234, 0, 0, LINECALLSELECT_LINE, digits, 1, NULL, 0, NULL, 0,
                                 NULL, 0),
             LINEERR_INVALLINEHANDLE);
    CHECK_EQ(lineSetMediaControl(a->line, 0, 0x1234, LINECALLSELECT_CALL, digits, 1, NULL, 0, NULL,
                                 0, NULL, 0),
             LINEERR_INVALCALLHANDLE);
    features_end();
}
