/* app_test.c - applications: phoneInitialize, phoneInitializeEx, phoneGetMessage, phoneShutdown,
 * versions; and a program that is an application of lines and of phones at once. */
#include "tests/phones/client.h"

static struct wait_counter calls;
static PHONEMESSAGE last;

static void CALLBACK callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
                              DWORD_PTR p2, DWORD_PTR p3)
{
    last = (PHONEMESSAGE){device, message, instance, p1, p2, p3};
    wait_counter_add(&calls, 1);
}

static bool pump_until_call(LONG count)
{
    return wait_counter_reach(&calls, count, WAIT_LONG);
}

TEST(an_application_of_tapi_2_may_be_called_back_too)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEHIDDENWINDOW};
    DWORD devices, version = VERSION;
    PHONEEXTENSIONID extension;
    HPHONEAPP app;
    HPHONE phone;
    REQUIRE(wait_counter_start(&calls));
    REQUIRE_EQ(phoneInitializeExW(&app, NULL, callback, L"called", &devices, &version, &params), 0);
    CHECK_EQ(phoneNegotiateAPIVersion(app, SET, VERSION, VERSION, &version, &extension), 0);
    REQUIRE_EQ(phoneOpen(app, SET, &phone, version, 0, 0x43, PHONEPRIVILEGE_OWNER), 0);
    LONG request = phoneSetRing(phone, 1, 0);
    CHECK(request > 0);
    CHECK(pump_until_call(1));
    CHECK_EQ(last.dwMessageID, PHONE_REPLY);
    CHECK_EQ(last.dwCallbackInstance, 0x43);
    CHECK_EQ(last.dwParam1, request);
    CHECK_EQ(phoneShutdown(app), 0);
    wait_counter_end(&calls);
}

TEST(an_application_of_tapi_1_is_called_back_in_its_own_thread)
{
    HPHONEAPP app;
    HPHONE phone;
    DWORD devices, version;
    PHONEEXTENSIONID extension;
    REQUIRE(wait_counter_start(&calls));
    POISON(app);
    POISON(devices);
    REQUIRE_EQ(phoneInitialize(&app, GetModuleHandleW(NULL), callback, "old", &devices), 0);
    CHECK_EQ(devices, DESK_PHONES);
    CHECK_EQ(phoneNegotiateAPIVersion(app, SET, 0x00010003, 0x00010004, &version, &extension), 0);
    CHECK_EQ(version, 0x00010004);
    REQUIRE_EQ(phoneOpen(app, SET, &phone, version, 0, 0x42, PHONEPRIVILEGE_OWNER), 0);
    LONG request =
        phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_MICSPEAKER);
    CHECK(request > 0);
    CHECK(pump_until_call(1));
    CHECK_EQ(last.hDevice, 0);
    CHECK_EQ(last.dwMessageID, PHONE_REPLY);
    CHECK_EQ(last.dwCallbackInstance, 0x42);
    CHECK_EQ(last.dwParam1, request);
    CHECK_EQ(last.dwParam2, 0);
    PHONEMESSAGE message;
    CHECK_EQ(phoneGetMessage(app, &message, 0), PHONEERR_OPERATIONFAILED);
    CHECK_EQ(phoneShutdown(app), 0);
    CHECK_EQ(phoneShutdown(app), PHONEERR_INVALAPPHANDLE);
    wait_counter_end(&calls);
}

TEST(initialize_refuses_what_it_must)
{
    HPHONEAPP app;
    DWORD devices, version = VERSION;
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    CHECK_EQ(phoneInitialize(NULL, NULL, callback, "a", &devices), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneInitialize(&app, NULL, NULL, "a", &devices), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneInitialize(&app, NULL, callback, "a", NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneInitialize(&app, NULL, callback, (LPCSTR)1, &devices), PHONEERR_INVALAPPNAME);
    CHECK_EQ(phoneInitializeExA(NULL, NULL, NULL, "a", &devices, &version, &params),
             PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneInitializeExA(&app, NULL, NULL, (LPCSTR)1, &devices, &version, &params),
             PHONEERR_INVALAPPNAME);
    CHECK_EQ(phoneInitializeExW(&app, NULL, NULL, (LPCWSTR)2, &devices, &version, &params),
             PHONEERR_INVALAPPNAME);
    CHECK_EQ(phoneInitializeExW(&app, NULL, NULL, L"a", &devices, NULL, &params),
             PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneInitializeExW(&app, NULL, NULL, L"a", &devices, &version, NULL),
             PHONEERR_INVALPOINTER); /* a hidden window without a callback */
    version = 0x00010002;
    CHECK_EQ(phoneInitializeExW(&app, NULL, NULL, L"a", &devices, &version, &params),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    version = VERSION;
    params.dwTotalSize = 12;
    CHECK_EQ(phoneInitializeExW(&app, NULL, NULL, L"a", &devices, &version, &params),
             PHONEERR_STRUCTURETOOSMALL);
    params.dwTotalSize = sizeof params;
    params.dwOptions = 9;
    CHECK_EQ(phoneInitializeExW(&app, NULL, NULL, L"a", &devices, &version, &params),
             PHONEERR_INVALPARAM);
    params.dwOptions = PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT;
    params.Handles.hCompletionPort = NULL;
    CHECK_EQ(phoneInitializeExW(&app, NULL, NULL, L"a", &devices, &version, &params),
             PHONEERR_INVALPARAM);
}

TEST(without_an_application_everything_is_uninitialized)
{
    HPHONE phone;
    DWORD value;
    PHONEEXTENSIONID extension;
    PHONEMESSAGE message;
    HICON icon;
    CHECK_EQ(phoneOpen(1, 0, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneNegotiateAPIVersion(1, 0, 0x00010003, VERSION, &value, &extension),
             PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneNegotiateExtVersion(1, 0, VERSION, 1, 2, &value), PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneGetHookSwitch(1, &value), PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneClose(1), PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneGetIconW(0, NULL, &icon), PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneGetMessage(1, &message, 0), PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneShutdown(1), PHONEERR_INVALAPPHANDLE);
}

TEST(an_event_is_set_while_messages_wait)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    HPHONEAPP app;
    DWORD devices, version = VERSION;
    REQUIRE_EQ(phoneInitializeExA(&app, NULL, NULL, "ansi", &devices, &version, &params), 0);
    CHECK(version >= VERSION); /* the highest there is */
    CHECK_EQ(params.dwUsedSize, sizeof params);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK_EQ(WaitForSingleObject(params.Handles.hEvent, 0), WAIT_TIMEOUT);
    LONG request = phoneSetRing(phone, 1, 0x8000);
    CHECK_EQ(WaitForSingleObject(params.Handles.hEvent, WAIT_LONG), WAIT_OBJECT_0);
    CHECK_EQ(expect_reply(app, request), 0);
    CHECK_EQ(WaitForSingleObject(params.Handles.hEvent, 0), WAIT_TIMEOUT);
    CHECK_EQ(phoneGetMessage(app, NULL, 0), PHONEERR_INVALPOINTER);
    app_end(app);
}

TEST(a_completion_port_gets_messages_of_phones)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USECOMPLETIONPORT,
                                      .dwCompletionKey = 0x99};
    HPHONEAPP app;
    DWORD devices, version = VERSION, bytes = 0;
    ULONG_PTR key = 0;
    PHONEMESSAGE *message = NULL;
    params.Handles.hCompletionPort = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    REQUIRE_EQ(phoneInitializeExW(&app, NULL, NULL, L"port", &devices, &version, &params), 0);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    LONG request = phoneSetLamp(phone, 3, PHONELAMPMODE_STEADY);
    REQUIRE(GetQueuedCompletionStatus(params.Handles.hCompletionPort, &bytes, &key,
                                      (LPOVERLAPPED *)(void *)&message, WAIT_LONG));
    CHECK_EQ(key, 0x99);
    CHECK_EQ(bytes, sizeof *message);
    CHECK_EQ(message->dwMessageID, PHONE_REPLY);
    CHECK_EQ(message->dwParam1, request);
    LocalFree(message);
    app_end(app);
    CloseHandle(params.Handles.hCompletionPort);
}

TEST(versions_are_negotiated_for_each_phone)
{
    HPHONEAPP app = app_start(L"versions", VERSION);
    DWORD version;
    PHONEEXTENSIONID extension;
    static const DWORD versions[] = {0x00010003, 0x00010004, 0x00020000,
                                     0x00020001, 0x00020002, 0x00030001};
    for (unsigned i = 0; i < ARRAYSIZE(versions); i++) {
        CHECK_EQ(phoneNegotiateAPIVersion(app, 0, versions[i], versions[i], &version, &extension),
                 0);
        CHECK_EQ(version, versions[i]);
        CHECK_EQ(extension.dwExtensionID0, 0xde5c);
        CHECK_EQ(extension.dwExtensionID3, 3);
    }
    CHECK_EQ(phoneNegotiateAPIVersion(app, 0, 0x00040000, 0x00050000, &version, &extension),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneNegotiateAPIVersion(app, 0, VERSION, 0x00010003, &version, &extension),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneNegotiateAPIVersion(app, 99, 0x00010003, VERSION, &version, &extension),
             PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneNegotiateAPIVersion(app, 0, 0x00010003, VERSION, NULL, &extension),
             PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneNegotiateAPIVersion(app, 0, 0x00010003, VERSION, &version, NULL),
             PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneNegotiateAPIVersion(app + 1, 0, 0x00010003, VERSION, &version, &extension),
             PHONEERR_INVALAPPHANDLE);

    CHECK_EQ(phoneNegotiateExtVersion(app, SET, VERSION, 1, 4, &version), 0);
    CHECK_EQ(version, 4);
    CHECK_EQ(phoneNegotiateExtVersion(app, SET, VERSION, 1, 99, &version), 0);
    CHECK_EQ(version, DESK_EXT_HIGH);
    CHECK_EQ(phoneNegotiateExtVersion(app, SET, VERSION, 0, 1, &version),
             PHONEERR_INCOMPATIBLEEXTVERSION);
    CHECK_EQ(phoneNegotiateExtVersion(app, SET, VERSION, 1, 4, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneNegotiateExtVersion(app, 99, VERSION, 1, 4, &version), PHONEERR_BADDEVICEID);
    desk->lie = DESK_OUTSIDE; /* more than what was asked for */
    CHECK_EQ(phoneNegotiateExtVersion(app, SET, VERSION, 1, 4, &version),
             PHONEERR_INCOMPATIBLEEXTVERSION);
    app_end(app);
}

TEST(a_phone_that_shares_no_version_with_tapi_is_unusable)
{
    DWORD version, devices;
    PHONEEXTENSIONID extension;
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    HPHONEAPP app;
    HPHONE phone;
    desk->version = 0;
    version = VERSION;
    REQUIRE_EQ(phoneInitializeExW(&app, NULL, NULL, L"", &devices, &version, &params), 0);
    CHECK_EQ(devices, DESK_PHONES);
    CHECK_EQ(phoneNegotiateAPIVersion(app, 0, 0x00010003, VERSION, &version, &extension),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneOpen(app, 0, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    app_end(app);
}

TEST(a_program_may_have_applications_of_both_kinds)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    HPHONEAPP phones = app_start(L"phones", VERSION);
    HLINEAPP lines;
    HPHONE phone;
    HLINE line;
    LINEMESSAGE line_message;
    PHONEMESSAGE phone_message;
    DWORD devices, version = VERSION, value;
    LINEEXTENSIONID extension;

    /* There are phones, and still no lines. */
    CHECK_EQ(lineClose(1), LINEERR_UNINITIALIZED);
    REQUIRE_EQ(lineInitializeExW(&lines, NULL, NULL, L"lines", &devices, &version, &params), 0);
    CHECK_EQ(devices, 1);
    CHECK_EQ(counters().apps, 2);
    CHECK_EQ(desk->inits, 1);

    /* The handles of one kind are none of the other's. */
    CHECK_EQ(phoneOpen((HPHONEAPP)(ULONG_PTR)lines, 0, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneShutdown((HPHONEAPP)(ULONG_PTR)lines), PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneGetMessage((HPHONEAPP)(ULONG_PTR)lines, &phone_message, 0),
             PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(lineShutdown((HLINEAPP)(ULONG_PTR)phones), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineGetMessage((HLINEAPP)(ULONG_PTR)phones, &line_message, 0), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineNegotiateAPIVersion((HLINEAPP)(ULONG_PTR)phones, 0, 0x00010003, VERSION, &value,
                                     &extension),
             LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineOpenW((HLINEAPP)(ULONG_PTR)phones, 0, &line, VERSION, 0, 0, LINECALLPRIVILEGE_NONE,
                       0, NULL),
             LINEERR_INVALAPPHANDLE);
    phone = set_open(phones, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK_EQ(lineClose(phone), LINEERR_INVALLINEHANDLE);

    CHECK_EQ(lineShutdown(lines), 0);
    CHECK_EQ(desk->shutdowns, 0); /* the phones' application keeps the provider */
    DO(phones, phoneSetRing(phone, 1, 0));
    app_end(phones);
}

TEST(a_thread_in_phonegetmessage_learns_of_the_end)
{
    struct waiter {
        HPHONEAPP app;
        LONG result;
    } waiter = {.app = app_start(L"waits", VERSION)};
    DWORD WINAPI wait_for_message(void *context);
    HANDLE thread = CreateThread(NULL, 0, wait_for_message, &waiter, 0, NULL);
    REQUIRE(thread != NULL);
    app_end(waiter.app);
    CHECK(wait_handle(thread, WAIT_LONG));
    CHECK_EQ(waiter.result, PHONEERR_INVALAPPHANDLE);
    CloseHandle(thread);
}

DWORD WINAPI wait_for_message(void *context)
{
    struct {
        HPHONEAPP app;
        LONG result;
    } *waiter = context;
    PHONEMESSAGE message;
    waiter->result = phoneGetMessage(waiter->app, &message, INFINITE);
    return 0;
}
