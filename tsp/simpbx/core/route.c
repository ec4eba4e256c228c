/* route.c - where a call goes: to an extension, on from it, outside; and how it rings there. */
#include "acd.h"
#include "inside.h"

#include <string.h>

#define MAX_FORWARDS 8

static void ring_due(void *context)
{
    struct pbx_leg *leg = context;
    struct pbx *pbx = leg->pbx;

    /* Distinctive ringing: inside, outside, and what the exchange itself calls for. */
    leg->extension->ring_mode =
        leg->reason == PBX_REASON_CALLCOMPLETION || leg->reason == PBX_REASON_REMINDER ? 3
        : leg->origin == PBX_ORIGIN_EXTERNAL                                           ? 2
                                                                                       : 1;
    pbx->events->ring(pbx->context, leg->extension, ++leg->rings);
    if (leg->extension->monitored)
        pbx_timer_set(&pbx->clock, &leg->ring_timer, pbx->settings.ring_cycle, ring_due, leg);
}

static void caller_failed(struct pbx_leg *caller, uint32_t mode)
{
    struct pbx *pbx = caller->pbx;

    pbx_log(pbx, caller->dialed[0] ? caller->dialed : "exchange", caller->self.number, "%s",
            mode == PBX_DISC_BUSY         ? "busy"
            : mode == PBX_DISC_BADADDRESS ? "no such number"
                                          : "cannot connect");
    pbx_disconnect(caller, mode);
}

static void no_answer_due(void *context)
{
    struct pbx_leg *leg = context, *caller = leg->peer;
    struct pbx *pbx = leg->pbx;
    char forward[PBX_NUMBER] = "";
    struct pbx_party by = leg->self;
    uint32_t forwards = leg->forwards;

    if (leg->extension && caller)
        strcpy(forward, pbx_forward_to(leg->extension, PBX_FWD_NOANSWER, caller));
    pbx_log(pbx, leg->self.number, caller ? caller->self.number : "", "does not answer");
    pbx_unpair(leg);
    pbx_disconnect(leg, forward[0] ? PBX_DISC_FORWARDED : PBX_DISC_NOANSWER);
    if (!caller)
        return;
    if (!forward[0]) {
        pbx_disconnect(caller, PBX_DISC_NOANSWER);
        return;
    }
    uint32_t mode = pbx_route(caller, forward, PBX_REASON_FWDNOANSWER, &by, forwards + 1);
    if (mode)
        caller_failed(caller, mode);
    else
        pbx_ringing(caller);
}

void pbx_ring(struct pbx_leg *leg, uint32_t limit)
{
    pbx_set_state(leg, PBX_OFFERING, PBX_OFFERING_ACTIVE);
    if (limit)
        pbx_timer_set(&leg->pbx->clock, &leg->progress_timer, limit, no_answer_due, leg);
    ring_due(leg);
}

static const struct pbx_outside *find_outside(const struct pbx *pbx, const char *number)
{
    const char *prefix = pbx->settings.prefix;
    size_t length = strlen(prefix);
    /* Exact numbers go before patterns, whatever their order in the file. */
    for (int exact = 1; exact >= 0; exact--)
        for (size_t i = 0; i < pbx->outside_count; i++) {
            const struct pbx_outside *o = &pbx->outside[i];
            if (exact ? !strcmp(o->pattern, number) : pbx_number_matches(o->pattern, number))
                return o;
            if (length && !strncmp(number, prefix, length) &&
                (exact ? !strcmp(o->pattern, number + length)
                       : pbx_number_matches(o->pattern, number + length)))
                return o;
        }
    return NULL;
}

bool pbx_known(const struct pbx *pbx, const char *number)
{
    return pbx_find_extension(pbx, number) || find_outside(pbx, number);
}

static void fill_callee(struct pbx_leg *leg, struct pbx_leg *from, const char *number,
                        uint32_t reason, const struct pbx_party *redirecting)
{
    leg->call_id = from->call_id;
    leg->related_id = from->related_id;
    leg->origin = from->extension ? PBX_ORIGIN_INTERNAL : PBX_ORIGIN_EXTERNAL;
    leg->reason = reason;
    leg->media_mode = from->media_mode;
    leg->bearer_mode = from->bearer_mode;
    leg->rate = from->rate;
    leg->inbound_unanswered = true;
    leg->caller = from->caller.number[0] && from->originator ? from->caller : from->self;
    pbx_copy(leg->called.number, sizeof(leg->called.number), number);
    memcpy(leg->called.name, leg->self.name, sizeof(leg->called.name));
    pbx_blob_set(&leg->user_user, from->user_user.data, from->user_user.size);
    pbx_blob_set(&leg->call_data, from->call_data.data, from->call_data.size);
    if (from->param_flags & PBX_PARAM_BLOCKID) {
        memset(&leg->caller, 0, sizeof(leg->caller));
        leg->param_flags |= PBX_PARAM_BLOCKID;
    }
    leg->secure = from->secure;
    if (redirecting) {
        leg->redirecting = *redirecting;
        leg->redirection = leg->self;
        from->redirecting = *redirecting;
        from->redirection = leg->self;
    }
}

static uint32_t route_extension(struct pbx_leg *from, struct pbx_extension *e, const char *number,
                                uint32_t reason, const struct pbx_party *redirecting,
                                uint32_t forwards)
{
    struct pbx *pbx = from->pbx;
    struct pbx_leg *leg;
    enum pbx_forward_kind kind = PBX_FWD_UNCOND;
    const char *to = pbx_forward_to(e, kind, from);
    uint32_t refused = *to ? 0 : pbx_line_refuses(e);

    if (refused)
        return refused;
    uint32_t alive = pbx_alive_count(e);
    bool busy = e->acd ? pbx_acd_full(e)
                       : from->extension == e || alive >= pbx->settings.calls ||
                             (alive && (!pbx->settings.call_waiting || e->no_waiting));
    if (busy && !*to) {
        kind = PBX_FWD_BUSY;
        to = pbx_forward_to(e, kind, from);
    }
    if (*to) {
        if (forwards >= MAX_FORWARDS)
            return PBX_DISC_CONGESTION;
        pbx_log(pbx, e->party.number, to, "forwards");
        return pbx_route(from, to, kind == PBX_FWD_BUSY ? PBX_REASON_FWDBUSY : PBX_REASON_FWDUNCOND,
                         &e->party, forwards + 1);
    }
    if (busy)
        return PBX_DISC_BUSY;
    if (pbx_leg_create(pbx, e, &leg) != PBX_OK)
        return PBX_DISC_CONGESTION;
    leg->forwards = forwards;
    fill_callee(leg, from, number, reason, redirecting);
    pbx_pair(from, leg);
    pbx_log(pbx, from->self.number, e->party.number, "rings");
    pbx->events->new_call(pbx->context, leg);
    if (e->acd) {
        pbx_acd_arrived(leg);
        if (redirecting)
            pbx_info_changed(from, PBX_INFO_REDIRECTINGID | PBX_INFO_REDIRECTIONID);
        return 0;
    }
    uint32_t limit = from->ring_limit ? from->ring_limit : pbx->settings.no_answer;
    if (e->forward_rings && *pbx_forward_to(e, PBX_FWD_NOANSWER, from))
        limit = e->forward_rings * pbx->settings.ring_cycle;
    pbx_set_state(leg, PBX_OFFERING, PBX_OFFERING_ACTIVE);
    if (redirecting)
        pbx_info_changed(from, PBX_INFO_REDIRECTINGID | PBX_INFO_REDIRECTIONID);
    pbx_ring(leg, limit);
    return 0;
}

uint32_t pbx_route(struct pbx_leg *from, const char *number, uint32_t reason,
                   const struct pbx_party *redirecting, uint32_t forwards)
{
    struct pbx *pbx = from->pbx;
    struct pbx_extension *e = pbx_find_extension(pbx, number);
    struct pbx_leg *leg;

    if (e)
        return route_extension(from, e, number, reason, redirecting, forwards);
    const struct pbx_outside *o = find_outside(pbx, number);
    if (!o || o->behaviour.kind == PBX_OUTSIDE_INVALID)
        return PBX_DISC_BADADDRESS;
    if (o->behaviour.kind == PBX_OUTSIDE_BUSY)
        return PBX_DISC_BUSY;
    if (o->behaviour.kind == PBX_OUTSIDE_CONGESTED)
        return PBX_DISC_CONGESTION;
    if (pbx_leg_create(pbx, NULL, &leg) != PBX_OK)
        return PBX_DISC_CONGESTION;
    leg->behaviour = o->behaviour;
    size_t prefix = strlen(pbx->settings.prefix);
    bool prefixed = prefix && !strncmp(number, pbx->settings.prefix, prefix) &&
                    !pbx_number_matches(o->pattern, number);
    pbx_copy(leg->self.number, sizeof(leg->self.number), prefixed ? number + prefix : number);
    pbx_copy(leg->self.name, sizeof(leg->self.name), o->name);
    fill_callee(leg, from, number, reason, redirecting);
    pbx_pair(from, leg);
    pbx_log(pbx, from->self.number, leg->self.number, "rings");
    pbx_set_state(leg, PBX_OFFERING, PBX_OFFERING_ACTIVE);
    if (redirecting)
        pbx_info_changed(from, PBX_INFO_REDIRECTINGID | PBX_INFO_REDIRECTIONID);
    return 0;
}

void pbx_ringing(struct pbx_leg *from)
{
    if (from->state == PBX_PROCEEDING)
        pbx_set_state(from, PBX_RINGBACK, 0);
    if (from->peer && !from->peer->extension)
        pbx_outside_rings(from->peer);
}

void pbx_reach(struct pbx_leg *leg)
{
    uint32_t mode = pbx_route(leg, leg->dialed, PBX_REASON_DIRECT, NULL, 0);

    if (mode) {
        caller_failed(leg, mode);
        return;
    }
    pbx_ringing(leg);
    /* Answered by the telephone itself, as long as nobody talks on it. */
    struct pbx_leg *callee = leg->peer;
    if (leg->param_flags & PBX_PARAM_DESTOFFHOOK && callee && callee->extension &&
        pbx_is_ringing(callee) && !pbx_has_active(callee->extension, callee))
        pbx_answer(callee, NULL);
}
