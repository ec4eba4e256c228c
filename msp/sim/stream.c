/*
 * stream.c - ITStream of simmsp: one direction of a call's sound. See private.h.
 *
 * A stream costs nothing but itself until a terminal is selected: then it makes a filter graph of
 * the terminal's filter and its own end of the exchange. The graph runs while the application wants
 * it to (it does from the beginning) and the exchange has a path for the call.
 */
#include "msp/sim/private.h"
#include "base/trace.h"

#include <stddef.h>
#include <string.h>

#define PINS_MAX 8
#define DRAIN_MS 1000

COM_DISPATCH_METHODS(stream, sim_stream, ITStream, ITStream_iface)
COM_UNKNOWN_METHODS(sink, sim_stream, ITPluggableTerminalEventSink,
                    ITPluggableTerminalEventSink_iface)

/* ---- events ---------------------------------------------------------------------------- */

static void stream_fire(struct sim_stream *stream, MSP_CALL_EVENT type, MSP_CALL_EVENT_CAUSE cause,
                        ITTerminal *terminal, HRESULT error)
{
    MSP_EVENT_INFO event;

    memset(&event, 0, sizeof(event));
    event.dwSize = sizeof(event);
    event.Event = ME_CALL_EVENT;
    event.hCall = stream->call;
    event.MSP_CALL_EVENT_INFO.Type = type;
    event.MSP_CALL_EVENT_INFO.Cause = cause;
    event.MSP_CALL_EVENT_INFO.pStream = sim_stream_hand_out(stream);
    event.MSP_CALL_EVENT_INFO.pTerminal = terminal;
    event.MSP_CALL_EVENT_INFO.hrError = error;
    sim_address_post(stream->address, &event);
    com_release(&stream->com);
}

/* A terminal reports: TAPI hears of it as an event of this call. */
static HRESULT WINAPI sink_FireEvent(ITPluggableTerminalEventSink *iface,
                                     const MSP_EVENT_INFO *event)
{
    struct sim_stream *stream = impl_from_ITPluggableTerminalEventSink_iface(iface);
    MSP_EVENT_INFO copy;

    if (!event)
        return E_POINTER;
    if (event->dwSize < sizeof(copy) || event->Event == ME_TSP_DATA)
        return E_INVALIDARG;
    copy = *event;
    copy.dwSize = sizeof(copy);
    copy.hCall = stream->call;
    sim_address_post(stream->address, &copy);
    return S_OK;
}

static const ITPluggableTerminalEventSinkVtbl sink_vtbl = {
    COM_UNKNOWN_VTABLE(sink),
    sink_FireEvent,
};

/* ---- the graph; all with the lock held ------------------------------------------------- */

static HRESULT graph_set(IGraphBuilder *graph, enum stream_wish wish)
{
    IMediaControl *control;
    HRESULT hr = IGraphBuilder_QueryInterface(graph, &IID_IMediaControl, (void **)&control);

    if (FAILED(hr))
        return hr;
    if (wish == WISH_RUN)
        hr = IMediaControl_Run(control);
    else if (wish == WISH_PAUSE)
        hr = IMediaControl_Pause(control);
    else
        hr = IMediaControl_Stop(control);
    if (SUCCEEDED(hr) && wish != WISH_STOP) {
        OAFilterState state;

        /* Terminals of others may take a while to get going. */
        IMediaControl_GetState(control, 2000, &state);
    }
    IMediaControl_Release(control);
    return hr;
}

/* What a recording still has to get is given to it before the graph stops. */
static void stream_drain(struct sim_stream *stream)
{
    IMediaDrain *drain;

    if (stream->direction != TD_RENDER || stream->state != WISH_RUN ||
        FAILED(IBaseFilter_QueryInterface(&stream->filter->IBaseFilter_iface, &IID_IMediaDrain,
                                          (void **)&drain)))
        return;
    drain->lpVtbl->Drain(drain, DRAIN_MS);
    drain->lpVtbl->Release(drain);
}

/* Brings the graph into the state that everything together asks for. */
static HRESULT stream_update(struct sim_stream *stream, MSP_CALL_EVENT_CAUSE cause)
{
    enum stream_wish want =
        stream->terminal && stream->port && !stream->shut ? stream->wish : WISH_STOP;
    enum stream_wish old = stream->state;
    HRESULT hr = S_OK;

    if (want == old || !stream->graph)
        return S_OK;
    if (want == WISH_STOP) {
        stream_drain(stream);
    } else if (old == WISH_STOP) {
        if (!port_open(stream->port))
            hr = TAPI_E_RESOURCEUNAVAIL;
        else if (stream->direction == TD_CAPTURE)
            to_exchange_set_port(stream->filter, stream->port);
        else
            from_exchange_set_port(stream->filter, stream->port);
    }
    if (SUCCEEDED(hr))
        hr = graph_set(stream->graph, want);
    TRACE("simmsp", "call %p stream %d: state %d -> %d: %08x", (void *)stream->call,
          stream->direction, old, want, (unsigned)hr);
    if (FAILED(hr)) {
        graph_set(stream->graph, WISH_STOP);
        stream->state = WISH_STOP;
        stream_fire(stream, CALL_STREAM_FAIL, CALL_CAUSE_BAD_DEVICE, stream->terminal, hr);
        return hr;
    }
    stream->state = want;
    if (want == WISH_RUN)
        stream_fire(stream, CALL_STREAM_ACTIVE, cause, stream->terminal, S_OK);
    else if (old == WISH_RUN)
        stream_fire(stream, CALL_STREAM_INACTIVE, cause, stream->terminal, S_OK);
    return S_OK;
}

static HRESULT connect_pins(struct sim_stream *stream, IPin **pins, DWORD count)
{
    PIN_DIRECTION want = stream->direction == TD_CAPTURE ? PINDIR_OUTPUT : PINDIR_INPUT;
    HRESULT hr = VFW_E_CANNOT_CONNECT;
    DWORD i;

    for (i = 0; i < count && FAILED(hr); i++) {
        PIN_DIRECTION direction;
        IPin *from, *to;

        if (!pins[i] || FAILED(IPin_QueryDirection(pins[i], &direction)) || direction != want)
            continue;
        from = want == PINDIR_OUTPUT ? pins[i] : &stream->filter->IPin_iface;
        to = want == PINDIR_OUTPUT ? &stream->filter->IPin_iface : pins[i];
        hr = IGraphBuilder_ConnectDirect(stream->graph, from, to, NULL);
        if (FAILED(hr)) /* a converter between them may help */
            hr = IGraphBuilder_Connect(stream->graph, from, to);
    }
    return hr;
}

static void sink_set(struct sim_stream *stream, ITTerminal *terminal, BOOL on)
{
    ITPluggableTerminalEventSinkRegistration *registration;

    if (FAILED(ITTerminal_QueryInterface(terminal, &IID_ITPluggableTerminalEventSinkRegistration,
                                         (void **)&registration)))
        return; /* a terminal without events */
    if (on)
        ITPluggableTerminalEventSinkRegistration_RegisterSink(
            registration, &stream->ITPluggableTerminalEventSink_iface);
    else
        ITPluggableTerminalEventSinkRegistration_UnregisterSink(registration);
    ITPluggableTerminalEventSinkRegistration_Release(registration);
}

/* Takes the graph apart; the terminal is disconnected if it was connected. */
static void graph_drop(struct sim_stream *stream, BOOL connected)
{
    if (connected)
        ITTerminalControl_DisconnectTerminal(stream->control, stream->graph, 0);
    if (stream->control)
        ITTerminalControl_Release(stream->control);
    if (stream->filter) {
        if (stream->graph)
            IGraphBuilder_RemoveFilter(stream->graph, &stream->filter->IBaseFilter_iface);
        com_release(&stream->filter->com);
    }
    if (stream->graph)
        IGraphBuilder_Release(stream->graph);
    stream->control = NULL;
    stream->filter = NULL;
    stream->graph = NULL;
}

static HRESULT graph_build(struct sim_stream *stream, ITTerminal *terminal)
{
    IPin *pins[PINS_MAX] = {0};
    DWORD count = PINS_MAX, i;
    BOOL connected = FALSE;
    HRESULT hr;

    hr = ITTerminal_QueryInterface(terminal, &IID_ITTerminalControl, (void **)&stream->control);
    if (FAILED(hr)) {
        stream->control = NULL;
        return TAPI_E_INVALIDTERMINAL;
    }
    hr = CoCreateInstance(&CLSID_FilterGraphNoThread, NULL, CLSCTX_INPROC_SERVER,
                          &IID_IGraphBuilder, (void **)&stream->graph);
    if (FAILED(hr))
        goto done;
    stream->filter =
        stream->direction == TD_CAPTURE ? to_exchange_create() : from_exchange_create();
    hr = stream->filter ? S_OK : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr =
            IGraphBuilder_AddFilter(stream->graph, &stream->filter->IBaseFilter_iface, L"Exchange");
    if (SUCCEEDED(hr))
        hr = ITTerminalControl_ConnectTerminal(stream->control, stream->graph,
                                               (DWORD)stream->direction, &count, pins);
    if (FAILED(hr))
        goto done;
    connected = TRUE;
    if (count > PINS_MAX)
        count = PINS_MAX;
    hr = connect_pins(stream, pins, count);
    for (i = 0; i < count; i++)
        if (pins[i])
            IPin_Release(pins[i]);
    if (SUCCEEDED(hr))
        hr = ITTerminalControl_CompleteConnectTerminal(stream->control);
done:
    if (FAILED(hr))
        graph_drop(stream, connected);
    return hr;
}

/* The exchange makes a port for a call only where sound is to flow. */
static void stream_ask_for_port(struct sim_stream *stream)
{
    const struct audio_port_request request = {
        .magic = AUDIO_PORT_MAGIC,
        .wanted =
            1u << (stream->direction == TD_CAPTURE ? AUDIO_TO_EXCHANGE : AUDIO_FROM_EXCHANGE)};
    MSP_EVENT_INFO event;

    memset(&event, 0, sizeof(event));
    event.dwSize = sizeof(event);
    event.Event = ME_TSP_DATA;
    event.hCall = stream->call;
    event.MSP_TSP_DATA.dwBufferSize = sizeof(request);
    _Static_assert(offsetof(MSP_EVENT_INFO, MSP_TSP_DATA.pBuffer) + sizeof(request) <=
                       sizeof(event),
                   "the request needs no larger event");
    memcpy((BYTE *)&event + offsetof(MSP_EVENT_INFO, MSP_TSP_DATA.pBuffer), &request,
           sizeof(request));
    sim_address_post(stream->address, &event);
}

/* ---- ITStream -------------------------------------------------------------------------- */

static HRESULT WINAPI stream_get_MediaType(ITStream *iface, LONG *type)
{
    (void)iface;
    if (!type)
        return com_fail(E_POINTER, &IID_ITStream, NULL);
    *type = TAPIMEDIATYPE_AUDIO;
    return S_OK;
}

static HRESULT WINAPI stream_get_Direction(ITStream *iface, TERMINAL_DIRECTION *direction)
{
    if (!direction)
        return com_fail(E_POINTER, &IID_ITStream, NULL);
    *direction = impl_from_ITStream_iface(iface)->direction;
    return S_OK;
}

static HRESULT WINAPI stream_get_Name(ITStream *iface, BSTR *name)
{
    struct sim_stream *stream = impl_from_ITStream_iface(iface);

    if (!name)
        return com_fail(E_POINTER, &IID_ITStream, NULL);
    *name = SysAllocString(stream->direction == TD_CAPTURE ? L"Audio to the exchange"
                                                           : L"Audio from the exchange");
    return *name ? S_OK : com_fail(E_OUTOFMEMORY, &IID_ITStream, NULL);
}

static HRESULT stream_wish(ITStream *iface, enum stream_wish wish)
{
    struct sim_stream *stream = impl_from_ITStream_iface(iface);
    HRESULT hr;

    EnterCriticalSection(&stream->lock);
    if (stream->shut) {
        hr = TAPI_E_CALLUNAVAIL;
    } else if (!stream->terminal && wish != WISH_STOP) {
        hr = TAPI_E_NOTERMINALSELECTED;
    } else {
        stream->wish = wish;
        hr = stream_update(stream, CALL_CAUSE_LOCAL_REQUEST);
    }
    LeaveCriticalSection(&stream->lock);
    return hr;
}

static HRESULT WINAPI stream_StartStream(ITStream *iface)
{
    HRESULT hr = stream_wish(iface, WISH_RUN);

    return FAILED(hr) ? com_fail(hr, &IID_ITStream, NULL) : S_OK;
}

static HRESULT WINAPI stream_PauseStream(ITStream *iface)
{
    HRESULT hr = stream_wish(iface, WISH_PAUSE);

    return FAILED(hr) ? com_fail(hr, &IID_ITStream, NULL) : S_OK;
}

static HRESULT WINAPI stream_StopStream(ITStream *iface)
{
    HRESULT hr = stream_wish(iface, WISH_STOP);

    return FAILED(hr) ? com_fail(hr, &IID_ITStream, NULL) : S_OK;
}

/* Terminals of the stream's media type and direction only: in particular no multitrack ones. */
static BOOL terminal_fits(struct sim_stream *stream, ITTerminal *terminal)
{
    TERMINAL_DIRECTION direction;
    LONG media;

    return SUCCEEDED(ITTerminal_get_MediaType(terminal, &media)) &&
           SUCCEEDED(ITTerminal_get_Direction(terminal, &direction)) &&
           (media & TAPIMEDIATYPE_AUDIO) &&
           (direction == stream->direction || direction == TD_BIDIRECTIONAL);
}

static HRESULT WINAPI stream_SelectTerminal(ITStream *iface, ITTerminal *terminal)
{
    struct sim_stream *stream = impl_from_ITStream_iface(iface);
    BOOL again;
    HRESULT hr;

    if (!terminal)
        return com_fail(E_POINTER, &IID_ITStream, NULL);
    if (!terminal_fits(stream, terminal))
        return com_fail(TAPI_E_INVALIDTERMINAL, &IID_ITStream,
                        "The terminal's media type or direction is not the stream's.");
    EnterCriticalSection(&stream->lock);
    again = stream->terminal == terminal;
    if (stream->shut)
        hr = TAPI_E_CALLUNAVAIL;
    else if (again)
        hr = TAPI_E_INVALIDTERMINAL;
    else if (stream->terminal)
        hr = TAPI_E_MAXTERMINALS;
    else
        hr = graph_build(stream, terminal);
    if (SUCCEEDED(hr)) {
        ITTerminal_AddRef(terminal);
        stream->terminal = terminal;
        sink_set(stream, terminal, TRUE);
        if (stream->port)
            stream_update(stream, CALL_CAUSE_LOCAL_REQUEST);
        else
            stream_ask_for_port(stream);
    }
    LeaveCriticalSection(&stream->lock);
    TRACE("simmsp", "call %p stream %d: select %p: %08x", (void *)stream->call, stream->direction,
          (void *)terminal, (unsigned)hr);
    if (hr == TAPI_E_INVALIDTERMINAL && again)
        return com_fail(hr, &IID_ITStream, "This terminal is selected on the stream already.");
    return FAILED(hr) ? com_fail(hr, &IID_ITStream, NULL) : S_OK;
}

/* Lock held. */
static void stream_drop_terminal(struct sim_stream *stream, MSP_CALL_EVENT_CAUSE cause)
{
    ITTerminal *terminal = stream->terminal;

    if (!terminal)
        return;
    if (stream->state != WISH_STOP) {
        stream_drain(stream);
        graph_set(stream->graph, WISH_STOP);
        if (stream->state == WISH_RUN)
            stream_fire(stream, CALL_STREAM_INACTIVE, cause, terminal, S_OK);
        stream->state = WISH_STOP;
    }
    sink_set(stream, terminal, FALSE);
    graph_drop(stream, TRUE);
    stream->terminal = NULL;
    ITTerminal_Release(terminal);
}

static HRESULT WINAPI stream_UnselectTerminal(ITStream *iface, ITTerminal *terminal)
{
    struct sim_stream *stream = impl_from_ITStream_iface(iface);
    HRESULT hr = S_OK;

    if (!terminal)
        return com_fail(E_POINTER, &IID_ITStream, NULL);
    EnterCriticalSection(&stream->lock);
    if (stream->terminal != terminal)
        hr = TAPI_E_INVALIDTERMINAL;
    else
        stream_drop_terminal(stream, CALL_CAUSE_LOCAL_REQUEST);
    LeaveCriticalSection(&stream->lock);
    return FAILED(hr) ? com_fail(hr, &IID_ITStream, "This terminal is not selected on the stream.")
                      : S_OK;
}

static HRESULT stream_list(struct sim_stream *stream, struct com_list **out)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    ITTerminal *terminal;
    BOOL ok = TRUE;

    *out = NULL;
    if (!list)
        return E_OUTOFMEMORY;
    EnterCriticalSection(&stream->lock);
    terminal = stream->terminal;
    if (terminal)
        ITTerminal_AddRef(terminal);
    LeaveCriticalSection(&stream->lock);
    if (terminal) {
        ok = com_list_add_object(list, (IUnknown *)terminal);
        ITTerminal_Release(terminal);
    }
    if (!ok) {
        com_list_release(list);
        return E_OUTOFMEMORY;
    }
    *out = list;
    return S_OK;
}

static HRESULT WINAPI stream_EnumerateTerminals(ITStream *iface, IEnumTerminal **terminals)
{
    struct com_list *list;
    HRESULT hr;

    if (!terminals)
        return com_fail(E_POINTER, &IID_ITStream, NULL);
    *terminals = NULL;
    hr = stream_list(impl_from_ITStream_iface(iface), &list);
    if (SUCCEEDED(hr)) {
        hr = com_list_enumerate(list, &IID_IEnumTerminal, (void **)terminals);
        com_list_release(list);
    }
    return FAILED(hr) ? com_fail(hr, &IID_ITStream, NULL) : S_OK;
}

static HRESULT WINAPI stream_get_Terminals(ITStream *iface, VARIANT *terminals)
{
    struct com_list *list;
    HRESULT hr;

    if (!terminals)
        return com_fail(E_POINTER, &IID_ITStream, NULL);
    VariantInit(terminals);
    hr = stream_list(impl_from_ITStream_iface(iface), &list);
    if (SUCCEEDED(hr)) {
        hr = com_list_collection(list, terminals);
        com_list_release(list);
    }
    return FAILED(hr) ? com_fail(hr, &IID_ITStream, NULL) : S_OK;
}

static const ITStreamVtbl stream_vtbl = {
    COM_DISPATCH_VTABLE(stream), stream_get_MediaType,
    stream_get_Direction,        stream_get_Name,
    stream_StartStream,          stream_PauseStream,
    stream_StopStream,           stream_SelectTerminal,
    stream_UnselectTerminal,     stream_EnumerateTerminals,
    stream_get_Terminals,
};

/* ---- life ------------------------------------------------------------------------------ */

void sim_stream_set_port(struct sim_stream *stream, struct port *port)
{
    EnterCriticalSection(&stream->lock);
    if (stream->port) {
        struct port *old = stream->port;

        stream->port = NULL;
        stream_update(stream, CALL_CAUSE_REMOTE_REQUEST);
        port_unref(old);
    }
    if (port && !stream->shut) {
        port_ref(port);
        stream->port = port;
        stream_update(stream, CALL_CAUSE_REMOTE_REQUEST);
    }
    LeaveCriticalSection(&stream->lock);
}

void sim_stream_shutdown(struct sim_stream *stream)
{
    EnterCriticalSection(&stream->lock);
    stream->shut = TRUE;
    stream_drop_terminal(stream, CALL_CAUSE_LOCAL_REQUEST);
    port_unref(stream->port);
    stream->port = NULL;
    LeaveCriticalSection(&stream->lock);
}

ITStream *sim_stream_hand_out(struct sim_stream *stream)
{
    com_hand_out(&stream->com);
    return &stream->ITStream_iface;
}

static void stream_destroy(struct com_object *object)
{
    struct sim_stream *stream = CONTAINING_RECORD(object, struct sim_stream, com);

    port_unref(stream->port);
    com_unuse(&stream->address->com);
    DeleteCriticalSection(&stream->lock);
}

static const struct com_interface stream_interfaces[] = {
    COM_INTERFACE(sim_stream, ITStream_iface, ITStream),
    COM_INTERFACE(sim_stream, ITPluggableTerminalEventSink_iface, ITPluggableTerminalEventSink),
};
static const struct com_class stream_class = {
    .name = "Stream",
    .interfaces = stream_interfaces,
    .interface_count = ARRAYSIZE(stream_interfaces),
    .destroy = stream_destroy,
};

struct sim_stream *sim_stream_create(struct sim_address *address, MSP_HANDLE call,
                                     TERMINAL_DIRECTION direction, struct port *port)
{
    struct sim_stream *stream = com_object_create(sizeof(*stream), &stream_class, NULL);

    if (!stream)
        return NULL;
    stream->ITStream_iface.lpVtbl = (ITStreamVtbl *)&stream_vtbl;
    stream->ITPluggableTerminalEventSink_iface.lpVtbl =
        (ITPluggableTerminalEventSinkVtbl *)&sink_vtbl;
    InitializeCriticalSection(&stream->lock);
    com_use(&address->com);
    stream->address = address;
    stream->call = call;
    stream->direction = direction;
    stream->wish = WISH_RUN;
    stream->state = WISH_STOP;
    port_ref(port);
    stream->port = port;
    /* The creator gets a use instead of the public count. */
    com_use(&stream->com);
    com_release(&stream->com);
    return stream;
}
