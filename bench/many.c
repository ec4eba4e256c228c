/* many.c - ten thousand lines enumerated, ten thousand calls alive at once, bytes per idle call. */
#include "bench.h"

#include <tapi.h>
#include <psapi.h>
#include <stdio.h>
#include <stdlib.h>

#define MANY 10000

static SIZE_T private_bytes(void)
{
    PROCESS_MEMORY_COUNTERS counters = {.cb = sizeof(counters)};

    GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters));
    return counters.PagefileUsage;
}

static BOOL open_app(HLINEAPP *app, DWORD *devices)
{
    LINEINITIALIZEEXPARAMS params = {sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEEVENT, {0}, 0};
    DWORD version = 0x00020002;

    return !lineInitializeExW(app, NULL, NULL, L"bench", devices, &version, &params) ||
           bench_fail("lineInitializeEx failed");
}

/* Nanoseconds a line to initialize, negotiate and read the capabilities of every line. */
static BOOL enumerate(unsigned lines, double *ns_a_line)
{
    static struct {
        LINEDEVCAPS caps;
        BYTE more[4096];
    } buffer;
    LINEEXTENSIONID extension;
    DWORD devices = 0, version;
    LONGLONG start;
    HLINEAPP app;

    if (!bench_configure("extensions 100000 %u\n", 99999 + lines))
        return FALSE;
    start = bench_now();
    if (!open_app(&app, &devices))
        return FALSE;
    if (devices != lines)
        return bench_fail("%lu lines instead of %u", devices, lines);
    for (DWORD i = 0; i < devices; i++) {
        buffer.caps.dwTotalSize = sizeof(buffer);
        if (lineNegotiateAPIVersion(app, i, 0x00010003, 0x00020002, &version, &extension) ||
            lineGetDevCapsW(app, i, version, 0, &buffer.caps))
            return bench_fail("line %lu cannot be read", i);
    }
    *ns_a_line = (double)(bench_now() - start) / lines;
    return !lineShutdown(app);
}

static DWORD WINAPI swallow_messages(void *app)
{
    LINEMESSAGE message;

    while (!lineGetMessage((HLINEAPP)(ULONG_PTR)app, &message, INFINITE))
        ;
    return 0;
}

/* Calls from one half of the extensions to the other, each a call with two ends. */
static BOOL make_many_calls(double *bytes_an_end, double *calls_a_second)
{
    HLINE *line = calloc(MANY, sizeof(*line));
    DWORD devices = 0, version = 0x00020002;
    LINEEXTENSIONID extension;
    SIZE_T before;
    HANDLE receiver;
    LONGLONG start;
    HLINEAPP app;

    if (!line || !bench_configure("extensions 100000 %u\n", 99999 + MANY) ||
        !open_app(&app, &devices) || devices != MANY)
        return bench_fail("ten thousand lines cannot be set up");
    receiver = CreateThread(NULL, 0, swallow_messages, (void *)(ULONG_PTR)app, 0, NULL);
    for (DWORD i = 0; i < MANY; i++)
        if (lineNegotiateAPIVersion(app, i, version, version, &version, &extension) ||
            lineOpenW(app, i, &line[i], version, 0, 0, LINECALLPRIVILEGE_OWNER,
                      LINEMEDIAMODE_INTERACTIVEVOICE, NULL))
            return bench_fail("line %lu cannot be opened", i);
    before = private_bytes();
    start = bench_now();
    for (DWORD i = 0; i < MANY; i++) {
        WCHAR number[16];
        HCALL call;

        swprintf(number, 16, L"%u", 100000 + (i + MANY / 2) % MANY);
        if (lineMakeCallW(line[i], &call, number, 0, NULL) < 0)
            return bench_fail("call %lu cannot be made", i);
    }
    *calls_a_second = MANY / ((double)(bench_now() - start) / 1e9);
    *bytes_an_end = (double)(private_bytes() - before) / (2 * MANY);
    lineShutdown(app);
    WaitForSingleObject(receiver, INFINITE);
    CloseHandle(receiver);
    free(line);
    return TRUE;
}

BOOL bench_many(void)
{
    double small = 0, large = 0, bytes = 0, rate = 0;
    BOOL good;

    good =
        enumerate(MANY / 10, &small) && enumerate(MANY, &large) && make_many_calls(&bytes, &rate);
    bench_configure(NULL);
    if (!good)
        return FALSE;
    printf("\n| many | figure |\n|---|---|\n"
           "| time a line, 10,000 lines, of that with 1,000 | %.2f (%.1f us a line) |\n"
           "| calls alive at once (two ends each) | 10,000 |\n"
           "| memory of a call's end, exchange included | %.0f bytes |\n"
           "| calls made while they pile up | %.0f a second |\n",
           large / small, large / 1e3, bytes, rate);
    return TRUE;
}
