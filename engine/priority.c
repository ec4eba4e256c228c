/* priority.c - the user's order of applications for assisted telephony: HandoffPriorities in the
 * registry (assisted-telephony-overview.md), file names with commas between, the best one first. */
#include "engine/private.h"

#define PRIORITIES L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\HandoffPriorities"

/* tapiRequestDrop ends what tapiRequestMediaCall began: one list for both. */
static const WCHAR *value_name(DWORD mode)
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
static LONG read_list(DWORD mode, WCHAR **list)
{
    DWORD type = 0, size = 0;
    LONG result = ERR(OPERATIONFAILED), error;
    HKEY key;

    *list = NULL;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, PRIORITIES, 0, KEY_QUERY_VALUE, &key))
        return 0;
    error = RegQueryValueExW(key, value_name(mode), NULL, &type, NULL, &size);
    if (error == ERROR_FILE_NOT_FOUND) {
        result = 0;
    } else if (!error && type != REG_SZ) {
        result = ERR(INIFILECORRUPT);
    } else if (!error) {
        *list =
            mem_alloc(size + sizeof(WCHAR)); /* a terminator of its own: the value may lack it */
        if (!*list)
            result = ERR(NOMEM);
        else if (!RegQueryValueExW(key, value_name(mode), NULL, &type, (BYTE *)*list, &size))
            result = 0;
    }
    RegCloseKey(key);
    if (result) {
        mem_free(*list);
        *list = NULL;
    }
    return result;
}

static LONG write_list(DWORD mode, const WCHAR *list)
{
    LONG error;
    HKEY key;

    if (RegCreateKeyExW(HKEY_CURRENT_USER, PRIORITIES, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL))
        return ERR(OPERATIONFAILED);
    error = RegSetValueExW(key, value_name(mode), 0, REG_SZ, (const BYTE *)list,
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

    read_list(mode, &list);
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

/* What both functions check: only the priority for requests is known here, not yet that of media
 * modes, for which dwMediaMode would not be 0. */
static LONG check(const struct op *op, const WCHAR **name)
{
    const WCHAR *text = op_text(op, 0);
    DWORD mode = op_arg(op, 1);

    if (op_arg(op, 0))
        return ERR(OPERATIONUNAVAIL);
    if (mode != LINEREQUESTMODE_MAKECALL && mode != LINEREQUESTMODE_MEDIACALL)
        return ERR(INVALREQUESTMODE);
    if (!text)
        return ERR(INVALPOINTER);
    *name = file_name(text);
    return **name && !wcschr(*name, ',') ? 0 : ERR(INVALAPPNAME);
}

LONG op_line_get_app_priority(struct op *op)
{
    const WCHAR *name;
    LONG result = check(op, &name);
    WCHAR *list;

    if (result)
        return result;
    result = read_list(op_arg(op, 1), &list);
    op->reply->out[0] = priority_rank(list, name);
    mem_free(list);
    return result;
}

LONG op_line_set_app_priority(struct op *op)
{
    DWORD mode = op_arg(op, 1), priority = op_arg(op, 2);
    const WCHAR *name, *entry, *rest;
    WCHAR *list = NULL, *changed;
    size_t length, used = 0;
    LONG result = check(op, &name);

    if (!result && priority > 1)
        result = ERR(INVALPARAM);
    if (!result)
        result = read_list(mode, &list);
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
    result = list || priority ? write_list(mode, changed) : 0;
    mem_free(changed);
    mem_free(list);
    return result;
}
