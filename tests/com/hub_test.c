/* hub_test.c - call hubs: their events, the calls of others under tracking, and Clear. */
#include "tests/com/client.h"
#include "tests/com/late.h"

static ITCallInfo *info_of(ITBasicCallControl *call)
{
    ITCallInfo *info = NULL;

    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    return info;
}

static ITCallHub *hub_of(ITBasicCallControl *call)
{
    ITCallInfo *info = info_of(call);
    ITCallHub *hub = NULL;

    CHECK_EQ(ITCallInfo_get_CallHub(info, &hub), S_OK);
    ITCallInfo_Release(info);
    REQUIRE(hub != NULL);
    return hub;
}

/* What the events carry: written by the sink. */
static struct {
    LONG joined, left, made, idle, wrong;
} seen;

static void look_at_hub(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    ITCallHubEvent *hub_event = (ITCallHubEvent *)event;
    CALLHUB_EVENT what = (CALLHUB_EVENT)-1;
    ITCallInfo *call = NULL;
    ITCallHub *hub = NULL;
    VARIANT late;
    HRESULT hr;

    (void)client;
    if (type != TE_CALLHUB)
        return;
    ITCallHubEvent_get_Event(hub_event, &what);
    if (ITCallHubEvent_get_CallHub(hub_event, &hub) != S_OK || !hub)
        seen.wrong++;
    hr = ITCallHubEvent_get_Call(hub_event, &call);
    if (late_number(event, L"Event") != (LONG)what)
        seen.wrong++;
    if (late_get(event, L"CallHub", NULL, 0, &late) != S_OK || V_DISPATCH(&late) != (void *)hub)
        seen.wrong++;
    VariantClear(&late);
    switch (what) {
    case CHE_CALLJOIN:
        seen.joined++;
        break;
    case CHE_CALLLEAVE:
        seen.left++;
        break;
    case CHE_CALLHUBNEW:
        seen.made++;
        break;
    case CHE_CALLHUBIDLE:
        seen.idle++;
        break;
    default:
        seen.wrong++;
        break;
    }
    if ((what == CHE_CALLJOIN || what == CHE_CALLLEAVE) ? hr != S_OK || !call : hr != S_FALSE)
        seen.wrong++;
    if (call)
        ITCallInfo_Release(call);
    if (hub)
        ITCallHub_Release(hub);
}

TEST_BOTH(every_event_of_a_hub)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call;
    ITCallHub *hub, *none;
    ITCallInfo *info;
    CALLHUB_STATE state;
    LONG count;

    memset(&seen, 0, sizeof(seen));
    a->on_event = look_at_hub;
    call = client_create_call(a, L"5550100");
    info = info_of(call);
    POISON(none);
    CHECK_EQ(ITCallInfo_get_CallHub(info, &none), TAPI_E_INVALCALLSTATE);
    CHECK(none == NULL);
    CHECK_EQ(ITCallInfo_get_CallHub(info, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    client_wait(a, "hub 2");
    client_wait(a, "hub 0");
    hub = hub_of(call);
    CHECK_EQ(ITCallHub_get_NumCalls(hub, &count), S_OK);
    CHECK_EQ(count, 1);
    CHECK_EQ(ITCallHub_get_State(hub, &state), S_OK);
    CHECK_EQ(state, CHS_ACTIVE);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    client_wait(a, "hub 1");
    client_wait(a, "hub 3");
    CHECK_EQ(ITCallHub_get_NumCalls(hub, &count), S_OK);
    CHECK_EQ(count, 0);
    CHECK_EQ(ITCallHub_get_State(hub, &state), S_OK);
    CHECK_EQ(state, CHS_IDLE);
    CHECK_EQ(ITCallHub_Clear(hub), S_OK); /* nothing to do */
    CHECK_EQ(ITCallInfo_get_CallHub(info, &none), TAPI_E_INVALCALLSTATE);
    ITCallHub_Release(hub);
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(call);
    a->on_event = NULL;
    CHECK_EQ(seen.made, 1);
    CHECK_EQ(seen.joined, 1);
    CHECK_EQ(seen.left, 1);
    CHECK_EQ(seen.idle, 1);
    CHECK_EQ(seen.wrong, 0);
    client_close(a);
}

TEST_BOTH(events_of_hubs_can_be_left_out)
{
    struct client *a = client_open(L"101");
    ITAddress2 *address = NULL;
    ITBasicCallControl *call;
    VARIANT_BOOL enabled;

    REQUIRE_EQ(ITAddress_QueryInterface(a->address, &IID_ITAddress2, (void **)&address), S_OK);
    CHECK_EQ(ITAddress2_put_EventFilter(address, TE_CALLHUB, CHE_CALLJOIN, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITAddress2_get_EventFilter(address, TE_CALLHUB, CHE_CALLJOIN, &enabled), S_OK);
    CHECK_EQ(enabled, VARIANT_FALSE);
    CHECK_EQ(ITAddress2_get_EventFilter(address, TE_CALLHUB, CHE_CALLLEAVE, &enabled), S_OK);
    CHECK_EQ(enabled, VARIANT_TRUE);
    call = client_call(a, L"5550100");
    client_wait(a, "state connected");
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    client_wait(a, "hub 3");
    CHECK(client_has(a, "hub 1"));
    CHECK(!client_has(a, "hub 0"));
    ITBasicCallControl_Release(call);
    ITAddress2_Release(address);
    client_close(a);
}

static void check_hub_lists(struct client *client, ITCallHub *hub, ULONG calls)
{
    IEnumCallHub *hubs = NULL;
    IEnumCall *all = NULL;
    ITCallHub *found = NULL;
    ITCallInfo *infos[4];
    VARIANT collection;
    ULONG fetched = 0, i;

    REQUIRE_EQ(ITTAPI2_EnumerateCallHubs(client->tapi, &hubs), S_OK);
    REQUIRE_EQ(IEnumCallHub_Next(hubs, 1, &found, &fetched), S_OK);
    CHECK(found == hub);
    ITCallHub_Release(found);
    CHECK_EQ(IEnumCallHub_Next(hubs, 1, &found, &fetched), S_FALSE);
    IEnumCallHub_Release(hubs);
    CHECK_EQ(ITTAPI2_get_CallHubs(client->tapi, &collection), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&collection), L"Count"), 1);
    VariantClear(&collection);
    REQUIRE_EQ(ITCallHub_EnumerateCalls(hub, &all), S_OK);
    CHECK_EQ(IEnumCall_Next(all, 4, infos, &fetched), S_FALSE);
    CHECK_EQ(fetched, calls);
    for (i = 0; i < fetched; i++)
        ITCallInfo_Release(infos[i]);
    IEnumCall_Release(all);
    CHECK_EQ(ITCallHub_get_Calls(hub, &collection), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&collection), L"Count"), (LONG)calls);
    VariantClear(&collection);
    CHECK_EQ(late_get(hub, L"Calls", NULL, 0, &collection), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&collection), L"Count"), (LONG)calls);
    VariantClear(&collection);
    CHECK_EQ(late_number(hub, L"NumCalls"), (LONG)calls);
    CHECK_EQ(late_number(hub, L"State"), CHS_ACTIVE);
}

struct wanted {
    ITCallHub *hub;
    LONG calls;
};

static bool hub_has(void *context)
{
    struct wanted *wanted = context;
    LONG count = 0;

    return ITCallHub_get_NumCalls(wanted->hub, &count) == S_OK && count == wanted->calls;
}

/* The program calls 102 from 101 and has 102's line open for nothing but its tracking: the other
 * end of its call becomes a Call, as monitor. Tracked with an array of Addresses, with none at all,
 * and by a script's means. */
static void track(struct client *a, BOOL on, unsigned how)
{
    SAFEARRAY *array;
    VARIANT arguments[2], item;
    LONG i;

    VariantInit(&arguments[1]);
    if (how > 0) {
        VARIANT addresses;

        CHECK_EQ(ITTAPI2_get_Addresses(a->tapi, &addresses), S_OK);
        array = SafeArrayCreateVector(how == 1 ? VT_DISPATCH : VT_VARIANT, 0, 2);
        for (i = 0; i < 2; i++) {
            arguments[0] = late_i4(i + 1);
            CHECK_EQ(late_get(V_DISPATCH(&addresses), L"Item", arguments, 1, &item), S_OK);
            SafeArrayPutElement(array, &i, how == 1 ? (void *)V_DISPATCH(&item) : (void *)&item);
            VariantClear(&item);
        }
        VariantClear(&addresses);
        V_VT(&arguments[1]) = VT_ARRAY | (how == 1 ? VT_DISPATCH : VT_VARIANT);
        V_ARRAY(&arguments[1]) = array;
    }
    arguments[0] = late_bool(on);
    if (how == 2)
        CHECK_EQ(late_call(a->tapi, L"SetCallHubTracking", arguments, 2, NULL), S_OK);
    else
        CHECK_EQ(
            ITTAPI2_SetCallHubTracking(a->tapi, arguments[1], on ? VARIANT_TRUE : VARIANT_FALSE),
            S_OK);
    VariantClear(&arguments[1]);
}

TEST_BOTH(tracking_finds_the_calls_of_others)
{
    unsigned how;

    for (how = 0; how < 3; how++) {
        struct client *a = client_open(L"101"), *b = client_open(L"102");
        ITBasicCallControl *call, *offered;
        struct wanted two = {NULL, 2}, none = {NULL, 0};

        track(a, TRUE, how);
        call = client_call(a, L"102");
        client_expect(b, "notify owner", "state offering", NULL);
        offered = client_offered(b);
        CHECK_EQ(ITBasicCallControl_Answer(offered), S_OK);
        client_wait(a, "state connected");
        two.hub = none.hub = hub_of(call);
        CHECK(wait_until(hub_has, &two, a->changed, WAIT_LONG));
        check_hub_lists(a, two.hub, 2);
        CHECK_EQ(ITCallHub_Clear(two.hub), S_OK);
        client_wait(b, "state disconnected normal");
        /* Until it hangs up, too. */
        CHECK_EQ(ITBasicCallControl_Disconnect(offered, DC_NORMAL), S_OK);
        CHECK(wait_until(hub_has, &none, a->changed, WAIT_LONG));
        ITCallHub_Release(two.hub);
        ITBasicCallControl_Release(offered);
        ITBasicCallControl_Release(call);
        track(a, FALSE, how);
        client_close(a);
        client_close(b);
    }
}

TEST_BOTH(what_tracking_and_clearing_refuse)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102");
    VARIANT addresses = late_i4(4);
    SAFEARRAY *array = SafeArrayCreateVector(VT_DISPATCH, 0, 1);
    VARIANT collection;
    LONG count, zero = 0;
    ITBasicCallControl *call;
    ITCallHub *hub;

    CHECK_EQ(ITTAPI2_SetCallHubTracking(a->tapi, addresses, VARIANT_TRUE), E_INVALIDARG);
    CHECK(strlen(client_error_text()) > 10);
    /* An Address of another TAPI object, and something that is none. */
    SafeArrayPutElement(array, &zero, b->address);
    V_VT(&addresses) = VT_ARRAY | VT_DISPATCH;
    V_ARRAY(&addresses) = array;
    CHECK_EQ(ITTAPI2_SetCallHubTracking(a->tapi, addresses, VARIANT_TRUE), E_INVALIDARG);
    SafeArrayPutElement(array, &zero, a->tapi);
    CHECK_EQ(ITTAPI2_SetCallHubTracking(a->tapi, addresses, VARIANT_TRUE), E_INVALIDARG);
    VariantClear(&addresses);
    CHECK_EQ(ITTAPI2_EnumerateCallHubs(a->tapi, NULL), E_POINTER);
    CHECK_EQ(ITTAPI2_get_CallHubs(a->tapi, NULL), E_POINTER);
    call = client_call(a, L"5550100");
    client_wait(a, "state connected");
    hub = hub_of(call);
    CHECK_EQ(ITCallHub_EnumerateCalls(hub, NULL), E_POINTER);
    CHECK_EQ(ITCallHub_get_Calls(hub, NULL), E_POINTER);
    CHECK_EQ(ITCallHub_get_NumCalls(hub, NULL), E_POINTER);
    CHECK_EQ(ITCallHub_get_State(hub, NULL), E_POINTER);
    CHECK_EQ(late_call(hub, L"Clear", NULL, 0, NULL), S_OK);
    client_wait(a, "state disconnected normal");
    ITBasicCallControl_Release(call);
    ITTAPI2_Shutdown(a->tapi);
    a->was_shut = true;
    CHECK_EQ(ITCallHub_Clear(hub), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITCallHub_get_NumCalls(hub, &count), S_OK);
    CHECK_EQ(count, 0);
    VariantInit(&addresses);
    CHECK_EQ(ITTAPI2_SetCallHubTracking(a->tapi, addresses, VARIANT_TRUE), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITTAPI2_get_CallHubs(a->tapi, &collection), TAPI_E_NOT_INITIALIZED);
    ITCallHub_Release(hub);
    ITTAPI2_Initialize(a->tapi);
    client_close(a);
    client_close(b);
}
