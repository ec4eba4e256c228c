/* call.c - the life of a two-party call: make, ring, answer, hold, drop. */
#include "acd.h"
#include "inside.h"
#include "phone.h"

#include <string.h>

/* --- states --- */

bool pbx_is_active(const struct pbx_leg *leg)
{
    switch (leg->state) {
    case PBX_DIALTONE:
    case PBX_DIALING:
    case PBX_PROCEEDING:
    case PBX_RINGBACK:
    case PBX_CONNECTED:
        return true;
    default:
        return false;
    }
}

bool pbx_is_held(const struct pbx_leg *leg)
{
    return leg->state == PBX_ONHOLD || leg->state == PBX_ONHOLDPENDTRANSFER ||
           leg->state == PBX_ONHOLDPENDCONF;
}

bool pbx_is_ringing(const struct pbx_leg *leg)
{
    return leg->state == PBX_OFFERING || leg->state == PBX_ACCEPTED;
}

/* Occupies its address: everything but what is over. */
static bool is_alive(const struct pbx_leg *leg)
{
    return leg->state != PBX_IDLE && leg->state != PBX_DISCONNECTED && leg->state != PBX_BUSY;
}

bool pbx_has_active(const struct pbx_extension *extension, const struct pbx_leg *except)
{
    for (const struct pbx_leg *leg = extension->legs; leg; leg = leg->next)
        if (leg != except && pbx_is_active(leg))
            return true;
    return false;
}

void pbx_count_calls(const struct pbx_extension *extension, uint32_t *active, uint32_t *held,
                     uint32_t *pending)
{
    *active = *held = *pending = 0;
    for (const struct pbx_leg *leg = extension->legs; leg; leg = leg->next) {
        if (leg->state == PBX_ONHOLD)
            ++*held;
        else if (pbx_is_held(leg))
            ++*pending;
        else if (is_alive(leg))
            ++*active;
    }
}

uint32_t pbx_alive_count(const struct pbx_extension *extension)
{
    uint32_t count = 0;

    for (const struct pbx_leg *leg = extension->legs; leg; leg = leg->next)
        count += is_alive(leg) && leg->state != PBX_CONFERENCED;
    return count;
}

bool pbx_talks(const struct pbx_leg *leg)
{
    return leg->peer && leg->state == PBX_CONNECTED && leg->peer->state == PBX_CONNECTED;
}

void pbx_talk_changed(struct pbx_leg *leg)
{
    leg->pbx->events->talk(leg->pbx->context, leg);
    pbx_phone_call_changed(leg);
}

void pbx_set_state(struct pbx_leg *leg, enum pbx_state state, uint32_t mode)
{
    struct pbx *pbx = leg->pbx;
    enum pbx_state old = leg->state;

    if (old == state && leg->mode == mode)
        return;
    leg->state = state;
    leg->mode = mode;
    leg->entered = pbx->clock.now;
    leg->states_seen |= state;
    if (old != state)
        pbx_talk_changed(leg);
    if (leg->held_by_front)
        pbx->events->state(pbx->context, leg);
    if (old != state)
        pbx_media_state(leg);
    if (leg->extension && (old == PBX_IDLE) != (state == PBX_IDLE)) {
        leg->extension->leg_count += state == PBX_IDLE ? -1u : 1u;
        pbx->events->calls(pbx->context, leg->extension);
    }
    if (leg->extension && pbx->completions && old != PBX_IDLE && old != state && !is_alive(leg))
        pbx_completion_check(leg->extension, leg);
}

void pbx_info_changed(struct pbx_leg *leg, uint32_t changed)
{
    if (leg->held_by_front && leg->state != PBX_IDLE)
        leg->pbx->events->info(leg->pbx->context, leg, changed);
}

void pbx_pair(struct pbx_leg *a, struct pbx_leg *b)
{
    a->peer = b;
    b->peer = a;
}

struct pbx_leg *pbx_unpair(struct pbx_leg *leg)
{
    struct pbx_leg *peer = leg->peer;

    if (peer) {
        leg->peer = peer->peer = NULL;
        pbx_talk_changed(leg);
        pbx_talk_changed(peer);
    }
    return peer;
}

void pbx_unlink_consult(struct pbx_leg *leg)
{
    if (leg->consult) {
        leg->consult->consult_of = NULL;
        leg->consult = NULL;
    }
    if (leg->consult_of) {
        leg->consult_of->consult = NULL;
        leg->consult_of = NULL;
    }
}

/* --- ends --- */

void pbx_end(struct pbx_leg *leg)
{
    struct pbx *pbx = leg->pbx;

    pbx_unpair(leg);
    pbx_unheld_lost(leg);
    pbx_completion_lost(leg);
    pbx_unlink_consult(leg);
    pbx_digits_stop(leg);
    pbx_timer_cancel(&pbx->clock, &leg->progress_timer);
    pbx_timer_cancel(&pbx->clock, &leg->ring_timer);
    pbx_release_qos(leg);
    leg->parked = false;
    if (leg->is_conference && leg->extension)
        for (struct pbx_leg *member = leg->extension->legs; member; member = member->next)
            if (member->conference == leg)
                member->conference = NULL;
    leg->members = 0;
    pbx_conference_lost(leg);
    pbx_set_state(leg, PBX_IDLE, 0);
    if (!leg->held_by_front)
        pbx_leg_free(leg);
}

void pbx_disconnect(struct pbx_leg *leg, uint32_t mode)
{
    struct pbx *pbx = leg->pbx;
    bool over = pbx_is_ringing(leg) || !leg->held_by_front || leg->by_telephone;

    pbx_unpair(leg);
    pbx_digits_stop(leg);
    pbx_timer_cancel(&pbx->clock, &leg->progress_timer);
    pbx_timer_cancel(&pbx->clock, &leg->ring_timer);
    pbx_release_qos(leg);
    pbx_unheld_lost(leg);
    if (leg->consult)
        pbx_unlink_consult(leg);
    leg->parked = false;
    pbx_conference_lost(leg);
    if (mode == PBX_DISC_BUSY && leg->originator && leg->state == PBX_PROCEEDING)
        pbx_set_state(leg, PBX_BUSY, PBX_BUSY_STATION);
    else
        pbx_set_state(leg, PBX_DISCONNECTED, mode);
    /* A call that nobody took is over at once; others keep their handle until they are dropped. */
    if (over)
        pbx_end(leg);
}

/* --- outgoing --- */

bool pbx_may_start(const struct pbx_extension *extension)
{
    const uint32_t works = PBX_LINE_CONNECTED | PBX_LINE_INSERVICE;

    return (extension->status & (works | PBX_LINE_LOCKED)) == works &&
           pbx_alive_count(extension) < extension->pbx->settings.calls;
}

int32_t pbx_new_leg(struct pbx_extension *extension, const struct pbx_call_params *params,
                    struct pbx_leg **out)
{
    struct pbx *pbx = extension->pbx;
    struct pbx_leg *leg;
    int32_t result = pbx_leg_create(pbx, extension, &leg);

    *out = NULL;
    if (result != PBX_OK)
        return result;
    leg->originator = true;
    leg->held_by_front = true;
    leg->origin = PBX_ORIGIN_OUTBOUND;
    leg->caller = leg->self;
    leg->call_id = pbx->next_call_id++;
    if (params) {
        if (params->media_mode)
            leg->media_mode = params->media_mode;
        if (params->bearer_mode)
            leg->bearer_mode = params->bearer_mode;
        leg->rate = params->rate;
        leg->ring_limit = params->no_answer;
        leg->param_flags = params->flags;
        leg->secure = params->flags & PBX_PARAM_SECURE;
        leg->target_states = params->target_states;
        memcpy(leg->target, params->target, sizeof(leg->target));
        memcpy(leg->dial_params, params->dial_params, sizeof(leg->dial_params));
        if (params->calling_id[0])
            memcpy(leg->caller.number, params->calling_id, sizeof(leg->caller.number));
        if (params->user_user.size > PBX_BLOB || params->call_data.size > PBX_BLOB)
            result = PBX_ERR_UUITOOBIG;
        else if (!pbx_blob_set(&leg->user_user, params->user_user.data, params->user_user.size) ||
                 !pbx_blob_set(&leg->call_data, params->call_data.data, params->call_data.size))
            result = PBX_ERR_NOMEM;
        else if (params->has_flow)
            result = pbx_set_qos(leg, params->flow);
    }
    if (result != PBX_OK) {
        leg->held_by_front = false;
        pbx_end(leg);
        return result;
    }
    *out = leg;
    return PBX_OK;
}

int32_t pbx_make(struct pbx_extension *extension, const struct pbx_call_params *params,
                 struct pbx_leg **out)
{
    *out = NULL;
    if (extension->acd)
        return PBX_ERR_OPERATIONUNAVAIL;
    if (pbx_has_active(extension, NULL) || !pbx_may_start(extension))
        return PBX_ERR_CALLUNAVAIL;
    if (params) {
        int32_t result = pbx_check_params(extension->pbx, params);
        if (result != PBX_OK)
            return result;
    }
    return pbx_new_leg(extension, params, out);
}

int32_t pbx_check_address(const char *address)
{
    char number[PBX_NUMBER];
    bool partial;

    /* dial-ovr.md: no provider prompts the user in the middle of a number. */
    if (memchr(address, '?', strcspn(address, "|^\r\n")))
        return PBX_ERR_DIALPROMPT;
    return !*address || pbx_number_clean(number, address, &partial) ? PBX_OK : PBX_ERR_INVALADDRESS;
}

void pbx_place_call(struct pbx_leg *leg)
{
    struct pbx *pbx = leg->pbx;

    pbx_copy(leg->called.number, sizeof(leg->called.number), leg->dialed);
    const struct pbx_extension *e = pbx_find_extension(pbx, leg->dialed);
    if (e)
        memcpy(leg->called.name, e->party.name, sizeof(leg->called.name));
    pbx_set_state(leg, PBX_DIALING, 0);
    pbx_set_state(leg, PBX_PROCEEDING, 0);
    pbx_info_changed(leg, PBX_INFO_CALLEDID);
    pbx_log(pbx, leg->self.number, leg->dialed, "calls");
    pbx_reach(leg);
}

void pbx_dial_out(struct pbx_leg *leg, const char *address)
{
    char number[PBX_NUMBER];
    bool partial = false;

    if (!*address || !pbx_number_clean(number, address, &partial)) {
        pbx_set_state(leg, PBX_DIALTONE, PBX_DIALTONE_INTERNAL);
        return;
    }
    memcpy(leg->dialed, number, sizeof(leg->dialed));
    if (partial)
        pbx_set_state(leg, number[0] ? PBX_DIALING : PBX_DIALTONE,
                      number[0] ? 0 : PBX_DIALTONE_INTERNAL);
    else
        pbx_place_call(leg);
}

int32_t pbx_dial(struct pbx_leg *leg, const char *address)
{
    char number[PBX_NUMBER];
    bool partial;

    if (leg->state != PBX_DIALTONE && leg->state != PBX_DIALING)
        return PBX_ERR_INVALCALLSTATE;
    int32_t result = pbx_check_address(address);
    if (result != PBX_OK)
        return result;
    if (!pbx_number_clean(number, address, &partial) ||
        strlen(leg->dialed) + strlen(number) >= PBX_NUMBER)
        return PBX_ERR_INVALADDRESS;
    strcat(leg->dialed, number);
    if (partial)
        pbx_set_state(leg, PBX_DIALING, 0);
    else
        pbx_place_call(leg);
    return PBX_OK;
}

/* --- incoming --- */

int32_t pbx_send_user_user(struct pbx_leg *leg, const struct pbx_blob *user_user)
{
    if (user_user->size > PBX_BLOB)
        return PBX_ERR_UUITOOBIG;
    if (!leg->peer)
        return PBX_ERR_INVALCALLSTATE;
    if (!pbx_blob_set(&leg->peer->user_user, user_user->data, user_user->size))
        return PBX_ERR_NOMEM;
    pbx_log(leg->pbx, leg->self.number, leg->peer->self.number, "sends user-user information");
    pbx_info_changed(leg->peer, PBX_INFO_USERUSERINFO);
    return PBX_OK;
}

static int32_t send_along(struct pbx_leg *leg, const struct pbx_blob *user_user)
{
    if (!user_user || !user_user->size || !leg->peer)
        return PBX_OK;
    return pbx_send_user_user(leg, user_user);
}

int32_t pbx_release_user_user(struct pbx_leg *leg)
{
    if (leg->state == PBX_IDLE)
        return PBX_ERR_INVALCALLSTATE;
    pbx_blob_set(&leg->user_user, NULL, 0);
    return PBX_OK;
}

int32_t pbx_accept(struct pbx_leg *leg, const struct pbx_blob *user_user)
{
    if (leg->state != PBX_OFFERING)
        return PBX_ERR_INVALCALLSTATE;
    int32_t result = send_along(leg, user_user);
    if (result == PBX_OK)
        pbx_set_state(leg, PBX_ACCEPTED, 0);
    return result;
}

/* The mode of a connected leg: whether the other side has put it on hold. */
static uint32_t connected_mode(const struct pbx_leg *leg)
{
    return leg->parked || (leg->peer && pbx_is_held(leg->peer)) ? PBX_CONN_ACTIVEHELD
                                                                : PBX_CONN_ACTIVE;
}

static void refresh_mode(struct pbx_leg *leg)
{
    if (leg && leg->state == PBX_CONNECTED)
        pbx_set_state(leg, PBX_CONNECTED, connected_mode(leg));
}

void pbx_connect(struct pbx_leg *leg)
{
    struct pbx_leg *peer = leg->peer;
    struct pbx *pbx = leg->pbx;
    bool caller_is_through =
        peer->originator && !peer->extension && !(peer->states_seen & PBX_CONNECTED);

    pbx_timer_cancel(&pbx->clock, &leg->progress_timer);
    pbx_timer_cancel(&pbx->clock, &leg->ring_timer);
    leg->inbound_unanswered = false;
    leg->connected = peer->self;
    peer->connected = leg->self;
    if (!pbx_is_held(leg))
        pbx_set_state(leg, PBX_CONNECTED, connected_mode(leg));
    if (peer->state == PBX_CONNECTED)
        refresh_mode(peer);
    else if (!pbx_is_held(peer) && peer->state != PBX_CONFERENCED)
        pbx_set_state(peer, PBX_CONNECTED, connected_mode(peer));
    pbx_info_changed(leg, PBX_INFO_CONNECTEDID);
    pbx_info_changed(peer, PBX_INFO_CONNECTEDID);
    pbx_talk_changed(leg);
    pbx_talk_changed(peer);
    if (leg->param_flags & PBX_PARAM_BLOCKID)
        memset(&leg->connected, 0, sizeof(leg->connected));
    pbx_media_heard(leg);
    pbx_media_heard(peer);
    if (caller_is_through)
        pbx_outside_answered(peer);
}

int32_t pbx_answer(struct pbx_leg *leg, const struct pbx_blob *user_user)
{
    struct pbx_leg *active = NULL;

    if (!pbx_is_ringing(leg) || (!leg->peer && !leg->completion))
        return PBX_ERR_INVALCALLSTATE;
    if (leg->extension && leg->extension->acd)
        return PBX_ERR_OPERATIONUNAVAIL; /* there is no telephone to answer with */
    if (leg->extension)
        for (struct pbx_leg *other = leg->extension->legs; other; other = other->next)
            if (other != leg && pbx_is_active(other))
                active = other;
    /* LINEANSWERMODE_HOLD: the call that is active is put on hold; one being dialed cannot be. */
    if (active && active->state != PBX_CONNECTED)
        return PBX_ERR_CALLUNAVAIL;
    int32_t result = send_along(leg, user_user);
    if (result != PBX_OK)
        return result;
    if (active)
        pbx_hold(active);
    if (!leg->peer) {
        pbx_completion_answered(leg);
        return PBX_OK;
    }
    struct pbx_leg *caller = leg->peer;
    pbx_log(leg->pbx, leg->self.number, caller->self.number, "answers");
    pbx_connect(leg);
    if (!leg->extension)
        pbx_outside_answered(leg);
    if (caller->no_hold)
        pbx_join_unheld(caller);
    else
        pbx_predict(caller);
    return PBX_OK;
}

/* --- over --- */

static void drop_members(struct pbx_leg *conference)
{
    struct pbx_leg *next;

    for (struct pbx_leg *leg = conference->extension->legs; leg; leg = next) {
        next = leg->next;
        if (leg->conference != conference)
            continue;
        struct pbx_leg *peer = pbx_unpair(leg);
        leg->conference = NULL;
        pbx_end(leg);
        if (peer)
            pbx_disconnect(peer, PBX_DISC_NORMAL);
        /* A peer on the same extension may have been the next one: begin again. */
        next = conference->extension->legs;
    }
}

int32_t pbx_drop(struct pbx_leg *leg, const struct pbx_blob *user_user)
{
    struct pbx_leg *other = leg->consult ? leg->consult : leg->consult_of;
    bool unanswered = pbx_is_ringing(leg);

    if (leg->state == PBX_IDLE)
        return PBX_ERR_INVALCALLSTATE;
    int32_t result = send_along(leg, user_user);
    if (result != PBX_OK)
        return result;
    struct pbx_leg *peer = pbx_unpair(leg);
    if (leg->state != PBX_DISCONNECTED && leg->state != PBX_BUSY)
        pbx_log(leg->pbx, leg->self.number, peer ? peer->self.number : "", "%s",
                unanswered ? "rejects" : "hangs up");
    if (leg->is_conference)
        drop_members(leg);
    if (peer)
        pbx_disconnect(peer, unanswered ? PBX_DISC_REJECT : PBX_DISC_NORMAL);
    pbx_end(leg);
    /* lineSetupTransfer: giving the consultation up brings the first call back. */
    if (other && (other->state == PBX_ONHOLDPENDTRANSFER || other->state == PBX_ONHOLDPENDCONF)) {
        if (pbx_has_active(other->extension, other)) {
            pbx_set_state(other, PBX_ONHOLD, 0);
        } else {
            pbx_set_state(other, PBX_CONNECTED, connected_mode(other));
            refresh_mode(other->peer);
        }
    }
    return PBX_OK;
}

void pbx_leg_release(struct pbx_leg *leg)
{
    leg->held_by_front = false;
    if (leg->state == PBX_IDLE)
        pbx_end(leg);
    else if (!pbx_is_ringing(leg) && !pbx_phone_keeps(leg))
        pbx_drop(leg, NULL);
}

/* --- hold --- */

int32_t pbx_hold(struct pbx_leg *leg)
{
    if (leg->state != PBX_CONNECTED || leg->parked)
        return PBX_ERR_INVALCALLSTATE;
    pbx_log(leg->pbx, leg->self.number, leg->peer ? leg->peer->self.number : "", "holds");
    pbx_set_state(leg, PBX_ONHOLD, 0);
    refresh_mode(leg->peer);
    return PBX_OK;
}

int32_t pbx_unhold(struct pbx_leg *leg)
{
    if (!pbx_is_held(leg) || pbx_has_active(leg->extension, leg))
        return PBX_ERR_INVALCALLSTATE;
    pbx_log(leg->pbx, leg->self.number, leg->peer ? leg->peer->self.number : "", "unholds");
    pbx_set_state(leg, PBX_CONNECTED, connected_mode(leg));
    refresh_mode(leg->peer);
    return PBX_OK;
}

int32_t pbx_swap_hold(struct pbx_leg *active, struct pbx_leg *held)
{
    if (active == held || active->extension != held->extension || active->state != PBX_CONNECTED ||
        !pbx_is_held(held))
        return PBX_ERR_INVALCALLSTATE;
    pbx_log(active->pbx, active->self.number, "", "swaps calls");
    pbx_set_state(active, held->state, 0);
    refresh_mode(active->peer);
    pbx_set_state(held, PBX_CONNECTED, connected_mode(held));
    refresh_mode(held->peer);
    return PBX_OK;
}

/* --- what a call carries --- */

int32_t pbx_set_call_data(struct pbx_leg *leg, const struct pbx_blob *data)
{
    if (data->size > PBX_BLOB)
        return PBX_ERR_INVALPARAM;
    if (leg->state == PBX_IDLE)
        return PBX_ERR_INVALCALLSTATE;
    if (!pbx_blob_set(&leg->call_data, data->data, data->size))
        return PBX_ERR_NOMEM;
    pbx_info_changed(leg, PBX_INFO_CALLDATA);
    if (leg->peer && pbx_blob_set(&leg->peer->call_data, data->data, data->size))
        pbx_info_changed(leg->peer, PBX_INFO_CALLDATA);
    return PBX_OK;
}

int32_t pbx_secure(struct pbx_leg *leg)
{
    if (leg->state == PBX_IDLE || leg->state == PBX_DISCONNECTED)
        return PBX_ERR_INVALCALLSTATE;
    leg->secure = true;
    return PBX_OK;
}
