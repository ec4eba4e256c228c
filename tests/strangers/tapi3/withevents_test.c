/*
 * withevents_test.c - Visual Basic's "Dim WithEvents t As TAPI": the compiler takes the default
 * source of the class from the type library, the run time looks for its connection point as soon as
 * the variable is set, before Initialize, with a sink that answers for that dispinterface,
 * IDispatch and IUnknown and for nothing else. A handler may raise an error, or set the variable to
 * Nothing.
 */
#include "program.h"

static IID source; /* the default source of the class */

/* What the compiler reads: of the class's interfaces the one that is source and default. */
static void read_library(void)
{
    ITypeInfo *class = NULL, *events = NULL;
    ITypeLib *library = NULL;
    TYPEATTR *attributes = NULL;
    unsigned found = 0;
    HREFTYPE type;
    INT flags;

    REQUIRE_EQ(LoadTypeLib(L"tapi3.dll", &library), S_OK);
    REQUIRE_EQ(ITypeLib_GetTypeInfoOfGuid(library, &CLSID_TAPI, &class), S_OK);
    REQUIRE_EQ(ITypeInfo_GetTypeAttr(class, &attributes), S_OK);
    CHECK_EQ(attributes->typekind, TKIND_COCLASS);
    for (unsigned i = 0; i < attributes->cImplTypes; i++) {
        TYPEATTR *its = NULL;

        CHECK_EQ(ITypeInfo_GetImplTypeFlags(class, i, &flags), S_OK);
        if ((flags & (IMPLTYPEFLAG_FDEFAULT | IMPLTYPEFLAG_FSOURCE)) !=
            (IMPLTYPEFLAG_FDEFAULT | IMPLTYPEFLAG_FSOURCE))
            continue;
        found++;
        REQUIRE_EQ(ITypeInfo_GetRefTypeOfImplType(class, i, &type), S_OK);
        REQUIRE_EQ(ITypeInfo_GetRefTypeInfo(class, type, &events), S_OK);
        REQUIRE_EQ(ITypeInfo_GetTypeAttr(events, &its), S_OK);
        CHECK_EQ(its->typekind, TKIND_DISPATCH); /* WithEvents takes nothing else */
        CHECK_EQ(its->cFuncs, 1);
        source = its->guid;
        ITypeInfo_ReleaseTypeAttr(events, its);
        ITypeInfo_Release(events);
    }
    CHECK_EQ(found, 1);
    ITypeInfo_ReleaseTypeAttr(class, attributes);
    ITypeInfo_Release(class);
    ITypeLib_Release(library);
}

/* ---- a variable with events --------------------------------------------------------------------
 */

struct variable {
    IDispatch IDispatch_iface;
    LONG refs;
    ITTAPI *object;
    IConnectionPoint *point;
    DWORD cookie;
    BOOL raises;     /* an error in every handler */
    BOOL lets_go_at; /* with the first event: Set t = Nothing */
    volatile LONG events, states[CS_QUEUED + 1], wrong;
    HANDLE came;
};

static void set_nothing(struct variable *self);

static HRESULT WINAPI sink_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch) &&
        !IsEqualIID(iid, &source))
        return E_NOINTERFACE;
    *out = iface;
    IDispatch_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IDispatch *iface)
{
    return InterlockedIncrement(&((struct variable *)iface)->refs);
}

static ULONG WINAPI sink_Release(IDispatch *iface)
{
    return InterlockedDecrement(&((struct variable *)iface)->refs);
}

static HRESULT WINAPI sink_GetTypeInfoCount(IDispatch *iface, UINT *count)
{
    (void)iface, (void)count;
    return E_NOTIMPL;
}

static HRESULT WINAPI sink_GetTypeInfo(IDispatch *iface, UINT index, LCID locale, ITypeInfo **out)
{
    (void)iface, (void)index, (void)locale, (void)out;
    return E_NOTIMPL;
}

static HRESULT WINAPI sink_GetIDsOfNames(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count,
                                         LCID locale, DISPID *ids)
{
    (void)iface, (void)iid, (void)names, (void)count, (void)locale, (void)ids;
    return E_NOTIMPL;
}

static HRESULT WINAPI fill_in(EXCEPINFO *exception)
{
    exception->bstrDescription = SysAllocString(L"Invalid procedure call or argument");
    return S_OK;
}

static HRESULT WINAPI sink_Invoke(IDispatch *iface, DISPID member, REFIID iid, LCID locale,
                                  WORD flags, DISPPARAMS *params, VARIANT *result,
                                  EXCEPINFO *exception, UINT *argument)
{
    struct variable *self = (struct variable *)iface;
    ITCallStateEvent *state = NULL;
    CALL_STATE now = CS_IDLE;

    (void)locale, (void)result, (void)argument;
    if (member != 1 || !IsEqualGUID(iid, &GUID_NULL) || !(flags & DISPATCH_METHOD) ||
        params->cArgs != 2 || V_VT(&params->rgvarg[1]) != VT_I4 ||
        V_VT(&params->rgvarg[0]) != VT_DISPATCH)
        InterlockedIncrement(&self->wrong);
    else if (V_I4(&params->rgvarg[1]) == TE_CALLSTATE &&
             SUCCEEDED(IDispatch_QueryInterface(V_DISPATCH(&params->rgvarg[0]),
                                                &IID_ITCallStateEvent, (void **)&state))) {
        CHECK_EQ(ITCallStateEvent_get_State(state, &now), S_OK);
        InterlockedIncrement(&self->states[now]);
        drop(state);
    }
    InterlockedIncrement(&self->events);
    if (self->lets_go_at)
        set_nothing(self);
    SetEvent(self->came);
    if (!self->raises)
        return S_OK;
    if (exception) {
        exception->scode = 0x800a0005;
        exception->bstrSource = SysAllocString(L"Project1");
        exception->pfnDeferredFillIn = fill_in;
    }
    return DISP_E_EXCEPTION;
}

static const IDispatchVtbl sink_vtable = {
    sink_QueryInterface, sink_AddRef,        sink_Release, sink_GetTypeInfoCount,
    sink_GetTypeInfo,    sink_GetIDsOfNames, sink_Invoke};

/* Set t = object */
static void set(struct variable *self, ITTAPI *object)
{
    IConnectionPointContainer *container = NULL;

    memset(self, 0, sizeof(*self));
    self->IDispatch_iface.lpVtbl = (IDispatchVtbl *)&sink_vtable;
    self->refs = 1;
    self->came = CreateEventW(NULL, FALSE, FALSE, NULL);
    self->object = object;
    ITTAPI_AddRef(object);
    REQUIRE_EQ(ITTAPI_QueryInterface(object, &IID_IConnectionPointContainer, (void **)&container),
               S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container, &source, &self->point),
               S_OK);
    drop(container);
    CHECK_EQ(
        IConnectionPoint_Advise(self->point, (IUnknown *)&self->IDispatch_iface, &self->cookie),
        S_OK);
}

/* Set t = Nothing; nobody looks at what Unadvise says. */
static void set_nothing(struct variable *self)
{
    self->lets_go_at = FALSE;
    if (!self->point)
        return;
    IConnectionPoint_Unadvise(self->point, self->cookie);
    drop(self->point);
    self->point = NULL;
    drop(self->object);
    self->object = NULL;
}

static void end(struct variable *self)
{
    set_nothing(self);
    CHECK_EQ(self->refs, 1);
    CHECK_EQ(self->wrong, 0);
    CloseHandle(self->came);
}

static bool positive(void *count)
{
    return *(volatile LONG *)count > 0;
}

static bool is_nothing(void *variable)
{
    return ((struct variable *)variable)->point == NULL;
}

#define COMES(variable, state)                                                                     \
    CHECK(wait_until(positive, (void *)&(variable).states[state], (variable).came, WAIT_LONG))

/* A call that will be connected; TAPI is initialized behind the variable's back. */
static ITBasicCallControl *begun_call(ITTAPI *tapi)
{
    BSTR number = SysAllocString(L"5550100");
    ITBasicCallControl *call = NULL;
    ITAddress *address;

    CHECK_EQ(ITTAPI_put_EventFilter(tapi, TE_CALLSTATE), S_OK);
    address = program_address(tapi, 0);
    CHECK_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO,
                                  &call),
             S_OK);
    SysFreeString(number);
    drop(address);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
    return call;
}

/* ---- programs ----------------------------------------------------------------------------------
 */

TEST(the_variable_is_set_before_initialize)
{
    ITBasicCallControl *call;
    struct variable t;
    ITTAPI *tapi;

    program_begin(COINIT_APARTMENTTHREADED);
    read_library();
    CHECK(IsEqualIID(&source, &DIID_ITTAPIDispatchEventNotification));
    tapi = program_create_tapi();
    set(&t, tapi);
    CHECK_EQ(ITTAPI_Initialize(tapi), S_OK);
    call = begun_call(tapi);
    COMES(t, CS_CONNECTED);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    COMES(t, CS_DISCONNECTED);
    CHECK_EQ(t.states[CS_CONNECTED], 1);
    drop(call);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    drop(tapi);
    end(&t);
    program_end();
}

/* "On Error" forgotten: the next event comes all the same. */
TEST(handlers_that_raise_errors)
{
    ITBasicCallControl *call;
    struct variable t, other;
    ITTAPI *tapi;

    program_begin(COINIT_APARTMENTTHREADED);
    read_library();
    tapi = program_create_tapi();
    CHECK_EQ(ITTAPI_Initialize(tapi), S_OK);
    set(&t, tapi);
    set(&other, tapi);
    t.raises = TRUE;
    call = begun_call(tapi);
    COMES(t, CS_CONNECTED);
    COMES(other, CS_CONNECTED);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    COMES(t, CS_DISCONNECTED);
    COMES(other, CS_DISCONNECTED);
    CHECK_EQ(t.events, 3);
    CHECK_EQ(other.events, 3);
    drop(call);
    end(&other);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    drop(tapi);
    end(&t);
    program_end();
}

/* Set t = Nothing in the handler, where it is the last reference to the object. */
TEST(the_handler_lets_go_of_everything)
{
    ITBasicCallControl *call;
    struct variable t, other;
    ITTAPI *tapi;

    program_begin(COINIT_APARTMENTTHREADED);
    read_library();
    tapi = program_create_tapi();
    CHECK_EQ(ITTAPI_Initialize(tapi), S_OK);
    set(&t, tapi);
    set(&other, tapi);
    call = begun_call(tapi);
    COMES(t, CS_CONNECTED);
    COMES(other, CS_CONNECTED);
    t.lets_go_at = TRUE;
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    COMES(other, CS_DISCONNECTED); /* the second variable hears of it */
    CHECK(t.point == NULL);
    CHECK_EQ(t.events, 3);
    drop(call);
    call = begun_call(tapi);
    drop(tapi);
    other.lets_go_at = TRUE; /* the last one, maybe inside of Disconnect */
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    CHECK(wait_until(is_nothing, &other, other.came, WAIT_LONG));
    CHECK_EQ(t.events, 3);
    drop(call);
    end(&other);
    end(&t);
    program_end();
}

/* ---- which points there are --------------------------------------------------------------------
 */

TEST(two_points_and_no_other)
{
    static const IID *const others[] = {&IID_IDispatch, &IID_IUnknown, &IID_ITTAPI,
                                        &IID_ITCallStateEvent, &IID_IPropertyNotifySink};
    IConnectionPoint *points[3] = {NULL}, *found;
    IConnectionPointContainer *container = NULL;
    IEnumConnectionPoints *all = NULL, *copy = NULL;
    IEnumConnections *connections = NULL;
    struct variable t, other;
    CONNECTDATA data[3];
    ULONG count = 9;
    ITTAPI *tapi;
    IID iids[2];

    program_begin(COINIT_APARTMENTTHREADED);
    read_library();
    tapi = program_create_tapi();
    CHECK_EQ(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
             S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(others); i++) {
        POISON(found);
        CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, others[i], &found),
                 CONNECT_E_NOCONNECTION);
        CHECK(found == NULL);
    }
    CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, &source, NULL), E_POINTER);
    CHECK_EQ(IConnectionPointContainer_EnumConnectionPoints(container, &all), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Next(all, 3, points, &count), S_FALSE);
    CHECK_EQ(count, 2);
    for (unsigned i = 0; i < 2; i++) {
        CHECK_EQ(IConnectionPoint_GetConnectionInterface(points[i], &iids[i]), S_OK);
        CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, &iids[i], &found), S_OK);
        CHECK(same_object(found, points[i])); /* always the same one */
        drop(found);
        drop(points[i]);
    }
    CHECK((IsEqualIID(&iids[0], &source) && IsEqualIID(&iids[1], &IID_ITTAPIEventNotification)) ||
          (IsEqualIID(&iids[1], &source) && IsEqualIID(&iids[0], &IID_ITTAPIEventNotification)));
    CHECK_EQ(IEnumConnectionPoints_Reset(all), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Skip(all, 1), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Clone(all, &copy), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Next(copy, 1, &found, NULL), S_OK);
    drop(found);
    CHECK_EQ(IEnumConnectionPoints_Next(copy, 1, &found, NULL), S_FALSE);
    drop(copy);
    drop(all);
    drop(container);

    set(&t, tapi);
    set(&other, tapi);
    CHECK(same_object(t.point, other.point));
    CHECK(t.cookie != other.cookie);
    CHECK_EQ(IConnectionPoint_EnumConnections(t.point, &connections), S_OK);
    CHECK_EQ(IEnumConnections_Next(connections, 3, data, &count), S_FALSE);
    CHECK_EQ(count, 2);
    for (unsigned i = 0; i < count; i++) {
        CHECK(data[i].dwCookie == t.cookie || data[i].dwCookie == other.cookie);
        CHECK(same_object(data[i].pUnk, data[i].dwCookie == t.cookie ? &t.IDispatch_iface
                                                                     : &other.IDispatch_iface));
        drop(data[i].pUnk);
    }
    drop(connections);
    end(&t);
    end(&other);
    drop(tapi);
    program_end();
}
