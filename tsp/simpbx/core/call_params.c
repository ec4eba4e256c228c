/* call_params.c - what a call was asked to be, and what is changed of that while it lasts. */
#include "inside.h"

#include <string.h>

#define BEARER_MODES 0x3u /* LINEBEARERMODE_VOICE, _SPEECH */
#define MAX_RATE     64000u

int32_t pbx_check_params(const struct pbx *pbx, const struct pbx_call_params *params)
{
    const uint32_t with_target =
        PBX_PARAM_PREDICTIVEDIAL | PBX_PARAM_ONESTEPTRANSFER | PBX_PARAM_NOHOLDCONFERENCE;
    char number[PBX_NUMBER];
    bool partial;

    if (params->flags & ~0xFFu)
        return PBX_ERR_INVALCALLPARAMS;
    if (params->target_states & ~(uint32_t)PBX_CONNECTED)
        return PBX_ERR_INVALCALLPARAMS;
    /* A target is needed by all that carries itself out. */
    if (params->flags & (PBX_PARAM_ONESTEPTRANSFER | PBX_PARAM_NOHOLDCONFERENCE) &&
        !params->target[0])
        return PBX_ERR_INVALADDRESS;
    if (params->target_states && !params->target[0])
        return PBX_ERR_INVALADDRESS;
    if (params->flags & with_target && params->target[0] &&
        (!pbx_number_clean(number, params->target, &partial) || partial || !pbx_known(pbx, number)))
        return PBX_ERR_INVALADDRESS;
    return PBX_OK;
}

int32_t pbx_set_call_params(struct pbx_leg *leg, uint32_t bearer_mode, uint32_t min_rate,
                            uint32_t max_rate, const uint32_t dial_params[4])
{
    uint32_t changed = 0, rate = max_rate < MAX_RATE ? max_rate : MAX_RATE;

    if (leg->state == PBX_IDLE || leg->state == PBX_DISCONNECTED)
        return PBX_ERR_INVALCALLSTATE;
    if (bearer_mode & ~BEARER_MODES || bearer_mode == BEARER_MODES)
        return PBX_ERR_INVALBEARERMODE;
    if (min_rate > MAX_RATE || min_rate > max_rate)
        return PBX_ERR_INVALRATE;
    if (bearer_mode && leg->bearer_mode != bearer_mode) {
        leg->bearer_mode = bearer_mode;
        changed |= PBX_INFO_BEARERMODE;
    }
    if (rate && leg->rate != rate) {
        leg->rate = rate;
        changed |= PBX_INFO_RATE;
    }
    if (dial_params && memcmp(leg->dial_params, dial_params, sizeof(leg->dial_params))) {
        memcpy(leg->dial_params, dial_params, sizeof(leg->dial_params));
        changed |= PBX_INFO_DIALPARAMS;
    }
    if (changed)
        pbx_info_changed(leg, changed);
    /* Both ends of a call are of one kind. */
    if (leg->peer && changed & (PBX_INFO_BEARERMODE | PBX_INFO_RATE)) {
        leg->peer->bearer_mode = leg->bearer_mode;
        leg->peer->rate = leg->rate;
        pbx_info_changed(leg->peer, changed & (PBX_INFO_BEARERMODE | PBX_INFO_RATE));
    }
    return PBX_OK;
}

int32_t pbx_set_treatment(struct pbx_leg *leg, uint32_t treatment)
{
    static const char *const names[] = {"", "silence", "ringback", "busy", "music"};

    if (!treatment || treatment > PBX_TREATMENTS)
        return PBX_ERR_INVALPARAM;
    if (leg->state == PBX_IDLE || leg->state == PBX_DISCONNECTED || leg->is_conference)
        return PBX_ERR_INVALCALLSTATE;
    if (leg->treatment == treatment)
        return PBX_OK;
    leg->treatment = treatment;
    pbx_log(leg->pbx, leg->self.number, leg->peer ? leg->peer->self.number : "", "lets hear %s",
            names[treatment]);
    pbx_info_changed(leg, PBX_INFO_TREATMENT);
    pbx_talk_changed(leg);
    return PBX_OK;
}

void pbx_predict(struct pbx_leg *leg)
{
    char target[PBX_NUMBER];

    if (!(leg->param_flags & PBX_PARAM_PREDICTIVEDIAL) || !(leg->target_states & leg->state))
        return;
    pbx_copy(target, sizeof(target), leg->target);
    leg->target_states = 0;
    pbx_log(leg->pbx, leg->self.number, target, "transfers a predicted call");
    pbx_blind_transfer(leg, target);
}
