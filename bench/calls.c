/* calls.c - calls per second through TSPI, TAPI/C and COM, in turn within one run. */
#include "bench.h"

#include <stdio.h>

#define MOST_ROUNDS 32

static BOOL time_round(const struct call_driver *driver, unsigned calls, double *rate)
{
    LONGLONG start;

    if (!driver->open())
        return bench_fail("%s: cannot be opened", driver->name);
    if (!driver->one_call())
        return bench_fail("%s: the first call failed", driver->name);
    start = bench_now();
    for (unsigned i = 0; i < calls; i++)
        if (!driver->one_call())
            return bench_fail("%s: call %u failed", driver->name, i);
    *rate = calls / ((double)(bench_now() - start) / 1e9);
    driver->close();
    return TRUE;
}

/* What an application pays for its event (LINEINITIALIZEEXOPTION_USEEVENT) each time its queue fills
 * and empties again; under Wine both are round trips to wineserver. In microseconds. */
static double event_pair_us(void)
{
    enum { PAIRS = 2000 };
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    LONGLONG start = bench_now();

    for (unsigned i = 0; i < PAIRS; i++) {
        SetEvent(event);
        ResetEvent(event);
    }
    start = bench_now() - start;
    CloseHandle(event);
    return (double)start / PAIRS / 1e3;
}

static BOOL time_calls(const char *where, unsigned rounds, unsigned calls_a_round)
{
    static const struct call_driver *const driver[] = {&tspi_driver, &capi_driver, &com_driver};
    static const double goal[] = {1, 0.6, 0.3};
    double rate[3][MOST_ROUNDS], ratio[3][MOST_ROUNDS], pair[MOST_ROUNDS], us, more;

    for (unsigned round = 0; round < rounds; round++) {
        for (unsigned i = 0; i < 3; i++) {
            if (!time_round(driver[i], calls_a_round, &rate[i][round]))
                return FALSE;
            ratio[i][round] = rate[i][round] / rate[0][round];
        }
        pair[round] = event_pair_us();
    }
    printf("\n| whole calls, exchange %s (%u rounds of %u) | of direct TSPI | goal | calls/s |\n"
           "|---|---|---|---|\n",
           where, rounds, calls_a_round);
    for (unsigned i = 0; i < 3; i++)
        printf("| %s | %.2f | %.1f | %.0f |\n", driver[i]->name, bench_median(ratio[i], rounds),
               goal[i], bench_median(rate[i], rounds));
    us = bench_median(pair, rounds);
    more = 1e6 / bench_median(rate[1], rounds) - 1e6 / bench_median(rate[0], rounds);
    printf("\nSetEvent and ResetEvent take %.1f us here; TAPI/C's %.0f us more a call are worth %.1f "
           "such pairs.\n",
           us, more, more / us);
    fflush(stdout);
    return TRUE;
}

/* A real exchange answers from somewhere else, so the first table has it on a thread of its own;
 * one that completes everything within the request shows what the layers themselves cost. */
BOOL bench_calls(unsigned rounds, unsigned calls_a_round)
{
    static const char lines[] = "extension 101\nextension 102\ncompletion-delay ";
    BOOL good;

    if (rounds > MOST_ROUNDS)
        rounds = MOST_ROUNDS;
    good = bench_configure("%sthread\n", lines) &&
           time_calls("on its own thread", rounds, calls_a_round) &&
           bench_configure("%s0\n", lines) &&
           time_calls("within the request", rounds, calls_a_round);
    bench_configure(NULL);
    return good;
}
