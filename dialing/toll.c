/* toll.c - area code rules, and the toll list that some of them are: prefixes of the location's own
 * area code that are dialled as long distance. */
#include "dialing/dialing.h"

#include "base/mem.h"

#define TOLL_PREFIX 3 /* digits of an exchange where there are toll lists */

bool dial_has_toll_list(const struct dial_country *country)
{
    return country->code == 1;
}

bool dial_is_toll_rule(const struct dial_location *location, const struct dial_area_rule *rule)
{
    return rule->options & DIAL_RULE_NUMBER && !wcscmp(rule->area, location->area);
}

/* The next prefix of a list with commas between; false: it was the last. */
static bool next_prefix(const wchar_t **list, const wchar_t **prefix, size_t *length)
{
    while (**list == L',')
        ++*list;
    *prefix = *list;
    *length = wcscspn(*list, L",");
    *list += *length;
    return *length != 0;
}

/* The first digits of the number, as many as there are and fit. */
static size_t leading_digits(const struct dial_address *address, wchar_t *digits, size_t most)
{
    size_t count = 0;

    for (size_t i = 0; i < address->number_length && count < most; i++)
        if (dial_is_digit(address->number[i]))
            digits[count++] = address->number[i];
    return count;
}

/* How well the rule fits the digits: the length of the prefix, 1 more than none at all for a rule
 * of the whole area code, 0 when it is about other numbers. */
static size_t fit(const struct dial_area_rule *rule, const wchar_t *digits, size_t count)
{
    const wchar_t *list = rule->prefixes, *prefix;
    size_t best = 0, length;

    if (rule->options & DIAL_RULE_ALL_PREFIXES)
        return 1;
    while (list && next_prefix(&list, &prefix, &length))
        if (length <= count && !wmemcmp(prefix, digits, length) && length + 1 > best)
            best = length + 1;
    return best;
}

const struct dial_area_rule *dial_area_rule_find(const struct dial_location *location,
                                                 const struct dial_address *address)
{
    const struct dial_area_rule *best = NULL;
    wchar_t digits[DIAL_CODE];
    size_t count = leading_digits(address, digits, DIAL_CODE), best_fit = 0;

    for (uint32_t i = 0; i < location->rule_count; i++) {
        const struct dial_area_rule *rule = &location->rules[i];
        size_t fits = wcscmp(rule->area, address->area) ? 0 : fit(rule, digits, count);

        if (fits > best_fit) {
            best = rule;
            best_fit = fits;
        }
    }
    return best;
}

wchar_t *dial_toll_list(const struct dial_location *location)
{
    size_t room = 2, used = 0;
    wchar_t *list;

    for (uint32_t i = 0; i < location->rule_count; i++)
        if (location->rules[i].prefixes)
            room += wcslen(location->rules[i].prefixes) + 1;
    list = mem_alloc(room * sizeof(*list));
    if (!list)
        return NULL;
    for (uint32_t i = 0; i < location->rule_count; i++) {
        const struct dial_area_rule *rule = &location->rules[i];

        if (!dial_is_toll_rule(location, rule) || !rule->prefixes || !rule->prefixes[0])
            continue;
        list[used++] = L',';
        wcscpy(list + used, rule->prefixes);
        used += wcslen(rule->prefixes);
    }
    if (used)
        list[used++] = L',';
    list[used] = 0;
    return list;
}

/* The location's rule for toll prefixes; a new one where it has none. */
static struct dial_area_rule *toll_rule(struct dial_location *location)
{
    struct dial_area_rule *rule;

    for (uint32_t i = 0; i < location->rule_count; i++) {
        rule = &location->rules[i];
        if (dial_is_toll_rule(location, rule) && !(rule->options & DIAL_RULE_ALL_PREFIXES))
            return rule;
    }
    rule = dial_rule_add(location);
    if (rule) {
        wcscpy(rule->area, location->area);
        wcscpy(rule->number, L"1");
        rule->options = DIAL_RULE_AREA_CODE | DIAL_RULE_NUMBER;
    }
    return rule;
}

static bool add_prefix(struct dial_location *location, const wchar_t *digits, bool *changed)
{
    struct dial_area_rule *rule = toll_rule(location);
    size_t old;
    wchar_t *list;

    if (!rule)
        return false;
    old = rule->prefixes ? wcslen(rule->prefixes) : 0;
    list = mem_alloc((old + TOLL_PREFIX + 2) * sizeof(*list));
    if (!list)
        return false;
    if (old) {
        wcscpy(list, rule->prefixes);
        list[old++] = L',';
    }
    wcscpy(list + old, digits);
    mem_free(rule->prefixes);
    rule->prefixes = list;
    *changed = true;
    return true;
}

static void remove_prefix(struct dial_area_rule *rule, const wchar_t *digits, bool *changed)
{
    const wchar_t *list = rule->prefixes, *prefix;
    wchar_t *to = rule->prefixes;
    size_t length;

    while (list && next_prefix(&list, &prefix, &length)) {
        bool more = *list != 0;

        if (length == wcslen(digits) && !wmemcmp(prefix, digits, length)) {
            *changed = true;
            continue;
        }
        wmemmove(to, prefix, length);
        to += length;
        if (more)
            *to++ = L',';
    }
    if (rule->prefixes) {
        if (to > rule->prefixes && to[-1] == L',')
            to--;
        *to = 0;
    }
}

bool dial_toll_change(struct dial_location *location, const struct dial_address *address, bool add,
                      bool *changed)
{
    wchar_t digits[TOLL_PREFIX + 1] = {0};
    const struct dial_area_rule *found = dial_area_rule_find(location, address);

    *changed = false;
    /* The list is about the own area code; a number that is no longer than a prefix has none. */
    if (wcscmp(address->area, location->area) ||
        leading_digits(address, digits, TOLL_PREFIX) < TOLL_PREFIX)
        return true;
    if (!add) {
        for (uint32_t i = 0; i < location->rule_count; i++)
            if (dial_is_toll_rule(location, &location->rules[i]))
                remove_prefix(&location->rules[i], digits, changed);
        return true;
    }
    if (found && dial_is_toll_rule(location, found))
        return true;
    return add_prefix(location, digits, changed);
}
