/*
 * acd.h - a small call centre on TAPI 2.2: one queue, its agents' telephones ("seats"), and the
 * application that answers for them as a proxy. Built from <tapi.h> alone. One thread does all.
 *
 *   acd.c       opens the lines as a proxy, reads messages
 *   calls.c     calls that wait, and who gets them
 *   people.c    seats, agents and their sessions: states, statistics, messages about them
 *   answers.c   the answer to every LINEPROXYREQUEST
 */
#ifndef SAMPLES_ACD_H
#define SAMPLES_ACD_H

#include <windows.h>
#include <tapi.h>

#define ACD_SEATS    8
#define ACD_AGENTS   32
#define ACD_SESSIONS 32
#define ACD_CALLS    64
#define ACD_TEXT     32

/* Sums over calls; times in ms. */
struct figures {
    DWORD calls, incoming, outgoing;
    DWORD talk, total, wrap_up;
    DWORD answers, longest_answer, answer_time;
};

struct agent {
    BOOL used;
    WCHAR id[ACD_TEXT], pin[ACD_TEXT];
    DWORD state, next; /* LINEAGENTSTATEEX_ */
    DWORD period;      /* seconds; only kept for who asks */
    struct figures figures;
};

struct session {
    BOOL used;
    struct agent *agent;
    struct seat *seat;
    DWORD address;     /* as it was given */
    DWORD state, next; /* LINEAGENTSESSIONSTATE_ */
    DWORD began;       /* tick */
    double start;      /* DATE */
    struct figures figures;
};

/* An agent's telephone. */
struct seat {
    HLINE line;
    char number[ACD_TEXT];
    BOOL member;       /* of the group: logged in */
    DWORD state, next; /* LINEAGENTSTATE_; next: after the present call, 0: ready */
    DWORD resume;      /* the state before a call of its own */
    DWORD activity;    /* 0: none */
    struct session *session;
    DWORD calls;   /* at the telephone now */
    DWORD wrap_up; /* tick: it began */
    struct figures figures;
};

/* A call that waits, or one at a seat. */
struct call {
    HCALL call;        /* 0: a free place */
    struct seat *seat; /* NULL: it waits */
    BOOL known;        /* it has had its first state */
    BOOL distributed;  /* at a seat: from the queue */
    BOOL answered;
    LONG request;             /* waiting: of the lineRedirect under way */
    struct seat *chosen;      /* for whom */
    DWORD since, answered_at; /* ticks */
};

struct acd {
    HLINEAPP app;
    HLINE line; /* the queue's */
    DWORD queue_id;
    char name[ACD_TEXT];
    LONG left; /* calls until the end; less than 0: without end */
    struct seat seat[ACD_SEATS];
    unsigned seats;
    struct agent agent[ACD_AGENTS];
    struct session session[ACD_SESSIONS];
    struct call call[ACD_CALLS];
    DWORD period;
    DWORD queued, abandoned, flowed_out, longest_wait, wait_time;
};

extern const GUID acd_group;
#define ACD_ACTIVITIES 3
extern const WCHAR *const acd_activity[ACD_ACTIVITIES]; /* their IDs count from 1 */

/* Serves the queue whose line has this name or number, with the agents' lines, until so many calls
 * are over (less than 0: without end). 0, or a LINEERR_ when a line cannot be had. */
LONG acd_run(const char *queue, const char *const *seats, unsigned count, LONG calls);

/* calls.c */
void call_new(struct acd *acd, HLINE line, HCALL call);
void call_state(struct acd *acd, HCALL call, DWORD state);
void call_reply(struct acd *acd, LONG request, LONG result);
/* Gives waiting calls to ready agents, the oldest first. */
void calls_distribute(struct acd *acd);
DWORD calls_waiting(const struct acd *acd, DWORD *longest);

/* people.c: each tells everybody who has the lines open. */
void seat_set(struct acd *acd, struct seat *seat, DWORD state);
struct seat *seat_of(struct acd *acd, HLINE line);
void seat_member(struct acd *acd, struct seat *seat, BOOL member);
void agent_new(struct acd *acd, struct agent *agent);
void agent_set(struct acd *acd, struct agent *agent, DWORD state);
void session_new(struct acd *acd, struct session *session);
void session_set(struct acd *acd, struct session *session, DWORD state);
/* Handles are places in the tables, sessions' behind the agents'. NULL: there is none. */
struct agent *agent_of(struct acd *acd, HAGENT handle);
struct session *session_of(struct acd *acd, HAGENTSESSION handle);
HAGENT agent_handle(const struct acd *acd, const struct agent *agent);
HAGENTSESSION session_handle(const struct acd *acd, const struct session *session);

/* answers.c: what becomes of a LINE_PROXYREQUEST that came for this line. */
void answer(struct acd *acd, HLINE line, LINEPROXYREQUEST *request);

#endif
