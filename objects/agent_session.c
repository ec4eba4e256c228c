/* agent_session.c - AgentSession: an agent at work for a group, at an address. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(session, agent_session, ITAgentSession, ITAgentSession_iface)

#define IID_HERE (&IID_ITAgentSession)

/* ---- states ---------------------------------------------------------------------------------- */

static const struct {
    DWORD line;
    AGENT_SESSION_STATE state;
    AGENT_SESSION_EVENT event;
} states[] = {
    /* The first of a state is the one that is set. */
    {LINEAGENTSESSIONSTATE_NOTREADY, ASST_NOT_READY, ASE_NOT_READY},
    {LINEAGENTSESSIONSTATE_READY, ASST_READY, ASE_READY},
    {LINEAGENTSESSIONSTATE_BUSYONCALL, ASST_BUSY_ON_CALL, ASE_BUSY},
    {LINEAGENTSESSIONSTATE_BUSYWRAPUP, ASST_BUSY_WRAPUP, ASE_WRAPUP},
    {LINEAGENTSESSIONSTATE_ENDED, ASST_SESSION_ENDED, ASE_END},
    {LINEAGENTSESSIONSTATE_RELEASED, ASST_SESSION_ENDED, ASE_END},
};

/* ---- questions ------------------------------------------------------------------------------- */

static LONG ask_state(HLINE line, const struct agent_question *question, void *structure)
{
    (void)structure;
    return lineSetAgentSessionState(line, question->handle, question->value, 0);
}

static LONG ask_info(HLINE line, const struct agent_question *question, void *structure)
{
    return lineGetAgentSessionInfo(line, question->handle, structure);
}

static LONG ask_list(HLINE line, const struct agent_question *question, void *structure)
{
    return lineGetAgentSessionList(line, question->handle, structure);
}

static HRESULT session_check(struct agent_session *self, HLINE *line)
{
    return agent_handler_check(self->agent->handler, self->device, IID_HERE, line);
}

/* A part of LINEAGENTSESSIONINFO. */
static HRESULT session_figure(struct agent_session *self, size_t at, void *out, size_t size)
{
    struct agent_question question = {.ask = ask_info, .handle = self->handle};
    void *info;
    HLINE line;
    HRESULT hr;
    LONG error;

    if (!out)
        return com_fail(E_POINTER, IID_HERE, NULL);
    memset(out, 0, size);
    hr = session_check(self, &line);
    if (FAILED(hr))
        return hr;
    error =
        agent_ask(self->agent->handler->tapi, line, &question, sizeof(LINEAGENTSESSIONINFO), &info);
    if (error)
        return objects_result(error, IID_HERE, "The figures of the session are not known");
    memcpy(out, (const BYTE *)info + at, size);
    free(info);
    return S_OK;
}

/* ---- ITAgentSession -------------------------------------------------------------------------- */

#define FIGURE(name, type, member)                                                                 \
    static HRESULT WINAPI session_get_##name(ITAgentSession *iface, type *out)                     \
    {                                                                                              \
        return session_figure(impl_from_ITAgentSession_iface(iface),                               \
                              offsetof(LINEAGENTSESSIONINFO, member), out, sizeof(*out));          \
    }

FIGURE(SessionStartTime, DATE, dateSessionStartTime)
FIGURE(SessionDuration, LONG, dwSessionDuration)
FIGURE(NumberOfCalls, LONG, dwNumberOfCalls)
FIGURE(TotalTalkTime, LONG, dwTotalTalkTime)
FIGURE(AverageTalkTime, LONG, dwAverageTalkTime)
FIGURE(TotalCallTime, LONG, dwTotalCallTime)
FIGURE(AverageCallTime, LONG, dwAverageCallTime)
FIGURE(TotalWrapUpTime, LONG, dwTotalWrapUpTime)
FIGURE(AverageWrapUpTime, LONG, dwAverageWrapUpTime)
FIGURE(ACDCallRate, CURRENCY, cyACDCallRate)
FIGURE(LongestTimeToAnswer, LONG, dwLongestTimeToAnswer)
FIGURE(AverageTimeToAnswer, LONG, dwAverageTimeToAnswer)

static HRESULT WINAPI session_get_Agent(ITAgentSession *iface, ITAgent **out)
{
    struct agent_session *self = impl_from_ITAgentSession_iface(iface);

    AGENT_CHECK_OUT(out);
    com_hand_out(&self->agent->com);
    *out = &self->agent->ITAgent_iface;
    return S_OK;
}

static HRESULT WINAPI session_get_Address(ITAgentSession *iface, ITAddress **out)
{
    struct agent_session *self = impl_from_ITAgentSession_iface(iface);

    AGENT_CHECK_OUT(out);
    if (!self->address)
        return com_fail(TAPI_E_INVALADDRESS, IID_HERE,
                        "The address of the session is not on a line of this computer.");
    com_hand_out(&self->address->com);
    *out = (ITAddress *)&self->address->ITAddress2_iface;
    return S_OK;
}

static HRESULT WINAPI session_get_ACDGroup(ITAgentSession *iface, ITACDGroup **out)
{
    struct agent_session *self = impl_from_ITAgentSession_iface(iface);

    AGENT_CHECK_OUT(out);
    if (!self->group)
        return com_fail(TAPI_E_CALLCENTER_GROUP_REMOVED, IID_HERE,
                        "The group of the session is not known.");
    com_hand_out(&self->group->com);
    *out = &self->group->ITACDGroup_iface;
    return S_OK;
}

static HRESULT WINAPI session_get_State(ITAgentSession *iface, AGENT_SESSION_STATE *out)
{
    DWORD state;
    HRESULT hr;
    unsigned i;

    AGENT_CHECK_OUT(out);
    hr = session_figure(impl_from_ITAgentSession_iface(iface),
                        offsetof(LINEAGENTSESSIONINFO, dwAgentSessionState), &state, sizeof(state));
    if (FAILED(hr))
        return hr;
    for (i = 0; i < ARRAYSIZE(states); i++)
        if (states[i].line == state) {
            *out = states[i].state;
            return S_OK;
        }
    return com_fail(TAPI_E_OPERATIONFAILED, IID_HERE,
                    "The agent handler gave a state of the session that there is not: 0x%lx.",
                    state);
}

static HRESULT WINAPI session_put_State(ITAgentSession *iface, AGENT_SESSION_STATE state)
{
    struct agent_session *self = impl_from_ITAgentSession_iface(iface);
    struct agent_question question = {.ask = ask_state, .handle = self->handle};
    HLINE line;
    HRESULT hr;
    unsigned i;

    for (i = 0; i < ARRAYSIZE(states) && states[i].state != state; i++)
        ;
    if (i == ARRAYSIZE(states))
        return com_fail(E_INVALIDARG, IID_HERE, "%d is no AGENT_SESSION_STATE.", (int)state);
    question.value = states[i].line;
    hr = session_check(self, &line);
    return FAILED(hr)
               ? hr
               : objects_result(agent_ask(self->agent->handler->tapi, line, &question, 0, NULL),
                                IID_HERE, "The session's state was not set");
}

static const ITAgentSessionVtbl session_vtable = {
    COM_DISPATCH_VTABLE(session),
    session_get_Agent,
    session_get_Address,
    session_get_ACDGroup,
    session_put_State,
    session_get_State,
    session_get_SessionStartTime,
    session_get_SessionDuration,
    session_get_NumberOfCalls,
    session_get_TotalTalkTime,
    session_get_AverageTalkTime,
    session_get_TotalCallTime,
    session_get_AverageCallTime,
    session_get_TotalWrapUpTime,
    session_get_AverageWrapUpTime,
    session_get_ACDCallRate,
    session_get_LongestTimeToAnswer,
    session_get_AverageTimeToAnswer,
};

/* ---- the object ------------------------------------------------------------------------------ */

static const struct com_interface session_interfaces[] = {
    COM_INTERFACE(agent_session, ITAgentSession_iface, ITAgentSession),
};

/* A session outlives its object: the agent goes on working when the program lets go of it. Only
 * the agent that goes is told to the proxy. */
static void session_destroy(struct com_object *object)
{
    struct agent_session *self = CONTAINING_RECORD(object, struct agent_session, com), **link;
    struct agent_handler *handler = self->agent->handler;

    AcquireSRWLockExclusive(&handler->tapi->lock);
    for (link = &handler->sessions; *link && *link != self; link = &(*link)->next)
        ;
    if (*link)
        *link = self->next;
    ReleaseSRWLockExclusive(&handler->tapi->lock);
    if (self->group)
        com_unuse(&self->group->com);
    if (self->address)
        com_unuse(&self->address->com);
    com_unuse(&self->agent->com);
}

static const struct com_class session_class = {
    .name = "AgentSession",
    .interfaces = session_interfaces,
    .interface_count = ARRAYSIZE(session_interfaces),
    .destroy = session_destroy,
};

/* Without a handle yet. Takes over the uses of group and address. */
static struct agent_session *session_new(struct agent *agent, struct agent_group *group,
                                         struct address *address, DWORD device)
{
    struct agent_session *self = com_object_create(sizeof(*self), &session_class, NULL);

    if (!self) {
        if (group)
            com_unuse(&group->com);
        if (address)
            com_unuse(&address->com);
        return NULL;
    }
    self->ITAgentSession_iface.lpVtbl = (ITAgentSessionVtbl *)&session_vtable;
    self->agent = agent;
    com_use(&agent->com);
    self->group = group;
    self->address = address;
    self->device = device;
    return self;
}

struct agent_session *agent_session_find(struct agent_handler *handler, HAGENTSESSION handle)
{
    struct agent_session *session;

    AcquireSRWLockShared(&handler->tapi->lock);
    for (session = handler->sessions; session; session = session->next)
        if (session->handle == handle && com_try_use(&session->com))
            break;
    ReleaseSRWLockShared(&handler->tapi->lock);
    return session;
}

/* Lists a session with its handle; FALSE: another object has it already. */
static BOOL session_list(struct agent_session *self, HAGENTSESSION handle)
{
    struct agent_handler *handler = self->agent->handler;
    struct agent_session *other;

    AcquireSRWLockExclusive(&handler->tapi->lock);
    for (other = handler->sessions; other; other = other->next)
        if (other->handle == handle && com_try_use(&other->com))
            break;
    self->handle = handle;
    if (!other) {
        self->listed = TRUE;
        self->next = handler->sessions;
        handler->sessions = self;
    }
    ReleaseSRWLockExclusive(&handler->tapi->lock);
    if (other)
        com_unuse(&other->com);
    return !other;
}

/* ---- creating -------------------------------------------------------------------------------- */

/* The reply has come: in time for the messages that follow. */
static void session_bind(struct com_object *object, DWORD handle)
{
    session_list(CONTAINING_RECORD(object, struct agent_session, com), handle);
}

/* The arguments of CreateSession: of this handler, and there. */
static HRESULT check_arguments(struct agent_handler *handler, ITACDGroup *group_iface,
                               ITAddress *address_iface, struct agent_group **group,
                               struct address **address)
{
    const REFIID iid = &IID_ITAgent;
    struct com_object *object;
    BOOL served = FALSE;
    struct agent_line *line;

    if (!group_iface || !address_iface)
        return com_fail(E_POINTER, iid, "An ACD group and an address are needed.");
    object = com_object_of(group_iface, &agent_group_class);
    *group = object ? CONTAINING_RECORD(object, struct agent_group, com) : NULL;
    if (!*group || (*group)->handler != handler)
        return com_fail(E_INVALIDARG, iid, "The ACD group is not one of the agent's handler.");
    if ((*group)->removed)
        return com_fail(TAPI_E_CALLCENTER_GROUP_REMOVED, iid, "The group %ls has been removed.",
                        (*group)->name);
    object = com_object_of(address_iface, &address_class);
    *address = object ? CONTAINING_RECORD(object, struct address, com) : NULL;
    if (!*address || (*address)->tapi != handler->tapi)
        return com_fail(E_INVALIDARG, iid, "The Address is not one of this TAPI object.");
    AcquireSRWLockShared(&handler->tapi->lock);
    for (line = handler->lines; line && !served; line = line->next)
        served = line->device == (*address)->device;
    ReleaseSRWLockShared(&handler->tapi->lock);
    return served ? S_OK
                  : com_fail(TAPI_E_INVALADDRESS, iid,
                             "The agent handler %ls does not serve this address "
                             "(see UsableAddresses).",
                             handler->name);
}

HRESULT agent_session_create(struct agent *agent, ITACDGroup *group_iface, ITAddress *address_iface,
                             const WCHAR *pin, ITAgentSession **out)
{
    const REFIID iid = &IID_ITAgent;
    struct agent_handler *handler = agent->handler;
    struct agent_session *self, *listed;
    struct agent_group *group = NULL;
    struct address *address = NULL;
    struct request *request;
    HAGENTSESSION handle;
    HLINE line;
    HRESULT hr;
    LONG error;
    GUID id;

    hr = agent_handler_check(handler, agent->device, iid, &line);
    if (SUCCEEDED(hr))
        hr = check_arguments(handler, group_iface, address_iface, &group, &address);
    if (FAILED(hr))
        return hr;
    com_use(&group->com);
    com_use(&address->com);
    self = session_new(agent, group, address, address->device);
    request = self ? request_begin(handler->tapi) : NULL;
    if (!request) {
        if (self)
            com_release(&self->com);
        return com_fail(E_OUTOFMEMORY, iid, NULL);
    }
    id = group->id;
    request_bind(request, &self->com, session_bind);
    /* On the address' own line, where its identifier means something. */
    line = agent_handler_line(handler, address->device);
    error = request_finish(handler->tapi, request,
                           lineCreateAgentSessionW(line, agent->handle, (WCHAR *)pin, address->id,
                                                   &id, (HAGENTSESSION *)&request->handle[0]));
    handle = self->handle;
    if (error || !handle) {
        com_release(&self->com);
        return objects_result(error ? error : (LONG)LINEERR_OPERATIONFAILED, iid,
                              "The session was not created");
    }
    if (!self->listed) {
        /* Its message was faster, and the proxy's list already had it. */
        listed = agent_session_find(handler, handle);
        if (listed) {
            com_hand_out(&listed->com);
            com_unuse(&listed->com);
            com_release(&self->com);
            self = listed;
        }
    }
    call_center_post(handler->tapi, line, LINE_AGENTSESSIONSTATUS, handle,
                     LINEAGENTSESSIONSTATUS_NEWSESSION, 0);
    *out = &self->ITAgentSession_iface;
    return S_OK;
}

/* ---- the proxy's list ------------------------------------------------------------------------ */

/* The object of an entry of the list, made if need be: a public reference. NULL: no memory. */
static struct agent_session *session_of(struct agent *agent, const LINEAGENTSESSIONENTRY *entry)
{
    struct agent_handler *handler = agent->handler;
    struct agent_session *session;
    GUID id = entry->GroupID;
    unsigned tries;

    for (tries = 0; tries < 3; tries++) {
        session = agent_session_find(handler, entry->hAgentSession);
        if (session) {
            com_hand_out(&session->com);
            com_unuse(&session->com);
            return session;
        }
        session = session_new(agent, agent_group_find(handler, &id),
                              address_find(handler->tapi, agent->device, entry->dwWorkingAddressID),
                              agent->device);
        if (!session || session_list(session, entry->hAgentSession))
            return session;
        com_release(&session->com);
    }
    return NULL;
}

static LONG fetch_list(struct agent *agent, LINEAGENTSESSIONLIST **list,
                       const LINEAGENTSESSIONENTRY **entries, DWORD *count)
{
    struct agent_question question = {.ask = ask_list, .handle = agent->handle};
    void *answer;
    LONG error;

    error = agent_ask(agent->handler->tapi, agent_handler_line(agent->handler, agent->device),
                      &question, sizeof(**list) + 8 * sizeof(**entries), &answer);
    if (error)
        return error;
    *list = answer;
    *entries = agent_entries(*list, (*list)->dwNumEntries, (*list)->dwListSize,
                             (*list)->dwListOffset, sizeof(**entries), count);
    return 0;
}

HRESULT agent_sessions_list(struct agent *agent, struct com_list **out)
{
    const REFIID iid = &IID_ITAgent;
    const LINEAGENTSESSIONENTRY *entries;
    LINEAGENTSESSIONLIST *answer;
    struct com_list *list;
    DWORD count, i;
    HLINE line;
    HRESULT hr = agent_handler_check(agent->handler, agent->device, iid, &line);
    BOOL fits;

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = objects_result(fetch_list(agent, &answer, &entries, &count), iid,
                            "The sessions of the agent are not known");
    if (FAILED(hr))
        return hr;
    list = com_list_create(COM_LIST_OBJECTS);
    fits = list != NULL;
    for (i = 0; i < count && fits; i++) {
        struct agent_session *session = session_of(agent, &entries[i]);

        fits = session && com_list_add_object(list, &session->com.IUnknown_iface);
        if (session)
            com_release(&session->com);
    }
    free(answer);
    if (!fits) {
        com_list_release(list);
        return com_fail(E_OUTOFMEMORY, iid, NULL);
    }
    *out = list;
    return S_OK;
}

/* ---- messages -------------------------------------------------------------------------------- */

/* The nth of our agents, a use to give back; NULL: there are not so many. */
static struct agent *nth_agent(struct agent_handler *handler, unsigned n)
{
    struct agent *agent;

    AcquireSRWLockShared(&handler->tapi->lock);
    for (agent = handler->agents; agent && n; agent = agent->next)
        n--;
    while (agent && !com_try_use(&agent->com))
        agent = agent->next;
    ReleaseSRWLockShared(&handler->tapi->lock);
    return agent;
}

/* A session that we do not know: perhaps one of an agent of ours, made by another program. A
 * public reference; NULL: none of ours. */
static struct agent_session *look_for(struct agent_handler *handler, HAGENTSESSION handle)
{
    struct agent_session *found = NULL;
    struct agent *agent;
    unsigned n;

    for (n = 0; !found && (agent = nth_agent(handler, n)); n++) {
        const LINEAGENTSESSIONENTRY *entries;
        LINEAGENTSESSIONLIST *answer;
        DWORD count, i;

        if (!fetch_list(agent, &answer, &entries, &count)) {
            for (i = 0; i < count && !found; i++)
                if (entries[i].hAgentSession == handle)
                    found = session_of(agent, &entries[i]);
            free(answer);
        }
        com_unuse(&agent->com);
    }
    return found;
}

static void post_session(struct agent_session *session, AGENT_SESSION_EVENT event)
{
    struct agent_handler *handler = session->agent->handler;

    EVENT_POST(handler->tapi->dispatcher, TE_AGENTSESSION, ITAgentSessionEvent, handler,
               .Session = &session->ITAgentSession_iface, .Event = event);
}

void agent_session_status(struct agent_handler *handler, HAGENTSESSION handle, DWORD status,
                          DWORD state)
{
    struct agent_session *session;
    BOOL is_new = FALSE;
    unsigned i;

    if (!dispatcher_wants(handler->tapi->dispatcher, TE_AGENTSESSION))
        return;
    session = agent_session_find(handler, handle);
    if (session) {
        com_hand_out(&session->com);
        com_unuse(&session->com);
    } else {
        session = look_for(handler, handle);
    }
    if (!session)
        return;
    if (status & LINEAGENTSESSIONSTATUS_NEWSESSION) {
        /* Once, although both the proxy's message and CreateSession say so. */
        AcquireSRWLockExclusive(&handler->tapi->lock);
        is_new = !session->announced;
        session->announced = TRUE;
        ReleaseSRWLockExclusive(&handler->tapi->lock);
    }
    if (is_new)
        post_session(session, ASE_NEW_SESSION);
    if (status & LINEAGENTSESSIONSTATUS_STATE)
        for (i = 0; i < ARRAYSIZE(states); i++)
            if (states[i].line == state)
                post_session(session, states[i].event);
    com_release(&session->com);
}
