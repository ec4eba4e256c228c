/* probe.c - probe.dll: see probe.idl. One sink list, one thread. */
#include "probe.h"

#include <ocidl.h>
#include <olectl.h>
#include <stdlib.h>

#define MOST_SINKS 8

struct probe {
    IProbe IProbe_iface;
    IProvideClassInfo IProvideClassInfo_iface;
    IConnectionPointContainer IConnectionPointContainer_iface;
    IConnectionPoint IConnectionPoint_iface;
    LONG refs;
    CLSID clsid;
    ITypeInfo *info;
    IDispatch *sinks[MOST_SINKS];
    HWND window;
};

static HINSTANCE instance;

static HRESULT type_of(REFGUID guid, ITypeInfo **info)
{
    WCHAR path[MAX_PATH];
    ITypeLib *library;
    HRESULT hr;

    *info = NULL;
    GetModuleFileNameW(instance, path, MAX_PATH);
    hr = LoadTypeLibEx(path, REGKIND_NONE, &library);
    if (FAILED(hr))
        return hr;
    hr = ITypeLib_GetTypeInfoOfGuid(library, guid, info);
    ITypeLib_Release(library);
    return hr;
}

static void fire(struct probe *self, const WCHAR *text, LONG number)
{
    unsigned i, event;

    for (event = 1; event <= 2; event++) {
        for (i = 0; i < MOST_SINKS; i++) {
            IDispatch *sink = self->sinks[i];
            VARIANT arguments[2];
            DISPPARAMS params = {arguments, NULL, event == 1 ? 2 : 0, 0};

            if (!sink)
                continue;
            V_VT(&arguments[1]) = VT_BSTR;
            V_BSTR(&arguments[1]) = SysAllocString(text);
            V_VT(&arguments[0]) = VT_I4;
            V_I4(&arguments[0]) = number;
            IDispatch_AddRef(sink);
            IDispatch_Invoke(sink, (DISPID)event, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD,
                             &params, NULL, NULL, NULL);
            IDispatch_Release(sink);
            SysFreeString(V_BSTR(&arguments[1]));
        }
    }
}

static LRESULT CALLBACK window_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct probe *self = (struct probe *)GetWindowLongPtrW(window, GWLP_USERDATA);

    if (message == WM_APP && self) {
        fire(self, (BSTR)lparam, (LONG)wparam);
        SysFreeString((BSTR)lparam);
        IProbe_Release(&self->IProbe_iface);
        return 0;
    }
    return DefWindowProcW(window, message, wparam, lparam);
}

/* ---- IUnknown of all ---- */

static HRESULT probe_query(struct probe *self, REFIID iid, void **out)
{
    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IDispatch) ||
        IsEqualIID(iid, &IID_IProbe))
        *out = &self->IProbe_iface;
    else if (IsEqualIID(iid, &IID_IProvideClassInfo) && IsEqualGUID(&self->clsid, &CLSID_ToldProbe))
        *out = &self->IProvideClassInfo_iface;
    else if (IsEqualIID(iid, &IID_IConnectionPointContainer))
        *out = &self->IConnectionPointContainer_iface;
    if (*out)
        self->refs++;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG probe_drop(struct probe *self)
{
    LONG refs = --self->refs;

    if (!refs) {
        DestroyWindow(self->window);
        ITypeInfo_Release(self->info);
        free(self);
    }
    return (ULONG)refs;
}

#define UNKNOWN(type)                                                                              \
    static struct probe *probe_of_##type(type *iface)                                              \
    {                                                                                              \
        return CONTAINING_RECORD(iface, struct probe, type##_iface);                               \
    }                                                                                              \
    static HRESULT WINAPI type##_query(type *iface, REFIID iid, void **out)                        \
    {                                                                                              \
        return probe_query(probe_of_##type(iface), iid, out);                                      \
    }                                                                                              \
    static ULONG WINAPI type##_add(type *iface)                                                    \
    {                                                                                              \
        return (ULONG)++probe_of_##type(iface)->refs;                                              \
    }                                                                                              \
    static ULONG WINAPI type##_drop(type *iface)                                                   \
    {                                                                                              \
        return probe_drop(probe_of_##type(iface));                                                 \
    }
#define UNKNOWN_SLOTS(type) type##_query, type##_add, type##_drop

UNKNOWN(IProbe)
UNKNOWN(IProvideClassInfo)
UNKNOWN(IConnectionPointContainer)
UNKNOWN(IConnectionPoint)

/* ---- IProbe ---- */

static HRESULT WINAPI probe_GetTypeInfoCount(IProbe *iface, UINT *count)
{
    (void)iface;
    *count = 1;
    return S_OK;
}

static HRESULT WINAPI probe_GetTypeInfo(IProbe *iface, UINT index, LCID lcid, ITypeInfo **info)
{
    (void)index, (void)lcid;
    *info = probe_of_IProbe(iface)->info;
    ITypeInfo_AddRef(*info);
    return S_OK;
}

static HRESULT WINAPI probe_GetIDsOfNames(IProbe *iface, REFIID iid, LPOLESTR *names, UINT count,
                                          LCID lcid, DISPID *ids)
{
    (void)iid, (void)lcid;
    return ITypeInfo_GetIDsOfNames(probe_of_IProbe(iface)->info, names, count, ids);
}

static HRESULT WINAPI probe_Invoke(IProbe *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                   DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception,
                                   UINT *bad)
{
    (void)iid, (void)lcid;
    return ITypeInfo_Invoke(probe_of_IProbe(iface)->info, iface, id, flags, params, result,
                            exception, bad);
}

static HRESULT WINAPI probe_FireNow(IProbe *iface, BSTR text, LONG number)
{
    fire(probe_of_IProbe(iface), text, number);
    return S_OK;
}

static HRESULT WINAPI probe_FireLater(IProbe *iface, BSTR text, LONG number)
{
    IProbe_AddRef(iface);
    PostMessageW(probe_of_IProbe(iface)->window, WM_APP, (WPARAM)number,
                 (LPARAM)SysAllocString(text));
    return S_OK;
}

static HRESULT WINAPI probe_Fail(IProbe *iface, BSTR text)
{
    ICreateErrorInfo *create;
    IErrorInfo *info;

    (void)iface;
    if (SUCCEEDED(CreateErrorInfo(&create))) {
        ICreateErrorInfo_SetDescription(create, text);
        ICreateErrorInfo_SetSource(create, (LPOLESTR)L"Probe");
        ICreateErrorInfo_QueryInterface(create, &IID_IErrorInfo, (void **)&info);
        SetErrorInfo(0, info);
        IErrorInfo_Release(info);
        ICreateErrorInfo_Release(create);
    }
    return E_ABORT;
}

static HRESULT WINAPI probe_get_Sinks(IProbe *iface, LONG *count)
{
    struct probe *self = probe_of_IProbe(iface);
    unsigned i;

    *count = 0;
    for (i = 0; i < MOST_SINKS; i++)
        *count += self->sinks[i] != NULL;
    return S_OK;
}

static const IProbeVtbl probe_vtable = {
    UNKNOWN_SLOTS(IProbe), probe_GetTypeInfoCount, probe_GetTypeInfo, probe_GetIDsOfNames,
    probe_Invoke,          probe_FireNow,          probe_FireLater,   probe_Fail,
    probe_get_Sinks,
};

/* ---- IProvideClassInfo, IConnectionPointContainer, IConnectionPoint ---- */

static HRESULT WINAPI class_GetClassInfo(IProvideClassInfo *iface, ITypeInfo **info)
{
    return type_of(&probe_of_IProvideClassInfo(iface)->clsid, info);
}

static const IProvideClassInfoVtbl class_vtable = {UNKNOWN_SLOTS(IProvideClassInfo),
                                                   class_GetClassInfo};

static HRESULT WINAPI container_Enum(IConnectionPointContainer *iface, IEnumConnectionPoints **out)
{
    (void)iface;
    *out = NULL;
    return E_NOTIMPL;
}

static HRESULT WINAPI container_Find(IConnectionPointContainer *iface, REFIID iid,
                                     IConnectionPoint **out)
{
    struct probe *self = probe_of_IConnectionPointContainer(iface);

    *out = NULL;
    if (!IsEqualIID(iid, &DIID_IProbeEvents))
        return CONNECT_E_NOCONNECTION;
    self->refs++;
    *out = &self->IConnectionPoint_iface;
    return S_OK;
}

static const IConnectionPointContainerVtbl container_vtable = {
    UNKNOWN_SLOTS(IConnectionPointContainer), container_Enum, container_Find};

static HRESULT WINAPI point_GetInterface(IConnectionPoint *iface, IID *iid)
{
    (void)iface;
    *iid = DIID_IProbeEvents;
    return S_OK;
}

static HRESULT WINAPI point_GetContainer(IConnectionPoint *iface, IConnectionPointContainer **out)
{
    return probe_query(probe_of_IConnectionPoint(iface), &IID_IConnectionPointContainer,
                       (void **)out);
}

static HRESULT WINAPI point_Advise(IConnectionPoint *iface, IUnknown *sink, DWORD *cookie)
{
    struct probe *self = probe_of_IConnectionPoint(iface);
    unsigned i;

    for (i = 0; i < MOST_SINKS; i++) {
        if (!self->sinks[i]) {
            *cookie = i + 1;
            return IUnknown_QueryInterface(sink, &DIID_IProbeEvents, (void **)&self->sinks[i]);
        }
    }
    return CONNECT_E_ADVISELIMIT;
}

static HRESULT WINAPI point_Unadvise(IConnectionPoint *iface, DWORD cookie)
{
    struct probe *self = probe_of_IConnectionPoint(iface);
    IDispatch *sink;

    if (!cookie || cookie > MOST_SINKS || !self->sinks[cookie - 1])
        return CONNECT_E_NOCONNECTION;
    sink = self->sinks[cookie - 1];
    self->sinks[cookie - 1] = NULL;
    IDispatch_Release(sink);
    return S_OK;
}

static HRESULT WINAPI point_Enum(IConnectionPoint *iface, IEnumConnections **out)
{
    (void)iface;
    *out = NULL;
    return E_NOTIMPL;
}

static const IConnectionPointVtbl point_vtable = {
    UNKNOWN_SLOTS(IConnectionPoint),
    point_GetInterface,
    point_GetContainer,
    point_Advise,
    point_Unadvise,
    point_Enum,
};

/* ---- class factory ---- */

static HRESULT probe_create(REFCLSID clsid, REFIID iid, void **out)
{
    struct probe *self = calloc(1, sizeof(*self));
    HRESULT hr;

    if (!self)
        return E_OUTOFMEMORY;
    self->IProbe_iface.lpVtbl = (IProbeVtbl *)&probe_vtable;
    self->IProvideClassInfo_iface.lpVtbl = (IProvideClassInfoVtbl *)&class_vtable;
    self->IConnectionPointContainer_iface.lpVtbl =
        (IConnectionPointContainerVtbl *)&container_vtable;
    self->IConnectionPoint_iface.lpVtbl = (IConnectionPointVtbl *)&point_vtable;
    self->refs = 1;
    self->clsid = *clsid;
    hr = type_of(&IID_IProbe, &self->info);
    if (FAILED(hr)) {
        free(self);
        return hr;
    }
    self->window =
        CreateWindowExW(0, L"STATIC", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    SetWindowLongPtrW(self->window, GWLP_USERDATA, (LONG_PTR)self);
    SetWindowLongPtrW(self->window, GWLP_WNDPROC, (LONG_PTR)window_procedure);
    hr = probe_query(self, iid, out);
    probe_drop(self);
    return hr;
}

struct factory {
    IClassFactory IClassFactory_iface;
    const CLSID *clsid;
};

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI factory_AddRef(IClassFactory *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                             void **out)
{
    *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    return probe_create(CONTAINING_RECORD(iface, struct factory, IClassFactory_iface)->clsid, iid,
                        out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface, (void)lock;
    return S_OK;
}

static const IClassFactoryVtbl factory_vtable = {factory_QueryInterface, factory_AddRef,
                                                 factory_AddRef, factory_CreateInstance,
                                                 factory_LockServer};
static struct factory factories[] = {
    {{(IClassFactoryVtbl *)&factory_vtable}, &CLSID_ToldProbe},
    {{(IClassFactoryVtbl *)&factory_vtable}, &CLSID_SilentProbe},
};

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    unsigned i;

    *out = NULL;
    for (i = 0; i < ARRAYSIZE(factories); i++)
        if (IsEqualGUID(clsid, factories[i].clsid))
            return factory_QueryInterface(&factories[i].IClassFactory_iface, iid, out);
    return CLASS_E_CLASSNOTAVAILABLE;
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
        instance = module;
    return TRUE;
}
