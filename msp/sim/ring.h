/*
 * ring.h - putting packets into and taking them from a ring of tsp/simpbx/audio_port.h. Win32-free.
 * One sender and one receiver may be at work at once, in different processes; whatever the other
 * side wrote is checked.
 */
#ifndef MSP_SIM_RING_H
#define MSP_SIM_RING_H

#include <stdbool.h>
#include <stdint.h>
#include "tsp/simpbx/audio_port.h"

/* Bytes in the ring. More than AUDIO_RING_BYTES: the other side has written nonsense. */
uint32_t ring_used(const struct audio_ring *ring);

/* Sender: puts one packet. False: there is no room for it (now, or ever if size is too large). */
bool ring_put(struct audio_ring *ring, uint32_t kind, const void *bytes, uint32_t size);

enum ring_result {
    RING_PACKET,
    RING_EMPTY,
    RING_CORRUPT, /* the positions or the packet's size contradict each other */
};

/* Receiver: takes one packet; its bytes go to buffer[AUDIO_RING_BYTES]. *end, if not NULL, is the
 * position behind the packet (see ring_put_position). */
enum ring_result ring_take(struct audio_ring *ring, struct audio_packet *packet, void *buffer,
                           uint32_t *end);

/* How far the sender has come: a packet whose *end reaches this position was in the ring now. */
uint32_t ring_put_position(const struct audio_ring *ring);
uint32_t ring_take_position(const struct audio_ring *ring);

#endif
