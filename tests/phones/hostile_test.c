/* hostile_test.c - providers that speak of phones that are none, and threads that do everything at
 * once. */
#include "tests/phones/client.h"

static void send_all(HTAPIPHONE phone)
{
    static const DWORD messages[] = {PHONE_BUTTON, PHONE_CLOSE,  PHONE_DEVSPECIFIC, PHONE_STATE,
                                     PHONE_REPLY,  PHONE_CREATE, PHONE_REMOVE,      LINE_NEWCALL,
                                     LINE_CLOSE,   LINE_CREATE,  LINE_REMOVE,       0x12345678};
    for (unsigned i = 0; i < ARRAYSIZE(messages); i++)
        desk->event(phone, messages[i], 0x55555555, 0x55555555, 0x55555555);
}

TEST(events_of_phones_that_are_none_are_dropped)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    HTAPIPHONE stale = desk->phone[SET].handle;
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_DISPLAY, PHONEBUTTONMODE_KEYPAD,
                                    PHONEBUTTONSTATE_DOWN),
             0);
    send_all(NULL);
    send_all((HTAPIPHONE)(UINT_PTR)0xdeadbeef);
    send_all((HTAPIPHONE)(UINT_PTR)phone); /* the application's handle is not the provider's */
    desk->complete(0, 0);
    desk->complete(0x12345678, 0);
    EXPECT_SILENCE(app);
    CHECK_EQ(phoneClose(phone), 0);
    send_all(stale);
    phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK(stale != desk->phone[SET].handle);
    send_all(stale);
    EXPECT_SILENCE(app);
    /* A line's messages, and those that only TAPI sends, from a phone that is one. */
    desk->event(desk->phone[SET].handle, LINE_CLOSE, 0, 0, 0);
    desk->event(desk->phone[SET].handle, PHONE_REPLY, 1, 0, 0);
    desk->line_event((HTAPILINE)(UINT_PTR)desk->phone[SET].handle, (HTAPICALL)0, LINE_CLOSE, 0, 0,
                     0);
    desk->line_event((HTAPILINE)(UINT_PTR)desk->phone[SET].handle, (HTAPICALL)0, PHONE_CLOSE, 0, 0,
                     0);
    EXPECT_SILENCE(app);
    CHECK_EQ(counters().phones, 1);
    app_end(app);
    send_all(stale);
}

/* ---- everything at once ---- */

struct storm {
    HPHONEAPP app;
    DWORD seed;
};

static DWORD next(struct storm *storm)
{
    storm->seed = storm->seed * 1103515245 + 12345;
    return storm->seed >> 16;
}

static DWORD WINAPI rage(void *context)
{
    struct storm *storm = context;
    HPHONE phones[4] = {0};
    DWORD value;
    for (unsigned i = 0; i < 3000; i++) {
        unsigned slot = next(storm) % 4;
        switch (next(storm) % 6) {
        case 0:
            if (phones[slot] == 0)
                phoneOpen(storm->app, next(storm) % DESK_PHONES, &phones[slot], VERSION, 0, 0,
                          next(storm) % 2 ? PHONEPRIVILEGE_OWNER : PHONEPRIVILEGE_MONITOR);
            break;
        case 1:
            phoneClose(phones[slot]);
            phones[slot] = 0;
            break;
        case 2:
            phoneSetHookSwitch(phones[slot], PHONEHOOKSWITCHDEV_HANDSET,
                               PHONEHOOKSWITCHMODE_MICSPEAKER);
            break;
        case 3:
            phoneSetStatusMessages(phones[slot], next(storm) & 0x3ff, PHONEBUTTONMODE_KEYPAD,
                                   PHONEBUTTONSTATE_DOWN);
            break;
        case 4:
            phoneGetHookSwitch(phones[slot], &value);
            break;
        case 5:
            desk->event(desk->phone[next(storm) % DESK_PHONES].handle,
                        next(storm) % 8 ? PHONE_STATE : PHONE_CLOSE, PHONESTATE_DISPLAY, 0, 0);
            break;
        }
    }
    return 0;
}

TEST(threads_do_everything_at_once)
{
    HPHONEAPP apps[2] = {app_start(L"a", VERSION), app_start(L"b", VERSION)};
    struct storm storms[4];
    HANDLE threads[4];
    for (unsigned i = 0; i < 4; i++) {
        storms[i] = (struct storm){.app = apps[i % 2], .seed = 17 * i + 1};
        threads[i] = CreateThread(NULL, 0, rage, &storms[i], 0, NULL);
    }
    CHECK_EQ(WaitForMultipleObjects(4, threads, TRUE, 60000), WAIT_OBJECT_0);
    for (unsigned i = 0; i < 4; i++)
        CloseHandle(threads[i]);
    app_end(apps[0]);
    app_end(apps[1]);
}
