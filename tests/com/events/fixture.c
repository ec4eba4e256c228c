/* fixture.c - see fixture.h. */
#include "tests/com/events/fixture.h"

#include "tests/support/wait.h"

BOOL arrives(HANDLE handle)
{
    return WaitForSingleObject(handle, DEADLINE) == WAIT_OBJECT_0;
}

static bool nothing_alive(void *context)
{
    (void)context;
    return events_alive() == 0 && com_live_objects() == 0 && com_module_locks() == 0;
}

TEST_AFTER
{
    /* A pool thread may still be letting go of an event. */
    wait_until(nothing_alive, NULL, NULL, DEADLINE);
    CHECK_EQ(events_alive(), 0);
    CHECK_EQ(com_live_objects(), 0);
    CHECK_EQ(com_module_locks(), 0);
}

/* ---- owner ---- */

static HRESULT WINAPI owner_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct bench *bench = CONTAINING_RECORD(iface, struct bench, owner);

    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown))
        *out = iface;
    else if (IsEqualIID(iid, &IID_IConnectionPointContainer))
        *out = dispatcher_container(bench->dispatcher);
    if (*out)
        IUnknown_AddRef((IUnknown *)*out);
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI owner_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct bench, owner)->owner_refs);
}

static ULONG WINAPI owner_Release(IUnknown *iface)
{
    return InterlockedDecrement(&CONTAINING_RECORD(iface, struct bench, owner)->owner_refs);
}

static const IUnknownVtbl owner_vtable = {COM_UNKNOWN_VTABLE(owner)};

void bench_start(struct bench *bench)
{
    memset(bench, 0, sizeof(*bench));
    bench->owner.lpVtbl = (IUnknownVtbl *)&owner_vtable;
    bench->owner_refs = 1;
    REQUIRE_EQ(dispatcher_create(&bench->owner, &bench->dispatcher), S_OK);
    REQUIRE_EQ(dispatcher_set_filter(bench->dispatcher, TE_PHONEDEVSPECIFIC * 2 - 1), S_OK);
}

void bench_stop(struct bench *bench)
{
    dispatcher_destroy(bench->dispatcher);
    CHECK_EQ(bench->owner_refs, 1);
}

IConnectionPoint *bench_point(struct bench *bench, REFIID iid)
{
    IConnectionPointContainer *container;
    IConnectionPoint *point = NULL;

    if (FAILED(IUnknown_QueryInterface(&bench->owner, &IID_IConnectionPointContainer,
                                       (void **)&container)))
        return NULL;
    CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, iid, &point), S_OK);
    IConnectionPointContainer_Release(container);
    return point;
}

HRESULT post_number(struct bench *bench, LONG number)
{
    return EVENT_POST(bench->dispatcher, TE_CALLSTATE, ITCallStateEvent, NULL,
                      .State = CS_CONNECTED, .CallbackInstance = number);
}

static BOOL nothing_queued(struct dispatcher *dispatcher, void *context)
{
    struct sink *sink;

    (void)context;
    for (sink = dispatcher->sinks; sink; sink = sink->next)
        if (sink->count)
            return FALSE;
    return dispatcher->deliveries == NULL;
}

BOOL queue_is_empty(struct bench *bench)
{
    BOOL result;

    AcquireSRWLockExclusive(&bench->dispatcher->lock);
    result = dispatcher_wait_until(bench->dispatcher, nothing_queued, NULL, DEADLINE);
    ReleaseSRWLockExclusive(&bench->dispatcher->lock);
    return result;
}

/* ---- source ---- */

static HRESULT source_take(void *context, DWORD timeout)
{
    struct fake_source *source = context;
    LONG number = 0;

    CHECK_EQ(timeout, INFINITE);
    AcquireSRWLockExclusive(&source->lock);
    CHECK_EQ(source->inside++, 0);
    while (!source->waiting && !source->ended)
        SleepConditionVariableSRW(&source->said, &source->lock, INFINITE, 0);
    if (!source->ended) {
        source->waiting--;
        number = ++source->next;
    }
    ReleaseSRWLockExclusive(&source->lock);
    if (number)
        CHECK(SUCCEEDED(post_number(source->bench, number))); /* S_FALSE once it is shut down */
    AcquireSRWLockExclusive(&source->lock);
    source->inside--;
    ReleaseSRWLockExclusive(&source->lock);
    return number ? S_OK : E_ABORT;
}

static void source_wake(void *context)
{
    struct fake_source *source = context;

    AcquireSRWLockExclusive(&source->lock);
    source->ended = TRUE;
    ReleaseSRWLockExclusive(&source->lock);
    WakeAllConditionVariable(&source->said);
}

void source_start(struct fake_source *source, struct bench *bench)
{
    struct event_source methods = {source, source_take, source_wake};

    memset(source, 0, sizeof(*source));
    source->bench = bench;
    REQUIRE_EQ(dispatcher_add_source(bench->dispatcher, &methods), S_OK);
}

void source_say(struct fake_source *source, unsigned messages)
{
    AcquireSRWLockExclusive(&source->lock);
    source->waiting += messages;
    ReleaseSRWLockExclusive(&source->lock);
    WakeConditionVariable(&source->said);
}

/* ---- sink ---- */

static HRESULT sink_query(struct sink_object *sink, REFIID iid, void **out)
{
    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_ITTAPIEventNotification))
        *out = &sink->ITTAPIEventNotification_iface;
    else if (IsEqualIID(iid, &IID_IDispatch))
        *out = &sink->IDispatch_iface;
    if (*out)
        InterlockedIncrement(&sink->refs);
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG sink_drop(struct sink_object *sink)
{
    sink->release_thread_id = GetCurrentThreadId();
    return InterlockedDecrement(&sink->refs);
}

static HRESULT sink_take(struct sink_object *sink, TAPI_EVENT type, IDispatch *event)
{
    LONG value = -1;
    void *interface_;

    if (SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, &interface_))) {
        CHECK_EQ(ITCallStateEvent_get_CallbackInstance((ITCallStateEvent *)interface_, &value),
                 S_OK);
        ITCallStateEvent_Release((ITCallStateEvent *)interface_);
    } else if (SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITTAPIObjectEvent, &interface_))) {
        CHECK_EQ(ITTAPIObjectEvent_get_CallbackInstance((ITTAPIObjectEvent *)interface_, &value),
                 S_OK);
        ITTAPIObjectEvent_Release((ITTAPIObjectEvent *)interface_);
    }
    EnterCriticalSection(&sink->lock);
    sink->values[sink->calls % 256] = value;
    sink->types[sink->calls % 256] = type;
    sink->calls++;
    sink->thread_id = GetCurrentThreadId();
    if (++sink->inside > sink->most_inside)
        sink->most_inside = sink->inside;
    LeaveCriticalSection(&sink->lock);
    ReleaseSemaphore(sink->arrived, 1, NULL);
    if (sink->act)
        sink->act(sink, sink->context);
    if (sink->gate)
        CHECK(arrives(sink->gate));
    EnterCriticalSection(&sink->lock);
    sink->inside--;
    LeaveCriticalSection(&sink->lock);
    return S_OK;
}

#define SINK       struct sink_object
#define SINK_QUERY sink_query
#define SINK_DROP  sink_drop
#define SINK_TAKE  sink_take
#include "tests/com/events/sink_shapes.h"

void sink_start(struct sink_object *sink)
{
    memset(sink, 0, sizeof(*sink));
    sink->ITTAPIEventNotification_iface.lpVtbl = &sink_custom_vtable;
    sink->IDispatch_iface.lpVtbl = &sink_late_vtable;
    sink->refs = 1;
    sink->arrived = CreateSemaphoreW(NULL, 0, 0x7FFFFFFF, NULL);
    InitializeCriticalSection(&sink->lock);
}

void sink_stop(struct sink_object *sink)
{
    CHECK_EQ(sink->refs, 1);
    CHECK_EQ(sink->inside, 0);
    CloseHandle(sink->arrived);
    DeleteCriticalSection(&sink->lock);
}

void sink_advise(struct sink_object *sink, struct bench *bench, REFIID iid)
{
    sink->point = bench_point(bench, iid);
    REQUIRE(sink->point != NULL);
    POISON(sink->cookie);
    REQUIRE_EQ(IConnectionPoint_Advise(
                   sink->point, (IUnknown *)&sink->ITTAPIEventNotification_iface, &sink->cookie),
               S_OK);
    CHECK(sink->cookie != 0);
    IConnectionPoint_Release(sink->point); /* a part of the dispatcher: lives as long as that */
}

void sink_unadvise(struct sink_object *sink)
{
    CHECK_EQ(IConnectionPoint_Unadvise(sink->point, sink->cookie), S_OK);
}

void sink_advise_there(void *context)
{
    struct sink_advice *advice = context;

    sink_advise(advice->sink, advice->bench, advice->iid);
}

void sink_unadvise_there(void *context)
{
    sink_unadvise(context);
}

void sink_check_numbers(struct sink_object *sink, LONG from, LONG count)
{
    LONG i;

    REQUIRE_EQ(sink->calls, count);
    for (i = 0; i < count && i < 256; i++) {
        if (!CHECK_EQ(sink->values[i], from + i))
            return;
        CHECK_EQ(sink->types[i], TE_CALLSTATE);
    }
}

BOOL sink_gets(struct sink_object *sink, unsigned count)
{
    while (count--)
        if (!arrives(sink->arrived))
            return FALSE;
    return TRUE;
}
