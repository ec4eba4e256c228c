/*
 * listener.h - what the tests of delivery act with: TAPI objects with calls at burst.tsp, and sinks
 * that check what they are given: each call's words in order, one at a time, none too late.
 */
#ifndef TESTS_COM_DELIVERY_LISTENER_H
#define TESTS_COM_DELIVERY_LISTENER_H

#include "tests/com/client.h"
#include "tests/com/delivery/burst.h"
#include "tests/com/events/apartment.h"

/* The event that tells of lost ones (docs/events.md). */
#define OPEN_TAPI_EVENTS_LOST 0x100

/* ---- a TAPI object and its calls ---- */

struct program {
    ITTAPI2 *tapi;
    ITAddress *address; /* one of burst.tsp's lines */
};
/* Initialized, with words of calls, call states and TAPI object events let through. */
void program_open(struct program *program);
/* The same for a TAPI object that is there already, not initialized. */
void program_open_again(struct program *program);
/* Shutdown and Release; checks that nobody else holds the TAPI object. */
void program_close(struct program *program);
/* Connects a call; says which number burst.tsp gave it. The caller releases it. */
ITBasicCallControl *program_call(struct program *program, LONG *number);
/* The connection point; released already: it lives as long as the TAPI object. */
IConnectionPoint *program_point(struct program *program, REFIID iid);
/* burst.tsp says a word on a call / the words first..last. */
BOOL program_say(LONG call, LONG number);
void program_say_all(LONG call, LONG first, LONG last);

/* ---- a sink ---- */

struct listener {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    IDispatch IDispatch_iface; /* the late-bound sink, for the dispinterface */
    LONG refs;                 /* 1 at the start: the test's own */
    IConnectionPoint *point;
    DWORD cookie;

    /* What the test says. Each may be NULL. */
    HANDLE gate; /* every Event waits for it before it returns */
    void (*act)(struct listener *listener, TAPI_EVENT type, IDispatch *event); /* in each word */
    void *context;
    volatile LONG over; /* nothing may come any more */
    DWORD home;         /* the only thread that may call; 0: any but the test's */

    /* What happened. */
    SRWLOCK lock;
    CONDITION_VARIABLE changed;
    LONG words;              /* of all calls */
    LONG heard[BURST_CALLS]; /* the last word of each call */
    LONG others;             /* events that are no words */
    LONG lost;               /* how many events it was told are lost */
    LONG notices;            /* how often it was told */
    LONG skipped;            /* words that were missing in the order, without a notice */
    LONG inside, most_inside;
    LONG late, misplaced; /* events after `over`, on a wrong thread */
    DWORD thread_id, release_thread_id;
};
void listener_start(struct listener *listener);
/* Frees what it holds; checks that nobody refers to it and that nothing was late, misplaced or two
 * at a time. */
void listener_stop(struct listener *listener);
/* Advises it at the program's custom point, or at the dispinterface's (late). */
void listener_advise(struct listener *listener, struct program *program);
void listener_advise_late(struct listener *listener, struct program *program);
void listener_unadvise(struct listener *listener);
/* The same, to be run in an apartment; there the listener is at home. */
struct advice {
    struct listener *listener;
    struct program *program;
    bool late;
};
void advise_here(void *advice);
void unadvise_here(void *listener);
/* Waits until it has heard that many words / that something `holds` of it. */
bool listener_hears(struct listener *listener, LONG words);
bool listener_until(struct listener *listener, bool (*holds)(struct listener *listener));

#endif
