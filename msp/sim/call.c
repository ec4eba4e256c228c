/* call.c - the MSP call of simmsp: ITStreamControl, aggregated by TAPI's Call. See private.h. */
#include "msp/sim/private.h"
#include "base/trace.h"

#include <string.h>

COM_DISPATCH_METHODS(control, sim_call, ITStreamControl, ITStreamControl_iface)

static struct sim_call *call_from_com(struct com_object *object)
{
    return CONTAINING_RECORD(object, struct sim_call, com);
}

/* A use of the stream of one direction, made if wanted; NULL: none. */
static struct sim_stream *call_stream(struct sim_call *call, unsigned direction)
{
    struct sim_stream *stream;

    EnterCriticalSection(&call->lock);
    stream = call->streams[direction];
    if (stream)
        com_use(&stream->com);
    LeaveCriticalSection(&call->lock);
    return stream;
}

static HRESULT call_add_stream(struct sim_call *call, unsigned direction, struct sim_stream **out)
{
    struct sim_stream *stream =
        sim_stream_create(call->address, call->handle, (TERMINAL_DIRECTION)direction, call->port);
    HRESULT hr = S_OK;

    *out = NULL;
    if (!stream)
        return E_OUTOFMEMORY;
    EnterCriticalSection(&call->lock);
    if (call->shut)
        hr = TAPI_E_CALLUNAVAIL;
    else if (call->streams[direction])
        hr = TAPI_E_MAXSTREAMS;
    else
        call->streams[direction] = stream;
    LeaveCriticalSection(&call->lock);
    if (FAILED(hr))
        com_unuse(&stream->com);
    else
        *out = stream;
    return hr;
}

static HRESULT WINAPI control_CreateStream(ITStreamControl *iface, LONG media,
                                           TERMINAL_DIRECTION direction, ITStream **out)
{
    struct sim_call *call = impl_from_ITStreamControl_iface(iface);
    struct sim_stream *stream;
    MSP_EVENT_INFO event;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITStreamControl, NULL);
    *out = NULL;
    if (media != TAPIMEDIATYPE_AUDIO)
        return com_fail(TAPI_E_INVALIDMEDIATYPE, &IID_ITStreamControl,
                        "Calls of this exchange carry audio only.");
    if (direction != TD_CAPTURE && direction != TD_RENDER)
        return com_fail(TAPI_E_INVALIDDIRECTION, &IID_ITStreamControl, NULL);
    hr = call_add_stream(call, direction, &stream);
    if (hr == TAPI_E_MAXSTREAMS)
        return com_fail(hr, &IID_ITStreamControl,
                        "A call has one audio stream for each direction.");
    if (FAILED(hr))
        return com_fail(hr, &IID_ITStreamControl, NULL);
    *out = sim_stream_hand_out(stream);
    memset(&event, 0, sizeof(event));
    event.dwSize = sizeof(event);
    event.Event = ME_CALL_EVENT;
    event.hCall = call->handle;
    event.MSP_CALL_EVENT_INFO.Type = CALL_NEW_STREAM;
    event.MSP_CALL_EVENT_INFO.Cause = CALL_CAUSE_LOCAL_REQUEST;
    event.MSP_CALL_EVENT_INFO.pStream = *out;
    sim_address_post(call->address, &event);
    return S_OK;
}

static HRESULT WINAPI control_RemoveStream(ITStreamControl *iface, ITStream *remove)
{
    struct sim_call *call = impl_from_ITStreamControl_iface(iface);
    struct sim_stream *stream = NULL;
    unsigned i;

    if (!remove)
        return com_fail(E_POINTER, &IID_ITStreamControl, NULL);
    EnterCriticalSection(&call->lock);
    for (i = 0; i < 2 && !stream; i++) {
        if (call->streams[i] && &call->streams[i]->ITStream_iface == remove) {
            stream = call->streams[i];
            call->streams[i] = NULL;
        }
    }
    LeaveCriticalSection(&call->lock);
    if (!stream)
        return com_fail(TAPI_E_INVALIDSTREAM, &IID_ITStreamControl,
                        "The stream is not one of this call.");
    sim_stream_shutdown(stream);
    com_unuse(&stream->com);
    return S_OK;
}

static HRESULT call_list(struct sim_call *call, struct com_list **out)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    BOOL ok = TRUE;
    unsigned i;

    *out = NULL;
    if (!list)
        return E_OUTOFMEMORY;
    for (i = 0; i < 2 && ok; i++) {
        struct sim_stream *stream = call_stream(call, i);

        if (!stream)
            continue;
        ok = com_list_add_object(list, (IUnknown *)sim_stream_hand_out(stream));
        com_release(&stream->com);
        com_unuse(&stream->com);
    }
    if (!ok) {
        com_list_release(list);
        return E_OUTOFMEMORY;
    }
    *out = list;
    return S_OK;
}

static HRESULT WINAPI control_EnumerateStreams(ITStreamControl *iface, IEnumStream **streams)
{
    struct com_list *list;
    HRESULT hr;

    if (!streams)
        return com_fail(E_POINTER, &IID_ITStreamControl, NULL);
    *streams = NULL;
    hr = call_list(impl_from_ITStreamControl_iface(iface), &list);
    if (SUCCEEDED(hr)) {
        hr = com_list_enumerate(list, &IID_IEnumStream, (void **)streams);
        com_list_release(list);
    }
    return FAILED(hr) ? com_fail(hr, &IID_ITStreamControl, NULL) : S_OK;
}

static HRESULT WINAPI control_get_Streams(ITStreamControl *iface, VARIANT *streams)
{
    struct com_list *list;
    HRESULT hr;

    if (!streams)
        return com_fail(E_POINTER, &IID_ITStreamControl, NULL);
    VariantInit(streams);
    hr = call_list(impl_from_ITStreamControl_iface(iface), &list);
    if (SUCCEEDED(hr)) {
        hr = com_list_collection(list, streams);
        com_list_release(list);
    }
    return FAILED(hr) ? com_fail(hr, &IID_ITStreamControl, NULL) : S_OK;
}

static const ITStreamControlVtbl control_vtbl = {
    COM_DISPATCH_VTABLE(control), control_CreateStream, control_RemoveStream,
    control_EnumerateStreams,     control_get_Streams,
};

/* ---- the exchange's path --------------------------------------------------------------- */

static void call_set_port(struct sim_call *call, struct port *port)
{
    struct port *old;
    unsigned i;

    EnterCriticalSection(&call->lock);
    if (call->shut)
        port = NULL;
    old = call->port;
    port_ref(port);
    call->port = port;
    LeaveCriticalSection(&call->lock);
    for (i = 0; i < 2; i++) {
        struct sim_stream *stream = call_stream(call, i);

        if (stream) {
            sim_stream_set_port(stream, port);
            com_unuse(&stream->com);
        }
    }
    port_unref(old);
}

static BOOL call_has_port(struct sim_call *call, const struct audio_port_offer *offer)
{
    BOOL has;

    EnterCriticalSection(&call->lock);
    has = call->port && !memcmp(call->port->offer.name, offer->name, sizeof(offer->name));
    LeaveCriticalSection(&call->lock);
    return has;
}

HRESULT sim_call_receive(struct sim_call *call, const void *data, DWORD size)
{
    struct audio_port_offer offer;
    struct port *port;

    if (size != sizeof(offer))
        return E_INVALIDARG;
    memcpy(&offer, data, sizeof(offer));
    if (offer.magic != AUDIO_PORT_MAGIC)
        return E_INVALIDARG;
    if (!offer.open) {
        call_set_port(call, NULL);
        return S_OK;
    }
    if (call_has_port(call, &offer))
        return S_OK; /* each of its streams may have asked */
    port = port_create(&offer);
    TRACE("simmsp", "call %p: port %ls", (void *)call->handle,
          port ? (const WCHAR *)offer.name : L"without a name");
    if (!port)
        return E_INVALIDARG;
    call_set_port(call, port);
    port_unref(port);
    return S_OK;
}

/* ---- life ------------------------------------------------------------------------------ */

void sim_call_shutdown(struct sim_call *call)
{
    struct sim_stream *streams[2];
    struct port *port;
    unsigned i;

    EnterCriticalSection(&call->lock);
    call->shut = TRUE;
    port = call->port;
    call->port = NULL;
    for (i = 0; i < 2; i++) {
        streams[i] = call->streams[i];
        call->streams[i] = NULL;
    }
    LeaveCriticalSection(&call->lock);
    for (i = 0; i < 2; i++) {
        if (streams[i]) {
            sim_stream_shutdown(streams[i]);
            com_unuse(&streams[i]->com);
        }
    }
    port_unref(port);
}

static void call_destroy(struct com_object *object)
{
    struct sim_call *call = call_from_com(object);

    sim_call_shutdown(call);
    com_unuse(&call->address->com);
    DeleteCriticalSection(&call->lock);
}

static const struct com_interface call_interfaces[] = {
    COM_INTERFACE(sim_call, ITStreamControl_iface, ITStreamControl)};
static const struct com_class call_class = {
    .name = "MSPCall",
    .interfaces = call_interfaces,
    .interface_count = 1,
    .destroy = call_destroy,
};

struct sim_call *sim_call_of(IUnknown *inner)
{
    struct com_object *object = com_object_of(inner, &call_class);

    return object ? call_from_com(object) : NULL;
}

HRESULT sim_call_create(struct sim_address *address, MSP_HANDLE handle, IUnknown *outer,
                        struct sim_call **out)
{
    struct sim_call *call = com_object_create(sizeof(*call), &call_class, outer);
    struct sim_stream *stream;
    HRESULT hr;

    *out = NULL;
    if (!call)
        return E_OUTOFMEMORY;
    call->ITStreamControl_iface.lpVtbl = (ITStreamControlVtbl *)&control_vtbl;
    InitializeCriticalSection(&call->lock);
    com_use(&address->com);
    call->address = address;
    call->handle = handle;
    hr = call_add_stream(call, TD_CAPTURE, &stream);
    if (SUCCEEDED(hr))
        hr = call_add_stream(call, TD_RENDER, &stream);
    if (FAILED(hr)) {
        IUnknown_Release(&call->com.IUnknown_iface);
        return hr;
    }
    *out = call;
    return S_OK;
}
