/* filter_pin.c - the pin of a filter with one pin: IPin, IMemInputPin, connections. See filter.h.
 */
#include "msp/dshow/filter.h"

#include <string.h>

/* One buffer holds this much; a source sends smaller pieces where it has less. */
#define BUFFER_BYTES 16384
#define BUFFERS      4

/* {8C9A4C31-0B7E-4E0E-9B5B-6C3B8B1F7D11}, ours alone */
const IID IID_IMediaDrain = {
    0x8c9a4c31, 0x0b7e, 0x4e0e, {0x9b, 0x5b, 0x6c, 0x3b, 0x8b, 0x1f, 0x7d, 0x11}};

COM_IMPL(filter, IPin, IPin_iface)
COM_IMPL(filter, IMemInputPin, IMemInputPin_iface)

static BOOL filter_accepts(struct filter *filter, const struct wav_format *format)
{
    return wav_format_block(format) <= BUFFER_BYTES && filter->ops->accept(filter, format);
}

static void pin_clear_connection(struct filter *filter)
{
    if (filter->allocator)
        IMemAllocator_Release(filter->allocator);
    if (filter->peer_mem)
        IMemInputPin_Release(filter->peer_mem);
    if (filter->peer)
        IPin_Release(filter->peer);
    filter->allocator = NULL;
    filter->peer_mem = NULL;
    filter->peer = NULL;
    memset(&filter->format, 0, sizeof(filter->format));
}

/* ---- IPin ------------------------------------------------------------------------------ */

static HRESULT WINAPI pin_QueryInterface(IPin *iface, REFIID iid, void **out)
{
    struct filter *filter = impl_from_IPin_iface(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IPin))
        *out = iface;
    else if (IsEqualIID(iid, &IID_IMemInputPin) && filter->ops->direction == PINDIR_INPUT)
        *out = &filter->IMemInputPin_iface;
    if (!*out)
        return E_NOINTERFACE;
    com_add_ref(&filter->com);
    return S_OK;
}

static ULONG WINAPI pin_AddRef(IPin *iface)
{
    return com_add_ref(&impl_from_IPin_iface(iface)->com);
}

static ULONG WINAPI pin_Release(IPin *iface)
{
    return com_release(&impl_from_IPin_iface(iface)->com);
}

static HRESULT pin_choose_allocator(struct filter *filter)
{
    ALLOCATOR_PROPERTIES want = {0}, got;
    HRESULT hr;

    IMemInputPin_GetAllocatorRequirements(filter->peer_mem, &want);
    if (want.cBuffers < BUFFERS)
        want.cBuffers = BUFFERS;
    if (want.cbBuffer < BUFFER_BYTES)
        want.cbBuffer = BUFFER_BYTES;
    if (want.cbAlign < 1)
        want.cbAlign = 1;
    hr = IMemInputPin_GetAllocator(filter->peer_mem, &filter->allocator);
    if (SUCCEEDED(hr)) {
        hr = IMemAllocator_SetProperties(filter->allocator, &want, &got);
        if (SUCCEEDED(hr))
            hr = IMemInputPin_NotifyAllocator(filter->peer_mem, filter->allocator, FALSE);
        if (SUCCEEDED(hr))
            return hr;
        IMemAllocator_Release(filter->allocator);
        filter->allocator = NULL;
    }
    hr = CoCreateInstance(&CLSID_MemoryAllocator, NULL, CLSCTX_INPROC_SERVER, &IID_IMemAllocator,
                          (void **)&filter->allocator);
    if (SUCCEEDED(hr))
        hr = IMemAllocator_SetProperties(filter->allocator, &want, &got);
    if (SUCCEEDED(hr))
        hr = IMemInputPin_NotifyAllocator(filter->peer_mem, filter->allocator, FALSE);
    return hr;
}

static HRESULT pin_try_type(struct filter *filter, IPin *receiver, const struct wav_format *format)
{
    AM_MEDIA_TYPE type;
    HRESULT hr;

    if (!filter_accepts(filter, format))
        return VFW_E_TYPE_NOT_ACCEPTED;
    hr = media_type_make(&type, format);
    if (FAILED(hr))
        return hr;
    hr = IPin_QueryInterface(receiver, &IID_IMemInputPin, (void **)&filter->peer_mem);
    if (FAILED(hr)) {
        filter->peer_mem = NULL;
        media_type_clear(&type);
        return VFW_E_NO_TRANSPORT;
    }
    IPin_AddRef(receiver);
    filter->peer = receiver;
    filter->format = *format;
    hr = IPin_ReceiveConnection(receiver, &filter->IPin_iface, &type);
    if (SUCCEEDED(hr)) {
        hr = pin_choose_allocator(filter);
        if (FAILED(hr))
            IPin_Disconnect(receiver);
    }
    if (FAILED(hr))
        pin_clear_connection(filter);
    media_type_clear(&type);
    return hr;
}

/* Tries the receiver's own types one after the other. */
static HRESULT pin_try_receivers_types(struct filter *filter, IPin *receiver)
{
    HRESULT hr = VFW_E_NO_ACCEPTABLE_TYPES;
    IEnumMediaTypes *types = NULL;
    AM_MEDIA_TYPE *type;

    if (FAILED(IPin_EnumMediaTypes(receiver, &types)) || !types)
        return hr;
    while (FAILED(hr) && IEnumMediaTypes_Next(types, 1, &type, NULL) == S_OK) {
        struct wav_format format;

        if (media_type_format(type, &format))
            hr = pin_try_type(filter, receiver, &format);
        media_type_free(type);
    }
    IEnumMediaTypes_Release(types);
    return hr;
}

static HRESULT WINAPI pin_Connect(IPin *iface, IPin *receiver, const AM_MEDIA_TYPE *type)
{
    struct filter *filter = impl_from_IPin_iface(iface);
    PIN_DIRECTION direction;
    struct wav_format format;
    HRESULT hr;

    if (!receiver)
        return E_POINTER;
    if (filter->ops->direction != PINDIR_OUTPUT)
        return E_UNEXPECTED;
    if (FAILED(IPin_QueryDirection(receiver, &direction)) || direction != PINDIR_INPUT)
        return VFW_E_INVALID_DIRECTION;
    EnterCriticalSection(&filter->state_lock);
    if (filter->peer) {
        hr = VFW_E_ALREADY_CONNECTED;
    } else if (filter->state != State_Stopped) {
        hr = VFW_E_NOT_STOPPED;
    } else if (type && !IsEqualGUID(&type->majortype, &GUID_NULL) &&
               !IsEqualGUID(&type->majortype, &MEDIATYPE_Audio)) {
        hr = VFW_E_TYPE_NOT_ACCEPTED;
    } else if (type && media_type_format(type, &format)) {
        hr = pin_try_type(filter, receiver, &format);
    } else {
        hr = VFW_E_NO_ACCEPTABLE_TYPES;
        if (filter->ops->preferred && filter->ops->preferred(filter, &format))
            hr = pin_try_type(filter, receiver, &format);
        if (FAILED(hr))
            hr = pin_try_receivers_types(filter, receiver);
        /* Nobody has an opinion: telephone quality; it changes with the first sound. */
        if (FAILED(hr) && wav_format_plain(&format, WAV_TAG_PCM, 1, 8000, 16))
            hr = pin_try_type(filter, receiver, &format);
    }
    if (SUCCEEDED(hr) && filter->ops->connected) {
        hr = filter->ops->connected(filter, &filter->format);
        if (FAILED(hr)) {
            IPin_Disconnect(filter->peer);
            pin_clear_connection(filter);
        }
    }
    LeaveCriticalSection(&filter->state_lock);
    return hr;
}

static HRESULT WINAPI pin_ReceiveConnection(IPin *iface, IPin *connector, const AM_MEDIA_TYPE *type)
{
    struct filter *filter = impl_from_IPin_iface(iface);
    struct wav_format format;
    HRESULT hr = S_OK;

    if (!connector || !type)
        return E_POINTER;
    if (filter->ops->direction != PINDIR_INPUT)
        return E_UNEXPECTED;
    EnterCriticalSection(&filter->state_lock);
    if (filter->peer)
        hr = VFW_E_ALREADY_CONNECTED;
    else if (filter->state != State_Stopped)
        hr = VFW_E_NOT_STOPPED;
    else if (!media_type_format(type, &format) || !filter_accepts(filter, &format))
        hr = VFW_E_TYPE_NOT_ACCEPTED;
    else if (filter->ops->connected)
        hr = filter->ops->connected(filter, &format);
    if (SUCCEEDED(hr)) {
        IPin_AddRef(connector);
        filter->peer = connector;
        filter->format = format;
    }
    LeaveCriticalSection(&filter->state_lock);
    return hr;
}

static HRESULT WINAPI pin_Disconnect(IPin *iface)
{
    struct filter *filter = impl_from_IPin_iface(iface);
    HRESULT hr = S_OK;

    EnterCriticalSection(&filter->state_lock);
    if (filter->state != State_Stopped)
        hr = VFW_E_NOT_STOPPED;
    else if (!filter->peer)
        hr = S_FALSE;
    else
        pin_clear_connection(filter);
    LeaveCriticalSection(&filter->state_lock);
    return hr;
}

static HRESULT WINAPI pin_ConnectedTo(IPin *iface, IPin **out)
{
    struct filter *filter = impl_from_IPin_iface(iface);

    if (!out)
        return E_POINTER;
    EnterCriticalSection(&filter->state_lock);
    *out = filter->peer;
    if (*out)
        IPin_AddRef(*out);
    LeaveCriticalSection(&filter->state_lock);
    return *out ? S_OK : VFW_E_NOT_CONNECTED;
}

static HRESULT WINAPI pin_ConnectionMediaType(IPin *iface, AM_MEDIA_TYPE *type)
{
    struct filter *filter = impl_from_IPin_iface(iface);
    HRESULT hr;

    if (!type)
        return E_POINTER;
    memset(type, 0, sizeof(*type));
    EnterCriticalSection(&filter->state_lock);
    hr = filter->peer ? media_type_make(type, &filter->format) : VFW_E_NOT_CONNECTED;
    LeaveCriticalSection(&filter->state_lock);
    return hr;
}

static HRESULT WINAPI pin_QueryPinInfo(IPin *iface, PIN_INFO *info)
{
    struct filter *filter = impl_from_IPin_iface(iface);

    if (!info)
        return E_POINTER;
    info->pFilter = &filter->IBaseFilter_iface;
    com_add_ref(&filter->com);
    info->dir = filter->ops->direction;
    lstrcpynW(info->achName, filter->ops->pin_name, ARRAYSIZE(info->achName));
    return S_OK;
}

static HRESULT WINAPI pin_QueryDirection(IPin *iface, PIN_DIRECTION *direction)
{
    if (!direction)
        return E_POINTER;
    *direction = impl_from_IPin_iface(iface)->ops->direction;
    return S_OK;
}

static HRESULT WINAPI pin_QueryId(IPin *iface, LPWSTR *id)
{
    const WCHAR *name = impl_from_IPin_iface(iface)->ops->pin_name;
    size_t size = (lstrlenW(name) + 1) * sizeof(WCHAR);

    if (!id)
        return E_POINTER;
    *id = CoTaskMemAlloc(size);
    if (!*id)
        return E_OUTOFMEMORY;
    memcpy(*id, name, size);
    return S_OK;
}

static HRESULT WINAPI pin_QueryAccept(IPin *iface, const AM_MEDIA_TYPE *type)
{
    struct wav_format format;

    if (!type)
        return E_POINTER;
    return media_type_format(type, &format) && filter_accepts(impl_from_IPin_iface(iface), &format)
               ? S_OK
               : S_FALSE;
}

static HRESULT WINAPI pin_EnumMediaTypes(IPin *iface, IEnumMediaTypes **out)
{
    struct filter *filter = impl_from_IPin_iface(iface);
    struct wav_format format;

    if (!out)
        return E_POINTER;
    if (filter->ops->preferred && filter->ops->preferred(filter, &format))
        return enum_media_types_create(&format, out);
    return enum_media_types_create(NULL, out);
}

static HRESULT WINAPI pin_QueryInternalConnections(IPin *iface, IPin **pins, ULONG *count)
{
    (void)iface, (void)pins, (void)count;
    return E_NOTIMPL; /* documented: "every input goes to every output", right for one pin */
}

static HRESULT WINAPI pin_EndOfStream(IPin *iface)
{
    struct filter *filter = impl_from_IPin_iface(iface);

    if (filter->ops->direction != PINDIR_INPUT)
        return E_UNEXPECTED;
    if (filter->state == State_Stopped || filter->flushing)
        return S_OK;
    filter->ops->end_of_stream(filter);
    if (!filter->flushing) {
        filter->ended = 1;
        filter_tell_complete(filter);
    }
    return S_OK;
}

static HRESULT WINAPI pin_BeginFlush(IPin *iface)
{
    struct filter *filter = impl_from_IPin_iface(iface);

    if (filter->ops->direction != PINDIR_INPUT)
        return E_UNEXPECTED;
    filter->flushing = 1;
    filter->ended = 0;
    filter->ops->begin_flush(filter);
    return S_OK;
}

static HRESULT WINAPI pin_EndFlush(IPin *iface)
{
    struct filter *filter = impl_from_IPin_iface(iface);

    if (filter->ops->direction != PINDIR_INPUT)
        return E_UNEXPECTED;
    filter->ops->end_flush(filter);
    filter->flushing = 0;
    return S_OK;
}

static HRESULT WINAPI pin_NewSegment(IPin *iface, REFERENCE_TIME start, REFERENCE_TIME stop,
                                     double rate)
{
    (void)iface, (void)start, (void)stop, (void)rate;
    return S_OK;
}

static const IPinVtbl pin_vtbl = {
    pin_QueryInterface,
    pin_AddRef,
    pin_Release,
    /* IPin methods */
    pin_Connect,
    pin_ReceiveConnection,
    pin_Disconnect,
    pin_ConnectedTo,
    pin_ConnectionMediaType,
    pin_QueryPinInfo,
    pin_QueryDirection,
    pin_QueryId,
    pin_QueryAccept,
    pin_EnumMediaTypes,
    pin_QueryInternalConnections,
    pin_EndOfStream,
    pin_BeginFlush,
    pin_EndFlush,
    pin_NewSegment,
};

/* ---- IMemInputPin ---------------------------------------------------------------------- */

static HRESULT WINAPI mem_QueryInterface(IMemInputPin *iface, REFIID iid, void **out)
{
    return pin_QueryInterface(&impl_from_IMemInputPin_iface(iface)->IPin_iface, iid, out);
}

static ULONG WINAPI mem_AddRef(IMemInputPin *iface)
{
    return com_add_ref(&impl_from_IMemInputPin_iface(iface)->com);
}

static ULONG WINAPI mem_Release(IMemInputPin *iface)
{
    return com_release(&impl_from_IMemInputPin_iface(iface)->com);
}

static HRESULT WINAPI mem_GetAllocator(IMemInputPin *iface, IMemAllocator **out)
{
    struct filter *filter = impl_from_IMemInputPin_iface(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (filter->allocator) {
        *out = filter->allocator;
        IMemAllocator_AddRef(*out);
        return S_OK;
    }
    return CoCreateInstance(&CLSID_MemoryAllocator, NULL, CLSCTX_INPROC_SERVER, &IID_IMemAllocator,
                            (void **)out);
}

static HRESULT WINAPI mem_NotifyAllocator(IMemInputPin *iface, IMemAllocator *allocator,
                                          BOOL read_only)
{
    struct filter *filter = impl_from_IMemInputPin_iface(iface);

    (void)read_only; /* the samples are only read here */
    if (!allocator)
        return E_POINTER;
    IMemAllocator_AddRef(allocator);
    if (filter->allocator)
        IMemAllocator_Release(filter->allocator);
    filter->allocator = allocator;
    return S_OK;
}

static HRESULT WINAPI mem_GetAllocatorRequirements(IMemInputPin *iface, ALLOCATOR_PROPERTIES *want)
{
    (void)iface, (void)want;
    return E_NOTIMPL; /* documented: no requirements */
}

static HRESULT WINAPI mem_Receive(IMemInputPin *iface, IMediaSample *sample)
{
    struct filter *filter = impl_from_IMemInputPin_iface(iface);
    struct wav_format format, *change = NULL;
    AM_MEDIA_TYPE *type = NULL;
    BYTE *bytes;
    LONG size;
    HRESULT hr;

    if (!sample)
        return E_POINTER;
    if (filter->state == State_Stopped)
        return VFW_E_WRONG_STATE;
    if (filter->flushing)
        return S_FALSE;
    if (IMediaSample_GetMediaType(sample, &type) == S_OK && type) {
        if (media_type_format(type, &format) && filter_accepts(filter, &format))
            change = &format;
        media_type_free(type);
        if (!change)
            return VFW_E_TYPE_NOT_ACCEPTED;
        filter->format = format;
    }
    hr = IMediaSample_GetPointer(sample, &bytes);
    if (FAILED(hr))
        return hr;
    size = IMediaSample_GetActualDataLength(sample);
    if (size < 0 || size > IMediaSample_GetSize(sample))
        return E_INVALIDARG;
    return filter->ops->receive(filter, change, bytes, size);
}

static HRESULT WINAPI mem_ReceiveMultiple(IMemInputPin *iface, IMediaSample **samples, LONG count,
                                          LONG *processed)
{
    HRESULT hr = S_OK;
    LONG i;

    if (!samples || !processed)
        return E_POINTER;
    *processed = 0;
    for (i = 0; i < count && hr == S_OK; i++) {
        hr = mem_Receive(iface, samples[i]);
        if (hr == S_OK)
            (*processed)++;
    }
    return hr;
}

static HRESULT WINAPI mem_ReceiveCanBlock(IMemInputPin *iface)
{
    (void)iface;
    return S_OK;
}

static const IMemInputPinVtbl mem_vtbl = {
    mem_QueryInterface, mem_AddRef,          mem_Release,
    mem_GetAllocator,   mem_NotifyAllocator, mem_GetAllocatorRequirements,
    mem_Receive,        mem_ReceiveMultiple, mem_ReceiveCanBlock,
};

void filter_pin_init(struct filter *filter)
{
    filter->IPin_iface.lpVtbl = (IPinVtbl *)&pin_vtbl;
    filter->IMemInputPin_iface.lpVtbl = (IMemInputPinVtbl *)&mem_vtbl;
}

void filter_pin_clear(struct filter *filter)
{
    pin_clear_connection(filter);
}

void filter_drain_upstream(struct filter *filter, DWORD timeout)
{
    IMediaDrain *drain = NULL;
    IPin *peer = NULL;
    PIN_INFO info;

    if (pin_ConnectedTo(&filter->IPin_iface, &peer) != S_OK)
        return;
    memset(&info, 0, sizeof(info));
    if (SUCCEEDED(IPin_QueryPinInfo(peer, &info)) && info.pFilter) {
        if (SUCCEEDED(
                IBaseFilter_QueryInterface(info.pFilter, &IID_IMediaDrain, (void **)&drain))) {
            drain->lpVtbl->Drain(drain, timeout);
            drain->lpVtbl->Release(drain);
        }
        IBaseFilter_Release(info.pFilter);
    }
    IPin_Release(peer);
}
