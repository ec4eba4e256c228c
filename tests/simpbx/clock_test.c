/* clock_test.c - timers come in order, whatever the order they were set in. */
#include "tests/support/test.h"
#include "tsp/simpbx/core/core.h"

#include <stdlib.h>

static struct pbx_clock clock_;
static char fired[64];

struct named {
    struct pbx_timer timer;
    char name;
};

static void on_fire(void *context)
{
    size_t length = strlen(fired);

    fired[length] = ((struct named *)context)->name;
    fired[length + 1] = 0;
}

static void again(void *context)
{
    struct named *named = context;

    on_fire(context);
    if (strlen(fired) < 4)
        pbx_timer_set(&clock_, &named->timer, 5, again, named);
}

TEST_BEFORE
{
    memset(&clock_, 0, sizeof(clock_));
    fired[0] = 0;
}

TEST_AFTER
{
    pbx_clock_free(&clock_);
}

TEST(due_time_then_order_of_setting)
{
    struct named a = {.name = 'a'}, b = {.name = 'b'}, c = {.name = 'c'}, d = {.name = 'd'};

    REQUIRE(pbx_clock_reserve(&clock_, 4));
    pbx_timer_set(&clock_, &a.timer, 20, on_fire, &a);
    pbx_timer_set(&clock_, &b.timer, 10, on_fire, &b);
    pbx_timer_set(&clock_, &c.timer, 10, on_fire, &c);
    pbx_timer_set(&clock_, &d.timer, 0, on_fire, &d);
    CHECK_EQ(pbx_clock_next(&clock_), 0);
    pbx_clock_run(&clock_, 10);
    CHECK_STR(fired, "dbc");
    pbx_clock_run(&clock_, 19);
    CHECK_STR(fired, "dbc");
    pbx_clock_run(&clock_, 20);
    CHECK_STR(fired, "dbca");
    CHECK_EQ(pbx_clock_next(&clock_), PBX_NEVER);
    CHECK_EQ(clock_.now, 20);
}

TEST(cancelled_and_moved_timers)
{
    struct named a = {.name = 'a'}, b = {.name = 'b'};

    REQUIRE(pbx_clock_reserve(&clock_, 2));
    pbx_timer_set(&clock_, &a.timer, 10, on_fire, &a);
    pbx_timer_set(&clock_, &b.timer, 20, on_fire, &b);
    pbx_timer_set(&clock_, &a.timer, 30, on_fire, &a);
    pbx_timer_cancel(&clock_, &b.timer);
    pbx_timer_cancel(&clock_, &b.timer);
    pbx_clock_run(&clock_, 100);
    CHECK_STR(fired, "a");
}

TEST(a_timer_sets_itself_again_within_one_run)
{
    struct named a = {.name = 'a'};

    REQUIRE(pbx_clock_reserve(&clock_, 1));
    pbx_timer_set(&clock_, &a.timer, 5, again, &a);
    pbx_clock_run(&clock_, 100);
    CHECK_STR(fired, "aaaa");
    CHECK_EQ(clock_.now, 100);
}

static uint64_t last_due;
static unsigned int count;

static void check_order(void *context)
{
    struct pbx_timer *timer = context;

    CHECK(timer->due >= last_due);
    last_due = timer->due;
    count++;
}

TEST(ten_thousand_timers_in_order)
{
    enum { MANY = 10000 };
    struct pbx_timer *timers = calloc(MANY, sizeof(*timers));
    uint32_t random = 1;

    REQUIRE(timers && pbx_clock_reserve(&clock_, MANY));
    last_due = count = 0;
    for (int i = 0; i < MANY; i++) {
        random = random * 1664525u + 1013904223u;
        pbx_timer_set(&clock_, &timers[i], random % 5000, check_order, &timers[i]);
    }
    for (int i = 0; i < MANY; i += 3)
        pbx_timer_cancel(&clock_, &timers[i]);
    pbx_clock_run(&clock_, 5000);
    CHECK_EQ(count, MANY - (MANY + 2) / 3);
    free(timers);
}
