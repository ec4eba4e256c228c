/* window_test.c - the hidden window: lineInitialize, and LINEINITIALIZEEXOPTION_USEHIDDENWINDOW. */
#include "tests/tapi2/client.h"

static struct {
    struct client client;
    DWORD thread, count, last, device, message;
    DWORD_PTR instance, param[3];
    bool in_order, shut_down_inside, close_inside, pump_inside;
    DWORD depth, deepest;
} got;

static void CALLBACK callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR param1,
                              DWORD_PTR param2, DWORD_PTR param3)
{
    MSG msg;
    if (message == LINE_REPLY || message == LINE_LINEDEVSTATE) {
        got.count++;
        got.in_order = got.in_order && (param2 == got.last + 1 || message == LINE_REPLY);
        got.last = (DWORD)param2;
    }
    got.thread = GetCurrentThreadId();
    got.device = device;
    got.message = message;
    got.instance = instance;
    got.param[0] = param1;
    got.param[1] = param2;
    got.param[2] = param3;
    if (++got.depth > got.deepest)
        got.deepest = got.depth;
    if (got.pump_inside && got.depth < 20)
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&msg);
    if (got.shut_down_inside) {
        got.shut_down_inside = false;
        CHECK_EQ(lineShutdown(got.client.app), 0);
    }
    if (got.close_inside) {
        got.close_inside = false;
        CHECK_EQ(lineClose(got.client.line), 0);
    }
    got.depth--;
}

static void start(void)
{
    memset(&got, 0, sizeof got);
    got.in_order = true;
    got.client = client_open(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, callback);
    client_ask_states(&got.client);
}

static bool has_count(void *wanted)
{
    return got.count >= *(DWORD *)wanted;
}

static bool await(DWORD count)
{
    return wait_until(has_count, &count, NULL, WAIT_LONG);
}

TEST(callbacks_come_in_order_in_the_initializing_thread)
{
    start();
    for (DWORD i = 1; i <= 100; i++)
        provider_send_state(i);
    CHECK(await(100));
    CHECK_EQ(got.count, 100);
    CHECK(got.in_order);
    CHECK_EQ(got.thread, GetCurrentThreadId());
    CHECK_EQ(got.device, (DWORD)got.client.line);
    CHECK_EQ(got.message, LINE_LINEDEVSTATE);
    CHECK_EQ(got.instance, 0x77);
    CHECK_EQ(got.param[0], LINEDEVSTATE_SIGNAL);
    CHECK_EQ(got.deepest, 1);
    client_close(&got.client);
}

TEST(a_callback_that_pumps_gets_the_next_messages)
{
    start();
    got.pump_inside = true;
    for (DWORD i = 1; i <= 40; i++)
        provider_send_state(i);
    CHECK(await(40));
    CHECK_EQ(got.count, 40);
    CHECK(got.in_order);
    client_close(&got.client);
}

/* Everything sent before the provider is gone has had its chance when the shutdown is over. */
TEST(a_callback_may_shut_down)
{
    start();
    for (DWORD i = 1; i <= 10; i++)
        provider_send_state(i);
    got.shut_down_inside = true;
    CHECK(await(1));
    DWORD count = got.count;
    wait_pumping(NULL, 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(got.count, 1);
    CHECK_EQ(lineShutdown(got.client.app), LINEERR_INVALAPPHANDLE);
}

TEST(a_callback_may_close_its_line)
{
    start();
    got.close_inside = true;
    provider_send_state(1);
    CHECK(await(1));
    CHECK_EQ(lineClose(got.client.line), LINEERR_INVALLINEHANDLE);
    client_close(&got.client);
}

static DWORD WINAPI shut_down(void *app)
{
    CHECK_EQ(lineShutdown(*(HLINEAPP *)app), 0);
    return 0;
}

TEST(another_thread_may_shut_down)
{
    start();
    provider_send_state(1);
    HANDLE thread = CreateThread(NULL, 0, shut_down, &got.client.app, 0, NULL);
    CHECK(wait_handle(thread, WAIT_LONG));
    CloseHandle(thread);
    wait_pumping(NULL, 0);
    CHECK_EQ(got.count, 0);
}

static void initialize_old(HLINEAPP *app, DWORD *devices)
{
    memset(&got, 0, sizeof got);
    got.in_order = true;
    POISON(*app);
    POISON(*devices);
    REQUIRE_EQ(lineInitialize(app, GetModuleHandleW(NULL), callback, "old", devices), 0);
    CHECK_EQ(*devices, FAKE_LINES);
}

static bool has_message(void *message)
{
    return got.message == *(DWORD *)message;
}

TEST(an_application_of_tapi_1_3_is_told_to_start_again_for_a_new_line)
{
    HLINEAPP app;
    DWORD devices, version, expected = LINE_LINEDEVSTATE;
    LINEEXTENSIONID extension;
    initialize_old(&app, &devices);
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, 0x00010003, &version, &extension), 0);
    CHECK_EQ(version, 0x00010003);
    fake->event((HTAPILINE)fake->provider, 0, LINE_CREATE, (DWORD_PTR)fake->provider, 7, 0);
    CHECK(wait_until(has_message, &expected, NULL, WAIT_LONG));
    CHECK_EQ(got.device, 0);
    CHECK_EQ(got.param[0], LINEDEVSTATE_REINIT);
    CHECK_EQ(got.param[1], LINE_CREATE);
    CHECK_EQ(got.param[2], FAKE_LINES);
    CHECK_EQ(lineShutdown(app), 0);
}

/* The same for one that asks lineInitializeEx for 1.3, with no line open. */
TEST(a_new_line_and_an_application_that_wants_1_3)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEMESSAGE message = {0};
    HLINEAPP app;
    DWORD devices, version = 0x00010003;
    REQUIRE_EQ(lineInitializeExA(&app, NULL, NULL, "old", &devices, &version, &params), 0);
    fake->event((HTAPILINE)fake->provider, 0, LINE_CREATE, (DWORD_PTR)fake->provider, 7, 0);
    CHECK_EQ(lineGetMessage(app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, LINE_LINEDEVSTATE);
    CHECK_EQ(message.hDevice, 0);
    CHECK_EQ(message.dwParam1, LINEDEVSTATE_REINIT);
    CHECK_EQ(message.dwParam2, LINE_CREATE);
    CHECK_EQ(message.dwParam3, FAKE_LINES);
    CHECK_EQ(lineShutdown(app), 0);
}

TEST(an_application_of_tapi_1_4_gets_the_new_line)
{
    HLINEAPP app;
    DWORD devices, version, expected = LINE_CREATE;
    LINEEXTENSIONID extension;
    initialize_old(&app, &devices);
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, 0x00010004, &version, &extension), 0);
    CHECK_EQ(version, 0x00010004);
    fake->event((HTAPILINE)fake->provider, 0, LINE_CREATE, (DWORD_PTR)fake->provider, 7, 0);
    CHECK(wait_until(has_message, &expected, NULL, WAIT_LONG));
    CHECK_EQ(got.param[0], FAKE_LINES);
    CHECK_EQ(lineShutdown(app), 0);
}
