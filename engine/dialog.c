/*
 * dialog.c - the engine's part in a provider's dialogs (functions-designed-to-generate-ui.md) and
 * in the list of providers. A program that shows one holds a `dialog`: which provider, and that
 * provider's module where TAPI has it not loaded itself. The UI DLL is the program's business
 * (tapi32/dialogs.c).
 */
#include "engine/private.h"

#define CONFIG_ROOM 0x10000u /* bytes for a provider's device configuration */

struct dialog {
    struct list link;
    struct engine_session *session;
    uint32_t handle;
    uint32_t users;             /* threads inside the provider on its behalf, and its own life */
    struct host_entry entry;    /* of the list, or to be listed */
    struct host_provider *host; /* loaded for this dialog; NULL: TAPI's own is used */
};

/* A thread on its way into a provider: one of provider and dialog is pinned, where it can be got.
 */
struct visit {
    struct host_provider *host;
    struct provider *provider;
    struct dialog *dialog;
};

static struct list dialogs;

static struct list *all_dialogs(void)
{
    if (!dialogs.next)
        list_init(&dialogs);
    return &dialogs;
}

static struct dialog *dialog_find(const struct op *op)
{
    struct dialog *dialog = handle_get(&engine.handles, op_arg(op, 0), HANDLE_DIALOG);

    return dialog && dialog->session == op->session ? dialog : NULL;
}

static void dialog_release(struct dialog *dialog)
{
    if (--dialog->users)
        return;
    engine_unlock();
    host_unload(dialog->host);
    mem_free(dialog);
    engine_lock();
}

static void dialog_end(struct dialog *dialog)
{
    handle_free(&engine.handles, dialog->handle, HANDLE_DIALOG);
    list_remove(&dialog->link);
    dialog_release(dialog);
}

void dialogs_leave(struct engine_session *session)
{
    struct dialog *found;

    do {
        found = NULL;
        LIST_EACH(dialog, all_dialogs(), struct dialog, link)
        {
            if (dialog->session == session)
                found = dialog;
        }
        if (found)
            dialog_end(found); /* leaves the lock: the list may be another one now */
    } while (found);
}

/* ---- into a provider and out of it ---- */

static void visit_provider(struct visit *visit, struct provider *provider)
{
    *visit = (struct visit){.host = provider->host, .provider = provider};
    provider->users++;
}

static bool visit_dialog(struct visit *visit, struct dialog *dialog)
{
    struct provider *provider = dialog->host ? NULL : provider_find(dialog->entry.id);

    *visit = (struct visit){0};
    if (provider) {
        visit_provider(visit, provider);
    } else if (dialog->host) {
        *visit = (struct visit){.host = dialog->host, .dialog = dialog};
        dialog->users++;
    }
    return provider || dialog->host;
}

static void leave(struct visit *visit)
{
    if (visit->dialog)
        dialog_release(visit->dialog);
    if (visit->provider) {
        events_drain(visit->provider);
        provider_release(visit->provider);
        provider_settle(visit->provider);
    }
}

/* The provider of a line or phone device. */
static LONG device_provider(const struct op *op, bool phone, struct provider **provider)
{
    struct device *device;
    LONG result;

    *provider = NULL;
    if (engine.host != HOST_LOADED || !session_has_app(op->session, phone))
        return ERR(UNINITIALIZED);
    result = phone ? phone_device_find(op->request->arg[1], &device)
                   : device_find(op->request->arg[1], &device);
    if (!result)
        *provider = device->provider;
    return result;
}

/* ---- a dialog begins ---- */

static LONG find_entry(DWORD id, struct host_entry *entry)
{
    struct host_entry *entries;
    DWORD count;
    LONG result = host_list_read(&entries, &count);

    if (result)
        return result;
    result = ERR(INVALPARAM);
    for (DWORD i = 0; i < count; i++) {
        if (entries[i].id == id) {
            *entry = entries[i];
            result = 0;
        }
    }
    mem_free(entries);
    return result;
}

/* Which provider it is about; without the lock, for it reads the list and loads modules. */
static LONG open_provider(const struct op *op, struct dialog *dialog)
{
    const WCHAR *file = op_text(op, 0);
    LONG result = 0;

    if (op_arg(op, 1)) {
        result = find_entry(op_arg(op, 1), &dialog->entry);
    } else if (op_arg(op, 2) != DIALOG_PROVIDER_INSTALL || !file || !*file ||
               wcslen(file) >= MAX_PATH || wcschr(file, ';')) {
        result = ERR(INVALPARAM);
    } else {
        wcscpy(dialog->entry.file, file);
    }
    if (result)
        return result;
    engine_lock();
    if (!dialog->entry.id || !provider_find(dialog->entry.id)) {
        engine_unlock();
        dialog->host = host_open(&dialog->entry);
        engine_lock();
        /* One whose file has gone must be able to go too. */
        if (!dialog->host && op_arg(op, 2) != DIALOG_PROVIDER_REMOVE)
            result = ERR(OPERATIONFAILED);
    }
    engine_unlock();
    if (!result && !dialog->entry.id) {
        result = host_list_reserve(&dialog->entry.id);
        dialog->host->entry.id = dialog->entry.id;
    }
    return result;
}

/* The name of its UI DLL: *name is malloc'ed, or NULL where it has none. */
static LONG identify(struct host_provider *host, WCHAR **name)
{
    LONG result;

    *name = calloc(MAX_PATH + 1, sizeof(**name));
    if (!*name)
        return ERR(NOMEM);
    result = HOST_CALL(host, providerUIIdentify, *name);
    if (result || !(*name)[0]) {
        free(*name);
        *name = NULL;
    } else {
        (*name)[MAX_PATH] = 0;
    }
    return result == ERR(OPERATIONUNAVAIL) ? 0 : result;
}

LONG op_dialog_begin(struct op *op)
{
    struct dialog *dialog = mem_alloc(sizeof(*dialog));
    struct provider *provider = NULL;
    struct visit visit;
    WCHAR *name = NULL;
    LONG result = 0;

    if (!dialog)
        return ERR(NOMEM);
    dialog->session = op->session;
    dialog->users = 1;
    switch (op_arg(op, 0)) {
    case TUISPIDLL_OBJECT_LINEID:
        result = device_provider(op, false, &provider);
        break;
    case TUISPIDLL_OBJECT_PHONEID:
        result = device_provider(op, true, &provider);
        break;
    default:
        engine_unlock();
        result = open_provider(op, dialog);
        engine_lock();
    }
    if (!result && provider)
        dialog->entry = provider->host->entry;
    if (!result) {
        dialog->handle = handle_new(&engine.handles, HANDLE_DIALOG, dialog);
        result = dialog->handle ? 0 : ERR(NOMEM);
    }
    if (result) {
        dialog_release(dialog);
        return result;
    }
    list_append(all_dialogs(), &dialog->link);
    if (visit_dialog(&visit, dialog)) {
        engine_unlock();
        result = identify(visit.host, &name);
        engine_lock();
        leave(&visit);
    }
    if (result) {
        dialog_end(dialog);
        return result;
    }
    op->reply->out[0] = dialog->handle;
    op->reply->out[1] = dialog->entry.id;
    op->reply->data = name;
    op->reply->size = name ? (uint32_t)(wcslen(name) + 1) * sizeof(WCHAR) : 0;
    return 0;
}

LONG op_dialog_end(struct op *op)
{
    struct dialog *dialog = dialog_find(op);

    if (!dialog)
        return ERR(INVALPARAM);
    dialog_end(dialog);
    return 0;
}

/* ---- providers that show their dialogs themselves ---- */

/* A dialog cannot be asked a second time with more room: it gets plenty at once. */
static LONG config_edit(struct op *op, struct host_provider *host)
{
    VARSTRING *config = calloc(1, CONFIG_ROOM);
    LONG result;

    if (!config)
        return ERR(NOMEM);
    config->dwTotalSize = CONFIG_ROOM;
    result =
        HOST_CALL(host, lineConfigDialogEdit, op_arg(op, 3), (HWND)(UINT_PTR)op->request->arg[2],
                  op_text(op, 0), (void *)op_in(op, 1), op_in_size(op, 1), config);
    if (!result && (config->dwStringOffset > CONFIG_ROOM ||
                    config->dwStringSize > CONFIG_ROOM - config->dwStringOffset ||
                    (config->dwStringSize && config->dwStringOffset < sizeof(*config))))
        result = ERR(OPERATIONFAILED);
    if (result) {
        free(config);
        return result;
    }
    memmove(config + 1, (BYTE *)config + config->dwStringOffset, config->dwStringSize);
    config->dwStringOffset = config->dwStringSize ? sizeof(*config) : 0;
    config->dwTotalSize = config->dwNeededSize = config->dwUsedSize =
        (DWORD)sizeof(*config) + config->dwStringSize;
    op->reply->data = config;
    op->reply->size = config->dwTotalSize;
    return 0;
}

static LONG old_dialog(struct op *op, struct host_provider *host, DWORD id)
{
    HWND owner = (HWND)(UINT_PTR)op->request->arg[2];
    DWORD device = op_arg(op, 3);

    switch ((enum engine_dialog)op_arg(op, 1)) {
    case DIALOG_PROVIDER_INSTALL:
        if (!host || !host->tspi.providerInstall)
            return 0; /* nothing to do, and nobody was asked */
        op->reply->out[0] = true;
        return HOST_CALL(host, providerInstall, owner, id);
    case DIALOG_PROVIDER_CONFIG:
        return HOST_CALL(host, providerConfig, owner, id);
    case DIALOG_PROVIDER_REMOVE:
        if (!host || !host->tspi.providerRemove)
            return 0;
        op->reply->out[0] = true;
        return HOST_CALL(host, providerRemove, owner, id);
    case DIALOG_LINE_CONFIG:
        return HOST_CALL(host, lineConfigDialog, device, owner, op_text(op, 0));
    case DIALOG_LINE_CONFIG_EDIT:
        return config_edit(op, host);
    case DIALOG_PHONE_CONFIG:
        return HOST_CALL(host, phoneConfigDialog, device, owner, op_text(op, 0));
    case DIALOG_COUNT:
        break;
    }
    return ERR(INVALPARAM);
}

LONG op_dialog_call(struct op *op)
{
    struct dialog *dialog = dialog_find(op);
    struct visit visit;
    LONG result;
    DWORD id;

    if (!dialog)
        return ERR(INVALPARAM);
    visit_dialog(&visit, dialog);
    if (!visit.host && op_arg(op, 1) != DIALOG_PROVIDER_REMOVE)
        return ERR(OPERATIONFAILED);
    id = dialog->entry.id;
    engine_unlock();
    result = old_dialog(op, visit.host, id);
    engine_lock();
    leave(&visit);
    return result;
}

/* ---- TUISPIDLLCALLBACK ---- */

/* The dialog of this program for which a provider was loaded that TAPI has not. */
static struct dialog *dialog_with_host(const struct op *op, DWORD id)
{
    LIST_EACH(dialog, all_dialogs(), struct dialog, link)
    {
        if (dialog->session == op->session && dialog->host && dialog->entry.id == id)
            return dialog;
    }
    return NULL;
}

static LONG visit_object(struct op *op, struct visit *visit, DWORD_PTR *object)
{
    struct dialog_instance *instance;
    struct provider *provider = NULL;
    struct dialog *dialog;
    LONG result = 0;

    *object = (DWORD_PTR)op->request->arg[1];
    switch (op_arg(op, 0)) {
    case TUISPIDLL_OBJECT_LINEID:
        result = device_provider(op, false, &provider);
        break;
    case TUISPIDLL_OBJECT_PHONEID:
        result = device_provider(op, true, &provider);
        break;
    case TUISPIDLL_OBJECT_PROVIDERID:
        dialog = dialog_with_host(op, op_arg(op, 1));
        if (dialog)
            return visit_dialog(visit, dialog) ? 0 : ERR(INVALPARAM);
        provider = provider_find(op_arg(op, 1));
        break;
    case TUISPIDLL_OBJECT_DIALOGINSTANCE:
        instance = handle_get(&engine.handles, op_arg(op, 1), HANDLE_DIALOG_INSTANCE);
        if (instance && instance->app->session == op->session) {
            provider = instance->provider;
            *object = (DWORD_PTR)instance->hd;
        }
        break;
    }
    if (provider)
        visit_provider(visit, provider);
    return result || provider ? result : ERR(INVALPARAM);
}

LONG op_dialog_data(struct op *op)
{
    uint32_t size = op_in_size(op, 0);
    struct visit visit;
    DWORD_PTR object;
    void *bytes = NULL;
    LONG result = visit_object(op, &visit, &object);

    if (result)
        return result;
    if (size) {
        bytes = malloc(size);
        if (!bytes) {
            leave(&visit);
            return ERR(NOMEM);
        }
        memcpy(bytes, op_in(op, 0), size);
    }
    engine_unlock();
    result = HOST_CALL(visit.host, providerGenericDialogData, object, op_arg(op, 0), bytes, size);
    engine_lock();
    op->reply->data = bytes;
    op->reply->size = size;
    leave(&visit);
    return result;
}

/* ---- the list of providers ---- */

LONG op_line_get_provider_list(struct op *op)
{
    struct host_entry *entries;
    LINEPROVIDERLIST *list;
    LINEPROVIDERENTRY *entry;
    DWORD count, size, at;
    LONG result = host_list_read(&entries, &count);

    if (result)
        return result;
    size = at = (DWORD)(sizeof(*list) + count * sizeof(*entry));
    for (DWORD i = 0; i < count; i++)
        size += (DWORD)((wcslen(entries[i].file) + 1) * sizeof(WCHAR));
    list = calloc(1, size);
    if (!list) {
        mem_free(entries);
        return ERR(NOMEM);
    }
    list->dwTotalSize = list->dwNeededSize = list->dwUsedSize = size;
    list->dwNumProviders = count;
    list->dwProviderListSize = (DWORD)(count * sizeof(*entry));
    list->dwProviderListOffset = count ? sizeof(*list) : 0;
    entry = (LINEPROVIDERENTRY *)(list + 1);
    for (DWORD i = 0; i < count; i++) {
        DWORD bytes = (DWORD)((wcslen(entries[i].file) + 1) * sizeof(WCHAR));

        entry[i] = (LINEPROVIDERENTRY){entries[i].id, bytes, at};
        memcpy((BYTE *)list + at, entries[i].file, bytes);
        at += bytes;
    }
    mem_free(entries);
    op->reply->data = list;
    op->reply->size = size;
    return 0;
}

/* A provider with no word about its installation has no instances to tell apart. */
static LONG refuse_twice(const WCHAR *file)
{
    struct host_entry *entries;
    DWORD count;
    LONG result = host_list_read(&entries, &count);

    for (DWORD i = 0; !result && i < count; i++) {
        if (!_wcsicmp(file_name(entries[i].file), file_name(file)))
            result = ERR(NOMULTIPLEINSTANCE);
    }
    mem_free(entries);
    return result;
}

LONG op_line_add_provider(struct op *op)
{
    struct dialog *dialog = dialog_find(op);
    struct host_entry entry;
    LONG result = 0;

    if (!dialog)
        return ERR(INVALPARAM);
    entry = dialog->entry;
    engine_unlock();
    if (!op_arg(op, 1))
        result = refuse_twice(entry.file);
    if (!result)
        result = host_list_add(&entry);
    engine_lock();
    /* A list that holds it is what was asked for; why it does not start, the trace says. */
    if (!result)
        provider_start(&entry);
    return result;
}

LONG op_line_remove_provider(struct op *op)
{
    struct dialog *dialog = dialog_find(op);
    struct provider *provider;
    LONG result;
    DWORD id;

    if (!dialog)
        return ERR(INVALPARAM);
    id = dialog->entry.id;
    engine_unlock();
    result = host_list_remove(id);
    engine_lock();
    provider = result ? NULL : provider_find(id);
    if (provider)
        provider_stop(provider);
    return result;
}
