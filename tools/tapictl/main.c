/* main.c - tapictl: UTF-8 arguments and output, and the command that was asked for. */
#include "tools/tapictl/commands.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>

static int run(const struct options *options)
{
    switch (options->command) {
    case COMMAND_LIST:
        return command_list(options);
    case COMMAND_MONITOR:
        return command_monitor(options);
    case COMMAND_PHONE:
        return command_phone(options);
    case COMMAND_TRANSLATE:
        return command_translate(options);
    case COMMAND_ADD:
        return command_add(options);
    case COMMAND_REMOVE:
        return command_remove(options);
    case COMMAND_CONFIGURE:
        return command_configure(options);
    case COMMAND_DOCTOR:
        return command_doctor(options);
    case COMMAND_HELP:
        fputs(options_help(), stdout);
        return 0;
    default:
        return command_operate(options);
    }
}

/* What does not fit or cannot be converted ends as an empty argument. */
static char *to_utf8(const WCHAR *wide)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = calloc(1, size > 0 ? (size_t)size : 1);

    if (text && size > 0)
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL);
    return text;
}

int wmain(int argc, WCHAR **wide)
{
    struct options options;
    char error[256], **argv = calloc((size_t)argc + 1, sizeof *argv);
    int status = 2, given = 0;

    if (!argv)
        return 1;
    for (; given < argc; given++)
        if (!(argv[given] = to_utf8(wide[given])))
            goto done;
    _setmode(_fileno(stdout), _O_BINARY); /* UTF-8 and "\n", the same everywhere */
    _setmode(_fileno(stderr), _O_BINARY);
    SetConsoleOutputCP(CP_UTF8);
    if (options_parse(&options, argc, argv, error, sizeof error))
        status = run(&options);
    else
        fprintf(stderr, "tapictl: %s\n", error);
    fflush(stdout);
done:
    while (given > 0)
        free(argv[--given]);
    free(argv);
    return status;
}
