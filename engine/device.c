/* device.c - devices: one TSPI_lineOpen or TSPI_phoneOpen each, shared by every application; and
 * what line devices have of their own (phone_device.c has the phones' part). */
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

static unsigned handle_type(const struct device *device)
{
    return device->phone ? HANDLE_PHONE_DEVICE : HANDLE_DEVICE;
}

/* Without the lock. */
static LONG open_at_provider(struct device *device, uint32_t handle, HDRVLINE *line,
                             HDRVPHONE *phone)
{
    struct host_provider *host = device->provider->host;

    if (device->phone)
        return HOST_CALL(host, phoneOpen, device->id, (HTAPIPHONE)(UINT_PTR)handle, phone,
                         device->version, provider_callbacks.phone_event);
    return HOST_CALL(host, lineOpen, device->id, (HTAPILINE)(UINT_PTR)handle, line, device->version,
                     provider_callbacks.line_event);
}

/* Opens the device for its first line or phone. */
static LONG open_now(struct device *device)
{
    HDRVLINE hd = NULL;
    HDRVPHONE hd_phone = NULL;
    uint32_t handle = handle_new(&engine.handles, handle_type(device), device);
    LONG result;

    if (!handle)
        return ERR(NOMEM);
    device->state = DEVICE_OPENING;
    device->beginning = true;
    device->handle = handle;
    device->provider->users++;
    engine_unlock();
    result = open_at_provider(device, handle, &hd, &hd_phone);
    engine_lock();
    if (result) {
        while (!list_empty(&device->calls)) /* it said LINE_NEWCALL and then refused */
            call_destroy(list_entry(device->calls.next, struct call, by_device));
        handle_free(&engine.handles, handle, handle_type(device));
        device->handle = 0;
        device->state = DEVICE_CLOSED;
        device_begun(device); /* its words find nobody */
        provider_release(device->provider);
    } else {
        if (device->phone)
            device->hd_phone = hd_phone;
        else
            device->hd = hd;
        device->state = DEVICE_OPEN;
        device->detecting = 0;
        device->phone_states = device->button_modes = device->button_states = 0;
        device->line_states = device->address_states = 0;
        device->ext_version = 0;
        device->hub_tracking = LINECALLHUBTRACKING_NONE;
    }
    condition_wake_all(&engine.changed);
    return result > 0 ? ERR(OPERATIONFAILED) : result;
}

void device_begun(struct device *device)
{
    device->beginning = false;
    events_resume(device);
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
    if (!list_empty(&device->lines) || !list_empty(&device->phones) ||
        device->state != DEVICE_OPEN || device->close_wanted)
        return;
    device->close_wanted = true;
    handle_free(&engine.handles, device->handle, handle_type(device));
    device->handle = 0;
    device_begun(device);
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
        device->max_rate = caps->dwMaxRate;
        device->caps_known = true;
    }
    free(data);
    return 0;
}

/* ---- what the provider is told about all lines together ---- */

DWORD device_wanted_modes(const struct device *device)
{
    DWORD modes = 0;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        if (line->privileges & LINECALLPRIVILEGE_OWNER)
            modes |= line->media_modes;
    }
    return modes;
}

/* One thread at a time tells the provider, and tells what has become of it meanwhile too: so the
 * last word is the right one, and no thread waits for another inside the provider. */
LONG device_update_detection(struct device *device)
{
    LONG result = 0;

    if (device->telling || !device->provider->host->tspi.lineSetDefaultMediaDetection)
        return 0;
    device->telling = true;
    while (!result && device->state == DEVICE_OPEN && !device->close_wanted) {
        DWORD modes = device_wanted_modes(device);

        if (modes == device->detecting)
            break;
        engine_unlock();
        result = HOST_CALL(device->provider->host, lineSetDefaultMediaDetection, device->hd, modes);
        engine_lock();
        if (!result)
            device->detecting = modes;
    }
    device->telling = false;
    return result > 0 ? ERR(OPERATIONFAILED) : result;
}

LONG device_update_status_messages(struct device *device)
{
    DWORD lines = 0, addresses = 0, old_lines, old_addresses;
    LONG result;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        lines |= line->line_states;
        addresses |= line->address_states;
    }
    old_lines = device->line_states;
    old_addresses = device->address_states;
    if ((lines == old_lines && addresses == old_addresses) || device->state != DEVICE_OPEN)
        return 0;
    device->line_states = lines;
    device->address_states = addresses;
    if (!device->provider->host->tspi.lineSetStatusMessages)
        return 0;
    engine_unlock();
    result = HOST_CALL(device->provider->host, lineSetStatusMessages, device->hd, lines, addresses);
    engine_lock();
    if (result && device->line_states == lines && device->address_states == addresses) {
        device->line_states = old_lines;
        device->address_states = old_addresses;
    }
    return result > 0 ? ERR(OPERATIONFAILED) : result;
}

/* Nobody uses the extensions any more: version 0 ends the selection (tspi-versioning.md). */
static void end_extension(struct device *device)
{
    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        if (line->ext_version)
            return;
    }
    if (!device->ext_version)
        return;
    device->ext_version = 0;
    engine_unlock();
    HOST_CALL(device->provider->host, lineSelectExtVersion, device->hd, 0);
    engine_lock();
    if (device->ext_version) { /* somebody came just then, and may have been told first */
        DWORD version = device->ext_version;

        engine_unlock();
        HOST_CALL(device->provider->host, lineSelectExtVersion, device->hd, version);
        engine_lock();
    }
}

void device_want_tuning(struct device *device)
{
    if (device->state == DEVICE_OPEN && !device->close_wanted)
        chore_add(device->provider, &device->tuning, CHORE_TUNE);
}

void device_tune(struct device *device)
{
    if (device->state != DEVICE_OPEN || device->close_wanted)
        return;
    if (device->phone) {
        phone_device_tune(device);
        return;
    }
    if (list_empty(&device->lines))
        return;
    device->users++;
    device_update_detection(device);
    device_update_status_messages(device);
    end_extension(device);
    device_release(device);
}

/* TSPI_lineGetNumAddressIDs says what an open line has; the capabilities where it is lacking. */
LONG device_check_address(struct device *device, DWORD address)
{
    DWORD count = 0;
    LONG result = device_learn_caps(device);

    if (device->state == DEVICE_OPEN && device->provider->host->tspi.lineGetNumAddressIDs) {
        LONG asked;

        engine_unlock();
        asked = HOST_CALL(device->provider->host, lineGetNumAddressIDs, device->hd, &count);
        engine_lock();
        if (!asked)
            return address < count ? 0 : ERR(INVALADDRESSID);
    }
    if (result)
        return result;
    return !device->caps_known || address < device->num_addresses ? 0 : ERR(INVALADDRESSID);
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
        if (line->app->version < 0x00020000 && line->version >= 0x00010004)
            post_line(line, LINE_LINEDEVSTATE, LINEDEVSTATE_REMOVED, 0, 0);
    }
    device->removed = true;
    device_forced_close(device);
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (!app->phone && app->version >= 0x00020000)
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
