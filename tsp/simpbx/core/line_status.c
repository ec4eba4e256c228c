/* line_status.c - what a line is besides its calls: in service, locked, lamps, radio. */
#include "core.h"
#include "phone.h"

#include <stdlib.h>
#include <string.h>

void pbx_line_state(struct pbx_extension *extension, uint32_t state, uint32_t p2, uint32_t p3)
{
    const struct pbx_events *events = extension->pbx->events;

    if (events->line_state)
        events->line_state(extension->pbx->context, extension, state, p2, p3);
    pbx_phone_mark(extension->phone);
}

void pbx_line_status_begin(struct pbx_extension *extension)
{
    free(extension->rules);
    extension->rules = NULL;
    extension->rule_count = extension->forward_rings = 0;
    pbx_media_rules_free(&extension->media_rules);
    extension->dnd = extension->no_waiting = false;
    extension->message_count = 0;
    memset(extension->terminals, 0, sizeof(extension->terminals));
    extension->status = PBX_LINE_CONNECTED | PBX_LINE_INSERVICE;
    extension->roam = 2; /* LINEROAMMODE_UNAVAIL: no radio */
    extension->signal = extension->battery = 0xFFFF;
    extension->terminals[PBX_TERM_PHONE] = pbx_terminals[PBX_TERM_PHONE].modes;
}

uint32_t pbx_line_refuses(const struct pbx_extension *extension)
{
    const uint32_t works = PBX_LINE_CONNECTED | PBX_LINE_INSERVICE;

    if ((extension->status & works) != works)
        return PBX_DISC_OUTOFORDER;
    return extension->dnd ? PBX_DISC_DONOTDISTURB : 0;
}

int32_t pbx_set_line_status(struct pbx_extension *extension, uint32_t flags, bool on)
{
    static const struct {
        uint32_t flag, on, off;
        const char *says[2];
    } rows[] = {
        {PBX_LINE_CONNECTED,
         PBX_DEV_CONNECTED,
         PBX_DEV_DISCONNECTED,
         {"is unplugged", "is plugged in"}},
        {PBX_LINE_MSGWAIT,
         PBX_DEV_MSGWAITON,
         PBX_DEV_MSGWAITOFF,
         {"message lamp off", "message lamp on"}},
        {PBX_LINE_INSERVICE,
         PBX_DEV_INSERVICE,
         PBX_DEV_OUTOFSERVICE,
         {"out of service", "in service"}},
        {PBX_LINE_LOCKED, PBX_DEV_LOCK, PBX_DEV_LOCK, {"is unlocked", "is locked"}},
    };

    if (!flags || flags & ~0xFu)
        return PBX_ERR_INVALPARAM;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        uint32_t now = on ? extension->status | rows[i].flag : extension->status & ~rows[i].flag;
        if (!(flags & rows[i].flag) || now == extension->status)
            continue;
        extension->status = now;
        if (rows[i].flag == PBX_LINE_MSGWAIT && !on)
            extension->message_count = 0;
        pbx_log(extension->pbx, extension->party.number, "", "%s", rows[i].says[on]);
        pbx_line_state(extension, on ? rows[i].on : rows[i].off, 0, 0);
    }
    return PBX_OK;
}

/* The word behind `name` and a blank; NULL: another sentence. */
static const char *after(const char *text, const char *name)
{
    size_t length = strlen(name);

    return !strncmp(text, name, length) && text[length] == ' ' ? text + length + 1 : NULL;
}

static int32_t say_level(struct pbx_extension *extension, uint32_t *level, const char *word,
                         uint32_t state)
{
    char *end;
    unsigned long value = strtoul(word, &end, 10);

    if (end == word || *end || value > 0xFFFF)
        return PBX_ERR_INVALPARAM;
    *level = (uint32_t)value;
    pbx_line_state(extension, state, *level, 0);
    return PBX_OK;
}

int32_t pbx_line_status_say(struct pbx_extension *extension, const char *text)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } flags[] = {
        {"connected", PBX_LINE_CONNECTED},
        {"message-waiting", PBX_LINE_MSGWAIT},
        {"in-service", PBX_LINE_INSERVICE},
        {"locked", PBX_LINE_LOCKED},
    };
    static const struct {
        const char *name;
        uint32_t mode; /* LINEROAMMODE_ */
    } roams[] = {{"unknown", 1}, {"unavailable", 2}, {"home", 4}, {"a", 8}, {"b", 16}};
    const char *word;

    for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
        if ((word = after(text, flags[i].name)))
            return !strcmp(word, "on")    ? pbx_set_line_status(extension, flags[i].flag, true)
                   : !strcmp(word, "off") ? pbx_set_line_status(extension, flags[i].flag, false)
                                          : PBX_ERR_INVALPARAM;
    if ((word = after(text, "signal")))
        return say_level(extension, &extension->signal, word, PBX_DEV_SIGNAL);
    if ((word = after(text, "battery")))
        return say_level(extension, &extension->battery, word, PBX_DEV_BATTERY);
    if ((word = after(text, "roam")))
        for (size_t i = 0; i < sizeof(roams) / sizeof(*roams); i++)
            if (!strcmp(word, roams[i].name)) {
                extension->roam = roams[i].mode;
                pbx_line_state(extension, PBX_DEV_ROAMMODE, roams[i].mode, 0);
                return PBX_OK;
            }
    return PBX_ERR_INVALPARAM;
}
