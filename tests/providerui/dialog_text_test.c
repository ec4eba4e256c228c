/* dialog_text_test.c - one line's statement in the exchange's configuration. */
#include "tests/support/test.h"
#include "tsp/simpbx/dialog.h"

#include <stdlib.h>

static const char text[] = "clock real\n"
                           "extensions 101 109 \"Desk\"\n"
                           "# extension 10 \"no\"\n"
                           "  extension\t10 \"Ten\" group 1 \r\n"
                           "extension 1";

static void found(const char *number, const char *statement)
{
    size_t start = 0, length = 0;

    REQUIRE(dialog_text_find(text, number, &start, &length));
    CHECK_EQ(length, strlen(statement));
    CHECK(strncmp(text + start, statement, length) == 0);
}

TEST(a_statement_is_found_by_its_number)
{
    size_t start, length;

    found("10", "extension\t10 \"Ten\" group 1");
    found("1", "extension 1");
    CHECK(!dialog_text_find(text, "101", &start, &length)); /* of a range */
    CHECK(!dialog_text_find(text, "", &start, &length));
    CHECK(!dialog_text_find("", "1", &start, &length));
    CHECK(!dialog_text_find("extension", "1", &start, &length));
}

TEST(a_statement_is_replaced)
{
    char *made = dialog_text_replace("a\nextension 1\nb", 2, 11, "extension 1 \"One\"");

    CHECK_STR(made, "a\nextension 1 \"One\"\nb");
    free(made);
    made = dialog_text_replace("extension 1", 0, 11, "");
    CHECK_STR(made, "");
    free(made);
}
