/* pages_test.c - single sentences of the pages about calls: who is named in LINECALLINFO, what
 * LINECALLSTATUS says to whom, states with a device-specific part, how gathering ends. */
#include "tests/session/harness.h"

#define SUBSTATE 0xA5000000u

static struct person owner, watcher;
static HCALL call, seen;

static void two_on_a_call(DWORD state)
{
    owner = watcher = (struct person){0};
    person_open(&owner, NULL, 0, OWNER, VOICE);
    person_open(&watcher, NULL, 0, MONITOR, 0);
    call_arrives(0, state, VOICE);
    call = person_expect_call(&owner, state, OWNER);
    seen = person_expect_call(&watcher, state, MONITOR);
}

static void both_end(void)
{
    person_end(&owner);
    person_end(&watcher);
}

static LINECALLSTATUS status_of(HCALL of)
{
    LINECALLSTATUS status = {.dwTotalSize = sizeof(status)};

    CHECK_EQ(lineGetCallStatus(of, &status), 0);
    return status;
}

/* linecallstate--constants.md: the high-order 8 bits are the device's own. */
TEST(a_state_may_have_a_device_specific_part)
{
    two_on_a_call(LINECALLSTATE_OFFERING);
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_CONNECTED | SUBSTATE, LINECONNECTEDMODE_ACTIVE,
                 0);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_CONNECTED | SUBSTATE,
                  LINECONNECTEDMODE_ACTIVE, 0);
    person_expect(&watcher, LINE_CALLSTATE, seen, LINECALLSTATE_CONNECTED | SUBSTATE,
                  LINECONNECTEDMODE_ACTIVE, 0);
    CHECK_EQ(status_of(call).dwCallState, LINECALLSTATE_CONNECTED | SUBSTATE);
    /* Without a state of TAPI's it says nothing. */
    call_message(0, 1, LINE_CALLSTATE, SUBSTATE, 0, 0);
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_BUSY | LINECALLSTATE_IDLE, 0, 0);
    NO_MORE(0, &owner, &watcher);
    /* The call is over all the same: its handle may go, and then the call itself. */
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_IDLE | SUBSTATE, 0, 0);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_IDLE | SUBSTATE, 0, 0);
    person_expect(&watcher, LINE_CALLSTATE, seen, LINECALLSTATE_IDLE | SUBSTATE, 0, 0);
    CHECK_EQ(lineDeallocateCall(seen), 0);
    CHECK_EQ(lineDeallocateCall(call), 0);
    NO_MORE(0, &owner, &watcher);
    TSPI_CALLED(recorder, "lineCloseCall call 1");
    both_end();
}

static void named(HCALL of, const char *name)
{
    union {
        LINECALLINFO info;
        BYTE room[2048];
    } out = {.info = {.dwTotalSize = sizeof(out)}};

    CHECK_EQ(lineGetCallInfoA(of, &out.info), 0);
    CHECK_EQ(out.info.dwAppNameSize, name ? strlen(name) + 1 : 0);
    if (name && out.info.dwAppNameSize)
        CHECK_STR((char *)&out + out.info.dwAppNameOffset, name);
}

/* LINECALLINFO.dwAppName: who first made, accepted or answered the call. */
TEST(who_answers_is_named)
{
    struct person late = {0};
    DWORD devices, version = 0x00020002;
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};

    two_on_a_call(LINECALLSTATE_OFFERING);
    named(seen, NULL);
    recorder->later = TRUE;
    CHECK(lineAnswer(call, NULL, 0) > 0);
    recorder->complete(recorder->request, LINEERR_INUSE);
    CHECK_EQ(person_next(&owner).dwParam2, (DWORD)LINEERR_INUSE);
    named(seen, NULL); /* it did not */
    recorder->later = FALSE;
    person_done(&owner, lineAccept(call, NULL, 0));
    named(seen, "person");
    named(call, "person");
    /* The first stays it. */
    REQUIRE_EQ(lineInitializeExA(&late.app, NULL, NULL, "another", &devices, &version, &params), 0);
    REQUIRE_EQ(
        lineOpenA(late.app, 0, &late.line, 0x00020000, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL), 0);
    CHECK_EQ(lineSetCallPrivilege(seen, OWNER), 0);
    person_done(&watcher, lineAnswer(seen, NULL, 0));
    named(seen, "person");
    person_end(&late);
    both_end();

    owner = (struct person){0};
    person_open(&owner, NULL, 0, OWNER, VOICE);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    call = person_expect_call(&owner, LINECALLSTATE_OFFERING, OWNER);
    person_done(&owner, lineAnswer(call, NULL, 0));
    named(call, "person");
    person_end(&owner);
}

/* LINECALLSTATUS.dwCallFeatures "takes call privileges into account". */
TEST(what_can_be_done_depends_on_the_privilege)
{
    const DWORD all = LINECALLFEATURE_DROP | LINECALLFEATURE_HOLD | LINECALLFEATURE_MONITORDIGITS |
                      LINECALLFEATURE_MONITORMEDIA | LINECALLFEATURE_MONITORTONES |
                      LINECALLFEATURE_GATHERDIGITS | LINECALLFEATURE_SETTERMINAL |
                      LINECALLFEATURE_SETMEDIACONTROL;

    two_on_a_call(LINECALLSTATE_CONNECTED);
    recorder->status.dwCallState = LINECALLSTATE_CONNECTED;
    recorder->status.dwCallFeatures = all;
    recorder->status.dwCallFeatures2 = LINECALLFEATURE2_TRANSFERNORM;
    CHECK_EQ(status_of(call).dwCallPrivilege, OWNER);
    CHECK_EQ(status_of(call).dwCallFeatures, all);
    CHECK_EQ(status_of(call).dwCallFeatures2, LINECALLFEATURE2_TRANSFERNORM);
    CHECK_EQ(status_of(seen).dwCallPrivilege, MONITOR);
    CHECK_EQ(status_of(seen).dwCallFeatures,
             LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA |
                 LINECALLFEATURE_MONITORTONES | LINECALLFEATURE_SETTERMINAL |
                 LINECALLFEATURE_SETMEDIACONTROL);
    CHECK_EQ(status_of(seen).dwCallFeatures2, 0);
    CHECK_EQ(lineSetCallPrivilege(seen, OWNER), 0);
    CHECK_EQ(status_of(seen).dwCallFeatures, all);
    both_end();
}

/* A handle of the provider's is none to an application: it is given its own, or 0. */
TEST(the_status_of_a_party_names_the_conference)
{
    HCALL party, conference;

    owner = watcher = (struct person){0};
    person_open(&owner, NULL, 0, OWNER, VOICE);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    party = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    conference = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED, (DWORD_PTR)recorder->call[2], 0);
    person_expect(&owner, LINE_CALLSTATE, party, LINECALLSTATE_CONFERENCED, conference, 0);
    CHECK_EQ(status_of(party).dwCallStateMode, conference);
    recorder->status.dwCallState = LINECALLSTATE_CONFERENCED;
    recorder->status.dwCallStateMode = (DWORD)(DWORD_PTR)recorder->call[2];
    CHECK_EQ(status_of(party).dwCallStateMode, conference);
    CHECK_EQ(lineDeallocateCall(conference), 0);
    CHECK_EQ(status_of(party).dwCallStateMode, 0);
    person_end(&owner);
}

static ULONGLONG time_of(const SYSTEMTIME *time)
{
    FILETIME file = {0};

    CHECK(SystemTimeToFileTime(time, &file));
    return (ULONGLONG)file.dwHighDateTime << 32 | file.dwLowDateTime;
}

/* call-state-timer.md: timing is the server's; a provider of before 2.0 has no member for it. */
TEST(when_the_state_was_entered)
{
    SYSTEMTIME before, after, theirs = {2001, 2, 3, 14, 15, 16, 17, 18}, entered, again;

    recorder->version = 0x00010004;
    GetSystemTime(&before);
    two_on_a_call(LINECALLSTATE_OFFERING);
    recorder->status.dwCallState = LINECALLSTATE_OFFERING;
    GetSystemTime(&after);
    entered = status_of(seen).tStateEntryTime;
    CHECK(time_of(&entered) >= time_of(&before));
    CHECK(time_of(&entered) <= time_of(&after));
    /* Said again it is the same state. */
    call_state(0, 1, LINECALLSTATE_OFFERING);
    person_next(&watcher);
    again = status_of(seen).tStateEntryTime;
    CHECK_EQ(time_of(&again), time_of(&entered));
    both_end();

    recorder->version = 0;
    recorder->status.tStateEntryTime = theirs;
    two_on_a_call(LINECALLSTATE_OFFERING);
    again = status_of(seen).tStateEntryTime;
    CHECK_EQ(memcmp(&again, &theirs, sizeof(theirs)), 0);
    both_end();
}

/* LINEGATHERTERM_CANCEL: "... or because the call terminated". */
TEST(gathering_ends_with_the_call)
{
    char digits[8];

    two_on_a_call(LINECALLSTATE_CONNECTED);
    POISON(digits);
    CHECK_EQ(lineGatherDigitsA(call, LINEDIGITMODE_DTMF, digits, 5, NULL, 5000, 5000), 0);
    CopyMemory(recorder->digits, L"42", 3 * sizeof(WCHAR));
    call_state(0, 1, LINECALLSTATE_DISCONNECTED);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_DISCONNECTED, 0, 0);
    call_state(0, 1, LINECALLSTATE_IDLE);
    person_expect(&owner, LINE_CALLSTATE, call, LINECALLSTATE_IDLE, 0, 0);
    person_expect(&owner, LINE_GATHERDIGITS, call, LINEGATHERTERM_CANCEL, 0, ANY);
    CHECK_STR(digits, "42");
    /* A provider that says it afterwards may still have used the memory; nobody hears it twice. */
    CopyMemory(recorder->digits, L"421", 4 * sizeof(WCHAR));
    call_message(0, 1, LINE_GATHERDIGITS, LINEGATHERTERM_CANCEL, recorder->digits_id, 0);
    NO_MORE(0, &owner);
    CHECK_STR(digits, "42");
    both_end();
}

/* lineDevSpecific asks for no privilege, but for a call of that line (LINEERR_INVALCALLHANDLE). */
TEST(device_specific_requests_on_a_call_that_is_only_watched)
{
    struct person other = {0};

    two_on_a_call(LINECALLSTATE_CONNECTED);
    person_done(&watcher, lineDevSpecific(watcher.line, 1, seen, NULL, 0));
    TSPI_CALLED(recorder, "lineDevSpecific 0 address 1 call 1");
    person_open(&other, NULL, 1, MONITOR, 0);
    CHECK_EQ(lineDevSpecific(other.line, 1, seen, NULL, 0), (LONG)LINEERR_INVALCALLHANDLE);
    person_done(&other, lineDevSpecific(other.line, 0, 0, NULL, 0));
    TSPI_CALLED(recorder, "lineDevSpecific 1 address 0 call 0");
    person_end(&other);
    both_end();
}

/* Whom the conference has let go (conference-ovr.md) is a participant no longer. */
TEST(a_party_that_left_is_not_related_to_the_conference)
{
    LINECALLLIST list[4] = {{.dwTotalSize = sizeof(list)}};
    HCALL party[2], conference;

    owner = (struct person){0};
    person_open(&owner, NULL, 0, OWNER, VOICE);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    conference = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
    for (DWORD i = 0; i < 2; i++) {
        call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
        party[i] = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
        call_message(0, 2 + i, LINE_CALLSTATE, LINECALLSTATE_CONFERENCED,
                     (DWORD_PTR)recorder->call[1], 0);
        person_expect(&owner, LINE_CALLSTATE, party[i], LINECALLSTATE_CONFERENCED, conference, 0);
    }
    CHECK_EQ(lineGetConfRelatedCalls(party[0], list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 3);
    call_state(0, 2, LINECALLSTATE_CONNECTED);
    person_expect(&owner, LINE_CALLSTATE, party[0], LINECALLSTATE_CONNECTED, 0, 0);
    CHECK_EQ(lineGetConfRelatedCalls(party[0], list), (LONG)LINEERR_NOCONFERENCE);
    CHECK_EQ(lineGetConfRelatedCalls(conference, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 2);
    /* The conference ends, and the last one goes on as an ordinary call. */
    call_state(0, 1, LINECALLSTATE_IDLE);
    call_state(0, 3, LINECALLSTATE_CONNECTED);
    person_next(&owner);
    person_next(&owner);
    CHECK_EQ(lineGetConfRelatedCalls(party[1], list), (LONG)LINEERR_NOCONFERENCE);
    CHECK_EQ(lineGetConfRelatedCalls(conference, list), (LONG)LINEERR_NOCONFERENCE);
    person_end(&owner);
}
