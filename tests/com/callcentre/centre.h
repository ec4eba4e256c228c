/*
 * centre.h - a proxy application in the test's process: an ACD that answers from the tables below.
 * It has a thread of its own. Tests change the tables between centre_lock and centre_unlock.
 */
#ifndef TESTS_COM_CALLCENTRE_CENTRE_H
#define TESTS_COM_CALLCENTRE_CENTRE_H

#include <windows.h>
#include <tapi.h>

#include <stdbool.h>

#define CENTRE_NAME   L"Test ACD"
#define CENTRE_GROUPS 4
#define CENTRE_QUEUES 4
#define CENTRE_LINES  3
#define CENTRE_MANY   64

struct centre_group {
    GUID id;
    const WCHAR *name;
    DWORD queues[CENTRE_QUEUES];
    DWORD queue_count;
};

struct centre_session {
    HAGENTSESSION handle;
    HAGENT agent;
    GUID group;
    DWORD address, state;
    WCHAR pin[32];
    unsigned line; /* on which of the centre's lines it was asked for */
};

struct centre {
    struct centre_group groups[CENTRE_GROUPS];
    DWORD group_count;
    struct {
        HAGENT handle;
        DWORD state, period;
        bool released;
        WCHAR id[32], pin[32];
    } agents[CENTRE_MANY];
    unsigned agent_count;
    struct centre_session sessions[CENTRE_MANY];
    unsigned session_count;
    DWORD queue_period;
    void (*on_period)(DWORD period); /* a queue's was set; on the centre's thread. May be NULL */
    LONG error[32];                  /* the answer to requests of this type, when not 0 */
    LONG asked[32];                  /* how many came */
    bool silent[32];                 /* no answer comes */
    bool early;       /* a new session is told of before the answer to lineCreateAgentSession */
    const GUID *guid; /* LINEAGENTCAPS.ProxyGUID, or NULL */
    bool nameless;    /* lineGetAgentCaps says no name */
};
extern struct centre centre;

void centre_lock(void);
void centre_unlock(void);

/* Two groups: Sales (queues 11, 12) and Service (queue 13); nobody has asked for anything. */
void centre_reset(void);
/* Opens these lines (by their numbers) as a proxy for every request from 4 (GETAGENTCAPS) to 20
 * but `without` (0: none). False: a line could not be opened. */
bool centre_open(const char *const *numbers, unsigned count, DWORD without);
void centre_close(void);
/* lineProxyMessage on the first line. */
void centre_say(DWORD message, DWORD_PTR param1, DWORD_PTR param2, DWORD_PTR param3);
/* A session that another program has made for this agent, and the message about it. */
HAGENTSESSION centre_foreign_session(HAGENT agent, bool tell);

extern const GUID centre_sales, centre_service, centre_other;

#endif
