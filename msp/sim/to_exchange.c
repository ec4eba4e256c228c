/*
 * to_exchange.c - a renderer filter: the sound it receives goes into the port's ring to the
 * exchange.
 *
 * Receive blocks while the ring holds enough sound, so the exchange's clock is the clock of whoever
 * delivers. Not the whole ring is filled: what is in it can no longer be called back by a stop.
 */
#include "msp/sim/private.h"

#define AHEAD_MS   250  /* how much sound may wait in the ring */
#define AHEAD_MIN  4096 /* but at least these bytes */
#define PACKET_MAX 8192

struct to_exchange {
    struct filter filter;
    struct port *port;
    HANDLE run;             /* manual reset: the filter runs */
    HANDLE abort;           /* manual reset: stopped or flushing */
    struct wav_format sent; /* the format the ring has seen; size 0: none */
};

static struct to_exchange *renderer_of(struct filter *filter)
{
    return CONTAINING_RECORD(filter, struct to_exchange, filter);
}

static BOOL port_closed(const struct port *port)
{
    return __atomic_load_n(&port->shared->closed, __ATOMIC_ACQUIRE) != 0;
}

/* Waits until the ring holds no more than `most` bytes. S_FALSE: not to be waited for any longer.
 */
static HRESULT wait_for_room(struct to_exchange *renderer, uint32_t most)
{
    struct audio_ring *ring = &renderer->port->shared->ring[AUDIO_TO_EXCHANGE];
    HANDLE handles[2] = {renderer->abort, renderer->port->take[AUDIO_TO_EXCHANGE]};

    for (;;) {
        uint32_t used = ring_used(ring);

        if (port_closed(renderer->port) ||
            WaitForSingleObject(renderer->abort, 0) == WAIT_OBJECT_0)
            return S_FALSE;
        if (used > AUDIO_RING_BYTES)
            return VFW_E_RUNTIME_ERROR; /* the other side has spoilt the ring */
        if (used <= most)
            return S_OK;
        /* The timeout is for an exchange that closes the port without a signal. */
        if (WaitForMultipleObjects(2, handles, FALSE, 1000) == WAIT_FAILED)
            return E_UNEXPECTED;
    }
}

static HRESULT put_packet(struct to_exchange *renderer, uint32_t kind, const void *bytes,
                          uint32_t size)
{
    struct audio_ring *ring = &renderer->port->shared->ring[AUDIO_TO_EXCHANGE];
    uint32_t need = (uint32_t)sizeof(struct audio_packet) + size;
    uint32_t ahead = wav_format_bytes_per_second(&renderer->filter.format) / 1000 * AHEAD_MS;
    HRESULT hr;

    if (ahead < AHEAD_MIN)
        ahead = AHEAD_MIN;
    if (ahead > AUDIO_RING_BYTES - need)
        ahead = AUDIO_RING_BYTES - need;
    hr = wait_for_room(renderer, ahead);
    if (hr != S_OK)
        return hr;
    if (!ring_put(ring, kind, bytes, size))
        return VFW_E_RUNTIME_ERROR; /* spoilt meanwhile */
    SetEvent(renderer->port->put[AUDIO_TO_EXCHANGE]);
    return S_OK;
}

static HRESULT renderer_receive(struct filter *filter, const struct wav_format *change,
                                const BYTE *bytes, LONG size)
{
    struct to_exchange *renderer = renderer_of(filter);
    HANDLE handles[2] = {renderer->abort, renderer->run};
    const struct wav_format *format = &filter->format;
    uint32_t block = wav_format_block(format);
    uint32_t most = PACKET_MAX - PACKET_MAX % block;
    HRESULT hr = S_OK;

    (void)change; /* filter->format has it already */
    if (WaitForMultipleObjects(2, handles, FALSE, INFINITE) != WAIT_OBJECT_0 + 1)
        return S_FALSE;
    if (!renderer->port)
        return S_FALSE;
    if (!wav_format_equal(&renderer->sent, format)) {
        hr = put_packet(renderer, AUDIO_FORMAT, format->bytes, format->size);
        if (hr == S_OK)
            renderer->sent = *format;
    }
    if (!most)
        most = block;
    while (size > 0 && hr == S_OK) {
        uint32_t piece = (uint32_t)size < most ? (uint32_t)size : most;

        hr = put_packet(renderer, AUDIO_DATA, bytes, piece);
        bytes += piece;
        size -= (LONG)piece;
    }
    return hr;
}

/* Returns when the exchange has taken everything. */
static void renderer_end_of_stream(struct filter *filter)
{
    struct to_exchange *renderer = renderer_of(filter);
    HANDLE handles[2] = {renderer->abort, renderer->run};

    if (WaitForMultipleObjects(2, handles, FALSE, INFINITE) != WAIT_OBJECT_0 + 1)
        return;
    if (renderer->port && put_packet(renderer, AUDIO_END, NULL, 0) == S_OK)
        wait_for_room(renderer, 0);
}

static HRESULT renderer_pause(struct filter *filter)
{
    struct to_exchange *renderer = renderer_of(filter);

    ResetEvent(renderer->run);
    ResetEvent(renderer->abort);
    return S_OK;
}

static HRESULT renderer_run(struct filter *filter)
{
    SetEvent(renderer_of(filter)->run);
    return S_OK;
}

static void renderer_hold(struct filter *filter)
{
    ResetEvent(renderer_of(filter)->run);
}

static void renderer_stop(struct filter *filter)
{
    SetEvent(renderer_of(filter)->abort);
}

static void renderer_begin_flush(struct filter *filter)
{
    SetEvent(renderer_of(filter)->abort);
}

static void renderer_end_flush(struct filter *filter)
{
    if (filter->state != State_Stopped)
        ResetEvent(renderer_of(filter)->abort);
}

static BOOL renderer_accept(struct filter *filter, const struct wav_format *format)
{
    (void)filter, (void)format;
    return TRUE; /* the exchange carries anything */
}

static void renderer_destroy(struct filter *filter)
{
    struct to_exchange *renderer = renderer_of(filter);

    port_unref(renderer->port);
    if (renderer->run)
        CloseHandle(renderer->run);
    if (renderer->abort)
        CloseHandle(renderer->abort);
}

static const CLSID CLSID_to_exchange = {
    0x2f1e7a52, 0x6d0b, 0x4c4e, {0xa3, 0x1b, 0x0c, 0x57, 0x9e, 0x42, 0x18, 0x03}};
static const struct filter_ops renderer_ops = {
    .clsid = &CLSID_to_exchange,
    .pin_name = L"Input",
    .direction = PINDIR_INPUT,
    .pause = renderer_pause,
    .run = renderer_run,
    .hold = renderer_hold,
    .stop = renderer_stop,
    .accept = renderer_accept,
    .receive = renderer_receive,
    .end_of_stream = renderer_end_of_stream,
    .begin_flush = renderer_begin_flush,
    .end_flush = renderer_end_flush,
    .destroy = renderer_destroy,
};
static const struct com_interface renderer_interfaces[] = {FILTER_INTERFACES(to_exchange)};
static const struct com_class renderer_class = {
    .name = "ToExchange",
    .interfaces = renderer_interfaces,
    .interface_count = ARRAYSIZE(renderer_interfaces),
    .destroy = filter_destroy,
};

struct filter *to_exchange_create(void)
{
    struct to_exchange *renderer = filter_create(sizeof(*renderer), &renderer_class, &renderer_ops);

    if (!renderer)
        return NULL;
    renderer->run = CreateEventW(NULL, TRUE, FALSE, NULL);
    renderer->abort = CreateEventW(NULL, TRUE, TRUE, NULL);
    if (!renderer->run || !renderer->abort) {
        com_release(&renderer->filter.com);
        return NULL;
    }
    return &renderer->filter;
}

void to_exchange_set_port(struct filter *filter, struct port *port)
{
    struct to_exchange *renderer = renderer_of(filter);

    if (port == renderer->port)
        return;
    port_ref(port);
    port_unref(renderer->port);
    renderer->port = port;
    renderer->sent.size = 0; /* a new ring has heard of no format */
}
