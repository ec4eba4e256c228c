/* refusals_test.c - every method of a Phone that refuses: a closed phone, one that was only opened
 * to monitor it, after Shutdown, without a pointer, and when the provider refuses or fails. */
#include "tests/com/phone/phone.h"
#include "tests/com/phone/sets.h"

/* ---- all methods, by what they need ---------------------------------------------------------- */

#define REFUSE(type, method, ...)                                                                  \
    do {                                                                                           \
        if (!CHECK_EQ(type##_##method(__VA_ARGS__), expected))                                     \
            test_note("%s::%s", #type, #method);                                                   \
        CHECK(client_error_text()[0] != 0);                                                        \
    } while (0)

/* What reads the set. */
static void read_the_set(struct desk *a, HRESULT expected)
{
    PHONE_HOOK_SWITCH_STATE hook;
    PHONE_BUTTON_FUNCTION function;
    PHONE_BUTTON_STATE state;
    PHONE_BUTTON_MODE mode;
    PHONE_LAMP_MODE lamp;
    LONG value = 77;
    BSTR text = (BSTR)1;

    REFUSE(ITPhone, get_ButtonMode, a->phone, 0, &mode);
    REFUSE(ITPhone, get_ButtonFunction, a->phone, 0, &function);
    REFUSE(ITPhone, get_ButtonText, a->phone, 0, &text);
    CHECK(text == NULL);
    REFUSE(ITPhone, get_ButtonState, a->phone, 0, &state);
    REFUSE(ITPhone, get_HookSwitchState, a->phone, PHSD_HANDSET, &hook);
    REFUSE(ITPhone, get_RingMode, a->phone, &value);
    CHECK_EQ(value, 0);
    REFUSE(ITPhone, get_RingVolume, a->phone, &value);
    REFUSE(ITPhone, get_LampMode, a->phone, 0, &lamp);
    REFUSE(ITPhone, get_Display, a->phone, &text);
}

/* What changes it. */
static void change_the_set(struct desk *a, HRESULT expected)
{
    BSTR text = SysAllocString(L"text");

    REFUSE(ITPhone, put_ButtonMode, a->phone, 0, PBM_CALL);
    REFUSE(ITPhone, put_ButtonFunction, a->phone, 0, PBF_HOLD);
    REFUSE(ITPhone, put_ButtonText, a->phone, 0, text);
    REFUSE(ITPhone, put_HookSwitchState, a->phone, PHSD_HANDSET, PHSS_ONHOOK);
    REFUSE(ITPhone, put_RingMode, a->phone, 1);
    REFUSE(ITPhone, put_RingVolume, a->phone, 1);
    REFUSE(ITPhone, put_LampMode, a->phone, 0, LM_STEADY);
    REFUSE(ITPhone, SetDisplay, a->phone, 0, 0, text);
    SysFreeString(text);
}

static void send_to_the_set(struct desk *a, HRESULT expected)
{
    SAFEARRAY *array = SafeArrayCreateVector(VT_UI1, 0, 4);
    BYTE bytes[4] = {1, 2, 3, 4};
    VARIANT value;

    REFUSE(ITPhone, DeviceSpecific, a->phone, bytes, sizeof(bytes));
    V_VT(&value) = VT_ARRAY | VT_UI1;
    V_ARRAY(&value) = array;
    REFUSE(ITPhone, DeviceSpecificVariant, a->phone, value);
    VariantClear(&value);
}

#define REFUSE_BOTH(name, type, value)                                                             \
    do {                                                                                           \
        type current;                                                                              \
                                                                                                   \
        POISON(current);                                                                           \
        REFUSE(ITAutomatedPhoneControl, get_##name, a->control, &current);                         \
        CHECK_EQ(current, 0);                                                                      \
        REFUSE(ITAutomatedPhoneControl, put_##name, a->control, value);                            \
    } while (0)

/* All of ITAutomatedPhoneControl. call: any. */
static void control_the_set(struct desk *a, ITCallInfo *call, HRESULT expected)
{
    IEnumCall *calls = (IEnumCall *)1;
    VARIANT_BOOL ringing;
    VARIANT list;
    PHONE_TONE tone;

    REFUSE(ITAutomatedPhoneControl, StartTone, a->control, PT_BUSY, 0);
    REFUSE(ITAutomatedPhoneControl, StopTone, a->control);
    REFUSE(ITAutomatedPhoneControl, get_Tone, a->control, &tone);
    REFUSE(ITAutomatedPhoneControl, StartRinger, a->control, 1, 0);
    REFUSE(ITAutomatedPhoneControl, StopRinger, a->control);
    REFUSE(ITAutomatedPhoneControl, get_Ringer, a->control, &ringing);
    REFUSE_BOTH(PhoneHandlingEnabled, VARIANT_BOOL, VARIANT_TRUE);
    REFUSE_BOTH(AutoEndOfNumberTimeout, LONG, 1);
    REFUSE_BOTH(AutoDialtone, VARIANT_BOOL, VARIANT_TRUE);
    REFUSE_BOTH(AutoStopTonesOnOnHook, VARIANT_BOOL, VARIANT_TRUE);
    REFUSE_BOTH(AutoStopRingOnOffHook, VARIANT_BOOL, VARIANT_TRUE);
    REFUSE_BOTH(AutoKeypadTones, VARIANT_BOOL, VARIANT_TRUE);
    REFUSE_BOTH(AutoKeypadTonesMinimumDuration, LONG, 1);
    REFUSE_BOTH(AutoVolumeControl, VARIANT_BOOL, VARIANT_TRUE);
    REFUSE_BOTH(AutoVolumeControlStep, LONG, 1);
    REFUSE_BOTH(AutoVolumeControlRepeatDelay, LONG, 1);
    REFUSE_BOTH(AutoVolumeControlRepeatPeriod, LONG, 1);
    REFUSE(ITAutomatedPhoneControl, SelectCall, a->control, call, VARIANT_FALSE);
    REFUSE(ITAutomatedPhoneControl, UnselectCall, a->control, call);
    REFUSE(ITAutomatedPhoneControl, EnumerateSelectedCalls, a->control, &calls);
    CHECK(calls == NULL);
    REFUSE(ITAutomatedPhoneControl, get_SelectedCalls, a->control, &list);
    CHECK_EQ(V_VT(&list), VT_EMPTY);
}

/* What works with a closed phone, too. */
static void ask_the_phone(struct desk *a, HRESULT expected)
{
    IEnumAddress *addresses = (IEnumAddress *)1;
    IEnumTerminal *terminals = (IEnumTerminal *)1;
    LONG value = 77;
    DWORD size = 77;
    BYTE *bytes = (BYTE *)1;
    BSTR text = (BSTR)1;
    VARIANT list;

    REFUSE(ITPhone, get_Addresses, a->phone, &list);
    REFUSE(ITPhone, get_PreferredAddresses, a->phone, &list);
    REFUSE(ITPhone, EnumerateAddresses, a->phone, &addresses);
    CHECK(addresses == NULL);
    REFUSE(ITPhone, EnumeratePreferredAddresses, a->phone, &addresses);
    REFUSE(ITPhone, get_Terminals, a->phone, a->client->address, &list);
    CHECK_EQ(V_VT(&list), VT_EMPTY);
    REFUSE(ITPhone, EnumerateTerminals, a->phone, a->client->address, &terminals);
    CHECK(terminals == NULL);
    REFUSE(ITPhone, get_PhoneCapsLong, a->phone, PCL_NUMRINGMODES, &value);
    CHECK_EQ(value, 0);
    REFUSE(ITPhone, get_PhoneCapsString, a->phone, PCS_PHONENAME, &text);
    CHECK(text == NULL);
    REFUSE(ITPhone, GetPhoneCapsBuffer, a->phone, PCB_DEVSPECIFICBUFFER, &size, &bytes);
    CHECK(bytes == NULL && size == 0);
    REFUSE(ITPhone, get_PhoneCapsBuffer, a->phone, PCB_DEVSPECIFICBUFFER, &list);
    CHECK_EQ(V_VT(&list), VT_EMPTY);
    REFUSE(ITPhone, NegotiateExtVersion, a->phone, 2, 5, &value);
}

/* The same questions answered, in bytes where there are any. */
static void read_the_set_now(struct desk *a)
{
    PHONE_HOOK_SWITCH_STATE hook = (PHONE_HOOK_SWITCH_STATE)0;
    PHONE_LAMP_MODE lamp = (PHONE_LAMP_MODE)0;
    BSTR text = SysAllocString(L"now");
    LONG value;

    CHECK_EQ(ITPhone_get_HookSwitchState(a->phone, PHSD_HANDSET, &hook), S_OK);
    CHECK_EQ(hook, PHSS_ONHOOK);
    CHECK_EQ(ITPhone_put_LampMode(a->phone, 3, LM_FLASH), S_OK);
    CHECK_EQ(ITPhone_get_LampMode(a->phone, 3, &lamp), S_OK);
    CHECK_EQ(lamp, LM_FLASH);
    CHECK_EQ(ITPhone_put_RingMode(a->phone, 2), S_OK);
    CHECK_EQ(ITPhone_get_RingMode(a->phone, &value), S_OK);
    CHECK_EQ(value, 2);
    CHECK_EQ(ITPhone_SetDisplay(a->phone, 0, 0, text), S_OK);
    SysFreeString(text);
    CHECK_EQ(ITPhone_get_Display(a->phone, &text), S_OK);
    CHECK(text && !wcsncmp(text, L"now", 3));
    SysFreeString(text);
}

static struct desk *begin(void)
{
    REQUIRE(sets_load(FALSE));
    return desk_open(L"101", L"101");
}

static void end(struct desk *a)
{
    desk_close(a);
    sets_unload();
}

static ITCallInfo *some_call(struct desk *a)
{
    ITBasicCallControl *call = client_create_call(a->client, L"102");
    ITCallInfo *info = NULL;

    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    ITBasicCallControl_Release(call);
    return info;
}

/* ---- and what they say ----------------------------------------------------------------------- */

TEST_BOTH(a_closed_phone)
{
    struct desk *a = begin();
    ITCallInfo *call = some_call(a);
    HRESULT expected = TAPI_E_PHONENOTOPEN;
    PHONE_PRIVILEGE privilege;

    read_the_set(a, expected);
    change_the_set(a, expected);
    send_to_the_set(a, expected);
    control_the_set(a, call, expected);
    REFUSE(ITPhone, Close, a->phone);
    REFUSE(ITPhone, get_Privilege, a->phone, &privilege);
    ITCallInfo_Release(call);
    end(a);
}

TEST_BOTH(a_phone_that_is_only_monitored)
{
    struct desk *a = begin();
    ITCallInfo *call = some_call(a);

    CHECK_EQ(ITPhone_Open(a->phone, PP_MONITOR), S_OK);
    change_the_set(a, TAPI_E_NOTOWNER);
    control_the_set(a, call, TAPI_E_NOTOWNER);
    ITCallInfo_Release(call);
    end(a);
}

TEST_BOTH(a_phone_after_shutdown)
{
    struct desk *a = begin();
    ITCallInfo *call = some_call(a);
    HRESULT expected = TAPI_E_NOT_INITIALIZED;
    PHONE_PRIVILEGE privilege;

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITTAPI2_Shutdown(a->client->tapi), S_OK);
    a->client->was_shut = TRUE;
    read_the_set(a, expected);
    change_the_set(a, expected);
    send_to_the_set(a, expected);
    control_the_set(a, call, expected);
    ask_the_phone(a, expected);
    REFUSE(ITPhone, Open, a->phone, PP_OWNER);
    REFUSE(ITPhone, Close, a->phone);
    REFUSE(ITPhone, get_Privilege, a->phone, &privilege);
    ITCallInfo_Release(call);
    CHECK_EQ(ITTAPI2_Initialize(a->client->tapi), S_OK);
    end(a);
}

TEST_BOTH(no_pointer_to_answer_to)
{
    struct desk *a = begin();
    HRESULT expected = E_POINTER;
    IEnumAddress *addresses;
    DWORD size = 77;
    BYTE *bytes;
    VARIANT list;

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    REFUSE(ITPhone, get_Addresses, a->phone, NULL);
    REFUSE(ITPhone, get_PreferredAddresses, a->phone, NULL);
    REFUSE(ITPhone, EnumerateAddresses, a->phone, NULL);
    REFUSE(ITPhone, EnumeratePreferredAddresses, a->phone, NULL);
    REFUSE(ITPhone, get_Terminals, a->phone, a->client->address, NULL);
    REFUSE(ITPhone, get_Terminals, a->phone, NULL, &list);
    REFUSE(ITPhone, EnumerateTerminals, a->phone, a->client->address, NULL);
    REFUSE(ITPhone, EnumerateTerminals, a->phone, NULL, (IEnumTerminal **)&addresses);
    REFUSE(ITPhone, get_PhoneCapsLong, a->phone, PCL_NUMRINGMODES, NULL);
    REFUSE(ITPhone, get_PhoneCapsString, a->phone, PCS_PHONENAME, NULL);
    REFUSE(ITPhone, GetPhoneCapsBuffer, a->phone, PCB_DEVSPECIFICBUFFER, NULL, &bytes);
    REFUSE(ITPhone, GetPhoneCapsBuffer, a->phone, PCB_DEVSPECIFICBUFFER, &size, NULL);
    CHECK_EQ(size, 0);
    REFUSE(ITPhone, get_PhoneCapsBuffer, a->phone, PCB_DEVSPECIFICBUFFER, NULL);
    REFUSE(ITPhone, get_ButtonMode, a->phone, 0, NULL);
    REFUSE(ITPhone, get_ButtonFunction, a->phone, 0, NULL);
    REFUSE(ITPhone, get_ButtonText, a->phone, 0, NULL);
    REFUSE(ITPhone, put_ButtonText, a->phone, 0, NULL);
    REFUSE(ITPhone, get_ButtonState, a->phone, 0, NULL);
    REFUSE(ITPhone, get_HookSwitchState, a->phone, PHSD_HANDSET, NULL);
    REFUSE(ITPhone, get_RingMode, a->phone, NULL);
    REFUSE(ITPhone, get_RingVolume, a->phone, NULL);
    REFUSE(ITPhone, get_Privilege, a->phone, NULL);
    REFUSE(ITPhone, get_LampMode, a->phone, 0, NULL);
    REFUSE(ITPhone, get_Display, a->phone, NULL);
    REFUSE(ITPhone, SetDisplay, a->phone, 0, 0, NULL);
    REFUSE(ITPhone, DeviceSpecific, a->phone, NULL, 4);
    REFUSE(ITPhone, NegotiateExtVersion, a->phone, 2, 5, NULL);
    REFUSE(ITAutomatedPhoneControl, get_Tone, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_Ringer, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_PhoneHandlingEnabled, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoEndOfNumberTimeout, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoDialtone, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoStopTonesOnOnHook, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoStopRingOnOffHook, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoKeypadTones, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoKeypadTonesMinimumDuration, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoVolumeControl, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoVolumeControlStep, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoVolumeControlRepeatDelay, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_AutoVolumeControlRepeatPeriod, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, SelectCall, a->control, NULL, VARIANT_FALSE);
    REFUSE(ITAutomatedPhoneControl, UnselectCall, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, EnumerateSelectedCalls, a->control, NULL);
    REFUSE(ITAutomatedPhoneControl, get_SelectedCalls, a->control, NULL);
    end(a);
}

TEST_BOTH(arguments_there_are_not)
{
    struct desk *a = begin();
    HRESULT expected = E_INVALIDARG;
    PHONE_HOOK_SWITCH_STATE hook;
    PHONE_BUTTON_FUNCTION function;
    PHONE_BUTTON_STATE state;
    PHONE_BUTTON_MODE mode;
    PHONE_LAMP_MODE lamp;
    IEnumTerminal *terminals;
    DWORD size;
    BYTE *bytes;
    LONG value;
    BSTR text;
    VARIANT list;

    REFUSE(ITPhone, Open, a->phone, (PHONE_PRIVILEGE)2);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    REFUSE(ITPhone, get_Terminals, a->phone, (ITAddress *)a->phone, &list);
    REFUSE(ITPhone, EnumerateTerminals, a->phone, (ITAddress *)a->phone, &terminals);
    REFUSE(ITPhone, get_PhoneCapsLong, a->phone, (PHONECAPS_LONG)9, &value);
    REFUSE(ITPhone, get_PhoneCapsLong, a->phone, (PHONECAPS_LONG)-1, &value);
    REFUSE(ITPhone, get_PhoneCapsString, a->phone, (PHONECAPS_STRING)3, &text);
    REFUSE(ITPhone, GetPhoneCapsBuffer, a->phone, (PHONECAPS_BUFFER)1, &size, &bytes);
    REFUSE(ITPhone, get_PhoneCapsBuffer, a->phone, (PHONECAPS_BUFFER)1, &list);
    REFUSE(ITPhone, put_ButtonMode, a->phone, 0, (PHONE_BUTTON_MODE)6);
    REFUSE(ITPhone, put_ButtonFunction, a->phone, 0, (PHONE_BUTTON_FUNCTION)99);
    REFUSE(ITPhone, get_HookSwitchState, a->phone, (PHONE_HOOK_SWITCH_DEVICE)0, &hook);
    REFUSE(ITPhone, put_HookSwitchState, a->phone, (PHONE_HOOK_SWITCH_DEVICE)8, PHSS_ONHOOK);
    REFUSE(ITPhone, put_HookSwitchState, a->phone, PHSD_HANDSET, (PHONE_HOOK_SWITCH_STATE)16);
    REFUSE(ITPhone, put_RingVolume, a->phone, -1);
    REFUSE(ITPhone, SetDisplay, a->phone, 1, 0, (text = SysAllocString(L"row")));
    SysFreeString(text);
    V_VT(&list) = VT_BSTR;
    V_BSTR(&list) = NULL;
    REFUSE(ITPhone, DeviceSpecificVariant, a->phone, list);
    REFUSE(ITAutomatedPhoneControl, StartTone, a->control, (PHONE_TONE)22, 0);
    REFUSE(ITAutomatedPhoneControl, StartRinger, a->control, SET_RINGS + 1, 0);
    REFUSE(ITAutomatedPhoneControl, StartRinger, a->control, 1, -1);
    REFUSE(ITAutomatedPhoneControl, put_AutoEndOfNumberTimeout, a->control, -1);
    REFUSE(ITAutomatedPhoneControl, put_AutoKeypadTonesMinimumDuration, a->control, -1);
    REFUSE(ITAutomatedPhoneControl, put_AutoVolumeControlStep, a->control, 0x10000);
    REFUSE(ITAutomatedPhoneControl, put_AutoVolumeControlRepeatDelay, a->control, 0);
    REFUSE(ITAutomatedPhoneControl, put_AutoVolumeControlRepeatPeriod, a->control, 0);
    REFUSE(ITAutomatedPhoneControl, SelectCall, a->control, (ITCallInfo *)a->phone, VARIANT_FALSE);
    REFUSE(ITAutomatedPhoneControl, UnselectCall, a->control, (ITCallInfo *)a->phone);
    expected = TAPI_E_INVALMODE;
    REFUSE(ITPhone, put_LampMode, a->phone, 0, (PHONE_LAMP_MODE)3);
    REFUSE(ITPhone, put_RingMode, a->phone, SET_RINGS);
    expected = TAPI_E_INVALBUTTONLAMPID;
    REFUSE(ITPhone, get_ButtonMode, a->phone, SET_BUTTONS, &mode);
    REFUSE(ITPhone, put_ButtonMode, a->phone, SET_BUTTONS, PBM_CALL);
    REFUSE(ITPhone, get_ButtonFunction, a->phone, SET_BUTTONS, &function);
    REFUSE(ITPhone, put_ButtonFunction, a->phone, SET_BUTTONS, PBF_HOLD);
    REFUSE(ITPhone, get_ButtonText, a->phone, SET_BUTTONS, &text);
    REFUSE(ITPhone, get_ButtonState, a->phone, SET_BUTTONS, &state);
    text = SysAllocString(L"text");
    REFUSE(ITPhone, put_ButtonText, a->phone, SET_BUTTONS, text);
    SysFreeString(text);
    REFUSE(ITPhone, get_LampMode, a->phone, SET_BUTTONS, &lamp);
    REFUSE(ITPhone, put_LampMode, a->phone, SET_BUTTONS, LM_STEADY);
    REFUSE(ITPhone, put_LampMode, a->phone, -1, LM_STEADY);
    end(a);
}

TEST_BOTH(what_the_set_does_not_have)
{
    struct desk *a = begin();
    HRESULT expected = TAPI_E_INVALHOOKSWITCHDEV;
    PHONE_HOOK_SWITCH_STATE state;

    sets_only_handset();
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    REFUSE(ITPhone, get_HookSwitchState, a->phone, PHSD_SPEAKERPHONE, &state);
    REFUSE(ITPhone, get_HookSwitchState, a->phone, PHSD_HEADSET, &state);
    CHECK_EQ(ITPhone_get_HookSwitchState(a->phone, PHSD_HANDSET, &state), S_OK);
    expected = TAPI_E_NOTSUPPORTED;
    REFUSE(ITAutomatedPhoneControl, StartRinger, a->control, 1, 0);
    REFUSE(ITAutomatedPhoneControl, StartTone, a->control, PT_BUSY, 0);
    end(a);
}

TEST_BOTH(what_a_provider_refuses)
{
    struct desk *a = begin();
    BYTE bytes[4] = {1, 2, 3, 4};

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    sets_answer(SET_REFUSES);
    change_the_set(a, TAPI_E_RESOURCEUNAVAIL);
    send_to_the_set(a, TAPI_E_RESOURCEUNAVAIL);
    sets_answer(SET_FAILS);
    change_the_set(a, TAPI_E_RESOURCEUNAVAIL);
    send_to_the_set(a, TAPI_E_RESOURCEUNAVAIL);
    sets_answer(SET_BROKEN);
    read_the_set(a, TAPI_E_WRONG_STATE);
    sets_answer(SET_WORKS);
    read_the_set_now(a);
    CHECK_EQ(ITPhone_DeviceSpecific(a->phone, bytes, sizeof(bytes)), S_OK);
    CHECK_EQ(bytes[0], 4); /* the answer is in the bytes */
    CHECK_EQ(bytes[3], 1);
    end(a);
}
