/* call_info.c - what can be asked about calls, and which calls there are. */
#include "engine/private.h"

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
    appended = append_text(op, offsetof(LINECALLINFO, dwAppNameSize), call->app_name) &&
               append_text(op, offsetof(LINECALLINFO, dwDisplayableAddressSize),
                           call->displayable_address) &&
               append_text(op, offsetof(LINECALLINFO, dwCalledPartySize), call->called_party) &&
               append_text(op, offsetof(LINECALLINFO, dwCommentSize), call->comment);
    engine_unlock();
    return appended ? 0 : ERR(NOMEM);
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
        status->dwCallState = op->call->state;
        status->dwCallStateMode = op->call->state_mode;
        engine_unlock();
        result = 0;
    }
    if (result)
        return result;
    status = op->reply->data;
    engine_lock();
    client = client_find(op->session, op->request->arg[0]);
    status->dwCallPrivilege = client ? client->privilege : LINECALLPRIVILEGE_NONE;
    engine_unlock();
    return 0;
}

/* ---- lists of calls ---- */

struct handles {
    uint32_t *list;
    uint32_t count, room;
};

static bool handles_add(struct handles *handles, uint32_t handle)
{
    if (handles->count == handles->room) {
        uint32_t room = handles->room ? 2 * handles->room : 16;
        uint32_t *grown = mem_realloc(handles->list, room * sizeof(*grown));

        if (!grown)
            return false;
        handles->list = grown;
        handles->room = room;
    }
    handles->list[handles->count++] = handle;
    return true;
}

static LONG reply_handles(struct op *op, struct handles *handles, LONG result)
{
    if (!result) {
        LINECALLLIST *list = struct_create(STRUCT_LINECALLLIST, &op->reply->size);

        op->reply->data = list;
        if (list)
            list->dwCallsNumEntries = handles->count;
        if (!list || !struct_append(STRUCT_LINECALLLIST, &op->reply->data, &op->reply->size,
                                    offsetof(LINECALLLIST, dwCallsSize), handles->list,
                                    handles->count * (uint32_t)sizeof(*handles->list)))
            result = ERR(NOMEM);
    }
    mem_free(handles->list);
    return result;
}

/* The address of a call, asked for where it is not known yet. Leaves the lock. */
static void learn_address(struct op *op, struct call *call)
{
    DWORD address = 0;

    if (call->address_known)
        return;
    call->users++;
    engine_unlock();
    if (OP_CALL(op, lineGetCallAddressID, call->hd, &address))
        address = 0;
    engine_lock();
    call->address_id = address;
    call->address_known = true;
    call_release(call);
}

static struct call *first_unknown_address(struct device *device)
{
    LIST_EACH(call, &device->calls, struct call, by_device)
    {
        if (!call->pending && !call->close_wanted && !call->address_known)
            return call;
    }
    return NULL;
}

/* Gives the application a monitor's handle to every call it has none for. */
LONG op_line_get_new_calls(struct op *op)
{
    DWORD address = op_arg(op, 1), select = op_arg(op, 2);
    struct handles handles = {0};
    struct line *line;
    struct call *unknown;
    LONG result = 0;

    if (select != LINECALLSELECT_LINE && select != LINECALLSELECT_ADDRESS)
        return ERR(INVALCALLSELECT);
    if (select == LINECALLSELECT_ADDRESS) {
        if (op->device->caps_known && address >= op->device->num_addresses)
            return ERR(INVALADDRESSID);
        while ((unknown = first_unknown_address(op->device)))
            learn_address(op, unknown);
    }
    line = line_find(op->session, op->request->arg[0]);
    if (!line)
        return ERR(INVALLINEHANDLE);
    LIST_EACH(call, &op->device->calls, struct call, by_device)
    {
        struct call_client *client;

        if (call->pending || call->close_wanted || !call->offered || client_of_line(call, line) ||
            (select == LINECALLSELECT_ADDRESS && call->address_id != address))
            continue;
        client = client_new(line, call, LINECALLPRIVILEGE_MONITOR);
        if (!client || !handles_add(&handles, client->handle)) {
            result = ERR(NOMEM);
            break;
        }
        post_call_info(call, LINECALLINFOSTATE_NUMMONITORS, client);
    }
    return reply_handles(op, &handles, result);
}

/* The conference call comes first, then its parties; the application gets handles to all. */
LONG op_line_get_conf_related_calls(struct op *op)
{
    struct call *call = op->call;
    struct call *conference = call->conference ? call_from_handle(call->conference) : call;
    struct handles handles = {0};
    LONG result = ERR(NOCONFERENCE);

    if (!conference)
        return result;
    LIST_EACH(party, &op->device->calls, struct call, by_device)
    {
        if (!party->pending && party->conference && party->conference == conference->handle)
            result = 0;
    }
    /* A conference in the making has no parties yet, but it is one. */
    if (conference->state == LINECALLSTATE_ONHOLDPENDCONF)
        result = 0;
    for (int parties = 0; parties < 2 && !result; parties++) {
        LIST_EACH(party, &op->device->calls, struct call, by_device)
        {
            struct call_client *client;

            if (party->pending || party->close_wanted ||
                (parties ? party->conference != conference->handle : party != conference))
                continue;
            client = client_of_line(party, op->line);
            if (!client)
                client = client_new(op->line, party, LINECALLPRIVILEGE_MONITOR);
            if (!client || !handles_add(&handles, client->handle)) {
                result = ERR(NOMEM);
                break;
            }
        }
    }
    return reply_handles(op, &handles, result);
}
