/*
 * sink_window.c - how an event gets into a single-threaded apartment: a message-only window made by
 * the thread that advised the sink. The message carries nothing; the events wait in the sink's
 * queue as they are, without a proxy (event objects are free-threaded).
 *
 * The window is a plain STATIC with a procedure of ours: a class of our own would have to be
 * unregistered before the DLL can be unloaded.
 */
#include "events/private.h"

#include "base/trace.h"
#include "objects/com.h"

enum { DELIVER, CLOSE }; /* wParam of events_message() */

/* On the window's thread; the sink is not busy; no lock held. */
static void retire(struct sink *sink)
{
    IUnknown *target = sink->target;

    sink->target = NULL;
    SetWindowLongPtrW(sink->window, GWLP_USERDATA, 0);
    DestroyWindow(sink->window);
    IUnknown_Release(target);
    com_lock_module(FALSE);
    sink_release(sink);
}

static void serve(struct sink *sink, BOOL deliver)
{
    struct dispatcher *dispatcher = sink->dispatcher;
    BOOL gone;

    AcquireSRWLockExclusive(&dispatcher->lock);
    if (sink->busy) {
        /* The sink pumps messages inside its Event: one event after the other all the same. The
         * run in progress takes what came, and closes the window if need be. */
        if (deliver)
            sink->notified = FALSE;
        ReleaseSRWLockExclusive(&dispatcher->lock);
        return;
    }
    if (deliver) {
        sink->notified = FALSE;
        sink_run(sink, EVENTS_STA_BATCH, FALSE);
        if (sink_has_work(sink))
            sink_window_notify(sink);
    }
    gone = sink->closing && !sink->pins;
    ReleaseSRWLockExclusive(&dispatcher->lock);
    if (gone)
        retire(sink);
}

static LRESULT CALLBACK window_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct sink *sink = (struct sink *)GetWindowLongPtrW(window, GWLP_USERDATA);

    if (!sink || message != events_message())
        return DefWindowProcW(window, message, wparam, lparam);
    serve(sink, wparam == DELIVER);
    return 0;
}

HRESULT sink_window_create(struct sink *sink)
{
    sink->window =
        CreateWindowExW(0, L"STATIC", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    if (!sink->window) {
        DWORD error = GetLastError();

        return error ? HRESULT_FROM_WIN32(error) : E_FAIL;
    }
    InterlockedIncrement(&sink->refs);
    com_lock_module(TRUE);
    SetWindowLongPtrW(sink->window, GWLP_USERDATA, (LONG_PTR)sink);
    SetWindowLongPtrW(sink->window, GWLP_WNDPROC, (LONG_PTR)window_procedure);
    return S_OK;
}

/* FALSE: the thread and its windows are no more. */
static BOOL post(struct sink *sink, WPARAM what, BOOL *posted)
{
    *posted = PostMessageW(sink->window, events_message(), what, 0);
    if (*posted) {
        events_wake_waiter(sink->thread_id);
        return TRUE;
    }
    return GetLastError() != ERROR_INVALID_WINDOW_HANDLE;
}

void sink_window_notify(struct sink *sink)
{
    if (sink->notified || sink->dead)
        return;
    if (!post(sink, DELIVER, &sink->notified)) {
        sink->dead = TRUE;
        TRACE("events", "sink %u: its thread %u has ended without Unadvise", (unsigned)sink->cookie,
              (unsigned)sink->thread_id);
    }
}

void sink_window_close(struct sink *sink)
{
    struct dispatcher *dispatcher = sink->dispatcher;
    BOOL here = sink->thread_id == GetCurrentThreadId(), posted = FALSE, now, alive = TRUE;

    AcquireSRWLockExclusive(&dispatcher->lock);
    sink->closing = TRUE;
    now = here && !sink->busy && !sink->pins;
    if (!here)
        alive = post(sink, CLOSE, &posted);
    ReleaseSRWLockExclusive(&dispatcher->lock);
    if (now) {
        retire(sink);
    } else if (!alive) {
        /* The apartment the target belongs to is gone: to call Release from here could crash in
         * it. What the thread left behind stays. */
        TRACE("events", "sink %u: not released, its thread %u has ended", (unsigned)sink->cookie,
              (unsigned)sink->thread_id);
        sink->target = NULL;
        com_lock_module(FALSE);
        sink_release(sink);
    }
}

void sink_window_pin(struct sink *sink)
{
    sink->pins++;
}

void sink_window_unpin(struct sink *sink)
{
    BOOL posted;

    AcquireSRWLockExclusive(&sink->dispatcher->lock);
    if (--sink->pins == 0 && sink->closing)
        post(sink, CLOSE, &posted);
    ReleaseSRWLockExclusive(&sink->dispatcher->lock);
}
