/* fallback_test.c - a provider with the entries that it must have and no others: what TAPI does
 * itself then, and what it says it cannot do. */
#include "tests/session/harness.h"

static struct person person;
static HCALL call;

static void on_a_call(void)
{
    ZeroMemory(&person, sizeof(person));
    person_open(&person, NULL, LEAN, OWNER | MONITOR, VOICE);
    call_arrives(LEAN, LINECALLSTATE_CONNECTED, VOICE);
    call = person_expect_call(&person, LINECALLSTATE_CONNECTED, OWNER);
}

TEST(what_tapi_does_without_the_provider)
{
    LINECALLSTATUS status[4] = {{.dwTotalSize = sizeof(status)}};
    LINECALLLIST list[4] = {{.dwTotalSize = sizeof(list)}};
    DWORD lines = 0, addresses = 0, rings = 0;
    HICON icon = NULL;

    on_a_call();
    /* Call states are known from what it said. */
    CHECK_EQ(lineGetCallStatus(call, status), 0);
    CHECK_EQ(status->dwCallState, LINECALLSTATE_CONNECTED);
    CHECK_EQ(status->dwCallPrivilege, OWNER);
    /* Media detection and status messages are filtered here. */
    CHECK_EQ(lineSetStatusMessages(person.line, LINEDEVSTATE_RINGING, 0), 0);
    CHECK_EQ(lineGetStatusMessages(person.line, &lines, &addresses), 0);
    CHECK_EQ(lines, LINEDEVSTATE_RINGING);
    call_message(LEAN, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_MSGWAITON, 0, 0);
    call_message(LEAN, 0, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 0, 3);
    person_expect(&person, LINE_LINEDEVSTATE, person.line, LINEDEVSTATE_RINGING, 0, 3);
    /* Addresses are counted by the capabilities, calls by TAPI. */
    CHECK_EQ(lineSetNumRings(person.line, 1, 3), 0);
    CHECK_EQ(lineGetNumRings(person.line, 1, &rings), 0);
    CHECK_EQ(rings, 3);
    CHECK_EQ(lineSetNumRings(person.line, 2, 3), (LONG)LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetNewCalls(person.line, 0, LINECALLSELECT_ADDRESS, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 0);
    CHECK_EQ(lineGetIconW(LEAN, NULL, &icon), 0);
    CHECK(icon != NULL);
    /* Dropped at the close, without TSPI_lineDropOnClose. */
    CHECK_EQ(lineClose(person.line), 0);
    TSPI_CALLED(lean, "lineDrop call 1");
    TSPI_CALLED(lean, "lineCloseCall call 1");
    TSPI_CALLED(lean, "lineClose 0");
    person_end(&person);
}

TEST(icons_of_a_provider_that_has_them)
{
    HICON icon = NULL, again = NULL;
    struct person one = {0};

    person_start(&one, NULL);
    CHECK_EQ(lineGetIconA(0, "tapi/line", &icon), 0);
    CHECK(icon != NULL);
    recorder->fail = "lineGetIcon";
    recorder->fail_with = (LONG)LINEERR_INVALDEVICECLASS;
    CHECK_EQ(lineGetIconA(0, "no/such", &icon), (LONG)LINEERR_INVALDEVICECLASS);
    recorder->fail_with = (LONG)LINEERR_OPERATIONUNAVAIL;
    CHECK_EQ(lineGetIconW(0, NULL, &again), 0);
    CHECK(again != NULL);
    CHECK_EQ(lineGetIconW(99, NULL, &icon), (LONG)LINEERR_BADDEVICEID);
    person_end(&one);
}

TEST(what_only_the_provider_could_do)
{
    LINEMONITORTONE tone = {.dwFrequency1 = 440};
    LINEGENERATETONE beep = {.dwFrequency = 440};
    DWORD version = 0, completion = 0;
    VARSTRING string[8] = {{.dwTotalSize = sizeof(string)}};
    HCALL other = 0;
    BYTE flowspec[32] = {0};
    WCHAR digits[4];

    on_a_call();
#define UNAVAILABLE(expression) CHECK_EQ(expression, (LONG)LINEERR_OPERATIONUNAVAIL)
    UNAVAILABLE(lineAccept(call, NULL, 0));
    UNAVAILABLE(lineDialW(call, L"1", 0));
    UNAVAILABLE(lineHold(call));
    UNAVAILABLE(lineUnhold(call));
    UNAVAILABLE(lineSwapHold(call, call));
    UNAVAILABLE(lineBlindTransferW(call, L"1", 0));
    UNAVAILABLE(lineRedirectW(call, L"1", 0));
    UNAVAILABLE(lineSetupTransferW(call, &other, NULL));
    UNAVAILABLE(lineCompleteTransfer(call, call, NULL, LINETRANSFERMODE_TRANSFER));
    UNAVAILABLE(lineSetupConferenceW(call, person.line, &other, &other, 3, NULL));
    UNAVAILABLE(linePrepareAddToConferenceW(call, &other, NULL));
    UNAVAILABLE(lineAddToConference(call, call));
    UNAVAILABLE(lineRemoveFromConference(call));
    UNAVAILABLE(lineParkW(call, LINEPARKMODE_DIRECTED, L"1", NULL));
    UNAVAILABLE(lineUnparkW(person.line, 0, &other, L"1"));
    UNAVAILABLE(linePickupW(person.line, 0, &other, NULL, NULL));
    UNAVAILABLE(lineForwardW(person.line, TRUE, 0, NULL, 0, &other, NULL));
    UNAVAILABLE(lineCompleteCall(call, &completion, LINECALLCOMPLMODE_CALLBACK, 0));
    UNAVAILABLE(lineUncompleteCall(person.line, 1));
    UNAVAILABLE(lineSecureCall(call));
    UNAVAILABLE(lineSendUserUserInfo(call, "x", 1));
    UNAVAILABLE(lineReleaseUserUserInfo(call));
    UNAVAILABLE(lineSetCallParams(call, LINEBEARERMODE_VOICE, 0, 0, NULL));
    UNAVAILABLE(lineSetCallTreatment(call, LINECALLTREATMENT_SILENCE));
    UNAVAILABLE(lineSetCallData(call, flowspec, sizeof(flowspec)));
    UNAVAILABLE(lineSetCallQualityOfService(call, flowspec, 32, flowspec, 32));
    UNAVAILABLE(lineSetTerminal(person.line, 0, call, LINECALLSELECT_CALL, 1, 0, TRUE));
    UNAVAILABLE(lineSetMediaMode(call, VOICE));
    UNAVAILABLE(lineSetAppSpecific(call, 1));
    UNAVAILABLE(lineSetLineDevStatus(person.line, LINEDEVSTATUSFLAGS_LOCKED, 1));
    UNAVAILABLE(lineMonitorDigits(call, LINEDIGITMODE_DTMF));
    UNAVAILABLE(lineMonitorMedia(call, FAX));
    UNAVAILABLE(lineMonitorTones(call, &tone, 1));
    UNAVAILABLE(lineGatherDigitsW(call, LINEDIGITMODE_DTMF, digits, 3, NULL, 0, 0));
    UNAVAILABLE(lineGenerateDigitsW(call, LINEDIGITMODE_DTMF, L"1", 0));
    UNAVAILABLE(lineGenerateTone(call, LINETONEMODE_CUSTOM, 10, 1, &beep));
    UNAVAILABLE(lineGetDevConfigW(LEAN, string, L"comm"));
    UNAVAILABLE(lineSetDevConfigW(LEAN, string, 4, L"comm"));
    UNAVAILABLE(lineNegotiateExtVersion(person.app, LEAN, 0x00020002, 1, 2, &version));
    UNAVAILABLE(lineDevSpecific(person.line, 0, call, NULL, 0));
    UNAVAILABLE(lineDevSpecificFeature(person.line, 0, NULL, 0));
    NO_MORE(LEAN, &person); /* none of them brings a LINE_REPLY */
    person_end(&person);
}

/* Two providers at once: what one does is none of the other's business. */
TEST(lines_of_two_providers_side_by_side)
{
    struct person both = {0};
    HLINE rich, poor;
    HCALL first = 0, second = 0;

    person_start(&both, NULL);
    REQUIRE_EQ(person_try_open(&both, 0, OWNER, VOICE, NULL), 0);
    rich = both.line;
    REQUIRE_EQ(person_try_open(&both, LEAN, OWNER, VOICE, NULL), 0);
    poor = both.line;
    person_done(&both, lineMakeCallW(rich, &first, L"1", 0, NULL));
    person_done(&both, lineMakeCallW(poor, &second, L"1", 0, NULL));
    CHECK_EQ(lineSwapHold(first, second), (LONG)LINEERR_INVALCALLHANDLE);
    call_state(0, 1, LINECALLSTATE_CONNECTED);
    person_expect(&both, LINE_CALLSTATE, first, LINECALLSTATE_CONNECTED, 0, 0);
    call_state(LEAN, 1, LINECALLSTATE_CONNECTED);
    person_expect(&both, LINE_CALLSTATE, second, LINECALLSTATE_CONNECTED, 0, 0);
    person_end(&both);
    TSPI_CALLED(recorder, "lineClose 0");
    TSPI_CALLED(lean, "lineClose 0");
}
