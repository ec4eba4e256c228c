/* people.c - who sits where, and how that is told: one change of a seat is a message about the
 * address (TAPI 2.0), about the session and about the agent (TAPI 2.2). */
#include "acd.h"

#include <stdio.h>

struct seat *seat_of(struct acd *acd, HLINE line)
{
    for (unsigned i = 0; i < acd->seats; i++)
        if (acd->seat[i].line == line)
            return &acd->seat[i];
    return NULL;
}

HAGENT agent_handle(const struct acd *acd, const struct agent *agent)
{
    return (HAGENT)(agent - acd->agent + 1);
}

HAGENTSESSION session_handle(const struct acd *acd, const struct session *session)
{
    return (HAGENTSESSION)(session - acd->session + 1 + ACD_AGENTS);
}

struct agent *agent_of(struct acd *acd, HAGENT handle)
{
    return handle >= 1 && handle <= ACD_AGENTS && acd->agent[handle - 1].used
               ? &acd->agent[handle - 1]
               : NULL;
}

struct session *session_of(struct acd *acd, HAGENTSESSION handle)
{
    DWORD place = handle - 1 - ACD_AGENTS;

    return place < ACD_SESSIONS && acd->session[place].used ? &acd->session[place] : NULL;
}

void agent_new(struct acd *acd, struct agent *agent)
{
    lineProxyMessage(acd->line, 0, LINE_AGENTSTATUSEX, agent_handle(acd, agent),
                     LINEAGENTSTATUSEX_NEWAGENT, 0);
}

void agent_set(struct acd *acd, struct agent *agent, DWORD state)
{
    agent->state = state;
    lineProxyMessage(acd->line, 0, LINE_AGENTSTATUSEX, agent_handle(acd, agent),
                     LINEAGENTSTATUSEX_STATE, state);
}

void session_new(struct acd *acd, struct session *session)
{
    lineProxyMessage(acd->line, 0, LINE_AGENTSESSIONSTATUS, session_handle(acd, session),
                     LINEAGENTSESSIONSTATUS_NEWSESSION, 0);
}

static void session_tell(struct acd *acd, struct session *session, DWORD state)
{
    session->state = state;
    lineProxyMessage(acd->line, 0, LINE_AGENTSESSIONSTATUS, session_handle(acd, session),
                     LINEAGENTSESSIONSTATUS_STATE, state);
}

/* What a seat's state means for the session and the agent there. */
static const struct {
    DWORD seat, session, agent;
    const char *name;
} meaning[] = {
    {LINEAGENTSTATE_LOGGEDOFF, LINEAGENTSESSIONSTATE_ENDED, LINEAGENTSTATEEX_NOTREADY,
     "logged off"},
    {LINEAGENTSTATE_NOTREADY, LINEAGENTSESSIONSTATE_NOTREADY, LINEAGENTSTATEEX_NOTREADY,
     "not ready"},
    {LINEAGENTSTATE_READY, LINEAGENTSESSIONSTATE_READY, LINEAGENTSTATEEX_READY, "ready"},
    {LINEAGENTSTATE_BUSYACD, LINEAGENTSESSIONSTATE_BUSYONCALL, LINEAGENTSTATEEX_BUSYACD,
     "busy with a call of the queue"},
    {LINEAGENTSTATE_BUSYINCOMING, LINEAGENTSESSIONSTATE_BUSYONCALL, LINEAGENTSTATEEX_BUSYINCOMING,
     "busy with a call"},
    {LINEAGENTSTATE_BUSYOUTBOUND, LINEAGENTSESSIONSTATE_BUSYONCALL, LINEAGENTSTATEEX_BUSYOUTGOING,
     "busy with a call out"},
    {LINEAGENTSTATE_WORKINGAFTERCALL, LINEAGENTSESSIONSTATE_BUSYWRAPUP, LINEAGENTSTATEEX_NOTREADY,
     "working after a call"},
};

void seat_set(struct acd *acd, struct seat *seat, DWORD state)
{
    struct session *session = seat->session;

    if (seat->state == LINEAGENTSTATE_WORKINGAFTERCALL && session) {
        DWORD worked = GetTickCount() - seat->wrap_up;

        session->figures.wrap_up += worked;
        session->agent->figures.wrap_up += worked;
    }
    if (state == LINEAGENTSTATE_WORKINGAFTERCALL)
        seat->wrap_up = GetTickCount();
    seat->state = state;
    lineProxyMessage(seat->line, 0, LINE_AGENTSTATUS, 0, LINEAGENTSTATUS_STATE, state);
    for (unsigned i = 0; i < sizeof(meaning) / sizeof(*meaning); i++) {
        if (meaning[i].seat != state)
            continue;
        printf("%s: %s\n", seat->number, meaning[i].name);
        if (session) {
            if (session->state != meaning[i].session)
                session_tell(acd, session, meaning[i].session);
            if (session->agent->state != meaning[i].agent)
                agent_set(acd, session->agent, meaning[i].agent);
        }
    }
}

void seat_member(struct acd *acd, struct seat *seat, BOOL member)
{
    if (seat->member == member)
        return;
    seat->member = member;
    lineProxyMessage(seat->line, 0, LINE_AGENTSTATUS, 0, LINEAGENTSTATUS_GROUP, 0);
    seat_set(acd, seat, member ? LINEAGENTSTATE_NOTREADY : LINEAGENTSTATE_LOGGEDOFF);
}

/* A session that ends leaves its seat; a session's other states are its seat's. */
void session_set(struct acd *acd, struct session *session, DWORD state)
{
    struct seat *seat = session->seat;

    if (state == LINEAGENTSESSIONSTATE_ENDED || state == LINEAGENTSESSIONSTATE_RELEASED) {
        if (seat && seat->session == session) {
            seat->session = NULL;
            seat_member(acd, seat, FALSE);
        }
        session->seat = NULL;
        session_tell(acd, session, state);
        if (session->agent->state != LINEAGENTSTATEEX_NOTREADY)
            agent_set(acd, session->agent, LINEAGENTSTATEEX_NOTREADY);
        return;
    }
    for (unsigned i = 0; i < sizeof(meaning) / sizeof(*meaning); i++) {
        if (meaning[i].session == state && seat) {
            seat_set(acd, seat, meaning[i].seat);
            return;
        }
    }
}
