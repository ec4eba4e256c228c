/* requests_test.c - every LINEPROXYREQUEST_: what the proxy is asked, and that its error and its
 * success come back. Structures: structures_test.c. */
#include "tests/callcentre/desk.h"

#define VERSION 0x00020002

static const GUID group = {0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}};

/* Memory that the requests write into when they succeed. */
static union {
    DWORD total;
    BYTE bytes[512];
} out;
static DWORD handle;

static void clear(void)
{
    POISON(out);
    POISON(handle);
    out.total = sizeof out;
}

static const WCHAR *text_at(const LINEPROXYREQUEST *request, DWORD size, DWORD offset)
{
    if (size < sizeof(WCHAR) || offset + size > request->dwSize)
        return NULL;
    return (const WCHAR *)((const BYTE *)request + offset);
}

/* ---- one function for each request, and what the proxy must find ---- */

static LONG ask_set_group(HLINE line)
{
    struct {
        LINEAGENTGROUPLIST list;
        LINEAGENTGROUPENTRY entry;
    } given = {{sizeof given, sizeof given, sizeof given, 1, sizeof(LINEAGENTGROUPENTRY),
                sizeof(LINEAGENTGROUPLIST)},
               {.GroupID = {1, 2, 3, 4}}};
    return lineSetAgentGroup(line, 0, &given.list);
}

static void see_set_group(const LINEPROXYREQUEST *request)
{
    const LINEAGENTGROUPLIST *list = &request->SetAgentGroup.GroupList;
    CHECK_EQ(request->SetAgentGroup.dwAddressID, 0);
    REQUIRE_EQ(list->dwNumEntries, 1);
    REQUIRE_EQ(list->dwListSize, sizeof(LINEAGENTGROUPENTRY));
    const LINEAGENTGROUPENTRY *entry =
        (const LINEAGENTGROUPENTRY *)((const BYTE *)list + list->dwListOffset);
    CHECK_EQ(entry->GroupID.dwGroupID1, 1);
    CHECK_EQ(entry->GroupID.dwGroupID4, 4);
}

static LONG ask_set_state(HLINE line)
{
    return lineSetAgentState(line, 0, LINEAGENTSTATE_READY, LINEAGENTSTATE_WORKINGAFTERCALL);
}

static void see_set_state(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->SetAgentState.dwAddressID, 0);
    CHECK_EQ(request->SetAgentState.dwAgentState, LINEAGENTSTATE_READY);
    CHECK_EQ(request->SetAgentState.dwNextAgentState, LINEAGENTSTATE_WORKINGAFTERCALL);
}

static LONG ask_set_activity(HLINE line)
{
    return lineSetAgentActivity(line, 0, 7);
}

static void see_set_activity(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->SetAgentActivity.dwActivityID, 7);
}

static LONG ask_status(HLINE line)
{
    return lineGetAgentStatusW(line, 0, (LINEAGENTSTATUS *)&out);
}

static void see_status(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->GetAgentStatus.dwAddressID, 0);
    CHECK(request->GetAgentStatus.AgentStatus.dwTotalSize >= sizeof out);
    CHECK(offsetof(LINEPROXYREQUEST, GetAgentStatus.AgentStatus) +
              request->GetAgentStatus.AgentStatus.dwTotalSize <=
          request->dwSize);
    CHECK_EQ(request->GetAgentStatus.AgentStatus.dwUsedSize, sizeof(LINEAGENTSTATUS));
}

static LONG ask_specific(HLINE line)
{
    memcpy(out.bytes, "question", 8);
    return lineAgentSpecific(line, 0, 3, out.bytes, 8);
}

static void see_specific(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->AgentSpecific.dwAgentExtensionIDIndex, 3);
    REQUIRE_EQ(request->AgentSpecific.dwSize, 8);
    CHECK_BYTES(request->AgentSpecific.Params, "question", 8);
    memcpy((BYTE *)request->AgentSpecific.Params, "answers!", 8);
}

static LONG ask_activities(HLINE line)
{
    return lineGetAgentActivityListW(line, 0, (LINEAGENTACTIVITYLIST *)&out);
}

static LONG ask_groups_of_agent(HLINE line)
{
    return lineGetAgentGroupListW(line, 0, (LINEAGENTGROUPLIST *)&out);
}

static LONG ask_create(HLINE line)
{
    return lineCreateAgentW(line, (WCHAR *)L"7001", (WCHAR *)L"1234", &handle);
}

static void see_create(const LINEPROXYREQUEST *request)
{
    CHECK_WSTR(
        text_at(request, request->CreateAgent.dwAgentIDSize, request->CreateAgent.dwAgentIDOffset),
        L"7001");
    CHECK_WSTR(text_at(request, request->CreateAgent.dwAgentPINSize,
                       request->CreateAgent.dwAgentPINOffset),
               L"1234");
    ((LINEPROXYREQUEST *)request)->CreateAgent.hAgent = 0x4711;
}

static LONG ask_period(HLINE line)
{
    return lineSetAgentMeasurementPeriod(line, 0x4711, 600);
}

static void see_period(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->SetAgentMeasurementPeriod.hAgent, 0x4711);
    CHECK_EQ(request->SetAgentMeasurementPeriod.dwMeasurementPeriod, 600);
}

static LONG ask_info(HLINE line)
{
    return lineGetAgentInfo(line, 0x4711, (LINEAGENTINFO *)&out);
}

static void see_info(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->GetAgentInfo.hAgent, 0x4711);
}

static LONG ask_create_session(HLINE line)
{
    return lineCreateAgentSessionW(line, 0x4711, (WCHAR *)L"99", 5, (GUID *)&group, &handle);
}

static void see_create_session(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->CreateAgentSession.hAgent, 0x4711);
    CHECK_EQ(request->CreateAgentSession.dwWorkingAddressID, 5);
    CHECK_BYTES(&request->CreateAgentSession.GroupID, &group, sizeof group);
    CHECK_WSTR(text_at(request, request->CreateAgentSession.dwAgentPINSize,
                       request->CreateAgentSession.dwAgentPINOffset),
               L"99");
    ((LINEPROXYREQUEST *)request)->CreateAgentSession.hAgentSession = 0x4711;
}

static LONG ask_sessions(HLINE line)
{
    return lineGetAgentSessionList(line, 0x4711, (LINEAGENTSESSIONLIST *)&out);
}

static void see_sessions(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->GetAgentSessionList.hAgent, 0x4711);
}

static LONG ask_session_state(HLINE line)
{
    return lineSetAgentSessionState(line, 0x4712, LINEAGENTSESSIONSTATE_READY,
                                    LINEAGENTSESSIONSTATE_NOTREADY);
}

static void see_session_state(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->SetAgentSessionState.hAgentSession, 0x4712);
    CHECK_EQ(request->SetAgentSessionState.dwAgentSessionState, LINEAGENTSESSIONSTATE_READY);
    CHECK_EQ(request->SetAgentSessionState.dwNextAgentSessionState, LINEAGENTSESSIONSTATE_NOTREADY);
}

static LONG ask_session_info(HLINE line)
{
    return lineGetAgentSessionInfo(line, 0x4712, (LINEAGENTSESSIONINFO *)&out);
}

static void see_session_info(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->GetAgentSessionInfo.hAgentSession, 0x4712);
}

static LONG ask_queues(HLINE line)
{
    return lineGetQueueListW(line, (GUID *)&group, (LINEQUEUELIST *)&out);
}

static void see_queues(const LINEPROXYREQUEST *request)
{
    CHECK_BYTES(&request->GetQueueList.GroupID, &group, sizeof group);
}

static LONG ask_queue_period(HLINE line)
{
    return lineSetQueueMeasurementPeriod(line, 800, 300);
}

static void see_queue_period(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->SetQueueMeasurementPeriod.dwQueueID, 800);
    CHECK_EQ(request->SetQueueMeasurementPeriod.dwMeasurementPeriod, 300);
}

static LONG ask_queue_info(HLINE line)
{
    return lineGetQueueInfo(line, 800, (LINEQUEUEINFO *)&out);
}

static void see_queue_info(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->GetQueueInfo.dwQueueID, 800);
}

static LONG ask_groups(HLINE line)
{
    return lineGetGroupListW(line, (LINEAGENTGROUPLIST *)&out);
}

static LONG ask_state_ex(HLINE line)
{
    return lineSetAgentStateEx(line, 0x4711, LINEAGENTSTATEEX_READY, LINEAGENTSTATEEX_NOTREADY);
}

static void see_state_ex(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->SetAgentStateEx.hAgent, 0x4711);
    CHECK_EQ(request->SetAgentStateEx.dwAgentState, LINEAGENTSTATEEX_READY);
    CHECK_EQ(request->SetAgentStateEx.dwNextAgentState, LINEAGENTSTATEEX_NOTREADY);
}

/* lineGetAgentCaps is the one function without a line. */
static HLINEAPP caps_app;

static LONG ask_caps(HLINE line)
{
    return lineGetAgentCapsW(line ? caps_app : 0, LINE_ID, 0, VERSION, (LINEAGENTCAPS *)&out);
}

static void see_caps(const LINEPROXYREQUEST *request)
{
    CHECK_EQ(request->GetAgentCaps.dwAddressID, 0);
    CHECK_EQ(request->GetAgentCaps.AgentCaps.dwUsedSize, sizeof(LINEAGENTCAPS));
}

static void see_nothing(const LINEPROXYREQUEST *request)
{
    (void)request;
}

enum result { NOTHING, A_STRUCTURE, A_HANDLE, SOME_BYTES };

static const struct {
    DWORD type;
    LONG (*ask)(HLINE line);
    void (*see)(const LINEPROXYREQUEST *request);
    enum result result;
} functions[] = {
    {LINEPROXYREQUEST_SETAGENTGROUP, ask_set_group, see_set_group, NOTHING},
    {LINEPROXYREQUEST_SETAGENTSTATE, ask_set_state, see_set_state, NOTHING},
    {LINEPROXYREQUEST_SETAGENTACTIVITY, ask_set_activity, see_set_activity, NOTHING},
    {LINEPROXYREQUEST_GETAGENTCAPS, ask_caps, see_caps, A_STRUCTURE},
    {LINEPROXYREQUEST_GETAGENTSTATUS, ask_status, see_status, A_STRUCTURE},
    {LINEPROXYREQUEST_AGENTSPECIFIC, ask_specific, see_specific, SOME_BYTES},
    {LINEPROXYREQUEST_GETAGENTACTIVITYLIST, ask_activities, see_nothing, A_STRUCTURE},
    {LINEPROXYREQUEST_GETAGENTGROUPLIST, ask_groups_of_agent, see_nothing, A_STRUCTURE},
    {LINEPROXYREQUEST_CREATEAGENT, ask_create, see_create, A_HANDLE},
    {LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD, ask_period, see_period, NOTHING},
    {LINEPROXYREQUEST_GETAGENTINFO, ask_info, see_info, A_STRUCTURE},
    {LINEPROXYREQUEST_CREATEAGENTSESSION, ask_create_session, see_create_session, A_HANDLE},
    {LINEPROXYREQUEST_GETAGENTSESSIONLIST, ask_sessions, see_sessions, A_STRUCTURE},
    {LINEPROXYREQUEST_SETAGENTSESSIONSTATE, ask_session_state, see_session_state, NOTHING},
    {LINEPROXYREQUEST_GETAGENTSESSIONINFO, ask_session_info, see_session_info, A_STRUCTURE},
    {LINEPROXYREQUEST_GETQUEUELIST, ask_queues, see_queues, A_STRUCTURE},
    {LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD, ask_queue_period, see_queue_period, NOTHING},
    {LINEPROXYREQUEST_GETQUEUEINFO, ask_queue_info, see_queue_info, A_STRUCTURE},
    {LINEPROXYREQUEST_GETGROUPLIST, ask_groups, see_nothing, A_STRUCTURE},
    {LINEPROXYREQUEST_SETAGENTSTATEEX, ask_state_ex, see_state_ex, NOTHING},
};

static void check_untouched(enum result result)
{
    CHECK(IS_POISON(handle));
    CHECK_EQ(out.total, result == SOME_BYTES ? out.total : sizeof out);
    if (result != SOME_BYTES)
        CHECK(test_is_poison(out.bytes + 4, sizeof out - 4));
}

TEST(every_request_reaches_the_proxy_and_its_answer_the_client)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    caps_app = client.app;
    CHECK_EQ(ARRAYSIZE(functions), REQUESTS);
    for (unsigned i = 0; i < ARRAYSIZE(functions); i++) {
        LINEPROXYREQUEST *request;
        test_note("LINEPROXYREQUEST_ %lu", (unsigned long)functions[i].type);
        CHECK_EQ(functions[i].type, i + 1);
        clear();
        LONG id = functions[i].ask(client.line);
        REQUIRE(id > 0);
        request = desk_take(&proxy, functions[i].type);
        CHECK_EQ(request->dwClientAppAPIVersion, VERSION);
        functions[i].see(request);
        desk_quiet(&client); /* nothing before the proxy answers */
        desk_answer(&proxy, request, 0);
        CHECK(functions[i].result == SOME_BYTES || (check_untouched(functions[i].result), true));
        desk_reply(&client, id, 0);
        switch (functions[i].result) {
        case NOTHING:
            check_untouched(NOTHING);
            break;
        case A_STRUCTURE:
            CHECK_EQ(out.total, sizeof out);
            CHECK(!test_is_poison(out.bytes + 4, 8)); /* dwNeededSize, dwUsedSize */
            break;
        case A_HANDLE:
            CHECK_EQ(handle, 0x4711);
            break;
        case SOME_BYTES:
            CHECK_BYTES(out.bytes, "answers!", 8);
            break;
        }
    }
    desk_quiet(&client);
    desk_quiet(&proxy);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(every_request_brings_the_proxys_error)
{
    static const DWORD errors[] = {
        LINEERR_INVALAGENTID,       LINEERR_INVALAGENTGROUP,        LINEERR_INVALAGENTSTATE,
        LINEERR_INVALAGENTACTIVITY, LINEERR_INVALAGENTSESSIONSTATE, LINEERR_INVALPASSWORD,
        LINEERR_INVALPARAM,         LINEERR_RESOURCEUNAVAIL,        LINEERR_OPERATIONFAILED,
    };
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    caps_app = client.app;
    for (unsigned i = 0; i < ARRAYSIZE(functions); i++) {
        for (unsigned e = 0; e < ARRAYSIZE(errors); e++) {
            clear();
            LONG id = functions[i].ask(client.line);
            REQUIRE(id > 0);
            LINEPROXYREQUEST *request = desk_take(&proxy, functions[i].type);
            functions[i].see(request);
            desk_answer(&proxy, request, (LONG)errors[e]);
            desk_reply(&client, id, (LONG)errors[e]);
            check_untouched(functions[i].result);
            if (functions[i].result == SOME_BYTES)
                CHECK_BYTES(out.bytes, "question", 8);
        }
    }
    desk_end(&client);
    desk_end(&proxy);
}

/* TAPI leaves it to the proxy what a state means: each goes there as it is. */
TEST(every_state_reaches_the_proxy)
{
    static const DWORD states[] = {
        LINEAGENTSTATE_LOGGEDOFF, LINEAGENTSTATE_NOTREADY,         LINEAGENTSTATE_READY,
        LINEAGENTSTATE_BUSYACD,   LINEAGENTSTATE_BUSYINCOMING,     LINEAGENTSTATE_BUSYOUTBOUND,
        LINEAGENTSTATE_BUSYOTHER, LINEAGENTSTATE_WORKINGAFTERCALL, LINEAGENTSTATE_UNKNOWN,
        LINEAGENTSTATE_UNAVAIL,
    };
    static const DWORD states_ex[] = {
        LINEAGENTSTATEEX_NOTREADY,     LINEAGENTSTATEEX_READY,        LINEAGENTSTATEEX_BUSYACD,
        LINEAGENTSTATEEX_BUSYINCOMING, LINEAGENTSTATEEX_BUSYOUTGOING, LINEAGENTSTATEEX_UNKNOWN,
        LINEAGENTSTATEEX_RELEASED,
    };
    static const DWORD session_states[] = {
        LINEAGENTSESSIONSTATE_NOTREADY,   LINEAGENTSESSIONSTATE_READY,
        LINEAGENTSESSIONSTATE_BUSYONCALL, LINEAGENTSESSIONSTATE_BUSYWRAPUP,
        LINEAGENTSESSIONSTATE_ENDED,      LINEAGENTSESSIONSTATE_RELEASED,
    };
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    LINEPROXYREQUEST *request;
    LONG id;
    for (unsigned i = 0; i < ARRAYSIZE(states); i++) {
        id = lineSetAgentState(client.line, 0, states[i], 0);
        request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTSTATE);
        CHECK_EQ(request->SetAgentState.dwAgentState, states[i]);
        desk_answer(&proxy, request, 0);
        desk_reply(&client, id, 0);
    }
    for (unsigned i = 0; i < ARRAYSIZE(states_ex); i++) {
        id = lineSetAgentStateEx(client.line, 1, states_ex[i], 0);
        request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTSTATEEX);
        CHECK_EQ(request->SetAgentStateEx.dwAgentState, states_ex[i]);
        desk_answer(&proxy, request, 0);
        desk_reply(&client, id, 0);
    }
    for (unsigned i = 0; i < ARRAYSIZE(session_states); i++) {
        id = lineSetAgentSessionState(client.line, 1, session_states[i], 0);
        request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTSESSIONSTATE);
        CHECK_EQ(request->SetAgentSessionState.dwAgentSessionState, session_states[i]);
        desk_answer(&proxy, request, 0);
        desk_reply(&client, id, 0);
    }
    desk_end(&client);
    desk_end(&proxy);
}

TEST(without_a_proxy_no_request_is_possible)
{
    struct desk client = desk_client(VERSION);
    caps_app = client.app;
    for (unsigned i = 0; i < ARRAYSIZE(functions); i++) {
        clear();
        CHECK_EQ(functions[i].ask(client.line), LINEERR_OPERATIONUNAVAIL);
    }
    desk_quiet(&client);
    desk_end(&client);
}

TEST(a_stale_handle_is_refused_by_every_function)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    caps_app = client.app;
    for (unsigned i = 0; i < ARRAYSIZE(functions); i++) {
        bool caps = functions[i].type == LINEPROXYREQUEST_GETAGENTCAPS;
        clear();
        CHECK_EQ(functions[i].ask(caps ? 0 : client.line + 1),
                 caps ? LINEERR_INVALAPPHANDLE : LINEERR_INVALLINEHANDLE);
        check_untouched(functions[i].result);
    }
    desk_quiet(&proxy);
    desk_end(&client);
    desk_end(&proxy);
    for (unsigned i = 0; i < ARRAYSIZE(functions); i++) {
        clear();
        CHECK_EQ(functions[i].ask(1), LINEERR_UNINITIALIZED);
    }
}
