/*
 * tandem_test.c - a call recorder on tandem.tsp: it opens every station of a switch as they are
 * found, watches the calls of other people, and sees stations go; and a program that owns one.
 */
#include <windows.h>
#include <tapi.h>

#include "tests/strangers/tandem.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define VERSION 0x00020002

static HLINEAPP app;
static struct tandem *tandem;
static HLINE lines[TANDEM_MOST];
static DWORD opened;

/* The test holds the module too, to look at it after TAPI has gone. */
static void *export(const char *name)
{
    static HMODULE module;
    FARPROC function;

    if (!module)
        module = LoadLibraryA("tandem.tsp");
    function = module ? GetProcAddress(module, name) : NULL;

    REQUIRE(function != NULL);
    return (void *)function;
}

static void act(const char *name, DWORD station)
{
    ((tandem_act *)export(name))(station);
}

struct value {
    const volatile LONG *at;
    LONG wanted;
};

static bool has_value(void *context)
{
    const struct value *value = context;

    return *value->at == value->wanted;
}

/* What TAPI tidies up after a function it may do on a thread of its own. */
#define COMES(what_, wanted_)                                                                      \
    CHECK(wait_until(has_value, &(struct value){&(what_), (wanted_)}, NULL, WAIT_LONG))

static HLINEAPP program(const char *name, DWORD *devices)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = VERSION;
    HLINEAPP made = 0;

    REQUIRE_EQ(lineInitializeExA(&made, NULL, NULL, name, devices, &version, &params), 0);
    return made;
}

static void watch(DWORD device)
{
    LINEEXTENSIONID extension;
    DWORD version;

    REQUIRE(device < TANDEM_MOST);
    CHECK(!lines[device]); /* each is announced once */
    CHECK_EQ(lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension), 0);
    CHECK_EQ(lineOpen(app, device, &lines[device], VERSION, 0, device, LINECALLPRIVILEGE_MONITOR, 0,
                      NULL),
             0);
    opened++;
}

static LINEMESSAGE next_of(HLINEAPP who, DWORD kind)
{
    LINEMESSAGE message;

    POISON(message);
    CHECK_EQ(lineGetMessage(who, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, kind);
    return message;
}
#define next(kind) next_of(app, kind)

static void watch_until(DWORD count)
{
    while (opened < count) {
        LINEMESSAGE message = next(LINE_CREATE);

        if (message.dwMessageID != LINE_CREATE)
            return;
        watch((DWORD)message.dwParam1);
    }
}

static void start(void)
{
    DWORD devices;

    memset(lines, 0, sizeof(lines));
    opened = 0;
    app = program("Recorder", &devices);
    tandem = ((tandem_control *)export("TandemControl"))();
    tandem->drops = tandem->old_drops = 0;
    for (DWORD i = 0; i < devices; i++)
        watch(i);
    watch_until(TANDEM_FIRST + TANDEM_EARLY);
}

TEST_AFTER
{
    if (app)
        CHECK_EQ(lineShutdown(app), 0);
    app = 0;
    if (tandem) {
        CHECK_EQ(tandem->trouble, 0);
        tandem->trouble = 0;
        CHECK_EQ(tandem->open_lines, 0);
        CHECK_EQ(tandem->calls, 0);
        CHECK_EQ(tandem->old_drops, 0); /* tspi-lineDropOnClose.md, tspi-lineDropNoOwner.md */
    }
    tandem = NULL;
}

static HCALL connected(HLINEAPP who, DWORD privilege)
{
    LINEMESSAGE message = next_of(who, LINE_APPNEWCALL);

    CHECK_EQ(message.dwParam3, privilege);
    CHECK_EQ(next_of(who, LINE_CALLSTATE).dwParam1, LINECALLSTATE_CONNECTED);
    return (HCALL)message.dwParam2;
}

static void check_info(HCALL call, DWORD id, DWORD related, const char *party, DWORD owners)
{
    struct {
        LINECALLINFO info;
        BYTE room[512];
    } got = {.info = {.dwTotalSize = sizeof(got)}};

    CHECK_EQ(lineGetCallInfoA(call, &got.info), 0);
    CHECK_EQ(got.info.dwCallID, id);
    CHECK_EQ(got.info.dwRelatedCallID, related);
    CHECK_EQ(got.info.dwNumOwners, owners);
    CHECK_EQ(got.info.dwNumMonitors, 1);
    CHECK_STR((char *)&got + got.info.dwConnectedIDOffset, party);
}

TEST(stations_are_found)
{
    start();
    CHECK_EQ(tandem->stations, TANDEM_FIRST + TANDEM_EARLY);
    act("TandemFind", 0);
    watch_until(TANDEM_MOST);
    CHECK_EQ(tandem->open_lines, TANDEM_MOST);
}

TEST(other_people_talk)
{
    HCALL first, bridged;

    start();
    act("TandemTalk", 3);
    first = connected(app, LINECALLPRIVILEGE_MONITOR);
    bridged = connected(app, LINECALLPRIVILEGE_MONITOR);
    check_info(first, 0x7003, 0, "5550001", 0);
    check_info(bridged, 0x7003, 0, "5550001", 0);
    CHECK_EQ(lineDrop(first, NULL, 0), LINEERR_NOTOWNER);
    act("TandemTransfer", 3);
    CHECK_EQ(next(LINE_CALLINFO).dwParam1, LINECALLINFOSTATE_CONNECTEDID |
                                               LINECALLINFOSTATE_CALLID |
                                               LINECALLINFOSTATE_RELATEDCALLID);
    check_info(first, 0x7103, 0x7003, "5550002", 0);
    act("TandemEnd", 3);
    CHECK_EQ(next(LINE_CALLSTATE).dwParam1, LINECALLSTATE_IDLE);
    CHECK_EQ(next(LINE_CALLSTATE).dwParam1, LINECALLSTATE_IDLE);
    CHECK_EQ(tandem->calls, 2);
    CHECK_EQ(lineDeallocateCall(first), 0);
    COMES(tandem->calls, 1);
    CHECK_EQ(lineDeallocateCall(bridged), 0);
    COMES(tandem->calls, 0);
    CHECK_EQ(tandem->drops, 0);
}

/* termination-of-asynchronous-operations.md: dropped for its owner, closed after its last monitor.
 */
TEST(the_owner_goes_and_a_monitor_stays)
{
    DWORD devices;
    HLINEAPP other;
    HLINE line;
    HCALL seen;

    start();
    other = program("Agent", &devices);
    CHECK_EQ(devices, TANDEM_FIRST + TANDEM_EARLY);
    REQUIRE_EQ(lineOpen(other, 8, &line, VERSION, 0, 0, LINECALLPRIVILEGE_OWNER,
                        LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
               0);
    act("TandemTalk", 8);
    connected(other, LINECALLPRIVILEGE_OWNER);
    seen = connected(app, LINECALLPRIVILEGE_MONITOR);
    connected(app, LINECALLPRIVILEGE_MONITOR);
    check_info(seen, 0x7008, 0, "5550001", 1);
    CHECK_EQ(lineShutdown(other), 0);
    COMES(tandem->drops, 1);
    CHECK_EQ(tandem->calls, 2);
    LINEMESSAGE message = next(LINE_CALLINFO);
    CHECK_EQ(message.dwParam1, LINECALLINFOSTATE_NUMOWNERDECR);
    message = next(LINE_CALLSTATE);
    CHECK_EQ(message.hDevice, (DWORD)seen);
    CHECK_EQ(message.dwParam1, LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall(seen), 0);
    COMES(tandem->calls, 1);
}

TEST(a_station_is_lost_in_the_middle_of_a_call)
{
    LINEMESSAGE message;

    start();
    act("TandemTalk", 5);
    connected(app, LINECALLPRIVILEGE_MONITOR);
    connected(app, LINECALLPRIVILEGE_MONITOR);
    act("TandemLose", 5);
    message = next(LINE_CLOSE);
    CHECK_EQ(message.hDevice, (DWORD)lines[5]);
    CHECK_EQ(next(LINE_REMOVE).dwParam1, 5);
    CHECK_EQ(lineClose(lines[5]), LINEERR_INVALLINEHANDLE);
    CHECK_EQ(lineOpen(app, 5, &lines[5], VERSION, 0, 0, LINECALLPRIVILEGE_MONITOR, 0, NULL),
             LINEERR_NODEVICE);
}
