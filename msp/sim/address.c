/* address.c - the MSP object of simmsp, one for each address, aggregated by it. See private.h. */
#include "msp/sim/private.h"
#include "msp/dshow/server.h"
#include "base/trace.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS_MAX 4096 /* TAPI takes them at once; more means that it does not take any */

struct queued_event {
    struct queued_event *next;
    MSP_EVENT_INFO event;
};

COM_UNKNOWN_METHODS(msp, sim_address, ITMSPAddress, ITMSPAddress_iface)
COM_DISPATCH_METHODS(media, sim_address, ITMediaSupport, ITMediaSupport_iface)
COM_DISPATCH_METHODS(support, sim_address, ITTerminalSupport2, ITTerminalSupport2_iface)

/* ---- events ---------------------------------------------------------------------------- */

/* The references of the kinds of events that this MSP and its terminals fire. */
static void event_references(const MSP_EVENT_INFO *event, IUnknown *references[2])
{
    references[0] = references[1] = NULL;
    switch (event->Event) {
    case ME_ADDRESS_EVENT:
        references[0] = (IUnknown *)event->MSP_ADDRESS_EVENT_INFO.pTerminal;
        break;
    case ME_CALL_EVENT:
        references[0] = (IUnknown *)event->MSP_CALL_EVENT_INFO.pStream;
        references[1] = (IUnknown *)event->MSP_CALL_EVENT_INFO.pTerminal;
        break;
    case ME_PRIVATE_EVENT:
        references[0] = (IUnknown *)event->MSP_PRIVATE_EVENT_INFO.pEvent;
        break;
    case ME_FILE_TERMINAL_EVENT:
        references[0] = (IUnknown *)event->MSP_FILE_TERMINAL_EVENT_INFO.pParentFileTerminal;
        references[1] = (IUnknown *)event->MSP_FILE_TERMINAL_EVENT_INFO.pFileTrack;
        break;
    case ME_ASR_TERMINAL_EVENT:
    case ME_TTS_TERMINAL_EVENT:
    case ME_TONE_TERMINAL_EVENT:
        references[0] = (IUnknown *)event->MSP_TONE_TERMINAL_EVENT_INFO.pToneTerminal;
        break;
    default:
        break;
    }
}

static void event_free(struct queued_event *queued)
{
    IUnknown *references[2];
    unsigned i;

    event_references(&queued->event, references);
    for (i = 0; i < 2; i++)
        if (references[i])
            IUnknown_Release(references[i]);
    free(queued);
}

void sim_address_post(struct sim_address *address, const MSP_EVENT_INFO *event)
{
    struct queued_event *queued = malloc(sizeof(*queued));
    IUnknown *references[2];
    BOOL dropped = FALSE;
    unsigned i;

    if (!queued)
        return;
    queued->next = NULL;
    queued->event = *event;
    event_references(event, references);
    for (i = 0; i < 2; i++)
        if (references[i])
            IUnknown_AddRef(references[i]);
    EnterCriticalSection(&address->lock);
    if (!address->event || address->queued >= EVENTS_MAX) {
        dropped = TRUE;
    } else {
        if (address->last)
            address->last->next = queued;
        else
            address->first = queued;
        address->last = queued;
        address->queued++;
        SetEvent(address->event);
    }
    LeaveCriticalSection(&address->lock);
    if (dropped) {
        TRACE("simmsp", "event %d of call %p dropped", event->Event, (void *)event->hCall);
        event_free(queued);
    }
}

/* ---- ITMSPAddress ---------------------------------------------------------------------- */

static HRESULT WINAPI msp_Initialize(ITMSPAddress *iface, MSP_HANDLE event)
{
    struct sim_address *address = impl_from_ITMSPAddress_iface(iface);
    HRESULT hr = S_OK;

    if (!event)
        return E_INVALIDARG;
    EnterCriticalSection(&address->lock);
    if (address->event)
        hr = TAPI_E_WRONG_STATE;
    else
        address->event = (HANDLE)event;
    LeaveCriticalSection(&address->lock);
    return hr;
}

static HRESULT WINAPI msp_Shutdown(ITMSPAddress *iface)
{
    struct sim_address *address = impl_from_ITMSPAddress_iface(iface);
    struct queued_event *queued;

    EnterCriticalSection(&address->lock);
    queued = address->first;
    address->first = address->last = NULL;
    address->queued = 0;
    address->event = NULL;
    LeaveCriticalSection(&address->lock);
    while (queued) {
        struct queued_event *next = queued->next;

        event_free(queued);
        queued = next;
    }
    return S_OK;
}

static HRESULT WINAPI msp_CreateMSPCall(ITMSPAddress *iface, MSP_HANDLE handle, DWORD reserved,
                                        DWORD media, IUnknown *outer, IUnknown **out)
{
    struct sim_call *call;
    HRESULT hr;

    (void)reserved;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!outer)
        return E_POINTER;
    if (!(media & TAPIMEDIATYPE_AUDIO))
        return TAPI_E_INVALIDMEDIATYPE;
    hr = sim_call_create(impl_from_ITMSPAddress_iface(iface), handle, outer, &call);
    if (SUCCEEDED(hr))
        *out = &call->com.IUnknown_iface;
    return hr;
}

static HRESULT WINAPI msp_ShutdownMSPCall(ITMSPAddress *iface, IUnknown *inner)
{
    struct sim_call *call;

    (void)iface;
    if (!inner)
        return E_POINTER;
    call = sim_call_of(inner);
    if (!call)
        return E_INVALIDARG;
    sim_call_shutdown(call);
    return S_OK;
}

static HRESULT WINAPI msp_ReceiveTSPData(ITMSPAddress *iface, IUnknown *inner, BYTE *bytes,
                                         DWORD size)
{
    struct sim_call *call;

    (void)iface;
    if (!bytes)
        return E_POINTER;
    if (!inner)
        return S_OK; /* the exchange has nothing to say to an address */
    call = sim_call_of(inner);
    return call ? sim_call_receive(call, bytes, size) : E_INVALIDARG;
}

static HRESULT WINAPI msp_GetEvent(ITMSPAddress *iface, DWORD *size, byte *buffer)
{
    struct sim_address *address = impl_from_ITMSPAddress_iface(iface);
    struct queued_event *queued = NULL;
    HRESULT hr = S_OK;

    if (!size || !buffer)
        return E_POINTER;
    EnterCriticalSection(&address->lock);
    if (!address->first) {
        hr = TAPI_E_NOEVENT;
    } else if (*size < address->first->event.dwSize) {
        *size = address->first->event.dwSize;
        hr = TAPI_E_NOTENOUGHMEMORY;
    } else {
        queued = address->first;
        address->first = queued->next;
        if (!address->first)
            address->last = NULL;
        address->queued--;
    }
    LeaveCriticalSection(&address->lock);
    if (queued) {
        *size = queued->event.dwSize;
        memcpy(buffer, &queued->event, queued->event.dwSize);
        free(queued); /* its references are the caller's now */
    }
    return hr;
}

static const ITMSPAddressVtbl msp_vtbl = {
    COM_UNKNOWN_VTABLE(msp), msp_Initialize,     msp_Shutdown, msp_CreateMSPCall,
    msp_ShutdownMSPCall,     msp_ReceiveTSPData, msp_GetEvent,
};

/* ---- ITMediaSupport -------------------------------------------------------------------- */

static HRESULT WINAPI media_get_MediaTypes(ITMediaSupport *iface, LONG *types)
{
    (void)iface;
    if (!types)
        return com_fail(E_POINTER, &IID_ITMediaSupport, NULL);
    *types = TAPIMEDIATYPE_AUDIO;
    return S_OK;
}

static HRESULT WINAPI media_QueryMediaType(ITMediaSupport *iface, LONG type, VARIANT_BOOL *support)
{
    (void)iface;
    if (!support)
        return com_fail(E_POINTER, &IID_ITMediaSupport, NULL);
    *support = type == TAPIMEDIATYPE_AUDIO ? VARIANT_TRUE : VARIANT_FALSE;
    return S_OK;
}

static const ITMediaSupportVtbl media_vtbl = {
    COM_DISPATCH_VTABLE(media),
    media_get_MediaTypes,
    media_QueryMediaType,
};

/* ---- ITTerminalSupport2 ---------------------------------------------------------------- */

/* The terminal manager; belongs to the address. */
static HRESULT address_manager(struct sim_address *address, ITTerminalManager2 **out)
{
    ITTerminalManager2 *manager = NULL;
    HRESULT hr = S_OK;

    *out = NULL;
    EnterCriticalSection(&address->lock);
    manager = address->manager;
    LeaveCriticalSection(&address->lock);
    if (!manager) {
        ITTerminalManager2 *other;

        hr = CoCreateInstance(&CLSID_TerminalManager, NULL, CLSCTX_INPROC_SERVER,
                              &IID_ITTerminalManager2, (void **)&manager);
        if (FAILED(hr))
            return com_fail(hr, &IID_ITTerminalSupport,
                            "The terminal manager, termmgr.dll, is not registered.");
        EnterCriticalSection(&address->lock);
        other = address->manager;
        if (!other)
            address->manager = manager;
        LeaveCriticalSection(&address->lock);
        if (other) {
            ITTerminalManager2_Release(manager);
            manager = other;
        }
    }
    *out = manager;
    return hr;
}

/* What follows has left its sentence when it fails: methods hand the failure on. */
static HRESULT list_dynamic(struct sim_address *address, struct com_list **out)
{
    struct com_list *list;
    ITTerminalManager2 *manager;
    DWORD count = 0, i;
    CLSID *classes;
    HRESULT hr;

    *out = NULL;
    hr = address_manager(address, &manager);
    if (FAILED(hr))
        return hr;
    hr = ITTerminalManager2_GetDynamicTerminalClasses(manager, TAPIMEDIATYPE_AUDIO, &count, NULL);
    if (FAILED(hr))
        return com_fail(hr, &IID_ITTerminalSupport, NULL);
    classes = calloc(count + 1, sizeof(*classes));
    list = com_list_create(COM_LIST_CLSIDS);
    hr = classes && list ? S_OK : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = ITTerminalManager2_GetDynamicTerminalClasses(manager, TAPIMEDIATYPE_AUDIO, &count,
                                                          classes);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (!com_list_add_clsid(list, &classes[i]))
            hr = E_OUTOFMEMORY;
    free(classes);
    if (FAILED(hr)) {
        com_list_release(list);
        return com_fail(hr, &IID_ITTerminalSupport, NULL);
    }
    *out = list;
    return S_OK;
}

/* Hands the list on as a collection, and lets go of it. */
static HRESULT give_collection(struct com_list *list, VARIANT *out)
{
    HRESULT hr = list ? com_list_collection(list, out) : E_OUTOFMEMORY;

    com_list_release(list);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalSupport, NULL) : S_OK;
}

static HRESULT give_enumerator(struct com_list *list, REFIID iid, void **out)
{
    HRESULT hr = list ? com_list_enumerate(list, iid, out) : E_OUTOFMEMORY;

    com_list_release(list);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalSupport, NULL) : S_OK;
}

/* The simulated exchange has no sound devices of its own. */
static HRESULT WINAPI support_get_StaticTerminals(ITTerminalSupport2 *iface, VARIANT *out)
{
    (void)iface;
    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport, NULL);
    VariantInit(out);
    return give_collection(com_list_create(COM_LIST_OBJECTS), out);
}

static HRESULT WINAPI support_EnumerateStaticTerminals(ITTerminalSupport2 *iface,
                                                       IEnumTerminal **out)
{
    (void)iface;
    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport, NULL);
    *out = NULL;
    return give_enumerator(com_list_create(COM_LIST_OBJECTS), &IID_IEnumTerminal, (void **)out);
}

static HRESULT WINAPI support_get_DynamicTerminalClasses(ITTerminalSupport2 *iface, VARIANT *out)
{
    struct com_list *list;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport, NULL);
    VariantInit(out);
    hr = list_dynamic(impl_from_ITTerminalSupport2_iface(iface), &list);
    return FAILED(hr) ? hr : give_collection(list, out);
}

static HRESULT WINAPI support_EnumerateDynamicTerminalClasses(ITTerminalSupport2 *iface,
                                                              IEnumTerminalClass **out)
{
    struct com_list *list;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport, NULL);
    *out = NULL;
    hr = list_dynamic(impl_from_ITTerminalSupport2_iface(iface), &list);
    return FAILED(hr) ? hr : give_enumerator(list, &IID_IEnumTerminalClass, (void **)out);
}

static HRESULT WINAPI support_CreateTerminal(ITTerminalSupport2 *iface, BSTR class, LONG media,
                                             TERMINAL_DIRECTION direction, ITTerminal **out)
{
    struct sim_address *address = impl_from_ITTerminalSupport2_iface(iface);
    ITTerminalManager2 *manager;
    CLSID clsid;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport, NULL);
    *out = NULL;
    if (!class)
        return com_fail(E_POINTER, &IID_ITTerminalSupport, NULL);
    if (FAILED(CLSIDFromString(class, &clsid)))
        return com_fail(TAPI_E_INVALIDTERMINALCLASS, &IID_ITTerminalSupport,
                        "\"%ls\" is not a terminal class: a GUID in braces is.", class);
    hr = address_manager(address, &manager);
    if (FAILED(hr))
        return hr;
    hr = ITTerminalManager2_CreateDynamicTerminal(manager, NULL, clsid, (DWORD)media, direction,
                                                  (MSP_HANDLE)address, out);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalSupport, NULL) : hr;
}

static HRESULT WINAPI support_GetDefaultStaticTerminal(ITTerminalSupport2 *iface, LONG media,
                                                       TERMINAL_DIRECTION direction,
                                                       ITTerminal **out)
{
    (void)iface, (void)media, (void)direction;
    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport, NULL);
    *out = NULL;
    return com_fail(TAPI_E_NOITEMS, &IID_ITTerminalSupport,
                    "The simulated exchange has no static terminals.");
}

static HRESULT list_superclasses(struct sim_address *address, struct com_list **out)
{
    ITTerminalManager2 *manager;
    HRESULT hr = address_manager(address, &manager);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    hr = terminal_info_superclasses(manager, out);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalSupport2, NULL) : S_OK;
}

static HRESULT list_classes(struct sim_address *address, const CLSID *superclass, LONG media,
                            struct com_list **out)
{
    ITTerminalManager2 *manager;
    HRESULT hr = address_manager(address, &manager);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    hr = terminal_info_classes(manager, superclass, (DWORD)media, out);
    return FAILED(hr) ? com_fail(hr, &IID_ITTerminalSupport2, NULL) : S_OK;
}

static HRESULT WINAPI support_get_PluggableSuperclasses(ITTerminalSupport2 *iface, VARIANT *out)
{
    struct com_list *list;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport2, NULL);
    VariantInit(out);
    hr = list_superclasses(impl_from_ITTerminalSupport2_iface(iface), &list);
    return FAILED(hr) ? hr : give_collection(list, out);
}

static HRESULT WINAPI support_EnumeratePluggableSuperclasses(ITTerminalSupport2 *iface,
                                                             IEnumPluggableSuperclassInfo **out)
{
    struct com_list *list;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport2, NULL);
    *out = NULL;
    hr = list_superclasses(impl_from_ITTerminalSupport2_iface(iface), &list);
    return FAILED(hr) ? hr : give_enumerator(list, &IID_IEnumPluggableSuperclassInfo, (void **)out);
}

static HRESULT WINAPI support_get_PluggableTerminalClasses(ITTerminalSupport2 *iface,
                                                           BSTR superclass, LONG media,
                                                           VARIANT *out)
{
    struct com_list *list;
    CLSID clsid;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport2, NULL);
    VariantInit(out);
    if (!superclass)
        return com_fail(E_POINTER, &IID_ITTerminalSupport2, NULL);
    if (FAILED(CLSIDFromString(superclass, &clsid)))
        return com_fail(TAPI_E_INVALIDTERMINALCLASS, &IID_ITTerminalSupport2,
                        "\"%ls\" is not a superclass: a GUID in braces is.", superclass);
    hr = list_classes(impl_from_ITTerminalSupport2_iface(iface), &clsid, media, &list);
    return FAILED(hr) ? hr : give_collection(list, out);
}

static HRESULT WINAPI support_EnumeratePluggableTerminalClasses(
    ITTerminalSupport2 *iface, CLSID superclass, LONG media, IEnumPluggableTerminalClassInfo **out)
{
    struct com_list *list;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITTerminalSupport2, NULL);
    *out = NULL;
    hr = list_classes(impl_from_ITTerminalSupport2_iface(iface), &superclass, media, &list);
    return FAILED(hr) ? hr
                      : give_enumerator(list, &IID_IEnumPluggableTerminalClassInfo, (void **)out);
}

static const ITTerminalSupport2Vtbl support_vtbl = {
    COM_DISPATCH_VTABLE(support),
    support_get_StaticTerminals,
    support_EnumerateStaticTerminals,
    support_get_DynamicTerminalClasses,
    support_EnumerateDynamicTerminalClasses,
    support_CreateTerminal,
    support_GetDefaultStaticTerminal,
    support_get_PluggableSuperclasses,
    support_EnumeratePluggableSuperclasses,
    support_get_PluggableTerminalClasses,
    support_EnumeratePluggableTerminalClasses,
};

/* ---- life ------------------------------------------------------------------------------ */

static void address_destroy(struct com_object *object)
{
    struct sim_address *address = CONTAINING_RECORD(object, struct sim_address, com);

    msp_Shutdown(&address->ITMSPAddress_iface);
    if (address->manager)
        ITTerminalManager2_Release(address->manager);
    DeleteCriticalSection(&address->lock);
}

static const struct com_interface address_interfaces[] = {
    COM_INTERFACE(sim_address, ITTerminalSupport2_iface, ITTerminalSupport2),
    COM_INTERFACE(sim_address, ITTerminalSupport2_iface, ITTerminalSupport),
    COM_INTERFACE(sim_address, ITMediaSupport_iface, ITMediaSupport),
    COM_INTERFACE(sim_address, ITMSPAddress_iface, ITMSPAddress),
};
static const struct com_class address_class = {
    .name = "MSPAddress",
    .interfaces = address_interfaces,
    .interface_count = ARRAYSIZE(address_interfaces),
    .destroy = address_destroy,
};

HRESULT sim_address_create(IUnknown *outer, REFIID iid, void **out)
{
    struct sim_address *address = com_object_create(sizeof(*address), &address_class, outer);
    HRESULT hr;

    if (!address)
        return E_OUTOFMEMORY;
    address->ITMSPAddress_iface.lpVtbl = (ITMSPAddressVtbl *)&msp_vtbl;
    address->ITMediaSupport_iface.lpVtbl = (ITMediaSupportVtbl *)&media_vtbl;
    address->ITTerminalSupport2_iface.lpVtbl = (ITTerminalSupport2Vtbl *)&support_vtbl;
    InitializeCriticalSection(&address->lock);
    hr = com_inner_query(&address->com, iid, out);
    IUnknown_Release(&address->com.IUnknown_iface);
    return hr;
}

static const CLSID CLSID_SimMsp = CLSID_SIM_MSP_INIT;

const BOOL server_has_library = FALSE;
const struct com_server_class server_classes[] = {
    {&CLSID_SimMsp, L"OpenTAPI simulated exchange media provider", NULL, NULL, sim_address_create},
    {NULL, NULL, NULL, NULL, NULL},
};
