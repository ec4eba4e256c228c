/* program.c - see program.h. */
#include "program.h"

static HMODULE tapi3;
static DWORD class_cookie;
static bool begun;

void program_begin(DWORD apartment)
{
    HRESULT(WINAPI * get)(REFCLSID, REFIID, void **);
    IClassFactory *factory = NULL;

    REQUIRE_EQ(CoInitializeEx(NULL, apartment), S_OK);
    begun = true;
    tapi3 = LoadLibraryW(L"tapi3.dll");
    REQUIRE(tapi3 != NULL);
    get = (void *)GetProcAddress(tapi3, "DllGetClassObject");
    REQUIRE_EQ(get(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(&CLSID_TAPI, (IUnknown *)factory, CLSCTX_INPROC_SERVER,
                                     REGCLS_MULTIPLEUSE, &class_cookie),
               S_OK);
    IClassFactory_Release(factory);
}

static bool none_alive(void *alive)
{
    return ((LONG(WINAPI *)(void))alive)() == 0;
}

void program_end(void)
{
    void *alive = (void *)GetProcAddress(tapi3, "OpenTapi3LiveObjects");

    CoRevokeClassObject(class_cookie);
    if (alive)
        CHECK(wait_until(none_alive, alive, NULL, WAIT_LONG));
    CoUninitialize();
    begun = false;
}

TEST_AFTER
{
    if (begun)
        CoUninitialize();
    begun = false;
}

ITTAPI *program_create_tapi(void)
{
    ITTAPI *tapi = NULL;

    REQUIRE_EQ(
        CoCreateInstance(&CLSID_TAPI, NULL, CLSCTX_INPROC_SERVER, &IID_ITTAPI, (void **)&tapi),
        S_OK);
    return tapi;
}

/* ---- the sink -------------------------------------------------------------------------------- */

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITTAPIEventNotification))
        return E_NOINTERFACE;
    *out = iface;
    ITTAPIEventNotification_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI sink_AddRef(ITTAPIEventNotification *iface)
{
    return InterlockedIncrement(&((struct sink *)iface)->refs);
}

static ULONG WINAPI sink_Release(ITTAPIEventNotification *iface)
{
    return InterlockedDecrement(&((struct sink *)iface)->refs);
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    struct sink *self = (struct sink *)iface;

    IDispatch_AddRef(event); /* so that it does not go away */
    if (self->window) {
        if (!PostMessageW(self->window, WM_TAPI, type, (LPARAM)event))
            IDispatch_Release(event);
        return S_OK;
    }
    AcquireSRWLockExclusive(&self->lock);
    if (self->count < PROGRAM_EVENTS) {
        self->kept[self->count].type = type;
        self->kept[self->count++].event = event;
        event = NULL;
    }
    ReleaseSRWLockExclusive(&self->lock);
    SetEvent(self->came);
    drop(event);
    return S_OK;
}

static const ITTAPIEventNotificationVtbl sink_vtable = {sink_QueryInterface, sink_AddRef,
                                                        sink_Release, sink_Event};

void sink_start(struct sink *sink, HWND window)
{
    memset(sink, 0, sizeof(*sink));
    sink->ITTAPIEventNotification_iface.lpVtbl = (ITTAPIEventNotificationVtbl *)&sink_vtable;
    sink->refs = 1;
    sink->window = window;
    sink->came = CreateEventW(NULL, FALSE, FALSE, NULL);
}

void sink_forget(struct sink *sink)
{
    AcquireSRWLockExclusive(&sink->lock);
    while (sink->taken < sink->count)
        drop(sink->kept[sink->taken++].event);
    sink->taken = sink->count = 0;
    ReleaseSRWLockExclusive(&sink->lock);
}

void sink_end(struct sink *sink)
{
    sink_forget(sink);
    CHECK_EQ(sink->refs, 1);
    CloseHandle(sink->came);
}

static bool more(void *context)
{
    struct sink *sink = context;
    bool result;

    AcquireSRWLockShared(&sink->lock);
    result = sink->taken < sink->count;
    ReleaseSRWLockShared(&sink->lock);
    return result;
}

IDispatch *sink_next(struct sink *sink, TAPI_EVENT type)
{
    while (wait_until(more, sink, sink->came, WAIT_LONG)) {
        IDispatch *event = sink->kept[sink->taken].event;

        if (sink->kept[sink->taken++].type == type)
            return event;
        IDispatch_Release(event);
    }
    return NULL;
}

static IConnectionPoint *point_of(ITTAPI *tapi)
{
    IConnectionPointContainer *container = NULL;
    IConnectionPoint *point = NULL;

    REQUIRE_EQ(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
               S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container,
                                                             &IID_ITTAPIEventNotification, &point),
               S_OK);
    IConnectionPointContainer_Release(container);
    return point;
}

ULONG program_listen(ITTAPI *tapi, struct sink *sink, LONG filter)
{
    IConnectionPoint *point = point_of(tapi);
    DWORD cookie = 0;

    CHECK_EQ(
        IConnectionPoint_Advise(point, (IUnknown *)&sink->ITTAPIEventNotification_iface, &cookie),
        S_OK);
    IConnectionPoint_Release(point);
    CHECK_EQ(ITTAPI_put_EventFilter(tapi, filter), S_OK);
    return cookie;
}

void program_unlisten(ITTAPI *tapi, ULONG cookie)
{
    IConnectionPoint *point = point_of(tapi);

    CHECK_EQ(IConnectionPoint_Unadvise(point, cookie), S_OK);
    IConnectionPoint_Release(point);
}

/* ---- objects --------------------------------------------------------------------------------- */

ITAddress *program_address(ITTAPI *tapi, ULONG n)
{
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;

    REQUIRE_EQ(ITTAPI_EnumerateAddresses(tapi, &addresses), S_OK);
    if (n)
        CHECK_EQ(IEnumAddress_Skip(addresses, n), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    return address;
}

ITBasicCallControl *sink_offered(struct sink *sink)
{
    IDispatch *event = sink_next(sink, TE_CALLNOTIFICATION);
    ITCallNotificationEvent *notification = NULL;
    ITBasicCallControl *call = NULL;
    ITCallInfo *info = NULL;

    if (!CHECK(event != NULL))
        return NULL;
    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITCallNotificationEvent, (void **)&notification),
             S_OK);
    IDispatch_Release(event);
    CHECK_EQ(ITCallNotificationEvent_get_Call(notification, &info), S_OK);
    ITCallNotificationEvent_Release(notification);
    CHECK_EQ(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&call), S_OK);
    ITCallInfo_Release(info);
    return call;
}

void sink_expect_state(const char *file, int line, struct sink *sink, ITBasicCallControl *call,
                       CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
    IDispatch *event = sink_next(sink, TE_CALLSTATE);
    CALL_STATE_EVENT_CAUSE got_cause = (CALL_STATE_EVENT_CAUSE)-1;
    CALL_STATE got = (CALL_STATE)-1;
    ITCallStateEvent *told = NULL;
    ITCallInfo *info = NULL;

    if (!test_check(event != NULL, false, "a state is told", file, line))
        return;
    IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&told);
    IDispatch_Release(event);
    ITCallStateEvent_get_State(told, &got);
    ITCallStateEvent_get_Cause(told, &got_cause);
    ITCallStateEvent_get_Call(told, &info);
    test_check_integer(got, state, false, "state", "expected", file, line);
    test_check_integer(got_cause, cause, false, "cause", "expected", file, line);
    if (call)
        test_check(same_object(call, info), false, "the state is this call's", file, line);
    drop(info);
    drop(told);
}

CALL_STATE program_state(ITBasicCallControl *call)
{
    CALL_STATE state = (CALL_STATE)-1;
    ITCallInfo *info = NULL;

    CHECK_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    CHECK_EQ(ITCallInfo_get_CallState(info, &state), S_OK);
    drop(info);
    return state;
}

BOOL same_object(void *one, void *other)
{
    IUnknown *a = NULL, *b = NULL;
    BOOL result;

    if (!one || !other)
        return FALSE;
    IUnknown_QueryInterface((IUnknown *)one, &IID_IUnknown, (void **)&a);
    IUnknown_QueryInterface((IUnknown *)other, &IID_IUnknown, (void **)&b);
    result = a == b;
    drop(a);
    drop(b);
    return result;
}

ULONG drop(void *unknown)
{
    return unknown ? IUnknown_Release((IUnknown *)unknown) : 0;
}
