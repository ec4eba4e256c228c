/* book.c - the user's locations, area code rules and cards: adding, removing, copying. */
#include "dialing/dialing.h"

#include "base/mem.h"

void dial_copy(wchar_t *to, size_t room, const wchar_t *from)
{
    size_t length = wcslen(from);

    if (length >= room)
        length = room - 1;
    wmemcpy(to, from, length);
    to[length] = 0;
}

/* ---- area code rules ---- */

struct dial_area_rule *dial_rule_add(struct dial_location *location)
{
    struct dial_area_rule *grown =
        mem_realloc(location->rules, (location->rule_count + 1) * sizeof(*grown));

    if (!grown)
        return NULL;
    location->rules = grown;
    grown += location->rule_count++;
    *grown = (struct dial_area_rule){.options = DIAL_RULE_ALL_PREFIXES};
    return grown;
}

void dial_rule_remove(struct dial_location *location, uint32_t index)
{
    if (index >= location->rule_count)
        return;
    mem_free(location->rules[index].prefixes);
    location->rule_count--;
    for (uint32_t i = index; i < location->rule_count; i++)
        location->rules[i] = location->rules[i + 1];
}

bool dial_rule_set_prefixes(struct dial_area_rule *rule, const wchar_t *text)
{
    wchar_t *list = mem_alloc((wcslen(text) + 1) * sizeof(*list));
    size_t used = 0;

    if (!list)
        return false;
    for (; *text; text++) {
        if (dial_is_digit(*text))
            list[used++] = *text;
        else if (used && list[used - 1] != L',')
            list[used++] = L',';
    }
    if (used && list[used - 1] == L',')
        used--;
    list[used] = 0;
    mem_free(rule->prefixes);
    rule->prefixes = list;
    return true;
}

/* ---- locations ---- */

void dial_location_clear(struct dial_location *location)
{
    while (location->rule_count)
        dial_rule_remove(location, location->rule_count - 1);
    mem_free(location->rules);
    location->rules = NULL;
}

bool dial_location_assign(struct dial_location *to, const struct dial_location *from)
{
    struct dial_location copy = *from;

    copy.id = to->id;
    copy.rules = NULL;
    copy.rule_count = 0;
    for (uint32_t i = 0; i < from->rule_count; i++) {
        const struct dial_area_rule *old = &from->rules[i];
        struct dial_area_rule *rule = dial_rule_add(&copy);

        if (!rule)
            goto fail;
        *rule = *old;
        rule->prefixes = NULL;
        if (old->prefixes && !dial_rule_set_prefixes(rule, old->prefixes))
            goto fail;
    }
    dial_location_clear(to);
    *to = copy;
    return true;
fail:
    dial_location_clear(&copy);
    return false;
}

struct dial_location *dial_location_find(const struct dial_book *book, uint32_t id)
{
    for (uint32_t i = 0; i < book->location_count; i++)
        if (book->locations[i].id == id)
            return &book->locations[i];
    return NULL;
}

struct dial_location *dial_location_current(const struct dial_book *book)
{
    struct dial_location *current = dial_location_find(book, book->current);

    return current || !book->location_count ? current : book->locations;
}

struct dial_location *dial_location_add(struct dial_book *book)
{
    struct dial_location *grown =
        mem_realloc(book->locations, (book->location_count + 1) * sizeof(*grown));

    if (!grown)
        return NULL;
    book->locations = grown;
    for (uint32_t i = 0; i < book->location_count; i++)
        if (grown[i].id >= book->next_location)
            book->next_location = grown[i].id + 1;
    if (!book->next_location) /* 0 names no location */
        book->next_location = 1;
    grown += book->location_count++;
    *grown = (struct dial_location){.id = book->next_location++, .flags = DIAL_TONE};
    return grown;
}

bool dial_location_remove(struct dial_book *book, uint32_t id)
{
    struct dial_location *location = dial_location_find(book, id);

    if (!location || book->location_count == 1)
        return false;
    dial_location_clear(location);
    book->location_count--;
    for (; location < book->locations + book->location_count; location++)
        *location = location[1];
    if (book->current == id)
        book->current = book->locations[0].id;
    return true;
}

/* ---- cards ---- */

struct dial_card *dial_card_find(const struct dial_book *book, uint32_t id)
{
    for (uint32_t i = 0; i < book->card_count; i++)
        if (book->cards[i].id == id)
            return &book->cards[i];
    return NULL;
}

struct dial_card *dial_card_add(struct dial_book *book)
{
    struct dial_card *grown = mem_realloc(book->cards, (book->card_count + 1) * sizeof(*grown));

    if (!grown)
        return NULL;
    book->cards = grown;
    for (uint32_t i = 0; i < book->card_count; i++)
        if (grown[i].id >= book->next_card)
            book->next_card = grown[i].id + 1;
    grown += book->card_count++;
    *grown = (struct dial_card){.id = book->next_card++};
    return grown;
}

bool dial_card_remove(struct dial_book *book, uint32_t id)
{
    struct dial_card *card = dial_card_find(book, id);

    if (!card || !id)
        return false;
    for (uint32_t i = 0; i < book->location_count; i++) {
        if (book->locations[i].card_id == id) {
            book->locations[i].card_id = 0;
            book->locations[i].flags &= ~(uint32_t)DIAL_USE_CARD;
        }
    }
    if (card->flags & DIAL_CARD_PREDEFINED) {
        card->flags |= DIAL_CARD_HIDDEN;
        return true;
    }
    book->card_count--;
    for (; card < book->cards + book->card_count; card++)
        *card = card[1];
    return true;
}

/* The cards that come with TAPI: direct dialling, and services that any telephone reaches. The
 * rules are those of their voice menus: number, billing tone, card. */
static const struct {
    const wchar_t *name, *access, *long_distance, *international;
} predefined[] = {
    {L"None (Direct Dial)", L"", L"", L""},
    {L"AT&T (1-800-CALL-ATT)", L"18002255288", L"J$0FG$KH", L"J$01EFG$KH"},
    {L"MCI (1-800-888-8000)", L"18008888000", L"J,,0FG,,KH", L"J,,01EFG,,KH"},
    {L"Sprint (1-800-877-8000)", L"18008778000", L"J$0FG$KH", L"J$01EFG$KH"},
};

#define PREDEFINED (sizeof(predefined) / sizeof(predefined[0]))

bool dial_book_add_cards(struct dial_book *book)
{
    uint32_t next = book->next_card > PREDEFINED ? book->next_card : PREDEFINED;

    for (uint32_t id = 0; id < PREDEFINED; id++) {
        struct dial_card *card;

        if (dial_card_find(book, id))
            continue;
        card = dial_card_add(book);
        if (!card)
            return false;
        *card = (struct dial_card){.id = id, .flags = DIAL_CARD_PREDEFINED};
        dial_copy(card->name, DIAL_NAME, predefined[id].name);
        for (int kind = DIAL_LONG_DISTANCE; kind < DIAL_KINDS; kind++)
            dial_copy(card->access[kind], DIAL_CODE, predefined[id].access);
        dial_copy(card->rule[DIAL_LONG_DISTANCE], DIAL_RULE, predefined[id].long_distance);
        dial_copy(card->rule[DIAL_INTERNATIONAL], DIAL_RULE, predefined[id].international);
    }
    book->next_card = next;
    return true;
}

/* ---- the whole ---- */

void dial_book_clear(struct dial_book *book)
{
    for (uint32_t i = 0; i < book->location_count; i++)
        dial_location_clear(&book->locations[i]);
    mem_free(book->locations);
    mem_free(book->cards);
    *book = (struct dial_book){0};
}

bool dial_book_copy(struct dial_book *to, const struct dial_book *from)
{
    *to = (struct dial_book){0};
    for (uint32_t i = 0; i < from->location_count; i++) {
        struct dial_location *location = dial_location_add(to);

        if (!location || !dial_location_assign(location, &from->locations[i]))
            goto fail;
        location->id = from->locations[i].id;
    }
    if (from->card_count) {
        to->cards = mem_copy(from->cards, from->card_count * sizeof(*from->cards));
        if (!to->cards)
            goto fail;
    }
    to->card_count = from->card_count;
    to->current = from->current;
    to->next_location = from->next_location;
    to->next_card = from->next_card;
    return true;
fail:
    dial_book_clear(to);
    return false;
}
