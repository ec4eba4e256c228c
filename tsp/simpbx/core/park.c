/* park.c - parking, picking up, forwarding: calls that change their extension by a number. */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pbx_leg *parked_at(const struct pbx *pbx, const char *place)
{
    size_t i = 0;

    for (struct pbx_leg *leg; (leg = pbx_next_leg(pbx, &i));)
        if (leg->parked && !strcmp(leg->parked_at, place))
            return leg;
    return NULL;
}

/* Parking places count up from park_first, keeping its number of digits: 700, 701, ... */
static void place_name(const struct pbx *pbx, uint32_t n, char place[PBX_NUMBER])
{
    const char *first = pbx->settings.park_first;
    size_t length = strlen(first);
    uint32_t carry = n;

    memcpy(place, first, length + 1);
    for (size_t i = length; i-- > 0 && carry;) {
        if (place[i] < '0' || place[i] > '9')
            break;
        carry += (uint32_t)(place[i] - '0');
        place[i] = (char)('0' + carry % 10);
        carry /= 10;
    }
}

static bool is_place(const struct pbx *pbx, const char *number)
{
    char place[PBX_NUMBER];

    for (uint32_t n = 0; n < pbx->settings.park_count; n++) {
        place_name(pbx, n, place);
        if (!strcmp(place, number))
            return true;
    }
    return pbx_find_extension(pbx, number) != NULL;
}

static void park_due(void *context)
{
    struct pbx_leg *leg = context;
    struct pbx_party by = {0};

    pbx_copy(by.number, sizeof(by.number), leg->parked_at);
    leg->parked = false;
    pbx_log(leg->pbx, leg->parked_at, leg->parked_by->party.number, "parked call comes back");
    uint32_t mode = pbx_route(leg, leg->parked_by->party.number, PBX_REASON_REMINDER, &by, 0);
    if (mode)
        pbx_disconnect(leg, mode);
}

int32_t pbx_park(struct pbx_leg *leg, char place[PBX_NUMBER])
{
    struct pbx *pbx = leg->pbx;
    struct pbx_leg *b = leg->peer;
    struct pbx_extension *by = leg->extension;

    if ((leg->state != PBX_CONNECTED && leg->state != PBX_ONHOLD) || leg->is_conference || !b ||
        leg->consult || leg->consult_of || b->state != PBX_CONNECTED)
        return PBX_ERR_INVALCALLSTATE;
    if (place[0]) {
        if (!is_place(pbx, place))
            return PBX_ERR_INVALADDRESS;
        if (parked_at(pbx, place))
            return PBX_ERR_RESOURCEUNAVAIL;
    } else {
        uint32_t n = 0;
        while (n < pbx->settings.park_count && (place_name(pbx, n, place), parked_at(pbx, place)))
            n++;
        if (n == pbx->settings.park_count) {
            place[0] = 0;
            return PBX_ERR_RESOURCEUNAVAIL;
        }
    }
    pbx_log(pbx, leg->self.number, place, "parks %s", b->self.number);
    pbx_end(leg);
    b->parked = true;
    b->parked_by = by;
    pbx_copy(b->parked_at, sizeof(b->parked_at), place);
    pbx_set_state(b, PBX_CONNECTED, PBX_CONN_ACTIVEHELD);
    if (pbx->settings.park_timeout)
        pbx_timer_set(&pbx->clock, &b->progress_timer, pbx->settings.park_timeout, park_due, b);
    return PBX_OK;
}

/* A leg of `extension` that takes a call which exists already. */
static int32_t taking_leg(struct pbx_extension *extension, struct pbx_leg **leg)
{
    int32_t result;

    if (pbx_has_active(extension, NULL) || !pbx_may_start(extension))
        return PBX_ERR_CALLUNAVAIL;
    result = pbx_new_leg(extension, NULL, leg);
    if (result == PBX_OK)
        (*leg)->originator = false;
    return result;
}

static void take_over(struct pbx_leg *leg, struct pbx_leg *b, uint32_t reason)
{
    leg->call_id = b->call_id;
    leg->related_id = b->related_id;
    leg->reason = reason;
    leg->origin = b->extension ? PBX_ORIGIN_INTERNAL : PBX_ORIGIN_EXTERNAL;
    leg->caller = b->self;
    leg->called = leg->self;
    leg->media_mode = b->media_mode;
    pbx_blob_set(&leg->call_data, b->call_data.data, b->call_data.size);
    pbx_pair(leg, b);
    pbx_connect(leg);
}

int32_t pbx_unpark(struct pbx_extension *extension, const char *place, struct pbx_leg **leg)
{
    *leg = NULL;
    if (!parked_at(extension->pbx, place))
        return PBX_ERR_INVALADDRESS;
    return taking_leg(extension, leg);
}

void pbx_unpark_start(struct pbx_leg *leg, const char *place)
{
    struct pbx_leg *b = parked_at(leg->pbx, place);

    pbx_log(leg->pbx, leg->self.number, place, "unparks %s", b->self.number);
    b->parked = false;
    pbx_timer_cancel(&leg->pbx->clock, &b->progress_timer);
    take_over(leg, b, PBX_REASON_UNPARK);
}

static struct pbx_leg *ringing_at(const struct pbx_extension *extension)
{
    for (struct pbx_leg *leg = extension->legs; leg; leg = leg->next)
        if ((leg->state == PBX_OFFERING || leg->state == PBX_ACCEPTED) && leg->peer)
            return leg;
    return NULL;
}

int32_t pbx_pickup(struct pbx_extension *extension, const char *number, const char *group,
                   struct pbx_leg **leg, struct pbx_leg **target)
{
    struct pbx *pbx = extension->pbx;

    *leg = *target = NULL;
    if (number[0]) {
        struct pbx_extension *e = pbx_find_extension(pbx, number);
        if (!e)
            return PBX_ERR_INVALADDRESS;
        *target = ringing_at(e);
    } else {
        bool any = false;
        if (!group[0])
            group = extension->group;
        for (size_t i = 0; i < pbx->extension_count; i++) {
            struct pbx_extension *e = pbx->extensions[i];
            if (strcmp(e->group, group))
                continue;
            any = true;
            struct pbx_leg *found = e == extension && !group[0] ? NULL : ringing_at(e);
            if (found && (!*target || found->seen_order < (*target)->seen_order))
                *target = found;
        }
        if (!any)
            return PBX_ERR_INVALGROUPID;
    }
    if (!*target)
        return PBX_ERR_OPERATIONFAILED; /* nothing rings there */
    return taking_leg(extension, leg);
}

void pbx_pickup_start(struct pbx_leg *leg, struct pbx_leg *target)
{
    struct pbx_leg *caller = target->peer;
    struct pbx_party from = target->self;

    pbx_log(leg->pbx, leg->self.number, from.number, "picks up %s", caller->self.number);
    caller->peer = target->peer = NULL;
    pbx_disconnect(target, PBX_DISC_PICKUP);
    leg->redirecting = from;
    take_over(leg, caller, PBX_REASON_PICKUP);
}

int32_t pbx_forward_set(struct pbx_extension *extension, enum pbx_forward_kind kind,
                        const char *address)
{
    char number[PBX_NUMBER] = "";
    bool partial = false;

    if (address && *address) {
        if (!pbx_number_clean(number, address, &partial) || partial)
            return PBX_ERR_INVALADDRESS;
        if (!pbx_known(extension->pbx, number) || !strcmp(number, extension->party.number))
            return PBX_ERR_INVALADDRESS;
        pbx_log(extension->pbx, extension->party.number, number, "forwards calls");
    }
    memcpy(extension->forward[kind].number, number, sizeof(number));
    return PBX_OK;
}

void pbx_forward_changed(struct pbx_extension *extension)
{
    extension->pbx->events->forwarded(extension->pbx->context, extension);
}
