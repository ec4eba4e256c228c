/*
 * host.h - loads telephony service providers and calls them; private to the engine.
 *
 * The host knows modules, entry points, versions and device ID ranges. It has no lock of its own
 * and no idea of lines or calls: the engine decides who calls when. Providers are strangers
 * (DESIGN, decision 8): what they hand back is range-checked here or by the engine.
 */
#ifndef TSP_HOST_HOST_H
#define TSP_HOST_HOST_H

#include <stdbool.h>
#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#include "base/trace.h"

#define HOST_TSPI_LOW    0x00010003u
#define HOST_TSPI_HIGH   0x00030001u
#define HOST_MAX_DEVICES 100000u /* a provider that claims more is refused */

/* What a provider for TAPI before 2.0 shows itself; later <tspi.h> lacks them. */
LONG TSPIAPI TSPI_lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);
LONG TSPIAPI TSPI_lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass,
                                       LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                       LPVARSTRING lpDeviceConfigOut);
LONG TSPIAPI TSPI_phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);

/* The entry points; a missing one is NULL. */
struct tspi {
#define TSPI(name, need) __typeof__(TSPI_##name) *name;
#include "tsp/host/tspi_functions.h"
#undef TSPI
};

/* One provider of the machine's list. */
struct host_entry {
    DWORD id; /* permanent provider ID */
    WCHAR file[MAX_PATH];
};

struct host_callbacks {
    LINEEVENT line_event;
    PHONEEVENT phone_event;
    ASYNC_COMPLETION completion;
};

struct host_provider {
    struct host_entry entry;
    HMODULE module;
    struct tspi tspi;
    DWORD version; /* TSPI version negotiated without a device */
    DWORD options; /* LINETSPIOPTION_* */
    DWORD line_base, line_count, phone_base, phone_count;
    bool initialized;
    CRITICAL_SECTION gate; /* only for LINETSPIOPTION_NONREENTRANT: one call at a time */
};

/*
 * The list of providers: OPENTAPI_PROVIDERS where it is set, else the registry's. *entries is an
 * array of the result's length, ended with mem_free; NULL when it is empty or memory is exhausted.
 */
DWORD host_list(struct host_entry **entries);

/* The same list for those who show or change it: LINEERR_INIFILECORRUPT where the registry's
 * contradicts itself (NumProviders counts an entry that is not there). */
LONG host_list_read(struct host_entry **entries, DWORD *count);

/* A permanent provider ID that nobody has or has had; it is used up. */
LONG host_list_reserve(DWORD *id);

/* Appends a provider to the list, or takes the one with that permanent ID out of it
 * (LINEERR_INVALPARAM: there is none). Where OPENTAPI_PROVIDERS is set, these change the variable of
 * this process and nothing else. */
LONG host_list_add(const struct host_entry *entry);
LONG host_list_remove(DWORD id);

/* How many lines and phones the setup of a provider wrote down for it, NumLines and NumPhones of the
 * key Telephony\Provider<ID>: for one that has no TSPI_providerEnumDevices. 0 where they are not. */
void host_read_counts(DWORD id, DWORD *lines, DWORD *phones);

/* Loads the module and finds its entry points, and asks it for nothing yet: enough for its dialogs.
 * NULL (and a trace line) when the file is missing or lacks a required entry point. Ended by
 * host_unload. */
struct host_provider *host_open(const struct host_entry *entry);

/* Loads the module, finds its entry points and negotiates the TSPI version. NULL (and a trace line)
 * when the file is missing, lacks a required entry point or speaks no version of ours. */
struct host_provider *host_load(const struct host_entry *entry);

/*
 * Asks for the devices and initializes the provider with these device ID bases; provider_handle
 * names it in LINE_CREATE and PHONE_CREATE. Afterwards line_count and phone_count are right.
 * 0 or the provider's error; on failure only host_unload may follow.
 */
LONG host_start(struct host_provider *provider, DWORD line_base, DWORD phone_base,
                DWORD provider_handle, const struct host_callbacks *callbacks);

/* The two halves of host_start, for one that starts while others run: the device IDs are given out
 * in between. */
LONG host_enumerate(struct host_provider *provider, DWORD provider_handle,
                    const struct host_callbacks *callbacks);
LONG host_init(struct host_provider *provider, DWORD line_base, DWORD phone_base,
               const struct host_callbacks *callbacks);

/* Negotiates for one device. Result: the version, 0 when there is none in common. */
DWORD host_line_version(struct host_provider *provider, DWORD device_id);
DWORD host_phone_version(struct host_provider *provider, DWORD device_id);

/* Shuts the provider down, when it was initialized, and unloads it. No thread may be inside it. */
void host_unload(struct host_provider *provider);

/* True while the calling thread is inside a provider's function (at any depth). */
bool host_inside(void);

/* entry: the entry point's offset in struct tspi; its name would not do, since <tapi.h> makes macros
 * of half of them. */
void host_enter(struct host_provider *provider, size_t entry);
void host_leave(struct host_provider *provider, size_t entry, LONG result);

/* Calls an entry point: HOST_CALL(provider, lineAnswer, id, call, NULL, 0). Result: what it
 * returned, LINEERR_OPERATIONUNAVAIL where the provider has none. Never with a lock held. */
#define HOST_CALL(provider_, name_, ...)                                                           \
    ({                                                                                             \
        struct host_provider *host_ = (provider_);                                                 \
        LONG result_ = (LONG)LINEERR_OPERATIONUNAVAIL;                                             \
        if (host_->tspi.name_) {                                                                   \
            host_enter(host_, offsetof(struct tspi, name_));                                       \
            result_ = host_->tspi.name_(__VA_ARGS__);                                              \
            host_leave(host_, offsetof(struct tspi, name_), result_);                              \
        }                                                                                          \
        result_;                                                                                   \
    })

#endif
