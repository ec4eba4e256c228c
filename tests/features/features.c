/* features.c - see features.h. */
#include "tests/features/features.h"

struct agent *a, *w, *b, *c;

TEST_BEFORE
{
    exchange_reset();
}

TEST_AFTER
{
    agents_check_leaks();
    exchange_release();
}

void features_open(void)
{
    /* Of equals the last one to open the line gets the calls that come in: A. */
    w = agent_open("W", "101", AGENT_WINDOW);
    a = agent_open("A", "101", AGENT_EVENT);
    b = agent_open("B", "102", AGENT_EVENT);
    c = agent_open("C", "103", AGENT_EVENT);
    REQUIRE(a && w && b && c);
    REQUIRE_EQ(lineSetStatusMessages(a->line, ALL_LINE_STATES, ALL_ADDRESS_STATES), 0);
    REQUIRE_EQ(lineSetStatusMessages(w->line, ALL_LINE_STATES, ALL_ADDRESS_STATES), 0);
}

HCALL features_connect(struct agent *from, struct agent *to, const char *number)
{
    HCALL call = agent_call(from, number);

    agent_wait_state(to, LINECALLSTATE_OFFERING, WAIT_LONG);
    agent_answer(to);
    agent_wait_call_state(from, call, LINECALLSTATE_CONNECTED, WAIT_LONG);
    return call;
}

static bool is_watching(void *unused)
{
    (void)unused;
    agents_read();
    return w->call_count > 0;
}

HCALL features_watched(void)
{
    CHECK(wait_until(is_watching, NULL, NULL, WAIT_LONG));
    return w->call_count ? w->calls[0].call : 0;
}

void features_forget(void)
{
    agent_forget(a);
    agent_forget(w);
    agent_forget(b);
    agent_forget(c);
}

void features_talking(void)
{
    features_open();
    features_connect(a, b, "102");
    /* What the others still hear of it is not to be taken for what comes next. */
    agent_wait_state(b, LINECALLSTATE_CONNECTED, WAIT_LONG);
    agent_wait_call_state(w, features_watched(), LINECALLSTATE_CONNECTED, WAIT_LONG);
    features_forget();
}

static void end(struct agent *agent)
{
    agents_read();
    for (unsigned i = 0; agent && i < agent->call_count; i++)
        if (agent->calls[i].state != LINECALLSTATE_IDLE)
            lineDrop(agent->calls[i].call, NULL, 0);
    agents_read();
}

void features_end(void)
{
    end(a);
    end(b);
    end(c);
    agent_close(a);
    agent_close(w);
    agent_close(b);
    agent_close(c);
}

static const LINEMESSAGE *latest(struct agent *agent, DWORD message, DWORD bits)
{
    agents_read();
    for (unsigned i = agent->message_count; i > 0; i--) {
        const LINEMESSAGE *each = &agent->messages[i - 1];
        DWORD_PTR state = message == LINE_ADDRESSSTATE ? each->dwParam2 : each->dwParam1;
        if (each->dwMessageID == message && state & bits)
            return each;
    }
    return NULL;
}

const LINEMESSAGE *features_address_state(struct agent *agent, DWORD state)
{
    return latest(agent, LINE_ADDRESSSTATE, state);
}

const LINEMESSAGE *features_line_state(struct agent *agent, DWORD state)
{
    return latest(agent, LINE_LINEDEVSTATE, state);
}

const LINEMESSAGE *features_call_info(struct agent *agent, DWORD what)
{
    return latest(agent, LINE_CALLINFO, what);
}

#define GET(type_, call_)                                                                          \
    static union {                                                                                 \
        type_ head;                                                                                \
        BYTE room[4096];                                                                           \
    } got;                                                                                         \
    POISON(got);                                                                                   \
    got.head.dwTotalSize = sizeof got;                                                             \
    REQUIRE_EQ(call_, 0);                                                                          \
    CHECK(got.head.dwNeededSize <= sizeof got);                                                    \
    return &got.head

const LINECALLINFO *features_info(HCALL call)
{
    GET(LINECALLINFO, lineGetCallInfoA(call, &got.head));
}

const LINECALLSTATUS *features_status(HCALL call)
{
    GET(LINECALLSTATUS, lineGetCallStatus(call, &got.head));
}

const LINEDEVSTATUS *features_line(struct agent *agent)
{
    GET(LINEDEVSTATUS, lineGetLineDevStatusA(agent->line, &got.head));
}

const LINEADDRESSSTATUS *features_address(struct agent *agent)
{
    GET(LINEADDRESSSTATUS, lineGetAddressStatusA(agent->line, 0, &got.head));
}

const LINEADDRESSCAPS *features_address_caps(struct agent *agent)
{
    GET(LINEADDRESSCAPS,
        lineGetAddressCapsA(agent->app, agent->device, 0, agent->api_version, 0, &got.head));
}

const LINEDEVCAPS *features_caps(struct agent *agent)
{
    GET(LINEDEVCAPS, lineGetDevCapsA(agent->app, agent->device, agent->api_version, 0, &got.head));
}

LINECALLPARAMS *features_params(struct features_params *to, DWORD flags, const char *target)
{
    LINECALLPARAMS *params = &to->params;

    memset(to, 0, sizeof *to);
    params->dwTotalSize = sizeof *to;
    params->dwBearerMode = LINEBEARERMODE_VOICE;
    params->dwMinRate = 0;
    params->dwMaxRate = 64000;
    params->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    params->dwCallParamFlags = flags;
    params->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    if (target) {
        strcpy(to->target, target);
        params->dwTargetAddressSize = (DWORD)strlen(target) + 1;
        params->dwTargetAddressOffset = (DWORD)offsetof(struct features_params, target);
    }
    return params;
}
