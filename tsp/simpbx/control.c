/* control.c - OpenTAPI.SimPBX: steers the exchange from a script or a program. Any thread. */
#include "front.h"

#include <oleauto.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simpbx.h"
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

static HRESULT fail(HRESULT hr, const char *format, ...) __attribute__((format(printf, 2, 3)));
static HRESULT fail(HRESULT hr, const char *format, ...)
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

/* From the exchange's LINEERR_ to an HRESULT (FACILITY_ITF) and a sentence. */
static HRESULT outcome(LONG result, const char *what, const char *who)
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
            return fail(result == (LONG)LINEERR_NOMEM
                            ? E_OUTOFMEMORY
                            : MAKE_HRESULT(1, FACILITY_ITF, 0x200 + (result & 0xFF)),
                        "%s %s: %s", what, who, texts[i].text);
    return fail(MAKE_HRESULT(1, FACILITY_ITF, 0x200 + (result & 0xFF)), "%s %s: LINEERR 0x%08lx",
                what, who, (unsigned long)result);
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

/* What the object sets has to be there when TAPI comes, though the object has gone by then. */
static void keep(void)
{
    if (!kept) {
        kept = TRUE;
        front.references++;
    }
}

static HRESULT text_out(const char *text, size_t length, BSTR *out)
{
    int wide = length ? MultiByteToWideChar(CP_UTF8, 0, text, (int)length, NULL, 0) : 0;

    *out = SysAllocStringLen(NULL, (UINT)wide);
    if (!*out)
        return E_OUTOFMEMORY;
    if (wide)
        MultiByteToWideChar(CP_UTF8, 0, text, (int)length, *out, wide);
    return S_OK;
}

static char *text_in(BSTR from)
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

/* --- time --- */

static HRESULT WINAPI control_get_Clock(ISimPBX *iface, BSTR *clock)
{
    (void)iface;
    if (!clock)
        return E_POINTER;
    front_enter();
    const char *mode = front.pbx->settings.stepped ? "stepped" : "real";
    front_leave();
    return text_out(mode, strlen(mode), clock);
}

static HRESULT WINAPI control_put_Clock(ISimPBX *iface, BSTR clock)
{
    bool stepped = clock && !lstrcmpiW(clock, L"stepped");

    (void)iface;
    if (!stepped && (!clock || lstrcmpiW(clock, L"real")))
        return fail(E_INVALIDARG, "Clock is \"real\" or \"stepped\"");
    front_enter();
    front_set_clock(stepped);
    keep();
    if (front.worker)
        SetEvent(front.wake);
    front_leave_settled();
    return S_OK;
}

static HRESULT WINAPI control_get_Now(ISimPBX *iface, LONG *ms)
{
    (void)iface;
    if (!ms)
        return E_POINTER;
    front_enter();
    *ms = (LONG)front.pbx->clock.now;
    front_leave();
    return S_OK;
}

static HRESULT WINAPI control_Step(ISimPBX *iface, LONG ms)
{
    (void)iface;
    if (ms < 0)
        return fail(E_INVALIDARG, "Step: time does not run backwards");
    front_enter();
    bool stepped = front.pbx->settings.stepped;
    uint64_t until = front.pbx->clock.now + (uint64_t)ms;
    /* One due time at a time, so that what an event brings about can fall into this step, too. */
    while (stepped && pbx_clock_next(&front.pbx->clock) <= until) {
        pbx_clock_run(&front.pbx->clock, pbx_clock_next(&front.pbx->clock));
        front_leave_settled();
        front_enter();
        stepped = front.pbx->settings.stepped;
    }
    if (stepped)
        pbx_clock_run(&front.pbx->clock, until);
    front_leave_settled();
    return stepped ? S_OK : fail(E_UNEXPECTED, "Step: the clock is real (set Clock = \"stepped\")");
}

static HRESULT WINAPI control_StepToNext(ISimPBX *iface, LONG *ms)
{
    (void)iface;
    if (!ms)
        return E_POINTER;
    *ms = -1;
    front_enter();
    bool stepped = front.pbx->settings.stepped;
    uint64_t next = pbx_clock_next(&front.pbx->clock);
    if (stepped && next != PBX_NEVER) {
        *ms = (LONG)(next - front.pbx->clock.now);
        pbx_clock_run(&front.pbx->clock, next);
    }
    front_leave_settled();
    return stepped ? S_OK
                   : fail(E_UNEXPECTED, "StepToNext: the clock is real (set Clock = \"stepped\")");
}

/* --- steering --- */

static HRESULT WINAPI control_Inject(ISimPBX *iface, BSTR from, BSTR fromName, BSTR to,
                                     LONG *callID)
{
    char number[PBX_NUMBER], name[PBX_NAME], target[PBX_NUMBER];
    uint32_t id = 0;

    (void)iface;
    if (!callID)
        return E_POINTER;
    *callID = 0;
    front_utf8(number, sizeof(number), from, -1);
    front_utf8(name, sizeof(name), fromName, -1);
    front_utf8(target, sizeof(target), to, -1);
    front_enter();
    LONG result = pbx_inject(front.pbx, number, name, target, &id);
    front_leave_settled();
    *callID = (LONG)id;
    return outcome(result, "Inject to", target);
}

/* A party by its number (a string), a call by its ID (a number). */
static HRESULT steer(VARIANT *who, const char *what, const char *digits,
                     int32_t (*act)(struct pbx *pbx, const char *number, uint32_t call_id),
                     int32_t (*press)(struct pbx *pbx, const char *number, uint32_t call_id,
                                      const char *digits))
{
    char number[PBX_NUMBER] = "";
    uint32_t call_id = 0;
    bool by_number;
    VARIANT value;
    HRESULT hr;

    VariantInit(&value);
    hr = VariantCopyInd(&value, who);
    if (FAILED(hr))
        return hr;
    by_number = V_VT(&value) == VT_BSTR;
    if (by_number) {
        front_utf8(number, sizeof(number), V_BSTR(&value), -1);
    } else {
        hr = VariantChangeType(&value, &value, 0, VT_I4);
        if (FAILED(hr))
            return fail(E_INVALIDARG, "%s: a number as text, or the ID of a call", what);
        call_id = (uint32_t)V_I4(&value);
        snprintf(number, sizeof(number), "call %u", call_id);
    }
    VariantClear(&value);
    front_enter();
    const char *by = by_number ? number : NULL;
    LONG result = press ? press(front.pbx, by, call_id, digits) : act(front.pbx, by, call_id);
    front_leave_settled();
    return outcome(result, what, number);
}

static HRESULT WINAPI control_Answer(ISimPBX *iface, VARIANT who)
{
    (void)iface;
    return steer(&who, "Answer", NULL, pbx_steer_answer, NULL);
}

static HRESULT WINAPI control_Hangup(ISimPBX *iface, VARIANT who)
{
    (void)iface;
    return steer(&who, "Hangup", NULL, pbx_steer_hangup, NULL);
}

static HRESULT WINAPI control_Reject(ISimPBX *iface, VARIANT who)
{
    (void)iface;
    return steer(&who, "Reject", NULL, pbx_steer_reject, NULL);
}

static HRESULT WINAPI control_Digits(ISimPBX *iface, VARIANT who, BSTR digits)
{
    char text[PBX_DIGITS + 1];

    (void)iface;
    front_utf8(text, sizeof(text), digits, -1);
    return steer(&who, "Digits", text, NULL, pbx_steer_digits);
}

static HRESULT WINAPI control_FailNext(ISimPBX *iface, BSTR function, LONG error, LONG count)
{
    char name[64];

    (void)iface;
    front_utf8(name, sizeof(name), function, -1);
    if (!name[0] || error >= 0 || count < 0)
        return fail(E_INVALIDARG, "FailNext needs a TSPI_ name, a LINEERR_ value and a count");
    front_enter();
    BOOL noted = front_fail_next(name, error, (DWORD)count);
    keep();
    front_leave();
    return noted ? S_OK : fail(E_OUTOFMEMORY, "FailNext: too many functions at once");
}

/* --- settings --- */

static HRESULT WINAPI control_get_CompletionDelay(ISimPBX *iface, LONG *ms)
{
    (void)iface;
    if (!ms)
        return E_POINTER;
    front_enter();
    *ms = front.pbx->settings.completion_delay;
    front_leave();
    return S_OK;
}

static HRESULT WINAPI control_put_CompletionDelay(ISimPBX *iface, LONG ms)
{
    (void)iface;
    if (ms < -1)
        return fail(E_INVALIDARG, "CompletionDelay is -1, 0 or a number of ms");
    front_enter();
    front.pbx->settings.completion_delay = ms;
    keep();
    front_leave_settled();
    return S_OK;
}

static HRESULT WINAPI control_get_Bandwidth(ISimPBX *iface, LONG *kbits)
{
    (void)iface;
    if (!kbits)
        return E_POINTER;
    front_enter();
    *kbits = (LONG)front.pbx->settings.bandwidth;
    front_leave();
    return S_OK;
}

static HRESULT WINAPI control_put_Bandwidth(ISimPBX *iface, LONG kbits)
{
    (void)iface;
    if (kbits < 0)
        return fail(E_INVALIDARG, "Bandwidth is a number of kbit/s");
    front_enter();
    pbx_set_bandwidth(front.pbx, (uint32_t)kbits);
    keep();
    front_leave_settled();
    return S_OK;
}

static HRESULT WINAPI control_get_BandwidthInUse(ISimPBX *iface, LONG *kbits)
{
    (void)iface;
    if (!kbits)
        return E_POINTER;
    front_enter();
    *kbits = (LONG)front.pbx->bandwidth_used;
    front_leave();
    return S_OK;
}

/* --- looking --- */

static HRESULT list_legs(bool parked, BSTR *text)
{
    size_t used = 0, size = 1, place = 0;
    char *list;
    HRESULT hr;

    *text = NULL;
    front_enter();
    size += front.pbx->leg_count * (2 * PBX_NUMBER + 64);
    list = malloc(size);
    for (struct pbx_leg *leg; list && (leg = pbx_next_leg(front.pbx, &place));) {
        if (leg->state == PBX_IDLE || (parked && !leg->parked))
            continue;
        if (parked)
            used += (size_t)snprintf(list + used, size - used, "%s\t%s\t%u\r\n", leg->parked_at,
                                     leg->self.number, leg->call_id);
        else
            used += (size_t)snprintf(list + used, size - used, "%u\t%s\t%s\t%s\r\n", leg->call_id,
                                     leg->self.number, leg->peer ? leg->peer->self.number : "",
                                     pbx_state_name(leg->state));
    }
    front_leave();
    if (!list)
        return E_OUTOFMEMORY;
    hr = text_out(list, used, text);
    free(list);
    return hr;
}

static HRESULT WINAPI control_get_Parked(ISimPBX *iface, BSTR *text)
{
    (void)iface;
    return text ? list_legs(true, text) : E_POINTER;
}

static HRESULT WINAPI control_get_Calls(ISimPBX *iface, BSTR *text)
{
    (void)iface;
    return text ? list_legs(false, text) : E_POINTER;
}

static HRESULT WINAPI control_get_Log(ISimPBX *iface, BSTR *text)
{
    HRESULT hr;

    (void)iface;
    if (!text)
        return E_POINTER;
    front_enter();
    hr = text_out(front.log, front.log_used, text);
    front_leave();
    return hr;
}

static HRESULT WINAPI control_get_LogFile(ISimPBX *iface, BSTR *path)
{
    (void)iface;
    if (!path)
        return E_POINTER;
    front_enter();
    *path = SysAllocString(front.log_path ? front.log_path : L"");
    front_leave();
    return *path ? S_OK : E_OUTOFMEMORY;
}

static HRESULT WINAPI control_put_LogFile(ISimPBX *iface, BSTR path)
{
    (void)iface;
    front_enter();
    front_log_path(path);
    keep();
    front_leave();
    return S_OK;
}

static HRESULT WINAPI control_ClearLog(ISimPBX *iface)
{
    (void)iface;
    front_enter();
    front.log_used = 0;
    front_leave();
    return S_OK;
}

/* --- configuration --- */

static HRESULT WINAPI control_Load(ISimPBX *iface, BSTR path)
{
    char error[256] = "";
    LONG result;

    (void)iface;
    front_enter();
    result = front_configure_file(path ? path : L"", error, sizeof(error));
    keep();
    front_leave_settled();
    return result ? fail(E_INVALIDARG, "Load: %s", error) : S_OK;
}

static HRESULT WINAPI control_LoadText(ISimPBX *iface, BSTR text)
{
    char error[256] = "", *utf8 = text_in(text);
    LONG result;

    (void)iface;
    if (!utf8)
        return E_OUTOFMEMORY;
    front_enter();
    result = front_configure_text(utf8, strlen(utf8), error, sizeof(error));
    keep();
    front_leave_settled();
    free(utf8);
    return result ? fail(E_INVALIDARG, "LoadText: %s", error) : S_OK;
}

static HRESULT WINAPI control_Reset(ISimPBX *iface)
{
    char error[256] = "";
    LONG result;

    (void)iface;
    front_enter();
    pbx_clear_calls(front.pbx);
    requests_flush();
    memset(front.failures, 0, sizeof(front.failures));
    result = front_configure_initial(error, sizeof(error));
    if (kept) {
        kept = FALSE;
        front.references--; /* not the last one: this object holds one */
    }
    front_leave_settled();
    return result ? fail(E_FAIL, "Reset: %s", error) : S_OK;
}

static HRESULT WINAPI control_AddExtension(ISimPBX *iface, BSTR number, BSTR name)
{
    char text[PBX_NUMBER], label[PBX_NAME], clean[PBX_NUMBER];
    bool partial, added = false;

    (void)iface;
    front_utf8(text, sizeof(text), number, -1);
    front_utf8(label, sizeof(label), name, -1);
    if (!pbx_number_clean(clean, text, &partial) || partial || strcmp(clean, text))
        return fail(E_INVALIDARG, "AddExtension: \"%s\" is no number", text);
    front_enter();
    struct pbx_extension *e = pbx_add_extension(front.pbx, text, label);
    if (e) {
        added = true;
        keep();
        struct front_item *item = front.initialized ? front_push(ITEM_CREATE) : NULL;
        if (item)
            item->param[0] = e->index;
    }
    front_leave_settled();
    return added ? S_OK : fail(E_INVALIDARG, "AddExtension: %s is there already", text);
}

static HRESULT WINAPI control_SetOutside(ISimPBX *iface, BSTR number, BSTR behaviour)
{
    char error[256] = "", *text = text_in(behaviour);
    struct pbx_behaviour parsed;
    char pattern[PBX_NUMBER];
    int32_t result = 0;

    (void)iface;
    if (!text)
        return E_OUTOFMEMORY;
    front_utf8(pattern, sizeof(pattern), number, -1);
    for (const char *s = pattern; *s && !error[0]; s++)
        if (!pbx_is_digit(*s) && *s != 'X')
            snprintf(error, sizeof(error), "\"%s\": only digits, X and a final *", pattern);
    if (!pattern[0])
        snprintf(error, sizeof(error), "a number is missing");
    if (!error[0] && pbx_behaviour_parse(&parsed, text, error, sizeof(error))) {
        front_enter();
        result = pbx_set_outside(front.pbx, pattern, NULL, &parsed);
        keep();
        front_leave();
    }
    free(text);
    if (error[0])
        return fail(E_INVALIDARG, "SetOutside: %s", error);
    return outcome(result, "SetOutside", pattern);
}

static HRESULT WINAPI control_get_Extensions(ISimPBX *iface, LONG *count)
{
    (void)iface;
    if (!count)
        return E_POINTER;
    front_enter();
    *count = (LONG)front.pbx->extension_count;
    front_leave();
    return S_OK;
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
};

HRESULT control_create(REFIID iid, void **out)
{
    struct control *control;
    LONG result = front_acquire();
    HRESULT hr;

    *out = NULL;
    if (result)
        return fail(result == (LONG)LINEERR_NOMEM ? E_OUTOFMEMORY : E_FAIL,
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
