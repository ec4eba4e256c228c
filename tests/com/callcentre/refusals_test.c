/* refusals_test.c - every method of the call centre's objects that refuses: without a pointer,
 * after Shutdown, when the proxy is gone, and when it answers with an error. */
#include "tests/com/callcentre/office.h"

#define REFUSE(type, method, ...)                                                                  \
    do {                                                                                           \
        if (!CHECK_EQ(type##_##method(__VA_ARGS__), expected))                                     \
            test_note("%s::%s", #type, #method);                                                   \
        CHECK_SAID();                                                                              \
    } while (0)
/* A getter of a number, whose answer is then 0. */
#define REFUSE_NUMBER(type, name, object, kind)                                                    \
    do {                                                                                           \
        kind number_;                                                                              \
                                                                                                   \
        POISON(number_);                                                                           \
        REFUSE(type, get_##name, object, &number_);                                                \
        CHECK_EQ(*(LONG *)&number_, 0);                                                            \
    } while (0)
/* A collection and its enumerator. */
#define REFUSE_LIST(type, name, object, kind)                                                      \
    do {                                                                                           \
        kind *list_;                                                                               \
        VARIANT variant_;                                                                          \
                                                                                                   \
        POISON(list_);                                                                             \
        POISON(variant_);                                                                          \
        REFUSE(type, Enumerate##name, object, &list_);                                             \
        CHECK(list_ == NULL);                                                                      \
        REFUSE(type, get_##name, object, &variant_);                                               \
        CHECK_EQ(V_VT(&variant_), VT_EMPTY);                                                       \
    } while (0)

/* One of each object. */
struct objects {
    ITACDGroup *group;
    ITQueue *queue;
    ITAgent *agent;
    ITAgentSession *session;
    ITAddress *address;
};

static struct objects open_objects(struct office *office)
{
    struct objects o;

    o.group = office_group(office, 0);
    o.queue = office_queue(o.group, 0);
    o.agent = office_agent(office, NULL, NULL);
    o.session = office_session(office, o.agent);
    o.address = office_address(office, 0);
    return o;
}

static void close_objects(struct objects *o)
{
    ITAddress_Release(o->address);
    ITAgentSession_Release(o->session);
    ITAgent_Release(o->agent);
    ITQueue_Release(o->queue);
    ITACDGroup_Release(o->group);
}

/* ---- all methods, by the question that they ask the proxy --------------------------------------
 */

static void create_agents(struct office *office, HRESULT expected)
{
    BSTR id = SysAllocString(L"4711"), pin = SysAllocString(L"1234");
    ITAgent *agent;

    POISON(agent);
    REFUSE(ITAgentHandler, CreateAgent, office->handler, &agent);
    CHECK(agent == NULL);
    POISON(agent);
    REFUSE(ITAgentHandler, CreateAgentWithID, office->handler, id, pin, &agent);
    CHECK(agent == NULL);
    SysFreeString(id);
    SysFreeString(pin);
}

static void create_sessions(struct objects *o, HRESULT expected)
{
    BSTR pin = SysAllocString(L"1234");
    ITAgentSession *session;

    POISON(session);
    REFUSE(ITAgent, CreateSession, o->agent, o->group, o->address, &session);
    CHECK(session == NULL);
    POISON(session);
    REFUSE(ITAgent, CreateSessionWithPIN, o->agent, o->group, o->address, pin, &session);
    CHECK(session == NULL);
    SysFreeString(pin);
}

static void list_groups(struct office *office, HRESULT expected)
{
    REFUSE_LIST(ITAgentHandler, ACDGroups, office->handler, IEnumACDGroup);
}

static void list_queues(struct objects *o, HRESULT expected)
{
    IEnumQueue *queues;
    VARIANT list;

    POISON(queues);
    REFUSE(ITACDGroup, EnumerateQueues, o->group, &queues);
    CHECK(queues == NULL);
    REFUSE(ITACDGroup, get_Queues, o->group, &list);
}

static void list_sessions(struct objects *o, HRESULT expected)
{
    REFUSE_LIST(ITAgent, AgentSessions, o->agent, IEnumAgentSession);
}

static void figures_of_the_queue(struct objects *o, HRESULT expected)
{
    REFUSE_NUMBER(ITQueue, MeasurementPeriod, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, TotalCallsQueued, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, CurrentCallsQueued, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, TotalCallsAbandoned, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, TotalCallsFlowedIn, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, TotalCallsFlowedOut, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, LongestEverWaitTime, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, CurrentLongestWaitTime, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, AverageWaitTime, o->queue, LONG);
    REFUSE_NUMBER(ITQueue, FinalDisposition, o->queue, LONG);
}

static void figures_of_the_agent(struct objects *o, HRESULT expected)
{
    REFUSE_NUMBER(ITAgent, State, o->agent, AGENT_STATE);
    REFUSE_NUMBER(ITAgent, MeasurementPeriod, o->agent, LONG);
    REFUSE_NUMBER(ITAgent, OverallCallRate, o->agent, CURRENCY);
    REFUSE_NUMBER(ITAgent, NumberOfACDCalls, o->agent, LONG);
    REFUSE_NUMBER(ITAgent, NumberOfIncomingCalls, o->agent, LONG);
    REFUSE_NUMBER(ITAgent, NumberOfOutgoingCalls, o->agent, LONG);
    REFUSE_NUMBER(ITAgent, TotalACDTalkTime, o->agent, LONG);
    REFUSE_NUMBER(ITAgent, TotalACDCallTime, o->agent, LONG);
    REFUSE_NUMBER(ITAgent, TotalWrapUpTime, o->agent, LONG);
}

static void figures_of_the_session(struct objects *o, HRESULT expected)
{
    REFUSE_NUMBER(ITAgentSession, State, o->session, AGENT_SESSION_STATE);
    REFUSE_NUMBER(ITAgentSession, SessionStartTime, o->session, DATE);
    REFUSE_NUMBER(ITAgentSession, SessionDuration, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, NumberOfCalls, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, TotalTalkTime, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, AverageTalkTime, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, TotalCallTime, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, AverageCallTime, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, TotalWrapUpTime, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, AverageWrapUpTime, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, ACDCallRate, o->session, CURRENCY);
    REFUSE_NUMBER(ITAgentSession, LongestTimeToAnswer, o->session, LONG);
    REFUSE_NUMBER(ITAgentSession, AverageTimeToAnswer, o->session, LONG);
}

static void set_states_and_periods(struct objects *o, HRESULT expected)
{
    REFUSE(ITAgent, put_State, o->agent, AS_READY);
    REFUSE(ITAgent, put_MeasurementPeriod, o->agent, 60);
    REFUSE(ITAgentSession, put_State, o->session, ASST_READY);
    REFUSE(ITQueue, put_MeasurementPeriod, o->queue, 60);
}

static void everything(struct office *office, struct objects *o, HRESULT expected)
{
    BSTR text;

    create_agents(office, expected);
    create_sessions(o, expected);
    list_groups(office, expected);
    list_queues(o, expected);
    list_sessions(o, expected);
    figures_of_the_queue(o, expected);
    figures_of_the_agent(o, expected);
    figures_of_the_session(o, expected);
    set_states_and_periods(o, expected);
    POISON(text);
    REFUSE(ITACDGroup, get_Name, o->group, &text);
    CHECK(text == NULL);
    POISON(text);
    REFUSE(ITQueue, get_Name, o->queue, &text);
    CHECK(text == NULL);
}

/* ---- and what they say ----------------------------------------------------------------------- */

/* What needs no proxy goes on. */
static void known_things(struct office *office, struct objects *o)
{
    ITACDGroup *group = NULL;
    ITAddress *address = NULL;
    ITAgent *agent = NULL;
    BSTR text = NULL;

    CHECK_EQ(ITAgentHandler_get_Name(office->handler, &text), S_OK);
    CHECK_WSTR(text, CENTRE_NAME);
    SysFreeString(text);
    CHECK_EQ(ITAgent_get_User(o->agent, &text), S_OK);
    SysFreeString(text);
    CHECK_EQ(ITAgentSession_get_Agent(o->session, &agent), S_OK);
    CHECK(agent == o->agent);
    ITAgent_Release(agent);
    CHECK_EQ(ITAgentSession_get_ACDGroup(o->session, &group), S_OK);
    ITACDGroup_Release(group);
    CHECK_EQ(ITAgentSession_get_Address(o->session, &address), S_OK);
    ITAddress_Release(address);
}

TEST_BOTH(after_shutdown_nothing_is_asked)
{
    struct office *office = office_with_handler();
    struct objects o = open_objects(office);
    const HRESULT expected = TAPI_E_NOT_INITIALIZED;

    CHECK_EQ(ITTAPI2_Shutdown(office->client->tapi), S_OK);
    office->client->was_shut = TRUE;
    everything(office, &o, expected);
    REFUSE_LIST(ITAgentHandler, UsableAddresses, office->handler, IEnumAddress);
    REFUSE_LIST(ITTAPICallCenter, AgentHandlers, office->center, IEnumAgentHandler);
    known_things(office, &o);
    close_objects(&o);
    CHECK_EQ(ITTAPI2_Initialize(office->client->tapi), S_OK);
    office_close(office);
}

TEST_BOTH(when_the_proxy_is_gone_nobody_answers)
{
    struct office *office = office_with_handler();
    struct objects o = open_objects(office);

    office_expect(office, "session 0");
    centre_close();
    office_expect(office, "handler 1");
    everything(office, &o, TAPI_E_NOTSUPPORTED);
    known_things(office, &o);
    close_objects(&o);
    office_close(office);
}

TEST_BOTH(what_the_proxy_refuses)
{
    struct office *office = office_with_handler();
    struct objects o = open_objects(office);

    for (unsigned i = 0; i < ARRAYSIZE(centre.error); i++)
        centre.error[i] = (LONG)LINEERR_RESOURCEUNAVAIL;
    create_agents(office, TAPI_E_RESOURCEUNAVAIL);
    create_sessions(&o, TAPI_E_RESOURCEUNAVAIL);
    list_groups(office, TAPI_E_RESOURCEUNAVAIL);
    list_queues(&o, TAPI_E_RESOURCEUNAVAIL);
    list_sessions(&o, TAPI_E_RESOURCEUNAVAIL);
    figures_of_the_queue(&o, TAPI_E_RESOURCEUNAVAIL);
    figures_of_the_agent(&o, TAPI_E_RESOURCEUNAVAIL);
    figures_of_the_session(&o, TAPI_E_RESOURCEUNAVAIL);
    set_states_and_periods(&o, TAPI_E_RESOURCEUNAVAIL);
    memset(centre.error, 0, sizeof(centre.error));
    close_objects(&o);
    office_close(office);
}

TEST_BOTH(what_was_removed)
{
    struct office *office = office_with_handler();
    struct objects o = open_objects(office);
    HRESULT expected = TAPI_E_CALLCENTER_GROUP_REMOVED;
    BSTR text;

    office_expect(office, "session 0");
    centre_lock();
    centre.groups[0] = centre.groups[1]; /* Sales and its two queues are no more */
    centre.group_count = 1;
    centre_unlock();
    centre_say(LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_GROUPREMOVED, 0);
    office_expect(office, "queue 1");
    office_expect(office, "queue 1");
    office_expect(office, "group 1");
    REFUSE(ITACDGroup, get_Name, o.group, &text);
    list_queues(&o, expected);
    create_sessions(&o, expected);
    expected = TAPI_E_CALLCENTER_QUEUE_REMOVED;
    REFUSE(ITQueue, get_Name, o.queue, &text);
    REFUSE(ITQueue, put_MeasurementPeriod, o.queue, 60);
    figures_of_the_queue(&o, expected);
    close_objects(&o);
    office_close(office);
}

TEST_BOTH(arguments_there_are_not)
{
    struct office *office = office_with_handler();
    struct objects o = open_objects(office);
    HRESULT expected = E_INVALIDARG;
    ITACDGroup *no_group = (ITACDGroup *)o.address;
    ITAddress *no_address = (ITAddress *)o.group;
    ITAgentSession *session;

    REFUSE(ITAgent, CreateSession, o.agent, no_group, o.address, &session);
    REFUSE(ITAgent, CreateSession, o.agent, o.group, no_address, &session);
    REFUSE(ITAgent, CreateSessionWithPIN, o.agent, no_group, o.address, NULL, &session);
    REFUSE(ITAgent, CreateSessionWithPIN, o.agent, o.group, no_address, NULL, &session);
    REFUSE(ITAgent, put_State, o.agent, (AGENT_STATE)6);
    REFUSE(ITAgent, put_MeasurementPeriod, o.agent, -1);
    REFUSE(ITAgentSession, put_State, o.session, (AGENT_SESSION_STATE)5);
    REFUSE(ITQueue, put_MeasurementPeriod, o.queue, -1);
    expected = TAPI_E_CALLCENTER_INVALAGENTSTATE;
    REFUSE(ITAgent, put_State, o.agent, AS_UNKNOWN);
    close_objects(&o);
    office_close(office);
}

/* The errors that only a proxy can have. */
TEST_BOTH(words_of_the_proxy)
{
    static const struct {
        DWORD line;
        HRESULT hr;
    } words[] = {
        {LINEERR_INVALAGENTID, TAPI_E_CALLCENTER_INVALAGENTID},
        {LINEERR_INVALAGENTGROUP, TAPI_E_CALLCENTER_INVALAGENTGROUP},
        {LINEERR_INVALPASSWORD, TAPI_E_CALLCENTER_INVALPASSWORD},
        {LINEERR_INVALAGENTSTATE, TAPI_E_CALLCENTER_INVALAGENTSTATE},
        {LINEERR_INVALAGENTACTIVITY, TAPI_E_CALLCENTER_INVALAGENTACTIVITY},
        {LINEERR_INVALADDRESSID, TAPI_E_INVALADDRESS},
    };
    struct office *office = office_with_handler();
    struct objects o = open_objects(office);

    for (unsigned i = 0; i < ARRAYSIZE(words); i++) {
        for (unsigned j = 0; j < ARRAYSIZE(centre.error); j++)
            centre.error[j] = (LONG)words[i].line;
        create_agents(office, words[i].hr);
        create_sessions(&o, words[i].hr);
        list_queues(&o, words[i].hr);
        list_sessions(&o, words[i].hr);
        set_states_and_periods(&o, words[i].hr);
    }
    memset(centre.error, 0, sizeof(centre.error));
    close_objects(&o);
    office_close(office);
}

TEST_BOTH(no_pointer_to_answer_to)
{
    struct office *office = office_with_handler();
    struct objects o = open_objects(office);
    const HRESULT expected = E_POINTER;
    BSTR id = SysAllocString(L"4711");
    ITAgentSession *session;
    ITAgent *agent;

    REFUSE(ITTAPICallCenter, EnumerateAgentHandlers, office->center, NULL);
    REFUSE(ITTAPICallCenter, get_AgentHandlers, office->center, NULL);
    REFUSE(ITAgentHandler, get_Name, office->handler, NULL);
    REFUSE(ITAgentHandler, CreateAgent, office->handler, NULL);
    REFUSE(ITAgentHandler, CreateAgentWithID, office->handler, id, NULL, NULL);
    REFUSE(ITAgentHandler, CreateAgentWithID, office->handler, NULL, NULL, &agent);
    REFUSE(ITAgentHandler, EnumerateACDGroups, office->handler, NULL);
    REFUSE(ITAgentHandler, get_ACDGroups, office->handler, NULL);
    REFUSE(ITAgentHandler, EnumerateUsableAddresses, office->handler, NULL);
    REFUSE(ITAgentHandler, get_UsableAddresses, office->handler, NULL);
    REFUSE(ITACDGroup, get_Name, o.group, NULL);
    REFUSE(ITACDGroup, EnumerateQueues, o.group, NULL);
    REFUSE(ITACDGroup, get_Queues, o.group, NULL);
    REFUSE(ITQueue, get_Name, o.queue, NULL);
    REFUSE(ITQueue, get_MeasurementPeriod, o.queue, NULL);
    REFUSE(ITAgent, EnumerateAgentSessions, o.agent, NULL);
    REFUSE(ITAgent, get_AgentSessions, o.agent, NULL);
    REFUSE(ITAgent, CreateSession, o.agent, o.group, o.address, NULL);
    REFUSE(ITAgent, CreateSession, o.agent, NULL, o.address, &session);
    REFUSE(ITAgent, CreateSession, o.agent, o.group, NULL, &session);
    REFUSE(ITAgent, CreateSessionWithPIN, o.agent, o.group, o.address, id, NULL);
    REFUSE(ITAgent, CreateSessionWithPIN, o.agent, NULL, o.address, id, &session);
    REFUSE(ITAgent, CreateSessionWithPIN, o.agent, o.group, NULL, id, &session);
    REFUSE(ITAgent, get_ID, o.agent, NULL);
    REFUSE(ITAgent, get_User, o.agent, NULL);
    REFUSE(ITAgent, get_State, o.agent, NULL);
    REFUSE(ITAgent, get_OverallCallRate, o.agent, NULL);
    REFUSE(ITAgentSession, get_Agent, o.session, NULL);
    REFUSE(ITAgentSession, get_Address, o.session, NULL);
    REFUSE(ITAgentSession, get_ACDGroup, o.session, NULL);
    REFUSE(ITAgentSession, get_State, o.session, NULL);
    REFUSE(ITAgentSession, get_SessionStartTime, o.session, NULL);
    REFUSE(ITAgentSession, get_ACDCallRate, o.session, NULL);
    SysFreeString(id);
    close_objects(&o);
    office_close(office);
}
