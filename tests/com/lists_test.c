/* lists_test.c - enumerators and collections: one implementation, so every IEnumX is tried over it.
 */
#include "tests/com/client.h"

TEST_BOTH(addresses_enumerated)
{
    struct client *a = client_open(NULL);
    IEnumAddress *all = NULL, *copy = NULL;
    ITAddress *items[6];
    ULONG fetched, i;

    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(a->tapi, &all), S_OK);
    POISON(fetched);
    CHECK_EQ(IEnumAddress_Next(all, 2, items, &fetched), S_OK);
    REQUIRE_EQ(fetched, 2);
    ITAddress_Release(items[0]);
    ITAddress_Release(items[1]);
    CHECK_EQ(IEnumAddress_Clone(all, &copy), S_OK);
    CHECK_EQ(IEnumAddress_Next(all, 6, items, &fetched), S_FALSE);
    REQUIRE_EQ(fetched, 2);
    ITAddress_Release(items[0]);
    ITAddress_Release(items[1]);
    CHECK_EQ(IEnumAddress_Next(all, 1, items, NULL), S_FALSE);
    CHECK_EQ(IEnumAddress_Skip(copy, 1), S_OK); /* the copy stands where the original stood */
    CHECK_EQ(IEnumAddress_Skip(copy, 5), S_FALSE);
    CHECK_EQ(IEnumAddress_Reset(copy), S_OK);
    CHECK_EQ(IEnumAddress_Skip(copy, 3), S_OK);
    CHECK_EQ(IEnumAddress_Next(copy, 1, items, NULL), S_OK);
    ITAddress_Release(items[0]);
    CHECK_EQ(IEnumAddress_Next(copy, 2, items, NULL), E_POINTER);
    CHECK_EQ(IEnumAddress_Next(copy, 1, NULL, &fetched), E_POINTER);
    CHECK_EQ(fetched, 0);
    /* The same object each time. */
    for (i = 0; i < 2; i++) {
        CHECK_EQ(IEnumAddress_Reset(copy), S_OK);
        CHECK_EQ(IEnumAddress_Next(copy, 1, &items[i], NULL), S_OK);
        ITAddress_Release(items[i]);
    }
    CHECK(items[0] == items[1]);
    IEnumAddress_Release(copy);
    IEnumAddress_Release(all);
    client_close(a);
}

TEST_BOTH(a_collection_of_addresses)
{
    struct client *a = client_open(NULL);
    ITCollection *collection;
    VARIANT variant, item;
    IUnknown *unknown = NULL;
    IEnumVARIANT *values = NULL;
    ULONG fetched;
    LONG count, seen = 0;

    REQUIRE_EQ(ITTAPI2_get_Addresses(a->tapi, &variant), S_OK);
    collection = (ITCollection *)V_DISPATCH(&variant);
    CHECK_EQ(ITCollection_get_Count(collection, &count), S_OK);
    CHECK_EQ(count, 4);
    CHECK_EQ(ITCollection_get_Item(collection, 0, &item), E_INVALIDARG);
    CHECK_EQ(V_VT(&item), VT_EMPTY);
    CHECK_EQ(ITCollection_get_Item(collection, 5, &item), E_INVALIDARG);
    CHECK(strstr(client_error_text(), "counted from 1") != NULL);
    CHECK_EQ(ITCollection_get_Item(collection, 1, &item), S_OK);
    CHECK_EQ(V_VT(&item), VT_DISPATCH);
    VariantClear(&item);
    CHECK_EQ(ITCollection_get__NewEnum(collection, &unknown), S_OK);
    REQUIRE_EQ(IUnknown_QueryInterface(unknown, &IID_IEnumVARIANT, (void **)&values), S_OK);
    IUnknown_Release(unknown);
    while (IEnumVARIANT_Next(values, 1, &item, &fetched) == S_OK) {
        seen++;
        VariantClear(&item);
    }
    CHECK_EQ(seen, 4);
    CHECK_EQ(IEnumVARIANT_Reset(values), S_OK);
    CHECK_EQ(IEnumVARIANT_Skip(values, 4), S_OK);
    CHECK_EQ(IEnumVARIANT_Skip(values, 1), S_FALSE);
    IEnumVARIANT_Release(values);
    VariantClear(&variant);
    client_close(a);
}

TEST_BOTH(a_collection_of_ones_own)
{
    struct client *a = client_open(L"101");
    ITCollection2 *collection = NULL;
    IEnumVARIANT *values = NULL;
    IUnknown *unknown = NULL;
    VARIANT number, text, item;
    LONG count;

    REQUIRE_EQ(ITTAPI2_CreateEmptyCollectionObject(a->tapi, &collection), S_OK);
    V_VT(&number) = VT_I4;
    V_I4(&number) = 7;
    V_VT(&text) = VT_BSTR;
    V_BSTR(&text) = SysAllocString(L"seven");
    CHECK_EQ(ITCollection2_Add(collection, 2, &number), E_INVALIDARG);
    CHECK_EQ(ITCollection2_Add(collection, 1, NULL), E_POINTER);
    CHECK_EQ(ITCollection2_Add(collection, 1, &number), S_OK);
    CHECK_EQ(ITCollection2_Add(collection, 1, &text), S_OK);
    CHECK_EQ(ITCollection2_get_Count(collection, &count), S_OK);
    CHECK_EQ(count, 2);
    CHECK_EQ(ITCollection2_get_Item(collection, 2, &item), S_OK);
    CHECK_EQ(V_VT(&item), VT_I4);
    CHECK_EQ(V_I4(&item), 7);
    REQUIRE_EQ(ITCollection2_get__NewEnum(collection, &unknown), S_OK);
    CHECK_EQ(ITCollection2_Remove(collection, 3), E_INVALIDARG);
    CHECK_EQ(ITCollection2_Remove(collection, 1), S_OK);
    /* The enumerator was made before: it still has both. */
    REQUIRE_EQ(IUnknown_QueryInterface(unknown, &IID_IEnumVARIANT, (void **)&values), S_OK);
    CHECK_EQ(IEnumVARIANT_Next(values, 1, &item, NULL), S_OK);
    CHECK_EQ(V_VT(&item), VT_BSTR);
    CHECK_WSTR(V_BSTR(&item), L"seven");
    VariantClear(&item);
    CHECK_EQ(IEnumVARIANT_Skip(values, 1), S_OK);
    IEnumVARIANT_Release(values);
    IUnknown_Release(unknown);
    ITCollection2_Release(collection);
    VariantClear(&text);
    client_close(a);
}

TEST_BOTH(tones_by_collection)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITLegacyCallMediaControl2 *media = NULL;
    ITCollection2 *collection = NULL;
    ITDetectTone *tone = NULL;
    VARIANT item;
    LONG value;

    REQUIRE_EQ(
        ITBasicCallControl_QueryInterface(call, &IID_ITLegacyCallMediaControl2, (void **)&media),
        S_OK);
    REQUIRE_EQ(ITLegacyCallMediaControl2_CreateDetectToneObject(media, &tone), S_OK);
    CHECK_EQ(ITDetectTone_put_Frequency(tone, 1, 440), S_OK);
    CHECK_EQ(ITDetectTone_put_Frequency(tone, 4, 440), E_INVALIDARG);
    POISON(value);
    CHECK_EQ(ITDetectTone_get_Frequency(tone, 1, &value), S_OK);
    CHECK_EQ(value, 440);
    REQUIRE_EQ(ITTAPI2_CreateEmptyCollectionObject(a->tapi, &collection), S_OK);
    V_VT(&item) = VT_DISPATCH;
    V_DISPATCH(&item) = (IDispatch *)a->tapi;
    CHECK_EQ(ITCollection2_Add(collection, 1, &item), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTonesByCollection(media, collection),
             TAPI_E_INVALLIST);
    CHECK_EQ(ITCollection2_Remove(collection, 1), S_OK);
    V_DISPATCH(&item) = (IDispatch *)tone;
    CHECK_EQ(ITCollection2_Add(collection, 1, &item), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTonesByCollection(media, collection),
             TAPI_E_INVALCALLSTATE); /* well formed, but the call is idle */
    ITCollection2_Release(collection);
    ITDetectTone_Release(tone);
    ITLegacyCallMediaControl2_Release(media);
    ITBasicCallControl_Release(call);
    client_close(a);
}
