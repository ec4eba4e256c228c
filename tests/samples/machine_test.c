/* machine_test.c - the answering machine: greeting, message, code. */
#include <stdio.h>

#include "tests/samples/sample.h"

#define SOUND_BYTES  1600  /* 100 ms */
#define SPEECH_BYTES 16000 /* 1 s */

static char folder[MAX_PATH];

/* A WAV file in the folder: a tenth of a second of silence, or a second of something that is known
 * again. */
static void make_file(const char *name, bool speech)
{
    unsigned char head[44] = "RIFF....WAVEfmt \x10\0\0\0\x01\0\x01\0"
                             "\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data";
    DWORD size = speech ? SPEECH_BYTES : SOUND_BYTES, all = 36 + size;
    unsigned char sound[SPEECH_BYTES] = {0};
    char path[MAX_PATH + 20];
    FILE *file;

    memcpy(head + 4, &all, sizeof(all));
    memcpy(head + 40, &size, sizeof(size));
    for (unsigned i = 0; speech && i < size; i++)
        sound[i] = (unsigned char)(i * 37 + i / 256);
    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    file = fopen(path, "wb");
    REQUIRE(file != NULL);
    fwrite(head, 1, sizeof(head), file);
    fwrite(sound, 1, size, file);
    fclose(file);
}

/* An empty folder, with a greeting in it. */
static void make_folder(void)
{
    char temporary[MAX_PATH - 40];

    GetTempPathA(sizeof(temporary), temporary);
    snprintf(folder, sizeof(folder), "%ssamples-%lu", temporary, GetCurrentProcessId());
    REQUIRE(CreateDirectoryA(folder, NULL));
    make_file("greeting.wav", false);
}

/* Whether there was such a file, which is a WAV file. */
static bool take(const char *name)
{
    char path[MAX_PATH + 20], head[4] = "";
    FILE *file;

    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    file = fopen(path, "rb");
    if (!file)
        return false;
    CHECK_EQ(fread(head, 1, 4, file), 4);
    CHECK(!memcmp(head, "RIFF", 4));
    fclose(file);
    return DeleteFileA(path);
}

static void run_machine(enum language language, const char *configuration, const char *more)
{
    char arguments[3 * MAX_PATH];

    snprintf(arguments, sizeof(arguments), "102 \"%s\\greeting.wav\" \"%s\" %s", folder, folder,
             more);
    sample_run(language, "answering_machine", configuration, arguments);
    CHECK(take("greeting.wav"));
}

static void a_message_is_recorded_until_the_caller_hangs_up(enum language language)
{
    static const char says[] = "waiting for calls\r\n|a call from 5550001\r\n|"
                               "playing the greeting\r\n|recording message1.wav\r\n|"
                               "message1.wav is kept\r\n|the call is over\r\n";

    make_folder();
    run_machine(language, "visitor.conf", "1 5 \"\" 1");
    sample_check(language, says, says, 0,
                 "5550001\t102\trings|102\t5550001\tanswers|5550001\t102\thangs up|"
                 "102\t5550001\thas said 1600 bytes of sound");
    CHECK(take("message1.wav"));
    CHECK(RemoveDirectoryA(folder));
}
IN_EVERY_LANGUAGE(a_message_is_recorded_until_the_caller_hangs_up)

static unsigned read_file(const char *name, char *bytes, unsigned size)
{
    char path[MAX_PATH + 20];
    FILE *file;
    unsigned got;

    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    file = fopen(path, "rb");
    REQUIRE(file != NULL);
    got = (unsigned)fread(bytes, 1, size, file);
    fclose(file);
    return got;
}

/* The caller is a program beside the machine: what it says must be in the file. It begins when the
 * file is there, which is a little before the recording: of what is said in between nothing is
 * kept, of the rest all. */
static void what_the_caller_says_is_recorded(enum language language)
{
    static const char says[] = "a call from 101\r\n|recording message1.wav\r\n|"
                               "message1.wav is kept\r\n|the call is over\r\n";
    char arguments[3 * MAX_PATH], path[MAX_PATH + 20];
    static char said[SPEECH_BYTES + 44], heard[sizeof(said) + 1];
    unsigned size, missed;

    make_folder();
    make_file("speech.wav", true);
    snprintf(path, sizeof(path), "%s\\speech.wav", folder);
    SetEnvironmentVariableA("SAMPLES_SPEECH", path);
    snprintf(path, sizeof(path), "%s\\message1.wav", folder);
    SetEnvironmentVariableA("SAMPLES_HEARD", path);
    snprintf(arguments, sizeof(arguments), "102 \"%s\\greeting.wav\" \"%s\" 1 5 \"\" 1", folder,
             folder);
    sample_run_together(language, "speaker", "answering_machine", "speaker.conf", arguments);
    sample_check(language, says, says, 0, "101\t102\tcalls|102\t101\tanswers|101\t102\thangs up");
    CHECK_EQ(read_file("speech.wav", said, sizeof(said)), sizeof(said));
    size = read_file("message1.wav", heard, sizeof(heard));
    if (CHECK(size >= 44 + SOUND_BYTES && size <= sizeof(said))) {
        missed = (unsigned)sizeof(said) - size;
        CHECK(!memcmp(said + 44 + missed, heard + 44, size - 44));
        test_note("%u bytes were said before the recording", missed);
    }
    CHECK(take("greeting.wav") && take("speech.wav") && take("message1.wav"));
    CHECK(RemoveDirectoryA(folder));
}
IN_EVERY_LANGUAGE(what_the_caller_says_is_recorded)

static void a_message_has_a_longest_time_and_the_next_call_its_own(enum language language)
{
    static const char says[] = "a call from 5550001\r\n|recording message1.wav\r\n|"
                               "the time is over\r\n|message1.wav is kept\r\n|"
                               "the call is over\r\n|a call from 5550002\r\n|"
                               "message2.wav is kept\r\n|the call is over\r\n";

    make_folder();
    run_machine(language, "talker.conf", "1 0 \"\" 2");
    sample_check(language, says, says, 0,
                 "102\t5550001\tanswers|102\t5550001\thangs up|102\t5550002\thangs up");
    CHECK(take("message1.wav"));
    CHECK(take("message2.wav"));
    CHECK(RemoveDirectoryA(folder));
}
IN_EVERY_LANGUAGE(a_message_has_a_longest_time_and_the_next_call_its_own)

/* It rings while the first one is answered, or after: the machine gets round to it. */
static void a_call_that_waits_is_answered_afterwards(enum language language)
{
    static const char says[] = "a call from 5550001\r\n|message1.wav is kept\r\n|"
                               "a call from 5550002\r\n|message2.wav is kept\r\n";

    make_folder();
    run_machine(language, "two.conf", "1 0 \"\" 2");
    sample_check(language, says, says, 0,
                 "5550002\t102\trings|102\t5550001\thangs up|102\t5550002\tanswers|"
                 "102\t5550002\thangs up");
    CHECK(take("message1.wav"));
    CHECK(take("message2.wav"));
    CHECK(RemoveDirectoryA(folder));
}
IN_EVERY_LANGUAGE(a_call_that_waits_is_answered_afterwards)

static void whoever_dials_the_code_hears_all_messages(enum language language)
{
    static const char says[] = "a call from 5550002\r\n|playing the greeting\r\n|"
                               "the code was dialled: 2 messages\r\n|"
                               "all messages are played\r\n|the call is over\r\n";
    unsigned said = 0;
    const char *at;

    make_folder();
    make_file("message1.wav", false);
    make_file("message2.wav", false);
    run_machine(language, "owner.conf", "1 5 12# 1");
    sample_check(language, says, says, 0,
                 "102\t5550002\tanswers|5550002\t102\tpresses 12#|102\t5550002\thangs up");
    /* Both messages, and as much of the greeting as was played before the code. */
    at = strstr(sample_log, "has said ");
    CHECK(at && sscanf(at, "has said %u", &said) == 1 && said >= 2 * SOUND_BYTES);
    CHECK(take("message1.wav"));
    CHECK(take("message2.wav"));
    CHECK(!take("message3.wav")); /* not begun, or thrown away for the code */
    CHECK(RemoveDirectoryA(folder));
}
IN_EVERY_LANGUAGE(whoever_dials_the_code_hears_all_messages)

/* The second ring comes 100 ms after the first: when it is answered tells how many there were. */
static void it_answers_after_so_many_rings(enum language language)
{
    int rang, answered;
    const char *at;

    make_folder();
    run_machine(language, "talker.conf", "3 0 \"\" 1");
    at = strstr(sample_log, "\trings");
    REQUIRE(at != NULL);
    while (at > sample_log && at[-1] != '\n')
        at--;
    CHECK_EQ(sscanf(at, "%d", &rang), 1);
    at = strstr(at, "\n");
    REQUIRE(at != NULL && strstr(at, "answers") != NULL);
    CHECK_EQ(sscanf(at + 1, "%d", &answered), 1);
    CHECK(answered - rang >= 200);
    CHECK(take("message1.wav"));
    CHECK(RemoveDirectoryA(folder));
}
IN_EVERY_LANGUAGE(it_answers_after_so_many_rings)

static void it_says_how_it_is_used(enum language language)
{
    sample_run(language, "answering_machine", "talker.conf", "102 greeting.wav");
    sample_check(language, "usage: answering_machine", "usage: answering_machine", 2, "");
    sample_run(language, "answering_machine", "talker.conf", "9999 greeting.wav .");
    sample_check(language, "there is no line 9999\r\n", "there is no line 9999\r\n", 2, "");
}
IN_EVERY_LANGUAGE(it_says_how_it_is_used)
