/*
 * pump.c - the pool threads: leader and followers.
 *
 * A pool thread looks for work in this order: deliver to an MTA sink nobody is at; lead a source
 * nobody leads; else wait. Whoever takes up work that may last (a delivery) first sees to it that
 * another thread looks after the rest. So the thread that took a message delivers it itself, with
 * no further wake-up between the provider's callback and the sink, and a sink that never returns
 * holds nothing but its own thread.
 */
#include "events/private.h"

#include <stdlib.h>

#include "base/trace.h"
#include "objects/com.h"

/* A source without wake is asked again this often whether it has ended (ms). */
#define TAKE_TIMEOUT 250

struct thread_start {
    struct dispatcher *dispatcher;
    HMODULE module; /* the thread's own reference: our code stays loaded until it is out of it */
    DWORD session;
};

static struct source *find_source(struct dispatcher *dispatcher)
{
    struct source *source;

    for (source = dispatcher->sources; source; source = source->next)
        if (!source->leader && !source->ended)
            return source;
    return NULL;
}

static void wake_for_the_rest(struct dispatcher *dispatcher)
{
    if (find_source(dispatcher) || dispatcher->ready)
        pump_wake(dispatcher);
}

/* Takes one message from a source; lock held before and after. */
static void lead(struct dispatcher *dispatcher, struct source *source)
{
    DWORD timeout = source->methods.wake ? INFINITE : TAKE_TIMEOUT;
    HRESULT hr;

    source->leader = GetCurrentThreadId();
    ReleaseSRWLockExclusive(&dispatcher->lock);
    hr = source->methods.take(source->methods.context, timeout);
    AcquireSRWLockExclusive(&dispatcher->lock);
    source->leader = 0;
    if (FAILED(hr)) {
        source->ended = TRUE;
        TRACE("events", "source %p ended: 0x%08x", source->methods.context, (unsigned)hr);
    }
    if (dispatcher->waiters)
        dispatcher_changed(dispatcher);
}

static void run(struct dispatcher *dispatcher, DWORD session)
{
    BOOL last;

    AcquireSRWLockExclusive(&dispatcher->lock);
    if (dispatcher->waking)
        dispatcher->waking--;
    while (dispatcher->session == session) {
        struct sink *sink = dispatcher->ready;
        struct source *source = sink ? NULL : find_source(dispatcher);

        if (sink) {
            InterlockedIncrement(&sink->refs);
            sink_take_from_ready(sink);
            sink->busy = TRUE; /* so that it is not made ready for the others */
            wake_for_the_rest(dispatcher);
            sink_run(sink, 0, TRUE);
            sink_release_locked(sink);
        } else if (source) {
            source->leader = GetCurrentThreadId();
            if (find_source(dispatcher))
                pump_wake(dispatcher);
            lead(dispatcher, source);
        } else {
            dispatcher->idle++;
            SleepConditionVariableSRW(&dispatcher->work, &dispatcher->lock, INFINITE, 0);
            dispatcher->idle--;
            if (dispatcher->waking)
                dispatcher->waking--;
        }
    }
    dispatcher->threads--;
    dispatcher_changed(dispatcher);
    /* Given up here rather than later, so that whoever waits for the last thread has the last
     * reference then. */
    last = InterlockedDecrement(&dispatcher->refs) == 0;
    ReleaseSRWLockExclusive(&dispatcher->lock);
    if (last)
        dispatcher_free(dispatcher);
}

static DWORD WINAPI pool_thread(void *parameter)
{
    struct thread_start start = *(struct thread_start *)parameter;
    HRESULT hr;

    free(parameter);
    hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    run(start.dispatcher, start.session);
    if (SUCCEEDED(hr))
        CoUninitialize();
    if (start.module)
        FreeLibraryAndExitThread(start.module, 0);
    return 0;
}

static BOOL start_thread(struct dispatcher *dispatcher)
{
    struct thread_start *start = calloc(1, sizeof(*start));
    HANDLE thread;

    if (!start)
        return FALSE;
    start->dispatcher = dispatcher;
    start->session = dispatcher->session;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)(void *)pool_thread,
                       &start->module);
    dispatcher_add_ref(dispatcher);
    thread = CreateThread(NULL, 0, pool_thread, start, 0, NULL);
    if (!thread) {
        dispatcher_release(dispatcher);
        if (start->module)
            FreeLibrary(start->module);
        free(start);
        return FALSE;
    }
    CloseHandle(thread);
    dispatcher->threads++;
    return TRUE;
}

BOOL pump_wake(struct dispatcher *dispatcher)
{
    /* A thread on its way looks for all the work there is, and calls the next if it is too much. */
    if (dispatcher->waking)
        return TRUE;
    if (dispatcher->idle)
        WakeConditionVariable(&dispatcher->work);
    else if (!start_thread(dispatcher))
        return FALSE;
    dispatcher->waking++;
    return TRUE;
}

BOOL pump_is_leader(const struct dispatcher *dispatcher)
{
    DWORD self = GetCurrentThreadId();
    const struct source *source;

    for (source = dispatcher->sources; source; source = source->next)
        if (source->leader == self)
            return TRUE;
    return FALSE;
}

HRESULT dispatcher_add_source(struct dispatcher *dispatcher, const struct event_source *methods)
{
    struct source *source, **link;

    if (!methods || !methods->take)
        return E_POINTER;
    source = calloc(1, sizeof(*source));
    if (!source)
        return E_OUTOFMEMORY;
    source->methods = *methods;
    AcquireSRWLockExclusive(&dispatcher->lock);
    for (link = &dispatcher->sources; *link; link = &(*link)->next)
        ;
    *link = source;
    if (!pump_wake(dispatcher)) {
        *link = NULL;
        ReleaseSRWLockExclusive(&dispatcher->lock);
        free(source);
        return E_OUTOFMEMORY;
    }
    ReleaseSRWLockExclusive(&dispatcher->lock);
    return S_OK;
}

static BOOL leaders_are_out(struct dispatcher *dispatcher, void *context)
{
    struct source *source;

    for (source = context; source; source = source->next)
        if (source->leader)
            return FALSE;
    (void)dispatcher;
    return TRUE;
}

/* Every pool thread is gone but those inside sinks. */
static BOOL pool_is_empty(struct dispatcher *dispatcher, void *context)
{
    struct delivery *delivery;
    unsigned inside = 0;

    (void)context;
    for (delivery = dispatcher->deliveries; delivery; delivery = delivery->next)
        inside += delivery->pool_thread;
    return dispatcher->threads <= inside;
}

void pump_stop(struct dispatcher *dispatcher)
{
    struct source *sources, *source;

    AcquireSRWLockExclusive(&dispatcher->lock);
    sources = dispatcher->sources;
    dispatcher->sources = NULL;
    dispatcher->session++;
    WakeAllConditionVariable(&dispatcher->work);
    ReleaseSRWLockExclusive(&dispatcher->lock);
    for (source = sources; source; source = source->next)
        if (source->methods.wake)
            source->methods.wake(source->methods.context);
    AcquireSRWLockExclusive(&dispatcher->lock);
    /* Without limit: the contexts of the sources may be freed when this returns. */
    dispatcher_wait_until(dispatcher, leaders_are_out, sources, INFINITE);
    dispatcher_wait_until(dispatcher, pool_is_empty, NULL, dispatcher->hang_limit);
    dispatcher->waking = 0;
    ReleaseSRWLockExclusive(&dispatcher->lock);
    while (sources) {
        source = sources;
        sources = source->next;
        free(source);
    }
}
