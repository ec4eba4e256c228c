/* fake_exchange.c - carries packets from each port to the other, as audio_port.h says. */
#include "tests/media/media_fixture.h"
#include "msp/sim/ring.h"

#include <stdlib.h>

static uint8_t *buffer;

static void port_make(struct fake_port *port, int which)
{
    static volatile LONG number;
    WCHAR name[64], full[80];
    int i, n;

    memset(port, 0, sizeof(*port));
    n = wsprintfW(name, L"opentapi-media-test-%u-%u", (unsigned)GetCurrentProcessId(),
                  (unsigned)InterlockedIncrement(&number) * 2 + which);
    port->mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                       sizeof(struct audio_port), name);
    REQUIRE(port->mapping != NULL);
    port->shared = MapViewOfFile(port->mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    REQUIRE(port->shared != NULL);
    port->shared->magic = AUDIO_PORT_MAGIC;
    for (i = 0; i < 2; i++) {
        wsprintfW(full, L"%s.put%d", name, i);
        port->put[i] = CreateEventW(NULL, FALSE, FALSE, full);
        wsprintfW(full, L"%s.take%d", name, i);
        port->take[i] = CreateEventW(NULL, FALSE, FALSE, full);
    }
    port->offer.magic = AUDIO_PORT_MAGIC;
    for (i = 0; i <= n; i++)
        port->offer.name[i] = name[i];
}

/* Looks at the next packet without taking it. */
static BOOL peek(struct audio_ring *ring, struct audio_packet *packet, uint8_t *bytes)
{
    uint32_t take = ring->take;
    BOOL there = ring_take(ring, packet, bytes, NULL) == RING_PACKET;

    if (there)
        ring->take = take; /* this side is the only one that writes it */
    return there;
}

/* Carries one packet if possible. */
static BOOL carry(struct fake_exchange *exchange, int from)
{
    struct fake_port *here = &exchange->port[from], *there = &exchange->port[1 - from];
    struct audio_ring *in = &here->shared->ring[AUDIO_TO_EXCHANGE];
    struct audio_ring *out = &there->shared->ring[AUDIO_FROM_EXCHANGE];
    struct audio_packet packet;

    if (!there->shared->listening)
        there->heard_format = FALSE;
    if (!peek(in, &packet, buffer))
        return FALSE;
    if (packet.kind == AUDIO_FORMAT && packet.size <= sizeof(there->format)) {
        memcpy(there->format, buffer, packet.size);
        there->format_size = packet.size;
        there->heard_format = FALSE;
    } else if (!there->shared->listening) {
        InterlockedIncrement(&exchange->dropped);
    } else {
        if (!there->heard_format && there->format_size) {
            if (!ring_put(out, AUDIO_FORMAT, there->format, there->format_size))
                return FALSE;
            there->heard_format = TRUE;
        }
        if (!ring_put(out, packet.kind, buffer, packet.size))
            return FALSE; /* stays with the sender until there is room */
        SetEvent(there->put[AUDIO_FROM_EXCHANGE]);
        InterlockedIncrement(&exchange->carried);
    }
    if (packet.kind == AUDIO_END)
        InterlockedIncrement(&exchange->ends);
    ring_take(in, &packet, buffer, NULL);
    SetEvent(here->take[AUDIO_TO_EXCHANGE]);
    return TRUE;
}

static DWORD WINAPI pump(void *context)
{
    struct fake_exchange *exchange = context;
    HANDLE handles[5] = {exchange->quit, exchange->port[0].put[AUDIO_TO_EXCHANGE],
                         exchange->port[1].put[AUDIO_TO_EXCHANGE],
                         exchange->port[0].take[AUDIO_FROM_EXCHANGE],
                         exchange->port[1].take[AUDIO_FROM_EXCHANGE]};
    HANDLE gate[2] = {exchange->quit, exchange->gate};

    for (;;) {
        if (WaitForMultipleObjects(2, gate, FALSE, INFINITE) == WAIT_OBJECT_0)
            return 0;
        if (!carry(exchange, 0) && !carry(exchange, 1) &&
            WaitForMultipleObjects(5, handles, FALSE, 5000) == WAIT_OBJECT_0)
            return 0;
    }
}

void fake_exchange_start(struct fake_exchange *exchange)
{
    memset(exchange, 0, sizeof(*exchange));
    if (!buffer)
        buffer = malloc(AUDIO_RING_BYTES);
    port_make(&exchange->port[0], 0);
    port_make(&exchange->port[1], 1);
    exchange->quit = CreateEventW(NULL, TRUE, FALSE, NULL);
    exchange->gate = CreateEventW(NULL, TRUE, TRUE, NULL);
    exchange->thread = CreateThread(NULL, 0, pump, exchange, 0, NULL);
}

void fake_exchange_end(struct fake_exchange *exchange)
{
    int i, k;

    SetEvent(exchange->quit);
    WaitForSingleObject(exchange->thread, INFINITE);
    CloseHandle(exchange->thread);
    CloseHandle(exchange->quit);
    CloseHandle(exchange->gate);
    for (i = 0; i < 2; i++) {
        exchange->port[i].shared->closed = 1;
        for (k = 0; k < 2; k++) {
            SetEvent(exchange->port[i].put[k]);
            CloseHandle(exchange->port[i].put[k]);
            CloseHandle(exchange->port[i].take[k]);
        }
        UnmapViewOfFile(exchange->port[i].shared);
        CloseHandle(exchange->port[i].mapping);
    }
}
