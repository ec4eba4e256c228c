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

/* A version that there is, and not above what the application agreed on for this device. One that
 * negotiated for another device alone, or lets TAPI choose the device, may open all the same. */
static LONG check_version(const struct app *app, const struct device *device, DWORD version)
{
    DWORD agreed = device->id < app->versions_count ? app->versions[device->id] : 0;

    if (!version || api_version_in(version, version) != version || (agreed && version > agreed))
        return ERR(INCOMPATIBLEAPIVERSION);
    return 0;
}

/* LINEOPENOPTION_SINGLEADDRESS: lpCallParams names the address by its ID. Leaves the lock. */
static LONG check_single_address(struct op *op, struct device *device)
{
    const LINECALLPARAMS *params = op_struct(op, 0, sizeof(LINECALLPARAMS));

    if (!(op_arg(op, 5) & LINEOPENOPTION_SINGLEADDRESS))
        return 0;
    if (!params || params->dwAddressMode != LINEADDRESSMODE_ADDRESSID)
        return ERR(INVALADDRESSID);
    return device_check_address(device, params->dwAddressID);
}

/* LINEMAPPER: can the device do what lpCallParams asks for, and detect the media modes? */
static bool device_suits(struct op *op, struct device *device)
{
    const LINECALLPARAMS *params = op_struct(op, 0, sizeof(LINECALLPARAMS));
    DWORD media_modes = op_arg(op, 5) & LINECALLPRIVILEGE_OWNER ? op_arg(op, 6) : 0;

    if (device_learn_caps(device))
        return false;
    if (params) {
        media_modes |= params->dwMediaMode;
        if (params->dwBearerMode & ~device->bearer_modes ||
            (device->max_rate && params->dwMinRate > device->max_rate) ||
            (params->dwAddressMode == LINEADDRESSMODE_ADDRESSID &&
             params->dwAddressID >= device->num_addresses))
            return false;
    }
    return !(media_modes & ~device->media_modes);
}

/* What only the provider knows: with TSPI_lineConditionalMediaDetection it accepts the call
 * parameters together with the media modes of all applications, or changes nothing. The device is
 * open and pinned. Leaves the lock. */
static bool device_agrees(struct op *op, struct device *device)
{
    DWORD modes = device_wanted_modes(device);
    LONG result;

    if (op_arg(op, 5) & LINECALLPRIVILEGE_OWNER)
        modes |= op_arg(op, 6);
    engine_unlock();
    result = HOST_CALL(device->provider->host, lineConditionalMediaDetection, device->hd, modes,
                       (LPLINECALLPARAMS)op_struct(op, 0, sizeof(LINECALLPARAMS)));
    engine_lock();
    if (!result)
        device->detecting = modes;
    return !result || result == ERR(OPERATIONUNAVAIL);
}

/* The first device that takes the call parameters is left pinned and open, with one use more. */
static LONG map_device(struct op *op)
{
    for (DWORD i = 0; i < engine.num_devices; i++) {
        struct device *device;
        struct provider *provider;

        if (device_find(i, &device))
            continue;
        provider = device->provider;
        provider->users++;
        device->users++;
        if (device_suits(op, device) && !device_open(device)) {
            if (device_agrees(op, device)) {
                op_pin_device(op, device);
                device_release(device);
                provider_release(provider);
                return 0;
            }
            device_close_if_unused(device);
            device_release(device);
        }
        device_release(device);
        provider_release(provider);
        provider_settle(provider);
    }
    return ERR(LINEMAPPERFAILED);
}

/* Pins the device that dwDeviceID means, and opens it at the provider for one use more. */
static LONG open_device(struct op *op)
{
    DWORD privileges = op_arg(op, 5), media_modes = op_arg(op, 6);
    bool map = op_arg(op, 1) == LINEMAPPER;
    struct device *device;
    LONG result = map ? map_device(op) : device_find(op->request->arg[1], &device);

    if (result)
        return result;
    if (map) {
        device = op->device;
    } else {
        op_pin_device(op, device);
        result = device_learn_caps(device);
        /* Probing for the mode is not a mode of its own that a device must have. */
        if (!result && privileges & LINECALLPRIVILEGE_OWNER &&
            media_modes & ~(device->media_modes | LINEMEDIAMODE_UNKNOWN))
            result = ERR(INVALMEDIAMODE);
        if (!result)
            result = device_open(device);
        if (result)
            return result;
    }
    result = check_single_address(op, device);
    if (result) {
        device_close_if_unused(device);
        device_release(device);
    }
    return result;
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
    list_init(&line->rings);
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
    DWORD version = op_arg(op, 2), types;
    uint32_t app_handle = op->app->handle, handle;
    struct device *device;
    struct line *line;
    LONG result = check_privileges(op_arg(op, 5), op_arg(op, 6));

    if (!result && engine.reinit)
        result = ERR(REINIT);
    if (!result)
        result = proxy_check(op, &types);
    if (!result)
        result = open_device(op); /* one more use, released below */
    if (result)
        return result;
    device = op->device;
    op->app = app_find(op->session, app_handle);
    result = op->app ? check_version(op->app, device, version) : ERR(INVALAPPHANDLE);
    if (result)
        goto done;
    line = line_new(op, op->app);
    if (!line) {
        result = ERR(NOMEM);
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
    device_begun(device);
    device_close_if_unused(device);
    device_release(device);
    return result;
}

/* ---- closing ---- */

void line_destroy(struct line *line, bool drop)
{
    struct list *rings;

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
    while ((rings = list_pop(&line->rings)))
        mem_free(list_entry(rings, struct rings, by_line));
    list_remove(&line->by_app);
    list_remove(&line->by_device);
    device_want_tuning(line->device);
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
    device_close_if_unused(device);
    return 0;
}

/* ---- small settings ---- */

#define LINE_STATES    (2 * LINEDEVSTATE_REMOVED - 1)
#define ADDRESS_STATES (2 * LINEADDRESSSTATE_CAPSCHANGE - 1)

LONG op_line_set_status_messages(struct op *op)
{
    DWORD lines = op->line->line_states, addresses = op->line->address_states;
    LONG result;

    if (op_arg(op, 1) & ~(DWORD)LINE_STATES)
        return ERR(INVALLINESTATE);
    if (op_arg(op, 2) & ~(DWORD)ADDRESS_STATES)
        return ERR(INVALADDRESSSTATE);
    op->line->line_states = op_arg(op, 1);
    op->line->address_states = op_arg(op, 2);
    result = device_update_status_messages(op->device);
    if (result && (op->line = line_find(op->session, op->request->arg[0]))) {
        op->line->line_states = lines;
        op->line->address_states = addresses;
    }
    return result;
}

LONG op_line_get_status_messages(struct op *op)
{
    op->reply->out[0] = op->line->line_states;
    op->reply->out[1] = op->line->address_states;
    return 0;
}

LONG op_line_set_num_rings(struct op *op)
{
    LONG result = device_check_address(op->device, op_arg(op, 1));
    struct rings *rings;

    if (result)
        return result;
    op->line = line_find(op->session, op->request->arg[0]);
    if (!op->line)
        return ERR(INVALLINEHANDLE);
    LIST_EACH(each, &op->line->rings, struct rings, by_line)
    {
        if (each->address_id == op_arg(op, 1)) {
            each->count = op_arg(op, 2);
            return 0;
        }
    }
    rings = mem_alloc(sizeof(*rings));
    if (!rings)
        return ERR(NOMEM);
    rings->address_id = op_arg(op, 1);
    rings->count = op_arg(op, 2);
    list_append(&op->line->rings, &rings->by_line);
    return 0;
}

/* The toll-saver: the smallest number that any application asked for. */
LONG op_line_get_num_rings(struct op *op)
{
    LONG result = device_check_address(op->device, op_arg(op, 1));
    DWORD least = 0;

    if (result)
        return result;
    LIST_EACH(line, &op->device->lines, struct line, by_device)
    {
        LIST_EACH(rings, &line->rings, struct rings, by_line)
        {
            if (rings->address_id == op_arg(op, 1) && rings->count &&
                (!least || rings->count < least))
                least = rings->count;
        }
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

LONG check_selected_address(const struct op *op)
{
    LONG result;

    if (op_arg(op, 3) != LINECALLSELECT_ADDRESS)
        return 0;
    engine_lock();
    result = device_check_address(op->device, op_arg(op, 1));
    engine_unlock();
    return result;
}

LONG op_line_set_terminal(struct op *op)
{
    LONG result = check_selected_address(op);

    if (result)
        return result;
    return OP_CALL(op, lineSetTerminal, op->id, op->hd_line, op_arg(op, 1), op->hd_call,
                   op_arg(op, 3), op_arg(op, 4), op_arg(op, 5), op_arg(op, 6));
}

LONG op_line_set_media_control(struct op *op)
{
    LONG result = check_selected_address(op);

    if (result)
        return result;
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
