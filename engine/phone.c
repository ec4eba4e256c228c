/* phone.c - phones: an application's handle to an open phone device; who owns and who monitors it;
 * the application's life before that (phoneInitialize, versions). */
#include "engine/private.h"

#define PERR(name) ((LONG)PHONEERR_##name)

#define HIGHEST_STATE PHONESTATE_REMOVED
#define STATES        (HIGHEST_STATE | (HIGHEST_STATE - 1))
#define BUTTON_MODES                                                                               \
    (PHONEBUTTONMODE_DUMMY | PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE |                      \
     PHONEBUTTONMODE_KEYPAD | PHONEBUTTONMODE_LOCAL | PHONEBUTTONMODE_DISPLAY)
#define BUTTON_STATES                                                                              \
    (PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UNKNOWN |                      \
     PHONEBUTTONSTATE_UNAVAIL)

/* ---- applications ---- */

LONG op_phone_initialize(struct op *op)
{
    return app_start(op, true);
}

LONG op_phone_shutdown(struct op *op)
{
    return op_line_shutdown(op);
}

LONG op_phone_negotiate_api_version(struct op *op)
{
    DWORD low = op_arg(op, 2), high = op_arg(op, 3), version = api_version_in(low, high);
    PHONEEXTENSIONID extension;
    LONG result;

    if (low > high || !version)
        return PERR(INCOMPATIBLEAPIVERSION);
    if (!app_remember_version(op->app, op->device->id, version))
        return PERR(NOMEM);
    memset(&extension, 0, sizeof(extension));
    engine_unlock();
    result = OP_CALL(op, phoneGetExtensionID, op->device->id, op->device->version, &extension);
    engine_lock();
    /* The device is not there, for all that its provider knows. */
    if (result == PERR(NODRIVER) || result == PERR(NODEVICE))
        return result;
    if (result) /* no extensions: an ID of zeros says so */
        memset(&extension, 0, sizeof(extension));
    op->reply->data = malloc(sizeof(extension));
    if (!op->reply->data)
        return PERR(NOMEM);
    memcpy(op->reply->data, &extension, sizeof(extension));
    op->reply->size = sizeof(extension);
    op->reply->out[0] = version;
    op->reply->api_version = version;
    return 0;
}

LONG op_phone_negotiate_ext_version(struct op *op)
{
    DWORD api = op_arg(op, 2), low = op_arg(op, 3), high = op_arg(op, 4), version = 0;
    LONG result;

    if (!api || api_version_in(api, api) != api)
        return PERR(INCOMPATIBLEAPIVERSION);
    result = OP_CALL(op, phoneNegotiateExtVersion, op->device->id, op->device->version, low, high,
                     &version);
    if (!result && (version < low || version > high))
        result = PERR(INCOMPATIBLEEXTVERSION);
    op->reply->out[0] = result ? 0 : version;
    return result;
}

/* ---- phones ---- */

void post_phone(const struct phone *phone, DWORD message, uint64_t p1, uint64_t p2, uint64_t p3)
{
    post_app(phone->app, phone->handle, message, phone->instance, p1, p2, p3);
}

DWORD phone_count(const struct device *device, DWORD privilege)
{
    DWORD count = 0;

    LIST_EACH(phone, &device->phones, struct phone, by_device)
    count += phone->privilege == privilege;
    return count;
}

/* Owners or monitors have become more or less: those who have the phone open are told. */
static void tell_count(struct device *device, DWORD privilege)
{
    post_phone_state(device,
                     privilege == PHONEPRIVILEGE_OWNER ? PHONESTATE_OWNER : PHONESTATE_MONITORS,
                     phone_count(device, privilege));
}

static struct phone *phone_new(struct op *op, struct app *app)
{
    struct phone *phone = mem_alloc(sizeof(*phone));

    if (!phone)
        return NULL;
    phone->handle = handle_new(&engine.handles, HANDLE_PHONE, phone);
    if (!phone->handle) {
        mem_free(phone);
        return NULL;
    }
    phone->app = app;
    phone->device = op->device;
    phone->version = op_arg(op, 2);
    phone->ext_version = op_arg(op, 3);
    phone->instance = op->request->arg[4];
    phone->privilege = op_arg(op, 5);
    list_append(&app->phones, &phone->by_app);
    list_append(&op->device->phones, &phone->by_device);
    engine.phones++;
    return phone;
}

static void phone_free(struct phone *phone)
{
    list_remove(&phone->by_app);
    list_remove(&phone->by_device);
    handle_free(&engine.handles, phone->handle, HANDLE_PHONE);
    engine.phones--;
    mem_free(phone);
}

void phone_destroy(struct phone *phone)
{
    struct device *device = phone->device;
    DWORD privilege = phone->privilege;

    phone_free(phone);
    tell_count(device, privilege);
    device_want_tuning(device);
}

LONG op_phone_open(struct op *op)
{
    DWORD version = op_arg(op, 2), privilege = op_arg(op, 5);
    uint32_t app_handle = op->app->handle, handle;
    struct device *device;
    struct phone *phone;
    LONG result;

    if (privilege != PHONEPRIVILEGE_MONITOR && privilege != PHONEPRIVILEGE_OWNER)
        return PERR(INVALPRIVILEGE);
    if (version < ENGINE_API_LOW || version > ENGINE_API_HIGH)
        return PERR(INCOMPATIBLEAPIVERSION);
    result = phone_device_find(op->request->arg[1], &device);
    if (result)
        return result;
    op_pin_device(op, device);
    if (privilege == PHONEPRIVILEGE_OWNER && phone_count(device, PHONEPRIVILEGE_OWNER))
        return PERR(INUSE);
    result = device_open(device); /* one more use, released below */
    if (result)
        return result;
    op->app = phone_app_find(op->session, app_handle);
    if (!op->app || device->removed) {
        result = op->app ? PERR(NODEVICE) : PERR(INVALAPPHANDLE);
        goto done;
    }
    /* Another application may have been faster. */
    if (privilege == PHONEPRIVILEGE_OWNER && phone_count(device, PHONEPRIVILEGE_OWNER)) {
        result = PERR(INUSE);
        goto done;
    }
    phone = phone_new(op, op->app);
    if (!phone) {
        result = PERR(NOMEM);
        goto done;
    }
    handle = phone->handle;
    if (phone->ext_version)
        result = phone_device_select_extension(device, phone->ext_version);
    phone = phone_find(op->session, handle); /* it may have been closed meanwhile */
    if (!phone) {
        result = result ? result : PERR(OPERATIONFAILED);
        goto done;
    }
    if (result) {
        phone_free(phone); /* nobody has heard of it */
        goto done;
    }
    op->reply->out[0] = handle;
    op->reply->api_version = version;
    tell_count(device, privilege);
done:
    device_begun(device);
    device_close_if_unused(device);
    device_release(device);
    return result;
}

LONG op_phone_close(struct op *op)
{
    struct device *device = op->device;

    phone_destroy(op->phone);
    op->phone = NULL;
    device_close_if_unused(device);
    return 0;
}

/* ---- which messages ---- */

LONG op_phone_set_status_messages(struct op *op)
{
    DWORD states = op_arg(op, 1), modes = op_arg(op, 2), presses = op_arg(op, 3);
    uint32_t handle = op->phone->handle;
    struct phone before, *phone = op->phone;
    LONG result;

    if (states & ~(DWORD)STATES)
        return PERR(INVALPHONESTATE);
    if (modes & ~(DWORD)BUTTON_MODES)
        return PERR(INVALBUTTONMODE);
    if (modes && (!presses || presses & ~(DWORD)BUTTON_STATES))
        return PERR(INVALBUTTONSTATE);
    before = *phone;
    phone->states = states;
    phone->button_modes = modes;
    phone->button_states = modes ? presses : 0;
    result = phone_device_update_status_messages(op->device);
    phone = phone_find(op->session, handle);
    if (result && phone) {
        phone->states = before.states;
        phone->button_modes = before.button_modes;
        phone->button_states = before.button_states;
    }
    return result;
}

LONG op_phone_get_status_messages(struct op *op)
{
    op->reply->out[0] = op->phone->states;
    op->reply->out[1] = op->phone->button_modes;
    op->reply->out[2] = op->phone->button_states;
    return 0;
}
