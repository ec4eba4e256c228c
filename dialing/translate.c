/* translate.c - from a canonical address to what is dialled, and to what may be shown. */
#include "dialing/dialing.h"

#include "base/mem.h"

/* ---- text that grows ---- */

struct text {
    wchar_t *at; /* mem.h */
    size_t used, room;
    bool failed;
};

static void add(struct text *text, const wchar_t *from, size_t length)
{
    if (text->used + length + 1 > text->room) {
        size_t room = (text->used + length + 1) * 2;
        wchar_t *grown = text->failed ? NULL : mem_realloc(text->at, room * sizeof(*grown));

        if (!grown) {
            text->failed = true;
            return;
        }
        text->at = grown;
        text->room = room;
    }
    wmemcpy(text->at + text->used, from, length);
    text->used += length;
    text->at[text->used] = 0;
}

static void add_char(struct text *text, wchar_t c)
{
    add(text, &c, 1);
}

static void add_text(struct text *text, const wchar_t *from)
{
    add(text, from, wcslen(from));
}

/* ---- one translation ---- */

struct translation {
    const struct dial_location *location;
    const struct dial_country *home;
    const struct dial_card *card; /* NULL: this call is dialled directly */
    const struct dial_address *address;
    enum dial_kind kind;
    struct text dialable, displayable;
    bool component; /* the displayable string ends with a number of its own */
};

/* Numbers that follow one another are parted for the reader. */
static void part(struct translation *t)
{
    struct text *text = &t->displayable;

    if (text->used && text->at[text->used - 1] != L' ')
        add_char(text, L' ');
}

static void add_literal(struct translation *t, wchar_t c)
{
    if (t->component && dial_is_digit(c))
        part(t);
    t->component = false;
    if (dial_is_dialable(c))
        add_char(&t->dialable, c);
    else if (!wcschr(L" -.()", c))
        return; /* neither dialled nor formatting */
    if (c == L' ')
        part(t);
    else
        add_char(&t->displayable, c);
}

static void add_literals(struct translation *t, const wchar_t *text)
{
    for (; *text; text++)
        add_literal(t, *text);
}

/* A whole code or number: `shown` is what the reader sees of it. */
static void add_component(struct translation *t, const wchar_t *dialed, const wchar_t *shown)
{
    if (!*dialed)
        return;
    part(t);
    add_text(&t->dialable, dialed);
    add_text(&t->displayable, shown);
    t->component = true;
}

static void add_area(struct translation *t)
{
    wchar_t shown[DIAL_CODE + 2];

    wcscpy(shown, L"(");
    wcscat(shown, t->address->area);
    wcscat(shown, L")");
    add_component(t, t->address->area, t->address->parenthesized ? shown : t->address->area);
}

/* Formatting is for the displayable string alone. */
static void add_number(struct translation *t)
{
    const struct dial_address *address = t->address;

    part(t);
    for (size_t i = 0; i < address->number_length; i++)
        if (dial_is_dialable(address->number[i]))
            add_char(&t->dialable, address->number[i]);
    add(&t->displayable, address->number, address->number_length);
    t->component = true;
}

/* A secret is dialled; the name of its card is shown. */
static void add_secret(struct translation *t, const wchar_t *secret)
{
    if (!*secret)
        return;
    part(t);
    add_text(&t->dialable, secret);
    add_char(&t->displayable, L'[');
    add_text(&t->displayable, t->card->name);
    add_char(&t->displayable, L']');
    t->component = true;
}

static bool has_letter(const wchar_t *rule, const wchar_t *letters)
{
    return wcspbrk(rule, letters) != NULL;
}

/* with_area: the area code is dialled where the rule has none. */
static void expand(struct translation *t, const wchar_t *rule, bool with_area)
{
    bool area_missing = with_area && !has_letter(rule, L"FI");

    for (; *rule; rule++) {
        switch (*rule) {
        case L'E':
            add_component(t, t->address->country, t->address->country);
            break;
        case L'F':
        case L'I': /* the same for us: an address without an area code is dialled without */
            add_area(t);
            break;
        case L'G':
            if (area_missing)
                add_area(t);
            add_number(t);
            break;
        case L'H':
            if (t->card)
                add_secret(t, t->card->pin);
            break;
        case L'K':
            if (t->card)
                add_secret(t, t->card->account);
            break;
        case L'J':
            if (t->card)
                add_component(t, t->card->access[t->kind], t->card->access[t->kind]);
            break;
        case L'L':
            add_component(t, t->location->carrier, t->location->carrier);
            break;
        case L'M':
            add_component(t, t->location->international_carrier,
                          t->location->international_carrier);
            break;
        default:
            add_literal(t, *rule);
            break;
        }
    }
}

/* ---- what kind of call it is ---- */

static uint32_t kind_bit(enum dial_kind kind)
{
    return kind == DIAL_LOCAL           ? DIAL_IS_LOCAL
           : kind == DIAL_LONG_DISTANCE ? DIAL_IS_LONG_DISTANCE
                                        : DIAL_IS_INTERNATIONAL;
}

/* *rule is the area code rule that applies, NULL where the country's rules do. */
static enum dial_kind classify(const struct translation *t, uint32_t options, uint32_t *results,
                               const struct dial_area_rule **rule)
{
    bool same_area = !wcscmp(t->address->area, t->location->area);

    *rule = NULL;
    if (dial_address_country(t->address) != t->home->code)
        return DIAL_INTERNATIONAL;
    *rule = dial_area_rule_find(t->location, t->address);
    if (same_area && dial_has_toll_list(t->home))
        *results |= *rule && dial_is_toll_rule(t->location, *rule) ? DIAL_IN_TOLL_LIST
                                                                   : DIAL_NOT_IN_TOLL_LIST;
    if (options & (DIAL_FORCE_LOCAL | DIAL_FORCE_LONG_DISTANCE)) {
        enum dial_kind forced =
            options & DIAL_FORCE_LONG_DISTANCE ? DIAL_LONG_DISTANCE : DIAL_LOCAL;

        /* A rule that says the same as the application still says how. */
        if (*rule && !((*rule)->options & DIAL_RULE_NUMBER) != (forced == DIAL_LOCAL))
            *rule = NULL;
        return forced;
    }
    if (*rule)
        return (*rule)->options & DIAL_RULE_NUMBER ? DIAL_LONG_DISTANCE : DIAL_LOCAL;
    return same_area ? DIAL_LOCAL : DIAL_LONG_DISTANCE;
}

static void dial_by_area_rule(struct translation *t, const struct dial_area_rule *rule)
{
    if (rule->options & DIAL_RULE_NUMBER)
        add_literals(t, rule->number);
    if (rule->options & DIAL_RULE_AREA_CODE)
        add_area(t);
    add_number(t);
}

static void dial_by_country_rule(struct translation *t)
{
    static const wchar_t *const otherwise[DIAL_KINDS] = {L"G", L"FG", L"EFG"};
    const wchar_t *rule = t->home->rule[t->kind];

    /* A rule without the number cannot be meant. */
    if (!has_letter(rule, L"G"))
        rule = otherwise[t->kind];
    expand(t, rule, t->kind == DIAL_LOCAL && t->location->flags & DIAL_ALWAYS_AREA_CODE);
}

static void dial(struct translation *t, uint32_t options, uint32_t *results)
{
    const struct dial_location *location = t->location;
    const struct dial_area_rule *rule;

    t->kind = classify(t, options, results, &rule);
    *results |= DIAL_IS_CANONICAL | kind_bit(t->kind);
    if (t->card && !t->card->rule[t->kind][0])
        t->card = NULL;
    add_literal(t, location->flags & DIAL_TONE ? L'T' : L'P');
    add_char(&t->displayable, L' ');
    if (options & DIAL_CANCEL_CALL_WAITING)
        add_literals(t, location->cancel_call_waiting);
    add_literals(t,
                 t->kind == DIAL_LOCAL ? location->local_access : location->long_distance_access);
    if (t->card)
        expand(t, t->card->rule[t->kind], false);
    else if (rule)
        dial_by_area_rule(t, rule);
    else
        dial_by_country_rule(t);
}

/* ---- the strings as a whole ---- */

/* A name is passed to the other end, and not shown. */
static void add_rest(struct text *displayable, const wchar_t *rest)
{
    const wchar_t *name = wcschr(rest, L'^');
    size_t line = wcscspn(rest, L"\r\n");

    if (!name || name > rest + line) {
        add_text(displayable, rest);
        return;
    }
    add(displayable, rest, (size_t)(name - rest));
    add_text(displayable, rest + line);
}

/* Control characters of the first address's number. */
static uint32_t controls(const wchar_t *dialable)
{
    uint32_t results = 0;

    for (; *dialable && !wcschr(L"|^\r\n", *dialable); dialable++) {
        switch (*dialable) {
        case L'$':
            results |= DIAL_HAS_BILLING;
            break;
        case L'@':
            results |= DIAL_HAS_QUIET;
            break;
        case L'W':
        case L'w':
            results |= DIAL_HAS_DIAL_TONE;
            break;
        case L'?':
            results |= DIAL_HAS_PROMPT;
            break;
        case L':':
            results |= DIAL_HAS_VOICE_DETECT;
            break;
        }
    }
    return results;
}

enum dial_status dial_translate(const struct dial_location *location,
                                const struct dial_country *home, const struct dial_card *card,
                                const wchar_t *text, uint32_t options, struct dial_output *output)
{
    struct dial_address address;
    struct translation t = {.location = location, .home = home, .card = card, .address = &address};

    *output = (struct dial_output){0};
    if (!dial_address_parse(text, &address))
        return DIAL_BAD_ADDRESS;
    output->current_country = home->code;
    if (address.canonical) {
        output->dest_country = dial_address_country(&address);
        dial(&t, options, &output->results);
    } else {
        size_t length = (size_t)(address.rest - text);

        add(&t.dialable, text, length);
        add(&t.displayable, text, length);
    }
    add_text(&t.dialable, address.rest);
    add_rest(&t.displayable, address.rest);
    if (t.dialable.failed || t.displayable.failed) {
        mem_free(t.dialable.at);
        mem_free(t.displayable.at);
        *output = (struct dial_output){0};
        return DIAL_NO_MEMORY;
    }
    output->dialable = t.dialable.at;
    output->displayable = t.displayable.at;
    output->results |= controls(output->dialable);
    return DIAL_OK;
}

void dial_output_clear(struct dial_output *output)
{
    mem_free(output->dialable);
    mem_free(output->displayable);
    *output = (struct dial_output){0};
}
