/* request.c - asynchronous requests from their ID to their one LINE_REPLY. */
#include "base/phone_error.h"
#include "engine/version.h"

struct request *request_new(struct device *device, struct call *call)
{
    struct request *request = mem_alloc(sizeof(*request));

    if (!request)
        return NULL;
    request->id = handle_new(&engine.handles, HANDLE_REQUEST, request);
    if (!request->id) {
        mem_free(request);
        return NULL;
    }
    request->device = device;
    request->call = call;
    list_append(&device->requests, &request->by_device);
    engine.requests++;
    return request;
}

static void request_free(struct request *request)
{
    list_remove(&request->by_device);
    handle_free(&engine.handles, request->id, HANDLE_REQUEST);
    engine.requests--;
    mem_free(request->data);
    mem_free(request);
}

/* Ends a request without a reply; its new calls never lived. */
void request_drop(struct request *request)
{
    for (unsigned i = 0; i < REQUEST_CALLS; i++) {
        if (request->fresh[i])
            call_destroy(request->fresh[i]);
    }
    request_free(request);
}

/* Sends the reply. Its application may have shut down meanwhile: then nobody is told. */
static void reply(const struct request *request, LONG result, const uint32_t *out)
{
    struct app *app = app_of_handle(request->app);
    struct engine_message message = {
        .message = request->device->phone ? PHONE_REPLY : LINE_REPLY,
        .instance = request->instance,
        .param = {request->id, (DWORD)result, 0},
        .cookie = request->cookie,
    };

    if (!app)
        return;
    if (request->device->phone)
        message.param[1] = (DWORD)phone_error(result);
    else
        message.param[1] = (DWORD)version_error(request->version, result);
    message.client = app->client;
    if (!result) {
        memcpy(message.out, out, sizeof(message.out));
        message.data = request->data;
        message.size = request->data ? request->size : 0;
    }
    post_full(app, &message);
}

/* A call that a request made: it lives from now on. */
static void introduce(struct call *call)
{
    struct provider *provider = call->device->provider;
    struct event announce = {
        .device = call->device->handle, .call = call->handle, .message = EVENT_ANNOUNCE};

    /* What it said too early comes after the reply. */
    events_push_front(provider, &call->held);
    if (list_empty(&call->clients)) {
        /* The application closed its line while it waited for the reply: nobody wants it. */
        call_want_drop(call);
        call_want_close(call);
        return;
    }
    hub_want(call);
    LIST_EACH(line, &call->device->lines, struct line, by_device)
    {
        if (line->privileges & LINECALLPRIVILEGE_MONITOR && !client_of_line(call, line)) {
            struct event *event = event_new(&announce, NULL, 0);

            if (event)
                event_push_front(provider, event);
            break;
        }
    }
}

void request_finish(struct request *request, LONG result)
{
    uint32_t out[REQUEST_CALLS] = {0};
    struct call *fresh[REQUEST_CALLS] = {0};

    /* No call comes to life on a line that is being closed, whatever the provider says now. */
    if (!result && request->fresh[0] && request->device->state != DEVICE_OPEN)
        result = ERR(OPERATIONFAILED);
    for (unsigned i = 0; i < REQUEST_CALLS; i++) {
        struct call *call = request->fresh[i];

        if (!call)
            continue;
        request->fresh[i] = NULL;
        /* lineForward makes a consultation call only where the switch needs one. */
        if (result || (request->op == ENGINE_LINE_FORWARD && !request->fresh_hd[i])) {
            call_destroy(call);
            continue;
        }
        call_confirm(call, request->fresh_hd[i]);
        fresh[i] = call;
        out[i] = request->fresh_client[i];
    }
    if (request->op == ENGINE_LINE_COMPLETE_CALL)
        out[0] = request->value;
    /* The provider has filled the VARSTRING of a non-directed park. */
    if (!result && request->op == ENGINE_LINE_PARK && request->data) {
        const VARSTRING *string = request->data;

        if (string->dwUsedSize >= sizeof(*string) && string->dwUsedSize < request->size)
            request->size = string->dwUsedSize;
    }
    if (!result && (request->op == ENGINE_LINE_ACCEPT || request->op == ENGINE_LINE_ANSWER))
        call_name_app(request->call, app_of_handle(request->app));
    reply(request, result, out);
    request_free(request);
    for (unsigned i = 0; i < REQUEST_CALLS; i++) {
        if (fresh[i])
            introduce(fresh[i]);
    }
}

void request_complete(uint32_t id, LONG result)
{
    struct request *request = handle_get(&engine.handles, id, HANDLE_REQUEST);
    int32_t final;

    if (!request) {
        bool stale = handle_state(&engine.handles, id, HANDLE_REQUEST) == HANDLE_STALE;

        if (stale)
            engine.duplicates++;
        TRACE("engine", "dropped the completion of %s request %u (0x%x)",
              stale ? "ended" : "unknown", (unsigned)id, (unsigned)result);
        return;
    }
    switch (request_completed(&request->state, result, ERR(OPERATIONFAILED), &final)) {
    case REQUEST_ANSWER:
        request_finish(request, final);
        break;
    case REQUEST_IGNORE:
    case REQUEST_REFUSE:
        engine.duplicates++;
        TRACE("engine", "dropped a second completion of request %u", (unsigned)id);
        break;
    case REQUEST_WAIT:
        request->device->answering++;
        break;
    }
}

enum request_action request_function_returned(struct request *request, LONG returned, LONG *result)
{
    struct device *device = request->device;
    bool early = request->state.step == REQUEST_EARLY;
    int32_t final;
    enum request_action action =
        request_returned(&request->state, request->id, returned, ERR(OPERATIONFAILED), &final);

    *result = final;
    /* What came behind the completion comes behind the reply: the caller sends that now, before
     * anything of the queue is carried out. */
    if (early) {
        device->answering--;
        events_resume(device);
    }
    return action;
}

static bool makes(const struct request *request, const struct call *call)
{
    for (unsigned i = 0; i < REQUEST_CALLS; i++)
        if (request->fresh[i] == call)
            return true;
    return false;
}

void request_abandon(struct call *call)
{
    struct device *device = call->device;
    HDRVCALL hd[REQUEST_CALLS];

    LIST_EACH(request, &device->requests, struct request, by_device)
    {
        if (!makes(request, call))
            continue;
        if (request->state.step != REQUEST_PENDING)
            return;
        memcpy(hd, request->fresh_hd, sizeof(hd));
        if (!hd[0] && !hd[1]) { /* nothing to close: it waits for the completion, or lineClose */
            call->abandoned = false;
            device_release(device);
            return;
        }
        device->users++;
        /* It is over before the provider is told: a completion that comes just now has come too
         * late, and no call is closed twice. */
        request_finish(request, ERR(OPERATIONFAILED));
        engine_unlock();
        for (unsigned i = 0; i < REQUEST_CALLS; i++)
            if (hd[i])
                HOST_CALL(device->provider->host, lineCloseCall, hd[i]);
        engine_lock();
        device_release(device);
        return;
    }
}

/* Ends what the provider will not complete any more: of one call, or all of the device. */
void requests_cut(struct device *device, const struct call *call)
{
    struct list cut;

    list_init(&cut);
    LIST_EACH_SAFE(request, next, &device->requests, struct request, by_device)
    {
        if ((!call || request->call == call) && request->state.step == REQUEST_PENDING) {
            list_remove(&request->by_device);
            list_append(&cut, &request->by_device);
        }
    }
    while (!list_empty(&cut))
        request_finish(list_entry(cut.next, struct request, by_device), ERR(OPERATIONFAILED));
}
