/* dispatch.c - IDispatch of every object, by the type information inside the DLL. See com.h.
 *
 * TAPI's DISPIDs of the interfaces of one object do not overlap (0x1xxxx, 0x2xxxx, ...), so a
 * script that holds any IDispatch of a call may say Connect as well as CallState: an object's
 * members are those of all its dual interfaces. */
#include "objects/com.h"

#include <string.h>

/* ---- type information ---------------------------------------------------------------------- */

#define TYPE_SLOTS     512 /* about 140 interfaces exist; a power of two */
#define TYPE_LIBRARIES 4

struct type_slot {
    IID iid;
    ITypeInfo *info; /* NULL: the interface is known to have none */
    BOOL used;
};

static SRWLOCK type_lock = SRWLOCK_INIT;
static struct type_slot type_slots[TYPE_SLOTS];
static ITypeLib *libraries[TYPE_LIBRARIES];
static BOOL libraries_loaded;
static unsigned slots_used;

static HRESULT libraries_load(void)
{
    WCHAR path[MAX_PATH + 16];
    DWORD length;
    unsigned i;
    HRESULT hr = TYPE_E_CANTLOADLIBRARY;

    length = GetModuleFileNameW(com_module, path, MAX_PATH);
    if (!length || length >= MAX_PATH)
        return TYPE_E_CANTLOADLIBRARY;
    for (i = 0; i < TYPE_LIBRARIES; i++) {
        /* "file.dll\2" names the second TYPELIB resource. */
        path[length] = '\\';
        path[length + 1] = (WCHAR)('1' + i);
        path[length + 2] = 0;
        if (FAILED(LoadTypeLibEx(path, REGKIND_NONE, &libraries[i]))) {
            libraries[i] = NULL;
            break;
        }
        hr = S_OK;
        libraries_loaded = TRUE;
    }
    return hr;
}

/* Does the interface derive from IDispatch? */
static BOOL is_dispatch(ITypeInfo *info)
{
    ITypeInfo *at = info;
    BOOL answer = FALSE;
    unsigned depth;

    ITypeInfo_AddRef(at);
    for (depth = 0; depth < 8 && !answer; depth++) {
        ITypeInfo *base = NULL;
        TYPEATTR *attr;
        HREFTYPE ref;

        if (FAILED(ITypeInfo_GetTypeAttr(at, &attr)))
            break;
        answer = attr->typekind == TKIND_DISPATCH || IsEqualIID(&attr->guid, &IID_IDispatch) ||
                 (attr->wTypeFlags & TYPEFLAG_FDUAL);
        ITypeInfo_ReleaseTypeAttr(at, attr);
        if (answer || FAILED(ITypeInfo_GetRefTypeOfImplType(at, 0, &ref)) ||
            FAILED(ITypeInfo_GetRefTypeInfo(at, ref, &base)))
            break;
        ITypeInfo_Release(at);
        at = base;
    }
    ITypeInfo_Release(at);
    return answer;
}

static unsigned slot_of(REFIID iid)
{
    unsigned at = (iid->Data1 ^ (iid->Data1 >> 11) ^ iid->Data2) & (TYPE_SLOTS - 1);

    while (type_slots[at].used && !IsEqualIID(&type_slots[at].iid, iid))
        at = (at + 1) & (TYPE_SLOTS - 1);
    return at;
}

static HRESULT slot_fill(struct type_slot *slot, REFIID iid)
{
    ITypeInfo *info = NULL;
    HRESULT hr = S_OK;
    unsigned i;

    if (!libraries_loaded)
        hr = libraries_load();
    if (FAILED(hr))
        return hr;
    for (i = 0; i < TYPE_LIBRARIES && libraries[i] && !info; i++)
        if (FAILED(ITypeLib_GetTypeInfoOfGuid(libraries[i], iid, &info)))
            info = NULL;
    if (info && !is_dispatch(info)) {
        ITypeInfo_Release(info);
        info = NULL;
    }
    /* Interfaces without information are whatever anybody asks for: they do not fill the table. */
    if (!info && slots_used >= TYPE_SLOTS / 2)
        return S_OK;
    slot->iid = *iid;
    slot->info = info;
    slot->used = TRUE;
    slots_used++;
    return S_OK;
}

HRESULT com_type_info(REFIID iid, ITypeInfo **info)
{
    struct type_slot *slot;
    HRESULT hr = S_OK;
    BOOL known;

    AcquireSRWLockShared(&type_lock);
    slot = &type_slots[slot_of(iid)];
    known = slot->used;
    *info = slot->info;
    ReleaseSRWLockShared(&type_lock);
    if (!known) {
        /* oleaut32 runs under this lock; it calls nothing of ours. */
        AcquireSRWLockExclusive(&type_lock);
        slot = &type_slots[slot_of(iid)];
        if (!slot->used)
            hr = slot_fill(slot, iid);
        *info = slot->info;
        ReleaseSRWLockExclusive(&type_lock);
    }
    if (FAILED(hr))
        return hr;
    return *info ? S_OK : TYPE_E_ELEMENTNOTFOUND;
}

void com_type_info_free_all(void)
{
    unsigned i;

    for (i = 0; i < TYPE_SLOTS; i++)
        if (type_slots[i].info)
            ITypeInfo_Release(type_slots[i].info);
    memset(type_slots, 0, sizeof(type_slots));
    slots_used = 0;
    for (i = 0; i < TYPE_LIBRARIES; i++)
        if (libraries[i])
            ITypeLib_Release(libraries[i]);
    memset(libraries, 0, sizeof(libraries));
    libraries_loaded = FALSE;
}

/* ---- walking an object's interfaces -------------------------------------------------------- */

HRESULT com_get_type_info(struct com_object *object, REFIID iid, UINT index, ITypeInfo **info)
{
    HRESULT hr;

    (void)object;
    if (!info)
        return E_POINTER;
    *info = NULL;
    if (index != 0)
        return DISP_E_BADINDEX;
    hr = com_type_info(iid, info);
    if (SUCCEEDED(hr))
        ITypeInfo_AddRef(*info);
    return hr;
}

static IDispatch *inner_dispatch(struct com_object *object, unsigned index)
{
    const IID *const *iids = object->class->inner_dispatch;
    void *found = NULL;

    if (!iids || !iids[index] || FAILED(com_query(object, iids[index], &found)))
        return NULL;
    return found;
}

/* DISP_E_MEMBERNOTFOUND: the interface has no such member. DISP_E_UNKNOWNNAME: it has, but not all
 * of the parameters; those it does have get their numbers. */
static HRESULT ids_of_interface(ITypeInfo *info, LPOLESTR *names, UINT count, DISPID *ids)
{
    HRESULT hr = ITypeInfo_GetIDsOfNames(info, names, 1, ids);
    DISPID two[2];
    UINT i;

    if (FAILED(hr) || count == 1)
        return hr == DISP_E_UNKNOWNNAME ? DISP_E_MEMBERNOTFOUND : hr;
    for (i = 1; i < count; i++) {
        LPOLESTR pair[] = {names[0], names[i]};

        if (SUCCEEDED(ITypeInfo_GetIDsOfNames(info, pair, 2, two)))
            ids[i] = two[1];
        else
            hr = DISP_E_UNKNOWNNAME;
    }
    return hr;
}

HRESULT com_get_ids(struct com_object *object, REFIID iid, LPOLESTR *names, UINT count, DISPID *ids)
{
    const struct com_class *class = object->class;
    ITypeInfo *info;
    HRESULT hr = com_type_info(iid, &info);
    unsigned i;

    if (!names || !ids || !count)
        return E_INVALIDARG;
    for (i = 0; i < count; i++)
        ids[i] = DISPID_UNKNOWN;
    if (SUCCEEDED(hr))
        hr = ids_of_interface(info, names, count, ids);
    for (i = 0; hr == DISP_E_MEMBERNOTFOUND && i < class->interface_count; i++)
        if (!IsEqualIID(class->interfaces[i].iid, iid) &&
            SUCCEEDED(com_type_info(class->interfaces[i].iid, &info)))
            hr = ids_of_interface(info, names, count, ids);
    for (i = 0; hr == DISP_E_MEMBERNOTFOUND && class->inner_dispatch && class->inner_dispatch[i];
         i++) {
        IDispatch *inner = inner_dispatch(object, i);

        if (inner) {
            hr = IDispatch_GetIDsOfNames(inner, &IID_NULL, names, count, LOCALE_NEUTRAL, ids);
            if (hr == DISP_E_UNKNOWNNAME && ids[0] == DISPID_UNKNOWN)
                hr = DISP_E_MEMBERNOTFOUND;
            IDispatch_Release(inner);
        }
    }
    return hr == DISP_E_MEMBERNOTFOUND ? DISP_E_UNKNOWNNAME : hr;
}

/* ---- calls --------------------------------------------------------------------------------- */

/* A failure reaches a script through EXCEPINFO: the sentence of com_fail, or the standing one. */
static void complete_exception(EXCEPINFO *excep)
{
    const char *text;
    WCHAR wide[200];

    if (!excep || excep->bstrDescription)
        return;
    text = com_error_text(excep->scode);
    if (MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, ARRAYSIZE(wide)))
        excep->bstrDescription = SysAllocString(wide);
    if (!excep->bstrSource)
        excep->bstrSource = SysAllocString(L"TAPI.TAPI.1");
}

HRESULT com_invoke(struct com_object *object, REFIID iid, void *iface, DISPID member, REFIID riid,
                   LCID lcid, WORD flags, DISPPARAMS *params, VARIANT *result, EXCEPINFO *excep,
                   UINT *arg_error)
{
    const struct com_class *class = object->class;
    ITypeInfo *info;
    HRESULT hr;
    unsigned i;

    if (!params)
        return E_INVALIDARG;
    if (riid && !IsEqualIID(riid, &IID_NULL))
        return DISP_E_UNKNOWNINTERFACE;
    /* JScript's Enumerator asks for _NewEnum as a method (PLATFORM.md). */
    if (member == DISPID_NEWENUM && (flags & DISPATCH_METHOD))
        flags |= DISPATCH_PROPERTYGET;
    SetErrorInfo(0, NULL);
    if (excep)
        memset(excep, 0, sizeof(*excep));
    hr = com_type_info(iid, &info);
    if (SUCCEEDED(hr))
        hr = ITypeInfo_Invoke(info, iface, member, flags, params, result, excep, arg_error);
    for (i = 0; hr == DISP_E_MEMBERNOTFOUND && i < class->interface_count; i++)
        if (!IsEqualIID(class->interfaces[i].iid, iid) &&
            SUCCEEDED(com_type_info(class->interfaces[i].iid, &info)))
            hr = ITypeInfo_Invoke(info, (char *)object + class->interfaces[i].offset, member, flags,
                                  params, result, excep, arg_error);
    if (FAILED(hr) && hr != DISP_E_MEMBERNOTFOUND && hr != DISP_E_EXCEPTION &&
        hr != DISP_E_BADPARAMCOUNT)
        hr = com_wrong_argument(info, member, flags, params, hr, arg_error);
    for (i = 0; hr == DISP_E_MEMBERNOTFOUND && class->inner_dispatch && class->inner_dispatch[i];
         i++) {
        IDispatch *inner = inner_dispatch(object, i);

        if (inner) {
            hr = IDispatch_Invoke(inner, member, &IID_NULL, lcid, flags, params, result, excep,
                                  arg_error);
            IDispatch_Release(inner);
        }
    }
    if (hr == DISP_E_EXCEPTION)
        complete_exception(excep);
    return hr;
}
