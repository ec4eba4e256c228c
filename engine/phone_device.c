/* phone_device.c - what phone devices have of their own beside device.c: what their provider says,
 * and what it is told on behalf of all phones together. */
#include "engine/private.h"

#define PERR(name) ((LONG)PHONEERR_##name)

/* States that TAPI itself knows best. */
#define OWN_STATES (PHONESTATE_OWNER | PHONESTATE_MONITORS | PHONESTATE_REINIT)

bool phone_message(DWORD message)
{
    switch (message) {
    case PHONE_BUTTON:
    case PHONE_CLOSE:
    case PHONE_DEVSPECIFIC:
    case PHONE_STATE:
        return true;
    default:
        return false;
    }
}

LONG phone_device_find(uint64_t id, struct device **device)
{
    *device = NULL;
    if (id >= engine.num_phones)
        return PERR(BADDEVICEID);
    if (engine.phone_devices[id]->removed)
        return PERR(NODEVICE);
    if (!engine.phone_devices[id]->version)
        return PERR(INCOMPATIBLEAPIVERSION);
    *device = engine.phone_devices[id];
    return 0;
}

/* ---- to the applications ---- */

/* An application that knows nothing newer has to start again; the message names no phone. */
static void post_reinit(const struct app *app, uint64_t p2, uint64_t p3)
{
    post_app(app, 0, PHONE_STATE, 0, PHONESTATE_REINIT, p2, p3);
}

static void post_reinit_to_all(void)
{
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (app->phone)
                post_reinit(app, 0, 0);
        }
    }
}

void post_phone_state(struct device *device, DWORD states, DWORD detail)
{
    if (states & PHONESTATE_REINIT)
        post_reinit_to_all();
    LIST_EACH(phone, &device->phones, struct phone, by_device)
    {
        DWORD wanted = phone->states & states & ~(DWORD)PHONESTATE_REINIT;

        /* phonestate--constants.md: it is of TAPI 1.4. */
        if (states & PHONESTATE_CAPSCHANGE && phone->version < 0x00010004) {
            post_reinit(phone->app, 0, 0);
            wanted &= ~(DWORD)PHONESTATE_CAPSCHANGE;
        }
        /* phone-state.md: the detail belongs to a state that comes alone. */
        if (wanted)
            post_phone(phone, PHONE_STATE, wanted, states & (states - 1) ? 0 : detail, 0);
    }
}

static void post_button(struct device *device, const DWORD_PTR *p)
{
    LIST_EACH(phone, &device->phones, struct phone, by_device)
    {
        if (phone->button_modes & p[1] && phone->button_states & p[2])
            post_phone(phone, PHONE_BUTTON, p[0], p[1], p[2]);
    }
}

/* ---- from the provider ---- */

static void forced_close(struct device *device)
{
    LIST_EACH_SAFE(phone, next, &device->phones, struct phone, by_device)
    {
        post_phone(phone, PHONE_CLOSE, 0, 0, 0);
        phone->states = 0; /* it is not told of its own end */
        phone_destroy(phone);
    }
    device_close_if_unused(device);
}

void phone_device_event(struct device *device, const struct event *event)
{
    const DWORD_PTR *p = event->param;

    switch (event->message) {
    case PHONE_BUTTON:
        post_button(device, p);
        break;
    case PHONE_STATE:
        post_phone_state(device, (DWORD)p[0] & ~(DWORD)(PHONESTATE_OWNER | PHONESTATE_MONITORS),
                         (DWORD)p[1]);
        break;
    case PHONE_DEVSPECIFIC:
        LIST_EACH(phone, &device->phones, struct phone, by_device)
        post_phone(phone, PHONE_DEVSPECIFIC, p[0], p[1], p[2]);
        break;
    case PHONE_CLOSE:
        forced_close(device);
        break;
    }
}

void phone_device_created(struct device *device)
{
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (!app->phone)
                continue;
            if (app->version >= 0x00010004)
                post_app(app, 0, PHONE_CREATE, 0, device->id, 0, 0);
            else
                post_reinit(app, PHONE_CREATE, device->id);
        }
    }
}

/* phone-remove.md: the order of these messages, and who gets which. */
void phone_device_remove(struct device *device)
{
    if (device->removed)
        return;
    device->removed = true;
    LIST_EACH(phone, &device->phones, struct phone, by_device)
    {
        if (phone->version < 0x00020000)
            post_phone(phone, PHONE_STATE, PHONESTATE_REMOVED, 0, 0);
    }
    forced_close(device);
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (app->phone && app->version >= 0x00020000)
                post_app(app, 0, PHONE_REMOVE, 0, device->id, 0, 0);
        }
    }
    condition_wake_all(&engine.changed);
}

/* ---- to the provider ---- */

LONG phone_device_update_status_messages(struct device *device)
{
    DWORD states = 0, modes = 0, presses = 0;
    DWORD old_states = device->phone_states, old_modes = device->button_modes,
          old_presses = device->button_states;
    LONG result;

    LIST_EACH(phone, &device->phones, struct phone, by_device)
    {
        states |= phone->states & ~(DWORD)OWN_STATES;
        modes |= phone->button_modes;
        presses |= phone->button_states;
    }
    if (device->state != DEVICE_OPEN ||
        (states == old_states && modes == old_modes && presses == old_presses))
        return 0;
    device->phone_states = states;
    device->button_modes = modes;
    device->button_states = presses;
    if (!device->provider->host->tspi.phoneSetStatusMessages)
        return 0;
    engine_unlock();
    result = HOST_CALL(device->provider->host, phoneSetStatusMessages, device->hd_phone, states,
                       modes, presses);
    engine_lock();
    if (result && device->phone_states == states && device->button_modes == modes &&
        device->button_states == presses) {
        device->phone_states = old_states;
        device->button_modes = old_modes;
        device->button_states = old_presses;
    }
    return result > 0 ? PERR(OPERATIONFAILED) : result;
}

/* A phone device has one extension version at a time; the first phone that asks for one decides,
 * and 0 ends that. */
LONG phone_device_select_extension(struct device *device, DWORD version)
{
    LONG result;

    if (device->ext_version == version || device->state != DEVICE_OPEN)
        return 0;
    if (version && device->ext_version)
        return PERR(INCOMPATIBLEEXTVERSION);
    engine_unlock();
    result = HOST_CALL(device->provider->host, phoneSelectExtVersion, device->hd_phone, version);
    engine_lock();
    if (!result)
        device->ext_version = version;
    if (result == ERR(OPERATIONUNAVAIL) || result == PERR(OPERATIONUNAVAIL))
        return PERR(INCOMPATIBLEEXTVERSION);
    return result > 0 ? PERR(OPERATIONFAILED) : result;
}

/* What phones that have gone change for those that stay. */
void phone_device_tune(struct device *device)
{
    DWORD extensions = 0;

    if (list_empty(&device->phones))
        return;
    device->users++;
    phone_device_update_status_messages(device);
    LIST_EACH(phone, &device->phones, struct phone, by_device)
    extensions |= phone->ext_version;
    if (!extensions)
        phone_device_select_extension(device, 0);
    device_release(device);
}
