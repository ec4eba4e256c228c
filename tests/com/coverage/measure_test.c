/* measure_test.c - the records of a program whose tests are known (probe_test.c, probe.vbs): each
 * call is there as what it was, and nothing is there of a test that failed or was skipped. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

static char folder[MAX_PATH], records[1 << 17];

TEST_BEFORE
{
    char temporary[MAX_PATH];

    GetTempPathA(sizeof temporary, temporary);
    snprintf(folder, sizeof folder, "%.200sopentapi-measure-%lu", temporary, GetCurrentProcessId());
    CreateDirectoryA(folder, NULL);
}

/* The files of the folder, which go with it. */
static void read_records(void)
{
    char pattern[MAX_PATH + 8], path[2 * MAX_PATH];
    size_t length = 0;
    WIN32_FIND_DATAA found;

    snprintf(pattern, sizeof pattern, "%s\\*.txt", folder);
    HANDLE search = FindFirstFileA(pattern, &found);
    for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileA(search, &found)) {
        snprintf(path, sizeof path, "%s\\%s", folder, found.cFileName);
        FILE *file = fopen(path, "r");
        if (file == NULL)
            continue;
        length += fread(records + length, 1, sizeof records - 1 - length, file);
        fclose(file);
        DeleteFileA(path);
    }
    if (search != INVALID_HANDLE_VALUE)
        FindClose(search);
    records[length] = 0;
}

TEST_AFTER
{
    read_records();
    RemoveDirectoryA(folder);
}

/* Runs a program that records into the folder; its exit status. */
static DWORD run(const char *command)
{
    STARTUPINFOA info = {.cb = sizeof info};
    PROCESS_INFORMATION process;
    char outer[MAX_PATH] = "", line[1000];

    GetEnvironmentVariableA("OPENTAPI_COVERAGE", outer, sizeof outer);
    SetEnvironmentVariableA("OPENTAPI_COVERAGE", folder);
    snprintf(line, sizeof line, "%s", command);
    bool started = wait_start(line, true, CREATE_NO_WINDOW, &info, &process);
    SetEnvironmentVariableA("OPENTAPI_COVERAGE", outer[0] != 0 ? outer : NULL);
    REQUIRE(started);
    DWORD status = wait_end(line, &process);
    read_records();
    return status;
}

static bool has(const char *record)
{
    return strstr(records, record) != NULL;
}

TEST(a_call_counts_with_its_way_result_and_apartment)
{
    run("test_com_coverage_probe.exe vtable_in_the_mta failure_in_an_sta");
    CHECK(has("V ITTAPI.Initialize:MTA 0x00000000 probe_test/vtable_in_the_mta\n"));
    /* ITTAPI's method, called through ITTAPI2's vtable */
    CHECK(has("V ITTAPI.get_EventFilter:MTA 0x00000000 probe_test/vtable_in_the_mta\n"));
    CHECK(has("V ITTAPI.get_Addresses:STA 0x80040059 probe_test/failure_in_an_sta\n"));
    CHECK(!has("V ITTAPI.get_Addresses:MTA"));
    CHECK(!has("D "));
}

TEST(invoke_is_no_call_through_the_vtable)
{
    run("test_com_coverage_probe.exe probe_test/dispatch");
    CHECK(has("D ITTAPI.Initialize:MTA 0x00000000 probe_test/dispatch\n"));
    CHECK(has("D ITTAPICallCenter.get_AgentHandlers:MTA 0x00000000 probe_test/dispatch\n"));
    CHECK(!has("V "));
}

TEST(enumerators_are_told_apart)
{
    run("test_com_coverage_probe.exe probe_test/enumerators");
    CHECK(has("V IEnumAddress.Next:MTA 0x00000000"));
    CHECK(has("V IEnumPhone.Reset:MTA 0x00000000"));
    CHECK(!has("V IEnumPhone.Next"));
    CHECK(!has("V IEnumAddress.Reset"));
    CHECK(has("V ITAddress.get_AddressName:MTA 0x00000000"));
}

TEST(events_are_seen_on_their_way)
{
    run("test_com_coverage_probe.exe probe_test/events");
    CHECK(has("N ITCallStateEvent/0x00000008:STA:vtable 0x00000004 probe_test/events\n"));
    CHECK(has("V ITCallStateEvent.get_State:STA 0x00000000 probe_test/events\n"));
    CHECK(has("V ITTAPIEventNotification.Event:STA 0x00000000 probe_test/events\n"));
}

TEST(what_failed_or_was_skipped_counts_for_nothing)
{
    CHECK_EQ(run("test_com_coverage_probe.exe probe_test/fails probe_test/skips vtable_in_the_mta"),
             1);
    CHECK(!has("put_EventFilter"));
    CHECK(!has("RegisterRequestRecipient"));
    CHECK(has("probe_test/vtable_in_the_mta"));
}

TEST(a_script_counts_as_one_test)
{
    char command[600];

    snprintf(command, sizeof command, "test_otscript.exe //Nologo \"%s\"",
             getenv("OPENTAPI_PROBE_SCRIPT"));
    CHECK_EQ(run(command), 0);
    CHECK(has("D ITTAPI.Initialize:STA:script 0x00000000 test_otscript/probe.vbs\n"));
    CHECK(has("D ITAddress.get_AddressName:STA:script 0x00000000 test_otscript/probe.vbs\n"));
    CHECK(has("D ITTAPI.Shutdown:STA:script 0x00000000 test_otscript/probe.vbs\n"));
    CHECK(!has("V "));
    /* its name is unknown: no script ran */
    CHECK(run("test_otscript.exe //Nologo nothing.vbs") != 0);
    CHECK_STR(records, "");
}
