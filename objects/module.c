/* module.c - tapi3.dll as a COM server: its classes, its proxies, its life. */
#include "objects/private.h"

#include <ot_proxy.h>

#include "objects/server.h"

/* coclasses.csv */
static const struct com_server_class classes[] = {
    {&CLSID_TAPI, L"TAPI Class", L"TAPI.TAPI.1", L"TAPI.TAPI", tapi_create},
    {&CLSID_DispatchMapper, L"DispatchMapper Class", L"DispatchMapper.DispatchMapper.1",
     L"DispatchMapper.DispatchMapper", dispatch_mapper_create},
    {&CLSID_RequestMakeCall, L"RequestMakeCall Class", L"RequestMakeCall.RequestMakeCall.1",
     L"RequestMakeCall.RequestMakeCall", request_make_call_create},
    {NULL, NULL, NULL, NULL, NULL},
};

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    HRESULT hr = com_server_class_object(classes, clsid, iid, out);

    return hr == CLASS_E_CLASSNOTAVAILABLE ? ot_proxy_DllGetClassObject(clsid, iid, out) : hr;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return com_server_is_idle() && events_alive() == 0 && ot_proxy_DllCanUnloadNow() == S_OK
               ? S_OK
               : S_FALSE;
}

/* For tests: objects alive in the process, of all rooms of this DLL. */
LONG WINAPI OpenTapi3LiveObjects(void)
{
    return com_live_objects() + events_alive();
}

HRESULT WINAPI DllUnregisterServer(void)
{
    HRESULT hr = com_server_unregister(classes), other;

    com_server_unregister_library(); /* it may not be registered */
    other = ot_proxy_DllUnregisterServer();
    return FAILED(hr) ? hr : other;
}

HRESULT WINAPI DllRegisterServer(void)
{
    HRESULT hr = com_server_register(classes, &LIBID_TAPI3Lib);

    /* The type library marshaller finds every dual interface through this. */
    if (SUCCEEDED(hr))
        hr = com_server_register_library();
    if (SUCCEEDED(hr))
        hr = ot_proxy_DllRegisterServer();
    if (FAILED(hr))
        DllUnregisterServer();
    return hr;
}

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
