/*
 * dispatch_mapper.c - ITDispatchMapper: gives a script, which only ever sees an object's default
 * IDispatch, the IDispatch of another of its interfaces by the IID's text.
 */
#include "events/events.h"

#include <objsafe.h>
#include <stddef.h>

#include "objects/com.h"

struct dispatch_mapper {
    struct com_object com;
    ITDispatchMapper ITDispatchMapper_iface;
};

COM_DISPATCH_METHODS(mapper, dispatch_mapper, ITDispatchMapper, ITDispatchMapper_iface)

/* An IID in braces, as in the documentation; a bare one is taken too, for scripts write both. */
static HRESULT parse_iid(const WCHAR *text, IID *iid)
{
    WCHAR braced[39];

    if (text[0] == '{')
        return IIDFromString(text, iid);
    if (lstrlenW(text) != 36)
        return E_INVALIDARG;
    braced[0] = '{';
    memcpy(braced + 1, text, 36 * sizeof(WCHAR));
    braced[37] = '}';
    braced[38] = 0;
    return IIDFromString(braced, iid);
}

/* One half of a type library's version, "1.a". */
static WORD hex_number(const WCHAR **text)
{
    WORD number = 0;

    for (;; ++*text) {
        WCHAR digit = **text;

        if (digit >= '0' && digit <= '9')
            number = number * 16 + (digit - '0');
        else if ((digit | 32) >= 'a' && (digit | 32) <= 'f')
            number = number * 16 + ((digit | 32) - 'a' + 10);
        else
            return number;
    }
}

/* The information of somebody else's interface, in the type library it is registered with. */
static HRESULT registered_info(REFIID iid, ITypeInfo **info)
{
    WCHAR path[80] = L"Interface\\", library_text[40], version[16];
    const WCHAR *at = version;
    DWORD size = sizeof(library_text), version_size = sizeof(version);
    WORD major, minor;
    ITypeLib *library = NULL;
    LONG error;
    GUID guid;
    HKEY key;
    HRESULT hr;

    *info = NULL;
    StringFromGUID2(iid, path + lstrlenW(path), 39);
    lstrcatW(path, L"\\TypeLib");
    if (RegOpenKeyExW(HKEY_CLASSES_ROOT, path, 0, KEY_READ, &key) != 0)
        return TYPE_E_LIBNOTREGISTERED;
    error = RegGetValueW(key, NULL, NULL, RRF_RT_REG_SZ, NULL, library_text, &size);
    if (error == 0)
        error = RegGetValueW(key, NULL, L"Version", RRF_RT_REG_SZ, NULL, version, &version_size);
    RegCloseKey(key);
    if (error != 0 || FAILED(IIDFromString(library_text, &guid)))
        return TYPE_E_LIBNOTREGISTERED;
    major = hex_number(&at);
    if (*at == '.')
        at++;
    minor = hex_number(&at);
    hr = LoadRegTypeLib(&guid, major, minor, LOCALE_NEUTRAL, &library);
    if (FAILED(hr))
        return hr;
    hr = ITypeLib_GetTypeInfoOfGuid(library, iid, info);
    ITypeLib_Release(library);
    return hr;
}

/* Is the interface an IDispatch itself? A media provider's own ones are in a library of its own. */
static BOOL is_dual(REFIID iid)
{
    BOOL dual = FALSE;
    ITypeInfo *info;
    TYPEATTR *attr;

    if (SUCCEEDED(com_type_info(iid, &info)))
        return TRUE;
    if (FAILED(registered_info(iid, &info)))
        return FALSE;
    if (SUCCEEDED(ITypeInfo_GetTypeAttr(info, &attr))) {
        dual = attr->typekind == TKIND_DISPATCH ||
               (attr->wTypeFlags & (TYPEFLAG_FDUAL | TYPEFLAG_FDISPATCHABLE)) != 0;
        ITypeInfo_ReleaseTypeAttr(info, attr);
    }
    ITypeInfo_Release(info);
    return dual;
}

/* "If the object does not implement IObjectSafety, or if the object is not safe on this particular
 * interface, the call will fail" (dispatch-mapper.md). */
static BOOL is_safe(IDispatch *object, REFIID iid)
{
    static const DWORD wanted =
        INTERFACESAFE_FOR_UNTRUSTED_CALLER | INTERFACESAFE_FOR_UNTRUSTED_DATA;
    DWORD supported = 0, enabled = 0;
    IObjectSafety *safety = NULL;
    BOOL safe;

    if (FAILED(IDispatch_QueryInterface(object, &IID_IObjectSafety, (void **)&safety)) || !safety)
        return FALSE;
    safe = SUCCEEDED(IObjectSafety_GetInterfaceSafetyOptions(safety, iid, &supported, &enabled)) &&
           (supported & wanted) == wanted &&
           SUCCEEDED(IObjectSafety_SetInterfaceSafetyOptions(safety, iid, wanted, wanted));
    IObjectSafety_Release(safety);
    return safe;
}

static HRESULT WINAPI mapper_QueryDispatchInterface(ITDispatchMapper *iface, BSTR iid_text,
                                                    IDispatch *object, IDispatch **out)
{
    IUnknown *found = NULL;
    HRESULT hr;
    IID iid;

    (void)iface;
    if (!out)
        return com_fail(E_POINTER, &IID_ITDispatchMapper, NULL);
    *out = NULL;
    if (!object)
        return com_fail(E_INVALIDARG, &IID_ITDispatchMapper,
                        "QueryDispatchInterface needs an object to map.");
    if (!iid_text || FAILED(parse_iid(iid_text, &iid)))
        return com_fail(E_INVALIDARG, &IID_ITDispatchMapper,
                        "The interface to map to must be given as the text of its IID, "
                        "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}.");
    hr = IDispatch_QueryInterface(object, &iid, (void **)&found);
    if (FAILED(hr) || !found)
        return com_fail(E_NOINTERFACE, &IID_ITDispatchMapper,
                        "The object does not support the interface %ls.", iid_text);
    if (!is_safe(object, &iid)) {
        IUnknown_Release(found);
        return com_fail(E_NOINTERFACE, &IID_ITDispatchMapper,
                        "The object is not safe for scripting on the interface %ls.", iid_text);
    }
    /* Asking the interface for IDispatch would give the default one again; an interface that is
     * dual is an IDispatch itself. */
    if (is_dual(&iid)) {
        *out = (IDispatch *)found;
        return S_OK;
    }
    hr = IUnknown_QueryInterface(found, &IID_IDispatch, (void **)out);
    IUnknown_Release(found);
    return hr;
}

static const ITDispatchMapperVtbl mapper_vtable = {COM_DISPATCH_VTABLE(mapper),
                                                   mapper_QueryDispatchInterface};
static const struct com_interface mapper_interfaces[] = {
    COM_INTERFACE(dispatch_mapper, ITDispatchMapper_iface, ITDispatchMapper)};
static const struct com_class mapper_class = {
    .name = "DispatchMapper",
    .interfaces = mapper_interfaces,
    .interface_count = ARRAYSIZE(mapper_interfaces),
};

HRESULT dispatch_mapper_create(IUnknown *outer, REFIID iid, void **out)
{
    struct dispatch_mapper *self;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    self = com_object_create(sizeof(*self), &mapper_class, NULL);
    if (!self)
        return E_OUTOFMEMORY;
    self->ITDispatchMapper_iface.lpVtbl = (ITDispatchMapperVtbl *)&mapper_vtable;
    hr = com_query(&self->com, iid, out);
    com_release(&self->com);
    return hr;
}
