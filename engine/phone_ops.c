/* phone_ops.c - hookswitches, volume, gain, lamps, ring, buttons, display and data of a phone. What
 * is no value of the parameter's kind is refused here; what the phone lacks, by its provider. */
#include "engine/private.h"

#define PERR(name) ((LONG)PHONEERR_##name)

#define HOOK_SWITCHES                                                                              \
    (PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET)
#define HOOK_MODES                                                                                 \
    (PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC | PHONEHOOKSWITCHMODE_SPEAKER |          \
     PHONEHOOKSWITCHMODE_MICSPEAKER)
#define MOST 0xffffu /* of volumes and gains: what is above is set to it */

static bool one_of(DWORD value, DWORD mask)
{
    return value && !(value & ~mask) && !(value & (value - 1));
}

static DWORD at_most(DWORD value)
{
    return value < MOST ? value : MOST;
}

/* ---- hookswitches ---- */

LONG op_phone_get_hook_switch(struct op *op)
{
    DWORD off_hook = 0;
    LONG result = OP_CALL(op, phoneGetHookSwitch, op->hd_phone, &off_hook);

    op->reply->out[0] = off_hook;
    return result;
}

LONG op_phone_set_hook_switch(struct op *op)
{
    DWORD devices = op_arg(op, 1);

    if (!devices || devices & ~(DWORD)HOOK_SWITCHES)
        return PERR(INVALHOOKSWITCHDEV);
    if (!one_of(op_arg(op, 2), HOOK_MODES))
        return PERR(INVALHOOKSWITCHMODE);
    return OP_CALL(op, phoneSetHookSwitch, op->id, op->hd_phone, devices, op_arg(op, 2));
}

LONG op_phone_get_gain(struct op *op)
{
    DWORD gain = 0;
    LONG result;

    if (!one_of(op_arg(op, 1), HOOK_SWITCHES))
        return PERR(INVALHOOKSWITCHDEV);
    result = OP_CALL(op, phoneGetGain, op->hd_phone, op_arg(op, 1), &gain);
    op->reply->out[0] = gain;
    return result;
}

LONG op_phone_set_gain(struct op *op)
{
    if (!one_of(op_arg(op, 1), HOOK_SWITCHES))
        return PERR(INVALHOOKSWITCHDEV);
    return OP_CALL(op, phoneSetGain, op->id, op->hd_phone, op_arg(op, 1), at_most(op_arg(op, 2)));
}

LONG op_phone_get_volume(struct op *op)
{
    DWORD volume = 0;
    LONG result;

    if (!one_of(op_arg(op, 1), HOOK_SWITCHES))
        return PERR(INVALHOOKSWITCHDEV);
    result = OP_CALL(op, phoneGetVolume, op->hd_phone, op_arg(op, 1), &volume);
    op->reply->out[0] = volume;
    return result;
}

LONG op_phone_set_volume(struct op *op)
{
    if (!one_of(op_arg(op, 1), HOOK_SWITCHES))
        return PERR(INVALHOOKSWITCHDEV);
    return OP_CALL(op, phoneSetVolume, op->id, op->hd_phone, op_arg(op, 1), at_most(op_arg(op, 2)));
}

/* ---- lamps, buttons, ring ---- */

LONG op_phone_get_lamp(struct op *op)
{
    DWORD mode = 0;
    LONG result = OP_CALL(op, phoneGetLamp, op->hd_phone, op_arg(op, 1), &mode);

    op->reply->out[0] = mode;
    return result;
}

/* The upper half of the modes is the provider's own (phonelampmode--constants.md); UNKNOWN and
 * DUMMY are nothing that a lamp could be set to. */
LONG op_phone_set_lamp(struct op *op)
{
    if (!one_of(op_arg(op, 2), ~(DWORD)(PHONELAMPMODE_DUMMY | PHONELAMPMODE_UNKNOWN)))
        return PERR(INVALLAMPMODE);
    return OP_CALL(op, phoneSetLamp, op->id, op->hd_phone, op_arg(op, 1), op_arg(op, 2));
}

LONG op_phone_get_ring(struct op *op)
{
    DWORD mode = 0, volume = 0;
    LONG result = OP_CALL(op, phoneGetRing, op->hd_phone, &mode, &volume);

    op->reply->out[0] = mode;
    op->reply->out[1] = volume;
    return result;
}

LONG op_phone_set_ring(struct op *op)
{
    return OP_CALL(op, phoneSetRing, op->id, op->hd_phone, op_arg(op, 1), at_most(op_arg(op, 2)));
}

LONG op_phone_set_button_info(struct op *op)
{
    struct struct_form form = {.version = op->device->version};
    uint32_t size = 0;
    void *info = NULL;
    LONG result;

    if (!op_struct(op, 0, sizeof(PHONEBUTTONINFO)))
        return PERR(INVALPOINTER);
    if (struct_downgrade(STRUCT_PHONEBUTTONINFO, form, op_in(op, 0), op_in_size(op, 0), &info,
                         &size))
        return PERR(NOMEM);
    result = OP_CALL(op, phoneSetButtonInfo, op->id, op->hd_phone, op_arg(op, 1), info);
    free(info);
    return result;
}

/* ---- display, data, extensions ---- */

LONG op_phone_set_display(struct op *op)
{
    return OP_CALL(op, phoneSetDisplay, op->id, op->hd_phone, op_arg(op, 1), op_arg(op, 2),
                   op_in(op, 0), op_in_size(op, 0));
}

LONG op_phone_set_data(struct op *op)
{
    return OP_CALL(op, phoneSetData, op->id, op->hd_phone, op_arg(op, 1), (void *)op_in(op, 0),
                   op_in_size(op, 0));
}

LONG op_phone_dev_specific(struct op *op)
{
    return OP_CALL(op, phoneDevSpecific, op->id, op->hd_phone, op->async->data, op->async->size);
}
