/* tapictl_test.c - runs tapictl.exe on the exchange and looks at what comes out. */
#include "tests/support/test.h"
#include "tests/support/wait.h"

#include <stdio.h>
#include <windows.h>

#include "tools/ladder/ladder.h"

#define TELEPHONY "Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\"
#define PROVIDERS TELEPHONY "Providers"
#define LOCATIONS TELEPHONY "Locations"

struct outcome {
    char out[65536], err[4096];
    DWORD status;
};

static HANDLE scratch_file(void)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    char folder[MAX_PATH], path[MAX_PATH + 40];
    static unsigned number;

    GetTempPathA(MAX_PATH, folder);
    snprintf(path, sizeof(path), "%stapictl-%lu-%u", folder, GetCurrentProcessId(), ++number);
    return CreateFileA(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                       &inherit, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

static void read_back(HANDLE file, char *text, DWORD size)
{
    DWORD got = 0;

    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    ReadFile(file, text, size - 1, &got, NULL);
    text[got] = 0;
    CloseHandle(file);
}

/* Runs tapictl with this command line; the result stays until the next run. */
static struct outcome *run(const char *arguments)
{
    static struct outcome outcome;
    STARTUPINFOA start = {.cb = sizeof(start), .dwFlags = STARTF_USESTDHANDLES};
    char command[512];
    PROCESS_INFORMATION process;

    memset(&outcome, 0, sizeof(outcome));
    outcome.status = 0xDEAD;
    start.hStdOutput = scratch_file();
    start.hStdError = scratch_file();
    snprintf(command, sizeof(command), "tapictl.exe %s", arguments);
    REQUIRE(wait_start(command, true, CREATE_NO_WINDOW, &start, &process));
    outcome.status = wait_end(command, &process);
    read_back(start.hStdOutput, outcome.out, sizeof(outcome.out));
    read_back(start.hStdError, outcome.err, sizeof(outcome.err));
    return &outcome;
}

/* The texts stand in the output, in this order. */
#define CHECK_IN_ORDER(outcome_, ...)                                                              \
    check_in_order((outcome_), __LINE__, (const char *const[]){__VA_ARGS__, NULL})
static void check_in_order(const struct outcome *outcome, int line, const char *const *texts)
{
    const char *at = outcome->out;

    for (; *texts; texts++) {
        const char *found = strstr(at, *texts);

        if (!found) {
            FAIL("line %d: \"%s\" is not there; out: %s err: %s", line, *texts, outcome->out,
                 outcome->err);
            return;
        }
        at = found + strlen(*texts);
    }
}

TEST(a_summary_of_what_there_is)
{
    const struct outcome *outcome = run("list");

    CHECK_EQ(outcome->status, 0);
    CHECK_STR(outcome->err, "");
    CHECK_IN_ORDER(outcome, "file: simpbx.tsp", "line 0: Zo\xC3\xAB\n", "address: 101\n",
                   "line 4: Erin\n", "address: 105\n");
}

TEST(lines_and_addresses_with_all_capabilities)
{
    CHECK_IN_ORDER(run("list lines"), "line 1: Bob\n", "provider info: OpenTAPI simulated exchange",
                   "bearer modes: voice, speech", "default dial params\n    dial pause: 0",
                   "status\n    num opens: 1\n", "open media modes: none", "line 2: Carol");
    CHECK_IN_ORDER(run("list addresses --json"), "{\"lines\":[{\"lineName\":\"Zo\xC3\xAB\"",
                   "\"addresses\":[{\"addressID\":0,", "\"address\":\"101\"",
                   "\"callStates\":[\"idle\",", "\"parkModes\":[\"directed\",\"nondirected\"]",
                   "\"status\":{\"numInUse\":0,", "]}]}\n");
}

TEST(dial_shows_the_call_until_it_ends)
{
    const struct outcome *outcome = run("dial 101 5550100");

    CHECK_EQ(outcome->status, 0);
    CHECK_IN_ORDER(outcome, "result ok\n", "state dialing\n", "called 5550100",
                   "state connected, mode active\n", "state disconnected, mode normal\n",
                   "state idle\n");
}

TEST(a_busy_number_is_a_failure)
{
    const struct outcome *outcome = run("dial Bob 5550101");

    CHECK_EQ(outcome->status, 1);
    CHECK_STR(outcome->err, "tapictl: lineMakeCall: the call is busy\n");
    CHECK_IN_ORDER(outcome, "state busy, mode station\n", "state idle\n");
}

TEST(a_call_is_answered)
{
    const struct outcome *outcome = run("answer 103");

    CHECK_EQ(outcome->status, 0);
    CHECK_IN_ORDER(outcome, "LINE_APPNEWCALL", "privilege owner", "caller 5550002",
                   "state offering", "state connected", "state disconnected");
}

TEST(a_call_is_dropped_held_and_passed_on)
{
    CHECK_IN_ORDER(run("drop id:2"), "state offering", "result ok", "state idle\n");
    CHECK_EQ(run("drop 103")->status, 0);
    CHECK_IN_ORDER(run("hold 103"), "state connected", "state onhold\n", "state idle\n");
    CHECK_IN_ORDER(run("blind 103 5550102"), "state connected", "result ok", "state idle\n");
    CHECK_EQ(run("blind 103 5550102")->status, 0);
}

TEST(two_parties_are_connected)
{
    const struct outcome *outcome = run("transfer 101 5550102 5550103");

    CHECK_EQ(outcome->status, 0);
    CHECK_IN_ORDER(outcome, "called 5550102", "state connected", "state onholdpendtransfer",
                   "state dialtone", "called 5550103", "result ok", "state idle");
}

TEST(monitor_sees_a_whole_call)
{
    const struct outcome *outcome = run("monitor 102 --count 10 --json");

    CHECK_EQ(outcome->status, 0);
    CHECK_IN_ORDER(outcome, "\"message\":\"LINE_APPNEWCALL\"", "\"privilege\":[\"monitor\"]",
                   "\"caller\":\"5550001\"", "\"state\":\"offering\"", "\"state\":\"connected\"",
                   "\"state\":\"disconnected\",\"mode\":\"normal\"}\n", "\"state\":\"idle\"");
}

TEST(monitor_ends_in_time_and_says_that_too_little_came)
{
    CHECK_EQ(run("monitor 105 --count 1 --for 1")->status, 1);
    CHECK_EQ(run("monitor 105 --for 1")->status, 0);
}

TEST(what_cannot_be_is_refused)
{
    const struct outcome *outcome = run("dial 999 1");

    CHECK_EQ(outcome->status, 1);
    CHECK_STR(outcome->err, "tapictl: no line is called 999; tapictl list shows the 5 there are\n");
    CHECK_EQ(run("dial")->status, 2);
    CHECK_EQ(run("drop 105 --timeout 1")->status, 1);
}

TEST(what_else_is_done_to_calls)
{
    CHECK_IN_ORDER(run("digits 101 5550102 12# --for 1"), "state connected",
                   "LINE_GENERATE call 0x", "reason done", "state idle\n");
    CHECK_IN_ORDER(run("dial 101 5550104"), "LINE_MONITORDIGITS call 0x",
                   "digit 4, mode dtmf, tick ", "digit 2,", "digit #,", "state disconnected");
    CHECK_IN_ORDER(run("redirect 103 5550102"), "state offering", "result ok", "state idle\n");
    CHECK_IN_ORDER(run("park 103"), "state connected", "result ok", "parked place 700\n",
                   "state idle\n");
    CHECK_IN_ORDER(run("park 103 705 --json"), "\"state\":\"connected\"", "\"result\":\"ok\"",
                   "\"state\":\"idle\"");
    CHECK_IN_ORDER(run("park 103 --json"), "{\"place\":\"700\"}\n");
    CHECK_IN_ORDER(run("unhold 103"), "state onhold\n", "result ok", "state connected, mode active",
                   "state disconnected", "state idle\n");
    CHECK_IN_ORDER(run("conference 101 5550102 5550104 --for 1"), "state onholdpendconf",
                   "state dialtone", "called 5550104", "state conferenced, conference 0x",
                   "state connected, mode active", "state idle\n");
    CHECK_EQ(run("conference 101 5550102 5550101")->status, 1);
    CHECK_IN_ORDER(run("pickup 101 103"), "privilege monitor", "state offering",
                   "state disconnected, mode pickup", "state connected", "reason pickup");
}

TEST(calls_are_forwarded_and_what_cannot_be_is_said)
{
    CHECK_IN_ORDER(run("forward 101 5550100"), "LINE_REPLY request", "result ok\n");
    CHECK_EQ(run("forward 101 5550100 busy")->status, 0);
    CHECK_EQ(run("forward 101 off --json")->status, 0);
    CHECK_EQ(run("forward 101 5550100 sometimes")->status, 2);
    CHECK_STR(run("unpark 101 700")->err, "tapictl: lineUnpark: LINEERR_INVALADDRESS\n");
    CHECK_EQ(run("pickup 101 --timeout 1")->status, 1); /* nothing rings in the group */
    CHECK_EQ(run("pickup 101 105 --timeout 1")->status, 1);
}

/* ---- phones ---- */

TEST(phones_with_all_they_have)
{
    CHECK_IN_ORDER(run("list"), "line 4: Erin\n", "phone 0: Zo\xC3\xAB\n",
                   "hook switch devs: handset, speaker, headset\n", "num button lamps: 26\n");
    CHECK_IN_ORDER(run("list phones"), "phone 0: Zo\xC3\xAB\n", "phone info: Desk set\n",
                   "phone states: connected, disconnected, owner",
                   "handset hook switch modes: onhook, mic, speaker, micspeaker\n",
                   "display num rows: 2\n", "button modes: keypad, keypad",
                   "button functions: none", "callapp, callapp, hold", "lamp modes: dummy",
                   "off+steady+wink+flash+flutter+brokenflutter", "set data: 256, 1024\n",
                   "device classes: tapi/phone\n", "phone features: getbuttoninfo", "status\n",
                   "status flags: connected\n", "handset hook switch mode: onhook\n", "row: Zo",
                   "101", "button 14\n", "button mode: feature\n", "button function: hold\n",
                   "button text: Hold\n", "button state: up\n", "lamp: off\n");
    CHECK_IN_ORDER(run("list phones --json"), "{\"phones\":[{\"deviceID\":0,",
                   "\"buttonModes\":[\"keypad\",", "\"lampModes\":[[\"dummy\"],",
                   "\"setData\":[256,", "\"status\":{\"statusFlags\":[\"connected\"]",
                   "\"display\":[\"Zo", "\"buttons\":[{\"button\":0,\"buttonMode\":\"keypad\"",
                   "\"lamp\":\"off\"");
    CHECK_IN_ORDER(run("phone 0"), "status\n", "num monitors: 1\n", "button 25\n");
}

TEST(a_hand_at_a_phone)
{
    CHECK_IN_ORDER(run("phone 0 hookswitch speaker micspeaker --for 1"), "PHONE_REPLY request",
                   "result ok\n", "PHONE_STATE phone 0x",
                   "state speakerhookswitch, mode micspeaker\n", "state lamp, button 12\n",
                   "state display\n");
    CHECK_IN_ORDER(run("phone 0 lamp 12 FLASH --for 1 --json"), "\"message\":\"PHONE_REPLY\"",
                   "\"state\":[\"lamp\"],\"button\":12}\n");
    CHECK_IN_ORDER(run("phone 0 display 1 Hello --for 1"), "result ok\n", "state display\n");
    CHECK_IN_ORDER(run("phone 0 volume headset 1000 --for 1"), "state headsetvolume");
    CHECK_IN_ORDER(run("phone 0 gain handset 65535 --for 1"), "state handsetgain");
    CHECK_EQ(run("phone 0 ring 2 30000")->status, 0);
}

TEST(what_a_phone_refuses)
{
    const struct outcome *outcome = run("phone Nobody");

    CHECK_EQ(outcome->status, 1);
    CHECK_STR(outcome->err, "tapictl: no phone is called Nobody; tapictl list phones shows the 1 "
                            "there are\n");
    CHECK_STR(run("phone 0 lamp 99 off")->err, "tapictl: lamp: PHONEERR_INVALBUTTONLAMPID\n");
    CHECK_STR(run("phone 0 ring 99 0")->err, "tapictl: ring: PHONEERR_INVALRINGMODE\n");
    outcome = run("phone 0 lamp 12 bright");
    CHECK_EQ(outcome->status, 2);
    CHECK_STR(outcome->err, "tapictl: bright is none of: dummy off steady wink flash flutter "
                            "brokenflutter unknown\n");
    CHECK_EQ(run("phone 0 volume handset 65536")->status, 2);
    CHECK_EQ(run("phone 0 lamp 12")->status, 2);
    CHECK_EQ(run("phone 0 fly")->status, 2);
    CHECK_EQ(run("monitor phone Nobody")->status, 1);
}

TEST(monitor_watches_phones_too)
{
    CHECK_EQ(run("monitor phone --for 1")->status, 0);
    CHECK_EQ(run("monitor phone id:0 --for 1")->status, 0);
    CHECK_EQ(run("monitor 101 102")->status, 2);
}

/* The picture's reader is the judge of the log. */
TEST(monitor_writes_what_a_ladder_is_drawn_from)
{
    const struct outcome *outcome = run("monitor 102 --ladder --count 4");
    char error[160];
    struct ladder *ladder = ladder_parse(outcome->out, error, sizeof(error));

    CHECK_EQ(outcome->status, 0);
    if (CHECK(ladder != NULL)) {
        CHECK_EQ(ladder_event_count(ladder), 4);
        CHECK_EQ(ladder_party_count(ladder), 3); /* the caller, the called, the line that rings */
        ladder_free(ladder);
    }
    CHECK_IN_ORDER(outcome, "\t5550001\t102\tstate offering, mode active",
                   "\tBob\t\tLINE_LINEDEVSTATE", "\t5550001\t102\tstate connected",
                   "state disconnected");
}

/* ---- dialling rules ---- */

TEST(numbers_are_translated_and_the_rules_listed)
{
    const struct outcome *outcome;

    CHECK_IN_ORDER(run("list locations"), "current location ID: ", "location 0\n",
                   "location name: ", "country code: ", "options: ");
    CHECK_IN_ORDER(run("list cards --json"), "{\"currentPreferredCardID\":", "\"cardList\":[{",
                   "\"options\":[\"predefined\"]}");
    CHECK_IN_ORDER(run("list countries"), "country ID: 49\n", "country code: 49\n",
                   "country name: Germany\n");
    CHECK_IN_ORDER(run("translate \"+49 (30) 1234567\""),
                   "dialable string: ", "displayable string: ", "dest country: 49\n",
                   "translate results: canonical, international");
    CHECK_IN_ORDER(run("translate \"+49 (30) 1234567\" --card 1 --json"), "{\"dialableString\":\"",
                   "\"translateResults\":[\"canonical\",\"international\"");
    CHECK_IN_ORDER(run("translate 5550100"), "dialable string: 5550100\n");
    outcome = run("translate +x");
    CHECK_EQ(outcome->status, 1);
    CHECK_STR(outcome->err, "tapictl: +x: LINEERR_INVALADDRESS\n");
    CHECK_STR(run("translate \"+1 (425) 5550100\" --card 9999")->err,
              "tapictl: +1 (425) 5550100: LINEERR_INVALCARD\n");
    CHECK_STR(run("translate \"+1 (425) 5550100\" --local --long-distance")->err,
              "tapictl: +1 (425) 5550100: LINEERR_INVALPARAM\n");
}

/* ---- providers of others ---- */

TEST(providers_that_have_less)
{
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "old.tsp");
    CHECK_IN_ORDER(run("list lines"), "line 0: Modem 14400\n", "line features: makecall\n");
    CHECK_EQ(run("list addresses")->status, 0);
    CHECK_IN_ORDER(run("dial id:0 555 --for 1"), "state dialtone, mode unavail\n",
                   "state connected\n", "state idle\n");
    CHECK_STR(run("forward id:0 5")->err, "tapictl: lineForward: LINEERR_OPERATIONUNAVAIL\n");
    CHECK_STR(run("digits id:0 555 1")->err,
              "tapictl: lineGenerateDigits: LINEERR_OPERATIONUNAVAIL\n");
    CHECK_IN_ORDER(run("list agents"), "line 0: Modem 14400\n", "proxy requests: none\n",
                   "LINEERR_OPERATIONUNAVAIL: no application answers");
    CHECK_EQ(run("phone 0")->status, 1);
    /* Phones that can tell nothing, and phones of no version that there is. */
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "bare.tsp");
    CHECK_STR(run("list phones")->err, "tapictl: phoneGetDevCaps: PHONEERR_OPERATIONUNAVAIL\n");
    CHECK_STR(run("phone 0 lamp 1 off")->err, "tapictl: lamp: PHONEERR_OPERATIONUNAVAIL\n");
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "desk.tsp");
    CHECK_STR(run("phone 0")->err,
              "tapictl: the phone cannot be opened: PHONEERR_INCOMPATIBLEAPIVERSION\n");
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
}

/* ---- doctor, and the registry's list ---- */

TEST(doctor_finds_what_is_wrong_with_providers)
{
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp;nosuch.tsp;kernel32.dll;tapictl.exe");
    CHECK_IN_ORDER(run("doctor"), "ok      simpbx.tsp: the provider speaks TSPI",
                   "FINDING nosuch.tsp: the provider's file is missing",
                   "FINDING kernel32.dll: the provider does not export "
                   "TSPI_lineNegotiateTSPIVersion",
                   "ok      tapi32: tapi32.dll is OpenTAPI", "ok      TAPI: TAPI has 5 lines",
                   "ok      phones: TAPI has 1 phones", "ok      dialling rules: there are ",
                   "healthy: no\n");
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "nosuch.tsp");
    CHECK_EQ(run("doctor")->status, 1);
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
}

/* The DLL of a provider's dialogs goes away for a moment: no other test runs meanwhile. */
TEST(doctor_misses_the_dll_of_dialogs)
{
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "ui_new.tsp");
    CHECK(strstr(run("doctor")->out, "DLL of the provider's dialogs") == NULL);
    REQUIRE(MoveFileExA("providerui.dll", "providerui.away", MOVEFILE_REPLACE_EXISTING));
    CHECK_IN_ORDER(run("doctor"),
                   "FINDING ui_new.tsp: the DLL of the provider's dialogs is missing: "
                   "providerui.dll\n");
    CHECK(MoveFileA("providerui.away", "providerui.dll"));
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
}

/* A value of the machine's list of providers; -1 for one that is not there. */
static DWORD list_value(const char *name)
{
    DWORD value = (DWORD)-1, size = sizeof(value);

    RegGetValueA(HKEY_LOCAL_MACHINE, PROVIDERS, name, RRF_RT_REG_DWORD, NULL, &value, &size);
    return value;
}

static void set_list_value(const char *name, DWORD value)
{
    CHECK_EQ(RegSetKeyValueA(HKEY_LOCAL_MACHINE, PROVIDERS, name, REG_DWORD, &value, sizeof(value)),
             0);
}

TEST(doctor_reads_the_registry_with_care)
{
    DWORD count, next, id;
    char last[40];

    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", NULL);
    REQUIRE_EQ(run("add stamp.tsp")->status, 0);
    count = list_value("NumProviders");
    next = list_value("NextProviderID");
    snprintf(last, sizeof(last), "ProviderID%lu", count - 1);
    id = list_value(last);
    set_list_value("NumProviders", count + 1);
    CHECK_IN_ORDER(run("doctor"), "FINDING list of providers: NumProviders is ", "have a file\n",
                   "remedy: take the entry out and add it again");
    set_list_value("NumProviders", count);
    set_list_value("NextProviderID", id);
    CHECK_IN_ORDER(run("doctor --json"), "\"check\":\"list of providers\",\"good\":false,",
                   "stamp.tsp has the ID ", "will give again");
    set_list_value("NextProviderID", next);
    set_list_value(last, 0);
    CHECK_IN_ORDER(run("doctor"), "FINDING list of providers: stamp.tsp has no ProviderID\n");
    set_list_value(last, id);
    CHECK(strstr(run("doctor")->out, "list of providers") == NULL);
    CHECK_EQ(run("remove stamp.tsp")->status, 0);
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
}

/* TAPI's class is registered elsewhere for a moment: no other test runs meanwhile. */
#define TAPI_SERVER                                                                                \
    "Software\\Classes\\CLSID\\{21D6D48E-A88B-11D0-83DD-00AA003CCABD}\\InprocServer32"

static void register_tapi3(const char *file, DWORD type)
{
    CHECK_EQ(
        RegSetKeyValueA(HKEY_LOCAL_MACHINE, TAPI_SERVER, NULL, type, file, (DWORD)strlen(file) + 1),
        0);
}

TEST(doctor_knows_where_tapi3_is_registered)
{
    char before[MAX_PATH], file[MAX_PATH], line[MAX_PATH + 60];
    DWORD size = sizeof(before);
    bool registered =
        !RegGetValueA(HKEY_LOCAL_MACHINE, TAPI_SERVER, NULL, RRF_RT_REG_SZ, NULL, before, &size);

    GetFullPathNameA("tapi3.dll", sizeof(file), file, NULL);
    register_tapi3(file, REG_SZ);
    snprintf(line, sizeof(line), "ok      tapi3: registered: %s\n", file);
    CHECK_IN_ORDER(run("doctor"), line);
    register_tapi3("%SystemRoot%\\nowhere\\tapi3.dll", REG_EXPAND_SZ);
    GetWindowsDirectoryA(file, sizeof(file));
    snprintf(line, sizeof(line),
             "FINDING tapi3: registered is %s\\nowhere\\tapi3.dll, which is gone", file);
    CHECK_IN_ORDER(run("doctor"), line);
    if (registered)
        register_tapi3(before, REG_SZ);
    else
        CHECK_EQ(RegDeleteTreeA(HKEY_LOCAL_MACHINE, TAPI_SERVER), 0);
}

TEST(doctor_finds_locations_of_nowhere)
{
    DWORD one = 1, nowhere = 9999, disposition = 0;
    HKEY key;

    if (RegCreateKeyExA(HKEY_CURRENT_USER, LOCATIONS "\\Location1", 0, NULL, 0,
                        KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, &disposition) ||
        disposition != REG_CREATED_NEW_KEY)
        SKIP("the user has locations"); /* which are no test's */
    RegSetValueExA(key, "ID", 0, REG_DWORD, (const BYTE *)&one, sizeof(one));
    RegSetValueExA(key, "Country", 0, REG_DWORD, (const BYTE *)&nowhere, sizeof(nowhere));
    RegSetValueExA(key, "Name", 0, REG_SZ, (const BYTE *)"Nowhere", 8);
    RegCloseKey(key);
    RegOpenKeyExA(HKEY_CURRENT_USER, LOCATIONS, 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY, &key);
    RegSetValueExA(key, "CurrentID", 0, REG_DWORD, (const BYTE *)&one, sizeof(one));
    RegSetValueExA(key, "NumEntries", 0, REG_DWORD, (const BYTE *)&one, sizeof(one));
    CHECK_IN_ORDER(run("doctor"), "FINDING dialling rules: no number can be dialled from the "
                                  "location ID 1: LINEERR_INIFILECORRUPT\n");
    CHECK_STR(run("translate \"+1 (425) 5550100\"")->err,
              "tapictl: +1 (425) 5550100: LINEERR_INIFILECORRUPT\n");
    RegDeleteTreeA(key, "Location1");
    RegCloseKey(key);
    RegDeleteKeyExA(HKEY_CURRENT_USER, LOCATIONS, KEY_WOW64_64KEY, 0);
}

TEST(providers_are_added_and_removed)
{
    const struct outcome *outcome;

    /* Whatever list the machine has: one entry more, then the same again. */
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", NULL);
    CHECK_IN_ORDER(run("add stamp.tsp"), "added\n  file: stamp.tsp\n");
    /* It has no TSPI_providerInstall that would agree to a second instance, and no dialogs. */
    CHECK_EQ(run("add STAMP.tsp")->status, 1);
    CHECK_IN_ORDER(run("list providers"), "file: stamp.tsp\n  from: registry\n");
    outcome = run("configure stamp.tsp");
    CHECK_EQ(outcome->status, 1);
    CHECK(strstr(outcome->err, "LINEERR_OPERATIONUNAVAIL") != NULL);
    CHECK_IN_ORDER(run("remove stamp.tsp --json"), "{\"file\":\"stamp.tsp\",\"ID\":");
    CHECK(strstr(run("list providers")->out, "stamp") == NULL);
    CHECK_EQ(run("remove stamp.tsp")->status, 1);
    CHECK_EQ(run("configure stamp.tsp")->status, 1);
    outcome = run("add tapictl.exe"); /* no provider */
    CHECK_EQ(outcome->status, 1);
    CHECK(strstr(outcome->err, "LINEERR_OPERATIONFAILED") != NULL);
    CHECK_EQ(run("add nosuch.tsp")->status, 1);
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
}
