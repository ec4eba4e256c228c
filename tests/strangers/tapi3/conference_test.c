/*
 * conference_test.c - Microsoft's code examples of a conference and of a transfer
 * (tapi-docs/create-a-simple-conference.md, transfer-a-call.md), and what the pages around them say
 * comes of it: the calls of a conference are in one CallHub (conference-ovr.md), those of a
 * transfer are over.
 */
#include "program.h"

static struct sink sink;
static ITTAPI *tapi;
static ITAddress *address;
static ULONG cookie;

static void begin(void)
{
    program_begin(COINIT_MULTITHREADED);
    tapi = program_create_tapi();
    CHECK_EQ(ITTAPI_Initialize(tapi), S_OK);
    sink_start(&sink, NULL);
    cookie = program_listen(tapi, &sink, TE_CALLNOTIFICATION | TE_CALLSTATE);
    address = program_address(tapi, 0);
}

static void end(void)
{
    program_unlisten(tapi, cookie);
    sink_end(&sink);
    drop(address);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    CHECK_EQ(drop(tapi), 0);
    program_end();
}

static ITBasicCallControl *created(const WCHAR *number)
{
    BSTR text = SysAllocString(number);
    ITBasicCallControl *call = NULL;

    CHECK_EQ(ITAddress_CreateCall(address, text, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO,
                                  &call),
             S_OK);
    SysFreeString(text);
    return call;
}

/* The hub a call is in. */
static ITCallHub *hub_of(ITBasicCallControl *call)
{
    ITCallInfo *info = NULL;
    ITCallHub *hub = NULL;

    ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info);
    CHECK_EQ(ITCallInfo_get_CallHub(info, &hub), S_OK);
    drop(info);
    return hub;
}

static BOOL is_in(ITCallHub *hub, ITBasicCallControl *call)
{
    IEnumCall *calls = NULL;
    ITCallInfo *each = NULL;
    BOOL found = FALSE;

    CHECK_EQ(ITCallHub_EnumerateCalls(hub, &calls), S_OK);
    while (IEnumCall_Next(calls, 1, &each, NULL) == S_OK) {
        found |= same_object(each, call);
        drop(each);
    }
    drop(calls);
    return found;
}

static bool is_over(void *call)
{
    return program_state(call) == CS_DISCONNECTED;
}

/* Conference and Finish as in the example; the hub, and both calls. */
static ITCallHub *conference(ITBasicCallControl **call, ITBasicCallControl **consult)
{
    ITCallHub *hub;

    *call = created(L"5550100");
    CHECK_EQ(ITBasicCallControl_Connect(*call, VARIANT_TRUE), S_OK);
    *consult = created(L"5550104");
    CHECK_EQ(ITBasicCallControl_Conference(*call, *consult, VARIANT_TRUE), S_OK);
    CHECK_EQ(program_state(*consult), CS_CONNECTED);
    CHECK_EQ(ITBasicCallControl_Finish(*consult, FM_ASCONFERENCE), S_OK);
    hub = hub_of(*call);
    CHECK(is_in(hub, *call));
    CHECK(is_in(hub, *consult)); /* "The Finish method adds the consultation call to the CallHub" */
    return hub;
}

TEST(a_simple_conference)
{
    ITBasicCallControl *call, *consult;
    CALLHUB_STATE state = CHS_IDLE;
    ITCallHub *hub, *other;
    LONG count = 0;

    begin();
    hub = conference(&call, &consult);
    CHECK_EQ(ITCallHub_get_NumCalls(hub, &count), S_OK);
    CHECK(count >= 2); /* the conference itself may be a call */
    CHECK_EQ(ITCallHub_get_State(hub, &state), S_OK);
    CHECK_EQ(state, CHS_ACTIVE);
    other = hub_of(consult);
    CHECK(same_object(hub, other));
    drop(other);
    CHECK_EQ(ITCallHub_Clear(hub), S_OK);
    CHECK(wait_until(is_over, call, NULL, WAIT_LONG));
    CHECK(wait_until(is_over, consult, NULL, WAIT_LONG));
    drop(hub);
    drop(consult);
    drop(call);
    end();
}

TEST(a_member_is_removed)
{
    ITBasicCallControl *call, *consult;
    ITCallHub *hub, *other;

    begin();
    hub = conference(&call, &consult);
    CHECK_EQ(ITBasicCallControl_RemoveFromConference(consult), S_OK);
    CHECK(is_in(hub, call));
    CHECK(!is_in(hub, consult));
    other = hub_of(consult);
    CHECK(!same_object(hub, other));
    CHECK(is_in(other, consult));
    drop(other);
    drop(hub);
    CHECK_EQ(ITBasicCallControl_Disconnect(consult, DC_NORMAL), S_OK);
    CHECK(wait_until(is_over, consult, NULL, WAIT_LONG));
    drop(consult);
    drop(call);
    end();
}

TEST(a_transfer)
{
    ITBasicCallControl *call, *consult;

    begin();
    call = created(L"5550100");
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    consult = created(L"5550104");
    CHECK_EQ(ITBasicCallControl_Transfer(call, consult, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITBasicCallControl_Finish(consult, FM_ASTRANSFER), S_OK);
    CHECK(wait_until(is_over, consult, NULL, WAIT_LONG));
    CHECK(wait_until(is_over, call, NULL, WAIT_LONG));
    drop(consult);
    drop(call);
    end();
}
