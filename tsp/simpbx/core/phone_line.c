/* phone_line.c - from the line to its phone: lamps, ringer, speaker and display follow the calls.
 */
#include "phone.h"

#include <stdio.h>
#include <string.h>

/* --- calls --- */

struct pbx_leg *pbx_phone_active(const struct pbx_phone *phone)
{
    for (struct pbx_leg *leg = phone->extension->legs; leg; leg = leg->next)
        if (pbx_is_active(leg))
            return leg;
    return NULL;
}

static bool is_ringing(const struct pbx_leg *leg)
{
    return leg->state == PBX_OFFERING || leg->state == PBX_ACCEPTED;
}

/* Has a call appearance. Members of a conference share that of the conference. */
static bool appears(const struct pbx_leg *leg)
{
    return leg && leg->state != PBX_IDLE && leg->state != PBX_CONFERENCED;
}

bool pbx_phone_keeps(const struct pbx_leg *leg)
{
    const struct pbx_phone *phone = leg->extension ? leg->extension->phone : NULL;

    return phone && pbx_phone_is_off_hook(phone) && !phone->speaker_by_line && appears(leg);
}

void pbx_phone_mark(struct pbx_phone *phone)
{
    if (!phone || phone->marked)
        return;
    phone->marked = true;
    phone->next_marked = phone->pbx->marked_phones;
    phone->pbx->marked_phones = phone;
}

void pbx_phone_call_changed(struct pbx_leg *leg)
{
    struct pbx_phone *phone = leg->extension ? leg->extension->phone : NULL;

    if (!phone)
        return;
    if (leg->originator && leg->dialed[0] && leg->state == PBX_PROCEEDING)
        memcpy(phone->last_number, leg->dialed, sizeof(phone->last_number));
    if (leg->id == phone->dial_leg && leg->state != PBX_DIALTONE && leg->state != PBX_DIALING) {
        phone->dial_leg = 0;
        pbx_timer_cancel(&phone->pbx->clock, &phone->dial_timer);
        pbx_clock_unreserve(&phone->pbx->clock, 1);
    }
    pbx_phone_mark(phone);
}

/* --- call appearances --- */

static void settle_appearances(struct pbx_phone *phone)
{
    for (uint32_t i = 0; i < phone->appearances; i++)
        if (phone->call[i] && !appears(pbx_leg_find(phone->pbx, phone->call[i])))
            phone->call[i] = 0;
    for (struct pbx_leg *leg = phone->extension->legs; leg; leg = leg->next) {
        uint32_t free_one = phone->appearances, i;
        for (i = phone->appearances; i-- > 0 && phone->call[i] != leg->id;)
            if (!phone->call[i])
                free_one = i;
        if (i == (uint32_t)-1 && appears(leg) && free_one < phone->appearances)
            phone->call[free_one] = leg->id;
    }
}

/* --- lamps --- */

static uint32_t call_lamp(const struct pbx_leg *leg)
{
    if (!leg)
        return PBX_LAMP_OFF;
    return is_ringing(leg) ? PBX_LAMP_WINK : pbx_is_held(leg) ? PBX_LAMP_FLASH : PBX_LAMP_STEADY;
}

static uint32_t feature_lamp(const struct pbx_phone *phone, uint32_t function)
{
    const struct pbx_leg *active = pbx_phone_active(phone);
    bool lit = false;

    switch (function) {
    case PBX_DOES_MSGINDICATOR:
        lit = (phone->extension->status & PBX_LINE_MSGWAIT) != 0;
        break;
    case PBX_DOES_TRANSFER:
        lit = active && active->consult_of && active->consult_of->state == PBX_ONHOLDPENDTRANSFER;
        break;
    case PBX_DOES_CONFERENCE:
        lit = active &&
              (active->is_conference || (active->consult_of && active->consult_of->is_conference));
        break;
    case PBX_DOES_SPEAKER:
        lit = phone->hook[PBX_SPEAKER].mode != PBX_ONHOOK;
        break;
    case PBX_DOES_MUTE:
        for (int device = 0; device < PBX_HOOK_DEVICES; device++)
            lit |= phone->hook[device].mode == PBX_SPEAKER_ONLY;
        break;
    }
    return lit ? PBX_LAMP_STEADY : PBX_LAMP_OFF;
}

/* A lamp that a program has set stays so until the line has something new to show there. */
static void settle_lamps(struct pbx_phone *phone)
{
    for (uint32_t id = PBX_PHONE_KEYS; id < phone->button_count; id++) {
        struct pbx_phone_button *button = &phone->button[id];
        if (button->lamp == PBX_LAMP_DUMMY)
            continue;
        uint32_t mode = button->mode == PBX_BUTTON_CALL
                            ? call_lamp(pbx_leg_find(phone->pbx, phone->call[id - PBX_PHONE_KEYS]))
                            : feature_lamp(phone, button->function);
        if (mode == button->line_lamp)
            continue;
        button->line_lamp = mode;
        pbx_phone_lamp_to(phone, id, mode);
    }
}

/* --- ringer and speaker --- */

static void settle_ringer(struct pbx_phone *phone)
{
    uint32_t mode = 0;

    for (const struct pbx_leg *leg = phone->extension->legs; leg && !mode; leg = leg->next)
        if (is_ringing(leg))
            mode = phone->extension->ring_mode;
    if (mode == phone->line_ring)
        return;
    phone->line_ring = mode;
    pbx_phone_ring_to(phone, mode);
}

/* A call that a program makes or answers while the handset lies is heard through the speaker. */
static void settle_speaker(struct pbx_phone *phone)
{
    bool active = pbx_phone_active(phone) != NULL;

    if (active && !pbx_phone_is_off_hook(phone)) {
        pbx_phone_hook_to(phone, PBX_SPEAKER, PBX_MICSPEAKER);
        phone->speaker_by_line = true;
    } else if (!active && phone->speaker_by_line) {
        pbx_phone_hook_to(phone, PBX_SPEAKER, PBX_ONHOOK);
    }
}

/* --- display --- */

static const char *state_text(const struct pbx_leg *leg)
{
    switch (leg->state) {
    case PBX_OFFERING:
    case PBX_ACCEPTED:
        return "Ringing";
    case PBX_DIALTONE:
        return "Dial tone";
    case PBX_DIALING:
        return "Dialing";
    case PBX_PROCEEDING:
        return "Calling";
    case PBX_RINGBACK:
        return "Ringing there";
    case PBX_BUSY:
        return "Busy";
    case PBX_CONNECTED:
        return leg->mode == PBX_CONN_ACTIVEHELD ? "Held by the other" : "Connected";
    case PBX_DISCONNECTED:
        return "Disconnected";
    default:
        return "On hold";
    }
}

/* The call to show: one that rings, the active one, one that has failed, one on hold. */
static const struct pbx_leg *shown_call(const struct pbx_phone *phone)
{
    const struct pbx_leg *shown = NULL;
    int best = 0;

    for (const struct pbx_leg *leg = phone->extension->legs; leg; leg = leg->next) {
        int rank = !appears(leg)        ? 0
                   : is_ringing(leg)    ? 4
                   : pbx_is_active(leg) ? 3
                   : pbx_is_held(leg)   ? 1
                                        : 2;
        if (rank > best) {
            best = rank;
            shown = leg;
        }
    }
    return shown;
}

static void write_row(struct pbx_phone *phone, char *rows, uint32_t row, const char *text)
{
    if (row >= phone->rows)
        return;
    for (uint32_t column = 0; column < phone->columns && *text; column++) {
        unsigned char c = (unsigned char)*text++;
        rows[row * phone->columns + column] = c < 0x80 ? (char)c : '?';
        /* One mark for a whole character beyond ASCII. */
        while (c >= 0x80 && ((unsigned char)*text & 0xC0) == 0x80)
            text++;
    }
}

static void compose(struct pbx_phone *phone, char *rows)
{
    const struct pbx_leg *leg = shown_call(phone);
    const struct pbx_party *party = &phone->extension->party;
    char who[PBX_NAME + PBX_NUMBER + 1];

    memset(rows, ' ', sizeof(phone->display));
    if (leg && leg->is_conference) {
        snprintf(who, sizeof(who), "Conference of %u", leg->members + 1);
    } else {
        if (leg)
            party = leg->states_seen & PBX_CONNECTED ? &leg->connected
                    : leg->originator                ? &leg->called
                                                     : &leg->caller;
        const char *number = leg && !party->number[0] ? leg->dialed : party->number;
        snprintf(who, sizeof(who), "%s%s%s", party->name, party->name[0] && *number ? " " : "",
                 number);
        if (!who[0] && leg && !leg->originator)
            strcpy(who, "Unknown caller");
    }
    write_row(phone, rows, 0, who);
    if (leg)
        write_row(phone, rows, 1, state_text(leg));
    else if (phone->extension->status & PBX_LINE_MSGWAIT)
        write_row(phone, rows, 1, "Message waiting");
}

static void settle_display(struct pbx_phone *phone)
{
    char rows[sizeof(phone->display)];

    compose(phone, rows);
    if (!memcmp(rows, phone->line_display, sizeof(rows)))
        return;
    memcpy(phone->line_display, rows, sizeof(rows));
    if (!memcmp(rows, phone->display, sizeof(rows)))
        return;
    memcpy(phone->display, rows, sizeof(rows));
    pbx_phone_tell(phone, PBX_PHONE_DISPLAY, 0);
}

void pbx_phones_settle(struct pbx *pbx)
{
    struct pbx_phone *phone;

    while ((phone = pbx->marked_phones)) {
        pbx->marked_phones = phone->next_marked;
        settle_appearances(phone);
        /* A set that is pulled out shows nothing; it catches up when it is back. */
        if (phone->connected) {
            settle_speaker(phone);
            settle_ringer(phone);
            settle_lamps(phone);
            settle_display(phone);
        }
        phone->marked = false; /* not before: what it did to itself has been seen to */
    }
}
