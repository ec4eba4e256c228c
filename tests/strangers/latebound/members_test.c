/* members_test.c - properties and methods with every kind of flag, members that are none,
 * collections in For Each, and failures in EXCEPINFO. */
#include "bound.h"

TEST(get_and_call_are_one_to_visual_basic)
{
    bound_start();
    CHECK_EQ(bound_do(tapi, L"Addresses", VB, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.vt, VT_DISPATCH);
    CHECK_EQ(bound_do(tapi, L"Addresses", GET, NULL, 0), S_OK);
    CHECK_EQ(bound_do(tapi, L"Addresses", CALL, NULL, 0), DISP_E_MEMBERNOTFOUND);
    CHECK_EQ(bound_do(tapi, L"Initialize", GET, NULL, 0), DISP_E_MEMBERNOTFOUND);
    CHECK_EQ(bound_do(tapi, L"CreateEmptyCollectionObject", VB, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.vt, VT_DISPATCH);
    bound_stop();
}

TEST(properties_are_put)
{
    VARIANT mask = v_i4(8), small = {.vt = VT_I2, .iVal = 4}, text, held = v_i4(12), by_ref;
    IDispatch *call;

    bound_start();
    text = v_text(L"9");
    by_ref = (VARIANT){.vt = VT_BYREF | VT_VARIANT, .pvarVal = &held};
    CHECK_EQ(bound_do(tapi, L"EventFilter", PUT, &mask, 1), S_OK);
    CHECK_EQ(bound_do(tapi, L"EventFilter", GET, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.vt, VT_I4);
    CHECK_EQ(outcome.value.lVal, 8);
    CHECK_EQ(bound_do(tapi, L"EventFilter", PUT, &small, 1), S_OK);
    CHECK_EQ(bound_do(tapi, L"EventFilter", PUT, &text, 1), S_OK);
    CHECK_EQ(bound_do(tapi, L"EventFilter", PUT, &by_ref, 1), S_OK);
    CHECK_EQ(bound_do(tapi, L"EventFilter", VB, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.lVal, 12);
    /* Set x.EventFilter = y, which no number has; and both at once, as Visual Basic does it when
     * it does not know */
    CHECK_EQ(bound_do(tapi, L"EventFilter", DISPATCH_PROPERTYPUTREF, &mask, 1),
             DISP_E_MEMBERNOTFOUND);
    CHECK_EQ(bound_do(tapi, L"EventFilter", PUT | DISPATCH_PROPERTYPUTREF, &mask, 1), S_OK);
    CHECK_EQ(bound_do(tapi, L"EventFilter", GET, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.lVal, 8);
    CHECK_EQ(bound_do(tapi, L"Addresses", PUT, &mask, 1), DISP_E_MEMBERNOTFOUND);
    /* a property with an argument: call.CallInfoLong(9) = 12, CIL_APPSPECIFIC needs a real call */
    call = bound_new_call(L"5550100");
    VARIANT pair[] = {v_i4(4), v_i4(1)}; /* CIL_BEARERMODE */
    CHECK_EQ(bound_do(call, L"CallInfoLong", PUT, pair, 2), S_OK);
    CHECK_EQ(bound_do(call, L"CallInfoLong", GET, pair + 1, 1), S_OK);
    CHECK_EQ(outcome.value.lVal, 4);
    IDispatch_Release(call);
    bound_stop();
}

TEST(members_that_are_none)
{
    static const DISPID none[] = {1,
                                  77,
                                  65000,
                                  131071,
                                  0x7fffffff,
                                  DISPID_UNKNOWN,
                                  DISPID_VALUE,
                                  DISPID_NEWENUM,
                                  DISPID_EVALUATE,
                                  DISPID_PROPERTYPUT};
    DISPPARAMS params = {NULL, NULL, 0, 0};
    VARIANT value;

    bound_start();
    VariantInit(&value);
    for (unsigned i = 0; i < ARRAYSIZE(none); i++)
        if (bound_invoke(tapi, none[i], VB, NULL, 0, NULL, 0) != DISP_E_MEMBERNOTFOUND)
            FAIL("DISPID %d gives 0x%08x", (int)none[i], (unsigned)outcome.hr);
    CHECK_EQ(IDispatch_Invoke(tapi, 65537, &iid_dispatch, 0, VB, &params, &value, NULL, NULL),
             DISP_E_UNKNOWNINTERFACE);
    CHECK(FAILED(IDispatch_Invoke(tapi, 65537, &iid_null, 0, VB, NULL, &value, NULL, NULL)));
    /* Who wants no result, no exception and no argument, passes none. */
    CHECK_EQ(IDispatch_Invoke(tapi, 65537, &iid_null, 0, VB, &params, NULL, NULL, NULL), S_OK);
    CHECK_EQ(IDispatch_Invoke(tapi, 65537, &iid_null, 0, VB, &params, &value, NULL, NULL), S_OK);
    CHECK_EQ(value.vt, VT_DISPATCH);
    VariantClear(&value);
    /* .NET passes a null IID where it means IID_NULL. */
    CHECK_EQ(IDispatch_Invoke(tapi, 65551, NULL, 0, GET, &params, &value, NULL, NULL), S_OK);
    bound_stop();
}

/* For Each: counts what comes, and asks each for a property when there is a name. */
static unsigned for_each(IDispatch *collection, const WCHAR *name)
{
    IEnumVARIANT *all = NULL, *again = NULL;
    VARIANT item, items[4];
    unsigned count = 0;
    ULONG fetched;

    REQUIRE_EQ(bound_invoke(collection, DISPID_NEWENUM, VB, NULL, 0, NULL, 0), S_OK);
    REQUIRE_EQ(outcome.value.vt, VT_UNKNOWN);
    REQUIRE_EQ(IUnknown_QueryInterface(outcome.value.punkVal, &iid_enum_variant, (void **)&all),
               S_OK);
    VariantInit(&item);
    while (IEnumVARIANT_Next(all, 1, &item, NULL) == S_OK) {
        count++;
        if (name && CHECK_EQ(item.vt, VT_DISPATCH))
            CHECK_EQ(bound_do(item.pdispVal, name, GET, NULL, 0), S_OK);
        VariantClear(&item);
    }
    CHECK_EQ(IEnumVARIANT_Reset(all), S_OK);
    CHECK_EQ(IEnumVARIANT_Clone(all, &again), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(items); i++)
        VariantInit(&items[i]);
    CHECK(SUCCEEDED(IEnumVARIANT_Next(again, ARRAYSIZE(items), items, &fetched)));
    CHECK_EQ(fetched, count < ARRAYSIZE(items) ? count : ARRAYSIZE(items));
    for (unsigned i = 0; i < ARRAYSIZE(items); i++)
        VariantClear(&items[i]);
    CHECK_EQ(IEnumVARIANT_Skip(all, 1000), S_FALSE);
    IEnumVARIANT_Release(again);
    IEnumVARIANT_Release(all);
    CHECK_EQ(bound_do(collection, L"Count", GET, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.lVal, count);
    return count;
}

TEST(for_each_over_every_collection)
{
    static const struct {
        const WCHAR *property, *of_item;
        bool tapis;
        int count; /* -1: as many as there are */
    } collections[] = {
        {L"Addresses", L"AddressName", true, 2},   {L"CallHubs", L"NumCalls", true, -1},
        {L"Phones", L"Addresses", true, -1},       {L"Calls", L"CallState", false, 1},
        {L"DeviceClasses", NULL, false, -1},       {L"Locations", L"LocationName", false, -1},
        {L"CallingCards", L"CardName", false, -1},
    };
    IDispatch *call;
    VARIANT wait = v_bool(TRUE), code = v_i4(0);

    bound_start();
    call = bound_new_call(L"5550100");
    CHECK_EQ(bound_do(call, L"Connect", CALL, &wait, 1), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(collections); i++) {
        IDispatch *collection =
            bound_object(collections[i].tapis ? tapi : address, collections[i].property, NULL, 0);
        unsigned count = for_each(collection, collections[i].of_item);

        if (collections[i].count >= 0 && count != (unsigned)collections[i].count)
            FAIL("%ls has %u", collections[i].property, count);
        IDispatch_Release(collection);
    }
    CHECK_EQ(bound_do(call, L"Disconnect", CALL, &code, 1), S_OK);
    IDispatch_Release(call);
    bound_stop();
}

TEST(a_collection_of_ones_own)
{
    IDispatch *collection, *first;
    VARIANT held = v_object(NULL), add[2], index = v_i4(1), wrong = v_i4(2);

    bound_start();
    collection = bound_object(tapi, L"CreateEmptyCollectionObject", NULL, 0);
    held = v_object(address);
    /* Add's second parameter is a VARIANT*: by reference, or by value */
    add[0] = (VARIANT){.vt = VT_BYREF | VT_VARIANT, .pvarVal = &held};
    add[1] = v_i4(1);
    CHECK_EQ(bound_do(collection, L"Add", CALL, add, 2), S_OK);
    add[0] = v_object(address);
    CHECK_EQ(bound_do(collection, L"Add", CALL, add, 2), S_OK);
    add[0] = v_text(L"text");
    CHECK_EQ(bound_do(collection, L"Add", CALL, add, 2), S_OK);
    CHECK_EQ(for_each(collection, NULL), 3);
    CHECK_EQ(bound_do(collection, L"Remove", CALL, &index, 1), S_OK);
    first = bound_item(collection, 1);
    CHECK(first == address);
    IDispatch_Release(first);
    CHECK_EQ(bound_do(collection, L"Remove", CALL, &wrong, 1), S_OK);
    CHECK_EQ(bound_do(collection, L"Remove", CALL, &wrong, 1), E_INVALIDARG);
    CHECK_EQ(bound_do(tapi, L"SetCallHubTracking", CALL,
                      (VARIANT[]){v_bool(TRUE), v_object(collection)}, 2),
             E_INVALIDARG); /* it wants an array of addresses */
    IDispatch_Release(collection);
    bound_stop();
}

TEST(failures_in_words)
{
    IDispatch *call;
    VARIANT wait = v_bool(FALSE), bits = v_i4((LONG)0x80000000);

    bound_start();
    call = bound_new_call(L"5550100");
    CHECK_EQ(bound_invoke(call, bound_id(call, L"Answer"), VB, NULL, 0, NULL, 0), DISP_E_EXCEPTION);
    CHECK_EQ(outcome.exception.scode, 0x80040010);
    CHECK_EQ(outcome.exception.wCode, 0);
    CHECK(SysStringLen(outcome.exception.bstrDescription) > 20);
    CHECK_WSTR(outcome.exception.bstrSource, L"TAPI.TAPI.1");
    CHECK(outcome.exception.pfnDeferredFillIn == NULL);
    CHECK_EQ(bound_do(tapi, L"EventFilter", PUT, &bits, 1), E_INVALIDARG);
    CHECK(SysStringLen(outcome.exception.bstrDescription) > 20);
    /* What succeeds afterwards says nothing; what fails for another reason says that. */
    CHECK_EQ(bound_do(call, L"CallState", GET, NULL, 0), S_OK);
    CHECK(outcome.exception.bstrDescription == NULL);
    CHECK_EQ(bound_do(call, L"Connect", CALL, &wait, 1), S_OK);
    CHECK_EQ(bound_do(call, L"Connect", CALL, &wait, 1), 0x80040010);
    CHECK(outcome.exception.bstrDescription != NULL);
    IDispatch_Release(call);
    bound_stop();
}
