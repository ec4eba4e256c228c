/* Included before every proxy file widl writes: functions of rpcrt4 that MinGW's headers leave out. */
#ifndef IDL_PROXY_PRELUDE_H
#define IDL_PROXY_PRELUDE_H

#include <windows.h>
#include <objbase.h>

HRESULT WINAPI IUnknown_QueryInterface_Proxy(IUnknown *This, REFIID riid, void **ppvObject);
ULONG WINAPI IUnknown_AddRef_Proxy(IUnknown *This);
ULONG WINAPI IUnknown_Release_Proxy(IUnknown *This);

#endif
