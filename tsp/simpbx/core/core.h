/*
 * core.h - the exchange itself: extensions, calls, a clock. Knows nothing of Windows or TAPI's
 * structures, so it is tested natively; the numbers of states, modes and errors are TAPI's own
 * (constants.c asserts that), strings are UTF-8.
 *
 * Nothing here locks. The owner (front/) holds the one exchange lock around every function, and
 * every callback of struct pbx_events comes with that lock held: it may only note what happened.
 *
 * A call has ends ("legs"). An end belongs to an extension, where TAPI may hold it as a call
 * handle, or to an outside party, which does what the configuration or the control object says.
 * Two ends that talk or ring are each other's peer and share call_id.
 */
#ifndef SIMPBX_CORE_H
#define SIMPBX_CORE_H

#include "clock.h"
#include "config.h"
#include "words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pbx;
struct pbx_leg;
struct pbx_phone;

/* --- the exchange --- */

struct pbx_party {
    char number[PBX_NUMBER];
    char name[PBX_NAME];
};

struct pbx_blob {
    uint8_t *data;
    uint32_t size;
};

/* --- terminals.c: what a line's sound and signals go to --- */
#define PBX_TERMINALS 3
enum pbx_terminal { PBX_TERM_PHONE, PBX_TERM_HEADSET, PBX_TERM_SPEAKER };

/* --- media_control.c: what a list of LINEMEDIACONTROL_ actions is for --- */
enum pbx_media_trigger {
    PBX_MEDIA_DIGIT,
    PBX_MEDIA_MODE,
    PBX_MEDIA_TONE,
    PBX_MEDIA_STATE,
    PBX_MEDIA_TRIGGERS
};
#define PBX_MEDIA_LIST 16 /* entries of each list */

struct pbx_media_rule {
    uint32_t what;  /* digit; media modes; call states */
    uint32_t modes; /* of a digit */
    uint32_t duration, frequency[3];
    uint32_t action; /* enum pbx_media_action */
};

/* Lists of a line, or of a call, whose lists go before the line's. */
struct pbx_media_rules {
    struct pbx_media_rule *rule[PBX_MEDIA_TRIGGERS];
    uint32_t count[PBX_MEDIA_TRIGGERS];
    bool set[PBX_MEDIA_TRIGGERS];
};

enum pbx_media_action { /* LINEMEDIACONTROL_ */
                        PBX_ACTION_NONE = 0x1,
                        PBX_ACTION_START = 0x2,
                        PBX_ACTION_RESET = 0x4,
                        PBX_ACTION_PAUSE = 0x8,
                        PBX_ACTION_RESUME = 0x10,
                        PBX_ACTION_RATEUP = 0x20,
                        PBX_ACTION_RATEDOWN = 0x40,
                        PBX_ACTION_RATENORMAL = 0x80,
                        PBX_ACTION_VOLUMEUP = 0x100,
                        PBX_ACTION_VOLUMEDOWN = 0x200,
                        PBX_ACTION_VOLUMENORMAL = 0x400,
};

/* What media control has done to a call's media stream. */
struct pbx_media {
    bool stopped, paused;
    int32_t rate, volume; /* steps from normal, -4 to 4 */
    uint32_t actions;     /* carried out so far */
};

/* --- line_status.c --- */
enum pbx_line_status { /* LINEDEVSTATUSFLAGS_ */
                       PBX_LINE_CONNECTED = 0x1,
                       PBX_LINE_MSGWAIT = 0x2,
                       PBX_LINE_INSERVICE = 0x4,
                       PBX_LINE_LOCKED = 0x8,
};
enum pbx_line_event { /* LINEDEVSTATE_ */
                      PBX_DEV_CONNECTED = 0x4,
                      PBX_DEV_DISCONNECTED = 0x8,
                      PBX_DEV_MSGWAITON = 0x10,
                      PBX_DEV_MSGWAITOFF = 0x20,
                      PBX_DEV_INSERVICE = 0x40,
                      PBX_DEV_OUTOFSERVICE = 0x80,
                      PBX_DEV_NUMCOMPLETIONS = 0x1000,
                      PBX_DEV_TERMINALS = 0x2000,
                      PBX_DEV_ROAMMODE = 0x4000,
                      PBX_DEV_BATTERY = 0x8000,
                      PBX_DEV_SIGNAL = 0x10000,
                      PBX_DEV_LOCK = 0x80000,
                      PBX_DEV_CONFIGCHANGE = 0x200000,
                      PBX_DEV_COMPLCANCEL = 0x800000,
};

struct pbx_extension {
    struct pbx *pbx;
    uint32_t index;
    struct pbx_party party;
    char group[PBX_NUMBER];
    struct pbx_forward forward[PBX_FWD_KINDS];
    struct pbx_forward_rule *rules; /* conditional forwarding: forward.c */
    uint32_t rule_count;
    uint32_t forward_rings;  /* before PBX_FWD_NOANSWER; 0: the exchange's time */
    struct pbx_leg *legs;    /* oldest first */
    uint32_t leg_count;      /* not idle */
    struct pbx_phone *phone; /* NULL: none */
    struct pbx_acd *acd;     /* acd.h: a queue or route point; NULL: neither */
    bool ringing;
    bool monitored; /* front/ wants state, call and ring events of it */
    /* line_status.c */
    uint32_t status; /* enum pbx_line_status */
    uint32_t roam, signal, battery, ring_mode;
    bool dnd, no_waiting; /* do not disturb; no second call */
    uint32_t message_count;
    uint32_t completion_count;
    uint32_t terminals[PBX_TERMINALS]; /* modes routed to each: terminals.c */
    struct pbx_media_rules media_rules;
    void *front; /* front/'s own */
};

/* A reservation as FLOWSPEC says it, rates in bytes/s. */
struct pbx_flow {
    uint32_t token_rate, token_bucket, peak, latency, delay_variation, service, max_sdu,
        min_policed;
};
enum { PBX_SERVICE_BESTEFFORT = 1, PBX_SERVICE_CONTROLLED = 2, PBX_SERVICE_GUARANTEED = 3 };
enum { PBX_QOS_NOQOS = 1, PBX_QOS_ADMISSION = 2, PBX_QOS_POLICY = 3 };

struct pbx_qos {
    bool set;
    struct pbx_flow wanted[2], granted[2]; /* sending, receiving */
    uint32_t kbits;                        /* reserved */
    uint64_t order;
};

enum pbx_gather_end { /* LINEGATHERTERM_ */
                      PBX_GATHER_FULL = 0x1,
                      PBX_GATHER_DIGIT = 0x2,
                      PBX_GATHER_FIRST = 0x4,
                      PBX_GATHER_INTER = 0x8,
                      PBX_GATHER_CANCEL = 0x10,
};
enum { PBX_GENERATE_DONE = 1, PBX_GENERATE_CANCEL = 2 };
enum { PBX_DIGIT_PULSE = 1, PBX_DIGIT_DTMF = 2, PBX_DIGIT_DTMFEND = 4 };
enum { /* LINETONEMODE_ */
       PBX_TONE_CUSTOM = 0x1,
       PBX_TONE_RINGBACK = 0x2,
       PBX_TONE_BUSY = 0x4,
       PBX_TONE_BEEP = 0x8,
       PBX_TONE_BILLING = 0x10,
};

#define PBX_TONES     8  /* of one list */
#define PBX_TONES_LEG 32 /* of all lists for one call */
struct pbx_tone {
    uint32_t app_specific;
    uint32_t duration; /* ms */
    uint32_t frequency[3];
    uint32_t list; /* whose it is */
};

#define PBX_GATHER_MAX 512

struct pbx_gather {
    bool active;
    uint32_t end_to_end, modes, wanted, count;
    uint32_t first_timeout, inter_timeout;
    char terminators[20];
    char *digits; /* wanted + 1 bytes */
};

struct pbx_leg {
    uint32_t id; /* handle: 12 bits of generation over 20 of place */
    struct pbx *pbx;
    struct pbx_extension *extension; /* NULL: an outside party */
    struct pbx_leg *next, *previous; /* of the extension, or of the outside parties */
    struct pbx_leg *peer;
    struct pbx_leg *consult;    /* the consultation call made from this held one */
    struct pbx_leg *consult_of; /* and back */
    struct pbx_leg *conference; /* whose member this is */
    uint32_t members;           /* of a conference: legs whose conference this is */
    bool is_conference;
    bool held_by_front; /* TAPI holds a handle: kept until pbx_leg_release */
    bool parked;        /* at the place number in `parked_at` */
    bool originator;
    bool inbound_unanswered;
    bool by_telephone; /* answered by hand: ends by itself when the other side hangs up */
    bool secure;
    void *front;

    enum pbx_state state;
    uint32_t mode;
    uint64_t entered; /* ms */
    uint32_t call_id, related_id, origin, reason;
    uint32_t media_mode, bearer_mode, rate, app_specific;
    uint32_t param_flags;    /* enum pbx_param_flag */
    uint32_t treatment;      /* enum pbx_treatment: what the other end hears while it waits */
    uint32_t dial_params[4]; /* pause, speed, digit, wait for dial tone: ms */
    uint32_t completion_id;
    struct pbx_completion *completion; /* camped on, or called back for */
    char target[PBX_NUMBER];           /* of a predictive call, and the states to transfer in */
    uint32_t target_states;
    struct pbx_leg *no_hold; /* of a consultation call that joins this when answered */
    uint32_t terminals[PBX_TERMINALS];
    uint32_t monitor_media;
    struct pbx_media media;
    struct pbx_media_rules media_rules;
    uint32_t states_seen;
    uint32_t seen_order; /* rising with every leg */
    struct pbx_party self, caller, called, connected, redirecting, redirection;
    char dialed[PBX_NUMBER];
    char parked_at[PBX_NUMBER];
    struct pbx_extension *parked_by;
    uint32_t rings, ring_limit; /* ms of no answer, 0: never */
    uint32_t forwards;
    struct pbx_behaviour behaviour;
    struct pbx_qos qos;
    struct pbx_blob user_user, call_data;

    uint32_t monitor_digits; /* modes */
    struct pbx_tone tones[PBX_TONES_LEG];
    uint32_t tone_count;
    struct pbx_gather gather;
    struct {
        bool active, tone;
        uint32_t end_to_end, mode, duration, count, next;
        uint32_t frequency[3];
        char digits[PBX_DIGITS];
    } generate;

    /* behaviour or no answer; rings; generating; gathering */
    struct pbx_timer progress_timer, ring_timer, generate_timer, gather_timer;
};
#define PBX_LEG_TIMERS 4

/* What happened; called with the exchange lock held. Legs without held_by_front get none but
 * new_call (of extensions), talk and gone. */
struct pbx_events {
    /* A call has come to an extension by itself. The front sets held_by_front if TAPI shall see
     * it; the state follows. */
    void (*new_call)(void *context, struct pbx_leg *leg);
    void (*state)(void *context, struct pbx_leg *leg);
    void (*info)(void *context, struct pbx_leg *leg, uint32_t changed);
    void (*digit)(void *context, struct pbx_leg *leg, char digit, uint32_t mode);
    void (*gathered)(void *context, struct pbx_leg *leg, enum pbx_gather_end why);
    void (*generated)(void *context, struct pbx_leg *leg, uint32_t end_to_end, uint32_t why);
    void (*tone)(void *context, struct pbx_leg *leg, uint32_t app_specific, uint32_t list);
    void (*qos)(void *context, struct pbx_leg *leg, uint32_t event);
    /* The number of calls on an extension has changed; forwarding has; it rings (count). */
    void (*calls)(void *context, struct pbx_extension *extension);
    void (*forwarded)(void *context, struct pbx_extension *extension);
    void (*ring)(void *context, struct pbx_extension *extension, uint32_t count);
    /* Whether the leg talks, or with whom, has changed. */
    void (*talk)(void *context, struct pbx_leg *leg);
    void (*gone)(void *context, struct pbx_leg *leg); /* its memory ends after this */
    /* LINEDEVSTATE_ and LINEADDRESSSTATE_ of a line; may be NULL, as may `media`. */
    void (*line_state)(void *context, struct pbx_extension *extension, uint32_t state, uint32_t p2,
                       uint32_t p3);
    void (*address_state)(void *context, struct pbx_extension *extension, uint32_t state);
    void (*media)(void *context, struct pbx_leg *leg, uint32_t media_mode);
    /* phone.h: PHONESTATE_ and its detail; a button has been pressed or let go. May be NULL. */
    void (*phone_state)(void *context, struct pbx_phone *phone, uint32_t state, uint32_t param);
    void (*phone_button)(void *context, struct pbx_phone *phone, uint32_t id, uint32_t mode,
                         uint32_t state);
    void (*log)(void *context, uint64_t ms, const char *from, const char *to, const char *what);
};

struct pbx_caller {
    struct pbx *pbx;
    struct pbx_caller_plan plan;
    bool called;            /* or about to */
    uint32_t call_id;       /* 0: has not called yet */
    struct pbx_timer timer; /* reserved while it runs */
};

struct pbx {
    struct pbx_clock clock;
    struct pbx_settings settings;
    const struct pbx_events *events;
    void *context;
    struct pbx_extension **extensions;
    size_t extension_count, extension_capacity;
    uint32_t *number_index; /* open hash of extension places + 1 */
    size_t number_slots;
    struct pbx_outside *outside;
    size_t outside_count, outside_capacity;
    struct pbx_caller *callers;
    size_t caller_count;
    struct pbx_leg **legs; /* by place */
    uint32_t *leg_generation;
    uint32_t *leg_free; /* places */
    size_t leg_capacity, leg_free_count, leg_count;
    struct pbx_phone **phones;
    size_t phone_count, phone_capacity;
    struct pbx_phone *marked_phones; /* to be settled */
    struct pbx_leg *outside_legs, *outside_last;
    uint32_t next_call_id, next_order;
    uint32_t bandwidth_used; /* kbit/s */
    struct pbx_completion *completions;
    uint32_t next_completion;
    uint64_t qos_order;
};

/* A new exchange without extensions and with default settings; NULL: no memory. */
struct pbx *pbx_create(const struct pbx_events *events, void *context);
/* Ends it with everything in it; `gone` comes for each leg. */
void pbx_destroy(struct pbx *pbx);
/* Takes a configuration over. With keep_extensions (TAPI has lines open on them) the present
 * extensions stay and new ones are added behind them. */
int32_t pbx_configure(struct pbx *pbx, const struct pbx_config *config, bool keep_extensions);
void pbx_defaults(struct pbx_settings *settings);
/* Ends every call of the exchange at once. */
void pbx_clear_calls(struct pbx *pbx);
struct pbx_extension *pbx_add_extension(struct pbx *pbx, const char *number, const char *name);
struct pbx_extension *pbx_find_extension(const struct pbx *pbx, const char *number);
int32_t pbx_set_outside(struct pbx *pbx, const char *pattern, const char *name,
                        const struct pbx_behaviour *behaviour);
struct pbx_leg *pbx_leg_find(const struct pbx *pbx, uint32_t id);
struct pbx_leg *pbx_next_leg(const struct pbx *pbx, size_t *place); /* iterates from *place = 0 */
void pbx_log(struct pbx *pbx, const char *from, const char *to, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
const char *pbx_state_name(enum pbx_state state);

/* What a request for a new call carries besides the number. */
struct pbx_call_params {
    uint32_t media_mode, bearer_mode, rate;
    uint32_t no_answer; /* ms; 0: the exchange's */
    bool has_flow;
    struct pbx_flow flow[2];
    struct pbx_blob user_user, call_data; /* borrowed */
    char calling_id[PBX_NUMBER];
    uint32_t flags;          /* enum pbx_param_flag */
    uint32_t dial_params[4]; /* 0: the exchange's */
    uint32_t target_states;  /* of a predictive call */
    char target[PBX_NUMBER];
};

/* --- call.c. Each returns 0 or an error and changes nothing then. Outputs are set before the
 * first event of the new leg. --- */
/* A leg of `extension` in no state yet, held by front; pbx_dial_out sets it going (address "":
 * gives dial tone). Two steps, so that the front can bind its handle in between. */
int32_t pbx_make(struct pbx_extension *extension, const struct pbx_call_params *params,
                 struct pbx_leg **leg);
int32_t pbx_check_address(const char *address); /* "" is good */
void pbx_dial_out(struct pbx_leg *leg, const char *address);
int32_t pbx_dial(struct pbx_leg *leg, const char *address);
int32_t pbx_accept(struct pbx_leg *leg, const struct pbx_blob *user_user);
int32_t pbx_answer(struct pbx_leg *leg, const struct pbx_blob *user_user);
int32_t pbx_drop(struct pbx_leg *leg, const struct pbx_blob *user_user);
int32_t pbx_hold(struct pbx_leg *leg);
int32_t pbx_unhold(struct pbx_leg *leg);
int32_t pbx_swap_hold(struct pbx_leg *active, struct pbx_leg *held);
int32_t pbx_send_user_user(struct pbx_leg *leg, const struct pbx_blob *user_user);
int32_t pbx_release_user_user(struct pbx_leg *leg);
int32_t pbx_set_call_data(struct pbx_leg *leg, const struct pbx_blob *data);
int32_t pbx_secure(struct pbx_leg *leg);
/* TAPI has let go: an idle leg ends, a ringing one rings on, so does one at a phone that is off
 * hook; any other is dropped. */
void pbx_leg_release(struct pbx_leg *leg);
/* The leg and its peer hear each other. */
bool pbx_talks(const struct pbx_leg *leg);

/* What may be asked of calls and lines at any time. */
void pbx_info_changed(struct pbx_leg *leg, uint32_t changed);
bool pbx_is_active(const struct pbx_leg *leg); /* takes the address's one active place */
bool pbx_is_held(const struct pbx_leg *leg);
bool pbx_has_active(const struct pbx_extension *extension, const struct pbx_leg *except);
uint32_t pbx_alive_count(const struct pbx_extension *extension);
bool pbx_may_start(const struct pbx_extension *extension); /* one more call fits */
void pbx_copy(char *to, size_t size, const char *from);    /* cut at a whole UTF-8 character */

/* --- features.c: LINECALLFEATURE_ and LINECALLFEATURE2_ --- */
enum pbx_feature {
    PBX_CAN_ACCEPT = 0x1,
    PBX_CAN_ADDTOCONF = 0x2,
    PBX_CAN_ANSWER = 0x4,
    PBX_CAN_BLINDTRANSFER = 0x8,
    PBX_CAN_COMPLETECALL = 0x10,
    PBX_CAN_COMPLETETRANSF = 0x20,
    PBX_CAN_DIAL = 0x40,
    PBX_CAN_DROP = 0x80,
    PBX_CAN_GATHERDIGITS = 0x100,
    PBX_CAN_GENERATEDIGITS = 0x200,
    PBX_CAN_GENERATETONE = 0x400,
    PBX_CAN_HOLD = 0x800,
    PBX_CAN_MONITORDIGITS = 0x1000,
    PBX_CAN_MONITORMEDIA = 0x2000,
    PBX_CAN_MONITORTONES = 0x4000,
    PBX_CAN_PARK = 0x8000,
    PBX_CAN_PREPAREADDCONF = 0x10000,
    PBX_CAN_REDIRECT = 0x20000,
    PBX_CAN_REMOVEFROMCONF = 0x40000,
    PBX_CAN_SECURECALL = 0x80000,
    PBX_CAN_SENDUSERUSER = 0x100000,
    PBX_CAN_SETCALLPARAMS = 0x200000,
    PBX_CAN_SETMEDIACONTROL = 0x400000,
    PBX_CAN_SETTERMINAL = 0x800000,
    PBX_CAN_SETUPCONF = 0x1000000,
    PBX_CAN_SETUPTRANSFER = 0x2000000,
    PBX_CAN_SWAPHOLD = 0x4000000,
    PBX_CAN_UNHOLD = 0x8000000,
    PBX_CAN_RELEASEUSERUSER = 0x10000000,
    PBX_CAN_SETTREATMENT = 0x20000000,
    PBX_CAN_SETQOS = 0x40000000,
};
#define PBX_CAN_SETCALLDATA    0x80000000u
#define PBX_CAN2_NOHOLDCONF    0x1u
#define PBX_CAN2_ONESTEP       0x2u
#define PBX_CAN2_COMPLCAMPON   0x4u /* and so on: PBX_COMPL_ shifted by PBX_CAN2_COMPL_SHIFT */
#define PBX_CAN2_COMPL_SHIFT   2
#define PBX_CAN2_TRANSFERNORM  0x40u
#define PBX_CAN2_TRANSFERCONF  0x80u
#define PBX_CAN2_PARKDIRECT    0x100u
#define PBX_CAN2_PARKNONDIRECT 0x200u
/* What the leg could do now; *features2 as well. */
uint32_t pbx_features(const struct pbx_leg *leg, uint32_t *features2);
void pbx_count_calls(const struct pbx_extension *extension, uint32_t *active, uint32_t *held,
                     uint32_t *pending);

/* --- transfer.c --- */
int32_t pbx_setup_transfer(struct pbx_leg *leg, const struct pbx_call_params *params,
                           struct pbx_leg **consult);
/* The consultation leg has been bound by the front: dial tone goes out. */
void pbx_consult_start(struct pbx_leg *consult);
int32_t pbx_complete_transfer(struct pbx_leg *leg, struct pbx_leg *consult);
/* As a conference: pbx_conference_begin makes the conference leg, _finish does the rest. */
int32_t pbx_blind_transfer(struct pbx_leg *leg, const char *address);
int32_t pbx_redirect(struct pbx_leg *leg, const char *address);

/* --- conference.c --- */
int32_t pbx_transfer_conference(struct pbx_leg *leg, struct pbx_leg *consult,
                                struct pbx_leg **conference);
void pbx_transfer_conference_start(struct pbx_leg *conference, struct pbx_leg *leg,
                                   struct pbx_leg *consult);
int32_t pbx_setup_conference(struct pbx_leg *leg, struct pbx_extension *extension,
                             const struct pbx_call_params *params, struct pbx_leg **conference,
                             struct pbx_leg **consult);
void pbx_setup_conference_start(struct pbx_leg *leg, struct pbx_leg *conference,
                                struct pbx_leg *consult);
int32_t pbx_prepare_add(struct pbx_leg *conference, const struct pbx_call_params *params,
                        struct pbx_leg **consult);
void pbx_prepare_add_start(struct pbx_leg *conference, struct pbx_leg *consult);
int32_t pbx_add_to_conference(struct pbx_leg *conference, struct pbx_leg *consult);
int32_t pbx_remove_from_conference(struct pbx_leg *member);
void pbx_conference_lost(struct pbx_leg *member); /* a member leg is ending */

/* --- park.c --- */
/* `place`: the number to park at, or "" and then the place chosen is written to it. */
int32_t pbx_park(struct pbx_leg *leg, char place[PBX_NUMBER]);
int32_t pbx_unpark(struct pbx_extension *extension, const char *place, struct pbx_leg **leg);
void pbx_unpark_start(struct pbx_leg *leg, const char *place);
/* The ringing call at a number, of a group, or (both empty) of the extension's own group. */
int32_t pbx_pickup(struct pbx_extension *extension, const char *number, const char *group,
                   struct pbx_leg **leg, struct pbx_leg **target);
void pbx_pickup_start(struct pbx_leg *leg, struct pbx_leg *target);
int32_t pbx_forward_set(struct pbx_extension *extension, enum pbx_forward_kind kind,
                        const char *address); /* "" or NULL: off */
void pbx_forward_changed(struct pbx_extension *extension);

/* --- qos.c --- */
int32_t pbx_set_qos(struct pbx_leg *leg, const struct pbx_flow flow[2]);
void pbx_release_qos(struct pbx_leg *leg);
void pbx_set_bandwidth(struct pbx *pbx, uint32_t kbits);
/* The flow that carries the exchange's audio, as `service`. */
void pbx_audio_flow(const struct pbx *pbx, uint32_t service, struct pbx_flow *flow);

/* --- digits.c --- */
int32_t pbx_generate_digits(struct pbx_leg *leg, uint32_t end_to_end, uint32_t mode,
                            const char *digits, uint32_t duration); /* digits NULL: cancel */
int32_t pbx_generate_tone(struct pbx_leg *leg, uint32_t end_to_end, uint32_t mode,
                          uint32_t duration, const uint32_t *frequencies, uint32_t count);
int32_t pbx_monitor_digits(struct pbx_leg *leg, uint32_t modes);
int32_t pbx_monitor_tones(struct pbx_leg *leg, uint32_t list, const struct pbx_tone *tones,
                          uint32_t count);
int32_t pbx_gather_digits(struct pbx_leg *leg, uint32_t end_to_end, uint32_t modes, uint32_t count,
                          const char *terminators, uint32_t first_timeout, uint32_t inter_timeout);
void pbx_gather_cancel(struct pbx_leg *leg);
void pbx_digits_stop(struct pbx_leg *leg);

/* --- outside.c --- */
int32_t pbx_inject(struct pbx *pbx, const char *from, const char *name, const char *to,
                   uint32_t *call_id);
/* The callers of the configuration; those there were call no more. */
int32_t pbx_set_callers(struct pbx *pbx, const struct pbx_caller_plan *plans, size_t count);
/* TAPI has opened the extension's line: who waits for that begins to wait for the time to call. */
void pbx_line_opened(struct pbx_extension *extension);
void pbx_outside_rings(struct pbx_leg *leg);    /* starts its behaviour */
void pbx_outside_answered(struct pbx_leg *leg); /* goes on with it */
/* Who is steered: by number, or by call ID when number is NULL. */
int32_t pbx_steer_answer(struct pbx *pbx, const char *number, uint32_t call_id);
int32_t pbx_steer_hangup(struct pbx *pbx, const char *number, uint32_t call_id);
int32_t pbx_steer_reject(struct pbx *pbx, const char *number, uint32_t call_id);
int32_t pbx_steer_digits(struct pbx *pbx, const char *number, uint32_t call_id, const char *digits);

/* --- forward.c --- */
enum pbx_forward_who { PBX_FWD_INTERNAL, PBX_FWD_EXTERNAL, PBX_FWD_SPECIFIC };
struct pbx_forward_rule {
    enum pbx_forward_kind kind;
    enum pbx_forward_who who;
    char caller[PBX_NUMBER]; /* PBX_FWD_SPECIFIC */
    char number[PBX_NUMBER];
};
#define PBX_FORWARD_RULES 16
/* Takes all forwarding of an extension at once: general numbers ("": off) and rules. */
int32_t pbx_forward_all(struct pbx_extension *extension,
                        const struct pbx_forward general[PBX_FWD_KINDS],
                        const struct pbx_forward_rule *rules, uint32_t count);
/* Where a call of that caller goes on to, or "": a rule for the caller goes before one for internal
 * or external calls, and that before the general one. */
const char *pbx_forward_to(const struct pbx_extension *extension, enum pbx_forward_kind kind,
                           const struct pbx_leg *from);

/* --- call_params.c --- */
enum pbx_param_flag { /* LINECALLPARAMFLAGS_ */
                      PBX_PARAM_SECURE = 0x1,
                      PBX_PARAM_IDLE = 0x2,
                      PBX_PARAM_BLOCKID = 0x4,
                      PBX_PARAM_ORIGOFFHOOK = 0x8,
                      PBX_PARAM_DESTOFFHOOK = 0x10,
                      PBX_PARAM_NOHOLDCONFERENCE = 0x20,
                      PBX_PARAM_PREDICTIVEDIAL = 0x40,
                      PBX_PARAM_ONESTEPTRANSFER = 0x80,
};
enum pbx_treatment { /* LINECALLTREATMENT_ */
                     PBX_TREAT_SILENCE = 1,
                     PBX_TREAT_RINGBACK,
                     PBX_TREAT_BUSY,
                     PBX_TREAT_MUSIC,
                     PBX_TREATMENTS = PBX_TREAT_MUSIC
};
/* PBX_ERR_INVALCALLPARAMS unless flags, target and auto-transfer states fit together. */
int32_t pbx_check_params(const struct pbx *pbx, const struct pbx_call_params *params);
/* dial_params NULL: as they are. Rates in bit/s, 0: as it is. */
int32_t pbx_set_call_params(struct pbx_leg *leg, uint32_t bearer_mode, uint32_t min_rate,
                            uint32_t max_rate, const uint32_t dial_params[4]);
int32_t pbx_set_treatment(struct pbx_leg *leg, uint32_t treatment);
/* A predictive call has reached a state: transfers it where it was told to. */
void pbx_predict(struct pbx_leg *leg);

/* --- completion.c --- */
enum pbx_completion_mode { /* LINECALLCOMPLMODE_ */
                           PBX_COMPL_CAMPON = 0x1,
                           PBX_COMPL_CALLBACK = 0x2,
                           PBX_COMPL_INTRUDE = 0x4,
                           PBX_COMPL_MESSAGE = 0x8,
};
#define PBX_COMPLETIONS 4                /* of an extension at a time */
#define PBX_COMPL_DELAY 1000             /* ms from the called party's hanging up to the next try */
extern const char *const pbx_messages[]; /* what PBX_COMPL_MESSAGE can leave, NULL at the end */
#define PBX_MESSAGES 3
struct pbx_completion {
    struct pbx_completion *next;
    uint32_t id;
    enum pbx_completion_mode mode;
    struct pbx_extension *by, *target;
    struct pbx_leg *leg; /* camped on, or calling back */
    bool after_activity; /* of a party that did not answer: it has to be seen busy first */
    struct pbx_timer timer;
};
/* Which modes suit the call now. */
uint32_t pbx_completion_modes(const struct pbx_leg *leg);
int32_t pbx_complete_call(struct pbx_leg *leg, uint32_t mode, uint32_t message, uint32_t *id);
int32_t pbx_uncomplete_call(struct pbx_extension *extension, uint32_t id);
void pbx_completion_check(struct pbx_extension *extension, const struct pbx_leg *ended);
void pbx_completion_lost(struct pbx_leg *leg); /* a leg with a completion is ending */
void pbx_completion_answered(struct pbx_leg *leg);
void pbx_completions_clear(struct pbx *pbx);

/* --- line_status.c --- */
/* As a new line is: nothing forwarded by condition, in service, its telephone in use. */
void pbx_line_status_begin(struct pbx_extension *extension);
int32_t pbx_set_line_status(struct pbx_extension *extension, uint32_t flags, bool on);
/* As a sentence of the control object: "message-waiting on", "roam away", "signal 40000", ... */
int32_t pbx_line_status_say(struct pbx_extension *extension, const char *text);
void pbx_line_state(struct pbx_extension *extension, uint32_t state, uint32_t p2, uint32_t p3);
/* 0, or the disconnect mode with which the line refuses any call. */
uint32_t pbx_line_refuses(const struct pbx_extension *extension);

/* --- terminals.c --- */
extern const struct pbx_terminal_caps {
    const char *name;
    uint32_t device, modes, sharing; /* LINETERMDEV_, LINETERMMODE_, LINETERMSHARING_ */
} pbx_terminals[PBX_TERMINALS];
/* leg NULL: of the line, and then of all its calls. */
int32_t pbx_set_terminal(struct pbx_extension *extension, struct pbx_leg *leg, uint32_t modes,
                         uint32_t terminal, bool on);

/* --- media_control.c --- */
int32_t pbx_monitor_media(struct pbx_leg *leg, uint32_t modes);
void pbx_media_mode_set(struct pbx_leg *leg, uint32_t mode); /* TSPI_lineSetMediaMode */
/* Lists with `set` replace those of before; all are checked first. leg NULL: the line's. The
 * rules are copied. */
int32_t pbx_set_media_control(struct pbx_extension *extension, struct pbx_leg *leg,
                              const struct pbx_media_rules *rules);
void pbx_media_rules_free(struct pbx_media_rules *rules);
void pbx_media_digit(struct pbx_leg *leg, char digit, uint32_t mode);
void pbx_media_tone(struct pbx_leg *leg, const uint32_t frequency[3], uint32_t duration);
void pbx_media_state(struct pbx_leg *leg);
void pbx_media_mode_heard(struct pbx_leg *leg, uint32_t mode);
void pbx_media_heard(
    struct pbx_leg *leg); /* it begins to hear its peer, or the peer's media change */

#endif
