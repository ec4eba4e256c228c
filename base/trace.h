/*
 * trace.h - the look inside: one line for every API entry, TSPI call, callback, message and event,
 * with time, thread and room. Cheap when off (one load and a branch).
 *
 * On when the environment has OPENTAPI_TRACE=<file> (appended to; "stderr" for the console) or
 * "ring" (only the last 4,096 lines in memory, read with trace_ring_copy).
 */
#ifndef BASE_TRACE_H
#define BASE_TRACE_H

extern int trace_level; /* 0 off; set by trace_start */

/* Reads the environment; called once at process attach. */
void trace_start(void);
void trace_stop(void);
/* The ring's lines, oldest first, as text with a terminator; returns its length. */
unsigned trace_ring_copy(char *text, unsigned size);
void trace_write(const char *room, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define TRACE(room, ...)                                                                           \
    do {                                                                                           \
        if (trace_level)                                                                           \
            trace_write(room, __VA_ARGS__);                                                        \
    } while (0)

#endif
