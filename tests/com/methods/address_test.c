/* address_test.c - ITAddress, ITAddress2 and ITMediaSupport: what the scenarios of the other tests
 * leave out - by name, and each refusal. */
#include "tests/com/methods/methods.h"

#include "tsp/simpbx/simpbx_ext.h"

TEST_BOTH(an_address_by_name)
{
    struct client *a = client_open(L"101");
    VARIANT tapi, call, info, supported, enabled;

    CHECK_EQ(late_number(a->address, L"State"), AS_INSERVICE);
    CHECK_WSTR(late_text(a->address, L"AddressName"), L"Alice");
    CHECK_WSTR(late_text(a->address, L"ServiceProviderName"), L"simpbx.tsp");
    CHECK_WSTR(late_text(a->address, L"DialableAddress"), L"101");
    CHECK_EQ(named_get(a->address, L"TAPIObject", &tapi, ""), S_OK);
    CHECK((void *)V_DISPATCH(&tapi) == (void *)a->tapi);
    VariantClear(&tapi);
    CHECK(named_list(a->address, L"Calls", 0, ""));
    REQUIRE_EQ(named_call(a->address, L"CreateCall", &call, "sll", L"5550100",
                          LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO),
               S_OK);
    CHECK_EQ(named_call(a->address, L"CreateCall", NULL, "sll", L"5550100",
                        LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_VIDEO),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(named_call(V_DISPATCH(&call), L"Connect", NULL, "b", TRUE), S_OK);
    CHECK(named_list(a->address, L"Calls", 1, ""));
    CHECK(named_list(a->address, L"EnumerateCalls", 1, ""));
    VariantClear(&call);
    CHECK_EQ(named_call(a->address, L"CreateForwardInfoObject", &info, ""), S_OK);
    VariantClear(&info);
    CHECK_EQ(named_get(a->address, L"CurrentForwardInfo", &info, ""), S_OK);
    VariantClear(&info);

    CHECK(late_number(a->address, L"MediaTypes") & TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(named_call(a->address, L"QueryMediaType", &supported, "l", TAPIMEDIATYPE_AUDIO), S_OK);
    CHECK_EQ(V_VT(&supported), VT_BOOL);
    CHECK_EQ(V_BOOL(&supported), VARIANT_TRUE);
    CHECK_EQ(named_call(a->address, L"QueryMediaType", &supported, "l", 0), S_OK);
    CHECK_EQ(V_BOOL(&supported), VARIANT_FALSE);

    CHECK(named_list(a->address, L"Phones", 0, ""));
    CHECK(named_list(a->address, L"EnumeratePhones", 0, ""));
    CHECK(named_list(a->address, L"PreferredPhones", 0, ""));
    CHECK(named_list(a->address, L"EnumeratePreferredPhones", 0, ""));
    CHECK_EQ(named_put(a->address, L"EventFilter", "llb", TE_CALLSTATE, CS_CONNECTED, FALSE), S_OK);
    CHECK_EQ(named_get(a->address, L"EventFilter", &enabled, "ll", TE_CALLSTATE, CS_CONNECTED),
             S_OK);
    CHECK_EQ(V_BOOL(&enabled), VARIANT_FALSE);
    CHECK_EQ(named_get(a->address, L"EventFilter", &enabled, "ll", TE_CALLSTATE, CS_OFFERING),
             S_OK);
    CHECK_EQ(V_BOOL(&enabled), VARIANT_TRUE);
    CHECK_EQ(named_get(a->address, L"EventFilter", &enabled, "ll", TE_CALLSTATE, 99), E_INVALIDARG);
    client_close(a);
}

TEST_BOTH(the_calls_of_an_address)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100"), *same;
    IEnumCall *all = NULL;
    ITCallInfo *info = NULL;
    VARIANT calls;

    CHECK_EQ(ITAddress_get_Calls(a->address, &calls), S_OK);
    CHECK(collection_has(&calls, 1)); /* from CreateCall on */
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITAddress_get_Calls(a->address, &calls), S_OK);
    CHECK(collection_has(&calls, 1));
    REQUIRE_EQ(ITAddress_EnumerateCalls(a->address, &all), S_OK);
    REQUIRE_EQ(IEnumCall_Next(all, 1, &info, NULL), S_OK);
    same = interface_of(info, &IID_ITBasicCallControl);
    CHECK(same == call);
    ITBasicCallControl_Release(same);
    ITCallInfo_Release(info);
    IEnumCall_Release(all);
    ITBasicCallControl_Release(call);
    client_close(a);
}

static VARIANT_BOOL waiting(struct client *client)
{
    VARIANT_BOOL on;

    POISON(on);
    CHECK_EQ(ITAddress_get_MessageWaiting(client->address, &on), S_OK);
    return on;
}

TEST_BOTH(the_message_lamp)
{
    struct client *a = client_open(L"101");
    ISimPBX *exchange = client_exchange();
    VARIANT on;

    CHECK_EQ(waiting(a), VARIANT_FALSE);
    CHECK_EQ(ITAddress_put_MessageWaiting(a->address, VARIANT_TRUE), S_OK);
    client_wait(a, "address 7"); /* AE_MSGWAITON */
    CHECK_EQ(waiting(a), VARIANT_TRUE);
    CHECK_EQ(named_get(a->address, L"MessageWaiting", &on, ""), S_OK);
    CHECK_EQ(V_BOOL(&on), VARIANT_TRUE);
    CHECK_EQ(named_put(a->address, L"MessageWaiting", "b", FALSE), S_OK);
    client_wait(a, "address 8"); /* AE_MSGWAITOFF */
    CHECK_EQ(waiting(a), VARIANT_FALSE);
    fail_next(exchange, L"TSPI_lineSetLineDevStatus", LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(ITAddress_put_MessageWaiting(a->address, VARIANT_TRUE), TAPI_E_NOTSUPPORTED);
    fail_next(exchange, L"TSPI_lineGetLineDevStatus", LINEERR_OPERATIONFAILED);
    CHECK_EQ(ITAddress_get_MessageWaiting(a->address, &(VARIANT_BOOL){0}), TAPI_E_OPERATIONFAILED);
    ISimPBX_Release(exchange);
    client_close(a);
}

static VARIANT_BOOL disturbs(struct client *client)
{
    VARIANT_BOOL on;

    POISON(on);
    CHECK_EQ(ITAddress_get_DoNotDisturb(client->address, &on), S_OK);
    return on;
}

/* Whether the exchange has do-not-disturb of its own kind: it forwards to nowhere. */
TEST_BOTH(do_not_disturb)
{
    struct client *a = client_open(L"101"), *b = client_open(L"102");
    ISimPBX *exchange = client_exchange();
    ITBasicCallControl *call;
    VARIANT on;

    CHECK_EQ(disturbs(b), VARIANT_FALSE);
    CHECK_EQ(ITAddress_put_DoNotDisturb(b->address, VARIANT_TRUE), S_OK);
    CHECK_EQ(disturbs(b), VARIANT_TRUE);
    call = client_create_call(a, L"102");
    CHECK(FAILED(ITBasicCallControl_Connect(call, VARIANT_TRUE)));
    CHECK_EQ(client_state(call), CS_DISCONNECTED);
    CHECK(!client_has(b, "state offering"));
    ITBasicCallControl_Release(call);
    CHECK_EQ(named_get(b->address, L"DoNotDisturb", &on, ""), S_OK);
    CHECK_EQ(V_BOOL(&on), VARIANT_TRUE);
    CHECK_EQ(named_put(b->address, L"DoNotDisturb", "b", FALSE), S_OK);
    CHECK_EQ(disturbs(b), VARIANT_FALSE);
    CHECK_EQ(ITAddress_put_DoNotDisturb(b->address, VARIANT_FALSE), S_OK); /* it is so */
    call = client_call(a, L"102");
    client_wait(b, "state offering");
    ITBasicCallControl_Release(call);
    client_wait(b, "state disconnected normal");
    fail_next(exchange, L"TSPI_lineForward", LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(ITAddress_put_DoNotDisturb(b->address, VARIANT_TRUE), TAPI_E_NOTSUPPORTED);
    fail_next(exchange, L"TSPI_lineGetAddressStatus", LINEERR_OPERATIONFAILED);
    CHECK_EQ(ITAddress_get_DoNotDisturb(b->address, &(VARIANT_BOOL){0}), TAPI_E_OPERATIONFAILED);
    CHECK_EQ(disturbs(b), VARIANT_FALSE);
    ISimPBX_Release(exchange);
    client_close(b);
    client_close(a);
}

/* What people and networks do to line 101. */
static void set_status(ISimPBX *exchange, const WCHAR *what)
{
    BSTR number = SysAllocString(L"101"), text = SysAllocString(what);

    CHECK_EQ(ISimPBX_SetLineStatus(exchange, number, text), S_OK);
    SysFreeString(number);
    SysFreeString(text);
}

TEST_BOTH(what_an_address_refuses)
{
    struct client *a = client_open(L"101");
    ISimPBX *exchange = client_exchange();
    ITAddress2 *address = interface_of(a->address, &IID_ITAddress2);
    ITForwardInformation *info = NULL;
    ADDRESS_STATE state;
    VARIANT_BOOL enabled;
    ITPhone *phone;
    BSTR text;

    CHECK_EQ(ITAddress2_GetPhoneFromTerminal(address, NULL, &phone), E_POINTER);
    CHECK(phone == NULL);
    CHECK_EQ(ITAddress2_get_EventFilter(address, TE_TAPIOBJECT, 0, &enabled), E_INVALIDARG);
    CHECK_EQ(ITAddress2_get_EventFilter(address, TE_ADDRESS, AE_LASTITEM + 1, &enabled),
             E_INVALIDARG);
    CHECK_EQ(ITAddress2_put_EventFilter(address, TE_CALLSTATE | TE_ADDRESS, 0, VARIANT_TRUE),
             E_INVALIDARG);
    CHECK_EQ(ITAddress2_put_EventFilter(address, TE_CALLSTATE, -2, VARIANT_TRUE), E_INVALIDARG);
    fail_next(exchange, L"TSPI_lineGetLineDevStatus", LINEERR_RESOURCEUNAVAIL);
    CHECK_EQ(ITAddress2_get_State(address, &state), TAPI_E_RESOURCEUNAVAIL);
    fail_next(exchange, L"TSPI_lineGetDevCaps", LINEERR_OPERATIONFAILED);
    POISON(text);
    CHECK_EQ(ITAddress2_get_AddressName(address, &text), TAPI_E_OPERATIONFAILED);
    CHECK(text == NULL);
    fail_next(exchange, L"TSPI_lineGetAddressCaps", LINEERR_OPERATIONFAILED);
    POISON(text);
    CHECK_EQ(ITAddress2_get_DialableAddress(address, &text), TAPI_E_OPERATIONFAILED);
    CHECK(text == NULL);
    fail_next(exchange, L"TSPI_lineGetAddressStatus", LINEERR_OPERATIONFAILED);
    POISON(info);
    CHECK_EQ(ITAddress2_get_CurrentForwardInfo(address, &info), TAPI_E_OPERATIONFAILED);
    CHECK(info == NULL);
    REQUIRE_EQ(ITAddress2_CreateForwardInfoObject(address, &info), S_OK);
    fail_next(exchange, L"TSPI_lineForward", LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(ITAddress2_Forward(address, info, NULL), TAPI_E_NOTSUPPORTED);
    fail_next(exchange, L"TSPI_lineForward", LINEERR_INVALADDRESS);
    CHECK_EQ(ITAddress2_Forward(address, info, NULL), TAPI_E_INVALADDRESS);
    ITForwardInformation_Release(info);
    set_status(exchange, L"in-service off");
    CHECK_EQ(ITAddress2_get_State(address, &state), S_OK);
    CHECK_EQ(state, AS_OUTOFSERVICE);
    set_status(exchange, L"in-service on");
    CHECK_EQ(ITAddress2_get_State(address, &state), S_OK);
    CHECK_EQ(state, AS_INSERVICE);
    ISimPBX_Release(exchange);
    ITAddress2_Release(address);
    client_close(a);
}

TEST_BOTH(outputs_of_forwarding_by_name)
{
    struct client *a = client_open(L"101");
    BSTR to = NULL, from = NULL;
    LONG to_type = 0, from_type = 0;
    VARIANT info;

    REQUIRE_EQ(named_call(a->address, L"CreateForwardInfoObject", &info, ""), S_OK);
    CHECK_EQ(named_call(V_DISPATCH(&info), L"SetForwardType2", NULL, "lslsl",
                        LINEFORWARDMODE_BUSYSPECIFIC, L"bob@example.com", LINEADDRESSTYPE_EMAILNAME,
                        L"104", LINEADDRESSTYPE_PHONENUMBER),
             S_OK);
    CHECK_EQ(named_call(V_DISPATCH(&info), L"GetForwardType", NULL, "lSS",
                        LINEFORWARDMODE_BUSYSPECIFIC, &to, &from),
             S_OK);
    CHECK_WSTR(to, L"bob@example.com");
    CHECK_WSTR(from, L"104");
    SysFreeString(to);
    SysFreeString(from);
    to = from = NULL;
    CHECK_EQ(named_call(V_DISPATCH(&info), L"GetForwardType2", NULL, "lSLSL",
                        LINEFORWARDMODE_BUSYSPECIFIC, &to, &to_type, &from, &from_type),
             S_OK);
    CHECK_WSTR(to, L"bob@example.com");
    CHECK_WSTR(from, L"104");
    CHECK_EQ(to_type, LINEADDRESSTYPE_EMAILNAME);
    CHECK_EQ(from_type, LINEADDRESSTYPE_PHONENUMBER);
    SysFreeString(to);
    SysFreeString(from);
    VariantClear(&info);
    client_close(a);
}

TEST_BOTH(an_extension_by_name)
{
    struct client *a = client_open(L"101");
    struct simpbx_command command = {SIMPBX_COMMAND_CLOCK, {7, 7, 7, 7}};
    ITAddress2 *address = interface_of(a->address, &IID_ITAddress2);
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    VARIANT bytes = bytes_variant(&command, sizeof(command)), version;

    CHECK_EQ(named_call(address, L"DeviceSpecificVariant", NULL, "ov", NULL, &bytes),
             TAPI_E_NOTSUPPORTED);
    CHECK_EQ(named_call(address, L"NegotiateExtVersion", &version, "ll", 0x70000, 0x80000),
             TAPI_E_OPERATIONFAILED);
    CHECK_EQ(named_call(address, L"NegotiateExtVersion", &version, "ll", 1, SIMPBX_EXT_VERSION),
             S_OK);
    CHECK_EQ(V_I4(&version), SIMPBX_EXT_VERSION);
    CHECK_EQ(named_call(address, L"DeviceSpecificVariant", NULL, "ov", NULL, &bytes), S_OK);
    CHECK_EQ(ITAddress2_DeviceSpecificVariant(address, NULL, bytes), S_OK);
    CHECK_EQ(named_call(address, L"DeviceSpecific", NULL, "opl", NULL, (BYTE *)&command,
                        (LONG)sizeof(command)),
             S_OK);
    CHECK_EQ(ITAddress2_DeviceSpecificVariant(address, (ITCallInfo *)address, bytes), E_INVALIDARG);
    command.code = 4711;
    CHECK_EQ(ITAddress2_DeviceSpecific(address, NULL, (BYTE *)&command, sizeof(command)),
             TAPI_E_NOTSUPPORTED);
    VariantClear(&bytes);
    ITBasicCallControl_Release(call);
    ITAddress2_Release(address);
    client_close(a);
}
