/*
 * expect.h - sequences without their replies. TAPI orders a LINE_REPLY before the events of a call
 * that the request made, and not against the events of calls that were there; the agent's functions
 * have seen to it that the reply came, once and with success.
 */
#ifndef TESTS_TAPI2_EXPECT_H
#define TESTS_TAPI2_EXPECT_H

#include "tests/support/agent.h"

static inline void agent_skip_replies(struct agent *agent)
{
    agents_read();
    for (unsigned i = agent ? agent->expected_up_to : 0; agent && i < agent->message_count; i++)
        if (strncmp(agent->text[i], "reply ", 6) == 0)
            agent->text[i][0] = '\0';
}

#define EXPECT_STATES(agent_, ...) (agent_skip_replies(agent_), AGENT_EXPECT(agent_, __VA_ARGS__))

#endif
