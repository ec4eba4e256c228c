/*
 * from_exchange.c - a source filter: delivers what comes from the exchange through the port's ring.
 *
 * A thread of its own takes packets from the first run on, until the filter is stopped; paused, it
 * throws them away, as live sources do. When the exchange closes the port it delivers what is left,
 * then end of stream.
 */
#include "msp/sim/private.h"
#include "base/trace.h"

#include <stdlib.h>

struct from_exchange {
    struct filter filter;
    IMediaDrain IMediaDrain_iface;
    struct port *port;
    HANDLE quit; /* manual reset */
    HANDLE go;   /* manual reset: has run since it was stopped */
    HANDLE thread;
    CRITICAL_SECTION lock; /* below */
    CONDITION_VARIABLE changed;
    BOOL running;       /* the thread takes packets */
    uint32_t delivered; /* ring position up to which everything has been delivered */
};

COM_IMPL(from_exchange, IMediaDrain, IMediaDrain_iface)

static struct from_exchange *source_of(struct filter *filter)
{
    return CONTAINING_RECORD(filter, struct from_exchange, filter);
}

/* ---- the thread ------------------------------------------------------------------------ */

static void set_delivered(struct from_exchange *source, uint32_t position, BOOL running)
{
    EnterCriticalSection(&source->lock);
    source->delivered = position;
    source->running = running;
    LeaveCriticalSection(&source->lock);
    WakeAllConditionVariable(&source->changed);
}

static void set_listening(struct port *port, uint32_t listening)
{
    __atomic_store_n(&port->shared->listening, listening, __ATOMIC_RELEASE);
    SetEvent(port->take[AUDIO_FROM_EXCHANGE]);
}

static void source_packet(struct from_exchange *source, const struct audio_packet *packet,
                          const uint8_t *bytes, struct wav_format *format)
{
    struct wav_format heard;
    HRESULT hr;

    switch (packet->kind) {
    case AUDIO_FORMAT:
        if (wav_format_set(&heard, bytes, packet->size))
            *format = heard;
        else
            format->size = 0; /* nobody can use what follows */
        break;
    case AUDIO_DATA:
        if (!format->size || source->filter.state != State_Running)
            break;
        hr = filter_deliver(&source->filter, format, bytes, packet->size);
        if (FAILED(hr))
            TRACE("simmsp", "sound from the exchange not delivered: %08x", (unsigned)hr);
        break;
    default:
        break; /* the end of what is being played is not the end of the call */
    }
}

static DWORD WINAPI source_thread(void *context)
{
    struct from_exchange *source = context;
    struct port *port = source->port;
    struct audio_ring *ring = &port->shared->ring[AUDIO_FROM_EXCHANGE];
    HANDLE handles[2] = {source->quit, port->put[AUDIO_FROM_EXCHANGE]};
    HANDLE begin[2] = {source->quit, source->go};
    HRESULT com = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    uint8_t *bytes = malloc(AUDIO_RING_BYTES);
    struct wav_format *format = &port->heard;
    BOOL more = bytes != NULL;

    WaitForMultipleObjects(2, begin, FALSE, INFINITE);
    while (more && WaitForSingleObject(source->quit, 0) == WAIT_TIMEOUT) {
        struct audio_packet packet;
        uint32_t closed = __atomic_load_n(&port->shared->closed, __ATOMIC_ACQUIRE);
        uint32_t end = 0;

        switch (ring_take(ring, &packet, bytes, &end)) {
        case RING_PACKET:
            SetEvent(port->take[AUDIO_FROM_EXCHANGE]);
            source_packet(source, &packet, bytes, format);
            set_delivered(source, end, TRUE);
            break;
        case RING_EMPTY:
            if (closed) {
                filter_deliver_end(&source->filter);
                more = FALSE;
            } else if (WaitForMultipleObjects(2, handles, FALSE, 1000) == WAIT_FAILED) {
                more = FALSE;
            }
            break;
        default:
            TRACE("simmsp", "the exchange's ring is spoilt");
            more = FALSE;
        }
    }
    set_listening(port, 0);
    set_delivered(source, ring_take_position(ring), FALSE);
    free(bytes);
    if (SUCCEEDED(com))
        CoUninitialize();
    return 0;
}

/* ---- the filter ------------------------------------------------------------------------ */

static HRESULT source_pause(struct filter *filter)
{
    struct from_exchange *source = source_of(filter);

    if (!source->port)
        return S_OK;
    ResetEvent(source->quit);
    set_delivered(source, ring_take_position(&source->port->shared->ring[AUDIO_FROM_EXCHANGE]),
                  TRUE);
    source->thread = CreateThread(NULL, 0, source_thread, source, 0, NULL);
    if (source->thread)
        return S_OK;
    set_delivered(source, 0, FALSE);
    return E_OUTOFMEMORY;
}

static HRESULT source_run(struct filter *filter)
{
    struct from_exchange *source = source_of(filter);

    /* Not left to the thread: once run has returned, nothing of what is said is lost. */
    if (source->thread && WaitForSingleObject(source->go, 0) == WAIT_TIMEOUT) {
        set_listening(source->port, 1);
        SetEvent(source->go);
    }
    return S_OK;
}

static void source_hold(struct filter *filter)
{
    (void)filter;
}

static void source_stop(struct filter *filter)
{
    struct from_exchange *source = source_of(filter);

    SetEvent(source->quit);
    if (!source->thread)
        return;
    /* The receiver may be holding the thread. */
    filter_flush_begin(filter);
    WaitForSingleObject(source->thread, INFINITE);
    filter_flush_end(filter);
    CloseHandle(source->thread);
    source->thread = NULL;
    ResetEvent(source->go);
}

static BOOL source_accept(struct filter *filter, const struct wav_format *format)
{
    (void)filter, (void)format;
    return TRUE;
}

static void source_destroy(struct filter *filter)
{
    struct from_exchange *source = source_of(filter);

    port_unref(source->port);
    if (source->quit)
        CloseHandle(source->quit);
    if (source->go)
        CloseHandle(source->go);
    DeleteCriticalSection(&source->lock);
}

/* ---- IMediaDrain ----------------------------------------------------------------------- */

static HRESULT WINAPI drain_QueryInterface(IMediaDrain *iface, REFIID iid, void **out)
{
    return com_query(&impl_from_IMediaDrain_iface(iface)->filter.com, iid, out);
}

static ULONG WINAPI drain_AddRef(IMediaDrain *iface)
{
    return com_add_ref(&impl_from_IMediaDrain_iface(iface)->filter.com);
}

static ULONG WINAPI drain_Release(IMediaDrain *iface)
{
    return com_release(&impl_from_IMediaDrain_iface(iface)->filter.com);
}

static HRESULT WINAPI drain_Drain(IMediaDrain *iface, DWORD timeout)
{
    struct from_exchange *source = impl_from_IMediaDrain_iface(iface);
    ULONGLONG end = GetTickCount64() + timeout;
    uint32_t target;
    HRESULT hr = S_OK;

    EnterCriticalSection(&source->lock);
    if (source->running) {
        /* The port does not change while the filter is not stopped. */
        target = ring_put_position(&source->port->shared->ring[AUDIO_FROM_EXCHANGE]);
        while (source->running && (int32_t)(source->delivered - target) < 0 && hr == S_OK) {
            ULONGLONG now = GetTickCount64();

            if (now >= end ||
                !SleepConditionVariableCS(&source->changed, &source->lock, (DWORD)(end - now)))
                hr = S_FALSE;
        }
    }
    LeaveCriticalSection(&source->lock);
    return hr;
}

static const IMediaDrainVtbl drain_vtbl = {
    drain_QueryInterface,
    drain_AddRef,
    drain_Release,
    drain_Drain,
};

static const CLSID CLSID_from_exchange = {
    0x2f1e7a52, 0x6d0b, 0x4c4e, {0xa3, 0x1b, 0x0c, 0x57, 0x9e, 0x42, 0x18, 0x04}};
static const struct filter_ops source_ops = {
    .clsid = &CLSID_from_exchange,
    .pin_name = L"Output",
    .direction = PINDIR_OUTPUT,
    .pause = source_pause,
    .run = source_run,
    .hold = source_hold,
    .stop = source_stop,
    .accept = source_accept,
    .destroy = source_destroy,
};
static const struct com_interface source_interfaces[] = {
    FILTER_INTERFACES(from_exchange),
    {&IID_IMediaDrain, offsetof(struct from_exchange, IMediaDrain_iface)},
};
static const struct com_class source_class = {
    .name = "FromExchange",
    .interfaces = source_interfaces,
    .interface_count = ARRAYSIZE(source_interfaces),
    .destroy = filter_destroy,
};

struct filter *from_exchange_create(void)
{
    struct from_exchange *source = filter_create(sizeof(*source), &source_class, &source_ops);

    if (!source)
        return NULL;
    source->IMediaDrain_iface.lpVtbl = &drain_vtbl;
    InitializeCriticalSection(&source->lock);
    InitializeConditionVariable(&source->changed);
    source->quit = CreateEventW(NULL, TRUE, FALSE, NULL);
    source->go = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!source->quit || !source->go) {
        com_release(&source->filter.com);
        return NULL;
    }
    return &source->filter;
}

void from_exchange_set_port(struct filter *filter, struct port *port)
{
    struct from_exchange *source = source_of(filter);

    port_ref(port);
    port_unref(source->port);
    source->port = port;
}
