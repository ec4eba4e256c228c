/*
 * dialog_instance.c - dialogs that a provider asks for on its own, in the process of the
 * application whose request it is carrying out (functions-not-designed-to-generate-ui.md). The
 * client's part is tapi32/dialog_instance.c.
 */
#include "engine/private.h"

#define MOST_DATA 0x1000000u /* bytes of a parameter block */

static struct list instances;

static struct list *all_instances(void)
{
    if (!instances.next)
        list_init(&instances);
    return &instances;
}

static struct app *app_of_request(const struct provider *provider, DWORD id)
{
    const struct request *request = handle_get(&engine.handles, id, HANDLE_REQUEST);

    if (!request || request->device->provider != provider)
        return NULL;
    return app_of_handle(request->app);
}

static void tell(const struct dialog_instance *instance, DWORD message, uint64_t parameter,
                 const void *data, DWORD size)
{
    struct engine_message full = {
        .client = instance->app->client,
        .device = instance->handle,
        .message = message,
        .param = {parameter},
        .data = data,
        .size = size,
    };

    post_full(instance->app, &full);
}

/* The UI DLL's name and behind it the block for the dialog. NULL: memory is exhausted. */
static BYTE *pack(const TUISPICREATEDIALOGINSTANCEPARAMS *params, DWORD *name, DWORD *size)
{
    DWORD block = params->lpParams ? params->dwSize : 0;
    BYTE *data;

    *name = (DWORD)(wcsnlen(params->lpszUIDLLName, MAX_PATH) + 1) * sizeof(WCHAR);
    *size = *name + block;
    data = mem_alloc(*size);
    if (!data)
        return NULL;
    memcpy(data, params->lpszUIDLLName, *name - sizeof(WCHAR));
    if (block)
        memcpy(data + *name, params->lpParams, block);
    return data;
}

void dialog_instance_create(uint32_t provider_handle, TUISPICREATEDIALOGINSTANCEPARAMS *params)
{
    struct provider *provider = handle_get(&engine.handles, provider_handle, HANDLE_PROVIDER);
    struct dialog_instance *instance = NULL;
    struct app *app;
    DWORD name, size;
    BYTE *data = NULL;

    if (!params)
        return;
    params->htDlgInst = 0; /* tells the provider that there will be no dialog */
    app = provider ? app_of_request(provider, params->dwRequestID) : NULL;
    if (!app || provider->leaving || !params->lpszUIDLLName || params->dwSize > MOST_DATA) {
        TRACE("engine", "no dialog for request %u of provider 0x%x", (unsigned)params->dwRequestID,
              (unsigned)provider_handle);
        return;
    }
    instance = mem_alloc(sizeof(*instance));
    data = pack(params, &name, &size);
    if (!instance || !data)
        goto fail;
    instance->handle = handle_new(&engine.handles, HANDLE_DIALOG_INSTANCE, instance);
    if (!instance->handle)
        goto fail;
    instance->provider = provider;
    instance->hd = params->hdDlgInst;
    instance->app = app;
    list_append(all_instances(), &instance->link);
    params->htDlgInst = (HTAPIDIALOGINSTANCE)(UINT_PTR)instance->handle;
    tell(instance, ENGINE_DIALOG_INSTANCE_CREATE, name, data, size);
    mem_free(data);
    return;
fail:
    mem_free(instance);
    mem_free(data);
}

void dialog_instance_data(uint32_t handle, const void *params, DWORD size)
{
    const struct dialog_instance *instance =
        handle_get(&engine.handles, handle, HANDLE_DIALOG_INSTANCE);

    if (!instance || size > MOST_DATA)
        TRACE("engine", "no dialog 0x%x for %u bytes", (unsigned)handle, (unsigned)size);
    else
        tell(instance, ENGINE_DIALOG_INSTANCE_DATA, params != NULL, params, params ? size : 0);
}

static void end(struct dialog_instance *instance)
{
    handle_free(&engine.handles, instance->handle, HANDLE_DIALOG_INSTANCE);
    instance->handle = 0;
    list_remove(&instance->link);
    chore_add(instance->provider, &instance->chore, CHORE_DIALOG);
    condition_wake_all(&instance->provider->wake);
}

void dialog_instances_leave(const struct app *app, const struct provider *provider)
{
    LIST_EACH_SAFE(instance, next, all_instances(), struct dialog_instance, link)
    {
        if (instance->app == app || instance->provider == provider) {
            tell(instance, ENGINE_DIALOG_INSTANCE_DATA, 0, NULL, 0);
            end(instance);
        }
    }
}

void dialog_instance_close(struct dialog_instance *instance)
{
    engine_unlock();
    HOST_CALL(instance->provider->host, providerFreeDialogInstance, instance->hd);
    engine_lock();
    mem_free(instance);
}

LONG op_dialog_instance_end(struct op *op)
{
    struct dialog_instance *instance =
        handle_get(&engine.handles, op_arg(op, 0), HANDLE_DIALOG_INSTANCE);
    struct provider *provider;

    if (!instance || instance->app->session != op->session)
        return ERR(INVALPARAM);
    provider = instance->provider;
    end(instance);
    provider_settle(provider);
    return 0;
}
