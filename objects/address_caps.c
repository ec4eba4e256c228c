/* address_caps.c - ITAddressCapabilities, as a table of where each capability stands in
 * LINEADDRESSCAPS and LINEDEVCAPS; and ITLegacyAddressMediaControl. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(caps, address, ITAddressCapabilities, ITAddressCapabilities_iface)
COM_UNKNOWN_METHODS(device, address, ITLegacyAddressMediaControl2,
                    ITLegacyAddressMediaControl2_iface)

#define IID_HERE (&IID_ITAddressCapabilities)

static LONG get_address_caps(void *context, void *structure)
{
    struct address *self = context;

    return lineGetAddressCapsW(self->tapi->app, self->device, self->id, self->api_version, 0,
                               structure);
}

LINEADDRESSCAPS *address_get_caps(struct address *self, LONG *error)
{
    return objects_fetch(get_address_caps, self, 1024, error);
}

static LONG get_dev_caps(void *context, void *structure)
{
    struct address *self = context;

    return lineGetDevCapsW(self->tapi->app, self->device, self->api_version, 0, structure);
}

LINEDEVCAPS *address_get_dev_caps(struct address *self, LONG *error)
{
    return objects_fetch(get_dev_caps, self, 1024, error);
}

enum caps_source { FROM_ADDRESS, FROM_LINE, FROM_OBJECT };

#define A(field)                                                                                   \
    {                                                                                              \
        FROM_ADDRESS, offsetof(LINEADDRESSCAPS, field)                                             \
    }
#define L(field)                                                                                   \
    {                                                                                              \
        FROM_LINE, offsetof(LINEDEVCAPS, field)                                                    \
    }

static const struct {
    enum caps_source source;
    size_t offset;
} capabilities[] = {
    [AC_ADDRESSTYPES] = L(dwAddressTypes),
    [AC_BEARERMODES] = L(dwBearerModes),
    [AC_MAXACTIVECALLS] = A(dwMaxNumActiveCalls),
    [AC_MAXONHOLDCALLS] = A(dwMaxNumOnHoldCalls),
    [AC_MAXONHOLDPENDINGCALLS] = A(dwMaxNumOnHoldPendingCalls),
    [AC_MAXNUMCONFERENCE] = A(dwMaxNumConference),
    [AC_MAXNUMTRANSCONF] = A(dwMaxNumTransConf),
    [AC_MONITORDIGITSUPPORT] = L(dwMonitorDigitModes),
    [AC_GENERATEDIGITSUPPORT] = L(dwGenerateDigitModes),
    [AC_GENERATETONEMODES] = L(dwGenerateToneModes),
    [AC_GENERATETONEMAXNUMFREQ] = L(dwGenerateToneMaxNumFreq),
    [AC_MONITORTONEMAXNUMFREQ] = L(dwMonitorToneMaxNumFreq),
    [AC_MONITORTONEMAXNUMENTRIES] = L(dwMonitorToneMaxNumEntries),
    [AC_DEVCAPFLAGS] = L(dwDevCapFlags),
    [AC_ANSWERMODES] = L(dwAnswerMode),
    [AC_LINEFEATURES] = L(dwLineFeatures),
    [AC_SETTABLEDEVSTATUS] = L(dwSettableDevStatus),
    [AC_PARKSUPPORT] = A(dwParkModes),
    [AC_CALLERIDSUPPORT] = A(dwCallerIDFlags),
    [AC_CALLEDIDSUPPORT] = A(dwCalledIDFlags),
    [AC_CONNECTEDIDSUPPORT] = A(dwConnectedIDFlags),
    [AC_REDIRECTIONIDSUPPORT] = A(dwRedirectionIDFlags),
    [AC_REDIRECTINGIDSUPPORT] = A(dwRedirectingIDFlags),
    [AC_ADDRESSCAPFLAGS] = A(dwAddrCapFlags),
    [AC_CALLFEATURES1] = A(dwCallFeatures),
    [AC_CALLFEATURES2] = A(dwCallFeatures2),
    [AC_REMOVEFROMCONFCAPS] = A(dwRemoveFromConfCaps),
    [AC_REMOVEFROMCONFSTATE] = A(dwRemoveFromConfState),
    [AC_TRANSFERMODES] = A(dwTransferModes),
    [AC_ADDRESSFEATURES] = A(dwAddressFeatures),
    [AC_PREDICTIVEAUTOTRANSFERSTATES] = A(dwPredictiveAutoTransferStates),
    [AC_MAXCALLDATASIZE] = A(dwMaxCallDataSize),
    [AC_LINEID] = {FROM_OBJECT, offsetof(struct address, device)},
    [AC_ADDRESSID] = {FROM_OBJECT, offsetof(struct address, id)},
    [AC_FORWARDMODES] = A(dwForwardModes),
    [AC_MAXFORWARDENTRIES] = A(dwMaxForwardEntries),
    [AC_MAXSPECIFICENTRIES] = A(dwMaxSpecificEntries),
    [AC_MINFWDNUMRINGS] = A(dwMinFwdNumRings),
    [AC_MAXFWDNUMRINGS] = A(dwMaxFwdNumRings),
    [AC_MAXCALLCOMPLETIONS] = A(dwMaxCallCompletions),
    [AC_CALLCOMPLETIONCONDITIONS] = A(dwCallCompletionConds),
    [AC_CALLCOMPLETIONMODES] = A(dwCallCompletionModes),
    [AC_PERMANENTDEVICEID] = L(dwPermanentLineID),
    [AC_GATHERDIGITSMINTIMEOUT] = L(dwGatherDigitsMinTimeout),
    [AC_GATHERDIGITSMAXTIMEOUT] = L(dwGatherDigitsMaxTimeout),
    [AC_GENERATEDIGITMINDURATION] = L(MinDialParams.dwDigitDuration),
    [AC_GENERATEDIGITMAXDURATION] = L(MaxDialParams.dwDigitDuration),
    [AC_GENERATEDIGITDEFAULTDURATION] = L(DefaultDialParams.dwDigitDuration),
};

/* The structure a capability is in; free() it. */
static HRESULT fetch_source(struct address *self, enum caps_source source, void **structure)
{
    LONG error = 0;

    *structure = source == FROM_ADDRESS ? (void *)address_get_caps(self, &error)
                                        : (void *)address_get_dev_caps(self, &error);
    return *structure ? S_OK : com_fail_tapi(error, IID_HERE, "The capabilities are not available");
}

static HRESULT WINAPI caps_get_AddressCapability(ITAddressCapabilities *iface,
                                                 ADDRESS_CAPABILITY which, LONG *value)
{
    struct address *self = impl_from_ITAddressCapabilities_iface(iface);
    void *structure;
    HRESULT hr;

    CHECK_OUT(self, value);
    if ((unsigned)which >= ARRAYSIZE(capabilities))
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not an ADDRESS_CAPABILITY.", (int)which);
    if (capabilities[which].source == FROM_OBJECT) {
        *value = *(DWORD *)((char *)self + capabilities[which].offset);
        return S_OK;
    }
    hr = fetch_source(self, capabilities[which].source, &structure);
    if (FAILED(hr))
        return hr;
    *value = *(DWORD *)((char *)structure + capabilities[which].offset);
    free(structure);
    return S_OK;
}

static HRESULT WINAPI caps_get_AddressCapabilityString(ITAddressCapabilities *iface,
                                                       ADDRESS_CAPABILITY_STRING which, BSTR *text)
{
    struct address *self = impl_from_ITAddressCapabilities_iface(iface);
    LINEADDRESSCAPS *address_caps = NULL;
    LINEDEVCAPS *line_caps = NULL;
    WCHAR guid[40];
    LONG error;

    CHECK_OUT(self, text);
    if (which < ACS_PROTOCOL || which > ACS_PERMANENTDEVICEGUID)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not an ADDRESS_CAPABILITY_STRING.",
                        (int)which);
    if (which == ACS_ADDRESSDEVICESPECIFIC)
        address_caps = address_get_caps(self, &error);
    else
        line_caps = address_get_dev_caps(self, &error);
    if (!address_caps && !line_caps)
        return com_fail_tapi(error, IID_HERE, "The capabilities are not available");
    switch (which) {
    case ACS_ADDRESSDEVICESPECIFIC:
        *text = objects_string(address_caps, address_caps->dwDevSpecificSize,
                               address_caps->dwDevSpecificOffset);
        break;
    case ACS_LINEDEVICESPECIFIC:
        *text =
            objects_string(line_caps, line_caps->dwDevSpecificSize, line_caps->dwDevSpecificOffset);
        break;
    case ACS_PROVIDERSPECIFIC:
        *text = objects_string(line_caps, line_caps->dwProviderInfoSize,
                               line_caps->dwProviderInfoOffset);
        break;
    case ACS_SWITCHSPECIFIC:
        *text =
            objects_string(line_caps, line_caps->dwSwitchInfoSize, line_caps->dwSwitchInfoOffset);
        break;
    default:
        StringFromGUID2(which == ACS_PROTOCOL ? &line_caps->ProtocolGuid
                                              : &line_caps->PermanentLineGuid,
                        guid, ARRAYSIZE(guid));
        *text = SysAllocString(guid);
        break;
    }
    free(address_caps);
    free(line_caps);
    return *text ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

/* ---- lists of names ------------------------------------------------------------------------ */

/* Every text of a block of `count` entries of `stride` bytes; the text's size and offset stand
 * `field` bytes into an entry. A NULL list: memory exhausted. */
static struct com_list *list_entries(const void *structure, DWORD count, DWORD size, DWORD offset,
                                     DWORD stride, DWORD field)
{
    const VARSTRING *head = structure;
    struct com_list *list = com_list_create(COM_LIST_BSTRS);
    BOOL fits = list != NULL;
    DWORD i;

    if (!size || offset > head->dwUsedSize || size > head->dwUsedSize - offset || !stride)
        count = 0;
    for (i = 0; i < count && fits && (i + 1) * stride <= size; i++) {
        const DWORD *entry = (const DWORD *)((const char *)structure + offset + i * stride + field);
        BSTR text = objects_string(structure, entry[0], entry[1]);

        fits = text && com_list_add_string(list, text);
        SysFreeString(text);
    }
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}

static HRESULT list_treatments(struct address *self, struct com_list **list)
{
    LINEADDRESSCAPS *caps;
    HRESULT hr = fetch_source(self, FROM_ADDRESS, (void **)&caps);

    if (FAILED(hr))
        return hr;
    *list = list_entries(caps, caps->dwNumCallTreatments, caps->dwCallTreatmentListSize,
                         caps->dwCallTreatmentListOffset, sizeof(LINECALLTREATMENTENTRY),
                         offsetof(LINECALLTREATMENTENTRY, dwCallTreatmentNameSize));
    free(caps);
    return S_OK;
}

/* Completion messages are texts of equal size, one behind the other. */
static HRESULT list_messages(struct address *self, struct com_list **list)
{
    LINEADDRESSCAPS *caps;
    HRESULT hr = fetch_source(self, FROM_ADDRESS, (void **)&caps);
    BOOL fits;
    DWORD i;

    if (FAILED(hr))
        return hr;
    *list = com_list_create(COM_LIST_BSTRS);
    fits = *list != NULL;
    for (i = 0; i < caps->dwNumCompletionMessages && fits; i++) {
        DWORD size = caps->dwCompletionMsgTextEntrySize;
        BSTR text;

        if ((i + 1) * size > caps->dwCompletionMsgTextSize)
            break;
        text = objects_string(caps, size, caps->dwCompletionMsgTextOffset + i * size);
        fits = text && com_list_add_string(*list, text);
        SysFreeString(text);
    }
    if (!fits) {
        com_list_release(*list);
        *list = NULL;
    }
    free(caps);
    return S_OK;
}

/* Device classes: names one behind the other, each with its end, the last with one more. */
static HRESULT list_classes(struct address *self, struct com_list **list)
{
    LINEADDRESSCAPS *caps;
    HRESULT hr = fetch_source(self, FROM_ADDRESS, (void **)&caps);
    DWORD at, end;
    BOOL fits;

    if (FAILED(hr))
        return hr;
    *list = com_list_create(COM_LIST_BSTRS);
    fits = *list != NULL;
    at = caps->dwDeviceClassesOffset;
    end = at + caps->dwDeviceClassesSize;
    if (end > caps->dwUsedSize || end < at)
        end = at;
    while (fits && at + sizeof(WCHAR) <= end) {
        BSTR text = objects_string(caps, end - at, at);

        if (text && !text[0]) {
            SysFreeString(text);
            break;
        }
        fits = text && com_list_add_string(*list, text);
        at += (SysStringLen(text) + 1) * sizeof(WCHAR);
        SysFreeString(text);
    }
    if (!fits) {
        com_list_release(*list);
        *list = NULL;
    }
    free(caps);
    return S_OK;
}

#define CAPS_LIST(get_name, enumerate_name, list_function)                                         \
    static HRESULT WINAPI caps_##get_name(ITAddressCapabilities *iface, VARIANT *out)              \
    {                                                                                              \
        struct address *self = impl_from_ITAddressCapabilities_iface(iface);                       \
        struct com_list *list = NULL;                                                              \
        HRESULT hr;                                                                                \
        CHECK_OUT(self, out);                                                                      \
        hr = list_function(self, &list);                                                           \
        return FAILED(hr) ? hr : objects_collection(list, out, IID_HERE);                          \
    }                                                                                              \
    static HRESULT WINAPI caps_##enumerate_name(ITAddressCapabilities *iface, IEnumBstr **out)     \
    {                                                                                              \
        struct address *self = impl_from_ITAddressCapabilities_iface(iface);                       \
        struct com_list *list = NULL;                                                              \
        HRESULT hr;                                                                                \
        CHECK_OUT(self, out);                                                                      \
        hr = list_function(self, &list);                                                           \
        return FAILED(hr) ? hr : objects_enumerate(list, &IID_IEnumBstr, (void **)out, IID_HERE);  \
    }

CAPS_LIST(get_CallTreatments, EnumerateCallTreatments, list_treatments)
CAPS_LIST(get_CompletionMessages, EnumerateCompletionMessages, list_messages)
CAPS_LIST(get_DeviceClasses, EnumerateDeviceClasses, list_classes)

const ITAddressCapabilitiesVtbl address_caps_vtable = {
    COM_DISPATCH_VTABLE(caps),        caps_get_AddressCapability,
    caps_get_AddressCapabilityString, caps_get_CallTreatments,
    caps_EnumerateCallTreatments,     caps_get_CompletionMessages,
    caps_EnumerateCompletionMessages, caps_get_DeviceClasses,
    caps_EnumerateDeviceClasses,
};

/* ---- ITLegacyAddressMediaControl ----------------------------------------------------------- */

#undef IID_HERE
#define IID_HERE (&IID_ITLegacyAddressMediaControl2)

struct device_query {
    struct address *address;
    HLINE line;
    const WCHAR *device_class;
};

static LONG fetch_id(void *context, void *structure)
{
    struct device_query *query = context;

    return lineGetIDW(query->line, query->address->id, 0, LINECALLSELECT_ADDRESS, structure,
                      query->device_class);
}

static LONG fetch_config(void *context, void *structure)
{
    struct device_query *query = context;

    return lineGetDevConfigW(query->address->device, structure, query->device_class);
}

/* What the methods that give bytes of a device class begin with. */
static HRESULT bytes_begin(struct address *self, BSTR device_class, DWORD *size, BYTE **bytes)
{
    HRESULT hr = objects_clear_bytes(size, bytes, IID_HERE);

    if (SUCCEEDED(hr))
        hr = address_check(self, IID_HERE);
    if (SUCCEEDED(hr) && !device_class)
        hr = com_fail(E_POINTER, IID_HERE, NULL);
    return hr;
}

/* A VARSTRING's bytes as memory of the task allocator. */
static HRESULT give_bytes(VARSTRING *answer, DWORD *size, BYTE **bytes)
{
    DWORD length = answer->dwStringSize;

    if (answer->dwStringOffset > answer->dwUsedSize ||
        length > answer->dwUsedSize - answer->dwStringOffset)
        length = 0;
    *bytes = CoTaskMemAlloc(length ? length : 1);
    if (*bytes) {
        memcpy(*bytes, (char *)answer + answer->dwStringOffset, length);
        *size = length;
    }
    free(answer);
    return *bytes ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT WINAPI device_GetID(ITLegacyAddressMediaControl2 *iface, BSTR device_class,
                                   DWORD *size, BYTE **id)
{
    struct address *self = impl_from_ITLegacyAddressMediaControl2_iface(iface);
    struct device_query query = {.address = self, .device_class = device_class};
    VARSTRING *answer;
    struct line *line;
    HRESULT hr;
    LONG error;

    hr = bytes_begin(self, device_class, size, id);
    if (FAILED(hr))
        return hr;
    hr = line_enter(self, IID_HERE, &line);
    if (FAILED(hr))
        return hr;
    query.line = line->handle;
    answer = objects_fetch(fetch_id, &query, 256, &error);
    line_leave(line);
    if (!answer)
        return com_fail_tapi(error, IID_HERE, "The address has no such device");
    return give_bytes(answer, size, id);
}

static HRESULT WINAPI device_GetDevConfig(ITLegacyAddressMediaControl2 *iface, BSTR device_class,
                                          DWORD *size, BYTE **config)
{
    struct address *self = impl_from_ITLegacyAddressMediaControl2_iface(iface);
    struct device_query query = {.address = self, .device_class = device_class};
    VARSTRING *answer;
    HRESULT hr;
    LONG error;

    hr = bytes_begin(self, device_class, size, config);
    if (FAILED(hr))
        return hr;
    answer = objects_fetch(fetch_config, &query, 256, &error);
    if (!answer)
        return com_fail_tapi(error, IID_HERE, "The device has no configuration");
    return give_bytes(answer, size, config);
}

static HRESULT WINAPI device_SetDevConfig(ITLegacyAddressMediaControl2 *iface, BSTR device_class,
                                          DWORD size, BYTE *config)
{
    struct address *self = impl_from_ITLegacyAddressMediaControl2_iface(iface);
    HRESULT hr = address_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    if (!device_class || !config)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return objects_result(lineSetDevConfigW(self->device, config, size, device_class), IID_HERE,
                          "The device was not configured");
}

static HRESULT WINAPI device_ConfigDialog(ITLegacyAddressMediaControl2 *iface, HWND owner,
                                          BSTR device_class)
{
    struct address *self = impl_from_ITLegacyAddressMediaControl2_iface(iface);
    HRESULT hr = address_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    if (!device_class)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return objects_result(lineConfigDialogW(self->device, owner, device_class), IID_HERE,
                          "The configuration dialog");
}

/* Room for the answer cannot be asked for without showing the dialog again: there is plenty. */
#define EDITED_ROOM 0x10000

static HRESULT WINAPI device_ConfigDialogEdit(ITLegacyAddressMediaControl2 *iface, HWND owner,
                                              BSTR device_class, DWORD size_in, BYTE *config_in,
                                              DWORD *size_out, BYTE **config_out)
{
    struct address *self = impl_from_ITLegacyAddressMediaControl2_iface(iface);
    VARSTRING *answer;
    HRESULT hr;
    LONG error;

    hr = bytes_begin(self, device_class, size_out, config_out);
    if (FAILED(hr))
        return hr;
    if (!config_in)
        return com_fail(E_POINTER, IID_HERE, NULL);
    answer = calloc(1, EDITED_ROOM);
    if (!answer)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    answer->dwTotalSize = EDITED_ROOM;
    error = lineConfigDialogEditW(self->device, owner, device_class, config_in, size_in, answer);
    if (error) {
        free(answer);
        return com_fail_tapi(error, IID_HERE, "The configuration dialog");
    }
    return give_bytes(answer, size_out, config_out);
}

const ITLegacyAddressMediaControl2Vtbl address_media_vtable = {
    COM_UNKNOWN_VTABLE(device), device_GetID,        device_GetDevConfig,
    device_SetDevConfig,        device_ConfigDialog, device_ConfigDialogEdit,
};
