/* calls_test.c - ordinary calls through the vtables, each scenario in an MTA and in an STA. */
#include "tests/com/client.h"

TEST_BOTH(call_out_answered_and_hung_up)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *out = client_call(a, L"102");
    ITBasicCallControl *in;

    client_expect(a, "state inprogress", NULL);
    client_expect(b, "notify owner", "state offering", NULL);
    in = client_offered(b);
    CHECK_EQ(client_state(in), CS_OFFERING);
    CHECK_EQ(ITBasicCallControl_Answer(in), S_OK);
    client_expect(b, "state connected", NULL);
    client_expect(a, "state connected", NULL);
    CHECK_EQ(client_state(out), CS_CONNECTED);
    CHECK_EQ(ITBasicCallControl_Disconnect(out, DC_NORMAL), S_OK);
    client_expect(a, "state disconnected normal", NULL);
    client_expect(b, "state disconnected normal", NULL);
    CHECK_EQ(ITBasicCallControl_Disconnect(out, DC_NORMAL), S_FALSE);
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    client_close(b);
    client_close(a);
}

TEST_BOTH(synchronous_connect_waits_for_the_answer)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");

    CHECK_EQ(client_state(call), CS_IDLE);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(client_state(call), CS_CONNECTED);
    client_expect(a, "state inprogress", "state connected", NULL);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    client_expect(a, "state disconnected normal", NULL);
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* What a far end that does not talk gives: the HRESULT of a synchronous Connect, and the cause. */
static void fails_to_connect(const WCHAR *number, HRESULT result, const char *event)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, number);

    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), result);
    CHECK(client_error_text()[0] != 0);
    client_expect(a, "state inprogress", event, NULL);
    CHECK_EQ(client_state(call), CS_DISCONNECTED);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(busy)
{
    fails_to_connect(L"5550101", TAPI_E_DESTBUSY, "state disconnected busy");
}

TEST_BOTH(no_answer)
{
    fails_to_connect(L"5550102", TAPI_E_DESTNOANSWER, "state disconnected noanswer");
}

TEST_BOTH(rejected)
{
    fails_to_connect(L"5550103", TAPI_E_DROPPED, "state disconnected rejected");
}

TEST_BOTH(far_end_hangs_up)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_call(a, L"5550104");

    client_expect(a, "state inprogress", "state connected", "state disconnected normal", NULL);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(hold_and_back)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");

    CHECK_EQ(ITBasicCallControl_Hold(call, VARIANT_TRUE), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITBasicCallControl_Hold(call, VARIANT_TRUE), S_OK);
    client_expect(a, "state inprogress", "state connected", "state hold", NULL);
    CHECK_EQ(ITBasicCallControl_Hold(call, VARIANT_FALSE), S_OK);
    client_expect(a, "state connected", NULL);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(swap_between_two_calls)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *first = client_create_call(a, L"5550100");
    ITBasicCallControl *second = client_create_call(a, L"5550100");

    CHECK_EQ(ITBasicCallControl_Connect(first, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITBasicCallControl_Hold(first, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(second, VARIANT_TRUE), S_OK);
    client_wait(a, "state connected #2");
    CHECK_EQ(ITBasicCallControl_SwapHold(second, first), S_OK);
    client_wait(a, "state hold #2");
    CHECK(client_has(a, "state connected"));
    CHECK_EQ(ITBasicCallControl_SwapHold(second, second), E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl_SwapHold(second, NULL), E_POINTER);
    ITBasicCallControl_Release(first);
    ITBasicCallControl_Release(second);
    client_close(a);
}

/* 96 kbit/s can be reserved, an audio call needs 64. */
TEST_BOTH(quality_of_service_granted_refused_and_changed)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *first = client_create_call(a, L"5550100");
    ITBasicCallControl *second = client_create_call(b, L"5550100");

    CHECK_EQ(ITBasicCallControl_SetQOS(first, TAPIMEDIATYPE_VIDEO, QSL_NEEDED),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITBasicCallControl_SetQOS(first, TAPIMEDIATYPE_AUDIO, 9), E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl_SetQOS(first, TAPIMEDIATYPE_AUDIO, QSL_NEEDED), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(first, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITBasicCallControl_SetQOS(second, TAPIMEDIATYPE_AUDIO, QSL_NEEDED), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(second, VARIANT_TRUE), TAPI_E_INVALRATE);
    CHECK(strstr(client_error_text(), "rate") != NULL);
    /* The same call can be tried again with less. */
    CHECK_EQ(ITBasicCallControl_SetQOS(second, TAPIMEDIATYPE_AUDIO, QSL_IF_AVAILABLE), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(second, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITBasicCallControl_SetQOS(second, TAPIMEDIATYPE_AUDIO, QSL_NEEDED), TAPI_E_INVALRATE);
    CHECK_EQ(ITBasicCallControl_SetQOS(first, TAPIMEDIATYPE_AUDIO, QSL_BEST_EFFORT), S_OK);
    client_wait(a, "info 0");
    CHECK_EQ(ITBasicCallControl_SetQOS(second, TAPIMEDIATYPE_AUDIO, QSL_NEEDED), S_OK);
    client_wait(b, "info 0");
    ITBasicCallControl_Release(first);
    ITBasicCallControl_Release(second);
    client_close(b);
    client_close(a);
}

TEST_BOTH(quality_of_service_lost)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ISimPBX *exchange = client_exchange();

    CHECK_EQ(ITBasicCallControl_SetQOS(call, TAPIMEDIATYPE_AUDIO, QSL_NEEDED), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(ISimPBX_put_Bandwidth(exchange, 10), S_OK);
    client_wait(a, "qos 1"); /* QE_NOQOS */
    CHECK_EQ(ISimPBX_put_Bandwidth(exchange, 96), S_OK);
    ISimPBX_Release(exchange);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(digits_are_detected)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550106");
    ITLegacyCallMediaControl *media = NULL;
    BSTR digits = SysAllocString(L"42");

    CHECK_EQ(
        ITBasicCallControl_QueryInterface(call, &IID_ITLegacyCallMediaControl, (void **)&media),
        S_OK);
    CHECK_EQ(ITLegacyCallMediaControl_DetectDigits(media, 2), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl_DetectDigits(media, 2 /* LINEDIGITMODE_DTMF */), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl_GenerateDigits(media, digits, 2), S_OK);
    client_expect(a, "state inprogress", "state connected", "digit 1", "digit 2", "digit #", NULL);
    client_wait(a, "state disconnected normal");
    CHECK(client_has(a, "generated"));
    SysFreeString(digits);
    ITLegacyCallMediaControl_Release(media);
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* A sink may call back into TAPI: the messages go on being taken meanwhile. */
static void answer_at_once(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    ITBasicCallControl *call = NULL;
    ITCallInfo *info = NULL;

    if (type != TE_CALLNOTIFICATION)
        return;
    CHECK_EQ(ITCallNotificationEvent_get_Call((ITCallNotificationEvent *)event, &info), S_OK);
    CHECK_EQ(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&call), S_OK);
    *(HRESULT *)client->context = ITBasicCallControl_Answer(call);
    ITBasicCallControl_Release(call);
    ITCallInfo_Release(info);
}

TEST_BOTH(a_sink_answers)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    HRESULT answered = E_FAIL;
    ITBasicCallControl *out;

    b->context = &answered;
    b->on_event = answer_at_once;
    out = client_create_call(a, L"102");
    CHECK_EQ(ITBasicCallControl_Connect(out, VARIANT_TRUE), S_OK);
    client_wait(b, "state connected");
    CHECK_EQ(answered, S_OK);
    ITBasicCallControl_Release(out);
    client_wait(b, "state disconnected normal");
    client_close(b);
    client_close(a);
}

TEST_BOTH(incoming_call_is_rejected)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *out = client_call(a, L"102");
    ITBasicCallControl *in;

    client_wait(b, "state offering");
    in = client_offered(b);
    CHECK_EQ(ITBasicCallControl_Disconnect(in, DC_REJECTED), S_OK);
    client_wait(b, "state disconnected normal");
    client_wait(a, "state disconnected rejected");
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    client_close(b);
    client_close(a);
}
