/* phone_auto.c - ITAutomatedPhoneControl: its properties, and how what phone_logic.c decides comes
 * about. The machine is told of things by the worker only, in the order they happened; the
 * application's own tones and rings go straight into it, and sound a moment later. */
#include <stdlib.h>
#include <string.h>

#include "objects/phone.h"

COM_DISPATCH_METHODS(automatic, phone, ITAutomatedPhoneControl, ITAutomatedPhoneControl_iface)

#define IID_HERE (&IID_ITAutomatedPhoneControl)

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

/* ---- selected calls ------------------------------------------------------------------------ */

static CALL_STATE state_of(struct call *call)
{
    CALL_STATE state;

    AcquireSRWLockShared(&call->lock);
    state = call->state;
    ReleaseSRWLockShared(&call->lock);
    return state;
}

static BOOL is_busy(CALL_STATE state)
{
    return state == CS_INPROGRESS || state == CS_CONNECTED || state == CS_HOLD ||
           state == CS_QUEUED;
}

/* The selected calls, a reference each; free() the array after com_release of each. */
static struct call **copy_selected(struct phone *self, unsigned *count)
{
    struct call **calls;
    unsigned i;

    AcquireSRWLockShared(&self->lock);
    *count = self->selected_count;
    calls = malloc((*count + 1) * sizeof(*calls));
    if (!calls)
        *count = 0;
    for (i = 0; i < *count; i++) {
        calls[i] = self->selected[i];
        com_hand_out(&calls[i]->com);
    }
    ReleaseSRWLockShared(&self->lock);
    return calls;
}

static void free_calls(struct call **calls, unsigned count)
{
    while (count)
        com_release(&calls[--count]->com);
    free(calls);
}

/* Takes a call off the list; FALSE: it is not on it. */
static BOOL unselect(struct phone *self, struct call *call)
{
    BOOL found = FALSE;
    unsigned i;

    AcquireSRWLockExclusive(&self->lock);
    for (i = 0; i < self->selected_count && !found; i++)
        found = self->selected[i] == call;
    if (found)
        self->selected[i - 1] = self->selected[--self->selected_count];
    ReleaseSRWLockExclusive(&self->lock);
    if (found) {
        InterlockedDecrement(&call->selections);
        com_release(&call->com);
    }
    return found;
}

/* Lets go of the calls that have ended, and counts the others for the machine. */
static void review_calls(struct phone *self)
{
    unsigned count, i, offered = 0, busy = 0;
    struct call **calls = copy_selected(self, &count);

    for (i = 0; i < count; i++) {
        CALL_STATE state = state_of(calls[i]);

        if (state == CS_DISCONNECTED)
            unselect(self, calls[i]);
        offered += state == CS_OFFERING;
        busy += is_busy(state);
    }
    free_calls(calls, count);
    AcquireSRWLockExclusive(&self->lock);
    self->logic.offered = offered;
    self->logic.busy_calls = busy;
    ReleaseSRWLockExclusive(&self->lock);
}

/* A selected call has another state; any thread. */
static void tell_call(struct phone *self, struct call *call, CALL_STATE state, DWORD cause)
{
    BOOL selected = FALSE;
    unsigned i;

    AcquireSRWLockShared(&self->lock);
    for (i = 0; i < self->selected_count && !selected; i++)
        selected = self->selected[i] == call;
    ReleaseSRWLockShared(&self->lock);
    if (selected)
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
        tell_call(phone, call, state, cause);
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
    struct call **calls = copy_selected(self, &count);
    BOOL done = FALSE;

    for (i = 0; i < count && !done; i++) {
        CALL_STATE state = state_of(calls[i]);
        ITCallInfo *info = (ITCallInfo *)&calls[i]->ITCallInfo2_iface;

        if (answer && state == CS_OFFERING) {
            PHONE_POST(self, PE_ANSWER, .Call = info);
            FORGET(self, lineAnswer(call_handle(calls[i]), NULL, 0));
            done = TRUE;
        } else if (!answer && is_busy(state)) {
            PHONE_POST(self, PE_DISCONNECT, .Call = info);
            call_drop(calls[i]);
        }
    }
    free_calls(calls, count);
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
        review_calls(self);
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
    for (;;) {
        struct call *call = NULL;

        AcquireSRWLockExclusive(&self->lock);
        if (self->selected_count)
            call = self->selected[--self->selected_count];
        ReleaseSRWLockExclusive(&self->lock);
        if (!call)
            break;
        InterlockedDecrement(&call->selections);
        com_release(&call->com);
    }
    AcquireSRWLockExclusive(&self->lock);
    player = self->player;
    self->player = NULL;
    free(self->selected);
    self->selected = NULL;
    phone_logic_reset(&self->logic, FALSE);
    ReleaseSRWLockExclusive(&self->lock);
    if (player)
        tone_player_close(player);
    tone_player_release(player);
}

/* ---- tones and rings ----------------------------------------------------------------------- */

/* An owner's open phone, or the error. */
#define OWNED(self)                                                                                \
    do {                                                                                           \
        HPHONE owned_handle;                                                                       \
        HRESULT owned_hr = phone_check_owner(self, IID_HERE, &owned_handle);                       \
        if (FAILED(owned_hr))                                                                      \
            return owned_hr;                                                                       \
    } while (0)

static HRESULT WINAPI automatic_StartTone(ITAutomatedPhoneControl *iface, PHONE_TONE tone,
                                          LONG duration)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    BOOL able;

    OWNED(self);
    if ((unsigned)tone > PT_SILENCE || duration < 0)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a PHONE_TONE, or %ld no duration.",
                        (int)tone, duration);
    AcquireSRWLockExclusive(&self->lock);
    able = self->player || tone == PT_SILENCE;
    if (able)
        phone_logic_start_tone(&self->logic, tone, duration, GetTickCount64());
    ReleaseSRWLockExclusive(&self->lock);
    if (!able)
        return com_fail(TAPI_E_NOTSUPPORTED, IID_HERE,
                        "The phone has no sound device (wave/out) to play tones on.");
    phone_worker_wake(self->tapi);
    return S_OK;
}

static HRESULT WINAPI automatic_StopTone(ITAutomatedPhoneControl *iface)
{
    return automatic_StartTone(iface, PT_SILENCE, 0);
}

static HRESULT WINAPI automatic_get_Tone(ITAutomatedPhoneControl *iface, PHONE_TONE *tone)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(tone);
    *tone = PT_SILENCE;
    OWNED(self);
    AcquireSRWLockShared(&self->lock);
    if (self->player)
        *tone = (PHONE_TONE)self->logic.tone;
    ReleaseSRWLockShared(&self->lock);
    return S_OK;
}

static HRESULT WINAPI automatic_StartRinger(ITAutomatedPhoneControl *iface, LONG mode,
                                            LONG duration)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    PHONECAPS *caps;
    LONG error, modes;

    OWNED(self);
    caps = phone_get_caps(self, &error);
    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The phone's rings are not known");
    modes = caps->dwNumRingModes;
    free(caps);
    if (!modes)
        return com_fail(TAPI_E_NOTSUPPORTED, IID_HERE, "Programs cannot make this phone ring.");
    if (mode < 0 || mode > modes || duration < 0)
        return com_fail(E_INVALIDARG, IID_HERE,
                        "The phone's ring modes are 1 to %ld; a duration is not negative.", modes);
    AcquireSRWLockExclusive(&self->lock);
    phone_logic_start_ring(&self->logic, mode ? mode : 1, duration, GetTickCount64());
    ReleaseSRWLockExclusive(&self->lock);
    phone_worker_wake(self->tapi);
    return S_OK;
}

static HRESULT WINAPI automatic_StopRinger(ITAutomatedPhoneControl *iface)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    OWNED(self);
    AcquireSRWLockExclusive(&self->lock);
    phone_logic_stop_ring(&self->logic);
    ReleaseSRWLockExclusive(&self->lock);
    phone_worker_wake(self->tapi);
    return S_OK;
}

static HRESULT WINAPI automatic_get_Ringer(ITAutomatedPhoneControl *iface, VARIANT_BOOL *ringing)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(ringing);
    OWNED(self);
    AcquireSRWLockShared(&self->lock);
    *ringing = self->logic.ringing ? VARIANT_TRUE : VARIANT_FALSE;
    ReleaseSRWLockShared(&self->lock);
    return S_OK;
}

/* ---- properties ---------------------------------------------------------------------------- */

static HRESULT WINAPI automatic_put_PhoneHandlingEnabled(ITAutomatedPhoneControl *iface,
                                                         VARIANT_BOOL enable)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    OWNED(self);
    review_calls(self);
    AcquireSRWLockExclusive(&self->lock);
    phone_logic_enable(&self->logic, enable != VARIANT_FALSE, GetTickCount64());
    ReleaseSRWLockExclusive(&self->lock);
    phone_worker_wake(self->tapi);
    return S_OK;
}

#define GET_SETTING(name, type, to, field)                                                         \
    static HRESULT WINAPI automatic_get_##name(ITAutomatedPhoneControl *iface, type *value)        \
    {                                                                                              \
        struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);                       \
                                                                                                   \
        PHONE_OUT(value);                                                                          \
        OWNED(self);                                                                               \
        AcquireSRWLockShared(&self->lock);                                                         \
        *value = to(self->logic.settings.field);                                                   \
        ReleaseSRWLockShared(&self->lock);                                                         \
        return S_OK;                                                                               \
    }
#define PUT_SETTING(name, type, fits, from, field)                                                 \
    static HRESULT WINAPI automatic_put_##name(ITAutomatedPhoneControl *iface, type value)         \
    {                                                                                              \
        struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);                       \
                                                                                                   \
        OWNED(self);                                                                               \
        if (!(fits))                                                                               \
            return com_fail(E_INVALIDARG, IID_HERE, NULL);                                         \
        AcquireSRWLockExclusive(&self->lock);                                                      \
        self->logic.settings.field = from(value);                                                  \
        ReleaseSRWLockExclusive(&self->lock);                                                      \
        return S_OK;                                                                               \
    }
#define TO_BOOL(value)   ((value) ? VARIANT_TRUE : VARIANT_FALSE)
#define FROM_BOOL(value) ((value) != VARIANT_FALSE)
#define SAME(value)      (value)
#define SWITCH(name, field)                                                                        \
    PUT_SETTING(name, VARIANT_BOOL, TRUE, FROM_BOOL, field)                                        \
    GET_SETTING(name, VARIANT_BOOL, TO_BOOL, field)
/* Times in ms, the step in volume's own units. */
#define NUMBER(name, lowest, highest, field)                                                       \
    PUT_SETTING(name, LONG, value >= (lowest) && value <= (highest), SAME, field)                  \
    GET_SETTING(name, LONG, SAME, field)

GET_SETTING(PhoneHandlingEnabled, VARIANT_BOOL, TO_BOOL, handling)
NUMBER(AutoEndOfNumberTimeout, 0, MAXLONG, number_timeout)
SWITCH(AutoDialtone, dialtone)
SWITCH(AutoStopTonesOnOnHook, stop_tones)
SWITCH(AutoStopRingOnOffHook, stop_ring)
SWITCH(AutoKeypadTones, keypad_tones)
NUMBER(AutoKeypadTonesMinimumDuration, 0, MAXLONG, keypad_minimum)
SWITCH(AutoVolumeControl, volume_control)
NUMBER(AutoVolumeControlStep, 1, 0xFFFF, volume_step)
NUMBER(AutoVolumeControlRepeatDelay, 1, MAXLONG, volume_delay)
NUMBER(AutoVolumeControlRepeatPeriod, 1, MAXLONG, volume_period)

/* ---- SelectCall ---------------------------------------------------------------------------- */

/* The phone's own microphone and speaker become the call's. */
static HRESULT select_terminals(struct phone *self, struct call *call)
{
    ITBasicCallControl2 *control = &call->ITBasicCallControl2_iface;
    IEnumTerminal *terminals = NULL;
    struct com_list *list;
    ITTerminal *terminal;
    HRESULT hr;

    hr = phone_list_terminals(self, (ITAddress *)&call->address->ITAddress2_iface, &list);
    if (SUCCEEDED(hr))
        hr = objects_enumerate(list, &IID_IEnumTerminal, (void **)&terminals, IID_HERE);
    while (SUCCEEDED(hr) && IEnumTerminal_Next(terminals, 1, &terminal, NULL) == S_OK) {
        hr = ITBasicCallControl2_SelectTerminalOnCall(control, terminal);
        ITTerminal_Release(terminal);
    }
    if (terminals)
        IEnumTerminal_Release(terminals);
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT find_call(struct phone *self, ITCallInfo *info, struct call **call)
{
    *call = NULL;
    OWNED(self);
    if (!info)
        return com_fail(E_POINTER, IID_HERE, "A Call object is needed.");
    *call = call_from(info);
    if (!*call || call_tapi(*call) != self->tapi)
        return com_fail(E_INVALIDARG, IID_HERE, "The Call is not one of this TAPI object.");
    return S_OK;
}

static HRESULT WINAPI automatic_SelectCall(ITAutomatedPhoneControl *iface, ITCallInfo *info,
                                           VARIANT_BOOL default_terminals)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    struct call **grown, *call;
    BOOL there = FALSE;
    unsigned i;
    HRESULT hr = find_call(self, info, &call);

    if (FAILED(hr))
        return hr;
    if (state_of(call) == CS_DISCONNECTED)
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE, "The call has ended.");
    AcquireSRWLockExclusive(&self->lock);
    for (i = 0; i < self->selected_count && !there; i++)
        there = self->selected[i] == call;
    if (!there) {
        grown = realloc(self->selected, (self->selected_count + 1) * sizeof(*grown));
        if (grown) {
            self->selected = grown;
            grown[self->selected_count++] = call;
            com_add_ref(&call->com);
            InterlockedIncrement(&call->selections);
        } else {
            hr = E_OUTOFMEMORY;
        }
    }
    ReleaseSRWLockExclusive(&self->lock);
    if (FAILED(hr))
        return com_fail(hr, IID_HERE, NULL);
    if (default_terminals)
        hr = select_terminals(self, call);
    if (FAILED(hr)) {
        if (!there)
            unselect(self, call);
        return hr;
    }
    /* It may ring already, or have ended just now. */
    add_input(self, INPUT_CALL, state_of(call), CEC_NONE);
    return S_OK;
}

static HRESULT WINAPI automatic_UnselectCall(ITAutomatedPhoneControl *iface, ITCallInfo *info)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);
    struct call *call;
    HRESULT hr = find_call(self, info, &call);

    if (FAILED(hr))
        return hr;
    if (!unselect(self, call))
        return com_fail(TAPI_E_CALLNOTSELECTED, IID_HERE, NULL);
    add_input(self, INPUT_CALL, CS_DISCONNECTED, CEC_NONE); /* as far as the phone knows */
    return S_OK;
}

static struct com_list *list_selected(struct phone *self)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    unsigned count, i;
    struct call **calls = copy_selected(self, &count);
    BOOL fits = list && calls;

    for (i = 0; i < count && fits; i++)
        fits = com_list_add_object(list, &calls[i]->com.IUnknown_iface);
    free_calls(calls, count);
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

static HRESULT WINAPI automatic_EnumerateSelectedCalls(ITAutomatedPhoneControl *iface,
                                                       IEnumCall **out)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(out);
    OWNED(self);
    return objects_enumerate(list_selected(self), &IID_IEnumCall, (void **)out, IID_HERE);
}

static HRESULT WINAPI automatic_get_SelectedCalls(ITAutomatedPhoneControl *iface, VARIANT *out)
{
    struct phone *self = impl_from_ITAutomatedPhoneControl_iface(iface);

    PHONE_OUT(out);
    OWNED(self);
    return objects_collection(list_selected(self), out, IID_HERE);
}

const ITAutomatedPhoneControlVtbl phone_auto_vtable = {
    COM_DISPATCH_VTABLE(automatic),
    automatic_StartTone,
    automatic_StopTone,
    automatic_get_Tone,
    automatic_StartRinger,
    automatic_StopRinger,
    automatic_get_Ringer,
    automatic_put_PhoneHandlingEnabled,
    automatic_get_PhoneHandlingEnabled,
    automatic_put_AutoEndOfNumberTimeout,
    automatic_get_AutoEndOfNumberTimeout,
    automatic_put_AutoDialtone,
    automatic_get_AutoDialtone,
    automatic_put_AutoStopTonesOnOnHook,
    automatic_get_AutoStopTonesOnOnHook,
    automatic_put_AutoStopRingOnOffHook,
    automatic_get_AutoStopRingOnOffHook,
    automatic_put_AutoKeypadTones,
    automatic_get_AutoKeypadTones,
    automatic_put_AutoKeypadTonesMinimumDuration,
    automatic_get_AutoKeypadTonesMinimumDuration,
    automatic_put_AutoVolumeControl,
    automatic_get_AutoVolumeControl,
    automatic_put_AutoVolumeControlStep,
    automatic_get_AutoVolumeControlStep,
    automatic_put_AutoVolumeControlRepeatDelay,
    automatic_get_AutoVolumeControlRepeatDelay,
    automatic_put_AutoVolumeControlRepeatPeriod,
    automatic_get_AutoVolumeControlRepeatPeriod,
    automatic_SelectCall,
    automatic_UnselectCall,
    automatic_EnumerateSelectedCalls,
    automatic_get_SelectedCalls,
};
