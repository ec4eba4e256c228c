/*
 * events.c - what providers say, in order. A message that asks for no provider call is carried out
 * at once, on the provider's thread; anything else, and whatever comes behind it, waits for the
 * provider's worker. So a provider may hold locks of its own while it calls back: nothing comes
 * back at it from there.
 */
#include "engine/private.h"

struct event *event_new(const struct event *from, const void *data, DWORD size)
{
    struct event *event = mem_alloc(sizeof(*event) + size);

    if (!event)
        return NULL;
    *event = *from;
    memset(&event->link, 0, sizeof(event->link));
    event->size = size;
    if (size)
        memcpy(event->data, data, size);
    return event;
}

void event_push_front(struct provider *provider, struct event *event)
{
    list_prepend(&provider->events, &event->link);
}

void events_push_front(struct provider *provider, struct list *events)
{
    while (!list_empty(events)) {
        struct list *last = events->prev;

        list_remove(last);
        list_prepend(&provider->events, last);
    }
}

struct device *event_device(const struct event *event)
{
    if (!event->device)
        return NULL;
    return handle_get(&engine.handles, event->device,
                      phone_message(event->message) ? HANDLE_PHONE_DEVICE : HANDLE_DEVICE);
}

/* What a line or phone says between a completion and the reply to it follows the reply; what it
 * says while it is opened waits for the line or phone that it is opened for, else a call that was
 * there already would be offered to nobody. Completions themselves never wait: one of them may be
 * what the other's function waits for. */
static struct device *must_wait(const struct event *event)
{
    struct device *device = event_device(event);

    if (!device || event->message == EVENT_ANNOUNCE)
        return NULL;
    return device->answering || device->beginning ? device : NULL;
}

void events_resume(struct device *device)
{
    if (!device->answering && !device->beginning)
        events_push_front(device->provider, &device->held);
}

void events_drain(struct provider *provider)
{
    while (provider->ready && !provider->busy && !list_empty(&provider->events)) {
        struct event *event = list_entry(provider->events.next, struct event, link);
        struct device *waits = must_wait(event);

        if (!waits && event_needs_worker(event))
            break;
        list_remove(&event->link);
        if (waits) {
            list_append(&waits->held, &event->link);
        } else {
            event_handle(provider, event);
            mem_free(event);
        }
    }
    if (!list_empty(&provider->events))
        condition_wake_all(&provider->wake);
}

static void take(struct provider *provider, struct event *event, const void *data, DWORD size)
{
    bool worker = event_needs_worker(event);
    struct event *copy;

    if (provider->ready && !provider->busy && list_empty(&provider->events) && !worker && !size &&
        !must_wait(event)) {
        event_handle(provider, event);
    } else if ((copy = event_new(event, data, size))) {
        list_append(&provider->events, &copy->link);
    } else if (!worker && !size) {
        event_handle(provider, event); /* out of turn is better than lost */
    } else {
        TRACE("engine", "no memory for event %u", (unsigned)event->message);
    }
    events_drain(provider);
    if (!list_empty(&provider->chores))
        condition_wake_all(&provider->wake);
}

/* LINE_NEWCALL wants its htCall at once. */
static void new_call(struct device *device, const struct event *event)
{
    HTAPICALL *out = (HTAPICALL *)event->param[1];
    struct call *call = device->state == DEVICE_CLOSING ? NULL : call_new(device, false);

    if (call)
        call->hd = (HDRVCALL)event->param[0];
    if (out)
        *out = (HTAPICALL)(UINT_PTR)(call ? call->handle : 0);
    if (call && !out) /* it will never be able to speak of it */
        call_destroy(call);
}

static void CALLBACK line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1,
                                DWORD_PTR p2, DWORD_PTR p3)
{
    struct event event = {.device = (uint32_t)(UINT_PTR)line,
                          .call = (uint32_t)(UINT_PTR)call,
                          .message = message,
                          .param = {p1, p2, p3}};
    struct device *device;
    struct provider *provider = NULL;
    const void *data = NULL;
    DWORD size = 0;

    TRACE("tspi", "line event %u line 0x%x call 0x%x (0x%llx, 0x%llx, 0x%llx)", (unsigned)message,
          (unsigned)event.device, (unsigned)event.call, (unsigned long long)p1,
          (unsigned long long)p2, (unsigned long long)p3);
    engine_lock();
    if (message == LINE_CREATEDIALOGINSTANCE) {
        /* The first parameter of these two is no line: the provider's handle, htDlgInst. */
        dialog_instance_create(event.device, (TUISPICREATEDIALOGINSTANCEPARAMS *)p1);
        message = 0;
    } else if (message == LINE_SENDDIALOGINSTANCEDATA) {
        dialog_instance_data(event.device, (const void *)p1, (DWORD)p2);
        message = 0;
    } else if (message == LINE_LINEDEVSTATE && !line && p1 & LINEDEVSTATE_REINIT) {
        post_line_reinit(); /* it speaks of no line */
        message = 0;
    } else if (message == LINE_CREATE || message == LINE_REMOVE) {
        /* These name no open line: LINE_CREATE the provider, LINE_REMOVE a device ID. */
        if (message == LINE_CREATE)
            provider = handle_get(&engine.handles, (uint32_t)p1, HANDLE_PROVIDER);
        else if (p1 < engine.num_devices && engine.host == HOST_LOADED)
            provider = engine.devices[p1]->provider;
    } else {
        /* A call names its line well enough, where a provider leaves that out. */
        struct call *known = event.call && !event.device ? call_from_handle(event.call) : NULL;

        if (known)
            event.device = known->device->handle;
        device = handle_get(&engine.handles, event.device, HANDLE_DEVICE);
        provider = device ? device->provider : NULL;
        if (device && message == LINE_NEWCALL) {
            new_call(device, &event);
            provider = NULL;
            message = 0;
        } else if (device && message == LINE_SENDMSPDATA) {
            data = (const void *)p2;
            size = data ? (DWORD)p3 : 0;
        }
        if (!device && message == LINE_NEWCALL && p2)
            *(HTAPICALL *)p2 = NULL;
    }
    if (provider)
        take(provider, &event, data, size);
    else if (message)
        TRACE("engine", "dropped event %u of unknown line 0x%x", (unsigned)message,
              (unsigned)event.device);
    engine_unlock();
}

static void CALLBACK phone_event(HTAPIPHONE phone, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                                 DWORD_PTR p3)
{
    struct event event = {
        .device = (uint32_t)(UINT_PTR)phone, .message = message, .param = {p1, p2, p3}};
    struct device *device;
    struct provider *provider = NULL;

    TRACE("tspi", "phone event %u phone 0x%x (0x%llx, 0x%llx, 0x%llx)", (unsigned)message,
          (unsigned)event.device, (unsigned long long)p1, (unsigned long long)p2,
          (unsigned long long)p3);
    engine_lock();
    if (message == PHONE_CREATE) {
        provider = handle_get(&engine.handles, (uint32_t)p1, HANDLE_PROVIDER);
    } else if (message == PHONE_REMOVE) {
        if (p1 < engine.num_phones && engine.host == HOST_LOADED)
            provider = engine.phone_devices[p1]->provider;
    } else if (phone_message(message)) {
        device = event_device(&event);
        provider = device ? device->provider : NULL;
    }
    if (provider)
        take(provider, &event, NULL, 0);
    else
        TRACE("engine", "dropped event %u of unknown phone 0x%x", (unsigned)message,
              (unsigned)event.device);
    engine_unlock();
}

static void CALLBACK completion(DRV_REQUESTID id, LONG result)
{
    struct event event = {.message = EVENT_COMPLETION, .param = {id, (DWORD)result}};
    struct request *request;

    TRACE("tspi", "completion of request %u: 0x%x", (unsigned)id, (unsigned)result);
    engine_lock();
    request = handle_get(&engine.handles, id, HANDLE_REQUEST);
    if (request)
        take(request->device->provider, &event, NULL, 0);
    else
        request_complete(id, result); /* says what it was and drops it */
    engine_unlock();
}

const struct host_callbacks provider_callbacks = {line_event, phone_event, completion};

/* The worker of a provider: carries out what waits. It holds a reference to its own module, for it
 * may be the one that ends the provider after the last application has gone. */
DWORD WINAPI provider_worker(void *context)
{
    struct provider *provider = context;
    HMODULE self = NULL;
    bool leaving = false;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)provider_worker,
                       &self);
    engine_lock();
    while (!leaving && !provider->stop) {
        struct event *event;
        struct device *waits;

        if (!provider->ready || (list_empty(&provider->events) && list_empty(&provider->chores))) {
            condition_wait(&provider->wake, &engine.lock, INFINITE);
            continue;
        }
        provider->busy = true;
        provider->users++;
        if (!list_empty(&provider->events)) {
            event = list_entry(list_pop(&provider->events), struct event, link);
            if (!must_wait(event))
                event_prepare(provider, event);
            waits = must_wait(event);
            if (waits) {
                list_append(&waits->held, &event->link);
            } else {
                event_handle(provider, event);
                mem_free(event);
            }
        }
        provider->busy = false;
        provider->users--;
        /* Settling may be the end of the provider: then it is not there to be asked. */
        leaving = provider_settle(provider);
    }
    engine_unlock();
    if (self)
        FreeLibraryAndExitThread(self, 0);
    return 0;
}
