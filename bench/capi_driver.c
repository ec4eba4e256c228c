/* capi_driver.c - whole calls through TAPI/C: one application, messages from lineGetMessage. */
#include "bench.h"

#include <tapi.h>
#include <stdio.h>

static HLINEAPP app;
static HLINE caller_line, callee_line;
static HCALL caller_call;
static volatile HCALL callee_call;
static HANDLE receiver;
static struct bench_signal offered, caller_connected, callee_connected, caller_idle, callee_idle;
static LONG made;

static void on_call_state(const LINEMESSAGE *message)
{
    BOOL caller = message->dwCallbackInstance == 1;

    if (message->dwParam1 == LINECALLSTATE_OFFERING) {
        callee_call = message->hDevice;
        signal_raise(&offered);
    } else if (message->dwParam1 == LINECALLSTATE_CONNECTED) {
        signal_raise(caller ? &caller_connected : &callee_connected);
    } else if (message->dwParam1 == LINECALLSTATE_IDLE) {
        signal_raise(caller ? &caller_idle : &callee_idle);
    }
}

static DWORD WINAPI receive(void *unused)
{
    LINEMESSAGE message;

    (void)unused;
    while (!lineGetMessage(app, &message, INFINITE))
        if (message.dwMessageID == LINE_CALLSTATE)
            on_call_state(&message);
    return 0;
}

static BOOL open_lines(void)
{
    LINEINITIALIZEEXPARAMS params = {sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEEVENT, {0}, 0};
    DWORD devices, version = 0x00020002;
    LINEEXTENSIONID extension;

    made = 0;
    offered.count = caller_connected.count = callee_connected.count = 0;
    caller_idle.count = callee_idle.count = 0;
    if (lineInitializeExW(&app, NULL, NULL, L"bench", &devices, &version, &params) || devices < 2)
        return bench_fail("lineInitializeEx failed, or fewer than two lines");
    for (DWORD i = 0; i < 2; i++)
        if (lineNegotiateAPIVersion(app, i, version, version, &version, &extension) ||
            lineOpenW(app, i, i ? &callee_line : &caller_line, version, 0, i + 1,
                      LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, NULL))
            return bench_fail("line %lu cannot be opened", i);
    receiver = CreateThread(NULL, 0, receive, NULL, 0, NULL);
    return receiver != NULL;
}

static BOOL one_call(void)
{
    made++;
    if (lineMakeCallW(caller_line, &caller_call, L"102", 0, NULL) < 0 ||
        !signal_wait(&offered, made) || lineAnswer(callee_call, NULL, 0) < 0)
        return bench_fail("TAPI/C: the call cannot be made or answered");
    if (!signal_wait(&caller_connected, made) || !signal_wait(&callee_connected, made) ||
        lineDrop(caller_call, NULL, 0) < 0 || !signal_wait(&caller_idle, made))
        return bench_fail("TAPI/C: the call was not connected or cannot be dropped");
    if (lineDeallocateCall(caller_call))
        return bench_fail("TAPI/C: the caller's call cannot be deallocated");
    if (lineDrop(callee_call, NULL, 0) < 0 && callee_idle.count < made)
        return bench_fail("TAPI/C: the far end cannot be dropped");
    return signal_wait(&callee_idle, made) && !lineDeallocateCall(callee_call);
}

static void close_lines(void)
{
    lineShutdown(app);
    WaitForSingleObject(receiver, 10000);
    CloseHandle(receiver);
}

const struct call_driver capi_driver = {"TAPI/C", open_lines, one_call, close_lines};
