/* registry.c - which providers the machine has: OPENTAPI_PROVIDERS, or the Telephony key. Read for
 * loading, read for showing, and changed. */
#include "tsp/host/host.h"

#include <wchar.h>

#include "base/mem.h"

#define MAX_PROVIDERS 64
#define VARIABLE      L"OPENTAPI_PROVIDERS"

#define TELEPHONY L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony"

static const WCHAR providers_key[] = TELEPHONY L"\\Providers";

/* ---- the variable: "a.tsp;b.tsp" ---- */

/* Its text, ended with mem_free; NULL where it is not set (or memory is exhausted). */
static WCHAR *variable_read(void)
{
    DWORD length = GetEnvironmentVariableW(VARIABLE, NULL, 0);
    WCHAR *text = length ? mem_alloc(length * sizeof(WCHAR)) : NULL;

    if (text && GetEnvironmentVariableW(VARIABLE, text, length) >= length)
        *text = 0; /* it grew meanwhile: another thread's doing, and its loss */
    return text;
}

static bool variable_set(void)
{
    return GetEnvironmentVariableW(VARIABLE, NULL, 0) != 0;
}

/* An ID is a place in the text, from 1: one that is taken out leaves its place empty. */
static DWORD list_from_text(const WCHAR *text, struct host_entry *entries)
{
    DWORD count = 0;

    for (DWORD place = 1; *text && count < MAX_PROVIDERS; place++) {
        size_t length = wcscspn(text, L";");

        if (length && length < MAX_PATH) {
            memset(&entries[count], 0, sizeof(entries[count]));
            wmemcpy(entries[count].file, text, length);
            entries[count].id = place;
            count++;
        }
        text += length + (text[length] != 0);
    }
    return count;
}

/* How many places there are: the highest ID ever given. */
static DWORD places(const WCHAR *text)
{
    DWORD count = 1;

    for (; *text; text++)
        count += *text == ';';
    return count;
}

static LONG variable_add(const struct host_entry *entry)
{
    WCHAR *text = variable_read(), *longer = NULL;
    LONG result = (LONG)LINEERR_NOMEM;
    DWORD missing;

    if (!text)
        return result;
    missing = entry->id > places(text) ? entry->id - places(text) : 0;
    longer = mem_alloc((wcslen(text) + missing + wcslen(entry->file) + 1) * sizeof(WCHAR));
    if (longer) {
        wcscpy(longer, text);
        for (DWORD i = 0; i < missing; i++)
            wcscat(longer, L";");
        wcscat(longer, entry->file);
        result = SetEnvironmentVariableW(VARIABLE, longer) ? 0 : (LONG)LINEERR_OPERATIONFAILED;
    }
    mem_free(longer);
    mem_free(text);
    return result;
}

static LONG variable_remove(DWORD id)
{
    WCHAR *text = variable_read(), *place = text;
    LONG result = (LONG)LINEERR_INVALPARAM;
    size_t length;

    if (!text)
        return (LONG)LINEERR_NOMEM;
    for (DWORD i = 1; i < id && place; i++) {
        place = wcschr(place, ';');
        place = place ? place + 1 : NULL;
    }
    length = place && id ? wcscspn(place, L";") : 0;
    if (length) {
        wmemmove(place, place + length, wcslen(place + length) + 1);
        /* An empty variable would be no variable, and the registry's list would come to light. */
        result = SetEnvironmentVariableW(VARIABLE, *text ? text : L";")
                     ? 0
                     : (LONG)LINEERR_OPERATIONFAILED;
    }
    mem_free(text);
    return result;
}

/* ---- the registry's list ---- */

static bool read_number(HKEY key, const WCHAR *name, DWORD *value)
{
    DWORD size = sizeof(*value), type;

    *value = 0;
    if (!RegQueryValueExW(key, name, NULL, &type, (BYTE *)value, &size) && type == REG_DWORD)
        return true;
    *value = 0;
    return false;
}

/* Room for the stem and a number of any size is the caller's. */
static void value_name(WCHAR *name, const WCHAR *stem, DWORD index)
{
    wsprintfW(name, L"%s%u", stem, (unsigned)index);
}

static bool read_entry(HKEY key, DWORD index, struct host_entry *entry)
{
    DWORD size = sizeof(entry->file) - sizeof(WCHAR), type;
    WCHAR name[32];
    bool whole;

    memset(entry, 0, sizeof(*entry));
    value_name(name, L"ProviderID", index);
    whole = read_number(key, name, &entry->id) && entry->id;
    value_name(name, L"ProviderFilename", index);
    if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)entry->file, &size) ||
        (type != REG_SZ && type != REG_EXPAND_SZ))
        entry->file[0] = 0;
    return whole && entry->file[0];
}

/* Entries that lack their file are left out; *sound: nothing is wrong with the list. */
static DWORD list_from_key(HKEY key, struct host_entry *entries, bool *sound)
{
    DWORD count = 0, providers;

    *sound = read_number(key, L"NumProviders", &providers) ||
             RegQueryValueExW(key, L"NumProviders", NULL, NULL, NULL, NULL) == ERROR_FILE_NOT_FOUND;
    if (providers > MAX_PROVIDERS) {
        *sound = false;
        providers = MAX_PROVIDERS;
    }
    for (DWORD i = 0; i < providers; i++) {
        if (!read_entry(key, i, &entries[count]))
            *sound = false;
        for (DWORD before = 0; before < count; before++)
            *sound = *sound && entries[before].id != entries[count].id;
        if (entries[count].file[0])
            count++;
    }
    return count;
}

void host_read_counts(DWORD id, DWORD *lines, DWORD *phones)
{
    static const REGSAM views[] = {KEY_READ, KEY_READ | KEY_WOW64_64KEY};
    WCHAR name[ARRAYSIZE(TELEPHONY) + 32];
    bool found = false;
    HKEY key;

    value_name(name, TELEPHONY L"\\Provider", id);
    *lines = *phones = 0;
    for (unsigned i = 0; i < ARRAYSIZE(views) && !found; i++) {
        if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, name, 0, views[i], &key))
            continue;
        found = read_number(key, L"NumLines", lines);
        found = read_number(key, L"NumPhones", phones) || found;
        RegCloseKey(key);
    }
}

static HKEY open_view(REGSAM access)
{
    HKEY key = NULL;

    return RegOpenKeyExW(HKEY_LOCAL_MACHINE, providers_key, 0, access, &key) ? NULL : key;
}

/* The list that counts: a 32-bit program finds the one of 64-bit installers too. */
static HKEY open_list(REGSAM access)
{
    DWORD providers;
    HKEY key = open_view(access), other;

    if (key && read_number(key, L"NumProviders", &providers) && providers)
        return key;
    other = open_view(access | KEY_WOW64_64KEY);
    if (other && (!key || (read_number(other, L"NumProviders", &providers) && providers))) {
        if (key)
            RegCloseKey(key);
        return other;
    }
    if (other)
        RegCloseKey(other);
    return key;
}

static HKEY open_to_change(void)
{
    HKEY key = open_list(KEY_READ | KEY_WRITE);

    if (!key && RegCreateKeyExW(HKEY_LOCAL_MACHINE, providers_key, 0, NULL, 0, KEY_READ | KEY_WRITE,
                                NULL, &key, NULL))
        return NULL;
    return key;
}

static LSTATUS write_number(HKEY key, const WCHAR *name, DWORD value)
{
    return RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value));
}

/* Entries from `first` on, in order; what stood behind the new end goes. NumProviders never counts
 * entries that are not there: it is written first when the list shrinks, and last when it grows. */
static LSTATUS write_list(HKEY key, const struct host_entry *entries, DWORD first, DWORD count,
                          DWORD before)
{
    LSTATUS error = count < before ? write_number(key, L"NumProviders", count) : 0;
    WCHAR id[32], file[32];

    for (DWORD i = first; !error && i < (count < before ? before : count); i++) {
        value_name(id, L"ProviderID", i);
        value_name(file, L"ProviderFilename", i);
        if (i >= count) {
            RegDeleteValueW(key, id);
            RegDeleteValueW(key, file);
            continue;
        }
        error = write_number(key, id, entries[i].id);
        if (!error)
            error = RegSetValueExW(key, file, 0, REG_SZ, (const BYTE *)entries[i].file,
                                   (DWORD)((wcslen(entries[i].file) + 1) * sizeof(WCHAR)));
    }
    return error || count < before ? error : write_number(key, L"NumProviders", count);
}

/* Two programs must not change the list at a time. */
static HANDLE change_begin(void)
{
    HANDLE mutex = CreateMutexW(NULL, FALSE, L"OpenTAPI.Providers");

    if (mutex)
        WaitForSingleObject(mutex, INFINITE);
    return mutex;
}

static void change_end(HANDLE mutex)
{
    if (!mutex)
        return;
    ReleaseMutex(mutex);
    CloseHandle(mutex);
}

/* ---- what host.h declares ---- */

static DWORD list_read(struct host_entry **entries, bool *sound)
{
    WCHAR *text;
    HKEY key;
    DWORD count = 0;

    *sound = true;
    *entries = mem_alloc((MAX_PROVIDERS + 1) * sizeof(**entries)); /* with room for one more */
    if (!*entries)
        return 0;
    if (variable_set()) {
        text = variable_read();
        count = text ? list_from_text(text, *entries) : 0;
        mem_free(text);
    } else if ((key = open_list(KEY_READ))) {
        count = list_from_key(key, *entries, sound);
        RegCloseKey(key);
    }
    return count;
}

DWORD host_list(struct host_entry **entries)
{
    bool sound;
    DWORD count = list_read(entries, &sound);

    if (!count) {
        mem_free(*entries);
        *entries = NULL;
    }
    return count;
}

LONG host_list_read(struct host_entry **entries, DWORD *count)
{
    bool sound;

    *count = list_read(entries, &sound);
    if (!*entries)
        return (LONG)LINEERR_NOMEM;
    if (sound)
        return 0;
    mem_free(*entries);
    *entries = NULL;
    *count = 0;
    return (LONG)LINEERR_INIFILECORRUPT;
}

LONG host_list_reserve(DWORD *id)
{
    struct host_entry *entries;
    DWORD count;
    LONG result;
    HANDLE mutex;
    HKEY key;

    *id = 0;
    if (variable_set()) {
        WCHAR *text = variable_read();

        *id = text ? places(text) + 1 : 0;
        mem_free(text);
        return *id ? 0 : (LONG)LINEERR_NOMEM;
    }
    mutex = change_begin();
    result = host_list_read(&entries, &count);
    key = result ? NULL : open_to_change();
    if (!result && !key)
        result = (LONG)LINEERR_OPERATIONFAILED;
    if (!result && count == MAX_PROVIDERS)
        result = (LONG)LINEERR_NOMEM;
    if (!result) {
        if (!read_number(key, L"NextProviderID", id) || !*id)
            *id = 1;
        for (DWORD i = 0; i < count; i++)
            if (entries[i].id >= *id)
                *id = entries[i].id + 1;
        if (write_number(key, L"NextProviderID", *id + 1))
            result = (LONG)LINEERR_OPERATIONFAILED;
    }
    if (key)
        RegCloseKey(key);
    mem_free(entries);
    change_end(mutex);
    return result;
}

/* entry NULL: the one with this ID goes. */
static LONG list_change(const struct host_entry *entry, DWORD id)
{
    struct host_entry *entries;
    DWORD count, at = 0, before;
    HANDLE mutex = change_begin();
    LONG result = host_list_read(&entries, &count);
    HKEY key = NULL;

    if (result)
        goto done;
    before = count;
    if (entry) {
        at = count;
        entries[count++] = *entry;
    } else {
        while (at < count && entries[at].id != id)
            at++;
        result = at == count ? (LONG)LINEERR_INVALPARAM : 0;
        if (result)
            goto done;
        count--;
        memmove(&entries[at], &entries[at + 1], (count - at) * sizeof(*entries));
    }
    key = open_to_change();
    if (!key || count > MAX_PROVIDERS || write_list(key, entries, at, count, before))
        result = (LONG)LINEERR_OPERATIONFAILED;
done:
    if (key)
        RegCloseKey(key);
    mem_free(entries);
    change_end(mutex);
    return result;
}

LONG host_list_add(const struct host_entry *entry)
{
    return variable_set() ? variable_add(entry) : list_change(entry, 0);
}

LONG host_list_remove(DWORD id)
{
    return variable_set() ? variable_remove(id) : list_change(NULL, id);
}
