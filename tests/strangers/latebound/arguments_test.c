/* arguments_test.c - DISPPARAMS as Visual Basic, Delphi, .NET and Python fill them. */
#include "bound.h"

#define AUDIO   8
#define MISSING ((VARIANT){.vt = VT_ERROR, .scode = DISP_E_PARAMNOTFOUND})

static DISPID create_call;

/* CreateCall with these arguments gave a call, or the error. */
static HRESULT try_create(VARIANT *args, UINT count, DISPID *named, UINT named_count)
{
    HRESULT hr = bound_invoke(address, create_call, CALL, args, count, named, named_count);

    if (hr == S_OK && CHECK_EQ(outcome.value.vt, VT_DISPATCH)) {
        IDispatch *call = outcome.value.pdispVal;

        outcome.value.vt = VT_EMPTY;
        CHECK_EQ(bound_do(call, L"CallState", GET, NULL, 0), S_OK);
        CHECK_EQ(outcome.value.lVal, 0);
        IDispatch_Release(call);
    }
    return hr;
}

static void start(void)
{
    bound_start();
    create_call = bound_id(address, L"CreateCall");
}

TEST(arguments_by_place_by_name_and_both)
{
    start();
    VARIANT placed[] = {v_i4(AUDIO), v_i4(1), v_text(L"5550100")};
    VARIANT named[] = {v_text(L"5550100"), v_i4(AUDIO), v_i4(1)};
    VARIANT mixed[] = {v_i4(AUDIO), v_i4(1), v_text(L"5550100")};
    DISPID all[] = {0, 2, 1}, two[] = {2, 1}, twice[] = {2, 2}, beyond[] = {2, 9};

    CHECK_EQ(try_create(placed, 3, NULL, 0), S_OK);
    CHECK_EQ(try_create(named, 3, all, 3), S_OK);
    CHECK_EQ(try_create(mixed, 3, two, 2), S_OK);
    CHECK(FAILED(try_create(mixed, 3, twice, 2)));
    CHECK(FAILED(try_create(mixed, 3, beyond, 2)));
    bound_stop();
}

TEST(too_few_and_too_many_arguments)
{
    start();
    VARIANT args[] = {v_i4(AUDIO), v_i4(1), v_text(L"5550100"), v_text(L"5550100")};
    VARIANT left_out[] = {v_i4(AUDIO), MISSING, v_text(L"5550100")};

    CHECK_EQ(try_create(args, 0, NULL, 0), DISP_E_BADPARAMCOUNT);
    CHECK_EQ(try_create(args, 1, NULL, 0), DISP_E_BADPARAMCOUNT);
    CHECK_EQ(try_create(args + 1, 2, NULL, 0), DISP_E_BADPARAMCOUNT);
    CHECK_EQ(try_create(args, 4, NULL, 0), DISP_E_BADPARAMCOUNT);
    /* Nothing of TAPI's is optional: what is left out is missed. */
    CHECK_EQ(try_create(left_out, 3, NULL, 0), DISP_E_PARAMNOTOPTIONAL);
    CHECK_EQ(outcome.argument, 1);
    CHECK(FAILED(bound_do(tapi, L"EventFilter", PUT, NULL, 0)));
    bound_stop();
}

TEST(numbers_of_every_type)
{
    IDispatch *addresses, *item;
    CURRENCY money = {.int64 = 10000};
    VARIANT one[] = {
        {.vt = VT_I1, .cVal = 1},      {.vt = VT_UI1, .bVal = 1},     {.vt = VT_I2, .iVal = 1},
        {.vt = VT_UI2, .uiVal = 1},    {.vt = VT_I4, .lVal = 1},      {.vt = VT_UI4, .ulVal = 1},
        {.vt = VT_INT, .intVal = 1},   {.vt = VT_UINT, .uintVal = 1}, {.vt = VT_I8, .llVal = 1},
        {.vt = VT_UI8, .ullVal = 1},   {.vt = VT_R4, .fltVal = 1.0f}, {.vt = VT_R8, .dblVal = 1.0},
        {.vt = VT_CY, .cyVal = money}, {.vt = VT_DATE, .date = 1.0},  {.vt = VT_R8, .dblVal = 1.4},
    };
    VARIANT text, wrong[] = {{.vt = VT_R8, .dblVal = 1e20}, {.vt = VT_UI4, .ulVal = 0xFFFFFFFF}};
    DECIMAL decimal = {.Lo64 = 1};
    VARIANT large = {.decVal = decimal};

    start();
    addresses = bound_object(tapi, L"Addresses", NULL, 0);
    for (unsigned i = 0; i < ARRAYSIZE(one); i++) {
        if (bound_do(addresses, L"Item", VB, &one[i], 1) != S_OK)
            FAIL("Item(1) as VARTYPE %u is 0x%08x", one[i].vt, (unsigned)outcome.hr);
        else
            CHECK_EQ(outcome.value.vt, VT_DISPATCH);
    }
    large.vt = VT_DECIMAL;
    CHECK_EQ(bound_do(addresses, L"Item", VB, &large, 1), S_OK);
    text = v_text(L"1");
    CHECK_EQ(bound_do(addresses, L"Item", VB, &text, 1), S_OK);
    text = v_text(L"one");
    CHECK_EQ(bound_do(addresses, L"Item", VB, &text, 1), DISP_E_TYPEMISMATCH);
    CHECK_EQ(outcome.argument, 0);
    CHECK_EQ(bound_do(addresses, L"Item", VB, &wrong[0], 1), DISP_E_OVERFLOW);
    CHECK_EQ(outcome.argument, 0);
    CHECK(FAILED(bound_do(addresses, L"Item", VB, &wrong[1], 1)));
    /* the default property, as collection(1) */
    CHECK_EQ(bound_invoke(addresses, DISPID_VALUE, VB, one, 1, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.vt, VT_DISPATCH);
    item = bound_item(addresses, 1);
    IDispatch_Release(item);
    IDispatch_Release(addresses);
    bound_stop();
}

TEST(which_argument_is_of_a_wrong_type)
{
    start();
    VARIANT third[] = {v_text(L"audio"), v_i4(1), v_text(L"5550100")};
    VARIANT second[] = {v_i4(AUDIO), v_object(address), v_text(L"5550100")};
    VARIANT first[] = {v_i4(AUDIO), v_i4(1), v_object(address)};
    VARIANT null[] = {{.vt = VT_NULL}, v_i4(1), v_text(L"5550100")};

    CHECK_EQ(try_create(third, 3, NULL, 0), DISP_E_TYPEMISMATCH);
    CHECK_EQ(outcome.argument, 0);
    CHECK(FAILED(try_create(second, 3, NULL, 0))); /* an object without a value */
    CHECK_EQ(outcome.argument, 1);
    CHECK(FAILED(try_create(first, 3, NULL, 0)));
    CHECK_EQ(outcome.argument, 2);
    CHECK_EQ(try_create(null, 3, NULL, 0), DISP_E_TYPEMISMATCH);
    CHECK_EQ(outcome.argument, 0);
    bound_stop();
}

/* A number as text, and a number of a telephone. */
TEST(a_telephone_number_that_is_a_number)
{
    start();
    VARIANT args[] = {v_i4(AUDIO), v_i4(1), v_i4(5550100)};
    VARIANT empty[] = {v_i4(AUDIO), v_i4(1), {.vt = VT_EMPTY}};

    CHECK_EQ(try_create(args, 3, NULL, 0), S_OK);
    CHECK_EQ(try_create(empty, 3, NULL, 0), S_OK); /* "", as Empty is */
    bound_stop();
}

TEST(truth_of_every_type)
{
    IDispatch *call;
    VARIANT no[] = {{.vt = VT_BOOL, .boolVal = 0}, {.vt = VT_I4, .lVal = 0}, {.vt = VT_EMPTY}};
    VARIANT yes[] = {{.vt = VT_BOOL, .boolVal = -1}, {.vt = VT_BOOL, .boolVal = 1},
                     {.vt = VT_I4, .lVal = 1},       {.vt = VT_I2, .iVal = -1},
                     {.vt = VT_UI1, .bVal = 1},      {.vt = VT_R8, .dblVal = 1}};
    VARIANT code = v_i4(0), text;

    start();
    for (unsigned i = 0; i < ARRAYSIZE(yes); i++) {
        call = bound_new_call(L"5550100");
        CHECK_EQ(bound_do(call, L"Connect", CALL, &yes[i], 1), S_OK);
        CHECK_EQ(bound_do(call, L"CallState", GET, NULL, 0), S_OK);
        if (outcome.value.lVal != 2) /* CS_CONNECTED: it waited */
            FAIL("VARTYPE %u is not true", yes[i].vt);
        CHECK_EQ(bound_do(call, L"Disconnect", CALL, &code, 1), S_OK);
        IDispatch_Release(call);
    }
    for (unsigned i = 0; i < ARRAYSIZE(no); i++) {
        call = bound_new_call(L"5550199"); /* which nobody answers */
        bound_do(call, L"Connect", CALL, &no[i], 1);
        CHECK_EQ(outcome.argument, 77);
        bound_do(call, L"Disconnect", CALL, &code, 1);
        IDispatch_Release(call);
    }
    call = bound_new_call(L"5550100");
    text = v_text(L"True");
    CHECK_EQ(bound_do(call, L"Connect", CALL, &text, 1), S_OK);
    text = v_text(L"perhaps");
    CHECK_EQ(bound_do(call, L"Hold", CALL, &text, 1), DISP_E_TYPEMISMATCH);
    CHECK_EQ(bound_do(call, L"Disconnect", CALL, &code, 1), S_OK);
    IDispatch_Release(call);
    bound_stop();
}

/* Variables, which Visual Basic and VBScript pass by reference. */
TEST(arguments_by_reference)
{
    start();
    LONG type = 1, media = AUDIO;
    short small = 1;
    BSTR number = SysAllocString(L"5550100");
    VARIANT held[] = {v_i4(AUDIO), v_i4(1), v_text(L"5550100")}, untouched = v_text(L"5550100");
    VARIANT plain[] = {{.vt = VT_BYREF | VT_I4, .plVal = &media},
                       {.vt = VT_BYREF | VT_I4, .plVal = &type},
                       {.vt = VT_BYREF | VT_BSTR, .pbstrVal = &number}};
    VARIANT variants[] = {{.vt = VT_BYREF | VT_VARIANT, .pvarVal = &held[0]},
                          {.vt = VT_BYREF | VT_VARIANT, .pvarVal = &held[1]},
                          {.vt = VT_BYREF | VT_VARIANT, .pvarVal = &held[2]}};
    VARIANT converted[] = {v_i4(AUDIO),
                           {.vt = VT_BYREF | VT_I2, .piVal = &small},
                           {.vt = VT_BYREF | VT_VARIANT, .pvarVal = &untouched}};
    VARIANT bad_held = v_text(L"nonsense");
    VARIANT bad[] = {
        v_i4(AUDIO), {.vt = VT_BYREF | VT_VARIANT, .pvarVal = &bad_held}, v_text(L"5550100")};

    CHECK_EQ(try_create(plain, 3, NULL, 0), S_OK);
    CHECK_EQ(try_create(variants, 3, NULL, 0), S_OK);
    CHECK_EQ(try_create(converted, 3, NULL, 0), S_OK);
    CHECK_EQ(try_create(bad, 3, NULL, 0), DISP_E_TYPEMISMATCH);
    CHECK_EQ(outcome.argument, 1);
    CHECK_WSTR(number, L"5550100");
    CHECK_EQ(untouched.vt, VT_BSTR);
    CHECK_EQ(bad_held.vt, VT_BSTR);
    SysFreeString(number);
    bound_stop();
}

/* RegisterCallNotifications(pAddress, fMonitor, fOwner, lMediaTypes, lCallbackInstance) */
static HRESULT register_with(VARIANT object)
{
    VARIANT args[] = {v_i4(7), v_i4(AUDIO), v_bool(TRUE), v_bool(FALSE), object};
    HRESULT hr = bound_do(tapi, L"RegisterCallNotifications", CALL, args, 5);

    if (hr == S_OK) {
        VARIANT registration = v_i4(outcome.value.lVal);

        CHECK_EQ(bound_do(tapi, L"UnregisterNotifications", CALL, &registration, 1), S_OK);
    }
    return hr;
}

TEST(objects_as_arguments)
{
    IUnknown *unknown = NULL;
    IDispatch *call;
    VARIANT held;

    start();
    REQUIRE_EQ(IDispatch_QueryInterface(address, &iid_unknown, (void **)&unknown), S_OK);
    held = v_object(address);
    call = bound_new_call(L"5550100");
    CHECK_EQ(register_with(v_object(address)), S_OK);
    CHECK_EQ(register_with((VARIANT){.vt = VT_UNKNOWN, .punkVal = unknown}), S_OK);
    CHECK_EQ(register_with((VARIANT){.vt = VT_BYREF | VT_DISPATCH, .ppdispVal = &address}), S_OK);
    CHECK_EQ(register_with((VARIANT){.vt = VT_BYREF | VT_UNKNOWN, .ppunkVal = &unknown}), S_OK);
    CHECK_EQ(register_with((VARIANT){.vt = VT_BYREF | VT_VARIANT, .pvarVal = &held}), S_OK);
    /* Nothing, and what is no Address */
    CHECK_EQ(register_with(v_object(NULL)), E_POINTER);
    CHECK_EQ(register_with((VARIANT){.vt = VT_UNKNOWN, .punkVal = NULL}), E_POINTER);
    CHECK_EQ(register_with((VARIANT){.vt = VT_EMPTY}), DISP_E_TYPEMISMATCH);
    CHECK_EQ(outcome.argument, 4);
    CHECK_EQ(register_with((VARIANT){.vt = VT_NULL}), DISP_E_TYPEMISMATCH);
    CHECK_EQ(register_with(v_i4(0)), DISP_E_TYPEMISMATCH);
    CHECK_EQ(register_with(v_text(L"101")), DISP_E_TYPEMISMATCH);
    CHECK_EQ(register_with(v_object(call)), DISP_E_TYPEMISMATCH);
    CHECK_EQ(outcome.argument, 4);
    IDispatch_Release(call);
    IUnknown_Release(unknown);
    bound_stop();
}

/* [out] parameters that are no results: by reference. */
TEST(results_in_arguments)
{
    IDispatch *forward;
    BSTR destination = NULL, caller = NULL;
    VARIANT set[] = {v_text(L""), v_text(L"102"), v_i4(1)}; /* LINEFORWARDMODE_UNCOND */
    VARIANT get[] = {{.vt = VT_BYREF | VT_BSTR, .pbstrVal = &caller},
                     {.vt = VT_BYREF | VT_BSTR, .pbstrVal = &destination},
                     v_i4(1)};
    VARIANT by_value[] = {v_text(L"x"), v_text(L"y"), v_i4(1)};

    start();
    forward = bound_object(address, L"CreateForwardInfoObject", NULL, 0);
    CHECK_EQ(bound_do(forward, L"SetForwardType", CALL, set, 3), S_OK);
    CHECK_EQ(bound_do(forward, L"GetForwardType", CALL, get, 3), S_OK);
    CHECK_WSTR(destination, L"102");
    CHECK(caller == NULL || caller[0] == 0);
    SysFreeString(destination);
    SysFreeString(caller);
    bound_do(forward, L"GetForwardType", CALL, by_value, 3); /* nowhere to put them: no crash */
    IDispatch_Release(forward);
    bound_stop();
}
