/* selftest.c - a test that cannot fail is a defect: the runner must see failures, skips and leaks
 * of control flow for what they are. Its own main runs tests that fail on purpose and judges the
 * score. */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

static int after_runs;
static const unsigned short wide_a[] = {'a', 0}, wide_a_again[] = {'a', 0},
                            wide_ab[] = {'a', 'b', 0};

TEST_AFTER
{
    after_runs++;
}

TEST(good_checks_pass)
{
    unsigned char bytes[3];

    POISON(bytes);
    CHECK(IS_POISON(bytes));
    CHECK_EQ((int)0x80000042, 0x80000042u); /* one code, widened two ways */
    CHECK_STR("a", "a");
    CHECK_STR(NULL, NULL);
    CHECK_BYTES("abc", "abc", 3);
    CHECK_WSTR(wide_a, wide_a_again);
}

TEST(fails_check)
{
    CHECK(1 == 2);
}

TEST(fails_integer)
{
    CHECK_EQ(0x100000000LL, 0);
}

TEST(fails_string)
{
    CHECK_STR("a", NULL);
}

TEST(fails_wide)
{
    CHECK_WSTR(wide_ab, wide_a);
}

TEST(fails_bytes)
{
    CHECK_BYTES("abc", "abd", 3);
}

TEST(fails_and_leaves)
{
    REQUIRE(false);
    exit(9); /* never reached: the score below would be missing */
}

TEST(skips)
{
    SKIP("nothing to do with %d", 1);
}

TEST(good_after_the_failures)
{
    CHECK(true);
}

int main(int argc, char **argv)
{
    char *good[] = {argv[0], "good", NULL};
    char *none[] = {argv[0], "no such test", NULL};
    char *skips[] = {argv[0], "skips", NULL};
    int wrong = 0;

#define EXPECT(actual, expected)                                                                   \
    do {                                                                                           \
        int value = (actual);                                                                      \
        if (value != (expected)) {                                                                 \
            printf("FAILED   %s is %d, not %d\n", #actual, value, expected);                       \
            wrong++;                                                                               \
        }                                                                                          \
    } while (0)

    if (argc > 1)
        return test_main(argc, argv);
    EXPECT(test_main(1, argv), 1);
    EXPECT(after_runs, 9);
    EXPECT(test_main(2, good), 0);
    EXPECT(test_main(2, none), 2);
    EXPECT(test_main(2, skips), 77);
    printf("tests: %d passed, %d failed, 0 skipped\n", 5 - wrong, wrong);
    return wrong ? 1 : 0;
}
