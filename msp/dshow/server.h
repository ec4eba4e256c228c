/*
 * server.h - the in-process server side of termmgr.dll and simmsp.dll: class factory, registration,
 * DllMain. The DLL defines server_classes.
 */
#ifndef MSP_DSHOW_SERVER_H
#define MSP_DSHOW_SERVER_H

#include <windows.h>
#include <objbase.h>

struct server_class {
    const CLSID *clsid;
    const WCHAR *name; /* shown in the registry */
    /* outer: NULL unless aggregated (then iid is IID_IUnknown); *out is NULL on entry. */
    HRESULT (*create)(IUnknown *outer, REFIID iid, void **out);
};
extern const struct server_class server_classes[]; /* ended by clsid NULL */
/* The DLL's first type library is its own and is to be registered; else there is only TAPI's. */
extern const BOOL server_has_library;

#endif
