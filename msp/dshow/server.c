/* server.c - DllGetClassObject and registration from a table. See server.h. */
#include "msp/dshow/server.h"
#include "objects/com.h"
#include "base/trace.h"

struct factory {
    struct com_object com;
    IClassFactory IClassFactory_iface;
    const struct server_class *class;
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
    if (outer && !IsEqualIID(iid, &IID_IUnknown))
        return CLASS_E_NOAGGREGATION; /* an aggregate asks for the inner IUnknown first */
    return impl_from_IClassFactory_iface(iface)->class->create(outer, iid, out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;
    com_lock_module(lock);
    return S_OK;
}

static const IClassFactoryVtbl factory_vtbl = {
    COM_UNKNOWN_VTABLE(factory),
    factory_CreateInstance,
    factory_LockServer,
};

static const struct com_interface factory_interfaces[] = {
    COM_INTERFACE(factory, IClassFactory_iface, IClassFactory)};
static const struct com_class factory_class = {
    .name = "ClassFactory",
    .interfaces = factory_interfaces,
    .interface_count = 1,
};

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    const struct server_class *class;
    struct factory *factory;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    for (class = server_classes; class->clsid; class ++)
        if (IsEqualCLSID(class->clsid, clsid))
            break;
    if (!class->clsid)
        return CLASS_E_CLASSNOTAVAILABLE;
    factory = com_object_create(sizeof(*factory), &factory_class, NULL);
    if (!factory)
        return E_OUTOFMEMORY;
    factory->IClassFactory_iface.lpVtbl = (IClassFactoryVtbl *)&factory_vtbl;
    factory->class = class;
    hr = IClassFactory_QueryInterface(&factory->IClassFactory_iface, iid, out);
    IClassFactory_Release(&factory->IClassFactory_iface);
    return hr;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return com_live_objects() || com_module_locks() ? S_FALSE : S_OK;
}

static LSTATUS set_value(HKEY root, const WCHAR *path, const WCHAR *name, const WCHAR *value)
{
    HKEY key;
    LSTATUS status = RegCreateKeyExW(root, path, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL);

    if (status)
        return status;
    status = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)value,
                            (lstrlenW(value) + 1) * sizeof(WCHAR));
    RegCloseKey(key);
    return status;
}

/* "CLSID\{...}" + tail */
static void class_key(const struct server_class *class, const WCHAR *tail, WCHAR *path)
{
    WCHAR text[40];
    int n = 0;
    const WCHAR *parts[3];
    unsigned i;

    StringFromGUID2(class->clsid, text, ARRAYSIZE(text));
    parts[0] = L"CLSID\\";
    parts[1] = text;
    parts[2] = tail;
    for (i = 0; i < 3; i++) {
        const WCHAR *at = parts[i];

        while (*at)
            path[n++] = *at++;
    }
    path[n] = 0;
}

HRESULT WINAPI DllRegisterServer(void)
{
    const struct server_class *class;
    WCHAR module[MAX_PATH], path[96];
    LSTATUS status = ERROR_SUCCESS;
    ITypeLib *library;
    DWORD length = GetModuleFileNameW(com_module, module, MAX_PATH);

    if (!length || length >= MAX_PATH)
        return E_FAIL;
    for (class = server_classes; class->clsid && !status; class ++) {
        class_key(class, L"", path);
        status = set_value(HKEY_CLASSES_ROOT, path, NULL, class->name);
        class_key(class, L"\\InprocServer32", path);
        if (!status)
            status = set_value(HKEY_CLASSES_ROOT, path, NULL, module);
        if (!status)
            status = set_value(HKEY_CLASSES_ROOT, path, L"ThreadingModel", L"Both");
    }
    if (status)
        return HRESULT_FROM_WIN32(status);
    if (server_has_library && SUCCEEDED(LoadTypeLibEx(module, REGKIND_REGISTER, &library)))
        ITypeLib_Release(library);
    return S_OK;
}

static void library_unregister(void)
{
    WCHAR module[MAX_PATH];
    ITypeLib *library;
    TLIBATTR *attr;

    if (!GetModuleFileNameW(com_module, module, MAX_PATH) ||
        FAILED(LoadTypeLibEx(module, REGKIND_NONE, &library)))
        return;
    if (SUCCEEDED(ITypeLib_GetLibAttr(library, &attr))) {
        UnRegisterTypeLib(&attr->guid, attr->wMajorVerNum, attr->wMinorVerNum, attr->lcid,
                          attr->syskind);
        ITypeLib_ReleaseTLibAttr(library, attr);
    }
    ITypeLib_Release(library);
}

HRESULT WINAPI DllUnregisterServer(void)
{
    const struct server_class *class;
    LSTATUS status, result = ERROR_SUCCESS;
    WCHAR path[96];

    for (class = server_classes; class->clsid; class ++) {
        class_key(class, L"", path);
        status = RegDeleteTreeW(HKEY_CLASSES_ROOT, path);
        if (status && status != ERROR_FILE_NOT_FOUND)
            result = status;
    }
    if (server_has_library)
        library_unregister();
    return HRESULT_FROM_WIN32(result);
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    if (reason == DLL_PROCESS_ATTACH) {
        com_module = instance;
        DisableThreadLibraryCalls(instance);
        trace_start();
    } else if (reason == DLL_PROCESS_DETACH && !reserved) {
        com_type_info_free_all();
        trace_stop();
    }
    return TRUE;
}
