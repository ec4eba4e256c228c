/* outputs_test.c - what asynchronous requests write into the application's memory, and when. */
#include "tests/tapi2/client.h"

static void next(const struct client *client, DWORD message, LINEMESSAGE *to)
{
    do {
        POISON(*to);
        REQUIRE_EQ(lineGetMessage(client->app, to, WAIT_LONG), 0);
    } while (to->dwMessageID != message);
}

static LONG reply_of(const struct client *client, LONG id)
{
    LINEMESSAGE message;
    do
        next(client, LINE_REPLY, &message);
    while (message.dwParam1 != (DWORD)id);
    return (LONG)message.dwParam2;
}

static HCALL make_call(const struct client *client)
{
    HCALL call = 0;
    fake->answer = FAKE_LATER;
    LONG id = lineMakeCallA(client->line, &call, "1", 0, NULL);
    REQUIRE(id > 0);
    fake->complete(fake->request, 0);
    CHECK_EQ(reply_of(client, id), 0);
    fake->event(fake->line[LINE_ID], fake->call, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0, 0);
    return call;
}

static void end_call(const struct client *client, HCALL call)
{
    LINEMESSAGE message;
    fake->event(fake->line[LINE_ID], fake->call, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0, 0);
    do
        next(client, LINE_CALLSTATE, &message);
    while (message.dwParam1 != LINECALLSTATE_IDLE);
    CHECK_EQ(lineDeallocateCall(call), 0);
}

TEST(a_call_handle_is_written_at_return_and_usable_after_the_reply)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    LINECALLSTATUS status = {.dwTotalSize = sizeof status};
    HCALL call = 0;
    LONG id = lineMakeCallA(client.line, &call, "1", 0, NULL);
    CHECK(id > 0);
    CHECK(call != 0);
    CHECK_EQ(lineGetCallStatus(call, &status), LINEERR_INVALCALLHANDLE);
    fake->complete(fake->request, 0);
    CHECK_EQ(reply_of(&client, id), 0);
    end_call(&client, call);
    client_close(&client);
}

TEST(a_refused_request_writes_nothing)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    HCALL call;
    LINEMESSAGE message;
    POISON(call);
    fake->answer = FAKE_REFUSE;
    CHECK_EQ(lineMakeCallA(client.line, &call, "1", 0, NULL), LINEERR_RESOURCEUNAVAIL);
    CHECK(IS_POISON(call));
    CHECK_EQ(lineGetMessage(client.app, &message, 0), LINEERR_OPERATIONFAILED);
    client_close(&client);
}

/* The place of a park comes with the reply: A and W, and cut to the application's buffer. */
TEST(park_writes_where_with_its_reply)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    HCALL call = make_call(&client);
    struct {
        VARSTRING head;
        BYTE room[16];
    } where;
    for (int wide = 0; wide < 2; wide++) {
        POISON(where);
        where.head.dwTotalSize = sizeof where;
        LONG id = wide ? lineParkW(call, LINEPARKMODE_NONDIRECTED, NULL, &where.head)
                       : lineParkA(call, LINEPARKMODE_NONDIRECTED, NULL, &where.head);
        REQUIRE(id > 0);
        CHECK(IS_POISON(where.head.dwStringSize));
        fake->complete(fake->request, 0);
        CHECK_EQ(reply_of(&client, id), 0);
        CHECK_EQ(where.head.dwStringOffset, sizeof(VARSTRING));
        CHECK_EQ(where.head.dwStringSize, wide ? 6 : 3);
        CHECK_EQ(where.head.dwStringFormat, wide ? STRINGFORMAT_UNICODE : STRINGFORMAT_ASCII);
        if (wide)
            CHECK_WSTR((WCHAR *)where.room, L"71");
        else
            CHECK_STR((char *)where.room, "71");
    }
    POISON(where);
    where.head.dwTotalSize = sizeof where.head;
    LONG id = lineParkA(call, LINEPARKMODE_NONDIRECTED, NULL, &where.head);
    fake->complete(fake->request, 0);
    CHECK_EQ(reply_of(&client, id), 0);
    CHECK_EQ(where.head.dwStringSize, 0);
    CHECK(where.head.dwNeededSize > sizeof where.head);
    CHECK(IS_POISON(where.room));

    /* a failure leaves it alone */
    POISON(where);
    where.head.dwTotalSize = sizeof where;
    id = lineParkA(call, LINEPARKMODE_NONDIRECTED, NULL, &where.head);
    fake->complete(fake->request, (LONG)LINEERR_OPERATIONFAILED);
    CHECK_EQ(reply_of(&client, id), LINEERR_OPERATIONFAILED);
    CHECK(IS_POISON(where.head.dwUsedSize));
    end_call(&client, call);
    client_close(&client);
}

TEST(gathered_digits_are_written_with_their_message)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    HCALL call = make_call(&client);
    LINEMESSAGE message;
    char digits[8];
    WCHAR wide[8];
    POISON(digits);
    REQUIRE_EQ(lineGatherDigitsA(call, LINEDIGITMODE_DTMF, digits, 5, NULL, 10000, 10000), 0);
    CHECK(IS_POISON(digits));
    memcpy(fake->gather, L"123", 8);
    fake->event(fake->line[LINE_ID], fake->call, LINE_GATHERDIGITS, LINEGATHERTERM_TERMDIGIT,
                fake->gather_id, 0);
    next(&client, LINE_GATHERDIGITS, &message);
    CHECK_EQ(message.hDevice, (DWORD)call);
    CHECK_EQ(message.dwParam1, LINEGATHERTERM_TERMDIGIT);
    CHECK_STR(digits, "123");

    POISON(wide);
    REQUIRE_EQ(lineGatherDigitsW(call, LINEDIGITMODE_DTMF, wide, 3, NULL, 10000, 10000), 0);
    memcpy(fake->gather, L"789", 8);
    fake->event(fake->line[LINE_ID], fake->call, LINE_GATHERDIGITS, LINEGATHERTERM_BUFFERFULL,
                fake->gather_id, 0);
    next(&client, LINE_GATHERDIGITS, &message);
    CHECK_BYTES(wide, L"789", 6);
    CHECK(IS_POISON(wide[3])); /* room for three was all that was given */
    end_call(&client, call);
    client_close(&client);
}

TEST(shutdown_forgets_what_requests_owe)
{
    struct client client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    HCALL call;
    LONG id = lineMakeCallA(client.line, &call, "1", 0, NULL);
    CHECK(id > 0);
    client_close(&client);
    fake->complete(fake->request, 0);
}
