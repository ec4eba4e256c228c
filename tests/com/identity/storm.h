/*
 * storm.h - the storm's parts among themselves: the stage that sixteen threads share, what one of
 * them is, and what it may do.
 */
#ifndef TESTS_COM_IDENTITY_STORM_H
#define TESTS_COM_IDENTITY_STORM_H

#include "tests/com/identity/gallery.h"
#include "tests/com/identity/pool.h"

struct storm_stage {
    struct client *clients[3];
    struct office *office;
    ITPhone *phone;
    LONG done, delivered; /* operations, events */
    uint64_t seed;
};
extern struct storm_stage stage;

/* One of the threads. */
struct actor {
    unsigned number;
    bool sta;
    uint64_t random;
    ITTAPIEventNotification sink;
    LONG sink_refs;
    DWORD thread;
    LONG astray; /* events that came on another thread than an STA's own */
    IConnectionPoint *point;
    DWORD cookie;
    LONG registration; /* 0: none */
    ITTAPI2 *registered_at;
};

/* What an actor may do; S_FALSE: there is nothing to do it to. */
struct operation {
    const char *name;
    unsigned weight; /* in a thousand, all together */
    HRESULT (*run)(struct actor *self);
    LONG done, successes;
};
#define OPERATIONS 13
extern struct operation operations[OPERATIONS];

/* One of the stage's TAPI objects. */
ITTAPI2 *some_tapi(struct actor *self);
/* Advises the actor's sink at one of them, or unadvises it. */
HRESULT storm_advise(struct actor *self);

#endif
