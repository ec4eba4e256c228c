/*
 * storm_test.c - sixteen threads do ten thousand things each to the same objects, in the MTA and in
 * single-threaded apartments: members of every kind through IDispatch and through vtables, calls
 * made, answered, transferred and dropped, sinks advised and unadvised, TAPI objects started and
 * shut down. Whoever releases an object last is left to chance. At the end there is no object, and
 * no call in the exchange.
 *
 *     OPENTAPI_STORM_SEED=7 test_com_storm.exe     other draws than the usual ones
 */
#include "tests/com/identity/faults.h"
#include "tests/com/identity/storm.h"

#include <process.h>
#include <stdlib.h>
#include <tapi.h>

#define THREADS 16
#define STA     4     /* of them */
#define EACH    10000 /* operations */

struct storm_stage stage;

/* ---- sinks ----------------------------------------------------------------------------------- */

static struct actor *actor_from(ITTAPIEventNotification *iface)
{
    return CONTAINING_RECORD(iface, struct actor, sink);
}

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITTAPIEventNotification))
        return E_NOINTERFACE;
    *out = iface;
    InterlockedIncrement(&actor_from(iface)->sink_refs);
    return S_OK;
}

static ULONG WINAPI sink_AddRef(ITTAPIEventNotification *iface)
{
    return InterlockedIncrement(&actor_from(iface)->sink_refs);
}

static ULONG WINAPI sink_Release(ITTAPIEventNotification *iface)
{
    return InterlockedDecrement(&actor_from(iface)->sink_refs);
}

/* The call of a notification goes into the pool, or nobody keeps it. */
static void keep_call(uint64_t *random, TAPI_EVENT type, IDispatch *event)
{
    ITCallInfo *call = NULL;

    if (type == TE_CALLNOTIFICATION && pool_draw(random, 4) &&
        ITCallNotificationEvent_get_Call((ITCallNotificationEvent *)event, &call) == S_OK)
        pool_put(random, (IUnknown *)call);
    if (pool_draw(random, 8) == 0) {
        IDispatch_AddRef(event);
        pool_put(random, (IUnknown *)event);
    }
    InterlockedIncrement(&stage.delivered);
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    struct actor *self = actor_from(iface);
    uint64_t random = (uint64_t)(UINT_PTR)event * 2654435769u; /* several threads at once */

    if (self->sta && GetCurrentThreadId() != self->thread)
        InterlockedIncrement(&self->astray);
    keep_call(&random, type, event);
    return S_OK;
}

static ITTAPIEventNotificationVtbl sink_vtable = {sink_QueryInterface, sink_AddRef, sink_Release,
                                                  sink_Event};

static void on_event(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    uint64_t random = (uint64_t)(UINT_PTR)event + client->count;

    keep_call(&random, type, event);
}

static HRESULT unadvise(struct actor *self)
{
    HRESULT hr = S_OK;

    if (self->point) {
        hr = IConnectionPoint_Unadvise(self->point, self->cookie);
        CHECK_EQ(hr, S_OK);
        CHECK_EQ(self->sink_refs, 1); /* nobody tells it anything any more */
        IConnectionPoint_Release(self->point);
        self->point = NULL;
    }
    return hr;
}

HRESULT storm_advise(struct actor *self)
{
    IConnectionPointContainer *container = NULL;
    HRESULT hr;

    if (self->point)
        return unadvise(self);
    ITTAPI2_QueryInterface(some_tapi(self), &IID_IConnectionPointContainer, (void **)&container);
    IConnectionPointContainer_FindConnectionPoint(container, &IID_ITTAPIEventNotification,
                                                  &self->point);
    IConnectionPointContainer_Release(container);
    hr = IConnectionPoint_Advise(self->point, (IUnknown *)&self->sink, &self->cookie);
    if (!CHECK_EQ(hr, S_OK)) {
        IConnectionPoint_Release(self->point);
        self->point = NULL;
    }
    return hr;
}

/* ---- a thread -------------------------------------------------------------------------------- */

static void pump(void)
{
    MSG message;

    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        DispatchMessageW(&message);
}

static void act(struct actor *self)
{
    unsigned at = pool_draw(&self->random, 1000), i;
    HRESULT hr;

    for (i = 0; i < OPERATIONS - 1 && at >= operations[i].weight; i++)
        at -= operations[i].weight;
    hr = operations[i].run(self);
    InterlockedIncrement(&stage.done);
    InterlockedIncrement(&operations[i].done);
    if (hr == S_OK)
        InterlockedIncrement(&operations[i].successes);
    /* Whatever state things are in, the reason is one that a program can read. */
    if (hr == E_UNEXPECTED || hr == E_FAIL || hr == RPC_E_WRONG_THREAD)
        FAIL("%s says 0x%08lx", operations[i].name, (unsigned long)hr);
}

static unsigned __stdcall worker(void *context)
{
    struct actor *self = context;

    self->thread = GetCurrentThreadId();
    CoInitializeEx(NULL, self->sta ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED);
    for (unsigned i = 0; i < EACH; i++) {
        act(self);
        if (self->sta)
            pump();
    }
    unadvise(self);
    if (self->registration)
        CHECK_EQ(ITTAPI2_UnregisterNotifications(self->registered_at, self->registration), S_OK);
    CHECK_EQ(self->astray, 0);
    CHECK_EQ(self->sink_refs, 1);
    CoUninitialize();
    return 0;
}

/* ---- the storm ------------------------------------------------------------------------------- */

static bool exchange_is_quiet(void *context)
{
    BSTR calls = NULL;
    bool quiet;

    CHECK_EQ(ISimPBX_get_Calls((ISimPBX *)context, &calls), S_OK);
    quiet = SysStringLen(calls) == 0;
    SysFreeString(calls);
    return quiet;
}

/* Whoever lets go of the last object frees its memory after it is counted as gone. */
static bool no_blocks(void *context)
{
    (void)context;
    return faults_blocks() == 0;
}

static void stage_open(void)
{
    static const WCHAR *const extensions[] = {L"101", L"102", L"103"};
    IEnumPhone *phones = NULL;

    stage.office = office_with_handler();
    for (unsigned i = 0; i < ARRAYSIZE(stage.clients); i++) {
        stage.clients[i] = client_open(extensions[i]);
        stage.clients[i]->keep_no_calls = TRUE;
        stage.clients[i]->on_event = on_event;
    }
    REQUIRE_EQ(ITTAPI2_EnumeratePhones(stage.clients[0]->tapi, &phones), S_OK);
    REQUIRE_EQ(IEnumPhone_Next(phones, 1, &stage.phone, NULL), S_OK);
    IEnumPhone_Release(phones);
}

static void stage_close(void)
{
    for (unsigned i = 0; i < ARRAYSIZE(stage.clients); i++)
        stage.clients[i]->on_event = NULL;
    pool_empty();
    ITPhone_Release(stage.phone);
    for (unsigned i = ARRAYSIZE(stage.clients); i > 0; i--)
        client_close(stage.clients[i - 1]);
    office_close(stage.office);
    pool_empty(); /* an event that was on its way */
}

TEST(sixteen_threads_and_ten_thousand_operations_each)
{
    static struct actor actors[THREADS];
    const char *seed = getenv("OPENTAPI_STORM_SEED");
    unsigned long long began = test_clock();
    HANDLE threads[THREADS];
    ISimPBX *exchange;

    stage.seed = seed ? strtoull(seed, NULL, 0) : 1;
    com_enter(COM_MTA);
    faults_watch(GetModuleHandleW(L"tapi3.dll"));
    exchange = client_exchange();
    members_learn();
    stage_open();
    for (unsigned i = 0; i < THREADS; i++) {
        actors[i] = (struct actor){.number = i,
                                   .sta = i < STA,
                                   .random = stage.seed * 1000003 + i,
                                   .sink = {&sink_vtable},
                                   .sink_refs = 1};
        threads[i] = (HANDLE)_beginthreadex(NULL, 0, worker, &actors[i], 0, NULL);
    }
    CHECK_EQ(WaitForMultipleObjects(THREADS, threads, TRUE, 250000), WAIT_OBJECT_0);
    for (unsigned i = 0; i < THREADS; i++)
        CloseHandle(threads[i]);
    CHECK_EQ(stage.done, THREADS * EACH);
    CHECK(stage.delivered > EACH);
    for (unsigned i = 0; i < OPERATIONS; i++) {
        test_note("%-9s %6ld, %6ld succeeded", operations[i].name, operations[i].done,
                  operations[i].successes);
        CHECK(operations[i].successes > 0);
    }
    test_note("seed %llu: %ld operations, %ld events, %llu ms", (unsigned long long)stage.seed,
              stage.done, stage.delivered, test_clock() - began);
    stage_close();
    CHECK(wait_until(exchange_is_quiet, exchange, NULL, WAIT_LONG));
    ISimPBX_Release(exchange);
    members_forget();
    com_leave(); /* nothing is left */
    CHECK(wait_until(no_blocks, NULL, NULL, WAIT_LONG));
}
