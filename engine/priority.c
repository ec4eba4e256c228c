/* priority.c - the user's order of applications, one list for each media mode and each request mode
 * of assisted telephony: HandoffPriorities in the registry (assisted-telephony-overview.md), file
 * names with commas between, the best one first. */
#include "engine/private.h"

#define PRIORITIES L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\HandoffPriorities"

/* The value with a media mode's list, as TAPI has named them since the days of telephon.ini; NULL
 * for what is not one mode of LINEMEDIAMODE_. An extension's mode (one of the high 8 bits) goes by
 * its number: its name, lpszExtensionName, is documented as ignored. */
static const WCHAR *media_value(DWORD mode)
{
    static const WCHAR *const names[] = {
        L"unknown", L"interactivevoice", L"automatedvoice", L"datamodem", L"g3fax", L"tdd",
        L"g4fax",   L"digitaldata",      L"teletex",        L"videotex",  L"telex", L"mixed",
        L"adsi",    L"voiceview",        L"video"};
    static const WCHAR *const extensions[] = {L"0x01000000", L"0x02000000", L"0x04000000",
                                              L"0x08000000", L"0x10000000", L"0x20000000",
                                              L"0x40000000", L"0x80000000"};
    DWORD known = LINEMEDIAMODE_UNKNOWN;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++, known <<= 1)
        if (mode == known)
            return names[i];
    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
        if (mode == 0x01000000u << i)
            return extensions[i];
    return NULL;
}

/* tapiRequestDrop ends what tapiRequestMediaCall began: one list for both. */
static const WCHAR *request_value(DWORD mode)
{
    return mode == LINEREQUESTMODE_MAKECALL ? L"RequestMakeCall" : L"RequestMediaCall";
}

const WCHAR *file_name(const WCHAR *path)
{
    const WCHAR *name = path;

    for (; *path; path++)
        if (*path == '\\' || *path == '/')
            name = path + 1;
    return name;
}

/* *list is NULL where the registry has none. */
static LONG read_list(const WCHAR *value, WCHAR **list)
{
    DWORD type = 0, size = 0;
    LONG result = ERR(OPERATIONFAILED), error;
    HKEY key;

    *list = NULL;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, PRIORITIES, 0, KEY_QUERY_VALUE, &key))
        return 0;
    error = RegQueryValueExW(key, value, NULL, &type, NULL, &size);
    if (error == ERROR_FILE_NOT_FOUND) {
        result = 0;
    } else if (!error && type != REG_SZ) {
        result = ERR(INIFILECORRUPT);
    } else if (!error) {
        *list =
            mem_alloc(size + sizeof(WCHAR)); /* a terminator of its own: the value may lack it */
        if (!*list)
            result = ERR(NOMEM);
        else if (!RegQueryValueExW(key, value, NULL, &type, (BYTE *)*list, &size))
            result = 0;
    }
    RegCloseKey(key);
    if (result) {
        mem_free(*list);
        *list = NULL;
    }
    return result;
}

static LONG write_list(const WCHAR *value, const WCHAR *list)
{
    LONG error;
    HKEY key;

    if (RegCreateKeyExW(HKEY_CURRENT_USER, PRIORITIES, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL))
        return ERR(OPERATIONFAILED);
    error = RegSetValueExW(key, value, 0, REG_SZ, (const BYTE *)list,
                           (DWORD)((wcslen(list) + 1) * sizeof(WCHAR)));
    RegCloseKey(key);
    return error ? ERR(OPERATIONFAILED) : 0;
}

/* Takes the next entry off the list: its place and length, spaces around it apart. */
static bool next_entry(const WCHAR **list, const WCHAR **entry, size_t *length)
{
    const WCHAR *at = *list;
    size_t size;

    while (*at == ',' || *at == ' ')
        at++;
    if (!*at)
        return false;
    size = wcscspn(at, L",");
    *list = at + size;
    *entry = at;
    while (at[size - 1] == ' ')
        size--;
    *length = size;
    return true;
}

static bool same_name(const WCHAR *entry, size_t length, const WCHAR *name)
{
    return wcslen(name) == length && !_wcsnicmp(entry, name, length);
}

WCHAR *priority_list(DWORD mode)
{
    WCHAR *list;

    read_list(request_value(mode), &list);
    return list;
}

WCHAR *priority_media_list(DWORD media_mode)
{
    const WCHAR *value = media_value(media_mode);
    WCHAR *list = NULL;

    if (value)
        read_list(value, &list);
    return list;
}

unsigned priority_rank(const WCHAR *list, const WCHAR *module)
{
    const WCHAR *entry;
    unsigned rank = 0;
    size_t length;

    while (list && next_entry(&list, &entry, &length)) {
        rank++;
        if (same_name(entry, length, module))
            return rank;
    }
    return 0;
}

/* What both functions check: dwMediaMode 0 asks for the list of a request mode. *value is the
 * list's name, *name the application's. */
static LONG check(const struct op *op, const WCHAR **value, const WCHAR **name)
{
    const WCHAR *text = op_text(op, 0);
    DWORD media_mode = op_arg(op, 0), mode = op_arg(op, 1);

    if (media_mode) {
        *value = media_value(media_mode);
        if (!*value)
            return ERR(INVALMEDIAMODE);
    } else {
        if (mode != LINEREQUESTMODE_MAKECALL && mode != LINEREQUESTMODE_MEDIACALL)
            return ERR(INVALREQUESTMODE);
        *value = request_value(mode);
    }
    if (!text)
        return ERR(INVALPOINTER);
    *name = file_name(text);
    return **name && !wcschr(*name, ',') ? 0 : ERR(INVALAPPNAME);
}

LONG op_line_get_app_priority(struct op *op)
{
    const WCHAR *value, *name;
    LONG result = check(op, &value, &name);
    WCHAR *list;

    if (result)
        return result;
    result = read_list(value, &list);
    op->reply->out[0] = priority_rank(list, name);
    mem_free(list);
    return result;
}

LONG op_line_set_app_priority(struct op *op)
{
    DWORD priority = op_arg(op, 2);
    const WCHAR *value, *name, *entry, *rest;
    WCHAR *list = NULL, *changed;
    size_t length, used = 0;
    LONG result = check(op, &value, &name);

    if (!result && priority > 1)
        result = ERR(INVALPARAM);
    if (!result)
        result = read_list(value, &list);
    if (result)
        return result;
    changed = mem_alloc(((list ? wcslen(list) : 0) + wcslen(name) + 3) * sizeof(WCHAR));
    if (!changed) {
        mem_free(list);
        return ERR(NOMEM);
    }
    if (priority) {
        wcscpy(changed, name);
        used = wcslen(name);
    }
    for (rest = list; rest && next_entry(&rest, &entry, &length);) {
        if (same_name(entry, length, name))
            continue;
        if (used)
            changed[used++] = ',';
        memcpy(changed + used, entry, length * sizeof(WCHAR));
        used += length;
    }
    result = list || priority ? write_list(value, changed) : 0;
    mem_free(changed);
    mem_free(list);
    return result;
}
