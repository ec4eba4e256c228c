/* hammer_test.c - sinks come and go while calls speak without pause, on threads and with delays
 * drawn from a seed: nothing may arrive after Unadvise or Shutdown has returned, nothing be lost
 * before. */
#include "tests/com/delivery/listener.h"

#define SPEAKERS  2
#define HAMMERERS 4
#define ROUNDS    40

static volatile LONG speaking;

static DWORD WINAPI speak(void *context)
{
    LONG call = *(LONG *)context, number = 0;

    while (speaking && program_say(call, ++number)) {
        /* Now and then a rest, so that a slow machine's queues do not only grow. */
        if (number % 64 == 0)
            SwitchToThread();
    }
    return 0;
}

struct draw {
    DWORD state;
};

static DWORD draw(struct draw *draw, DWORD below)
{
    draw->state = draw->state * 1664525 + 1013904223;
    return (draw->state >> 16) % below;
}

struct hammerer {
    struct program *program;
    struct draw draw;
    struct apartment apartment;
    struct listener listeners[ROUNDS];
    HANDLE thread;
};

/* The listener starts in the middle of what is said: its first word of each call is no gap. */
static void one_round(struct hammerer *hammerer, struct listener *listener)
{
    struct advice advice = {listener, hammerer->program, draw(&hammerer->draw, 2) != 0};
    bool sta = draw(&hammerer->draw, 2) != 0;

    listener_start(listener);
    if (sta)
        apartment_run(&hammerer->apartment, advise_here, &advice);
    else
        (advice.late ? listener_advise_late : listener_advise)(listener, hammerer->program);
    CHECK(listener_hears(listener, (LONG)draw(&hammerer->draw, 40)));
    if (sta && draw(&hammerer->draw, 2))
        apartment_run(&hammerer->apartment, unadvise_here, listener);
    else
        listener_unadvise(listener);
    CHECK(listener->skipped <= SPEAKERS);
    CHECK_EQ(listener->lost, 0);
}

static DWORD WINAPI hammer(void *context)
{
    struct hammerer *hammerer = context;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (unsigned i = 0; i < ROUNDS; i++)
        one_round(hammerer, &hammerer->listeners[i]);
    CoUninitialize();
    return 0;
}

static void hammer_unadvise(DWORD seed)
{
    static struct hammerer hammerers[HAMMERERS];
    struct program program;
    ITBasicCallControl *calls[SPEAKERS];
    LONG numbers[SPEAKERS];
    HANDLE speakers[SPEAKERS];
    unsigned i, j;

    com_enter(COM_MTA);
    program_open(&program);
    speaking = TRUE;
    for (i = 0; i < SPEAKERS; i++) {
        calls[i] = program_call(&program, &numbers[i]);
        speakers[i] = CreateThread(NULL, 0, speak, &numbers[i], 0, NULL);
    }
    for (i = 0; i < HAMMERERS; i++) {
        hammerers[i].program = &program;
        hammerers[i].draw.state = seed * 1000 + i;
        apartment_start(&hammerers[i].apartment);
        hammerers[i].thread = CreateThread(NULL, 0, hammer, &hammerers[i], 0, NULL);
    }
    for (i = 0; i < HAMMERERS; i++) {
        CHECK(wait_handle(hammerers[i].thread, 6 * WAIT_LONG));
        CloseHandle(hammerers[i].thread);
    }
    speaking = FALSE;
    for (i = 0; i < SPEAKERS; i++) {
        CHECK(wait_handle(speakers[i], WAIT_LONG));
        CloseHandle(speakers[i]);
        ITBasicCallControl_Release(calls[i]);
    }
    program_close(&program);
    for (i = 0; i < HAMMERERS; i++) {
        apartment_stop(&hammerers[i].apartment);
        for (j = 0; j < ROUNDS; j++)
            listener_stop(&hammerers[i].listeners[j]); /* `late` is checked here */
    }
    com_leave();
}

TEST(nothing_comes_after_unadvise_seed_1)
{
    hammer_unadvise(1);
}

TEST(nothing_comes_after_unadvise_seed_2)
{
    hammer_unadvise(2);
}

/* Shutdown on one thread, the speakers on others, sinks in both kinds of apartment. */
TEST(nothing_comes_after_shutdown)
{
    enum { ALL = 6, TIMES = 25 };
    static struct listener listeners[TIMES][ALL];
    struct draw seed = {4711};
    struct apartment apartment;
    struct program program;

    com_enter(COM_MTA);
    apartment_start(&apartment);
    program_open(&program);
    for (unsigned round = 0; round < TIMES; round++) {
        ITBasicCallControl *calls[SPEAKERS];
        HANDLE speakers[SPEAKERS];
        LONG numbers[SPEAKERS];
        unsigned i;

        for (i = 0; i < ALL; i++) {
            struct advice advice = {&listeners[round][i], &program, i % 2 != 0};

            listener_start(&listeners[round][i]);
            if (i < ALL / 2)
                apartment_run(&apartment, advise_here, &advice);
            else
                (advice.late ? listener_advise_late : listener_advise)(advice.listener, &program);
        }
        speaking = TRUE;
        for (i = 0; i < SPEAKERS; i++) {
            calls[i] = program_call(&program, &numbers[i]);
            speakers[i] = CreateThread(NULL, 0, speak, &numbers[i], 0, NULL);
        }
        CHECK(listener_hears(&listeners[round][draw(&seed, ALL)], (LONG)draw(&seed, 100)));
        ITAddress_Release(program.address);
        CHECK_EQ(ITTAPI2_Shutdown(program.tapi), S_OK);
        for (i = 0; i < ALL; i++)
            listeners[round][i].over = TRUE;
        speaking = FALSE;
        for (i = 0; i < SPEAKERS; i++) {
            CHECK(wait_handle(speakers[i], WAIT_LONG));
            CloseHandle(speakers[i]);
            ITBasicCallControl_Release(calls[i]);
        }
        program_open_again(&program);
    }
    program_close(&program);
    apartment_stop(&apartment);
    for (unsigned round = 0; round < TIMES; round++)
        for (unsigned i = 0; i < ALL; i++) {
            CHECK(listeners[round][i].skipped == 0);
            listener_stop(&listeners[round][i]);
        }
    com_leave();
}
