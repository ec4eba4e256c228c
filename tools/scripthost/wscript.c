/* wscript.c - the script's WScript object. */
#include "tools/scripthost/host.h"

#include <stdlib.h>
#include <string.h>

struct wscript {
    struct late_object late;
    IDispatch *arguments, *streams[STREAM_COUNT];
    LONG timeout; /* seconds; read and written, but only //T has an effect */
};

static struct wscript *wscript_of(struct late_object *late)
{
    return CONTAINING_RECORD(late, struct wscript, late);
}

/* ---- output, waiting, end ---- */

/* In one piece: other programs may write to the same pipe. */
static HRESULT wscript_Echo(struct late_object *late, struct late_call *call)
{
    size_t length = 0;
    WCHAR *line = NULL;
    unsigned i;

    (void)late;
    for (i = 0; i <= call->count; i++) {
        BSTR text = i < call->count ? value_text(&call->arguments[i]) : SysAllocString(L"\r\n");
        size_t size = SysStringLen(text);
        WCHAR *more = realloc(line, (length + 1 + size) * sizeof(*line));

        if (!more) {
            SysFreeString(text);
            free(line);
            return E_OUTOFMEMORY;
        }
        line = more;
        if (i && i < call->count)
            line[length++] = L' ';
        if (size)
            memcpy(line + length, text, size * sizeof(*line));
        length += size;
        SysFreeString(text);
    }
    stream_write(STREAM_OUT, line, (unsigned)length);
    free(line);
    return S_OK;
}

/* Dispatches what comes for `ms`: window messages, and with them COM calls and events. */
static HRESULT wscript_Sleep(struct late_object *late, struct late_call *call)
{
    LONG ms = late_number(call, 0, -1);
    ULONGLONG end = GetTickCount64() + (ULONG)ms, now;
    MSG message;

    (void)late;
    if (ms < 0)
        return late_fail(call, E_INVALIDARG, L"Sleep needs a number of milliseconds.");
    for (;;) {
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
        now = GetTickCount64();
        if (now >= end)
            return S_OK;
        MsgWaitForMultipleObjectsEx(0, NULL, (DWORD)(end - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    }
}

static HRESULT wscript_Quit(struct late_object *late, struct late_call *call)
{
    (void)late;
    host_quit((int)late_number(call, 0, 0));
}

/* ---- objects ---- */

static HRESULT connect_prefix(struct late_call *call, IDispatch *object, const CLSID *clsid,
                              const WCHAR *prefix)
{
    HRESULT hr = connect_object(object, clsid, prefix);

    if (FAILED(hr))
        return late_fail(call, hr,
                         L"Could not connect the object's events: it has no source of "
                         L"events that can be found (0x%08lx).",
                         (ULONG)hr);
    return hr;
}

static HRESULT wscript_CreateObject(struct late_object *late, struct late_call *call)
{
    BSTR name = late_text(call, 0), prefix = late_text(call, 1);
    IDispatch *object = NULL;
    CLSID clsid;
    HRESULT hr;

    (void)late;
    hr = name ? CLSIDFromString(name, &clsid) : E_INVALIDARG;
    if (FAILED(hr)) {
        hr = late_fail(call, hr, L"Could not find an automation class named \"%ls\".",
                       name ? name : L"");
        goto done;
    }
    hr = CoCreateInstance(&clsid, NULL, CLSCTX_SERVER, &IID_IDispatch, (void **)&object);
    if (FAILED(hr)) {
        hr = late_fail(call, hr, L"Could not create an object named \"%ls\" (0x%08lx).", name,
                       (ULONG)hr);
        goto done;
    }
    if (prefix && *prefix) {
        hr = connect_prefix(call, object, &clsid, prefix);
        if (FAILED(hr)) {
            IDispatch_Release(object);
            goto done;
        }
    }
    late_give_object(call, object);
done:
    SysFreeString(name);
    SysFreeString(prefix);
    return hr;
}

static HRESULT active_object(const WCHAR *progid, IDispatch **object)
{
    IUnknown *unknown = NULL;
    CLSID clsid;
    HRESULT hr = CLSIDFromString(progid, &clsid);

    if (SUCCEEDED(hr))
        hr = GetActiveObject(&clsid, NULL, &unknown);
    if (SUCCEEDED(hr)) {
        hr = IUnknown_QueryInterface(unknown, &IID_IDispatch, (void **)object);
        IUnknown_Release(unknown);
    }
    return hr;
}

/* GetObject(path[, progid[, prefix]]): by moniker, or the running object of a class. */
static HRESULT wscript_GetObject(struct late_object *late, struct late_call *call)
{
    BSTR path = late_text(call, 0), progid = late_text(call, 1), prefix = late_text(call, 2);
    IDispatch *object = NULL;
    HRESULT hr;

    (void)late;
    if (path && *path)
        hr = CoGetObject(path, NULL, &IID_IDispatch, (void **)&object);
    else
        hr = progid ? active_object(progid, &object) : E_INVALIDARG;
    if (FAILED(hr))
        hr = late_fail(call, hr, L"Could not get the object \"%ls\" (0x%08lx).",
                       path && *path ? path
                       : progid      ? progid
                                     : L"",
                       (ULONG)hr);
    if (SUCCEEDED(hr) && prefix && *prefix)
        hr = connect_prefix(call, object, NULL, prefix);
    if (SUCCEEDED(hr))
        late_give_object(call, object);
    else if (object)
        IDispatch_Release(object);
    SysFreeString(path);
    SysFreeString(progid);
    SysFreeString(prefix);
    return hr;
}

static HRESULT wscript_ConnectObject(struct late_object *late, struct late_call *call)
{
    IDispatch *object = late_dispatch(call, 0);
    BSTR prefix = late_text(call, 1);
    HRESULT hr;

    (void)late;
    if (!object || !prefix)
        hr = late_fail(call, E_INVALIDARG, L"ConnectObject needs an object and a prefix.");
    else
        hr = connect_prefix(call, object, NULL, prefix);
    SysFreeString(prefix);
    return hr;
}

static HRESULT wscript_DisconnectObject(struct late_object *late, struct late_call *call)
{
    IDispatch *object = late_dispatch(call, 0);

    (void)late;
    if (!object)
        return late_fail(call, E_INVALIDARG, L"DisconnectObject needs an object.");
    return SUCCEEDED(disconnect_object(object)) ? S_OK : E_FAIL;
}

/* ---- properties ---- */

static HRESULT give_kept(struct late_call *call, IDispatch *object)
{
    if (!object)
        return E_OUTOFMEMORY;
    IDispatch_AddRef(object);
    late_give_object(call, object);
    return S_OK;
}

static HRESULT wscript_Arguments(struct late_object *late, struct late_call *call)
{
    return give_kept(call, wscript_of(late)->arguments);
}

static HRESULT wscript_Application(struct late_object *late, struct late_call *call)
{
    return give_kept(call, &late->IDispatch_iface);
}

static HRESULT wscript_StdIn(struct late_object *late, struct late_call *call)
{
    return give_kept(call, wscript_of(late)->streams[STREAM_IN]);
}

static HRESULT wscript_StdOut(struct late_object *late, struct late_call *call)
{
    return give_kept(call, wscript_of(late)->streams[STREAM_OUT]);
}

static HRESULT wscript_StdErr(struct late_object *late, struct late_call *call)
{
    return give_kept(call, wscript_of(late)->streams[STREAM_ERR]);
}

static const WCHAR *name_of(const WCHAR *path)
{
    const WCHAR *at, *name = path;

    for (at = path; *at; at++)
        if (*at == '\\' || *at == '/')
            name = at + 1;
    return name;
}

static HRESULT wscript_ScriptName(struct late_object *late, struct late_call *call)
{
    (void)late;
    late_give_text(call, name_of(host.script_path));
    return S_OK;
}

static HRESULT wscript_ScriptFullName(struct late_object *late, struct late_call *call)
{
    (void)late;
    late_give_text(call, host.script_path);
    return S_OK;
}

static HRESULT wscript_FullName(struct late_object *late, struct late_call *call)
{
    WCHAR path[MAX_PATH] = L"";

    (void)late;
    GetModuleFileNameW(NULL, path, ARRAYSIZE(path) - 1);
    late_give_text(call, path);
    return S_OK;
}

static HRESULT wscript_Path(struct late_object *late, struct late_call *call)
{
    WCHAR path[MAX_PATH] = L"", *name;

    (void)late;
    GetModuleFileNameW(NULL, path, ARRAYSIZE(path) - 1);
    name = (WCHAR *)name_of(path);
    if (name > path)
        name[-1] = 0;
    late_give_text(call, path);
    return S_OK;
}

/* Scripts look at Name and Version to tell cscript from wscript: this is a host of cscript's kind.
 */
static HRESULT wscript_Name(struct late_object *late, struct late_call *call)
{
    (void)late;
    late_give_text(call, L"Windows Script Host");
    return S_OK;
}

static HRESULT wscript_Version(struct late_object *late, struct late_call *call)
{
    (void)late;
    late_give_text(call, L"5.8");
    return S_OK;
}

static HRESULT wscript_BuildVersion(struct late_object *late, struct late_call *call)
{
    (void)late;
    late_give_number(call, 0);
    return S_OK;
}

static HRESULT wscript_Interactive(struct late_object *late, struct late_call *call)
{
    (void)late;
    if (call->put)
        host.interactive = late_number(call, call->count - 1, 0) != 0;
    else
        late_give_bool(call, host.interactive);
    return S_OK;
}

static HRESULT wscript_Timeout(struct late_object *late, struct late_call *call)
{
    struct wscript *self = wscript_of(late);

    if (call->put)
        self->timeout = late_number(call, call->count - 1, 0);
    else
        late_give_number(call, self->timeout);
    return S_OK;
}

static const struct late_member wscript_members[] = {
    {L"Name", DISPID_VALUE, 0, 0, false, wscript_Name},
    {L"Application", 1, 0, 0, false, wscript_Application},
    {L"Arguments", 2, 0, 0, false, wscript_Arguments},
    {L"BuildVersion", 3, 0, 0, false, wscript_BuildVersion},
    {L"ConnectObject", 4, 2, 2, false, wscript_ConnectObject},
    {L"CreateObject", 5, 1, 2, false, wscript_CreateObject},
    {L"DisconnectObject", 6, 1, 1, false, wscript_DisconnectObject},
    {L"Echo", 7, 0, 1000, false, wscript_Echo},
    {L"FullName", 8, 0, 0, false, wscript_FullName},
    {L"GetObject", 9, 1, 3, false, wscript_GetObject},
    {L"Interactive", 10, 0, 0, true, wscript_Interactive},
    {L"Path", 11, 0, 0, false, wscript_Path},
    {L"Quit", 12, 0, 1, false, wscript_Quit},
    {L"ScriptFullName", 13, 0, 0, false, wscript_ScriptFullName},
    {L"ScriptName", 14, 0, 0, false, wscript_ScriptName},
    {L"Sleep", 15, 1, 1, false, wscript_Sleep},
    {L"StdErr", 16, 0, 0, false, wscript_StdErr},
    {L"StdIn", 17, 0, 0, false, wscript_StdIn},
    {L"StdOut", 18, 0, 0, false, wscript_StdOut},
    {L"Timeout", 19, 0, 0, true, wscript_Timeout},
    {L"Version", 20, 0, 0, false, wscript_Version},
};

static void wscript_destroy(struct late_object *late)
{
    struct wscript *self = wscript_of(late);
    unsigned i;

    if (self->arguments)
        IDispatch_Release(self->arguments);
    for (i = 0; i < STREAM_COUNT; i++)
        if (self->streams[i])
            IDispatch_Release(self->streams[i]);
}

static const struct late_class wscript_class = {L"WScript", wscript_members,
                                                ARRAYSIZE(wscript_members), wscript_destroy};

IDispatch *wscript_create(void)
{
    struct wscript *self = late_create(sizeof(*self), &wscript_class);
    unsigned i;

    if (!self)
        return NULL;
    self->timeout = (LONG)host.options.timeout;
    self->arguments = arguments_create();
    for (i = 0; i < STREAM_COUNT; i++)
        self->streams[i] = stream_create((enum stream_kind)i);
    return &self->late.IDispatch_iface;
}
