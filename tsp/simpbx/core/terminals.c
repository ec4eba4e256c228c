/* terminals.c - a line's telephone, headset and speaker, and what goes to which. */
#include "core.h"

#include <string.h>

/* Buttons, lamps, display, ringer, hookswitch, sound to the line, from the line, both. */
const struct pbx_terminal_caps pbx_terminals[PBX_TERMINALS] = {
    {"Telephone", 0x1, 0xFF, 0x1},
    {"Headset", 0x2, 0xE0, 0x1},
    {"Speaker", 0x4, 0x48, 0x1},
};

int32_t pbx_set_terminal(struct pbx_extension *extension, struct pbx_leg *leg, uint32_t modes,
                         uint32_t terminal, bool on)
{
    if (terminal >= PBX_TERMINALS)
        return PBX_ERR_INVALTERMINALID;
    if (!modes || modes & ~pbx_terminals[terminal].modes)
        return PBX_ERR_INVALTERMINALMODE;
    if (leg && leg->state == PBX_IDLE)
        return PBX_ERR_INVALCALLSTATE;
    if (leg) {
        leg->terminals[terminal] =
            on ? leg->terminals[terminal] | modes : leg->terminals[terminal] & ~modes;
        pbx_info_changed(leg, PBX_INFO_TERMINAL);
        return PBX_OK;
    }
    extension->terminals[terminal] =
        on ? extension->terminals[terminal] | modes : extension->terminals[terminal] & ~modes;
    pbx_log(extension->pbx, extension->party.number, "", "%s its %s", on ? "uses" : "puts away",
            pbx_terminals[terminal].name);
    pbx_line_state(extension, PBX_DEV_TERMINALS, 0, 0);
    if (extension->pbx->events->address_state)
        extension->pbx->events->address_state(extension->pbx->context, extension, 0x80);
    for (struct pbx_leg *each = extension->legs; each; each = each->next) {
        memcpy(each->terminals, extension->terminals, sizeof(each->terminals));
        pbx_info_changed(each, PBX_INFO_TERMINAL);
    }
    return PBX_OK;
}
