/*
 * front.h - what lies between the exchange (core/) and its two users: TAPI (TSPI_ functions) and
 * the control object. Private to this folder.
 *
 * There is one exchange a process and one lock around it. Everything that the exchange reports is
 * queued, in order, while that lock is held, and handed to TAPI by front_deliver after it has been
 * released; whoever delivers first delivers for all, so the order is one for the whole provider.
 */
#ifndef SIMPBX_FRONT_H
#define SIMPBX_FRONT_H

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#include "core/core.h"
#include "audio_port.h"

/* The newest and oldest versions of TSPI spoken. */
#define SIMPBX_TSPI_HIGH 0x00030001u
#define SIMPBX_TSPI_LOW  0x00010003u

#define SIMPBX_MEDIA_MODES                                                                         \
    (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_UNKNOWN)
#define SIMPBX_BEARER_MODES (LINEBEARERMODE_VOICE | LINEBEARERMODE_SPEECH)
#define SIMPBX_MAX_RATE     64000u
#define SIMPBX_LINE_STATES                                                                         \
    (LINEDEVSTATE_RINGING | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE |       \
     LINEDEVSTATE_REINIT | LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED |                    \
     LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF | LINEDEVSTATE_INSERVICE |                   \
     LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_NUMCOMPLETIONS | LINEDEVSTATE_TERMINALS |            \
     LINEDEVSTATE_ROAMMODE | LINEDEVSTATE_BATTERY | LINEDEVSTATE_SIGNAL | LINEDEVSTATE_LOCK |      \
     LINEDEVSTATE_CONFIGCHANGE | LINEDEVSTATE_COMPLCANCEL)
#define SIMPBX_LINE_STATUS                                                                         \
    (LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_MSGWAIT | LINEDEVSTATUSFLAGS_INSERVICE |    \
     LINEDEVSTATUSFLAGS_LOCKED)
/* What is possible on a line at any time, calls or not. */
#define SIMPBX_LINE_FEATURES                                                                       \
    (LINEFEATURE_FORWARD | LINEFEATURE_DEVSPECIFIC | LINEFEATURE_DEVSPECIFICFEAT |                 \
     LINEFEATURE_SETMEDIACONTROL | LINEFEATURE_SETTERMINAL | LINEFEATURE_SETDEVSTATUS)

/* What TAPI has open of an extension; struct pbx_extension.front. */
struct front_line {
    HTAPILINE htline; /* NULL: closed */
    LINEEVENT event;
    DWORD version;
    DWORD generation; /* of the HDRVLINE */
    DWORD line_states, address_states, media_modes;
    DWORD last_in_use;
    DWORD tracking;
    DWORD ext_version; /* simpbx_ext.h */
    struct msp_instance *msps;
};

/* What TAPI holds of a leg; struct pbx_leg.front. */
struct front_call {
    HTAPICALL htcall; /* NULL: not told to TAPI yet */
    LPWSTR gather_buffer;
    DWORD sound_wanted; /* what MSPs have asked for, as in struct audio_port_request */
    struct audio_end *audio;
};

enum front_item_kind {
    ITEM_NOTHING,
    ITEM_COMPLETE, /* param[0] request, param[1] result */
    ITEM_LINE,     /* a message of a line */
    ITEM_CALL,     /* a message of a call */
    ITEM_NEWCALL,
    ITEM_CREATE,   /* LINE_CREATE: param[0] extension's place */
    ITEM_PHONE,    /* a message of a phone: line is the HDRVPHONE */
    ITEM_CREATE_PHONE, /* PHONE_CREATE: param[0] phone's place */
    ITEM_MSPDATA,  /* param[0] htMSPLine; data */
};

struct front_item {
    enum front_item_kind kind;
    DWORD line; /* HDRVLINE */
    DWORD call; /* HDRVCALL or 0 */
    DWORD message;
    DWORD_PTR param[3];
    void *data; /* freed after delivery */
    DWORD size;
};

struct front {
    CRITICAL_SECTION lock;
    struct pbx *pbx; /* NULL: nobody uses the exchange */
    DWORD references;

    /* Between TSPI_providerInit and _providerShutdown. */
    BOOL initialized;
    BOOL enumerated;
    DWORD provider_id, line_base, line_count, generation;
    ASYNC_COMPLETION complete;
    LINEEVENT create;
    HPROVIDER provider;
    DWORD *created_ids; /* device IDs of extensions that came later, by place - line_count */
    DWORD created_count;
    DWORD phone_base, phone_count;
    PHONEEVENT create_phone;
    DWORD *created_phone_ids; /* as created_ids, by place - phone_count */
    DWORD created_phone_count;

    /* The queue: a ring of `capacity` items (a power of two), positions free-running. */
    struct front_item *items;
    size_t capacity, first, last;
    DWORD lost; /* items dropped for want of memory */
    BOOL delivering;
    DWORD deliverer;
    CONDITION_VARIABLE delivered;

    /* The worker: real time's timers and completions with a thread of their own. */
    HANDLE worker, wake;
    BOOL quit;
    uint64_t worker_until;
    uint64_t clock_offset; /* exchange time minus the counter's, ms */

    /* FailNext */
    struct front_failure {
        char function[48];
        LONG error;
        DWORD count;
    } failures[16];

    char *log;
    size_t log_used, log_size;
    WCHAR *log_path;
};

extern struct front front;
extern HINSTANCE front_module;

/* --- front.c --- */
void front_start(void); /* at process attach */
void front_stop(void);  /* at process detach, not when the process ends */
/* The exchange is kept between these; acquire makes and configures it. LINEERR_ on failure. */
LONG front_acquire(void);
void front_release(void);
/* Takes the lock and lets time pass; front_leave releases it, then delivers. */
void front_enter(void);
void front_leave(void);
/* As front_leave, and waits until another deliverer has delivered everything, too. */
void front_leave_settled(void);
LONG front_worker_start(void);
void front_worker_stop(void);
void front_set_clock(bool stepped); /* with the lock held */
/* Configuration: the initial one; from a file; from text. The lock is held; error gets a sentence.
 */
LONG front_configure_initial(char *error, size_t size);
LONG front_configure_file(const WCHAR *path, char *error, size_t size);
LONG front_configure_text(const char *text, size_t length, char *error, size_t size);

/* --- queue.c (lock held) --- */
extern const struct pbx_events front_events;
struct front_item *front_push(enum front_item_kind kind);
void front_push_line(struct pbx_extension *e, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                     DWORD_PTR p3);
void front_push_call(struct pbx_leg *leg, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
void front_queue_clear(void);
/* Without the lock. */
void front_deliver(BOOL settle);
void front_log_path(const WCHAR *path);

/* --- line.c (lock held) --- */
struct pbx_extension *front_extension(DWORD device_id);
DWORD front_device_id(const struct pbx_extension *e);
HDRVLINE front_hdrvline(const struct pbx_extension *e);
struct pbx_extension *front_line_find(HDRVLINE line);
struct pbx_leg *front_call_find(HDRVCALL call);
HDRVCALL front_hdrvcall(const struct pbx_leg *leg);
/* Gives a new leg TAPI's handle; frees the leg and returns LINEERR_NOMEM on failure. */
LONG front_bind(struct pbx_leg *leg, HTAPICALL htcall);
void front_unbind(struct pbx_leg *leg);
void front_close_lines(void);

/* --- request.c: every TSPI function that control object can make fail --- */
struct front_request {
    size_t slot; /* queue position of the completion */
    DRV_REQUESTID id;
    LONG result;
};
/* Enters; true: go on, and put the outcome into result. Ends with request_end in any case, which
 * leaves and returns what the TSPI function returns. */
BOOL request_begin(struct front_request *request, DRV_REQUESTID id, const char *function);
BOOL request_call(struct front_request *request, DRV_REQUESTID id, const char *function,
                  HDRVCALL call, struct pbx_leg **leg);
BOOL request_line(struct front_request *request, DRV_REQUESTID id, const char *function,
                  HDRVLINE line, struct pbx_extension **extension);
LONG request_end(struct front_request *request);
/* The same for functions without a request ID. */
LONG front_check(const char *function);
void requests_flush(void); /* completes what is delayed */
BOOL front_fail_next(const char *function, LONG error, DWORD count);

/* --- text.c --- */
/* UTF-16 to UTF-8, cut to size (whole characters); NULL gives "". */
void front_utf8(char *to, size_t size, const WCHAR *from, int length);
WCHAR *front_utf16(const char *from); /* malloc; NULL: no memory */

/* --- structure.c: TSPI's output structures --- */
struct front_out {
    BYTE *base;
    DWORD total, fixed, needed, used;
};
/* `fixed`: size of the structure's fixed part in the version at hand. */
LONG out_begin(struct front_out *out, void *structure, DWORD fixed);
void out_text(struct front_out *out, const char *text, DWORD *size, DWORD *offset);
void out_bytes(struct front_out *out, const void *data, DWORD bytes, DWORD *size, DWORD *offset);
/* Copies the fixed part, `structure` being laid out as in the newest version. */
void out_end(struct front_out *out, void *structure);
/* A whole VARSTRING of these bytes. */
LONG out_varstring(LPVARSTRING string, DWORD format, const void *data, DWORD bytes);
DWORD forward_size(DWORD version); /* of LINEFORWARD */
/* forward.c: what is forwarded. */
void out_forwards(struct front_out *out, const struct pbx_extension *e, LINEADDRESSSTATUS *status);
DWORD structure_size(DWORD version, DWORD v1, DWORD v2, DWORD v22, DWORD v3);
LONG params_read(const LINECALLPARAMS *lp, DWORD version, struct pbx_call_params *params);
/* As laid out in the version that the extension's line was opened with. */
LONG line_params(const struct pbx_extension *e, const LINECALLPARAMS *lp,
                 struct pbx_call_params *params);
LONG flow_read(const void *data, DWORD size, struct pbx_flow *flow);

/* --- msp.c, audio.c (lock held unless said) --- */
struct msp_instance {
    struct msp_instance *next;
    struct pbx_extension *extension;
    HTAPIMSPLINE htmsp;
    DWORD handle;
};
void audio_talk(struct pbx_leg *leg);   /* its state or peer has changed */
void audio_unbind(struct pbx_leg *leg); /* TAPI lets go of it */
/* An MSP asks for the port of a call. */
void audio_wanted(struct pbx_leg *leg, DWORD wanted, HTAPIMSPLINE htmsp);
void audio_instance_added(struct pbx_extension *extension, HTAPIMSPLINE htmsp);
void audio_instance_gone(struct pbx_extension *extension);
void audio_mode(void);  /* the clock's mode has changed */
LONG audio_start(void); /* without the lock */
void audio_stop(void);  /* without the lock */

/* --- devconfig.c --- */
HICON front_icon(void); /* of lines and phones; NULL: no memory. The lock is held. */
void front_icon_free(void);

/* --- phone.c (lock held) --- */
/* Phones from the place `first` on are new: TAPI, if it is there, is told. */
void front_phones_added(size_t first);
void front_close_phones(void);
void front_on_phone_state(void *context, struct pbx_phone *phone, uint32_t state, uint32_t param);
void front_on_phone_button(void *context, struct pbx_phone *phone, uint32_t id, uint32_t mode,
                           uint32_t state);

/* --- control.c --- */
extern LONG control_objects;

#endif
