/* operator_test.c - the operator's console: calls held, parked, joined, transferred. */
#include "tests/samples/sample.h"

static void it_answers_holds_and_swaps(enum language language)
{
    static const char says[] = "5550001: offering\r\n|5550001: connected\r\n|5550001: held\r\n|"
                               "5550001: connected\r\n|5550001: held\r\n|5550100: connected\r\n|"
                               "5550100: held\r\n|5550001: connected\r\n|"
                               "5550001: disconnected\r\n";

    sample_run(language, "operator", "console.conf",
               "Alice wait answer hold resume \"call 5550100\" swap hangup");
    sample_check(language, says, says, 0,
                 "101\t5550001\tanswers|101\t5550001\tholds|101\t5550001\tunholds|"
                 "5550100\t101\tanswers|swaps calls|101\t5550001\thangs up|"
                 "101\t5550100\thangs up");
}
IN_EVERY_LANGUAGE(it_answers_holds_and_swaps)

static void it_parks_and_fetches(enum language language)
{
    static const char says[] = "5550001: connected\r\n|parked at 705\r\n|"
                               "705: connected\r\n|parked at 700\r\n";

    sample_run(language, "operator", "console.conf",
               "101 wait answer \"park 705\" \"pickup 705\" park \"pickup 700\"");
    sample_check(language, says, says, 0,
                 "101\t705\tparks 5550001|101\t705\tunparks 5550001|101\t700\tparks 5550001|"
                 "101\t700\tunparks 5550001");
    /* A script may hear of it while it is in Park still. */
    CHECK(strstr(sample_output, "5550001: disconnected\r\n") != NULL);
}
IN_EVERY_LANGUAGE(it_parks_and_fetches)

static void it_makes_a_conference(enum language language)
{
    static const char says[] = "5550001: connected\r\n|5550100: connected\r\n|"
                               "5550104: connected\r\n|5550001: disconnected\r\n|"
                               "5550100: disconnected\r\n|5550104: disconnected\r\n";

    sample_run(language, "operator", "console.conf",
               "101 wait answer \"join 5550100\" \"join 5550104\" hangup");
    sample_check(language, says, says, 0,
                 "sets up a conference|5550100\t101\tanswers|"
                 "101\t5550100\tadds to the conference|5550104\t101\tanswers|"
                 "101\t5550104\tadds to the conference|101\t5550001\thangs up");
}
IN_EVERY_LANGUAGE(it_makes_a_conference)

static void it_asks_goes_back_and_connects(enum language language)
{
    static const char says[] = "5550001: connected\r\n|ask 5550101: not done: |"
                               "5550001: connected\r\n|5550104: connected\r\n";

    sample_run(language, "operator", "console.conf",
               "101 wait answer \"ask 5550101\" back \"ask 5550104\" connect");
    sample_check(language, says, says, 1,
                 "5550101\t101\tbusy|5550104\t101\tanswers|transferred by 101");
}
IN_EVERY_LANGUAGE(it_asks_goes_back_and_connects)

static void it_sends_on_without_asking(enum language language)
{
    static const char says[] = "5550001: connected\r\n|5550001: disconnected\r\n";

    sample_run(language, "operator", "console.conf", "101 wait answer \"send 5550100\"");
    sample_check(language, says, says, 0, "101\t5550001\tanswers|101\t5550100\ttransfers 5550001");
}
IN_EVERY_LANGUAGE(it_sends_on_without_asking)

static void it_reads_commands_and_goes_on_after_wrong_ones(enum language language)
{
    static const char says[] = "hold: not done: no call is connected\r\n|"
                               "sing: not done: there is no such command\r\n|"
                               "5550100: connected\r\n|5550100: disconnected\r\n";

    sample_run_input(language, "operator", "office.conf", "101",
                     "hold\r\nsing\r\n\r\ncall 5550100\nhangup");
    sample_check(language, says, says, 1, "5550100\t101\tanswers|101\t5550100\thangs up");
}
IN_EVERY_LANGUAGE(it_reads_commands_and_goes_on_after_wrong_ones)

static void it_says_how_it_is_used(enum language language)
{
    sample_run(language, "operator", "console.conf", "");
    sample_check(language, "usage: operator", "usage: operator", 2, "");
    sample_run(language, "operator", "console.conf", "9999 wait");
    sample_check(language, "there is no line 9999\r\n", "there is no line 9999\r\n", 2, "");
}
IN_EVERY_LANGUAGE(it_says_how_it_is_used)
