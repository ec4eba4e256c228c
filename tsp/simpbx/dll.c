/* dll.c - the DLL: attach and detach, the class factory of the control object, registration. */
#include "front.h"

#include <olectl.h>
#include <stdio.h>

#include "simpbx.h"
#include "control.h"

#define PROGID   L"OpenTAPI.SimPBX"
#define PROGID_1 L"OpenTAPI.SimPBX.1"
#define FRIENDLY L"OpenTAPI simulated exchange control"

static LONG factory_locks;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    if (reason == DLL_PROCESS_ATTACH) {
        front_module = instance;
        DisableThreadLibraryCalls(instance);
        front_start();
    } else if (reason == DLL_PROCESS_DETACH && !reserved) {
        control_unload();
        front_stop();
    }
    return TRUE;
}

/* --- class factory: one static object --- */

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IClassFactory))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

static ULONG WINAPI factory_AddRef(IClassFactory *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI factory_Release(IClassFactory *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                             void **out)
{
    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    return outer ? CLASS_E_NOAGGREGATION : control_create(iid, out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;
    if (lock)
        InterlockedIncrement(&factory_locks);
    else
        InterlockedDecrement(&factory_locks);
    return S_OK;
}

static const IClassFactoryVtbl factory_vtbl = {
    factory_QueryInterface, factory_AddRef,     factory_Release,
    factory_CreateInstance, factory_LockServer,
};
static IClassFactory factory = {(IClassFactoryVtbl *)&factory_vtbl};

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, LPVOID *out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualCLSID(clsid, &CLSID_SimPBX))
        return CLASS_E_CLASSNOTAVAILABLE;
    return IClassFactory_QueryInterface(&factory, iid, out);
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    /* An exchange that somebody has configured waits for TAPI to come. */
    return !factory_locks && !control_objects && !front.references ? S_OK : S_FALSE;
}

/* --- registration --- */

static LONG set_value(const WCHAR *path, const WCHAR *name, const WCHAR *value)
{
    HKEY key;
    LONG result = RegCreateKeyExW(HKEY_CLASSES_ROOT, path, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL);

    if (result)
        return result;
    result = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)value,
                            (lstrlenW(value) + 1) * sizeof(WCHAR));
    RegCloseKey(key);
    return result;
}

static void class_path(WCHAR *path, size_t count, const WCHAR *below)
{
    WCHAR text[40];

    StringFromGUID2(&CLSID_SimPBX, text, ARRAYSIZE(text));
    swprintf(path, count, L"CLSID\\%ls%ls", text, below);
}

static LONG set_class(const WCHAR *below, const WCHAR *name, const WCHAR *value)
{
    WCHAR path[128];

    class_path(path, ARRAYSIZE(path), below);
    return set_value(path, name, value);
}

HRESULT WINAPI DllRegisterServer(void)
{
    WCHAR file[MAX_PATH], clsid[40], libid[40];
    ITypeLib *library;
    LONG failed = 0;
    HRESULT hr;

    if (!GetModuleFileNameW(front_module, file, ARRAYSIZE(file)))
        return SELFREG_E_CLASS;
    StringFromGUID2(&CLSID_SimPBX, clsid, ARRAYSIZE(clsid));
    StringFromGUID2(&LIBID_SimPBXLib, libid, ARRAYSIZE(libid));
    failed |= set_class(L"", NULL, FRIENDLY);
    failed |= set_class(L"\\InprocServer32", NULL, file);
    failed |= set_class(L"\\InprocServer32", L"ThreadingModel", L"Both");
    failed |= set_class(L"\\ProgID", NULL, PROGID_1);
    failed |= set_class(L"\\VersionIndependentProgID", NULL, PROGID);
    failed |= set_class(L"\\TypeLib", NULL, libid);
    failed |= set_value(PROGID_1, NULL, FRIENDLY);
    failed |= set_value(PROGID_1 L"\\CLSID", NULL, clsid);
    failed |= set_value(PROGID, NULL, FRIENDLY);
    failed |= set_value(PROGID L"\\CLSID", NULL, clsid);
    failed |= set_value(PROGID L"\\CurVer", NULL, PROGID_1);
    if (failed)
        return SELFREG_E_CLASS;
    hr = LoadTypeLibEx(file, REGKIND_REGISTER, &library);
    if (FAILED(hr))
        return SELFREG_E_TYPELIB;
    ITypeLib_Release(library);
    return S_OK;
}

HRESULT WINAPI DllUnregisterServer(void)
{
    WCHAR path[128];

    class_path(path, ARRAYSIZE(path), L"");
    RegDeleteTreeW(HKEY_CLASSES_ROOT, path);
    RegDeleteTreeW(HKEY_CLASSES_ROOT, PROGID);
    RegDeleteTreeW(HKEY_CLASSES_ROOT, PROGID_1);
    UnRegisterTypeLib(&LIBID_SimPBXLib, 1, 0, LOCALE_NEUTRAL,
                      sizeof(void *) == 8 ? SYS_WIN64 : SYS_WIN32);
    return S_OK;
}
