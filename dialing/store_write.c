/* store_write.c - writing the dialling rules into the registry. An entry keeps its key's name and
 * what others have put into it; entries that are gone go. */
#include "dialing/store.h"

#include "base/mem.h"
#include "dialing/secret.h"

static LONG set_text(HKEY key, const WCHAR *name, const WCHAR *text)
{
    return RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                          (DWORD)((wcslen(text) + 1) * sizeof(WCHAR)));
}

static LONG set_number(HKEY key, const WCHAR *name, DWORD value)
{
    return RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value));
}

/* The list of strings that a rule's prefixes are in the registry. */
static LONG set_prefixes(HKEY key, const WCHAR *prefixes)
{
    size_t length = prefixes ? wcslen(prefixes) : 0;
    WCHAR *list = mem_alloc((length + 2) * sizeof(*list));
    LONG error;

    if (!list)
        return ERROR_OUTOFMEMORY;
    for (size_t i = 0; i < length; i++)
        list[i] = prefixes[i] == L',' ? 0 : prefixes[i];
    error = RegSetValueExW(key, L"Prefixes", 0, REG_MULTI_SZ, (const BYTE *)list,
                           (DWORD)((length + 2) * sizeof(*list)));
    mem_free(list);
    return error;
}

static LONG create_key(HKEY root, const WCHAR *path, HKEY *key)
{
    return RegCreateKeyExW(root, path, 0, NULL, 0, KEY_ALL_ACCESS | STORE_VIEW, NULL, key, NULL);
}

/* The key's name of the entry with this ID: its old one, or PREFIXid. */
static void entry_name(HKEY list, const WCHAR *prefix, DWORD id, WCHAR name[32])
{
    for (DWORD i = 0; store_entry_name(list, i, prefix, name); i++)
        if (store_entry_id(list, name, prefix) == id)
            return;
    wsprintfW(name, L"%s%u", prefix, (unsigned)id);
}

/* ---- locations ---- */

static LONG write_rules(HKEY key, const struct dial_location *location)
{
    WCHAR name[32];
    HKEY list, rule;
    LONG error;

    RegDeleteTreeW(key, L"AreaCodeRules");
    if (!location->rule_count)
        return 0;
    error = create_key(key, L"AreaCodeRules", &list);
    if (error)
        return error;
    for (DWORD i = 0; i < location->rule_count && !error; i++) {
        const struct dial_area_rule *from = &location->rules[i];

        wsprintfW(name, L"Rule%u", (unsigned)i);
        error = create_key(list, name, &rule);
        if (error)
            break;
        error = set_text(rule, L"AreaCodeToCall", from->area);
        if (!error)
            error = set_text(rule, L"NumberToDial", from->number);
        if (!error)
            error = set_number(rule, L"Options", from->options);
        if (!error)
            error = set_prefixes(rule, from->prefixes);
        RegCloseKey(rule);
    }
    RegCloseKey(list);
    return error;
}

static LONG write_location(HKEY list, const struct dial_location *location)
{
    const struct {
        const WCHAR *name, *text;
    } texts[] = {
        {L"Name", location->name},
        {L"AreaCode", location->area},
        {L"OutsideAccess", location->local_access},
        {L"LongDistanceAccess", location->long_distance_access},
        {L"LongDistanceCarrierCode", location->carrier},
        {L"InternationalCarrierCode", location->international_carrier},
        {L"DisableCallWaiting", location->cancel_call_waiting},
    };
    const struct {
        const WCHAR *name;
        DWORD value;
    } numbers[] = {
        {L"ID", location->id},
        {L"Country", location->country_id},
        {L"Flags", location->flags},
        {L"CallingCard", location->card_id},
    };
    WCHAR name[32];
    LONG error;
    HKEY key;

    entry_name(list, L"Location", location->id, name);
    error = create_key(list, name, &key);
    if (error)
        return error;
    for (unsigned i = 0; i < ARRAYSIZE(texts) && !error; i++)
        error = set_text(key, texts[i].name, texts[i].text);
    for (unsigned i = 0; i < ARRAYSIZE(numbers) && !error; i++)
        error = set_number(key, numbers[i].name, numbers[i].value);
    if (!error)
        error = write_rules(key, location);
    RegCloseKey(key);
    return error;
}

/* From the back, for a key that goes moves those behind it. */
static void remove_others(HKEY list, const WCHAR *prefix, const struct dial_book *book, bool cards)
{
    WCHAR name[32];
    DWORD count = 0;

    while (store_entry_name(list, count, prefix, name))
        count++;
    while (count--) {
        DWORD id;

        if (!store_entry_name(list, count, prefix, name))
            continue;
        id = store_entry_id(list, name, prefix);
        if (cards ? !dial_card_find(book, id) : !dial_location_find(book, id))
            RegDeleteTreeW(list, name);
    }
}

static LONG write_locations(HKEY root, const struct dial_book *book)
{
    HKEY list;
    LONG error = create_key(root, STORE_LOCATIONS, &list);

    if (error)
        return error;
    for (DWORD i = 0; i < book->location_count && !error; i++)
        error = write_location(list, &book->locations[i]);
    if (!error) {
        remove_others(list, L"Location", book, false);
        error = set_number(list, L"CurrentID", book->current);
    }
    if (!error)
        error = set_number(list, L"NextID", book->next_location);
    if (!error)
        error = set_number(list, L"NumEntries", book->location_count);
    RegCloseKey(list);
    return error;
}

/* ---- cards ---- */

static LONG write_card(HKEY list, const struct dial_card *card)
{
    const struct {
        const WCHAR *name, *text;
    } texts[] = {
        {L"Name", card->name},
        {L"AccountNumber", card->account},
        {L"LocalAccessNumber", card->access[DIAL_LOCAL]},
        {L"LDAccessNumber", card->access[DIAL_LONG_DISTANCE]},
        {L"InternationalAccessNumber", card->access[DIAL_INTERNATIONAL]},
        {L"LocalRule", card->rule[DIAL_LOCAL]},
        {L"LDRule", card->rule[DIAL_LONG_DISTANCE]},
        {L"InternationalRule", card->rule[DIAL_INTERNATIONAL]},
    };
    WCHAR name[32];
    LONG error;
    HKEY key;

    entry_name(list, L"Card", card->id, name);
    error = create_key(list, name, &key);
    if (error)
        return error;
    for (unsigned i = 0; i < ARRAYSIZE(texts) && !error; i++)
        error = set_text(key, texts[i].name, texts[i].text);
    if (!error)
        error = set_number(key, L"ID", card->id);
    if (!error)
        error = set_number(key, L"Flags", card->flags);
    if (!error && !secret_write(key, L"Pin", card->pin))
        error = ERROR_INVALID_DATA;
    RegCloseKey(key);
    return error;
}

static LONG write_cards(const struct dial_book *book)
{
    HKEY list;
    LONG error = create_key(HKEY_CURRENT_USER, STORE_CARDS, &list);

    if (error)
        return error;
    for (DWORD i = 0; i < book->card_count && !error; i++)
        error = write_card(list, &book->cards[i]);
    if (!error) {
        remove_others(list, L"Card", book, true);
        error = set_number(list, L"NextID", book->next_card);
    }
    if (!error)
        error = set_number(list, L"NumEntries", book->card_count);
    RegCloseKey(list);
    return error;
}

LONG store_save(const struct dial_book *book)
{
    LONG error = write_locations(store_locations_root(), book);

    if (error == ERROR_ACCESS_DENIED)
        error = write_locations(HKEY_CURRENT_USER, book);
    if (!error)
        error = write_cards(book);
    return error == ERROR_OUTOFMEMORY ? (LONG)LINEERR_NOMEM
           : error                    ? (LONG)LINEERR_OPERATIONFAILED
                                      : 0;
}
