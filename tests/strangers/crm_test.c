/*
 * crm_test.c - a customer program of TAPI 2: window or completion port, every line open as owner
 * and monitor, screens popped from LINE_CALLINFO and LINE_CALLSTATE, consultation transfer. The
 * switch over the messages and the loops around lineGetCallInfo are those of any such program.
 */
#include <windows.h>
#include <tapi.h>

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

#define MAX_LINES 16
#define MAX_CALLS 16

struct a_call {
    HCALL call;
    DWORD device, state, privilege, states_seen;
    DWORD connected_mode;
    char caller[64], name[64];
    bool popped;
};

static struct crm {
    HLINEAPP app;
    HANDLE port;
    DWORD devices, version[MAX_LINES];
    HLINE line[MAX_LINES];
    struct a_call calls[MAX_CALLS];
    DWORD pops, replies, last_reply;
    LONG last_result;
    DWORD closes;
} crm;

static struct a_call *find_call(HCALL call, bool add)
{
    for (int i = 0; i < MAX_CALLS; i++)
        if (crm.calls[i].call == call)
            return &crm.calls[i];
    for (int i = 0; add && i < MAX_CALLS; i++)
        if (!crm.calls[i].call) {
            memset(&crm.calls[i], 0, sizeof(crm.calls[i]));
            crm.calls[i].call = call;
            return &crm.calls[i];
        }
    return NULL;
}

/* Begins with the bare structure, as the samples of the SDK did. */
static LINECALLINFO *call_info(HCALL call)
{
    DWORD size = sizeof(LINECALLINFO);
    LINECALLINFO *info = calloc(1, size);
    LONG result;

    for (int i = 0; i < 5; i++) {
        info->dwTotalSize = size;
        result = lineGetCallInfo(call, info);
        if (result == (LONG)LINEERR_STRUCTURETOOSMALL || (!result && info->dwNeededSize > size)) {
            if (!CHECK(info->dwNeededSize > size))
                break;
            size = info->dwNeededSize;
            info = realloc(info, size);
            memset(info, 0xCC, size);
            continue;
        }
        CHECK_EQ(result, 0);
        if (!result)
            return info;
        break;
    }
    free(info);
    return NULL;
}

static void pop_screen(struct a_call *call)
{
    LINECALLINFO *info = call_info(call->call);

    if (!info)
        return;
    CHECK(info->dwUsedSize >= sizeof(*info) || info->dwUsedSize == info->dwNeededSize);
    CHECK_EQ(info->hLine, crm.line[info->dwLineDeviceID]);
    call->device = info->dwLineDeviceID;
    if (info->dwCallerIDFlags & LINECALLPARTYID_ADDRESS)
        lstrcpynA(call->caller, (char *)info + info->dwCallerIDOffset, sizeof(call->caller));
    if (info->dwCallerIDFlags & LINECALLPARTYID_NAME)
        lstrcpynA(call->name, (char *)info + info->dwCallerIDNameOffset, sizeof(call->name));
    if (info->dwOrigin != LINECALLORIGIN_OUTBOUND && !call->popped) {
        call->popped = true;
        crm.pops++;
    }
    free(info);
}

static void CALLBACK on_line(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
                             DWORD_PTR p2, DWORD_PTR p3)
{
    struct a_call *call;

    switch (message) {
    case LINE_REPLY:
        crm.replies++;
        crm.last_reply = (DWORD)p1;
        crm.last_result = (LONG)p2;
        break;
    case LINE_APPNEWCALL:
        CHECK(instance < MAX_LINES && crm.line[instance] == (HLINE)(DWORD_PTR)device);
        call = find_call((HCALL)p2, true);
        call->privilege = (DWORD)p3;
        CHECK(p3 == LINECALLPRIVILEGE_OWNER || p3 == LINECALLPRIVILEGE_MONITOR);
        break;
    case LINE_CALLSTATE:
        call = find_call((HCALL)(DWORD_PTR)device, true);
        CHECK(instance < MAX_LINES && crm.line[instance]);
        if (p3)
            call->privilege = (DWORD)p3;
        call->state = (DWORD)p1;
        call->states_seen |= (DWORD)p1;
        if (p1 == LINECALLSTATE_CONNECTED)
            call->connected_mode = (DWORD)p2;
        if (p1 == LINECALLSTATE_OFFERING)
            pop_screen(call);
        break;
    case LINE_CALLINFO:
        call = find_call((HCALL)(DWORD_PTR)device, false);
        if (call && p1 & LINECALLINFOSTATE_CALLERID)
            pop_screen(call);
        break;
    case LINE_CLOSE:
        crm.closes++;
        break;
    }
}

/* One message from wherever they come; false after a while without any. */
static bool pump(DWORD milliseconds)
{
    if (crm.port) {
        DWORD bytes;
        ULONG_PTR key;
        LPOVERLAPPED overlapped = NULL;
        LINEMESSAGE *m;

        if (!GetQueuedCompletionStatus(crm.port, &bytes, &key, &overlapped, milliseconds))
            return false;
        CHECK_EQ(key, 77);
        m = (LINEMESSAGE *)overlapped;
        on_line(m->hDevice, m->dwMessageID, m->dwCallbackInstance, m->dwParam1, m->dwParam2,
                m->dwParam3);
        LocalFree(m);
        return true;
    }
    MSG msg;
    if (MsgWaitForMultipleObjects(0, NULL, FALSE, milliseconds, QS_ALLINPUT) == WAIT_TIMEOUT)
        return false;
    while (PeekMessage(&msg, NULL, 0, 0, PM_REMOVE)) {
        TranslateMessage(&msg);
        DispatchMessage(&msg);
    }
    return true;
}

static bool pump_until_(bool (*holds)(void *), void *context, const char *what, int line)
{
    unsigned long long end = test_clock() + WAIT_LONG;

    while (!holds(context)) {
        if (test_clock() > end)
            return test_fail(__FILE__, line, "never: %s", what);
        pump(20);
    }
    return true;
}
#define pump_until(holds, context) pump_until_(holds, context, #holds, __LINE__)

static DWORD wanted_reply;
static bool replied(void *context)
{
    (void)context;
    return crm.last_reply == wanted_reply;
}

/* The helper that is in each of these programs: waits for LINE_REPLY. */
static LONG wait_reply_at(LONG id, int line)
{
    if (id <= 0)
        return id;
    wanted_reply = (DWORD)id;
    pump_until_(replied, NULL, "reply", line);
    return crm.last_result;
}
#define wait_reply(id) wait_reply_at(id, __LINE__)

struct want {
    HCALL call;
    DWORD state;
};
static bool in_state(void *context)
{
    struct want *want = context;
    struct a_call *call = find_call(want->call, false);
    return call && call->state == want->state;
}
#define wait_state(call_, state_) pump_until(in_state, (&(struct want){call_, state_}))

static bool popped(void *context)
{
    return crm.pops >= *(DWORD *)context;
}

static bool is_offered_by_alice(void *context)
{
    struct a_call **offered = context;

    for (int i = 0; i < MAX_CALLS; i++)
        if (crm.calls[i].popped && !strcmp(crm.calls[i].caller, "101"))
            *offered = &crm.calls[i];
    return *offered != NULL;
}

static bool is_offered_to_dave(void *context)
{
    HCALL *other = context;

    for (int i = 0; i < MAX_CALLS; i++)
        if (crm.calls[i].state == LINECALLSTATE_OFFERING && crm.calls[i].device == 3)
            *other = crm.calls[i].call;
    return *other != 0;
}

static void start(DWORD option)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params)};
    DWORD version = 0x00020002;
    LINEEXTENSIONID extension;

    memset(&crm, 0, sizeof(crm));
    params.dwOptions = option;
    if (option == LINEINITIALIZEEXOPTION_USECOMPLETIONPORT) {
        crm.port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
        params.Handles.hCompletionPort = crm.port;
        params.dwCompletionKey = 77;
    }
    REQUIRE_EQ(lineInitializeEx(&crm.app, NULL, crm.port ? NULL : on_line, "Customers",
                                &crm.devices, &version, &params),
               0);
    CHECK(version >= 0x00020000);
    REQUIRE(crm.devices >= 5);
    for (DWORD i = 0; i < crm.devices && i < MAX_LINES; i++) {
        REQUIRE_EQ(lineNegotiateAPIVersion(crm.app, i, 0x00010004, 0x00020002, &crm.version[i],
                                           &extension),
                   0);
        CHECK(crm.version[i] >= 0x00010004 && crm.version[i] <= 0x00020002);
        REQUIRE_EQ(lineOpen(crm.app, i, &crm.line[i], crm.version[i], 0, i,
                            LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER,
                            LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
                   0);
        CHECK_EQ(lineSetStatusMessages(crm.line[i], 0x1FFFFFF, 0x1FF), 0);
    }
}

static void stop(void)
{
    CHECK_EQ(lineShutdown(crm.app), 0);
    CHECK_EQ(lineShutdown(crm.app), LINEERR_INVALAPPHANDLE);
    if (crm.port)
        CloseHandle(crm.port);
}

static void one_day(DWORD option)
{
    HCALL first = 0, consult = 0, other = 0;
    struct a_call *offered = NULL;
    DWORD pops = 1;

    start(option);
    /* Bob is called from inside: both lines are ours. */
    CHECK_EQ(wait_reply(lineMakeCall(crm.line[0], &first, "102", 0, NULL)), 0);
    find_call(first, true)->privilege = LINECALLPRIVILEGE_OWNER;
    pump_until(is_offered_by_alice, &offered);
    pump_until(popped, &pops);
    REQUIRE(offered != NULL);
    CHECK_EQ(offered->device, 1);
    CHECK_STR(offered->name, "Alice");
    CHECK_EQ(offered->privilege, LINECALLPRIVILEGE_OWNER);
    CHECK_EQ(wait_reply(lineAnswer(offered->call, NULL, 0)), 0);
    wait_state(offered->call, LINECALLSTATE_CONNECTED);
    wait_state(first, LINECALLSTATE_CONNECTED);
    /* Bob puts Alice through to Dave. */
    CHECK_EQ(wait_reply(lineSetupTransfer(offered->call, &consult, NULL)), 0);
    wait_state(consult, LINECALLSTATE_DIALTONE);
    wait_state(offered->call, LINECALLSTATE_ONHOLDPENDTRANSFER);
    CHECK_EQ(wait_reply(lineDial(consult, "104", 0)), 0);
    wait_state(consult, LINECALLSTATE_RINGBACK);
    pump_until(is_offered_to_dave, &other);
    REQUIRE(other != 0);
    CHECK_EQ(wait_reply(lineAnswer(other, NULL, 0)), 0);
    wait_state(consult, LINECALLSTATE_CONNECTED);
    CHECK_EQ(
        wait_reply(lineCompleteTransfer(offered->call, consult, NULL, LINETRANSFERMODE_TRANSFER)),
        0);
    wait_state(consult, LINECALLSTATE_IDLE);
    wait_state(offered->call, LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall(consult), 0);
    CHECK_EQ(lineDeallocateCall(offered->call), 0);
    wait_state(other, LINECALLSTATE_CONNECTED);
    CHECK_EQ(wait_reply(lineDrop(first, NULL, 0)), 0);
    wait_state(first, LINECALLSTATE_IDLE);
    wait_state(other, LINECALLSTATE_DISCONNECTED);
    CHECK_EQ(wait_reply(lineDrop(other, NULL, 0)), 0);
    wait_state(other, LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall(first), 0);
    CHECK_EQ(lineDeallocateCall(other), 0);
    stop();
}

TEST(a_day_with_a_hidden_window)
{
    one_day(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW);
}

TEST(a_day_with_a_completion_port)
{
    one_day(LINEINITIALIZEEXOPTION_USECOMPLETIONPORT);
}

/* A dialler: translates, dials with LINECALLPARAMS of TAPI 1.4 on a line opened as 1.4 or 2.0. */
static void dial_as(DWORD version)
{
    union {
        LINETRANSLATEOUTPUT out;
        BYTE bytes[1024];
    } translated;
    union {
        LINECALLPARAMS params;
        BYTE bytes[256];
    } params;
    LINEEXTENSIONID extension;
    HLINE line = 0;
    HCALL call = 0;
    DWORD got;
    const char *number;

    start(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW);
    CHECK_EQ(lineNegotiateAPIVersion(crm.app, 2, 0x00010004, version, &got, &extension), 0);
    CHECK_EQ(got, version);
    CHECK_EQ(lineClose(crm.line[2]), 0);
    REQUIRE_EQ(lineOpen(crm.app, 2, &line, version, 0, 2, LINECALLPRIVILEGE_NONE, 0, NULL), 0);
    crm.line[2] = line;
    memset(&translated, 0xCC, sizeof(translated));
    translated.out.dwTotalSize = sizeof(LINETRANSLATEOUTPUT);
    CHECK_EQ(lineTranslateAddress(crm.app, 2, version, "5550100", 0, 0, &translated.out), 0);
    CHECK(translated.out.dwNeededSize > sizeof(LINETRANSLATEOUTPUT));
    translated.out.dwTotalSize = translated.out.dwNeededSize;
    CHECK_EQ(lineTranslateAddress(crm.app, 2, version, "5550100", 0, 0, &translated.out), 0);
    number = (char *)translated.bytes + translated.out.dwDialableStringOffset;
    CHECK(strstr(number, "5550100") != NULL);
    CHECK_STR((char *)translated.bytes + translated.out.dwDisplayableStringOffset, "5550100");
    memset(&params, 0, sizeof(params));
    params.params.dwTotalSize = version < 0x00020000 ? 112 : sizeof(LINECALLPARAMS);
    params.params.dwBearerMode = LINEBEARERMODE_VOICE;
    params.params.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    params.params.dwCallParamFlags = LINECALLPARAMFLAGS_IDLE;
    params.params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    CHECK_EQ(wait_reply(lineMakeCall(line, &call, number, 0, &params.params)), 0);
    CHECK(call != 0);
    wait_state(call, LINECALLSTATE_CONNECTED);
    CHECK(find_call(call, false)->states_seen & LINECALLSTATE_DIALING);
    CHECK(find_call(call, false)->states_seen & LINECALLSTATE_PROCEEDING);
    CHECK_EQ(wait_reply(lineGenerateDigits(call, LINEDIGITMODE_DTMF, "12#", 0)), 0);
    CHECK_EQ(wait_reply(lineDrop(call, NULL, 0)), 0);
    wait_state(call, LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall(call), 0);
    /* one who is busy */
    call = 0;
    CHECK_EQ(wait_reply(lineMakeCall(line, &call, "5550101", 0, NULL)), 0);
    wait_state(call, LINECALLSTATE_BUSY);
    if (version < 0x00020000) /* since 2.0 a program may leave a call that lives */
        CHECK_EQ(lineDeallocateCall(call), LINEERR_INVALCALLSTATE);
    CHECK_EQ(wait_reply(lineDrop(call, NULL, 0)), 0);
    wait_state(call, LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall(call), 0);
    stop();
}

TEST(a_dialler_of_tapi_14)
{
    dial_as(0x00010004);
}

TEST(a_dialler_of_tapi_20)
{
    dial_as(0x00020000);
}

TEST(open_by_the_mapper)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params)};
    DWORD version = 0x00020000, devices, id = 99;
    HLINEAPP app;
    HLINE line = 0;
    LINECALLPARAMS want = {.dwTotalSize = sizeof(want)};
    union {
        VARSTRING id;
        BYTE bytes[64];
    } device;

    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    REQUIRE_EQ(
        lineInitializeExW(&app, GetModuleHandle(NULL), NULL, NULL, &devices, &version, &params), 0);
    REQUIRE(params.Handles.hEvent != NULL);
    CHECK_EQ(WaitForSingleObject(params.Handles.hEvent, 0), WAIT_TIMEOUT);
    want.dwBearerMode = LINEBEARERMODE_VOICE;
    want.dwMinRate = want.dwMaxRate = 0;
    want.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    want.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    CHECK_EQ(lineOpen(app, LINEMAPPER, &line, 0x00020000, 0, 5, LINECALLPRIVILEGE_NONE,
                      LINEMEDIAMODE_INTERACTIVEVOICE, &want),
             0);
    device.id.dwTotalSize = sizeof(device);
    CHECK_EQ(lineGetID(line, 0, 0, LINECALLSELECT_LINE, &device.id, "tapi/line"), 0);
    CHECK_EQ(device.id.dwStringFormat, STRINGFORMAT_BINARY);
    CHECK_EQ(device.id.dwStringSize, sizeof(DWORD));
    memcpy(&id, device.bytes + device.id.dwStringOffset, sizeof(id));
    CHECK(id < devices);
    want.dwMediaMode = LINEMEDIAMODE_G3FAX;
    line = 0;
    CHECK_EQ(lineOpen(app, LINEMAPPER, &line, 0x00020000, 0, 5, LINECALLPRIVILEGE_NONE, 0, &want),
             LINEERR_LINEMAPPERFAILED);
    CHECK_EQ(lineShutdown(app), 0);
}
