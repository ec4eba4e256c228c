/* agents_test.c - tapictl's list of groups, queues and agents, with somebody there to answer: the
 * sample ACD (samples/acd), in this process. */
#include "tests/support/test.h"
#include "tests/support/wait.h"

#include <process.h>
#include <string.h>

#include "tools/tapictl/commands.h"

/* samples/acd/acd.h, whose names are not tapictl's. */
LONG acd_run(const char *queue, const char *const *seats, unsigned count, LONG calls);

static struct session session;
static HLINE queue, seat;
static HANDLE acd_thread;
static char out[65536];
static size_t used;

static void put_out(void *context, const char *text, size_t length)
{
    (void)context;
    REQUIRE(used + length < sizeof out);
    memcpy(out + used, text, length);
    out[used += length] = 0;
}

static const char *listed(const char *kind, enum writer_style style)
{
    used = 0;
    writer_start(&session.writer, style, put_out, NULL);
    writer_object(&session.writer, NULL, NULL);
    list_call_centre(&session, kind);
    writer_end(&session.writer);
    return out;
}

static HLINE open_line(const char *name)
{
    DWORD device;
    HLINE line = 0;

    if (CHECK(session_find(&session, name, &device)))
        line = session_open(&session, device, LINECALLPRIVILEGE_MONITOR);
    CHECK(line != 0);
    return line;
}

static unsigned __stdcall run_acd(void *context)
{
    static const char *const seats[] = {"101"};

    (void)context;
    acd_run("800", seats, 1, 1);
    return 0;
}

/* Reads messages until this one came. */
static bool until(DWORD id, DWORD device, DWORD_PTR p1, DWORD_PTR p2)
{
    LINEMESSAGE message;

    while (session_next(&session, &message, WAIT_LONG))
        if (message.dwMessageID == id && message.hDevice == device && message.dwParam1 == p1 &&
            (!p2 || message.dwParam2 == p2))
            return true;
    return false;
}

/* Both lines open, the ACD at work. */
static void start(void)
{
    REQUIRE(session_start(&session, false));
    session.quiet = true;
    queue = open_line("800");
    seat = open_line("101");
    acd_thread = (HANDLE)_beginthreadex(NULL, 0, run_acd, NULL, 0, NULL);
    REQUIRE(acd_thread != NULL);
    CHECK(until(LINE_PROXYSTATUS, queue, LINEPROXYSTATUS_ALLOPENFORACD, 0));
    CHECK(until(LINE_PROXYSTATUS, seat, LINEPROXYSTATUS_OPEN, LINEPROXYREQUEST_GETAGENTGROUPLIST));
}

/* The ACD serves one call: somebody who calls the queue and gives up. */
static void end(void)
{
    DWORD device;
    HLINE line = 0;
    HCALL call = 0;
    LONG request;

    REQUIRE(session_find(&session, "102", &device));
    line = session_open(&session, device, LINECALLPRIVILEGE_OWNER);
    request = lineMakeCallA(line, &call, "800", 0, NULL);
    CHECK(request > 0 && session_reply(&session, request, 10) == 0);
    CHECK(until(LINE_CALLSTATE, (DWORD)call, LINECALLSTATE_RINGBACK, 0));
    request = lineDrop(call, NULL, 0);
    CHECK(request > 0 && session_reply(&session, request, 10) == 0);
    CHECK(wait_handle(acd_thread, WAIT_LONG));
    CloseHandle(acd_thread);
    session_end(&session);
}

static void check_in_order(int line, const char *const *texts)
{
    const char *at = out;

    for (; *texts; texts++) {
        const char *found = strstr(at, *texts);

        if (!found) {
            FAIL("line %d: \"%s\" is not there: %s", line, *texts, out);
            return;
        }
        at = found + strlen(*texts);
    }
}
#define CHECK_LISTED(...) check_in_order(__LINE__, (const char *const[]){__VA_ARGS__, NULL})

#define NOBODY "LINEERR_OPERATIONUNAVAIL: no application answers such requests on this line"

TEST(groups_queues_and_agents_as_the_proxies_tell_them)
{
    start();
    listed("groups", WRITER_TEXT);
    CHECK_LISTED("line 0: Alice\n", "proxy requests: setagentgroup, setagentstate", NOBODY,
                 "line 2: Sales\n", "createagent", "groups\n", "group 0\n", "group ID: {",
                 "name: 800\n", "line 3: Main\n", "proxy requests: none", NOBODY);
    listed("groups", WRITER_JSON);
    CHECK_LISTED("{\"lines\":[{\"deviceID\":0,\"lineName\":\"Alice\"",
                 "\"groups\":\"LINEERR_OPERATIONUNAVAIL", "{\"deviceID\":2", "\"groupList\":[{",
                 "\"name\":\"800\"}]}");
    listed("queues", WRITER_TEXT);
    CHECK_LISTED("line 2: Sales\n", "group\n", "queue\n", "queue ID: 2\n", "name: 800\n", "info\n",
                 "total calls queued: 0\n", "final disposition: ");
    listed("queues", WRITER_JSON);
    CHECK_LISTED("\"groups\":[{\"name\":\"800\",\"queues\":[{\"queueID\":2,\"name\":\"800\",",
                 "\"info\":{\"measurementPeriod\":0,", "\"finalDisposition\":0}}]}]");
    listed("agents", WRITER_TEXT);
    CHECK_LISTED("line 0: Alice\n", "address 0\n", "agent caps\n", "features: setagentgroup",
                 "states: loggedoff", "agent status\n", "state: loggedoff\n",
                 "valid states: ", "activities\n", "activity 0\n", "line 1: Bob\n", NOBODY);
    listed("agents", WRITER_JSON);
    CHECK_LISTED("\"addresses\":[{\"agentCaps\":{", "\"agentStatus\":{", "\"state\":\"loggedoff\"",
                 "\"activityList\":[{\"id\":1,\"name\":");
    CHECK(!session.failed);
    end();
}
