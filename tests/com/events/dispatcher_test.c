/* dispatcher_test.c - who gets which event, where, in which order, and what cannot stop it. */
#include "tests/com/events/fixture.h"

TEST_BEFORE
{
    CoInitializeEx(NULL, COINIT_MULTITHREADED); /* once more each time: never uninitialized */
}

TEST(mta_sink_gets_a_sources_events_in_order_on_a_pool_thread)
{
    struct fake_source source;
    struct sink_object sink;
    struct bench bench;

    bench_start(&bench);
    sink_start(&sink);
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    source_start(&source, &bench);
    source_say(&source, 200);
    CHECK(sink_gets(&sink, 200));
    sink_check_numbers(&sink, 1, 200);
    CHECK(sink.thread_id != GetCurrentThreadId());
    CHECK_EQ(sink.most_inside, 1);
    bench_stop(&bench);
    sink_stop(&sink);
}

TEST(sta_sink_gets_its_events_in_its_own_thread)
{
    struct apartment apartment;
    struct fake_source source;
    struct sink_object sink;
    struct bench bench;
    struct sink_advice advice = {&sink, &bench, &IID_ITTAPIEventNotification};

    bench_start(&bench);
    sink_start(&sink);
    apartment_start(&apartment);
    apartment_run(&apartment, sink_advise_there, &advice);
    source_start(&source, &bench);
    source_say(&source, 200);
    CHECK(sink_gets(&sink, 200));
    sink_check_numbers(&sink, 1, 200);
    CHECK_EQ(sink.thread_id, apartment.thread_id);
    CHECK_EQ(sink.most_inside, 1);
    apartment_run(&apartment, sink_unadvise_there, &sink);
    CHECK_EQ(sink.refs, 1);
    bench_stop(&bench);
    apartment_stop(&apartment);
    sink_stop(&sink);
}

TEST(dispinterface_sinks_get_dispid_1_with_type_and_event)
{
    struct sink_object mta, sta;
    struct apartment apartment;
    struct bench bench;
    struct sink_advice advice = {&sta, &bench, &DIID_ITTAPIDispatchEventNotification};

    bench_start(&bench);
    sink_start(&mta);
    sink_start(&sta);
    apartment_start(&apartment);
    sink_advise(&mta, &bench, &DIID_ITTAPIDispatchEventNotification);
    apartment_run(&apartment, sink_advise_there, &advice);
    CHECK_EQ(post_number(&bench, 7), S_OK);
    CHECK(sink_gets(&mta, 1));
    CHECK(sink_gets(&sta, 1));
    sink_check_numbers(&mta, 7, 1);
    sink_check_numbers(&sta, 7, 1);
    CHECK_EQ(sta.thread_id, apartment.thread_id);
    apartment_run(&apartment, sink_unadvise_there, &sta);
    bench_stop(&bench);
    apartment_stop(&apartment);
    sink_stop(&mta);
    sink_stop(&sta);
}

TEST(nothing_passes_the_filter_unset_and_only_named_types_set)
{
    struct dispatcher *dispatcher;
    struct sink_object sink;
    struct bench bench;

    bench_start(&bench);
    dispatcher = bench.dispatcher;
    sink_start(&sink);
    CHECK(!dispatcher_wants(dispatcher, TE_CALLSTATE)); /* no sink */
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    CHECK(dispatcher_wants(dispatcher, TE_CALLSTATE));
    CHECK_EQ(dispatcher_set_filter(dispatcher, 0), S_OK);
    CHECK(!dispatcher_wants(dispatcher, TE_CALLSTATE));
    CHECK_EQ(post_number(&bench, 1), S_FALSE);
    CHECK_EQ(dispatcher_set_filter(dispatcher, TE_CALLSTATE | TE_PHONEDEVSPECIFIC * 2),
             E_INVALIDARG);
    CHECK_EQ(dispatcher_filter(dispatcher), 0);
    CHECK_EQ(dispatcher_set_filter(dispatcher, TE_CALLMEDIA), S_OK);
    CHECK_EQ(post_number(&bench, 2), S_FALSE);
    CHECK_EQ(dispatcher_set_filter(dispatcher, TE_CALLSTATE), S_OK);
    CHECK_EQ(post_number(&bench, 3), S_OK);
    CHECK(sink_gets(&sink, 1));
    sink_check_numbers(&sink, 3, 1);
    CHECK_EQ(dispatcher_post(dispatcher, TE_CALLSTATE, NULL, NULL), E_POINTER);
    bench_stop(&bench);
    sink_stop(&sink);
}

TEST(a_blocked_sink_delays_neither_other_sinks_nor_the_source)
{
    struct sink_object blocked[3], free_mta, free_sta;
    struct apartment apartment;
    struct fake_source source;
    struct bench bench;
    struct sink_advice advice = {&free_sta, &bench, &IID_ITTAPIEventNotification};
    HANDLE gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    unsigned i;

    bench_start(&bench);
    for (i = 0; i < 3; i++) {
        sink_start(&blocked[i]);
        blocked[i].gate = gate;
        sink_advise(&blocked[i], &bench, &IID_ITTAPIEventNotification);
    }
    sink_start(&free_mta);
    sink_start(&free_sta);
    apartment_start(&apartment);
    sink_advise(&free_mta, &bench, &IID_ITTAPIEventNotification);
    apartment_run(&apartment, sink_advise_there, &advice);
    source_start(&source, &bench);
    source_say(&source, 100);
    CHECK(sink_gets(&free_mta, 100));
    CHECK(sink_gets(&free_sta, 100));
    for (i = 0; i < 3; i++) {
        CHECK(sink_gets(&blocked[i], 1));
        CHECK_EQ(blocked[i].calls, 1);
    }
    SetEvent(gate);
    for (i = 0; i < 3; i++)
        CHECK(sink_gets(&blocked[i], 99));
    apartment_run(&apartment, sink_unadvise_there, &free_sta);
    bench_stop(&bench);
    apartment_stop(&apartment);
    sink_check_numbers(&free_mta, 1, 100);
    sink_check_numbers(&free_sta, 1, 100);
    for (i = 0; i < 3; i++) {
        sink_check_numbers(&blocked[i], 1, 100);
        CHECK_EQ(blocked[i].most_inside, 1);
        sink_stop(&blocked[i]);
    }
    sink_stop(&free_mta);
    sink_stop(&free_sta);
    CloseHandle(gate);
}

TEST(overflow_is_told_to_the_sink_and_counted)
{
    struct dispatcher_counters counters;
    struct sink_object sink;
    struct bench bench;
    LONG i;

    bench_start(&bench);
    dispatcher_set_limits(bench.dispatcher, 4, EVENTS_HANG_LIMIT);
    sink_start(&sink);
    sink.gate = CreateSemaphoreW(NULL, 0, 100, NULL);
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    post_number(&bench, 1);
    CHECK(sink_gets(&sink, 1)); /* and is inside Event: the queue is empty */
    for (i = 2; i <= 11; i++)
        CHECK_EQ(post_number(&bench, i), S_OK); /* 2..5 are queued, 6..11 lost */
    dispatcher_get_counters(bench.dispatcher, &counters);
    CHECK_EQ(counters.lost, 6);
    CHECK_EQ(counters.queued, 4);
    ReleaseSemaphore(sink.gate, 2, NULL); /* 1 and 2 return; 3 is inside, 4 and 5 wait */
    CHECK(sink_gets(&sink, 2));
    CHECK_EQ(post_number(&bench, 12), S_OK); /* behind the notice */
    ReleaseSemaphore(sink.gate, 90, NULL);
    CHECK(sink_gets(&sink, 4));
    CHECK(queue_is_empty(&bench));
    REQUIRE_EQ(sink.calls, 7);
    for (i = 0; i < 5; i++)
        CHECK_EQ(sink.values[i], i + 1);
    CHECK_EQ(sink.types[5], TE_TAPIOBJECT);
    CHECK_EQ(sink.values[5], 6);
    CHECK_EQ(sink.types[6], TE_CALLSTATE);
    CHECK_EQ(sink.values[6], 12);
    bench_stop(&bench);
    CloseHandle(sink.gate);
    sink_stop(&sink);
}

TEST(overflow_at_the_end_is_told_without_a_later_event)
{
    struct sink_object sink;
    struct bench bench;
    LONG i;

    bench_start(&bench);
    dispatcher_set_limits(bench.dispatcher, 2, EVENTS_HANG_LIMIT);
    sink_start(&sink);
    sink.gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    post_number(&bench, 1);
    CHECK(sink_gets(&sink, 1));
    for (i = 2; i <= 5; i++)
        post_number(&bench, i);
    SetEvent(sink.gate);
    CHECK(sink_gets(&sink, 3));
    CHECK_EQ(sink.types[3], TE_TAPIOBJECT);
    CHECK_EQ(sink.values[3], 2);
    bench_stop(&bench);
    CHECK_EQ(sink.calls, 4);
    CloseHandle(sink.gate);
    sink_stop(&sink);
}

static void wait_for_handle(void *handle)
{
    CHECK_EQ(events_wait(handle, DEADLINE), S_OK);
}

TEST(an_sta_sink_is_served_while_its_thread_waits_in_a_method)
{
    HANDLE reply = CreateEventW(NULL, TRUE, FALSE, NULL);
    struct apartment apartment;
    struct sink_object sink;
    struct bench bench;
    struct sink_advice advice = {&sink, &bench, &IID_ITTAPIEventNotification};

    bench_start(&bench);
    sink_start(&sink);
    apartment_start(&apartment);
    apartment_run(&apartment, sink_advise_there, &advice);
    apartment_begin(&apartment, wait_for_handle, reply);
    post_number(&bench, 1);
    CHECK(sink_gets(&sink, 1));
    post_number(&bench, 2);
    CHECK(sink_gets(&sink, 1));
    CHECK_EQ(sink.thread_id, apartment.thread_id);
    SetEvent(reply);
    CHECK(apartment_join(&apartment));
    apartment_run(&apartment, sink_unadvise_there, &sink);
    bench_stop(&bench);
    apartment_stop(&apartment);
    sink_stop(&sink);
    CloseHandle(reply);
}

TEST(events_wait_ends_at_its_timeout)
{
    HANDLE never = CreateEventW(NULL, TRUE, FALSE, NULL);

    CHECK_EQ(events_wait(never, 0), RPC_S_CALLPENDING);
    CHECK_EQ(events_wait(never, 1), RPC_S_CALLPENDING);
    CHECK(FAILED(events_wait(NULL, 0)));
    CloseHandle(never);
}

static void act_pump(struct sink_object *sink, void *context)
{
    MSG message;

    (void)sink, (void)context;
    while (PeekMessageW(&message, NULL, events_message(), events_message(), PM_REMOVE))
        DispatchMessageW(&message);
}

TEST(an_sta_sink_that_pumps_inside_its_event_gets_one_event_after_the_other)
{
    struct apartment apartment;
    struct sink_object sink;
    struct bench bench;
    struct sink_advice advice = {&sink, &bench, &IID_ITTAPIEventNotification};
    LONG i;

    bench_start(&bench);
    sink_start(&sink);
    sink.act = act_pump;
    apartment_start(&apartment);
    apartment_run(&apartment, sink_advise_there, &advice);
    for (i = 1; i <= 100; i++)
        post_number(&bench, i);
    CHECK(sink_gets(&sink, 100));
    apartment_run(&apartment, sink_unadvise_there, &sink);
    sink_check_numbers(&sink, 1, 100);
    CHECK_EQ(sink.most_inside, 1);
    bench_stop(&bench);
    apartment_stop(&apartment);
    sink_stop(&sink);
}

struct poster {
    struct bench *bench;
    LONG first;
};

static DWORD WINAPI poster_thread(void *context)
{
    struct poster *poster = context;
    LONG i;

    for (i = 0; i < 60; i++)
        CHECK_EQ(post_number(poster->bench, poster->first + i), S_OK);
    return 0;
}

TEST(threads_that_post_at_once_each_keep_their_order)
{
    struct poster posters[4];
    HANDLE threads[4];
    struct sink_object sink;
    struct bench bench;
    LONG last[4] = {0};
    LONG i;

    bench_start(&bench);
    sink_start(&sink);
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    for (i = 0; i < 4; i++) {
        posters[i] = (struct poster){&bench, (i + 1) * 1000};
        threads[i] = CreateThread(NULL, 0, poster_thread, &posters[i], 0, NULL);
    }
    CHECK(sink_gets(&sink, 240));
    for (i = 0; i < 4; i++) {
        CHECK(arrives(threads[i]));
        CloseHandle(threads[i]);
    }
    for (i = 0; i < 240; i++) {
        LONG who = sink.values[i] / 1000 - 1, number = sink.values[i] % 1000;

        if (!CHECK(who >= 0 && who < 4) || !CHECK(number == 0 || number > last[who]))
            break;
        last[who] = number;
    }
    bench_stop(&bench);
    sink_stop(&sink);
}

static HRESULT fail_at_once(void *context, DWORD timeout)
{
    (void)timeout;
    SetEvent(context);
    return E_FAIL;
}

TEST(a_source_that_fails_is_not_asked_again)
{
    struct event_source failing = {CreateEventW(NULL, FALSE, FALSE, NULL), fail_at_once, NULL};
    struct fake_source source;
    struct sink_object sink;
    struct bench bench;

    bench_start(&bench);
    sink_start(&sink);
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    CHECK_EQ(dispatcher_add_source(bench.dispatcher, &failing), S_OK);
    CHECK(arrives(failing.context));
    source_start(&source, &bench); /* a second source is led beside it */
    source_say(&source, 5);
    CHECK(sink_gets(&sink, 5));
    CHECK_EQ(WaitForSingleObject(failing.context, 0), WAIT_TIMEOUT);
    CHECK_EQ(dispatcher_add_source(bench.dispatcher, NULL), E_POINTER);
    bench_stop(&bench);
    CloseHandle(failing.context);
    sink_stop(&sink);
}
