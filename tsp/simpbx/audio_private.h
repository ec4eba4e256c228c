/* audio_private.h - one end of a call as audio.c and audio_bridge.c have it. Everything here is
 * under audio.c's ends_lock. */
#ifndef SIMPBX_AUDIO_PRIVATE_H
#define SIMPBX_AUDIO_PRIVATE_H

#include "audio_mix.h"
#include "front.h"

#define TICK       20u  /* ms */
#define MAX_CREDIT 200u /* ms of sound that may be caught up with */

struct audio_end {
    struct audio_end *next;
    struct audio_end *peer; /* whom it hears; symmetrical. NULL while in a bridge */
    uint32_t bridge;        /* the conference it is in, 0: none; its ends hear each other */
    uint32_t party;         /* of the bridge: ends of one party do not hear each other */
    struct audio_port *port;
    HANDLE section;
    HANDLE put[2], take[2]; /* events, by ring */
    BOOL talks;             /* its call is through; without a peer its sound is discarded */
    BOOL closed;            /* to be freed by the pump */
    ULONGLONG patience;     /* tick until which its MSP is taken for listening */
    BOOL told;              /* its MSP has been given the format its peer talks in */
    uint32_t format_size;   /* of its own last format packet; 0: none yet */
    uint8_t format[sizeof(struct audio_packet) + 256];
    DWORD rate;      /* bytes/s of its last format */
    uint32_t said;   /* bytes of sound that have come out of it, for the log */
    LONGLONG credit; /* bytes * 1000 that it may still send; negative after a big packet */
    uint16_t name[64];

    /* In a bridge. */
    uint8_t *pending; /* taken from its ring and not mixed yet, behind room for a packet's head */
    uint32_t pending_size;
    struct mix_format mix;  /* of what it says */
    BOOL mixable;           /* `mix` is valid */
    uint32_t began;         /* order of who has begun to speak; 0: does not speak */
    ULONGLONG dry;          /* tick since which it speaks and nothing comes; 0: it does */
    BOOL starved;           /* its bridge waits for it */
    struct mix_format hear; /* what it was last told it hears */
};

/* --- audio.c --- */

/* Takes the next packet from what the end says, if there is one, checks it and keeps account of
 * it: its head in *packet, all of it in buffer (AUDIO_RING_BYTES and a head). peek_packet does not
 * take it yet; *whole is its size. FALSE: none; what is corrupt closes the port. */
BOOL audio_peek(struct audio_end *end, struct audio_packet *packet, uint8_t *buffer,
                uint32_t *whole);
void audio_take(struct audio_end *end, const struct audio_packet *packet, const uint8_t *buffer,
                uint32_t whole);
/* Bytes that fit into what the end hears. */
uint32_t audio_room(struct audio_end *end);
/* Gives an end a packet to hear; FALSE: no room. */
BOOL audio_put(struct audio_end *end, const uint8_t *packet, uint32_t size);
/* Whether what is said is to be kept for this end. */
BOOL audio_hears(struct audio_end *end);
/* More to be spent by an end, in real time. */
void audio_earn(struct audio_end *end, uint64_t elapsed);

/* --- audio_bridge.c --- */

/* Mixes what the ends of a bridge say, as far as there is sound, time and room. `buffer` as above.
 */
void bridge_pump(struct audio_end *ends, uint32_t bridge, BOOL stepped, uint64_t elapsed,
                 uint8_t *buffer);
/* What the end said in a bridge that it has left goes to its peer; FALSE: no room yet. */
BOOL bridge_flush(struct audio_end *end);

#endif
