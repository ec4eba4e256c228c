/*
 * server.h - the in-process server side of every DLL that is made of com_base (tapi3.dll,
 * termmgr.dll, simmsp.dll): class factories, when the DLL may be unloaded, and the registration of
 * its classes, all from one table. The DLL exports the four functions and calls these. Any thread.
 */
#ifndef OBJECTS_SERVER_H
#define OBJECTS_SERVER_H

#include <windows.h>
#include <objbase.h>

struct com_server_class {
    const CLSID *clsid;
    const WCHAR *name;        /* shown in the registry */
    const WCHAR *prog_id;     /* versioned; NULL: none */
    const WCHAR *independent; /* the same without version; NULL: none */
    /* outer: NULL unless aggregated (then iid is IID_IUnknown); *out is NULL on entry. A class that
     * cannot be aggregated answers CLASS_E_NOAGGREGATION. */
    HRESULT (*create)(IUnknown *outer, REFIID iid, void **out);
};

/* DllGetClassObject. classes: ended by clsid NULL. Errors: E_POINTER, E_INVALIDARG,
 * CLASS_E_CLASSNOTAVAILABLE, E_NOINTERFACE, E_OUTOFMEMORY; *out is NULL then. */
HRESULT com_server_class_object(const struct com_server_class *classes, REFCLSID clsid, REFIID iid,
                                void **out);
/* Has the DLL neither objects nor locks? DllCanUnloadNow, with what else it has. */
BOOL com_server_is_idle(void);

/* The classes' keys below HKEY_CLASSES_ROOT, with this DLL as server; library: of the TypeLib keys,
 * NULL: none are made. Errors: those of the registry. */
HRESULT com_server_register(const struct com_server_class *classes, const GUID *library);
/* Keys that are not there are no failure. */
HRESULT com_server_unregister(const struct com_server_class *classes);
/* The DLL's first type library. */
HRESULT com_server_register_library(void);
HRESULT com_server_unregister_library(void);

#endif
