/* call_info.c - ITCallInfo and ITCallInfo2: before Connect out of the call's LINECALLPARAMS, from
 * then on out of LINECALLINFO. What is where stands in three tables. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(info, call, ITCallInfo2, ITCallInfo2_iface)

#define IID_HERE (&IID_ITCallInfo2)

#define NOWHERE          ((size_t)-1)
#define IN_INFO(field)   offsetof(LINECALLINFO, field)
#define IN_PARAMS(field) offsetof(LINECALLPARAMS, field)

enum put_rule {
    PUT_NEVER,      /* only the provider sets it */
    PUT_BEFORE,     /* before Connect only */
    PUT_CALLPARAMS, /* also later, with lineSetCallParams */
    PUT_APPSPECIFIC,
    PUT_TREATMENT,
    PUT_COUNTRY,
};

static const struct {
    size_t info, params;
    enum put_rule put;
} longs[] = {
    [CIL_MEDIATYPESAVAILABLE] = {IN_INFO(dwMediaMode), NOWHERE, PUT_NEVER},
    [CIL_BEARERMODE] = {IN_INFO(dwBearerMode), IN_PARAMS(dwBearerMode), PUT_CALLPARAMS},
    [CIL_CALLERIDADDRESSTYPE] = {IN_INFO(dwCallerIDAddressType), NOWHERE, PUT_NEVER},
    [CIL_CALLEDIDADDRESSTYPE] = {IN_INFO(dwCalledIDAddressType), NOWHERE, PUT_NEVER},
    [CIL_CONNECTEDIDADDRESSTYPE] = {IN_INFO(dwConnectedIDAddressType), NOWHERE, PUT_NEVER},
    [CIL_REDIRECTIONIDADDRESSTYPE] = {IN_INFO(dwRedirectionIDAddressType), NOWHERE, PUT_NEVER},
    [CIL_REDIRECTINGIDADDRESSTYPE] = {IN_INFO(dwRedirectingIDAddressType), NOWHERE, PUT_NEVER},
    [CIL_ORIGIN] = {IN_INFO(dwOrigin), NOWHERE, PUT_NEVER},
    [CIL_REASON] = {IN_INFO(dwReason), NOWHERE, PUT_NEVER},
    [CIL_APPSPECIFIC] = {IN_INFO(dwAppSpecific), NOWHERE, PUT_APPSPECIFIC},
    [CIL_CALLPARAMSFLAGS] = {IN_INFO(dwCallParamFlags), IN_PARAMS(dwCallParamFlags), PUT_BEFORE},
    [CIL_CALLTREATMENT] = {IN_INFO(dwCallTreatment), NOWHERE, PUT_TREATMENT},
    [CIL_MINRATE] = {NOWHERE, IN_PARAMS(dwMinRate), PUT_CALLPARAMS},
    [CIL_MAXRATE] = {NOWHERE, IN_PARAMS(dwMaxRate), PUT_CALLPARAMS},
    [CIL_COUNTRYCODE] = {IN_INFO(dwCountryCode), NOWHERE, PUT_COUNTRY},
    [CIL_CALLID] = {IN_INFO(dwCallID), NOWHERE, PUT_NEVER},
    [CIL_RELATEDCALLID] = {IN_INFO(dwRelatedCallID), NOWHERE, PUT_NEVER},
    [CIL_COMPLETIONID] = {IN_INFO(dwCompletionID), NOWHERE, PUT_NEVER},
    [CIL_NUMBEROFOWNERS] = {IN_INFO(dwNumOwners), NOWHERE, PUT_NEVER},
    [CIL_NUMBEROFMONITORS] = {IN_INFO(dwNumMonitors), NOWHERE, PUT_NEVER},
    [CIL_TRUNK] = {IN_INFO(dwTrunk), NOWHERE, PUT_NEVER},
    [CIL_RATE] = {IN_INFO(dwRate), NOWHERE, PUT_NEVER},
    [CIL_GENERATEDIGITDURATION] = {IN_INFO(DialParams.dwDigitDuration),
                                   IN_PARAMS(DialParams.dwDigitDuration), PUT_CALLPARAMS},
    [CIL_MONITORDIGITMODES] = {IN_INFO(dwMonitorDigitModes), NOWHERE, PUT_NEVER},
    [CIL_MONITORMEDIAMODES] = {IN_INFO(dwMonitorMediaModes), NOWHERE, PUT_NEVER},
};

/* size is where the size of the text stands; its offset follows. */
static const struct {
    size_t size;
    int blob; /* enum call_blob, -1: the provider's alone */
} strings[] = {
    [CIS_CALLERIDNAME] = {IN_INFO(dwCallerIDNameSize), -1},
    [CIS_CALLERIDNUMBER] = {IN_INFO(dwCallerIDSize), -1},
    [CIS_CALLEDIDNAME] = {IN_INFO(dwCalledIDNameSize), -1},
    [CIS_CALLEDIDNUMBER] = {IN_INFO(dwCalledIDSize), -1},
    [CIS_CONNECTEDIDNAME] = {IN_INFO(dwConnectedIDNameSize), -1},
    [CIS_CONNECTEDIDNUMBER] = {IN_INFO(dwConnectedIDSize), -1},
    [CIS_REDIRECTIONIDNAME] = {IN_INFO(dwRedirectionIDNameSize), -1},
    [CIS_REDIRECTIONIDNUMBER] = {IN_INFO(dwRedirectionIDSize), -1},
    [CIS_REDIRECTINGIDNAME] = {IN_INFO(dwRedirectingIDNameSize), -1},
    [CIS_REDIRECTINGIDNUMBER] = {IN_INFO(dwRedirectingIDSize), -1},
    [CIS_CALLEDPARTYFRIENDLYNAME] = {IN_INFO(dwCalledPartySize), BLOB_CALLED_PARTY},
    [CIS_COMMENT] = {IN_INFO(dwCommentSize), BLOB_COMMENT},
    [CIS_DISPLAYABLEADDRESS] = {IN_INFO(dwDisplayableAddressSize), BLOB_DISPLAYABLE},
    [CIS_CALLINGPARTYID] = {NOWHERE, BLOB_CALLING_PARTY},
};

static const struct {
    size_t size;
    int blob;
} buffers[] = {
    [CIB_USERUSERINFO] = {IN_INFO(dwUserUserInfoSize), BLOB_USER_USER},
    [CIB_DEVSPECIFICBUFFER] = {IN_INFO(dwDevSpecificSize), BLOB_DEV_SPECIFIC},
    [CIB_CALLDATABUFFER] = {IN_INFO(dwCallDataSize), BLOB_CALL_DATA},
    [CIB_CHARGINGINFOBUFFER] = {IN_INFO(dwChargingInfoSize), -1},
    [CIB_HIGHLEVELCOMPATIBILITYBUFFER] = {IN_INFO(dwHighLevelCompSize), BLOB_HIGH_LEVEL},
    [CIB_LOWLEVELCOMPATIBILITYBUFFER] = {IN_INFO(dwLowLevelCompSize), BLOB_LOW_LEVEL},
};

static LONG fetch_info(void *context, void *structure)
{
    return lineGetCallInfoW(*(HCALL *)context, structure);
}

static LINECALLINFO *get_info(HCALL handle, LONG *error)
{
    return objects_fetch(fetch_info, &handle, 1024, error);
}

/* The call has a handle: LINECALLINFO, or an error with a sentence. */
static HRESULT info_of(HCALL handle, LINECALLINFO **information)
{
    LONG error;

    *information = get_info(handle, &error);
    return *information ? S_OK
                        : com_fail_tapi(error, IID_HERE, "The call's information is not available");
}

static HRESULT fail_no_parameter(const char *what, int value)
{
    return com_fail(E_INVALIDARG, IID_HERE, "%d is not a %s.", value, what);
}

static HRESULT fail_read_only(void)
{
    return com_fail(TAPI_E_NOTSUPPORTED, IID_HERE, "This is set by the service provider alone.");
}

static HRESULT fail_too_late(void)
{
    return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                    "This can be set only before the call is connected.");
}

/* ---- the call itself ----------------------------------------------------------------------- */

static HRESULT WINAPI info_get_Address(ITCallInfo2 *iface, ITAddress **address)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);

    if (!address)
        return com_fail(E_POINTER, IID_HERE, NULL);
    com_hand_out(&self->address->com);
    *address = (ITAddress *)&self->address->ITAddress2_iface;
    return S_OK;
}

static HRESULT WINAPI info_get_CallState(ITCallInfo2 *iface, CALL_STATE *state)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);

    if (!state)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *state = self->state;
    return S_OK;
}

static HRESULT WINAPI info_get_Privilege(ITCallInfo2 *iface, CALL_PRIVILEGE *privilege)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);

    if (!privilege)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *privilege = self->privilege;
    return S_OK;
}

static HRESULT WINAPI info_get_CallHub(ITCallInfo2 *iface, ITCallHub **hub)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);

    CHECK_OUT(self->address, hub);
    return hub_of_call(self, hub);
}

/* ---- numbers ------------------------------------------------------------------------------- */

static HRESULT WINAPI info_get_CallInfoLong(ITCallInfo2 *iface, CALLINFO_LONG which, LONG *value)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    LINECALLINFO *information;
    HCALL handle;
    HRESULT hr = S_OK;
    size_t field;

    CHECK_OUT(self->address, value);
    if ((unsigned)which >= ARRAYSIZE(longs))
        return fail_no_parameter("CALLINFO_LONG", which);
    handle = call_handle(self);
    field = longs[which].info;
    /* Nobody has said within which bounds an offered call's rate should be: they are that rate. */
    if (handle && !self->params && (which == CIL_MINRATE || which == CIL_MAXRATE))
        field = IN_INFO(dwRate);
    if (handle && field != NOWHERE) {
        hr = info_of(handle, &information);
        if (FAILED(hr))
            return hr;
        *value = *(DWORD *)((char *)information + field);
        if (which == CIL_MEDIATYPESAVAILABLE)
            *value = address_to_types(*value);
        free(information);
        return S_OK;
    }
    AcquireSRWLockShared(&self->lock);
    if (which == CIL_MEDIATYPESAVAILABLE)
        *value = self->media;
    else if (self->params && which == CIL_COUNTRYCODE)
        *value = self->params->country;
    else if (self->params && longs[which].params != NOWHERE)
        *value = *(DWORD *)((char *)&self->params->fixed + longs[which].params);
    else
        hr = TAPI_E_INVALCALLSTATE;
    ReleaseSRWLockShared(&self->lock);
    return SUCCEEDED(hr)
               ? S_OK
               : com_fail(hr, IID_HERE, "The call does not have this before it connects.");
}

static HRESULT put_before(struct call *self, CALLINFO_LONG which, LONG value)
{
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&self->lock);
    if (!self->params || self->state != CS_IDLE || self->connecting)
        hr = TAPI_E_INVALCALLSTATE;
    else if (which == CIL_COUNTRYCODE)
        self->params->country = value;
    else
        *(DWORD *)((char *)&self->params->fixed + longs[which].params) = value;
    ReleaseSRWLockExclusive(&self->lock);
    return SUCCEEDED(hr) ? S_OK : fail_too_late();
}

/* lineSetCallParams wants all of them: the others stay as they are. */
static HRESULT put_callparams(struct call *self, HCALL handle, CALLINFO_LONG which, LONG value)
{
    LINECALLINFO *information;
    LINEDIALPARAMS dial;
    DWORD bearer, low, high;
    struct request *request;
    HRESULT hr = info_of(handle, &information);

    if (FAILED(hr))
        return hr;
    AcquireSRWLockShared(&self->lock);
    low = self->params ? self->params->fixed.dwMinRate : 0;
    high = self->params ? self->params->fixed.dwMaxRate : 0;
    ReleaseSRWLockShared(&self->lock);
    bearer = which == CIL_BEARERMODE ? (DWORD)value : information->dwBearerMode;
    low = which == CIL_MINRATE ? (DWORD)value : low;
    high = which == CIL_MAXRATE ? (DWORD)value : high ? high : information->dwRate;
    dial = information->DialParams;
    if (which == CIL_GENERATEDIGITDURATION)
        dial.dwDigitDuration = value;
    free(information);
    if (which == CIL_MINRATE && high < low)
        high = low;
    if (which == CIL_MAXRATE && low > high)
        low = high;
    request = request_begin(call_tapi(self));
    if (!request)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    hr = objects_result(request_finish(call_tapi(self), request,
                                       lineSetCallParams(handle, bearer, low, high, &dial)),
                        IID_HERE, "The call's parameters were not changed");
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&self->lock);
    if (self->params) {
        self->params->fixed.dwMinRate = low;
        self->params->fixed.dwMaxRate = high;
    }
    ReleaseSRWLockExclusive(&self->lock);
    return hr;
}

static HRESULT WINAPI info_put_CallInfoLong(ITCallInfo2 *iface, CALLINFO_LONG which, LONG value)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    struct request *request;
    HCALL handle;
    HRESULT hr = address_check(self->address, IID_HERE);

    if (FAILED(hr))
        return hr;
    if ((unsigned)which >= ARRAYSIZE(longs))
        return fail_no_parameter("CALLINFO_LONG", which);
    handle = call_handle(self);
    switch (longs[which].put) {
    case PUT_NEVER:
        return fail_read_only();
    case PUT_BEFORE:
    case PUT_COUNTRY:
        return handle ? fail_too_late() : put_before(self, which, value);
    case PUT_CALLPARAMS:
        return handle ? put_callparams(self, handle, which, value) : put_before(self, which, value);
    case PUT_APPSPECIFIC:
        hr = call_check(self, IID_HERE, &handle);
        return FAILED(hr) ? hr
                          : objects_result(lineSetAppSpecific(handle, value), IID_HERE,
                                           "The application's value was not set");
    default:
        hr = call_check(self, IID_HERE, &handle);
        if (FAILED(hr))
            return hr;
        request = request_begin(call_tapi(self));
        if (!request)
            return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
        return objects_result(
            request_finish(call_tapi(self), request, lineSetCallTreatment(handle, value)), IID_HERE,
            "The call treatment was not set");
    }
}

/* ---- texts --------------------------------------------------------------------------------- */

static HRESULT WINAPI info_get_CallInfoString(ITCallInfo2 *iface, CALLINFO_STRING which, BSTR *text)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    LINECALLINFO *information;
    HCALL handle;
    HRESULT hr;

    CHECK_OUT(self->address, text);
    if ((unsigned)which >= ARRAYSIZE(strings))
        return fail_no_parameter("CALLINFO_STRING", which);
    handle = call_handle(self);
    if (handle && strings[which].size != NOWHERE) {
        DWORD *field;

        hr = info_of(handle, &information);
        if (FAILED(hr))
            return hr;
        field = (DWORD *)((char *)information + strings[which].size);
        *text = objects_string(information, field[0], field[1]);
        free(information);
    } else if (strings[which].blob >= 0 && self->params) {
        AcquireSRWLockShared(&self->lock);
        *text = SysAllocStringLen(
            self->params->blobs[strings[which].blob].data,
            self->params->blobs[strings[which].blob].size
                ? self->params->blobs[strings[which].blob].size / sizeof(WCHAR) - 1
                : 0);
        ReleaseSRWLockShared(&self->lock);
    } else {
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                        "The call does not have this before it connects.");
    }
    return *text ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

static HRESULT put_blob(struct call *self, int blob, const void *data, DWORD size)
{
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&self->lock);
    if (!self->params || self->state != CS_IDLE || self->connecting)
        hr = TAPI_E_INVALCALLSTATE;
    else if (!call_params_set(self->params, blob, data, size))
        hr = E_OUTOFMEMORY;
    ReleaseSRWLockExclusive(&self->lock);
    if (hr == TAPI_E_INVALCALLSTATE)
        return fail_too_late();
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
}

static HRESULT WINAPI info_put_CallInfoString(ITCallInfo2 *iface, CALLINFO_STRING which, BSTR text)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    HRESULT hr = address_check(self->address, IID_HERE);

    if (FAILED(hr))
        return hr;
    if ((unsigned)which >= ARRAYSIZE(strings))
        return fail_no_parameter("CALLINFO_STRING", which);
    if (strings[which].blob < 0)
        return fail_read_only();
    return put_blob(self, strings[which].blob, text,
                    text ? (SysStringLen(text) + 1) * sizeof(WCHAR) : 0);
}

/* ---- buffers ------------------------------------------------------------------------------- */

static HRESULT WINAPI info_GetCallInfoBuffer(ITCallInfo2 *iface, CALLINFO_BUFFER which, DWORD *size,
                                             BYTE **bytes)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    LINECALLINFO *information = NULL;
    const void *data = NULL;
    HCALL handle;
    HRESULT hr;

    hr = objects_clear_bytes(size, bytes, IID_HERE);
    if (SUCCEEDED(hr))
        hr = address_check(self->address, IID_HERE);
    if (FAILED(hr))
        return hr;
    if ((unsigned)which >= ARRAYSIZE(buffers))
        return fail_no_parameter("CALLINFO_BUFFER", which);
    handle = call_handle(self);
    if (!handle && (buffers[which].blob < 0 || !self->params))
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                        "The call does not have this before it connects.");
    if (handle) {
        DWORD *field;

        hr = info_of(handle, &information);
        if (FAILED(hr))
            return hr;
        field = (DWORD *)((char *)information + buffers[which].size);
        if (field[1] <= information->dwUsedSize && field[0] <= information->dwUsedSize - field[1]) {
            data = (char *)information + field[1];
            *size = field[0];
        }
        *bytes = CoTaskMemAlloc(*size ? *size : 1);
        if (*bytes && *size)
            memcpy(*bytes, data, *size);
        free(information);
    } else {
        AcquireSRWLockShared(&self->lock);
        *size = self->params->blobs[buffers[which].blob].size;
        *bytes = CoTaskMemAlloc(*size ? *size : 1);
        if (*bytes && *size)
            memcpy(*bytes, self->params->blobs[buffers[which].blob].data, *size);
        ReleaseSRWLockShared(&self->lock);
    }
    if (!*bytes) {
        *size = 0;
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    return S_OK;
}

static HRESULT WINAPI info_SetCallInfoBuffer(ITCallInfo2 *iface, CALLINFO_BUFFER which, DWORD size,
                                             BYTE *bytes)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    struct tapi *tapi = call_tapi(self);
    struct request *request;
    HCALL handle;
    HRESULT hr = tapi_check(tapi, IID_HERE);
    LONG error;

    if (FAILED(hr))
        return hr;
    if ((unsigned)which >= ARRAYSIZE(buffers))
        return fail_no_parameter("CALLINFO_BUFFER", which);
    if (!bytes && size)
        return com_fail(E_POINTER, IID_HERE, NULL);
    if (buffers[which].blob < 0)
        return fail_read_only();
    handle = call_handle(self);
    if (!handle)
        return put_blob(self, buffers[which].blob, bytes, size);
    if (which != CIB_USERUSERINFO && which != CIB_CALLDATABUFFER)
        return fail_too_late();
    request = request_begin(tapi);
    if (!request)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    error = which == CIB_USERUSERINFO ? lineSendUserUserInfo(handle, (LPCSTR)bytes, size)
                                      : lineSetCallData(handle, bytes, size);
    return objects_result(request_finish(tapi, request, error), IID_HERE,
                          "The call's information was not changed");
}

HRESULT objects_clear_bytes(DWORD *size, BYTE **bytes, REFIID iid)
{
    if (size)
        *size = 0;
    if (bytes)
        *bytes = NULL;
    return size && bytes ? S_OK : com_fail(E_POINTER, iid, NULL);
}

HRESULT objects_byte_array(const void *bytes, DWORD size, VARIANT *out)
{
    SAFEARRAY *array = SafeArrayCreateVector(VT_UI1, 0, size);
    void *data;

    VariantInit(out);
    if (!array)
        return E_OUTOFMEMORY;
    if (FAILED(SafeArrayAccessData(array, &data))) {
        SafeArrayDestroy(array);
        return E_OUTOFMEMORY;
    }
    memcpy(data, bytes, size);
    SafeArrayUnaccessData(array);
    V_VT(out) = VT_ARRAY | VT_UI1;
    V_ARRAY(out) = array;
    return S_OK;
}

static HRESULT WINAPI info_get_CallInfoBuffer(ITCallInfo2 *iface, CALLINFO_BUFFER which,
                                              VARIANT *value)
{
    BYTE *bytes = NULL;
    DWORD size;
    HRESULT hr;

    if (!value)
        return com_fail(E_POINTER, IID_HERE, NULL);
    VariantInit(value);
    hr = info_GetCallInfoBuffer(iface, which, &size, &bytes);
    if (FAILED(hr))
        return hr;
    hr = objects_byte_array(bytes, size, value);
    CoTaskMemFree(bytes);
    return FAILED(hr) ? com_fail(hr, IID_HERE, NULL) : S_OK;
}

static HRESULT WINAPI info_put_CallInfoBuffer(ITCallInfo2 *iface, CALLINFO_BUFFER which,
                                              VARIANT value)
{
    SAFEARRAY *array =
        V_ISBYREF(&value) ? (V_ARRAYREF(&value) ? *V_ARRAYREF(&value) : NULL) : V_ARRAY(&value);
    HRESULT hr = address_check(impl_from_ITCallInfo2_iface(iface)->address, IID_HERE);
    LONG low, high;
    void *data;

    if (FAILED(hr))
        return hr;
    if ((V_VT(&value) & ~VT_BYREF) != (VT_ARRAY | VT_UI1) || !array || SafeArrayGetDim(array) != 1)
        return com_fail(E_INVALIDARG, IID_HERE, "An array of bytes is needed.");
    SafeArrayGetLBound(array, 1, &low);
    SafeArrayGetUBound(array, 1, &high);
    hr = SafeArrayAccessData(array, &data);
    if (FAILED(hr))
        return com_fail(hr, IID_HERE, NULL);
    hr = info_SetCallInfoBuffer(iface, which, high - low + 1, data);
    SafeArrayUnaccessData(array);
    return hr;
}

static HRESULT WINAPI info_ReleaseUserUserInfo(ITCallInfo2 *iface)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    struct request *request;
    HCALL handle;
    HRESULT hr = call_check(self, IID_HERE, &handle);

    if (FAILED(hr))
        return hr;
    request = request_begin(call_tapi(self));
    if (!request)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    return objects_result(request_finish(call_tapi(self), request, lineReleaseUserUserInfo(handle)),
                          IID_HERE, "The user-user information was not released");
}

/* ---- ITCallInfo2 --------------------------------------------------------------------------- */

static HRESULT WINAPI info_get_EventFilter(ITCallInfo2 *iface, TAPI_EVENT type, LONG sub_event,
                                           VARIANT_BOOL *enable)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    HRESULT hr;

    CHECK_OUT(self->address, enable);
    AcquireSRWLockShared(&call_tapi(self)->lock);
    hr = event_mask_get(self->mask, self->address->mask, type, sub_event, enable);
    ReleaseSRWLockShared(&call_tapi(self)->lock);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, "There is no such event or sub-event.");
}

static HRESULT WINAPI info_put_EventFilter(ITCallInfo2 *iface, TAPI_EVENT type, LONG sub_event,
                                           VARIANT_BOOL enable)
{
    struct call *self = impl_from_ITCallInfo2_iface(iface);
    HRESULT hr = address_check(self->address, IID_HERE);

    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&call_tapi(self)->lock);
    hr = event_mask_put(&self->mask, self->address->mask, type, sub_event, enable);
    ReleaseSRWLockExclusive(&call_tapi(self)->lock);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, "There is no such event or sub-event.");
}

const ITCallInfo2Vtbl call_info_vtable = {
    COM_DISPATCH_VTABLE(info), info_get_Address,         info_get_CallState,
    info_get_Privilege,        info_get_CallHub,         info_get_CallInfoLong,
    info_put_CallInfoLong,     info_get_CallInfoString,  info_put_CallInfoString,
    info_get_CallInfoBuffer,   info_put_CallInfoBuffer,  info_GetCallInfoBuffer,
    info_SetCallInfoBuffer,    info_ReleaseUserUserInfo, info_get_EventFilter,
    info_put_EventFilter,
};
