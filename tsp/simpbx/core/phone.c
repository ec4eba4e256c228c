/* phone.c - a desk set: its parts, and what a program may do with them. */
#include "inside.h"
#include "phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define APPEARANCES 4
#define ROWS        2
#define COLUMNS     24
#define LEVEL       0x8000 /* of everything that has a volume, at first */

const uint32_t pbx_phone_data_size[PBX_PHONE_DATA] = {256, 1024};

/* --- telling --- */

void pbx_phone_tell(struct pbx_phone *phone, uint32_t state, uint32_t param)
{
    struct pbx *pbx = phone->pbx;

    if (pbx->events->phone_state)
        pbx->events->phone_state(pbx->context, phone, state, param);
}

void pbx_phone_hook_to(struct pbx_phone *phone, enum pbx_hook_device device, uint32_t mode)
{
    if (phone->hook[device].mode == mode)
        return;
    phone->hook[device].mode = mode;
    if (device == PBX_SPEAKER)
        phone->speaker_by_line = false;
    pbx_phone_tell(phone, PBX_PHONE_OF(PBX_PHONE_HOOKSWITCH, device), mode);
    pbx_phone_mark(phone);
}

void pbx_phone_lamp_to(struct pbx_phone *phone, uint32_t id, uint32_t mode)
{
    if (phone->button[id].lamp == mode)
        return;
    phone->button[id].lamp = mode;
    pbx_phone_tell(phone, PBX_PHONE_LAMP, id);
}

void pbx_phone_ring_to(struct pbx_phone *phone, uint32_t mode)
{
    if (phone->ring_mode == mode)
        return;
    phone->ring_mode = mode;
    pbx_phone_tell(phone, PBX_PHONE_RINGMODE, mode);
}

bool pbx_phone_is_off_hook(const struct pbx_phone *phone)
{
    for (int device = 0; device < PBX_HOOK_DEVICES; device++)
        if (phone->hook[device].mode != PBX_ONHOOK)
            return true;
    return false;
}

/* --- life --- */

static void add_button(struct pbx_phone *phone, uint32_t mode, uint32_t function, bool lamp,
                       const char *text)
{
    struct pbx_phone_button *button = &phone->button[phone->button_count++];

    button->mode = mode;
    button->function = function;
    button->state = PBX_BUTTON_UP;
    button->lamp = button->line_lamp = lamp ? PBX_LAMP_OFF : PBX_LAMP_DUMMY;
    pbx_copy(button->text, sizeof(button->text), text);
}

static void add_buttons(struct pbx_phone *phone)
{
    static const struct {
        uint32_t mode, function;
        bool lamp;
        const char *text;
    } features[PBX_PHONE_FEATURES] = {
        {PBX_BUTTON_FEATURE, PBX_DOES_HOLD, true, "Hold"},
        {PBX_BUTTON_FEATURE, PBX_DOES_TRANSFER, true, "Transfer"},
        {PBX_BUTTON_FEATURE, PBX_DOES_CONFERENCE, true, "Conference"},
        {PBX_BUTTON_FEATURE, PBX_DOES_DROP, true, "Drop"},
        {PBX_BUTTON_FEATURE, PBX_DOES_LASTNUM, true, "Redial"},
        {PBX_BUTTON_FEATURE, PBX_DOES_MSGINDICATOR, true, "Message"},
        {PBX_BUTTON_FEATURE, PBX_DOES_NONE, true, ""},
        {PBX_BUTTON_FEATURE, PBX_DOES_NONE, true, ""},
        {PBX_BUTTON_LOCAL, PBX_DOES_SPEAKER, true, "Speaker"},
        {PBX_BUTTON_LOCAL, PBX_DOES_MUTE, true, "Mute"},
        {PBX_BUTTON_LOCAL, PBX_DOES_VOLUMEUP, false, "Louder"},
        {PBX_BUTTON_LOCAL, PBX_DOES_VOLUMEDOWN, false, "Softer"},
    };
    char text[16];

    for (const char *key = "0123456789*#"; *key; key++) {
        snprintf(text, sizeof(text), "%c", *key);
        add_button(phone, PBX_BUTTON_KEYPAD, PBX_DOES_NONE, false, text);
    }
    for (uint32_t i = 0; i < phone->appearances; i++) {
        snprintf(text, sizeof(text), "Call %u", i + 1);
        add_button(phone, PBX_BUTTON_CALL, PBX_DOES_CALLAPP, true, text);
    }
    for (int i = 0; i < PBX_PHONE_FEATURES; i++)
        add_button(phone, features[i].mode, features[i].function, features[i].lamp,
                   features[i].text);
}

struct pbx_phone *pbx_add_phone(struct pbx_extension *extension, const struct pbx_phone_plan *plan)
{
    struct pbx *pbx = extension->pbx;

    if (extension->phone)
        return NULL;
    if (pbx->phone_count == pbx->phone_capacity) {
        size_t capacity = pbx->phone_capacity ? 2 * pbx->phone_capacity : 16;
        void *grown = realloc(pbx->phones, capacity * sizeof(*pbx->phones));
        if (!grown)
            return NULL;
        pbx->phones = grown;
        pbx->phone_capacity = capacity;
    }
    struct pbx_phone *phone = calloc(1, sizeof(*phone));
    if (!phone)
        return NULL;
    phone->pbx = pbx;
    phone->extension = extension;
    phone->index = (uint32_t)pbx->phone_count;
    phone->connected = true;
    phone->appearances = plan->appearances;
    phone->rows = plan->rows;
    phone->columns = plan->columns;
    phone->ring_volume = LEVEL;
    for (int device = 0; device < PBX_HOOK_DEVICES; device++)
        phone->hook[device] = (struct pbx_hookswitch){PBX_ONHOOK, LEVEL, LEVEL};
    memset(phone->display, ' ', sizeof(phone->display));
    memset(phone->line_display, ' ', sizeof(phone->line_display));
    add_buttons(phone);
    pbx->phones[pbx->phone_count++] = phone;
    extension->phone = phone;
    pbx_phone_mark(phone);
    return phone;
}

void pbx_free_phones(struct pbx *pbx)
{
    for (size_t i = 0; i < pbx->phone_count; i++) {
        struct pbx_phone *phone = pbx->phones[i];
        phone->extension->phone = NULL;
        if (phone->dial_timer.place) {
            pbx_timer_cancel(&pbx->clock, &phone->dial_timer);
            pbx_clock_unreserve(&pbx->clock, 1);
        }
        for (int area = 0; area < PBX_PHONE_DATA; area++)
            free(phone->data[area].data);
        free(phone);
    }
    free(pbx->phones);
    pbx->phones = NULL;
    pbx->phone_count = pbx->phone_capacity = 0;
    pbx->marked_phones = NULL;
}

/* --- what the configuration says of one --- */

static bool read_number(const char **text, uint32_t least, uint32_t most, uint32_t *number)
{
    size_t digits = strspn(*text, "0123456789");

    if (!digits || digits > 3)
        return false;
    for (*number = 0; digits; digits--)
        *number = *number * 10 + (uint32_t)(*(*text)++ - '0');
    return *number >= least && *number <= most;
}

bool pbx_phone_plan_read(struct pbx_phone_plan *plan, const char *const *words, size_t count,
                         char *error, size_t error_size)
{
    plan->appearances = APPEARANCES;
    plan->rows = ROWS;
    plan->columns = COLUMNS;
    for (size_t i = 0; i < count; i += 2) {
        const char *value = i + 1 < count ? words[i + 1] : "";
        bool good;
        if (!strcmp(words[i], "buttons")) {
            good = read_number(&value, 1, PBX_PHONE_APPEARANCES, &plan->appearances) && !*value;
            if (!good)
                snprintf(error, error_size, "buttons are 1 to %d", PBX_PHONE_APPEARANCES);
        } else if (!strcmp(words[i], "display")) {
            good = read_number(&value, 1, PBX_PHONE_ROWS, &plan->rows) && *value++ == 'x' &&
                   read_number(&value, 1, PBX_PHONE_COLUMNS, &plan->columns) && !*value;
            if (!good)
                snprintf(error, error_size, "a display is ROWSxCOLUMNS, at most %dx%d",
                         PBX_PHONE_ROWS, PBX_PHONE_COLUMNS);
        } else {
            good = false;
            snprintf(error, error_size, "\"%.40s\" is neither buttons nor display", words[i]);
        }
        if (!good)
            return false;
    }
    return true;
}

/* --- what programs do with it --- */

static int32_t check_devices(const struct pbx_phone *phone, uint32_t devices)
{
    if (!devices || (devices & ~PBX_HOOK_ALL))
        return PBX_PHONEERR_INVALHOOKSWITCHDEV;
    return phone->connected ? PBX_OK : PBX_PHONEERR_INVALPHONESTATE;
}

int32_t pbx_phone_set_volume(struct pbx_phone *phone, uint32_t devices, uint32_t volume)
{
    int32_t result = check_devices(phone, devices);

    if (result != PBX_OK)
        return result;
    if (volume > PBX_PHONE_LEVEL)
        volume = PBX_PHONE_LEVEL;
    for (int device = 0; device < PBX_HOOK_DEVICES; device++) {
        if (!(devices & PBX_HOOK_BIT(device)) || phone->hook[device].volume == volume)
            continue;
        phone->hook[device].volume = volume;
        pbx_phone_tell(phone, PBX_PHONE_OF(PBX_PHONE_VOLUME, device), volume);
    }
    return PBX_OK;
}

int32_t pbx_phone_set_gain(struct pbx_phone *phone, uint32_t devices, uint32_t gain)
{
    int32_t result = check_devices(phone, devices);

    if (result != PBX_OK)
        return result;
    if (gain > PBX_PHONE_LEVEL)
        gain = PBX_PHONE_LEVEL;
    for (int device = 0; device < PBX_HOOK_DEVICES; device++) {
        if (!(devices & PBX_HOOK_BIT(device)) || phone->hook[device].gain == gain)
            continue;
        phone->hook[device].gain = gain;
        pbx_phone_tell(phone, PBX_PHONE_OF(PBX_PHONE_GAIN, device), gain);
    }
    return PBX_OK;
}

int32_t pbx_phone_set_ring(struct pbx_phone *phone, uint32_t mode, uint32_t volume)
{
    if (mode > PBX_PHONE_RING_MODES)
        return PBX_PHONEERR_INVALRINGMODE;
    if (!phone->connected)
        return PBX_PHONEERR_INVALPHONESTATE;
    if (volume > PBX_PHONE_LEVEL)
        volume = PBX_PHONE_LEVEL;
    if (phone->ring_volume != volume) {
        phone->ring_volume = volume;
        pbx_phone_tell(phone, PBX_PHONE_RINGVOLUME, volume);
    }
    pbx_phone_ring_to(phone, mode);
    return PBX_OK;
}

int32_t pbx_phone_set_lamp(struct pbx_phone *phone, uint32_t id, uint32_t mode)
{
    if (id >= phone->button_count || phone->button[id].lamp == PBX_LAMP_DUMMY)
        return PBX_PHONEERR_INVALBUTTONLAMPID;
    if (!mode || (mode & (mode - 1)) || (mode & ~PBX_LAMP_ALL) || mode == PBX_LAMP_DUMMY)
        return PBX_PHONEERR_INVALLAMPMODE;
    if (!phone->connected)
        return PBX_PHONEERR_INVALPHONESTATE;
    pbx_phone_lamp_to(phone, id, mode);
    return PBX_OK;
}

int32_t pbx_phone_set_button(struct pbx_phone *phone, uint32_t id, uint32_t mode, uint32_t function,
                             const char *text)
{
    struct pbx_phone_button *button;

    if (id >= phone->button_count)
        return PBX_PHONEERR_INVALBUTTONLAMPID;
    button = &phone->button[id];
    if (mode != button->mode)
        return PBX_PHONEERR_INVALBUTTONMODE;
    if (function > PBX_DOES_LAST ||
        (function != button->function && button->mode != PBX_BUTTON_FEATURE))
        return PBX_PHONEERR_INVALPARAM;
    if (!phone->connected)
        return PBX_PHONEERR_INVALPHONESTATE;
    /* The line lights the lamp for what the button did; that is over. */
    if (function != button->function) {
        button->line_lamp = PBX_LAMP_OFF;
        pbx_phone_lamp_to(phone, id, PBX_LAMP_OFF);
    }
    button->function = function;
    pbx_copy(button->text, sizeof(button->text), text);
    pbx_phone_mark(phone);
    pbx_phone_tell(phone, PBX_PHONE_CAPSCHANGE, 0);
    return PBX_OK;
}

int32_t pbx_phone_set_display(struct pbx_phone *phone, uint32_t row, uint32_t column,
                              const char *text, size_t size)
{
    if (row >= phone->rows || column >= phone->columns)
        return PBX_PHONEERR_INVALPARAM;
    if (!phone->connected)
        return PBX_PHONEERR_INVALPHONESTATE;
    size_t at = (size_t)row * phone->columns + column, room = phone->rows * phone->columns - at;
    bool changed = false;

    if (size > room)
        size = room;
    for (size_t i = 0; i < size; i++) {
        char c = !text[i] ? ' ' : text[i] < ' ' || text[i] > '~' ? '?' : text[i];
        changed |= phone->display[at + i] != c;
        phone->display[at + i] = c;
    }
    if (changed)
        pbx_phone_tell(phone, PBX_PHONE_DISPLAY, 0);
    return PBX_OK;
}

int32_t pbx_phone_set_data(struct pbx_phone *phone, uint32_t id, const void *data, uint32_t size)
{
    if (id >= PBX_PHONE_DATA)
        return PBX_PHONEERR_INVALDATAID;
    if (size > pbx_phone_data_size[id])
        return PBX_PHONEERR_INVALPARAM;
    if (!phone->connected)
        return PBX_PHONEERR_INVALPHONESTATE;
    return pbx_blob_set(&phone->data[id], data, size) ? PBX_OK : PBX_PHONEERR_NOMEM;
}
