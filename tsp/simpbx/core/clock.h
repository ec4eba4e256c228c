/* clock.h - timers in order of due time, then of the order in which they were set (clock.c). */
#ifndef SIMPBX_CLOCK_H
#define SIMPBX_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PBX_NEVER UINT64_MAX /* a time, ms */

struct pbx_timer {
    uint64_t due; /* ms */
    uint64_t sequence;
    size_t place; /* in the heap, + 1; 0: not set */
    void (*fire)(void *context);
    void *context;
};

struct pbx_clock {
    uint64_t now; /* ms */
    uint64_t sequence;
    struct pbx_timer **heap;
    size_t count, capacity, reserved;
};

/* Room for `timers` more timers, so that timer_set cannot fail; timer_unreserve gives it back. */
bool pbx_clock_reserve(struct pbx_clock *clock, size_t timers);
void pbx_clock_unreserve(struct pbx_clock *clock, size_t timers);
void pbx_clock_free(struct pbx_clock *clock);
/* Sets or resets a timer (a room for it must have been reserved) to fire `delay` ms from now. */
void pbx_timer_set(struct pbx_clock *clock, struct pbx_timer *timer, uint64_t delay,
                   void (*fire)(void *context), void *context);
void pbx_timer_cancel(struct pbx_clock *clock, struct pbx_timer *timer);
/* Fires everything due up to `until`, each with now = its due time; leaves now at `until`. */
void pbx_clock_run(struct pbx_clock *clock, uint64_t until);
/* When the next timer is due; PBX_NEVER when none is set. */
uint64_t pbx_clock_next(const struct pbx_clock *clock);

#endif
