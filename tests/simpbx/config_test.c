/* config_test.c - configuration text: what it means, and what hostile text is told. */
#include "tests/support/test.h"
#include "tsp/simpbx/core/core.h"

#include <stdio.h>
#include <stdlib.h>

static struct pbx_config config;
static char error[200];

static bool parse(const char *text)
{
    pbx_config_free(&config);
    return pbx_config_parse(&config, text, strlen(text), error, sizeof(error));
}

TEST_AFTER
{
    pbx_config_free(&config);
}

TEST(every_statement)
{
    REQUIRE(
        parse("\xEF\xBB\xBF# a comment\r\n"
              "clock stepped\n"
              "bandwidth 256   # kbit/s\n"
              "calls 3\ncall-waiting off\nno-answer 5000\nring-cycle 1000\nprefix 0\n"
              "park 800 5\npark-timeout 60000\naudio 16000 16 2\ncompletion-delay 20\n"
              "conference 4\ndigit-time 80\ndigit-gap 20\n"
              "\textension 101 \"Al # ice\" group 7 forward 102 forward busy 103\n"
              "extensions 200 209 \"Desk\"\n"
              "caller 5550001 \"Visitor\" calls 200 after 10 answered 20 digits 30 5 hangup 40\n"
              "outside 555XX12* \"Far\" answer 100 digits 50 \"1,2#\" hangup 700"));
    CHECK(config.settings.stepped);
    CHECK_EQ(config.settings.bandwidth, 256);
    CHECK(!config.settings.call_waiting);
    CHECK_EQ(config.settings.audio_channels, 2);
    CHECK_EQ(config.settings.completion_delay, 20);
    CHECK_STR(config.settings.prefix, "0");
    REQUIRE_EQ(config.extension_count, 11);
    CHECK_STR(config.extensions[0].name, "Al # ice");
    CHECK_STR(config.extensions[0].group, "7");
    CHECK_STR(config.extensions[0].forward[PBX_FWD_UNCOND].number, "102");
    CHECK_STR(config.extensions[0].forward[PBX_FWD_BUSY].number, "103");
    CHECK_STR(config.extensions[10].number, "209");
    CHECK_STR(config.extensions[10].name, "Desk 209");
    REQUIRE_EQ(config.outside_count, 1);
    CHECK_EQ(config.outside[0].behaviour.kind, PBX_OUTSIDE_ANSWER);
    CHECK_EQ(config.outside[0].behaviour.hangup_after, 700);
    CHECK_STR(config.outside[0].behaviour.digits, "1,2#");
    REQUIRE_EQ(config.caller_count, 1);
    CHECK_STR(config.callers[0].number, "5550001");
    CHECK_STR(config.callers[0].name, "Visitor");
    CHECK_STR(config.callers[0].extension, "200");
    CHECK_EQ(config.callers[0].after, 10);
    CHECK(config.callers[0].answered);
    CHECK_EQ(config.callers[0].answered_after, 20);
    CHECK_STR(config.callers[0].behaviour.digits, "5");
    CHECK_EQ(config.callers[0].behaviour.hangup_after, 40);
}

TEST(ten_thousand_extensions)
{
    REQUIRE(parse("extensions 100000 109999"));
    CHECK_EQ(config.extension_count, 10000);
    CHECK_STR(config.extensions[9999].number, "109999");
}

TEST(wrong_lines_are_named)
{
    static const struct {
        const char *text, *error;
    } wrong[] = {
        {"\nfoo 1", "line 2: \"foo\" is no statement of this file"},
        {"bandwidth", "line 1: bandwidth is missing"},
        {"bandwidth x", "line 1: bandwidth: \"x\" is not a number"},
        {"bandwidth -1", "line 1: bandwidth: \"-1\" is not a number"},
        {"bandwidth 99999999999", "line 1: bandwidth: \"99999999999\" is not a number"},
        {"calls 0", "line 1: calls must lie between 1 and 1000"},
        {"calls 1 2", "line 1: \"2\" is one word too many"},
        {"clock slow", "line 1: the clock is \"real\" or \"stepped\""},
        {"extension 10a", "line 1: the extension's number: \"10a\" holds more than the digits "
                          "0-9 A-D * #"},
        {"extension 101 \"Alice", "line 1: a string without its closing \""},
        {"extension 101 \"Alice\"x", "line 1: a blank must follow the closing \""},
        {"extension 101\nextension 101", "extension 101 is there twice"},
        {"extensions 5 4", "line 1: the last number must lie between 5 and 4294967295"},
        {"extensions 1 4294967295", "line 1: more than 100000 extensions"},
        {"outside 55Y busy", "line 1: outside number \"55Y\": only digits, X and a final *"},
        {"outside 55 sleeping", "line 1: \"sleeping\" is none of answer, busy, ring, reject, "
                                "drop, congested, invalid, silent"},
        {"outside 55 drop", "line 1: the time in ms is missing"},
        {"outside 55 busy hangup 3", "line 1: \"hangup\" is one word too many"},
        {"outside 55 answer 1 digits 2 12x", "line 1: \"12x\" holds more than the digits 0-9 A-D "
                                             "* # and commas"},
        {"extension 1 \"\xC3\x28\"", "line 1: not UTF-8 text"},
        {"extension 1 \"\x01\"", "line 1: not UTF-8 text"},
        {"caller 55 101", "line 1: \"calls\" and an extension must follow the caller"},
        {"caller 55 calls 101", "caller 55 calls 101, which is no extension"},
        {"caller 55 calls 101 busy", "line 1: \"busy\" is none of after, answered, hangup, digits"},
        {"caller 55 calls 101 after", "line 1: the time until the call in ms is missing"},
        {"audio 8000 12 1", "line 1: the bits per sample must be 8, 16, 24 or 32"},
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        CHECK(!parse(wrong[i].text));
        CHECK_STR(error, wrong[i].error);
        CHECK(!config.extensions && !config.outside && !config.callers);
    }
}

TEST(hostile_sizes)
{
    char *text = malloc(70000);

    REQUIRE(text != NULL);
    memset(text, 'a', 69999);
    text[69999] = 0;
    CHECK(!parse(text));
    CHECK_STR(error, "line 1: longer than 1023 bytes");
    for (int i = 0; i < 500; i++)
        memcpy(text + 2 * i, "a ", 3);
    CHECK(!parse(text));
    CHECK_STR(error, "line 1: more than 24 words");
    free(text);
    CHECK(!pbx_config_parse(&config, "clock\0real", 10, error, sizeof(error)));
    CHECK_STR(error, "line 1: not text");
    CHECK(!pbx_config_parse(&config, "foo", 3, error, 5));
    CHECK_STR(error, "line");
    CHECK(pbx_config_parse(&config, "", 0, error, sizeof(error)));
}

/* Whatever the bytes, there is an answer (and no sanitizer has a word to say). */
TEST(random_text)
{
    static const char *words[] = {"outside ", "extension ", "12 ",   "\"a\" ",   "answer ", "\n",
                                  "hangup ",  "digits ",    "#",     "* ",       "\"",      "X ",
                                  "audio ",   "4294967296", "\xFF",  "forward ", "busy ",   "park ",
                                  "caller ",  "calls ",     "after "};
    uint32_t random = 7;
    char text[400];

    for (int round = 0; round < 3000; round++) {
        text[0] = 0;
        for (int i = 0; i < 20; i++) {
            random = random * 1664525u + 1013904223u;
            strcat(text, words[(random >> 16) % (sizeof(words) / sizeof(*words))]);
        }
        bool good = parse(text);
        CHECK(good == !error[0]);
    }
}

TEST(numbers)
{
    char number[PBX_NUMBER];
    bool partial;

    CHECK(pbx_number_clean(number, "+1 (425) 555-0100", &partial));
    CHECK_STR(number, "14255550100");
    CHECK(pbx_number_clean(number, "T9,W5550100|sub^Name\r\n123", &partial) && !partial);
    CHECK_STR(number, "95550100");
    CHECK(pbx_number_clean(number, "12;", &partial) && partial);
    CHECK(!pbx_number_clean(number, "hello", &partial));
    CHECK(!pbx_number_clean(number, "", &partial));
    CHECK(!pbx_number_clean(
        number, "1234567890123456789012345678901234567890123456789012345678901234", &partial));
    CHECK(pbx_number_matches("555X1", "55571"));
    CHECK(pbx_number_matches("555*", "555"));
    CHECK(!pbx_number_matches("555X", "555"));
    CHECK(!pbx_number_matches("555", "5551"));
    pbx_copy(number, 4, "a\xC3\xA4\xC3\xB6");
    CHECK_STR(number, "a\xC3\xA4");
}
