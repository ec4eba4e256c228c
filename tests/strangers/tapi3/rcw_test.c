/*
 * rcw_test.c - a program of a managed runtime. Its wrappers ask every object for a dozen interfaces
 * nobody has heard of; its sink has the dispinterface of events and nothing else; and what it has
 * let go of is released by another thread, in another apartment, whenever that comes to it: after
 * Shutdown, or after the thread that got the objects is no more.
 */
#include "program.h"

#define MAX_HELD 512
#define ALL                                                                                        \
    (TE_TAPIOBJECT | TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA |              \
     TE_CALLINFOCHANGE | TE_CALLHUB)

static const GUID odd_interfaces[] = {
    {0xc3fcc19e, 0xa970, 0x11d2, {0x8b, 0x5a, 0x00, 0xa0, 0xc9, 0xb7, 0xc9, 0xc4}}, /* managed */
    {0xecc8691b, 0xc1db, 0x4dc0, {0x85, 0x5e, 0x65, 0xf6, 0xc5, 0x51, 0xaf, 0x49}}, /* no marshal */
    {0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}}, /* agile */
    {0x00000003, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}},                             /* IMarshal */
    {0x00000018, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}, /* IStdMarshalInfo */
    {0x00000019, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}, /* IExternalConnection */
    {0x0000001b, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}, /* of the proxy manager */
    {0x00000144, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}, /* IRpcOptions */
    {0x00000038, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}, /* IWeakReferenceSource */
    {0xaf86e2e0,
     0xb12d,
     0x4c6a,
     {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}}, /* inspectable */
    {0xa6ef9860,
     0xc720,
     0x11d0,
     {0x93, 0x37, 0x00, 0xa0, 0xc9, 0x0d, 0xca, 0xa9}}, /* IDispatchEx */
    {0xb196b283, 0xbab4, 0x101a, {0xb6, 0x9c, 0x00, 0xaa, 0x00, 0x34, 0x1d, 0x07}}, /* class info */
    {0xa6bc3ac0,
     0xdbaa,
     0x11ce,
     {0x9d, 0xe3, 0x00, 0xaa, 0x00, 0x4b, 0xb8, 0x51}}, /* the same, 2 */
    {0xb196b284, 0xbab4, 0x101a, {0xb6, 0x9c, 0x00, 0xaa, 0x00, 0x34, 0x1d, 0x07}}, /* container */
    {0xdf0b3d60, 0x548f, 0x101b, {0x8e, 0x65, 0x08, 0x00, 0x2b, 0x2b, 0xd1, 0x19}}, /* errors */
};

/* What a wrapper does when it first sees an object. */
static void wrap(void *object)
{
    ITypeInfo *info = NULL;
    IDispatch *dispatch = NULL;
    UINT count = 0;

    for (unsigned i = 0; i < ARRAYSIZE(odd_interfaces); i++) {
        IUnknown *face;
        HRESULT hr;

        POISON(face);
        hr = IUnknown_QueryInterface((IUnknown *)object, &odd_interfaces[i], (void **)&face);
        if (hr == S_OK) {
            CHECK(same_object(face, object));
            drop(face);
        } else {
            CHECK_EQ(hr, E_NOINTERFACE);
            CHECK(face == NULL);
        }
    }
    if (SUCCEEDED(
            IUnknown_QueryInterface((IUnknown *)object, &IID_IDispatch, (void **)&dispatch))) {
        CHECK_EQ(IDispatch_GetTypeInfoCount(dispatch, &count), S_OK);
        CHECK_EQ(count, 1);
        CHECK_EQ(IDispatch_GetTypeInfo(dispatch, 0, LOCALE_USER_DEFAULT, &info), S_OK);
        drop(info);
        drop(dispatch);
    }
}

/* ---- what is released some day -----------------------------------------------------------------
 */

static void *held[MAX_HELD];
static volatile LONG held_count;

static void hold(void *object)
{
    LONG at = InterlockedIncrement(&held_count) - 1;

    if (CHECK(at < MAX_HELD))
        held[at] = object;
}

static DWORD WINAPI finalize(void *unused)
{
    (void)unused;
    CHECK_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    for (LONG i = 0; i < held_count; i++) {
        wrap(held[i]);
        drop(held[i]);
    }
    held_count = 0;
    CoUninitialize();
    return 0;
}

static void run(DWORD(WINAPI *what)(void *))
{
    HANDLE thread = CreateThread(NULL, 0, what, NULL, 0, NULL);

    CHECK(wait_handle(thread, WAIT_LONG));
    CloseHandle(thread);
}

/* ---- the sink ----------------------------------------------------------------------------------
 */

static volatile LONG events, states[8], sink_refs, wrong_calls;
static DWORD sink_thread;
static HANDLE came;

static HRESULT WINAPI sink_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch) &&
        !IsEqualIID(iid, &DIID_ITTAPIDispatchEventNotification))
        return E_NOINTERFACE;
    *out = iface;
    IDispatch_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IDispatch *iface)
{
    (void)iface;
    return InterlockedIncrement(&sink_refs);
}

static ULONG WINAPI sink_Release(IDispatch *iface)
{
    (void)iface;
    return InterlockedDecrement(&sink_refs);
}

static HRESULT WINAPI sink_GetTypeInfoCount(IDispatch *iface, UINT *count)
{
    (void)iface;
    *count = 0;
    return S_OK;
}

static HRESULT WINAPI sink_GetTypeInfo(IDispatch *iface, UINT index, LCID locale, ITypeInfo **out)
{
    (void)iface, (void)index, (void)locale;
    *out = NULL;
    return E_NOTIMPL;
}

static HRESULT WINAPI sink_GetIDsOfNames(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count,
                                         LCID locale, DISPID *ids)
{
    (void)iface, (void)iid, (void)names, (void)count, (void)locale, (void)ids;
    return E_NOTIMPL;
}

static HRESULT WINAPI sink_Invoke(IDispatch *iface, DISPID member, REFIID iid, LCID locale,
                                  WORD flags, DISPPARAMS *params, VARIANT *result, EXCEPINFO *info,
                                  UINT *argument)
{
    ITCallStateEvent *state = NULL;
    IDispatch *event;

    (void)iface, (void)locale, (void)result, (void)info, (void)argument;
    if (member != 1 || !IsEqualGUID(iid, &GUID_NULL) || !(flags & DISPATCH_METHOD) ||
        params->cArgs != 2 || params->cNamedArgs || V_VT(&params->rgvarg[1]) != VT_I4 ||
        V_VT(&params->rgvarg[0]) != VT_DISPATCH || GetCurrentThreadId() != sink_thread) {
        InterlockedIncrement(&wrong_calls);
        return S_OK;
    }
    event = V_DISPATCH(&params->rgvarg[0]);
    wrap(event);
    IDispatch_AddRef(event);
    hold(event);
    if (V_I4(&params->rgvarg[1]) == TE_CALLSTATE &&
        SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&state))) {
        CALL_STATE now = CS_IDLE;
        ITCallInfo *call = NULL;

        ITCallStateEvent_get_State(state, &now);
        ITCallStateEvent_get_Call(state, &call);
        wrap(call);
        hold(call);
        InterlockedIncrement(&states[now]);
        drop(state);
    }
    InterlockedIncrement(&events);
    SetEvent(came);
    return S_OK;
}

static const IDispatchVtbl sink_vtable = {
    sink_QueryInterface, sink_AddRef,        sink_Release, sink_GetTypeInfoCount,
    sink_GetTypeInfo,    sink_GetIDsOfNames, sink_Invoke};
static IDispatch sink = {(IDispatchVtbl *)&sink_vtable};

/* ---- the program -------------------------------------------------------------------------------
 */

static ITTAPI *tapi;
static ITAddress *address;
static IConnectionPoint *point;
static DWORD cookie;

/* As the type library's source interfaces are found: through every connection point. */
static void connect_sink(void)
{
    IConnectionPointContainer *container = NULL, *back = NULL;
    IEnumConnectionPoints *all = NULL;
    IConnectionPoint *each = NULL;

    REQUIRE_EQ(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
               S_OK);
    CHECK_EQ(IConnectionPointContainer_EnumConnectionPoints(container, &all), S_OK);
    while (IEnumConnectionPoints_Next(all, 1, &each, NULL) == S_OK) {
        GUID iid;

        CHECK_EQ(IConnectionPoint_GetConnectionInterface(each, &iid), S_OK);
        CHECK_EQ(IConnectionPoint_GetConnectionPointContainer(each, &back), S_OK);
        CHECK(same_object(back, container));
        drop(back);
        if (IsEqualIID(&iid, &DIID_ITTAPIDispatchEventNotification)) {
            point = each;
        } else {
            DWORD none = 1;

            CHECK_EQ(IConnectionPoint_Advise(each, (IUnknown *)&sink, &none),
                     CONNECT_E_CANNOTCONNECT); /* it has no such interface */
            CHECK_EQ(none, 0);
            drop(each);
        }
    }
    drop(all);
    drop(container);
    REQUIRE(point != NULL);
    CHECK_EQ(IConnectionPoint_Advise(point, (IUnknown *)&sink, &cookie), S_OK);
}

static void begin(void)
{
    program_begin(COINIT_APARTMENTTHREADED);
    sink_thread = GetCurrentThreadId();
    came = CreateEventW(NULL, FALSE, FALSE, NULL);
    events = wrong_calls = held_count = 0;
    sink_refs = 1;
    point = NULL;
    memset((void *)states, 0, sizeof(states));
    tapi = program_create_tapi();
    wrap(tapi);
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    connect_sink();
    CHECK_EQ(ITTAPI_put_EventFilter(tapi, ALL), S_OK);
    address = program_address(tapi, 0);
    wrap(address);
}

static bool positive(void *count)
{
    return *(volatile LONG *)count > 0;
}

#define COMES(count) CHECK(wait_until(positive, (void *)&(count), came, WAIT_LONG))

static ITBasicCallControl *connected_call(void)
{
    BSTR number = SysAllocString(L"5550100");
    ITBasicCallControl *call = NULL;

    REQUIRE_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &call),
               S_OK);
    SysFreeString(number);
    wrap(call);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    COMES(states[CS_CONNECTED]);
    return call;
}

/* The events outlive their call, TAPI and the thread's apartment. */
TEST(events_are_released_after_shutdown_by_another_thread)
{
    ITBasicCallControl *call;

    begin();
    call = connected_call();
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    COMES(states[CS_DISCONNECTED]);
    hold(call);
    hold(address);
    CHECK_EQ(IConnectionPoint_Unadvise(point, cookie), S_OK);
    hold(point);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    hold(tapi);
    run(finalize);
    CHECK_EQ(sink_refs, 1);
    CHECK_EQ(wrong_calls, 0);
    CloseHandle(came);
    program_end();
}

/* The call is still up when the wrapper of TAPI is let go of, without Unadvise and Shutdown. */
TEST(nothing_is_shut_down)
{
    begin();
    hold(connected_call());
    hold(address);
    hold(point);
    hold(tapi);
    run(finalize);
    CHECK_EQ(wrong_calls, 0);
    CloseHandle(came);
    program_end();
}

/* ---- the thread with the sink ends before its objects ------------------------------------------
 */

static DWORD WINAPI main_thread(void *unused)
{
    HRESULT(WINAPI * get)(REFCLSID, REFIID, void **);
    IClassFactory *factory = NULL;

    (void)unused;
    CHECK_EQ(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED), S_OK);
    get = (void *)GetProcAddress(GetModuleHandleW(L"tapi3.dll"), "DllGetClassObject");
    get(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory);
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI, (void **)&tapi), S_OK);
    IClassFactory_Release(factory);
    sink_thread = GetCurrentThreadId();
    CHECK_EQ(ITTAPI_Initialize(tapi), S_OK);
    connect_sink();
    CHECK_EQ(ITTAPI_put_EventFilter(tapi, ALL), S_OK);
    address = program_address(tapi, 0);
    hold(connected_call());
    CoUninitialize();
    return 0;
}

static DWORD WINAPI afterwards(void *unused)
{
    ITBasicCallControl *call = NULL;
    BSTR number = SysAllocString(L"5550100");
    LONG before = events;

    CHECK_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    /* The sink's apartment is gone; calls go on, and their events have nowhere to go. */
    CHECK_EQ(ITBasicCallControl_Disconnect((ITBasicCallControl *)held[held_count - 1], DC_NORMAL),
             S_OK);
    CHECK_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO,
                                  &call),
             S_OK);
    SysFreeString(number);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(program_state(call), CS_CONNECTED);
    CHECK_EQ(events, before);
    drop(call);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    hold(point);
    hold(address);
    hold(tapi);
    CoUninitialize();
    return finalize(unused);
}

TEST(the_sinks_thread_ends_first)
{
    program_begin(COINIT_MULTITHREADED);
    came = CreateEventW(NULL, FALSE, FALSE, NULL);
    events = wrong_calls = held_count = 0;
    sink_refs = 1;
    point = NULL;
    memset((void *)states, 0, sizeof(states));
    run(main_thread);
    run(afterwards);
    CHECK_EQ(wrong_calls, 0);
    CloseHandle(came);
    program_end();
}
