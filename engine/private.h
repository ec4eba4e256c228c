/*
 * private.h - the engine's own objects. docs/engine.md tells the story, docs/locking.md the rules.
 *
 *   session -> app (HLINEAPP) -> line (HLINE) -> call client (HCALL)
 *   session -> app (HPHONEAPP) -> phone (HPHONE)
 *   provider -> device (htLine) -> call (htCall)
 *   provider -> device (htPhone)
 *
 * A line joins an app to a device, a call client joins a line to a call. Everything is guarded by
 * the one engine lock, which is never held over a provider call. What a thread needs after such a
 * call it has pinned (provider, device, call) or looks up again by its handle (app, line, client).
 */
#ifndef ENGINE_PRIVATE_H
#define ENGINE_PRIVATE_H

#include <stdbool.h>
#include <stdlib.h>
#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#include "base/handle_table.h"
#include "base/list.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/struct_layout.h"
#include "base/trace.h"
#include "engine/engine.h"
#include "engine/request_state.h"
#include "tsp/host/host.h"

#define ERR(name) ((LONG)LINEERR_##name)

#define ENGINE_API_LOW  0x00010003u
#define ENGINE_API_HIGH 0x00030001u

enum engine_handle {
    HANDLE_APP = 1,
    HANDLE_LINE,     /* HLINE */
    HANDLE_CALL,     /* HCALL */
    HANDLE_DEVICE,   /* htLine */
    HANDLE_TSP_CALL, /* htCall */
    HANDLE_REQUEST,
    HANDLE_MSP,
    HANDLE_PROVIDER,
    HANDLE_PHONE_APP,
    HANDLE_PHONE,        /* HPHONE */
    HANDLE_PHONE_DEVICE, /* htPhone */
    HANDLE_PROXY_REQUEST,
    HANDLE_DIALOG,          /* what a program is showing a provider's dialog for */
    HANDLE_DIALOG_INSTANCE, /* htDlgInst */
};

struct engine_session {
    struct list link;
    engine_sink *sink;
    void *context;
    struct list apps;
};

/* An application's registration for one mode of assisted telephony requests. */
struct recipient {
    uint32_t order; /* the later the greater; 0: not registered */
    DWORD instance;
};

struct app {
    struct list link; /* session->apps */
    struct engine_session *session;
    bool phone; /* of phoneInitialize: it has phones, and IDs are those of phone devices */
    uint32_t handle;
    uint64_t client;
    DWORD version;                      /* given with lineInitializeEx */
    WCHAR *friendly_name, *module_name; /* the module's file name without its folder */
    struct list lines, phones;
    DWORD *versions; /* negotiated, by device ID */
    DWORD versions_count;
    struct recipient recipient[3]; /* LINEREQUESTMODE_MAKECALL, _MEDIACALL, _DROP */
    bool hubs;                     /* LINEINITIALIZEEXOPTION_CALLHUBTRACKING */
};

struct provider {
    struct host_provider *host;
    uint32_t handle;
    uint32_t users;               /* threads inside or about to be, open devices */
    bool ready;                   /* initialized and published: events may be carried out */
    bool leaving, gone, unloaded; /* it is to go; a thread sees to it; it has */
    bool settle;                  /* an application that used it is shutting down */
    struct list events;           /* what waits for the worker, in order */
    bool busy;                    /* the worker is carrying one out */
    struct list chores;           /* calls and devices whose time to be closed has come */
    bool stop;
    struct condition wake;
    HANDLE worker;
    DWORD worker_id;
};

enum device_state { DEVICE_CLOSED, DEVICE_OPENING, DEVICE_OPEN, DEVICE_CLOSING };

/* Closing something at the provider is a chore, done when nobody uses it any more. */
enum chore_kind { CHORE_CALL, CHORE_DEVICE, CHORE_MSP, CHORE_DIALOG, CHORE_TUNE };

struct chore {
    struct list link;
    enum chore_kind kind;
};

struct device {
    struct chore chore;
    struct provider *provider;
    bool phone; /* a phone device: of the lists it has phones and requests alone */
    DWORD id;
    DWORD version; /* TSPI version; 0: the provider and TAPI have none in common */
    bool removed;
    enum device_state state;
    union {
        HDRVLINE hd;
        HDRVPHONE hd_phone;
    };
    uint32_t handle; /* htLine or htPhone; 0 while closed */
    uint32_t users;  /* threads using hd, live calls */
    bool close_wanted;
    struct list lines, phones, calls, requests;
    uint32_t answering; /* requests completed early, whose function has not returned */
    bool beginning;     /* opened for a first line or phone, which is not in its list yet */
    struct list held;   /* what was said meanwhile: it follows the reply, or finds that line */
    bool caps_known;
    DWORD media_modes, bearer_modes, num_addresses, max_rate;
    struct chore tuning; /* the provider is told what the lines want now, after one closed */
    bool telling;        /* a thread is telling it the media modes, and tells the latest */
    DWORD hub_tracking;  /* LINECALLHUBTRACKING_, as it was set last */
    DWORD detecting;     /* TSPI_lineSetDefaultMediaDetection's last value */
    DWORD line_states, address_states; /* TSPI_lineSetStatusMessages' last values */
    DWORD ext_version;
    DWORD phone_states, button_modes, button_states; /* TSPI_phoneSetStatusMessages' last values */
};

struct phone {
    struct list by_app, by_device;
    struct app *app;
    struct device *device;
    uint32_t handle;
    uint64_t instance;
    DWORD version, ext_version;
    DWORD privilege;                           /* PHONEPRIVILEGE_ */
    DWORD states, button_modes, button_states; /* phoneSetStatusMessages */
};

struct line {
    struct list by_app, by_device;
    struct app *app;
    struct device *device;
    uint32_t handle;
    uint64_t instance;
    DWORD version, ext_version;
    DWORD privileges, media_modes;
    DWORD address_id; /* with LINEOPENOPTION_SINGLEADDRESS */
    DWORD line_states, address_states;
    struct list rings; /* lineSetNumRings */
    struct list clients, msps;
    DWORD proxies;              /* bit n: it handles LINEPROXYREQUEST_ n */
    struct list proxy_requests; /* that wait for its answer; zeroed before the first */
};

/* How many times an application lets an address ring before it answers. */
struct rings {
    struct list by_line;
    DWORD address_id, count;
};

/* Digits being gathered: the provider writes into the buffer until it is told to stop. */
struct gathering {
    struct list by_call;
    uint32_t client; /* HCALL of the application that asked */
    uint64_t cookie;
    uint32_t id; /* dwEndToEndID */
    bool told;   /* its client knows that it is over; the provider may still have the buffer */
    DWORD count;
    WCHAR digits[];
};

/* What a client that has gone monitored, under its own ID: the provider still looks for it. */
struct tone_list {
    struct list by_call;
    uint32_t id;
};

struct call {
    struct chore chore;
    struct list by_device;
    struct device *device;
    uint32_t handle; /* htCall; 0 once its close was decided */
    HDRVCALL hd;
    uint32_t users;
    bool pending;   /* its request has not completed: nobody may use it yet */
    bool abandoned; /* while it is pending: its maker has gone; it pins the device till its end */
    bool offered;   /* its clients were chosen */
    bool drop_wanted, close_wanted;
    bool drop_unowned; /* drop_wanted because nobody is to own it: TSPI_lineDropNoOwner */
    bool tune_wanted;  /* a client that monitored has gone: the provider monitors less now */
    struct list clients;
    struct list held; /* events that came while it was pending */
    DWORD state, state_mode;
    DWORD substate;     /* the state's device-specific high bits */
    SYSTEMTIME entered; /* when it entered the state (UTC) */
    DWORD address_id;
    bool address_known;
    DWORD call_id; /* LINECALLINFO.dwCallID; the calls of a provider that share it are a call hub */
    bool call_id_known;
    DWORD media_mode;
    uint32_t conference; /* htCall of the conference it is in */
    DWORD digit_modes, media_monitored;
    struct list gatherings; /* one; two while the second replaces the first */
    struct list tones_left; /* tone lists to be cancelled */
    uint32_t generator;     /* HCALL of the client whose digits or tones are being generated */
    WCHAR *app_name, *displayable_address, *called_party, *comment;
};

struct call_client {
    struct list by_call, by_line;
    struct call *call;
    struct line *line;
    uint32_t handle;
    DWORD privilege;
    DWORD digit_modes, media_modes;
    bool tones;
    bool hub_told; /* LINE_APPNEWCALLHUB went out for this call */
};

struct msp {
    struct chore chore;
    struct list by_line;
    struct line *line;
    struct device *device;
    uint32_t handle;
    HDRVMSPLINE hd;
    bool open; /* the provider has made it */
};

#define REQUEST_CALLS 2

/* One asynchronous request on its way through a provider. */
struct request {
    struct list by_device;
    struct request_state state;
    uint32_t id;
    enum engine_op op;
    uint64_t cookie;
    uint32_t app; /* HLINEAPP: it may be gone when the reply comes; 0: the engine's own */
    uint64_t instance;
    DWORD version; /* that the application has for its line; 0: a phone's request */
    struct device *device;
    struct call *call;                 /* what it is about, or NULL */
    struct call *fresh[REQUEST_CALLS]; /* calls that live from its success on */
    uint32_t fresh_client[REQUEST_CALLS];
    HDRVCALL fresh_hd[REQUEST_CALLS]; /* the provider writes here */
    DWORD value;                      /* and here: completion ID */
    void *data;                       /* and here: VARSTRING or device-specific block */
    uint32_t size;
};

/* A message of a provider, as it waits for its turn. */
struct event {
    struct list link;
    uint32_t device, call; /* htLine, htCall */
    DWORD message;         /* LINE_*, EVENT_* */
    DWORD_PTR param[3];
    DWORD size;
    BYTE data[];
};

#define EVENT_COMPLETION 0x10000u /* param: request ID, result */
#define EVENT_ANNOUNCE   0x10001u /* tell monitors of a call that an application made */
#define EVENT_HUB        0x10002u /* learn the call's ID and tell of its hub */

struct engine {
    struct lock lock;
    struct condition changed; /* a device or the providers changed state */
    struct handle_table handles;
    struct list sessions;
    enum { HOST_UNLOADED, HOST_LOADING, HOST_LOADED, HOST_LEAVING } host;
    uint32_t apps, lines, phones, calls, requests, duplicates;
    /* A provider asked for a new start: nothing begins before all applications ended. */
    bool reinit;
    struct provider **providers;
    DWORD num_providers, providers_alive;
    struct device **devices;
    DWORD num_devices, devices_room;
    struct device **phone_devices;
    DWORD num_phones, phones_room;
};

extern struct engine engine;

static inline void engine_lock(void)
{
    lock_enter(&engine.lock);
}

static inline void engine_unlock(void)
{
    lock_leave(&engine.lock);
}

/* engine.c: handles of a session */
struct app *app_find(struct engine_session *session, uint64_t handle);
struct line *line_find(struct engine_session *session, uint64_t handle);
struct call_client *client_find(struct engine_session *session, uint64_t handle);
struct msp *msp_find(struct engine_session *session, uint64_t handle);
struct app *phone_app_find(struct engine_session *session, uint64_t handle);
struct phone *phone_find(struct engine_session *session, uint64_t handle);
/* The application of either kind with that handle, of any session. */
struct app *app_of_handle(uint32_t handle);
/* Is there an application of lineInitialize (phoneInitialize)? */
bool session_has_app(const struct engine_session *session, bool phone);

/* message.c: what goes up. Lock held. */
void post_app(const struct app *app, uint32_t handle, DWORD message, uint64_t instance, uint64_t p1,
              uint64_t p2, uint64_t p3);
void post_line(const struct line *line, DWORD message, uint64_t p1, uint64_t p2, uint64_t p3);
void post_client(const struct call_client *client, DWORD message, uint64_t p1, uint64_t p2,
                 uint64_t p3);
void post_full(const struct app *app, const struct engine_message *message);
/* LINE_LINEDEVSTATE to those lines of the device that asked for some of it: those bits. REINIT is
 * not among them. */
void post_line_state(struct device *device, DWORD state, uint64_t p2, uint64_t p3);
/* LINEDEVSTATE_REINIT, which nobody can mask out: to every application of lines; and in the place
 * of a message that one older than 1.4 does not know. */
void post_line_reinit(void);
void post_start_again(const struct app *app, DWORD message, uint64_t p1);
/* LINE_CALLINFO to every client of the call but one. */
void post_call_info(struct call *call, DWORD what, const struct call_client *except);

/* providers.c: loading and leaving. Lock held; they leave it meanwhile. */
LONG providers_load(void);
void providers_leave(void);
/* Carries out what is due: closes calls and devices, unloads a leaving provider (then true, and the
 * provider may be freed). */
bool provider_settle(struct provider *provider);
void provider_release(struct provider *provider);
void chore_add(struct provider *provider, struct chore *chore, enum chore_kind kind);
/* A line or phone device that came while running. NULL: memory is exhausted. */
struct device *device_add(struct provider *provider, bool phone);
extern const struct host_callbacks provider_callbacks;
/* Room for that many more line and phone devices. */
bool devices_reserve(DWORD lines, DWORD phones);
/* A device with the next ID of its kind, and no version yet. Room is there. NULL: no memory. */
struct device *device_new(struct provider *provider, bool phone);
struct provider *provider_new(struct host_provider *host);
void provider_free(struct provider *provider);

/* providers_running.c: one provider comes or goes while others run. Lock held; they leave it. */
LONG provider_start(const struct host_entry *entry);
void provider_stop(struct provider *provider);
/* The running provider with that permanent ID, or NULL. */
struct provider *provider_find(DWORD id);

/* dialog.c, dialog_instance.c: dialogs of providers in the application's process. Lock held. */
struct dialog_instance {
    struct chore chore;
    struct list link;
    struct provider *provider;
    uint32_t handle; /* htDlgInst; 0 once it is over */
    HDRVDIALOGINSTANCE hd;
    struct app *app; /* in whose process it is shown */
};
void dialogs_leave(struct engine_session *session); /* leaves the lock */
/* Ends those of an application or of a provider (the other is NULL): the dialogs are told to close.
 */
void dialog_instances_leave(const struct app *app, const struct provider *provider);
void dialog_instance_close(struct dialog_instance *instance); /* leaves the lock */
void dialog_instance_create(uint32_t provider, TUISPICREATEDIALOGINSTANCEPARAMS *params);
void dialog_instance_data(uint32_t handle, const void *params, DWORD size);

/* events.c */
void event_push_front(struct provider *provider, struct event *event);
/* Puts a whole list in front, in its order. */
void events_push_front(struct provider *provider, struct list *events);
/* What a device said while it had to wait goes back into its provider's queue, unless it must wait
 * on; the caller drains. */
void events_resume(struct device *device);
/* Carries out what waits and needs no worker. */
void events_drain(struct provider *provider);
struct event *event_new(const struct event *from, const void *data, DWORD size);
DWORD WINAPI provider_worker(void *provider);
/* The open device that an event is about; NULL: it names none, or one that is closed. */
struct device *event_device(const struct event *event);
/* event_handlers.c */
bool event_needs_worker(const struct event *event);
void event_prepare(struct provider *provider, struct event *event); /* leaves the lock */
void event_handle(struct provider *provider, struct event *event);

/* device.c. Lock held. */
LONG device_find(uint64_t id, struct device **device);
/* Opens the device where it is not open; the caller has pinned it, and it is pinned once more then.
 * Leaves the lock. */
LONG device_open(struct device *device);
/* The line or phone it was opened for is there, or will not come: what the device said meanwhile is
 * carried out when the caller's operation ends. */
void device_begun(struct device *device);
void device_release(struct device *device);
void device_close_if_unused(struct device *device);
LONG device_learn_caps(struct device *device);          /* leaves the lock */
DWORD device_wanted_modes(const struct device *device); /* the media modes of all its lines */
LONG device_update_detection(struct device *device);    /* leaves the lock */
/* A line has gone, or wants less: once nobody is in the way the provider is told. */
void device_want_tuning(struct device *device);
void device_tune(struct device *device); /* that chore; leaves the lock */
/* May the line use this address? LINEERR_INVALADDRESSID. Leaves the lock. */
LONG device_check_address(struct device *device, DWORD address);
LONG device_update_status_messages(struct device *device);
void device_forced_close(struct device *device);
void device_remove(struct device *device);

/* phone_device.c: what phone devices have of their own. Lock held. */
LONG phone_device_find(uint64_t id, struct device **device);
bool phone_message(DWORD message); /* PHONE_*: its handle is an htPhone */
/* PHONE_STATE to those phones of the device that asked for it; PHONESTATE_REINIT to everybody. */
void post_phone_state(struct device *device, DWORD states, DWORD detail);
void phone_device_event(struct device *device, const struct event *event);
void phone_device_created(struct device *device); /* tells the applications */
void phone_device_remove(struct device *device);
LONG phone_device_update_status_messages(struct device *device);          /* leaves the lock */
LONG phone_device_select_extension(struct device *device, DWORD version); /* leaves the lock */
void phone_device_tune(struct device *device); /* device_tune's part for an open phone device */

/* phone.c. Lock held. */
void post_phone(const struct phone *phone, DWORD message, uint64_t p1, uint64_t p2, uint64_t p3);
/* phoneClose, without settling; the other phones hear of it. */
void phone_destroy(struct phone *phone);
DWORD phone_count(const struct device *device, DWORD privilege);

/* line.c */
/* lineClose, without settling. drop: calls that nobody else owns are dropped. */
void line_destroy(struct line *line, bool drop);

/* call.c. Lock held. */
struct call *call_new(struct device *device, bool pending);
void call_destroy(struct call *call); /* no provider call */
void call_confirm(struct call *call, HDRVCALL hd);
void call_want_close(struct call *call);
/* A pending call whose last client has gone: it is closed at the provider, which need not complete
 * its request before (pending-call-handles.md). */
void call_abandon(struct call *call);
void call_want_drop(struct call *call);
void call_release(struct call *call);
void call_schedule(struct call *call); /* what it wants is due once nobody uses it */
struct call *call_from_handle(uint32_t handle);
struct call_client *client_new(struct line *line, struct call *call, DWORD privilege);
void client_destroy(struct call_client *client); /* without messages */
struct call_client *client_of_line(struct call *call, const struct line *line);
struct call_client *client_of_app(struct call *call, const struct app *app);
DWORD call_owners(const struct call *call);
DWORD call_monitors(const struct call *call);
void call_name_app(struct call *call, const struct app *app); /* NULL: it has shut down */

/* ownership.c. Lock held. */
void call_offer(struct call *call);
void call_announce(struct call *call);
void client_introduce(struct call_client *client); /* LINE_APPNEWCALL and the state */
/* Takes a client off its call with all that follows: messages, close of the call. */
void client_leave(struct call_client *client);
void client_send_state(struct call_client *client, DWORD privilege);
/* What goes with a call state for this client: for a conference's party its own HCALL of the
 * conference, or 0, else the provider's word in the client's API version. */
DWORD client_state_mode(const struct call_client *client, DWORD state, DWORD mode);

/* request.c. Lock held. */
void request_complete(uint32_t id, LONG result);
/* The provider's function has returned: what follows for the application. */
enum request_action request_function_returned(struct request *request, LONG returned, LONG *result);
void requests_cut(struct device *device, const struct call *call);
/* Closes the pending calls of the request that makes this one, and ends it. Where the provider is
 * still inside of that request's function, its return sees to it. Leaves the lock. */
void request_abandon(struct call *call);
struct request *request_new(struct device *device, struct call *call);
void request_drop(struct request *request);
/* Answers it, whatever state it is in, and ends it. */
void request_finish(struct request *request, LONG result);

/* fetch.c: variable structures from providers. Lock free. */
typedef LONG fetch_call(void *context, void *buffer);
LONG fetch_struct(enum struct_kind kind, DWORD version, fetch_call *call, void *context,
                  void **data, uint32_t *size);
/* hTargetProcess of TSPI_lineGetID and TSPI_phoneGetID, into which a provider duplicates handles
 * that it gives out; INVALID_HANDLE_VALUE where it cannot be had, as for a program elsewhere. */
HANDLE target_process(uint64_t process_id);
void target_process_close(HANDLE process);

/* ---- one request being carried out (dispatch.c) ---- */

struct op {
    struct engine_session *session;
    const struct engine_request *request;
    struct engine_reply *reply;
    const struct op_row *row;
    /* Objects of the target. app, line, phone and client may only be used with the lock held since
     * they were found; device, call and second are pinned. */
    struct app *app;
    struct line *line;
    struct phone *phone;
    struct call_client *client;
    struct device *device;
    struct call *call, *second;
    struct provider *provider;
    struct host_provider *host;
    /* For the provider call. */
    HDRVLINE hd_line;
    HDRVPHONE hd_phone;
    HDRVCALL hd_call, hd_second;
    uint32_t id;
    struct request *async;
};

typedef LONG op_run(struct op *op);

static inline uint32_t op_arg(const struct op *op, unsigned index)
{
    return (uint32_t)op->request->arg[index];
}

static inline const void *op_in(const struct op *op, unsigned index)
{
    const struct engine_blob *blob = &op->request->in[index];

    return blob->size ? blob->data : NULL;
}

static inline uint32_t op_in_size(const struct op *op, unsigned index)
{
    return op->request->in[index].size;
}

/* The string in in[index], NULL where there is none or it lacks its terminator. */
const WCHAR *op_text(const struct op *op, unsigned index);
/* A structure in in[index] of at least `least` bytes, NULL where there is none. */
const void *op_struct(const struct op *op, unsigned index, uint32_t least);
/* fetch.c: a VARSTRING into op->reply whose content is the device's or the device class' own:
 * neither ended nor converted. Its dwStringFormat is out[0]. `call` gets op. */
LONG fetch_content(struct op *op, fetch_call *call);
/* device_check_address() of a request's dwAddressID, where its dwSelect is LINECALLSELECT_ADDRESS.
 * Without the lock. */
LONG check_selected_address(const struct op *op);
/* Pins the device for the rest of the request. Lock held. */
void op_pin_device(struct op *op, struct device *device);
/* htCall and where the provider puts hdCall, of the request's nth new call. */
HTAPICALL op_fresh(const struct op *op, unsigned index);

#define OP_CALL(op_, name_, ...) HOST_CALL((op_)->host, name_, __VA_ARGS__)

/* What carries out each row. */
op_run op_line_initialize, op_line_shutdown, op_line_negotiate_api_version,
    op_line_negotiate_ext_version, op_line_open, op_line_close, op_line_get_dev_caps,
    op_line_get_address_caps, op_line_get_line_dev_status, op_line_get_address_status,
    op_line_get_address_id, op_line_set_status_messages, op_line_get_status_messages,
    op_line_set_line_dev_status, op_line_set_num_rings, op_line_get_num_rings, op_line_get_id,
    op_line_get_dev_config, op_line_set_dev_config, op_line_get_icon, op_line_dev_specific,
    op_line_dev_specific_feature, op_line_make_call, op_line_accept, op_line_answer, op_line_dial,
    op_line_drop, op_line_deallocate_call, op_line_get_call_info, op_line_get_call_status,
    op_line_get_new_calls, op_line_get_conf_related_calls, op_line_handoff,
    op_line_set_call_privilege, op_line_set_media_mode, op_line_set_app_specific,
    op_line_set_call_params, op_line_set_call_data, op_line_set_call_treatment,
    op_line_set_call_quality_of_service, op_line_set_terminal, op_line_send_user_user_info,
    op_line_release_user_user_info, op_line_secure_call, op_line_hold, op_line_unhold,
    op_line_swap_hold, op_line_setup_transfer, op_line_complete_transfer, op_line_blind_transfer,
    op_line_redirect, op_line_setup_conference, op_line_prepare_add_to_conference,
    op_line_add_to_conference, op_line_remove_from_conference, op_line_park, op_line_unpark,
    op_line_pickup, op_line_forward, op_line_complete_call, op_line_uncomplete_call,
    op_line_generate_digits, op_line_generate_tone, op_line_monitor_digits, op_line_monitor_media,
    op_line_monitor_tones, op_line_gather_digits, op_line_set_media_control, op_line_get_provider,
    op_line_msp_identify, op_line_create_msp, op_line_close_msp, op_line_send_msp_data,
    op_line_register_request_recipient, op_line_get_request, op_tapi_request_make_call,
    op_tapi_request_drop, op_line_get_app_priority, op_line_set_app_priority,
    op_line_set_call_hub_tracking, op_line_get_call_hub_tracking, op_line_get_hub_related_calls;
op_run op_line_get_provider_list, op_line_add_provider, op_line_remove_provider, op_dialog_begin,
    op_dialog_call, op_dialog_data, op_dialog_end, op_dialog_instance_end;

/* call centre (agent.c, proxy.c) */
op_run op_agent_request, op_line_get_proxy_status, op_line_proxy_message, op_line_proxy_response;
/* The requests that a lineOpen registers for, as bits; an error where they are no such list. */
LONG proxy_check(const struct op *op, DWORD *types);
/* Registers the line for them and tells the others; LINEERR_NOTREGISTERED where another does. */
LONG proxy_register(struct line *line, DWORD types);
/* The line closes: whoever waits for it gets an error. */
void proxy_leave(struct line *line);

/* phones */
op_run op_phone_initialize, op_phone_shutdown, op_phone_negotiate_api_version,
    op_phone_negotiate_ext_version, op_phone_open, op_phone_close, op_phone_get_dev_caps,
    op_phone_get_status, op_phone_set_status_messages, op_phone_get_status_messages,
    op_phone_get_id, op_phone_get_icon, op_phone_get_button_info, op_phone_set_button_info,
    op_phone_get_data, op_phone_set_data, op_phone_get_display, op_phone_set_display,
    op_phone_get_gain, op_phone_set_gain, op_phone_get_hook_switch, op_phone_set_hook_switch,
    op_phone_get_lamp, op_phone_set_lamp, op_phone_get_ring, op_phone_set_ring, op_phone_get_volume,
    op_phone_set_volume, op_phone_dev_specific;

/* lineInitialize and phoneInitialize. Lock held. */
LONG app_start(struct op *op, bool phone);
/* The highest version of TAPI in the range; 0: there is none. */
DWORD api_version_in(DWORD low, DWORD high);
bool app_remember_version(struct app *app, DWORD device, DWORD version);
/* location.c */
op_run op_line_translate_check, op_line_set_current_location;

/* lineShutdown, without the provider calls: they are chores then. Lock held. */
void app_destroy(struct app *app);
/* After it: carries out what is due, and unloads the providers after the last application. */
void apps_settle(void);
/* assisted.c. Lock held. An application that goes takes no more requests. */
void assisted_leave(struct app *app);
/* The last application has gone, and TAPI with it: requests that wait are lost. */
void assisted_forget(void);
/* priority.c: the list of a request mode, ended with mem_free; NULL: there is none. */
WCHAR *priority_list(DWORD mode);
/* The same of one media mode: who is offered calls first. */
WCHAR *priority_media_list(DWORD media_mode);
/* An application's place in it by its file name, from 1; 0: not listed. */
unsigned priority_rank(const WCHAR *list, const WCHAR *module);
/* The part of a path behind its folders. */
const WCHAR *file_name(const WCHAR *path);
/* msp.c. Lock held. */
void msp_want_close(struct msp *msp);
void msp_data(struct device *device, const struct event *event);
/* media.c: the gathering with that ID is over; its client gets the digits. Lock held. */
void gather_finish(struct call *call, uint32_t id, DWORD reason, DWORD tick);
/* The call is idle: whoever gathers is told so, where the provider did not do it. Lock held. */
void gathering_over(struct call *call);
/* Does the provider monitor or gather for somebody who has gone? Then it is told; leaves the lock.
 */
bool monitoring_is_stale(const struct call *call);
void monitoring_leave(const struct call_client *client); /* it is about to go */
void monitoring_tune(struct call *call);
/* The call has ended, and with it all monitoring. */
void monitoring_end(struct call *call);

/* hub.c: call hubs, for applications with LINEINITIALIZEEXOPTION_CALLHUBTRACKING. Lock held. */
/* Asks the provider for the call's address, and its ID too, where they are not known. Leaves the
 * lock; the provider is pinned. */
void call_learn_ids(struct call *call, bool id_too);
/* Where a client wants to know of the call's hub and was not told, the worker will tell it. */
void hub_want(struct call *call);
void hub_tell(struct call *call);
/* The client leaves, or its call has ended: that may be the end of the hub for its application. */
void hub_leave(struct call_client *client);

#endif
