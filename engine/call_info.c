/* call_info.c - what can be asked about one call. */
#include "engine/version.h"

static LONG call_info(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, lineGetCallInfo, op->hd_call, buffer);
}

static LONG call_status(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, lineGetCallStatus, op->hd_call, buffer);
}

static bool append_text(struct op *op, size_t member, const WCHAR *text)
{
    return !text ||
           struct_append(STRUCT_LINECALLINFO, &op->reply->data, &op->reply->size, (uint32_t)member,
                         text, (uint32_t)((wcslen(text) + 1) * sizeof(WCHAR)));
}

/* The members that TAPI fills: owners, monitors, and the caller's own words. */
LONG op_line_get_call_info(struct op *op)
{
    LONG result = fetch_struct(STRUCT_LINECALLINFO, op->device->version, call_info, op,
                               &op->reply->data, &op->reply->size);
    LINECALLINFO *info = op->reply->data;
    struct call *call = op->call;
    struct call_client *client;
    bool appended;

    if (result)
        return result;
    engine_lock();
    client = client_find(op->session, op->request->arg[0]);
    info->hLine = client ? client->line->handle : 0;
    info->dwLineDeviceID = op->device->id;
    info->dwNumOwners = call_owners(call);
    info->dwNumMonitors = call_monitors(call);
    version_convert(op->reply->api_version, STRUCT_LINECALLINFO, info);
    appended = append_text(op, offsetof(LINECALLINFO, dwAppNameSize), call->app_name) &&
               append_text(op, offsetof(LINECALLINFO, dwDisplayableAddressSize),
                           call->displayable_address) &&
               append_text(op, offsetof(LINECALLINFO, dwCalledPartySize), call->called_party) &&
               append_text(op, offsetof(LINECALLINFO, dwCommentSize), call->comment);
    engine_unlock();
    return appended ? 0 : ERR(NOMEM);
}

/* What needs no ownership. */
#define MONITOR_FEATURES                                                                           \
    (LINECALLFEATURE_MONITORDIGITS | LINECALLFEATURE_MONITORMEDIA | LINECALLFEATURE_MONITORTONES | \
     LINECALLFEATURE_SETMEDIACONTROL | LINECALLFEATURE_SETTERMINAL)

/* The members that depend on who asks, which no provider knows: the privilege, what can be done
 * with it (linecallfeature--constants.md), the handle of the conference. */
static void complete_status(LINECALLSTATUS *status, const struct call_client *client)
{
    static const SYSTEMTIME never;
    DWORD state = status->dwCallState & ~0xff000000;

    status->dwCallPrivilege = client->privilege;
    if (client->privilege != LINECALLPRIVILEGE_OWNER) {
        status->dwCallFeatures &= MONITOR_FEATURES;
        status->dwCallFeatures2 = 0;
    }
    status->dwCallStateMode = client_state_mode(client, state, status->dwCallStateMode);
    version_convert(client->line->version, STRUCT_LINECALLSTATUS, status);
    /* A provider older than 2.0 has no such member to fill. */
    if (!memcmp(&status->tStateEntryTime, &never, sizeof(never)))
        status->tStateEntryTime = client->call->entered;
}

LONG op_line_get_call_status(struct op *op)
{
    LONG result = fetch_struct(STRUCT_LINECALLSTATUS, op->device->version, call_status, op,
                               &op->reply->data, &op->reply->size);
    struct call_client *client;
    LINECALLSTATUS *status;

    /* A provider without it still told the states. */
    if (result == ERR(OPERATIONUNAVAIL)) {
        status = struct_create(STRUCT_LINECALLSTATUS, &op->reply->size);
        if (!status)
            return ERR(NOMEM);
        op->reply->data = status;
        engine_lock();
        status->dwCallState = op->call->state | op->call->substate;
        status->dwCallStateMode = op->call->state_mode;
        engine_unlock();
        result = 0;
    }
    if (result)
        return result;
    status = op->reply->data;
    engine_lock();
    client = client_find(op->session, op->request->arg[0]);
    if (client)
        complete_status(status, client);
    engine_unlock();
    return client ? 0 : ERR(INVALCALLHANDLE); /* it was deallocated meanwhile */
}
