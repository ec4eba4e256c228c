/* notify_test.c - what a program must say before it hears anything: the event filter, whose calls
 * and of which media, requests for whom. And what the filters refuse. */
#include <stdio.h>
#include <stdlib.h>
#include <tapi.h>

#include "tests/com/received/play.h"

#define MARKER "ITAddressDeviceSpecificEvent Address=71 Call=nothing lParam1=1 lParam2=2 lParam3=3"
#define OFFERED(event, instance)                                                                   \
    "ITCallNotificationEvent Call=5550100 Event=" event " CallbackInstance=" instance              \
    "\nITCallStateEvent Call=5550100 State=4 Cause=0 CallbackInstance=" instance

static struct receiver receiver;
static ITTAPI2 *tapi;

/* A program that has said nothing yet. */
static void begin(void)
{
    REQUIRE(scene_prepare());
    tapi = client_create_tapi();
    REQUIRE_EQ(ITTAPI2_Initialize(tapi), S_OK);
    REQUIRE_EQ(receiver_start(&receiver, (ITTAPI *)tapi), S_OK);
    receiver.on_call = scene_keep;
    REQUIRE(scene_find((ITTAPI *)tapi));
}

static void end(void)
{
    scene_end();
    receiver_stop(&receiver);
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
    scene_forget();
}

static LONG hear_calls(ITAddress *address, BOOL monitor, BOOL owner, LONG media, LONG instance)
{
    LONG registration = 0;

    CHECK_EQ(ITTAPI2_RegisterCallNotifications(
                 tapi, address, monitor ? VARIANT_TRUE : VARIANT_FALSE,
                 owner ? VARIANT_TRUE : VARIANT_FALSE, media, instance, &registration),
             S_OK);
    return registration;
}

/* Exactly these events have come, and none behind them: the marker is the next one. */
static void heard(const char *expected)
{
    char with_marker[512], *got;
    unsigned count = 1;
    const char *at;

    for (at = expected; *at; at++)
        count += *at == '\n';
    snprintf(with_marker, sizeof(with_marker), "%s%s" MARKER, expected, *expected ? "\n" : "");
    scene.stage->say(0, FALSE, LINE_DEVSPECIFIC, 1, 2, 3);
    got = receiver_take(&receiver, count + (*expected != 0), WAIT_LONG);
    CHECK_STR(got, with_marker);
    free(got);
}

static void call_comes(unsigned line, DWORD media)
{
    scene.stage->new_call(line);
    scene.stage->say(line, TRUE, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0, media);
}

/* Its end, and the program lets go of it. */
static void call_goes(void)
{
    ITCallInfo *call = scene_take_call();

    if (call)
        ITCallInfo_Release(call);
}

TEST_BOTH(nothing_comes_before_the_filter_is_set)
{
    LONG filter;

    begin();
    POISON(filter);
    CHECK_EQ(ITTAPI2_get_EventFilter(tapi, &filter), S_OK);
    CHECK_EQ(filter, 0);
    hear_calls(scene.first, FALSE, TRUE, TAPIMEDIATYPE_AUDIO, 77);
    scene.stage->say(0, FALSE, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 0, 0);
    call_comes(0, LINEMEDIAMODE_INTERACTIVEVOICE);
    scene.stage->say(0, TRUE, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0, 0);
    /* In its own place behind those: nothing of them is kept for later. */
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, TE_ADDRESSDEVSPECIFIC), S_OK);
    heard("");
    CHECK_EQ(ITTAPI2_get_EventFilter(tapi, &filter), S_OK);
    CHECK_EQ(filter, TE_ADDRESSDEVSPECIFIC);
    CHECK_EQ(ITTAPI2_get_EventFilter(tapi, NULL), E_POINTER);
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, 0x04000000), E_INVALIDARG);
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, -1), E_INVALIDARG);
    heard(""); /* the refused ones have changed nothing */
    end();
}

/* A provider that cannot say for a while what has become of a call; it was connected all the time.
 */
TEST_BOTH(a_state_that_is_not_known_is_no_news)
{
    LONG registration, rate, low, high;
    ITCallInfo *call;
    CALL_STATE state;

    begin();
    CHECK_EQ(
        ITTAPI2_put_EventFilter(tapi, TE_ADDRESSDEVSPECIFIC | TE_CALLNOTIFICATION | TE_CALLSTATE),
        S_OK);
    registration = hear_calls(scene.first, FALSE, TRUE, TAPIMEDIATYPE_AUDIO, 77);
    call_comes(0, LINEMEDIAMODE_INTERACTIVEVOICE);
    heard(OFFERED("0", "77"));
    scene.stage->say(0, TRUE, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0, 0);
    heard("ITCallStateEvent Call=5550100 State=2 Cause=0 CallbackInstance=77");
    scene.stage->say(0, TRUE, LINE_CALLSTATE, LINECALLSTATE_UNKNOWN, 0, 0);
    heard("");
    scene.stage->say(0, TRUE, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0, 0);
    heard("");
    call = scene_take_call();
    REQUIRE(call != NULL);
    CHECK_EQ(ITCallInfo_get_CallState(call, &state), S_OK);
    CHECK_EQ(state, CS_CONNECTED);
    /* The bounds of a rate that nobody has set here are the rate it has. */
    CHECK_EQ(ITCallInfo_get_CallInfoLong(call, CIL_RATE, &rate), S_OK);
    CHECK_EQ(ITCallInfo_get_CallInfoLong(call, CIL_MINRATE, &low), S_OK);
    CHECK_EQ(ITCallInfo_get_CallInfoLong(call, CIL_MAXRATE, &high), S_OK);
    CHECK_EQ(low, rate);
    CHECK_EQ(high, rate);
    ITCallInfo_Release(call);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, registration), S_OK);
    end();
}

TEST_BOTH(calls_come_for_whom_they_are_registered)
{
    LONG watching, audio, data;

    begin();
    CHECK_EQ(
        ITTAPI2_put_EventFilter(tapi, TE_ADDRESSDEVSPECIFIC | TE_CALLNOTIFICATION | TE_CALLSTATE),
        S_OK);
    watching = hear_calls(scene.first, TRUE, FALSE, TAPIMEDIATYPE_AUDIO, 70);
    /* Without an owner's registration a call is only watched. */
    call_comes(0, LINEMEDIAMODE_INTERACTIVEVOICE);
    heard(OFFERED("1", "70"));
    call_goes();
    CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, watching), S_OK);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, watching), E_INVALIDARG);

    /* By media type: of one, of the other, of both. */
    data = hear_calls(scene.first, FALSE, TRUE, TAPIMEDIATYPE_DATAMODEM, 71);
    call_comes(0, LINEMEDIAMODE_DATAMODEM);
    heard(OFFERED("0", "71"));
    call_goes();
    call_comes(0, LINEMEDIAMODE_INTERACTIVEVOICE);
    heard("");
    audio = hear_calls(scene.first, FALSE, TRUE, TAPIMEDIATYPE_AUDIO, 72);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, data), S_OK);
    call_comes(0, LINEMEDIAMODE_DATAMODEM);
    heard("");
    call_comes(0, LINEMEDIAMODE_AUTOMATEDVOICE);
    heard(OFFERED("0", "72"));
    call_goes();
    CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, audio), S_OK);
    audio = hear_calls(scene.first, FALSE, TRUE, TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_DATAMODEM, 73);
    call_comes(0, LINEMEDIAMODE_DATAMODEM);
    heard(OFFERED("0", "73"));
    call_goes();
    call_comes(0, LINEMEDIAMODE_INTERACTIVEVOICE);
    heard(OFFERED("0", "73"));
    call_goes();
    CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, audio), S_OK);
    end();
}

TEST_BOTH(requests_come_to_the_recipient)
{
    static const char request[] =
        "ITRequestEvent RegistrationInstance=5 RequestMode=1 DestAddress='123' AppName='' "
        "CalledParty='' Comment=''";

    begin();
    hear_calls(scene.first, FALSE, TRUE, TAPIMEDIATYPE_AUDIO, 77);
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, TE_ADDRESSDEVSPECIFIC | TE_REQUEST), S_OK);
    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(tapi, 5, 0x40, VARIANT_TRUE), TAPI_E_INVALMODE);
    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(tapi, 5, LINEREQUESTMODE_MAKECALL, VARIANT_TRUE),
             S_OK);
    CHECK_EQ(tapiRequestMakeCallW(L"123", NULL, NULL, NULL), 0);
    {
        char *got = receiver_take(&receiver, 1, WAIT_LONG);

        CHECK_STR(got, request);
        free(got);
    }
    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(tapi, 5, LINEREQUESTMODE_MAKECALL, VARIANT_FALSE),
             S_OK);
    heard("");
    end();
}

/* A call takes over what its address says until it says something itself. */
TEST_BOTH(filters_of_addresses_and_calls_are_read_back)
{
    static const struct {
        TAPI_EVENT type;
        LONG sub_event;
    } wrong[] = {
        {0, 0},
        {TE_TAPIOBJECT, 0}, /* of no address */
        {TE_REQUEST, 0},
        {TE_AGENT, 0},
        {TE_ADDRESS | TE_CALLSTATE, 0}, /* one type at a time */
        {TE_ADDRESS, AE_LASTITEM + 1},
        {TE_ADDRESS, -2},
        {TE_CALLSTATE, CS_LASTITEM + 1},
        {TE_CALLMEDIA, CME_LASTITEM + 1},
        {TE_CALLHUB, CHE_LASTITEM + 1},
        {TE_CALLINFOCHANGE, CIC_LASTITEM + 1},
        {TE_QOSEVENT, QE_LASTITEM + 1},
        {TE_FILETERMINAL, TMS_LASTITEM + 1},
        {TE_PRIVATE, 1},
        {TE_DIGITEVENT, 1},
    };
    ITAddress2 *address = NULL;
    ITCallInfo2 *call = NULL;
    VARIANT_BOOL on;
    unsigned i;

    begin();
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, SCENE_FILTER & ~TE_CALLHUB), S_OK);
    hear_calls(scene.first, FALSE, TRUE, TAPIMEDIATYPE_AUDIO, 77);
    REQUIRE_EQ(ITAddress_QueryInterface(scene.first, &IID_ITAddress2, (void **)&address), S_OK);
    CHECK_EQ(ITAddress2_put_EventFilter(address, TE_CALLINFOCHANGE, CIC_RATE, VARIANT_FALSE), S_OK);
    call_comes(0, LINEMEDIAMODE_INTERACTIVEVOICE);
    heard(OFFERED("0", "77"));
    REQUIRE(scene.call != NULL);
    REQUIRE_EQ(ITCallInfo_QueryInterface(scene.call, &IID_ITCallInfo2, (void **)&call), S_OK);
    CHECK_EQ(ITCallInfo2_get_EventFilter(call, TE_CALLINFOCHANGE, CIC_RATE, &on), S_OK);
    CHECK_EQ(on, VARIANT_FALSE);
    CHECK_EQ(ITCallInfo2_get_EventFilter(call, TE_CALLINFOCHANGE, -1, &on), S_OK);
    CHECK_EQ(on, VARIANT_FALSE); /* not all of them */
    CHECK_EQ(ITCallInfo2_put_EventFilter(call, TE_CALLINFOCHANGE, CIC_TRUNK, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITAddress2_get_EventFilter(address, TE_CALLINFOCHANGE, CIC_TRUNK, &on), S_OK);
    CHECK_EQ(on, VARIANT_TRUE);
    /* From here on the call goes its own way. */
    CHECK_EQ(ITAddress2_put_EventFilter(address, TE_CALLINFOCHANGE, -1, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITCallInfo2_get_EventFilter(call, TE_CALLINFOCHANGE, CIC_RATE, &on), S_OK);
    CHECK_EQ(on, VARIANT_FALSE);
    scene.stage->say(0, TRUE, LINE_CALLINFO,
                     LINECALLINFOSTATE_RATE | LINECALLINFOSTATE_TRUNK | LINECALLINFOSTATE_ORIGIN, 0,
                     0);
    heard("ITCallInfoChangeEvent Call=5550100 Cause=7 CallbackInstance=77");
    CHECK_EQ(ITCallInfo2_put_EventFilter(call, TE_CALLINFOCHANGE, -1, VARIANT_TRUE), S_OK);
    scene.stage->say(0, TRUE, LINE_CALLINFO, LINECALLINFOSTATE_RATE, 0, 0);
    heard("ITCallInfoChangeEvent Call=5550100 Cause=3 CallbackInstance=77");

    for (i = 0; i < ARRAYSIZE(wrong); i++) {
        TAPI_EVENT type = wrong[i].type;
        LONG sub = wrong[i].sub_event;

        if (!CHECK_EQ(ITAddress2_put_EventFilter(address, type, sub, VARIANT_FALSE),
                      E_INVALIDARG) ||
            !CHECK_EQ(ITAddress2_get_EventFilter(address, type, sub, &on), E_INVALIDARG) ||
            !CHECK_EQ(ITCallInfo2_put_EventFilter(call, type, sub, VARIANT_FALSE), E_INVALIDARG) ||
            !CHECK_EQ(ITCallInfo2_get_EventFilter(call, type, sub, &on), E_INVALIDARG))
            test_note("type 0x%x, sub-event %ld", (unsigned)type, sub);
    }
    CHECK_EQ(ITAddress2_get_EventFilter(address, TE_ADDRESS, AE_STATE, NULL), E_POINTER);
    CHECK_EQ(ITCallInfo2_get_EventFilter(call, TE_CALLSTATE, CS_IDLE, NULL), E_POINTER);
    ITCallInfo2_Release(call);
    ITAddress2_Release(address);
    end();
}
