/* structures_test.c - structures from the proxy to the client: text in both character sets, sizes,
 * versions, and what a careless proxy leaves in them. */
#include "tests/callcentre/desk.h"

#define VERSION 0x00020002

static DWORD put_text(void *structure, DWORD at, const WCHAR *text)
{
    DWORD size = ((DWORD)wcslen(text) + 1) * (DWORD)sizeof(WCHAR);
    memcpy((BYTE *)structure + at, text, size);
    return size;
}

/* The proxy's group list: as many groups as asked for, each with a name, as far as it fits. */
static void fill_groups(LINEAGENTGROUPLIST *list, DWORD count)
{
    DWORD entries = count * (DWORD)sizeof(LINEAGENTGROUPENTRY), at;
    LINEAGENTGROUPENTRY *entry = (LINEAGENTGROUPENTRY *)(list + 1);
    list->dwNeededSize = sizeof *list + entries + count * 20;
    if (list->dwNeededSize > list->dwTotalSize)
        return;
    list->dwUsedSize = list->dwNeededSize;
    list->dwNumEntries = count;
    list->dwListSize = entries;
    list->dwListOffset = sizeof *list;
    at = sizeof *list + entries;
    for (DWORD i = 0; i < count; i++, at += 20) {
        entry[i].GroupID.dwGroupID1 = i + 1;
        entry[i].dwNameSize = put_text(list, at, L"Groß 1");
        entry[i].dwNameOffset = at;
    }
}

TEST(a_list_with_names_in_both_character_sets)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    union {
        LINEAGENTGROUPLIST list;
        BYTE bytes[512];
    } wide, narrow;
    POISON(wide);
    POISON(narrow);
    wide.list.dwTotalSize = narrow.list.dwTotalSize = 400;
    LONG first = lineGetGroupListW(client.line, &wide.list);
    LONG second = lineGetGroupListA(client.line, &narrow.list);
    CHECK(first > 0 && second > 0 && first != second);
    LINEPROXYREQUEST *one = desk_take(&proxy, LINEPROXYREQUEST_GETGROUPLIST);
    LINEPROXYREQUEST *two = desk_take(&proxy, LINEPROXYREQUEST_GETGROUPLIST);
    fill_groups(&one->GetGroupList.GroupList, 2);
    fill_groups(&two->GetGroupList.GroupList, 2);
    desk_answer(&proxy, two, 0); /* in any order */
    desk_answer(&proxy, one, 0);
    desk_reply(&client, second, 0);
    desk_reply(&client, first, 0);

    REQUIRE_EQ(wide.list.dwNumEntries, 2);
    const LINEAGENTGROUPENTRY *entry =
        (const LINEAGENTGROUPENTRY *)(wide.bytes + wide.list.dwListOffset);
    CHECK_EQ(entry[1].GroupID.dwGroupID1, 2);
    CHECK_WSTR((const WCHAR *)(wide.bytes + entry[1].dwNameOffset), L"Groß 1");
    CHECK(test_is_poison(wide.bytes + 400, 112));
    REQUIRE_EQ(narrow.list.dwNumEntries, 2);
    entry = (const LINEAGENTGROUPENTRY *)(narrow.bytes + narrow.list.dwListOffset);
    CHECK_STR((const char *)narrow.bytes + entry[0].dwNameOffset, "Gro\xdf 1");
    CHECK(narrow.list.dwUsedSize < wide.list.dwUsedSize);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(a_list_that_does_not_fit_says_how_much_it_needs)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    LINEAGENTGROUPLIST list = {.dwTotalSize = sizeof list};
    LONG id = lineGetGroupListW(client.line, &list);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_GETGROUPLIST);
    fill_groups(&request->GetGroupList.GroupList, 3);
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(list.dwUsedSize, sizeof list);
    CHECK_EQ(list.dwNumEntries, 0);
    DWORD needed = list.dwNeededSize;
    CHECK(needed >= sizeof list + 3 * sizeof(LINEAGENTGROUPENTRY));

    BYTE *bytes = malloc(needed);
    LINEAGENTGROUPLIST *whole = (LINEAGENTGROUPLIST *)bytes;
    REQUIRE(bytes != NULL);
    whole->dwTotalSize = needed;
    id = lineGetGroupListW(client.line, whole);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETGROUPLIST);
    fill_groups(&request->GetGroupList.GroupList, 3);
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(whole->dwNumEntries, 3);
    CHECK_EQ(whole->dwUsedSize, needed);
    free(bytes);

    /* More than even the proxy has room for. */
    list.dwTotalSize = sizeof list;
    id = lineGetGroupListW(client.line, &list);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETGROUPLIST);
    fill_groups(&request->GetGroupList.GroupList, 10000);
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(list.dwNumEntries, 0);
    CHECK_EQ(list.dwNeededSize, sizeof list + 10000 * (sizeof(LINEAGENTGROUPENTRY) + 20));
    bytes = calloc(1, list.dwNeededSize);
    REQUIRE(bytes != NULL);
    whole = (LINEAGENTGROUPLIST *)bytes;
    whole->dwTotalSize = list.dwNeededSize;
    id = lineGetGroupListW(client.line, whole);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETGROUPLIST);
    fill_groups(&request->GetGroupList.GroupList, 10000);
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(whole->dwNumEntries, 10000);
    free(bytes);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(numbers_of_agents_sessions_and_queues)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    LINEAGENTINFO agent = {.dwTotalSize = sizeof agent};
    LONG id = lineGetAgentInfo(client.line, 1, &agent);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_GETAGENTINFO);
    CHECK(request->GetAgentInfo.AgentInfo.dwTotalSize >= sizeof agent);
    request->GetAgentInfo.AgentInfo.dwAgentState = LINEAGENTSTATEEX_BUSYACD;
    request->GetAgentInfo.AgentInfo.dwNextAgentState = LINEAGENTSTATEEX_BUSYOUTGOING;
    request->GetAgentInfo.AgentInfo.cyOverallCallRate.int64 = 123456;
    request->GetAgentInfo.AgentInfo.dwTotalACDWrapUpTime = 99;
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(agent.dwAgentState, LINEAGENTSTATEEX_BUSYACD);
    CHECK_EQ(agent.dwNextAgentState, LINEAGENTSTATEEX_BUSYOUTGOING);
    CHECK_EQ(agent.cyOverallCallRate.int64, 123456);
    CHECK_EQ(agent.dwTotalACDWrapUpTime, 99);
    CHECK_EQ(agent.dwUsedSize, sizeof agent);

    LINEAGENTSESSIONINFO session = {.dwTotalSize = sizeof session};
    id = lineGetAgentSessionInfo(client.line, 2, &session);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETAGENTSESSIONINFO);
    request->GetAgentSessionInfo.SessionInfo.dwAgentSessionState = LINEAGENTSESSIONSTATE_BUSYWRAPUP;
    request->GetAgentSessionInfo.SessionInfo.dateSessionStartTime = 36526.5;
    request->GetAgentSessionInfo.SessionInfo.dwLongestTimeToAnswer = 17;
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(session.dwAgentSessionState, LINEAGENTSESSIONSTATE_BUSYWRAPUP);
    CHECK(session.dateSessionStartTime == 36526.5);
    CHECK_EQ(session.dwLongestTimeToAnswer, 17);

    LINEQUEUEINFO queue = {.dwTotalSize = sizeof queue};
    id = lineGetQueueInfo(client.line, 3, &queue);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETQUEUEINFO);
    request->GetQueueInfo.QueueInfo.dwCurrentCallsQueued = 4;
    request->GetQueueInfo.QueueInfo.dwTotalCallsAbandoned = 5;
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(queue.dwCurrentCallsQueued, 4);
    CHECK_EQ(queue.dwTotalCallsAbandoned, 5);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(sessions_queues_activities_and_status)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    static const GUID group = {7, 8, 9, {0}};
    BYTE room[512];
    LINEAGENTSESSIONLIST *sessions = (LINEAGENTSESSIONLIST *)room;
    sessions->dwTotalSize = sizeof room;
    LONG id = lineGetAgentSessionList(client.line, 1, sessions);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_GETAGENTSESSIONLIST);
    LINEAGENTSESSIONLIST *filled = &request->GetAgentSessionList.SessionList;
    LINEAGENTSESSIONENTRY *entry = (LINEAGENTSESSIONENTRY *)(filled + 1);
    filled->dwNumEntries = 1;
    filled->dwListOffset = sizeof *filled;
    filled->dwListSize = sizeof *entry;
    filled->dwNeededSize = filled->dwUsedSize = sizeof *filled + sizeof *entry;
    *entry = (LINEAGENTSESSIONENTRY){
        .hAgentSession = 11, .hAgent = 1, .GroupID = group, .dwWorkingAddressID = 3};
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    REQUIRE_EQ(sessions->dwNumEntries, 1);
    entry = (LINEAGENTSESSIONENTRY *)(room + sessions->dwListOffset);
    CHECK_EQ(entry->hAgentSession, 11);
    CHECK_EQ(entry->dwWorkingAddressID, 3);
    CHECK_BYTES(&entry->GroupID, &group, sizeof group);

    LINEQUEUELIST *queues = (LINEQUEUELIST *)room;
    queues->dwTotalSize = sizeof room;
    id = lineGetQueueListA(client.line, (GUID *)&group, queues);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETQUEUELIST);
    LINEQUEUELIST *queue = &request->GetQueueList.QueueList;
    LINEQUEUEENTRY *queued = (LINEQUEUEENTRY *)(queue + 1);
    queue->dwNumEntries = 1;
    queue->dwListOffset = sizeof *queue;
    queue->dwListSize = sizeof *queued;
    queued->dwQueueID = 800;
    queued->dwNameOffset = sizeof *queue + sizeof *queued;
    queued->dwNameSize = put_text(queue, queued->dwNameOffset, L"Sales");
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    REQUIRE_EQ(queues->dwNumEntries, 1);
    queued = (LINEQUEUEENTRY *)(room + queues->dwListOffset);
    CHECK_EQ(queued->dwQueueID, 800);
    CHECK_STR((char *)room + queued->dwNameOffset, "Sales");

    LINEAGENTSTATUS *status = (LINEAGENTSTATUS *)room;
    status->dwTotalSize = sizeof room;
    id = lineGetAgentStatusA(client.line, 0, status);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETAGENTSTATUS);
    LINEAGENTSTATUS *agent = &request->GetAgentStatus.AgentStatus;
    agent->dwState = LINEAGENTSTATE_BUSYOTHER;
    agent->dwNextState = LINEAGENTSTATE_NOTREADY;
    agent->dwActivityID = 2;
    agent->dwActivityOffset = sizeof *agent;
    agent->dwActivitySize = put_text(agent, sizeof *agent, L"Meeting");
    agent->dwAgentFeatures = LINEAGENTFEATURE_SETAGENTSTATE | LINEAGENTFEATURE_SETAGENTACTIVITY;
    agent->dwValidStates = LINEAGENTSTATE_LOGGEDOFF | LINEAGENTSTATE_READY;
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(status->dwState, LINEAGENTSTATE_BUSYOTHER);
    CHECK_EQ(status->dwValidStates, LINEAGENTSTATE_LOGGEDOFF | LINEAGENTSTATE_READY);
    CHECK_STR((char *)room + status->dwActivityOffset, "Meeting");

    LINEAGENTACTIVITYLIST *activities = (LINEAGENTACTIVITYLIST *)room;
    activities->dwTotalSize = sizeof room;
    id = lineGetAgentActivityListA(client.line, 0, activities);
    request = desk_take(&proxy, LINEPROXYREQUEST_GETAGENTACTIVITYLIST);
    LINEAGENTACTIVITYLIST *list = &request->GetAgentActivityList.ActivityList;
    LINEAGENTACTIVITYENTRY *activity = (LINEAGENTACTIVITYENTRY *)(list + 1);
    list->dwNumEntries = 1;
    list->dwListOffset = sizeof *list;
    list->dwListSize = sizeof *activity;
    activity->dwID = 2;
    activity->dwNameOffset = sizeof *list + sizeof *activity;
    activity->dwNameSize = put_text(list, activity->dwNameOffset, L"Meeting");
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    REQUIRE_EQ(activities->dwNumEntries, 1);
    activity = (LINEAGENTACTIVITYENTRY *)(room + activities->dwListOffset);
    CHECK_EQ(activity->dwID, 2);
    CHECK_STR((char *)room + activity->dwNameOffset, "Meeting");
    desk_end(&client);
    desk_end(&proxy);
}

TEST(capabilities_in_the_versions_of_both)
{
    static const DWORD versions[] = {0x00020000, 0x00020002};
    static const DWORD fixed[] = {56, 72};
    for (unsigned p = 0; p < 2; p++) {
        for (unsigned c = 0; c < 2; c++) {
            struct desk proxy = desk_proxy(versions[p]), client = desk_client(versions[c]);
            union {
                LINEAGENTCAPS caps;
                BYTE bytes[256];
            } out;
            POISON(out);
            out.caps.dwTotalSize = 200;
            LONG id = lineGetAgentCapsA(client.app, LINE_ID, 0, versions[c], &out.caps);
            LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_GETAGENTCAPS);
            CHECK_EQ(request->dwClientAppAPIVersion, versions[c]);
            LINEAGENTCAPS *caps = &request->GetAgentCaps.AgentCaps;
            CHECK_EQ(caps->dwUsedSize, fixed[p]);
            caps->dwFeatures = LINEAGENTFEATURE_GETAGENTGROUP | LINEAGENTFEATURE_SETAGENTGROUP |
                               LINEAGENTFEATURE_AGENTSPECIFIC |
                               LINEAGENTFEATURE_GETAGENTACTIVITYLIST;
            caps->dwAgentStatusMessages = LINEAGENTSTATUS_STATE | LINEAGENTSTATUS_CAPSCHANGE;
            caps->dwAgentHandlerInfoOffset = fixed[p];
            caps->dwAgentHandlerInfoSize = put_text(caps, fixed[p], L"Sample ACD");
            desk_answer(&proxy, request, 0);
            desk_reply(&client, id, 0);
            CHECK_EQ(out.caps.dwFeatures,
                     LINEAGENTFEATURE_GETAGENTGROUP | LINEAGENTFEATURE_SETAGENTGROUP |
                         LINEAGENTFEATURE_AGENTSPECIFIC | LINEAGENTFEATURE_GETAGENTACTIVITYLIST);
            CHECK(out.caps.dwAgentHandlerInfoOffset >= fixed[c]);
            CHECK_STR((char *)out.bytes + out.caps.dwAgentHandlerInfoOffset, "Sample ACD");
            CHECK(test_is_poison(out.bytes + 200, 56));
            desk_end(&client);
            desk_end(&proxy);
        }
    }
}

TEST(a_careless_proxy_does_no_harm)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    BYTE room[256];
    LINEAGENTGROUPLIST *list = (LINEAGENTGROUPLIST *)room;
    POISON(room);
    list->dwTotalSize = 128;
    LONG id = lineGetAgentGroupListA(client.line, 0, list);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_GETAGENTGROUPLIST);
    LINEAGENTGROUPLIST *filled = &request->GetAgentGroupList.GroupList;
    filled->dwTotalSize = filled->dwNeededSize = filled->dwUsedSize = 0xffffffff;
    filled->dwNumEntries = 0x10000000;
    filled->dwListSize = 0xfffffff0;
    filled->dwListOffset = 0x7fffffff;
    request->dwSize = 0xffffffff;
    request->dwRequestType = 99;
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(list->dwTotalSize, 128);
    CHECK_EQ(list->dwNumEntries, 0);
    CHECK_EQ(list->dwListSize, 0);
    CHECK(test_is_poison(room + 128, 128));

    /* A positive result is no result. */
    id = lineSetAgentActivity(client.line, 0, 1);
    request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTACTIVITY);
    desk_answer(&proxy, request, 5);
    desk_reply(&client, id, LINEERR_OPERATIONFAILED);
    desk_end(&client);
    desk_end(&proxy);
}
