/* tapictl_test.c - runs tapictl.exe on the exchange and looks at what comes out. */
#include "tests/support/test.h"
#include "tests/support/wait.h"

#include <stdio.h>
#include <windows.h>

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
    REQUIRE(CreateProcessA(NULL, command, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &start,
                           &process));
    if (!wait_handle(process.hProcess, 3 * WAIT_LONG)) {
        FAIL("%s does not end", command);
        TerminateProcess(process.hProcess, 99);
        wait_handle(process.hProcess, WAIT_LONG);
    }
    GetExitCodeProcess(process.hProcess, &outcome.status);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
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
    CHECK_IN_ORDER(outcome, "result ok\n", "state dialing\n", "called 5550100\n",
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

/* ---- doctor, and the registry's list ---- */

TEST(doctor_finds_what_is_wrong_with_providers)
{
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp;nosuch.tsp;kernel32.dll;tapictl.exe");
    CHECK_IN_ORDER(run("doctor"), "ok      simpbx.tsp: the provider speaks TSPI",
                   "FINDING nosuch.tsp: the provider's file is missing",
                   "FINDING kernel32.dll: the provider does not export "
                   "TSPI_lineNegotiateTSPIVersion",
                   "ok      tapi32: tapi32.dll is OpenTAPI", "ok      TAPI: TAPI has 5 lines",
                   "healthy: no\n");
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "nosuch.tsp");
    CHECK_EQ(run("doctor")->status, 1);
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
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
