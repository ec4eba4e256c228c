/* fixture.h - what the event tests act with: an owner, a source, sinks and apartments. */
#ifndef TESTS_COM_EVENTS_FIXTURE_H
#define TESTS_COM_EVENTS_FIXTURE_H

#include "events/private.h"
#include "objects/com.h"
#include "tests/com/events/apartment.h"
#include "tests/support/test.h"

#define DEADLINE 30000 /* ms; only a failing test waits that long */

/* TRUE: the handle was signalled before the deadline. */
BOOL arrives(HANDLE handle);

/* ---- a dispatcher with an owner ---- */

struct bench {
    IUnknown owner; /* counts, and answers nothing but IUnknown and the container */
    LONG owner_refs;
    struct dispatcher *dispatcher;
};
/* A dispatcher with every event let through. */
void bench_start(struct bench *bench);
void bench_stop(struct bench *bench);
IConnectionPoint *bench_point(struct bench *bench, REFIID iid);

/* ---- a source of messages ---- */

struct fake_source {
    struct bench *bench;
    SRWLOCK lock;
    CONDITION_VARIABLE said;
    unsigned waiting; /* messages not yet taken */
    LONG next;        /* number of the next event */
    BOOL ended;
    unsigned inside; /* threads inside take; more than one is an error */
};
void source_start(struct fake_source *source, struct bench *bench);
/* Adds messages; each becomes a TE_CALLSTATE event whose CallbackInstance counts 1, 2, 3... */
void source_say(struct fake_source *source, unsigned messages);

/* ---- a sink ---- */

struct sink_object {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    IDispatch IDispatch_iface;
    LONG refs;      /* 1 at the start: the test's own */
    HANDLE arrived; /* semaphore: +1 for each event */
    HANDLE gate;    /* NULL, or what every Event waits for before it returns */
    void (*act)(struct sink_object *sink, void *context); /* NULL, or called in each Event */
    void *context;
    DWORD cookie;
    IConnectionPoint *point;

    CRITICAL_SECTION lock;
    LONG calls;
    LONG values[256]; /* CallbackInstance of each event */
    TAPI_EVENT types[256];
    DWORD thread_id;         /* of the last call */
    DWORD release_thread_id; /* of the last Release */
    unsigned inside, most_inside;
};
void sink_start(struct sink_object *sink);
/* Frees what it holds; checks that nobody else refers to it. */
void sink_stop(struct sink_object *sink);
void sink_advise(struct sink_object *sink, struct bench *bench, REFIID iid);
void sink_unadvise(struct sink_object *sink);
/* The two as errands of an apartment: context is a sink_advice, or the sink. */
struct sink_advice {
    struct sink_object *sink;
    struct bench *bench;
    const IID *iid;
};
void sink_advise_there(void *context);
void sink_unadvise_there(void *context);
/* So many TE_CALLSTATE events have come, numbered from `from` on. */
void sink_check_numbers(struct sink_object *sink, LONG from, LONG count);
/* Waits until `count` more events have come. */
BOOL sink_gets(struct sink_object *sink, unsigned count);

/* Posts one TE_CALLSTATE event numbered `number` from this thread. */
HRESULT post_number(struct bench *bench, LONG number);
/* Waits until all has been delivered and the dispatcher's threads have come to rest. */
BOOL queue_is_empty(struct bench *bench);

#endif
