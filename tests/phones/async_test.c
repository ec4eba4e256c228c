/* async_test.c - exactly one PHONE_REPLY for each request, whatever the provider does, and what
 * becomes of requests when phones are closed (asynchronous-phone-operations.md). */
#include "tests/phones/client.h"

/* Each of the nine operations. */
typedef LONG operation(HPHONE phone);

static LONG do_hook_switch(HPHONE phone)
{
    return phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_MICSPEAKER);
}

static LONG do_volume(HPHONE phone)
{
    return phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, 7);
}

static LONG do_gain(HPHONE phone)
{
    return phoneSetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, 7);
}

static LONG do_display(HPHONE phone)
{
    return phoneSetDisplay(phone, 0, 0, "xx", 2);
}

static LONG do_ring(HPHONE phone)
{
    return phoneSetRing(phone, 1, 7);
}

static LONG do_button_info(HPHONE phone)
{
    PHONEBUTTONINFO info = {.dwTotalSize = sizeof info, .dwButtonMode = PHONEBUTTONMODE_LOCAL};
    return phoneSetButtonInfoW(phone, 2, &info);
}

static LONG do_lamp(HPHONE phone)
{
    return phoneSetLamp(phone, 2, PHONELAMPMODE_WINK);
}

static LONG do_data(HPHONE phone)
{
    return phoneSetData(phone, 0, (LPVOID) "xx", 2);
}

static LONG do_specific(HPHONE phone)
{
    static char bytes[2];
    return phoneDevSpecific(phone, bytes, 2);
}

static operation *const operations[] = {do_hook_switch, do_volume, do_gain, do_display, do_ring,
                                        do_button_info, do_lamp,   do_data, do_specific};

TEST(each_operation_is_answered_once_whatever_the_provider_does)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    DWORD before = counters().duplicate_completions;
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++) {
        LONG request;
        desk->answer = DESK_EARLY;
        request = operations[i](phone);
        CHECK_EQ(expect_reply(app, request), 0);
        desk->answer = DESK_EARLY_TWICE;
        request = operations[i](phone);
        CHECK_EQ(expect_reply(app, request), 0);
        desk->answer = DESK_EARLY_FAIL;
        request = operations[i](phone);
        CHECK(request > 0);
        CHECK_EQ(expect_reply(app, request), PHONEERR_RESOURCEUNAVAIL);
        desk->answer = DESK_LATER;
        request = operations[i](phone);
        EXPECT_SILENCE(app);
        desk->complete(desk->request, 0);
        CHECK_EQ(expect_reply(app, request), 0);
        desk->complete(desk->request, 0); /* again: nobody is told */
        request = operations[i](phone);
        desk->complete(desk->request, 5); /* what a positive result means, nobody knows */
        CHECK_EQ(expect_reply(app, request), PHONEERR_OPERATIONFAILED);
        request = operations[i](phone);
        desk->complete(desk->request, (LONG)LINEERR_OPERATIONUNAVAIL); /* a line's error */
        CHECK_EQ(expect_reply(app, request), PHONEERR_OPERATIONUNAVAIL);
        desk->answer = DESK_REFUSE;
        CHECK_EQ(operations[i](phone), PHONEERR_RESOURCEUNAVAIL);
        desk->answer = DESK_REFUSE_LINE;
        CHECK_EQ(operations[i](phone), PHONEERR_RESOURCEUNAVAIL);
        desk->answer = DESK_ZERO;
        CHECK_EQ(operations[i](phone), PHONEERR_OPERATIONFAILED);
        desk->answer = DESK_OTHER;
        CHECK_EQ(operations[i](phone), PHONEERR_OPERATIONFAILED);
        EXPECT_SILENCE(app);
    }
    CHECK_EQ(counters().duplicate_completions - before, 2 * ARRAYSIZE(operations));
    CHECK_EQ(counters().requests, 0);
    app_end(app);
}

TEST(the_last_handle_ends_what_is_outstanding)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    desk->answer = DESK_LATER;
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++) {
        HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
        /* The provider completes it inside of TSPI_phoneClose... */
        desk->complete_on_close = TRUE;
        LONG request = operations[i](phone);
        CHECK(request > 0);
        CHECK_EQ(phoneClose(phone), 0);
        CHECK_EQ(desk->phone[SET].closes, desk->phone[SET].opens);
        CHECK_EQ(expect_reply(app, request), 0);
        /* ... or never: then TAPI does. */
        desk->complete_on_close = FALSE;
        phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
        request = operations[i](phone);
        CHECK_EQ(phoneClose(phone), 0);
        CHECK_EQ(expect_reply(app, request), PHONEERR_OPERATIONFAILED);
        desk->complete(desk->request, 0); /* too late */
        EXPECT_SILENCE(app);
        CHECK_EQ(counters().requests, 0);
    }
    app_end(app);
}

TEST(another_handle_keeps_it_alive)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    desk->answer = DESK_LATER;
    desk->complete_on_close = TRUE;
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++) {
        HPHONE owner = set_open(a, VERSION, PHONEPRIVILEGE_OWNER);
        LONG request = operations[i](owner);
        CHECK(request > 0);
        CHECK_EQ(phoneClose(owner), 0);
        CHECK_EQ(desk->phone[SET].closes, 0); /* the provider knows nothing of it */
        CHECK_EQ(counters().requests, 1);
        EXPECT_SILENCE(a);
        desk->complete(desk->request, 0);
        CHECK_EQ(expect_reply(a, request), 0);
    }
    EXPECT_SILENCE(a);
    EXPECT_SILENCE(b);
    app_end(b);
    app_end(a);
}

TEST(shutdown_tells_nobody)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    HPHONE owner = set_open(a, VERSION, PHONEPRIVILEGE_OWNER);
    desk->answer = DESK_LATER;
    set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    CHECK(do_ring(owner) > 0);
    app_end(a);
    CHECK_EQ(counters().requests, 1); /* the phone is open yet */
    desk->complete(desk->request, 0);
    CHECK_EQ(counters().requests, 0);
    EXPECT_SILENCE(b);
    CHECK(phoneDevSpecific(set_open(b, VERSION, PHONEPRIVILEGE_OWNER), NULL, 0) > 0);
    app_end(b);
    desk->complete(desk->request, 0); /* into the void */
}

/* ---- a provider that hangs ---- */

struct hanging {
    HPHONE phone;
    LONG result;
};

static DWORD WINAPI hang(void *context)
{
    struct hanging *hanging = context;
    hanging->result = do_ring(hanging->phone);
    return 0;
}

TEST(a_hanging_request_delays_the_close_of_its_phone_alone)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    struct hanging hanging = {.phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER)};
    HPHONE other;
    desk->inside = CreateEventW(NULL, FALSE, FALSE, NULL);
    HANDLE block = desk->block = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE thread = CreateThread(NULL, 0, hang, &hanging, 0, NULL);
    REQUIRE(wait_handle(desk->inside, WAIT_LONG));
    CloseHandle(desk->inside);
    desk->inside = desk->block = NULL;

    CHECK_EQ(phoneOpen(app, 0, &other, VERSION, 0, 0x100, PHONEPRIVILEGE_OWNER), 0);
    DO(app, do_ring(other));
    CHECK_EQ(phoneClose(other), 0);
    CHECK_EQ(desk->phone[0].closes, 1);
    CHECK_EQ(phoneClose(hanging.phone), 0);
    CHECK_EQ(phoneClose(hanging.phone), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(desk->phone[SET].closes, 0); /* a thread is inside yet */
    EXPECT_SILENCE(app);
    SetEvent(block);
    CHECK(wait_handle(thread, WAIT_LONG));
    CHECK(hanging.result > 0);
    CHECK_EQ(expect_reply(app, hanging.result), 0);
    CHECK_EQ(desk->phone[SET].closes, 1);
    CloseHandle(thread);
    CloseHandle(block);
    app_end(app);
}

/* ---- a provider that calls back at the wrong moment ---- */

static void send_state(HTAPIPHONE phone)
{
    desk->event(phone, PHONE_STATE, PHONESTATE_HANDSETHOOKSWITCH, PHONEHOOKSWITCHMODE_MICSPEAKER,
                0);
}

static void send_close(HTAPIPHONE phone)
{
    desk->event(phone, PHONE_CLOSE, 0, 0, 0);
}

TEST(what_a_phone_says_inside_of_a_request_is_heard)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_HANDSETHOOKSWITCH, 0, 0), 0);
    desk->hook_change = send_state;
    LONG request = do_hook_switch(phone);
    EXPECT_MESSAGE(app, PHONE_STATE, phone, PHONESTATE_HANDSETHOOKSWITCH,
                   PHONEHOOKSWITCHMODE_MICSPEAKER, 0);
    CHECK_EQ(expect_reply(app, request), 0);
    app_end(app);
}

TEST(what_a_phone_says_after_its_answer_follows_the_reply)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_HANDSETHOOKSWITCH, 0, 0), 0);
    desk->hook_changed = send_state;
    LONG request = do_hook_switch(phone);
    CHECK_EQ(expect_reply(app, request), 0);
    EXPECT_MESSAGE(app, PHONE_STATE, phone, PHONESTATE_HANDSETHOOKSWITCH,
                   PHONEHOOKSWITCHMODE_MICSPEAKER, 0);
    app_end(app);
}

TEST(a_phone_that_closes_inside_of_a_request_still_answers_it)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    desk->hook_change = send_close;
    desk->answer = DESK_LATER;
    LONG request = do_hook_switch(phone);
    CHECK(request > 0);
    EXPECT_MESSAGE(app, PHONE_CLOSE, phone, 0, 0, 0);
    CHECK_EQ(expect_reply(app, request), PHONEERR_OPERATIONFAILED);
    CHECK_EQ(counters().phones, 0);
    app_end(app);
}

/* ---- an application that calls from where it should not ---- */

static HPHONEAPP reentrant;
static HPHONE reentrant_phone;
static HTAPIPHONE reentrant_handle;

static void close_from_inside(HTAPIPHONE phone)
{
    DWORD hook;
    reentrant_handle = phone;
    CHECK_EQ(phoneGetHookSwitch(reentrant_phone, &hook), 0);
    CHECK_EQ(phoneClose(reentrant_phone), 0);
    CHECK_EQ(phoneClose(reentrant_phone), PHONEERR_INVALPHONEHANDLE);
}

static void shut_down_from_inside(HTAPIPHONE phone)
{
    (void)phone;
    CHECK_EQ(phoneShutdown(reentrant), 0);
}

TEST(a_phone_may_be_closed_from_inside_of_its_provider)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    reentrant_phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    desk->hook_change = close_from_inside;
    LONG request = do_hook_switch(reentrant_phone);
    CHECK_EQ(expect_reply(app, request), 0);
    CHECK_EQ(desk->phone[SET].closes, 1);
    desk->event(reentrant_handle, PHONE_STATE, PHONESTATE_DISPLAY, 0, 0); /* it is no more */
    EXPECT_SILENCE(app);
    app_end(app);
}

TEST(an_application_may_shut_down_from_inside_of_a_provider)
{
    reentrant = app_start(L"a", VERSION);
    reentrant_phone = set_open(reentrant, VERSION, PHONEPRIVILEGE_OWNER);
    desk->hook_change = shut_down_from_inside;
    do_hook_switch(reentrant_phone);
    CHECK_EQ(desk->phone[SET].closes, 1);
    CHECK_EQ(desk->shutdowns, 1);
    CHECK_EQ(phoneShutdown(reentrant), PHONEERR_INVALAPPHANDLE);
}
