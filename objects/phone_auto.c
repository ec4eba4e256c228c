/* phone_auto.c - what a phone does by itself: phone_logic.c is told what happens and decides, and
 * this is how the one reaches it and the other comes about. The machine is told of things by the
 * worker only, in the order they happened; the application's own tones and rings
 * (phone_control.c) go straight into it, and sound a moment later. */
#include <stdlib.h>

#include "objects/phone.h"

enum input_kind { INPUT_HOOK, INPUT_BUTTON, INPUT_CALL };

struct phone_input {
    struct phone_input *next;
    enum input_kind kind;
    DWORD what;  /* hookswitch device, button, CALL_STATE */
    DWORD value; /* hookswitch mode, down, CALL_STATE_EVENT_CAUSE */
};

/* ---- inputs -------------------------------------------------------------------------------- */

/* Without memory the phone does not hear of it: nobody is told a lie by that. */
static void add_input(struct phone *self, enum input_kind kind, DWORD what, DWORD value)
{
    struct phone_input *input = calloc(1, sizeof(*input));
    BOOL wanted;

    if (!input)
        return;
    input->kind = kind;
    input->what = what;
    input->value = value;
    AcquireSRWLockExclusive(&self->lock);
    wanted = self->handle && self->privilege == PP_OWNER;
    if (wanted) {
        *self->inputs_end = input;
        self->inputs_end = &input->next;
    }
    ReleaseSRWLockExclusive(&self->lock);
    if (wanted)
        phone_worker_wake(self->tapi);
    else
        free(input);
}

static struct phone_input *take_input(struct phone *self)
{
    struct phone_input *input;

    AcquireSRWLockExclusive(&self->lock);
    input = self->inputs;
    if (input) {
        self->inputs = input->next;
        if (!self->inputs)
            self->inputs_end = &self->inputs;
    }
    ReleaseSRWLockExclusive(&self->lock);
    return input;
}

void phone_auto_hook(struct phone *self, DWORD device, DWORD mode)
{
    add_input(self, INPUT_HOOK, device, mode);
}

void phone_auto_button(struct phone *self, DWORD button, BOOL down)
{
    add_input(self, INPUT_BUTTON, button, down);
}

void phone_auto_call(struct phone *self, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
    add_input(self, INPUT_CALL, state, cause);
}

void phones_call_changed(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
    struct tapi *tapi = call_tapi(call);
    unsigned i;

    for (i = 0; call->selections > 0; i++) {
        struct phone *phone = phone_at(tapi, i);

        if (!phone)
            return;
        if (phone_is_selected(phone, call))
            phone_auto_call(phone, state, cause);
        com_unuse(&phone->com);
    }
}

/* ---- telling the machine ------------------------------------------------------------------- */

static void feed_hook(struct phone *self, DWORD device, DWORD mode, uint64_t now)
{
    AcquireSRWLockExclusive(&self->lock);
    if (mode & PHONEHOOKSWITCHMODE_ONHOOK)
        self->off_hook &= ~device;
    else if (mode && mode != PHONEHOOKSWITCHMODE_UNKNOWN)
        self->off_hook |= device;
    phone_logic_hook(&self->logic, self->off_hook != 0, now);
    ReleaseSRWLockExclusive(&self->lock);
}

static void feed_button(struct phone *self, DWORD button, BOOL down, uint64_t now)
{
    PHONEBUTTONINFO *info;
    DWORD mode = 0, function = PHONEBUTTONFUNCTION_UNKNOWN;
    HPHONE handle;
    BOOL wanted;
    LONG error;

    AcquireSRWLockShared(&self->lock);
    handle = self->handle;
    /* A button that goes up must be heard of even if handling was switched off meanwhile. */
    wanted = self->logic.settings.handling || self->logic.key >= 0 || self->logic.volume;
    ReleaseSRWLockShared(&self->lock);
    if (!handle || !wanted)
        return;
    info = phone_button_info(handle, button, &error);
    if (info) {
        mode = info->dwButtonMode;
        function = info->dwButtonFunction;
    }
    free(info);
    AcquireSRWLockExclusive(&self->lock);
    if (mode == PHONEBUTTONMODE_KEYPAD)
        phone_logic_key(&self->logic, button, down, now);
    else if (function == PHONEBUTTONFUNCTION_VOLUMEUP)
        phone_logic_volume(&self->logic, 1, down, now);
    else if (function == PHONEBUTTONFUNCTION_VOLUMEDOWN)
        phone_logic_volume(&self->logic, -1, down, now);
    ReleaseSRWLockExclusive(&self->lock);
}

static void feed_call(struct phone *self, CALL_STATE state, DWORD cause, uint64_t now)
{
    AcquireSRWLockExclusive(&self->lock);
    switch (state) {
    case CS_OFFERING:
        phone_logic_offered(&self->logic, now);
        break;
    case CS_INPROGRESS:
        phone_logic_progress(&self->logic, now);
        break;
    case CS_DISCONNECTED:
        phone_logic_ended(&self->logic,
                          cause == CEC_DISCONNECT_BUSY                          ? PHONE_END_BUSY
                          : cause == CEC_NONE || cause == CEC_DISCONNECT_NORMAL ? PHONE_END_NORMAL
                                                                                : PHONE_END_FAILED,
                          now);
        break;
    case CS_IDLE:
        break;
    default:
        phone_logic_connected(&self->logic, now);
        break;
    }
    ReleaseSRWLockExclusive(&self->lock);
}

/* ---- doing --------------------------------------------------------------------------------- */

/* A request whose result nobody waits for: the machine goes on. */
#define FORGET(self, call)                                                                         \
    do {                                                                                           \
        struct request *request = request_begin((self)->tapi);                                     \
        if (request)                                                                               \
            request_forget((self)->tapi, request, (call));                                         \
    } while (0)

static void do_ring(struct phone *self, HPHONE handle, DWORD mode)
{
    DWORD before, volume;

    if (phoneGetRing(handle, &before, &volume) != 0)
        volume = 0xFFFF;
    FORGET(self, phoneSetRing(handle, mode, volume));
}

static void do_volume(struct phone *self, HPHONE handle, int direction)
{
    LONG step = direction * self->logic.settings.volume_step, volume;
    DWORD device, current;

    for (device = PHONEHOOKSWITCHDEV_HANDSET; device <= PHONEHOOKSWITCHDEV_HEADSET; device *= 2) {
        if (!(self->off_hook & device) || phoneGetVolume(handle, device, &current) != 0)
            continue;
        volume = (LONG)current + step;
        volume = volume < 0 ? 0 : volume > 0xFFFF ? 0xFFFF : volume;
        if ((DWORD)volume != current)
            FORGET(self, phoneSetVolume(handle, device, volume));
    }
}

/* Answers the call that is offered, or drops those that are not; with an event before. */
static void do_calls(struct phone *self, BOOL answer)
{
    unsigned count, i;
    struct call **calls = phone_selected(self, &count);
    BOOL done = FALSE;

    for (i = 0; i < count && !done; i++) {
        CALL_STATE state = phone_call_state(calls[i]);
        ITCallInfo *info = (ITCallInfo *)&calls[i]->ITCallInfo2_iface;

        if (answer && state == CS_OFFERING) {
            PHONE_POST(self, PE_ANSWER, .Call = info);
            FORGET(self, lineAnswer(call_handle(calls[i]), NULL, 0));
            done = TRUE;
        } else if (!answer && phone_call_is_busy(state)) {
            PHONE_POST(self, PE_DISCONNECT, .Call = info);
            call_drop(calls[i]);
        }
    }
    phone_selected_free(calls, count);
}

static void perform(struct phone *self, const struct phone_action *action)
{
    WCHAR number[PHONE_LOGIC_DIGITS + 1];
    struct tone_player *player;
    HPHONE handle;
    unsigned i;

    AcquireSRWLockShared(&self->lock);
    handle = self->handle;
    player = self->player;
    if (player)
        tone_player_hold(player);
    ReleaseSRWLockShared(&self->lock);
    TRACE("objects", "phone %lu does %d %d %s", self->device, (int)action->kind, action->value,
          action->text);
    switch (handle ? (int)action->kind : -1) {
    case PHONE_ACT_TONE:
        if (player)
            tone_player_play(player, action->value);
        break;
    case PHONE_ACT_RING:
        do_ring(self, handle, action->value);
        break;
    case PHONE_ACT_ANSWER:
        do_calls(self, TRUE);
        break;
    case PHONE_ACT_DISCONNECT:
        do_calls(self, FALSE);
        break;
    case PHONE_ACT_DIALING:
        PHONE_POST(self, PE_DIALING, 0);
        break;
    case PHONE_ACT_NUMBER:
        for (i = 0; action->text[i]; i++)
            number[i] = action->text[i];
        number[i] = 0;
        PHONE_POST(self, PE_NUMBERGATHERED, .NumberGathered = number);
        break;
    case PHONE_ACT_VOLUME:
        do_volume(self, handle, action->value);
        break;
    default:
        break;
    }
    tone_player_release(player);
}

/* Does all that the machine has decided. */
static void perform_all(struct phone *self)
{
    struct phone_action action;
    BOOL more;

    do {
        AcquireSRWLockExclusive(&self->lock);
        phone_logic_tick(&self->logic, GetTickCount64());
        more = phone_logic_take(&self->logic, &action);
        ReleaseSRWLockExclusive(&self->lock);
        if (more)
            perform(self, &action);
    } while (more);
}

DWORD phone_auto_run(struct phone *self)
{
    struct phone_input *input;
    uint64_t due, now;

    perform_all(self);
    while ((input = take_input(self))) {
        now = GetTickCount64();
        phone_selected_review(self);
        if (input->kind == INPUT_HOOK)
            feed_hook(self, input->what, input->value, now);
        else if (input->kind == INPUT_BUTTON)
            feed_button(self, input->what, input->value, now);
        else
            feed_call(self, (CALL_STATE)input->what, input->value, now);
        free(input);
        perform_all(self);
    }
    AcquireSRWLockShared(&self->lock);
    due = phone_logic_due(&self->logic);
    ReleaseSRWLockShared(&self->lock);
    if (due == PHONE_LOGIC_NEVER)
        return INFINITE;
    now = GetTickCount64();
    return due <= now ? 0 : due - now > 1000000 ? 1000000 : (DWORD)(due - now);
}

/* ---- opened and closed --------------------------------------------------------------------- */

static DWORD off_hook_of(HPHONE handle)
{
    DWORD devices = 0;

    return phoneGetHookSwitch(handle, &devices) == 0 ? devices : 0;
}

void phone_auto_begin(struct phone *self, HPHONE handle)
{
    struct tone_player *player = NULL;
    DWORD off_hook = off_hook_of(handle), wave;

    if (phone_device_id(handle, L"wave/out", &wave) == 0)
        player = tone_player_create(wave);
    AcquireSRWLockExclusive(&self->lock);
    self->off_hook = off_hook;
    phone_logic_reset(&self->logic, off_hook != 0);
    if (!self->player) {
        self->player = player;
        player = NULL;
    }
    ReleaseSRWLockExclusive(&self->lock);
    tone_player_release(player);
    if (FAILED(phone_worker_add(self)))
        TRACE("objects", "phone %lu does nothing by itself: no thread", self->device);
}

void phone_auto_end(struct phone *self)
{
    struct phone_input *input;
    struct tone_player *player;

    phone_worker_remove(self);
    while ((input = take_input(self)))
        free(input);
    phone_unselect_all(self);
    AcquireSRWLockExclusive(&self->lock);
    player = self->player;
    self->player = NULL;
    phone_logic_reset(&self->logic, FALSE);
    ReleaseSRWLockExclusive(&self->lock);
    if (player)
        tone_player_close(player);
    tone_player_release(player);
}
