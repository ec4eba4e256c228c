/* ring_test.c - the rings of the audio port: order, wrapping, and what a hostile other side writes.
 */
#include "tests/support/test.h"
#include "msp/sim/ring.h"

#include <stdlib.h>

static struct audio_ring *ring_new(uint32_t start)
{
    struct audio_ring *ring = calloc(1, sizeof(*ring));

    ring->put = ring->take = start;
    return ring;
}

TEST(packets_come_out_as_they_went_in_across_every_wrap)
{
    /* Also across the wrap of the 32-bit positions. */
    struct audio_ring *ring = ring_new(0xFFFF0003u);
    uint8_t in[1500], *out = malloc(AUDIO_RING_BYTES);
    uint32_t round, i, size, end;

    for (round = 0; round < 3000; round++) {
        struct audio_packet packet;

        size = round % sizeof(in);
        for (i = 0; i < size; i++)
            in[i] = (uint8_t)(round + i);
        REQUIRE(ring_put(ring, AUDIO_DATA, in, size));
        REQUIRE_EQ(ring_take(ring, &packet, out, &end), RING_PACKET);
        REQUIRE_EQ(packet.kind, AUDIO_DATA);
        REQUIRE_EQ(packet.size, size);
        REQUIRE_EQ(end, ring_put_position(ring));
        CHECK_BYTES(out, in, size);
        REQUIRE_EQ(ring_take(ring, &packet, out, NULL), RING_EMPTY);
    }
    free(out);
    free(ring);
}

TEST(a_full_ring_refuses_and_keeps_what_it_has)
{
    struct audio_ring *ring = ring_new(77);
    uint8_t bytes[1000] = {1}, *out = malloc(AUDIO_RING_BYTES);
    struct audio_packet packet;
    uint32_t count = 0, taken = 0;

    while (ring_put(ring, AUDIO_DATA, bytes, sizeof(bytes)))
        count++;
    CHECK_EQ(count, AUDIO_RING_BYTES / (1000 + sizeof(packet)));
    CHECK(!ring_put(ring, AUDIO_DATA, bytes, sizeof(bytes)));
    while (ring_take(ring, &packet, out, NULL) == RING_PACKET)
        taken++;
    CHECK_EQ(taken, count);
    CHECK_EQ(ring_used(ring), 0);
    free(out);
    free(ring);
}

TEST(the_largest_packet_fits_and_a_larger_one_never)
{
    struct audio_ring *ring = ring_new(5);
    uint8_t *bytes = calloc(1, AUDIO_RING_BYTES), *out = malloc(AUDIO_RING_BYTES);
    struct audio_packet packet;
    uint32_t most = AUDIO_RING_BYTES - sizeof(packet);

    CHECK(!ring_put(ring, AUDIO_DATA, bytes, most + 1));
    CHECK(!ring_put(ring, AUDIO_DATA, bytes, 0xFFFFFFFF));
    CHECK(ring_put(ring, AUDIO_DATA, bytes, most));
    CHECK_EQ(ring_take(ring, &packet, out, NULL), RING_PACKET);
    CHECK_EQ(packet.size, most);
    free(out);
    free(bytes);
    free(ring);
}

TEST(nonsense_in_the_ring_is_called_corrupt)
{
    struct audio_ring *ring = ring_new(0);
    uint8_t *out = malloc(AUDIO_RING_BYTES);
    struct audio_packet packet = {AUDIO_DATA, 5}, got;

    ring->put = AUDIO_RING_BYTES + 1; /* more than can be in it */
    CHECK_EQ(ring_take(ring, &got, out, NULL), RING_CORRUPT);
    CHECK(!ring_put(ring, AUDIO_DATA, "x", 1));
    ring->put = sizeof(packet) - 1; /* less than a packet's head */
    CHECK_EQ(ring_take(ring, &got, out, NULL), RING_CORRUPT);
    packet.size = 0xFFFFFFFF; /* longer than what is there */
    memcpy(ring->bytes, &packet, sizeof(packet));
    ring->put = sizeof(packet) + 3;
    CHECK_EQ(ring_take(ring, &got, out, NULL), RING_CORRUPT);
    packet.size = 4;
    memcpy(ring->bytes, &packet, sizeof(packet));
    CHECK_EQ(ring_take(ring, &got, out, NULL), RING_CORRUPT);
    free(out);
    free(ring);
}
