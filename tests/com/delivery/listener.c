/* listener.c - see listener.h. */
#include "tests/com/delivery/listener.h"

#include <tapi.h>

/* ---- programs ------------------------------------------------------------------------------ */

static burst_say say;
static burst_calls calls_made;

static ITAddress *burst_address(ITTAPI2 *tapi)
{
    IEnumAddress *addresses = NULL;
    ITAddress *address, *found = NULL;

    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
    while (!found && IEnumAddress_Next(addresses, 1, &address, NULL) == S_OK) {
        BSTR provider = NULL;

        ITAddress_get_ServiceProviderName(address, &provider);
        if (provider && wcsstr(provider, L"burst"))
            found = address;
        else
            ITAddress_Release(address);
        SysFreeString(provider);
    }
    IEnumAddress_Release(addresses);
    return found;
}

void program_open(struct program *program)
{
    program->tapi = client_create_tapi();
    program_open_again(program);
}

void program_open_again(struct program *program)
{
    HMODULE burst;

    REQUIRE_EQ(ITTAPI2_Initialize(program->tapi), S_OK);
    CHECK_EQ(ITTAPI2_put_EventFilter(program->tapi,
                                     TE_ADDRESSDEVSPECIFIC | TE_CALLSTATE | TE_TAPIOBJECT),
             S_OK);
    program->address = burst_address(program->tapi);
    REQUIRE(program->address != NULL);
    /* It stays loaded: a thread may be in it while TAPI lets go of it. */
    REQUIRE(GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN, L"burst.tsp", &burst));
    say = (burst_say)(void *)GetProcAddress(burst, "BurstSay");
    calls_made = (burst_calls)(void *)GetProcAddress(burst, "BurstCalls");
    REQUIRE(say && calls_made);
}

void program_close(struct program *program)
{
    if (program->address)
        ITAddress_Release(program->address);
    CHECK(SUCCEEDED(ITTAPI2_Shutdown(program->tapi)));
    CHECK_EQ(ITTAPI2_Release(program->tapi), 0);
    memset(program, 0, sizeof(*program));
}

ITBasicCallControl *program_call(struct program *program, LONG *number)
{
    ITBasicCallControl *call = NULL;
    BSTR destination = SysAllocString(L"1");

    *number = calls_made();
    REQUIRE_EQ(ITAddress_CreateCall(program->address, destination, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &call),
               S_OK);
    SysFreeString(destination);
    REQUIRE_EQ(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
    REQUIRE_EQ(calls_made(), *number + 1);
    return call;
}

IConnectionPoint *program_point(struct program *program, REFIID iid)
{
    IConnectionPointContainer *container = NULL;
    IConnectionPoint *point = NULL;

    if (!CHECK_EQ(ITTAPI2_QueryInterface(program->tapi, &IID_IConnectionPointContainer,
                                         (void **)&container),
                  S_OK))
        return NULL;
    CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, iid, &point), S_OK);
    IConnectionPointContainer_Release(container);
    if (point)
        IConnectionPoint_Release(point);
    return point;
}

BOOL program_say(LONG call, LONG number)
{
    return say(call, number);
}

void program_say_all(LONG call, LONG first, LONG last)
{
    for (; first <= last; first++)
        CHECK(say(call, first));
}

/* ---- the sink ------------------------------------------------------------------------------ */

static HRESULT listener_query(struct listener *self, REFIID iid, void **out)
{
    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_ITTAPIEventNotification))
        *out = &self->ITTAPIEventNotification_iface;
    else if (IsEqualIID(iid, &IID_IDispatch) ||
             IsEqualIID(iid, &DIID_ITTAPIDispatchEventNotification))
        *out = &self->IDispatch_iface;
    if (*out)
        InterlockedIncrement(&self->refs);
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG listener_drop(struct listener *self)
{
    self->release_thread_id = GetCurrentThreadId();
    return InterlockedDecrement(&self->refs);
}

/* A word's number of call and number; FALSE: the event is no word. */
static BOOL read_word(TAPI_EVENT type, IDispatch *event, LONG *call, LONG *number)
{
    ITAddressDeviceSpecificEvent *word;
    BOOL good;

    if (type != TE_ADDRESSDEVSPECIFIC ||
        FAILED(IDispatch_QueryInterface(event, &IID_ITAddressDeviceSpecificEvent, (void **)&word)))
        return FALSE;
    good = ITAddressDeviceSpecificEvent_get_lParam1(word, call) == S_OK &&
           ITAddressDeviceSpecificEvent_get_lParam2(word, number) == S_OK;
    ITAddressDeviceSpecificEvent_Release(word);
    return good && *call >= 0 && *call < BURST_CALLS;
}

static BOOL read_loss(TAPI_EVENT type, IDispatch *event, LONG *lost)
{
    ITTAPIObjectEvent *object_event;
    TAPIOBJECT_EVENT what = (TAPIOBJECT_EVENT)0;

    if (type != TE_TAPIOBJECT ||
        FAILED(IDispatch_QueryInterface(event, &IID_ITTAPIObjectEvent, (void **)&object_event)))
        return FALSE;
    ITTAPIObjectEvent_get_Event(object_event, &what);
    ITTAPIObjectEvent_get_CallbackInstance(object_event, lost);
    ITTAPIObjectEvent_Release(object_event);
    return (LONG)what == OPEN_TAPI_EVENTS_LOST;
}

static HRESULT listener_take(struct listener *self, TAPI_EVENT type, IDispatch *event)
{
    DWORD thread = GetCurrentThreadId();
    LONG call, number, lost = 0;
    BOOL word = read_word(type, event, &call, &number);
    BOOL loss = !word && read_loss(type, event, &lost);

    AcquireSRWLockExclusive(&self->lock);
    self->late += self->over != 0;
    self->misplaced += self->home && self->home != thread;
    self->thread_id = thread;
    if (++self->inside > self->most_inside)
        self->most_inside = self->inside;
    if (word) {
        self->skipped += number != self->heard[call] + 1;
        self->heard[call] = number;
        self->words++;
    } else if (loss) {
        self->lost += lost;
        self->notices++;
    } else {
        self->others++;
    }
    ReleaseSRWLockExclusive(&self->lock);
    WakeAllConditionVariable(&self->changed);
    if (self->act && word)
        self->act(self, type, event);
    if (self->gate)
        CHECK(wait_handle(self->gate, 2 * WAIT_LONG));
    AcquireSRWLockExclusive(&self->lock);
    self->inside--;
    ReleaseSRWLockExclusive(&self->lock);
    WakeAllConditionVariable(&self->changed);
    return S_OK;
}

#define SINK       struct listener
#define SINK_QUERY listener_query
#define SINK_DROP  listener_drop
#define SINK_TAKE  listener_take
#include "tests/com/events/sink_shapes.h"

void listener_start(struct listener *listener)
{
    memset(listener, 0, sizeof(*listener));
    listener->ITTAPIEventNotification_iface.lpVtbl = &sink_custom_vtable;
    listener->IDispatch_iface.lpVtbl = &sink_late_vtable;
    listener->refs = 1;
    InitializeSRWLock(&listener->lock);
    InitializeConditionVariable(&listener->changed);
}

void listener_stop(struct listener *listener)
{
    CHECK_EQ(listener->refs, 1);
    CHECK_EQ(listener->inside, 0);
    CHECK(listener->most_inside <= 1);
    CHECK_EQ(listener->late, 0);
    CHECK_EQ(listener->misplaced, 0);
}

static void advise(struct listener *listener, struct program *program, REFIID iid, void *sink)
{
    listener->point = program_point(program, iid);
    POISON(listener->cookie);
    CHECK_EQ(IConnectionPoint_Advise(listener->point, sink, &listener->cookie), S_OK);
    CHECK(listener->cookie != 0);
}

void listener_advise(struct listener *listener, struct program *program)
{
    advise(listener, program, &IID_ITTAPIEventNotification,
           &listener->ITTAPIEventNotification_iface);
}

void listener_advise_late(struct listener *listener, struct program *program)
{
    advise(listener, program, &DIID_ITTAPIDispatchEventNotification, &listener->IDispatch_iface);
}

void listener_unadvise(struct listener *listener)
{
    CHECK_EQ(IConnectionPoint_Unadvise(listener->point, listener->cookie), S_OK);
    listener->over = TRUE;
}

void advise_here(void *context)
{
    struct advice *advice = context;

    advice->listener->home = GetCurrentThreadId();
    (advice->late ? listener_advise_late : listener_advise)(advice->listener, advice->program);
}

void unadvise_here(void *listener)
{
    listener_unadvise(listener);
}

bool listener_until(struct listener *listener, bool (*holds)(struct listener *listener))
{
    unsigned long long deadline = test_clock() + WAIT_LONG;
    bool result;

    AcquireSRWLockExclusive(&listener->lock);
    while (!(result = holds(listener)) && test_clock() < deadline)
        SleepConditionVariableSRW(&listener->changed, &listener->lock, 100, 0);
    ReleaseSRWLockExclusive(&listener->lock);
    return result;
}

bool listener_hears(struct listener *listener, LONG words)
{
    unsigned long long deadline = test_clock() + WAIT_LONG;
    bool result;

    AcquireSRWLockExclusive(&listener->lock);
    while (!(result = listener->words >= words) && test_clock() < deadline)
        SleepConditionVariableSRW(&listener->changed, &listener->lock, 100, 0);
    ReleaseSRWLockExclusive(&listener->lock);
    return result;
}
