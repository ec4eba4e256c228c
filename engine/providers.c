/*
 * providers.c - all providers: loaded at the first lineInitialize, left after the last
 * lineShutdown; and the chores in between (closing calls and devices when nobody uses them).
 */
#include "engine/private.h"

#define LEAVE_DEADLINE 10000 /* ms: how long lineShutdown waits for a provider that hangs */

/* ---- devices ---- */

static bool table_reserve(struct device ***table, DWORD *room, DWORD count)
{
    struct device **grown;

    if (count <= *room)
        return true;
    count = count < 2 * *room ? 2 * *room : count;
    grown = mem_realloc(*table, count * sizeof(*grown));
    if (!grown)
        return false;
    *table = grown;
    *room = count;
    return true;
}

bool devices_reserve(DWORD lines, DWORD phones)
{
    return table_reserve(&engine.devices, &engine.devices_room, engine.num_devices + lines) &&
           table_reserve(&engine.phone_devices, &engine.phones_room, engine.num_phones + phones);
}

struct device *device_new(struct provider *provider, bool phone)
{
    struct device *device = mem_alloc(sizeof(*device));

    if (!device)
        return NULL;
    device->provider = provider;
    device->phone = phone;
    if (phone) {
        device->id = engine.num_phones;
        engine.phone_devices[engine.num_phones++] = device;
    } else {
        device->id = engine.num_devices;
        engine.devices[engine.num_devices++] = device;
    }
    list_init(&device->lines);
    list_init(&device->phones);
    list_init(&device->calls);
    list_init(&device->requests);
    list_init(&device->held);
    return device;
}

struct device *device_add(struct provider *provider, bool phone)
{
    if (!devices_reserve(!phone, phone))
        return NULL;
    return device_new(provider, phone);
}

/* ---- loading; without the lock: nobody else sees the providers yet ---- */

struct provider *provider_new(struct host_provider *host)
{
    struct provider *provider = mem_alloc(sizeof(*provider));

    if (!provider)
        return NULL;
    provider->host = host;
    list_init(&provider->events);
    list_init(&provider->chores);
    provider->handle = handle_new(&engine.handles, HANDLE_PROVIDER, provider);
    if (!provider->handle) {
        mem_free(provider);
        return NULL;
    }
    return provider;
}

void provider_free(struct provider *provider)
{
    struct list *event;

    handle_free(&engine.handles, provider->handle, HANDLE_PROVIDER);
    while ((event = list_pop(&provider->events)))
        mem_free(list_entry(event, struct event, link));
    if (provider->worker)
        CloseHandle(provider->worker);
    mem_free(provider);
}

static bool load_devices(struct provider *provider)
{
    struct host_provider *host = provider->host;

    if (!devices_reserve(host->line_count, host->phone_count))
        return false;
    for (DWORD i = 0; i < host->line_count; i++) {
        struct device *device = device_new(provider, false);

        if (!device)
            return false;
        device->version = host_line_version(host, device->id);
    }
    for (DWORD i = 0; i < host->phone_count; i++) {
        struct device *device = device_new(provider, true);

        if (!device)
            return false;
        device->version = host_phone_version(host, device->id);
    }
    return true;
}

/* Tells the worker to end and waits for it, unless that is ourselves. */
static void stop_worker(struct provider *provider)
{
    engine_lock();
    provider->stop = true;
    condition_wake_all(&provider->wake);
    engine_unlock();
    if (provider->worker && provider->worker_id != GetCurrentThreadId())
        WaitForSingleObject(provider->worker, INFINITE);
}

static void load_one(const struct host_entry *entry)
{
    struct host_provider *host = host_load(entry);
    struct provider *provider;
    DWORD first_device = engine.num_devices, first_phone = engine.num_phones;

    if (!host)
        return;
    provider = provider_new(host);
    if (!provider) {
        host_unload(host);
        return;
    }
    if (host_start(host, engine.num_devices, engine.num_phones, provider->handle,
                   &provider_callbacks))
        goto fail;
    if (!load_devices(provider))
        goto fail;
    provider->worker = CreateThread(NULL, 0, provider_worker, provider, 0, &provider->worker_id);
    if (!provider->worker)
        goto fail;
    engine.providers[engine.num_providers++] = provider;
    engine.providers_alive++;
    return;
fail:
    host_unload(host);
    while (engine.num_devices > first_device)
        mem_free(engine.devices[--engine.num_devices]);
    while (engine.num_phones > first_phone)
        mem_free(engine.phone_devices[--engine.num_phones]);
    provider_free(provider);
}

static void free_tables(void)
{
    for (DWORD i = 0; i < engine.num_devices; i++)
        mem_free(engine.devices[i]);
    for (DWORD i = 0; i < engine.num_phones; i++)
        mem_free(engine.phone_devices[i]);
    mem_free(engine.devices);
    mem_free(engine.phone_devices);
    mem_free(engine.providers);
    engine.devices = engine.phone_devices = NULL;
    engine.providers = NULL;
    engine.num_devices = engine.devices_room = engine.num_providers = 0;
    engine.num_phones = engine.phones_room = 0;
}

static void load_all(void)
{
    struct host_entry *entries;
    DWORD count = host_list(&entries);

    engine.providers = count ? mem_alloc(count * sizeof(*engine.providers)) : NULL;
    for (DWORD i = 0; engine.providers && i < count; i++)
        load_one(&entries[i]);
    mem_free(entries);
}

LONG providers_load(void)
{
    while (engine.host == HOST_LOADING || engine.host == HOST_LEAVING) {
        /* A provider that calls lineInitialize from its own start would wait for itself. */
        if (host_inside())
            return ERR(REINIT);
        if (!condition_wait(&engine.changed, &engine.lock, LEAVE_DEADLINE) &&
            engine.host == HOST_LEAVING)
            return ERR(REINIT);
    }
    if (engine.host == HOST_LOADED)
        return 0;
    engine.host = HOST_LOADING;
    engine_unlock();
    load_all();
    engine_lock();
    engine.host = HOST_LOADED;
    for (DWORD i = 0; i < engine.num_providers; i++) {
        engine.providers[i]->ready = true;
        condition_wake_all(&engine.providers[i]->wake); /* for what it said meanwhile */
    }
    condition_wake_all(&engine.changed);
    return 0;
}

/* ---- chores ---- */

void chore_add(struct provider *provider, struct chore *chore, enum chore_kind kind)
{
    if (list_linked(&chore->link))
        return;
    chore->kind = kind;
    list_append(&provider->chores, &chore->link);
}

/* TSPI_lineDropOnClose and TSPI_lineDropNoOwner are what a provider for TAPI before 2.0 expects
 * where it has them. Both are obsolete since, and one that has them may do nothing there: then
 * TSPI_lineDrop, with a request of the engine's own (termination-of-asynchronous-operations.md). */
static void drop_call(struct call *call)
{
    struct host_provider *host = call->device->provider->host;
    bool old = call->device->version < 0x00020000, unowned = call->drop_unowned;
    struct request *request;
    LONG result, ignored;

    call->drop_unowned = false;
    if (unowned || (old && host->tspi.lineDropOnClose)) {
        engine_unlock();
        if (unowned)
            HOST_CALL(host, lineDropNoOwner, call->hd);
        else
            HOST_CALL(host, lineDropOnClose, call->hd);
        engine_lock();
        return;
    }
    request = request_new(call->device, call);
    if (!request)
        return;
    engine_unlock();
    result = HOST_CALL(host, lineDrop, request->id, call->hd, NULL, 0);
    engine_lock();
    if (request_function_returned(request, result, &ignored) != REQUEST_WAIT)
        request_drop(request);
    events_drain(call->device->provider);
}

static void close_call(struct call *call)
{
    struct device *device = call->device;

    if (call->pending) {
        request_abandon(call);
        return;
    }
    if (call->tune_wanted) {
        call->tune_wanted = false;
        call->users++;
        if (!call->close_wanted && !call->drop_wanted)
            monitoring_tune(call);
        call_release(call);
        return;
    }
    if (call->drop_wanted) {
        call->drop_wanted = false;
        call->users++;
        drop_call(call);
        call_release(call);
        return; /* where its close is wanted too, it is in the list again */
    }
    call->users++; /* so that nobody schedules it again */
    engine_unlock();
    HOST_CALL(device->provider->host, lineCloseCall, call->hd);
    engine_lock();
    requests_cut(device, call);
    call_destroy(call);
}

static void close_device(struct device *device)
{
    struct provider *provider = device->provider;

    /* A call came to life since this was scheduled: its end schedules it again. */
    if (device->users)
        return;
    device->state = DEVICE_CLOSING;
    engine_unlock();
    if (device->phone)
        HOST_CALL(provider->host, phoneClose, device->hd_phone);
    else
        HOST_CALL(provider->host, lineClose, device->hd);
    engine_lock();
    requests_cut(device, NULL);
    /* What is left are calls of requests that died with the line. */
    while (!list_empty(&device->calls))
        call_destroy(list_entry(device->calls.next, struct call, by_device));
    device->hd = NULL;
    device->hd_phone = NULL;
    device->close_wanted = false;
    device->state = DEVICE_CLOSED;
    condition_wake_all(&engine.changed);
    provider_release(provider);
}

static void close_msp(struct msp *msp)
{
    struct device *device = msp->device;

    engine_unlock();
    HOST_CALL(device->provider->host, lineCloseMSPInstance, msp->hd);
    engine_lock();
    mem_free(msp);
    device_release(device);
}

/* ---- leaving ---- */

static void all_gone(void)
{
    for (DWORD i = 0; i < engine.num_providers; i++)
        provider_free(engine.providers[i]);
    free_tables();
    engine.host = HOST_UNLOADED;
    condition_wake_all(&engine.changed);
}

static void unload(struct provider *provider)
{
    provider->gone = true; /* one thread does it */
    engine_unlock();
    stop_worker(provider);
    host_unload(provider->host);
    engine_lock();
    provider->unloaded = true;
    engine.providers_alive--;
    /* One that was taken out of the list goes alone. */
    if (!engine.providers_alive && engine.host == HOST_LEAVING)
        all_gone();
    condition_wake_all(&engine.changed);
}

void provider_release(struct provider *provider)
{
    provider->users--;
}

bool provider_settle(struct provider *provider)
{
    struct list *link;

    provider->users++;
    while ((link = list_pop(&provider->chores))) {
        struct chore *chore = list_entry(link, struct chore, link);

        switch (chore->kind) {
        case CHORE_TUNE:
            device_tune(list_entry(chore, struct device, tuning));
            break;
        case CHORE_CALL:
            close_call(list_entry(chore, struct call, chore));
            break;
        case CHORE_DEVICE:
            close_device(list_entry(chore, struct device, chore));
            break;
        case CHORE_MSP:
            close_msp(list_entry(chore, struct msp, chore));
            break;
        case CHORE_DIALOG:
            dialog_instance_close(list_entry(chore, struct dialog_instance, chore));
            break;
        }
    }
    provider->users--;
    if (!provider->leaving || provider->gone || provider->users)
        return false;
    unload(provider);
    return true;
}

static void start_leaving(void)
{
    DWORD count = engine.num_providers;

    engine.host = HOST_LEAVING;
    if (!engine.providers_alive) {
        all_gone();
        return;
    }
    for (DWORD i = 0; i < count; i++)
        engine.providers[i]->leaving = true;
    /* The last one to go frees the table. */
    for (DWORD i = 0; i < count && engine.host == HOST_LEAVING; i++)
        provider_settle(engine.providers[i]);
}

void providers_leave(void)
{
    if (engine.host == HOST_LOADED)
        start_leaving();
    /* Threads that are inside a provider unload it when they come out; wait for them, but not for
     * ourselves, and not for ever. */
    while (engine.host == HOST_LEAVING && !host_inside()) {
        if (!condition_wait(&engine.changed, &engine.lock, LEAVE_DEADLINE))
            break;
    }
}
