/* dispatch_test.c - a Phone as a script sees it: every member by its name. */
#include "tests/com/late.h"
#include "tests/com/phone/phone.h"

static HRESULT put_number(void *object, const WCHAR *name, LONG value)
{
    VARIANT argument = late_i4(value);

    return late_put(object, name, &argument, 1);
}

/* A property with one argument. */
static HRESULT get_of(void *object, const WCHAR *name, LONG which, VARIANT *result)
{
    VARIANT argument = late_i4(which);

    VariantInit(result);
    return late_get(object, name, &argument, 1, result);
}

static void call_plain(void *object, const WCHAR *name, HRESULT expected)
{
    CHECK_EQ(late_call(object, name, NULL, 0, NULL), expected);
}

TEST_BOTH(a_phone_by_names)
{
    struct desk *a = desk_open(L"101", L"101");
    static const WCHAR *const lists[] = {L"Addresses", L"PreferredAddresses"};
    VARIANT arguments[3], result;
    unsigned i;

    call_plain(a->phone, L"Close", TAPI_E_PHONENOTOPEN);
    arguments[0] = late_i4(PP_OWNER);
    CHECK_EQ(late_call(a->phone, L"Open", arguments, 1, NULL), S_OK);
    CHECK_EQ(late_number(a->phone, L"Privilege"), PP_OWNER);
    for (i = 0; i < ARRAYSIZE(lists); i++) {
        CHECK_EQ(late_get(a->phone, lists[i], NULL, 0, &result), S_OK);
        CHECK_EQ(late_number(V_DISPATCH(&result), L"Count"), 1);
        VariantClear(&result);
    }
    CHECK_EQ(get_of(a->phone, L"PhoneCapsLong", PCL_NUMRINGMODES, &result), S_OK);
    CHECK_EQ(V_I4(&result), 4);
    CHECK_EQ(get_of(a->phone, L"PhoneCapsLong", 99, &result), E_INVALIDARG);
    CHECK_EQ(get_of(a->phone, L"PhoneCapsString", PCS_PHONENAME, &result), S_OK);
    CHECK_EQ(V_VT(&result), VT_BSTR);
    VariantClear(&result);
    CHECK_EQ(get_of(a->phone, L"PhoneCapsBuffer", PCB_DEVSPECIFICBUFFER, &result), S_OK);
    VariantClear(&result);
    arguments[0] = late_object(a->client->address);
    CHECK_EQ(late_get(a->phone, L"Terminals", arguments, 1, &result), S_OK);
    VariantClear(&result);
    CHECK_EQ(get_of(a->phone, L"ButtonMode", CALL_1, &result), S_OK);
    CHECK_EQ(V_I4(&result), PBM_CALL);
    CHECK_EQ(get_of(a->phone, L"ButtonFunction", HOLD, &result), S_OK);
    CHECK_EQ(V_I4(&result), PBF_HOLD);
    CHECK_EQ(get_of(a->phone, L"ButtonState", HOLD, &result), S_OK);
    CHECK_EQ(V_I4(&result), PBS_UP);
    CHECK_EQ(get_of(a->phone, L"ButtonText", HOLD, &result), S_OK);
    CHECK(!wcscmp(V_BSTR(&result), L"Hold"));
    VariantClear(&result);
    arguments[1] = late_i4(22);
    arguments[0] = late_i4(PBF_ABBREVDIAL);
    CHECK_EQ(late_put(a->phone, L"ButtonFunction", arguments, 2), S_OK);
    arguments[0] = late_bstr(L"102");
    CHECK_EQ(late_put(a->phone, L"ButtonText", arguments, 2), S_OK);
    VariantClear(&arguments[0]);
    arguments[0] = late_i4(77);
    CHECK_EQ(late_put(a->phone, L"ButtonMode", arguments, 2), E_INVALIDARG);
    arguments[1] = late_i4(PHSD_SPEAKERPHONE);
    arguments[0] = late_i4(PHSS_OFFHOOK);
    CHECK_EQ(late_put(a->phone, L"HookSwitchState", arguments, 2), S_OK);
    CHECK_EQ(get_of(a->phone, L"HookSwitchState", PHSD_SPEAKERPHONE, &result), S_OK);
    CHECK_EQ(V_I4(&result), PHSS_OFFHOOK);
    CHECK_EQ(put_number(a->phone, L"RingMode", 2), S_OK);
    CHECK_EQ(late_number(a->phone, L"RingMode"), 2);
    CHECK_EQ(put_number(a->phone, L"RingMode", 99), TAPI_E_INVALMODE);
    CHECK_EQ(put_number(a->phone, L"RingVolume", 1000), S_OK);
    CHECK_EQ(late_number(a->phone, L"RingVolume"), 1000);
    arguments[1] = late_i4(CALL_1);
    arguments[0] = late_i4(LM_FLASH);
    CHECK_EQ(late_put(a->phone, L"LampMode", arguments, 2), S_OK);
    CHECK_EQ(get_of(a->phone, L"LampMode", CALL_1, &result), S_OK);
    CHECK_EQ(V_I4(&result), LM_FLASH);
    arguments[2] = late_i4(0);
    arguments[1] = late_i4(0);
    arguments[0] = late_bstr(L"Hi");
    CHECK_EQ(late_call(a->phone, L"SetDisplay", arguments, 3, NULL), S_OK);
    VariantClear(&arguments[0]);
    CHECK(!wcsncmp(late_text(a->phone, L"Display"), L"Hi", 2));
    arguments[1] = late_i4(1);
    arguments[0] = late_i4(1);
    CHECK_EQ(late_call(a->phone, L"NegotiateExtVersion", arguments, 2, &result), S_OK);
    CHECK_EQ(V_I4(&result), 1);
    arguments[0] = late_i4(1);
    CHECK_EQ(late_call(a->phone, L"DeviceSpecificVariant", arguments, 1, NULL), E_INVALIDARG);
    arguments[1] = late_i4(22);
    CHECK_EQ(get_of(a->phone, L"ButtonMode", 22, &result), S_OK);
    arguments[0] = result;
    CHECK_EQ(late_put(a->phone, L"ButtonMode", arguments, 2), S_OK);
    call_plain(a->phone, L"Close", S_OK);
    desk_close(a);
}

/* Hidden members, for languages with pointers; GetPhoneCapsBuffer has none that IDispatch could
 * take. */
TEST_BOTH(hidden_members_by_names)
{
    static const WCHAR *const lists[] = {L"EnumerateAddresses", L"EnumeratePreferredAddresses"};
    struct desk *a = desk_open(L"101", L"101");
    DWORD command[5] = {4 /* SIMPBX_COMMAND_NOTIFY */, 11, 22, 33, 0};
    VARIANT arguments[2], result;
    IEnumAddress *addresses;
    ITAddress *address;
    LONG version;
    unsigned i;

    for (i = 0; i < ARRAYSIZE(lists); i++) {
        CHECK_EQ(late_call(a->phone, lists[i], NULL, 0, &result), S_OK);
        CHECK_EQ(V_VT(&result), VT_UNKNOWN);
        CHECK_EQ(
            IUnknown_QueryInterface(V_UNKNOWN(&result), &IID_IEnumAddress, (void **)&addresses),
            S_OK);
        CHECK_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
        CHECK(address == a->client->address);
        ITAddress_Release(address);
        IEnumAddress_Release(addresses);
        VariantClear(&result);
    }
    CHECK_EQ(ITPhone_NegotiateExtVersion(a->phone, 1, 1, &version), S_OK);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    V_VT(&arguments[1]) = VT_BYREF | VT_UI1;
    V_UI1REF(&arguments[1]) = (BYTE *)command;
    V_VT(&arguments[0]) = VT_UI4;
    V_UI4(&arguments[0]) = sizeof(command);
    CHECK_EQ(late_call(a->phone, L"DeviceSpecific", arguments, 2, NULL), S_OK);
    CHECK(desk_wait(a, "specific 11 22 33"));
    V_VT(&arguments[0]) = VT_ARRAY | VT_UI1;
    V_ARRAY(&arguments[0]) = SafeArrayCreateVector(VT_UI1, 0, sizeof(command));
    command[1] = 44;
    memcpy(V_ARRAY(&arguments[0])->pvData, command, sizeof(command));
    CHECK_EQ(late_call(a->phone, L"DeviceSpecificVariant", arguments, 1, NULL), S_OK);
    CHECK(desk_wait(a, "specific 44 22 33"));
    VariantClear(&arguments[0]);
    desk_close(a);
}

TEST_BOTH(automatic_control_by_names)
{
    static const WCHAR *const switches[] = {L"PhoneHandlingEnabled",  L"AutoDialtone",
                                            L"AutoStopTonesOnOnHook", L"AutoStopRingOnOffHook",
                                            L"AutoKeypadTones",       L"AutoVolumeControl"};
    static const WCHAR *const numbers[] = {
        L"AutoEndOfNumberTimeout", L"AutoKeypadTonesMinimumDuration", L"AutoVolumeControlStep",
        L"AutoVolumeControlRepeatDelay", L"AutoVolumeControlRepeatPeriod"};
    struct desk *a = desk_open(L"101", NULL);
    VARIANT arguments[2], result;
    unsigned i;

    call_plain(a->phone, L"StopRinger", TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    for (i = 0; i < ARRAYSIZE(switches); i++) {
        arguments[0] = late_bool(TRUE);
        CHECK_EQ(late_put(a->phone, switches[i], arguments, 1), S_OK);
        CHECK_EQ(late_get(a->phone, switches[i], NULL, 0, &result), S_OK);
        CHECK_EQ(V_BOOL(&result), VARIANT_TRUE);
    }
    for (i = 0; i < ARRAYSIZE(numbers); i++) {
        CHECK_EQ(put_number(a->phone, numbers[i], 123), S_OK);
        CHECK_EQ(late_number(a->phone, numbers[i]), 123);
        CHECK_EQ(put_number(a->phone, numbers[i], -1), E_INVALIDARG);
    }
    arguments[1] = late_i4(2);
    arguments[0] = late_i4(0);
    CHECK_EQ(late_call(a->phone, L"StartRinger", arguments, 2, NULL), S_OK);
    CHECK_EQ(late_get(a->phone, L"Ringer", NULL, 0, &result), S_OK);
    CHECK_EQ(V_BOOL(&result), VARIANT_TRUE);
    call_plain(a->phone, L"StopRinger", S_OK);
    arguments[1] = late_i4(PT_BUSY);
    CHECK_EQ(late_call(a->phone, L"StartTone", arguments, 2, NULL), TAPI_E_NOTSUPPORTED);
    arguments[1] = late_i4(PT_SILENCE);
    CHECK_EQ(late_call(a->phone, L"StartTone", arguments, 2, NULL), S_OK);
    call_plain(a->phone, L"StopTone", S_OK);
    CHECK_EQ(late_number(a->phone, L"Tone"), PT_SILENCE);
    CHECK_EQ(late_get(a->phone, L"SelectedCalls", NULL, 0, &result), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&result), L"Count"), 0);
    VariantClear(&result);
    arguments[1] = late_object(a->phone);
    arguments[0] = late_bool(FALSE);
    CHECK(FAILED(late_call(a->phone, L"SelectCall", arguments, 2, NULL)));
    CHECK(FAILED(late_call(a->phone, L"UnselectCall", &arguments[1], 1, NULL)));
    desk_close(a);
}
