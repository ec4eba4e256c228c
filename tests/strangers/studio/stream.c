/*
 * stream.c - a stream of the studio provider, with a filter graph of its own. Toward the far end:
 * terminal -> sample grabber -> null renderer, 8 kHz 16-bit mono only. From the far end: a playback
 * terminal that nobody sees -> terminal. See studio.h.
 */
#include "studio.h"
#include <stdbool.h>
#include <stddef.h>
#include <tapi3err.h>

#include <qedit.h>

/* qedit.h of MinGW has the interfaces alone. */
static const CLSID clsid_sample_grabber = {
    0xc1f400a0, 0x3f08, 0x11d3, {0x9f, 0x0b, 0x00, 0x60, 0x08, 0x03, 0x9e, 0x37}};
static const CLSID clsid_null_renderer = {
    0xc1f400a4, 0x3f08, 0x11d3, {0x9f, 0x0b, 0x00, 0x60, 0x08, 0x03, 0x9e, 0x37}};

struct sink {
    struct object object;
    struct face face;
    struct address *address;
    MSP_HANDLE handle;
};

struct stream {
    struct object object;
    struct face main;
    struct face samples; /* ISampleGrabberCB, which nobody gets otherwise */
    struct address *address;
    struct object *call; /* kept until the stream is shut down */
    MSP_HANDLE handle;
    TERMINAL_DIRECTION direction;
    BSTR *music;
    CRITICAL_SECTION lock;
    IGraphBuilder *graph;
    IMediaControl *control;
    IMediaEvent *events;
    HANDLE wait;
    IBaseFilter *grabber, *renderer; /* toward the far end */
    IUnknown *sample_source;         /* its ISampleGrabber */
    ITTerminal *far_terminal;        /* from the far end: the file that is it, and its track */
    ITTerminalControl *far_track;
    IPin *far_pin;
    ITTerminal *terminal;
    struct sink *sink;
    bool wish_to_run, shut;
    volatile LONG bytes, busy;
};

#define STREAM_OF(face) CONTAINING_RECORD(face, struct stream, main)

static void say(struct stream *self, MSP_CALL_EVENT type, MSP_CALL_EVENT_CAUSE cause,
                ITTerminal *terminal)
{
    MSP_EVENT_INFO info = {.Event = ME_CALL_EVENT, .hCall = self->handle};

    info.MSP_CALL_EVENT_INFO.Type = type;
    info.MSP_CALL_EVENT_INFO.Cause = cause;
    info.MSP_CALL_EVENT_INFO.pStream = (ITStream *)&self->main;
    ITStream_AddRef(info.MSP_CALL_EVENT_INFO.pStream);
    info.MSP_CALL_EVENT_INFO.pTerminal = terminal;
    if (terminal)
        ITTerminal_AddRef(terminal);
    address_post(self->address, &info);
}

/* ---- what the terminals have to say -------------------------------------------------------------
 */

static HRESULT WINAPI sink_FireEvent(struct face *face, const MSP_EVENT_INFO *told)
{
    struct sink *self = CONTAINING_RECORD(face, struct sink, face);
    MSP_EVENT_INFO info = *told;

    if (info.Event == ME_FILE_TERMINAL_EVENT) {
        ITTerminal_AddRef(info.MSP_FILE_TERMINAL_EVENT_INFO.pParentFileTerminal);
        if (info.MSP_FILE_TERMINAL_EVENT_INFO.pFileTrack)
            ITFileTrack_AddRef(info.MSP_FILE_TERMINAL_EVENT_INFO.pFileTrack);
    }
    info.hCall = self->handle;
    address_post(self->address, &info);
    return S_OK;
}

static void sink_final(struct object *object)
{
    object_release((struct object *)CONTAINING_RECORD(object, struct sink, object)->address);
}

static const struct entry sink_map[] = {
    {&IID_ITPluggableTerminalEventSink, offsetof(struct sink, face)}, {NULL, 0}};

static void sink_register(struct stream *self, ITTerminal *terminal)
{
    static const void *const vtable[] = {UNKNOWN_METHODS, sink_FireEvent};
    ITPluggableTerminalEventSinkRegistration *registration;

    if (FAILED(ITTerminal_QueryInterface(terminal, &IID_ITPluggableTerminalEventSinkRegistration,
                                         (void **)&registration)))
        return;
    self->sink = object_create(sizeof(*self->sink), NULL, sink_map, sink_final);
    object_set_face(&self->sink->object, &self->sink->face, vtable, NULL);
    self->sink->address = self->address;
    object_add_ref((struct object *)self->address);
    self->sink->handle = self->handle;
    ITPluggableTerminalEventSinkRegistration_RegisterSink(
        registration, (ITPluggableTerminalEventSink *)&self->sink->face);
    ITPluggableTerminalEventSinkRegistration_Release(registration);
}

static void sink_unregister(struct stream *self, ITTerminal *terminal)
{
    ITPluggableTerminalEventSinkRegistration *registration;

    if (!self->sink)
        return;
    if (SUCCEEDED(ITTerminal_QueryInterface(terminal, &IID_ITPluggableTerminalEventSinkRegistration,
                                            (void **)&registration))) {
        ITPluggableTerminalEventSinkRegistration_UnregisterSink(registration);
        ITPluggableTerminalEventSinkRegistration_Release(registration);
    }
    object_release(&self->sink->object);
    self->sink = NULL;
}

/* ---- the graph ----------------------------------------------------------------------------------
 */

static HRESULT first_pin(IBaseFilter *filter, PIN_DIRECTION wanted, IPin **out)
{
    IEnumPins *pins;
    HRESULT hr = IBaseFilter_EnumPins(filter, &pins);

    *out = NULL;
    while (SUCCEEDED(hr) && !*out && IEnumPins_Next(pins, 1, out, NULL) == S_OK) {
        PIN_DIRECTION direction;

        if (FAILED(IPin_QueryDirection(*out, &direction)) || direction != wanted) {
            IPin_Release(*out);
            *out = NULL;
        }
    }
    if (SUCCEEDED(hr))
        IEnumPins_Release(pins);
    return *out ? S_OK : E_FAIL;
}

static HRESULT WINAPI samples_SampleCB(struct face *face, double time, void *sample)
{
    (void)face, (void)time, (void)sample;
    return S_OK;
}

static HRESULT WINAPI samples_BufferCB(struct face *face, double time, BYTE *bytes, LONG size)
{
    (void)time, (void)bytes;
    InterlockedExchangeAdd(&CONTAINING_RECORD(face, struct stream, samples)->bytes, size);
    return S_OK;
}

static HRESULT add_transport(struct stream *self)
{
    WAVEFORMATEX wave = {WAVE_FORMAT_PCM, 1, 8000, 16000, 2, 16, 0};
    AM_MEDIA_TYPE type = {.majortype = MEDIATYPE_Audio,
                          .subtype = MEDIASUBTYPE_PCM,
                          .bFixedSizeSamples = TRUE,
                          .lSampleSize = 2,
                          .formattype = FORMAT_WaveFormatEx,
                          .cbFormat = sizeof(wave),
                          .pbFormat = (BYTE *)&wave};
    ISampleGrabber *samples = NULL;
    IPin *out = NULL, *in = NULL;
    HRESULT hr;

    hr = CoCreateInstance(&clsid_sample_grabber, NULL, CLSCTX_INPROC_SERVER, &IID_IBaseFilter,
                          (void **)&self->grabber);
    if (SUCCEEDED(hr))
        hr = CoCreateInstance(&clsid_null_renderer, NULL, CLSCTX_INPROC_SERVER, &IID_IBaseFilter,
                              (void **)&self->renderer);
    if (SUCCEEDED(hr))
        hr = IBaseFilter_QueryInterface(self->grabber, &IID_ISampleGrabber, (void **)&samples);
    if (FAILED(hr))
        return hr;
    ISampleGrabber_SetMediaType(samples, &type);
    ISampleGrabber_SetCallback(samples, (ISampleGrabberCB *)&self->samples, 1);
    self->sample_source = (IUnknown *)samples;
    IGraphBuilder_AddFilter(self->graph, self->grabber, L"Studio transport");
    IGraphBuilder_AddFilter(self->graph, self->renderer, L"Studio far end");
    return first_pin(self->grabber, PINDIR_OUTPUT, &out) == S_OK &&
                   first_pin(self->renderer, PINDIR_INPUT, &in) == S_OK
               ? (IPin_Release(out), IPin_Release(in), S_OK)
               : E_FAIL;
}

/* terminal's pin -> grabber -> renderer; what the system has comes between where it must. */
static HRESULT connect_out(struct stream *self, IPin *pin)
{
    IPin *in = NULL, *out = NULL, *end = NULL;
    HRESULT hr = first_pin(self->grabber, PINDIR_INPUT, &in);

    if (SUCCEEDED(hr))
        hr = IGraphBuilder_Connect(self->graph, pin, in);
    if (SUCCEEDED(hr))
        hr = first_pin(self->grabber, PINDIR_OUTPUT, &out);
    if (SUCCEEDED(hr))
        hr = first_pin(self->renderer, PINDIR_INPUT, &end);
    if (SUCCEEDED(hr))
        hr = IGraphBuilder_Connect(self->graph, out, end);
    if (in)
        IPin_Release(in);
    if (out)
        IPin_Release(out);
    if (end)
        IPin_Release(end);
    return hr;
}

/* The far end speaks out of a file: the provider uses the terminal manager for itself. */
static HRESULT add_far_end(struct stream *self)
{
    ITMultiTrackTerminal *tracks = NULL;
    ITMediaPlayback *playback = NULL;
    ITMediaControl *media = NULL;
    IEnumTerminal *all = NULL;
    ITTerminal *track = NULL;
    DWORD pins = 1;
    VARIANT file;
    HRESULT hr;

    hr = address_create_terminal(self->address, &CLSID_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO,
                                 TD_CAPTURE, &self->far_terminal);
    if (FAILED(hr))
        return hr;
    V_VT(&file) = VT_BSTR;
    V_BSTR(&file) = *self->music;
    ITTerminal_QueryInterface(self->far_terminal, &IID_ITMediaPlayback, (void **)&playback);
    ITTerminal_QueryInterface(self->far_terminal, &IID_ITMediaControl, (void **)&media);
    ITTerminal_QueryInterface(self->far_terminal, &IID_ITMultiTrackTerminal, (void **)&tracks);
    hr = ITMediaPlayback_put_PlayList(playback, file);
    if (SUCCEEDED(hr))
        hr = ITMultiTrackTerminal_EnumerateTrackTerminals(tracks, &all);
    if (SUCCEEDED(hr))
        hr = IEnumTerminal_Next(all, 1, &track, NULL);
    if (hr == S_OK)
        hr = ITTerminal_QueryInterface(track, &IID_ITTerminalControl, (void **)&self->far_track);
    if (hr == S_OK)
        hr = ITTerminalControl_ConnectTerminal(self->far_track, self->graph, 0, &pins,
                                               &self->far_pin);
    if (hr == S_OK)
        hr = ITMediaControl_Start(media);
    if (track)
        ITTerminal_Release(track);
    if (all)
        IEnumTerminal_Release(all);
    ITMediaPlayback_Release(playback);
    ITMediaControl_Release(media);
    ITMultiTrackTerminal_Release(tracks);
    return hr;
}

static void remove_far_end(struct stream *self)
{
    ITMediaControl *media;

    if (!self->far_terminal)
        return;
    if (SUCCEEDED(
            ITTerminal_QueryInterface(self->far_terminal, &IID_ITMediaControl, (void **)&media))) {
        ITMediaControl_Stop(media);
        ITMediaControl_Release(media);
    }
    if (self->far_pin)
        IPin_Release(self->far_pin);
    if (self->far_track) {
        ITTerminalControl_DisconnectTerminal(self->far_track, self->graph, 0);
        ITTerminalControl_Release(self->far_track);
    }
    ITTerminal_Release(self->far_terminal);
    self->far_pin = NULL;
    self->far_track = NULL;
    self->far_terminal = NULL;
}

static HRESULT process_graph_event(void *context)
{
    struct stream *self = context;
    LONG_PTR one, two;
    LONG code;

    InterlockedExchange(&self->busy, 0);
    while (IMediaEvent_GetEvent(self->events, &code, &one, &two, 0) == S_OK) {
        IMediaEvent_FreeEventParams(self->events, code, one, two);
        if (code == EC_COMPLETE)
            say(self, CALL_STREAM_INACTIVE, CALL_CAUSE_REMOTE_REQUEST, NULL);
    }
    object_release(&self->object);
    return S_OK;
}

/* On a thread of the pool: the worker does it. */
static void CALLBACK graph_signaled(void *context, BOOLEAN timed_out)
{
    struct stream *self = context;

    (void)timed_out;
    if (InterlockedExchange(&self->busy, 1))
        return;
    object_add_ref(&self->object);
    worker_post(process_graph_event, self);
}

static void remove_all_events(struct stream *self)
{
    if (self->wait)
        UnregisterWaitEx(self->wait, INVALID_HANDLE_VALUE);
    self->wait = NULL;
}

/* ---- ITStream -----------------------------------------------------------------------------------
 */

static HRESULT WINAPI stream_get_MediaType(struct face *face, LONG *type)
{
    (void)face;
    *type = STUDIO_MEDIA;
    return S_OK;
}

static HRESULT WINAPI stream_get_Direction(struct face *face, TERMINAL_DIRECTION *direction)
{
    *direction = STREAM_OF(face)->direction;
    return S_OK;
}

static HRESULT WINAPI stream_get_Name(struct face *face, BSTR *name)
{
    *name = SysAllocString(STREAM_OF(face)->direction == TD_CAPTURE ? L"To the far end"
                                                                    : L"From the far end");
    return S_OK;
}

static HRESULT WINAPI stream_StartStream(struct face *face)
{
    struct stream *self = STREAM_OF(face);
    HRESULT hr = S_OK;

    EnterCriticalSection(&self->lock);
    self->wish_to_run = true;
    if (self->terminal) {
        hr = IMediaControl_Run(self->control);
        if (SUCCEEDED(hr)) {
            say(self, CALL_STREAM_ACTIVE, CALL_CAUSE_LOCAL_REQUEST, self->terminal);
            hr = S_OK;
        }
    }
    LeaveCriticalSection(&self->lock);
    return hr;
}

static HRESULT WINAPI stream_PauseStream(struct face *face)
{
    struct stream *self = STREAM_OF(face);

    return self->terminal ? IMediaControl_Pause(self->control) : S_OK;
}

static HRESULT WINAPI stream_StopStream(struct face *face)
{
    struct stream *self = STREAM_OF(face);

    self->wish_to_run = false;
    return IMediaControl_Stop(self->control);
}

static HRESULT connect_terminal(struct stream *self, ITTerminalControl *control)
{
    DWORD count = 1;
    IPin *pin = NULL;
    /* No direction: only terminals that have both ask for it. */
    HRESULT hr = ITTerminalControl_ConnectTerminal(control, self->graph, 0, &count, &pin);

    if (FAILED(hr))
        return hr;
    if (count != 1) {
        hr = E_UNEXPECTED;
    } else if (self->direction == TD_CAPTURE) {
        hr = connect_out(self, pin);
    } else {
        hr = add_far_end(self);
        if (SUCCEEDED(hr))
            hr = IGraphBuilder_Connect(self->graph, self->far_pin, pin);
    }
    IPin_Release(pin);
    if (SUCCEEDED(hr))
        hr = ITTerminalControl_CompleteConnectTerminal(control);
    if (FAILED(hr)) {
        remove_far_end(self);
        ITTerminalControl_DisconnectTerminal(control, self->graph, 0);
    }
    return hr;
}

static HRESULT WINAPI stream_SelectTerminal(struct face *face, ITTerminal *terminal)
{
    struct stream *self = STREAM_OF(face);
    ITTerminalControl *control = NULL;
    TERMINAL_DIRECTION direction;
    MSP_HANDLE handle = NULL;
    HRESULT hr = S_OK;
    LONG media;

    if (IsBadReadPtr(terminal, sizeof(*terminal)) ||
        FAILED(ITTerminal_QueryInterface(terminal, &IID_ITTerminalControl, (void **)&control)))
        return TAPI_E_INVALIDTERMINAL;
    if (FAILED(ITTerminalControl_get_AddressHandle(control, &handle)) ||
        (handle && handle != STUDIO_HANDLE(self->address)) ||
        FAILED(ITTerminal_get_MediaType(terminal, &media)) || !(media & STUDIO_MEDIA) ||
        FAILED(ITTerminal_get_Direction(terminal, &direction)) ||
        (direction != self->direction && direction != TD_BIDIRECTIONAL)) {
        ITTerminalControl_Release(control);
        return TAPI_E_INVALIDTERMINAL;
    }
    EnterCriticalSection(&self->lock);
    if (self->shut)
        hr = TAPI_E_CALLUNAVAIL;
    else if (self->terminal)
        hr = self->terminal == terminal ? TAPI_E_INVALIDTERMINAL : TAPI_E_MAXTERMINALS;
    if (SUCCEEDED(hr))
        hr = connect_terminal(self, control);
    if (SUCCEEDED(hr)) {
        self->terminal = terminal;
        ITTerminal_AddRef(terminal);
        sink_register(self, terminal);
        /* "a StartStream call followed by a SelectTerminal call ... must result in a data stream"
         */
        if (self->wish_to_run)
            stream_StartStream(face);
        hr = S_OK;
    }
    LeaveCriticalSection(&self->lock);
    ITTerminalControl_Release(control);
    return hr;
}

static HRESULT WINAPI stream_UnselectTerminal(struct face *face, ITTerminal *terminal)
{
    struct stream *self = STREAM_OF(face);
    ITTerminalControl *control;
    HRESULT hr = S_OK;

    EnterCriticalSection(&self->lock);
    if (!terminal || self->terminal != terminal) {
        hr = TAPI_E_INVALIDTERMINAL;
    } else {
        IMediaControl_Stop(self->control);
        remove_far_end(self);
        if (SUCCEEDED(
                ITTerminal_QueryInterface(terminal, &IID_ITTerminalControl, (void **)&control))) {
            ITTerminalControl_DisconnectTerminal(control, self->graph, 0);
            ITTerminalControl_Release(control);
        }
        sink_unregister(self, terminal);
        self->terminal = NULL;
        ITTerminal_Release(terminal);
    }
    LeaveCriticalSection(&self->lock);
    return hr;
}

static HRESULT WINAPI stream_EnumerateTerminals(struct face *face, IEnumTerminal **out)
{
    struct stream *self = STREAM_OF(face);
    HRESULT hr;

    EnterCriticalSection(&self->lock);
    hr = list_enumerate(&IID_IEnumTerminal, (IUnknown **)&self->terminal, self->terminal != NULL,
                        (void **)out);
    LeaveCriticalSection(&self->lock);
    return hr;
}

static HRESULT WINAPI stream_get_Terminals(struct face *face, VARIANT *out)
{
    struct stream *self = STREAM_OF(face);
    HRESULT hr;

    EnterCriticalSection(&self->lock);
    hr = list_collection((IUnknown **)&self->terminal, NULL, self->terminal != NULL, out);
    LeaveCriticalSection(&self->lock);
    return hr;
}

/* ---- life ---------------------------------------------------------------------------------------
 */

static void drop(void *interface_)
{
    if (interface_)
        IUnknown_Release((IUnknown *)interface_);
}

static void stream_final(struct object *object)
{
    struct stream *self = CONTAINING_RECORD(object, struct stream, object);

    remove_all_events(self);
    drop(self->sample_source);
    drop(self->grabber);
    drop(self->renderer);
    drop(self->events);
    drop(self->control);
    drop(self->graph);
    DeleteCriticalSection(&self->lock);
    object_release((struct object *)self->address);
}

static const struct entry stream_map[] = {
    {&IID_IDispatch, offsetof(struct stream, main)},
    {&IID_ITStream, offsetof(struct stream, main)},
    {NULL, 0},
};

HRESULT stream_create(struct address *address, struct object *call, MSP_HANDLE handle,
                      TERMINAL_DIRECTION direction, BSTR *music, struct stream **out)
{
    static const void *const vtable[] = {
        DISPATCH_METHODS,          stream_get_MediaType,  stream_get_Direction,
        stream_get_Name,           stream_StartStream,    stream_PauseStream,
        stream_StopStream,         stream_SelectTerminal, stream_UnselectTerminal,
        stream_EnumerateTerminals, stream_get_Terminals,
    };
    static const void *const samples_vtable[] = {UNKNOWN_METHODS, samples_SampleCB,
                                                 samples_BufferCB};
    struct stream *self = object_create(sizeof(*self), NULL, stream_map, stream_final);
    HANDLE event = NULL;
    HRESULT hr;

    *out = NULL;
    if (!self)
        return E_OUTOFMEMORY;
    InitializeCriticalSection(&self->lock);
    object_set_face(&self->object, &self->main, vtable, &IID_ITStream);
    object_set_face(&self->object, &self->samples, samples_vtable, NULL);
    self->address = address;
    object_add_ref((struct object *)address);
    self->handle = handle;
    self->direction = direction;
    self->music = music;
    self->wish_to_run = true;
    hr = CoCreateFreeThreadedMarshaler(self->object.outer, &self->object.marshaler);
    if (SUCCEEDED(hr))
        hr = CoCreateInstance(&CLSID_FilterGraph, NULL, CLSCTX_INPROC_SERVER, &IID_IGraphBuilder,
                              (void **)&self->graph);
    if (SUCCEEDED(hr))
        hr = IGraphBuilder_QueryInterface(self->graph, &IID_IMediaControl, (void **)&self->control);
    if (SUCCEEDED(hr))
        hr = IGraphBuilder_QueryInterface(self->graph, &IID_IMediaEvent, (void **)&self->events);
    if (SUCCEEDED(hr) && direction == TD_CAPTURE)
        hr = add_transport(self);
    if (SUCCEEDED(hr))
        hr = IMediaEvent_GetEventHandle(self->events, (OAEVENT *)&event);
    if (FAILED(hr)) {
        object_release(&self->object);
        return hr;
    }
    RegisterWaitForSingleObject(&self->wait, event, graph_signaled, self, INFINITE,
                                WT_EXECUTEDEFAULT);
    self->call = call;
    object_add_ref(call);
    *out = self;
    say(self, CALL_NEW_STREAM, CALL_CAUSE_LOCAL_REQUEST, NULL);
    return S_OK;
}

ITStream *stream_face(struct stream *self)
{
    return (ITStream *)&self->main;
}

LONG stream_bytes(struct stream *self)
{
    return self->bytes;
}

void stream_release(struct stream *self)
{
    object_release(&self->object);
}

void stream_shutdown(struct stream *self)
{
    EnterCriticalSection(&self->lock);
    self->shut = true;
    IMediaControl_Stop(self->control);
    if (self->terminal)
        stream_UnselectTerminal(&self->main, self->terminal);
    LeaveCriticalSection(&self->lock);
    if (self->sample_source) /* the grabber counts its callback, which is this stream */
        ISampleGrabber_SetCallback((ISampleGrabber *)self->sample_source, NULL, 1);
    remove_all_events(self);
    object_release(self->call);
    self->call = NULL;
}
