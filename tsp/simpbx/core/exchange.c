/* exchange.c - what the exchange is made of: extensions, outside numbers, legs by handle, the log.
 */
#include "acd.h"
#include "inside.h"
#include "phone.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACE_BITS      20
#define PLACE_MASK      ((1u << PLACE_BITS) - 1)
#define GENERATION_MASK ((1u << (31 - PLACE_BITS)) - 1) /* handles stay positive LONGs */

void pbx_defaults(struct pbx_settings *s)
{
    memset(s, 0, sizeof(*s));
    s->bandwidth = 100000;
    s->calls = 4;
    s->conference = 8;
    s->call_waiting = true;
    s->no_answer = 120000;
    s->ring_cycle = 6000;
    s->digit_time = 100;
    s->digit_gap = 50;
    strcpy(s->prefix, "9");
    strcpy(s->park_first, "700");
    s->park_count = 10;
    s->audio_rate = 8000;
    s->audio_bits = 16;
    s->audio_channels = 1;
}

static uint32_t hash(const char *number)
{
    uint32_t value = 2166136261u;

    for (; *number; number++)
        value = (value ^ (unsigned char)*number) * 16777619u;
    return value;
}

static void index_put(struct pbx *pbx, uint32_t place)
{
    size_t slot = hash(pbx->extensions[place]->party.number) & (pbx->number_slots - 1);

    while (pbx->number_index[slot])
        slot = (slot + 1) & (pbx->number_slots - 1);
    pbx->number_index[slot] = place + 1;
}

struct pbx_extension *pbx_find_extension(const struct pbx *pbx, const char *number)
{
    if (!pbx->number_slots)
        return NULL;
    size_t slot = hash(number) & (pbx->number_slots - 1);
    for (; pbx->number_index[slot]; slot = (slot + 1) & (pbx->number_slots - 1)) {
        struct pbx_extension *e = pbx->extensions[pbx->number_index[slot] - 1];
        if (!strcmp(e->party.number, number))
            return e;
    }
    return NULL;
}

struct pbx_extension *pbx_add_extension(struct pbx *pbx, const char *number, const char *name)
{
    struct pbx_extension *e;

    if (pbx->extension_count == PBX_MAX_EXTENSIONS || pbx_find_extension(pbx, number))
        return NULL;
    if (pbx->extension_count == pbx->extension_capacity) {
        size_t capacity = pbx->extension_capacity ? 2 * pbx->extension_capacity : 16;
        void *grown = realloc(pbx->extensions, capacity * sizeof(*pbx->extensions));
        if (!grown)
            return NULL;
        pbx->extensions = grown;
        pbx->extension_capacity = capacity;
    }
    if (2 * (pbx->extension_count + 1) > pbx->number_slots) {
        size_t slots = pbx->number_slots ? 2 * pbx->number_slots : 32;
        uint32_t *index = calloc(slots, sizeof(*index));
        if (!index)
            return NULL;
        free(pbx->number_index);
        pbx->number_index = index;
        pbx->number_slots = slots;
        for (uint32_t i = 0; i < pbx->extension_count; i++)
            index_put(pbx, i);
    }
    e = calloc(1, sizeof(*e));
    if (!e)
        return NULL;
    e->pbx = pbx;
    e->index = (uint32_t)pbx->extension_count;
    pbx_copy(e->party.number, sizeof(e->party.number), number);
    pbx_copy(e->party.name, sizeof(e->party.name), name);
    pbx->extensions[pbx->extension_count++] = e;
    index_put(pbx, e->index);
    pbx_line_status_begin(e);
    return e;
}

int32_t pbx_set_outside(struct pbx *pbx, const char *pattern, const char *name,
                        const struct pbx_behaviour *behaviour)
{
    struct pbx_outside *o = NULL;

    for (size_t i = 0; i < pbx->outside_count && !o; i++)
        if (!strcmp(pbx->outside[i].pattern, pattern))
            o = &pbx->outside[i];
    if (!o) {
        if (pbx->outside_count == pbx->outside_capacity) {
            size_t capacity = pbx->outside_capacity ? 2 * pbx->outside_capacity : 16;
            void *grown = realloc(pbx->outside, capacity * sizeof(*pbx->outside));
            if (!grown)
                return PBX_ERR_NOMEM;
            pbx->outside = grown;
            pbx->outside_capacity = capacity;
        }
        o = &pbx->outside[pbx->outside_count++];
        memset(o, 0, sizeof(*o));
        pbx_copy(o->pattern, sizeof(o->pattern), pattern);
    }
    if (name && *name)
        pbx_copy(o->name, sizeof(o->name), name);
    o->behaviour = *behaviour;
    return PBX_OK;
}

struct pbx *pbx_create(const struct pbx_events *events, void *context)
{
    struct pbx *pbx = calloc(1, sizeof(*pbx));

    if (!pbx)
        return NULL;
    pbx->events = events;
    pbx->context = context;
    pbx->next_call_id = 1;
    pbx_defaults(&pbx->settings);
    return pbx;
}

static void free_extensions(struct pbx *pbx)
{
    pbx_free_phones(pbx);
    for (size_t i = 0; i < pbx->extension_count; i++) {
        pbx_media_rules_free(&pbx->extensions[i]->media_rules);
        free(pbx->extensions[i]->rules);
        free(pbx->extensions[i]->acd);
        free(pbx->extensions[i]);
    }
    pbx->extension_count = 0;
    free(pbx->number_index);
    pbx->number_index = NULL;
    pbx->number_slots = 0;
}

void pbx_clear_calls(struct pbx *pbx)
{
    size_t place = 0;

    pbx_completions_clear(pbx);
    for (struct pbx_leg *leg; (leg = pbx_next_leg(pbx, &place));)
        pbx_end(leg);
    pbx_phones_hang_up(pbx);
}

void pbx_destroy(struct pbx *pbx)
{
    size_t place = 0;

    if (!pbx)
        return;
    pbx_set_callers(pbx, NULL, 0);
    pbx_clear_calls(pbx);
    for (struct pbx_leg *leg; (leg = pbx_next_leg(pbx, &place));)
        pbx_leg_release(leg);
    free_extensions(pbx);
    free(pbx->extensions);
    free(pbx->outside);
    free(pbx->legs);
    free(pbx->leg_generation);
    free(pbx->leg_free);
    pbx_clock_free(&pbx->clock);
    free(pbx);
}

int32_t pbx_configure(struct pbx *pbx, const struct pbx_config *config, bool keep_extensions)
{
    bool stepped = pbx->settings.stepped;

    if (!keep_extensions) {
        pbx_clear_calls(pbx);
        if (!pbx->leg_count)
            free_extensions(pbx);
    }
    pbx->settings = config->settings;
    pbx->settings.stepped = stepped;
    pbx->outside_count = 0;
    for (size_t i = 0; i < config->outside_count; i++) {
        const struct pbx_outside *o = &config->outside[i];
        if (pbx_set_outside(pbx, o->pattern, o->name, &o->behaviour) != PBX_OK)
            return PBX_ERR_NOMEM;
    }
    for (size_t i = 0; i < config->extension_count; i++) {
        const struct pbx_config_extension *c = &config->extensions[i];
        struct pbx_extension *e = pbx_find_extension(pbx, c->number);
        if (!e)
            e = pbx_add_extension(pbx, c->number, c->name);
        if (!e)
            return PBX_ERR_NOMEM;
        pbx_copy(e->party.name, sizeof(e->party.name), c->name);
        memcpy(e->group, c->group, sizeof(e->group));
        memcpy(e->forward, c->forward, sizeof(e->forward));
        pbx_line_status_begin(e);
    }
    for (size_t i = 0; i < config->acd_count; i++) {
        if (!pbx_acd_set(pbx_find_extension(pbx, config->acds[i].extension), &config->acds[i]))
            return PBX_ERR_NOMEM;
    }
    for (size_t i = 0; i < config->phone_count; i++) {
        struct pbx_extension *e = pbx_find_extension(pbx, config->phones[i].extension);
        if (!e->phone && !pbx_add_phone(e, &config->phones[i]))
            return PBX_ERR_NOMEM;
    }
    pbx_set_bandwidth(pbx, config->settings.bandwidth);
    return pbx_set_callers(pbx, config->callers, config->caller_count);
}

/* --- legs by handle --- */

struct pbx_leg *pbx_leg_find(const struct pbx *pbx, uint32_t id)
{
    uint32_t place = id & PLACE_MASK;

    if (place >= pbx->leg_capacity || !pbx->legs[place] || pbx->legs[place]->id != id)
        return NULL;
    return pbx->legs[place];
}

struct pbx_leg *pbx_next_leg(const struct pbx *pbx, size_t *place)
{
    while (*place < pbx->leg_capacity) {
        struct pbx_leg *leg = pbx->legs[(*place)++];
        if (leg)
            return leg;
    }
    return NULL;
}

static bool leg_places_grow(struct pbx *pbx)
{
    size_t old = pbx->leg_capacity, capacity = old ? 2 * old : 64;

    if (capacity > PBX_MAX_LEGS)
        return false;
    void *legs = realloc(pbx->legs, capacity * sizeof(*pbx->legs));
    if (!legs)
        return false;
    pbx->legs = legs;
    void *generation = realloc(pbx->leg_generation, capacity * sizeof(*pbx->leg_generation));
    if (!generation)
        return false;
    pbx->leg_generation = generation;
    void *places = realloc(pbx->leg_free, capacity * sizeof(*pbx->leg_free));
    if (!places)
        return false;
    pbx->leg_free = places;
    memset(pbx->legs + old, 0, (capacity - old) * sizeof(*pbx->legs));
    memset(pbx->leg_generation + old, 0, (capacity - old) * sizeof(*pbx->leg_generation));
    for (size_t place = capacity; place > old; place--)
        pbx->leg_free[pbx->leg_free_count++] = (uint32_t)place - 1;
    pbx->leg_capacity = capacity;
    return true;
}

int32_t pbx_leg_create(struct pbx *pbx, struct pbx_extension *extension, struct pbx_leg **out)
{
    struct pbx_leg **list = extension ? &extension->legs : &pbx->outside_legs;

    *out = NULL;
    if (!pbx->leg_free_count && !leg_places_grow(pbx))
        return PBX_ERR_NOMEM;
    if (!pbx_clock_reserve(&pbx->clock, PBX_LEG_TIMERS))
        return PBX_ERR_NOMEM;
    struct pbx_leg *leg = calloc(1, sizeof(*leg));
    if (!leg) {
        pbx_clock_unreserve(&pbx->clock, PBX_LEG_TIMERS);
        return PBX_ERR_NOMEM;
    }
    uint32_t place = pbx->leg_free[--pbx->leg_free_count];
    pbx->leg_generation[place] = (pbx->leg_generation[place] + 1) & GENERATION_MASK;
    if (!pbx->leg_generation[place])
        pbx->leg_generation[place] = 1;
    leg->id = pbx->leg_generation[place] << PLACE_BITS | place;
    leg->pbx = pbx;
    leg->extension = extension;
    leg->state = PBX_IDLE;
    leg->seen_order = ++pbx->next_order;
    leg->reason = PBX_REASON_DIRECT;
    leg->media_mode = 0x4;  /* LINEMEDIAMODE_INTERACTIVEVOICE */
    leg->bearer_mode = 0x1; /* LINEBEARERMODE_VOICE */
    if (extension) {
        leg->self = extension->party;
        memcpy(leg->terminals, extension->terminals, sizeof(leg->terminals));
    }
    pbx->legs[place] = leg;
    pbx->leg_count++;
    if (!extension && pbx->outside_last) {
        leg->previous = pbx->outside_last;
        list = &leg->previous->next;
    }
    while (*list) {
        leg->previous = *list;
        list = &(*list)->next;
    }
    *list = leg;
    if (!extension)
        pbx->outside_last = leg;
    *out = leg;
    return PBX_OK;
}

/* Ends the memory of a leg that is idle and that TAPI does not hold. */
void pbx_leg_free(struct pbx_leg *leg)
{
    struct pbx *pbx = leg->pbx;
    uint32_t place = leg->id & PLACE_MASK;

    pbx->events->gone(pbx->context, leg);
    pbx_timer_cancel(&pbx->clock, &leg->progress_timer);
    pbx_timer_cancel(&pbx->clock, &leg->ring_timer);
    pbx_timer_cancel(&pbx->clock, &leg->generate_timer);
    pbx_timer_cancel(&pbx->clock, &leg->gather_timer);
    pbx_clock_unreserve(&pbx->clock, PBX_LEG_TIMERS);
    if (pbx->outside_last == leg)
        pbx->outside_last = leg->previous;
    if (leg->next)
        leg->next->previous = leg->previous;
    if (leg->previous)
        leg->previous->next = leg->next;
    else if (leg->extension)
        leg->extension->legs = leg->next;
    else
        pbx->outside_legs = leg->next;
    pbx->legs[place] = NULL;
    pbx->leg_free[pbx->leg_free_count++] = place;
    pbx->leg_count--;
    free(leg->gather.digits);
    pbx_media_rules_free(&leg->media_rules);
    free(leg->user_user.data);
    free(leg->call_data.data);
    free(leg);
}

bool pbx_blob_set(struct pbx_blob *blob, const void *data, uint32_t size)
{
    uint8_t *copy = NULL;

    if (size) {
        copy = malloc(size);
        if (!copy)
            return false;
        memcpy(copy, data, size);
    }
    free(blob->data);
    blob->data = copy;
    blob->size = size;
    return true;
}

/* --- the log --- */

void pbx_log(struct pbx *pbx, const char *from, const char *to, const char *format, ...)
{
    char what[200];
    va_list list;

    if (!pbx->events->log)
        return;
    va_start(list, format);
    vsnprintf(what, sizeof(what), format, list);
    va_end(list);
    pbx->events->log(pbx->context, pbx->clock.now, from, to, what);
}

const char *pbx_state_name(enum pbx_state state)
{
    switch (state) {
    case PBX_IDLE:
        return "idle";
    case PBX_OFFERING:
        return "offering";
    case PBX_ACCEPTED:
        return "accepted";
    case PBX_DIALTONE:
        return "dialtone";
    case PBX_DIALING:
        return "dialing";
    case PBX_RINGBACK:
        return "ringback";
    case PBX_BUSY:
        return "busy";
    case PBX_CONNECTED:
        return "connected";
    case PBX_PROCEEDING:
        return "proceeding";
    case PBX_ONHOLD:
        return "onhold";
    case PBX_CONFERENCED:
        return "conferenced";
    case PBX_ONHOLDPENDCONF:
        return "onholdpendconf";
    case PBX_ONHOLDPENDTRANSFER:
        return "onholdpendtransfer";
    case PBX_DISCONNECTED:
        return "disconnected";
    }
    return "unknown";
}
