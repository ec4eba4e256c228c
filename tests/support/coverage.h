/*
 * coverage.h - what the tests of a program really exercised, measured at the boundary: every
 * function of tapi32.dll that the program calls and every TSPI entry that is called of a provider,
 * with its result; every completion and message; every constant that is an argument of a call that
 * succeeded, a member of a structure that was delivered, or a parameter of a message; and every
 * method of TAPI 3's objects (coverage_com.h).
 *
 * Only when the environment has OPENTAPI_COVERAGE=<folder>: then the import tables of the program
 * and of tapi32.dll lead through thunks (coverage_hooks.c), and the program writes one file there.
 * The product knows nothing of it. tests/coverage/ and tests/com/coverage/ make the tables of all
 * programs' files.
 */
#ifndef TESTS_SUPPORT_COVERAGE_H
#define TESTS_SUPPORT_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

/* For the runner. Only what a test did that then passed is written. */
void coverage_start(void);
void coverage_test_begins(const char *suite, const char *name);
void coverage_test_ends(bool passed);
void coverage_finish(void);
/* Calls `handler` with the exit status when the program calls ExitProcess; after coverage_start. */
void coverage_at_exit(void (*handler)(int status));

/* ---- between coverage.c and coverage_hooks.c ---- */

/* Kinds of record; a file has lines of KIND NAME VALUE TEST. */
enum coverage_kind {
    COVERAGE_RETURN = 'F',     /* what an exported function returned */
    COVERAGE_REPLY = 'R',      /* what the LINE_REPLY or PHONE_REPLY of its request said */
    COVERAGE_ENTRY = 'T',      /* what a TSPI entry returned */
    COVERAGE_COMPLETION = 'C', /* what its completion said */
    COVERAGE_MESSAGE = 'M',    /* a message; the name is "application" or "provider" */
    COVERAGE_WORD = 'W',       /* a constant; the name is its family */
    /* Of TAPI 3 (coverage_com.h): INTERFACE.METHOD:APARTMENT, with :script when a script called */
    COVERAGE_VTABLE = 'V',   /* what a method returned that was called through the vtable */
    COVERAGE_DISPATCH = 'D', /* the same through IDispatch::Invoke */
    COVERAGE_EVENT = 'N',    /* INTERFACE/TAPI_EVENT:APARTMENT:SINK; the value is its sub-event */
};
/* name must live as long as the program. Any thread. */
void coverage_record(enum coverage_kind kind, const char *name, uint32_t value);

/* What is to be seen in a call that succeeded, and in a message. */
void coverage_see_arguments(const char *function, const uintptr_t *args);
/* Those of its arguments that are structures; later: that its reply fills. */
void coverage_see_structures(const char *function, const uintptr_t *args, bool later);
void coverage_see_message(bool of_provider, uint32_t message, const uintptr_t *params);

/* Replaces the imports; there may be none. */
void coverage_hook(void);

#endif
