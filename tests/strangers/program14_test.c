/*
 * program14_test.c - programs of TAPI 1.4: lineInitialize, a callback in the message loop, A
 * functions, structures of the sizes of then.
 */
#include <windows.h>
#include <tapi.h>

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"
#include "tests/strangers/old.h"

#define VERSION14       0x00010004
#define CALLPARAMS_SIZE 112

static struct program {
    HLINEAPP app;
    HLINE line;
    HCALL call;
    DWORD devices, thread;
    char log[4096];
    LONG reply_result;
    DWORD created;
    bool shut_in_callback;
} prog;

static const struct {
    DWORD state;
    const char *name;
} states[] = {{LINECALLSTATE_IDLE, "idle"},
              {LINECALLSTATE_OFFERING, "offering"},
              {LINECALLSTATE_DIALTONE, "dialtone"},
              {LINECALLSTATE_DIALING, "dialing"},
              {LINECALLSTATE_PROCEEDING, "proceeding"},
              {LINECALLSTATE_CONNECTED, "connected"},
              {LINECALLSTATE_DISCONNECTED, "disconnected"}};

static void CALLBACK on_line(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
                             DWORD_PTR p2, DWORD_PTR p3)
{
    char text[64] = "";

    CHECK_EQ(GetCurrentThreadId(), prog.thread);
    switch (message) {
    case LINE_REPLY:
        prog.reply_result = (LONG)p2;
        sprintf(text, p2 ? "reply 0x%x" : "reply", (unsigned)p2);
        break;
    case LINE_CALLSTATE:
        CHECK_EQ(instance, 0x600D);
        if (!prog.call)
            prog.call = (HCALL)(DWORD_PTR)device;
        CHECK_EQ(device, prog.call);
        for (unsigned i = 0; i < ARRAYSIZE(states); i++)
            if (states[i].state == p1)
                sprintf(text, "%s%s", states[i].name, p3 == LINECALLPRIVILEGE_OWNER ? "!" : "");
        if (prog.shut_in_callback && p1 == LINECALLSTATE_OFFERING)
            CHECK_EQ(lineShutdown(prog.app), 0);
        break;
    case LINE_LINEDEVSTATE:
        sprintf(text, p1 == LINEDEVSTATE_RINGING   ? "ringing"
                      : p1 == LINEDEVSTATE_REMOVED ? "removed"
                                                   : "devstate");
        break;
    case LINE_CREATE:
        prog.created = (DWORD)p1;
        sprintf(text, "create");
        break;
    case LINE_REMOVE:
        sprintf(text, "remove");
        break;
    case LINE_CLOSE:
        sprintf(text, "close");
        break;
    }
    if (text[0]) {
        if (prog.log[0])
            strcat(prog.log, " ");
        strcat(prog.log, text);
    }
}

static bool logged(void *text)
{
    size_t want = strlen(text), have = strlen(prog.log);

    return have >= want;
}

/* The messages since the last time are these; pumps until there are as many. */
static void expect_at(int line, const char *text)
{
    wait_until(logged, (void *)text, NULL, WAIT_LONG);
    wait_pumping(NULL, 0);
    test_check_string(prog.log, text, false, "messages", __FILE__, line);
    prog.log[0] = 0;
}
#define expect(text) expect_at(__LINE__, text)

static void start(void)
{
    LINEEXTENSIONID extension;
    DWORD version = 0;

    memset(&prog, 0, sizeof(prog));
    prog.thread = GetCurrentThreadId();
    REQUIRE_EQ(
        lineInitialize(&prog.app, GetModuleHandle(NULL), on_line, "DIALER 1.0", &prog.devices), 0);
    REQUIRE_EQ(prog.devices, 2);
    REQUIRE_EQ(lineNegotiateAPIVersion(prog.app, 0, 0x00010003, VERSION14, &version, &extension),
               0);
    CHECK_EQ(version, VERSION14);
    REQUIRE_EQ(lineOpenA(prog.app, 0, &prog.line, VERSION14, 0, 0x600D, LINECALLPRIVILEGE_OWNER,
                         LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_DATAMODEM, NULL),
               0);
}

static void stop(void)
{
    CHECK_EQ(old_call("OldTrouble", 0), 0);
    CHECK_EQ(lineShutdown(prog.app), 0);
}

/* The loop every program of the time had. */
static LINEDEVCAPS *dev_caps(DWORD device)
{
    DWORD size = 240;
    LINEDEVCAPS *caps = NULL;

    for (unsigned i = 0; i < 4; i++) {
        caps = realloc(caps, size);
        memset(caps, 0xCC, size);
        caps->dwTotalSize = size;
        if (!CHECK_EQ(lineGetDevCapsA(prog.app, device, VERSION14, 0, caps), 0))
            break;
        CHECK(caps->dwUsedSize <= size);
        CHECK_EQ(caps->dwTotalSize, size);
        if (caps->dwNeededSize <= size)
            return caps;
        size = caps->dwNeededSize;
    }
    FAIL("the loop did not end");
    free(caps);
    return NULL;
}

TEST(capabilities_by_growing)
{
    LINEDEVCAPS *caps, small = {.dwTotalSize = 239};
    LINEADDRESSCAPS *address;

    start();
    caps = dev_caps(1);
    REQUIRE(caps != NULL);
    CHECK_EQ(caps->dwStringFormat, STRINGFORMAT_ASCII);
    CHECK_STR((char *)caps + caps->dwLineNameOffset, "Modem 14400");
    CHECK_STR((char *)caps + caps->dwProviderInfoOffset, "Old Modem Works");
    CHECK_EQ(caps->dwLineNameSize, 12);
    CHECK(caps->dwLineNameOffset >= 240);
    CHECK(caps->dwLineNameOffset + caps->dwLineNameSize <= caps->dwUsedSize);
    CHECK_EQ(caps->dwPermanentLineID, 0x1401);
    CHECK_EQ(caps->dwMaxRate, 14400);
    CHECK_EQ(caps->dwNumAddresses, 1);
    free(caps);
    CHECK_EQ(lineGetDevCapsA(prog.app, 0, VERSION14, 0, &small), LINEERR_STRUCTURETOOSMALL);
    address = calloc(1, 400);
    address->dwTotalSize = 400;
    CHECK_EQ(lineGetAddressCapsA(prog.app, 0, 0, VERSION14, 0, address), 0);
    CHECK_STR((char *)address + address->dwAddressOffset, "5550199");
    CHECK(address->dwAddressOffset >= 180);
    CHECK_EQ(lineGetAddressCapsA(prog.app, 0, 1, VERSION14, 0, address), LINEERR_INVALADDRESSID);
    free(address);
    stop();
}

TEST(a_datamodem_call)
{
    union {
        LINECALLPARAMS fixed;
        BYTE bytes[CALLPARAMS_SIZE + 16];
    } params;
    union {
        LINECALLINFO info;
        LINECALLSTATUS status;
        VARSTRING id;
        BYTE bytes[1024];
    } got;
    LONG id;

    start();
    memset(&params, 0xEE, sizeof(params)); /* nobody may look behind dwTotalSize */
    memset(&params, 0, CALLPARAMS_SIZE);
    params.fixed.dwTotalSize = CALLPARAMS_SIZE + 4;
    params.fixed.dwBearerMode = LINEBEARERMODE_VOICE;
    params.fixed.dwMaxRate = 14400;
    params.fixed.dwMediaMode = LINEMEDIAMODE_DATAMODEM;
    params.fixed.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    params.fixed.dwDisplayableAddressSize = 4;
    params.fixed.dwDisplayableAddressOffset = CALLPARAMS_SIZE;
    memcpy(params.bytes + CALLPARAMS_SIZE, "BBS", 4);
    id = lineMakeCallA(prog.line, &prog.call, "T9,5550100", 0, &params.fixed);
    CHECK(id > 0);
    expect("reply dialtone dialing proceeding connected");
    memset(&got, 0xCC, sizeof(got));
    got.info.dwTotalSize = sizeof(got);
    CHECK_EQ(lineGetCallInfoA(prog.call, &got.info), 0);
    CHECK_STR((char *)got.bytes + got.info.dwCalledIDOffset, "T9,5550100");
    CHECK_STR((char *)got.bytes + got.info.dwDisplayableAddressOffset, "BBS");
    CHECK_STR((char *)got.bytes + got.info.dwAppNameOffset, "DIALER 1.0");
    CHECK(got.info.dwCalledIDOffset >= 296);
    CHECK_EQ(got.info.dwMediaMode, LINEMEDIAMODE_DATAMODEM);
    CHECK_EQ(got.info.dwNumOwners, 1);
    CHECK_EQ(got.info.dwCallerIDFlags, 0);
    memset(&got, 0xCC, sizeof(got));
    got.status.dwTotalSize = 36;
    CHECK_EQ(lineGetCallStatus(prog.call, &got.status), 0);
    CHECK_EQ(got.status.dwCallState, LINECALLSTATE_CONNECTED);
    CHECK_EQ(got.status.dwNeededSize, 36);
    CHECK_EQ(got.bytes[36], 0xCC);
    memset(&got, 0xCC, sizeof(got));
    got.id.dwTotalSize = sizeof(got);
    CHECK_EQ(lineGetIDA(0, 0, prog.call, LINECALLSELECT_CALL, &got.id, "comm/datamodem/portname"),
             0);
    CHECK_EQ(got.id.dwStringSize, 5);
    CHECK_STR((char *)got.bytes + got.id.dwStringOffset, "COM2");
    CHECK_EQ(lineDeallocateCall(prog.call), LINEERR_INVALCALLSTATE);
    /* in one go, as many did: drop, and close without waiting for anything */
    CHECK(lineDrop(prog.call, NULL, 0) > 0);
    expect("reply idle");
    CHECK_EQ(lineDeallocateCall(prog.call), 0);
    CHECK_EQ(lineDeallocateCall(prog.call), LINEERR_INVALCALLHANDLE);
    CHECK_EQ(lineClose(prog.line), 0);
    stop();
}

TEST(close_at_once_after_drop)
{
    start();
    CHECK(lineMakeCallA(prog.line, &prog.call, "5550100", 0, NULL) > 0);
    expect("reply dialtone dialing proceeding connected");
    CHECK(lineDrop(prog.call, NULL, 0) > 0);
    CHECK_EQ(lineClose(prog.line), 0);
    CHECK_EQ(lineDrop(prog.call, NULL, 0), LINEERR_INVALCALLHANDLE);
    stop();
}

TEST(dialing_in_pieces)
{
    start();
    CHECK(lineMakeCallA(prog.line, &prog.call, "9;", 0, NULL) > 0);
    expect("reply dialtone dialing");
    CHECK(lineDialA(prog.call, "555;", 0) > 0);
    expect("reply dialing");
    CHECK(lineDialA(prog.call, "0100", 0) > 0);
    expect("reply proceeding connected");
    CHECK_EQ(lineDialA(prog.call, "1", 0), LINEERR_INVALCALLSTATE);
    CHECK(lineDrop(prog.call, NULL, 0) > 0);
    wait_pumping(NULL, 0);
    stop();
}

TEST(an_incoming_call)
{
    start();
    CHECK_EQ(lineSetStatusMessages(prog.line, LINEDEVSTATE_RINGING, 0), 0);
    CHECK_EQ(old_call("OldRing", 0), 0);
    expect("ringing offering!");
    CHECK_EQ(lineSetStatusMessages(prog.line, 0, 0), 0);
    CHECK(lineAnswer(prog.call, NULL, 0) > 0);
    expect("reply connected");
    old_call("OldHangUp", 0);
    expect("disconnected idle");
    CHECK_EQ(lineDeallocateCall(prog.call), 0);
    /* another, answered before it was heard of, and no ringing asked for */
    prog.call = 0;
    CHECK_EQ(old_call("OldRingAnswered", 0), 0);
    expect("connected!");
    stop();
}

TEST(shutdown_inside_the_callback)
{
    start();
    prog.shut_in_callback = true;
    CHECK_EQ(old_call("OldRing", 0), 0);
    expect("offering!");
    CHECK_EQ(lineClose(prog.line), LINEERR_UNINITIALIZED);
    CHECK(lineShutdown(prog.app) < 0);
}

TEST(modems_come_and_go)
{
    LINEDEVCAPS *caps;
    LINEEXTENSIONID extension;
    DWORD version;

    start();
    old_call("OldCreateLine", 0);
    expect("create");
    CHECK_EQ(prog.created, 2);
    CHECK_EQ(lineNegotiateAPIVersion(prog.app, 2, VERSION14, VERSION14, &version, &extension), 0);
    caps = dev_caps(2);
    if (caps)
        CHECK_EQ(caps->dwPermanentLineID, 0x1402);
    free(caps);
    /* LINE_REMOVE is of TAPI 2.0; who knows 1.4 hears it of the lines it has open. */
    old_call("OldRemoveLine", 2);
    old_call("OldRemoveLine", 0);
    expect("removed close");
    CHECK_EQ(lineClose(prog.line), LINEERR_INVALLINEHANDLE);
    CHECK(lineNegotiateAPIVersion(prog.app, 2, VERSION14, VERSION14, &version, &extension) < 0);
    stop();
}

TEST(versions_that_do_not_fit)
{
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE line;

    start();
    CHECK_EQ(lineNegotiateAPIVersion(prog.app, 0, 0x00040000, 0x00050000, &version, &extension),
             LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineNegotiateAPIVersion(prog.app, 9, VERSION14, VERSION14, &version, &extension),
             LINEERR_BADDEVICEID);
    CHECK_EQ(lineOpenA(prog.app, 0, &line, 0x00050000, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL),
             LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineOpenA(prog.app, 0, &line, VERSION14, 0, 0, LINECALLPRIVILEGE_OWNER, 0, NULL),
             LINEERR_INVALMEDIAMODE);
    CHECK_EQ(lineOpenA(prog.app, 0, &line, VERSION14, 0, 0, LINECALLPRIVILEGE_OWNER,
                       LINEMEDIAMODE_G3FAX, NULL),
             LINEERR_INVALMEDIAMODE);
    stop();
}
