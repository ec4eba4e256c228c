/* terminals_test.c - the sound devices of a set among the static terminals of its line's media
 * provider, and how they become a call's. */
#include "tests/com/late.h"
#include "tests/com/phone/phone.h"
#include "tests/com/phone/sets.h"
#include "tests/com/phone/sound_msp.h"

#define BOTH_APARTMENTS(name_)                                                                     \
    static void scenario_##name_(enum com_apartment apartment);                                    \
    TEST(name_##_mta)                                                                              \
    {                                                                                              \
        scenario_##name_(COM_MTA);                                                                 \
    }                                                                                              \
    TEST(name_##_sta)                                                                              \
    {                                                                                              \
        scenario_##name_(COM_STA);                                                                 \
    }                                                                                              \
    static void scenario_##name_(enum com_apartment apartment)

static struct desk *begin(enum com_apartment apartment, BOOL sound)
{
    struct desk *a;

    sound_enter(apartment);
    REQUIRE(sets_load(sound));
    a = desk_open(L"101", L"101");
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    return a;
}

static void end(struct desk *a)
{
    desk_close(a);
    sets_unload();
    sound_leave();
}

BOTH_APARTMENTS(the_terminals_of_a_phone)
{
    struct desk *a = begin(apartment, TRUE);
    ITTerminal *found[4] = {NULL};
    IEnumTerminal *terminals = NULL;
    VARIANT arguments[1], list;
    LONG value = -1;
    ULONG count = 77;

    CHECK_EQ(ITPhone_EnumerateTerminals(a->phone, a->client->address, &terminals), S_OK);
    CHECK_EQ(IEnumTerminal_Next(terminals, 4, found, &count), S_FALSE);
    CHECK_EQ(count, 2);
    CHECK(found[0] == sound_terminal(SOUND_MICROPHONE));
    CHECK(found[1] == sound_terminal(SOUND_SPEAKER));
    for (ULONG i = 0; i < count; i++)
        ITTerminal_Release(found[i]);
    IEnumTerminal_Release(terminals);
    CHECK_EQ(ITPhone_get_Terminals(a->phone, a->client->address, &list), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&list), L"Count"), 2);
    VariantClear(&list);
    arguments[0] = late_object(a->client->address);
    CHECK_EQ(late_get(a->phone, L"Terminals", arguments, 1, &list), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&list), L"Count"), 2);
    VariantClear(&list);
    CHECK_EQ(late_call(a->phone, L"EnumerateTerminals", arguments, 1, &list), S_OK);
    CHECK_EQ(V_VT(&list), VT_UNKNOWN);
    VariantClear(&list);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_GENERICPHONE, &value), S_OK);
    CHECK_EQ(value, 1);
    end(a);
}

BOTH_APARTMENTS(the_phone_of_a_terminal)
{
    struct desk *a = begin(apartment, TRUE);
    VARIANT arguments[1], found;
    ITAddress2 *line = NULL;
    ITPhone *phone;

    REQUIRE_EQ(ITAddress_QueryInterface(a->client->address, &IID_ITAddress2, (void **)&line), S_OK);
    for (unsigned i = SOUND_MICROPHONE; i <= SOUND_SPEAKER; i++) {
        POISON(phone);
        CHECK_EQ(ITAddress2_GetPhoneFromTerminal(line, sound_terminal(i), &phone), S_OK);
        CHECK(phone == a->phone);
        ITPhone_Release(phone);
    }
    POISON(phone);
    CHECK_EQ(ITAddress2_GetPhoneFromTerminal(line, sound_terminal(SOUND_OTHER_SPEAKER), &phone),
             TAPI_E_NOITEMS);
    CHECK(phone == NULL);
    CHECK_EQ(ITAddress2_GetPhoneFromTerminal(line, NULL, &phone), E_POINTER);
    CHECK_EQ(ITAddress2_GetPhoneFromTerminal(line, sound_terminal(0), NULL), E_POINTER);
    arguments[0] = late_object(sound_terminal(SOUND_SPEAKER));
    CHECK_EQ(late_call(line, L"GetPhoneFromTerminal", arguments, 1, &found), S_OK);
    CHECK((void *)V_DISPATCH(&found) == (void *)a->phone);
    VariantClear(&found);
    ITAddress2_Release(line);
    end(a);
}

BOTH_APARTMENTS(a_set_without_sound_has_no_terminals)
{
    struct desk *a = begin(apartment, FALSE);
    ITAddress2 *line = NULL;
    ITPhone *phone;
    VARIANT list;
    LONG value = -1;

    CHECK_EQ(ITPhone_get_Terminals(a->phone, a->client->address, &list), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&list), L"Count"), 0);
    VariantClear(&list);
    REQUIRE_EQ(ITAddress_QueryInterface(a->client->address, &IID_ITAddress2, (void **)&line), S_OK);
    CHECK_EQ(ITAddress2_GetPhoneFromTerminal(line, sound_terminal(SOUND_SPEAKER), &phone),
             TAPI_E_NOITEMS);
    ITAddress2_Release(line);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_GENERICPHONE, &value), S_OK);
    CHECK_EQ(value, 0);
    end(a);
}

BOTH_APARTMENTS(a_selected_call_has_the_phones_sound)
{
    struct desk *a = begin(apartment, TRUE);
    ITBasicCallControl *call = client_create_call(a->client, L"102");
    VARIANT arguments[2], list;
    ITCallInfo *info = NULL;

    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    sound_refuse(TRUE);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_TRUE),
             TAPI_E_MAXTERMINALS);
    CHECK_EQ(ITAutomatedPhoneControl_UnselectCall(a->control, info), TAPI_E_CALLNOTSELECTED);
    sound_refuse(FALSE);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_FALSE), S_OK);
    CHECK_EQ(sound_selected(), 0);
    CHECK_EQ(ITAutomatedPhoneControl_UnselectCall(a->control, info), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_TRUE), S_OK);
    CHECK_EQ(sound_selected(), 2);
    CHECK_EQ(ITAutomatedPhoneControl_get_SelectedCalls(a->control, &list), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&list), L"Count"), 1);
    VariantClear(&list);
    CHECK_EQ(late_call(a->phone, L"EnumerateSelectedCalls", NULL, 0, &list), S_OK);
    CHECK_EQ(V_VT(&list), VT_UNKNOWN);
    VariantClear(&list);
    arguments[0] = late_object(info);
    CHECK_EQ(late_call(a->phone, L"UnselectCall", arguments, 1, NULL), S_OK);
    CHECK_EQ(late_call(a->phone, L"UnselectCall", arguments, 1, NULL), TAPI_E_CALLNOTSELECTED);
    arguments[1] = late_object(info);
    arguments[0] = late_bool(FALSE);
    CHECK_EQ(late_call(a->phone, L"SelectCall", arguments, 2, NULL), S_OK);
    CHECK_EQ(late_get(a->phone, L"SelectedCalls", NULL, 0, &list), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&list), L"Count"), 1);
    VariantClear(&list);
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(call);
    end(a);
}
