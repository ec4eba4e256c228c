/* host.c - the MSP of one address: creation, shutdown, provider ends. See host.h. */
#include "msp/host/private.h"
#include "tapi32/private.h"
#include "base/trace.h"

#include <stdlib.h>

struct msp_host_counters msp_counters;

void msp_host_get_counters(struct msp_host_counters *counters)
{
    *counters = msp_counters;
}

HRESULT msp_host_create_class(const CLSID *clsid, DWORD address, IUnknown *outer,
                              msp_host_event *sink, void *context, struct msp_host **out)
{
    struct msp_host *host;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!clsid || !outer || !sink)
        return E_POINTER;
    host = calloc(1, sizeof(*host));
    if (!host)
        return E_OUTOFMEMORY;
    host->refs = 1;
    InitializeCriticalSection(&host->lock);
    InitializeConditionVariable(&host->changed);
    host->clsid = *clsid;
    host->address = address;
    host->outer = outer;
    host->sink = sink;
    host->context = context;
    InterlockedIncrement(&msp_counters.hosts);
    *out = host;
    return S_OK;
}

HRESULT msp_host_create(HLINEAPP app, DWORD device, DWORD address, IUnknown *outer,
                        msp_host_event *sink, void *context, struct msp_host **out)
{
    GUID clsid;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (OpenTapiLineMspIdentify(app, device, &clsid) != 0)
        return S_FALSE;
    return msp_host_create_class(&clsid, address, outer, sink, context, out);
}

void msp_host_unref(struct msp_host *host)
{
    if (InterlockedDecrement(&host->refs))
        return;
    DeleteCriticalSection(&host->lock);
    if (host->event)
        CloseHandle(host->event);
    free(host->ends);
    free(host);
    InterlockedDecrement(&msp_counters.hosts);
}

/* Creates the COM object and initializes it. No lock held. */
static HRESULT host_make_msp(struct msp_host *host, IUnknown **inner, ITMSPAddress **msp)
{
    HRESULT hr;

    *msp = NULL;
    hr = CoCreateInstance(&host->clsid, host->outer, CLSCTX_INPROC_SERVER, &IID_IUnknown,
                          (void **)inner);
    if (FAILED(hr)) {
        *inner = NULL;
        return hr;
    }
    hr = IUnknown_QueryInterface(*inner, &IID_ITMSPAddress, (void **)msp);
    if (SUCCEEDED(hr)) {
        /* The reference is one on the outer object: it must not keep itself alive. inner does. */
        IUnknown_Release(host->outer);
        hr = msp_events_start(host);
        if (SUCCEEDED(hr))
            hr = ITMSPAddress_Initialize(*msp, (MSP_HANDLE)host->event);
        if (FAILED(hr))
            msp_events_stop(host);
    }
    if (FAILED(hr)) {
        IUnknown_Release(*inner);
        *inner = NULL;
        *msp = NULL;
    }
    return hr;
}

HRESULT msp_host_start(struct msp_host *host)
{
    HRESULT hr = S_OK;
    ITMSPAddress *msp;
    IUnknown *inner;

    EnterCriticalSection(&host->lock);
    /* An MSP that asks its outer object while it is being created must not wait for itself. */
    while (host->life == MSP_COMING && host->creator != GetCurrentThreadId())
        SleepConditionVariableCS(&host->changed, &host->lock, INFINITE);
    if (host->life != MSP_NOT_YET) {
        if (host->life == MSP_COMING || host->life == MSP_GONE)
            hr = E_NOINTERFACE;
        else if (host->life == MSP_FAILED)
            hr = host->failure;
        LeaveCriticalSection(&host->lock);
        return hr;
    }
    host->life = MSP_COMING;
    host->creator = GetCurrentThreadId();
    LeaveCriticalSection(&host->lock);

    hr = host_make_msp(host, &inner, &msp);
    TRACE("msp", "create MSP of address %u: %08x", (unsigned)host->address, (unsigned)hr);

    EnterCriticalSection(&host->lock);
    host->inner = inner;
    host->msp = msp;
    host->failure = hr;
    host->life = SUCCEEDED(hr) ? MSP_READY : MSP_FAILED;
    host->creator = 0;
    LeaveCriticalSection(&host->lock);
    WakeAllConditionVariable(&host->changed);
    /* Events it fired before it was complete. */
    if (SUCCEEDED(hr))
        SetEvent(host->event);
    return SUCCEEDED(hr) ? S_OK : hr;
}

HRESULT msp_host_inner_query(struct msp_host *host, REFIID iid, void **object)
{
    HRESULT hr = msp_host_start(host);

    *object = NULL;
    return SUCCEEDED(hr) ? IUnknown_QueryInterface(host->inner, iid, object) : hr;
}

HRESULT msp_host_query_interface(struct msp_host *host, REFIID iid, void **object)
{
    HRESULT hr;

    if (!object)
        return E_POINTER;
    *object = NULL;
    if (!host || !iid || IsEqualIID(iid, &IID_ITMSPAddress) || IsEqualIID(iid, &IID_IUnknown))
        return E_NOINTERFACE;
    hr = msp_host_start(host);
    /* What an object has answered for once it answers for until its end, shut down or not. */
    if (FAILED(hr) && !host->inner)
        return hr;
    return IUnknown_QueryInterface(host->inner, iid, object);
}

HRESULT msp_host_line_opened(struct msp_host *host, HLINE line)
{
    DWORD msp = 0;

    if (!host)
        return S_FALSE;
    if (OpenTapiLineCreateMsp(line, host->address, &msp) != 0)
        return S_FALSE;
    if (!msp_host_add_end(host, line, msp)) {
        OpenTapiLineCloseMsp(msp);
        return E_OUTOFMEMORY;
    }
    InterlockedIncrement(&msp_counters.ends);
    return S_OK;
}

/* Closes the end of one line, or of any line (line 0). FALSE: there is none. */
static BOOL host_close_end(struct msp_host *host, HLINE line)
{
    DWORD i, msp = 0;
    BOOL found = FALSE;

    EnterCriticalSection(&host->lock);
    for (i = 0; i < host->end_count && !found; i++) {
        if (line && host->ends[i].line != line)
            continue;
        msp = host->ends[i].msp;
        host->ends[i] = host->ends[--host->end_count];
        found = TRUE;
    }
    LeaveCriticalSection(&host->lock);
    if (!found)
        return FALSE;
    OpenTapiLineCloseMsp(msp);
    InterlockedDecrement(&msp_counters.ends);
    return TRUE;
}

void msp_host_line_closing(struct msp_host *host, HLINE line)
{
    if (host && line)
        host_close_end(host, line);
}

DWORD msp_host_any_end(struct msp_host *host)
{
    DWORD msp;

    EnterCriticalSection(&host->lock);
    msp = host->end_count ? host->ends[0].msp : 0;
    LeaveCriticalSection(&host->lock);
    return msp;
}

void msp_host_shutdown(struct msp_host *host)
{
    struct msp_call *call;
    enum msp_life life;

    if (!host)
        return;
    while (host_close_end(host, 0))
        ;
    /* Calls that are still there: their objects come later and find the host gone. */
    for (;;) {
        EnterCriticalSection(&host->lock);
        call = host->calls;
        if (call)
            InterlockedIncrement(&call->refs);
        LeaveCriticalSection(&host->lock);
        if (!call)
            break;
        msp_call_shutdown(call); /* takes it off the list */
        msp_call_unref(call);
    }
    EnterCriticalSection(&host->lock);
    while (host->life == MSP_COMING && host->creator != GetCurrentThreadId())
        SleepConditionVariableCS(&host->changed, &host->lock, INFINITE);
    life = host->life;
    host->life = MSP_GONE;
    LeaveCriticalSection(&host->lock);
    if (life == MSP_READY) {
        msp_events_stop(host);
        ITMSPAddress_Shutdown(host->msp);
    }
    msp_host_drop_kept(host, 0, TRUE);
}

void msp_host_destroy(struct msp_host *host)
{
    IUnknown *inner;

    if (!host)
        return;
    msp_host_shutdown(host);
    inner = host->inner;
    host->inner = NULL; /* first: an MSP may ask its outer object for interfaces while it goes */
    if (inner)
        IUnknown_Release(inner);
    msp_host_unref(host);
}
