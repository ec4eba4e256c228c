/* arguments_test.c - what the functions refuse before anybody is asked. */
#include "tests/callcentre/desk.h"

#define VERSION 0x00020002

static const GUID group = {1, 2, 3, {4}};

TEST(pointers_and_structures_are_checked)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    HLINE line = client.line;
    DWORD small[32] = {8};
    DWORD handle;
#define REFUSES_BAD_STRUCTURE(type, call)                                                          \
    do {                                                                                           \
        type *at = NULL;                                                                           \
        CHECK_EQ(call, LINEERR_INVALPOINTER);                                                      \
        at = (type *)small;                                                                        \
        CHECK_EQ(call, LINEERR_STRUCTURETOOSMALL);                                                 \
    } while (0)
    REFUSES_BAD_STRUCTURE(LINEAGENTCAPS, lineGetAgentCapsW(client.app, LINE_ID, 0, VERSION, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTCAPS, lineGetAgentCapsA(client.app, LINE_ID, 0, VERSION, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTSTATUS, lineGetAgentStatusW(line, 0, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTSTATUS, lineGetAgentStatusA(line, 0, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTACTIVITYLIST, lineGetAgentActivityListW(line, 0, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTACTIVITYLIST, lineGetAgentActivityListA(line, 0, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTGROUPLIST, lineGetAgentGroupListW(line, 0, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTGROUPLIST, lineGetAgentGroupListA(line, 0, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTGROUPLIST, lineGetGroupListW(line, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTGROUPLIST, lineGetGroupListA(line, at));
    REFUSES_BAD_STRUCTURE(LINEQUEUELIST, lineGetQueueListW(line, (GUID *)&group, at));
    REFUSES_BAD_STRUCTURE(LINEQUEUELIST, lineGetQueueListA(line, (GUID *)&group, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTINFO, lineGetAgentInfo(line, 1, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTSESSIONLIST, lineGetAgentSessionList(line, 1, at));
    REFUSES_BAD_STRUCTURE(LINEAGENTSESSIONINFO, lineGetAgentSessionInfo(line, 1, at));
    REFUSES_BAD_STRUCTURE(LINEQUEUEINFO, lineGetQueueInfo(line, 1, at));
    REFUSES_BAD_STRUCTURE(LINEPROXYREQUESTLIST,
                          lineGetProxyStatus(client.app, LINE_ID, VERSION, at));
    small[0] = 56; /* enough for version 2.0 */
    CHECK_EQ(lineGetAgentCapsW(client.app, LINE_ID, 0, VERSION, (LINEAGENTCAPS *)small),
             LINEERR_STRUCTURETOOSMALL);

    LINEQUEUELIST queues = {.dwTotalSize = sizeof queues};
    CHECK_EQ(lineGetQueueListW(line, NULL, &queues), LINEERR_INVALPOINTER);
    CHECK_EQ(lineCreateAgentW(line, (WCHAR *)L"1", NULL, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineCreateAgentA(line, (char *)"1", NULL, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineCreateAgentSessionW(line, 1, NULL, 0, NULL, &handle), LINEERR_INVALPOINTER);
    CHECK_EQ(lineCreateAgentSessionA(line, 1, NULL, 0, (GUID *)&group, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineAgentSpecific(line, 0, 0, (void *)16, 4), LINEERR_INVALPOINTER);
    desk_quiet(&proxy);
    desk_quiet(&client);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(addresses_versions_and_devices_are_checked)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    BYTE room[256];
    LINEAGENTSTATUS *status = (LINEAGENTSTATUS *)room;
    LINEPROXYREQUESTLIST list = {.dwTotalSize = sizeof list};
    status->dwTotalSize = sizeof room;
    CHECK_EQ(lineSetAgentGroup(client.line, 9, NULL), LINEERR_INVALADDRESSID);
    CHECK_EQ(lineSetAgentState(client.line, 9, LINEAGENTSTATE_READY, 0), LINEERR_INVALADDRESSID);
    CHECK_EQ(lineSetAgentActivity(client.line, 9, 1), LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetAgentStatusW(client.line, 9, status), LINEERR_INVALADDRESSID);
    CHECK_EQ(lineAgentSpecific(client.line, 9, 0, NULL, 0), LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetAgentActivityListW(client.line, 9, (LINEAGENTACTIVITYLIST *)room),
             LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetAgentGroupListW(client.line, 9, (LINEAGENTGROUPLIST *)room),
             LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetAgentCapsW(client.app, LINE_ID, 9, VERSION, (LINEAGENTCAPS *)room),
             LINEERR_INVALADDRESSID);
    CHECK_EQ(lineGetAgentCapsW(client.app, 99, 0, VERSION, (LINEAGENTCAPS *)room),
             LINEERR_BADDEVICEID);
    CHECK_EQ(lineGetAgentCapsW(client.app, LINE_ID, 0, 0x00090000, (LINEAGENTCAPS *)room),
             LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineGetProxyStatus(client.app, 99, VERSION, &list), LINEERR_BADDEVICEID);
    CHECK_EQ(lineGetProxyStatus(client.app, LINE_ID, 1, &list), LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineGetProxyStatus(client.app + 1, LINE_ID, VERSION, &list), LINEERR_INVALAPPHANDLE);
    desk_quiet(&proxy);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(a_group_list_is_checked_and_none_logs_out)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    LINEAGENTGROUPLIST list = {sizeof list, sizeof list, sizeof list, 1, 24, 24};
    CHECK_EQ(lineSetAgentGroup(client.line, 0, &list), LINEERR_INVALAGENTGROUP);
    list.dwTotalSize = 8;
    CHECK_EQ(lineSetAgentGroup(client.line, 0, &list), LINEERR_STRUCTURETOOSMALL);
    CHECK_EQ(lineSetAgentGroup(client.line, 0, (LINEAGENTGROUPLIST *)16), LINEERR_INVALPOINTER);
    desk_quiet(&proxy);
    LONG id = lineSetAgentGroup(client.line, 0, NULL);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTGROUP);
    CHECK_EQ(request->SetAgentGroup.GroupList.dwNumEntries, 0);
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    desk_end(&client);
    desk_end(&proxy);
}

/* functions-without-unicode-versions.md: group names are ignored; what a program left in these
 * members is no affair of anybody. */
TEST(names_in_a_group_list_are_ignored)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    struct {
        LINEAGENTGROUPLIST list;
        LINEAGENTGROUPENTRY entry[2];
        WCHAR name[6];
    } given = {
        {sizeof given, 0, 0, 2, sizeof given.entry, sizeof(LINEAGENTGROUPLIST)},
        {{{1, 2, 3, 4}, 12, offsetof(__typeof__(given), name)},
         {{5, 6, 7, 8}, 0xCCCCCCCC, 0xCCCCCCCC}},
        L"Sales",
    };
    LONG id = lineSetAgentGroup(client.line, 0, &given.list);
    REQUIRE(id > 0);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTGROUP);
    const LINEAGENTGROUPLIST *list = &request->SetAgentGroup.GroupList;
    const LINEAGENTGROUPENTRY *entry = (const void *)((const BYTE *)list + list->dwListOffset);
    REQUIRE_EQ(list->dwNumEntries, 2);
    CHECK_EQ(list->dwListSize, sizeof given.entry);
    for (DWORD i = 0; i < 2; i++) {
        CHECK_BYTES(&entry[i].GroupID, &given.entry[i].GroupID, sizeof entry->GroupID);
        CHECK_EQ(entry[i].dwNameSize, 0);
    }
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    /* fewer entries than it says: not another, smaller group */
    given.list.dwListSize = sizeof given.entry[0];
    CHECK_EQ(lineSetAgentGroup(client.line, 0, &given.list), LINEERR_INVALAGENTGROUP);
    given.list.dwListSize = 0;
    CHECK_EQ(lineSetAgentGroup(client.line, 0, &given.list), LINEERR_INVALAGENTGROUP);
    desk_quiet(&proxy);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(an_ansi_client_and_an_agent_without_id)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    DWORD agent = 0, session = 0;
    LONG id = lineCreateAgentA(client.line, (char *)"J\xfcrgen", NULL, &agent);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_CREATEAGENT);
    CHECK_WSTR((WCHAR *)((BYTE *)request + request->CreateAgent.dwAgentIDOffset), L"Jürgen");
    CHECK_EQ(request->CreateAgent.dwAgentPINSize, 0);
    request->CreateAgent.hAgent = 5;
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(agent, 5);
    id = lineCreateAgentA(client.line, NULL, NULL, &agent);
    request = desk_take(&proxy, LINEPROXYREQUEST_CREATEAGENT);
    CHECK_EQ(request->CreateAgent.dwAgentIDSize, 0);
    desk_answer(&proxy, request, LINEERR_INVALAGENTID);
    desk_reply(&client, id, LINEERR_INVALAGENTID);
    CHECK_EQ(agent, 5);
    id = lineCreateAgentSessionA(client.line, 5, (char *)"4321", 0, (GUID *)&group, &session);
    request = desk_take(&proxy, LINEPROXYREQUEST_CREATEAGENTSESSION);
    CHECK_WSTR((WCHAR *)((BYTE *)request + request->CreateAgentSession.dwAgentPINOffset), L"4321");
    request->CreateAgentSession.hAgentSession = 6;
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(session, 6);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(agent_specific_without_data)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    LONG id = lineAgentSpecific(client.line, 0, 1, NULL, 4);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_AGENTSPECIFIC);
    CHECK_EQ(request->AgentSpecific.dwSize, 0);
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(the_proxy_learns_who_asks)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    WCHAR machine[64], user[64];
    DWORD size = ARRAYSIZE(machine);
    REQUIRE(GetComputerNameW(machine, &size));
    size = ARRAYSIZE(user);
    REQUIRE(GetUserNameW(user, &size));
    LONG id = lineSetAgentActivity(client.line, 0, 1);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTACTIVITY);
    CHECK_EQ(request->dwClientMachineNameSize, (wcslen(machine) + 1) * sizeof(WCHAR));
    CHECK_WSTR((WCHAR *)((BYTE *)request + request->dwClientMachineNameOffset), machine);
    CHECK_EQ(request->dwClientUserNameSize, (wcslen(user) + 1) * sizeof(WCHAR));
    CHECK_WSTR((WCHAR *)((BYTE *)request + request->dwClientUserNameOffset), user);
    desk_answer(&proxy, request, 0);
    desk_reply(&client, id, 0);
    desk_end(&client);
    desk_end(&proxy);
}
