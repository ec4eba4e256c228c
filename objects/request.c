/* request.c - asynchronous requests of the C API and the threads that wait for them.
 *
 * The thread that takes LINE_REPLY may see it before the thread that made the request has put its
 * identifier into the table. It then waits for that thread, which is on its way: a reply must be
 * worked off before the next message, because it brings the handles of calls that the next
 * messages are about (tapi-docs/async-replies-versus-events-on-new-call-handles.md). */
#include "objects/private.h"

#include <stdlib.h>

static BOOL thread_in_sta(void)
{
    APTTYPE type;
    APTTYPEQUALIFIER qualifier;

    if (FAILED(CoGetApartmentType(&type, &qualifier)))
        return FALSE; /* no apartment at all: nothing to serve while waiting */
    return type == APTTYPE_STA || type == APTTYPE_MAINSTA ||
           (type == APTTYPE_NA && (qualifier == APTTYPEQUALIFIER_NA_ON_STA ||
                                   qualifier == APTTYPEQUALIFIER_NA_ON_MAINSTA));
}

struct request *waiter_create(void)
{
    struct request *request = calloc(1, sizeof(*request));

    if (!request)
        return NULL;
    request->refs = 1;
    InitializeConditionVariable(&request->wake);
    if (thread_in_sta()) {
        request->event = CreateEventW(NULL, TRUE, FALSE, NULL);
        if (!request->event) {
            free(request);
            return NULL;
        }
    }
    return request;
}

void request_release(struct request *request)
{
    unsigned i;

    if (!request || InterlockedDecrement(&request->refs) != 0)
        return;
    for (i = 0; i < ARRAYSIZE(request->call); i++)
        if (request->call[i])
            com_unuse(&request->call[i]->com);
    if (request->bound)
        com_unuse(request->bound);
    if (request->event)
        CloseHandle(request->event);
    free(request->block);
    free(request);
}

/* Called without locks: hands the new handles to their calls, then wakes the waiting thread. */
static void complete(struct tapi *tapi, struct request *request, LONG result)
{
    unsigned i;

    for (i = 0; i < ARRAYSIZE(request->call); i++)
        if (result == 0 && request->call[i] && request->handle[i])
            call_bind(request->call[i], request->handle[i]);
    if (result == 0 && request->bound && request->handle[0])
        request->bind(request->bound, (DWORD)request->handle[0]);
    AcquireSRWLockExclusive(&tapi->request_lock);
    request->result = result;
    request->done = TRUE;
    if (request->event)
        SetEvent(request->event);
    ReleaseSRWLockExclusive(&tapi->request_lock);
    WakeAllConditionVariable(&request->wake);
}

void waiter_complete(struct tapi *tapi, struct request *waiter, LONG result)
{
    complete(tapi, waiter, result);
}

LONG waiter_wait(struct tapi *tapi, struct request *request, DWORD timeout)
{
    DWORD start = GetTickCount();
    LONG result = REQUEST_TIMEOUT;

    if (request->event)
        events_wait(request->event, timeout);
    AcquireSRWLockExclusive(&tapi->request_lock);
    while (!request->event && !request->done) {
        DWORD passed = GetTickCount() - start;

        if (passed >= timeout ||
            (!SleepConditionVariableSRW(&request->wake, &tapi->request_lock, timeout - passed, 0) &&
             GetLastError() != ERROR_TIMEOUT))
            break;
    }
    if (request->done)
        result = request->result;
    ReleaseSRWLockExclusive(&tapi->request_lock);
    return result;
}

struct request *request_begin(struct tapi *tapi)
{
    struct request *request = waiter_create();

    if (!request)
        return NULL;
    AcquireSRWLockExclusive(&tapi->request_lock);
    if (!handle_map_reserve(&tapi->requests)) {
        ReleaseSRWLockExclusive(&tapi->request_lock);
        request_release(request);
        return NULL;
    }
    tapi->requests_in_flight++;
    request->shutdowns = tapi->request_shutdowns;
    ReleaseSRWLockExclusive(&tapi->request_lock);
    return request;
}

void request_bind(struct request *request, struct com_object *object,
                  void (*bind)(struct com_object *object, DWORD handle))
{
    com_use(object);
    request->bound = object;
    request->bind = bind;
}

/* The request function has returned. TRUE: a reply will come (or the request was ended at once). */
static BOOL request_register(struct tapi *tapi, struct request *request, LONG result)
{
    LONG closed = 0;
    BOOL pending = result > 0;

    AcquireSRWLockExclusive(&tapi->request_lock);
    tapi->requests_in_flight--;
    if (pending) {
        closed = tapi->requests_closed;
        /* A whole Shutdown went by since the function was called: no reply will come. */
        if (!closed && request->shutdowns != tapi->request_shutdowns)
            closed = LINEERR_UNINITIALIZED;
        if (!closed) {
            request->id = result;
            InterlockedIncrement(&request->refs); /* the table's */
            if (!handle_map_put(&tapi->requests, result, request)) {
                InterlockedDecrement(&request->refs);
                closed = LINEERR_NOMEM;
            }
        }
    }
    ReleaseSRWLockExclusive(&tapi->request_lock);
    WakeAllConditionVariable(&tapi->request_registered);
    if (closed)
        complete(tapi, request, closed);
    return pending;
}

LONG request_finish_keep(struct tapi *tapi, struct request *request, LONG result)
{
    if (request_register(tapi, request, result))
        return waiter_wait(tapi, request, OBJECTS_TIMEOUT);
    if (result == 0)
        complete(tapi, request, 0); /* a function that was done at once still brings handles */
    return result;
}

LONG request_finish(struct tapi *tapi, struct request *request, LONG result)
{
    result = request_finish_keep(tapi, request, result);
    request_release(request);
    return result;
}

LONG request_forget(struct tapi *tapi, struct request *request, LONG result)
{
    if (!request_register(tapi, request, result) && result == 0)
        complete(tapi, request, 0);
    request_release(request);
    return result < 0 ? result : 0;
}

void request_reply(struct tapi *tapi, LONG id, LONG result)
{
    struct request *request;

    AcquireSRWLockExclusive(&tapi->request_lock);
    while (!(request = handle_map_remove(&tapi->requests, id)) && tapi->requests_in_flight &&
           !tapi->requests_closed)
        SleepConditionVariableSRW(&tapi->request_registered, &tapi->request_lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&tapi->request_lock);
    if (!request) {
        TRACE("objects", "LINE_REPLY for request %ld that nobody made", id);
        return;
    }
    complete(tapi, request, result);
    request_release(request);
}

void request_close_all(struct tapi *tapi, LONG error)
{
    struct handle_map ended;
    uint32_t i;

    AcquireSRWLockExclusive(&tapi->request_lock);
    tapi->requests_closed = error;
    tapi->request_shutdowns++;
    ended = tapi->requests;
    tapi->requests = (struct handle_map){0};
    ReleaseSRWLockExclusive(&tapi->request_lock);
    WakeAllConditionVariable(&tapi->request_registered);
    for (i = 0; i < ended.room; i++)
        if (ended.entries[i].key) {
            complete(tapi, ended.entries[i].value, error);
            request_release(ended.entries[i].value);
        }
    handle_map_free(&ended);
}

void request_open_all(struct tapi *tapi)
{
    AcquireSRWLockExclusive(&tapi->request_lock);
    tapi->requests_closed = 0;
    ReleaseSRWLockExclusive(&tapi->request_lock);
}

HRESULT objects_result(LONG error, REFIID iid, const char *action)
{
    if (error == REQUEST_TIMEOUT)
        return com_fail(TAPI_E_TIMEOUT, iid, "%s: the service provider did not finish in time.",
                        action);
    return error < 0 ? com_fail_tapi(error, iid, action) : S_OK;
}
