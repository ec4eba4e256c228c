/* server.c - class factories and registration from a table. See server.h. */
#include "objects/server.h"

#include <stdio.h>
#include <wchar.h>

#include "objects/com.h"

/* ---- class factories ------------------------------------------------------------------------- */

struct factory {
    struct com_object com;
    IClassFactory IClassFactory_iface;
    const struct com_server_class *class;
};

COM_UNKNOWN_METHODS(factory, factory, IClassFactory, IClassFactory_iface)

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                             void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    /* Any other interface would be the outer object's, and the inner IUnknown never be had. */
    if (outer && !IsEqualIID(iid, &IID_IUnknown))
        return CLASS_E_NOAGGREGATION;
    return impl_from_IClassFactory_iface(iface)->class->create(outer, iid, out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;
    com_lock_module(lock);
    return S_OK;
}

static const IClassFactoryVtbl factory_vtable = {
    COM_UNKNOWN_VTABLE(factory),
    factory_CreateInstance,
    factory_LockServer,
};

static const struct com_interface factory_interfaces[] = {
    COM_INTERFACE(factory, IClassFactory_iface, IClassFactory),
};

static const struct com_class factory_class = {
    .name = "class factory",
    .interfaces = factory_interfaces,
    .interface_count = ARRAYSIZE(factory_interfaces),
};

HRESULT com_server_class_object(const struct com_server_class *classes, REFCLSID clsid, REFIID iid,
                                void **out)
{
    const struct com_server_class *class;
    struct factory *self;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!clsid || !iid)
        return E_INVALIDARG;
    for (class = classes; class->clsid && !IsEqualCLSID(clsid, class->clsid); class ++)
        ;
    if (!class->clsid)
        return CLASS_E_CLASSNOTAVAILABLE;
    self = com_object_create(sizeof(*self), &factory_class, NULL);
    if (!self)
        return E_OUTOFMEMORY;
    self->IClassFactory_iface.lpVtbl = (IClassFactoryVtbl *)&factory_vtable;
    self->class = class;
    hr = com_query(&self->com, iid, out);
    com_release(&self->com);
    return hr;
}

BOOL com_server_is_idle(void)
{
    return com_live_objects() == 0 && com_module_locks() == 0;
}

/* ---- registration ---------------------------------------------------------------------------- */

/* Sets the default value, or the named one, of a key below HKEY_CLASSES_ROOT. */
static LONG set_value(const WCHAR *path, const WCHAR *name, const WCHAR *value)
{
    HKEY key;
    LONG error = RegCreateKeyExW(HKEY_CLASSES_ROOT, path, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL);

    if (error)
        return error;
    error = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)value,
                           (DWORD)((wcslen(value) + 1) * sizeof(WCHAR)));
    RegCloseKey(key);
    return error;
}

struct key_value {
    const WCHAR *path, *name,
        *value; /* path has the class' identifier in it; value NULL: not set */
};

static LONG register_class(const struct com_server_class *class, const WCHAR *file,
                           const WCHAR *library)
{
    const struct key_value values[] = {
        {L"CLSID\\%ls", NULL, class->name},
        {L"CLSID\\%ls\\InprocServer32", NULL, file},
        {L"CLSID\\%ls\\InprocServer32", L"ThreadingModel", L"Both"},
        {L"CLSID\\%ls\\ProgID", NULL, class->prog_id},
        {L"CLSID\\%ls\\VersionIndependentProgID", NULL, class->independent},
        {L"CLSID\\%ls\\TypeLib", NULL, library},
        {L"CLSID\\%ls\\Programmable", NULL, library ? L"" : NULL},
    };
    const WCHAR *prog_ids[] = {class->prog_id, class->independent};
    WCHAR clsid[40], path[160];
    LONG error = 0;
    unsigned i;

    StringFromGUID2(class->clsid, clsid, ARRAYSIZE(clsid));
    for (i = 0; i < ARRAYSIZE(values) && !error; i++) {
        if (!values[i].value)
            continue;
        swprintf(path, ARRAYSIZE(path), values[i].path, clsid);
        error = set_value(path, values[i].name, values[i].value);
    }
    for (i = 0; i < ARRAYSIZE(prog_ids) && !error; i++) {
        if (!prog_ids[i])
            continue;
        error = set_value(prog_ids[i], NULL, class->name);
        swprintf(path, ARRAYSIZE(path), L"%ls\\CLSID", prog_ids[i]);
        if (!error)
            error = set_value(path, NULL, clsid);
        swprintf(path, ARRAYSIZE(path), L"%ls\\CurVer", prog_ids[i]);
        if (!error && prog_ids[i] == class->independent)
            error = set_value(path, NULL, class->prog_id);
    }
    return error;
}

static HRESULT module_file(WCHAR file[MAX_PATH])
{
    DWORD length = GetModuleFileNameW(com_module, file, MAX_PATH);

    if (!length)
        return HRESULT_FROM_WIN32(GetLastError());
    return length < MAX_PATH ? S_OK : HRESULT_FROM_WIN32(ERROR_FILENAME_EXCED_RANGE);
}

HRESULT com_server_register(const struct com_server_class *classes, const GUID *library)
{
    WCHAR file[MAX_PATH], text[40];
    HRESULT hr = module_file(file);

    if (library)
        StringFromGUID2(library, text, ARRAYSIZE(text));
    for (; SUCCEEDED(hr) && classes->clsid; classes++)
        hr = HRESULT_FROM_WIN32(register_class(classes, file, library ? text : NULL));
    return hr;
}

static LONG delete_tree(const WCHAR *path)
{
    LONG error = path ? RegDeleteTreeW(HKEY_CLASSES_ROOT, path) : 0;

    return error == ERROR_FILE_NOT_FOUND ? 0 : error;
}

HRESULT com_server_unregister(const struct com_server_class *classes)
{
    WCHAR clsid[40], path[60];
    HRESULT hr = S_OK;

    for (; classes->clsid; classes++) {
        LONG error, other;

        StringFromGUID2(classes->clsid, clsid, ARRAYSIZE(clsid));
        swprintf(path, ARRAYSIZE(path), L"CLSID\\%ls", clsid);
        error = delete_tree(path);
        other = delete_tree(classes->prog_id);
        error = error ? error : other;
        other = delete_tree(classes->independent);
        error = error ? error : other;
        if (error)
            hr = HRESULT_FROM_WIN32(error); /* the rest goes all the same */
    }
    return hr;
}

HRESULT com_server_register_library(void)
{
    WCHAR file[MAX_PATH];
    ITypeLib *library;
    HRESULT hr = module_file(file);

    if (SUCCEEDED(hr))
        hr = LoadTypeLibEx(file, REGKIND_REGISTER, &library);
    if (SUCCEEDED(hr))
        ITypeLib_Release(library);
    return hr;
}

HRESULT com_server_unregister_library(void)
{
    WCHAR file[MAX_PATH];
    ITypeLib *library;
    TLIBATTR *attributes;
    HRESULT hr = module_file(file);

    if (SUCCEEDED(hr))
        hr = LoadTypeLibEx(file, REGKIND_NONE, &library);
    if (FAILED(hr))
        return hr;
    hr = ITypeLib_GetLibAttr(library, &attributes);
    if (SUCCEEDED(hr)) {
        hr =
            UnRegisterTypeLib(&attributes->guid, attributes->wMajorVerNum, attributes->wMinorVerNum,
                              attributes->lcid, sizeof(void *) == 8 ? SYS_WIN64 : SYS_WIN32);
        ITypeLib_ReleaseTLibAttr(library, attributes);
    }
    ITypeLib_Release(library);
    return hr;
}
