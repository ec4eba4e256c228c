/* call_control.c - ITBasicCallControl and ITBasicCallControl2. Consultation calls (Transfer,
 * Conference, Finish) are in call_transfer.c. */
#include "objects/private.h"

#include <qos.h>
#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(control, call, ITBasicCallControl2, ITBasicCallControl2_iface)

#define IID_HERE (&IID_ITBasicCallControl2)

/* Runs one request of the C API on the call's handle and waits for its reply. The expression may
 * use `handle`. */
#define CALL_REQUEST(self, action, expression)                                                     \
    do {                                                                                           \
        struct request *request_;                                                                  \
        HCALL handle;                                                                              \
        HRESULT hr_ = call_check(self, IID_HERE, &handle);                                         \
        if (FAILED(hr_))                                                                           \
            return hr_;                                                                            \
        request_ = request_begin(call_tapi(self));                                                 \
        if (!request_)                                                                             \
            return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);                                        \
        return objects_result(request_finish(call_tapi(self), request_, expression), IID_HERE,     \
                              action);                                                             \
    } while (0)

/* ---- outgoing ------------------------------------------------------------------------------ */

static HRESULT disconnected_result(LONG result, const char *action)
{
    static const HRESULT results[] = {
        [CEC_NONE] = TAPI_E_DROPPED,
        [CEC_DISCONNECT_NORMAL] = TAPI_E_DROPPED,
        [CEC_DISCONNECT_BUSY] = TAPI_E_DESTBUSY,
        [CEC_DISCONNECT_BADADDRESS] = TAPI_E_INVALADDRESS,
        [CEC_DISCONNECT_NOANSWER] = TAPI_E_DESTNOANSWER,
        [CEC_DISCONNECT_CANCELLED] = TAPI_E_REQUESTCANCELLED,
        [CEC_DISCONNECT_REJECTED] = TAPI_E_DROPPED,
        [CEC_DISCONNECT_FAILED] = TAPI_E_DESTUNAVAIL,
        [CEC_DISCONNECT_BLOCKED] = TAPI_E_ADDRESSBLOCKED,
    };
    LONG cause = result - CALL_DISCONNECTED_RESULT(0);

    if (cause == CEC_DISCONNECT_REJECTED)
        return com_fail(TAPI_E_DROPPED, IID_HERE, "%s: the called party rejected the call.",
                        action);
    if (cause >= 0 && cause < (LONG)ARRAYSIZE(results))
        return com_fail(results[cause], IID_HERE, "%s: %s", action, com_error_text(results[cause]));
    return objects_result(result, IID_HERE, action);
}

HRESULT call_wait_connected(struct call *call, struct request *waiter, const char *action)
{
    LONG result = waiter_wait(call_tapi(call), waiter, OBJECTS_TIMEOUT);

    if (result == 0)
        return S_OK;
    if (result == REQUEST_TIMEOUT) {
        call_drop(call);
        return com_fail(TAPI_E_TIMEOUT, IID_HERE, NULL);
    }
    return disconnected_result(result, action);
}

/* Reserves the call for one connecting method, and a waiter if it is to be synchronous. */
static HRESULT connect_begin(struct call *self, BOOL sync, struct request **waiter)
{
    HRESULT hr = address_check(self->address, IID_HERE);

    *waiter = NULL;
    if (FAILED(hr))
        return hr;
    if (sync) {
        *waiter = waiter_create();
        if (!*waiter)
            return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
        (*waiter)->refs = 2; /* the call's, and ours */
    }
    AcquireSRWLockExclusive(&self->lock);
    if (self->state != CS_IDLE || self->handle || self->connecting || !self->params)
        hr = TAPI_E_INVALCALLSTATE;
    else
        self->connecting = TRUE;
    if (SUCCEEDED(hr))
        self->waiter = *waiter;
    ReleaseSRWLockExclusive(&self->lock);
    if (FAILED(hr)) {
        if (*waiter) {
            request_release(*waiter);
            request_release(*waiter);
            *waiter = NULL;
        }
        return com_fail(hr, IID_HERE, "Only a call of CreateCall that is idle can be connected.");
    }
    return S_OK;
}

/* The request failed: the call may be tried again. */
static void connect_undo(struct call *self)
{
    struct request *waiter;

    AcquireSRWLockExclusive(&self->lock);
    self->connecting = FALSE;
    waiter = self->waiter;
    self->waiter = NULL;
    ReleaseSRWLockExclusive(&self->lock);
    request_release(waiter);
    if (!call_handle(self))
        call_set_line(self, NULL);
}

enum connect_kind { CONNECT_DIAL, CONNECT_UNPARK, CONNECT_PICKUP };

/* lineMakeCall, lineUnpark and linePickup are the same to a call: they give it its handle. */
static HRESULT connect_call(struct call *self, enum connect_kind kind, const WCHAR *group,
                            BOOL sync, const char *action)
{
    struct tapi *tapi = call_tapi(self);
    LINECALLPARAMS *params = NULL;
    struct request *request = NULL, *waiter = NULL;
    struct line *line;
    HCALL *handle;
    HRESULT hr;
    LONG error;

    hr = connect_begin(self, sync, &waiter);
    if (FAILED(hr))
        return hr;
    hr = line_enter(self->address, IID_HERE, &line);
    if (FAILED(hr))
        goto done;
    call_set_line(self, line);
    call_msp_begin(self);
    params = call_params_build(self);
    request = request_begin(tapi);
    if (!params || !request) {
        hr = com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
        if (request)
            request_finish(tapi, request, LINEERR_NOMEM);
        goto done;
    }
    request->call[0] = self;
    com_use(&self->com);
    handle = &request->handle[0];
    if (kind == CONNECT_DIAL)
        error =
            lineMakeCallW(line->handle, handle, self->destination, self->params->country, params);
    else if (kind == CONNECT_UNPARK)
        error = lineUnparkW(line->handle, self->address->id, handle, self->destination);
    else
        error = linePickupW(line->handle, self->address->id, handle,
                            self->destination[0] ? self->destination : NULL, group);
    error = request_finish(tapi, request, error);
    hr = objects_result(error, IID_HERE, action);
done:
    free(params);
    if (FAILED(hr))
        connect_undo(self);
    else if (sync)
        hr = call_wait_connected(self, waiter, action);
    request_release(waiter);
    return hr;
}

static HRESULT WINAPI control_Connect(ITBasicCallControl2 *iface, VARIANT_BOOL sync)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    return connect_call(self, CONNECT_DIAL, NULL, sync != VARIANT_FALSE,
                        "The call was not connected");
}

static HRESULT WINAPI control_Unpark(ITBasicCallControl2 *iface)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    return connect_call(self, CONNECT_UNPARK, NULL, FALSE, "The call was not unparked");
}

static HRESULT WINAPI control_Pickup(ITBasicCallControl2 *iface, BSTR group)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    return connect_call(self, CONNECT_PICKUP, group, FALSE, "The call was not picked up");
}

static HRESULT WINAPI control_Dial(ITBasicCallControl2 *iface, BSTR destination)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    if (!destination)
        return com_fail(E_POINTER, IID_HERE, NULL);
    CALL_REQUEST(self, "The number was not dialed",
                 lineDialW(handle, destination, self->params ? self->params->country : 0));
}

/* ---- answer, disconnect, hold -------------------------------------------------------------- */

/* A call whose notification reached nobody is held for the application; now it has found it. */
static void claim(struct call *self)
{
    BOOL unclaimed;

    AcquireSRWLockExclusive(&self->lock);
    unclaimed = self->unclaimed && !self->announce;
    if (unclaimed)
        self->unclaimed = FALSE;
    ReleaseSRWLockExclusive(&self->lock);
    if (unclaimed)
        com_release(&self->com);
}

static HRESULT WINAPI control_Answer(ITBasicCallControl2 *iface)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    HCALL any;
    HRESULT hr = call_check(self, IID_HERE, &any);

    if (FAILED(hr))
        return hr;
    if (self->state != CS_OFFERING)
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                        "Only a call that is being offered can be answered.");
    claim(self);
    call_msp_begin(self);
    CALL_REQUEST(self, "The call was not answered", lineAnswer(handle, NULL, 0));
}

HRESULT call_disconnect(struct call *self)
{
    struct tapi *tapi = call_tapi(self);
    struct request *request;
    HCALL handle;
    HRESULT hr = call_check(self, IID_HERE, &handle);

    if (FAILED(hr))
        return hr;
    request = request_begin(tapi);
    if (!request)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    return objects_result(request_finish(tapi, request, lineDrop(handle, NULL, 0)), IID_HERE,
                          "The call was not disconnected");
}

static HRESULT WINAPI control_Disconnect(ITBasicCallControl2 *iface, DISCONNECT_CODE code)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    struct call *original = NULL;
    HRESULT hr = address_check(self->address, IID_HERE);

    if (FAILED(hr))
        return hr;
    if (code < DC_NORMAL || code > DC_REJECTED)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a DISCONNECT_CODE.", (int)code);
    if (self->state == CS_IDLE || self->line_state == LINECALLSTATE_IDLE || !call_handle(self))
        return S_FALSE; /* nothing to disconnect, or done already */
    claim(self);
    hr = call_disconnect(self);
    /* Calling off a consultation brings the first call back from its consultation hold; an
     * exchange that has done so by itself refuses, which does no harm. */
    AcquireSRWLockExclusive(&self->lock);
    if (SUCCEEDED(hr)) {
        original = self->original;
        self->original = NULL;
    }
    ReleaseSRWLockExclusive(&self->lock);
    if (original) {
        if (original->line_state == LINECALLSTATE_ONHOLDPENDTRANSFER ||
            original->line_state == LINECALLSTATE_ONHOLDPENDCONF) {
            struct request *request = request_begin(call_tapi(self));

            if (request)
                request_finish(call_tapi(self), request, lineUnhold(call_handle(original)));
        }
        com_unuse(&original->com);
    }
    return hr;
}

static HRESULT WINAPI control_Hold(ITBasicCallControl2 *iface, VARIANT_BOOL hold)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    if (hold)
        CALL_REQUEST(self, "The call was not held", lineHold(handle));
    CALL_REQUEST(self, "The call was not taken back from hold", lineUnhold(handle));
}

/* An ITBasicCallControl argument that must be another call of the same TAPI object. */
static HRESULT other_call(struct call *self, ITBasicCallControl *iface, struct call **other)
{
    HRESULT hr = address_check(self->address, IID_HERE);

    *other = NULL;
    if (FAILED(hr))
        return hr;
    if (!iface)
        return com_fail(E_POINTER, IID_HERE, "The other call is missing.");
    *other = call_from(iface);
    if (!*other || *other == self || call_tapi(*other) != call_tapi(self))
        return com_fail(E_INVALIDARG, IID_HERE, "It must be another call of this TAPI object.");
    return S_OK;
}

static HRESULT WINAPI control_SwapHold(ITBasicCallControl2 *iface, ITBasicCallControl *other_iface)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    struct call *other, *active, *held;
    HCALL held_handle;
    HRESULT hr = other_call(self, other_iface, &other);

    if (FAILED(hr))
        return hr;
    /* The C API wants the active call first; an application may say it either way round. */
    active = self->state == CS_HOLD && other->state != CS_HOLD ? other : self;
    held = active == self ? other : self;
    hr = call_check(held, IID_HERE, &held_handle);
    if (FAILED(hr))
        return hr;
    CALL_REQUEST(active, "The calls were not swapped", lineSwapHold(handle, held_handle));
}

/* ---- handing on ---------------------------------------------------------------------------- */

static HRESULT WINAPI control_HandoffDirect(ITBasicCallControl2 *iface, BSTR application)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    if (!application)
        return com_fail(E_POINTER, IID_HERE, NULL);
    CALL_REQUEST(self, "The call was not handed off", lineHandoffW(handle, application, 0));
}

static HRESULT WINAPI control_HandoffIndirect(ITBasicCallControl2 *iface, LONG media)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    DWORD line_media = media;

    if (media == TAPIMEDIATYPE_AUDIO && !(self->address->line_media & LINEMEDIAMODE_AUTOMATEDVOICE))
        line_media = LINEMEDIAMODE_INTERACTIVEVOICE;
    CALL_REQUEST(self, "The call was not handed off", lineHandoffW(handle, NULL, line_media));
}

static HRESULT WINAPI control_BlindTransfer(ITBasicCallControl2 *iface, BSTR destination)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    HCALL any;
    HRESULT hr = call_check(self, IID_HERE, &any);

    if (FAILED(hr))
        return hr;
    if (!destination)
        return com_fail(E_POINTER, IID_HERE, NULL);
    claim(self);
    /* A call that is being offered is sent on with lineRedirect, an answered one transferred. */
    if (self->state == CS_OFFERING)
        CALL_REQUEST(self, "The call was not redirected", lineRedirectW(handle, destination, 0));
    CALL_REQUEST(self, "The call was not transferred", lineBlindTransferW(handle, destination, 0));
}

static HRESULT WINAPI control_Conference(ITBasicCallControl2 *iface, ITBasicCallControl *consult,
                                         VARIANT_BOOL sync)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    struct call *other;
    HRESULT hr = other_call(self, consult, &other);

    return FAILED(hr) ? hr : call_conference(self, other, sync != VARIANT_FALSE);
}

static HRESULT WINAPI control_Transfer(ITBasicCallControl2 *iface, ITBasicCallControl *consult,
                                       VARIANT_BOOL sync)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    struct call *other;
    HRESULT hr = other_call(self, consult, &other);

    return FAILED(hr) ? hr : call_transfer(self, other, sync != VARIANT_FALSE);
}

static HRESULT WINAPI control_Finish(ITBasicCallControl2 *iface, FINISH_MODE mode)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    if (mode != FM_ASTRANSFER && mode != FM_ASCONFERENCE)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a FINISH_MODE.", (int)mode);
    return call_finish(self, mode);
}

static HRESULT remove_from_conference(struct call *self)
{
    CALL_REQUEST(self, "The call was not removed from the conference",
                 lineRemoveFromConference(handle));
}

static HRESULT WINAPI control_RemoveFromConference(ITBasicCallControl2 *iface)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    HRESULT hr = remove_from_conference(self);

    if (SUCCEEDED(hr))
        hub_part(self);
    return hr;
}

/* ---- park ---------------------------------------------------------------------------------- */

static HRESULT WINAPI control_ParkDirect(ITBasicCallControl2 *iface, BSTR address)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);

    if (!address)
        return com_fail(E_POINTER, IID_HERE, NULL);
    CALL_REQUEST(self, "The call was not parked",
                 lineParkW(handle, LINEPARKMODE_DIRECTED, address, NULL));
}

static HRESULT WINAPI control_ParkIndirect(ITBasicCallControl2 *iface, BSTR *address)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    struct tapi *tapi = call_tapi(self);
    struct request *request;
    const DWORD size = 1024;
    HCALL handle;
    HRESULT hr;
    LONG error;

    if (!address)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *address = NULL;
    hr = call_check(self, IID_HERE, &handle);
    if (FAILED(hr))
        return hr;
    request = request_begin(tapi);
    if (!request)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    error = LINEERR_NOMEM;
    request->block = calloc(1, size);
    if (request->block) {
        request->block->dwTotalSize = size;
        error = lineParkW(handle, LINEPARKMODE_NONDIRECTED, NULL, request->block);
    }
    error = request_finish_keep(tapi, request, error);
    if (error == 0) {
        *address = objects_string(request->block, request->block->dwStringSize,
                                  request->block->dwStringOffset);
        hr = *address ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    } else {
        hr = objects_result(error, IID_HERE, "The call was not parked");
    }
    request_release(request);
    return hr;
}

/* ---- quality of service -------------------------------------------------------------------- */

static LONG request_qos(struct call *self, HCALL handle, LONG media, QOS_SERVICE_LEVEL level)
{
    struct request *request = request_begin(call_tapi(self));
    FLOWSPEC flow;

    if (!request)
        return LINEERR_NOMEM;
    call_flow_specification(media, level, &flow);
    return request_finish(
        call_tapi(self), request,
        lineSetCallQualityOfService(handle, &flow, sizeof(flow), &flow, sizeof(flow)));
}

static HRESULT WINAPI control_SetQOS(ITBasicCallControl2 *iface, LONG media,
                                     QOS_SERVICE_LEVEL level)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    HRESULT hr = address_check(self->address, IID_HERE);
    HCALL handle;
    LONG error;

    if (FAILED(hr))
        return hr;
    if (level < QSL_NEEDED || level > QSL_BEST_EFFORT)
        return com_fail(E_INVALIDARG, IID_HERE, "%d is not a QOS_SERVICE_LEVEL.", (int)level);
    if (media == 0 || (media & ~(LONG)self->media))
        return com_fail(TAPI_E_INVALIDMEDIATYPE, IID_HERE, "The call has the media types 0x%lx.",
                        self->media);
    handle = call_handle(self);
    if (!handle) {
        /* Asked of the call that is to be made (quality-of-service-ovr.md). */
        AcquireSRWLockExclusive(&self->lock);
        hr = self->params && self->state == CS_IDLE
                 ? call_params_set_qos(self->params, media, level)
                 : TAPI_E_INVALCALLSTATE;
        ReleaseSRWLockExclusive(&self->lock);
        return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
    }
    error = request_qos(self, handle, media, level);
    if (error != 0 && level == QSL_IF_AVAILABLE)
        error = request_qos(self, handle, media, QSL_BEST_EFFORT);
    return objects_result(error, IID_HERE, "The quality of service was not granted");
}

/* ---- ITBasicCallControl2 ------------------------------------------------------------------- */

static HRESULT WINAPI control_RequestTerminal(ITBasicCallControl2 *iface, BSTR terminal_class,
                                              LONG media, TERMINAL_DIRECTION direction,
                                              ITTerminal **terminal)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    HRESULT hr;

    if (!terminal)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *terminal = NULL;
    hr = address_check(self->address, IID_HERE);
    if (FAILED(hr))
        return hr;
    if (!terminal_class)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = msp_host_request_terminal(address_msp_enter(self->address), terminal_class, media,
                                   direction, terminal);
    address_msp_leave(self->address);
    return SUCCEEDED(hr) ? hr : com_fail(hr, IID_HERE, NULL);
}

static HRESULT WINAPI control_SelectTerminalOnCall(ITBasicCallControl2 *iface, ITTerminal *terminal)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    HRESULT hr = address_check(self->address, IID_HERE);

    if (FAILED(hr))
        return hr;
    if (!terminal)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = msp_call_select_terminal(call_msp_enter(self, TRUE), terminal);
    call_msp_leave(self);
    return SUCCEEDED(hr) ? hr : com_fail(hr, IID_HERE, NULL);
}

static HRESULT WINAPI control_UnselectTerminalOnCall(ITBasicCallControl2 *iface,
                                                     ITTerminal *terminal)
{
    struct call *self = impl_from_ITBasicCallControl2_iface(iface);
    HRESULT hr = address_check(self->address, IID_HERE);

    if (FAILED(hr))
        return hr;
    if (!terminal)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = msp_call_unselect_terminal(call_msp_enter(self, TRUE), terminal);
    call_msp_leave(self);
    return SUCCEEDED(hr) ? hr : com_fail(hr, IID_HERE, NULL);
}

const ITBasicCallControl2Vtbl call_control_vtable = {
    COM_DISPATCH_VTABLE(control),
    control_Connect,
    control_Answer,
    control_Disconnect,
    control_Hold,
    control_HandoffDirect,
    control_HandoffIndirect,
    control_Conference,
    control_Transfer,
    control_BlindTransfer,
    control_SwapHold,
    control_ParkDirect,
    control_ParkIndirect,
    control_Unpark,
    control_SetQOS,
    control_Pickup,
    control_Dial,
    control_Finish,
    control_RemoveFromConference,
    control_RequestTerminal,
    control_SelectTerminalOnCall,
    control_UnselectTerminalOnCall,
};
