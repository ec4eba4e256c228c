/*
 * connect.c - events of objects as calls of the script's functions prefix_EventName.
 *
 * Which interface an object's events come on, and what they are called, is in its type library:
 * the default source of its coclass. The coclass is found by IProvideClassInfo, or by the CLSID it
 * was made from, or as the one in its own type library that has its interface as the default.
 */
#include "tools/scripthost/host.h"

#include <ocidl.h>
#include <olectl.h>
#include <stdio.h>
#include <stdlib.h>

struct connection {
    IDispatch IDispatch_iface; /* the sink */
    LONG refs;
    struct connection *next;
    IUnknown *object; /* identity of the connected object */
    IConnectionPoint *point;
    DWORD cookie;
    ITypeInfo *source; /* the dispinterface of the events */
    IID iid;
    WCHAR *prefix;
};

static struct connection *connections;

/* ---- the sink ---- */

static struct connection *impl_from_IDispatch(IDispatch *iface)
{
    return CONTAINING_RECORD(iface, struct connection, IDispatch_iface);
}

static HRESULT WINAPI sink_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch) &&
        !IsEqualIID(iid, &impl_from_IDispatch(iface)->iid))
        return E_NOINTERFACE;
    IDispatch_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IDispatch *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_IDispatch(iface)->refs);
}

static ULONG WINAPI sink_Release(IDispatch *iface)
{
    struct connection *self = impl_from_IDispatch(iface);
    LONG refs = InterlockedDecrement(&self->refs);

    if (refs == 0) {
        if (self->source)
            ITypeInfo_Release(self->source);
        free(self->prefix);
        free(self);
    }
    return (ULONG)refs;
}

static HRESULT WINAPI sink_GetTypeInfoCount(IDispatch *iface, UINT *count)
{
    (void)iface;
    if (!count)
        return E_POINTER;
    *count = 1;
    return S_OK;
}

static HRESULT WINAPI sink_GetTypeInfo(IDispatch *iface, UINT index, LCID lcid, ITypeInfo **info)
{
    (void)lcid;
    if (!info)
        return E_POINTER;
    *info = NULL;
    if (index)
        return DISP_E_BADINDEX;
    *info = impl_from_IDispatch(iface)->source;
    ITypeInfo_AddRef(*info);
    return S_OK;
}

static HRESULT WINAPI sink_GetIDsOfNames(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count,
                                         LCID lcid, DISPID *ids)
{
    (void)iid, (void)lcid;
    return ITypeInfo_GetIDsOfNames(impl_from_IDispatch(iface)->source, names, count, ids);
}

/* The script's function for an event; DISPID_UNKNOWN: the script has none, as it may. */
static DISPID find_handler(struct connection *self, IDispatch *script, DISPID event)
{
    DISPID id = DISPID_UNKNOWN;
    WCHAR *name;
    size_t size;
    BSTR bare;
    UINT count;

    if (FAILED(ITypeInfo_GetNames(self->source, event, &bare, 1, &count)) || !count)
        return id;
    size = (size_t)lstrlenW(self->prefix) + SysStringLen(bare) + 1;
    name = malloc(size * sizeof(*name));
    if (name) {
        _snwprintf(name, size, L"%ls%ls", self->prefix, bare);
        if (FAILED(IDispatch_GetIDsOfNames(script, &IID_NULL, &name, 1, LOCALE_USER_DEFAULT, &id)))
            id = DISPID_UNKNOWN;
        free(name);
    }
    SysFreeString(bare);
    return id;
}

static HRESULT WINAPI sink_Invoke(IDispatch *iface, DISPID event, REFIID iid, LCID lcid, WORD flags,
                                  DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception,
                                  UINT *bad_argument)
{
    struct connection *self = impl_from_IDispatch(iface);
    IDispatch *script = NULL;
    EXCEPINFO failure = {0};
    HRESULT hr = S_OK;
    DISPID handler;

    (void)iid, (void)lcid, (void)flags, (void)exception, (void)bad_argument;
    if (!host.engine || FAILED(IActiveScript_GetScriptDispatch(host.engine, NULL, &script)) ||
        !script)
        return S_OK;
    handler = find_handler(self, script, event);
    if (handler != DISPID_UNKNOWN)
        hr = IDispatch_Invoke(script, handler, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD,
                              params, result, &failure, NULL);
    IDispatch_Release(script);
    if (FAILED(hr)) {
        /* An error in a handler ends the script, as one in its main part does. */
        host_show_exception(0, 0, hr, &failure);
        host_quit(1);
    }
    return S_OK;
}

static const IDispatchVtbl sink_vtable = {
    sink_QueryInterface, sink_AddRef,        sink_Release, sink_GetTypeInfoCount,
    sink_GetTypeInfo,    sink_GetIDsOfNames, sink_Invoke,
};

/* ---- finding the source ---- */

/* The type information of an object's own interface and the library it is in. */
static HRESULT own_type(IDispatch *object, ITypeInfo **info, ITypeLib **library)
{
    UINT index;
    HRESULT hr;

    *library = NULL;
    hr = IDispatch_GetTypeInfo(object, 0, LOCALE_USER_DEFAULT, info);
    if (FAILED(hr) || !*info)
        return FAILED(hr) ? hr : TYPE_E_ELEMENTNOTFOUND;
    hr = ITypeInfo_GetContainingTypeLib(*info, library, &index);
    if (FAILED(hr))
        ITypeInfo_Release(*info);
    return hr;
}

static bool type_guid(ITypeInfo *info, TYPEKIND kind, GUID *guid)
{
    TYPEATTR *attributes;
    bool right;

    if (FAILED(ITypeInfo_GetTypeAttr(info, &attributes)))
        return false;
    right = attributes->typekind == kind;
    *guid = attributes->guid;
    ITypeInfo_ReleaseTypeAttr(info, attributes);
    return right;
}

/* The interface of a coclass with these flags; a dispinterface, for only those can be late-bound.
 */
static HRESULT coclass_member(ITypeInfo *coclass, int flags, ITypeInfo **out)
{
    TYPEATTR *attributes;
    HREFTYPE reference;
    GUID guid;
    UINT i, count;

    *out = NULL;
    if (FAILED(ITypeInfo_GetTypeAttr(coclass, &attributes)))
        return E_FAIL;
    count = attributes->cImplTypes;
    ITypeInfo_ReleaseTypeAttr(coclass, attributes);
    for (i = 0; i < count; i++) {
        int has;

        if (FAILED(ITypeInfo_GetImplTypeFlags(coclass, i, &has)) ||
            (has & (IMPLTYPEFLAG_FSOURCE | IMPLTYPEFLAG_FDEFAULT)) != flags ||
            FAILED(ITypeInfo_GetRefTypeOfImplType(coclass, i, &reference)) ||
            FAILED(ITypeInfo_GetRefTypeInfo(coclass, reference, out)))
            continue;
        if (type_guid(*out, TKIND_DISPATCH, &guid))
            return S_OK;
        ITypeInfo_Release(*out);
        *out = NULL;
    }
    return TYPE_E_ELEMENTNOTFOUND;
}

static HRESULT default_source(ITypeInfo *coclass, ITypeInfo **out)
{
    HRESULT hr = coclass_member(coclass, IMPLTYPEFLAG_FSOURCE | IMPLTYPEFLAG_FDEFAULT, out);

    return SUCCEEDED(hr) ? hr : coclass_member(coclass, IMPLTYPEFLAG_FSOURCE, out);
}

static HRESULT source_by_class_info(IDispatch *object, ITypeInfo **out)
{
    IProvideClassInfo *provider;
    ITypeInfo *coclass;
    HRESULT hr = IDispatch_QueryInterface(object, &IID_IProvideClassInfo, (void **)&provider);

    if (FAILED(hr))
        return hr;
    hr = IProvideClassInfo_GetClassInfo(provider, &coclass);
    IProvideClassInfo_Release(provider);
    if (FAILED(hr))
        return hr;
    hr = default_source(coclass, out);
    ITypeInfo_Release(coclass);
    return hr;
}

static HRESULT registered_library(REFCLSID clsid, ITypeLib **library)
{
    WCHAR key[96], text[40], version[16] = L"1.0";
    LONG size = sizeof(text), version_size = sizeof(version);
    unsigned major = 1, minor = 0;
    GUID guid;

    *library = NULL;
    StringFromGUID2(clsid, text, ARRAYSIZE(text));
    _snwprintf(key, ARRAYSIZE(key), L"CLSID\\%ls\\Version", text);
    if (RegQueryValueW(HKEY_CLASSES_ROOT, key, version, &version_size) == ERROR_SUCCESS)
        swscanf(version, L"%u.%u", &major, &minor);
    _snwprintf(key, ARRAYSIZE(key), L"CLSID\\%ls\\TypeLib", text);
    if (RegQueryValueW(HKEY_CLASSES_ROOT, key, text, &size) != ERROR_SUCCESS ||
        FAILED(CLSIDFromString(text, &guid)))
        return TYPE_E_LIBNOTREGISTERED;
    return LoadRegTypeLib(&guid, (WORD)major, (WORD)minor, LOCALE_USER_DEFAULT, library);
}

static HRESULT source_in_library(ITypeLib *library, REFCLSID clsid, ITypeInfo **out)
{
    ITypeInfo *coclass;
    HRESULT hr = ITypeLib_GetTypeInfoOfGuid(library, clsid, &coclass);

    if (FAILED(hr))
        return hr;
    hr = default_source(coclass, out);
    ITypeInfo_Release(coclass);
    return hr;
}

static HRESULT source_by_class(IDispatch *object, const CLSID *clsid, ITypeInfo **out)
{
    ITypeLib *library;
    ITypeInfo *info;
    IPersist *persist;
    CLSID own;
    HRESULT hr = TYPE_E_ELEMENTNOTFOUND;

    if (!clsid && SUCCEEDED(IDispatch_QueryInterface(object, &IID_IPersist, (void **)&persist))) {
        if (SUCCEEDED(IPersist_GetClassID(persist, &own)))
            clsid = &own;
        IPersist_Release(persist);
    }
    if (!clsid)
        return hr;
    if (SUCCEEDED(own_type(object, &info, &library))) {
        hr = source_in_library(library, clsid, out);
        ITypeInfo_Release(info);
        ITypeLib_Release(library);
    }
    if (FAILED(hr) && SUCCEEDED(registered_library(clsid, &library))) {
        hr = source_in_library(library, clsid, out);
        ITypeLib_Release(library);
    }
    return hr;
}

/* The coclass of the object's library whose default interface is the object's own. */
static HRESULT source_by_interface(IDispatch *object, ITypeInfo **out)
{
    ITypeLib *library;
    ITypeInfo *info;
    HRESULT hr;
    GUID own;
    UINT i;

    hr = own_type(object, &info, &library);
    if (FAILED(hr))
        return hr;
    type_guid(info, TKIND_DISPATCH, &own);
    hr = TYPE_E_ELEMENTNOTFOUND;
    for (i = 0; FAILED(hr) && i < ITypeLib_GetTypeInfoCount(library); i++) {
        ITypeInfo *coclass, *main_interface;
        TYPEKIND kind;
        GUID guid;

        if (FAILED(ITypeLib_GetTypeInfoType(library, i, &kind)) || kind != TKIND_COCLASS ||
            FAILED(ITypeLib_GetTypeInfo(library, i, &coclass)))
            continue;
        if (SUCCEEDED(coclass_member(coclass, IMPLTYPEFLAG_FDEFAULT, &main_interface))) {
            type_guid(main_interface, TKIND_DISPATCH, &guid);
            if (IsEqualGUID(&guid, &own))
                hr = default_source(coclass, out);
            ITypeInfo_Release(main_interface);
        }
        ITypeInfo_Release(coclass);
    }
    ITypeInfo_Release(info);
    ITypeLib_Release(library);
    return hr;
}

/* The first connection point whose interface the object's own library has as a dispinterface. */
static HRESULT source_by_connection_points(IDispatch *object, IConnectionPointContainer *container,
                                           ITypeInfo **out)
{
    IEnumConnectionPoints *points;
    IConnectionPoint *point;
    ITypeLib *library;
    ITypeInfo *info;
    HRESULT hr;
    GUID guid;
    IID iid;

    hr = own_type(object, &info, &library);
    if (FAILED(hr))
        return hr;
    ITypeInfo_Release(info);
    hr = IConnectionPointContainer_EnumConnectionPoints(container, &points);
    if (SUCCEEDED(hr)) {
        hr = TYPE_E_ELEMENTNOTFOUND;
        while (FAILED(hr) && IEnumConnectionPoints_Next(points, 1, &point, NULL) == S_OK) {
            if (SUCCEEDED(IConnectionPoint_GetConnectionInterface(point, &iid)))
                hr = ITypeLib_GetTypeInfoOfGuid(library, &iid, out);
            if (SUCCEEDED(hr) && !type_guid(*out, TKIND_DISPATCH, &guid)) {
                ITypeInfo_Release(*out);
                hr = TYPE_E_ELEMENTNOTFOUND;
            }
            IConnectionPoint_Release(point);
        }
        IEnumConnectionPoints_Release(points);
    }
    ITypeLib_Release(library);
    return hr;
}

/* ---- connecting ---- */

HRESULT connect_object(IDispatch *object, const CLSID *clsid, const WCHAR *prefix)
{
    IConnectionPointContainer *container;
    struct connection *self;
    HRESULT hr;

    hr = IDispatch_QueryInterface(object, &IID_IConnectionPointContainer, (void **)&container);
    if (FAILED(hr))
        return hr;
    self = calloc(1, sizeof(*self));
    if (!self) {
        IConnectionPointContainer_Release(container);
        return E_OUTOFMEMORY;
    }
    self->IDispatch_iface.lpVtbl = (IDispatchVtbl *)&sink_vtable;
    self->refs = 1;
    self->prefix = _wcsdup(prefix);
    hr = source_by_class_info(object, &self->source);
    if (FAILED(hr))
        hr = source_by_class(object, clsid, &self->source);
    if (FAILED(hr))
        hr = source_by_interface(object, &self->source);
    if (FAILED(hr))
        hr = source_by_connection_points(object, container, &self->source);
    if (SUCCEEDED(hr)) {
        type_guid(self->source, TKIND_DISPATCH, &self->iid);
        hr = IConnectionPointContainer_FindConnectionPoint(container, &self->iid, &self->point);
    }
    IConnectionPointContainer_Release(container);
    if (SUCCEEDED(hr)) {
        hr =
            IConnectionPoint_Advise(self->point, (IUnknown *)&self->IDispatch_iface, &self->cookie);
        if (FAILED(hr))
            IConnectionPoint_Release(self->point);
    }
    if (SUCCEEDED(hr))
        hr = IDispatch_QueryInterface(object, &IID_IUnknown, (void **)&self->object);
    if (FAILED(hr)) {
        IDispatch_Release(&self->IDispatch_iface);
        return hr;
    }
    self->next = connections;
    connections = self;
    return S_OK;
}

static void disconnect(struct connection *self)
{
    IConnectionPoint_Unadvise(self->point, self->cookie);
    IConnectionPoint_Release(self->point);
    IUnknown_Release(self->object);
    IDispatch_Release(&self->IDispatch_iface);
}

HRESULT disconnect_object(IDispatch *object)
{
    struct connection **link = &connections;
    HRESULT hr = S_FALSE;
    IUnknown *identity;

    if (FAILED(IDispatch_QueryInterface(object, &IID_IUnknown, (void **)&identity)))
        return E_NOINTERFACE;
    while (*link) {
        struct connection *self = *link;

        if (self->object != identity) {
            link = &self->next;
            continue;
        }
        *link = self->next;
        disconnect(self);
        hr = S_OK;
        link = &connections; /* the call may have changed the list */
    }
    IUnknown_Release(identity);
    return hr;
}

void disconnect_all(void)
{
    while (connections) {
        struct connection *self = connections;

        connections = self->next;
        disconnect(self);
    }
}
