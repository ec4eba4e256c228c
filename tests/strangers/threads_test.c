/*
 * threads_test.c - programs with threads of TAPI 2: several in lineGetMessage, the event and its
 * states, a thread in phoneGetMessage while another one ends it, a monitor beside an owner, two
 * HLINEAPPs that hand a call on.
 */
#include <windows.h>
#include <tapi.h>

#include <stdio.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

#define READERS 4

static HLINEAPP start_line(const char *name, HANDLE *event, DWORD *devices)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params)};
    DWORD version = 0x00020000;
    HLINEAPP app = 0;

    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    REQUIRE_EQ(lineInitializeExA(&app, NULL, NULL, name, devices, &version, &params), 0);
    CHECK(version >= 0x00020002);
    *event = params.Handles.hEvent;
    return app;
}

static HLINE open_line(HLINEAPP app, DWORD device, DWORD privileges, DWORD_PTR instance)
{
    DWORD version = 0;
    LINEEXTENSIONID extension;
    HLINE line = 0;

    REQUIRE_EQ(lineNegotiateAPIVersion(app, device, 0x00010003, 0x00020002, &version, &extension),
               0);
    REQUIRE_EQ(lineOpen(app, device, &line, version, 0, instance, privileges,
                        privileges == LINECALLPRIVILEGE_NONE ? 0 : LINEMEDIAMODE_INTERACTIVEVOICE,
                        NULL),
               0);
    return line;
}

/* Takes messages until one of this kind; false when none comes. */
static bool take(HLINEAPP app, DWORD id, DWORD p1, LINEMESSAGE *message)
{
    for (int i = 0; i < 100; i++) {
        LONG result = lineGetMessage(app, message, WAIT_LONG);
        if (result) {
            test_note("lineGetMessage: 0x%x", (unsigned)result);
            return false;
        }
        if (message->dwMessageID == id && (!p1 || message->dwParam1 == p1))
            return true;
    }
    return false;
}

static struct reader {
    HLINEAPP app;
    volatile LONG messages, replies, seen[256];
    LONG first_id;
    volatile LONG last[READERS];
} readers;

static DWORD WINAPI read_lines(void *context)
{
    DWORD n = (DWORD)(DWORD_PTR)context;
    LINEMESSAGE message;
    LONG result;

    while ((result = lineGetMessage(readers.app, &message, INFINITE)) == 0) {
        InterlockedIncrement(&readers.messages);
        if (message.dwMessageID == LINE_REPLY)
            InterlockedIncrement(&readers.replies);
    }
    readers.last[n] = result;
    return 0;
}

static bool all_replied(void *context)
{
    return readers.replies >= *(LONG *)context;
}

TEST(four_threads_read_one_application)
{
    HANDLE event, threads[READERS];
    DWORD devices;
    HLINE line;
    LONG made = 0;

    memset(&readers, 0, sizeof(readers));
    readers.app = start_line("readers", &event, &devices);
    for (DWORD i = 0; i < READERS; i++)
        threads[i] = CreateThread(NULL, 0, read_lines, (void *)(DWORD_PTR)i, 0, NULL);
    line = open_line(readers.app, 0, LINECALLPRIVILEGE_NONE, 1);
    for (int i = 0; i < 20; i++) {
        HCALL call = 0;
        LONG id = lineMakeCall(line, &call, "5550102", 0, NULL);
        if (!CHECK(id > 0))
            break;
        made++;
        wait_until(all_replied, &made, NULL, WAIT_LONG);
        CHECK(call != 0);
        CHECK(lineDrop(call, NULL, 0) > 0);
        made++;
        wait_until(all_replied, &made, NULL, WAIT_LONG);
        CHECK_EQ(lineDeallocateCall(call), 0);
    }
    CHECK_EQ(readers.replies, made);
    CHECK_EQ(lineShutdown(readers.app), 0);
    CHECK_EQ(WaitForMultipleObjects(READERS, threads, TRUE, WAIT_LONG), WAIT_OBJECT_0);
    for (int i = 0; i < READERS; i++) {
        CHECK_EQ(readers.last[i], LINEERR_INVALAPPHANDLE);
        CloseHandle(threads[i]);
    }
}

struct emptied {
    HLINEAPP app;
    HANDLE event;
};

/* Reads what is there; the event is not set any more. */
static bool is_read_empty(void *context)
{
    struct emptied *emptied = context;
    LINEMESSAGE message;

    while (lineGetMessage(emptied->app, &message, 0) == 0)
        ;
    return WaitForSingleObject(emptied->event, 0) == WAIT_TIMEOUT;
}

TEST(the_event_is_set_while_messages_wait)
{
    HANDLE event;
    DWORD devices;
    HLINEAPP app = start_line("events", &event, &devices);
    HLINE line = open_line(app, 0, LINECALLPRIVILEGE_NONE, 0xABCD);
    HCALL call = 0;
    LINEMESSAGE message;
    LONG id;

    CHECK_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    POISON(message);
    CHECK_EQ(lineGetMessage(app, &message, 0), LINEERR_OPERATIONFAILED);
    CHECK_EQ(lineGetMessage(app, NULL, 0), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetMessage(0, &message, 0), LINEERR_INVALAPPHANDLE);
    id = lineMakeCall(line, &call, "5550102", 0, NULL);
    REQUIRE(id > 0);
    /* manual reset: waiting does not take it away */
    CHECK_EQ(WaitForSingleObject(event, WAIT_LONG), WAIT_OBJECT_0);
    CHECK_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    CHECK_EQ(lineGetMessage(app, &message, 0), 0);
    CHECK_EQ(message.dwMessageID, LINE_REPLY);
    CHECK_EQ(message.dwParam1, id);
    CHECK_EQ(message.dwParam2, 0);
    CHECK_EQ(message.dwCallbackInstance, 0xABCD);
    while (CHECK_EQ(lineGetMessage(app, &message, WAIT_LONG), 0)) {
        if (message.dwMessageID == LINE_CALLSTATE) {
            CHECK_EQ(message.hDevice, call);
            CHECK_EQ(message.dwCallbackInstance, 0xABCD);
        }
        if (message.dwMessageID == LINE_CALLSTATE && message.dwParam1 == LINECALLSTATE_RINGBACK)
            break;
    }
    /* It rings and rings: what still belongs to the ringing is on its way at most. */
    CHECK(wait_until(is_read_empty, &(struct emptied){app, event}, NULL, WAIT_LONG));
    CHECK(lineDrop(call, NULL, 0) > 0);
    CHECK(take(app, LINE_CALLSTATE, LINECALLSTATE_IDLE, &message));
    /* everything afterwards as well: nobody needs to clean up */
    CHECK_EQ(lineShutdown(app), 0);
    CHECK_EQ(lineGetMessage(app, &message, 0), LINEERR_INVALAPPHANDLE);
}

static HPHONEAPP phone_app;

static DWORD WINAPI read_phone(void *context)
{
    PHONEMESSAGE message;
    LONG result;

    while ((result = phoneGetMessage(phone_app, &message, INFINITE)) == 0)
        if (message.dwMessageID == PHONE_REPLY || message.dwMessageID == PHONE_CLOSE)
            SetEvent(context);
    return (DWORD)result;
}

TEST(a_desk_set_with_a_thread)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params)};
    DWORD version = 0x00020000, devices = 0, negotiated = 0, code = 0, mode = 0;
    PHONEEXTENSIONID extension;
    HANDLE got = CreateEvent(NULL, FALSE, FALSE, NULL), thread;
    HPHONE phone = 0, second = 0;
    union {
        PHONECAPS caps;
        PHONESTATUS status;
        BYTE bytes[4096];
    } u;

    params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
    REQUIRE_EQ(phoneInitializeExW(&phone_app, NULL, NULL, L"Desk", &devices, &version, &params), 0);
    CHECK(version >= 0x00020002);
    REQUIRE(devices >= 2);
    CHECK(params.Handles.hEvent != NULL);
    thread = CreateThread(NULL, 0, read_phone, got, 0, NULL);
    REQUIRE_EQ(
        phoneNegotiateAPIVersion(phone_app, 0, 0x00010003, 0x00020002, &negotiated, &extension), 0);
    memset(&u, 0xCC, sizeof(u));
    u.caps.dwTotalSize = sizeof(u);
    CHECK_EQ(phoneGetDevCapsW(phone_app, 0, negotiated, 0, &u.caps), 0);
    CHECK(u.caps.dwHookSwitchDevs & PHONEHOOKSWITCHDEV_HANDSET);
    CHECK(u.caps.dwDisplayNumRows == 2 && u.caps.dwDisplayNumColumns == 24);
    REQUIRE_EQ(phoneOpen(phone_app, 0, &phone, negotiated, 0, 0x77, PHONEPRIVILEGE_OWNER), 0);
    CHECK_EQ(phoneOpen(phone_app, 0, &second, negotiated, 0, 0x78, PHONEPRIVILEGE_OWNER),
             PHONEERR_INUSE);
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_HANDSETHOOKSWITCH | PHONESTATE_DISPLAY,
                                    PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE,
                                    PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN),
             0);
    CHECK(phoneSetRing(phone, 1, 0x8000) > 0);
    CHECK_EQ(WaitForSingleObject(got, WAIT_LONG), WAIT_OBJECT_0);
    CHECK(phoneSetDisplay(phone, 0, 0, "WELCOME", 7) > 0);
    CHECK_EQ(WaitForSingleObject(got, WAIT_LONG), WAIT_OBJECT_0);
    memset(&u, 0, sizeof(u));
    ((VARSTRING *)&u)->dwTotalSize = sizeof(u);
    CHECK_EQ(phoneGetDisplay(phone, (VARSTRING *)&u), 0);
    CHECK_EQ(((VARSTRING *)&u)->dwStringSize, 48);
    CHECK_BYTES(u.bytes + ((VARSTRING *)&u)->dwStringOffset, "WELCOME", 7);
    CHECK_EQ(phoneGetRing(phone, &mode, &negotiated), 0);
    CHECK_EQ(mode, 1);
    CHECK_EQ(negotiated, 0x8000);
    CHECK_EQ(phoneSetHookSwitch(phone, 0, PHONEHOOKSWITCHMODE_ONHOOK), PHONEERR_INVALHOOKSWITCHDEV);
    CHECK(phoneSetRing(phone, 0, 0) > 0);
    CHECK_EQ(phoneClose(phone), 0);
    CHECK_EQ(phoneClose(phone), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(WaitForSingleObject(got, WAIT_LONG), WAIT_OBJECT_0);
    CHECK_EQ(phoneShutdown(phone_app), 0);
    CHECK_EQ(WaitForSingleObject(thread, WAIT_LONG), WAIT_OBJECT_0);
    GetExitCodeThread(thread, &code);
    CHECK_EQ(code, (DWORD)PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneShutdown(phone_app), PHONEERR_INVALAPPHANDLE);
    CloseHandle(thread);
    CloseHandle(got);
}

TEST(a_monitor_beside_an_owner_and_a_handoff)
{
    HANDLE event_a, event_b;
    DWORD devices;
    HLINEAPP a = start_line("alpha", &event_a, &devices),
             b = start_line("beta", &event_b, &devices);
    HLINE line_a, line_b;
    HCALL call = 0, seen = 0;
    LINEMESSAGE message;
    union {
        LINECALLINFO info;
        LINECALLLIST list;
        LINECALLSTATUS status;
        BYTE bytes[2048];
    } u;
    char exe[MAX_PATH], *name;

    line_a = open_line(a, 2, LINECALLPRIVILEGE_OWNER, 0xA);
    line_b = open_line(b, 2, LINECALLPRIVILEGE_MONITOR, 0xB);
    REQUIRE(lineMakeCall(line_a, &call, "5550100", 0, NULL) > 0);
    REQUIRE(take(b, LINE_APPNEWCALL, 0, &message));
    CHECK_EQ(message.hDevice, line_b);
    CHECK_EQ(message.dwCallbackInstance, 0xB);
    CHECK_EQ(message.dwParam1, 0);
    seen = (HCALL)message.dwParam2;
    CHECK_EQ(message.dwParam3, LINECALLPRIVILEGE_MONITOR);
    CHECK(take(b, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, &message));
    CHECK_EQ(message.hDevice, seen);
    CHECK_EQ(message.dwCallbackInstance, 0xB);
    CHECK(take(a, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, &message));
    CHECK_EQ(lineDrop(seen, NULL, 0), LINEERR_NOTOWNER);
    u.info.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetCallInfo(seen, &u.info), 0);
    CHECK_EQ(u.info.dwNumOwners, 1);
    CHECK_EQ(u.info.dwNumMonitors, 1);
    name = (char *)u.bytes + u.info.dwAppNameOffset;
    CHECK_STR(name, "alpha");
    u.status.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetCallStatus(seen, &u.status), 0);
    CHECK_EQ(u.status.dwCallPrivilege, LINECALLPRIVILEGE_MONITOR);
    /* handed to the other, by the name it gave */
    CHECK_EQ(lineHandoff(call, "nobody", 0), LINEERR_TARGETNOTFOUND);
    /* by the file name of the program, as it is in LINECALLINFO for who pops the screens */
    GetModuleFileNameA(NULL, exe, MAX_PATH);
    name = strrchr(exe, '\\') ? strrchr(exe, '\\') + 1 : exe;
    CHECK_EQ(lineHandoff(call, name, 0), 0);
    CHECK(take(b, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, &message));
    CHECK_EQ(message.dwParam3, LINECALLPRIVILEGE_OWNER);
    seen = (HCALL)message.hDevice;
    /* the giver still is owner until it says otherwise */
    CHECK_EQ(lineSetCallPrivilege(call, LINECALLPRIVILEGE_MONITOR), 0);
    CHECK(lineDrop(seen, NULL, 0) > 0);
    CHECK(take(b, LINE_REPLY, 0, &message));
    CHECK_EQ(message.dwParam2, 0);
    CHECK(take(b, LINE_CALLSTATE, LINECALLSTATE_IDLE, &message));
    CHECK(take(a, LINE_CALLSTATE, LINECALLSTATE_IDLE, &message));
    CHECK_EQ(lineDeallocateCall(call), 0);
    CHECK_EQ(lineDeallocateCall(seen), 0);
    CHECK_EQ(lineShutdown(a), 0);
    CHECK_EQ(lineShutdown(b), 0);
}

/* ---- by name, without an import library ------------------------------------------------------ */

TEST(found_by_name)
{
    static const char *names[] = {"lineInitialize",
                                  "lineInitializeExA",
                                  "lineInitializeExW",
                                  "lineDial",
                                  "lineMakeCall",
                                  "lineMakeCallA",
                                  "lineMakeCallW",
                                  "lineGetDevCaps",
                                  "lineGetDevCapsA",
                                  "lineGetDevCapsW",
                                  "lineShutdown",
                                  "phoneInitialize",
                                  "phoneInitializeExA",
                                  "phoneGetDevCaps",
                                  "phoneGetDevCapsW",
                                  "tapiRequestMakeCall",
                                  "tapiRequestMakeCallA",
                                  "tapiRequestMakeCallW",
                                  "tapiGetLocationInfo",
                                  "lineTranslateAddress",
                                  "lineTranslateDialogW",
                                  "lineProxyMessage",
                                  "lineProxyResponse",
                                  "lineGetMessage",
                                  "phoneGetMessage",
                                  "lineOpen",
                                  "lineOpenA",
                                  "lineOpenW",
                                  "lineConfigProvider",
                                  "lineAddProvider",
                                  "tapiRequestDrop",
                                  "lineGetIcon"};
    HMODULE module = LoadLibraryA("tapi32.dll");
    FARPROC line_get;

    REQUIRE(module != NULL);
    for (unsigned i = 0; i < ARRAYSIZE(names); i++)
        if (!GetProcAddress(module, names[i]))
            FAIL("tapi32.dll has no %s", names[i]);
    CHECK(GetProcAddress(module, "lineOpen@36") == NULL);
    line_get = GetProcAddress(module, "lineGetNumAddresses");
    CHECK(line_get == NULL); /* there never was one */
    CHECK_EQ(((LONG(WINAPI *)(HLINE))(void *)GetProcAddress(module, "lineClose"))(0x12345),
             LINEERR_UNINITIALIZED);
    FreeLibrary(module);
}

/* ---- wrong times ----------------------------------------------------------------------------- */

TEST(before_and_after)
{
    DWORD devices, version = 0, dword;
    LINEEXTENSIONID extension;
    PHONEEXTENSIONID phone_extension;
    HANDLE event;
    HLINEAPP app;
    LINEMESSAGE message;
    HPHONE phone;
    HLINE line;
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params)};

    CHECK_EQ(lineShutdown(0x1234), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineNegotiateAPIVersion(0x1234, 0, 0x10003, 0x20002, &version, &extension),
             LINEERR_UNINITIALIZED);
    CHECK_EQ(phoneNegotiateAPIVersion(0x1234, 0, 0x10003, 0x20002, &version, &phone_extension),
             PHONEERR_UNINITIALIZED);
    CHECK_EQ(lineGetMessage(0x1234, &message, 0), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneShutdown(0x1234), PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneOpen(0x1234, 0, &phone, 0x20000, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_UNINITIALIZED);
    CHECK_EQ(lineOpen(0x1234, 0, &line, 0x20000, 0, 0, 0, 0, NULL), LINEERR_UNINITIALIZED);
    /* what lineInitializeEx refuses */
    version = 0x00020000;
    CHECK_EQ(lineInitializeEx(NULL, NULL, NULL, "x", &devices, &version, &params),
             LINEERR_INVALPOINTER);
    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    CHECK_EQ(lineInitializeEx(&app, NULL, NULL, "x", NULL, &version, &params),
             LINEERR_INVALPOINTER);
    CHECK_EQ(lineInitializeEx(&app, NULL, NULL, "x", &devices, NULL, &params),
             LINEERR_INVALPOINTER);
    params.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
    CHECK_EQ(lineInitializeEx(&app, NULL, NULL, "x", &devices, &version, &params),
             LINEERR_INVALPOINTER);
    params.dwTotalSize = 4;
    CHECK_EQ(lineInitializeEx(&app, NULL, NULL, "x", &devices, &version, &params),
             LINEERR_STRUCTURETOOSMALL);
    app = start_line("times", &event, &devices);
    CHECK_EQ(lineOpen(app, 0, &line, 0x00020000, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL), 0);
    CHECK_EQ(lineOpen(app, devices + 1, &line, 0x00020000, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
             LINEERR_BADDEVICEID);
    CHECK_EQ(lineOpen(app, 0, &line, 0x00020000, 0, 0, 0x40, 0, NULL), LINEERR_INVALPRIVSELECT);
    CHECK_EQ(lineDrop(0x5555, NULL, 0), LINEERR_INVALCALLHANDLE);
    CHECK_EQ(lineGetNumRings(0x5555, 0, &dword), LINEERR_INVALLINEHANDLE);
    CHECK_EQ(lineShutdown(app), 0);
}
