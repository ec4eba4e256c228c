/* tapi_test.c - ITTAPI and ITTAPI2: what the scenarios of the other tests leave out - by name, and
 * each refusal. */
#include "tests/com/methods/methods.h"

TEST_BOTH(a_program_by_name)
{
    ITTAPI2 *tapi = client_create_tapi();
    VARIANT addresses, address, one = late_i4(1), registration, collection;
    IUnknown *objects = NULL;

    /* IDispatch makes S_OK of S_FALSE. */
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_FALSE);
    CHECK_EQ(named_call(tapi, L"Initialize", NULL, ""), S_OK);
    CHECK_EQ(ITTAPI2_Initialize(tapi), S_FALSE); /* done already */
    CHECK_EQ(named_put(tapi, L"EventFilter", "l", TE_CALLSTATE | TE_CALLHUB), S_OK);
    CHECK_EQ(late_number(tapi, L"EventFilter"), TE_CALLSTATE | TE_CALLHUB);
    CHECK(named_list(tapi, L"EnumerateAddresses", 4, ""));
    CHECK(named_list(tapi, L"Phones", 0, ""));
    CHECK(named_list(tapi, L"EnumeratePhones", 0, ""));
    CHECK(named_list(tapi, L"CallHubs", 0, ""));
    CHECK(named_list(tapi, L"EnumerateCallHubs", 0, ""));
    CHECK(named_list(tapi, L"PrivateTAPIObjects", 0, ""));
    CHECK_EQ(named_call(tapi, L"EnumeratePrivateTAPIObjects", NULL, "U", &objects), S_OK);
    IUnknown_Release(objects);
    REQUIRE_EQ(named_get(tapi, L"Addresses", &addresses, ""), S_OK);
    REQUIRE_EQ(late_get(V_DISPATCH(&addresses), L"Item", &one, 1, &address), S_OK);
    REQUIRE_EQ(named_call(tapi, L"RegisterCallNotifications", &registration, "obbll",
                          V_DISPATCH(&address), FALSE, TRUE, TAPIMEDIATYPE_AUDIO, 7),
               S_OK);
    CHECK_EQ(V_VT(&registration), VT_I4);
    CHECK_EQ(named_call(tapi, L"UnregisterNotifications", NULL, "l", V_I4(&registration)), S_OK);
    CHECK_EQ(named_call(tapi, L"UnregisterNotifications", NULL, "l", V_I4(&registration)),
             E_INVALIDARG);
    CHECK_EQ(named_call(tapi, L"CreateEmptyCollectionObject", &collection, ""), S_OK);
    CHECK(collection_has(&collection, 0));
    VariantClear(&address);
    VariantClear(&addresses);
    CHECK_EQ(named_call(tapi, L"Shutdown", NULL, ""), S_OK);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
}

/* A sink that is let go in the middle of Shutdown, and initializes at once: it must wait. */
struct rejoiner {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    LONG refs;
    ITTAPI2 *tapi;
    HRESULT initialized;
};

static HRESULT WINAPI rejoiner_QueryInterface(ITTAPIEventNotification *iface, REFIID iid,
                                              void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITTAPIEventNotification))
        return E_NOINTERFACE;
    ITTAPIEventNotification_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI rejoiner_AddRef(ITTAPIEventNotification *iface)
{
    return InterlockedIncrement(&((struct rejoiner *)iface)->refs);
}

static ULONG WINAPI rejoiner_Release(ITTAPIEventNotification *iface)
{
    struct rejoiner *self = (struct rejoiner *)iface;
    LONG left = InterlockedDecrement(&self->refs);

    if (left == 0)
        self->initialized = ITTAPI2_Initialize(self->tapi);
    return left;
}

static HRESULT WINAPI rejoiner_Event(ITTAPIEventNotification *iface, TAPI_EVENT type,
                                     IDispatch *event)
{
    (void)iface, (void)type, (void)event;
    return S_OK;
}

static ITTAPIEventNotificationVtbl rejoiner_vtable = {rejoiner_QueryInterface, rejoiner_AddRef,
                                                      rejoiner_Release, rejoiner_Event};

TEST_BOTH(initialized_again_too_early)
{
    struct rejoiner sink = {{&rejoiner_vtable}, 1, client_create_tapi(), E_FAIL};
    IConnectionPointContainer *container = interface_of(sink.tapi, &IID_IConnectionPointContainer);
    IConnectionPoint *point = NULL;
    DWORD cookie;

    CHECK_EQ(ITTAPI2_Initialize(sink.tapi), S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container,
                                                             &IID_ITTAPIEventNotification, &point),
               S_OK);
    CHECK_EQ(
        IConnectionPoint_Advise(point, (IUnknown *)&sink.ITTAPIEventNotification_iface, &cookie),
        S_OK);
    IConnectionPoint_Release(point);
    IConnectionPointContainer_Release(container);
    sink.refs--; /* the connection point has the last reference */
    CHECK_EQ(ITTAPI2_Shutdown(sink.tapi), S_OK);
    CHECK_EQ(sink.initialized, TAPI_E_REINIT);
    CHECK_EQ(ITTAPI2_Release(sink.tapi), 0);
}

/* No provider here has private objects: there are none, which is no failure. */
TEST_BOTH(private_objects)
{
    struct client *a = client_open(NULL);
    IEnumUnknown *all = NULL;
    IUnknown *item;
    VARIANT collection;

    CHECK_EQ(ITTAPI2_get_PrivateTAPIObjects(a->tapi, &collection), S_OK);
    CHECK(collection_has(&collection, 0));
    REQUIRE_EQ(ITTAPI2_EnumeratePrivateTAPIObjects(a->tapi, &all), S_OK);
    CHECK_EQ(IEnumUnknown_Next(all, 1, &item, NULL), S_FALSE);
    IEnumUnknown_Release(all);
    client_close(a);
}

TEST_BOTH(enumerators_of_hubs_and_phones)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    IEnumCallHub *hubs = NULL;
    IEnumPhone *phones = NULL;
    ITPhone *phone;

    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITTAPI2_EnumerateCallHubs(a->tapi, &hubs), S_OK);
    CHECK_EQ(IEnumCallHub_Skip(hubs, 1), S_OK);
    CHECK_EQ(IEnumCallHub_Skip(hubs, 1), S_FALSE);
    IEnumCallHub_Release(hubs);
    CHECK_EQ(ITTAPI2_EnumeratePhones(a->tapi, &phones), S_OK);
    CHECK_EQ(IEnumPhone_Next(phones, 1, &phone, NULL), S_FALSE);
    IEnumPhone_Release(phones);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(requests_and_priorities)
{
    static const WCHAR program[] = L"methods-test.exe";
    struct client *a = client_open(NULL);
    BSTR name = SysAllocString(program);

    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(a->tapi, 3, LINEREQUESTMODE_MAKECALL, VARIANT_TRUE),
             S_OK);
    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(a->tapi, 3, LINEREQUESTMODE_MAKECALL, VARIANT_FALSE),
             S_OK);
    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(a->tapi, 3, 0, VARIANT_TRUE), TAPI_E_INVALMODE);
    CHECK_EQ(named_call(a->tapi, L"RegisterRequestRecipient", NULL, "llb", 4,
                        LINEREQUESTMODE_MAKECALL, TRUE),
             S_OK);
    CHECK_EQ(named_call(a->tapi, L"RegisterRequestRecipient", NULL, "llb", 4,
                        LINEREQUESTMODE_MAKECALL, FALSE),
             S_OK);

    CHECK_EQ(ITTAPI2_SetAssistedTelephonyPriority(a->tapi, NULL, VARIANT_TRUE), E_POINTER);
    CHECK_EQ(ITTAPI2_SetAssistedTelephonyPriority(a->tapi, name, VARIANT_TRUE), S_OK);
    CHECK_EQ(named_call(a->tapi, L"SetAssistedTelephonyPriority", NULL, "sb", program, FALSE),
             S_OK);
    CHECK_EQ(ITTAPI2_SetApplicationPriority(a->tapi, NULL, TAPIMEDIATYPE_AUDIO, VARIANT_TRUE),
             E_POINTER);
    CHECK_EQ(ITTAPI2_SetApplicationPriority(a->tapi, name, TAPIMEDIATYPE_AUDIO, VARIANT_TRUE),
             S_OK);
    CHECK_EQ(ITTAPI2_SetApplicationPriority(a->tapi, name, 0, VARIANT_TRUE),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITTAPI2_SetApplicationPriority(
                 a->tapi, name, TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, VARIANT_TRUE),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(named_call(a->tapi, L"SetApplicationPriority", NULL, "slb", program,
                        TAPIMEDIATYPE_AUDIO, FALSE),
             S_OK);
    SysFreeString(name);
    client_close(a);
}

/* More than the program can see: the privileges that are not to be had. */
TEST_BOTH(what_notifications_refuse)
{
    struct client *a = client_open(L"101");
    LONG registration;

    POISON(registration);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, a->address, VARIANT_FALSE, VARIANT_TRUE, 0,
                                               0, &registration),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(registration, 0);
    CHECK_EQ(named_call(a->tapi, L"RegisterCallNotifications", NULL, "obbll", a->address, TRUE,
                        TRUE, TAPIMEDIATYPE_VIDEO, 7),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(named_put(a->tapi, L"EventFilter", "l", 0x40000000), E_INVALIDARG);
    client_close(a);
}

/* ---- collections ------------------------------------------------------------------------------
 */

TEST_BOTH(a_collection_by_name)
{
    struct client *a = client_open(NULL);
    ITCollection2 *collection = NULL;
    VARIANT text = late_bstr(L"one"), number = late_i4(2), item, all;
    IEnumVARIANT *values;

    REQUIRE_EQ(ITTAPI2_CreateEmptyCollectionObject(a->tapi, &collection), S_OK);
    CHECK_EQ(named_call(collection, L"Add", NULL, "lv", 1, &text), S_OK);
    CHECK_EQ(named_call(collection, L"Add", NULL, "lv", 2, &number), S_OK);
    CHECK_EQ(named_call(collection, L"Add", NULL, "lv", 7, &number), E_INVALIDARG);
    CHECK_EQ(named_call(collection, L"Add", NULL, "lv", 0, &number), E_INVALIDARG);
    CHECK_EQ(late_number(collection, L"Count"), 2);
    CHECK_EQ(named_get(collection, L"Item", &item, "l", 2), S_OK);
    CHECK_EQ(V_I4(&item), 2);
    CHECK_EQ(named_get(collection, L"Item", &item, "l", 1), S_OK);
    CHECK_WSTR(V_BSTR(&item), L"one");
    VariantClear(&item);
    CHECK_EQ(named_get(collection, L"Item", &item, "l", 0), E_INVALIDARG);
    CHECK_EQ(named_get(collection, L"Item", &item, "l", 3), E_INVALIDARG);
    CHECK_EQ(named_get(collection, L"_NewEnum", &all, ""), S_OK);
    values = interface_of(V_UNKNOWN(&all), &IID_IEnumVARIANT);
    CHECK_EQ(IEnumVARIANT_Skip(values, 2), S_OK);
    CHECK_EQ(IEnumVARIANT_Skip(values, 1), S_FALSE);
    IEnumVARIANT_Release(values);
    VariantClear(&all);
    CHECK_EQ(named_call(collection, L"Remove", NULL, "l", 1), S_OK);
    CHECK_EQ(named_call(collection, L"Remove", NULL, "l", 2), E_INVALIDARG);
    CHECK_EQ(ITCollection2_Remove(collection, 0), E_INVALIDARG);
    CHECK_EQ(late_number(collection, L"Count"), 1);
    VariantClear(&text);
    ITCollection2_Release(collection);
    client_close(a);
}

/* What TAPI gives out is as it is. */
TEST_BOTH(a_collection_of_tapis_own)
{
    struct client *a = client_open(NULL);
    VARIANT addresses, number = late_i4(1);
    ITCollection2 *collection;

    REQUIRE_EQ(ITTAPI2_get_Addresses(a->tapi, &addresses), S_OK);
    collection = interface_of(V_DISPATCH(&addresses), &IID_ITCollection2);
    CHECK_EQ(ITCollection2_Add(collection, 1, &number), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITCollection2_Remove(collection, 1), TAPI_E_NOTSUPPORTED);
    CHECK(collection_has(&addresses, 4));
    ITCollection2_Release(collection);
    client_close(a);
}

/* ---- the dispatch mapper ----------------------------------------------------------------------
 */

static ITDispatchMapper *mapper_create(void)
{
    IClassFactory *factory = NULL;
    ITDispatchMapper *mapper = NULL;

    REQUIRE_EQ(client_class_object(&CLSID_DispatchMapper, &IID_IClassFactory, (void **)&factory),
               S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITDispatchMapper, (void **)&mapper),
               S_OK);
    IClassFactory_Release(factory);
    return mapper;
}

#define IID_TEXT_ITMediaSupport L"{B1EFC384-9355-11D0-835C-00AA003CCABD}"

TEST_BOTH(another_dispatch_of_an_object)
{
    struct client *a = client_open(L"101");
    ITDispatchMapper *mapper = mapper_create();
    BSTR good = SysAllocString(IID_TEXT_ITMediaSupport), bad = SysAllocString(L"media support"),
         foreign = SysAllocString(L"{B1EFC38D-9355-11D0-835C-00AA003CCABD}"); /* ITTerminal? */
    IDispatch *address = (IDispatch *)a->address, *found = NULL;
    VARIANT result;

    REQUIRE_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, good, address, &found), S_OK);
    CHECK(late_number(found, L"MediaTypes") & TAPIMEDIATYPE_AUDIO);
    IDispatch_Release(found);
    POISON(found);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, bad, address, &found), E_INVALIDARG);
    CHECK(found == NULL);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, NULL, address, &found), E_INVALIDARG);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, good, NULL, &found), E_INVALIDARG);
    CHECK_EQ(ITDispatchMapper_QueryDispatchInterface(mapper, foreign, (IDispatch *)a->tapi, &found),
             E_NOINTERFACE);
    REQUIRE_EQ(named_call(mapper, L"QueryDispatchInterface", &result, "so", IID_TEXT_ITMediaSupport,
                          a->address),
               S_OK);
    CHECK(late_number(V_DISPATCH(&result), L"MediaTypes") & TAPIMEDIATYPE_AUDIO);
    VariantClear(&result);
    CHECK_EQ(named_call(mapper, L"QueryDispatchInterface", &result, "so", L"{no}", a->address),
             E_INVALIDARG);
    SysFreeString(good);
    SysFreeString(bad);
    SysFreeString(foreign);
    ITDispatchMapper_Release(mapper);
    client_close(a);
}
