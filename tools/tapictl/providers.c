/* providers.c - the machine's list of providers: read here, so that doctor works with any
 * tapi32.dll and any list; changed by TAPI. The registry's layout is that of "Telephony Service
 * Provider Installation": NumProviders, ProviderIDn, ProviderFilenamen. */
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

    list->promised = count;
    list->next = read_number(key, L"NextProviderID", 0);
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
    for (DWORD place = 1; *text && list->count < PROVIDERS_MOST; place++) {
        size_t length = wcscspn(text, L";");
        bool more = text[length] != 0;
        struct provider_entry *entry = &list->entries[list->count];

        text[length] = 0;
        if (length && path_to_utf8(text, entry->file, sizeof entry->file)) {
            entry->id = place; /* one that was taken out leaves its place empty */
            list->count++;
        }
        text += length + more;
    }
}

void providers_read(struct provider_list *list)
{
    DWORD length = GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", NULL, 0);
    WCHAR *text = length ? calloc(length, sizeof *text) : NULL;

    memset(list, 0, sizeof(*list));
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

/* ---- changing it, which is TAPI's part ---- */

/* The variable goes before the registry, and a change of it would end with this process. */
static void mean_the_registry(void)
{
    SetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", NULL);
}

/* The entry that a file's name or an ID names, of the list that counts; NULL, and said, if none. */
static const struct provider_entry *find_entry(const char *name)
{
    static struct provider_list list;
    DWORD i = 0;
    char *end;
    unsigned long id = strtoul(name, &end, 10);

    providers_read(&list);
    if (*end)
        id = 0;
    while (i < list.count && _stricmp(list.entries[i].file, name) &&
           !(id && list.entries[i].id == id))
        i++;
    if (i < list.count)
        return &list.entries[i];
    fprintf(stderr, "tapictl: %s is not in %s\n", name,
            list.from_environment ? "OPENTAPI_PROVIDERS" : "the registry's list");
    return NULL;
}

static int report(const struct options *options, const char *what, const char *file, DWORD id,
                  LONG error)
{
    struct session session;

    session_output(&session, options->json);
    if (error) {
        session_error(&session, file, error);
        return 1;
    }
    writer_object(&session.writer, NULL, what);
    writer_text(&session.writer, "file", file);
    writer_number(&session.writer, "ID", id);
    writer_end(&session.writer);
    return 0;
}

int command_add(const struct options *options)
{
    const char *name = options->words[0];
    WCHAR path[MAX_PATH], found[MAX_PATH];
    DWORD id = 0;
    LONG error;

    mean_the_registry();
    if (!path_from_utf8(name, path) || !SearchPathW(NULL, path, NULL, MAX_PATH, found, NULL)) {
        fprintf(stderr, "tapictl: there is no file %s here nor in the system's folders\n", name);
        return 1;
    }
    error = lineAddProviderW(path, NULL, &id);
    return report(options, "added", name, id, error);
}

int command_remove(const struct options *options)
{
    const struct provider_entry *entry;

    mean_the_registry();
    entry = find_entry(options->words[0]);
    return entry ? report(options, "removed", entry->file, entry->id,
                          lineRemoveProvider(entry->id, NULL))
                 : 1;
}

int command_configure(const struct options *options)
{
    const struct provider_entry *entry = find_entry(options->words[0]);

    return entry ? report(options, "configured", entry->file, entry->id,
                          lineConfigProvider(NULL, entry->id))
                 : 1;
}
