/* desk.c - see desk.h. */
#include "tests/callcentre/desk.h"

static DWORD_PTR instances = 0x100;

TEST_AFTER
{
    struct open_tapi_counters counters;
    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps, 0);
    CHECK_EQ(counters.lines, 0);
    CHECK_EQ(counters.requests, 0);
    CHECK_EQ(counters.handles, 0);
    CHECK_EQ(counters.messages, 0);
}

struct desk desk_start(DWORD version)
{
    struct desk desk = {.version = version, .instance = instances++};
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEEXTENSIONID extension;
    DWORD devices, high = 0x00020002;
    REQUIRE_EQ(lineInitializeExA(&desk.app, NULL, NULL, "desk", &devices, &high, &params), 0);
    REQUIRE_EQ(
        lineNegotiateAPIVersion(desk.app, LINE_ID, 0x00010003, version, &version, &extension), 0);
    CHECK_EQ(version, desk.version);
    return desk;
}

LONG desk_register(struct desk *desk, const DWORD *types, DWORD count)
{
    union {
        LINECALLPARAMS params;
        BYTE room[sizeof(LINECALLPARAMS) + (REQUESTS + 1) * sizeof(DWORD)];
    } open = {.params = {.dwTotalSize = sizeof open,
                         .dwDevSpecificSize = count * (DWORD)sizeof(DWORD),
                         .dwDevSpecificOffset = sizeof(LINECALLPARAMS)}};
    memcpy(open.room + sizeof(LINECALLPARAMS), types, count * sizeof(DWORD));
    return lineOpenW(desk->app, LINE_ID, &desk->line, desk->version, 0, desk->instance,
                     LINECALLPRIVILEGE_MONITOR | LINEOPENOPTION_PROXY, 0, &open.params);
}

struct desk desk_client(DWORD version)
{
    struct desk desk = desk_start(version);
    REQUIRE_EQ(lineOpenW(desk.app, LINE_ID, &desk.line, version, 0, desk.instance,
                         LINECALLPRIVILEGE_MONITOR, 0, NULL),
               0);
    return desk;
}

struct desk desk_proxy(DWORD version)
{
    struct desk desk = desk_start(version);
    DWORD types[REQUESTS];
    for (DWORD i = 0; i < REQUESTS; i++)
        types[i] = i + 1;
    REQUIRE_EQ(desk_register(&desk, types, REQUESTS), 0);
    return desk;
}

void desk_end(struct desk *desk)
{
    CHECK_EQ(lineShutdown(desk->app), 0);
}

LINEMESSAGE desk_expect(struct desk *desk, DWORD message)
{
    LINEMESSAGE got = {0};
    REQUIRE_EQ(lineGetMessage(desk->app, &got, TIMEOUT), 0);
    REQUIRE_EQ(got.dwMessageID, message);
    if (message != LINE_REPLY) {
        CHECK_EQ(got.hDevice, desk->line);
        CHECK_EQ(got.dwCallbackInstance, desk->instance);
    }
    return got;
}

void desk_quiet(struct desk *desk)
{
    LINEMESSAGE got;
    CHECK_EQ(lineGetMessage(desk->app, &got, 0), LINEERR_OPERATIONFAILED);
}

LINEPROXYREQUEST *desk_take(struct desk *proxy, DWORD type)
{
    LINEMESSAGE got = desk_expect(proxy, LINE_PROXYREQUEST);
    LINEPROXYREQUEST *request = (LINEPROXYREQUEST *)got.dwParam1;
    REQUIRE(request != NULL);
    CHECK_EQ(request->dwRequestType, type);
    CHECK(request->dwSize >= sizeof *request);
    return request;
}

void desk_answer(struct desk *proxy, LINEPROXYREQUEST *request, LONG result)
{
    CHECK_EQ(lineProxyResponse(proxy->line, request, (DWORD)result), 0);
}

void desk_reply(struct desk *client, LONG id, LONG result)
{
    LINEMESSAGE got = desk_expect(client, LINE_REPLY);
    CHECK_EQ(got.dwParam1, id);
    CHECK_EQ((LONG)got.dwParam2, result);
}
