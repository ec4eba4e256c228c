/* wait.c - waiting inside a method without cutting the caller's apartment off. */
#include "events/private.h"

struct waiter {
    struct waiter *next;
    DWORD thread_id;
    HANDLE wake;
};

static SRWLOCK waiters_lock = SRWLOCK_INIT;
static struct waiter *waiters;

UINT events_message(void)
{
    static volatile LONG message;

    if (!message)
        message = (LONG)RegisterWindowMessageW(L"OpenTAPI.events");
    return (UINT)message;
}

BOOL events_in_sta(void)
{
    APTTYPE type;
    APTTYPEQUALIFIER qualifier;

    return SUCCEEDED(CoGetApartmentType(&type, &qualifier)) &&
           (type == APTTYPE_STA || type == APTTYPE_MAINSTA);
}

void events_wake_waiter(DWORD thread_id)
{
    struct waiter *waiter;

    AcquireSRWLockShared(&waiters_lock);
    for (waiter = waiters; waiter; waiter = waiter->next)
        if (waiter->thread_id == thread_id)
            SetEvent(waiter->wake);
    ReleaseSRWLockShared(&waiters_lock);
}

static void waiter_add(struct waiter *waiter)
{
    AcquireSRWLockExclusive(&waiters_lock);
    waiter->next = waiters;
    waiters = waiter;
    ReleaseSRWLockExclusive(&waiters_lock);
}

static void waiter_remove(struct waiter *waiter)
{
    struct waiter **link;

    AcquireSRWLockExclusive(&waiters_lock);
    for (link = &waiters; *link != waiter; link = &(*link)->next)
        ;
    *link = waiter->next;
    ReleaseSRWLockExclusive(&waiters_lock);
}

static HRESULT plain_wait(HANDLE handle, DWORD timeout)
{
    switch (WaitForSingleObject(handle, timeout)) {
    case WAIT_OBJECT_0:
        return S_OK;
    case WAIT_TIMEOUT:
        return RPC_S_CALLPENDING;
    default:
        return HRESULT_FROM_WIN32(GetLastError());
    }
}

HRESULT events_wait(HANDLE handle, DWORD timeout)
{
    ULONGLONG start = GetTickCount64();
    struct waiter waiter = {.thread_id = GetCurrentThreadId()};
    HANDLE handles[2] = {handle};
    HRESULT hr;

    if (!events_in_sta())
        return plain_wait(handle, timeout);
    handles[1] = waiter.wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!waiter.wake)
        return plain_wait(handle, timeout);
    waiter_add(&waiter);
    for (;;) {
        ULONGLONG passed = GetTickCount64() - start;
        DWORD left = timeout == INFINITE ? INFINITE
                     : passed < timeout  ? (DWORD)(timeout - passed)
                                         : 0;
        DWORD index = 0;
        MSG message;

        hr = plain_wait(handle, 0);
        if (hr != RPC_S_CALLPENDING)
            break;
        /* One message of the sink windows at a time, so that a flood cannot hold the caller. */
        if (PeekMessageW(&message, NULL, events_message(), events_message(), PM_REMOVE)) {
            DispatchMessageW(&message);
            continue;
        }
        hr = CoWaitForMultipleHandles(0, left, 2, handles, &index);
        if (hr == S_OK && index == 1)
            continue;
        if (FAILED(hr) && hr != RPC_S_CALLPENDING)
            hr = plain_wait(handle, left);
        break;
    }
    waiter_remove(&waiter);
    CloseHandle(waiter.wake);
    return hr;
}
