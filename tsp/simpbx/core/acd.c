/* acd.c - see acd.h. */
#include "acd.h"
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_EVERY 1000 /* ms, while nobody is free */
#define MAX_AFTER  86400000u

/* --- configuration --- */

static bool is_number(const char *word)
{
    size_t length = strlen(word);

    for (const char *s = word; *s; s++)
        if (!pbx_is_digit(*s))
            return false;
    return length && length < PBX_NUMBER;
}

static bool read_ms(const char *word, uint32_t *ms)
{
    char *end;
    unsigned long value = strtoul(word, &end, 10);

    *ms = (uint32_t)value;
    return *word >= '0' && *word <= '9' && !*end && value <= MAX_AFTER;
}

static bool read_treatment(const char *word, uint32_t *treatment)
{
    static const char *const names[] = {
        [PBX_TREAT_SILENCE] = "silence",
        [PBX_TREAT_RINGBACK] = "ringback",
        [PBX_TREAT_BUSY] = "busy",
        [PBX_TREAT_MUSIC] = "music",
    };

    for (uint32_t i = 1; i <= PBX_TREATMENTS; i++) {
        if (!strcmp(names[i], word)) {
            *treatment = i;
            return true;
        }
    }
    return false;
}

bool pbx_acd_plan_read(struct pbx_acd_plan *plan, const char *const *word, size_t count,
                       char *error, size_t error_size)
{
    const char *wrong = "";
    size_t i = 0;

    plan->treatment = plan->kind == PBX_ACD_ROUTEPOINT ? PBX_TREAT_RINGBACK : PBX_TREAT_MUSIC;
    while (i < count) {
        const char *what = word[i++];

        wrong = what;
        if (!strcmp(what, "agents") && plan->kind != PBX_ACD_ROUTEPOINT) {
            for (; i < count && is_number(word[i]); i++) {
                if (plan->agents == PBX_ACD_AGENTS) {
                    snprintf(error, error_size, "more than %d agents", PBX_ACD_AGENTS);
                    return false;
                }
                strcpy(plan->agent[plan->agents++], word[i]);
            }
            if (!plan->agents)
                goto fail;
        } else if (!strcmp(what, "overflow")) {
            if (i + 3 > count || !is_number(word[i]) || strcmp(word[i + 1], "after") ||
                !read_ms(word[i + 2], &plan->overflow_after))
                goto fail;
            strcpy(plan->overflow, word[i]);
            i += 3;
        } else if (!strcmp(what, "treatment")) {
            if (i == count || !read_treatment(word[i], &plan->treatment))
                goto fail;
            i++;
        } else {
            goto fail;
        }
    }
    return true;
fail:
    snprintf(
        error, error_size,
        "\"%.40s\": agents NUMBER..., overflow NUMBER after MS or treatment silence, ringback, "
        "busy, music",
        wrong);
    return false;
}

bool pbx_acd_set(struct pbx_extension *extension, const struct pbx_acd_plan *plan)
{
    if (!extension->acd)
        extension->acd = calloc(1, sizeof(*extension->acd));
    if (!extension->acd)
        return false;
    extension->acd->plan = *plan;
    extension->acd->next = 0;
    return true;
}

uint32_t pbx_acd_flags(const struct pbx_extension *extension)
{
    static const uint32_t flags[] = {
        [PBX_ACD_QUEUE] = 0x01000000,
        [PBX_ACD_ROUTEPOINT] = 0x02000000,
        [PBX_ACD_GROUP] = 0x40000000,
    };

    return extension->acd ? flags[extension->acd->plan.kind] : 0;
}

bool pbx_acd_full(const struct pbx_extension *extension)
{
    return pbx_alive_count(extension) >= PBX_ACD_CALLS;
}

/* --- waiting --- */

static bool waits(const struct pbx_leg *leg)
{
    return leg->peer && (leg->state == PBX_OFFERING || leg->state == PBX_ACCEPTED);
}

/* The next agent in turn who is on no call, or NULL. Who passes the caller on is not there: the
 * call could come back to the queue without end. */
static struct pbx_extension *free_agent(struct pbx_acd *acd, const struct pbx_leg *caller)
{
    struct pbx *pbx = caller->pbx;

    for (uint32_t i = 0; i < acd->plan.agents; i++) {
        uint32_t place = (acd->next + i) % acd->plan.agents;
        struct pbx_extension *agent = pbx_find_extension(pbx, acd->plan.agent[place]);

        if (agent && !agent->acd && !pbx_alive_count(agent) && !pbx_line_refuses(agent) &&
            !pbx_forward_to(agent, PBX_FWD_UNCOND, caller)[0]) {
            acd->next = place + 1;
            return agent;
        }
    }
    return NULL;
}

/* Gives the calls to free agents, the oldest first. */
static void distribute(struct pbx_extension *queue)
{
    struct pbx_leg *leg = queue->legs;

    while (leg) {
        struct pbx_leg *next = leg->next;

        if (waits(leg)) {
            struct pbx_extension *agent = free_agent(queue->acd, leg->peer);
            if (!agent)
                return;
            pbx_redirect(leg, agent->party.number);
        }
        leg = next;
    }
}

static void look_due(void *context)
{
    struct pbx_leg *leg = context;
    struct pbx_extension *queue = leg->extension;

    /* First of all the timer: the call may leave with what follows. */
    pbx_timer_set(&leg->pbx->clock, &leg->ring_timer, LOOK_EVERY, look_due, leg);
    if (!queue->monitored)
        distribute(queue);
}

static void overflow_due(void *context)
{
    struct pbx_leg *leg = context;

    pbx_log(leg->pbx, leg->self.number, leg->peer ? leg->peer->self.number : "", "overflows");
    pbx_redirect(leg, leg->extension->acd->plan.overflow);
}

void pbx_acd_arrived(struct pbx_leg *leg)
{
    struct pbx_acd_plan *plan = &leg->extension->acd->plan;
    struct pbx_clock *clock = &leg->pbx->clock;

    leg->treatment = plan->treatment;
    pbx_set_state(leg, PBX_OFFERING, PBX_OFFERING_ACTIVE);
    if (plan->kind != PBX_ACD_ROUTEPOINT)
        pbx_set_state(leg, PBX_ACCEPTED, 0);
    if (plan->overflow[0])
        pbx_timer_set(clock, &leg->progress_timer, plan->overflow_after, overflow_due, leg);
    /* Not at once: the caller has yet to be told that it rings. */
    if (plan->agents)
        pbx_timer_set(clock, &leg->ring_timer, 0, look_due, leg);
}
