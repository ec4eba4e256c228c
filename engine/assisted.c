/* assisted.c - assisted telephony: which applications take requests, the queue of those that nobody
 * has taken, and who hears of one (assisted-telephony-overview.md, line-request.md). */
#include "engine/private.h"

/* Applications that never take their requests must not eat all memory. */
#define MOST_WAITING 256

static struct list waiting = {&waiting, &waiting}; /* engine.lock */
static uint32_t waiting_count, registrations;

struct waiting {
    struct list link;
    LINEREQMAKECALLW request;
};

/* The place of a mode in app->recipient. */
static unsigned mode_index(DWORD mode)
{
    return mode == LINEREQUESTMODE_MAKECALL ? 0 : mode == LINEREQUESTMODE_MEDIACALL ? 1 : 2;
}

/* Who takes requests of this mode now: the listed application with the best rank; without a list
 * the one that came last, as with the calls that are offered. NULL: nobody. */
static struct app *recipient(DWORD mode)
{
    WCHAR *list = priority_list(mode);
    unsigned best_rank = 0, index = mode_index(mode);
    struct app *best = NULL;

    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            unsigned rank;

            if (!app->recipient[index].order)
                continue;
            rank = priority_rank(list, app->module_name);
            if (!rank)
                rank = UINT_MAX;
            if (!best || rank < best_rank ||
                (rank == best_rank && app->recipient[index].order > best->recipient[index].order)) {
                best = app;
                best_rank = rank;
            }
        }
    }
    mem_free(list);
    return best;
}

static void announce(const struct app *app, DWORD mode, uint64_t p2, uint64_t p3)
{
    post_app(app, 0, LINE_REQUEST, app->recipient[mode_index(mode)].instance, mode, p2, p3);
}

/* Tells an application that has just come to be the one that takes requests what waits for it: the
 * one before it may take them no longer (LINEERR_NOREQUEST). */
static void announce_waiting(const struct app *app)
{
    for (uint32_t i = 0; app && i < waiting_count; i++)
        announce(app, LINEREQUESTMODE_MAKECALL, 0, 0);
}

/* The next part of a request that came with the environment. */
static void take_part(const WCHAR **from, WCHAR *to, size_t room)
{
    size_t length = wcscspn(*from, (const WCHAR[]){ENGINE_REQUEST_SEPARATOR, 0});

    for (size_t i = 0; i < length && i + 1 < room; i++)
        to[i] = (*from)[i];
    *from += length;
    if (**from)
        ++*from;
}

/* The program was started for a request (tapi32/launch.c): it waits for the first to register. */
static bool take_started(void)
{
    static WCHAR text[1024]; /* engine.lock */
    DWORD length = GetEnvironmentVariableW(ENGINE_REQUEST_VARIABLE, text, ARRAYSIZE(text));
    const WCHAR *from = text;
    struct waiting *added;

    if (!length || length >= ARRAYSIZE(text))
        return false;
    added = mem_alloc(sizeof(*added));
    if (!added)
        return false;
    SetEnvironmentVariableW(ENGINE_REQUEST_VARIABLE, NULL); /* nor is it its children's */
    take_part(&from, added->request.szDestAddress, TAPIMAXDESTADDRESSSIZE);
    take_part(&from, added->request.szAppName, TAPIMAXAPPNAMESIZE);
    take_part(&from, added->request.szCalledParty, TAPIMAXCALLEDPARTYSIZE);
    take_part(&from, added->request.szComment, TAPIMAXCOMMENTSIZE);
    list_append(&waiting, &added->link);
    waiting_count++;
    return true;
}

LONG op_line_register_request_recipient(struct op *op)
{
    struct app *app = op->app, *before = recipient(LINEREQUESTMODE_MAKECALL), *after;
    DWORD modes = op_arg(op, 2);
    bool enable = op_arg(op, 3) != 0;

    if (!modes || modes & ~(DWORD)(LINEREQUESTMODE_MAKECALL | LINEREQUESTMODE_MEDIACALL |
                                   LINEREQUESTMODE_DROP))
        return ERR(INVALREQUESTMODE);
    for (DWORD mode = LINEREQUESTMODE_MAKECALL; mode <= LINEREQUESTMODE_DROP; mode <<= 1) {
        struct recipient *registered = &app->recipient[mode_index(mode)];

        if (!(modes & mode))
            continue;
        registered->instance = op_arg(op, 1);
        if (!enable)
            registered->order = 0;
        else if (!registered->order)
            registered->order = ++registrations;
    }
    after = recipient(LINEREQUESTMODE_MAKECALL);
    if (after && take_started() && after == before)
        announce(after, LINEREQUESTMODE_MAKECALL, 0, 0);
    if (after != before)
        announce_waiting(after);
    return 0;
}

void assisted_leave(struct app *app)
{
    bool taking = app->recipient[0].order && recipient(LINEREQUESTMODE_MAKECALL) == app;

    memset(app->recipient, 0, sizeof(app->recipient));
    if (taking)
        announce_waiting(recipient(LINEREQUESTMODE_MAKECALL));
}

void assisted_forget(void)
{
    struct list *link;

    while ((link = list_pop(&waiting)))
        mem_free(list_entry(link, struct waiting, link));
    waiting_count = 0;
}

LONG op_line_get_request(struct op *op)
{
    DWORD mode = op_arg(op, 1);
    struct waiting *first;

    if (mode != LINEREQUESTMODE_MAKECALL && mode != LINEREQUESTMODE_MEDIACALL)
        return ERR(INVALREQUESTMODE);
    if (!op->app->recipient[mode_index(mode)].order)
        return ERR(NOTREGISTERED);
    if (mode == LINEREQUESTMODE_MEDIACALL || list_empty(&waiting) || recipient(mode) != op->app)
        return ERR(NOREQUEST);
    first = list_entry(waiting.next, struct waiting, link);
    op->reply->data = malloc(sizeof(first->request));
    if (!op->reply->data)
        return ERR(NOMEM);
    memcpy(op->reply->data, &first->request, sizeof(first->request));
    op->reply->size = sizeof(first->request);
    list_remove(&first->link);
    waiting_count--;
    mem_free(first);
    return 0;
}

/* A part of the request, cut to its room (memory is zeroed). */
static void take_text(const struct op *op, unsigned index, WCHAR *to, size_t room)
{
    const WCHAR *text = op_text(op, index);

    for (size_t i = 0; text && text[i] && i + 1 < room; i++)
        to[i] = text[i];
}

LONG op_tapi_request_make_call(struct op *op)
{
    const WCHAR *address = op_text(op, 0);
    struct app *app = recipient(LINEREQUESTMODE_MAKECALL);
    struct waiting *added;

    if (!address || wcslen(address) >= TAPIMAXDESTADDRESSSIZE)
        return TAPIERR_INVALDESTADDRESS;
    if (!app)
        return TAPIERR_NOREQUESTRECIPIENT;
    added = waiting_count < MOST_WAITING ? mem_alloc(sizeof(*added)) : NULL;
    if (!added)
        return TAPIERR_REQUESTQUEUEFULL;
    take_text(op, 0, added->request.szDestAddress, TAPIMAXDESTADDRESSSIZE);
    take_text(op, 1, added->request.szAppName, TAPIMAXAPPNAMESIZE);
    take_text(op, 2, added->request.szCalledParty, TAPIMAXCALLEDPARTYSIZE);
    take_text(op, 3, added->request.szComment, TAPIMAXCOMMENTSIZE);
    list_append(&waiting, &added->link);
    waiting_count++;
    announce(app, LINEREQUESTMODE_MAKECALL, 0, 0);
    return 0;
}

/* Nothing is queued: the message says it all. */
LONG op_tapi_request_drop(struct op *op)
{
    struct app *app = recipient(LINEREQUESTMODE_DROP);

    if (!app)
        return TAPIERR_NOREQUESTRECIPIENT;
    announce(app, LINEREQUESTMODE_DROP, op->request->arg[0], op->request->arg[1] & 0xFFFF);
    return 0;
}
