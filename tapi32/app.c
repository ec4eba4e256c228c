/* app.c - applications from their start to their end, of lines and of phones alike. */
#include "tapi32/internal.h"
#include "tapi32/request.h"

#include <string.h>

static struct lock apps_lock; /* guards the list and the handles in it; leaf but for references */
static struct list apps = {&apps, &apps};
static uint32_t last_id;

/* ---- the list ---- */

/* The application with that handle, or where there is none, with that ID. */
static struct app *app_find(HLINEAPP handle, bool phone, uint32_t id)
{
    struct app *found = NULL;
    lock_enter(&apps_lock);
    LIST_EACH(app, &apps, struct app, link)
    {
        if (handle != 0 ? app->handle == handle && app->phone == phone : app->id == id) {
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
    return handle == 0 ? NULL : app_find(handle, false, 0);
}

struct app *app_find_phone(HPHONEAPP handle)
{
    return handle == 0 ? NULL : app_find((HLINEAPP)(ULONG_PTR)handle, true, 0);
}

struct app *app_find_id(uint32_t id)
{
    return app_find(0, false, id);
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

/* ---- start and end ---- */

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

LONG app_initialize(struct initialization *init, HLINEAPP *handle, DWORD *devices)
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
    app->phone = init->phone;
    app->option = init->option;
    app->version_1 = init->version_1;
    app_add(app);
    if (!app_make_wakeup(app, init)) {
        reply.result = ERR(OPERATIONFAILED);
        goto done;
    }
    init->event = app->event;
    app_names(init, module, &friendly);
    struct engine_request request = {.op = init->phone ? ENGINE_PHONE_INITIALIZE
                                                       : ENGINE_LINE_INITIALIZE,
                                     .arg = {app->id, init->version, init->hubs},
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
    TRACE("tapi32", "%sInitialize option %lu version 0x%lx: 0x%lx", init->phone ? "phone" : "line",
          (unsigned long)init->option, (unsigned long)init->version, (unsigned long)reply.result);
    return reply.result;
}

LONG app_shutdown(struct app *app)
{
    if (app == NULL)
        return ERR(INVALAPPHANDLE);
    LONG result = ERR(INVALAPPHANDLE);
    if (app_end(app)) {
        struct engine_request request = {.op = app->phone ? ENGINE_PHONE_SHUTDOWN
                                                          : ENGINE_LINE_SHUTDOWN,
                                         .arg = {(ULONG_PTR)app->handle}};
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
    TRACE("tapi32", "%sShutdown: 0x%lx", app->phone ? "phone" : "line", (unsigned long)result);
    app_release(app);
    return result;
}
