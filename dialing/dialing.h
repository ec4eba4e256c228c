/*
 * dialing.h - dialling rules: how a number is dialled from where the user is. Locations, calling
 * cards and countries as plain data, and the translation of an address. Nothing here needs Win32 or
 * knows where the data is kept (store.h does). docs/dialling-rules.md tells the story.
 *
 * Text is wchar_t: UTF-16 on Windows. Functions may be called from any thread, as long as no two
 * change the same book.
 */
#ifndef DIALING_DIALING_H
#define DIALING_DIALING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

/* Room for texts, in characters with terminator. What is longer is cut. */
#define DIAL_NAME 96  /* names of locations, cards, countries */
#define DIAL_CODE 48  /* area codes, access codes, account numbers */
#define DIAL_RULE 128 /* dialling rules */

/* What kind of call it is. The order is that of LINECOUNTRYENTRY's and LINECARDENTRY's rules. */
enum dial_kind { DIAL_LOCAL, DIAL_LONG_DISTANCE, DIAL_INTERNATIONAL, DIAL_KINDS };

struct dial_country {
    uint32_t id;   /* TAPI's country ID: 1 USA, 107 Canada */
    uint32_t code; /* of the telephone network: 1 for both */
    wchar_t name[DIAL_NAME];
    wchar_t rule[DIAL_KINDS][DIAL_RULE];
};

enum dial_rule_option { /* as the registry has them */
                        DIAL_RULE_ALL_PREFIXES = 1,
                        DIAL_RULE_AREA_CODE = 2, /* dials the area code */
                        DIAL_RULE_NUMBER = 4,    /* dials `number` first: a long distance call */
};

/* How numbers of one area code, or some prefixes in it, are dialled from a location. */
struct dial_area_rule {
    wchar_t area[DIAL_CODE];
    wchar_t number[DIAL_CODE];
    uint32_t options;
    wchar_t *prefixes; /* digits, commas between; mem.h; NULL: none */
};

enum dial_location_flag { /* as the registry has them */
                          DIAL_TONE = 1,
                          DIAL_USE_CARD = 2,
                          DIAL_HAS_CALL_WAITING = 4,
                          DIAL_ALWAYS_AREA_CODE =
                              8, /* local calls are dialled with their area code too */
};

struct dial_location {
    uint32_t id; /* permanent */
    uint32_t country_id;
    uint32_t card_id; /* used with DIAL_USE_CARD */
    uint32_t flags;
    wchar_t name[DIAL_NAME];
    wchar_t area[DIAL_CODE];
    wchar_t local_access[DIAL_CODE], long_distance_access[DIAL_CODE];
    wchar_t carrier[DIAL_CODE], international_carrier[DIAL_CODE];
    wchar_t cancel_call_waiting[DIAL_CODE];
    struct dial_area_rule *rules; /* mem.h */
    uint32_t rule_count;
};

enum dial_card_flag { DIAL_CARD_PREDEFINED = 1, DIAL_CARD_HIDDEN = 2 }; /* LINECARDOPTION_ */

struct dial_card {
    uint32_t id; /* permanent; 0 is "None (Direct Dial)" */
    uint32_t flags;
    wchar_t name[DIAL_NAME];
    wchar_t account[DIAL_CODE], pin[DIAL_CODE]; /* secrets: never in a displayable string */
    wchar_t access[DIAL_KINDS][DIAL_CODE];      /* the numbers to call first */
    wchar_t rule[DIAL_KINDS][DIAL_RULE];        /* empty: such calls are dialled without the card */
};

/* Everything the user has set. A zeroed one is empty. */
struct dial_book {
    struct dial_location *locations; /* mem.h, as cards */
    uint32_t location_count, current, next_location;
    struct dial_card *cards;
    uint32_t card_count, next_card;
};

/* ---- book.c ---- */

void dial_book_clear(struct dial_book *book);
/* False: memory is exhausted, *to is empty. */
bool dial_book_copy(struct dial_book *to, const struct dial_book *from);
struct dial_location *dial_location_find(const struct dial_book *book, uint32_t id);
/* The one calls are made from: the current one, the first where that is not there. NULL: none. */
struct dial_location *dial_location_current(const struct dial_book *book);
struct dial_card *dial_card_find(const struct dial_book *book, uint32_t id);
/* A new one with the next ID, else empty; it stays where it is until the next is added or removed.
 * NULL: memory is exhausted. */
struct dial_location *dial_location_add(struct dial_book *book);
struct dial_card *dial_card_add(struct dial_book *book);
/* The current location's removal makes the first of the rest current. The last one stays: false. */
bool dial_location_remove(struct dial_book *book, uint32_t id);
/* A predefined card is hidden instead (LINECARDOPTION_HIDDEN); card 0 stays: false. */
bool dial_card_remove(struct dial_book *book, uint32_t id);
/* Makes *to equal to *from but for its ID. False: memory is exhausted, *to is unchanged. */
bool dial_location_assign(struct dial_location *to, const struct dial_location *from);
void dial_location_clear(struct dial_location *location);
/* An empty rule behind the others; NULL: memory is exhausted. */
struct dial_area_rule *dial_rule_add(struct dial_location *location);
void dial_rule_remove(struct dial_location *location, uint32_t index);
/* Replaces the prefixes by those in `text`: digits; anything else parts them. */
bool dial_rule_set_prefixes(struct dial_area_rule *rule, const wchar_t *text);
/* Adds the cards that come with TAPI, where the book does not have their IDs. */
bool dial_book_add_cards(struct dial_book *book);
/* Text of any length, cut to its room. */
void dial_copy(wchar_t *to, size_t room, const wchar_t *from);

/* ---- countries.c ---- */

/* TAPI's own countries, ordered by ID. */
uint32_t dial_country_count(void);
void dial_country_get(uint32_t index, struct dial_country *country);
/* False: there is none with this ID. */
bool dial_country_find(uint32_t id, struct dial_country *country);

/* ---- address.c ---- */

/* An address taken apart (address-ovr.md). Everything points into the text. */
struct dial_address {
    bool canonical;
    wchar_t country[DIAL_CODE], area[DIAL_CODE]; /* digits; area may be empty */
    bool parenthesized;
    const wchar_t *number; /* the subscriber's, with its formatting */
    size_t number_length;
    const wchar_t *rest; /* from the subaddress, name or next address on */
};

/* False: it begins like a canonical address, and is none. Without a "+" it is no canonical one:
 * then `number` is all of it up to the rest. */
bool dial_address_parse(const wchar_t *text, struct dial_address *address);
/* The country code as a number. */
uint32_t dial_address_country(const struct dial_address *address);
/* Digits and control characters that may stand in a dialable string. */
bool dial_is_dialable(wchar_t c);
bool dial_is_digit(wchar_t c);

/* ---- toll.c: prefixes of the own area code that are dialled as long distance ---- */

/* Countries of code 1 have toll lists. */
bool dial_has_toll_list(const struct dial_country *country);
/* The prefixes, commas between and around (",555,556,"); empty where there are none. mem.h; NULL:
 * memory is exhausted. */
wchar_t *dial_toll_list(const struct dial_location *location);
/* The rule that applies to the number, the one with the longest prefix; NULL: none. */
const struct dial_area_rule *dial_area_rule_find(const struct dial_location *location,
                                                 const struct dial_address *address);
/* Whether the rule makes a number of the location's own area a long distance call. */
bool dial_is_toll_rule(const struct dial_location *location, const struct dial_area_rule *rule);
/* Adds or removes the number's prefix; an unchanged list is success too. *changed says whether it
 * is another one. False: memory is exhausted. */
bool dial_toll_change(struct dial_location *location, const struct dial_address *address, bool add,
                      bool *changed);

/* ---- translate.c ---- */

enum dial_option { /* LINETRANSLATEOPTION_, but for the card, which the caller chooses */
                   DIAL_CANCEL_CALL_WAITING = 2,
                   DIAL_FORCE_LOCAL = 4,
                   DIAL_FORCE_LONG_DISTANCE = 8,
};

enum dial_result_bit { /* LINETRANSLATERESULT_ */
                       DIAL_IS_CANONICAL = 0x001,
                       DIAL_IS_INTERNATIONAL = 0x002,
                       DIAL_IS_LONG_DISTANCE = 0x004,
                       DIAL_IS_LOCAL = 0x008,
                       DIAL_IN_TOLL_LIST = 0x010,
                       DIAL_NOT_IN_TOLL_LIST = 0x020,
                       DIAL_HAS_BILLING = 0x040,
                       DIAL_HAS_QUIET = 0x080,
                       DIAL_HAS_DIAL_TONE = 0x100,
                       DIAL_HAS_PROMPT = 0x200,
                       DIAL_HAS_VOICE_DETECT = 0x400,
};

enum dial_status { DIAL_OK, DIAL_BAD_ADDRESS, DIAL_NO_MEMORY };

struct dial_output {
    wchar_t *dialable, *displayable;        /* ended by dial_output_clear */
    uint32_t current_country, dest_country; /* country codes; dest is 0 for a dialable address */
    uint32_t results;                       /* enum dial_result_bit */
};

/*
 * How `text` is dialled from the location, which is in the country `home`; with `card`, or NULL for
 * direct dialling. Only the first address is translated, what is behind it stays as it is. An
 * address that does not begin with "+" is dialled as it is (address-ovr.md). *output is empty on
 * failure.
 */
enum dial_status dial_translate(const struct dial_location *location,
                                const struct dial_country *home, const struct dial_card *card,
                                const wchar_t *text, uint32_t options, struct dial_output *output);
void dial_output_clear(struct dial_output *output);

#endif
