/* set_test.c - ITPhone: opening, capabilities, buttons, hookswitches, ringer, lamps, display. */
#include "tests/com/phone/phone.h"

#include <tapi.h>

TEST_BOTH(phones_and_addresses_find_each_other)
{
    struct desk *a = desk_open(L"101", L"101");
    struct client *c = client_open(L"103");
    IEnumAddress *addresses = NULL;
    IEnumPhone *phones = NULL;
    ITAddress2 *line = NULL;
    ITAddress *address = NULL;
    ITPhone *phone = NULL;
    VARIANT list;
    LONG count = 0;

    CHECK_EQ(ITTAPI2_get_Phones(a->client->tapi, &list), S_OK);
    CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&list), &count), S_OK);
    CHECK_EQ(count, 2);
    VariantClear(&list);
    CHECK_EQ(ITTAPI2_get_Phones(a->client->tapi, NULL), E_POINTER);
    CHECK_EQ(ITTAPI2_EnumeratePhones(a->client->tapi, NULL), E_POINTER);

    CHECK_EQ(ITPhone_EnumeratePreferredAddresses(a->phone, &addresses), S_OK);
    CHECK_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    CHECK(address == a->client->address);
    ITAddress_Release(address);
    CHECK_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_FALSE);
    IEnumAddress_Release(addresses);
    CHECK_EQ(ITPhone_get_Addresses(a->phone, &list), S_OK);
    VariantClear(&list);
    CHECK_EQ(ITPhone_get_PreferredAddresses(a->phone, &list), S_OK);
    VariantClear(&list);
    CHECK_EQ(ITPhone_EnumerateAddresses(a->phone, NULL), E_POINTER);
    CHECK_EQ(ITPhone_get_Addresses(a->phone, NULL), E_POINTER);

    REQUIRE_EQ(ITAddress_QueryInterface(a->client->address, &IID_ITAddress2, (void **)&line), S_OK);
    CHECK_EQ(ITAddress2_EnumeratePhones(line, &phones), S_OK);
    CHECK_EQ(IEnumPhone_Next(phones, 1, &phone, NULL), S_OK);
    CHECK(phone == a->phone);
    ITPhone_Release(phone);
    CHECK_EQ(IEnumPhone_Next(phones, 1, &phone, NULL), S_FALSE);
    IEnumPhone_Release(phones);
    CHECK_EQ(ITAddress2_EnumeratePreferredPhones(line, &phones), S_OK);
    IEnumPhone_Release(phones);
    CHECK_EQ(ITAddress2_get_PreferredPhones(line, &list), S_OK);
    VariantClear(&list);
    CHECK_EQ(ITAddress2_GetPhoneFromTerminal(line, NULL, &phone), E_POINTER);
    ITAddress2_Release(line);

    /* An extension without a phone. */
    REQUIRE_EQ(ITAddress_QueryInterface(c->address, &IID_ITAddress2, (void **)&line), S_OK);
    CHECK_EQ(ITAddress2_get_Phones(line, &list), S_OK);
    CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&list), &count), S_OK);
    CHECK_EQ(count, 0);
    VariantClear(&list);
    ITAddress2_Release(line);
    client_close(c);
    desk_close(a);
}

/* Each list of phones is one, and stands where its Clone stood. */
static void check_list(IEnumPhone *phones, ULONG there)
{
    ITPhone *items[4] = {NULL}, *again = NULL;
    IEnumPhone *copy = NULL;
    ULONG fetched = 77;

    CHECK_EQ(IEnumPhone_Next(phones, 1, NULL, &fetched), E_POINTER);
    CHECK_EQ(IEnumPhone_Next(phones, 2, items, NULL), E_POINTER);
    CHECK_EQ(IEnumPhone_Clone(phones, NULL), E_POINTER);
    CHECK_EQ(IEnumPhone_Next(phones, ARRAYSIZE(items), items, &fetched), S_FALSE);
    CHECK_EQ(fetched, there);
    CHECK_EQ(IEnumPhone_Skip(phones, 1), S_FALSE);
    CHECK_EQ(IEnumPhone_Reset(phones), S_OK);
    CHECK_EQ(IEnumPhone_Skip(phones, there - 1), S_OK);
    CHECK_EQ(IEnumPhone_Clone(phones, &copy), S_OK);
    CHECK_EQ(IEnumPhone_Next(copy, 1, &again, NULL), S_OK);
    CHECK(again == items[there - 1]);
    ITPhone_Release(again);
    for (ULONG i = 0; i < fetched; i++)
        ITPhone_Release(items[i]);
    IEnumPhone_Release(copy);
    IEnumPhone_Release(phones);
}

TEST_BOTH(lists_of_phones)
{
    struct desk *a = desk_open(L"101", L"101");
    IEnumPhone *phones = NULL;
    ITAddress2 *line = NULL;

    REQUIRE_EQ(ITAddress_QueryInterface(a->client->address, &IID_ITAddress2, (void **)&line), S_OK);
    REQUIRE_EQ(ITTAPI2_EnumeratePhones(a->client->tapi, &phones), S_OK);
    check_list(phones, 2);
    REQUIRE_EQ(ITAddress2_EnumeratePhones(line, &phones), S_OK);
    check_list(phones, 1);
    REQUIRE_EQ(ITAddress2_EnumeratePreferredPhones(line, &phones), S_OK);
    check_list(phones, 1);
    ITAddress2_Release(line);
    desk_close(a);
}

TEST_BOTH(terminals_are_the_sound_devices)
{
    struct desk *a = desk_open(L"101", L"101");
    IEnumTerminal *terminals = NULL;
    ITTerminalSupport *support = NULL;
    ITTerminal *terminal;
    ITPhone *phone;
    ITAddress2 *line = NULL;
    VARIANT list;
    LONG count = 5;

    CHECK_EQ(ITPhone_get_Terminals(a->phone, a->client->address, &list), S_OK);
    CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&list), &count), S_OK);
    CHECK_EQ(count, 0); /* the set has no wave devices */
    VariantClear(&list);
    CHECK_EQ(ITPhone_EnumerateTerminals(a->phone, a->client->address, &terminals), S_OK);
    IEnumTerminal_Release(terminals);
    CHECK_EQ(ITPhone_get_Terminals(a->phone, NULL, &list), E_POINTER);
    CHECK_EQ(ITPhone_EnumerateTerminals(a->phone, (ITAddress *)a->phone, &terminals), E_INVALIDARG);
    CHECK(terminals == NULL);

    REQUIRE_EQ(ITAddress_QueryInterface(a->client->address, &IID_ITAddress2, (void **)&line), S_OK);
    if (SUCCEEDED(ITAddress2_QueryInterface(line, &IID_ITTerminalSupport, (void **)&support))) {
        if (SUCCEEDED(ITTerminalSupport_EnumerateStaticTerminals(support, &terminals))) {
            while (IEnumTerminal_Next(terminals, 1, &terminal, NULL) == S_OK) {
                CHECK_EQ(ITAddress2_GetPhoneFromTerminal(line, terminal, &phone), TAPI_E_NOITEMS);
                CHECK(phone == NULL);
                ITTerminal_Release(terminal);
            }
            IEnumTerminal_Release(terminals);
        }
        ITTerminalSupport_Release(support);
    }
    ITAddress2_Release(line);
    desk_close(a);
}

TEST_BOTH(opening)
{
    struct desk *a = desk_open(L"101", NULL), *b = desk_open(L"101", NULL);
    PHONE_PRIVILEGE privilege;
    LONG mode;

    CHECK_EQ(ITPhone_Close(a->phone), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_get_Privilege(a->phone, &privilege), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_get_RingMode(a->phone, &mode), TAPI_E_PHONENOTOPEN);
    CHECK(strlen(client_error_text()) > 0);
    CHECK_EQ(ITPhone_Open(a->phone, (PHONE_PRIVILEGE)7), E_INVALIDARG);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), TAPI_E_ALLOCATED);
    CHECK_EQ(ITPhone_get_Privilege(a->phone, &privilege), S_OK);
    CHECK_EQ(privilege, PP_OWNER);
    CHECK_EQ(ITPhone_get_Privilege(a->phone, NULL), E_POINTER);
    CHECK_EQ(ITPhone_Open(b->phone, PP_OWNER), TAPI_E_INUSE); /* there is one owner */
    CHECK_EQ(ITPhone_Open(b->phone, PP_MONITOR), S_OK);
    CHECK_EQ(ITPhone_get_Privilege(b->phone, &privilege), S_OK);
    CHECK_EQ(privilege, PP_MONITOR);
    CHECK_EQ(ITPhone_put_LampMode(b->phone, CALL_1, LM_STEADY), TAPI_E_NOTOWNER);
    CHECK_EQ(ITPhone_Close(b->phone), S_OK);
    CHECK_EQ(ITPhone_Close(a->phone), S_OK);
    CHECK_EQ(ITPhone_Close(a->phone), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Open(b->phone, PP_OWNER), S_OK);
    desk_close(b); /* closes it with the last reference */
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    desk_close(a);
}

TEST_BOTH(capabilities)
{
    struct desk *a = desk_open(L"101", NULL);
    BSTR text = NULL;
    LONG value = -1, version;
    DWORD size = 77;
    BYTE *bytes;
    VARIANT array;

    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_HOOKSWITCHES, &value), S_OK);
    CHECK_EQ(value, PHSD_HANDSET | PHSD_SPEAKERPHONE | PHSD_HEADSET);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_HANDSETHOOKSWITCHMODES, &value), S_OK);
    CHECK_EQ(value, PHSS_ONHOOK | PHSS_OFFHOOK_MIC_ONLY | PHSS_OFFHOOK_SPEAKER_ONLY | PHSS_OFFHOOK);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_HEADSETHOOKSWITCHMODES, &value), S_OK);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_SPEAKERPHONEHOOKSWITCHMODES, &value), S_OK);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_DISPLAYNUMROWS, &value), S_OK);
    CHECK_EQ(value, 2);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_DISPLAYNUMCOLUMNS, &value), S_OK);
    CHECK_EQ(value, 24);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_NUMRINGMODES, &value), S_OK);
    CHECK_EQ(value, 4);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_NUMBUTTONLAMPS, &value), S_OK);
    CHECK_EQ(value, 28);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_GENERICPHONE, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, (PHONECAPS_LONG)9, &value), E_INVALIDARG);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_NUMRINGMODES, NULL), E_POINTER);
    CHECK_EQ(ITPhone_get_PhoneCapsString(a->phone, PCS_PHONENAME, &text), S_OK);
    CHECK(text && wcsstr(text, L"Alice"));
    SysFreeString(text);
    CHECK_EQ(ITPhone_get_PhoneCapsString(a->phone, PCS_PHONEINFO, &text), S_OK);
    SysFreeString(text);
    CHECK_EQ(ITPhone_get_PhoneCapsString(a->phone, PCS_PROVIDERINFO, &text), S_OK);
    CHECK(SysStringLen(text) > 0);
    SysFreeString(text);
    CHECK_EQ(ITPhone_get_PhoneCapsString(a->phone, (PHONECAPS_STRING)3, &text), E_INVALIDARG);
    CHECK_EQ(ITPhone_get_PhoneCapsString(a->phone, PCS_PHONENAME, NULL), E_POINTER);
    CHECK_EQ(ITPhone_GetPhoneCapsBuffer(a->phone, PCB_DEVSPECIFICBUFFER, &size, &bytes), S_OK);
    CHECK(size != 77 && bytes);
    CoTaskMemFree(bytes);
    CHECK_EQ(ITPhone_GetPhoneCapsBuffer(a->phone, (PHONECAPS_BUFFER)1, &size, &bytes),
             E_INVALIDARG);
    CHECK_EQ(ITPhone_GetPhoneCapsBuffer(a->phone, PCB_DEVSPECIFICBUFFER, NULL, &bytes), E_POINTER);
    CHECK_EQ(ITPhone_get_PhoneCapsBuffer(a->phone, PCB_DEVSPECIFICBUFFER, &array), S_OK);
    CHECK_EQ(V_VT(&array), VT_ARRAY | VT_UI1);
    VariantClear(&array);
    CHECK_EQ(ITPhone_get_PhoneCapsBuffer(a->phone, PCB_DEVSPECIFICBUFFER, NULL), E_POINTER);
    CHECK_EQ(ITPhone_NegotiateExtVersion(a->phone, 1, 1, &version), S_OK);
    CHECK_EQ(version, 1);
    CHECK_EQ(ITPhone_NegotiateExtVersion(a->phone, 70, 90, &version), TAPI_E_OPERATIONFAILED);
    CHECK_EQ(ITPhone_NegotiateExtVersion(a->phone, 1, 1, NULL), E_POINTER);
    desk_close(a);
}

TEST_BOTH(buttons)
{
    struct desk *a = desk_open(L"101", NULL);
    BSTR text = NULL, name = SysAllocString(L"5550100");
    PHONE_BUTTON_FUNCTION function;
    PHONE_BUTTON_STATE state;
    PHONE_BUTTON_MODE mode;

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITPhone_get_ButtonMode(a->phone, KEY_5, &mode), S_OK);
    CHECK_EQ(mode, PBM_KEYPAD);
    CHECK_EQ(ITPhone_get_ButtonMode(a->phone, CALL_1, &mode), S_OK);
    CHECK_EQ(mode, PBM_CALL);
    CHECK_EQ(ITPhone_get_ButtonMode(a->phone, 99, &mode), TAPI_E_INVALBUTTONLAMPID);
    CHECK_EQ(ITPhone_get_ButtonMode(a->phone, CALL_1, NULL), E_POINTER);
    CHECK_EQ(ITPhone_get_ButtonFunction(a->phone, HOLD, &function), S_OK);
    CHECK_EQ(function, PBF_HOLD);
    CHECK_EQ(ITPhone_get_ButtonFunction(a->phone, 99, &function), TAPI_E_INVALBUTTONLAMPID);
    CHECK_EQ(ITPhone_get_ButtonFunction(a->phone, HOLD, NULL), E_POINTER);
    CHECK_EQ(ITPhone_get_ButtonText(a->phone, HOLD, &text), S_OK);
    CHECK(text && !wcscmp(text, L"Hold"));
    SysFreeString(text);
    CHECK_EQ(ITPhone_get_ButtonText(a->phone, 99, &text), TAPI_E_INVALBUTTONLAMPID);
    CHECK_EQ(ITPhone_get_ButtonState(a->phone, HOLD, &state), S_OK);
    CHECK_EQ(state, PBS_UP);
    CHECK_EQ(ITPhone_get_ButtonState(a->phone, 99, &state), TAPI_E_INVALBUTTONLAMPID);
    /* A free button becomes a number. */
    CHECK_EQ(ITPhone_put_ButtonFunction(a->phone, 22, PBF_ABBREVDIAL), S_OK);
    CHECK_EQ(ITPhone_put_ButtonText(a->phone, 22, name), S_OK);
    CHECK_EQ(ITPhone_get_ButtonFunction(a->phone, 22, &function), S_OK);
    CHECK_EQ(function, PBF_ABBREVDIAL);
    CHECK_EQ(ITPhone_get_ButtonText(a->phone, 22, &text), S_OK);
    CHECK(text && !wcscmp(text, name));
    SysFreeString(text);
    CHECK_EQ(ITPhone_get_ButtonMode(a->phone, 22, &mode), S_OK);
    CHECK_EQ(ITPhone_put_ButtonMode(a->phone, 22, mode), S_OK);
    CHECK_EQ(ITPhone_put_ButtonMode(a->phone, 22, (PHONE_BUTTON_MODE)9), E_INVALIDARG);
    CHECK_EQ(ITPhone_put_ButtonMode(a->phone, 99, PBM_CALL), TAPI_E_INVALBUTTONLAMPID);
    CHECK_EQ(ITPhone_put_ButtonFunction(a->phone, 22, (PHONE_BUTTON_FUNCTION)99), E_INVALIDARG);
    CHECK_EQ(ITPhone_put_ButtonFunction(a->phone, 99, PBF_HOLD), TAPI_E_INVALBUTTONLAMPID);
    CHECK_EQ(ITPhone_put_ButtonText(a->phone, 22, NULL), E_POINTER);
    CHECK_EQ(ITPhone_put_ButtonText(a->phone, 99, name), TAPI_E_INVALBUTTONLAMPID);
    SysFreeString(name);
    desk_close(a);
}

TEST_BOTH(hookswitches_ringer_and_lamps)
{
    struct desk *a = desk_open(L"101", NULL);
    PHONE_HOOK_SWITCH_STATE state;
    PHONE_LAMP_MODE lamp;
    LONG value;

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITPhone_get_HookSwitchState(a->phone, PHSD_HANDSET, &state), S_OK);
    CHECK_EQ(state, PHSS_ONHOOK);
    CHECK_EQ(ITPhone_put_HookSwitchState(a->phone, PHSD_SPEAKERPHONE, PHSS_OFFHOOK), S_OK);
    CHECK_EQ(ITPhone_get_HookSwitchState(a->phone, PHSD_SPEAKERPHONE, &state), S_OK);
    CHECK_EQ(state, PHSS_OFFHOOK);
    CHECK(desk_wait(a, "hook 2 8"));
    CHECK_EQ(ITPhone_put_HookSwitchState(a->phone, PHSD_SPEAKERPHONE, PHSS_ONHOOK), S_OK);
    CHECK(desk_wait(a, "hook 2 1"));
    CHECK_EQ(ITPhone_get_HookSwitchState(a->phone, (PHONE_HOOK_SWITCH_DEVICE)3, &state),
             E_INVALIDARG);
    CHECK_EQ(ITPhone_get_HookSwitchState(a->phone, PHSD_HEADSET, NULL), E_POINTER);
    CHECK_EQ(ITPhone_put_HookSwitchState(a->phone, (PHONE_HOOK_SWITCH_DEVICE)0, PHSS_ONHOOK),
             E_INVALIDARG);
    CHECK_EQ(ITPhone_put_HookSwitchState(a->phone, PHSD_HANDSET, (PHONE_HOOK_SWITCH_STATE)3),
             E_INVALIDARG);

    CHECK_EQ(ITPhone_put_RingVolume(a->phone, 30000), S_OK);
    CHECK_EQ(ITPhone_put_RingMode(a->phone, 3), S_OK);
    CHECK_EQ(ITPhone_get_RingMode(a->phone, &value), S_OK);
    CHECK_EQ(value, 3);
    CHECK_EQ(ITPhone_get_RingVolume(a->phone, &value), S_OK);
    CHECK_EQ(value, 30000);
    CHECK(desk_wait(a, "ring 3"));
    CHECK_EQ(ITPhone_put_RingMode(a->phone, 99), TAPI_E_INVALMODE);
    CHECK_EQ(ITPhone_put_RingVolume(a->phone, 65536), E_INVALIDARG);
    CHECK_EQ(ITPhone_get_RingMode(a->phone, NULL), E_POINTER);
    CHECK_EQ(ITPhone_get_RingVolume(a->phone, NULL), E_POINTER);
    CHECK_EQ(ITPhone_put_RingMode(a->phone, 0), S_OK);

    CHECK_EQ(ITPhone_put_LampMode(a->phone, CALL_1, LM_WINK), S_OK);
    CHECK_EQ(ITPhone_get_LampMode(a->phone, CALL_1, &lamp), S_OK);
    CHECK_EQ(lamp, LM_WINK);
    CHECK(desk_wait(a, "lamp 12"));
    CHECK_EQ(ITPhone_put_LampMode(a->phone, 99, LM_WINK), TAPI_E_INVALBUTTONLAMPID);
    CHECK_EQ(ITPhone_get_LampMode(a->phone, 99, &lamp), TAPI_E_INVALBUTTONLAMPID);
    CHECK_EQ(ITPhone_get_LampMode(a->phone, CALL_1, NULL), E_POINTER);
    desk_close(a);
}

TEST_BOTH(display_and_device_specific)
{
    struct desk *a = desk_open(L"101", NULL);
    DWORD command[5] = {4 /* SIMPBX_COMMAND_NOTIFY */, 11, 22, 33, 0};
    BSTR hello = SysAllocString(L"Hello"), text = NULL;
    SAFEARRAY *bytes;
    VARIANT array;
    LONG version;
    void *data;

    CHECK_EQ(ITPhone_NegotiateExtVersion(a->phone, 1, 1, &version), S_OK);
    CHECK_EQ(ITPhone_DeviceSpecific(a->phone, (BYTE *)command, sizeof(command)),
             TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITPhone_SetDisplay(a->phone, 0, 2, hello), S_OK);
    CHECK(desk_wait(a, "display"));
    CHECK_EQ(ITPhone_get_Display(a->phone, &text), S_OK);
    CHECK(text && !wcsncmp(text + 2, L"Hello", 5));
    SysFreeString(text);
    CHECK_EQ(ITPhone_SetDisplay(a->phone, 9, 0, hello), E_INVALIDARG);
    CHECK_EQ(ITPhone_SetDisplay(a->phone, 0, 0, NULL), E_POINTER);
    CHECK_EQ(ITPhone_get_Display(a->phone, NULL), E_POINTER);
    SysFreeString(hello);

    CHECK_EQ(ITPhone_DeviceSpecific(a->phone, (BYTE *)command, sizeof(command)), S_OK);
    CHECK(desk_wait(a, "specific 11 22 33"));
    CHECK_EQ(ITPhone_DeviceSpecific(a->phone, NULL, 4), E_POINTER);
    bytes = SafeArrayCreateVector(VT_UI1, 0, sizeof(command));
    SafeArrayAccessData(bytes, &data);
    command[1] = 44;
    memcpy(data, command, sizeof(command));
    SafeArrayUnaccessData(bytes);
    V_VT(&array) = VT_ARRAY | VT_UI1;
    V_ARRAY(&array) = bytes;
    CHECK_EQ(ITPhone_DeviceSpecificVariant(a->phone, array), S_OK);
    CHECK(desk_wait(a, "specific 44 22 33"));
    VariantClear(&array);
    V_VT(&array) = VT_I4;
    CHECK_EQ(ITPhone_DeviceSpecificVariant(a->phone, array), E_INVALIDARG);
    desk_close(a);
}

TEST_BOTH(after_shutdown)
{
    struct desk *a = desk_open(L"101", NULL);
    VARIANT list;
    LONG value;

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITTAPI2_Shutdown(a->client->tapi), S_OK);
    a->client->was_shut = true;
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITPhone_Close(a->phone), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_NUMRINGMODES, &value), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITPhone_get_Addresses(a->phone, &list), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITTAPI2_get_Phones(a->client->tapi, &list), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAutomatedPhoneControl_StopTone(a->control), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITTAPI2_Initialize(a->client->tapi), S_OK);
    CHECK_EQ(ITTAPI2_get_Phones(a->client->tapi, &list), S_OK);
    VariantClear(&list);
    desk_close(a);
}
