/* call_list.c - which calls there are: lineGetNewCalls, lineGetConfRelatedCalls and the calls of a
 * hub. An application gets a monitor's handle to each call it had none for, but only where its
 * LINECALLLIST has room for all of them: a handle that it is not told would be lost to it. */
#include "engine/private.h"

struct pick {
    struct call *call;
    struct line *line;
};

struct picks {
    struct pick *list;
    uint32_t count, room;
};

static bool picks_add(struct picks *picks, struct call *call, struct line *line)
{
    if (picks->count == picks->room) {
        uint32_t room = picks->room ? 2 * picks->room : 16;
        struct pick *grown = mem_realloc(picks->list, room * sizeof(*grown));

        if (!grown)
            return false;
        picks->list = grown;
        picks->room = room;
    }
    picks->list[picks->count++] = (struct pick){call, line};
    return true;
}

/* The handles of the picked calls, new ones where there are none; room 0: no limit. Nothing is left
 * behind on failure. */
static LONG hand_out(struct op *op, struct picks *picks, uint32_t room)
{
    uint32_t fixed = struct_fixed_size(STRUCT_LINECALLLIST, UINT32_MAX), made = 0;
    bool fits = !room || fixed + picks->count * sizeof(DWORD) <= room;
    LINECALLLIST *list = struct_create(STRUCT_LINECALLLIST, &op->reply->size);
    DWORD *handles = mem_alloc((picks->count + 1) * sizeof(*handles));
    bool *fresh = mem_alloc(picks->count + 1);
    LONG result = ERR(NOMEM);

    op->reply->data = list;
    if (!list || !handles || !fresh)
        goto done;
    list->dwCallsNumEntries = picks->count;
    for (; fits && made < picks->count; made++) {
        struct pick *pick = &picks->list[made];
        struct call_client *client = client_of_line(pick->call, pick->line);

        fresh[made] = !client;
        if (!client && !(client = client_new(pick->line, pick->call, LINECALLPRIVILEGE_MONITOR)))
            goto done;
        handles[made] = client->handle;
    }
    if (!struct_append(STRUCT_LINECALLLIST, &op->reply->data, &op->reply->size,
                       offsetof(LINECALLLIST, dwCallsSize), handles,
                       picks->count * (uint32_t)sizeof(*handles)))
        goto done;
    result = 0;
    for (uint32_t i = 0; i < made; i++) {
        struct call *call = picks->list[i].call;

        if (!fresh[i])
            continue;
        post_call_info(call, LINECALLINFOSTATE_NUMMONITORS,
                       client_of_line(call, picks->list[i].line));
        hub_want(call);
    }
    made = 0;
done:
    while (made--)
        if (fresh[made])
            client_destroy(client_of_line(picks->list[made].call, picks->list[made].line));
    mem_free(fresh);
    mem_free(handles);
    mem_free(picks->list);
    return result;
}

static bool is_there(const struct call *call)
{
    return !call->pending && !call->close_wanted && call->offered;
}

/* Asks for what is not known yet of the device's calls. Leaves the lock. */
static void learn_all(struct device *device, bool ids)
{
    bool again;

    do {
        again = false;
        LIST_EACH(call, &device->calls, struct call, by_device)
        {
            if (!call->pending && !call->close_wanted &&
                (!call->address_known || (ids && !call->call_id_known))) {
                call_learn_ids(call, ids);
                again = true; /* the list may have changed meanwhile */
                break;
            }
        }
    } while (again);
}

/* Is the selection one that the line's API version has? LINECALLSELECT_DEVICEID came with 2.1 and
 * means what LINECALLSELECT_LINE does, for a handle names one device; LINECALLSELECT_CALLID came
 * with 3.0 and takes the call ID in the place of the address. */
static bool can_select(const struct line *line, DWORD select)
{
    switch (select) {
    case LINECALLSELECT_LINE:
    case LINECALLSELECT_ADDRESS:
        return true;
    case LINECALLSELECT_DEVICEID:
        return line->version >= 0x00020001;
    case LINECALLSELECT_CALLID:
        return line->version >= 0x00030000;
    default:
        return false;
    }
}

LONG op_line_get_new_calls(struct op *op)
{
    DWORD which = op_arg(op, 1), select = op_arg(op, 2);
    struct picks picks = {0};
    struct line *line;
    LONG result;

    if (!can_select(op->line, select))
        return ERR(INVALCALLSELECT);
    if (select == LINECALLSELECT_ADDRESS) {
        result = device_check_address(op->device, which);
        if (result)
            return result;
    }
    if (select == LINECALLSELECT_ADDRESS || select == LINECALLSELECT_CALLID)
        learn_all(op->device, select == LINECALLSELECT_CALLID);
    line = line_find(op->session, op->request->arg[0]);
    if (!line)
        return ERR(INVALLINEHANDLE);
    LIST_EACH(call, &op->device->calls, struct call, by_device)
    {
        if (!is_there(call) || client_of_line(call, line) ||
            (select == LINECALLSELECT_ADDRESS && call->address_id != which) ||
            (select == LINECALLSELECT_CALLID && call->call_id != which))
            continue;
        if (!picks_add(&picks, call, line)) {
            mem_free(picks.list);
            return ERR(NOMEM);
        }
    }
    return hand_out(op, &picks, op_arg(op, 3));
}

/* The conference call comes first, then its parties. */
LONG op_line_get_conf_related_calls(struct op *op)
{
    struct call *call = op->call;
    struct call *conference = call->conference ? call_from_handle(call->conference) : call;
    struct picks picks = {0};
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
            if (party->pending || party->close_wanted ||
                (parties ? party->conference != conference->handle : party != conference))
                continue;
            if (!picks_add(&picks, party, op->line)) {
                result = ERR(NOMEM);
                break;
            }
        }
    }
    if (result) {
        mem_free(picks.list);
        return result;
    }
    return hand_out(op, &picks, op_arg(op, 1));
}

/* The calls that share the call's ID, on all lines of the provider that the application has open.
 */
LONG op_line_get_hub_related_calls(struct op *op)
{
    struct call *call = op->call;
    uint32_t app_handle = op->app->handle;
    struct picks picks = {0};
    struct app *app;

    for (DWORD i = 0; i < engine.num_devices; i++) {
        if (engine.devices[i]->provider == op->provider)
            learn_all(engine.devices[i], true);
    }
    app = app_find(op->session, app_handle);
    if (!app)
        return ERR(INVALCALLHANDLE);
    LIST_EACH(line, &app->lines, struct line, by_app)
    {
        if (line->device->provider != op->provider)
            continue;
        LIST_EACH(each, &line->device->calls, struct call, by_device)
        {
            if (!is_there(each) ||
                (each != call && (!call->call_id || each->call_id != call->call_id)))
                continue;
            if (!picks_add(&picks, each, line)) {
                mem_free(picks.list);
                return ERR(NOMEM);
            }
        }
    }
    return hand_out(op, &picks, op_arg(op, 1));
}
