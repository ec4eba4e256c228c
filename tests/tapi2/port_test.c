/* port_test.c - LINEINITIALIZEEXOPTION_USECOMPLETIONPORT: each message a block of LocalAlloc. */
#include "tests/tapi2/client.h"

TEST(messages_come_through_the_port)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USECOMPLETIONPORT, NULL);
    client_ask_states(&client);
    for (DWORD i = 0; i < 50; i++)
        provider_send_state(i);
    for (DWORD i = 0; i < 50; i++) {
        DWORD bytes;
        ULONG_PTR key;
        LPOVERLAPPED overlapped = NULL;
        REQUIRE(GetQueuedCompletionStatus(client.wake, &bytes, &key, &overlapped, WAIT_LONG));
        LINEMESSAGE *message = (LINEMESSAGE *)overlapped;
        CHECK_EQ(key, 0x1234);
        CHECK_EQ(bytes, sizeof *message);
        CHECK_EQ(message->hDevice, (DWORD)client.line);
        CHECK_EQ(message->dwMessageID, LINE_LINEDEVSTATE);
        CHECK_EQ(message->dwParam2, i);
        CHECK(LocalFree(message) == NULL);
    }
    LINEMESSAGE message;
    CHECK_EQ(lineGetMessage(client.app, &message, 0), LINEERR_OPERATIONFAILED);
    client_close(&client);
    CloseHandle(client.wake);
}

TEST(a_new_calls_handle_is_there_before_the_reply)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USECOMPLETIONPORT, NULL);
    HCALL call = 0;
    fake->answer = FAKE_EARLY;
    LONG id = lineMakeCallA(client.line, &call, "1", 0, NULL);
    CHECK(id > 0);
    CHECK(call != 0);
    for (;;) {
        DWORD bytes;
        ULONG_PTR key;
        LINEMESSAGE *message = NULL;
        REQUIRE(GetQueuedCompletionStatus(client.wake, &bytes, &key, (LPOVERLAPPED *)&message,
                                          WAIT_LONG));
        bool reply = message->dwMessageID == LINE_REPLY && message->dwParam1 == (DWORD)id;
        if (reply)
            CHECK_EQ(message->dwParam2, 0);
        LocalFree(message);
        if (reply)
            break;
    }
    client_close(&client);
    CloseHandle(client.wake);
}
