/* events_test.c - what a proxy tells becomes events, in order and once; a proxy that goes and comes
 * back. */
#include "tests/com/callcentre/office.h"

static const char *const served[] = {"201", "202", "800"};

TEST_BOTH(a_handler_comes_goes_and_comes_back)
{
    struct office *office;
    ITAgentHandler *first;
    ITACDGroup *group;
    ITQueue *queue;
    ITAgent *agent, *another;
    ITAgentSession *session;
    AGENT_STATE state;
    VARIANT items;
    LONG value;
    BSTR text;

    centre_reset();
    office = office_open();
    CHECK(office_find_handler(office) == NULL);
    REQUIRE(centre_open(served, ARRAYSIZE(served), 0));
    office_expect(office, "handler 0"); /* AHE_NEW_AGENTHANDLER, once for three lines */
    first = office_object(office);
    office->handler = office_find_handler(office);
    CHECK(office->handler == first);
    group = office_group(office, 0);
    queue = office_queue(group, 0);
    agent = office_agent(office, NULL, NULL);
    session = office_session(office, agent);
    office_expect(office, "session 0");

    centre_close();
    office_expect(office, "handler 1"); /* AHE_AGENTHANDLER_REMOVED */
    CHECK(office_object(office) == first);
    CHECK(office_find_handler(office) == NULL);
    CHECK_EQ(ITAgentHandler_get_Name(first, &text), S_OK); /* what is known stays so */
    SysFreeString(text);
    CHECK_EQ(ITAgentHandler_CreateAgent(first, &another), TAPI_E_NOTSUPPORTED);
    CHECK_SAID();
    CHECK_EQ(ITAgentHandler_get_ACDGroups(first, &items), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITACDGroup_get_Queues(group, &items), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITQueue_get_AverageWaitTime(queue, &value), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITAgent_get_State(agent, &state), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITAgentSession_put_State(session, ASST_READY), TAPI_E_NOTSUPPORTED);
    CHECK_SAID();
    ITAgentSession_Release(session);
    ITAgent_Release(agent);
    ITQueue_Release(queue);
    ITACDGroup_Release(group);

    REQUIRE(centre_open(served, ARRAYSIZE(served), 0));
    office_expect(office, "handler 0");
    CHECK(office_object(office) != first);
    office_close(office);
}

TEST_BOTH(groups_come_and_go)
{
    struct office *office = office_with_handler();
    ITACDGroup *sales = office_group(office, 0), *group;
    ITQueue *queue = office_queue(sales, 0);
    ITAgent *agent = office_agent(office, NULL, NULL);
    ITAddress *address = office_address(office, 0);
    ITAgentSession *session;
    VARIANT items;
    BSTR text = NULL;
    LONG value;

    centre_lock();
    centre.groups[2] = (struct centre_group){
        .id = centre_other, .name = L"Complaints", .queues = {14}, .queue_count = 1};
    centre.group_count = 3;
    centre_unlock();
    centre_say(LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_NEWGROUP, 0);
    office_expect(office, "group 0");
    group = office_object(office);
    CHECK_EQ(ITACDGroup_get_Name(group, &text), S_OK);
    CHECK_WSTR(text, L"Complaints");
    SysFreeString(text);
    office_expect(office, "queue 0");
    CHECK_EQ(ITQueue_get_Name((ITQueue *)office_object(office), &text), S_OK);
    CHECK_WSTR(text, L"Queue 14");
    SysFreeString(text);

    centre_lock();
    centre.groups[0] = centre.groups[2]; /* Sales is no more; 11 and 12 neither */
    centre.group_count = 2;
    centre_unlock();
    centre_say(LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_GROUPREMOVED, 0);
    office_expect(office, "queue 1");
    office_expect(office, "queue 1");
    office_expect(office, "group 1");
    CHECK(office_object(office) == sales);
    CHECK_EQ(ITACDGroup_get_Name(sales, &text), TAPI_E_CALLCENTER_GROUP_REMOVED);
    CHECK(text == NULL);
    CHECK_SAID();
    CHECK_EQ(ITACDGroup_get_Queues(sales, &items), TAPI_E_CALLCENTER_GROUP_REMOVED);
    CHECK_EQ(ITQueue_get_Name(queue, &text), TAPI_E_CALLCENTER_QUEUE_REMOVED);
    CHECK_EQ(ITQueue_get_TotalCallsQueued(queue, &value), TAPI_E_CALLCENTER_QUEUE_REMOVED);
    CHECK_EQ(ITQueue_put_MeasurementPeriod(queue, 1), TAPI_E_CALLCENTER_QUEUE_REMOVED);
    CHECK_SAID();
    CHECK_EQ(ITAgent_CreateSession(agent, sales, address, &session),
             TAPI_E_CALLCENTER_GROUP_REMOVED);
    CHECK_SAID();
    ITAddress_Release(address);
    ITAgent_Release(agent);
    ITQueue_Release(queue);
    ITACDGroup_Release(sales);
    office_quiet(office);
    office_close(office);
}

TEST_BOTH(queues_come_and_go)
{
    struct office *office = office_with_handler();
    ITACDGroup *sales = office_group(office, 0);
    ITQueue *queue = office_queue(sales, 1);

    centre_lock();
    centre.groups[0].queues[2] = 15;
    centre.groups[0].queue_count = 3;
    centre_unlock();
    centre_say(LINE_QUEUESTATUS, 15, LINEQUEUESTATUS_NEWQUEUE, 0);
    office_expect(office, "queue 0"); /* ACDQE_NEW_QUEUE */
    centre_lock();
    centre.groups[0].queues[1] = 15; /* 12 goes */
    centre.groups[0].queue_count = 2;
    centre_unlock();
    centre_say(LINE_QUEUESTATUS, 12, LINEQUEUESTATUS_QUEUEREMOVED, 0);
    office_expect(office, "queue 1"); /* ACDQE_QUEUE_REMOVED */
    CHECK(office_object(office) == queue);
    /* Who asks first hears of it, too, and the message that follows brings nothing more. */
    centre_lock();
    centre.groups[0].queues[2] = 16;
    centre.groups[0].queue_count = 3;
    centre_unlock();
    ITQueue_Release(queue);
    queue = office_queue(sales, 2);
    office_expect(office, "queue 0");
    CHECK(office_object(office) == queue);
    centre_say(LINE_QUEUESTATUS, 16, LINEQUEUESTATUS_NEWQUEUE, 0);
    centre_say(LINE_QUEUESTATUS, 16, LINEQUEUESTATUS_UPDATEINFO, 0);
    ITQueue_Release(queue);
    ITACDGroup_Release(sales);
    office_quiet(office);
    office_close(office);
}

TEST_BOTH(a_session_is_new_once)
{
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL), *its_agent = NULL;
    ITAgentSession *session, *foreign;
    ITACDGroup *group = NULL;
    BSTR text = NULL;
    HAGENTSESSION handle;

    centre.early = true; /* the message comes before the answer to the request */
    session = office_session(office, agent);
    office_expect(office, "session 0");
    CHECK(office_object(office) == session);
    /* Another program makes one for the agent. */
    handle = centre_foreign_session(1, true);
    office_expect(office, "session 0");
    foreign = office_object(office);
    CHECK(foreign != session);
    CHECK_EQ(ITAgentSession_get_Agent(foreign, &its_agent), S_OK);
    CHECK(its_agent == agent);
    ITAgent_Release(its_agent);
    CHECK_EQ(ITAgentSession_get_ACDGroup(foreign, &group), S_OK);
    CHECK_EQ(ITACDGroup_get_Name(group, &text), S_OK);
    CHECK_WSTR(text, L"Service");
    SysFreeString(text);
    ITACDGroup_Release(group);
    centre_say(LINE_AGENTSESSIONSTATUS, handle, LINEAGENTSESSIONSTATUS_STATE,
               LINEAGENTSESSIONSTATE_RELEASED);
    office_expect(office, "session 5");
    CHECK(office_object(office) == foreign);
    /* One for an agent of somebody else; the next message ends the wait. */
    centre_foreign_session(50, true);
    centre_say(LINE_AGENTSESSIONSTATUS, 1001, LINEAGENTSESSIONSTATUS_UPDATEINFO, 0);
    centre_say(LINE_AGENTSESSIONSTATUS, 1001, LINEAGENTSESSIONSTATUS_STATE,
               LINEAGENTSESSIONSTATE_READY);
    office_expect(office, "session 2");
    CHECK(office_object(office) == session);
    ITAgentSession_Release(session);
    ITAgent_Release(agent);
    office_close(office);
}

/* A session of a group that the proxy does not tell of, at an address that is not here. */
TEST_BOTH(a_session_from_elsewhere)
{
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL), *its_agent = NULL;
    HAGENTSESSION handle = centre_foreign_session(1, false);
    ITAgentSession *session;
    ITACDGroup *group;
    ITAddress *address;

    centre_lock();
    centre.sessions[handle - 1001].group = centre_other;
    centre.sessions[handle - 1001].address = 99;
    centre_unlock();
    centre_say(LINE_AGENTSESSIONSTATUS, handle, LINEAGENTSESSIONSTATUS_NEWSESSION, 0);
    office_expect(office, "session 0");
    session = office_object(office);
    CHECK_EQ(ITAgentSession_get_Agent(session, &its_agent), S_OK);
    CHECK(its_agent == agent);
    ITAgent_Release(its_agent);
    POISON(address);
    CHECK_EQ(ITAgentSession_get_Address(session, &address), TAPI_E_INVALADDRESS);
    CHECK(address == NULL);
    CHECK_SAID();
    POISON(group);
    CHECK_EQ(ITAgentSession_get_ACDGroup(session, &group), TAPI_E_CALLCENTER_GROUP_REMOVED);
    CHECK(group == NULL);
    CHECK_SAID();
    ITAgent_Release(agent);
    office_close(office);
}

TEST_BOTH(shutdown_ends_a_proxys_silence)
{
    struct office *office = office_with_handler();

    /* The thread of the call centre waits for an answer that does not come. */
    centre.silent[LINEPROXYREQUEST_GETGROUPLIST] = true;
    centre_say(LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_NEWGROUP, 0);
    office_close(office);
}

TEST_BOTH(without_the_filter_there_is_nothing)
{
    struct office *office;

    centre_reset();
    office = office_open();
    CHECK_EQ(ITTAPI2_put_EventFilter(office->client->tapi, TE_CALLSTATE), S_OK);
    REQUIRE(centre_open(served, ARRAYSIZE(served), 0));
    office->handler = office_find_handler(office); /* but it is found */
    CHECK(office->handler != NULL);
    CHECK_EQ(ITTAPI2_put_EventFilter(office->client->tapi, TE_AGENTHANDLER), S_OK);
    centre_close();
    office_expect(office, "handler 1");
    office_close(office);
}

/* The thread of the call centre is still asking about the lines when TAPI is shut down. */
TEST(shutdown_while_a_proxy_comes)
{
    for (unsigned i = 0; i < 100; i++) {
        struct office *office;

        com_enter(COM_MTA);
        centre_reset();
        office = office_open();
        REQUIRE(centre_open(served, ARRAYSIZE(served), 0));
        if (i % 2)
            office_expect(office, "handler 0"); /* there are two lines more */
        office_close(office);
        com_leave(); /* nothing is left */
    }
}
