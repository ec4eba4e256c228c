/* engine.c - the one engine of the process: sessions, handles of a session, counters. */
#include "engine/private.h"

struct engine engine;

struct engine_session *engine_connect(engine_sink *sink, void *context)
{
    struct engine_session *session = mem_alloc(sizeof(*session));

    if (!session)
        return NULL;
    session->sink = sink;
    session->context = context;
    list_init(&session->apps);
    engine_lock();
    if (!engine.sessions.next)
        list_init(&engine.sessions);
    list_append(&engine.sessions, &session->link);
    engine_unlock();
    return session;
}

void engine_disconnect(struct engine_session *session)
{
    if (!session)
        return;
    engine_lock();
    session->sink = NULL;
    while (!list_empty(&session->apps))
        app_destroy(list_entry(session->apps.next, struct app, link));
    dialogs_leave(session);
    list_remove(&session->link);
    apps_settle();
    engine_unlock();
    mem_free(session);
}

void engine_reply_free(struct engine_reply *reply)
{
    if (!reply)
        return;
    free(reply->data);
    reply->data = NULL;
    reply->size = 0;
}

void engine_get_counters(struct engine_counters *counters)
{
    engine_lock();
    *counters = (struct engine_counters){
        .apps = engine.apps,
        .lines = engine.lines,
        .phones = engine.phones,
        .calls = engine.calls,
        .requests = engine.requests,
        .handles = handle_count(&engine.handles),
        .providers = engine.providers_alive,
        .duplicate_completions = engine.duplicates,
    };
    engine_unlock();
}

/* A handle is good only in the session whose application it was given to. */
static void *find(uint64_t handle, unsigned type)
{
    return handle >> 32 ? NULL : handle_get(&engine.handles, (uint32_t)handle, type);
}

struct app *app_find(struct engine_session *session, uint64_t handle)
{
    struct app *app = find(handle, HANDLE_APP);

    return app && app->session == session ? app : NULL;
}

struct app *phone_app_find(struct engine_session *session, uint64_t handle)
{
    struct app *app = find(handle, HANDLE_PHONE_APP);

    return app && app->session == session ? app : NULL;
}

struct app *app_of_handle(uint32_t handle)
{
    struct app *app = handle_get(&engine.handles, handle, HANDLE_APP);

    return app ? app : handle_get(&engine.handles, handle, HANDLE_PHONE_APP);
}

bool session_has_app(const struct engine_session *session, bool phone)
{
    LIST_EACH(app, &session->apps, struct app, link)
    {
        if (app->phone == phone)
            return true;
    }
    return false;
}

struct phone *phone_find(struct engine_session *session, uint64_t handle)
{
    struct phone *phone = find(handle, HANDLE_PHONE);

    return phone && phone->app->session == session ? phone : NULL;
}

struct line *line_find(struct engine_session *session, uint64_t handle)
{
    struct line *line = find(handle, HANDLE_LINE);

    return line && line->app->session == session ? line : NULL;
}

struct call_client *client_find(struct engine_session *session, uint64_t handle)
{
    struct call_client *client = find(handle, HANDLE_CALL);

    return client && client->line->app->session == session ? client : NULL;
}

struct msp *msp_find(struct engine_session *session, uint64_t handle)
{
    struct msp *msp = find(handle, HANDLE_MSP);

    return msp && msp->line->app->session == session ? msp : NULL;
}
