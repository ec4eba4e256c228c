/* translation_test.c - ITAddressTranslation: addresses as they are dialled from the user's
 * location, the locations and the calling cards, on registry keys of the test's own. */
#include "tests/com/client.h"
#include "tests/com/late.h"
#include "tests/dialing/user.h"

#include <tapi.h>

TEST_BEFORE
{
    user_begin();
    user_settle();
}

TEST_AFTER
{
    user_end();
}

static ITAddressTranslation *translation_of(struct client *client)
{
    ITAddressTranslation *translation = NULL;

    REQUIRE_EQ(
        ITAddress_QueryInterface(client->address, &IID_ITAddressTranslation, (void **)&translation),
        S_OK);
    return translation;
}

TEST_BOTH(an_address_is_translated)
{
    struct client *a = client_open(L"101");
    ITAddressTranslation *translation = translation_of(a);
    BSTR away = SysAllocString(L"+1 (206) 555-0100"), foreign = SysAllocString(L"+49 (30) 123456");
    ITAddressTranslationInfo *info;
    BSTR text = NULL;
    LONG value;

    REQUIRE_EQ(ITAddressTranslation_TranslateAddress(translation, away, 0, 0, &info), S_OK);
    CHECK_EQ(ITAddressTranslationInfo_get_DialableString(info, &text), S_OK);
    CHECK_WSTR(text, L"T12065550100");
    SysFreeString(text);
    CHECK_EQ(ITAddressTranslationInfo_get_DisplayableString(info, &text), S_OK);
    CHECK_WSTR(text, L"T 1 (206) 555-0100");
    SysFreeString(text);
    CHECK_EQ(ITAddressTranslationInfo_get_CurrentCountryCode(info, &value), S_OK);
    CHECK_EQ(value, 1);
    CHECK_EQ(ITAddressTranslationInfo_get_DestinationCountryCode(info, &value), S_OK);
    CHECK_EQ(value, 1);
    CHECK_EQ(ITAddressTranslationInfo_get_TranslationResults(info, &value), S_OK);
    CHECK_EQ(value, LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_LONGDISTANCE);
    CHECK_EQ(ITAddressTranslationInfo_get_DialableString(info, NULL), E_POINTER);
    CHECK_EQ(ITAddressTranslationInfo_get_DisplayableString(info, NULL), E_POINTER);
    CHECK_EQ(ITAddressTranslationInfo_get_CurrentCountryCode(info, NULL), E_POINTER);
    CHECK_EQ(ITAddressTranslationInfo_get_DestinationCountryCode(info, NULL), E_POINTER);
    CHECK_EQ(ITAddressTranslationInfo_get_TranslationResults(info, NULL), E_POINTER);
    ITAddressTranslationInfo_Release(info);

    /* Options, and what is late bound. */
    REQUIRE_EQ(ITAddressTranslation_TranslateAddress(translation, foreign, 0,
                                                     LINETRANSLATEOPTION_CANCELCALLWAITING, &info),
               S_OK);
    CHECK_WSTR(late_text(info, L"DialableString"), L"T*70,0114930123456");
    CHECK(wcsstr(late_text(info, L"DisplayableString"), L"011") != NULL);
    CHECK_EQ(late_number(info, L"CurrentCountryCode"), 1);
    CHECK_EQ(late_number(info, L"DestinationCountryCode"), 49);
    CHECK_EQ(late_number(info, L"TranslationResults"),
             LINETRANSLATERESULT_CANONICAL | LINETRANSLATERESULT_INTERNATIONAL);
    ITAddressTranslationInfo_Release(info);
    SysFreeString(away);
    SysFreeString(foreign);
    ITAddressTranslation_Release(translation);
    client_close(a);
}

TEST_BOTH(what_cannot_be_translated)
{
    struct client *a = client_open(L"101");
    ITAddressTranslation *translation = translation_of(a);
    BSTR good = SysAllocString(L"+1 (206) 555-0100"), bad = SysAllocString(L"+1206x");
    ITAddressTranslationInfo *info;
    VARIANT arguments[3], result;

    POISON(info);
    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, NULL, 0, 0, &info), E_POINTER);
    CHECK(info == NULL);
    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, good, 0, 0, NULL), E_POINTER);
    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, good, 0, 0x4000, &info),
             E_INVALIDARG);
    CHECK_EQ(ITAddressTranslation_TranslateAddress(
                 translation, good, 0, LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD,
                 &info),
             E_INVALIDARG);
    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, good, 4711,
                                                   LINETRANSLATEOPTION_CARDOVERRIDE, &info),
             TAPI_E_INVALCARD);
    CHECK(strlen(client_error_text()) > 10);
    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, bad, 0, 0, &info),
             TAPI_E_INVALADDRESS);
    CHECK(info == NULL);
    arguments[2] = late_bstr(L"+1206x");
    arguments[1] = late_i4(0);
    arguments[0] = late_i4(0);
    CHECK_EQ(late_call(a->address, L"TranslateAddress", arguments, 3, &result),
             TAPI_E_INVALADDRESS);
    VariantClear(&arguments[2]);
    arguments[2] = late_bstr(L"+1 (206) 555-0100");
    CHECK_EQ(late_call(a->address, L"TranslateAddress", arguments, 3, &result), S_OK);
    CHECK_WSTR(late_text(V_DISPATCH(&result), L"DialableString"), L"T12065550100");
    VariantClear(&arguments[2]);
    VariantClear(&result);
    SysFreeString(good);
    SysFreeString(bad);
    ITTAPI2_Shutdown(a->tapi);
    a->was_shut = true;
    POISON(info);
    good = SysAllocString(L"+1 (206) 555-0100");
    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, good, 0, 0, &info),
             TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAddressTranslation_TranslateDialog(translation, 0, good), TAPI_E_NOT_INITIALIZED);
    SysFreeString(good);
    ITAddressTranslation_Release(translation);
    ITAddress_Release(a->address);
    a->address = NULL;
    a->was_shut = true;
    /* client_close shuts down once more, which is no failure but S_FALSE. */
    CHECK_EQ(ITTAPI2_Initialize(a->tapi), S_OK);
    client_close(a);
}

#define CHECK_TEXT(get_text, text, expected)                                                       \
    do {                                                                                           \
        CHECK_EQ(get_text, S_OK);                                                                  \
        CHECK_WSTR(text, expected);                                                                \
        SysFreeString(text);                                                                       \
        text = NULL;                                                                               \
    } while (0)

TEST_BOTH(the_locations)
{
    struct client *a = client_open(L"101");
    ITAddressTranslation *translation = translation_of(a);
    IEnumLocation *all = NULL, *clone = NULL;
    ITLocationInfo *home = NULL, *berlin = NULL, *none;
    VARIANT collection, index, item;
    ULONG fetched;
    BSTR text = NULL;
    LONG value;

    CHECK_EQ(ITAddressTranslation_EnumerateLocations(translation, NULL), E_POINTER);
    REQUIRE_EQ(ITAddressTranslation_EnumerateLocations(translation, &all), S_OK);
    REQUIRE_EQ(IEnumLocation_Next(all, 1, &home, &fetched), S_OK);
    CHECK_EQ(IEnumLocation_Clone(all, &clone), S_OK);
    REQUIRE_EQ(IEnumLocation_Next(clone, 1, &berlin, NULL), S_OK);
    CHECK_EQ(IEnumLocation_Next(clone, 1, &none, &fetched), S_FALSE);
    CHECK_EQ(fetched, 0);
    CHECK_EQ(IEnumLocation_Reset(clone), S_OK);
    CHECK_EQ(IEnumLocation_Skip(clone, 2), S_OK);
    CHECK_EQ(IEnumLocation_Skip(clone, 1), S_FALSE);
    IEnumLocation_Release(clone);
    IEnumLocation_Release(all);

    CHECK_EQ(ITLocationInfo_get_PermanentLocationID(home, &value), S_OK);
    CHECK_EQ(value, 1);
    CHECK_EQ(ITLocationInfo_get_CountryCode(home, &value), S_OK);
    CHECK_EQ(value, 1);
    CHECK_EQ(ITLocationInfo_get_CountryID(home, &value), S_OK);
    CHECK_EQ(value, 1);
    CHECK_EQ(ITLocationInfo_get_Options(home, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(ITLocationInfo_get_PreferredCardID(home, &value), S_OK);
    CHECK_TEXT(ITLocationInfo_get_LocationName(home, &text), text, L"Home");
    CHECK_TEXT(ITLocationInfo_get_CityCode(home, &text), text, L"425");
    CHECK_TEXT(ITLocationInfo_get_LocalAccessCode(home, &text), text, L"");
    CHECK_TEXT(ITLocationInfo_get_LongDistanceAccessCode(home, &text), text, L"");
    CHECK_TEXT(ITLocationInfo_get_TollPrefixList(home, &text), text, L",555,557,");
    CHECK_TEXT(ITLocationInfo_get_CancelCallWaitingCode(home, &text), text, L"*70,");

    CHECK_EQ(late_number(berlin, L"PermanentLocationID"), 4);
    CHECK_EQ(late_number(berlin, L"CountryCode"), 49);
    CHECK_EQ(late_number(berlin, L"CountryID"), 49);
    CHECK_EQ(late_number(berlin, L"Options"), LINELOCATIONOPTION_PULSEDIAL);
    CHECK_EQ(late_number(berlin, L"PreferredCardID"), 10);
    CHECK_WSTR(late_text(berlin, L"LocationName"), L"B\u00fcro");
    CHECK_WSTR(late_text(berlin, L"CityCode"), L"30");
    CHECK_WSTR(late_text(berlin, L"LocalAccessCode"), L"0,");
    CHECK_WSTR(late_text(berlin, L"LongDistanceAccessCode"), L"00W");
    CHECK_WSTR(late_text(berlin, L"TollPrefixList"), L"");
    CHECK_WSTR(late_text(berlin, L"CancelCallWaitingCode"), L"");

    CHECK_EQ(ITLocationInfo_get_PermanentLocationID(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_CountryCode(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_CountryID(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_Options(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_PreferredCardID(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_LocationName(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_CityCode(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_LocalAccessCode(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_LongDistanceAccessCode(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_TollPrefixList(home, NULL), E_POINTER);
    CHECK_EQ(ITLocationInfo_get_CancelCallWaitingCode(home, NULL), E_POINTER);
    ITLocationInfo_Release(home);
    ITLocationInfo_Release(berlin);

    CHECK_EQ(ITAddressTranslation_get_Locations(translation, NULL), E_POINTER);
    CHECK_EQ(late_get(a->address, L"Locations", NULL, 0, &collection), S_OK);
    REQUIRE_EQ(V_VT(&collection), VT_DISPATCH);
    CHECK_EQ(late_number(V_DISPATCH(&collection), L"Count"), 2);
    index = late_i4(2);
    CHECK_EQ(late_get(V_DISPATCH(&collection), L"Item", &index, 1, &item), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&item), L"PermanentLocationID"), 4);
    VariantClear(&item);
    VariantClear(&collection);
    CHECK_EQ(ITAddressTranslation_get_Locations(translation, &collection), S_OK);
    VariantClear(&collection);
    ITAddressTranslation_Release(translation);
    client_close(a);
}

TEST_BOTH(the_calling_cards)
{
    struct client *a = client_open(L"101");
    ITAddressTranslation *translation = translation_of(a);
    IEnumCallingCard *all = NULL, *clone = NULL;
    ITCallingCard *card = NULL, *found = NULL;
    VARIANT collection;
    unsigned count = 0;
    BSTR text = NULL;
    LONG value;

    CHECK_EQ(ITAddressTranslation_EnumerateCallingCards(translation, NULL), E_POINTER);
    REQUIRE_EQ(ITAddressTranslation_EnumerateCallingCards(translation, &all), S_OK);
    while (IEnumCallingCard_Next(all, 1, &card, NULL) == S_OK) {
        count++;
        CHECK_EQ(ITCallingCard_get_PermanentCardID(card, &value), S_OK);
        if (value == 10 && !found)
            found = card;
        else
            ITCallingCard_Release(card);
    }
    CHECK(count > 1); /* the predefined ones are there as well */
    CHECK_EQ(IEnumCallingCard_Reset(all), S_OK);
    CHECK_EQ(IEnumCallingCard_Skip(all, count), S_OK);
    CHECK_EQ(IEnumCallingCard_Clone(all, &clone), S_OK);
    CHECK_EQ(IEnumCallingCard_Skip(clone, 1), S_FALSE);
    IEnumCallingCard_Release(clone);
    IEnumCallingCard_Release(all);
    REQUIRE(found != NULL);
    CHECK_TEXT(ITCallingCard_get_CardName(found, &text), text, L"Test Card");
    CHECK_TEXT(ITCallingCard_get_LongDistanceDialingRule(found, &text), text, L"J$FG@H");
    CHECK_TEXT(ITCallingCard_get_SameAreaDialingRule(found, &text), text, L"");
    CHECK_TEXT(ITCallingCard_get_InternationalDialingRule(found, &text), text, L"");
    CHECK_EQ(ITCallingCard_get_NumberOfDigits(found, &value), S_OK);
    CHECK_EQ(value, 4);
    CHECK_EQ(ITCallingCard_get_Options(found, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(late_number(found, L"PermanentCardID"), 10);
    CHECK_EQ(late_number(found, L"NumberOfDigits"), 4);
    CHECK_EQ(late_number(found, L"Options"), 0);
    CHECK_WSTR(late_text(found, L"CardName"), L"Test Card");
    CHECK_WSTR(late_text(found, L"LongDistanceDialingRule"), L"J$FG@H");
    CHECK_WSTR(late_text(found, L"SameAreaDialingRule"), L"");
    CHECK_WSTR(late_text(found, L"InternationalDialingRule"), L"");
    CHECK_EQ(ITCallingCard_get_PermanentCardID(found, NULL), E_POINTER);
    CHECK_EQ(ITCallingCard_get_NumberOfDigits(found, NULL), E_POINTER);
    CHECK_EQ(ITCallingCard_get_Options(found, NULL), E_POINTER);
    CHECK_EQ(ITCallingCard_get_CardName(found, NULL), E_POINTER);
    CHECK_EQ(ITCallingCard_get_SameAreaDialingRule(found, NULL), E_POINTER);
    CHECK_EQ(ITCallingCard_get_LongDistanceDialingRule(found, NULL), E_POINTER);
    CHECK_EQ(ITCallingCard_get_InternationalDialingRule(found, NULL), E_POINTER);
    ITCallingCard_Release(found);
    CHECK_EQ(ITAddressTranslation_get_CallingCards(translation, NULL), E_POINTER);
    CHECK_EQ(ITAddressTranslation_get_CallingCards(translation, &collection), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&collection), L"Count"), (LONG)count);
    VariantClear(&collection);
    CHECK_EQ(late_get(a->address, L"CallingCards", NULL, 0, &collection), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&collection), L"Count"), (LONG)count);
    VariantClear(&collection);
    ITAddressTranslation_Release(translation);
    client_close(a);
}
