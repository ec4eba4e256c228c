/* wait.c - see wait.h. */
#include "tests/support/wait.h"

#include "tests/support/test.h"

#define ASK_AGAIN 20 /* ms */

/* Milliseconds left until end, at most limit. */
static DWORD remaining(unsigned long long end, DWORD limit)
{
    unsigned long long now = test_clock();

    if (now >= end)
        return 0;
    return end - now < limit ? (DWORD)(end - now) : limit;
}

static bool pump(void)
{
    MSG message;
    bool any = false;

    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) {
        TranslateMessage(&message);
        DispatchMessageW(&message);
        any = true;
    }
    return any;
}

bool wait_handle(HANDLE handle, DWORD deadline)
{
    return WaitForSingleObject(handle, deadline) == WAIT_OBJECT_0;
}

bool wait_pumping(HANDLE handle, DWORD deadline)
{
    unsigned long long end = test_clock() + deadline;
    DWORD left;

    if (!handle) {
        pump();
        return true;
    }
    do {
        left = remaining(end, INFINITE - 1);
        if (MsgWaitForMultipleObjects(1, &handle, FALSE, left, QS_ALLINPUT) == WAIT_OBJECT_0)
            return true;
        pump();
    } while (left);
    return WaitForSingleObject(handle, 0) == WAIT_OBJECT_0;
}

bool wait_until(bool (*holds)(void *context), void *context, HANDLE wake, DWORD deadline)
{
    unsigned long long end = test_clock() + deadline;
    DWORD left;

    while (!holds(context)) {
        left = remaining(end, ASK_AGAIN);
        if (!left)
            return holds(context);
        MsgWaitForMultipleObjects(wake ? 1 : 0, &wake, FALSE, left, QS_ALLINPUT);
        pump();
    }
    return true;
}

bool wait_start(char *command, bool inherit_handles, DWORD flags, STARTUPINFOA *info,
                PROCESS_INFORMATION *process)
{
    for (int attempt = 0; attempt < 3; attempt++) {
        if (CreateProcessA(NULL, command, NULL, NULL, inherit_handles, flags, NULL, NULL, info,
                           process))
            return true;
        test_note("%s could not be started: error %u", command, (unsigned)GetLastError());
    }
    return false;
}

DWORD wait_end(const char *command, PROCESS_INFORMATION *process)
{
    DWORD status = 0xDEAD;

    if (!wait_handle(process->hProcess, 3 * WAIT_LONG)) {
        FAIL("%s does not end", command);
        TerminateProcess(process->hProcess, 99);
        wait_handle(process->hProcess, WAIT_LONG);
    }
    GetExitCodeProcess(process->hProcess, &status);
    CloseHandle(process->hProcess);
    CloseHandle(process->hThread);
    return status;
}

bool wait_counter_start(struct wait_counter *counter)
{
    counter->count = 0;
    counter->changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    return counter->changed != NULL;
}

void wait_counter_end(struct wait_counter *counter)
{
    if (counter->changed)
        CloseHandle(counter->changed);
    counter->changed = NULL;
}

void wait_counter_add(struct wait_counter *counter, LONG more)
{
    InterlockedExchangeAdd(&counter->count, more);
    SetEvent(counter->changed);
}

bool wait_counter_reach(struct wait_counter *counter, LONG count, DWORD deadline)
{
    unsigned long long end = test_clock() + deadline;

    while (counter->count < count) {
        DWORD left = remaining(end, INFINITE - 1);
        if (!left)
            return false;
        wait_pumping(counter->changed, left);
    }
    return true;
}
