/*
 * audio_port.h - the sound of one end of a simpbx call, as shared memory between the exchange
 * (simpbx.tsp) and the media provider of the application that holds that end (simmsp.dll).
 *
 * Most calls never carry sound through a program, so an end costs nothing until an MSP asks for it:
 * struct audio_port_request, with the call, through ME_TSP_DATA and TSPI_lineReceiveMSPData. As soon
 * as the call has sound (at once if it is connected) simpbx creates one section for its end and tells
 * every MSP of the address its name with LINE_SENDMSPDATA: struct audio_port_offer. Two rings of
 * packets in it, one each way. What an end without a port would hear is discarded at the speaker's
 * pace; it says nothing.
 *
 * Whoever puts a packet signals "<name>.put<n>", whoever takes one "<name>.take<n>"
 * (auto-reset events; n is the ring's index).
 *
 * A ring is a byte ring with free-running positions: put is written only by the sender, take only
 * by the receiver; (put - take) bytes are in it. A packet is struct audio_packet followed by its
 * bytes; it may wrap. Formats are PCM or any WAVEFORMATEX the sender has: the exchange passes the
 * bytes through unchanged and paces them by nAvgBytesPerSec of the last format packet (real clock)
 * or as fast as they come (stepped clock). In a conference, PCM of 8 or 16 bits is mixed instead:
 * packets are then of the exchange's making, and AUDIO_END is not passed on.
 */
#ifndef SIMPBX_AUDIO_PORT_H
#define SIMPBX_AUDIO_PORT_H

#include <stdint.h>

/* CLSID_SimMsp, what TSPI_lineMSPIdentify of simpbx answers: simmsp.dll's coclass. */
#define CLSID_SIM_MSP_STRING "{6B2C9A41-5D0E-4B57-9B7E-0C3A51F4D210}"
#define CLSID_SIM_MSP_INIT                                                                         \
    {                                                                                              \
        0x6b2c9a41, 0x5d0e, 0x4b57,                                                                \
        {                                                                                          \
            0x9b, 0x7e, 0x0c, 0x3a, 0x51, 0xf4, 0xd2, 0x10                                         \
        }                                                                                          \
    }

#define AUDIO_PORT_MAGIC 0x50415458u /* "XTAP" */
#define AUDIO_RING_BYTES 65536u      /* a power of two */

enum audio_ring_index {
    AUDIO_TO_EXCHANGE = 0,   /* MSP -> exchange: what this end says */
    AUDIO_FROM_EXCHANGE = 1, /* exchange -> MSP: what this end hears */
};

enum audio_packet_kind {
    AUDIO_FORMAT = 1, /* a WAVEFORMATEX with its cbSize bytes; before the first data */
    AUDIO_DATA = 2,
    AUDIO_END = 3, /* end of what was being played (no bytes); more may follow later */
};

struct audio_packet {
    uint32_t kind;
    uint32_t size; /* of the bytes behind it */
};

struct audio_ring {
    volatile uint32_t put;  /* bytes ever put, modulo 2^32 */
    volatile uint32_t take; /* bytes ever taken */
    uint8_t bytes[AUDIO_RING_BYTES];
};

struct audio_port {
    uint32_t magic;
    volatile uint32_t closed; /* the call's end is gone: no more packets either way */
    /* Set by the MSP while something takes packets from AUDIO_FROM_EXCHANGE. The exchange then waits
     * for room in that ring (leaving the packet in the far end's), so nothing is lost; while it is 0
     * the exchange drops what this end would hear, except that it puts the last AUDIO_FORMAT again
     * before the first data once it is 1. Changes are signalled with "<name>.take1". */
    volatile uint32_t listening;
    struct audio_ring ring[2];
};

/* MSP -> TSP, as the bytes of ME_TSP_DATA with the call. Asking twice is harmless. For
 * AUDIO_PATIENCE after a request to hear, the exchange takes the MSP for listening already: what is
 * said while the offer is on its way is not lost. */
#define AUDIO_PATIENCE 2000u /* ms */

struct audio_port_request {
    uint32_t magic;
    uint32_t wanted; /* bits, by enum audio_ring_index: 1 to say something, 2 to hear */
};

/* TSP -> MSP, as the bytes of LINE_SENDMSPDATA with the call's htCall. */
struct audio_port_offer {
    uint32_t magic;
    uint32_t open;     /* 1 the port has come, 0 it goes away */
    uint16_t name[64]; /* UTF-16 file-mapping name, zero ended */
};

#endif
