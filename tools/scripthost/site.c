/* site.c - what the script engine asks of its host, and where it reports errors. */
#include "tools/scripthost/host.h"

#include <stdlib.h>

struct site {
    IActiveScriptSite IActiveScriptSite_iface;
    IActiveScriptSiteWindow IActiveScriptSiteWindow_iface;
    LONG refs;
    IDispatch *wscript;
};

static struct site *impl_from_IActiveScriptSite(IActiveScriptSite *iface)
{
    return CONTAINING_RECORD(iface, struct site, IActiveScriptSite_iface);
}

static HRESULT WINAPI site_QueryInterface(IActiveScriptSite *iface, REFIID iid, void **out)
{
    struct site *self = impl_from_IActiveScriptSite(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IActiveScriptSite))
        *out = &self->IActiveScriptSite_iface;
    else if (IsEqualIID(iid, &IID_IActiveScriptSiteWindow))
        *out = &self->IActiveScriptSiteWindow_iface;
    else
        return E_NOINTERFACE;
    self->refs++;
    return S_OK;
}

static ULONG WINAPI site_AddRef(IActiveScriptSite *iface)
{
    return (ULONG)++impl_from_IActiveScriptSite(iface)->refs;
}

static ULONG WINAPI site_Release(IActiveScriptSite *iface)
{
    struct site *self = impl_from_IActiveScriptSite(iface);
    LONG refs = --self->refs;

    if (refs == 0) {
        if (self->wscript)
            IDispatch_Release(self->wscript);
        free(self);
    }
    return (ULONG)refs;
}

static HRESULT WINAPI site_GetLCID(IActiveScriptSite *iface, LCID *lcid)
{
    (void)iface;
    if (!lcid)
        return E_POINTER;
    *lcid = GetUserDefaultLCID();
    return S_OK;
}

static HRESULT WINAPI site_GetItemInfo(IActiveScriptSite *iface, LPCOLESTR name, DWORD mask,
                                       IUnknown **item, ITypeInfo **info)
{
    struct site *self = impl_from_IActiveScriptSite(iface);

    if (item)
        *item = NULL;
    if (info)
        *info = NULL;
    if (lstrcmpiW(name, L"WScript") != 0 || !self->wscript)
        return TYPE_E_ELEMENTNOTFOUND;
    if ((mask & SCRIPTINFO_IUNKNOWN) && item) {
        *item = (IUnknown *)self->wscript;
        IUnknown_AddRef(*item);
    }
    return S_OK;
}

static HRESULT WINAPI site_GetDocVersionString(IActiveScriptSite *iface, BSTR *version)
{
    (void)iface;
    if (version)
        *version = NULL;
    return E_NOTIMPL;
}

static HRESULT WINAPI site_OnScriptTerminate(IActiveScriptSite *iface, const VARIANT *result,
                                             const EXCEPINFO *exception)
{
    (void)iface, (void)result, (void)exception;
    return S_OK;
}

static HRESULT WINAPI site_OnStateChange(IActiveScriptSite *iface, SCRIPTSTATE state)
{
    (void)iface, (void)state;
    return S_OK;
}

static HRESULT WINAPI site_OnScriptError(IActiveScriptSite *iface, IActiveScriptError *error)
{
    EXCEPINFO exception = {0};
    DWORD context;
    ULONG line = 0;
    LONG column = 0;

    (void)iface;
    if (FAILED(IActiveScriptError_GetExceptionInfo(error, &exception)))
        exception.scode = E_FAIL;
    /* The engines count from 0, their users from 1. */
    if (SUCCEEDED(IActiveScriptError_GetSourcePosition(error, &context, &line, &column))) {
        line++;
        column++;
    } else {
        line = 0;
    }
    host_show_exception(line, column, exception.scode, &exception);
    return S_OK;
}

static HRESULT WINAPI site_OnEnterScript(IActiveScriptSite *iface)
{
    (void)iface;
    return S_OK;
}

static HRESULT WINAPI site_OnLeaveScript(IActiveScriptSite *iface)
{
    (void)iface;
    return S_OK;
}

static const IActiveScriptSiteVtbl site_vtable = {
    site_QueryInterface,    site_AddRef,        site_Release,
    site_GetLCID,           site_GetItemInfo,   site_GetDocVersionString,
    site_OnScriptTerminate, site_OnStateChange, site_OnScriptError,
    site_OnEnterScript,     site_OnLeaveScript,
};

/* ---- IActiveScriptSiteWindow: for MsgBox and InputBox ---- */

static struct site *impl_from_IActiveScriptSiteWindow(IActiveScriptSiteWindow *iface)
{
    return CONTAINING_RECORD(iface, struct site, IActiveScriptSiteWindow_iface);
}

static HRESULT WINAPI window_QueryInterface(IActiveScriptSiteWindow *iface, REFIID iid, void **out)
{
    return site_QueryInterface(&impl_from_IActiveScriptSiteWindow(iface)->IActiveScriptSite_iface,
                               iid, out);
}

static ULONG WINAPI window_AddRef(IActiveScriptSiteWindow *iface)
{
    return site_AddRef(&impl_from_IActiveScriptSiteWindow(iface)->IActiveScriptSite_iface);
}

static ULONG WINAPI window_Release(IActiveScriptSiteWindow *iface)
{
    return site_Release(&impl_from_IActiveScriptSiteWindow(iface)->IActiveScriptSite_iface);
}

static HRESULT WINAPI window_GetWindow(IActiveScriptSiteWindow *iface, HWND *window)
{
    (void)iface;
    if (!window)
        return E_POINTER;
    *window = NULL; /* the desktop */
    return S_OK;
}

static HRESULT WINAPI window_EnableModeless(IActiveScriptSiteWindow *iface, BOOL enable)
{
    (void)iface, (void)enable;
    return S_OK;
}

static const IActiveScriptSiteWindowVtbl window_vtable = {
    window_QueryInterface, window_AddRef, window_Release, window_GetWindow, window_EnableModeless,
};

IActiveScriptSite *site_create(void)
{
    struct site *self = calloc(1, sizeof(*self));

    if (!self)
        return NULL;
    self->IActiveScriptSite_iface.lpVtbl = (IActiveScriptSiteVtbl *)&site_vtable;
    self->IActiveScriptSiteWindow_iface.lpVtbl = (IActiveScriptSiteWindowVtbl *)&window_vtable;
    self->refs = 1;
    self->wscript = wscript_create();
    return &self->IActiveScriptSite_iface;
}
