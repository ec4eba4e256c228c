/* outside.c - outside parties, and the hand that steers any party (the control object). */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

static void answer_due(void *context)
{
    pbx_answer(context, NULL);
}

static void hangup_due(void *context)
{
    pbx_drop(context, NULL);
}

static void digits_due(void *context)
{
    struct pbx_leg *leg = context;

    pbx_generate_digits(leg, 0, PBX_DIGIT_DTMF, leg->behaviour.digits, 0);
}

static void ring_out_due(void *context)
{
    struct pbx_leg *leg = context, *caller = leg->peer;

    pbx_log(leg->pbx, leg->self.number, caller ? caller->self.number : "", "does not answer");
    if (caller) {
        leg->peer = caller->peer = NULL;
        pbx_disconnect(caller, PBX_DISC_NOANSWER);
    }
    pbx_end(leg);
}

void pbx_outside_rings(struct pbx_leg *leg)
{
    struct pbx_clock *clock = &leg->pbx->clock;
    const struct pbx_behaviour *b = &leg->behaviour;
    uint32_t limit = leg->peer->ring_limit ? leg->peer->ring_limit : leg->pbx->settings.no_answer;

    switch (b->kind) {
    case PBX_OUTSIDE_ANSWER:
    case PBX_OUTSIDE_DROP:
        if (b->after)
            pbx_timer_set(clock, &leg->progress_timer, b->after, answer_due, leg);
        else
            pbx_answer(leg, NULL);
        break;
    case PBX_OUTSIDE_REJECT:
        if (b->after)
            pbx_timer_set(clock, &leg->progress_timer, b->after, hangup_due, leg);
        else
            pbx_drop(leg, NULL);
        break;
    case PBX_OUTSIDE_RING:
        if (b->after)
            limit = b->after;
        /* fall through */
    default:
        if (limit)
            pbx_timer_set(clock, &leg->progress_timer, limit, ring_out_due, leg);
        break;
    }
}

void pbx_outside_answered(struct pbx_leg *leg)
{
    const struct pbx_behaviour *b = &leg->behaviour;

    /* Outside parties do not ring: their ring timer is free for the digits. */
    if (b->digits[0])
        pbx_timer_set(&leg->pbx->clock, &leg->ring_timer, b->digits_after, digits_due, leg);
    if (b->hangs_up)
        pbx_timer_set(&leg->pbx->clock, &leg->progress_timer, b->hangup_after, hangup_due, leg);
}

static int32_t call_extension(struct pbx *pbx, const char *from, const char *name, const char *to,
                              const struct pbx_behaviour *behaviour, uint32_t *call_id)
{
    char number[PBX_NUMBER];
    struct pbx_leg *leg;
    bool partial;

    *call_id = 0;
    if (!pbx_number_clean(number, to, &partial) || partial || !pbx_find_extension(pbx, number))
        return PBX_ERR_INVALADDRESS;
    int32_t result = pbx_leg_create(pbx, NULL, &leg);
    if (result != PBX_OK)
        return result;
    pbx_copy(leg->self.number, sizeof(leg->self.number), from);
    pbx_copy(leg->self.name, sizeof(leg->self.name), name);
    pbx_copy(leg->dialed, sizeof(leg->dialed), number);
    leg->originator = true;
    if (behaviour)
        leg->behaviour = *behaviour;
    leg->call_id = pbx->next_call_id++;
    pbx_set_state(leg, PBX_PROCEEDING, 0);
    pbx_log(pbx, leg->self.number, number, "calls");
    uint32_t id = leg->call_id, mode = pbx_route(leg, number, PBX_REASON_DIRECT, NULL, 0);
    if (mode) {
        pbx_log(pbx, number, leg->self.number, "busy");
        pbx_end(leg);
        return PBX_ERR_CALLUNAVAIL;
    }
    pbx_ringing(leg);
    *call_id = id;
    return PBX_OK;
}

int32_t pbx_inject(struct pbx *pbx, const char *from, const char *name, const char *to,
                   uint32_t *call_id)
{
    return call_extension(pbx, from, name, to, NULL, call_id);
}

/* --- steering --- */

typedef bool test(const struct pbx_leg *leg);

static bool can_answer(const struct pbx_leg *leg)
{
    return (leg->state == PBX_OFFERING || leg->state == PBX_ACCEPTED) && leg->peer;
}

static bool can_hang_up(const struct pbx_leg *leg)
{
    return leg->state != PBX_IDLE && leg->state != PBX_DISCONNECTED;
}

static bool can_press(const struct pbx_leg *leg)
{
    return leg->state == PBX_CONNECTED && !leg->is_conference;
}

/* The oldest leg that passes, of a number or a call. Of a call's two ends the outside one goes
 * first, then the one that was called. */
static struct pbx_leg *find(const struct pbx *pbx, const char *number, uint32_t call_id,
                            test *passes)
{
    char clean[PBX_NUMBER];
    struct pbx_leg *best = NULL;
    uint32_t best_rank = 0;
    size_t place = 0;
    bool partial;

    /* Callers injected with a number that cannot be dialed are found by it all the same. */
    if (number && !pbx_number_clean(clean, number, &partial))
        clean[0] = 0;
    for (struct pbx_leg *leg; (leg = pbx_next_leg(pbx, &place));) {
        if (number ? strcmp(leg->self.number, number) && strcmp(leg->self.number, clean)
                   : leg->call_id != call_id)
            continue;
        if (!passes(leg))
            continue;
        uint32_t rank = number ? 0 : leg->extension ? (leg->originator ? 2 : 1) : 0;
        if (!best || rank < best_rank ||
            (rank == best_rank && leg->seen_order < best->seen_order)) {
            best = leg;
            best_rank = rank;
        }
    }
    return best;
}

int32_t pbx_steer_answer(struct pbx *pbx, const char *number, uint32_t call_id)
{
    struct pbx_leg *leg = find(pbx, number, call_id, can_answer);

    return leg ? pbx_answer(leg, NULL) : PBX_ERR_TARGETNOTFOUND;
}

int32_t pbx_steer_hangup(struct pbx *pbx, const char *number, uint32_t call_id)
{
    struct pbx_leg *leg = find(pbx, number, call_id, can_hang_up);

    return leg ? pbx_drop(leg, NULL) : PBX_ERR_TARGETNOTFOUND;
}

int32_t pbx_steer_reject(struct pbx *pbx, const char *number, uint32_t call_id)
{
    struct pbx_leg *leg = find(pbx, number, call_id, can_answer);

    return leg ? pbx_drop(leg, NULL) : PBX_ERR_TARGETNOTFOUND;
}

int32_t pbx_steer_digits(struct pbx *pbx, const char *number, uint32_t call_id, const char *digits)
{
    struct pbx_leg *leg = find(pbx, number, call_id, can_press);

    return leg ? pbx_generate_digits(leg, 0, PBX_DIGIT_DTMF, digits, 0) : PBX_ERR_TARGETNOTFOUND;
}

/* --- the callers of the configuration --- */

int32_t pbx_set_callers(struct pbx *pbx, const struct pbx_caller_plan *plans, size_t count)
{
    struct pbx_caller *callers = count ? calloc(count, sizeof(*callers)) : NULL;

    if (count && !callers)
        return PBX_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        callers[i].pbx = pbx;
        callers[i].plan = plans[i];
    }
    for (size_t i = 0; i < pbx->caller_count; i++) {
        if (!pbx->callers[i].timer.place)
            continue;
        pbx_timer_cancel(&pbx->clock, &pbx->callers[i].timer);
        pbx_clock_unreserve(&pbx->clock, 1);
    }
    free(pbx->callers);
    pbx->callers = callers;
    pbx->caller_count = count;
    return PBX_OK;
}

static bool rings_by_itself(const struct pbx_leg *leg)
{
    return can_answer(leg) && leg->extension;
}

static void picked_up_due(void *context)
{
    struct pbx_caller *caller = context;
    struct pbx_leg *leg = find(caller->pbx, NULL, caller->call_id, rings_by_itself);

    pbx_clock_unreserve(&caller->pbx->clock, 1);
    if (leg && pbx_answer(leg, NULL) == PBX_OK)
        leg->by_telephone = true;
}

static void caller_due(void *context)
{
    struct pbx_caller *caller = context;
    struct pbx *pbx = caller->pbx;
    const struct pbx_caller_plan *plan = &caller->plan;

    if (call_extension(pbx, plan->number, plan->name, plan->extension, &plan->behaviour,
                       &caller->call_id) == PBX_OK &&
        plan->answered)
        pbx_timer_set(&pbx->clock, &caller->timer, plan->answered_after, picked_up_due, caller);
    else
        pbx_clock_unreserve(&pbx->clock, 1);
}

void pbx_line_opened(struct pbx_extension *extension)
{
    struct pbx *pbx = extension->pbx;

    for (size_t i = 0; i < pbx->caller_count; i++) {
        struct pbx_caller *caller = &pbx->callers[i];
        if (caller->called || strcmp(caller->plan.extension, extension->party.number) ||
            !pbx_clock_reserve(&pbx->clock, 1))
            continue;
        caller->called = true;
        pbx_timer_set(&pbx->clock, &caller->timer, caller->plan.after, caller_due, caller);
    }
}
