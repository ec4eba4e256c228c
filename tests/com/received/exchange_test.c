/* exchange_test.c - what the exchange brings about, received with all properties: the same sink as
 * in the scene, but nobody says the messages; the exchange does what telephones do. */
#include <stdio.h>
#include <stdlib.h>
#include <tapi.h>

#include "tests/com/client.h"
#include "tests/com/received/receiver.h"

struct end {
    struct client *client;
    struct receiver receiver;
};

static ISimPBX *exchange;

static void open_end(struct end *end, const WCHAR *number, LONG filter)
{
    end->client = client_open(number);
    REQUIRE_EQ(receiver_start(&end->receiver, (ITTAPI *)end->client->tapi), S_OK);
    CHECK_EQ(ITTAPI2_put_EventFilter(end->client->tapi, filter), S_OK);
}

static void close_end(struct end *end)
{
    receiver_stop(&end->receiver);
    CHECK_EQ(end->receiver.refs, 1);
    client_close(end->client);
}

/* The clock of what a digit or tone came at is not the exchange's. */
static void blank_ticks(char *text)
{
    char *at = text, *end;

    while ((at = strstr(at, "TickCount=")) != NULL) {
        at += strlen("TickCount=");
        end = at + strspn(at, "-0123456789");
        *at++ = '*';
        memmove(at, end, strlen(end) + 1);
    }
}

static void hears_at(int line, struct end *end, const char *expected)
{
    unsigned count = 1;
    const char *at;
    char *got;

    for (at = expected; *at; at++)
        count += *at == '\n';
    got = receiver_take(&end->receiver, count, WAIT_LONG);
    blank_ticks(got);
    if (!CHECK_STR(got, expected))
        test_note("in line %d", line);
    free(got);
}
#define hears(end, expected) hears_at(__LINE__, end, expected)

static void step(LONG ms)
{
    CHECK_EQ(ISimPBX_Step(exchange, ms), S_OK);
}

static ITLegacyCallMediaControl2 *media_of(ITBasicCallControl *call)
{
    ITLegacyCallMediaControl2 *media = NULL;

    REQUIRE_EQ(
        ITBasicCallControl_QueryInterface(call, &IID_ITLegacyCallMediaControl2, (void **)&media),
        S_OK);
    return media;
}

TEST_BOTH(a_call_from_one_end_to_the_other)
{
    static const LONG filter = TE_CALLNOTIFICATION | TE_CALLSTATE;
    static const LONG digits = TE_DIGITEVENT | TE_GENERATEEVENT | TE_GATHERDIGITS | TE_TONEEVENT;
    TAPI_DETECTTONE busy = {
        .dwAppSpecific = 9, .dwDuration = 100, .dwFrequency1 = 480, .dwFrequency2 = 620};
    ITLegacyCallMediaControl2 *hers, *his;
    struct end alice, bob;
    ITBasicCallControl *call, *offered;
    BSTR text;

    exchange = client_exchange();
    open_end(&alice, L"101", filter);
    open_end(&bob, L"102", filter);
    call = client_call(alice.client, L"102");
    hears(&alice, "ITCallStateEvent Call=101 State=1 Cause=0 CallbackInstance=77");
    hears(&bob, "ITCallNotificationEvent Call=101 Event=0 CallbackInstance=77\n"
                "ITCallStateEvent Call=101 State=4 Cause=0 CallbackInstance=77");
    offered = client_offered(bob.client);
    CHECK_EQ(ITBasicCallControl_Answer(offered), S_OK);
    hears(&bob, "ITCallStateEvent Call=101 State=2 Cause=0 CallbackInstance=77");
    hears(&alice, "ITCallStateEvent Call=101 State=2 Cause=0 CallbackInstance=77");
    CHECK_EQ(ITBasicCallControl_Hold(call, VARIANT_TRUE), S_OK);
    hears(&alice, "ITCallStateEvent Call=101 State=5 Cause=0 CallbackInstance=77");
    CHECK_EQ(ITBasicCallControl_Hold(call, VARIANT_FALSE), S_OK);
    hears(&alice, "ITCallStateEvent Call=101 State=2 Cause=0 CallbackInstance=77");

    /* digits, from one to the other */
    CHECK_EQ(ITTAPI2_put_EventFilter(alice.client->tapi, digits), S_OK);
    CHECK_EQ(ITTAPI2_put_EventFilter(bob.client->tapi, digits), S_OK);
    hers = media_of(call);
    his = media_of(offered);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectDigits(his, LINEDIGITMODE_DTMF), S_OK);
    text = SysAllocString(L"7");
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits(hers, text, LINEDIGITMODE_DTMF), S_OK);
    SysFreeString(text);
    step(1000);
    hears(&bob, "ITDigitDetectionEvent Call=101 Digit=55 DigitMode=2 TickCount=* "
                "CallbackInstance=77");
    hears(&alice, "ITDigitGenerationEvent Call=101 GenerationTermination=1 TickCount=* "
                  "CallbackInstance=77");
    CHECK_EQ(ITLegacyCallMediaControl2_DetectDigits(his, 0), S_OK);
    text = SysAllocString(L"#");
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(his, LINEDIGITMODE_DTMF, 4, text, 10000, 5000),
             S_OK);
    SysFreeString(text);
    text = SysAllocString(L"12#");
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits(hers, text, LINEDIGITMODE_DTMF), S_OK);
    SysFreeString(text);
    step(1000);
    hears(&bob, "ITDigitsGatheredEvent Call=101 Digits='12#' GatherTermination=2 TickCount=* "
                "CallbackInstance=77");
    hears(&alice, "ITDigitGenerationEvent Call=101 GenerationTermination=1 TickCount=* "
                  "CallbackInstance=77");
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(his, LINEDIGITMODE_DTMF, 4, NULL, 10000, 5000),
             S_OK);
    step(10000);
    hears(&bob, "ITDigitsGatheredEvent Call=101 Digits='' GatherTermination=4 TickCount=* "
                "CallbackInstance=77");

    /* a tone */
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTones(his, &busy, 1), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateTone(hers, TTM_BUSY, 500), S_OK);
    step(1000);
    hears(&bob, "ITToneDetectionEvent Call=101 AppSpecific=9 TickCount=* CallbackInstance=77");
    hears(&alice, "ITDigitGenerationEvent Call=101 GenerationTermination=1 TickCount=* "
                  "CallbackInstance=77");

    /* its end */
    CHECK_EQ(ITTAPI2_put_EventFilter(alice.client->tapi, filter), S_OK);
    CHECK_EQ(ITTAPI2_put_EventFilter(bob.client->tapi, filter), S_OK);
    CHECK_EQ(ITBasicCallControl_Disconnect(offered, DC_NORMAL), S_OK);
    hears(&bob, "ITCallStateEvent Call=101 State=3 Cause=1 CallbackInstance=77");
    hears(&alice, "ITCallStateEvent Call=101 State=3 Cause=1 CallbackInstance=77");
    ITLegacyCallMediaControl2_Release(hers);
    ITLegacyCallMediaControl2_Release(his);
    ITBasicCallControl_Release(offered);
    ITBasicCallControl_Release(call);
    close_end(&bob);
    close_end(&alice);
    ISimPBX_Release(exchange);
}

TEST_BOTH(a_line_and_its_bandwidth)
{
    struct end alice;
    ITBasicCallControl *call;
    ITForwardInformation *forward = NULL;
    BSTR number, what;

    exchange = client_exchange();
    open_end(&alice, L"101", TE_ADDRESS | TE_QOSEVENT);
    number = SysAllocString(L"101");
    what = SysAllocString(L"message-waiting on");
    CHECK_EQ(ISimPBX_SetLineStatus(exchange, number, what), S_OK);
    hears(&alice, "ITAddressEvent Address=101 Event=7 Terminal=wrongevent");
    SysFreeString(what);
    what = SysAllocString(L"message-waiting off");
    CHECK_EQ(ISimPBX_SetLineStatus(exchange, number, what), S_OK);
    hears(&alice, "ITAddressEvent Address=101 Event=8 Terminal=wrongevent");
    SysFreeString(what);
    SysFreeString(number);

    REQUIRE_EQ(ITAddress_CreateForwardInfoObject(alice.client->address, &forward), S_OK);
    number = SysAllocString(L"103");
    CHECK_EQ(ITForwardInformation_SetForwardType(forward, LINEFORWARDMODE_UNCOND, number, NULL),
             S_OK);
    SysFreeString(number);
    CHECK_EQ(ITAddress_Forward(alice.client->address, forward, NULL), S_OK);
    hears(&alice, "ITAddressEvent Address=101 Event=4 Terminal=wrongevent");
    CHECK_EQ(ITForwardInformation_Clear(forward), S_OK);
    CHECK_EQ(ITAddress_Forward(alice.client->address, forward, NULL), S_OK);
    hears(&alice, "ITAddressEvent Address=101 Event=4 Terminal=wrongevent");
    ITForwardInformation_Release(forward);

    call = client_create_call(alice.client, L"5550100");
    CHECK_EQ(ITBasicCallControl_SetQOS(call, TAPIMEDIATYPE_AUDIO, QSL_NEEDED), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
    step(300);
    CHECK_EQ(ISimPBX_put_Bandwidth(exchange, 8), S_OK);
    hears(&alice, "ITQOSEvent Call=101 Event=1 MediaType=8");
    CHECK_EQ(ISimPBX_put_Bandwidth(exchange, 128), S_OK);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    ITBasicCallControl_Release(call);

    CHECK_EQ(ITTAPI2_put_EventFilter(alice.client->tapi, TE_CALLHUB), S_OK);
    call = client_call(alice.client, L"5550100");
    hears(&alice, "ITCallHubEvent Event=2 CallHub=hub Call=nothing\n"
                  "ITCallHubEvent Event=0 CallHub=hub Call=101");
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    hears(&alice, "ITCallHubEvent Event=1 CallHub=hub Call=101\n"
                  "ITCallHubEvent Event=3 CallHub=hub Call=nothing");
    ITBasicCallControl_Release(call);
    close_end(&alice);
    CHECK_EQ(ISimPBX_Reset(exchange), S_OK);
    ISimPBX_Release(exchange);
}
