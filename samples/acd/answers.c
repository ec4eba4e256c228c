/* answers.c - the answer to every LINEPROXYREQUEST. What is asked for is written into the request
 * itself, as far as the room in it goes; TAPI hands it on to who asked. All text is UTF-16. */
#include "acd.h"

#include <stddef.h>
#include <string.h>
#include <wchar.h>

#define SEAT_STATES                                                                                \
    (LINEAGENTSTATE_LOGGEDOFF | LINEAGENTSTATE_NOTREADY | LINEAGENTSTATE_READY |                   \
     LINEAGENTSTATE_WORKINGAFTERCALL)

/* A structure in the request, which goes on behind its fixed part. */
#define PART(request, member) ((void *)((BYTE *)(request) + offsetof(LINEPROXYREQUEST, member)))

/* ---- filling a structure ---- */

/* The first members of every structure that is filled. */
struct header {
    DWORD total, needed, used;
};

/* Appends a part; its offset, or 0 when there is no room for it. */
static DWORD append(void *structure, const void *data, DWORD size)
{
    struct header *header = structure;
    DWORD at = header->used;

    header->needed += (size + 3) & ~3u;
    if (header->used + size > header->total)
        return 0;
    memcpy((BYTE *)structure + at, data, size);
    header->used += (size + 3) & ~3u;
    if (header->used > header->total)
        header->used = header->total;
    return at;
}

static void append_text(void *structure, const WCHAR *text, DWORD *size, DWORD *offset)
{
    DWORD bytes = ((DWORD)wcslen(text) + 1) * (DWORD)sizeof(WCHAR);

    *offset = append(structure, text, bytes);
    *size = *offset ? bytes : 0;
}

static void name_of(const struct acd *acd, WCHAR name[ACD_TEXT])
{
    MultiByteToWideChar(CP_ACP, 0, acd->name, -1, name, ACD_TEXT);
}

/* ---- lists ---- */

static LONG groups(struct acd *acd, LINEAGENTGROUPLIST *list)
{
    LINEAGENTGROUPENTRY entry = {0};
    WCHAR name[ACD_TEXT];

    name_of(acd, name);
    memcpy(&entry.GroupID, &acd_group, sizeof(acd_group));
    /* The entry comes first, and its name behind it. */
    list->dwListOffset = append(list, &entry, sizeof(entry));
    if (!list->dwListOffset)
        return 0;
    list->dwNumEntries = 1;
    list->dwListSize = sizeof(entry);
    append_text(list, name, &entry.dwNameSize, &entry.dwNameOffset);
    memcpy((BYTE *)list + list->dwListOffset, &entry, sizeof(entry));
    return 0;
}

static LONG activities(LINEAGENTACTIVITYLIST *list)
{
    LINEAGENTACTIVITYENTRY entry[ACD_ACTIVITIES] = {{0}};

    list->dwListOffset = append(list, entry, sizeof(entry));
    if (!list->dwListOffset)
        return 0;
    list->dwNumEntries = ACD_ACTIVITIES;
    list->dwListSize = sizeof(entry);
    for (DWORD i = 0; i < ACD_ACTIVITIES; i++) {
        entry[i].dwID = i + 1;
        append_text(list, acd_activity[i], &entry[i].dwNameSize, &entry[i].dwNameOffset);
    }
    memcpy((BYTE *)list + list->dwListOffset, entry, sizeof(entry));
    return 0;
}

static LONG queues(struct acd *acd, const GUID *group, LINEQUEUELIST *list)
{
    LINEQUEUEENTRY entry = {.dwQueueID = acd->queue_id};
    WCHAR name[ACD_TEXT];

    if (memcmp(group, &acd_group, sizeof(*group)))
        return (LONG)LINEERR_INVALAGENTGROUP;
    name_of(acd, name);
    list->dwListOffset = append(list, &entry, sizeof(entry));
    if (!list->dwListOffset)
        return 0;
    list->dwNumEntries = 1;
    list->dwListSize = sizeof(entry);
    append_text(list, name, &entry.dwNameSize, &entry.dwNameOffset);
    memcpy((BYTE *)list + list->dwListOffset, &entry, sizeof(entry));
    return 0;
}

static LONG sessions(struct acd *acd, HAGENT handle, LINEAGENTSESSIONLIST *list)
{
    struct agent *agent = agent_of(acd, handle);

    if (!agent)
        return (LONG)LINEERR_INVALAGENTID;
    for (unsigned i = 0; i < ACD_SESSIONS; i++) {
        const struct session *session = &acd->session[i];
        LINEAGENTSESSIONENTRY entry = {.hAgentSession = session_handle(acd, session),
                                       .hAgent = handle,
                                       .GroupID = acd_group,
                                       .dwWorkingAddressID = session->address};
        DWORD at;

        if (!session->used || session->agent != agent)
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

/* ---- telephones: the functions of TAPI 2.0 ---- */

static LONG caps(LINEAGENTCAPS *caps)
{
    caps->dwCapsVersion = 1;
    caps->dwFeatures = LINEAGENTFEATURE_SETAGENTGROUP | LINEAGENTFEATURE_SETAGENTSTATE |
                       LINEAGENTFEATURE_SETAGENTACTIVITY | LINEAGENTFEATURE_AGENTSPECIFIC |
                       LINEAGENTFEATURE_GETAGENTACTIVITYLIST | LINEAGENTFEATURE_GETAGENTGROUP;
    caps->dwStates = SEAT_STATES | LINEAGENTSTATE_BUSYACD | LINEAGENTSTATE_BUSYINCOMING |
                     LINEAGENTSTATE_BUSYOUTBOUND;
    caps->dwNextStates =
        LINEAGENTSTATE_NOTREADY | LINEAGENTSTATE_READY | LINEAGENTSTATE_WORKINGAFTERCALL;
    caps->dwMaxNumGroupEntries = 1;
    caps->dwAgentStatusMessages =
        LINEAGENTSTATUS_GROUP | LINEAGENTSTATUS_STATE | LINEAGENTSTATUS_ACTIVITY;
    append_text(caps, L"Sample ACD", &caps->dwAgentHandlerInfoSize,
                &caps->dwAgentHandlerInfoOffset);
    return 0;
}

static LONG status(struct acd *acd, const struct seat *seat, LINEAGENTSTATUS *status)
{
    LINEAGENTGROUPENTRY entry = {0};

    (void)acd;
    status->dwState = seat->state;
    status->dwNextState = seat->next;
    status->dwActivityID = seat->activity;
    status->dwAgentFeatures = LINEAGENTFEATURE_SETAGENTGROUP | LINEAGENTFEATURE_SETAGENTSTATE |
                              LINEAGENTFEATURE_SETAGENTACTIVITY;
    status->dwValidStates = seat->member ? SEAT_STATES : LINEAGENTSTATE_LOGGEDOFF;
    status->dwValidNextStates =
        LINEAGENTSTATE_NOTREADY | LINEAGENTSTATE_READY | LINEAGENTSTATE_WORKINGAFTERCALL;
    if (seat->member) {
        memcpy(&entry.GroupID, &acd_group, sizeof(acd_group));
        status->dwGroupListOffset = append(status, &entry, sizeof(entry));
        status->dwNumEntries = status->dwGroupListOffset != 0;
        status->dwGroupListSize = status->dwNumEntries * (DWORD)sizeof(entry);
    }
    if (seat->activity)
        append_text(status, acd_activity[seat->activity - 1], &status->dwActivitySize,
                    &status->dwActivityOffset);
    return 0;
}

static LONG set_group(struct acd *acd, struct seat *seat, const LINEAGENTGROUPLIST *list)
{
    for (DWORD i = 0; i < list->dwNumEntries; i++) {
        const LINEAGENTGROUPENTRY *entry =
            (const LINEAGENTGROUPENTRY *)((const BYTE *)list + list->dwListOffset) + i;

        if (memcmp(&entry->GroupID, &acd_group, sizeof(acd_group)))
            return (LONG)LINEERR_INVALAGENTGROUP;
    }
    seat_member(acd, seat, list->dwNumEntries != 0);
    return 0;
}

static LONG set_state(struct acd *acd, struct seat *seat, DWORD state, DWORD next)
{
    if (state & ~(DWORD)SEAT_STATES || state & (state - 1) || next & ~(DWORD)SEAT_STATES ||
        next & (next - 1) || (state != LINEAGENTSTATE_LOGGEDOFF && !seat->member))
        return (LONG)LINEERR_INVALAGENTSTATE;
    seat->next = next;
    if (state == LINEAGENTSTATE_LOGGEDOFF)
        seat_member(acd, seat, FALSE);
    else if (state && seat->calls)
        seat->next = state; /* after the call */
    else if (state)
        seat_set(acd, seat, state);
    return 0;
}

static LONG set_activity(struct seat *seat, DWORD activity)
{
    if (activity > ACD_ACTIVITIES)
        return (LONG)LINEERR_INVALAGENTACTIVITY;
    seat->activity = activity;
    lineProxyMessage(seat->line, 0, LINE_AGENTSTATUS, 0, LINEAGENTSTATUS_ACTIVITY, 0);
    return 0;
}

/* Our extension 0: how many calls of the queue the telephone has had. */
static LONG specific(const struct seat *seat, DWORD extension, DWORD size, BYTE *bytes)
{
    if (extension || size < sizeof(DWORD))
        return (LONG)LINEERR_INVALPARAM;
    memcpy(bytes, &seat->figures.calls, sizeof(DWORD));
    lineProxyMessage(seat->line, 0, LINE_AGENTSPECIFIC, 0, seat->figures.calls, 0);
    return 0;
}

/* ---- agents and sessions: the functions of TAPI 2.2 ---- */

/* A text of the request, which counts from its beginning. */
static BOOL text_of(const LINEPROXYREQUEST *request, DWORD size, DWORD offset, WCHAR *text)
{
    text[0] = 0;
    if (size > ACD_TEXT * sizeof(WCHAR))
        return FALSE;
    memcpy(text, (const BYTE *)request + offset, size);
    return TRUE;
}

static LONG create_agent(struct acd *acd, LINEPROXYREQUEST *request)
{
    WCHAR id[ACD_TEXT], pin[ACD_TEXT];

    if (!text_of(request, request->CreateAgent.dwAgentIDSize, request->CreateAgent.dwAgentIDOffset,
                 id) ||
        !text_of(request, request->CreateAgent.dwAgentPINSize,
                 request->CreateAgent.dwAgentPINOffset, pin) ||
        !*id) /* nobody works here without a name */
        return (LONG)LINEERR_INVALAGENTID;
    for (unsigned i = 0; i < ACD_AGENTS; i++) {
        struct agent *agent = &acd->agent[i];

        if (agent->used)
            continue;
        *agent = (struct agent){.used = TRUE, .state = LINEAGENTSTATEEX_NOTREADY};
        wcscpy(agent->id, id);
        wcscpy(agent->pin, pin);
        request->CreateAgent.hAgent = agent_handle(acd, agent);
        agent_new(acd, agent);
        return 0;
    }
    return (LONG)LINEERR_RESOURCEUNAVAIL;
}

/* seat: whose line the request came for; NULL: the queue's, and the address says who. */
static LONG create_session(struct acd *acd, struct seat *seat, LINEPROXYREQUEST *request)
{
    struct agent *agent = agent_of(acd, request->CreateAgentSession.hAgent);
    DWORD address = request->CreateAgentSession.dwWorkingAddressID;
    WCHAR pin[ACD_TEXT];
    SYSTEMTIME now;

    if (!agent ||
        !text_of(request, request->CreateAgentSession.dwAgentPINSize,
                 request->CreateAgentSession.dwAgentPINOffset, pin) ||
        wcscmp(pin, agent->pin))
        return (LONG)LINEERR_INVALAGENTID;
    if (memcmp(&request->CreateAgentSession.GroupID, &acd_group, sizeof(acd_group)))
        return (LONG)LINEERR_INVALAGENTGROUP;
    if (address >= (seat ? 1 : acd->seats))
        return (LONG)LINEERR_INVALADDRESSID;
    if (!seat)
        seat = &acd->seat[address];
    if (seat->session)
        return (LONG)LINEERR_INUSE;
    for (unsigned i = 0; i < ACD_SESSIONS; i++) {
        struct session *session = &acd->session[i];

        if (session->used)
            continue;
        GetSystemTime(&now);
        *session = (struct session){.used = TRUE,
                                    .agent = agent,
                                    .seat = seat,
                                    .address = address,
                                    .state = LINEAGENTSESSIONSTATE_NOTREADY,
                                    .began = GetTickCount()};
        SystemTimeToVariantTime(&now, &session->start);
        request->CreateAgentSession.hAgentSession = session_handle(acd, session);
        session_new(acd, session);
        session->seat->session = session;
        seat_member(acd, session->seat, TRUE);
        return 0;
    }
    return (LONG)LINEERR_RESOURCEUNAVAIL;
}

static LONG set_session(struct acd *acd, HAGENTSESSION handle, DWORD state, DWORD next)
{
    const DWORD states = LINEAGENTSESSIONSTATE_NOTREADY | LINEAGENTSESSIONSTATE_READY |
                         LINEAGENTSESSIONSTATE_BUSYWRAPUP | LINEAGENTSESSIONSTATE_ENDED |
                         LINEAGENTSESSIONSTATE_RELEASED;
    struct session *session = session_of(acd, handle);

    if (!session)
        return (LONG)LINEERR_INVALAGENTID;
    if (state & ~states || state & (state - 1) || next & ~states || next & (next - 1) ||
        !session->seat)
        return (LONG)LINEERR_INVALAGENTSESSIONSTATE;
    session->next = next;
    session->seat->next = next == LINEAGENTSESSIONSTATE_BUSYWRAPUP ? LINEAGENTSTATE_WORKINGAFTERCALL
                          : next == LINEAGENTSESSIONSTATE_NOTREADY ? LINEAGENTSTATE_NOTREADY
                                                                   : 0;
    if (state == LINEAGENTSESSIONSTATE_BUSYWRAPUP && session->seat->calls)
        session->seat->next = LINEAGENTSTATE_WORKINGAFTERCALL; /* when the present call is over */
    else if (state)
        session_set(acd, session, state);
    return 0;
}

/* The agent's session follows. */
static LONG set_agent(struct acd *acd, HAGENT handle, DWORD state, DWORD next)
{
    const DWORD states = LINEAGENTSTATEEX_NOTREADY | LINEAGENTSTATEEX_READY;
    struct agent *agent = agent_of(acd, handle);
    BOOL seated = FALSE;

    if (!agent)
        return (LONG)LINEERR_INVALAGENTID;
    if (state & ~states || state & (state - 1) || next & ~states || next & (next - 1))
        return (LONG)LINEERR_INVALAGENTSTATE;
    agent->next = next;
    for (unsigned i = 0; state && i < acd->seats; i++) {
        if (acd->seat[i].session && acd->seat[i].session->agent == agent) {
            seat_set(acd, &acd->seat[i],
                     state == LINEAGENTSTATEEX_READY ? LINEAGENTSTATE_READY
                                                     : LINEAGENTSTATE_NOTREADY);
            seated = TRUE;
        }
    }
    if (state && !seated)
        agent_set(acd, agent, state);
    return 0;
}

static LONG set_period(struct acd *acd, HAGENT handle, DWORD period)
{
    struct agent *agent = agent_of(acd, handle);

    if (!agent)
        return (LONG)LINEERR_INVALAGENTID;
    agent->period = period;
    return 0;
}

static LONG agent_info(struct acd *acd, HAGENT handle, LINEAGENTINFO *info)
{
    const struct agent *agent = agent_of(acd, handle);

    if (!agent)
        return (LONG)LINEERR_INVALAGENTID;
    info->dwAgentState = agent->state;
    info->dwNextAgentState = agent->next;
    info->dwMeasurementPeriod = agent->period;
    info->dwNumberOfACDCalls = agent->figures.calls;
    info->dwNumberOfIncomingCalls = agent->figures.incoming;
    info->dwNumberOfOutgoingCalls = agent->figures.outgoing;
    info->dwTotalACDTalkTime = agent->figures.talk / 1000;
    info->dwTotalACDCallTime = agent->figures.total / 1000;
    info->dwTotalACDWrapUpTime = agent->figures.wrap_up / 1000;
    return 0;
}

static LONG session_info(struct acd *acd, HAGENTSESSION handle, LINEAGENTSESSIONINFO *info)
{
    const struct session *session = session_of(acd, handle);
    const struct figures *figures;
    DWORD calls, answers;

    if (!session)
        return (LONG)LINEERR_INVALAGENTID;
    figures = &session->figures;
    calls = figures->calls ? figures->calls : 1;
    answers = figures->answers ? figures->answers : 1;
    info->dwAgentSessionState = session->state;
    info->dwNextAgentSessionState = session->next;
    info->dateSessionStartTime = session->start;
    info->dwSessionDuration = (GetTickCount() - session->began) / 1000;
    info->dwNumberOfCalls = figures->calls;
    info->dwTotalTalkTime = figures->talk / 1000;
    info->dwAverageTalkTime = figures->talk / calls / 1000;
    info->dwTotalCallTime = figures->total / 1000;
    info->dwAverageCallTime = figures->total / calls / 1000;
    info->dwTotalWrapUpTime = figures->wrap_up / 1000;
    info->dwAverageWrapUpTime = figures->wrap_up / calls / 1000;
    info->dwLongestTimeToAnswer = figures->longest_answer / 1000;
    info->dwAverageTimeToAnswer = figures->answer_time / answers / 1000;
    return 0;
}

static LONG queue_info(struct acd *acd, DWORD id, LINEQUEUEINFO *info)
{
    DWORD gone = acd->abandoned + acd->flowed_out, longest;

    if (id != acd->queue_id)
        return (LONG)LINEERR_INVALPARAM;
    info->dwMeasurementPeriod = acd->period;
    info->dwTotalCallsQueued = acd->queued;
    info->dwCurrentCallsQueued = calls_waiting(acd, &longest);
    info->dwTotalCallsAbandoned = acd->abandoned;
    info->dwTotalCallsFlowedIn = acd->queued;
    info->dwTotalCallsFlowedOut = acd->flowed_out;
    info->dwLongestEverWaitTime = acd->longest_wait / 1000;
    info->dwCurrentLongestWaitTime = longest / 1000;
    info->dwAverageWaitTime = gone ? acd->wait_time / gone / 1000 : 0;
    return 0;
}

static LONG queue_period(struct acd *acd, DWORD id, DWORD period)
{
    if (id != acd->queue_id)
        return (LONG)LINEERR_INVALPARAM;
    acd->period = period;
    return 0;
}

/* ---- all of them ---- */

static LONG queue_answer(struct acd *acd, struct seat *seat, LINEPROXYREQUEST *r)
{
    switch (r->dwRequestType) {
    case LINEPROXYREQUEST_GETAGENTCAPS:
        return caps(PART(r, GetAgentCaps.AgentCaps));
    case LINEPROXYREQUEST_CREATEAGENT:
        return create_agent(acd, r);
    case LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD:
        return set_period(acd, r->SetAgentMeasurementPeriod.hAgent,
                          r->SetAgentMeasurementPeriod.dwMeasurementPeriod);
    case LINEPROXYREQUEST_GETAGENTINFO:
        return agent_info(acd, r->GetAgentInfo.hAgent, &r->GetAgentInfo.AgentInfo);
    case LINEPROXYREQUEST_CREATEAGENTSESSION:
        return create_session(acd, seat, r);
    case LINEPROXYREQUEST_GETAGENTSESSIONLIST:
        return sessions(acd, r->GetAgentSessionList.hAgent,
                        PART(r, GetAgentSessionList.SessionList));
    case LINEPROXYREQUEST_SETAGENTSESSIONSTATE:
        return set_session(acd, r->SetAgentSessionState.hAgentSession,
                           r->SetAgentSessionState.dwAgentSessionState,
                           r->SetAgentSessionState.dwNextAgentSessionState);
    case LINEPROXYREQUEST_GETAGENTSESSIONINFO:
        return session_info(acd, r->GetAgentSessionInfo.hAgentSession,
                            &r->GetAgentSessionInfo.SessionInfo);
    case LINEPROXYREQUEST_GETQUEUELIST:
        return queues(acd, &r->GetQueueList.GroupID, PART(r, GetQueueList.QueueList));
    case LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD:
        return queue_period(acd, r->SetQueueMeasurementPeriod.dwQueueID,
                            r->SetQueueMeasurementPeriod.dwMeasurementPeriod);
    case LINEPROXYREQUEST_GETQUEUEINFO:
        return queue_info(acd, r->GetQueueInfo.dwQueueID, &r->GetQueueInfo.QueueInfo);
    case LINEPROXYREQUEST_GETGROUPLIST:
        return groups(acd, PART(r, GetGroupList.GroupList));
    case LINEPROXYREQUEST_SETAGENTSTATEEX:
        return set_agent(acd, r->SetAgentStateEx.hAgent, r->SetAgentStateEx.dwAgentState,
                         r->SetAgentStateEx.dwNextAgentState);
    default:
        return (LONG)LINEERR_OPERATIONUNAVAIL;
    }
}

static LONG seat_answer(struct acd *acd, struct seat *seat, LINEPROXYREQUEST *r)
{
    switch (r->dwRequestType) {
    case LINEPROXYREQUEST_SETAGENTGROUP:
        return set_group(acd, seat, PART(r, SetAgentGroup.GroupList));
    case LINEPROXYREQUEST_SETAGENTSTATE:
        return set_state(acd, seat, r->SetAgentState.dwAgentState,
                         r->SetAgentState.dwNextAgentState);
    case LINEPROXYREQUEST_SETAGENTACTIVITY:
        return set_activity(seat, r->SetAgentActivity.dwActivityID);
    case LINEPROXYREQUEST_GETAGENTSTATUS:
        return status(acd, seat, PART(r, GetAgentStatus.AgentStatus));
    case LINEPROXYREQUEST_AGENTSPECIFIC:
        return specific(seat, r->AgentSpecific.dwAgentExtensionIDIndex, r->AgentSpecific.dwSize,
                        r->AgentSpecific.Params);
    case LINEPROXYREQUEST_GETAGENTACTIVITYLIST:
        return activities(PART(r, GetAgentActivityList.ActivityList));
    case LINEPROXYREQUEST_GETAGENTGROUPLIST:
        return groups(acd, PART(r, GetAgentGroupList.GroupList));
    default:
        return queue_answer(acd, seat, r);
    }
}

void answer(struct acd *acd, HLINE line, LINEPROXYREQUEST *request)
{
    struct seat *seat = seat_of(acd, line);
    LONG result = seat ? seat_answer(acd, seat, request) : queue_answer(acd, NULL, request);

    lineProxyResponse(line, request, (DWORD)result);
}
