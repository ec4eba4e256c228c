/*
 * hub.c - call hubs: the calls of one provider that carry the same dwCallID, as one conversation
 * (callhub-support.md). Applications that asked for it with LINEINITIALIZEEXOPTION_CALLHUBTRACKING
 * hear of a hub with the first of its calls and of its end with the last; nobody else pays for it:
 * a call's ID is asked for only when somebody wants it.
 */
#include "engine/private.h"

static LONG call_info(void *context, void *buffer)
{
    struct call *call = context;

    return HOST_CALL(call->device->provider->host, lineGetCallInfo, call->hd, buffer);
}

/* TSPI_lineGetCallIDs knows both in one call; providers before 3.0 are asked for each. */
void call_learn_ids(struct call *call, bool id_too)
{
    struct host_provider *host = call->device->provider->host;
    DWORD address = 0, id = 0, related = 0;
    bool knows_id = true;
    LINECALLINFO *info = NULL;
    uint32_t size;

    if (call->address_known && (call->call_id_known || !id_too))
        return;
    call->users++;
    engine_unlock();
    if (HOST_CALL(host, lineGetCallIDs, call->hd, &address, &id, &related)) {
        if (HOST_CALL(host, lineGetCallAddressID, call->hd, &address))
            address = 0;
        knows_id = id_too;
        if (id_too && !fetch_struct(STRUCT_LINECALLINFO, call->device->version, call_info, call,
                                    (void **)&info, &size))
            id = info->dwCallID;
        free(info);
    }
    engine_lock();
    call->address_id = address;
    call->address_known = true;
    /* It is part of another conversation now, as after a transfer: the old one is over for whoever
     * had no other call of it. */
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        if (knows_id && id != call->call_id)
            hub_leave(client);
    }
    if (knows_id) {
        call->call_id = id;
        call->call_id_known = true;
    }
    call_release(call);
}

/* Does the application know the hub already, by another call that is not over? */
static bool app_knows(const struct app *app, const struct call_client *but)
{
    const struct call *call = but->call;

    LIST_EACH(line, &app->lines, struct line, by_app)
    {
        LIST_EACH(client, &line->clients, struct call_client, by_line)
        {
            if (client != but && client->hub_told && client->call->call_id == call->call_id &&
                line->device->provider == call->device->provider)
                return true;
        }
    }
    return false;
}

static bool wants_to_know(const struct call_client *client)
{
    return client->line->app->hubs && (!client->hub_told || !client->call->call_id_known);
}

void hub_want(struct call *call)
{
    struct provider *provider = call->device->provider;
    struct event event = {
        .device = call->device->handle, .call = call->handle, .message = EVENT_HUB};
    struct event *copy;

    if (call->pending || call->state == LINECALLSTATE_IDLE ||
        (call->call_id_known && !call->call_id))
        return;
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        if (!wants_to_know(client))
            continue;
        copy = event_new(&event, NULL, 0);
        if (copy) {
            list_append(&provider->events, &copy->link);
            condition_wake_all(&provider->wake);
        }
        return;
    }
}

void hub_tell(struct call *call)
{
    DWORD level = call->device->hub_tracking;

    if (!call->call_id || call->state == LINECALLSTATE_IDLE)
        return;
    /* Without tracking by the provider the IDs alone still tell which calls belong together. */
    if (level == LINECALLHUBTRACKING_NONE)
        level = LINECALLHUBTRACKING_PROVIDERLEVEL;
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        if (!wants_to_know(client))
            continue;
        client->hub_told = true;
        if (!app_knows(client->line->app, client))
            post_client(client, LINE_APPNEWCALLHUB, level, 0, 0);
    }
}

void hub_leave(struct call_client *client)
{
    if (!client->hub_told)
        return;
    client->hub_told = false;
    if (!app_knows(client->line->app, client))
        post_client(client, LINE_CALLHUBCLOSE, 0, 0, 0);
}

/* ---- requests of tapi3.dll ---- */

LONG op_line_set_call_hub_tracking(struct op *op)
{
    const LINECALLHUBTRACKINGINFO *wanted = op_in(op, 0);
    LINECALLHUBTRACKINGINFO info = {sizeof(info), sizeof(info), sizeof(info), 0, 0};
    LONG result;

    if (op_in_size(op, 0) < sizeof(*wanted))
        return ERR(STRUCTURETOOSMALL);
    if (wanted->dwCurrentTracking & (wanted->dwCurrentTracking - 1) ||
        wanted->dwCurrentTracking > LINECALLHUBTRACKING_ALLCALLS)
        return ERR(INVALPARAM);
    info.dwAvailableTracking = wanted->dwAvailableTracking;
    info.dwCurrentTracking = wanted->dwCurrentTracking;
    result = OP_CALL(op, lineSetCallHubTracking, op->hd_line, &info);
    /* What needs nothing of the provider works without it. */
    if (result == ERR(OPERATIONUNAVAIL) && info.dwCurrentTracking != LINECALLHUBTRACKING_ALLCALLS)
        result = 0;
    if (!result) {
        struct line *line;

        engine_lock();
        op->device->hub_tracking = info.dwCurrentTracking;
        /* Who asks for hubs to be tracked wants to hear of them. */
        line = line_find(op->session, op_arg(op, 0));
        if (line && info.dwCurrentTracking != LINECALLHUBTRACKING_NONE)
            line->app->hubs = line->app->version >= 0x00030000;
        engine_unlock();
    }
    return result;
}

LONG op_line_get_call_hub_tracking(struct op *op)
{
    LINECALLHUBTRACKINGINFO info = {sizeof(info), sizeof(info), sizeof(info), 0, 0};
    LONG result = OP_CALL(op, lineGetCallHubTracking, op->hd_line, &info);

    if (result == ERR(OPERATIONUNAVAIL)) {
        info.dwAvailableTracking = LINECALLHUBTRACKING_PROVIDERLEVEL;
        engine_lock();
        info.dwCurrentTracking = op->device->hub_tracking;
        engine_unlock();
        result = 0;
    }
    op->reply->out[0] = result ? 0 : info.dwAvailableTracking;
    op->reply->out[1] = result ? 0 : info.dwCurrentTracking;
    return result;
}
