/* office.c - see office.h. */
#include "tests/com/callcentre/office.h"
#include "tests/com/late.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const served[] = {"201", "202", "800"};

/* ---- events ---------------------------------------------------------------------------------- */

/* By name, as a script has them. */
static void check_late(IDispatch *event, const WCHAR *name, int number, IUnknown *object)
{
    VARIANT value;

    CHECK_EQ(late_number(event, L"Event"), number);
    if (CHECK_EQ(late_get(event, name, NULL, 0, &value), S_OK) &&
        CHECK_EQ(V_VT(&value), VT_DISPATCH))
        CHECK((void *)V_DISPATCH(&value) == (void *)object);
    VariantClear(&value);
}

#define READ(interface_, name, type_, event_, kind_)                                               \
    do {                                                                                           \
        interface_ *its = (interface_ *)event;                                                     \
        event_ value = (event_)-1;                                                                 \
                                                                                                   \
        CHECK_EQ(interface_##_get_Event(its, &value), S_OK);                                       \
        CHECK_EQ(interface_##_get_Event(its, NULL), E_POINTER);                                    \
        CHECK_EQ(interface_##_get_##name(its, (type_ **)object), S_OK);                            \
        CHECK_EQ(interface_##_get_##name(its, NULL), E_POINTER);                                   \
        *number = (int)value;                                                                      \
        check_late(event, L## #name, *number, *object);                                            \
        return kind_;                                                                              \
    } while (0)

/* The kind of an event, its number, and the object it is about. */
static const char *read_event(TAPI_EVENT type, IDispatch *event, int *number, IUnknown **object)
{
    switch (type) {
    case TE_AGENTHANDLER:
        READ(ITAgentHandlerEvent, AgentHandler, ITAgentHandler, AGENTHANDLER_EVENT, "handler");
    case TE_ACDGROUP:
        READ(ITACDGroupEvent, Group, ITACDGroup, ACDGROUP_EVENT, "group");
    case TE_QUEUE:
        READ(ITQueueEvent, Queue, ITQueue, ACDQUEUE_EVENT, "queue");
    case TE_AGENT:
        READ(ITAgentEvent, Agent, ITAgent, AGENT_EVENT, "agent");
    case TE_AGENTSESSION:
        READ(ITAgentSessionEvent, Session, ITAgentSession, AGENT_SESSION_EVENT, "session");
    default:
        return NULL;
    }
}

static void on_event(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    struct office *office = client->context;
    IUnknown *object = NULL;
    int number = -1;
    const char *kind = read_event(type, event, &number, &object);

    if (!kind)
        return;
    AcquireSRWLockExclusive(&office->lock);
    if (office->count < OFFICE_EVENTS) {
        sprintf(office->events[office->count], "%s %d", kind, number);
        office->objects[office->count++] = object;
        object = NULL;
    }
    ReleaseSRWLockExclusive(&office->lock);
    if (object)
        IUnknown_Release(object);
}

static bool has_next(void *context)
{
    struct office *office = context;
    bool has;

    AcquireSRWLockShared(&office->lock);
    has = office->read < office->count;
    ReleaseSRWLockShared(&office->lock);
    return has;
}

bool office_expect_at(const char *file, int line, struct office *office, const char *event)
{
    if (!wait_until(has_next, office, office->client->changed, WAIT_LONG))
        return test_fail(file, line, "\"%s\" did not come", event);
    if (strcmp(office->events[office->read++], event))
        return test_fail(file, line, "\"%s\" came instead of \"%s\"",
                         office->events[office->read - 1], event);
    return true;
}

bool office_quiet(struct office *office)
{
    wait_pumping(NULL, 0);
    if (has_next(office))
        return FAIL("\"%s\" came", office->events[office->read]);
    return true;
}

void *office_object(struct office *office)
{
    return office->objects[office->read - 1];
}

/* ---- opening and closing --------------------------------------------------------------------- */

struct office *office_open(void)
{
    struct office *office = calloc(1, sizeof(*office));

    REQUIRE(office != NULL);
    office->client = client_open(NULL);
    office->client->context = office;
    office->client->on_event = on_event;
    CHECK_EQ(ITTAPI2_put_EventFilter(office->client->tapi, TE_AGENT | TE_AGENTSESSION | TE_QUEUE |
                                                               TE_AGENTHANDLER | TE_ACDGROUP),
             S_OK);
    REQUIRE_EQ(ITTAPI2_QueryInterface(office->client->tapi, &IID_ITTAPICallCenter,
                                      (void **)&office->center),
               S_OK);
    return office;
}

struct office *office_with_handler(void)
{
    struct office *office;

    centre_reset();
    REQUIRE(centre_open(served, ARRAYSIZE(served), 0));
    office = office_open();
    office->handler = office_find_handler(office);
    REQUIRE(office->handler != NULL);
    return office;
}

void office_close(struct office *office)
{
    unsigned i;

    office->client->on_event = NULL;
    for (i = 0; i < office->count; i++)
        IUnknown_Release(office->objects[i]);
    if (office->handler)
        ITAgentHandler_Release(office->handler);
    ITTAPICallCenter_Release(office->center);
    client_close(office->client);
    centre_close();
    free(office);
}

/* ---- finding things -------------------------------------------------------------------------- */

ITAgentHandler *office_find_handler(struct office *office)
{
    IEnumAgentHandler *handlers = NULL;
    ITAgentHandler *handler = NULL, *another = NULL;

    REQUIRE_EQ(ITTAPICallCenter_EnumerateAgentHandlers(office->center, &handlers), S_OK);
    if (IEnumAgentHandler_Next(handlers, 1, &handler, NULL) == S_OK) {
        CHECK_EQ(IEnumAgentHandler_Next(handlers, 1, &another, NULL), S_FALSE);
    }
    IEnumAgentHandler_Release(handlers);
    return handler;
}

ITACDGroup *office_group(struct office *office, ULONG place)
{
    IEnumACDGroup *groups = NULL;
    ITACDGroup *group = NULL;

    REQUIRE_EQ(ITAgentHandler_EnumerateACDGroups(office->handler, &groups), S_OK);
    CHECK_EQ(IEnumACDGroup_Skip(groups, place), S_OK);
    REQUIRE_EQ(IEnumACDGroup_Next(groups, 1, &group, NULL), S_OK);
    IEnumACDGroup_Release(groups);
    return group;
}

ITQueue *office_queue(ITACDGroup *group, ULONG place)
{
    IEnumQueue *queues = NULL;
    ITQueue *queue = NULL;

    REQUIRE_EQ(ITACDGroup_EnumerateQueues(group, &queues), S_OK);
    CHECK_EQ(IEnumQueue_Skip(queues, place), S_OK);
    REQUIRE_EQ(IEnumQueue_Next(queues, 1, &queue, NULL), S_OK);
    IEnumQueue_Release(queues);
    return queue;
}

ITAddress *office_address(struct office *office, ULONG place)
{
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;

    REQUIRE_EQ(ITAgentHandler_EnumerateUsableAddresses(office->handler, &addresses), S_OK);
    CHECK_EQ(IEnumAddress_Skip(addresses, place), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    return address;
}

ITAgent *office_agent(struct office *office, const WCHAR *id, const WCHAR *pin)
{
    BSTR id_text = id ? SysAllocString(id) : NULL, pin_text = pin ? SysAllocString(pin) : NULL;
    ITAgent *agent = NULL;

    if (id)
        REQUIRE_EQ(ITAgentHandler_CreateAgentWithID(office->handler, id_text, pin_text, &agent),
                   S_OK);
    else
        REQUIRE_EQ(ITAgentHandler_CreateAgent(office->handler, &agent), S_OK);
    SysFreeString(id_text);
    SysFreeString(pin_text);
    return agent;
}

ITAgentSession *office_session(struct office *office, ITAgent *agent)
{
    ITACDGroup *group = office_group(office, 0);
    ITAddress *address = office_address(office, 1);
    ITAgentSession *session = NULL;

    REQUIRE_EQ(ITAgent_CreateSession(agent, group, address, &session), S_OK);
    ITACDGroup_Release(group);
    ITAddress_Release(address);
    return session;
}
