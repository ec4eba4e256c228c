/* conference.c - a conference: a leg without a peer, and the member legs of the same extension. */
#include "inside.h"

static void join(struct pbx_leg *conference, struct pbx_leg *member)
{
    pbx_unlink_consult(member);
    member->conference = conference;
    member->related_id = conference->call_id;
    conference->members++;
    pbx_set_state(member, PBX_CONFERENCED, 0);
    pbx_info_changed(member, PBX_INFO_RELATEDCALLID);
    if (member->peer && member->peer->state == PBX_CONNECTED)
        pbx_set_state(member->peer, PBX_CONNECTED, PBX_CONN_ACTIVE);
}

static int32_t make_conference(struct pbx_extension *extension, struct pbx_leg **conference)
{
    int32_t result = pbx_new_leg(extension, NULL, conference);

    if (result != PBX_OK)
        return result;
    (*conference)->is_conference = true;
    (*conference)->origin = PBX_ORIGIN_CONFERENCE;
    (*conference)->originator = false;
    return PBX_OK;
}

int32_t pbx_transfer_conference(struct pbx_leg *leg, struct pbx_leg *consult,
                                struct pbx_leg **conference)
{
    *conference = NULL;
    if (leg == consult || !leg->extension || leg->extension != consult->extension ||
        consult->is_conference || !consult->peer)
        return PBX_ERR_INVALCONSULTCALL;
    if (leg->is_conference || !leg->peer || leg->peer == consult ||
        !((pbx_is_held(leg) && consult->state == PBX_CONNECTED) ||
          (pbx_is_held(consult) && leg->state == PBX_CONNECTED)))
        return PBX_ERR_INVALCALLSTATE;
    return make_conference(leg->extension, conference);
}

void pbx_transfer_conference_start(struct pbx_leg *conference, struct pbx_leg *leg,
                                   struct pbx_leg *consult)
{
    pbx_log(leg->pbx, leg->self.number, leg->peer->self.number, "begins a conference with %s",
            consult->peer->self.number);
    pbx_unlink_consult(leg);
    join(conference, leg);
    join(conference, consult);
    pbx_set_state(conference, PBX_CONNECTED, PBX_CONN_ACTIVE);
}

int32_t pbx_setup_conference(struct pbx_leg *leg, struct pbx_extension *extension,
                             const struct pbx_call_params *params, struct pbx_leg **conference,
                             struct pbx_leg **consult)
{
    *conference = *consult = NULL;
    if (leg)
        extension = leg->extension;
    if (leg && ((leg->state != PBX_CONNECTED && leg->state != PBX_ONHOLD) || !leg->peer ||
                leg->is_conference || leg->consult))
        return PBX_ERR_INVALCALLSTATE;
    if (pbx_has_active(extension, leg))
        return PBX_ERR_INVALCALLSTATE;
    if (!pbx_may_start(extension))
        return PBX_ERR_CALLUNAVAIL;
    int32_t result = params ? pbx_check_params(extension->pbx, params) : PBX_OK;
    if (result != PBX_OK)
        return result;
    if (params && params->flags & PBX_PARAM_NOHOLDCONFERENCE &&
        (!leg || leg->state != PBX_CONNECTED))
        return PBX_ERR_INVALCALLSTATE;
    result = make_conference(extension, conference);
    if (result != PBX_OK)
        return result;
    result = pbx_new_leg(extension, params, consult);
    if (result != PBX_OK) {
        (*conference)->held_by_front = false;
        pbx_end(*conference);
        *conference = NULL;
        return result;
    }
    (*consult)->consult_of = *conference;
    (*conference)->consult = *consult;
    (*consult)->related_id = (*conference)->call_id;
    return PBX_OK;
}

void pbx_setup_conference_start(struct pbx_leg *leg, struct pbx_leg *conference,
                                struct pbx_leg *consult)
{
    pbx_log(conference->pbx, conference->self.number, "", "sets up a conference");
    pbx_set_state(conference, PBX_ONHOLDPENDCONF, 0);
    if (leg && consult->param_flags & PBX_PARAM_NOHOLDCONFERENCE) {
        consult->no_hold = leg;
        pbx_dial_out(consult, consult->target);
        return;
    }
    if (leg)
        join(conference, leg);
    pbx_set_state(consult, PBX_DIALTONE, PBX_DIALTONE_INTERNAL);
}

int32_t pbx_prepare_add(struct pbx_leg *conference, const struct pbx_call_params *params,
                        struct pbx_leg **consult)
{
    *consult = NULL;
    if (!conference->is_conference)
        return PBX_ERR_INVALCONFCALL;
    if ((conference->state != PBX_CONNECTED && conference->state != PBX_ONHOLD) ||
        conference->consult || pbx_has_active(conference->extension, conference))
        return PBX_ERR_INVALCALLSTATE;
    if (conference->members >= conference->pbx->settings.conference)
        return PBX_ERR_CONFERENCEFULL;
    int32_t result = params ? pbx_check_params(conference->pbx, params) : PBX_OK;
    if (result == PBX_OK && params && params->flags & PBX_PARAM_NOHOLDCONFERENCE &&
        conference->state != PBX_CONNECTED)
        result = PBX_ERR_INVALCALLSTATE;
    if (result == PBX_OK)
        result = pbx_new_leg(conference->extension, params, consult);
    if (result != PBX_OK)
        return result;
    (*consult)->consult_of = conference;
    conference->consult = *consult;
    (*consult)->related_id = conference->call_id;
    return PBX_OK;
}

/* The call that a consultation call joins by itself has been answered. */
void pbx_join_unheld(struct pbx_leg *consult)
{
    struct pbx_leg *leg = consult->no_hold, *conference = consult->consult_of;

    consult->no_hold = NULL;
    if (!leg || !conference || consult->state != PBX_CONNECTED)
        return;
    pbx_log(conference->pbx, conference->self.number, consult->peer->self.number,
            "joins the conference");
    if (leg != conference)
        join(conference, leg);
    join(conference, consult);
    pbx_set_state(conference, PBX_CONNECTED, PBX_CONN_ACTIVE);
}

void pbx_unheld_lost(struct pbx_leg *leg)
{
    struct pbx_leg *conference = leg->consult_of;

    /* The call that was to be joined has gone: the consultation call is one like others. */
    if (leg->extension)
        for (struct pbx_leg *other = leg->extension->legs; other; other = other->next)
            if (other->no_hold == leg)
                other->no_hold = NULL;
    if (!leg->no_hold)
        return;
    bool grows = leg->no_hold == conference;
    leg->no_hold = NULL;
    pbx_unlink_consult(leg);
    if (conference && !grows)
        pbx_end(conference);
}

void pbx_prepare_add_start(struct pbx_leg *conference, struct pbx_leg *consult)
{
    if (consult->param_flags & PBX_PARAM_NOHOLDCONFERENCE) {
        consult->no_hold = conference;
        pbx_dial_out(consult, consult->target);
        return;
    }
    pbx_set_state(conference, PBX_ONHOLDPENDCONF, 0);
    pbx_set_state(consult, PBX_DIALTONE, PBX_DIALTONE_INTERNAL);
}

int32_t pbx_add_to_conference(struct pbx_leg *conference, struct pbx_leg *consult)
{
    if (!conference->is_conference || conference == consult)
        return PBX_ERR_INVALCONFCALL;
    if (consult->extension != conference->extension || consult->is_conference || !consult->peer)
        return PBX_ERR_INVALCONSULTCALL;
    if (!pbx_is_held(conference) && conference->state != PBX_CONNECTED)
        return PBX_ERR_INVALCALLSTATE;
    if (consult->state != PBX_CONNECTED && consult->state != PBX_ONHOLD)
        return PBX_ERR_INVALCALLSTATE;
    if (conference->members >= conference->pbx->settings.conference)
        return PBX_ERR_CONFERENCEFULL;
    pbx_log(conference->pbx, conference->self.number, consult->peer->self.number,
            "adds to the conference");
    join(conference, consult);
    pbx_set_state(conference, PBX_CONNECTED, PBX_CONN_ACTIVE);
    return PBX_OK;
}

int32_t pbx_remove_from_conference(struct pbx_leg *member)
{
    struct pbx_leg *conference = member->conference;

    if (!conference || member->state != PBX_CONFERENCED)
        return PBX_ERR_INVALCALLSTATE;
    pbx_log(member->pbx, member->self.number, member->peer ? member->peer->self.number : "",
            "removes from the conference");
    pbx_set_state(member, PBX_ONHOLD, 0);
    if (member->peer && member->peer->state == PBX_CONNECTED)
        pbx_set_state(member->peer, PBX_CONNECTED, PBX_CONN_ACTIVEHELD);
    pbx_conference_lost(member);
    return PBX_OK;
}

void pbx_conference_lost(struct pbx_leg *member)
{
    struct pbx_leg *conference = member->conference;

    if (!conference)
        return;
    member->conference = NULL;
    /* The last party has gone: the conference is over, unless another is just being called. */
    if (--conference->members == 0 && !conference->consult && conference->state != PBX_IDLE)
        pbx_disconnect(conference, PBX_DISC_NORMAL);
}
