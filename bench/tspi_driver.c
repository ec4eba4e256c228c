/* tspi_driver.c - drives simpbx.tsp with nothing between: the yardstick for the layers above it. */
#include "bench.h"

#include <tspi.h>
#include <stdio.h>

#define TSPI_ENTRIES(X)                                                                            \
    X(TSPI_lineNegotiateTSPIVersion)                                                               \
    X(TSPI_providerEnumDevices)                                                                    \
    X(TSPI_providerInit)                                                                           \
    X(TSPI_providerShutdown)                                                                       \
    X(TSPI_lineOpen)                                                                               \
    X(TSPI_lineClose)                                                                              \
    X(TSPI_lineMakeCall)                                                                           \
    X(TSPI_lineAnswer)                                                                             \
    X(TSPI_lineDrop)                                                                               \
    X(TSPI_lineCloseCall)                                                                          \
    X(TSPI_lineSetDefaultMediaDetection)

static struct {
    HMODULE module;
#define TSPI_POINTER(name) __typeof__(&name) name;
    TSPI_ENTRIES(TSPI_POINTER)
#undef TSPI_POINTER
} tsp;

/* The TAPI side's handles are plain numbers here: 1 and 2 the lines, 11 and 12 the calls. */
#define CALLER_LINE ((HTAPILINE)(ULONG_PTR)1)
#define CALLEE_LINE ((HTAPILINE)(ULONG_PTR)2)
#define CALLER_CALL ((HTAPICALL)(ULONG_PTR)11)
#define CALLEE_CALL ((HTAPICALL)(ULONG_PTR)12)

static const DWORD version = 0x00020002;
static HDRVLINE caller_line, callee_line;
static HDRVCALL caller_call, callee_call;
static struct bench_signal offered, caller_connected, callee_connected, caller_idle, callee_idle;
static LONG made;

static void CALLBACK on_completion(DRV_REQUESTID request, LONG result)
{
    (void)request;
    if (result)
        fprintf(stderr, "bench: TSPI request failed with %#lx\n", (unsigned long)result);
}

static void CALLBACK on_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1,
                              DWORD_PTR param2, DWORD_PTR param3)
{
    BOOL caller = call == CALLER_CALL;

    (void)line, (void)param3;
    if (message == LINE_NEWCALL) {
        callee_call = (HDRVCALL)param1;
        *(HTAPICALL *)param2 = CALLEE_CALL;
    } else if (message == LINE_CALLSTATE) {
        if (param1 == LINECALLSTATE_OFFERING)
            signal_raise(&offered);
        else if (param1 == LINECALLSTATE_CONNECTED)
            signal_raise(caller ? &caller_connected : &callee_connected);
        else if (param1 == LINECALLSTATE_IDLE)
            signal_raise(caller ? &caller_idle : &callee_idle);
    }
}

static BOOL open_lines(void)
{
    DWORD lines = 0, phones = 0, options = 0, granted = 0;

    tsp.module = LoadLibraryA("simpbx.tsp");
    if (!tsp.module)
        return bench_fail("simpbx.tsp cannot be loaded: error %lu", GetLastError());
#define TSPI_RESOLVE(name)                                                                         \
    if (!(tsp.name = (__typeof__(tsp.name))(void *)GetProcAddress(tsp.module, #name)))             \
        return bench_fail("simpbx.tsp has no " #name);
    TSPI_ENTRIES(TSPI_RESOLVE)
#undef TSPI_RESOLVE
    made = 0;
    offered.count = caller_connected.count = callee_connected.count = 0;
    caller_idle.count = callee_idle.count = 0;
    return !tsp.TSPI_lineNegotiateTSPIVersion((DWORD)INITIALIZE_NEGOTIATION, 0x00010003, version,
                                              &granted) &&
           !tsp.TSPI_providerEnumDevices(1, &lines, &phones, NULL, on_event, NULL) &&
           !tsp.TSPI_providerInit(version, 1, 0, 0, lines, phones, on_completion, &options) &&
           !tsp.TSPI_lineNegotiateTSPIVersion(0, 0x00010003, version, &granted) &&
           !tsp.TSPI_lineNegotiateTSPIVersion(1, 0x00010003, version, &granted) &&
           !tsp.TSPI_lineOpen(0, CALLER_LINE, &caller_line, version, on_event) &&
           !tsp.TSPI_lineOpen(1, CALLEE_LINE, &callee_line, version, on_event) &&
           !tsp.TSPI_lineSetDefaultMediaDetection(callee_line, LINEMEDIAMODE_INTERACTIVEVOICE);
}

static BOOL one_call(void)
{
    static DRV_REQUESTID request;

    made++;
    if (tsp.TSPI_lineMakeCall(++request, caller_line, CALLER_CALL, &caller_call, L"102", 0, NULL) <
        0)
        return bench_fail("TSPI_lineMakeCall failed");
    if (!signal_wait(&offered, made) || tsp.TSPI_lineAnswer(++request, callee_call, NULL, 0) < 0)
        return bench_fail("TSPI: no offer, or it cannot be answered");
    if (!signal_wait(&caller_connected, made) || !signal_wait(&callee_connected, made) ||
        tsp.TSPI_lineDrop(++request, caller_call, NULL, 0) < 0)
        return bench_fail("TSPI: not connected, or it cannot be dropped");
    if (!signal_wait(&caller_idle, made))
        return bench_fail("TSPI: the caller's end did not become idle");
    tsp.TSPI_lineCloseCall(caller_call);
    /* The far end is told that the call was dropped; a real client then drops its own end. */
    if (tsp.TSPI_lineDrop(++request, callee_call, NULL, 0) < 0 && callee_idle.count < made)
        return bench_fail("TSPI: the far end cannot be dropped");
    if (!signal_wait(&callee_idle, made))
        return bench_fail("TSPI: the far end did not become idle");
    return !tsp.TSPI_lineCloseCall(callee_call);
}

static void close_lines(void)
{
    tsp.TSPI_lineClose(caller_line);
    tsp.TSPI_lineClose(callee_line);
    tsp.TSPI_providerShutdown(version, 1);
    FreeLibrary(tsp.module);
}

const struct call_driver tspi_driver = {"direct TSPI", open_lines, one_call, close_lines};
