/* properties.c - every property of a phone event, through the vtable and by name: there in the
 * sub-events that have it, TAPI_E_WRONGEVENT in the others. Runs inside sinks. */
#include "tests/com/late.h"
#include "tests/com/phone/phone.h"

#define BIT(event) (1u << (event))

static void check_late(IDispatch *event, const WCHAR *name, HRESULT expected, LONG number)
{
    VARIANT value;

    if (!CHECK_EQ(late_get(event, name, NULL, 0, &value), expected))
        test_note("%ls by name", name);
    if (expected == S_OK && V_VT(&value) != VT_DISPATCH && V_VT(&value) != VT_BSTR) {
        CHECK_EQ(VariantChangeType(&value, &value, 0, VT_I4), S_OK);
        CHECK_EQ(V_I4(&value), number);
    }
    VariantClear(&value);
}

#define CHECK_NUMBER(name, type, events)                                                           \
    do {                                                                                           \
        type value;                                                                                \
                                                                                                   \
        POISON(value);                                                                             \
        hr = BIT(what) & (events) ? S_OK : TAPI_E_WRONGEVENT;                                      \
        CHECK_EQ(ITPhoneEvent_get_##name(phone_event, &value), hr);                                \
        if (FAILED(hr))                                                                            \
            CHECK_EQ((LONG)value, 0);                                                              \
        CHECK_EQ(ITPhoneEvent_get_##name(phone_event, NULL), E_POINTER);                           \
        check_late(event, L## #name, hr, (LONG)value);                                             \
    } while (0)

void phone_check_event(IDispatch *event)
{
    ITPhoneEvent *phone_event = (ITPhoneEvent *)event;
    PHONE_EVENT what = (PHONE_EVENT)99;
    ITCallInfo *call;
    ITPhone *phone;
    BSTR text;
    HRESULT hr;

    CHECK_EQ(ITPhoneEvent_get_Event(phone_event, &what), S_OK);
    CHECK_EQ(ITPhoneEvent_get_Event(phone_event, NULL), E_POINTER);
    check_late(event, L"Event", S_OK, what);

    POISON(phone);
    CHECK_EQ(ITPhoneEvent_get_Phone(phone_event, &phone), S_OK);
    CHECK_EQ(ITPhoneEvent_get_Phone(phone_event, NULL), E_POINTER);
    ITPhone_Release(phone);
    check_late(event, L"Phone", S_OK, 0);

    CHECK_NUMBER(ButtonState, PHONE_BUTTON_STATE, BIT(PE_BUTTON));
    CHECK_NUMBER(HookSwitchState, PHONE_HOOK_SWITCH_STATE, BIT(PE_HOOKSWITCH));
    CHECK_NUMBER(HookSwitchDevice, PHONE_HOOK_SWITCH_DEVICE, BIT(PE_HOOKSWITCH));
    CHECK_NUMBER(RingMode, LONG, BIT(PE_RINGMODE));
    CHECK_NUMBER(ButtonLampId, LONG, BIT(PE_BUTTON) | BIT(PE_LAMPMODE));

    POISON(text);
    hr = what == PE_NUMBERGATHERED ? S_OK : TAPI_E_WRONGEVENT;
    CHECK_EQ(ITPhoneEvent_get_NumberGathered(phone_event, &text), hr);
    CHECK((text != NULL) == SUCCEEDED(hr));
    SysFreeString(text);
    CHECK_EQ(ITPhoneEvent_get_NumberGathered(phone_event, NULL), E_POINTER);
    check_late(event, L"NumberGathered", hr, 0);

    POISON(call);
    hr = what == PE_ANSWER || what == PE_DISCONNECT ? S_OK : TAPI_E_WRONGEVENT;
    CHECK_EQ(ITPhoneEvent_get_Call(phone_event, &call), hr);
    CHECK((call != NULL) == SUCCEEDED(hr));
    if (call)
        ITCallInfo_Release(call);
    CHECK_EQ(ITPhoneEvent_get_Call(phone_event, NULL), E_POINTER);
    check_late(event, L"Call", hr, 0);
}

void phone_check_device_event(IDispatch *event, LONG parameters[3])
{
    ITPhoneDeviceSpecificEvent *specific = (ITPhoneDeviceSpecificEvent *)event;
    ITPhone *phone;

    POISON(phone);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_Phone(specific, &phone), S_OK);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_Phone(specific, NULL), E_POINTER);
    ITPhone_Release(phone);
    check_late(event, L"Phone", S_OK, 0);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_lParam1(specific, &parameters[0]), S_OK);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_lParam2(specific, &parameters[1]), S_OK);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_lParam3(specific, &parameters[2]), S_OK);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_lParam1(specific, NULL), E_POINTER);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_lParam2(specific, NULL), E_POINTER);
    CHECK_EQ(ITPhoneDeviceSpecificEvent_get_lParam3(specific, NULL), E_POINTER);
    check_late(event, L"lParam1", S_OK, parameters[0]);
    check_late(event, L"lParam2", S_OK, parameters[1]);
    check_late(event, L"lParam3", S_OK, parameters[2]);
}
