/* hub.c - CallHub: the calls of this program that belong to one conversation, by LINECALLINFO's
 * dwCallID (tapi-docs/callhub-object.md). A hub is made when somebody asks for it or for its
 * events; it uses nothing: a call uses its hub. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

struct hub {
    struct com_object com;
    ITCallHub ITCallHub_iface;
    struct tapi *tapi;  /* use */
    struct hub *next;   /* (T) in tapi->hubs */
    struct call *calls; /* (T) by hub_next */
    DWORD call_id;      /* 0: a hub for a single call without identifier */
};

COM_DISPATCH_METHODS(hub, hub, ITCallHub, ITCallHub_iface)

#define IID_HERE (&IID_ITCallHub)

static struct com_list *hub_list(struct hub *self)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    struct call *call, *over = NULL;

    AcquireSRWLockShared(&self->tapi->lock);
    for (call = self->calls; call && list && !over; call = call->hub_next) {
        if (!com_try_hand_out(&call->com))
            continue;
        if (com_list_add_object(list, &call->com.IUnknown_iface))
            com_release(&call->com);
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

/* The living calls of the hub, each with a use to give back; with calls NULL they are only counted.
 * *others: how many more there are that are not ours to disconnect. */
static unsigned living_calls(struct hub *self, struct call **calls, unsigned room, unsigned *others)
{
    struct call *call;
    unsigned count = 0;

    *others = 0;
    AcquireSRWLockShared(&self->tapi->lock);
    for (call = self->calls; call; call = call->hub_next) {
        if (call->state == CS_DISCONNECTED || call->state == CS_IDLE)
            continue;
        if (call->privilege != CP_OWNER) {
            ++*others;
        } else if (!calls) {
            count++;
        } else if (count < room) {
            com_use(&call->com);
            calls[count++] = call;
        }
    }
    ReleaseSRWLockShared(&self->tapi->lock);
    return count;
}

/* Disconnects every call of the hub that is ours to disconnect; the other ends follow. */
static HRESULT WINAPI hub_Clear(ITCallHub *iface)
{
    struct hub *self = impl_from_ITCallHub_iface(iface);
    HRESULT hr = tapi_check(self->tapi, IID_HERE);
    unsigned room, count, others, i;
    struct call **calls;

    if (FAILED(hr))
        return hr;
    room = living_calls(self, NULL, 0, &others);
    if (!room)
        return others ? com_fail(TAPI_E_NOTOWNER, IID_HERE,
                                 "The program owns none of the calls of the call hub.")
                      : S_OK;
    calls = calloc(room, sizeof(*calls));
    if (!calls)
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    count = living_calls(self, calls, room, &others);
    for (i = 0; i < count; i++) {
        HRESULT one = call_disconnect(calls[i]);

        /* The end of one call may have been the end of another. */
        if (FAILED(one) && calls[i]->state != CS_DISCONNECTED && SUCCEEDED(hr))
            hr = one;
        com_unuse(&calls[i]->com);
    }
    free(calls);
    if (SUCCEEDED(hr))
        SetErrorInfo(0, NULL);
    return hr;
}

static HRESULT WINAPI hub_EnumerateCalls(ITCallHub *iface, IEnumCall **out)
{
    struct hub *self = impl_from_ITCallHub_iface(iface);

    if (!out)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *out = NULL;
    return objects_enumerate(hub_list(self), &IID_IEnumCall, (void **)out, IID_HERE);
}

static HRESULT WINAPI hub_get_Calls(ITCallHub *iface, VARIANT *out)
{
    struct hub *self = impl_from_ITCallHub_iface(iface);

    if (!out)
        return com_fail(E_POINTER, IID_HERE, NULL);
    VariantInit(out);
    return objects_collection(hub_list(self), out, IID_HERE);
}

static HRESULT WINAPI hub_get_NumCalls(ITCallHub *iface, LONG *count)
{
    struct hub *self = impl_from_ITCallHub_iface(iface);
    struct call *call;

    if (!count)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *count = 0;
    AcquireSRWLockShared(&self->tapi->lock);
    for (call = self->calls; call; call = call->hub_next)
        ++*count;
    ReleaseSRWLockShared(&self->tapi->lock);
    return S_OK;
}

static HRESULT WINAPI hub_get_State(ITCallHub *iface, CALLHUB_STATE *state)
{
    struct hub *self = impl_from_ITCallHub_iface(iface);
    struct call *call;

    if (!state)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *state = CHS_IDLE;
    AcquireSRWLockShared(&self->tapi->lock);
    for (call = self->calls; call; call = call->hub_next)
        if (call->state != CS_DISCONNECTED && call->state != CS_IDLE)
            *state = CHS_ACTIVE;
    ReleaseSRWLockShared(&self->tapi->lock);
    return S_OK;
}

static const ITCallHubVtbl hub_vtable = {
    COM_DISPATCH_VTABLE(hub), hub_Clear,     hub_EnumerateCalls, hub_get_Calls,
    hub_get_NumCalls,         hub_get_State,
};

static const struct com_interface hub_interfaces[] = {
    COM_INTERFACE(hub, ITCallHub_iface, ITCallHub),
};

static void hub_destroy(struct com_object *object)
{
    com_unuse(&CONTAINING_RECORD(object, struct hub, com)->tapi->com);
}

static const struct com_class hub_class = {
    .name = "CallHub",
    .interfaces = hub_interfaces,
    .interface_count = ARRAYSIZE(hub_interfaces),
    .destroy = hub_destroy,
};

/* ---- joining and leaving ------------------------------------------------------------------- */

static void post_hub(struct hub *self, CALLHUB_EVENT event, struct call *call)
{
    ITCallInfo *info;

    if (call ? !call_wants(call, TE_CALLHUB, event)
             : !dispatcher_wants(self->tapi->dispatcher, TE_CALLHUB))
        return;
    info = call ? call_event_ref(call) : NULL;
    com_hand_out(&self->com);
    EVENT_POST(self->tapi->dispatcher, TE_CALLHUB, ITCallHubEvent, self, .Event = event,
               .CallHub = &self->ITCallHub_iface, .Call = info);
    com_release(&self->com);
    if (info)
        call_event_unref(call);
}

static DWORD call_id_of(struct call *call)
{
    union {
        LINECALLINFO information;
        BYTE bytes[2048];
    } buffer;
    HCALL handle = call_handle(call);
    DWORD id;

    AcquireSRWLockShared(&call_tapi(call)->lock);
    id = call->call_id;
    ReleaseSRWLockShared(&call_tapi(call)->lock);
    if (id || !handle)
        return id;
    buffer.information.dwTotalSize = sizeof(buffer);
    return lineGetCallInfoW(handle, &buffer.information) == 0 ? buffer.information.dwCallID : 0;
}

/* With tapi->lock held. */
static void add_call(struct hub *self, struct call *call)
{
    call->hub = self;
    call->hub_next = self->calls;
    self->calls = call;
    com_use(&self->com); /* the call's */
}

/* The hub of the call, a use to give back; NULL: memory exhausted. */
static struct hub *hub_find_or_make(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    DWORD id = call_id_of(call);
    struct hub *made, *hub, *result;
    BOOL joined = FALSE;

    made = com_object_create(sizeof(*made), &hub_class, NULL);
    if (!made)
        return NULL;
    made->ITCallHub_iface.lpVtbl = (ITCallHubVtbl *)&hub_vtable;
    made->tapi = tapi;
    com_use(&tapi->com);
    made->call_id = id;
    AcquireSRWLockExclusive(&tapi->lock);
    hub = call->hub;
    if (!hub && id)
        for (hub = tapi->hubs; hub && hub->call_id != id;)
            hub = hub->next;
    if (!hub)
        hub = made;
    if (!call->hub && call->listed && !call->hub_left) {
        if (hub == made) {
            hub->next = tapi->hubs; /* listed as long as it has calls, which use it */
            tapi->hubs = hub;
        }
        call->call_id = id;
        add_call(hub, call);
        joined = TRUE;
    }
    result = hub;
    com_use(&result->com);
    ReleaseSRWLockExclusive(&tapi->lock);
    if (joined && result == made)
        post_hub(result, CHE_CALLHUBNEW, NULL);
    if (joined)
        post_hub(result, CHE_CALLJOIN, call);
    com_release(&made->com);
    return result;
}

/* A hub without calls leaves TAPI's list. With tapi->lock held. */
static void unlist_if_empty(struct hub *self)
{
    struct hub **link;

    if (self->calls)
        return;
    for (link = &self->tapi->hubs; *link; link = &(*link)->next)
        if (*link == self) {
            *link = self->next;
            break;
        }
}

void hub_enter(struct call *call)
{
    struct hub *hub = hub_find_or_make(call);

    if (hub)
        com_unuse(&hub->com);
}

void hub_join(struct call *call)
{
    /* Without tracking, and nobody listening, a hub is made when it is asked for. */
    if (call->address->hub_tracking || dispatcher_wants(call_tapi(call)->dispatcher, TE_CALLHUB))
        hub_enter(call);
}

static void leave(struct call *call, BOOL for_good)
{
    struct tapi *tapi = call_tapi(call);
    struct call **link;
    struct hub *hub;
    BOOL idle = FALSE;

    AcquireSRWLockExclusive(&tapi->lock);
    call->hub_left = call->hub_left || for_good;
    call->hub_conference = FALSE;
    hub = call->hub;
    if (hub) {
        call->hub = NULL;
        for (link = &hub->calls; *link; link = &(*link)->hub_next)
            if (*link == call) {
                *link = call->hub_next;
                break;
            }
        idle = hub->calls == NULL;
        unlist_if_empty(hub);
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!hub)
        return;
    post_hub(hub, CHE_CALLLEAVE, call);
    if (idle)
        post_hub(hub, CHE_CALLHUBIDLE, NULL);
    com_unuse(&hub->com);
}

void hub_leave(struct call *call)
{
    leave(call, TRUE);
}

void hub_call_id_changed(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    struct hub *hub, *other;
    BOOL stays;
    DWORD id;

    AcquireSRWLockExclusive(&tapi->lock);
    call->call_id = 0;
    hub = call->hub;
    stays = call->hub_conference;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (stays)
        return;
    if (!hub) {
        hub_join(call);
        return;
    }
    id = call_id_of(call);
    AcquireSRWLockExclusive(&tapi->lock);
    /* A hub of one call whose identifier was not known gets it now, unless there is one such. */
    for (other = tapi->hubs; other && (!id || other->call_id != id);)
        other = other->next;
    if (id && !other && hub->call_id == 0 && call->hub == hub)
        hub->call_id = id;
    stays = call->hub != hub || hub->call_id == id;
    call->call_id = id;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!stays) {
        leave(call, FALSE);
        hub_enter(call);
    }
}

/* "The Finish method adds the consultation call to the CallHub" (conference-ovr.md): a conference
 * is one conversation, also where its members keep the identifiers they had. */
void hub_follow(struct call *call, struct call *original)
{
    struct tapi *tapi = call_tapi(call);
    struct hub *hub = hub_find_or_make(original);
    BOOL joined = FALSE, there;

    if (!hub)
        return;
    AcquireSRWLockShared(&tapi->lock);
    there = call->hub == hub || original->hub != hub; /* already, or the conference is over */
    ReleaseSRWLockShared(&tapi->lock);
    if (!there) {
        leave(call, FALSE);
        AcquireSRWLockExclusive(&tapi->lock);
        if (!call->hub && call->listed && !call->hub_left && hub->calls) {
            add_call(hub, call);
            call->hub_conference = joined = TRUE;
        }
        ReleaseSRWLockExclusive(&tapi->lock);
        if (joined)
            post_hub(hub, CHE_CALLJOIN, call);
        else
            hub_join(call);
    }
    com_unuse(&hub->com);
}

void hub_part(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    BOOL member;

    AcquireSRWLockShared(&tapi->lock);
    member = call->hub_conference;
    ReleaseSRWLockShared(&tapi->lock);
    if (!member)
        return;
    leave(call, FALSE);
    hub_join(call);
}

HRESULT hub_of_call(struct call *call, ITCallHub **out)
{
    struct hub *hub;

    *out = NULL;
    if (!call_handle(call))
        return com_fail(TAPI_E_INVALCALLSTATE, &IID_ITCallInfo2,
                        "A call has a call hub once it is connected.");
    if (call->hub_left)
        return com_fail(TAPI_E_INVALCALLSTATE, &IID_ITCallInfo2,
                        "The call is over and has left its call hub.");
    hub = hub_find_or_make(call);
    if (!hub)
        return com_fail(E_OUTOFMEMORY, &IID_ITCallInfo2, NULL);
    com_hand_out(&hub->com);
    com_unuse(&hub->com);
    *out = &hub->ITCallHub_iface;
    return S_OK;
}

ITCallHub *hub_if_any(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    struct hub *hub;

    AcquireSRWLockShared(&tapi->lock);
    hub = call->hub_left ? NULL : call->hub;
    if (hub)
        com_use(&hub->com);
    ReleaseSRWLockShared(&tapi->lock);
    if (!hub)
        return NULL;
    com_hand_out(&hub->com);
    com_unuse(&hub->com);
    return &hub->ITCallHub_iface;
}

/* First each call gets its own. */
struct com_list *tapi_list_hubs(struct tapi *tapi)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);
    struct hub *hub;
    BOOL fits = list != NULL;
    unsigned i;

    for (i = 0; fits; i++) {
        struct call *call = NULL;
        struct address *address = NULL;

        AcquireSRWLockShared(&tapi->lock);
        if (i < tapi->address_count)
            address = tapi->addresses[i];
        for (call = address ? address->calls : NULL;
             call && (call->hub || call->hub_left || !call->handle);)
            call = call->next;
        if (call)
            com_use(&call->com);
        ReleaseSRWLockShared(&tapi->lock);
        if (!address)
            break;
        if (!call)
            continue;
        hub = hub_find_or_make(call);
        fits = hub != NULL;
        if (hub) {
            if (call->hub)
                i--; /* the same address again: its next call */
            com_unuse(&hub->com);
        }
        com_unuse(&call->com);
    }
    AcquireSRWLockShared(&tapi->lock);
    for (hub = tapi->hubs; hub && fits; hub = hub->next)
        fits = com_list_add_object(list, &hub->com.IUnknown_iface);
    ReleaseSRWLockShared(&tapi->lock);
    if (!fits) {
        com_list_release(list);
        return NULL;
    }
    return list;
}
