/* leaving_test.c - how sinks, their threads and the dispatcher end, from inside an event, too: what
 * comes afterwards, who waits for whom, and where a sink is released. */
#include "tests/com/events/fixture.h"

#include <olectl.h>

TEST_BEFORE
{
    CoInitializeEx(NULL, COINIT_MULTITHREADED); /* once more each time: never uninitialized */
}

static void act_unadvise(struct sink_object *sink, void *context)
{
    (void)context;
    sink_unadvise(sink);
}

static void unadvise_inside(const IID *iid, BOOL in_sta)
{
    struct sink_object leaving, staying;
    struct apartment apartment;
    struct bench bench;
    struct sink_advice advice = {&leaving, &bench, iid};

    bench_start(&bench);
    sink_start(&leaving);
    sink_start(&staying);
    leaving.act = act_unadvise;
    apartment_start(&apartment);
    if (in_sta)
        apartment_run(&apartment, sink_advise_there, &advice);
    else
        sink_advise_there(&advice);
    sink_advise(&staying, &bench, &IID_ITTAPIEventNotification);
    CHECK_EQ(post_number(&bench, 1), S_OK);
    CHECK_EQ(post_number(&bench, 2), S_OK);
    CHECK_EQ(post_number(&bench, 3), S_OK);
    CHECK(sink_gets(&leaving, 1));
    CHECK(sink_gets(&staying, 3));
    dispatcher_shutdown(bench.dispatcher); /* whatever was on its way has come */
    apartment_stop(&apartment);
    sink_check_numbers(&leaving, 1, 1);
    sink_check_numbers(&staying, 1, 3);
    bench_stop(&bench);
    if (in_sta)
        CHECK_EQ(leaving.release_thread_id, leaving.thread_id);
    sink_stop(&leaving);
    sink_stop(&staying);
}

TEST(unadvise_inside_an_mta_sink)
{
    unadvise_inside(&IID_ITTAPIEventNotification, FALSE);
    unadvise_inside(&DIID_ITTAPIDispatchEventNotification, FALSE);
}

TEST(unadvise_inside_an_sta_sink)
{
    unadvise_inside(&IID_ITTAPIEventNotification, TRUE);
    unadvise_inside(&DIID_ITTAPIDispatchEventNotification, TRUE);
}

static void act_shutdown(struct sink_object *sink, void *context)
{
    struct bench *bench = context;

    (void)sink;
    dispatcher_shutdown(bench->dispatcher);
}

static void shutdown_inside(BOOL in_sta)
{
    struct apartment apartment;
    struct fake_source source;
    struct sink_object sink;
    struct bench bench;
    struct sink_advice advice = {&sink, &bench, &IID_ITTAPIEventNotification};

    bench_start(&bench);
    sink_start(&sink);
    sink.act = act_shutdown;
    sink.context = &bench;
    apartment_start(&apartment);
    if (in_sta)
        apartment_run(&apartment, sink_advise_there, &advice);
    else
        sink_advise_there(&advice);
    source_start(&source, &bench);
    source_say(&source, 3);
    CHECK(sink_gets(&sink, 1));
    apartment_stop(&apartment);
    bench_stop(&bench);
    CHECK_EQ(sink.calls, 1);
    CHECK(source.ended);
    CHECK_EQ(source.inside, 0);
    sink_stop(&sink);
}

TEST(shutdown_inside_an_mta_sink)
{
    shutdown_inside(FALSE);
}

TEST(shutdown_inside_an_sta_sink)
{
    shutdown_inside(TRUE);
}

TEST(a_dispatcher_works_again_after_shutdown)
{
    struct fake_source source;
    struct sink_object sink;
    struct bench bench;
    unsigned round;

    bench_start(&bench);
    sink_start(&sink);
    for (round = 1; round <= 3; round++) {
        CHECK_EQ(dispatcher_set_filter(bench.dispatcher, TE_CALLSTATE), S_OK);
        sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
        source_start(&source, &bench);
        source_say(&source, 2);
        CHECK(sink_gets(&sink, 2));
        dispatcher_shutdown(bench.dispatcher);
        CHECK_EQ(dispatcher_filter(bench.dispatcher), 0);
        CHECK_EQ(IConnectionPoint_Unadvise(sink.point, sink.cookie), CONNECT_E_NOCONNECTION);
        CHECK_EQ(sink.refs, 1);
    }
    CHECK_EQ(sink.calls, 6);
    bench_stop(&bench);
    sink_stop(&sink);
}

static DWORD WINAPI unadvise_thread(void *context)
{
    sink_unadvise(context);
    return 0;
}

TEST(unadvise_waits_for_the_call_in_progress)
{
    struct sink_object sink;
    struct bench bench;
    HANDLE thread;

    bench_start(&bench);
    sink_start(&sink);
    sink.gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    post_number(&bench, 1);
    post_number(&bench, 2);
    CHECK(sink_gets(&sink, 1));
    thread = CreateThread(NULL, 0, unadvise_thread, &sink, 0, NULL);
    /* It has begun when the sink is no longer in the list; it must not end before the gate opens.
     */
    while (dispatcher_wants(bench.dispatcher, TE_CALLSTATE))
        SwitchToThread();
    CHECK_EQ(WaitForSingleObject(thread, 0), WAIT_TIMEOUT);
    CHECK_EQ(sink.refs, 2);
    SetEvent(sink.gate);
    CHECK(arrives(thread));
    CHECK_EQ(sink.inside, 0);
    CHECK_EQ(sink.refs, 1);
    CHECK_EQ(sink.calls, 1);
    bench_stop(&bench);
    CloseHandle(thread);
    CloseHandle(sink.gate);
    sink_stop(&sink);
}

struct pair {
    struct sink_object sinks[2];
    HANDLE both_inside; /* semaphore passed by each once the other is inside */
};

static void act_unadvise_other(struct sink_object *sink, void *context)
{
    struct pair *pair = context;
    struct sink_object *other = &pair->sinks[sink == &pair->sinks[0]];

    CHECK(arrives(other->arrived)); /* the other one is inside its Event */
    sink_unadvise(other);
    ReleaseSemaphore(pair->both_inside, 1, NULL);
}

TEST(two_sinks_that_unadvise_each_other_both_come_back)
{
    struct bench bench;
    struct pair pair;
    unsigned i;

    bench_start(&bench);
    pair.both_inside = CreateSemaphoreW(NULL, 0, 2, NULL);
    for (i = 0; i < 2; i++) {
        sink_start(&pair.sinks[i]);
        pair.sinks[i].act = act_unadvise_other;
        pair.sinks[i].context = &pair;
        sink_advise(&pair.sinks[i], &bench, &IID_ITTAPIEventNotification);
    }
    post_number(&bench, 1);
    CHECK(arrives(pair.both_inside));
    CHECK(arrives(pair.both_inside));
    bench_stop(&bench);
    CloseHandle(pair.both_inside);
    for (i = 0; i < 2; i++)
        sink_stop(&pair.sinks[i]);
}

TEST(shutdown_leaves_a_hanging_sink_behind)
{
    struct fake_source source;
    struct sink_object sink;
    struct bench bench;
    HANDLE gate = CreateEventW(NULL, TRUE, FALSE, NULL);

    bench_start(&bench);
    dispatcher_set_limits(bench.dispatcher, 100, 20);
    sink_start(&sink);
    sink.gate = gate;
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    source_start(&source, &bench);
    source_say(&source, 2);
    CHECK(sink_gets(&sink, 1));
    dispatcher_shutdown(bench.dispatcher);
    CHECK_EQ(sink.inside, 1); /* still there, and still referred to */
    CHECK_EQ(sink.refs, 2);
    dispatcher_set_limits(bench.dispatcher, 100, EVENTS_HANG_LIMIT);
    SetEvent(gate);
    CHECK(queue_is_empty(&bench));
    bench_stop(&bench); /* waits for the thread that has come back */
    CHECK_EQ(sink.calls, 1);
    sink_stop(&sink);
    CloseHandle(gate);
}

TEST(a_thread_that_ends_without_unadvise_harms_nobody)
{
    struct sink_object lost, other;
    struct apartment apartment;
    struct bench bench;
    struct sink_advice advice = {&lost, &bench, &IID_ITTAPIEventNotification};

    bench_start(&bench);
    sink_start(&lost);
    sink_start(&other);
    apartment_start(&apartment);
    apartment_run(&apartment, sink_advise_there, &advice);
    apartment_stop(&apartment);
    sink_advise(&other, &bench, &IID_ITTAPIEventNotification);
    CHECK_EQ(post_number(&bench, 1), S_OK);
    CHECK_EQ(post_number(&bench, 2), S_OK);
    CHECK(sink_gets(&other, 2));
    CHECK(queue_is_empty(&bench)); /* what was queued for it before that was known, too */
    sink_unadvise(&lost);
    CHECK_EQ(lost.refs, 2); /* its apartment is gone: left alone rather than called from here */
    lost.refs = 1;
    bench_stop(&bench);
    CHECK_EQ(lost.calls, 0);
    sink_stop(&lost);
    sink_stop(&other);
}

TEST(an_sta_sink_unadvised_elsewhere_is_released_in_its_own_thread)
{
    struct apartment apartment;
    struct sink_object sink;
    struct bench bench;
    struct sink_advice advice = {&sink, &bench, &IID_ITTAPIEventNotification};

    bench_start(&bench);
    sink_start(&sink);
    apartment_start(&apartment);
    apartment_run(&apartment, sink_advise_there, &advice);
    sink_unadvise(&sink);
    CHECK_EQ(post_number(&bench, 1), S_FALSE);
    bench_stop(&bench);
    apartment_stop(&apartment); /* WM_QUIT comes after what was posted before */
    CHECK_EQ(sink.release_thread_id, apartment.thread_id);
    CHECK_EQ(sink.calls, 0);
    sink_stop(&sink);
}
