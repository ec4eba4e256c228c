/* dialog_test.c - lineTranslateDialog, with a user at its controls. */
#include "tests/dialing/office.h"
#include "tests/dialing/stage.h"
#include "tests/dialing/user.h"

#include "dialing/dialog_ids.h"
#include "tapi32/private.h"
#include "tests/support/wait.h"

#define V22  0x00020002u
#define HOME L"Locations\\Location1"

static bool staged;

TEST_BEFORE
{
    staged = stage_open();
    user_begin();
    user_settle();
}

TEST_AFTER
{
    user_end();
}

struct shown {
    HLINEAPP app;
    const WCHAR *address;
    const char *ansi;
    bool owned;
    HWND owner; /* made where it is shown */
};

static LONG show(void *context)
{
    struct shown *shown = context;
    LONG result;

    if (shown->owned)
        shown->owner = CreateWindowW(L"STATIC", NULL, WS_POPUP, 0, 0, 9, 9, NULL, NULL, NULL, NULL);
    if (shown->ansi)
        result = lineTranslateDialogA(shown->app, 0, V22, shown->owner, shown->ansi);
    else
        result = lineTranslateDialogW(shown->app, 0, V22, shown->owner, shown->address);
    if (shown->owner && !CHECK(IsWindowEnabled(shown->owner)))
        return 1;
    return result;
}

/* The first dialog, with this address. */
static HWND begin(struct shown *shown)
{
    HWND dialog;

    if (!staged)
        SKIP("no windows on this machine");
    stage_begin(show, shown);
    dialog = stage_dialog();
    if (!CHECK(dialog != NULL))
        stage_end();
    REQUIRE(dialog != NULL);
    return dialog;
}

/* The dialog that the button opens. */
static HWND open_by(HWND dialog, int control)
{
    stage_press(dialog, control);
    dialog = stage_dialog();
    REQUIRE(dialog != NULL);
    return dialog;
}

static void leave(HWND dialog, int control, HWND below)
{
    stage_press(dialog, control);
    CHECK(stage_back(below));
}

static HLINEAPP start(HLINE *line)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEEXTENSIONID extension;
    DWORD devices, version = V22;
    HLINEAPP app = 0;

    REQUIRE_EQ(lineInitializeExW(&app, NULL, NULL, L"test", &devices, &version, &params), 0);
    REQUIRE_EQ(lineNegotiateAPIVersion(app, 0, V22, V22, &version, &extension), 0);
    REQUIRE_EQ(lineOpenW(app, 0, line, V22, 0, 7, LINECALLPRIVILEGE_NONE, 0, NULL), 0);
    CHECK_EQ(lineSetStatusMessages(*line, LINEDEVSTATE_TRANSLATECHANGE, 0), 0);
    return app;
}

static bool told(HLINEAPP app)
{
    LINEMESSAGE message;

    return !lineGetMessage(app, &message, 0) && message.dwMessageID == LINE_LINEDEVSTATE &&
           message.dwParam1 == LINEDEVSTATE_TRANSLATECHANGE;
}

TEST(another_location_is_chosen)
{
    HLINE line = 0;
    struct shown shown = {.address = L"+1 (206) 555-0100"};
    HWND dialog;

    shown.app = start(&line);
    dialog = begin(&shown);
    CHECK_WSTR(stage_read(dialog, IDC_ADDRESS), L"+1 (206) 555-0100");
    CHECK_WSTR(stage_read(dialog, IDC_DIALED), L"T 1 (206) 555-0100");
    CHECK(stage_choose(dialog, IDC_LIST, L"B\u00fcro", false));
    CHECK_WSTR(stage_read(dialog, IDC_DIALED), L"P 00W00 1 (206) 555-0100");
    stage_press(dialog, IDOK);
    CHECK_EQ(stage_end(), 0);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID"), 4);
    CHECK(told(shown.app));
    CHECK(!told(shown.app));
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(lineShutdown(shown.app), 0);
}

TEST(cancel_changes_nothing)
{
    HLINE line = 0;
    struct shown shown = {.ansi = "5550100"};
    HWND dialog, location;

    shown.app = start(&line);
    dialog = begin(&shown);
    CHECK_WSTR(stage_read(dialog, IDC_DIALED), L"5550100");
    location = open_by(dialog, IDC_EDIT);
    stage_type(location, IDC_NAME, L"Elsewhere");
    leave(location, IDOK, dialog);
    CHECK(stage_choose(dialog, IDC_LIST, L"Elsewhere", false));
    CHECK(stage_choose(dialog, IDC_LIST, L"B\u00fcro", false));
    stage_press(dialog, IDCANCEL);
    CHECK_EQ(stage_end(), 0);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID"), 1);
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"Name"), L"Home");
    CHECK(!told(shown.app));
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(lineShutdown(shown.app), 0);
}

TEST(a_location_is_edited)
{
    struct shown shown = {.address = L"+47 22864350"};
    HWND dialog, location;
    const WCHAR *rule = HOME L"\\AreaCodeRules\\Rule0";

    dialog = begin(&shown);
    location = open_by(dialog, IDC_EDIT);
    CHECK_WSTR(stage_read(location, IDC_NAME), L"Home");
    CHECK_WSTR(stage_read(location, IDC_AREA), L"425");
    CHECK_WSTR(stage_read(location, IDC_CANCEL_CALL_WAITING), L"*70,");
    CHECK_WSTR(stage_read(location, IDC_COUNTRY), L"United States of America");
    stage_type(location, IDC_NAME, L""); /* it has to have one, or stays open */
    SendMessageW(location, WM_COMMAND, IDOK, 0);
    stage_type(location, IDC_NAME, L"Oslo");
    stage_type(location, IDC_AREA, L"");
    stage_type(location, IDC_LOCAL_ACCESS, L"7");
    stage_type(location, IDC_LONG_DISTANCE_ACCESS, L"8");
    stage_type(location, IDC_CARRIER, L"12");
    stage_type(location, IDC_INTERNATIONAL_CARRIER, L"13");
    stage_type(location, IDC_CANCEL_CALL_WAITING, L"43#");
    stage_check(location, IDC_HAS_CALL_WAITING, true);
    stage_check(location, IDC_PULSE, true);
    stage_check(location, IDC_ALWAYS_AREA, true);
    stage_check(location, IDC_USE_CARD, true);
    CHECK(stage_choose(location, IDC_COUNTRY, L"Norway", true));
    CHECK(stage_choose(location, IDC_CARD, L"Test Card", true));
    stage_do(location, IDC_DELETE); /* the rule */
    leave(location, IDOK, dialog);
    CHECK_WSTR(stage_read(dialog, IDC_DIALED), L"P 7 22864350");
    stage_press(dialog, IDOK);
    CHECK_EQ(stage_end(), 0);
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"Name"), L"Oslo");
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"AreaCode"), L"");
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"OutsideAccess"), L"7");
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"LongDistanceAccess"), L"8");
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"LongDistanceCarrierCode"), L"12");
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"InternationalCarrierCode"), L"13");
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"DisableCallWaiting"), L"43#");
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, HOME, L"Country"), 47);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, HOME, L"CallingCard"), 10);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, HOME, L"Flags"), 2 | 4 | 8);
    CHECK(!user_has_key(HKEY_LOCAL_MACHINE, rule));
}

/* LINETRANSLATEOPTION_CANCELCALLWAITING dials the string that is defined: the box defines it. */
TEST(a_location_without_call_waiting_has_nothing_to_cancel)
{
    struct shown shown = {.address = L"+1 (425) 5550100"};
    HWND dialog, location;

    dialog = begin(&shown);
    location = open_by(dialog, IDC_EDIT);
    CHECK_EQ(IsDlgButtonChecked(location, IDC_HAS_CALL_WAITING), BST_CHECKED);
    leave(location, IDOK, dialog);
    location = open_by(dialog, IDC_EDIT);
    CHECK_WSTR(stage_read(location, IDC_CANCEL_CALL_WAITING), L"*70,");
    stage_check(location, IDC_HAS_CALL_WAITING, false);
    leave(location, IDOK, dialog);
    stage_press(dialog, IDOK);
    CHECK_EQ(stage_end(), 0);
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, HOME, L"DisableCallWaiting"), L"");
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, HOME, L"Flags"), 1);
}

TEST(locations_come_and_go)
{
    struct shown shown = {.address = L"+1 (425) 5550100"};
    HWND dialog, location, rule;

    dialog = begin(&shown);
    location = open_by(dialog, IDC_NEW);
    leave(location, IDCANCEL, dialog);
    location = open_by(dialog, IDC_NEW);
    stage_type(location, IDC_NAME, L"Seattle");
    stage_type(location, IDC_AREA, L"206");
    rule = open_by(location, IDC_NEW);
    leave(rule, IDCANCEL, location);
    rule = open_by(location, IDC_NEW);
    stage_type(rule, IDC_RULE_AREA, L"425");
    stage_check(rule, IDC_SOME_PREFIXES, true);
    stage_type(rule, IDC_PREFIXES, L"555, 556");
    stage_type(rule, IDC_NUMBER, L"7");
    stage_check(rule, IDC_DIAL_NUMBER, true);
    leave(rule, IDOK, location);
    rule = open_by(location, IDC_EDIT);
    CHECK_WSTR(stage_read(rule, IDC_PREFIXES), L"555,556");
    CHECK_WSTR(stage_read(rule, IDC_NUMBER), L"7");
    stage_check(rule, IDC_DIAL_AREA, true);
    leave(rule, IDOK, location);
    leave(location, IDOK, dialog);
    CHECK_WSTR(stage_read(dialog, IDC_DIALED), L"T 7 (425) 5550100");
    CHECK(stage_choose(dialog, IDC_LIST, L"Home", false));
    stage_do(dialog, IDC_DELETE);
    stage_press(dialog, IDOK);
    CHECK_EQ(stage_end(), 0);
    CHECK(!user_has_key(HKEY_LOCAL_MACHINE, HOME));
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, L"Locations\\Location6", L"Name"), L"Seattle");
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations\\Location6", L"Country"), 1);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations\\Location6\\AreaCodeRules\\Rule0",
                              L"Options"),
             6);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations", L"NumEntries"), 2);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations", L"NextID"), 7);
}

TEST(cards_come_and_go_and_the_pin_is_not_stored_in_the_clear)
{
    struct shown shown = {.address = L"+1 (206) 1"};
    union {
        LINETRANSLATEOUTPUT output;
        BYTE bytes[512];
    } got = {.output = {.dwTotalSize = sizeof(got)}};
    HWND dialog, cards, card;

    dialog = begin(&shown);
    cards = open_by(dialog, IDC_CARDS);
    card = open_by(cards, IDC_NEW);
    leave(card, IDCANCEL, cards);
    card = open_by(cards, IDC_NEW);
    stage_type(card, IDC_NAME, L"Mine");
    stage_type(card, IDC_ACCOUNT, L"4111");
    stage_type(card, IDC_PIN, L"2222");
    stage_type(card, IDC_ACCESS + 1, L"1800");
    stage_type(card, IDC_RULE + 1, L"JFGKH");
    leave(card, IDOK, cards);
    CHECK(stage_choose(cards, IDC_LIST, L"Test Card", false));
    stage_do(cards, IDC_DELETE);
    leave(cards, IDOK, dialog);
    stage_press(dialog, IDOK);
    CHECK_EQ(stage_end(), 0);
    CHECK(!user_has_key(HKEY_CURRENT_USER, L"Cards\\Card7"));
    CHECK_WSTR(user_read_text(HKEY_CURRENT_USER, L"Cards\\Card12", L"Name"), L"Mine");
    CHECK(wcscmp(user_read_text(HKEY_CURRENT_USER, L"Cards\\Card12", L"Pin"), L"2222") != 0);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations\\Location2", L"CallingCard"), 0);
    REQUIRE_EQ(lineTranslateAddressA(0, 0, V22, "+1 (206) 1", 12, LINETRANSLATEOPTION_CARDOVERRIDE,
                                     &got.output),
               0);
    CHECK_STR((char *)got.bytes + got.output.dwDialableStringOffset, "T1800206141112222");
    CHECK_STR((char *)got.bytes + got.output.dwDisplayableStringOffset,
              "T 1800 (206) 1 [Mine] [Mine]");
}

/* A predefined card that the user removed is hidden: its rules can still be copied. */
TEST(rules_are_copied_from_a_hidden_card)
{
    struct shown shown = {.address = L"+1 (206) 1"};
    const WCHAR *sprint = L"Sprint (1-800-877-8000)";
    HWND dialog, cards, card;

    dialog = begin(&shown);
    cards = open_by(dialog, IDC_CARDS);
    CHECK(stage_choose(cards, IDC_LIST, sprint, false));
    stage_do(cards, IDC_DELETE);
    CHECK(!stage_choose(cards, IDC_LIST, sprint, false));
    card = open_by(cards, IDC_NEW);
    CHECK(!stage_choose(card, IDC_COPY, L"None (Direct Dial)", true));
    stage_type(card, IDC_NAME, L"Mine");
    stage_type(card, IDC_PIN, L"2222");
    CHECK(stage_choose(card, IDC_COPY, L"Test Card", true));
    CHECK_WSTR(stage_read(card, IDC_RULE + 1), L"J$FG@H");
    CHECK(stage_choose(card, IDC_COPY, sprint, true));
    CHECK_WSTR(stage_read(card, IDC_NAME), L"Mine");
    CHECK_WSTR(stage_read(card, IDC_PIN), L"2222");
    leave(card, IDOK, cards);
    leave(cards, IDOK, dialog);
    stage_press(dialog, IDOK);
    CHECK_EQ(stage_end(), 0);
    CHECK_EQ(user_read_number(HKEY_CURRENT_USER, L"Cards\\Card3", L"Flags"),
             LINECARDOPTION_PREDEFINED | LINECARDOPTION_HIDDEN);
    CHECK_WSTR(user_read_text(HKEY_CURRENT_USER, L"Cards\\Card11", L"Name"), L"Mine");
    CHECK_WSTR(user_read_text(HKEY_CURRENT_USER, L"Cards\\Card11", L"LDRule"), L"J$0FG$KH");
    CHECK_WSTR(user_read_text(HKEY_CURRENT_USER, L"Cards\\Card11", L"InternationalRule"),
               L"J$01EFG$KH");
    CHECK_WSTR(user_read_text(HKEY_CURRENT_USER, L"Cards\\Card11", L"LDAccessNumber"),
               L"18008778000");
}

TEST(one_dialog_at_a_time_modal_over_its_owner)
{
    struct shown shown = {.owned = true};
    HWND dialog = begin(&shown);

    CHECK(shown.owner != NULL);
    CHECK(GetWindow(dialog, GW_OWNER) == shown.owner);
    CHECK(!IsWindowEnabled(shown.owner));
    CHECK_WSTR(stage_read(dialog, IDC_DIALED), L"");
    CHECK_EQ(lineTranslateDialogW(0, 0, V22, NULL, NULL), LINEERR_INUSE);
    stage_press(dialog, IDCANCEL);
    CHECK_EQ(stage_end(), 0);
}

TEST(errors_of_the_dialog)
{
    HLINE line = 0;
    HLINEAPP app = start(&line);

    CHECK_EQ(lineTranslateDialogW(app, 9, V22, NULL, NULL), LINEERR_BADDEVICEID);
    CHECK_EQ(lineTranslateDialogW((HLINEAPP)0x99, 0, V22, NULL, NULL), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineTranslateDialogW(0, 0, 0x00010004, NULL, NULL), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineTranslateDialogW(app, 0, 1, NULL, NULL), LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineTranslateDialogW(app, 0, V22, NULL, L"+1"), LINEERR_INVALADDRESS);
    CHECK_EQ((lineTranslateDialog)(app, 0, V22, NULL, "+x"), LINEERR_INVALADDRESS);
    CHECK_EQ(lineTranslateDialogW(app, 0, V22, NULL, (const WCHAR *)1), LINEERR_INVALPOINTER);
    CHECK_EQ(lineTranslateDialogW(app, 0, V22, (HWND)(UINT_PTR)0xDEAD, NULL), LINEERR_INVALPARAM);
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(lineShutdown(app), 0);
}
