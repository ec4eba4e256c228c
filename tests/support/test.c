/* test.c - the runner behind test.h: CUnit keeps the score, this file finds, names and prints. */
#include "tests/support/test.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef _WIN32
#include <windows.h>
#include <process.h>

#include "tests/support/coverage.h"
#else
#include <time.h>
#endif

#define TESTS_MAX  2000
#define MESSAGE    1200
#define EXIT_SKIPS 77

static struct test *registered;
static void (*run_before)(void), (*run_after)(void);
static struct test *order[TESTS_MAX];
static unsigned test_count;

static struct test *current;
static unsigned long long started;
static void *leave[5]; /* where REQUIRE and SKIP jump; the builtin pair needs no unwind tables */
static char skip_reason[MESSAGE];
static unsigned passed, failed, skipped, stray;
static atomic_flag checking = ATOMIC_FLAG_INIT;

void test_register(struct test *test)
{
    test->next = registered;
    registered = test;
}

void test_register_around(void (*before)(void), void (*after)(void))
{
    if (before)
        run_before = before;
    if (after)
        run_after = after;
}

unsigned long long test_clock(void)
{
#ifdef _WIN32
    /* GetTickCount64 stands still for as long as Wine's server does. */
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (unsigned long long)(count.QuadPart / frequency.QuadPart) * 1000 +
           (unsigned long long)(count.QuadPart % frequency.QuadPart) * 1000 /
               (unsigned long long)frequency.QuadPart;
#else
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long long)now.tv_sec * 1000 + (unsigned long long)now.tv_nsec / 1000000;
#endif
}

/* checks */

/* CUnit keeps its list without a lock and knows no check outside a test; threads of a test may do
 * both. */
bool test_check(bool ok, bool fatal, const char *what, const char *file, int line)
{
    while (atomic_flag_test_and_set(&checking))
        ;
    if (current) {
        CU_assertImplementation(ok, (unsigned)line, what, file, "", CU_FALSE);
    } else if (!ok) {
        stray++;
        printf("FAILED   outside any test: %s:%d: %s\n", file, line, what);
    }
    atomic_flag_clear(&checking);
    if (!ok && fatal && current)
        __builtin_longjmp(leave, 1);
    return ok;
}

static bool fail_message(bool fatal, const char *file, int line, const char *format, va_list list)
{
    char message[MESSAGE];

    vsnprintf(message, sizeof message, format, list);
    return test_check(false, fatal, message, file, line);
}

__attribute__((format(printf, 4, 5))) static bool fail_with(bool fatal, const char *file, int line,
                                                            const char *format, ...)
{
    va_list list;

    va_start(list, format);
    fail_message(fatal, file, line, format, list);
    va_end(list);
    return false;
}

bool test_fail(const char *file, int line, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    fail_message(false, file, line, format, list);
    va_end(list);
    return false;
}

/* The bits as they are in the 32 bits of a code, where the value fits there. */
static unsigned long long bits(long long value)
{
    return value >= INT32_MIN && value < 0 ? (uint32_t)value : (unsigned long long)value;
}

bool test_check_integer(long long actual, long long expected, bool fatal, const char *actual_text,
                        const char *expected_text, const char *file, int line)
{
    /* A DWORD and a LONG of the same bits are one code, however the compiler widened them. */
    if (actual == expected || bits(actual) == bits(expected))
        return test_check(true, fatal, actual_text, file, line);
    return fail_with(fatal, file, line, "%s is %lld (0x%llx), not %s, %lld (0x%llx)", actual_text,
                     actual, bits(actual), expected_text, expected, bits(expected));
}

bool test_check_string(const char *actual, const char *expected, bool fatal, const char *what,
                       const char *file, int line)
{
    if (actual && expected ? strcmp(actual, expected) == 0 : actual == expected)
        return test_check(true, fatal, what, file, line);
    return fail_with(fatal, file, line, "%s is \"%s\", not \"%s\"", what,
                     actual ? actual : "(null)", expected ? expected : "(null)");
}

/* Enough of UTF-16 for a message: other than ASCII is shown as \xNNNN. */
static const char *narrow(const uint16_t *wide, char *to, size_t size)
{
    size_t at = 0;

    if (!wide)
        return "(null)";
    for (; *wide && at + 7 < size; wide++)
        at += (size_t)snprintf(to + at, size - at, *wide < 127 && *wide >= 32 ? "%c" : "\\x%04x",
                               *wide);
    to[at] = 0;
    return to;
}

bool test_check_wide(const void *actual, const void *expected, const char *what, const char *file,
                     int line)
{
    const uint16_t *one = actual, *two = expected;
    char text[2][MESSAGE / 3];

    if (one && two) {
        while (*one && *one == *two)
            one++, two++;
        if (*one == *two)
            return test_check(true, false, what, file, line);
    } else if (one == two) {
        return test_check(true, false, what, file, line);
    }
    return fail_with(false, file, line, "%s is \"%s\", not \"%s\"", what,
                     narrow(actual, text[0], sizeof text[0]),
                     narrow(expected, text[1], sizeof text[1]));
}

bool test_check_bytes(const void *actual, const void *expected, size_t size, const char *what,
                      const char *file, int line)
{
    const unsigned char *one = actual, *two = expected;

    for (size_t at = 0; at < size; at++)
        if (one[at] != two[at])
            return fail_with(false, file, line, "%s: byte %llu of %llu is 0x%02x, not 0x%02x", what,
                             (unsigned long long)at, (unsigned long long)size, one[at], two[at]);
    return test_check(true, false, what, file, line);
}

bool test_is_poison(const void *at, size_t size)
{
    const unsigned char *byte = at;

    while (size && *byte == 0xCC)
        byte++, size--;
    return size == 0;
}

void test_skip(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(skip_reason, sizeof skip_reason, format, list);
    va_end(list);
    __builtin_longjmp(leave, 1);
}

void test_note(const char *format, ...)
{
    char message[MESSAGE];
    va_list list;

    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    printf("         %s\n", message);
}

/* finding */

static int compare_tests(const void *left, const void *right)
{
    const struct test *one = *(struct test *const *)left, *two = *(struct test *const *)right;
    int files = strcmp(one->file, two->file);

    return files ? files : one->line - two->line;
}

/* Constructors run in an order that differs between the platforms: by file and line it is the same.
 */
static bool sort_tests(void)
{
    test_count = 0;
    for (struct test *test = registered; test; test = test->next) {
        if (test_count == TESTS_MAX)
            return false;
        order[test_count++] = test;
    }
    qsort(order, test_count, sizeof order[0], compare_tests);
    return true;
}

static void suite_name(const struct test *test, char *to, size_t size)
{
    const char *base = test->file;

    for (const char *at = test->file; *at; at++)
        if (*at == '/' || *at == '\\')
            base = at + 1;
    snprintf(to, size, "%.*s", (int)strcspn(base, "."), base);
}

static bool matches(const struct test *test, char **filters, int count)
{
    char suite[100], full[300];

    suite_name(test, suite, sizeof suite);
    snprintf(full, sizeof full, "%s/%s", suite, test->name);
    for (int i = 0; i < count; i++)
        if (strstr(full, filters[i]))
            return true;
    return count == 0;
}

/* running */

static void run_current(void)
{
    if (run_before)
        run_before();
    if (__builtin_setjmp(leave) == 0)
        current->run();
    if (run_after)
        run_after();
}

static void on_start(const CU_pTest test, const CU_pSuite suite)
{
    char name[100];

    for (unsigned i = 0; i < test_count; i++) {
        suite_name(order[i], name, sizeof name);
        if (strcmp(order[i]->name, test->pName) == 0 && strcmp(name, suite->pName) == 0)
            current = order[i];
    }
    skip_reason[0] = 0;
    printf("run      %s/%s\n", suite->pName, test->pName);
#ifdef _WIN32
    coverage_test_begins(suite->pName, test->pName);
#endif
    started = test_clock();
}

/* failure: the first of this test in CUnit's list of all, NULL when it had none. */
static void on_complete(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord failure)
{
    unsigned long long took = test_clock() - started;

    for (CU_pFailureRecord at = failure; at; at = at->pNext)
        printf("         %s:%u: %s\n", at->strFileName ? at->strFileName : "", at->uiLineNumber,
               at->strCondition ? at->strCondition : "");
    if (failure) {
        failed++;
        printf("FAILED   %s/%s (%llu ms)\n", suite->pName, test->pName, took);
    } else if (skip_reason[0]) {
        skipped++;
        printf("SKIPPED  %s/%s: %s\n", suite->pName, test->pName, skip_reason);
    } else {
        passed++;
        printf("ok       %s/%s (%llu ms)\n", suite->pName, test->pName, took);
    }
    current = NULL;
#ifdef _WIN32
    coverage_test_ends(failure == NULL && !skip_reason[0]);
#endif
}

#ifdef _WIN32
static LONG WINAPI on_crash(EXCEPTION_POINTERS *crash)
{
    HMODULE module = NULL;
    char file[MAX_PATH] = "";
    void *at = crash->ExceptionRecord->ExceptionAddress;

    GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                           GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       at, &module);
    GetModuleFileNameA(module, file, sizeof file);
    printf("CRASHED  %s: exception 0x%08lx at %p (%s + 0x%llx)\n",
           current ? current->name : "outside any test",
           (unsigned long)crash->ExceptionRecord->ExceptionCode, at, file,
           (unsigned long long)((char *)at - (char *)module));
    _exit(3);
}
#endif

static bool add_tests(char **filters, int filter_count)
{
    CU_pSuite suite = NULL;
    char name[100];

    for (unsigned i = 0; i < test_count; i++) {
        if (!matches(order[i], filters, filter_count))
            continue;
        suite_name(order[i], name, sizeof name);
        if (!suite || strcmp(suite->pName, name) != 0)
            suite = CU_add_suite(name, NULL, NULL);
        if (!suite || !CU_add_test(suite, order[i]->name, run_current)) {
            printf("cannot add %s/%s: %s\n", name, order[i]->name, CU_get_error_msg());
            return false;
        }
    }
    return true;
}

int test_main(int argc, char **argv)
{
    char name[100];
    int result = 2;

    passed = failed = skipped = stray = 0;
    setvbuf(stdout, NULL, _IONBF, 0); /* what was printed survives a crash */
#ifdef _WIN32
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetUnhandledExceptionFilter(on_crash);
#endif
    if (!sort_tests()) {
        printf("more than %d tests in one program\n", TESTS_MAX);
        return 2;
    }
    if (argc > 1 && strcmp(argv[1], "--list") == 0) {
        for (unsigned i = 0; i < test_count; i++) {
            suite_name(order[i], name, sizeof name);
            printf("%s/%s\n", name, order[i]->name);
        }
        return 0;
    }
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 2;
    if (!add_tests(argv + 1, argc - 1))
        goto done;
    CU_set_test_start_handler(on_start);
    CU_set_test_complete_handler(on_complete);
#ifdef _WIN32
    coverage_start();
#endif
    CU_run_all_tests();
#ifdef _WIN32
    coverage_finish();
#endif
    if (passed + failed + skipped == 0)
        printf("no test matches\n");
    else
        result = failed || stray ? 1 : passed ? 0 : EXIT_SKIPS;
    /* `run` adds these lines up. */
    printf("tests: %u passed, %u failed, %u skipped\n", passed, failed + stray, skipped);

done:
    CU_cleanup_registry();
    return result;
}
