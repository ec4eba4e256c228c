/* address.c - the Address object: ITAddress, ITAddress2, ITMediaSupport; media interfaces of its
 * MSP are aggregated (address_msp.c). */
#include "objects/private.h"
#include "tapi32/private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

COM_DISPATCH_METHODS(address, address, ITAddress2, ITAddress2_iface)
COM_DISPATCH_METHODS(media_support, address, ITMediaSupport, ITMediaSupport_iface)

#define IID_HERE (&IID_ITAddress2)

HRESULT objects_media_result(HRESULT hr, REFIID iid)
{
    if (SUCCEEDED(hr) || hr == E_NOINTERFACE || hr == E_OUTOFMEMORY)
        return hr;
    return com_fail(E_NOINTERFACE, iid,
                    "The media provider of the address cannot be started (0x%08lx): is its DLL "
                    "registered, for programs of this kind (32 or 64 bits)?",
                    (unsigned long)hr);
}

/* ---- media types --------------------------------------------------------------------------- */

#define LINE_VOICE (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE)

DWORD address_to_types(DWORD line_media)
{
    /* TAPIMEDIATYPE_AUDIO is both kinds of voice; the other types have the C API's values. */
    DWORD types = line_media & (TAPIMEDIATYPE_VIDEO | TAPIMEDIATYPE_DATAMODEM |
                                TAPIMEDIATYPE_G3FAX | TAPIMEDIATYPE_MULTITRACK);

    return line_media & LINE_VOICE ? types | TAPIMEDIATYPE_AUDIO : types;
}

DWORD address_to_line_media(struct address *self, DWORD types)
{
    DWORD line_media = types & ~(DWORD)(LINE_VOICE | TAPIMEDIATYPE_MULTITRACK);

    if (types & TAPIMEDIATYPE_AUDIO)
        line_media |= self->line_media & LINE_VOICE;
    return line_media;
}

/* ---- events -------------------------------------------------------------------------------- */

void address_post_event(struct address *self, ADDRESS_EVENT event, ITTerminal *terminal)
{
    if (!address_wants(self, TE_ADDRESS, event))
        return;
    com_hand_out(&self->com);
    EVENT_POST(self->tapi->dispatcher, TE_ADDRESS, ITAddressEvent, self,
               .Address = (ITAddress *)&self->ITAddress2_iface, .Event = event,
               .Terminal = terminal);
    com_release(&self->com);
}

/* ---- ITAddress ----------------------------------------------------------------------------- */

static HRESULT WINAPI address_get_State(ITAddress2 *iface, ADDRESS_STATE *state)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    union {
        LINEDEVSTATUS status;
        BYTE bytes[2048];
    } buffer;
    struct line *line;
    HRESULT hr;
    LONG error;

    CHECK_OUT(self, state);
    *state = AS_OUTOFSERVICE;
    if (self->removed)
        return S_OK;
    hr = line_enter(self, IID_HERE, &line);
    if (FAILED(hr))
        return hr == TAPI_E_NODEVICE || hr == TAPI_E_RESOURCEUNAVAIL ? S_OK : hr;
    buffer.status.dwTotalSize = sizeof(buffer);
    error = lineGetLineDevStatusW(line->handle, &buffer.status);
    if (error == 0 && (buffer.status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_INSERVICE))
        *state = AS_INSERVICE;
    line_leave(line);
    return objects_result(error, IID_HERE, "The state of the line is not known");
}

static HRESULT WINAPI address_get_AddressName(ITAddress2 *iface, BSTR *name)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    WCHAR text[300];
    LINEDEVCAPS *caps;
    BSTR line_name;
    LONG error;

    CHECK_OUT(self, name);
    caps = address_get_dev_caps(self, &error);
    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The name of the line is not known");
    line_name = objects_string(caps, caps->dwLineNameSize, caps->dwLineNameOffset);
    free(caps);
    if (!line_name)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    if (!line_name[0])
        swprintf(text, ARRAYSIZE(text), L"Line %u", self->device);
    else
        swprintf(text, ARRAYSIZE(text), L"%.250ls", line_name);
    if (self->address_count > 1)
        swprintf(text + wcslen(text), ARRAYSIZE(text) - wcslen(text), L" - Address %u", self->id);
    SysFreeString(line_name);
    *name = SysAllocString(text);
    return *name ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT WINAPI address_get_ServiceProviderName(ITAddress2 *iface, BSTR *name)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    WCHAR file[MAX_PATH];
    LONG error;

    CHECK_OUT(self, name);
    error = OpenTapiLineGetProvider(self->tapi->app, self->device, file, ARRAYSIZE(file));
    if (error)
        return com_fail_tapi(error, IID_HERE, "The name of the provider is not known");
    *name = SysAllocString(file);
    return *name ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT WINAPI address_get_TAPIObject(ITAddress2 *iface, ITTAPI **tapi)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, tapi);
    if (!com_try_hand_out(&self->tapi->com))
        return com_fail(TAPI_E_NOT_INITIALIZED, IID_HERE, "The TAPI object is gone.");
    *tapi = (ITTAPI *)&self->tapi->ITTAPI2_iface;
    return S_OK;
}

static HRESULT WINAPI address_CreateCall(ITAddress2 *iface, BSTR destination, LONG address_type,
                                         LONG media, ITBasicCallControl **out)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    struct call *call;
    HRESULT hr;

    CHECK_OUT(self, out);
    if (media == 0 || (media & ~(LONG)address_to_types(self->line_media)))
        return com_fail(TAPI_E_INVALIDMEDIATYPE, IID_HERE,
                        "Media types 0x%lx: the address has 0x%lx.", media,
                        address_to_types(self->line_media));
    if (address_type & ~(LONG)(self->address_types ? self->address_types : (DWORD)address_type))
        return com_fail(TAPI_E_INVALADDRESSTYPE, IID_HERE,
                        "Address type 0x%lx: the address has 0x%lx.", address_type,
                        self->address_types);
    hr = call_create(self, media, &call);
    if (FAILED(hr))
        return com_fail(hr, IID_HERE, NULL);
    call->params = call_params_create();
    call->destination = SysAllocStringLen(destination, SysStringLen(destination));
    if (!call->params || !call->destination) {
        com_release(&call->com);
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    call->params->fixed.dwAddressType = address_type;
    *out = (ITBasicCallControl *)&call->ITBasicCallControl2_iface;
    return S_OK;
}

static struct com_list *list_calls(struct address *self)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    struct call *call, *over = NULL;

    AcquireSRWLockShared(&self->tapi->lock);
    for (call = self->calls; call && list && !over; call = call->next) {
        if (!com_try_hand_out(&call->com))
            continue; /* the application has let it go */
        if (com_list_add_object(list, &call->com.IUnknown_iface))
            com_release(&call->com); /* not the last: the list has one of its own */
        else
            over = call;
    }
    ReleaseSRWLockShared(&self->tapi->lock);
    if (over) {
        com_release(&over->com);
        com_list_release(list);
        return NULL;
    }
    return list;
}

static HRESULT WINAPI address_get_Calls(ITAddress2 *iface, VARIANT *out)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, out);
    return objects_collection(list_calls(self), out, IID_HERE);
}

static HRESULT WINAPI address_EnumerateCalls(ITAddress2 *iface, IEnumCall **out)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, out);
    return objects_enumerate(list_calls(self), &IID_IEnumCall, (void **)out, IID_HERE);
}

static HRESULT WINAPI address_get_DialableAddress(ITAddress2 *iface, BSTR *name)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    LINEADDRESSCAPS *caps;
    LONG error;

    CHECK_OUT(self, name);
    caps = address_get_caps(self, &error);
    if (!caps)
        return com_fail_tapi(error, IID_HERE, "The number of the address is not known");
    *name = objects_string(caps, caps->dwAddressSize, caps->dwAddressOffset);
    free(caps);
    return *name ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT WINAPI address_CreateForwardInfoObject(ITAddress2 *iface, ITForwardInformation **out)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    HRESULT hr;

    CHECK_OUT(self, out);
    hr = forward_info_create(out);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
}

static HRESULT WINAPI address_Forward(ITAddress2 *iface, ITForwardInformation *information,
                                      ITBasicCallControl *call)
{
    return address_forward(impl_from_ITAddress2_iface(iface), information, call);
}

static HRESULT WINAPI address_get_CurrentForwardInfo(ITAddress2 *iface, ITForwardInformation **out)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, out);
    return address_current_forward(self, out);
}

static HRESULT WINAPI address_put_MessageWaiting(ITAddress2 *iface, VARIANT_BOOL waiting)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    struct line *line;
    LONG error;
    HRESULT hr = address_check(self, IID_HERE);
    struct request *request;

    if (SUCCEEDED(hr))
        hr = line_enter(self, IID_HERE, &line);
    if (FAILED(hr))
        return hr;
    request = request_begin(self->tapi);
    error = LINEERR_NOMEM;
    if (request)
        error = request_finish(
            self->tapi, request,
            lineSetLineDevStatus(line->handle, LINEDEVSTATUSFLAGS_MSGWAIT, waiting ? 1 : 0));
    line_leave(line);
    return objects_result(error, IID_HERE, "The message light was not changed");
}

static HRESULT WINAPI address_get_MessageWaiting(ITAddress2 *iface, VARIANT_BOOL *waiting)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    union {
        LINEDEVSTATUS status;
        BYTE bytes[2048];
    } buffer;
    struct line *line;
    HRESULT hr;
    LONG error;

    CHECK_OUT(self, waiting);
    hr = line_enter(self, IID_HERE, &line);
    if (FAILED(hr))
        return hr;
    buffer.status.dwTotalSize = sizeof(buffer);
    error = lineGetLineDevStatusW(line->handle, &buffer.status);
    if (error == 0 && (buffer.status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT))
        *waiting = VARIANT_TRUE;
    line_leave(line);
    return objects_result(error, IID_HERE, "The message light is not known");
}

static HRESULT WINAPI address_put_DoNotDisturb(ITAddress2 *iface, VARIANT_BOOL disturb)
{
    return address_set_disturb(impl_from_ITAddress2_iface(iface), disturb);
}

static HRESULT WINAPI address_get_DoNotDisturb(ITAddress2 *iface, VARIANT_BOOL *disturb)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, disturb);
    return address_get_disturb(self, disturb);
}

/* ---- ITAddress2 ---------------------------------------------------------------------------- */

static HRESULT WINAPI address_get_Phones(ITAddress2 *iface, VARIANT *out)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, out);
    return objects_collection(address_list_phones(self), out, IID_HERE);
}

static HRESULT WINAPI address_EnumeratePhones(ITAddress2 *iface, IEnumPhone **out)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, out);
    return objects_enumerate(address_list_phones(self), &IID_IEnumPhone, (void **)out, IID_HERE);
}

static HRESULT WINAPI address_GetPhoneFromTerminal(ITAddress2 *iface, ITTerminal *terminal,
                                                   ITPhone **phone)
{
    struct address *self = impl_from_ITAddress2_iface(iface);

    CHECK_OUT(self, phone);
    if (!terminal)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return phone_from_terminal(self->tapi, terminal, phone);
}

static HRESULT WINAPI address_get_EventFilter(ITAddress2 *iface, TAPI_EVENT type, LONG sub_event,
                                              VARIANT_BOOL *enable)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    HRESULT hr;

    CHECK_OUT(self, enable);
    AcquireSRWLockShared(&self->tapi->lock);
    hr = event_mask_get(self->mask, NULL, type, sub_event, enable);
    ReleaseSRWLockShared(&self->tapi->lock);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, "There is no such event or sub-event.");
}

static HRESULT WINAPI address_put_EventFilter(ITAddress2 *iface, TAPI_EVENT type, LONG sub_event,
                                              VARIANT_BOOL enable)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    HRESULT hr = address_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&self->tapi->lock);
    hr = event_mask_put(&self->mask, NULL, type, sub_event, enable);
    ReleaseSRWLockExclusive(&self->tapi->lock);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, "There is no such event or sub-event.");
}

static HRESULT WINAPI address_DeviceSpecific(ITAddress2 *iface, ITCallInfo *info, BYTE *bytes,
                                             DWORD size)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    struct call *call = info ? call_from(info) : NULL;
    HRESULT hr = address_check(self, IID_HERE);
    struct request *request;
    struct line *line;
    LONG error;

    if (FAILED(hr))
        return hr;
    if (info && !call)
        return com_fail(E_INVALIDARG, IID_HERE, "The call is not one of this TAPI object.");
    if (!bytes && size)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = line_enter_extended(self, IID_HERE, &line);
    if (FAILED(hr))
        return hr;
    /* The reply writes the answer into memory that must last until then: the request's. */
    request = request_begin(self->tapi);
    error = LINEERR_NOMEM;
    if (request) {
        request->block = malloc(size ? size : 1);
        if (request->block) {
            memcpy(request->block, bytes, size);
            error = lineDevSpecific(line->handle, self->id, call ? call_handle(call) : 0,
                                    size ? request->block : NULL, size);
        }
        error = request_finish_keep(self->tapi, request, error);
        if (error == 0 && size)
            memcpy(bytes, request->block, size);
        request_release(request);
    }
    line_leave(line);
    return objects_result(error, IID_HERE, "The device specific request failed");
}

static HRESULT WINAPI address_DeviceSpecificVariant(ITAddress2 *iface, ITCallInfo *info,
                                                    VARIANT bytes)
{
    SAFEARRAY *array;
    void *data;
    LONG low, high;
    HRESULT hr = address_check(impl_from_ITAddress2_iface(iface), IID_HERE);

    if (FAILED(hr))
        return hr;
    array = V_ISBYREF(&bytes) ? (V_ARRAYREF(&bytes) ? *V_ARRAYREF(&bytes) : NULL) : V_ARRAY(&bytes);
    if ((V_VT(&bytes) & ~VT_BYREF) != (VT_ARRAY | VT_UI1) || !array || SafeArrayGetDim(array) != 1)
        return com_fail(E_INVALIDARG, IID_HERE, "An array of bytes is needed.");
    SafeArrayGetLBound(array, 1, &low);
    SafeArrayGetUBound(array, 1, &high);
    hr = SafeArrayAccessData(array, &data);
    if (FAILED(hr))
        return com_fail(hr, IID_HERE, NULL);
    hr = address_DeviceSpecific(iface, info, data, high - low + 1);
    SafeArrayUnaccessData(array);
    return hr;
}

static HRESULT WINAPI address_NegotiateExtVersion(ITAddress2 *iface, LONG low, LONG high,
                                                  LONG *version)
{
    struct address *self = impl_from_ITAddress2_iface(iface);
    DWORD granted = 0;
    LONG error;

    CHECK_OUT(self, version);
    error = lineNegotiateExtVersion(self->tapi->app, self->device, self->api_version, low, high,
                                    &granted);
    if (error < 0)
        return com_fail_tapi(error, IID_HERE, "No extension version was agreed on");
    *version = self->ext_version = granted;
    return S_OK;
}

static const ITAddress2Vtbl address_vtable = {
    COM_DISPATCH_VTABLE(address),
    address_get_State,
    address_get_AddressName,
    address_get_ServiceProviderName,
    address_get_TAPIObject,
    address_CreateCall,
    address_get_Calls,
    address_EnumerateCalls,
    address_get_DialableAddress,
    address_CreateForwardInfoObject,
    address_Forward,
    address_get_CurrentForwardInfo,
    address_put_MessageWaiting,
    address_get_MessageWaiting,
    address_put_DoNotDisturb,
    address_get_DoNotDisturb,
    address_get_Phones,
    address_EnumeratePhones,
    address_GetPhoneFromTerminal,
    address_get_Phones,      /* PreferredPhones: those of the address */
    address_EnumeratePhones, /* likewise */
    address_get_EventFilter,
    address_put_EventFilter,
    address_DeviceSpecific,
    address_DeviceSpecificVariant,
    address_NegotiateExtVersion,
};

/* ---- ITMediaSupport ------------------------------------------------------------------------ */

#undef IID_HERE
#define IID_HERE (&IID_ITMediaSupport)

static HRESULT WINAPI media_support_get_MediaTypes(ITMediaSupport *iface, LONG *types)
{
    struct address *self = impl_from_ITMediaSupport_iface(iface);

    CHECK_OUT(self, types);
    *types = address_to_types(self->line_media);
    return S_OK;
}

static HRESULT WINAPI media_support_QueryMediaType(ITMediaSupport *iface, LONG type,
                                                   VARIANT_BOOL *supported)
{
    struct address *self = impl_from_ITMediaSupport_iface(iface);

    CHECK_OUT(self, supported);
    if (type && !(type & ~(LONG)address_to_types(self->line_media)))
        *supported = VARIANT_TRUE;
    return S_OK;
}

static const ITMediaSupportVtbl media_support_vtable = {
    COM_DISPATCH_VTABLE(media_support),
    media_support_get_MediaTypes,
    media_support_QueryMediaType,
};

/* ---- the object ---------------------------------------------------------------------------- */

static const struct com_interface address_interfaces[] = {
    COM_INTERFACE(address, ITAddress2_iface, ITAddress2),
    COM_INTERFACE(address, ITAddress2_iface, ITAddress),
    COM_INTERFACE(address, ITAddressCapabilities_iface, ITAddressCapabilities),
    COM_INTERFACE(address, ITMediaSupport_iface, ITMediaSupport),
    COM_INTERFACE(address, ITLegacyAddressMediaControl2_iface, ITLegacyAddressMediaControl2),
    COM_INTERFACE(address, ITLegacyAddressMediaControl2_iface, ITLegacyAddressMediaControl),
    COM_INTERFACE(address, ITAddressTranslation_iface, ITAddressTranslation),
};

static const IID *const address_inner_dispatch[] = {&IID_ITTerminalSupport2, &IID_ITTerminalSupport,
                                                    NULL};

static HRESULT address_query_inner(struct com_object *object, REFIID iid, void **out)
{
    struct address *self = CONTAINING_RECORD(object, struct address, com);

    return objects_media_result(address_msp_query(self, iid, out), &IID_ITAddress);
}

/* Nobody holds the Address any more: the line that was kept for its calls can go. */
static void address_last_release(struct com_object *object)
{
    struct address *self = CONTAINING_RECORD(object, struct address, com);
    struct tapi *tapi = self->tapi;
    struct line *line;

    do { /* one, or one more with an extension's version */
        AcquireSRWLockExclusive(&tapi->lock);
        line = self->lines;
        while (line && (line->registration || !line->held || line->users != 1))
            line = line->next;
        if (line)
            line->held = FALSE;
        ReleaseSRWLockExclusive(&tapi->lock);
        line_leave(line);
    } while (line);
}

static void address_destroy(struct com_object *object)
{
    struct address *self = CONTAINING_RECORD(object, struct address, com);

    msp_host_destroy(self->msp.pointer);
    free(self->mask);
    com_unuse(&self->tapi->com);
}

const struct com_class address_class = {
    .name = "Address",
    .interfaces = address_interfaces,
    .interface_count = ARRAYSIZE(address_interfaces),
    .last_release = address_last_release,
    .destroy = address_destroy,
    .query_inner = address_query_inner,
    .inner_dispatch = address_inner_dispatch,
};

HRESULT address_create(struct tapi *tapi, DWORD device, DWORD id, DWORD api_version,
                       const LINEDEVCAPS *caps, struct address **out)
{
    struct address *self = com_object_create(sizeof(*self), &address_class, NULL);

    *out = self;
    if (!self)
        return E_OUTOFMEMORY;
    self->ITAddress2_iface.lpVtbl = (ITAddress2Vtbl *)&address_vtable;
    self->ITAddressCapabilities_iface.lpVtbl = (ITAddressCapabilitiesVtbl *)&address_caps_vtable;
    self->ITMediaSupport_iface.lpVtbl = (ITMediaSupportVtbl *)&media_support_vtable;
    self->ITLegacyAddressMediaControl2_iface.lpVtbl =
        (ITLegacyAddressMediaControl2Vtbl *)&address_media_vtable;
    self->ITAddressTranslation_iface.lpVtbl =
        (ITAddressTranslationVtbl *)&address_translation_vtable;
    self->tapi = tapi;
    com_use(&tapi->com);
    self->life = tapi->request_shutdowns;
    self->device = device;
    self->id = id;
    self->api_version = api_version;
    self->line_media = caps->dwMediaModes;
    if (api_version >= 0x00030000)
        self->address_types = caps->dwAddressTypes;
    self->address_count = caps->dwNumAddresses;
    return S_OK;
}

HRESULT address_check(struct address *self, REFIID iid)
{
    if (self->life == self->tapi->request_shutdowns)
        return tapi_check(self->tapi, iid);
    return com_fail(TAPI_E_NOT_INITIALIZED, iid,
                    "This object is of the time before ITTAPI::Shutdown: after ITTAPI::Initialize "
                    "the TAPI object gives new ones.");
}

void address_shut(struct address *self)
{
    hub_tracking_end(self);
    for (;;) {
        struct call *call;

        AcquireSRWLockShared(&self->tapi->lock);
        call = self->calls;
        if (call)
            com_use(&call->com);
        ReleaseSRWLockShared(&self->tapi->lock);
        if (!call)
            break;
        call_lose(call); /* takes it off the list */
        com_unuse(&call->com);
    }
    address_msp_close(self);
}

struct address *address_find(struct tapi *tapi, DWORD device, DWORD id)
{
    struct address *found = NULL;
    unsigned i;

    AcquireSRWLockShared(&tapi->lock);
    for (i = 0; i < tapi->address_count && !found; i++)
        if (tapi->addresses[i]->device == device && tapi->addresses[i]->id == id)
            found = tapi->addresses[i];
    if (found)
        com_use(&found->com);
    ReleaseSRWLockShared(&tapi->lock);
    return found;
}
