/*
 * phone.h - the desk sets of the exchange. A phone belongs to an extension and is tied to it: what
 * happens on the line shows at the phone, and what a hand does at the phone happens on the line.
 * As core.h: no Windows, no locks, numbers are TAPI's own (constants.c asserts that).
 *
 * Changes at the line mark a phone; pbx_phones_settle brings marked phones up to date once the
 * action is over, so that lamps and display do not flicker through what lies between.
 *
 * phone.c: the set and its parts. phone_line.c: from the line to the set. phone_keys.c: from the
 * hand at the set to the line.
 */
#ifndef SIMPBX_PHONE_H
#define SIMPBX_PHONE_H

#include "core.h"

enum pbx_hook_device { PBX_HANDSET, PBX_SPEAKER, PBX_HEADSET, PBX_HOOK_DEVICES };
/* PHONEHOOKSWITCHDEV_ of one of them */
#define PBX_HOOK_BIT(device) (1u << (device))
#define PBX_HOOK_ALL         7u

enum pbx_hook_mode { /* PHONEHOOKSWITCHMODE_ */
                     PBX_ONHOOK = 0x1,
                     PBX_MIC = 0x2,
                     PBX_SPEAKER_ONLY = 0x4,
                     PBX_MICSPEAKER = 0x8,
};
enum pbx_lamp_mode { /* PHONELAMPMODE_ */
                     PBX_LAMP_DUMMY = 0x1,
                     PBX_LAMP_OFF = 0x2,
                     PBX_LAMP_STEADY = 0x4,
                     PBX_LAMP_WINK = 0x8,
                     PBX_LAMP_FLASH = 0x10,
                     PBX_LAMP_FLUTTER = 0x20,
                     PBX_LAMP_BROKENFLUTTER = 0x40,
};
#define PBX_LAMP_ALL 0x7Fu
enum pbx_button_mode { /* PHONEBUTTONMODE_ */
                       PBX_BUTTON_CALL = 0x2,
                       PBX_BUTTON_FEATURE = 0x4,
                       PBX_BUTTON_KEYPAD = 0x8,
                       PBX_BUTTON_LOCAL = 0x10,
};
enum pbx_button_function { /* PHONEBUTTONFUNCTION_ */
                           PBX_DOES_UNKNOWN = 0x0,
                           PBX_DOES_CONFERENCE = 0x1,
                           PBX_DOES_TRANSFER = 0x2,
                           PBX_DOES_DROP = 0x3,
                           PBX_DOES_HOLD = 0x4,
                           PBX_DOES_ABBREVDIAL = 0xB,
                           PBX_DOES_MUTE = 0x12,
                           PBX_DOES_VOLUMEUP = 0x13,
                           PBX_DOES_VOLUMEDOWN = 0x14,
                           PBX_DOES_SPEAKER = 0x15, /* SPEAKERON: on and, pressed again, off */
                           PBX_DOES_CALLAPP = 0x1E,
                           PBX_DOES_LASTNUM = 0x23,
                           PBX_DOES_MSGINDICATOR = 0x26,
                           PBX_DOES_NONE = 0x2E,
                           PBX_DOES_LAST = 0x2F, /* SEND: the last one there is */
};
enum pbx_button_state { PBX_BUTTON_UP = 0x1, PBX_BUTTON_DOWN = 0x2 }; /* PHONEBUTTONSTATE_ */
enum pbx_phone_state {                                                /* PHONESTATE_ */
                       PBX_PHONE_CONNECTED = 0x2,
                       PBX_PHONE_DISCONNECTED = 0x4,
                       PBX_PHONE_DISPLAY = 0x20,
                       PBX_PHONE_LAMP = 0x40,
                       PBX_PHONE_RINGMODE = 0x80,
                       PBX_PHONE_RINGVOLUME = 0x100,
                       PBX_PHONE_HOOKSWITCH = 0x200, /* of the handset; of the others: see below */
                       PBX_PHONE_VOLUME = 0x400,
                       PBX_PHONE_GAIN = 0x800,
                       PBX_PHONE_CAPSCHANGE = 0x400000,
};
/* The same of any hookswitch device. */
#define PBX_PHONE_OF(state, device) ((uint32_t)(state) << 3 * (device))

/* PHONEERR_ */
#define PBX_PHONEERR(n)                  ((int32_t)(0x90000000u | (n)))
#define PBX_PHONEERR_INVALBUTTONLAMPID   PBX_PHONEERR(0x09)
#define PBX_PHONEERR_INVALBUTTONMODE     PBX_PHONEERR(0x0A)
#define PBX_PHONEERR_INVALDATAID         PBX_PHONEERR(0x0C)
#define PBX_PHONEERR_INVALHOOKSWITCHDEV  PBX_PHONEERR(0x0F)
#define PBX_PHONEERR_INVALHOOKSWITCHMODE PBX_PHONEERR(0x10)
#define PBX_PHONEERR_INVALLAMPMODE       PBX_PHONEERR(0x11)
#define PBX_PHONEERR_INVALPARAM          PBX_PHONEERR(0x12)
#define PBX_PHONEERR_INVALPHONESTATE     PBX_PHONEERR(0x14)
#define PBX_PHONEERR_INVALRINGMODE       PBX_PHONEERR(0x17)
#define PBX_PHONEERR_NOMEM               PBX_PHONEERR(0x1A)

#define PBX_PHONE_KEYS        12 /* buttons 0 to 11: 0-9 * # */
#define PBX_PHONE_APPEARANCES 32 /* most of them; their buttons follow the keys */
#define PBX_PHONE_FEATURES    12 /* and these follow the appearances */
#define PBX_PHONE_BUTTONS     (PBX_PHONE_KEYS + PBX_PHONE_APPEARANCES + PBX_PHONE_FEATURES)
#define PBX_PHONE_ROWS        8
#define PBX_PHONE_COLUMNS     80
#define PBX_PHONE_RING_MODES  4     /* 1: a call from inside, 2: from outside */
#define PBX_PHONE_LEVEL       65535 /* the loudest */
#define PBX_PHONE_DATA        2
extern const uint32_t pbx_phone_data_size[PBX_PHONE_DATA]; /* most bytes of each data area */
#define PBX_PHONE_DIAL_PAUSE 4000 /* ms without another digit until a number is complete */

struct pbx_phone_button {
    uint32_t mode, function, state;
    uint32_t lamp, line_lamp; /* as it is; as the line has it */
    char text[PBX_NAME];
};

struct pbx_hookswitch {
    uint32_t mode;         /* enum pbx_hook_mode */
    uint32_t volume, gain; /* 0 to PBX_PHONE_LEVEL */
};

struct pbx_phone {
    struct pbx *pbx;
    struct pbx_extension *extension;
    uint32_t index; /* among the phones of the exchange */
    void *front;    /* front/'s own */
    bool connected; /* plugged in */
    bool marked;    /* pbx_phones_settle has something to do */
    struct pbx_phone *next_marked;

    struct pbx_hookswitch hook[PBX_HOOK_DEVICES];
    bool speaker_by_line; /* the speaker was switched on by a call, and goes off with it */
    uint32_t ring_mode, ring_volume;
    uint32_t line_ring; /* the ring mode that the line wants */
    uint32_t appearances, rows, columns, button_count;
    struct pbx_phone_button button[PBX_PHONE_BUTTONS];
    uint32_t call[PBX_PHONE_APPEARANCES]; /* leg at each call appearance, 0: none */
    char display[PBX_PHONE_ROWS * PBX_PHONE_COLUMNS];
    char line_display[PBX_PHONE_ROWS * PBX_PHONE_COLUMNS]; /* as the line would have it */
    struct pbx_blob data[PBX_PHONE_DATA];
    char last_number[PBX_NUMBER];
    uint32_t dial_leg; /* whose digits are waited for */
    struct pbx_timer dial_timer;
};

/* --- phone.c --- */
/* The extension's phone, new; NULL: it has one already, or there is no memory. */
struct pbx_phone *pbx_add_phone(struct pbx_extension *extension, const struct pbx_phone_plan *plan);
void pbx_free_phones(struct pbx *pbx);
/* Reads the words "buttons" "4" "display" "2x24", in any order, each pair may be missing. False:
 * `error` says what is wrong. Leaves plan->extension alone. */
bool pbx_phone_plan_read(struct pbx_phone_plan *plan, const char *const *words, size_t count,
                         char *error, size_t error_size);
/* What TAPI's requests do. 0 or PHONEERR_; `devices` are PHONEHOOKSWITCHDEV_ bits. Levels beyond
 * the range are taken as the loudest, as TAPI has it. */
int32_t pbx_phone_set_volume(struct pbx_phone *phone, uint32_t devices, uint32_t volume);
int32_t pbx_phone_set_gain(struct pbx_phone *phone, uint32_t devices, uint32_t gain);
int32_t pbx_phone_set_ring(struct pbx_phone *phone, uint32_t mode, uint32_t volume);
int32_t pbx_phone_set_lamp(struct pbx_phone *phone, uint32_t id, uint32_t mode);
/* Only feature buttons can be given another function; any can be given another text. */
int32_t pbx_phone_set_button(struct pbx_phone *phone, uint32_t id, uint32_t mode, uint32_t function,
                             const char *text);
/* Text goes on in the next row; what does not fit is cut off. Nothing but ASCII is shown. */
int32_t pbx_phone_set_display(struct pbx_phone *phone, uint32_t row, uint32_t column,
                              const char *text, size_t size);
int32_t pbx_phone_set_data(struct pbx_phone *phone, uint32_t id, const void *data, uint32_t size);
bool pbx_phone_is_off_hook(const struct pbx_phone *phone);
/* For phone_line.c and phone_keys.c: what changes is told. */
void pbx_phone_hook_to(struct pbx_phone *phone, enum pbx_hook_device device, uint32_t mode);
void pbx_phone_lamp_to(struct pbx_phone *phone, uint32_t id, uint32_t mode);
void pbx_phone_ring_to(struct pbx_phone *phone, uint32_t mode);
void pbx_phone_tell(struct pbx_phone *phone, uint32_t state, uint32_t param);

/* --- phone_line.c --- */
void pbx_phone_mark(struct pbx_phone *phone); /* NULL: nothing */
void pbx_phones_settle(struct pbx *pbx);
/* A leg of an extension with a phone has changed its state or peer. */
void pbx_phone_call_changed(struct pbx_leg *leg);
/* Somebody holds the call at its phone: it goes on without TAPI. */
bool pbx_phone_keeps(const struct pbx_leg *leg);
/* The call that takes the extension's one active place, or NULL. */
struct pbx_leg *pbx_phone_active(const struct pbx_phone *phone);

/* --- phone_keys.c --- */
/* Puts hookswitches into a mode, for TAPI or by hand. The first one to be off hook answers a
 * ringing call or gets dial tone; when the last one goes on hook the call is dropped, or its
 * transfer completed. */
int32_t pbx_phone_set_hook(struct pbx_phone *phone, uint32_t devices, uint32_t mode);
/* By hand: lifting the handset or headset switches the speaker off. */
int32_t pbx_phone_lift(struct pbx_phone *phone, enum pbx_hook_device device);
int32_t pbx_phone_hang_up(struct pbx_phone *phone, enum pbx_hook_device device);
/* A button is pressed and let go. */
int32_t pbx_phone_press(struct pbx_phone *phone, uint32_t id);
/* All hookswitches of all phones, there being no calls any more. */
void pbx_phones_hang_up(struct pbx *pbx);
/* The cord is plugged in or pulled out. */
void pbx_phone_plug(struct pbx_phone *phone, bool connected);

#endif
