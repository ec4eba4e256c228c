/* hang_test.c - sinks that do not return hold neither the others nor the calls, and Shutdown only
 * for a while. */
#include "tests/com/delivery/listener.h"

static bool is_inside(struct listener *listener)
{
    return listener->inside == 1;
}

static bool is_out(struct listener *listener)
{
    return listener->inside == 0;
}

static bool is_released(struct listener *listener)
{
    return listener->refs == 1;
}

TEST(sinks_that_never_return_hold_nobody_else)
{
    HANDLE gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct listener hanging[5], free_mta, free_sta, elsewhere;
    struct apartment hung, lively;
    struct program program, neighbour;
    struct advice advice;
    ITBasicCallControl *call, *later, *other_call;
    LONG number, later_number, other_number;
    unsigned long long start;
    unsigned i;

    com_enter(COM_MTA);
    apartment_start(&hung);
    apartment_start(&lively);
    program_open(&program);
    program_open(&neighbour);
    for (i = 0; i < 5; i++) {
        listener_start(&hanging[i]);
        hanging[i].gate = gate;
        if (i == 4) {
            advice = (struct advice){&hanging[i], &program, false};
            apartment_run(&hung, advise_here, &advice);
        } else {
            (i % 2 ? listener_advise_late : listener_advise)(&hanging[i], &program);
        }
    }
    listener_start(&free_mta);
    listener_start(&free_sta);
    listener_start(&elsewhere);
    listener_advise(&free_mta, &program);
    advice = (struct advice){&free_sta, &program, true};
    apartment_run(&lively, advise_here, &advice);
    listener_advise(&elsewhere, &neighbour);

    call = program_call(&program, &number);
    program_say_all(number, 1, 500);
    CHECK(listener_hears(&free_mta, 500));
    CHECK(listener_hears(&free_sta, 500));
    for (i = 0; i < 5; i++)
        CHECK(listener_until(&hanging[i], is_inside));
    /* Calls come and go as ever, here and in another TAPI object. */
    later = program_call(&program, &later_number);
    other_call = program_call(&neighbour, &other_number);
    program_say_all(later_number, 1, 50);
    program_say_all(other_number, 1, 50);
    CHECK(listener_hears(&free_mta, 550));
    CHECK(listener_hears(&free_sta, 550));
    CHECK(listener_hears(&elsewhere, 50));
    ITBasicCallControl_Release(later);
    ITBasicCallControl_Release(call);
    ITBasicCallControl_Release(other_call);
    for (i = 0; i < 5; i++)
        CHECK_EQ(hanging[i].words, hanging[0].words);

    /* Unadvise and Shutdown wait for a hanging sink, but not for ever: 5 s (docs/events.md). */
    start = test_clock();
    CHECK_EQ(ITTAPI2_Shutdown(program.tapi), S_OK);
    /* That it comes back shows that there is an end to it. TAPI's clock may be behind ours. */
    CHECK(test_clock() - start >= 3000);
    for (i = 0; i < 5; i++) {
        CHECK_EQ(hanging[i].inside, 1); /* still in there, and still referred to */
        CHECK_EQ(hanging[i].refs, 2);
        hanging[i].over = TRUE;
    }
    CHECK_EQ(free_mta.refs, 1);
    SetEvent(gate);
    for (i = 0; i < 5; i++) {
        CHECK(listener_until(&hanging[i], is_out));
        CHECK(listener_until(&hanging[i], is_released));
    }
    program_close(&program);
    program_close(&neighbour);
    apartment_stop(&hung);
    apartment_stop(&lively);
    for (i = 0; i < 5; i++)
        listener_stop(&hanging[i]);
    listener_stop(&free_mta);
    listener_stop(&free_sta);
    listener_stop(&elsewhere);
    CloseHandle(gate);
    com_leave();
}
