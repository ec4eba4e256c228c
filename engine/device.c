/* device.c - line devices: one TSPI_lineOpen each, shared by every application. */
#include "engine/private.h"

LONG device_find(uint64_t id, struct device **device)
{
    *device = NULL;
    if (id >= engine.num_devices)
        return ERR(BADDEVICEID);
    if (engine.devices[id]->removed)
        return ERR(NODEVICE);
    if (!engine.devices[id]->version)
        return ERR(INCOMPATIBLEAPIVERSION);
    *device = engine.devices[id];
    return 0;
}

static void device_schedule(struct device *device)
{
    if (device->close_wanted && !device->users && device->state == DEVICE_OPEN)
        chore_add(device->provider, &device->chore, CHORE_DEVICE);
}

void device_release(struct device *device)
{
    device->users--;
    device_schedule(device);
}

/* Opens the device for its first line. */
static LONG open_now(struct device *device)
{
    struct host_provider *host = device->provider->host;
    HDRVLINE hd = NULL;
    uint32_t handle = handle_new(&engine.handles, HANDLE_DEVICE, device);
    LONG result;

    if (!handle)
        return ERR(NOMEM);
    device->state = DEVICE_OPENING;
    device->handle = handle;
    device->provider->users++;
    engine_unlock();
    result = HOST_CALL(host, lineOpen, device->id, (HTAPILINE)(UINT_PTR)handle, &hd,
                       device->version, provider_callbacks.line_event);
    engine_lock();
    if (result) {
        while (!list_empty(&device->calls)) /* it said LINE_NEWCALL and then refused */
            call_destroy(list_entry(device->calls.next, struct call, by_device));
        handle_free(&engine.handles, handle, HANDLE_DEVICE);
        device->handle = 0;
        device->state = DEVICE_CLOSED;
        provider_release(device->provider);
    } else {
        device->hd = hd;
        device->state = DEVICE_OPEN;
        device->detecting = 0;
        device->line_states = device->address_states = 0;
        device->ext_version = 0;
    }
    condition_wake_all(&engine.changed);
    return result > 0 ? ERR(OPERATIONFAILED) : result;
}

LONG device_open(struct device *device)
{
    LONG result = 0;

    for (;;) {
        if (device->state == DEVICE_OPEN && !device->close_wanted)
            break;
        if (device->state == DEVICE_CLOSED) {
            result = open_now(device);
            if (result)
                return result;
            continue;
        }
        /* Another thread opens or closes it, inside the provider. From inside of it ourselves
         * nobody could end that wait. */
        if (host_inside())
            return ERR(RESOURCEUNAVAIL);
        /* Our own pin must not be what the close waits for. */
        device_release(device);
        provider_settle(device->provider);
        if (device->state == DEVICE_OPENING || device->state == DEVICE_CLOSING ||
            device->close_wanted)
            condition_wait(&engine.changed, &engine.lock, INFINITE);
        device->users++;
        if (device->removed)
            return ERR(NODEVICE);
    }
    device->users++;
    return 0;
}

void device_close_if_unused(struct device *device)
{
    if (!list_empty(&device->lines) || device->state != DEVICE_OPEN || device->close_wanted)
        return;
    device->close_wanted = true;
    handle_free(&engine.handles, device->handle, HANDLE_DEVICE);
    device->handle = 0;
    LIST_EACH_SAFE(call, next, &device->calls, struct call, by_device)
    {
        if (!call->pending)
            call_want_close(call);
    }
    device_schedule(device);
}

/* ---- capabilities the engine itself needs ---- */

static LONG call_dev_caps(void *context, void *buffer)
{
    struct device *device = context;

    return HOST_CALL(device->provider->host, lineGetDevCaps, device->id, device->version, 0,
                     buffer);
}

LONG device_learn_caps(struct device *device)
{
    void *data;
    uint32_t size;
    LONG result;

    if (device->caps_known)
        return 0;
    engine_unlock();
    result = fetch_struct(STRUCT_LINEDEVCAPS, device->version, call_dev_caps, device, &data, &size);
    engine_lock();
    if (result)
        return result;
    if (size >= sizeof(LINEDEVCAPS)) {
        const LINEDEVCAPS *caps = data;

        device->media_modes = caps->dwMediaModes;
        device->bearer_modes = caps->dwBearerModes;
        device->num_addresses = caps->dwNumAddresses;
        device->caps_known = true;
    }
    free(data);
    return 0;
}

/* ---- what the provider is told about all lines together ---- */

LONG device_update_detection(struct device *device)
{
    DWORD modes = 0;
    LONG result = 0;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        if (line->privileges & LINECALLPRIVILEGE_OWNER)
            modes |= line->media_modes;
    }
    if (modes == device->detecting || device->state != DEVICE_OPEN)
        return 0;
    device->detecting = modes;
    if (!device->provider->host->tspi.lineSetDefaultMediaDetection)
        return 0;
    engine_unlock();
    result = HOST_CALL(device->provider->host, lineSetDefaultMediaDetection, device->hd, modes);
    engine_lock();
    return result > 0 ? ERR(OPERATIONFAILED) : result;
}

LONG device_update_status_messages(struct device *device)
{
    DWORD lines = 0, addresses = 0;
    LONG result;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        lines |= line->line_states;
        addresses |= line->address_states;
    }
    if ((lines == device->line_states && addresses == device->address_states) ||
        device->state != DEVICE_OPEN)
        return 0;
    device->line_states = lines;
    device->address_states = addresses;
    if (!device->provider->host->tspi.lineSetStatusMessages)
        return 0;
    engine_unlock();
    result = HOST_CALL(device->provider->host, lineSetStatusMessages, device->hd, lines, addresses);
    engine_lock();
    return result > 0 ? ERR(OPERATIONFAILED) : result;
}

/* ---- forced by the provider ---- */

void device_forced_close(struct device *device)
{
    LIST_EACH_SAFE(line, next, &device->lines, struct line, by_device)
    {
        post_line(line, LINE_CLOSE, 0, 0, 0);
        line_destroy(line, false); /* the provider has dropped them */
    }
    device_close_if_unused(device);
}

void device_remove(struct device *device)
{
    if (device->removed)
        return;
    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        if (line->app->version < 0x00020000)
            post_line(line, LINE_LINEDEVSTATE, LINEDEVSTATE_REMOVED, 0, 0);
    }
    device->removed = true;
    device_forced_close(device);
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (app->version >= 0x00020000)
                post_app(app, 0, LINE_REMOVE, 0, device->id, 0, 0);
        }
    }
    condition_wake_all(&engine.changed);
}

LONG op_line_get_provider(struct op *op)
{
    const WCHAR *file = op->device->provider->host->entry.file;
    uint32_t size = (uint32_t)((wcslen(file) + 1) * sizeof(*file));

    if (!(op->reply->data = malloc(size)))
        return ERR(NOMEM);
    op->reply->size = size;
    memcpy(op->reply->data, file, size);
    return 0;
}
