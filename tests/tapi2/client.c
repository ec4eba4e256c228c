/* client.c - see client.h. */
#include "tests/tapi2/client.h"

struct fake *fake;
static HMODULE module;

TEST_BEFORE
{
    module = LoadLibraryW(L"fake.tsp"); /* ours as long as the test lasts */
    REQUIRE(module != NULL);
    fake = ((fake_control)(void *)GetProcAddress(module, "FakeControl"))();
    fake->answer = FAKE_LATER;
    fake->block = fake->inside = NULL;
    fake->state_first = FALSE;
    fake->media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    fake->inits = fake->shutdowns = 0;
}

TEST_AFTER
{
    struct open_tapi_counters counters;
    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps, 0);
    CHECK_EQ(counters.lines, 0);
    CHECK_EQ(counters.calls, 0);
    CHECK_EQ(counters.requests, 0);
    CHECK_EQ(counters.handles, 0);
    CHECK_EQ(counters.providers, 0);
    CHECK_EQ(counters.messages, 0);
    CHECK_EQ(fake->inits, fake->shutdowns);
    FreeLibrary(module);
}

struct client client_open(DWORD option, LINECALLBACK callback)
{
    struct client client = {0};
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params, .dwOptions = option};
    LINEEXTENSIONID extension;
    DWORD version = VERSION;
    if (option == LINEINITIALIZEEXOPTION_USECOMPLETIONPORT) {
        client.wake = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
        params.Handles.hCompletionPort = client.wake;
        params.dwCompletionKey = 0x1234;
    }
    REQUIRE_EQ(
        lineInitializeExA(&client.app, NULL, callback, "test", &client.devices, &version, &params),
        0);
    CHECK(version >= VERSION);
    REQUIRE_EQ(client.devices, FAKE_LINES);
    if (option == LINEINITIALIZEEXOPTION_USEEVENT)
        client.wake = params.Handles.hEvent;
    REQUIRE_EQ(
        lineNegotiateAPIVersion(client.app, LINE_ID, 0x00010003, VERSION, &version, &extension), 0);
    CHECK_EQ(version, VERSION);
    REQUIRE_EQ(lineOpenA(client.app, LINE_ID, &client.line, VERSION, 0, 0x77,
                         LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
               0);
    return client;
}

void client_close(struct client *client)
{
    CHECK_EQ(lineShutdown(client->app), 0);
}

void client_ask_states(const struct client *client)
{
    CHECK_EQ(lineSetStatusMessages(client->line, LINEDEVSTATE_SIGNAL, 0), 0);
}

void provider_send_state(DWORD value)
{
    fake->event(fake->line[LINE_ID], 0, LINE_LINEDEVSTATE, LINEDEVSTATE_SIGNAL, value, 0);
}
