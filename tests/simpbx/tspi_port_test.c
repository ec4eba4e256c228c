/* tspi_port_test.c - the port a call's sound goes through: what the media provider sees of it. */
#include "tspi.h"

#include <stdio.h>

TEST_BEFORE
{
    tspi_load();
}

TEST_AFTER
{
    tspi_unload();
}

struct port {
    HANDLE mapping, put[2], take[2];
    struct audio_port *shared;
};

/* Under the real clock the provider's worker may be the one that delivers the offer. */
static void open_port(struct port *port, const struct audio_port_offer *offer)
{
    unsigned long long deadline = test_clock() + 10000;
    WCHAR name[96];
    BOOL there = FALSE;

    while (!there && test_clock() < deadline) {
        EnterCriticalSection(&lock);
        there = offer->open;
        LeaveCriticalSection(&lock);
        if (!there)
            WaitForSingleObject(noted, 100);
    }
    REQUIRE_EQ(offer->magic, AUDIO_PORT_MAGIC);
    REQUIRE_EQ(offer->open, 1);
    port->mapping = OpenFileMappingW(FILE_MAP_WRITE, FALSE, (const WCHAR *)offer->name);
    REQUIRE(port->mapping != NULL);
    port->shared = MapViewOfFile(port->mapping, FILE_MAP_WRITE, 0, 0, sizeof(*port->shared));
    REQUIRE(port->shared != NULL);
    port->shared->listening = 1;
    for (int i = 0; i < 2; i++) {
        swprintf(name, ARRAYSIZE(name), L"%ls.put%d", (const WCHAR *)offer->name, i);
        port->put[i] = OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, name);
        swprintf(name, ARRAYSIZE(name), L"%ls.take%d", (const WCHAR *)offer->name, i);
        port->take[i] = OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, name);
        REQUIRE(port->put[i] && port->take[i]);
    }
}

static void close_port(struct port *port)
{
    for (int i = 0; i < 2; i++) {
        CloseHandle(port->put[i]);
        CloseHandle(port->take[i]);
    }
    UnmapViewOfFile(port->shared);
    CloseHandle(port->mapping);
}

static void put(struct audio_ring *ring, DWORD kind, const BYTE *bytes, DWORD size)
{
    struct audio_packet packet = {kind, size};
    DWORD at = ring->put;

    for (DWORD i = 0; i < sizeof(packet); i++)
        ring->bytes[at++ % AUDIO_RING_BYTES] = ((BYTE *)&packet)[i];
    for (DWORD i = 0; i < size; i++)
        ring->bytes[at++ % AUDIO_RING_BYTES] = bytes[i];
    ring->put = at;
}

static BYTE get(struct audio_ring *ring)
{
    return ring->bytes[ring->take++ % AUDIO_RING_BYTES];
}

static BYTE sample(DWORD i)
{
    return (BYTE)(i * 7 + i / 251);
}

static LONG ask_for_port(HDRVLINE hdline, HDRVCALL call, HDRVMSPLINE msp)
{
    struct audio_port_request request = {AUDIO_PORT_MAGIC, 3};

    return tsp.lineReceiveMSPData(hdline, call, msp, &request, sizeof(request));
}

/* So many bytes through a call, whose rings are far smaller: every byte arrives, in order. */
static void carry(DWORD total, DWORD packet_bytes)
{
    struct port from, to;
    DWORD sent = 0, got = 0, left = 0, wrong = 0;
    BYTE packet[4000];
    HDRVMSPLINE msp[2];
    GUID clsid;
    BOOL ended = FALSE;

    CHECK_EQ(tsp.lineMSPIdentify(10, &clsid), 0);
    memset(offers, 0, sizeof(offers));
    CHECK_EQ(tsp.lineCreateMSPInstance(line[0], 0, (HTAPIMSPLINE)1, &msp[0]), 0);
    HDRVCALL a = make(0, L"102");
    /* One asks before the call is connected, the other has no instance before that. */
    CHECK_EQ(ask_for_port(line[0], a, msp[0]), 0);
    CHECK_EQ(offers[0].open, 0);
    tsp.lineAnswer(++next_request, last_new[1], NULL, 0);
    CHECK_EQ(tsp.lineCreateMSPInstance(line[1], 0, (HTAPIMSPLINE)2, &msp[1]), 0);
    CHECK_EQ(ask_for_port(line[1], last_new[1], msp[1]), 0);
    CHECK_EQ(ask_for_port(line[1], last_new[1], msp[0]), 0); /* twice is harmless */
    open_port(&from, &offers[0]);
    open_port(&to, &offers[1]);
    struct audio_ring *say = &from.shared->ring[AUDIO_TO_EXCHANGE];
    struct audio_ring *hear = &to.shared->ring[AUDIO_FROM_EXCHANGE];
    unsigned long long deadline = test_clock() + 20000;
    while (!ended && test_clock() < deadline) {
        BOOL moved = FALSE;
        DWORD size = total - sent < packet_bytes ? total - sent : packet_bytes;
        if (sent <= total && AUDIO_RING_BYTES - (say->put - say->take) >= 8 + packet_bytes) {
            for (DWORD i = 0; i < size; i++)
                packet[i] = sample(sent + i);
            put(say, size ? AUDIO_DATA : AUDIO_END, packet, size);
            sent += size ? size : 1;
            SetEvent(from.put[AUDIO_TO_EXCHANGE]);
            moved = TRUE;
        }
        while (hear->put != hear->take) {
            DWORD head[2];
            for (DWORD i = 0; i < 8; i++)
                ((BYTE *)head)[i] = get(hear);
            ended = head[0] == AUDIO_END;
            for (left = head[1]; left; left--)
                wrong += get(hear) != sample(got++);
            SetEvent(to.take[AUDIO_FROM_EXCHANGE]);
            moved = TRUE;
        }
        if (!moved) {
            HANDLE both[2] = {from.take[AUDIO_TO_EXCHANGE], to.put[AUDIO_FROM_EXCHANGE]};
            WaitForMultipleObjects(2, both, FALSE, 1000);
        }
    }
    CHECK(ended);
    CHECK_EQ(got, total);
    CHECK_EQ(wrong, 0);
    drop(a);
    CHECK_EQ(to.shared->closed, 1);
    for (DWORD open = 1; open && test_clock() < deadline + 10000;) {
        EnterCriticalSection(&lock);
        open = offers[1].open;
        LeaveCriticalSection(&lock);
        if (open)
            WaitForSingleObject(noted, 100);
    }
    CHECK_EQ(offers[1].open, 0);
    CHECK_EQ(tsp.lineCloseMSPInstance(msp[0]), 0);
    CHECK_EQ(tsp.lineCloseMSPInstance(msp[0]), (LONG)LINEERR_INVALPARAM);
    close_port(&from);
    close_port(&to);
}

TEST(sound_as_fast_as_it_goes)
{
    start();
    carry(1000000, 3999);
}

TEST(sound_in_real_time)
{
    BSTR real = SysAllocString(L"real");

    start();
    CHECK_EQ(ISimPBX_put_Clock(control, real), S_OK);
    SysFreeString(real);
    unsigned long long before = test_clock();
    carry(16000, 320); /* a second of 16,000 bytes/s */
    test_note("a second of sound took %llu ms", test_clock() - before);
}

TEST(hostile_packets_close_the_port)
{
    struct port from;
    HDRVMSPLINE msp;

    start();
    memset(offers, 0, sizeof(offers));
    CHECK_EQ(tsp.lineCreateMSPInstance(line[0], 0, (HTAPIMSPLINE)1, &msp), 0);
    CHECK_EQ(ask_for_port(line[0], make(0, L"102"), msp), 0);
    tsp.lineAnswer(++next_request, last_new[1], NULL, 0);
    open_port(&from, &offers[0]);
    put(&from.shared->ring[AUDIO_TO_EXCHANGE], AUDIO_DATA, NULL, 0);
    memset(from.shared->ring[AUDIO_TO_EXCHANGE].bytes, 0xFF, 8);
    SetEvent(from.put[AUDIO_TO_EXCHANGE]);
    unsigned long long deadline = test_clock() + 10000;
    while (!from.shared->closed && test_clock() < deadline)
        WaitForSingleObject(from.take[AUDIO_TO_EXCHANGE], 50);
    CHECK_EQ(from.shared->closed, 1);
    close_port(&from);
}
