/* host_call.c - the MSP's part of calls, and data from the provider for them. See host.h. */
#include "msp/host/private.h"
#include "tapi32/private.h"
#include "base/trace.h"

#include <stdlib.h>
#include <string.h>

#define KEPT_MAX 4096 /* blobs that wait in one list; more is a provider or an MSP gone wild */

struct msp_call *msp_call_by_cookie(struct msp_host *host, DWORD cookie)
{
    struct msp_call *call;

    for (call = host->calls; call; call = call->next) {
        if (call->cookie == cookie) {
            InterlockedIncrement(&call->refs);
            return call;
        }
    }
    return NULL;
}

struct msp_call *msp_call_by_handle(struct msp_host *host, HCALL handle)
{
    struct msp_call *call;

    for (call = host->calls; call && handle; call = call->next) {
        if (call->handle == handle) {
            InterlockedIncrement(&call->refs);
            return call;
        }
    }
    return NULL;
}

static void free_kept(struct msp_kept *kept)
{
    while (kept) {
        struct msp_kept *next = kept->next;

        free(kept);
        InterlockedDecrement(&msp_counters.kept);
        kept = next;
    }
}

void msp_call_unref(struct msp_call *call)
{
    struct msp_host *host = call->host;
    IUnknown *inner;

    if (InterlockedDecrement(&call->refs))
        return;
    inner = call->inner;
    call->inner = NULL; /* first: it may ask its outer object for interfaces while it goes */
    if (inner)
        IUnknown_Release(inner);
    free_kept(call->to_provider);
    free(call);
    InterlockedDecrement(&msp_counters.calls);
    msp_host_unref(host);
}

/* ITMediaSupport is the Address object's own; writing-a-media-service-provider.md does not ask it
 * of an MSP, and those made of Microsoft's base classes have none: they judge in CreateMSPCall. */
static DWORD host_media_types(struct msp_host *host)
{
    ITMediaSupport *support;
    LONG types = 0;

    if (FAILED(msp_host_inner_query(host, &IID_ITMediaSupport, (void **)&support)))
        return ~0u;
    if (FAILED(ITMediaSupport_get_MediaTypes(support, &types)))
        types = 0;
    ITMediaSupport_Release(support);
    return (DWORD)types;
}

HRESULT msp_call_create(struct msp_host *host, DWORD media_types, IUnknown *outer,
                        struct msp_call **out)
{
    struct msp_call *call;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!host)
        return S_FALSE;
    if (!outer)
        return E_POINTER;
    hr = msp_host_start(host);
    if (FAILED(hr))
        return hr;
    media_types &= host_media_types(host);
    if (!media_types)
        return S_FALSE;
    call = calloc(1, sizeof(*call));
    if (!call)
        return E_OUTOFMEMORY;
    call->refs = 1;
    call->host = host;
    call->outer = outer;
    InterlockedIncrement(&host->refs);
    InterlockedIncrement(&msp_counters.calls);
    /* In the list before the MSP knows it: it may fire events for the call at once. */
    EnterCriticalSection(&host->lock);
    if (!++host->last_cookie)
        ++host->last_cookie;
    call->cookie = host->last_cookie;
    call->next = host->calls;
    host->calls = call;
    LeaveCriticalSection(&host->lock);
    hr = ITMSPAddress_CreateMSPCall(host->msp, (MSP_HANDLE)(ULONG_PTR)call->cookie, 0, media_types,
                                    outer, &call->inner);
    TRACE("msp", "create MSP call %u: %08x", (unsigned)call->cookie, (unsigned)hr);
    if (SUCCEEDED(hr) && !call->inner)
        hr = E_FAIL; /* a liar */
    if (FAILED(hr)) {
        call->inner = NULL;
        msp_call_destroy(call);
        return hr;
    }
    *out = call;
    return S_OK;
}

void msp_call_shutdown(struct msp_call *call)
{
    struct msp_host *host;
    struct msp_call **at;
    BOOL first = FALSE;

    if (!call)
        return;
    host = call->host;
    EnterCriticalSection(&host->lock);
    for (at = &host->calls; *at; at = &(*at)->next) {
        if (*at == call) {
            *at = call->next;
            first = TRUE;
            break;
        }
    }
    /* The outer object may go when this returns, so nobody may be telling it anything. */
    while (call->delivering && host->pump_thread != GetCurrentThreadId())
        SleepConditionVariableCS(&host->changed, &host->lock, INFINITE);
    call->outer = NULL;
    LeaveCriticalSection(&host->lock);
    if (first && call->inner && host->msp)
        ITMSPAddress_ShutdownMSPCall(host->msp, call->inner);
}

void msp_call_destroy(struct msp_call *call)
{
    if (!call)
        return;
    msp_call_shutdown(call);
    msp_call_unref(call);
}

HRESULT msp_call_query_interface(struct msp_call *call, REFIID iid, void **object)
{
    if (!object)
        return E_POINTER;
    *object = NULL;
    if (!call || !iid || !call->inner || IsEqualIID(iid, &IID_IUnknown))
        return E_NOINTERFACE;
    return IUnknown_QueryInterface(call->inner, iid, object);
}

IUnknown *msp_call_outer(struct msp_call *call)
{
    return call ? call->outer : NULL;
}

/* ---- data of the provider -------------------------------------------------------------- */

static void call_give_data(struct msp_host *host, struct msp_call *call, const void *data,
                           DWORD size)
{
    HRESULT hr =
        ITMSPAddress_ReceiveTSPData(host->msp, call ? call->inner : NULL, (BYTE *)data, size);

    TRACE("msp", "data from provider, %u bytes, call %u: %08x", (unsigned)size,
          call ? (unsigned)call->cookie : 0, (unsigned)hr);
    (void)hr;
}

/* Appends a copy. Lock held. */
static BOOL keep(struct msp_kept **list, HCALL handle, const void *data, DWORD size)
{
    struct msp_kept *kept;
    DWORD count = 0;

    for (; *list && count < KEPT_MAX; list = &(*list)->next)
        count++;
    kept = count < KEPT_MAX ? malloc(sizeof(*kept) + size) : NULL;
    if (!kept)
        return FALSE;
    kept->next = NULL;
    kept->handle = handle;
    kept->size = size;
    memcpy(kept->bytes, data, size);
    *list = kept;
    InterlockedIncrement(&msp_counters.kept);
    return TRUE;
}

static void send_now(struct msp_host *host, HCALL handle, const void *data, DWORD size)
{
    DWORD msp = msp_host_any_end(host);
    LONG result = msp ? OpenTapiLineSendMspData(msp, handle, data, size) : 0;

    TRACE("msp", "data to provider, %u bytes: %08x", (unsigned)size, (unsigned)result);
    (void)result;
}

void msp_call_set_handle(struct msp_call *call, HCALL handle)
{
    struct msp_kept *said = NULL;
    struct msp_host *host;

    if (!call)
        return;
    host = call->host;
    if (!handle) {
        EnterCriticalSection(&host->lock);
        call->handle = 0;
        LeaveCriticalSection(&host->lock);
        return;
    }
    /* What was kept goes first; what comes meanwhile is kept too, so the order stays. */
    for (;;) {
        struct msp_kept **at, *kept = NULL;

        EnterCriticalSection(&host->lock);
        for (at = &host->kept; *at && !kept; at = &(*at)->next) {
            if ((*at)->handle == handle) {
                kept = *at;
                *at = kept->next;
                break;
            }
        }
        if (!kept) {
            call->handle = handle;
            said = call->to_provider;
            call->to_provider = NULL;
        }
        LeaveCriticalSection(&host->lock);
        if (!kept)
            break;
        call_give_data(host, call, kept->bytes, kept->size);
        free(kept);
        InterlockedDecrement(&msp_counters.kept);
    }
    for (const struct msp_kept *at = said; at; at = at->next)
        send_now(host, handle, at->bytes, at->size);
    free_kept(said);
}

void msp_host_send(struct msp_host *host, struct msp_call *call, const void *data, DWORD size)
{
    HCALL handle = 0;
    BOOL later;

    EnterCriticalSection(&host->lock);
    if (call)
        handle = call->handle;
    later = call ? !handle : !host->end_count;
    if (later && !keep(call ? &call->to_provider : &host->to_provider, 0, data, size))
        TRACE("msp", "data to the provider dropped");
    LeaveCriticalSection(&host->lock);
    if (!later)
        send_now(host, handle, data, size);
}

BOOL msp_host_add_end(struct msp_host *host, HLINE line, DWORD msp)
{
    struct msp_end *grown = NULL;
    struct msp_kept *said;

    /* What was kept goes first; what comes meanwhile is kept too, so the order stays. */
    do {
        EnterCriticalSection(&host->lock);
        said = host->to_provider;
        host->to_provider = NULL;
        if (!said) {
            grown = realloc(host->ends, (host->end_count + 1) * sizeof(*grown));
            if (grown) {
                host->ends = grown;
                grown[host->end_count].line = line;
                grown[host->end_count++].msp = msp;
            }
        }
        LeaveCriticalSection(&host->lock);
        for (const struct msp_kept *at = said; at; at = at->next)
            OpenTapiLineSendMspData(msp, 0, at->bytes, at->size);
        free_kept(said);
    } while (said);
    return grown != NULL;
}

void msp_host_drop_kept(struct msp_host *host, HCALL handle, BOOL all)
{
    struct msp_kept *dropped = NULL, *said = NULL, **at;

    EnterCriticalSection(&host->lock);
    for (at = &host->kept; *at;) {
        struct msp_kept *kept = *at;

        if (!all && kept->handle != handle) {
            at = &kept->next;
            continue;
        }
        *at = kept->next;
        kept->next = dropped;
        dropped = kept;
    }
    if (all) {
        said = host->to_provider;
        host->to_provider = NULL;
    }
    LeaveCriticalSection(&host->lock);
    free_kept(dropped);
    free_kept(said);
}

void msp_host_forget_handle(struct msp_host *host, HCALL handle)
{
    if (host && handle)
        msp_host_drop_kept(host, handle, FALSE);
}

void msp_host_receive(struct msp_host *host, DWORD msp, HCALL handle, const void *data, DWORD size)
{
    struct msp_call *call = NULL;
    BOOL ours = msp == 0, kept = FALSE;
    DWORD i;

    if (!host || !data || !size)
        return;
    EnterCriticalSection(&host->lock);
    for (i = 0; i < host->end_count && !ours; i++)
        ours = host->ends[i].msp == msp;
    if (ours && handle) {
        call = msp_call_by_handle(host, handle);
        if (!call)
            kept = keep(&host->kept, handle, data, size);
    }
    LeaveCriticalSection(&host->lock);
    if (!ours || kept)
        return;
    if (handle && !call) {
        TRACE("msp", "data for unknown call %08x dropped", (unsigned)(ULONG_PTR)handle);
        return;
    }
    if (call || SUCCEEDED(msp_host_start(host)))
        call_give_data(host, call, data, size);
    if (call)
        msp_call_unref(call);
}

/* ---- events ---------------------------------------------------------------------------- */

BOOL msp_call_media_event(const MSP_EVENT_INFO *event, CALL_MEDIA_EVENT *media_event,
                          CALL_MEDIA_EVENT_CAUSE *cause)
{
    static const CALL_MEDIA_EVENT events[] = {
        [CALL_NEW_STREAM] = CME_NEW_STREAM,       [CALL_STREAM_FAIL] = CME_STREAM_FAIL,
        [CALL_TERMINAL_FAIL] = CME_TERMINAL_FAIL, [CALL_STREAM_NOT_USED] = CME_STREAM_NOT_USED,
        [CALL_STREAM_ACTIVE] = CME_STREAM_ACTIVE, [CALL_STREAM_INACTIVE] = CME_STREAM_INACTIVE,
    };
    static const CALL_MEDIA_EVENT_CAUSE causes[] = {
        [CALL_CAUSE_UNKNOWN] = CMC_UNKNOWN,
        [CALL_CAUSE_BAD_DEVICE] = CMC_BAD_DEVICE,
        [CALL_CAUSE_CONNECT_FAIL] = CMC_CONNECT_FAIL,
        [CALL_CAUSE_LOCAL_REQUEST] = CMC_LOCAL_REQUEST,
        [CALL_CAUSE_REMOTE_REQUEST] = CMC_REMOTE_REQUEST,
        [CALL_CAUSE_MEDIA_TIMEOUT] = CMC_MEDIA_TIMEOUT,
        [CALL_CAUSE_MEDIA_RECOVERED] = CMC_MEDIA_RECOVERED,
        [CALL_CAUSE_QUALITY_OF_SERVICE] = CMC_QUALITY_OF_SERVICE,
    };

    if (event->Event != ME_CALL_EVENT ||
        (unsigned)event->MSP_CALL_EVENT_INFO.Type >= ARRAYSIZE(events) ||
        (unsigned)event->MSP_CALL_EVENT_INFO.Cause >= ARRAYSIZE(causes))
        return FALSE;
    *media_event = events[event->MSP_CALL_EVENT_INFO.Type];
    *cause = causes[event->MSP_CALL_EVENT_INFO.Cause];
    return TRUE;
}
