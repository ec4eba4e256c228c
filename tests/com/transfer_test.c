/* transfer_test.c - consultation transfer (both ways to finish it), blind transfer, conference,
 * park and pickup, through the vtables. */
#include "tests/com/client.h"

/* a talks to b and consults c. */
struct trio {
    struct client *a, *b, *c;
    ITBasicCallControl *call, *consult; /* of a */
    ITBasicCallControl *at_b, *at_c;
};

static void trio_open(struct trio *trio)
{
    memset(trio, 0, sizeof(*trio));
    trio->a = client_open(L"101");
    trio->b = client_open(L"102");
    trio->c = client_open(L"103");
    trio->call = client_call(trio->a, L"102");
    client_expect(trio->b, "notify owner", "state offering", NULL);
    trio->at_b = client_offered(trio->b);
    CHECK_EQ(ITBasicCallControl_Answer(trio->at_b), S_OK);
    client_expect(trio->b, "state connected", NULL);
    client_expect(trio->a, "state inprogress", "state connected", NULL);
}

static void trio_close(struct trio *trio)
{
    ITBasicCallControl *calls[] = {trio->call, trio->consult, trio->at_b, trio->at_c};
    unsigned i;

    for (i = 0; i < ARRAYSIZE(calls); i++)
        if (calls[i])
            ITBasicCallControl_Release(calls[i]);
    client_close(trio->c);
    client_close(trio->b);
    client_close(trio->a);
}

static void trio_consult(struct trio *trio)
{
    trio->consult = client_create_call(trio->a, L"103");
    CHECK_EQ(ITBasicCallControl_Transfer(trio->call, trio->consult, VARIANT_FALSE), S_OK);
    client_wait_both(trio->a, "state hold", "state inprogress #2");
    client_expect(trio->c, "notify owner", "state offering", NULL);
    trio->at_c = client_offered(trio->c);
    CHECK_EQ(ITBasicCallControl_Answer(trio->at_c), S_OK);
    client_expect(trio->c, "state connected", NULL);
    client_expect(trio->a, "state connected #2", NULL);
}

TEST_BOTH(consultation_finished_as_transfer)
{
    struct trio trio;

    trio_open(&trio);
    trio_consult(&trio);
    CHECK_EQ(client_state(trio.call), CS_HOLD);
    CHECK_EQ(ITBasicCallControl_Finish(trio.consult, FM_ASTRANSFER), S_OK);
    client_wait_both(trio.a, "state disconnected normal", "state disconnected normal #2");
    /* b and c talk now. */
    CHECK_EQ(client_state(trio.at_b), CS_CONNECTED);
    CHECK_EQ(client_state(trio.at_c), CS_CONNECTED);
    CHECK_EQ(ITBasicCallControl_Finish(trio.consult, FM_ASTRANSFER), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl_Disconnect(trio.at_b, DC_NORMAL), S_OK);
    client_wait(trio.c, "state disconnected normal");
    trio_close(&trio);
}

TEST_BOTH(consultation_finished_as_conference)
{
    struct trio trio;

    trio_open(&trio);
    trio_consult(&trio);
    CHECK_EQ(ITBasicCallControl_Finish(trio.consult, FM_ASCONFERENCE), S_OK);
    client_wait(trio.a, "state connected"); /* from hold into the conference */
    CHECK_EQ(client_state(trio.call), CS_CONNECTED);
    CHECK_EQ(client_state(trio.consult), CS_CONNECTED);
    CHECK_EQ(client_state(trio.at_b), CS_CONNECTED);
    CHECK_EQ(client_state(trio.at_c), CS_CONNECTED);
    trio_close(&trio);
}

TEST_BOTH(conference_of_three)
{
    struct trio trio;

    trio_open(&trio);
    trio.consult = client_create_call(trio.a, L"103");
    CHECK_EQ(ITBasicCallControl_Conference(trio.call, trio.consult, VARIANT_FALSE), S_OK);
    client_wait(trio.c, "state offering");
    trio.at_c = client_offered(trio.c);
    CHECK_EQ(ITBasicCallControl_Answer(trio.at_c), S_OK);
    client_wait(trio.c, "state connected");
    client_wait(trio.a, "state connected #2");
    CHECK_EQ(ITBasicCallControl_Finish(trio.consult, FM_ASTRANSFER), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl_Finish(trio.consult, FM_ASCONFERENCE), S_OK);
    CHECK_EQ(client_state(trio.at_c), CS_CONNECTED);
    /* Out of the conference the call is on hold (dwRemoveFromConfState). */
    CHECK_EQ(ITBasicCallControl_RemoveFromConference(trio.consult), S_OK);
    client_wait(trio.a, "state hold #2");
    CHECK_EQ(client_state(trio.at_b), CS_CONNECTED);
    trio_close(&trio);
}

TEST_BOTH(synchronous_consultation_of_somebody_busy)
{
    struct trio trio;

    trio_open(&trio);
    trio.consult = client_create_call(trio.a, L"5550101");
    CHECK_EQ(ITBasicCallControl_Transfer(trio.call, trio.consult, VARIANT_TRUE), TAPI_E_DESTBUSY);
    CHECK(strstr(client_error_text(), "busy") != NULL);
    CHECK_EQ(client_state(trio.consult), CS_DISCONNECTED);
    /* Called off: the first call comes back. */
    CHECK_EQ(ITBasicCallControl_Disconnect(trio.consult, DC_NORMAL), S_OK);
    client_wait(trio.a, "state connected");
    CHECK_EQ(client_state(trio.call), CS_CONNECTED);
    trio_close(&trio);
}

TEST_BOTH(consultation_called_off)
{
    struct trio trio;

    trio_open(&trio);
    trio_consult(&trio);
    CHECK_EQ(ITBasicCallControl_Disconnect(trio.consult, DC_NORMAL), S_OK);
    client_wait(trio.c, "state disconnected normal");
    client_wait(trio.a, "state connected");
    CHECK_EQ(client_state(trio.call), CS_CONNECTED);
    CHECK_EQ(client_state(trio.at_b), CS_CONNECTED);
    trio_close(&trio);
}

TEST_BOTH(blind_transfer)
{
    struct trio trio;
    BSTR number = SysAllocString(L"103");

    trio_open(&trio);
    CHECK_EQ(ITBasicCallControl_BlindTransfer(trio.call, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl_BlindTransfer(trio.call, number), S_OK);
    client_wait(trio.a, "state disconnected normal");
    client_wait(trio.c, "state offering");
    trio.at_c = client_offered(trio.c);
    CHECK_EQ(ITBasicCallControl_Answer(trio.at_c), S_OK);
    client_wait(trio.c, "state connected");
    CHECK_EQ(client_state(trio.at_b), CS_CONNECTED);
    SysFreeString(number);
    trio_close(&trio);
}

TEST_BOTH(an_offered_call_is_sent_on)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    struct client *c = client_open(L"103");
    ITBasicCallControl *out = client_call(a, L"102"), *in;
    BSTR number = SysAllocString(L"103");

    client_wait(b, "state offering");
    in = client_offered(b);
    CHECK_EQ(ITBasicCallControl_BlindTransfer(in, number), S_OK);
    client_wait(b, "state disconnected normal");
    client_wait(c, "state offering");
    SysFreeString(number);
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    client_close(c);
    client_close(b);
    client_close(a);
}

TEST_BOTH(parked_and_fetched)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *call = client_create_call(a, L"5550100"), *back;
    BSTR place = NULL;

    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITBasicCallControl_ParkIndirect(call, &place), S_OK);
    CHECK(place && SysStringLen(place) == 3 && place[0] == '7');
    client_wait(a, "state disconnected normal");
    back = client_create_call(b, place ? place : L"700");
    CHECK_EQ(ITBasicCallControl_Unpark(back), S_OK);
    client_wait(b, "state connected");
    SysFreeString(place);
    ITBasicCallControl_Release(call);
    ITBasicCallControl_Release(back);
    client_close(b);
    client_close(a);
}

TEST_BOTH(picked_up_for_a_colleague)
{
    struct client *a = client_open(L"104");
    struct client *b = client_open(L"101");
    struct client *c = client_open(L"102");
    ITBasicCallControl *call = client_call(a, L"101"), *taken;
    BSTR group = SysAllocString(L"1");

    client_wait(b, "state offering");
    taken = client_create_call(c, L"");
    CHECK_EQ(ITBasicCallControl_Pickup(taken, group), S_OK);
    client_wait(c, "state connected");
    client_wait(a, "state connected");
    SysFreeString(group);
    ITBasicCallControl_Release(call);
    ITBasicCallControl_Release(taken);
    client_close(c);
    client_close(b);
    client_close(a);
}
