/* clock.c - the exchange's time and its timers: a heap ordered by due time, then by setting. */
#include "clock.h"

#include <stdlib.h>

static bool before(const struct pbx_timer *a, const struct pbx_timer *b)
{
    return a->due != b->due ? a->due < b->due : a->sequence < b->sequence;
}

static void place(struct pbx_clock *clock, size_t index, struct pbx_timer *timer)
{
    clock->heap[index] = timer;
    timer->place = index + 1;
}

static void sift_up(struct pbx_clock *clock, size_t index, struct pbx_timer *timer)
{
    while (index > 0) {
        size_t parent = (index - 1) / 2;
        if (!before(timer, clock->heap[parent]))
            break;
        place(clock, index, clock->heap[parent]);
        index = parent;
    }
    place(clock, index, timer);
}

static void sift_down(struct pbx_clock *clock, size_t index, struct pbx_timer *timer)
{
    for (;;) {
        size_t child = 2 * index + 1;
        if (child >= clock->count)
            break;
        if (child + 1 < clock->count && before(clock->heap[child + 1], clock->heap[child]))
            child++;
        if (!before(clock->heap[child], timer))
            break;
        place(clock, index, clock->heap[child]);
        index = child;
    }
    place(clock, index, timer);
}

bool pbx_clock_reserve(struct pbx_clock *clock, size_t timers)
{
    if (clock->reserved + timers > clock->capacity) {
        size_t capacity = 2 * (clock->reserved + timers) + 16;
        struct pbx_timer **heap = realloc(clock->heap, capacity * sizeof(*heap));
        if (!heap)
            return false;
        clock->heap = heap;
        clock->capacity = capacity;
    }
    clock->reserved += timers;
    return true;
}

void pbx_clock_unreserve(struct pbx_clock *clock, size_t timers)
{
    clock->reserved -= timers;
}

void pbx_clock_free(struct pbx_clock *clock)
{
    free(clock->heap);
    clock->heap = NULL;
    clock->count = clock->capacity = clock->reserved = 0;
}

void pbx_timer_cancel(struct pbx_clock *clock, struct pbx_timer *timer)
{
    size_t index = timer->place;

    if (!index)
        return;
    index--;
    timer->place = 0;
    struct pbx_timer *last = clock->heap[--clock->count];
    if (last == timer)
        return;
    if (index > 0 && before(last, clock->heap[(index - 1) / 2]))
        sift_up(clock, index, last);
    else
        sift_down(clock, index, last);
}

void pbx_timer_set(struct pbx_clock *clock, struct pbx_timer *timer, uint64_t delay,
                   void (*fire)(void *context), void *context)
{
    pbx_timer_cancel(clock, timer);
    timer->due = clock->now + delay;
    timer->sequence = ++clock->sequence;
    timer->fire = fire;
    timer->context = context;
    sift_up(clock, clock->count++, timer);
}

uint64_t pbx_clock_next(const struct pbx_clock *clock)
{
    return clock->count ? clock->heap[0]->due : PBX_NEVER;
}

void pbx_clock_run(struct pbx_clock *clock, uint64_t until)
{
    while (clock->count && clock->heap[0]->due <= until) {
        struct pbx_timer *timer = clock->heap[0];
        if (timer->due > clock->now)
            clock->now = timer->due;
        pbx_timer_cancel(clock, timer);
        timer->fire(timer->context);
    }
    if (until > clock->now)
        clock->now = until;
}
