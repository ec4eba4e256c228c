/*
 * hostile.h - the ways in which hostile.tsp treats an asynchronous request. The provider draws one
 * for each request from a seeded generator and counts how often it did, so that the test can prove
 * that every way was taken.
 */
#ifndef PROVIDERS_HOSTILE_H
#define PROVIDERS_HOSTILE_H

#include <windows.h>

#define HOSTILE_BEHAVIOURS(X)                                                                      \
    X(EARLY, 100)              /* completes before the TSPI function returns */                    \
    X(EARLY_TWICE, 60)         /* ... and once more, also before it returns */                     \
    X(EARLY_THEN_LATE, 60)     /* ... and once more later, from another thread */                  \
    X(EARLY_FOREIGN, 20)       /* another thread completes while the TSPI function still runs */   \
    X(LATE, 300)               /* a worker completes some time later */                            \
    X(LATE_TWICE, 60)          /* a worker completes twice in a row */                             \
    X(RACE, 60)                /* two workers complete at the same time */                         \
    X(UNKNOWN_TOO, 40)         /* completes identifiers nobody ever asked for as well */           \
    X(REFUSE, 40)              /* returns an error */                                              \
    X(REFUSE_AND_COMPLETE, 40) /* returns an error, and completes all the same */                  \
    X(RETURN_ZERO, 10)         /* returns 0, which no asynchronous function may */                 \
    X(RETURN_OTHER, 10)        /* returns a positive number that is not the identifier */          \
    X(NEVER, 1)                /* never completes */

enum hostile_behaviour {
#define HOSTILE_ENUM(name, weight) HOSTILE_##name,
    HOSTILE_BEHAVIOURS(HOSTILE_ENUM)
#undef HOSTILE_ENUM
        HOSTILE_BEHAVIOUR_COUNT
};

/* Exported by hostile.tsp as HostileCounts: how often each behaviour was drawn so far. */
typedef void(WINAPI *hostile_counts)(LONG counts[HOSTILE_BEHAVIOUR_COUNT]);

#define HOSTILE_LINES 4 /* tiny.h */

#endif
