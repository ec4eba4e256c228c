/* apartment.c - see apartment.h. */
#include "tests/com/events/apartment.h"

#include "tests/support/test.h"
#include "tests/support/wait.h"

struct errand {
    void (*act)(void *context);
    void *context;
};

static DWORD WINAPI apartment_thread(void *parameter)
{
    struct apartment *apartment = parameter;
    MSG message;

    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE); /* makes the queue */
    SetEvent(apartment->ready);
    while (GetMessageW(&message, NULL, 0, 0) > 0) {
        if (!message.hwnd && message.message == WM_APP) {
            struct errand *errand = (struct errand *)message.lParam;

            errand->act(errand->context);
            HeapFree(GetProcessHeap(), 0, errand);
            SetEvent(apartment->done);
        } else {
            DispatchMessageW(&message);
        }
    }
    CoUninitialize();
    return 0;
}

void apartment_start(struct apartment *apartment)
{
    apartment->ready = CreateEventW(NULL, FALSE, FALSE, NULL);
    apartment->done = CreateEventW(NULL, FALSE, FALSE, NULL);
    apartment->thread =
        CreateThread(NULL, 0, apartment_thread, apartment, 0, &apartment->thread_id);
    REQUIRE(wait_handle(apartment->ready, WAIT_LONG));
}

void apartment_begin(struct apartment *apartment, void (*act)(void *context), void *context)
{
    struct errand *errand = HeapAlloc(GetProcessHeap(), 0, sizeof(*errand));

    *errand = (struct errand){act, context};
    CHECK(PostThreadMessageW(apartment->thread_id, WM_APP, 0, (LPARAM)errand));
}

BOOL apartment_join(struct apartment *apartment)
{
    return wait_handle(apartment->done, WAIT_LONG);
}

void apartment_run(struct apartment *apartment, void (*act)(void *context), void *context)
{
    apartment_begin(apartment, act, context);
    CHECK(apartment_join(apartment));
}

void apartment_stop(struct apartment *apartment)
{
    PostThreadMessageW(apartment->thread_id, WM_QUIT, 0, 0);
    CHECK(wait_handle(apartment->thread, WAIT_LONG));
    CloseHandle(apartment->thread);
    CloseHandle(apartment->ready);
    CloseHandle(apartment->done);
}
