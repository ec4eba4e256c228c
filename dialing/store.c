/* store.c - reading the dialling rules out of the registry. Values of another type than they should
 * have are taken as absent: the registry is anybody's. */
#include "dialing/store.h"

#include "base/mem.h"
#include "dialing/secret.h"

/* ---- values ---- */

/* The text of a value, ended with mem_free; NULL where it is absent or memory is exhausted. Ends
 * with two terminators, so that a list (REG_MULTI_SZ) ends as well. */
static WCHAR *read_any(HKEY key, const WCHAR *name, DWORD wanted)
{
    DWORD type = 0, size = 0;
    WCHAR *text;

    if (RegQueryValueExW(key, name, NULL, &type, NULL, &size) || type != wanted || size > 0x10000)
        return NULL;
    text = mem_alloc(size + 2 * sizeof(WCHAR));
    if (text && RegQueryValueExW(key, name, NULL, &type, (BYTE *)text, &size)) {
        mem_free(text);
        return NULL;
    }
    return text;
}

static void read_text(HKEY key, const WCHAR *name, WCHAR *to, size_t room)
{
    WCHAR *text = read_any(key, name, REG_SZ);

    if (text)
        dial_copy(to, room, text);
    mem_free(text);
}

static DWORD read_number(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD type = 0, value = 0, size = sizeof(value);

    if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)&value, &size) || type != REG_DWORD ||
        size != sizeof(value))
        return otherwise;
    return value;
}

static HKEY open_key(HKEY root, const WCHAR *path)
{
    HKEY key;

    return RegOpenKeyExW(root, path, 0, KEY_READ | STORE_VIEW, &key) ? NULL : key;
}

/* ---- entries of a list: Location1, Card0, Rule0 ---- */

bool store_entry_name(HKEY list, DWORD index, const WCHAR *prefix, WCHAR name[32])
{
    size_t length = wcslen(prefix);

    for (DWORD i = 0;; i++) {
        DWORD size = 32;
        LONG error = RegEnumKeyExW(list, i, name, &size, NULL, NULL, NULL, NULL);

        if (error == ERROR_MORE_DATA) /* a long name is not one of ours */
            continue;
        if (error)
            return false;
        if (_wcsnicmp(name, prefix, length) || !dial_is_digit(name[length]))
            continue;
        if (!index--)
            return true;
    }
}

DWORD store_entry_id(HKEY list, const WCHAR *name, const WCHAR *prefix)
{
    DWORD id = wcstoul(name + wcslen(prefix), NULL, 10);
    HKEY key = open_key(list, name);

    if (key) {
        id = read_number(key, L"ID", id);
        RegCloseKey(key);
    }
    return id;
}

/* ---- locations ---- */

HKEY store_locations_root(void)
{
    HKEY key = open_key(HKEY_CURRENT_USER, STORE_LOCATIONS);
    WCHAR name[32];
    bool own = key && store_entry_name(key, 0, L"Location", name);

    if (key)
        RegCloseKey(key);
    return own ? HKEY_CURRENT_USER : HKEY_LOCAL_MACHINE;
}

static bool read_rule(HKEY key, struct dial_location *location)
{
    struct dial_area_rule *rule = dial_rule_add(location);
    WCHAR *list;
    bool done = true;

    if (!rule)
        return false;
    rule->options = read_number(key, L"Options", 0);
    read_text(key, L"AreaCodeToCall", rule->area, DIAL_CODE);
    read_text(key, L"NumberToDial", rule->number, DIAL_CODE);
    list = read_any(key, L"Prefixes", REG_MULTI_SZ);
    if (list) {
        for (WCHAR *at = list; at[0] || at[1]; at++)
            if (!*at)
                *at = L',';
        done = dial_rule_set_prefixes(rule, list);
    }
    mem_free(list);
    return done;
}

static bool read_rules(HKEY key, struct dial_location *location)
{
    HKEY list = open_key(key, L"AreaCodeRules");
    WCHAR name[32];
    bool done = true;

    for (DWORD i = 0; list && done && store_entry_name(list, i, L"Rule", name); i++) {
        HKEY rule = open_key(list, name);

        if (rule) {
            done = read_rule(rule, location);
            RegCloseKey(rule);
        }
    }
    if (list)
        RegCloseKey(list);
    return done;
}

static bool read_location(HKEY key, DWORD id, struct dial_book *book)
{
    struct dial_location *location;

    if (dial_location_find(book, id) || !id)
        return true;
    location = dial_location_add(book);
    if (!location)
        return false;
    location->id = id;
    location->country_id = read_number(key, L"Country", 0);
    location->flags = read_number(key, L"Flags", DIAL_TONE);
    location->card_id = read_number(key, L"CallingCard", 0);
    read_text(key, L"Name", location->name, DIAL_NAME);
    read_text(key, L"AreaCode", location->area, DIAL_CODE);
    read_text(key, L"OutsideAccess", location->local_access, DIAL_CODE);
    read_text(key, L"LongDistanceAccess", location->long_distance_access, DIAL_CODE);
    read_text(key, L"LongDistanceCarrierCode", location->carrier, DIAL_CODE);
    read_text(key, L"InternationalCarrierCode", location->international_carrier, DIAL_CODE);
    read_text(key, L"DisableCallWaiting", location->cancel_call_waiting, DIAL_CODE);
    return read_rules(key, location);
}

static bool read_locations(struct dial_book *book)
{
    HKEY list = open_key(store_locations_root(), STORE_LOCATIONS);
    WCHAR name[32];
    bool done = true;

    for (DWORD i = 0; list && done && store_entry_name(list, i, L"Location", name); i++) {
        HKEY key = open_key(list, name);

        if (key) {
            done = read_location(key, store_entry_id(list, name, L"Location"), book);
            RegCloseKey(key);
        }
    }
    if (list) {
        DWORD next = read_number(list, L"NextID", 1);

        book->current = read_number(list, L"CurrentID", 0);
        if (next > book->next_location)
            book->next_location = next;
        RegCloseKey(list);
    }
    return done;
}

/* Nobody has set anything yet: where the user seems to be. */
static bool default_location(struct dial_book *book)
{
    struct dial_location *location = dial_location_add(book);
    struct dial_country country;
    DWORD id = 0;

    if (!location)
        return false;
    GetLocaleInfoW(LOCALE_USER_DEFAULT, LOCALE_ICOUNTRY | LOCALE_RETURN_NUMBER, (WCHAR *)&id,
                   sizeof(id) / sizeof(WCHAR));
    location->country_id = store_country(id, &country) ? id : 1;
    dial_copy(location->name, DIAL_NAME, L"My Location");
    book->current = location->id;
    return true;
}

/* ---- cards ---- */

static const WCHAR *const access_values[DIAL_KINDS] = {L"LocalAccessNumber", L"LDAccessNumber",
                                                       L"InternationalAccessNumber"};
static const WCHAR *const rule_values[DIAL_KINDS] = {L"LocalRule", L"LDRule", L"InternationalRule"};

static bool read_card(HKEY key, DWORD id, struct dial_book *book)
{
    struct dial_card *card;

    if (dial_card_find(book, id))
        return true;
    card = dial_card_add(book);
    if (!card)
        return false;
    card->id = id;
    card->flags = read_number(key, L"Flags", 0);
    read_text(key, L"Name", card->name, DIAL_NAME);
    read_text(key, L"AccountNumber", card->account, DIAL_CODE);
    secret_read(key, L"Pin", card->pin, DIAL_CODE);
    for (int kind = 0; kind < DIAL_KINDS; kind++) {
        read_text(key, access_values[kind], card->access[kind], DIAL_CODE);
        read_text(key, rule_values[kind], card->rule[kind], DIAL_RULE);
    }
    return true;
}

static bool read_cards(struct dial_book *book)
{
    HKEY list = open_key(HKEY_CURRENT_USER, STORE_CARDS);
    WCHAR name[32];
    bool done = true;

    for (DWORD i = 0; list && done && store_entry_name(list, i, L"Card", name); i++) {
        HKEY key = open_key(list, name);

        if (key) {
            done = read_card(key, store_entry_id(list, name, L"Card"), book);
            RegCloseKey(key);
        }
    }
    if (list) {
        book->next_card = read_number(list, L"NextID", 0);
        RegCloseKey(list);
    }
    return done && dial_book_add_cards(book);
}

static int card_order(const void *a, const void *b)
{
    const struct dial_card *one = a, *other = b;

    return one->id < other->id ? -1 : one->id > other->id;
}

LONG store_load(struct dial_book *book)
{
    *book = (struct dial_book){0};
    if (!read_locations(book) || (!book->location_count && !default_location(book)) ||
        !read_cards(book)) {
        dial_book_clear(book);
        return (LONG)LINEERR_NOMEM;
    }
    qsort(book->cards, book->card_count, sizeof(*book->cards), card_order);
    book->current = dial_location_current(book)->id;
    return 0;
}

/* ---- countries ---- */

/* Wine's list has rules with a space in front, which is no part of a rule. */
static void read_country_rule(HKEY key, const WCHAR *name, WCHAR rule[DIAL_RULE])
{
    size_t from, length;

    read_text(key, name, rule, DIAL_RULE);
    from = wcsspn(rule, L" ");
    length = wcslen(rule + from);
    while (length && rule[from + length - 1] == L' ')
        length--;
    wmemmove(rule, rule + from, length);
    rule[length] = 0;
}

/* What the registry says goes before what is there already. */
static void read_country(HKEY list, const WCHAR *name, struct dial_country *country)
{
    HKEY key = open_key(list, name);

    if (!key)
        return;
    country->code = read_number(key, L"CountryCode", country->code);
    read_text(key, L"Name", country->name, DIAL_NAME);
    read_country_rule(key, L"SameAreaRule", country->rule[DIAL_LOCAL]);
    read_country_rule(key, L"LongDistanceRule", country->rule[DIAL_LONG_DISTANCE]);
    read_country_rule(key, L"InternationalRule", country->rule[DIAL_INTERNATIONAL]);
    RegCloseKey(key);
}

bool store_country(DWORD id, struct dial_country *country)
{
    HKEY list = open_key(HKEY_LOCAL_MACHINE, STORE_COUNTRIES);
    WCHAR name[16];

    if (!dial_country_find(id, country))
        *country = (struct dial_country){.id = id};
    wsprintfW(name, L"%u", (unsigned)id);
    if (list) {
        read_country(list, name, country);
        RegCloseKey(list);
    }
    return id && country->code && country->name[0];
}

static int country_order(const void *a, const void *b)
{
    const struct dial_country *one = a, *other = b;

    return one->id < other->id ? -1 : one->id > other->id;
}

static struct dial_country *find(struct dial_country *countries, DWORD count, DWORD id)
{
    for (DWORD i = 0; i < count; i++)
        if (countries[i].id == id)
            return &countries[i];
    return NULL;
}

LONG store_countries(struct dial_country **countries, DWORD *count)
{
    HKEY list = open_key(HKEY_LOCAL_MACHINE, STORE_COUNTRIES);
    DWORD built_in = dial_country_count(), more = 0, used = 0;
    struct dial_country *all;
    WCHAR name[32];

    if (list)
        RegQueryInfoKeyW(list, NULL, NULL, NULL, &more, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    *count = 0;
    *countries = all = mem_alloc((built_in + more) * sizeof(*all));
    for (; all && used < built_in; used++)
        dial_country_get(used, &all[used]);
    for (DWORD i = 0; list && all && i < more; i++) {
        DWORD room = ARRAYSIZE(name);
        struct dial_country added = {0}, *known;

        if (RegEnumKeyExW(list, i, name, &room, NULL, NULL, NULL, NULL))
            continue;
        added.id = wcstoul(name, NULL, 10);
        known = find(all, used, added.id);
        if (!known && added.id)
            read_country(list, name, &added);
        if (known)
            read_country(list, name, known);
        else if (added.code && added.name[0])
            all[used++] = added;
    }
    if (list)
        RegCloseKey(list);
    if (!all)
        return (LONG)LINEERR_NOMEM;
    qsort(all, used, sizeof(*all), country_order);
    *count = used;
    return 0;
}
