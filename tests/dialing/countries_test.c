/* countries_test.c - the table of countries holds together. */
#include "dialing/dialing.h"

#include "tests/support/test.h"

TEST(ordered_whole_and_speaking_the_rules_language)
{
    struct dial_country country;
    uint32_t last = 0;

    CHECK(dial_country_count() > 230);
    for (uint32_t i = 0; i < dial_country_count(); i++) {
        dial_country_get(i, &country);
        if (!CHECK(country.id > last) | !CHECK(country.code >= 1 && country.code <= 999) |
            !CHECK(country.name[0]))
            test_note("country %u", (unsigned)country.id);
        last = country.id;
        for (int kind = 0; kind < DIAL_KINDS; kind++) {
            const wchar_t *rule = country.rule[kind];

            if (!CHECK(wcschr(rule, L'G')) |
                !CHECK(wcsspn(rule, L"0123456789WEFGLM") == wcslen(rule)) |
                !CHECK(!wcschr(rule, L'E') == (kind != DIAL_INTERNATIONAL)))
                test_note("country %u rule %d", (unsigned)country.id, kind);
        }
    }
}

TEST(well_known_ids)
{
    static const uint32_t known[][2] = {{1, 1},   {107, 1}, {7, 7},   {705, 7},   {44, 44},
                                        {49, 49}, {33, 33}, {81, 81}, {886, 886}, {379, 39}};
    struct dial_country country;

    for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        CHECK(dial_country_find(known[i][0], &country));
        CHECK_EQ(country.code, known[i][1]);
    }
    CHECK(!dial_country_find(0, &country));
    CHECK(!dial_country_find(12345, &country));
}
