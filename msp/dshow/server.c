/* server.c - the exports of termmgr.dll and simmsp.dll. See server.h. */
#include "msp/dshow/server.h"

#include "base/trace.h"
#include "objects/com.h"

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    return com_server_class_object(server_classes, clsid, iid, out);
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return com_server_is_idle() ? S_OK : S_FALSE;
}

HRESULT WINAPI DllRegisterServer(void)
{
    HRESULT hr = com_server_register(server_classes, NULL);

    if (SUCCEEDED(hr) && server_has_library)
        hr = com_server_register_library();
    return hr;
}

HRESULT WINAPI DllUnregisterServer(void)
{
    if (server_has_library)
        com_server_unregister_library(); /* it may not be registered */
    return com_server_unregister(server_classes);
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
