/* agent.c - Agent: somebody who takes calls, as the proxy knows them. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(agent, agent, ITAgent, ITAgent_iface)

#define IID_HERE (&IID_ITAgent)

/* ---- states ---------------------------------------------------------------------------------- */

/* AGENT_STATE and AGENT_EVENT have the same order; a released agent is in none of them. */
static const DWORD states[] = {
    [AS_NOT_READY] = LINEAGENTSTATEEX_NOTREADY,
    [AS_READY] = LINEAGENTSTATEEX_READY,
    [AS_BUSY_ACD] = LINEAGENTSTATEEX_BUSYACD,
    [AS_BUSY_INCOMING] = LINEAGENTSTATEEX_BUSYINCOMING,
    [AS_BUSY_OUTGOING] = LINEAGENTSTATEEX_BUSYOUTGOING,
    [AS_UNKNOWN] = LINEAGENTSTATEEX_UNKNOWN,
};

static AGENT_STATE state_of(DWORD state)
{
    unsigned i;

    for (i = 0; i < ARRAYSIZE(states); i++)
        if (states[i] == state)
            return (AGENT_STATE)i;
    return AS_UNKNOWN;
}

/* ---- questions ------------------------------------------------------------------------------- */

static LONG ask_state(HLINE line, const struct agent_question *question, void *structure)
{
    (void)structure;
    return lineSetAgentStateEx(line, question->handle, question->value, 0);
}

static LONG ask_period(HLINE line, const struct agent_question *question, void *structure)
{
    (void)structure;
    return lineSetAgentMeasurementPeriod(line, question->handle, question->value);
}

static LONG ask_info(HLINE line, const struct agent_question *question, void *structure)
{
    return lineGetAgentInfo(line, question->handle, structure);
}

static HRESULT agent_check(struct agent *self, HLINE *line)
{
    return agent_handler_check(self->handler, self->device, IID_HERE, line);
}

static HRESULT agent_set(struct agent *self, const struct agent_question *question,
                         const char *action)
{
    HLINE line;
    HRESULT hr = agent_check(self, &line);

    return FAILED(hr) ? hr
                      : objects_result(agent_ask(self->handler->tapi, line, question, 0, NULL),
                                       IID_HERE, action);
}

/* A part of LINEAGENTINFO. */
static HRESULT agent_figure(struct agent *self, size_t at, void *out, size_t size)
{
    struct agent_question question = {.ask = ask_info, .handle = self->handle};
    void *info;
    HLINE line;
    HRESULT hr;
    LONG error;

    if (!out)
        return com_fail(E_POINTER, IID_HERE, NULL);
    memset(out, 0, size);
    hr = agent_check(self, &line);
    if (FAILED(hr))
        return hr;
    error = agent_ask(self->handler->tapi, line, &question, sizeof(LINEAGENTINFO), &info);
    if (error)
        return objects_result(error, IID_HERE, "The figures of the agent are not known");
    memcpy(out, (const BYTE *)info + at, size);
    free(info);
    return S_OK;
}

/* ---- ITAgent --------------------------------------------------------------------------------- */

#define FIGURE(name, type, member)                                                                 \
    static HRESULT WINAPI agent_get_##name(ITAgent *iface, type *out)                              \
    {                                                                                              \
        return agent_figure(impl_from_ITAgent_iface(iface), offsetof(LINEAGENTINFO, member), out,  \
                            sizeof(*out));                                                         \
    }

FIGURE(MeasurementPeriod, LONG, dwMeasurementPeriod)
FIGURE(OverallCallRate, CURRENCY, cyOverallCallRate)
FIGURE(NumberOfACDCalls, LONG, dwNumberOfACDCalls)
FIGURE(NumberOfIncomingCalls, LONG, dwNumberOfIncomingCalls)
FIGURE(NumberOfOutgoingCalls, LONG, dwNumberOfOutgoingCalls)
FIGURE(TotalACDTalkTime, LONG, dwTotalACDTalkTime)
FIGURE(TotalACDCallTime, LONG, dwTotalACDCallTime)
FIGURE(TotalWrapUpTime, LONG, dwTotalACDWrapUpTime)

static HRESULT WINAPI agent_get_State(ITAgent *iface, AGENT_STATE *out)
{
    DWORD state;
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = agent_figure(impl_from_ITAgent_iface(iface), offsetof(LINEAGENTINFO, dwAgentState), &state,
                      sizeof(state));
    if (SUCCEEDED(hr))
        *out = state_of(state);
    return hr;
}

static HRESULT WINAPI agent_put_State(ITAgent *iface, AGENT_STATE state)
{
    struct agent *self = impl_from_ITAgent_iface(iface);
    struct agent_question question = {.ask = ask_state, .handle = self->handle};

    if ((unsigned)state >= ARRAYSIZE(states))
        return com_fail(E_INVALIDARG, IID_HERE, "%d is no AGENT_STATE.", (int)state);
    question.value = states[state];
    return agent_set(self, &question, "The agent's state was not set");
}

static HRESULT WINAPI agent_put_MeasurementPeriod(ITAgent *iface, LONG period)
{
    struct agent *self = impl_from_ITAgent_iface(iface);
    struct agent_question question = {.ask = ask_period, .handle = self->handle, .value = period};

    if (period < 0)
        return com_fail(E_INVALIDARG, IID_HERE, "A period of %ld seconds cannot be.", period);
    return agent_set(self, &question, "The measurement period was not set");
}

static HRESULT WINAPI agent_get_ID(ITAgent *iface, BSTR *out)
{
    struct agent *self = impl_from_ITAgent_iface(iface);

    AGENT_CHECK_OUT(out);
    if (!self->id)
        return com_fail(TAPI_E_CALLCENTER_NO_AGENT_ID, IID_HERE, NULL);
    *out = SysAllocString(self->id);
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

/* Agents are of the user whose program made them: about-call-center-controls.md. */
static HRESULT WINAPI agent_get_User(ITAgent *iface, BSTR *out)
{
    WCHAR name[257];
    DWORD room = ARRAYSIZE(name);

    (void)iface;
    AGENT_CHECK_OUT(out);
    if (!GetUserNameW(name, &room))
        return com_fail(HRESULT_FROM_WIN32(GetLastError()), IID_HERE,
                        "The name of the user is not known.");
    *out = SysAllocString(name);
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT WINAPI agent_CreateSession(ITAgent *iface, ITACDGroup *group, ITAddress *address,
                                          ITAgentSession **out)
{
    struct agent *self = impl_from_ITAgent_iface(iface);

    AGENT_CHECK_OUT(out);
    return agent_session_create(self, group, address, self->pin, out);
}

static HRESULT WINAPI agent_CreateSessionWithPIN(ITAgent *iface, ITACDGroup *group,
                                                 ITAddress *address, BSTR pin, ITAgentSession **out)
{
    AGENT_CHECK_OUT(out);
    return agent_session_create(impl_from_ITAgent_iface(iface), group, address, pin ? pin : L"",
                                out);
}

static HRESULT WINAPI agent_EnumerateAgentSessions(ITAgent *iface, IEnumAgentSession **out)
{
    struct com_list *list;
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = agent_sessions_list(impl_from_ITAgent_iface(iface), &list);
    return FAILED(hr) ? hr
                      : objects_enumerate(list, &IID_IEnumAgentSession, (void **)out, IID_HERE);
}

static HRESULT WINAPI agent_get_AgentSessions(ITAgent *iface, VARIANT *out)
{
    struct com_list *list;
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = agent_sessions_list(impl_from_ITAgent_iface(iface), &list);
    return FAILED(hr) ? hr : objects_collection(list, out, IID_HERE);
}

static const ITAgentVtbl agent_vtable = {
    COM_DISPATCH_VTABLE(agent),
    agent_EnumerateAgentSessions,
    agent_CreateSession,
    agent_CreateSessionWithPIN,
    agent_get_ID,
    agent_get_User,
    agent_put_State,
    agent_get_State,
    agent_put_MeasurementPeriod,
    agent_get_MeasurementPeriod,
    agent_get_OverallCallRate,
    agent_get_NumberOfACDCalls,
    agent_get_NumberOfIncomingCalls,
    agent_get_NumberOfOutgoingCalls,
    agent_get_TotalACDTalkTime,
    agent_get_TotalACDCallTime,
    agent_get_TotalWrapUpTime,
    agent_get_AgentSessions,
};

/* ---- the object ------------------------------------------------------------------------------ */

static const struct com_interface agent_interfaces[] = {
    COM_INTERFACE(agent, ITAgent_iface, ITAgent),
};

/* Nobody uses the agent: the proxy may forget it. */
static void agent_destroy(struct com_object *object)
{
    struct agent *self = CONTAINING_RECORD(object, struct agent, com), **link;
    struct tapi *tapi = self->handler->tapi;
    HLINE line = agent_handler_line(self->handler, self->device);
    struct request *request;

    AcquireSRWLockExclusive(&tapi->lock);
    for (link = &self->handler->agents; *link && *link != self; link = &(*link)->next)
        ;
    if (*link)
        *link = self->next;
    ReleaseSRWLockExclusive(&tapi->lock);
    request = self->listed && line ? request_begin(tapi) : NULL;
    if (request)
        request_forget(tapi, request,
                       lineSetAgentStateEx(line, self->handle, LINEAGENTSTATEEX_RELEASED, 0));
    if (self->pin)
        SecureZeroMemory(self->pin, wcslen(self->pin) * sizeof(WCHAR));
    free(self->pin);
    free(self->id);
    com_unuse(&self->handler->com);
}

static const struct com_class agent_class = {
    .name = "Agent",
    .interfaces = agent_interfaces,
    .interface_count = ARRAYSIZE(agent_interfaces),
    .destroy = agent_destroy,
};

/* The reply has come. */
static void agent_bind(struct com_object *object, DWORD handle)
{
    struct agent *self = CONTAINING_RECORD(object, struct agent, com);

    AcquireSRWLockExclusive(&self->handler->tapi->lock);
    self->handle = handle;
    self->listed = TRUE;
    self->next = self->handler->agents;
    self->handler->agents = self;
    ReleaseSRWLockExclusive(&self->handler->tapi->lock);
}

HRESULT agent_create(struct agent_handler *handler, const WCHAR *id, const WCHAR *pin,
                     ITAgent **out)
{
    const REFIID iid = &IID_ITAgentHandler;
    struct request *request;
    struct agent *self;
    HLINE line;
    HRESULT hr;
    LONG error;

    hr = agent_handler_check(handler, handler->first, iid, &line);
    if (FAILED(hr))
        return hr;
    self = com_object_create(sizeof(*self), &agent_class, NULL);
    if (!self)
        return com_fail(E_OUTOFMEMORY, iid, NULL);
    self->ITAgent_iface.lpVtbl = (ITAgentVtbl *)&agent_vtable;
    self->handler = handler;
    com_use(&handler->com);
    self->device = handler->first;
    self->id = id ? _wcsdup(id) : NULL;
    self->pin = pin ? _wcsdup(pin) : NULL;
    request = (id && !self->id) || (pin && !self->pin) ? NULL : request_begin(handler->tapi);
    if (!request) {
        com_release(&self->com);
        return com_fail(E_OUTOFMEMORY, iid, NULL);
    }
    request_bind(request, &self->com, agent_bind);
    error =
        request_finish(handler->tapi, request,
                       lineCreateAgentW(line, self->id, self->pin, (HAGENT *)&request->handle[0]));
    if (error || !self->listed) {
        com_release(&self->com);
        return objects_result(error ? error : (LONG)LINEERR_OPERATIONFAILED, iid,
                              "The agent was not created");
    }
    *out = &self->ITAgent_iface;
    return S_OK;
}

struct agent *agent_find(struct agent_handler *handler, HAGENT handle)
{
    struct agent *agent;

    AcquireSRWLockShared(&handler->tapi->lock);
    for (agent = handler->agents; agent; agent = agent->next)
        if (agent->handle == handle && com_try_use(&agent->com))
            break;
    ReleaseSRWLockShared(&handler->tapi->lock);
    return agent;
}

void agent_status(struct agent_handler *handler, HAGENT handle, DWORD status, DWORD state)
{
    struct agent *agent;

    if (!(status & LINEAGENTSTATUSEX_STATE))
        return; /* new agents are not ours, and figures are asked for when they are wanted */
    agent = agent_find(handler, handle);
    if (!agent)
        return; /* another program's */
    com_hand_out(&agent->com);
    EVENT_POST(handler->tapi->dispatcher, TE_AGENT, ITAgentEvent, handler,
               .Agent = &agent->ITAgent_iface, .Event = (AGENT_EVENT)state_of(state));
    com_release(&agent->com);
    com_unuse(&agent->com);
}
