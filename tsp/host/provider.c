/* provider.c - the life of one provider module, and the bracket around every call into it. */
#include "tsp/host/host.h"

#include "base/mem.h"

enum { MAY, MUST };

static const struct {
    const char *name;
    size_t offset;
    int need;
} entry_points[] = {
#define TSPI(name, need) {"TSPI_" #name, offsetof(struct tspi, name), need},
#include "tsp/host/tspi_functions.h"
#undef TSPI
};

/* How deep this thread is inside of providers. A TLS slot rather than _Thread_local: MinGW's
 * emulation of that would drag a thread library into the DLL. Made before the first provider. */
static DWORD depth_slot = TLS_OUT_OF_INDEXES;
static INIT_ONCE depth_once = INIT_ONCE_STATIC_INIT;

static BOOL CALLBACK depth_start(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    depth_slot = TlsAlloc();
    return depth_slot != TLS_OUT_OF_INDEXES;
}

static void depth_add(INT_PTR step)
{
    TlsSetValue(depth_slot, (void *)((INT_PTR)TlsGetValue(depth_slot) + step));
}

bool host_inside(void)
{
    DWORD error = GetLastError();
    bool inside = depth_slot != TLS_OUT_OF_INDEXES && TlsGetValue(depth_slot);

    SetLastError(error);
    return inside;
}

static const char *entry_name(size_t entry)
{
    size_t i = 0;

    while (entry_points[i].offset != entry)
        i++;
    return entry_points[i].name;
}

void host_enter(struct host_provider *provider, size_t entry)
{
    TRACE("tspi", "%ls %s ...", provider->entry.file, entry_name(entry));
    if (provider->options & LINETSPIOPTION_NONREENTRANT)
        EnterCriticalSection(&provider->gate);
    depth_add(1);
}

void host_leave(struct host_provider *provider, size_t entry, LONG result)
{
    depth_add(-1);
    if (provider->options & LINETSPIOPTION_NONREENTRANT)
        LeaveCriticalSection(&provider->gate);
    TRACE("tspi", "%ls %s = 0x%08x", provider->entry.file, entry_name(entry), (unsigned)result);
}

static bool resolve(struct host_provider *provider)
{
    for (size_t i = 0; i < sizeof(entry_points) / sizeof(entry_points[0]); i++) {
        FARPROC found = GetProcAddress(provider->module, entry_points[i].name);

        if (!found && entry_points[i].need == MUST) {
            TRACE("tspi", "%ls refused: it has no %s", provider->entry.file, entry_points[i].name);
            return false;
        }
        memcpy((char *)&provider->tspi + entry_points[i].offset, &found, sizeof(found));
    }
    return true;
}

/* What a provider answered to a negotiation; 0 where that is no version of ours. */
static DWORD negotiated(const struct host_provider *provider, DWORD device_id, LONG result,
                        DWORD version)
{
    if (result || version < HOST_TSPI_LOW || version > HOST_TSPI_HIGH) {
        TRACE("tspi", "%ls device 0x%x: no version (0x%x, 0x%x)", provider->entry.file,
              (unsigned)device_id, (unsigned)result, (unsigned)version);
        return 0;
    }
    return version;
}

/* Without a box on the screen where it, or a DLL that it needs, is missing: nobody asked for it. */
static HMODULE load_quietly(const WCHAR *entry)
{
    WCHAR file[MAX_PATH];
    DWORD length = ExpandEnvironmentStringsW(entry, file, MAX_PATH); /* it may be REG_EXPAND_SZ */
    DWORD mode, error;
    HMODULE module;

    SetThreadErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX, &mode);
    module = LoadLibraryW(length && length <= MAX_PATH ? file : entry);
    error = GetLastError();
    SetThreadErrorMode(mode, NULL);
    SetLastError(error);
    return module;
}

struct host_provider *host_open(const struct host_entry *entry)
{
    struct host_provider *provider;

    if (!InitOnceExecuteOnce(&depth_once, depth_start, NULL, NULL))
        return NULL;
    provider = mem_alloc(sizeof(*provider));
    if (!provider)
        return NULL;
    provider->entry = *entry;
    InitializeCriticalSection(&provider->gate);
    provider->module = load_quietly(entry->file);
    if (!provider->module) {
        TRACE("tspi", "%ls refused: cannot be loaded (error %u)", entry->file,
              (unsigned)GetLastError());
        goto fail;
    }
    if (!resolve(provider))
        goto fail;
    return provider;

fail:
    host_unload(provider);
    return NULL;
}

static DWORD negotiate(struct host_provider *provider, DWORD device_id)
{
    DWORD version = 0;
    LONG result = HOST_CALL(provider, lineNegotiateTSPIVersion, device_id, HOST_TSPI_LOW,
                            HOST_TSPI_HIGH, &version);

    return negotiated(provider, device_id, result, version);
}

struct host_provider *host_load(const struct host_entry *entry)
{
    struct host_provider *provider = host_open(entry);

    if (!provider)
        return NULL;
    provider->version = negotiate(provider, (DWORD)INITIALIZE_NEGOTIATION);
    if (!provider->version) {
        host_unload(provider);
        return NULL;
    }
    return provider;
}

LONG host_enumerate(struct host_provider *provider, DWORD provider_handle,
                    const struct host_callbacks *callbacks)
{
    HPROVIDER handle = (HPROVIDER)(UINT_PTR)provider_handle;
    DWORD lines = 0, phones = 0;
    LONG result;

    if (provider->tspi.providerEnumDevices) {
        result = HOST_CALL(provider, providerEnumDevices, provider->entry.id, &lines, &phones,
                           handle, callbacks->line_event, callbacks->phone_event);
        if (result)
            return result < 0 ? result : (LONG)LINEERR_OPERATIONFAILED;
    } else {
        host_read_counts(provider->entry.id, &lines, &phones);
    }
    if (lines > HOST_MAX_DEVICES || phones > HOST_MAX_DEVICES) {
        TRACE("tspi", "%ls refused: claims %u lines, %u phones", provider->entry.file,
              (unsigned)lines, (unsigned)phones);
        return (LONG)LINEERR_OPERATIONFAILED;
    }
    provider->line_count = lines;
    provider->phone_count = phones;
    return 0;
}

LONG host_init(struct host_provider *provider, DWORD line_base, DWORD phone_base,
               const struct host_callbacks *callbacks)
{
    DWORD lines = provider->line_count, phones = provider->phone_count, options = 0;
    LONG result;

    provider->line_base = line_base;
    provider->phone_base = phone_base;
    result = HOST_CALL(provider, providerInit, provider->version, provider->entry.id, line_base,
                       phone_base, lines, phones, callbacks->completion, &options);
    if (result)
        return result < 0 ? result : (LONG)LINEERR_OPERATIONFAILED;
    provider->options = options; /* not before: the bracket around that call had no gate yet */
    provider->initialized = true;
    TRACE("tspi", "%ls: version 0x%x, lines %u from %u, phones %u from %u", provider->entry.file,
          (unsigned)provider->version, (unsigned)lines, (unsigned)line_base, (unsigned)phones,
          (unsigned)phone_base);
    return 0;
}

LONG host_start(struct host_provider *provider, DWORD line_base, DWORD phone_base,
                DWORD provider_handle, const struct host_callbacks *callbacks)
{
    LONG result = host_enumerate(provider, provider_handle, callbacks);

    return result ? result : host_init(provider, line_base, phone_base, callbacks);
}

DWORD host_line_version(struct host_provider *provider, DWORD device_id)
{
    return negotiate(provider, device_id);
}

DWORD host_phone_version(struct host_provider *provider, DWORD device_id)
{
    DWORD version = 0;
    LONG result = HOST_CALL(provider, phoneNegotiateTSPIVersion, device_id, HOST_TSPI_LOW,
                            HOST_TSPI_HIGH, &version);

    return negotiated(provider, device_id, result, version);
}

void host_unload(struct host_provider *provider)
{
    if (!provider)
        return;
    if (provider->initialized)
        HOST_CALL(provider, providerShutdown, provider->version, provider->entry.id);
    if (provider->module)
        FreeLibrary(provider->module);
    DeleteCriticalSection(&provider->gate);
    mem_free(provider);
}
