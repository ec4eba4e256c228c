/*
 * host_events.c - events of an MSP: waiting for its signal, GetEvent, handing on. See host.h.
 *
 * The system's thread pool waits on the events of all hosts; a host's own signals are worked off by
 * one pool thread at a time, so its events keep their order while a slow MSP holds up only itself.
 */
#include "msp/host/private.h"
#include "base/trace.h"

#include <stddef.h>
#include <stdlib.h>

#define EVENT_BYTES_MAX (1u << 20) /* an MSP that asks for more is not believed */

#define PART_END(part) (offsetof(MSP_EVENT_INFO, part) + sizeof(((MSP_EVENT_INFO *)0)->part))

/* How much of the structure each kind of event needs. */
static DWORD event_needs(MSP_EVENT kind)
{
    switch (kind) {
    case ME_ADDRESS_EVENT:
        return PART_END(MSP_ADDRESS_EVENT_INFO);
    case ME_CALL_EVENT:
        return PART_END(MSP_CALL_EVENT_INFO);
    case ME_TSP_DATA:
        return offsetof(MSP_EVENT_INFO, MSP_TSP_DATA.pBuffer);
    case ME_PRIVATE_EVENT:
        return PART_END(MSP_PRIVATE_EVENT_INFO);
    case ME_FILE_TERMINAL_EVENT:
        return PART_END(MSP_FILE_TERMINAL_EVENT_INFO);
    case ME_ASR_TERMINAL_EVENT:
        return PART_END(MSP_ASR_TERMINAL_EVENT_INFO);
    case ME_TTS_TERMINAL_EVENT:
        return PART_END(MSP_TTS_TERMINAL_EVENT_INFO);
    case ME_TONE_TERMINAL_EVENT:
        return PART_END(MSP_TONE_TERMINAL_EVENT_INFO);
    default:
        return MAXDWORD;
    }
}

static void release(void *unknown)
{
    if (unknown)
        IUnknown_Release((IUnknown *)unknown);
}

/* The references in an event belong to who got it. */
static void event_release(const MSP_EVENT_INFO *event)
{
    switch (event->Event) {
    case ME_ADDRESS_EVENT:
        release(event->MSP_ADDRESS_EVENT_INFO.pTerminal);
        break;
    case ME_CALL_EVENT:
        release(event->MSP_CALL_EVENT_INFO.pStream);
        release(event->MSP_CALL_EVENT_INFO.pTerminal);
        break;
    case ME_PRIVATE_EVENT:
        release(event->MSP_PRIVATE_EVENT_INFO.pEvent);
        break;
    case ME_FILE_TERMINAL_EVENT:
        release(event->MSP_FILE_TERMINAL_EVENT_INFO.pParentFileTerminal);
        release(event->MSP_FILE_TERMINAL_EVENT_INFO.pFileTrack);
        break;
    case ME_ASR_TERMINAL_EVENT:
        release(event->MSP_ASR_TERMINAL_EVENT_INFO.pASRTerminal);
        break;
    case ME_TTS_TERMINAL_EVENT:
        release(event->MSP_TTS_TERMINAL_EVENT_INFO.pTTSTerminal);
        break;
    case ME_TONE_TERMINAL_EVENT:
        release(event->MSP_TONE_TERMINAL_EVENT_INFO.pToneTerminal);
        break;
    default:
        break;
    }
}

static void event_send_tsp_data(struct msp_host *host, struct msp_call *call,
                                const MSP_EVENT_INFO *event, DWORD size)
{
    DWORD room = size - (DWORD)offsetof(MSP_EVENT_INFO, MSP_TSP_DATA.pBuffer);

    if (event->MSP_TSP_DATA.dwBufferSize <= room)
        msp_host_send(host, call, event->MSP_TSP_DATA.pBuffer, event->MSP_TSP_DATA.dwBufferSize);
}

static void event_handle(struct msp_host *host, const MSP_EVENT_INFO *event, DWORD size)
{
    struct msp_call *call = NULL;
    BOOL for_call = event->hCall != NULL;

    if (size < event_needs(event->Event)) {
        TRACE("msp", "event %d with %u bytes dropped", event->Event, (unsigned)size);
        return;
    }
    EnterCriticalSection(&host->lock);
    if (for_call)
        call = msp_call_by_cookie(host, (DWORD)(ULONG_PTR)event->hCall);
    if (call)
        call->delivering++;
    LeaveCriticalSection(&host->lock);
    if (for_call && !call)
        TRACE("msp", "event %d of a call that is gone dropped", event->Event);
    else if (event->Event == ME_TSP_DATA)
        event_send_tsp_data(host, call, event, size);
    else
        host->sink(host->context, call, event);
    event_release(event);
    if (call) {
        EnterCriticalSection(&host->lock);
        call->delivering--;
        LeaveCriticalSection(&host->lock);
        WakeAllConditionVariable(&host->changed);
        msp_call_unref(call);
    }
}

static BOOL host_is_ready(struct msp_host *host)
{
    BOOL ready;

    EnterCriticalSection(&host->lock);
    ready = host->life == MSP_READY;
    LeaveCriticalSection(&host->lock);
    return ready;
}

/* Takes events until there are none. */
static void host_pump(struct msp_host *host)
{
    DWORD room = 256;
    BYTE *buffer = malloc(room);

    while (buffer && host_is_ready(host)) {
        DWORD size = room;
        HRESULT hr = ITMSPAddress_GetEvent(host->msp, &size, buffer);

        if (hr == TAPI_E_NOTENOUGHMEMORY && size > room && size <= EVENT_BYTES_MAX) {
            free(buffer);
            room = size;
            buffer = malloc(room);
            continue;
        }
        if (hr != S_OK)
            break;
        if (size > room)
            size = room;
        if (size >= offsetof(MSP_EVENT_INFO, MSP_ADDRESS_EVENT_INFO))
            event_handle(host, (const MSP_EVENT_INFO *)buffer, size);
    }
    free(buffer);
}

static void CALLBACK host_signaled(void *context, BOOLEAN timed_out)
{
    struct msp_host *host = context;
    LONG seen;
    HRESULT com;

    (void)timed_out;
    if (InterlockedIncrement(&host->signals) > 1)
        return; /* whoever is at it goes round once more */
    com = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    InterlockedIncrement(&host->refs);
    EnterCriticalSection(&host->lock);
    host->pump_thread = GetCurrentThreadId();
    LeaveCriticalSection(&host->lock);
    do {
        seen = host->signals;
        host_pump(host);
        if (InterlockedCompareExchange(&host->signals, 0, seen) == seen)
            break;
    } while (1);
    msp_host_unref(host);
    if (SUCCEEDED(com))
        CoUninitialize();
}

HRESULT msp_events_start(struct msp_host *host)
{
    host->event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!host->event)
        return E_OUTOFMEMORY;
    if (!RegisterWaitForSingleObject(&host->wait, host->event, host_signaled, host, INFINITE,
                                     WT_EXECUTELONGFUNCTION)) {
        CloseHandle(host->event);
        host->event = NULL;
        host->wait = NULL;
        return E_OUTOFMEMORY;
    }
    return S_OK;
}

/* Ends the wait when no callback can be running on the stack above. */
static DWORD WINAPI host_unregister(void *context)
{
    struct msp_host *host = context;

    UnregisterWaitEx(host->wait, INVALID_HANDLE_VALUE);
    msp_host_unref(host);
    return 0;
}

void msp_events_stop(struct msp_host *host)
{
    BOOL inside;

    if (!host->wait)
        return;
    EnterCriticalSection(&host->lock);
    inside = host->signals && host->pump_thread == GetCurrentThreadId();
    LeaveCriticalSection(&host->lock);
    if (inside) {
        InterlockedIncrement(&host->refs);
        if (!QueueUserWorkItem(host_unregister, host, WT_EXECUTELONGFUNCTION)) {
            /* Better a leaked host than a callback on freed memory. */
            UnregisterWaitEx(host->wait, NULL);
        }
    } else {
        UnregisterWaitEx(host->wait, INVALID_HANDLE_VALUE);
        host->wait = NULL;
    }
}
