/* open_test.c - phoneOpen, phoneClose: owners and monitors, what each may do, what the others hear;
 * extension versions; status messages. */
#include "tests/phones/client.h"

static DWORD status_owner(HPHONE phone, WCHAR *name, DWORD *monitors)
{
    union {
        PHONESTATUS status;
        BYTE bytes[2048];
    } buffer = {.status.dwTotalSize = sizeof buffer};
    CHECK_EQ(phoneGetStatusW(phone, &buffer.status), 0);
    *name = 0;
    if (buffer.status.dwOwnerNameSize != 0)
        wcscpy(name, (WCHAR *)(buffer.bytes + buffer.status.dwOwnerNameOffset));
    *monitors = buffer.status.dwNumMonitors;
    return buffer.status.dwNumOwners;
}

TEST(a_phone_has_one_owner_and_any_number_of_monitors)
{
    HPHONEAPP a = app_start(L"Alice's", VERSION), b = app_start(L"Bob's", VERSION);
    HPHONE owner, first, second, none = 0;
    DWORD monitors;
    WCHAR name[64];

    first = set_open(a, VERSION, PHONEPRIVILEGE_MONITOR);
    CHECK_EQ(status_owner(first, name, &monitors), 0);
    CHECK_EQ(monitors, 1);
    CHECK_WSTR(name, L"");
    owner = set_open(b, VERSION, PHONEPRIVILEGE_OWNER);
    second = set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    CHECK_EQ(status_owner(first, name, &monitors), 1);
    CHECK_EQ(monitors, 2);
    CHECK_WSTR(name, L"Bob's");
    CHECK_EQ(counters().phones, 3);
    CHECK_EQ(desk->phone[SET].opens, 1);

    CHECK_EQ(phoneOpen(a, SET, &none, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_INUSE);
    CHECK_EQ(phoneOpen(b, SET, &none, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_INUSE);
    CHECK_EQ(none, 0);

    /* Another set has an owner of its own. */
    CHECK_EQ(phoneOpen(a, 0, &none, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), 0);

    CHECK_EQ(phoneClose(owner), 0);
    CHECK_EQ(status_owner(first, name, &monitors), 0);
    CHECK_EQ(phoneOpen(a, SET, &owner, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), 0);
    CHECK_EQ(phoneClose(first), 0);
    CHECK_EQ(phoneClose(first), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneClose(second), 0);
    CHECK_EQ(desk->phone[SET].closes, 0);
    app_end(a);
    CHECK_EQ(desk->phone[SET].closes, 1);
    CHECK_EQ(desk->phone[0].closes, 1);
    app_end(b);
}

TEST(open_refuses_what_it_must)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone;
    CHECK_EQ(phoneOpen(app, 99, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneOpen(app, SET, NULL, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneOpen(app, SET, &phone, 0x00010000, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneOpen(app, SET, &phone, 0x00040000, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneOpen(app, SET, &phone, VERSION, 0, 0, 0), PHONEERR_INVALPRIVILEGE);
    CHECK_EQ(
        phoneOpen(app, SET, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER | PHONEPRIVILEGE_MONITOR),
        PHONEERR_INVALPRIVILEGE);
    CHECK_EQ(phoneOpen(app, SET, &phone, VERSION, 0, 0, 4), PHONEERR_INVALPRIVILEGE);
    CHECK_EQ(phoneOpen(0, SET, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneClose(0), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(desk->phone[SET].opens, 0);
    app_end(app);
}

TEST(a_provider_that_refuses_to_open_is_asked_again_next_time)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone;
    static const struct {
        LONG provider, application;
    } results[] = {
        {(LONG)PHONEERR_ALLOCATED, (LONG)PHONEERR_ALLOCATED},
        {(LONG)PHONEERR_NODRIVER, (LONG)PHONEERR_NODRIVER},
        {(LONG)LINEERR_NOMEM, (LONG)PHONEERR_NOMEM},
        {(LONG)LINEERR_CALLUNAVAIL, (LONG)PHONEERR_OPERATIONFAILED}, /* no phone knows that */
        {(LONG)0xC0000123, (LONG)0xC0000123},
        {7, (LONG)PHONEERR_OPERATIONFAILED},
    };
    desk->open_event = TRUE; /* which is about a phone that does not come to be */
    for (unsigned i = 0; i < ARRAYSIZE(results); i++) {
        desk->open_result = results[i].provider;
        CHECK_EQ(phoneOpen(app, SET, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
                 results[i].application);
    }
    EXPECT_SILENCE(app);
    desk->open_result = 0;
    desk->phone[SET].opens = 0;
    phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK_EQ(desk->phone[SET].open_version, 0x00030001);
    app_end(app);
}

TEST(others_hear_of_owners_and_monitors_that_come_and_go)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    HPHONE watcher = set_open(a, VERSION, PHONEPRIVILEGE_MONITOR), other, owner;
    DWORD states, modes, presses;

    CHECK_EQ(phoneSetStatusMessages(watcher, PHONESTATE_OWNER | PHONESTATE_MONITORS, 0, 0), 0);
    /* TAPI needs no provider for these. */
    CHECK_EQ(desk->phone[SET].status_calls, 0);
    POISON(states);
    CHECK_EQ(phoneGetStatusMessages(watcher, &states, &modes, &presses), 0);
    CHECK_EQ(states, PHONESTATE_OWNER | PHONESTATE_MONITORS);
    CHECK_EQ(modes, 0);
    CHECK_EQ(presses, 0);
    owner = set_open(b, VERSION, PHONEPRIVILEGE_OWNER);
    EXPECT_MESSAGE(a, PHONE_STATE, watcher, PHONESTATE_OWNER, 1, 0);
    other = set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    EXPECT_MESSAGE(a, PHONE_STATE, watcher, PHONESTATE_MONITORS, 2, 0);
    CHECK_EQ(phoneClose(other), 0);
    EXPECT_MESSAGE(a, PHONE_STATE, watcher, PHONESTATE_MONITORS, 1, 0);
    CHECK_EQ(phoneClose(owner), 0);
    EXPECT_MESSAGE(a, PHONE_STATE, watcher, PHONESTATE_OWNER, 0, 0);
    set_open(b, VERSION, PHONEPRIVILEGE_OWNER);
    EXPECT_MESSAGE(a, PHONE_STATE, watcher, PHONESTATE_OWNER, 1, 0);
    /* A provider cannot know the number. */
    desk->event(desk->phone[SET].handle, PHONE_STATE, PHONESTATE_OWNER, 9, 0);
    app_end(b);
    EXPECT_MESSAGE(a, PHONE_STATE, watcher, PHONESTATE_OWNER, 0, 0);
    EXPECT_SILENCE(a);
    app_end(a);
}

TEST(messages_are_for_those_who_asked)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    HPHONE owner = set_open(a, VERSION, PHONEPRIVILEGE_OWNER);
    HPHONE monitor = set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    const struct desk_phone *set = &desk->phone[SET];
    PHONEEVENT send;

    send = desk->event;
    /* By default nothing is sent. */
    send(set->handle, PHONE_STATE, PHONESTATE_DISPLAY, 0, 0);
    send(set->handle, PHONE_BUTTON, 4, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN);

    CHECK_EQ(phoneSetStatusMessages(owner, PHONESTATE_DISPLAY | PHONESTATE_LAMP, 0,
                                    PHONEBUTTONSTATE_DOWN),
             0);
    CHECK_EQ(set->states, PHONESTATE_DISPLAY | PHONESTATE_LAMP);
    CHECK_EQ(set->button_modes, 0);
    CHECK_EQ(set->button_states, 0); /* without modes states mean nothing */
    CHECK_EQ(phoneSetStatusMessages(monitor, PHONESTATE_RINGMODE | PHONESTATE_LAMP,
                                    PHONEBUTTONMODE_KEYPAD | PHONEBUTTONMODE_CALL,
                                    PHONEBUTTONSTATE_DOWN),
             0);
    CHECK_EQ(set->states, PHONESTATE_DISPLAY | PHONESTATE_LAMP | PHONESTATE_RINGMODE);
    CHECK_EQ(set->button_modes, PHONEBUTTONMODE_KEYPAD | PHONEBUTTONMODE_CALL);
    CHECK_EQ(set->button_states, PHONEBUTTONSTATE_DOWN);
    CHECK_EQ(set->status_calls, 2);
    CHECK_EQ(phoneSetStatusMessages(owner, PHONESTATE_DISPLAY | PHONESTATE_LAMP, 0, 0), 0);
    CHECK_EQ(set->status_calls, 2); /* nothing new for the provider */

    send(set->handle, PHONE_STATE, PHONESTATE_DISPLAY, 0, 0);
    send(set->handle, PHONE_STATE, PHONESTATE_LAMP, 5, 0);
    send(set->handle, PHONE_STATE, PHONESTATE_RINGMODE, 2, 0);
    send(set->handle, PHONE_STATE, PHONESTATE_DISPLAY | PHONESTATE_RINGMODE, 3, 0);
    send(set->handle, PHONE_BUTTON, 4, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN);
    send(set->handle, PHONE_BUTTON, 4, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_UP);
    send(set->handle, PHONE_BUTTON, 13, PHONEBUTTONMODE_FEATURE, PHONEBUTTONSTATE_DOWN);
    send(set->handle, PHONE_DEVSPECIFIC, 1, 2, 3);
    EXPECT_MESSAGE(a, PHONE_STATE, owner, PHONESTATE_DISPLAY, 0, 0);
    EXPECT_MESSAGE(a, PHONE_STATE, owner, PHONESTATE_LAMP, 5, 0);
    EXPECT_MESSAGE(a, PHONE_STATE, owner, PHONESTATE_DISPLAY, 0, 0);
    EXPECT_MESSAGE(a, PHONE_DEVSPECIFIC, owner, 1, 2, 3);
    EXPECT_SILENCE(a);
    EXPECT_MESSAGE(b, PHONE_STATE, monitor, PHONESTATE_LAMP, 5, 0);
    EXPECT_MESSAGE(b, PHONE_STATE, monitor, PHONESTATE_RINGMODE, 2, 0);
    EXPECT_MESSAGE(b, PHONE_STATE, monitor, PHONESTATE_RINGMODE, 0, 0);
    EXPECT_MESSAGE(b, PHONE_BUTTON, monitor, 4, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN);
    EXPECT_MESSAGE(b, PHONE_DEVSPECIFIC, monitor, 1, 2, 3);
    EXPECT_SILENCE(b);

    /* Who leaves takes its wishes along. */
    CHECK_EQ(phoneClose(monitor), 0);
    CHECK_EQ(set->states, PHONESTATE_DISPLAY | PHONESTATE_LAMP);
    CHECK_EQ(set->button_modes, 0);
    monitor = set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    CHECK_EQ(phoneSetStatusMessages(monitor, PHONESTATE_OTHER, 0, 0), 0);
    CHECK_EQ(set->states, PHONESTATE_DISPLAY | PHONESTATE_LAMP | PHONESTATE_OTHER);
    app_end(b);
    CHECK_EQ(set->states, PHONESTATE_DISPLAY | PHONESTATE_LAMP);
    app_end(a);
}

TEST(every_state_reaches_who_wants_it)
{
    static const DWORD states[] = {
        PHONESTATE_OTHER,
        PHONESTATE_CONNECTED,
        PHONESTATE_DISCONNECTED,
        PHONESTATE_DISPLAY,
        PHONESTATE_LAMP,
        PHONESTATE_RINGMODE,
        PHONESTATE_RINGVOLUME,
        PHONESTATE_HANDSETHOOKSWITCH,
        PHONESTATE_HANDSETVOLUME,
        PHONESTATE_HANDSETGAIN,
        PHONESTATE_SPEAKERHOOKSWITCH,
        PHONESTATE_SPEAKERVOLUME,
        PHONESTATE_SPEAKERGAIN,
        PHONESTATE_HEADSETHOOKSWITCH,
        PHONESTATE_HEADSETVOLUME,
        PHONESTATE_HEADSETGAIN,
        PHONESTATE_SUSPEND,
        PHONESTATE_RESUME,
        PHONESTATE_DEVSPECIFIC,
        PHONESTATE_CAPSCHANGE,
    };
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_MONITOR);
    DWORD all = 0;
    for (unsigned i = 0; i < ARRAYSIZE(states); i++)
        all |= states[i];
    CHECK_EQ(phoneSetStatusMessages(phone, all, 0, 0), 0);
    for (unsigned i = 0; i < ARRAYSIZE(states); i++) {
        desk->event(desk->phone[SET].handle, PHONE_STATE, states[i], i, 0);
        EXPECT_MESSAGE(app, PHONE_STATE, phone, states[i], i, 0);
    }
    EXPECT_SILENCE(app);
    app_end(app);
}

TEST(reinit_cannot_be_masked_out_and_names_no_phone)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    HPHONE phone = set_open(a, VERSION, PHONEPRIVILEGE_MONITOR);
    CHECK_EQ(phoneSetStatusMessages(phone, 0, 0, 0), 0);
    desk->event(desk->phone[SET].handle, PHONE_STATE, PHONESTATE_REINIT, 0, 0);
    EXPECT_MESSAGE(a, PHONE_STATE, 0, PHONESTATE_REINIT, 0, 0);
    EXPECT_MESSAGE(b, PHONE_STATE, 0, PHONESTATE_REINIT, 0, 0);
    EXPECT_SILENCE(a);
    app_end(a);
    app_end(b);
}

TEST(an_application_of_1_3_starts_again_where_others_read_the_caps_again)
{
    HPHONEAPP a = app_start(L"a", 0x00010003), b = app_start(L"b", VERSION);
    HPHONE old = set_open(a, 0x00010003, PHONEPRIVILEGE_MONITOR);
    HPHONE now = set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    CHECK_EQ(phoneSetStatusMessages(old, PHONESTATE_LAMP, 0, 0), 0);
    CHECK_EQ(phoneSetStatusMessages(now, PHONESTATE_CAPSCHANGE, 0, 0), 0);
    desk->event(desk->phone[SET].handle, PHONE_STATE, PHONESTATE_CAPSCHANGE, 0, 0);
    EXPECT_MESSAGE(a, PHONE_STATE, 0, PHONESTATE_REINIT, 0, 0);
    EXPECT_MESSAGE(b, PHONE_STATE, now, PHONESTATE_CAPSCHANGE, 0, 0);
    EXPECT_SILENCE(a);
    app_end(a);
    app_end(b);
}

TEST(status_messages_refuse_what_is_none)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_MONITOR);
    DWORD states, modes, presses;
    CHECK_EQ(phoneSetStatusMessages(phone, 0x80000000, 0, 0), PHONEERR_INVALPHONESTATE);
    CHECK_EQ(phoneSetStatusMessages(phone, 0, 0x100, PHONEBUTTONSTATE_UP),
             PHONEERR_INVALBUTTONMODE);
    CHECK_EQ(phoneSetStatusMessages(phone, 0, PHONEBUTTONMODE_LOCAL, 0), PHONEERR_INVALBUTTONSTATE);
    CHECK_EQ(phoneSetStatusMessages(phone, 0, PHONEBUTTONMODE_DISPLAY, 0x10),
             PHONEERR_INVALBUTTONSTATE);
    CHECK_EQ(phoneSetStatusMessages(phone + 1, 0, 0, 0), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetStatusMessages(phone, NULL, &modes, &presses), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetStatusMessages(phone, &states, NULL, &presses), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetStatusMessages(phone, &states, &modes, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetStatusMessages(app, &states, &modes, &presses), PHONEERR_INVALPHONEHANDLE);

    /* What the provider refuses was never asked for. */
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_LAMP, PHONEBUTTONMODE_DUMMY,
                                    PHONEBUTTONSTATE_UNKNOWN | PHONEBUTTONSTATE_UNAVAIL),
             0);
    desk->lie = DESK_FAIL;
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_DISPLAY, 0, 0), PHONEERR_INVALPHONESTATE);
    desk->lie = DESK_POSITIVE;
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_DISPLAY, 0, 0), PHONEERR_OPERATIONFAILED);
    desk->lie = DESK_HONEST;
    CHECK_EQ(phoneGetStatusMessages(phone, &states, &modes, &presses), 0);
    CHECK_EQ(states, PHONESTATE_LAMP);
    CHECK_EQ(modes, PHONEBUTTONMODE_DUMMY);
    CHECK_EQ(presses, PHONEBUTTONSTATE_UNKNOWN | PHONEBUTTONSTATE_UNAVAIL);
    app_end(app);
}

TEST(one_extension_version_at_a_time)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    HPHONE first, second, plain;
    const struct desk_phone *set = &desk->phone[SET];

    CHECK_EQ(phoneOpen(a, SET, &first, VERSION, 9, 0, PHONEPRIVILEGE_MONITOR),
             PHONEERR_INCOMPATIBLEEXTVERSION);
    CHECK_EQ(set->opens, set->closes);
    CHECK_EQ(phoneOpen(a, SET, &plain, VERSION, 0, 0, PHONEPRIVILEGE_MONITOR), 0);
    CHECK_EQ(set->ext_version, 0);
    CHECK_EQ(phoneOpen(a, SET, &first, VERSION, 3, 0, PHONEPRIVILEGE_MONITOR), 0);
    CHECK_EQ(set->ext_version, 3);
    CHECK_EQ(phoneOpen(b, SET, &second, VERSION, 4, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INCOMPATIBLEEXTVERSION);
    CHECK_EQ(phoneOpen(b, SET, &second, VERSION, 3, 0, PHONEPRIVILEGE_OWNER), 0);
    CHECK_EQ(phoneClose(first), 0);
    CHECK_EQ(set->ext_version, 3); /* the owner needs it */
    CHECK_EQ(phoneClose(second), 0);
    CHECK_EQ(set->ext_version, 0); /* nobody does */
    CHECK_EQ(phoneOpen(b, SET, &second, VERSION, 4, 0, PHONEPRIVILEGE_OWNER), 0);
    CHECK_EQ(set->ext_version, 4);
    CHECK_EQ(counters().phones, 2);
    app_end(a);
    app_end(b);
}

TEST(a_provider_may_close_a_phone_by_force)
{
    HPHONEAPP a = app_start(L"a", VERSION), b = app_start(L"b", VERSION);
    HPHONE owner = set_open(a, VERSION, PHONEPRIVILEGE_OWNER);
    HPHONE monitor = set_open(b, VERSION, PHONEPRIVILEGE_MONITOR);
    DWORD hook;
    CHECK_EQ(phoneSetStatusMessages(monitor, PHONESTATE_OWNER | PHONESTATE_MONITORS, 0, 0), 0);
    desk->event(desk->phone[SET].handle, PHONE_CLOSE, 0, 0, 0);
    EXPECT_MESSAGE(a, PHONE_CLOSE, owner, 0, 0, 0);
    EXPECT_MESSAGE(b, PHONE_STATE, monitor, PHONESTATE_OWNER, 0, 0);
    EXPECT_MESSAGE(b, PHONE_CLOSE, monitor, 0, 0, 0);
    EXPECT_SILENCE(b);
    CHECK_EQ(phoneGetHookSwitch(owner, &hook), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneClose(monitor), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(counters().phones, 0);
    /* It can be opened again at once. */
    owner = set_open(b, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK_EQ(desk->phone[SET].opens, 2);
    CHECK_EQ(desk->phone[SET].closes, 1);
    app_end(a);
    app_end(b);
}
