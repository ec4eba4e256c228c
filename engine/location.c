/* location.c - dialling rules as far as they concern providers and lines: the rules themselves are
 * the user's, and tapi32 translates addresses in the application's process (dialing/). */
#include "engine/private.h"

/* arg: hLineApp or 0, dwDeviceID, whether that counts. An application may translate before it has
 * initialized anything. */
LONG op_line_translate_check(struct op *op)
{
    struct device *device;

    if (!op->request->arg[0])
        return 0;
    if (!session_has_app(op->session, false))
        return ERR(UNINITIALIZED);
    if (!app_find(op->session, op->request->arg[0]))
        return ERR(INVALAPPHANDLE);
    return op_arg(op, 2) ? device_find(op->request->arg[1], &device) : 0;
}

/* An obsolete entry; where a provider has it, it is what it expects
 * (tspi-linesetcurrentlocation.md). What it answers changes nothing. */
static void tell_providers(DWORD location)
{
    for (DWORD i = 0; engine.host == HOST_LOADED && i < engine.num_providers; i++) {
        struct provider *provider = engine.providers[i];

        if (!provider->host->tspi.lineSetCurrentLocation)
            continue;
        provider->users++;
        engine_unlock();
        HOST_CALL(provider->host, lineSetCurrentLocation, location);
        engine_lock();
        events_drain(provider);
        provider_release(provider);
        provider_settle(provider);
    }
}

/* LINEDEVSTATE_TRANSLATECHANGE is of version 1.4; an older application has to start again
 * (linedevstate--constants.md). */
static void tell_application(struct app *app)
{
    bool old = false;

    LIST_EACH(line, &app->lines, struct line, by_app)
    {
        if (line->version < 0x00010004)
            old = true;
        else if (line->line_states & LINEDEVSTATE_TRANSLATECHANGE)
            post_line(line, LINE_LINEDEVSTATE, LINEDEVSTATE_TRANSLATECHANGE, 0, 0);
    }
    if (old)
        post_app(app, 0, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, LINE_LINEDEVSTATE,
                 LINEDEVSTATE_TRANSLATECHANGE);
}

/* arg: hLineApp or 0, dwLocation, whether it has just become the current one. Tells whom it
 * concerns that the user's dialling rules have changed. */
LONG op_line_set_current_location(struct op *op)
{
    if (op->request->arg[0] && !app_find(op->session, op->request->arg[0]))
        return ERR(INVALAPPHANDLE);
    if (op_arg(op, 2))
        tell_providers(op_arg(op, 1));
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            tell_application(app);
        }
    }
    return 0;
}
