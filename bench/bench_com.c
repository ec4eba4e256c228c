/* bench_com.c - bench_com.h: the TAPI object and its sink. */
#include "bench_com.h"

#include <stdio.h>

static bench_event *handler;
static IConnectionPoint *point;
static DWORD cookie;

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_ITTAPIEventNotification)) {
        *out = NULL;
        return E_NOINTERFACE;
    }
    *out = iface;
    return S_OK;
}

/* The one sink is static: it outlives every reference. */
static ULONG WINAPI sink_AddRef(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI sink_Release(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT kind, IDispatch *event)
{
    (void)iface;
    handler(kind, event);
    return S_OK;
}

static ITTAPIEventNotificationVtbl sink_vtbl = {sink_QueryInterface, sink_AddRef, sink_Release,
                                                sink_Event};
static ITTAPIEventNotification sink = {&sink_vtbl};

BOOL bench_tapi_open(ITTAPI **tapi, bench_event *on_event, LONG filter)
{
    IConnectionPointContainer *container = NULL;
    HRESULT hr;

    handler = on_event;
    hr = CoCreateInstance(&CLSID_TAPI, NULL, CLSCTX_INPROC_SERVER, &IID_ITTAPI, (void **)tapi);
    if (FAILED(hr))
        return bench_fail("TAPI.TAPI cannot be made: %#lx", (unsigned long)hr);
    hr = ITTAPI_Initialize(*tapi);
    if (SUCCEEDED(hr))
        hr = ITTAPI_put_EventFilter(*tapi, filter);
    if (SUCCEEDED(hr))
        hr = ITTAPI_QueryInterface(*tapi, &IID_IConnectionPointContainer, (void **)&container);
    if (SUCCEEDED(hr))
        hr = IConnectionPointContainer_FindConnectionPoint(container, &IID_ITTAPIEventNotification,
                                                           &point);
    if (SUCCEEDED(hr))
        hr = IConnectionPoint_Advise(point, (IUnknown *)&sink, &cookie);
    if (container)
        IConnectionPointContainer_Release(container);
    return SUCCEEDED(hr) || bench_fail("TAPI cannot be set up: %#lx", (unsigned long)hr);
}

BOOL bench_tapi_advise(unsigned more)
{
    HRESULT hr = S_OK;
    DWORD unused;

    while (more-- && SUCCEEDED(hr))
        hr = IConnectionPoint_Advise(point, (IUnknown *)&sink, &unused);
    return SUCCEEDED(hr) || bench_fail("a sink cannot be advised: %#lx", (unsigned long)hr);
}

void bench_tapi_close(ITTAPI *tapi)
{
    IConnectionPoint_Unadvise(point, cookie);
    IConnectionPoint_Release(point);
    ITTAPI_Shutdown(tapi);
    ITTAPI_Release(tapi);
}

ITAddress *bench_tapi_address(ITTAPI *tapi, unsigned index)
{
    IEnumAddress *all = NULL;
    ITAddress *address = NULL;

    if (FAILED(ITTAPI_EnumerateAddresses(tapi, &all)))
        return NULL;
    if (index)
        IEnumAddress_Skip(all, index);
    IEnumAddress_Next(all, 1, &address, NULL);
    IEnumAddress_Release(all);
    return address;
}
