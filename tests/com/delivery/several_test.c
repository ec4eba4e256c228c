/* several_test.c - several TAPI objects in one program, several sinks of each, in several
 * apartments: every sink hears what its TAPI object's calls say, and each call in order. */
#include "tests/com/delivery/listener.h"

#define PROGRAMS  3
#define CALLS     2 /* of each */
#define LISTENERS 6 /* of each */
#define WORDS     300

struct speaker {
    LONG call;
    HANDLE thread;
};

static DWORD WINAPI speak(void *context)
{
    program_say_all(((struct speaker *)context)->call, 1, WORDS);
    return 0;
}

/* Two in the MTA, two in one STA, one in another, one in the STA where its TAPI object was made. */
static void advise_all(struct listener *listeners, struct program *program,
                       struct apartment *apartments, struct apartment *own)
{
    struct apartment *const where[LISTENERS] = {NULL,           NULL,           &apartments[0],
                                                &apartments[0], &apartments[1], own};

    for (unsigned i = 0; i < LISTENERS; i++) {
        struct advice advice = {&listeners[i], program, i % 2 != 0};

        listener_start(&listeners[i]);
        if (where[i])
            apartment_run(where[i], advise_here, &advice);
        else
            (advice.late ? listener_advise_late : listener_advise)(&listeners[i], program);
    }
}

static void open_here(void *program)
{
    program_open(program);
}

static void close_here(void *program)
{
    program_close(program);
}

TEST(every_sink_of_every_program_hears_its_calls_in_order)
{
    static struct listener listeners[PROGRAMS][LISTENERS];
    struct program programs[PROGRAMS];
    struct apartment apartments[3];
    struct speaker speakers[PROGRAMS * CALLS];
    ITBasicCallControl *calls[PROGRAMS * CALLS];
    unsigned i, j;

    com_enter(COM_MTA);
    for (i = 0; i < 3; i++)
        apartment_start(&apartments[i]);
    for (i = 0; i < PROGRAMS; i++) {
        if (i == 0)
            apartment_run(&apartments[2], open_here, &programs[i]);
        else
            program_open(&programs[i]);
        advise_all(listeners[i], &programs[i], apartments, &apartments[2]);
    }
    for (i = 0; i < PROGRAMS * CALLS; i++)
        calls[i] = program_call(&programs[i % PROGRAMS], &speakers[i].call);
    for (i = 0; i < PROGRAMS * CALLS; i++)
        speakers[i].thread = CreateThread(NULL, 0, speak, &speakers[i], 0, NULL);
    for (i = 0; i < PROGRAMS * CALLS; i++) {
        CHECK(wait_handle(speakers[i].thread, WAIT_LONG));
        CloseHandle(speakers[i].thread);
    }
    for (i = 0; i < PROGRAMS; i++)
        for (j = 0; j < LISTENERS; j++) {
            struct listener *listener = &listeners[i][j];

            CHECK(listener_hears(listener, CALLS * WORDS));
            CHECK_EQ(listener->heard[speakers[i].call], WORDS);
            CHECK_EQ(listener->heard[speakers[i + PROGRAMS].call], WORDS);
            CHECK_EQ(listener->words, CALLS * WORDS);
            CHECK_EQ(listener->skipped, 0);
            CHECK_EQ(listener->lost, 0);
        }
    for (i = 0; i < PROGRAMS * CALLS; i++)
        ITBasicCallControl_Release(calls[i]);
    for (i = 0; i < PROGRAMS; i++) {
        /* Some are unadvised, in their apartment or in another; the rest leaves with Shutdown. */
        listener_unadvise(&listeners[i][0]);
        apartment_run(&apartments[0], unadvise_here, &listeners[i][2]);
        listener_unadvise(&listeners[i][4]);
        if (i == 0)
            apartment_run(&apartments[2], close_here, &programs[i]);
        else
            program_close(&programs[i]);
    }
    for (i = 0; i < 3; i++)
        apartment_stop(&apartments[i]); /* what was to be released there is */
    for (i = 0; i < PROGRAMS; i++)
        for (j = 0; j < LISTENERS; j++)
            listener_stop(&listeners[i][j]);
    com_leave();
}

TEST(programs_do_not_hear_each_other)
{
    struct listener listeners[2];
    struct program programs[2];
    ITBasicCallControl *calls[2];
    LONG numbers[2];
    unsigned i;

    com_enter(COM_MTA);
    for (i = 0; i < 2; i++) {
        program_open(&programs[i]);
        listener_start(&listeners[i]);
        listener_advise(&listeners[i], &programs[i]);
        calls[i] = program_call(&programs[i], &numbers[i]);
    }
    program_say_all(numbers[0], 1, 20);
    program_say_all(numbers[1], 1, 30);
    CHECK(listener_hears(&listeners[0], 20));
    CHECK(listener_hears(&listeners[1], 30));
    CHECK_EQ(listeners[0].heard[numbers[1]], 0);
    CHECK_EQ(listeners[1].heard[numbers[0]], 0);
    /* One program is shut down, the other hears on. */
    ITBasicCallControl_Release(calls[0]);
    program_close(&programs[0]);
    listeners[0].over = TRUE;
    CHECK(!program_say(numbers[0], 21)); /* its call went with it */
    program_say_all(numbers[1], 31, 60);
    CHECK(listener_hears(&listeners[1], 60));
    ITBasicCallControl_Release(calls[1]);
    program_close(&programs[1]);
    for (i = 0; i < 2; i++)
        listener_stop(&listeners[i]);
    com_leave();
}

/* The same object advised twice, and at both points: as often called. */
TEST(one_sink_advised_three_times_hears_everything_three_times)
{
    struct listener listener;
    struct program program;
    ITBasicCallControl *call;
    DWORD cookies[2];
    LONG number;

    com_enter(COM_MTA);
    program_open(&program);
    listener_start(&listener);
    listener_advise(&listener, &program);
    cookies[0] = listener.cookie;
    listener_advise_late(&listener, &program);
    CHECK_EQ(IConnectionPoint_Unadvise(program_point(&program, &IID_ITTAPIEventNotification),
                                       listener.cookie),
             CONNECT_E_NOCONNECTION); /* the other point's */
    cookies[1] = listener.cookie;
    listener_advise(&listener, &program);
    CHECK(cookies[0] != cookies[1] && cookies[1] != listener.cookie);
    call = program_call(&program, &number);
    program_say(number, 1);
    CHECK(listener_hears(&listener, 3));
    CHECK_EQ(IConnectionPoint_Unadvise(listener.point, cookies[0]), S_OK);
    CHECK_EQ(IConnectionPoint_Unadvise(listener.point, cookies[0]), CONNECT_E_NOCONNECTION);
    program_say(number, 2);
    CHECK(listener_hears(&listener, 5));
    CHECK_EQ(listener.heard[number], 2);
    ITBasicCallControl_Release(call);
    program_close(&program);
    CHECK_EQ(listener.words, 5);
    listener.most_inside =
        1; /* two connections are two sinks to TAPI: they may be called at once */
    listener_stop(&listener);
    com_leave();
}
