/* media_end.c - one application's end of a call, with its media provider. */
#include "tests/media/media_fixture.h"

/* ---- the outer objects that TAPI's Address and Call are --------------------------------- */

static struct outer *outer_of(IUnknown *iface)
{
    return CONTAINING_RECORD(iface, struct outer, IUnknown_iface);
}

static HRESULT WINAPI outer_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct outer *outer = outer_of(iface);

    if (IsEqualIID(iid, &IID_IUnknown)) {
        *out = iface;
        InterlockedIncrement(&outer->refs);
        return S_OK;
    }
    return outer->host ? msp_host_query_interface(outer->host, iid, out)
                       : msp_call_query_interface(outer->call, iid, out);
}

static ULONG WINAPI outer_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&outer_of(iface)->refs);
}

static ULONG WINAPI outer_Release(IUnknown *iface)
{
    return InterlockedDecrement(&outer_of(iface)->refs);
}

static IUnknownVtbl outer_vtbl = {outer_QueryInterface, outer_AddRef, outer_Release};

/* ---- classes for this process only ------------------------------------------------------ */

static HMODULE modules[2];
static DWORD cookies[2];

static void class_register(int i, const WCHAR *dll, const CLSID *clsid)
{
    HRESULT(WINAPI * get)(REFCLSID, REFIID, void **);
    IUnknown *factory = NULL;

    modules[i] = LoadLibraryW(dll);
    REQUIRE(modules[i] != NULL);
    get = (void *)GetProcAddress(modules[i], "DllGetClassObject");
    REQUIRE(get != NULL);
    REQUIRE_EQ(get(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(clsid, factory, CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE,
                                     &cookies[i]),
               S_OK);
    IUnknown_Release(factory);
}

void media_start(void)
{
    static const CLSID sim = CLSID_SIM_MSP_INIT;

    REQUIRE(SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED)));
    class_register(0, L"termmgr.dll", &CLSID_TerminalManager);
    class_register(1, L"simmsp.dll", &sim);
}

static bool can_unload(void *can)
{
    return ((HRESULT(WINAPI *)(void))can)() == S_OK;
}

/* Nothing may be alive: each DLL says that it could be unloaded, once its last thread has gone. */
void media_stop(void)
{
    struct msp_host_counters counters;
    int i;

    msp_host_get_counters(&counters);
    CHECK_EQ(counters.hosts, 0);
    CHECK_EQ(counters.calls, 0);
    CHECK_EQ(counters.kept, 0);
    CHECK_EQ(counters.ends, 0);
    CHECK_EQ(fake_tapi_ends, 0);
    for (i = 0; i < 2; i++) {
        if (!modules[i])
            continue;
        CoRevokeClassObject(cookies[i]);
        CHECK(wait_until(can_unload, (void *)GetProcAddress(modules[i], "DllCanUnloadNow"), NULL,
                         WAIT_LONG));
        FreeLibrary(modules[i]);
        modules[i] = NULL;
    }
    files_delete();
    CoUninitialize();
}

/* ---- an end ----------------------------------------------------------------------------- */

static void on_event(void *context, struct msp_call *call, const MSP_EVENT_INFO *event)
{
    struct media_end *end = context;
    struct seen_event seen = {event->Event, 0, 0, S_OK, msp_call_outer(call)};

    if (event->Event == ME_CALL_EVENT) {
        seen.type = event->MSP_CALL_EVENT_INFO.Type;
        seen.cause = event->MSP_CALL_EVENT_INFO.Cause;
        seen.error = event->MSP_CALL_EVENT_INFO.hrError;
    } else if (event->Event == ME_FILE_TERMINAL_EVENT) {
        seen.type = event->MSP_FILE_TERMINAL_EVENT_INFO.TerminalMediaState;
        seen.cause = event->MSP_FILE_TERMINAL_EVENT_INFO.ftecEventCause;
        seen.error = event->MSP_FILE_TERMINAL_EVENT_INFO.hrErrorCode;
    }
    EnterCriticalSection(&end->lock);
    if (end->event_count < EVENTS_MAX)
        end->events[end->event_count++] = seen;
    LeaveCriticalSection(&end->lock);
    SetEvent(end->changed);
}

HRESULT media_end_try(struct media_end *end, HCALL handle)
{
    HRESULT hr;

    memset(end, 0, sizeof(*end));
    end->address.IUnknown_iface.lpVtbl = &outer_vtbl;
    end->address.refs = 1;
    end->call.IUnknown_iface.lpVtbl = &outer_vtbl;
    end->call.refs = 1;
    end->handle = handle;
    InitializeCriticalSection(&end->lock);
    end->changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    hr = msp_host_create(0, 0, 0, &end->address.IUnknown_iface, on_event, end, &end->address.host);
    if (SUCCEEDED(hr))
        hr = msp_host_line_opened(end->address.host, (HLINE)(ULONG_PTR)(DWORD)(ULONG_PTR)handle);
    if (SUCCEEDED(hr))
        hr = msp_call_create(end->address.host, TAPIMEDIATYPE_AUDIO, &end->call.IUnknown_iface,
                             &end->call.call);
    return hr;
}

void media_end_start(struct media_end *end, HCALL handle)
{
    REQUIRE_EQ(media_end_try(end, handle), S_OK);
}

void media_end_stop(struct media_end *end)
{
    msp_call_destroy(end->call.call);
    msp_host_destroy(end->address.host);
    CHECK_EQ(end->call.refs, 1);
    CHECK_EQ(end->address.refs, 1);
    CloseHandle(end->changed);
    DeleteCriticalSection(&end->lock);
}

void media_end_offer(struct media_end *end, const struct audio_port_offer *offer, BOOL open)
{
    struct audio_port_offer copy = *offer;

    copy.open = open ? 1 : 0;
    msp_host_receive(end->address.host, (DWORD)(ULONG_PTR)end->handle + 1000, end->handle, &copy,
                     sizeof(copy));
}

struct wanted {
    struct media_end *end;
    MSP_EVENT kind;
    int type, cause, nth;
};

static bool has_happened(void *context)
{
    struct wanted *wanted = context;
    struct media_end *end = wanted->end;
    int i, found = 0;

    EnterCriticalSection(&end->lock);
    for (i = 0; i < end->event_count; i++)
        if (end->events[i].kind == wanted->kind && end->events[i].type == wanted->type &&
            (wanted->cause < 0 || end->events[i].cause == wanted->cause) &&
            end->events[i].outer == &end->call.IUnknown_iface)
            found++;
    LeaveCriticalSection(&end->lock);
    return found >= wanted->nth;
}

BOOL media_end_wait_file(struct media_end *end, TERMINAL_MEDIA_STATE state,
                         FT_STATE_EVENT_CAUSE cause, int nth)
{
    struct wanted wanted = {end, ME_FILE_TERMINAL_EVENT, state, cause, nth};

    return wait_until(has_happened, &wanted, end->changed, WAIT_LONG);
}

BOOL media_end_wait_call(struct media_end *end, MSP_CALL_EVENT type, int nth)
{
    struct wanted wanted = {end, ME_CALL_EVENT, type, -1, nth};

    return wait_until(has_happened, &wanted, end->changed, WAIT_LONG);
}

/* ---- terminals -------------------------------------------------------------------------- */

ITTerminal *media_end_terminal(struct media_end *end, const WCHAR *class)
{
    TERMINAL_DIRECTION direction =
        lstrcmpW(class, CLSID_String_FilePlaybackTerminal) ? TD_RENDER : TD_CAPTURE;
    BSTR text = SysAllocString(class);
    ITTerminal *terminal = NULL;

    REQUIRE_EQ(msp_host_request_terminal(end->address.host, text, TAPIMEDIATYPE_MULTITRACK,
                                         direction, &terminal),
               S_OK);
    SysFreeString(text);
    REQUIRE_EQ(msp_call_select_terminal(end->call.call, terminal), S_OK);
    return terminal;
}

void terminal_play_list(ITTerminal *terminal, const WCHAR *path)
{
    ITMediaPlayback *playback;
    VARIANT value;

    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaPlayback, (void **)&playback), S_OK);
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(path);
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, value), S_OK);
    VariantClear(&value);
    ITMediaPlayback_Release(playback);
}

void terminal_file_name(ITTerminal *terminal, const WCHAR *path)
{
    ITMediaRecord *record;
    BSTR name = SysAllocString(path);

    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaRecord, (void **)&record), S_OK);
    CHECK_EQ(ITMediaRecord_put_FileName(record, name), S_OK);
    SysFreeString(name);
    ITMediaRecord_Release(record);
}

static ITMediaControl *control_of(ITTerminal *terminal)
{
    ITMediaControl *control = NULL;

    CHECK_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaControl, (void **)&control), S_OK);
    ITMediaControl_Release(control); /* the terminal holds it */
    return control;
}

HRESULT terminal_start(ITTerminal *terminal)
{
    return ITMediaControl_Start(control_of(terminal));
}

HRESULT terminal_stop(ITTerminal *terminal)
{
    return ITMediaControl_Stop(control_of(terminal));
}

HRESULT terminal_pause(ITTerminal *terminal)
{
    return ITMediaControl_Pause(control_of(terminal));
}

TERMINAL_MEDIA_STATE terminal_state(ITTerminal *terminal)
{
    TERMINAL_MEDIA_STATE state;

    POISON(state);
    CHECK_EQ(ITMediaControl_get_MediaState(control_of(terminal), &state), S_OK);
    return state;
}

ITStream *media_end_stream(struct media_end *end, TERMINAL_DIRECTION direction)
{
    ITStreamControl *control;
    IEnumStream *streams;
    ITStream *stream = NULL;
    TERMINAL_DIRECTION has;

    REQUIRE_EQ(
        IUnknown_QueryInterface(&end->call.IUnknown_iface, &IID_ITStreamControl, (void **)&control),
        S_OK);
    CHECK_EQ(ITStreamControl_EnumerateStreams(control, &streams), S_OK);
    while (IEnumStream_Next(streams, 1, &stream, NULL) == S_OK) {
        CHECK_EQ(ITStream_get_Direction(stream, &has), S_OK);
        if (has == direction)
            break;
        ITStream_Release(stream);
        stream = NULL;
    }
    IEnumStream_Release(streams);
    ITStreamControl_Release(control);
    return stream;
}
