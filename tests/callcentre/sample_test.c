/* sample_test.c - the sample ACD (samples/acd) serves a queue of the exchange; here is what an
 * agent's program and a supervisor's see of it. Both applications live in this process. */
#include <process.h>
#include <stdio.h>

#include "samples/acd/acd.h"
#include "tapi32/private.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"
#include "tests/tapi2/exchange.h"

#define VERSION  0x00020002
#define MESSAGES 512

static HLINEAPP app;
static HLINE queue, line[2]; /* of agents 101 and 102 */
static DWORD queue_id;
static LINEMESSAGE message[MESSAGES];
static bool taken[MESSAGES];
static unsigned messages;
static HANDLE acd_thread;
static LONG acd_calls, acd_result;

/* ---- the agent's program ---- */

/* The first message not yet taken that is this one, with that param2 where it is not 0; waits. */
static LINEMESSAGE *until(DWORD id, DWORD_PTR device, DWORD_PTR param1, DWORD_PTR param2)
{
    for (unsigned i = 0;; i++) {
        if (i == messages) {
            REQUIRE(messages < MESSAGES);
            REQUIRE_EQ(lineGetMessage(app, &message[messages], WAIT_LONG), 0);
            messages++;
        }
        if (!taken[i] && message[i].dwMessageID == id &&
            (!device || message[i].hDevice == device) &&
            (!param1 || message[i].dwParam1 == param1) &&
            (!param2 || message[i].dwParam2 == param2)) {
            taken[i] = true;
            return &message[i];
        }
    }
}

/* The result of a request. */
static LONG done(LONG request)
{
    return request <= 0 ? request : (LONG)until(LINE_REPLY, 0, (DWORD_PTR)request, 0)->dwParam2;
}

static unsigned __stdcall run_acd(void *context)
{
    static const char *const seats[] = {"101", "102"};

    (void)context;
    acd_result = acd_run("800", seats, 2, acd_calls);
    return 0;
}

static HLINE open_line(const char *number, DWORD privileges, DWORD *device)
{
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE opened = 0;
    union {
        LINEADDRESSCAPS caps;
        char bytes[4096];
    } out;

    for (*device = 0; *device < 16; ++*device) {
        out.caps.dwTotalSize = sizeof out;
        if (lineNegotiateAPIVersion(app, *device, VERSION, VERSION, &version, &extension) ||
            lineGetAddressCapsA(app, *device, 0, VERSION, 0, &out.caps) ||
            strcmp(out.bytes + out.caps.dwAddressOffset, number))
            continue;
        CHECK_EQ(lineOpenA(app, *device, &opened, VERSION, 0, 0, privileges,
                           LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
                 0);
        break;
    }
    REQUIRE(opened != 0);
    return opened;
}

/* Both applications, the second one ready to ask the first. */
static void start(LONG calls)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = VERSION, device;

    messages = 0;
    memset(taken, 0, sizeof taken);
    exchange_reset();
    REQUIRE_EQ(lineInitializeExA(&app, NULL, NULL, "agent", &devices, &version, &params), 0);
    queue = open_line("800", LINECALLPRIVILEGE_MONITOR, &queue_id);
    line[0] = open_line("101", LINECALLPRIVILEGE_OWNER, &device);
    line[1] = open_line("102", LINECALLPRIVILEGE_OWNER, &device);
    acd_calls = calls;
    acd_thread = (HANDLE)_beginthreadex(NULL, 0, run_acd, NULL, 0, NULL);
    REQUIRE(acd_thread != NULL);
    until(LINE_PROXYSTATUS, queue, LINEPROXYSTATUS_ALLOPENFORACD, 0);
    for (unsigned i = 0; i < 2; i++)
        until(LINE_PROXYSTATUS, line[i], LINEPROXYSTATUS_OPEN, LINEPROXYREQUEST_GETAGENTGROUPLIST);
}

/* The sample has seen all its calls and has ended by itself. */
static void finish(void)
{
    struct open_tapi_counters counters;

    CHECK(wait_handle(acd_thread, WAIT_LONG));
    CloseHandle(acd_thread);
    acd_thread = NULL;
    CHECK_EQ(acd_result, 0);
    CHECK_EQ(lineShutdown(app), 0);
    exchange_release();
    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps, 0);
    CHECK_EQ(counters.lines, 0);
    CHECK_EQ(counters.calls, 0);
    CHECK_EQ(counters.requests, 0);
    CHECK_EQ(counters.handles, 0);
}

static HCALL offered(HLINE at)
{
    HCALL call = (HCALL)until(LINE_APPNEWCALL, at, 0, 0)->dwParam2;

    until(LINE_CALLSTATE, call, LINECALLSTATE_OFFERING, 0);
    return call;
}

static LINEQUEUEINFO queue_info(void)
{
    LINEQUEUEINFO info = {.dwTotalSize = sizeof info};

    CHECK_EQ(done(lineGetQueueInfo(queue, queue_id, &info)), 0);
    return info;
}

/* ---- the tests ---- */

TEST(sessions_of_agents_are_given_calls)
{
    HAGENT agent = 0;
    HAGENTSESSION session = 0;
    union {
        LINEAGENTGROUPLIST groups;
        LINEQUEUELIST queues;
        LINEAGENTSESSIONLIST sessions;
        char bytes[512];
    } out;
    LINEAGENTINFO info = {.dwTotalSize = sizeof info};
    LINEAGENTSESSIONINFO about = {.dwTotalSize = sizeof about};
    GUID group;

    start(2);
    out.groups.dwTotalSize = sizeof out;
    REQUIRE_EQ(done(lineGetGroupListA(queue, &out.groups)), 0);
    REQUIRE_EQ(out.groups.dwNumEntries, 1);
    memcpy(&group, out.bytes + out.groups.dwListOffset, sizeof group);
    out.queues.dwTotalSize = sizeof out;
    REQUIRE_EQ(done(lineGetQueueListA(queue, &group, &out.queues)), 0);
    REQUIRE_EQ(out.queues.dwNumEntries, 1);
    const LINEQUEUEENTRY *entry = (LINEQUEUEENTRY *)(out.bytes + out.queues.dwListOffset);
    CHECK_EQ(entry->dwQueueID, queue_id);
    CHECK_STR(out.bytes + entry->dwNameOffset, "800");

    CHECK_EQ(done(lineCreateAgentA(queue, (char *)"7001", (char *)"12", &agent)), 0);
    until(LINE_AGENTSTATUSEX, queue, agent, LINEAGENTSTATUSEX_NEWAGENT);
    CHECK_EQ(done(lineCreateAgentSessionA(queue, agent, (char *)"wrong", 0, &group, &session)),
             LINEERR_INVALAGENTID);
    CHECK_EQ(done(lineCreateAgentSessionA(queue, agent, (char *)"12", 9, &group, &session)),
             LINEERR_INVALADDRESSID);
    CHECK_EQ(done(lineCreateAgentSessionA(queue, agent, (char *)"12", 0, &group, &session)), 0);
    until(LINE_AGENTSESSIONSTATUS, queue, session, LINEAGENTSESSIONSTATUS_NEWSESSION);
    CHECK_EQ(done(lineSetAgentSessionState(queue, session, LINEAGENTSESSIONSTATE_BUSYONCALL, 0)),
             LINEERR_INVALAGENTSESSIONSTATE);
    CHECK_EQ(done(lineSetAgentMeasurementPeriod(queue, agent, 3600)), 0);
    out.sessions.dwTotalSize = sizeof out;
    CHECK_EQ(done(lineGetAgentSessionList(queue, agent, &out.sessions)), 0);
    CHECK_EQ(out.sessions.dwNumEntries, 1);

    /* The call waits until somebody is ready; then she has it. */
    LONG visitor = exchange_do(L"Inject", "sss", L"5559876", L"Visitor", L"800");
    until(LINE_QUEUESTATUS, queue, queue_id, LINEQUEUESTATUS_UPDATEINFO);
    CHECK_EQ(queue_info().dwCurrentCallsQueued, 1);
    CHECK_EQ(done(lineSetAgentSessionState(queue, session, LINEAGENTSESSIONSTATE_READY,
                                           LINEAGENTSESSIONSTATE_BUSYWRAPUP)),
             0);
    HCALL call = offered(line[0]);
    LINEMESSAGE *busy = until(LINE_AGENTSTATUSEX, queue, agent, LINEAGENTSTATUSEX_STATE);
    while (busy->dwParam3 != LINEAGENTSTATEEX_BUSYACD)
        busy = until(LINE_AGENTSTATUSEX, queue, agent, LINEAGENTSTATUSEX_STATE);
    CHECK_EQ(done(lineAnswer(call, NULL, 0)), 0);
    until(LINE_CALLSTATE, call, LINECALLSTATE_CONNECTED, 0);
    CHECK_EQ(done(lineGetAgentInfo(queue, agent, &info)), 0);
    CHECK_EQ(info.dwAgentState, LINEAGENTSTATEEX_BUSYACD);
    CHECK_EQ(info.dwMeasurementPeriod, 3600);
    CHECK_EQ(info.dwNumberOfACDCalls, 1);
    CHECK_EQ(queue_info().dwCurrentCallsQueued, 0);
    CHECK_EQ(queue_info().dwTotalCallsFlowedOut, 1);

    /* The call's end brings the state that she asked for. */
    exchange_do(L"Hangup", "i", visitor);
    until(LINE_CALLSTATE, call, LINECALLSTATE_DISCONNECTED, 0);
    CHECK_EQ(done(lineDrop(call, NULL, 0)), 0);
    LINEMESSAGE *wrap =
        until(LINE_AGENTSESSIONSTATUS, queue, session, LINEAGENTSESSIONSTATUS_STATE);
    while (wrap->dwParam3 != LINEAGENTSESSIONSTATE_BUSYWRAPUP)
        wrap = until(LINE_AGENTSESSIONSTATUS, queue, session, LINEAGENTSESSIONSTATUS_STATE);
    CHECK_EQ(lineDeallocateCall(call), 0);
    CHECK_EQ(done(lineGetAgentSessionInfo(queue, session, &about)), 0);
    CHECK_EQ(about.dwAgentSessionState, LINEAGENTSESSIONSTATE_BUSYWRAPUP);
    CHECK_EQ(about.dwNumberOfCalls, 1);
    CHECK(about.dateSessionStartTime > 36526.0);

    /* Nobody is ready: the next one waits, and gives up. */
    visitor = exchange_do(L"Inject", "sss", L"5559877", L"Impatient", L"800");
    while (queue_info().dwCurrentCallsQueued != 1)
        until(LINE_QUEUESTATUS, queue, queue_id, LINEQUEUESTATUS_UPDATEINFO);
    CHECK_EQ(done(lineSetAgentSessionState(queue, session, LINEAGENTSESSIONSTATE_ENDED, 0)), 0);
    exchange_do(L"Hangup", "i", visitor);
    finish();
}

TEST(telephones_of_tapi_2_0)
{
    union {
        LINEAGENTGROUPLIST groups;
        LINEAGENTACTIVITYLIST activities;
        LINEAGENTSTATUS status;
        LINEAGENTCAPS caps;
        char bytes[512];
    } out;
    DWORD count = 0;

    start(1);
    out.caps.dwTotalSize = sizeof out;
    CHECK_EQ(done(lineGetAgentCapsA(app, queue_id, 0, VERSION, &out.caps)), 0);
    CHECK_STR(out.bytes + out.caps.dwAgentHandlerInfoOffset, "Sample ACD");
    CHECK_EQ(done(lineSetAgentState(line[1], 0, LINEAGENTSTATE_READY, 0)),
             LINEERR_INVALAGENTSTATE); /* not logged in */
    out.groups.dwTotalSize = sizeof out;
    REQUIRE_EQ(done(lineGetAgentGroupListA(line[1], 0, &out.groups)), 0);
    REQUIRE_EQ(out.groups.dwNumEntries, 1);
    CHECK_EQ(done(lineSetAgentGroup(line[1], 0, &out.groups)), 0);
    until(LINE_AGENTSTATUS, line[1], 0, LINEAGENTSTATUS_GROUP);
    CHECK_EQ(until(LINE_AGENTSTATUS, line[1], 0, LINEAGENTSTATUS_STATE)->dwParam3,
             LINEAGENTSTATE_NOTREADY);
    out.activities.dwTotalSize = sizeof out;
    CHECK_EQ(done(lineGetAgentActivityListA(line[1], 0, &out.activities)), 0);
    CHECK_EQ(out.activities.dwNumEntries, ACD_ACTIVITIES);
    CHECK_EQ(done(lineSetAgentActivity(line[1], 0, 99)), LINEERR_INVALAGENTACTIVITY);
    CHECK_EQ(done(lineSetAgentActivity(line[1], 0, 2)), 0);
    CHECK_EQ(done(lineSetAgentState(line[1], 0, LINEAGENTSTATE_READY, 0)), 0);
    out.status.dwTotalSize = sizeof out;
    CHECK_EQ(done(lineGetAgentStatusA(line[1], 0, &out.status)), 0);
    CHECK_EQ(out.status.dwState, LINEAGENTSTATE_READY);
    CHECK_EQ(out.status.dwNumEntries, 1);
    CHECK_STR(out.bytes + out.status.dwActivityOffset, "Mail");

    LONG visitor = exchange_do(L"Inject", "sss", L"5559876", L"Visitor", L"800");
    HCALL call = offered(line[1]);
    CHECK_EQ(done(lineAnswer(call, NULL, 0)), 0);
    CHECK_EQ(done(lineAgentSpecific(line[1], 0, 0, &count, sizeof count)), 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(until(LINE_AGENTSPECIFIC, line[1], 0, 1)->dwParam1, 0);
    exchange_do(L"Hangup", "i", visitor);
    until(LINE_CALLSTATE, call, LINECALLSTATE_DISCONNECTED, 0);
    CHECK_EQ(done(lineDrop(call, NULL, 0)), 0);
    CHECK_EQ(lineDeallocateCall(call), 0);
    finish();
}

/* What the exchange's special extensions say of themselves. */
TEST(queues_route_points_and_groups_as_lines)
{
    static const struct {
        const char *number;
        DWORD flag;
    } kinds[] = {
        {"800", LINEADDRCAPFLAGS_QUEUE},
        {"810", LINEADDRCAPFLAGS_ROUTEPOINT},
        {"820", LINEADDRCAPFLAGS_ACDGROUP},
        {"101", 0},
    };
    const DWORD all =
        LINEADDRCAPFLAGS_QUEUE | LINEADDRCAPFLAGS_ROUTEPOINT | (DWORD)LINEADDRCAPFLAGS_ACDGROUP;
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = VERSION, device;
    HCALL call = 0;

    messages = 0;
    memset(taken, 0, sizeof taken);
    exchange_reset();
    REQUIRE_EQ(lineInitializeExA(&app, NULL, NULL, "agent", &devices, &version, &params), 0);
    for (unsigned i = 0; i < ARRAYSIZE(kinds); i++) {
        union {
            LINEADDRESSCAPS caps;
            char bytes[4096];
        } out = {.caps.dwTotalSize = sizeof out};
        HLINE opened = open_line(kinds[i].number, LINECALLPRIVILEGE_OWNER, &device);

        CHECK_EQ(lineGetAddressCapsA(app, device, 0, VERSION, 0, &out.caps), 0);
        CHECK_EQ(out.caps.dwAddrCapFlags & all, kinds[i].flag);
        CHECK_EQ(out.caps.dwCallFeatures & (LINECALLFEATURE_ANSWER | LINECALLFEATURE_REDIRECT),
                 kinds[i].flag ? LINECALLFEATURE_REDIRECT
                               : LINECALLFEATURE_ANSWER | LINECALLFEATURE_REDIRECT);
        if (kinds[i].flag) {
            CHECK(out.caps.dwMaxNumActiveCalls > 1);
            CHECK_EQ(done(lineMakeCallA(opened, &call, "101", 0, NULL)), LINEERR_OPERATIONUNAVAIL);
        }
    }
    HLINE point = open_line("810", LINECALLPRIVILEGE_OWNER, &device);
    exchange_do(L"Inject", "sss", L"5559876", L"Visitor", L"810");
    call = offered(point);
    LINECALLINFO info = {.dwTotalSize = sizeof info};
    CHECK_EQ(lineGetCallInfoA(call, &info), 0);
    CHECK_EQ(info.dwCallTreatment, LINECALLTREATMENT_SILENCE);
    CHECK_EQ(done(lineAnswer(call, NULL, 0)), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(done(lineSetCallTreatment(call, LINECALLTREATMENT_MUSIC)), 0);
    CHECK_EQ(done(lineRedirectA(call, "800", 0)), 0);
    until(LINE_CALLSTATE, call, LINECALLSTATE_IDLE, 0);
    CHECK_EQ(lineDeallocateCall(call), 0);
    CHECK_EQ(lineShutdown(app), 0);
    exchange_release();
}

/* ---- the program ---- */

static DWORD run_program(const char *line)
{
    STARTUPINFOA info = {.cb = sizeof info};
    PROCESS_INFORMATION process;
    char command[200];

    snprintf(command, sizeof command, "sample_acd.exe %s", line);
    REQUIRE(wait_start(command, false, 0, &info, &process));
    return wait_end(command, &process);
}

TEST(the_program_says_what_it_misses)
{
    CHECK_EQ(run_program(""), 2);
    CHECK_EQ(run_program("800"), 2);
    CHECK_EQ(run_program("-n 1 800"), 2);
    CHECK_EQ(run_program("nobody 101"), 2);
    CHECK_EQ(run_program("800 nobody"), 2);
    CHECK_EQ(run_program("-n 0 800 101"), 0);
}
