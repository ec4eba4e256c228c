/* transfer_test.c - transfers seen from both applications on the line: with a consultation call,
 * with a held call in its place, in one step, and resolved as a conference (transfer-ovr.md). */
#include "tests/session/harness.h"

static struct person owner, watcher;
static HCALL call, consult, seen;

/* A connected call, number 1, and a monitor of the line. */
static void connected(void)
{
    ZeroMemory(&owner, sizeof(owner));
    ZeroMemory(&watcher, sizeof(watcher));
    person_open(&owner, NULL, 0, OWNER, VOICE);
    person_open(&watcher, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    call = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
    seen = person_expect_call(&watcher, LINECALLSTATE_CONNECTED, MONITOR);
}

static void both_see(DWORD number, HCALL at_owner, HCALL at_watcher, DWORD state)
{
    call_state(0, number, state);
    person_expect(&owner, LINE_CALLSTATE, at_owner, state, ANY, 0);
    person_expect(&watcher, LINE_CALLSTATE, at_watcher, state, ANY, 0);
}

static HCALL set_up(LINECALLPARAMS *params)
{
    person_done(&owner, lineSetupTransferW(call, &consult, params));
    TSPI_CALLED(recorder, "lineSetupTransfer call 1");
    return person_expect_call(&watcher, LINECALLSTATE_UNKNOWN, MONITOR);
}

static void both_end(void)
{
    person_end(&owner);
    person_end(&watcher);
}

TEST(consultation_transfer_to_the_end)
{
    HCALL seen_consult;

    connected();
    seen_consult = set_up(NULL);
    both_see(1, call, seen, LINECALLSTATE_ONHOLDPENDTRANSFER);
    both_see(2, consult, seen_consult, LINECALLSTATE_CONNECTED);
    /* Toggling while consulting. */
    person_done(&owner, lineSwapHold(consult, call));
    TSPI_CALLED(recorder, "lineSwapHold call 2 with 1");
    CHECK_EQ(lineCompleteTransfer(call, consult, NULL, 7), (LONG)LINEERR_INVALTRANSFERMODE);
    CHECK_EQ(lineCompleteTransfer(call, 0xBAD, NULL, LINETRANSFERMODE_TRANSFER),
             (LONG)LINEERR_INVALCONSULTCALLHANDLE);
    CHECK_EQ(lineCompleteTransfer(seen, consult, NULL, LINETRANSFERMODE_TRANSFER),
             (LONG)LINEERR_NOTOWNER);
    person_done(&owner, lineCompleteTransfer(call, consult, NULL, LINETRANSFERMODE_TRANSFER));
    TSPI_CALLED(recorder, "lineCompleteTransfer call 1 with 2 mode 1");
    both_see(1, call, seen, LINECALLSTATE_IDLE);
    both_see(2, consult, seen_consult, LINECALLSTATE_IDLE);
    NO_MORE(0, &owner, &watcher);
    both_end();
}

/* The consultation call is dropped, and a call that was on hold takes its place. */
TEST(a_held_call_instead_of_the_consultation_call)
{
    HCALL held, seen_held, seen_consult;

    connected();
    call_arrives(0, LINECALLSTATE_ONHOLD, VOICE);
    held = person_expect_call(&owner, LINECALLSTATE_ONHOLD, OWNER);
    seen_held = person_expect_call(&watcher, LINECALLSTATE_ONHOLD, MONITOR);
    seen_consult = set_up(NULL);
    both_see(1, call, seen, LINECALLSTATE_ONHOLDPENDTRANSFER);
    person_done(&owner, lineDrop(consult, NULL, 0));
    both_see(3, consult, seen_consult, LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall(consult), 0);
    person_done(&owner, lineUnhold(held));
    TSPI_CALLED(recorder, "lineUnhold call 2");
    both_see(2, held, seen_held, LINECALLSTATE_CONNECTED);
    person_done(&owner, lineCompleteTransfer(call, held, NULL, LINETRANSFERMODE_TRANSFER));
    TSPI_CALLED(recorder, "lineCompleteTransfer call 1 with 2 mode 1");
    both_see(1, call, seen, LINECALLSTATE_IDLE);
    both_see(2, held, seen_held, LINECALLSTATE_IDLE);
    both_end();
}

TEST(one_step_transfer_and_parameters_reach_the_provider)
{
    static struct {
        LINECALLPARAMS fixed;
        WCHAR party[8];
    } params = {.fixed = {.dwTotalSize = sizeof(params),
                          .dwBearerMode = LINEBEARERMODE_VOICE,
                          .dwMediaMode = VOICE,
                          .dwCallParamFlags = LINECALLPARAMFLAGS_ONESTEPTRANSFER,
                          .dwCalledPartySize = sizeof(L"Zoe"),
                          .dwCalledPartyOffset = sizeof(LINECALLPARAMS)},
                .party = L"Zoe"};
    LINECALLINFO info[4] = {{.dwTotalSize = sizeof(info)}};

    connected();
    set_up(&params.fixed);
    CHECK_EQ(recorder->params.dwCallParamFlags, LINECALLPARAMFLAGS_ONESTEPTRANSFER);
    CHECK_EQ(recorder->params.dwMediaMode, VOICE);
    /* The caller's own words stay with the call. */
    CHECK_EQ(lineGetCallInfoW(consult, info), 0);
    REQUIRE_EQ(info->dwCalledPartySize, sizeof(L"Zoe"));
    CHECK_WSTR((WCHAR *)((BYTE *)info + info->dwCalledPartyOffset), L"Zoe");
    CHECK_EQ(info->dwNumOwners, 1);
    CHECK_EQ(info->dwNumMonitors, 1);
    both_end();
}

TEST(resolution_as_a_conference)
{
    HCALL conference = 0, seen_consult, seen_conference;
    LINECALLLIST list[6] = {{.dwTotalSize = sizeof(list)}};

    connected();
    seen_consult = set_up(NULL);
    both_see(1, call, seen, LINECALLSTATE_ONHOLDPENDTRANSFER);
    both_see(2, consult, seen_consult, LINECALLSTATE_CONNECTED);
    person_done(&owner,
                lineCompleteTransfer(call, consult, &conference, LINETRANSFERMODE_CONFERENCE));
    CHECK(conference != 0);
    seen_conference = person_expect_call(&watcher, LINECALLSTATE_UNKNOWN, MONITOR);
    both_see(3, conference, seen_conference, LINECALLSTATE_CONNECTED);
    /* Each application is given its own handle of the conference. */
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, (DWORD_PTR)recorder->call[3], 0);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_CONFERENCED, conference, 0);
    person_expect(&watcher, LINE_CALLSTATE, seen, LINECALLSTATE_CONFERENCED, seen_conference, 0);
    call_message(0, 2, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, (DWORD_PTR)recorder->call[3], 0);
    person_expect(&owner, LINE_CALLSTATE, consult, LINECALLSTATE_CONFERENCED, conference, 0);
    person_expect(&watcher, LINE_CALLSTATE, seen_consult, LINECALLSTATE_CONFERENCED,
                  seen_conference, 0);
    CHECK_EQ(lineGetConfRelatedCalls(seen, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 3);
    CHECK_EQ(*(HCALL *)((BYTE *)list + list->dwCallsOffset), seen_conference);
    /* Without the handle of the parent the message names none. */
    CHECK_EQ(lineDeallocateCall(seen_conference), 0);
    person_expect(&owner, LINE_CALLINFO, conference, LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, (DWORD_PTR)recorder->call[3], 0);
    person_expect(&watcher, LINE_CALLSTATE, seen, LINECALLSTATE_CONFERENCED, 0, 0);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_CONFERENCED, conference, 0);
    both_end();
}

/* Call parameters are read in the call's API version, which asks for nothing to be made: a monitor
 * of a party is not given the other parties' handles by it. */
TEST(reading_parameters_makes_no_handles)
{
    LINECALLPARAMS params = {.dwTotalSize = sizeof(params), .dwBearerMode = LINEBEARERMODE_VOICE};
    struct person late = {0};
    LINECALLLIST list[6] = {{.dwTotalSize = sizeof(list)}};
    HCALL conference = 0;

    connected();
    set_up(NULL);
    person_done(&owner,
                lineCompleteTransfer(call, consult, &conference, LINETRANSFERMODE_CONFERENCE));
    person_expect_call(&watcher, LINECALLSTATE_UNKNOWN, MONITOR);
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, (DWORD_PTR)recorder->call[3], 0);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_CONFERENCED, conference, 0);
    person_open(&late, NULL, 0, OWNER, DATA);
    CHECK_EQ(lineHandoffW(call, NULL, DATA), 0);
    call = person_expect_call(&late, LINECALLSTATE_CONFERENCED, OWNER);
    person_done(&late, lineSetupTransferW(call, &consult, &params));
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_LINE, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 2); /* the conference and the first consultation call */
    person_end(&late);
    both_end();
}
