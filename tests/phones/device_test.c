/* device_test.c - phones, and lines, that come and go while applications run. */
#include "tests/phones/client.h"

/* The provider has a new device; its ID, once TAPI has given it. */
static void new_phone(DWORD_PTR temporary)
{
    desk->created_from = 0;
    desk->event(NULL, PHONE_CREATE, (DWORD_PTR)desk->provider, temporary, 0);
}

/* The provider was asked for it. */
static bool is_created(void *temporary)
{
    return desk->created_from == *(DWORD_PTR *)temporary;
}

TEST(a_new_phone_is_announced_and_works)
{
    HPHONEAPP app = app_start(L"a", VERSION), other = app_start(L"b", 0x00010004);
    DWORD version;
    PHONEEXTENSIONID extension;
    HPHONE phone;
    CHECK_EQ(phoneOpen(app, DESK_PHONES, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_BADDEVICEID);
    new_phone(0x1234);
    EXPECT_MESSAGE(app, PHONE_CREATE, 0, DESK_PHONES, 0, 0);
    EXPECT_MESSAGE(other, PHONE_CREATE, 0, DESK_PHONES, 0, 0);
    CHECK_EQ(desk->created_from, 0x1234);
    CHECK_EQ(desk->created, DESK_PHONES);
    CHECK_EQ(phoneNegotiateAPIVersion(app, DESK_PHONES, 0x00010003, VERSION, &version, &extension),
             0);
    CHECK_EQ(version, VERSION);
    REQUIRE_EQ(phoneOpen(app, DESK_PHONES, &phone, VERSION, 0, 0x100, PHONEPRIVILEGE_OWNER), 0);
    DO(app, phoneSetRing(phone, 1, 1));
    CHECK_EQ(phoneClose(phone), 0);
    app_end(app);
    /* An application that comes later counts it. */
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, highest = VERSION;
    REQUIRE_EQ(phoneInitializeExW(&app, NULL, NULL, L"c", &devices, &highest, &params), 0);
    CHECK_EQ(devices, DESK_PHONES + 1);
    app_end(app);
    app_end(other);
}

TEST(a_new_phone_that_its_provider_refuses_is_not_there)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone;
    PHONEEXTENSIONID extension;
    DWORD version;
    desk->refuse_device = TRUE;
    new_phone(1);
    desk->refuse_device = TRUE;
    /* The worker does both in order, so the second's message proves the first's silence. */
    CHECK(wait_until(is_created, &(DWORD_PTR){1}, NULL, WAIT_LONG));
    desk->refuse_device = FALSE;
    new_phone(2);
    EXPECT_MESSAGE(app, PHONE_CREATE, 0, DESK_PHONES + 1, 0, 0);
    EXPECT_SILENCE(app);
    CHECK_EQ(phoneOpen(app, DESK_PHONES, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_NODEVICE);
    CHECK_EQ(phoneNegotiateAPIVersion(app, DESK_PHONES, 0x00010003, VERSION, &version, &extension),
             PHONEERR_NODEVICE);
    app_end(app);
}

TEST(an_application_of_1_3_is_told_to_start_again)
{
    HPHONEAPP app = app_start(L"a", 0x00010003);
    new_phone(1);
    EXPECT_MESSAGE(app, PHONE_STATE, 0, PHONESTATE_REINIT, PHONE_CREATE, DESK_PHONES);
    EXPECT_SILENCE(app);
    app_end(app);
}

static struct wait_counter calls;
static PHONEMESSAGE last;

static void CALLBACK callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
                              DWORD_PTR p2, DWORD_PTR p3)
{
    last = (PHONEMESSAGE){device, message, instance, p1, p2, p3};
    wait_counter_add(&calls, 1);
}

/* phoneInitialize says no version: what the application negotiated decides. */
TEST(an_application_of_phoneinitialize_hears_what_its_version_knows)
{
    static const struct {
        DWORD version, message;
    } cases[] = {{0x00010003, PHONE_STATE}, {0x00010004, PHONE_CREATE}};
    for (unsigned i = 0; i < ARRAYSIZE(cases); i++) {
        HPHONEAPP app;
        DWORD devices, version;
        PHONEEXTENSIONID extension;
        REQUIRE(wait_counter_start(&calls));
        REQUIRE_EQ(phoneInitialize(&app, NULL, callback, NULL, &devices), 0);
        CHECK_EQ(phoneNegotiateAPIVersion(app, 0, cases[i].version, cases[i].version, &version,
                                          &extension),
                 0);
        new_phone(1);
        wait_counter_reach(&calls, 1, WAIT_LONG);
        CHECK_EQ(calls.count, 1);
        CHECK_EQ(last.dwMessageID, cases[i].message);
        CHECK_EQ(last.dwParam1, cases[i].message == PHONE_STATE ? PHONESTATE_REINIT : DESK_PHONES);
        CHECK_EQ(phoneShutdown(app), 0);
        wait_counter_end(&calls);
    }
}

TEST(a_removed_phone_is_closed_and_gone)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    HPHONEAPP old = app_start(L"old", 0x00010004), idle = app_start(L"idle", 0x00010004);
    HPHONE owner = set_open(a, VERSION, PHONEPRIVILEGE_OWNER), phone;
    HPHONE monitor = set_open(old, 0x00010004, PHONEPRIVILEGE_MONITOR);
    PHONEEXTENSIONID extension;
    DWORD version;
    HICON icon;
    union {
        PHONECAPS caps;
        BYTE bytes[1024];
    } caps = {.caps.dwTotalSize = sizeof caps};

    desk->event(NULL, PHONE_REMOVE, desk->phone_base + SET, 0, 0);
    EXPECT_MESSAGE(a, PHONE_CLOSE, owner, 0, 0, 0);
    EXPECT_MESSAGE(a, PHONE_REMOVE, 0, SET, 0, 0);
    EXPECT_MESSAGE(b, PHONE_REMOVE, 0, SET, 0, 0);
    EXPECT_MESSAGE(old, PHONE_STATE, monitor, PHONESTATE_REMOVED, 0, 0);
    EXPECT_MESSAGE(old, PHONE_CLOSE, monitor, 0, 0, 0);
    EXPECT_SILENCE(old);
    EXPECT_SILENCE(idle);
    desk->event(NULL, PHONE_REMOVE, desk->phone_base + SET, 0, 0); /* once more */
    EXPECT_SILENCE(a);
    EXPECT_SILENCE(b);

    CHECK_EQ(phoneOpen(a, SET, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_NODEVICE);
    CHECK_EQ(phoneNegotiateAPIVersion(a, SET, 0x00010003, VERSION, &version, &extension),
             PHONEERR_NODEVICE);
    CHECK_EQ(phoneNegotiateExtVersion(a, SET, VERSION, 1, 3, &version), PHONEERR_NODEVICE);
    CHECK_EQ(phoneGetDevCapsW(a, SET, VERSION, 0, &caps.caps), PHONEERR_NODEVICE);
    CHECK_EQ(phoneGetIconW(SET, NULL, &icon), PHONEERR_NODEVICE);
    /* The others are where they were. */
    CHECK_EQ(phoneOpen(a, 2, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), 0);
    app_end(a);
    app_end(b);
    app_end(old);
    app_end(idle);
}

/* ---- lines, from the same provider ---- */

static HLINEAPP line_app(void)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    HLINEAPP app;
    DWORD devices, version = VERSION;
    REQUIRE_EQ(lineInitializeExW(&app, NULL, NULL, L"lines", &devices, &version, &params), 0);
    return app;
}

static void expect_line_message(HLINEAPP app, DWORD message, DWORD_PTR p1)
{
    LINEMESSAGE got;
    POISON(got);
    CHECK_EQ(lineGetMessage(app, &got, WAIT_LONG), 0);
    CHECK_EQ(got.dwMessageID, message);
    CHECK_EQ(got.hDevice, 0);
    CHECK_EQ(got.dwParam1, p1);
}

TEST(lines_and_phones_are_told_apart)
{
    HPHONEAPP phones = app_start(L"phones", VERSION);
    HLINEAPP lines = line_app();
    LINEEXTENSIONID extension;
    LINEMESSAGE message;
    DWORD version;

    desk->line_event((HTAPILINE)0, (HTAPICALL)0, LINE_CREATE, (DWORD_PTR)desk->provider, 7, 0);
    expect_line_message(lines, LINE_CREATE, 1);
    CHECK_EQ(desk->created_from, 7);
    CHECK_EQ(desk->created, 1);
    CHECK_EQ(lineNegotiateAPIVersion(lines, 1, 0x00010003, VERSION, &version, &extension), 0);
    new_phone(8);
    EXPECT_MESSAGE(phones, PHONE_CREATE, 0, DESK_PHONES, 0, 0);
    desk->refuse_device = TRUE;
    desk->line_event((HTAPILINE)0, (HTAPICALL)0, LINE_CREATE, (DWORD_PTR)desk->provider, 9, 0);
    CHECK(wait_until(is_created, &(DWORD_PTR){9}, NULL, WAIT_LONG));
    desk->refuse_device = FALSE;
    desk->line_event((HTAPILINE)0, (HTAPICALL)0, LINE_CREATE, (DWORD_PTR)desk->provider, 10, 0);
    expect_line_message(lines, LINE_CREATE, 3);
    CHECK_EQ(lineNegotiateAPIVersion(lines, 2, 0x00010003, VERSION, &version, &extension),
             LINEERR_NODEVICE);
    desk->line_event((HTAPILINE)0, (HTAPICALL)0, LINE_REMOVE, 1, 0, 0);
    expect_line_message(lines, LINE_REMOVE, 1);
    CHECK_EQ(lineNegotiateAPIVersion(lines, 1, 0x00010003, VERSION, &version, &extension),
             LINEERR_NODEVICE);
    EXPECT_SILENCE(phones);
    CHECK_EQ(lineGetMessage(lines, &message, 0), LINEERR_OPERATIONFAILED);
    CHECK_EQ(lineShutdown(lines), 0);
    app_end(phones);
}
