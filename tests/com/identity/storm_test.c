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
#include "tests/com/identity/gallery.h"
#include "tests/com/identity/pool.h"

#include <process.h>
#include <stdlib.h>
#include <tapi.h>

#define THREADS    16
#define STA        4 /* of them */
#define OPERATIONS 10000

/* ---- what they share ------------------------------------------------------------------------- */

static struct {
    struct client *clients[3];
    struct office *office;
    ITPhone *phone;
    LONG done, delivered;
    uint64_t seed;
} stage;

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

static ITTAPI2 *some_tapi(struct actor *self)
{
    return stage.clients[pool_draw(&self->random, ARRAYSIZE(stage.clients))]->tapi;
}

static ITAddress *some_address(struct actor *self)
{
    return stage.clients[pool_draw(&self->random, ARRAYSIZE(stage.clients))]->address;
}

static BSTR some_number(struct actor *self)
{
    static const WCHAR *const numbers[] = {L"101",     L"102",     L"103",  L"104", L"5550100",
                                           L"5550101", L"5550102", L"9999", L""};

    return SysAllocString(numbers[pool_draw(&self->random, ARRAYSIZE(numbers))]);
}

static bool chance(struct actor *self, unsigned percent)
{
    return pool_draw(&self->random, 100) < percent;
}

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

static HRESULT op_advise(struct actor *self)
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

/* ---- operations ------------------------------------------------------------------------------ */

static HRESULT op_member(struct actor *self)
{
    IDispatch *object = pool_find(&self->random, &IID_IDispatch);
    HRESULT hr;

    if (!object)
        return S_FALSE;
    hr = members_call(&self->random, object);
    IDispatch_Release(object);
    return hr;
}

static HRESULT op_query(struct actor *self)
{
    IUnknown *object = pool_find(&self->random, &IID_IUnknown), *found = NULL;

    if (!object)
        return S_FALSE;
    if (IUnknown_QueryInterface(object, members_interface(&self->random), (void **)&found) == S_OK)
        IUnknown_Release(found);
    else
        CHECK(found == NULL);
    IUnknown_Release(object);
    return S_OK;
}

static HRESULT op_enumerate(struct actor *self)
{
    ITAddress *address = some_address(self);
    ITTAPI2 *tapi = some_tapi(self);
    IUnknown *all = NULL;
    HRESULT hr;

    switch (pool_draw(&self->random, 7)) {
    case 0:
        hr = ITTAPI2_EnumerateAddresses(tapi, (IEnumAddress **)&all);
        break;
    case 1:
        hr = ITTAPI2_EnumerateCallHubs(tapi, (IEnumCallHub **)&all);
        break;
    case 2:
        hr = ITTAPI2_EnumeratePhones(tapi, (IEnumPhone **)&all);
        break;
    case 3:
        hr = ITAddress_EnumerateCalls(address, (IEnumCall **)&all);
        break;
    case 4:
        hr = ITAgentHandler_EnumerateACDGroups(stage.office->handler, (IEnumACDGroup **)&all);
        break;
    case 5:
        hr = ITTAPICallCenter_EnumerateAgentHandlers(stage.office->center,
                                                     (IEnumAgentHandler **)&all);
        break;
    default:
        hr = ITPhone_EnumerateAddresses(stage.phone, (IEnumAddress **)&all);
        break;
    }
    CHECK_EQ(hr, S_OK);
    pool_put(&self->random, all);
    return hr;
}

static const IID *const enum_iids[] = {&IID_IEnumAddress,      &IID_IEnumCall,  &IID_IEnumCallHub,
                                       &IID_IEnumPhone,        &IID_IEnumQueue, &IID_IEnumACDGroup,
                                       &IID_IEnumAgentHandler, &IID_IEnumAgent};

/* Several threads share an enumerator: each gets items of its own. All of TAPI's have one shape. */
static HRESULT op_step(struct actor *self)
{
    IEnumAddress *all =
        pool_find(&self->random, enum_iids[pool_draw(&self->random, ARRAYSIZE(enum_iids))]);
    IUnknown *items[3] = {NULL};
    IEnumAddress *clone = NULL;
    ULONG fetched = 0;
    HRESULT hr;

    if (!all)
        return S_FALSE;
    switch (pool_draw(&self->random, 4)) {
    case 0:
        hr = IEnumAddress_Reset(all);
        break;
    case 1:
        hr = IEnumAddress_Skip(all, pool_draw(&self->random, 3));
        break;
    case 2:
        hr = IEnumAddress_Clone(all, &clone);
        pool_put(&self->random, (IUnknown *)clone);
        break;
    default:
        hr = IEnumAddress_Next(all, 3, (ITAddress **)items, &fetched);
        for (ULONG i = 0; i < fetched; i++)
            pool_put(&self->random, items[i]);
        break;
    }
    CHECK(SUCCEEDED(hr));
    IEnumAddress_Release(all);
    return hr;
}

static HRESULT op_collect(struct actor *self)
{
    ITCollection2 *collection = pool_find(&self->random, &IID_ITCollection2);
    VARIANT value;
    HRESULT hr;

    if (!collection || chance(self, 20)) {
        if (collection)
            ITCollection2_Release(collection);
        collection = NULL;
        hr = ITTAPI2_CreateEmptyCollectionObject(some_tapi(self), &collection);
        pool_put(&self->random, (IUnknown *)collection);
        return hr;
    }
    VariantInit(&value);
    switch (pool_draw(&self->random, 3)) {
    case 0:
        V_VT(&value) = VT_DISPATCH;
        V_DISPATCH(&value) =
            (IDispatch *)some_address(self); /* not a circle: it has no collections */
        hr = ITCollection2_Add(collection, 1, &value);
        break;
    case 1:
        hr = ITCollection2_Remove(collection, 1);
        break;
    default:
        hr = ITCollection2_get_Item(collection, 1 + pool_draw(&self->random, 4), &value);
        if (SUCCEEDED(hr) && V_VT(&value) == VT_DISPATCH)
            pool_put(&self->random, V_UNKNOWN(&value));
        else
            VariantClear(&value);
        break;
    }
    ITCollection2_Release(collection);
    return hr;
}

static HRESULT op_call(struct actor *self)
{
    ITBasicCallControl *call = NULL;
    BSTR number = some_number(self);
    HRESULT hr = ITAddress_CreateCall(some_address(self), number, 1, TAPIMEDIATYPE_AUDIO, &call);

    SysFreeString(number);
    CHECK_EQ(hr, S_OK);
    if (FAILED(hr))
        return hr;
    if (chance(self, 80))
        hr = ITBasicCallControl_Connect(call, VARIANT_FALSE);
    if (chance(self, 70))
        pool_put(&self->random, (IUnknown *)call);
    else
        ITBasicCallControl_Release(call); /* drops it */
    return hr;
}

/* Two calls and what one may do with them. */
static HRESULT with_another(struct actor *self, ITBasicCallControl *call)
{
    ITBasicCallControl *other = pool_find(&self->random, &IID_ITBasicCallControl);
    HRESULT hr;

    if (!other)
        return S_FALSE;
    switch (pool_draw(&self->random, 4)) {
    case 0:
        hr = ITBasicCallControl_SwapHold(call, other);
        break;
    case 1:
        hr = ITBasicCallControl_Conference(call, other, VARIANT_FALSE);
        break;
    case 2:
        hr = ITBasicCallControl_Transfer(call, other, VARIANT_FALSE);
        break;
    default:
        hr = ITBasicCallControl_Finish(call, FM_ASTRANSFER);
        break;
    }
    ITBasicCallControl_Release(other);
    return hr;
}

static HRESULT with_a_connected_call(struct actor *self, ITBasicCallControl *call)
{
    BSTR number = some_number(self), parked = NULL;
    HRESULT hr;

    switch (pool_draw(&self->random, 5)) {
    case 0:
        hr = ITBasicCallControl_Hold(call, VARIANT_TRUE);
        break;
    case 1:
        hr = ITBasicCallControl_BlindTransfer(call, number);
        break;
    case 2:
        hr = ITBasicCallControl_ParkIndirect(call, &parked);
        break;
    case 3:
        hr = ITBasicCallControl_Disconnect(call, DC_NORMAL);
        break;
    default:
        hr = with_another(self, call);
        break;
    }
    SysFreeString(parked);
    SysFreeString(number);
    return hr;
}

/* Mostly what the call's state asks for; by the time it is done it may be in another one. */
static HRESULT op_control(struct actor *self)
{
    ITBasicCallControl *call = pool_find(&self->random, &IID_ITBasicCallControl);
    CALL_STATE state;
    HRESULT hr;

    if (!call)
        return S_FALSE;
    state = chance(self, 20) ? (CALL_STATE)pool_draw(&self->random, 7) : client_state(call);
    switch (state) {
    case CS_OFFERING:
        hr = ITBasicCallControl_Answer(call);
        break;
    case CS_CONNECTED:
        hr = with_a_connected_call(self, call);
        break;
    case CS_HOLD:
        hr = chance(self, 50) ? ITBasicCallControl_Hold(call, VARIANT_FALSE)
                              : with_another(self, call);
        break;
    case CS_IDLE:
        hr = ITBasicCallControl_Connect(call, VARIANT_FALSE);
        break;
    default:
        hr = ITBasicCallControl_Disconnect(call, DC_NORMAL);
        break;
    }
    ITBasicCallControl_Release(call);
    return hr;
}

static HRESULT op_phone(struct actor *self)
{
    ITAutomatedPhoneControl *control = NULL;
    ITCallInfo *call;
    HRESULT hr = S_FALSE;

    switch (pool_draw(&self->random, 4)) {
    case 0:
        hr = ITPhone_Open(stage.phone, PP_OWNER);
        break;
    case 1:
        hr = ITPhone_put_LampMode(stage.phone, 12, LM_STEADY);
        break;
    default:
        call = pool_find(&self->random, &IID_ITCallInfo);
        ITPhone_QueryInterface(stage.phone, &IID_ITAutomatedPhoneControl, (void **)&control);
        if (call) {
            hr = ITAutomatedPhoneControl_SelectCall(
                control, call, chance(self, 50) ? VARIANT_TRUE : VARIANT_FALSE);
            ITCallInfo_Release(call);
        } else {
            hr = ITAutomatedPhoneControl_UnselectCall(control, NULL);
        }
        ITAutomatedPhoneControl_Release(control);
        break;
    }
    return hr;
}

static HRESULT op_agent(struct actor *self)
{
    ITAgent *agent = pool_find(&self->random, &IID_ITAgent);
    ITACDGroup *group;
    ITAgentSession *session = NULL;
    HRESULT hr = S_FALSE;

    if (!agent) {
        hr = ITAgentHandler_CreateAgent(stage.office->handler, &agent);
        pool_put(&self->random, (IUnknown *)agent);
        return hr;
    }
    group = pool_find(&self->random, &IID_ITACDGroup);
    if (group && chance(self, 30)) {
        hr = ITAgent_CreateSession(agent, group, some_address(self), &session);
        pool_put(&self->random, (IUnknown *)session);
    } else {
        hr = ITAgent_put_State(agent, chance(self, 50) ? AS_READY : AS_NOT_READY);
    }
    if (group)
        ITACDGroup_Release(group);
    ITAgent_Release(agent);
    return hr;
}

static HRESULT op_register(struct actor *self)
{
    HRESULT hr;

    if (self->registration) {
        hr = ITTAPI2_UnregisterNotifications(self->registered_at, self->registration);
        CHECK_EQ(hr, S_OK);
        self->registration = 0;
        return hr;
    }
    for (unsigned i = 0; i < ARRAYSIZE(stage.clients); i++)
        if (stage.clients[i]->address && (chance(self, 40) || i == 2)) {
            self->registered_at = stage.clients[i]->tapi;
            hr = ITTAPI2_RegisterCallNotifications(self->registered_at, stage.clients[i]->address,
                                                   VARIANT_TRUE, VARIANT_FALSE, TAPIMEDIATYPE_AUDIO,
                                                   (LONG)self->number, &self->registration);
            CHECK_EQ(hr, S_OK);
            return hr;
        }
    return S_FALSE;
}

/* A TAPI object of the thread's own: begun, used, ended; its call and Address outlive it. */
static HRESULT op_life(struct actor *self)
{
    ITTAPI2 *tapi = client_create_tapi();
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;
    ITBasicCallControl *call = NULL;
    BSTR number = some_number(self);
    HRESULT hr = ITTAPI2_Initialize(tapi);

    CHECK_EQ(hr, S_OK);
    if (SUCCEEDED(hr)) {
        ITTAPI2_put_EventFilter(tapi, TE_CALLSTATE | TE_CALLNOTIFICATION);
        CHECK_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
        CHECK_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
        pool_put(&self->random, (IUnknown *)addresses);
        ITAddress_CreateCall(address, number, 1, TAPIMEDIATYPE_AUDIO, &call);
        if (call)
            ITBasicCallControl_Connect(call, VARIANT_FALSE);
        if (chance(self, 80))
            CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
        if (call)
            pool_put(&self->random, (IUnknown *)call);
        pool_put(&self->random, (IUnknown *)address);
    }
    ITTAPI2_Release(tapi); /* its members may have been drawn meanwhile */
    SysFreeString(number);
    return hr;
}

static HRESULT op_filter(struct actor *self)
{
    return ITTAPI2_put_EventFilter(some_tapi(self),
                                   (TE_PHONEDEVSPECIFIC * 2 - 1) >> pool_draw(&self->random, 2));
}

/* weight: in a thousand, all together. */
static struct {
    const char *name;
    unsigned weight;
    HRESULT (*run)(struct actor *self);
    LONG done, successes;
} operations[] = {
    {"member", 480, op_member, 0, 0},
    {"query", 160, op_query, 0, 0},
    {"enumerate", 60, op_enumerate, 0, 0},
    {"step", 120, op_step, 0, 0},
    {"collect", 60, op_collect, 0, 0},
    {"call", 30, op_call, 0, 0},
    {"control", 50, op_control, 0, 0},
    {"phone", 15, op_phone, 0, 0},
    {"agent", 10, op_agent, 0, 0},
    {"register", 8, op_register, 0, 0},
    {"advise", 4, op_advise, 0, 0},
    {"filter", 2, op_filter, 0, 0},
    {"life", 1, op_life, 0, 0},
};

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

    for (i = 0; i < ARRAYSIZE(operations) - 1 && at >= operations[i].weight; i++)
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
    for (unsigned i = 0; i < OPERATIONS; i++) {
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
    CHECK_EQ(WaitForMultipleObjects(THREADS, threads, TRUE, 100000), WAIT_OBJECT_0);
    for (unsigned i = 0; i < THREADS; i++)
        CloseHandle(threads[i]);
    CHECK_EQ(stage.done, THREADS * OPERATIONS);
    CHECK(stage.delivered > OPERATIONS);
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++) {
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
    CHECK_EQ(faults_blocks(), 0);
}
