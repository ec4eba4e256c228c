/* early_test.c - callers that know the type library: the vtable by what it says, and somebody
 * else's ITypeInfo::Invoke on our pointers. */
#include "bound.h"

static const GUID iid_address = {
    0xb1efc386, 0x9355, 0x11d0, {0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd}};
static const GUID iid_call = {
    0xb1efc389, 0x9355, 0x11d0, {0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd}};

static ITypeInfo *info_of(const GUID *iid)
{
    ITypeLib *library = NULL;
    ITypeInfo *info = NULL;

    REQUIRE_EQ(LoadTypeLib(L"tapi3.dll", &library), S_OK);
    REQUIRE_EQ(ITypeLib_GetTypeInfoOfGuid(library, iid, &info), S_OK);
    ITypeLib_Release(library);
    return info;
}

/* ATL's IDispatchImpl around a pointer of ours, as a wrapper of somebody else does it. */
TEST(somebody_elses_invoke)
{
    VARIANT args[3], result;
    DISPPARAMS params = {args, NULL, 3, 0};
    EXCEPINFO exception = {0};
    WCHAR *name = L"CreateCall";
    IUnknown *face = NULL;
    ITypeInfo *info;
    DISPID id;
    UINT wrong;

    bound_start();
    args[0] = v_i4(8);
    args[1] = v_i4(1);
    args[2] = v_text(L"5550100");
    info = info_of(&iid_address);
    REQUIRE_EQ(IDispatch_QueryInterface(address, &iid_address, (void **)&face), S_OK);
    REQUIRE_EQ(DispGetIDsOfNames(info, &name, 1, &id), S_OK);
    VariantInit(&result);
    CHECK_EQ(DispInvoke(face, info, id, DISPATCH_METHOD, &params, &result, &exception, &wrong),
             S_OK);
    CHECK_EQ(result.vt, VT_DISPATCH);
    VariantClear(&result);
    args[0] = v_i4(0x40000000); /* no media type: IErrorInfo has the sentence */
    CHECK_EQ(
        ITypeInfo_Invoke(info, face, id, DISPATCH_METHOD, &params, &result, &exception, &wrong),
        DISP_E_EXCEPTION);
    CHECK_EQ(exception.scode, 0x80040004);
    CHECK(exception.bstrDescription != NULL);
    CHECK_WSTR(exception.bstrSource, L"TAPI.TAPI.1");
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrSource);
    IUnknown_Release(face);
    ITypeInfo_Release(info);
    bound_stop();
}

/* Delphi and Visual Basic, early bound: slots and types of the type library. */
TEST(the_vtable_is_the_librarys)
{
    VARIANTARG values[4], *arguments[4], result;
    VARTYPE types[] = {VT_BSTR, VT_I4, VT_I4, sizeof(void *) == 8 ? VT_I8 : VT_I4};
    IUnknown *face = NULL, *call = NULL, *same = NULL;
    BSTR number = SysAllocString(L"5550100");
    ITypeInfo *info;
    FUNCDESC *func;
    TYPEATTR *attr;
    unsigned found = 0;

    bound_start();
    info = info_of(&iid_address);
    REQUIRE_EQ(IDispatch_QueryInterface(address, &iid_address, (void **)&face), S_OK);
    REQUIRE_EQ(ITypeInfo_GetTypeAttr(info, &attr), S_OK);
    for (UINT i = 0; i < attr->cFuncs; i++) {
        REQUIRE_EQ(ITypeInfo_GetFuncDesc(info, i, &func), S_OK);
        if (func->memid == 65541 && func->invkind == INVOKE_FUNC) {
            found++;
            CHECK_EQ(func->oVft, 11 * sizeof(void *));
            values[0] = (VARIANT){.vt = VT_BSTR, .bstrVal = number};
            values[1] = v_i4(1);
            values[2] = v_i4(8);
            values[3] = (VARIANT){.vt = types[3], .byref = &call};
            for (unsigned j = 0; j < ARRAYSIZE(values); j++)
                arguments[j] = &values[j];
            CHECK_EQ(DispCallFunc(face, 11 * sizeof(void *), CC_STDCALL, VT_ERROR, 4, types,
                                  arguments, &result),
                     S_OK);
            CHECK_EQ(result.scode, S_OK);
        }
        ITypeInfo_ReleaseFuncDesc(info, func);
    }
    CHECK_EQ(found, 1);
    REQUIRE(call != NULL);
    CHECK_EQ(IUnknown_QueryInterface(call, &iid_call, (void **)&same), S_OK);
    CHECK(same == call);
    IUnknown_Release(same);
    IUnknown_Release(call);
    ITypeInfo_ReleaseTypeAttr(info, attr);
    ITypeInfo_Release(info);
    IUnknown_Release(face);
    SysFreeString(number);
    bound_stop();
}
