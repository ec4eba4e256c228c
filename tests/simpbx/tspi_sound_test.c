/* tspi_sound_test.c - what the parties of conferences hear, through TSPI and the shared memory that
 * media providers use. The TAPI is made of this file. */
#include "provider.h"

#include <windows.h>
#include <tapi.h>
#include <tspi.h>
#include <stdio.h>
#include <stdlib.h>

#include "tsp/simpbx/audio_port.h"

#define ENTRIES(X)                                                                                 \
    X(providerEnumDevices)                                                                         \
    X(providerInit)                                                                                \
    X(providerShutdown)                                                                            \
    X(lineOpen)                                                                                    \
    X(lineMakeCall)                                                                                \
    X(lineAnswer)                                                                                  \
    X(lineDrop)                                                                                    \
    X(lineHold)                                                                                    \
    X(lineUnhold)                                                                                  \
    X(lineCompleteTransfer)                                                                        \
    X(lineRemoveFromConference)                                                                    \
    X(lineSetCallTreatment)                                                                        \
    X(lineCreateMSPInstance)                                                                       \
    X(lineReceiveMSPData)

static struct {
#define X(name) __typeof__(TSPI_##name) *name;
    ENTRIES(X)
#undef X
} tsp;

#define LINES 3

static CRITICAL_SECTION lock;
static HANDLE noted;
static DWORD next_request, next_htcall;
static HDRVLINE line[LINES];
static HDRVMSPLINE msp[LINES];
static HDRVCALL last_new[LINES];
static struct audio_port_offer offers[LINES];

static void CALLBACK on_complete(DRV_REQUESTID id, LONG result)
{
    CHECK(id > 0);
    CHECK_EQ(result, 0);
}

static void CALLBACK on_event(HTAPILINE htline, HTAPICALL htcall, DWORD message, DWORD_PTR p1,
                              DWORD_PTR p2, DWORD_PTR p3)
{
    int number = (int)(INT_PTR)htline - 1;

    (void)htcall;
    if (message == LINE_NEWCALL) {
        last_new[number] = (HDRVCALL)p1;
        *(HTAPICALL *)p2 = (HTAPICALL)(INT_PTR)++next_htcall;
    } else if (message == LINE_SENDMSPDATA) {
        CHECK_EQ(p3, sizeof(offers[0]));
        EnterCriticalSection(&lock);
        memcpy(&offers[number], (void *)p2, sizeof(offers[0]));
        LeaveCriticalSection(&lock);
        SetEvent(noted);
    }
}

TEST_BEFORE
{
    DWORD lines = 0, phones = 1;

    InitializeCriticalSection(&lock);
    noted = CreateEventW(NULL, FALSE, FALSE, NULL);
    next_request = next_htcall = 0;
    memset(offers, 0, sizeof(offers));
    provider_load();
    ENTRIES(PROVIDER_ENTRY)
    provider_configure(L"clock stepped\nextension 101\nextension 102\nextension 103\n");
    REQUIRE_EQ(tsp.providerEnumDevices(1, &lines, &phones, (HPROVIDER)77, on_event, NULL), 0);
    REQUIRE_EQ(tsp.providerInit(0x00030001, 1, 10, 0, lines, phones, on_complete, NULL), 0);
    for (DWORD i = 0; i < LINES; i++) {
        REQUIRE_EQ(
            tsp.lineOpen(10 + i, (HTAPILINE)(INT_PTR)(i + 1), &line[i], 0x00030001, on_event), 0);
        REQUIRE_EQ(tsp.lineCreateMSPInstance(line[i], 0, (HTAPIMSPLINE)(INT_PTR)(i + 1), &msp[i]),
                   0);
    }
}

TEST_AFTER
{
    tsp.providerShutdown(0x00030001, 1);
    provider_unload();
    CloseHandle(noted);
    DeleteCriticalSection(&lock);
}

/* ---- calls ------------------------------------------------------------------------------ */

static HDRVCALL make(int from, const WCHAR *number)
{
    HDRVCALL call;

    POISON(call);
    LONG result = tsp.lineMakeCall(++next_request, line[from], (HTAPICALL)(INT_PTR)++next_htcall,
                                   &call, number, 0, NULL);
    REQUIRE_EQ(result, (LONG)next_request);
    return call;
}

static void answer(int who)
{
    CHECK(tsp.lineAnswer(++next_request, last_new[who], NULL, 0) > 0);
}

static void clock_real(void)
{
    BSTR real = SysAllocString(L"real");

    CHECK_EQ(ISimPBX_put_Clock(control, real), S_OK);
    SysFreeString(real);
}

/* ---- ports ------------------------------------------------------------------------------ */

struct port {
    HANDLE mapping, put[2], take[2];
    struct audio_port *shared;
    const BYTE *say;
    DWORD size, said;
    BOOL ended; /* AUDIO_END is said */
    BYTE *heard;
    DWORD got, rate, room;
};

static void port_open(struct port *port, int who, HDRVCALL call)
{
    struct audio_port_request request = {AUDIO_PORT_MAGIC, 3};
    unsigned long long deadline = test_clock() + 10000;
    struct audio_port_offer *offer = &offers[who];
    WCHAR name[96];
    BOOL there = FALSE;

    memset(port, 0, sizeof(*port));
    CHECK_EQ(tsp.lineReceiveMSPData(line[who], call, msp[who], &request, sizeof(request)), 0);
    while (!there && test_clock() < deadline) {
        EnterCriticalSection(&lock);
        there = offer->open;
        LeaveCriticalSection(&lock);
        if (!there)
            WaitForSingleObject(noted, 100);
    }
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
    port->room = 1000000;
    port->heard = malloc(port->room);
    REQUIRE(port->heard != NULL);
}

static void port_close(struct port *port)
{
    for (int i = 0; i < 2; i++) {
        CloseHandle(port->put[i]);
        CloseHandle(port->take[i]);
    }
    UnmapViewOfFile(port->shared);
    CloseHandle(port->mapping);
    free(port->heard);
}

static BOOL put(struct port *port, DWORD kind, const void *bytes, DWORD size)
{
    struct audio_ring *ring = &port->shared->ring[AUDIO_TO_EXCHANGE];
    struct audio_packet packet = {kind, size};
    DWORD at = ring->put;

    if (AUDIO_RING_BYTES - (at - ring->take) < sizeof(packet) + size)
        return FALSE;
    for (DWORD i = 0; i < sizeof(packet); i++)
        ring->bytes[at++ % AUDIO_RING_BYTES] = ((BYTE *)&packet)[i];
    for (DWORD i = 0; i < size; i++)
        ring->bytes[at++ % AUDIO_RING_BYTES] = ((const BYTE *)bytes)[i];
    ring->put = at;
    SetEvent(port->put[AUDIO_TO_EXCHANGE]);
    return TRUE;
}

static void put_format(struct port *port, DWORD rate, WORD channels, WORD bits)
{
    WAVEFORMATEX format = {WAVE_FORMAT_PCM,
                           channels,
                           rate,
                           rate * channels * bits / 8,
                           (WORD)(channels * bits / 8),
                           bits,
                           0};

    CHECK(put(port, AUDIO_FORMAT, &format, sizeof(format)));
}

/* Says as much as there is room for, in packets of odd sizes; TRUE: something was said. */
static BOOL port_say(struct port *port, DWORD packet)
{
    BOOL moved = FALSE;

    while (port->said < port->size) {
        DWORD size = port->size - port->said < packet ? port->size - port->said : packet;
        if (!put(port, AUDIO_DATA, port->say + port->said, size))
            return moved;
        port->said += size;
        moved = TRUE;
    }
    if (!port->ended && put(port, AUDIO_END, NULL, 0))
        moved = port->ended = TRUE;
    return moved;
}

static void get(struct port *port, void *bytes, DWORD size)
{
    struct audio_ring *ring = &port->shared->ring[AUDIO_FROM_EXCHANGE];

    for (DWORD i = 0; i < size; i++)
        ((BYTE *)bytes)[i] = ring->bytes[(ring->take + i) % AUDIO_RING_BYTES];
    ring->take += size;
}

static BOOL port_hear(struct port *port)
{
    struct audio_ring *ring = &port->shared->ring[AUDIO_FROM_EXCHANGE];
    BOOL moved = FALSE;

    while (ring->put != ring->take) {
        struct audio_packet packet;
        WAVEFORMATEX format;

        get(port, &packet, sizeof(packet));
        if (packet.kind == AUDIO_FORMAT) {
            REQUIRE(packet.size == sizeof(format));
            get(port, &format, packet.size);
            port->rate = format.nSamplesPerSec;
        } else if (packet.size) {
            CHECK(port->rate != 0); /* the format comes first */
            REQUIRE(packet.size <= port->room - port->got);
            get(port, port->heard + port->got, packet.size);
            port->got += packet.size;
        }
        SetEvent(port->take[AUDIO_FROM_EXCHANGE]);
        moved = TRUE;
    }
    return moved;
}

/* Until each has heard so much. */
static void carry(struct port *ports, const DWORD *wanted, DWORD packet)
{
    unsigned long long deadline = test_clock() + 20000;
    BOOL all = FALSE;

    while (!all && test_clock() < deadline) {
        HANDLE waits[2 * LINES];
        BOOL moved = FALSE;

        all = TRUE;
        for (int i = 0; i < LINES; i++) {
            moved |= port_say(&ports[i], packet + 2 * (DWORD)i);
            moved |= port_hear(&ports[i]);
            all = all && ports[i].got >= wanted[i] && ports[i].ended;
            waits[2 * i] = ports[i].take[AUDIO_TO_EXCHANGE];
            waits[2 * i + 1] = ports[i].put[AUDIO_FROM_EXCHANGE];
        }
        if (!moved && !all)
            WaitForMultipleObjects(2 * LINES, waits, FALSE, 1000);
    }
    for (int i = 0; i < LINES; i++)
        CHECK_EQ(ports[i].got, wanted[i]);
}

/* ---- conferences ------------------------------------------------------------------------ */

struct conference {
    HDRVCALL to_b, to_c, whole;
    struct port port[LINES]; /* of 101, the owner, then 102 and 103 */
};

/* On hold, so that everybody can begin at once. */
static void conference_open(struct conference *c)
{
    c->to_b = make(0, L"102");
    answer(1);
    CHECK(tsp.lineHold(++next_request, c->to_b) > 0);
    c->to_c = make(0, L"103");
    answer(2);
    port_open(&c->port[0], 0, c->to_b);
    port_open(&c->port[1], 1, last_new[1]);
    port_open(&c->port[2], 2, last_new[2]);
    CHECK(tsp.lineCompleteTransfer(++next_request, c->to_b, c->to_c,
                                   (HTAPICALL)(INT_PTR)++next_htcall, &c->whole,
                                   LINETRANSFERMODE_CONFERENCE) > 0);
    CHECK(tsp.lineHold(++next_request, c->whole) > 0);
}

static void conference_resume(struct conference *c)
{
    CHECK(tsp.lineUnhold(++next_request, c->whole) > 0);
}

static void conference_close(struct conference *c)
{
    for (int i = 0; i < LINES; i++)
        port_close(&c->port[i]);
}

static BYTE *noise(DWORD seed, DWORD size)
{
    BYTE *bytes = malloc(size);

    REQUIRE(bytes != NULL);
    for (DWORD i = 0; i < size; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (BYTE)(seed >> 24);
    }
    return bytes;
}

static int sample_of(const struct port *port, DWORD i, int bits)
{
    short sample;

    if ((i + 1) * (DWORD)bits / 8 > port->size)
        return 0;
    if (bits == 8)
        return port->say[i] - 128;
    memcpy(&sample, port->say + 2 * i, 2);
    return sample;
}

/* What `hearer` has heard is the sum of the other two, clipped. */
static void check_sum(const struct port *ports, int hearer, int bits)
{
    const struct port *x = &ports[(hearer + 1) % LINES], *y = &ports[(hearer + 2) % LINES];
    int most = bits == 8 ? 127 : 32767;
    DWORD wrong = 0;

    for (DWORD i = 0; i < ports[hearer].got * 8 / (DWORD)bits; i++) {
        int sum = sample_of(x, i, bits) + sample_of(y, i, bits), got;
        short heard;

        sum = sum > most ? most : sum < -most - 1 ? -most - 1 : sum;
        memcpy(&heard, ports[hearer].heard + (bits == 16 ? 2 * i : 0), 2);
        got = bits == 8 ? ports[hearer].heard[i] - 128 : heard;
        wrong += sum != got;
    }
    CHECK_EQ(wrong, 0);
}

static DWORD longer(DWORD x, DWORD y)
{
    return x > y ? x : y;
}

/* Each plays something else, of another length. */
static void mix(WORD bits, WORD channels, const DWORD *size)
{
    struct conference c;
    DWORD wanted[LINES];

    conference_open(&c);
    for (int i = 0; i < LINES; i++) {
        c.port[i].say = noise(77 + (DWORD)i, size[i]);
        c.port[i].size = size[i];
        wanted[i] = longer(size[(i + 1) % LINES], size[(i + 2) % LINES]);
        put_format(&c.port[i], 44100, channels, bits);
        port_say(&c.port[i], 1501);
        CHECK(!port_hear(&c.port[i])); /* on hold nobody hears anything */
    }
    conference_resume(&c);
    carry(c.port, wanted, 1501);
    for (int i = 0; i < LINES; i++) {
        CHECK_EQ(c.port[i].rate, 44100);
        check_sum(c.port, i, bits);
    }
    for (int i = 0; i < LINES; i++)
        free((void *)c.port[i].say);
    conference_close(&c);
}

TEST(each_hears_the_sum_of_the_others)
{
    static const DWORD size[LINES] = {400000, 260004, 333332};

    mix(16, 2, size);
}

TEST(eight_bits)
{
    static const DWORD size[LINES] = {100001, 60004, 133332};

    mix(8, 1, size);
}

TEST(in_real_time)
{
    static const DWORD size[LINES] = {60000, 30004, 50000};
    unsigned long long before = test_clock();

    clock_real();
    mix(16, 1, size);
    test_note("0.68 s of a conference took %llu ms", test_clock() - before);
}

/* Who speaks another format than the one that spoke first is not heard, but hears. */
TEST(other_formats_are_silent)
{
    static const DWORD wanted[LINES] = {20000, 0, 20000};
    struct conference c;
    BYTE *bytes = noise(1, 20000);

    conference_open(&c);
    put_format(&c.port[1], 16000, 1, 16);
    c.port[1].say = bytes;
    c.port[1].size = 20000;
    port_say(&c.port[1], 1000);
    c.port[0].ended = TRUE;
    conference_resume(&c);
    /* 102 has begun when 103 joins in. */
    unsigned long long deadline = test_clock() + 10000;
    while (!c.port[2].got && test_clock() < deadline)
        if (!port_hear(&c.port[2]))
            WaitForSingleObject(c.port[2].put[AUDIO_FROM_EXCHANGE], 1000);
    put_format(&c.port[2], 8000, 1, 16);
    c.port[2].say = bytes;
    c.port[2].size = 4000;
    carry(c.port, wanted, 1000);
    CHECK_EQ(c.port[0].rate, 16000);
    CHECK_BYTES(c.port[0].heard, bytes, 20000);
    CHECK_BYTES(c.port[2].heard, bytes, 20000);
    free(bytes);
    conference_close(&c);
}

/* Who has left hears the owner no more; the rest is a conversation of two. */
TEST(leaving)
{
    static const DWORD wanted[LINES] = {0, 8000, 0};
    struct conference c;
    BYTE *bytes = noise(1, 8000);

    conference_open(&c);
    conference_resume(&c);
    CHECK(tsp.lineRemoveFromConference(++next_request, c.to_c) > 0);
    c.port[0].say = bytes;
    c.port[0].size = 8000;
    c.port[1].ended = c.port[2].ended = TRUE;
    put_format(&c.port[0], 8000, 1, 16);
    carry(c.port, wanted, 999);
    CHECK_BYTES(c.port[1].heard, bytes, 8000);
    free(bytes);
    conference_close(&c);
}
