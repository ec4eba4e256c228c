/* lifetime_test.c - how calls and the TAPI object end, in every order an application may choose.
 * com_leave checks after each test that nothing is left. */
#include "tests/com/client.h"

#include <stdlib.h>

/* Release of the last reference ends the call (terminate-a-session-ovr.md). */
TEST_BOTH(releasing_a_connected_call_drops_it)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *out = client_call(a, L"102"), *in;

    client_wait(b, "state offering");
    in = client_offered(b);
    CHECK_EQ(ITBasicCallControl_Answer(in), S_OK);
    client_wait(a, "state connected");
    ITBasicCallControl_Release(out);
    client_wait(b, "state disconnected normal");
    ITBasicCallControl_Release(in);
    client_close(b);
    client_close(a);
}

/* Nobody keeps the call of the notification: the caller is told that it ends. */
TEST_BOTH(an_offered_call_that_nobody_keeps_is_dropped)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *out;

    b->keep_no_calls = TRUE;
    out = client_call(a, L"102");
    client_wait(b, "notify owner");
    client_wait(a, "state disconnected rejected");
    ITBasicCallControl_Release(out);
    client_close(b);
    client_close(a);
}

/* With the filter shut the call stays, and can be found by looking. */
TEST_BOTH(an_offered_call_without_events_can_be_found)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *out, *found = NULL;
    IEnumCall *calls = NULL;
    ITCallInfo *info = NULL;

    CHECK_EQ(ITTAPI2_put_EventFilter(b->tapi, 0), S_OK);
    out = client_create_call(a, L"102");
    CHECK_EQ(ITBasicCallControl_Connect(out, VARIANT_FALSE), S_OK);
    client_wait(a, "state inprogress");
    while (!info) {
        CHECK_EQ(ITAddress_EnumerateCalls(b->address, &calls), S_OK);
        if (IEnumCall_Next(calls, 1, &info, NULL) != S_OK)
            info = NULL;
        IEnumCall_Release(calls);
    }
    CHECK_EQ(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&found), S_OK);
    while (client_state(found) == CS_IDLE)
        ;
    CHECK_EQ(client_state(found), CS_OFFERING);
    CHECK_EQ(ITBasicCallControl_Answer(found), S_OK);
    client_wait(a, "state connected");
    ITBasicCallControl_Release(found);
    ITCallInfo_Release(info);
    client_wait(a, "state disconnected normal");
    ITBasicCallControl_Release(out);
    client_close(b);
    client_close(a);
}

TEST_BOTH(shutdown_with_everything_alive)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *out = client_call(a, L"102"), *in;
    ITCallInfo *info = NULL;
    ITAddress *address = NULL;
    LONG value;

    client_wait(b, "state offering");
    in = client_offered(b);
    CHECK_EQ(ITBasicCallControl_QueryInterface(out, &IID_ITCallInfo, (void **)&info), S_OK);
    CHECK_EQ(ITTAPI2_Shutdown(a->tapi), S_OK);
    CHECK_EQ(ITTAPI2_Shutdown(a->tapi), S_FALSE);
    /* Objects that are still held answer politely. */
    CHECK_EQ(client_state(out), CS_DISCONNECTED);
    CHECK_EQ(ITBasicCallControl_Disconnect(out, DC_NORMAL), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITBasicCallControl_Answer(out), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITCallInfo_get_CallInfoLong(info, CIL_CALLID, &value), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITCallInfo_get_Address(info, &address), S_OK);
    CHECK(address == a->address);
    ITAddress_Release(address);
    ITCallInfo_Release(info);
    client_wait(b, "state disconnected normal");
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    client_close(b);
    a->was_shut = TRUE;
    CHECK_EQ(ITTAPI2_Initialize(a->tapi), S_OK); /* and once more, for client_close */
    client_close(a);
}

TEST_BOTH(initialize_again_after_shutdown)
{
    ITTAPI2 *tapi = client_create_tapi();
    VARIANT addresses;
    LONG count = 0;
    unsigned i;

    for (i = 0; i < 3; i++) {
        CHECK_EQ(ITTAPI2_get_Addresses(tapi, &addresses), TAPI_E_NOT_INITIALIZED);
        CHECK_EQ(ITTAPI2_Initialize(tapi), S_OK);
        CHECK_EQ(ITTAPI2_Initialize(tapi), S_FALSE);
        CHECK_EQ(ITTAPI2_get_Addresses(tapi, &addresses), S_OK);
        REQUIRE_EQ(V_VT(&addresses), VT_DISPATCH);
        CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&addresses), &count), S_OK);
        CHECK_EQ(count, 4);
        VariantClear(&addresses);
        CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    }
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
}

/* The TAPI object is released without Shutdown, the rest after it. */
TEST_BOTH(tapi_is_released_first)
{
    struct client *b = client_open(L"102");
    ITTAPI2 *tapi = client_create_tapi();
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;
    ITBasicCallControl *call = NULL;
    BSTR number = SysAllocString(L"102");

    CHECK_EQ(ITTAPI2_Initialize(tapi), S_OK);
    CHECK_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
    CHECK_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    CHECK_EQ(ITAddress_CreateCall(address, number, 1, TAPIMEDIATYPE_AUDIO, &call), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
    client_wait(b, "state offering");
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
    client_wait(b, "state disconnected normal");
    ITBasicCallControl_Release(call);
    IEnumAddress_Release(addresses);
    ITAddress_Release(address);
    SysFreeString(number);
    client_close(b);
}

static void shut_down_inside(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    (void)event;
    if (type == TE_CALLNOTIFICATION)
        *(HRESULT *)client->context = ITTAPI2_Shutdown(client->tapi);
}

static bool has_result(void *context)
{
    return *(volatile HRESULT *)context != E_PENDING;
}

TEST_BOTH(a_sink_shuts_tapi_down)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    HRESULT result = E_PENDING;
    ITBasicCallControl *out;

    b->context = &result;
    b->was_shut = TRUE;
    b->on_event = shut_down_inside;
    out = client_call(a, L"102");
    client_wait(b, "notify owner");
    client_wait(a, "state disconnected rejected");
    ITBasicCallControl_Release(out);
    CHECK(wait_until(has_result, &result, NULL, WAIT_LONG));
    CHECK_EQ(result, S_OK);
    CHECK_EQ(ITTAPI2_Initialize(b->tapi), S_OK);
    client_close(b);
    client_close(a);
}

static LONG few_objects;

static bool has_few_objects(void *context)
{
    (void)context;
    return client_live_objects() <= few_objects;
}

/* Many calls after each other and at once: nothing of them stays. */
TEST_BOTH(two_hundred_calls)
{
    struct client *a = client_open(L"101");
    LONG before = client_live_objects();
    unsigned i;

    for (i = 0; i < 200; i++) {
        ITBasicCallControl *call = client_create_call(a, L"5550101");

        CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DESTBUSY);
        ITBasicCallControl_Release(call);
    }
    /* The events on their way hold their calls until they are delivered. */
    few_objects = before + 16;
    CHECK(wait_until(has_few_objects, NULL, a->changed, WAIT_LONG));
    client_close(a);
}

TEST_BOTH(ten_thousand_calls_alive)
{
    struct client *a = client_open(L"101");
    enum { COUNT = 10000 };
    ITBasicCallControl **calls = calloc(COUNT, sizeof(*calls));
    unsigned i;

    REQUIRE(calls != NULL);
    for (i = 0; i < COUNT; i++)
        calls[i] = client_create_call(a, L"102");
    CHECK(client_live_objects() >= COUNT);
    for (i = 0; i < COUNT; i++)
        ITBasicCallControl_Release(calls[i]);
    free(calls);
    client_close(a);
}
