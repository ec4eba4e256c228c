/*
 * ownership.c - which application gets which call: new calls, monitors, handoff, privileges.
 * Behind it: handoffs-ovr.md, line-callstate.md, line-appnewcall.md.
 */
#include "engine/version.h"

/* The client's application's HCALL of the conference that the call is in; 0: it has none. */
static uint32_t client_conference(const struct call_client *client)
{
    struct call *conference = call_from_handle(client->call->conference);
    struct call_client *parent =
        conference && !conference->pending ? client_of_line(conference, client->line) : NULL;

    return parent ? parent->handle : 0;
}

DWORD client_state_mode(const struct call_client *client, DWORD state, DWORD mode)
{
    if (state == LINECALLSTATE_CONFERENCED)
        return client_conference(client);
    /* Before 2.0 some of what has a meaning since then was a provider's own to use. */
    if (client->call->device->version < 0x00020000)
        return mode;
    return version_state_mode(client->line->version, state, mode);
}

void client_send_state(struct call_client *client, DWORD privilege)
{
    struct call *call = client->call;

    post_client(client, LINE_CALLSTATE, call->state | call->substate,
                client_state_mode(client, call->state, call->state_mode), privilege);
}

void client_introduce(struct call_client *client)
{
    if (client->line->version >= 0x00020000)
        post_line(client->line, LINE_APPNEWCALL, client->call->address_id, client->handle,
                  client->privilege);
    client_send_state(client, client->privilege);
    hub_want(client->call);
}

static bool line_has_address(const struct line *line, const struct call *call)
{
    return !(line->privileges & LINEOPENOPTION_SINGLEADDRESS) ||
           line->address_id == call->address_id;
}

static bool takes_calls(const struct line *line, const struct call *call, DWORD media_mode)
{
    return line->privileges & LINECALLPRIVILEGE_OWNER && line->media_modes & media_mode &&
           line_has_address(line, call);
}

/* The line whose application comes first for one media mode: the best one of the user's list; of
 * those that are not on it, the one opened last. */
static struct line *first_owner(struct call *call, DWORD media_mode)
{
    struct list *lines = &call->device->lines;
    struct line *best = NULL;
    unsigned candidates = 0, best_rank = UINT_MAX;
    WCHAR *list;

    for (struct list *link = lines->prev; link != lines; link = link->prev) {
        struct line *line = list_entry(link, struct line, by_device);

        if (takes_calls(line, call, media_mode) && !candidates++)
            best = line;
    }
    if (candidates < 2) /* nothing to read the registry for */
        return best;
    list = priority_media_list(media_mode);
    for (struct list *link = lines->prev; list && link != lines; link = link->prev) {
        struct line *line = list_entry(link, struct line, by_device);
        unsigned rank;

        if (!takes_calls(line, call, media_mode))
            continue;
        rank = priority_rank(list, line->app->module_name);
        if (rank && rank < best_rank) {
            best = line;
            best_rank = rank;
        }
    }
    mem_free(list);
    return best;
}

/* Among several possible modes an application for calls of unknown mode goes first: it probes.
 * Then by value, as the handoffs page counts them. */
static struct line *choose_owner(struct call *call)
{
    DWORD modes = call->media_mode ? call->media_mode : LINEMEDIAMODE_UNKNOWN;
    struct line *line;

    if (modes & LINEMEDIAMODE_UNKNOWN && (line = first_owner(call, LINEMEDIAMODE_UNKNOWN)))
        return line;
    for (DWORD mode = LINEMEDIAMODE_INTERACTIVEVOICE; mode; mode <<= 1) {
        if (modes & mode && (line = first_owner(call, mode)))
            return line;
    }
    /* A switch that cannot tell the mode must not lose the call for a voice application. */
    return modes == LINEMEDIAMODE_UNKNOWN ? first_owner(call, LINEMEDIAMODE_INTERACTIVEVOICE)
                                          : NULL;
}

static void give(struct call *call, struct line *line, DWORD privilege)
{
    struct call_client *client = client_new(line, call, privilege);

    if (client)
        client_introduce(client);
}

/* A provider for TAPI before 2.0 counts on TSPI_lineDropNoOwner for an incoming call that nobody
 * takes. Since then such a call is left alone (tspi-linedropnoowner.md): it may be answered at
 * another machine, or at the telephone itself; it stays for lineGetNewCalls until it ends. */
static void drop_unowned(struct call *call)
{
    struct device *device = call->device;

    if (device->version >= 0x00020000 || !device->provider->host->tspi.lineDropNoOwner ||
        call->state != LINECALLSTATE_OFFERING)
        return;
    call->drop_unowned = true;
    call_want_drop(call);
}

void call_offer(struct call *call)
{
    struct line *owner;

    call->offered = true;
    owner = choose_owner(call);
    LIST_EACH(line, &call->device->lines, struct line, by_device)
    {
        if (line == owner)
            give(call, line, LINECALLPRIVILEGE_OWNER);
        else if (line->privileges & LINECALLPRIVILEGE_MONITOR)
            give(call, line, LINECALLPRIVILEGE_MONITOR);
    }
    if (!owner)
        TRACE("engine", "call 0x%x: no application owns media mode 0x%x on line %u",
              (unsigned)call->handle, (unsigned)call->media_mode, (unsigned)call->device->id);
    if (list_empty(&call->clients))
        drop_unowned(call);
}

/* Monitors learn of a call that an application made, as LINECALLSTATE_UNKNOWN or what it is. Its
 * owner is not told of them (line-callinfo.md). */
void call_announce(struct call *call)
{
    LIST_EACH(line, &call->device->lines, struct line, by_device)
    {
        if (line->privileges & LINECALLPRIVILEGE_MONITOR && !client_of_line(call, line))
            give(call, line, LINECALLPRIVILEGE_MONITOR);
    }
}

void client_leave(struct call_client *client)
{
    struct call *call = client->call;
    DWORD privilege = client->privilege;

    if (call->generator == client->handle)
        call->generator = 0;
    hub_leave(client);
    monitoring_leave(client);
    client_destroy(client);
    if (call->pending) {
        call_abandon(call);
        return;
    }
    if (monitoring_is_stale(call)) {
        call->tune_wanted = true;
        call_schedule(call);
    }
    /* A call that goes on without anybody stays for lineGetNewCalls. */
    if (list_empty(&call->clients) && (call->state == LINECALLSTATE_IDLE || call->drop_wanted))
        call_want_close(call);
    else
        post_call_info(call,
                       privilege == LINECALLPRIVILEGE_OWNER ? LINECALLINFOSTATE_NUMOWNERDECR
                                                            : LINECALLINFOSTATE_NUMMONITORS,
                       NULL);
}

LONG op_line_deallocate_call(struct op *op)
{
    struct call *call = op->call;

    /* Somebody must look after a call that still lives; since 2.0 that may be anybody, elsewhere.
     */
    if (op->line->version < 0x00020000 && op->client->privilege == LINECALLPRIVILEGE_OWNER &&
        call_owners(call) == 1 && call->state != LINECALLSTATE_IDLE)
        return ERR(INVALCALLSTATE);
    client_leave(op->client);
    return 0;
}

LONG op_line_set_call_privilege(struct op *op)
{
    struct call_client *client = op->client;
    DWORD privilege = op_arg(op, 1);

    if (privilege != LINECALLPRIVILEGE_MONITOR && privilege != LINECALLPRIVILEGE_OWNER)
        return ERR(INVALCALLPRIVILEGE);
    if (privilege == client->privilege)
        return 0;
    if (privilege == LINECALLPRIVILEGE_MONITOR && call_owners(op->call) == 1 &&
        op->call->state != LINECALLSTATE_IDLE)
        return ERR(INVALCALLSTATE);
    client->privilege = privilege;
    post_call_info(op->call,
                   LINECALLINFOSTATE_NUMMONITORS |
                       (privilege == LINECALLPRIVILEGE_OWNER ? LINECALLINFOSTATE_NUMOWNERINCR
                                                             : LINECALLINFOSTATE_NUMOWNERDECR),
                   client);
    return 0;
}

/* ---- handoff ---- */

/* An application may run twice: another one of that name comes before the giver itself. Of several
 * lines of one application the first that takes calls is meant, but any is good enough. */
static struct line *line_by_module(struct device *device, const WCHAR *name,
                                   const struct app *giver)
{
    struct line *own = NULL, *other = NULL;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        if (_wcsicmp(line->app->module_name, file_name(name)))
            continue;
        if (line->app == giver)
            own = line;
        else if (!other || (!(other->privileges & LINECALLPRIVILEGE_OWNER) &&
                            line->privileges & LINECALLPRIVILEGE_OWNER))
            other = line;
    }
    return other ? other : own;
}

LONG op_line_handoff(struct op *op)
{
    const WCHAR *name = op_text(op, 0);
    DWORD media_mode = op_arg(op, 1);
    struct call *call = op->call;
    struct call_client *client;
    struct line *target;

    if (op_in_size(op, 0)) {
        if (!name)
            return ERR(INVALPOINTER);
        target = line_by_module(op->device, name, op->app);
    } else {
        if (!media_mode || media_mode & (media_mode - 1))
            return ERR(INVALMEDIAMODE);
        target = first_owner(call, media_mode);
    }
    if (!target)
        return ERR(TARGETNOTFOUND);
    if (target->app == op->app)
        return ERR(TARGETSELF);

    client = client_of_line(call, target);
    if (client) {
        bool monitor = client->privilege == LINECALLPRIVILEGE_MONITOR;

        client->privilege = LINECALLPRIVILEGE_OWNER;
        client_send_state(client, LINECALLPRIVILEGE_OWNER);
        if (monitor)
            post_call_info(call, LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMMONITORS,
                           client);
        return 0;
    }
    client = client_new(target, call, LINECALLPRIVILEGE_OWNER);
    if (!client)
        return ERR(NOMEM);
    client_introduce(client);
    post_call_info(call, LINECALLINFOSTATE_NUMOWNERINCR, client);
    return 0;
}
