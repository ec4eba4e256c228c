/*
 * incoming_test.c - programs that wait for calls with a sink that lives in no apartment. The
 * program's one object has the sink as an aggregated part and the free-threaded marshaler beside
 * it, as ATL's wizard made them ("Both", "Support free-threaded marshaler", "Aggregation"); Event
 * does all the work where it is called, on a callback thread of TAPI's
 * (tapi-docs/hints-and-tips.md), and the main thread may sleep.
 */
#include "program.h"

#define FILTER (TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA | TE_CALLINFOCHANGE)

/* ---- the program's object, and the sink that is a part of it -----------------------------------
 */

struct office {
    IUnknown IUnknown_iface;
    LONG refs;
    IUnknown *marshaler; /* aggregated; NULL: the program lives in its apartment */
    struct part {
        IUnknown inner; /* the part's own IUnknown */
        ITTAPIEventNotification ITTAPIEventNotification_iface;
        struct office *whole;
    } part;
    BOOL answers;
    ITBasicCallControl *call; /* the latest that came */
    DWORD main_thread;
    HWND window; /* Event asks it, which lives in the main thread */
    HANDLE offered, connected, over;
    volatile LONG inside, most_inside, notified, monitored, on_main_thread, events, asked;
};

static HRESULT WINAPI whole_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct office *self = CONTAINING_RECORD(iface, struct office, IUnknown_iface);

    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown)) {
        *out = iface;
        IUnknown_AddRef(iface);
        return S_OK;
    }
    if (IsEqualIID(iid, &IID_IMarshal))
        return self->marshaler ? IUnknown_QueryInterface(self->marshaler, iid, out) : E_NOINTERFACE;
    return IUnknown_QueryInterface(&self->part.inner, iid, out);
}

static ULONG WINAPI whole_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct office, IUnknown_iface)->refs);
}

static ULONG WINAPI whole_Release(IUnknown *iface)
{
    return InterlockedDecrement(&CONTAINING_RECORD(iface, struct office, IUnknown_iface)->refs);
}

static const IUnknownVtbl whole_vtable = {whole_QueryInterface, whole_AddRef, whole_Release};

static HRESULT WINAPI inner_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct part *self = CONTAINING_RECORD(iface, struct part, inner);

    *out = NULL;
    if (!IsEqualIID(iid, &IID_ITTAPIEventNotification))
        return E_NOINTERFACE;
    *out = &self->ITTAPIEventNotification_iface;
    IUnknown_AddRef(&self->whole->IUnknown_iface);
    return S_OK;
}

static ULONG WINAPI inner_AddRef(IUnknown *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI inner_Release(IUnknown *iface)
{
    (void)iface;
    return 1;
}

static const IUnknownVtbl inner_vtable = {inner_QueryInterface, inner_AddRef, inner_Release};

static struct office *office_of(ITTAPIEventNotification *iface)
{
    return CONTAINING_RECORD(iface, struct part, ITTAPIEventNotification_iface)->whole;
}

static HRESULT WINAPI part_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    return IUnknown_QueryInterface(&office_of(iface)->IUnknown_iface, iid, out);
}

static ULONG WINAPI part_AddRef(ITTAPIEventNotification *iface)
{
    return IUnknown_AddRef(&office_of(iface)->IUnknown_iface);
}

static ULONG WINAPI part_Release(ITTAPIEventNotification *iface)
{
    return IUnknown_Release(&office_of(iface)->IUnknown_iface);
}

static void on_notification(struct office *self, IDispatch *event)
{
    ITCallNotificationEvent *notification = NULL;
    CALL_NOTIFICATION_EVENT what = (CALL_NOTIFICATION_EVENT)-1;
    ITCallInfo *info = NULL;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITCallNotificationEvent, (void **)&notification),
             S_OK);
    CHECK_EQ(ITCallNotificationEvent_get_Event(notification, &what), S_OK);
    CHECK_EQ(ITCallNotificationEvent_get_Call(notification, &info), S_OK);
    drop(notification);
    if (what == CNE_MONITOR) {
        InterlockedIncrement(&self->monitored);
        drop(info);
        return;
    }
    drop(self->call);
    CHECK_EQ(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&self->call), S_OK);
    drop(info);
    InterlockedIncrement(&self->notified);
    SetEvent(self->offered);
    if (self->answers)
        CHECK_EQ(ITBasicCallControl_Answer(self->call), S_OK);
}

static void on_state(struct office *self, IDispatch *event)
{
    ITCallStateEvent *told = NULL;
    CALL_STATE state = CS_IDLE;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&told), S_OK);
    CHECK_EQ(ITCallStateEvent_get_State(told, &state), S_OK);
    drop(told);
    if (state == CS_CONNECTED)
        SetEvent(self->connected);
    if (state == CS_DISCONNECTED)
        SetEvent(self->over);
}

static HRESULT WINAPI part_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    struct office *self = office_of(iface);
    LONG inside = InterlockedIncrement(&self->inside);

    if (inside > self->most_inside)
        self->most_inside = inside;
    if (GetCurrentThreadId() == self->main_thread)
        InterlockedIncrement(&self->on_main_thread);
    InterlockedIncrement(&self->events);
    if (type == TE_CALLNOTIFICATION)
        on_notification(self, event);
    else if (type == TE_CALLSTATE)
        on_state(self, event);
    if (self->window)
        SendMessageW(self->window, WM_TAPI, type, 0);
    InterlockedDecrement(&self->inside);
    return S_OK;
}

static const ITTAPIEventNotificationVtbl part_vtable = {part_QueryInterface, part_AddRef,
                                                        part_Release, part_Event};

/* ---- the program -------------------------------------------------------------------------------
 */

static struct office office;
static ITTAPI *tapi;
static ITAddress *address;
static IConnectionPoint *point;
static DWORD cookie;
static LONG registration;

static void office_opens(BOOL free_threaded, BOOL monitor)
{
    IConnectionPointContainer *container = NULL;

    memset(&office, 0, sizeof(office));
    office.IUnknown_iface.lpVtbl = (IUnknownVtbl *)&whole_vtable;
    office.part.inner.lpVtbl = (IUnknownVtbl *)&inner_vtable;
    office.part.ITTAPIEventNotification_iface.lpVtbl = (ITTAPIEventNotificationVtbl *)&part_vtable;
    office.part.whole = &office;
    office.refs = 1;
    office.answers = TRUE;
    office.main_thread = GetCurrentThreadId();
    office.offered = CreateEventW(NULL, FALSE, FALSE, NULL);
    office.connected = CreateEventW(NULL, FALSE, FALSE, NULL);
    office.over = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (free_threaded)
        REQUIRE_EQ(CoCreateFreeThreadedMarshaler(&office.IUnknown_iface, &office.marshaler), S_OK);
    tapi = program_create_tapi();
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    REQUIRE_EQ(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
               S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container,
                                                             &IID_ITTAPIEventNotification, &point),
               S_OK);
    IConnectionPointContainer_Release(container);
    REQUIRE_EQ(IConnectionPoint_Advise(point, &office.IUnknown_iface, &cookie), S_OK);
    CHECK_EQ(ITTAPI_put_EventFilter(tapi, FILTER), S_OK);
    address = program_address(tapi, 0);
    CHECK_EQ(ITTAPI_RegisterCallNotifications(tapi, address, monitor, VARIANT_TRUE,
                                              TAPIMEDIATYPE_AUDIO, (LONG)cookie, &registration),
             S_OK);
}

static void office_closes(void)
{
    CHECK_EQ(IConnectionPoint_Unadvise(point, cookie), S_OK);
    drop(point);
    drop(office.call);
    drop(address);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    CHECK_EQ(drop(tapi), 0);
    if (office.marshaler)
        IUnknown_Release(office.marshaler);
    CHECK_EQ(office.refs, 1);
    CHECK_EQ(office.most_inside, 1); /* one event after the other, on whatever threads */
    CloseHandle(office.offered);
    CloseHandle(office.connected);
    CloseHandle(office.over);
}

/* ---- who calls: another program, in a thread and an apartment of its own -----------------------
 */

struct caller {
    ULONG line;
    HANDLE thread, hang_up;
    HRESULT connected;
    CALL_STATE state; /* at the end */
};

/* The class is registered for the main thread's apartment, which may be asleep. */
static ITTAPI *tapi_of_this_apartment(void)
{
    HRESULT(WINAPI * get)(REFCLSID, REFIID, void **);
    IClassFactory *factory = NULL;
    ITTAPI *own = NULL;

    get = (void *)GetProcAddress(GetModuleHandleW(L"tapi3.dll"), "DllGetClassObject");
    CHECK_EQ(get(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory), S_OK);
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI, (void **)&own), S_OK);
    drop(factory);
    return own;
}

static DWORD WINAPI calls(void *context)
{
    struct caller *self = context;
    BSTR number = SysAllocString(L"101");
    ITBasicCallControl *call = NULL;
    ITTAPI *own;
    ITAddress *from;

    CHECK_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    own = tapi_of_this_apartment();
    CHECK_EQ(ITTAPI_Initialize(own), S_OK);
    from = program_address(own, self->line);
    CHECK_EQ(
        ITAddress_CreateCall(from, number, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO, &call),
        S_OK);
    SysFreeString(number);
    self->connected = ITBasicCallControl_Connect(call, VARIANT_TRUE);
    self->state = program_state(call);
    if (self->connected == S_OK) {
        CHECK(wait_handle(self->hang_up, WAIT_LONG));
        CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    }
    drop(call);
    drop(from);
    CHECK_EQ(ITTAPI_Shutdown(own), S_OK);
    drop(own);
    CoUninitialize();
    return 0;
}

static void caller_begins(struct caller *self, ULONG line)
{
    memset(self, 0, sizeof(*self));
    self->line = line;
    self->connected = E_PENDING;
    self->hang_up = CreateEventW(NULL, FALSE, FALSE, NULL);
    self->thread = CreateThread(NULL, 0, calls, self, 0, NULL);
}

static void caller_ends(struct caller *self)
{
    SetEvent(self->hang_up);
    CHECK(wait_handle(self->thread, WAIT_LONG));
    CloseHandle(self->thread);
    CloseHandle(self->hang_up);
}

/* ---- free-threaded -----------------------------------------------------------------------------
 */

/* wait_handle dispatches nothing: this is a console program that has called CoInitialize and
 * WaitForSingleObject, which is wrong for a sink of its apartment and right for this one. */
static void sleep_through_a_call(void)
{
    struct caller caller;

    office_opens(TRUE, VARIANT_FALSE);
    caller_begins(&caller, 1);
    CHECK(wait_handle(office.connected, WAIT_LONG));
    CHECK_EQ(program_state(office.call), CS_CONNECTED);
    SetEvent(caller.hang_up);
    CHECK(wait_handle(office.over, WAIT_LONG));
    CHECK_EQ(program_state(office.call), CS_DISCONNECTED);
    caller_ends(&caller);
    CHECK_EQ(caller.connected, S_OK);
    CHECK_EQ(office.notified, 1);
    CHECK_EQ(office.on_main_thread, 0);
    office_closes();
    program_end();
}

TEST(an_apartment_that_sleeps_hears_of_its_calls)
{
    program_begin(COINIT_APARTMENTTHREADED);
    sleep_through_a_call();
}

TEST(the_multithreaded_apartment_sleeps)
{
    program_begin(COINIT_MULTITHREADED);
    sleep_through_a_call();
}

/* The same object without the marshaler belongs to its apartment, and is called there alone. */
TEST(without_the_marshaler_the_apartment_is_called)
{
    struct caller caller;

    program_begin(COINIT_APARTMENTTHREADED);
    office_opens(FALSE, VARIANT_FALSE);
    caller_begins(&caller, 1);
    CHECK(wait_pumping(office.connected, WAIT_LONG));
    SetEvent(caller.hang_up);
    CHECK(wait_pumping(office.over, WAIT_LONG));
    caller_ends(&caller);
    CHECK_EQ(office.on_main_thread, office.events);
    office_closes();
    program_end();
}

/* ---- Event asks the window, which is in the main thread ----------------------------------------
 */

static LRESULT CALLBACK asked(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message != WM_TAPI)
        return DefWindowProcW(window, message, wparam, lparam);
    InterlockedIncrement(&office.asked);
    return 0;
}

/* Methods that wait (Answer's reply, Unadvise, Shutdown) let the window answer meanwhile. */
TEST(event_sends_to_the_windows_thread)
{
    struct caller caller;

    program_begin(COINIT_APARTMENTTHREADED);
    office_opens(TRUE, VARIANT_FALSE);
    office.answers = FALSE;
    office.window =
        CreateWindowExW(0, L"STATIC", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    SetWindowLongPtrW(office.window, GWLP_WNDPROC, (LONG_PTR)asked);
    caller_begins(&caller, 1);
    CHECK(wait_pumping(office.offered, WAIT_LONG));
    CHECK_EQ(ITBasicCallControl_Answer(office.call), S_OK); /* from the main thread */
    CHECK(wait_pumping(office.connected, WAIT_LONG));
    CHECK_EQ(ITBasicCallControl_Disconnect(office.call, DC_NORMAL), S_OK);
    CHECK_EQ(IConnectionPoint_Unadvise(point, cookie), S_OK); /* maybe in the middle of an event */
    CHECK_EQ(office.asked, office.events);
    CHECK_EQ(IConnectionPoint_Advise(point, &office.IUnknown_iface, &cookie), S_OK);
    caller_ends(&caller);
    office_closes();
    DestroyWindow(office.window);
    program_end();
}

/* ---- registrations -----------------------------------------------------------------------------
 */

/* A program takes calls one at a time: as long as one is there it does not want another. The line
 * has to stay open for that call, and yet nothing may be notified. */
TEST(no_notification_after_it_was_unregistered)
{
    struct caller first, second;

    program_begin(COINIT_MULTITHREADED);
    office_opens(TRUE, VARIANT_FALSE);
    caller_begins(&first, 1);
    CHECK(wait_handle(office.connected, WAIT_LONG));
    CHECK_EQ(ITTAPI_UnregisterNotifications(tapi, registration), S_OK);
    caller_begins(&second, 2);
    CHECK(wait_handle(second.thread, WAIT_LONG)); /* nobody takes it */
    CHECK(FAILED(second.connected));
    CHECK_EQ(second.state, CS_DISCONNECTED);
    caller_ends(&second);
    CHECK_EQ(office.notified, 1);
    CHECK_EQ(program_state(office.call), CS_CONNECTED); /* the first is as it was */
    CHECK_EQ(ITTAPI_UnregisterNotifications(tapi, registration), E_INVALIDARG);
    SetEvent(first.hang_up);
    CHECK(wait_handle(office.over, WAIT_LONG));
    caller_ends(&first);

    /* And now it wants the next. */
    CHECK_EQ(ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_FALSE, VARIANT_TRUE,
                                              TAPIMEDIATYPE_AUDIO, (LONG)cookie, &registration),
             S_OK);
    caller_begins(&first, 1);
    CHECK(wait_handle(office.connected, WAIT_LONG));
    CHECK_EQ(office.notified, 2);
    caller_ends(&first);
    office_closes();
    program_end();
}
