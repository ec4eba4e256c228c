/* samples_test.c - the samples that do one thing: dial, answer_play, transfer and so on. */
#include "tests/samples/sample.h"

#include <stdio.h>

/* ---- dial ---- */

static void dial_hangs_up_when_its_time_is_over(enum language language)
{
    sample_run(language, "dial", "office.conf", "101 5550100 2000");
    sample_check(language, "in progress\r\n|connected\r\n|disconnected: normal\r\n",
                 "is dialling|is proceeding|is ringing|is connected|is idle", 0,
                 "101\t5550100\tcalls|5550100\t101\tanswers|101\t5550100\thangs up");
}
IN_EVERY_LANGUAGE(dial_hangs_up_when_its_time_is_over)

static void dial_sees_the_other_end_hang_up(enum language language)
{
    sample_run(language, "dial", "office.conf", "Alice 5550104 20000");
    sample_check(language, "in progress\r\n|connected\r\n|disconnected: normal\r\n",
                 "is connected|is disconnected|is idle", 0, "5550104\t101\thangs up");
}
IN_EVERY_LANGUAGE(dial_sees_the_other_end_hang_up)

static void dial_says_why_there_is_no_answer(enum language language)
{
    sample_run(language, "dial", "office.conf", "101 5550101 20000");
    sample_check(language, "disconnected: busy\r\n", "is busy|is idle", 1, "101\t5550101\tcalls");
    sample_run(language, "dial", "office.conf", "101 5550102 20000");
    sample_check(language, "disconnected: no answer\r\n", "is ringing|is disconnected|is idle", 1,
                 "5550102\t101\tdoes not answer");
}
IN_EVERY_LANGUAGE(dial_says_why_there_is_no_answer)

/* ---- answer and play ---- */

/* How much sound the file holds. */
static unsigned sound_in(const char *path)
{
    char head[256];
    FILE *file = fopen(path, "rb");
    unsigned size = 0;

    REQUIRE(file != NULL);
    size_t got = fread(head, 1, sizeof(head), file);
    fclose(file);
    for (size_t at = 12; at + 8 <= got; at += 8 + size) {
        memcpy(&size, head + at + 4, sizeof(size));
        if (!memcmp(head + at, "data", 4))
            return size;
    }
    FAIL("%s holds no sound", path);
    return 0;
}

static void answer_play_lets_the_caller_hear_all_of_it(enum language language)
{
    char wav[MAX_PATH], arguments[MAX_PATH + 20], log[200];

    snprintf(wav, sizeof(wav), "%s/demo/chime.wav", sample_folder());
    snprintf(arguments, sizeof(arguments), "102 \"%s\"", wav);
    snprintf(log, sizeof(log),
             "5550001\t102\trings|102\t5550001\tanswers|102\t5550001\thangs up|"
             "102\t5550001\thas said %u bytes of sound",
             sound_in(wav));
    sample_run(language, "answer_play", "office.conf", arguments);
    sample_check(language,
                 "waiting for a call\r\n|from 5550001\r\n|playing\r\n|played\r\n|over\r\n",
                 "waiting for a call\r\n|from 5550001\r\n|playing\r\n|played\r\n|over\r\n", 0, log);
}
IN_EVERY_LANGUAGE(answer_play_lets_the_caller_hear_all_of_it)

static void answer_play_ends_when_the_caller_hangs_up(enum language language)
{
    char arguments[MAX_PATH + 40];

    snprintf(arguments, sizeof(arguments), "Bob \"%s/demo/chime.wav\"", sample_folder());
    sample_run(language, "answer_play", "impatient.conf", arguments);
    sample_check(language, "playing\r\n|the call is over\r\n", "playing\r\n|the call is over\r\n",
                 1, "102\t5550001\tanswers|5550001\t102\thangs up");
    CHECK(!strstr(sample_output, "played"));
}
IN_EVERY_LANGUAGE(answer_play_ends_when_the_caller_hangs_up)

/* ---- transfers ---- */

static void transfer_connects_the_two_others(enum language language)
{
    sample_run(language, "transfer", "office.conf", "101 5550100 5550105");
    sample_check(
        language,
        "the call to 5550100: connected\r\n|the call to 5550100: held\r\n|"
        "the call to 5550105: connected\r\n|disconnected\r\n|disconnected\r\n|transferred\r\n",
        "is on hold for a transfer|is dial tone|is connected|is idle|is idle|transferred\r\n", 0,
        "5550100\t101\tanswers|5550105\t101\tanswers|transferred by 101");
}
IN_EVERY_LANGUAGE(transfer_connects_the_two_others)

static void transfer_needs_a_third_party_who_answers(enum language language)
{
    sample_run(language, "transfer", "office.conf", "101 5550100 5550102");
    sample_check(language, "the call to 5550100: held\r\n|not transferred: ",
                 "is on hold for a transfer|not transferred: |is connected|is idle", 1,
                 "5550102\t101\tdoes not answer|101\t5550100\thangs up");
}
IN_EVERY_LANGUAGE(transfer_needs_a_third_party_who_answers)

static void blind_transfer_sends_the_caller_on(enum language language)
{
    sample_run(language, "blind_transfer", "office.conf", "102 5550100");
    sample_check(language,
                 "waiting for a call\r\n|a call from 5550001\r\n|offering\r\n|connected\r\n|"
                 "sent on to 5550100\r\n",
                 "waiting for a call\r\n|5550001 calls 102\r\n|is offering|is connected|"
                 "sent on to 5550100\r\n|is idle",
                 0, "5550001\t102\trings|102\t5550001\tanswers|102\t5550100\ttransfers 5550001");
    /* A script may hear of it while it is in BlindTransfer still. */
    if (language != C)
        CHECK(strstr(sample_output, "disconnected\r\n") != NULL);
}
IN_EVERY_LANGUAGE(blind_transfer_sends_the_caller_on)

static void blind_transfer_says_what_cannot_be_reached(enum language language)
{
    sample_run(language, "blind_transfer", "office.conf", "102 999");
    sample_check(language, "connected\r\n|not sent on: |disconnected\r\n",
                 "is connected|not sent on: |is idle", 1,
                 "102\t5550001\tanswers|102\t5550001\thangs up");
}
IN_EVERY_LANGUAGE(blind_transfer_says_what_cannot_be_reached)

/* ---- quality of service ---- */

static void qos_is_granted_and_changed(enum language language)
{
    sample_run(language, "qos", "office.conf", "101 5550100");
    sample_check(
        language, "connected, with a guarantee\r\n|changed to what there is\r\n|disconnected\r\n",
        "with a guarantee of 64 kbit/s\r\n|32 kbit/s instead of 64 were granted\r\n|is idle", 0,
        "5550100\t101\tanswers|101\t5550100\thangs up");
}
IN_EVERY_LANGUAGE(qos_is_granted_and_changed)

static void qos_is_refused_where_there_is_no_room(enum language language)
{
    sample_run(language, "qos", "narrow.conf", "101 5550100");
    sample_check(language, "not connected: ", "not connected: 64 kbit/s were refused", 1, "");
    CHECK(!strstr(sample_log, "answers"));
}
IN_EVERY_LANGUAGE(qos_is_refused_where_there_is_no_room)

/* ---- monitor ---- */

static void monitor_sees_a_call_that_others_have(enum language language)
{
    sample_run(language, "monitor", "watched.conf", "1");
    sample_check(
        language,
        "watching Alice (101)\r\n|watching Bob (102)\r\n|Bob: 5550001 to 102: appears\r\n|"
        "Bob: 5550001 to 102: offering\r\n|Bob: 5550001 to 102: connected\r\n|"
        "Bob: 5550001 to 102: disconnected\r\n",
        "watching Alice\r\n|watching Bob\r\n|5550001 calls 102\r\n|is offering|is connected|"
        "is disconnected|is idle",
        0, "5550001\t102\trings|102\t5550001\tanswers|5550001\t102\thangs up");
}
IN_EVERY_LANGUAGE(monitor_sees_a_call_that_others_have)

/* ---- what all of them do ---- */

static void all_say_how_they_are_used_and_what_is_not_there(enum language language)
{
    static const struct {
        const char *sample, *arguments;
    } samples[] = {
        {"dial", "9999 5550100"},
        {"answer_play", "9999 none.wav"},
        {"transfer", "9999 5550100 5550104"},
        {"blind_transfer", "9999 5550100"},
        {"qos", "9999 5550100"},
    };
    char usage[60];

    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        snprintf(usage, sizeof(usage), "usage: %s", samples[i].sample);
        sample_run(language, samples[i].sample, "office.conf", "");
        sample_check(language, usage, usage, 2, "");
        sample_run(language, samples[i].sample, "office.conf", samples[i].arguments);
        sample_check(language, "there is no line 9999\r\n", "there is no line 9999\r\n", 2, "");
    }
}
IN_EVERY_LANGUAGE(all_say_how_they_are_used_and_what_is_not_there)
