/* address_translation.c - ITAddressTranslation of the Address, and what it gives: translated
 * addresses, locations and calling cards. Each of these is what tapi32 had to say when it was asked
 * (docs/dialling-rules.md), unchanged from then on. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(translation, address, ITAddressTranslation, ITAddressTranslation_iface)

/* ---- entries of a structure as objects ----------------------------------------------------- */

/* get_<name> of a number or a text that the object holds. */
#define NUMBER_PROPERTY(prefix, itf, name, field)                                                  \
    static HRESULT WINAPI prefix##_get_##name(itf *iface, LONG *value)                             \
    {                                                                                              \
        if (!value)                                                                                \
            return com_fail(E_POINTER, &IID_##itf, NULL);                                          \
        *value = (LONG)impl_from_##itf##_iface(iface)->field;                                      \
        return S_OK;                                                                               \
    }

#define TEXT_PROPERTY(prefix, itf, name, field)                                                    \
    static HRESULT WINAPI prefix##_get_##name(itf *iface, BSTR *text)                              \
    {                                                                                              \
        const BSTR own = impl_from_##itf##_iface(iface)->field;                                    \
        if (!text)                                                                                 \
            return com_fail(E_POINTER, &IID_##itf, NULL);                                          \
        *text = SysAllocStringLen(own, SysStringLen(own));                                         \
        return *text ? S_OK : com_fail(E_OUTOFMEMORY, &IID_##itf, NULL);                           \
    }

/* The texts of an object: where they stand in the entry, and in the object. */
struct text_field {
    size_t entry; /* of the size; the offset follows */
    size_t object;
};

static BOOL read_texts(void *object, const struct text_field *fields, unsigned count,
                       const void *structure, const void *entry)
{
    unsigned i;

    for (i = 0; i < count; i++) {
        const DWORD *place = (const DWORD *)((const BYTE *)entry + fields[i].entry);
        BSTR *to = (BSTR *)((BYTE *)object + fields[i].object);

        *to = objects_string(structure, place[0], place[1]);
        if (!*to)
            return FALSE;
    }
    return TRUE;
}

static void free_texts(void *object, const struct text_field *fields, unsigned count)
{
    unsigned i;

    for (i = 0; i < count; i++)
        SysFreeString(*(BSTR *)((BYTE *)object + fields[i].object));
}

/* Class and constructor of such an object; it takes the numbers with `numbers`. */
#define ENTRY_OBJECT(prefix, itf, entry_type)                                                      \
    static const struct com_interface prefix##_interfaces[] = {                                    \
        COM_INTERFACE(prefix, itf##_iface, itf),                                                   \
    };                                                                                             \
    static void prefix##_destroy(struct com_object *object)                                        \
    {                                                                                              \
        free_texts(CONTAINING_RECORD(object, struct prefix, com), prefix##_texts,                  \
                   ARRAYSIZE(prefix##_texts));                                                     \
    }                                                                                              \
    static const struct com_class prefix##_class = {                                               \
        .name = #itf,                                                                              \
        .interfaces = prefix##_interfaces,                                                         \
        .interface_count = ARRAYSIZE(prefix##_interfaces),                                         \
        .destroy = prefix##_destroy,                                                               \
    };                                                                                             \
    static struct com_object *prefix##_create(const void *structure, const void *entry)            \
    {                                                                                              \
        struct prefix *self = com_object_create(sizeof(*self), &prefix##_class, NULL);             \
        if (!self)                                                                                 \
            return NULL;                                                                           \
        self->itf##_iface.lpVtbl = (itf##Vtbl *)&prefix##_vtable;                                  \
        memcpy(&self->entry, entry, sizeof(entry_type));                                           \
        if (!read_texts(self, prefix##_texts, ARRAYSIZE(prefix##_texts), structure, entry)) {      \
            com_release(&self->com);                                                               \
            return NULL;                                                                           \
        }                                                                                          \
        return &self->com;                                                                         \
    }

/* ---- ITLocationInfo ------------------------------------------------------------------------ */

struct location {
    struct com_object com;
    ITLocationInfo ITLocationInfo_iface;
    LINELOCATIONENTRY entry;
    BSTR name, city, local, long_distance, toll, call_waiting;
};

#define FIELD(field, member)                                                                       \
    {                                                                                              \
        offsetof(LINELOCATIONENTRY, dw##field##Size), offsetof(struct location, member)            \
    }
static const struct text_field location_texts[] = {
    FIELD(LocationName, name),     FIELD(CityCode, city),
    FIELD(LocalAccessCode, local), FIELD(LongDistanceAccessCode, long_distance),
    FIELD(TollPrefixList, toll),   FIELD(CancelCallWaiting, call_waiting),
};
#undef FIELD

COM_DISPATCH_METHODS(location, location, ITLocationInfo, ITLocationInfo_iface)
NUMBER_PROPERTY(location, ITLocationInfo, PermanentLocationID, entry.dwPermanentLocationID)
NUMBER_PROPERTY(location, ITLocationInfo, CountryCode, entry.dwCountryCode)
NUMBER_PROPERTY(location, ITLocationInfo, CountryID, entry.dwCountryID)
NUMBER_PROPERTY(location, ITLocationInfo, Options, entry.dwOptions)
NUMBER_PROPERTY(location, ITLocationInfo, PreferredCardID, entry.dwPreferredCardID)
TEXT_PROPERTY(location, ITLocationInfo, LocationName, name)
TEXT_PROPERTY(location, ITLocationInfo, CityCode, city)
TEXT_PROPERTY(location, ITLocationInfo, LocalAccessCode, local)
TEXT_PROPERTY(location, ITLocationInfo, LongDistanceAccessCode, long_distance)
TEXT_PROPERTY(location, ITLocationInfo, TollPrefixList, toll)
TEXT_PROPERTY(location, ITLocationInfo, CancelCallWaitingCode, call_waiting)

static const ITLocationInfoVtbl location_vtable = {
    COM_DISPATCH_VTABLE(location), location_get_PermanentLocationID,
    location_get_CountryCode,      location_get_CountryID,
    location_get_Options,          location_get_PreferredCardID,
    location_get_LocationName,     location_get_CityCode,
    location_get_LocalAccessCode,  location_get_LongDistanceAccessCode,
    location_get_TollPrefixList,   location_get_CancelCallWaitingCode,
};

ENTRY_OBJECT(location, ITLocationInfo, LINELOCATIONENTRY)

/* ---- ITCallingCard ------------------------------------------------------------------------- */

struct card {
    struct com_object com;
    ITCallingCard ITCallingCard_iface;
    LINECARDENTRY entry;
    BSTR name, same_area, long_distance, international;
};

#define FIELD(field, member)                                                                       \
    {                                                                                              \
        offsetof(LINECARDENTRY, dw##field##Size), offsetof(struct card, member)                    \
    }
static const struct text_field card_texts[] = {
    FIELD(CardName, name),
    FIELD(SameAreaRule, same_area),
    FIELD(LongDistanceRule, long_distance),
    FIELD(InternationalRule, international),
};
#undef FIELD

COM_DISPATCH_METHODS(card, card, ITCallingCard, ITCallingCard_iface)
NUMBER_PROPERTY(card, ITCallingCard, PermanentCardID, entry.dwPermanentCardID)
NUMBER_PROPERTY(card, ITCallingCard, NumberOfDigits, entry.dwCardNumberDigits)
NUMBER_PROPERTY(card, ITCallingCard, Options, entry.dwOptions)
TEXT_PROPERTY(card, ITCallingCard, CardName, name)
TEXT_PROPERTY(card, ITCallingCard, SameAreaDialingRule, same_area)
TEXT_PROPERTY(card, ITCallingCard, LongDistanceDialingRule, long_distance)
TEXT_PROPERTY(card, ITCallingCard, InternationalDialingRule, international)

static const ITCallingCardVtbl card_vtable = {
    COM_DISPATCH_VTABLE(card),
    card_get_PermanentCardID,
    card_get_NumberOfDigits,
    card_get_Options,
    card_get_CardName,
    card_get_SameAreaDialingRule,
    card_get_LongDistanceDialingRule,
    card_get_InternationalDialingRule,
};

ENTRY_OBJECT(card, ITCallingCard, LINECARDENTRY)

/* ---- ITAddressTranslationInfo -------------------------------------------------------------- */

struct translated {
    struct com_object com;
    ITAddressTranslationInfo ITAddressTranslationInfo_iface;
    LINETRANSLATEOUTPUT entry;
    BSTR dialable, displayable;
};

#define FIELD(field, member)                                                                       \
    {                                                                                              \
        offsetof(LINETRANSLATEOUTPUT, dw##field##Size), offsetof(struct translated, member)        \
    }
static const struct text_field translated_texts[] = {
    FIELD(DialableString, dialable),
    FIELD(DisplayableString, displayable),
};
#undef FIELD

COM_DISPATCH_METHODS(translated, translated, ITAddressTranslationInfo,
                     ITAddressTranslationInfo_iface)
TEXT_PROPERTY(translated, ITAddressTranslationInfo, DialableString, dialable)
TEXT_PROPERTY(translated, ITAddressTranslationInfo, DisplayableString, displayable)
NUMBER_PROPERTY(translated, ITAddressTranslationInfo, CurrentCountryCode, entry.dwCurrentCountry)
NUMBER_PROPERTY(translated, ITAddressTranslationInfo, DestinationCountryCode, entry.dwDestCountry)
NUMBER_PROPERTY(translated, ITAddressTranslationInfo, TranslationResults, entry.dwTranslateResults)

static const ITAddressTranslationInfoVtbl translated_vtable = {
    COM_DISPATCH_VTABLE(translated),       translated_get_DialableString,
    translated_get_DisplayableString,      translated_get_CurrentCountryCode,
    translated_get_DestinationCountryCode, translated_get_TranslationResults,
};

ENTRY_OBJECT(translated, ITAddressTranslationInfo, LINETRANSLATEOUTPUT)

/* ---- ITAddressTranslation ------------------------------------------------------------------ */

#define IID_HERE (&IID_ITAddressTranslation)

struct translate_query {
    struct address *address;
    const WCHAR *text;
    DWORD card, options;
};

static LONG fetch_translation(void *context, void *structure)
{
    struct translate_query *query = context;

    return lineTranslateAddressW(query->address->tapi->app, query->address->device,
                                 query->address->api_version, query->text, query->card,
                                 query->options, structure);
}

static HRESULT WINAPI translation_TranslateAddress(ITAddressTranslation *iface, BSTR address,
                                                   LONG card, LONG options,
                                                   ITAddressTranslationInfo **out)
{
    struct address *self = impl_from_ITAddressTranslation_iface(iface);
    struct translate_query query = {
        .address = self, .text = address, .card = (DWORD)card, .options = (DWORD)options};
    LINETRANSLATEOUTPUT *output;
    struct com_object *made;
    LONG error;

    CHECK_OUT(self, out);
    if (!address)
        return com_fail(E_POINTER, IID_HERE, "An address to translate is needed.");
    output = objects_fetch(fetch_translation, &query, 512, &error);
    if (!output)
        return com_fail_tapi(error, IID_HERE, "The address was not translated");
    made = translated_create(output, output);
    free(output);
    if (!made)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    *out = &CONTAINING_RECORD(made, struct translated, com)->ITAddressTranslationInfo_iface;
    return S_OK;
}

static HRESULT WINAPI translation_TranslateDialog(ITAddressTranslation *iface, TAPIHWND owner,
                                                  BSTR address)
{
    struct address *self = impl_from_ITAddressTranslation_iface(iface);
    HRESULT hr = address_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    return objects_result(lineTranslateDialogW(self->tapi->app, self->device, self->api_version,
                                               (HWND)(LONG_PTR)owner, address),
                          IID_HERE, "The dialog of locations and calling cards");
}

static LONG fetch_caps(void *context, void *structure)
{
    struct address *self = context;

    return lineGetTranslateCapsW(self->tapi->app, self->api_version, structure);
}

/* Objects of `count` entries of `stride` bytes each, the block as large as it says it is. */
static struct com_list *list_entries(const LINETRANSLATECAPS *caps, DWORD count, DWORD size,
                                     DWORD offset, DWORD stride,
                                     struct com_object *(*create)(const void *, const void *))
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    BOOL fits = list != NULL;
    DWORD i;

    if (offset > caps->dwUsedSize || size > caps->dwUsedSize - offset)
        size = 0;
    if (count > size / stride)
        count = size / stride;
    for (i = 0; i < count && fits; i++) {
        struct com_object *item = create(caps, (const BYTE *)caps + offset + i * stride);

        fits = item && com_list_add_object(list, &item->IUnknown_iface);
        if (item)
            com_release(item);
    }
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

static HRESULT list_locations(struct address *self, struct com_list **list)
{
    LONG error;
    LINETRANSLATECAPS *caps = objects_fetch(fetch_caps, self, 4096, &error);

    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The locations are not known");
    *list = list_entries(caps, caps->dwNumLocations, caps->dwLocationListSize,
                         caps->dwLocationListOffset, sizeof(LINELOCATIONENTRY), location_create);
    free(caps);
    return S_OK;
}

static HRESULT list_cards(struct address *self, struct com_list **list)
{
    LONG error;
    LINETRANSLATECAPS *caps = objects_fetch(fetch_caps, self, 4096, &error);

    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The calling cards are not known");
    *list = list_entries(caps, caps->dwNumCards, caps->dwCardListSize, caps->dwCardListOffset,
                         sizeof(LINECARDENTRY), card_create);
    free(caps);
    return S_OK;
}

#define TRANSLATION_LIST(get_name, enumerate_name, enum_itf, list_function)                        \
    static HRESULT WINAPI translation_##get_name(ITAddressTranslation *iface, VARIANT *out)        \
    {                                                                                              \
        struct address *self = impl_from_ITAddressTranslation_iface(iface);                        \
        struct com_list *list = NULL;                                                              \
        HRESULT hr;                                                                                \
        CHECK_OUT(self, out);                                                                      \
        hr = list_function(self, &list);                                                           \
        return FAILED(hr) ? hr : objects_collection(list, out, IID_HERE);                          \
    }                                                                                              \
    static HRESULT WINAPI translation_##enumerate_name(ITAddressTranslation *iface,                \
                                                       enum_itf **out)                             \
    {                                                                                              \
        struct address *self = impl_from_ITAddressTranslation_iface(iface);                        \
        struct com_list *list = NULL;                                                              \
        HRESULT hr;                                                                                \
        CHECK_OUT(self, out);                                                                      \
        hr = list_function(self, &list);                                                           \
        return FAILED(hr) ? hr : objects_enumerate(list, &IID_##enum_itf, (void **)out, IID_HERE); \
    }

TRANSLATION_LIST(get_Locations, EnumerateLocations, IEnumLocation, list_locations)
TRANSLATION_LIST(get_CallingCards, EnumerateCallingCards, IEnumCallingCard, list_cards)

const ITAddressTranslationVtbl address_translation_vtable = {
    COM_DISPATCH_VTABLE(translation), translation_TranslateAddress,
    translation_TranslateDialog,      translation_EnumerateLocations,
    translation_get_Locations,        translation_EnumerateCallingCards,
    translation_get_CallingCards,
};
