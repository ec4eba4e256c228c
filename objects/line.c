/* line.c - the lines an Address has open: one for each RegisterCallNotifications, and one without
 * privilege for calls of our own when no other is open. That one stays until nobody holds the
 * Address: opening a line for every call would cost more than the call. */
#include "objects/private.h"

#include <stdlib.h>

/* What becomes an ITAddressEvent or ITTAPIObjectEvent (messages.c). Not the numbers of calls: they
 * would double the messages of every call. */
#define LINE_STATES                                                                                \
    (LINEDEVSTATE_RINGING | LINEDEVSTATE_CONNECTED | LINEDEVSTATE_DISCONNECTED |                   \
     LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF | LINEDEVSTATE_INSERVICE |                   \
     LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_MAINTENANCE | LINEDEVSTATE_CLOSE |                   \
     LINEDEVSTATE_REINIT | LINEDEVSTATE_TRANSLATECHANGE | LINEDEVSTATE_CONFIGCHANGE |              \
     LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_REMOVED)
#define ADDRESS_STATES (LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_CAPSCHANGE)

/* The messages of the device and the address that we want, of those it has. Without memory for the
 * answer the line is not opened: nobody would know what it does not tell. */
static LONG wanted_states(struct address *address, DWORD *line_states, DWORD *address_states)
{
    LINEDEVCAPS *line_caps;
    LINEADDRESSCAPS *address_caps = NULL;
    LONG error;

    *line_states = *address_states = 0;
    line_caps = address_get_dev_caps(address, &error);
    if (line_caps)
        address_caps = address_get_caps(address, &error);
    if (line_caps && address_caps) {
        *line_states = line_caps->dwLineStates & LINE_STATES;
        *address_states = address_caps->dwAddressStates & ADDRESS_STATES;
        error = 0;
    }
    free(line_caps);
    free(address_caps);
    return error == (LONG)LINEERR_NOMEM ? error : 0;
}

static LONG open_handle(struct address *address, DWORD extension, DWORD privileges, DWORD media,
                        HLINE *handle)
{
    LINECALLPARAMS params = {.dwTotalSize = sizeof(params)};
    LONG error;

    *handle = 0;
    if (address->address_count > 1) {
        /* Only calls of this address of the line, please. */
        params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
        params.dwAddressID = address->id;
        error = lineOpenW(address->tapi->app, address->device, handle, address->api_version,
                          extension, 0, privileges | LINEOPENOPTION_SINGLEADDRESS, media, &params);
        if (error != (LONG)LINEERR_INVALPRIVSELECT)
            return error;
    }
    return lineOpenW(address->tapi->app, address->device, handle, address->api_version, extension,
                     0, privileges, media, NULL);
}

/* Takes the line out of the tables; call with tapi->lock held exclusively. */
static void line_unlist(struct line *line)
{
    struct line **link;

    handle_map_remove(&line->address->tapi->lines, (DWORD)(DWORD_PTR)line->handle);
    for (link = &line->address->lines; *link; link = &(*link)->next)
        if (*link == line) {
            *link = line->next;
            break;
        }
    line->closing = TRUE;
}

/* Gives back the user that keeps the line open; TRUE: it was the last. With tapi->lock held. */
static BOOL line_let_go(struct line *line)
{
    if (line->held) {
        line->held = FALSE;
        line->users--;
    }
    return line->users == 0;
}

/* An open line in the tables, with one user that keeps it open and one that the caller gives back.
 */
static HRESULT line_create(struct address *address, DWORD privileges, DWORD media, LONG instance,
                           BOOL registered, REFIID iid, const char *action, struct line **out)
{
    struct tapi *tapi = address->tapi;
    struct line *line = calloc(1, sizeof(*line));
    DWORD extension = address->ext_version, line_states, address_states;
    HLINE handle;
    HRESULT hr;
    BOOL listed;
    LONG error;

    *out = NULL;
    if (!line)
        return com_fail(E_OUTOFMEMORY, iid, NULL);
    hr = address_check(address, iid);
    if (FAILED(hr)) {
        free(line);
        return hr;
    }
    error = wanted_states(address, &line_states, &address_states);
    /* A call may come before lineOpen has even returned: find_line (messages.c) waits for us. */
    AcquireSRWLockExclusive(&tapi->lock);
    tapi->lines_opening++;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!error)
        error = open_handle(address, extension, privileges, media, &handle);
    if (error < 0) {
        AcquireSRWLockExclusive(&tapi->lock);
        tapi->lines_opening--;
        ReleaseSRWLockExclusive(&tapi->lock);
        WakeAllConditionVariable(&tapi->line_opened);
        free(line);
        return objects_result(error, iid, action);
    }
    line->address = address;
    line->handle = handle;
    line->users = 2;
    line->held = TRUE;
    line->privileges = privileges;
    line->ext_version = extension;
    line->instance = instance;
    if (registered)
        line->registration = InterlockedIncrement(&tapi->next_registration);
    AcquireSRWLockExclusive(&tapi->lock);
    tapi->lines_opening--;
    listed =
        tapi->state == TAPI_OPEN && handle_map_put(&tapi->lines, (DWORD)(DWORD_PTR)handle, line);
    if (listed) {
        line->next = address->lines;
        address->lines = line;
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    WakeAllConditionVariable(&tapi->line_opened);
    if (!listed) {
        lineClose(handle);
        free(line);
        return com_fail(tapi->state == TAPI_OPEN ? E_OUTOFMEMORY : TAPI_E_NOT_INITIALIZED, iid,
                        NULL);
    }
    if (line_states || address_states)
        lineSetStatusMessages(handle, line_states, address_states);
    hr = msp_host_line_opened(address_msp_enter(address), handle);
    address_msp_leave(address);
    if (hr == E_OUTOFMEMORY) {
        AcquireSRWLockExclusive(&tapi->lock);
        line->registration = 0;
        line_let_go(line);
        ReleaseSRWLockExclusive(&tapi->lock);
        line_leave(line);
        return com_fail(hr, iid, NULL);
    }
    *out = line;
    return S_OK;
}

/* Any open line will do for calls of our own (one that is registered sees them as owner); for
 * requests of an extension, one that was opened with its version. */
static HRESULT enter(struct address *address, BOOL extended, REFIID iid, struct line **out)
{
    struct tapi *tapi = address->tapi;
    struct line *line;
    HRESULT hr;

    AcquireSRWLockExclusive(&tapi->lock);
    for (line = address->lines; line; line = line->next)
        if (!line->closing && (!extended || line->ext_version == address->ext_version))
            break;
    if (line)
        line->users++;
    ReleaseSRWLockExclusive(&tapi->lock);
    *out = line;
    if (line)
        return S_OK;
    hr = line_create(address, LINECALLPRIVILEGE_NONE, 0, 0, FALSE, iid,
                     "The line of the address could not be opened", &line);
    *out = line; /* NULL without one */
    return hr;
}

HRESULT line_enter(struct address *address, REFIID iid, struct line **out)
{
    return enter(address, FALSE, iid, out);
}

HRESULT line_enter_extended(struct address *address, REFIID iid, struct line **out)
{
    return enter(address, TRUE, iid, out);
}

void line_leave(struct line *line)
{
    struct tapi *tapi;
    BOOL last, listed;

    if (!line)
        return;
    tapi = line->address->tapi;
    AcquireSRWLockExclusive(&tapi->lock);
    last = --line->users == 0;
    listed = !line->closing;
    if (last && listed)
        line_unlist(line);
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!last)
        return;
    if (listed) {
        msp_host_line_closing(address_msp_enter(line->address), line->handle);
        address_msp_leave(line->address);
        lineClose(line->handle);
    }
    free(line);
}

HRESULT line_register(struct address *address, DWORD privileges, DWORD media, LONG instance,
                      LONG *registration)
{
    struct line *line;
    HRESULT hr;

    *registration = 0;
    hr = line_create(address, privileges, address_to_line_media(address, media), instance, TRUE,
                     &IID_ITTAPI, "Calls of the address cannot be watched", &line);
    if (FAILED(hr))
        return hr;
    *registration = line->registration;
    line_leave(line); /* what keeps it open is the registration */
    return S_OK;
}

HRESULT line_unregister(struct tapi *tapi, LONG registration)
{
    struct line *line = NULL;
    unsigned i;

    AcquireSRWLockExclusive(&tapi->lock);
    for (i = 0; i < tapi->address_count && !line; i++)
        for (line = tapi->addresses[i]->lines; line && line->registration != registration;)
            line = line->next;
    if (line && registration) {
        line->registration = 0;
        line->held = FALSE; /* its user is given back below */
    } else {
        line = NULL;
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!line)
        return com_fail(E_INVALIDARG, &IID_ITTAPI,
                        "%ld is not a registration of RegisterCallNotifications.", registration);
    line_leave(line); /* stays open while calls are on it */
    return S_OK;
}

void line_close_all(struct address *address)
{
    struct tapi *tapi = address->tapi;

    for (;;) {
        struct line *line;
        BOOL last = FALSE;
        HLINE handle = 0;

        AcquireSRWLockExclusive(&tapi->lock);
        line = address->lines;
        if (line) {
            handle = line->handle;
            line_unlist(line);
            last = line_let_go(line);
        }
        ReleaseSRWLockExclusive(&tapi->lock);
        if (!line)
            return;
        /* Drops the calls that nobody else owns (lineClose). Calls keep the memory until they go.
         */
        msp_host_line_closing(address_msp_enter(address), handle);
        address_msp_leave(address);
        lineClose(handle);
        if (last)
            free(line);
    }
}

void line_lost(struct tapi *tapi, HLINE handle)
{
    struct line *line;
    struct address *address = NULL;
    BOOL last = FALSE;

    AcquireSRWLockExclusive(&tapi->lock);
    line = handle_map_get(&tapi->lines, (DWORD)(DWORD_PTR)handle);
    if (line) {
        address = line->address;
        com_use(&address->com);
        line_unlist(line);
        last = line_let_go(line);
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!line)
        return;
    msp_host_line_closing(address_msp_enter(address), handle);
    address_msp_leave(address);
    for (;;) {
        struct call *call;

        AcquireSRWLockExclusive(&tapi->lock);
        for (call = address->calls; call && (call->line != line || !call->handle);
             call = call->next)
            ;
        if (call)
            com_use(&call->com);
        ReleaseSRWLockExclusive(&tapi->lock);
        if (!call)
            break;
        call_lose(call);
        com_unuse(&call->com);
    }
    if (last)
        free(line);
    com_unuse(&address->com);
}
