/* ownership_test.c - which application gets which call, and how calls change hands. */
#include "tests/engine/harness.h"

#define VOICE   LINEMEDIAMODE_INTERACTIVEVOICE
#define DATA    LINEMEDIAMODE_DATAMODEM
#define OWN     LINECALLPRIVILEGE_OWNER
#define MONITOR LINECALLPRIVILEGE_MONITOR

/* Takes LINE_APPNEWCALL and the first state; returns the HCALL. */
static DWORD introduced(uint64_t client, DWORD line, DWORD state, DWORD privilege)
{
    struct seen seen = next_message();
    DWORD call = (DWORD)seen.message.param[1];

    CHECK_EQ(seen.message.message, LINE_APPNEWCALL);
    CHECK_EQ(seen.message.client, client);
    CHECK_EQ(seen.message.device, line);
    CHECK_EQ(seen.message.param[2], privilege);
    expect_message(client, LINE_CALLSTATE, call, state, 0, privilege);
    return call;
}

TEST(incoming_call_goes_to_the_owner_of_its_media_mode)
{
    DWORD voice = app_open(1, L"voice.exe"), data = app_open(2, L"data.exe"), line, call;

    line = line_start(voice, 0, OWN, VOICE, 0x00020002);
    line_start(data, 0, OWN, DATA, 0x00020002);
    CHECK_EQ(fake->detection, VOICE | DATA);
    fake_new_call(0, LINECALLSTATE_OFFERING);
    call = introduced(1, line, LINECALLSTATE_OFFERING, OWN);
    CHECK(call != 0);
    CHECK(no_message());
}

TEST(old_application_gets_only_the_state)
{
    DWORD app = app_open(1, L"old.exe");
    struct seen seen;

    line_start(app, 0, OWN, VOICE, 0x00010004);
    fake_new_call(0, LINECALLSTATE_OFFERING);
    seen = next_message();
    CHECK_EQ(seen.message.message, LINE_CALLSTATE);
    CHECK_EQ(seen.message.param[2], OWN);
}

TEST(monitor_sees_calls_of_others)
{
    DWORD owner = app_open(1, L"owner.exe"), watcher = app_open(2, L"watcher.exe");
    DWORD line = line_start(owner, 0, OWN, VOICE, 0x00020002);
    DWORD watching = line_start(watcher, 0, MONITOR, 0, 0x00020002);
    DWORD call, seen_call;
    LONG id;

    fake->answer = FAKE_LATER;
    id = REQUEST(LINE_MAKE_CALL, line, 0);
    call = (DWORD)reply.out[0];
    fake->complete((DRV_REQUESTID)id, 0);
    expect_message(1, LINE_REPLY, 0, (DWORD)id, 0, 0);
    seen_call = introduced(2, watching, LINECALLSTATE_UNKNOWN, MONITOR);
    CHECK_EQ(REQUEST(LINE_DROP, seen_call), (LONG)LINEERR_NOTOWNER);
    fake_call_state(0, fake->call, LINECALLSTATE_IDLE);
    expect_message(1, LINE_CALLSTATE, call, LINECALLSTATE_IDLE, 0, 0);
    expect_message(2, LINE_CALLSTATE, seen_call, LINECALLSTATE_IDLE, 0, 0);
    CHECK_EQ(REQUEST(LINE_DEALLOCATE_CALL, call), 0);
    CHECK_EQ(fake->calls_closed, 0);
    CHECK_EQ(REQUEST(LINE_DEALLOCATE_CALL, seen_call), 0);
    CHECK_EQ(fake->calls_closed, 1);
}

TEST(handoff_by_name_and_by_media_mode)
{
    static const WCHAR name[] = L"DATA.EXE", nobody[] = L"nobody.exe", self[] = L"voice.exe";
    DWORD voice = app_open(1, L"voice.exe"), data = app_open(2, L"data.exe");
    DWORD line = line_start(voice, 0, OWN, VOICE, 0x00020002);
    DWORD data_line = line_start(data, 0, OWN, DATA, 0x00020002);
    DWORD call, given;

    fake_new_call(0, LINECALLSTATE_OFFERING);
    call = introduced(1, line, LINECALLSTATE_OFFERING, OWN);
    CHECK_EQ(request(ENGINE_LINE_HANDOFF, (uint64_t[ENGINE_ARGS]){call}, nobody, sizeof(nobody)),
             (LONG)LINEERR_TARGETNOTFOUND);
    CHECK_EQ(request(ENGINE_LINE_HANDOFF, (uint64_t[ENGINE_ARGS]){call}, self, sizeof(self)),
             (LONG)LINEERR_TARGETSELF);
    CHECK_EQ(REQUEST(LINE_HANDOFF, call, VOICE), (LONG)LINEERR_TARGETSELF);
    CHECK_EQ(request(ENGINE_LINE_HANDOFF, (uint64_t[ENGINE_ARGS]){call}, name, sizeof(name)), 0);
    given = introduced(2, data_line, LINECALLSTATE_OFFERING, OWN);
    expect_message(1, LINE_CALLINFO, call, LINECALLINFOSTATE_NUMOWNERINCR, 0, 0);
    /* With another owner it may let go. */
    CHECK_EQ(REQUEST(LINE_DEALLOCATE_CALL, call), 0);
    expect_message(2, LINE_CALLINFO, given, LINECALLINFOSTATE_NUMOWNERDECR, 0, 0);
    CHECK_EQ(REQUEST(LINE_SET_CALL_PRIVILEGE, given, MONITOR), (LONG)LINEERR_INVALCALLSTATE);
}

/* Programs know each other by file names, and the same program may run twice. */
TEST(handoff_to_another_run_of_the_same_program)
{
    static const WCHAR name[] = L"phone.exe";
    DWORD first = app_open(1, L"C:\\One\\phone.exe"), second = app_open(2, L"D:/Two/PHONE.EXE");
    DWORD line = line_start(first, 0, OWN, VOICE, 0x00020002);
    DWORD other = line_start(second, 0, OWN, DATA, 0x00020002), call;

    fake_new_call(0, LINECALLSTATE_OFFERING);
    call = introduced(1, line, LINECALLSTATE_OFFERING, OWN);
    CHECK_EQ(request(ENGINE_LINE_HANDOFF, (uint64_t[ENGINE_ARGS]){call}, name, sizeof(name)), 0);
    CHECK(introduced(2, other, LINECALLSTATE_OFFERING, OWN) != 0);
}

TEST(new_calls_are_asked_for)
{
    DWORD voice = app_open(1, L"voice.exe"), late = app_open(2, L"late.exe");
    DWORD line = line_start(voice, 0, OWN, VOICE, 0x00020002), call, late_line, late_call;
    LINECALLLIST *list;

    fake_new_call(0, LINECALLSTATE_OFFERING);
    call = introduced(1, line, LINECALLSTATE_OFFERING, OWN);
    late_line = line_start(late, 0, MONITOR, 0, 0x00020002);
    CHECK_EQ(REQUEST(LINE_GET_NEW_CALLS, late_line, 0, LINECALLSELECT_LINE), 0);
    list = reply.data;
    REQUIRE_EQ(list->dwCallsNumEntries, 1);
    late_call = *(DWORD *)((BYTE *)list + list->dwCallsOffset);
    expect_message(1, LINE_CALLINFO, call, LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    CHECK_EQ(REQUEST(LINE_SET_CALL_PRIVILEGE, late_call, OWN), 0);
    expect_message(1, LINE_CALLINFO, call,
                   LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    CHECK_EQ(REQUEST(LINE_GET_NEW_CALLS, late_line, 0, LINECALLSELECT_LINE), 0);
    CHECK_EQ(((LINECALLLIST *)reply.data)->dwCallsNumEntries, 0);
}

TEST(call_nobody_wants_is_closed_when_it_ends)
{
    DWORD app = app_open(1, L"data.exe");
    DWORD line = line_start(app, 0, OWN, DATA, 0x00020002);
    HTAPICALL call = fake_new_call(0, LINECALLSTATE_OFFERING);
    struct engine_counters counters;

    CHECK(call != NULL);
    fake_call_state(0, call, LINECALLSTATE_IDLE);
    /* Behind it in the provider's queue: when this is there, that was carried out. */
    CHECK_EQ(REQUEST(LINE_SET_STATUS_MESSAGES, line, LINEDEVSTATE_RINGING, 0), 0);
    fake->event(fake->line[0], NULL, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, 1);
    expect_message(1, LINE_LINEDEVSTATE, line, LINEDEVSTATE_RINGING, 1, 1);
    CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
    engine_get_counters(&counters);
    CHECK_EQ(counters.lines, 0);
    app_end(app);
    CHECK_EQ(fake->calls_closed, 1);
}

TEST(status_messages_are_filtered)
{
    DWORD app = app_open(1, L"one.exe");
    DWORD line = line_start(app, 0, OWN, VOICE, 0x00020002);

    fake->event(fake->line[0], NULL, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, 1);
    CHECK_EQ(REQUEST(LINE_SET_STATUS_MESSAGES, line, LINEDEVSTATE_LOCK, LINEADDRESSSTATE_FORWARD),
             0);
    fake->event(fake->line[0], NULL, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_NUMCALLS, 0);
    CHECK(no_message());
    fake->event(fake->line[0], NULL, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_FORWARD, 0);
    expect_message(1, LINE_ADDRESSSTATE, line, 0, LINEADDRESSSTATE_FORWARD, 0);
}

TEST(provider_closes_creates_and_removes_a_line)
{
    DWORD app = app_open(1, L"one.exe");
    DWORD line = line_start(app, 0, OWN, VOICE, 0x00020002);

    fake->event(fake->line[0], NULL, LINE_CLOSE, 0, 0, 0);
    expect_message(1, LINE_CLOSE, line, 0, 0, 0);
    CHECK_EQ(REQUEST(LINE_CLOSE, line), (LONG)LINEERR_INVALLINEHANDLE);
    fake->event(NULL, NULL, LINE_CREATE, (DWORD_PTR)fake->provider, 77, 0);
    expect_message(1, LINE_CREATE, 0, FAKE_LINES, 0, 0);
    CHECK_EQ(fake->created, FAKE_LINES);
    line = line_start(app, FAKE_LINES, OWN, VOICE, 0x00020002);
    fake->event(NULL, NULL, LINE_REMOVE, FAKE_LINES, 0, 0);
    expect_message(1, LINE_CLOSE, line, 0, 0, 0);
    expect_message(1, LINE_REMOVE, 0, FAKE_LINES, 0, 0);
    CHECK_EQ(REQUEST(LINE_OPEN, app, FAKE_LINES, 0x00020002, 0, 0, OWN, VOICE),
             (LONG)LINEERR_NODEVICE);
}

TEST(media_provider_data_reaches_its_line)
{
    DWORD app = app_open(1, L"one.exe");
    DWORD line = line_start(app, 0, OWN, VOICE, 0x00020002), msp;
    struct seen seen;

    CHECK_EQ(REQUEST(LINE_CREATE_MSP, line, 0), 0);
    msp = (DWORD)reply.out[0];
    fake->event(fake->line[0], NULL, LINE_SENDMSPDATA, msp, (DWORD_PTR) "hello", 6);
    seen = next_message();
    CHECK_EQ(seen.message.message, ENGINE_MSP_DATA);
    CHECK_EQ(seen.message.device, line);
    CHECK_EQ(seen.message.param[1], msp);
    CHECK_STR((char *)seen.data, "hello");
    CHECK_EQ(REQUEST(LINE_CLOSE, line), 0);
    CHECK_EQ(fake->msps_closed, 1);
    CHECK_EQ(REQUEST(LINE_CLOSE_MSP, msp), (LONG)LINEERR_INVALPARAM);
}
