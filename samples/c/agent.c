/* agent.c - an agent of a call centre: logs in at a telephone, takes the queue's calls, logs out.
 *     agent LINE ID PIN [CALLS [WRAPUP]]
 * LINE is the name or the number of the telephone's line, ID and PIN are the agent's. Answers so
 * many CALLS (1), and works so many milliseconds (500) after each before it is ready again.
 * samples/acd is a call centre to try it with. Exit status: 0 it has logged out, 1 the call centre
 * refused, 2 wrong arguments or no call centre serves such a line. */
#include "client.h"

#include <stdlib.h>

static ITAgentHandler *handler;
static ITACDGroup *group;
static ITAddress *line;
static ITAgent *agent;
static ITAgentSession *session;
static ITBasicCallControl *call;
static BOOL working, ended;

/* ---- finding the call centre ----------------------------------------------------------------- */

static ITAddress *usable_address(ITAgentHandler *candidate, const WCHAR *name)
{
    IEnumAddress *all;

    client_check(ITAgentHandler_EnumerateUsableAddresses(candidate, &all), "a call centre's lines");
    return client_line_among(all, name);
}

/* A handler is a call centre's program: it knows the agents, and the lines where they may sit. */
static BOOL find_handler(const char *name)
{
    ITTAPICallCenter *center = client_query(tapi, &id_ITTAPICallCenter);
    BSTR wanted = client_bstr(name), called;
    IEnumAgentHandler *all;

    client_check(ITTAPICallCenter_EnumerateAgentHandlers(center, &all), "the call centres");
    while (!line && IEnumAgentHandler_Next(all, 1, &handler, NULL) == S_OK) {
        line = usable_address(handler, wanted);
        if (!line)
            ITAgentHandler_Release(handler);
    }
    IEnumAgentHandler_Release(all);
    SysFreeString(wanted);
    ITTAPICallCenter_Release(center);
    if (!line) {
        printf("there is no call centre with a line %s\n", name);
        return FALSE;
    }
    client_check(ITAgentHandler_get_Name(handler, &called), "the call centre's name");
    printf("the call centre is %ls\n", called);
    SysFreeString(called);
    return TRUE;
}

/* The proof of who one is, and the telephone, which is in the group from now on. */
static BOOL log_in(const char *id, const char *pin)
{
    BSTR id_text = client_bstr(id), pin_text = client_bstr(pin);
    IEnumACDGroup *groups;
    HRESULT hr;

    client_check(ITAgentHandler_EnumerateACDGroups(handler, &groups), "the groups");
    client_check(IEnumACDGroup_Next(groups, 1, &group, NULL), "a group");
    IEnumACDGroup_Release(groups);
    hr = ITAgentHandler_CreateAgentWithID(handler, id_text, pin_text, &agent);
    if (SUCCEEDED(hr))
        hr = ITAgent_CreateSession(agent, group, line, &session);
    if (FAILED(hr))
        printf("not logged in: %s\n", client_reason(hr));
    SysFreeString(id_text);
    SysFreeString(pin_text);
    return SUCCEEDED(hr);
}

/* ---- what happens ---------------------------------------------------------------------------- */

static void set_state(AGENT_SESSION_STATE state)
{
    client_check(ITAgentSession_put_State(session, state), "the session's state");
}

static void on_call(ITCallNotificationEvent *notification)
{
    ITCallInfo *info;
    BSTR number;

    if (call)
        return; /* one at a time: others ring on */
    client_check(ITCallNotificationEvent_get_Call(notification, &info), "the new call");
    call = client_query(info, &id_ITBasicCallControl);
    number = client_caller(info);
    printf("a call from %ls\n", number);
    SysFreeString(number);
    ITCallInfo_Release(info);
}

static void on_call_state(ITCallStateEvent *changed)
{
    ITBasicCallControl *which;
    ITCallInfo *info;
    CALL_STATE state;

    client_check(ITCallStateEvent_get_State(changed, &state), "the call's state");
    client_check(ITCallStateEvent_get_Call(changed, &info), "the call");
    which = client_query(info, &id_ITBasicCallControl);
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(which); /* only compared */
    if (which != call)
        return;
    if (state == CS_OFFERING) {
        client_check(ITBasicCallControl_Answer(call), "answering");
    } else if (state == CS_CONNECTED) {
        set_state(ASST_BUSY_WRAPUP); /* as soon as this call is over */
    } else if (state == CS_DISCONNECTED) {
        printf("the call is over\n");
        ITBasicCallControl_Release(call); /* the last reference: the telephone is free */
        call = NULL;
    }
}

static void on_session(ITAgentSessionEvent *changed)
{
    static const char *const names[] = {
        "logged in", "not ready", "ready", "busy", "working after the call", "logged out"};
    AGENT_SESSION_EVENT happened;

    client_check(ITAgentSessionEvent_get_Event(changed, &happened), "the session");
    if ((unsigned)happened < sizeof(names) / sizeof(*names))
        printf("%s\n", names[happened]);
    if (happened == ASE_WRAPUP)
        working = TRUE;
    if (happened == ASE_END)
        ended = TRUE;
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    IUnknown *it = NULL;

    if (kind == TE_CALLNOTIFICATION) {
        it = client_query(event, &id_ITCallNotificationEvent);
        on_call((ITCallNotificationEvent *)it);
    } else if (kind == TE_CALLSTATE) {
        it = client_query(event, &id_ITCallStateEvent);
        on_call_state((ITCallStateEvent *)it);
    } else if (kind == TE_AGENTSESSION) {
        it = client_query(event, &id_ITAgentSessionEvent);
        on_session((ITAgentSessionEvent *)it);
    }
    if (it)
        IUnknown_Release(it);
}

/* ---- figures --------------------------------------------------------------------------------- */

static void print_session(void)
{
    LONG count = 0, talk = 0, work = 0;

    ITAgentSession_get_NumberOfCalls(session, &count);
    ITAgentSession_get_TotalTalkTime(session, &talk);
    ITAgentSession_get_TotalWrapUpTime(session, &work);
    printf("%ld calls, %ld s of talk, %ld s of work after calls\n", count, talk, work);
}

static void print_queues(void)
{
    IEnumQueue *all;
    ITQueue *queue;

    client_check(ITACDGroup_EnumerateQueues(group, &all), "the queues");
    while (IEnumQueue_Next(all, 1, &queue, NULL) == S_OK) {
        LONG came = 0, wait = 0, gave_up = 0;
        BSTR name = NULL;

        ITQueue_get_Name(queue, &name);
        ITQueue_get_TotalCallsQueued(queue, &came);
        ITQueue_get_CurrentCallsQueued(queue, &wait);
        ITQueue_get_TotalCallsAbandoned(queue, &gave_up);
        printf("queue %ls: %ld calls came, %ld wait, %ld gave up\n", name, came, wait, gave_up);
        SysFreeString(name);
        ITQueue_Release(queue);
    }
    IEnumQueue_Release(all);
}

/* ---- the program ----------------------------------------------------------------------------- */

static void work(int calls, DWORD wrap_up)
{
    set_state(ASST_READY);
    while (calls > 0) {
        client_pump_one();
        if (!working)
            continue;
        client_pump(wrap_up);
        working = FALSE;
        calls--;
        set_state(calls > 0 ? ASST_READY : ASST_NOT_READY);
    }
    print_session();
    print_queues();
    set_state(ASST_SESSION_ENDED);
    while (!ended)
        client_pump_one();
}

/* In reverse order; what was not there yet is NULL. */
static void release_all(void)
{
    IUnknown *const all[] = {(IUnknown *)call,  (IUnknown *)session, (IUnknown *)agent,
                             (IUnknown *)group, (IUnknown *)line,    (IUnknown *)handler};

    for (unsigned i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (all[i])
            IUnknown_Release(all[i]);
}

int main(int argc, char **argv)
{
    LONG registration;
    int status = 1;

    if (argc < 4) {
        printf("usage: agent LINE ID PIN [CALLS [WRAPUP]]\n");
        return 2;
    }
    client_start(TE_CALLNOTIFICATION | TE_CALLSTATE | TE_AGENTSESSION, on_event);
    if (!find_handler(argv[1])) {
        client_finish();
        return 2;
    }
    registration = client_register(line, TRUE);
    if (log_in(argv[2], argv[3])) {
        work(argc > 4 ? atoi(argv[4]) : 1, (DWORD)(argc > 5 ? atoi(argv[5]) : 500));
        status = 0;
    }
    ITTAPI_UnregisterNotifications(tapi, registration);
    release_all();
    client_finish();
    return status;
}
