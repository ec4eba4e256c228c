/*
 * fanout.c - one event to 1, 8 and 64 sinks of a TAPI object: what each sink costs, by itself (an
 * event, then the next when all have had it) and in a burst (all fired at once). If that is linear,
 * a sink costs no more among 64 than among 8.
 */
#include "bench_com.h"

#include <stdio.h>

#define MOST_ROUNDS 32

static volatile LONG delivered, awaited;
static volatile BOOL fired; /* the first event that stamp.tsp was told to fire has come */
static struct bench_signal all_delivered;

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    if (kind != TE_CALLSTATE)
        return;
    /* What the call's connection brought may come late; the first that is fired is a hold. */
    if (!fired && !(fired = stamp_call_is_hold(event)))
        return;
    if (InterlockedIncrement(&delivered) == awaited)
        signal_raise(&all_delivered);
}

/* Nanoseconds from firing the first of `events` until the last sink has been called. */
static BOOL fire(struct stamp_call *call, unsigned events, double *took)
{
    LONG target = all_delivered.count + 1;
    LONGLONG start;

    delivered = 0;
    awaited = (LONG)(events * call->sinks);
    bench_settle();
    start = bench_now();
    for (unsigned i = 0; i < events; i++)
        call->fire();
    if (!signal_wait(&all_delivered, target))
        return bench_fail("%ld of %ld deliveries came", delivered, awaited);
    *took = (double)(bench_now() - start);
    return TRUE;
}

/* Nanoseconds a delivery, median of the rounds: of single events and of a burst. */
static BOOL time_sinks(BOOL sta, unsigned sinks, unsigned rounds, unsigned events, double *single,
                       double *burst)
{
    double singles[MOST_ROUNDS], bursts[MOST_ROUNDS], each[64], took = 0;
    struct stamp_call call = {.sta = sta};
    BOOL good = stamp_call_open(&call, on_event, sinks);

    fired = FALSE;
    good = good && fire(&call, 2, &took); /* the pool has its threads, every queue its memory */
    for (unsigned round = 0; good && round < rounds; round++) {
        for (unsigned i = 0; good && i < 64; i++)
            good = fire(&call, 1, &each[i]);
        singles[round] = bench_median(each, 64) / sinks;
        good = good && fire(&call, events, &took);
        bursts[round] = took / (events * sinks);
    }
    stamp_call_close(&call);
    *single = bench_median(singles, rounds) / 1e3;
    *burst = bench_median(bursts, rounds) / 1e3;
    return good;
}

BOOL bench_fanout(unsigned rounds, unsigned events)
{
    static const unsigned sinks[] = {1, 8, 64};
    static const char *const where[] = {"the MTA", "one STA"};
    double single[2][3], burst[2][3];

    if (rounds > MOST_ROUNDS)
        rounds = MOST_ROUNDS;
    for (unsigned sta = 0; sta < 2; sta++)
        for (unsigned i = 0; i < 3; i++)
            if (!time_sinks(sta != 0, sinks[i], rounds, events, &single[sta][i], &burst[sta][i]))
                return FALSE;
    printf("\n| one event to many sinks, us a sink (%u rounds) | 1 | 8 | 64 | 64 of 8 | goal |\n"
           "|---|---|---|---|---|---|\n",
           rounds);
    for (unsigned sta = 0; sta < 2; sta++) {
        printf("| sinks in %s, an event at a time | %.2f | %.2f | %.2f | %.2f | 1 |\n", where[sta],
               single[sta][0], single[sta][1], single[sta][2], single[sta][2] / single[sta][1]);
        printf("| sinks in %s, a burst of %u events | %.2f | %.2f | %.2f | %.2f | 1 |\n",
               where[sta], events, burst[sta][0], burst[sta][1], burst[sta][2],
               burst[sta][2] / burst[sta][1]);
    }
    return TRUE;
}
