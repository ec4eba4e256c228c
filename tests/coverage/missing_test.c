/* missing_test.c - a provider without an entry: the function behind which it would stand says so.
 */
#include <stdio.h>

#include "tests/coverage/phones.h"

/* The state of a call TAPI knows from the messages, and icons it has of its own. */
static bool has_fallback(enum every_entry entry)
{
    return entry == EVERY_TSPI_lineGetCallStatus || entry == EVERY_TSPI_lineGetIcon ||
           entry == EVERY_TSPI_phoneGetIcon;
}

TEST(what_the_provider_lacks_is_unavailable)
{
    rows_open();
    for (const struct row *row = line_rows; row < line_rows + line_row_count; row++) {
        char entry[80];
        snprintf(entry, sizeof entry, "%s", every->name[row->entry]);
        if (GetProcAddress(GetModuleHandleA("few.tsp"), entry) != NULL)
            continue;
        LONG result = rows_finish(row->call());
        LONG expected = has_fallback(row->entry) ? 0 : (LONG)LINEERR_OPERATIONUNAVAIL;
        if (result != expected)
            FAIL("%s without %s is 0x%08lx", row->name, entry, (unsigned long)result);
        CHECK_EQ(every->calls[row->entry], 0);
    }
    rows_close();
}

TEST(what_the_phones_provider_lacks_is_unavailable)
{
    phones_open(PHONEPRIVILEGE_OWNER);
    for (const struct row *row = phone_rows; row < phone_rows + phone_row_count; row++) {
        LONG result = phones_finish(row->call());
        LONG expected = has_fallback(row->entry) ? 0 : (LONG)PHONEERR_OPERATIONUNAVAIL;
        if (result != expected)
            FAIL("%s without %s is 0x%08lx", row->name, every->name[row->entry],
                 (unsigned long)result);
    }
    phones_close();
}
