/* call_test.c - ITBasicCallControl and ITBasicCallControl2: each method by name, and each refusal
 * for the state of the call and for what the program is to it. */
#include "tests/com/methods/methods.h"

/* A call of the client's to somebody outside who answers. */
static ITBasicCallControl2 *connected(struct client *client)
{
    ITBasicCallControl *call = client_create_call(client, L"5550100");
    ITBasicCallControl2 *control = interface_of(call, &IID_ITBasicCallControl2);

    REQUIRE_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    ITBasicCallControl_Release(call);
    return control;
}

static CALL_STATE state_of(ITBasicCallControl2 *call)
{
    return client_state((ITBasicCallControl *)call);
}

TEST_BOTH(a_call_by_name)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102");
    ITBasicCallControl *out = client_create_call(a, L"102"), *in;

    CHECK_EQ(named_call(out, L"Answer", NULL, ""), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(named_call(out, L"Hold", NULL, "b", TRUE), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(named_call(out, L"SetQOS", NULL, "ll", TAPIMEDIATYPE_AUDIO, QSL_BEST_EFFORT), S_OK);
    CHECK_EQ(named_call(out, L"SetQOS", NULL, "ll", TAPIMEDIATYPE_AUDIO, 0), E_INVALIDARG);
    CHECK_EQ(named_call(out, L"Connect", NULL, "b", FALSE), S_OK);
    client_wait(b, "state offering");
    in = client_offered(b);
    CHECK_EQ(named_call(in, L"Answer", NULL, ""), S_OK);
    client_wait(a, "state connected");
    CHECK_EQ(named_call(out, L"Hold", NULL, "b", TRUE), S_OK);
    client_wait(a, "state hold");
    CHECK_EQ(named_call(out, L"Hold", NULL, "b", FALSE), S_OK);
    client_wait(a, "state connected");
    CHECK_EQ(named_call(out, L"Connect", NULL, "b", FALSE), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(named_call(out, L"Disconnect", NULL, "l", 9), E_INVALIDARG);
    CHECK_EQ(named_call(out, L"Disconnect", NULL, "l", DC_NORMAL), S_OK);
    client_wait(b, "state disconnected normal");
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    client_close(b);
    client_close(a);
}

TEST_BOTH(two_calls_by_name)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl2 *first = connected(a), *second;

    CHECK_EQ(named_call(first, L"Hold", NULL, "b", TRUE), S_OK);
    second = connected(a);
    CHECK_EQ(named_call(second, L"SwapHold", NULL, "o", first), S_OK);
    client_wait(a, "state hold #2");
    CHECK_EQ(state_of(first), CS_CONNECTED);
    CHECK_EQ(named_call(second, L"SwapHold", NULL, "o", second), E_INVALIDARG);
    CHECK_EQ(named_call(second, L"SwapHold", NULL, "o", NULL), E_POINTER);
    ITBasicCallControl2_Release(second);
    ITBasicCallControl2_Release(first);
    client_close(a);
}

TEST_BOTH(a_transfer_and_a_conference_by_name)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl2 *call = connected(a);
    ITBasicCallControl *consult = client_create_call(a, L"5550100");

    CHECK_EQ(named_call(call, L"Transfer", NULL, "ob", NULL, TRUE), E_POINTER);
    CHECK_EQ(named_call(call, L"Transfer", NULL, "ob", consult, TRUE), S_OK);
    CHECK_EQ(named_call(consult, L"Finish", NULL, "l", 7), E_INVALIDARG);
    CHECK_EQ(named_call(consult, L"Finish", NULL, "l", FM_ASTRANSFER), S_OK);
    client_wait(a, "state disconnected normal");
    ITBasicCallControl_Release(consult);
    ITBasicCallControl2_Release(call);

    call = connected(a);
    consult = client_create_call(a, L"5550100");
    CHECK_EQ(ITBasicCallControl2_RemoveFromConference(call), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(named_call(call, L"Conference", NULL, "ob", NULL, TRUE), E_POINTER);
    CHECK_EQ(named_call(call, L"Conference", NULL, "ob", consult, TRUE), S_OK);
    CHECK_EQ(named_call(consult, L"Finish", NULL, "l", FM_ASCONFERENCE), S_OK);
    CHECK_EQ(named_call(consult, L"RemoveFromConference", NULL, ""), S_OK);
    ITBasicCallControl_Release(consult);
    ITBasicCallControl2_Release(call);
    client_close(a);
}

TEST_BOTH(sent_elsewhere_by_name)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102"), *c = client_open(L"103");
    ITBasicCallControl2 *call = connected(a);
    ITBasicCallControl *back;
    VARIANT place;

    CHECK_EQ(named_call(call, L"BlindTransfer", NULL, "s", L"103"), S_OK);
    client_wait(c, "state offering");
    ITBasicCallControl2_Release(call);

    call = connected(a);
    REQUIRE_EQ(named_call(call, L"ParkIndirect", &place, ""), S_OK);
    ITBasicCallControl2_Release(call);
    back = client_create_call(b, V_BSTR(&place));
    CHECK_EQ(named_call(back, L"Unpark", NULL, ""), S_OK);
    CHECK_EQ(named_call(back, L"Unpark", NULL, ""), TAPI_E_INVALCALLSTATE);
    client_wait(b, "state connected");
    VariantClear(&place);
    ITBasicCallControl_Release(back);
    client_close(c);
    client_close(b);
    client_close(a);
}

TEST_BOTH(parked_where_it_was_said)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102");
    ITBasicCallControl2 *call = connected(a), *second;
    BSTR place = SysAllocString(L"705"), wrong = SysAllocString(L"999");
    ITBasicCallControl *back;

    CHECK_EQ(ITBasicCallControl2_ParkDirect(call, wrong), TAPI_E_INVALADDRESS);
    CHECK_EQ(ITBasicCallControl2_ParkDirect(call, place), S_OK);
    client_wait(a, "state disconnected normal");
    CHECK_EQ(ITBasicCallControl2_ParkDirect(call, place), TAPI_E_INVALCALLSTATE);
    second = connected(a);
    CHECK_EQ(named_call(second, L"ParkDirect", NULL, "s", L"706"), S_OK);
    client_wait(a, "state disconnected normal #2");
    ITBasicCallControl2_Release(second);
    ITBasicCallControl2_Release(call);
    back = client_create_call(b, L"705");
    CHECK_EQ(ITBasicCallControl_Unpark(back), S_OK);
    client_wait(b, "state connected");
    ITBasicCallControl_Release(back);
    back = client_create_call(b, L"709"); /* nobody is there */
    CHECK_EQ(ITBasicCallControl_Unpark(back), TAPI_E_INVALADDRESS);
    ITBasicCallControl_Release(back);
    SysFreeString(place);
    SysFreeString(wrong);
    client_close(b);
    client_close(a);
}

TEST_BOTH(picked_up_by_name)
{
    struct client *a = client_open(L"104"), *b = client_open(L"101"), *c = client_open(L"102");
    ITBasicCallControl *call = client_call(a, L"101"), *taken;

    client_wait(b, "state offering");
    taken = client_create_call(c, L"101");
    CHECK_EQ(named_call(taken, L"Pickup", NULL, "s", L"1"), S_OK);
    client_wait(c, "state connected");
    CHECK_EQ(named_call(taken, L"Pickup", NULL, "s", L"1"), TAPI_E_INVALCALLSTATE);
    ITBasicCallControl_Release(taken);
    taken = client_create_call(c, L"103"); /* nothing rings there */
    CHECK(FAILED(ITBasicCallControl_Pickup(taken, NULL)));
    ITBasicCallControl_Release(taken);
    ITBasicCallControl_Release(call);
    client_close(c);
    client_close(b);
    client_close(a);
}

/* A number whose last digits are said later: 555; and 0100. */
TEST_BOTH(dialled_in_pieces)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *calls[2]; /* kept, so that each has a number of its own in the events */
    BSTR rest = SysAllocString(L"0100");
    unsigned i;

    for (i = 0; i < ARRAYSIZE(calls); i++) {
        calls[i] = client_call(a, L"555;");
        CHECK_EQ(i == 0 ? ITBasicCallControl_Dial(calls[i], rest)
                        : named_call(calls[i], L"Dial", NULL, "s", L"0100"),
                 S_OK);
        client_wait(a, i == 0 ? "state connected" : "state connected #2");
        CHECK_EQ(ITBasicCallControl_Dial(calls[i], rest), TAPI_E_INVALCALLSTATE);
        CHECK_EQ(ITBasicCallControl_Disconnect(calls[i], DC_NORMAL), S_OK);
        client_wait(a, i == 0 ? "state disconnected normal" : "state disconnected normal #2");
    }
    for (i = 0; i < ARRAYSIZE(calls); i++)
        ITBasicCallControl_Release(calls[i]);
    SysFreeString(rest);
    client_close(a);
}

/* Two programs with the same line: one hands its call to the other. */
TEST_BOTH(handed_to_another_program)
{
    struct client *a = client_open(L"101"), *b = client_open(L"101");
    ITBasicCallControl2 *call = connected(a);
    ITBasicCallControl *got;
    WCHAR path[MAX_PATH];
    BSTR name, nobody = SysAllocString(L"nobody.exe");

    GetModuleFileNameW(NULL, path, MAX_PATH);
    name = SysAllocString(wcsrchr(path, '\\') + 1);
    CHECK_EQ(ITBasicCallControl2_HandoffDirect(call, nobody), TAPI_E_TARGETNOTFOUND);
    CHECK_EQ(ITBasicCallControl2_HandoffDirect(call, name), S_OK);
    client_wait(b, "notify owner");
    got = client_offered(b);
    CHECK_EQ(client_state(got), CS_CONNECTED);
    ITBasicCallControl_Release(got);
    CHECK_EQ(ITBasicCallControl2_Disconnect(call, DC_NORMAL), S_OK); /* Release would not wait */
    ITBasicCallControl2_Release(call);

    call = connected(a);
    CHECK_EQ(named_call(call, L"HandoffDirect", NULL, "s", name), S_OK);
    client_wait(b, "notify owner #2");
    CHECK_EQ(ITBasicCallControl2_Disconnect(call, DC_NORMAL), S_OK);
    ITBasicCallControl2_Release(call);
    client_close(b);
    call = connected(a);
    CHECK_EQ(ITBasicCallControl2_HandoffDirect(call, name), TAPI_E_TARGETSELF);
    ITBasicCallControl2_Release(call);
    SysFreeString(name);
    SysFreeString(nobody);
    client_close(a);
}

/* By media type it goes to whoever stands first; the only one there is, is itself. */
TEST_BOTH(handed_on_by_media_type)
{
    struct client *a = client_open(L"101"), *b;
    ITBasicCallControl2 *call = connected(a);
    unsigned by_name;

    CHECK_EQ(ITBasicCallControl2_HandoffIndirect(call, TAPIMEDIATYPE_AUDIO), TAPI_E_TARGETSELF);
    CHECK_EQ(ITBasicCallControl2_HandoffIndirect(call, TAPIMEDIATYPE_VIDEO), TAPI_E_TARGETNOTFOUND);
    CHECK_EQ(ITBasicCallControl2_HandoffIndirect(call, 0), TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITBasicCallControl2_Disconnect(call, DC_NORMAL), S_OK); /* Release would not wait */
    ITBasicCallControl2_Release(call);
    b = client_open(L"101");
    CHECK_EQ(ITTAPI2_UnregisterNotifications(a->tapi, a->registration), S_OK);
    for (by_name = 0; by_name < 2; by_name++) {
        call = connected(a);
        CHECK_EQ(by_name ? named_call(call, L"HandoffIndirect", NULL, "l", TAPIMEDIATYPE_AUDIO)
                         : ITBasicCallControl2_HandoffIndirect(call, TAPIMEDIATYPE_AUDIO),
                 S_OK);
        client_wait(b, by_name ? "notify owner #2" : "notify owner");
        CHECK_EQ(ITBasicCallControl2_Disconnect(call, DC_NORMAL), S_OK);
        client_wait(b, by_name ? "state disconnected normal #2" : "state disconnected normal");
        ITBasicCallControl2_Release(call);
    }
    client_close(b);
    client_close(a);
}

/* ---- what is refused ------------------------------------------------------------------------- */

/* Every method that needs a call that exists, on one that does not (yet, or any more). */
static void refuses(ITBasicCallControl2 *call, ITBasicCallControl *other, HRESULT hr)
{
    BSTR number = SysAllocString(L"5550100"), place = NULL;

    CHECK_EQ(ITBasicCallControl2_Hold(call, VARIANT_TRUE), hr);
    CHECK_EQ(ITBasicCallControl2_Hold(call, VARIANT_FALSE), hr);
    CHECK_EQ(ITBasicCallControl2_Conference(call, other, VARIANT_FALSE), hr);
    CHECK_EQ(ITBasicCallControl2_Transfer(call, other, VARIANT_FALSE), hr);
    CHECK_EQ(ITBasicCallControl2_BlindTransfer(call, number), hr);
    CHECK_EQ(ITBasicCallControl2_SwapHold(call, other), hr);
    CHECK_EQ(ITBasicCallControl2_ParkDirect(call, number), hr);
    POISON(place);
    CHECK_EQ(ITBasicCallControl2_ParkIndirect(call, &place), hr);
    CHECK(place == NULL);
    CHECK_EQ(ITBasicCallControl2_Dial(call, number), hr);
    CHECK_EQ(ITBasicCallControl2_RemoveFromConference(call), hr);
    SysFreeString(number);
}

TEST_BOTH(a_call_that_is_not_there_yet)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *plain = client_create_call(a, L"5550100");
    ITBasicCallControl2 *call = interface_of(plain, &IID_ITBasicCallControl2), *other;

    other = connected(a);
    refuses(call, (ITBasicCallControl *)other, TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Answer(call), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_HandoffDirect(call, (BSTR)L"x.exe"), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_HandoffIndirect(call, TAPIMEDIATYPE_AUDIO), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Finish(call, FM_ASTRANSFER), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Disconnect(call, DC_NORMAL), S_FALSE);
    ITBasicCallControl2_Release(other);
    ITBasicCallControl2_Release(call);
    ITBasicCallControl_Release(plain);
    client_close(a);
}

TEST_BOTH(a_call_that_is_over)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl2 *call = connected(a), *other;

    CHECK_EQ(ITBasicCallControl2_Disconnect(call, DC_NORMAL), S_OK);
    client_wait(a, "state disconnected normal");
    other = connected(a);
    refuses(call, (ITBasicCallControl *)other, TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Answer(call), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Connect(call, VARIANT_FALSE), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Unpark(call), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Pickup(call, NULL), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_SetQOS(call, TAPIMEDIATYPE_AUDIO, QSL_NEEDED),
             TAPI_E_INVALCALLSTATE);
    ITBasicCallControl2_Release(other);
    ITBasicCallControl2_Release(call);
    client_close(a);
}

/* A monitor may look at the call, and no more. */
TEST_BOTH(a_call_of_somebody_else)
{
    struct client *a = client_open(L"101"), *m = client_open(L"101");
    ITBasicCallControl2 *call, *seen;
    ITBasicCallControl *watched, *own;
    LONG cookie;

    CHECK_EQ(ITTAPI2_UnregisterNotifications(m->tapi, m->registration), S_OK);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(m->tapi, m->address, VARIANT_TRUE, VARIANT_FALSE,
                                               TAPIMEDIATYPE_AUDIO, 9, &cookie),
             S_OK);
    call = connected(a);
    client_wait(m, "state connected");
    watched = client_offered(m);
    seen = interface_of(watched, &IID_ITBasicCallControl2);
    own = client_create_call(m, L"5550100");
    CHECK_EQ(ITBasicCallControl2_Hold(seen, VARIANT_TRUE), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_Hold(seen, VARIANT_FALSE), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_HandoffIndirect(seen, TAPIMEDIATYPE_AUDIO), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_HandoffDirect(seen, (BSTR)L"nobody.exe"), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_BlindTransfer(seen, (BSTR)L"5550100"), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_ParkDirect(seen, (BSTR)L"705"), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_ParkIndirect(seen, &(BSTR){NULL}), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_Dial(seen, (BSTR)L"1"), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_RemoveFromConference(seen), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_Transfer(seen, own, VARIANT_FALSE), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_Conference(seen, own, VARIANT_FALSE), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_SetQOS(seen, TAPIMEDIATYPE_AUDIO, QSL_NEEDED), TAPI_E_NOTOWNER);
    CHECK_EQ(ITBasicCallControl2_Disconnect(seen, DC_NORMAL), TAPI_E_NOTOWNER);
    CHECK_EQ(named_call(seen, L"Disconnect", NULL, "l", DC_NORMAL), TAPI_E_NOTOWNER);
    CHECK_EQ(state_of(call), CS_CONNECTED);
    ITBasicCallControl_Release(own);
    ITBasicCallControl2_Release(seen);
    ITBasicCallControl_Release(watched);
    ITBasicCallControl2_Release(call);
    client_close(m);
    client_close(a);
}

TEST_BOTH(arguments_that_are_none)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102");
    ITBasicCallControl2 *call = connected(a), *foreign = connected(b);

    CHECK_EQ(ITBasicCallControl2_HandoffDirect(call, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl2_BlindTransfer(call, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl2_ParkDirect(call, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl2_Dial(call, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl2_Conference(call, NULL, VARIANT_TRUE), E_POINTER);
    CHECK_EQ(ITBasicCallControl2_Conference(call, (ITBasicCallControl *)call, VARIANT_TRUE),
             E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl2_Conference(call, (ITBasicCallControl *)foreign, VARIANT_TRUE),
             E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl2_Transfer(call, (ITBasicCallControl *)foreign, VARIANT_TRUE),
             E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl2_SwapHold(call, (ITBasicCallControl *)foreign), E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl2_Finish(call, FM_ASCONFERENCE), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_Answer(call), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl2_BlindTransfer(call, (BSTR)L"xyz"), TAPI_E_INVALADDRESS);
    ITBasicCallControl2_Release(foreign);
    ITBasicCallControl2_Release(call);
    client_close(b);
    client_close(a);
}
