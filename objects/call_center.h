/*
 * call_center.h - the call centre among the objects: AgentHandler, ACDGroup, Queue, Agent and
 * AgentSession (docs/call-centre.md). Included by private.h.
 *
 * An agent handler is a proxy application: the lines on which all requests that TAPI 3 needs are
 * handled (LINEPROXYSTATUS_ALLOPENFORACD) and whose LINEAGENTCAPS name the same proxy.
 *
 * Who holds whom: TAPI uses its handlers, a handler its groups and queues, until the proxy, the
 * group or the queue goes, or Shutdown; groups, queues and agents use their handler, which uses
 * TAPI; a session uses its agent, group and address. Handlers' lists of agents and sessions hold
 * nothing: they are left in destroy, and whoever finds somebody there takes com_try_use.
 *
 * Everything marked (T) is guarded by tapi->lock. Functions may be called from any thread, but
 * those that ask the proxy wait for it: never from messages.c.
 */
#ifndef OBJECTS_CALL_CENTER_H
#define OBJECTS_CALL_CENTER_H

struct tapi;
struct address;
struct agent_handler;

/* ---- lines ----------------------------------------------------------------------------------- */

/* A line device that a proxy serves, opened without privilege for its messages and requests. */
struct agent_line {
    struct agent_line *next; /* (T) in the handler */
    struct agent_handler *handler;
    DWORD device;
    HLINE handle;
};

/* What TAPI has of the call centre. */
struct call_center {
    struct agent_handler *handlers; /* (T) uses */
    struct agent_job *jobs;         /* (T) messages that wait for their thread, oldest first */
    BOOL working;                   /* (T) there is such a thread */
};

/* Shutdown: the handlers go. */
void call_center_close(struct tapi *tapi);
/* A TAPI/C message; TRUE: it was one of the call centre. Does not wait. */
BOOL call_center_message(struct tapi *tapi, const LINEMESSAGE *message);
/* The same for a message of our own making, on `line`. */
void call_center_post(struct tapi *tapi, HLINE line, DWORD message, DWORD_PTR param1,
                      DWORD_PTR param2, DWORD_PTR param3);
extern const ITTAPICallCenterVtbl call_center_vtable;

/* ---- questions to the proxy ------------------------------------------------------------------ */

/* One asynchronous function of the C API and its arguments. `structure` is what it fills. */
struct agent_question {
    LONG (*ask)(HLINE line, const struct agent_question *question, void *structure);
    DWORD handle; /* HAGENT, HAGENTSESSION or queue identifier */
    DWORD value;  /* state, period, API version */
    const void *context;
};

/* Asks and waits. size: of the structure, which grows as needed; *answer: to be freed. size 0:
 * there is none (answer NULL). 0, LINEERR_*, REQUEST_TIMEOUT. */
LONG agent_ask(struct tapi *tapi, HLINE line, const struct agent_question *question, DWORD size,
               void **answer);
/* An array that a list structure of the C API describes; *count 0 where it is broken. */
const void *agent_entries(const void *list, DWORD entries, DWORD size, DWORD offset,
                          DWORD entry_size, DWORD *count);
/* A copy of a text of such a structure; NULL: memory exhausted. free() it. */
WCHAR *agent_text(const void *structure, DWORD size, DWORD offset);

/* ---- AgentHandler ---------------------------------------------------------------------------- */

struct agent_handler {
    struct com_object com;
    ITAgentHandler ITAgentHandler_iface;
    struct tapi *tapi;          /* use */
    struct agent_handler *next; /* (T) in tapi->call_center */
    GUID proxy;                 /* of LINEAGENTCAPS; all zero: the name decides */
    WCHAR *name;
    DWORD first;                    /* the device it was found with */
    BOOL announced;                 /* (T) AHE_NEW_AGENTHANDLER was posted */
    struct agent_line *lines;       /* (T) empty: the proxy is gone */
    struct agent_group *groups;     /* (T) uses */
    struct agent_queue *queues;     /* (T) uses */
    struct agent *agents;           /* (T) */
    struct agent_session *sessions; /* (T) */
    LONG asked, applied;            /* which look at the groups is the latest; applied: (T) */
};

/* A handler of no line yet, not listed; public count 1. NULL: memory exhausted. */
struct agent_handler *agent_handler_create(struct tapi *tapi, const GUID *proxy, const WCHAR *name,
                                           DWORD device);
void agent_handler_post(struct agent_handler *handler, AGENTHANDLER_EVENT event);
/* The line of this device, or any other of the handler; 0: the proxy is gone. */
HLINE agent_handler_line(struct agent_handler *handler, DWORD device);
/* S_OK with a line to ask on; else TAPI_E_NOT_INITIALIZED, or TAPI_E_NOTSUPPORTED: no proxy. */
HRESULT agent_handler_check(struct agent_handler *handler, DWORD device, REFIID iid, HLINE *line);

/* ---- ACDGroup and Queue ---------------------------------------------------------------------- */

struct agent_group {
    struct com_object com;
    ITACDGroup ITACDGroup_iface;
    struct agent_handler *handler; /* use */
    struct agent_group *next;      /* (T) */
    GUID id;
    WCHAR *name;
    DWORD *queues; /* (T) identifiers */
    DWORD queue_count;
    BOOL removed; /* (T) */
    BOOL fresh;   /* (T) nobody has been told of it */
};

struct agent_queue {
    struct com_object com;
    ITQueue ITQueue_iface;
    struct agent_handler *handler; /* use */
    struct agent_queue *next;      /* (T) */
    DWORD id;
    WCHAR *name;
    BOOL removed; /* (T) */
    BOOL fresh;   /* (T) nobody has been told of it */
};

extern const struct com_class agent_group_class;
/* Asks for groups and queues; tells of those that came and went if `announce`. only: the queues of
 * that group alone; NULL: everything. 0, LINEERR_*, REQUEST_TIMEOUT. */
LONG agent_groups_refresh(struct agent_handler *handler, struct agent_group *only, BOOL announce);
/* All of them are gone, because the handler is. */
void agent_groups_close(struct agent_handler *handler);
/* The group of this identifier, a use to give back; NULL: none. */
struct agent_group *agent_group_find(struct agent_handler *handler, const GUID *id);
struct com_list *agent_groups_list(struct agent_handler *handler);
/* Not listed yet; the caller gets a use, and the name (malloc) is the queue's. NULL: memory
 * exhausted. */
struct agent_queue *agent_queue_create(struct agent_handler *handler, DWORD id, WCHAR *name);

/* ---- Agent and AgentSession ------------------------------------------------------------------ */

struct agent {
    struct com_object com;
    ITAgent ITAgent_iface;
    struct agent_handler *handler; /* use */
    struct agent *next;            /* (T) */
    BOOL listed;                   /* (T) it has its handle */
    HAGENT handle;
    DWORD device; /* the line it was created on */
    WCHAR *id, *pin;
};

struct agent_session {
    struct com_object com;
    ITAgentSession ITAgentSession_iface;
    struct agent *agent;        /* use */
    struct agent_group *group;  /* use; NULL: not known */
    struct address *address;    /* use; NULL: not known */
    struct agent_session *next; /* (T) in the handler */
    BOOL listed, announced;     /* (T) */
    HAGENTSESSION handle;
    DWORD device;
};

/* ITAgentHandler::CreateAgent and CreateAgentWithID: id NULL for the former. */
HRESULT agent_create(struct agent_handler *handler, const WCHAR *id, const WCHAR *pin,
                     ITAgent **out);
/* Uses to give back; NULL: none of ours. */
struct agent *agent_find(struct agent_handler *handler, HAGENT handle);
struct agent_session *agent_session_find(struct agent_handler *handler, HAGENTSESSION handle);

/* ITAgent::CreateSession and CreateSessionWithPIN. */
HRESULT agent_session_create(struct agent *agent, ITACDGroup *group, ITAddress *address,
                             const WCHAR *pin, ITAgentSession **out);
/* All sessions of the agent, as the proxy has them. */
HRESULT agent_sessions_list(struct agent *agent, struct com_list **list);
/* LINE_AGENTSTATUSEX and LINE_AGENTSESSIONSTATUS, on the thread of the call centre. */
void agent_status(struct agent_handler *handler, HAGENT handle, DWORD status, DWORD state);
void agent_session_status(struct agent_handler *handler, HAGENTSESSION handle, DWORD status,
                          DWORD state);

/* ---- the beginning of each method ------------------------------------------------------------ */

#define AGENT_CHECK_OUT(out)                                                                       \
    do {                                                                                           \
        if (!(out))                                                                                \
            return com_fail(E_POINTER, IID_HERE, NULL);                                            \
        memset((out), 0, sizeof(*(out)));                                                          \
    } while (0)

#endif
