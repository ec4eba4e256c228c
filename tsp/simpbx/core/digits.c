/* digits.c - digits and tones, carried beside the sound from one end of a call to the other. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#define PAUSE        2000u /* ms of a comma */
#define DEFAULT_TONE 1000u /* ms of a tone of no given length */

/* --- gathering --- */

static void gather_end(struct pbx_leg *leg, enum pbx_gather_end why)
{
    pbx_timer_cancel(&leg->pbx->clock, &leg->gather_timer);
    leg->gather.active = false;
    leg->gather.digits[leg->gather.count] = 0;
    leg->pbx->events->gathered(leg->pbx->context, leg, why);
}

void pbx_gather_cancel(struct pbx_leg *leg)
{
    if (leg->gather.active)
        gather_end(leg, PBX_GATHER_CANCEL);
}

static void gather_due(void *context)
{
    struct pbx_leg *leg = context;

    gather_end(leg, leg->gather.count ? PBX_GATHER_INTER : PBX_GATHER_FIRST);
}

static void gather_digit(struct pbx_leg *leg, char digit)
{
    struct pbx_gather *g = &leg->gather;

    g->digits[g->count++] = digit;
    if (strchr(g->terminators, digit))
        gather_end(leg, PBX_GATHER_DIGIT);
    else if (g->count == g->wanted)
        gather_end(leg, PBX_GATHER_FULL);
    else if (g->inter_timeout)
        pbx_timer_set(&leg->pbx->clock, &leg->gather_timer, g->inter_timeout, gather_due, leg);
    else
        pbx_timer_cancel(&leg->pbx->clock, &leg->gather_timer);
}

int32_t pbx_gather_digits(struct pbx_leg *leg, uint32_t end_to_end, uint32_t modes, uint32_t count,
                          const char *terminators, uint32_t first_timeout, uint32_t inter_timeout)
{
    struct pbx_gather *g = &leg->gather;

    if (leg->state != PBX_CONNECTED)
        return PBX_ERR_INVALCALLSTATE;
    if (!modes || (modes & ~(uint32_t)(PBX_DIGIT_PULSE | PBX_DIGIT_DTMF)))
        return PBX_ERR_INVALDIGITMODE;
    if (!count || count > PBX_GATHER_MAX)
        return PBX_ERR_INVALPARAM;
    if (strlen(terminators) >= sizeof(g->terminators))
        return PBX_ERR_INVALDIGITS;
    for (const char *s = terminators; *s; s++)
        if (!pbx_is_digit(*s))
            return PBX_ERR_INVALDIGITS;
    char *digits = malloc(count + 1);
    if (!digits)
        return PBX_ERR_NOMEM;
    pbx_gather_cancel(leg);
    free(g->digits);
    memset(g, 0, sizeof(*g));
    g->active = true;
    g->end_to_end = end_to_end;
    g->modes = modes;
    g->wanted = count;
    g->digits = digits;
    strcpy(g->terminators, terminators);
    g->first_timeout = first_timeout;
    g->inter_timeout = inter_timeout;
    if (first_timeout)
        pbx_timer_set(&leg->pbx->clock, &leg->gather_timer, first_timeout, gather_due, leg);
    return PBX_OK;
}

/* --- monitoring --- */

static bool may_monitor(const struct pbx_leg *leg)
{
    return leg->state != PBX_IDLE && leg->state != PBX_DISCONNECTED && !leg->is_conference;
}

int32_t pbx_monitor_digits(struct pbx_leg *leg, uint32_t modes)
{
    if (modes & ~(uint32_t)(PBX_DIGIT_PULSE | PBX_DIGIT_DTMF | PBX_DIGIT_DTMFEND))
        return PBX_ERR_INVALDIGITMODE;
    if (modes && !may_monitor(leg))
        return PBX_ERR_INVALCALLSTATE;
    if (leg->monitor_digits != modes) {
        leg->monitor_digits = modes;
        pbx_info_changed(leg, PBX_INFO_MONITORMODES);
    }
    return PBX_OK;
}

int32_t pbx_monitor_tones(struct pbx_leg *leg, uint32_t list, const struct pbx_tone *tones,
                          uint32_t count)
{
    if (count > PBX_TONES)
        return PBX_ERR_INVALTONE;
    if (count && !may_monitor(leg))
        return PBX_ERR_INVALCALLSTATE;
    /* Every application has a list of its own; a list replaces the one of the same number. */
    uint32_t kept = 0, others = 0;
    for (uint32_t i = 0; i < leg->tone_count; i++)
        others += leg->tones[i].list != list;
    if (others + count > PBX_TONES_LEG)
        return PBX_ERR_RESOURCEUNAVAIL;
    for (uint32_t i = 0; i < leg->tone_count; i++)
        if (leg->tones[i].list != list)
            leg->tones[kept++] = leg->tones[i];
    for (uint32_t i = 0; i < count; i++) {
        leg->tones[kept] = tones[i];
        leg->tones[kept++].list = list;
    }
    leg->tone_count = kept;
    return PBX_OK;
}

static void hear_digit(struct pbx_leg *leg, char digit, uint32_t mode)
{
    const struct pbx_events *events = leg->pbx->events;

    if (leg->held_by_front && (leg->monitor_digits & mode))
        events->digit(leg->pbx->context, leg, digit, mode);
    if (leg->held_by_front && mode == PBX_DIGIT_DTMF && (leg->monitor_digits & PBX_DIGIT_DTMFEND))
        events->digit(leg->pbx->context, leg, digit, PBX_DIGIT_DTMFEND);
    pbx_media_digit(leg, digit, mode);
    if (leg->gather.active && (leg->gather.modes & mode))
        gather_digit(leg, digit);
}

static bool is_near(uint32_t a, uint32_t b)
{
    uint32_t difference = a > b ? a - b : b - a;

    return difference <= (a > b ? a : b) / 50; /* 2 % */
}

bool pbx_tone_matches(const struct pbx_tone *tone, const uint32_t frequency[3])
{
    bool used[3] = {false, false, false};

    for (int i = 0; i < 3; i++) {
        int found = -1;
        for (int j = 0; j < 3 && found < 0; j++)
            if (!used[j] && is_near(tone->frequency[i], frequency[j]))
                found = j;
        if (found < 0)
            return false;
        used[found] = true;
    }
    return true;
}

static void hear_tone(struct pbx_leg *leg, const uint32_t frequency[3], uint32_t duration)
{
    pbx_media_tone(leg, frequency, duration);
    if (!leg->held_by_front)
        return;
    for (uint32_t i = 0; i < leg->tone_count; i++)
        if (duration >= leg->tones[i].duration && pbx_tone_matches(&leg->tones[i], frequency))
            leg->pbx->events->tone(leg->pbx->context, leg, leg->tones[i].app_specific,
                                   leg->tones[i].list);
}

/* --- generating --- */

static void generate_end(struct pbx_leg *leg, uint32_t why)
{
    pbx_timer_cancel(&leg->pbx->clock, &leg->generate_timer);
    leg->generate.active = false;
    if (leg->held_by_front)
        leg->pbx->events->generated(leg->pbx->context, leg, leg->generate.end_to_end, why);
}

static void generate_due(void *context);

static void generate_next(struct pbx_leg *leg, uint32_t gap)
{
    uint32_t time = leg->generate.duration;

    if (!leg->generate.tone && leg->generate.digits[leg->generate.next] == ',')
        time = PAUSE;
    pbx_timer_set(&leg->pbx->clock, &leg->generate_timer, (uint64_t)gap + time, generate_due, leg);
}

static void generate_due(void *context)
{
    struct pbx_leg *leg = context;
    struct pbx_leg *peer = pbx_talks(leg) ? leg->peer : NULL;

    if (leg->generate.tone) {
        if (peer)
            hear_tone(peer, leg->generate.frequency, leg->generate.duration);
        generate_end(leg, PBX_GENERATE_DONE);
        return;
    }
    char digit = leg->generate.digits[leg->generate.next++];
    if (peer && digit != ',')
        hear_digit(peer, digit, leg->generate.mode);
    if (leg->generate.next == leg->generate.count)
        generate_end(leg, PBX_GENERATE_DONE);
    else
        generate_next(leg, leg->pbx->settings.digit_gap);
}

static void generate_begin(struct pbx_leg *leg, uint32_t end_to_end, uint32_t mode,
                           uint32_t duration)
{
    if (leg->generate.active)
        generate_end(leg, PBX_GENERATE_CANCEL);
    memset(&leg->generate, 0, sizeof(leg->generate));
    leg->generate.active = true;
    leg->generate.end_to_end = end_to_end;
    leg->generate.mode = mode;
    leg->generate.duration = duration;
}

int32_t pbx_generate_digits(struct pbx_leg *leg, uint32_t end_to_end, uint32_t mode,
                            const char *digits, uint32_t duration)
{
    if (leg->state != PBX_CONNECTED || leg->is_conference)
        return PBX_ERR_INVALCALLSTATE;
    if (!digits) {
        if (leg->generate.active)
            generate_end(leg, PBX_GENERATE_CANCEL);
        return PBX_OK;
    }
    if (mode != PBX_DIGIT_PULSE && mode != PBX_DIGIT_DTMF)
        return PBX_ERR_INVALDIGITMODE;
    size_t length = strlen(digits);
    if (!length || length >= PBX_DIGITS)
        return PBX_ERR_INVALDIGITS;
    for (const char *s = digits; *s; s++)
        if (*s != ',' && (!pbx_is_digit(*s) || (mode == PBX_DIGIT_PULSE && (*s < '0' || *s > '9'))))
            return PBX_ERR_INVALDIGITS;
    generate_begin(leg, end_to_end, mode, duration ? duration : leg->pbx->settings.digit_time);
    memcpy(leg->generate.digits, digits, length + 1);
    leg->generate.count = (uint32_t)length;
    pbx_log(leg->pbx, leg->self.number, leg->peer ? leg->peer->self.number : "", "presses %s",
            digits);
    generate_next(leg, 0);
    return PBX_OK;
}

int32_t pbx_generate_tone(struct pbx_leg *leg, uint32_t end_to_end, uint32_t mode,
                          uint32_t duration, const uint32_t *frequencies, uint32_t count)
{
    static const struct {
        uint32_t mode, frequency[3];
    } tones[] = {
        {PBX_TONE_RINGBACK, {440, 480, 0}},
        {PBX_TONE_BUSY, {480, 620, 0}},
        {PBX_TONE_BEEP, {1400, 0, 0}},
        {PBX_TONE_BILLING, {12000, 0, 0}},
    };
    uint32_t chosen[3] = {0, 0, 0};
    size_t i = 0;

    if (leg->state != PBX_CONNECTED || leg->is_conference)
        return PBX_ERR_INVALCALLSTATE;
    if (!mode) {
        if (leg->generate.active)
            generate_end(leg, PBX_GENERATE_CANCEL);
        return PBX_OK;
    }
    if (mode == PBX_TONE_CUSTOM) {
        if (!count || count > 3)
            return PBX_ERR_INVALTONE;
        for (i = 0; i < count; i++)
            chosen[i] = frequencies[i];
    } else {
        while (i < sizeof(tones) / sizeof(*tones) && tones[i].mode != mode)
            i++;
        if (i == sizeof(tones) / sizeof(*tones))
            return PBX_ERR_INVALTONEMODE;
        memcpy(chosen, tones[i].frequency, sizeof(chosen));
    }
    generate_begin(leg, end_to_end, mode, duration ? duration : DEFAULT_TONE);
    leg->generate.tone = true;
    memcpy(leg->generate.frequency, chosen, sizeof(chosen));
    generate_next(leg, 0);
    return PBX_OK;
}

void pbx_digits_stop(struct pbx_leg *leg)
{
    if (leg->generate.active)
        generate_end(leg, PBX_GENERATE_CANCEL);
    pbx_gather_cancel(leg);
}
