/* odd_test.c - a program of TAPI 3 on odd.tsp: calls that come and go as no exchange does it. */
#include "odd.h"
#include "program.h"

#define ALL                                                                                        \
    (TE_TAPIOBJECT | TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA |              \
     TE_CALLINFOCHANGE)

static struct odd *odd;
static struct sink sink;
static ITTAPI *tapi;
static ULONG cookie;

/* The second line has one address, which is the fourth. */
static void begin(void)
{
    HMODULE provider;

    program_begin(COINIT_MULTITHREADED);
    provider = LoadLibraryW(L"odd.tsp");
    REQUIRE(provider != NULL);
    odd = ((odd_state *)(void *)GetProcAddress(provider, "OddState"))();
    memset(odd, 0, FIELD_OFFSET(struct odd, made_address));
    odd->drops = odd->answers = 0;
    sink_start(&sink, NULL);
    tapi = program_create_tapi();
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    cookie = program_listen(tapi, &sink, ALL);
}

static bool quiet(void *unused)
{
    (void)unused;
    return odd->open_calls == 0 && odd->open_lines == 0;
}

static void end(void)
{
    sink_end(&sink);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI_Release(tapi), 0);
    CHECK(wait_until(quiet, NULL, NULL, WAIT_LONG));
    program_end();
}

static LONG watch(ITAddress *address)
{
    LONG registration = 0;

    CHECK_EQ(ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_TRUE, VARIANT_TRUE,
                                              TAPIMEDIATYPE_AUDIO, (LONG)cookie, &registration),
             S_OK);
    return registration;
}

static ITBasicCallControl *call_to(ITAddress *address)
{
    ITBasicCallControl *call = NULL;
    BSTR number = SysAllocString(L"5550100");

    REQUIRE_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &call),
               S_OK);
    SysFreeString(number);
    return call;
}

static void end_without_sink_check(void)
{
    program_unlisten(tapi, cookie);
    end();
}

/* LINE_NEWCALL, and nothing for a while; then CONNECTED (a set beside us has taken it), twice; then
 * IDLE. The slot is used again while the program still has the old call. */
TEST(states_are_left_out_and_said_twice)
{
    ITBasicCallControl *first, *second;
    ITCallInfo *info = NULL;
    ITAddress *address;
    BSTR text = NULL;
    int slot, again;

    begin();
    address = program_address(tapi, ODD_ADDRESSES);
    watch(address);
    slot = odd->ring(1, 0);
    odd->say(slot, LINECALLSTATE_CONNECTED, 0);
    odd->say(slot, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
    first = sink_offered(&sink);
    REQUIRE(first != NULL);
    CHECK_EQ(program_state(first), CS_CONNECTED);
    EXPECT_STATE(&sink, first, CS_CONNECTED, CEC_NONE);
    CHECK_EQ(ITBasicCallControl_Answer(first), TAPI_E_INVALCALLSTATE);
    odd->info(slot, LINECALLINFOSTATE_CALLERID); /* which is still not known */
    CHECK_EQ(ITBasicCallControl_QueryInterface(first, &IID_ITCallInfo, (void **)&info), S_OK);
    CHECK_EQ(ITCallInfo_get_CallInfoString(info, CIS_CALLERIDNUMBER, &text), S_OK);
    CHECK_EQ(SysStringLen(text), 0);
    SysFreeString(text);
    odd->say(slot, LINECALLSTATE_IDLE, 0);
    EXPECT_STATE(&sink, first, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
    drop(info);
    drop(first);

    again = odd->ring(1, 0);
    odd->say(again, LINECALLSTATE_OFFERING, 0);
    second = sink_offered(&sink);
    REQUIRE(second != NULL);
    EXPECT_STATE(&sink, second, CS_OFFERING, CEC_NONE);
    CHECK_EQ(ITBasicCallControl_Answer(second), S_OK);
    EXPECT_STATE(&sink, second, CS_CONNECTED, CEC_NONE);
    CHECK_EQ(ITBasicCallControl_Disconnect(second, DC_NORMAL), S_OK);
    EXPECT_STATE(&sink, second, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
    drop(second);
    drop(address);
    end_without_sink_check();
}

/* A call in IDLE before anything else was said of it, and one of which nothing is ever said. */
/* The high-order 8 bits of a call state are the device's own (linecallstate--constants.md). */
TEST(states_have_a_device_specific_part)
{
    ITBasicCallControl *call;
    ITAddress *address;
    int slot;

    begin();
    address = program_address(tapi, ODD_ADDRESSES);
    watch(address);
    slot = odd->ring(1, 0);
    odd->say(slot, LINECALLSTATE_OFFERING | 0x5A000000, 0);
    call = sink_offered(&sink);
    REQUIRE(call != NULL);
    EXPECT_STATE(&sink, call, CS_OFFERING, CEC_NONE);
    odd->say(slot, LINECALLSTATE_CONNECTED | 0xA5000000, 0);
    EXPECT_STATE(&sink, call, CS_CONNECTED, CEC_NONE);
    odd->say(slot, LINECALLSTATE_IDLE | 0x01000000, 0);
    EXPECT_STATE(&sink, call, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
    drop(call);
    drop(address);
    end_without_sink_check();
}

TEST(calls_that_are_over_before_they_begin)
{
    ITBasicCallControl *call;
    ITAddress *address;
    int slot;

    begin();
    address = program_address(tapi, ODD_ADDRESSES);
    watch(address);
    slot = odd->ring(1, 0);
    odd->say(slot, LINECALLSTATE_IDLE, 0);
    call = sink_offered(&sink);
    CHECK_EQ(program_state(call), CS_DISCONNECTED);
    EXPECT_STATE(&sink, call, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
    drop(call);
    odd->ring(1, 0);
    drop(address);
    end_without_sink_check();
}

/* A call that waits for somebody to open the line is there before RegisterCallNotifications
 * returns. */
TEST(a_call_comes_while_the_line_is_opened)
{
    ITAddress *address;

    begin();
    address = program_address(tapi, ODD_ADDRESSES);
    for (int i = 0; i < 40; i++) {
        ITBasicCallControl *call;
        LONG registration;

        odd->rings_at_open = TRUE;
        registration = watch(address);
        call = sink_offered(&sink);
        if (!call)
            break;
        CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
        EXPECT_STATE(&sink, call, CS_OFFERING, CEC_NONE);
        EXPECT_STATE(&sink, call, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
        drop(call);
        CHECK_EQ(ITTAPI_UnregisterNotifications(tapi, registration), S_OK);
        CHECK(wait_until(quiet, NULL, NULL, WAIT_LONG));
        sink_forget(&sink);
    }
    drop(address);
    end_without_sink_check();
}

/* The reply comes last, and from another thread: the call's states must not be lost. */
TEST(connected_before_the_reply)
{
    ITAddress *address;

    begin();
    address = program_address(tapi, ODD_ADDRESSES);
    for (int way = 0; way < 4; way++) {
        ITBasicCallControl *call;

        odd->from_thread = way & 1;
        memset(odd->early, 0, sizeof(odd->early));
        odd->early[0][0] = LINECALLSTATE_DIALING;
        odd->early[1][0] = LINECALLSTATE_CONNECTED;
        call = call_to(address);
        CHECK_EQ(ITBasicCallControl_Connect(call, way & 2 ? VARIANT_TRUE : VARIANT_FALSE), S_OK);
        EXPECT_STATE(&sink, call, CS_INPROGRESS, CEC_NONE);
        EXPECT_STATE(&sink, call, CS_CONNECTED, CEC_NONE);
        CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
        EXPECT_STATE(&sink, call, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
        drop(call);
    }
    /* Busy before the reply; and IDLE alone. */
    odd->early[0][0] = LINECALLSTATE_DISCONNECTED;
    odd->early[0][1] = LINEDISCONNECTMODE_BUSY;
    odd->early[1][0] = LINECALLSTATE_IDLE;
    for (int way = 0; way < 2; way++) {
        ITBasicCallControl *call = call_to(address);

        odd->from_thread = way & 1;
        CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DESTBUSY);
        EXPECT_STATE(&sink, call, CS_INPROGRESS, CEC_NONE);
        EXPECT_STATE(&sink, call, CS_DISCONNECTED, CEC_DISCONNECT_BUSY);
        drop(call);
    }
    drop(address);
    end_without_sink_check();
}

/* States first, and then the request has failed: there is no call, and the object can be used
 * again.
 */
TEST(a_call_that_failed_after_it_rang)
{
    ITBasicCallControl *call;
    ITAddress *address;

    begin();
    address = program_address(tapi, ODD_ADDRESSES);
    odd->early[0][0] = LINECALLSTATE_DIALING;
    odd->result = LINEERR_RESOURCEUNAVAIL;
    call = call_to(address);
    CHECK(FAILED(ITBasicCallControl_Connect(call, VARIANT_TRUE)));
    CHECK_EQ(program_state(call), CS_IDLE);
    CHECK(FAILED(ITBasicCallControl_Connect(call, VARIANT_FALSE)));
    odd->result = 0;
    odd->states[0][0] = LINECALLSTATE_CONNECTED;
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(program_state(call), CS_CONNECTED);
    odd->no_idle = TRUE; /* released, and the provider never says that it is over */
    drop(call);
    drop(address);
    end_without_sink_check();
}

static void expect_of(ITBasicCallControl *call, ITAddress *address)
{
    ITCallInfo *info = NULL;
    ITAddress *of_call = NULL;

    if (!CHECK(call != NULL))
        return;
    ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info);
    CHECK_EQ(ITCallInfo_get_Address(info, &of_call), S_OK);
    CHECK(same_object(of_call, address));
    drop(of_call);
    drop(info);
}

/* A call of this address comes, is refused, and nothing else has come before it or with it. */
static void expect_one_call(DWORD id, ITAddress *address)
{
    int slot = odd->ring(0, id);
    ITBasicCallControl *call;

    odd->say(slot, LINECALLSTATE_OFFERING, 0);
    call = sink_offered(&sink);
    expect_of(call, address);
    if (!call)
        return;
    EXPECT_STATE(&sink, call, CS_OFFERING, CEC_NONE);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_REJECTED), S_OK);
    EXPECT_STATE(&sink, call, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
    drop(call);
}

/* As owner and monitor, which on the line below are not the same: there a monitor of one address
 * hears of the calls of all (lineOpen, LINEOPENOPTION_SINGLEADDRESS). */
TEST(a_line_with_three_addresses)
{
    ITAddress *addresses[ODD_ADDRESSES];
    ITBasicCallControl *call;
    LONG registrations[ODD_ADDRESSES];
    int other;

    begin();
    for (int i = 0; i < ODD_ADDRESSES; i++)
        addresses[i] = program_address(tapi, i);
    CHECK(!same_object(addresses[0], addresses[1]));
    registrations[2] = watch(addresses[2]);
    other = odd->ring(0, 1); /* nobody has asked for these */
    odd->say(other, LINECALLSTATE_OFFERING, 0);
    expect_one_call(2, addresses[2]);
    odd->say(other, LINECALLSTATE_IDLE, 0);

    odd->states[0][0] = LINECALLSTATE_CONNECTED;
    for (DWORD i = 0; i < ODD_ADDRESSES; i++) {
        call = call_to(addresses[i]);
        CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
        CHECK_EQ(odd->made_address, i);
        expect_of(call, addresses[i]);
        EXPECT_STATE(&sink, call, CS_INPROGRESS, CEC_NONE);
        EXPECT_STATE(&sink, call, CS_CONNECTED, CEC_NONE);
        CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
        EXPECT_STATE(&sink, call, CS_DISCONNECTED, CEC_DISCONNECT_NORMAL);
        drop(call);
    }
    registrations[0] = watch(addresses[0]);
    registrations[1] = watch(addresses[1]);
    for (DWORD i = 0; i < ODD_ADDRESSES; i++)
        expect_one_call(i, addresses[i]);
    for (int i = 0; i < ODD_ADDRESSES; i++) {
        CHECK_EQ(ITTAPI_UnregisterNotifications(tapi, registrations[i]), S_OK);
        drop(addresses[i]);
    }
    end_without_sink_check();
}

static void expect_address_event(ADDRESS_EVENT expected, ITAddress *address)
{
    IDispatch *event = sink_next(&sink, TE_ADDRESS);
    ADDRESS_EVENT kind = AE_STATE;
    ITAddressEvent *told = NULL;
    ITAddress *of = NULL;

    if (!CHECK(event != NULL))
        return;
    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITAddressEvent, (void **)&told), S_OK);
    CHECK_EQ(ITAddressEvent_get_Event(told, &kind), S_OK);
    CHECK_EQ(kind, expected);
    CHECK_EQ(ITAddressEvent_get_Address(told, &of), S_OK);
    CHECK(same_object(of, address));
    drop(of);
    drop(told);
    IDispatch_Release(event);
}

/* All three are open; what happens to one is told once, of this one. */
TEST(what_happens_to_one_of_three_addresses)
{
    ITAddress *addresses[ODD_ADDRESSES];

    begin();
    for (int i = 0; i < ODD_ADDRESSES; i++)
        watch(addresses[i] = program_address(tapi, i));
    for (int i = 0; i < ODD_ADDRESSES; i++)
        odd->address_state(0, i, LINEADDRESSSTATE_FORWARD);
    for (int i = 0; i < ODD_ADDRESSES; i++)
        expect_address_event(AE_FORWARD, addresses[i]);
    for (int i = 0; i < ODD_ADDRESSES; i++)
        drop(addresses[i]);
    end_without_sink_check();
}

static void expect_object_event(TAPIOBJECT_EVENT expected, ITAddress *of, ITAddress **out)
{
    IDispatch *event = sink_next(&sink, TE_TAPIOBJECT);
    TAPIOBJECT_EVENT kind = TE_REINIT;
    ITTAPIObjectEvent *told = NULL;
    ITAddress *address = NULL;

    if (!CHECK(event != NULL))
        return;
    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITTAPIObjectEvent, (void **)&told), S_OK);
    CHECK_EQ(ITTAPIObjectEvent_get_Event(told, &kind), S_OK);
    CHECK_EQ(kind, expected);
    CHECK_EQ(ITTAPIObjectEvent_get_Address(told, &address), S_OK);
    if (of)
        CHECK(same_object(of, address));
    if (out)
        *out = address;
    else
        drop(address);
    drop(told);
    IDispatch_Release(event);
}

TEST(a_line_is_closed_under_its_calls)
{
    ITBasicCallControl *call, *made;
    ITAddress *address;
    LONG registration;
    int slot;

    begin();
    address = program_address(tapi, ODD_ADDRESSES);
    registration = watch(address);
    slot = odd->ring(1, 0);
    odd->say(slot, LINECALLSTATE_OFFERING, 0);
    call = sink_offered(&sink);
    EXPECT_STATE(&sink, call, CS_OFFERING, CEC_NONE);
    odd->states[0][0] = LINECALLSTATE_CONNECTED;
    made = call_to(address);
    CHECK_EQ(ITBasicCallControl_Connect(made, VARIANT_TRUE), S_OK);
    EXPECT_STATE(&sink, made, CS_INPROGRESS, CEC_NONE);
    EXPECT_STATE(&sink, made, CS_CONNECTED, CEC_NONE);
    odd->close(1);
    sink_expect_state(__FILE__, __LINE__, &sink, NULL, CS_DISCONNECTED, CEC_DISCONNECT_FAILED);
    sink_expect_state(__FILE__, __LINE__, &sink, NULL, CS_DISCONNECTED, CEC_DISCONNECT_FAILED);
    expect_object_event(TE_ADDRESSCLOSE, address, NULL);
    CHECK(FAILED(ITBasicCallControl_Answer(call)));
    CHECK_EQ(ITBasicCallControl_Disconnect(made, DC_NORMAL), S_FALSE); /* it is already */
    drop(call);
    drop(made);
    CHECK(FAILED(ITTAPI_UnregisterNotifications(tapi, registration)));
    watch(address);
    slot = odd->ring(1, 0);
    odd->say(slot, LINECALLSTATE_OFFERING, 0);
    call = sink_offered(&sink);
    CHECK_EQ(ITBasicCallControl_Answer(call), S_OK);
    drop(call);
    drop(address);
    end_without_sink_check();
}

TEST(lines_come_and_go)
{
    ITBasicCallControl *call;
    ITAddress *address = NULL;
    int slot;

    begin();
    odd->create();
    expect_object_event(TE_ADDRESSCREATE, NULL, &address);
    REQUIRE(address != NULL);
    watch(address);
    slot = odd->ring(2, 0);
    odd->say(slot, LINECALLSTATE_OFFERING, 0);
    call = sink_offered(&sink);
    EXPECT_STATE(&sink, call, CS_OFFERING, CEC_NONE);
    CHECK_EQ(ITBasicCallControl_Answer(call), S_OK);
    EXPECT_STATE(&sink, call, CS_CONNECTED, CEC_NONE);
    odd->remove(odd->last_created);
    expect_object_event(TE_ADDRESSCLOSE, address, NULL); /* what was open is closed first */
    expect_object_event(TE_ADDRESSREMOVE, address, NULL);
    CHECK_EQ(program_state(call), CS_DISCONNECTED);
    drop(call);
    drop(address);
    end_without_sink_check();
}

/* Everything alive, and the program simply shuts TAPI down and then uses what it still has. */
TEST(shutdown_in_the_middle)
{
    ITBasicCallControl *call, *made;
    ITAddress *address;
    int slot;

    begin();
    address = program_address(tapi, 0);
    watch(address);
    slot = odd->ring(0, 0);
    odd->say(slot, LINECALLSTATE_OFFERING, 0);
    call = sink_offered(&sink);
    odd->states[0][0] = LINECALLSTATE_CONNECTED;
    made = call_to(address);
    CHECK_EQ(ITBasicCallControl_Connect(made, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    CHECK(wait_until(quiet, NULL, NULL, WAIT_LONG));
    CHECK(FAILED(ITBasicCallControl_Answer(call)));
    CHECK_EQ(program_state(made), CS_DISCONNECTED);
    sink_end(&sink);
    CHECK_EQ(ITTAPI_Release(tapi), 0);
    drop(made);
    drop(address);
    drop(call);
    program_end();
}
