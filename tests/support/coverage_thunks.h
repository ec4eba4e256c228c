/*
 * coverage_thunks.h - thunks between callers and callees that are not told of it.
 *
 * A thunk knows its callee. It hands the call on with the arguments where they are, after the
 * return address has been put aside on a stack of the thread's own and replaced; so the result
 * passes by too. A test that leaves a callback with a jump leaves entries behind: they are
 * recognised by their place on the thread's stack and dropped.
 */
#ifndef TESTS_SUPPORT_COVERAGE_THUNKS_H
#define TESTS_SUPPORT_COVERAGE_THUNKS_H

#include <windows.h>
#include <stdbool.h>
#include <stdint.h>

#define COVERAGE_ARGS 12 /* words of arguments that are looked at; no callee has more */

struct coverage_observer;

struct coverage_thunk {
    BYTE code[32]; /* what is called */
    void *target;
    const struct coverage_observer *observer;
    const void *subject; /* the observer's, with index */
    unsigned index;
};

struct coverage_frame {
    uintptr_t *slot; /* where the return address was */
    uintptr_t back;  /* the return address */
    const struct coverage_thunk *thunk;
    uintptr_t args[COVERAGE_ARGS];
};

/* Both run on the caller's thread, whose GetLastError they cannot change. They may call thunks. */
struct coverage_observer {
    /* Before the call; may change the arguments. False: the return is of no interest. */
    bool (*enter)(const struct coverage_thunk *thunk, uintptr_t *args, uintptr_t back);
    /* After it. The arguments are those of the call. */
    void (*leave)(const struct coverage_frame *frame, uintptr_t result);
};

/* Once, before any other. False: there is no memory. */
bool coverage_thunks_start(void);
/* A new thunk; it lives as long as the program. NULL: there are too many. Any thread. */
struct coverage_thunk *coverage_thunk_create(void *target, const struct coverage_observer *observer,
                                             const void *subject, unsigned index);
/* Is this the code of a thunk? */
bool coverage_is_thunk(const void *code);
/* Is this the return address of a call that came through a thunk and went on with a jump? */
bool coverage_is_return(uintptr_t back);

#endif
