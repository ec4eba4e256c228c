/* dispatch_test.c - late-bound callers: names, all interfaces of an object through any IDispatch of
 * it, and errors that arrive as EXCEPINFO. */
#include "tests/com/client.h"

static DISPID id_of(void *object, const WCHAR *name)
{
    IDispatch *dispatch = NULL;
    DISPID id = DISPID_UNKNOWN;
    WCHAR *names[] = {(WCHAR *)name};

    REQUIRE_EQ(IUnknown_QueryInterface((IUnknown *)object, &IID_IDispatch, (void **)&dispatch),
               S_OK);
    IDispatch_GetIDsOfNames(dispatch, &IID_NULL, names, 1, LOCALE_NEUTRAL, &id);
    IDispatch_Release(dispatch);
    return id;
}

/* Invokes a member by its name; arguments in reverse order, as IDispatch has them. */
static HRESULT invoke(void *object, const WCHAR *name, WORD flags, VARIANT *arguments, UINT count,
                      VARIANT *result, EXCEPINFO *exception)
{
    IDispatch *dispatch = NULL;
    DISPID put = DISPID_PROPERTYPUT;
    DISPPARAMS parameters = {arguments, NULL, count, 0};
    UINT wrong = 0;
    HRESULT hr;

    if (flags & DISPATCH_PROPERTYPUT) {
        parameters.rgdispidNamedArgs = &put;
        parameters.cNamedArgs = 1;
    }
    if (result)
        VariantInit(result);
    memset(exception, 0, sizeof(*exception));
    REQUIRE_EQ(IUnknown_QueryInterface((IUnknown *)object, &IID_IDispatch, (void **)&dispatch),
               S_OK);
    hr = IDispatch_Invoke(dispatch, id_of(object, name), &IID_NULL, LOCALE_NEUTRAL, flags,
                          &parameters, result, exception, &wrong);
    IDispatch_Release(dispatch);
    return hr;
}

static void forget(EXCEPINFO *exception)
{
    SysFreeString(exception->bstrDescription);
    SysFreeString(exception->bstrSource);
    SysFreeString(exception->bstrHelpFile);
}

TEST_BOTH(a_whole_call_by_names)
{
    struct client *a = client_open(L"101");
    EXCEPINFO exception;
    VARIANT arguments[3], call, value;

    V_VT(&arguments[2]) = VT_BSTR;
    V_BSTR(&arguments[2]) = SysAllocString(L"5550100");
    V_VT(&arguments[1]) = VT_I4;
    V_I4(&arguments[1]) = 1;
    V_VT(&arguments[0]) = VT_I4;
    V_I4(&arguments[0]) = TAPIMEDIATYPE_AUDIO;
    REQUIRE_EQ(invoke(a->address, L"CreateCall", DISPATCH_METHOD, arguments, 3, &call, &exception),
               S_OK);
    REQUIRE_EQ(V_VT(&call), VT_DISPATCH);
    SysFreeString(V_BSTR(&arguments[2]));
    V_VT(&arguments[0]) = VT_BOOL;
    V_BOOL(&arguments[0]) = VARIANT_TRUE;
    CHECK_EQ(invoke(V_DISPATCH(&call), L"Connect", DISPATCH_METHOD, arguments, 1, NULL, &exception),
             S_OK);
    /* ITCallInfo's members, through the same IDispatch. */
    CHECK_EQ(
        invoke(V_DISPATCH(&call), L"CallState", DISPATCH_PROPERTYGET, NULL, 0, &value, &exception),
        S_OK);
    CHECK_EQ(V_I4(&value), CS_CONNECTED);
    V_VT(&arguments[0]) = VT_I4;
    V_I4(&arguments[0]) = CIS_CALLEDIDNUMBER;
    CHECK_EQ(invoke(V_DISPATCH(&call), L"CallInfoString", DISPATCH_PROPERTYGET, arguments, 1,
                    &value, &exception),
             S_OK);
    CHECK_EQ(V_VT(&value), VT_BSTR);
    CHECK_WSTR(V_BSTR(&value), L"5550100");
    VariantClear(&value);
    V_VT(&arguments[1]) = VT_I4;
    V_I4(&arguments[1]) = CIL_APPSPECIFIC;
    V_VT(&arguments[0]) = VT_I4;
    V_I4(&arguments[0]) = 12;
    CHECK_EQ(invoke(V_DISPATCH(&call), L"CallInfoLong", DISPATCH_PROPERTYPUT, arguments, 2, NULL,
                    &exception),
             S_OK);
    /* An interface of the MSP, aggregated. */
    CHECK(id_of(V_DISPATCH(&call), L"Streams") != DISPID_UNKNOWN);
    CHECK_EQ(
        invoke(V_DISPATCH(&call), L"Streams", DISPATCH_PROPERTYGET, NULL, 0, &value, &exception),
        S_OK);
    VariantClear(&value);
    V_VT(&arguments[0]) = VT_I4;
    V_I4(&arguments[0]) = DC_NORMAL;
    CHECK_EQ(
        invoke(V_DISPATCH(&call), L"Disconnect", DISPATCH_METHOD, arguments, 1, NULL, &exception),
        S_OK);
    VariantClear(&call);
    client_close(a);
}

TEST_BOTH(a_failure_brings_its_sentence)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    EXCEPINFO exception;

    CHECK_EQ(invoke(call, L"Answer", DISPATCH_METHOD, NULL, 0, NULL, &exception), DISP_E_EXCEPTION);
    CHECK_EQ(exception.scode, TAPI_E_INVALCALLSTATE);
    CHECK(exception.bstrDescription && SysStringLen(exception.bstrDescription) > 10);
    CHECK_WSTR(exception.bstrSource, L"TAPI.TAPI.1");
    forget(&exception);
    CHECK_EQ(id_of(call, L"NoSuchMember"), DISPID_UNKNOWN);
    CHECK_EQ(invoke(call, L"NoSuchMember", DISPATCH_METHOD, NULL, 0, NULL, &exception),
             DISP_E_MEMBERNOTFOUND);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(dispids_are_microsofts)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");

    CHECK_EQ(id_of(a->tapi, L"Addresses"), 65537);
    CHECK_EQ(id_of(a->tapi, L"Initialize"), 65549);
    CHECK_EQ(id_of(a->tapi, L"Phones"), 65552);
    CHECK_EQ(id_of(a->address, L"AddressName"), 65538);
    CHECK_EQ(id_of(a->address, L"MediaTypes"), 196609);
    CHECK_EQ(id_of(a->address, L"AddressCapability"), 131073);
    CHECK_EQ(id_of(a->address, L"StaticTerminals"), 393217);
    CHECK_EQ(id_of(call, L"Connect"), 131075);
    CHECK_EQ(id_of(call, L"CallState"), 65538);
    CHECK_EQ(id_of(call, L"DetectDigits"), 196609);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(for_each_over_addresses)
{
    struct client *a = client_open(NULL);
    DISPPARAMS none = {NULL, NULL, 0, 0};
    EXCEPINFO exception;
    VARIANT collection, values;
    WORD flags[] = {DISPATCH_PROPERTYGET, DISPATCH_METHOD, DISPATCH_METHOD | DISPATCH_PROPERTYGET};
    unsigned i;

    REQUIRE_EQ(
        invoke(a->tapi, L"Addresses", DISPATCH_PROPERTYGET, NULL, 0, &collection, &exception),
        S_OK);
    REQUIRE_EQ(V_VT(&collection), VT_DISPATCH);
    for (i = 0; i < ARRAYSIZE(flags); i++) { /* VBScript's way, JScript's way, both at once */
        IEnumVARIANT *all = NULL;
        VARIANT item;
        unsigned count = 0;

        VariantInit(&values);
        REQUIRE_EQ(IDispatch_Invoke(V_DISPATCH(&collection), DISPID_NEWENUM, &IID_NULL,
                                    LOCALE_NEUTRAL, flags[i], &none, &values, &exception, NULL),
                   S_OK);
        REQUIRE_EQ(V_VT(&values), VT_UNKNOWN);
        REQUIRE_EQ(IUnknown_QueryInterface(V_UNKNOWN(&values), &IID_IEnumVARIANT, (void **)&all),
                   S_OK);
        while (IEnumVARIANT_Next(all, 1, &item, NULL) == S_OK) {
            count++;
            VariantClear(&item);
        }
        CHECK_EQ(count, 4);
        IEnumVARIANT_Release(all);
        VariantClear(&values);
    }
    VariantClear(&collection);
    client_close(a);
}

/* What a script host, a container or Visual Basic asks to find an object's events. */
TEST_BOTH(the_class_and_its_events)
{
    ITTAPI2 *tapi = client_create_tapi();
    IProvideClassInfo2 *provider = NULL;
    ITypeInfo *coclass = NULL, *source = NULL;
    TYPEATTR *attributes;
    HREFTYPE reference;
    GUID guid;
    unsigned i, count;

    REQUIRE_EQ(ITTAPI2_QueryInterface(tapi, &IID_IProvideClassInfo2, (void **)&provider), S_OK);
    CHECK_EQ(IProvideClassInfo2_GetClassInfo(provider, NULL), E_POINTER);
    CHECK_EQ(IProvideClassInfo2_GetGUID(provider, GUIDKIND_DEFAULT_SOURCE_DISP_IID, NULL),
             E_POINTER);
    POISON(guid);
    CHECK_EQ(IProvideClassInfo2_GetGUID(provider, 0, &guid), E_INVALIDARG);
    CHECK(IsEqualGUID(&guid, &GUID_NULL));
    CHECK_EQ(IProvideClassInfo2_GetGUID(provider, GUIDKIND_DEFAULT_SOURCE_DISP_IID, &guid), S_OK);
    CHECK(IsEqualGUID(&guid, &DIID_ITTAPIDispatchEventNotification));
    REQUIRE_EQ(IProvideClassInfo2_GetClassInfo(provider, &coclass), S_OK);
    REQUIRE_EQ(ITypeInfo_GetTypeAttr(coclass, &attributes), S_OK);
    CHECK_EQ(attributes->typekind, TKIND_COCLASS);
    CHECK(IsEqualGUID(&attributes->guid, &CLSID_TAPI));
    count = attributes->cImplTypes;
    ITypeInfo_ReleaseTypeAttr(coclass, attributes);
    for (i = 0; i < count; i++) {
        INT flags = 0;

        CHECK_EQ(ITypeInfo_GetImplTypeFlags(coclass, i, &flags), S_OK);
        if ((flags & (IMPLTYPEFLAG_FDEFAULT | IMPLTYPEFLAG_FSOURCE)) !=
            (IMPLTYPEFLAG_FDEFAULT | IMPLTYPEFLAG_FSOURCE))
            continue;
        CHECK(source == NULL);
        REQUIRE_EQ(ITypeInfo_GetRefTypeOfImplType(coclass, i, &reference), S_OK);
        REQUIRE_EQ(ITypeInfo_GetRefTypeInfo(coclass, reference, &source), S_OK);
    }
    REQUIRE(source != NULL);
    REQUIRE_EQ(ITypeInfo_GetTypeAttr(source, &attributes), S_OK);
    CHECK(IsEqualGUID(&attributes->guid, &guid));
    ITypeInfo_ReleaseTypeAttr(source, attributes);
    ITypeInfo_Release(source);
    ITypeInfo_Release(coclass);
    IProvideClassInfo2_Release(provider);
    ITTAPI2_Release(tapi);
}
