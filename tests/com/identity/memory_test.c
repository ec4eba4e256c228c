/*
 * memory_test.c - exhausted memory: each method below is called again and again while the first,
 * second, third... allocation that tapi3.dll makes for it fails. It must say E_OUTOFMEMORY, give
 * nothing, lose nothing, and work the next time.
 */
#include "tests/com/identity/exhaust.h"
#include "tests/com/identity/gallery.h"

#include <tapi.h>

static void watch(void)
{
    static bool watched;
    IUnknown *factory = NULL;

    if (watched)
        return;
    watched = true;
    client_class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory); /* loads the DLL */
    IUnknown_Release(factory);
    faults_watch(GetModuleHandleW(L"tapi3.dll"));
}

/* ---- what is done ---------------------------------------------------------------------------- */

/* What the operations work on; each gives the method's result and releases what it gave. */
static struct gallery *g;

/* The exhibit with this first interface. */
static void *exhibit(REFIID first)
{
    for (unsigned i = 0; i < g->count; i++)
        if (IsEqualIID(g->exhibits[i].iids[0], first))
            return g->exhibits[i].object;
    FAIL("there is no such exhibit");
    return NULL;
}

#define ADDRESS2 ((ITAddress2 *)exhaust_face(g->a->address, &IID_ITAddress2))
#define CAPABILITIES                                                                               \
    ((ITAddressCapabilities *)exhaust_face(g->a->address, &IID_ITAddressCapabilities))
#define TRANSLATION ((ITAddressTranslation *)exhaust_face(g->a->address, &IID_ITAddressTranslation))
#define INFO(call)  ((ITCallInfo *)exhaust_face(call, &IID_ITCallInfo))
#define MEDIA       ((ITLegacyCallMediaControl2 *)exhaust_face(g->call, &IID_ITLegacyCallMediaControl2))
#define PHONE_CONTROL                                                                              \
    ((ITAutomatedPhoneControl *)exhaust_face(g->phone, &IID_ITAutomatedPhoneControl))

static BSTR number_text, foreign_text;
static struct client *idle; /* nobody else telephones there */

OBJECT(create_factory, IUnknown,
       client_class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&out))
OBJECT(create_call, ITBasicCallControl,
       ITAddress_CreateCall(g->a->address, number_text, 1, TAPIMEDIATYPE_AUDIO, &out))
OBJECT(create_forward, ITForwardInformation, ITAddress_CreateForwardInfoObject(g->a->address, &out))
OBJECT(current_forward, ITForwardInformation, ITAddress_get_CurrentForwardInfo(g->a->address, &out))
OBJECT(create_collection, ITCollection2, ITTAPI2_CreateEmptyCollectionObject(g->a->tapi, &out))
OBJECT(enumerate_addresses, IEnumAddress, ITTAPI2_EnumerateAddresses(g->a->tapi, &out))
VALUE(get_addresses, ITTAPI2_get_Addresses(g->a->tapi, &out))
OBJECT(enumerate_phones, IEnumPhone, ITTAPI2_EnumeratePhones(g->a->tapi, &out))
VALUE(get_phones, ITTAPI2_get_Phones(g->a->tapi, &out))
OBJECT(enumerate_hubs, IEnumCallHub, ITTAPI2_EnumerateCallHubs(g->a->tapi, &out))
VALUE(get_hubs, ITTAPI2_get_CallHubs(g->a->tapi, &out))
OBJECT(enumerate_calls, IEnumCall, ITAddress_EnumerateCalls(g->a->address, &out))
VALUE(get_calls, ITAddress_get_Calls(g->a->address, &out))
OBJECT(phones_of_address, IEnumPhone, ITAddress2_EnumeratePhones(ADDRESS2, &out))
TEXT_OF(address_name, ITAddress_get_AddressName(g->a->address, &out))
TEXT_OF(dialable_address, ITAddress_get_DialableAddress(g->a->address, &out))
TEXT_OF(provider_name, ITAddress_get_ServiceProviderName(g->a->address, &out))
VALUE(device_classes, ITAddressCapabilities_get_DeviceClasses(CAPABILITIES, &out))
OBJECT(enumerate_device_classes, IEnumBstr,
       ITAddressCapabilities_EnumerateDeviceClasses(CAPABILITIES, &out))
TEXT_OF(protocol,
        ITAddressCapabilities_get_AddressCapabilityString(CAPABILITIES, ACS_PROTOCOL, &out))
OBJECT(translate, ITAddressTranslationInfo,
       ITAddressTranslation_TranslateAddress(TRANSLATION, foreign_text, 0, 0, &out))
OBJECT(locations, IEnumLocation, ITAddressTranslation_EnumerateLocations(TRANSLATION, &out))
VALUE(get_locations, ITAddressTranslation_get_Locations(TRANSLATION, &out))
OBJECT(cards, IEnumCallingCard, ITAddressTranslation_EnumerateCallingCards(TRANSLATION, &out))
OBJECT(detect_tone, ITDetectTone, ITLegacyCallMediaControl2_CreateDetectToneObject(MEDIA, &out))
OBJECT(custom_tone, ITCustomTone, ITLegacyCallMediaControl2_CreateCustomToneObject(MEDIA, &out))
OBJECT(hub_calls, IEnumCall, ITCallHub_EnumerateCalls((ITCallHub *)exhibit(&IID_ITCallHub), &out))
TEXT_OF(caller, ITCallInfo_get_CallInfoString(INFO(g->answered), CIS_CALLERIDNUMBER, &out))
OBJECT(phone_addresses, IEnumAddress, ITPhone_EnumerateAddresses(g->phone, &out))
VALUE(get_phone_addresses, ITPhone_get_Addresses(g->phone, &out))
OBJECT(selected_calls, IEnumCall,
       ITAutomatedPhoneControl_EnumerateSelectedCalls(PHONE_CONTROL, &out))
TEXT_OF(phone_name, ITPhone_get_PhoneCapsString(g->phone, PCS_PHONENAME, &out))
TEXT_OF(display, ITPhone_get_Display(g->phone, &out))
OBJECT(handlers, IEnumAgentHandler,
       ITTAPICallCenter_EnumerateAgentHandlers(g->office->center, &out))
VALUE(get_handlers, ITTAPICallCenter_get_AgentHandlers(g->office->center, &out))
OBJECT(groups, IEnumACDGroup, ITAgentHandler_EnumerateACDGroups(g->office->handler, &out))
OBJECT(usable, IEnumAddress, ITAgentHandler_EnumerateUsableAddresses(g->office->handler, &out))
OBJECT(create_agent, ITAgent, ITAgentHandler_CreateAgent(g->office->handler, &out))
OBJECT(queues, IEnumQueue, ITACDGroup_EnumerateQueues((ITACDGroup *)exhibit(&IID_ITACDGroup), &out))
OBJECT(sessions, IEnumAgentSession,
       ITAgent_EnumerateAgentSessions((ITAgent *)exhibit(&IID_ITAgent), &out))
TEXT_OF(group_name, ITACDGroup_get_Name((ITACDGroup *)exhibit(&IID_ITACDGroup), &out))
TEXT_OF(queue_name, ITQueue_get_Name((ITQueue *)exhibit(&IID_ITQueue), &out))
OBJECT(points, IEnumConnectionPoints,
       IConnectionPointContainer_EnumConnectionPoints(
           (IConnectionPointContainer *)exhaust_face(g->a->tapi, &IID_IConnectionPointContainer),
           &out))
OBJECT(connections, IEnumConnections, IConnectionPoint_EnumConnections(g->a->point, &out))
OBJECT(clone, IEnumAddress, IEnumAddress_Clone((IEnumAddress *)exhibit(&IID_IEnumAddress), &out))
OBJECT(clone_points, IEnumConnectionPoints,
       IEnumConnectionPoints_Clone((IEnumConnectionPoints *)exhibit(&IID_IEnumConnectionPoints),
                                   &out))
OBJECT(collection_enumerator, IUnknown,
       ITCollection_get__NewEnum((ITCollection *)exhibit(&IID_ITCollection), &out))

/* A collection of the application's own, with something in it. */
static HRESULT fill_collection(void)
{
    ITCollection2 *collection = NULL;
    IUnknown *unknown = NULL;
    VARIANT text, item;
    LONG count = -1;
    HRESULT hr = ITTAPI2_CreateEmptyCollectionObject(g->a->tapi, &collection);

    V_VT(&text) = VT_BSTR;
    V_BSTR(&text) = number_text;
    for (unsigned i = 0; i < 9 && SUCCEEDED(hr); i++) {
        hr = ITCollection2_Add(collection, 1, &text);
        ITCollection2_get_Count(collection, &count);
        CHECK_EQ(count, SUCCEEDED(hr) ? i + 1 : i);
    }
    if (SUCCEEDED(hr)) {
        POISON(item);
        hr = ITCollection2_get_Item(collection, 9, &item);
        CHECK_EQ(V_VT(&item), SUCCEEDED(hr) ? VT_BSTR : VT_EMPTY);
        VariantClear(&item);
    }
    if (SUCCEEDED(hr))
        hr = ITCollection2_get__NewEnum(collection, &unknown);
    if (unknown)
        IUnknown_Release(unknown);
    if (collection)
        ITCollection2_Release(collection);
    return hr;
}

/* Several at once: what was fetched before the failure is let go. */
static HRESULT next_bstrs(void)
{
    IEnumBstr *all = exhibit(&IID_IEnumBstr);
    BSTR texts[3];
    ULONG fetched;
    HRESULT hr;

    CHECK_EQ(IEnumBstr_Reset(all), S_OK);
    POISON(texts);
    POISON(fetched);
    hr = IEnumBstr_Next(all, 3, texts, &fetched);
    CHECK(SUCCEEDED(hr) ? fetched > 0 : fetched == 0);
    for (ULONG i = 0; i < fetched && i < 3; i++)
        SysFreeString(texts[i]);
    if (FAILED(hr)) { /* nothing was taken */
        CHECK_EQ(IEnumBstr_Next(all, 1, texts, &fetched), S_OK);
        SysFreeString(texts[0]);
        CHECK_EQ(IEnumBstr_Reset(all), S_OK);
    }
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT set_call_info(void)
{
    ITCallInfo *info = INFO(g->idle);
    HRESULT hr = ITCallInfo_put_CallInfoString(info, CIS_COMMENT, number_text);

    if (SUCCEEDED(hr))
        hr = ITCallInfo_put_CallInfoString(info, CIS_CALLEDPARTYFRIENDLYNAME, number_text);
    return hr;
}

static HRESULT set_forward_type(void)
{
    return ITForwardInformation_SetForwardType(
        (ITForwardInformation *)exhibit(&IID_ITForwardInformation), LINEFORWARDMODE_BUSY,
        number_text, NULL);
}

/* A filter of the call's own comes with the first change. */
static HRESULT filter_of_call(void)
{
    ITBasicCallControl *call = NULL;
    HRESULT hr = ITAddress_CreateCall(g->a->address, number_text, 1, TAPIMEDIATYPE_AUDIO, &call);

    if (FAILED(hr))
        return hr;
    hr = ITCallInfo2_put_EventFilter((ITCallInfo2 *)exhaust_face(call, &IID_ITCallInfo2),
                                     TE_CALLSTATE, CS_IDLE, VARIANT_FALSE);
    ITBasicCallControl_Release(call);
    return hr;
}

static HRESULT register_notifications(void)
{
    LONG cookie;
    HRESULT hr;

    POISON(cookie);
    hr = ITTAPI2_RegisterCallNotifications(g->a->tapi, g->a->address, VARIANT_TRUE, VARIANT_FALSE,
                                           TAPIMEDIATYPE_AUDIO, 5, &cookie);
    if (SUCCEEDED(hr))
        CHECK_EQ(ITTAPI2_UnregisterNotifications(g->a->tapi, cookie), S_OK);
    else
        CHECK_EQ(cookie, 0);
    return hr;
}

static HRESULT advise(void)
{
    DWORD cookie;
    HRESULT hr;

    POISON(cookie);
    hr = IConnectionPoint_Advise(g->a->point, (IUnknown *)&g->b->ITTAPIEventNotification_iface,
                                 &cookie);
    if (SUCCEEDED(hr))
        CHECK_EQ(IConnectionPoint_Unadvise(g->a->point, cookie), S_OK);
    else
        CHECK_EQ(cookie, 0);
    return hr;
}

/* A whole life: without memory for the TAPI object or what Initialize needs there is none. */
static HRESULT initialize(void)
{
    IClassFactory *factory = NULL;
    ITTAPI2 *tapi = NULL;
    HRESULT hr = client_class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory);

    if (FAILED(hr))
        return hr;
    POISON(tapi);
    hr = IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI2, (void **)&tapi);
    IClassFactory_Release(factory);
    if (FAILED(hr)) {
        CHECK(tapi == NULL);
        return hr;
    }
    hr = ITTAPI2_Initialize(tapi);
    if (FAILED(hr)) {
        faults_disarm();
        CHECK_EQ(ITTAPI2_Initialize(tapi), S_OK); /* the next time it has what it needs */
    }
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
    return hr;
}

/* A call that is made and refused: busy. Without memory it is not made. */
static HRESULT connect_call(void)
{
    BSTR busy = SysAllocString(L"5550101");
    ITBasicCallControl *call = NULL;
    HRESULT hr = ITAddress_CreateCall(idle->address, busy, 1, TAPIMEDIATYPE_AUDIO, &call);

    SysFreeString(busy);
    if (FAILED(hr))
        return hr;
    hr = ITBasicCallControl_Connect(call, VARIANT_TRUE);
    ITBasicCallControl_Release(call);
    return hr == TAPI_E_DESTBUSY ? S_OK : hr;
}

/* ---- the loop -------------------------------------------------------------------------------- */

static const struct operation operations[] = {
    OPERATION(create_factory),
    OPERATION(create_call),
    OPERATION(create_forward),
    OPERATION(current_forward),
    OPERATION(create_collection),
    OPERATION(enumerate_addresses),
    OPERATION(get_addresses),
    OPERATION(enumerate_phones),
    OPERATION(get_phones),
    OPERATION(enumerate_hubs),
    OPERATION(get_hubs),
    OPERATION(enumerate_calls),
    OPERATION(get_calls),
    {"phones_of_address", phones_of_address, true},
    OPERATION(address_name),
    OPERATION(dialable_address),
    OPERATION(provider_name),
    OPERATION(device_classes),
    OPERATION(enumerate_device_classes),
    OPERATION(protocol),
    OPERATION(translate),
    OPERATION(locations),
    OPERATION(get_locations),
    OPERATION(cards),
    OPERATION(detect_tone),
    OPERATION(custom_tone),
    OPERATION(hub_calls),
    OPERATION(caller),
    OPERATION(phone_addresses),
    OPERATION(get_phone_addresses),
    OPERATION(selected_calls),
    OPERATION(phone_name),
    OPERATION(display),
    OPERATION(handlers),
    OPERATION(get_handlers),
    OPERATION(groups),
    OPERATION(usable),
    OPERATION(create_agent),
    OPERATION(queues),
    OPERATION(sessions),
    OPERATION(group_name),
    OPERATION(queue_name),
    OPERATION(points),
    OPERATION(connections),
    OPERATION(clone),
    OPERATION(clone_points),
    OPERATION(collection_enumerator),
    OPERATION(fill_collection),
    OPERATION(next_bstrs),
    OPERATION(set_call_info),
    OPERATION(set_forward_type),
    OPERATION(filter_of_call),
    OPERATION(register_notifications),
    OPERATION(advise),
    OPERATION(initialize),
    /* Connected first, it may be for its drop, in Release, that memory runs out. */
    {"connect_call", connect_call, true},
};

TEST(every_allocation_of_every_method_fails_once)
{
    LONG blocks;

    watch();
    blocks = faults_blocks();
    com_enter(COM_MTA);
    g = gallery_open();
    number_text = SysAllocString(L"102");
    foreign_text = SysAllocString(L"+49 (30) 123456");
    idle = client_open(L"104");
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++)
        exhaust(&operations[i], client_live_objects, g->a->changed);
    SysFreeString(number_text);
    SysFreeString(foreign_text);
    client_close(idle);
    gallery_close(g);
    com_leave();
    CHECK(exhaust_settled(blocks));
}

/* On whatever thread it is: a message that cannot be told, an event that cannot be made, a call
 * that has no object. Nothing hangs, nothing stays. */
TEST(a_call_for_which_memory_runs_out_anywhere)
{
    LONG blocks;
    unsigned n;
    bool fired = true;

    watch();
    blocks = faults_blocks();
    for (n = 1; n < 400 && fired; n++) {
        struct client *a, *b;
        ITBasicCallControl *call;
        BSTR number = SysAllocString(L"102");

        com_enter(COM_MTA);
        a = client_open(L"101");
        b = client_open(L"102");
        call = NULL;
        faults_arm(n, FAULT_ALL_THREADS);
        if (SUCCEEDED(ITAddress_CreateCall(a->address, number, 1, TAPIMEDIATYPE_AUDIO, &call))) {
            ITBasicCallControl_Connect(call, VARIANT_FALSE);
            /* Goes on until the callee is told, or nobody will be. */
            wait_handle(b->changed, 50);
            ITBasicCallControl_Disconnect(call, DC_NORMAL);
            ITBasicCallControl_Release(call);
        }
        wait_handle(b->changed, 20);
        fired = faults_disarm();
        SysFreeString(number);
        client_close(b);
        client_close(a);
        com_leave();
        if (!CHECK(exhaust_settled(blocks))) {
            test_note("allocation %u, by %s: %ld blocks, not %ld", n, faults_where(),
                      faults_blocks(), blocks);
            break;
        }
    }
    test_note("%u allocations failed", n - 1);
    CHECK(n > 20 && n < 400);
}
