/*
 * nulls_test.c - what a careless program passes. The type library says which methods every object
 * has; each is called through its vtable with NULL for every pointer, and with numbers that are in
 * no enumeration. All of them must fail, and none may crash or leave an output as it was.
 */
#include <windows.h>
#include <oleauto.h>
#include <tapi3.h>

#include <stdio.h>

#include "tests/support/test.h"

#define MAX_PARAMS 12
#define NO_SUCH    0x7777

static const GUID clsid_tapi = {
    0x21d6d48e, 0xa88b, 0x11d0, {0x83, 0xdd, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd}};
static const GUID iid_dispatch = {0x00020400, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID iid_factory = {0x00000001, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

static ITypeLib *library;
static unsigned methods_called;

static bool is_pointer(const TYPEDESC *type)
{
    return type->vt == VT_PTR || type->vt == VT_BSTR || type->vt == VT_DISPATCH ||
           type->vt == VT_UNKNOWN || type->vt == VT_SAFEARRAY || type->vt == VT_LPWSTR;
}

static bool is_output(const ELEMDESC *param)
{
    return param->tdesc.vt == VT_PTR && param->paramdesc.wParamFlags & PARAMFLAG_FOUT;
}

/* An enumeration, and not a set of flags or a class of objects. */
/* What a user-defined type is, behind its aliases: TKIND_MAX where it is none. */
static TYPEKIND kind_of(ITypeInfo *info, const TYPEDESC *type)
{
    ITypeInfo *target = NULL;
    TYPEATTR *attr;
    TYPEKIND kind;

    if (type->vt != VT_USERDEFINED ||
        FAILED(ITypeInfo_GetRefTypeInfo(info, type->hreftype, &target)))
        return TKIND_MAX;
    ITypeInfo_GetTypeAttr(target, &attr);
    kind = attr->typekind == TKIND_ALIAS ? kind_of(target, &attr->tdescAlias) : attr->typekind;
    ITypeInfo_ReleaseTypeAttr(target, attr);
    ITypeInfo_Release(target);
    return kind;
}

enum way { ALL_NULL, NO_SUCH_ENUM };

static void call_method(IUnknown *object, ITypeInfo *info, const FUNCDESC *func, const char *name,
                        enum way way)
{
    VARIANTARG values[MAX_PARAMS], *arguments[MAX_PARAMS], result;
    VARTYPE types[MAX_PARAMS];
    ULONGLONG storage[MAX_PARAMS][4];
    unsigned outputs = 0, enums = 0;
    HRESULT hr;

    if (func->cParams > MAX_PARAMS)
        return;
    POISON(storage);
    for (int i = 0; i < func->cParams; i++) {
        const ELEMDESC *param = &func->lprgelemdescParam[i];

        memset(&values[i], 0, sizeof(values[i]));
        arguments[i] = &values[i];
        types[i] = param->tdesc.vt;
        if (types[i] == VT_VARIANT) {
            values[i].vt = VT_EMPTY;
        } else if (is_pointer(&param->tdesc)) {
            types[i] = sizeof(void *) == 8 ? VT_I8 : VT_I4;
            if (is_output(param)) {
                outputs++;
                if (way == NO_SUCH_ENUM)
                    values[i].byref = storage[i];
            }
        } else if (types[i] == VT_USERDEFINED) {
            if (kind_of(info, &param->tdesc) == TKIND_RECORD)
                return; /* DispCallFunc cannot pass a structure by value */
            types[i] = VT_I4;
            if (kind_of(info, &param->tdesc) == TKIND_ENUM) {
                enums++;
                if (way == NO_SUCH_ENUM)
                    values[i].lVal = NO_SUCH;
            }
        } else if (types[i] == VT_CY || types[i] == VT_R8) {
            return;
        }
        values[i].vt = types[i];
    }
    if (way == ALL_NULL ? !outputs : !enums)
        return;
    hr = DispCallFunc(object, func->oVft, func->callconv, VT_ERROR, func->cParams, types, arguments,
                      &result);
    if (!CHECK_EQ(hr, S_OK))
        return;
    methods_called++;
    if (SUCCEEDED(result.scode))
        FAIL("%s with %s returned 0x%x", name,
             way == ALL_NULL ? "NULL outputs" : "a number of no enumeration",
             (unsigned)result.scode);
    if (way == ALL_NULL && outputs == (unsigned)func->cParams && result.scode != E_POINTER)
        test_note("%s with NULL outputs returned 0x%x", name, (unsigned)result.scode);
    for (int i = 0; way == NO_SUCH_ENUM && i < func->cParams; i++) {
        const TYPEDESC *to = is_output(&func->lprgelemdescParam[i])
                                 ? func->lprgelemdescParam[i].tdesc.lptdesc
                                 : NULL;

        if (to && is_pointer(to) && *(void **)storage[i] != NULL)
            FAIL("%s left its output %d as it was (0x%x)", name, i, (unsigned)result.scode);
    }
}

static void call_methods(IUnknown *object, ITypeInfo *info)
{
    TYPEATTR *attr;
    BSTR interface_name = NULL;

    ITypeInfo_GetTypeAttr(info, &attr);
    ITypeInfo_GetDocumentation(info, MEMBERID_NIL, &interface_name, NULL, NULL, NULL);
    for (UINT i = 0; i < attr->cFuncs; i++) {
        FUNCDESC *func;
        BSTR name = NULL;
        char text[128];

        if (FAILED(ITypeInfo_GetFuncDesc(info, i, &func)))
            continue;
        ITypeInfo_GetDocumentation(info, func->memid, &name, NULL, NULL, NULL);
        snprintf(text, sizeof(text), "%ls::%ls", interface_name, name);
        if (func->oVft >= (SHORT)(3 * sizeof(void *)) &&
            !(func->wFuncFlags & FUNCFLAG_FRESTRICTED)) {
            call_method(object, info, func, text, ALL_NULL);
            call_method(object, info, func, text, NO_SUCH_ENUM);
        }
        SysFreeString(name);
        ITypeInfo_ReleaseFuncDesc(info, func);
    }
    SysFreeString(interface_name);
    ITypeInfo_ReleaseTypeAttr(info, attr);
}

/* Every interface of the library that the object has. */
static void walk(void *object)
{
    UINT count = ITypeLib_GetTypeInfoCount(library);

    for (UINT i = 0; i < count; i++) {
        ITypeInfo *info = NULL, *vtable = NULL;
        TYPEATTR *attr;
        IUnknown *face = NULL;
        HREFTYPE ref;

        if (FAILED(ITypeLib_GetTypeInfo(library, i, &info)))
            continue;
        ITypeInfo_GetTypeAttr(info, &attr);
        if (attr->typekind == TKIND_DISPATCH && attr->wTypeFlags & TYPEFLAG_FDUAL &&
            SUCCEEDED(ITypeInfo_GetRefTypeOfImplType(info, (UINT)-1, &ref)))
            ITypeInfo_GetRefTypeInfo(info, ref, &vtable);
        else if (attr->typekind == TKIND_INTERFACE) {
            vtable = info;
            ITypeInfo_AddRef(vtable);
        }
        if (vtable &&
            SUCCEEDED(IUnknown_QueryInterface((IUnknown *)object, &attr->guid, (void **)&face))) {
            call_methods(face, vtable);
            IUnknown_Release(face);
        }
        if (vtable)
            ITypeInfo_Release(vtable);
        ITypeInfo_ReleaseTypeAttr(info, attr);
        ITypeInfo_Release(info);
    }
}

/* Late-bound, as a script: a property or method without arguments, or with one. */
static IDispatch *get(IDispatch *object, const WCHAR *member, VARIANT *argument)
{
    DISPPARAMS params = {argument, NULL, argument ? 1 : 0, 0};
    VARIANT result;
    DISPID id = 0;

    VariantInit(&result);
    REQUIRE_EQ(
        IDispatch_GetIDsOfNames(object, &GUID_NULL, (WCHAR **)&member, 1, LOCALE_USER_DEFAULT, &id),
        S_OK);
    REQUIRE_EQ(IDispatch_Invoke(object, id, &GUID_NULL, LOCALE_USER_DEFAULT,
                                DISPATCH_METHOD | DISPATCH_PROPERTYGET, &params, &result, NULL,
                                NULL),
               S_OK);
    REQUIRE(result.vt == VT_DISPATCH || result.vt == VT_EMPTY || result.vt == VT_UNKNOWN);
    return result.vt == VT_EMPTY ? NULL : result.pdispVal;
}

static IDispatch *create_tapi(void)
{
    HRESULT(WINAPI * class_object)(REFCLSID, REFIID, void **);
    HMODULE module = LoadLibraryW(L"tapi3.dll");
    IClassFactory *factory = NULL;
    IDispatch *tapi = NULL;

    REQUIRE(module != NULL);
    class_object = (void *)GetProcAddress(module, "DllGetClassObject");
    REQUIRE_EQ(class_object(&clsid_tapi, &iid_factory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &iid_dispatch, (void **)&tapi), S_OK);
    IClassFactory_Release(factory);
    return tapi;
}

TEST(every_method_refuses_null_and_nonsense)
{
    IDispatch *tapi, *addresses, *address, *call;
    VARIANT one = {.vt = VT_I4, .lVal = 1}, three[3];
    DISPPARAMS params = {three, NULL, 3, 0};
    WCHAR *create_call = L"CreateCall";
    DISPID id;

    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED), S_OK);
    REQUIRE_EQ(LoadTypeLib(L"tapi3.dll", &library), S_OK);
    tapi = create_tapi();
    walk(tapi);
    get(tapi, L"Initialize", NULL);
    walk(tapi);
    addresses = get(tapi, L"Addresses", NULL);
    walk(addresses);
    address = get(addresses, L"Item", &one);
    walk(address);
    REQUIRE_EQ(
        IDispatch_GetIDsOfNames(address, &GUID_NULL, &create_call, 1, LOCALE_USER_DEFAULT, &id),
        S_OK);
    /* the arguments of Invoke stand in reverse: number, address type, media types */
    three[2].vt = VT_BSTR;
    three[2].bstrVal = SysAllocString(L"5550100");
    three[1].vt = VT_I4;
    three[1].lVal = 1; /* LINEADDRESSTYPE_PHONENUMBER */
    three[0].vt = VT_I4;
    three[0].lVal = 8; /* TAPIMEDIATYPE_AUDIO */
    VariantInit(&one);
    REQUIRE_EQ(IDispatch_Invoke(address, id, &GUID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD,
                                &params, &one, NULL, NULL),
               S_OK);
    SysFreeString(three[2].bstrVal);
    call = one.pdispVal;
    walk(call);
    CHECK(methods_called > 80);
    test_note("%u calls", methods_called);
    get(tapi, L"Shutdown", NULL);
    walk(call);
    walk(address);
    walk(tapi);
    IDispatch_Release(call);
    IDispatch_Release(address);
    IDispatch_Release(addresses);
    IDispatch_Release(tapi);
    ITypeLib_Release(library);
    CoUninitialize();
}
