/* Entry points of the object library opentapi_proxy: proxies and stubs of the interfaces that the
 * type library marshaller cannot carry (the IEnum* of TAPI, ITLegacyAddressMediaControl, ITDispatchMapper).
 * The DLL that links it calls each from its own entry point of the same name. */
#ifndef OT_PROXY_H
#define OT_PROXY_H

#include <windows.h>

/* Call from DllMain on DLL_PROCESS_ATTACH; remembers the module for registration. */
BOOL WINAPI ot_proxy_DllMain(HINSTANCE module, DWORD reason, LPVOID reserved);
/* Serves {3F6D1B52-8E0A-4C67-9D21-5B7E90C4A813}, the proxy factory; CLASS_E_CLASSNOTAVAILABLE for
 * any other class. */
HRESULT WINAPI ot_proxy_DllGetClassObject(REFCLSID clsid, REFIID iid, void **out);
/* S_OK while no proxy or stub is alive, else S_FALSE. */
HRESULT WINAPI ot_proxy_DllCanUnloadNow(void);
/* Writes and removes HKCR\Interface\{iid}\ProxyStubClsid32 and the factory's CLSID. */
HRESULT WINAPI ot_proxy_DllRegisterServer(void);
HRESULT WINAPI ot_proxy_DllUnregisterServer(void);

#endif
