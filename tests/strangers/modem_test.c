/*
 * modem_test.c - programs on modem.tsp, whose lines the registry lists: an answering machine, a
 * terminal, a fax, and what each hears of a provider that does everything before it returns.
 */
#include <windows.h>
#include <tapi.h>

#include "tests/strangers/modem.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define SCRATCH   L"Software\\StrangersModemTest"
#define TELEPHONY L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\"

static HKEY scratch;
static struct modem_control *modem;
static HLINEAPP app, other;

/* The test holds the module too, to look at it after TAPI has gone. */
static void *export(const char *name)
{
    static HMODULE module;
    FARPROC function;

    if (!module)
        module = LoadLibraryA("modem.tsp");
    function = module ? GetProcAddress(module, name) : NULL;

    REQUIRE(function != NULL);
    return (void *)function;
}

static LONG act(const char *name, DWORD line)
{
    return ((modem_act *)export(name))(line);
}

/* What the modem's setup left behind. HKEY_LOCAL_MACHINE is a key of the test's own. */
static void install(const WCHAR *key, DWORD lines)
{
    HKEY provider;

    if (!scratch) {
        REQUIRE_EQ(RegCreateKeyExW(HKEY_CURRENT_USER, SCRATCH, 0, NULL, REG_OPTION_NON_VOLATILE,
                                   KEY_ALL_ACCESS, NULL, &scratch, NULL),
                   0);
        REQUIRE_EQ(RegOverridePredefKey(HKEY_LOCAL_MACHINE, scratch), 0);
    }
    RegDeleteTreeW(scratch, NULL);
    REQUIRE_EQ(
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, key, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &provider, NULL),
        0);
    CHECK_EQ(RegSetValueExW(provider, L"NumLines", 0, REG_DWORD, (BYTE *)&lines, sizeof(lines)), 0);
    RegCloseKey(provider);
}

static HLINEAPP program(const char *name, DWORD *devices)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = 0x00020000;
    HLINEAPP made = 0;

    REQUIRE_EQ(lineInitializeExA(&made, NULL, NULL, name, devices, &version, &params), 0);
    return made;
}

static void start(void)
{
    DWORD devices;

    install(TELEPHONY L"Provider1", MODEM_LINES);
    app = program("Answering machine", &devices);
    REQUIRE_EQ(devices, MODEM_LINES);
    other = program("Terminal", &devices);
    modem = ((modem_export *)export("ModemControl"))();
    modem->make = modem->ring_in = 0;
    modem->no_line = FALSE;
    modem->call_closes = modem->drops = 0;
}

static HLINE open_as(HLINEAPP who, DWORD device, DWORD privileges, DWORD modes)
{
    HLINE line = 0;

    REQUIRE_EQ(lineOpen(who, device, &line, 0x00010004, 0, device, privileges, modes, NULL), 0);
    return line;
}

TEST_AFTER
{
    if (other)
        CHECK_EQ(lineShutdown(other), 0);
    if (app)
        CHECK_EQ(lineShutdown(app), 0);
    app = other = 0;
    if (modem) {
        CHECK_EQ(modem->inits, 0);
        CHECK_EQ(modem->trouble, 0);
        modem->trouble = 0;
    }
    modem = NULL;
    if (scratch)
        RegDeleteTreeW(scratch, NULL);
}

struct value {
    const volatile LONG *at;
    LONG wanted;
};

static bool has_value(void *context)
{
    const struct value *value = context;

    return *value->at == value->wanted;
}

/* What TAPI tidies up after a function it may do on a thread of its own. */
#define COMES(what_, wanted_)                                                                      \
    CHECK(wait_until(has_value, &(struct value){(volatile LONG *)&(what_), (LONG)(wanted_)}, NULL, \
                     WAIT_LONG))

/* The next message of that kind and, for a call's state, of that state; what comes before it and is
 * of another kind is thrown away. */
static LINEMESSAGE next(HLINEAPP who, DWORD kind)
{
    LINEMESSAGE message;

    do {
        POISON(message);
        if (!CHECK_EQ(lineGetMessage(who, &message, WAIT_LONG), 0))
            break;
    } while (message.dwMessageID != kind);
    return message;
}

static void expect_state(HLINEAPP who, DWORD state)
{
    CHECK_EQ(next(who, LINE_CALLSTATE).dwParam1, state);
}

/* ---- how many there are ---------------------------------------------------------------------- */

TEST(the_setup_wrote_down_how_many_lines_there_are)
{
    DWORD version[MODEM_LINES];
    LINEEXTENSIONID extension;
    struct {
        LINEDEVCAPS caps;
        BYTE room[512];
    } got;

    start();
    CHECK_EQ(modem->provider, 1);
    CHECK_EQ(modem->lines, MODEM_LINES);
    CHECK_EQ(modem->phones, 0);
    for (DWORD i = 0; i < MODEM_LINES; i++) {
        CHECK_EQ(lineNegotiateAPIVersion(app, i, 0x00010003, 0x00020001, &version[i], &extension),
                 0);
        memset(&got, 0, sizeof(got));
        got.caps.dwTotalSize = sizeof(got);
        CHECK_EQ(lineGetDevCapsA(app, i, version[i], 0, &got.caps), 0);
        CHECK_EQ(got.caps.dwPermanentLineID, 0x336 + i);
        CHECK_STR((char *)&got + got.caps.dwLineNameOffset, "Voice Modem 33600");
    }
}

TEST(a_setup_without_lines)
{
    DWORD devices;

    install(TELEPHONY L"Provider7", MODEM_LINES); /* another provider's */
    app = program("Terminal", &devices);
    CHECK_EQ(devices, 0);
}

TEST(one_that_cannot_be_loaded_leaves_the_others_alone)
{
    DWORD devices;
    char before[256];

    install(TELEPHONY L"Provider2", MODEM_LINES);
    GetEnvironmentVariableA("OPENTAPI_PROVIDERS", before, sizeof(before));
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "gone.tsp;%OPENTAPI_MODEM%.tsp;test.conf");
    SetEnvironmentVariableA("OPENTAPI_MODEM", "modem");
    app = program("Terminal", &devices);
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", before);
    CHECK_EQ(devices, MODEM_LINES);
    modem = ((modem_export *)export("ModemControl"))();
    CHECK_EQ(modem->provider, 2);
    CHECK_EQ(modem->line_base, 0);
}

/* ---- media detection ------------------------------------------------------------------------- */

TEST(detection_is_what_all_programs_want_together)
{
    HLINE data, voice, fax = 0, monitor;
    DWORD told;

    start();
    modem->told[1] = 0;
    data = open_as(app, 1, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    CHECK_EQ(modem->detects[1], LINEMEDIAMODE_DATAMODEM);
    voice = open_as(other, 1, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_AUTOMATEDVOICE);
    CHECK_EQ(modem->detects[1], LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_AUTOMATEDVOICE);
    told = modem->told[1];
    monitor = open_as(other, 1, LINECALLPRIVILEGE_MONITOR, LINEMEDIAMODE_G3FAX);
    CHECK_EQ(modem->told[1], told);
    CHECK_EQ(lineOpen(app, 1, &fax, 0x00010004, 0, 0, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_G3FAX,
                      NULL),
             LINEERR_INVALMEDIAMODE);
    CHECK_EQ(fax, 0);
    CHECK_EQ(modem->detects[1], LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_AUTOMATEDVOICE);
    CHECK_EQ(lineClose(data), 0);
    COMES(modem->detects[1], LINEMEDIAMODE_AUTOMATEDVOICE);
    CHECK_EQ(lineClose(voice), 0);
    COMES(modem->detects[1], 0);
    CHECK_EQ(lineClose(monitor), 0);
    COMES(modem->open_lines, 0);
}

/* Line 0 refuses what LINEMAPPER asks for, so it is line 1. */
TEST(the_mapper_asks_for_a_line_that_can_detect_it)
{
    LINECALLPARAMS params = {.dwTotalSize = sizeof(params),
                             .dwBearerMode = LINEBEARERMODE_VOICE,
                             .dwMediaMode = LINEMEDIAMODE_AUTOMATEDVOICE};
    HLINE data, line = 0;
    struct {
        VARSTRING id;
        BYTE room[64];
    } got = {.id = {.dwTotalSize = sizeof(got)}};

    start();
    data = open_as(other, 1, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    modem->asked[0] = modem->asked[1] = 0;
    CHECK_EQ(lineOpen(app, LINEMAPPER, &line, 0x00010004, 0, 0, LINECALLPRIVILEGE_OWNER,
                      LINEMEDIAMODE_AUTOMATEDVOICE, &params),
             0);
    CHECK_EQ(modem->asked[0], LINEMEDIAMODE_AUTOMATEDVOICE);
    CHECK_EQ(modem->asked[1], LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM);
    CHECK_EQ(modem->detects[1], LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM);
    COMES(modem->open_lines, 1);
    CHECK_EQ(lineGetID(line, 0, 0, LINECALLSELECT_LINE, &got.id, "TAPI/Line"), 0);
    CHECK_EQ(*(DWORD *)((char *)&got + got.id.dwStringOffset), 1);
    CHECK_EQ(lineClose(data), 0);
    COMES(modem->detects[1], LINEMEDIAMODE_AUTOMATEDVOICE);
    /* one that is refused in the end leaves nothing behind */
    CHECK_EQ(lineOpen(other, LINEMAPPER, &data, 0x00990000, 0, 0, LINECALLPRIVILEGE_OWNER,
                      LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM, &params),
             LINEERR_INCOMPATIBLEAPIVERSION);
    COMES(modem->detects[1], LINEMEDIAMODE_AUTOMATEDVOICE);
    COMES(modem->open_lines, 1);
}

/* ---- devices --------------------------------------------------------------------------------- */

TEST(the_devices_of_a_modem)
{
    struct {
        VARSTRING id;
        BYTE room[128];
    } got;
    HLINE line;
    HCALL call = 0;
    HANDLE port;

    start();
    line = open_as(app, 0, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    memset(&got, 0, sizeof(got));
    got.id.dwTotalSize = sizeof(got);
    CHECK_EQ(lineGetIDA(line, 0, 0, LINECALLSELECT_LINE, &got.id, "comm"), 0);
    CHECK_EQ(got.id.dwStringFormat, STRINGFORMAT_ASCII);
    CHECK_STR((char *)&got + got.id.dwStringOffset, "COM3");
    CHECK_EQ(lineGetIDW(line, 0, 0, LINECALLSELECT_LINE, &got.id, L"comm/datamodem"), 0);
    CHECK_EQ(got.id.dwStringFormat, STRINGFORMAT_BINARY);
    CHECK(*(HANDLE *)((char *)&got + got.id.dwStringOffset) == NULL);
    CHECK_STR((char *)&got + got.id.dwStringOffset + sizeof(HANDLE), "Voice Modem");
    CHECK_EQ(lineGetIDA(line, 0, 0, LINECALLSELECT_LINE, &got.id, "Wave/In"), 0);
    CHECK_EQ(got.id.dwStringSize, sizeof(DWORD));
    CHECK_EQ(*(DWORD *)((char *)&got + got.id.dwStringOffset), 7);
    CHECK_EQ(lineGetIDA(line, 0, 0, LINECALLSELECT_LINE, &got.id, "midi/in"),
             LINEERR_INVALDEVICECLASS);
    CHECK(lineMakeCall(line, &call, "5550100", 0, NULL) > 0);
    CHECK_EQ(next(app, LINE_REPLY).dwParam2, 0);
    CHECK_EQ(lineGetIDA(line, 0, call, LINECALLSELECT_CALL, &got.id, "comm/datamodem"), 0);
    port = *(HANDLE *)((char *)&got + got.id.dwStringOffset);
    CHECK(wait_handle(port, 0)); /* a handle of this program, and its own to close */
    CHECK(CloseHandle(port));
    got.id.dwTotalSize = sizeof(got.id) + 2;
    CHECK_EQ(lineGetIDA(line, 0, 0, LINECALLSELECT_LINE, &got.id, "comm"), 0);
    CHECK_EQ(got.id.dwNeededSize, sizeof(got.id) + 5);
    CHECK_EQ(got.id.dwStringSize, 0);
}

TEST(its_configuration_and_its_dialog)
{
    struct {
        VARSTRING config;
        BYTE room[16];
    } got = {.config = {.dwTotalSize = sizeof(got)}};
    DWORD config = 33600;

    start();
    CHECK_EQ(lineSetDevConfigA(0, &config, sizeof(config), "comm/datamodem"), 0);
    CHECK_EQ(lineSetDevConfigA(0, &config, 3, "comm/datamodem"), LINEERR_INVALPARAM);
    CHECK_EQ(lineSetDevConfigA(0, &config, sizeof(config), "wave/in"), LINEERR_INVALDEVICECLASS);
    CHECK_EQ(lineGetDevConfigA(0, &got.config, "comm/datamodem"), 0);
    CHECK_EQ(got.config.dwStringSize, sizeof(config));
    CHECK_EQ(*(DWORD *)((char *)&got + got.config.dwStringOffset), config);
    modem->dialogs = 0;
    CHECK_EQ(lineConfigDialogA(0, NULL, "comm/datamodem"), 0);
    CHECK_EQ(lineConfigDialogA(1, NULL, NULL), 0);
    CHECK_EQ(lineConfigDialogA(1, NULL, "wave/in"), LINEERR_INVALDEVICECLASS);
    CHECK_EQ(modem->dialogs, 2);
}

/* ---- calls ----------------------------------------------------------------------------------- */

TEST(all_of_a_call_before_the_function_returns)
{
    HLINE line;
    HCALL call = 0;
    LINEMESSAGE message;
    LONG id;

    start();
    line = open_as(app, 0, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    id = lineMakeCall(line, &call, "5550100", 0, NULL);
    CHECK(id > 0);
    POISON(message);
    CHECK_EQ(lineGetMessage(app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, LINE_REPLY);
    CHECK_EQ(message.dwParam1, id);
    CHECK_EQ(message.dwParam2, 0);
    expect_state(app, LINECALLSTATE_DIALING);
    expect_state(app, LINECALLSTATE_PROCEEDING);
    expect_state(app, LINECALLSTATE_CONNECTED);
    act("ModemHangUp", 0); /* a call goes idle by itself */
    expect_state(app, LINECALLSTATE_IDLE);
    CHECK_EQ(modem->call_closes, 0);
    CHECK_EQ(lineDeallocateCall(call), 0);
    COMES(modem->call_closes, 1);
    CHECK_EQ(lineClose(line), 0);
    COMES(modem->open_lines, 0);
    CHECK_EQ(modem->call_closes, 1);
    CHECK_EQ(modem->drops, 0);
}

/* pending-call-handles.md: the provider dials until its call is closed, and only then completes. */
TEST(a_line_is_closed_while_its_call_is_dialled)
{
    HLINE line, monitor;
    HCALL call = 0;
    LINEMESSAGE message;
    LONG id;

    start();
    monitor = open_as(other, 0, LINECALLPRIVILEGE_MONITOR, 0);
    line = open_as(app, 0, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    modem->make = 'd';
    id = lineMakeCall(line, &call, "5550100", 0, NULL);
    CHECK(id > 0);
    CHECK_EQ(modem->calls, 1);
    CHECK_EQ(lineClose(line), 0);
    COMES(modem->calls, 0); /* though another program has the line open */
    CHECK_EQ(modem->call_closes, 1);
    CHECK_EQ(modem->open_lines, 1);
    message = next(app, LINE_REPLY);
    CHECK_EQ(message.dwParam1, id);
    CHECK_EQ(message.dwParam2, (DWORD)LINEERR_OPERATIONFAILED);
    /* the modem is free again */
    modem->make = 0;
    line = open_as(app, 0, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    CHECK(lineMakeCall(line, &call, "5550101", 0, NULL) > 0);
    CHECK_EQ(next(app, LINE_REPLY).dwParam2, 0);
    CHECK_EQ(lineClose(monitor), 0);
}

TEST(a_program_ends_while_its_call_is_dialled)
{
    HLINE line;
    HCALL call = 0;

    start();
    line = open_as(app, 1, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    modem->make = 'd';
    CHECK(lineMakeCall(line, &call, "5550100", 0, NULL) > 0);
    CHECK_EQ(lineShutdown(app), 0);
    app = 0;
    COMES(modem->open_lines, 0);
    CHECK_EQ(modem->calls, 0);
    CHECK_EQ(modem->call_closes, 1);
}

TEST(a_call_comes_in_while_tapi_is_inside)
{
    struct {
        VARSTRING config;
        BYTE room[16];
    } got = {.config = {.dwTotalSize = sizeof(got)}};
    static const char entries[] = "mc";
    HLINE line = 0, second = 0;
    LINEMESSAGE message;

    start();
    for (const char *entry = entries; *entry; entry++) {
        modem->ring_in = *entry;
        line = open_as(app, 1, LINECALLPRIVILEGE_OWNER,
                       LINEMEDIAMODE_DATAMODEM | LINEMEDIAMODE_UNKNOWN);
        if (*entry == 'c')
            CHECK_EQ(lineGetDevConfigA(1, &got.config, "comm/datamodem"), 0);
        modem->ring_in = 0;
        message = next(app, LINE_CALLSTATE);
        CHECK_EQ(message.dwParam1, LINECALLSTATE_OFFERING);
        CHECK_EQ(message.dwParam3, LINECALLPRIVILEGE_OWNER);
        CHECK(lineAnswer((HCALL)message.hDevice, NULL, 0) > 0);
        CHECK_EQ(next(app, LINE_REPLY).dwParam2, 0);
        modem->call_closes = modem->drops = 0;
        CHECK_EQ(lineClose(line), 0); /* with the call alive */
        COMES(modem->open_lines, 0);
        CHECK_EQ(modem->drops, 1);
        CHECK_EQ(modem->call_closes, 1);
    }
    second = open_as(app, 1, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    modem->ring_in = 'x';
    CHECK_EQ(lineClose(second), 0);
    COMES(modem->open_lines, 0);
    CHECK_EQ(modem->calls, 0);
}

/* Messages of a call name the call; some providers leave the line out. */
TEST(a_call_speaks_for_itself)
{
    LINEMESSAGE message;

    start();
    open_as(app, 0, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_DATAMODEM);
    modem->no_line = TRUE;
    CHECK_EQ(act("ModemRing", 0), 0);
    message = next(app, LINE_CALLSTATE);
    CHECK_EQ(message.dwParam1, LINECALLSTATE_OFFERING);
    CHECK(lineAnswer((HCALL)message.hDevice, NULL, 0) > 0);
    expect_state(app, LINECALLSTATE_CONNECTED);
    CHECK_EQ(next(app, LINE_REPLY).dwParam2, 0);
    act("ModemHangUp", 0);
    expect_state(app, LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall((HCALL)message.hDevice), 0);
    COMES(modem->call_closes, 1);
}
