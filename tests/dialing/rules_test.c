/* rules_test.c - how numbers are dialled: location x card x number x options, as a table. */
#include "dialing/dialing.h"

#include "base/mem.h"
#include "tests/support/test.h"

#include <stdio.h>

/* ASCII of a text, in one of a few buffers. */
static const char *plain(const wchar_t *text)
{
    static char buffer[4][256];
    static unsigned next;
    char *to = buffer[next++ % 4];
    size_t i;

    if (!text)
        return NULL;
    for (i = 0; text[i] && i < sizeof(buffer[0]) - 1; i++)
        to[i] = text[i] < 128 ? (char)text[i] : '?';
    to[i] = 0;
    return to;
}

/* ---- locations ---- */

static struct dial_location location(uint32_t country, const wchar_t *area)
{
    struct dial_location made = {.id = 1, .country_id = country, .flags = DIAL_TONE};

    dial_copy(made.area, DIAL_CODE, area);
    return made;
}

static void add_rule(struct dial_location *to, const wchar_t *area, const wchar_t *number,
                     uint32_t options, const wchar_t *prefixes)
{
    struct dial_area_rule *rule = dial_rule_add(to);

    REQUIRE(rule != NULL);
    dial_copy(rule->area, DIAL_CODE, area);
    dial_copy(rule->number, DIAL_CODE, number);
    rule->options = options;
    if (prefixes)
        REQUIRE(dial_rule_set_prefixes(rule, prefixes));
}

/* Seattle suburb at home. */
static struct dial_location redmond(void)
{
    return location(1, L"425");
}

/* An office behind a PBX: 9 for a line, 8 for a long distance one, pulse. */
static struct dial_location office(void)
{
    struct dial_location made = location(1, L"425");

    made.flags = 0;
    wcscpy(made.local_access, L"9,");
    wcscpy(made.long_distance_access, L"8W");
    wcscpy(made.cancel_call_waiting, L"*70,");
    return made;
}

/* Rules: 206 is local with ten digits, 360-1xx too, other 360 as usual; 555 and 5561 are toll. */
static struct dial_location ruled(void)
{
    struct dial_location made = redmond();

    add_rule(&made, L"206", L"", DIAL_RULE_ALL_PREFIXES | DIAL_RULE_AREA_CODE, NULL);
    add_rule(&made, L"360", L"1", DIAL_RULE_NUMBER, L"2");
    add_rule(&made, L"360", L"", DIAL_RULE_AREA_CODE, L"1");
    add_rule(&made, L"425", L"1", DIAL_RULE_NUMBER | DIAL_RULE_AREA_CODE, L"555,5561");
    return made;
}

static struct dial_location berlin(void)
{
    return location(49, L"30");
}

static struct dial_location all_digits(void)
{
    struct dial_location made = redmond();

    made.flags |= DIAL_ALWAYS_AREA_CODE;
    return made;
}

static struct dial_location sao_paulo(void)
{
    struct dial_location made = location(55, L"11");

    wcscpy(made.carrier, L"15");
    wcscpy(made.international_carrier, L"21");
    return made;
}

static struct dial_location oslo(void)
{
    return location(47, L"");
}

static struct dial_location moscow(void)
{
    return location(7, L"495");
}

static const struct dial_card visa = {
    .id = 5,
    .name = L"Visa Phone",
    .account = L"4111",
    .pin = L"9876",
    .access = {L"", L"18005551234", L"18005559999"},
    .rule = {L"", L"J$TFG,KH", L"J@01EFG?H"},
};

#define NONE   0
#define CANON  DIAL_IS_CANONICAL
#define LOCAL  (CANON | DIAL_IS_LOCAL)
#define LONG   (CANON | DIAL_IS_LONG_DISTANCE)
#define ABROAD (CANON | DIAL_IS_INTERNATIONAL)
#define TOLL   DIAL_IN_TOLL_LIST
#define FREE   DIAL_NOT_IN_TOLL_LIST

static const struct {
    struct dial_location (*from)(void);
    const struct dial_card *card;
    const wchar_t *address;
    uint32_t options;
    const char *dialable, *displayable;
    uint32_t results, dest;
} cases[] = {
    /* at home */
    {redmond, NULL, L"+1 (425) 555-0100", NONE, "T5550100", "T 555-0100", LOCAL | FREE, 1},
    {redmond, NULL, L"+1 (206) 555.0100", NONE, "T12065550100", "T 1 (206) 555.0100", LONG, 1},
    {redmond, NULL, L"+44 (20) 7946 0958", NONE, "T011442079460958", "T 011 44 (20) 7946 0958",
     ABROAD, 44},
    {redmond, NULL, L"+47 22 86 43 50", NONE, "T0114722864350", "T 011 47 22 86 43 50", ABROAD, 47},
    {redmond, NULL, L"+999 1", NONE, "T0119991", "T 011 999 1", ABROAD, 999},
    {redmond, NULL, L"+1 2065550100", NONE, "T12065550100", "T 1 2065550100", LONG, 1},
    {redmond, NULL, L"+1(206)5550100", NONE, "T12065550100", "T 1 (206) 5550100", LONG, 1},
    {redmond, NULL, L"+1 () 5550100", NONE, "T15550100", "T 1 5550100", LONG, 1},
    /* ancillary fields and further addresses */
    {redmond, NULL, L"+1 (425) 555-0100 | 12 ^ Ann", NONE, "T5550100| 12 ^ Ann", "T 555-0100| 12 ",
     LOCAL | FREE, 1},
    {redmond, NULL, L"+1 (425) 555-0100\r\n+1 (206) 1^B", NONE, "T5550100\r\n+1 (206) 1^B",
     "T 555-0100\r\n+1 (206) 1^B", LOCAL | FREE, 1},
    {redmond, NULL, L"+1 (425) 555-0100^Ann\r\n+1 (206) 1", NONE, "T5550100^Ann\r\n+1 (206) 1",
     "T 555-0100\r\n+1 (206) 1", LOCAL | FREE, 1},
    /* control characters of the number */
    {redmond, NULL, L"+1 (425) 555-0100,,W1?2@3$4:5;", NONE, "T5550100,,W1?2@3$4:5;",
     "T 555-0100,,W1?2@3$4:5;",
     LOCAL | FREE | DIAL_HAS_DIAL_TONE | DIAL_HAS_PROMPT | DIAL_HAS_QUIET | DIAL_HAS_BILLING |
         DIAL_HAS_VOICE_DETECT,
     1},
    {redmond, NULL, L"+1 (425) 555-0100^$", NONE, "T5550100^$", "T 555-0100", LOCAL | FREE, 1},
    /* not canonical */
    {redmond, NULL, L"5550100", NONE, "5550100", "5550100", 0, 0},
    {office, NULL, L"0W19@2|3^N", DIAL_CANCEL_CALL_WAITING, "0W19@2|3^N", "0W19@2|3",
     DIAL_HAS_DIAL_TONE | DIAL_HAS_QUIET, 0},
    {redmond, &visa, L"call Ann", DIAL_FORCE_LONG_DISTANCE, "call Ann", "call Ann", 0, 0},
    {redmond, NULL, L"", NONE, "", "", 0, 0},
    {redmond, NULL, L"5w6", NONE, "5w6", "5w6", DIAL_HAS_DIAL_TONE, 0},
    {redmond, NULL, L"5:6$", NONE, "5:6$", "5:6$", DIAL_HAS_VOICE_DETECT | DIAL_HAS_BILLING, 0},
    /* an office */
    {office, NULL, L"+1 (425) 555-0100", NONE, "P9,5550100", "P 9, 555-0100", LOCAL | FREE, 1},
    {office, NULL, L"+1 (206) 555-0100", NONE, "P8W12065550100", "P 8W1 (206) 555-0100",
     LONG | DIAL_HAS_DIAL_TONE, 1},
    {office, NULL, L"+49 (30) 1", NONE, "P8W01149301", "P 8W011 49 (30) 1",
     ABROAD | DIAL_HAS_DIAL_TONE, 49},
    {office, NULL, L"+1 (425) 555-0100", DIAL_CANCEL_CALL_WAITING, "P*70,9,5550100",
     "P *70,9, 555-0100", LOCAL | FREE, 1},
    {redmond, NULL, L"+1 (425) 555-0100", DIAL_CANCEL_CALL_WAITING, "T5550100", "T 555-0100",
     LOCAL | FREE, 1},
    /* forced */
    {redmond, NULL, L"+1 (425) 555-0100", DIAL_FORCE_LONG_DISTANCE, "T14255550100",
     "T 1 (425) 555-0100", LONG | FREE, 1},
    {redmond, NULL, L"+1 (206) 555-0100", DIAL_FORCE_LOCAL, "T5550100", "T 555-0100", LOCAL, 1},
    {redmond, NULL, L"+44 (20) 1", DIAL_FORCE_LOCAL, "T01144201", "T 011 44 (20) 1", ABROAD, 44},
    {redmond, NULL, L"+44 (20) 1", DIAL_FORCE_LONG_DISTANCE, "T01144201", "T 011 44 (20) 1", ABROAD,
     44},
    /* area code rules and the toll list */
    {ruled, NULL, L"+1 (206) 555-0100", NONE, "T2065550100", "T (206) 555-0100", LOCAL, 1},
    {ruled, NULL, L"+1 (206) 555-0100", DIAL_FORCE_LOCAL, "T2065550100", "T (206) 555-0100", LOCAL,
     1},
    {ruled, NULL, L"+1 (206) 555-0100", DIAL_FORCE_LONG_DISTANCE, "T12065550100",
     "T 1 (206) 555-0100", LONG, 1},
    {ruled, NULL, L"+1 (360) 100-0000", NONE, "T3601000000", "T (360) 100-0000", LOCAL, 1},
    {ruled, NULL, L"+1 (360) 200-0000", NONE, "T12000000", "T 1 200-0000", LONG, 1},
    {ruled, NULL, L"+1 (360) 300-0000", NONE, "T13603000000", "T 1 (360) 300-0000", LONG, 1},
    {ruled, NULL, L"+1 (425) 555-0100", NONE, "T14255550100", "T 1 (425) 555-0100", LONG | TOLL, 1},
    {ruled, NULL, L"+1 (425) 556-1000", NONE, "T14255561000", "T 1 (425) 556-1000", LONG | TOLL, 1},
    {ruled, NULL, L"+1 (425) 556-0000", NONE, "T5560000", "T 556-0000", LOCAL | FREE, 1},
    {ruled, NULL, L"+1 (425) 555-0100", DIAL_FORCE_LOCAL, "T5550100", "T 555-0100", LOCAL | TOLL,
     1},
    {ruled, NULL, L"+1 (425) 556-0000", DIAL_FORCE_LONG_DISTANCE, "T14255560000",
     "T 1 (425) 556-0000", LONG | FREE, 1},
    {ruled, NULL, L"+44 (206) 555", NONE, "T01144206555", "T 011 44 (206) 555", ABROAD, 44},
    {all_digits, NULL, L"+1 (425) 555-0100", NONE, "T4255550100", "T (425) 555-0100", LOCAL | FREE,
     1},
    /* cards; an empty rule is none */
    {redmond, &visa, L"+1 (425) 555-0100", NONE, "T5550100", "T 555-0100", LOCAL | FREE, 1},
    {redmond, &visa, L"+1 (206) 555-0100", NONE, "T18005551234$T2065550100,41119876",
     "T 18005551234$T (206) 555-0100, [Visa Phone] [Visa Phone]", LONG | DIAL_HAS_BILLING, 1},
    {redmond, &visa, L"+44 (20) 1", NONE, "T18005559999@0144201?9876",
     "T 18005559999@01 44 (20) 1? [Visa Phone]", ABROAD | DIAL_HAS_QUIET | DIAL_HAS_PROMPT, 44},
    /* other countries */
    {berlin, NULL, L"+49 (30) 123456", NONE, "T123456", "T 123456", LOCAL, 49},
    {berlin, NULL, L"+49 (89) 123456", NONE, "T089123456", "T 0 (89) 123456", LONG, 49},
    {berlin, NULL, L"+1 (425) 5550100", NONE, "T0014255550100", "T 00 1 (425) 5550100", ABROAD, 1},
    {berlin, NULL, L"+49 (30) 123456", DIAL_FORCE_LONG_DISTANCE, "T030123456", "T 0 (30) 123456",
     LONG, 49},
    {oslo, NULL, L"+47 22864350", NONE, "T22864350", "T 22864350", LOCAL, 47},
    {sao_paulo, NULL, L"+55 (21) 1234", NONE, "T015211234", "T 0 15 (21) 1234", LONG, 55},
    {sao_paulo, NULL, L"+1 (425) 1", NONE, "T002114251", "T 00 21 1 (425) 1", ABROAD, 1},
    {moscow, NULL, L"+7 (812) 1", NONE, "T88121", "T 8 (812) 1", LONG, 7},
    {moscow, NULL, L"+49 (30) 1", NONE, "T8W1049301", "T 8W10 49 (30) 1",
     ABROAD | DIAL_HAS_DIAL_TONE, 49},
};

TEST(table)
{
    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct dial_location from = cases[i].from();
        struct dial_country home;
        struct dial_output output;

        REQUIRE(dial_country_find(from.country_id, &home));
        POISON(output);
        if (!CHECK_EQ(dial_translate(&from, &home, cases[i].card, cases[i].address,
                                     cases[i].options, &output),
                      DIAL_OK)) {
            test_note("case %u", i);
            continue;
        }
        if (!CHECK_STR(plain(output.dialable), cases[i].dialable) |
            !CHECK_STR(plain(output.displayable), cases[i].displayable) |
            !CHECK_EQ(output.results, cases[i].results) |
            !CHECK_EQ(output.dest_country, cases[i].dest) |
            !CHECK_EQ(output.current_country, home.code))
            test_note("case %u: %s", i, plain(cases[i].address));
        dial_output_clear(&output);
        dial_location_clear(&from);
    }
}

TEST(no_canonical_address)
{
    static const wchar_t *const bad[] = {
        L"+",
        L"+ 1",
        L"+a",
        L"+14255550100",
        L"+1",
        L"+1 ",
        L"+1 (425)",
        L"+1 (425",
        L"+1 (42a) 555",
        L"+1 (425) 55(5)",
        L"+1 (425) ",
        L"+1 (425) abc",
        L"+1 555+1 2",
        L"+1 |12",
        L"+1 ((425)) 1",
        L"+123456789012345678901234567890123456789012345678901234567890 1",
    };
    struct dial_location from = redmond();
    struct dial_country home;
    struct dial_output output;

    REQUIRE(dial_country_find(1, &home));
    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        POISON(output);
        if (!CHECK_EQ(dial_translate(&from, &home, NULL, bad[i], 0, &output), DIAL_BAD_ADDRESS))
            test_note("%s", plain(bad[i]));
        CHECK(output.dialable == NULL && output.displayable == NULL);
    }
}

/* Rules as the country lists of Windows and Wine have them: pauses, second dial tones, and I, the
 * area code of countries that dial it at home too. */
TEST(rules_of_the_registry)
{
    static const struct {
        const wchar_t *area, *rule[DIAL_KINDS];
        const wchar_t *address;
        const char *dialable, *displayable;
        uint32_t results;
    } rows[] = {
        /* Italy, and a number of San Marino from there */
        {L"06", {L"IG", L"IG", L"00EFG"}, L"+39 (06) 6988", "T066988", "T (06) 6988", LOCAL},
        {L"02", {L"IG", L"IG", L"00EFG"}, L"+39 (06) 6988", "T066988", "T (06) 6988", LONG},
        {L"06", {L"IG", L"IG", L"00EFG"}, L"+39 6988", "T6988", "T 6988", LONG},
        {L"06", {L"IG", L"IG", L"00EFG"}, L"+378 88", "T0037888", "T 00 378 88", ABROAD},
        /* Spain waits for the exchange */
        {L"91", {L"IG", L"IG", L"00,EFG"}, L"+33 (1) 2", "T00,3312", "T 00, 33 (1) 2", ABROAD},
        {L"22", {L"G", L"8,2IG", L"8,00EFG"}, L"+39 (32) 5", "T8,2325", "T 8,2 (32) 5", LONG},
        {L"22",
         {L"G", L"8WFG", L"8W10EFG"},
         L"+39 (32) 5",
         "T8W325",
         "T 8W (32) 5",
         LONG | DIAL_HAS_DIAL_TONE},
        /* France dials everything; Hungary pauses; a ship ends the number */
        {L"1", {L"0FG", L"0FG", L"00EFG"}, L"+39 (1) 42", "T0142", "T 0 (1) 42", LOCAL},
        {L"1", {L"G", L"06,FG", L"00,EFG"}, L"+39 (72) 5", "T06,725", "T 06, (72) 5", LONG},
        {L"", {L"00EFG#", L"00EFG#", L"00EFG#"}, L"+39 5", "T00395#", "T 00 39 5#", LOCAL},
        {L"",
         {L"00EFG#", L"00EFG#", L"00EFG#"},
         L"+1 (425) 5",
         "T0014255#",
         "T 00 1 (425) 5#",
         ABROAD},
        /* nothing said: the number, with what is in front of it */
        {L"1", {L"", L"", L""}, L"+39 (1) 5", "T5", "T 5", LOCAL},
        {L"1", {L"G", L"", L"00EFG"}, L"+39 (2) 5", "T25", "T (2) 5", LONG},
        {L"1", {L"", L"", L""}, L"+1 (2) 5", "T125", "T 1 (2) 5", ABROAD},
    };

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct dial_location from = location(39, rows[i].area);
        struct dial_country home = {.id = 39, .code = 39};
        struct dial_output output;

        for (int kind = 0; kind < DIAL_KINDS; kind++)
            dial_copy(home.rule[kind], DIAL_RULE, rows[i].rule[kind]);
        REQUIRE_EQ(dial_translate(&from, &home, NULL, rows[i].address, 0, &output), DIAL_OK);
        if (!CHECK_STR(plain(output.dialable), rows[i].dialable) |
            !CHECK_STR(plain(output.displayable), rows[i].displayable) |
            !CHECK_EQ(output.results, rows[i].results))
            test_note("row %u: %s", i, plain(rows[i].address));
        dial_output_clear(&output);
    }
}

/* What a registry may hold: rules of nonsense dial the number all the same. */
TEST(nonsense_rules)
{
    struct dial_location from = redmond();
    struct dial_country home;
    struct dial_output output;

    REQUIRE(dial_country_find(1, &home));
    wcscpy(home.rule[DIAL_LONG_DISTANCE], L"1");
    REQUIRE_EQ(dial_translate(&from, &home, NULL, L"+1 (206) 5", 0, &output), DIAL_OK);
    CHECK_STR(plain(output.dialable), "T2065");
    dial_output_clear(&output);
    wcscpy(home.rule[DIAL_LOCAL], L" ~Z<G>IHJKL");
    REQUIRE_EQ(dial_translate(&from, &home, NULL, L"+1 (425) 5", 0, &output), DIAL_OK);
    CHECK_STR(plain(output.dialable), "T5425");
    CHECK_STR(plain(output.displayable), "T 5 (425)");
    dial_output_clear(&output);
}

/* Anything may come as an address or stand in a rule: under the sanitizers nothing of it hurts. */
TEST(random_addresses_and_rules)
{
    static const wchar_t letters[] = L"++01259 ()-.|^\r\nABEFGHIJKLMTPW,!@$?;:x\u00eb";
    struct dial_location from = ruled();
    struct dial_card card = visa;
    struct dial_country home;
    uint32_t seed = 12345;
    unsigned translated = 0;

    REQUIRE(dial_country_find(1, &home));
    for (unsigned i = 0; i < 20000; i++) {
        wchar_t text[64];
        struct dial_output output;
        size_t length = i % (sizeof(text) / sizeof(text[0]) - 1);

        for (size_t k = 0; k < length; k++) {
            seed = seed * 1664525u + 1013904223u;
            text[k] = letters[(seed >> 16) % (sizeof(letters) / sizeof(letters[0]) - 1)];
        }
        if (length > 4 && i % 2) /* most would not be canonical */
            wmemcpy(text, L"+1 (", 4);
        text[length] = 0;
        dial_copy(card.rule[i % DIAL_KINDS], DIAL_RULE, text);
        if (dial_translate(&from, &home, i % 3 ? &card : NULL, text, i % 16 & ~1u, &output) ==
            DIAL_OK) {
            translated++;
            CHECK(output.dialable && output.displayable);
        }
        dial_output_clear(&output);
    }
    CHECK(translated > 5000);
    dial_location_clear(&from);
}

TEST(every_allocation_fails_once)
{
    struct dial_location from = ruled();
    struct dial_country home;
    struct dial_output output;
    unsigned nth = 0, blocks = mem_blocks();
    enum dial_status status;

    REQUIRE(dial_country_find(1, &home));
    do {
        POISON(output);
        mem_fail_at(++nth);
        status = dial_translate(&from, &home, &visa, L"+44 (20) 7946 0958 | 1 ^ Ann", 0, &output);
        if (status != DIAL_OK)
            CHECK(output.dialable == NULL && output.displayable == NULL);
        CHECK(status == DIAL_OK || status == DIAL_NO_MEMORY);
        if (status == DIAL_OK)
            CHECK_STR(plain(output.dialable), "T18005559999@01442079460958?9876| 1 ^ Ann");
        dial_output_clear(&output);
        CHECK_EQ(mem_blocks(), blocks);
    } while (status != DIAL_OK && nth < 100);
    mem_fail_at(0);
    CHECK(nth > 2);
    dial_location_clear(&from);
}
