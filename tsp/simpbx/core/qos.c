/* qos.c - reservations of bandwidth. A guaranteed flow is granted whole or not at all; controlled
 * load takes what is left; best effort reserves nothing. Older reservations go before newer. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#define NOT_SPECIFIED 0xFFFFFFFFu

static uint64_t bits(const struct pbx_flow *flow)
{
    bool reserves =
        flow->service == PBX_SERVICE_CONTROLLED || flow->service == PBX_SERVICE_GUARANTEED;

    return reserves && flow->token_rate != NOT_SPECIFIED ? (uint64_t)flow->token_rate * 8 : 0;
}

/* Both directions run at once on the exchange's lines: the wider one counts. */
static uint64_t kbits_of(const struct pbx_flow flow[2])
{
    uint64_t sending = bits(&flow[0]), receiving = bits(&flow[1]);

    return ((sending > receiving ? sending : receiving) + 999) / 1000;
}

/* Fills granted from wanted with `available` kbit/s; false: a guaranteed flow does not fit. */
static bool grant(struct pbx_qos *qos, uint64_t available)
{
    uint64_t wanted = kbits_of(qos->wanted);

    memcpy(qos->granted, qos->wanted, sizeof(qos->granted));
    qos->kbits = (uint32_t)(wanted <= available ? wanted : 0);
    if (wanted <= available)
        return true;
    if (qos->wanted[0].service == PBX_SERVICE_GUARANTEED ||
        qos->wanted[1].service == PBX_SERVICE_GUARANTEED)
        return false;
    for (int i = 0; i < 2; i++) {
        struct pbx_flow *flow = &qos->granted[i];
        if (!bits(flow))
            continue;
        flow->token_rate = (uint32_t)(flow->token_rate * available / wanted);
        if (flow->peak != NOT_SPECIFIED && flow->peak > flow->token_rate)
            flow->peak = flow->token_rate;
        if (!flow->token_rate)
            flow->service = PBX_SERVICE_BESTEFFORT;
    }
    qos->kbits = (uint32_t)kbits_of(qos->granted);
    return true;
}

int32_t pbx_set_qos(struct pbx_leg *leg, const struct pbx_flow flow[2])
{
    struct pbx *pbx = leg->pbx;
    struct pbx_qos qos = leg->qos;
    uint64_t others = pbx->bandwidth_used - leg->qos.kbits;
    uint64_t limit = pbx->settings.bandwidth;

    memcpy(qos.wanted, flow, sizeof(qos.wanted));
    if (kbits_of(flow) > UINT32_MAX || !grant(&qos, limit > others ? limit - others : 0)) {
        pbx_log(pbx, leg->self.number, "exchange", "is refused bandwidth");
        return PBX_ERR_RATEUNAVAIL;
    }
    if (!qos.set)
        qos.order = ++pbx->qos_order;
    qos.set = true;
    leg->qos = qos;
    pbx->bandwidth_used = (uint32_t)(others + qos.kbits);
    pbx_log(pbx, leg->self.number, "exchange", "reserves %u kbit/s", qos.kbits);
    pbx_info_changed(leg, PBX_INFO_QOS);
    return PBX_OK;
}

static int by_order(const void *a, const void *b)
{
    const struct pbx_leg *const *x = a, *const *y = b;

    return (*x)->qos.order < (*y)->qos.order ? -1 : (*x)->qos.order > (*y)->qos.order;
}

/* Gives out the whole bandwidth anew, oldest reservation first, and tells those it changes for. */
static void renegotiate(struct pbx *pbx)
{
    struct pbx_leg **legs = malloc((pbx->leg_count + 1) * sizeof(*legs));
    size_t count = 0, place = 0;
    uint64_t available = pbx->settings.bandwidth;

    if (!legs)
        return;
    for (struct pbx_leg *leg; (leg = pbx_next_leg(pbx, &place));)
        if (leg->qos.set)
            legs[count++] = leg;
    qsort(legs, count, sizeof(*legs), by_order);
    pbx->bandwidth_used = 0;
    for (size_t i = 0; i < count; i++) {
        struct pbx_leg *leg = legs[i];
        struct pbx_qos old = leg->qos;
        bool had = old.kbits > 0;
        bool fits = grant(&leg->qos, available);

        if (!fits)
            for (int way = 0; way < 2; way++)
                if (bits(&leg->qos.granted[way])) {
                    leg->qos.granted[way].service = PBX_SERVICE_BESTEFFORT;
                    leg->qos.granted[way].token_rate = 0;
                }
        available -= leg->qos.kbits;
        pbx->bandwidth_used += leg->qos.kbits;
        if (!memcmp(old.granted, leg->qos.granted, sizeof(old.granted)))
            continue;
        pbx_log(pbx, "exchange", leg->self.number, "now grants %u kbit/s", leg->qos.kbits);
        pbx_info_changed(leg, PBX_INFO_QOS);
        if (leg->held_by_front && had && !leg->qos.kbits)
            pbx->events->qos(pbx->context, leg, PBX_QOS_NOQOS);
        else if (leg->held_by_front && leg->qos.kbits < old.kbits)
            pbx->events->qos(pbx->context, leg, PBX_QOS_ADMISSION);
    }
    free(legs);
}

void pbx_release_qos(struct pbx_leg *leg)
{
    struct pbx *pbx = leg->pbx;
    uint32_t freed = leg->qos.kbits;
    bool full = pbx->bandwidth_used + 1 >= pbx->settings.bandwidth;

    if (!leg->qos.set)
        return;
    leg->qos.set = false;
    leg->qos.kbits = 0;
    pbx->bandwidth_used -= freed;
    /* Somebody may have been given less than asked for only when all was used. */
    if (freed && full)
        renegotiate(pbx);
}

void pbx_set_bandwidth(struct pbx *pbx, uint32_t kbits)
{
    pbx->settings.bandwidth = kbits;
    if (pbx->qos_order)
        renegotiate(pbx);
}

void pbx_audio_flow(const struct pbx *pbx, uint32_t service, struct pbx_flow *flow)
{
    const struct pbx_settings *s = &pbx->settings;
    uint32_t rate = s->audio_rate * s->audio_channels * (s->audio_bits / 8);

    memset(flow, 0, sizeof(*flow));
    flow->service = service;
    flow->latency = flow->delay_variation = NOT_SPECIFIED;
    flow->token_rate = service == PBX_SERVICE_BESTEFFORT ? NOT_SPECIFIED : rate;
    flow->token_bucket = flow->max_sdu = flow->min_policed = rate / 50; /* 20 ms */
    flow->peak = flow->token_rate;
}
