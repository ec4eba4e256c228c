/* transfer.c - consultation and blind transfer, redirection. */
#include "inside.h"

#include <string.h>

static bool held_or_connected(const struct pbx_leg *leg)
{
    return leg->state == PBX_CONNECTED || pbx_is_held(leg);
}

int32_t pbx_setup_transfer(struct pbx_leg *leg, const struct pbx_call_params *params,
                           struct pbx_leg **consult)
{
    *consult = NULL;
    if ((leg->state != PBX_CONNECTED && leg->state != PBX_ONHOLD) || leg->is_conference ||
        leg->consult || !leg->peer || pbx_has_active(leg->extension, leg))
        return PBX_ERR_INVALCALLSTATE;
    if (!pbx_may_start(leg->extension))
        return PBX_ERR_CALLUNAVAIL;
    int32_t result = params ? pbx_check_params(leg->pbx, params) : PBX_OK;
    if (result != PBX_OK)
        return result;
    result = pbx_new_leg(leg->extension, params, consult);
    if (result != PBX_OK)
        return result;
    leg->consult = *consult;
    (*consult)->consult_of = leg;
    (*consult)->related_id = leg->call_id;
    return PBX_OK;
}

void pbx_consult_start(struct pbx_leg *consult)
{
    struct pbx_leg *leg = consult->consult_of;

    pbx_log(leg->pbx, leg->self.number, leg->peer ? leg->peer->self.number : "",
            "holds for transfer");
    pbx_set_state(leg, PBX_ONHOLDPENDTRANSFER, 0);
    if (leg->peer && leg->peer->state == PBX_CONNECTED)
        pbx_set_state(leg->peer, PBX_CONNECTED, PBX_CONN_ACTIVEHELD);
    pbx_set_state(consult, PBX_DIALTONE, PBX_DIALTONE_INTERNAL);
    if (consult->param_flags & PBX_PARAM_ONESTEPTRANSFER)
        pbx_dial(consult, consult->target);
}

int32_t pbx_complete_transfer(struct pbx_leg *leg, struct pbx_leg *consult)
{
    struct pbx_leg *b = leg->peer, *c = consult->peer;
    struct pbx *pbx = leg->pbx;
    bool ringing;

    if (leg == consult || !leg->extension || leg->extension != consult->extension || !c)
        return PBX_ERR_INVALCONSULTCALL;
    if (!b || b == consult || !held_or_connected(leg) || leg->is_conference ||
        consult->is_conference ||
        (!held_or_connected(consult) && consult->state != PBX_RINGBACK &&
         consult->state != PBX_PROCEEDING))
        return PBX_ERR_INVALCALLSTATE;
    ringing = c->state == PBX_OFFERING || c->state == PBX_ACCEPTED;
    pbx_log(pbx, b->self.number, c->self.number, "transferred by %s", leg->self.number);
    leg->peer = consult->peer = NULL;
    b->peer = c->peer = NULL;
    c->redirecting = b->redirecting = leg->self;
    pbx_end(leg);
    pbx_end(consult);
    pbx_pair(b, c);
    c->related_id = c->call_id;
    c->call_id = b->call_id;
    c->reason = PBX_REASON_TRANSFER;
    pbx_info_changed(c, PBX_INFO_CALLID | PBX_INFO_RELATEDCALLID | PBX_INFO_REASON |
                            PBX_INFO_REDIRECTINGID);
    pbx_info_changed(b, PBX_INFO_REDIRECTINGID);
    if (!ringing) {
        pbx_connect(c);
        return PBX_OK;
    }
    c->caller = b->self;
    pbx_info_changed(c, PBX_INFO_CALLERID);
    if (b->state == PBX_CONNECTED)
        pbx_set_state(b, PBX_CONNECTED, PBX_CONN_ACTIVE);
    return PBX_OK;
}

/* Rings `number` for b, whose other end has gone. */
static void send_on(struct pbx_leg *b, const char *number, uint32_t reason,
                    const struct pbx_party *by)
{
    pbx_copy(b->dialed, sizeof(b->dialed), number);
    uint32_t mode = pbx_route(b, number, reason, by, 0);
    if (mode) {
        pbx_log(b->pbx, number, b->self.number, "%s",
                mode == PBX_DISC_BUSY ? "busy" : "cannot connect");
        pbx_disconnect(b, mode);
        return;
    }
    if (b->state == PBX_CONNECTED)
        pbx_set_state(b, PBX_CONNECTED, PBX_CONN_ACTIVE);
    pbx_ringing(b);
}

int32_t pbx_blind_transfer(struct pbx_leg *leg, const char *address)
{
    struct pbx_leg *b = leg->peer;
    struct pbx_party by = leg->self;
    char number[PBX_NUMBER];
    bool partial;

    if (!held_or_connected(leg) || leg->is_conference || !b || leg->consult)
        return PBX_ERR_INVALCALLSTATE;
    if (!pbx_number_clean(number, address, &partial) || partial || !pbx_known(leg->pbx, number))
        return PBX_ERR_INVALADDRESS;
    if (leg->extension && !strcmp(number, leg->extension->party.number))
        return PBX_ERR_TARGETSELF;
    pbx_log(leg->pbx, leg->self.number, number, "transfers %s", b->self.number);
    pbx_end(leg);
    send_on(b, number, PBX_REASON_TRANSFER, &by);
    return PBX_OK;
}

int32_t pbx_redirect(struct pbx_leg *leg, const char *address)
{
    struct pbx_leg *b = leg->peer;
    struct pbx_party by = leg->self;
    char number[PBX_NUMBER];
    bool partial;

    if ((leg->state != PBX_OFFERING && leg->state != PBX_ACCEPTED) || !b)
        return PBX_ERR_INVALCALLSTATE;
    if (!pbx_number_clean(number, address, &partial) || partial || !pbx_known(leg->pbx, number))
        return PBX_ERR_INVALADDRESS;
    if (leg->extension && !strcmp(number, leg->extension->party.number))
        return PBX_ERR_TARGETSELF;
    pbx_log(leg->pbx, leg->self.number, number, "redirects %s", b->self.number);
    pbx_end(leg);
    send_on(b, number, PBX_REASON_REDIRECT, &by);
    return PBX_OK;
}
