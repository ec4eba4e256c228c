/* overflow_test.c - a sink that falls too far behind loses events, is told how many, in order, and
 * hears on (docs/events.md, Overflow). */
#include "tests/com/delivery/listener.h"

#define BOUND 65536 /* events a sink may be behind */
#define WORDS (BOUND + 4000)

static bool is_inside(struct listener *listener)
{
    return listener->inside == 1;
}

static bool is_told(struct listener *listener)
{
    return listener->notices == 1;
}

static bool has_caught_up(struct listener *listener)
{
    return listener->notices == 1 && listener->words + listener->lost == WORDS + 1;
}

static void overflow(bool sta, bool late, bool deaf)
{
    HANDLE gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct apartment apartment;
    struct listener slow, quick;
    struct program program;
    struct advice advice = {&slow, &program, late};
    ITBasicCallControl *call;
    LONG number;

    com_enter(COM_MTA);
    program_open(&program);
    CHECK_EQ(
        ITTAPI2_put_EventFilter(program.tapi, TE_ADDRESSDEVSPECIFIC | (deaf ? 0 : TE_TAPIOBJECT)),
        S_OK);
    apartment_start(&apartment);
    listener_start(&slow);
    slow.gate = gate;
    if (sta)
        apartment_run(&apartment, advise_here, &advice);
    else
        (late ? listener_advise_late : listener_advise)(&slow, &program);
    listener_start(&quick);
    listener_advise(&quick, &program);

    call = program_call(&program, &number);
    program_say(number, 1);
    CHECK(listener_until(&slow, is_inside)); /* the queue is empty */
    for (LONG i = 2; i <= WORDS; i++) {
        CHECK(program_say(number, i));
        if (i % 4096 == 0) /* the quick one is not to fall behind: it shows that it need not */
            CHECK(listener_hears(&quick, i - 4096));
    }
    CHECK(listener_hears(&quick, WORDS));
    CHECK_EQ(quick.lost, 0);
    CHECK_EQ(quick.skipped, 0);
    SetEvent(gate);
    for (LONG i = 4096; i <= BOUND; i += 4096) /* as many as that take a busy machine its time */
        CHECK(listener_hears(&slow, i));
    if (deaf) {
        CHECK(listener_hears(&slow, BOUND + 1));
    } else {
        CHECK(listener_until(&slow, is_told));
        CHECK_EQ(slow.lost, WORDS - 1 - BOUND);
    }
    CHECK_EQ(slow.heard[number], BOUND + 1); /* the oldest are kept, in order */
    CHECK_EQ(slow.skipped, 0);
    /* What comes later is heard again. */
    program_say(number, WORDS + 1);
    CHECK(listener_hears(&slow, BOUND + 2));
    if (!deaf)
        CHECK(listener_until(&slow, has_caught_up));
    CHECK_EQ(slow.heard[number], WORDS + 1);
    CHECK_EQ(slow.skipped, 1); /* where the lost ones were */
    ITBasicCallControl_Release(call);
    program_close(&program);
    CHECK_EQ(slow.notices, deaf ? 0 : 1);
    apartment_stop(&apartment);
    listener_stop(&slow);
    listener_stop(&quick);
    CloseHandle(gate);
    com_leave();
}

TEST(a_slow_mta_sink_is_told_what_it_lost)
{
    overflow(false, false, false);
}

TEST(a_slow_sta_sink_is_told_what_it_lost)
{
    overflow(true, false, false);
}

TEST(a_slow_late_bound_sink_is_told_what_it_lost)
{
    overflow(true, true, false);
}

TEST(a_slow_sink_that_does_not_listen_to_tapi_object_events_is_not_told)
{
    overflow(false, true, true);
}
