/* threads_test.c - one Phone in the hands of many threads, while its set tells things, its provider
 * closes it, and a call comes and goes; and a provider whose structures are not what they say. */
#include <process.h>

#include "tests/com/phone/phone.h"
#include "tests/com/phone/sets.h"

#define THREADS 8
#define ROUNDS  200

struct work {
    struct desk *desk;
    ITCallInfo *call;
    volatile LONG left;
};

/* What a method of a phone may say that others open and close. */
static void check_result(HRESULT hr)
{
    static const HRESULT known[] = {
        S_OK,         TAPI_E_PHONENOTOPEN,    TAPI_E_ALLOCATED,      TAPI_E_NOTOWNER,
        TAPI_E_INUSE, TAPI_E_CALLNOTSELECTED, TAPI_E_OPERATIONFAILED};

    for (unsigned i = 0; i < ARRAYSIZE(known); i++)
        if (hr == known[i])
            return;
    FAIL("0x%lx", hr);
}

static void one_round(struct work *work, unsigned round)
{
    ITAutomatedPhoneControl *control = work->desk->control;
    ITPhone *phone = work->desk->phone;
    VARIANT list;
    LONG value;
    BSTR text = NULL;

    check_result(ITPhone_Open(phone, round % 4 ? PP_OWNER : PP_MONITOR));
    check_result(ITPhone_get_RingMode(phone, &value));
    check_result(ITPhone_put_LampMode(phone, round % SET_BUTTONS, LM_STEADY));
    check_result(ITPhone_get_ButtonText(phone, 1, &text));
    SysFreeString(text);
    check_result(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(control, round % 2 ? -1 : 0));
    check_result(ITAutomatedPhoneControl_SelectCall(control, work->call, VARIANT_FALSE));
    check_result(ITAutomatedPhoneControl_StartRinger(control, 1, 5));
    check_result(ITAutomatedPhoneControl_get_SelectedCalls(control, &list));
    VariantClear(&list);
    check_result(ITAutomatedPhoneControl_UnselectCall(control, work->call));
    check_result(ITAutomatedPhoneControl_StopRinger(control));
    if (round % 3 == 0)
        check_result(ITPhone_Close(phone));
}

static unsigned __stdcall worker(void *context)
{
    struct work *work = context;

    CHECK_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    for (unsigned i = 0; i < ROUNDS; i++)
        one_round(work, i);
    CoUninitialize();
    InterlockedDecrement(&work->left);
    return 0;
}

/* The set does not stand still, either; now and then its handle is one that was closed. */
static void tell(unsigned round)
{
    static const DWORD states[] = {PHONESTATE_DISPLAY, PHONESTATE_RINGVOLUME,
                                   PHONESTATE_CAPSCHANGE};

    if (round % 2)
        set_lift();
    else
        set_hang_up();
    set_press(5);
    set_says(PHONE_STATE, states[round % ARRAYSIZE(states)], 0, 0);
    set_let_go(5);
    if (round % 16 == 0)
        set_says(PHONE_CLOSE, 0, 0, 0);
}

TEST_BOTH(many_threads_with_one_phone)
{
    HANDLE threads[THREADS];
    ITBasicCallControl *call;
    struct work work;

    REQUIRE(sets_load(FALSE));
    work.desk = desk_open(L"101", L"101");
    call = client_create_call(work.desk->client, L"102");
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&work.call), S_OK);
    set_button(5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE);
    work.left = THREADS;
    for (unsigned i = 0; i < THREADS; i++)
        threads[i] = (HANDLE)_beginthreadex(NULL, 0, worker, &work, 0, NULL);
    for (unsigned i = 0; work.left; i++) {
        tell(i);
        wait_pumping(threads[0], 1);
    }
    WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE);
    for (unsigned i = 0; i < THREADS; i++)
        CloseHandle(threads[i]);
    ITCallInfo_Release(work.call);
    ITBasicCallControl_Release(call);
    desk_close(work.desk);
    sets_unload();
}

/* ---- a provider that lies -------------------------------------------------------------------- */

/* Whatever it is, it is a success with something there, or an error with nothing. */
static void check_text(HRESULT hr, BSTR text)
{
    CHECK((text != NULL) == SUCCEEDED(hr));
    SysFreeString(text);
}

static void look_at_everything(struct desk *a)
{
    PHONE_BUTTON_FUNCTION function;
    PHONE_HOOK_SWITCH_STATE hook;
    PHONE_BUTTON_STATE state;
    PHONE_BUTTON_MODE mode;
    PHONE_LAMP_MODE lamp;
    DWORD size = 0;
    BYTE *bytes = NULL;
    BSTR text = NULL;
    VARIANT list;
    HRESULT hr;
    LONG value;

    for (LONG which = PCL_HOOKSWITCHES; which <= PCL_GENERICPHONE; which++)
        ITPhone_get_PhoneCapsLong(a->phone, (PHONECAPS_LONG)which, &value);
    for (LONG which = PCS_PHONENAME; which <= PCS_PROVIDERINFO; which++) {
        hr = ITPhone_get_PhoneCapsString(a->phone, (PHONECAPS_STRING)which, &text);
        check_text(hr, text);
    }
    hr = ITPhone_GetPhoneCapsBuffer(a->phone, PCB_DEVSPECIFICBUFFER, &size, &bytes);
    CHECK((bytes != NULL) == SUCCEEDED(hr));
    CHECK(size < 0x10000);
    CoTaskMemFree(bytes);
    ITPhone_get_PhoneCapsBuffer(a->phone, PCB_DEVSPECIFICBUFFER, &list);
    VariantClear(&list);
    hr = ITPhone_get_Display(a->phone, &text);
    check_text(hr, text);
    for (LONG button = 0; button <= SET_BUTTONS; button++) {
        hr = ITPhone_get_ButtonText(a->phone, button, &text);
        check_text(hr, text);
        ITPhone_get_ButtonMode(a->phone, button, &mode);
        ITPhone_get_ButtonFunction(a->phone, button, &function);
        ITPhone_get_ButtonState(a->phone, button, &state);
        ITPhone_get_LampMode(a->phone, button, &lamp);
        text = SysAllocString(L"text");
        ITPhone_put_ButtonText(a->phone, button, text);
        SysFreeString(text);
    }
    ITPhone_get_HookSwitchState(a->phone, PHSD_HANDSET, &hook);
    ITPhone_get_RingMode(a->phone, &value);
    ITPhone_get_RingVolume(a->phone, &value);
    ITPhone_get_Addresses(a->phone, &list);
    VariantClear(&list);
    ITPhone_get_Terminals(a->phone, a->client->address, &list);
    VariantClear(&list);
    ITPhone_NegotiateExtVersion(a->phone, 2, 5, &value);
    text = SysAllocString(L"text");
    ITPhone_SetDisplay(a->phone, 0, 0, text);
    SysFreeString(text);
}

TEST_BOTH(a_provider_that_lies)
{
    struct desk *a;

    REQUIRE(sets_load(FALSE));
    a = desk_open(L"101", L"101");
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    for (enum set_answer lie = SET_OUTSIDE; lie <= SET_POSITIVE; lie++) {
        sets_answer(lie);
        look_at_everything(a);
    }
    /* A set that tells nonsense. */
    sets_answer(SET_WORKS);
    set_says(PHONE_STATE, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF);
    set_says(PHONE_BUTTON, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF);
    set_says(PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, 77);
    set_says(PHONE_DEVSPECIFIC, (DWORD_PTR)-1, (DWORD_PTR)-1, (DWORD_PTR)-1);
    CHECK(desk_wait(a, "specific -1 -1 -1"));
    look_at_everything(a);
    desk_close(a);
    sets_unload();
}
