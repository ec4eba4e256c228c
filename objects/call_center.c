/* call_center.c - ITTAPICallCenter; which lines a proxy serves, and its messages.
 *
 * What the messages call for (asking for the handler's name, its groups, an agent's sessions)
 * waits for the proxy, and the thread that takes messages must not wait. So they are put in a
 * line, and a thread of the call centre's own, which lives as long as there are any, sees to them
 * in order. */
#include "objects/private.h"

#include "tapi32/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(center, tapi, ITTAPICallCenter, ITTAPICallCenter_iface)

#define IID_HERE (&IID_ITTAPICallCenter)

/* Agents came to the C API with this version; older lines get none of the messages. */
#define AGENTS_VERSION 0x00020002

/* A message that waits. */
struct agent_job {
    struct agent_job *next;
    HLINE line;
    DWORD message;
    DWORD_PTR param[3];
};

/* ---- lines ----------------------------------------------------------------------------------- */

/* The line's handler and device, with a use of it; FALSE: not a line of ours. */
static BOOL find_line(struct tapi *tapi, HLINE handle, struct agent_handler **handler,
                      DWORD *device)
{
    struct agent_handler *at;
    struct agent_line *line = NULL;

    *handler = NULL;
    AcquireSRWLockShared(&tapi->lock);
    for (at = tapi->call_center.handlers; at && !line; at = at->next)
        for (line = at->lines; line && line->handle != handle; line = line->next)
            ;
    if (line) {
        *handler = line->handler;
        *device = line->device;
        com_use(&line->handler->com);
    }
    ReleaseSRWLockShared(&tapi->lock);
    return line != NULL;
}

/* With TAPI's lock held. */
static BOOL is_known(const struct tapi *tapi, DWORD device)
{
    const struct agent_handler *at;
    const struct agent_line *line = NULL;

    for (at = tapi->call_center.handlers; at && !line; at = at->next)
        for (line = at->lines; line && line->device != device; line = line->next)
            ;
    return line != NULL;
}

static BOOL is_served(struct tapi *tapi, DWORD device)
{
    BOOL known;

    AcquireSRWLockShared(&tapi->lock);
    known = is_known(tapi, device);
    ReleaseSRWLockShared(&tapi->lock);
    return known;
}

/* The handler lost this line; without any it is gone. */
static void drop_line(struct tapi *tapi, HLINE handle, BOOL close)
{
    struct agent_handler **link, *handler = NULL;
    struct agent_line **place, *line = NULL;
    BOOL gone = FALSE;

    AcquireSRWLockExclusive(&tapi->lock);
    for (link = &tapi->call_center.handlers; *link && !line; link = line ? link : &(*link)->next)
        for (place = &(*link)->lines; *place; place = &(*place)->next)
            if ((*place)->handle == handle) {
                line = *place;
                *place = line->next;
                handler = *link;
                gone = handler->lines == NULL;
                if (gone)
                    *link = handler->next;
                break;
            }
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!line)
        return;
    if (close)
        lineClose(line->handle);
    free(line);
    if (gone) {
        agent_groups_close(handler);
        agent_handler_post(handler, AHE_AGENTHANDLER_REMOVED);
        com_unuse(&handler->com); /* TAPI's */
    }
}

void call_center_close(struct tapi *tapi)
{
    struct agent_handler *handler;
    struct agent_line *line, *next;
    struct agent_job *jobs;

    AcquireSRWLockExclusive(&tapi->lock);
    jobs = tapi->call_center.jobs;
    tapi->call_center.jobs = NULL;
    ReleaseSRWLockExclusive(&tapi->lock);
    while (jobs) {
        struct agent_job *job = jobs;

        jobs = job->next;
        free(job);
    }
    for (;;) {
        AcquireSRWLockExclusive(&tapi->lock);
        handler = tapi->call_center.handlers;
        line = NULL;
        if (handler) {
            tapi->call_center.handlers = handler->next;
            line = handler->lines;
            handler->lines = NULL;
        }
        ReleaseSRWLockExclusive(&tapi->lock);
        if (!handler)
            return;
        for (; line; line = next) {
            next = line->next;
            lineClose(line->handle);
            free(line);
        }
        agent_groups_close(handler);
        com_unuse(&handler->com);
    }
}

/* ---- looking for proxies --------------------------------------------------------------------- */

struct device_query {
    struct tapi *tapi;
    DWORD device, version;
};

static LONG get_proxies(void *context, void *structure)
{
    struct device_query *query = context;

    return lineGetProxyStatus(query->tapi->app, query->device, query->version, structure);
}

/* Does somebody handle each request that the call centre of TAPI 3 needs? *fits FALSE: memory is
 * exhausted; else it is left alone. */
static BOOL has_proxies(struct tapi *tapi, DWORD device, DWORD version, BOOL *fits)
{
    struct device_query query = {tapi, device, version};
    DWORD handled = 0, needed = 0, count, i;
    LINEPROXYREQUESTLIST *list;
    const DWORD *types;
    LONG error;

    list = objects_fetch(get_proxies, &query, sizeof(*list) + 32 * sizeof(DWORD), &error);
    if (!list) {
        *fits = *fits && error != (LONG)LINEERR_NOMEM;
        return FALSE;
    }
    types = agent_entries(list, list->dwNumEntries, list->dwListSize, list->dwListOffset,
                          sizeof(DWORD), &count);
    for (i = 0; i < count; i++)
        if (types[i] < 32)
            handled |= 1u << types[i];
    free(list);
    for (i = LINEPROXYREQUEST_CREATEAGENT; i <= LINEPROXYREQUEST_SETAGENTSTATEEX; i++)
        needed |= 1u << i;
    return (handled & needed) == needed;
}

static LONG ask_caps(HLINE line, const struct agent_question *question, void *structure)
{
    const struct tapi *tapi = question->context;

    (void)line; /* this one function takes the application and the device instead */
    return lineGetAgentCapsW(tapi->app, question->handle, 0, question->value, structure);
}

/* Who serves the line: what lineGetAgentCaps says; a proxy that does not answer to it is known by
 * the line's name. *name NULL: memory exhausted. */
static void line_caps(struct tapi *tapi, DWORD device, DWORD version, GUID *proxy, WCHAR **name)
{
    struct agent_question question = {
        .ask = ask_caps, .handle = device, .value = version, .context = tapi};
    struct address *address;
    LINEDEVCAPS *line;
    void *answer = NULL;
    LINEAGENTCAPS *caps;
    LONG error;

    *name = NULL;
    memset(proxy, 0, sizeof(*proxy));
    agent_ask(tapi, 0, &question, sizeof(*caps) + 512, &answer);
    caps = answer;
    if (caps) {
        *proxy = caps->ProxyGUID;
        *name = agent_text(caps, caps->dwAgentHandlerInfoSize, caps->dwAgentHandlerInfoOffset);
        free(answer);
        if (!*name || (*name)[0])
            return;
        free(*name);
    }
    *name = NULL;
    address = address_find(tapi, device, 0);
    if (!address)
        return;
    line = address_get_dev_caps(address, &error);
    if (line)
        *name = agent_text(line, line->dwLineNameSize, line->dwLineNameOffset);
    free(line);
    com_unuse(&address->com);
}

/* Puts an open line to its handler, with TAPI's lock held; FALSE: no handler is known by this. */
static BOOL join_handler(struct tapi *tapi, struct agent_line *line, const GUID *proxy,
                         const WCHAR *name)
{
    static const GUID none;
    struct agent_handler *at;

    for (at = tapi->call_center.handlers; at; at = at->next)
        if (!memcmp(proxy, &none, sizeof(none))
                ? !memcmp(&at->proxy, &none, sizeof(none)) && !wcscmp(at->name, name)
                : !memcmp(&at->proxy, proxy, sizeof(*proxy)))
            break;
    if (!at)
        return FALSE;
    line->handler = at;
    line->next = at->lines;
    at->lines = line;
    return TRUE;
}

/* Looks at one line device. A handler found there for the first time is put into the list, with
 * its groups. FALSE: memory is exhausted; the next look may find more. */
static BOOL scan_device(struct tapi *tapi, DWORD device, DWORD version, BOOL announce)
{
    struct agent_handler *made = NULL, *post = NULL;
    struct agent_line *line = NULL;
    BOOL joined = FALSE, fits = TRUE, open;
    WCHAR *name = NULL;
    HLINE handle = 0;
    GUID proxy;

    if (version < AGENTS_VERSION || is_served(tapi, device) ||
        !has_proxies(tapi, device, version, &fits))
        return fits;
    if (lineOpenW(tapi->app, device, &handle, version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL) < 0)
        return TRUE;
    line_caps(tapi, device, version, &proxy, &name);
    line = calloc(1, sizeof(*line));
    if (name)
        made = agent_handler_create(tapi, &proxy, name, device);
    fits = line && (made || !name); /* a device that has gone has no name */
    if (line && made) {
        line->device = device;
        line->handle = handle;
        AcquireSRWLockExclusive(&tapi->lock);
        /* Another thread may have been as fast. */
        open = tapi->state == TAPI_OPEN && !is_known(tapi, device);
        joined = open && join_handler(tapi, line, &proxy, name);
        if (open && !joined) {
            made->next = tapi->call_center.handlers;
            tapi->call_center.handlers = made;
            com_use(&made->com);
            joined = join_handler(tapi, line, &proxy, name);
            made->announced = announce;
            if (announce)
                post = made;
        }
        ReleaseSRWLockExclusive(&tapi->lock);
    }
    if (!joined) {
        lineClose(handle);
        free(line);
    } else if (made->lines) {
        agent_groups_refresh(made, NULL, FALSE);
    }
    if (post)
        agent_handler_post(post, AHE_NEW_AGENTHANDLER);
    /* It may have left before the line was open, when nobody told us. */
    open = TRUE;
    if (joined && !has_proxies(tapi, device, version, &open) && open)
        drop_line(tapi, handle, TRUE);
    if (made)
        com_release(&made->com);
    free(name);
    return fits;
}

/* The line devices of TAPI's addresses: how many, and of the nth its ID and version. */
static BOOL nth_device(struct tapi *tapi, unsigned n, DWORD *device, DWORD *version)
{
    BOOL found = FALSE;

    AcquireSRWLockShared(&tapi->lock);
    if (n < tapi->address_count) {
        struct address *address = tapi->addresses[n];

        found = TRUE;
        *device = address->device;
        *version = address->id == 0 && !address->removed ? address->api_version : 0;
    }
    ReleaseSRWLockShared(&tapi->lock);
    return found;
}

static BOOL scan_all(struct tapi *tapi)
{
    DWORD device, version;
    BOOL fits = TRUE;
    unsigned n;

    for (n = 0; fits && nth_device(tapi, n, &device, &version); n++)
        fits = scan_device(tapi, device, version, FALSE);
    return fits;
}

static void scan_one(struct tapi *tapi, DWORD wanted)
{
    DWORD device, version;
    unsigned n;

    for (n = 0; nth_device(tapi, n, &device, &version); n++)
        if (device == wanted)
            scan_device(tapi, device, version, TRUE);
}

/* ---- messages -------------------------------------------------------------------------------- */

static void on_proxy_status(struct tapi *tapi, const struct agent_job *job)
{
    if (job->param[0] == LINEPROXYSTATUS_CLOSE && job->param[1] >= LINEPROXYREQUEST_CREATEAGENT)
        drop_line(tapi, job->line, TRUE);
}

static void on_job(struct tapi *tapi, const struct agent_job *job)
{
    struct agent_handler *handler;
    DWORD device;

    if (job->message == OPEN_TAPI_LINE_PROXIES_READY) {
        scan_one(tapi, (DWORD)job->param[0]);
        return;
    }
    if (!find_line(tapi, job->line, &handler, &device))
        return;
    switch (job->message) {
    case LINE_PROXYSTATUS:
        on_proxy_status(tapi, job);
        break;
    case LINE_CLOSE:
        drop_line(tapi, job->line, FALSE);
        break;
    case LINE_GROUPSTATUS:
    case LINE_QUEUESTATUS:
        agent_groups_refresh(handler, NULL, TRUE);
        break;
    case LINE_AGENTSTATUSEX:
        agent_status(handler, (HAGENT)job->param[0], (DWORD)job->param[1], (DWORD)job->param[2]);
        break;
    case LINE_AGENTSESSIONSTATUS:
        agent_session_status(handler, (HAGENTSESSION)job->param[0], (DWORD)job->param[1],
                             (DWORD)job->param[2]);
        break;
    }
    com_unuse(&handler->com);
}

static struct agent_job *next_job(struct tapi *tapi)
{
    struct call_center *center = &tapi->call_center;
    struct agent_job *job;

    AcquireSRWLockExclusive(&tapi->lock);
    job = tapi->state == TAPI_OPEN ? center->jobs : NULL;
    if (job)
        center->jobs = job->next;
    else
        center->working = FALSE;
    ReleaseSRWLockExclusive(&tapi->lock);
    return job;
}

static DWORD WINAPI work(void *context)
{
    struct tapi *tapi = context;
    struct agent_job *job;

    while ((job = next_job(tapi))) {
        on_job(tapi, job);
        free(job);
    }
    com_unuse(&tapi->com);
    FreeLibraryAndExitThread(com_module, 0);
}

/* The thread has a use of TAPI, and keeps the DLL. FALSE: there is none. */
static BOOL start_work(struct tapi *tapi)
{
    HMODULE module;
    HANDLE thread;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)&com_module,
                            &module))
        return FALSE;
    com_use(&tapi->com);
    thread = CreateThread(NULL, 0, work, tapi, 0, NULL);
    if (!thread) {
        com_unuse(&tapi->com);
        FreeLibrary(module);
        return FALSE;
    }
    CloseHandle(thread);
    return TRUE;
}

void call_center_post(struct tapi *tapi, HLINE line, DWORD message, DWORD_PTR param1,
                      DWORD_PTR param2, DWORD_PTR param3)
{
    struct agent_job *job = malloc(sizeof(*job)), **link;
    BOOL start;

    if (!job)
        return;
    *job = (struct agent_job){NULL, line, message, {param1, param2, param3}};
    AcquireSRWLockExclusive(&tapi->lock);
    for (link = &tapi->call_center.jobs; *link; link = &(*link)->next)
        ;
    *link = job;
    start = !tapi->call_center.working;
    tapi->call_center.working = TRUE;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (start && !start_work(tapi)) {
        AcquireSRWLockExclusive(&tapi->lock);
        tapi->call_center.working = FALSE; /* the next message tries again */
        ReleaseSRWLockExclusive(&tapi->lock);
    }
}

BOOL call_center_message(struct tapi *tapi, const LINEMESSAGE *message)
{
    HLINE line = (HLINE)(DWORD_PTR)message->hDevice;
    struct agent_handler *handler;
    DWORD device;

    switch (message->dwMessageID) {
    case LINE_AGENTSTATUSEX:
    case LINE_AGENTSESSIONSTATUS:
    case LINE_GROUPSTATUS:
    case LINE_QUEUESTATUS:
    case LINE_PROXYSTATUS:
    case LINE_CLOSE:
        /* Every line that is open on the device gets them: ours speaks for all. */
        if (!find_line(tapi, line, &handler, &device))
            return message->dwMessageID != LINE_CLOSE;
        com_unuse(&handler->com);
        break;
    case OPEN_TAPI_LINE_PROXIES_READY:
        /* Who does not want to hear of handlers finds them when asking for them. */
        if (!dispatcher_wants(tapi->dispatcher, TE_AGENTHANDLER))
            return TRUE;
        break;
    default:
        return FALSE;
    }
    call_center_post(tapi, line, message->dwMessageID, message->dwParam1, message->dwParam2,
                     message->dwParam3);
    return TRUE;
}

/* ---- ITTAPICallCenter ------------------------------------------------------------------------ */

static struct com_list *list_handlers(struct tapi *tapi)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    struct agent_handler *at;
    BOOL fits = list && scan_all(tapi);

    AcquireSRWLockShared(&tapi->lock);
    for (at = tapi->call_center.handlers; at && fits; at = at->next)
        fits = com_list_add_object(list, &at->com.IUnknown_iface);
    ReleaseSRWLockShared(&tapi->lock);
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

static HRESULT WINAPI center_EnumerateAgentHandlers(ITTAPICallCenter *iface,
                                                    IEnumAgentHandler **out)
{
    struct tapi *self = impl_from_ITTAPICallCenter_iface(iface);
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = tapi_check(self, IID_HERE);
    return FAILED(hr) ? hr
                      : objects_enumerate(list_handlers(self), &IID_IEnumAgentHandler, (void **)out,
                                          IID_HERE);
}

static HRESULT WINAPI center_get_AgentHandlers(ITTAPICallCenter *iface, VARIANT *out)
{
    struct tapi *self = impl_from_ITTAPICallCenter_iface(iface);
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = tapi_check(self, IID_HERE);
    return FAILED(hr) ? hr : objects_collection(list_handlers(self), out, IID_HERE);
}

const ITTAPICallCenterVtbl call_center_vtable = {
    COM_DISPATCH_VTABLE(center),
    center_EnumerateAgentHandlers,
    center_get_AgentHandlers,
};
