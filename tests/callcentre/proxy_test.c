/* proxy_test.c - who may answer: registering at lineOpen, answering once, leaving. */
#include "tests/callcentre/desk.h"

#define VERSION 0x00020002

TEST(registering_needs_a_list_of_requests)
{
    struct desk desk = desk_start(VERSION);
    LINECALLPARAMS params = {.dwTotalSize = sizeof params};
    DWORD wrong[] = {LINEPROXYREQUEST_GETGROUPLIST, 21}, zero = 0;
    const DWORD privileges = LINECALLPRIVILEGE_NONE | LINEOPENOPTION_PROXY;
    CHECK_EQ(lineOpenW(desk.app, LINE_ID, &desk.line, VERSION, 0, 0, privileges, 0, NULL),
             LINEERR_INVALPOINTER);
    CHECK_EQ(lineOpenW(desk.app, LINE_ID, &desk.line, VERSION, 0, 0, privileges, 0, &params),
             LINEERR_INVALCALLPARAMS);
    params.dwDevSpecificSize = 3;
    params.dwDevSpecificOffset = sizeof params - 4;
    CHECK_EQ(lineOpenW(desk.app, LINE_ID, &desk.line, VERSION, 0, 0, privileges, 0, &params),
             LINEERR_INVALCALLPARAMS);
    params.dwDevSpecificSize = 0x40000000; /* far outside */
    CHECK_EQ(lineOpenW(desk.app, LINE_ID, &desk.line, VERSION, 0, 0, privileges, 0, &params),
             LINEERR_INVALCALLPARAMS);
    CHECK_EQ(desk_register(&desk, wrong, 2), LINEERR_INVALCALLPARAMS);
    CHECK_EQ(desk_register(&desk, &zero, 1), LINEERR_INVALCALLPARAMS);
    desk_end(&desk);
}

TEST(each_request_has_one_handler)
{
    static const DWORD groups[] = {LINEPROXYREQUEST_GETGROUPLIST, LINEPROXYREQUEST_SETAGENTGROUP};
    static const DWORD both[] = {LINEPROXYREQUEST_GETQUEUELIST, LINEPROXYREQUEST_GETGROUPLIST};
    struct desk first = desk_start(VERSION), second = desk_start(VERSION);
    struct desk client = desk_client(VERSION);
    CHECK_EQ(desk_register(&first, groups, 2), 0);
    CHECK_EQ(desk_register(&second, both, 2), LINEERR_NOTREGISTERED);
    CHECK_EQ(desk_register(&second, both, 1), 0);

    /* Each is asked for its own. */
    BYTE room[256];
    GUID group = {0};
    ((LINEQUEUELIST *)room)->dwTotalSize = sizeof room;
    for (unsigned i = 0; i < 4; i++) /* LINEPROXYSTATUS_OPEN of three requests */
        if (i < 3)
            desk_expect(&client, LINE_PROXYSTATUS);
    desk_expect(&first, LINE_PROXYSTATUS);
    LONG id = lineGetQueueListW(client.line, &group, (LINEQUEUELIST *)room);
    desk_quiet(&first);
    LINEPROXYREQUEST *request = desk_take(&second, LINEPROXYREQUEST_GETQUEUELIST);
    desk_answer(&second, request, 0);
    desk_reply(&client, id, 0);
    id = lineSetAgentGroup(client.line, 0, NULL);
    desk_quiet(&second);
    request = desk_take(&first, LINEPROXYREQUEST_SETAGENTGROUP);
    desk_answer(&first, request, 0);
    desk_reply(&client, id, 0);
    CHECK_EQ(lineSetAgentState(client.line, 0, LINEAGENTSTATE_READY, 0), LINEERR_OPERATIONUNAVAIL);

    /* After the close another one may have it. */
    CHECK_EQ(lineClose(first.line), 0);
    struct desk third = desk_start(VERSION);
    CHECK_EQ(desk_register(&third, both + 1, 1), 0);
    desk_end(&first);
    desk_end(&second);
    desk_end(&third);
    desk_end(&client);
}

TEST(the_same_application_is_client_and_proxy)
{
    struct desk proxy = desk_proxy(VERSION);
    LONG id = lineSetAgentActivity(proxy.line, 0, 1);
    CHECK(id > 0);
    desk_answer(&proxy, desk_take(&proxy, LINEPROXYREQUEST_SETAGENTACTIVITY), 0);
    desk_reply(&proxy, id, 0);
    desk_end(&proxy);
}

TEST(proxy_status_lists_what_is_handled)
{
    static const DWORD types[] = {LINEPROXYREQUEST_SETAGENTSTATEEX, LINEPROXYREQUEST_GETAGENTCAPS};
    struct desk proxy = desk_start(VERSION), client = desk_start(VERSION);
    union {
        LINEPROXYREQUESTLIST list;
        BYTE bytes[256];
    } out = {.list = {.dwTotalSize = sizeof out}};
    CHECK_EQ(lineGetProxyStatus(client.app, LINE_ID, VERSION, &out.list), 0);
    CHECK_EQ(out.list.dwNumEntries, 0);
    CHECK_EQ(desk_register(&proxy, types, 2), 0);
    CHECK_EQ(lineGetProxyStatus(client.app, LINE_ID, VERSION, &out.list), 0);
    REQUIRE_EQ(out.list.dwNumEntries, 2);
    const DWORD *listed = (const DWORD *)(out.bytes + out.list.dwListOffset);
    CHECK_EQ(listed[0], LINEPROXYREQUEST_GETAGENTCAPS);
    CHECK_EQ(listed[1], LINEPROXYREQUEST_SETAGENTSTATEEX);
    CHECK_EQ(lineGetProxyStatus(client.app, LINE_ID + 1, VERSION, &out.list), 0);
    CHECK_EQ(out.list.dwNumEntries, 0); /* another line */
    desk_end(&proxy);
    desk_end(&client);
    CHECK_EQ(lineGetProxyStatus(1, LINE_ID, VERSION, &out.list), LINEERR_UNINITIALIZED);
}

TEST(proxies_that_come_and_go_are_announced)
{
    struct desk client = desk_client(VERSION), old = desk_client(0x00020000);
    struct desk proxy = desk_proxy(VERSION);
    for (DWORD type = 1; type <= REQUESTS; type++) {
        LINEMESSAGE got = desk_expect(&client, LINE_PROXYSTATUS);
        CHECK_EQ(got.dwParam1, LINEPROXYSTATUS_OPEN);
        CHECK_EQ(got.dwParam2, type);
        CHECK_EQ(got.dwParam3, 0);
    }
    LINEMESSAGE all = desk_expect(&client, LINE_PROXYSTATUS);
    CHECK_EQ(all.dwParam1, LINEPROXYSTATUS_ALLOPENFORACD);
    CHECK_EQ(all.dwParam2, 0);
    desk_quiet(&client);
    desk_quiet(&old); /* the message came with version 2.2 */
    desk_quiet(&proxy);
    CHECK_EQ(lineClose(proxy.line), 0);
    for (DWORD type = 1; type <= REQUESTS; type++) {
        LINEMESSAGE got = desk_expect(&client, LINE_PROXYSTATUS);
        CHECK_EQ(got.dwParam1, LINEPROXYSTATUS_CLOSE);
        CHECK_EQ(got.dwParam2, type);
    }
    desk_quiet(&client);
    desk_end(&proxy);
    desk_end(&old);
    desk_end(&client);
}

/* ---- answering ---- */

TEST(a_request_is_answered_once)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    LINEPROXYREQUEST made_up = {.dwSize = sizeof made_up};
    CHECK_EQ(lineProxyResponse(proxy.line, NULL, 0), LINEERR_INVALPOINTER);
    CHECK_EQ(lineProxyResponse(proxy.line, &made_up, 0), LINEERR_INVALPOINTER);
    LONG id = lineSetAgentActivity(client.line, 0, 1);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTACTIVITY);
    /* By the line that was asked, and no other: the request stays. */
    CHECK_EQ(lineProxyResponse(client.line, request, 0), LINEERR_INVALPARAM);
    CHECK_EQ(lineProxyResponse(client.line + 1, request, 0), LINEERR_INVALLINEHANDLE);
    desk_quiet(&client);
    desk_answer(&proxy, request, 0);
    CHECK_EQ(lineProxyResponse(proxy.line, request, 0), LINEERR_INVALPOINTER);
    desk_reply(&client, id, 0);
    desk_quiet(&client);
    desk_end(&client);
    desk_end(&proxy);
    CHECK_EQ(lineProxyResponse(1, &made_up, 0), LINEERR_UNINITIALIZED);
}

TEST(a_proxy_that_leaves_fails_what_waits_for_it)
{
    struct desk client = desk_start(VERSION);
    BYTE room[256];
    POISON(room);
    ((LINEAGENTINFO *)room)->dwTotalSize = sizeof room;
    REQUIRE_EQ(lineOpenW(client.app, LINE_ID, &client.line, 0x00020000, 0, client.instance,
                         LINECALLPRIVILEGE_MONITOR, 0, NULL),
               0);
    for (unsigned way = 0; way < 2; way++) {
        struct desk proxy = desk_proxy(VERSION);
        LONG taken = lineSetAgentActivity(client.line, 0, 1);
        LONG waiting = lineGetAgentInfo(client.line, 1, (LINEAGENTINFO *)room);
        LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTACTIVITY);
        if (way == 0) {
            CHECK_EQ(lineClose(proxy.line), 0);
            /* What it still answers reaches nobody; the memory has ended with it. */
            CHECK_EQ(lineProxyResponse(proxy.line, request, 0), LINEERR_INVALLINEHANDLE);
            CHECK_EQ(lineProxyResponse(proxy.line, request, 0), LINEERR_INVALLINEHANDLE);
        } else {
            CHECK_EQ(lineShutdown(proxy.app), 0);
        }
        desk_reply(&client, taken, LINEERR_OPERATIONFAILED);
        desk_reply(&client, waiting, LINEERR_OPERATIONFAILED);
        CHECK(test_is_poison(room + 4, sizeof room - 4));
        CHECK_EQ(lineSetAgentActivity(client.line, 0, 1), LINEERR_OPERATIONUNAVAIL);
        if (way == 0)
            desk_end(&proxy);
    }
    desk_end(&client);
}

TEST(a_client_that_leaves_gets_no_answer)
{
    struct desk proxy = desk_proxy(VERSION), client = desk_client(VERSION);
    CHECK(lineSetAgentActivity(client.line, 0, 1) > 0);
    LINEPROXYREQUEST *request = desk_take(&proxy, LINEPROXYREQUEST_SETAGENTACTIVITY);
    desk_end(&client);
    desk_answer(&proxy, request, 0);
    desk_quiet(&proxy);
    desk_end(&proxy);
}
