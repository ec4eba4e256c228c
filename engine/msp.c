/* msp.c - the way between media service providers in applications and their telephony provider. */
#include "engine/private.h"

LONG op_line_msp_identify(struct op *op)
{
    GUID *clsid = calloc(1, sizeof(*clsid));

    if (!clsid)
        return ERR(NOMEM);
    op->reply->data = clsid;
    op->reply->size = sizeof(*clsid);
    return OP_CALL(op, lineMSPIdentify, op->device->id, clsid);
}

LONG op_line_create_msp(struct op *op)
{
    struct msp *msp = mem_alloc(sizeof(*msp));
    HDRVMSPLINE hd = NULL;
    LONG result = ERR(NOMEM);

    if (!msp)
        return result;
    msp->device = op->device;
    msp->line = op->line;
    msp->handle = handle_new(&engine.handles, HANDLE_MSP, msp);
    if (!msp->handle)
        goto fail;
    list_append(&op->line->msps, &msp->by_line); /* data may come before the function returns */
    op->device->users++;
    engine_unlock();
    result = OP_CALL(op, lineCreateMSPInstance, op->hd_line, op_arg(op, 1), msp->handle, &hd);
    engine_lock();
    if (result) {
        op->device->users--;
        list_remove(&msp->by_line);
        goto fail;
    }
    msp->hd = hd;
    msp->open = true;
    op->reply->out[0] = msp->handle;
    if (!list_linked(&msp->by_line)) /* its line was closed meanwhile */
        msp_want_close(msp);
    return 0;
fail:
    handle_free(&engine.handles, msp->handle, HANDLE_MSP);
    mem_free(msp);
    return result;
}

void msp_want_close(struct msp *msp)
{
    list_remove(&msp->by_line);
    handle_free(&engine.handles, msp->handle, HANDLE_MSP);
    if (msp->open) /* otherwise its creation is still on its way, and sees to it */
        chore_add(msp->device->provider, &msp->chore, CHORE_MSP);
}

LONG op_line_close_msp(struct op *op)
{
    struct msp *msp = msp_find(op->session, op->request->arg[0]);

    if (!msp)
        return ERR(INVALPARAM);
    op_pin_device(op, msp->device);
    msp_want_close(msp);
    return 0;
}

LONG op_line_send_msp_data(struct op *op)
{
    struct msp *msp = msp_find(op->session, op->request->arg[0]);
    struct call_client *client = NULL;
    HDRVMSPLINE hd;
    LONG result;

    if (!msp)
        return ERR(INVALPARAM);
    if (op->request->arg[1]) {
        client = client_find(op->session, op->request->arg[1]);
        if (!client || client->call->pending || client->call->device != msp->device)
            return ERR(INVALCALLHANDLE);
        op->call = client->call;
        op->hd_call = op->call->hd;
        op->call->users++;
    }
    op_pin_device(op, msp->device);
    hd = msp->hd;
    engine_unlock();
    result = OP_CALL(op, lineReceiveMSPData, op->hd_line, op->hd_call, hd, (void *)op_in(op, 0),
                     op_in_size(op, 0));
    engine_lock();
    return result;
}

/* LINE_SENDMSPDATA: to the MSP named in dwParam1, or once to every line that has any. */
void msp_data(struct device *device, const struct event *event)
{
    uint32_t handle = (uint32_t)event->param[0];
    struct call *call = event->call ? call_from_handle(event->call) : NULL;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        LIST_EACH(msp, &line->msps, struct msp, by_line)
        {
            struct call_client *client = call ? client_of_line(call, line) : NULL;
            struct engine_message message = {
                .client = line->app->client,
                .device = line->handle,
                .message = ENGINE_MSP_DATA,
                .instance = line->instance,
                .param = {client ? client->handle : 0, handle, 0},
                .data = event->data,
                .size = event->size,
            };

            if (handle && msp->handle != handle)
                continue;
            if (!call || client)
                post_full(line->app, &message);
            break;
        }
    }
}
