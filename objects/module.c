/* module.c - tapi3.dll as a COM server: class factories, registration, unloading. */
#include "objects/private.h"

#include <ot_proxy.h>
#include <stdio.h>
#include <wchar.h>

/* ---- the classes --------------------------------------------------------------------------- */

static const struct server_class {
    const CLSID *clsid;
    const WCHAR *prog_id;     /* versioned */
    const WCHAR *independent; /* without version; NULL: none (coclasses.csv) */
    const WCHAR *name;
    HRESULT (*create)(IUnknown *outer, REFIID iid, void **out);
} classes[] = {
    {&CLSID_TAPI, L"TAPI.TAPI.1", L"TAPI.TAPI", L"TAPI Class", tapi_create},
    {&CLSID_DispatchMapper, L"DispatchMapper.DispatchMapper.1", L"DispatchMapper.DispatchMapper",
     L"DispatchMapper Class", dispatch_mapper_create},
    {&CLSID_RequestMakeCall, L"RequestMakeCall.RequestMakeCall.1", L"RequestMakeCall.RequestMakeCall",
     L"RequestMakeCall Class", request_make_call_create},
};

/* ---- class factory ------------------------------------------------------------------------- */

struct factory {
    struct com_object com;
    IClassFactory IClassFactory_iface;
    const struct server_class *class;
};

COM_UNKNOWN_METHODS(factory, factory, IClassFactory, IClassFactory_iface)

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                             void **out)
{
    struct factory *self = impl_from_IClassFactory_iface(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    return self->class->create(outer, iid, out);
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

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    struct factory *self;
    HRESULT hr;
    unsigned i;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!clsid || !iid)
        return E_INVALIDARG;
    for (i = 0; i < ARRAYSIZE(classes); i++)
        if (IsEqualCLSID(clsid, classes[i].clsid))
            break;
    if (i == ARRAYSIZE(classes))
        return ot_proxy_DllGetClassObject(clsid, iid, out);
    self = com_object_create(sizeof(*self), &factory_class, NULL);
    if (!self)
        return E_OUTOFMEMORY;
    self->IClassFactory_iface.lpVtbl = (IClassFactoryVtbl *)&factory_vtable;
    self->class = &classes[i];
    hr = com_query(&self->com, iid, out);
    com_release(&self->com);
    return hr;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return com_live_objects() == 0 && com_module_locks() == 0 && events_alive() == 0 &&
                   ot_proxy_DllCanUnloadNow() == S_OK
               ? S_OK
               : S_FALSE;
}

/* For tests: objects alive in the process, of all rooms of this DLL. */
LONG WINAPI OpenTapi3LiveObjects(void)
{
    return com_live_objects() + events_alive();
}

/* ---- registration -------------------------------------------------------------------------- */

/* Sets the default value, or the named one, of a key below HKEY_CLASSES_ROOT. */
static LONG set_key(const WCHAR *path, const WCHAR *name, const WCHAR *value)
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
    const WCHAR *path, *name, *value;
};

static LONG register_class(const struct server_class *class)
{
    WCHAR clsid[40], library[40], file[MAX_PATH], path[160], module_path[160];
    LONG error = 0;
    unsigned i;

    StringFromGUID2(class->clsid, clsid, ARRAYSIZE(clsid));
    StringFromGUID2(&LIBID_TAPI3Lib, library, ARRAYSIZE(library));
    if (!GetModuleFileNameW(com_module, file, ARRAYSIZE(file)))
        return GetLastError();
    swprintf(module_path, ARRAYSIZE(module_path), L"CLSID\\%ls\\InprocServer32", clsid);
    {
        const struct key_value values[] = {
            {L"CLSID\\%ls", NULL, class->name},
            {L"CLSID\\%ls\\InprocServer32", NULL, file},
            {L"CLSID\\%ls\\InprocServer32", L"ThreadingModel", L"Both"},
            {L"CLSID\\%ls\\ProgID", NULL, class->prog_id},
            {L"CLSID\\%ls\\VersionIndependentProgID", NULL, class->independent},
            {L"CLSID\\%ls\\TypeLib", NULL, library},
            {L"CLSID\\%ls\\Programmable", NULL, L""},
        };

        for (i = 0; i < ARRAYSIZE(values) && !error; i++) {
            if (!values[i].value)
                continue;
            swprintf(path, ARRAYSIZE(path), values[i].path, clsid);
            error = set_key(path, values[i].name, values[i].value);
        }
    }
    for (i = 0; i < 2 && !error; i++) {
        const WCHAR *prog_id = i ? class->independent : class->prog_id;

        if (!prog_id)
            continue;
        error = set_key(prog_id, NULL, class->name);
        swprintf(path, ARRAYSIZE(path), L"%ls\\CLSID", prog_id);
        if (!error)
            error = set_key(path, NULL, clsid);
        swprintf(path, ARRAYSIZE(path), L"%ls\\CurVer", prog_id);
        if (!error && i)
            error = set_key(path, NULL, class->prog_id);
    }
    return error;
}

static void unregister_class(const struct server_class *class)
{
    WCHAR clsid[40], path[60];

    StringFromGUID2(class->clsid, clsid, ARRAYSIZE(clsid));
    swprintf(path, ARRAYSIZE(path), L"CLSID\\%ls", clsid);
    RegDeleteTreeW(HKEY_CLASSES_ROOT, path);
    RegDeleteTreeW(HKEY_CLASSES_ROOT, class->prog_id);
    if (class->independent)
        RegDeleteTreeW(HKEY_CLASSES_ROOT, class->independent);
}

HRESULT WINAPI DllUnregisterServer(void)
{
    unsigned i;

    for (i = 0; i < ARRAYSIZE(classes); i++)
        unregister_class(&classes[i]);
    UnRegisterTypeLib(&LIBID_TAPI3Lib, 1, 0, LOCALE_NEUTRAL,
                      sizeof(void *) == 8 ? SYS_WIN64 : SYS_WIN32);
    return ot_proxy_DllUnregisterServer();
}

HRESULT WINAPI DllRegisterServer(void)
{
    WCHAR file[MAX_PATH];
    ITypeLib *library = NULL;
    LONG error = 0;
    HRESULT hr;
    unsigned i;

    for (i = 0; i < ARRAYSIZE(classes) && !error; i++)
        error = register_class(&classes[i]);
    hr = HRESULT_FROM_WIN32(error);
    if (SUCCEEDED(hr) && !GetModuleFileNameW(com_module, file, ARRAYSIZE(file)))
        hr = HRESULT_FROM_WIN32(GetLastError());
    /* The type library marshaller finds every dual interface through this. */
    if (SUCCEEDED(hr))
        hr = LoadTypeLibEx(file, REGKIND_REGISTER, &library);
    if (library)
        ITypeLib_Release(library);
    if (SUCCEEDED(hr))
        hr = ot_proxy_DllRegisterServer();
    if (FAILED(hr))
        DllUnregisterServer();
    return hr;
}

/* ---- the DLL ------------------------------------------------------------------------------- */

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, LPVOID reserved)
{
    switch (reason) {
    case DLL_PROCESS_ATTACH:
        com_module = module;
        DisableThreadLibraryCalls(module);
        trace_start();
        ot_proxy_DllMain(module, reason, reserved);
        break;
    case DLL_PROCESS_DETACH:
        if (!reserved) { /* FreeLibrary; at process exit other DLLs may be gone already */
            com_type_info_free_all();
            trace_stop();
        }
        break;
    }
    return TRUE;
}
