/* countries.c - the table of countries that is used where the registry has none. */
#include "dialing/dialing.h"

struct row {
    uint32_t id, code;
    const wchar_t *name;
    const wchar_t *rule[DIAL_KINDS];
};

#define COUNTRY(id, code, name, same_area, long_distance, international)                           \
    {id, code, L"" name, {L"" same_area, L"" long_distance, L"" international}},
static const struct row rows[] = {
#include "dialing/countries.h"
};
#undef COUNTRY

uint32_t dial_country_count(void)
{
    return sizeof(rows) / sizeof(rows[0]);
}

void dial_country_get(uint32_t index, struct dial_country *country)
{
    const struct row *row = &rows[index];

    country->id = row->id;
    country->code = row->code;
    dial_copy(country->name, DIAL_NAME, row->name);
    for (int kind = 0; kind < DIAL_KINDS; kind++)
        dial_copy(country->rule[kind], DIAL_RULE, row->rule[kind]);
}

bool dial_country_find(uint32_t id, struct dial_country *country)
{
    for (uint32_t i = 0; i < dial_country_count(); i++) {
        if (rows[i].id == id) {
            dial_country_get(i, country);
            return true;
        }
    }
    return false;
}
