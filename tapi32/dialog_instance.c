/*
 * dialog_instance.c - dialogs that a provider asks for on its own (LINE_CREATEDIALOGINSTANCE). Each
 * has a thread in which its UI DLL shows it, and a second one that brings the provider's data to it
 * (functions-not-designed-to-generate-ui.md).
 */
#include "tapi32/dialogs.h"

#include <string.h>

struct block {
    struct list link;
    bool close; /* NULL instead of data: the dialog has to close */
    DWORD size;
    BYTE bytes[];
};

struct instance {
    struct list link;
    uint32_t handle; /* htDlgInst */
    WCHAR *file;     /* of the UI DLL; params follow it in the same memory */
    void *params;
    DWORD size;
    HMODULE ui;
    HANDLE ready;   /* the UI DLL's word that data may come */
    HANDLE arrived; /* there are blocks */
    HANDLE over;    /* the dialog has returned */
    struct list blocks;
};

static struct lock lock; /* the list and all blocks; a leaf */
static struct list instances;

static void instance_free(struct instance *instance)
{
    struct list *block;
    while ((block = list_pop(&instance->blocks)) != NULL)
        mem_free(list_entry(block, struct block, link));
    if (instance->ready != NULL)
        CloseHandle(instance->ready);
    if (instance->arrived != NULL)
        CloseHandle(instance->arrived);
    if (instance->over != NULL)
        CloseHandle(instance->over);
    mem_free(instance->file);
    mem_free(instance);
}

/* ---- the two threads ---- */

static struct block *next_block(struct instance *instance)
{
    lock_enter(&lock);
    struct list *link = list_pop(&instance->blocks);
    lock_leave(&lock);
    return link != NULL ? list_entry(link, struct block, link) : NULL;
}

static DWORD WINAPI bring_data(void *context)
{
    struct instance *instance = context;
    FARPROC entry = GetProcAddress(instance->ui, "TUISPI_providerGenericDialogData");
    HANDLE ready[] = {instance->over, instance->ready};
    HANDLE arrived[] = {instance->over, instance->arrived};
    struct block *block;
    if (entry == NULL || WaitForMultipleObjects(2, ready, FALSE, INFINITE) != WAIT_OBJECT_0 + 1)
        return 0;
    while (WaitForMultipleObjects(2, arrived, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) {
        while ((block = next_block(instance)) != NULL) {
            ((__typeof__(TUISPI_providerGenericDialogData) *)(void (*)(void))entry)(
                instance->handle, block->close ? NULL : block->bytes, block->size);
            mem_free(block);
        }
    }
    return 0;
}

/* Waits for a thread that may be sending messages to windows of this one. */
static void wait_for(HANDLE thread)
{
    MSG message;
    while (MsgWaitForMultipleObjects(1, &thread, FALSE, INFINITE, QS_SENDMESSAGE) ==
           WAIT_OBJECT_0 + 1)
        PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE); /* lets sent messages in */
}

static void show(struct instance *instance)
{
    FARPROC entry;
    HANDLE bringer;
    instance->ui = LoadLibraryW(instance->file);
    entry =
        instance->ui != NULL ? GetProcAddress(instance->ui, "TUISPI_providerGenericDialog") : NULL;
    TRACE("tapi32", "dialog 0x%lx of %ls %s", (unsigned long)instance->handle, instance->file,
          entry != NULL ? "begins" : "cannot be shown");
    if (entry != NULL) {
        bringer = CreateThread(NULL, 0, bring_data, instance, 0, NULL);
        LONG result = ((__typeof__(TUISPI_providerGenericDialog) *)(void (*)(void))entry)(
            TUISPIDLLCallback, instance->handle, instance->params, instance->size, instance->ready);
        TRACE("tapi32", "dialog 0x%lx has ended: 0x%lx", (unsigned long)instance->handle,
              (unsigned long)result);
        SetEvent(instance->over);
        if (bringer != NULL) {
            wait_for(bringer);
            CloseHandle(bringer);
        }
    }
    if (instance->ui != NULL)
        FreeLibrary(instance->ui);
}

static DWORD WINAPI dialog_thread(void *context)
{
    struct instance *instance = context;
    struct engine_request request = {.op = ENGINE_DIALOG_INSTANCE_END, .arg = {instance->handle}};
    struct engine_reply reply;
    HMODULE self = NULL;
    /* The application may unload tapi32.dll before the dialog is gone. */
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)dialog_thread, &self);
    bool connected = session_acquire();
    show(instance);
    lock_enter(&lock);
    list_remove(&instance->link);
    lock_leave(&lock);
    if (connected) {
        session_call(&request, &reply);
        engine_reply_free(&reply);
        session_release();
    }
    instance_free(instance);
    if (self != NULL)
        FreeLibraryAndExitThread(self, 0);
    return 0;
}

/* ---- from the engine ---- */

static void create(const struct engine_message *message)
{
    struct instance *instance = mem_alloc(sizeof *instance);
    HANDLE thread = NULL;
    if (instance == NULL)
        return;
    list_init(&instance->blocks);
    instance->handle = message->device;
    instance->file = mem_copy(message->data, message->size);
    instance->ready = CreateEventW(NULL, TRUE, FALSE, NULL);
    instance->arrived = CreateEventW(NULL, FALSE, FALSE, NULL);
    instance->over = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (instance->file != NULL && instance->ready != NULL && instance->arrived != NULL &&
        instance->over != NULL) {
        instance->size = message->size - (DWORD)message->param[0];
        if (instance->size != 0)
            instance->params = (BYTE *)instance->file + message->param[0];
        lock_enter(&lock);
        if (instances.next == NULL)
            list_init(&instances);
        list_append(&instances, &instance->link);
        thread = CreateThread(NULL, 0, dialog_thread, instance, 0, NULL);
        if (thread == NULL)
            list_remove(&instance->link);
        lock_leave(&lock);
    }
    if (thread == NULL) {
        TRACE("tapi32", "no memory for dialog 0x%lx", (unsigned long)message->device);
        instance_free(instance);
        return;
    }
    CloseHandle(thread);
}

static void add_data(const struct engine_message *message)
{
    struct block *block = mem_alloc(sizeof *block + message->size);
    if (block == NULL) {
        TRACE("tapi32", "no memory for data of dialog 0x%lx", (unsigned long)message->device);
        return;
    }
    block->close = message->param[0] == 0;
    block->size = message->size;
    if (message->size != 0)
        memcpy(block->bytes, message->data, message->size);
    lock_enter(&lock);
    LIST_EACH(instance, &instances, struct instance, link)
    {
        if (block != NULL && instance->handle == message->device) {
            list_append(&instance->blocks, &block->link);
            SetEvent(instance->arrived);
            block = NULL;
        }
    }
    lock_leave(&lock);
    mem_free(block);
}

bool dialog_sink(const struct engine_message *message)
{
    if (message->message == ENGINE_DIALOG_INSTANCE_CREATE)
        create(message);
    else if (message->message == ENGINE_DIALOG_INSTANCE_DATA && instances.next != NULL)
        add_data(message);
    else if (message->message != ENGINE_DIALOG_INSTANCE_DATA)
        return false;
    return true;
}
