/* hub_test.c - call hubs: which calls belong together, for applications that want to know
 * (callhub-support.md, line-appnewcallhub.md). */
#include "tests/session/harness.h"
#include "tapi32/private.h"

static struct person tracker(void)
{
    return (struct person){.version = 0x00030000,
                           .options = LINEINITIALIZEEXOPTION_CALLHUBTRACKING};
}

TEST(a_hub_comes_with_its_first_call_and_goes_with_its_last)
{
    struct person hubs = tracker(), plain = {.version = 0x00030000};
    HCALL first, second;

    person_open(&hubs, NULL, 0, OWNER, VOICE);
    person_open(&plain, NULL, 0, MONITOR, 0);
    recorder->call_id = 500;
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    first = person_expect_call(&hubs, LINECALLSTATE_OFFERING, OWNER);
    person_expect_call(&plain, LINECALLSTATE_OFFERING, MONITOR);
    person_expect(&hubs, LINE_APPNEWCALLHUB, first, LINECALLHUBTRACKING_PROVIDERLEVEL, 0, 0);
    TSPI_CALLED(recorder, "lineGetCallIDs call 1");

    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    second = person_expect_call(&hubs, LINECALLSTATE_OFFERING, OWNER);
    person_expect_call(&plain, LINECALLSTATE_OFFERING, MONITOR);
    call_state(0, 1, LINECALLSTATE_IDLE);
    person_expect(&hubs, LINE_CALLSTATE, first, LINECALLSTATE_IDLE, 0, 0);
    call_state(0, 2, LINECALLSTATE_IDLE);
    person_expect(&hubs, LINE_CALLSTATE, second, LINECALLSTATE_IDLE, 0, 0);
    person_expect(&hubs, LINE_CALLHUBCLOSE, second, 0, 0, 0);
    person_expect(&plain, LINE_CALLSTATE, ANY, LINECALLSTATE_IDLE, 0, 0);
    person_expect(&plain, LINE_CALLSTATE, ANY, LINECALLSTATE_IDLE, 0, 0);
    NO_MORE(0, &hubs, &plain);
    person_end(&hubs);
    person_end(&plain);
}

/* A provider that has no TSPI_lineGetCallIDs tells the ID with LINECALLINFO; one that learns it
 * late says so. */
TEST(the_id_comes_late_and_by_lineGetCallInfo)
{
    struct person hubs = tracker();
    HCALL call;

    lean->call_media_mode = VOICE;
    person_open(&hubs, NULL, LEAN, OWNER, VOICE);
    call_arrives(LEAN, LINECALLSTATE_OFFERING, VOICE);
    call = person_expect_call(&hubs, LINECALLSTATE_OFFERING, OWNER);
    TSPI_CALLED(lean, "lineGetCallInfo call 1");
    NO_MORE(LEAN, &hubs);
    lean->call_id = 9;
    call_message(LEAN, 1, LINE_CALLINFO, LINECALLINFOSTATE_CALLID, 0, 0);
    person_expect(&hubs, LINE_CALLINFO, call, LINECALLINFOSTATE_CALLID, 0, 0);
    person_expect(&hubs, LINE_APPNEWCALLHUB, call, LINECALLHUBTRACKING_PROVIDERLEVEL, 0, 0);
    person_end(&hubs);
}

/* After a transfer a call is part of another conversation: one hub ends, another begins. */
TEST(a_call_goes_over_to_another_hub)
{
    struct person hubs = tracker();
    HCALL first, second;

    person_open(&hubs, NULL, 0, OWNER, VOICE);
    recorder->call_id = 500;
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    first = person_expect_call(&hubs, LINECALLSTATE_CONNECTED, OWNER);
    person_expect(&hubs, LINE_APPNEWCALLHUB, first, LINECALLHUBTRACKING_PROVIDERLEVEL, 0, 0);
    recorder->call_id = 501;
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    second = person_expect_call(&hubs, LINECALLSTATE_CONNECTED, OWNER);
    person_expect(&hubs, LINE_APPNEWCALLHUB, second, LINECALLHUBTRACKING_PROVIDERLEVEL, 0, 0);
    /* the first joins the second's, which the application knows */
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_CALLID, 0, 0);
    person_expect(&hubs, LINE_CALLINFO, first, LINECALLINFOSTATE_CALLID, 0, 0);
    person_expect(&hubs, LINE_CALLHUBCLOSE, first, 0, 0, 0);
    /* the same ID again is no news */
    call_message(0, 2, LINE_CALLINFO, LINECALLINFOSTATE_CALLID, 0, 0);
    person_expect(&hubs, LINE_CALLINFO, second, LINECALLINFOSTATE_CALLID, 0, 0);
    NO_MORE(0, &hubs); /* by now the worker has asked for it */
    recorder->call_id = 502;
    call_message(0, 2, LINE_CALLINFO, LINECALLINFOSTATE_CALLID, 0, 0);
    person_expect(&hubs, LINE_CALLINFO, second, LINECALLINFOSTATE_CALLID, 0, 0);
    person_expect(&hubs, LINE_APPNEWCALLHUB, second, LINECALLHUBTRACKING_PROVIDERLEVEL, 0, 0);
    call_state(0, 1, LINECALLSTATE_IDLE);
    person_expect(&hubs, LINE_CALLSTATE, first, LINECALLSTATE_IDLE, 0, 0);
    person_expect(&hubs, LINE_CALLHUBCLOSE, first, 0, 0, 0);
    NO_MORE(0, &hubs);
    person_end(&hubs);
}

TEST(an_application_before_3_0_has_no_hubs)
{
    struct person hubs = tracker();

    hubs.version = 0x00020002;
    person_open(&hubs, NULL, 0, OWNER, VOICE);
    recorder->call_id = 500;
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&hubs, LINECALLSTATE_OFFERING, OWNER);
    NO_MORE(0, &hubs);
    person_end(&hubs);
}

TEST(tracking_is_set_at_the_provider_or_left_to_the_ids)
{
    struct person hubs = tracker();
    DWORD available = 0, current = 0;
    HCALL call;

    person_open(&hubs, NULL, 0, OWNER, VOICE);
    CHECK_EQ(OpenTapiLineSetCallHubTracking(hubs.line, 3), (LONG)LINEERR_INVALPARAM);
    CHECK_EQ(OpenTapiLineSetCallHubTracking(0xBAD, LINECALLHUBTRACKING_NONE),
             (LONG)LINEERR_INVALLINEHANDLE);
    CHECK_EQ(OpenTapiLineSetCallHubTracking(hubs.line, LINECALLHUBTRACKING_ALLCALLS), 0);
    TSPI_CALLED(recorder, "lineSetCallHubTracking 0 tracking 0x2");
    CHECK_EQ(OpenTapiLineGetCallHubTracking(hubs.line, &available, &current), 0);
    CHECK_EQ(available, LINECALLHUBTRACKING_ALLCALLS);
    CHECK_EQ(current, LINECALLHUBTRACKING_PROVIDERLEVEL); /* as the provider says */
    recorder->fail_with = (LONG)LINEERR_RESOURCEUNAVAIL;
    recorder->fail = "lineSetCallHubTracking";
    CHECK_EQ(OpenTapiLineSetCallHubTracking(hubs.line, LINECALLHUBTRACKING_NONE),
             (LONG)LINEERR_RESOURCEUNAVAIL);
    recorder->fail = "lineGetCallHubTracking";
    CHECK_EQ(OpenTapiLineGetCallHubTracking(hubs.line, &available, &current),
             (LONG)LINEERR_RESOURCEUNAVAIL);
    recorder->fail = NULL;
    recorder->call_id = 1;
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    call = person_expect_call(&hubs, LINECALLSTATE_OFFERING, OWNER);
    person_expect(&hubs, LINE_APPNEWCALLHUB, call, LINECALLHUBTRACKING_ALLCALLS, 0, 0);
    CHECK_EQ(lineClose(hubs.line), 0);
    person_expect(&hubs, LINE_CALLHUBCLOSE, call, 0, 0, 0);

    REQUIRE_EQ(person_try_open(&hubs, LEAN, OWNER, VOICE, NULL), 0);
    CHECK_EQ(OpenTapiLineSetCallHubTracking(hubs.line, LINECALLHUBTRACKING_ALLCALLS),
             (LONG)LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(OpenTapiLineSetCallHubTracking(hubs.line, LINECALLHUBTRACKING_PROVIDERLEVEL), 0);
    CHECK_EQ(OpenTapiLineGetCallHubTracking(hubs.line, &available, &current), 0);
    CHECK_EQ(available, LINECALLHUBTRACKING_PROVIDERLEVEL);
    CHECK_EQ(current, LINECALLHUBTRACKING_PROVIDERLEVEL);
    person_end(&hubs);
}

/* All calls with the ID on the provider's lines that the application has open. */
TEST(the_calls_of_a_hub_are_found_on_other_lines)
{
    struct person one = {.version = 0x00030000};
    LINECALLLIST list[6] = {{.dwTotalSize = sizeof(list)}};
    HLINE other;
    HCALL call;

    person_open(&one, NULL, 0, OWNER, VOICE);
    REQUIRE_EQ(lineOpenW(one.app, 1, &other, one.version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
               0);
    recorder->call_id = 40;
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    call = person_expect_call(&one, LINECALLSTATE_CONNECTED, OWNER);
    call_arrives(1, LINECALLSTATE_CONNECTED, VOICE);
    one.line = other;
    NO_MORE(1, &one); /* it is there */
    CHECK_EQ(OpenTapiLineGetHubRelatedCalls(call, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 2);
    CHECK_EQ(OpenTapiLineGetHubRelatedCalls(0xBAD, list), (LONG)LINEERR_INVALCALLHANDLE);
    list->dwTotalSize = 8;
    CHECK_EQ(OpenTapiLineGetHubRelatedCalls(call, list), (LONG)LINEERR_STRUCTURETOOSMALL);
    person_end(&one);
}
