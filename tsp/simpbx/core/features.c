/* features.c - what a call could do now (dwCallFeatures): the same tests that the requests make. */
#include "core.h"

#define SOUND                                                                                      \
    (PBX_CAN_GENERATEDIGITS | PBX_CAN_GENERATETONE | PBX_CAN_MONITORDIGITS |                       \
     PBX_CAN_MONITORTONES | PBX_CAN_GATHERDIGITS | PBX_CAN_MONITORMEDIA)

static bool has_other(const struct pbx_leg *leg, bool (*is)(const struct pbx_leg *leg))
{
    for (const struct pbx_leg *other = leg->extension->legs; other; other = other->next)
        if (other != leg && is(other))
            return true;
    return false;
}

static bool is_connected(const struct pbx_leg *leg)
{
    return leg->state == PBX_CONNECTED;
}

static bool transferable(const struct pbx_leg *leg)
{
    return pbx_is_held(leg) && leg->peer && !leg->is_conference;
}

static bool open_conference(const struct pbx_leg *leg)
{
    return leg->is_conference && pbx_is_held(leg);
}

static uint32_t connected(const struct pbx_leg *leg, uint32_t *features2)
{
    uint32_t can = PBX_CAN_DROP | PBX_CAN_HOLD | PBX_CAN_SECURECALL;

    if (leg->is_conference)
        can |= leg->consult ? 0u : PBX_CAN_PREPAREADDCONF;
    else
        can |= SOUND | PBX_CAN_SETQOS;
    if (leg->peer) {
        can |= PBX_CAN_SENDUSERUSER;
        if (!leg->consult)
            can |= PBX_CAN_SETUPTRANSFER | PBX_CAN_BLINDTRANSFER | PBX_CAN_SETUPCONF;
        if (!leg->consult)
            *features2 |= PBX_CAN2_ONESTEP | PBX_CAN2_NOHOLDCONF;
        if (!leg->consult && !leg->consult_of) {
            can |= PBX_CAN_PARK;
            *features2 |= PBX_CAN2_PARKDIRECT | PBX_CAN2_PARKNONDIRECT;
        }
        if (has_other(leg, transferable)) {
            can |= PBX_CAN_COMPLETETRANSF;
            *features2 |= PBX_CAN2_TRANSFERNORM | PBX_CAN2_TRANSFERCONF;
        }
        if (has_other(leg, open_conference))
            can |= PBX_CAN_ADDTOCONF;
    }
    if (has_other(leg, pbx_is_held))
        can |= PBX_CAN_SWAPHOLD;
    return can;
}

static uint32_t held(const struct pbx_leg *leg, uint32_t *features2)
{
    uint32_t can = PBX_CAN_DROP;
    bool active = pbx_has_active(leg->extension, leg);

    if (!active)
        can |= PBX_CAN_UNHOLD;
    if (has_other(leg, is_connected))
        can |= PBX_CAN_SWAPHOLD;
    if (leg->is_conference)
        return can | (active ? PBX_CAN_ADDTOCONF : PBX_CAN_PREPAREADDCONF);
    if (leg->peer) {
        can |= PBX_CAN_BLINDTRANSFER;
        if (active) {
            can |= PBX_CAN_COMPLETETRANSF;
            *features2 |= PBX_CAN2_TRANSFERNORM;
            if (has_other(leg, is_connected))
                *features2 |= PBX_CAN2_TRANSFERCONF;
        } else if (leg->state == PBX_ONHOLD) {
            can |= PBX_CAN_SETUPTRANSFER | PBX_CAN_SETUPCONF;
            *features2 |= PBX_CAN2_ONESTEP;
        }
    }
    return can;
}

uint32_t pbx_features(const struct pbx_leg *leg, uint32_t *features2)
{
    uint32_t can = 0;

    *features2 = 0;
    if (!leg->extension)
        return 0;
    switch (leg->state) {
    case PBX_IDLE:
        return 0;
    case PBX_OFFERING:
        can = PBX_CAN_ACCEPT | PBX_CAN_ANSWER | PBX_CAN_REDIRECT | PBX_CAN_DROP |
              PBX_CAN_SENDUSERUSER;
        break;
    case PBX_ACCEPTED:
        can = PBX_CAN_ANSWER | PBX_CAN_REDIRECT | PBX_CAN_DROP | PBX_CAN_SENDUSERUSER;
        break;
    case PBX_DIALTONE:
    case PBX_DIALING:
        can = PBX_CAN_DIAL | PBX_CAN_DROP;
        break;
    case PBX_PROCEEDING:
    case PBX_RINGBACK:
        can = PBX_CAN_DROP;
        if (leg->peer && has_other(leg, transferable)) {
            can |= PBX_CAN_COMPLETETRANSF;
            *features2 |= PBX_CAN2_TRANSFERNORM;
        }
        break;
    case PBX_BUSY:
    case PBX_DISCONNECTED:
        can = PBX_CAN_DROP;
        break;
    case PBX_CONNECTED:
        can = connected(leg, features2);
        break;
    case PBX_ONHOLD:
    case PBX_ONHOLDPENDCONF:
    case PBX_ONHOLDPENDTRANSFER:
        can = held(leg, features2);
        break;
    case PBX_CONFERENCED:
        can = PBX_CAN_DROP | PBX_CAN_REMOVEFROMCONF;
        break;
    }
    /* What the exchange would do to connect it after all. */
    uint32_t modes = pbx_completion_modes(leg);
    if (modes) {
        can |= PBX_CAN_COMPLETECALL;
        *features2 |= modes << PBX_CAN2_COMPL_SHIFT;
    }
    can |= PBX_CAN_SETTERMINAL;
    if (leg->state != PBX_DISCONNECTED) {
        can |= PBX_CAN_SETCALLPARAMS;
        if (!leg->is_conference)
            can |= PBX_CAN_SETTREATMENT;
    }
    if (!leg->is_conference)
        can |= PBX_CAN_SETMEDIACONTROL;
    if (leg->user_user.size)
        can |= PBX_CAN_RELEASEUSERUSER;
    if (leg->extension->acd)
        can &= ~(uint32_t)(PBX_CAN_ANSWER | PBX_CAN_SETTERMINAL | PBX_CAN_SETMEDIACONTROL);
    return can | PBX_CAN_SETCALLDATA;
}
