/* media_control.c - media that a call's end hears, and what media control does when it hears them.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#define ACTIONS 0x7FFu
#define STEPS   4 /* of rate and volume, up and down */

/* --- monitoring --- */

void pbx_media_heard(struct pbx_leg *leg)
{
    const struct pbx_events *events = leg->pbx->events;
    uint32_t heard;

    if (!pbx_talks(leg) || !leg->extension)
        return;
    heard = leg->peer->media_mode;
    if (leg->held_by_front && leg->monitor_media & heard && events->media)
        events->media(leg->pbx->context, leg, leg->monitor_media & heard);
    pbx_media_mode_heard(leg, heard);
}

int32_t pbx_monitor_media(struct pbx_leg *leg, uint32_t modes)
{
    if (modes && (leg->state == PBX_IDLE || leg->state == PBX_DISCONNECTED || leg->is_conference))
        return PBX_ERR_INVALCALLSTATE;
    uint32_t added = modes & ~leg->monitor_media;
    leg->monitor_media = modes;
    pbx_info_changed(leg, PBX_INFO_MONITORMODES);
    /* What is there already has not to begin anew to be detected. */
    if (added && pbx_talks(leg) && leg->peer->media_mode & added && leg->pbx->events->media)
        leg->pbx->events->media(leg->pbx->context, leg, leg->peer->media_mode & added);
    return PBX_OK;
}

void pbx_media_mode_set(struct pbx_leg *leg, uint32_t mode)
{
    if (leg->media_mode == mode)
        return;
    leg->media_mode = mode;
    pbx_info_changed(leg, PBX_INFO_MEDIAMODE);
    if (leg->peer)
        pbx_media_heard(leg->peer);
}

/* --- the lists --- */

static int32_t check(const struct pbx_media_rules *rules)
{
    static const int32_t errors[PBX_MEDIA_TRIGGERS] = {
        PBX_ERR_INVALDIGITLIST, PBX_ERR_INVALMEDIALIST, PBX_ERR_INVALTONELIST,
        PBX_ERR_INVALSTATELIST};

    for (int trigger = 0; trigger < PBX_MEDIA_TRIGGERS; trigger++) {
        if (!rules->set[trigger])
            continue;
        if (rules->count[trigger] > PBX_MEDIA_LIST)
            return errors[trigger];
        for (uint32_t i = 0; i < rules->count[trigger]; i++) {
            const struct pbx_media_rule *rule = &rules->rule[trigger][i];
            bool bad =
                !rule->action || rule->action & (rule->action - 1) || rule->action & ~ACTIONS;
            if (trigger == PBX_MEDIA_DIGIT)
                bad = bad || rule->what > 0x7F || !pbx_is_digit((char)rule->what) || !rule->modes ||
                      rule->modes & ~7u;
            else if (trigger == PBX_MEDIA_TONE)
                bad = bad || !(rule->frequency[0] | rule->frequency[1] | rule->frequency[2]);
            else
                bad = bad || !rule->what;
            if (bad)
                return errors[trigger];
        }
    }
    return PBX_OK;
}

void pbx_media_rules_free(struct pbx_media_rules *rules)
{
    for (int trigger = 0; trigger < PBX_MEDIA_TRIGGERS; trigger++)
        free(rules->rule[trigger]);
    memset(rules, 0, sizeof(*rules));
}

int32_t pbx_set_media_control(struct pbx_extension *extension, struct pbx_leg *leg,
                              const struct pbx_media_rules *rules)
{
    struct pbx_media_rules *to = leg ? &leg->media_rules : &extension->media_rules;
    struct pbx_media_rule *copy[PBX_MEDIA_TRIGGERS] = {NULL};
    int32_t result = check(rules);

    if (result == PBX_OK && leg && (leg->state == PBX_IDLE || leg->is_conference))
        result = PBX_ERR_INVALCALLSTATE;
    for (int i = 0; i < PBX_MEDIA_TRIGGERS && result == PBX_OK; i++) {
        size_t size = rules->count[i] * sizeof(*copy[i]);
        if (!rules->set[i] || !size)
            continue;
        copy[i] = malloc(size);
        if (copy[i])
            memcpy(copy[i], rules->rule[i], size);
        else
            result = PBX_ERR_NOMEM;
    }
    for (int i = 0; i < PBX_MEDIA_TRIGGERS; i++) {
        if (result != PBX_OK || !rules->set[i]) {
            free(copy[i]);
            continue;
        }
        free(to->rule[i]);
        to->rule[i] = copy[i];
        to->count[i] = rules->count[i];
        to->set[i] = true;
    }
    return result;
}

/* --- carrying out --- */

static int32_t step(int32_t from, int32_t by)
{
    int32_t to = from + by;

    return to < -STEPS ? -STEPS : to > STEPS ? STEPS : to;
}

static void act(struct pbx_leg *leg, uint32_t action)
{
    struct pbx_media *media = &leg->media;

    switch ((enum pbx_media_action)action) {
    case PBX_ACTION_NONE:
        return;
    case PBX_ACTION_START:
        media->stopped = media->paused = false;
        break;
    case PBX_ACTION_RESET:
        memset(media, 0, sizeof(*media) - sizeof(media->actions));
        media->stopped = true;
        break;
    case PBX_ACTION_PAUSE:
        media->paused = true;
        break;
    case PBX_ACTION_RESUME:
        media->paused = false;
        break;
    case PBX_ACTION_RATEUP:
    case PBX_ACTION_RATEDOWN:
        media->rate = step(media->rate, action == PBX_ACTION_RATEUP ? 1 : -1);
        break;
    case PBX_ACTION_RATENORMAL:
        media->rate = 0;
        break;
    case PBX_ACTION_VOLUMEUP:
    case PBX_ACTION_VOLUMEDOWN:
        media->volume = step(media->volume, action == PBX_ACTION_VOLUMEUP ? 1 : -1);
        break;
    case PBX_ACTION_VOLUMENORMAL:
        media->volume = 0;
        break;
    }
    media->actions++;
    pbx_log(leg->pbx, leg->self.number, "", "media control: %s%srate %d, volume %d",
            media->stopped ? "stopped, " : "", media->paused ? "paused, " : "", (int)media->rate,
            (int)media->volume);
    pbx_talk_changed(leg);
}

/* The list that counts for a leg: its own, if one was set for it. */
static const struct pbx_media_rules *rules_of(const struct pbx_leg *leg,
                                              enum pbx_media_trigger trigger)
{
    if (!leg->extension)
        return NULL;
    const struct pbx_media_rules *rules =
        leg->media_rules.set[trigger] ? &leg->media_rules : &leg->extension->media_rules;
    return rules->count[trigger] ? rules : NULL;
}

/* The first entry in whose `what` (bits) or as whose `what` (a digit) it is. */
static void act_on(struct pbx_leg *leg, enum pbx_media_trigger trigger, uint32_t what,
                   uint32_t modes)
{
    const struct pbx_media_rules *rules = rules_of(leg, trigger);

    for (uint32_t i = 0; rules && i < rules->count[trigger]; i++) {
        const struct pbx_media_rule *rule = &rules->rule[trigger][i];
        if (trigger == PBX_MEDIA_DIGIT ? rule->what == what && rule->modes & modes
                                       : (rule->what & what) != 0) {
            act(leg, rule->action);
            return;
        }
    }
}

void pbx_media_digit(struct pbx_leg *leg, char digit, uint32_t mode)
{
    act_on(leg, PBX_MEDIA_DIGIT, (unsigned char)digit, mode);
}

void pbx_media_mode_heard(struct pbx_leg *leg, uint32_t mode)
{
    act_on(leg, PBX_MEDIA_MODE, mode, 0);
}

void pbx_media_state(struct pbx_leg *leg)
{
    act_on(leg, PBX_MEDIA_STATE, leg->state, 0);
}

void pbx_media_tone(struct pbx_leg *leg, const uint32_t frequency[3], uint32_t duration)
{
    const struct pbx_media_rules *rules = rules_of(leg, PBX_MEDIA_TONE);

    for (uint32_t i = 0; rules && i < rules->count[PBX_MEDIA_TONE]; i++) {
        const struct pbx_media_rule *rule = &rules->rule[PBX_MEDIA_TONE][i];
        struct pbx_tone tone = {.duration = rule->duration};
        memcpy(tone.frequency, rule->frequency, sizeof(tone.frequency));
        if (duration >= tone.duration && pbx_tone_matches(&tone, frequency)) {
            act(leg, rule->action);
            return;
        }
    }
}
