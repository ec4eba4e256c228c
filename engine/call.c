/* call.c - calls and the clients that have a handle to them: birth, use, close. */
#include "engine/private.h"

struct call *call_new(struct device *device, bool pending)
{
    struct call *call = mem_alloc(sizeof(*call));

    if (!call)
        return NULL;
    call->handle = handle_new(&engine.handles, HANDLE_TSP_CALL, call);
    if (!call->handle) {
        mem_free(call);
        return NULL;
    }
    call->device = device;
    call->pending = pending;
    call->state = LINECALLSTATE_UNKNOWN;
    GetSystemTime(&call->entered);
    list_init(&call->clients);
    list_init(&call->held);
    list_init(&call->gatherings);
    list_init(&call->tones_left);
    list_append(&device->calls, &call->by_device);
    if (!pending)
        device->users++;
    engine.calls++;
    return call;
}

void call_confirm(struct call *call, HDRVCALL hd)
{
    call->hd = hd;
    call->pending = false;
    call->offered = true; /* its maker has it; monitors are told separately */
    if (!call->abandoned)
        call->device->users++;
    call->abandoned = false;
}

/* Frees everything of the call at once. The provider has closed it, or never made it. */
void call_destroy(struct call *call)
{
    struct device *device = call->device;
    struct list *held;

    while (!list_empty(&call->clients))
        client_destroy(list_entry(call->clients.next, struct call_client, by_call));
    while ((held = list_pop(&call->held)))
        mem_free(list_entry(held, struct event, link));
    list_remove(&call->chore.link);
    list_remove(&call->by_device);
    if (call->handle)
        handle_free(&engine.handles, call->handle, HANDLE_TSP_CALL);
    while ((held = list_pop(&call->gatherings)))
        mem_free(list_entry(held, struct gathering, by_call));
    while ((held = list_pop(&call->tones_left)))
        mem_free(list_entry(held, struct tone_list, by_call));
    mem_free(call->app_name);
    mem_free(call->displayable_address);
    mem_free(call->called_party);
    mem_free(call->comment);
    engine.calls--;
    if (!call->pending || call->abandoned)
        device_release(device);
    mem_free(call);
}

void call_schedule(struct call *call)
{
    if (!call->users && (call->drop_wanted || call->close_wanted || call->tune_wanted))
        chore_add(call->device->provider, &call->chore, CHORE_CALL);
}

void call_want_close(struct call *call)
{
    if (call->close_wanted)
        return;
    call->close_wanted = true;
    /* The provider's messages about it are of no use any more. */
    handle_free(&engine.handles, call->handle, HANDLE_TSP_CALL);
    call->handle = 0;
    call_schedule(call);
}

void call_abandon(struct call *call)
{
    if (!call->abandoned)
        call->device->users++;
    call->abandoned = true;
    chore_add(call->device->provider, &call->chore, CHORE_CALL);
}

void call_want_drop(struct call *call)
{
    if (call->state == LINECALLSTATE_IDLE)
        return;
    call->drop_wanted = true;
    call_schedule(call);
}

void call_release(struct call *call)
{
    call->users--;
    call_schedule(call);
}

struct call *call_from_handle(uint32_t handle)
{
    return handle_get(&engine.handles, handle, HANDLE_TSP_CALL);
}

struct call_client *client_new(struct line *line, struct call *call, DWORD privilege)
{
    struct call_client *client = mem_alloc(sizeof(*client));

    if (!client)
        return NULL;
    client->handle = handle_new(&engine.handles, HANDLE_CALL, client);
    if (!client->handle) {
        mem_free(client);
        return NULL;
    }
    client->call = call;
    client->line = line;
    client->privilege = privilege;
    list_append(&call->clients, &client->by_call);
    list_append(&line->clients, &client->by_line);
    return client;
}

void client_destroy(struct call_client *client)
{
    list_remove(&client->by_call);
    list_remove(&client->by_line);
    handle_free(&engine.handles, client->handle, HANDLE_CALL);
    mem_free(client);
}

struct call_client *client_of_line(struct call *call, const struct line *line)
{
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        if (client->line == line)
            return client;
    }
    return NULL;
}

struct call_client *client_of_app(struct call *call, const struct app *app)
{
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        if (client->line->app == app)
            return client;
    }
    return NULL;
}

static DWORD count_privilege(const struct call *call, DWORD privilege)
{
    DWORD count = 0;

    LIST_EACH(client, &call->clients, struct call_client, by_call)
    count += client->privilege == privilege;
    return count;
}

DWORD call_owners(const struct call *call)
{
    return count_privilege(call, LINECALLPRIVILEGE_OWNER);
}

DWORD call_monitors(const struct call *call)
{
    return count_privilege(call, LINECALLPRIVILEGE_MONITOR);
}

/* LINECALLINFO.dwAppName: the application that first made, accepted or answered the call. */
void call_name_app(struct call *call, const struct app *app)
{
    if (app && !call->app_name && app->friendly_name)
        call->app_name =
            mem_copy(app->friendly_name, (wcslen(app->friendly_name) + 1) * sizeof(WCHAR));
}
