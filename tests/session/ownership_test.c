/* ownership_test.c - owners and monitors of a call: who has a handle, with which privilege, how it
 * changes, who hears of it, and calls that nobody owns. */
#include "tests/session/harness.h"

TEST(monitors_hear_of_calls_that_others_make)
{
    struct person maker = {0}, watcher = {0};
    HCALL call, seen;

    person_open(&maker, NULL, 0, LINECALLPRIVILEGE_NONE, 0);
    person_open(&watcher, NULL, 0, MONITOR, 0);
    call = person_call(&maker);
    seen = person_expect_call(&watcher, LINECALLSTATE_UNKNOWN, MONITOR);
    call_state(0, 1, LINECALLSTATE_DIALING);
    person_expect(&maker, LINE_CALLSTATE, call, LINECALLSTATE_DIALING, 0, 0);
    person_expect(&watcher, LINE_CALLSTATE, seen, LINECALLSTATE_DIALING, 0, 0);
    CHECK_EQ(lineDrop(seen, NULL, 0), (LONG)LINEERR_NOTOWNER);
    CHECK_EQ(lineHold(seen), (LONG)LINEERR_NOTOWNER);
    CHECK_EQ(lineSetMediaMode(seen, VOICE), (LONG)LINEERR_NOTOWNER);
    NO_MORE(0, &maker, &watcher); /* no LINE_CALLINFO for what the new call says itself */
    person_end(&maker);
    person_end(&watcher);
}

TEST(a_line_that_only_makes_calls_is_offered_none)
{
    struct person maker = {0};
    DWORD call;

    person_open(&maker, NULL, 0, LINECALLPRIVILEGE_NONE, 0);
    call = call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    NO_MORE(0, &maker);
    /* It is not dropped: it may be answered elsewhere, or by somebody who asks. */
    call_state(0, call, LINECALLSTATE_CONNECTED);
    call_state(0, call, LINECALLSTATE_IDLE);
    TSPI_CALLED(recorder, "lineCloseCall call 1");
    TSPI_NOT_CALLED(recorder, "lineDrop");
    person_end(&maker);
}

/* A provider for TAPI before 2.0 is told that nobody will take the call. */
TEST(old_provider_is_told_that_nobody_owns_a_call)
{
    struct person maker = {0}, watcher = {0};
    DWORD call;

    recorder->version = 0x00010004;
    person_open(&maker, NULL, 0, LINECALLPRIVILEGE_NONE, 0);
    call = call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    TSPI_CALLED(recorder, "lineDropNoOwner call 1");
    call_state(0, call, LINECALLSTATE_IDLE);
    TSPI_CALLED(recorder, "lineCloseCall call 1");
    /* Somebody who watches can take it. */
    person_open(&watcher, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&watcher, LINECALLSTATE_OFFERING, MONITOR);
    TSPI_NOT_CALLED(recorder, "lineDropNoOwner");
    person_end(&maker);
    person_end(&watcher);
}

TEST(old_provider_drops_what_is_left_at_the_close)
{
    struct person old = {0}, fresh = {0};

    recorder->version = 0x00010004;
    person_open(&old, NULL, 0, OWNER, VOICE);
    person_call(&old);
    CHECK_EQ(lineClose(old.line), 0);
    TSPI_CALLED(recorder, "lineDropOnClose call 1");
    TSPI_CALLED(recorder, "lineCloseCall call 1");
    person_end(&old);
    TSPI_NOT_CALLED(recorder, "lineDrop ");

    recorder->version = 0;
    person_open(&fresh, NULL, 0, OWNER, VOICE);
    person_call(&fresh);
    CHECK_EQ(lineClose(fresh.line), 0);
    TSPI_CALLED(recorder, "lineDrop call 2");
    TSPI_CALLED(recorder, "lineCloseCall call 2");
    TSPI_NOT_CALLED(recorder, "lineDropOnClose");
    person_end(&fresh);
}

/* A provider that cannot drop: the call goes all the same. */
TEST(old_provider_that_cannot_drop)
{
    struct person old = {0};

    recorder->version = 0x00010004;
    recorder->fail_with = (LONG)LINEERR_OPERATIONFAILED;
    recorder->fail = "lineDropOnClose";
    person_open(&old, NULL, 0, OWNER, VOICE);
    person_call(&old);
    CHECK_EQ(lineClose(old.line), 0);
    TSPI_CALLED(recorder, "lineDropOnClose call 1");
    TSPI_CALLED(recorder, "lineCloseCall call 1");
    recorder->fail = "lineDropNoOwner";
    REQUIRE_EQ(person_try_open(&old, 0, LINECALLPRIVILEGE_NONE, 0, NULL), 0);
    call_state(0, call_arrives(0, LINECALLSTATE_OFFERING, VOICE), LINECALLSTATE_IDLE);
    TSPI_CALLED(recorder, "lineDropNoOwner call 2");
    TSPI_CALLED(recorder, "lineCloseCall call 2");
    person_end(&old);
}

TEST(the_close_of_one_of_two_owners_drops_nothing)
{
    struct person first = {0}, second = {0};
    HCALL call, other;

    person_open(&first, NULL, 0, OWNER, VOICE);
    person_open(&second, "kernel32.dll", 0, OWNER | MONITOR, DATA);
    call = person_call(&first);
    other = person_expect_call(&second, LINECALLSTATE_UNKNOWN, MONITOR);
    CHECK_EQ(lineSetCallPrivilege(other, OWNER), 0);
    person_expect(&first, LINE_CALLINFO, call,
                  LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    CHECK_EQ(lineClose(first.line), 0);
    person_expect(&second, LINE_CALLINFO, other, LINECALLINFOSTATE_NUMOWNERDECR, 0, 0);
    TSPI_NOT_CALLED(recorder, "lineDrop");
    CHECK_EQ(lineClose(second.line), 0);
    TSPI_CALLED(recorder, "lineDrop call 1");
    TSPI_CALLED(recorder, "lineCloseCall call 1");
    person_end(&first);
    person_end(&second);
}

TEST(privileges_change_and_others_hear_of_it)
{
    struct person first = {0}, second = {0};
    HCALL call, other;

    person_open(&first, NULL, 0, OWNER, VOICE);
    person_open(&second, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    call = person_expect_call(&first, LINECALLSTATE_OFFERING, OWNER);
    other = person_expect_call(&second, LINECALLSTATE_OFFERING, MONITOR);

    CHECK_EQ(lineSetCallPrivilege(call, LINECALLPRIVILEGE_NONE), (LONG)LINEERR_INVALCALLPRIVILEGE);
    CHECK_EQ(lineSetCallPrivilege(call, OWNER | MONITOR), (LONG)LINEERR_INVALCALLPRIVILEGE);
    CHECK_EQ(lineSetCallPrivilege(0xBAD, OWNER), (LONG)LINEERR_INVALCALLHANDLE);
    /* The only owner of a call that lives stays it. */
    CHECK_EQ(lineSetCallPrivilege(call, MONITOR), (LONG)LINEERR_INVALCALLSTATE);
    CHECK_EQ(lineSetCallPrivilege(other, OWNER), 0);
    person_expect(&first, LINE_CALLINFO, call,
                  LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    CHECK_EQ(lineSetCallPrivilege(call, MONITOR), 0);
    person_expect(&second, LINE_CALLINFO, other,
                  LINECALLINFOSTATE_NUMOWNERDECR | LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    CHECK_EQ(lineAnswer(call, NULL, 0), (LONG)LINEERR_NOTOWNER);
    person_done(&second, lineAnswer(other, NULL, 0));
    NO_MORE(0, &first, &second); /* whoever changed it is told nothing */
    person_end(&first);
    person_end(&second);
}

TEST(an_owner_lets_go_of_a_living_call_since_2_0)
{
    struct person old = {.version = 0x00010004}, fresh = {0}, late = {0};
    LINECALLLIST list[4] = {{.dwTotalSize = sizeof(list)}};
    HCALL call;

    person_open(&old, NULL, 0, OWNER, DATA);
    call_arrives(0, LINECALLSTATE_OFFERING, DATA);
    call = person_expect_call(&old, LINECALLSTATE_OFFERING, OWNER);
    CHECK_EQ(lineDeallocateCall(call), (LONG)LINEERR_INVALCALLSTATE);
    call_state(0, 1, LINECALLSTATE_IDLE);
    person_expect(&old, LINE_CALLSTATE, call, LINECALLSTATE_IDLE, 0, 0);
    CHECK_EQ(lineDeallocateCall(call), 0);
    CHECK_EQ(lineDeallocateCall(call), (LONG)LINEERR_INVALCALLHANDLE);
    TSPI_CALLED(recorder, "lineCloseCall call 1");

    person_open(&fresh, NULL, 0, OWNER, VOICE);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    call = person_expect_call(&fresh, LINECALLSTATE_CONNECTED, OWNER);
    CHECK_EQ(lineDeallocateCall(call), 0);
    /* The call goes on without anybody; somebody else may still find it. */
    person_open(&late, NULL, 0, MONITOR, 0);
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_LINE, list), 0);
    REQUIRE_EQ(list->dwCallsNumEntries, 1);
    call = *(HCALL *)((BYTE *)list + list->dwCallsOffset);
    CHECK_EQ(lineSetCallPrivilege(call, OWNER), 0);
    person_done(&late, lineDrop(call, NULL, 0));
    TSPI_NOT_CALLED(recorder, "lineCloseCall call 2");
    person_end(&old);
    person_end(&fresh);
    person_end(&late);
}

/* Nothing is said of a call that is over, whatever becomes of its handles. */
TEST(no_call_info_of_an_idle_call)
{
    struct person first = {0}, second = {0};
    HCALL call, other;

    person_open(&first, NULL, 0, OWNER, VOICE);
    person_open(&second, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    call = person_expect_call(&first, LINECALLSTATE_OFFERING, OWNER);
    other = person_expect_call(&second, LINECALLSTATE_OFFERING, MONITOR);
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_CALLERID, 0, 0);
    person_expect(&first, LINE_CALLINFO, call, LINECALLINFOSTATE_CALLERID, 0, 0);
    person_expect(&second, LINE_CALLINFO, other, LINECALLINFOSTATE_CALLERID, 0, 0);
    call_state(0, 1, LINECALLSTATE_IDLE);
    person_expect(&first, LINE_CALLSTATE, call, LINECALLSTATE_IDLE, 0, 0);
    person_expect(&second, LINE_CALLSTATE, other, LINECALLSTATE_IDLE, 0, 0);
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_CHARGINGINFO, 0, 0);
    CHECK_EQ(lineDeallocateCall(call), 0);
    NO_MORE(0, &first, &second);
    TSPI_NOT_CALLED(recorder, "lineCloseCall");
    CHECK_EQ(lineDeallocateCall(other), 0);
    TSPI_CALLED(recorder, "lineCloseCall call 1");
    person_end(&first);
    person_end(&second);
}

/* ---- lineGetNewCalls ---- */

TEST(new_calls_by_line_address_device_and_call_id)
{
    struct person owner = {0}, late = {.version = 0x00030000}, old = {.version = 0x00020000};
    LINECALLLIST list[6] = {{.dwTotalSize = sizeof(list)}};
    HCALL call;

    recorder->fail = NULL;
    person_open(&owner, NULL, 0, OWNER, VOICE);
    recorder->address_id = 0;
    recorder->call_id = 71;
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    call = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
    recorder->address_id = 1;
    recorder->call_id = 72;
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);

    person_open(&late, NULL, 0, LINECALLPRIVILEGE_NONE, 0);
    CHECK_EQ(lineGetNewCalls(late.line, 9, LINECALLSELECT_ADDRESS, list),
             (LONG)LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_CALL, list),
             (LONG)LINEERR_INVALCALLSELECT);
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_ADDRESS, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 1);
    person_expect(&owner, LINE_CALLINFO, call, LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    CHECK_EQ(lineGetNewCalls(late.line, 71, LINECALLSELECT_CALLID, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 0); /* it has that one now */
    CHECK_EQ(lineGetNewCalls(late.line, 72, LINECALLSELECT_CALLID, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 1);

    /* Selections that came later are none to an application of before. */
    person_open(&old, NULL, 0, LINECALLPRIVILEGE_NONE, 0);
    CHECK_EQ(lineGetNewCalls(old.line, 0, LINECALLSELECT_DEVICEID, list),
             (LONG)LINEERR_INVALCALLSELECT);
    CHECK_EQ(lineGetNewCalls(old.line, 71, LINECALLSELECT_CALLID, list),
             (LONG)LINEERR_INVALCALLSELECT);
    CHECK_EQ(lineGetNewCalls(old.line, 0, LINECALLSELECT_LINE, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 2);
    person_end(&late);
    late.version = 0x00020001;
    person_open(&late, NULL, 0, LINECALLPRIVILEGE_NONE, 0);
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_DEVICEID, list), 0);
    CHECK_EQ(list->dwCallsNumEntries, 2);
    person_end(&owner);
    person_end(&late);
    person_end(&old);
}

/* Handles that do not fit into the list are not made: the next call finds them again. */
TEST(a_list_that_is_too_small_loses_no_call)
{
    struct person late = {0};
    LINECALLLIST list[4];
    HCALL *handles;

    person_open(&late, NULL, 0, LINECALLPRIVILEGE_NONE, 0);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    NO_MORE(0, &late); /* they are there */
    list->dwTotalSize = sizeof(*list) + sizeof(HCALL);
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_LINE, list), 0);
    CHECK_EQ(list->dwNeededSize, sizeof(*list) + 2 * sizeof(HCALL));
    CHECK_EQ(list->dwCallsSize, 0);
    list->dwTotalSize = sizeof(*list) - 1;
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_LINE, list),
             (LONG)LINEERR_STRUCTURETOOSMALL);
    list->dwTotalSize = sizeof(list);
    CHECK_EQ(lineGetNewCalls(late.line, 0, LINECALLSELECT_LINE, list), 0);
    REQUIRE_EQ(list->dwCallsNumEntries, 2);
    handles = (HCALL *)((BYTE *)list + list->dwCallsOffset);
    CHECK_EQ(lineDeallocateCall(handles[0]), 0);
    CHECK_EQ(lineDeallocateCall(handles[1]), 0);
    person_end(&late);
}
