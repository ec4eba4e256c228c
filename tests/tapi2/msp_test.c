/* msp_test.c - the private exports for media service providers. */
#include "tests/tapi2/client.h"

static void send_bytes(DWORD_PTR msp, const char *text, DWORD size)
{
    fake->event(fake->line[LINE_ID], 0, LINE_SENDMSPDATA, msp, (DWORD_PTR)text, size);
}

TEST(bytes_for_an_msp_come_as_a_message)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    struct client other = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    LINEMESSAGE message;
    DWORD msp;
    POISON(msp);
    CHECK_EQ(OpenTapiLineCreateMsp(client.line, 0, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(OpenTapiLineCreateMsp(0x00345678, 0, &msp), LINEERR_INVALLINEHANDLE);
    CHECK_EQ(msp, 0);
    REQUIRE_EQ(OpenTapiLineCreateMsp(client.line, 0, &msp), 0);
    CHECK(msp != 0);
    send_bytes(0, "hello", 5); /* 0: for all MSPs of the line */
    REQUIRE_EQ(lineGetMessage(client.app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, OPEN_TAPI_LINE_MSPDATA);
    CHECK_EQ(message.hDevice, (DWORD)client.line);
    CHECK_EQ(message.dwParam1, 0);
    struct open_tapi_msp_data *data = (void *)message.dwParam2;
    REQUIRE(data != NULL);
    CHECK_EQ(data->size, 5);
    CHECK_BYTES(data->bytes, "hello", 5);
    OpenTapiFree(data);
    /* what nobody fetches goes with the application */
    send_bytes(0, "unread", 6);
    CHECK(wait_handle(client.wake, WAIT_LONG));
    CHECK_EQ(lineGetMessage(other.app, &message, 0), LINEERR_OPERATIONFAILED);
    CHECK_EQ(OpenTapiLineSendMspData(msp, 0, (void *)16, 5), LINEERR_INVALPOINTER);
    CHECK_EQ(OpenTapiLineCloseMsp(msp), 0);
    CHECK(OpenTapiLineCloseMsp(msp) < 0);
    client_close(&client);
    client_close(&other);
}

static LINEMESSAGE next(const struct client *client, DWORD kind)
{
    LINEMESSAGE message;
    POISON(message);
    REQUIRE_EQ(lineGetMessage(client->app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, kind);
    return message;
}

static void expect_bytes_of(const struct client *client, HCALL call, const char *text)
{
    LINEMESSAGE message = next(client, OPEN_TAPI_LINE_MSPDATA);
    struct open_tapi_msp_data *data = (void *)message.dwParam2;
    CHECK_EQ(message.dwParam1, (DWORD)call);
    REQUIRE(data != NULL);
    CHECK_EQ(data->size, strlen(text));
    CHECK_BYTES(data->bytes, text, strlen(text));
    OpenTapiFree(data);
}

/* What a provider has for the MSP of a call that its program does not know yet waits for that. */
TEST(bytes_of_a_call_come_when_the_call_is_known)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    HTAPICALL arriving = NULL;
    HCALL call = 0;
    DWORD msp;
    REQUIRE_EQ(OpenTapiLineCreateMsp(client.line, 0, &msp), 0);
    fake->answer = FAKE_LATER;
    fake->media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
    CHECK(lineMakeCall(client.line, &call, "1", 0, NULL) > 0);
    fake->event(fake->line[LINE_ID], fake->call, LINE_SENDMSPDATA, 0, (DWORD_PTR) "dial", 4);
    fake->complete(fake->request, 0);
    CHECK_EQ(next(&client, LINE_REPLY).dwParam2, 0);
    expect_bytes_of(&client, call, "dial");

    fake->event(fake->line[LINE_ID], NULL, LINE_NEWCALL, 77, (DWORD_PTR)&arriving, 0);
    fake->event(fake->line[LINE_ID], arriving, LINE_SENDMSPDATA, 0, (DWORD_PTR) "ring", 4);
    fake->event(fake->line[LINE_ID], arriving, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0,
                LINEMEDIAMODE_INTERACTIVEVOICE);
    call = (HCALL)next(&client, LINE_APPNEWCALL).dwParam2;
    next(&client, LINE_CALLSTATE);
    expect_bytes_of(&client, call, "ring");
    client_close(&client);
}

TEST(a_provider_without_an_msp_says_so)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    GUID clsid;
    CHECK_EQ(OpenTapiLineMspIdentify(client.app, LINE_ID, &clsid), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(OpenTapiLineMspIdentify(client.app, LINE_ID, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(OpenTapiLineMspIdentify(client.app, 99, &clsid), LINEERR_BADDEVICEID);
    client_close(&client);
}
