/* app.c - applications: lineInitialize, lineInitializeEx, lineShutdown and version negotiation. */
#include "tapi32/internal.h"
#include "tapi32/request.h"

#include <string.h>

static struct lock apps_lock; /* guards the list and the handles in it; leaf but for references */
static struct list apps = {&apps, &apps};
static uint32_t last_id;

/* ---- the list ---- */

static struct app *app_find(HLINEAPP handle, uint32_t id)
{
    struct app *found = NULL;
    lock_enter(&apps_lock);
    LIST_EACH(app, &apps, struct app, link)
    {
        if (handle != 0 ? app->handle == handle : app->id == id) {
            InterlockedIncrement(&app->references);
            found = app;
            break;
        }
    }
    lock_leave(&apps_lock);
    return found;
}

struct app *app_find_handle(HLINEAPP handle)
{
    return handle == 0 ? NULL : app_find(handle, 0);
}

struct app *app_find_id(uint32_t id)
{
    return app_find(0, id);
}

void app_release(struct app *app)
{
    if (InterlockedDecrement(&app->references) != 0)
        return;
    queue_clear(&app->queue);
    mem_free(app);
}

uint32_t app_messages(void)
{
    uint32_t count = 0;
    lock_enter(&apps_lock);
    LIST_EACH(app, &apps, struct app, link)
    {
        lock_enter(&app->lock);
        count += app->queue.count;
        lock_leave(&app->lock);
    }
    lock_leave(&apps_lock);
    return count;
}

static void app_add(struct app *app)
{
    lock_enter(&apps_lock);
    app->id = ++last_id;
    app->references = 1;
    list_append(&apps, &app->link);
    lock_leave(&apps_lock);
}

/* Takes the application out of the world; the caller's own reference stays. Nothing is queued or
 * delivered from here on, and whoever waits in lineGetMessage returns. */
static bool app_end(struct app *app)
{
    HANDLE event;
    lock_enter(&app->lock);
    bool ended = !app->dead;
    app->dead = true;
    event = app->event;
    app->event = NULL;
    condition_wake_all(&app->arrived);
    lock_leave(&app->lock);
    if (!ended)
        return false;
    lock_enter(&apps_lock);
    list_remove(&app->link);
    lock_leave(&apps_lock);
    if (event != NULL) {
        SetEvent(event); /* a thread that waits for it asks lineGetMessage, and learns the end */
        CloseHandle(event);
    }
    window_destroy(app);
    return true;
}

/* ---- lineInitialize ---- */

/* What the three entry points have in common. */
struct initialization {
    DWORD option;
    bool no_event; /* OPEN_TAPI_INITIALIZE_NO_EVENT */
    bool version_1;
    DWORD version;
    LINECALLBACK callback;
    HANDLE port;
    ULONG_PTR key;
    HINSTANCE instance;
    const WCHAR *name; /* NULL: the module's file name */
    HANDLE event;      /* out */
};

static bool app_make_wakeup(struct app *app, const struct initialization *init)
{
    switch (app->option) {
    case LINEINITIALIZEEXOPTION_USEEVENT:
        if (init->no_event)
            return true;
        app->event = CreateEventW(NULL, TRUE, FALSE, NULL);
        return app->event != NULL;
    case LINEINITIALIZEEXOPTION_USECOMPLETIONPORT:
        app->port = init->port;
        app->key = init->key;
        return true;
    default:
        app->callback = init->callback;
        app->window = window_create(app);
        return app->window != NULL;
    }
}

static void app_names(const struct initialization *init, WCHAR *module, const WCHAR **friendly)
{
    if (!GetModuleFileNameW(init->instance, module, MAX_PATH))
        GetModuleFileNameW(NULL, module, MAX_PATH);
    module[MAX_PATH - 1] = 0;
    const WCHAR *name = module;
    for (const WCHAR *at = module; *at != 0; at++)
        if (*at == '\\' || *at == '/')
            name = at + 1;
    *friendly = init->name != NULL ? init->name : name;
}

static struct engine_blob blob_of(const WCHAR *text)
{
    return (struct engine_blob){text,
                                (text_units(text, UINT32_MAX / 4) + 1) * (uint32_t)sizeof(WCHAR)};
}

static LONG app_initialize(struct initialization *init, LPHLINEAPP handle, LPDWORD devices)
{
    WCHAR module[MAX_PATH];
    const WCHAR *friendly;
    struct engine_reply reply;
    if (!session_acquire())
        return ERR(NOMEM);
    struct app *app = mem_alloc(sizeof *app);
    if (app == NULL) {
        session_release();
        return ERR(NOMEM);
    }
    app->option = init->option;
    app->version_1 = init->version_1;
    app_add(app);
    if (!app_make_wakeup(app, init)) {
        reply.result = ERR(OPERATIONFAILED);
        goto done;
    }
    init->event = app->event;
    app_names(init, module, &friendly);
    struct engine_request request = {.op = ENGINE_LINE_INITIALIZE,
                                     .arg = {app->id, init->version},
                                     .in = {blob_of(friendly), blob_of(module)}};
    session_call(&request, &reply);
    engine_reply_free(&reply);
    if (reply.result == 0) {
        *devices = (DWORD)reply.out[1];
        lock_enter(&apps_lock);
        app->handle = (HLINEAPP)(ULONG_PTR)reply.out[0];
        lock_leave(&apps_lock);
        *handle = app->handle;
    }
done:
    if (reply.result != 0) {
        app_end(app);
        app_release(app);
        session_release();
    }
    TRACE("tapi32", "lineInitialize option %lu version 0x%lx: 0x%lx", (unsigned long)init->option,
          (unsigned long)init->version, (unsigned long)reply.result);
    return reply.result;
}

LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                           LPCSTR lpszAppName, LPDWORD lpdwNumDevs)
{
    struct initialization init = {.option = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW,
                                  .version_1 = true,
                                  .version = API_VERSION_1_4,
                                  .callback = lpfnCallback,
                                  .instance = hInstance};
    WCHAR *name = NULL;
    uint32_t size;
    if (!pointer_writable(lphLineApp, sizeof *lphLineApp) ||
        !pointer_writable(lpdwNumDevs, sizeof *lpdwNumDevs) || lpfnCallback == NULL)
        return ERR(INVALPOINTER);
    if (lpszAppName != NULL) {
        if (!pointer_readable(lpszAppName, 1))
            return ERR(INVALAPPNAME);
        init.name = name = text_widen(lpszAppName, UINT32_MAX / 4, &size);
        if (name == NULL)
            return ERR(NOMEM);
    }
    *lphLineApp = 0;
    *lpdwNumDevs = 0;
    LONG result = app_initialize(&init, lphLineApp, lpdwNumDevs);
    mem_free(name);
    return result;
}

/* Reads LINEINITIALIZEEXPARAMS; NULL means the hidden window. */
static LONG read_params(LPLINEINITIALIZEEXPARAMS params, LINECALLBACK callback,
                        struct initialization *init)
{
    init->option = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
    if (params != NULL) {
        if (!pointer_writable(params, sizeof params->dwTotalSize))
            return ERR(INVALPOINTER);
        if (params->dwTotalSize < FIELD_OFFSET(LINEINITIALIZEEXPARAMS, dwCompletionKey))
            return ERR(STRUCTURETOOSMALL);
        if (!pointer_writable(params, params->dwTotalSize))
            return ERR(INVALPOINTER);
        init->option = params->dwOptions & ~(DWORD)(LINEINITIALIZEEXOPTION_CALLHUBTRACKING |
                                                    OPEN_TAPI_INITIALIZE_NO_EVENT);
        init->no_event = (params->dwOptions & OPEN_TAPI_INITIALIZE_NO_EVENT) != 0;
    }
    switch (init->option) {
    case LINEINITIALIZEEXOPTION_USEHIDDENWINDOW:
        init->callback = callback;
        return callback == NULL ? ERR(INVALPOINTER) : 0;
    case LINEINITIALIZEEXOPTION_USEEVENT:
        return 0;
    case LINEINITIALIZEEXOPTION_USECOMPLETIONPORT:
        if (params->dwTotalSize < sizeof *params)
            return ERR(STRUCTURETOOSMALL);
        init->port = params->Handles.hCompletionPort;
        init->key = params->dwCompletionKey;
        return init->port == NULL || init->port == INVALID_HANDLE_VALUE ? ERR(INVALPARAM) : 0;
    default:
        return ERR(INVALPARAM);
    }
}

static LONG initialize_ex(LPHLINEAPP handle, HINSTANCE instance, LINECALLBACK callback,
                          const WCHAR *name, LPDWORD devices, LPDWORD version,
                          LPLINEINITIALIZEEXPARAMS params)
{
    struct initialization init = {.instance = instance, .name = name};
    if (!pointer_writable(handle, sizeof *handle) || !pointer_writable(devices, sizeof *devices) ||
        !pointer_writable(version, sizeof *version))
        return ERR(INVALPOINTER);
    if (*version < API_VERSION_LOW)
        return ERR(INCOMPATIBLEAPIVERSION);
    init.version = *version < API_VERSION_HIGH ? *version : API_VERSION_HIGH;
    LONG result = read_params(params, callback, &init);
    if (result != 0)
        return result;
    *handle = 0;
    *devices = 0;
    result = app_initialize(&init, handle, devices);
    if (result != 0)
        return result;
    *version = API_VERSION_HIGH; /* the highest that TAPI supports, not what is granted */
    if (params != NULL) {
        params->dwNeededSize = sizeof *params;
        params->dwUsedSize =
            params->dwTotalSize < sizeof *params ? params->dwTotalSize : (DWORD)sizeof *params;
        if (init.option == LINEINITIALIZEEXOPTION_USEEVENT)
            params->Handles.hEvent = init.event;
    }
    return 0;
}

LONG WINAPI lineInitializeExA(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                              LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
                              LPDWORD lpdwAPIVersion,
                              LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams)
{
    WCHAR *name = NULL;
    uint32_t size;
    if (lpszFriendlyAppName != NULL) {
        if (!pointer_readable(lpszFriendlyAppName, 1))
            return ERR(INVALAPPNAME);
        name = text_widen(lpszFriendlyAppName, UINT32_MAX / 4, &size);
        if (name == NULL)
            return ERR(NOMEM);
    }
    LONG result = initialize_ex(lphLineApp, hInstance, lpfnCallback, name, lpdwNumDevs,
                                lpdwAPIVersion, lpLineInitializeExParams);
    mem_free(name);
    return result;
}

LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp, HINSTANCE hInstance, LINECALLBACK lpfnCallback,
                              LPCWSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs,
                              LPDWORD lpdwAPIVersion,
                              LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams)
{
    if (lpszFriendlyAppName != NULL && !pointer_readable(lpszFriendlyAppName, sizeof(WCHAR)))
        return ERR(INVALAPPNAME);
    return initialize_ex(lphLineApp, hInstance, lpfnCallback, lpszFriendlyAppName, lpdwNumDevs,
                         lpdwAPIVersion, lpLineInitializeExParams);
}

LONG WINAPI lineShutdown(HLINEAPP hLineApp)
{
    struct app *app = app_find_handle(hLineApp);
    if (app == NULL)
        return ERR(INVALAPPHANDLE);
    LONG result = ERR(INVALAPPHANDLE);
    if (app_end(app)) {
        struct engine_request request = {.op = ENGINE_LINE_SHUTDOWN, .arg = {(ULONG_PTR)hLineApp}};
        struct engine_reply reply;
        session_call(&request, &reply);
        engine_reply_free(&reply);
        result = reply.result;
        lock_enter(&app->lock);
        queue_clear(&app->queue);
        lock_leave(&app->lock);
        app_release(app); /* the list's */
        proxy_forget(app->id);
        session_release();
    }
    TRACE("tapi32", "lineShutdown: 0x%lx", (unsigned long)result);
    app_release(app);
    return result;
}

/* ---- versions ---- */

LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                    DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                    LPLINEEXTENSIONID lpExtensionID)
{
    if (!pointer_writable(lpdwAPIVersion, sizeof *lpdwAPIVersion) ||
        !pointer_writable(lpExtensionID, sizeof *lpExtensionID))
        return ERR(INVALPOINTER);
    struct engine_request request = {
        .op = ENGINE_LINE_NEGOTIATE_API_VERSION,
        .arg = {(ULONG_PTR)hLineApp, dwDeviceID, dwAPILowVersion, dwAPIHighVersion}};
    struct engine_reply reply;
    *lpdwAPIVersion = 0;
    memset(lpExtensionID, 0, sizeof *lpExtensionID);
    session_call(&request, &reply);
    if (reply.result == 0) {
        *lpdwAPIVersion = (DWORD)reply.out[0];
        if (reply.data != NULL && reply.size >= sizeof *lpExtensionID)
            memcpy(lpExtensionID, reply.data, sizeof *lpExtensionID);
        struct app *app = app_find_handle(hLineApp);
        if (app != NULL) {
            if (app->negotiated < (LONG)*lpdwAPIVersion)
                InterlockedExchange(&app->negotiated, (LONG)*lpdwAPIVersion);
            app_release(app);
        }
    }
    TRACE("tapi32", "lineNegotiateAPIVersion device %lu 0x%lx..0x%lx: 0x%lx, 0x%lx",
          (unsigned long)dwDeviceID, (unsigned long)dwAPILowVersion,
          (unsigned long)dwAPIHighVersion, (unsigned long)*lpdwAPIVersion,
          (unsigned long)reply.result);
    engine_reply_free(&reply);
    return reply.result;
}
