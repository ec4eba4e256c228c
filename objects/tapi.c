/* tapi.c - the TAPI object: ITTAPI, ITTAPI2, and the life of everything below it. */
#include "objects/private.h"

#include "tapi32/private.h"

#include <stdlib.h>

COM_DISPATCH_METHODS(tapi, tapi, ITTAPI2, ITTAPI2_iface)

#define IID_HERE (&IID_ITTAPI2)

HRESULT tapi_check(struct tapi *tapi, REFIID iid)
{
    if (tapi->state == TAPI_OPEN)
        return S_OK;
    return com_fail(TAPI_E_NOT_INITIALIZED, iid, NULL);
}

/* ---- Initialize ---------------------------------------------------------------------------- */

/* The program's file, without its folder. */
static const WCHAR *program_name(WCHAR path[MAX_PATH])
{
    const WCHAR *name = path;
    WCHAR *p;

    if (!GetModuleFileNameW(NULL, path, MAX_PATH))
        path[0] = 0;
    for (p = path; *p; p++)
        if (*p == '\\')
            name = p + 1;
    return name;
}

static LONG open_application(struct tapi *tapi, HLINEAPP *app, DWORD *devices)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params)};
    DWORD version = OBJECTS_API_VERSION;
    WCHAR path[MAX_PATH];
    const WCHAR *name = program_name(path);
    LONG error;

    (void)tapi;
    /* No instance: TAPI knows the application by the program's file, not by this DLL's. */
    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT | OPEN_TAPI_INITIALIZE_NO_EVENT;
    *app = 0;
    error = lineInitializeExW(app, NULL, NULL, name, devices, &version, &params);
    if (error == (LONG)LINEERR_INCOMPATIBLEAPIVERSION) {
        version = 0x00020002;
        error = lineInitializeExW(app, NULL, NULL, name, devices, &version, &params);
    }
    return error;
}

HRESULT tapi_add_device(struct tapi *tapi, DWORD device)
{
    LINEEXTENSIONID extension;
    struct address *address;
    struct address **grown;
    LINEDEVCAPS *caps;
    union {
        LINEDEVCAPS caps;
        BYTE bytes[1536];
    } small;
    DWORD version, id;
    HRESULT hr = S_OK;
    LONG error;

    error = lineNegotiateAPIVersion(tapi->app, device, OBJECTS_API_LOWEST, OBJECTS_API_VERSION,
                                    &version, &extension);
    if (error < 0)
        return com_from_tapi_error(error);
    /* The fixed part is all that is needed: the caps of 10,000 lines need not be complete. */
    caps = &small.caps;
    caps->dwTotalSize = sizeof(small);
    error = lineGetDevCapsW(tapi->app, device, version, 0, caps);
    if (error < 0)
        return com_from_tapi_error(error);
    for (id = 0; id < caps->dwNumAddresses && SUCCEEDED(hr); id++) {
        hr = address_create(tapi, device, id, version, caps, &address);
        if (FAILED(hr))
            break;
        AcquireSRWLockExclusive(&tapi->lock);
        /* Room doubles: it is full whenever the count is a power of two. */
        if (tapi->state != TAPI_OPENING && tapi->state != TAPI_OPEN) {
            hr = TAPI_E_NOT_INITIALIZED; /* a device that comes during Shutdown */
        } else if ((tapi->address_count & (tapi->address_count - 1)) == 0) {
            unsigned room = tapi->address_count ? tapi->address_count * 2 : 1;

            grown = realloc(tapi->addresses, room * sizeof(*grown));
            if (grown)
                tapi->addresses = grown;
            else
                hr = E_OUTOFMEMORY;
        }
        if (SUCCEEDED(hr)) {
            com_use(&address->com);
            tapi->addresses[tapi->address_count++] = address;
        }
        ReleaseSRWLockExclusive(&tapi->lock);
        com_release(&address->com);
    }
    return hr;
}

/* Breaks what is left: lines, calls, MSPs, events. tapi->state is CLOSING or OPENING. */
static void tapi_close(struct tapi *tapi)
{
    struct address **addresses;
    unsigned count, i;
    HLINEAPP app;

    AcquireSRWLockExclusive(&tapi->lock);
    addresses = tapi->addresses;
    count = tapi->address_count;
    app = tapi->app;
    ReleaseSRWLockExclusive(&tapi->lock);
    for (i = 0; i < count; i++)
        line_close_all(addresses[i]);
    call_center_close(tapi);
    phones_shut(tapi);
    if (app)
        lineShutdown(app);
    request_close_all(tapi, LINEERR_UNINITIALIZED);
    dispatcher_shutdown(tapi->dispatcher);
    for (i = 0; i < count; i++)
        address_shut(addresses[i]);
    AcquireSRWLockExclusive(&tapi->lock);
    tapi->addresses = NULL;
    tapi->address_count = 0;
    tapi->app = 0;
    ReleaseSRWLockExclusive(&tapi->lock);
    for (i = 0; i < count; i++)
        com_unuse(&addresses[i]->com);
    free(addresses);
    phones_free(tapi);
    request_open_all(tapi);
}

static HRESULT WINAPI tapi_Initialize(ITTAPI2 *iface)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    DWORD devices = 0, device;
    WCHAR path[MAX_PATH];
    HRESULT hr = S_OK;
    enum tapi_state before;
    LONG error;

    AcquireSRWLockExclusive(&self->lock);
    before = self->state;
    if (before == TAPI_CLOSED)
        self->state = TAPI_OPENING;
    ReleaseSRWLockExclusive(&self->lock);
    if (before == TAPI_OPEN)
        return S_FALSE; /* done already */
    if (before != TAPI_CLOSED)
        return com_fail(TAPI_E_REINIT, IID_HERE,
                        "Another thread is initializing or shutting down.");

    error = open_application(self, &self->app, &devices);
    if (error < 0) {
        hr = com_fail_tapi(error, IID_HERE, "Telephony could not be started");
        goto done;
    }
    for (device = 0; device < devices && hr != E_OUTOFMEMORY; device++)
        hr = tapi_add_device(self, device); /* a provider that lies has no addresses here */
    hr = hr == E_OUTOFMEMORY ? hr : phones_open(self, program_name(path));
    hr = FAILED(hr) ? com_fail(hr, IID_HERE, NULL) : messages_start(self);
done:
    if (FAILED(hr))
        tapi_close(self);
    AcquireSRWLockExclusive(&self->lock);
    self->state = SUCCEEDED(hr) ? TAPI_OPEN : TAPI_CLOSED;
    ReleaseSRWLockExclusive(&self->lock);
    TRACE("objects", "ITTAPI::Initialize 0x%08lx, %u addresses", (unsigned long)hr,
          self->address_count);
    return hr;
}

static HRESULT tapi_shutdown(struct tapi *self)
{
    BOOL ours;

    AcquireSRWLockExclusive(&self->lock);
    ours = self->state == TAPI_OPEN;
    if (ours)
        self->state = TAPI_CLOSING;
    ReleaseSRWLockExclusive(&self->lock);
    if (!ours)
        return S_FALSE;
    com_use(&self->com); /* a sink that is let go may hold the last reference */
    tapi_close(self);
    AcquireSRWLockExclusive(&self->lock);
    self->state = TAPI_CLOSED;
    ReleaseSRWLockExclusive(&self->lock);
    TRACE("objects", "ITTAPI::Shutdown done");
    com_unuse(&self->com);
    return S_OK;
}

static HRESULT WINAPI tapi_Shutdown(ITTAPI2 *iface)
{
    return tapi_shutdown(impl_from_ITTAPI2_iface(iface));
}

/* ---- lists --------------------------------------------------------------------------------- */

HRESULT objects_collection(struct com_list *list, VARIANT *out, REFIID iid)
{
    HRESULT hr = list ? com_list_collection(list, out) : E_OUTOFMEMORY;

    com_list_release(list);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, iid, NULL);
}

HRESULT objects_enumerate(struct com_list *list, REFIID enum_iid, void **out, REFIID iid)
{
    HRESULT hr = list ? com_list_enumerate(list, enum_iid, out) : E_OUTOFMEMORY;

    com_list_release(list);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, iid, NULL);
}

struct com_list *tapi_list_addresses(struct tapi *tapi)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    BOOL fits = list != NULL;
    unsigned i;

    AcquireSRWLockShared(&tapi->lock);
    for (i = 0; i < tapi->address_count && fits; i++) {
        struct address *address = tapi->addresses[i];

        if (address->removed)
            continue;
        fits = com_list_add_object(list, &address->com.IUnknown_iface);
    }
    ReleaseSRWLockShared(&tapi->lock);
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

/* get_X and EnumerateX of what there is one list of: checked, made, handed out. NULL from
 * `list_all`: memory exhausted. */
#define TAPI_LISTS(name, enum_itf, list_all)                                                       \
    static HRESULT WINAPI tapi_get_##name(ITTAPI2 *iface, VARIANT *out)                            \
    {                                                                                              \
        struct tapi *self = impl_from_ITTAPI2_iface(iface);                                        \
        HRESULT hr;                                                                                \
        if (!out)                                                                                  \
            return com_fail(E_POINTER, IID_HERE, NULL);                                            \
        VariantInit(out);                                                                          \
        hr = tapi_check(self, IID_HERE);                                                           \
        return FAILED(hr) ? hr : objects_collection(list_all(self), out, IID_HERE);                \
    }                                                                                              \
    static HRESULT WINAPI tapi_Enumerate##name(ITTAPI2 *iface, enum_itf **out)                     \
    {                                                                                              \
        struct tapi *self = impl_from_ITTAPI2_iface(iface);                                        \
        HRESULT hr;                                                                                \
        if (!out)                                                                                  \
            return com_fail(E_POINTER, IID_HERE, NULL);                                            \
        *out = NULL;                                                                               \
        hr = tapi_check(self, IID_HERE);                                                           \
        return FAILED(hr)                                                                          \
                   ? hr                                                                            \
                   : objects_enumerate(list_all(self), &IID_##enum_itf, (void **)out, IID_HERE);   \
    }

/* No provider gives private TAPI objects: there are none, which is no failure. */
static struct com_list *list_private_objects(struct tapi *tapi)
{
    (void)tapi;
    return com_list_create(COM_LIST_OBJECTS);
}

TAPI_LISTS(Addresses, IEnumAddress, tapi_list_addresses)
TAPI_LISTS(CallHubs, IEnumCallHub, tapi_list_hubs)
TAPI_LISTS(PrivateTAPIObjects, IEnumUnknown, list_private_objects)
TAPI_LISTS(Phones, IEnumPhone, tapi_list_phones)

/* ---- notifications ------------------------------------------------------------------------- */

static HRESULT WINAPI tapi_RegisterCallNotifications(ITTAPI2 *iface, ITAddress *address,
                                                     VARIANT_BOOL monitor, VARIANT_BOOL owner,
                                                     LONG media, LONG instance, LONG *registration)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    struct com_object *object;
    struct address *target;
    DWORD privileges = 0;
    HRESULT hr;

    if (!registration)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *registration = 0;
    hr = tapi_check(self, IID_HERE);
    if (FAILED(hr))
        return hr;
    if (!address)
        return com_fail(E_POINTER, IID_HERE, "An Address object is needed.");
    object = com_object_of(address, &address_class);
    target = object ? CONTAINING_RECORD(object, struct address, com) : NULL;
    if (!target || target->tapi != self)
        return com_fail(E_INVALIDARG, IID_HERE, "The Address is not one of this TAPI object.");
    if (owner)
        privileges |= LINECALLPRIVILEGE_OWNER;
    if (monitor)
        privileges |= LINECALLPRIVILEGE_MONITOR;
    if (!privileges)
        return com_fail(E_INVALIDARG, IID_HERE,
                        "Ask to monitor calls, to own them, or both: neither was asked for.");
    if (owner && (media == 0 || (media & ~(LONG)address_to_types(target->line_media))))
        return com_fail(TAPI_E_INVALIDMEDIATYPE, IID_HERE,
                        "Media types 0x%lx: the address has 0x%lx.", media,
                        address_to_types(target->line_media));
    return line_register(target, privileges, media, instance, registration);
}

static HRESULT WINAPI tapi_UnregisterNotifications(ITTAPI2 *iface, LONG registration)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    HRESULT hr = tapi_check(self, IID_HERE);

    return FAILED(hr) ? hr : line_unregister(self, registration);
}

static HRESULT WINAPI tapi_put_EventFilter(ITTAPI2 *iface, LONG mask)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    HRESULT hr = tapi_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    hr = dispatcher_set_filter(self->dispatcher, mask);
    return SUCCEEDED(hr) ? S_OK
                         : com_fail(hr, IID_HERE, "0x%lx is not a sum of TAPI_EVENT values.", mask);
}

static HRESULT WINAPI tapi_get_EventFilter(ITTAPI2 *iface, LONG *mask)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);

    if (!mask)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *mask = dispatcher_filter(self->dispatcher);
    return S_OK;
}

/* ---- call hubs ----------------------------------------------------------------------------- */

static HRESULT WINAPI tapi_SetCallHubTracking(ITTAPI2 *iface, VARIANT addresses, VARIANT_BOOL track)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    HRESULT hr = tapi_check(self, IID_HERE);

    return FAILED(hr) ? hr : hub_set_tracking(self, &addresses, track != VARIANT_FALSE);
}

/* ---- requests and applications -------------------------------------------------------------- */

static HRESULT WINAPI tapi_RegisterRequestRecipient(ITTAPI2 *iface, LONG instance, LONG mode,
                                                    VARIANT_BOOL enable)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    HRESULT hr = tapi_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    return objects_result(lineRegisterRequestRecipient(self->app, instance, mode, enable != 0),
                          IID_HERE, "Assisted telephony requests");
}

static HRESULT WINAPI tapi_SetAssistedTelephonyPriority(ITTAPI2 *iface, BSTR application,
                                                        VARIANT_BOOL priority)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    HRESULT hr = tapi_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    if (!application)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return objects_result(
        lineSetAppPriorityW(application, 0, NULL, LINEREQUESTMODE_MAKECALL, NULL, priority ? 1 : 0),
        IID_HERE, "The priority was not set");
}

static HRESULT WINAPI tapi_SetApplicationPriority(ITTAPI2 *iface, BSTR application, LONG media,
                                                  VARIANT_BOOL priority)
{
    struct tapi *self = impl_from_ITTAPI2_iface(iface);
    HRESULT hr = tapi_check(self, IID_HERE);
    LONG result = 0;

    if (FAILED(hr))
        return hr;
    if (!application)
        return com_fail(E_POINTER, IID_HERE, NULL);
    if (!media || media & (media - 1))
        return com_fail(TAPI_E_INVALIDMEDIATYPE, IID_HERE, "0x%lx is not one media type.", media);
    /* TAPIMEDIATYPE_AUDIO is both kinds of voice; the other types have the C API's values. */
    if (media == TAPIMEDIATYPE_AUDIO)
        result = lineSetAppPriorityW(application, LINEMEDIAMODE_INTERACTIVEVOICE, NULL, 0, NULL,
                                     priority ? 1 : 0);
    if (!result)
        result = lineSetAppPriorityW(application, media, NULL, 0, NULL, priority ? 1 : 0);
    return objects_result(result, IID_HERE, "The priority was not set");
}

/* ---- ITTAPI2 ------------------------------------------------------------------------------- */

static HRESULT WINAPI tapi_CreateEmptyCollectionObject(ITTAPI2 *iface, ITCollection2 **out)
{
    HRESULT hr;

    (void)iface;
    if (!out)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = com_collection_create(&IID_ITCollection2, (void **)out);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
}

static const ITTAPI2Vtbl tapi_vtable = {
    COM_DISPATCH_VTABLE(tapi),
    tapi_Initialize,
    tapi_Shutdown,
    tapi_get_Addresses,
    tapi_EnumerateAddresses,
    tapi_RegisterCallNotifications,
    tapi_UnregisterNotifications,
    tapi_get_CallHubs,
    tapi_EnumerateCallHubs,
    tapi_SetCallHubTracking,
    tapi_EnumeratePrivateTAPIObjects,
    tapi_get_PrivateTAPIObjects,
    tapi_RegisterRequestRecipient,
    tapi_SetAssistedTelephonyPriority,
    tapi_SetApplicationPriority,
    tapi_put_EventFilter,
    tapi_get_EventFilter,
    tapi_get_Phones,
    tapi_EnumeratePhones,
    tapi_CreateEmptyCollectionObject,
};

/* ---- the object ---------------------------------------------------------------------------- */

static const struct com_interface tapi_interfaces[] = {
    COM_INTERFACE(tapi, ITTAPI2_iface, ITTAPI2),
    COM_INTERFACE(tapi, ITTAPI2_iface, ITTAPI),
    COM_INTERFACE(tapi, ITTAPICallCenter_iface, ITTAPICallCenter),
    COM_INTERFACE(tapi, IProvideClassInfo2_iface, IProvideClassInfo2),
    COM_INTERFACE(tapi, IProvideClassInfo2_iface, IProvideClassInfo),
};

static HRESULT tapi_query_inner(struct com_object *object, REFIID iid, void **out)
{
    struct tapi *self = CONTAINING_RECORD(object, struct tapi, com);

    if (!IsEqualIID(iid, &IID_IConnectionPointContainer))
        return E_NOINTERFACE;
    *out = dispatcher_container(self->dispatcher);
    IUnknown_AddRef((IUnknown *)*out);
    return S_OK;
}

static void tapi_last_release(struct com_object *object)
{
    tapi_shutdown(CONTAINING_RECORD(object, struct tapi, com));
}

static void tapi_destroy(struct com_object *object)
{
    struct tapi *self = CONTAINING_RECORD(object, struct tapi, com);

    call_center_close(self); /* messages that came during Shutdown */
    dispatcher_destroy(self->dispatcher);
    while (self->gathers) {
        struct gather *next = self->gathers->next;

        free(self->gathers);
        self->gathers = next;
    }
    handle_map_free(&self->lines);
    handle_map_free(&self->calls);
    handle_map_free(&self->requests);
    handle_map_free(&self->phone_handles);
}

static const struct com_class tapi_class = {
    .name = "TAPI",
    .interfaces = tapi_interfaces,
    .interface_count = ARRAYSIZE(tapi_interfaces),
    .last_release = tapi_last_release,
    .destroy = tapi_destroy,
    .query_inner = tapi_query_inner,
};

HRESULT tapi_create(IUnknown *outer, REFIID iid, void **out)
{
    struct tapi *self;
    HRESULT hr;

    *out = NULL;
    if (outer && !IsEqualIID(iid, &IID_IUnknown))
        return CLASS_E_NOAGGREGATION;
    self = com_object_create(sizeof(*self), &tapi_class, outer);
    if (!self)
        return E_OUTOFMEMORY;
    self->ITTAPI2_iface.lpVtbl = (ITTAPI2Vtbl *)&tapi_vtable;
    self->ITTAPICallCenter_iface.lpVtbl = (ITTAPICallCenterVtbl *)&call_center_vtable;
    self->IProvideClassInfo2_iface.lpVtbl = (IProvideClassInfo2Vtbl *)&class_info_vtable;
    InitializeSRWLock(&self->lock);
    InitializeConditionVariable(&self->line_opened);
    InitializeSRWLock(&self->request_lock);
    InitializeConditionVariable(&self->request_registered);
    hr = dispatcher_create(self->com.outer, &self->dispatcher);
    if (SUCCEEDED(hr))
        hr = com_inner_query(&self->com, iid, out);
    IUnknown_Release(&self->com.IUnknown_iface);
    return hr;
}
