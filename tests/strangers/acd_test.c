/*
 * acd_test.c - an ACD that a program provides, as the documents describe it: the proxy's thread
 * takes LINE_PROXYREQUEST and puts it into a list; another thread, which would ask the switch,
 * answers with lineProxyResponse. Two supervisors ask: one of 2.2 with W, one of 2.0 with A.
 */
#include <windows.h>
#include <tapi.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

#define QUEUE_LINE 4 /* "queue 800" in office.conf */
#define ALL        20

static struct proxy {
    HLINEAPP app;
    HLINE line;
    HANDLE reader, answerer, work;
    LPLINEPROXYREQUEST volatile request; /* one at a time is enough for this switch */
    DWORD agent_state, session_state, activity, period, unknown;
    DWORD groups; /* of the last LINEPROXYREQUEST_SETAGENTGROUP */
    WCHAR client[64], agent_id[16], agent_pin[16];
    DWORD client_version;
} proxy;

/* Appends to a structure that begins with its three sizes; where it lies from there, or 0. */
static __attribute__((noinline)) DWORD append(void *structure, const void *data, DWORD size)
{
    DWORD *header = structure, at = header[2];

    if (header[1] < header[2])
        header[1] = header[2];
    header[1] += size;
    if (header[1] > header[0])
        return 0;
    memcpy((BYTE *)structure + at, data, size);
    header[2] = at + size;
    return at;
}

static __attribute__((noinline)) void put(void *structure, DWORD at, const void *data, DWORD size)
{
    memcpy((BYTE *)structure + at, data, size);
}

static DWORD size_of(const WCHAR *text)
{
    return (DWORD)(lstrlenW(text) + 1) * sizeof(WCHAR);
}

static void list_groups(LPLINEAGENTGROUPLIST list)
{
    LINEAGENTGROUPENTRY groups[2] = {{{1, 2, 3, 4}, 0, 0}, {{5, 6, 7, 8}, 0, 0}};
    DWORD at;

    list->dwNeededSize = list->dwUsedSize = sizeof(*list);
    at = append(list, groups, sizeof(groups));
    groups[0].dwNameSize = size_of(L"Sales");
    groups[0].dwNameOffset = append(list, L"Sales", size_of(L"Sales"));
    groups[1].dwNameSize = size_of(L"Service");
    groups[1].dwNameOffset = append(list, L"Service", size_of(L"Service"));
    if (!at || !groups[1].dwNameOffset)
        return; /* dwNeededSize says it */
    put(list, at, groups, sizeof(groups));
    list->dwNumEntries = 2;
    list->dwListSize = sizeof(groups);
    list->dwListOffset = at;
}

static DWORD carry_out(LPLINEPROXYREQUEST request)
{
    if (request->dwClientUserNameSize)
        lstrcpynW(proxy.client, (LPWSTR)((BYTE *)request + request->dwClientUserNameOffset), 64);
    proxy.client_version = request->dwClientAppAPIVersion;
    switch (request->dwRequestType) {
    case LINEPROXYREQUEST_SETAGENTGROUP:
        proxy.groups = request->SetAgentGroup.GroupList.dwNumEntries;
        return 0;
    case LINEPROXYREQUEST_SETAGENTSTATE:
        if (request->SetAgentState.dwAgentState > LINEAGENTSTATE_WORKINGAFTERCALL)
            return LINEERR_INVALAGENTSTATE;
        proxy.agent_state = request->SetAgentState.dwAgentState;
        lineProxyMessage(proxy.line, 0, LINE_AGENTSTATUS, request->SetAgentState.dwAddressID,
                         LINEAGENTSTATUS_STATE, proxy.agent_state);
        return 0;
    case LINEPROXYREQUEST_SETAGENTACTIVITY:
        proxy.activity = request->SetAgentActivity.dwActivityID;
        return 0;
    case LINEPROXYREQUEST_GETAGENTCAPS: {
        LPLINEAGENTCAPS caps = &request->GetAgentCaps.AgentCaps;
        caps->dwNeededSize = caps->dwUsedSize = sizeof(*caps);
        caps->dwFeatures = LINEAGENTFEATURE_SETAGENTSTATE | LINEAGENTFEATURE_SETAGENTGROUP;
        caps->dwStates = LINEAGENTSTATE_LOGGEDOFF | LINEAGENTSTATE_READY;
        caps->dwAgentHandlerInfoSize = size_of(L"Corner ACD 1.0");
        caps->dwAgentHandlerInfoOffset =
            append(caps, L"Corner ACD 1.0", size_of(L"Corner ACD 1.0"));
        return 0;
    }
    case LINEPROXYREQUEST_GETAGENTSTATUS: {
        LPLINEAGENTSTATUS status = &request->GetAgentStatus.AgentStatus;
        status->dwNeededSize = status->dwUsedSize = sizeof(*status);
        status->dwState = proxy.agent_state;
        status->dwActivityID = proxy.activity;
        status->dwActivitySize = size_of(L"Coffee");
        status->dwActivityOffset = append(status, L"Coffee", size_of(L"Coffee"));
        return 0;
    }
    case LINEPROXYREQUEST_AGENTSPECIFIC:
        for (DWORD i = 0; i < request->AgentSpecific.dwSize; i++)
            request->AgentSpecific.Params[i] ^= 0x20;
        return 0;
    case LINEPROXYREQUEST_GETAGENTGROUPLIST:
        list_groups(&request->GetAgentGroupList.GroupList);
        return 0;
    case LINEPROXYREQUEST_GETGROUPLIST:
        list_groups(&request->GetGroupList.GroupList);
        return 0;
    case LINEPROXYREQUEST_CREATEAGENT:
        lstrcpynW(proxy.agent_id, (LPWSTR)((BYTE *)request + request->CreateAgent.dwAgentIDOffset),
                  16);
        lstrcpynW(proxy.agent_pin,
                  (LPWSTR)((BYTE *)request + request->CreateAgent.dwAgentPINOffset), 16);
        request->CreateAgent.hAgent = 0xA6E;
        return 0;
    case LINEPROXYREQUEST_SETAGENTSTATEEX:
        if (request->SetAgentStateEx.hAgent != 0xA6E)
            return LINEERR_INVALAGENTID;
        proxy.agent_state = request->SetAgentStateEx.dwAgentState;
        lineProxyMessage(proxy.line, 0, LINE_AGENTSTATUSEX, 0xA6E, LINEAGENTSTATUSEX_STATE,
                         proxy.agent_state);
        return 0;
    case LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD:
        proxy.period = request->SetAgentMeasurementPeriod.dwMeasurementPeriod;
        return 0;
    case LINEPROXYREQUEST_GETAGENTINFO:
        request->GetAgentInfo.AgentInfo.dwAgentState = proxy.agent_state;
        request->GetAgentInfo.AgentInfo.dwMeasurementPeriod = proxy.period;
        return 0;
    case LINEPROXYREQUEST_CREATEAGENTSESSION:
        request->CreateAgentSession.hAgentSession = 0x5E5;
        return request->CreateAgentSession.hAgent == 0xA6E ? 0 : LINEERR_INVALAGENTID;
    case LINEPROXYREQUEST_GETAGENTSESSIONLIST: {
        LPLINEAGENTSESSIONLIST list = &request->GetAgentSessionList.SessionList;
        LINEAGENTSESSIONENTRY entry = {0x5E5, 0xA6E, {0}, 0};
        list->dwNeededSize = list->dwUsedSize = sizeof(*list);
        list->dwListOffset = append(list, &entry, sizeof(entry));
        list->dwListSize = list->dwListOffset ? sizeof(entry) : 0;
        list->dwNumEntries = list->dwListOffset ? 1 : 0;
        return 0;
    }
    case LINEPROXYREQUEST_SETAGENTSESSIONSTATE:
        proxy.session_state = request->SetAgentSessionState.dwAgentSessionState;
        return 0;
    case LINEPROXYREQUEST_GETAGENTSESSIONINFO:
        request->GetAgentSessionInfo.SessionInfo.dwAgentSessionState = proxy.session_state;
        return 0;
    case LINEPROXYREQUEST_GETQUEUELIST: {
        LPLINEQUEUELIST list = &request->GetQueueList.QueueList;
        LINEQUEUEENTRY entry = {800, size_of(L"Hot line"), 0};
        DWORD at;
        list->dwNeededSize = list->dwUsedSize = sizeof(*list);
        at = append(list, &entry, sizeof(entry));
        entry.dwNameOffset = append(list, L"Hot line", size_of(L"Hot line"));
        if (at && entry.dwNameOffset) {
            put(list, at, &entry, sizeof(entry));
            list->dwListOffset = at;
            list->dwListSize = sizeof(entry);
            list->dwNumEntries = 1;
        }
        return 0;
    }
    case LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD:
        return request->SetQueueMeasurementPeriod.dwQueueID == 800 ? 0 : LINEERR_OPERATIONFAILED;
    case LINEPROXYREQUEST_GETQUEUEINFO:
        request->GetQueueInfo.QueueInfo.dwCurrentCallsQueued = 7;
        return 0;
    case LINEPROXYREQUEST_GETAGENTACTIVITYLIST:
        return LINEERR_OPERATIONFAILED; /* the switch is silent */
    }
    proxy.unknown++;
    return LINEERR_OPERATIONUNAVAIL;
}

static DWORD WINAPI answer(void *unused)
{
    (void)unused;
    for (;;) {
        LPLINEPROXYREQUEST request;
        WaitForSingleObject(proxy.work, INFINITE);
        request = proxy.request;
        if (!request)
            return 0;
        proxy.request = NULL;
        CHECK_EQ(lineProxyResponse(proxy.line, request, carry_out(request)), 0);
    }
}

static DWORD WINAPI take_requests(void *unused)
{
    LINEMESSAGE message;

    (void)unused;
    while (lineGetMessage(proxy.app, &message, INFINITE) == 0)
        if (message.dwMessageID == LINE_PROXYREQUEST) {
            CHECK_EQ(message.hDevice, proxy.line);
            CHECK_EQ(message.dwCallbackInstance, 0xACD);
            proxy.request = (LPLINEPROXYREQUEST)message.dwParam1;
            SetEvent(proxy.work);
        }
    return 0;
}

static HLINEAPP start_app(const char *name)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = 0x00020002;
    HLINEAPP app = 0;

    REQUIRE_EQ(lineInitializeExA(&app, NULL, NULL, name, &devices, &version, &params), 0);
    return app;
}

static HLINE open_line(HLINEAPP app, DWORD version, DWORD privileges, DWORD_PTR instance,
                       LPLINECALLPARAMS params)
{
    LINEEXTENSIONID extension;
    DWORD negotiated = 0;
    HLINE line = 0;

    REQUIRE_EQ(
        lineNegotiateAPIVersion(app, QUEUE_LINE, 0x00010004, version, &negotiated, &extension), 0);
    CHECK_EQ(negotiated, version);
    REQUIRE_EQ(lineOpen(app, QUEUE_LINE, &line, version, 0, instance, privileges, 0, params), 0);
    return line;
}

static void start_proxy(void)
{
    union {
        LINECALLPARAMS params;
        BYTE bytes[sizeof(LINECALLPARAMS) + ALL * sizeof(DWORD)];
    } open = {.params = {.dwTotalSize = sizeof(open)}};
    DWORD *types = (DWORD *)(open.bytes + sizeof(LINECALLPARAMS));

    memset(&proxy, 0, sizeof(proxy));
    for (DWORD i = 0; i < ALL; i++)
        types[i] = i + 1;
    open.params.dwDevSpecificSize = ALL * sizeof(DWORD);
    open.params.dwDevSpecificOffset = sizeof(LINECALLPARAMS);
    proxy.work = CreateEvent(NULL, FALSE, FALSE, NULL);
    proxy.app = start_app("Corner ACD");
    proxy.line = open_line(proxy.app, 0x00020002, LINECALLPRIVILEGE_NONE | LINEOPENOPTION_PROXY,
                           0xACD, &open.params);
    proxy.reader = CreateThread(NULL, 0, take_requests, NULL, 0, NULL);
    proxy.answerer = CreateThread(NULL, 0, answer, NULL, 0, NULL);
}

static void stop_proxy(void)
{
    CHECK_EQ(lineShutdown(proxy.app), 0);
    CHECK_EQ(WaitForSingleObject(proxy.reader, WAIT_LONG), WAIT_OBJECT_0);
    proxy.request = NULL;
    SetEvent(proxy.work);
    CHECK_EQ(WaitForSingleObject(proxy.answerer, WAIT_LONG), WAIT_OBJECT_0);
    CHECK_EQ(proxy.unknown, 0);
}

/* The reply to a request; what comes before it is counted by the caller where it matters. */
static DWORD status_messages;

static LONG reply(HLINEAPP app, LONG id)
{
    LINEMESSAGE message;

    if (id <= 0)
        return id ? id : 1;
    while (lineGetMessage(app, &message, WAIT_LONG) == 0) {
        if (message.dwMessageID == LINE_REPLY && message.dwParam1 == (DWORD)id)
            return (LONG)message.dwParam2;
        if (message.dwMessageID == LINE_AGENTSTATUS || message.dwMessageID == LINE_AGENTSTATUSEX)
            status_messages++;
    }
    return 2;
}

TEST(a_supervisor_of_22)
{
    HLINEAPP app;
    HLINE line;
    HAGENT agent = 0;
    HAGENTSESSION session = 0;
    GUID group = {0};
    WCHAR user[64] = L"";
    DWORD length = 64;
    union {
        LINEAGENTINFO info;
        LINEAGENTGROUPLIST groups;
        LINEAGENTSESSIONLIST sessions;
        LINEAGENTSESSIONINFO session;
        LINEQUEUELIST queues;
        LINEQUEUEINFO queue;
        BYTE bytes[1024];
    } u;

    start_proxy();
    app = start_app("Supervisor");
    line = open_line(app, 0x00020002, LINECALLPRIVILEGE_MONITOR, 0x50, NULL);
    status_messages = 0;
    CHECK_EQ(reply(app, lineCreateAgentW(line, (LPWSTR)L"joan", (LPWSTR)L"4711", &agent)), 0);
    CHECK_EQ(agent, 0xA6E);
    CHECK_WSTR(proxy.agent_id, L"joan");
    CHECK_WSTR(proxy.agent_pin, L"4711");
    GetUserNameW(user, &length);
    CHECK_WSTR(proxy.client, user);
    CHECK_EQ(proxy.client_version, 0x00020002);
    CHECK_EQ(reply(app, lineSetAgentStateEx(line, agent, LINEAGENTSTATEEX_READY, 0)), 0);
    CHECK_EQ(status_messages, 1);
    CHECK_EQ(reply(app, lineSetAgentStateEx(line, 1, LINEAGENTSTATEEX_READY, 0)),
             LINEERR_INVALAGENTID);
    CHECK_EQ(reply(app, lineSetAgentMeasurementPeriod(line, agent, 3600)), 0);
    memset(&u, 0xCC, sizeof(u));
    u.info.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetAgentInfo(line, agent, &u.info)), 0);
    CHECK_EQ(u.info.dwAgentState, LINEAGENTSTATEEX_READY);
    CHECK_EQ(u.info.dwMeasurementPeriod, 3600);
    CHECK_EQ(u.info.dwNumberOfACDCalls, 0);
    CHECK_EQ(u.info.dwTotalSize, sizeof(u));
    CHECK_EQ(reply(app, lineCreateAgentSessionW(line, agent, (LPWSTR)L"4711", 0, &group, &session)),
             0);
    CHECK_EQ(session, 0x5E5);
    u.sessions.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetAgentSessionList(line, agent, &u.sessions)), 0);
    REQUIRE_EQ(u.sessions.dwNumEntries, 1);
    CHECK_EQ(((LINEAGENTSESSIONENTRY *)(u.bytes + u.sessions.dwListOffset))->hAgentSession, 0x5E5);
    CHECK_EQ(reply(app, lineSetAgentSessionState(line, session, LINEAGENTSESSIONSTATE_READY, 0)),
             0);
    u.session.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetAgentSessionInfo(line, session, &u.session)), 0);
    CHECK_EQ(u.session.dwAgentSessionState, LINEAGENTSESSIONSTATE_READY);
    u.queues.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetQueueListW(line, &group, &u.queues)), 0);
    REQUIRE_EQ(u.queues.dwNumEntries, 1);
    LINEQUEUEENTRY *queue = (LINEQUEUEENTRY *)(u.bytes + u.queues.dwListOffset);
    CHECK_EQ(queue->dwQueueID, 800);
    CHECK_WSTR((WCHAR *)(u.bytes + queue->dwNameOffset), L"Hot line");
    u.queue.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetQueueInfo(line, 800, &u.queue)), 0);
    CHECK_EQ(u.queue.dwCurrentCallsQueued, 7);
    CHECK_EQ(reply(app, lineSetQueueMeasurementPeriod(line, 800, 60)), 0);
    u.groups.dwTotalSize = sizeof(u.groups);
    CHECK_EQ(reply(app, lineGetGroupListW(line, &u.groups)), 0);
    CHECK(u.groups.dwNeededSize > sizeof(u.groups));
    CHECK_EQ(u.groups.dwUsedSize, sizeof(u.groups));
    u.groups.dwTotalSize = u.groups.dwNeededSize;
    CHECK_EQ(reply(app, lineGetGroupListW(line, &u.groups)), 0);
    REQUIRE_EQ(u.groups.dwNumEntries, 2);
    LINEAGENTGROUPENTRY *entry = (LINEAGENTGROUPENTRY *)(u.bytes + u.groups.dwListOffset);
    CHECK_EQ(entry[1].GroupID.dwGroupID1, 5);
    CHECK_WSTR((WCHAR *)(u.bytes + entry[1].dwNameOffset), L"Service");
    CHECK_EQ(lineShutdown(app), 0);
    stop_proxy();
}

TEST(a_supervisor_of_20)
{
    HLINEAPP app;
    HLINE line;
    char specific[] = "agent";
    LINEMESSAGE message;
    union {
        LINEAGENTCAPS caps;
        LINEAGENTSTATUS status;
        LINEAGENTGROUPLIST groups;
        LINEAGENTACTIVITYLIST activities;
        BYTE bytes[1024];
    } u;

    start_proxy();
    app = start_app("Old supervisor");
    line = open_line(app, 0x00020000, LINECALLPRIVILEGE_MONITOR, 0x51, NULL);
    status_messages = 0;
    memset(&u, 0xCC, sizeof(u));
    u.caps.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetAgentCapsA(app, QUEUE_LINE, 0, 0x00020000, &u.caps)), 0);
    CHECK_STR((char *)u.bytes + u.caps.dwAgentHandlerInfoOffset, "Corner ACD 1.0");
    CHECK_EQ(u.caps.dwStates, LINEAGENTSTATE_LOGGEDOFF | LINEAGENTSTATE_READY);
    u.groups.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetAgentGroupListA(line, 0, &u.groups)), 0);
    REQUIRE_EQ(u.groups.dwNumEntries, 2);
    LINEAGENTGROUPENTRY *entry = (LINEAGENTGROUPENTRY *)(u.bytes + u.groups.dwListOffset);
    CHECK_STR((char *)u.bytes + entry[0].dwNameOffset, "Sales");
    CHECK_STR((char *)u.bytes + entry[1].dwNameOffset, "Service");
    CHECK_EQ(reply(app, lineSetAgentGroup(line, 0, &u.groups)), 0);
    CHECK_EQ(proxy.groups, 2);
    CHECK_EQ(reply(app, lineSetAgentGroup(line, 0, NULL)), 0);
    CHECK_EQ(proxy.groups, 0);
    CHECK_EQ(reply(app, lineSetAgentState(line, 0, LINEAGENTSTATE_READY, 0)), 0);
    if (!status_messages) /* the message or the reply, whichever the proxy sent first */
        REQUIRE_EQ(lineGetMessage(app, &message, WAIT_LONG), 0);
    CHECK_EQ(reply(app, lineSetAgentState(line, 0, 0x1000, 0)), LINEERR_INVALAGENTSTATE);
    CHECK_EQ(reply(app, lineSetAgentActivity(line, 0, 9)), 0);
    u.status.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetAgentStatusA(line, 0, &u.status)), 0);
    CHECK_EQ(u.status.dwState, LINEAGENTSTATE_READY);
    CHECK_EQ(u.status.dwActivityID, 9);
    CHECK_STR((char *)u.bytes + u.status.dwActivityOffset, "Coffee");
    CHECK_EQ(u.status.dwActivitySize, 7);
    CHECK_EQ(reply(app, lineAgentSpecific(line, 0, 0, specific, 5)), 0);
    CHECK_STR(specific, "AGENT");
    u.activities.dwTotalSize = sizeof(u);
    CHECK_EQ(reply(app, lineGetAgentActivityListA(line, 0, &u.activities)),
             LINEERR_OPERATIONFAILED);
    /* the ACD goes: then there is nobody to ask */
    stop_proxy();
    CHECK_EQ(lineSetAgentActivity(line, 0, 9), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineShutdown(app), 0);
}
