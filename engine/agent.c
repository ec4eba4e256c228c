/*
 * agent.c - the functions of agents, groups, sessions and queues. None of them goes to a provider:
 * each becomes a LINEPROXYREQUEST for the application that registered for it at lineOpen (proxy.c).
 * What goes where in that structure is a row of the table here. Behind it:
 * acd-agent-monitoring-and-control.md, line-proxyrequest.md.
 */
#include "engine/proxy.h"

/* A proxy is lent at least so much for a structure it fills, so that one that is too large for the
 * caller's memory is still told its whole size. */
#define LEAST_ROOM 4096u

#define NO_STRUCT  STRUCT_KIND_COUNT
#define AT(member) ((uint16_t)offsetof(LINEPROXYREQUEST, member))

static const struct agent_row agent_rows[] = {
    [LINEPROXYREQUEST_SETAGENTGROUP] = {.address = 1,
                                        .value = {AT(SetAgentGroup.dwAddressID)},
                                        .kind = STRUCT_LINEAGENTGROUPLIST,
                                        .structure = AT(SetAgentGroup.GroupList),
                                        .given = true},
    [LINEPROXYREQUEST_SETAGENTSTATE] = {.address = 1,
                                        .value = {AT(SetAgentState.dwAddressID),
                                                  AT(SetAgentState.dwAgentState),
                                                  AT(SetAgentState.dwNextAgentState)},
                                        .kind = NO_STRUCT},
    [LINEPROXYREQUEST_SETAGENTACTIVITY] = {.address = 1,
                                           .value = {AT(SetAgentActivity.dwAddressID),
                                                     AT(SetAgentActivity.dwActivityID)},
                                           .kind = NO_STRUCT},
    [LINEPROXYREQUEST_GETAGENTCAPS] = {.address = 2,
                                       .value = {0, AT(GetAgentCaps.dwAddressID)},
                                       .kind = STRUCT_LINEAGENTCAPS,
                                       .structure = AT(GetAgentCaps.AgentCaps),
                                       .room = 4},
    [LINEPROXYREQUEST_GETAGENTSTATUS] = {.address = 1,
                                         .value = {AT(GetAgentStatus.dwAddressID)},
                                         .kind = STRUCT_LINEAGENTSTATUS,
                                         .structure = AT(GetAgentStatus.AgentStatus),
                                         .room = 2},
    [LINEPROXYREQUEST_AGENTSPECIFIC] = {.address = 1,
                                        .value = {AT(AgentSpecific.dwAddressID),
                                                  AT(AgentSpecific.dwAgentExtensionIDIndex),
                                                  AT(AgentSpecific.dwSize)},
                                        .kind = NO_STRUCT,
                                        .bytes = AT(AgentSpecific.Params)},
    [LINEPROXYREQUEST_GETAGENTACTIVITYLIST] = {.address = 1,
                                               .value = {AT(GetAgentActivityList.dwAddressID)},
                                               .kind = STRUCT_LINEAGENTACTIVITYLIST,
                                               .structure = AT(GetAgentActivityList.ActivityList),
                                               .room = 2},
    [LINEPROXYREQUEST_GETAGENTGROUPLIST] = {.address = 1,
                                            .value = {AT(GetAgentGroupList.dwAddressID)},
                                            .kind = STRUCT_LINEAGENTGROUPLIST,
                                            .structure = AT(GetAgentGroupList.GroupList),
                                            .room = 2},
    [LINEPROXYREQUEST_CREATEAGENT] = {.kind = NO_STRUCT,
                                      .handle = AT(CreateAgent.hAgent),
                                      .text = {AT(CreateAgent.dwAgentIDSize),
                                               AT(CreateAgent.dwAgentPINSize)}},
    [LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD] =
        {.value = {AT(SetAgentMeasurementPeriod.hAgent),
                   AT(SetAgentMeasurementPeriod.dwMeasurementPeriod)},
         .kind = NO_STRUCT},
    [LINEPROXYREQUEST_GETAGENTINFO] = {.value = {AT(GetAgentInfo.hAgent)},
                                       .kind = STRUCT_LINEAGENTINFO,
                                       .structure = AT(GetAgentInfo.AgentInfo),
                                       .room = 2},
    [LINEPROXYREQUEST_CREATEAGENTSESSION] = {.value = {AT(CreateAgentSession.hAgent),
                                                       AT(CreateAgentSession.dwWorkingAddressID)},
                                             .kind = NO_STRUCT,
                                             .handle = AT(CreateAgentSession.hAgentSession),
                                             .text = {AT(CreateAgentSession.dwAgentPINSize)},
                                             .guid = AT(CreateAgentSession.GroupID),
                                             .guid_input = 1},
    [LINEPROXYREQUEST_GETAGENTSESSIONLIST] = {.value = {AT(GetAgentSessionList.hAgent)},
                                              .kind = STRUCT_LINEAGENTSESSIONLIST,
                                              .structure = AT(GetAgentSessionList.SessionList),
                                              .room = 2},
    [LINEPROXYREQUEST_SETAGENTSESSIONSTATE] =
        {.value = {AT(SetAgentSessionState.hAgentSession),
                   AT(SetAgentSessionState.dwAgentSessionState),
                   AT(SetAgentSessionState.dwNextAgentSessionState)},
         .kind = NO_STRUCT},
    [LINEPROXYREQUEST_GETAGENTSESSIONINFO] = {.value = {AT(GetAgentSessionInfo.hAgentSession)},
                                              .kind = STRUCT_LINEAGENTSESSIONINFO,
                                              .structure = AT(GetAgentSessionInfo.SessionInfo),
                                              .room = 2},
    [LINEPROXYREQUEST_GETQUEUELIST] = {.kind = STRUCT_LINEQUEUELIST,
                                       .structure = AT(GetQueueList.QueueList),
                                       .room = 1,
                                       .guid = AT(GetQueueList.GroupID)},
    [LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD] =
        {.value = {AT(SetQueueMeasurementPeriod.dwQueueID),
                   AT(SetQueueMeasurementPeriod.dwMeasurementPeriod)},
         .kind = NO_STRUCT},
    [LINEPROXYREQUEST_GETQUEUEINFO] = {.value = {AT(GetQueueInfo.dwQueueID)},
                                       .kind = STRUCT_LINEQUEUEINFO,
                                       .structure = AT(GetQueueInfo.QueueInfo),
                                       .room = 2},
    [LINEPROXYREQUEST_GETGROUPLIST] = {.kind = STRUCT_LINEAGENTGROUPLIST,
                                       .structure = AT(GetGroupList.GroupList),
                                       .room = 1},
    [LINEPROXYREQUEST_SETAGENTSTATEEX] = {.value = {AT(SetAgentStateEx.hAgent),
                                                    AT(SetAgentStateEx.dwAgentState),
                                                    AT(SetAgentStateEx.dwNextAgentState)},
                                          .kind = NO_STRUCT},
};

_Static_assert(sizeof(agent_rows) / sizeof(agent_rows[0]) == PROXY_TYPES,
               "a row for every LINEPROXYREQUEST_");
_Static_assert(ENGINE_LINE_SET_AGENT_STATE_EX - ENGINE_LINE_SET_AGENT_GROUP ==
                   LINEPROXYREQUEST_SETAGENTSTATEEX - LINEPROXYREQUEST_SETAGENTGROUP,
               "the requests are in LINEPROXYREQUEST_'s order");

const struct agent_row *agent_row(DWORD type)
{
    return &agent_rows[type];
}

/* ---- building ---- */

/* A part behind the fixed one: on 4-byte boundaries, all of it counted before memory is taken. */
static uint32_t reserve(uint32_t *size, uint32_t bytes)
{
    uint32_t at = (*size + 3) & ~3u;

    *size = at + bytes;
    return at;
}

static void put(void *structure, uint32_t at, uint32_t value)
{
    memcpy((BYTE *)structure + at, &value, sizeof(value));
}

/* A text of the request behind the fixed part; member is where its size and offset go. */
static void put_text(const struct op *op, unsigned input, LINEPROXYREQUEST *made, uint32_t member,
                     uint32_t at)
{
    if (!op_in_size(op, input))
        return;
    put(made, member, op_in_size(op, input));
    put(made, member + sizeof(DWORD), at);
    memcpy((BYTE *)made + at, op_in(op, input), op_in_size(op, input));
}

/* The structure that the proxy fills: empty, as large as its room. */
static void put_empty(LINEPROXYREQUEST *made, const struct agent_row *row, uint32_t room,
                      DWORD version)
{
    uint32_t fixed = struct_fixed_size(row->kind, version);

    put(made, row->structure, room);
    put(made, row->structure + sizeof(DWORD), fixed);
    put(made, row->structure + 2 * sizeof(DWORD), fixed);
}

static uint32_t room_for(const struct op *op, const struct agent_row *row)
{
    uint32_t room = row->given ? op_in_size(op, 0) : op_arg(op, row->room);

    if (row->given)
        return room ? room : struct_fixed_size(row->kind, UINT32_MAX);
    return room < LEAST_ROOM ? LEAST_ROOM : room > STRUCT_SIZE_LIMIT ? STRUCT_SIZE_LIMIT : room;
}

/* The LINEPROXYREQUEST for the proxy, which reads it in its own API version. NULL: out of memory.
 */
static LINEPROXYREQUEST *build(const struct op *op, DWORD type, const struct agent_row *row,
                               DWORD version, DWORD client_version)
{
    uint32_t size = sizeof(LINEPROXYREQUEST), room = 0, text[2] = {0}, machine, user;
    LINEPROXYREQUEST *made;

    if (row->kind != NO_STRUCT) {
        room = room_for(op, row);
        if (row->structure + room > size)
            size = row->structure + room;
    }
    if (row->bytes && row->bytes + op_in_size(op, 0) > size)
        size = row->bytes + op_in_size(op, 0);
    for (unsigned i = 0; i < 2 && row->text[i]; i++)
        text[i] = reserve(&size, op_in_size(op, i));
    machine = reserve(&size, op_in_size(op, PROXY_MACHINE));
    user = reserve(&size, op_in_size(op, PROXY_USER));
    made = mem_alloc(size);
    if (!made)
        return NULL;
    made->dwSize = size;
    made->dwClientAppAPIVersion = client_version;
    made->dwRequestType = type;
    put_text(op, PROXY_MACHINE, made, AT(dwClientMachineNameSize), machine);
    put_text(op, PROXY_USER, made, AT(dwClientUserNameSize), user);
    for (unsigned i = 0; i < AGENT_VALUES; i++) {
        if (row->value[i])
            put(made, row->value[i], op_arg(op, i + 1));
    }
    for (unsigned i = 0; i < 2 && row->text[i]; i++)
        put_text(op, i, made, row->text[i], text[i]);
    if (row->guid)
        memcpy((BYTE *)made + row->guid, op_in(op, row->guid_input), sizeof(GUID));
    if (row->kind != NO_STRUCT && (!row->given || !op_in_size(op, 0)))
        put_empty(made, row, room, version);
    else if (row->given || (row->bytes && op_in_size(op, 0)))
        memcpy((BYTE *)made + (row->given ? row->structure : row->bytes), op_in(op, 0),
               op_in_size(op, 0));
    return made;
}

/* ---- asking ---- */

static LONG check(struct op *op, const struct agent_row *row)
{
    LONG result;

    if (row->guid && op_in_size(op, row->guid_input) != sizeof(GUID))
        return ERR(INVALPOINTER);
    if (row->bytes && op_in_size(op, 0) != op_arg(op, 3))
        return ERR(INVALPARAM);
    if (!row->address)
        return 0;
    result = device_learn_caps(op->device); /* leaves the lock */
    if (!result && op_arg(op, row->address) >= op->device->num_addresses)
        result = ERR(INVALADDRESSID);
    return result;
}

LONG op_agent_request(struct op *op)
{
    DWORD type = op->request->op - ENGINE_LINE_SET_AGENT_GROUP + LINEPROXYREQUEST_SETAGENTGROUP;
    const struct agent_row *row = &agent_rows[type];
    bool on_line = type != LINEPROXYREQUEST_GETAGENTCAPS;
    DWORD version = on_line ? op->line->version : op_arg(op, 3);
    uint64_t instance = on_line ? op->line->instance : 0;
    uint32_t app = op->app->handle;
    struct proxy_request *request;
    LINEPROXYREQUEST *made;
    struct line *proxy;
    LONG result = check(op, row);

    if (result)
        return result;
    proxy = proxy_find(op->device, type);
    if (!proxy)
        return ERR(OPERATIONUNAVAIL);
    made = build(op, type, row, proxy->version, version);
    request = made ? proxy_request_new(proxy, type) : NULL;
    if (!request) {
        mem_free(made);
        return ERR(NOMEM);
    }
    request->app = app;
    request->instance = instance;
    request->version = version;
    request->cookie = op->request->cookie;
    request->room = row->bytes ? op_in_size(op, 0) : row->kind != NO_STRUCT ? room_for(op, row) : 0;
    result = (LONG)request->id;
    proxy_ask(proxy, request, made);
    mem_free(made);
    return result;
}
