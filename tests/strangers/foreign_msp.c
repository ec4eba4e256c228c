/*
 * foreign_msp.c - a media provider in the manner of Microsoft's base classes: an aggregated address
 * with ITMSPAddress, ITTerminalSupport and ITTerminalSupport2; aggregated calls with ITStreamControl
 * that keep the address; streams that keep their call until it is shut down; a queue of events.
 */
#include "foreign.h"

#include <msp.h>
#include <tapi3err.h>
#include <stddef.h>
#include <stdbool.h>

/* One interface that delegates to the outer object of its owner. */
struct face {
    const void *vtable;
    struct thing *owner;
};

enum kind { ADDRESS, CALL, STREAM };

struct thing {
    IUnknown IUnknown_iface;
    struct face main, second, third;
    IUnknown *outer;
    LONG refs;
    enum kind kind;
    MSP_HANDLE handle;    /* of the call */
    struct thing *parent; /* the call's address: kept */
    struct thing *stream; /* the call's, until it is shut down: kept */
};

struct queued {
    struct queued *next;
    MSP_EVENT_INFO info; /* and room for the data behind it */
    BYTE more[16];
};

static HANDLE event;
static CRITICAL_SECTION lock;
static struct queued *queue;
static struct thing *newest_call;

static HRESULT WINAPI inner_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct thing *self = CONTAINING_RECORD(iface, struct thing, IUnknown_iface);

    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown))
        *out = iface;
    else if (self->kind == ADDRESS && IsEqualIID(iid, &IID_ITMSPAddress))
        *out = &self->main;
    else if (self->kind == ADDRESS && IsEqualIID(iid, &IID_ITTerminalSupport))
        *out = &self->second;
    else if (self->kind == ADDRESS && IsEqualIID(iid, &IID_ITTerminalSupport2))
        *out = &self->third;
    else if (self->kind == CALL && IsEqualIID(iid, &IID_ITStreamControl))
        *out = &self->main;
    else if (self->kind == STREAM &&
             (IsEqualIID(iid, &IID_ITStream) || IsEqualIID(iid, &IID_IDispatch)))
        *out = &self->main;
    if (!*out)
        return E_NOINTERFACE;
    IUnknown_AddRef((IUnknown *)*out);
    return S_OK;
}

static ULONG WINAPI inner_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct thing, IUnknown_iface)->refs);
}

static ULONG WINAPI inner_Release(IUnknown *iface)
{
    struct thing *self = CONTAINING_RECORD(iface, struct thing, IUnknown_iface);
    struct thing *parent = self->parent;
    ULONG refs = InterlockedDecrement(&self->refs);

    if (refs)
        return refs;
    HeapFree(GetProcessHeap(), 0, self);
    InterlockedDecrement(&foreign.alive);
    if (parent)
        IUnknown_Release(&parent->IUnknown_iface);
    return 0;
}

static HRESULT WINAPI face_QueryInterface(struct face *face, REFIID iid, void **out)
{
    return IUnknown_QueryInterface(face->owner->outer, iid, out);
}

static ULONG WINAPI face_AddRef(struct face *face)
{
    return IUnknown_AddRef(face->owner->outer);
}

static ULONG WINAPI face_Release(struct face *face)
{
    return IUnknown_Release(face->owner->outer);
}

/* Interfaces that are only asked for here. */
static const void *const face_vtable[32] = {face_QueryInterface, face_AddRef, face_Release};
static const IUnknownVtbl inner_vtable = {inner_QueryInterface, inner_AddRef, inner_Release};

static struct thing *make(enum kind kind, IUnknown *outer, struct thing *parent, const void *vtable)
{
    struct thing *self = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*self));

    if (!self)
        return NULL;
    InterlockedIncrement(&foreign.alive);
    self->IUnknown_iface.lpVtbl = (IUnknownVtbl *)&inner_vtable;
    self->main = (struct face){vtable, self};
    self->second = self->third = (struct face){face_vtable, self};
    self->outer = outer ? outer : &self->IUnknown_iface;
    self->refs = 1;
    self->kind = kind;
    self->parent = parent;
    if (parent)
        IUnknown_AddRef(&parent->IUnknown_iface);
    return self;
}

static HRESULT WINAPI address_Initialize(struct face *face, MSP_HANDLE handle)
{
    (void)face;
    if (!DuplicateHandle(GetCurrentProcess(), (HANDLE)handle, GetCurrentProcess(), &event, 0, FALSE,
                         DUPLICATE_SAME_ACCESS))
        return E_FAIL;
    InitializeCriticalSection(&lock);
    return S_OK;
}

static HRESULT WINAPI address_Shutdown(struct face *face)
{
    (void)face;
    InterlockedIncrement(&foreign.addresses_shut);
    CloseHandle(event);
    event = NULL;
    DeleteCriticalSection(&lock);
    return S_OK;
}

static HRESULT WINAPI address_CreateMSPCall(struct face *face, MSP_HANDLE handle, DWORD reserved,
                                            DWORD media_type, IUnknown *outer, IUnknown **out)
{
    struct thing *call = make(CALL, outer, face->owner, face_vtable);

    (void)reserved;
    *out = NULL;
    if (!call)
        return E_OUTOFMEMORY;
    call->handle = handle;
    call->stream = make(STREAM, NULL, call, face_vtable);
    foreign.media = media_type;
    foreign.stream = &call->stream->main;
    newest_call = call;
    InterlockedIncrement(&foreign.msp_calls);
    *out = &call->IUnknown_iface;
    return S_OK;
}

static HRESULT WINAPI address_ShutdownMSPCall(struct face *face, IUnknown *unknown)
{
    struct thing *call = CONTAINING_RECORD(unknown, struct thing, IUnknown_iface);

    (void)face;
    IUnknown_Release(&call->stream->IUnknown_iface);
    call->stream = NULL;
    newest_call = NULL;
    InterlockedIncrement(&foreign.calls_shut);
    return S_OK;
}

static HRESULT WINAPI address_ReceiveTSPData(struct face *face, IUnknown *call, BYTE *data,
                                             DWORD size)
{
    (void)face, (void)data;
    foreign.to_size = size;
    InterlockedIncrement(call ? &foreign.to_call : &foreign.to_address);
    return S_OK;
}

static HRESULT WINAPI address_GetEvent(struct face *face, DWORD *size, BYTE *buffer)
{
    HRESULT hr = S_OK;
    struct queued *first;

    (void)face;
    EnterCriticalSection(&lock);
    first = queue;
    if (!first) {
        hr = TAPI_E_NOEVENT;
    } else if (*size < first->info.dwSize) {
        hr = TAPI_E_NOTENOUGHMEMORY;
        *size = first->info.dwSize;
    } else {
        *size = first->info.dwSize;
        memcpy(buffer, &first->info, first->info.dwSize);
        queue = first->next;
        HeapFree(GetProcessHeap(), 0, first);
    }
    LeaveCriticalSection(&lock);
    return hr;
}

HRESULT ForeignSay(char what)
{
    struct queued *said = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*said)), **at;
    bool of_call = what == 'c' || what == 'P' || what == 'T';

    if (!said)
        return E_OUTOFMEMORY;
    if (!event || (of_call && !newest_call)) {
        HeapFree(GetProcessHeap(), 0, said);
        return E_FAIL;
    }
    said->info.dwSize = sizeof(said->info);
    said->info.hCall = of_call ? newest_call->handle : NULL;
    if (what == 'c') {
        said->info.Event = ME_CALL_EVENT;
        said->info.MSP_CALL_EVENT_INFO.Type = CALL_NEW_STREAM;
        said->info.MSP_CALL_EVENT_INFO.Cause = CALL_CAUSE_LOCAL_REQUEST;
        said->info.MSP_CALL_EVENT_INFO.pStream = (ITStream *)&newest_call->stream->main;
        IUnknown_AddRef(&newest_call->stream->IUnknown_iface);
    } else if (what == 'a') {
        said->info.Event = ME_ADDRESS_EVENT;
        said->info.MSP_ADDRESS_EVENT_INFO.Type = ADDRESS_TERMINAL_AVAILABLE;
    } else if (what == 'p' || what == 'P') {
        said->info.Event = ME_PRIVATE_EVENT;
        said->info.MSP_PRIVATE_EVENT_INFO.lEventCode = what;
        if (newest_call) {
            said->info.MSP_PRIVATE_EVENT_INFO.pEvent = (IDispatch *)&newest_call->stream->main;
            IUnknown_AddRef(&newest_call->stream->IUnknown_iface);
        }
    } else {
        said->info.Event = ME_TSP_DATA;
        said->info.MSP_TSP_DATA.dwBufferSize = 5;
        memcpy(said->info.MSP_TSP_DATA.pBuffer, "hello", 5);
        said->info.dwSize += 5;
    }
    EnterCriticalSection(&lock);
    for (at = &queue; *at; at = &(*at)->next)
        ;
    *at = said;
    LeaveCriticalSection(&lock);
    SetEvent(event);
    return S_OK;
}

/* ---- the class --------------------------------------------------------------------------------
 */

static HRESULT WINAPI class_QueryInterface(IClassFactory *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI class_count(IClassFactory *iface)
{
    (void)iface;
    return 2;
}

static HRESULT WINAPI class_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                           void **out)
{
    static const void *const address_vtable[] = {
        face_QueryInterface,     face_AddRef,
        face_Release,            address_Initialize,
        address_Shutdown,        address_CreateMSPCall,
        address_ShutdownMSPCall, address_ReceiveTSPData,
        address_GetEvent,
    };
    struct thing *self;

    (void)iface;
    *out = NULL;
    if (outer && !IsEqualIID(iid, &IID_IUnknown))
        return CLASS_E_NOAGGREGATION;
    self = make(ADDRESS, outer, NULL, address_vtable);
    *out = self ? &self->IUnknown_iface : NULL;
    return self ? S_OK : E_OUTOFMEMORY;
}

static HRESULT WINAPI class_LockServer(IClassFactory *iface, BOOL locked)
{
    (void)iface, (void)locked;
    return S_OK;
}

HRESULT WINAPI foreign_class_object(REFCLSID clsid, REFIID iid, void **out)
{
    static const IClassFactoryVtbl vtable = {class_QueryInterface, class_count, class_count,
                                             class_CreateInstance, class_LockServer};
    static IClassFactory factory = {(IClassFactoryVtbl *)&vtable};

    *out = NULL;
    if (!IsEqualCLSID(clsid, &clsid_foreign))
        return CLASS_E_CLASSNOTAVAILABLE;
    return class_QueryInterface(&factory, iid, out);
}
