/*
 * latency.c - from a provider's callback to a sink, in the MTA and in an STA, against the bare
 * wake-up of a thread in the same run: by condition variable, and by PostThreadMessage.
 */
#include "bench_com.h"

#include <stdio.h>

#define MOST_SAMPLES 10000

static volatile LONGLONG arrived;
static struct bench_signal arrival;

/* ---- the bare wake-ups ------------------------------------------------------------------- */

static struct bench_signal wake;
static unsigned bare_samples;

static DWORD WINAPI wait_for_condition(void *unused)
{
    (void)unused;
    for (unsigned i = 1; i <= bare_samples; i++) {
        signal_wait(&wake, (LONG)i);
        arrived = bench_now();
        signal_raise(&arrival);
    }
    return 0;
}

static DWORD WINAPI wait_for_message(void *unused)
{
    MSG message;

    (void)unused;
    PeekMessageA(&message, NULL, 0, 0, PM_NOREMOVE); /* makes the queue */
    signal_raise(&arrival);
    for (unsigned i = 0; i < bare_samples && GetMessageA(&message, NULL, 0, 0) > 0; i++) {
        arrived = bench_now();
        signal_raise(&arrival);
    }
    return 0;
}

static double bare_wake_up(unsigned samples, BOOL by_message)
{
    static double took[MOST_SAMPLES];
    LONG expected = 0;
    DWORD thread_id;
    HANDLE thread;

    bare_samples = samples;
    wake.count = arrival.count = 0;
    thread = CreateThread(NULL, 0, by_message ? wait_for_message : wait_for_condition, NULL, 0,
                          &thread_id);
    if (by_message)
        signal_wait(&arrival, ++expected);
    for (unsigned i = 0; i < samples; i++) {
        LONGLONG start;

        bench_settle();
        start = bench_now();
        if (by_message)
            PostThreadMessageA(thread_id, WM_APP, 0, 0);
        else
            signal_raise(&wake);
        signal_wait(&arrival, ++expected);
        took[i] = (double)(arrived - start);
    }
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    return bench_median(took, samples);
}

/* ---- through everything ------------------------------------------------------------------- */

static BOOL fired; /* the first event that stamp.tsp was told to fire has come */

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    if (kind != TE_CALLSTATE)
        return;
    arrived = bench_now();
    /* What the call's connection brought may come late; the first that is fired is a hold. */
    if (!fired && !(fired = stamp_call_is_hold(event)))
        return;
    signal_raise(&arrival);
}

static BOOL sink_latency(struct stamp_call *call, unsigned samples, double *median)
{
    static double took[MOST_SAMPLES];
    BOOL good = stamp_call_open(call, on_event, 1);

    arrival.count = 0;
    fired = FALSE;
    for (unsigned i = 0; good && i < samples; i++) {
        LONGLONG start;

        bench_settle();
        start = bench_now();
        call->fire();
        good = signal_wait(&arrival, (LONG)i + 1) || bench_fail("event %u never came", i);
        took[i] = (double)(arrived - start);
    }
    stamp_call_close(call);
    *median = bench_median(took, samples);
    return good;
}

BOOL bench_latency(unsigned samples)
{
    struct stamp_call mta = {.sta = FALSE}, sta = {.sta = TRUE};
    double condition, posted, in_mta, in_sta;

    condition = bare_wake_up(samples, FALSE);
    posted = bare_wake_up(samples, TRUE);
    if (!sink_latency(&mta, samples, &in_mta) || !sink_latency(&sta, samples, &in_sta))
        return FALSE;
    printf("\n| callback to sink (median of %u) | of the bare wake-up | goal | us | bare us |\n"
           "|---|---|---|---|---|\n"
           "| sink in the MTA, of a condition variable | %.2f | 2 | %.1f | %.1f |\n"
           "| sink in an STA, of PostThreadMessage | %.2f | 3 | %.1f | %.1f |\n",
           samples, in_mta / condition, in_mta / 1e3, condition / 1e3, in_sta / posted,
           in_sta / 1e3, posted / 1e3);
    return TRUE;
}
