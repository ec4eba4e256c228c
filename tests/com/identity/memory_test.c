/*
 * memory_test.c - exhausted memory: each method below is called again and again while the first,
 * second, third... allocation that tapi3.dll makes for it fails. It must say E_OUTOFMEMORY, give
 * nothing, lose nothing, and work the next time.
 */
#include "tests/com/identity/faults.h"
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

/* g: the gallery; each gives the method's result and releases what it gave. */
#define OBJECT(name, type, ...)                                                                    \
    static HRESULT name(struct gallery *g)                                                         \
    {                                                                                              \
        type *out;                                                                                 \
        HRESULT hr;                                                                                \
                                                                                                   \
        (void)g;                                                                                   \
        POISON(out);                                                                               \
        hr = __VA_ARGS__;                                                                          \
        faults_disarm(); /* letting go is not what is tried */                                     \
        if (SUCCEEDED(hr) && CHECK(out != NULL))                                                   \
            IUnknown_Release((IUnknown *)out);                                                     \
        if (FAILED(hr))                                                                            \
            CHECK(out == NULL);                                                                    \
        return hr;                                                                                 \
    }
#define VALUE(name, ...)                                                                           \
    static HRESULT name(struct gallery *g)                                                         \
    {                                                                                              \
        VARIANT out;                                                                               \
        HRESULT hr;                                                                                \
                                                                                                   \
        POISON(out);                                                                               \
        hr = __VA_ARGS__;                                                                          \
        if (SUCCEEDED(hr))                                                                         \
            VariantClear(&out);                                                                    \
        else                                                                                       \
            CHECK_EQ(V_VT(&out), VT_EMPTY);                                                        \
        return hr;                                                                                 \
    }
#define TEXT_OF(name, ...)                                                                         \
    static HRESULT name(struct gallery *g)                                                         \
    {                                                                                              \
        BSTR out;                                                                                  \
        HRESULT hr;                                                                                \
                                                                                                   \
        POISON(out);                                                                               \
        hr = __VA_ARGS__;                                                                          \
        if (SUCCEEDED(hr))                                                                         \
            SysFreeString(out);                                                                    \
        else                                                                                       \
            CHECK(out == NULL);                                                                    \
        return hr;                                                                                 \
    }

/* The exhibit with this first interface, and the same as another one of its interfaces. */
static void *exhibit(struct gallery *g, REFIID first)
{
    for (unsigned i = 0; i < g->count; i++)
        if (IsEqualIID(g->exhibits[i].iids[0], first))
            return g->exhibits[i].object;
    FAIL("there is no such exhibit");
    return NULL;
}

static ITTAPI2 *tapi_of(struct gallery *g)
{
    return g->a->tapi;
}

/* The pointer stays valid without a reference: the gallery has one of the same object. */
static void *face(void *object, REFIID iid)
{
    void *out = NULL;

    CHECK_EQ(IUnknown_QueryInterface((IUnknown *)object, iid, &out), S_OK);
    if (out)
        IUnknown_Release((IUnknown *)out);
    return out;
}

#define ADDRESS2(g)      ((ITAddress2 *)face((g)->a->address, &IID_ITAddress2))
#define CAPABILITIES(g)  ((ITAddressCapabilities *)face((g)->a->address, &IID_ITAddressCapabilities))
#define TRANSLATION(g)   ((ITAddressTranslation *)face((g)->a->address, &IID_ITAddressTranslation))
#define INFO(call)       ((ITCallInfo *)face(call, &IID_ITCallInfo))
#define MEDIA(g)         ((ITLegacyCallMediaControl2 *)face((g)->call, &IID_ITLegacyCallMediaControl2))
#define PHONE_CONTROL(g) ((ITAutomatedPhoneControl *)face((g)->phone, &IID_ITAutomatedPhoneControl))

static BSTR number_text, foreign_text;
static struct client *idle; /* nobody else telephones there */

OBJECT(create_factory, IUnknown,
       client_class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&out))
OBJECT(create_call, ITBasicCallControl,
       ITAddress_CreateCall(g->a->address, number_text, 1, TAPIMEDIATYPE_AUDIO, &out))
OBJECT(create_forward, ITForwardInformation, ITAddress_CreateForwardInfoObject(g->a->address, &out))
OBJECT(current_forward, ITForwardInformation, ITAddress_get_CurrentForwardInfo(g->a->address, &out))
OBJECT(create_collection, ITCollection2, ITTAPI2_CreateEmptyCollectionObject(tapi_of(g), &out))
OBJECT(enumerate_addresses, IEnumAddress, ITTAPI2_EnumerateAddresses(tapi_of(g), &out))
VALUE(get_addresses, ITTAPI2_get_Addresses(tapi_of(g), &out))
OBJECT(enumerate_phones, IEnumPhone, ITTAPI2_EnumeratePhones(tapi_of(g), &out))
VALUE(get_phones, ITTAPI2_get_Phones(tapi_of(g), &out))
OBJECT(enumerate_hubs, IEnumCallHub, ITTAPI2_EnumerateCallHubs(tapi_of(g), &out))
VALUE(get_hubs, ITTAPI2_get_CallHubs(tapi_of(g), &out))
OBJECT(enumerate_calls, IEnumCall, ITAddress_EnumerateCalls(g->a->address, &out))
VALUE(get_calls, ITAddress_get_Calls(g->a->address, &out))
OBJECT(phones_of_address, IEnumPhone, ITAddress2_EnumeratePhones(ADDRESS2(g), &out))
TEXT_OF(address_name, ITAddress_get_AddressName(g->a->address, &out))
TEXT_OF(dialable_address, ITAddress_get_DialableAddress(g->a->address, &out))
TEXT_OF(provider_name, ITAddress_get_ServiceProviderName(g->a->address, &out))
VALUE(device_classes, ITAddressCapabilities_get_DeviceClasses(CAPABILITIES(g), &out))
OBJECT(enumerate_device_classes, IEnumBstr,
       ITAddressCapabilities_EnumerateDeviceClasses(CAPABILITIES(g), &out))
TEXT_OF(protocol,
        ITAddressCapabilities_get_AddressCapabilityString(CAPABILITIES(g), ACS_PROTOCOL, &out))
OBJECT(translate, ITAddressTranslationInfo,
       ITAddressTranslation_TranslateAddress(TRANSLATION(g), foreign_text, 0, 0, &out))
OBJECT(locations, IEnumLocation, ITAddressTranslation_EnumerateLocations(TRANSLATION(g), &out))
VALUE(get_locations, ITAddressTranslation_get_Locations(TRANSLATION(g), &out))
OBJECT(cards, IEnumCallingCard, ITAddressTranslation_EnumerateCallingCards(TRANSLATION(g), &out))
OBJECT(detect_tone, ITDetectTone, ITLegacyCallMediaControl2_CreateDetectToneObject(MEDIA(g), &out))
OBJECT(custom_tone, ITCustomTone, ITLegacyCallMediaControl2_CreateCustomToneObject(MEDIA(g), &out))
OBJECT(hub_calls, IEnumCall,
       ITCallHub_EnumerateCalls((ITCallHub *)exhibit(g, &IID_ITCallHub), &out))
TEXT_OF(caller, ITCallInfo_get_CallInfoString(INFO(g->answered), CIS_CALLERIDNUMBER, &out))
OBJECT(phone_addresses, IEnumAddress, ITPhone_EnumerateAddresses(g->phone, &out))
VALUE(get_phone_addresses, ITPhone_get_Addresses(g->phone, &out))
OBJECT(selected_calls, IEnumCall,
       ITAutomatedPhoneControl_EnumerateSelectedCalls(PHONE_CONTROL(g), &out))
TEXT_OF(phone_name, ITPhone_get_PhoneCapsString(g->phone, PCS_PHONENAME, &out))
TEXT_OF(display, ITPhone_get_Display(g->phone, &out))
OBJECT(handlers, IEnumAgentHandler,
       ITTAPICallCenter_EnumerateAgentHandlers(g->office->center, &out))
VALUE(get_handlers, ITTAPICallCenter_get_AgentHandlers(g->office->center, &out))
OBJECT(groups, IEnumACDGroup, ITAgentHandler_EnumerateACDGroups(g->office->handler, &out))
OBJECT(usable, IEnumAddress, ITAgentHandler_EnumerateUsableAddresses(g->office->handler, &out))
OBJECT(create_agent, ITAgent, ITAgentHandler_CreateAgent(g->office->handler, &out))
OBJECT(queues, IEnumQueue,
       ITACDGroup_EnumerateQueues((ITACDGroup *)exhibit(g, &IID_ITACDGroup), &out))
OBJECT(sessions, IEnumAgentSession,
       ITAgent_EnumerateAgentSessions((ITAgent *)exhibit(g, &IID_ITAgent), &out))
TEXT_OF(group_name, ITACDGroup_get_Name((ITACDGroup *)exhibit(g, &IID_ITACDGroup), &out))
TEXT_OF(queue_name, ITQueue_get_Name((ITQueue *)exhibit(g, &IID_ITQueue), &out))
OBJECT(points, IEnumConnectionPoints,
       IConnectionPointContainer_EnumConnectionPoints(
           (IConnectionPointContainer *)face(tapi_of(g), &IID_IConnectionPointContainer), &out))
OBJECT(connections, IEnumConnections, IConnectionPoint_EnumConnections(g->a->point, &out))
OBJECT(clone, IEnumAddress, IEnumAddress_Clone((IEnumAddress *)exhibit(g, &IID_IEnumAddress), &out))
OBJECT(clone_points, IEnumConnectionPoints,
       IEnumConnectionPoints_Clone((IEnumConnectionPoints *)exhibit(g, &IID_IEnumConnectionPoints),
                                   &out))
OBJECT(collection_enumerator, IUnknown,
       ITCollection_get__NewEnum((ITCollection *)exhibit(g, &IID_ITCollection), &out))

/* A collection of the application's own, with something in it. */
static HRESULT fill_collection(struct gallery *g)
{
    ITCollection2 *collection = NULL;
    IUnknown *unknown = NULL;
    VARIANT text, item;
    LONG count = -1;
    HRESULT hr = ITTAPI2_CreateEmptyCollectionObject(tapi_of(g), &collection);

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
static HRESULT next_bstrs(struct gallery *g)
{
    IEnumBstr *all = exhibit(g, &IID_IEnumBstr);
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

static HRESULT set_call_info(struct gallery *g)
{
    ITCallInfo *info = INFO(g->idle);
    HRESULT hr = ITCallInfo_put_CallInfoString(info, CIS_COMMENT, number_text);

    if (SUCCEEDED(hr))
        hr = ITCallInfo_put_CallInfoString(info, CIS_CALLEDPARTYFRIENDLYNAME, number_text);
    return hr;
}

static HRESULT set_forward_type(struct gallery *g)
{
    return ITForwardInformation_SetForwardType(
        (ITForwardInformation *)exhibit(g, &IID_ITForwardInformation), LINEFORWARDMODE_BUSY,
        number_text, NULL);
}

/* A filter of the call's own comes with the first change. */
static HRESULT filter_of_call(struct gallery *g)
{
    ITBasicCallControl *call = NULL;
    HRESULT hr = ITAddress_CreateCall(g->a->address, number_text, 1, TAPIMEDIATYPE_AUDIO, &call);

    if (FAILED(hr))
        return hr;
    hr = ITCallInfo2_put_EventFilter((ITCallInfo2 *)face(call, &IID_ITCallInfo2), TE_CALLSTATE,
                                     CS_IDLE, VARIANT_FALSE);
    ITBasicCallControl_Release(call);
    return hr;
}

static HRESULT register_notifications(struct gallery *g)
{
    LONG cookie;
    HRESULT hr;

    POISON(cookie);
    hr = ITTAPI2_RegisterCallNotifications(tapi_of(g), g->a->address, VARIANT_TRUE, VARIANT_FALSE,
                                           TAPIMEDIATYPE_AUDIO, 5, &cookie);
    if (SUCCEEDED(hr))
        CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi_of(g), cookie), S_OK);
    else
        CHECK_EQ(cookie, 0);
    return hr;
}

static HRESULT advise(struct gallery *g)
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
static HRESULT initialize(struct gallery *g)
{
    IClassFactory *factory = NULL;
    ITTAPI2 *tapi = NULL;
    HRESULT hr = client_class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory);

    (void)g;
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
static HRESULT connect_call(struct gallery *g)
{
    BSTR busy = SysAllocString(L"5550101");
    ITBasicCallControl *call = NULL;
    HRESULT hr = ITAddress_CreateCall(idle->address, busy, 1, TAPIMEDIATYPE_AUDIO, &call);

    (void)g;

    SysFreeString(busy);
    if (FAILED(hr))
        return hr;
    hr = ITBasicCallControl_Connect(call, VARIANT_TRUE);
    ITBasicCallControl_Release(call);
    return hr == TAPI_E_DESTBUSY ? S_OK : hr;
}

/* ---- the loop -------------------------------------------------------------------------------- */

struct operation {
    const char *name;
    HRESULT (*run)(struct gallery *gallery);
    bool gets_by; /* without some of the memory there is a longer way to the same answer */
};
#define OPERATION(name)                                                                            \
    {                                                                                              \
#name, name, false                                                                         \
    }
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

#define ENOUGH 200 /* allocations one operation may make */

struct level {
    LONG objects, blocks;
};

static struct level level_now(void)
{
    return (struct level){client_live_objects(), faults_blocks()};
}

static bool is_at(void *context)
{
    struct level *level = context;

    return client_live_objects() <= level->objects && faults_blocks() <= level->blocks;
}

/* Events that an operation causes hold objects until they are delivered. */
static bool comes_back(struct gallery *g, struct level level)
{
    return wait_until(is_at, &level, g->a->changed, WAIT_LONG);
}

static void exhaust(struct gallery *g, const struct operation *operation)
{
    struct level before;
    unsigned n;

    if (!CHECK_EQ(operation->run(g), S_OK)) /* fills what is filled at the first use, too */
        test_note("this was %s with all the memory it wants", operation->name);
    CHECK_EQ(operation->run(g), S_OK);
    wait_until(is_at, &(struct level){0, 0}, g->a->changed, 100); /* what is on its way arrives */
    before = level_now();
    for (n = 1; n < ENOUGH; n++) {
        HRESULT hr;

        faults_arm(n, FAULT_THIS_THREAD);
        hr = operation->run(g);
        if (!faults_disarm()) {
            CHECK_EQ(hr, S_OK);
            break;
        }
        if (!(operation->gets_by && hr == S_OK) && !CHECK_EQ(hr, E_OUTOFMEMORY))
            test_note("%s, allocation %u, by %s", operation->name, n, faults_where());
        if (!comes_back(g, before)) {
            FAIL("%s, allocation %u, by %s: %ld objects and %ld blocks are lost", operation->name,
                 n, faults_where(), client_live_objects() - before.objects,
                 faults_blocks() - before.blocks);
            before = level_now();
        }
    }
    if (!CHECK(n > 1 && n < ENOUGH)) /* it does need memory */
        test_note("%s needed %u allocations", operation->name, n - 1);
}

/* Whoever lets go of the last object frees its memory after it is counted as gone. */
static bool blocks_are(void *context)
{
    return faults_blocks() == *(LONG *)context;
}

TEST(every_allocation_of_every_method_fails_once)
{
    struct gallery *gallery;
    LONG blocks;

    watch();
    blocks = faults_blocks();
    com_enter(COM_MTA);
    gallery = gallery_open();
    number_text = SysAllocString(L"102");
    foreign_text = SysAllocString(L"+49 (30) 123456");
    idle = client_open(L"104");
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++)
        exhaust(gallery, &operations[i]);
    SysFreeString(number_text);
    SysFreeString(foreign_text);
    client_close(idle);
    gallery_close(gallery);
    com_leave();
    CHECK(wait_until(blocks_are, &blocks, NULL, WAIT_LONG));
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
        if (!CHECK(wait_until(blocks_are, &blocks, NULL, WAIT_LONG))) {
            test_note("allocation %u, by %s: %ld blocks, not %ld", n, faults_where(),
                      faults_blocks(), blocks);
            break;
        }
    }
    test_note("%u allocations failed", n - 1);
    CHECK(n > 20 && n < 400);
}
