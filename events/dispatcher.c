/* dispatcher.c - life of a dispatcher, posting, and waiting for its state to change. */
#include "events/private.h"

#include <stdlib.h>

#include "base/trace.h"

LONG events_live;

/* All of TAPI_EVENT: TE_TAPIOBJECT to TE_PHONEDEVSPECIFIC without a gap. */
#define ALL_EVENTS ((LONG)(TE_PHONEDEVSPECIFIC * 2 - 1))

HRESULT dispatcher_create(IUnknown *owner, struct dispatcher **dispatcher)
{
    struct dispatcher *d;

    if (!dispatcher)
        return E_POINTER;
    *dispatcher = NULL;
    if (!owner)
        return E_POINTER;
    d = calloc(1, sizeof(*d));
    if (!d)
        return E_OUTOFMEMORY;
    d->owner = owner;
    d->refs = 1;
    d->ready_end = &d->ready;
    d->queue_bound = EVENTS_QUEUE_BOUND;
    d->hang_limit = EVENTS_HANG_LIMIT;
    InitializeSRWLock(&d->lock);
    InitializeConditionVariable(&d->work);
    connection_points_init(d);
    InterlockedIncrement(&events_live);
    *dispatcher = d;
    return S_OK;
}

void dispatcher_add_ref(struct dispatcher *dispatcher)
{
    InterlockedIncrement(&dispatcher->refs);
}

void dispatcher_free(struct dispatcher *dispatcher)
{
    connection_points_free(dispatcher);
    free(dispatcher);
    InterlockedDecrement(&events_live);
}

void dispatcher_release(struct dispatcher *dispatcher)
{
    if (InterlockedDecrement(&dispatcher->refs) == 0)
        dispatcher_free(dispatcher);
}

void dispatcher_shutdown(struct dispatcher *dispatcher)
{
    TRACE("events", "dispatcher_shutdown %p", (void *)dispatcher);
    dispatcher->filter = 0;
    /* The sinks first: while this thread waits for the leaders it may serve its own sinks. */
    sink_disconnect_all(dispatcher);
    pump_stop(dispatcher);
}

void dispatcher_destroy(struct dispatcher *dispatcher)
{
    if (!dispatcher)
        return;
    dispatcher_shutdown(dispatcher);
    dispatcher_release(dispatcher);
}

IConnectionPointContainer *dispatcher_container(struct dispatcher *dispatcher)
{
    return &dispatcher->IConnectionPointContainer_iface;
}

void dispatcher_set_limits(struct dispatcher *dispatcher, unsigned queue_bound, DWORD hang_limit)
{
    dispatcher->queue_bound = queue_bound;
    dispatcher->hang_limit = hang_limit;
}

HRESULT dispatcher_set_filter(struct dispatcher *dispatcher, LONG mask)
{
    if (mask & ~ALL_EVENTS)
        return E_INVALIDARG;
    InterlockedExchange(&dispatcher->filter, mask);
    return S_OK;
}

LONG dispatcher_filter(struct dispatcher *dispatcher)
{
    return dispatcher->filter;
}

BOOL dispatcher_wants(struct dispatcher *dispatcher, TAPI_EVENT type)
{
    /* The pointer is only compared with NULL: no lock is needed. */
    return (dispatcher->filter & (LONG)type) &&
           *(struct sink *volatile *)&dispatcher->sinks != NULL;
}

HRESULT dispatcher_post(struct dispatcher *dispatcher, TAPI_EVENT type, IDispatch *event,
                        const void *key)
{
    struct sink *sink;
    BOOL idle_mta_sink = FALSE;

    (void)key; /* every sink gets everything in order */
    if (!event)
        return E_POINTER;
    AcquireSRWLockExclusive(&dispatcher->lock);
    if (!dispatcher_wants(dispatcher, type)) {
        ReleaseSRWLockExclusive(&dispatcher->lock);
        TRACE("events", "post type 0x%x: nobody wants it (filter 0x%x)", (unsigned)type,
              (unsigned)dispatcher->filter);
        return S_FALSE;
    }
    dispatcher->posted++;
    for (sink = dispatcher->sinks; sink; sink = sink->next)
        idle_mta_sink |= sink_push(sink, type, event);
    if (idle_mta_sink && !pump_is_leader(dispatcher))
        pump_wake(dispatcher);
    ReleaseSRWLockExclusive(&dispatcher->lock);
    TRACE("events", "post type 0x%x event %p key %p", (unsigned)type, (void *)event, key);
    return S_OK;
}

HRESULT event_post_created(struct dispatcher *dispatcher, TAPI_EVENT type, IDispatch *event,
                           const void *key)
{
    HRESULT hr;

    if (!event)
        return E_OUTOFMEMORY;
    hr = dispatcher_post(dispatcher, type, event, key);
    IDispatch_Release(event);
    return hr;
}

void dispatcher_changed(struct dispatcher *dispatcher)
{
    struct change_waiter *waiter;

    for (waiter = dispatcher->waiters; waiter; waiter = waiter->next)
        SetEvent(waiter->event);
}

BOOL dispatcher_wait_until(struct dispatcher *dispatcher,
                           BOOL (*done)(struct dispatcher *dispatcher, void *context),
                           void *context, DWORD timeout)
{
    ULONGLONG deadline = GetTickCount64() + timeout;
    struct change_waiter waiter = {0}, **link;
    BOOL result = done(dispatcher, context);

    if (result)
        return TRUE;
    waiter.event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!waiter.event)
        return FALSE;
    waiter.next = dispatcher->waiters;
    dispatcher->waiters = &waiter;
    while (!(result = done(dispatcher, context))) {
        ULONGLONG now = GetTickCount64();
        DWORD left = timeout == INFINITE ? INFINITE : (DWORD)(deadline - now);

        if (timeout != INFINITE && now >= deadline)
            break;
        ReleaseSRWLockExclusive(&dispatcher->lock);
        events_wait(waiter.event, left);
        AcquireSRWLockExclusive(&dispatcher->lock);
    }
    for (link = &dispatcher->waiters; *link != &waiter; link = &(*link)->next)
        ;
    *link = waiter.next;
    CloseHandle(waiter.event);
    return result;
}

void dispatcher_get_counters(struct dispatcher *dispatcher, struct dispatcher_counters *counters)
{
    struct sink *sink;

    memset(counters, 0, sizeof(*counters));
    AcquireSRWLockExclusive(&dispatcher->lock);
    for (sink = dispatcher->sinks; sink; sink = sink->next) {
        counters->sinks++;
        counters->queued += sink->count;
    }
    counters->threads = dispatcher->threads;
    counters->posted = dispatcher->posted;
    counters->delivered = dispatcher->delivered;
    counters->lost = dispatcher->lost;
    ReleaseSRWLockExclusive(&dispatcher->lock);
}

LONG events_alive(void)
{
    return events_live;
}
