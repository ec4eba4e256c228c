/* event_test.c - LINEINITIALIZEEXOPTION_USEEVENT and lineGetMessage. */
#include "tests/tapi2/client.h"

static bool is_set(HANDLE event)
{
    return WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
}

TEST(the_event_is_set_while_messages_wait)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    LINEMESSAGE message;
    client_ask_states(&client);
    CHECK(!is_set(client.wake));
    provider_send_state(1);
    provider_send_state(2);
    CHECK(wait_handle(client.wake, WAIT_LONG));
    CHECK(is_set(client.wake)); /* manual reset */
    for (DWORD i = 1; i <= 2; i++) {
        POISON(message);
        CHECK_EQ(lineGetMessage(client.app, &message, WAIT_LONG), 0);
        CHECK_EQ(message.hDevice, (DWORD)client.line);
        CHECK_EQ(message.dwMessageID, LINE_LINEDEVSTATE);
        CHECK_EQ(message.dwCallbackInstance, 0x77);
        CHECK_EQ(message.dwParam1, LINEDEVSTATE_SIGNAL);
        CHECK_EQ(message.dwParam2, i);
        CHECK_EQ(message.dwParam3, 0);
    }
    CHECK(!is_set(client.wake));
    CHECK_EQ(lineGetMessage(client.app, &message, 0), LINEERR_OPERATIONFAILED);
    CHECK_EQ(lineGetMessage(client.app, &message, 10), LINEERR_OPERATIONFAILED);
    client_close(&client);
}

struct reader {
    HLINEAPP app;
    HANDLE thread;
    LONG result;
    LINEMESSAGE message;
    DWORD timeout;
};

static DWORD WINAPI read_one(void *argument)
{
    struct reader *reader = argument;
    reader->result = lineGetMessage(reader->app, &reader->message, reader->timeout);
    return 0;
}

static void reader_start(struct reader *reader, HLINEAPP app, DWORD timeout)
{
    *reader = (struct reader){.app = app, .result = 1, .timeout = timeout};
    reader->thread = CreateThread(NULL, 0, read_one, reader, 0, NULL);
    REQUIRE(reader->thread != NULL);
}

static void reader_join(struct reader *reader)
{
    CHECK(wait_handle(reader->thread, WAIT_LONG));
    CloseHandle(reader->thread);
}

TEST(each_waiting_thread_gets_one_message)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    struct reader readers[4];
    DWORD seen = 0;
    client_ask_states(&client);
    for (int i = 0; i < 4; i++)
        reader_start(&readers[i], client.app, i % 2 ? INFINITE : WAIT_LONG);
    for (DWORD i = 0; i < 4; i++)
        provider_send_state(1u << i);
    for (int i = 0; i < 4; i++) {
        reader_join(&readers[i]);
        CHECK_EQ(readers[i].result, 0);
        seen |= (DWORD)readers[i].message.dwParam2;
    }
    CHECK_EQ(seen, 15);
    CHECK(!is_set(client.wake));
    client_close(&client);
}

TEST(shutdown_wakes_the_threads_in_getmessage)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    struct reader readers[3];
    for (int i = 0; i < 3; i++)
        reader_start(&readers[i], client.app, INFINITE);
    client_close(&client);
    for (int i = 0; i < 3; i++) {
        reader_join(&readers[i]);
        CHECK_EQ(readers[i].result, LINEERR_INVALAPPHANDLE);
    }
    LINEMESSAGE message;
    CHECK_EQ(lineGetMessage(client.app, &message, 0), LINEERR_INVALAPPHANDLE);
    CHECK_EQ(lineShutdown(client.app), LINEERR_INVALAPPHANDLE);
}

TEST(undelivered_messages_go_with_the_application)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    struct open_tapi_counters counters;
    client_ask_states(&client);
    for (DWORD i = 0; i < 100; i++)
        provider_send_state(i);
    CHECK(wait_handle(client.wake, WAIT_LONG));
    OpenTapiGetCounters(&counters);
    CHECK(counters.messages > 0);
    CHECK_EQ(counters.apps, 1);
    client_close(&client);
}

TEST(many_messages_keep_their_order)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    LINEMESSAGE message;
    client_ask_states(&client);
    for (DWORD i = 0; i < 5000; i++)
        provider_send_state(i);
    for (DWORD i = 0; i < 5000; i++) {
        REQUIRE_EQ(lineGetMessage(client.app, &message, WAIT_LONG), 0);
        REQUIRE_EQ(message.dwParam2, i);
    }
    client_close(&client);
}

TEST(two_applications_have_a_queue_each)
{
    struct client one = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    struct client two = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    LINEMESSAGE message;
    CHECK(one.app != two.app);
    CHECK(one.line != two.line);
    client_ask_states(&two);
    provider_send_state(5);
    CHECK_EQ(lineGetMessage(two.app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.hDevice, (DWORD)two.line);
    CHECK_EQ(lineGetMessage(one.app, &message, 0), LINEERR_OPERATIONFAILED);
    client_close(&one);
    provider_send_state(6);
    CHECK_EQ(lineGetMessage(two.app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwParam2, 6);
    client_close(&two);
}
