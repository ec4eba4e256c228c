/* threads_test.c - many threads at once. (The objects' identity is in tests/com/identity.) */
#include "tests/com/callcentre/office.h"

#include <process.h>

/* ---- many threads ---------------------------------------------------------------------------- */

#define THREADS 16
#define ROUNDS  25

static void all_of_it(struct office *office)
{
    IEnumACDGroup *groups = NULL;
    ITACDGroup *group;
    VARIANT items;
    LONG value;

    if (ITAgentHandler_EnumerateACDGroups(office->handler, &groups) != S_OK) {
        FAIL("no groups");
        return;
    }
    while (IEnumACDGroup_Next(groups, 1, &group, NULL) == S_OK) {
        IEnumQueue *queues = NULL;
        ITQueue *queue;

        /* It may be removed meanwhile. */
        if (ITACDGroup_EnumerateQueues(group, &queues) == S_OK) {
            while (IEnumQueue_Next(queues, 1, &queue, NULL) == S_OK) {
                ITQueue_get_TotalCallsQueued(queue, &value);
                ITQueue_Release(queue);
            }
            IEnumQueue_Release(queues);
        }
        ITACDGroup_Release(group);
    }
    IEnumACDGroup_Release(groups);
    CHECK_EQ(ITTAPICallCenter_get_AgentHandlers(office->center, &items), S_OK);
    VariantClear(&items);
}

static unsigned __stdcall worker(void *context)
{
    struct office *office = context;
    ITAgent *agent = NULL;
    ITAgentSession *session = NULL;

    CHECK_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    CHECK_EQ(ITAgentHandler_CreateAgent(office->handler, &agent), S_OK);
    if (agent) {
        ITACDGroup *group = office_group(office, 0);
        ITAddress *address = office_address(office, 2);

        CHECK_EQ(ITAgent_CreateSession(agent, group, address, &session), S_OK);
        ITAddress_Release(address);
        ITACDGroup_Release(group);
    }
    for (unsigned i = 0; i < ROUNDS && session; i++) {
        AGENT_STATE state;
        VARIANT items;

        all_of_it(office);
        CHECK_EQ(ITAgent_put_State(agent, i % 2 ? AS_READY : AS_NOT_READY), S_OK);
        CHECK_EQ(ITAgent_get_State(agent, &state), S_OK);
        CHECK_EQ(ITAgent_get_AgentSessions(agent, &items), S_OK);
        VariantClear(&items);
    }
    if (session)
        ITAgentSession_Release(session);
    if (agent)
        ITAgent_Release(agent);
    CoUninitialize();
    return 0;
}

TEST(sixteen_threads_and_groups_that_change)
{
    struct office *office;
    HANDLE threads[THREADS];

    com_enter(COM_MTA);
    office = office_with_handler();
    for (unsigned i = 0; i < THREADS; i++)
        threads[i] = (HANDLE)_beginthreadex(NULL, 0, worker, office, 0, NULL);
    for (unsigned i = 0; WaitForMultipleObjects(THREADS, threads, TRUE, 1) == WAIT_TIMEOUT; i++) {
        centre_lock();
        centre.groups[2] = (struct centre_group){
            .id = centre_other, .name = L"Complaints", .queues = {14}, .queue_count = 1};
        centre.group_count = i % 2 ? 2 : 3;
        centre_unlock();
        centre_say(LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_NEWGROUP, 0);
    }
    for (unsigned i = 0; i < THREADS; i++)
        CloseHandle(threads[i]);
    office_close(office);
    com_leave(); /* nothing is left */
}
