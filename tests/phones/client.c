/* client.c - see client.h. */
#include "tests/phones/client.h"

struct desk *desk;
static HMODULE module;

TEST_BEFORE
{
    module = LoadLibraryW(L"desk.tsp"); /* ours as long as the test lasts */
    REQUIRE(module != NULL);
    desk = ((desk_control)(void *)GetProcAddress(module, "DeskControl"))();
    memset(desk, 0, sizeof *desk);
    desk->version = 0x00030001;
    for (unsigned i = 0; i < DESK_MOST; i++)
        for (unsigned j = 0; j < 3; j++)
            desk->phone[i].hook[j] = PHONEHOOKSWITCHMODE_ONHOOK;
}

TEST_AFTER
{
    struct open_tapi_counters left = counters();
    CHECK_EQ(left.apps, 0);
    CHECK_EQ(left.lines, 0);
    CHECK_EQ(left.phones, 0);
    CHECK_EQ(left.requests, 0);
    CHECK_EQ(left.handles, 0);
    CHECK_EQ(left.providers, 0);
    CHECK_EQ(left.messages, 0);
    CHECK_EQ(desk->inits, desk->shutdowns);
    for (unsigned i = 0; i < DESK_MOST; i++)
        if (desk->open_result == 0)
            CHECK_EQ(desk->phone[i].opens, desk->phone[i].closes);
    FreeLibrary(module);
}

struct open_tapi_counters counters(void)
{
    struct open_tapi_counters now;
    OpenTapiGetCounters(&now);
    return now;
}

HPHONEAPP app_start(const WCHAR *name, DWORD version)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    HPHONEAPP app;
    DWORD devices, highest = version, negotiated;
    PHONEEXTENSIONID extension;
    POISON(app);
    POISON(devices);
    REQUIRE_EQ(phoneInitializeExW(&app, NULL, NULL, name, &devices, &highest, &params), 0);
    CHECK(devices >= DESK_PHONES);
    CHECK(params.Handles.hEvent != NULL);
    for (DWORD i = 0; i < devices; i++) {
        LONG result =
            phoneNegotiateAPIVersion(app, i, 0x00010003, version, &negotiated, &extension);
        if (result == 0)
            CHECK_EQ(negotiated, version);
    }
    return app;
}

void app_end(HPHONEAPP app)
{
    CHECK_EQ(phoneShutdown(app), 0);
}

HPHONE set_open(HPHONEAPP app, DWORD version, DWORD privilege)
{
    HPHONE phone = 0;
    REQUIRE_EQ(phoneOpen(app, SET, &phone, version, 0, 0x100 + privilege, privilege), 0);
    CHECK(phone != 0);
    return phone;
}

void expect_message(HPHONEAPP app, DWORD message, DWORD device, DWORD_PTR p1, DWORD_PTR p2,
                    DWORD_PTR p3, const char *file, int line)
{
    PHONEMESSAGE got;
    POISON(got);
    LONG result = phoneGetMessage(app, &got, WAIT_LONG);
    if (result != 0) {
        test_fail(file, line, "no message %u: 0x%lx", (unsigned)message, (unsigned long)result);
        return;
    }
    if (got.dwMessageID != message || got.hDevice != device || got.dwParam1 != p1 ||
        got.dwParam2 != p2 || got.dwParam3 != p3)
        test_fail(file, line,
                  "message %u of 0x%x (0x%llx, 0x%llx, 0x%llx) instead of %u of 0x%x (0x%llx, "
                  "0x%llx, 0x%llx)",
                  (unsigned)got.dwMessageID, (unsigned)got.hDevice,
                  (unsigned long long)got.dwParam1, (unsigned long long)got.dwParam2,
                  (unsigned long long)got.dwParam3, (unsigned)message, (unsigned)device,
                  (unsigned long long)p1, (unsigned long long)p2, (unsigned long long)p3);
}

LONG expect_reply(HPHONEAPP app, LONG request)
{
    PHONEMESSAGE got;
    POISON(got);
    if (request <= 0)
        return request;
    if (!CHECK_EQ(phoneGetMessage(app, &got, WAIT_LONG), 0))
        return 1;
    CHECK_EQ(got.dwMessageID, PHONE_REPLY);
    CHECK_EQ(got.hDevice, 0);
    CHECK_EQ(got.dwCallbackInstance & ~(DWORD_PTR)0xff, 0x100);
    CHECK_EQ(got.dwParam1, (DWORD)request);
    CHECK_EQ(got.dwParam3, 0);
    return (LONG)got.dwParam2;
}

void expect_silence(HPHONEAPP app, const char *file, int line)
{
    PHONEMESSAGE got;
    LONG result = phoneGetMessage(app, &got, 0);
    if (result != (LONG)PHONEERR_OPERATIONFAILED)
        test_fail(file, line, "a message %u (0x%llx, 0x%llx), 0x%lx", (unsigned)got.dwMessageID,
                  (unsigned long long)got.dwParam1, (unsigned long long)got.dwParam2,
                  (unsigned long)result);
}
