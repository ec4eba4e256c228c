/* call_ops.c - requests on calls that are the provider's to carry out: one line each. */
#include "engine/private.h"

#define ACTION(name, entry)                                                                        \
    LONG op_##name(struct op *op)                                                                  \
    {                                                                                              \
        return OP_CALL(op, entry, op->id, op->hd_call);                                            \
    }

ACTION(line_hold, lineHold)
ACTION(line_unhold, lineUnhold)
ACTION(line_secure_call, lineSecureCall)
ACTION(line_release_user_user_info, lineReleaseUserUserInfo)
ACTION(line_remove_from_conference, lineRemoveFromConference)

/* With user-user information. */
#define ACTION_UUI(name, entry)                                                                    \
    LONG op_##name(struct op *op)                                                                  \
    {                                                                                              \
        return OP_CALL(op, entry, op->id, op->hd_call, (LPCSTR)op_in(op, 0), op_in_size(op, 0));   \
    }

ACTION_UUI(line_accept, lineAccept)
ACTION_UUI(line_answer, lineAnswer)
ACTION_UUI(line_drop, lineDrop)
ACTION_UUI(line_send_user_user_info, lineSendUserUserInfo)

/* To an address. */
#define ACTION_TO(name, entry)                                                                     \
    LONG op_##name(struct op *op)                                                                  \
    {                                                                                              \
        const WCHAR *address = op_text(op, 0);                                                     \
                                                                                                   \
        if (!address)                                                                              \
            return ERR(INVALPOINTER);                                                              \
        return OP_CALL(op, entry, op->id, op->hd_call, address, op_arg(op, 1));                    \
    }

ACTION_TO(line_dial, lineDial)
ACTION_TO(line_blind_transfer, lineBlindTransfer)
ACTION_TO(line_redirect, lineRedirect)

static WCHAR *params_text(const LINECALLPARAMS *params, DWORD size, DWORD offset)
{
    if (!size || size % sizeof(WCHAR) || offset > params->dwTotalSize ||
        size > params->dwTotalSize - offset)
        return NULL;
    return mem_copy((const char *)params + offset, size);
}

/* What LINECALLINFO shows of the caller's own words: TAPI keeps it, not the provider. */
static void keep_words(struct call *call, const LINECALLPARAMS *params)
{
    if (!params)
        return;
    call->displayable_address =
        params_text(params, params->dwDisplayableAddressSize, params->dwDisplayableAddressOffset);
    call->called_party =
        params_text(params, params->dwCalledPartySize, params->dwCalledPartyOffset);
    call->comment = params_text(params, params->dwCommentSize, params->dwCommentOffset);
    call->media_mode = params->dwMediaMode;
}

/* The parameters of the request's new call, in in[index], whose words are kept. Nobody else looks
 * at a call that is pending. False: they are no LINECALLPARAMS. */
static bool fresh_params(struct op *op, unsigned index, unsigned fresh, LPLINECALLPARAMS *params)
{
    *params = (LPLINECALLPARAMS)op_struct(op, index, sizeof(LINECALLPARAMS));
    if (op_in_size(op, index) && !*params)
        return false;
    keep_words(op->async->fresh[fresh], *params);
    return true;
}

LONG op_line_make_call(struct op *op)
{
    LPLINECALLPARAMS params;

    if (!fresh_params(op, 1, 0, &params))
        return ERR(INVALCALLPARAMS);
    return OP_CALL(op, lineMakeCall, op->id, op->hd_line, op_fresh(op, 0), &op->async->fresh_hd[0],
                   op_text(op, 0), op_arg(op, 1), params);
}

LONG op_line_setup_transfer(struct op *op)
{
    LPLINECALLPARAMS params;

    if (!fresh_params(op, 0, 0, &params))
        return ERR(INVALCALLPARAMS);
    return OP_CALL(op, lineSetupTransfer, op->id, op->hd_call, op_fresh(op, 0),
                   &op->async->fresh_hd[0], params);
}

LONG op_line_complete_transfer(struct op *op)
{
    DWORD mode = op_arg(op, 2);

    if (mode != LINETRANSFERMODE_TRANSFER && mode != LINETRANSFERMODE_CONFERENCE)
        return ERR(INVALTRANSFERMODE);
    return OP_CALL(op, lineCompleteTransfer, op->id, op->hd_call, op->hd_second, op_fresh(op, 0),
                   &op->async->fresh_hd[0], mode);
}

LONG op_line_setup_conference(struct op *op)
{
    LPLINECALLPARAMS params;

    if (!fresh_params(op, 0, 1, &params)) /* they are the consultation call's */
        return ERR(INVALCALLPARAMS);
    return OP_CALL(op, lineSetupConference, op->id, op->hd_call, op->hd_line, op_fresh(op, 0),
                   &op->async->fresh_hd[0], op_fresh(op, 1), &op->async->fresh_hd[1], op_arg(op, 2),
                   params);
}

LONG op_line_prepare_add_to_conference(struct op *op)
{
    LPLINECALLPARAMS params;

    if (!fresh_params(op, 0, 0, &params))
        return ERR(INVALCALLPARAMS);
    return OP_CALL(op, linePrepareAddToConference, op->id, op->hd_call, op_fresh(op, 0),
                   &op->async->fresh_hd[0], params);
}

LONG op_line_add_to_conference(struct op *op)
{
    return OP_CALL(op, lineAddToConference, op->id, op->hd_call, op->hd_second);
}

LONG op_line_swap_hold(struct op *op)
{
    return OP_CALL(op, lineSwapHold, op->id, op->hd_call, op->hd_second);
}

#define PARK_ADDRESS_BYTES 512

LONG op_line_park(struct op *op)
{
    DWORD mode = op_arg(op, 1);
    VARSTRING *address = NULL;

    if (mode != LINEPARKMODE_DIRECTED && mode != LINEPARKMODE_NONDIRECTED)
        return ERR(INVALPARKMODE);
    if (mode == LINEPARKMODE_DIRECTED && !op_text(op, 0))
        return ERR(INVALPOINTER);
    if (mode == LINEPARKMODE_NONDIRECTED) {
        op->async->size = sizeof(*address) + PARK_ADDRESS_BYTES;
        op->async->data = address = mem_alloc(op->async->size);
        if (!address)
            return ERR(NOMEM);
        address->dwTotalSize = op->async->size;
        address->dwNeededSize = address->dwUsedSize = sizeof(*address);
        address->dwStringFormat = STRINGFORMAT_UNICODE;
    }
    return OP_CALL(op, linePark, op->id, op->hd_call, mode, op_text(op, 0), address);
}

LONG op_line_unpark(struct op *op)
{
    if (!op_text(op, 0))
        return ERR(INVALPOINTER);
    return OP_CALL(op, lineUnpark, op->id, op->hd_line, op_arg(op, 1), op_fresh(op, 0),
                   &op->async->fresh_hd[0], op_text(op, 0));
}

LONG op_line_pickup(struct op *op)
{
    return OP_CALL(op, linePickup, op->id, op->hd_line, op_arg(op, 1), op_fresh(op, 0),
                   &op->async->fresh_hd[0], op_text(op, 0), op_text(op, 1));
}

LONG op_line_forward(struct op *op)
{
    struct struct_form form = {.version = op->device->version};
    void *list = NULL;
    uint32_t size;
    LPLINECALLPARAMS params;
    LONG result;

    if (!fresh_params(op, 1, 0, &params))
        return ERR(INVALCALLPARAMS);
    /* Its entries grew with API 3.1: an older provider would misread the newest form. */
    if (op_in_size(op, 0) && struct_downgrade(STRUCT_LINEFORWARDLIST, form, op_in(op, 0),
                                              op_in_size(op, 0), &list, &size))
        return ERR(INVALPARAM);
    result = OP_CALL(op, lineForward, op->id, op->hd_line, op_arg(op, 1), op_arg(op, 2), list,
                     op_arg(op, 3), op_fresh(op, 0), &op->async->fresh_hd[0], params);
    free(list);
    return result;
}

LONG op_line_complete_call(struct op *op)
{
    return OP_CALL(op, lineCompleteCall, op->id, op->hd_call, &op->async->value, op_arg(op, 1),
                   op_arg(op, 2));
}

LONG op_line_uncomplete_call(struct op *op)
{
    return OP_CALL(op, lineUncompleteCall, op->id, op->hd_line, op_arg(op, 1));
}

LONG op_line_set_call_params(struct op *op)
{
    const void *dial = op_in_size(op, 0) >= sizeof(LINEDIALPARAMS) ? op_in(op, 0) : NULL;

    return OP_CALL(op, lineSetCallParams, op->id, op->hd_call, op_arg(op, 1), op_arg(op, 2),
                   op_arg(op, 3), (LPLINEDIALPARAMS)dial);
}

LONG op_line_set_call_data(struct op *op)
{
    return OP_CALL(op, lineSetCallData, op->id, op->hd_call, (void *)op_in(op, 0),
                   op_in_size(op, 0));
}

LONG op_line_set_call_treatment(struct op *op)
{
    return OP_CALL(op, lineSetCallTreatment, op->id, op->hd_call, op_arg(op, 1));
}

LONG op_line_set_call_quality_of_service(struct op *op)
{
    return OP_CALL(op, lineSetCallQualityOfService, op->id, op->hd_call, (void *)op_in(op, 0),
                   op_in_size(op, 0), (void *)op_in(op, 1), op_in_size(op, 1));
}

LONG op_line_set_app_specific(struct op *op)
{
    return OP_CALL(op, lineSetAppSpecific, op->hd_call, op_arg(op, 1));
}

LONG op_line_set_media_mode(struct op *op)
{
    DWORD modes = op_arg(op, 1);
    LONG result;

    if (!modes)
        return ERR(INVALMEDIAMODE);
    result = OP_CALL(op, lineSetMediaMode, op->hd_call, modes);
    if (!result) {
        engine_lock();
        op->call->media_mode = modes;
        engine_unlock();
    }
    return result;
}
