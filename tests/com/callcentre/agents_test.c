/* agents_test.c - ITAgent and ITAgentSession: making them, their states and figures, and every
 * error a proxy may answer with. */
#include "tests/com/callcentre/office.h"

TEST_BOTH(an_agent_of_the_user)
{
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL), *another;
    WCHAR name[257];
    DWORD room = ARRAYSIZE(name);
    BSTR text = NULL;

    CHECK_EQ(centre.agents[0].id[0], 0);
    POISON(text);
    CHECK_EQ(ITAgent_get_ID(agent, &text), TAPI_E_CALLCENTER_NO_AGENT_ID);
    CHECK(text == NULL);
    CHECK_SAID();
    CHECK_EQ(ITAgent_get_ID(agent, NULL), E_POINTER);
    CHECK(GetUserNameW(name, &room));
    CHECK_EQ(ITAgent_get_User(agent, &text), S_OK);
    CHECK_WSTR(text, name);
    SysFreeString(text);
    CHECK_EQ(ITAgent_get_User(agent, NULL), E_POINTER);
    CHECK_EQ(ITAgentHandler_CreateAgent(office->handler, NULL), E_POINTER);
    centre.error[LINEPROXYREQUEST_CREATEAGENT] = (LONG)LINEERR_RESOURCEUNAVAIL;
    POISON(another);
    CHECK_EQ(ITAgentHandler_CreateAgent(office->handler, &another), TAPI_E_RESOURCEUNAVAIL);
    CHECK(another == NULL);
    CHECK_SAID();
    ITAgent_Release(agent);
    office_close(office);
}

TEST_BOTH(an_agent_with_an_identifier)
{
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, L"4711", L"1234"), *another;
    BSTR text = NULL, id = SysAllocString(L"4712"), pin = SysAllocString(L"0000");

    CHECK_WSTR(centre.agents[0].id, L"4711");
    CHECK_WSTR(centre.agents[0].pin, L"1234");
    CHECK_EQ(ITAgent_get_ID(agent, &text), S_OK);
    CHECK_WSTR(text, L"4711");
    SysFreeString(text);
    CHECK_EQ(ITAgentHandler_CreateAgentWithID(office->handler, NULL, pin, &another), E_POINTER);
    CHECK(another == NULL);
    CHECK_EQ(ITAgentHandler_CreateAgentWithID(office->handler, id, pin, NULL), E_POINTER);
    CHECK_EQ(ITAgentHandler_CreateAgentWithID(office->handler, id, NULL, &another), S_OK);
    ITAgent_Release(another);
    centre.error[LINEPROXYREQUEST_CREATEAGENT] = (LONG)LINEERR_INVALPASSWORD;
    CHECK_EQ(ITAgentHandler_CreateAgentWithID(office->handler, id, pin, &another),
             TAPI_E_CALLCENTER_INVALPASSWORD);
    CHECK_SAID();
    centre.error[LINEPROXYREQUEST_CREATEAGENT] = (LONG)LINEERR_INVALAGENTID;
    CHECK_EQ(ITAgentHandler_CreateAgentWithID(office->handler, id, pin, &another),
             TAPI_E_CALLCENTER_INVALAGENTID);
    SysFreeString(id);
    SysFreeString(pin);
    ITAgent_Release(agent);
    office_close(office);
}

static bool is_released(void *context)
{
    (void)context;
    return centre.agents[0].released;
}

TEST_BOTH(an_agent_nobody_uses_is_released)
{
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL);
    ITAgentSession *session = office_session(office, agent);

    ITAgent_Release(agent); /* the session still uses it */
    CHECK_EQ(ITAgentSession_get_Agent(session, &agent), S_OK);
    CHECK(!centre.agents[0].released);
    ITAgent_Release(agent);
    office_expect(office, "session 0");
    CHECK(office_object(office) == session);
    /* The event's reference is the last but one. */
    ITAgentSession_Release(session);
    for (unsigned i = 0; i < office->count; i++)
        IUnknown_Release(office->objects[i]);
    office->count = office->read = 0;
    CHECK(wait_until(is_released, NULL, NULL, WAIT_LONG));
    office_close(office);
}

TEST_BOTH(states_of_an_agent)
{
    static const struct {
        AGENT_STATE state;
        DWORD line;
        const char *event;
    } states[] = {
        {AS_READY, LINEAGENTSTATEEX_READY, "agent 1"},
        {AS_BUSY_ACD, LINEAGENTSTATEEX_BUSYACD, "agent 2"},
        {AS_BUSY_INCOMING, LINEAGENTSTATEEX_BUSYINCOMING, "agent 3"},
        {AS_BUSY_OUTGOING, LINEAGENTSTATEEX_BUSYOUTGOING, "agent 4"},
        {AS_NOT_READY, LINEAGENTSTATEEX_NOTREADY, "agent 0"},
    };
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL);
    AGENT_STATE state;

    for (unsigned i = 0; i < ARRAYSIZE(states); i++) {
        CHECK_EQ(ITAgent_put_State(agent, states[i].state), S_OK);
        CHECK_EQ(centre.agents[0].state, states[i].line);
        CHECK_EQ(ITAgent_get_State(agent, &state), S_OK);
        CHECK_EQ(state, states[i].state);
        office_expect(office, states[i].event);
        CHECK(office_object(office) == agent);
    }
    CHECK_EQ(ITAgent_put_State(agent, AS_UNKNOWN), TAPI_E_CALLCENTER_INVALAGENTSTATE);
    CHECK_SAID();
    CHECK_EQ(ITAgent_put_State(agent, (AGENT_STATE)6), E_INVALIDARG);
    CHECK_EQ(ITAgent_put_State(agent, (AGENT_STATE)-1), E_INVALIDARG);
    CHECK_SAID();
    CHECK_EQ(ITAgent_get_State(agent, NULL), E_POINTER);
    /* States there are not. */
    centre.agents[0].state = LINEAGENTSTATEEX_UNKNOWN;
    CHECK_EQ(ITAgent_get_State(agent, &state), S_OK);
    CHECK_EQ(state, AS_UNKNOWN);
    centre_say(LINE_AGENTSTATUSEX, 1, LINEAGENTSTATUSEX_STATE, LINEAGENTSTATEEX_UNKNOWN);
    office_expect(office, "agent 5");
    /* No event: of another program's agent, new, other figures. The last one ends the wait. */
    centre_say(LINE_AGENTSTATUSEX, 99, LINEAGENTSTATUSEX_STATE, LINEAGENTSTATEEX_READY);
    centre_say(LINE_AGENTSTATUSEX, 99, LINEAGENTSTATUSEX_NEWAGENT, 0);
    centre_say(LINE_AGENTSTATUSEX, 1, LINEAGENTSTATUSEX_UPDATEINFO, 0);
    centre_say(LINE_AGENTSTATUSEX, 1, LINEAGENTSTATUSEX_STATE, LINEAGENTSTATEEX_READY);
    office_expect(office, "agent 1");
    ITAgent_Release(agent);
    office_close(office);
}

TEST_BOTH(the_figures_of_an_agent)
{
    static const struct {
        size_t method; /* in the vtable */
        LONG value;
    } figures[] = {
#define ROW(name, value) {offsetof(ITAgentVtbl, get_##name), value}
        ROW(MeasurementPeriod, 60),      ROW(NumberOfACDCalls, 101),
        ROW(NumberOfIncomingCalls, 102), ROW(NumberOfOutgoingCalls, 103),
        ROW(TotalACDTalkTime, 104),      ROW(TotalACDCallTime, 105),
        ROW(TotalWrapUpTime, 106),
#undef ROW
    };
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL);
    CURRENCY rate;
    LONG value;

    CHECK_EQ(ITAgent_put_MeasurementPeriod(agent, 60), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(figures); i++) {
        HRESULT(WINAPI * get)
        (ITAgent *, LONG *) = *(void **)((BYTE *)agent->lpVtbl + figures[i].method);

        POISON(value);
        CHECK_EQ(get(agent, &value), S_OK);
        CHECK_EQ(value, figures[i].value);
        CHECK_EQ(get(agent, NULL), E_POINTER);
        centre.error[LINEPROXYREQUEST_GETAGENTINFO] = (LONG)LINEERR_INVALAGENTID;
        CHECK_EQ(get(agent, &value), TAPI_E_CALLCENTER_INVALAGENTID);
        CHECK_EQ(value, 0);
        CHECK_SAID();
        centre.error[LINEPROXYREQUEST_GETAGENTINFO] = 0;
    }
    CHECK_EQ(ITAgent_get_OverallCallRate(agent, &rate), S_OK);
    CHECK_EQ(rate.int64, 25000);
    CHECK_EQ(ITAgent_get_OverallCallRate(agent, NULL), E_POINTER);
    CHECK_EQ(ITAgent_put_MeasurementPeriod(agent, -1), E_INVALIDARG);
    CHECK_SAID();
    centre.error[LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD] = (LONG)LINEERR_OPERATIONUNAVAIL;
    CHECK_EQ(ITAgent_put_MeasurementPeriod(agent, 60), TAPI_E_NOTSUPPORTED);
    CHECK_SAID();
    ITAgent_Release(agent);
    office_close(office);
}

TEST_BOTH(a_session)
{
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, L"4711", L"1234"), *its_agent = NULL;
    ITACDGroup *group = office_group(office, 1), *its_group = NULL;
    ITAddress *address = office_address(office, 1), *its_address = NULL;
    ITAgentSession *session = NULL, *listed = NULL;
    IEnumAgentSession *sessions = NULL;
    ITCollection *items = NULL;
    VARIANT list;
    LONG count;
    BSTR pin = SysAllocString(L"9999");

    REQUIRE_EQ(ITAgent_CreateSession(agent, group, address, &session), S_OK);
    CHECK_WSTR(centre.sessions[0].pin, L"1234"); /* the agent's */
    CHECK_EQ(centre.sessions[0].line, 1);        /* of line 202 */
    CHECK_EQ(centre.sessions[0].address, 0);
    CHECK(!memcmp(&centre.sessions[0].group, &centre_service, sizeof(GUID)));
    CHECK_EQ(ITAgentSession_get_Agent(session, &its_agent), S_OK);
    CHECK(its_agent == agent);
    ITAgent_Release(its_agent);
    CHECK_EQ(ITAgentSession_get_ACDGroup(session, &its_group), S_OK);
    CHECK(its_group == group);
    ITACDGroup_Release(its_group);
    CHECK_EQ(ITAgentSession_get_Address(session, &its_address), S_OK);
    CHECK(its_address == address);
    ITAddress_Release(its_address);
    CHECK_EQ(ITAgentSession_get_Agent(session, NULL), E_POINTER);
    CHECK_EQ(ITAgentSession_get_ACDGroup(session, NULL), E_POINTER);
    CHECK_EQ(ITAgentSession_get_Address(session, NULL), E_POINTER);
    office_expect(office, "session 0"); /* ASE_NEW_SESSION */
    CHECK(office_object(office) == session);

    CHECK_EQ(ITAgent_EnumerateAgentSessions(agent, &sessions), S_OK);
    CHECK_EQ(IEnumAgentSession_Next(sessions, 1, &listed, NULL), S_OK);
    CHECK(listed == session);
    ITAgentSession_Release(listed);
    IEnumAgentSession_Release(sessions);

    CHECK_EQ(ITAgent_CreateSessionWithPIN(agent, group, address, pin, &listed), S_OK);
    CHECK_WSTR(centre.sessions[1].pin, L"9999");
    office_expect(office, "session 0");
    CHECK(office_object(office) == listed);
    CHECK_EQ(ITAgent_get_AgentSessions(agent, &list), S_OK);
    REQUIRE_EQ(IDispatch_QueryInterface(V_DISPATCH(&list), &IID_ITCollection, (void **)&items),
               S_OK);
    CHECK_EQ(ITCollection_get_Count(items, &count), S_OK);
    CHECK_EQ(count, 2);
    ITCollection_Release(items);
    VariantClear(&list);
    CHECK_EQ(ITAgent_EnumerateAgentSessions(agent, NULL), E_POINTER);
    CHECK_EQ(ITAgent_get_AgentSessions(agent, NULL), E_POINTER);
    centre.error[LINEPROXYREQUEST_GETAGENTSESSIONLIST] = (LONG)LINEERR_INVALAGENTID;
    CHECK_EQ(ITAgent_get_AgentSessions(agent, &list), TAPI_E_CALLCENTER_INVALAGENTID);
    CHECK_SAID();
    SysFreeString(pin);
    ITAgentSession_Release(listed);
    ITAgentSession_Release(session);
    ITACDGroup_Release(group);
    ITAddress_Release(address);
    ITAgent_Release(agent);
    office_quiet(office);
    office_close(office);
}

static ITAddress *nobodys_address(struct office *office)
{
    IEnumAddress *addresses = NULL;
    ITAddress *address, *found = NULL;
    BSTR name;

    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(office->client->tapi, &addresses), S_OK);
    while (!found && IEnumAddress_Next(addresses, 1, &address, NULL) == S_OK) {
        CHECK_EQ(ITAddress_get_DialableAddress(address, &name), S_OK);
        if (!wcscmp(name, L"203"))
            found = address;
        else
            ITAddress_Release(address);
        SysFreeString(name);
    }
    IEnumAddress_Release(addresses);
    REQUIRE(found != NULL);
    return found;
}

TEST_BOTH(sessions_that_cannot_be)
{
    static const struct {
        DWORD line;
        HRESULT hr;
    } errors[] = {
        {LINEERR_INVALAGENTID, TAPI_E_CALLCENTER_INVALAGENTID},
        {LINEERR_INVALAGENTGROUP, TAPI_E_CALLCENTER_INVALAGENTGROUP},
        {LINEERR_INVALPASSWORD, TAPI_E_CALLCENTER_INVALPASSWORD},
        {LINEERR_INVALAGENTSTATE, TAPI_E_CALLCENTER_INVALAGENTSTATE},
        {LINEERR_INVALAGENTACTIVITY, TAPI_E_CALLCENTER_INVALAGENTACTIVITY},
        {LINEERR_INVALADDRESSID, TAPI_E_INVALADDRESS},
        {LINEERR_INUSE, TAPI_E_INUSE},
        {LINEERR_NOMEM, E_OUTOFMEMORY},
    };
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL);
    ITACDGroup *group = office_group(office, 0);
    ITAddress *address = office_address(office, 0), *other = nobodys_address(office);
    ITAgentSession *session;

    CHECK_EQ(ITAgent_CreateSession(agent, group, address, NULL), E_POINTER);
    POISON(session);
    CHECK_EQ(ITAgent_CreateSession(agent, NULL, address, &session), E_POINTER);
    CHECK(session == NULL);
    CHECK_EQ(ITAgent_CreateSession(agent, group, NULL, &session), E_POINTER);
    CHECK_SAID();
    CHECK_EQ(ITAgent_CreateSession(agent, (ITACDGroup *)address, address, &session), E_INVALIDARG);
    CHECK_EQ(ITAgent_CreateSession(agent, group, (ITAddress *)group, &session), E_INVALIDARG);
    CHECK_SAID();
    CHECK_EQ(ITAgent_CreateSession(agent, group, other, &session), TAPI_E_INVALADDRESS);
    CHECK_SAID();
    CHECK_EQ(ITAgent_CreateSessionWithPIN(agent, group, other, NULL, &session),
             TAPI_E_INVALADDRESS);
    CHECK_EQ(ITAgent_CreateSessionWithPIN(agent, group, address, NULL, NULL), E_POINTER);
    for (unsigned i = 0; i < ARRAYSIZE(errors); i++) {
        centre.error[LINEPROXYREQUEST_CREATEAGENTSESSION] = (LONG)errors[i].line;
        POISON(session);
        CHECK_EQ(ITAgent_CreateSession(agent, group, address, &session), errors[i].hr);
        CHECK(session == NULL);
        CHECK_SAID();
    }
    ITAddress_Release(other);
    ITAddress_Release(address);
    ITACDGroup_Release(group);
    ITAgent_Release(agent);
    office_close(office);
}

TEST_BOTH(states_of_a_session)
{
    static const struct {
        AGENT_SESSION_STATE state;
        DWORD line;
        const char *event;
    } states[] = {
        {ASST_READY, LINEAGENTSESSIONSTATE_READY, "session 2"},
        {ASST_BUSY_ON_CALL, LINEAGENTSESSIONSTATE_BUSYONCALL, "session 3"},
        {ASST_BUSY_WRAPUP, LINEAGENTSESSIONSTATE_BUSYWRAPUP, "session 4"},
        {ASST_NOT_READY, LINEAGENTSESSIONSTATE_NOTREADY, "session 1"},
        {ASST_SESSION_ENDED, LINEAGENTSESSIONSTATE_ENDED, "session 5"},
    };
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL);
    ITAgentSession *session = office_session(office, agent);
    AGENT_SESSION_STATE state;

    office_expect(office, "session 0");
    for (unsigned i = 0; i < ARRAYSIZE(states); i++) {
        CHECK_EQ(ITAgentSession_put_State(session, states[i].state), S_OK);
        CHECK_EQ(centre.sessions[0].state, states[i].line);
        CHECK_EQ(ITAgentSession_get_State(session, &state), S_OK);
        CHECK_EQ(state, states[i].state);
        office_expect(office, states[i].event);
        CHECK(office_object(office) == session);
    }
    CHECK_EQ(ITAgentSession_put_State(session, ASST_READY), TAPI_E_CALLCENTER_INVALAGENTSTATE);
    CHECK_SAID();
    CHECK_EQ(ITAgentSession_put_State(session, (AGENT_SESSION_STATE)5), E_INVALIDARG);
    CHECK_EQ(ITAgentSession_get_State(session, NULL), E_POINTER);
    centre.sessions[0].state = LINEAGENTSESSIONSTATE_RELEASED;
    CHECK_EQ(ITAgentSession_get_State(session, &state), S_OK);
    CHECK_EQ(state, ASST_SESSION_ENDED);
    centre.sessions[0].state = 0x1000; /* there is no such state */
    CHECK_EQ(ITAgentSession_get_State(session, &state), TAPI_E_OPERATIONFAILED);
    CHECK_SAID();
    ITAgentSession_Release(session);
    ITAgent_Release(agent);
    office_close(office);
}

TEST_BOTH(the_figures_of_a_session)
{
    static const struct {
        size_t method; /* in the vtable */
        LONG value;
    } figures[] = {
#define ROW(name, value) {offsetof(ITAgentSessionVtbl, get_##name), value}
        ROW(SessionDuration, 201),     ROW(NumberOfCalls, 202),     ROW(TotalTalkTime, 203),
        ROW(AverageTalkTime, 204),     ROW(TotalCallTime, 205),     ROW(AverageCallTime, 206),
        ROW(TotalWrapUpTime, 207),     ROW(AverageWrapUpTime, 208), ROW(LongestTimeToAnswer, 209),
        ROW(AverageTimeToAnswer, 210),
#undef ROW
    };
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL);
    ITAgentSession *session = office_session(office, agent);
    CURRENCY rate;
    LONG value;
    DATE start;

    for (unsigned i = 0; i < ARRAYSIZE(figures); i++) {
        HRESULT(WINAPI * get)
        (ITAgentSession *, LONG *) = *(void **)((BYTE *)session->lpVtbl + figures[i].method);

        POISON(value);
        CHECK_EQ(get(session, &value), S_OK);
        CHECK_EQ(value, figures[i].value);
        CHECK_EQ(get(session, NULL), E_POINTER);
        centre.error[LINEPROXYREQUEST_GETAGENTSESSIONINFO] = (LONG)LINEERR_INVALAGENTID;
        CHECK_EQ(get(session, &value), TAPI_E_CALLCENTER_INVALAGENTID);
        CHECK_EQ(value, 0);
        CHECK_SAID();
        centre.error[LINEPROXYREQUEST_GETAGENTSESSIONINFO] = 0;
    }
    CHECK_EQ(ITAgentSession_get_SessionStartTime(session, &start), S_OK);
    CHECK(start == 36526.25);
    CHECK_EQ(ITAgentSession_get_SessionStartTime(session, NULL), E_POINTER);
    CHECK_EQ(ITAgentSession_get_ACDCallRate(session, &rate), S_OK);
    CHECK_EQ(rate.int64, 37500);
    CHECK_EQ(ITAgentSession_get_ACDCallRate(session, NULL), E_POINTER);
    ITAgentSession_Release(session);
    ITAgent_Release(agent);
    office_close(office);
}
