/* dispatch_arguments.c - which argument of an Invoke was wrong. Wine's ITypeInfo::Invoke refuses
 * wrong arguments but does not say which one it was, as Windows' does: puArgErr stays as it was.
 * See com.h. */
#include "objects/com.h"

/* The description of a member, with the type information it comes from (a base, perhaps). */
static HRESULT find_member(ITypeInfo *info, DISPID member, WORD flags, ITypeInfo **owner,
                           FUNCDESC **found)
{
    ITypeInfo *at = info, *base = NULL;
    TYPEATTR *attr;
    HREFTYPE ref;
    UINT count, i;

    ITypeInfo_AddRef(at);
    while (at) {
        if (FAILED(ITypeInfo_GetTypeAttr(at, &attr)))
            break;
        count = attr->cFuncs;
        ITypeInfo_ReleaseTypeAttr(at, attr);
        for (i = 0; i < count; i++) {
            if (FAILED(ITypeInfo_GetFuncDesc(at, i, found)))
                continue;
            if ((*found)->memid == member && ((*found)->invkind & flags)) {
                *owner = at;
                return S_OK;
            }
            ITypeInfo_ReleaseFuncDesc(at, *found);
        }
        base = NULL;
        if (SUCCEEDED(ITypeInfo_GetRefTypeOfImplType(at, 0, &ref)))
            ITypeInfo_GetRefTypeInfo(at, ref, &base);
        ITypeInfo_Release(at);
        at = base;
    }
    if (at)
        ITypeInfo_Release(at);
    return DISP_E_MEMBERNOTFOUND;
}

/* Aliases and enumerations as what they are made of. *iid is an interface's. */
static VARTYPE plain_type(ITypeInfo *info, const TYPEDESC *type, IID *iid)
{
    ITypeInfo *target = NULL;
    TYPEATTR *attr;
    VARTYPE vt = VT_EMPTY;

    if (type->vt == VT_PTR)
        return type->lptdesc->vt == VT_USERDEFINED ? plain_type(info, type->lptdesc, iid)
                                                   : VT_EMPTY;
    if (type->vt != VT_USERDEFINED) {
        *iid = type->vt == VT_DISPATCH ? IID_IDispatch : IID_IUnknown;
        return type->vt;
    }
    if (FAILED(ITypeInfo_GetRefTypeInfo(info, type->hreftype, &target)))
        return VT_EMPTY;
    if (SUCCEEDED(ITypeInfo_GetTypeAttr(target, &attr))) {
        if (attr->typekind == TKIND_ENUM)
            vt = VT_I4;
        else if (attr->typekind == TKIND_ALIAS)
            vt = plain_type(target, &attr->tdescAlias, iid);
        else if (attr->typekind == TKIND_INTERFACE || attr->typekind == TKIND_DISPATCH)
            vt = VT_UNKNOWN;
        *iid = attr->guid;
        ITypeInfo_ReleaseTypeAttr(target, attr);
    }
    ITypeInfo_Release(target);
    return vt;
}

static HRESULT check_object(const VARIANT *value, REFIID iid)
{
    IUnknown *given, *wanted = NULL;

    if ((V_VT(value) & ~VT_BYREF) != VT_DISPATCH && (V_VT(value) & ~VT_BYREF) != VT_UNKNOWN)
        return DISP_E_TYPEMISMATCH;
    given = V_ISBYREF(value) ? *V_UNKNOWNREF(value) : V_UNKNOWN(value);
    if (given && FAILED(IUnknown_QueryInterface(given, iid, (void **)&wanted)))
        return DISP_E_TYPEMISMATCH;
    if (wanted)
        IUnknown_Release(wanted);
    return S_OK;
}

static HRESULT check_argument(ITypeInfo *info, const ELEMDESC *parameter, VARIANT *value)
{
    VARIANT converted;
    HRESULT hr;
    VARTYPE vt;
    IID iid;

    if (V_VT(value) == (VT_BYREF | VT_VARIANT))
        value = V_VARIANTREF(value);
    vt = plain_type(info, &parameter->tdesc, &iid);
    if (vt == VT_EMPTY || vt == VT_VARIANT || vt == VT_SAFEARRAY)
        return S_OK; /* whatever it is, it is not this one */
    if (V_VT(value) == VT_ERROR && V_ERROR(value) == DISP_E_PARAMNOTFOUND)
        return DISP_E_PARAMNOTOPTIONAL;
    if (vt == VT_UNKNOWN || vt == VT_DISPATCH)
        return check_object(value, &iid);
    VariantInit(&converted);
    hr = VariantChangeType(&converted, value, 0, vt);
    VariantClear(&converted);
    return hr == DISP_E_OVERFLOW || SUCCEEDED(hr) ? hr : DISP_E_TYPEMISMATCH;
}

HRESULT com_wrong_argument(ITypeInfo *info, DISPID member, WORD flags, const DISPPARAMS *params,
                           HRESULT hr, UINT *arg_error)
{
    ITypeInfo *owner;
    FUNCDESC *func;
    UINT i;

    if (!params->rgvarg || FAILED(find_member(info, member, flags, &owner, &func)))
        return hr;
    for (i = params->cArgs; i-- > 0;) {
        /* Named ones come first and say which they are; the others follow, the first one last. */
        DISPID place =
            i < params->cNamedArgs ? params->rgdispidNamedArgs[i] : (DISPID)(params->cArgs - 1 - i);
        HRESULT wrong;

        if (place == DISPID_PROPERTYPUT)
            place = func->cParams - 1;
        if (place < 0 || place >= func->cParams)
            continue;
        wrong = check_argument(owner, &func->lprgelemdescParam[place], &params->rgvarg[i]);
        if (FAILED(wrong)) {
            if (arg_error)
                *arg_error = i;
            hr = wrong;
            break;
        }
    }
    ITypeInfo_ReleaseFuncDesc(owner, func);
    ITypeInfo_Release(owner);
    return hr;
}
