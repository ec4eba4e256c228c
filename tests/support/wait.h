/*
 * wait.h - waiting without Sleep: for a condition, with a deadline, woken by what makes it true.
 * Deadlines are milliseconds from now; they only end a test that would hang, so be generous
 * (WAIT_LONG): a passing test never waits them out.
 */
#ifndef TESTS_SUPPORT_WAIT_H
#define TESTS_SUPPORT_WAIT_H

#include <stdbool.h>
#include <windows.h>

#define WAIT_LONG 30000
/* To see that something does NOT happen where nothing announces that it will not. Rarely right:
 * prefer a later event that proves the earlier one cannot come any more. */
#define WAIT_QUIET 200

/* Waits for a handle; messages of the calling thread are not dispatched. */
bool wait_handle(HANDLE handle, DWORD deadline);

/* Waits for a handle and dispatches the thread's window messages meanwhile, as an STA must.
 * handle may be NULL: then only the messages that are there already are dispatched. */
bool wait_pumping(HANDLE handle, DWORD deadline);

/* Waits until holds(context) is true, asking again whenever wake (may be NULL) is signalled, a
 * window message was dispatched or 20 ms have gone. Returns the last answer. */
bool wait_until(bool (*holds)(void *context), void *context, HANDLE wake, DWORD deadline);

/* Starts a program; command as CreateProcess takes it. Under Wine one start in some thousands
 * fails: it is tried three times, and each failure is noted. */
bool wait_start(char *command, bool inherit_handles, DWORD flags, STARTUPINFOA *info,
                PROCESS_INFORMATION *process);

/* Waits for the program's end, which is terminated when that does not come; closes its handles and
 * returns its exit status. */
DWORD wait_end(const char *command, PROCESS_INFORMATION *process);

/* A counter that threads count up and a test waits for. */
struct wait_counter {
    volatile LONG count;
    HANDLE changed; /* auto-reset */
};
bool wait_counter_start(struct wait_counter *counter);
void wait_counter_end(struct wait_counter *counter);
void wait_counter_add(struct wait_counter *counter, LONG more); /* any thread */
/* True once the counter has reached at least count. */
bool wait_counter_reach(struct wait_counter *counter, LONG count, DWORD deadline);

#endif
