/* members.c - see pool.h. */
#include "tests/com/identity/pool.h"

#include "tests/support/test.h"

#define MOST_MEMBERS    640
#define MOST_INTERFACES 160

static struct {
    DISPID id;
    WORD flags;
} members[MOST_MEMBERS];
static IID interfaces[MOST_INTERFACES];
static unsigned member_count, interface_count;

/* What must not happen to the objects that the threads share: the storm does it to its own. */
static bool is_forbidden(const WCHAR *name)
{
    static const WCHAR *const forbidden[] = {L"Initialize", L"Shutdown", L"Finish"};

    for (unsigned i = 0; i < ARRAYSIZE(forbidden); i++)
        if (!wcscmp(name, forbidden[i]))
            return true;
    return false;
}

/* No argument but the result. */
static bool is_plain(const FUNCDESC *function)
{
    return function->cParams == 0 ||
           (function->cParams == 1 &&
            (function->lprgelemdescParam[0].paramdesc.wParamFlags & PARAMFLAG_FRETVAL));
}

static void learn(ITypeInfo *info, const TYPEATTR *attributes)
{
    for (unsigned i = 0; i < attributes->cFuncs; i++) {
        FUNCDESC *function;
        BSTR name = NULL;

        if (ITypeInfo_GetFuncDesc(info, i, &function) != S_OK)
            continue;
        ITypeInfo_GetDocumentation(info, function->memid, &name, NULL, NULL, NULL);
        if (!(function->wFuncFlags & FUNCFLAG_FRESTRICTED) && is_plain(function) && name &&
            !is_forbidden(name) && !(function->invkind & (INVOKE_PROPERTYPUT)) &&
            member_count < MOST_MEMBERS) {
            members[member_count].id = function->memid;
            members[member_count++].flags = (WORD)function->invkind;
        }
        SysFreeString(name);
        ITypeInfo_ReleaseFuncDesc(info, function);
    }
}

void members_learn(void)
{
    ITypeLib *library = NULL;

    REQUIRE_EQ(LoadTypeLibEx(L"tapi3.dll", REGKIND_NONE, &library), S_OK);
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        TYPEATTR *attributes;
        ITypeInfo *info;

        if (ITypeLib_GetTypeInfo(library, i, &info) != S_OK)
            continue;
        if (ITypeInfo_GetTypeAttr(info, &attributes) == S_OK) {
            if (attributes->typekind == TKIND_DISPATCH || attributes->typekind == TKIND_INTERFACE) {
                if (interface_count < MOST_INTERFACES)
                    interfaces[interface_count++] = attributes->guid;
                learn(info, attributes);
            }
            ITypeInfo_ReleaseTypeAttr(info, attributes);
        }
        ITypeInfo_Release(info);
    }
    ITypeLib_Release(library);
    REQUIRE(member_count > 200 && interface_count > 80);
}

void members_forget(void)
{
    member_count = interface_count = 0;
}

const IID *members_interface(uint64_t *random)
{
    return &interfaces[pool_draw(random, interface_count)];
}

/* Most draws hit members that other kinds of objects have: those cost nothing. */
HRESULT members_call(uint64_t *random, IDispatch *object)
{
    HRESULT hr = DISP_E_MEMBERNOTFOUND;

    for (unsigned tries = 0; tries < 24 && hr == DISP_E_MEMBERNOTFOUND; tries++) {
        unsigned i = pool_draw(random, member_count);
        DISPPARAMS none = {0};
        EXCEPINFO exception = {0};
        VARIANT result;

        VariantInit(&result);
        hr = IDispatch_Invoke(object, members[i].id, &IID_NULL, LOCALE_NEUTRAL, members[i].flags,
                              &none, &result, &exception, NULL);
        if (hr == DISP_E_EXCEPTION) {
            hr = exception.scode;
            SysFreeString(exception.bstrDescription);
            SysFreeString(exception.bstrSource);
            SysFreeString(exception.bstrHelpFile);
        }
        if (SUCCEEDED(hr) && (V_VT(&result) == VT_DISPATCH || V_VT(&result) == VT_UNKNOWN))
            pool_put(random, V_UNKNOWN(&result)); /* may be NULL */
        else
            VariantClear(&result);
    }
    return hr;
}
