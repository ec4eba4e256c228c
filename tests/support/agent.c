/* agent.c - see agent.h. */
#include "tests/support/agent.h"

#include <stdio.h>
#include <stdlib.h>

#include "tapi32/private.h"

#define NEWEST_API 0x00020002
#define OLDEST_API 0x00010003
#define PORT_BEAT  5 /* ms between looks at a completion port while others are waited for too */

static struct agent *agents;

/* receiving */

struct agent_call *agent_find_call(struct agent *agent, HCALL call)
{
    for (unsigned i = 0; agent && i < agent->call_count; i++)
        if (agent->calls[i].call == call)
            return &agent->calls[i];
    return NULL;
}

/* The record of a call; a new one makes it the agent's current call. */
static struct agent_call *adopt(struct agent *agent, HCALL call)
{
    struct agent_call *found = agent_find_call(agent, call);

    if (found || agent->call_count == AGENT_CALLS)
        return found;
    found = &agent->calls[agent->call_count++];
    memset(found, 0, sizeof *found);
    found->call = call;
    found->number = ++agent->calls_seen;
    found->state = LINECALLSTATE_UNKNOWN;
    agent->call = call;
    return found;
}

static void receive(struct agent *agent, const LINEMESSAGE *message)
{
    struct agent_call *call = NULL;
    unsigned at = agent->message_count;

    if (at == AGENT_MESSAGES) {
        FAIL("%s got more than %d messages", agent->name, AGENT_MESSAGES);
        return;
    }
    agent->messages[at] = *message;
    switch (message->dwMessageID) {
    case LINE_APPNEWCALL:
        call = adopt(agent, (HCALL)message->dwParam2);
        if (call)
            call->privilege = (DWORD)message->dwParam3;
        break;
    case LINE_CALLSTATE:
        call = adopt(agent, (HCALL)(DWORD_PTR)message->hDevice);
        if (call) {
            call->state = (DWORD)message->dwParam1;
            call->state_mode = (DWORD)message->dwParam2;
            if (message->dwParam3)
                call->privilege = (DWORD)message->dwParam3;
        }
        break;
    case LINE_REPLY:
        agent->replies[agent->reply_count].request = (DWORD)message->dwParam1;
        agent->replies[agent->reply_count++].result = (LONG)message->dwParam2;
        break;
    }
    if (!agent_describe(agent, message, agent->text[at], sizeof agent->text[at]))
        agent->text[at][0] = 0;
    agent->message_count++;
}

static struct agent *find_agent(DWORD_PTR instance)
{
    for (struct agent *agent = agents; agent; agent = agent->next)
        if ((DWORD_PTR)agent == instance)
            return agent;
    return NULL;
}

/* Only of AGENT_WINDOW. Messages of the application itself carry no instance; nobody asks for them.
 */
static void CALLBACK window_callback(DWORD device, DWORD message, DWORD_PTR instance,
                                     DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3)
{
    struct agent *agent = find_agent(instance);
    LINEMESSAGE as_queued = {0};

    if (!agent)
        return;
    as_queued.hDevice = device;
    as_queued.dwMessageID = message;
    as_queued.dwCallbackInstance = instance;
    as_queued.dwParam1 = param1;
    as_queued.dwParam2 = param2;
    as_queued.dwParam3 = param3;
    receive(agent, &as_queued);
}

static void read_port(struct agent *agent)
{
    OVERLAPPED *overlapped = NULL;
    ULONG_PTR key;
    DWORD size;

    while (GetQueuedCompletionStatus(agent->wake, &size, &key, &overlapped, 0) && overlapped) {
        receive(agent, (const LINEMESSAGE *)overlapped);
        LocalFree(overlapped); /* the application's to free: lineInitializeEx, completion ports */
        overlapped = NULL;
    }
}

void agents_read(void)
{
    LINEMESSAGE message;

    wait_pumping(NULL, 0);
    for (struct agent *agent = agents; agent; agent = agent->next) {
        if (agent->mode == AGENT_PORT)
            read_port(agent);
        while (agent->mode == AGENT_EVENT && lineGetMessage(agent->app, &message, 0) == 0)
            receive(agent, &message);
    }
}

/* Waits until holds(context), reading every agent's messages; false at the deadline. */
static bool wait_reading(bool (*holds)(void *context), void *context, DWORD deadline)
{
    unsigned long long end = test_clock() + deadline;
    HANDLE events[MAXIMUM_WAIT_OBJECTS];

    for (;;) {
        DWORD count = 0, beat = 1000;
        unsigned long long now;

        agents_read();
        if (holds(context))
            return true;
        now = test_clock();
        if (now >= end)
            return false;
        for (struct agent *agent = agents; agent; agent = agent->next) {
            if (agent->mode == AGENT_EVENT && count < MAXIMUM_WAIT_OBJECTS - 1)
                events[count++] = agent->wake;
            if (agent->mode == AGENT_PORT)
                beat = PORT_BEAT;
        }
        MsgWaitForMultipleObjects(count, events, FALSE,
                                  end - now < beat ? (DWORD)(end - now) : beat, QS_ALLINPUT);
    }
}

/* opening and closing */

static bool initialize(struct agent *agent)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params};
    DWORD version = NEWEST_API;
    LONG result;

    if (agent->mode == AGENT_EVENT)
        params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    if (agent->mode == AGENT_WINDOW)
        params.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
    if (agent->mode == AGENT_PORT) {
        params.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT;
        agent->wake = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
        params.Handles.hCompletionPort = agent->wake;
        params.dwCompletionKey = 1;
    }
    POISON(agent->app);
    POISON(agent->devices);
    result = lineInitializeExA(&agent->app, GetModuleHandleW(NULL),
                               agent->mode == AGENT_WINDOW ? window_callback : NULL, agent->name,
                               &agent->devices, &version, &params);
    if (agent->mode == AGENT_EVENT && result == 0)
        agent->wake = params.Handles.hEvent;
    if (result != 0)
        agent->app = 0;
    return CHECK_EQ(result, 0);
}

static bool has_address(struct agent *agent, DWORD device, DWORD version, const char *extension)
{
    union {
        LINEADDRESSCAPS caps;
        char bytes[8192];
    } buffer;
    const LINEADDRESSCAPS *caps = &buffer.caps;

    memset(&buffer, 0, sizeof buffer);
    buffer.caps.dwTotalSize = sizeof buffer;
    return lineGetAddressCapsA(agent->app, device, 0, version, 0, &buffer.caps) == 0 &&
           caps->dwAddressSize && caps->dwAddressOffset < sizeof buffer &&
           strcmp(buffer.bytes + caps->dwAddressOffset, extension) == 0;
}

/* The voice modes that the device has: asking for others is an error. */
static DWORD media_modes(struct agent *agent)
{
    union {
        LINEDEVCAPS caps;
        char bytes[8192];
    } buffer;

    memset(&buffer, 0, sizeof buffer);
    buffer.caps.dwTotalSize = sizeof buffer;
    CHECK_EQ(lineGetDevCapsA(agent->app, agent->device, agent->api_version, 0, &buffer.caps), 0);
    return buffer.caps.dwMediaModes &
           (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE);
}

static bool open_line(struct agent *agent, const char *extension)
{
    LINEEXTENSIONID id;

    for (agent->device = 0; agent->device < agent->devices; agent->device++) {
        POISON(agent->api_version);
        if (lineNegotiateAPIVersion(agent->app, agent->device, OLDEST_API, NEWEST_API,
                                    &agent->api_version, &id) != 0)
            continue;
        if (!extension || has_address(agent, agent->device, agent->api_version, extension)) {
            LONG result;

            POISON(agent->line);
            result = lineOpenA(
                agent->app, agent->device, &agent->line, agent->api_version, 0, (DWORD_PTR)agent,
                LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR, media_modes(agent), NULL);
            if (result != 0)
                agent->line = 0;
            return CHECK_EQ(result, 0);
        }
    }
    return FAIL("%s: none of the %u line devices has the extension %s", agent->name,
                (unsigned)agent->devices, extension ? extension : "(any)");
}

struct agent *agent_open(const char *name, const char *extension, enum agent_mode mode)
{
    struct agent *agent = calloc(1, sizeof *agent);

    if (!agent) {
        FAIL("memory");
        return NULL;
    }
    agent->name = name;
    agent->mode = mode;
    agent->next = agents;
    agents = agent; /* from here on its messages are read, also while it opens */
    if (initialize(agent) && open_line(agent, extension))
        return agent;
    agent_close(agent);
    return NULL;
}

void agent_close(struct agent *agent)
{
    struct agent **link = &agents;

    if (!agent)
        return;
    while (agent->call_count)
        agent_deallocate(agent, agent->calls[agent->call_count - 1].call);
    if (agent->line)
        CHECK_EQ(lineClose(agent->line), 0);
    if (agent->app)
        CHECK_EQ(lineShutdown(agent->app), 0);
    if (agent->mode == AGENT_PORT && agent->wake) {
        read_port(agent);
        CloseHandle(agent->wake);
    }
    while (*link && *link != agent)
        link = &(*link)->next;
    if (*link)
        *link = agent->next;
    free(agent);
}

static bool nothing_alive(void *context)
{
    struct open_tapi_counters *counters = context;

    POISON(*counters);
    OpenTapiGetCounters(counters);
    return !(counters->apps || counters->lines || counters->phones || counters->calls ||
             counters->requests || counters->handles || counters->providers || counters->messages);
}

void agents_check_leaks(void)
{
    struct open_tapi_counters left;

    while (agents)
        agent_close(agents);
    if (!wait_until(nothing_alive, &left, NULL, WAIT_LONG))
        FAIL("left alive: %u apps, %u lines, %u phones, %u calls, %u requests, %u handles, "
             "%u providers, %u messages",
             (unsigned)left.apps, (unsigned)left.lines, (unsigned)left.phones, (unsigned)left.calls,
             (unsigned)left.requests, (unsigned)left.handles, (unsigned)left.providers,
             (unsigned)left.messages);
}

/* asking */

struct wanted_reply {
    struct agent *agent;
    DWORD request;
    LONG result;
};

static bool has_reply(void *context)
{
    struct wanted_reply *wanted = context;

    for (unsigned i = 0; i < wanted->agent->reply_count; i++)
        if (wanted->agent->replies[i].request == wanted->request) {
            wanted->result = wanted->agent->replies[i].result;
            return true;
        }
    return false;
}

LONG agent_request(struct agent *agent, LONG id, const char *verb)
{
    struct wanted_reply wanted = {agent, (DWORD)id, LINEERR_OPERATIONFAILED};

    if (!agent || id <= 0)
        return id;
    if (agent->request_count < AGENT_MESSAGES) {
        agent->requests[agent->request_count].request = id;
        agent->requests[agent->request_count++].verb = verb;
    }
    if (!wait_reading(has_reply, &wanted, WAIT_LONG))
        FAIL("%s: no LINE_REPLY for %s", agent->name, verb);
    return wanted.result;
}

bool agent_do(struct agent *agent, LONG id, const char *verb)
{
    LONG result = agent_request(agent, id, verb);

    if (!agent)
        return FAIL("%s: there is no agent", verb);
    if (result != 0)
        return FAIL("%s: %s gave 0x%08x", agent->name, verb, (unsigned)result);
    return CHECK(true);
}

/* The call a request made, once its reply has said that there is one. */
static HCALL made_call(struct agent *agent, LONG id, const char *verb)
{
    if (!agent_do(agent, id, verb))
        return 0;
    CHECK(agent->made != 0);
    adopt(agent, agent->made);
    agent->call = agent->made;
    return agent->call;
}

HCALL agent_call(struct agent *agent, const char *number)
{
    if (!agent)
        return 0;
    agent->made = 0;
    return made_call(agent, lineMakeCallA(agent->line, &agent->made, number, 0, NULL), "call");
}

HCALL agent_consult(struct agent *agent)
{
    if (!agent)
        return 0;
    agent->made = 0;
    return made_call(agent, lineSetupTransferA(agent->call, &agent->made, NULL), "consult");
}

bool agent_complete_transfer(struct agent *agent, HCALL call, HCALL consult, DWORD mode,
                             HCALL *conference)
{
    HCALL *to = mode == LINETRANSFERMODE_CONFERENCE && agent ? &agent->made : NULL;

    if (conference)
        *conference = 0;
    if (!agent)
        return false;
    agent->made = 0;
    if (!agent_do(agent, lineCompleteTransfer(call, consult, to, mode), "transfer"))
        return false;
    if (to) {
        adopt(agent, agent->made);
        if (conference)
            *conference = agent->made;
    }
    return true;
}

bool agent_answer(struct agent *agent)
{
    return agent && agent_do(agent, lineAnswer(agent->call, NULL, 0), "answer");
}

bool agent_drop(struct agent *agent)
{
    return agent && agent_do(agent, lineDrop(agent->call, NULL, 0), "drop");
}

bool agent_hold(struct agent *agent)
{
    return agent && agent_do(agent, lineHold(agent->call), "hold");
}

bool agent_unhold(struct agent *agent)
{
    return agent && agent_do(agent, lineUnhold(agent->call), "unhold");
}

bool agent_dial(struct agent *agent, const char *number)
{
    return agent && agent_do(agent, lineDialA(agent->call, number, 0), "dial");
}

bool agent_blind_transfer(struct agent *agent, const char *number)
{
    return agent && agent_do(agent, lineBlindTransferA(agent->call, number, 0), "blindtransfer");
}

bool agent_deallocate(struct agent *agent, HCALL call)
{
    struct agent_call *found = agent_find_call(agent, call);
    LONG result;

    if (!found)
        return FAIL("%s has no such call", agent ? agent->name : "nobody");
    result = lineDeallocateCall(call);
    agent->call_count--;
    memmove(found, found + 1, (size_t)(&agent->calls[agent->call_count] - found) * sizeof *found);
    agent->call = agent->call_count ? agent->calls[agent->call_count - 1].call : 0;
    return CHECK_EQ(result, 0);
}

/* waiting */

struct wanted_state {
    struct agent *agent;
    HCALL call; /* 0: whichever is current */
    DWORD state;
};

static bool has_state(void *context)
{
    struct wanted_state *wanted = context;
    HCALL handle = wanted->call ? wanted->call : wanted->agent->call;
    struct agent_call *call = agent_find_call(wanted->agent, handle);

    for (unsigned i = call ? call->waited_up_to : 0; call && i < wanted->agent->message_count;
         i++) {
        const LINEMESSAGE *message = &wanted->agent->messages[i];

        if (message->dwMessageID == LINE_CALLSTATE && message->dwParam1 == wanted->state &&
            (HCALL)(DWORD_PTR)message->hDevice == handle) {
            call->waited_up_to = i + 1;
            return true;
        }
    }
    return call && call->state == wanted->state;
}

bool agent_wait_call_state(struct agent *agent, HCALL call, DWORD state, DWORD deadline)
{
    struct wanted_state wanted = {agent, call, state};
    LINEMESSAGE asked = {0};
    char text[64];

    if (!agent)
        return FAIL("there is no agent");
    if (wait_reading(has_state, &wanted, deadline))
        return CHECK(true);
    asked.dwMessageID = LINE_CALLSTATE;
    asked.hDevice = (DWORD)(DWORD_PTR)(call ? call : agent->call);
    asked.dwParam1 = state;
    agent_describe(agent, &asked, text, sizeof text);
    for (unsigned i = 0; i < agent->message_count; i++)
        if (agent->text[i][0])
            test_note("%s: %s", agent->name, agent->text[i]);
    return FAIL("%s: \"%s\" did not come", agent->name, text);
}

bool agent_wait_state(struct agent *agent, DWORD state, DWORD deadline)
{
    return agent_wait_call_state(agent, 0, state, deadline);
}

struct wanted_message {
    struct agent *agent;
    DWORD message;
    const LINEMESSAGE *found;
};

static bool has_message(void *context)
{
    struct wanted_message *wanted = context;
    struct agent *agent = wanted->agent;

    for (unsigned i = agent->waited_up_to; i < agent->message_count && !wanted->found; i++)
        if (agent->messages[i].dwMessageID == wanted->message) {
            wanted->found = &agent->messages[i];
            agent->waited_up_to = i + 1;
        }
    return wanted->found != NULL;
}

const LINEMESSAGE *agent_wait_message(struct agent *agent, DWORD message, DWORD deadline)
{
    struct wanted_message wanted = {agent, message, NULL};

    if (!agent || !wait_reading(has_message, &wanted, deadline))
        FAIL("%s: message %u did not come", agent ? agent->name : "nobody", (unsigned)message);
    return wanted.found;
}
