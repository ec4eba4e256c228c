/*
 * agent.h - the people of a telephone test. An agent is one application (lineInitializeEx) with one
 * line open on an extension of the exchange; it makes calls and writes down every message it gets:
 *
 *     struct agent *a = agent_open("A", "101", AGENT_EVENT);
 *     struct agent *b = agent_open("B", "102", AGENT_WINDOW);
 *
 *     agent_call(a, "102");
 *     agent_wait_state(b, LINECALLSTATE_OFFERING, WAIT_LONG);
 *     agent_answer(b);
 *     agent_wait_state(a, LINECALLSTATE_CONNECTED, WAIT_LONG);
 *     AGENT_EXPECT(b, "newcall owner", "state offering", "reply answer ok", "state connected");
 *     agent_close(a);
 *     agent_close(b);
 *
 * A failing step is a failed check naming the agent; the functions may then be called on, also with
 * the NULL that a failed agent_open returned. All agents belong to the test's thread: messages are
 * read while one of the functions waits (every agent's, so a hidden window's never starve).
 *
 * The exchange has to be configured for the test: ENVIRONMENT "OPENTAPI_PROVIDERS=simpbx.tsp" and
 * OPENTAPI_SIMPBX, see docs/testing.md.
 */
#ifndef TESTS_SUPPORT_AGENT_H
#define TESTS_SUPPORT_AGENT_H

#include <windows.h>
#include <tapi.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

enum agent_mode {
    AGENT_EVENT,  /* LINEINITIALIZEEXOPTION_USEEVENT and lineGetMessage */
    AGENT_WINDOW, /* LINEINITIALIZEEXOPTION_USEHIDDENWINDOW and a callback */
    AGENT_PORT,   /* LINEINITIALIZEEXOPTION_USECOMPLETIONPORT */
};

#define AGENT_CALLS    32
#define AGENT_MESSAGES 512

struct agent_call {
    HCALL call;
    unsigned number;  /* the agent's first call is 1 */
    DWORD state;      /* of the latest LINE_CALLSTATE; LINECALLSTATE_UNKNOWN before the first */
    DWORD state_mode; /* its dwParam2: a LINEDISCONNECTMODE_, LINEBUSYMODE_, ... */
    DWORD privilege;
    unsigned waited_up_to; /* messages before this one have been waited for */
};

struct agent_reply {
    DWORD request;
    LONG result;
};

struct agent {
    const char *name;
    enum agent_mode mode;
    HLINEAPP app;
    HLINE line;
    DWORD devices;     /* that lineInitializeEx counted */
    DWORD device;      /* the one of the extension */
    DWORD api_version; /* negotiated for it */
    HANDLE wake;       /* event or completion port */

    /* The call that agent_answer and the like act on: the newest, unless a test sets another. */
    HCALL call;
    struct agent_call calls[AGENT_CALLS];
    unsigned call_count;
    unsigned calls_seen;

    /* Everything received, and how AGENT_EXPECT reads it. */
    LINEMESSAGE messages[AGENT_MESSAGES];
    char text[AGENT_MESSAGES][64];
    unsigned message_count;
    unsigned expected_up_to;
    bool log_all; /* callinfo, devstate, addressstate, media too; else they are not in sequences */

    struct agent_reply replies[AGENT_MESSAGES];
    unsigned reply_count;
    struct {
        LONG request;
        const char *verb;
    } requests[AGENT_MESSAGES];
    unsigned request_count;
    HCALL made; /* where lineMakeCall and lineSetupTransfer write, also after a deadline */
    unsigned waited_up_to;
    struct agent *next;
};

/* Opens the first line that has an address equal to extension (NULL: device 0), as owner and
 * monitor of interactive and automated voice. Status messages stay as TAPI sets them. */
struct agent *agent_open(const char *name, const char *extension, enum agent_mode mode);

/* Deallocates its calls, closes the line, shuts the application down. */
void agent_close(struct agent *agent);

/* Nothing must be alive any more: agents, nor anything OpenTapiGetCounters counts. For TEST_AFTER;
 * agents that the test left open (it stopped halfway) are closed first. */
void agents_check_leaks(void);

/* Waits for the LINE_REPLY of a request and returns its result. id is what a line* function
 * returned: an error is returned as it is, at once. verb names it in "reply VERB ok". */
LONG agent_request(struct agent *agent, LONG id, const char *verb);

/* As agent_request; anything but success is a failed check. True for success. */
bool agent_do(struct agent *agent, LONG id, const char *verb);

/* lineMakeCall with default parameters and the wait for its reply; 0 when it failed. */
HCALL agent_call(struct agent *agent, const char *number);
bool agent_answer(struct agent *agent); /* lineAnswer of agent->call and its reply */
bool agent_drop(struct agent *agent);
bool agent_hold(struct agent *agent);
bool agent_unhold(struct agent *agent);
bool agent_dial(struct agent *agent, const char *number);
bool agent_blind_transfer(struct agent *agent, const char *number);
/* lineSetupTransfer of agent->call; returns the consultation call, which is agent->call then. */
HCALL agent_consult(struct agent *agent);
/* lineCompleteTransfer; mode LINETRANSFERMODE_TRANSFER or _CONFERENCE; *conference may be NULL. */
bool agent_complete_transfer(struct agent *agent, HCALL call, HCALL consult, DWORD mode,
                             HCALL *conference);
/* lineDeallocateCall; agent->call becomes the newest of those left. */
bool agent_deallocate(struct agent *agent, HCALL call);

/* Waits until agent->call (a call that came meanwhile included) has reached state: now, or since
 * the last wait for this call. States that pass quickly are not missed. */
bool agent_wait_state(struct agent *agent, DWORD state, DWORD deadline);
bool agent_wait_call_state(struct agent *agent, HCALL call, DWORD state, DWORD deadline);

/* Waits for a message (LINE_*) later than those already expected or waited for; NULL if none came.
 */
const LINEMESSAGE *agent_wait_message(struct agent *agent, DWORD message, DWORD deadline);

/* What the agent knows of a call; NULL for one that it never had. */
struct agent_call *agent_find_call(struct agent *agent, HCALL call);

/* Reads every agent's messages that are there. */
void agents_read(void);

/* The messages since the last AGENT_EXPECT are exactly these, in this order (it waits for as many
 * as are expected). Texts: "newcall owner", "state connected", "state disconnected busy", "reply
 * drop ok", "reply hold 0x80000048", "digit 5", ... (agent_log.c); from an agent's second call on
 * with the call's number behind it: "state connected #2". A text ending in "*" needs only to begin
 * alike. A failure prints both sequences side by side. */
#define AGENT_EXPECT(agent_, ...)                                                                  \
    agent_expect((agent_), __FILE__, __LINE__, (const char *const[]){__VA_ARGS__, NULL})
bool agent_expect(struct agent *agent, const char *file, int line, const char *const *expected);

/* agent_log.c: the text of a message as above; false where it stays out of sequences. */
bool agent_describe(struct agent *agent, const LINEMESSAGE *message, char *to, size_t size);

/* Forgets the messages so far, for a test that is interested only in what follows. */
void agent_forget(struct agent *agent);

#endif
