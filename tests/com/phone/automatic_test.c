/* automatic_test.c - ITAutomatedPhoneControl at a real desk set: properties, rings, selected calls.
 */
#include "tests/com/phone/phone.h"

#define BOTH_WAYS(name, value, wrong)                                                              \
    do {                                                                                           \
        LONG read = -1;                                                                            \
        CHECK_EQ(ITAutomatedPhoneControl_put_##name(a->control, value), S_OK);                     \
        CHECK_EQ(ITAutomatedPhoneControl_get_##name(a->control, &read), S_OK);                     \
        CHECK_EQ(read, value);                                                                     \
        CHECK_EQ(ITAutomatedPhoneControl_put_##name(a->control, wrong), E_INVALIDARG);             \
        CHECK_EQ(ITAutomatedPhoneControl_get_##name(a->control, NULL), E_POINTER);                 \
    } while (0)
#define SWITCHES(name, first)                                                                      \
    do {                                                                                           \
        VARIANT_BOOL read = 5;                                                                     \
        CHECK_EQ(ITAutomatedPhoneControl_get_##name(a->control, &read), S_OK);                     \
        CHECK_EQ(read, first);                                                                     \
        CHECK_EQ(ITAutomatedPhoneControl_put_##name(a->control, ~(first)), S_OK);                  \
        CHECK_EQ(ITAutomatedPhoneControl_get_##name(a->control, &read), S_OK);                     \
        CHECK_EQ(read, (VARIANT_BOOL) ~(first));                                                   \
        CHECK_EQ(ITAutomatedPhoneControl_get_##name(a->control, NULL), E_POINTER);                 \
    } while (0)

TEST_BOTH(properties)
{
    struct desk *a = desk_open(L"101", NULL);
    VARIANT_BOOL on;

    CHECK_EQ(ITAutomatedPhoneControl_put_AutoDialtone(a->control, VARIANT_TRUE),
             TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITAutomatedPhoneControl_get_AutoDialtone(a->control, &on), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Open(a->phone, PP_MONITOR), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE),
             TAPI_E_NOTOWNER);
    CHECK_EQ(ITPhone_Close(a->phone), S_OK);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    BOTH_WAYS(AutoEndOfNumberTimeout, 1500, -1);
    BOTH_WAYS(AutoKeypadTonesMinimumDuration, 70, -1);
    BOTH_WAYS(AutoVolumeControlStep, 1000, 0);
    BOTH_WAYS(AutoVolumeControlRepeatDelay, 300, 0);
    BOTH_WAYS(AutoVolumeControlRepeatPeriod, 50, 0);
    SWITCHES(AutoDialtone, VARIANT_TRUE);
    SWITCHES(AutoStopTonesOnOnHook, VARIANT_TRUE);
    SWITCHES(AutoStopRingOnOffHook, VARIANT_TRUE);
    SWITCHES(AutoKeypadTones, VARIANT_TRUE);
    SWITCHES(AutoVolumeControl, VARIANT_TRUE);
    SWITCHES(PhoneHandlingEnabled, VARIANT_FALSE);
    desk_close(a);
}

TEST_BOTH(rings_and_tones)
{
    struct desk *a = desk_open(L"101", NULL);
    PHONE_TONE tone;
    VARIANT_BOOL ringing = 5;

    CHECK_EQ(ITAutomatedPhoneControl_StartRinger(a->control, 2, 0), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_BUSY, 0), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_StartRinger(a->control, 99, 0), E_INVALIDARG);
    CHECK_EQ(ITAutomatedPhoneControl_StartRinger(a->control, 2, 0), S_OK);
    CHECK(desk_wait_ring(L"101", 2));
    CHECK_EQ(ITAutomatedPhoneControl_get_Ringer(a->control, &ringing), S_OK);
    CHECK_EQ(ringing, VARIANT_TRUE);
    CHECK_EQ(ITAutomatedPhoneControl_StopRinger(a->control), S_OK);
    CHECK(desk_wait_ring(L"101", 0));
    CHECK_EQ(ITAutomatedPhoneControl_get_Ringer(a->control, &ringing), S_OK);
    CHECK_EQ(ringing, VARIANT_FALSE);
    CHECK_EQ(ITAutomatedPhoneControl_get_Ringer(a->control, NULL), E_POINTER);
    /* It ends by itself, or when somebody lifts the handset. */
    CHECK_EQ(ITAutomatedPhoneControl_StartRinger(a->control, 3, 40), S_OK);
    CHECK(desk_wait(a, "ring 3"));
    CHECK(desk_wait(a, "ring 0"));
    CHECK_EQ(ITAutomatedPhoneControl_StartRinger(a->control, 4, 0), S_OK);
    CHECK(desk_wait(a, "ring 4"));
    desk_lift(L"101");
    CHECK(desk_wait(a, "ring 0"));
    desk_hang_up(L"101");

    /* This set has no wave device. */
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_BUSY, 0), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, (PHONE_TONE)99, 0), E_INVALIDARG);
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_SILENCE, 0), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_StopTone(a->control), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_get_Tone(a->control, &tone), S_OK);
    CHECK_EQ(tone, PT_SILENCE);
    CHECK_EQ(ITAutomatedPhoneControl_get_Tone(a->control, NULL), E_POINTER);
    desk_close(a);
}

static LONG selected_count(struct desk *desk)
{
    VARIANT list;
    LONG count = -1;

    CHECK_EQ(ITAutomatedPhoneControl_get_SelectedCalls(desk->control, &list), S_OK);
    CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&list), &count), S_OK);
    VariantClear(&list);
    return count;
}

static LONG inject(const WCHAR *to)
{
    ISimPBX *exchange = client_exchange();
    BSTR from = SysAllocString(L"5559876"), name = SysAllocString(L"Visitor");
    BSTR target = SysAllocString(to);
    LONG id = 0;

    CHECK_EQ(ISimPBX_Inject(exchange, from, name, target, &id), S_OK);
    SysFreeString(from);
    SysFreeString(name);
    SysFreeString(target);
    ISimPBX_Release(exchange);
    return id;
}

static bool none_selected(void *context)
{
    return selected_count(context) == 0;
}

/* Calls of 103, which has no phone, are answered and ended at the set of 101. */
TEST_BOTH(selected_calls_are_answered_and_dropped)
{
    struct desk *a = desk_open(L"101", L"103");
    ITBasicCallControl *call;
    IEnumCall *calls = NULL;
    ITCallInfo *info = NULL, *other = NULL;

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE), S_OK);
    inject(L"103");
    CHECK(client_wait(a->client, "state offering"));
    call = client_offered(a->client);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_UnselectCall(a->control, info), TAPI_E_CALLNOTSELECTED);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, NULL, VARIANT_FALSE), E_POINTER);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, (ITCallInfo *)a->phone, VARIANT_FALSE),
             E_INVALIDARG);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_FALSE), S_OK);
    CHECK_EQ(selected_count(a), 1);
    CHECK_EQ(ITAutomatedPhoneControl_get_SelectedCalls(a->control, NULL), E_POINTER);
    CHECK_EQ(ITAutomatedPhoneControl_EnumerateSelectedCalls(a->control, NULL), E_POINTER);
    CHECK_EQ(ITAutomatedPhoneControl_EnumerateSelectedCalls(a->control, &calls), S_OK);
    CHECK_EQ(IEnumCall_Next(calls, 1, &other, NULL), S_OK);
    CHECK(other == info);
    ITCallInfo_Release(other);
    IEnumCall_Release(calls);
    CHECK(desk_wait(a, "ring 1")); /* it rings for that call */
    desk_lift(L"101");
    CHECK(desk_wait(a, "answer"));
    CHECK(client_wait(a->client, "state connected"));
    desk_hang_up(L"101");
    CHECK(desk_wait(a, "disconnect"));
    CHECK(client_wait(a->client, "state disconnected normal"));
    CHECK(wait_until(none_selected, a, a->client->changed, WAIT_LONG));
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_FALSE),
             TAPI_E_INVALCALLSTATE);
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(call);
    desk_close(a);
}

TEST_BOTH(unselected_calls_are_left_alone)
{
    struct desk *a = desk_open(L"101", L"103");
    ITBasicCallControl *call;
    ITCallInfo *info = NULL;

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE), S_OK);
    inject(L"103");
    CHECK(client_wait(a->client, "state offering"));
    call = client_offered(a->client);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_FALSE), S_OK);
    CHECK(desk_wait(a, "ring 1"));
    CHECK_EQ(ITAutomatedPhoneControl_UnselectCall(a->control, info), S_OK);
    CHECK_EQ(selected_count(a), 0);
    CHECK(desk_wait(a, "ring 0"));
    CHECK_EQ(client_state(call), CS_OFFERING);
    CHECK_EQ(ITPhone_Close(a->phone), S_OK);
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(call);
    desk_close(a);
}

TEST_BOTH(numbers_are_gathered)
{
    struct desk *a = desk_open(L"101", NULL);

    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoEndOfNumberTimeout(a->control, 0), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE), S_OK);
    desk_lift(L"101");
    desk_press(L"101", L"4");
    CHECK(desk_wait(a, "dialing"));
    desk_press(L"101", L"2");
    desk_press(L"101", L"#");
    CHECK(desk_wait(a, "number 42"));
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoEndOfNumberTimeout(a->control, 30), S_OK);
    desk_press(L"101", L"7");
    CHECK(desk_wait(a, "number 7")); /* by time */
    desk_hang_up(L"101");
    desk_close(a);
}
