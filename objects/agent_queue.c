/* agent_queue.c - Queue: what the proxy says about a queue of a group. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(queue, agent_queue, ITQueue, ITQueue_iface)

#define IID_HERE (&IID_ITQueue)

static LONG ask_period(HLINE line, const struct agent_question *question, void *structure)
{
    (void)structure;
    return lineSetQueueMeasurementPeriod(line, question->handle, question->value);
}

static LONG ask_info(HLINE line, const struct agent_question *question, void *structure)
{
    return lineGetQueueInfo(line, question->handle, structure);
}

static HRESULT queue_check(struct agent_queue *self, HLINE *line)
{
    HRESULT hr = agent_handler_check(self->handler, self->handler->first, IID_HERE, line);

    if (SUCCEEDED(hr) && self->removed)
        hr = com_fail(TAPI_E_CALLCENTER_QUEUE_REMOVED, IID_HERE, "The queue %ls has been removed.",
                      self->name);
    return hr;
}

/* One DWORD of LINEQUEUEINFO. */
static HRESULT queue_number(struct agent_queue *self, size_t at, LONG *out)
{
    struct agent_question question = {.ask = ask_info, .handle = self->id};
    void *info;
    HLINE line;
    HRESULT hr;
    LONG error;

    AGENT_CHECK_OUT(out);
    hr = queue_check(self, &line);
    if (FAILED(hr))
        return hr;
    error = agent_ask(self->handler->tapi, line, &question, sizeof(LINEQUEUEINFO), &info);
    if (error)
        return objects_result(error, IID_HERE, "The figures of the queue are not known");
    memcpy(out, (const BYTE *)info + at, sizeof(*out));
    free(info);
    return S_OK;
}

#define NUMBER(name)                                                                               \
    static HRESULT WINAPI queue_get_##name(ITQueue *iface, LONG *out)                              \
    {                                                                                              \
        return queue_number(impl_from_ITQueue_iface(iface), offsetof(LINEQUEUEINFO, dw##name),     \
                            out);                                                                  \
    }

NUMBER(MeasurementPeriod)
NUMBER(TotalCallsQueued)
NUMBER(CurrentCallsQueued)
NUMBER(TotalCallsAbandoned)
NUMBER(TotalCallsFlowedIn)
NUMBER(TotalCallsFlowedOut)
NUMBER(LongestEverWaitTime)
NUMBER(CurrentLongestWaitTime)
NUMBER(AverageWaitTime)
NUMBER(FinalDisposition)

static HRESULT WINAPI queue_put_MeasurementPeriod(ITQueue *iface, LONG period)
{
    struct agent_queue *self = impl_from_ITQueue_iface(iface);
    struct agent_question question = {.ask = ask_period, .handle = self->id, .value = period};
    HLINE line;
    HRESULT hr = queue_check(self, &line);

    if (FAILED(hr))
        return hr;
    if (period < 0)
        return com_fail(E_INVALIDARG, IID_HERE, "A period of %ld seconds cannot be.", period);
    return objects_result(agent_ask(self->handler->tapi, line, &question, 0, NULL), IID_HERE,
                          "The measurement period was not set");
}

static HRESULT WINAPI queue_get_Name(ITQueue *iface, BSTR *out)
{
    struct agent_queue *self = impl_from_ITQueue_iface(iface);
    HLINE line;
    HRESULT hr;

    AGENT_CHECK_OUT(out);
    hr = queue_check(self, &line);
    if (FAILED(hr))
        return hr;
    *out = SysAllocString(self->name);
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static const ITQueueVtbl queue_vtable = {
    COM_DISPATCH_VTABLE(queue),
    queue_put_MeasurementPeriod,
    queue_get_MeasurementPeriod,
    queue_get_TotalCallsQueued,
    queue_get_CurrentCallsQueued,
    queue_get_TotalCallsAbandoned,
    queue_get_TotalCallsFlowedIn,
    queue_get_TotalCallsFlowedOut,
    queue_get_LongestEverWaitTime,
    queue_get_CurrentLongestWaitTime,
    queue_get_AverageWaitTime,
    queue_get_FinalDisposition,
    queue_get_Name,
};

static const struct com_interface queue_interfaces[] = {
    COM_INTERFACE(agent_queue, ITQueue_iface, ITQueue),
};

static void queue_destroy(struct com_object *object)
{
    struct agent_queue *self = CONTAINING_RECORD(object, struct agent_queue, com);

    free(self->name);
    com_unuse(&self->handler->com);
}

static const struct com_class queue_class = {
    .name = "Queue",
    .interfaces = queue_interfaces,
    .interface_count = ARRAYSIZE(queue_interfaces),
    .destroy = queue_destroy,
};

struct agent_queue *agent_queue_create(struct agent_handler *handler, DWORD id, WCHAR *name)
{
    struct agent_queue *self = com_object_create(sizeof(*self), &queue_class, NULL);

    if (!self)
        return NULL;
    self->ITQueue_iface.lpVtbl = (ITQueueVtbl *)&queue_vtable;
    self->handler = handler;
    com_use(&handler->com);
    self->id = id;
    self->name = name;
    com_use(&self->com);
    com_release(&self->com); /* no application has it yet */
    return self;
}
