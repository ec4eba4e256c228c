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
    /* What is the provider's to keep from old applications is passed on. */
    call_message(0, 1, LINE_CALLSTATE, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_QOSUNAVAIL,
                 0);
    person_expect(&middle, LINE_CALLSTATE, older, LINECALLSTATE_DISCONNECTED,
                  LINEDISCONNECTMODE_QOSUNAVAIL, 0);
    person_next(&fresh);
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_QOS, 0, 0);
    person_expect(&fresh, LINE_CALLINFO, newer, LINECALLINFOSTATE_QOS, 0, 0);
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_RATE, 0, 0);
    person_expect(&middle, LINE_CALLINFO, older, LINECALLINFOSTATE_RATE, 0, 0);
    person_next(&fresh);
    NO_MORE(0, &middle, &fresh);
    person_end(&middle);
    person_end(&fresh);
}

static const struct {
    DWORD version, device, address, line;
} flags[] = {
    {TAPI_1_4, LINEDEVCAPFLAGS_CLOSEDROP, LINEADDRCAPFLAGS_CONFDROP,
     LINEFEATURE_MAKECALL | LINEFEATURE_FORWARD},
    {TAPI_2_0, LINEDEVCAPFLAGS_CLOSEDROP, LINEADDRCAPFLAGS_CONFDROP,
     LINEFEATURE_MAKECALL | LINEFEATURE_FORWARD | LINEFEATURE_SETDEVSTATUS |
         LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND},
    {TAPI_3_0,
     LINEDEVCAPFLAGS_CLOSEDROP | LINEDEVCAPFLAGS_MSP | LINEDEVCAPFLAGS_CALLHUB |
         LINEDEVCAPFLAGS_CALLHUBTRACKING | LINEDEVCAPFLAGS_PRIVATEOBJECTS,
     LINEADDRCAPFLAGS_CONFDROP | LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION,
     LINEFEATURE_MAKECALL | LINEFEATURE_FORWARD | LINEFEATURE_SETDEVSTATUS |
         LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND},
};

TEST(flags_that_came_later_are_not_seen)
{
    union {
        LINEDEVCAPS device;
        LINEADDRESSCAPS address;
        LINEDEVSTATUS status;
        DWORD size;
        BYTE room[4096];
    } out;

    for (unsigned i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        struct person person = {.version = flags[i].version};
        DWORD features = flags[i].line;

        person_open(&person, NULL, 0, OWNER, VOICE);
        recorder->flags = flags[2].device;
        out.size = sizeof(out);
        CHECK_EQ(lineGetDevCapsA(person.app, 0, person.version, 0, &out.device), 0);
        CHECK_EQ(out.device.dwDevCapFlags, flags[i].device);
        recorder->flags = flags[2].line;
        out.size = sizeof(out);
        CHECK_EQ(lineGetDevCapsA(person.app, 0, person.version, 0, &out.device), 0);
        CHECK_EQ(out.device.dwLineFeatures, features);
        out.size = sizeof(out);
        CHECK_EQ(lineGetLineDevStatusA(person.line, &out.status), 0);
        CHECK_EQ(out.status.dwLineFeatures, features);
        recorder->flags = flags[2].address;
        out.size = sizeof(out);
        CHECK_EQ(lineGetAddressCapsA(person.app, 0, 0, person.version, 0, &out.address), 0);
        CHECK_EQ(out.address.dwAddrCapFlags, flags[i].address);
        person_end(&person);
    }
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
