/* calls_inside_test.c - call control inside sinks, at the simulated exchange, in both kinds of
 * apartment: an operator who does everything in Event, synchronously too. */
#include "tests/com/client.h"

#include <tapi.h>

/* The call of a call state event; the caller releases. */
static ITBasicCallControl *call_of(IDispatch *event, CALL_STATE *state)
{
    ITCallStateEvent *changed = (ITCallStateEvent *)event;
    ITBasicCallControl *call = NULL;
    ITCallInfo *info = NULL;

    *state = CS_IDLE;
    CHECK_EQ(ITCallStateEvent_get_State(changed, state), S_OK);
    CHECK_EQ(ITCallStateEvent_get_Call(changed, &info), S_OK);
    CHECK_EQ(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&call), S_OK);
    ITCallInfo_Release(info);
    return call;
}

static void act_answer(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    ITBasicCallControl *call;
    CALL_STATE state;

    (void)client;
    if (type != TE_CALLSTATE)
        return;
    call = call_of(event, &state);
    if (state == CS_OFFERING)
        CHECK_EQ(ITBasicCallControl_Answer(call), S_OK);
    ITBasicCallControl_Release(call);
}

struct operator
{
    ITBasicCallControl *call, *consult;
    volatile LONG consulted, finished, released;
};

/* Consults 103 when 102 has answered, transfers when 103 has, and lets go of both calls. */
static void act_transfer(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    struct operator* operator= client->context;
    ITBasicCallControl *call;
    CALL_STATE state;

    if (type != TE_CALLSTATE)
        return;
    call = call_of(event, &state);
    if (call == operator->call && state == CS_CONNECTED && !operator->consulted) {
        operator->consulted = TRUE;
        operator->consult = client_create_call(client, L"103");
        CHECK_EQ(ITBasicCallControl_Transfer(operator->call, operator->consult, VARIANT_FALSE),
                 S_OK);
    } else if (call == operator->consult && state == CS_CONNECTED && !operator->finished) {
        operator->finished = TRUE;
        CHECK_EQ(ITBasicCallControl_Finish(call, FM_ASTRANSFER), S_OK);
    } else if (state == CS_DISCONNECTED) {
        if (call == operator->call)
            operator->call = NULL;
        else if (call == operator->consult)
            operator->consult = NULL;
        ITBasicCallControl_Release(call); /* the operator's own reference */
        InterlockedIncrement(&operator->released);
    }
    ITBasicCallControl_Release(call);
}

TEST_BOTH(a_transfer_from_connect_to_finish_inside_the_sinks)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    struct client *c = client_open(L"103");
    struct operator operator= {0};
    ITBasicCallControl *at_b;

    b->on_event = c->on_event = act_answer;
    a->on_event = act_transfer;
    a->context = &operator;
    operator.call = client_create_call(a, L"102");
    CHECK_EQ(ITBasicCallControl_Connect(operator.call, VARIANT_FALSE), S_OK);
    client_wait_both(a, "state disconnected normal", "state disconnected normal #2");
    CHECK(client_has(a, "state connected #2"));
    client_wait(c, "state connected");
    client_wait(b, "state connected");
    at_b = client_offered(b);
    CHECK_EQ(client_state(at_b), CS_CONNECTED); /* with c */
    CHECK_EQ(ITBasicCallControl_Disconnect(at_b, DC_NORMAL), S_OK);
    client_wait(c, "state disconnected normal");
    ITBasicCallControl_Release(at_b);
    client_close(c);
    client_close(b);
    client_close(a); /* waits until its sink is out */
    CHECK(operator.consulted && operator.finished);
    CHECK_EQ(operator.released, 2);
}

static bool is_disconnected(void *call)
{
    return client_state(call) == CS_DISCONNECTED;
}

static void act_hang_up(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    ITBasicCallControl *call;
    CALL_STATE state;

    (void)client;
    if (type != TE_CALLSTATE)
        return;
    call = call_of(event, &state);
    if (state == CS_CONNECTED) {
        CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
        /* Further events of the call wait until this one is over; its state does not. */
        CHECK(wait_until(is_disconnected, call, NULL, WAIT_LONG));
        CHECK(!client_has(client, "state disconnected normal"));
    }
    ITBasicCallControl_Release(call);
}

TEST_BOTH(disconnect_inside_the_sink_of_the_event_that_it_is_connected)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *call;

    b->on_event = act_answer;
    a->on_event = act_hang_up;
    call = client_call(a, L"102");
    client_expect(a, "state inprogress", "state connected", "state disconnected normal", NULL);
    client_wait(b, "state disconnected normal");
    ITBasicCallControl_Release(call);
    client_close(b);
    client_close(a);
}

/* A synchronous Connect inside a sink: it waits for states that come while the sink is inside. */
static void act_connect(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    ITBasicCallControl *call, *other;
    CALL_STATE state;

    if (type != TE_CALLSTATE)
        return;
    call = call_of(event, &state);
    if (state == CS_CONNECTED && !client->context) {
        client->context = client;
        CHECK_EQ(ITBasicCallControl_Hold(call, VARIANT_TRUE), S_OK);
        other = client_create_call(client, L"5550100");
        CHECK_EQ(ITBasicCallControl_Connect(other, VARIANT_TRUE), S_OK);
        CHECK_EQ(client_state(other), CS_CONNECTED);
        CHECK(!client_has(client, "state connected #2")); /* told when this is over */
        CHECK_EQ(ITBasicCallControl_Disconnect(other, DC_NORMAL), S_OK);
        ITBasicCallControl_Release(other);
    }
    ITBasicCallControl_Release(call);
}

TEST_BOTH(synchronous_connect_inside_a_sink)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *call;

    b->on_event = act_answer;
    a->on_event = act_connect;
    call = client_call(a, L"102");
    client_wait(a, "state connected");
    client_wait(b, "state connected");
    client_wait(a, "state connected #2");
    client_wait(a, "state disconnected normal #2");
    CHECK_EQ(client_state(call), CS_HOLD);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    client_wait(b, "state disconnected normal");
    ITBasicCallControl_Release(call);
    client_close(b);
    client_close(a);
}
