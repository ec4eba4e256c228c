/* message.c - the stream of messages to applications. */
#include "engine/version.h"

void post_full(const struct app *app, const struct engine_message *message)
{
    struct engine_session *session = app->session;

    TRACE("engine", "message %u handle 0x%x (0x%llx, 0x%llx, 0x%llx) to app 0x%x",
          (unsigned)message->message, (unsigned)message->device,
          (unsigned long long)message->param[0], (unsigned long long)message->param[1],
          (unsigned long long)message->param[2], (unsigned)app->handle);
    if (session->sink)
        session->sink(session->context, message);
}

void post_app(const struct app *app, uint32_t handle, DWORD message, uint64_t instance, uint64_t p1,
              uint64_t p2, uint64_t p3)
{
    struct engine_message full = {
        .client = app->client,
        .device = handle,
        .message = message,
        .instance = instance,
        .param = {p1, p2, p3},
    };

    post_full(app, &full);
}

void post_line(const struct line *line, DWORD message, uint64_t p1, uint64_t p2, uint64_t p3)
{
    post_app(line->app, line->handle, message, line->instance, p1, p2, p3);
}

void post_client(const struct call_client *client, DWORD message, uint64_t p1, uint64_t p2,
                 uint64_t p3)
{
    post_app(client->line->app, client->handle, message, client->line->instance, p1, p2, p3);
}

/* Something that an application older than 1.4 does not know: it has to start again, and dwParam2
 * and dwParam3 say what it would have been told (line-linedevstate.md). */
void post_start_again(const struct app *app, DWORD message, uint64_t p1)
{
    post_app(app, 0, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, message, p1);
}

void post_line_reinit(void)
{
    engine.reinit = engine.apps != 0;
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (!app->phone)
                post_app(app, 0, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, 0, 0);
        }
    }
}

void post_line_state(struct device *device, DWORD state, uint64_t p2, uint64_t p3)
{
    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        DWORD known = version_line_states(line->version, state), wanted = known & line->line_states;

        if (state & ~known & VERSION_STATES_START_AGAIN)
            post_start_again(line->app, LINE_LINEDEVSTATE, state);
        if (wanted)
            post_line(line, LINE_LINEDEVSTATE, wanted, p2, p3);
    }
}

void post_call_info(struct call *call, DWORD what, const struct call_client *except)
{
    /* Nothing is said of a call that is over, not even by how many it is held (line-callinfo.md).
     */
    if (call->state == LINECALLSTATE_IDLE)
        return;
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        DWORD known = version_call_info(client->line->version, what);

        if (client != except && known)
            post_client(client, LINE_CALLINFO, known, 0, 0);
    }
}
