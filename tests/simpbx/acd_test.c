/* acd_test.c - queues and route points: calls wait there, and go on. */
#include "fixture.h"
#include "tsp/simpbx/core/acd.h"

TEST_BEFORE
{
    fixture_start("extension 101\nextension 102\nextension 103\nextension 104\nextension 105\n"
                  "calls 2\nno-answer 10000\n"
                  "queue 800 \"Sales\"\n"
                  "queue 801 agents 104 105 treatment ringback\n"
                  "routepoint 810 \"Main\" overflow 103 after 5000\n"
                  "acdgroup 820\n");
}

TEST_AFTER
{
    fixture_stop();
}

static uint32_t inject(const char *to)
{
    uint32_t id = 0;

    CHECK_EQ(pbx_inject(pbx, "5559000", "Visitor", to, &id), 0);
    return id;
}

TEST(a_call_waits_in_a_queue_until_it_is_sent_on)
{
    struct pbx_leg *caller = make("101", "800");

    EXPECT("101 dialing; 101 proceeding; 800 new; 800 offering; 800 accepted; 101 ringback");
    CHECK_EQ(incoming("800")->treatment, PBX_TREAT_MUSIC);
    step(60000); /* no answer does not end it, and nothing rings */
    EXPECT("");
    CHECK_EQ(pbx_redirect(incoming("800"), "102"), 0);
    EXPECT("800 idle; 102 new; 102 offering");
    CHECK_EQ(incoming("102")->reason, PBX_REASON_REDIRECT);
    CHECK_STR(incoming("102")->redirecting.number, "800");
    CHECK_EQ(pbx_answer(incoming("102"), NULL), 0);
    EXPECT("102 connected; 101 connected");
    CHECK_EQ(pbx_drop(caller, NULL), 0);
}

TEST(any_number_of_calls_wait)
{
    for (int i = 0; i < 20; i++)
        inject("800");
    CHECK_EQ(ext("800")->leg_count, 20);
    CHECK_EQ(pbx_alive_count(ext("800")), 20);
}

TEST(a_caller_who_gives_up)
{
    struct pbx_leg *caller = make("101", "800");

    heard();
    CHECK_EQ(pbx_drop(caller, NULL), 0);
    EXPECT("800 disconnected; 800 idle; 101 idle");
}

TEST(nobody_answers_or_dials_at_a_queue)
{
    struct pbx_leg *leg = NULL;
    uint32_t features2;

    make("101", "800");
    leg = incoming("800");
    CHECK_EQ(pbx_answer(leg, NULL), PBX_ERR_OPERATIONUNAVAIL);
    CHECK_EQ(pbx_features(leg, &features2) & (PBX_CAN_ANSWER | PBX_CAN_REDIRECT | PBX_CAN_DROP),
             PBX_CAN_REDIRECT | PBX_CAN_DROP);
    CHECK_EQ(leg->state, PBX_ACCEPTED);
    CHECK_EQ(pbx_make(ext("800"), NULL, &leg), PBX_ERR_OPERATIONUNAVAIL);
    CHECK(!leg);
}

TEST(a_route_point_offers_and_overflows)
{
    make("101", "810");
    EXPECT("101 dialing; 101 proceeding; 810 new; 810 offering; 101 ringback");
    step(4999);
    EXPECT("");
    step(1);
    EXPECT("810 idle; 103 new; 103 offering");
}

TEST(the_exchange_gives_calls_to_agents_in_turn)
{
    make("101", "801");
    heard();
    step(0);
    EXPECT("801 idle; 104 new; 104 offering");
    inject("801");
    step(0);
    EXPECT("801 new; 801 offering; 801 accepted; 801 idle; 105 new; 105 offering");
    inject("801");
    inject("801");
    heard();
    step(999); /* nobody is free */
    EXPECT("");
    CHECK_EQ(pbx_answer(incoming("105"), NULL), 0);
    CHECK_EQ(pbx_drop(incoming("105"), NULL), 0);
    heard();
    step(1000);
    EXPECT("801 idle; 105 new; 105 offering");
    CHECK_EQ(ext("801")->leg_count, 1);
}

TEST(a_program_on_the_line_decides_itself)
{
    ext("801")->monitored = true;
    make("101", "801");
    heard();
    step(5000);
    EXPECT("");
    ext("801")->monitored = false;
    step(1000);
    EXPECT("801 idle; 104 new; 104 offering");
}

TEST(what_they_are)
{
    CHECK_EQ(pbx_acd_flags(ext("800")), 0x01000000);
    CHECK_EQ(pbx_acd_flags(ext("810")), 0x02000000);
    CHECK_EQ(pbx_acd_flags(ext("820")), 0x40000000);
    CHECK_EQ(pbx_acd_flags(ext("101")), 0);
}

TEST(configuration_errors_name_the_line)
{
    static const struct {
        const char *text, *error;
    } wrong[] = {
        {"queue", "line 1: the number is missing"},
        {"queue 8x", "line 1: the number: \"8x\" holds more than the digits 0-9 A-D * #"},
        {"queue 800 agents", "\"agents\""},
        {"queue 800 overflow 101 after", "\"overflow\""},
        {"queue 800 overflow 101 after soon", "\"overflow\""},
        {"queue 800 treatment jazz", "\"treatment\""},
        {"routepoint 800 agents 101", "\"agents\""},
        {"acdgroup 800 sometimes", "\"sometimes\""},
        {"queue 800 agents 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", "more than 16 agents"},
    };
    struct pbx_config config;
    char error[200];

    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        CHECK(
            !pbx_config_parse(&config, wrong[i].text, strlen(wrong[i].text), error, sizeof(error)));
        if (!CHECK(strstr(error, wrong[i].error) != NULL))
            test_note("%s", error);
    }
}
