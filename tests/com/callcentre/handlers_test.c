/* handlers_test.c - ITTAPICallCenter, ITAgentHandler, ITACDGroup and ITQueue: what a proxy says
 * about itself, its groups and its queues, and the errors when it does not. */
#include "tests/com/callcentre/office.h"

static void check_text(HRESULT hr, BSTR text, const WCHAR *expected)
{
    CHECK_EQ(hr, S_OK);
    CHECK_WSTR(text, expected);
    SysFreeString(text);
}

static LONG count_of(VARIANT *collection)
{
    ITCollection *items = NULL;
    LONG count = -1;

    REQUIRE_EQ(V_VT(collection), VT_DISPATCH);
    REQUIRE_EQ(IDispatch_QueryInterface(V_DISPATCH(collection), &IID_ITCollection, (void **)&items),
               S_OK);
    CHECK_EQ(ITCollection_get_Count(items, &count), S_OK);
    ITCollection_Release(items);
    VariantClear(collection);
    return count;
}

TEST_BOTH(the_handler_and_its_addresses)
{
    struct office *office = office_with_handler();
    ITAgentHandler *again;
    IEnumAddress *addresses = NULL;
    ITAddress *address;
    VARIANT items;
    BSTR text = NULL;
    HRESULT hr;

    hr = ITAgentHandler_get_Name(office->handler, &text);
    check_text(hr, text, CENTRE_NAME);
    CHECK_EQ(ITTAPICallCenter_get_AgentHandlers(office->center, &items), S_OK);
    CHECK_EQ(count_of(&items), 1);
    again = office_find_handler(office);
    CHECK(again == office->handler); /* the same object each time */
    ITAgentHandler_Release(again);
    CHECK_EQ(ITAgentHandler_get_UsableAddresses(office->handler, &items), S_OK);
    CHECK_EQ(count_of(&items), 3); /* 203 is nobody's */
    CHECK_EQ(ITAgentHandler_EnumerateUsableAddresses(office->handler, &addresses), S_OK);
    CHECK_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    hr = ITAddress_get_DialableAddress(address, &text);
    check_text(hr, text, L"201");
    ITAddress_Release(address);
    IEnumAddress_Release(addresses);
    CHECK_EQ(ITTAPICallCenter_EnumerateAgentHandlers(office->center, NULL), E_POINTER);
    CHECK_SAID();
    CHECK_EQ(ITTAPICallCenter_get_AgentHandlers(office->center, NULL), E_POINTER);
    CHECK_EQ(ITAgentHandler_get_Name(office->handler, NULL), E_POINTER);
    CHECK_EQ(ITAgentHandler_EnumerateUsableAddresses(office->handler, NULL), E_POINTER);
    CHECK_EQ(ITAgentHandler_get_UsableAddresses(office->handler, NULL), E_POINTER);
    CHECK_EQ(ITAgentHandler_EnumerateACDGroups(office->handler, NULL), E_POINTER);
    CHECK_EQ(ITAgentHandler_get_ACDGroups(office->handler, NULL), E_POINTER);
    office_quiet(office); /* what was there before is no news */
    office_close(office);
}

TEST_BOTH(without_a_whole_proxy_there_is_no_handler)
{
    static const char *const numbers[] = {"201"};
    struct office *office;

    centre_reset();
    REQUIRE(centre_open(numbers, 1, LINEPROXYREQUEST_GETQUEUEINFO));
    office = office_open();
    CHECK(office_find_handler(office) == NULL);
    office_close(office);
}

TEST_BOTH(a_proxy_without_a_name_has_the_lines_name)
{
    static const char *const numbers[] = {"201"};
    struct office *office;
    BSTR text = NULL;
    HRESULT hr;

    centre_reset();
    REQUIRE(centre_open(numbers, 1, LINEPROXYREQUEST_GETAGENTCAPS));
    office = office_open();
    office->handler = office_find_handler(office);
    REQUIRE(office->handler != NULL);
    hr = ITAgentHandler_get_Name(office->handler, &text);
    check_text(hr, text, L"Anna");
    office_close(office);
}

TEST_BOTH(a_proxy_is_known_by_its_guid)
{
    static const char *const numbers[] = {"201", "202"};
    struct office *office;
    VARIANT items;

    centre_reset();
    centre.guid = &centre_other;
    centre.nameless = true; /* the lines have different names */
    REQUIRE(centre_open(numbers, 2, 0));
    office = office_open();
    office->handler = office_find_handler(office);
    REQUIRE(office->handler != NULL);
    CHECK_EQ(ITAgentHandler_get_UsableAddresses(office->handler, &items), S_OK);
    CHECK_EQ(count_of(&items), 2);
    office_close(office);
}

TEST_BOTH(before_initialize_and_after_shutdown)
{
    ITTAPI2 *tapi = client_create_tapi();
    ITTAPICallCenter *center = NULL;
    IEnumAgentHandler *handlers;
    struct office *office;
    ITACDGroup *group;
    ITQueue *queue;
    ITAgent *agent, *another;
    ITAgentSession *session, *more;
    ITAddress *address;
    VARIANT items;
    LONG value;
    BSTR text;

    CHECK_EQ(ITTAPI2_QueryInterface(tapi, &IID_ITTAPICallCenter, (void **)&center), S_OK);
    POISON(handlers);
    CHECK_EQ(ITTAPICallCenter_EnumerateAgentHandlers(center, &handlers), TAPI_E_NOT_INITIALIZED);
    CHECK(handlers == NULL);
    CHECK_SAID();
    CHECK_EQ(ITTAPICallCenter_get_AgentHandlers(center, &items), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(V_VT(&items), VT_EMPTY);
    ITTAPICallCenter_Release(center);
    ITTAPI2_Release(tapi);

    office = office_with_handler();
    group = office_group(office, 0);
    queue = office_queue(group, 0);
    agent = office_agent(office, NULL, NULL);
    session = office_session(office, agent);
    address = office_address(office, 0);
    CHECK_EQ(ITTAPI2_Shutdown(office->client->tapi), S_OK);
    office->client->was_shut = TRUE;
    CHECK_EQ(ITAgentHandler_get_ACDGroups(office->handler, &items), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAgentHandler_get_UsableAddresses(office->handler, &items), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAgentHandler_CreateAgent(office->handler, &another), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITACDGroup_get_Name(group, &text), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITQueue_get_TotalCallsQueued(queue, &value), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAgent_get_MeasurementPeriod(agent, &value), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAgent_CreateSession(agent, group, address, &more), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITAgentSession_get_NumberOfCalls(session, &value), TAPI_E_NOT_INITIALIZED);
    CHECK_SAID();
    ITAddress_Release(address);
    ITAgentSession_Release(session);
    ITAgent_Release(agent);
    ITQueue_Release(queue);
    ITACDGroup_Release(group);
    /* client_close shuts down once more, which is no error but S_FALSE. */
    CHECK_EQ(ITTAPI2_Initialize(office->client->tapi), S_OK);
    office_close(office);
}

TEST_BOTH(groups_and_queues)
{
    struct office *office = office_with_handler();
    ITACDGroup *sales = office_group(office, 0), *service = office_group(office, 1), *same;
    ITQueue *queue;
    VARIANT items;
    BSTR text = NULL;
    HRESULT hr;

    hr = ITACDGroup_get_Name(sales, &text);
    check_text(hr, text, L"Sales");
    hr = ITACDGroup_get_Name(service, &text);
    check_text(hr, text, L"Service");
    CHECK_EQ(ITACDGroup_get_Name(sales, NULL), E_POINTER);
    CHECK_EQ(ITACDGroup_get_Queues(sales, NULL), E_POINTER);
    CHECK_EQ(ITACDGroup_EnumerateQueues(sales, NULL), E_POINTER);
    same = office_group(office, 0);
    CHECK(same == sales);
    ITACDGroup_Release(same);
    CHECK_EQ(ITAgentHandler_get_ACDGroups(office->handler, &items), S_OK);
    CHECK_EQ(count_of(&items), 2);
    CHECK_EQ(ITACDGroup_get_Queues(sales, &items), S_OK);
    CHECK_EQ(count_of(&items), 2);
    CHECK_EQ(ITACDGroup_get_Queues(service, &items), S_OK);
    CHECK_EQ(count_of(&items), 1);
    queue = office_queue(sales, 1);
    hr = ITQueue_get_Name(queue, &text);
    check_text(hr, text, L"Queue 12");
    CHECK_EQ(ITQueue_get_Name(queue, NULL), E_POINTER);
    ITQueue_Release(queue);
    /* A proxy that has nothing to say. */
    centre.error[LINEPROXYREQUEST_GETGROUPLIST] = (LONG)LINEERR_RESOURCEUNAVAIL;
    CHECK_EQ(ITAgentHandler_get_ACDGroups(office->handler, &items), TAPI_E_RESOURCEUNAVAIL);
    CHECK_SAID();
    centre.error[LINEPROXYREQUEST_GETGROUPLIST] = 0;
    centre.error[LINEPROXYREQUEST_GETQUEUELIST] = (LONG)LINEERR_INVALAGENTGROUP;
    CHECK_EQ(ITACDGroup_get_Queues(sales, &items), TAPI_E_CALLCENTER_INVALAGENTGROUP);
    CHECK_SAID();
    centre.error[LINEPROXYREQUEST_GETQUEUELIST] = 0;
    ITACDGroup_Release(sales);
    ITACDGroup_Release(service);
    office_quiet(office);
    office_close(office);
}

TEST_BOTH(the_figures_of_a_queue)
{
    static const struct {
        size_t method; /* in the vtable */
        LONG value;
    } figures[] = {
#define ROW(name, value) {offsetof(ITQueueVtbl, get_##name), value}
        ROW(TotalCallsQueued, 301),       ROW(CurrentCallsQueued, 302),
        ROW(TotalCallsAbandoned, 303),    ROW(TotalCallsFlowedIn, 304),
        ROW(TotalCallsFlowedOut, 305),    ROW(LongestEverWaitTime, 306),
        ROW(CurrentLongestWaitTime, 307), ROW(AverageWaitTime, 308),
        ROW(FinalDisposition, 309),       ROW(MeasurementPeriod, 3600),
#undef ROW
    };
    struct office *office = office_with_handler();
    ITACDGroup *group = office_group(office, 0);
    ITQueue *queue = office_queue(group, 0);
    LONG value;

    CHECK_EQ(ITQueue_put_MeasurementPeriod(queue, 3600), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(figures); i++) {
        HRESULT(WINAPI * get)
        (ITQueue *, LONG *) = *(void **)((BYTE *)queue->lpVtbl + figures[i].method);

        POISON(value);
        CHECK_EQ(get(queue, &value), S_OK);
        CHECK_EQ(value, figures[i].value);
        CHECK_EQ(get(queue, NULL), E_POINTER);
        centre.error[LINEPROXYREQUEST_GETQUEUEINFO] = (LONG)LINEERR_OPERATIONFAILED;
        POISON(value);
        CHECK_EQ(get(queue, &value), TAPI_E_OPERATIONFAILED);
        CHECK_EQ(value, 0);
        CHECK_SAID();
        centre.error[LINEPROXYREQUEST_GETQUEUEINFO] = 0;
    }
    CHECK_EQ(ITQueue_put_MeasurementPeriod(queue, -1), E_INVALIDARG);
    CHECK_SAID();
    centre.error[LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD] = (LONG)LINEERR_OPERATIONUNAVAIL;
    CHECK_EQ(ITQueue_put_MeasurementPeriod(queue, 60), TAPI_E_NOTSUPPORTED);
    CHECK_SAID();
    ITQueue_Release(queue);
    ITACDGroup_Release(group);
    office_close(office);
}

TEST_BOTH(every_enumerator)
{
    struct office *office = office_with_handler();
    ITAgent *agent = office_agent(office, NULL, NULL);
    ITAgentSession *session = office_session(office, agent);
    ITACDGroup *group = office_group(office, 0);
    IUnknown *enumerators[4] = {NULL}, *clone, *item, *again;
    ULONG fetched;

    CHECK_EQ(ITTAPICallCenter_EnumerateAgentHandlers(office->center,
                                                     (IEnumAgentHandler **)&enumerators[0]),
             S_OK);
    CHECK_EQ(ITAgentHandler_EnumerateACDGroups(office->handler, (IEnumACDGroup **)&enumerators[1]),
             S_OK);
    CHECK_EQ(ITACDGroup_EnumerateQueues(group, (IEnumQueue **)&enumerators[2]), S_OK);
    CHECK_EQ(ITAgent_EnumerateAgentSessions(agent, (IEnumAgentSession **)&enumerators[3]), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(enumerators); i++) {
        /* All of them have the vtable of IEnumAgentHandler: Next, Reset, Skip, Clone. */
        IEnumAgentHandler *at = (IEnumAgentHandler *)enumerators[i];

        CHECK_EQ(IEnumAgentHandler_Next(at, 1, NULL, &fetched), E_POINTER);
        CHECK_EQ(IEnumAgentHandler_Next(at, 1, (ITAgentHandler **)&item, &fetched), S_OK);
        CHECK_EQ(fetched, 1);
        CHECK_EQ(IEnumAgentHandler_Reset(at), S_OK);
        CHECK_EQ(IEnumAgentHandler_Clone(at, NULL), E_POINTER);
        CHECK_EQ(IEnumAgentHandler_Clone(at, (IEnumAgentHandler **)&clone), S_OK);
        CHECK_EQ(IEnumAgentHandler_Skip(at, 100), S_FALSE);
        CHECK_EQ(IEnumAgentHandler_Next(at, 1, (ITAgentHandler **)&again, &fetched), S_FALSE);
        CHECK_EQ(fetched, 0);
        CHECK_EQ(
            IEnumAgentHandler_Next((IEnumAgentHandler *)clone, 1, (ITAgentHandler **)&again, NULL),
            S_OK);
        CHECK(again == item);
        IUnknown_Release(again);
        IUnknown_Release(item);
        IUnknown_Release(clone);
        IUnknown_Release(enumerators[i]);
    }
    ITACDGroup_Release(group);
    ITAgentSession_Release(session);
    ITAgent_Release(agent);
    office_close(office);
}
