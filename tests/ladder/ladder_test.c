/* ladder_test.c - the call ladder: what it draws, and what it says about a log it cannot read. */
#include "tests/support/test.h"
#include "tools/ladder/ladder.h"

#include <stdlib.h>

static char error[160];

static struct ladder *parse(const char *text)
{
    POISON(error);
    return ladder_parse(text, error, sizeof(error));
}

/* What a writer writes, as a string to be freed. */
static char *written(const struct ladder *ladder, const char *title)
{
    char *text = calloc(1, 65536);
    FILE *file = tmpfile();

    REQUIRE(text && file);
    if (title)
        ladder_write_svg(ladder, title, file);
    else
        ladder_write_text(ladder, file);
    rewind(file);
    text[fread(text, 1, 65535, file)] = 0;
    fclose(file);
    return text;
}

static const char sample[] = "# a comment\n"
                             "500\t101\t102\tcalls\n"
                             "520\t102\t101\trings\r\n"
                             "\n"
                             "1500\t102\t\tanswers\n"
                             "2500\t101\t555\tasks <A> & \"B\"\n";

TEST(parties_stand_in_order_of_appearance)
{
    struct ladder *ladder = parse(sample);

    REQUIRE(ladder);
    CHECK_EQ(ladder_party_count(ladder), 3);
    CHECK_EQ(ladder_event_count(ladder), 4);
    ladder_free(ladder);
}

TEST(text_has_arrows_both_ways_and_notes)
{
    struct ladder *ladder = parse(sample);
    char *text = written(ladder, NULL);

    CHECK_STR(text, "        ms       101             102             555       \n"
                    "         0         |-----calls---->|               |\n"
                    "        20         |<----rings-----|               |\n"
                    "      1000         |               * answers\n"
                    "      2000         |--------asks <A> & \"B\"-------->|\n");
    free(text);
    ladder_free(ladder);
}

TEST(svg_escapes_what_xml_reserves)
{
    struct ladder *ladder = parse(sample);
    char *text = written(ladder, "1 < 2");

    CHECK(strstr(text, "asks &lt;A&gt; &amp; &quot;B&quot;") != NULL);
    CHECK(strstr(text, "1 &lt; 2") != NULL);
    CHECK_STR(text + strlen(text) - 7, "</svg>\n");
    free(text);
    ladder_free(ladder);
}

TEST(an_empty_log_is_an_empty_ladder)
{
    struct ladder *ladder = parse("");

    REQUIRE(ladder);
    CHECK_EQ(ladder_event_count(ladder), 0);
    free(written(ladder, NULL));
    free(written(ladder, "nothing"));
    ladder_free(ladder);
}

TEST(a_bad_line_is_named)
{
    CHECK(!parse("0\ta\tb\tc\nnonsense\n"));
    CHECK_STR(error, "line 2 has fewer than four fields parted by tabs");
    CHECK(!parse("later\ta\tb\tc\n"));
    CHECK_STR(error, "line 1 does not begin with a time in milliseconds");
    CHECK(!parse("-5\ta\tb\tc\n"));
    CHECK(!parse("5\ta\tb\tc\n4\ta\tb\tc\n"));
    CHECK_STR(error, "line 2 is earlier than the line before it");
    CHECK(!parse("1\t\tb\tc\n"));
    CHECK_STR(error, "line 1 names nobody in its second field");
}

TEST(sixty_five_parties_are_too_many)
{
    char text[65 * 16] = "", line[16];

    for (unsigned i = 0; i < 65; i++) {
        snprintf(line, sizeof(line), "%u\tp%u\t\tx\n", i, i);
        strcat(text, line);
    }
    CHECK(!parse(text));
    CHECK_STR(error, "line 65 names more than 64 parties");
}
