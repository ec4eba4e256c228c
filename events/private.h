/*
 * private.h - the inside of the dispatcher; included by events/ and its tests only.
 *
 * One lock (dispatcher.lock) guards everything of a dispatcher, its sinks' queues included. It is
 * held for a few instructions, never while anything outside is called (PostMessage and SetEvent
 * apart, which call nobody). Order: dispatcher.lock, then the wait list's lock of wait.c.
 */
#ifndef EVENTS_PRIVATE_H
#define EVENTS_PRIVATE_H

#include "events/events.h"

#define EVENTS_QUEUE_BOUND 65536 /* events a sink may be behind */
#define EVENTS_HANG_LIMIT  5000  /* ms that Unadvise and shutdown wait for a call in progress */
#define EVENTS_STA_BATCH   32    /* events delivered for one window message */

enum point_kind { POINT_DISPATCH, POINT_CUSTOM, POINT_COUNT };

struct connection_point {
    IConnectionPoint IConnectionPoint_iface;
    struct dispatcher *dispatcher;
    enum point_kind kind;
    IUnknown *volatile marshaler; /* made when first asked for */
};

struct queue_item {
    TAPI_EVENT type;
    DWORD lost;       /* event NULL: this many events were lost here */
    IDispatch *event; /* a reference */
};

/* One Advise. References: the connection, a running delivery, the window. */
struct sink {
    struct sink *next; /* in dispatcher.sinks, in the order of advising */
    struct dispatcher *dispatcher;
    LONG refs;
    enum point_kind kind;
    DWORD cookie;
    IUnknown *target; /* ITTAPIEventNotification or IDispatch, by kind; the sink's reference */

    HWND window; /* NULL: called on pool threads, having been advised in the MTA or being agile */
    BOOL agile;  /* lives in no apartment */
    DWORD thread_id;
    BOOL notified; /* a delivery message is on its way to the window */
    BOOL closing;  /* the window goes as soon as the sink is neither busy nor pinned */
    unsigned pins; /* other threads that are about to AddRef the target */

    struct queue_item *items; /* a ring */
    unsigned capacity, head, count;
    DWORD lost; /* since the queue was full; not told yet */

    struct sink *ready_next, **ready_link; /* in dispatcher.ready; link NULL: not there */

    BOOL busy;         /* a thread delivers */
    BOOL disconnected; /* after Unadvise or shutdown: nothing is delivered any more */
    BOOL dead;         /* its apartment or process is gone: nothing is queued any more */
};

/* On the stack of every thread that delivers. */
struct delivery {
    struct delivery *next;
    struct sink *sink;
    DWORD thread_id;
    BOOL pool_thread;
    BOOL waiting; /* the sink itself waits inside Unadvise or shutdown */
};

/* A thread that waits for a change of state. */
struct change_waiter {
    struct change_waiter *next;
    HANDLE event;
};

struct source {
    struct source *next;
    struct event_source methods;
    DWORD leader; /* thread inside take; 0: nobody leads */
    BOOL ended;
};

struct dispatcher {
    IConnectionPointContainer IConnectionPointContainer_iface;
    struct connection_point points[POINT_COUNT];
    IUnknown *owner;
    LONG refs; /* the owner, each pool thread, each sink */

    SRWLOCK lock;
    volatile LONG filter;
    struct sink *sinks;
    struct sink *ready, **ready_end; /* those a pool thread should run, first come first served */
    DWORD last_cookie;
    struct delivery *deliveries;
    struct change_waiter *waiters;

    /* pump.c */
    struct source *sources;
    DWORD session; /* a pool thread of an earlier one leaves */
    CONDITION_VARIABLE work;
    unsigned threads; /* alive, of any session */
    unsigned idle;    /* wait for work */
    unsigned waking;  /* woken or started, not running yet */

    LONG64 posted, delivered, lost;
    unsigned queue_bound;
    DWORD hang_limit;
};

extern LONG events_live; /* event objects, dispatchers and sinks */

void dispatcher_add_ref(struct dispatcher *dispatcher);
void dispatcher_release(struct dispatcher *dispatcher);
void dispatcher_free(struct dispatcher *dispatcher); /* what the last release does */

/* For tests: a smaller queue bound (from 2) and hang limit (ms). */
void dispatcher_set_limits(struct dispatcher *dispatcher, unsigned queue_bound, DWORD hang_limit);

/* Waits until `done` (called under the lock) says so, at most timeout ms; the lock is held before
 * and after and given up meanwhile. FALSE: time is over. */
BOOL dispatcher_wait_until(struct dispatcher *dispatcher,
                           BOOL (*done)(struct dispatcher *dispatcher, void *context),
                           void *context, DWORD timeout);
/* Something a waiter may look for has changed. Lock held. */
void dispatcher_changed(struct dispatcher *dispatcher);

/* ---- connection_point.c ---- */
void connection_points_init(struct dispatcher *dispatcher);
void connection_points_free(struct dispatcher *dispatcher);

/* ---- sink.c ---- */

/* Connects a sink to a point, for the caller's apartment; IConnectionPoint::Advise. */
HRESULT sink_connect(struct dispatcher *dispatcher, enum point_kind kind, IUnknown *unknown,
                     DWORD *cookie);
/* Unadvise. Errors: CONNECT_E_NOCONNECTION. */
HRESULT sink_disconnect(struct dispatcher *dispatcher, enum point_kind kind, DWORD cookie);
void sink_disconnect_all(struct dispatcher *dispatcher);
void sink_release(struct sink *sink);
/* The same with the lock held, before and after; given up meanwhile if it is the last. The caller
 * has a reference to the dispatcher. */
void sink_release_locked(struct sink *sink);

/* Queues an event; lock held. TRUE: an MTA sink has something to do and nobody is at it. */
BOOL sink_push(struct sink *sink, TAPI_EVENT type, IDispatch *event);
/* Whether there is something to deliver; lock held. */
BOOL sink_has_work(const struct sink *sink);
/* Takes the sink off the dispatcher's list of those a pool thread should call sink_run for (it need
 * not be there); lock held. */
void sink_take_from_ready(struct sink *sink);
/* Delivers at most `limit` events (0: all there are) on this thread. Lock held before and after,
 * given up meanwhile; the caller has a reference; the sink is not busy. */
void sink_run(struct sink *sink, unsigned limit, BOOL pool_thread);

/* ---- sink_window.c ---- */

/* Makes the window of a sink that lives in the calling STA (a reference and a lock of the module).
 * Errors: E_OUTOFMEMORY, E_FAIL from CreateWindow. */
HRESULT sink_window_create(struct sink *sink);
/* Has the window's thread deliver; lock held. */
void sink_window_notify(struct sink *sink);
/* Keeps the target from being released; lock held. sink_window_unpin: no lock held. */
void sink_window_pin(struct sink *sink);
void sink_window_unpin(struct sink *sink);
/* Closes the window and releases the sink's target on its own thread, now if this is it and the
 * sink is not busy. No lock held. */
void sink_window_close(struct sink *sink);

/* ---- pump.c ---- */

/* A pool thread should look for work; lock held. FALSE: no thread could be made. */
BOOL pump_wake(struct dispatcher *dispatcher);
/* Whether this thread is inside take of one of the sources; lock held. */
BOOL pump_is_leader(const struct dispatcher *dispatcher);
/* Ends all sources and waits for their leaders and the idle threads to go. No lock held. */
void pump_stop(struct dispatcher *dispatcher);

/* ---- wait.c ---- */

/* Tells a thread inside events_wait that a message for a sink window is there. */
void events_wake_waiter(DWORD thread_id);
/* The message posted to sink windows: registered, so that no other window gets it. */
UINT events_message(void);
/* The caller's apartment is a single-threaded one. */
BOOL events_in_sta(void);

#endif
