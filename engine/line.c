/* line.c - lines: an application's handle to an open device. */
#include "engine/private.h"

#define PRIVILEGES (LINECALLPRIVILEGE_NONE | LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER)

/* ---- opening ---- */

static LONG check_privileges(DWORD privileges, DWORD media_modes)
{
    DWORD rights = privileges & PRIVILEGES;

    if (privileges & ~(DWORD)(PRIVILEGES | LINEOPENOPTION_SINGLEADDRESS | LINEOPENOPTION_PROXY) ||
        (!rights && !(privileges & LINEOPENOPTION_PROXY)) ||
        (rights & LINECALLPRIVILEGE_NONE && rights != LINECALLPRIVILEGE_NONE))
        return ERR(INVALPRIVSELECT);
    if (rights & LINECALLPRIVILEGE_OWNER && !media_modes)
        return ERR(INVALMEDIAMODE);
    return 0;
}

/* LINEMAPPER: does the device suit what lpCallParams asks for? */
static bool device_suits(struct op *op, struct device *device)
{
    const LINECALLPARAMS *params = op_struct(op, 0, sizeof(LINECALLPARAMS));
    DWORD media_modes = params ? params->dwMediaMode : op_arg(op, 6);
    DWORD bearer_mode = params ? params->dwBearerMode : 0;

    if (device_learn_caps(device))
        return false;
    if (media_modes & ~device->media_modes || bearer_mode & ~device->bearer_modes)
        return false;
    return true;
}

static LONG find_device(struct op *op, uint64_t id)
{
    struct device *device;
    LONG result;

    if ((uint32_t)id != LINEMAPPER) {
        result = device_find(id, &device);
        if (!result)
            op_pin_device(op, device);
        return result;
    }
    for (DWORD i = 0; i < engine.num_devices; i++) {
        struct provider *provider;
        bool suits;

        if (device_find(i, &device))
            continue;
        provider = device->provider;
        provider->users++;
        suits = device_suits(op, device);
        provider_release(provider);
        if (suits) {
            op_pin_device(op, device);
            return 0;
        }
    }
    return ERR(LINEMAPPERFAILED);
}

static struct line *line_new(struct op *op, struct app *app)
{
    struct line *line = mem_alloc(sizeof(*line));

    if (!line)
        return NULL;
    line->handle = handle_new(&engine.handles, HANDLE_LINE, line);
    if (!line->handle) {
        mem_free(line);
        return NULL;
    }
    line->app = app;
    line->device = op->device;
    line->version = op_arg(op, 2);
    line->ext_version = op_arg(op, 3);
    line->instance = op->request->arg[4];
    line->privileges = op_arg(op, 5);
    line->media_modes = line->privileges & LINECALLPRIVILEGE_OWNER ? op_arg(op, 6) : 0;
    if (line->privileges & LINEOPENOPTION_SINGLEADDRESS) {
        const LINECALLPARAMS *params = op_struct(op, 0, sizeof(LINECALLPARAMS));

        line->address_id = params ? params->dwAddressID : 0;
    }
    list_init(&line->clients);
    list_init(&line->msps);
    list_append(&app->lines, &line->by_app);
    list_append(&op->device->lines, &line->by_device);
    engine.lines++;
    return line;
}

/* A device has one extension version at a time; the first line that asks for one decides. */
static LONG select_extension(struct device *device, DWORD version)
{
    LONG result;

    if (!version || device->ext_version == version)
        return 0;
    if (device->ext_version)
        return ERR(INCOMPATIBLEEXTVERSION);
    engine_unlock();
    result = HOST_CALL(device->provider->host, lineSelectExtVersion, device->hd, version);
    engine_lock();
    if (!result)
        device->ext_version = version;
    return result == ERR(OPERATIONUNAVAIL) ? ERR(INCOMPATIBLEEXTVERSION) : result;
}

LONG op_line_open(struct op *op)
{
    DWORD version = op_arg(op, 2), privileges = op_arg(op, 5), media_modes = op_arg(op, 6), types;
    uint32_t app_handle = op->app->handle, handle;
    struct device *device;
    struct line *line;
    LONG result = check_privileges(privileges, media_modes);

    if (result)
        return result;
    if (version < ENGINE_API_LOW || version > ENGINE_API_HIGH)
        return ERR(INCOMPATIBLEAPIVERSION);
    result = proxy_check(op, &types);
    if (result)
        return result;
    result = find_device(op, op->request->arg[1]);
    if (result)
        return result;
    device = op->device;
    result = device_learn_caps(device);
    if (result)
        return result;
    if (privileges & LINECALLPRIVILEGE_OWNER && media_modes & ~device->media_modes)
        return ERR(INVALMEDIAMODE);
    result = device_open(device); /* one more use, released below */
    if (result)
        return result;
    op->app = app_find(op->session, app_handle);
    line = op->app ? line_new(op, op->app) : NULL;
    if (!line) {
        result = op->app ? ERR(NOMEM) : ERR(INVALAPPHANDLE);
        goto done;
    }
    handle = line->handle;
    result = select_extension(device, line->ext_version);
    if (!result)
        result = device_update_detection(device);
    line = line_find(op->session, handle); /* it may have been closed meanwhile */
    if (!line) {
        result = result ? result : ERR(OPERATIONFAILED);
        goto done;
    }
    if (!result)
        result = proxy_register(line, types);
    if (result) {
        line_destroy(line, true);
        goto done;
    }
    op->reply->out[0] = handle;
    op->reply->out[1] = device->id;
    op->reply->api_version = version;
    post_line_state(device, LINEDEVSTATE_OPEN, 0, 0);
done:
    device_close_if_unused(device);
    device_release(device);
    return result;
}

/* ---- closing ---- */

void line_destroy(struct line *line, bool drop)
{
    proxy_leave(line);
    while (!list_empty(&line->clients)) {
        struct call_client *client = list_entry(line->clients.next, struct call_client, by_line);
        struct call *call = client->call;

        if (drop && !call->pending && client->privilege == LINECALLPRIVILEGE_OWNER &&
            call_owners(call) == 1)
            call_want_drop(call);
        client_leave(client);
    }
    while (!list_empty(&line->msps))
        msp_want_close(list_entry(line->msps.next, struct msp, by_line));
    list_remove(&line->by_app);
    list_remove(&line->by_device);
    handle_free(&engine.handles, line->handle, HANDLE_LINE);
    engine.lines--;
    mem_free(line);
}

LONG op_line_close(struct op *op)
{
    struct device *device = op->device;

    line_destroy(op->line, true);
    op->line = NULL;
    post_line_state(device, LINEDEVSTATE_CLOSE, 0, 0);
    if (!list_empty(&device->lines)) {
        device_update_detection(device);
        device_update_status_messages(device);
    }
    device_close_if_unused(device);
    return 0;
}

/* ---- small settings ---- */

LONG op_line_set_status_messages(struct op *op)
{
    op->line->line_states = op_arg(op, 1);
    op->line->address_states = op_arg(op, 2);
    return device_update_status_messages(op->device);
}

LONG op_line_get_status_messages(struct op *op)
{
    op->reply->out[0] = op->line->line_states;
    op->reply->out[1] = op->line->address_states;
    return 0;
}

LONG op_line_set_num_rings(struct op *op)
{
    if (op->device->caps_known && op_arg(op, 1) >= op->device->num_addresses)
        return ERR(INVALADDRESSID);
    op->line->rings = op_arg(op, 2);
    return 0;
}

/* The toll-saver: the smallest number that any application asked for. */
LONG op_line_get_num_rings(struct op *op)
{
    DWORD least = 0;

    if (op->device->caps_known && op_arg(op, 1) >= op->device->num_addresses)
        return ERR(INVALADDRESSID);
    LIST_EACH(line, &op->device->lines, struct line, by_device)
    {
        if (line->rings && (!least || line->rings < least))
            least = line->rings;
    }
    op->reply->out[0] = least;
    return 0;
}

LONG op_line_set_line_dev_status(struct op *op)
{
    return OP_CALL(op, lineSetLineDevStatus, op->id, op->hd_line, op_arg(op, 1), op_arg(op, 2));
}

LONG op_line_get_address_id(struct op *op)
{
    const WCHAR *address = op_text(op, 0);
    DWORD id = 0;
    LONG result;

    if (op_arg(op, 1) != LINEADDRESSMODE_DIALABLEADDR)
        return ERR(INVALADDRESSMODE);
    if (!address)
        return ERR(INVALPOINTER);
    result =
        OP_CALL(op, lineGetAddressID, op->hd_line, &id, op_arg(op, 1), address, op_in_size(op, 0));
    op->reply->out[0] = id;
    return result;
}

LONG op_line_dev_specific(struct op *op)
{
    return OP_CALL(op, lineDevSpecific, op->id, op->hd_line, op_arg(op, 1), op->hd_second,
                   op->async->data, op->async->size);
}

LONG op_line_dev_specific_feature(struct op *op)
{
    return OP_CALL(op, lineDevSpecificFeature, op->id, op->hd_line, op_arg(op, 1), op->async->data,
                   op->async->size);
}

LONG op_line_set_terminal(struct op *op)
{
    return OP_CALL(op, lineSetTerminal, op->id, op->hd_line, op_arg(op, 1), op->hd_call,
                   op_arg(op, 3), op_arg(op, 4), op_arg(op, 5), op_arg(op, 6));
}

LONG op_line_set_media_control(struct op *op)
{
    return OP_CALL(op, lineSetMediaControl, op->hd_line, op_arg(op, 1), op->hd_call, op_arg(op, 3),
                   (LPLINEMEDIACONTROLDIGIT)op_in(op, 0),
                   op_in_size(op, 0) / (DWORD)sizeof(LINEMEDIACONTROLDIGIT),
                   (LPLINEMEDIACONTROLMEDIA)op_in(op, 1),
                   op_in_size(op, 1) / (DWORD)sizeof(LINEMEDIACONTROLMEDIA),
                   (LPLINEMEDIACONTROLTONE)op_in(op, 2),
                   op_in_size(op, 2) / (DWORD)sizeof(LINEMEDIACONTROLTONE),
                   (LPLINEMEDIACONTROLCALLSTATE)op_in(op, 3),
                   op_in_size(op, 3) / (DWORD)sizeof(LINEMEDIACONTROLCALLSTATE));
}
