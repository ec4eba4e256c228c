/* event_handlers.c - each message of a provider, and what becomes of it for the applications. */
#include "engine/version.h"

static bool call_on_only_address(const struct call *call)
{
    return call->device->caps_known && call->device->num_addresses == 1;
}

/* The live call a message names; NULL where it is unknown, stale or on another line. */
static struct call *call_of(const struct event *event)
{
    struct call *call = event->call ? call_from_handle(event->call) : NULL;

    return call && (event->message == EVENT_ANNOUNCE || call->device->handle == event->device)
               ? call
               : NULL;
}

/* The first state of a new call, whose address or media mode only the provider knows. A line with
 * one address, and a state that says the media mode as it should, leave nothing to ask: then no
 * thread is woken between the provider's callback and the application. */
static bool must_ask(const struct event *event)
{
    const struct call *call = event->message == LINE_CALLSTATE ? call_of(event) : NULL;

    return call && !call->pending && !call->offered &&
           !((call->address_known || call_on_only_address(call)) &&
             (event->param[2] || call->media_mode));
}

bool event_needs_worker(const struct event *event)
{
    return event->message == EVENT_ANNOUNCE || event->message == EVENT_HUB ||
           event->message == LINE_CREATE || event->message == PHONE_CREATE || must_ask(event);
}

/* ---- what has to be asked of the provider first; the worker's part ---- */

static LONG call_call_info(void *context, void *buffer)
{
    struct call *call = context;

    return HOST_CALL(call->device->provider->host, lineGetCallInfo, call->hd, buffer);
}

static void learn_call(struct call *call, DWORD media_mode)
{
    uint32_t size;
    void *data = NULL;

    call->users++;
    call_learn_ids(call, false);
    if (!media_mode && !call->media_mode) {
        engine_unlock();
        if (!fetch_struct(STRUCT_LINECALLINFO, call->device->version, call_call_info, call, &data,
                          &size))
            media_mode = ((LINECALLINFO *)data)->dwMediaMode;
        free(data);
        engine_lock();
    }
    if (media_mode)
        call->media_mode = media_mode;
    call_release(call);
}

static void line_device_created(const struct device *device)
{
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (app->phone)
                continue;
            if (app->version >= 0x00010004)
                post_app(app, 0, LINE_CREATE, 0, device->id, 0, 0);
            else
                post_start_again(app, LINE_CREATE, device->id);
        }
    }
}

/* LINE_CREATE, PHONE_CREATE: the device gets its ID, then the provider is told (line-create.md). An
 * ID that the provider refuses stays used, by a device that is not there. */
static void create_device(struct provider *provider, DWORD_PTR temporary, bool phone)
{
    struct device *device = device_add(provider, phone);
    DWORD id, version = 0;
    LONG result;

    if (!device)
        return;
    id = device->id;
    engine_unlock();
    if (phone) {
        result = HOST_CALL(provider->host, providerCreatePhoneDevice, temporary, id);
        if (!result)
            version = host_phone_version(provider->host, id);
    } else {
        result = HOST_CALL(provider->host, providerCreateLineDevice, temporary, id);
        if (!result)
            version = host_line_version(provider->host, id);
    }
    engine_lock();
    device->version = version;
    if (result) {
        TRACE("engine", "the provider refused %s device %u: 0x%x", phone ? "phone" : "line",
              (unsigned)id, (unsigned)result);
        device->removed = true;
    } else if (device->removed) {
        TRACE("engine", "device %u was removed while it was created", (unsigned)id);
    } else if (phone) {
        phone_device_created(device);
    } else {
        line_device_created(device);
    }
}

void event_prepare(struct provider *provider, struct event *event)
{
    struct call *call;

    if (event->message == LINE_CREATE || event->message == PHONE_CREATE) {
        create_device(provider, event->param[1], event->message == PHONE_CREATE);
    } else if (event->message == EVENT_ANNOUNCE || must_ask(event)) {
        call = call_of(event);
        if (call)
            learn_call(call, event->message == LINE_CALLSTATE ? (DWORD)event->param[2] : 0);
    } else if (event->message == EVENT_HUB) {
        call = call_of(event);
        if (call)
            call_learn_ids(call, true);
    }
}

/* ---- calls ---- */

static void on_call_state(struct call *call, const struct event *event)
{
    /* The high-order 8 bits are a device-specific substate (linecallstate--constants.md). */
    DWORD substate = (DWORD)event->param[0] & 0xff000000;
    DWORD state = (DWORD)event->param[0] & ~0xff000000;

    if (!state || state & (state - 1)) {
        TRACE("engine", "dropped call state 0x%x of call 0x%x: not one state",
              (unsigned)event->param[0], (unsigned)call->handle);
        return;
    }
    if (state != call->state)
        GetSystemTime(&call->entered);
    call->state = state;
    call->substate = substate;
    call->state_mode = (DWORD)event->param[1];
    /* Any other state says that it is a party no longer: removed, or the last one left. */
    call->conference = state == LINECALLSTATE_CONFERENCED ? (uint32_t)event->param[1] : 0;
    if (event->param[2])
        call->media_mode = (DWORD)event->param[2];
    if (!call->offered) {
        call_offer(call);
        events_push_front(call->device->provider, &call->held);
    } else {
        LIST_EACH(client, &call->clients, struct call_client, by_call)
        client_send_state(client, 0);
    }
    if (state == LINECALLSTATE_IDLE) {
        LIST_EACH(client, &call->clients, struct call_client, by_call)
        hub_leave(client);
        gathering_over(call);
        /* One that ended before anybody wanted it. */
        if (list_empty(&call->clients))
            call_want_close(call);
    }
    if (state == LINECALLSTATE_IDLE || state == LINECALLSTATE_DISCONNECTED)
        monitoring_end(call);
}

static DWORD tick(DWORD_PTR given)
{
    return given ? (DWORD)given : GetTickCount();
}

static void on_generate(struct call *call, const struct event *event)
{
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        if (client->handle == (uint32_t)event->param[1]) {
            if (call->generator == client->handle)
                call->generator = 0;
            post_client(client, LINE_GENERATE, event->param[0], 0, tick(event->param[2]));
            return;
        }
    }
}

static void on_monitor(struct call *call, const struct event *event)
{
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        DWORD at = tick(event->param[2]);

        switch (event->message) {
        case LINE_MONITORDIGITS:
            if (client->digit_modes & event->param[1])
                post_client(client, LINE_MONITORDIGITS, event->param[0], event->param[1], at);
            break;
        case LINE_MONITORMEDIA:
            if (client->media_modes & event->param[0])
                post_client(client, LINE_MONITORMEDIA, event->param[0], 0, at);
            break;
        case LINE_MONITORTONE:
            if (client->tones && client->handle == (uint32_t)event->param[1])
                post_client(client, LINE_MONITORTONE, event->param[0], 0, at);
            break;
        }
    }
}

static void on_call(struct call *call, const struct event *event)
{
    const DWORD_PTR *p = event->param;

    switch (event->message) {
    case LINE_CALLSTATE:
        on_call_state(call, event);
        break;
    case LINE_CALLINFO:
        post_call_info(call, (DWORD)p[0], NULL);
        if (p[0] & LINECALLINFOSTATE_CALLID) {
            call->call_id_known = false;
            hub_want(call);
        }
        break;
    case LINE_GENERATE:
        on_generate(call, event);
        break;
    case LINE_GATHERDIGITS:
        gather_finish(call, (uint32_t)p[1], (DWORD)p[0], tick(p[2]));
        break;
    case LINE_MONITORDIGITS:
    case LINE_MONITORMEDIA:
    case LINE_MONITORTONE:
        on_monitor(call, event);
        break;
    case LINE_CALLDEVSPECIFIC:
    case LINE_CALLDEVSPECIFICFEATURE:
        LIST_EACH(client, &call->clients, struct call_client, by_call)
        post_client(client,
                    event->message == LINE_CALLDEVSPECIFIC ? LINE_DEVSPECIFIC
                                                           : LINE_DEVSPECIFICFEATURE,
                    p[0], p[1], p[2]);
        break;
    case LINE_QOSINFO:
    case LINE_DEVSPECIFICEX:
        /* Messages of TAPI 3; no TAPI 2 application knows them. */
        LIST_EACH(client, &call->clients, struct call_client, by_call)
        {
            if (client->line->version >= 0x00030000)
                post_client(client, event->message, p[0], p[1],
                            event->message == LINE_QOSINFO ? 0 : p[2]);
        }
        break;
    case EVENT_ANNOUNCE:
        call_announce(call);
        break;
    case EVENT_HUB:
        hub_tell(call);
        break;
    }
}

/* ---- lines ---- */

/* LINEADDRESSSTATE_CAPSCHANGE is of version 1.4 (lineaddressstate--constants.md). */
static void on_address_state(struct device *device, const struct event *event)
{
    const DWORD_PTR *p = event->param;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        DWORD states = (DWORD)p[1];

        if (states & LINEADDRESSSTATE_CAPSCHANGE && line->version < 0x00010004) {
            post_start_again(line->app, LINE_ADDRESSSTATE, p[0]);
            states &= ~(DWORD)LINEADDRESSSTATE_CAPSCHANGE;
        }
        if (states & line->address_states)
            post_line(line, LINE_ADDRESSSTATE, p[0], states & line->address_states, p[2]);
    }
}

static void on_line(struct device *device, const struct event *event)
{
    const DWORD_PTR *p = event->param;

    switch (event->message) {
    case LINE_LINEDEVSTATE:
        if (p[0] & (LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_CONFIGCHANGE))
            device->caps_known = false;
        if (p[0] & LINEDEVSTATE_REINIT)
            post_line_reinit();
        post_line_state(device, (DWORD)p[0] & ~(DWORD)LINEDEVSTATE_REINIT, p[1], p[2]);
        break;
    case LINE_ADDRESSSTATE:
        on_address_state(device, event);
        break;
    case LINE_DEVSPECIFIC:
    case LINE_DEVSPECIFICFEATURE:
        LIST_EACH(line, &device->lines, struct line, by_device)
        post_line(line, event->message, p[0], p[1], p[2]);
        break;
    case LINE_DEVSPECIFICEX:
        LIST_EACH(line, &device->lines, struct line, by_device)
        {
            if (line->version >= 0x00030000)
                post_line(line, event->message, p[0], p[1], p[2]);
        }
        break;
    case LINE_CLOSE:
        device_forced_close(device);
        break;
    case LINE_SENDMSPDATA:
        msp_data(device, event);
        break;
    default:
        TRACE("engine", "dropped event %u: not a message of a provider", (unsigned)event->message);
    }
}

/* Those that can be of a line or a call are of the call they name. */
static bool names_call(const struct event *event)
{
    switch (event->message) {
    case LINE_CALLSTATE:
    case LINE_CALLINFO:
    case LINE_GENERATE:
    case LINE_GATHERDIGITS:
    case LINE_MONITORDIGITS:
    case LINE_MONITORMEDIA:
    case LINE_MONITORTONE:
    case LINE_CALLDEVSPECIFIC:
    case LINE_CALLDEVSPECIFICFEATURE:
    case LINE_QOSINFO:
    case EVENT_ANNOUNCE:
    case EVENT_HUB:
        return true;
    case LINE_DEVSPECIFICEX:
        return event->call != 0;
    default:
        return false;
    }
}

/* An MSP hears of a call when its application knows the call. */
static struct call *not_known_yet(const struct event *event)
{
    struct call *call = event->message == LINE_SENDMSPDATA ? call_of(event) : NULL;

    return call && (call->pending || !call->offered) ? call : NULL;
}

static void hold(struct call *call, const struct event *event)
{
    struct event *held = event_new(event, event->data, event->size);

    if (held)
        list_append(&call->held, &held->link);
}

void event_handle(struct provider *provider, struct event *event)
{
    struct device *device;
    struct call *call;

    (void)provider;
    if (event->message == EVENT_COMPLETION) {
        request_complete((uint32_t)event->param[0], (LONG)event->param[1]);
    } else if (event->message == LINE_CREATE || event->message == PHONE_CREATE) {
        /* event_prepare has done all of it */
    } else if (event->message == LINE_REMOVE) {
        if (event->param[0] < engine.num_devices &&
            engine.devices[event->param[0]]->provider == provider)
            device_remove(engine.devices[event->param[0]]);
    } else if (event->message == PHONE_REMOVE) {
        if (event->param[0] < engine.num_phones &&
            engine.phone_devices[event->param[0]]->provider == provider)
            phone_device_remove(engine.phone_devices[event->param[0]]);
    } else if (phone_message(event->message)) {
        device = event_device(event);
        if (device)
            phone_device_event(device, event);
    } else if ((call = not_known_yet(event))) {
        hold(call, event);
    } else if (names_call(event)) {
        call = call_of(event);
        if (!call) {
            TRACE("engine", "dropped event %u of unknown call 0x%x", (unsigned)event->message,
                  (unsigned)event->call);
        } else if (call->pending) {
            hold(call, event);
        } else {
            on_call(call, event);
        }
    } else {
        device = handle_get(&engine.handles, event->device, HANDLE_DEVICE);
        if (device)
            on_line(device, event);
    }
}
