/* capi_driver.c - whole calls through TAPI/C: one application that takes its messages itself, so
 * that no thread is woken that direct TSPI does not wake. */
#include "bench.h"

#include <tapi.h>
#include <stdio.h>

static HLINEAPP app;
static HLINE caller_line, callee_line;
static HCALL caller_call;
static HCALL callee_call;
/* What has happened to the call at hand. */
static BOOL offered, caller_connected, callee_connected, caller_idle, callee_idle;

static void on_call_state(const LINEMESSAGE *message)
{
    BOOL caller = message->dwCallbackInstance == 1;

    if (message->dwParam1 == LINECALLSTATE_OFFERING) {
        callee_call = message->hDevice;
        offered = TRUE;
    } else if (message->dwParam1 == LINECALLSTATE_CONNECTED) {
        *(caller ? &caller_connected : &callee_connected) = TRUE;
    } else if (message->dwParam1 == LINECALLSTATE_IDLE) {
        *(caller ? &caller_idle : &callee_idle) = TRUE;
    }
}

/* Takes messages until it has happened. */
static BOOL wait_for(const BOOL *happened)
{
    LINEMESSAGE message;

    while (!*happened) {
        if (lineGetMessage(app, &message, 10000))
            return FALSE;
        if (message.dwMessageID == LINE_CALLSTATE)
            on_call_state(&message);
    }
    return TRUE;
}

static BOOL open_lines(void)
{
    LINEINITIALIZEEXPARAMS params = {sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEEVENT, {0}, 0};
    DWORD devices, version = 0x00020002;
    LINEEXTENSIONID extension;

    if (lineInitializeExW(&app, NULL, NULL, L"bench", &devices, &version, &params) || devices < 2)
        return bench_fail("lineInitializeEx failed, or fewer than two lines");
    for (DWORD i = 0; i < 2; i++)
        if (lineNegotiateAPIVersion(app, i, version, version, &version, &extension) ||
            lineOpenW(app, i, i ? &callee_line : &caller_line, version, 0, i + 1,
                      LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, NULL))
            return bench_fail("line %lu cannot be opened", i);
    return TRUE;
}

static BOOL one_call(void)
{
    offered = caller_connected = callee_connected = caller_idle = callee_idle = FALSE;
    if (lineMakeCallW(caller_line, &caller_call, L"102", 0, NULL) < 0 || !wait_for(&offered) ||
        lineAnswer(callee_call, NULL, 0) < 0)
        return bench_fail("TAPI/C: the call cannot be made or answered");
    if (!wait_for(&caller_connected) || !wait_for(&callee_connected) ||
        lineDrop(caller_call, NULL, 0) < 0 || !wait_for(&caller_idle))
        return bench_fail("TAPI/C: the call was not connected or cannot be dropped");
    if (lineDeallocateCall(caller_call))
        return bench_fail("TAPI/C: the caller's call cannot be deallocated");
    if (lineDrop(callee_call, NULL, 0) < 0 && !callee_idle)
        return bench_fail("TAPI/C: the far end cannot be dropped");
    return wait_for(&callee_idle) && !lineDeallocateCall(callee_call);
}

static void close_lines(void)
{
    lineShutdown(app);
}

const struct call_driver capi_driver = {"TAPI/C", open_lines, one_call, close_lines};
