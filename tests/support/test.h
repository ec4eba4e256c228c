/*
 * test.h - how every test of the project is written. A test names itself once, where it stands:
 *
 *     #include "tests/support/test.h"
 *
 *     TEST(stale_handle_is_refused)
 *     {
 *         DWORD size;
 *         POISON(size);
 *         CHECK_EQ(lineClose(0x12345678), LINEERR_INVALLINEHANDLE);
 *     }
 *
 * It is found, run and reported without being listed anywhere else; the suite is the file's name.
 * main() comes from the library, together with the command line:
 *
 *     program [--list] [FILTER...]     runs the tests whose "suite/name" contains a FILTER
 *
 * Exit status: 0 all passed (or were skipped), 1 a test failed, 2 no test matches, 77 all skipped.
 */
#ifndef TESTS_SUPPORT_TEST_H
#define TESTS_SUPPORT_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct test {
    const char *name;
    const char *file;
    int line;
    void (*run)(void);
    struct test *next;
};

/* Adds a test; called by TEST() before main. */
void test_register(struct test *test);

#define TEST(name_)                                                                                \
    static void test_##name_(void);                                                                \
    __attribute__((constructor)) static void test_register_##name_(void)                           \
    {                                                                                              \
        static struct test test = {#name_, __FILE__, __LINE__, test_##name_, NULL};                \
        test_register(&test);                                                                      \
    }                                                                                              \
    static void test_##name_(void)

/* What runs around every test of the program, at most one of each; leak checks go into the second,
 * which runs also after a REQUIRE or SKIP left the test:
 *     TEST_AFTER
 *     {
 *         agents_check_leaks();
 *     } */
#define TEST_BEFORE TEST_AROUND_(before, test_before_each, NULL)
#define TEST_AFTER  TEST_AROUND_(after, NULL, test_after_each)
#define TEST_AROUND_(when_, before_, after_)                                                       \
    static void test_##when_##_each(void);                                                         \
    __attribute__((constructor)) static void test_register_##when_##_each(void)                    \
    {                                                                                              \
        test_register_around(before_, after_);                                                     \
    }                                                                                              \
    static void test_##when_##_each(void)
void test_register_around(void (*before)(void), void (*after)(void));

/* Checks. All may be used on any thread except the REQUIRE_ ones, which leave the test at once and
 * so belong to the test's own thread. Each evaluates its arguments once. */
#define CHECK(condition)                                                                           \
    test_check((condition) ? true : false, false, #condition, __FILE__, __LINE__)
#define REQUIRE(condition)                                                                         \
    test_check((condition) ? true : false, true, #condition, __FILE__, __LINE__)

/* Equal integers, handles as integers, HRESULT, LINEERR_: printed in decimal and hexadecimal. */
#define CHECK_EQ(actual, expected)                                                                 \
    test_check_integer((long long)(actual), (long long)(expected), false, #actual, #expected,      \
                       __FILE__, __LINE__)
#define REQUIRE_EQ(actual, expected)                                                               \
    test_check_integer((long long)(actual), (long long)(expected), true, #actual, #expected,       \
                       __FILE__, __LINE__)

/* Equal strings; a NULL equals only NULL. CHECK_WSTR takes UTF-16 (wchar_t on Windows). */
#define CHECK_STR(actual, expected)                                                                \
    test_check_string((actual), (expected), false, #actual, __FILE__, __LINE__)
#define REQUIRE_STR(actual, expected)                                                              \
    test_check_string((actual), (expected), true, #actual, __FILE__, __LINE__)
#define CHECK_WSTR(actual, expected)                                                               \
    test_check_wide((actual), (expected), #actual, __FILE__, __LINE__)

/* Equal bytes; prints the first difference. */
#define CHECK_BYTES(actual, expected, size)                                                        \
    test_check_bytes((actual), (expected), (size), #actual, __FILE__, __LINE__)

/* A failure with a sentence of its own. */
#define FAIL(...) test_fail(__FILE__, __LINE__, __VA_ARGS__)

/* Leaves the test, which counts as skipped: only for what this machine cannot do, with the reason.
 */
#define SKIP(...) test_skip(__VA_ARGS__)

/* Fills an output with 0xCC before the call that must write it. */
#define POISON(object)          memset(&(object), 0xCC, sizeof(object))
#define POISON_BYTES(at, size_) memset((at), 0xCC, (size_))
#define IS_POISON(object)       test_is_poison(&(object), sizeof(object))

bool test_check(bool passed, bool fatal, const char *what, const char *file, int line);
bool test_check_integer(long long actual, long long expected, bool fatal, const char *actual_text,
                        const char *expected_text, const char *file, int line);
bool test_check_string(const char *actual, const char *expected, bool fatal, const char *what,
                       const char *file, int line);
bool test_check_wide(const void *actual, const void *expected, const char *what, const char *file,
                     int line);
bool test_check_bytes(const void *actual, const void *expected, size_t size, const char *what,
                      const char *file, int line);
bool test_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void test_skip(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
bool test_is_poison(const void *at, size_t size);

/* Prints a line under the running test, also from other threads. */
void test_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Milliseconds of a steady clock. */
unsigned long long test_clock(void);

/* What main() does; for a program that needs a main of its own around it. */
int test_main(int argc, char **argv);

#endif
