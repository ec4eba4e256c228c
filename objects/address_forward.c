/* address_forward.c - forwarding of an Address, and do-not-disturb, which is forwarding to nowhere:
 * over lineForward and lineGetAddressStatus (tapi-docs/forward-ovr.md). */
#include "objects/private.h"

#include <stdlib.h>

#define IID_HERE (&IID_ITAddress2)

/* A LINEFORWARD has its address types since version 3.1 of the API. */
static DWORD entry_size(const struct address *self)
{
    return self->api_version < 0x00030001 ? offsetof(LINEFORWARD, dwCallerAddressType)
                                          : sizeof(LINEFORWARD);
}

/* ---- setting it ---------------------------------------------------------------------------- */

/* Keeps an idle call of CreateCall for the consultation. */
static HRESULT reserve(struct call *call)
{
    BOOL idle;

    AcquireSRWLockExclusive(&call->lock);
    idle = call->state == CS_IDLE && !call->handle && !call->connecting && call->params;
    if (idle)
        call->connecting = TRUE;
    ReleaseSRWLockExclusive(&call->lock);
    return idle ? S_OK
                : com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                           "The consultation call must be one of CreateCall that is idle.");
}

/* The provider has made no call, or refused: the call may be used for something else. */
static void unreserve(struct call *call)
{
    AcquireSRWLockExclusive(&call->lock);
    call->connecting = FALSE;
    ReleaseSRWLockExclusive(&call->lock);
    if (!call_handle(call))
        call_set_line(call, NULL);
}

/* A consultation call that the application did not ask for: nobody would end it. */
static void drop_unwanted(struct tapi *tapi, HCALL handle)
{
    struct request *request = request_begin(tapi);

    if (request)
        request_finish(tapi, request, lineDrop(handle, NULL, 0));
    lineDeallocateCall(handle);
}

static HRESULT send_forward(struct address *self, const LINEFORWARDLIST *list, DWORD rings,
                            struct call *consult)
{
    struct tapi *tapi = self->tapi;
    LINECALLPARAMS *params = NULL;
    struct line *line, *calls_line = NULL;
    struct request *request = NULL;
    HCALL unwanted = 0;
    LONG error = LINEERR_NOMEM;
    HRESULT hr = line_enter(self, IID_HERE, &line);

    if (FAILED(hr))
        return hr;
    if (consult) {
        hr = line_enter(self, IID_HERE, &calls_line);
        if (FAILED(hr))
            goto done;
        call_set_line(consult, calls_line);
        params = call_params_build(consult);
    }
    request = consult && !params ? NULL : request_begin(tapi);
    if (request) {
        if (consult) {
            request->call[0] = consult;
            com_use(&consult->com);
        }
        error = request_finish_keep(tapi, request,
                                    lineForwardW(line->handle, FALSE, self->id, (void *)list, rings,
                                                 &request->handle[0], params));
        if (error == 0 && !consult)
            unwanted = request->handle[0];
        request_release(request);
    }
    if (unwanted)
        drop_unwanted(tapi, unwanted);
    hr = objects_result(error, IID_HERE, "The address was not forwarded");
done:
    free(params);
    line_leave(line);
    return hr;
}

HRESULT address_forward(struct address *self, ITForwardInformation *information,
                        ITBasicCallControl *consultation)
{
    struct call *consult = consultation ? call_from(consultation) : NULL;
    LINEFORWARDLIST *list;
    DWORD rings;
    HRESULT hr = address_check(self, IID_HERE);

    if (FAILED(hr))
        return hr;
    if (!information)
        return com_fail(E_POINTER, IID_HERE, "A ForwardInformation object is needed.");
    if (consultation && (!consult || consult->address != self))
        return com_fail(E_INVALIDARG, IID_HERE,
                        "The consultation call is not one of this address.");
    hr = forward_info_build(information, entry_size(self), &list, &rings);
    if (FAILED(hr))
        return com_fail(hr, IID_HERE,
                        hr == E_INVALIDARG
                            ? "The forwarding must be an object of CreateForwardInfoObject."
                            : NULL);
    if (consult)
        hr = reserve(consult);
    if (SUCCEEDED(hr)) {
        hr = send_forward(self, list, rings, consult);
        if (consult && !call_handle(consult))
            unreserve(consult);
    }
    free(list);
    return hr;
}

/* ---- asking for it ------------------------------------------------------------------------- */

struct status_query {
    HLINE line;
    DWORD address;
};

static LONG fetch_status(void *context, void *structure)
{
    struct status_query *query = context;

    return lineGetAddressStatusW(query->line, query->address, structure);
}

/* free() it. NULL: *hr says why, with a sentence. */
static LINEADDRESSSTATUS *get_status(struct address *self, HRESULT *hr)
{
    struct status_query query = {.address = self->id};
    LINEADDRESSSTATUS *status;
    struct line *line;
    LONG error;

    *hr = line_enter(self, IID_HERE, &line);
    if (FAILED(*hr))
        return NULL;
    query.line = line->handle;
    status = objects_fetch(fetch_status, &query, 1024, &error);
    line_leave(line);
    if (!status)
        *hr = com_fail_tapi(error, IID_HERE, "The forwarding of the address is not known");
    return status;
}

HRESULT address_current_forward(struct address *self, ITForwardInformation **out)
{
    HRESULT hr;
    LINEADDRESSSTATUS *status = get_status(self, &hr);

    *out = NULL;
    if (!status)
        return hr;
    hr = forward_info_from_status(status, entry_size(self), out);
    free(status);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
}

/* ---- do not disturb ------------------------------------------------------------------------ */

/* lineForward has no other word for it: all calls, unconditionally, to an empty address. */
HRESULT address_get_disturb(struct address *self, VARIANT_BOOL *disturb)
{
    HRESULT hr;
    LINEADDRESSSTATUS *status = get_status(self, &hr);
    DWORD size = entry_size(self), i;

    *disturb = VARIANT_FALSE;
    if (!status)
        return hr;
    if (status->dwForwardOffset <= status->dwUsedSize &&
        status->dwForwardSize <= status->dwUsedSize - status->dwForwardOffset)
        for (i = 0; i < status->dwForwardNumEntries && (i + 1) * size <= status->dwForwardSize;
             i++) {
            const LINEFORWARD *entry =
                (const void *)((const BYTE *)status + status->dwForwardOffset + i * size);

            if (entry->dwForwardMode == LINEFORWARDMODE_UNCOND &&
                entry->dwDestAddressSize <= sizeof(WCHAR))
                *disturb = VARIANT_TRUE;
        }
    free(status);
    return S_OK;
}

/* The other conditions stay. Some switches take the request and do nothing: then what was there
 * before is put back. */
HRESULT address_set_disturb(struct address *self, VARIANT_BOOL disturb)
{
    ITForwardInformation *before = NULL, *after = NULL;
    BSTR nowhere = SysAllocString(L"");
    VARIANT_BOOL now;
    HRESULT hr = address_check(self, IID_HERE);

    if (SUCCEEDED(hr) && !nowhere)
        hr = com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    if (SUCCEEDED(hr))
        hr = address_get_disturb(self, &now);
    if (FAILED(hr) || !now == !disturb)
        goto done;
    hr = address_current_forward(self, &before);
    if (SUCCEEDED(hr))
        hr = address_current_forward(self, &after);
    if (FAILED(hr))
        goto done;
    if (disturb)
        hr = ITForwardInformation_SetForwardType(after, LINEFORWARDMODE_UNCOND, nowhere, NULL);
    else
        forward_info_remove(after, LINEFORWARDMODE_UNCOND);
    if (SUCCEEDED(hr))
        hr = address_forward(self, after, NULL);
    if (SUCCEEDED(hr))
        hr = address_get_disturb(self, &now);
    if (SUCCEEDED(hr) && !now != !disturb) {
        address_forward(self, before, NULL);
        hr = com_fail(TAPI_E_NOTSUPPORTED, IID_HERE, "The address has no do-not-disturb.");
    }
done:
    if (before)
        ITForwardInformation_Release(before);
    if (after)
        ITForwardInformation_Release(after);
    SysFreeString(nowhere);
    return hr;
}
