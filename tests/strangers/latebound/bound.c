/* bound.c - see bound.h. */
#include "bound.h"

const GUID clsid_tapi = {
    0x21d6d48e, 0xa88b, 0x11d0, {0x83, 0xdd, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd}};
const GUID clsid_mapper = {
    0xe9225296, 0xc759, 0x11d1, {0xa0, 0x2b, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f}};
const GUID clsid_request = {
    0xac48ffe0, 0xf8c4, 0x11d1, {0xa0, 0x30, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f}};
const GUID iid_null;
const GUID iid_unknown = {0, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
const GUID iid_dispatch = {0x00020400, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
const GUID iid_enum_variant = {0x00020404, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID iid_factory = {0x00000001, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

struct outcome outcome;
IDispatch *tapi, *address;

static bool entered;

void bound_enter(void)
{
    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED), S_OK);
    entered = true;
}

static void forget(void)
{
    VariantClear(&outcome.value);
    SysFreeString(outcome.exception.bstrDescription);
    SysFreeString(outcome.exception.bstrSource);
    SysFreeString(outcome.exception.bstrHelpFile);
    memset(&outcome, 0, sizeof(outcome));
}

void bound_leave(void)
{
    forget();
    CoUninitialize();
    entered = false;
}

/* A test that stopped halfway must not disturb the next one. */
TEST_AFTER
{
    if (entered)
        bound_leave();
}

IDispatch *bound_create(const GUID *clsid)
{
    HRESULT(WINAPI * class_object)(REFCLSID, REFIID, void **);
    HMODULE module = LoadLibraryW(L"tapi3.dll");
    IClassFactory *factory = NULL;
    IDispatch *object = NULL;

    REQUIRE(module != NULL);
    class_object = (void *)GetProcAddress(module, "DllGetClassObject");
    REQUIRE_EQ(class_object(clsid, &iid_factory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &iid_dispatch, (void **)&object), S_OK);
    IClassFactory_Release(factory);
    return object;
}

HRESULT bound_invoke(IDispatch *object, DISPID member, WORD flags, VARIANT *args, UINT count,
                     DISPID *named, UINT named_count)
{
    DISPPARAMS params = {args, named, count, named_count};

    forget();
    outcome.argument = 77;
    outcome.hr = IDispatch_Invoke(object, member, &iid_null, LOCALE_USER_DEFAULT, flags, &params,
                                  &outcome.value, &outcome.exception, &outcome.argument);
    return outcome.hr;
}

DISPID bound_id(IDispatch *object, const WCHAR *name)
{
    WCHAR *names[] = {(WCHAR *)name};
    DISPID id = DISPID_UNKNOWN;

    IDispatch_GetIDsOfNames(object, &iid_null, names, 1, LOCALE_USER_DEFAULT, &id);
    return id;
}

HRESULT bound_do(IDispatch *object, const WCHAR *name, WORD flags, VARIANT *args, UINT count)
{
    DISPID put = DISPID_PROPERTYPUT;
    BOOL names = (flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF)) != 0;
    HRESULT hr = bound_invoke(object, bound_id(object, name), flags, args, count,
                              names ? &put : NULL, names);

    return hr == DISP_E_EXCEPTION ? outcome.exception.scode : hr;
}

IDispatch *bound_object(IDispatch *object, const WCHAR *name, VARIANT *args, UINT count)
{
    IDispatch *found;

    REQUIRE_EQ(bound_do(object, name, VB, args, count), S_OK);
    REQUIRE_EQ(outcome.value.vt, VT_DISPATCH);
    found = outcome.value.pdispVal;
    outcome.value.vt = VT_EMPTY;
    return found;
}

IDispatch *bound_item(IDispatch *collection, LONG index)
{
    VARIANT at = v_i4(index);

    return bound_object(collection, L"Item", &at, 1);
}

VARIANT v_i4(LONG value)
{
    VARIANT v = {.vt = VT_I4, .lVal = value};

    return v;
}

VARIANT v_bool(BOOL value)
{
    VARIANT v = {.vt = VT_BOOL, .boolVal = value ? VARIANT_TRUE : VARIANT_FALSE};

    return v;
}

#define TEXTS 16
static BSTR texts[TEXTS];
static unsigned next_text;

VARIANT v_text(const WCHAR *text)
{
    VARIANT v = {.vt = VT_BSTR};

    SysFreeString(texts[next_text % TEXTS]);
    v.bstrVal = texts[next_text++ % TEXTS] = SysAllocString(text);
    return v;
}

VARIANT v_object(IDispatch *object)
{
    VARIANT v = {.vt = VT_DISPATCH, .pdispVal = object};

    return v;
}

void bound_start(void)
{
    IDispatch *addresses;

    bound_enter();
    tapi = bound_create(&clsid_tapi);
    REQUIRE_EQ(bound_do(tapi, L"Initialize", CALL, NULL, 0), S_OK);
    addresses = bound_object(tapi, L"Addresses", NULL, 0);
    address = bound_item(addresses, 1);
    IDispatch_Release(addresses);
}

void bound_stop(void)
{
    IDispatch_Release(address);
    CHECK_EQ(bound_do(tapi, L"Shutdown", CALL, NULL, 0), S_OK);
    CHECK_EQ(IDispatch_Release(tapi), 0);
    bound_leave();
}

IDispatch *bound_new_call(const WCHAR *number)
{
    VARIANT args[] = {v_i4(8), v_i4(1), v_text(number)};

    return bound_object(address, L"CreateCall", args, 3);
}
