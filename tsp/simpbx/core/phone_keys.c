/* phone_keys.c - from the hand at a phone to its line: hookswitches and buttons. */
#include "inside.h"
#include "phone.h"

#include <string.h>

#define VOLUME_STEP 0x1000u

/* --- calls of the phone's own --- */

/* TAPI hears of a call that is made by hand as of one that comes. */
static void offer(struct pbx_leg *leg)
{
    leg->held_by_front = false;
    leg->pbx->events->new_call(leg->pbx->context, leg);
}

static struct pbx_leg *open_call(struct pbx_phone *phone)
{
    struct pbx_leg *leg;

    if (pbx_make(phone->extension, NULL, &leg) != PBX_OK)
        return NULL;
    offer(leg);
    pbx_dial_out(leg, "");
    return leg;
}

static struct pbx_leg *find_call(const struct pbx_phone *phone, uint32_t states)
{
    for (struct pbx_leg *leg = phone->extension->legs; leg; leg = leg->next)
        if (leg->state & states)
            return leg;
    return NULL;
}

static void drop_active(struct pbx_phone *phone)
{
    struct pbx_leg *leg = pbx_phone_active(phone);

    if (!leg)
        leg = find_call(phone, PBX_BUSY | PBX_DISCONNECTED);
    if (leg)
        pbx_drop(leg, NULL);
}

/* --- hookswitches --- */

static void went_off_hook(struct pbx_phone *phone)
{
    struct pbx_leg *leg = find_call(phone, PBX_OFFERING | PBX_ACCEPTED);

    if (leg)
        pbx_answer(leg, NULL);
    else
        open_call(phone);
}

static void went_on_hook(struct pbx_phone *phone)
{
    struct pbx_leg *leg = pbx_phone_active(phone), *first = leg ? leg->consult_of : NULL;

    /* Hanging up in the middle of a transfer completes it, if there is somebody to transfer to. */
    if (leg && !(first && first->state == PBX_ONHOLDPENDTRANSFER &&
                 pbx_complete_transfer(first, leg) == PBX_OK))
        pbx_drop(leg, NULL);
    while ((leg = find_call(phone, PBX_BUSY | PBX_DISCONNECTED)))
        if (pbx_drop(leg, NULL) != PBX_OK)
            break;
}

int32_t pbx_phone_set_hook(struct pbx_phone *phone, uint32_t devices, uint32_t mode)
{
    bool before, after;

    if (!devices || (devices & ~PBX_HOOK_ALL))
        return PBX_PHONEERR_INVALHOOKSWITCHDEV;
    if (mode != PBX_ONHOOK && mode != PBX_MIC && mode != PBX_SPEAKER_ONLY && mode != PBX_MICSPEAKER)
        return PBX_PHONEERR_INVALHOOKSWITCHMODE;
    if (!phone->connected)
        return PBX_PHONEERR_INVALPHONESTATE;
    pbx_phones_settle(phone->pbx);
    before = pbx_phone_is_off_hook(phone);
    bool by_line = phone->speaker_by_line;
    for (int device = 0; device < PBX_HOOK_DEVICES; device++)
        if (devices & PBX_HOOK_BIT(device))
            pbx_phone_hook_to(phone, device, mode);
    /* The call leaves the speaker that it had switched on itself for what is now taken up. */
    if (by_line && mode != PBX_ONHOOK && !(devices & PBX_HOOK_BIT(PBX_SPEAKER)))
        pbx_phone_hook_to(phone, PBX_SPEAKER, PBX_ONHOOK);
    after = pbx_phone_is_off_hook(phone);
    if (!before && after)
        went_off_hook(phone);
    else if (before && !after)
        went_on_hook(phone);
    return PBX_OK;
}

int32_t pbx_phone_lift(struct pbx_phone *phone, enum pbx_hook_device device)
{
    int32_t result = pbx_phone_set_hook(phone, PBX_HOOK_BIT(device), PBX_MICSPEAKER);

    if (result == PBX_OK && device != PBX_SPEAKER)
        pbx_phone_hook_to(phone, PBX_SPEAKER, PBX_ONHOOK);
    return result;
}

int32_t pbx_phone_hang_up(struct pbx_phone *phone, enum pbx_hook_device device)
{
    return pbx_phone_set_hook(phone, PBX_HOOK_BIT(device), PBX_ONHOOK);
}

void pbx_phone_plug(struct pbx_phone *phone, bool connected)
{
    if (phone->connected == connected)
        return;
    if (!connected)
        pbx_phone_set_hook(phone, PBX_HOOK_ALL, PBX_ONHOOK);
    phone->connected = connected;
    pbx_phone_tell(phone, connected ? PBX_PHONE_CONNECTED : PBX_PHONE_DISCONNECTED, 0);
    pbx_phone_mark(phone);
}

void pbx_phones_hang_up(struct pbx *pbx)
{
    for (size_t i = 0; i < pbx->phone_count; i++)
        for (int device = 0; device < PBX_HOOK_DEVICES; device++)
            pbx_phone_hook_to(pbx->phones[i], device, PBX_ONHOOK);
}

/* --- the keypad --- */

/* Whether the number could be the beginning of another one, so that more digits may come. */
static bool may_go_on(const char *pattern, const char *number)
{
    for (; *number; pattern++, number++) {
        if (*pattern == '*' && !pattern[1])
            return true;
        if (!*pattern || (*pattern != 'X' && *pattern != *number))
            return false;
    }
    return *pattern != 0;
}

static bool is_complete(const struct pbx *pbx, const char *number)
{
    size_t prefix = strlen(pbx->settings.prefix);

    if (!pbx_known(pbx, number))
        return false;
    for (size_t i = 0; i < pbx->extension_count; i++)
        if (may_go_on(pbx->extensions[i]->party.number, number))
            return false;
    for (size_t i = 0; i < pbx->outside_count; i++) {
        const char *pattern = pbx->outside[i].pattern;
        if (may_go_on(pattern, number))
            return false;
        if (prefix && !strncmp(number, pbx->settings.prefix, prefix) &&
            may_go_on(pattern, number + prefix))
            return false;
    }
    return true;
}

static void dial_due(void *context)
{
    struct pbx_phone *phone = context;
    struct pbx_leg *leg = pbx_leg_find(phone->pbx, phone->dial_leg);

    phone->dial_leg = 0;
    pbx_clock_unreserve(&phone->pbx->clock, 1);
    if (leg && leg->state == PBX_DIALING)
        pbx_place_call(leg);
}

static void dial_key(struct pbx_phone *phone, struct pbx_leg *leg, char key)
{
    struct pbx_clock *clock = &phone->pbx->clock;
    const char digit[3] = {key, ';', 0};

    if (key == '#' && leg->dialed[0]) {
        pbx_place_call(leg);
        return;
    }
    if (pbx_dial(leg, digit) != PBX_OK)
        return;
    pbx_phone_mark(phone);
    if (is_complete(phone->pbx, leg->dialed)) {
        pbx_place_call(leg);
        return;
    }
    /* Without memory for the timer the number is ended by '#' only. */
    if (!phone->dial_leg && !pbx_clock_reserve(clock, 1))
        return;
    phone->dial_leg = leg->id;
    pbx_timer_set(clock, &phone->dial_timer, PBX_PHONE_DIAL_PAUSE, dial_due, phone);
}

/* Keys pressed faster than digits are sent wait for each other. */
static void send_key(struct pbx_leg *leg, char key)
{
    const char digit[2] = {key, 0};
    bool sending = leg->generate.active && !leg->generate.tone;

    if (sending && leg->generate.mode == PBX_DIGIT_DTMF && leg->generate.count + 1 < PBX_DIGITS) {
        leg->generate.digits[leg->generate.count++] = key;
        leg->generate.digits[leg->generate.count] = 0;
    } else {
        pbx_generate_digits(leg, 0, PBX_DIGIT_DTMF, digit, 0);
    }
}

static void press_key(struct pbx_phone *phone, uint32_t id)
{
    struct pbx_leg *leg = pbx_phone_active(phone);
    char key = "0123456789*#"[id];

    if (!leg)
        return;
    if (leg->state == PBX_CONNECTED)
        send_key(leg, key);
    else if (leg->state == PBX_DIALTONE || leg->state == PBX_DIALING)
        dial_key(phone, leg, key);
}

/* --- call appearances and features --- */

static void press_appearance(struct pbx_phone *phone, uint32_t place)
{
    struct pbx_leg *leg = pbx_leg_find(phone->pbx, phone->call[place]);
    struct pbx_leg *active = pbx_phone_active(phone);

    if (leg && leg == active)
        return;
    if (leg && (leg->state == PBX_OFFERING || leg->state == PBX_ACCEPTED)) {
        pbx_answer(leg, NULL);
    } else if (leg && pbx_is_held(leg)) {
        if (active)
            pbx_swap_hold(active, leg);
        else
            pbx_unhold(leg);
    } else if (leg) {
        pbx_drop(leg, NULL);
    } else if (!active || (pbx_may_start(phone->extension) && pbx_hold(active) == PBX_OK)) {
        open_call(phone);
    }
}

static void press_hold(struct pbx_phone *phone)
{
    struct pbx_leg *active = pbx_phone_active(phone);
    struct pbx_leg *held =
        find_call(phone, PBX_ONHOLD | PBX_ONHOLDPENDTRANSFER | PBX_ONHOLDPENDCONF);

    if (active)
        pbx_hold(active);
    else if (held)
        pbx_unhold(held);
}

static void press_transfer(struct pbx_phone *phone)
{
    struct pbx_leg *active = pbx_phone_active(phone), *consult;

    if (!active)
        return;
    if (active->consult_of) {
        pbx_complete_transfer(active->consult_of, active);
    } else if (pbx_setup_transfer(active, NULL, &consult) == PBX_OK) {
        offer(consult);
        pbx_consult_start(consult);
    }
}

static void press_conference(struct pbx_phone *phone)
{
    struct pbx_leg *active = pbx_phone_active(phone), *conference, *consult;

    if (!active)
        return;
    if (active->consult_of && active->consult_of->is_conference) {
        pbx_add_to_conference(active->consult_of, active);
    } else if (active->consult_of) {
        struct pbx_leg *first = active->consult_of;
        if (pbx_transfer_conference(first, active, &conference) != PBX_OK)
            return;
        offer(conference);
        pbx_transfer_conference_start(conference, first, active);
    } else if (active->is_conference) {
        if (pbx_prepare_add(active, NULL, &consult) != PBX_OK)
            return;
        offer(consult);
        pbx_prepare_add_start(active, consult);
    } else if (pbx_setup_conference(active, NULL, NULL, &conference, &consult) == PBX_OK) {
        offer(conference);
        offer(consult);
        pbx_setup_conference_start(active, conference, consult);
    }
}

static void dial_number(struct pbx_phone *phone, const char *text)
{
    struct pbx_leg *leg = pbx_phone_active(phone);
    char number[PBX_NUMBER];
    bool partial;

    if (!pbx_number_clean(number, text, &partial) || partial)
        return;
    if (!leg)
        leg = open_call(phone);
    if (leg && leg->state == PBX_DIALTONE)
        pbx_dial(leg, number);
}

/* --- local buttons --- */

static void press_mute(struct pbx_phone *phone)
{
    for (int device = 0; device < PBX_HOOK_DEVICES; device++) {
        uint32_t mode = phone->hook[device].mode;
        if (mode == PBX_MICSPEAKER || mode == PBX_SPEAKER_ONLY) {
            bool by_line = phone->speaker_by_line;
            pbx_phone_hook_to(phone, device,
                              mode == PBX_MICSPEAKER ? PBX_SPEAKER_ONLY : PBX_MICSPEAKER);
            phone->speaker_by_line = by_line;
        }
    }
}

/* Of what is off hook, or else of the ringer. */
static void press_volume(struct pbx_phone *phone, bool louder)
{
    uint32_t *level = &phone->ring_volume, state = PBX_PHONE_RINGVOLUME;

    for (int device = PBX_HOOK_DEVICES; device-- > 0;)
        if (phone->hook[device].mode != PBX_ONHOOK) {
            level = &phone->hook[device].volume;
            state = PBX_PHONE_OF(PBX_PHONE_VOLUME, device);
        }
    uint32_t room = louder ? PBX_PHONE_LEVEL - *level : *level;
    uint32_t step = room < VOLUME_STEP ? room : VOLUME_STEP;
    if (!step)
        return;
    *level = louder ? *level + step : *level - step;
    pbx_phone_tell(phone, state, *level);
}

static void press_function(struct pbx_phone *phone, const struct pbx_phone_button *button)
{
    switch (button->function) {
    case PBX_DOES_HOLD:
        press_hold(phone);
        break;
    case PBX_DOES_TRANSFER:
        press_transfer(phone);
        break;
    case PBX_DOES_CONFERENCE:
        press_conference(phone);
        break;
    case PBX_DOES_DROP:
        drop_active(phone);
        break;
    case PBX_DOES_LASTNUM:
        dial_number(phone, phone->last_number);
        break;
    case PBX_DOES_ABBREVDIAL:
        dial_number(phone, button->text);
        break;
    case PBX_DOES_MSGINDICATOR:
        pbx_set_line_status(phone->extension, PBX_LINE_MSGWAIT, false);
        break;
    case PBX_DOES_SPEAKER:
        pbx_phone_set_hook(phone, PBX_HOOK_BIT(PBX_SPEAKER),
                           phone->hook[PBX_SPEAKER].mode == PBX_ONHOOK ? PBX_MICSPEAKER
                                                                       : PBX_ONHOOK);
        break;
    case PBX_DOES_MUTE:
        press_mute(phone);
        break;
    case PBX_DOES_VOLUMEUP:
    case PBX_DOES_VOLUMEDOWN:
        press_volume(phone, button->function == PBX_DOES_VOLUMEUP);
        break;
    default:
        break; /* what it is for, a program knows */
    }
}

static void tell_button(struct pbx_phone *phone, uint32_t id, uint32_t state)
{
    struct pbx *pbx = phone->pbx;

    phone->button[id].state = state;
    if (pbx->events->phone_button)
        pbx->events->phone_button(pbx->context, phone, id, phone->button[id].mode, state);
}

int32_t pbx_phone_press(struct pbx_phone *phone, uint32_t id)
{
    if (id >= phone->button_count)
        return PBX_PHONEERR_INVALBUTTONLAMPID;
    if (!phone->connected)
        return PBX_PHONEERR_INVALPHONESTATE;
    pbx_phones_settle(phone->pbx);
    tell_button(phone, id, PBX_BUTTON_DOWN);
    if (id < PBX_PHONE_KEYS)
        press_key(phone, id);
    else if (phone->button[id].mode == PBX_BUTTON_CALL)
        press_appearance(phone, id - PBX_PHONE_KEYS);
    else
        press_function(phone, &phone->button[id]);
    tell_button(phone, id, PBX_BUTTON_UP);
    return PBX_OK;
}
