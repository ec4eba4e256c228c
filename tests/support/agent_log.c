/* agent_log.c - what an agent's messages look like in a test, and comparing sequences of them. */
#include "tests/support/agent.h"

#include <stdio.h>

struct value_name {
    DWORD value;
    const char *name;
};

static const struct value_name states[] = {
    {LINECALLSTATE_IDLE, "idle"},
    {LINECALLSTATE_OFFERING, "offering"},
    {LINECALLSTATE_ACCEPTED, "accepted"},
    {LINECALLSTATE_DIALTONE, "dialtone"},
    {LINECALLSTATE_DIALING, "dialing"},
    {LINECALLSTATE_RINGBACK, "ringback"},
    {LINECALLSTATE_BUSY, "busy"},
    {LINECALLSTATE_SPECIALINFO, "specialinfo"},
    {LINECALLSTATE_CONNECTED, "connected"},
    {LINECALLSTATE_PROCEEDING, "proceeding"},
    {LINECALLSTATE_ONHOLD, "onhold"},
    {LINECALLSTATE_CONFERENCED, "conferenced"},
    {LINECALLSTATE_ONHOLDPENDCONF, "onholdpendconf"},
    {LINECALLSTATE_ONHOLDPENDTRANSFER, "onholdpendtransfer"},
    {LINECALLSTATE_DISCONNECTED, "disconnected"},
    {LINECALLSTATE_UNKNOWN, "unknown"},
    {0, NULL},
};

static const struct value_name disconnect_modes[] = {
    {LINEDISCONNECTMODE_NORMAL, "normal"},
    {LINEDISCONNECTMODE_UNKNOWN, "unknown"},
    {LINEDISCONNECTMODE_REJECT, "reject"},
    {LINEDISCONNECTMODE_PICKUP, "pickup"},
    {LINEDISCONNECTMODE_FORWARDED, "forwarded"},
    {LINEDISCONNECTMODE_BUSY, "busy"},
    {LINEDISCONNECTMODE_NOANSWER, "noanswer"},
    {LINEDISCONNECTMODE_BADADDRESS, "badaddress"},
    {LINEDISCONNECTMODE_UNREACHABLE, "unreachable"},
    {LINEDISCONNECTMODE_CONGESTION, "congestion"},
    {LINEDISCONNECTMODE_INCOMPATIBLE, "incompatible"},
    {LINEDISCONNECTMODE_UNAVAIL, "unavail"},
    {LINEDISCONNECTMODE_NODIALTONE, "nodialtone"},
    {LINEDISCONNECTMODE_QOSUNAVAIL, "qosunavail"},
    {0, NULL},
};

/* The messages that are told by a word and a number, and whether they belong to every sequence. */
static const struct {
    DWORD message;
    const char *word;
    bool always;
    bool of_call;
} numbered[] = {
    {LINE_CALLINFO, "callinfo", false, true},
    {LINE_ADDRESSSTATE, "addressstate", false, false},
    {LINE_LINEDEVSTATE, "devstate", false, false},
    {LINE_MONITORMEDIA, "media", false, true},
    {LINE_GENERATE, "generate", true, true},
    {LINE_GATHERDIGITS, "gathered", true, true},
    {LINE_MONITORTONE, "tone", true, true},
    {LINE_CLOSE, "lineclose", true, false},
    {LINE_CREATE, "linecreate", true, false},
    {LINE_REMOVE, "lineremove", true, false},
    {LINE_REQUEST, "request", true, false},
    {LINE_DEVSPECIFIC, "devspecific", true, false},
};

static const char *find_name(const struct value_name *names, DWORD value, char *spare, size_t size)
{
    for (; names->name; names++)
        if (names->value == value)
            return names->name;
    snprintf(spare, size, "0x%x", (unsigned)value);
    return spare;
}

/* " #2" for an agent's second call, nothing for its first. */
static const char *call_mark(struct agent *agent, HCALL call, char *to, size_t size)
{
    struct agent_call *found = agent_find_call(agent, call);
    unsigned number = found ? found->number : 0;

    snprintf(to, size, number == 1 ? "" : " #%u", number);
    return to;
}

static const char *verb_of(struct agent *agent, DWORD request)
{
    for (unsigned i = agent->request_count; i > 0; i--)
        if ((DWORD)agent->requests[i - 1].request == request)
            return agent->requests[i - 1].verb;
    return "unasked";
}

bool agent_describe(struct agent *agent, const LINEMESSAGE *message, char *to, size_t size)
{
    HCALL call = (HCALL)(DWORD_PTR)message->hDevice;
    char mark[16], spare[2][16];

    switch (message->dwMessageID) {
    case LINE_APPNEWCALL:
        snprintf(to, size, "newcall %s%s",
                 message->dwParam3 == LINECALLPRIVILEGE_OWNER ? "owner" : "monitor",
                 call_mark(agent, (HCALL)message->dwParam2, mark, sizeof mark));
        return true;
    case LINE_CALLSTATE:
        call_mark(agent, call, mark, sizeof mark);
        snprintf(
            to, size, "state %s%s%s%s",
            find_name(states, (DWORD)message->dwParam1, spare[0], sizeof spare[0]),
            message->dwParam1 == LINECALLSTATE_DISCONNECTED ? " " : "",
            message->dwParam1 == LINECALLSTATE_DISCONNECTED
                ? find_name(disconnect_modes, (DWORD)message->dwParam2, spare[1], sizeof spare[1])
                : "",
            mark);
        return true;
    case LINE_REPLY:
        if (message->dwParam2 == 0)
            snprintf(to, size, "reply %s ok", verb_of(agent, (DWORD)message->dwParam1));
        else
            snprintf(to, size, "reply %s 0x%x", verb_of(agent, (DWORD)message->dwParam1),
                     (unsigned)message->dwParam2);
        return true;
    case LINE_MONITORDIGITS:
        snprintf(to, size, "digit %c%s", (int)(message->dwParam1 & 0xFF),
                 call_mark(agent, call, mark, sizeof mark));
        return true;
    }
    for (size_t i = 0; i < sizeof numbered / sizeof numbered[0]; i++)
        if (numbered[i].message == message->dwMessageID) {
            snprintf(to, size, "%s 0x%x%s", numbered[i].word, (unsigned)message->dwParam1,
                     numbered[i].of_call ? call_mark(agent, call, mark, sizeof mark) : "");
            return numbered[i].always || agent->log_all;
        }
    snprintf(to, size, "message %u 0x%x 0x%x 0x%x", (unsigned)message->dwMessageID,
             (unsigned)message->dwParam1, (unsigned)message->dwParam2, (unsigned)message->dwParam3);
    return true;
}

static bool alike(const char *text, const char *expected)
{
    size_t length = strlen(expected);

    if (length && expected[length - 1] == '*')
        return strncmp(text, expected, length - 1) == 0;
    return strcmp(text, expected) == 0;
}

/* The texts that count, from the last expectation on. */
static unsigned unread(struct agent *agent, const char **to, unsigned most)
{
    unsigned count = 0;

    for (unsigned i = agent->expected_up_to; i < agent->message_count; i++)
        if (agent->text[i][0] && count < most)
            to[count++] = agent->text[i];
    return count;
}

struct enough {
    struct agent *agent;
    unsigned count;
};

static bool has_enough(void *context)
{
    struct enough *enough = context;
    const char *texts[AGENT_MESSAGES];

    agents_read();
    return unread(enough->agent, texts, AGENT_MESSAGES) >= enough->count;
}

bool agent_expect(struct agent *agent, const char *file, int line, const char *const *expected)
{
    const char *texts[AGENT_MESSAGES];
    unsigned wanted = 0, count, longest;
    bool same;

    if (!agent)
        return test_fail(file, line, "there is no agent");
    while (expected[wanted])
        wanted++;
    /* The wake handle of a completion port is nothing to wait on: then wait_until's own beat does.
     */
    wait_until(has_enough, &(struct enough){agent, wanted},
               agent->mode == AGENT_EVENT ? agent->wake : NULL, WAIT_LONG);
    count = unread(agent, texts, AGENT_MESSAGES);
    same = count == wanted;
    for (unsigned i = 0; same && i < count; i++)
        same = alike(texts[i], expected[i]);
    agent->expected_up_to = agent->message_count;
    if (same)
        return test_check(true, false, "agent_expect", file, line);

    longest = count > wanted ? count : wanted;
    test_note("%-4s %-36s %s", agent->name, "expected", "came");
    for (unsigned i = 0; i < longest; i++)
        test_note("  %c  %-36s %s",
                  i < count && i < wanted && alike(texts[i], expected[i]) ? ' ' : '!',
                  i < wanted ? expected[i] : "-", i < count ? texts[i] : "-");
    return test_fail(file, line, "%s got another sequence of %u messages than the %u expected",
                     agent->name, count, wanted);
}

void agent_forget(struct agent *agent)
{
    agents_read();
    if (agent)
        agent->expected_up_to = agent->message_count;
}
