/*
 * private.h - the objects of tapi3.dll among themselves: TAPI, Address, Call, CallHub.
 *
 * Who holds whom (docs/objects.md): a Call uses its Address, an Address uses TAPI; TAPI uses its
 * Addresses from Initialize to Shutdown. Tables (TAPI's calls and lines, an Address' lists) hold
 * nothing: an entry is removed before what it points to goes.
 *
 * Locks: tapi->lock guards those tables and the fields marked (T); call->lock a call's fields
 * marked (C); tapi->request_lock the pending requests. At most one is held, and nothing outside
 * this folder is called with one held - no tapi32, no MSP, no COM pointer of the application.
 */
#ifndef OBJECTS_PRIVATE_H
#define OBJECTS_PRIVATE_H

#include <windows.h>
#include <ot_tapi3.h>
#include <ocidl.h>
#include <tapi.h>

#include "base/trace.h"
#include "events/events.h"
#include "msp/host/host.h"
#include "objects/com.h"
#include "objects/handle_map.h"
#include "objects/call_center.h"

/* The highest version of the API that this DLL speaks. */
#define OBJECTS_API_VERSION 0x00030001
#define OBJECTS_API_LOWEST  0x00010003

/* How long a synchronous method waits: the two minutes of TAPI_E_TIMEOUT (tapi-e--constants.md). */
#define OBJECTS_TIMEOUT 120000

/* LINE_QOSINFO has no number in <tapi.h>; it comes to applications as <tspi.h> numbers it. */
#define OBJECTS_LINE_QOSINFO (500 + 6)

struct address;
struct call;
struct hub;
struct phone;
struct phone_worker;

/* ---- asynchronous requests: request.c ------------------------------------------------------ */

/* One request of the C API whose LINE_REPLY is awaited; or anything else a thread waits for. */
struct request {
    LONG refs;
    LONG id;
    LONG shutdowns; /* tapi's, when it began */
    LONG result;    /* 0 or LINEERR_*, valid once done */
    BOOL done;
    HANDLE event;             /* an STA waits on this (NULL: nobody in an STA does) */
    CONDITION_VARIABLE wake;  /* everybody else on this */
    HCALL handle[2];          /* where the request writes its new calls */
    struct call *call[2];     /* uses: each gets its handle as soon as the reply has come */
    VARSTRING *block;         /* freed with the request */
    struct com_object *bound; /* use: another object that gets handle[0], see request_bind */
    void (*bind)(struct com_object *object, DWORD handle);
};

struct tapi;

/* NULL: memory exhausted. Between begin and finish/forget no other wait may happen. */
struct request *request_begin(struct tapi *tapi);
/* As soon as the reply has come, and before any later message is looked at, the object gets the
 * handle that the request wrote into handle[0]. Before finish/forget. */
void request_bind(struct request *request, struct com_object *object,
                  void (*bind)(struct com_object *object, DWORD handle));
/* result is what the C function returned. Waits for the reply; ends the request unless `keep`.
 * Returns 0 or LINEERR_*; REQUEST_TIMEOUT after OBJECTS_TIMEOUT. */
LONG request_finish(struct tapi *tapi, struct request *request, LONG result);
LONG request_finish_keep(struct tapi *tapi, struct request *request, LONG result);
/* Nobody waits: the reply only hands over the call handles. Returns the C function's error, or 0.
 */
LONG request_forget(struct tapi *tapi, struct request *request, LONG result);
#define REQUEST_TIMEOUT ((LONG)0xa0000001)
/* What a waiter for a connected call gets when it is disconnected instead. */
#define CALL_DISCONNECTED_RESULT(cause) ((LONG)(0xa0000100u + (unsigned)(cause)))

void request_release(struct request *request);
/* Something to wait for that is no request of the C API. */
struct request *waiter_create(void);
void waiter_complete(struct tapi *tapi, struct request *waiter, LONG result);
LONG waiter_wait(struct tapi *tapi, struct request *waiter, DWORD timeout);

/* LINE_REPLY has come. */
void request_reply(struct tapi *tapi, LONG id, LONG result);
/* Ends all that is pending, and every later one, with the error; until request_open_all. */
void request_close_all(struct tapi *tapi, LONG error);
void request_open_all(struct tapi *tapi);

/* com_fail_tapi, knowing REQUEST_TIMEOUT; 0 gives S_OK. */
HRESULT objects_result(LONG error, REFIID iid, const char *action);

/* ---- TAPI ---------------------------------------------------------------------------------- */

enum tapi_state { TAPI_CLOSED, TAPI_OPENING, TAPI_OPEN, TAPI_CLOSING };

struct tapi {
    struct com_object com;
    ITTAPI2 ITTAPI2_iface;
    ITTAPICallCenter ITTAPICallCenter_iface;
    IProvideClassInfo2 IProvideClassInfo2_iface;
    SRWLOCK lock;
    enum tapi_state state; /* (T) */
    HLINEAPP app;          /* (T) */
    struct dispatcher *dispatcher;
    struct address **addresses;        /* (T) uses */
    unsigned address_count;            /* (T) */
    struct handle_map lines;           /* (T) HLINE -> struct line */
    struct handle_map calls;           /* (T) HCALL -> struct call */
    struct hub *hubs;                  /* (T) */
    struct call_center call_center;    /* (T) */
    struct gather *gathers;            /* (T) buffers of calls that are gone: see call_media.c */
    struct phone **phones;             /* (T) uses */
    unsigned phone_count;              /* (T) */
    HPHONEAPP phone_app;               /* (T) 0: no phones */
    DWORD phone_version;               /* of the API, for phones */
    struct handle_map phone_handles;   /* (T) HPHONE -> struct phone */
    struct phone_worker *phone_worker; /* (T) a reference; NULL: no phone was opened as owner */
    LONG next_registration;
    LONG lines_opening; /* lineOpen called, the line not in `lines` yet; with `lock` */
    CONDITION_VARIABLE line_opened;
    SRWLOCK request_lock;
    CONDITION_VARIABLE request_registered;
    struct handle_map requests;
    LONG requests_in_flight;
    LONG requests_closed;   /* the error, or 0 */
    LONG request_shutdowns; /* how often they were closed */
};
extern const IProvideClassInfo2Vtbl class_info_vtable; /* class_info.c */

HRESULT tapi_create(IUnknown *outer, REFIID iid, void **out);
/* request_make_call.c. CLASS_E_NOAGGREGATION, E_NOINTERFACE, E_OUTOFMEMORY. */
HRESULT request_make_call_create(IUnknown *outer, REFIID iid, void **out);
/* TAPI_E_NOT_INITIALIZED with a sentence unless Initialize has run and Shutdown has not. */
HRESULT tapi_check(struct tapi *tapi, REFIID iid);
/* Adds an Address for each address of a line device; a new device of LINE_CREATE, too. */
HRESULT tapi_add_device(struct tapi *tapi, DWORD device);
/* The addresses, and every call hub there is, as lists; NULL: memory exhausted. */
struct com_list *tapi_list_addresses(struct tapi *tapi);
struct com_list *tapi_list_hubs(struct tapi *tapi);

/* messages.c: the event source that takes TAPI/C messages. */
HRESULT messages_start(struct tapi *tapi);

/* ---- lines: an Address opened once --------------------------------------------------------- */

struct line {
    struct line *next; /* (T) in the address */
    struct address *address;
    HLINE handle;
    LONG users;        /* (T) calls on it, and 1 while it is held */
    BOOL held;         /* (T) registered, or kept open for calls to come */
    LONG registration; /* (T) what RegisterCallNotifications returned; 0: none any more */
    LONG instance;     /* callback instance of the registration */
    DWORD privileges;
    DWORD ext_version; /* it was opened with */
    BOOL closing;      /* (T) */
};

/* A line for calls of our own: one that is open anyway, else one opened with no privilege.
 * The caller has a user of it until line_leave. */
HRESULT line_enter(struct address *address, REFIID iid, struct line **line);
/* The same, opened with the extension version that the Address has agreed on. */
HRESULT line_enter_extended(struct address *address, REFIID iid, struct line **line);
void line_leave(struct line *line);
/* Opens a line for notifications. privileges: LINECALLPRIVILEGE_*; media: TAPIMEDIATYPE_*. */
HRESULT line_register(struct address *address, DWORD privileges, DWORD media, LONG instance,
                      LONG *registration);
HRESULT line_unregister(struct tapi *tapi, LONG registration);
/* Shutdown, or the device went away. */
void line_close_all(struct address *address);
/* LINE_CLOSE: the provider closed it; its handle is dead already. */
void line_lost(struct tapi *tapi, HLINE handle);

/* ---- the MSP's end of an Address or Call --------------------------------------------------- */

/* A pointer that may be shut down while others use it: the last user destroys. */
struct guarded {
    void *pointer;
    LONG users;
    BOOL made, closed;
};

/* ---- Address ------------------------------------------------------------------------------- */

struct event_mask;

struct address {
    struct com_object com;
    ITAddress2 ITAddress2_iface;
    ITAddressCapabilities ITAddressCapabilities_iface;
    ITMediaSupport ITMediaSupport_iface;
    ITLegacyAddressMediaControl2 ITLegacyAddressMediaControl2_iface;
    ITAddressTranslation ITAddressTranslation_iface;
    struct tapi *tapi; /* use */
    LONG life;         /* tapi's shutdowns when it was made: one more, and it is over */
    DWORD device, id;  /* line device, address on it */
    DWORD api_version;
    DWORD line_media;          /* LINEMEDIAMODE_* of the device */
    DWORD address_types;       /* LINEADDRESSTYPE_* of the device; 0: it does not say */
    DWORD address_count;       /* of the line device */
    BOOL removed;              /* the device went away */
    struct line *lines;        /* (T) */
    struct call *calls;        /* (T) */
    struct guarded msp;        /* (T) struct msp_host */
    struct event_mask *mask;   /* (T) NULL: everything */
    LONG message_waiting;      /* as AE_MSGWAITON/OFF said */
    DWORD ext_version;         /* of the provider's extension: lines are opened with it; 0: none */
    struct line *tracked_line; /* (T) a user of it, while hubs are tracked */
    LONG hub_tracking;         /* SetCallHubTracking: calls of others in our hubs are wanted, too */
};

HRESULT address_create(struct tapi *tapi, DWORD device, DWORD id, DWORD api_version,
                       const LINEDEVCAPS *caps, struct address **address);
/* Shutdown: closes its lines, ends its MSP. */
void address_shut(struct address *address);
/* TAPI_E_NOT_INITIALIZED with a sentence when TAPI was shut down since the Address was made, also
 * when it has been initialized again: that gave other Addresses. */
HRESULT address_check(struct address *address, REFIID iid);
/* How a method with an output begins: NULL is E_POINTER of IID_HERE, which the file defines; what
 * is there is zeroed; and the address must be open. */
#define CHECK_OUT(address, out)                                                                    \
    do {                                                                                           \
        HRESULT check_hr;                                                                          \
        if (!(out))                                                                                \
            return com_fail(E_POINTER, IID_HERE, NULL);                                            \
        memset((out), 0, sizeof(*(out)));                                                          \
        check_hr = address_check((address), IID_HERE);                                             \
        if (FAILED(check_hr))                                                                      \
            return check_hr;                                                                       \
    } while (0)
extern const struct com_class address_class;
struct msp_host *address_msp_enter(struct address *address);
void address_msp_leave(struct address *address);
void address_msp_close(struct address *address); /* for good */
/* An interface of the MSP: of one that was made also after Shutdown. */
HRESULT address_msp_query(struct address *address, REFIID iid, void **out);
/* The address of a line device; a use to give back; NULL: none. */
struct address *address_find(struct tapi *tapi, DWORD device, DWORD id);
void address_post_event(struct address *address, ADDRESS_EVENT event, ITTerminal *terminal);
/* Variable-size structures of tapi32, as large as they need be; free() them. NULL: *error says why.
 */
LINEADDRESSCAPS *address_get_caps(struct address *address, LONG *error);
LINEDEVCAPS *address_get_dev_caps(struct address *address, LONG *error);
/* A string of such a structure as a BSTR; empty if it is not there. NULL: memory exhausted. */
BSTR objects_string(const void *structure, DWORD size, DWORD offset);
/* Clears the outputs of methods that give bytes; E_POINTER, with its sentence, without one of them.
 */
HRESULT objects_clear_bytes(DWORD *size, BYTE **bytes, REFIID iid);
/* A VT_ARRAY | VT_UI1 of these bytes. E_OUTOFMEMORY leaves it empty. */
HRESULT objects_byte_array(const void *bytes, DWORD size, VARIANT *out);
/* Calls `get` with a growing structure until all fits. */
void *objects_fetch(LONG (*get)(void *context, void *structure), void *context, DWORD size,
                    LONG *error);
/* Media types of TAPI 3 as media modes of this device, and back. */
DWORD address_to_line_media(struct address *address, DWORD types);
DWORD address_to_types(DWORD line_media);

/* address_forward.c */
HRESULT address_forward(struct address *address, ITForwardInformation *information,
                        ITBasicCallControl *consultation);
HRESULT address_current_forward(struct address *address, ITForwardInformation **out);
HRESULT address_set_disturb(struct address *address, VARIANT_BOOL disturb);
HRESULT address_get_disturb(struct address *address, VARIANT_BOOL *disturb);

/* forward_info.c: ForwardInformation objects. entry_size: of a LINEFORWARD, which grew with version
 * 3.1 of the API. */
HRESULT forward_info_create(ITForwardInformation **out);
HRESULT forward_info_from_status(const LINEADDRESSSTATUS *status, DWORD entry_size,
                                 ITForwardInformation **out);
/* Takes what the object has for this LINEFORWARDMODE_ out; other objects than ours stay. */
void forward_info_remove(ITForwardInformation *information, DWORD mode);
/* The object as lineForward takes it; free() it. *list NULL: nothing is to be forwarded.
 * E_INVALIDARG: not one of ours. E_OUTOFMEMORY. */
HRESULT forward_info_build(ITForwardInformation *information, DWORD entry_size,
                           LINEFORWARDLIST **list, DWORD *rings);

/* ---- Call ---------------------------------------------------------------------------------- */

/* LINECALLPARAMS in the making: what an application sets before Connect. */
enum call_blob {
    BLOB_DISPLAYABLE,
    BLOB_CALLED_PARTY,
    BLOB_COMMENT,
    BLOB_USER_USER,
    BLOB_HIGH_LEVEL,
    BLOB_LOW_LEVEL,
    BLOB_DEV_SPECIFIC,
    BLOB_CALL_DATA,
    BLOB_CALLING_PARTY,
    BLOB_SENDING_FLOW,
    BLOB_RECEIVING_FLOW,
    BLOB_COUNT
};

struct call_params {
    LINECALLPARAMS fixed;
    DWORD country;
    struct {
        void *data;
        DWORD size;
    } blobs[BLOB_COUNT];
};

struct call {
    struct com_object com;
    ITBasicCallControl2 ITBasicCallControl2_iface;
    ITCallInfo2 ITCallInfo2_iface;
    ITLegacyCallMediaControl2 ITLegacyCallMediaControl2_iface;
    struct address *address;   /* use */
    struct call *next, **link; /* (T) in address->calls */
    BOOL listed;               /* (T) */
    SRWLOCK lock;
    struct line *line;          /* (C) a user of it while there is a handle */
    HCALL handle;               /* (C) */
    CALL_STATE state;           /* (C) */
    DWORD line_state;           /* (C) LINECALLSTATE_*; 0 before the first message */
    CALL_PRIVILEGE privilege;   /* (C) */
    DWORD media;                /* TAPIMEDIATYPE_* */
    LONG instance;              /* callback instance of its line */
    BSTR destination;           /* (C) */
    struct call_params *params; /* (C) */
    BOOL connecting;            /* (C) a Connect, Dial, ... runs */
    BOOL announce;              /* (C) a new call: its notification waits for its first state */
    BOOL unclaimed;          /* (C) we hold a public reference for a call nobody could be told of */
    BOOL released;           /* (C) the application is done with it: deallocate when idle */
    struct request *waiter;  /* (C) told when it is connected or disconnected */
    struct call *original;   /* (C) use: the call this one consults for */
    HCALL conference;        /* (C) the conference the consultation is for, 0: a transfer */
    struct guarded msp;      /* (T) struct msp_call */
    struct hub *hub;         /* (T) use */
    struct call *hub_next;   /* (T) */
    BOOL hub_left;           /* (T) it is over */
    BOOL hub_conference;     /* (T) it is in the hub of its conference, whatever its identifier */
    DWORD call_id;           /* (T) dwCallID, 0: not known */
    struct gather *gathers;  /* (C) digits being gathered, oldest first */
    struct event_mask *mask; /* (T) NULL: the address' */
    LONG selections;         /* phones that have it selected (ITAutomatedPhoneControl) */
};

extern const struct com_class call_class;

/* A call that has no handle yet (CreateCall), or an incoming one. Public count 1. */
HRESULT call_create(struct address *address, DWORD media, struct call **call);
/* Gives it its handle and lists it with TAPI. The line's user moves to the call. */
void call_bind(struct call *call, HCALL handle);
void call_set_line(struct call *call, struct line *line);
/* Its handle is no more (Shutdown, line lost): disconnected for good. */
void call_lose(struct call *call);
/* The call of a handle; a use to give back; NULL: none. */
struct call *call_find(struct tapi *tapi, HCALL handle);
/* The call behind an interface pointer of an application; NULL: not one of ours. Not counted. */
struct call *call_from(void *unknown);
HCALL call_handle(struct call *call);
/* S_OK and the handle, or TAPI_E_INVALCALLSTATE / TAPI_E_NOT_INITIALIZED with a sentence. */
HRESULT call_check(struct call *call, REFIID iid, HCALL *handle);
struct tapi *call_tapi(struct call *call);
/* LINE_CALLSTATE; posts the events. */
void call_state_message(struct call *call, DWORD state, DWORD mode, DWORD privilege);
CALL_STATE call_state_from_line(DWORD line_state);
CALL_STATE_EVENT_CAUSE call_cause_from_mode(DWORD disconnect_mode);
/* Drops it without waiting (last release, callhub clear). */
LONG call_drop(struct call *call);
/* ITCallInfo with a public reference for an event; NULL: the call is going away. */
ITCallInfo *call_event_ref(struct call *call);
void call_event_unref(struct call *call);
/* TE_CALLINFOCHANGE, if the application wants it. */
void call_post_info(struct call *call, CALLINFOCHANGE_CAUSE cause);
struct msp_call *call_msp_enter(struct call *call, BOOL make);
void call_msp_leave(struct call *call);
/* Before the session is initiated or answered: the MSP may have to tell the provider how, whether
 * or not the application ever asks for a stream (tapi-docs/stream-objects.md). */
void call_msp_begin(struct call *call);
void call_msp_close(struct call *call);
HRESULT call_disconnect(struct call *call);

/* call_params.c */
struct call_params *call_params_create(void);
void call_params_free(struct call_params *params);
BOOL call_params_set(struct call_params *params, enum call_blob blob, const void *data, DWORD size);
/* The whole structure for a request; free() it. */
LINECALLPARAMS *call_params_build(struct call *call);
/* The flow specifications of a service level for a media type. */
HRESULT call_params_set_qos(struct call_params *params, LONG media, QOS_SERVICE_LEVEL level);
void call_flow_specification(LONG media, QOS_SERVICE_LEVEL level, void *flowspec);

/* vtables, each in the file that implements them */
extern const ITBasicCallControl2Vtbl call_control_vtable;
extern const ITCallInfo2Vtbl call_info_vtable;
extern const ITLegacyCallMediaControl2Vtbl call_media_vtable;
extern const ITAddressCapabilitiesVtbl address_caps_vtable;
extern const ITLegacyAddressMediaControl2Vtbl address_media_vtable;
extern const ITAddressTranslationVtbl address_translation_vtable;

/* call_transfer.c: the consultation calls of ITBasicCallControl */
HRESULT call_transfer(struct call *call, struct call *consult, BOOL sync);
HRESULT call_conference(struct call *call, struct call *consult, BOOL sync);
HRESULT call_finish(struct call *call, FINISH_MODE mode);
/* Waits until the call is connected or disconnected. */
HRESULT call_wait_connected(struct call *call, struct request *waiter, const char *action);

/* call_media.c: the oldest buffer of GatherDigits; free() it. NULL: none. */
struct gather {
    struct gather *next;
    WCHAR digits[];
};
struct gather *gather_take(struct call *call);
/* The call goes: its buffers stay with TAPI until Shutdown. */
void gather_abandon(struct call *call);

/* tone.c */
HRESULT detect_tone_create(void **out);
HRESULT custom_tone_create(void **out);
/* The values of a tone object of ours; FALSE: not one. */
BOOL detect_tone_read(IDispatch *object, TAPI_DETECTTONE *tone);
BOOL custom_tone_read(IDispatch *object, TAPI_CUSTOMTONE *tone);

/* ---- CallHub ------------------------------------------------------------------------------- */

/* The hub of a call, made if need be; handed out. */
HRESULT hub_of_call(struct call *call, ITCallHub **out);
/* The hub that it is in already, handed out; NULL: none. */
ITCallHub *hub_if_any(struct call *call);
/* A call has come, or has gone for good: join or leave, with events if somebody wants them. */
void hub_join(struct call *call);
/* The same whether or not somebody wants them. */
void hub_enter(struct call *call);
void hub_leave(struct call *call);
/* Its dwCallID has changed or become known: it moves to the hub of the new one. */
void hub_call_id_changed(struct call *call);
/* The call has become a member of the conference that `original` is in: it moves to that hub. */
void hub_follow(struct call *call, struct call *original);
/* It is no member of the conference any more: it goes back to the hub of its identifier. */
void hub_part(struct call *call);
/* hub_tracking.c. LINE_APPNEWCALLHUB: under tracking, the calls of others that belong to the hub
 * are found. */
void hub_announced(struct call *call);
/* Shutdown: nothing is tracked any more. */
void hub_tracking_end(struct address *address);
/* ITTAPI::SetCallHubTracking. addresses: an array of Address objects; empty: all. */
HRESULT hub_set_tracking(struct tapi *tapi, const VARIANT *addresses, BOOL track);

/* ---- Phone: phones.c, phone.h ---------------------------------------------------------------- */

HRESULT phone_create(struct tapi *tapi, DWORD device, DWORD api_version, struct phone **phone);
/* Initialize: a Phone for each phone device, and their messages. E_OUTOFMEMORY; that a provider has
 * trouble with its phones is no error. name: of the application. */
HRESULT phones_open(struct tapi *tapi, const WCHAR *name);
/* A device that came while we run; a use of it to give back. */
HRESULT phones_add(struct tapi *tapi, DWORD device, struct phone **phone);
HRESULT phone_messages_start(struct tapi *tapi);
/* Shutdown: closes them all; nothing happens by itself any more. Then, with the dispatcher gone,
 * phones_free. */
void phones_shut(struct tapi *tapi);
void phones_free(struct tapi *tapi);
void phone_worker_stop(struct tapi *tapi);
/* The phones from 0 on; a use to give back; NULL: there are no more. */
struct phone *phone_at(struct tapi *tapi, unsigned index);
/* Lists; NULL: memory exhausted. */
struct com_list *tapi_list_phones(struct tapi *tapi);
struct com_list *address_list_phones(struct address *address);
/* The phone whose sound device a static terminal is. TAPI_E_NOITEMS with a sentence. */
HRESULT phone_from_terminal(struct tapi *tapi, ITTerminal *terminal, ITPhone **phone);
/* The state of a call has changed: phones that have it selected act. */
void phones_call_changed(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause);

/* ---- shared -------------------------------------------------------------------------------- */

/* Per-object event filters (ITAddress2, ITCallInfo2). mask is the object's own, parent the one
 * asked when it has none. get: E_INVALIDARG for a type or sub-event that does not exist. */
BOOL event_mask_allows(const struct event_mask *mask, const struct event_mask *parent,
                       TAPI_EVENT type, LONG sub_event);
HRESULT event_mask_get(const struct event_mask *mask, const struct event_mask *parent,
                       TAPI_EVENT type, LONG sub_event, VARIANT_BOOL *enable);
HRESULT event_mask_put(struct event_mask **mask, const struct event_mask *parent, TAPI_EVENT type,
                       LONG sub_event, VARIANT_BOOL enable);
/* Does the application want this event of this call or address? */
BOOL call_wants(struct call *call, TAPI_EVENT type, LONG sub_event);
BOOL address_wants(struct address *address, TAPI_EVENT type, LONG sub_event);
/* Events of a phone pass the filters of the addresses on its line device; without one, TAPI's. */
BOOL line_device_wants(struct tapi *tapi, DWORD device, TAPI_EVENT type, LONG sub_event);

/* What QueryInterface answers when the MSP was asked: without an MSP that works there is no such
 * interface, and the thread's IErrorInfo says why. */
HRESULT objects_media_result(HRESULT hr, REFIID iid);

/* A VARIANT with a list as collection; releases the list. */
HRESULT objects_collection(struct com_list *list, VARIANT *out, REFIID iid);
/* An enumerator over a list; releases the list. */
HRESULT objects_enumerate(struct com_list *list, REFIID enum_iid, void **out, REFIID iid);

#endif
