/*
 * manners_test.c - a dialler of TAPI 1.3 and 1.4 that does everything inside of its callback, and
 * waits for replies in message loops of its own; and the small questions programs ask at their
 * start.
 */
#include <windows.h>
#include <tapi.h>

#include <stdlib.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

static struct dialler {
    HLINEAPP app;
    HLINE line[3];
    HCALL out, in;
    DWORD replies[64], reply_count, depth, deepest, out_states, in_states, version;
    LONG results[64];
    BOOL in_gone, out_gone;
} d;

/* The wait that stood in many a program: pumps until LINE_REPLY, also inside of the callback. */
static LONG wait_reply(LONG id)
{
    unsigned long long end = test_clock() + WAIT_LONG;
    MSG msg;

    if (id <= 0)
        return id;
    while (test_clock() < end) {
        for (DWORD i = 0; i < d.reply_count; i++)
            if (d.replies[i] == (DWORD)id)
                return d.results[i];
        MsgWaitForMultipleObjects(0, NULL, FALSE, 50, QS_ALLINPUT);
        while (PeekMessage(&msg, NULL, 0, 0, PM_REMOVE))
            DispatchMessage(&msg);
    }
    FAIL("no reply to %u", (unsigned)id);
    return 1;
}

static void CALLBACK on_line(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
                             DWORD_PTR p2, DWORD_PTR p3)
{
    HCALL call = (HCALL)(DWORD_PTR)device;

    (void)instance;
    if (++d.depth > d.deepest)
        d.deepest = d.depth;
    if (message == LINE_REPLY && d.reply_count < 64) {
        d.results[d.reply_count] = (LONG)p2;
        d.replies[d.reply_count++] = (DWORD)p1;
    } else if (message == LINE_APPNEWCALL) {
        FAIL("LINE_APPNEWCALL is of TAPI 2.0");
    } else if (message == LINE_CALLSTATE) {
        if (call == d.out)
            d.out_states |= (DWORD)p1;
        if (p3 == LINECALLPRIVILEGE_OWNER && p1 == LINECALLSTATE_OFFERING)
            d.in = call;
        if (call == d.in)
            d.in_states |= (DWORD)p1;
        switch (p1) {
        case LINECALLSTATE_OFFERING:
            if (call == d.in)
                CHECK_EQ(wait_reply(lineAnswer(call, NULL, 0)), 0); /* in here */
            break;
        case LINECALLSTATE_DISCONNECTED:
            CHECK_EQ(wait_reply(lineDrop(call, NULL, 0)), 0);
            break;
        case LINECALLSTATE_IDLE:
            CHECK_EQ(lineDeallocateCall(call), 0);
            if (call == d.in)
                d.in_gone = TRUE;
            else if (call == d.out)
                d.out_gone = TRUE;
            break;
        }
    }
    d.depth--;
}

static void start(DWORD version)
{
    LINEEXTENSIONID extension;
    DWORD devices, got;

    memset(&d, 0, sizeof(d));
    d.version = version;
    REQUIRE_EQ(lineInitialize(&d.app, GetModuleHandle(NULL), on_line, "Nested", &devices), 0);
    for (DWORD i = 0; i < 3; i++) {
        REQUIRE_EQ(lineNegotiateAPIVersion(d.app, i, 0x00010003, version, &got, &extension), 0);
        REQUIRE_EQ(got, version);
    }
}

static bool both_connected(void *unused)
{
    (void)unused;
    return d.out_states & LINECALLSTATE_CONNECTED && d.in_states & LINECALLSTATE_CONNECTED;
}

static bool both_gone(void *unused)
{
    (void)unused;
    return d.in_gone && d.out_gone;
}

static void nested(DWORD version)
{
    LONG id;

    start(version);
    REQUIRE_EQ(lineOpen(d.app, 2, &d.line[0], version, 0, 1, LINECALLPRIVILEGE_NONE, 0, NULL), 0);
    REQUIRE_EQ(lineOpen(d.app, 0, &d.line[1], version, 0, 2, LINECALLPRIVILEGE_OWNER,
                        LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
               0);
    id = lineMakeCall(d.line[0], &d.out, "101", 0, NULL);
    CHECK_EQ(wait_reply(id), 0);
    wait_until(both_connected, NULL, NULL, WAIT_LONG);
    CHECK(both_connected(NULL));
    CHECK(d.deepest >= 2);
    CHECK_EQ(wait_reply(lineDrop(d.out, NULL, 0)), 0);
    wait_until(both_gone, NULL, NULL, WAIT_LONG);
    CHECK(both_gone(NULL));
    CHECK_EQ(lineClose(d.line[0]), 0);
    CHECK_EQ(lineShutdown(d.app), 0);
}

TEST(answers_and_drops_inside_the_callback_13)
{
    nested(0x00010003);
}

TEST(answers_and_drops_inside_the_callback_14)
{
    nested(0x00010004);
}

TEST(structures_of_13)
{
    /* bare structures of before 2.0: what a program of then had, and not a byte more */
    union {
        LINEDEVCAPS caps;
        LINEADDRESSCAPS address;
        LINECALLINFO info;
        LINECALLSTATUS status;
        LINEDEVSTATUS device;
        BYTE bytes[2048];
    } u;

    start(0x00010003);
    memset(&u, 0xCC, sizeof(u));
    u.caps.dwTotalSize = 240;
    CHECK_EQ(lineGetDevCaps(d.app, 0, 0x00010003, 0, &u.caps), 0);
    CHECK(u.caps.dwUsedSize <= 240);
    CHECK(u.caps.dwNeededSize > 240);
    CHECK_EQ(u.bytes[240], 0xCC);
    u.caps.dwTotalSize = 239;
    CHECK_EQ(lineGetDevCaps(d.app, 0, 0x00010003, 0, &u.caps), LINEERR_STRUCTURETOOSMALL);
    memset(&u, 0xCC, sizeof(u));
    u.address.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetAddressCaps(d.app, 0, 0, 0x00010003, 0, &u.address), 0);
    CHECK(u.address.dwAddressOffset >= 180);
    CHECK_STR((char *)u.bytes + u.address.dwAddressOffset, "101");
    CHECK_EQ(lineGetDevCaps(d.app, 0, 0x00010002, 0, &u.caps), LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineShutdown(d.app), 0);
}

TEST(questions_at_the_start)
{
    DWORD size = sizeof(LINETRANSLATECAPS), priority = 99;
    LINETRANSLATECAPS *caps = malloc(size);
    LINECOUNTRYLIST *countries = malloc(sizeof(LINECOUNTRYLIST));
    LINEPROVIDERLIST *providers = malloc(sizeof(LINEPROVIDERLIST));
    LINELOCATIONENTRY *location;
    LINECOUNTRYENTRY *country;
    LINEPROVIDERENTRY *provider;
    char code[8] = "x", area[8] = "x", extension_name[64];
    BOOL found = FALSE;
    HLINEAPP app;
    DWORD devices, version = 0;
    LINEEXTENSIONID extension;
    VARSTRING names = {.dwTotalSize = sizeof(names)};

    REQUIRE_EQ(lineInitialize(&app, GetModuleHandle(NULL), on_line, NULL, &devices), 0);
    CHECK_EQ(lineInitialize(NULL, GetModuleHandle(NULL), on_line, "x", &devices),
             LINEERR_INVALPOINTER);
    CHECK_EQ(lineInitialize(&app, GetModuleHandle(NULL), NULL, "x", &devices),
             LINEERR_INVALPOINTER);
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00020000, 0x00010004, &version, &extension),
             LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, 0x00010004, NULL, &extension),
             LINEERR_INVALPOINTER);
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, 0x00010004, &version, NULL),
             LINEERR_INVALPOINTER);
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, 0xFFFFFFFF, &version, &extension), 0);
    /* where am I? */
    caps->dwTotalSize = size;
    CHECK_EQ(lineGetTranslateCaps(app, 0x00010004, caps), 0);
    size = caps->dwNeededSize;
    caps = realloc(caps, size);
    caps->dwTotalSize = size;
    CHECK_EQ(lineGetTranslateCaps(app, 0x00010004, caps), 0);
    CHECK_EQ(caps->dwNeededSize, size);
    REQUIRE(caps->dwNumLocations > 0);
    for (DWORD i = 0; i < caps->dwNumLocations; i++) {
        location = (LINELOCATIONENTRY *)((BYTE *)caps + caps->dwLocationListOffset) + i;
        found |= location->dwPermanentLocationID == caps->dwCurrentLocationID;
        CHECK(location->dwLocationNameOffset + location->dwLocationNameSize <= size);
    }
    CHECK(found);
    CHECK_EQ(tapiGetLocationInfo(code, area), 0);
    CHECK(code[0] != 'x');
    CHECK_EQ(tapiGetLocationInfo(NULL, area), TAPIERR_REQUESTFAILED);
    /* one country, then all */
    countries->dwTotalSize = sizeof(*countries);
    CHECK_EQ(lineGetCountry(1, 0x00010004, countries), 0);
    size = countries->dwNeededSize;
    countries = realloc(countries, size);
    countries->dwTotalSize = size;
    CHECK_EQ(lineGetCountry(1, 0x00010004, countries), 0);
    REQUIRE_EQ(countries->dwNumCountries, 1);
    country = (LINECOUNTRYENTRY *)((BYTE *)countries + countries->dwCountryListOffset);
    CHECK_EQ(country->dwCountryCode, 1);
    CHECK_EQ(lineGetCountry(0, 0x00010004, countries), 0);
    CHECK(countries->dwNeededSize > 10000);
    CHECK_EQ(lineGetCountry(424242, 0x00010004, countries), LINEERR_INVALCOUNTRYCODE);
    /* who is installed? */
    providers->dwTotalSize = sizeof(*providers);
    CHECK_EQ(lineGetProviderList(0x00010004, providers), 0);
    size = providers->dwNeededSize;
    providers = realloc(providers, size);
    providers->dwTotalSize = size;
    CHECK_EQ(lineGetProviderList(0x00010004, providers), 0);
    REQUIRE_EQ(providers->dwNumProviders, 1);
    provider = (LINEPROVIDERENTRY *)((BYTE *)providers + providers->dwProviderListOffset);
    lstrcpynA(extension_name, (char *)providers + provider->dwProviderFilenameOffset, 64);
    CHECK_STR(extension_name, "simpbx.tsp");
    /* who comes first? */
    CHECK_EQ(lineGetAppPriority("NOBODY.EXE", LINEMEDIAMODE_INTERACTIVEVOICE, NULL, 0, &names,
                                &priority),
             0);
    CHECK_EQ(priority, 0);
    CHECK_EQ(
        lineGetAppPriority("NOBODY.EXE", LINEMEDIAMODE_INTERACTIVEVOICE, NULL, 0, &names, NULL),
        LINEERR_INVALPOINTER);
    /* assisted telephony */
    CHECK(tapiRequestMakeCall(NULL, "x", "y", "z") < 0);
    CHECK_EQ(tapiRequestMakeCall("5550100", "x", "y", "z"), TAPIERR_NOREQUESTRECIPIENT);
    CHECK_EQ(lineShutdown(app), 0);
    free(caps);
    free(countries);
    free(providers);
}

/* ---- who comes later ------------------------------------------------------------------------- */

static bool out_rings(void *unused)
{
    (void)unused;
    return d.out_states & LINECALLSTATE_RINGBACK;
}

static bool out_gone(void *unused)
{
    (void)unused;
    return d.out_gone;
}

TEST(a_program_that_starts_during_a_call)
{
    HLINEAPP late;
    HLINE line;
    DWORD devices, version = 0x00020000;
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    union {
        LINECALLLIST list;
        LINECALLSTATUS status;
        BYTE bytes[512];
    } u;
    LINEMESSAGE message;
    LINEEXTENSIONID extension;
    HCALL call;

    start(0x00010004);
    REQUIRE_EQ(lineOpen(d.app, 2, &d.line[0], 0x00010004, 0, 1, LINECALLPRIVILEGE_NONE, 0, NULL),
               0);
    CHECK_EQ(wait_reply(lineMakeCall(d.line[0], &d.out, "5550102", 0, NULL)), 0);
    CHECK(wait_until(out_rings, NULL, NULL, WAIT_LONG)); /* and nothing more is on its way */
    REQUIRE_EQ(lineInitializeExA(&late, NULL, NULL, "Late", &devices, &version, &params), 0);
    CHECK_EQ(lineNegotiateAPIVersion(late, 2, 0x00020000, 0x00020002, &version, &extension), 0);
    REQUIRE_EQ(lineOpen(late, 2, &line, version, 0, 1, LINECALLPRIVILEGE_MONITOR, 0, NULL), 0);
    u.list.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list), 0);
    REQUIRE_EQ(u.list.dwCallsNumEntries, 1);
    call = *(HCALL *)(u.bytes + u.list.dwCallsOffset);
    u.list.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list), 0);
    CHECK_EQ(u.list.dwCallsNumEntries, 0);
    u.status.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetCallStatus(call, &u.status), 0);
    CHECK_EQ(u.status.dwCallPrivilege, LINECALLPRIVILEGE_MONITOR);
    CHECK_EQ(lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER), 0);
    CHECK_EQ(lineGetMessage(late, &message, 0), LINEERR_OPERATIONFAILED);
    CHECK(lineDrop(call, NULL, 0) > 0);
    while (lineGetMessage(late, &message, WAIT_LONG) == 0)
        if (message.dwMessageID == LINE_CALLSTATE && message.dwParam1 == LINECALLSTATE_IDLE)
            break;
    CHECK_EQ(message.hDevice, call);
    CHECK_EQ(lineDeallocateCall(call), 0);
    CHECK_EQ(lineDrop(call, NULL, 0), LINEERR_INVALCALLHANDLE);
    CHECK_EQ(lineShutdown(late), 0);
    CHECK(wait_until(out_gone, NULL, NULL, WAIT_LONG));
    CHECK_EQ(lineShutdown(d.app), 0);
}
