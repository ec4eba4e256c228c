/*
 * stage_msp.c - the media provider of stage.tsp: an aggregated address with ITMSPAddress and
 * ITTerminalSupport, calls with ITStreamControl (so that applications bring it to life), and events
 * as the test fills them in.
 */
#define STAGE_PROVIDER
#include "tests/com/received/stage.h"

#include <oleauto.h>
#include <stddef.h>
#include <stdlib.h>
#include <tapi3err.h>

/* An aggregated address or call: its own IUnknown, and two interfaces of the outer object. */
struct part {
    IUnknown IUnknown_iface;
    struct face {
        const void *vtable;
        struct part *owner;
    } main, other;
    IUnknown *outer;
    LONG refs;
    const IID *main_iid, *other_iid;
    MSP_HANDLE handle; /* of a call */
};

struct queued {
    struct queued *next;
    MSP_EVENT_INFO info;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct queued *queue;
static struct part *first; /* the address that was there first: events are of it */
static HANDLE signal;
static struct part *newest_call;

static HRESULT WINAPI part_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct part *self = CONTAINING_RECORD(iface, struct part, IUnknown_iface);

    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown))
        *out = iface;
    else if (self->main_iid && IsEqualIID(iid, self->main_iid))
        *out = &self->main;
    else if (self->other_iid && IsEqualIID(iid, self->other_iid))
        *out = &self->other;
    if (!*out)
        return E_NOINTERFACE;
    IUnknown_AddRef((IUnknown *)*out);
    return S_OK;
}

static ULONG WINAPI part_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct part, IUnknown_iface)->refs);
}

static ULONG WINAPI part_Release(IUnknown *iface)
{
    struct part *self = CONTAINING_RECORD(iface, struct part, IUnknown_iface);
    ULONG refs = InterlockedDecrement(&self->refs);

    if (!refs)
        free(self);
    return refs;
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

/* Interfaces that are only asked for. */
static const void *const face_vtable[32] = {face_QueryInterface, face_AddRef, face_Release};

static IUnknown *make_part(IUnknown *outer, const void *vtable, const IID *iid, const IID *other,
                           struct part **made)
{
    static const IUnknownVtbl inner = {part_QueryInterface, part_AddRef, part_Release};
    struct part *self = calloc(1, sizeof(*self));

    self->IUnknown_iface.lpVtbl = (IUnknownVtbl *)&inner;
    self->main = (struct face){vtable, self};
    self->other = (struct face){face_vtable, self};
    self->outer = outer ? outer : &self->IUnknown_iface;
    self->refs = 1;
    self->main_iid = iid;
    self->other_iid = other;
    if (made)
        *made = self;
    return &self->IUnknown_iface;
}

/* ---- ITMSPAddress -------------------------------------------------------------------------- */

static HRESULT WINAPI address_Initialize(struct face *face, MSP_HANDLE handle)
{
    HANDLE mine = NULL;

    if (!DuplicateHandle(GetCurrentProcess(), (HANDLE)handle, GetCurrentProcess(), &mine, 0, FALSE,
                         DUPLICATE_SAME_ACCESS))
        return E_FAIL;
    AcquireSRWLockExclusive(&lock);
    if (!first) {
        first = face->owner;
        signal = mine;
        mine = NULL;
    }
    ReleaseSRWLockExclusive(&lock);
    if (mine)
        CloseHandle(mine);
    return S_OK;
}

static HRESULT WINAPI address_Shutdown(struct face *face)
{
    AcquireSRWLockExclusive(&lock);
    if (first == face->owner) {
        CloseHandle(signal);
        signal = NULL;
        first = NULL;
    }
    ReleaseSRWLockExclusive(&lock);
    return S_OK;
}

static HRESULT WINAPI address_CreateMSPCall(struct face *face, MSP_HANDLE handle, DWORD reserved,
                                            DWORD media_type, IUnknown *outer, IUnknown **out)
{
    struct part *call;

    (void)reserved, (void)media_type;
    *out = make_part(outer, face_vtable, &IID_ITStreamControl, NULL, &call);
    call->handle = handle;
    AcquireSRWLockExclusive(&lock);
    if (first == face->owner)
        newest_call = call;
    ReleaseSRWLockExclusive(&lock);
    return S_OK;
}

static HRESULT WINAPI address_ShutdownMSPCall(struct face *face, IUnknown *call)
{
    (void)face;
    AcquireSRWLockExclusive(&lock);
    if (newest_call == CONTAINING_RECORD(call, struct part, IUnknown_iface))
        newest_call = NULL;
    ReleaseSRWLockExclusive(&lock);
    return S_OK;
}

static HRESULT WINAPI address_ReceiveTSPData(struct face *face, IUnknown *call, BYTE *data,
                                             DWORD size)
{
    (void)face, (void)call, (void)data, (void)size;
    return S_OK;
}

static HRESULT WINAPI address_GetEvent(struct face *face, DWORD *size, BYTE *buffer)
{
    struct queued *taken = NULL;
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&lock);
    if (!queue || first != face->owner) {
        hr = TAPI_E_NOEVENT;
    } else if (*size < sizeof(queue->info)) {
        hr = TAPI_E_NOTENOUGHMEMORY;
    } else {
        taken = queue;
        queue = taken->next;
        memcpy(buffer, &taken->info, sizeof(taken->info));
    }
    ReleaseSRWLockExclusive(&lock);
    *size = sizeof(taken->info);
    free(taken);
    return hr;
}

HRESULT stage_media(const MSP_EVENT_INFO *event, BOOL of_call)
{
    struct queued *said = calloc(1, sizeof(*said)), **end;

    said->info = *event;
    said->info.dwSize = sizeof(said->info);
    AcquireSRWLockExclusive(&lock);
    if (!signal || (of_call && !newest_call)) {
        ReleaseSRWLockExclusive(&lock);
        free(said);
        return S_FALSE;
    }
    said->info.hCall = of_call ? newest_call->handle : NULL;
    for (end = &queue; *end; end = &(*end)->next)
        ;
    *end = said;
    SetEvent(signal);
    ReleaseSRWLockExclusive(&lock);
    return S_OK;
}

/* ---- what events carry: objects with a Name ------------------------------------------------- */

struct thing {
    const void *vtable;
    LONG refs;
    enum stage_thing which;
};

static HRESULT WINAPI thing_QueryInterface(struct thing *self, REFIID iid, void **out)
{
    static const IID *const own[] = {&IID_ITTerminal, &IID_ITStream, &IID_ITFileTrack,
                                     &IID_IDispatch};

    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch) &&
        !IsEqualIID(iid, own[self->which]))
        return E_NOINTERFACE;
    InterlockedIncrement(&self->refs);
    *out = self;
    return S_OK;
}

static ULONG WINAPI thing_AddRef(struct thing *self)
{
    return InterlockedIncrement(&self->refs);
}

static ULONG WINAPI thing_Release(struct thing *self)
{
    ULONG refs = InterlockedDecrement(&self->refs);

    if (!refs)
        free(self);
    return refs;
}

static HRESULT WINAPI thing_GetTypeInfoCount(struct thing *self, UINT *count)
{
    (void)self;
    *count = 0;
    return S_OK;
}

static HRESULT WINAPI thing_GetTypeInfo(struct thing *self, UINT index, LCID lcid, ITypeInfo **out)
{
    (void)self, (void)index, (void)lcid;
    *out = NULL;
    return DISP_E_BADINDEX;
}

static HRESULT WINAPI thing_GetIDsOfNames(struct thing *self, REFIID iid, LPOLESTR *names,
                                          UINT count, LCID lcid, DISPID *ids)
{
    (void)self, (void)iid, (void)count, (void)lcid;
    ids[0] = lstrcmpiW(names[0], L"Name") == 0 ? 1 : DISPID_UNKNOWN;
    return ids[0] == 1 ? S_OK : DISP_E_UNKNOWNNAME;
}

static HRESULT WINAPI thing_Invoke(struct thing *self, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                   DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception,
                                   UINT *wrong)
{
    static const WCHAR *const names[] = {L"terminal", L"stream", L"track", L"private"};

    (void)iid, (void)lcid, (void)flags, (void)params, (void)exception, (void)wrong;
    if (id != 1 || !result)
        return DISP_E_MEMBERNOTFOUND;
    V_VT(result) = VT_BSTR;
    V_BSTR(result) = SysAllocString(names[self->which]);
    return S_OK;
}

IDispatch *stage_make_thing(enum stage_thing which)
{
    static const void *const vtable[32] = {
        thing_QueryInterface, thing_AddRef,        thing_Release, thing_GetTypeInfoCount,
        thing_GetTypeInfo,    thing_GetIDsOfNames, thing_Invoke,
    };
    struct thing *self = calloc(1, sizeof(*self));

    self->vtable = vtable;
    self->refs = 1;
    self->which = which;
    return (IDispatch *)self;
}

/* ---- the class ----------------------------------------------------------------------------- */

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
        face_QueryInterface,
        face_AddRef,
        face_Release,
        address_Initialize,
        address_Shutdown,
        address_CreateMSPCall,
        address_ShutdownMSPCall,
        address_ReceiveTSPData,
        address_GetEvent,
    };

    (void)iface;
    *out = NULL;
    if (outer && !IsEqualIID(iid, &IID_IUnknown))
        return CLASS_E_NOAGGREGATION;
    *out = make_part(outer, address_vtable, &IID_ITMSPAddress, &IID_ITTerminalSupport, NULL);
    return S_OK;
}

static HRESULT WINAPI class_LockServer(IClassFactory *iface, BOOL locked)
{
    (void)iface, (void)locked;
    return S_OK;
}

HRESULT WINAPI stage_class_object(REFCLSID clsid, REFIID iid, void **out)
{
    static const IClassFactoryVtbl vtable = {class_QueryInterface, class_count, class_count,
                                             class_CreateInstance, class_LockServer};
    static IClassFactory factory = {(IClassFactoryVtbl *)&vtable};

    *out = NULL;
    if (!IsEqualCLSID(clsid, &clsid_stage))
        return CLASS_E_CLASSNOTAVAILABLE;
    return class_QueryInterface(&factory, iid, out);
}
