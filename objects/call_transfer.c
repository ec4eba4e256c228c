/* call_transfer.c - consultation: Transfer, Conference and Finish of ITBasicCallControl.
 *
 * Transfer and Conference are called on the call that exists, with the consultation call as
 * argument; Finish is called on the consultation call (tapi-docs/transfer-a-call.md). The
 * consultation call is one of CreateCall that is still idle - the provider then sets it up and
 * dials it -, or a second call that is there already. It remembers the call it was made for. */
#include "objects/private.h"

#include <stdlib.h>

#define IID_HERE (&IID_ITBasicCallControl2)

/* Ties the consultation call to the call it is for. */
static void consult_tie(struct call *consult, struct call *original, HCALL conference)
{
    struct call *before;

    com_use(&original->com);
    AcquireSRWLockExclusive(&consult->lock);
    before = consult->original;
    consult->original = original;
    consult->conference = conference;
    ReleaseSRWLockExclusive(&consult->lock);
    if (before)
        com_unuse(&before->com);
}

static struct call *consult_untie(struct call *consult)
{
    struct call *original;

    AcquireSRWLockExclusive(&consult->lock);
    original = consult->original;
    consult->original = NULL;
    consult->conference = 0;
    ReleaseSRWLockExclusive(&consult->lock);
    return original;
}

/* The consultation call is set up by the provider with a dial tone: dial it. */
static HRESULT consult_dial(struct call *consult, BOOL sync, struct request *waiter)
{
    struct tapi *tapi = call_tapi(consult);
    struct request *request = request_begin(tapi);
    LONG error = LINEERR_NOMEM;

    if (request)
        error = request_finish(
            tapi, request,
            lineDialW(call_handle(consult), consult->destination, consult->params->country));
    if (error != 0) {
        call_drop(consult);
        return objects_result(error, IID_HERE, "The consultation call was not dialed");
    }
    return sync ? call_wait_connected(consult, waiter, "The consultation call was not connected")
                : S_OK;
}

/* Reserves an idle consultation call. S_FALSE: it exists already and needs no setting up. */
static HRESULT consult_begin(struct call *consult, BOOL sync, struct request **waiter)
{
    HRESULT hr = S_OK;

    *waiter = NULL;
    if (sync) {
        *waiter = waiter_create();
        if (!*waiter)
            return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
        (*waiter)->refs = 2;
    }
    AcquireSRWLockExclusive(&consult->lock);
    if (consult->handle && consult->state != CS_DISCONNECTED)
        hr = S_FALSE;
    else if (consult->state != CS_IDLE || consult->connecting || !consult->params)
        hr = TAPI_E_INVALCALLSTATE;
    else
        consult->connecting = TRUE;
    if (hr == S_OK)
        consult->waiter = *waiter;
    ReleaseSRWLockExclusive(&consult->lock);
    if (hr != S_OK && *waiter) {
        request_release(*waiter);
        request_release(*waiter);
        *waiter = NULL;
    }
    return SUCCEEDED(hr) ? hr : com_fail(hr, IID_HERE, "The consultation call is over.");
}

static void consult_undo(struct call *consult)
{
    struct request *waiter;

    AcquireSRWLockExclusive(&consult->lock);
    consult->connecting = FALSE;
    waiter = consult->waiter;
    consult->waiter = NULL;
    ReleaseSRWLockExclusive(&consult->lock);
    request_release(waiter);
    if (!call_handle(consult))
        call_set_line(consult, NULL);
}

/* A second call that is there already needs nothing but the tie. */
static HRESULT consult_existing(struct call *consult, struct call *original, HCALL conference)
{
    consult_tie(consult, original, conference);
    return S_OK;
}

/* The provider lets a call be transferred in one of two ways: it sets up the consultation itself,
 * or the call is held and a second one made. */
static BOOL can_set_up(struct call *call, HCALL handle, DWORD feature)
{
    union {
        LINECALLSTATUS status;
        BYTE bytes[512];
    } buffer;

    (void)call;
    buffer.status.dwTotalSize = sizeof(buffer);
    /* A provider that does not answer is simply asked. */
    return lineGetCallStatus(handle, &buffer.status) != 0 ||
           (buffer.status.dwCallFeatures & feature) != 0 || buffer.status.dwCallFeatures == 0;
}

static HRESULT transfer_by_hold(struct call *call, HCALL handle, struct call *consult, BOOL sync,
                                struct request *waiter)
{
    struct tapi *tapi = call_tapi(call);
    struct request *request = NULL;
    LINECALLPARAMS *params = NULL;
    HRESULT hr;
    LONG error = LINEERR_NOMEM;

    if (call->state == CS_CONNECTED) {
        request = request_begin(tapi);
        if (request)
            error = request_finish(tapi, request, lineHold(handle));
        if (error != 0)
            return objects_result(error, IID_HERE, "The call was not held for the consultation");
    }
    params = call_params_build(consult);
    request = params ? request_begin(tapi) : NULL;
    error = LINEERR_NOMEM;
    if (request) {
        request->call[0] = consult;
        com_use(&consult->com);
        error =
            request_finish(tapi, request,
                           lineMakeCallW(consult->line->handle, &request->handle[0],
                                         consult->destination, consult->params->country, params));
    }
    free(params);
    hr = objects_result(error, IID_HERE, "The consultation call was not made");
    if (FAILED(hr)) {
        request = request_begin(tapi);
        if (request)
            request_finish(tapi, request, lineUnhold(handle));
        return hr;
    }
    return sync ? call_wait_connected(consult, waiter, "The consultation call was not connected")
                : S_OK;
}

HRESULT call_transfer(struct call *call, struct call *consult, BOOL sync)
{
    struct tapi *tapi = call_tapi(call);
    LINECALLPARAMS *params = NULL;
    struct request *request, *waiter = NULL;
    struct line *line;
    HCALL handle;
    HRESULT hr = call_check(call, IID_HERE, &handle);
    LONG error = LINEERR_NOMEM;

    if (FAILED(hr))
        return hr;
    if (call->state != CS_CONNECTED && call->state != CS_HOLD)
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                        "Only a connected call, or one on hold, can be transferred.");
    hr = consult_begin(consult, sync, &waiter);
    if (hr == S_FALSE)
        return consult_existing(consult, call, 0);
    if (FAILED(hr))
        return hr;
    hr = line_enter(consult->address, IID_HERE, &line);
    if (FAILED(hr))
        goto done;
    call_set_line(consult, line);
    if (!can_set_up(call, handle, LINECALLFEATURE_SETUPTRANSFER)) {
        hr = transfer_by_hold(call, handle, consult, sync, waiter);
        goto done;
    }
    params = call_params_build(consult);
    request = params ? request_begin(tapi) : NULL;
    if (request) {
        request->call[0] = consult;
        com_use(&consult->com);
        error =
            request_finish(tapi, request, lineSetupTransferW(handle, &request->handle[0], params));
    }
    hr = objects_result(error, IID_HERE, "The transfer was not set up");
    if (SUCCEEDED(hr))
        hr = consult_dial(consult, sync, waiter);
done:
    free(params);
    if (FAILED(hr))
        consult_undo(consult);
    /* Also one that came to nothing: its Disconnect brings the first call back. */
    if (SUCCEEDED(hr) || call_handle(consult))
        consult_tie(consult, call, 0);
    request_release(waiter);
    return hr;
}

/* The call object of a conference: made by the provider, found through the hub and the address'
 * calls; it lives until it is idle. */
static struct call *conference_create(struct call *member)
{
    struct call *conference;
    struct line *line;

    if (FAILED(call_create(member->address, member->media, &conference)))
        return NULL;
    if (FAILED(line_enter(member->address, IID_HERE, &line))) {
        com_release(&conference->com);
        return NULL;
    }
    call_set_line(conference, line);
    conference->unclaimed = TRUE; /* our reference, until it is idle or Shutdown */
    return conference;
}

/* Whether the conference came about: a call object without a handle is none. */
static void conference_settle(struct call *conference)
{
    BOOL ours;

    if (!conference || call_handle(conference))
        return;
    AcquireSRWLockExclusive(&conference->lock);
    ours = conference->unclaimed;
    conference->unclaimed = FALSE;
    ReleaseSRWLockExclusive(&conference->lock);
    if (ours)
        com_release(&conference->com);
}

/* The conference a call is a member of; 0: none. */
static HCALL conference_of(HCALL handle)
{
    union {
        LINECALLLIST list;
        BYTE bytes[1024];
    } buffer;

    buffer.list.dwTotalSize = sizeof(buffer);
    if (lineGetConfRelatedCalls(handle, &buffer.list) != 0 || buffer.list.dwCallsNumEntries == 0 ||
        buffer.list.dwCallsOffset > sizeof(buffer) - sizeof(HCALL))
        return 0;
    /* The parent call comes first. */
    return *(HCALL *)(buffer.bytes + buffer.list.dwCallsOffset);
}

HRESULT call_conference(struct call *call, struct call *consult, BOOL sync)
{
    struct tapi *tapi = call_tapi(call);
    LINECALLPARAMS *params = NULL;
    struct request *request, *waiter = NULL;
    struct call *conference = NULL;
    struct line *line;
    HCALL handle, parent;
    HRESULT hr = call_check(call, IID_HERE, &handle);
    LONG error = LINEERR_NOMEM;

    if (FAILED(hr))
        return hr;
    if (call->state != CS_CONNECTED && call->state != CS_HOLD)
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                        "Only a connected call, or one on hold, can become a conference.");
    parent = call->line_state == LINECALLSTATE_CONFERENCED ? conference_of(handle) : 0;
    hr = consult_begin(consult, sync, &waiter);
    if (FAILED(hr))
        return hr;
    if (hr == S_FALSE && parent)
        return consult_existing(consult, call, parent);
    if (hr == S_FALSE) {
        /* Two calls that exist: the first becomes the conference, Finish adds the second. */
        conference = conference_create(call);
        request = conference ? request_begin(tapi) : NULL;
        if (request) {
            request->call[0] = conference;
            com_use(&conference->com);
            error = request_finish(tapi, request,
                                   lineSetupConferenceW(handle, conference->line->handle,
                                                        &request->handle[0], &request->handle[1], 3,
                                                        NULL));
        }
        hr = objects_result(error, IID_HERE, "The conference was not set up");
        if (SUCCEEDED(hr))
            consult_tie(consult, call, call_handle(conference));
        conference_settle(conference);
        return hr;
    }
    hr = line_enter(consult->address, IID_HERE, &line);
    if (FAILED(hr))
        goto done;
    call_set_line(consult, line);
    params = call_params_build(consult);
    if (!parent)
        conference = conference_create(call);
    request = params && (parent || conference) ? request_begin(tapi) : NULL;
    if (request && parent) {
        request->call[0] = consult;
        com_use(&consult->com);
        error = request_finish(tapi, request,
                               linePrepareAddToConferenceW(parent, &request->handle[0], params));
    } else if (request) {
        request->call[0] = conference;
        request->call[1] = consult;
        com_use(&conference->com);
        com_use(&consult->com);
        error = request_finish(tapi, request,
                               lineSetupConferenceW(handle, line->handle, &request->handle[0],
                                                    &request->handle[1], 3, params));
        parent = conference ? call_handle(conference) : 0;
    }
    hr = objects_result(error, IID_HERE, "The conference was not set up");
    if (SUCCEEDED(hr))
        hr = consult_dial(consult, sync, waiter);
done:
    free(params);
    conference_settle(conference);
    if (FAILED(hr))
        consult_undo(consult);
    if (SUCCEEDED(hr) || call_handle(consult))
        consult_tie(consult, call, parent);
    request_release(waiter);
    return hr;
}

HRESULT call_finish(struct call *consult, FINISH_MODE mode)
{
    struct tapi *tapi = call_tapi(consult);
    struct call *original = NULL, *conference = NULL;
    struct request *request;
    HCALL handle, original_handle, parent;
    HRESULT hr = call_check(consult, IID_HERE, &handle);
    LONG error = LINEERR_NOMEM;

    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&consult->lock);
    original = consult->original;
    parent = consult->conference;
    if (original)
        com_use(&original->com);
    ReleaseSRWLockExclusive(&consult->lock);
    if (!original)
        return com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                        "Finish belongs to a consultation call of Transfer or Conference.");
    original_handle = call_handle(original);
    if (parent && mode == FM_ASTRANSFER) {
        hr = com_fail(TAPI_E_INVALCALLSTATE, IID_HERE,
                      "A consultation for a conference is finished with FM_ASCONFERENCE.");
        goto done;
    }
    if (!parent && mode == FM_ASCONFERENCE) {
        conference = conference_create(consult);
        if (!conference) {
            hr = com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
            goto done;
        }
    }
    request = request_begin(tapi);
    if (!request) {
        hr = com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
        goto done;
    }
    if (conference) {
        request->call[0] = conference;
        com_use(&conference->com);
    }
    if (parent)
        error = lineAddToConference(parent, handle);
    else
        error = lineCompleteTransfer(
            original_handle, handle, conference ? &request->handle[0] : NULL,
            conference ? LINETRANSFERMODE_CONFERENCE : LINETRANSFERMODE_TRANSFER);
    error = request_finish(tapi, request, error);
    hr = objects_result(error, IID_HERE, "The consultation was not finished");
    if (SUCCEEDED(hr)) {
        struct call *tied = consult_untie(consult);

        if (mode == FM_ASCONFERENCE)
            hub_follow(consult, original);
        if (tied)
            com_unuse(&tied->com);
    }
done:
    conference_settle(conference);
    com_unuse(&original->com);
    return hr;
}
