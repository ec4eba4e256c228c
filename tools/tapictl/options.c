/* options.c - the command line's tables, and the loop that reads them. */
#include "tools/tapictl/options.h"

#include <stdio.h>
#include <string.h>

#include "tools/tapictl/words.h"

#define LONGEST 1000000 /* of a number: seconds of eleven days */

static const struct {
    const char *name;
    enum command command;
    int at_least, at_most; /* words behind it */
    const char *usage;
} commands[] = {
    {"list", COMMAND_LIST, 0, 1, "list [SORT]"},
    {"monitor", COMMAND_MONITOR, 0, 2, "monitor [LINE | phone [PHONE]]"},
    {"dial", COMMAND_DIAL, 2, 2, "dial LINE NUMBER"},
    {"answer", COMMAND_ANSWER, 1, 1, "answer LINE"},
    {"drop", COMMAND_DROP, 1, 1, "drop LINE"},
    {"hold", COMMAND_HOLD, 1, 1, "hold LINE"},
    {"blind", COMMAND_BLIND, 2, 2, "blind LINE NUMBER"},
    {"transfer", COMMAND_TRANSFER, 3, 3, "transfer LINE NUMBER CONSULTED"},
    {"unhold", COMMAND_UNHOLD, 1, 1, "unhold LINE"},
    {"redirect", COMMAND_REDIRECT, 2, 2, "redirect LINE NUMBER"},
    {"park", COMMAND_PARK, 1, 2, "park LINE [PLACE]"},
    {"unpark", COMMAND_UNPARK, 2, 2, "unpark LINE PLACE"},
    {"pickup", COMMAND_PICKUP, 1, 2, "pickup LINE [NUMBER]"},
    {"forward", COMMAND_FORWARD, 2, 3, "forward LINE NUMBER|off [MODE]"},
    {"digits", COMMAND_DIGITS, 3, 3, "digits LINE NUMBER DIGITS"},
    {"conference", COMMAND_CONFERENCE, 3, 3, "conference LINE NUMBER NUMBER"},
    {"phone", COMMAND_PHONE, 1, 4, "phone PHONE [SETTING WORD WORD]"},
    {"translate", COMMAND_TRANSLATE, 1, 1, "translate NUMBER"},
    {"add", COMMAND_ADD, 1, 1, "add PROVIDER"},
    {"remove", COMMAND_REMOVE, 1, 1, "remove PROVIDER"},
    {"configure", COMMAND_CONFIGURE, 1, 1, "configure PROVIDER"},
    {"doctor", COMMAND_DOCTOR, 0, 0, "doctor"},
    {"help", COMMAND_HELP, 0, 0, "help"},
    {"--help", COMMAND_HELP, 0, 0, "help"},
    {"-h", COMMAND_HELP, 0, 0, "help"},
};

/* An option without a number sets a bool. */
static const struct {
    const char *name;
    bool number;
    size_t offset;
} option_table[] = {
    {"--json", false, offsetof(struct options, json)},
    {"--count", true, offsetof(struct options, count)},
    {"--for", true, offsetof(struct options, seconds)},
    {"--timeout", true, offsetof(struct options, timeout)},
    {"--card", true, offsetof(struct options, card)},
    {"--ladder", false, offsetof(struct options, ladder)},
    {"--local", false, offsetof(struct options, local)},
    {"--long-distance", false, offsetof(struct options, long_distance)},
    {"--no-call-waiting", false, offsetof(struct options, no_call_waiting)},
};

static const char *const sorts[] = {"providers", "lines",     "addresses", "phones", "locations",
                                    "cards",     "countries", "groups",    "queues", "agents"};

const char *options_help(void)
{
    return "tapictl COMMAND [OPTION...]\n"
           "  list [SORT]                       what there is; of a SORT, with all capabilities:\n"
           "                                    providers lines addresses phones\n"
           "                                    locations cards countries (dialling rules)\n"
           "                                    groups queues agents (as the lines' proxies say)\n"
           "  monitor [LINE | phone [PHONE]]    every message of the line, the phone, or of all\n"
           "  dial LINE NUMBER                  makes a call\n"
           "  digits LINE NUMBER DIGITS         makes a call, and dials on in it\n"
           "  answer LINE                       waits for a call and answers it\n"
           "  drop LINE                         ends a call that there is, or the next\n"
           "  redirect LINE NUMBER              sends a call on while it rings\n"
           "  hold LINE, unhold LINE            answers a call and holds it; and resumes it\n"
           "  park LINE [PLACE]                 answers a call and parks it\n"
           "  unpark LINE PLACE                 takes a parked call\n"
           "  pickup LINE [NUMBER]              takes a call that rings there, or in the group\n"
           "  blind LINE NUMBER                 answers a call and transfers it, unannounced\n"
           "  transfer LINE NUMBER CONSULTED    calls NUMBER, then CONSULTED, and connects the "
           "two\n"
           "  conference LINE NUMBER NUMBER     calls both, and speaks with both\n"
           "  forward LINE NUMBER|off [MODE]    sends calls elsewhere: uncond, busy, noansw, ...\n"
           "  phone PHONE                       what a phone shows\n"
           "  phone PHONE hookswitch|volume|gain handset|speaker|headset MODE|0..65535\n"
           "  phone PHONE ring MODE VOLUME      lamp BUTTON MODE, display ROW TEXT\n"
           "  translate NUMBER                  what is dialled for +1 (425) 555-0100 from here\n"
           "  add PROVIDER, remove PROVIDER     the machine's list of providers; a file, or its "
           "ID\n"
           "  configure PROVIDER                shows the provider's own dialog\n"
           "  doctor                            what is wrong, and what to do about it\n"
           "LINE is an address, a line's name or a device ID (id:0 is always a device ID); PHONE\n"
           "a phone's name or a device ID.\n"
           "  --json        JSON; a line each for messages\n"
           "  --ladder      monitor: a log that the tool ladder draws as a picture\n"
           "  --count N     ends after N messages\n"
           "  --for S       ends S seconds after the last step; else with the call, or with "
           "Ctrl-C\n"
           "  --timeout S   how long a step may take (30)\n"
           "  --card ID, --local, --long-distance, --no-call-waiting   how translate does it\n"
           "Exit status: 0 done (doctor: healthy), 1 failed (doctor: findings), 2 not "
           "understood.\n";
}

static bool read_number(const char *text, unsigned *number)
{
    *number = 0;
    if (!text || !*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || *number > LONGEST)
            return false;
        *number = *number * 10 + (unsigned)(*text - '0');
    }
    return *number > 0 && *number <= LONGEST;
}

/* Handles an option; *used arguments were taken. */
static bool read_option(struct options *options, char **at, int *used, char *error, size_t size)
{
    for (size_t i = 0; i < sizeof option_table / sizeof option_table[0]; i++) {
        char *to = (char *)options + option_table[i].offset;

        if (strcmp(at[0], option_table[i].name))
            continue;
        if (!option_table[i].number) {
            *(bool *)to = true;
            *used = 1;
            return true;
        }
        *used = 2;
        if (read_number(at[1], (unsigned *)to))
            return true;
        snprintf(error, size, "%s needs a number from 1 to %d", at[0], LONGEST);
        return false;
    }
    snprintf(error, size, "there is no option %s", at[0]);
    return false;
}

static bool check_words(const struct options *options, char *error, size_t size)
{
    const char *mode = options->words[2];
    uint32_t value;

    if (options->command == COMMAND_FORWARD && mode &&
        !word_value(WORDS_LINEFORWARDMODE, mode, &value)) {
        snprintf(error, size, "calls cannot be forwarded under the condition %s", mode);
        return false;
    }
    if (options->command == COMMAND_MONITOR && options->words[1] &&
        strcmp(options->words[0], "phone")) {
        snprintf(error, size, "usage: tapictl monitor [LINE | phone [PHONE]]");
        return false;
    }
    if (options->command != COMMAND_LIST || !options->words[0])
        return true;
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++)
        if (!strcmp(options->words[0], sorts[i]))
            return true;
    snprintf(error, size, "there is no list of %s; tapictl help names them", options->words[0]);
    return false;
}

bool options_parse(struct options *options, int argc, char **argv, char *error, size_t size)
{
    size_t command = 0;
    int words = 0, used;

    memset(options, 0, sizeof(*options));
    options->timeout = 30;
    if (argc < 2) {
        snprintf(error, size, "what to do? tapictl help lists the commands");
        return false;
    }
    while (command < sizeof commands / sizeof commands[0] &&
           strcmp(commands[command].name, argv[1]))
        command++;
    if (command == sizeof commands / sizeof commands[0]) {
        snprintf(error, size, "there is no command %s; tapictl help lists them", argv[1]);
        return false;
    }
    options->command = commands[command].command;
    for (int i = 2; i < argc; i += used) {
        used = 1;
        if (argv[i][0] == '-') {
            if (!read_option(options, argv + i, &used, error, size))
                return false;
        } else if (words++ < commands[command].at_most) {
            options->words[words - 1] = argv[i];
        }
    }
    if (words < commands[command].at_least || words > commands[command].at_most) {
        snprintf(error, size, "usage: tapictl %s", commands[command].usage);
        return false;
    }
    return check_words(options, error, size);
}
