/* registry.c - which providers the machine has: OPENTAPI_PROVIDERS, or the Telephony key. */
#include "tsp/host/host.h"

#include <wchar.h>

#include "base/mem.h"

#define MAX_PROVIDERS 64
static const WCHAR providers_key[] =
    L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers";

/* "a.tsp;b.tsp": names in order, IDs from 1. */
static DWORD list_from_text(WCHAR *text, struct host_entry *entries)
{
    DWORD count = 0;

    while (*text && count < MAX_PROVIDERS) {
        size_t length = wcscspn(text, L";");

        if (length && length < MAX_PATH) {
            wmemcpy(entries[count].file, text, length);
            entries[count].id = count + 1;
            count++;
        }
        text += length + (text[length] != 0);
    }
    return count;
}

static DWORD read_number(HKEY key, const WCHAR *name)
{
    DWORD value = 0, size = sizeof(value), type;

    if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)&value, &size) || type != REG_DWORD)
        return 0;
    return value;
}

static DWORD list_from_key(REGSAM view, struct host_entry *entries)
{
    HKEY key;
    DWORD count = 0, providers;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, providers_key, 0, KEY_READ | view, &key))
        return 0;
    providers = read_number(key, L"NumProviders");
    for (DWORD i = 0; i < providers && i < MAX_PROVIDERS; i++) {
        struct host_entry *entry = &entries[count];
        DWORD size = sizeof(entry->file) - sizeof(WCHAR), type;
        WCHAR name[32];

        _snwprintf(name, 32, L"ProviderFilename%u", (unsigned)i);
        memset(entry, 0, sizeof(*entry));
        if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)entry->file, &size) ||
            (type != REG_SZ && type != REG_EXPAND_SZ) || !entry->file[0])
            continue;
        _snwprintf(name, 32, L"ProviderID%u", (unsigned)i);
        entry->id = read_number(key, name);
        count++;
    }
    RegCloseKey(key);
    return count;
}

DWORD host_list(struct host_entry **entries)
{
    DWORD count = 0, length = GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", NULL, 0);

    *entries = mem_alloc(MAX_PROVIDERS * sizeof(**entries));
    if (!*entries)
        return 0;
    if (length) {
        WCHAR *text = mem_alloc(length * sizeof(WCHAR));

        if (text && GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", text, length) < length)
            count = list_from_text(text, *entries);
        mem_free(text);
    } else {
        /* A 32-bit program finds the list of 64-bit installers too. */
        count = list_from_key(0, *entries);
        if (!count)
            count = list_from_key(KEY_WOW64_64KEY, *entries);
    }
    if (!count) {
        mem_free(*entries);
        *entries = NULL;
    }
    return count;
}
