/* translate_lists.c - lineGetTranslateCaps and lineGetCountry: structures that hold lists of
 * entries with texts. */
#include "tapi32/translate.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Entries and behind them their texts, as one part of a structure. Offsets count from the
 * structure's beginning, so nothing else may be appended meanwhile. */
struct records {
    uint32_t base; /* where the part will begin in the structure */
    uint32_t entry_size, count;
    uint8_t *at; /* mem.h */
    uint32_t used, room;
    bool failed;
};

static struct records records_begin(uint32_t structure_size, uint32_t entry_size, uint32_t count)
{
    struct records records = {.base = (structure_size + 3) & ~3u,
                              .entry_size = entry_size,
                              .count = count,
                              .used = entry_size * count,
                              .room = entry_size * count};
    records.at = mem_alloc(records.room);
    records.failed = records.at == NULL;
    return records;
}

static void *records_entry(struct records *records, uint32_t index)
{
    return records->at + (size_t)index * records->entry_size;
}

/* `member` is the offset of dwXxxSize in the entry. An empty text is there too: programs read it
 * without a look at its size. */
static void records_text(struct records *records, uint32_t index, size_t member, const WCHAR *text)
{
    uint32_t size = (uint32_t)((wcslen(text) + 1) * sizeof *text);
    uint32_t padded = (size + 3) & ~3u;
    if (records->failed)
        return;
    if (records->used + padded > records->room) {
        uint32_t room = (records->used + padded) * 2;
        uint8_t *grown = mem_realloc(records->at, room);
        records->failed = grown == NULL;
        if (grown == NULL)
            return;
        records->at = grown;
        records->room = room;
    }
    memset(records->at + records->used, 0, padded);
    memcpy(records->at + records->used, text, size);
    DWORD *pair = (DWORD *)((uint8_t *)records_entry(records, index) + member);
    pair[0] = size;
    pair[1] = records->base + records->used;
    records->used += padded;
}

/* Appends the part; `member` is the offset of the list's dwXxxSize, the count stands before it. */
static bool records_end(struct records *records, enum struct_kind kind, void **structure,
                        uint32_t *size, size_t member)
{
    bool done = !records->failed &&
                (records->count == 0 || struct_append(kind, structure, size, (uint32_t)member,
                                                      records->at, records->used));
    if (done) {
        DWORD *list = (DWORD *)((uint8_t *)*structure + member);
        list[-1] = records->count;
        list[0] = records->count * records->entry_size;
    }
    mem_free(records->at);
    return done;
}

#define TEXT_OF(records, index, type, part, text)                                                  \
    records_text(records, index, offsetof(type, part##Size), text)

/* ---- lineGetTranslateCaps ---- */

static bool add_locations(const struct dial_book *book, void **caps, uint32_t *size)
{
    struct records list = records_begin(*size, sizeof(LINELOCATIONENTRY), book->location_count);
    for (uint32_t i = 0; i < book->location_count && !list.failed; i++) {
        const struct dial_location *location = &book->locations[i];
        LINELOCATIONENTRY *entry = records_entry(&list, i);
        struct dial_country country = {0};
        WCHAR *toll = dial_toll_list(location);
        if (toll == NULL) {
            list.failed = true;
            break;
        }
        store_country(location->country_id, &country);
        entry->dwPermanentLocationID = location->id;
        entry->dwCountryCode = country.code;
        entry->dwCountryID = location->country_id;
        entry->dwPreferredCardID = location->flags & DIAL_USE_CARD ? location->card_id : 0;
        entry->dwOptions = location->flags & DIAL_TONE ? 0 : LINELOCATIONOPTION_PULSEDIAL;
        TEXT_OF(&list, i, LINELOCATIONENTRY, dwLocationName, location->name);
        TEXT_OF(&list, i, LINELOCATIONENTRY, dwCityCode, location->area);
        TEXT_OF(&list, i, LINELOCATIONENTRY, dwLocalAccessCode, location->local_access);
        TEXT_OF(&list, i, LINELOCATIONENTRY, dwLongDistanceAccessCode,
                location->long_distance_access);
        TEXT_OF(&list, i, LINELOCATIONENTRY, dwTollPrefixList, toll);
        TEXT_OF(&list, i, LINELOCATIONENTRY, dwCancelCallWaiting, location->cancel_call_waiting);
        mem_free(toll);
    }
    return records_end(&list, STRUCT_LINETRANSLATECAPS, caps, size,
                       offsetof(LINETRANSLATECAPS, dwLocationListSize));
}

static bool add_cards(const struct dial_book *book, void **caps, uint32_t *size)
{
    struct records list = records_begin(*size, sizeof(LINECARDENTRY), book->card_count);
    for (uint32_t i = 0; i < book->card_count && !list.failed; i++) {
        const struct dial_card *card = &book->cards[i];
        LINECARDENTRY *entry = records_entry(&list, i);
        entry->dwPermanentCardID = card->id;
        entry->dwOptions = card->flags & (LINECARDOPTION_PREDEFINED | LINECARDOPTION_HIDDEN);
        /* How long the number is, and nothing more of it. */
        entry->dwCardNumberDigits =
            (DWORD)wcslen(card->account[0] != 0 ? card->account : card->pin);
        TEXT_OF(&list, i, LINECARDENTRY, dwCardName, card->name);
        TEXT_OF(&list, i, LINECARDENTRY, dwSameAreaRule, card->rule[DIAL_LOCAL]);
        TEXT_OF(&list, i, LINECARDENTRY, dwLongDistanceRule, card->rule[DIAL_LONG_DISTANCE]);
        TEXT_OF(&list, i, LINECARDENTRY, dwInternationalRule, card->rule[DIAL_INTERNATIONAL]);
    }
    return records_end(&list, STRUCT_LINETRANSLATECAPS, caps, size,
                       offsetof(LINETRANSLATECAPS, dwCardListSize));
}

static LONG get_translate_caps(HLINEAPP app, DWORD version, LINETRANSLATECAPS *out, bool wide)
{
    struct dial_book book = {0};
    uint32_t size;
    void *caps = NULL;
    LONG result = translate_check_output(out, STRUCT_LINETRANSLATECAPS);
    if (result == 0)
        result = translate_check(app, version, NULL);
    if (result == 0)
        result = store_load(&book);
    if (result != 0)
        goto done;
    caps = struct_create(STRUCT_LINETRANSLATECAPS, &size);
    if (caps == NULL || !add_locations(&book, &caps, &size) || !add_cards(&book, &caps, &size)) {
        result = ERR(NOMEM);
        goto done;
    }
    LINETRANSLATECAPS *filled = caps;
    const struct dial_location *current = dial_location_current(&book);
    filled->dwCurrentLocationID = current->id;
    filled->dwCurrentPreferredCardID = current->flags & DIAL_USE_CARD ? current->card_id : 0;
    result = translate_deliver(STRUCT_LINETRANSLATECAPS, version, wide, caps, size, out);
done:
    free(caps);
    dial_book_clear(&book);
    TRACE("tapi32", "lineGetTranslateCaps(0x%lx, 0x%lx): 0x%lx", (unsigned long)(ULONG_PTR)app,
          (unsigned long)version, (unsigned long)result);
    return result;
}

LONG WINAPI lineGetTranslateCapsA(HLINEAPP hLineApp, DWORD dwAPIVersion,
                                  LPLINETRANSLATECAPS lpTranslateCaps)
{
    return get_translate_caps(hLineApp, dwAPIVersion, lpTranslateCaps, false);
}

LONG WINAPI lineGetTranslateCapsW(HLINEAPP hLineApp, DWORD dwAPIVersion,
                                  LPLINETRANSLATECAPS lpTranslateCaps)
{
    return get_translate_caps(hLineApp, dwAPIVersion, lpTranslateCaps, true);
}

/* ---- lineGetCountry ---- */

/* The countries from `first` on; each entry names the next one, the last one of the world none. */
static bool add_countries(const struct dial_country *countries, uint32_t first, uint32_t count,
                          uint32_t all, void **structure, uint32_t *size)
{
    struct records list = records_begin(*size, sizeof(LINECOUNTRYENTRY), count);
    for (uint32_t i = 0; i < count && !list.failed; i++) {
        const struct dial_country *country = &countries[first + i];
        LINECOUNTRYENTRY *entry = records_entry(&list, i);
        entry->dwCountryID = country->id;
        entry->dwCountryCode = country->code;
        entry->dwNextCountryID = first + i + 1 < all ? country[1].id : 0;
        TEXT_OF(&list, i, LINECOUNTRYENTRY, dwCountryName, country->name);
        TEXT_OF(&list, i, LINECOUNTRYENTRY, dwSameAreaRule, country->rule[DIAL_LOCAL]);
        TEXT_OF(&list, i, LINECOUNTRYENTRY, dwLongDistanceRule, country->rule[DIAL_LONG_DISTANCE]);
        TEXT_OF(&list, i, LINECOUNTRYENTRY, dwInternationalRule, country->rule[DIAL_INTERNATIONAL]);
    }
    return records_end(&list, STRUCT_LINECOUNTRYLIST, structure, size,
                       offsetof(LINECOUNTRYLIST, dwCountryListSize));
}

static LONG get_country(DWORD id, DWORD version, LINECOUNTRYLIST *out, bool wide)
{
    struct dial_country *countries = NULL;
    void *structure = NULL;
    DWORD all = 0, first = 0;
    uint32_t size;
    LONG result = translate_check_output(out, STRUCT_LINECOUNTRYLIST);
    if (result == 0)
        result = translate_check_version(version);
    if (result == 0)
        result = store_countries(&countries, &all);
    if (result != 0)
        goto done;
    while (id != 0 && first < all && countries[first].id != id)
        first++;
    if (first == all) {
        result = ERR(INVALCOUNTRYCODE);
        goto done;
    }
    structure = struct_create(STRUCT_LINECOUNTRYLIST, &size);
    if (structure == NULL ||
        !add_countries(countries, first, id != 0 ? 1 : all, all, &structure, &size))
        result = ERR(NOMEM);
    else
        result = translate_deliver(STRUCT_LINECOUNTRYLIST, version, wide, structure, size, out);
done:
    free(structure);
    mem_free(countries);
    TRACE("tapi32", "lineGetCountry(%lu, 0x%lx): 0x%lx", (unsigned long)id, (unsigned long)version,
          (unsigned long)result);
    return result;
}

LONG WINAPI lineGetCountryA(DWORD dwCountryID, DWORD dwAPIVersion,
                            LPLINECOUNTRYLIST lpLineCountryList)
{
    return get_country(dwCountryID, dwAPIVersion, lpLineCountryList, false);
}

LONG WINAPI lineGetCountryW(DWORD dwCountryID, DWORD dwAPIVersion,
                            LPLINECOUNTRYLIST lpLineCountryList)
{
    return get_country(dwCountryID, dwAPIVersion, lpLineCountryList, true);
}
