/* providers.c - the machine's list of providers: read, add, remove. The registry's layout is that
 * of "Telephony Service Provider Installation": NumProviders, NextProviderID, ProviderIDn,
 * ProviderFilenamen. */
#include "tools/tapictl/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const WCHAR providers_key[] =
    L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers";

bool path_from_utf8(const char *utf8, WCHAR path[MAX_PATH])
{
    return MultiByteToWideChar(CP_UTF8, 0, utf8, -1, path, MAX_PATH) > 0;
}

static bool path_to_utf8(const WCHAR *path, char *utf8, int size)
{
    return WideCharToMultiByte(CP_UTF8, 0, path, -1, utf8, size, NULL, NULL) > 0;
}

static DWORD read_number(HKEY key, const WCHAR *name, DWORD otherwise)
{
    DWORD value = 0, size = sizeof value, type;

    if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)&value, &size) || type != REG_DWORD)
        return otherwise;
    return value;
}

static void value_name(WCHAR to[32], const WCHAR *stem, DWORD index)
{
    _snwprintf(to, 32, L"%ls%u", stem, (unsigned)index);
    to[31] = 0;
}

static void read_key(HKEY key, struct provider_list *list)
{
    DWORD count = read_number(key, L"NumProviders", 0);

    list->next_id = read_number(key, L"NextProviderID", 1);
    for (DWORD i = 0; i < count && list->count < PROVIDERS_MOST; i++) {
        struct provider_entry *entry = &list->entries[list->count];
        WCHAR name[32], file[MAX_PATH] = L"";
        DWORD size = sizeof file - sizeof(WCHAR), type;

        value_name(name, L"ProviderFilename", i);
        if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)file, &size) ||
            (type != REG_SZ && type != REG_EXPAND_SZ) || !file[0] ||
            !path_to_utf8(file, entry->file, sizeof entry->file))
            continue;
        value_name(name, L"ProviderID", i);
        entry->id = read_number(key, name, 0);
        if (entry->id >= list->next_id)
            list->next_id = entry->id + 1;
        list->count++;
    }
}

static void read_registry(struct provider_list *list, REGSAM view)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, providers_key, 0, KEY_READ | view, &key))
        return;
    read_key(key, list);
    RegCloseKey(key);
}

static void read_environment(struct provider_list *list, WCHAR *text)
{
    list->from_environment = true;
    while (*text && list->count < PROVIDERS_MOST) {
        size_t length = wcscspn(text, L";");
        bool more = text[length] != 0;
        struct provider_entry *entry = &list->entries[list->count];

        text[length] = 0;
        if (length && path_to_utf8(text, entry->file, sizeof entry->file))
            entry->id = ++list->count;
        text += length + more;
    }
}

void providers_read(struct provider_list *list)
{
    DWORD length = GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", NULL, 0);
    WCHAR *text = length ? calloc(length, sizeof *text) : NULL;

    memset(list, 0, sizeof(*list));
    list->next_id = 1;
    if (text) {
        GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", text, length);
        read_environment(list, text);
        free(text);
        return;
    }
    read_registry(list, 0);
    if (!list->count)
        read_registry(list, KEY_WOW64_64KEY);
}

/* ---- writing ---- */

static LSTATUS write_number(HKEY key, const WCHAR *name, DWORD value)
{
    return RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof value);
}

static LSTATUS write_file(HKEY key, const WCHAR *name, const char *utf8)
{
    WCHAR file[MAX_PATH];

    if (!path_from_utf8(utf8, file))
        return ERROR_FILENAME_EXCED_RANGE;
    return RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)file,
                          (DWORD)((wcslen(file) + 1) * sizeof(WCHAR)));
}

/* The whole list, in order; what stood behind the new end goes. NumProviders is written last, so
 * that a reader never counts entries that are not there. */
static LSTATUS write_list(HKEY key, const struct provider_list *list, DWORD before)
{
    LSTATUS error = 0;
    WCHAR id[32], file[32];

    if (list->count < before)
        error = write_number(key, L"NumProviders", list->count);
    for (DWORD i = 0; !error && i < list->count; i++) {
        value_name(id, L"ProviderID", i);
        value_name(file, L"ProviderFilename", i);
        error = write_number(key, id, list->entries[i].id);
        if (!error)
            error = write_file(key, file, list->entries[i].file);
    }
    for (DWORD i = list->count; !error && i < before; i++) {
        value_name(id, L"ProviderID", i);
        value_name(file, L"ProviderFilename", i);
        RegDeleteValueW(key, id);
        RegDeleteValueW(key, file);
    }
    if (!error)
        error = write_number(key, L"NextProviderID", list->next_id);
    return error ? error : write_number(key, L"NumProviders", list->count);
}

static HKEY open_to_change(struct provider_list *list, DWORD *before)
{
    LSTATUS error;
    HKEY key = NULL;

    memset(list, 0, sizeof(*list));
    error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, providers_key, 0, NULL, 0, KEY_READ | KEY_WRITE,
                            NULL, &key, NULL);
    if (error) {
        fprintf(stderr, "tapictl: the registry's list cannot be changed (error %ld)%s\n",
                (long)error, error == ERROR_ACCESS_DENIED ? ": this takes an administrator" : "");
        return NULL;
    }
    read_key(key, list);
    *before = read_number(key, L"NumProviders", 0);
    return key;
}

static int close_changed(HKEY key, LSTATUS error)
{
    RegCloseKey(key);
    if (!error)
        return 0;
    fprintf(stderr, "tapictl: the registry's list could not be written (error %ld)\n", (long)error);
    return 1;
}

/* The entry that a file's name or an ID names; list->count if none. */
static DWORD find_entry(const struct provider_list *list, const char *name)
{
    DWORD i = 0;
    char *end;
    unsigned long id = strtoul(name, &end, 10);

    if (*end)
        id = 0;
    while (i < list->count && _stricmp(list->entries[i].file, name) &&
           !(id && list->entries[i].id == id))
        i++;
    return i;
}

int command_add(const struct options *options)
{
    static struct provider_list list;
    const char *name = options->words[0];
    WCHAR path[MAX_PATH], found[MAX_PATH];
    struct session session;
    DWORD before;
    HKEY key = open_to_change(&list, &before);
    LSTATUS error;

    if (!key)
        return 1;
    if (find_entry(&list, name) < list.count) {
        fprintf(stderr, "tapictl: %s is in the list already\n", name);
        RegCloseKey(key);
        return 1;
    }
    if (list.count == PROVIDERS_MOST || strlen(name) >= sizeof list.entries[0].file ||
        !path_from_utf8(name, path) || !SearchPathW(NULL, path, NULL, MAX_PATH, found, NULL)) {
        fprintf(stderr, "tapictl: there is no file %s here nor in the system's folders\n", name);
        RegCloseKey(key);
        return 1;
    }
    list.entries[list.count].id = list.next_id++;
    strcpy(list.entries[list.count].file, name);
    list.count++;
    error = write_list(key, &list, before);
    if (!error) {
        session_output(&session, options->json);
        writer_object(&session.writer, NULL, "added");
        writer_text(&session.writer, "file", name);
        writer_number(&session.writer, "ID", list.entries[list.count - 1].id);
        writer_end(&session.writer);
    }
    return close_changed(key, error);
}

int command_remove(const struct options *options)
{
    static struct provider_list list;
    struct provider_entry gone;
    struct session session;
    DWORD before, at;
    HKEY key = open_to_change(&list, &before);
    LSTATUS error;

    if (!key)
        return 1;
    at = find_entry(&list, options->words[0]);
    if (at == list.count) {
        fprintf(stderr, "tapictl: %s is not in the registry's list\n", options->words[0]);
        RegCloseKey(key);
        return 1;
    }
    gone = list.entries[at];
    list.count--;
    memmove(&list.entries[at], &list.entries[at + 1], (list.count - at) * sizeof list.entries[0]);
    error = write_list(key, &list, before);
    if (!error) {
        session_output(&session, options->json);
        writer_object(&session.writer, NULL, "removed");
        writer_text(&session.writer, "file", gone.file);
        writer_number(&session.writer, "ID", gone.id);
        writer_end(&session.writer);
    }
    return close_changed(key, error);
}
