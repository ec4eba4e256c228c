/* hub_tracking.c - call hub tracking (ITTAPI::SetCallHubTracking): the providers are told to report
 * identifiers of all calls, and the calls of others that belong to our hubs become Call objects, as
 * monitor, as far as the program has their lines open (docs/session-control.md). */
#include "objects/private.h"

#include "tapi32/private.h"

#include <stdlib.h>
#include <string.h>

/* ---- calls of others ----------------------------------------------------------------------- */

/* Is the call one that we have already, under a handle of another line that is open on the address?
 */
static BOOL has_call(struct address *address, DWORD call_id)
{
    struct call *call;

    AcquireSRWLockShared(&address->tapi->lock);
    for (call = address->calls; call && (!call->handle || call->call_id != call_id);)
        call = call->next;
    ReleaseSRWLockShared(&address->tapi->lock);
    return call != NULL;
}

/* The line of a call, with a user for the call to have; and its address, a use to give back. */
static struct line *line_of_call(struct tapi *tapi, HCALL handle, struct address **address,
                                 DWORD *call_id)
{
    union {
        LINECALLINFO information;
        BYTE bytes[2048];
    } buffer;
    struct line *line;

    *address = NULL;
    buffer.information.dwTotalSize = sizeof(buffer);
    if (lineGetCallInfoW(handle, &buffer.information) != 0)
        return NULL;
    *call_id = buffer.information.dwCallID;
    AcquireSRWLockExclusive(&tapi->lock);
    line = handle_map_get(&tapi->lines, (DWORD)(DWORD_PTR)buffer.information.hLine);
    if (line) {
        line->users++;
        *address = line->address;
        com_use(&line->address->com);
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    if (line && line->address->id != buffer.information.dwAddressID) {
        struct address *other =
            address_find(tapi, line->address->device, buffer.information.dwAddressID);

        if (other) {
            com_unuse(&line->address->com);
            *address = other;
        }
    }
    return line;
}

/* A handle that OpenTapiLineGetHubRelatedCalls has made for us becomes a Call. One that is ours as
 * owner belongs to a request or a notification that is on its way. */
static void adopt(struct tapi *tapi, HCALL handle)
{
    union {
        LINECALLSTATUS status;
        BYTE bytes[1024];
    } buffer;
    struct address *address;
    DWORD call_id;
    struct line *line;
    struct call *call = call_find(tapi, handle);

    if (call) {
        com_unuse(&call->com);
        return;
    }
    buffer.status.dwTotalSize = sizeof(buffer);
    if (lineGetCallStatus(handle, &buffer.status) != 0 ||
        buffer.status.dwCallPrivilege & LINECALLPRIVILEGE_OWNER)
        return;
    line = line_of_call(tapi, handle, &address, &call_id);
    if (!line)
        return;
    if (has_call(address, call_id) ||
        FAILED(call_create(address, address_to_types(address->line_media), &call))) {
        line_leave(line);
        lineDeallocateCall(handle);
        com_unuse(&address->com);
        return;
    }
    call->unclaimed = TRUE; /* kept until it ends: nobody is notified of it, but for the hub */
    call->privilege = CP_MONITOR;
    call_set_line(call, line);
    call_bind(call, handle);
    hub_enter(call);
    call_state_message(call, buffer.status.dwCallState & 0x00ffffff, buffer.status.dwCallStateMode,
                       LINECALLPRIVILEGE_MONITOR);
    com_unuse(&address->com);
}

static LONG fetch_related(void *context, void *structure)
{
    return OpenTapiLineGetHubRelatedCalls(*(HCALL *)context, structure);
}

static void gather(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    HCALL handle = call_handle(call);
    LINECALLLIST *list;
    LONG error;
    DWORD i;

    if (!handle)
        return;
    list = objects_fetch(fetch_related, &handle, 512, &error);
    if (!list)
        return; /* a call that belongs to no hub */
    if (list->dwCallsOffset <= list->dwUsedSize &&
        list->dwCallsSize <= list->dwUsedSize - list->dwCallsOffset)
        for (i = 0; i < list->dwCallsNumEntries && (i + 1) * sizeof(HCALL) <= list->dwCallsSize;
             i++) {
            HCALL related;

            memcpy(&related, (const BYTE *)list + list->dwCallsOffset + i * sizeof(HCALL),
                   sizeof(related));
            if (related != handle)
                adopt(tapi, related);
        }
    free(list);
}

void hub_announced(struct call *call)
{
    if (call->address->hub_tracking) {
        hub_enter(call);
        gather(call);
    } else {
        hub_join(call);
    }
}

/* ---- SetCallHubTracking -------------------------------------------------------------------- */

/* The calls that are there already. */
static void announce_calls(struct address *address)
{
    struct call *calls[64], *call;
    unsigned count = 0, i;

    AcquireSRWLockShared(&address->tapi->lock);
    for (call = address->calls; call && count < ARRAYSIZE(calls); call = call->next)
        if (call->handle && !call->hub_left) {
            com_use(&call->com);
            calls[count++] = call;
        }
    ReleaseSRWLockShared(&address->tapi->lock);
    for (i = 0; i < count; i++) {
        hub_announced(calls[i]);
        com_unuse(&calls[i]->com);
    }
}

/* The line stays open while it is tracked: there are no calls of others on a line that is closed.
 */
static void keep_line(struct address *address, struct line *line)
{
    struct line *before;

    AcquireSRWLockExclusive(&address->tapi->lock);
    before = address->tracked_line;
    address->tracked_line = line;
    ReleaseSRWLockExclusive(&address->tapi->lock);
    line_leave(before);
}

static HRESULT track_address(struct address *address, BOOL track)
{
    DWORD available = 0, current = 0, wanted = LINECALLHUBTRACKING_NONE;
    struct line *line;
    HRESULT hr = line_enter(address, &IID_ITTAPI2, &line);
    LONG error;

    if (FAILED(hr))
        return hr;
    error = OpenTapiLineGetCallHubTracking(line->handle, &available, &current);
    if (error == 0 && track)
        wanted = available & LINECALLHUBTRACKING_ALLCALLS ? LINECALLHUBTRACKING_ALLCALLS
                                                          : LINECALLHUBTRACKING_PROVIDERLEVEL;
    if (error == 0)
        error = OpenTapiLineSetCallHubTracking(line->handle, wanted);
    if (error) {
        line_leave(line);
        return objects_result(error, &IID_ITTAPI2, "Call hubs are not tracked");
    }
    InterlockedExchange(&address->hub_tracking, track);
    if (track) {
        keep_line(address, line);
        announce_calls(address);
    } else {
        keep_line(address, NULL);
        line_leave(line);
    }
    return S_OK;
}

void hub_tracking_end(struct address *address)
{
    InterlockedExchange(&address->hub_tracking, FALSE);
    keep_line(address, NULL);
}

/* All addresses; those whose provider or device does not play along are left out. */
static HRESULT track_all(struct tapi *tapi, BOOL track)
{
    struct address *address;
    unsigned i;

    for (i = 0;; i++) {
        AcquireSRWLockShared(&tapi->lock);
        address = i < tapi->address_count ? tapi->addresses[i] : NULL;
        if (address)
            com_use(&address->com);
        ReleaseSRWLockShared(&tapi->lock);
        if (!address)
            break;
        if (!address->removed)
            track_address(address, track);
        com_unuse(&address->com);
    }
    SetErrorInfo(0, NULL); /* what was left out is no failure of the method */
    return S_OK;
}

/* The Address behind an element of the array; the element keeps it. */
static struct address *address_of(struct tapi *tapi, const VARIANT *item)
{
    struct com_object *object = NULL;
    struct address *address;

    if (V_VT(item) == (VT_BYREF | VT_VARIANT))
        item = V_VARIANTREF(item);
    if ((V_VT(item) == VT_DISPATCH || V_VT(item) == VT_UNKNOWN) && V_UNKNOWN(item))
        object = com_object_of(V_UNKNOWN(item), &address_class);
    address = object ? CONTAINING_RECORD(object, struct address, com) : NULL;
    return address && address->tapi == tapi ? address : NULL;
}

/* An element as a VARIANT that owns what is in it. FALSE: there is none such. */
static BOOL array_item(SAFEARRAY *array, VARTYPE type, LONG index, VARIANT *item)
{
    VariantInit(item);
    if (type == VT_VARIANT)
        return SUCCEEDED(SafeArrayGetElement(array, &index, item));
    if (type != VT_DISPATCH && type != VT_UNKNOWN)
        return FALSE;
    V_VT(item) = type;
    V_UNKNOWN(item) = NULL;
    return SUCCEEDED(SafeArrayGetElement(array, &index, &V_UNKNOWN(item)));
}

static HRESULT bad_addresses(void)
{
    return com_fail(E_INVALIDARG, &IID_ITTAPI2,
                    "Give an array of Address objects, or nothing for all addresses.");
}

HRESULT hub_set_tracking(struct tapi *tapi, const VARIANT *addresses, BOOL track)
{
    struct address *address;
    VARTYPE type;
    SAFEARRAY *array;
    LONG low, high, i;
    HRESULT hr = S_OK;
    VARIANT item;
    BOOL checked;

    if (V_VT(addresses) == (VT_BYREF | VT_VARIANT))
        addresses = V_VARIANTREF(addresses);
    type = V_VT(addresses);
    if (type == VT_EMPTY || type == VT_NULL || type == VT_ERROR)
        return track_all(tapi, track);
    if (!(type & VT_ARRAY)) {
        address = address_of(tapi, addresses); /* a single one */
        return address ? track_address(address, track) : bad_addresses();
    }
    array = type & VT_BYREF ? (V_ARRAYREF(addresses) ? *V_ARRAYREF(addresses) : NULL)
                            : V_ARRAY(addresses);
    type &= ~(VT_ARRAY | VT_BYREF);
    if (!array || SafeArrayGetDim(array) != 1 || FAILED(SafeArrayGetLBound(array, 1, &low)) ||
        FAILED(SafeArrayGetUBound(array, 1, &high)))
        return bad_addresses();
    /* First all are looked at: a wrong one among them changes nothing. */
    for (checked = FALSE; SUCCEEDED(hr); checked = TRUE) {
        for (i = low; i <= high && SUCCEEDED(hr); i++) {
            address = array_item(array, type, i, &item) ? address_of(tapi, &item) : NULL;
            if (!address)
                hr = bad_addresses();
            else if (checked)
                hr = track_address(address, track);
            VariantClear(&item);
        }
        if (checked)
            break;
    }
    return hr;
}
