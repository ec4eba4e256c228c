/* agent_handler.c - AgentHandler: the proxy application of a call centre. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(handler, agent_handler, ITAgentHandler, ITAgentHandler_iface)

#define IID_HERE (&IID_ITAgentHandler)

void agent_handler_post(struct agent_handler *self, AGENTHANDLER_EVENT event)
{
    com_hand_out(&self->com);
    EVENT_POST(self->tapi->dispatcher, TE_AGENTHANDLER, ITAgentHandlerEvent, self,
               .AgentHandler = &self->ITAgentHandler_iface, .Event = event);
    com_release(&self->com);
}

HLINE agent_handler_line(struct agent_handler *self, DWORD device)
{
    struct agent_line *line;
    HLINE handle = 0;

    AcquireSRWLockShared(&self->tapi->lock);
    for (line = self->lines; line; line = line->next)
        if (!handle || line->device == device)
            handle = line->handle;
    ReleaseSRWLockShared(&self->tapi->lock);
    return handle;
}

HRESULT agent_handler_check(struct agent_handler *self, DWORD device, REFIID iid, HLINE *line)
{
    HRESULT hr = tapi_check(self->tapi, iid);

    *line = 0;
    if (FAILED(hr))
        return hr;
    *line = agent_handler_line(self, device);
    return *line ? S_OK
                 : com_fail(TAPI_E_NOTSUPPORTED, iid,
                            "The agent handler %ls has closed: nobody answers for its agents.",
                            self->name);
}

/* ---- ITAgentHandler -------------------------------------------------------------------------- */

static HRESULT WINAPI handler_get_Name(ITAgentHandler *iface, BSTR *out)
{
    struct agent_handler *self = impl_from_ITAgentHandler_iface(iface);

    AGENT_CHECK_OUT(out);
    *out = SysAllocString(self->name);
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT WINAPI handler_CreateAgent(ITAgentHandler *iface, ITAgent **out)
{
    AGENT_CHECK_OUT(out);
    return agent_create(impl_from_ITAgentHandler_iface(iface), NULL, NULL, out);
}

static HRESULT WINAPI handler_CreateAgentWithID(ITAgentHandler *iface, BSTR id, BSTR pin,
                                                ITAgent **out)
{
    AGENT_CHECK_OUT(out);
    if (!id)
        return com_fail(E_POINTER, IID_HERE, "An agent identifier is needed.");
    return agent_create(impl_from_ITAgentHandler_iface(iface), id, pin ? pin : L"", out);
}

/* The proxy's groups as they are now. */
static HRESULT look_at_groups(struct agent_handler *self)
{
    HLINE line;
    HRESULT hr = agent_handler_check(self, self->first, IID_HERE, &line);

    if (FAILED(hr))
        return hr;
    return objects_result(agent_groups_refresh(self, NULL, TRUE), IID_HERE,
                          "The groups of the agent handler are not known");
}

static HRESULT WINAPI handler_EnumerateACDGroups(ITAgentHandler *iface, IEnumACDGroup **out)
{
    struct agent_handler *self = impl_from_ITAgentHandler_iface(iface);
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = look_at_groups(self);
    return FAILED(hr) ? hr
                      : objects_enumerate(agent_groups_list(self), &IID_IEnumACDGroup, (void **)out,
                                          IID_HERE);
}

static HRESULT WINAPI handler_get_ACDGroups(ITAgentHandler *iface, VARIANT *out)
{
    struct agent_handler *self = impl_from_ITAgentHandler_iface(iface);
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = look_at_groups(self);
    return FAILED(hr) ? hr : objects_collection(agent_groups_list(self), out, IID_HERE);
}

/* Every address of the lines that the proxy serves. */
static struct com_list *list_addresses(struct agent_handler *self)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    struct tapi *tapi = self->tapi;
    BOOL fits = list != NULL;
    struct agent_line *line;
    unsigned i;

    AcquireSRWLockShared(&tapi->lock);
    for (i = 0; i < tapi->address_count && fits; i++) {
        struct address *address = tapi->addresses[i];

        for (line = self->lines; line && line->device != address->device; line = line->next)
            ;
        if (line && !address->removed)
            fits = com_list_add_object(list, &address->com.IUnknown_iface);
    }
    ReleaseSRWLockShared(&tapi->lock);
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

static HRESULT WINAPI handler_EnumerateUsableAddresses(ITAgentHandler *iface, IEnumAddress **out)
{
    struct agent_handler *self = impl_from_ITAgentHandler_iface(iface);
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = tapi_check(self->tapi, IID_HERE);
    return FAILED(hr)
               ? hr
               : objects_enumerate(list_addresses(self), &IID_IEnumAddress, (void **)out, IID_HERE);
}

static HRESULT WINAPI handler_get_UsableAddresses(ITAgentHandler *iface, VARIANT *out)
{
    struct agent_handler *self = impl_from_ITAgentHandler_iface(iface);
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = tapi_check(self->tapi, IID_HERE);
    return FAILED(hr) ? hr : objects_collection(list_addresses(self), out, IID_HERE);
}

static const ITAgentHandlerVtbl handler_vtable = {
    COM_DISPATCH_VTABLE(handler), handler_get_Name,
    handler_CreateAgent,          handler_CreateAgentWithID,
    handler_EnumerateACDGroups,   handler_EnumerateUsableAddresses,
    handler_get_ACDGroups,        handler_get_UsableAddresses,
};

/* ---- the object ------------------------------------------------------------------------------ */

static const struct com_interface handler_interfaces[] = {
    COM_INTERFACE(agent_handler, ITAgentHandler_iface, ITAgentHandler),
};

static void handler_destroy(struct com_object *object)
{
    struct agent_handler *self = CONTAINING_RECORD(object, struct agent_handler, com);

    free(self->name);
    com_unuse(&self->tapi->com);
}

static const struct com_class handler_class = {
    .name = "AgentHandler",
    .interfaces = handler_interfaces,
    .interface_count = ARRAYSIZE(handler_interfaces),
    .destroy = handler_destroy,
};

struct agent_handler *agent_handler_create(struct tapi *tapi, const GUID *proxy, const WCHAR *name,
                                           DWORD device)
{
    struct agent_handler *self;
    WCHAR *copy = _wcsdup(name);

    if (!copy)
        return NULL;
    self = com_object_create(sizeof(*self), &handler_class, NULL);
    if (!self) {
        free(copy);
        return NULL;
    }
    self->ITAgentHandler_iface.lpVtbl = (ITAgentHandlerVtbl *)&handler_vtable;
    self->tapi = tapi;
    com_use(&tapi->com);
    self->proxy = *proxy;
    self->name = copy;
    self->first = device;
    return self;
}
