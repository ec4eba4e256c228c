/* call.c - the studio provider's call: two streams, made when the call is. See studio.h. */
#include "studio.h"
#include <stdbool.h>
#include <stddef.h>
#include <tapi3err.h>

#include "../foreign.h"

struct call {
    struct object object;
    struct face control, studio, safety;
    struct address *address; /* kept, past its controlling unknown */
    MSP_HANDLE handle;
    struct stream *streams[2];
    CRITICAL_SECTION lock;
    BSTR music;
};

#define CALL_OF(face, member) CONTAINING_RECORD(face, struct call, member)

static HRESULT WINAPI control_CreateStream(struct face *face, LONG media,
                                           TERMINAL_DIRECTION direction, ITStream **out)
{
    (void)face, (void)media, (void)direction;
    *out = NULL;
    return TAPI_E_MAXSTREAMS; /* a fixed number of streams */
}

static HRESULT WINAPI control_RemoveStream(struct face *face, ITStream *stream)
{
    (void)face, (void)stream;
    return TAPI_E_NOTSUPPORTED;
}

static ULONG streams_of(struct call *self, IUnknown **streams)
{
    ULONG count = 0;

    for (; count < 2 && self->streams[count]; count++)
        streams[count] = (IUnknown *)stream_face(self->streams[count]);
    return count;
}

static HRESULT WINAPI control_EnumerateStreams(struct face *face, IEnumStream **out)
{
    struct call *self = CALL_OF(face, control);
    IUnknown *streams[2];
    HRESULT hr;

    EnterCriticalSection(&self->lock);
    hr = list_enumerate(&IID_IEnumStream, streams, streams_of(self, streams), (void **)out);
    LeaveCriticalSection(&self->lock);
    return hr;
}

static HRESULT WINAPI control_get_Streams(struct face *face, VARIANT *out)
{
    struct call *self = CALL_OF(face, control);
    IUnknown *streams[2];
    HRESULT hr;

    EnterCriticalSection(&self->lock);
    hr = list_collection(streams, NULL, streams_of(self, streams), out);
    LeaveCriticalSection(&self->lock);
    return hr;
}

static HRESULT WINAPI studio_get_BytesSent(struct face *face, LONG *count)
{
    struct call *self = CALL_OF(face, studio);

    EnterCriticalSection(&self->lock);
    *count = self->streams[0] ? stream_bytes(self->streams[0]) : 0;
    LeaveCriticalSection(&self->lock);
    return S_OK;
}

static HRESULT WINAPI studio_put_Music(struct face *face, BSTR file)
{
    return SysReAllocString(&CALL_OF(face, studio)->music, file) ? S_OK : E_OUTOFMEMORY;
}

/* Of the call only its own interface is safe. */
static HRESULT WINAPI safety_Get(struct face *face, REFIID iid, DWORD *supported, DWORD *enabled)
{
    BOOL safe = IsEqualIID(iid, &IID_IStudioCall);

    (void)face;
    *supported = *enabled =
        safe ? INTERFACESAFE_FOR_UNTRUSTED_CALLER | INTERFACESAFE_FOR_UNTRUSTED_DATA : 0;
    return safe ? S_OK : E_NOINTERFACE;
}

static HRESULT WINAPI safety_Set(struct face *face, REFIID iid, DWORD mask, DWORD enabled)
{
    (void)face, (void)mask, (void)enabled;
    return IsEqualIID(iid, &IID_IStudioCall) ? S_OK : E_FAIL;
}

static void call_final(struct object *object)
{
    struct call *self = CONTAINING_RECORD(object, struct call, object);

    SysFreeString(self->music);
    DeleteCriticalSection(&self->lock);
    object_release((struct object *)self->address);
}

static const struct entry call_map[] = {
    {&IID_IDispatch, offsetof(struct call, control)},
    {&IID_ITStreamControl, offsetof(struct call, control)},
    {&IID_IStudioCall, offsetof(struct call, studio)},
    {&IID_IObjectSafety, offsetof(struct call, safety)},
    {NULL, 0},
};

HRESULT call_create(struct address *address, MSP_HANDLE handle, DWORD media, IUnknown *outer,
                    IUnknown **out)
{
    static const void *const control_vtable[] = {DISPATCH_METHODS, control_CreateStream,
                                                 control_RemoveStream, control_EnumerateStreams,
                                                 control_get_Streams};
    static const void *const studio_vtable[] = {DISPATCH_METHODS, studio_get_BytesSent,
                                                studio_put_Music};
    static const void *const safety_vtable[] = {UNKNOWN_METHODS, safety_Get, safety_Set};
    struct call *self = object_create(sizeof(*self), outer, call_map, call_final);
    HRESULT hr = S_OK;

    (void)media;
    if (!self)
        return E_OUTOFMEMORY;
    InitializeCriticalSection(&self->lock);
    object_set_face(&self->object, &self->control, control_vtable, &IID_ITStreamControl);
    object_set_face(&self->object, &self->studio, studio_vtable, &IID_IStudioCall);
    object_set_face(&self->object, &self->safety, safety_vtable, NULL);
    self->address = address;
    object_add_ref((struct object *)address);
    self->handle = handle;
    for (int i = 0; i < 2 && SUCCEEDED(hr); i++)
        hr = stream_create(address, &self->object, handle, i ? TD_RENDER : TD_CAPTURE, &self->music,
                           &self->streams[i]);
    if (FAILED(hr)) {
        call_shutdown((IUnknown *)self);
        object_release(&self->object);
        return hr;
    }
    /* Its paired provider has to know where the media goes before it connects the call. */
    address_post(address, &(MSP_EVENT_INFO){.Event = ME_TSP_DATA,
                                            .hCall = handle,
                                            .MSP_TSP_DATA = {.dwBufferSize = 1, .pBuffer = {'r'}}});
    *out = (IUnknown *)self;
    return S_OK;
}

void call_shutdown(IUnknown *unknown)
{
    struct call *self = CONTAINING_RECORD(unknown, struct call, object);

    for (int i = 0; i < 2; i++) {
        struct stream *stream;

        EnterCriticalSection(&self->lock);
        stream = self->streams[i];
        self->streams[i] = NULL;
        LeaveCriticalSection(&self->lock);
        if (stream) {
            stream_shutdown(stream);
            stream_release(stream);
        }
    }
}

HRESULT call_receive(IUnknown *unknown, const BYTE *data, DWORD size)
{
    (void)unknown, (void)data, (void)size;
    return S_OK;
}
