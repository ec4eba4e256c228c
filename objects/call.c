/* call.c - the Call object: its handle, its states, and how it comes and goes. The interfaces are
 * in call_control.c, call_info.c and call_media.c; docs/objects.md tells the whole story. */
#include "objects/private.h"

#include <stdlib.h>

struct tapi *call_tapi(struct call *call)
{
    return call->address->tapi;
}

/* ---- states -------------------------------------------------------------------------------- */

CALL_STATE call_state_from_line(DWORD line_state)
{
    switch (line_state) {
    case LINECALLSTATE_OFFERING:
    case LINECALLSTATE_ACCEPTED:
        return CS_OFFERING;
    case LINECALLSTATE_CONNECTED:
    case LINECALLSTATE_CONFERENCED:
        return CS_CONNECTED;
    case LINECALLSTATE_ONHOLD:
    case LINECALLSTATE_ONHOLDPENDTRANSFER:
    case LINECALLSTATE_ONHOLDPENDCONF:
        return CS_HOLD;
    case LINECALLSTATE_BUSY:
    case LINECALLSTATE_DISCONNECTED:
    case LINECALLSTATE_IDLE:
        return CS_DISCONNECTED;
    default:
        return CS_INPROGRESS; /* dial tone, dialing, ringback, proceeding, special information */
    }
}

CALL_STATE_EVENT_CAUSE call_cause_from_mode(DWORD mode)
{
    switch (mode) {
    case LINEDISCONNECTMODE_BUSY:
        return CEC_DISCONNECT_BUSY;
    case LINEDISCONNECTMODE_BADADDRESS:
        return CEC_DISCONNECT_BADADDRESS;
    case LINEDISCONNECTMODE_NOANSWER:
        return CEC_DISCONNECT_NOANSWER;
    case LINEDISCONNECTMODE_CANCELLED:
        return CEC_DISCONNECT_CANCELLED;
    case LINEDISCONNECTMODE_REJECT:
        return CEC_DISCONNECT_REJECTED;
    case LINEDISCONNECTMODE_BLOCKED:
    case LINEDISCONNECTMODE_DONOTDISTURB:
        return CEC_DISCONNECT_BLOCKED;
    case 0:
    case LINEDISCONNECTMODE_NORMAL:
    case LINEDISCONNECTMODE_UNKNOWN:
    case LINEDISCONNECTMODE_PICKUP:
    case LINEDISCONNECTMODE_FORWARDED:
        return CEC_DISCONNECT_NORMAL;
    default:
        return CEC_DISCONNECT_FAILED;
    }
}

ITCallInfo *call_event_ref(struct call *call)
{
    if (!com_try_hand_out(&call->com))
        return NULL;
    return (ITCallInfo *)&call->ITCallInfo2_iface;
}

void call_event_unref(struct call *call)
{
    com_release(&call->com);
}

static void post_state(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
    ITCallInfo *info;

    if (call->selections)
        phones_call_changed(call, state, cause);
    if (!call_wants(call, TE_CALLSTATE, state))
        return;
    info = call_event_ref(call);
    if (!info)
        return;
    EVENT_POST(call_tapi(call)->dispatcher, TE_CALLSTATE, ITCallStateEvent, call, .Call = info,
               .State = state, .Cause = cause, .CallbackInstance = call->instance);
    call_event_unref(call);
}

void call_post_info(struct call *call, CALLINFOCHANGE_CAUSE cause)
{
    ITCallInfo *info;

    if (!call_wants(call, TE_CALLINFOCHANGE, cause))
        return;
    info = call_event_ref(call);
    if (!info)
        return;
    EVENT_POST(call_tapi(call)->dispatcher, TE_CALLINFOCHANGE, ITCallInfoChangeEvent, call,
               .Call = info, .Cause = cause, .CallbackInstance = call->instance);
    call_event_unref(call);
}

/* Sets the state; TRUE if it is a new one. *waiter is who waits for it (a reference). A call that
 * was disconnected stays so: busy and idle are both the end for an application. */
static BOOL set_state(struct call *call, CALL_STATE state, struct request **waiter)
{
    BOOL changed;

    *waiter = NULL;
    AcquireSRWLockExclusive(&call->lock);
    changed = call->state != state && call->state != CS_DISCONNECTED;
    if (changed)
        call->state = state;
    if (changed && (state == CS_CONNECTED || state == CS_DISCONNECTED)) {
        *waiter = call->waiter;
        call->waiter = NULL;
    }
    ReleaseSRWLockExclusive(&call->lock);
    return changed;
}

static void change_state(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause)
{
    struct request *waiter;

    if (set_state(call, state, &waiter))
        post_state(call, state, cause);
    if (waiter) {
        waiter_complete(call_tapi(call), waiter,
                        state == CS_CONNECTED ? 0 : CALL_DISCONNECTED_RESULT(cause));
        request_release(waiter);
    }
}

/* ---- coming -------------------------------------------------------------------------------- */

void call_set_line(struct call *call, struct line *line)
{
    struct line *before;

    AcquireSRWLockExclusive(&call->lock);
    before = call->line;
    call->line = line;
    if (line)
        call->instance = line->instance;
    ReleaseSRWLockExclusive(&call->lock);
    line_leave(before);
}

void call_bind(struct call *call, HCALL handle)
{
    struct tapi *tapi = call_tapi(call);
    BOOL outgoing;
    BOOL open;

    AcquireSRWLockExclusive(&call->lock);
    call->handle = handle;
    outgoing = call->connecting;
    ReleaseSRWLockExclusive(&call->lock);
    AcquireSRWLockExclusive(&tapi->lock);
    open = tapi->state == TAPI_OPEN && handle_map_put(&tapi->calls, (DWORD)(DWORD_PTR)handle, call);
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!open) {
        call_lose(call);
        return;
    }
    msp_call_set_handle(call_msp_enter(call, FALSE), handle);
    call_msp_leave(call);
    if (outgoing)
        change_state(call, CS_INPROGRESS, CEC_NONE);
    hub_join(call);
}

struct call *call_find(struct tapi *tapi, HCALL handle)
{
    struct call *call;

    AcquireSRWLockShared(&tapi->lock);
    call = handle_map_get(&tapi->calls, (DWORD)(DWORD_PTR)handle);
    if (call)
        com_use(&call->com);
    ReleaseSRWLockShared(&tapi->lock);
    return call;
}

/* ---- going --------------------------------------------------------------------------------- */

/* Takes it out of every table; its handle, or 0 if somebody else has taken it. */
static HCALL call_unlist(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    struct line *line;
    HCALL handle;

    AcquireSRWLockExclusive(&call->lock);
    handle = call->handle;
    line = call->line;
    call->handle = 0;
    call->line = NULL;
    ReleaseSRWLockExclusive(&call->lock);
    AcquireSRWLockExclusive(&tapi->lock);
    if (handle && handle_map_get(&tapi->calls, (DWORD)(DWORD_PTR)handle) == call)
        handle_map_remove(&tapi->calls, (DWORD)(DWORD_PTR)handle);
    if (call->listed) {
        *call->link = call->next;
        if (call->next)
            call->next->link = call->link;
        call->listed = FALSE;
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    hub_leave(call);
    if (handle) {
        msp_host_forget_handle(address_msp_enter(call->address), handle);
        address_msp_leave(call->address);
    }
    line_leave(line);
    return handle;
}

LONG call_drop(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    struct request *request = request_begin(tapi);

    if (!request)
        return LINEERR_NOMEM;
    return request_forget(tapi, request, lineDrop(call_handle(call), NULL, 0));
}

/* Deallocates the call for good. The line is kept until the handle is dead. */
static void call_deallocate(struct call *call)
{
    struct line *line;
    HCALL handle;

    AcquireSRWLockExclusive(&call->lock);
    handle = call->handle;
    line = call->line;
    call->line = NULL; /* past call_unlist: left below */
    ReleaseSRWLockExclusive(&call->lock);
    call_unlist(call);
    if (handle)
        lineDeallocateCall(handle);
    line_leave(line);
}

/* The application has let go of the call: what it owns is dropped, and deallocated once idle
 * (tapi-docs/terminate-a-session-ovr.md: "perform a standard COM release on the Call object"). */
static void call_last_release(struct com_object *object)
{
    struct call *call = CONTAINING_RECORD(object, struct call, com);
    BOOL drop, done;

    com_use(&call->com); /* for the time until it is idle */
    call_msp_close(call);
    AcquireSRWLockExclusive(&call->lock);
    done = !call->handle || call->line_state == LINECALLSTATE_IDLE || call->privilege == CP_MONITOR;
    drop = !done;
    call->released = drop;
    ReleaseSRWLockExclusive(&call->lock);
    if (drop && call_drop(call) < 0) {
        AcquireSRWLockExclusive(&call->lock);
        done = call->released; /* unless the message that it is idle came in between */
        call->released = FALSE;
        ReleaseSRWLockExclusive(&call->lock);
    }
    if (done) {
        call_deallocate(call);
        com_unuse(&call->com);
    }
}

void call_lose(struct call *call)
{
    BOOL released, unclaimed;
    struct call *original;

    com_use(&call->com);
    call_unlist(call);
    AcquireSRWLockExclusive(&call->lock);
    released = call->released;
    call->released = FALSE;
    unclaimed = call->unclaimed;
    call->unclaimed = FALSE;
    original = call->original;
    call->original = NULL;
    call->line_state = LINECALLSTATE_IDLE;
    ReleaseSRWLockExclusive(&call->lock);
    change_state(call, CS_DISCONNECTED, CEC_DISCONNECT_FAILED);
    call_msp_close(call);
    if (original)
        com_unuse(&original->com);
    if (released)
        com_unuse(&call->com);
    if (unclaimed)
        com_release(&call->com);
    com_unuse(&call->com);
}

/* ---- LINE_CALLSTATE ------------------------------------------------------------------------ */

/* The first state of a call that came by itself, or one that was watched and is handed over: it is
 * announced. TRUE if an application will hear of it. */
static BOOL announce(struct call *call)
{
    CALL_NOTIFICATION_EVENT event = call->privilege == CP_OWNER ? CNE_OWNER : CNE_MONITOR;
    ITCallInfo *info;
    HRESULT hr;

    if (!call_wants(call, TE_CALLNOTIFICATION, event))
        return FALSE;
    info = call_event_ref(call);
    if (!info)
        return FALSE;
    hr = EVENT_POST(call_tapi(call)->dispatcher, TE_CALLNOTIFICATION, ITCallNotificationEvent, call,
                    .Call = info, .Event = event, .CallbackInstance = call->instance);
    call_event_unref(call);
    return hr == S_OK;
}

void call_state_message(struct call *call, DWORD line_state, DWORD mode, DWORD privilege)
{
    CALL_STATE state = call_state_from_line(line_state);
    CALL_STATE_EVENT_CAUSE cause = CEC_NONE;
    BOOL announced, gone, unclaimed = FALSE;
    struct request *waiter;
    CALL_PRIVILEGE before;
    BOOL changed, other_privilege;

    AcquireSRWLockExclusive(&call->lock);
    call->line_state = line_state;
    before = call->privilege;
    if (privilege)
        call->privilege = privilege & LINECALLPRIVILEGE_OWNER ? CP_OWNER : CP_MONITOR;
    announced = call->announce;
    other_privilege = !announced && call->privilege != before; /* handed over (line-callstate.md) */
    /* Whoever is handed a call is told "as if it were receiving a new call" (handoffs-ovr.md). */
    announced = announced || (other_privilege && call->privilege == CP_OWNER);
    call->announce = FALSE;
    gone = call->released && line_state == LINECALLSTATE_IDLE;
    if (gone)
        call->released = FALSE;
    ReleaseSRWLockExclusive(&call->lock);
    if (gone) {
        call_deallocate(call);
        com_unuse(&call->com);
        return;
    }
    /* The provider has lost sight of the call, which is where it was for all that is known. */
    if (line_state == LINECALLSTATE_UNKNOWN && call->state != CS_IDLE)
        state = call->state;
    if (line_state == LINECALLSTATE_BUSY)
        cause = CEC_DISCONNECT_BUSY;
    else if (line_state == LINECALLSTATE_DISCONNECTED)
        cause = call_cause_from_mode(mode);
    else if (line_state == LINECALLSTATE_IDLE)
        cause = CEC_DISCONNECT_NORMAL;
    /* The state is set before the notification goes out, so that its handler already sees it; the
     * events keep their order, notification first. */
    changed = set_state(call, state, &waiter);
    if (announced && announce(call)) {
        AcquireSRWLockExclusive(&call->lock);
        unclaimed = call->unclaimed;
        call->unclaimed = FALSE;
        ReleaseSRWLockExclusive(&call->lock);
    }
    if (changed)
        post_state(call, state, cause);
    if (other_privilege)
        call_post_info(call, CIC_PRIVILEGE);
    if (waiter) {
        waiter_complete(call_tapi(call), waiter,
                        state == CS_CONNECTED ? 0 : CALL_DISCONNECTED_RESULT(cause));
        request_release(waiter);
    }
    if (line_state == LINECALLSTATE_IDLE && !unclaimed) {
        /* A call nobody could be told of ends with its idle state. */
        AcquireSRWLockExclusive(&call->lock);
        unclaimed = call->unclaimed;
        call->unclaimed = FALSE;
        ReleaseSRWLockExclusive(&call->lock);
    }
    if (unclaimed)
        com_release(&call->com); /* the event, or the application, holds it from here on */
}

/* ---- the MSP's part ------------------------------------------------------------------------ */

/* A media provider takes a call with all of its types or not at all, so one that was offered is
 * given to it with those it was offered with, not with all that its line is good for. */
static DWORD media_of_offered(struct call *call)
{
    LINECALLINFO fixed = {.dwTotalSize = sizeof(fixed)};
    HCALL handle = call_handle(call);
    DWORD media = 0;

    if (handle && !call->params && lineGetCallInfoW(handle, &fixed) == 0)
        media = call->media & address_to_types(fixed.dwMediaMode);
    return media ? media : call->media;
}

struct msp_call *call_msp_enter(struct call *call, BOOL make)
{
    struct tapi *tapi = call_tapi(call);
    struct msp_call *made = NULL, *spare = NULL;
    HCALL handle;

    AcquireSRWLockExclusive(&tapi->lock);
    make = make && !call->msp.closed && !call->msp.made;
    call->msp.users++;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (make) {
        struct msp_host *host = address_msp_enter(call->address);

        if (FAILED(msp_call_create(host, media_of_offered(call), call->com.outer, &made)))
            made = NULL;
        address_msp_leave(call->address);
        handle = call_handle(call);
        if (made && handle)
            msp_call_set_handle(made, handle);
    }
    AcquireSRWLockExclusive(&tapi->lock);
    if (make) {
        if (call->msp.made || call->msp.closed)
            spare = made;
        else
            call->msp.pointer = made;
        call->msp.made = TRUE;
    }
    made = call->msp.closed ? NULL : call->msp.pointer;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (spare)
        msp_call_destroy(spare);
    return made;
}

void call_msp_begin(struct call *call)
{
    call_msp_enter(call, TRUE);
    call_msp_leave(call);
}

void call_msp_leave(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    struct msp_call *ended = NULL;

    AcquireSRWLockExclusive(&tapi->lock);
    if (--call->msp.users == 0 && call->msp.closed)
        ended = call->msp.pointer; /* its object stays: interfaces of it may be held */
    ReleaseSRWLockExclusive(&tapi->lock);
    if (ended)
        msp_call_shutdown(ended);
}

void call_msp_close(struct call *call)
{
    struct tapi *tapi = call_tapi(call);

    AcquireSRWLockExclusive(&tapi->lock);
    call->msp.closed = TRUE;
    call->msp.users++;
    ReleaseSRWLockExclusive(&tapi->lock);
    call_msp_leave(call);
}

/* ---- the object ---------------------------------------------------------------------------- */

static const struct com_interface call_interfaces[] = {
    COM_INTERFACE(call, ITBasicCallControl2_iface, ITBasicCallControl2),
    COM_INTERFACE(call, ITBasicCallControl2_iface, ITBasicCallControl),
    COM_INTERFACE(call, ITCallInfo2_iface, ITCallInfo2),
    COM_INTERFACE(call, ITCallInfo2_iface, ITCallInfo),
    COM_INTERFACE(call, ITLegacyCallMediaControl2_iface, ITLegacyCallMediaControl2),
    COM_INTERFACE(call, ITLegacyCallMediaControl2_iface, ITLegacyCallMediaControl),
};

static const IID *const call_inner_dispatch[] = {&IID_ITStreamControl, NULL};

static HRESULT call_query_inner(struct com_object *object, REFIID iid, void **out)
{
    struct call *call = CONTAINING_RECORD(object, struct call, com);
    struct tapi *tapi = call_tapi(call);
    struct msp_call *media = call_msp_enter(call, tapi->state == TAPI_OPEN);
    HRESULT hr;

    /* Once made it answers for its interfaces until the Call goes, though the call may be over. */
    if (!media) {
        AcquireSRWLockShared(&tapi->lock);
        media = call->msp.pointer;
        ReleaseSRWLockShared(&tapi->lock);
    }
    hr = msp_call_query_interface(media, iid, out);
    call_msp_leave(call);
    return objects_media_result(hr, &IID_ITCallInfo);
}

static void call_destroy(struct com_object *object)
{
    struct call *call = CONTAINING_RECORD(object, struct call, com);

    msp_call_destroy(call->msp.pointer);
    if (call->original)
        com_unuse(&call->original->com);
    if (call->waiter)
        request_release(call->waiter);
    gather_abandon(call);
    SysFreeString(call->destination);
    call_params_free(call->params);
    free(call->mask);
    com_unuse(&call->address->com);
}

const struct com_class call_class = {
    .name = "Call",
    .interfaces = call_interfaces,
    .interface_count = ARRAYSIZE(call_interfaces),
    .last_release = call_last_release,
    .destroy = call_destroy,
    .query_inner = call_query_inner,
    .inner_dispatch = call_inner_dispatch,
};

struct call *call_from(void *unknown)
{
    struct com_object *object = com_object_of(unknown, &call_class);

    return object ? CONTAINING_RECORD(object, struct call, com) : NULL;
}

HCALL call_handle(struct call *call)
{
    HCALL handle;

    AcquireSRWLockShared(&call->lock);
    handle = call->handle;
    ReleaseSRWLockShared(&call->lock);
    return handle;
}

HRESULT call_check(struct call *call, REFIID iid, HCALL *handle)
{
    HRESULT hr = address_check(call->address, iid);

    *handle = 0;
    if (FAILED(hr))
        return hr;
    *handle = call_handle(call);
    if (*handle)
        return S_OK;
    return com_fail(TAPI_E_INVALCALLSTATE, iid,
                    call->state == CS_IDLE ? "The call has not been connected yet."
                                           : "The call is over and its line is closed.");
}

HRESULT call_create(struct address *address, DWORD media, struct call **out)
{
    struct tapi *tapi = address->tapi;
    struct call *call = com_object_create(sizeof(*call), &call_class, NULL);
    BOOL open;

    *out = NULL;
    if (!call)
        return E_OUTOFMEMORY;
    call->ITBasicCallControl2_iface.lpVtbl = (ITBasicCallControl2Vtbl *)&call_control_vtable;
    call->ITCallInfo2_iface.lpVtbl = (ITCallInfo2Vtbl *)&call_info_vtable;
    call->ITLegacyCallMediaControl2_iface.lpVtbl =
        (ITLegacyCallMediaControl2Vtbl *)&call_media_vtable;
    InitializeSRWLock(&call->lock);
    call->address = address;
    com_use(&address->com);
    call->media = media;
    call->state = CS_IDLE;
    call->privilege = CP_OWNER;
    AcquireSRWLockExclusive(&tapi->lock);
    open = tapi->state == TAPI_OPEN && address->life == tapi->request_shutdowns;
    if (open) {
        call->next = address->calls;
        call->link = &address->calls;
        if (call->next)
            call->next->link = &call->next;
        address->calls = call;
        call->listed = TRUE;
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!open) {
        com_release(&call->com);
        return TAPI_E_NOT_INITIALIZED;
    }
    *out = call;
    return S_OK;
}
