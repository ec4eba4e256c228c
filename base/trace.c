/* trace.c - trace lines to a file, the console or a ring in memory. */
#include "base/trace.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lock.h"

#ifdef _WIN32
static double now(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER count;

    if (!frequency.QuadPart)
        QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&count);
    return (double)count.QuadPart / (double)frequency.QuadPart;
}

/* Seconds since the process began: every module of it counts from there. */
static double process_age(void)
{
    FILETIME began, ended, kernel, user, current;
    ULARGE_INTEGER from, to;

    if (!GetProcessTimes(GetCurrentProcess(), &began, &ended, &kernel, &user))
        return 0;
    GetSystemTimeAsFileTime(&current);
    from.u.LowPart = began.dwLowDateTime, from.u.HighPart = began.dwHighDateTime;
    to.u.LowPart = current.dwLowDateTime, to.u.HighPart = current.dwHighDateTime;
    return (double)(LONGLONG)(to.QuadPart - from.QuadPart) * 1e-7;
}

static unsigned thread_id(void)
{
    return GetCurrentThreadId();
}
#else
#include <time.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double process_age(void)
{
    return 0;
}

static unsigned thread_id(void)
{
    return (unsigned)(uintptr_t)pthread_self();
}
#endif

#define RING_LINES 4096
#define LINE_BYTES 256

int trace_level;

static struct lock trace_lock;
static FILE *file;
static char (*ring)[LINE_BYTES];
static unsigned ring_lines; /* ever written */
static double start;

void trace_start(void)
{
    const char *where = getenv("OPENTAPI_TRACE");

    if (!where || !*where || trace_level)
        return;
    if (!strcmp(where, "ring"))
        ring = calloc(RING_LINES, LINE_BYTES);
    else
        file = strcmp(where, "stderr") ? fopen(where, "a") : stderr;
    start = now() - process_age();
    trace_level = ring || file;
}

void trace_stop(void)
{
    lock_enter(&trace_lock);
    trace_level = 0;
    if (file && file != stderr)
        fclose(file);
    file = NULL;
    free(ring);
    ring = NULL;
    ring_lines = 0;
    lock_leave(&trace_lock);
}

void trace_write(const char *room, const char *format, ...)
{
    char line[LINE_BYTES];
    va_list args;
    int used;

    used = snprintf(line, sizeof(line), "%12.6f %08x %-7s ", now() - start, thread_id(), room);
    va_start(args, format);
    vsnprintf(line + used, sizeof(line) - (size_t)used, format, args);
    va_end(args);

    lock_enter(&trace_lock);
    if (ring) {
        memcpy(ring[ring_lines++ % RING_LINES], line, sizeof(line));
    } else if (file) {
        fprintf(file, "%s\n", line);
        fflush(file);
    }
    lock_leave(&trace_lock);
}

unsigned trace_ring_copy(char *text, unsigned size)
{
    unsigned used = 0, line, last;

    if (!text || !size)
        return 0;
    lock_enter(&trace_lock);
    last = ring ? ring_lines : 0;
    for (line = last > RING_LINES ? last - RING_LINES : 0; line < last; line++) {
        int wrote = snprintf(text + used, size - used, "%s\n", ring[line % RING_LINES]);

        if (wrote < 0 || (unsigned)wrote >= size - used)
            break;
        used += (unsigned)wrote;
    }
    lock_leave(&trace_lock);
    text[used] = 0;
    return used;
}
