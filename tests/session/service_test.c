/* service_test.c - quality of service: flow specifications when a call is made and while it lasts,
 * and who hears of changes (quality-of-service-ovr.md). */
#include "tests/session/harness.h"

/* FLOWSPEC of Windows Sockets 2. */
struct flowspec {
    ULONG token_rate, token_bucket_size, peak_bandwidth, latency, delay_variation, service_type,
        max_sdu_size, minimum_policed_size;
};

TEST(flow_specifications_go_with_the_call)
{
    static struct {
        LINECALLPARAMS fixed;
        struct flowspec sending, receiving;
    } params = {
        .fixed = {.dwTotalSize = sizeof(params),
                  .dwBearerMode = LINEBEARERMODE_VOICE,
                  .dwMediaMode = VOICE,
                  .dwSendingFlowspecSize = sizeof(struct flowspec),
                  .dwSendingFlowspecOffset = sizeof(LINECALLPARAMS),
                  .dwReceivingFlowspecSize = sizeof(struct flowspec),
                  .dwReceivingFlowspecOffset = sizeof(LINECALLPARAMS) + sizeof(struct flowspec)},
        .sending = {.token_rate = 8000},
        .receiving = {.token_rate = 16000}};
    struct person person = {0};
    HCALL call = 0;

    person_open(&person, NULL, 0, OWNER, VOICE);
    person_done(&person, lineMakeCallW(person.line, &call, L"1", 0, &params.fixed));
    CHECK_EQ(recorder->params.dwSendingFlowspecSize, sizeof(struct flowspec));
    CHECK_EQ(recorder->params.dwReceivingFlowspecSize, sizeof(struct flowspec));
    /* One that cannot give what is asked refuses the call. */
    recorder->fail = "lineMakeCall";
    recorder->fail_with = (LONG)LINEERR_RATEUNAVAIL;
    CHECK_EQ(lineMakeCallW(person.line, &call, L"1", 0, &params.fixed), (LONG)LINEERR_RATEUNAVAIL);
    person_end(&person);
}

TEST(quality_is_renegotiated_and_all_hear_of_it)
{
    struct person owner = {0}, watcher = {.version = 0x00030000};
    struct flowspec sending = {.token_rate = 1}, receiving = {.token_rate = 2};
    HCALL call, seen;

    person_open(&owner, NULL, 0, OWNER, VOICE);
    person_open(&watcher, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    call = person_expect_call(&owner, LINECALLSTATE_CONNECTED, OWNER);
    seen = person_expect_call(&watcher, LINECALLSTATE_CONNECTED, MONITOR);
    person_done(&owner, lineSetCallQualityOfService(call, &sending, sizeof(sending), &receiving,
                                                    sizeof(receiving)));
    CHECK_BYTES(recorder->flowspec[0], &sending, sizeof(sending));
    CHECK_BYTES(recorder->flowspec[1], &receiving, sizeof(receiving));
    CHECK_EQ(lineSetCallQualityOfService(seen, &sending, sizeof(sending), NULL, 0),
             (LONG)LINEERR_NOTOWNER);
    call_message(0, 1, LINE_CALLINFO, LINECALLINFOSTATE_QOS, 0, 0);
    person_expect(&owner, LINE_CALLINFO, call, LINECALLINFOSTATE_QOS, 0, 0);
    person_expect(&watcher, LINE_CALLINFO, seen, LINECALLINFOSTATE_QOS, 0, 0);
    /* A message of 3.0: others do not know it. */
    call_message(0, 1, LINE_QOSINFO, 2, LINEMEDIAMODE_VIDEO, 0);
    person_expect(&watcher, LINE_QOSINFO, seen, 2, LINEMEDIAMODE_VIDEO, 0);
    NO_MORE(0, &owner, &watcher);
    person_end(&owner);
    person_end(&watcher);
}

/* line-devspecificex.md: of a line or of a call, for those that know the message. */
TEST(a_provider_of_3_0_has_a_message_of_its_own)
{
    struct person old = {0}, watcher = {.version = 0x00030000};
    HCALL seen;

    person_open(&old, NULL, 0, OWNER, VOICE);
    person_open(&watcher, NULL, 0, MONITOR, 0);
    call_arrives(0, LINECALLSTATE_CONNECTED, VOICE);
    person_expect_call(&old, LINECALLSTATE_CONNECTED, OWNER);
    seen = person_expect_call(&watcher, LINECALLSTATE_CONNECTED, MONITOR);
    call_message(0, 1, LINE_DEVSPECIFICEX, 4, 5, 6);
    person_expect(&watcher, LINE_DEVSPECIFICEX, seen, 4, 5, 6);
    recorder->event(recorder->line[0], NULL, LINE_DEVSPECIFICEX, 7, 8, 9);
    person_expect(&watcher, LINE_DEVSPECIFICEX, watcher.line, 7, 8, 9);
    NO_MORE(0, &old, &watcher);
    person_end(&old);
    person_end(&watcher);
}
