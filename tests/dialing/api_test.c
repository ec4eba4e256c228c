/* api_test.c - the exported functions of dialling rules: contents, versions, character sets,
 * errors, and who is told of changes. */
#include "tests/dialing/office.h"
#include "tests/dialing/user.h"

#include <stddef.h>
#include <stdlib.h>

#include "tapi32/private.h"
#include "tests/support/wait.h"

#define V14 0x00010004u
#define V20 0x00020000u
#define V22 0x00020002u

static union {
    BYTE bytes[0x20000];
    DWORD total;
    LINETRANSLATEOUTPUT output;
    LINETRANSLATECAPS caps;
    LINECOUNTRYLIST countries;
} got;

TEST_BEFORE
{
    user_begin();
}

TEST_AFTER
{
    struct open_tapi_counters counters;

    user_end();
    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps, 0);
    CHECK_EQ(counters.handles, 0);
    CHECK_EQ(counters.providers, 0);
}

static void *room(DWORD size)
{
    POISON(got);
    got.total = size;
    return &got;
}

static void *all(void)
{
    return room(sizeof(got));
}

static const WCHAR *wide(DWORD offset)
{
    return (const WCHAR *)(got.bytes + offset);
}

static const char *ansi(DWORD offset)
{
    return (const char *)(got.bytes + offset);
}

static HLINEAPP start(DWORD version)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEEXTENSIONID extension;
    DWORD devices, negotiated;
    HLINEAPP app = 0;

    REQUIRE_EQ(lineInitializeExW(&app, NULL, NULL, L"test", &devices, &(DWORD){V22}, &params), 0);
    REQUIRE_EQ(devices, OFFICE_LINES);
    REQUIRE_EQ(lineNegotiateAPIVersion(app, 0, version, version, &negotiated, &extension), 0);
    return app;
}

static HLINE open_line(HLINEAPP app, DWORD version, DWORD states)
{
    HLINE line = 0;

    REQUIRE_EQ(lineOpenW(app, 0, &line, version, 0, 7, LINECALLPRIVILEGE_NONE, 0, NULL), 0);
    if (states)
        CHECK_EQ(lineSetStatusMessages(line, states, 0), 0);
    return line;
}

static void expect_change(HLINEAPP app, HLINE line, DWORD instance, DWORD p1, DWORD p2, DWORD p3)
{
    LINEMESSAGE message;

    POISON(message);
    REQUIRE_EQ(lineGetMessage(app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, LINE_LINEDEVSTATE);
    CHECK_EQ(message.hDevice, (DWORD)(UINT_PTR)line);
    CHECK_EQ(message.dwCallbackInstance, instance);
    CHECK_EQ(message.dwParam1, p1);
    CHECK_EQ(message.dwParam2, p2);
    CHECK_EQ(message.dwParam3, p3);
}

static void expect_nothing(HLINEAPP app)
{
    LINEMESSAGE message;

    CHECK_EQ(lineGetMessage(app, &message, 0), LINEERR_OPERATIONFAILED);
}

static struct office *office(void)
{
    HMODULE module = GetModuleHandleW(L"office.tsp");
    office_control control;

    REQUIRE(module != NULL);
    control = (office_control)(void *)GetProcAddress(module, "OfficeControl");
    REQUIRE(control != NULL);
    return control();
}

static void expect_dialed(const WCHAR *address, DWORD card, DWORD options, const WCHAR *dialable,
                          const WCHAR *displayable, DWORD results)
{
    REQUIRE_EQ(lineTranslateAddressW(0, 0, V22, address, card, options, all()), 0);
    CHECK_WSTR(wide(got.output.dwDialableStringOffset), dialable);
    CHECK_WSTR(wide(got.output.dwDisplayableStringOffset), displayable);
    CHECK_EQ(got.output.dwTranslateResults, results);
}

/* ---- lineTranslateAddress ---- */

TEST(translates_from_where_the_registry_says)
{
    user_settle();
    expect_dialed(L"+1 (206) 555-0100", 0, 0, L"T12065550100", L"T 1 (206) 555-0100",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE);
    CHECK_EQ(got.output.dwCurrentCountry, 1);
    CHECK_EQ(got.output.dwDestCountry, 1);
    expect_dialed(L"+1 (425) 557-0100", 0, 0, L"T14255570100", L"T 1 (425) 557-0100",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
                      LINETRANSLATERESULT_INTOLLLIST);
    expect_dialed(
        L"+1 (425) 557-0100", 0, LINETRANSLATEOPTION_FORCELOCAL, L"T5570100", L"T 557-0100",
        LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LOCAL | LINETRANSLATERESULT_INTOLLLIST);
    expect_dialed(L"+1 (425) 556-0100", 0, LINETRANSLATEOPTION_CANCELCALLWAITING, L"T*70,5560100",
                  L"T *70, 556-0100",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LOCAL |
                      LINETRANSLATERESULT_NOTINTOLLLIST);
    expect_dialed(L"+1 (425) 556-0100", 0, LINETRANSLATEOPTION_FORCELD, L"T14255560100",
                  L"T 1 (425) 556-0100",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
                      LINETRANSLATERESULT_NOTINTOLLLIST);
    expect_dialed(L"+47 22 86 43 50", 0, 0, L"T0114722864350", L"T 011 47 22 86 43 50",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_INTERNATIONAL);
    CHECK_EQ(got.output.dwDestCountry, 47);
    expect_dialed(L"9W5550100?", 0, 0, L"9W5550100?", L"9W5550100?",
                  LINETRANSLATERESULT_DIALDIALTONE | LINETRANSLATERESULT_DIALPROMPT);
    CHECK_EQ(got.output.dwDestCountry, 0);
}

TEST(a_card_is_dialed_and_its_pin_not_shown)
{
    user_settle();
    user_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID", 4);
    /* the location's own card; the PIN as another program wrote it */
    expect_dialed(L"+49 (89) 1234", 0, 0, L"P00W0800123$891234@9876",
                  L"P 00W 0800123$ (89) 1234@ [Test Card]",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
                      LINETRANSLATERESULT_DIALBILLING | LINETRANSLATERESULT_DIALQUIET |
                      LINETRANSLATERESULT_DIALDIALTONE);
    /* without a rule for such calls: directly */
    expect_dialed(L"+49 (30) 1234", 0, 0, L"P0,1234", L"P 0, 1234",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LOCAL);
    /* overridden by direct dialling, and the other way round */
    expect_dialed(L"+49 (89) 1234", 0, LINETRANSLATEOPTION_CARDOVERRIDE, L"P00W0891234",
                  L"P 00W0 (89) 1234",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
                      LINETRANSLATERESULT_DIALDIALTONE);
    user_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID", 1);
    expect_dialed(L"+1 (206) 1234", 10, 0, L"T12061234", L"T 1 (206) 1234",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE);
    expect_dialed(L"+1 (206) 1234", 10, LINETRANSLATEOPTION_CARDOVERRIDE, L"T0800123$2061234@9876",
                  L"T 0800123$ (206) 1234@ [Test Card]",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
                      LINETRANSLATERESULT_DIALBILLING | LINETRANSLATERESULT_DIALQUIET);
    CHECK_EQ(lineTranslateAddressW(0, 0, V22, L"+1 (206) 1", 99, LINETRANSLATEOPTION_CARDOVERRIDE,
                                   all()),
             LINEERR_INVALCARD);
}

TEST(ansi_and_small_buffers)
{
    DWORD needed, fixed = sizeof(LINETRANSLATEOUTPUT);

    user_settle();
    REQUIRE_EQ(lineTranslateAddressA(0, 0, V22, "+1 (206) 555-0100", 0, 0, all()), 0);
    CHECK_STR(ansi(got.output.dwDialableStringOffset), "T12065550100");
    CHECK_STR(ansi(got.output.dwDisplayableStringOffset), "T 1 (206) 555-0100");
    CHECK_EQ(got.output.dwDialableStringSize, 13);
    needed = got.output.dwNeededSize;
    CHECK_EQ(got.output.dwUsedSize, needed);
    REQUIRE_EQ((lineTranslateAddress)(0, 0, V22, "+1 (206) 555-0100", 0, 0, room(needed)), 0);
    CHECK_EQ(got.bytes[needed], 0xCC);
    CHECK_STR(ansi(got.output.dwDisplayableStringOffset), "T 1 (206) 555-0100");
    /* the fixed part alone */
    REQUIRE_EQ(lineTranslateAddressA(0, 0, V22, "+1 (206) 555-0100", 0, 0, room(fixed)), 0);
    CHECK_EQ(got.bytes[fixed], 0xCC);
    CHECK_EQ(got.output.dwNeededSize, needed);
    CHECK_EQ(got.output.dwUsedSize, fixed);
    CHECK_EQ(got.output.dwDialableStringSize, 0);
    CHECK_EQ(got.output.dwTranslateResults,
             LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE);
    CHECK_EQ(lineTranslateAddressA(0, 0, V22, "+1 (206) 1", 0, 0, room(fixed - 1)),
             LINEERR_STRUCTURETOOSMALL);
}

TEST(voice_detection_is_of_2_0)
{
    HLINEAPP app = start(V14);

    REQUIRE_EQ(lineTranslateAddressW(app, 0, V14, L"1:2$", 0, 0, all()), 0);
    CHECK_EQ(got.output.dwTranslateResults, LINETRANSLATERESULT_DIALBILLING);
    REQUIRE_EQ(lineTranslateAddressW(app, 0, V20, L"1:2$", 0, 0, all()), 0);
    CHECK_EQ(got.output.dwTranslateResults,
             LINETRANSLATERESULT_DIALBILLING | LINETRANSLATERESULT_VOICEDETECT);
    CHECK_EQ(lineShutdown(app), 0);
}

TEST(errors_of_translation)
{
    HLINEAPP app;

    CHECK_EQ(lineTranslateAddressW(0, 0, V22, L"+1", 0, 0, all()), LINEERR_INVALADDRESS);
    CHECK_EQ(lineTranslateAddressW(0, 0, V22, NULL, 0, 0, all()), LINEERR_INVALPOINTER);
    CHECK_EQ(lineTranslateAddressA(0, 0, V22, NULL, 0, 0, all()), LINEERR_INVALPOINTER);
    CHECK_EQ(lineTranslateAddressW(0, 0, V22, L"1", 0, 0, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineTranslateAddressW(0, 0, 0x00010002, L"1", 0, 0, all()),
             LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineTranslateAddressW(0, 0, 0x00040000, L"1", 0, 0, all()),
             LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineTranslateAddressW(0, 0, V22, L"1", 0, 0x10, all()), LINEERR_INVALPARAM);
    CHECK_EQ(lineTranslateAddressW(0, 0, V22, L"1", 0,
                                   LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD,
                                   all()),
             LINEERR_INVALPARAM);
    /* only from 2.0 on without lineInitializeEx */
    CHECK_EQ(lineTranslateAddressW(0, 0, V14, L"1", 0, 0, all()), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineTranslateAddressW((HLINEAPP)0x1234, 0, V22, L"1", 0, 0, all()),
             LINEERR_UNINITIALIZED);
    app = start(V22);
    CHECK_EQ(lineTranslateAddressW((HLINEAPP)0x1234, 0, V22, L"1", 0, 0, all()),
             LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineTranslateAddressW(app, OFFICE_LINES, V22, L"1", 0, 0, all()), LINEERR_BADDEVICEID);
    CHECK_EQ(lineTranslateAddressW(app, 0, V22, L"1", 0, 0, all()), 0);
    CHECK_EQ(lineShutdown(app), 0);
    /* a location in a country that is none */
    user_settle();
    user_number(HKEY_LOCAL_MACHINE, L"Locations\\Location1", L"Country", 12345);
    CHECK_EQ(lineTranslateAddressW(0, 0, V22, L"1", 0, 0, all()), LINEERR_INIFILECORRUPT);
}

/* ---- lineGetTranslateCaps ---- */

TEST(caps_of_a_user_who_has_set_nothing)
{
    const LINELOCATIONENTRY *location;
    const LINECARDENTRY *card;

    REQUIRE_EQ(lineGetTranslateCapsW(0, V22, all()), 0);
    CHECK_EQ(got.caps.dwNumLocations, 1);
    CHECK_EQ(got.caps.dwLocationListSize, sizeof(LINELOCATIONENTRY));
    CHECK_EQ(got.caps.dwCurrentPreferredCardID, 0);
    location = (const void *)(got.bytes + got.caps.dwLocationListOffset);
    CHECK_EQ(got.caps.dwCurrentLocationID, location->dwPermanentLocationID);
    CHECK(location->dwCountryID != 0 && location->dwCountryCode != 0);
    CHECK_WSTR(wide(location->dwLocationNameOffset), L"My Location");
    CHECK_EQ(location->dwCityCodeSize, sizeof(WCHAR)); /* empty, and there */
    CHECK_WSTR(wide(location->dwCityCodeOffset), L"");
    CHECK_EQ(location->dwOptions, 0);
    CHECK(got.caps.dwNumCards >= 1);
    card = (const void *)(got.bytes + got.caps.dwCardListOffset);
    CHECK_EQ(card->dwPermanentCardID, 0);
    CHECK_EQ(card->dwOptions, LINECARDOPTION_PREDEFINED);
    CHECK_WSTR(wide(card->dwCardNameOffset), L"None (Direct Dial)");
    /* asking stored nothing */
    CHECK(!user_has_key(HKEY_LOCAL_MACHINE, L"Locations"));
    CHECK(!user_has_key(HKEY_CURRENT_USER, L"Cards"));
}

TEST(caps_of_the_registry)
{
    const LINELOCATIONENTRY *home, *berlin;
    const LINECARDENTRY *card;
    HLINEAPP app = start(V14);

    user_settle();
    REQUIRE_EQ(lineGetTranslateCapsA(app, V14, all()), 0);
    CHECK_EQ(got.caps.dwNumLocations, 2);
    CHECK_EQ(got.caps.dwCurrentLocationID, 1);
    home = (const void *)(got.bytes + got.caps.dwLocationListOffset);
    berlin = home + 1;
    CHECK_EQ(home->dwPermanentLocationID, 1);
    CHECK_STR(ansi(home->dwLocationNameOffset), "Home");
    CHECK_STR(ansi(home->dwCityCodeOffset), "425");
    CHECK_STR(ansi(home->dwTollPrefixListOffset), ",555,557,");
    CHECK_STR(ansi(home->dwCancelCallWaitingOffset), "*70,");
    CHECK_EQ(home->dwOptions, 0);
    CHECK_EQ(berlin->dwPermanentLocationID, 4);
    CHECK_EQ(berlin->dwCountryID, 49);
    CHECK_EQ(berlin->dwCountryCode, 49);
    CHECK_EQ(berlin->dwPreferredCardID, 10);
    CHECK_EQ(berlin->dwOptions, LINELOCATIONOPTION_PULSEDIAL);
    CHECK_STR(ansi(berlin->dwLocalAccessCodeOffset), "0,");
    CHECK_STR(ansi(berlin->dwLongDistanceAccessCodeOffset), "00W");
    card = (const LINECARDENTRY *)(got.bytes + got.caps.dwCardListOffset) + got.caps.dwNumCards - 1;
    CHECK_EQ(card->dwPermanentCardID, 10);
    CHECK_EQ(card->dwCardNumberDigits, 4);
    CHECK_STR(ansi(card->dwCardNameOffset), "Test Card");
    CHECK_STR(ansi(card->dwSameAreaRuleOffset), "");
    CHECK_STR(ansi(card->dwLongDistanceRuleOffset), "J$FG@H");
    CHECK_EQ(lineShutdown(app), 0);
}

TEST(a_hidden_card_says_so_and_still_dials)
{
    const LINECARDENTRY *card;

    user_settle();
    user_number(HKEY_CURRENT_USER, L"Cards\\Card7", L"Flags",
                LINECARDOPTION_HIDDEN | LINECARDOPTION_PREDEFINED);
    REQUIRE_EQ(lineGetTranslateCapsW(0, V22, all()), 0);
    card = (const LINECARDENTRY *)(got.bytes + got.caps.dwCardListOffset) + got.caps.dwNumCards - 1;
    CHECK_EQ(card->dwPermanentCardID, 10);
    CHECK_EQ(card->dwOptions, LINECARDOPTION_HIDDEN | LINECARDOPTION_PREDEFINED);
    expect_dialed(L"+1 (206) 1", 10, LINETRANSLATEOPTION_CARDOVERRIDE, L"T0800123$2061@9876",
                  L"T 0800123$ (206) 1@ [Test Card]",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
                      LINETRANSLATERESULT_DIALBILLING | LINETRANSLATERESULT_DIALQUIET);
}

/* Strangers write into the registry too: values of other types, entries without values. */
TEST(a_registry_of_nonsense_is_survived)
{
    static const BYTE odd[3] = {1, 2, 3};
    WCHAR huge[600];
    HKEY key;

    user_settle();
    user_text(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID", L"four");
    user_text(HKEY_LOCAL_MACHINE, L"Locations\\Location1", L"Flags", L"x");
    user_number(HKEY_LOCAL_MACHINE, L"Locations\\Location1", L"OutsideAccess", 9);
    user_text(HKEY_LOCAL_MACHINE, L"Locations\\Location77", L"Other", L"");
    user_text(HKEY_LOCAL_MACHINE, L"Locations\\LocationX", L"Name", L"none");
    user_text(HKEY_LOCAL_MACHINE, L"Locations\\Location1\\AreaCodeRules\\Rule1", L"Options", L"");
    user_text(HKEY_LOCAL_MACHINE, L"Locations\\Location1\\AreaCodeRules\\Rule2", L"Prefixes", L"1");
    for (unsigned i = 0; i < ARRAYSIZE(huge); i++)
        huge[i] = i + 1 < ARRAYSIZE(huge) ? L'7' : 0;
    user_text(HKEY_LOCAL_MACHINE, L"Locations\\Location1", L"DisableCallWaiting", huge);
    user_text(HKEY_LOCAL_MACHINE, L"Country List\\nonsense", L"Name", L"none");
    REQUIRE_EQ(RegOpenKeyExW(HKEY_CURRENT_USER, TELEPHONY L"Cards\\Card7", 0, KEY_ALL_ACCESS, &key),
               0);
    CHECK_EQ(RegSetValueExW(key, L"Pin", 0, REG_BINARY, odd, sizeof(odd)), 0);
    CHECK_EQ(RegSetValueExW(key, L"LDRule", 0, REG_SZ, odd, sizeof(odd)), 0);
    RegCloseKey(key);
    REQUIRE_EQ(lineGetTranslateCapsW(0, V22, all()), 0);
    CHECK_EQ(got.caps.dwNumLocations, 3);
    CHECK_EQ(got.caps.dwCurrentLocationID, 1);
    REQUIRE_EQ(lineGetCountryW(0, V22, all()), 0);
    REQUIRE_EQ(lineTranslateAddressW(
                   0, 0, V22, L"+1 (425) 556-0100", 10,
                   LINETRANSLATEOPTION_CANCELCALLWAITING | LINETRANSLATEOPTION_CARDOVERRIDE, all()),
               0);
    CHECK_EQ(wcslen(wide(got.output.dwDialableStringOffset)), 1 + 47 + 7);
}

TEST(errors_of_caps)
{
    DWORD fixed = sizeof(LINETRANSLATECAPS), needed;
    HLINEAPP app;

    CHECK_EQ(lineGetTranslateCapsW(0, V22, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetTranslateCapsW(0, V22, room(fixed - 1)), LINEERR_STRUCTURETOOSMALL);
    CHECK_EQ(lineGetTranslateCapsW(0, 0x00010002, all()), LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineGetTranslateCapsW(0, V14, all()), LINEERR_INVALAPPHANDLE);
    REQUIRE_EQ(lineGetTranslateCapsW(0, V22, room(fixed)), 0);
    needed = got.caps.dwNeededSize;
    CHECK(needed > fixed);
    CHECK_EQ(got.caps.dwNumLocations, 0);
    CHECK_EQ(got.bytes[fixed], 0xCC);
    REQUIRE_EQ(lineGetTranslateCapsW(0, V22, room(needed)), 0);
    CHECK_EQ(got.caps.dwNumLocations, 1);
    CHECK_EQ(got.bytes[needed], 0xCC);
    app = start(V22);
    CHECK_EQ(lineGetTranslateCapsW((HLINEAPP)1, V22, all()), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineGetTranslateCaps(app, V22, all()), 0);
    CHECK_EQ(lineShutdown(app), 0);
}

/* ---- lineGetCountry ---- */

TEST(countries_are_a_chain)
{
    const LINECOUNTRYENTRY *entry;
    DWORD count;

    REQUIRE_EQ(lineGetCountryW(0, V22, all()), 0);
    count = got.countries.dwNumCountries;
    CHECK(count > 230);
    CHECK_EQ(got.countries.dwCountryListSize, count * sizeof(*entry));
    entry = (const void *)(got.bytes + got.countries.dwCountryListOffset);
    CHECK_EQ(entry->dwCountryID, 1);
    CHECK_WSTR(wide(entry->dwCountryNameOffset), L"United States of America");
    CHECK_WSTR(wide(entry->dwSameAreaRuleOffset), L"G");
    CHECK_WSTR(wide(entry->dwLongDistanceRuleOffset), L"1FG");
    CHECK_WSTR(wide(entry->dwInternationalRuleOffset), L"011EFG");
    for (DWORD i = 0; i < count; i++)
        CHECK_EQ(entry[i].dwNextCountryID, i + 1 < count ? entry[i + 1].dwCountryID : 0);
    REQUIRE_EQ(lineGetCountryA(44, V14, all()), 0);
    CHECK_EQ(got.countries.dwNumCountries, 1);
    entry = (const void *)(got.bytes + got.countries.dwCountryListOffset);
    CHECK_EQ(entry->dwCountryCode, 44);
    CHECK_STR(ansi(entry->dwCountryNameOffset), "United Kingdom");
    CHECK(entry->dwNextCountryID > 44);
    REQUIRE_EQ((lineGetCountry)(107, V22, all()), 0);
    entry = (const void *)(got.bytes + got.countries.dwCountryListOffset);
    CHECK_EQ(entry->dwCountryCode, 1);
}

TEST(the_registry_knows_countries_better)
{
    const LINECOUNTRYENTRY *entry;

    user_settle();
    user_text(HKEY_LOCAL_MACHINE, L"Country List\\1", L"LongDistanceRule", L" 77 FG ");
    user_text(HKEY_LOCAL_MACHINE, L"Country List\\4242", L"Name", L"Atlantis");
    user_number(HKEY_LOCAL_MACHINE, L"Country List\\4242", L"CountryCode", 424);
    user_text(HKEY_LOCAL_MACHINE, L"Country List\\4242", L"SameAreaRule", L"G");
    user_text(HKEY_LOCAL_MACHINE, L"Country List\\4243", L"Name", L"No code");
    expect_dialed(L"+1 (206) 1", 0, 0, L"T772061", L"T 77 (206) 1",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE);
    REQUIRE_EQ(lineGetCountryW(1, V22, all()), 0);
    entry = (const void *)(got.bytes + got.countries.dwCountryListOffset);
    CHECK_WSTR(wide(entry->dwLongDistanceRuleOffset), L"77 FG"); /* without the spaces around it */
    REQUIRE_EQ(lineGetCountryW(4242, V22, all()), 0);
    entry = (const void *)(got.bytes + got.countries.dwCountryListOffset);
    CHECK_EQ(entry->dwCountryCode, 424);
    CHECK_WSTR(wide(entry->dwCountryNameOffset), L"Atlantis");
    CHECK_EQ(lineGetCountryW(4243, V22, all()), LINEERR_INVALCOUNTRYCODE);
}

TEST(errors_of_countries)
{
    CHECK_EQ(lineGetCountryW(12345, V22, all()), LINEERR_INVALCOUNTRYCODE);
    CHECK_EQ(lineGetCountryW(1, V22, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetCountryW(1, 0, all()), LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineGetCountryA(1, 0x7FFFFFFF, all()), LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineGetCountryW(1, V22, room(sizeof(LINECOUNTRYLIST) - 1)), LINEERR_STRUCTURETOOSMALL);
    REQUIRE_EQ(lineGetCountryW(0, V22, room(sizeof(LINECOUNTRYLIST))), 0);
    CHECK_EQ(got.countries.dwNumCountries, 0);
    CHECK(got.countries.dwNeededSize > 230 * sizeof(LINECOUNTRYENTRY));
}

/* ---- changes ---- */

TEST(another_location_is_told_to_lines_and_providers)
{
    HLINEAPP watching, deaf;
    HLINE line, other;

    user_settle();
    watching = start(V22);
    deaf = start(V22);
    line = open_line(watching, V22, LINEDEVSTATE_TRANSLATECHANGE);
    other = open_line(deaf, V22, LINEDEVSTATE_RINGING);
    CHECK_EQ(lineSetCurrentLocation(deaf, 4), 0);
    expect_change(watching, line, 7, LINEDEVSTATE_TRANSLATECHANGE, 0, 0);
    expect_nothing(watching);
    expect_nothing(deaf);
    CHECK_EQ(office()->told, 1);
    CHECK_EQ(office()->location, 4);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID"), 4);
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, L"Locations\\Location1", L"SomebodyElse"),
               L"stays");
    /* a provider that does not care changes nothing for the user */
    office()->answer = LINEERR_OPERATIONFAILED;
    CHECK_EQ(lineSetCurrentLocation(deaf, 1), 0);
    expect_change(watching, line, 7, LINEDEVSTATE_TRANSLATECHANGE, 0, 0);
    CHECK_EQ(office()->told, 2);
    CHECK_EQ(lineSetCurrentLocation(deaf, 4), 0);
    expect_change(watching, line, 7, LINEDEVSTATE_TRANSLATECHANGE, 0, 0);
    /* the same once more is no change */
    CHECK_EQ(lineSetCurrentLocation(watching, 4), 0);
    expect_nothing(watching);
    CHECK_EQ(office()->told, 3);
    CHECK_EQ(lineSetCurrentLocation(watching, 2), LINEERR_INVALLOCATION);
    CHECK_EQ(lineSetCurrentLocation((HLINEAPP)0x99, 1), LINEERR_INVALAPPHANDLE);
    expect_nothing(watching);
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(lineClose(other), 0);
    CHECK_EQ(lineShutdown(watching), 0);
    CHECK_EQ(lineShutdown(deaf), 0);
    /* without an application */
    CHECK_EQ(lineSetCurrentLocation(0, 1), 0);
    CHECK_EQ(user_read_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID"), 1);
    CHECK_EQ(lineSetCurrentLocation((HLINEAPP)0x99, 1), LINEERR_UNINITIALIZED);
}

TEST(an_application_of_1_3_has_to_start_again)
{
    HLINEAPP old;
    HLINE line;

    user_settle();
    old = start(0x00010003);
    line = open_line(old, 0x00010003, 0);
    CHECK_EQ(lineSetCurrentLocation(old, 4), 0);
    expect_change(old, 0, 0, LINEDEVSTATE_REINIT, LINE_LINEDEVSTATE, LINEDEVSTATE_TRANSLATECHANGE);
    expect_nothing(old);
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(lineShutdown(old), 0);
}

/* The same change may come from a provider (linedevstate--constants.md). */
TEST(a_provider_says_that_something_changed)
{
    static const DWORD states[] = {LINEDEVSTATE_TRANSLATECHANGE, LINEDEVSTATE_CAPSCHANGE};
    HLINEAPP old = start(0x00010003), young = start(V22), deaf = start(V22);
    HLINE old_line = open_line(old, 0x00010003, 0), deaf_line = open_line(deaf, V22, 0);
    HLINE line = open_line(young, V22, LINEDEVSTATE_TRANSLATECHANGE | LINEDEVSTATE_CAPSCHANGE);

    for (unsigned i = 0; i < ARRAYSIZE(states); i++) {
        office()->event(office()->line, NULL, LINE_LINEDEVSTATE, states[i], 0, 0);
        expect_change(young, line, 7, states[i], 0, 0);
        expect_change(old, 0, 0, LINEDEVSTATE_REINIT, LINE_LINEDEVSTATE, states[i]);
        expect_nothing(deaf);
    }
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(lineClose(old_line), 0);
    CHECK_EQ(lineClose(deaf_line), 0);
    CHECK_EQ(lineShutdown(old), 0);
    CHECK_EQ(lineShutdown(young), 0);
    CHECK_EQ(lineShutdown(deaf), 0);
}

TEST(the_toll_list_changes)
{
    const WCHAR *rule = L"Locations\\Location1\\AreaCodeRules\\Rule0";
    HLINEAPP app;
    HLINE line;

    user_settle();
    app = start(V22);
    line = open_line(app, V22, LINEDEVSTATE_TRANSLATECHANGE);
    CHECK_EQ(lineSetTollListW(app, 0, L"+1 (425) 556-0100", LINETOLLLISTOPTION_ADD), 0);
    expect_change(app, line, 7, LINEDEVSTATE_TRANSLATECHANGE, 0, 0);
    CHECK_EQ(office()->told, 0); /* the location is the same */
    expect_dialed(L"+1 (425) 556-9999", 0, 0, L"T14255569999", L"T 1 (425) 556-9999",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE |
                      LINETRANSLATERESULT_INTOLLLIST);
    CHECK_EQ(lineSetTollListA(app, 0, "+1 (425) 555-0100", LINETOLLLISTOPTION_REMOVE), 0);
    expect_change(app, line, 7, LINEDEVSTATE_TRANSLATECHANGE, 0, 0);
    expect_dialed(L"+1 (425) 555-0100", 0, 0, L"T5550100", L"T 555-0100",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LOCAL |
                      LINETRANSLATERESULT_NOTINTOLLLIST);
    CHECK_WSTR(user_read_text(HKEY_LOCAL_MACHINE, rule, L"Prefixes"),
               L"557"); /* the first of two */
    /* no change: another area, another country, not in it */
    CHECK_EQ((lineSetTollList)(app, 0, "+1 (206) 555-0100", LINETOLLLISTOPTION_ADD), 0);
    CHECK_EQ(lineSetTollListW(app, 0, L"+44 (425) 5550100", LINETOLLLISTOPTION_ADD), 0);
    CHECK_EQ(lineSetTollListW(app, 0, L"+1 (425) 5550100", LINETOLLLISTOPTION_REMOVE), 0);
    expect_nothing(app);
    /* errors */
    CHECK_EQ(lineSetTollListW(app, 0, L"5550100", LINETOLLLISTOPTION_ADD), LINEERR_INVALADDRESS);
    CHECK_EQ(lineSetTollListW(app, 0, L"+1", LINETOLLLISTOPTION_ADD), LINEERR_INVALADDRESS);
    CHECK_EQ(lineSetTollListW(app, 0, NULL, LINETOLLLISTOPTION_ADD), LINEERR_INVALPOINTER);
    CHECK_EQ(lineSetTollListA(app, 0, NULL, LINETOLLLISTOPTION_ADD), LINEERR_INVALPOINTER);
    CHECK_EQ(lineSetTollListW(app, 0, L"+1 (425) 5550100", 0), LINEERR_INVALPARAM);
    CHECK_EQ(lineSetTollListW(app, 0, L"+1 (425) 5550100",
                              LINETOLLLISTOPTION_ADD | LINETOLLLISTOPTION_REMOVE),
             LINEERR_INVALPARAM);
    CHECK_EQ(lineSetTollListW(app, 9, L"+1 (425) 5550100", LINETOLLLISTOPTION_ADD),
             LINEERR_BADDEVICEID);
    CHECK_EQ(lineSetTollListW((HLINEAPP)0x99, 0, L"+1 (425) 5550100", LINETOLLLISTOPTION_ADD),
             LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(lineShutdown(app), 0);
}

/* What was stored once is the user's from then on. */
TEST(a_user_s_own_list_goes_before_the_machine_s)
{
    user_settle();
    user_number(HKEY_CURRENT_USER, L"Locations\\Location9", L"ID", 9);
    user_number(HKEY_CURRENT_USER, L"Locations\\Location9", L"Country", 47);
    REQUIRE_EQ(lineGetTranslateCapsW(0, V22, all()), 0);
    CHECK_EQ(got.caps.dwNumLocations, 1);
    CHECK_EQ(got.caps.dwCurrentLocationID, 9);
    expect_dialed(L"+47 1", 0, 0, L"T1", L"T 1",
                  LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LOCAL);
}

/* ---- tapiGetLocationInfo ---- */

TEST(location_info)
{
    WCHAR country[8], city[8];
    char country_a[8], city_a[8];

    user_settle();
    POISON(country);
    POISON(city);
    CHECK_EQ(tapiGetLocationInfoW(country, city), 0);
    CHECK_WSTR(country, L"1");
    CHECK_WSTR(city, L"425");
    user_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID", 4);
    CHECK_EQ(tapiGetLocationInfoA(country_a, city_a), 0);
    CHECK_STR(country_a, "49");
    CHECK_STR(city_a, "30");
    user_text(HKEY_LOCAL_MACHINE, L"Locations\\Location2", L"AreaCode", L"123456789");
    CHECK_EQ((tapiGetLocationInfo)(country_a, city_a), 0);
    CHECK_STR(city_a, "1234567"); /* a program has room for 8 */
    CHECK_EQ(tapiGetLocationInfoA(NULL, city_a), TAPIERR_REQUESTFAILED);
    CHECK_EQ(tapiGetLocationInfoW(country, NULL), TAPIERR_REQUESTFAILED);
}
