/* filter.c - IBaseFilter of a filter with one pin, and delivery downstream. See filter.h. */
#include "msp/dshow/filter.h"

#include <string.h>

COM_IMPL(filter, IBaseFilter, IBaseFilter_iface)
COM_IMPL(filter, IAMFilterMiscFlags, IAMFilterMiscFlags_iface)

static HRESULT WINAPI base_QueryInterface(IBaseFilter *iface, REFIID iid, void **out)
{
    return com_query(&impl_from_IBaseFilter_iface(iface)->com, iid, out);
}

static ULONG WINAPI base_AddRef(IBaseFilter *iface)
{
    return com_add_ref(&impl_from_IBaseFilter_iface(iface)->com);
}

static ULONG WINAPI base_Release(IBaseFilter *iface)
{
    return com_release(&impl_from_IBaseFilter_iface(iface)->com);
}

static HRESULT WINAPI base_GetClassID(IBaseFilter *iface, CLSID *clsid)
{
    if (!clsid)
        return E_POINTER;
    *clsid = *impl_from_IBaseFilter_iface(iface)->ops->clsid;
    return S_OK;
}

/* With the state lock held. */
static HRESULT filter_to_paused(struct filter *filter)
{
    HRESULT hr = S_OK;

    if (filter->state == State_Running) {
        filter->ops->hold(filter);
    } else if (filter->state == State_Stopped) {
        if (filter->allocator && filter->ops->direction == PINDIR_OUTPUT)
            hr = IMemAllocator_Commit(filter->allocator);
        /* The state is set first: the streaming thread may look at it at once. */
        filter->state = State_Paused;
        filter->ended = 0;
        if (SUCCEEDED(hr))
            hr = filter->ops->pause(filter);
        if (FAILED(hr)) {
            if (filter->allocator && filter->ops->direction == PINDIR_OUTPUT)
                IMemAllocator_Decommit(filter->allocator);
            filter->state = State_Stopped;
        }
        return hr;
    }
    filter->state = State_Paused;
    return hr;
}

static void filter_to_stopped(struct filter *filter)
{
    if (filter->state == State_Stopped)
        return;
    filter->state = State_Stopped;
    /* A streaming thread waiting for a buffer wakes up. */
    if (filter->allocator && filter->ops->direction == PINDIR_OUTPUT)
        IMemAllocator_Decommit(filter->allocator);
    filter->ops->stop(filter);
}

void filter_tell_complete(struct filter *filter)
{
    IMediaEventSink *sink = NULL;

    EnterCriticalSection(&filter->state_lock); /* the graph stays */
    if (filter->state == State_Running && filter->graph && filter->ended &&
        FAILED(IFilterGraph_QueryInterface(filter->graph, &IID_IMediaEventSink, (void **)&sink)))
        sink = NULL;
    if (sink)
        filter->ended = 0;
    LeaveCriticalSection(&filter->state_lock);
    if (!sink)
        return;
    IMediaEventSink_Notify(sink, EC_COMPLETE, S_OK, (LONG_PTR)&filter->IBaseFilter_iface);
    IMediaEventSink_Release(sink);
}

static HRESULT WINAPI base_Stop(IBaseFilter *iface)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);

    EnterCriticalSection(&filter->state_lock);
    filter_to_stopped(filter);
    LeaveCriticalSection(&filter->state_lock);
    return S_OK;
}

static HRESULT WINAPI base_Pause(IBaseFilter *iface)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);
    HRESULT hr;

    EnterCriticalSection(&filter->state_lock);
    hr = filter_to_paused(filter);
    LeaveCriticalSection(&filter->state_lock);
    return hr;
}

static HRESULT WINAPI base_Run(IBaseFilter *iface, REFERENCE_TIME start)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);
    HRESULT hr = S_OK;

    (void)start; /* sound goes out as it comes: the exchange keeps the time */
    EnterCriticalSection(&filter->state_lock);
    if (filter->state == State_Stopped)
        hr = filter_to_paused(filter);
    if (SUCCEEDED(hr) && filter->state == State_Paused) {
        filter->state = State_Running;
        hr = filter->ops->run(filter);
        if (FAILED(hr))
            filter->state = State_Paused;
    }
    LeaveCriticalSection(&filter->state_lock);
    filter_tell_complete(filter);
    return hr;
}

static HRESULT WINAPI base_GetState(IBaseFilter *iface, DWORD timeout, FILTER_STATE *state)
{
    (void)timeout; /* transitions are complete when they return: nothing is cued */
    if (!state)
        return E_POINTER;
    *state = impl_from_IBaseFilter_iface(iface)->state;
    return S_OK;
}

static HRESULT WINAPI base_SetSyncSource(IBaseFilter *iface, IReferenceClock *clock)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);
    IReferenceClock *old;

    if (clock)
        IReferenceClock_AddRef(clock);
    old = InterlockedExchangePointer((void *volatile *)&filter->clock, clock);
    if (old)
        IReferenceClock_Release(old);
    return S_OK;
}

static HRESULT WINAPI base_GetSyncSource(IBaseFilter *iface, IReferenceClock **clock)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);

    if (!clock)
        return E_POINTER;
    *clock = filter->clock;
    if (*clock)
        IReferenceClock_AddRef(*clock);
    return S_OK;
}

static HRESULT WINAPI base_EnumPins(IBaseFilter *iface, IEnumPins **out)
{
    if (!out)
        return E_POINTER;
    return enum_pins_create(impl_from_IBaseFilter_iface(iface), out);
}

static HRESULT WINAPI base_FindPin(IBaseFilter *iface, LPCWSTR id, IPin **out)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!id || lstrcmpW(id, filter->ops->pin_name))
        return VFW_E_NOT_FOUND;
    *out = &filter->IPin_iface;
    IPin_AddRef(*out);
    return S_OK;
}

static HRESULT WINAPI base_QueryFilterInfo(IBaseFilter *iface, FILTER_INFO *info)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);

    if (!info)
        return E_POINTER;
    lstrcpynW(info->achName, filter->name, ARRAYSIZE(info->achName));
    info->pGraph = filter->graph;
    if (info->pGraph)
        IFilterGraph_AddRef(info->pGraph);
    return S_OK;
}

static HRESULT WINAPI base_JoinFilterGraph(IBaseFilter *iface, IFilterGraph *graph, LPCWSTR name)
{
    struct filter *filter = impl_from_IBaseFilter_iface(iface);

    /* Leaving a graph that was never stopped must not leave a streaming thread behind. */
    if (!graph)
        base_Stop(iface);
    EnterCriticalSection(&filter->state_lock);
    filter->graph = graph;
    lstrcpynW(filter->name, name ? name : L"", ARRAYSIZE(filter->name));
    LeaveCriticalSection(&filter->state_lock);
    return S_OK;
}

static HRESULT WINAPI base_QueryVendorInfo(IBaseFilter *iface, LPWSTR *info)
{
    (void)iface;
    if (!info)
        return E_POINTER;
    *info = NULL;
    return E_NOTIMPL; /* documented answer of a filter without vendor information */
}

static const IBaseFilterVtbl base_vtbl = {
    base_QueryInterface,
    base_AddRef,
    base_Release,
    /* IPersist methods */
    base_GetClassID,
    /* IMediaFilter methods */
    base_Stop,
    base_Pause,
    base_Run,
    base_GetState,
    base_SetSyncSource,
    base_GetSyncSource,
    /* IBaseFilter methods */
    base_EnumPins,
    base_FindPin,
    base_QueryFilterInfo,
    base_JoinFilterGraph,
    base_QueryVendorInfo,
};

static HRESULT WINAPI misc_QueryInterface(IAMFilterMiscFlags *iface, REFIID iid, void **out)
{
    return com_query(&impl_from_IAMFilterMiscFlags_iface(iface)->com, iid, out);
}

static ULONG WINAPI misc_AddRef(IAMFilterMiscFlags *iface)
{
    return com_add_ref(&impl_from_IAMFilterMiscFlags_iface(iface)->com);
}

static ULONG WINAPI misc_Release(IAMFilterMiscFlags *iface)
{
    return com_release(&impl_from_IAMFilterMiscFlags_iface(iface)->com);
}

static ULONG WINAPI misc_GetMiscFlags(IAMFilterMiscFlags *iface)
{
    struct filter *filter = impl_from_IAMFilterMiscFlags_iface(iface);

    return filter->ops->direction == PINDIR_INPUT ? AM_FILTER_MISC_FLAGS_IS_RENDERER
                                                  : AM_FILTER_MISC_FLAGS_IS_SOURCE;
}

static const IAMFilterMiscFlagsVtbl misc_vtbl = {
    misc_QueryInterface,
    misc_AddRef,
    misc_Release,
    misc_GetMiscFlags,
};

void *filter_create(size_t size, const struct com_class *class, const struct filter_ops *ops)
{
    struct filter *filter = com_object_create(size, class, NULL);

    if (!filter)
        return NULL;
    filter->IBaseFilter_iface.lpVtbl = (IBaseFilterVtbl *)&base_vtbl;
    filter->IAMFilterMiscFlags_iface.lpVtbl = (IAMFilterMiscFlagsVtbl *)&misc_vtbl;
    filter->ops = ops;
    InitializeCriticalSection(&filter->state_lock);
    filter_pin_init(filter);
    return filter;
}

void filter_destroy(struct com_object *object)
{
    struct filter *filter = filter_from_com(object);

    filter_to_stopped(filter);
    if (filter->ops->destroy)
        filter->ops->destroy(filter);
    filter_pin_clear(filter);
    if (filter->clock)
        IReferenceClock_Release(filter->clock);
    DeleteCriticalSection(&filter->state_lock);
}

/* ---- delivery -------------------------------------------------------------------------- */

static HRESULT deliver_one(struct filter *filter, const struct wav_format *change,
                           const uint8_t *bytes, uint32_t size, uint32_t *done)
{
    IMediaSample *sample = NULL;
    AM_MEDIA_TYPE type = {0};
    BYTE *buffer;
    LONG room;
    HRESULT hr;

    *done = 0;
    hr = IMemAllocator_GetBuffer(filter->allocator, &sample, NULL, NULL, 0);
    if (FAILED(hr))
        return hr;
    hr = IMediaSample_GetPointer(sample, &buffer);
    if (FAILED(hr))
        goto done;
    room = IMediaSample_GetSize(sample);
    room -= room % wav_format_block(change ? change : &filter->format);
    if (room <= 0) {
        hr = VFW_E_BUFFER_OVERFLOW;
        goto done;
    }
    if (size > (uint32_t)room)
        size = (uint32_t)room;
    memcpy(buffer, bytes, size);
    IMediaSample_SetActualDataLength(sample, (LONG)size);
    IMediaSample_SetTime(sample, NULL, NULL);
    IMediaSample_SetSyncPoint(sample, TRUE);
    IMediaSample_SetDiscontinuity(sample, change != NULL);
    IMediaSample_SetPreroll(sample, FALSE);
    if (change) {
        hr = media_type_make(&type, change);
        if (SUCCEEDED(hr) && IPin_QueryAccept(filter->peer, &type) != S_OK)
            hr = VFW_E_TYPE_NOT_ACCEPTED;
        if (SUCCEEDED(hr))
            hr = IMediaSample_SetMediaType(sample, &type);
        media_type_clear(&type);
    } else {
        IMediaSample_SetMediaType(sample, NULL);
    }
    if (SUCCEEDED(hr))
        hr = IMemInputPin_Receive(filter->peer_mem, sample);
    if (hr == S_OK) {
        *done = size;
        if (change)
            filter->format = *change;
    }
done:
    IMediaSample_Release(sample);
    return hr;
}

HRESULT filter_deliver(struct filter *filter, const struct wav_format *change, const void *bytes,
                       uint32_t size)
{
    const uint8_t *at = bytes;
    HRESULT hr = S_OK;

    if (!filter->peer_mem || !filter->allocator)
        return VFW_E_NOT_CONNECTED;
    if (change && wav_format_equal(change, &filter->format))
        change = NULL;
    while (size && hr == S_OK) {
        uint32_t done;

        if (filter->flushing)
            return S_FALSE;
        hr = deliver_one(filter, change, at, size, &done);
        at += done;
        size -= done;
        change = NULL;
    }
    return hr;
}

void filter_deliver_end(struct filter *filter)
{
    if (filter->peer && !filter->flushing)
        IPin_EndOfStream(filter->peer);
}

void filter_flush_begin(struct filter *filter)
{
    filter->flushing = 1;
    if (filter->peer)
        IPin_BeginFlush(filter->peer);
}

void filter_flush_end(struct filter *filter)
{
    if (filter->peer)
        IPin_EndFlush(filter->peer);
    filter->flushing = 0;
}

void filter_new_segment(struct filter *filter)
{
    if (filter->peer)
        IPin_NewSegment(filter->peer, 0, MAXLONGLONG, 1.0);
}
