/* sink.c - one advised sink: its connection, its queue, and the calls to it. */
#include "events/private.h"

#include <olectl.h>
#include <stdlib.h>

#include "base/trace.h"

#define FIRST_CAPACITY 16

/* ---- the queue ----------------------------------------------------------------------------- */

static BOOL queue_grow(struct sink *sink)
{
    unsigned capacity = sink->capacity ? sink->capacity * 2 : FIRST_CAPACITY, i;
    struct queue_item *items = malloc(capacity * sizeof(*items));

    if (!items)
        return FALSE;
    for (i = 0; i < sink->count; i++)
        items[i] = sink->items[(sink->head + i) % sink->capacity];
    free(sink->items);
    sink->items = items;
    sink->capacity = capacity;
    sink->head = 0;
    return TRUE;
}

static BOOL queue_append(struct sink *sink, struct queue_item item)
{
    if (sink->count == sink->capacity && !queue_grow(sink))
        return FALSE;
    sink->items[(sink->head + sink->count++) % sink->capacity] = item;
    return TRUE;
}

/* The notice of lost events takes its place in the order: behind what was queued before the loss,
 * ahead of what came after it. */
static BOOL queue_take(struct sink *sink, struct queue_item *item)
{
    if (sink->count) {
        *item = sink->items[sink->head];
        sink->head = (sink->head + 1) % sink->capacity;
        sink->count--;
        return TRUE;
    }
    if (!sink->lost)
        return FALSE;
    *item = (struct queue_item){.type = TE_TAPIOBJECT, .lost = sink->lost};
    sink->lost = 0;
    return TRUE;
}

BOOL sink_has_work(const struct sink *sink)
{
    return (sink->count || sink->lost) && !sink->disconnected && !sink->dead;
}

static BOOL needs_thread(const struct sink *sink)
{
    if (sink->busy)
        return FALSE;
    /* What was queued for a sink that has died is let go, by a thread that holds no lock. */
    return sink->dead ? sink->count > 0 : !sink->window && sink_has_work(sink);
}

/* Has a pool thread look after the sink, if one is needed. A list of them, so that a thread need
 * not look at every sink there is for the next to run. */
static BOOL make_ready(struct sink *sink)
{
    struct dispatcher *dispatcher = sink->dispatcher;

    if (!needs_thread(sink))
        return FALSE;
    if (!sink->ready_link) {
        sink->ready_next = NULL;
        sink->ready_link = dispatcher->ready_end;
        *dispatcher->ready_end = sink;
        dispatcher->ready_end = &sink->ready_next;
    }
    return TRUE;
}

void sink_take_from_ready(struct sink *sink)
{
    if (!sink->ready_link)
        return;
    *sink->ready_link = sink->ready_next;
    if (sink->ready_next)
        sink->ready_next->ready_link = sink->ready_link;
    else
        sink->dispatcher->ready_end = sink->ready_link;
    sink->ready_link = NULL;
}

/* Lets go of everything queued. Lock held before and after, given up meanwhile. */
static void drop_queue(struct sink *sink)
{
    struct queue_item *items = sink->items;
    unsigned head = sink->head, count = sink->count, capacity = sink->capacity, i;

    sink->items = NULL;
    sink->head = sink->count = sink->capacity = 0;
    sink->lost = 0;
    ReleaseSRWLockExclusive(&sink->dispatcher->lock);
    for (i = 0; i < count; i++)
        if (items[(head + i) % capacity].event)
            IDispatch_Release(items[(head + i) % capacity].event);
    free(items);
    AcquireSRWLockExclusive(&sink->dispatcher->lock);
}

BOOL sink_push(struct sink *sink, TAPI_EVENT type, IDispatch *event)
{
    unsigned bound = sink->dispatcher->queue_bound;

    if (sink->dead)
        return make_ready(sink);
    /* After a loss the queue is let run half empty first, so that a sink that stays behind gets one
     * notice for a long gap rather than one for every second event. */
    if (sink->lost && sink->count <= bound / 2 &&
        queue_append(sink, (struct queue_item){.type = TE_TAPIOBJECT, .lost = sink->lost}))
        sink->lost = 0;
    if (!sink->lost && sink->count < bound &&
        queue_append(sink, (struct queue_item){.type = type, .event = event})) {
        IDispatch_AddRef(event);
    } else {
        if (!sink->lost)
            TRACE("events", "sink %u: queue full at %u events", (unsigned)sink->cookie,
                  sink->count);
        sink->lost++;
        sink->dispatcher->lost++;
    }
    if (sink->window && !sink->busy)
        sink_window_notify(sink);
    return make_ready(sink);
}

/* ---- calling ------------------------------------------------------------------------------- */

static HRESULT call_dispinterface(IDispatch *target, TAPI_EVENT type, IDispatch *event)
{
    VARIANT arguments[2]; /* last first */
    DISPPARAMS params = {arguments, NULL, 2, 0};
    EXCEPINFO exception = {0};
    UINT bad_argument;
    HRESULT hr;

    V_VT(&arguments[1]) = VT_I4;
    V_I4(&arguments[1]) = (LONG)type;
    V_VT(&arguments[0]) = VT_DISPATCH;
    V_DISPATCH(&arguments[0]) = event;
    hr = IDispatch_Invoke(target, 1, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &params, NULL,
                          &exception, &bad_argument);
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrHelpFile);
    return hr;
}

static HRESULT call_target(struct sink *sink, TAPI_EVENT type, IDispatch *event)
{
    if (sink->kind == POINT_CUSTOM)
        return ITTAPIEventNotification_Event((ITTAPIEventNotification *)sink->target, type, event);
    return call_dispinterface((IDispatch *)sink->target, type, event);
}

/* The far side of a proxy is gone for good. (RPC_S_UNKNOWN_IF is what Wine says of a sink that its
 * process has disconnected.) */
static BOOL target_is_gone(HRESULT hr)
{
    return hr == RPC_E_DISCONNECTED || hr == RPC_E_SERVER_DIED || hr == RPC_E_SERVER_DIED_DNE ||
           hr == HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE) ||
           hr == HRESULT_FROM_WIN32(RPC_S_UNKNOWN_IF) || hr == CO_E_OBJNOTCONNECTED;
}

/* What tells a sink of its loss; NULL: it does not listen to TE_TAPIOBJECT, or no memory. */
static IDispatch *create_loss_notice(struct sink *sink, DWORD lost)
{
    if (!(sink->dispatcher->filter & TE_TAPIOBJECT))
        return NULL;
    /* Without TAPIObject: the TTAPI object may just be going away. */
    return ITTAPIObjectEvent2_create(&(const struct ITTAPIObjectEvent2_values){
        .Event = (TAPIOBJECT_EVENT)OPEN_TAPI_EVENTS_LOST, .CallbackInstance = (LONG)lost});
}

void sink_run(struct sink *sink, unsigned limit, BOOL pool_thread)
{
    struct dispatcher *dispatcher = sink->dispatcher;
    struct delivery delivery = {.next = dispatcher->deliveries,
                                .sink = sink,
                                .thread_id = GetCurrentThreadId(),
                                .pool_thread = pool_thread},
                    **link;
    struct queue_item item;
    unsigned done = 0;

    dispatcher->deliveries = &delivery;
    sink->busy = TRUE;
    while ((!limit || done < limit) && sink_has_work(sink) && queue_take(sink, &item)) {
        HRESULT hr = S_OK;

        ReleaseSRWLockExclusive(&dispatcher->lock);
        if (!item.event)
            item.event = create_loss_notice(sink, item.lost);
        if (item.event) {
            hr = call_target(sink, item.type, item.event);
            TRACE("events", "sink %u: type 0x%x event %p result 0x%08x", (unsigned)sink->cookie,
                  (unsigned)item.type, (void *)item.event, (unsigned)hr);
            IDispatch_Release(item.event);
            done++;
        }
        AcquireSRWLockExclusive(&dispatcher->lock);
        dispatcher->delivered += item.event != NULL;
        if (target_is_gone(hr) && !sink->dead) {
            TRACE("events", "sink %u: its apartment or process is gone", (unsigned)sink->cookie);
            sink->dead = TRUE;
        }
    }
    if (sink->dead)
        drop_queue(sink);
    sink->busy = FALSE;
    for (link = &dispatcher->deliveries; *link != &delivery; link = &(*link)->next)
        ;
    *link = delivery.next;
    if (dispatcher->waiters)
        dispatcher_changed(dispatcher);
}

/* ---- connecting ---------------------------------------------------------------------------- */

static HRESULT query_target(IUnknown *unknown, enum point_kind kind, IUnknown **target)
{
    HRESULT hr;

    *target = NULL;
    if (kind == POINT_CUSTOM)
        return IUnknown_QueryInterface(unknown, &IID_ITTAPIEventNotification, (void **)target);
    hr = IUnknown_QueryInterface(unknown, &DIID_ITTAPIDispatchEventNotification, (void **)target);
    if (FAILED(hr) || !*target)
        hr = IUnknown_QueryInterface(unknown, &IID_IDispatch, (void **)target);
    return hr;
}

/* Who would carry a pointer of the object to another apartment of this process. */
static BOOL marshaler_of(IUnknown *object, CLSID *class)
{
    IMarshal *marshal = NULL;
    HRESULT hr = IUnknown_QueryInterface(object, &IID_IMarshal, (void **)&marshal);

    if (FAILED(hr) || !marshal)
        return FALSE;
    hr = IMarshal_GetUnmarshalClass(marshal, &IID_IUnknown, object, MSHCTX_INPROC, NULL,
                                    MSHLFLAGS_NORMAL, class);
    IMarshal_Release(marshal);
    return SUCCEEDED(hr);
}

/* A sink with the free-threaded marshaler lives in no apartment: COM would hand its pointer to our
 * threads as it is. So its program need not dispatch messages to be told, and may count on it.
 * (Headers and systems do not agree on the marshaler's class: one is made and asked.) */
static BOOL is_agile(IUnknown *target)
{
    IUnknown *free_threaded;
    CLSID its, known;
    BOOL agile;

    if (!marshaler_of(target, &its) || FAILED(CoCreateFreeThreadedMarshaler(NULL, &free_threaded)))
        return FALSE;
    agile = marshaler_of(free_threaded, &known) && IsEqualCLSID(&its, &known);
    IUnknown_Release(free_threaded);
    return agile;
}

HRESULT sink_connect(struct dispatcher *dispatcher, enum point_kind kind, IUnknown *unknown,
                     DWORD *cookie)
{
    struct sink *sink, **link;
    HRESULT hr;

    if (!cookie)
        return E_POINTER;
    *cookie = 0;
    if (!unknown)
        return E_POINTER;
    sink = calloc(1, sizeof(*sink));
    if (!sink)
        return E_OUTOFMEMORY;
    hr = query_target(unknown, kind, &sink->target);
    if (FAILED(hr) || !sink->target) {
        free(sink);
        return CONNECT_E_CANNOTCONNECT;
    }
    sink->refs = 1;
    sink->kind = kind;
    sink->thread_id = GetCurrentThreadId();
    sink->dispatcher = dispatcher;
    dispatcher_add_ref(dispatcher);
    InterlockedIncrement(&events_live);
    sink->agile = is_agile(sink->target);
    if (!sink->agile && events_in_sta()) {
        hr = sink_window_create(sink);
        if (FAILED(hr)) {
            IUnknown_Release(sink->target);
            sink->target = NULL;
            sink_release(sink);
            return hr;
        }
    }
    AcquireSRWLockExclusive(&dispatcher->lock);
    sink->cookie = *cookie = ++dispatcher->last_cookie;
    for (link = &dispatcher->sinks; *link; link = &(*link)->next)
        ;
    *link = sink;
    ReleaseSRWLockExclusive(&dispatcher->lock);
    TRACE("events", "advise %p as sink %u: %s, %s", (void *)unknown, (unsigned)sink->cookie,
          kind == POINT_CUSTOM ? "ITTAPIEventNotification" : "dispinterface",
          sink->window  ? "STA"
          : sink->agile ? "free-threaded"
                        : "MTA");
    return S_OK;
}

/* ---- releasing ----------------------------------------------------------------------------- */

static DWORD WINAPI release_thread(void *target)
{
    HRESULT hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);

    IUnknown_Release((IUnknown *)target);
    if (SUCCEEDED(hr))
        CoUninitialize();
    return 0;
}

/* Releases what was advised in the MTA from wherever this is. */
static void release_in_mta(IUnknown *target, DWORD timeout)
{
    HANDLE thread;

    if (!events_in_sta()) {
        IUnknown_Release(target);
        return;
    }
    thread = CreateThread(NULL, 0, release_thread, target, 0, NULL);
    if (!thread) {
        TRACE("events", "no thread to release sink %p in the MTA: not released", (void *)target);
        return;
    }
    events_wait(thread, timeout);
    CloseHandle(thread);
}

static void sink_destroy(struct sink *sink)
{
    struct dispatcher *dispatcher = sink->dispatcher;

    /* A sink with a window has lost its target there. */
    if (sink->target && sink->agile)
        IUnknown_Release(sink->target);
    else if (sink->target)
        release_in_mta(sink->target, dispatcher->hang_limit);
    free(sink->items);
    free(sink);
    InterlockedDecrement(&events_live);
    dispatcher_release(dispatcher);
}

void sink_release(struct sink *sink)
{
    if (InterlockedDecrement(&sink->refs) == 0)
        sink_destroy(sink);
}

void sink_release_locked(struct sink *sink)
{
    struct dispatcher *dispatcher = sink->dispatcher;

    if (InterlockedDecrement(&sink->refs) != 0)
        return;
    ReleaseSRWLockExclusive(&dispatcher->lock);
    sink_destroy(sink);
    AcquireSRWLockExclusive(&dispatcher->lock);
}

struct disconnect_wait {
    const struct sink *sink; /* NULL: all, those disconnected earlier included */
    DWORD thread_id;
};

/* No other thread is inside the sink. If this thread is inside one itself, another that waits like
 * this one may wait for us: two sinks that disconnect each other must both come back. */
static BOOL others_are_out(struct dispatcher *dispatcher, void *context)
{
    struct disconnect_wait *wait = context;
    struct delivery *delivery;
    BOOL inside = FALSE;

    for (delivery = dispatcher->deliveries; delivery; delivery = delivery->next)
        inside |= delivery->thread_id == wait->thread_id;
    for (delivery = dispatcher->deliveries; delivery; delivery = delivery->next)
        if ((!wait->sink || delivery->sink == wait->sink) &&
            delivery->thread_id != wait->thread_id && !(inside && delivery->waiting))
            return FALSE;
    return TRUE;
}

static void mark_own_deliveries(struct dispatcher *dispatcher, BOOL waiting)
{
    DWORD self = GetCurrentThreadId();
    struct delivery *delivery;

    for (delivery = dispatcher->deliveries; delivery; delivery = delivery->next)
        if (delivery->thread_id == self)
            delivery->waiting = waiting;
    if (dispatcher->waiters)
        dispatcher_changed(dispatcher);
}

/* Takes sinks out of the list (cookie 0: all, else the one of this point), chained by next; from
 * here on nothing begins to be delivered to them. Lock held. */
static struct sink *detach(struct dispatcher *dispatcher, enum point_kind kind, DWORD cookie)
{
    struct sink **link = &dispatcher->sinks, *list = NULL, **tail = &list;

    while (*link) {
        struct sink *sink = *link;

        if (cookie && (sink->cookie != cookie || sink->kind != kind)) {
            link = &sink->next;
            continue;
        }
        *link = sink->next;
        sink->next = NULL;
        sink->disconnected = TRUE;
        sink_take_from_ready(sink);
        *tail = sink;
        tail = &sink->next;
    }
    return list;
}

/* kind and cookie as for detach. FALSE: there is no such sink. */
static BOOL disconnect(struct dispatcher *dispatcher, enum point_kind kind, DWORD cookie)
{
    struct disconnect_wait wait = {.thread_id = GetCurrentThreadId()};
    struct sink *list, *sink;

    AcquireSRWLockExclusive(&dispatcher->lock);
    list = detach(dispatcher, kind, cookie);
    if (!list && cookie) {
        ReleaseSRWLockExclusive(&dispatcher->lock);
        return FALSE;
    }
    wait.sink = cookie ? list : NULL;
    mark_own_deliveries(dispatcher, TRUE);
    if (!dispatcher_wait_until(dispatcher, others_are_out, &wait, dispatcher->hang_limit))
        TRACE("events", "a sink has not returned from Event for %u ms: not waited for any longer",
              (unsigned)dispatcher->hang_limit);
    mark_own_deliveries(dispatcher, FALSE);
    for (sink = list; sink; sink = sink->next)
        drop_queue(sink);
    ReleaseSRWLockExclusive(&dispatcher->lock);
    while (list) {
        sink = list;
        list = sink->next;
        TRACE("events", "sink %u disconnected", (unsigned)sink->cookie);
        if (sink->window)
            sink_window_close(sink);
        sink_release(sink);
    }
    return TRUE;
}

HRESULT sink_disconnect(struct dispatcher *dispatcher, enum point_kind kind, DWORD cookie)
{
    return cookie && disconnect(dispatcher, kind, cookie) ? S_OK : CONNECT_E_NOCONNECTION;
}

void sink_disconnect_all(struct dispatcher *dispatcher)
{
    disconnect(dispatcher, POINT_CUSTOM, 0);
}
