/* ring.c - the byte rings of an audio port. See ring.h. */
#include "msp/sim/ring.h"

#include <string.h>

static void copy_in(struct audio_ring *ring, uint32_t position, const void *bytes, uint32_t size)
{
    uint32_t at = position % AUDIO_RING_BYTES;
    uint32_t first = size < AUDIO_RING_BYTES - at ? size : AUDIO_RING_BYTES - at;

    memcpy(ring->bytes + at, bytes, first);
    if (size > first)
        memcpy(ring->bytes, (const uint8_t *)bytes + first, size - first);
}

static void copy_out(const struct audio_ring *ring, uint32_t position, void *bytes, uint32_t size)
{
    uint32_t at = position % AUDIO_RING_BYTES;
    uint32_t first = size < AUDIO_RING_BYTES - at ? size : AUDIO_RING_BYTES - at;

    memcpy(bytes, ring->bytes + at, first);
    if (size > first)
        memcpy((uint8_t *)bytes + first, ring->bytes, size - first);
}

uint32_t ring_put_position(const struct audio_ring *ring)
{
    return __atomic_load_n(&ring->put, __ATOMIC_ACQUIRE);
}

uint32_t ring_take_position(const struct audio_ring *ring)
{
    return __atomic_load_n(&ring->take, __ATOMIC_ACQUIRE);
}

uint32_t ring_used(const struct audio_ring *ring)
{
    /* take first: it never overtakes put, so the difference cannot come out negative. */
    uint32_t take = ring_take_position(ring);

    return ring_put_position(ring) - take;
}

bool ring_put(struct audio_ring *ring, uint32_t kind, const void *bytes, uint32_t size)
{
    struct audio_packet packet = {kind, size};
    uint32_t put = ring->put;
    uint32_t used = put - ring_take_position(ring);

    if (used > AUDIO_RING_BYTES || size > AUDIO_RING_BYTES - sizeof(packet) ||
        AUDIO_RING_BYTES - used < sizeof(packet) + size)
        return false;
    copy_in(ring, put, &packet, sizeof(packet));
    if (size)
        copy_in(ring, put + (uint32_t)sizeof(packet), bytes, size);
    __atomic_store_n(&ring->put, put + (uint32_t)sizeof(packet) + size, __ATOMIC_RELEASE);
    return true;
}

enum ring_result ring_take(struct audio_ring *ring, struct audio_packet *packet, void *buffer,
                           uint32_t *end)
{
    uint32_t take = ring->take;
    uint32_t used = ring_put_position(ring) - take;

    memset(packet, 0, sizeof(*packet));
    if (used == 0)
        return RING_EMPTY;
    if (used > AUDIO_RING_BYTES || used < sizeof(*packet))
        return RING_CORRUPT;
    copy_out(ring, take, packet, sizeof(*packet));
    if (packet->size > used - sizeof(*packet))
        return RING_CORRUPT;
    copy_out(ring, take + (uint32_t)sizeof(*packet), buffer, packet->size);
    take += (uint32_t)sizeof(*packet) + packet->size;
    __atomic_store_n(&ring->take, take, __ATOMIC_RELEASE);
    if (end)
        *end = take;
    return RING_PACKET;
}
