/*
 * track.c - the audio track of a file terminal: what is selected on a stream. See private.h and
 * tapi-docs/track-terminals.md.
 */
#include "msp/termmgr/private.h"

#include <string.h>

COM_DISPATCH_METHODS(terminal, track, ITTerminal, ITTerminal_iface)
COM_DISPATCH_METHODS(file, track, ITFileTrack, ITFileTrack_iface)
COM_UNKNOWN_METHODS(control, track, ITTerminalControl, ITTerminalControl_iface)
COM_UNKNOWN_METHODS(registration, track, ITPluggableTerminalEventSinkRegistration,
                    ITPluggableTerminalEventSinkRegistration_iface)

static HRESULT bstr_out(const WCHAR *text, BSTR *out)
{
    *out = SysAllocString(text);
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, &IID_ITTerminal, NULL);
}

/* ---- ITTerminal ------------------------------------------------------------------------ */

static HRESULT WINAPI terminal_get_Name(ITTerminal *iface, BSTR *name)
{
    struct track *track = impl_from_ITTerminal_iface(iface);

    if (!name)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    return bstr_out(track->terminal->recording ? L"File Recording Track" : L"File Playback Track",
                    name);
}

static HRESULT WINAPI terminal_get_State(ITTerminal *iface, TERMINAL_STATE *state)
{
    struct track *track = impl_from_ITTerminal_iface(iface);

    if (!state)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    EnterCriticalSection(&track->terminal->lock);
    *state = track->graph ? TS_INUSE : TS_NOTINUSE;
    LeaveCriticalSection(&track->terminal->lock);
    return S_OK;
}

static HRESULT WINAPI terminal_get_TerminalType(ITTerminal *iface, TERMINAL_TYPE *type)
{
    (void)iface;
    if (!type)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    *type = TT_DYNAMIC;
    return S_OK;
}

static HRESULT WINAPI terminal_get_TerminalClass(ITTerminal *iface, BSTR *class)
{
    struct track *track = impl_from_ITTerminal_iface(iface);

    if (!class)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    return bstr_out(track->terminal->recording ? CLSID_String_FileRecordingTrack
                                               : CLSID_String_FilePlaybackTerminal,
                    class);
}

static HRESULT WINAPI terminal_get_MediaType(ITTerminal *iface, LONG *type)
{
    (void)iface;
    if (!type)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    *type = TAPIMEDIATYPE_AUDIO;
    return S_OK;
}

static HRESULT WINAPI terminal_get_Direction(ITTerminal *iface, TERMINAL_DIRECTION *direction)
{
    if (!direction)
        return com_fail(E_POINTER, &IID_ITTerminal, NULL);
    *direction = impl_from_ITTerminal_iface(iface)->terminal->recording ? TD_RENDER : TD_CAPTURE;
    return S_OK;
}

static const ITTerminalVtbl terminal_vtbl = {
    COM_DISPATCH_VTABLE(terminal), terminal_get_Name,          terminal_get_State,
    terminal_get_TerminalType,     terminal_get_TerminalClass, terminal_get_MediaType,
    terminal_get_Direction,
};

/* ---- ITFileTrack ----------------------------------------------------------------------- */

static HRESULT track_format(struct track *track, struct wav_format *format)
{
    struct file_terminal *terminal = track->terminal;
    HRESULT hr = TAPI_E_NOFORMAT;

    if (terminal->recording)
        return wav_writer_format(terminal->filter, format) ? S_OK : hr;
    AcquireSRWLockShared(&terminal->control_lock);
    if (terminal->list)
        hr = wav_file_format(terminal->list->paths[0], format);
    ReleaseSRWLockShared(&terminal->control_lock);
    return hr;
}

static HRESULT WINAPI file_get_Format(ITFileTrack *iface, AM_MEDIA_TYPE **out)
{
    struct wav_format format;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITFileTrack, NULL);
    *out = NULL;
    hr = track_format(impl_from_ITFileTrack_iface(iface), &format);
    if (FAILED(hr))
        return com_fail(hr, &IID_ITFileTrack, NULL);
    *out = CoTaskMemAlloc(sizeof(**out));
    hr = *out ? media_type_make(*out, &format) : E_OUTOFMEMORY;
    if (FAILED(hr)) {
        CoTaskMemFree(*out);
        *out = NULL;
    }
    return FAILED(hr) ? com_fail(hr, &IID_ITFileTrack, NULL) : S_OK;
}

static HRESULT track_set_format(struct track *track, const struct wav_format *format)
{
    HRESULT hr;

    if (!track->terminal->recording)
        return com_fail(TAPI_E_NOTSUPPORTED, &IID_ITFileTrack,
                        "The format of a playback track is that of its file.");
    hr = wav_writer_set_format(track->terminal->filter, format);
    return FAILED(hr) ? com_fail(hr, &IID_ITFileTrack, NULL) : S_OK;
}

static HRESULT WINAPI file_put_Format(ITFileTrack *iface, const AM_MEDIA_TYPE *type)
{
    struct wav_format format;

    if (!type)
        return com_fail(E_POINTER, &IID_ITFileTrack, NULL);
    if (!media_type_format(type, &format))
        return com_fail(E_INVALIDARG, &IID_ITFileTrack, "This is not a usable audio format.");
    return track_set_format(impl_from_ITFileTrack_iface(iface), &format);
}

static HRESULT WINAPI file_get_ControllingTerminal(ITFileTrack *iface, ITTerminal **out)
{
    struct track *track = impl_from_ITFileTrack_iface(iface);

    if (!out)
        return com_fail(E_POINTER, &IID_ITFileTrack, NULL);
    com_hand_out(&track->terminal->com);
    *out = &track->terminal->ITTerminal_iface;
    return S_OK;
}

static HRESULT WINAPI file_get_AudioFormatForScripting(ITFileTrack *iface,
                                                       ITScriptableAudioFormat **out)
{
    struct wav_format format;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITFileTrack, NULL);
    *out = NULL;
    hr = track_format(impl_from_ITFileTrack_iface(iface), &format);
    return FAILED(hr) ? com_fail(hr, &IID_ITFileTrack, NULL) : audio_format_create(&format, out);
}

static HRESULT WINAPI file_put_AudioFormatForScripting(ITFileTrack *iface,
                                                       ITScriptableAudioFormat *object)
{
    struct wav_format format;
    HRESULT hr;

    if (!object)
        return com_fail(E_POINTER, &IID_ITFileTrack, NULL);
    hr = audio_format_read(object, &format);
    return FAILED(hr) ? hr : track_set_format(impl_from_ITFileTrack_iface(iface), &format);
}

static HRESULT WINAPI file_get_EmptyAudioFormatForScripting(ITFileTrack *iface,
                                                            ITScriptableAudioFormat **out)
{
    (void)iface;
    if (!out)
        return com_fail(E_POINTER, &IID_ITFileTrack, NULL);
    return audio_format_create(NULL, out);
}

static const ITFileTrackVtbl file_vtbl = {
    COM_DISPATCH_VTABLE(file),
    file_get_Format,
    file_put_Format,
    file_get_ControllingTerminal,
    file_get_AudioFormatForScripting,
    file_put_AudioFormatForScripting,
    file_get_EmptyAudioFormatForScripting,
};

/* ---- ITTerminalControl ----------------------------------------------------------------- */

/* Only media providers call this, some of them with a lock held, and not each of them minds a
 * failure: it leaves no sentence. */

static HRESULT WINAPI control_get_AddressHandle(ITTerminalControl *iface, MSP_HANDLE *address)
{
    if (!address)
        return E_POINTER;
    *address = impl_from_ITTerminalControl_iface(iface)->terminal->address;
    return S_OK;
}

static HRESULT WINAPI control_ConnectTerminal(ITTerminalControl *iface, IGraphBuilder *graph,
                                              DWORD direction, DWORD *pin_count, IPin **pins)
{
    struct track *track = impl_from_ITTerminalControl_iface(iface);
    struct file_terminal *terminal = track->terminal;
    HRESULT hr = S_OK;

    /* For terminals of both directions only (implementing-pluggable-terminals.md). */
    (void)direction;
    if (!graph || !pin_count)
        return E_POINTER;
    if (!pins) { /* asked for the number only */
        *pin_count = 1;
        return S_OK;
    }
    if (*pin_count < 1) {
        *pin_count = 1;
        return TAPI_E_NOTENOUGHMEMORY;
    }
    EnterCriticalSection(&terminal->lock);
    if (track->graph)
        hr = TAPI_E_TERMINALINUSE;
    else
        track->graph = graph;
    LeaveCriticalSection(&terminal->lock);
    if (FAILED(hr))
        return hr;
    IGraphBuilder_AddRef(graph);
    hr = IGraphBuilder_AddFilter(graph, &terminal->filter->IBaseFilter_iface,
                                 terminal->recording ? L"File recording" : L"File playback");
    if (FAILED(hr)) {
        EnterCriticalSection(&terminal->lock);
        track->graph = NULL;
        LeaveCriticalSection(&terminal->lock);
        IGraphBuilder_Release(graph);
        return hr;
    }
    pins[0] = &terminal->filter->IPin_iface;
    IPin_AddRef(pins[0]);
    *pin_count = 1;
    return S_OK;
}

static HRESULT WINAPI control_CompleteConnectTerminal(ITTerminalControl *iface)
{
    (void)iface;
    return S_OK; /* the filter needs nothing after its connection */
}

static HRESULT WINAPI control_DisconnectTerminal(ITTerminalControl *iface, IGraphBuilder *graph,
                                                 DWORD reserved)
{
    struct track *track = impl_from_ITTerminalControl_iface(iface);
    HRESULT hr = S_OK;

    (void)reserved;
    if (!graph)
        return E_POINTER;
    EnterCriticalSection(&track->terminal->lock);
    if (track->graph != graph)
        hr = E_INVALIDARG;
    else
        track->graph = NULL;
    LeaveCriticalSection(&track->terminal->lock);
    if (FAILED(hr))
        return hr;
    hr = IGraphBuilder_RemoveFilter(graph, &track->terminal->filter->IBaseFilter_iface);
    IGraphBuilder_Release(graph);
    return hr;
}

static HRESULT WINAPI control_RunRenderFilter(ITTerminalControl *iface)
{
    (void)iface;
    return S_OK;
}

static HRESULT WINAPI control_StopRenderFilter(ITTerminalControl *iface)
{
    (void)iface;
    return S_OK;
}

static const ITTerminalControlVtbl control_vtbl = {
    COM_UNKNOWN_VTABLE(control),     control_get_AddressHandle,  control_ConnectTerminal,
    control_CompleteConnectTerminal, control_DisconnectTerminal, control_RunRenderFilter,
    control_StopRenderFilter,
};

/* ---- ITPluggableTerminalEventSinkRegistration ------------------------------------------ */

static HRESULT WINAPI registration_RegisterSink(ITPluggableTerminalEventSinkRegistration *iface,
                                                ITPluggableTerminalEventSink *sink)
{
    struct track *track = impl_from_ITPluggableTerminalEventSinkRegistration_iface(iface);
    ITPluggableTerminalEventSink *old;

    if (!sink)
        return com_fail(E_POINTER, &IID_ITPluggableTerminalEventSinkRegistration, NULL);
    old = sink_replace(track->terminal, &track->sink, sink);
    if (old)
        ITPluggableTerminalEventSink_Release(old);
    return S_OK;
}

static HRESULT WINAPI registration_UnregisterSink(ITPluggableTerminalEventSinkRegistration *iface)
{
    struct track *track = impl_from_ITPluggableTerminalEventSinkRegistration_iface(iface);
    ITPluggableTerminalEventSink *old = sink_replace(track->terminal, &track->sink, NULL);

    if (old)
        ITPluggableTerminalEventSink_Release(old);
    return S_OK;
}

static const ITPluggableTerminalEventSinkRegistrationVtbl registration_vtbl = {
    COM_UNKNOWN_VTABLE(registration),
    registration_RegisterSink,
    registration_UnregisterSink,
};

/* ---- life ------------------------------------------------------------------------------ */

static struct track *track_from_com(struct com_object *object)
{
    return CONTAINING_RECORD(object, struct track, com);
}

static void track_last_release(struct com_object *object)
{
    com_unuse(&track_from_com(object)->terminal->com);
}

static void track_destroy(struct com_object *object)
{
    struct track *track = track_from_com(object);

    if (track->sink)
        ITPluggableTerminalEventSink_Release(track->sink);
    if (track->graph)
        IGraphBuilder_Release(track->graph);
}

static const struct com_interface track_interfaces[] = {
    COM_INTERFACE(track, ITTerminal_iface, ITTerminal),
    COM_INTERFACE(track, ITFileTrack_iface, ITFileTrack),
    COM_INTERFACE(track, ITTerminalControl_iface, ITTerminalControl),
    COM_INTERFACE(track, ITPluggableTerminalEventSinkRegistration_iface,
                  ITPluggableTerminalEventSinkRegistration),
};
static const struct com_class track_class = {
    .name = "FileTrack",
    .interfaces = track_interfaces,
    .interface_count = ARRAYSIZE(track_interfaces),
    .last_release = track_last_release,
    .destroy = track_destroy,
};

struct track *track_create(struct file_terminal *terminal)
{
    struct track *track = com_object_create(sizeof(*track), &track_class, NULL);

    if (!track)
        return NULL;
    track->ITTerminal_iface.lpVtbl = (ITTerminalVtbl *)&terminal_vtbl;
    track->ITFileTrack_iface.lpVtbl = (ITFileTrackVtbl *)&file_vtbl;
    track->ITTerminalControl_iface.lpVtbl = (ITTerminalControlVtbl *)&control_vtbl;
    track->ITPluggableTerminalEventSinkRegistration_iface.lpVtbl =
        (ITPluggableTerminalEventSinkRegistrationVtbl *)&registration_vtbl;
    track->terminal = terminal;
    /* From the public count of creation to the use the terminal holds. */
    com_use(&terminal->com);
    com_use(&track->com);
    com_release(&track->com);
    return track;
}

ITTerminal *track_hand_out(struct track *track)
{
    struct file_terminal *terminal = track->terminal;

    /* One at a time, so that exactly the step from nobody to somebody takes a use of the terminal,
     * as track_last_release gives one back. */
    EnterCriticalSection(&terminal->lock);
    if (!com_try_hand_out(&track->com)) {
        com_use(&terminal->com);
        com_hand_out(&track->com);
    }
    LeaveCriticalSection(&terminal->lock);
    return &track->ITTerminal_iface;
}
