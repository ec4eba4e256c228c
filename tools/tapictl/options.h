/*
 * options.h - the command line. Win32-free: UTF-8 arguments in, a filled structure out.
 *
 * Commands and options are tables (options.c); options may stand anywhere behind the command.
 */
#ifndef TAPICTL_OPTIONS_H
#define TAPICTL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum command {
    COMMAND_LIST,
    COMMAND_MONITOR,
    COMMAND_DIAL,
    COMMAND_ANSWER,
    COMMAND_DROP,
    COMMAND_HOLD,
    COMMAND_BLIND,
    COMMAND_TRANSFER,
    COMMAND_UNHOLD,
    COMMAND_REDIRECT,
    COMMAND_PARK,
    COMMAND_UNPARK,
    COMMAND_PICKUP,
    COMMAND_FORWARD,
    COMMAND_DIGITS,
    COMMAND_CONFERENCE,
    COMMAND_PHONE,
    COMMAND_TRANSLATE,
    COMMAND_ADD,
    COMMAND_REMOVE,
    COMMAND_CONFIGURE,
    COMMAND_DOCTOR,
    COMMAND_HELP,
};

struct options {
    enum command command;
    const char *words[6]; /* what is no option; NULL behind the last */
    bool json;
    bool ladder;                                /* messages as a call ladder's log */
    bool local, long_distance, no_call_waiting; /* translate */
    unsigned card;                              /* its ID; 0: the location's own */
    unsigned count;                             /* messages; 0: no limit */
    unsigned seconds;                           /* --for; 0: not given */
    unsigned timeout;                           /* seconds of one step */
};

/* False: error has a sentence for the user. argv[0] is the program. */
bool options_parse(struct options *options, int argc, char **argv, char *error, size_t size);

/* What --help says. */
const char *options_help(void);

#endif
