/* audio_bridge.c - a conference's sound: each party hears the sum of what the others say.
 *
 * Who speaks first gives the format. Whoever speaks in it goes into the sum, frame by frame, from
 * when he begins; nothing of it is lost, so a speaker whose MSP is late is waited for. Only when
 * he has been too late for long is he taken for silent, until he says something again. What is said
 * in other formats is not heard. */
#include "audio_private.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK        4096u /* bytes mixed at a time */
#define LATE_REAL    200u  /* ms that a late speaker is waited for */
#define LATE_STEPPED AUDIO_PATIENCE
#define HEAD         (uint32_t)sizeof(struct audio_packet)

static uint32_t speakers; /* ever, for `began` */

static BOOL is_in(const struct audio_end *end, uint32_t bridge)
{
    return end->talks && end->bridge == bridge;
}

static void begins(struct audio_end *end)
{
    if (!end->began)
        end->began = ++speakers ? speakers : ++speakers;
}

static void learn_format(struct audio_end *end)
{
    end->mixable = end->format_size > HEAD &&
                   mix_format_read(&end->mix, end->format + HEAD, end->format_size - HEAD);
}

/* Takes packets until there is a frame to mix, or no more of them. */
static void pull(struct audio_end *end, uint8_t *buffer)
{
    struct audio_packet packet;
    uint32_t whole, block = 1;

    learn_format(end);
    if (end->mixable)
        block = end->mix.block;
    while (end->pending_size < block && audio_peek(end, &packet, buffer, &whole)) {
        if (packet.kind == AUDIO_DATA) {
            if (!end->pending)
                end->pending = malloc(HEAD + AUDIO_RING_BYTES + 256);
            if (!end->pending)
                return;
            memcpy(end->pending + HEAD + end->pending_size, buffer + HEAD, packet.size);
            end->pending_size += packet.size;
            begins(end);
        }
        audio_take(end, &packet, buffer, whole);
        if (packet.kind != AUDIO_DATA)
            end->pending_size = 0; /* less than a frame */
        if (packet.kind == AUDIO_FORMAT) {
            learn_format(end);
            block = end->mixable ? end->mix.block : 1;
            begins(end);
        } else if (packet.kind == AUDIO_END) {
            end->began = 0;
        }
    }
    if (end->pending_size >= block)
        end->dry = 0;
}

static void consume(struct audio_end *end, uint32_t size)
{
    end->pending_size -= size;
    end->credit -= (LONGLONG)size * 1000;
    memmove(end->pending + HEAD, end->pending + HEAD + size, end->pending_size);
}

/* FALSE: the bridge shall wait for what it says. */
static BOOL is_patient(struct audio_end *end, BOOL stepped)
{
    ULONGLONG now = GetTickCount64();

    if (!end->dry)
        end->dry = now ? now : 1;
    if (now - end->dry < (stepped ? LATE_STEPPED : LATE_REAL)) {
        end->starved = TRUE;
        return FALSE;
    }
    end->began = 0;
    end->dry = 0;
    return TRUE;
}

static struct audio_end *first_speaker(struct audio_end *ends, uint32_t bridge)
{
    struct audio_end *first = NULL;

    for (struct audio_end *end = ends; end; end = end->next)
        if (is_in(end, bridge) && end->began && end->mixable &&
            (!first || (int32_t)(end->began - first->began) < 0))
            first = end;
    return first;
}

static BOOL counts(const struct audio_end *end, uint32_t bridge, const struct mix_format *format)
{
    return is_in(end, bridge) && end->began && end->mixable && mix_format_equal(&end->mix, format);
}

/* Bytes that can be mixed now, 0: none. */
static uint32_t ready(struct audio_end *ends, uint32_t bridge, const struct mix_format *format,
                      BOOL stepped)
{
    uint32_t size = CHUNK - CHUNK % format->block;
    BOOL waits = FALSE, any = FALSE;

    for (struct audio_end *end = ends; end; end = end->next) {
        if (!counts(end, bridge, format))
            continue;
        if (end->pending_size < format->block) {
            waits |= !is_patient(end, stepped);
            continue;
        }
        any = TRUE;
        if (end->pending_size < size)
            size = end->pending_size;
        if (!stepped && end->credit < (LONGLONG)size * 1000)
            size = end->credit > 0 ? (uint32_t)(end->credit / 1000) : 0;
    }
    return waits || !any ? 0 : size - size % format->block;
}

/* What one end hears of a chunk; FALSE: nobody but itself speaks. */
static BOOL sum_for(const struct audio_end *hearer, struct audio_end *ends,
                    const struct mix_format *format, int32_t *sum, uint32_t size)
{
    uint32_t samples = size * 8 / format->bits;
    BOOL any = FALSE;

    memset(sum, 0, samples * sizeof(*sum));
    for (struct audio_end *end = ends; end; end = end->next) {
        if (end->party == hearer->party || !counts(end, hearer->bridge, format) ||
            end->pending_size < format->block)
            continue;
        mix_add(sum, end->pending + HEAD, samples, format->bits);
        any = TRUE;
    }
    return any;
}

static BOOL have_room(struct audio_end *ends, uint32_t bridge, uint32_t size)
{
    for (struct audio_end *end = ends; end; end = end->next)
        if (is_in(end, bridge) && audio_hears(end) &&
            audio_room(end) < size + HEAD + sizeof(end->format))
            return FALSE;
    return TRUE;
}

static void tell(struct audio_end *hearer, const struct audio_end *speaker)
{
    if (hearer->told && mix_format_equal(&hearer->hear, &speaker->mix))
        return;
    hearer->told = audio_put(hearer, speaker->format, speaker->format_size);
    hearer->hear = speaker->mix;
}

/* Mixes one chunk; FALSE: there is none, or no room for it. */
static BOOL mix_chunk(struct audio_end *ends, uint32_t bridge, BOOL stepped)
{
    static int32_t sum[CHUNK];
    static uint8_t mixed[HEAD + CHUNK];
    struct audio_end *first = first_speaker(ends, bridge);

    if (!first)
        return FALSE;
    struct mix_format format = first->mix;
    uint32_t size = ready(ends, bridge, &format, stepped);
    if (!size || !have_room(ends, bridge, size))
        return FALSE;
    for (struct audio_end *end = ends; end; end = end->next) {
        struct audio_packet head = {AUDIO_DATA, size};

        if (!is_in(end, bridge))
            continue;
        if (!audio_hears(end)) {
            end->told = FALSE; /* what is said is lost on it */
        } else if (sum_for(end, ends, &format, sum, size)) {
            tell(end, first);
            memcpy(mixed, &head, HEAD);
            mix_write(mixed + HEAD, sum, size * 8 / format.bits, format.bits);
            audio_put(end, mixed, HEAD + size);
        }
    }
    for (struct audio_end *end = ends; end; end = end->next)
        if (counts(end, bridge, &format) && end->pending_size >= format.block)
            consume(end, size);
    return TRUE;
}

/* What cannot be mixed goes at its own pace, unheard. */
static BOOL drop_unmixable(struct audio_end *ends, uint32_t bridge, BOOL stepped)
{
    struct audio_end *first = first_speaker(ends, bridge);
    BOOL dropped = FALSE;

    for (struct audio_end *end = ends; end; end = end->next) {
        if (!is_in(end, bridge) || !end->pending_size || (end->credit <= 0 && !stepped) ||
            (end->mixable && (!first || mix_format_equal(&end->mix, &first->mix))))
            continue;
        consume(end, end->pending_size);
        dropped = TRUE;
    }
    return dropped;
}

void bridge_pump(struct audio_end *ends, uint32_t bridge, BOOL stepped, uint64_t elapsed,
                 uint8_t *buffer)
{
    BOOL moved, any = FALSE;

    for (struct audio_end *end = ends; end; end = end->next)
        if (is_in(end, bridge))
            audio_earn(end, elapsed);
    do {
        for (struct audio_end *end = ends; end; end = end->next) {
            if (!is_in(end, bridge))
                continue;
            end->starved = FALSE;
            pull(end, buffer);
        }
        moved = drop_unmixable(ends, bridge, stepped);
        moved |= mix_chunk(ends, bridge, stepped);
        any |= moved;
    } while (moved);
    for (struct audio_end *end = ends; end; end = end->next)
        if (is_in(end, bridge) && (stepped || (!any && end->credit > (LONGLONG)end->rate * TICK)))
            end->credit = stepped ? 0 : (LONGLONG)end->rate * TICK;
}

BOOL bridge_flush(struct audio_end *end)
{
    struct audio_packet head = {AUDIO_DATA, end->pending_size};
    struct audio_end *peer = end->peer;

    if (end->pending_size && peer && audio_hears(peer)) {
        if (!peer->told && end->format_size && !audio_put(peer, end->format, end->format_size))
            return FALSE;
        peer->told = TRUE;
        memcpy(end->pending, &head, HEAD);
        if (!audio_put(peer, end->pending, HEAD + end->pending_size))
            return FALSE;
    }
    end->pending_size = 0;
    end->began = 0;
    end->dry = 0;
    return TRUE;
}
