/* main.c - runs the benchmark's parts and prints their tables (bench.h, docs/benchmarks.md). */
#include "bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

BOOL bench_fail(const char *format, ...)
{
    va_list arguments;

    fputs("bench: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return FALSE;
}

BOOL bench_configure(const char *format, ...)
{
    static const char name[] = "bench.conf";
    va_list arguments;
    FILE *file;

    DeleteFileA(name);
    SetEnvironmentVariableA("OPENTAPI_SIMPBX", format ? name : NULL);
    if (!format)
        return TRUE;
    file = fopen(name, "w");
    if (!file)
        return bench_fail("%s cannot be written here", name);
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    return !fclose(file);
}

LONGLONG bench_now(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER now;

    if (!frequency.QuadPart)
        QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&now);
    return (LONGLONG)((double)now.QuadPart * 1e9 / (double)frequency.QuadPart);
}

void bench_settle(void)
{
    LONGLONG end = bench_now() + 200000;

    while (bench_now() < end)
        SwitchToThread();
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

double bench_median(double *values, unsigned count)
{
    qsort(values, count, sizeof(*values), compare_doubles);
    return count ? values[count / 2] : 0;
}

void signal_raise(struct bench_signal *signal)
{
    AcquireSRWLockExclusive(&signal->lock);
    signal->count++;
    ReleaseSRWLockExclusive(&signal->lock);
    WakeConditionVariable(&signal->changed);
}

BOOL signal_wait(struct bench_signal *signal, LONG target)
{
    BOOL reached;

    AcquireSRWLockExclusive(&signal->lock);
    while (signal->count < target &&
           SleepConditionVariableSRW(&signal->changed, &signal->lock, 10000, 0))
        ;
    reached = signal->count >= target;
    ReleaseSRWLockExclusive(&signal->lock);
    return reached;
}

int main(int argc, char **argv)
{
    BOOL quick = argc > 1 && !strcmp(argv[1], "--quick"), good;

    /* Only the exchange, with the configuration it has built in, whatever the registry says. */
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
    bench_configure(NULL);
    printf("OpenTAPI benchmark, %d-bit%s\n", (int)sizeof(void *) * 8, quick ? ", quick" : "");
    fflush(stdout);
    good = bench_calls(quick ? 3 : 9, quick ? 50 : 500);
    fflush(stdout);
    good = bench_latency(quick ? 200 : 2000) && good;
    fflush(stdout);
    good = bench_fanout(quick ? 5 : 21, quick ? 64 : 256) && good;
    fflush(stdout);
    good = (quick || bench_many()) && good;
    return good ? 0 : 1;
}
