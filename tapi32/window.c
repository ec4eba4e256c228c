/* window.c - the hidden window of an application that wants callbacks: made in the thread that
 * initializes, which must pump messages. It holds no pointer to the application, only its id. */
#include "tapi32/internal.h"

#define WM_MESSAGES (WM_USER + 1) /* wParam: the application's id */
#define WM_END      (WM_USER + 2)
#define BATCH       16 /* callbacks before the thread's other messages get a turn */

static const WCHAR class_name[] = L"OpenTAPI line messages";

/* The next message, and a wake-up for those behind it: the callback may pump messages itself, and
 * they must reach it then. */
static bool next_message(struct app *app, struct queued_message *message)
{
    lock_enter(&app->lock);
    bool found = !app->dead && queue_pop(&app->queue, message);
    if (found && app->queue.count != 0)
        window_wake(app);
    lock_leave(&app->lock);
    return found;
}

static void run_callbacks(struct app *app)
{
    struct queued_message message;
    lock_enter(&app->lock);
    app->posted = false;
    lock_leave(&app->lock);
    for (int i = 0; i < BATCH && next_message(app, &message); i++) {
        deliver_finish(app, &message);
        app->callback(message.device, message.message, (DWORD_PTR)message.instance,
                      (DWORD_PTR)message.param[0], (DWORD_PTR)message.param[1],
                      (DWORD_PTR)message.param[2]);
    }
}

static LRESULT CALLBACK window_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_MESSAGES) {
        struct app *app = app_find_id((uint32_t)wparam);
        if (app != NULL) {
            run_callbacks(app);
            app_release(app);
        }
        return 0;
    }
    if (message == WM_END) {
        DestroyWindow(window);
        return 0;
    }
    return DefWindowProcW(window, message, wparam, lparam);
}

HWND window_create(struct app *app)
{
    WNDCLASSW class = {
        .lpfnWndProc = window_procedure, .hInstance = tapi32_instance, .lpszClassName = class_name};
    if (!RegisterClassW(&class) && GetLastError() != ERROR_CLASS_ALREADY_EXISTS)
        return NULL;
    HWND window = CreateWindowExW(0, class_name, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL,
                                  tapi32_instance, NULL);
    app->window_thread = GetCurrentThreadId();
    return window;
}

void window_destroy(struct app *app)
{
    if (app->window == NULL)
        return;
    if (app->window_thread == GetCurrentThreadId())
        DestroyWindow(app->window);
    else
        PostMessageW(app->window, WM_END, 0, 0);
}

void window_wake(struct app *app)
{
    if (!app->posted && app->window != NULL)
        app->posted = PostMessageW(app->window, WM_MESSAGES, app->id, 0) != 0;
}

void window_unregister(void)
{
    UnregisterClassW(class_name, tapi32_instance);
}
