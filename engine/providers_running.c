/*
 * providers_running.c - one provider comes or goes while others run: lineAddProvider and
 * lineRemoveProvider with TAPI in use. Applications see its devices come (LINE_CREATE,
 * PHONE_CREATE) and go (LINE_REMOVE, PHONE_REMOVE).
 */
#include "engine/private.h"

#define STOP_DEADLINE 10000 /* ms: how long lineRemoveProvider waits for a provider that hangs */

struct provider *provider_find(DWORD id)
{
    if (engine.host != HOST_LOADED)
        return NULL;
    for (DWORD i = 0; i < engine.num_providers; i++) {
        struct provider *provider = engine.providers[i];

        if (provider->ready && !provider->leaving && provider->host->entry.id == id)
            return provider;
    }
    return NULL;
}

static void tell_of_line(const struct device *device)
{
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (!app->phone)
                post_app(app, 0, LINE_CREATE, 0, device->id, 0, 0);
        }
    }
}

/* The nth device of a provider, lines first, then phones. */
static struct device *device_at(const struct host_provider *host, DWORD n)
{
    return n < host->line_count ? engine.devices[host->line_base + n]
                                : engine.phone_devices[host->phone_base + n - host->line_count];
}

/* Gives out its device IDs before it is initialized. Nobody finds the devices yet. */
static bool reserve(struct provider *provider)
{
    struct host_provider *host = provider->host;
    struct provider **grown =
        mem_realloc(engine.providers, (engine.num_providers + 1) * sizeof(*grown));

    if (!grown)
        return false;
    engine.providers = grown;
    if (!devices_reserve(host->line_count, host->phone_count))
        return false;
    host->line_base = engine.num_devices;
    host->phone_base = engine.num_phones;
    for (DWORD i = 0; i < host->line_count + host->phone_count; i++) {
        struct device *device = device_new(provider, i >= host->line_count);

        if (!device) {
            while (engine.num_devices > host->line_base)
                mem_free(engine.devices[--engine.num_devices]);
            while (engine.num_phones > host->phone_base)
                mem_free(engine.phone_devices[--engine.num_phones]);
            return false;
        }
        device->removed = true;
    }
    engine.providers[engine.num_providers++] = provider;
    return true;
}

/* Lock free: nobody else knows the devices yet. */
static LONG initialize(struct provider *provider, DWORD *versions)
{
    struct host_provider *host = provider->host;
    LONG result = host_init(host, host->line_base, host->phone_base, &provider_callbacks);

    if (result)
        return result;
    for (DWORD i = 0; i < host->line_count; i++)
        versions[i] = host_line_version(host, host->line_base + i);
    for (DWORD i = 0; i < host->phone_count; i++)
        versions[host->line_count + i] = host_phone_version(host, host->phone_base + i);
    provider->worker = CreateThread(NULL, 0, provider_worker, provider, 0, &provider->worker_id);
    return provider->worker ? 0 : ERR(NOMEM);
}

static void publish(struct provider *provider, const DWORD *versions)
{
    const struct host_provider *host = provider->host;

    provider->ready = true;
    engine.providers_alive++;
    condition_wake_all(&provider->wake); /* for what it said meanwhile */
    for (DWORD i = 0; i < host->line_count + host->phone_count; i++) {
        struct device *device = device_at(host, i);

        device->version = versions[i];
        device->removed = false;
        if (device->phone)
            phone_device_created(device);
        else
            tell_of_line(device);
    }
}

/* Carried out with engine.apps counted up, so that nobody unloads the others meanwhile. */
static LONG start(const struct host_entry *entry)
{
    struct host_provider *host;
    struct provider *provider = NULL;
    DWORD *versions = NULL;
    LONG result = ERR(NOMEM);

    engine_unlock();
    host = host_load(entry);
    engine_lock();
    if (!host)
        return ERR(OPERATIONFAILED);
    provider = provider_new(host);
    if (!provider)
        goto fail;
    engine_unlock();
    result = host_enumerate(host, provider->handle, &provider_callbacks);
    engine_lock();
    if (result)
        goto fail;
    result = ERR(NOMEM);
    versions = mem_alloc((host->line_count + host->phone_count) * sizeof(*versions));
    if (!versions || !reserve(provider))
        goto fail;
    engine_unlock();
    result = initialize(provider, versions);
    engine_lock();
    if (result) {
        /* Its device IDs are used up: devices that never were, of a provider that has gone. */
        provider->leaving = provider->gone = true;
        engine_unlock();
        host_unload(host);
        engine_lock();
    } else {
        publish(provider, versions);
    }
    mem_free(versions);
    return result;

fail:
    mem_free(versions);
    engine_unlock();
    host_unload(host);
    engine_lock();
    if (provider)
        provider_free(provider);
    return result;
}

LONG provider_start(const struct host_entry *entry)
{
    LONG result;

    if (engine.host != HOST_LOADED)
        return 0; /* it comes with the others */
    engine.apps++;
    result = start(entry);
    if (!--engine.apps)
        providers_leave();
    return result;
}

void provider_stop(struct provider *provider)
{
    for (DWORD i = 0; i < engine.num_devices; i++) {
        if (engine.devices[i]->provider == provider)
            device_remove(engine.devices[i]);
    }
    for (DWORD i = 0; i < engine.num_phones; i++) {
        if (engine.phone_devices[i]->provider == provider)
            phone_device_remove(engine.phone_devices[i]);
    }
    dialog_instances_leave(NULL, provider);
    engine.apps++; /* so that its structure stays while we wait */
    provider->leaving = true;
    provider_settle(provider);
    /* Another thread may be inside; it unloads it when it comes out. */
    while (!provider->unloaded && !host_inside()) {
        if (!condition_wait(&engine.changed, &engine.lock, STOP_DEADLINE))
            break;
    }
    if (!--engine.apps)
        providers_leave();
}
