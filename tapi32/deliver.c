/* deliver.c - from the engine to the applications: the sink files each message and wakes whoever
 * takes it; lineGetMessage takes it. */
#include "tapi32/internal.h"

#include <assert.h>
#include <string.h>

#include "base/phone_error.h"

/* TAPI before 1.4 knows no new lines or phones: it is told to start again (the pages of
 * LINE_LINEDEVSTATE and PHONE_CREATE). */
static void translate_for_old(const struct app *app, struct queued_message *message)
{
    bool phone = message->message == PHONE_CREATE;
    if ((message->message != LINE_CREATE && !phone) || !app->version_1 ||
        app->negotiated >= (LONG)API_VERSION_1_4)
        return;
    message->param[2] = message->param[0];
    message->param[1] = message->message;
    message->param[0] = phone ? PHONESTATE_REINIT : LINEDEVSTATE_REINIT;
    message->message = phone ? PHONE_STATE : LINE_LINEDEVSTATE;
}

/* The part of the engine's message that must outlive the sink's call. */
static bool copy_data(const struct engine_message *from, struct queued_message *to)
{
    if (from->message == ENGINE_MSP_DATA) {
        struct open_tapi_msp_data *data = mem_alloc(sizeof *data + from->size);
        if (data == NULL)
            return false;
        data->msp = (DWORD)from->param[1];
        data->size = from->size;
        memcpy(data->bytes, from->data, from->size);
        to->message = OPEN_TAPI_LINE_MSPDATA;
        to->param[1] = (ULONG_PTR)data;
        to->data = data;
        return true;
    }
    if (from->message == LINE_PROXYREQUEST)
        return proxy_copy(from, to);
    if (from->data == NULL || from->size == 0)
        return true;
    to->data = mem_copy(from->data, from->size);
    to->size = from->size;
    return to->data != NULL;
}

void deliver_discard(struct queued_message *message)
{
    pending_drop(message->cookie);
    mem_free(message->data);
}

void deliver_finish(struct app *app, struct queued_message *message)
{
    TRACE("tapi32", "app 0x%lx message %lu device 0x%lx params 0x%llx 0x%llx 0x%llx",
          (unsigned long)app->handle, (unsigned long)message->message,
          (unsigned long)message->device, (unsigned long long)message->param[0],
          (unsigned long long)message->param[1], (unsigned long long)message->param[2]);
    if (message->cookie != 0)
        pending_finish(message);
    if (message->message == LINE_PROXYREQUEST)
        proxy_deliver(message);
    if (message->message != OPEN_TAPI_LINE_MSPDATA) /* that one is the receiver's */
        mem_free(message->data);
    message->data = NULL;
}

static void fill(LINEMESSAGE *to, const struct queued_message *from)
{
    to->hDevice = from->device;
    to->dwMessageID = from->message;
    to->dwCallbackInstance = (DWORD_PTR)from->instance;
    to->dwParam1 = (DWORD_PTR)from->param[0];
    to->dwParam2 = (DWORD_PTR)from->param[1];
    to->dwParam3 = (DWORD_PTR)from->param[2];
}

/* The event is set while messages wait that no thread in lineGetMessage is about to take. */
static void update_event(struct app *app)
{
    bool set = app->queue.count > app->waiting;
    if (set == app->event_set || app->event == NULL)
        return;
    app->event_set = set;
    if (set)
        SetEvent(app->event);
    else
        ResetEvent(app->event);
}

/* lineInitializeEx's page: the application frees the LINEMESSAGE with LocalFree. */
static bool post_to_port(struct app *app, struct queued_message *message)
{
    LINEMESSAGE *posted = LocalAlloc(LMEM_FIXED, sizeof *posted);
    if (posted == NULL)
        return false;
    fill(posted, message);
    deliver_finish(app, message);
    if (PostQueuedCompletionStatus(app->port, sizeof *posted, app->key, (LPOVERLAPPED)posted))
        return true;
    LocalFree(posted);
    message->cookie = 0;
    return false;
}

/* app->lock is held. False: the message is lost. */
static bool file(struct app *app, struct queued_message *message)
{
    if (app->option == LINEINITIALIZEEXOPTION_USECOMPLETIONPORT)
        return post_to_port(app, message);
    if (!queue_push(&app->queue, message))
        return false;
    if (app->option == LINEINITIALIZEEXOPTION_USEHIDDENWINDOW) {
        window_wake(app);
    } else {
        if (app->waiting != 0)
            WakeConditionVariable(&app->arrived.cv);
        update_event(app);
    }
    return true;
}

void deliver_sink(void *context, const struct engine_message *message)
{
    (void)context;
    struct queued_message queued = {
        .device = message->device,
        .message = message->message,
        .instance = message->instance,
        .param = {message->param[0], message->param[1], message->param[2]},
        .cookie = message->cookie,
        .out = {message->out[0], message->out[1]},
    };
    if (dialog_sink(message))
        return;
    struct app *app = app_find_id((uint32_t)message->client);
    bool filed = false, dead = true;
    /* Nobody's but tapi3.dll's (tapi32/private.h). */
    bool wanted =
        app != NULL && (message->message != ENGINE_PROXIES_READY ||
                        (app->option == LINEINITIALIZEEXOPTION_USEEVENT && app->event == NULL));
    if (app != NULL && !wanted) {
        app_release(app);
        return;
    }
    if (app != NULL && copy_data(message, &queued)) {
        translate_for_old(app, &queued);
        lock_enter(&app->lock);
        dead = app->dead;
        filed = !dead && file(app, &queued);
        lock_leave(&app->lock);
    }
    if (!filed) {
        TRACE("tapi32", "message %lu is dropped: %s", (unsigned long)message->message,
              app == NULL || dead ? "its application has shut down" : "out of memory");
        deliver_discard(&queued);
    }
    if (app != NULL)
        app_release(app);
}

/* Waits for a message with app->lock held; 0 or the documented error. */
static LONG take(struct app *app, DWORD timeout, struct queued_message *message)
{
    ULONGLONG start = timeout == 0 || timeout == INFINITE ? 0 : GetTickCount64();
    DWORD left = timeout;
    for (;;) {
        if (app->dead)
            return ERR(INVALAPPHANDLE);
        if (queue_pop(&app->queue, message))
            return 0;
        if (left == 0)
            return ERR(OPERATIONFAILED);
        app->waiting++;
        condition_wait(&app->arrived, &app->lock, left);
        app->waiting--;
        if (timeout != INFINITE) {
            ULONGLONG passed = GetTickCount64() - start;
            left = passed >= timeout ? 0 : timeout - (DWORD)passed;
        }
    }
}

/* Ends the reference to the application. */
static LONG get_message(struct app *app, LINEMESSAGE *to, DWORD timeout)
{
    if (app == NULL)
        return ERR(INVALAPPHANDLE);
    LONG result = ERR(OPERATIONFAILED);
    if (app->option == LINEINITIALIZEEXOPTION_USEEVENT) {
        struct queued_message message;
        lock_enter(&app->lock);
        result = take(app, timeout, &message);
        update_event(app);
        lock_leave(&app->lock);
        if (result == 0) {
            fill(to, &message);
            deliver_finish(app, &message);
        }
    }
    app_release(app);
    return result;
}

LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout)
{
    if (!pointer_writable(lpMessage, sizeof *lpMessage))
        return ERR(INVALPOINTER);
    return get_message(app_find_handle(hLineApp), lpMessage, dwTimeout);
}

LONG WINAPI phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage, DWORD dwTimeout)
{
    static_assert(sizeof(PHONEMESSAGE) == sizeof(LINEMESSAGE), "the same members by other names");
    if (!pointer_writable(lpMessage, sizeof *lpMessage))
        return (LONG)PHONEERR_INVALPOINTER;
    return phone_error(
        get_message(app_find_phone(hPhoneApp), (LINEMESSAGE *)(void *)lpMessage, dwTimeout));
}
