/* control.c - OpenTAPI.SimPBX: steers the exchange from a script or a program. Any thread. */
#include "front.h"

#include <oleauto.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"

struct control {
    ISimPBX ISimPBX_iface;
    ISupportErrorInfo ISupportErrorInfo_iface;
    IUnknown *marshaler;
    LONG refs;
};

LONG control_objects;
static ITypeInfo *type_info;
static INIT_ONCE type_once = INIT_ONCE_STATIC_INIT;
/* Something was set that must outlive the object: a reference to the exchange, until Reset. */
static BOOL kept;

static struct control *impl_from_ISimPBX(ISimPBX *iface)
{
    return CONTAINING_RECORD(iface, struct control, ISimPBX_iface);
}

static struct control *impl_from_ISupportErrorInfo(ISupportErrorInfo *iface)
{
    return CONTAINING_RECORD(iface, struct control, ISupportErrorInfo_iface);
}

/* --- errors --- */

HRESULT control_fail(HRESULT hr, const char *format, ...)
{
    ICreateErrorInfo *create;
    IErrorInfo *error;
    char text[512];
    WCHAR *wide;
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    if (FAILED(CreateErrorInfo(&create)))
        return hr;
    wide = front_utf16(text);
    if (wide)
        ICreateErrorInfo_SetDescription(create, wide);
    free(wide);
    ICreateErrorInfo_SetGUID(create, &IID_ISimPBX);
    ICreateErrorInfo_SetSource(create, (LPOLESTR)L"OpenTAPI.SimPBX");
    if (SUCCEEDED(ICreateErrorInfo_QueryInterface(create, &IID_IErrorInfo, (void **)&error))) {
        SetErrorInfo(0, error);
        IErrorInfo_Release(error);
    }
    ICreateErrorInfo_Release(create);
    return hr;
}

HRESULT control_outcome(LONG result, const char *what, const char *who)
{
    static const struct {
        LONG error;
        const char *text;
    } texts[] = {
        {LINEERR_INVALADDRESS, "no extension has that number"},
        {LINEERR_CALLUNAVAIL, "the extension is busy"},
        {LINEERR_TARGETNOTFOUND, "no call of theirs is in a state for it"},
        {LINEERR_INVALDIGITS, "only 1 to 127 of the digits 0-9 A-D * # and commas"},
        {LINEERR_INVALCALLSTATE, "the call is not in a state for it"},
        {LINEERR_NOMEM, "out of memory"},
    };

    if (result >= 0)
        return S_OK;
    for (size_t i = 0; i < ARRAYSIZE(texts); i++)
        if (texts[i].error == result)
            return control_fail(result == (LONG)LINEERR_NOMEM
                                    ? E_OUTOFMEMORY
                                    : MAKE_HRESULT(1, FACILITY_ITF, 0x200 + (result & 0xFF)),
                                "%s %s: %s", what, who, texts[i].text);
    return control_fail(MAKE_HRESULT(1, FACILITY_ITF, 0x200 + (result & 0xFF)),
                        "%s %s: LINEERR 0x%08lx", what, who, (unsigned long)result);
}

/* --- life --- */

static HRESULT WINAPI control_QueryInterface(ISimPBX *iface, REFIID iid, void **out)
{
    struct control *control = impl_from_ISimPBX(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IDispatch) ||
        IsEqualIID(iid, &IID_ISimPBX))
        *out = iface;
    else if (IsEqualIID(iid, &IID_ISupportErrorInfo))
        *out = &control->ISupportErrorInfo_iface;
    else if (IsEqualIID(iid, &IID_IMarshal) && control->marshaler)
        return IUnknown_QueryInterface(control->marshaler, iid, out);
    else
        return E_NOINTERFACE;
    ISimPBX_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI control_AddRef(ISimPBX *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_ISimPBX(iface)->refs);
}

static ULONG WINAPI control_Release(ISimPBX *iface)
{
    struct control *control = impl_from_ISimPBX(iface);
    LONG refs = InterlockedDecrement(&control->refs);

    if (!refs) {
        if (control->marshaler)
            IUnknown_Release(control->marshaler);
        free(control);
        front_release();
        InterlockedDecrement(&control_objects);
    }
    return (ULONG)refs;
}

static HRESULT WINAPI errors_QueryInterface(ISupportErrorInfo *iface, REFIID iid, void **out)
{
    return control_QueryInterface(&impl_from_ISupportErrorInfo(iface)->ISimPBX_iface, iid, out);
}

static ULONG WINAPI errors_AddRef(ISupportErrorInfo *iface)
{
    return control_AddRef(&impl_from_ISupportErrorInfo(iface)->ISimPBX_iface);
}

static ULONG WINAPI errors_Release(ISupportErrorInfo *iface)
{
    return control_Release(&impl_from_ISupportErrorInfo(iface)->ISimPBX_iface);
}

static HRESULT WINAPI errors_InterfaceSupportsErrorInfo(ISupportErrorInfo *iface, REFIID iid)
{
    (void)iface;
    return IsEqualIID(iid, &IID_ISimPBX) ? S_OK : S_FALSE;
}

static const ISupportErrorInfoVtbl errors_vtbl = {
    errors_QueryInterface,
    errors_AddRef,
    errors_Release,
    errors_InterfaceSupportsErrorInfo,
};

/* --- IDispatch, from the type library inside the DLL --- */

static BOOL CALLBACK load_type_info(INIT_ONCE *once, void *parameter, void **context)
{
    WCHAR file[MAX_PATH];
    ITypeLib *library;

    (void)once;
    (void)parameter;
    (void)context;
    if (!GetModuleFileNameW(front_module, file, ARRAYSIZE(file)) ||
        FAILED(LoadTypeLibEx(file, REGKIND_NONE, &library)))
        return FALSE;
    if (FAILED(ITypeLib_GetTypeInfoOfGuid(library, &IID_ISimPBX, &type_info)))
        type_info = NULL;
    ITypeLib_Release(library);
    return type_info != NULL;
}

static ITypeInfo *get_type_info(void)
{
    return InitOnceExecuteOnce(&type_once, load_type_info, NULL, NULL) ? type_info : NULL;
}

void control_unload(void)
{
    /* OLE Automation may have gone before us: then its objects went with it. */
    type_info = NULL;
}

static HRESULT WINAPI control_GetTypeInfoCount(ISimPBX *iface, UINT *count)
{
    (void)iface;
    if (!count)
        return E_POINTER;
    *count = 1;
    return S_OK;
}

static HRESULT WINAPI control_GetTypeInfo(ISimPBX *iface, UINT index, LCID lcid, ITypeInfo **out)
{
    (void)iface;
    (void)lcid;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (index)
        return DISP_E_BADINDEX;
    *out = get_type_info();
    if (!*out)
        return TYPE_E_CANTLOADLIBRARY;
    ITypeInfo_AddRef(*out);
    return S_OK;
}

static HRESULT WINAPI control_GetIDsOfNames(ISimPBX *iface, REFIID iid, LPOLESTR *names, UINT count,
                                            LCID lcid, DISPID *ids)
{
    (void)iface;
    (void)iid;
    (void)lcid;
    ITypeInfo *info = get_type_info();
    return info ? ITypeInfo_GetIDsOfNames(info, names, count, ids) : TYPE_E_CANTLOADLIBRARY;
}

static HRESULT WINAPI control_Invoke(ISimPBX *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                     DISPPARAMS *parameters, VARIANT *result, EXCEPINFO *exception,
                                     UINT *argument)
{
    (void)iid;
    (void)lcid;
    ITypeInfo *info = get_type_info();
    if (!info)
        return TYPE_E_CANTLOADLIBRARY;
    SetErrorInfo(0, NULL);
    return ITypeInfo_Invoke(info, iface, id, flags, parameters, result, exception, argument);
}

/* --- helpers --- */

void control_keep(void)
{
    if (!kept) {
        kept = TRUE;
        front.references++;
    }
}

void control_keep_no_more(void)
{
    if (kept) {
        kept = FALSE;
        front.references--; /* not the last one: the caller's object holds one */
    }
}

HRESULT control_text_out(const char *text, size_t length, BSTR *out)
{
    int wide = length ? MultiByteToWideChar(CP_UTF8, 0, text, (int)length, NULL, 0) : 0;

    *out = SysAllocStringLen(NULL, (UINT)wide);
    if (!*out)
        return E_OUTOFMEMORY;
    if (wide)
        MultiByteToWideChar(CP_UTF8, 0, text, (int)length, *out, wide);
    return S_OK;
}

char *control_text_in(BSTR from)
{
    int bytes = WideCharToMultiByte(CP_UTF8, 0, from ? from : L"", -1, NULL, 0, NULL, NULL);
    char *text = malloc((size_t)(bytes > 0 ? bytes : 1));

    if (!text)
        return NULL;
    text[0] = 0;
    if (bytes > 0)
        WideCharToMultiByte(CP_UTF8, 0, from ? from : L"", -1, text, bytes, NULL, NULL);
    return text;
}

static const ISimPBXVtbl control_vtbl = {
    /* IUnknown methods */
    control_QueryInterface,
    control_AddRef,
    control_Release,
    /* IDispatch methods */
    control_GetTypeInfoCount,
    control_GetTypeInfo,
    control_GetIDsOfNames,
    control_Invoke,
    /* ISimPBX methods */
    control_get_Clock,
    control_put_Clock,
    control_get_Now,
    control_Step,
    control_StepToNext,
    control_Inject,
    control_Answer,
    control_Hangup,
    control_Reject,
    control_Digits,
    control_FailNext,
    control_get_CompletionDelay,
    control_put_CompletionDelay,
    control_get_Bandwidth,
    control_put_Bandwidth,
    control_get_BandwidthInUse,
    control_get_Parked,
    control_get_Calls,
    control_get_Log,
    control_get_LogFile,
    control_put_LogFile,
    control_ClearLog,
    control_Load,
    control_LoadText,
    control_Reset,
    control_AddExtension,
    control_SetOutside,
    control_get_Extensions,
    control_SetLineStatus,
    control_LiftHandset,
    control_HangUpHandset,
    control_PressButton,
    control_PhoneDisplay,
    control_PhoneLamp,
    control_PhoneHookSwitch,
    control_PhoneRing,
    control_PlugPhone,
    control_AddPhone,
    control_get_Phones,
};

HRESULT control_create(REFIID iid, void **out)
{
    struct control *control;
    LONG result = front_acquire();
    HRESULT hr;

    *out = NULL;
    if (result)
        return control_fail(result == (LONG)LINEERR_NOMEM ? E_OUTOFMEMORY : E_FAIL,
                            "the exchange's configuration cannot be read (see OPENTAPI_SIMPBX)");
    control = calloc(1, sizeof(*control));
    if (!control) {
        front_release();
        return E_OUTOFMEMORY;
    }
    control->ISimPBX_iface.lpVtbl = (ISimPBXVtbl *)&control_vtbl;
    control->ISupportErrorInfo_iface.lpVtbl = (ISupportErrorInfoVtbl *)&errors_vtbl;
    control->refs = 1;
    InterlockedIncrement(&control_objects);
    /* Safe on every thread: no proxy needed between apartments of a process. */
    CoCreateFreeThreadedMarshaler((IUnknown *)&control->ISimPBX_iface, &control->marshaler);
    hr = ISimPBX_QueryInterface(&control->ISimPBX_iface, iid, out);
    ISimPBX_Release(&control->ISimPBX_iface);
    return hr;
}
