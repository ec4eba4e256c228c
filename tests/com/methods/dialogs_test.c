/* dialogs_test.c - ITAddressTranslation::TranslateDialog with a user at its controls, and what the
 * other tests of ITAddressTranslation leave out by name. */
#include "tests/com/methods/methods.h"

#include "tests/dialing/stage.h"
#include "tests/dialing/user.h"

static bool staged;

TEST_BEFORE
{
    if (!staged)
        staged = stage_open(); /* on the real registry */
    user_begin();
    user_settle();
}

TEST_AFTER
{
    user_end();
}

static HRESULT shown;

/* In the thread of dialogs; the objects may be used in any. */
static LONG show(void *context)
{
    BSTR number = SysAllocString(L"+1 (206) 555-0100");

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    shown = ITAddressTranslation_TranslateDialog((ITAddressTranslation *)context, 0, number);
    CoUninitialize();
    SysFreeString(number);
    return 0;
}

static LONG show_by_name(void *context)
{
    VARIANT arguments[2];

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    arguments[1] = late_i4(0);
    arguments[0] = late_bstr(L"+1 (206) 555-0100");
    shown = late_call(context, L"TranslateDialog", arguments, 2, NULL);
    VariantClear(&arguments[0]);
    CoUninitialize();
    return 0;
}

TEST_BOTH(the_dialog_of_locations)
{
    static LONG (*const ways[])(void *context) = {show, show_by_name};
    ITAddressTranslation *translation;
    struct client *a;
    HWND dialog;
    unsigned i;

    if (!staged)
        SKIP("no windows on this machine");
    a = client_open(L"101");
    translation = interface_of(a->address, &IID_ITAddressTranslation);
    for (i = 0; i < ARRAYSIZE(ways); i++) {
        shown = E_FAIL;
        stage_begin(ways[i], translation);
        dialog = stage_dialog();
        if (CHECK(dialog != NULL))
            stage_press(dialog, IDOK);
        CHECK_EQ(stage_end(), 0);
        CHECK_EQ(shown, S_OK);
    }
    ITAddressTranslation_Release(translation);
    client_close(a);
}

TEST_BOTH(translation_by_name)
{
    struct client *a = client_open(L"101");
    ITAddressTranslation *translation = interface_of(a->address, &IID_ITAddressTranslation);
    BSTR bad = SysAllocString(L"+1206x");
    IEnumCallingCard *all_cards = NULL;
    IEnumLocation *all_locations = NULL;
    VARIANT cards;

    CHECK_EQ(ITAddressTranslation_TranslateDialog(translation, 0, bad), TAPI_E_INVALADDRESS);
    CHECK_EQ(named_call(translation, L"TranslateDialog", NULL, "ls", 0, L"+1206x"),
             TAPI_E_INVALADDRESS);
    CHECK(named_list(translation, L"EnumerateLocations", 2, ""));
    CHECK(named_list(translation, L"Locations", 2, ""));
    CHECK_EQ(named_call(translation, L"EnumerateCallingCards", &cards, ""), S_OK);
    VariantClear(&cards);
    REQUIRE_EQ(ITAddressTranslation_EnumerateCallingCards(translation, &all_cards), S_OK);
    check_objects_of(all_cards);
    REQUIRE_EQ(ITAddressTranslation_EnumerateLocations(translation, &all_locations), S_OK);
    check_objects_of(all_locations);
    SysFreeString(bad);
    ITAddressTranslation_Release(translation);
    client_close(a);
}
