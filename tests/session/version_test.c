/* version_test.c - what applications of older versions are told: translations of messages, flags
 * and errors as the pages of the messages and constants have them. */
#include "tests/session/harness.h"

#define TAPI_1_3 0x00010003
#define TAPI_1_4 0x00010004
#define TAPI_2_0 0x00020000
#define TAPI_3_0 0x00030000

#define ALL_LINE_STATES 0x01FFFFFF
#define ALL_ADDRESSES   0x000001FF

static struct person old, middle, fresh;

/* One application of 1.3, one of 1.4 and one of 2.2 watch line 0, and want to know all. */
static void three_open(void)
{
    old = (struct person){.version = TAPI_1_3};
    middle = (struct person){.version = TAPI_1_4};
    fresh = (struct person){0};
    person_open(&old, NULL, 0, MONITOR, 0);
    person_open(&middle, NULL, 0, MONITOR, 0);
    person_open(&fresh, NULL, 0, OWNER | MONITOR, VOICE);
    CHECK_EQ(lineSetStatusMessages(old.line, ALL_LINE_STATES, ALL_ADDRESSES), 0);
    CHECK_EQ(lineSetStatusMessages(middle.line, ALL_LINE_STATES, ALL_ADDRESSES), 0);
    CHECK_EQ(lineSetStatusMessages(fresh.line, ALL_LINE_STATES, ALL_ADDRESSES), 0);
}

static void three_end(void)
{
    person_end(&old);
    person_end(&middle);
    person_end(&fresh);
}

static void line_says(DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
    recorder->event(recorder->line[0], NULL, message, p1, p2, p3);
}

TEST(states_of_a_line_that_came_with_1_4)
{
    three_open();
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 0, 0);
    person_expect(&old, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, LINE_LINEDEVSTATE,
                  LINEDEVSTATE_CAPSCHANGE);
    person_expect(&middle, LINE_LINEDEVSTATE, middle.line, LINEDEVSTATE_CAPSCHANGE, 0, 0);
    person_expect(&fresh, LINE_LINEDEVSTATE, fresh.line, LINEDEVSTATE_CAPSCHANGE, 0, 0);
    /* These an application of 1.3 hears nothing of. */
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_CONFIGCHANGE, 0, 0);
    person_expect(&middle, LINE_LINEDEVSTATE, middle.line, LINEDEVSTATE_CONFIGCHANGE, 0, 0);
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_COMPLCANCEL, 77, 0);
    person_expect(&middle, LINE_LINEDEVSTATE, middle.line, LINEDEVSTATE_COMPLCANCEL, 77, 0);
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_REMOVED | LINEDEVSTATE_OUTOFSERVICE, 0, 0);
    person_expect(&middle, LINE_LINEDEVSTATE, middle.line,
                  LINEDEVSTATE_REMOVED | LINEDEVSTATE_OUTOFSERVICE, 0, 0);
    person_expect(&old, LINE_LINEDEVSTATE, old.line, LINEDEVSTATE_OUTOFSERVICE, 0, 0);
    for (int i = 0; i < 3; i++)
        person_next(&fresh);
    NO_MORE(0, &old, &middle, &fresh);
    three_end();
}

TEST(an_application_hears_the_bits_it_asked_for)
{
    struct person person = {0};

    person_open(&person, NULL, 0, OWNER, VOICE);
    CHECK_EQ(lineSetStatusMessages(person.line, LINEDEVSTATE_RINGING, 0), 0);
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING | LINEDEVSTATE_SIGNAL, 2, 5);
    person_expect(&person, LINE_LINEDEVSTATE, person.line, LINEDEVSTATE_RINGING, 2, 5);
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_SIGNAL, 0, 0);
    NO_MORE(0, &person);
    person_end(&person);
}

TEST(changed_capabilities_of_an_address)
{
    three_open();
    line_says(LINE_ADDRESSSTATE, 1, LINEADDRESSSTATE_CAPSCHANGE | LINEADDRESSSTATE_FORWARD, 0);
    person_expect(&old, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, LINE_ADDRESSSTATE, 1);
    person_expect(&old, LINE_ADDRESSSTATE, old.line, 1, LINEADDRESSSTATE_FORWARD, 0);
    person_expect(&middle, LINE_ADDRESSSTATE, middle.line, 1,
                  LINEADDRESSSTATE_CAPSCHANGE | LINEADDRESSSTATE_FORWARD, 0);
    person_next(&fresh);
    /* It cannot be masked out. */
    CHECK_EQ(lineSetStatusMessages(old.line, 0, 0), 0);
    line_says(LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_CAPSCHANGE, 0);
    person_expect(&old, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, LINE_ADDRESSSTATE, 0);
    person_next(&middle);
    person_next(&fresh);
    NO_MORE(0, &old, &middle, &fresh);
    three_end();
}

/* It concerns no line: hDevice and dwCallbackInstance are 0, and who has no line open or asked for
 * nothing hears of it too. */
TEST(a_provider_asks_everybody_to_start_again)
{
    struct person open = {0}, idle = {0};
    LINEMESSAGE got;

    person_open(&open, NULL, 0, OWNER, VOICE);
    person_start(&idle, NULL);
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0);
    got = person_next(&open);
    CHECK_EQ(got.dwMessageID, LINE_LINEDEVSTATE);
    CHECK_EQ(got.hDevice, 0);
    CHECK_EQ(got.dwCallbackInstance, 0);
    CHECK_EQ(got.dwParam1, LINEDEVSTATE_REINIT);
    CHECK_EQ(got.dwParam2, 0); /* a real one */
    person_expect(&idle, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, 0, 0);
    /* The provider may name no line either. */
    recorder->event(NULL, NULL, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0);
    person_expect(&open, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, 0, 0);
    person_expect(&idle, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, 0, 0);
    /* Beside other bits, which go the usual way. */
    CHECK_EQ(lineSetStatusMessages(open.line, LINEDEVSTATE_BATTERY, 0), 0);
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT | LINEDEVSTATE_BATTERY, 0, 0);
    person_expect(&open, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, 0, 0);
    person_expect(&open, LINE_LINEDEVSTATE, open.line, LINEDEVSTATE_BATTERY, 0, 0);
    NO_MORE(0, &open);
    person_end(&open);
    person_end(&idle);
}

/* Until the last application has shut down, nothing new begins (LINEERR_REINIT). */
TEST(a_new_start_waits_for_all_applications)
{
    struct person first = {0}, second = {0};
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = 0x00020002;
    HLINEAPP app = 0;
    HLINE line = 0;

    person_open(&first, NULL, 0, OWNER, VOICE);
    person_open(&second, NULL, 0, MONITOR, 0);
    line_says(LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0);
    CHECK_EQ(lineOpenA(first.app, 1, &line, 0x00020002, 0, 0, OWNER, VOICE, NULL),
             (LONG)LINEERR_REINIT);
    CHECK_EQ(lineInitializeExA(&app, NULL, NULL, "third", &devices, &version, &params),
             (LONG)LINEERR_REINIT);
    person_end(&first);
    CHECK_EQ(lineInitializeExA(&app, NULL, NULL, "third", &devices, &version, &params),
             (LONG)LINEERR_REINIT);
    /* What is there goes on. */
    person_expect(&second, LINE_LINEDEVSTATE, 0, LINEDEVSTATE_REINIT, 0, 0);
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    person_expect_call(&second, LINECALLSTATE_OFFERING, MONITOR);
    person_end(&second);
    person_open(&first, NULL, 1, OWNER, VOICE);
    person_end(&first);
}

TEST(details_of_a_connection_and_members_of_2_0)
{
    static const struct {
        DWORD sent, told;
    } modes[] = {
        {LINECONNECTEDMODE_ACTIVE, LINECONNECTEDMODE_ACTIVE},
        {LINECONNECTEDMODE_INACTIVE, LINECONNECTEDMODE_INACTIVE},
        {LINECONNECTEDMODE_ACTIVEHELD, LINECONNECTEDMODE_ACTIVE},
        {LINECONNECTEDMODE_INACTIVEHELD, LINECONNECTEDMODE_INACTIVE},
        {LINECONNECTEDMODE_CONFIRMED, LINECONNECTEDMODE_ACTIVE},
        {LINECONNECTEDMODE_INACTIVE | LINECONNECTEDMODE_CONFIRMED, LINECONNECTEDMODE_INACTIVE},
        {0, 0},
    };
    LINECALLSTATUS status = {.dwTotalSize = sizeof(status)};
    HCALL older, newer;

    middle = (struct person){.version = TAPI_1_4};
    fresh = (struct person){.version = TAPI_2_0};
    person_open(&middle, NULL, 0, MONITOR, 0);
    person_open(&fresh, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    older = person_expect_call(&middle, LINECALLSTATE_CONNECTED, MONITOR);
    newer = person_expect_call(&fresh, LINECALLSTATE_CONNECTED, MONITOR);
    for (unsigned i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, modes[i].sent, 0);
        person_expect(&middle, LINE_CALLSTATE, older, LINECALLSTATE_CONNECTED, modes[i].told, 0);
        person_expect(&fresh, LINE_CALLSTATE, newer, LINECALLSTATE_CONNECTED, modes[i].sent, 0);
        CHECK_EQ(lineGetCallStatus(older, &status), 0);
        CHECK_EQ(status.dwCallStateMode, modes[i].told);
        CHECK_EQ(lineGetCallStatus(newer, &status), 0);
        CHECK_EQ(status.dwCallStateMode, modes[i].sent);
    }
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_QOS, 0, 0);
    person_expect(&fresh, LINE_CALLINFO, newer, LINECALLINFOSTATE_QOS, 0, 0);
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_RATE, 0, 0);
    person_expect(&middle, LINE_CALLINFO, older, LINECALLINFOSTATE_RATE, 0, 0);
    person_next(&fresh);
    NO_MORE(0, &middle, &fresh);
    person_end(&middle);
    person_end(&fresh);
}

/* "As close as possible" (tapi-versioning.md), which linedisconnectmode--constants.md names. */
TEST(reasons_of_a_disconnection)
{
    static const struct {
        DWORD sent, old, middle;
    } modes[] = {
        {LINEDISCONNECTMODE_NORMAL, LINEDISCONNECTMODE_NORMAL, LINEDISCONNECTMODE_NORMAL},
        {LINEDISCONNECTMODE_NODIALTONE, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_NODIALTONE},
        {LINEDISCONNECTMODE_NUMBERCHANGED, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN},
        {LINEDISCONNECTMODE_OUTOFORDER, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN},
        {LINEDISCONNECTMODE_TEMPFAILURE, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN},
        {LINEDISCONNECTMODE_QOSUNAVAIL, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN},
        {LINEDISCONNECTMODE_BLOCKED, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN},
        {LINEDISCONNECTMODE_DONOTDISTURB, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN},
        {LINEDISCONNECTMODE_CANCELLED, LINEDISCONNECTMODE_UNKNOWN, LINEDISCONNECTMODE_UNKNOWN},
        {0x80000000, 0x80000000, 0x80000000}, /* an extension */
        {0, 0, 0},
    };

    three_open();
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    person_expect_call(&old, LINECALLSTATE_CONNECTED, MONITOR);
    person_expect_call(&middle, LINECALLSTATE_CONNECTED, MONITOR);
    person_expect_call(&fresh, LINECALLSTATE_CONNECTED, OWNER);
    for (unsigned i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_DISCONNECTED, modes[i].sent, 0);
        person_expect(&old, LINE_CALLSTATE, ANY, LINECALLSTATE_DISCONNECTED, modes[i].old, 0);
        person_expect(&middle, LINE_CALLSTATE, ANY, LINECALLSTATE_DISCONNECTED, modes[i].middle, 0);
        person_expect(&fresh, LINE_CALLSTATE, ANY, LINECALLSTATE_DISCONNECTED, modes[i].sent, 0);
    }
    three_end();

    /* To a provider of that time these bits were free: they are its own. */
    recorder->version = TAPI_1_4;
    middle = (struct person){.version = TAPI_1_4};
    person_open(&middle, NULL, 0, OWNER, VOICE);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    person_expect_call(&middle, LINECALLSTATE_CONNECTED, OWNER);
    call_message(0, 2, LINE_CALLSTATE, LINECALLSTATE_DISCONNECTED, 0x00040000, 0);
    person_expect(&middle, LINE_CALLSTATE, ANY, LINECALLSTATE_DISCONNECTED, 0x00040000, 0);
    person_end(&middle);
}

TEST(words_of_a_call_that_came_later)
{
    LINECALLINFO info = {.dwTotalSize = sizeof(info)};
    HCALL call[3];

    three_open();
    call_arrives(0, LINECALLSTATE_OFFERING, VOICE);
    call[0] = person_expect_call(&old, LINECALLSTATE_OFFERING, MONITOR);
    call[1] = person_expect_call(&middle, LINECALLSTATE_OFFERING, MONITOR);
    call[2] = person_expect_call(&fresh, LINECALLSTATE_OFFERING, OWNER);
    recorder->reason = LINECALLREASON_ROUTEREQUEST;
    recorder->origin = LINECALLORIGIN_INBOUND;
    recorder->bearer_mode = LINEBEARERMODE_RESTRICTEDDATA;
    recorder->call_media_mode = LINEMEDIAMODE_VIDEO;
    recorder->param_flags = LINECALLPARAMFLAGS_SECURE | LINECALLPARAMFLAGS_PREDICTIVEDIAL;
    CHECK_EQ(lineGetCallInfoA(call[0], &info), 0);
    CHECK_EQ(info.dwReason, LINECALLREASON_UNAVAIL);
    CHECK_EQ(info.dwOrigin, LINECALLORIGIN_UNAVAIL);
    CHECK_EQ(info.dwBearerMode, LINEBEARERMODE_DATA);
    CHECK_EQ(info.dwMediaMode, LINEMEDIAMODE_UNKNOWN);
    CHECK_EQ(info.dwCallParamFlags, LINECALLPARAMFLAGS_SECURE);
    CHECK_EQ(lineGetCallInfoA(call[1], &info), 0);
    CHECK_EQ(info.dwReason, LINECALLREASON_UNAVAIL);
    CHECK_EQ(info.dwOrigin, LINECALLORIGIN_INBOUND);
    CHECK_EQ(lineGetCallInfoA(call[2], &info), 0);
    CHECK_EQ(info.dwReason, LINECALLREASON_ROUTEREQUEST);
    CHECK_EQ(info.dwOrigin, LINECALLORIGIN_INBOUND);
    CHECK_EQ(info.dwBearerMode, LINEBEARERMODE_RESTRICTEDDATA);
    CHECK_EQ(info.dwMediaMode, LINEMEDIAMODE_VIDEO);
    CHECK_EQ(info.dwCallParamFlags, recorder->param_flags);
    /* One of several possible modes is left out. */
    recorder->reason = LINECALLREASON_CAMPEDON;
    recorder->call_media_mode = VOICE | LINEMEDIAMODE_VIDEO | LINEMEDIAMODE_VOICEVIEW;
    CHECK_EQ(lineGetCallInfoA(call[0], &info), 0);
    CHECK_EQ(info.dwReason, LINECALLREASON_UNAVAIL);
    CHECK_EQ(info.dwMediaMode, VOICE);
    CHECK_EQ(lineGetCallInfoA(call[1], &info), 0);
    CHECK_EQ(info.dwMediaMode, VOICE | LINEMEDIAMODE_VOICEVIEW);
    three_end();
}

/* Which of all 32 bits of a member an application sees. */
struct seen {
    DWORD device, line, bearers, address, addresses, calls, info;
};

static struct seen seen_by(DWORD version)
{
    struct person person = {.version = version};
    struct seen seen;
    union {
        DWORD size;
        LINEDEVCAPS device;
        LINEADDRESSCAPS address;
        LINEDEVSTATUS line;
        LINEADDRESSSTATUS status;
        BYTE room[4096];
    } out;

    person_open(&person, NULL, 0, OWNER, VOICE);
    recorder->flags = ~0u;
    out.size = sizeof(out);
    CHECK_EQ(lineGetDevCapsA(person.app, 0, version, 0, &out.device), 0);
    seen.device = out.device.dwDevCapFlags;
    seen.line = out.device.dwLineFeatures;
    seen.bearers = out.device.dwBearerModes;
    out.size = sizeof(out);
    CHECK_EQ(lineGetAddressCapsA(person.app, 0, 0, version, 0, &out.address), 0);
    seen.address = out.address.dwAddrCapFlags;
    seen.addresses = out.address.dwAddressFeatures;
    seen.calls = out.address.dwCallFeatures;
    seen.info = out.address.dwCallInfoStates;
    out.size = sizeof(out);
    CHECK_EQ(lineGetLineDevStatusA(person.line, &out.line), 0);
    CHECK_EQ(out.line.dwLineFeatures, seen.line);
    out.size = sizeof(out);
    CHECK_EQ(lineGetAddressStatusA(person.line, 0, &out.status), 0);
    CHECK_EQ(out.status.dwAddressFeatures, seen.addresses);
    person_end(&person);
    return seen;
}

TEST(flags_that_came_later_are_not_seen)
{
    const DWORD lines = LINEFEATURE_SETDEVSTATUS | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND;
    const DWORD device = LINEDEVCAPFLAGS_MSP | LINEDEVCAPFLAGS_CALLHUB |
                         LINEDEVCAPFLAGS_CALLHUBTRACKING | LINEDEVCAPFLAGS_PRIVATEOBJECTS;
    const DWORD address = LINEADDRCAPFLAGS_PREDICTIVEDIALER | LINEADDRCAPFLAGS_QUEUE |
                          LINEADDRCAPFLAGS_ROUTEPOINT | LINEADDRCAPFLAGS_HOLDMAKESNEW |
                          LINEADDRCAPFLAGS_NOINTERNALCALLS | LINEADDRCAPFLAGS_NOEXTERNALCALLS |
                          LINEADDRCAPFLAGS_SETCALLINGID;
    const DWORD addresses = LINEADDRFEATURE_PICKUPHELD | LINEADDRFEATURE_PICKUPGROUP |
                            LINEADDRFEATURE_PICKUPDIRECT | LINEADDRFEATURE_PICKUPWAITING |
                            LINEADDRFEATURE_FORWARDFWD | LINEADDRFEATURE_FORWARDDND;
    const DWORD calls =
        LINECALLFEATURE_SETTREATMENT | LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETCALLDATA;
    const DWORD info =
        LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_QOS | LINECALLINFOSTATE_CALLDATA;
    struct seen seen = seen_by(TAPI_1_4);

    CHECK_EQ(seen.device, ~device);
    CHECK_EQ(seen.line, ~lines);
    CHECK_EQ(seen.bearers, ~(DWORD)LINEBEARERMODE_RESTRICTEDDATA);
    CHECK_EQ(seen.address,
             ~(address | LINEADDRCAPFLAGS_ACDGROUP | LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION));
    CHECK_EQ(seen.addresses, ~addresses);
    CHECK_EQ(seen.calls, ~calls);
    CHECK_EQ(seen.info, ~info);
    seen = seen_by(TAPI_2_0);
    CHECK_EQ(seen.device, ~device);
    CHECK_EQ(seen.address,
             ~(DWORD)(LINEADDRCAPFLAGS_ACDGROUP | LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION));
    CHECK_EQ(seen.line & seen.bearers & seen.addresses & seen.calls & seen.info, ~0u);
    seen = seen_by(0x00020002);
    CHECK_EQ(seen.device, ~device);
    CHECK_EQ(seen.address, ~(DWORD)LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION);
    seen = seen_by(TAPI_3_0);
    CHECK_EQ(seen.device & seen.address, ~0u);
}

TEST(errors_that_came_later_are_plain_failures)
{
    static const struct {
        LONG error;
        DWORD since, before;
    } errors[] = {
        {LINEERR_DIALVOICEDETECT, TAPI_2_0, TAPI_1_4},
        {LINEERR_INVALPASSWORD, TAPI_2_0, TAPI_1_4},
        {LINEERR_USERCANCELLED, 0x00020002, 0x00020001},
        {LINEERR_DISCONNECTED, 0x00020002, 0x00020001},
        {LINEERR_INVALADDRESSTYPE, TAPI_3_0, 0x00020002},
        {LINEERR_CALLUNAVAIL, TAPI_1_4, TAPI_1_3},
    };

    for (unsigned i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        struct person before = {.version = errors[i].before}, since = {.version = errors[i].since};
        LONG error = errors[i].error, hidden = (LONG)LINEERR_OPERATIONFAILED, id;
        HCALL call;

        if (error == (LONG)LINEERR_CALLUNAVAIL)
            hidden = error; /* it was always there */
        person_open(&before, NULL, 0, OWNER, VOICE);
        person_open(&since, NULL, 0, OWNER, VOICE);
        recorder->fail = "lineMakeCall";
        recorder->fail_with = error;
        CHECK_EQ(lineMakeCallA(since.line, &call, "1", 0, NULL), error);
        CHECK_EQ(lineMakeCallA(before.line, &call, "1", 0, NULL), hidden);
        recorder->fail = NULL;
        recorder->later = TRUE;
        id = lineMakeCallA(before.line, &call, "1", 0, NULL);
        recorder->complete(recorder->request, error);
        person_expect(&before, LINE_REPLY, 0, (DWORD)id, (DWORD)hidden, 0);
        id = lineMakeCallA(since.line, &call, "1", 0, NULL);
        recorder->complete(recorder->request, error);
        person_expect(&since, LINE_REPLY, 0, (DWORD)id, (DWORD)error, 0);
        recorder->later = FALSE;
        person_end(&before);
        person_end(&since);
    }
}
