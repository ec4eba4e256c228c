/* sharing_test.c - two applications on one line share its calls: privileges, handing off, calls
 * that were there before, calls that nobody owns. */
#include "tests/features/features.h"

static HCALL seen; /* W's handle to A's call */

/* B calls 101: A owns the call, W watches it. */
static void called(void)
{
    features_open();
    agent_call(b, "101");
    agent_wait_state(a, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(a);
    agent_wait_state(w, LINECALLSTATE_CONNECTED, WAIT_LONG);
    seen = features_watched();
    REQUIRE(a->call != 0 && seen != 0);
    CHECK_EQ(a->calls[0].privilege, LINECALLPRIVILEGE_OWNER);
    CHECK_EQ(w->calls[0].privilege, LINECALLPRIVILEGE_MONITOR);
    features_forget();
}

static void owners_are(DWORD owners, DWORD monitors)
{
    const LINECALLINFO *info = features_info(a->call);

    CHECK_EQ(info->dwNumOwners, owners);
    CHECK_EQ(info->dwNumMonitors, monitors);
}

TEST(handed_off_by_name_and_by_media)
{
    called();
    owners_are(1, 1);
    CHECK_EQ(lineHandoffA(seen, "test_features_sharing.exe", 0), LINEERR_NOTOWNER);
    CHECK_EQ(lineHandoffA(a->call, "nobody.exe", 0), LINEERR_TARGETNOTFOUND);
    CHECK_EQ(lineHandoffA(a->call, NULL, LINEMEDIAMODE_G3FAX), LINEERR_TARGETNOTFOUND);
    CHECK_EQ(lineHandoffA(a->call, NULL, LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_G3FAX),
             LINEERR_INVALMEDIAMODE);
    /* of those that want the medium the last one to open the line comes first: A itself */
    CHECK_EQ(lineHandoffA(a->call, NULL, LINEMEDIAMODE_INTERACTIVEVOICE), LINEERR_TARGETSELF);
    CHECK_EQ(lineHandoffA(a->call, "test_features_sharing.exe", 0), 0);
    AGENT_EXPECT(w, "state connected");
    CHECK_EQ(agent_find_call(w, seen)->privilege, LINECALLPRIVILEGE_OWNER);
    CHECK(features_call_info(w, LINECALLINFOSTATE_NUMOWNERINCR) != NULL ||
          features_call_info(a, LINECALLINFOSTATE_NUMOWNERINCR) != NULL);
    owners_are(2, 0);
    CHECK_EQ(lineSetCallPrivilege(a->call, LINECALLPRIVILEGE_MONITOR), 0);
    CHECK(features_call_info(w, LINECALLINFOSTATE_NUMOWNERDECR) != NULL);
    owners_are(1, 1);
    CHECK_EQ(lineDrop(a->call, NULL, 0), LINEERR_NOTOWNER);
    /* and back, by its medium */
    agent_forget(a);
    CHECK_EQ(lineHandoffA(seen, NULL, LINEMEDIAMODE_INTERACTIVEVOICE), 0);
    AGENT_EXPECT(a, "state connected");
    CHECK_EQ(a->calls[0].privilege, LINECALLPRIVILEGE_OWNER);
    owners_are(2, 0);
    features_end();
}

TEST(privileges_taken_and_given)
{
    called();
    CHECK_EQ(lineSetCallPrivilege(seen, 0x55), LINEERR_INVALCALLPRIVILEGE);
    CHECK_EQ(lineSetCallPrivilege(seen, LINECALLPRIVILEGE_OWNER), 0);
    owners_are(2, 0);
    agent_do(w, lineHold(seen), "hold");
    agent_wait_state(a, LINECALLSTATE_ONHOLD, WAIT_LONG);
    agent_do(a, lineUnhold(a->call), "unhold");
    agent_wait_state(w, LINECALLSTATE_CONNECTED, WAIT_LONG);
    CHECK_EQ(lineSetCallPrivilege(seen, LINECALLPRIVILEGE_MONITOR), 0);
    CHECK_EQ(lineHold(seen), LINEERR_NOTOWNER);
    owners_are(1, 1);
    features_end();
}

TEST(calls_that_were_there_before)
{
    struct {
        LINECALLLIST list;
        HCALL calls[4];
    } new_calls;
    HCALL late;

    called();
    struct agent *x = agent_open("X", "101", AGENT_EVENT);
    REQUIRE(x != NULL);
    POISON(new_calls);
    new_calls.list.dwTotalSize = sizeof new_calls;
    CHECK_EQ(lineGetNewCalls(x->line, 9, LINECALLSELECT_ADDRESS, &new_calls.list),
             LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetNewCalls(x->line, 0, LINECALLSELECT_ADDRESS, &new_calls.list), 0);
    REQUIRE_EQ(new_calls.list.dwCallsNumEntries, 1);
    CHECK_EQ(new_calls.list.dwCallsSize, sizeof(HCALL));
    memcpy(&late, (BYTE *)&new_calls + new_calls.list.dwCallsOffset, sizeof late);
    CHECK_EQ(features_status(late)->dwCallState, LINECALLSTATE_CONNECTED);
    CHECK_EQ(features_status(late)->dwCallPrivilege, LINECALLPRIVILEGE_MONITOR);
    owners_are(1, 2);
    CHECK_EQ(lineGetNewCalls(x->line, 0, LINECALLSELECT_LINE, &new_calls.list), 0);
    CHECK_EQ(new_calls.list.dwCallsNumEntries, 0);
    CHECK_EQ(lineDeallocateCall(late), 0);
    owners_are(1, 1);
    agent_close(x);
    features_end();
}

TEST(a_call_that_nobody_owns)
{
    called();
    CHECK_EQ(lineDeallocateCall(a->call), 0); /* since 2.0 the only owner may go */
    CHECK_EQ(features_info(seen)->dwNumOwners, 0);
    CHECK_EQ(features_status(seen)->dwCallState, LINECALLSTATE_CONNECTED);
    CHECK_EQ(lineSetCallPrivilege(seen, LINECALLPRIVILEGE_OWNER), 0);
    agent_do(w, lineDrop(seen, NULL, 0), "drop");
    agent_wait_state(w, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_wait_state(b, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    a->call = 0;
    a->call_count = 0;
    features_end();
}

TEST(the_medium_changes_for_both)
{
    called();
    CHECK_EQ(lineSetMediaMode(seen, LINEMEDIAMODE_AUTOMATEDVOICE), LINEERR_NOTOWNER);
    CHECK_EQ(lineSetMediaMode(a->call, LINEMEDIAMODE_AUTOMATEDVOICE), 0);
    CHECK_EQ(features_info(seen)->dwMediaMode, LINEMEDIAMODE_AUTOMATEDVOICE);
    CHECK(features_call_info(w, LINECALLINFOSTATE_MEDIAMODE) != NULL);
    CHECK_EQ(lineSetMediaMode(a->call, 0), LINEERR_INVALMEDIAMODE);
    features_end();
}

TEST(the_owners_line_closes)
{
    called();
    CHECK_EQ(lineClose(a->line), 0); /* and with it goes its call: nobody else owns it */
    agent_wait_state(w, LINECALLSTATE_IDLE, WAIT_LONG);
    agent_wait_state(b, LINECALLSTATE_DISCONNECTED, WAIT_LONG);
    a->line = 0;
    a->call_count = 0;
    features_end();
}
