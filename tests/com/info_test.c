/* info_test.c - ITCallInfo, ITCallHub and the event filters of single objects. */
#include "tests/com/client.h"

static ITCallInfo2 *info_of(ITBasicCallControl *call)
{
    ITCallInfo2 *info = NULL;

    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo2, (void **)&info), S_OK);
    return info;
}

static void check_string(ITCallInfo2 *info, CALLINFO_STRING which, const WCHAR *expected)
{
    BSTR text = NULL;

    CHECK_EQ(ITCallInfo2_get_CallInfoString(info, which, &text), S_OK);
    CHECK_WSTR(text, expected);
    SysFreeString(text);
}

TEST_BOTH(before_connect_the_parameters_are_read_back)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"102");
    ITCallInfo2 *info = info_of(call);
    static const BYTE user_info[] = {1, 2, 0, 4};
    BSTR text = SysAllocString(L"A comment");
    BYTE *bytes;
    DWORD size;
    LONG value;

    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_MINRATE, 9600), S_OK);
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_MAXRATE, 64000), S_OK);
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_COUNTRYCODE, 49), S_OK);
    POISON(value);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_MAXRATE, &value), S_OK);
    CHECK_EQ(value, 64000);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_COUNTRYCODE, &value), S_OK);
    CHECK_EQ(value, 49);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_MEDIATYPESAVAILABLE, &value), S_OK);
    CHECK_EQ(value, TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_CALLID, &value), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, 99, &value), E_INVALIDARG);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, -1, &value), E_INVALIDARG);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_MAXRATE, NULL), E_POINTER);
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_CALLID, 1), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITCallInfo2_put_CallInfoString(info, CIS_COMMENT, text), S_OK);
    check_string(info, CIS_COMMENT, L"A comment");
    CHECK_EQ(ITCallInfo2_put_CallInfoString(info, CIS_CALLERIDNAME, text), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(
        ITCallInfo2_SetCallInfoBuffer(info, CIB_USERUSERINFO, sizeof(user_info), (BYTE *)user_info),
        S_OK);
    POISON(bytes);
    POISON(size);
    REQUIRE_EQ(ITCallInfo2_GetCallInfoBuffer(info, CIB_USERUSERINFO, &size, &bytes), S_OK);
    REQUIRE_EQ(size, sizeof(user_info));
    CHECK_BYTES(bytes, user_info, sizeof(user_info));
    CoTaskMemFree(bytes);
    CHECK_EQ(ITCallInfo2_GetCallInfoBuffer(info, CIB_USERUSERINFO, NULL, &bytes), E_POINTER);
    SysFreeString(text);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(both_ends_know_each_other)
{
    struct client *a = client_open(L"101");
    struct client *b = client_open(L"102");
    ITBasicCallControl *out = client_call(a, L"102"), *in;
    ITCallInfo2 *info;
    CALL_PRIVILEGE privilege;
    LONG value;

    client_wait(b, "state offering");
    in = client_offered(b);
    info = info_of(in);
    check_string(info, CIS_CALLERIDNUMBER, L"101");
    check_string(info, CIS_CALLERIDNAME, L"Alice");
    check_string(info, CIS_CALLEDIDNUMBER, L"102");
    CHECK_EQ(ITCallInfo2_get_Privilege(info, &privilege), S_OK);
    CHECK_EQ(privilege, CP_OWNER);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_ORIGIN, &value), S_OK);
    CHECK_EQ(value, 2 /* LINECALLORIGIN_INTERNAL */);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_NUMBEROFOWNERS, &value), S_OK);
    CHECK_EQ(value, 1);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_CALLID, &value), S_OK);
    CHECK(value != 0);
    CHECK_EQ(ITCallInfo2_put_CallInfoLong(info, CIL_APPSPECIFIC, 4711), S_OK);
    CHECK_EQ(ITCallInfo2_get_CallInfoLong(info, CIL_APPSPECIFIC, &value), S_OK);
    CHECK_EQ(value, 4711);
    ITCallInfo2_Release(info);
    info = info_of(out);
    check_string(info, CIS_CALLEDIDNUMBER, L"102");
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    client_close(b);
    client_close(a);
}

/* Which of the two calls' events comes first is the exchange's affair. */
static bool is_offered(void *context)
{
    return client_has(context, "state offering") || client_has(context, "state offering #2");
}

static bool hub_is_idle(void *context)
{
    CALLHUB_STATE state;

    return ITCallHub_get_State((ITCallHub *)context, &state) == S_OK && state == CHS_IDLE;
}

TEST_BOTH(a_hub_ties_the_calls_of_one_program)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *out, *in;
    ITCallInfo2 *info;
    ITCallHub *hub = NULL, *again = NULL;
    ITAddress *other = NULL;
    IEnumAddress *addresses = NULL;
    CALLHUB_STATE state;
    LONG registration, count;

    /* Both ends in one TAPI object: 102 is registered as well. */
    CHECK_EQ(ITTAPI2_EnumerateAddresses(a->tapi, &addresses), S_OK);
    CHECK_EQ(IEnumAddress_Skip(addresses, 1), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &other, NULL), S_OK);
    IEnumAddress_Release(addresses);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, other, VARIANT_FALSE, VARIANT_TRUE,
                                               TAPIMEDIATYPE_AUDIO, 5, &registration),
             S_OK);
    out = client_call(a, L"102");
    REQUIRE(wait_until(is_offered, a, a->changed, WAIT_LONG));
    in = client_offered(a);
    info = info_of(out);
    CHECK_EQ(ITCallInfo2_get_CallHub(info, &hub), S_OK);
    ITCallInfo2_Release(info);
    info = info_of(in);
    CHECK_EQ(ITCallInfo2_get_CallHub(info, &again), S_OK);
    ITCallInfo2_Release(info);
    CHECK(hub == again);
    POISON(count);
    CHECK_EQ(ITCallHub_get_NumCalls(hub, &count), S_OK);
    CHECK_EQ(count, 2);
    CHECK_EQ(ITCallHub_get_State(hub, &state), S_OK);
    CHECK_EQ(state, CHS_ACTIVE);
    CHECK_EQ(ITCallHub_Clear(hub), S_OK);
    CHECK(wait_until(hub_is_idle, hub, a->changed, WAIT_LONG));
    ITCallHub_Release(again);
    ITCallHub_Release(hub);
    ITBasicCallControl_Release(in);
    ITBasicCallControl_Release(out);
    ITAddress_Release(other);
    client_close(a);
}

TEST_BOTH(a_call_has_its_own_filter)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITCallInfo2 *info = info_of(call);
    VARIANT_BOOL enabled;

    POISON(enabled);
    CHECK_EQ(ITCallInfo2_get_EventFilter(info, TE_CALLSTATE, CS_INPROGRESS, &enabled), S_OK);
    CHECK_EQ(enabled, VARIANT_TRUE);
    CHECK_EQ(ITCallInfo2_put_EventFilter(info, TE_CALLSTATE, CS_INPROGRESS, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITCallInfo2_get_EventFilter(info, TE_CALLSTATE, CS_INPROGRESS, &enabled), S_OK);
    CHECK_EQ(enabled, VARIANT_FALSE);
    CHECK_EQ(ITCallInfo2_put_EventFilter(info, TE_CALLSTATE, 99, VARIANT_FALSE), E_INVALIDARG);
    CHECK_EQ(ITCallInfo2_put_EventFilter(info, 3, 0, VARIANT_FALSE), E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    client_expect(a, "state connected", NULL);
    ITCallInfo2_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}
