/*
 * sample.h - every sample in every language, as its user starts it: a process of its own, with an
 * exchange of its own that plays the other end. Looked at: its lines, its exit status, and the
 * exchange's log.
 */
#ifndef TESTS_SAMPLES_SAMPLE_H
#define TESTS_SAMPLES_SAMPLE_H

#include <windows.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

enum language { VBSCRIPT, JSCRIPT, C };

/* The scenario is a test in each language. */
#define IN_EVERY_LANGUAGE(scenario)                                                                \
    TEST(vbscript_##scenario)                                                                      \
    {                                                                                              \
        scenario(VBSCRIPT);                                                                        \
    }                                                                                              \
    TEST(jscript_##scenario)                                                                       \
    {                                                                                              \
        scenario(JSCRIPT);                                                                         \
    }                                                                                              \
    TEST(c_##scenario)                                                                             \
    {                                                                                              \
        scenario(C);                                                                               \
    }

/* Of the last run. */
extern char sample_output[16384], sample_log[16384];
extern DWORD sample_status;

/* Where the samples are. */
const char *sample_folder(void);
/* The path of a sample's script. */
void sample_script(enum language language, const char *sample, char path[MAX_PATH]);

/* Runs a sample to its end, with the exchange of a file of this folder. */
void sample_run(enum language language, const char *sample, const char *configuration,
                const char *arguments);
/* The same with these lines as its standard input. */
void sample_run_input(enum language language, const char *sample, const char *configuration,
                      const char *arguments, const char *input);
/* Waits, too, until the exchange's log has this: of a program that the sample has had started. */
void sample_run_until(enum language language, const char *sample, const char *configuration,
                      const char *arguments, const char *logged);
/* Runs a sample and its partner in one process (together.c). */
void sample_run_together(enum language language, const char *partner, const char *sample,
                         const char *configuration, const char *arguments);

/* What a script prints and what the C program prints, how both end, and what the exchange saw.
 * Parts with '|' between them must be there in this order. */
void sample_check(enum language language, const char *script_says, const char *c_says,
                  DWORD expected_status, const char *log);

#endif
