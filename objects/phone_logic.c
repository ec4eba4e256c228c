/* phone_logic.c - see phone_logic.h. */
#include "objects/phone_logic.h"

#include <string.h>

#define NEVER PHONE_LOGIC_NEVER

/* An action that cannot be kept is dropped: 32 pending ones mean that the phone does not answer. */
static struct phone_action *act(struct phone_logic *logic, enum phone_action_kind kind, int value)
{
    struct phone_action *action;

    if (logic->action_count == PHONE_LOGIC_ACTIONS)
        return NULL;
    action = &logic->actions[logic->action_count++];
    action->kind = kind;
    action->value = value;
    action->text[0] = 0;
    return action;
}

bool phone_logic_take(struct phone_logic *logic, struct phone_action *action)
{
    if (!logic->action_count)
        return false;
    *action = logic->actions[0];
    logic->action_count--;
    memmove(logic->actions, logic->actions + 1, logic->action_count * sizeof(*logic->actions));
    return true;
}

static uint64_t end_of(uint32_t duration, uint64_t now)
{
    return duration ? now + duration : NEVER;
}

/* ---- tones and rings ----------------------------------------------------------------------- */

static void play(struct phone_logic *logic, int tone, bool automatic, uint64_t end)
{
    if (logic->tone != tone)
        act(logic, PHONE_ACT_TONE, tone);
    logic->tone = tone;
    logic->auto_tone = automatic && tone != PHONE_LOGIC_SILENCE;
    logic->tone_end = tone == PHONE_LOGIC_SILENCE ? NEVER : end;
}

static void play_by_itself(struct phone_logic *logic, int tone)
{
    /* A tone that the application asked for goes on. */
    if (logic->tone == PHONE_LOGIC_SILENCE || logic->auto_tone)
        play(logic, tone, true, NEVER);
}

static void ring(struct phone_logic *logic, int mode, bool automatic, uint64_t end)
{
    act(logic, PHONE_ACT_RING, mode);
    logic->ringing = mode != 0;
    logic->auto_ring = automatic && logic->ringing;
    logic->ring_end = logic->ringing ? end : NEVER;
}

void phone_logic_start_tone(struct phone_logic *logic, int tone, uint32_t duration, uint64_t now)
{
    logic->key = -1;
    play(logic, tone, false, end_of(duration, now));
}

void phone_logic_start_ring(struct phone_logic *logic, int mode, uint32_t duration, uint64_t now)
{
    ring(logic, mode, false, end_of(duration, now));
}

void phone_logic_stop_ring(struct phone_logic *logic)
{
    if (logic->ringing)
        ring(logic, 0, false, NEVER);
}

/* ---- numbers ------------------------------------------------------------------------------- */

static void forget_number(struct phone_logic *logic)
{
    logic->digits = 0;
    logic->number[0] = 0;
    logic->number_end = NEVER;
}

static void finish_number(struct phone_logic *logic)
{
    struct phone_action *action = act(logic, PHONE_ACT_NUMBER, 0);

    if (action)
        memcpy(action->text, logic->number, logic->digits + 1);
    forget_number(logic);
}

/* Off hook and nothing to talk to: a number may be dialed. */
static void wait_for_number(struct phone_logic *logic)
{
    forget_number(logic);
    if (logic->settings.dialtone)
        play_by_itself(logic, PHONE_LOGIC_DIALTONE);
}

static void add_digit(struct phone_logic *logic, int key, uint64_t now)
{
    int32_t timeout = logic->settings.number_timeout;

    if (key == 11 && !timeout) {
        if (logic->digits)
            finish_number(logic);
        return;
    }
    if (!logic->digits)
        act(logic, PHONE_ACT_DIALING, 0);
    logic->number[logic->digits++] = "0123456789*#ABCD"[key];
    logic->number[logic->digits] = 0;
    if (timeout)
        logic->number_end = now + (uint32_t)timeout;
    if (logic->digits == PHONE_LOGIC_DIGITS)
        finish_number(logic);
}

/* ---- what happens -------------------------------------------------------------------------- */

void phone_logic_init(struct phone_logic *logic)
{
    memset(logic, 0, sizeof(*logic));
    logic->settings = (struct phone_settings){
        .dialtone = true,
        .stop_tones = true,
        .stop_ring = true,
        .keypad_tones = true,
        .volume_control = true,
        .number_timeout = 2000,
        .keypad_minimum = 100,
        .volume_step = 4096,
        .volume_delay = 500,
        .volume_period = 100,
    };
    phone_logic_reset(logic, false);
}

void phone_logic_reset(struct phone_logic *logic, bool off_hook)
{
    logic->offered = logic->busy_calls = 0;
    logic->off_hook = off_hook;
    logic->tone = PHONE_LOGIC_SILENCE;
    logic->auto_tone = false;
    logic->tone_end = logic->ring_end = logic->volume_next = logic->key_end = NEVER;
    logic->key = -1;
    logic->key_down = logic->ringing = logic->auto_ring = false;
    logic->volume = 0;
    logic->action_count = 0;
    forget_number(logic);
}

static void lifted(struct phone_logic *logic)
{
    if (logic->ringing && logic->settings.stop_ring)
        ring(logic, 0, false, NEVER);
    if (!logic->settings.handling)
        return;
    if (logic->offered)
        act(logic, PHONE_ACT_ANSWER, 0);
    else if (!logic->busy_calls)
        wait_for_number(logic);
}

static void hung_up(struct phone_logic *logic)
{
    /* Without AutoStopTonesOnOnHook the application's tones stay; those that only make sense at the
     * ear do not. */
    if (logic->tone != PHONE_LOGIC_SILENCE &&
        (logic->settings.stop_tones || logic->auto_tone || logic->key >= 0))
        play(logic, PHONE_LOGIC_SILENCE, false, NEVER);
    logic->key = -1;
    logic->key_down = false;
    logic->volume = 0;
    logic->volume_next = NEVER;
    forget_number(logic);
    if (logic->settings.handling && logic->busy_calls)
        act(logic, PHONE_ACT_DISCONNECT, 0);
    if (logic->settings.handling && logic->offered)
        phone_logic_offered(logic, 0);
}

void phone_logic_hook(struct phone_logic *logic, bool off_hook, uint64_t now)
{
    (void)now;
    if (logic->off_hook == off_hook)
        return;
    logic->off_hook = off_hook;
    if (off_hook)
        lifted(logic);
    else
        hung_up(logic);
}

void phone_logic_key(struct phone_logic *logic, int key, bool down, uint64_t now)
{
    if (key < 0 || key > 15)
        return;
    if (!down) {
        if (key != logic->key)
            return;
        logic->key_down = false;
        phone_logic_tick(logic, now);
        return;
    }
    if (!logic->settings.handling || !logic->off_hook)
        return;
    if (!logic->busy_calls && !logic->offered)
        add_digit(logic, key, now);
    if (logic->settings.keypad_tones) {
        play(logic, key, true, NEVER);
        logic->key = key;
        logic->key_down = true;
        logic->key_end = now + (uint32_t)logic->settings.keypad_minimum;
    } else if (logic->auto_tone) {
        play(logic, PHONE_LOGIC_SILENCE, false, NEVER); /* the dial tone ends with the first key */
    }
}

void phone_logic_volume(struct phone_logic *logic, int direction, bool down, uint64_t now)
{
    if (!down) {
        logic->volume = 0;
        logic->volume_next = NEVER;
        return;
    }
    if (!logic->settings.handling || !logic->settings.volume_control)
        return;
    act(logic, PHONE_ACT_VOLUME, direction);
    logic->volume = direction;
    logic->volume_next = now + (uint32_t)logic->settings.volume_delay;
}

void phone_logic_offered(struct phone_logic *logic, uint64_t now)
{
    (void)now;
    if (logic->settings.handling && logic->offered && !logic->off_hook && !logic->ringing)
        ring(logic, 1, true, NEVER);
}

/* No call is offered any more: the phone need not ring for it. */
static void quiet(struct phone_logic *logic)
{
    if (logic->auto_ring && !logic->offered)
        ring(logic, 0, false, NEVER);
}

void phone_logic_progress(struct phone_logic *logic, uint64_t now)
{
    (void)now;
    quiet(logic);
    if (!logic->settings.handling || !logic->off_hook)
        return;
    forget_number(logic);
    logic->key = -1;
    play_by_itself(logic, PHONE_LOGIC_RINGBACK);
}

void phone_logic_connected(struct phone_logic *logic, uint64_t now)
{
    (void)now;
    quiet(logic);
    if (logic->auto_tone && logic->key < 0)
        play(logic, PHONE_LOGIC_SILENCE, false, NEVER);
}

void phone_logic_ended(struct phone_logic *logic, enum phone_call_end end, uint64_t now)
{
    (void)now;
    quiet(logic);
    if (!logic->settings.handling || !logic->off_hook || logic->busy_calls || logic->offered)
        return;
    if (end == PHONE_END_NORMAL) {
        if (logic->auto_tone)
            play(logic, PHONE_LOGIC_SILENCE, false, NEVER);
        wait_for_number(logic);
    } else {
        play_by_itself(logic, end == PHONE_END_BUSY ? PHONE_LOGIC_BUSY : PHONE_LOGIC_ERROR);
    }
}

void phone_logic_enable(struct phone_logic *logic, bool enable, uint64_t now)
{
    if (logic->settings.handling == enable)
        return;
    logic->settings.handling = enable;
    if (enable) {
        if (logic->off_hook && !logic->offered && !logic->busy_calls)
            wait_for_number(logic);
        phone_logic_offered(logic, now);
        return;
    }
    if (logic->auto_tone)
        play(logic, PHONE_LOGIC_SILENCE, false, NEVER);
    if (logic->auto_ring)
        ring(logic, 0, false, NEVER);
    logic->key = -1;
    logic->volume = 0;
    logic->volume_next = NEVER;
    forget_number(logic);
}

/* ---- time ---------------------------------------------------------------------------------- */

void phone_logic_tick(struct phone_logic *logic, uint64_t now)
{
    if (logic->key >= 0 && !logic->key_down && logic->key_end <= now) {
        logic->key = -1;
        if (logic->auto_tone)
            play(logic, PHONE_LOGIC_SILENCE, false, NEVER);
    }
    if (logic->tone_end <= now)
        play(logic, PHONE_LOGIC_SILENCE, false, NEVER);
    if (logic->ring_end <= now)
        ring(logic, 0, false, NEVER);
    if (logic->number_end <= now)
        finish_number(logic);
    if (logic->volume && logic->volume_next <= now) {
        act(logic, PHONE_ACT_VOLUME, logic->volume);
        /* From now: a machine that slept through ten periods does not jump. */
        logic->volume_next = now + (uint32_t)logic->settings.volume_period;
    }
}

uint64_t phone_logic_due(const struct phone_logic *logic)
{
    uint64_t due = NEVER;

    if (logic->action_count)
        return 0;
    if (logic->key >= 0 && !logic->key_down)
        due = logic->key_end;
    if (logic->tone_end < due)
        due = logic->tone_end;
    if (logic->ring_end < due)
        due = logic->ring_end;
    if (logic->number_end < due)
        due = logic->number_end;
    if (logic->volume && logic->volume_next < due)
        due = logic->volume_next;
    return due;
}
