/*
 * proxy.c - applications that opened a line with LINEOPENOPTION_PROXY: which requests each of them
 * handles, the requests on their way, and the messages they send to everybody on the line.
 * Behind it: line-proxyrequest.md, line-proxystatus.md and the pages of the agents' messages.
 */
#include "engine/proxy.h"
#include "engine/version.h"

/* What TAPI 3's call centre needs is everything that came with TAPI 2.2. */
#define FIRST_OF_22 LINEPROXYREQUEST_CREATEAGENT
#define BIT(type)   (1u << (type))

struct line *proxy_find(struct device *device, DWORD type)
{
    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        if (line->proxies & BIT(type))
            return line;
    }
    return NULL;
}

static DWORD registered(struct device *device)
{
    DWORD all = 0;

    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        all |= line->proxies;
    }
    return all;
}

/* ---- registering ---- */

LONG proxy_check(const struct op *op, DWORD *types)
{
    const LINECALLPARAMS *params = op_struct(op, 0, sizeof(LINECALLPARAMS));
    DWORD count;

    *types = 0;
    if (!(op_arg(op, 5) & LINEOPENOPTION_PROXY))
        return 0;
    if (!params)
        return ERR(INVALPOINTER);
    count = params->dwDevSpecificSize / sizeof(DWORD);
    if (!count || params->dwDevSpecificSize % sizeof(DWORD) ||
        params->dwDevSpecificOffset > op_in_size(op, 0) ||
        params->dwDevSpecificSize > op_in_size(op, 0) - params->dwDevSpecificOffset)
        return ERR(INVALCALLPARAMS);
    for (DWORD i = 0; i < count; i++) {
        DWORD type;

        memcpy(&type, (const BYTE *)params + params->dwDevSpecificOffset + i * sizeof(type),
               sizeof(type));
        if (type < LINEPROXYREQUEST_SETAGENTGROUP || type >= PROXY_TYPES)
            return ERR(INVALCALLPARAMS);
        *types |= BIT(type);
    }
    return 0;
}

/* LINE_PROXYSTATUS is for API version 2.2 and later. */
static void post_status(struct device *device, const struct line *except, DWORD status, DWORD type)
{
    LIST_EACH(line, &device->lines, struct line, by_device)
    {
        if (line != except && line->version >= 0x00020002)
            post_line(line, LINE_PROXYSTATUS, status, type, 0);
    }
}

static void tell_ready(const struct device *device)
{
    LIST_EACH(session, &engine.sessions, struct engine_session, link)
    {
        LIST_EACH(app, &session->apps, struct app, link)
        {
            if (!app->phone && app->version >= 0x00030000)
                post_app(app, 0, ENGINE_PROXIES_READY, 0, device->id, 0, 0);
        }
    }
}

LONG proxy_register(struct line *line, DWORD types)
{
    struct device *device = line->device;
    const DWORD needed = (BIT(PROXY_TYPES) - 1) & ~(BIT(FIRST_OF_22) - 1);
    DWORD before = registered(device);

    if (before & types)
        return ERR(NOTREGISTERED);
    line->proxies = types;
    for (DWORD type = 1; type < PROXY_TYPES; type++) {
        if (types & BIT(type))
            post_status(device, line, LINEPROXYSTATUS_OPEN, type);
    }
    if ((before & needed) != needed && ((before | types) & needed) == needed) {
        post_status(device, line, LINEPROXYSTATUS_ALLOPENFORACD, 0);
        tell_ready(device);
    }
    return 0;
}

/* ---- requests ---- */

struct proxy_request *proxy_request_new(struct line *proxy, DWORD type)
{
    struct proxy_request *request = mem_alloc(sizeof(*request));

    if (!request)
        return NULL;
    request->id = handle_new(&engine.handles, HANDLE_PROXY_REQUEST, request);
    if (!request->id) {
        mem_free(request);
        return NULL;
    }
    request->type = type;
    if (!proxy->proxy_requests.next)
        list_init(&proxy->proxy_requests);
    list_append(&proxy->proxy_requests, &request->by_line);
    engine.requests++;
    return request;
}

void proxy_ask(struct line *proxy, const struct proxy_request *request,
               const LINEPROXYREQUEST *made)
{
    struct engine_message message = {
        .client = proxy->app->client,
        .device = proxy->handle,
        .message = LINE_PROXYREQUEST,
        .instance = proxy->instance,
        .param = {request->id, 0, 0},
        .data = made,
        .size = made->dwSize,
    };

    post_full(proxy->app, &message);
}

/* The one LINE_REPLY of a request, and its end. answer: what a success brings. */
static void finish(struct proxy_request *request, LONG result, struct engine_message *answer)
{
    struct app *app = handle_get(&engine.handles, request->app, HANDLE_APP);
    struct engine_message message = answer && !result ? *answer : (struct engine_message){0};

    list_remove(&request->by_line);
    handle_free(&engine.handles, request->id, HANDLE_PROXY_REQUEST);
    engine.requests--;
    if (app) {
        message.client = app->client;
        message.message = LINE_REPLY;
        message.instance = request->instance;
        message.param[0] = request->id;
        message.param[1] = (DWORD)version_error(request->version, result);
        message.cookie = request->cookie;
        post_full(app, &message);
    }
    mem_free(request);
}

void proxy_leave(struct line *line)
{
    DWORD types = line->proxies;

    line->proxies = 0;
    while (line->proxy_requests.next && !list_empty(&line->proxy_requests))
        finish(list_entry(line->proxy_requests.next, struct proxy_request, by_line),
               ERR(OPERATIONFAILED), NULL);
    for (DWORD type = 1; type < PROXY_TYPES; type++) {
        if (types & BIT(type))
            post_status(line->device, line, LINEPROXYSTATUS_CLOSE, type);
    }
}

/* The structure that the proxy has filled, checked like any that comes from outside. */
static LONG take_structure(const struct proxy_request *request, const struct agent_row *row,
                           DWORD version, const BYTE *from, uint32_t size,
                           struct engine_message *answer, void **data)
{
    struct struct_form form = {.version = version};
    uint32_t room = size < row->structure ? 0 : size - row->structure, needed = 0;

    if (room > request->room)
        room = request->room;
    switch (struct_upgrade(row->kind, form, from + row->structure, room, data, &answer->size)) {
    case STRUCT_OK:
        break;
    case STRUCT_NO_MEMORY:
        return ERR(NOMEM);
    default:
        return ERR(OPERATIONFAILED);
    }
    memcpy(&needed, from + row->structure + sizeof(DWORD), sizeof(needed)); /* dwNeededSize */
    answer->data = *data;
    answer->out[0] = request->version;
    answer->out[1] = needed > request->room ? needed : 0;
    return 0;
}

LONG op_line_proxy_response(struct op *op)
{
    struct proxy_request *request =
        handle_get(&engine.handles, op_arg(op, 1), HANDLE_PROXY_REQUEST);
    LONG result = (LONG)op_arg(op, 2);
    const BYTE *from = op_in(op, 0);
    uint32_t size = op_in_size(op, 0);
    struct engine_message answer = {0};
    const struct agent_row *row;
    bool mine = false;
    void *data = NULL;

    if (request && op->line->proxy_requests.next) {
        LIST_EACH(waiting, &op->line->proxy_requests, struct proxy_request, by_line)
        {
            mine = mine || waiting == request;
        }
    }
    if (!mine)
        return ERR(INVALPARAM);
    row = agent_row(request->type);
    if (result > 0 || (!result && size < sizeof(LINEPROXYREQUEST)))
        result = ERR(OPERATIONFAILED);
    if (!result && row->room) {
        result = take_structure(request, row, op->line->version, from, size, &answer, &data);
    } else if (!result && row->handle) {
        memcpy(&answer.out[0], from + row->handle, sizeof(answer.out[0]));
    } else if (!result && row->bytes && request->room) {
        answer.data = from + row->bytes;
        answer.size = request->room < size - row->bytes ? request->room : size - row->bytes;
    }
    finish(request, result, &answer);
    free(data);
    return 0;
}

/* ---- messages ---- */

/* The first API version that knows the message; 0: not one that a proxy may send. */
static DWORD message_version(DWORD message)
{
    switch (message) {
    case LINE_AGENTSPECIFIC:
    case LINE_AGENTSTATUS:
        return 0x00020000;
    case LINE_AGENTSESSIONSTATUS:
    case LINE_QUEUESTATUS:
    case LINE_AGENTSTATUSEX:
    case LINE_GROUPSTATUS:
    case LINE_PROXYSTATUS:
        return 0x00020002;
    default:
        return 0;
    }
}

LONG op_line_proxy_message(struct op *op)
{
    DWORD message = op_arg(op, 2), version = message_version(message);

    if (!op->line->proxies)
        return ERR(OPERATIONUNAVAIL);
    if (op_arg(op, 1)) {
        struct call_client *client = client_find(op->session, op->request->arg[1]);

        if (!client || client->call->pending || client->call->device != op->device)
            return ERR(INVALCALLHANDLE);
    }
    if (!version)
        return ERR(INVALPARAM);
    LIST_EACH(line, &op->device->lines, struct line, by_device)
    {
        if (line->version >= version)
            post_line(line, message, op_arg(op, 3), op_arg(op, 4), op_arg(op, 5));
    }
    return 0;
}

LONG op_line_get_proxy_status(struct op *op)
{
    DWORD all = registered(op->device), types[PROXY_TYPES], count = 0;
    LINEPROXYREQUESTLIST *list = struct_create(STRUCT_LINEPROXYREQUESTLIST, &op->reply->size);

    op->reply->data = list;
    if (!list)
        return ERR(NOMEM);
    for (DWORD type = 1; type < PROXY_TYPES; type++) {
        if (all & BIT(type))
            types[count++] = type;
    }
    if (!struct_append(STRUCT_LINEPROXYREQUESTLIST, &op->reply->data, &op->reply->size,
                       offsetof(LINEPROXYREQUESTLIST, dwListSize), types,
                       count * (uint32_t)sizeof(types[0])))
        return ERR(NOMEM);
    ((LINEPROXYREQUESTLIST *)op->reply->data)->dwNumEntries = count;
    return 0;
}
