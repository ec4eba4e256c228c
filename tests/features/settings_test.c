/* settings_test.c - lineSetCallParams, lineSetCallTreatment, lineSetTerminal, lineSetLineDevStatus.
 */
#include "tests/features/features.h"

/* ---- parameters ---- */

TEST(call_parameters)
{
    LINEDIALPARAMS dial = {2000, 50, 90, 500};

    features_talking();
    REQUIRE(w->call_count > 0);
    CHECK(features_status(a->call)->dwCallFeatures & LINECALLFEATURE_SETCALLPARAMS);
    agent_do(a, lineSetCallParams(a->call, LINEBEARERMODE_SPEECH, 0, 32000, &dial), "params");
    const LINECALLINFO *info = features_info(a->call);
    CHECK_EQ(info->dwBearerMode, LINEBEARERMODE_SPEECH);
    CHECK_EQ(info->dwRate, 32000);
    CHECK_BYTES(&info->DialParams, &dial, sizeof dial);
    const LINEMESSAGE *told = features_call_info(w, LINECALLINFOSTATE_BEARERMODE);
    REQUIRE(told != NULL);
    CHECK_EQ(told->dwParam1,
             LINECALLINFOSTATE_BEARERMODE | LINECALLINFOSTATE_RATE | LINECALLINFOSTATE_DIALPARAMS);
    /* both ends of a call are of one kind */
    CHECK(features_call_info(b, LINECALLINFOSTATE_RATE) != NULL);
    CHECK_EQ(features_info(b->call)->dwBearerMode, LINEBEARERMODE_SPEECH);
    CHECK_EQ(agent_request(a, lineSetCallParams(a->call, LINEBEARERMODE_DATA, 0, 64000, NULL), "p"),
             LINEERR_INVALBEARERMODE);
    CHECK_EQ(
        agent_request(a, lineSetCallParams(a->call, LINEBEARERMODE_VOICE, 64000, 1000, NULL), "p"),
        LINEERR_INVALRATE);
    CHECK_EQ(agent_request(
                 a, lineSetCallParams(a->call, LINEBEARERMODE_VOICE, 128000, 128000, NULL), "p"),
             LINEERR_INVALRATE);
    CHECK_EQ(lineSetCallParams(features_watched(), LINEBEARERMODE_VOICE, 0, 64000, NULL),
             LINEERR_NOTOWNER);
    agent_do(b, lineDrop(b->call, NULL, 0), "drop");
    agent_wait_state(a, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(
        agent_request(a, lineSetCallParams(a->call, LINEBEARERMODE_VOICE, 0, 64000, NULL), "p"),
        LINEERR_INVALCALLSTATE);
    features_end();
}

/* ---- treatment ---- */

TEST(call_treatment)
{
    features_talking();
    const LINEADDRESSCAPS *caps = features_address_caps(a);
    REQUIRE_EQ(caps->dwNumCallTreatments, 4);
    const LINECALLTREATMENTENTRY *entries =
        (const void *)((const BYTE *)caps + caps->dwCallTreatmentListOffset);
    CHECK_EQ(entries[3].dwCallTreatmentID, LINECALLTREATMENT_MUSIC);
    CHECK_STR((const char *)caps + entries[3].dwCallTreatmentNameOffset, "Music");
    CHECK_EQ(features_info(a->call)->dwCallTreatment, LINECALLTREATMENT_SILENCE);
    agent_hold(a);
    CHECK(features_status(a->call)->dwCallFeatures & LINECALLFEATURE_SETTREATMENT);
    static const DWORD treatments[] = {LINECALLTREATMENT_MUSIC, LINECALLTREATMENT_RINGBACK,
                                       LINECALLTREATMENT_BUSY, LINECALLTREATMENT_SILENCE};
    for (int i = 0; i < 4; i++) {
        features_forget();
        agent_do(a, lineSetCallTreatment(a->call, treatments[i]), "treatment");
        CHECK_EQ(features_info(a->call)->dwCallTreatment, treatments[i]);
        CHECK(features_call_info(w, LINECALLINFOSTATE_TREATMENT) != NULL);
    }
    CHECK_EQ(agent_request(a, lineSetCallTreatment(a->call, 99), "treatment"), LINEERR_INVALPARAM);
    CHECK_EQ(lineSetCallTreatment(features_watched(), LINECALLTREATMENT_MUSIC), LINEERR_NOTOWNER);
    features_end();
}

/* ---- terminals ---- */

static DWORD terminal_modes(const void *base, DWORD size, DWORD offset, DWORD terminal)
{
    REQUIRE_EQ(size, 3 * sizeof(DWORD));
    return ((const DWORD *)((const BYTE *)base + offset))[terminal];
}

static LONG set_terminal(DWORD select, DWORD modes, DWORD terminal, DWORD enable)
{
    return agent_request(a, lineSetTerminal(a->line, 0, a->call, select, modes, terminal, enable),
                         "terminal");
}

TEST(terminals_of_the_line_and_of_a_call)
{
    const DWORD sound = LINETERMMODE_MEDIATOLINE | LINETERMMODE_MEDIAFROMLINE;

    features_talking();
    const LINEDEVCAPS *caps = features_caps(a);
    REQUIRE_EQ(caps->dwNumTerminals, 3);
    const LINETERMCAPS *terminals = (const void *)((const BYTE *)caps + caps->dwTerminalCapsOffset);
    CHECK_EQ(caps->dwTerminalCapsSize, 3 * sizeof *terminals);
    CHECK_EQ(terminals[0].dwTermDev, LINETERMDEV_PHONE);
    CHECK_EQ(terminals[1].dwTermDev, LINETERMDEV_HEADSET);
    CHECK_EQ(terminals[2].dwTermDev, LINETERMDEV_SPEAKER);
    CHECK_EQ(terminals[2].dwTermModes, LINETERMMODE_RINGER | LINETERMMODE_MEDIAFROMLINE);
    CHECK_EQ(terminals[0].dwTermSharing, LINETERMSHARING_PRIVATE);
    CHECK_STR((const char *)caps + caps->dwTerminalTextOffset + caps->dwTerminalTextEntrySize,
              "Headset");

    features_forget();
    CHECK_EQ(set_terminal(LINECALLSELECT_LINE, sound, 1, TRUE), 0);
    const LINEDEVSTATUS *line = features_line(a);
    CHECK_EQ(terminal_modes(line, line->dwTerminalModesSize, line->dwTerminalModesOffset, 1),
             sound);
    const LINEADDRESSSTATUS *address = features_address(a);
    CHECK_EQ(
        terminal_modes(address, address->dwTerminalModesSize, address->dwTerminalModesOffset, 1),
        sound);
    const LINECALLINFO *info = features_info(a->call);
    CHECK_EQ(terminal_modes(info, info->dwTerminalModesSize, info->dwTerminalModesOffset, 1),
             sound);
    CHECK(features_line_state(w, LINEDEVSTATE_TERMINALS) != NULL);
    CHECK(features_call_info(w, LINECALLINFOSTATE_TERMINAL) != NULL);
    CHECK(features_address_state(w, LINEADDRESSSTATE_TERMINALS) != NULL);

    /* of the call alone */
    CHECK_EQ(set_terminal(LINECALLSELECT_CALL, LINETERMMODE_MEDIATOLINE, 1, FALSE), 0);
    info = features_info(a->call);
    CHECK_EQ(terminal_modes(info, info->dwTerminalModesSize, info->dwTerminalModesOffset, 1),
             LINETERMMODE_MEDIAFROMLINE);
    line = features_line(a);
    CHECK_EQ(terminal_modes(line, line->dwTerminalModesSize, line->dwTerminalModesOffset, 1),
             sound);
    CHECK_EQ(set_terminal(LINECALLSELECT_ADDRESS, LINETERMMODE_RINGER, 2, TRUE), 0);

    CHECK_EQ(set_terminal(LINECALLSELECT_LINE, sound, 3, TRUE), LINEERR_INVALTERMINALID);
    CHECK_EQ(set_terminal(LINECALLSELECT_LINE, LINETERMMODE_LAMPS, 1, TRUE),
             LINEERR_INVALTERMINALMODE);
    CHECK_EQ(set_terminal(LINECALLSELECT_LINE, 0, 1, TRUE), LINEERR_INVALTERMINALMODE);
    CHECK_EQ(set_terminal(0x99, sound, 1, TRUE), LINEERR_INVALCALLSELECT);
    CHECK_EQ(agent_request(
                 a, lineSetTerminal(a->line, 7, 0, LINECALLSELECT_ADDRESS, sound, 1, TRUE), "t"),
             LINEERR_INVALADDRESSID);
    features_end();
}

/* ---- the line's status ---- */

TEST(line_status)
{
    static const struct {
        DWORD flag, on, off;
    } rows[] = {
        {LINEDEVSTATUSFLAGS_MSGWAIT, LINEDEVSTATE_MSGWAITON, LINEDEVSTATE_MSGWAITOFF},
        {LINEDEVSTATUSFLAGS_LOCKED, LINEDEVSTATE_LOCK, LINEDEVSTATE_LOCK},
        {LINEDEVSTATUSFLAGS_INSERVICE, LINEDEVSTATE_INSERVICE, LINEDEVSTATE_OUTOFSERVICE},
        {LINEDEVSTATUSFLAGS_CONNECTED, LINEDEVSTATE_CONNECTED, LINEDEVSTATE_DISCONNECTED},
    };

    features_open();
    CHECK_EQ(features_caps(a)->dwSettableDevStatus,
             LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_MSGWAIT |
                 LINEDEVSTATUSFLAGS_INSERVICE | LINEDEVSTATUSFLAGS_LOCKED);
    CHECK_EQ(features_line(a)->dwDevStatusFlags,
             LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE);
    for (int i = 0; i < 4; i++)
        for (int on = i < 2;; on = !on) {
            bool last = on == !(i < 2);
            agent_do(a, lineSetLineDevStatus(a->line, rows[i].flag, on ? TRUE : FALSE), "status");
            CHECK_EQ((features_line(a)->dwDevStatusFlags & rows[i].flag) != 0, on != 0);
            CHECK(features_line_state(w, on ? rows[i].on : rows[i].off) != NULL);
            if (last)
                break;
        }
    CHECK_EQ(agent_request(a, lineSetLineDevStatus(a->line, 0x100, TRUE), "status") < 0, true);
    CHECK_EQ(lineSetLineDevStatus(0x1234, LINEDEVSTATUSFLAGS_LOCKED, TRUE),
             LINEERR_INVALLINEHANDLE);
    features_end();
}

/* ---- what others do to a line ---- */

static void happens(const WCHAR *what)
{
    exchange_do(L"SetLineStatus", "ss", L"101", what);
}

TEST(what_the_network_does_to_a_line)
{
    features_open();
    CHECK_EQ(features_line(a)->dwRoamMode, LINEROAMMODE_UNAVAIL);
    happens(L"roam home");
    CHECK_EQ(features_line(a)->dwRoamMode, LINEROAMMODE_HOME);
    happens(L"roam a");
    CHECK_EQ(features_line(a)->dwRoamMode, LINEROAMMODE_ROAMA);
    happens(L"roam b");
    CHECK_EQ(features_line(a)->dwRoamMode, LINEROAMMODE_ROAMB);
    happens(L"roam unknown");
    CHECK_EQ(features_line(a)->dwRoamMode, LINEROAMMODE_UNKNOWN);
    CHECK(features_line_state(w, LINEDEVSTATE_ROAMMODE) != NULL);
    happens(L"signal 40000");
    CHECK_EQ(features_line(a)->dwSignalLevel, 40000);
    CHECK_EQ(features_line_state(w, LINEDEVSTATE_SIGNAL)->dwParam2, 40000);
    happens(L"battery 123");
    CHECK_EQ(features_line(a)->dwBatteryLevel, 123);
    CHECK_EQ(features_line_state(w, LINEDEVSTATE_BATTERY)->dwParam2, 123);
    happens(L"message-waiting on");
    CHECK(features_line_state(a, LINEDEVSTATE_MSGWAITON) != NULL);
    CHECK(features_line_state(w, LINEDEVSTATE_MSGWAITON) != NULL);
    features_end();
}

/* Rings from inside, from outside: distinctive. */
TEST(ring_modes)
{
    features_open();
    CHECK_EQ(features_caps(a)->dwRingModes, 3);
    CHECK_EQ(features_line(a)->dwRingMode, 0);
    HCALL call = agent_call(b, "101");
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    CHECK_EQ(features_line_state(w, LINEDEVSTATE_RINGING)->dwParam2, 1);
    CHECK_EQ(features_line(a)->dwRingMode, 1);
    exchange_step(6000);
    CHECK_EQ(features_line_state(w, LINEDEVSTATE_RINGING)->dwParam3, 2);
    agent_do(b, lineDrop(call, NULL, 0), "drop");
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    exchange_do(L"Inject", "sss", L"5551234", L"Somebody", L"101");
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    CHECK_EQ(features_line_state(w, LINEDEVSTATE_RINGING)->dwParam2, 2);
    features_end();
}

TEST(a_line_that_does_not_work)
{
    features_open();
    agent_do(a, lineSetLineDevStatus(a->line, LINEDEVSTATUSFLAGS_LOCKED, TRUE), "status");
    CHECK(!(features_line(a)->dwLineFeatures & LINEFEATURE_MAKECALL));
    CHECK(!(features_address(a)->dwAddressFeatures & LINEADDRFEATURE_MAKECALL));
    CHECK_EQ(agent_request(a, lineMakeCallA(a->line, &a->made, "102", 0, NULL), "call"),
             LINEERR_CALLUNAVAIL);
    agent_do(a, lineSetLineDevStatus(a->line, LINEDEVSTATUSFLAGS_LOCKED, FALSE), "status");
    agent_do(b, lineSetLineDevStatus(b->line, LINEDEVSTATUSFLAGS_INSERVICE, FALSE), "status");
    HCALL call = agent_call(a, "102");
    agent_wait_call_state(a, call, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    CHECK_EQ(agent_find_call(a, call)->state_mode, LINEDISCONNECTMODE_OUTOFORDER);
    features_end();
}
