/* names_test.c - the call centre for late-bound callers: every member by its name, and failures
 * with their sentence in EXCEPINFO. */
#include "tests/com/callcentre/office.h"

#include <stdarg.h>

/* Invokes a member by name. Arguments in order, each an IDispatch * or BSTR as `types` says ("do",
 * "s", "i"); the result (may be NULL). */
static HRESULT call(void *object, const WCHAR *name, WORD flags, VARIANT *result, const char *types,
                    ...)
{
    DISPID id = DISPID_UNKNOWN, put = DISPID_PROPERTYPUT;
    UINT count = (UINT)strlen(types), wrong = 0;
    DISPPARAMS parameters = {NULL, NULL, count, 0};
    WCHAR *names[] = {(WCHAR *)name};
    EXCEPINFO exception = {0};
    IDispatch *dispatch = NULL;
    VARIANT arguments[4];
    va_list list;
    HRESULT hr;

    if (result)
        VariantInit(result);
    va_start(list, types);
    for (UINT i = 0; i < count; i++) {
        VARIANT *argument = &arguments[count - 1 - i];

        V_VT(argument) = types[i] == 'd' ? VT_DISPATCH : types[i] == 's' ? VT_BSTR : VT_I4;
        if (types[i] == 'i')
            V_I4(argument) = va_arg(list, int);
        else
            V_DISPATCH(argument) = va_arg(list, void *);
    }
    va_end(list);
    parameters.rgvarg = arguments;
    if (flags == DISPATCH_PROPERTYPUT) {
        parameters.rgdispidNamedArgs = &put;
        parameters.cNamedArgs = 1;
    }
    REQUIRE_EQ(IUnknown_QueryInterface((IUnknown *)object, &IID_IDispatch, (void **)&dispatch),
               S_OK);
    CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, names, 1, LOCALE_NEUTRAL, &id), S_OK);
    hr = IDispatch_Invoke(dispatch, id, &IID_NULL, LOCALE_NEUTRAL, flags, &parameters, result,
                          &exception, &wrong);
    IDispatch_Release(dispatch);
    if (hr == DISP_E_EXCEPTION) {
        CHECK(exception.bstrDescription && exception.bstrDescription[0]);
        hr = exception.scode;
    }
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrHelpFile);
    return hr;
}

#define GET(object, name, result) call(object, name, DISPATCH_PROPERTYGET, result, "")

/* A property that is a number. */
static void check_number(void *object, const WCHAR *name, LONG expected)
{
    VARIANT value;

    CHECK_EQ(GET(object, name, &value), S_OK);
    CHECK_EQ(VariantChangeType(&value, &value, 0, VT_I4), S_OK);
    if (V_I4(&value) != expected)
        FAIL("%ls is %ld instead of %ld", name, V_I4(&value), expected);
}

/* A property that is a collection: the number of its items, and the first. */
static IDispatch *first_item(void *object, const WCHAR *name, LONG count)
{
    VARIANT items, item;

    V_DISPATCH(&item) = NULL;
    REQUIRE_EQ(GET(object, name, &items), S_OK);
    REQUIRE_EQ(V_VT(&items), VT_DISPATCH);
    check_number(V_DISPATCH(&items), L"Count", count);
    CHECK_EQ(call(V_DISPATCH(&items), L"Item", DISPATCH_PROPERTYGET, &item, "i", 1), S_OK);
    VariantClear(&items);
    return V_DISPATCH(&item);
}

/* A hidden method that gives an enumerator. */
static void check_enumerator(void *object, const WCHAR *name)
{
    VARIANT value;

    CHECK_EQ(call(object, name, DISPATCH_METHOD, &value, ""), S_OK);
    CHECK_EQ(V_VT(&value), VT_UNKNOWN);
    VariantClear(&value);
}

static void check_string(void *object, const WCHAR *name, const WCHAR *expected)
{
    VARIANT value;

    CHECK_EQ(GET(object, name, &value), S_OK);
    CHECK_EQ(V_VT(&value), VT_BSTR);
    CHECK_WSTR(V_BSTR(&value), expected);
    VariantClear(&value);
}

/* A property that cannot be had, and its HRESULT. */
static void check_failure(void *object, const WCHAR *name, HRESULT expected)
{
    VARIANT value;

    CHECK_EQ(GET(object, name, &value), expected);
    VariantClear(&value);
}

TEST_BOTH(handlers_groups_and_queues_by_names)
{
    static const struct {
        const WCHAR *name;
        LONG value;
    } figures[] = {
        {L"TotalCallsQueued", 301},       {L"CurrentCallsQueued", 302},
        {L"TotalCallsAbandoned", 303},    {L"TotalCallsFlowedIn", 304},
        {L"TotalCallsFlowedOut", 305},    {L"LongestEverWaitTime", 306},
        {L"CurrentLongestWaitTime", 307}, {L"AverageWaitTime", 308},
        {L"FinalDisposition", 309},       {L"MeasurementPeriod", 900},
    };
    struct office *office = office_with_handler();
    /* Through the TAPI object's own IDispatch, as scripts do. */
    IDispatch *handler = first_item(office->client->tapi, L"AgentHandlers", 1);
    IDispatch *group = first_item(handler, L"ACDGroups", 2);
    IDispatch *queue = first_item(group, L"Queues", 2);
    IDispatch *address = first_item(handler, L"UsableAddresses", 3);

    check_enumerator(office->client->tapi, L"EnumerateAgentHandlers");
    check_enumerator(handler, L"EnumerateACDGroups");
    check_enumerator(handler, L"EnumerateUsableAddresses");
    check_enumerator(group, L"EnumerateQueues");
    check_string(handler, L"Name", CENTRE_NAME);
    check_string(group, L"Name", L"Sales");
    check_string(queue, L"Name", L"Queue 11");
    check_string(address, L"DialableAddress", L"201");
    CHECK_EQ(call(queue, L"MeasurementPeriod", DISPATCH_PROPERTYPUT, NULL, "i", 900), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(figures); i++)
        check_number(queue, figures[i].name, figures[i].value);
    centre.error[LINEPROXYREQUEST_GETQUEUEINFO] = (LONG)LINEERR_OPERATIONUNAVAIL;
    for (unsigned i = 0; i < ARRAYSIZE(figures); i++)
        check_failure(queue, figures[i].name, TAPI_E_NOTSUPPORTED);
    CHECK_EQ(call(queue, L"MeasurementPeriod", DISPATCH_PROPERTYPUT, NULL, "i", -5), E_INVALIDARG);
    centre.error[LINEPROXYREQUEST_GETGROUPLIST] = (LONG)LINEERR_OPERATIONFAILED;
    check_failure(handler, L"ACDGroups", TAPI_E_OPERATIONFAILED);
    centre.error[LINEPROXYREQUEST_GETQUEUELIST] = (LONG)LINEERR_INVALAGENTGROUP;
    check_failure(group, L"Queues", TAPI_E_CALLCENTER_INVALAGENTGROUP);
    IDispatch_Release(address);
    IDispatch_Release(queue);
    IDispatch_Release(group);
    IDispatch_Release(handler);
    office_close(office);
}

TEST_BOTH(agents_and_sessions_by_names)
{
    static const struct {
        const WCHAR *name;
        LONG value;
    } agent_figures[] =
        {
            {L"MeasurementPeriod", 30},      {L"NumberOfACDCalls", 101},
            {L"NumberOfIncomingCalls", 102}, {L"NumberOfOutgoingCalls", 103},
            {L"TotalACDTalkTime", 104},      {L"TotalACDCallTime", 105},
            {L"TotalWrapUpTime", 106},       {L"State", AS_READY},
        },
      session_figures[] = {
          {L"SessionDuration", 201},     {L"NumberOfCalls", 202},     {L"TotalTalkTime", 203},
          {L"AverageTalkTime", 204},     {L"TotalCallTime", 205},     {L"AverageCallTime", 206},
          {L"TotalWrapUpTime", 207},     {L"AverageWrapUpTime", 208}, {L"LongestTimeToAnswer", 209},
          {L"AverageTimeToAnswer", 210}, {L"State", ASST_READY},
      };
    struct office *office = office_with_handler();
    ITACDGroup *group = office_group(office, 0);
    ITAddress *address = office_address(office, 0);
    BSTR id = SysAllocString(L"4711"), pin = SysAllocString(L"1234");
    VARIANT agent, plain, session, second, value;
    IDispatch *listed;

    REQUIRE_EQ(call(office->handler, L"CreateAgentWithID", DISPATCH_METHOD, &agent, "ss", id, pin),
               S_OK);
    REQUIRE_EQ(call(office->handler, L"CreateAgent", DISPATCH_METHOD, &plain, ""), S_OK);
    check_string(V_DISPATCH(&agent), L"ID", L"4711");
    check_failure(V_DISPATCH(&plain), L"ID", TAPI_E_CALLCENTER_NO_AGENT_ID);
    CHECK_EQ(GET(V_DISPATCH(&agent), L"User", &value), S_OK);
    CHECK_EQ(V_VT(&value), VT_BSTR);
    VariantClear(&value);
    CHECK_EQ(call(V_DISPATCH(&agent), L"State", DISPATCH_PROPERTYPUT, NULL, "i", AS_READY), S_OK);
    CHECK_EQ(call(V_DISPATCH(&agent), L"State", DISPATCH_PROPERTYPUT, NULL, "i", 77), E_INVALIDARG);
    CHECK_EQ(call(V_DISPATCH(&agent), L"MeasurementPeriod", DISPATCH_PROPERTYPUT, NULL, "i", 30),
             S_OK);
    CHECK_EQ(call(V_DISPATCH(&agent), L"MeasurementPeriod", DISPATCH_PROPERTYPUT, NULL, "i", -30),
             E_INVALIDARG);
    for (unsigned i = 0; i < ARRAYSIZE(agent_figures); i++)
        check_number(V_DISPATCH(&agent), agent_figures[i].name, agent_figures[i].value);
    CHECK_EQ(GET(V_DISPATCH(&agent), L"OverallCallRate", &value), S_OK);
    CHECK_EQ(V_VT(&value), VT_CY);
    CHECK_EQ(V_CY(&value).int64, 25000);

    REQUIRE_EQ(
        call(V_DISPATCH(&agent), L"CreateSession", DISPATCH_METHOD, &session, "dd", group, address),
        S_OK);
    REQUIRE_EQ(call(V_DISPATCH(&agent), L"CreateSessionWithPIN", DISPATCH_METHOD, &second, "dds",
                    group, address, pin),
               S_OK);
    check_enumerator(V_DISPATCH(&agent), L"EnumerateAgentSessions");
    listed = first_item(V_DISPATCH(&agent), L"AgentSessions", 2);
    CHECK(listed == V_DISPATCH(&session));
    IDispatch_Release(listed);
    CHECK_EQ(call(V_DISPATCH(&session), L"State", DISPATCH_PROPERTYPUT, NULL, "i", ASST_READY),
             S_OK);
    CHECK_EQ(call(V_DISPATCH(&session), L"State", DISPATCH_PROPERTYPUT, NULL, "i", 77),
             E_INVALIDARG);
    for (unsigned i = 0; i < ARRAYSIZE(session_figures); i++)
        check_number(V_DISPATCH(&session), session_figures[i].name, session_figures[i].value);
    CHECK_EQ(GET(V_DISPATCH(&session), L"SessionStartTime", &value), S_OK);
    CHECK_EQ(V_VT(&value), VT_DATE);
    CHECK(V_DATE(&value) == 36526.25);
    CHECK_EQ(GET(V_DISPATCH(&session), L"ACDCallRate", &value), S_OK);
    CHECK_EQ(V_VT(&value), VT_CY);
    CHECK_EQ(GET(V_DISPATCH(&session), L"Agent", &value), S_OK);
    CHECK(V_DISPATCH(&value) == V_DISPATCH(&agent));
    VariantClear(&value);
    CHECK_EQ(GET(V_DISPATCH(&session), L"ACDGroup", &value), S_OK);
    CHECK((void *)V_DISPATCH(&value) == (void *)group);
    VariantClear(&value);
    CHECK_EQ(GET(V_DISPATCH(&session), L"Address", &value), S_OK);
    CHECK_EQ(V_VT(&value), VT_DISPATCH);
    VariantClear(&value);

    /* And what cannot be done. */
    centre.error[LINEPROXYREQUEST_CREATEAGENT] = (LONG)LINEERR_INVALPASSWORD;
    CHECK_EQ(call(office->handler, L"CreateAgentWithID", DISPATCH_METHOD, &value, "ss", id, pin),
             TAPI_E_CALLCENTER_INVALPASSWORD);
    CHECK_EQ(call(office->handler, L"CreateAgent", DISPATCH_METHOD, &value, ""),
             TAPI_E_CALLCENTER_INVALPASSWORD);
    centre.error[LINEPROXYREQUEST_CREATEAGENTSESSION] = (LONG)LINEERR_INVALAGENTGROUP;
    CHECK_EQ(
        call(V_DISPATCH(&agent), L"CreateSession", DISPATCH_METHOD, &value, "dd", group, address),
        TAPI_E_CALLCENTER_INVALAGENTGROUP);
    CHECK_EQ(call(V_DISPATCH(&agent), L"CreateSessionWithPIN", DISPATCH_METHOD, &value, "dds",
                  group, address, pin),
             TAPI_E_CALLCENTER_INVALAGENTGROUP);
    centre.error[LINEPROXYREQUEST_GETAGENTINFO] = (LONG)LINEERR_INVALAGENTID;
    for (unsigned i = 0; i < ARRAYSIZE(agent_figures); i++)
        check_failure(V_DISPATCH(&agent), agent_figures[i].name, TAPI_E_CALLCENTER_INVALAGENTID);
    check_failure(V_DISPATCH(&agent), L"OverallCallRate", TAPI_E_CALLCENTER_INVALAGENTID);
    centre.error[LINEPROXYREQUEST_GETAGENTSESSIONINFO] = (LONG)LINEERR_INVALAGENTID;
    for (unsigned i = 0; i < ARRAYSIZE(session_figures); i++)
        check_failure(V_DISPATCH(&session), session_figures[i].name,
                      TAPI_E_CALLCENTER_INVALAGENTID);
    check_failure(V_DISPATCH(&session), L"ACDCallRate", TAPI_E_CALLCENTER_INVALAGENTID);
    check_failure(V_DISPATCH(&session), L"SessionStartTime", TAPI_E_CALLCENTER_INVALAGENTID);
    centre.error[LINEPROXYREQUEST_GETAGENTSESSIONLIST] = (LONG)LINEERR_INVALAGENTID;
    check_failure(V_DISPATCH(&agent), L"AgentSessions", TAPI_E_CALLCENTER_INVALAGENTID);

    SysFreeString(id);
    SysFreeString(pin);
    VariantClear(&second);
    VariantClear(&session);
    VariantClear(&plain);
    VariantClear(&agent);
    ITAddress_Release(address);
    ITACDGroup_Release(group);
    office_close(office);
}
