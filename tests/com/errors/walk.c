/* walk.c - see walk.h. */
#include "tests/com/errors/walk.h"

#include <stdio.h>

#define MAX_PARAMS 12

struct method {
    IUnknown *face;
    ITypeInfo *info;
    const FUNCDESC *func;
    const IID *iid;
    char name[128];
};

static bool is_pointer(const TYPEDESC *type)
{
    return type->vt == VT_PTR || type->vt == VT_BSTR || type->vt == VT_DISPATCH ||
           type->vt == VT_UNKNOWN || type->vt == VT_SAFEARRAY || type->vt == VT_LPWSTR;
}

static bool is_output(const ELEMDESC *param)
{
    return param->tdesc.vt == VT_PTR && param->paramdesc.wParamFlags & PARAMFLAG_FOUT;
}

static bool is_record(ITypeInfo *info, const TYPEDESC *type)
{
    ITypeInfo *target = NULL;
    TYPEATTR *attr;
    bool record;

    if (type->vt != VT_USERDEFINED ||
        FAILED(ITypeInfo_GetRefTypeInfo(info, type->hreftype, &target)))
        return false;
    ITypeInfo_GetTypeAttr(target, &attr);
    record = attr->typekind == TKIND_RECORD ||
             (attr->typekind == TKIND_ALIAS && is_record(target, &attr->tdescAlias));
    ITypeInfo_ReleaseTypeAttr(target, attr);
    ITypeInfo_Release(target);
    return record;
}

/* Calls it; outputs go to storage, or are NULL. FALSE: it cannot be called so. */
static BOOL call(const struct method *method, ULONGLONG (*storage)[4], HRESULT *hr)
{
    VARIANTARG values[MAX_PARAMS], *arguments[MAX_PARAMS], result;
    const FUNCDESC *func = method->func;
    VARTYPE types[MAX_PARAMS];
    HRESULT called;

    if (func->cParams > MAX_PARAMS)
        return FALSE;
    for (int i = 0; i < func->cParams; i++) {
        const ELEMDESC *param = &func->lprgelemdescParam[i];

        memset(&values[i], 0, sizeof(values[i]));
        arguments[i] = &values[i];
        types[i] = param->tdesc.vt;
        if (is_pointer(&param->tdesc)) {
            types[i] = sizeof(void *) == 8 ? VT_I8 : VT_I4;
            if (storage && is_output(param))
                values[i].byref = storage[i];
        } else if (types[i] == VT_USERDEFINED) {
            if (is_record(method->info, &param->tdesc))
                return FALSE; /* DispCallFunc cannot pass a structure by value */
            types[i] = VT_I4;
        } else if (types[i] == VT_CY || types[i] == VT_R8) {
            return FALSE;
        }
        values[i].vt = types[i];
    }
    called = DispCallFunc(method->face, func->oVft, func->callconv, VT_ERROR, func->cParams, types,
                          arguments, &result);
    if (!CHECK_EQ(called, S_OK))
        return FALSE;
    *hr = result.scode;
    return TRUE;
}

/* Is it one of the interfaces of the object, and not some other object's? */
static bool belongs(const struct method *method, const GUID *iid)
{
    IUnknown *face = NULL;

    if (IsEqualGUID(iid, method->iid))
        return true;
    if (FAILED(IUnknown_QueryInterface(method->face, iid, (void **)&face)))
        return false;
    IUnknown_Release(face);
    return true;
}

static void check_sentence(const struct method *method, const char *object, HRESULT hr)
{
    struct sentence sentence;

    if (!sentence_take(&sentence))
        FAIL("%s of %s fails with 0x%08lx and says nothing", method->name, object,
             (unsigned long)hr);
    else if (strlen(sentence.text) < 15 || !sentence.source[0])
        FAIL("%s of %s says \"%s\" of \"%s\"", method->name, object, sentence.text,
             sentence.source);
    else if (!belongs(method, &sentence.iid))
        FAIL("%s of %s: \"%s\" is of an interface it does not have", method->name, object,
             sentence.text);
}

/* An older failure, which must not be taken for this one's. */
static void leave_stale_sentence(void)
{
    ICreateErrorInfo *create = NULL;
    IErrorInfo *info = NULL;

    REQUIRE_EQ(CreateErrorInfo(&create), S_OK);
    ICreateErrorInfo_SetDescription(create, (BSTR)L"stale");
    ICreateErrorInfo_QueryInterface(create, &IID_IErrorInfo, (void **)&info);
    ICreateErrorInfo_Release(create);
    SetErrorInfo(0, info);
    IErrorInfo_Release(info);
}

static bool all_outputs(const FUNCDESC *func)
{
    for (int i = 0; i < func->cParams; i++)
        if (is_pointer(&func->lprgelemdescParam[i].tdesc) &&
            !is_output(&func->lprgelemdescParam[i]))
            return false;
    return true;
}

static unsigned outputs(const FUNCDESC *func)
{
    unsigned count = 0;

    for (int i = 0; i < func->cParams; i++)
        count += is_output(&func->lprgelemdescParam[i]);
    return count;
}

/* The output of a read goes where it came from. */
static void drop(ITypeInfo *info, const TYPEDESC *type, void *at)
{
    ITypeInfo *target = NULL;
    TYPEATTR *attr;

    if (type->vt == VT_BSTR) {
        SysFreeString(*(BSTR *)at);
    } else if (type->vt == VT_VARIANT) {
        VariantClear(at);
    } else if (type->vt == VT_DISPATCH || type->vt == VT_UNKNOWN) {
        if (*(IUnknown **)at)
            IUnknown_Release(*(IUnknown **)at);
    } else if (type->vt == VT_PTR && type->lptdesc->vt == VT_USERDEFINED &&
               SUCCEEDED(ITypeInfo_GetRefTypeInfo(info, type->lptdesc->hreftype, &target))) {
        ITypeInfo_GetTypeAttr(target, &attr);
        if ((attr->typekind == TKIND_INTERFACE || attr->typekind == TKIND_DISPATCH) &&
            *(IUnknown **)at)
            IUnknown_Release(*(IUnknown **)at);
        ITypeInfo_ReleaseTypeAttr(target, attr);
        ITypeInfo_Release(target);
    }
}

static void read_property(const struct method *method, const char *object, struct walked *walked)
{
    ULONGLONG storage[MAX_PARAMS][4];
    struct sentence sentence;
    HRESULT hr;

    memset(storage, 0, sizeof(storage));
    SetErrorInfo(0, NULL);
    if (!call(method, storage, &hr))
        return;
    walked->reads++;
    if (FAILED(hr))
        check_sentence(method, object, hr);
    else if (sentence_take(&sentence))
        FAIL("%s of %s succeeds with 0x%08lx and says \"%s\"", method->name, object,
             (unsigned long)hr, sentence.text);
    if (SUCCEEDED(hr))
        for (int i = 0; i < method->func->cParams; i++)
            if (is_output(&method->func->lprgelemdescParam[i]))
                drop(method->info, method->func->lprgelemdescParam[i].tdesc.lptdesc, storage[i]);
}

static void walk_methods(const struct method *face, const char *object, struct walked *walked)
{
    TYPEATTR *attr;
    BSTR interface_name = NULL;

    ITypeInfo_GetTypeAttr(face->info, &attr);
    ITypeInfo_GetDocumentation(face->info, MEMBERID_NIL, &interface_name, NULL, NULL, NULL);
    for (UINT i = 0; i < attr->cFuncs; i++) {
        struct method method = *face;
        FUNCDESC *func;
        BSTR name = NULL;
        HRESULT hr;

        if (FAILED(ITypeInfo_GetFuncDesc(face->info, i, &func)))
            continue;
        ITypeInfo_GetDocumentation(face->info, func->memid, &name, NULL, NULL, NULL);
        snprintf(method.name, sizeof(method.name), "%ls::%ls", interface_name, name);
        SysFreeString(name);
        method.func = func;
        if (func->oVft >= (SHORT)(7 * sizeof(void *)) && outputs(func)) {
            leave_stale_sentence();
            if (call(&method, NULL, &hr)) {
                walked->failures++;
                if (SUCCEEDED(hr))
                    FAIL("%s of %s took NULL outputs", method.name, object);
                else
                    check_sentence(&method, object, hr);
            }
            if (func->invkind == INVOKE_PROPERTYGET && all_outputs(func))
                read_property(&method, object, walked);
        }
        ITypeInfo_ReleaseFuncDesc(face->info, func);
    }
    SysFreeString(interface_name);
    ITypeInfo_ReleaseTypeAttr(face->info, attr);
}

static void walk_library(ITypeLib *library, IUnknown *object, ISupportErrorInfo *support,
                         const char *name, struct walked *walked)
{
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        ITypeInfo *info = NULL, *vtable = NULL;
        struct method face = {0};
        TYPEATTR *attr;
        HREFTYPE ref;

        if (FAILED(ITypeLib_GetTypeInfo(library, i, &info)))
            continue;
        ITypeInfo_GetTypeAttr(info, &attr);
        if (attr->typekind == TKIND_DISPATCH && attr->wTypeFlags & TYPEFLAG_FDUAL &&
            SUCCEEDED(ITypeInfo_GetRefTypeOfImplType(info, (UINT)-1, &ref)))
            ITypeInfo_GetRefTypeInfo(info, ref, &vtable);
        else if (attr->typekind == TKIND_INTERFACE && attr->wTypeFlags & TYPEFLAG_FDISPATCHABLE) {
            vtable = info;
            ITypeInfo_AddRef(vtable);
        }
        if (vtable &&
            SUCCEEDED(IUnknown_QueryInterface(object, &attr->guid, (void **)&face.face))) {
            BSTR interface_name = NULL;

            walked->interfaces++;
            ITypeInfo_GetDocumentation(info, MEMBERID_NIL, &interface_name, NULL, NULL, NULL);
            if (ISupportErrorInfo_InterfaceSupportsErrorInfo(support, &attr->guid) != S_OK)
                FAIL("%s: errors of %ls are not supported", name, interface_name);
            SysFreeString(interface_name);
            face.info = vtable;
            face.iid = &attr->guid;
            walk_methods(&face, name, walked);
            IUnknown_Release(face.face);
        }
        if (vtable)
            ITypeInfo_Release(vtable);
        ITypeInfo_ReleaseTypeAttr(info, attr);
        ITypeInfo_Release(info);
    }
}

struct walked walk_object(void *object, const char *name)
{
    static const WCHAR *const files[] = {L"tapi3.dll\\1", L"tapi3.dll\\2"};
    ISupportErrorInfo *support = NULL;
    struct walked walked = {0};

    if (!CHECK_EQ(
            IUnknown_QueryInterface((IUnknown *)object, &IID_ISupportErrorInfo, (void **)&support),
            S_OK))
        return walked;
    CHECK_EQ(ISupportErrorInfo_InterfaceSupportsErrorInfo(support, &IID_IMarshal), S_FALSE);
    for (unsigned i = 0; i < ARRAYSIZE(files); i++) {
        ITypeLib *library = NULL;

        if (FAILED(LoadTypeLibEx(files[i], REGKIND_NONE, &library)))
            continue;
        walk_library(library, (IUnknown *)object, support, name, &walked);
        ITypeLib_Release(library);
    }
    ISupportErrorInfo_Release(support);
    if (!walked.interfaces)
        FAIL("%s has no interface of the type libraries", name);
    test_note("%-22s %u interfaces, %u failures, %u properties", name, walked.interfaces,
              walked.failures, walked.reads);
    return walked;
}
