/* priority_test.c - the user's order of applications: who is offered a call, and who gets one that
 * is handed off by its media mode (handoffs-ovr.md). */
#include "tests/session/harness.h"

#define FIRST  "kernel32.dll"
#define SECOND "user32.dll"

static void set(const char *name, DWORD media_mode, DWORD priority)
{
    CHECK_EQ(lineSetAppPriorityA(name, media_mode, NULL, 0, NULL, priority), 0);
}

static DWORD get(const char *name, DWORD media_mode)
{
    DWORD priority = 99;

    CHECK_EQ(lineGetAppPriorityA(name, media_mode, NULL, 0, NULL, &priority), 0);
    return priority;
}

TEST(the_users_order_decides_who_is_offered_a_call)
{
    struct person first = {0}, second = {0};

    person_open(&first, FIRST, 0, OWNER, VOICE);
    person_open(&second, SECOND, 0, OWNER, VOICE);
    /* Without an order: the one that came last. */
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&second, LINECALLSTATE_OFFERING, OWNER);
    NO_MORE(0, &first, &second);

    set(FIRST, VOICE, 1);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&first, LINECALLSTATE_OFFERING, OWNER);
    NO_MORE(0, &first, &second);

    /* The new best one pushes the others down; an order for another mode changes nothing. */
    set(SECOND, VOICE, 1);
    set(FIRST, DATA, 1);
    CHECK_EQ(get(SECOND, VOICE), 1);
    CHECK_EQ(get(FIRST, VOICE), 2);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&second, LINECALLSTATE_OFFERING, OWNER);
    NO_MORE(0, &first, &second);

    set(FIRST, VOICE, 0);
    CHECK_EQ(get(FIRST, VOICE), 0);
    set(FIRST, VOICE, 0); /* no error where it is not on the list */
    set(SECOND, VOICE, 0);
    set(FIRST, DATA, 0);
    person_end(&first);
    person_end(&second);
}

TEST(an_application_of_the_list_that_does_not_take_the_mode_is_passed_over)
{
    struct person first = {0}, second = {0};

    person_open(&first, FIRST, 0, OWNER, DATA);
    person_open(&second, SECOND, 0, OWNER, VOICE);
    set(FIRST, VOICE, 1);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&second, LINECALLSTATE_OFFERING, OWNER);
    NO_MORE(0, &first, &second);
    set(FIRST, VOICE, 0);
    person_end(&first);
    person_end(&second);
}

/* Several modes are possible: an application for calls of unknown mode probes first. */
TEST(unknown_mode_goes_first_then_the_modes_by_value)
{
    struct person probe = {0}, voice = {0}, data = {0};

    person_open(&probe, FIRST, 0, OWNER, LINEMEDIAMODE_UNKNOWN);
    person_open(&data, SECOND, 0, OWNER, DATA);
    person_open(&voice, NULL, 0, OWNER, VOICE);
    call_arrives(0, LINECALLSTATE_OFFERING, LINEMEDIAMODE_UNKNOWN | VOICE | DATA);
    person_expect_call(&probe, LINECALLSTATE_OFFERING, OWNER);
    CHECK_EQ(lineClose(probe.line), 0);
    call_arrives(0, LINECALLSTATE_OFFERING, LINEMEDIAMODE_UNKNOWN | VOICE | DATA);
    person_expect_call(&voice, LINECALLSTATE_OFFERING, OWNER);
    call_arrives(0, LINECALLSTATE_OFFERING, LINEMEDIAMODE_UNKNOWN | FAX | DATA);
    person_expect_call(&data, LINECALLSTATE_OFFERING, OWNER);
    NO_MORE(0, &voice, &data);
    person_end(&probe);
    person_end(&voice);
    person_end(&data);
}

TEST(handoff_by_media_mode_goes_to_the_best_of_the_order)
{
    struct person giver = {0}, first = {0}, second = {0};
    HCALL call, given;

    person_open(&first, FIRST, 0, OWNER, FAX);
    person_open(&second, SECOND, 0, OWNER, FAX);
    person_open(&giver, NULL, 0, OWNER, VOICE);
    set(FIRST, FAX, 1);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    call = person_expect_call(&giver, LINECALLSTATE_OFFERING, OWNER);

    CHECK_EQ(lineHandoffW(call, NULL, VOICE | FAX), (LONG)LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineHandoffW(call, NULL, 0), (LONG)LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineHandoffW(call, NULL, DATA), (LONG)LINEERR_TARGETNOTFOUND);
    CHECK_EQ(lineHandoffW(call, NULL, VOICE), (LONG)LINEERR_TARGETSELF);
    CHECK_EQ(lineHandoffW(call, NULL, FAX), 0);
    given = person_expect_call(&first, LINECALLSTATE_OFFERING, OWNER);
    person_expect(&giver, LINE_CALLINFO, call, LINECALLINFOSTATE_NUMOWNERINCR, 0, 0);
    /* It lets go, and gets the call back: by its name, with the handle that is then new. */
    CHECK_EQ(lineDeallocateCall(call), 0);
    person_expect(&first, LINE_CALLINFO, given, LINECALLINFOSTATE_NUMOWNERDECR, 0, 0);
    CHECK_EQ(lineHandoffA(given, "SESSION_TEST.EXE", 0), 0);
    CHECK(person_expect_call(&giver, LINECALLSTATE_OFFERING, OWNER) != call);
    person_expect(&first, LINE_CALLINFO, given, LINECALLINFOSTATE_NUMOWNERINCR, 0, 0);
    NO_MORE(0, &first, &second, &giver);
    set(FIRST, FAX, 0);
    person_end(&first);
    person_end(&second);
    person_end(&giver);
}

/* The target may be an owner already: it is told all the same, with the handle it has. */
TEST(handoff_to_an_owner_is_said_again)
{
    struct person giver = {0}, taker = {0};
    HCALL call, given;

    person_open(&taker, FIRST, 0, OWNER | MONITOR, DATA);
    person_open(&giver, NULL, 0, OWNER, VOICE);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    given = person_expect_call(&taker, LINECALLSTATE_OFFERING, MONITOR);
    call = person_expect_call(&giver, LINECALLSTATE_OFFERING, OWNER);
    CHECK_EQ(lineHandoffA(given, FIRST, 0), (LONG)LINEERR_NOTOWNER);
    for (int twice = 0; twice < 2; twice++) {
        CHECK_EQ(lineHandoffA(call, FIRST, 0), 0);
        person_expect(&taker, LINE_CALLSTATE, given, LINECALLSTATE_OFFERING, 0, OWNER);
    }
    person_expect(&giver, LINE_CALLINFO, call,
                  LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS, 0, 0);
    NO_MORE(0, &taker, &giver);
    person_end(&taker);
    person_end(&giver);
}

TEST(orders_that_cannot_be)
{
    DWORD priority;

    CHECK_EQ(lineSetAppPriorityA(FIRST, VOICE | DATA, NULL, 0, NULL, 1),
             (LONG)LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineSetAppPriorityA(FIRST, 1, NULL, 0, NULL, 1), (LONG)LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineSetAppPriorityA(FIRST, 0x00010000, NULL, 0, NULL, 1),
             (LONG)LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineGetAppPriorityA(FIRST, VOICE | DATA, NULL, 0, NULL, &priority),
             (LONG)LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineSetAppPriorityA(FIRST, VOICE, NULL, 0, NULL, 2), (LONG)LINEERR_INVALPARAM);
    CHECK_EQ(lineSetAppPriorityA("", VOICE, NULL, 0, NULL, 1), (LONG)LINEERR_INVALAPPNAME);
    CHECK_EQ(lineSetAppPriorityA("a,b", VOICE, NULL, 0, NULL, 1), (LONG)LINEERR_INVALAPPNAME);
    CHECK_EQ(lineSetAppPriorityA(NULL, VOICE, NULL, 0, NULL, 1), (LONG)LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetAppPriorityA(FIRST, VOICE, NULL, 0, NULL, NULL), (LONG)LINEERR_INVALPOINTER);
    CHECK_EQ(lineSetAppPriorityA(FIRST, 0, NULL, LINEREQUESTMODE_DROP, NULL, 1),
             (LONG)LINEERR_INVALREQUESTMODE);
}

/* A mode of an extension is as good as one of TAPI's; what names it is documented as ignored. */
TEST(extension_modes_have_an_order_too)
{
    LINEEXTENSIONID extension = {1, 2, 3, 4};
    VARSTRING name = {.dwTotalSize = sizeof(name), .dwStringSize = 99};
    DWORD priority = 99;

    CHECK_EQ(lineSetAppPriorityW(L"ext.exe", 0x40000000, &extension, 0, L"zither", 1), 0);
    CHECK_EQ(lineGetAppPriorityW(L"EXT.EXE", 0x40000000, NULL, 0, NULL, &priority), 0);
    CHECK_EQ(priority, 1);
    CHECK_EQ(get("ext.exe", 0x80000000), 0);
    CHECK_EQ(lineGetAppPriorityW(L"ext.exe", 0x40000000, &extension, 0, &name, &priority), 0);
    CHECK_EQ(name.dwStringSize, 0);
    CHECK_EQ(name.dwNeededSize, sizeof(name));
    name.dwTotalSize--;
    CHECK_EQ(lineGetAppPriorityA("ext.exe", 0x40000000, &extension, 0, &name, &priority),
             (LONG)LINEERR_STRUCTURETOOSMALL);
    CHECK_EQ(lineGetAppPriorityA("ext.exe", 0x40000000, &extension, 0, (VARSTRING *)16, &priority),
             (LONG)LINEERR_INVALPOINTER);
    set("ext.exe", 0x40000000, 0);
    CHECK_EQ(get("ext.exe", 0x40000000), 0);
}

/* HandoffPriorities is the user's, and anybody's to write: a list that is no text is not read. */
TEST(an_order_that_is_no_text)
{
    static const WCHAR path[] =
        L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\HandoffPriorities";
    const DWORD number = 7;
    DWORD priority = 99;
    HKEY key;

    REQUIRE_EQ(
        RegCreateKeyExW(HKEY_CURRENT_USER, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    CHECK_EQ(RegSetValueExW(key, L"telex", 0, REG_DWORD, (const BYTE *)&number, sizeof(number)), 0);
    CHECK_EQ(lineGetAppPriorityA(FIRST, LINEMEDIAMODE_TELEX, NULL, 0, NULL, &priority),
             (LONG)LINEERR_INIFILECORRUPT);
    CHECK_EQ(lineSetAppPriorityA(FIRST, LINEMEDIAMODE_TELEX, NULL, 0, NULL, 1),
             (LONG)LINEERR_INIFILECORRUPT);
    CHECK_EQ(RegDeleteValueW(key, L"telex"), 0);
    RegCloseKey(key);
    CHECK_EQ(get(FIRST, LINEMEDIAMODE_TELEX), 0);
}
