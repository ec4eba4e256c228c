/* phone_set_test.c - the desk set's controller: what it puts there, and what a call does there. */
#include "tests/samples/sample.h"

static void a_call_is_seen_and_answered_at_the_telephone(enum language language)
{
    static const char says[] = "Alice: 28 buttons and lamps, 4 ways to ring, 2 rows to read\r\n|"
                               "the ring mode is 2\r\n|handset: on hook\r\n|"
                               "ringer: mode 2, volume |display: Visitor 5550001|"
                               "button 12 Call 1: lamp wink\r\n|button 16 Hold: lamp off\r\n|"
                               "handset: off hook\r\n|the ring mode is 0\r\n|lamp 12: steady\r\n|"
                               "handset: on hook\r\n|lamp 12: off\r\n";

    sample_run(language, "phone_set", "desk.conf", "Alice wait state lift \"pause 100\" onhook");
    sample_check(language, says, says, 0,
                 "5550001\t101\trings|101\t5550001\tanswers|101\t5550001\thangs up");
    sample_check(language, "a call from 5550001\r\n|the call is connected\r\n",
                 "a call from 5550001\r\n|the call is connected\r\n", 0, "");
}
IN_EVERY_LANGUAGE(a_call_is_seen_and_answered_at_the_telephone)

static void everything_can_be_set(enum language language)
{
    static const char says[] = "lamp 20: flash\r\n|the display shows: Hello there\r\n|"
                               "the ringer's volume is 1000\r\n|the ring mode is 4\r\n|"
                               "the ring mode is 0\r\n|the ring mode is 3\r\n|"
                               "the ring mode is 0\r\n|speaker: off hook\r\n|"
                               "button 21 Taxi: lamp off\r\n|speaker: on hook\r\n";

    sample_run_input(language, "phone_set", "quiet.conf", "101",
                     "lamp 20 flash\nshow Hello there\nvolume 1000\nring 4\nring 0\nringer 3\n"
                     "ringer 0\nlabel 21 Taxi\nhandle\nspeaker\nstate\nsilent\n");
    sample_check(language, says, says, 0, "");
}
IN_EVERY_LANGUAGE(everything_can_be_set)

static void what_cannot_be_done_is_said(enum language language)
{
    static const char says[] = "lamp 20 pink: not done: |lamp 99 flash: not done: |"
                               "sing: not done: |the ringer's volume is 5\r\n";

    sample_run(language, "phone_set", "quiet.conf",
               "101 \"lamp 20 pink\" \"lamp 99 flash\" sing \"volume 5\"");
    sample_check(language, says, says, 1, "");
}
IN_EVERY_LANGUAGE(what_cannot_be_done_is_said)

static void it_says_how_it_is_used(enum language language)
{
    sample_run(language, "phone_set", "desk.conf", "");
    sample_check(language, "usage: phone_set", "usage: phone_set", 2, "");
    sample_run(language, "phone_set", "desk.conf", "102 state");
    sample_check(language, "there is no telephone of a line 102\r\n",
                 "there is no telephone of a line 102\r\n", 2, "");
}
IN_EVERY_LANGUAGE(it_says_how_it_is_used)
