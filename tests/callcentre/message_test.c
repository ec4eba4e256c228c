/* message_test.c - lineProxyMessage: messages of the proxy to everybody on the line. */
#include "tests/callcentre/desk.h"

static const struct {
    DWORD message, version, what, state;
} messages[] = {
    {LINE_AGENTSPECIFIC, 0x00020000, 1, 2},
    {LINE_AGENTSTATUS, 0x00020000, LINEAGENTSTATUS_STATE | LINEAGENTSTATUS_NEXTSTATE,
     LINEAGENTSTATE_READY},
    {LINE_AGENTSTATUS, 0x00020000,
     LINEAGENTSTATUS_GROUP | LINEAGENTSTATUS_ACTIVITY | LINEAGENTSTATUS_ACTIVITYLIST |
         LINEAGENTSTATUS_GROUPLIST | LINEAGENTSTATUS_VALIDSTATES | LINEAGENTSTATUS_VALIDNEXTSTATES,
     0},
    {LINE_AGENTSESSIONSTATUS, 0x00020002, LINEAGENTSESSIONSTATUS_NEWSESSION, 0},
    {LINE_AGENTSESSIONSTATUS, 0x00020002, LINEAGENTSESSIONSTATUS_STATE,
     LINEAGENTSESSIONSTATE_BUSYONCALL},
    {LINE_AGENTSESSIONSTATUS, 0x00020002, LINEAGENTSESSIONSTATUS_UPDATEINFO, 0},
    {LINE_QUEUESTATUS, 0x00020002, LINEQUEUESTATUS_UPDATEINFO, 0},
    {LINE_QUEUESTATUS, 0x00020002, LINEQUEUESTATUS_NEWQUEUE, 0},
    {LINE_QUEUESTATUS, 0x00020002, LINEQUEUESTATUS_QUEUEREMOVED, 0},
    {LINE_AGENTSTATUSEX, 0x00020002, LINEAGENTSTATUSEX_NEWAGENT, 0},
    {LINE_AGENTSTATUSEX, 0x00020002, LINEAGENTSTATUSEX_STATE, LINEAGENTSTATEEX_RELEASED},
    {LINE_AGENTSTATUSEX, 0x00020002, LINEAGENTSTATUSEX_UPDATEINFO, 0},
    {LINE_GROUPSTATUS, 0x00020002, LINEGROUPSTATUS_NEWGROUP, 0},
    {LINE_GROUPSTATUS, 0x00020002, LINEGROUPSTATUS_GROUPREMOVED, 0},
    {LINE_PROXYSTATUS, 0x00020002, LINEPROXYSTATUS_ALLOPENFORACD, 0},
};

TEST(everybody_on_the_line_gets_the_proxys_messages)
{
    struct desk proxy = desk_proxy(0x00020002), client = desk_client(0x00020002);
    struct desk old = desk_client(0x00020000), oldest = desk_client(0x00010004);
    for (unsigned i = 0; i < ARRAYSIZE(messages); i++) {
        CHECK_EQ(lineProxyMessage(proxy.line, 0, messages[i].message, 0x4711, messages[i].what,
                                  messages[i].state),
                 0);
        LINEMESSAGE got = desk_expect(&client, messages[i].message);
        CHECK_EQ(got.dwParam1, 0x4711);
        CHECK_EQ(got.dwParam2, messages[i].what);
        CHECK_EQ(got.dwParam3, messages[i].state);
        desk_expect(&proxy, messages[i].message); /* it has the line open too */
        if (messages[i].version <= 0x00020000)
            desk_expect(&old, messages[i].message);
        desk_quiet(&old);
        desk_quiet(&oldest);
    }
    desk_end(&oldest);
    desk_end(&old);
    desk_end(&client);
    desk_end(&proxy);
}

TEST(only_a_proxy_may_and_only_these)
{
    struct desk proxy = desk_proxy(0x00020002), client = desk_client(0x00020002);
    CHECK_EQ(lineProxyMessage(client.line, 0, LINE_AGENTSTATUS, 0, LINEAGENTSTATUS_STATE, 0),
             LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineProxyMessage(proxy.line, 0, LINE_CALLSTATE, 0, 0, 0), LINEERR_INVALPARAM);
    CHECK_EQ(lineProxyMessage(proxy.line, 0, LINE_PROXYREQUEST, 0, 0, 0), LINEERR_INVALPARAM);
    CHECK_EQ(lineProxyMessage(proxy.line, 0x1234, LINE_AGENTSTATUS, 0, 0, 0),
             LINEERR_INVALCALLHANDLE);
    CHECK_EQ(lineProxyMessage(client.line + 1, 0, LINE_AGENTSTATUS, 0, 0, 0),
             LINEERR_INVALLINEHANDLE);
    desk_quiet(&client);
    CHECK_EQ(lineClose(proxy.line), 0);
    CHECK_EQ(lineProxyMessage(proxy.line, 0, LINE_AGENTSTATUS, 0, 0, 0), LINEERR_INVALLINEHANDLE);
    desk_end(&client);
    desk_end(&proxy);
    CHECK_EQ(lineProxyMessage(1, 0, LINE_AGENTSTATUS, 0, 0, 0), LINEERR_UNINITIALIZED);
}
