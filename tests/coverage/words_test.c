/* words_test.c - every constant of the interface passes between provider and application unchanged.
 */
#include "tests/coverage/rows.h"

static union {
    DWORD total;
    LINEDEVCAPS dev;
    LINEADDRESSCAPS address;
    LINEDEVSTATUS status;
    LINEADDRESSSTATUS address_status;
    LINECALLINFO info;
    LINECALLSTATUS call_status;
    BYTE bytes[4096];
} out;

static void *poison(void)
{
    memset(&out, 0xCC, sizeof out);
    out.total = sizeof out;
    return &out;
}

/* All 32 bits of each member of the family arrive: those of constants of today and of tomorrow.
 * Some flags are for applications of 3.0 and later (tests/session/version_test.c). */
TEST(flags_of_capabilities_arrive_unchanged)
{
    rows_open();
    every->bits = 0xFFFFFFFF;
    for (every->value = 1; every->value <= 4; every->value++) {
        CHECK_EQ(lineGetAddressCapsA(app, 0, 0, 0x00030000, 0, poison()), 0);
        CHECK_EQ(out.address.dwAddrCapFlags, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwCallFeatures, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwCallFeatures2, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwForwardModes, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwDisconnectModes, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwAddressFeatures, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwSpecialInfo, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwCallerIDFlags, 0xFFFFFFFF);
        CHECK_EQ(out.address.dwRemoveFromConfCaps, every->value);
    }
    CHECK_EQ(lineGetDevCapsA(app, 0, 0x00030000, 0, poison()), 0);
    CHECK_EQ(out.dev.dwBearerModes, 0xFFFFFFFF);
    CHECK_EQ(out.dev.dwDevCapFlags, 0xFFFFFFFF);
    CHECK_EQ(out.dev.dwLineFeatures, 0xFFFFFFFF);
    CHECK_EQ(out.dev.dwGenerateToneModes, 0xFFFFFFFF);
    CHECK_EQ(out.dev.dwAnswerMode, 0xFFFFFFFF);
    CHECK_EQ(lineGetDevCapsW(app, 0, 0x00030000, 0, poison()), 0);
    CHECK_EQ(out.dev.dwAddressTypes, 0xFFFFFFFF);
    CHECK_EQ(lineGetLineDevStatusA(line, poison()), 0);
    CHECK_EQ(out.status.dwLineFeatures, 0xFFFFFFFF);
    CHECK_EQ(out.status.dwDevStatusFlags, 0xFFFFFFFF);
    CHECK_EQ(lineGetAddressStatusA(line, 0, poison()), 0);
    CHECK_EQ(out.address_status.dwAddressFeatures, 0xFFFFFFFF);
    every->bits = 0;
    rows_close();
}

TEST(terminals_arrive_unchanged)
{
    static const DWORD sharing[] = {LINETERMSHARING_PRIVATE, LINETERMSHARING_SHAREDEXCL,
                                    LINETERMSHARING_SHAREDCONF};
    rows_open();
    every->bits = 0xFFFFFFFF;
    for (unsigned i = 0; i < ARRAYSIZE(sharing); i++) {
        const LINETERMCAPS *terminal;
        every->value = sharing[i]; /* LINETERMDEV_ has the same three values */
        CHECK_EQ(lineGetDevCapsA(app, 0, VERSION, 0, poison()), 0);
        CHECK_EQ(out.dev.dwNumTerminals, 1);
        REQUIRE_EQ(out.dev.dwTerminalCapsSize, sizeof *terminal);
        terminal = (const void *)(out.bytes + out.dev.dwTerminalCapsOffset);
        CHECK_EQ(terminal->dwTermDev, sharing[i]);
        CHECK_EQ(terminal->dwTermModes, 0xFFFFFFFF);
        CHECK_EQ(terminal->dwTermSharing, sharing[i]);
    }
    every->bits = 0;
    rows_close();
}

static void expect_content(LONG result, DWORD format)
{
    const VARSTRING *text = (const VARSTRING *)&out;
    CHECK_EQ(result, 0);
    CHECK_EQ(text->dwNeededSize, sizeof *text + sizeof EVERY_CONTENT);
    CHECK_EQ(text->dwUsedSize, text->dwNeededSize);
    CHECK_EQ(text->dwStringFormat, format);
    REQUIRE_EQ(text->dwStringSize, sizeof EVERY_CONTENT);
    CHECK_BYTES(out.bytes + text->dwStringOffset, EVERY_CONTENT, sizeof EVERY_CONTENT);
}

/* What an ID or a configuration is written in only the device class knows: its bytes are not
 * touched, not even those of a Unicode text for an ANSI program, which has to convert them itself
 * (functions-with-unicode-w-versions.md). */
TEST(formats_of_strings_arrive_unchanged)
{
    static const DWORD formats[] = {STRINGFORMAT_ASCII, STRINGFORMAT_DBCS, STRINGFORMAT_UNICODE,
                                    STRINGFORMAT_BINARY};
    rows_open();
    for (unsigned i = 0; i < ARRAYSIZE(formats); i++) {
        DWORD format = every->format = formats[i];
        expect_content(lineGetIDW(line, 0, 0, LINECALLSELECT_LINE, poison(), L"every/class"),
                       format);
        expect_content(lineGetIDA(line, 0, 0, LINECALLSELECT_LINE, poison(), "every/class"),
                       format);
        expect_content(lineGetDevConfigW(0, poison(), L"every/class"), format);
        expect_content(lineGetDevConfigA(0, poison(), "every/class"), format);
    }
    rows_close();
}

TEST(roam_modes_arrive_unchanged)
{
    static const DWORD modes[] = {LINEROAMMODE_UNKNOWN, LINEROAMMODE_UNAVAIL, LINEROAMMODE_HOME,
                                  LINEROAMMODE_ROAMA, LINEROAMMODE_ROAMB};
    rows_open();
    for (unsigned i = 0; i < ARRAYSIZE(modes); i++) {
        every->value = modes[i];
        CHECK_EQ(lineGetLineDevStatusW(line, poison()), 0);
        CHECK_EQ(out.status.dwRoamMode, modes[i]);
    }
    rows_close();
}

TEST(origins_reasons_and_media_modes_of_a_call_arrive_unchanged)
{
    rows_open();
    for (DWORD bit = 1; bit != 0; bit <<= 1) {
        every->value = bit; /* LINECALLORIGIN_ and LINECALLREASON_ are one bit each */
        every->bits = bit;
        CHECK_EQ(lineGetCallInfoA(call, poison()), 0);
        CHECK_EQ(out.info.dwOrigin, bit);
        CHECK_EQ(out.info.dwReason, bit);
        CHECK_EQ(out.info.dwBearerMode, bit);
        CHECK_EQ(out.info.dwCallParamFlags, bit);
        CHECK_EQ(out.info.dwCalledIDFlags, bit);
    }
    for (DWORD treatment = LINECALLTREATMENT_SILENCE; treatment <= LINECALLTREATMENT_MUSIC;
         treatment++) {
        every->value = treatment;
        CHECK_EQ(lineGetCallInfoA(call, poison()), 0);
        CHECK_EQ(out.info.dwCallTreatment, treatment);
        CHECK_EQ(rows_finish(lineSetCallTreatment(call, treatment)), 0);
        CHECK_EQ(every->args[EVERY_TSPI_lineSetCallTreatment][2], treatment);
    }
    rows_close();
}

static void tell(DWORD message, HTAPICALL of, DWORD one, DWORD two, DWORD three)
{
    every->line_event(every->line[0], of, message, one, two, three);
}

TEST(every_state_of_a_call_and_its_mode)
{
    static const struct {
        DWORD state, modes;
    } states[] = {
        {LINECALLSTATE_ACCEPTED, 0},       {LINECALLSTATE_DIALTONE, 0x1F},
        {LINECALLSTATE_DIALING, 0},        {LINECALLSTATE_RINGBACK, 0},
        {LINECALLSTATE_BUSY, 0xF},         {LINECALLSTATE_SPECIALINFO, 0x1F},
        {LINECALLSTATE_CONNECTED, 0x1F},   {LINECALLSTATE_PROCEEDING, 0},
        {LINECALLSTATE_ONHOLD, 0},         {LINECALLSTATE_CONFERENCED, 0},
        {LINECALLSTATE_ONHOLDPENDCONF, 0}, {LINECALLSTATE_ONHOLDPENDTRANSFER, 0},
        {LINECALLSTATE_UNKNOWN, 0},        {LINECALLSTATE_OFFERING, 0x3},
        {LINECALLSTATE_DISCONNECTED, ~0u}, {LINECALLSTATE_IDLE, 0},
    };
    rows_open();
    for (unsigned i = 0; i < ARRAYSIZE(states); i++) {
        DWORD mode = 1;
        do {
            DWORD sent = states[i].modes & mode;
            tell(LINE_CALLSTATE, every->call, states[i].state, sent,
                 LINEMEDIAMODE_INTERACTIVEVOICE);
            LINEMESSAGE got = rows_next(app, LINE_CALLSTATE);
            CHECK_EQ(got.hDevice, (DWORD)other);
            CHECK_EQ(got.dwParam1, states[i].state);
            CHECK_EQ(got.dwParam2, sent);
            mode <<= 1;
        } while (mode != 0 && (states[i].modes & mode) != 0);
    }
    rows_close();
}

/* One message for each bit that the application asked for. */
static void each_bit(DWORD message, DWORD most, bool of_address)
{
    for (DWORD bit = 1; bit != 0 && bit <= most; bit <<= 1) {
        if (!of_address && message == LINE_LINEDEVSTATE &&
            (bit == LINEDEVSTATE_REINIT || bit == LINEDEVSTATE_OPEN || bit == LINEDEVSTATE_CLOSE ||
             bit == LINEDEVSTATE_NUMCALLS))
            continue; /* TAPI's own */
        tell(message, message == LINE_CALLINFO ? every->call : 0, of_address ? 0 : bit,
             of_address ? bit : 0, 0);
        LINEMESSAGE got = rows_next(app, message);
        CHECK_EQ(of_address ? got.dwParam2 : got.dwParam1, bit);
    }
}

TEST(every_state_of_line_address_and_call_information)
{
    DWORD lines, addresses;
    rows_open();
    every->bits = 0xFFFFFFFF;
    CHECK_EQ(lineSetStatusMessages(line, 0x00FFFFFF, 0x1FF), 0);
    CHECK_EQ(lineGetStatusMessages(line, &lines, &addresses), 0);
    CHECK_EQ(addresses, 0x1FF);
    each_bit(LINE_LINEDEVSTATE, LINEDEVSTATE_COMPLCANCEL, false);
    each_bit(LINE_ADDRESSSTATE, LINEADDRESSSTATE_CAPSCHANGE, true);
    each_bit(LINE_CALLINFO, LINECALLINFOSTATE_CHARGINGINFO, false);
    every->bits = 0;
    rows_close();
}

TEST(what_is_heard_on_a_call)
{
    static const DWORD digits[] = {LINEDIGITMODE_PULSE, LINEDIGITMODE_DTMF, LINEDIGITMODE_DTMFEND};
    rows_open();
    for (unsigned i = 0; i < ARRAYSIZE(digits); i++) {
        CHECK_EQ(lineMonitorDigits(other, digits[i]), 0);
        tell(LINE_MONITORDIGITS, every->call, '5', digits[i], 0);
        LINEMESSAGE got = rows_next(app, LINE_MONITORDIGITS);
        CHECK_EQ(got.dwParam1, '5');
        CHECK_EQ(got.dwParam2, digits[i]);
    }
    for (DWORD mode = LINEMEDIAMODE_UNKNOWN; mode <= LINEMEDIAMODE_VIDEO; mode <<= 1) {
        CHECK_EQ(lineMonitorMedia(other, mode), 0);
        CHECK_EQ(every->args[EVERY_TSPI_lineMonitorMedia][1], mode);
        tell(LINE_MONITORMEDIA, every->call, mode, 0, 0);
        CHECK_EQ(rows_next(app, LINE_MONITORMEDIA).dwParam1, mode);
    }
    rows_close();
}

TEST(every_argument_value_reaches_the_provider)
{
    static const DWORD tones[] = {LINETONEMODE_RINGBACK, LINETONEMODE_BUSY, LINETONEMODE_BEEP,
                                  LINETONEMODE_BILLING};
    static const DWORD modes[] = {LINECALLCOMPLMODE_CAMPON, LINECALLCOMPLMODE_CALLBACK,
                                  LINECALLCOMPLMODE_INTRUDE, LINECALLCOMPLMODE_MESSAGE};
    static const DWORD terminal[] = {LINETERMMODE_BUTTONS,       LINETERMMODE_LAMPS,
                                     LINETERMMODE_DISPLAY,       LINETERMMODE_RINGER,
                                     LINETERMMODE_HOOKSWITCH,    LINETERMMODE_MEDIATOLINE,
                                     LINETERMMODE_MEDIAFROMLINE, LINETERMMODE_MEDIABIDIRECT};
    static const DWORD bearers[] = {LINEBEARERMODE_VOICE,         LINEBEARERMODE_SPEECH,
                                    LINEBEARERMODE_MULTIUSE,      LINEBEARERMODE_DATA,
                                    LINEBEARERMODE_ALTSPEECHDATA, LINEBEARERMODE_NONCALLSIGNALING,
                                    LINEBEARERMODE_PASSTHROUGH,   LINEBEARERMODE_RESTRICTEDDATA};
    static const DWORD status[] = {LINEDEVSTATUSFLAGS_CONNECTED, LINEDEVSTATUSFLAGS_MSGWAIT,
                                   LINEDEVSTATUSFLAGS_INSERVICE, LINEDEVSTATUSFLAGS_LOCKED};
    DWORD completion;
    rows_open();
    every->bits = 0xFFFFFFFF;
    for (unsigned i = 0; i < ARRAYSIZE(tones); i++) {
        CHECK_EQ(lineGenerateTone(call, tones[i], 0, 0, NULL), 0);
        CHECK_EQ(every->args[EVERY_TSPI_lineGenerateTone][2], tones[i]);
    }
    LINEGENERATETONE custom = {.dwFrequency = 440, .dwVolume = 100};
    CHECK_EQ(lineGenerateTone(call, LINETONEMODE_CUSTOM, 0, 1, &custom), 0);
    for (unsigned i = 0; i < ARRAYSIZE(modes); i++) {
        CHECK_EQ(rows_finish(lineCompleteCall(call, &completion, modes[i], 0)), 0);
        CHECK_EQ(every->args[EVERY_TSPI_lineCompleteCall][3], modes[i]);
    }
    for (unsigned i = 0; i < ARRAYSIZE(terminal); i++) {
        CHECK_EQ(rows_finish(lineSetTerminal(line, 0, 0, LINECALLSELECT_LINE, terminal[i], 0, 1)),
                 0);
        CHECK_EQ(every->args[EVERY_TSPI_lineSetTerminal][5], terminal[i]);
    }
    CHECK_EQ(rows_finish(lineSetTerminal(line, 0, 0, LINECALLSELECT_ADDRESS, 1, 0, 1)), 0);
    CHECK_EQ(rows_finish(lineSetTerminal(0, 0, call, LINECALLSELECT_CALL, 1, 0, 1)), 0);
    for (unsigned i = 0; i < ARRAYSIZE(bearers); i++) {
        CHECK_EQ(rows_finish(lineSetCallParams(call, bearers[i], 0, 64000, NULL)), 0);
        CHECK_EQ(every->args[EVERY_TSPI_lineSetCallParams][2], bearers[i]);
    }
    for (unsigned i = 0; i < ARRAYSIZE(status); i++) {
        CHECK_EQ(rows_finish(lineSetLineDevStatus(line, status[i], 1)), 0);
        CHECK_EQ(every->args[EVERY_TSPI_lineSetLineDevStatus][2], status[i]);
    }
    for (DWORD control = LINEMEDIACONTROL_NONE; control <= LINEMEDIACONTROL_VOLUMENORMAL;
         control <<= 1) {
        LINEMEDIACONTROLCALLSTATE list = {LINECALLSTATE_CONNECTED, control};
        CHECK_EQ(lineSetMediaControl(line, 0, 0, LINECALLSELECT_LINE, NULL, 0, NULL, 0, NULL, 0,
                                     &list, 1),
                 0);
    }
    every->bits = 0;
    rows_close();
}

static void call_parameters(DWORD bearer, DWORD media, DWORD flags)
{
    LINECALLPARAMS params = {.dwTotalSize = sizeof params,
                             .dwBearerMode = bearer,
                             .dwMinRate = 0,
                             .dwMaxRate = 64000,
                             .dwMediaMode = media,
                             .dwCallParamFlags = flags,
                             .dwAddressMode = LINEADDRESSMODE_ADDRESSID};
    HCALL one = 0;
    CHECK_EQ(rows_finish(lineMakeCallA(line, &one, "1", 0, &params)), 0);
    CHECK(one != 0);
    tell(LINE_CALLSTATE, every->call, LINECALLSTATE_IDLE, 0, 0);
    CHECK_EQ(lineDeallocateCall(one), 0);
}

TEST(parameters_of_a_call_to_be)
{
    rows_open();
    every->bits = 0xFFFFFFFF;
    for (DWORD flag = 1; flag <= LINECALLPARAMFLAGS_PREDICTIVEDIAL; flag <<= 1)
        call_parameters(LINEBEARERMODE_VOICE, LINEMEDIAMODE_INTERACTIVEVOICE, flag);
    every->bits = 0;
    rows_close();
}

TEST(how_gathering_and_generating_end)
{
    static const DWORD terms[] = {LINEGATHERTERM_BUFFERFULL, LINEGATHERTERM_TERMDIGIT,
                                  LINEGATHERTERM_FIRSTTIMEOUT, LINEGATHERTERM_INTERTIMEOUT,
                                  LINEGATHERTERM_CANCEL};
    char digits[8];
    rows_open();
    for (unsigned i = 0; i < ARRAYSIZE(terms); i++) {
        POISON(digits);
        CHECK_EQ(lineGatherDigitsA(other, LINEDIGITMODE_DTMF, digits, 5, NULL, 5000, 5000), 0);
        WCHAR *theirs = (WCHAR *)every->args[EVERY_TSPI_lineGatherDigits][3];
        memcpy(theirs, L"12", 3 * sizeof *theirs);
        tell(LINE_GATHERDIGITS, every->call, terms[i],
             (DWORD)every->args[EVERY_TSPI_lineGatherDigits][1], 0);
        CHECK_EQ(rows_next(app, LINE_GATHERDIGITS).dwParam1, terms[i]);
        CHECK_STR(digits, "12");
    }
    for (DWORD term = LINEGENERATETERM_DONE; term <= LINEGENERATETERM_CANCEL; term <<= 1) {
        CHECK_EQ(lineGenerateTone(other, LINETONEMODE_BEEP, 0, 0, NULL), 0);
        tell(LINE_GENERATE, every->call, term, (DWORD)every->args[EVERY_TSPI_lineGenerateTone][1],
             0);
        CHECK_EQ(rows_next(app, LINE_GENERATE).dwParam1, term);
    }
    rows_close();
}

TEST(messages_that_are_the_providers_own)
{
    LINEMESSAGE got;
    rows_open();
    tell(LINE_DEVSPECIFIC, 0, 1, 2, 3);
    got = rows_next(app, LINE_DEVSPECIFIC);
    CHECK_EQ(got.hDevice, (DWORD)line);
    CHECK_EQ(got.dwParam3, 3);
    tell(LINE_DEVSPECIFICFEATURE, 0, 1, 2, 3);
    CHECK_EQ(rows_next(app, LINE_DEVSPECIFICFEATURE).dwParam2, 2);
    tell(LINE_CALLDEVSPECIFIC, every->call, 4, 5, 6);
    got = rows_next(app, LINE_DEVSPECIFIC);
    CHECK_EQ(got.hDevice, (DWORD)other);
    CHECK_EQ(got.dwParam1, 4);
    tell(LINE_CALLDEVSPECIFICFEATURE, every->call, 4, 5, 6);
    got = rows_next(app, LINE_DEVSPECIFICFEATURE);
    CHECK_EQ(got.hDevice, (DWORD)other);
    LINEMONITORTONE tone = {.dwAppSpecific = 77, .dwFrequency1 = 440};
    CHECK_EQ(lineMonitorTones(other, &tone, 1), 0);
    tell(LINE_MONITORTONE, every->call, 77, (DWORD)every->args[EVERY_TSPI_lineMonitorTones][1], 0);
    CHECK_EQ(rows_next(app, LINE_MONITORTONE).dwParam1, 77);
    rows_close();
}
