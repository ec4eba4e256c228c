/* logic_test.c - the one answer to an asynchronous request, over every order of what can happen. */
#include "engine/request_state.h"
#include "tests/support/test.h"

#define FAILURE (-72)

TEST(reply_waits_for_the_function_to_return)
{
    struct request_state state = {0};
    int32_t result = 99;

    CHECK_EQ(request_completed(&state, -5, FAILURE, &result), REQUEST_WAIT);
    CHECK_EQ(request_returned(&state, 7, 7, FAILURE, &result), REQUEST_ANSWER);
    CHECK_EQ(result, -5);
    CHECK_EQ(request_completed(&state, 0, FAILURE, &result), REQUEST_IGNORE);
}

TEST(late_completion_answers_once)
{
    struct request_state state = {0};
    int32_t result = 99;

    CHECK_EQ(request_returned(&state, 7, 7, FAILURE, &result), REQUEST_WAIT);
    CHECK_EQ(request_completed(&state, 0, FAILURE, &result), REQUEST_ANSWER);
    CHECK_EQ(result, 0);
    CHECK_EQ(request_completed(&state, 0, FAILURE, &result), REQUEST_IGNORE);
}

TEST(positive_completion_is_a_failure)
{
    struct request_state state = {0};
    int32_t result = 99;

    CHECK_EQ(request_returned(&state, 7, 7, FAILURE, &result), REQUEST_WAIT);
    CHECK_EQ(request_completed(&state, 12, FAILURE, &result), REQUEST_ANSWER);
    CHECK_EQ(result, FAILURE);
}

TEST(wrong_return_values_refuse)
{
    static const int32_t wrong[] = {0, 8, -9};

    for (int early = 0; early < 2; early++) {
        for (int i = 0; i < 3; i++) {
            struct request_state state = {0};
            int32_t result = 99;

            if (early)
                CHECK_EQ(request_completed(&state, 0, FAILURE, &result), REQUEST_WAIT);
            CHECK_EQ(request_returned(&state, 7, wrong[i], FAILURE, &result), REQUEST_REFUSE);
            CHECK_EQ(result, wrong[i] < 0 ? wrong[i] : FAILURE);
            CHECK_EQ(request_completed(&state, 0, FAILURE, &result), REQUEST_IGNORE);
        }
    }
}

/* Every sequence of up to five happenings: whatever the order, at most one answer or refusal. */
TEST(never_two_answers)
{
    for (int sequence = 0; sequence < 1024; sequence++) {
        struct request_state state = {0};
        int answers = 0, returned = 0;

        for (int at = 0; at < 5; at++) {
            int32_t result;
            enum request_action action;

            switch (sequence >> (2 * at) & 3) {
            case 0:
                action = request_completed(&state, 0, FAILURE, &result);
                break;
            case 1:
                action = request_completed(&state, -3, FAILURE, &result);
                break;
            default:
                action =
                    request_returned(&state, 7, sequence >> (2 * at) & 1 ? 7 : 0, FAILURE, &result);
                returned = 1;
            }
            answers += action == REQUEST_ANSWER || action == REQUEST_REFUSE;
            CHECK(action != REQUEST_ANSWER || returned);
        }
        CHECK(answers <= 1);
    }
}
