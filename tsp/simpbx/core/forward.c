/* forward.c - where an extension's calls go on to, by what stops them and by who calls. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

static const char *caller_number(const struct pbx_leg *from)
{
    return from->originator && from->caller.number[0] ? from->caller.number : from->self.number;
}

const char *pbx_forward_to(const struct pbx_extension *extension, enum pbx_forward_kind kind,
                           const struct pbx_leg *from)
{
    enum pbx_forward_who side = from->extension ? PBX_FWD_INTERNAL : PBX_FWD_EXTERNAL;
    const char *by_side = NULL;

    for (uint32_t i = 0; i < extension->rule_count; i++) {
        const struct pbx_forward_rule *rule = &extension->rules[i];
        if (rule->kind != kind)
            continue;
        if (rule->who == PBX_FWD_SPECIFIC && !strcmp(rule->caller, caller_number(from)))
            return rule->number;
        if (rule->who == side && !by_side)
            by_side = rule->number;
    }
    return by_side ? by_side : extension->forward[kind].number;
}

/* Cleans a destination; "" is good where it may be off. */
static int32_t clean(const struct pbx_extension *extension, const char *from, char to[PBX_NUMBER])
{
    bool partial = false;

    if (!pbx_number_clean(to, from, &partial) || partial || !pbx_known(extension->pbx, to) ||
        !strcmp(to, extension->party.number))
        return PBX_ERR_INVALADDRESS;
    return PBX_OK;
}

int32_t pbx_forward_all(struct pbx_extension *extension,
                        const struct pbx_forward general[PBX_FWD_KINDS],
                        const struct pbx_forward_rule *rules, uint32_t count)
{
    struct pbx_forward wanted[PBX_FWD_KINDS];
    struct pbx_forward_rule *copy = NULL;
    int32_t result = PBX_OK;
    bool partial;

    memset(wanted, 0, sizeof(wanted));
    for (int kind = 0; kind < PBX_FWD_KINDS && result == PBX_OK; kind++)
        if (general[kind].number[0])
            result = clean(extension, general[kind].number, wanted[kind].number);
    if (result != PBX_OK)
        return result;
    if (count > PBX_FORWARD_RULES)
        return PBX_ERR_INVALPARAM;
    if (count && !(copy = calloc(count, sizeof(*copy))))
        return PBX_ERR_NOMEM;
    for (uint32_t i = 0; i < count && result == PBX_OK; i++) {
        copy[i] = rules[i];
        result = clean(extension, rules[i].number, copy[i].number);
        if (result == PBX_OK && rules[i].who == PBX_FWD_SPECIFIC &&
            (!pbx_number_clean(copy[i].caller, rules[i].caller, &partial) || partial))
            result = PBX_ERR_INVALADDRESS;
    }
    if (result != PBX_OK) {
        free(copy);
        return result;
    }
    free(extension->rules);
    extension->rules = copy;
    extension->rule_count = count;
    memcpy(extension->forward, wanted, sizeof(wanted));
    for (int kind = 0; kind < PBX_FWD_KINDS; kind++)
        if (wanted[kind].number[0])
            pbx_log(extension->pbx, extension->party.number, wanted[kind].number, "forwards calls");
    for (uint32_t i = 0; i < count; i++)
        pbx_log(extension->pbx, extension->party.number, copy[i].number, "forwards some calls");
    return PBX_OK;
}
