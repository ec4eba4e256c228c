/* options.c - the command line's tables, and the loop that reads them. */
#include "tools/tapictl/options.h"

#include <stdio.h>
#include <string.h>

#define LONGEST 1000000 /* of a number: seconds of eleven days */

static const struct {
    const char *name;
    enum command command;
    int at_least, at_most; /* words behind it */
    const char *usage;
} commands[] = {
    {"list", COMMAND_LIST, 0, 1, "list [providers|lines|addresses]"},
    {"monitor", COMMAND_MONITOR, 0, 1, "monitor [LINE]"},
    {"dial", COMMAND_DIAL, 2, 2, "dial LINE NUMBER"},
    {"answer", COMMAND_ANSWER, 1, 1, "answer LINE"},
    {"drop", COMMAND_DROP, 1, 1, "drop LINE"},
    {"hold", COMMAND_HOLD, 1, 1, "hold LINE"},
    {"blind", COMMAND_BLIND, 2, 2, "blind LINE NUMBER"},
    {"transfer", COMMAND_TRANSFER, 3, 3, "transfer LINE NUMBER CONSULTED"},
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
};

static const char *const sorts[] = {"providers", "lines", "addresses"};

const char *options_help(void)
{
    return "tapictl COMMAND [OPTION...]\n"
           "  list [providers|lines|addresses]  what there is, with all capabilities; else a "
           "summary\n"
           "  monitor [LINE]                    every message of the line, or of all lines\n"
           "  dial LINE NUMBER                  makes a call\n"
           "  answer LINE                       waits for a call and answers it\n"
           "  drop LINE                         ends a call that there is, or the next\n"
           "  hold LINE                         answers a call and holds it\n"
           "  blind LINE NUMBER                 answers a call and transfers it, unannounced\n"
           "  transfer LINE NUMBER CONSULTED    calls NUMBER, then CONSULTED, and connects the "
           "two\n"
           "  add PROVIDER, remove PROVIDER     the machine's list of providers; a file, or its "
           "ID\n"
           "  configure PROVIDER                shows the provider's own dialog\n"
           "  doctor                            what is wrong, and what to do about it\n"
           "LINE is an address, a line's name or a device ID (id:0 is always a device ID).\n"
           "  --json        JSON; a line each for messages\n"
           "  --count N     ends after N messages\n"
           "  --for S       ends S seconds after the last step; else with the call, or with "
           "Ctrl-C\n"
           "  --timeout S   how long a step may take (30)\n"
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
    if (options->command != COMMAND_LIST || !options->words[0])
        return true;
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++)
        if (!strcmp(options->words[0], sorts[i]))
            return true;
    snprintf(error, size, "list knows providers, lines and addresses, no %s", options->words[0]);
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
