/*
 * internal.h - what the files of tapi32/ share. README.md says who does what.
 */
#ifndef TAPI32_INTERNAL_H
#define TAPI32_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>
#include <tapi.h>

#include "base/list.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/struct_layout.h"
#include "base/trace.h"
#include "engine/engine.h"
#include "tapi32/private.h"

#define ERR(name)        ((LONG)LINEERR_##name)
#define API_VERSION_LOW  0x00010003u
#define API_VERSION_1_4  0x00010004u
#define API_VERSION_HIGH 0x00030001u

extern HINSTANCE tapi32_instance;

/* ---- session.c: the engine, connected while there are applications ---- */

/* Connects when nobody has yet; false: out of memory. Each success needs a session_release. */
bool session_acquire(void);
/* The last one disconnects; may take as long as the providers' shutdown does. */
void session_release(void);
/* One engine request; LINEERR_UNINITIALIZED when no application is initialized. The reply needs
 * engine_reply_free whenever the call came back. */
void session_call(const struct engine_request *request, struct engine_reply *reply);

/* ---- text.c: characters ---- */

extern const struct struct_text text_ansi; /* CP_ACP, for struct_layout */
/* UTF-16 of an application's ANSI text of at most `most` characters, malloc'ed by mem.h; *size is
 * in bytes, with terminator. NULL: out of memory. */
WCHAR *text_widen(const char *text, uint32_t most, uint32_t *size);
/* Characters before the terminator, at most `most`. */
uint32_t text_units(const WCHAR *text, uint32_t most);

/* Documented error for a pointer that an application cannot mean: NULL or memory that is not
 * there. The check is TAPI's, and a wild pointer fails instead of crashing the caller. */
bool pointer_readable(const void *at, size_t size);
bool pointer_writable(void *at, size_t size);

/* ---- launch.c: the program that takes requests ---- */

/* Starts the first program of the user's list (HandoffPriorities) that can be started, with a request
 * for a call: address, program, called party, comment. */
bool launch_recipient(const struct engine_blob text[4]);

/* ---- queue.c: the messages of one application, in order ---- */

struct queued_message {
    uint32_t device, message;
    uint64_t instance, param[3];
    uint64_t cookie;
    uint32_t out[2];
    void *data; /* mem.h; struct open_tapi_msp_data for OPEN_TAPI_LINE_MSPDATA */
    uint32_t size;
};

/* A ring that grows; not thread-safe by itself. A zeroed one is empty. */
struct message_queue {
    struct queued_message *ring;
    uint32_t capacity, first, count;
};

/* False: out of memory, the message is lost. */
bool queue_push(struct message_queue *queue, const struct queued_message *message);
bool queue_pop(struct message_queue *queue, struct queued_message *message);
/* Frees the messages and the ring. */
void queue_clear(struct message_queue *queue);

/* ---- app.c: applications (HLINEAPP, HPHONEAPP) ---- */

struct app {
    struct list link;
    LONG references;
    uint32_t id;      /* engine's `client` */
    bool phone;       /* of phoneInitialize */
    HLINEAPP handle;  /* 0 until the engine gave it; an HPHONEAPP's value where phone is set */
    DWORD option;     /* LINEINITIALIZEEXOPTION_USE... */
    bool version_1;   /* lineInitialize: a TAPI 1.x application */
    LONG negotiated;  /* the highest version it negotiated; guards LINE_CREATE */
    struct lock lock; /* guards what follows; nothing is called with it but wake-ups */
    struct message_queue queue;
    bool dead;                /* shut down: nothing is queued or delivered any more */
    struct condition arrived; /* threads in lineGetMessage */
    uint32_t waiting;         /* how many */
    HANDLE event;             /* USEEVENT: manual-reset, ours */
    bool event_set;
    HANDLE port; /* USECOMPLETIONPORT: the application's */
    ULONG_PTR key;
    HWND window; /* USEHIDDENWINDOW */
    DWORD window_thread;
    LINECALLBACK callback;
    bool posted; /* a wake-up is on its way to the window */
};

/* A reference to the application, or NULL; ended by app_release. */
struct app *app_find_handle(HLINEAPP handle);
struct app *app_find_phone(HPHONEAPP handle);
struct app *app_find_id(uint32_t id);
void app_release(struct app *app);

/* What the functions that initialize have in common (initialize.c). */
struct initialization {
    bool phone;
    DWORD option;  /* LINEINITIALIZEEXOPTION_USE..., PHONEINITIALIZEEXOPTION_ has the same values */
    bool no_event; /* OPEN_TAPI_INITIALIZE_NO_EVENT */
    bool hubs;     /* LINEINITIALIZEEXOPTION_CALLHUBTRACKING */
    bool version_1;
    DWORD version;
    LINECALLBACK callback; /* a PHONECALLBACK looks the same */
    HANDLE port;
    ULONG_PTR key;
    HINSTANCE instance;
    const WCHAR *name; /* NULL: the module's file name */
    HANDLE event;      /* out */
};

/* Makes the application; its first message may come before this returns. LINEERR_ for phones too. */
LONG app_initialize(struct initialization *init, HLINEAPP *handle, DWORD *devices);
/* Ends it, and the reference that the caller has; NULL: LINEERR_INVALAPPHANDLE. */
LONG app_shutdown(struct app *app);
/* Queued for all applications and not yet delivered. */
uint32_t app_messages(void);

/* ---- deliver.c: from the engine to the application ---- */

engine_sink deliver_sink;
/* Makes the message final: writes what its request owes the application (pending.c). */
void deliver_finish(struct app *app, struct queued_message *message);
/* Frees what an undelivered message holds. */
void deliver_discard(struct queued_message *message);

/* ---- dialog_instance.c: dialogs that providers ask for on their own ---- */

/* The sink's part; false: the message is none of a dialog. */
bool dialog_sink(const struct engine_message *message);

/* ---- window.c: the hidden window ---- */

/* The calling thread gets a window for the application; NULL: it could not be made. */
HWND window_create(struct app *app);
/* From any thread; the window ends in its own. */
void window_destroy(struct app *app);
/* Wakes the window's thread; app->lock is held. */
void window_wake(struct app *app);
void window_unregister(void);

/* ---- pending.c: what asynchronous requests still have to write ---- */

enum pending_kind {
    PENDING_CALLS,
    PENDING_DWORD,
    PENDING_VARSTRING,
    PENDING_BYTES,
    PENDING_STRUCT,
    PENDING_DIGITS
};

struct pending {
    struct list link;
    uint64_t cookie;
    enum pending_kind kind;
    void *target[2]; /* the application's memory; target[1] for a second call handle */
    uint32_t size;   /* room: bytes, or characters of PENDING_DIGITS; PENDING_STRUCT: its kind */
    bool wide;
    bool written; /* PENDING_CALLS: the handles were written at the function's return */
};

/* Files a copy under a new cookie, before the request is made; 0: out of memory. */
uint64_t pending_add(const struct pending *pending);
/* The request function returns: writes the new calls' handles, unless the reply was faster.
 * keep: more is to come with a message; otherwise the entry ends. */
void pending_return(uint64_t cookie, const uint64_t *out, bool keep);
/* The message with this cookie is being delivered: writes, and ends the entry. */
void pending_finish(const struct queued_message *message);
/* The message will not be delivered. */
void pending_drop(uint64_t cookie);
/* The last application has gone. */
void pending_drop_all(void);

/* ---- proxy.c: requests of the call centre ---- */

/* The engine's LINE_PROXYREQUEST as the application gets it; false: out of memory. */
bool proxy_copy(const struct engine_message *from, struct queued_message *to);
/* The message is handed over: its structure is the application's until lineProxyResponse. */
void proxy_deliver(struct queued_message *message);
/* The application has shut down: frees what it left unanswered. */
void proxy_forget(uint32_t app);
/* An agent function's request says who asks; others are left alone. */
void proxy_name_caller(struct engine_request *request);

#endif
