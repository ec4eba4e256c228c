/* translate.c - dialling rules: lineTranslateAddress, lineTranslateDialog, the functions that
 * change the rules, and tapiGetLocationInfo. docs/dialling-rules.md. */
#include "tapi32/translate.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "dialing/dialog.h"
#include "tapi32/request.h"

#define VERSION_2_0 0x00020000u

/* The rules' constants are TAPI's. */
_Static_assert(DIAL_CANCEL_CALL_WAITING == LINETRANSLATEOPTION_CANCELCALLWAITING &&
                   DIAL_FORCE_LOCAL == LINETRANSLATEOPTION_FORCELOCAL &&
                   DIAL_FORCE_LONG_DISTANCE == LINETRANSLATEOPTION_FORCELD,
               "options");
_Static_assert(DIAL_IS_CANONICAL == LINETRANSLATERESULT_CANONICAL &&
                   DIAL_IS_INTERNATIONAL == LINETRANSLATERESULT_INTERNATIONAL &&
                   DIAL_IS_LONG_DISTANCE == LINETRANSLATERESULT_LONGDISTANCE &&
                   DIAL_IS_LOCAL == LINETRANSLATERESULT_LOCAL &&
                   DIAL_IN_TOLL_LIST == LINETRANSLATERESULT_INTOLLLIST &&
                   DIAL_NOT_IN_TOLL_LIST == LINETRANSLATERESULT_NOTINTOLLLIST &&
                   DIAL_HAS_BILLING == LINETRANSLATERESULT_DIALBILLING &&
                   DIAL_HAS_QUIET == LINETRANSLATERESULT_DIALQUIET &&
                   DIAL_HAS_DIAL_TONE == LINETRANSLATERESULT_DIALDIALTONE &&
                   DIAL_HAS_PROMPT == LINETRANSLATERESULT_DIALPROMPT &&
                   DIAL_HAS_VOICE_DETECT == LINETRANSLATERESULT_VOICEDETECT,
               "results");
_Static_assert((int)DIAL_CARD_PREDEFINED == LINECARDOPTION_PREDEFINED &&
                   (int)DIAL_CARD_HIDDEN == LINECARDOPTION_HIDDEN,
               "card flags");

/* ---- checks ---- */

LONG translate_check_version(DWORD version)
{
    return version < API_VERSION_LOW || version > API_VERSION_HIGH ? ERR(INCOMPATIBLEAPIVERSION)
                                                                   : 0;
}

LONG translate_check_output(void *structure, enum struct_kind kind)
{
    DWORD *total = structure;
    if (!pointer_writable(total, sizeof *total))
        return ERR(INVALPOINTER);
    if (*total < struct_fixed_size(kind, API_VERSION_LOW))
        return ERR(STRUCTURETOOSMALL);
    return pointer_writable(total, *total) ? 0 : ERR(INVALPOINTER);
}

static LONG check_app(HLINEAPP app, const DWORD *device)
{
    if (app == 0)
        return 0;
    struct engine_request request = {
        .op = ENGINE_LINE_TRANSLATE_CHECK,
        .arg = {(ULONG_PTR)app, device != NULL ? *device : 0, device != NULL}};
    struct engine_reply reply;
    session_call(&request, &reply);
    LONG result = reply.result;
    engine_reply_free(&reply);
    return result;
}

LONG translate_check(HLINEAPP app, DWORD version, const DWORD *device)
{
    LONG result = translate_check_version(version);
    if (result != 0)
        return result;
    /* Only from 2.0 on may it translate without being initialized. */
    if (app == 0 && version < VERSION_2_0)
        return ERR(INVALAPPHANDLE);
    return check_app(app, device);
}

LONG translate_deliver(enum struct_kind kind, DWORD version, bool wide, const void *structure,
                       uint32_t size, void *out)
{
    struct struct_form form = {version, wide ? NULL : &text_ansi};
    return request_error(struct_deliver(kind, form, structure, size, out));
}

/* The text as UTF-16; *owned is ended with mem_free. */
static LONG take_text(const void *text, bool wide, WCHAR **owned, const WCHAR **taken)
{
    uint32_t size;
    *owned = NULL;
    *taken = text;
    if (!pointer_readable(text, wide ? sizeof(WCHAR) : 1))
        return ERR(INVALPOINTER);
    if (wide)
        return 0;
    *taken = *owned = text_widen(text, UINT32_MAX / 4, &size);
    return *taken == NULL ? ERR(NOMEM) : 0;
}

/* The rules have changed: lines are told, and providers where another location is the current one.
 * Where nobody has initialized there is nobody to tell. */
static void tell(DWORD location, bool other)
{
    struct engine_request request = {.op = ENGINE_LINE_SET_CURRENT_LOCATION,
                                     .arg = {0, location, other}};
    struct engine_reply reply;
    session_call(&request, &reply);
    engine_reply_free(&reply);
}

/* ---- lineTranslateAddress ---- */

static LONG translate(const struct dial_book *book, const WCHAR *text, DWORD card_id, DWORD options,
                      struct dial_output *output)
{
    const struct dial_location *location = dial_location_current(book);
    const struct dial_card *card = NULL;
    struct dial_country home;
    if (!store_country(location->country_id, &home))
        return ERR(INIFILECORRUPT);
    if (options & LINETRANSLATEOPTION_CARDOVERRIDE) {
        card = dial_card_find(book, card_id);
        if (card == NULL)
            return ERR(INVALCARD);
    } else if (location->flags & DIAL_USE_CARD) {
        card = dial_card_find(book, location->card_id);
    }
    switch (dial_translate(location, &home, card, text, options, output)) {
    case DIAL_OK:
        return 0;
    case DIAL_BAD_ADDRESS:
        return ERR(INVALADDRESS);
    case DIAL_NO_MEMORY:
        break;
    }
    return ERR(NOMEM);
}

static LONG give_translation(const struct dial_output *output, DWORD version, bool wide,
                             LINETRANSLATEOUTPUT *out)
{
    LONG result = ERR(NOMEM);
    uint32_t size;
    void *made = struct_create(STRUCT_LINETRANSLATEOUTPUT, &size);
    if (made == NULL)
        return result;
    LINETRANSLATEOUTPUT *fixed = made;
    fixed->dwCurrentCountry = output->current_country;
    fixed->dwDestCountry = output->dest_country;
    fixed->dwTranslateResults = output->results;
    if (version < VERSION_2_0)
        fixed->dwTranslateResults &= ~(DWORD)LINETRANSLATERESULT_VOICEDETECT;
    if (struct_append(STRUCT_LINETRANSLATEOUTPUT, &made, &size,
                      offsetof(LINETRANSLATEOUTPUT, dwDialableStringSize), output->dialable,
                      (uint32_t)((wcslen(output->dialable) + 1) * sizeof(WCHAR))) &&
        struct_append(STRUCT_LINETRANSLATEOUTPUT, &made, &size,
                      offsetof(LINETRANSLATEOUTPUT, dwDisplayableStringSize), output->displayable,
                      (uint32_t)((wcslen(output->displayable) + 1) * sizeof(WCHAR))))
        result = translate_deliver(STRUCT_LINETRANSLATEOUTPUT, version, wide, made, size, out);
    free(made);
    return result;
}

static LONG translate_address(HLINEAPP app, DWORD device, DWORD version, const void *address,
                              DWORD card, DWORD options, LINETRANSLATEOUTPUT *out, bool wide)
{
    const DWORD force = LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD;
    struct dial_output output = {0};
    struct dial_book book = {0};
    const WCHAR *text;
    WCHAR *owned = NULL;
    LONG result = translate_check_output(out, STRUCT_LINETRANSLATEOUTPUT);
    if (result == 0)
        result = take_text(address, wide, &owned, &text);
    if (result == 0)
        result = translate_check(app, version, &device);
    if (result == 0 && (options & ~(LINETRANSLATEOPTION_CARDOVERRIDE |
                                    LINETRANSLATEOPTION_CANCELCALLWAITING | force) ||
                        (options & force) == force))
        result = ERR(INVALPARAM);
    if (result == 0)
        result = store_load(&book);
    if (result == 0)
        result = translate(&book, text, card, options, &output);
    if (result == 0)
        result = give_translation(&output, version, wide, out);
    dial_output_clear(&output);
    dial_book_clear(&book);
    mem_free(owned);
    TRACE("tapi32", "lineTranslateAddress(0x%lx, %lu, 0x%lx): 0x%lx", (unsigned long)(ULONG_PTR)app,
          (unsigned long)device, (unsigned long)version, (unsigned long)result);
    return result;
}

/* ---- changes ---- */

LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation)
{
    struct dial_book book = {0};
    bool other = false;
    LONG result = check_app(hLineApp, NULL);
    if (result == 0)
        result = store_load(&book);
    if (result == 0 && dial_location_find(&book, dwLocation) == NULL)
        result = ERR(INVALLOCATION);
    if (result == 0 && book.current != dwLocation) {
        book.current = dwLocation;
        other = true;
        result = store_save(&book);
    }
    dial_book_clear(&book);
    if (result == 0 && other)
        tell(dwLocation, true);
    TRACE("tapi32", "lineSetCurrentLocation(0x%lx, %lu): 0x%lx", (unsigned long)(ULONG_PTR)hLineApp,
          (unsigned long)dwLocation, (unsigned long)result);
    return result;
}

/* A number of another country or area leaves the list as it is. */
static LONG change_toll_list(struct dial_book *book, const WCHAR *text, bool add, bool *changed)
{
    struct dial_location *location = dial_location_current(book);
    struct dial_address address;
    struct dial_country home;
    *changed = false;
    if (!dial_address_parse(text, &address) || !address.canonical)
        return ERR(INVALADDRESS);
    if (!store_country(location->country_id, &home))
        return ERR(INIFILECORRUPT);
    if (!dial_has_toll_list(&home) || dial_address_country(&address) != home.code)
        return 0;
    return dial_toll_change(location, &address, add, changed) ? 0 : ERR(NOMEM);
}

static LONG set_toll_list(HLINEAPP app, DWORD device, const void *address, DWORD option, bool wide)
{
    struct dial_book book = {0};
    DWORD location = 0;
    bool changed = false;
    const WCHAR *text;
    WCHAR *owned;
    LONG result = take_text(address, wide, &owned, &text);
    if (result == 0)
        result = check_app(app, &device);
    if (result == 0 && option != LINETOLLLISTOPTION_ADD && option != LINETOLLLISTOPTION_REMOVE)
        result = ERR(INVALPARAM);
    if (result == 0)
        result = store_load(&book);
    if (result == 0)
        result = change_toll_list(&book, text, option == LINETOLLLISTOPTION_ADD, &changed);
    if (result == 0 && changed) {
        location = book.current;
        result = store_save(&book);
    }
    dial_book_clear(&book);
    mem_free(owned);
    if (result == 0 && changed)
        tell(location, false);
    TRACE("tapi32", "lineSetTollList(0x%lx, %lu, %lu): 0x%lx", (unsigned long)(ULONG_PTR)app,
          (unsigned long)device, (unsigned long)option, (unsigned long)result);
    return result;
}

static LONG translate_dialog(HLINEAPP app, DWORD device, DWORD version, HWND owner,
                             const void *address, bool wide)
{
    struct dialing_dialog_result changes = {0};
    const WCHAR *text = NULL;
    WCHAR *owned = NULL;
    struct dial_address parsed;
    LONG result = translate_check(app, version, &device);
    if (result == 0 && address != NULL)
        result = take_text(address, wide, &owned, &text);
    if (result == 0 && text != NULL && !dial_address_parse(text, &parsed))
        result = ERR(INVALADDRESS);
    if (result == 0 && owner != NULL && !IsWindow(owner))
        result = ERR(INVALPARAM);
    if (result == 0)
        result = dialing_dialog(tapi32_instance, owner, text, &changes);
    mem_free(owned);
    if (result == 0 && changes.changed)
        tell(changes.location, changes.other_location);
    TRACE("tapi32", "lineTranslateDialog(0x%lx, %lu): 0x%lx", (unsigned long)(ULONG_PTR)app,
          (unsigned long)device, (unsigned long)result);
    return result;
}

#define TRANSLATE(form, wide, string)                                                              \
    LONG WINAPI lineTranslateAddress##form(                                                        \
        HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, string lpszAddressIn,             \
        DWORD dwCard, DWORD dwTranslateOptions, LPLINETRANSLATEOUTPUT lpTranslateOutput)           \
    {                                                                                              \
        return translate_address(hLineApp, dwDeviceID, dwAPIVersion, lpszAddressIn, dwCard,        \
                                 dwTranslateOptions, lpTranslateOutput, wide);                     \
    }                                                                                              \
    LONG WINAPI lineTranslateDialog##form(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, \
                                          HWND hwndOwner, string lpszAddressIn)                    \
    {                                                                                              \
        return translate_dialog(hLineApp, dwDeviceID, dwAPIVersion, hwndOwner, lpszAddressIn,      \
                                wide);                                                             \
    }                                                                                              \
    LONG WINAPI lineSetTollList##form(HLINEAPP hLineApp, DWORD dwDeviceID, string lpszAddressIn,   \
                                      DWORD dwTollListOption)                                      \
    {                                                                                              \
        return set_toll_list(hLineApp, dwDeviceID, lpszAddressIn, dwTollListOption, wide);         \
    }
TRANSLATE(A, false, LPCSTR)
TRANSLATE(W, true, LPCWSTR)

/* ---- tapiGetLocationInfo ---- */

#define LOCATION_CODE 8 /* characters of the program's buffers, with terminator */

/* Codes are digits, and so as good in every character set. */
static void give_code(const WCHAR *code, void *to, bool wide)
{
    for (unsigned i = 0; i < LOCATION_CODE; i++) {
        WCHAR c = i < LOCATION_CODE - 1 ? *code : 0;
        if (wide)
            ((WCHAR *)to)[i] = c;
        else
            ((char *)to)[i] = (char)c;
        if (c == 0)
            break;
        code++;
    }
}

static LONG get_location_info(void *country_code, void *city_code, bool wide)
{
    size_t size = LOCATION_CODE * (wide ? sizeof(WCHAR) : 1);
    struct dial_country country = {0};
    struct dial_book book = {0};
    WCHAR code[16] = L"";
    /* The function has this error alone. */
    if (!pointer_writable(country_code, size) || !pointer_writable(city_code, size) ||
        store_load(&book) != 0)
        return TAPIERR_REQUESTFAILED;
    const struct dial_location *location = dial_location_current(&book);
    if (store_country(location->country_id, &country))
        wsprintfW(code, L"%u", (unsigned)country.code);
    give_code(code, country_code, wide);
    give_code(location->area, city_code, wide);
    dial_book_clear(&book);
    return 0;
}

LONG WINAPI tapiGetLocationInfoA(LPSTR lpszCountryCode, LPSTR lpszCityCode)
{
    return get_location_info(lpszCountryCode, lpszCityCode, false);
}

LONG WINAPI tapiGetLocationInfoW(LPWSTR lpszCountryCodeW, LPWSTR lpszCityCodeW)
{
    return get_location_info(lpszCountryCodeW, lpszCityCodeW, true);
}
