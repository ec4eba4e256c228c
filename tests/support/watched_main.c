/*
 * watched_main.c - a program that is no CUnit test, with what it exercises recorded all the same
 * (coverage.h): opentapi_watch links it around the program's own main. The run counts as one test,
 * named after the script or other first argument, which passed when the exit status is 0; however
 * the program ends: by returning or by ExitProcess.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/coverage.h"

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

static const char *base_of(const char *path)
{
    const char *base = path;
    for (; *path != 0; path++)
        if (*path == '/' || *path == '\\')
            base = path + 1;
    return base;
}

static void ended(int status)
{
    coverage_test_ends(status == 0);
    coverage_finish();
}

int __wrap_main(int argc, char **argv)
{
    char name[100] = "main";
    for (int i = argc - 1; i > 0; i--)
        if (strncmp(argv[i], "//", 2) != 0)
            snprintf(name, sizeof name, "%s", base_of(argv[i]));
    for (char *at = name; *at != 0; at++)
        if (*at == ' ')
            *at = '_';
    char program[100];
    snprintf(program, sizeof program, "%s", base_of(argv[0]));
    program[strcspn(program, ".")] = 0;
    coverage_start();
    coverage_at_exit(ended);
    coverage_test_begins(program, name);
    int status = __real_main(argc, argv);
    ended(status);
    return status;
}
