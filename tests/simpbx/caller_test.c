/* caller_test.c - callers of the configuration: somebody outside who calls an opened line. */
#include "fixture.h"

TEST_AFTER
{
    fixture_stop();
}

TEST(calls_once_after_the_line_has_been_opened)
{
    fixture_start("extension 102 \"Bob\"\ncaller 5550001 \"Visitor\" calls 102 after 100");
    step(1000);
    EXPECT("");
    pbx_line_opened(ext("102"));
    pbx_line_opened(ext("102"));
    step(99);
    EXPECT("");
    step(1);
    EXPECT("102 new; 102 offering");
    CHECK_STR(incoming("102")->caller.number, "5550001");
    CHECK_STR(incoming("102")->caller.name, "Visitor");
    CHECK_EQ(pbx_answer(incoming("102"), NULL), 0);
    CHECK_EQ(pbx_drop(incoming("102"), NULL), 0);
    EXPECT("102 connected; 102 idle");
    pbx_line_opened(ext("102"));
    step(1000);
    EXPECT("");
}

TEST(other_lines_are_not_called)
{
    fixture_start("extension 101\nextension 102\ncaller 55 calls 102");
    pbx_line_opened(ext("101"));
    step(1000);
    EXPECT("");
}

TEST(presses_digits_and_hangs_up_after_the_answer)
{
    fixture_start("extension 102\ncaller 55 calls 102 hangup 500 digits 100 7");
    pbx_line_opened(ext("102"));
    step(2000);
    EXPECT("102 new; 102 offering");
    CHECK_EQ(pbx_answer(incoming("102"), NULL), 0);
    CHECK_EQ(pbx_monitor_digits(incoming("102"), PBX_DIGIT_DTMF), 0);
    step(499);
    EXPECT("102 connected; 102 hears 7");
    step(1);
    EXPECT("102 disconnected");
}

TEST(time_runs_from_the_first_answer_also_when_the_call_is_sent_on)
{
    fixture_start("extension 102\nextension 103\ncaller 55 calls 102 hangup 500");
    pbx_line_opened(ext("102"));
    step(0);
    CHECK_EQ(pbx_answer(incoming("102"), NULL), 0);
    step(200);
    CHECK_EQ(pbx_blind_transfer(incoming("102"), "103"), 0);
    step(200);
    CHECK_EQ(pbx_answer(incoming("103"), NULL), 0);
    heard();
    step(99);
    EXPECT("");
    step(1);
    EXPECT("103 disconnected");
}

TEST(somebody_at_the_telephone_answers_and_hangs_up_too)
{
    fixture_start("extension 102\ncaller 55 calls 102 answered 300 hangup 500");
    pbx_line_opened(ext("102"));
    step(299);
    EXPECT("102 new; 102 offering");
    step(1);
    EXPECT("102 connected");
    step(500);
    EXPECT("102 disconnected; 102 idle");
}

TEST(nobody_answers_what_a_program_has_taken_already)
{
    fixture_start("extension 102\ncaller 55 calls 102 answered 300 hangup 500");
    pbx_line_opened(ext("102"));
    step(0);
    CHECK_EQ(pbx_answer(incoming("102"), NULL), 0);
    step(600);
    EXPECT("102 new; 102 offering; 102 connected; 102 disconnected");
}

TEST(a_busy_line_is_not_called_again)
{
    fixture_start("extension 101\nextension 102\ncall-waiting off\ncaller 55 calls 102 answered 5");
    connected("101", "102");
    pbx_line_opened(ext("102"));
    step(1000);
    EXPECT("");
}

TEST(another_configuration_ends_the_waiting)
{
    struct pbx_config config;
    char error[100];

    fixture_start("extension 102\ncaller 55 calls 102 after 100");
    pbx_line_opened(ext("102"));
    REQUIRE(pbx_config_parse(&config, "extension 102", 13, error, sizeof(error)));
    CHECK_EQ(pbx_configure(pbx, &config, true), 0);
    pbx_config_free(&config);
    step(1000);
    EXPECT("");
}
