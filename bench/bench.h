/*
 * bench.h - what the parts of the benchmark share. Times are QueryPerformanceCounter's, in
 * nanoseconds; figures are medians, and what is printed first are ratios within one run, since the
 * machines it runs on differ and drift.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <windows.h>

/* One way of driving the exchange through whole calls: make, offer, answer, connect, drop, idle,
 * deallocate. Both ends are in the same program. */
struct call_driver {
    const char *name;
    BOOL (*open)(void);
    BOOL (*one_call)(void); /* one whole call; FALSE when a step failed or took over 10 s */
    void (*close)(void);
};
extern const struct call_driver tspi_driver, capi_driver, com_driver;

/* Something that is awaited by one thread and signalled by another. */
struct bench_signal {
    SRWLOCK lock;
    CONDITION_VARIABLE changed;
    LONG count;
};
void signal_raise(struct bench_signal *signal);
/* Waits until count has reached the target, 10 s at most. */
BOOL signal_wait(struct bench_signal *signal, LONG target);

LONGLONG bench_now(void); /* ns */
/* Gives a thread that was just awaited the time to fall asleep again, so that the next sample
 * measures a wake-up and not a thread that still runs. */
void bench_settle(void);
double bench_median(double *values, unsigned count);

/* The parts; each prints its rows and gives FALSE when something failed. */
BOOL bench_calls(unsigned rounds, unsigned calls_a_round);
BOOL bench_latency(unsigned samples);
BOOL bench_fanout(unsigned rounds, unsigned events);
BOOL bench_many(void);

/* Gives the exchange this configuration (docs/simpbx.md) from its next start on; NULL: the one that
 * it has built in. */
BOOL bench_configure(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says on stderr what failed; always FALSE. */
BOOL bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
