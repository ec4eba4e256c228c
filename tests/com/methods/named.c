/* named.c - members by their names, and values; see methods.h. */
#include "tests/com/methods/methods.h"

#include <stdarg.h>

#define ARGUMENTS 8

static HRESULT named(void *object, const WCHAR *name, int kind, VARIANT *result, const char *how,
                     va_list list)
{
    VARIANT arguments[ARGUMENTS];
    UINT count = (UINT)strlen(how), i;
    HRESULT hr;

    REQUIRE(count <= ARGUMENTS);
    for (i = 0; i < count; i++) {
        VARIANT *to = &arguments[count - 1 - i]; /* IDispatch has the last one first */

        switch (how[i]) {
        case 'l':
            *to = late_i4(va_arg(list, LONG));
            break;
        case 'b':
            *to = late_bool(va_arg(list, BOOL));
            break;
        case 's':
            *to = late_bstr(va_arg(list, const WCHAR *));
            break;
        case 'o':
            *to = late_object(va_arg(list, void *));
            break;
        case 'p':
            V_VT(to) = VT_BYREF | VT_UI1;
            V_UI1REF(to) = va_arg(list, BYTE *);
            break;
        case 'L':
            V_VT(to) = VT_BYREF | VT_I4;
            V_I4REF(to) = va_arg(list, LONG *);
            break;
        case 'S':
            V_VT(to) = VT_BYREF | VT_BSTR;
            V_BSTRREF(to) = va_arg(list, BSTR *);
            break;
        case 'U':
            V_VT(to) = VT_BYREF | VT_UNKNOWN;
            V_UNKNOWNREF(to) = va_arg(list, IUnknown **);
            break;
        default:
            *to = *va_arg(list, VARIANT *);
            break;
        }
    }
    if (kind == DISPATCH_PROPERTYPUT)
        hr = late_put(object, name, arguments, count);
    else if (kind == DISPATCH_PROPERTYGET)
        hr = late_get(object, name, arguments, count, result);
    else
        hr = late_call(object, name, arguments, count, result);
    for (i = 0; i < count; i++)
        if (how[i] == 's')
            VariantClear(&arguments[count - 1 - i]);
    return hr;
}

HRESULT named_call(void *object, const WCHAR *name, VARIANT *result, const char *how, ...)
{
    va_list list;
    HRESULT hr;

    va_start(list, how);
    hr = named(object, name, DISPATCH_METHOD, result, how, list);
    va_end(list);
    return hr;
}

HRESULT named_get(void *object, const WCHAR *name, VARIANT *result, const char *how, ...)
{
    va_list list;
    HRESULT hr;

    va_start(list, how);
    hr = named(object, name, DISPATCH_PROPERTYGET, result, how, list);
    va_end(list);
    return hr;
}

HRESULT named_put(void *object, const WCHAR *name, const char *how, ...)
{
    va_list list;
    HRESULT hr;

    va_start(list, how);
    hr = named(object, name, DISPATCH_PROPERTYPUT, NULL, how, list);
    va_end(list);
    return hr;
}

bool collection_has(VARIANT *collection, LONG count)
{
    bool right = V_VT(collection) == VT_DISPATCH && V_DISPATCH(collection) &&
                 late_number(V_DISPATCH(collection), L"Count") == count;

    VariantClear(collection);
    return right;
}

/* TAPI's enumerators have Next, Reset, Skip, Clone; COM's own Skip before Reset. */
static LONG enumerator_count(IUnknown *enumerator)
{
    IEnumUnknown *com = NULL;
    LONG count = 0;

    if (IUnknown_QueryInterface(enumerator, &IID_IEnumUnknown, (void **)&com) == S_OK) {
        while (IEnumUnknown_Skip(com, 1) == S_OK)
            count++;
        IEnumUnknown_Release(com);
    } else {
        while (IEnumAddress_Skip((IEnumAddress *)enumerator, 1) == S_OK)
            count++;
    }
    return count;
}

bool named_list_at(const char *file, int line, void *object, const WCHAR *name, LONG count,
                   const char *how, ...)
{
    bool enumerates = !wcsncmp(name, L"Enumerate", 9);
    VARIANT result;
    va_list list;
    HRESULT hr;
    LONG got = -1;

    va_start(list, how);
    hr = named(object, name, enumerates ? DISPATCH_METHOD : DISPATCH_PROPERTYGET, &result, how,
               list);
    va_end(list);
    if (hr != S_OK)
        return test_fail(file, line, "%ls by name: 0x%08lx", name, hr);
    if (enumerates && V_VT(&result) == VT_UNKNOWN && V_UNKNOWN(&result))
        got = enumerator_count(V_UNKNOWN(&result));
    else if (!enumerates && V_VT(&result) == VT_DISPATCH)
        got = late_number(V_DISPATCH(&result), L"Count");
    VariantClear(&result);
    return got == count || test_fail(file, line, "%ls has %ld items, not %ld", name, got, count);
}

VARIANT bytes_variant(const void *bytes, ULONG size)
{
    VARIANT value;
    void *data;

    V_VT(&value) = VT_ARRAY | VT_UI1;
    V_ARRAY(&value) = SafeArrayCreateVector(VT_UI1, 0, size);
    REQUIRE(V_ARRAY(&value) && SafeArrayAccessData(V_ARRAY(&value), &data) == S_OK);
    memcpy(data, bytes, size);
    SafeArrayUnaccessData(V_ARRAY(&value));
    return value;
}

bool bytes_equal(VARIANT *value, const void *bytes, ULONG size)
{
    bool equal = V_VT(value) == (VT_ARRAY | VT_UI1) && V_ARRAY(value) &&
                 V_ARRAY(value)->rgsabound[0].cElements == size &&
                 !memcmp(V_ARRAY(value)->pvData, bytes, size);

    VariantClear(value);
    return equal;
}

void *interface_of(void *object, REFIID iid)
{
    void *found = NULL;

    REQUIRE_EQ(IUnknown_QueryInterface((IUnknown *)object, iid, &found), S_OK);
    return found;
}

void fail_next(ISimPBX *exchange, const WCHAR *function, LONG error)
{
    BSTR name = SysAllocString(function);

    CHECK_EQ(ISimPBX_FailNext(exchange, name, error, 1), S_OK);
    SysFreeString(name);
}

/* TAPI's enumerators have one order of methods. */
void check_enumerator(void *enumerator)
{
    IEnumAddress *all = enumerator;
    ITAddress *items[2];
    IEnumAddress *copy = NULL;
    ULONG fetched;

    POISON(fetched);
    CHECK_EQ(IEnumAddress_Next(all, 1, NULL, &fetched), E_POINTER);
    CHECK_EQ(fetched, 0);
    CHECK_EQ(IEnumAddress_Next(all, 2, items, NULL), E_POINTER);
    CHECK_EQ(IEnumAddress_Clone(all, NULL), E_POINTER);
    CHECK_EQ(IEnumAddress_Reset(all), S_OK);
    REQUIRE_EQ(IEnumAddress_Clone(all, &copy), S_OK);
    IEnumAddress_Release(copy);
}

void check_objects_of(void *enumerator)
{
    IEnumAddress *all = enumerator;
    ITAddress *item = NULL, *again = NULL;

    check_enumerator(all);
    if (CHECK_EQ(IEnumAddress_Next(all, 1, &item, NULL), S_OK)) {
        CHECK_EQ(IEnumAddress_Reset(all), S_OK);
        CHECK_EQ(IEnumAddress_Next(all, 1, &again, NULL), S_OK);
        CHECK(item == again);
        ITAddress_Release(item);
        ITAddress_Release(again);
    }
    CHECK_EQ(IEnumAddress_Reset(all), S_OK);
    CHECK_EQ(IEnumAddress_Skip(all, 1), S_OK);
    CHECK_EQ(IEnumAddress_Skip(all, 1000), S_FALSE);
    IEnumAddress_Release(all);
}
