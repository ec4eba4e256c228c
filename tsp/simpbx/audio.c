/* audio.c - the sound of calls: shared memory for each end (audio_port.h), and the pump that moves
 * packets from what one end says to what the other end hears.
 *
 * The ends' list has a lock of its own, taken inside the exchange lock, so that copying sound never
 * delays a call. The pump waits on handles of ends; an end is freed by the pump alone (or when it
 * does not run), never under it. */
#include "audio_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WAITS (MAXIMUM_WAIT_OBJECTS - 1)
#define POLL      5u /* ms, when there are more ends than can be waited on */

static SRWLOCK ends_lock = SRWLOCK_INIT;
static struct audio_end *ends;
static HANDLE pump, changed;
static BOOL quit, stepped;
static DWORD default_rate = 16000;
static LONG port_number;

/* --- one end --- */

static void end_free(struct audio_end *end)
{
    for (int i = 0; i < 2; i++) {
        if (end->put[i])
            CloseHandle(end->put[i]);
        if (end->take[i])
            CloseHandle(end->take[i]);
    }
    if (end->port)
        UnmapViewOfFile(end->port);
    if (end->section)
        CloseHandle(end->section);
    free(end->pending);
    free(end);
}

static struct audio_end *end_create(void)
{
    struct audio_end *end = calloc(1, sizeof(*end));
    WCHAR name[64], event[80];

    if (!end)
        return NULL;
    swprintf(name, ARRAYSIZE(name), L"OpenTAPI-simpbx-%lu-%ld",
             (unsigned long)GetCurrentProcessId(), (long)InterlockedIncrement(&port_number));
    memcpy(end->name, name, sizeof(end->name));
    end->section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                      sizeof(struct audio_port), name);
    if (end->section)
        end->port = MapViewOfFile(end->section, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0,
                                  sizeof(struct audio_port));
    BOOL whole = end->port != NULL;
    for (int i = 0; i < 2 && whole; i++) {
        swprintf(event, ARRAYSIZE(event), L"%ls.put%d", name, i);
        end->put[i] = CreateEventW(NULL, FALSE, FALSE, event);
        swprintf(event, ARRAYSIZE(event), L"%ls.take%d", name, i);
        end->take[i] = CreateEventW(NULL, FALSE, FALSE, event);
        whole = end->put[i] && end->take[i];
    }
    if (!whole) {
        end_free(end);
        return NULL;
    }
    end->port->magic = AUDIO_PORT_MAGIC;
    end->rate = default_rate;
    return end;
}

static void unlink_peer(struct audio_end *end)
{
    if (!end->peer)
        return;
    end->peer->peer = NULL;
    end->peer->told = FALSE;
    end->peer = NULL;
    end->told = FALSE;
}

/* --- following the calls (exchange lock held) --- */

static struct audio_end *end_of(const struct pbx_leg *leg)
{
    struct front_call *call = leg ? leg->front : NULL;

    return call ? call->audio : NULL;
}

static void offer(struct pbx_leg *leg, struct audio_end *end, BOOL open, HTAPIMSPLINE htmsp)
{
    struct audio_port_offer *data = calloc(1, sizeof(*data));
    struct front_item *item;

    if (!data)
        return;
    data->magic = AUDIO_PORT_MAGIC;
    data->open = open;
    memcpy(data->name, end->name, sizeof(data->name));
    item = front_push(ITEM_MSPDATA);
    if (!item) {
        free(data);
        return;
    }
    item->line = (DWORD)(ULONG_PTR)front_hdrvline(leg->extension);
    item->call = leg->id;
    item->param[0] = (DWORD_PTR)htmsp;
    item->data = data;
    item->size = sizeof(*data);
}

static void end_expect(struct audio_end *end, DWORD wanted)
{
    if (wanted & 1u << AUDIO_FROM_EXCHANGE)
        end->patience = GetTickCount64() + AUDIO_PATIENCE;
}

static void end_open(struct pbx_leg *leg)
{
    struct front_call *call = leg->front;
    struct front_line *line = leg->extension->front;
    const struct pbx_settings *s = &leg->pbx->settings;

    if (!pump || !line || !line->msps || line->version < 0x00030000)
        return;
    default_rate = s->audio_rate * s->audio_channels * (s->audio_bits / 8);
    struct audio_end *end = end_create();
    if (!end)
        return;
    call->audio = end;
    AcquireSRWLockExclusive(&ends_lock);
    end_expect(end, call->sound_wanted);
    end->next = ends;
    ends = end;
    ReleaseSRWLockExclusive(&ends_lock);
    offer(leg, end, TRUE, 0);
}

static void end_close(struct pbx_leg *leg)
{
    struct front_call *call = leg->front;
    struct audio_end *end = call->audio;
    uint32_t said;

    if (!end)
        return;
    offer(leg, end, FALSE, 0);
    call->audio = NULL;
    AcquireSRWLockExclusive(&ends_lock);
    unlink_peer(end);
    said = end->said;
    end->talks = FALSE;
    end->port->closed = 1;
    end->closed = TRUE;
    /* Whoever waits for room or for sound looks again and sees that it is over. */
    for (int i = 0; i < 2; i++) {
        SetEvent(end->put[i]);
        SetEvent(end->take[i]);
    }
    if (!pump)
        for (struct audio_end **at = &ends; *at; at = &(*at)->next)
            if (*at == end) {
                *at = end->next;
                end_free(end);
                break;
            }
    ReleaseSRWLockExclusive(&ends_lock);
    if (said)
        pbx_log(leg->pbx, leg->self.number, leg->connected.number, "has said %u bytes of sound",
                (unsigned int)said);
}

static BOOL has_sound(const struct pbx_leg *leg)
{
    return leg->state == PBX_CONNECTED || leg->state == PBX_CONFERENCED || pbx_is_held(leg);
}

/* The conference that mixes what the leg says and hears; NULL: its peer alone hears it. */
static const struct pbx_leg *conference_of(const struct pbx_leg *leg)
{
    if (leg->is_conference)
        return leg;
    if (leg->state == PBX_CONFERENCED)
        return leg->conference;
    return leg->peer && leg->peer->state == PBX_CONFERENCED ? leg->peer->conference : NULL;
}

static BOOL is_through(const struct pbx_leg *leg)
{
    return leg->state == PBX_CONNECTED || leg->state == PBX_CONFERENCED;
}

/* Its place in the conference, where a leg of the owner's is the owner. ends_lock held. */
static void bridge_place(struct pbx_leg *leg)
{
    struct audio_end *end = end_of(leg);
    const struct pbx_leg *conference = conference_of(leg);
    uint32_t bridge = conference ? conference->id : 0;

    if (!end)
        return;
    if (end->bridge != bridge || bridge)
        unlink_peer(end);
    if (end->bridge != bridge)
        end->dry = 0;
    end->bridge = bridge;
    if (!bridge)
        return;
    end->party = leg->extension == conference->extension ? conference->id : leg->id;
    end->talks = conference->state == PBX_CONNECTED &&
                 (leg == conference || (leg->peer && is_through(leg) && is_through(leg->peer)));
}

/* The conference is held, resumed or over: for all who are in it. */
static void bridge_changed(const struct pbx_leg *conference)
{
    AcquireSRWLockExclusive(&ends_lock);
    for (struct pbx_leg *leg = conference->extension->legs; leg; leg = leg->next) {
        if (leg->conference != conference && leg != conference)
            continue;
        bridge_place(leg);
        if (leg->peer)
            bridge_place(leg->peer);
    }
    ReleaseSRWLockExclusive(&ends_lock);
    if (changed)
        SetEvent(changed);
}

void audio_talk(struct pbx_leg *leg)
{
    struct front_call *call = leg->front;
    struct audio_end *end = NULL, *other;

    if (call && leg->extension) {
        if (call->sound_wanted && has_sound(leg) && !call->audio)
            end_open(leg);
        else if (leg->state == PBX_IDLE || leg->state == PBX_DISCONNECTED)
            end_close(leg);
        end = call->audio;
    }
    if (leg->is_conference && leg->extension) {
        bridge_changed(leg);
        return;
    }
    other = end_of(leg->peer);
    if (!end && !other)
        return;
    BOOL talks = pbx_talks(leg);
    AcquireSRWLockExclusive(&ends_lock);
    if (end) {
        end->talks = talks;
        if (!talks || end->peer != other)
            unlink_peer(end);
    }
    if (other) {
        other->talks = talks;
        if (!talks || other->peer != end)
            unlink_peer(other);
    }
    if (end)
        bridge_place(leg);
    if (other)
        bridge_place(leg->peer);
    if (talks && end && other && !end->bridge && !other->bridge) {
        end->peer = other;
        other->peer = end;
    }
    ReleaseSRWLockExclusive(&ends_lock);
    if (changed)
        SetEvent(changed);
}

void audio_unbind(struct pbx_leg *leg)
{
    end_close(leg);
    if (changed)
        SetEvent(changed);
}

void audio_wanted(struct pbx_leg *leg, DWORD wanted, HTAPIMSPLINE htmsp)
{
    struct front_call *call = leg->front;

    call->sound_wanted |= wanted;
    if (!call->audio) {
        audio_talk(leg);
        return;
    }
    AcquireSRWLockExclusive(&ends_lock);
    end_expect(call->audio, wanted);
    ReleaseSRWLockExclusive(&ends_lock);
    offer(leg, call->audio, TRUE, htmsp); /* that MSP may have missed it */
}

void audio_instance_added(struct pbx_extension *extension, HTAPIMSPLINE htmsp)
{
    for (struct pbx_leg *leg = extension->legs; leg; leg = leg->next) {
        struct audio_end *end = end_of(leg);
        if (end)
            offer(leg, end, TRUE, htmsp);
    }
}

void audio_instance_gone(struct pbx_extension *extension)
{
    struct front_line *line = extension->front;

    if (line->msps)
        return;
    for (struct pbx_leg *leg = extension->legs; leg; leg = leg->next) {
        struct front_call *call = leg->front;
        if (call) {
            call->sound_wanted = 0;
            end_close(leg);
        }
    }
    if (changed)
        SetEvent(changed);
}

void audio_mode(void)
{
    AcquireSRWLockExclusive(&ends_lock);
    stepped = front.pbx && front.pbx->settings.stepped;
    ReleaseSRWLockExclusive(&ends_lock);
    if (changed)
        SetEvent(changed);
}

/* --- the pump --- */

static void copy_out(const struct audio_ring *ring, uint32_t at, void *to, uint32_t size)
{
    uint32_t from = at % AUDIO_RING_BYTES;
    uint32_t first = size < AUDIO_RING_BYTES - from ? size : AUDIO_RING_BYTES - from;

    memcpy(to, ring->bytes + from, first);
    memcpy((uint8_t *)to + first, ring->bytes, size - first);
}

static void copy_in(struct audio_ring *ring, uint32_t at, const void *from, uint32_t size)
{
    uint32_t to = at % AUDIO_RING_BYTES;
    uint32_t first = size < AUDIO_RING_BYTES - to ? size : AUDIO_RING_BYTES - to;

    memcpy(ring->bytes + to, from, first);
    memcpy(ring->bytes, (const uint8_t *)from + first, size - first);
}

/* A format's nAvgBytesPerSec, at offset 8 of WAVEFORMATEX. */
static void note_format(struct audio_end *end, const uint8_t *bytes, uint32_t size)
{
    uint32_t rate;

    if (size < 12)
        return;
    memcpy(&rate, bytes + 8, sizeof(rate));
    if (rate >= 100 && rate <= 100000000)
        end->rate = rate;
}

uint32_t audio_room(struct audio_end *end)
{
    struct audio_ring *heard = &end->port->ring[AUDIO_FROM_EXCHANGE];
    uint32_t full = heard->put - __atomic_load_n(&heard->take, __ATOMIC_ACQUIRE);

    if (full > AUDIO_RING_BYTES) {
        end->port->closed = 1;
        return 0;
    }
    return AUDIO_RING_BYTES - full;
}

BOOL audio_put(struct audio_end *end, const uint8_t *packet, uint32_t size)
{
    struct audio_ring *heard = &end->port->ring[AUDIO_FROM_EXCHANGE];
    uint32_t put = heard->put;

    if (audio_room(end) < size)
        return FALSE;
    copy_in(heard, put, packet, size);
    __atomic_store_n(&heard->put, put + size, __ATOMIC_RELEASE);
    SetEvent(end->put[AUDIO_FROM_EXCHANGE]);
    return TRUE;
}

BOOL audio_hears(struct audio_end *end)
{
    if (__atomic_load_n(&end->port->listening, __ATOMIC_ACQUIRE)) {
        end->patience = 0;
        return TRUE;
    }
    return GetTickCount64() < end->patience;
}

BOOL audio_peek(struct audio_end *end, struct audio_packet *packet, uint8_t *buffer,
                uint32_t *whole)
{
    struct audio_ring *said = &end->port->ring[AUDIO_TO_EXCHANGE];
    uint32_t take = said->take;
    uint32_t used = __atomic_load_n(&said->put, __ATOMIC_ACQUIRE) - take;

    if (!used)
        return FALSE;
    if (used > AUDIO_RING_BYTES || used < sizeof(*packet))
        goto corrupt;
    copy_out(said, take, packet, sizeof(*packet));
    if (packet->size > used - sizeof(*packet))
        goto corrupt;
    *whole = (uint32_t)sizeof(*packet) + packet->size;
    copy_out(said, take, buffer, *whole);
    memcpy(buffer, packet, sizeof(*packet)); /* as it was checked */
    return TRUE;
corrupt:
    end->port->closed = 1;
    end->talks = FALSE;
    return FALSE;
}

void audio_take(struct audio_end *end, const struct audio_packet *packet, const uint8_t *buffer,
                uint32_t whole)
{
    struct audio_ring *said = &end->port->ring[AUDIO_TO_EXCHANGE];

    if (packet->kind == AUDIO_FORMAT && whole <= sizeof(end->format)) {
        memcpy(end->format, buffer, whole); /* goes out before the next data */
        end->format_size = whole;
    }
    if (packet->kind == AUDIO_FORMAT)
        note_format(end, buffer + sizeof(*packet), packet->size);
    if (packet->kind == AUDIO_DATA)
        end->said += packet->size;
    __atomic_store_n(&said->take, said->take + whole, __ATOMIC_RELEASE);
    SetEvent(end->take[AUDIO_TO_EXCHANGE]);
}

/* Moves one packet; FALSE: there is none, or no room for it. Whatever an MSP wrote is checked. */
static BOOL move_packet(struct audio_end *end, uint8_t *buffer)
{
    struct audio_end *peer = end->peer;
    struct audio_packet packet;
    uint32_t whole;

    if (!bridge_flush(end) || !audio_peek(end, &packet, buffer, &whole))
        return FALSE;
    BOOL heard = peer && audio_hears(peer);
    if (peer && !heard)
        peer->told = FALSE; /* what is said is lost on it */
    if (packet.kind == AUDIO_FORMAT && whole <= sizeof(end->format)) {
        if (peer)
            peer->told = FALSE;
    } else if (heard) {
        if (!peer->told && end->format_size && !audio_put(peer, end->format, end->format_size))
            return FALSE;
        peer->told = TRUE;
        if (!audio_put(peer, buffer, whole))
            return FALSE; /* nothing is lost: it waits for the other end */
    }
    audio_take(end, &packet, buffer, whole);
    if (packet.kind == AUDIO_DATA)
        end->credit -= (LONGLONG)packet.size * 1000;
    return TRUE;
}

void audio_earn(struct audio_end *end, uint64_t elapsed)
{
    LONGLONG most = (LONGLONG)end->rate * MAX_CREDIT;

    end->credit += (LONGLONG)end->rate * (LONGLONG)(elapsed < 1000 ? elapsed : 1000);
    if (end->credit > most)
        end->credit = most;
}

static void pump_end(struct audio_end *end, uint64_t elapsed, uint8_t *buffer)
{
    BOOL moved = FALSE;

    if (stepped) {
        while (move_packet(end, buffer))
            ;
        end->credit = 0;
        return;
    }
    audio_earn(end, elapsed);
    while (end->credit > 0 && move_packet(end, buffer))
        moved = TRUE;
    /* Who says nothing saves nothing up, but for one tick. */
    if (!moved && end->credit > (LONGLONG)end->rate * TICK)
        end->credit = (LONGLONG)end->rate * TICK;
}

/* Lets all of a bridge flow, once: at the first of its ends in the list. */
static void pump_bridge(struct audio_end *end, uint64_t elapsed, uint8_t *buffer)
{
    for (struct audio_end *other = ends; other != end; other = other->next)
        if (other->talks && other->bridge == end->bridge)
            return;
    bridge_pump(ends, end->bridge, stepped, elapsed, buffer);
}

static void bury(void)
{
    for (struct audio_end **at = &ends; *at;) {
        struct audio_end *end = *at;
        if (end->closed) {
            *at = end->next;
            end_free(end);
        } else {
            at = &end->next;
        }
    }
}

static DWORD WINAPI pump_main(void *context)
{
    uint8_t *buffer = context;
    uint64_t before = GetTickCount64();

    for (;;) {
        HANDLE waits[MAX_WAITS + 1];
        DWORD count = 0, wait = INFINITE;
        BOOL done;

        waits[count++] = changed;
        AcquireSRWLockExclusive(&ends_lock);
        done = quit;
        bury();
        uint64_t now = GetTickCount64();
        for (struct audio_end *end = ends; end; end = end->next) {
            if (end->talks && end->bridge)
                pump_bridge(end, now - before, buffer);
            else if (end->talks)
                pump_end(end, now - before, buffer);
        }
        for (struct audio_end *end = ends; end; end = end->next) {
            struct audio_end *hearer = end->bridge ? end : end->peer;
            if (now >= end->patience)
                end->patience = 0;
            if (!end->talks)
                continue;
            if (!stepped)
                wait = TICK;
            else if (count + 2 > MAX_WAITS)
                wait = POLL;
            else {
                if (((hearer && hearer->patience) || (end->bridge && end->starved)) && wait > TICK)
                    wait = TICK;
                waits[count++] = end->put[AUDIO_TO_EXCHANGE];
                if (hearer)
                    waits[count++] = hearer->take[AUDIO_FROM_EXCHANGE];
            }
        }
        before = now;
        ReleaseSRWLockExclusive(&ends_lock);
        if (done)
            break;
        WaitForMultipleObjects(count, waits, FALSE, wait);
    }
    free(buffer);
    return 0;
}

LONG audio_start(void)
{
    uint8_t *buffer = malloc(AUDIO_RING_BYTES + sizeof(struct audio_packet));

    quit = FALSE;
    changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (buffer && changed) {
        pump = CreateThread(NULL, 0, pump_main, buffer, 0, NULL);
        if (pump)
            return 0;
    }
    free(buffer);
    if (changed)
        CloseHandle(changed);
    changed = NULL;
    return LINEERR_NOMEM;
}

void audio_stop(void)
{
    if (!pump)
        return;
    AcquireSRWLockExclusive(&ends_lock);
    quit = TRUE;
    ReleaseSRWLockExclusive(&ends_lock);
    SetEvent(changed);
    WaitForSingleObject(pump, INFINITE);
    CloseHandle(pump);
    CloseHandle(changed);
    pump = changed = NULL;
    while (ends) {
        struct audio_end *end = ends;
        ends = end->next;
        end_free(end);
    }
}
