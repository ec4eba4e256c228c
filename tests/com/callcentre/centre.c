/* centre.c - see centre.h. */
#include "tests/com/callcentre/centre.h"

#include <process.h>
#include <stdio.h>
#include <stddef.h>
#include <string.h>
#include <wchar.h>

#define VERSION               0x00020002
#define PART(request, member) ((void *)((BYTE *)(request) + offsetof(LINEPROXYREQUEST, member)))

const GUID centre_sales = {0x11111111, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
const GUID centre_service = {0x22222222, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
const GUID centre_other = {0x33333333, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};

struct centre centre;
static SRWLOCK guard = SRWLOCK_INIT;
static HLINEAPP app;
static HLINE lines[CENTRE_LINES];
static unsigned line_count;
static HANDLE thread;

void centre_lock(void)
{
    AcquireSRWLockExclusive(&guard);
}

void centre_unlock(void)
{
    ReleaseSRWLockExclusive(&guard);
}

void centre_reset(void)
{
    centre_lock();
    memset(&centre, 0, sizeof(centre));
    centre.groups[0] = (struct centre_group){
        .id = centre_sales, .name = L"Sales", .queues = {11, 12}, .queue_count = 2};
    centre.groups[1] = (struct centre_group){
        .id = centre_service, .name = L"Service", .queues = {13}, .queue_count = 1};
    centre.group_count = 2;
    centre_unlock();
}

/* ---- filling structures ---- */

struct header {
    DWORD total, needed, used;
};

/* Appends bytes; 0: no room. */
static DWORD append(void *structure, const void *data, DWORD size)
{
    struct header *header = structure;
    DWORD at = header->used, room = (size + 3) & ~3u;

    header->needed += room;
    if (at + room > header->total)
        return 0;
    memcpy((BYTE *)structure + at, data, size);
    header->used += room;
    return at;
}

static void append_text(void *structure, const WCHAR *text, DWORD *size, DWORD *offset)
{
    DWORD bytes = ((DWORD)wcslen(text) + 1) * (DWORD)sizeof(WCHAR);

    *offset = append(structure, text, bytes);
    *size = *offset ? bytes : 0;
}

static LONG group_list(LINEAGENTGROUPLIST *list)
{
    LINEAGENTGROUPENTRY entries[CENTRE_GROUPS] = {{{0}, 0, 0}};

    list->dwListSize = centre.group_count * (DWORD)sizeof(*entries);
    list->dwListOffset = append(list, entries, list->dwListSize);
    for (DWORD i = 0; i < centre.group_count; i++) {
        memcpy(&entries[i].GroupID, &centre.groups[i].id, sizeof(GUID));
        append_text(list, centre.groups[i].name, &entries[i].dwNameSize, &entries[i].dwNameOffset);
    }
    if (list->dwListOffset) {
        list->dwNumEntries = centre.group_count;
        memcpy((BYTE *)list + list->dwListOffset, entries, list->dwListSize);
    } else {
        list->dwListSize = 0;
    }
    return 0;
}

static LONG queue_list(const GUID *id, LINEQUEUELIST *list)
{
    LINEQUEUEENTRY entries[CENTRE_QUEUES] = {{0, 0, 0}};
    const struct centre_group *group = NULL;
    WCHAR name[16];

    for (DWORD i = 0; i < centre.group_count; i++)
        if (!memcmp(&centre.groups[i].id, id, sizeof(*id)))
            group = &centre.groups[i];
    if (!group)
        return (LONG)LINEERR_INVALAGENTGROUP;
    list->dwListSize = group->queue_count * (DWORD)sizeof(*entries);
    list->dwListOffset = append(list, entries, list->dwListSize);
    for (DWORD i = 0; i < group->queue_count; i++) {
        entries[i].dwQueueID = group->queues[i];
        swprintf(name, 16, L"Queue %lu", group->queues[i]);
        append_text(list, name, &entries[i].dwNameSize, &entries[i].dwNameOffset);
    }
    if (list->dwListOffset) {
        list->dwNumEntries = group->queue_count;
        memcpy((BYTE *)list + list->dwListOffset, entries, list->dwListSize);
    } else {
        list->dwListSize = 0;
    }
    return 0;
}

static LONG session_list(HAGENT agent, LINEAGENTSESSIONLIST *list)
{
    for (unsigned i = 0; i < centre.session_count; i++) {
        const struct centre_session *session = &centre.sessions[i];
        LINEAGENTSESSIONENTRY entry = {session->handle, session->agent, session->group,
                                       session->address};
        DWORD at;

        if (session->agent != agent)
            continue;
        at = append(list, &entry, sizeof(entry));
        if (!at)
            continue;
        if (!list->dwNumEntries++)
            list->dwListOffset = at;
        list->dwListSize += sizeof(entry);
    }
    return 0;
}

/* ---- agents and sessions: handles count from 1 and from 1001 ---- */

static int agent_of(HAGENT handle)
{
    return handle >= 1 && handle <= centre.agent_count ? (int)handle - 1 : -1;
}

static struct centre_session *session_of(HAGENTSESSION handle)
{
    return handle > 1000 && handle <= 1000 + centre.session_count ? &centre.sessions[handle - 1001]
                                                                  : NULL;
}

static void text_of(const LINEPROXYREQUEST *request, DWORD size, DWORD offset, WCHAR text[32])
{
    memset(text, 0, 32 * sizeof(WCHAR));
    if (size <= 31 * sizeof(WCHAR))
        memcpy(text, (const BYTE *)request + offset, size);
}

static LONG create_agent(LINEPROXYREQUEST *r)
{
    unsigned i = centre.agent_count;

    if (i == CENTRE_MANY)
        return (LONG)LINEERR_RESOURCEUNAVAIL;
    text_of(r, r->CreateAgent.dwAgentIDSize, r->CreateAgent.dwAgentIDOffset, centre.agents[i].id);
    text_of(r, r->CreateAgent.dwAgentPINSize, r->CreateAgent.dwAgentPINOffset,
            centre.agents[i].pin);
    centre.agents[i].state = LINEAGENTSTATEEX_NOTREADY;
    centre.agents[i].handle = r->CreateAgent.hAgent = ++centre.agent_count;
    return 0;
}

static LONG create_session(LINEPROXYREQUEST *r, unsigned line)
{
    struct centre_session *session = &centre.sessions[centre.session_count];

    if (agent_of(r->CreateAgentSession.hAgent) < 0)
        return (LONG)LINEERR_INVALAGENTID;
    if (centre.session_count == CENTRE_MANY)
        return (LONG)LINEERR_RESOURCEUNAVAIL;
    session->handle = 1000 + ++centre.session_count;
    session->agent = r->CreateAgentSession.hAgent;
    session->group = r->CreateAgentSession.GroupID;
    session->address = r->CreateAgentSession.dwWorkingAddressID;
    session->state = LINEAGENTSESSIONSTATE_NOTREADY;
    session->line = line;
    text_of(r, r->CreateAgentSession.dwAgentPINSize, r->CreateAgentSession.dwAgentPINOffset,
            session->pin);
    r->CreateAgentSession.hAgentSession = session->handle;
    if (centre.early)
        lineProxyMessage(lines[0], 0, LINE_AGENTSESSIONSTATUS, session->handle,
                         LINEAGENTSESSIONSTATUS_NEWSESSION, 0);
    return 0;
}

HAGENTSESSION centre_foreign_session(HAGENT agent, bool tell)
{
    HAGENTSESSION handle;

    centre_lock();
    handle = 1000 + ++centre.session_count;
    centre.sessions[handle - 1001] = (struct centre_session){.handle = handle,
                                                             .agent = agent,
                                                             .group = centre_service,
                                                             .state = LINEAGENTSESSIONSTATE_READY};
    centre_unlock();
    if (tell)
        centre_say(LINE_AGENTSESSIONSTATUS, handle, LINEAGENTSESSIONSTATUS_NEWSESSION, 0);
    return handle;
}

static LONG set_agent(HAGENT handle, DWORD state)
{
    int i = agent_of(handle);

    if (i < 0)
        return (LONG)LINEERR_INVALAGENTID;
    if (state == LINEAGENTSTATEEX_UNKNOWN)
        return (LONG)LINEERR_INVALAGENTSTATE;
    if (state == LINEAGENTSTATEEX_RELEASED)
        centre.agents[i].released = true;
    else
        centre.agents[i].state = state;
    lineProxyMessage(lines[0], 0, LINE_AGENTSTATUSEX, handle, LINEAGENTSTATUSEX_STATE, state);
    return 0;
}

static LONG set_session(HAGENTSESSION handle, DWORD state)
{
    struct centre_session *session = session_of(handle);

    if (!session)
        return (LONG)LINEERR_INVALAGENTID;
    if (session->state == LINEAGENTSESSIONSTATE_ENDED)
        return (LONG)LINEERR_INVALAGENTSESSIONSTATE;
    session->state = state;
    lineProxyMessage(lines[0], 0, LINE_AGENTSESSIONSTATUS, handle, LINEAGENTSESSIONSTATUS_STATE,
                     state);
    return 0;
}

/* ---- figures: each another number ---- */

static LONG agent_info(HAGENT handle, LINEAGENTINFO *info)
{
    int i = agent_of(handle);

    if (i < 0)
        return (LONG)LINEERR_INVALAGENTID;
    info->dwAgentState = centre.agents[i].state;
    info->dwMeasurementPeriod = centre.agents[i].period;
    info->cyOverallCallRate.int64 = 25000; /* 2.50 */
    info->dwNumberOfACDCalls = 101;
    info->dwNumberOfIncomingCalls = 102;
    info->dwNumberOfOutgoingCalls = 103;
    info->dwTotalACDTalkTime = 104;
    info->dwTotalACDCallTime = 105;
    info->dwTotalACDWrapUpTime = 106;
    return 0;
}

static LONG session_info(HAGENTSESSION handle, LINEAGENTSESSIONINFO *info)
{
    const struct centre_session *session = session_of(handle);

    if (!session)
        return (LONG)LINEERR_INVALAGENTID;
    info->dwAgentSessionState = session->state;
    info->dateSessionStartTime = 36526.25; /* 2000-01-01 06:00 */
    info->dwSessionDuration = 201;
    info->dwNumberOfCalls = 202;
    info->dwTotalTalkTime = 203;
    info->dwAverageTalkTime = 204;
    info->dwTotalCallTime = 205;
    info->dwAverageCallTime = 206;
    info->dwTotalWrapUpTime = 207;
    info->dwAverageWrapUpTime = 208;
    info->cyACDCallRate.int64 = 37500; /* 3.75 */
    info->dwLongestTimeToAnswer = 209;
    info->dwAverageTimeToAnswer = 210;
    return 0;
}

static LONG queue_info(LINEQUEUEINFO *info)
{
    info->dwMeasurementPeriod = centre.queue_period;
    info->dwTotalCallsQueued = 301;
    info->dwCurrentCallsQueued = 302;
    info->dwTotalCallsAbandoned = 303;
    info->dwTotalCallsFlowedIn = 304;
    info->dwTotalCallsFlowedOut = 305;
    info->dwLongestEverWaitTime = 306;
    info->dwCurrentLongestWaitTime = 307;
    info->dwAverageWaitTime = 308;
    info->dwFinalDisposition = 309;
    return 0;
}

static LONG caps(LINEAGENTCAPS *caps)
{
    if (centre.guid)
        caps->ProxyGUID = *centre.guid;
    if (!centre.nameless)
        append_text(caps, CENTRE_NAME, &caps->dwAgentHandlerInfoSize,
                    &caps->dwAgentHandlerInfoOffset);
    return 0;
}

/* ---- requests ---- */

static LONG answer(LINEPROXYREQUEST *r, unsigned line)
{
    int i;

    switch (r->dwRequestType) {
    case LINEPROXYREQUEST_GETAGENTCAPS:
        return caps(PART(r, GetAgentCaps.AgentCaps));
    case LINEPROXYREQUEST_CREATEAGENT:
        return create_agent(r);
    case LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD:
        i = agent_of(r->SetAgentMeasurementPeriod.hAgent);
        if (i < 0)
            return (LONG)LINEERR_INVALAGENTID;
        centre.agents[i].period = r->SetAgentMeasurementPeriod.dwMeasurementPeriod;
        return 0;
    case LINEPROXYREQUEST_GETAGENTINFO:
        return agent_info(r->GetAgentInfo.hAgent, PART(r, GetAgentInfo.AgentInfo));
    case LINEPROXYREQUEST_CREATEAGENTSESSION:
        return create_session(r, line);
    case LINEPROXYREQUEST_GETAGENTSESSIONLIST:
        return session_list(r->GetAgentSessionList.hAgent,
                            PART(r, GetAgentSessionList.SessionList));
    case LINEPROXYREQUEST_SETAGENTSESSIONSTATE:
        return set_session(r->SetAgentSessionState.hAgentSession,
                           r->SetAgentSessionState.dwAgentSessionState);
    case LINEPROXYREQUEST_GETAGENTSESSIONINFO:
        return session_info(r->GetAgentSessionInfo.hAgentSession,
                            PART(r, GetAgentSessionInfo.SessionInfo));
    case LINEPROXYREQUEST_GETQUEUELIST:
        return queue_list(PART(r, GetQueueList.GroupID), PART(r, GetQueueList.QueueList));
    case LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD:
        centre.queue_period = r->SetQueueMeasurementPeriod.dwMeasurementPeriod;
        return 0;
    case LINEPROXYREQUEST_GETQUEUEINFO:
        return queue_info(PART(r, GetQueueInfo.QueueInfo));
    case LINEPROXYREQUEST_GETGROUPLIST:
        return group_list(PART(r, GetGroupList.GroupList));
    case LINEPROXYREQUEST_SETAGENTSTATEEX:
        return set_agent(r->SetAgentStateEx.hAgent, r->SetAgentStateEx.dwAgentState);
    default:
        return (LONG)LINEERR_OPERATIONUNAVAIL;
    }
}

static unsigned __stdcall serve(void *context)
{
    LINEMESSAGE message;

    (void)context;
    while (!lineGetMessage(app, &message, INFINITE)) {
        LINEPROXYREQUEST *request = (LINEPROXYREQUEST *)message.dwParam1;
        unsigned line = 0;
        DWORD type;
        LONG result;

        if (message.dwMessageID != LINE_PROXYREQUEST)
            continue;
        type = request->dwRequestType;
        while (line < line_count && lines[line] != (HLINE)message.hDevice)
            line++;
        centre_lock();
        centre.asked[type]++;
        result = centre.error[type] ? centre.error[type] : answer(request, line);
        if (!centre.silent[type])
            lineProxyResponse((HLINE)message.hDevice, request, (DWORD)result);
        /* After the answer: what follows may close the line. */
        if (type == LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD && result == 0 && centre.on_period)
            centre.on_period(centre.queue_period);
        centre_unlock();
    }
    return 0;
}

static bool is_called(DWORD device, const char *number)
{
    LINEEXTENSIONID extension;
    DWORD version;
    union {
        LINEADDRESSCAPS caps;
        char bytes[4096];
    } out = {.caps.dwTotalSize = sizeof(out)};

    return !lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension) &&
           !lineGetAddressCapsA(app, device, 0, VERSION, 0, &out.caps) &&
           !strcmp(out.bytes + out.caps.dwAddressOffset, number);
}

static bool open_line(const char *number, DWORD devices, DWORD without, HLINE *line)
{
    struct {
        LINECALLPARAMS params;
        DWORD requests[20];
    } open = {.params = {.dwTotalSize = sizeof(open), .dwDevSpecificOffset = sizeof(open.params)}};
    DWORD type, device;

    for (type = LINEPROXYREQUEST_GETAGENTCAPS; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; type++)
        if (type != without)
            open.requests[open.params.dwDevSpecificSize++] = type;
    open.params.dwDevSpecificSize *= sizeof(DWORD);
    for (device = 0; device < devices && !is_called(device, number); device++)
        ;
    return device < devices && !lineOpenA(app, device, line, VERSION, 0, 0,
                                          LINECALLPRIVILEGE_MONITOR | LINEOPENOPTION_PROXY,
                                          LINEMEDIAMODE_INTERACTIVEVOICE, &open.params);
}

bool centre_open(const char *const *numbers, unsigned count, DWORD without)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = VERSION;
    bool opened = true;

    if (lineInitializeExA(&app, NULL, NULL, "centre", &devices, &version, &params))
        return false;
    line_count = count;
    /* The thread answers from the first line on; it knows the lines by the time of a request. */
    thread = (HANDLE)_beginthreadex(NULL, 0, serve, NULL, 0, NULL);
    for (unsigned i = 0; i < count && opened; i++) {
        centre_lock();
        opened = open_line(numbers[i], devices, without, &lines[i]);
        centre_unlock();
    }
    return opened && thread;
}

void centre_close(void)
{
    if (!app)
        return;
    lineShutdown(app);
    app = 0;
    if (thread) {
        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
        thread = NULL;
    }
}

void centre_say(DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3)
{
    lineProxyMessage(lines[0], 0, message, param1, param2, param3);
}
