/* completion.c - calls that could not be connected: camp-on, callback, intrusion, messages. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

const char *const pbx_messages[PBX_MESSAGES + 1] = {
    "Please call me back",
    "I called and will call again",
    "Please come to see me",
    NULL,
};

/* --- the list --- */

static void count_changed(struct pbx_extension *extension, int by)
{
    extension->completion_count += (uint32_t)by;
    pbx_line_state(extension, PBX_DEV_NUMCOMPLETIONS, 0, 0);
}

static void completion_remove(struct pbx_completion *completion)
{
    struct pbx *pbx = completion->by->pbx;

    for (struct pbx_completion **at = &pbx->completions; *at; at = &(*at)->next)
        if (*at == completion) {
            *at = completion->next;
            break;
        }
    if (completion->leg)
        completion->leg->completion = NULL;
    pbx_timer_cancel(&pbx->clock, &completion->timer);
    pbx_clock_unreserve(&pbx->clock, 1);
    count_changed(completion->by, -1);
    free(completion);
}

static struct pbx_completion *completion_add(struct pbx_leg *leg, enum pbx_completion_mode mode,
                                             struct pbx_extension *target)
{
    struct pbx *pbx = leg->pbx;

    if (!pbx_clock_reserve(&pbx->clock, 1))
        return NULL;
    struct pbx_completion *completion = calloc(1, sizeof(*completion));
    if (!completion) {
        pbx_clock_unreserve(&pbx->clock, 1);
        return NULL;
    }
    completion->id = ++pbx->next_completion;
    completion->mode = mode;
    completion->by = leg->extension;
    completion->target = target;
    completion->next = pbx->completions;
    pbx->completions = completion;
    count_changed(leg->extension, 1);
    return completion;
}

void pbx_completion_lost(struct pbx_leg *leg)
{
    struct pbx_completion *completion = leg->completion;

    if (!completion)
        return;
    pbx_line_state(completion->by, PBX_DEV_COMPLCANCEL, completion->id, 0);
    completion_remove(completion);
}

void pbx_completions_clear(struct pbx *pbx)
{
    while (pbx->completions)
        completion_remove(pbx->completions);
}

/* --- trying again --- */

static bool is_free(const struct pbx_completion *completion)
{
    const struct pbx_extension *target = completion->target;
    uint32_t calls = pbx_alive_count(target);

    if (completion->mode == PBX_COMPL_CALLBACK)
        return calls == 0 && !pbx_has_active(completion->by, NULL) && pbx_may_start(completion->by);
    return calls == 0 || (calls < target->pbx->settings.calls &&
                          target->pbx->settings.call_waiting && !target->no_waiting);
}

/* The called party is free: who asked for it is called, and calls it by answering. */
static void call_back(struct pbx_completion *completion)
{
    struct pbx *pbx = completion->by->pbx;
    struct pbx_leg *leg;

    if (pbx_leg_create(pbx, completion->by, &leg) != PBX_OK)
        return; /* the next time that somebody hangs up */
    completion->leg = leg;
    leg->completion = completion;
    leg->completion_id = completion->id;
    leg->call_id = pbx->next_call_id++;
    leg->reason = PBX_REASON_CALLCOMPLETION;
    leg->origin = PBX_ORIGIN_INTERNAL;
    leg->inbound_unanswered = true;
    leg->caller = completion->target->party;
    leg->called = completion->by->party;
    pbx_log(pbx, completion->target->party.number, completion->by->party.number, "is called back");
    pbx->events->new_call(pbx->context, leg);
    pbx_ring(leg, pbx->settings.no_answer);
}

static void try_due(void *context)
{
    struct pbx_completion *completion = context;
    struct pbx_leg *leg = completion->leg;

    if (!is_free(completion))
        return;
    if (completion->mode == PBX_COMPL_CALLBACK) {
        call_back(completion);
        return;
    }
    completion_remove(completion);
    pbx_reach(leg);
}

void pbx_completion_check(struct pbx_extension *extension, const struct pbx_leg *ended)
{
    struct pbx *pbx = extension->pbx;

    for (struct pbx_completion *c = pbx->completions; c; c = c->next) {
        if (c->target == extension && ended->states_seen & PBX_CONNECTED)
            c->after_activity = false;
        if ((c->target != extension && c->by != extension) || c->after_activity)
            continue;
        if ((c->mode == PBX_COMPL_CALLBACK && c->leg) || c->timer.place)
            continue;
        if (is_free(c))
            pbx_timer_set(&pbx->clock, &c->timer, PBX_COMPL_DELAY, try_due, c);
    }
}

void pbx_completion_answered(struct pbx_leg *leg)
{
    struct pbx_completion *completion = leg->completion;

    pbx_timer_cancel(&leg->pbx->clock, &leg->progress_timer);
    pbx_timer_cancel(&leg->pbx->clock, &leg->ring_timer);
    pbx_copy(leg->dialed, sizeof(leg->dialed), completion->target->party.number);
    leg->originator = true;
    leg->inbound_unanswered = false;
    completion_remove(completion);
    pbx_place_call(leg);
}

/* --- asking for it --- */

static struct pbx_extension *target_of(const struct pbx_leg *leg)
{
    if (!leg->extension || leg->is_conference || !leg->originator || leg->completion)
        return NULL;
    struct pbx_extension *target = pbx_find_extension(leg->pbx, leg->dialed);
    return target && target != leg->extension ? target : NULL;
}

static struct pbx_leg *talking(const struct pbx_extension *extension)
{
    for (struct pbx_leg *leg = extension->legs; leg; leg = leg->next)
        if (leg->state == PBX_CONNECTED && leg->peer)
            return leg;
    return NULL;
}

uint32_t pbx_completion_modes(const struct pbx_leg *leg)
{
    const struct pbx_extension *target = target_of(leg);
    uint32_t modes = 0;

    if (!target)
        return 0;
    if (leg->state == PBX_BUSY) {
        modes = PBX_COMPL_CAMPON | PBX_COMPL_CALLBACK | PBX_COMPL_MESSAGE;
        if (talking(target) && pbx_may_start(leg->extension))
            modes |= PBX_COMPL_INTRUDE;
    } else if (leg->state == PBX_RINGBACK && leg->peer && leg->peer->extension == target) {
        modes = PBX_COMPL_CALLBACK | PBX_COMPL_MESSAGE;
    }
    return modes;
}

/* The party's call goes on hold, and the intruder has its ear. */
static int32_t intrude(struct pbx_leg *leg, struct pbx_extension *target)
{
    struct pbx *pbx = leg->pbx;
    struct pbx_leg *active = talking(target), *entry;
    int32_t result = pbx_leg_create(pbx, target, &entry);

    if (result != PBX_OK)
        return result;
    pbx_log(pbx, leg->self.number, target->party.number, "breaks in");
    pbx_hold(active);
    entry->call_id = leg->call_id;
    entry->origin = PBX_ORIGIN_INTERNAL;
    entry->media_mode = leg->media_mode;
    entry->caller = leg->self;
    entry->called = target->party;
    pbx_pair(leg, entry);
    pbx->events->new_call(pbx->context, entry);
    pbx_connect(entry);
    return PBX_OK;
}

static void leave_message(struct pbx_leg *leg, struct pbx_extension *target, uint32_t message)
{
    pbx_log(leg->pbx, leg->self.number, target->party.number, "leaves the message \"%s\"",
            pbx_messages[message]);
    target->message_count++;
    pbx_set_line_status(target, PBX_LINE_MSGWAIT, true);
    pbx_drop(leg, NULL);
}

int32_t pbx_complete_call(struct pbx_leg *leg, uint32_t mode, uint32_t message, uint32_t *id)
{
    const uint32_t all =
        PBX_COMPL_CAMPON | PBX_COMPL_CALLBACK | PBX_COMPL_INTRUDE | PBX_COMPL_MESSAGE;
    struct pbx_extension *target = target_of(leg);
    struct pbx_completion *completion;

    *id = 0;
    if (!mode || mode & (mode - 1) || mode & ~all)
        return PBX_ERR_INVALCOMPLMODE;
    if (mode == PBX_COMPL_MESSAGE && message >= PBX_MESSAGES)
        return PBX_ERR_INVALMESSAGEID;
    if (!(pbx_completion_modes(leg) & mode))
        return PBX_ERR_INVALCALLSTATE;
    if (mode == PBX_COMPL_MESSAGE) {
        leave_message(leg, target, message);
        return PBX_OK;
    }
    if (mode == PBX_COMPL_INTRUDE)
        return intrude(leg, target);
    if (leg->extension->completion_count >= PBX_COMPLETIONS)
        return PBX_ERR_COMPLETIONOVERRUN;
    completion = completion_add(leg, (enum pbx_completion_mode)mode, target);
    if (!completion)
        return PBX_ERR_NOMEM;
    *id = completion->id;
    if (mode == PBX_COMPL_CAMPON) {
        pbx_log(leg->pbx, leg->self.number, target->party.number, "camps on");
        completion->leg = leg;
        leg->completion = completion;
        leg->completion_id = completion->id;
        pbx_set_state(leg, PBX_PROCEEDING, 0);
        pbx_info_changed(leg, PBX_INFO_COMPLETIONID);
    } else {
        pbx_log(leg->pbx, leg->self.number, target->party.number, "wants to be called back");
        completion->after_activity = leg->state == PBX_RINGBACK;
        pbx_drop(leg, NULL);
    }
    if (!completion->after_activity && is_free(completion))
        pbx_timer_set(&completion->by->pbx->clock, &completion->timer, PBX_COMPL_DELAY, try_due,
                      completion);
    return PBX_OK;
}

int32_t pbx_uncomplete_call(struct pbx_extension *extension, uint32_t id)
{
    struct pbx_completion *completion = extension->pbx->completions;
    struct pbx_leg *leg;

    while (completion && (completion->id != id || completion->by != extension))
        completion = completion->next;
    if (!completion)
        return PBX_ERR_INVALCOMPLETIONID;
    pbx_log(extension->pbx, extension->party.number, completion->target->party.number,
            "waits no longer");
    leg = completion->leg;
    completion_remove(completion);
    if (leg)
        pbx_disconnect(leg, PBX_DISC_CANCELLED);
    return PBX_OK;
}
