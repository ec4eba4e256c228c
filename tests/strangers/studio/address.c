/* address.c - the studio provider's worker, event list and address. See studio.h. */
#include "studio.h"
#include <stdbool.h>
#include <stddef.h>
#include <tapi3err.h>

#include "../foreign.h"

/* ---- the worker: a thread with a message loop --------------------------------------------------
 */

struct item {
    work *run;
    void *context;
    HRESULT result;
    HANDLE done; /* NULL: nobody waits, and the item is the worker's */
};

static HANDLE worker;
static DWORD worker_id;
static LONG worker_users;
static volatile LONG work_done;

static DWORD WINAPI worker_main(void *ready)
{
    MSG message;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    PeekMessageW(&message, NULL, WM_USER, WM_USER, PM_NOREMOVE);
    SetEvent((HANDLE)ready);
    while (GetMessageW(&message, NULL, 0, 0) > 0) {
        struct item *item = (struct item *)message.lParam;

        if (message.message != WM_USER) {
            DispatchMessageW(&message);
            continue;
        }
        item->result = item->run(item->context);
        InterlockedIncrement(&work_done);
        if (item->done)
            SetEvent(item->done);
        else
            HeapFree(GetProcessHeap(), 0, item);
    }
    CoUninitialize();
    return 0;
}

HRESULT worker_start(void)
{
    HANDLE ready;

    if (InterlockedIncrement(&worker_users) > 1)
        return S_OK;
    ready = CreateEventW(NULL, FALSE, FALSE, NULL);
    worker = CreateThread(NULL, 0, worker_main, ready, 0, &worker_id);
    WaitForSingleObject(ready, INFINITE);
    CloseHandle(ready);
    return S_OK;
}

void worker_stop(void)
{
    if (InterlockedDecrement(&worker_users))
        return;
    PostThreadMessageW(worker_id, WM_QUIT, 0, 0);
    WaitForSingleObject(worker, INFINITE);
    CloseHandle(worker);
}

HRESULT worker_do(work *run, void *context)
{
    struct item item = {run, context, E_FAIL, CreateEventW(NULL, FALSE, FALSE, NULL)};

    if (PostThreadMessageW(worker_id, WM_USER, 0, (LPARAM)&item))
        WaitForSingleObject(item.done, INFINITE);
    CloseHandle(item.done);
    return item.result;
}

void worker_post(work *run, void *context)
{
    struct item *item = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*item));

    item->run = run;
    item->context = context;
    if (!PostThreadMessageW(worker_id, WM_USER, 0, (LPARAM)item))
        HeapFree(GetProcessHeap(), 0, item);
}

/* ---- the address --------------------------------------------------------------------------------
 */

struct queued {
    struct queued *next;
    MSP_EVENT_INFO info;
};

struct address {
    struct object object;
    struct face msp, support, studio, safety;
    HANDLE event;
    CRITICAL_SECTION lock;
    struct queued *queue;
    ITTerminalManager *manager;
    LONG devices;
};

#define ADDRESS_OF(face, member) CONTAINING_RECORD(face, struct address, member)

void address_post(struct address *self, const MSP_EVENT_INFO *info)
{
    struct queued *queued = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*queued)), **at;

    queued->info = *info;
    queued->info.dwSize = sizeof(queued->info);
    EnterCriticalSection(&self->lock);
    for (at = &self->queue; *at; at = &(*at)->next)
        ;
    *at = queued;
    if (self->event)
        SetEvent(self->event);
    LeaveCriticalSection(&self->lock);
}

static HRESULT WINAPI address_Initialize(struct face *face, MSP_HANDLE event)
{
    struct address *self = ADDRESS_OF(face, msp);
    HRESULT hr = worker_start();

    if (FAILED(hr))
        return hr;
    hr = CoCreateInstance(&CLSID_TerminalManager, NULL, CLSCTX_INPROC_SERVER,
                          &IID_ITTerminalManager, (void **)&self->manager);
    if (FAILED(hr))
        worker_stop();
    else
        self->event = (HANDLE)event;
    return hr;
}

static HRESULT WINAPI address_Shutdown(struct face *face)
{
    struct address *self = ADDRESS_OF(face, msp);
    struct queued *queued;

    worker_stop();
    EnterCriticalSection(&self->lock);
    self->event = NULL;
    while ((queued = self->queue) != NULL) {
        self->queue = queued->next;
        if (queued->info.Event == ME_CALL_EVENT && queued->info.MSP_CALL_EVENT_INFO.pStream)
            ITStream_Release(queued->info.MSP_CALL_EVENT_INFO.pStream);
        if (queued->info.Event == ME_CALL_EVENT && queued->info.MSP_CALL_EVENT_INFO.pTerminal)
            ITTerminal_Release(queued->info.MSP_CALL_EVENT_INFO.pTerminal);
        HeapFree(GetProcessHeap(), 0, queued);
    }
    LeaveCriticalSection(&self->lock);
    ITTerminalManager_Release(self->manager);
    self->manager = NULL;
    InterlockedIncrement(&foreign.addresses_shut);
    return S_OK;
}

/* "The media type is nonzero and is in the specified mask" (CMSPAddress::IsValidSetOfMediaTypes).
 */
static HRESULT WINAPI address_CreateMSPCall(struct face *face, MSP_HANDLE handle, DWORD reserved,
                                            DWORD media, IUnknown *outer, IUnknown **out)
{
    HRESULT hr;

    (void)reserved;
    foreign.media = media;
    if (!outer || !out)
        return E_POINTER;
    if (!media || (media & ~(DWORD)STUDIO_MEDIA))
        return TAPI_E_INVALIDMEDIATYPE;
    hr = call_create(ADDRESS_OF(face, msp), handle, media, outer, out);
    if (SUCCEEDED(hr))
        InterlockedIncrement(&foreign.msp_calls);
    return hr;
}

static HRESULT WINAPI address_ShutdownMSPCall(struct face *face, IUnknown *unknown)
{
    (void)face;
    call_shutdown(unknown);
    InterlockedIncrement(&foreign.calls_shut);
    return S_OK;
}

static HRESULT WINAPI address_ReceiveTSPData(struct face *face, IUnknown *unknown, BYTE *data,
                                             DWORD size)
{
    (void)face;
    foreign.to_size = size;
    InterlockedIncrement(unknown ? &foreign.to_call : &foreign.to_address);
    return unknown ? call_receive(unknown, data, size) : S_OK;
}

static HRESULT WINAPI address_GetEvent(struct face *face, DWORD *size, BYTE *buffer)
{
    struct address *self = ADDRESS_OF(face, msp);
    struct queued *first;
    HRESULT hr = S_OK;

    if (IsBadWritePtr(size, sizeof(*size)) || IsBadWritePtr(buffer, *size))
        return E_POINTER;
    EnterCriticalSection(&self->lock);
    first = self->queue;
    if (!first) {
        hr = TAPI_E_NOEVENT;
    } else if (*size < first->info.dwSize) {
        hr = TAPI_E_NOTENOUGHMEMORY;
        *size = first->info.dwSize;
    } else {
        memcpy(buffer, &first->info, first->info.dwSize);
        self->queue = first->next;
        HeapFree(GetProcessHeap(), 0, first);
    }
    LeaveCriticalSection(&self->lock);
    return hr;
}

/* ---- ITTerminalSupport2 -------------------------------------------------------------------------
 */

static HRESULT WINAPI support_get_StaticTerminals(struct face *face, VARIANT *out)
{
    (void)face;
    return list_collection(NULL, NULL, 0, out);
}

static HRESULT WINAPI support_EnumerateStaticTerminals(struct face *face, IEnumTerminal **out)
{
    static const GUID *const classes[] = {&CLSID_SpeakersTerminal, &CLSID_HandsetTerminal};
    struct address *self = ADDRESS_OF(face, support);
    ITTerminal *devices[2] = {NULL, NULL};
    LONG count = 0;
    HRESULT hr;

    while (count < self->devices && count < 2 &&
           SUCCEEDED(device_create(classes[count], &devices[count])))
        count++;
    hr = list_enumerate(&IID_IEnumTerminal, (IUnknown **)devices, count, (void **)out);
    for (LONG i = 0; i < count; i++)
        ITTerminal_Release(devices[i]);
    return hr;
}

static HRESULT dynamic_classes(struct address *self, GUID *classes, DWORD room, DWORD *count)
{
    HRESULT hr =
        ITTerminalManager_GetDynamicTerminalClasses(self->manager, STUDIO_MEDIA, count, NULL);

    if (SUCCEEDED(hr) && *count <= room)
        hr = ITTerminalManager_GetDynamicTerminalClasses(self->manager, STUDIO_MEDIA, count,
                                                         classes);
    return hr;
}

static HRESULT WINAPI support_get_DynamicTerminalClasses(struct face *face, VARIANT *out)
{
    GUID classes[8];
    DWORD count = 0;
    HRESULT hr = dynamic_classes(ADDRESS_OF(face, support), classes, ARRAYSIZE(classes), &count);

    return SUCCEEDED(hr) ? list_collection(NULL, classes, count, out) : hr;
}

static HRESULT WINAPI support_EnumerateDynamicTerminalClasses(struct face *face,
                                                              IEnumTerminalClass **out)
{
    GUID classes[8];
    DWORD count = 0;
    HRESULT hr = dynamic_classes(ADDRESS_OF(face, support), classes, ARRAYSIZE(classes), &count);

    return SUCCEEDED(hr) ? list_enumerate_classes(classes, count, out) : hr;
}

struct wanted_terminal {
    struct address *address;
    GUID class;
    LONG media;
    TERMINAL_DIRECTION direction;
    ITTerminal *terminal;
};

static HRESULT make_terminal(void *context)
{
    struct wanted_terminal *wanted = context;

    return ITTerminalManager_CreateDynamicTerminal(
        wanted->address->manager, NULL, wanted->class, wanted->media, wanted->direction,
        STUDIO_HANDLE(wanted->address), &wanted->terminal);
}

HRESULT address_create_terminal(struct address *self, const GUID *class, LONG media,
                                TERMINAL_DIRECTION direction, ITTerminal **out)
{
    struct wanted_terminal wanted = {self, *class, media, direction, NULL};
    HRESULT hr;

    if (!media || (media & ~(LONG)(STUDIO_MEDIA | TAPIMEDIATYPE_MULTITRACK)))
        return TAPI_E_INVALIDMEDIATYPE;
    hr = worker_do(make_terminal, &wanted);
    *out = wanted.terminal;
    return hr;
}

static HRESULT WINAPI support_CreateTerminal(struct face *face, BSTR text, LONG media,
                                             TERMINAL_DIRECTION direction, ITTerminal **out)
{
    GUID class;

    *out = NULL;
    if (FAILED(CLSIDFromString(text, &class)))
        return E_INVALIDARG;
    return address_create_terminal(ADDRESS_OF(face, support), &class, media, direction, out);
}

static HRESULT WINAPI support_GetDefaultStaticTerminal(struct face *face, LONG media,
                                                       TERMINAL_DIRECTION direction,
                                                       ITTerminal **out)
{
    *out = NULL;
    if (ADDRESS_OF(face, support)->devices && media == STUDIO_MEDIA && direction == TD_RENDER)
        return device_create(&CLSID_SpeakersTerminal, out);
    return TAPI_E_NOTERMINALSELECTED;
}

static HRESULT WINAPI support_get_PluggableSuperclasses(struct face *face, VARIANT *out)
{
    ITTerminalManager2 *manager;
    GUID classes[8];
    DWORD count = 0;
    HRESULT hr = ITTerminalManager_QueryInterface(ADDRESS_OF(face, support)->manager,
                                                  &IID_ITTerminalManager2, (void **)&manager);

    VariantInit(out);
    if (FAILED(hr))
        return hr;
    hr = ITTerminalManager2_GetPluggableSuperclasses(manager, &count, NULL);
    if (SUCCEEDED(hr) && count <= ARRAYSIZE(classes))
        hr = ITTerminalManager2_GetPluggableSuperclasses(manager, &count, classes);
    ITTerminalManager2_Release(manager);
    return SUCCEEDED(hr) ? list_collection(NULL, classes, count, out) : hr;
}

static HRESULT WINAPI support_not_here(struct face *face, void *out)
{
    (void)face, (void)out;
    return E_NOTIMPL;
}

static HRESULT WINAPI support_get_PluggableTerminalClasses(struct face *face, BSTR superclass,
                                                           LONG media, VARIANT *out)
{
    (void)face, (void)superclass, (void)media;
    VariantInit(out);
    return E_NOTIMPL;
}

static HRESULT WINAPI support_EnumeratePluggableTerminalClasses(struct face *face, CLSID superclass,
                                                                LONG media, void **out)
{
    (void)face, (void)superclass, (void)media;
    *out = NULL;
    return E_NOTIMPL;
}

/* ---- IStudioAddress, and the class -------------------------------------------------------------
 */

static HRESULT WINAPI studio_get_WorkDone(struct face *face, LONG *count)
{
    (void)face;
    *count = work_done;
    return S_OK;
}

static HRESULT WINAPI studio_put_Devices(struct face *face, LONG count)
{
    ADDRESS_OF(face, studio)->devices = count;
    return S_OK;
}

static void address_final(struct object *object)
{
    struct address *self = CONTAINING_RECORD(object, struct address, object);

    if (self->manager) {
        worker_stop();
        ITTerminalManager_Release(self->manager);
    }
    DeleteCriticalSection(&self->lock);
}

/* ---- IObjectSafety: the address is safe for scripts; calls do not say so -----------------------
 */

#define SAFE (INTERFACESAFE_FOR_UNTRUSTED_CALLER | INTERFACESAFE_FOR_UNTRUSTED_DATA)

static HRESULT WINAPI safety_Get(struct face *face, REFIID iid, DWORD *supported, DWORD *enabled)
{
    IUnknown *asked = NULL;
    HRESULT hr = face_QueryInterface(face, iid, (void **)&asked);

    *supported = *enabled = SUCCEEDED(hr) ? SAFE : 0;
    if (SUCCEEDED(hr))
        IUnknown_Release(asked);
    return hr;
}

static HRESULT WINAPI safety_Set(struct face *face, REFIID iid, DWORD mask, DWORD enabled)
{
    (void)face, (void)iid, (void)enabled;
    InterlockedIncrement(&foreign.made_safe);
    return mask & ~(DWORD)SAFE ? E_FAIL : S_OK;
}

static const struct entry address_map[] = {
    {&IID_IObjectSafety, offsetof(struct address, safety)},
    {&IID_ITMSPAddress, offsetof(struct address, msp)},
    {&IID_IDispatch, offsetof(struct address, support)},
    {&IID_ITTerminalSupport, offsetof(struct address, support)},
    {&IID_ITTerminalSupport2, offsetof(struct address, support)},
    {&IID_IStudioAddress, offsetof(struct address, studio)},
    {NULL, 0},
};

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
    static const void *const msp_vtable[] = {
        UNKNOWN_METHODS,         address_Initialize,     address_Shutdown, address_CreateMSPCall,
        address_ShutdownMSPCall, address_ReceiveTSPData, address_GetEvent,
    };
    static const void *const support_vtable[] = {
        DISPATCH_METHODS,
        support_get_StaticTerminals,
        support_EnumerateStaticTerminals,
        support_get_DynamicTerminalClasses,
        support_EnumerateDynamicTerminalClasses,
        support_CreateTerminal,
        support_GetDefaultStaticTerminal,
        support_get_PluggableSuperclasses,
        support_not_here,
        support_get_PluggableTerminalClasses,
        support_EnumeratePluggableTerminalClasses,
    };
    static const void *const studio_vtable[] = {UNKNOWN_METHODS, studio_get_WorkDone,
                                                studio_put_Devices};
    static const void *const safety_vtable[] = {UNKNOWN_METHODS, safety_Get, safety_Set};
    struct address *self;

    (void)iface;
    *out = NULL;
    if (!outer || !IsEqualIID(iid, &IID_IUnknown))
        return CLASS_E_NOAGGREGATION; /* "we require aggregation" */
    self = object_create(sizeof(*self), outer, address_map, address_final);
    if (!self)
        return E_OUTOFMEMORY;
    InitializeCriticalSection(&self->lock);
    object_set_face(&self->object, &self->msp, msp_vtable, NULL);
    object_set_face(&self->object, &self->support, support_vtable, &IID_ITTerminalSupport2);
    object_set_face(&self->object, &self->studio, studio_vtable, NULL);
    object_set_face(&self->object, &self->safety, safety_vtable, NULL);
    *out = self;
    return S_OK;
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
