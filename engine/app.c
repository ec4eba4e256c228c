/* app.c - applications: lineInitialize, lineShutdown and their phone twins; line versions. */
#include "engine/private.h"

/* Every version of TAPI; an application is given the highest one in its range. */
static const DWORD api_versions[] = {0x00030001, 0x00030000, 0x00020002, 0x00020001,
                                     0x00020000, 0x00010004, 0x00010003};

DWORD api_version_in(DWORD low, DWORD high)
{
    for (size_t i = 0; i < sizeof(api_versions) / sizeof(api_versions[0]); i++) {
        if (api_versions[i] <= high)
            return api_versions[i] >= low ? api_versions[i] : 0;
    }
    return 0;
}

static WCHAR *copy_text(const WCHAR *text)
{
    return mem_copy(text ? text : L"", text ? (wcslen(text) + 1) * sizeof(WCHAR) : sizeof(WCHAR));
}

static unsigned app_handle_type(const struct app *app)
{
    return app->phone ? HANDLE_PHONE_APP : HANDLE_APP;
}

static void app_free(struct app *app)
{
    if (app->handle)
        handle_free(&engine.handles, app->handle, app_handle_type(app));
    mem_free(app->friendly_name);
    mem_free(app->module_name);
    mem_free(app->versions);
    mem_free(app);
}

LONG app_start(struct op *op, bool phone)
{
    struct app *app;
    LONG result;

    if (engine.reinit) /* "until the last application shuts down" (lineerr--constants.md) */
        return ERR(REINIT);
    /* Taken before loading, so that a lineShutdown elsewhere does not unload meanwhile. */
    engine.apps++;
    result = providers_load();
    if (result) {
        engine.apps--;
        return result;
    }
    app = mem_alloc(sizeof(*app));
    if (app) {
        app->phone = phone;
        list_init(&app->lines);
        list_init(&app->phones);
        app->session = op->session;
        app->client = op->request->arg[0];
        app->version = api_version_in(0, op_arg(op, 1));
        if (!app->version)
            app->version = ENGINE_API_LOW;
        app->hubs = op_arg(op, 2) && app->version >= 0x00030000;
        app->friendly_name = copy_text(op_text(op, 0));
        app->module_name = copy_text(op_text(op, 1) ? file_name(op_text(op, 1)) : NULL);
        app->handle = handle_new(&engine.handles, app_handle_type(app), app);
    }
    if (!app || !app->friendly_name || !app->module_name || !app->handle) {
        if (app)
            app_free(app);
        if (!--engine.apps)
            providers_leave();
        return ERR(NOMEM);
    }
    list_append(&op->session->apps, &app->link);
    op->reply->out[0] = app->handle;
    op->reply->out[1] = phone ? engine.num_phones : engine.num_devices;
    op->reply->out[2] = app->version;
    op->reply->api_version = app->version;
    return 0;
}

LONG op_line_initialize(struct op *op)
{
    return app_start(op, false);
}

void app_destroy(struct app *app)
{
    /* First of all nothing may be delivered any more. */
    handle_free(&engine.handles, app->handle, app_handle_type(app));
    dialog_instances_leave(app, NULL);
    app->handle = 0;
    assisted_leave(app);
    while (!list_empty(&app->lines)) {
        struct line *line = list_entry(app->lines.next, struct line, by_app);
        struct device *device = line->device;

        line_destroy(line, true);
        post_line_state(device, LINEDEVSTATE_CLOSE, 0, 0);
        device_close_if_unused(device);
        device->provider->settle = true;
    }
    while (!list_empty(&app->phones)) {
        struct phone *phone = list_entry(app->phones.next, struct phone, by_app);
        struct device *device = phone->device;

        phone_destroy(phone);
        device->provider->settle = true;
        device_close_if_unused(device);
    }
    list_remove(&app->link);
    if (!--engine.apps) {
        assisted_forget();
        engine.reinit = false;
    }
    app_free(app);
}

void apps_settle(void)
{
    /* Only the providers it used: what another one hangs in is not this application's to wait for.
     */
    for (DWORD i = 0; i < engine.num_providers && engine.host == HOST_LOADED; i++) {
        struct provider *provider = engine.providers[i];

        if (!provider->settle)
            continue;
        provider->settle = false;
        provider_settle(provider);
    }
    if (!engine.apps)
        providers_leave();
}

LONG op_line_shutdown(struct op *op)
{
    app_destroy(op->app);
    op->app = NULL;
    apps_settle();
    return 0;
}

bool app_remember_version(struct app *app, DWORD device, DWORD version)
{
    if (device >= app->versions_count) {
        DWORD count = app->phone ? engine.num_phones : engine.num_devices;
        DWORD *grown = mem_realloc(app->versions, count * sizeof(*grown));

        if (!grown)
            return false;
        memset(grown + app->versions_count, 0, (count - app->versions_count) * sizeof(*grown));
        app->versions = grown;
        app->versions_count = count;
    }
    app->versions[device] = version;
    return true;
}

LONG op_line_negotiate_api_version(struct op *op)
{
    DWORD low = op_arg(op, 2), high = op_arg(op, 3), version = api_version_in(low, high);
    LINEEXTENSIONID extension;
    LONG result;

    if (low > high || !version)
        return ERR(INCOMPATIBLEAPIVERSION);
    if (!app_remember_version(op->app, op->device->id, version))
        return ERR(NOMEM);
    memset(&extension, 0, sizeof(extension));
    engine_unlock();
    result = OP_CALL(op, lineGetExtensionID, op->device->id, op->device->version, &extension);
    engine_lock();
    /* The device is not there, for all that its provider knows. */
    if (result == ERR(NODRIVER) || result == ERR(NODEVICE))
        return result;
    if (result) /* no extensions: an ID of zeros says so */
        memset(&extension, 0, sizeof(extension));
    op->reply->data = malloc(sizeof(extension));
    if (!op->reply->data)
        return ERR(NOMEM);
    memcpy(op->reply->data, &extension, sizeof(extension));
    op->reply->size = sizeof(extension);
    op->reply->out[0] = version;
    op->reply->api_version = version;
    return 0;
}

LONG op_line_negotiate_ext_version(struct op *op)
{
    DWORD api = op_arg(op, 2), low = op_arg(op, 3), high = op_arg(op, 4), version = 0;
    LONG result;

    if (!api || api_version_in(api, api) != api)
        return ERR(INCOMPATIBLEAPIVERSION);
    result = OP_CALL(op, lineNegotiateExtVersion, op->device->id, op->device->version, low, high,
                     &version);
    if (!result && (version < low || version > high))
        result = ERR(INCOMPATIBLEEXTVERSION);
    op->reply->out[0] = result ? 0 : version;
    return result;
}
