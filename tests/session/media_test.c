/* media_test.c - monitoring and gathering on one call for several applications: the provider does
 * the sum of what all want, each hears what it asked for, and nothing is done for those who have
 * gone. */
#include "tests/session/harness.h"

static struct person owner, watcher;
static HCALL call, seen;

static void two_on_a_call(void)
{
    ZeroMemory(&owner, sizeof(owner));
    ZeroMemory(&watcher, sizeof(watcher));
    person_open(&owner, NULL, 0, OWNER, VOICE);
    person_open(&watcher, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    call = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
    seen = person_expect_call(&watcher, LINECALLSTATE_CONNECTED, MONITOR);
}

static void both_end(void)
{
    person_end(&owner);
    person_end(&watcher);
}

TEST(digits_are_monitored_for_the_sum_and_heard_by_those_who_asked)
{
    two_on_a_call();
    CHECK_EQ(lineMonitorDigits(call, 0x80), (LONG)LINEERR_INVALDIGITMODE);
    CHECK_EQ(lineMonitorDigits(call, LINEDIGITMODE_DTMF), 0);
    TSPI_CALLED(recorder, "lineMonitorDigits call 1 modes 0x2");
    CHECK_EQ(lineMonitorDigits(seen, LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND), 0);
    TSPI_CALLED(recorder, "lineMonitorDigits call 1 modes 0x6");
    call_message(0, 1, LINE_MONITORDIGITS, '5', LINEDIGITMODE_DTMF, 1234);
    person_expect(&owner, LINE_MONITORDIGITS, call, '5', LINEDIGITMODE_DTMF, 1234);
    person_expect(&watcher, LINE_MONITORDIGITS, seen, '5', LINEDIGITMODE_DTMF, 1234);
    call_message(0, 1, LINE_MONITORDIGITS, '5', LINEDIGITMODE_DTMFEND, 0);
    person_expect(&watcher, LINE_MONITORDIGITS, seen, '5', LINEDIGITMODE_DTMFEND, ANY);
    NO_MORE(0, &owner, &watcher);
    both_end();
}

TEST(who_goes_needs_no_monitoring_any_more)
{
    two_on_a_call();
    CHECK_EQ(lineMonitorDigits(seen, LINEDIGITMODE_DTMF), 0);
    CHECK_EQ(lineMonitorMedia(seen, FAX), 0);
    TSPI_CALLED(recorder, "lineMonitorMedia call 1 modes 0x20");
    CHECK_EQ(lineDeallocateCall(seen), 0);
    TSPI_CALLED(recorder, "lineMonitorDigits call 1 modes 0x0");
    TSPI_CALLED(recorder, "lineMonitorMedia call 1 modes 0x0");
    both_end();
}

TEST(media_and_tones_go_to_those_who_asked)
{
    LINEMONITORTONE tone = {.dwAppSpecific = 77, .dwDuration = 100, .dwFrequency1 = 1100};

    two_on_a_call();
    CHECK_EQ(lineMonitorMedia(call, FAX | DATA), 0);
    CHECK_EQ(lineMonitorMedia(seen, DATA), 0);
    TSPI_CALLED(recorder, "lineMonitorMedia call 1 modes 0x30");
    TSPI_NOT_CALLED(recorder, "lineMonitorMedia");
    call_message(0, 1, LINE_MONITORMEDIA, FAX, 0, 0);
    person_expect(&owner, LINE_MONITORMEDIA, call, FAX, 0, ANY);
    NO_MORE(0, &owner, &watcher);
    CHECK_EQ(lineMonitorTones(seen, &tone, 1), 0);
    TSPI_CALLED(recorder, "lineMonitorTones call 1 list 0x");
    /* dwParam2 is the list's: whose it was. */
    call_message(0, 1, LINE_MONITORTONE, 77, seen, 0);
    person_expect(&watcher, LINE_MONITORTONE, seen, 77, 0, ANY);
    NO_MORE(0, &owner, &watcher);
    CHECK_EQ(lineMonitorTones(seen, NULL, 0), 0);
    call_message(0, 1, LINE_MONITORTONE, 77, seen, 0);
    NO_MORE(0, &owner, &watcher);
    both_end();
}

/* A provider looks for a few lists of tones at a time: that of a program that goes is cancelled. */
TEST(tones_are_not_looked_for_without_who_asked)
{
    LINEMONITORTONE tone = {.dwAppSpecific = 77, .dwDuration = 100, .dwFrequency1 = 1100};
    char text[64];

    two_on_a_call();
    CHECK_EQ(lineMonitorTones(seen, &tone, 1), 0);
    CHECK_EQ(lineMonitorTones(call, &tone, 1), 0);
    CHECK_EQ(lineDeallocateCall(seen), 0);
    wsprintfA(text, "lineMonitorTones call 1 list 0x%lx tones 1", (DWORD)(DWORD_PTR)call);
    TSPI_CALLED(recorder, text);
    wsprintfA(text, "lineMonitorTones call 1 list 0x%lx tones 0", (DWORD)(DWORD_PTR)seen);
    TSPI_CALLED(recorder, text);
    call_message(0, 1, LINE_MONITORTONE, 77, call, 0);
    person_expect(&owner, LINE_CALLINFO, call, LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    person_expect(&owner, LINE_MONITORTONE, call, 77, 0, ANY);
    both_end();
}

/* Monitoring ends with the connection (digit-monitoring.md), and can begin anew. */
TEST(monitoring_ends_when_the_call_disconnects)
{
    two_on_a_call();
    CHECK_EQ(lineMonitorDigits(call, LINEDIGITMODE_DTMF), 0);
    TSPI_CALLED(recorder, "lineMonitorDigits call 1 modes 0x2");
    call_state(0, 1, LINECALLSTATE_DISCONNECTED);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_DISCONNECTED, 0, 0);
    person_expect(&watcher, LINE_CALLSTATE, seen, LINECALLSTATE_DISCONNECTED, 0, 0);
    call_message(0, 1, LINE_MONITORDIGITS, '1', LINEDIGITMODE_DTMF, 0);
    NO_MORE(0, &owner, &watcher);
    CHECK_EQ(lineMonitorDigits(call, LINEDIGITMODE_DTMF), 0);
    TSPI_CALLED(recorder, "lineMonitorDigits call 1 modes 0x2");
    both_end();
}

TEST(a_provider_that_refuses_monitors_nothing_new)
{
    two_on_a_call();
    recorder->fail = "lineMonitorDigits";
    recorder->fail_with = (LONG)LINEERR_RESOURCEUNAVAIL;
    CHECK_EQ(lineMonitorDigits(call, LINEDIGITMODE_DTMF), (LONG)LINEERR_RESOURCEUNAVAIL);
    recorder->fail = NULL;
    call_message(0, 1, LINE_MONITORDIGITS, '1', LINEDIGITMODE_DTMF, 0);
    NO_MORE(0, &owner, &watcher);
    both_end();
}

TEST(generation_ends_for_who_asked)
{
    two_on_a_call();
    CHECK_EQ(lineGenerateDigitsW(seen, LINEDIGITMODE_DTMF, L"1", 0), (LONG)LINEERR_NOTOWNER);
    CHECK_EQ(lineSetCallPrivilege(seen, OWNER), 0);
    person_expect(&owner, LINE_CALLINFO, call, ANY, 0, 0);
    CHECK_EQ(lineGenerateDigitsW(seen, LINEDIGITMODE_DTMF, L"1", 0), 0);
    call_message(0, 1, LINE_GENERATE, LINEGENERATETERM_DONE, seen, 5);
    person_expect(&watcher, LINE_GENERATE, seen, LINEGENERATETERM_DONE, 0, 5);
    call_message(0, 1, LINE_GENERATE, LINEGENERATETERM_DONE, 0xBAD, 5);
    NO_MORE(0, &owner, &watcher);
    both_end();
}

/* One gathering on a call, whoever asked: the second ends the first (digit-gathering.md). */
TEST(a_second_gathering_ends_the_first)
{
    WCHAR first[8] = L"", second[8] = L"";

    two_on_a_call();
    CHECK_EQ(lineSetCallPrivilege(seen, OWNER), 0);
    person_expect(&owner, LINE_CALLINFO, call, ANY, 0, 0);
    CHECK_EQ(lineGatherDigitsW(call, LINEDIGITMODE_DTMF, first, 4, NULL, 0, 0), 0);
    lstrcpyW(recorder->digits, L"12");
    CHECK_EQ(lineGatherDigitsW(seen, LINEDIGITMODE_DTMF, second, 4, NULL, 0, 0), 0);
    person_expect(&owner, LINE_GATHERDIGITS, call, LINEGATHERTERM_CANCEL, 0, ANY);
    CHECK_WSTR(first, L"12");
    lstrcpyW(recorder->digits, L"3456");
    call_message(0, 1, LINE_GATHERDIGITS, LINEGATHERTERM_BUFFERFULL, recorder->digits_id, 9);
    person_expect(&watcher, LINE_GATHERDIGITS, seen, LINEGATHERTERM_BUFFERFULL, 0, 9);
    CHECK(!memcmp(second, L"3456", 4 * sizeof(WCHAR)));
    NO_MORE(0, &owner, &watcher);
    both_end();
}

TEST(a_gathering_for_nobody_is_stopped)
{
    WCHAR digits[8] = L"";

    two_on_a_call();
    CHECK_EQ(lineGatherDigitsW(call, LINEDIGITMODE_DTMF, digits, 4, NULL, 0, 0), 0);
    TSPI_CALLED(recorder, "lineGatherDigits call 1 digits 4");
    CHECK_EQ(lineDeallocateCall(call), 0);
    TSPI_CALLED(recorder, "lineGatherDigits call 1 digits 0");
    both_end();
}
