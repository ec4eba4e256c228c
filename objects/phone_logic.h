/*
 * phone_logic.h - what a phone does by itself (ITAutomatedPhoneControl), as a machine without
 * Win32: it is told what happened and when, and answers with actions. Not locked; times are in ms
 * of any clock that does not run backwards.
 */
#ifndef OBJECTS_PHONE_LOGIC_H
#define OBJECTS_PHONE_LOGIC_H

#include <stdbool.h>
#include <stdint.h>

/* Numbers of PHONE_TONE. */
#define PHONE_LOGIC_DIALTONE 0x10
#define PHONE_LOGIC_BUSY     0x12
#define PHONE_LOGIC_RINGBACK 0x13
#define PHONE_LOGIC_ERROR    0x14
#define PHONE_LOGIC_SILENCE  0x15

#define PHONE_LOGIC_DIGITS  64 /* most digits of a number */
#define PHONE_LOGIC_ACTIONS 32
#define PHONE_LOGIC_NEVER   UINT64_MAX

enum phone_action_kind {
    PHONE_ACT_TONE,       /* value: the tone to play from now on, or silence */
    PHONE_ACT_RING,       /* value: the ring mode; 0: silent */
    PHONE_ACT_ANSWER,     /* the call that is offered */
    PHONE_ACT_DISCONNECT, /* the calls that are in progress or connected */
    PHONE_ACT_DIALING,    /* the first digit of a number was pressed */
    PHONE_ACT_NUMBER,     /* text: the number is complete */
    PHONE_ACT_VOLUME,     /* value: +1 or -1, a step */
};

struct phone_action {
    enum phone_action_kind kind;
    int value;
    char text[PHONE_LOGIC_DIGITS + 1];
};

/* The properties of ITAutomatedPhoneControl. */
struct phone_settings {
    bool handling; /* PhoneHandlingEnabled; all but the two stops need it */
    bool dialtone, stop_tones, stop_ring, keypad_tones, volume_control;
    int32_t number_timeout; /* 0: no time ends a number, # does */
    int32_t keypad_minimum;
    int32_t volume_step, volume_delay, volume_period;
};

enum phone_call_end { PHONE_END_NORMAL, PHONE_END_BUSY, PHONE_END_FAILED };

struct phone_logic {
    struct phone_settings settings;
    /* What the owner of the machine keeps up to date before each event: selected calls that are
     * offered, and those in progress, connected or on hold. */
    unsigned offered, busy_calls;
    bool off_hook;
    int tone; /* what plays */
    uint64_t tone_end;
    bool auto_tone; /* it was not asked for by the application */
    int key;        /* the digit key that is down or still sounds; -1: none */
    bool key_down;
    uint64_t key_end; /* not silent before */
    bool ringing, auto_ring;
    uint64_t ring_end;
    char number[PHONE_LOGIC_DIGITS + 1];
    unsigned digits;
    uint64_t number_end;
    int volume; /* direction of the button that is held; 0: none */
    uint64_t volume_next;
    struct phone_action actions[PHONE_LOGIC_ACTIONS];
    unsigned action_count;
};

void phone_logic_init(struct phone_logic *logic);
/* The phone was opened, off_hook or not: nothing sounds, no number, no actions. Settings stay. */
void phone_logic_reset(struct phone_logic *logic, bool off_hook);
void phone_logic_hook(struct phone_logic *logic, bool off_hook, uint64_t now);
/* key: 0 to 9, 10 *, 11 #, 12 to 15 A to D */
void phone_logic_key(struct phone_logic *logic, int key, bool down, uint64_t now);
/* direction: +1 louder, -1 softer */
void phone_logic_volume(struct phone_logic *logic, int direction, bool down, uint64_t now);
/* A selected call is offered (or was selected so), in progress, connected, or has ended. */
void phone_logic_offered(struct phone_logic *logic, uint64_t now);
void phone_logic_progress(struct phone_logic *logic, uint64_t now);
void phone_logic_connected(struct phone_logic *logic, uint64_t now);
void phone_logic_ended(struct phone_logic *logic, enum phone_call_end end, uint64_t now);
/* PhoneHandlingEnabled was changed. */
void phone_logic_enable(struct phone_logic *logic, bool enable, uint64_t now);
/* The application's own tones and rings; duration 0: until stopped. */
void phone_logic_start_tone(struct phone_logic *logic, int tone, uint32_t duration, uint64_t now);
void phone_logic_start_ring(struct phone_logic *logic, int mode, uint32_t duration, uint64_t now);
void phone_logic_stop_ring(struct phone_logic *logic);
/* Does what is due; when the next thing is. */
void phone_logic_tick(struct phone_logic *logic, uint64_t now);
uint64_t phone_logic_due(const struct phone_logic *logic);
/* The oldest action, in order; false: none. */
bool phone_logic_take(struct phone_logic *logic, struct phone_action *action);

#endif
