/*
 * dispatch.c - every request of ops.h as a row of a table: what its first handle is, who may ask,
 * how it is carried out. Rows that only hand arguments to the provider are one line elsewhere.
 */
#include "base/phone_error.h"
#include "engine/version.h"

/* What arg[0] names, and what is found from it. */
enum target {
    ON_NOTHING,
    ON_APP,
    ON_APP_DEVICE, /* hLineApp, dwDeviceID */
    ON_DEVICE,     /* dwDeviceID alone */
    ON_LINE,
    ON_CALL,
    ON_SELECT, /* hLine, dwAddressID, hCall, dwSelect */
    ON_PHONE_APP,
    ON_PHONE_APP_DEVICE, /* hPhoneApp, dwDeviceID */
    ON_PHONE_DEVICE,     /* dwDeviceID alone */
    ON_PHONE,
};

enum {
    OWNER = 0x01,       /* the application must own the call or phone */
    ASYNC = 0x02,       /* has a request ID and a LINE_REPLY or PHONE_REPLY */
    LOCKED = 0x04,      /* the engine's own: runs with the lock held */
    SECOND = 0x08,      /* arg[1] is another call */
    SECOND_LATE = 0x10, /* arg[2] is a call of the line, not necessarily owned, or 0 */
    MAKES = 0x20,       /* makes a call */
    MAKES_TWO = 0x40,   /* makes a conference and a consultation call */
    MAY_LACK = 0x80,    /* ON_CALL where hCall may be 0 and arg[1] is an HLINE */
    READS = 0x100,      /* gets the bytes of in[0] back with the reply */
    PHONE = 0x10000,    /* a phone function: its errors are PHONEERR_ */
    OWN_ID = 0x1000,    /* the engine's own asynchronous request: the function returns its ID */
};

struct op_row {
    op_run *run;
    enum target target;
    unsigned flags;
    const char *name;
};

#define ROW(op, handler, target, flags) [ENGINE_##op] = {op_##handler, target, flags, #handler}

static const struct op_row rows[ENGINE_OP_COUNT] = {
    ROW(LINE_INITIALIZE, line_initialize, ON_NOTHING, LOCKED),
    ROW(LINE_SHUTDOWN, line_shutdown, ON_APP, LOCKED),
    ROW(LINE_NEGOTIATE_API_VERSION, line_negotiate_api_version, ON_APP_DEVICE, LOCKED),
    ROW(LINE_NEGOTIATE_EXT_VERSION, line_negotiate_ext_version, ON_APP_DEVICE, 0),
    ROW(LINE_GET_DEV_CAPS, line_get_dev_caps, ON_APP_DEVICE, 0),
    ROW(LINE_GET_ADDRESS_CAPS, line_get_address_caps, ON_APP_DEVICE, 0),
    ROW(LINE_OPEN, line_open, ON_APP, LOCKED),
    ROW(LINE_CLOSE, line_close, ON_LINE, LOCKED),
    ROW(LINE_GET_LINE_DEV_STATUS, line_get_line_dev_status, ON_LINE, 0),
    ROW(LINE_GET_ADDRESS_STATUS, line_get_address_status, ON_LINE, 0),
    ROW(LINE_GET_ADDRESS_ID, line_get_address_id, ON_LINE, 0),
    ROW(LINE_SET_STATUS_MESSAGES, line_set_status_messages, ON_LINE, LOCKED),
    ROW(LINE_GET_STATUS_MESSAGES, line_get_status_messages, ON_LINE, LOCKED),
    ROW(LINE_SET_LINE_DEV_STATUS, line_set_line_dev_status, ON_LINE, ASYNC),
    ROW(LINE_SET_NUM_RINGS, line_set_num_rings, ON_LINE, LOCKED),
    ROW(LINE_GET_NUM_RINGS, line_get_num_rings, ON_LINE, LOCKED),
    ROW(LINE_GET_ID, line_get_id, ON_SELECT, 0),
    ROW(LINE_GET_DEV_CONFIG, line_get_dev_config, ON_DEVICE, 0),
    ROW(LINE_SET_DEV_CONFIG, line_set_dev_config, ON_DEVICE, 0),
    ROW(LINE_GET_ICON, line_get_icon, ON_DEVICE, 0),
    ROW(LINE_DEV_SPECIFIC, line_dev_specific, ON_LINE, ASYNC | SECOND_LATE | READS),
    ROW(LINE_DEV_SPECIFIC_FEATURE, line_dev_specific_feature, ON_LINE, ASYNC | READS),

    ROW(LINE_MAKE_CALL, line_make_call, ON_LINE, ASYNC | MAKES),
    ROW(LINE_ACCEPT, line_accept, ON_CALL, ASYNC | OWNER),
    ROW(LINE_ANSWER, line_answer, ON_CALL, ASYNC | OWNER),
    ROW(LINE_DIAL, line_dial, ON_CALL, ASYNC | OWNER),
    ROW(LINE_DROP, line_drop, ON_CALL, ASYNC | OWNER),
    ROW(LINE_DEALLOCATE_CALL, line_deallocate_call, ON_CALL, LOCKED),
    ROW(LINE_GET_CALL_INFO, line_get_call_info, ON_CALL, 0),
    ROW(LINE_GET_CALL_STATUS, line_get_call_status, ON_CALL, 0),
    ROW(LINE_GET_NEW_CALLS, line_get_new_calls, ON_LINE, LOCKED),
    ROW(LINE_GET_CONF_RELATED_CALLS, line_get_conf_related_calls, ON_CALL, LOCKED),
    ROW(LINE_HANDOFF, line_handoff, ON_CALL, LOCKED | OWNER),
    ROW(LINE_SET_CALL_PRIVILEGE, line_set_call_privilege, ON_CALL, LOCKED),
    ROW(LINE_SET_MEDIA_MODE, line_set_media_mode, ON_CALL, OWNER),
    ROW(LINE_SET_APP_SPECIFIC, line_set_app_specific, ON_CALL, OWNER),
    ROW(LINE_SET_CALL_PARAMS, line_set_call_params, ON_CALL, ASYNC | OWNER),
    ROW(LINE_SET_CALL_DATA, line_set_call_data, ON_CALL, ASYNC | OWNER),
    ROW(LINE_SET_CALL_TREATMENT, line_set_call_treatment, ON_CALL, ASYNC | OWNER),
    ROW(LINE_SET_CALL_QUALITY_OF_SERVICE, line_set_call_quality_of_service, ON_CALL, ASYNC | OWNER),
    ROW(LINE_SET_TERMINAL, line_set_terminal, ON_SELECT, ASYNC),
    ROW(LINE_SEND_USER_USER_INFO, line_send_user_user_info, ON_CALL, ASYNC | OWNER),
    ROW(LINE_RELEASE_USER_USER_INFO, line_release_user_user_info, ON_CALL, ASYNC | OWNER),
    ROW(LINE_SECURE_CALL, line_secure_call, ON_CALL, ASYNC | OWNER),

    ROW(LINE_HOLD, line_hold, ON_CALL, ASYNC | OWNER),
    ROW(LINE_UNHOLD, line_unhold, ON_CALL, ASYNC | OWNER),
    ROW(LINE_SWAP_HOLD, line_swap_hold, ON_CALL, ASYNC | OWNER | SECOND),
    ROW(LINE_SETUP_TRANSFER, line_setup_transfer, ON_CALL, ASYNC | OWNER | MAKES),
    ROW(LINE_COMPLETE_TRANSFER, line_complete_transfer, ON_CALL, ASYNC | OWNER | SECOND | MAKES),
    ROW(LINE_BLIND_TRANSFER, line_blind_transfer, ON_CALL, ASYNC | OWNER),
    ROW(LINE_REDIRECT, line_redirect, ON_CALL, ASYNC | OWNER),
    ROW(LINE_SETUP_CONFERENCE, line_setup_conference, ON_CALL,
        ASYNC | OWNER | MAKES_TWO | MAY_LACK),
    ROW(LINE_PREPARE_ADD_TO_CONFERENCE, line_prepare_add_to_conference, ON_CALL,
        ASYNC | OWNER | MAKES),
    ROW(LINE_ADD_TO_CONFERENCE, line_add_to_conference, ON_CALL, ASYNC | OWNER | SECOND),
    ROW(LINE_REMOVE_FROM_CONFERENCE, line_remove_from_conference, ON_CALL, ASYNC | OWNER),
    ROW(LINE_PARK, line_park, ON_CALL, ASYNC | OWNER),
    ROW(LINE_UNPARK, line_unpark, ON_LINE, ASYNC | MAKES),
    ROW(LINE_PICKUP, line_pickup, ON_LINE, ASYNC | MAKES),
    ROW(LINE_FORWARD, line_forward, ON_LINE, ASYNC | MAKES),
    ROW(LINE_COMPLETE_CALL, line_complete_call, ON_CALL, ASYNC | OWNER),
    ROW(LINE_UNCOMPLETE_CALL, line_uncomplete_call, ON_LINE, ASYNC),

    ROW(LINE_GENERATE_DIGITS, line_generate_digits, ON_CALL, OWNER),
    ROW(LINE_GENERATE_TONE, line_generate_tone, ON_CALL, OWNER),
    ROW(LINE_MONITOR_DIGITS, line_monitor_digits, ON_CALL, LOCKED),
    ROW(LINE_MONITOR_MEDIA, line_monitor_media, ON_CALL, LOCKED),
    ROW(LINE_MONITOR_TONES, line_monitor_tones, ON_CALL, LOCKED),
    ROW(LINE_GATHER_DIGITS, line_gather_digits, ON_CALL, LOCKED | OWNER),
    ROW(LINE_SET_MEDIA_CONTROL, line_set_media_control, ON_SELECT, 0),

    ROW(LINE_REGISTER_REQUEST_RECIPIENT, line_register_request_recipient, ON_APP, LOCKED),
    ROW(LINE_GET_REQUEST, line_get_request, ON_APP, LOCKED),
    ROW(TAPI_REQUEST_MAKE_CALL, tapi_request_make_call, ON_NOTHING, LOCKED),
    ROW(TAPI_REQUEST_DROP, tapi_request_drop, ON_NOTHING, LOCKED),
    ROW(LINE_GET_APP_PRIORITY, line_get_app_priority, ON_NOTHING, LOCKED),
    ROW(LINE_SET_APP_PRIORITY, line_set_app_priority, ON_NOTHING, LOCKED),

    /* call hubs */
    ROW(LINE_SET_CALL_HUB_TRACKING, line_set_call_hub_tracking, ON_LINE, 0),
    ROW(LINE_GET_CALL_HUB_TRACKING, line_get_call_hub_tracking, ON_LINE, 0),
    ROW(LINE_GET_HUB_RELATED_CALLS, line_get_hub_related_calls, ON_CALL, LOCKED),

    /* dialling rules */
    ROW(LINE_TRANSLATE_CHECK, line_translate_check, ON_NOTHING, LOCKED),
    ROW(LINE_SET_CURRENT_LOCATION, line_set_current_location, ON_NOTHING, LOCKED),

    /* call centre: agents, groups, queues, proxies */
    ROW(LINE_SET_AGENT_GROUP, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_SET_AGENT_STATE, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_SET_AGENT_ACTIVITY, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_AGENT_CAPS, agent_request, ON_APP_DEVICE, LOCKED | OWN_ID),
    ROW(LINE_GET_AGENT_STATUS, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_AGENT_SPECIFIC, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_AGENT_ACTIVITY_LIST, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_AGENT_GROUP_LIST, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_CREATE_AGENT, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_SET_AGENT_MEASUREMENT_PERIOD, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_AGENT_INFO, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_CREATE_AGENT_SESSION, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_AGENT_SESSION_LIST, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_SET_AGENT_SESSION_STATE, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_AGENT_SESSION_INFO, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_QUEUE_LIST, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_SET_QUEUE_MEASUREMENT_PERIOD, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_QUEUE_INFO, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_GROUP_LIST, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_SET_AGENT_STATE_EX, agent_request, ON_LINE, LOCKED | OWN_ID),
    ROW(LINE_GET_PROXY_STATUS, line_get_proxy_status, ON_APP_DEVICE, LOCKED),
    ROW(LINE_PROXY_MESSAGE, line_proxy_message, ON_LINE, LOCKED),
    ROW(LINE_PROXY_RESPONSE, line_proxy_response, ON_LINE, LOCKED),

    /* providers and their dialogs */
    ROW(DIALOG_BEGIN, dialog_begin, ON_NOTHING, LOCKED),
    ROW(DIALOG_CALL, dialog_call, ON_NOTHING, LOCKED),
    ROW(DIALOG_DATA, dialog_data, ON_NOTHING, LOCKED),
    ROW(DIALOG_END, dialog_end, ON_NOTHING, LOCKED),
    ROW(DIALOG_INSTANCE_END, dialog_instance_end, ON_NOTHING, LOCKED),
    ROW(LINE_GET_PROVIDER_LIST, line_get_provider_list, ON_NOTHING, LOCKED),
    ROW(LINE_ADD_PROVIDER, line_add_provider, ON_NOTHING, LOCKED),
    ROW(LINE_REMOVE_PROVIDER, line_remove_provider, ON_NOTHING, LOCKED),

    /* phones */
    ROW(PHONE_INITIALIZE, phone_initialize, ON_NOTHING, PHONE | LOCKED),
    ROW(PHONE_SHUTDOWN, phone_shutdown, ON_PHONE_APP, PHONE | LOCKED),
    ROW(PHONE_NEGOTIATE_API_VERSION, phone_negotiate_api_version, ON_PHONE_APP_DEVICE,
        PHONE | LOCKED),
    ROW(PHONE_NEGOTIATE_EXT_VERSION, phone_negotiate_ext_version, ON_PHONE_APP_DEVICE, PHONE),
    ROW(PHONE_OPEN, phone_open, ON_PHONE_APP, PHONE | LOCKED),
    ROW(PHONE_CLOSE, phone_close, ON_PHONE, PHONE | LOCKED),
    ROW(PHONE_GET_DEV_CAPS, phone_get_dev_caps, ON_PHONE_APP_DEVICE, PHONE),
    ROW(PHONE_GET_STATUS, phone_get_status, ON_PHONE, PHONE),
    ROW(PHONE_SET_STATUS_MESSAGES, phone_set_status_messages, ON_PHONE, PHONE | LOCKED),
    ROW(PHONE_GET_STATUS_MESSAGES, phone_get_status_messages, ON_PHONE, PHONE | LOCKED),
    ROW(PHONE_GET_ID, phone_get_id, ON_PHONE, PHONE),
    ROW(PHONE_GET_ICON, phone_get_icon, ON_PHONE_DEVICE, PHONE),
    ROW(PHONE_GET_BUTTON_INFO, phone_get_button_info, ON_PHONE, PHONE),
    ROW(PHONE_SET_BUTTON_INFO, phone_set_button_info, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_GET_DATA, phone_get_data, ON_PHONE, PHONE),
    ROW(PHONE_SET_DATA, phone_set_data, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_GET_DISPLAY, phone_get_display, ON_PHONE, PHONE),
    ROW(PHONE_SET_DISPLAY, phone_set_display, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_GET_GAIN, phone_get_gain, ON_PHONE, PHONE),
    ROW(PHONE_SET_GAIN, phone_set_gain, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_GET_HOOK_SWITCH, phone_get_hook_switch, ON_PHONE, PHONE),
    ROW(PHONE_SET_HOOK_SWITCH, phone_set_hook_switch, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_GET_LAMP, phone_get_lamp, ON_PHONE, PHONE),
    ROW(PHONE_SET_LAMP, phone_set_lamp, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_GET_RING, phone_get_ring, ON_PHONE, PHONE),
    ROW(PHONE_SET_RING, phone_set_ring, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_GET_VOLUME, phone_get_volume, ON_PHONE, PHONE),
    ROW(PHONE_SET_VOLUME, phone_set_volume, ON_PHONE, PHONE | ASYNC | OWNER),
    ROW(PHONE_DEV_SPECIFIC, phone_dev_specific, ON_PHONE, PHONE | ASYNC | READS),

    /* private to tapi3.dll, media service providers */
    ROW(LINE_GET_PROVIDER, line_get_provider, ON_APP_DEVICE, 0),
    ROW(LINE_MSP_IDENTIFY, line_msp_identify, ON_APP_DEVICE, 0),
    ROW(LINE_CREATE_MSP, line_create_msp, ON_LINE, LOCKED),
    ROW(LINE_CLOSE_MSP, line_close_msp, ON_NOTHING, LOCKED),
    ROW(LINE_SEND_MSP_DATA, line_send_msp_data, ON_NOTHING, LOCKED),
};

/* ---- input ---- */

const WCHAR *op_text(const struct op *op, unsigned index)
{
    const WCHAR *text = op_in(op, index);
    uint32_t size = op_in_size(op, index);

    if (!text || size % sizeof(WCHAR) || text[size / sizeof(WCHAR) - 1])
        return NULL;
    return text;
}

const void *op_struct(const struct op *op, unsigned index, uint32_t least)
{
    const DWORD *total = op_in(op, index);

    return total && op_in_size(op, index) >= least && *total <= op_in_size(op, index) ? total
                                                                                      : NULL;
}

HTAPICALL op_fresh(const struct op *op, unsigned index)
{
    const struct call *call = op->async->fresh[index];

    return (HTAPICALL)(UINT_PTR)(call ? call->handle : 0);
}

/* ---- finding and pinning ---- */

void op_pin_device(struct op *op, struct device *device)
{
    op->device = device;
    op->provider = device->provider;
    op->host = device->provider->host;
    op->hd_line = device->phone ? NULL : device->hd;
    op->hd_phone = device->phone ? device->hd_phone : NULL;
    device->users++;
    device->provider->users++;
}

static LONG use_line(struct op *op, uint64_t handle)
{
    op->line = line_find(op->session, handle);
    if (!op->line)
        return ERR(INVALLINEHANDLE);
    op->app = op->line->app;
    op->reply->api_version = op->line->version;
    op_pin_device(op, op->line->device);
    return 0;
}

static LONG use_phone(struct op *op, uint64_t handle, bool owner)
{
    op->phone = phone_find(op->session, handle);
    if (!op->phone)
        return (LONG)PHONEERR_INVALPHONEHANDLE;
    if (owner && op->phone->privilege != PHONEPRIVILEGE_OWNER)
        return (LONG)PHONEERR_NOTOWNER;
    op->app = op->phone->app;
    op->reply->api_version = op->phone->version;
    op_pin_device(op, op->phone->device);
    return 0;
}

static LONG use_call(struct op *op, uint64_t handle, bool owner)
{
    struct call_client *client = client_find(op->session, handle);

    if (!client || client->call->pending)
        return ERR(INVALCALLHANDLE);
    if (owner && client->privilege != LINECALLPRIVILEGE_OWNER)
        return ERR(NOTOWNER);
    op->client = client;
    op->line = client->line;
    op->app = client->line->app;
    op->reply->api_version = client->line->version;
    op->call = client->call;
    op->hd_call = op->call->hd;
    op->call->users++;
    op_pin_device(op, op->call->device);
    return 0;
}

static LONG use_second(struct op *op, uint64_t handle, LONG error)
{
    struct call_client *client = client_find(op->session, handle);
    bool of_line = op->row->flags & SECOND_LATE;

    if (!client || client->call->pending || client->call->device->provider != op->provider ||
        (of_line && client->call->device != op->device))
        return error;
    if (!of_line && client->privilege != LINECALLPRIVILEGE_OWNER)
        return ERR(NOTOWNER);
    op->second = client->call;
    op->hd_second = op->second->hd;
    op->second->users++;
    return 0;
}

/* A device by its ID, for requests that go to the provider without an open line or phone. */
static LONG use_device(struct op *op, uint64_t id)
{
    struct device *device;
    LONG result =
        op->row->flags & PHONE ? phone_device_find(id, &device) : device_find(id, &device);

    if (result)
        return result;
    if (op->app && id < op->app->versions_count)
        op->reply->api_version = op->app->versions[id];
    op_pin_device(op, device);
    return 0;
}

static LONG use_selected(struct op *op)
{
    const uint64_t *arg = op->request->arg;

    switch ((uint32_t)arg[3]) {
    case LINECALLSELECT_LINE:
    case LINECALLSELECT_ADDRESS:
        return use_line(op, arg[0]);
    case LINECALLSELECT_CALL:
        return use_call(op, arg[2], false);
    default:
        return ERR(INVALCALLSELECT);
    }
}

static LONG use_target(struct op *op)
{
    const struct op_row *row = op->row;
    const uint64_t *arg = op->request->arg;
    LONG result = 0;

    if (row->target == ON_NOTHING)
        return 0;
    if (!session_has_app(op->session, row->flags & PHONE))
        return ERR(UNINITIALIZED);
    switch (row->target) {
    case ON_APP:
    case ON_APP_DEVICE:
        op->app = app_find(op->session, arg[0]);
        if (!op->app)
            return ERR(INVALAPPHANDLE);
        if (row->target == ON_APP_DEVICE)
            result = use_device(op, arg[1]);
        break;
    case ON_PHONE_APP:
    case ON_PHONE_APP_DEVICE:
        op->app = phone_app_find(op->session, arg[0]);
        if (!op->app)
            return ERR(INVALAPPHANDLE);
        if (row->target == ON_PHONE_APP_DEVICE)
            result = use_device(op, arg[1]);
        break;
    case ON_PHONE:
        result = use_phone(op, arg[0], row->flags & OWNER);
        break;
    case ON_PHONE_DEVICE:
    case ON_DEVICE:
        result = use_device(op, arg[0]);
        break;
    case ON_LINE:
        result = use_line(op, arg[0]);
        break;
    case ON_CALL:
        if (row->flags & MAY_LACK && !arg[0])
            result = use_line(op, arg[1]);
        else
            result = use_call(op, arg[0], row->flags & OWNER);
        break;
    case ON_SELECT:
        result = use_selected(op);
        break;
    case ON_NOTHING:
        break;
    }
    if (!result && row->flags & SECOND)
        result = use_second(op, arg[1],
                            row->run == op_line_swap_hold ? ERR(INVALCALLHANDLE)
                                                          : ERR(INVALCONSULTCALLHANDLE));
    if (!result && row->flags & SECOND_LATE && arg[2])
        result = use_second(op, arg[2], ERR(INVALCALLHANDLE));
    return result;
}

static void release(struct op *op)
{
    if (op->second)
        call_release(op->second);
    if (op->call)
        call_release(op->call);
    if (op->device) {
        struct provider *provider = op->device->provider;

        device_release(op->device);
        events_drain(provider);
        provider_release(provider);
        provider_settle(provider);
    }
}

/* ---- asynchronous requests ---- */

/* How many calls the request makes: completing a transfer makes one only as a conference. */
static unsigned fresh_calls(const struct op *op)
{
    if (op->row->flags & MAKES_TWO)
        return 2;
    if (op->row->run == op_line_complete_transfer)
        return op_arg(op, 2) == LINETRANSFERMODE_CONFERENCE;
    return op->row->flags & MAKES ? 1 : 0;
}

static LONG async_begin(struct op *op)
{
    struct request *request = request_new(op->device, op->call);
    unsigned fresh = fresh_calls(op);

    if (!request)
        return ERR(NOMEM);
    request->op = op->request->op;
    request->cookie = op->request->cookie;
    request->app = op->app->handle;
    request->instance = op->phone ? op->phone->instance : op->line->instance;
    request->version = op->line ? op->line->version : 0;
    if (op->row->flags & READS && op_in_size(op, 0)) {
        request->size = op_in_size(op, 0);
        request->data = mem_copy(op_in(op, 0), request->size);
        if (!request->data)
            goto fail;
    }
    for (unsigned i = 0; i < fresh; i++) {
        struct call_client *client;

        request->fresh[i] = call_new(op->device, true);
        if (!request->fresh[i])
            goto fail;
        client = client_new(op->line, request->fresh[i], LINECALLPRIVILEGE_OWNER);
        if (!client)
            goto fail;
        call_name_app(request->fresh[i], op->app);
        request->fresh_client[i] = client->handle;
    }
    op->async = request;
    op->id = request->id;
    return 0;
fail:
    request_drop(request);
    return ERR(NOMEM);
}

static LONG async_end(struct op *op, LONG returned)
{
    struct request *request = op->async;
    LONG result;

    switch (request_function_returned(request, returned, &result)) {
    case REQUEST_REFUSE:
        if (returned >= 0)
            TRACE("engine", "%s: the provider returned %d for request %u: taken as a failure",
                  op->row->name, (int)returned, (unsigned)request->id);
        request_drop(request);
        return result;
    case REQUEST_ANSWER:
        for (unsigned i = 0; i < REQUEST_CALLS; i++)
            op->reply->out[i] = request->fresh_client[i];
        request_finish(request, result);
        return (LONG)op->id;
    default:
        for (unsigned i = 0; i < REQUEST_CALLS; i++) {
            op->reply->out[i] = request->fresh_client[i];
            if (request->fresh[i] && request->fresh[i]->abandoned)
                call_abandon(request->fresh[i]); /* the line was closed meanwhile */
        }
        return (LONG)op->id;
    }
}

void engine_call(struct engine_session *session, const struct engine_request *request,
                 struct engine_reply *reply)
{
    struct op op = {.session = session, .request = request, .reply = reply};
    bool locked;
    LONG result;

    memset(reply, 0, sizeof(*reply));
    if ((unsigned)request->op >= ENGINE_OP_COUNT || !rows[request->op].run) {
        reply->result = ERR(OPERATIONUNAVAIL);
        return;
    }
    op.row = &rows[request->op];
    locked = op.row->flags & LOCKED;

    engine_lock();
    result = use_target(&op);
    if (!result && op.row->flags & ASYNC)
        result = async_begin(&op);
    if (!result) {
        if (!locked)
            engine_unlock();
        result = op.row->run(&op);
        if (!locked)
            engine_lock();
        if (op.async)
            result = async_end(&op, result);
        else if (result > 0 && !(op.row->flags & OWN_ID))
            result = ERR(OPERATIONFAILED); /* a provider's synchronous function may not */
    }
    release(&op);
    engine_unlock();
    if (op.row->flags & PHONE)
        reply->result = phone_error(result);
    else
        reply->result = reply->api_version ? version_error(reply->api_version, result) : result;
    TRACE("engine", "%s(0x%llx) = 0x%08x", op.row->name, (unsigned long long)request->arg[0],
          (unsigned)result);
}
