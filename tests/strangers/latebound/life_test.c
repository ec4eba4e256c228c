/* life_test.c - the life of TAPI objects as careless programs lead it: nothing initialized, twice,
 * again, two at once, children that outlive it; and the dispatch mapper. */
#include <ocidl.h>
#include <olectl.h>

#include "bound.h"

#define NOT_INITIALIZED ((HRESULT)0x80040059)

static const GUID iid_container = {
    0xb196b284, 0xbab4, 0x101a, {0xb6, 0x9c, 0x00, 0xaa, 0x00, 0x34, 0x1d, 0x07}};
static const GUID iid_events = {
    0xeddb9426, 0x3b91, 0x11d1, {0x8f, 0x30, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f}};
static const GUID dispatch_events = {
    0x9f34325b, 0x7e62, 0x11d2, {0x94, 0x57, 0x00, 0xc0, 0x4f, 0x8e, 0xc8, 0x88}};

/* Each with arguments that would do. */
static void expect_not_initialized(IDispatch *object)
{
    IDispatch *collection = bound_object(object, L"CreateEmptyCollectionObject", NULL, 0);
    const struct {
        const WCHAR *name;
        WORD flags;
        VARIANT args[5];
        UINT count;
    } members[] = {
        {L"Addresses", GET, {{{{0}}}}, 0},
        {L"EnumerateAddresses", CALL, {{{{0}}}}, 0},
        {L"CallHubs", GET, {{{{0}}}}, 0},
        {L"EnumerateCallHubs", CALL, {{{{0}}}}, 0},
        {L"Phones", GET, {{{{0}}}}, 0},
        {L"EnumeratePhones", CALL, {{{{0}}}}, 0},
        {L"RegisterCallNotifications",
         CALL,
         {v_i4(0), v_i4(8), v_bool(TRUE), v_bool(TRUE), v_object(NULL)},
         5},
        {L"UnregisterNotifications", CALL, {v_i4(1)}, 1},
        {L"SetCallHubTracking", CALL, {v_bool(TRUE), v_object(collection)}, 2},
        {L"RegisterRequestRecipient", CALL, {v_bool(TRUE), v_i4(4), v_i4(1)}, 3},
        {L"SetAssistedTelephonyPriority", CALL, {v_bool(TRUE), v_text(L"x.exe")}, 2},
        {L"SetApplicationPriority", CALL, {v_bool(TRUE), v_i4(8), v_text(L"x.exe")}, 3},
        {L"EventFilter", PUT, {v_i4(8)}, 1},
        {L"AgentHandlers", GET, {{{{0}}}}, 0},
        {L"EnumerateAgentHandlers", CALL, {{{{0}}}}, 0},
    };

    for (unsigned i = 0; i < ARRAYSIZE(members); i++) {
        HRESULT hr = bound_do(object, members[i].name, members[i].flags, (VARIANT *)members[i].args,
                              members[i].count);

        if (hr != NOT_INITIALIZED)
            FAIL("%ls is 0x%08x", members[i].name, (unsigned)hr);
        else if (!outcome.exception.bstrDescription ||
                 !wcsstr(outcome.exception.bstrDescription, L"Initialize"))
            FAIL("%ls does not say what to do", members[i].name);
    }
    IDispatch_Release(collection);
}

TEST(nothing_before_initialize_and_after_shutdown)
{
    IDispatch *object;

    bound_enter();
    object = bound_create(&clsid_tapi);
    expect_not_initialized(object);
    CHECK(SUCCEEDED(bound_do(object, L"Shutdown", CALL, NULL, 0)));
    CHECK_EQ(bound_do(object, L"Initialize", CALL, NULL, 0), S_OK);
    CHECK(SUCCEEDED(bound_do(object, L"Initialize", CALL, NULL, 0)));
    CHECK_EQ(bound_do(object, L"Shutdown", CALL, NULL, 0), S_OK);
    expect_not_initialized(object);
    CHECK(SUCCEEDED(bound_do(object, L"Shutdown", CALL, NULL, 0)));
    CHECK_EQ(bound_do(object, L"Initialize", CALL, NULL, 0), S_OK); /* and again */
    CHECK_EQ(bound_do(object, L"Addresses", GET, NULL, 0), S_OK);
    CHECK_EQ(bound_do(object, L"Shutdown", CALL, NULL, 0), S_OK);
    CHECK_EQ(IDispatch_Release(object), 0);
    bound_leave();
}

TEST(children_that_outlive_shutdown)
{
    static const WCHAR *const methods[] = {L"Answer", L"Unpark", L"RemoveFromConference"};
    static const WCHAR *const properties[] = {L"Calls", L"CallHubs", L"MessageWaiting",
                                              L"DoNotDisturb", L"CurrentForwardInfo"};
    IDispatch *call, *idle, *addresses;
    VARIANT wait = v_bool(TRUE), args[3];

    bound_start();
    call = bound_new_call(L"5550100");
    idle = bound_new_call(L"5550100");
    CHECK_EQ(bound_do(call, L"Connect", CALL, &wait, 1), S_OK);
    addresses = bound_object(tapi, L"Addresses", NULL, 0);
    CHECK_EQ(bound_do(tapi, L"Shutdown", CALL, NULL, 0), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(methods); i++)
        if (bound_do(call, methods[i], CALL, NULL, 0) != NOT_INITIALIZED)
            FAIL("%ls is 0x%08x", methods[i], (unsigned)outcome.hr);
    CHECK_EQ(bound_do(call, L"Connect", CALL, &wait, 1), NOT_INITIALIZED);
    for (unsigned i = 0; i < ARRAYSIZE(properties); i++)
        if (bound_id(address, properties[i]) != DISPID_UNKNOWN &&
            bound_do(address, properties[i], GET, NULL, 0) != NOT_INITIALIZED)
            FAIL("%ls is 0x%08x", properties[i], (unsigned)outcome.exception.scode);
    args[0] = v_i4(8);
    args[1] = v_i4(1);
    args[2] = v_text(L"5550100");
    CHECK_EQ(bound_do(address, L"CreateCall", CALL, args, 3), NOT_INITIALIZED);
    /* What was known before can still be read. */
    CHECK_EQ(bound_do(addresses, L"Count", GET, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.lVal, 2);
    bound_do(address, L"AddressName", GET, NULL, 0);
    CHECK_EQ(bound_do(call, L"CallState", GET, NULL, 0), S_OK);
    CHECK_EQ(outcome.value.lVal, 3); /* CS_DISCONNECTED */
    IDispatch_Release(call);
    IDispatch_Release(addresses);
    CHECK_EQ(bound_do(tapi, L"Initialize", CALL, NULL, 0), S_OK);
    /* An address of the first life stays one of the first life. */
    CHECK_EQ(bound_do(address, L"CreateCall", CALL, args, 3), NOT_INITIALIZED);
    CHECK(wcsstr(outcome.exception.bstrDescription, L"new ones") != NULL);
    CHECK_EQ(bound_do(address, L"Calls", GET, NULL, 0), NOT_INITIALIZED);
    CHECK_EQ(bound_do(idle, L"Connect", CALL, &wait, 1), NOT_INITIALIZED);
    IDispatch_Release(idle);
    VARIANT notify[] = {v_i4(7), v_i4(8), v_bool(TRUE), v_bool(FALSE), v_object(address)};
    CHECK_EQ(bound_do(tapi, L"RegisterCallNotifications", CALL, notify, 5), NOT_INITIALIZED);
    bound_stop();
}

TEST(two_objects_in_one_program)
{
    IDispatch *second, *foreign, *addresses;
    VARIANT args[] = {v_i4(7), v_i4(8), v_bool(TRUE), v_bool(FALSE), v_object(NULL)};

    bound_start();
    second = bound_create(&clsid_tapi);
    CHECK(second != tapi);
    CHECK_EQ(bound_do(second, L"Initialize", CALL, NULL, 0), S_OK);
    addresses = bound_object(second, L"Addresses", NULL, 0);
    foreign = bound_item(addresses, 1);
    IDispatch_Release(addresses);
    CHECK(foreign != address);
    args[4] = v_object(foreign);
    CHECK_EQ(bound_do(tapi, L"RegisterCallNotifications", CALL, args, 5), E_INVALIDARG);
    CHECK_EQ(bound_do(second, L"RegisterCallNotifications", CALL, args, 5), S_OK);
    /* The end of one is not the end of the other. */
    IDispatch_Release(foreign);
    CHECK_EQ(bound_do(second, L"Shutdown", CALL, NULL, 0), S_OK);
    CHECK_EQ(IDispatch_Release(second), 0);
    CHECK_EQ(bound_do(tapi, L"Addresses", GET, NULL, 0), S_OK);
    bound_stop();
}

/* ---- a sink like Visual Basic's: IDispatch of no interface that is known --------------------- */

static LONG sink_refs = 1, heard;

static HRESULT WINAPI sink_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    *out = IsEqualGUID(iid, &iid_unknown) || IsEqualGUID(iid, &iid_dispatch) ||
                   IsEqualGUID(iid, &dispatch_events)
               ? iface
               : NULL;
    if (*out)
        sink_refs++;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI sink_AddRef(IDispatch *iface)
{
    (void)iface;
    return ++sink_refs;
}

static ULONG WINAPI sink_Release(IDispatch *iface)
{
    (void)iface;
    return --sink_refs;
}

static HRESULT WINAPI sink_none(IDispatch *iface, UINT *count)
{
    (void)iface;
    *count = 0;
    return S_OK;
}

static HRESULT WINAPI sink_info(IDispatch *iface, UINT index, LCID lcid, ITypeInfo **info)
{
    (void)iface, (void)index, (void)lcid;
    *info = NULL;
    return E_NOTIMPL;
}

static HRESULT WINAPI sink_ids(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count, LCID lcid,
                               DISPID *ids)
{
    (void)iface, (void)iid, (void)names, (void)count, (void)lcid, (void)ids;
    return E_NOTIMPL;
}

static HRESULT WINAPI sink_Invoke(IDispatch *iface, DISPID member, REFIID iid, LCID lcid,
                                  WORD flags, DISPPARAMS *params, VARIANT *result,
                                  EXCEPINFO *exception, UINT *argument)
{
    (void)iface, (void)lcid, (void)result, (void)exception, (void)argument;
    CHECK_EQ(member, 1);
    CHECK(IsEqualGUID(iid, &iid_null));
    CHECK(flags & DISPATCH_METHOD);
    CHECK_EQ(params->cArgs, 2);
    CHECK_EQ(params->cNamedArgs, 0);
    CHECK_EQ(params->rgvarg[0].vt, VT_DISPATCH);
    CHECK(params->rgvarg[0].pdispVal != NULL);
    heard++;
    return S_OK;
}

static IDispatchVtbl sink_vtable = {sink_QueryInterface, sink_AddRef, sink_Release, sink_none,
                                    sink_info,           sink_ids,    sink_Invoke};
static IDispatch sink = {&sink_vtable};

static IConnectionPoint *point_of(IDispatch *object, const GUID *iid)
{
    IConnectionPointContainer *container = NULL;
    IConnectionPoint *point = NULL;

    REQUIRE_EQ(IDispatch_QueryInterface(object, &iid_container, (void **)&container), S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container, iid, &point), S_OK);
    IConnectionPointContainer_Release(container);
    return point;
}

static bool has_heard(void *context)
{
    MSG message;

    (void)context;
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        DispatchMessageW(&message);
    return heard > 0;
}

/* Visual Basic's WithEvents is advised as soon as the object is there. */
TEST(advised_before_initialize)
{
    IDispatch *object, *addresses, *call;
    IConnectionPoint *point;
    DWORD cookie = 0, other = 0;
    VARIANT filter = v_i4(0x8 | 0x4), wait = v_bool(FALSE), code = v_i4(0);

    bound_enter();
    heard = 0;
    object = bound_create(&clsid_tapi);
    point = point_of(object, &dispatch_events);
    CHECK_EQ(IConnectionPoint_Advise(point, (IUnknown *)&sink, &cookie), S_OK);
    CHECK(cookie != 0);
    CHECK_EQ(bound_do(object, L"Initialize", CALL, NULL, 0), S_OK);
    CHECK_EQ(bound_do(object, L"EventFilter", PUT, &filter, 1), S_OK);
    addresses = bound_object(object, L"Addresses", NULL, 0);
    address = bound_item(addresses, 1);
    IDispatch_Release(addresses);
    call = bound_new_call(L"5550100");
    CHECK_EQ(bound_do(call, L"Connect", CALL, &wait, 1), S_OK);
    CHECK(wait_until(has_heard, NULL, NULL, WAIT_LONG));
    bound_do(call, L"Disconnect", CALL, &code, 1);
    IDispatch_Release(call);
    IDispatch_Release(address);
    CHECK_EQ(IConnectionPoint_Unadvise(point, cookie), S_OK);
    CHECK_EQ(IConnectionPoint_Unadvise(point, cookie), CONNECT_E_NOCONNECTION);
    CHECK_EQ(sink_refs, 1);
    IConnectionPoint_Release(point);
    point = point_of(object, &iid_events);
    CHECK(FAILED(IConnectionPoint_Advise(point, (IUnknown *)&sink, &other))); /* not that one */
    IConnectionPoint_Release(point);
    CHECK_EQ(sink_refs, 1);
    CHECK_EQ(bound_do(object, L"Shutdown", CALL, NULL, 0), S_OK);
    CHECK_EQ(IDispatch_Release(object), 0);
    bound_leave();
}

/* ---- the dispatch mapper ------------------------------------------------------------------- */

TEST(the_mapper_finds_interfaces_by_their_text)
{
    static const struct {
        const WCHAR *text, *member;
    } good[] = {
        {L"{8DF232F5-821B-11D1-BB5C-00C04FB6809F}", L"AddressCapability"},
        {L"{8df232f5-821b-11d1-bb5c-00c04fb6809f}", L"AddressCapability"},
        {L"{B1EFC384-9355-11D0-835C-00AA003CCABD}", L"MediaTypes"}, /* ITMediaSupport */
    };
    static const WCHAR *const bad[] = {L"",
                                       L"{8DF232F5}",
                                       L"nonsense",
                                       L"{8DF232F5-821B-11D1-BB5C-00C04FB6809Z}",
                                       L"ITAddressCapabilities",
                                       L"\x0436\x00e4 {}"};
    IDispatch *mapper, *found;
    VARIANT args[2];

    bound_start();
    mapper = bound_create(&clsid_mapper);
    for (unsigned i = 0; i < ARRAYSIZE(good); i++) {
        args[0] = v_object(address);
        args[1] = v_text(good[i].text);
        found = bound_object(mapper, L"QueryDispatchInterface", args, 2);
        CHECK(bound_id(found, good[i].member) != DISPID_UNKNOWN);
        IDispatch_Release(found);
    }
    for (unsigned i = 0; i < ARRAYSIZE(bad); i++) {
        args[0] = v_object(address);
        args[1] = v_text(bad[i]);
        CHECK_EQ(bound_do(mapper, L"QueryDispatchInterface", CALL, args, 2), E_INVALIDARG);
        CHECK(outcome.exception.bstrDescription != NULL);
    }
    args[0] = v_object(address);
    args[1] = v_text(L"{B1EFC389-9355-11D0-835C-00AA003CCABD}"); /* ITBasicCallControl */
    CHECK_EQ(bound_do(mapper, L"QueryDispatchInterface", CALL, args, 2), E_NOINTERFACE);
    CHECK(outcome.exception.bstrDescription != NULL);
    args[0] = v_object(NULL);
    CHECK_EQ(bound_do(mapper, L"QueryDispatchInterface", CALL, args, 2), E_INVALIDARG);
    CHECK_EQ(IDispatch_Release(mapper), 0);
    bound_stop();
}

TEST(a_request_that_nobody_takes)
{
    IDispatch *request = NULL;
    VARIANT args[4];

    bound_enter();
    request = bound_create(&clsid_request);
    for (unsigned i = 0; i < ARRAYSIZE(args); i++)
        args[i] = v_text(L"");
    args[3] = v_text(L"5550100");
    CHECK_EQ(bound_do(request, L"MakeCall", CALL, args, 4), 0x80040032);
    CHECK(outcome.exception.bstrDescription != NULL);
    CHECK_EQ(bound_do(request, L"MakeCall", CALL, args, 3), DISP_E_BADPARAMCOUNT);
    CHECK_EQ(IDispatch_Release(request), 0);
    bound_leave();
}
