/* phone_worker.c - the thread that does what phones do by themselves: one for each TAPI object,
 * started by the first phone opened as owner, ended by Shutdown. */
#include <stdlib.h>

#include "objects/phone.h"

struct phone_worker {
    LONG refs; /* TAPI's and the thread's */
    SRWLOCK lock;
    CONDITION_VARIABLE wake;
    BOOL woken, stop;
    struct phone *active; /* a use each */
    HANDLE thread;
};

static void worker_release(struct phone_worker *worker)
{
    if (InterlockedDecrement(&worker->refs) != 0)
        return;
    CloseHandle(worker->thread);
    free(worker);
}

/* The next phone behind `last` (NULL: the first), with a use; gives back that of `last`. */
static struct phone *next_phone(struct phone_worker *worker, struct phone *last)
{
    struct phone *next;

    AcquireSRWLockShared(&worker->lock);
    next = !last ? worker->active : last->active ? last->next_active : NULL;
    if (worker->stop)
        next = NULL;
    if (next)
        com_use(&next->com);
    ReleaseSRWLockShared(&worker->lock);
    if (last)
        com_unuse(&last->com);
    return next;
}

static DWORD WINAPI worker_thread(void *parameter)
{
    struct phone_worker *worker = parameter;
    HRESULT hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    HMODULE module = NULL;
    BOOL stop = FALSE;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                           GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (const WCHAR *)(void *)worker_thread, &module);
    while (!stop) {
        struct phone *phone = NULL;
        DWORD due = INFINITE;

        AcquireSRWLockExclusive(&worker->lock);
        worker->woken = FALSE;
        ReleaseSRWLockExclusive(&worker->lock);
        while ((phone = next_phone(worker, phone))) {
            DWORD phone_due = phone_auto_run(phone);

            if (phone_due < due)
                due = phone_due;
        }
        AcquireSRWLockExclusive(&worker->lock);
        if (!worker->woken && !worker->stop)
            SleepConditionVariableSRW(&worker->wake, &worker->lock, due, 0);
        stop = worker->stop;
        ReleaseSRWLockExclusive(&worker->lock);
    }
    if (SUCCEEDED(hr))
        CoUninitialize();
    worker_release(worker);
    FreeLibraryAndExitThread(module, 0); /* the reference taken for this thread */
    return 0;
}

/* The worker of a TAPI object, with a reference; made if it is not there. NULL: no memory. */
static struct phone_worker *worker_get(struct tapi *tapi, BOOL make)
{
    struct phone_worker *worker, *made;
    HMODULE module;

    AcquireSRWLockShared(&tapi->lock);
    worker = tapi->phone_worker;
    if (worker)
        InterlockedIncrement(&worker->refs);
    ReleaseSRWLockShared(&tapi->lock);
    if (worker || !make)
        return worker;

    made = calloc(1, sizeof(*made));
    if (!made)
        return NULL;
    made->refs = 2;
    InitializeSRWLock(&made->lock);
    InitializeConditionVariable(&made->wake);
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)(void *)worker_thread,
                       &module);
    made->thread = CreateThread(NULL, 0, worker_thread, made, CREATE_SUSPENDED, NULL);
    if (!made->thread) {
        FreeLibrary(module);
        free(made);
        return NULL;
    }
    AcquireSRWLockExclusive(&tapi->lock);
    worker = tapi->phone_worker;
    if (!worker && tapi->state == TAPI_OPEN) {
        worker = tapi->phone_worker = made;
        InterlockedIncrement(&made->refs);
    } else {
        made->stop = TRUE; /* another thread was faster: this one ends at once */
        if (worker)
            InterlockedIncrement(&worker->refs);
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    ResumeThread(made->thread);
    if (worker != made)
        worker_release(made);
    return worker;
}

HRESULT phone_worker_add(struct phone *phone)
{
    struct phone_worker *worker = worker_get(phone->tapi, TRUE);

    if (!worker)
        return E_OUTOFMEMORY;
    AcquireSRWLockExclusive(&worker->lock);
    if (!phone->active) {
        com_use(&phone->com);
        phone->active = TRUE;
        phone->next_active = worker->active;
        worker->active = phone;
    }
    ReleaseSRWLockExclusive(&worker->lock);
    worker_release(worker);
    return S_OK;
}

void phone_worker_remove(struct phone *phone)
{
    struct phone_worker *worker = worker_get(phone->tapi, FALSE);
    struct phone **link;
    BOOL removed;

    if (!worker)
        return;
    AcquireSRWLockExclusive(&worker->lock);
    removed = phone->active;
    phone->active = FALSE;
    for (link = &worker->active; removed && *link; link = &(*link)->next_active)
        if (*link == phone) {
            *link = phone->next_active;
            break;
        }
    worker->woken = TRUE; /* a round that was at this phone begins again */
    ReleaseSRWLockExclusive(&worker->lock);
    WakeConditionVariable(&worker->wake);
    worker_release(worker);
    if (removed)
        com_unuse(&phone->com);
}

void phone_worker_wake(struct tapi *tapi)
{
    struct phone_worker *worker = worker_get(tapi, FALSE);

    if (!worker)
        return;
    AcquireSRWLockExclusive(&worker->lock);
    worker->woken = TRUE;
    ReleaseSRWLockExclusive(&worker->lock);
    WakeConditionVariable(&worker->wake);
    worker_release(worker);
}

/* Takes the first phone off the list; its use goes to the caller. */
static struct phone *worker_first(struct phone_worker *worker)
{
    struct phone *phone;

    AcquireSRWLockExclusive(&worker->lock);
    phone = worker->active;
    if (phone) {
        worker->active = phone->next_active;
        phone->active = FALSE;
    }
    ReleaseSRWLockExclusive(&worker->lock);
    return phone;
}

void phone_worker_stop(struct tapi *tapi)
{
    struct phone_worker *worker;
    struct phone *phone;

    AcquireSRWLockExclusive(&tapi->lock);
    worker = tapi->phone_worker;
    tapi->phone_worker = NULL;
    ReleaseSRWLockExclusive(&tapi->lock);
    if (!worker)
        return;
    AcquireSRWLockExclusive(&worker->lock);
    worker->stop = TRUE;
    ReleaseSRWLockExclusive(&worker->lock);
    WakeConditionVariable(&worker->wake);
    /* It may be inside a provider, which may never come back. */
    if (GetCurrentThreadId() != GetThreadId(worker->thread))
        events_wait(worker->thread, 5000);
    /* A phone that was opened while TAPI was shut down. */
    while ((phone = worker_first(worker)))
        com_unuse(&phone->com);
    worker_release(worker);
}
