/* rows.c - see rows.h. */
#include "tests/coverage/rows.h"

HLINEAPP app;
HLINE line;
HCALL call, other, made, made_too;
struct every *every;

static HMODULE module;
static DWORD number;
static HICON icon;
static BYTE bytes[64];
static LINEMONITORTONE tone = {.dwFrequency1 = 440};
static struct {
    DWORD total;
    BYTE rest[8188];
} big;
#define BIG ((void *)&big)

/* The functions. */
#define ROW(entry, flags, errors, expression)                                                      \
    static LONG call_##entry(void)                                                                 \
    {                                                                                              \
        return expression;                                                                         \
    }
#define TEXT_ROW(entry, flags, errors, name, arguments)                                            \
    static LONG call_##entry##_A(void)                                                             \
    {                                                                                              \
        return name##A arguments;                                                                  \
    }
#define T(text) text
#include "tests/coverage/line_rows.h"
#undef T
#define ROW(...)
#define TEXT_ROW(entry, flags, errors, name, arguments)                                            \
    static LONG call_##entry##_W(void)                                                             \
    {                                                                                              \
        return name##W arguments;                                                                  \
    }
#define T(text) L##text
#include "tests/coverage/line_rows.h"
#undef T

/* The lists of errors: names without LINEERR_, up to 24 of them. */
#define E(name)                                                                          (LONG) LINEERR_##name,
#define E1(a)                                                                            E(a)
#define E2(a, ...)                                                                       E(a) E1(__VA_ARGS__)
#define E3(a, ...)                                                                       E(a) E2(__VA_ARGS__)
#define E4(a, ...)                                                                       E(a) E3(__VA_ARGS__)
#define E5(a, ...)                                                                       E(a) E4(__VA_ARGS__)
#define E6(a, ...)                                                                       E(a) E5(__VA_ARGS__)
#define E7(a, ...)                                                                       E(a) E6(__VA_ARGS__)
#define E8(a, ...)                                                                       E(a) E7(__VA_ARGS__)
#define E9(a, ...)                                                                       E(a) E8(__VA_ARGS__)
#define E10(a, ...)                                                                      E(a) E9(__VA_ARGS__)
#define E11(a, ...)                                                                      E(a) E10(__VA_ARGS__)
#define E12(a, ...)                                                                      E(a) E11(__VA_ARGS__)
#define E13(a, ...)                                                                      E(a) E12(__VA_ARGS__)
#define E14(a, ...)                                                                      E(a) E13(__VA_ARGS__)
#define E15(a, ...)                                                                      E(a) E14(__VA_ARGS__)
#define E16(a, ...)                                                                      E(a) E15(__VA_ARGS__)
#define E17(a, ...)                                                                      E(a) E16(__VA_ARGS__)
#define E18(a, ...)                                                                      E(a) E17(__VA_ARGS__)
#define E19(a, ...)                                                                      E(a) E18(__VA_ARGS__)
#define E20(a, ...)                                                                      E(a) E19(__VA_ARGS__)
#define E21(a, ...)                                                                      E(a) E20(__VA_ARGS__)
#define E22(a, ...)                                                                      E(a) E21(__VA_ARGS__)
#define CHOOSE(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, ...) w
#define LIST(...)                                                                                  \
    CHOOSE(__VA_ARGS__, E22, E21, E20, E19, E18, E17, E16, E15, E14, E13, E12, E11, E10, E9, E8,   \
           E7, E6, E5, E4, E3, E2, E1)                                                             \
    (__VA_ARGS__)

#define ROW(entry, flags, errors, expression) static const LONG errors_##entry[] = {LIST errors 0};
#define TEXT_ROW(entry, flags, errors, name, arguments)                                            \
    static const LONG errors_##entry[] = {LIST errors 0};
#include "tests/coverage/line_rows.h"

const struct row line_rows[] = {
#define ROW(entry, flags, errors, expression)                                                      \
    {#entry, call_##entry, flags, EVERY_TSPI_##entry, errors_##entry},
#define TEXT_ROW(entry, flags, errors, name, arguments)                                            \
    {#name "A", call_##entry##_A, flags, EVERY_TSPI_##entry, errors_##entry},                      \
        {#name "W", call_##entry##_W, flags, EVERY_TSPI_##entry, errors_##entry},
#include "tests/coverage/line_rows.h"
};
const unsigned line_row_count = ARRAYSIZE(line_rows);

TEST_BEFORE
{
    WCHAR provider[MAX_PATH];
    GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", provider, MAX_PATH);
    module = LoadLibraryW(provider); /* ours as long as the test lasts */
    REQUIRE(module != NULL);
    every = ((every_control)(void *)GetProcAddress(module, "EveryControl"))();
    memset(every->result, 0, sizeof every->result);
    every->late = FALSE;
    every->bits = every->value = 0;
    big.total = sizeof big;
    app = 0, line = 0, call = other = made = 0;
}

TEST_AFTER
{
    struct open_tapi_counters counters;
    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps, 0);
    CHECK_EQ(counters.lines, 0);
    CHECK_EQ(counters.calls, 0);
    CHECK_EQ(counters.requests, 0);
    CHECK_EQ(counters.handles, 0);
    CHECK_EQ(counters.providers, 0);
    CHECK_EQ(counters.messages, 0);
    FreeLibrary(module);
}

LINEMESSAGE rows_next(HLINEAPP of, DWORD message)
{
    LINEMESSAGE got = {0};
    do
        if (!CHECK_EQ(lineGetMessage(of, &got, WAIT_LONG), 0))
            break;
    while (got.dwMessageID != message);
    return got;
}

LONG rows_finish(LONG result)
{
    while (result > 0) {
        LINEMESSAGE message = rows_next(app, LINE_REPLY);
        if (message.dwMessageID != LINE_REPLY)
            return LINEERR_OPERATIONFAILED;
        if (message.dwParam1 == (DWORD)result)
            return (LONG)message.dwParam2;
    }
    return result;
}

HCALL rows_make_call(void)
{
    made = 0;
    CHECK_EQ(rows_finish(lineMakeCallA(line, &made, "1", 0, NULL)), 0);
    every->line_event(every->line[0], every->call, LINE_CALLSTATE, LINECALLSTATE_CONNECTED, 0, 0);
    rows_next(app, LINE_CALLSTATE);
    return made;
}

void rows_open_as(DWORD wanted)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEEXTENSIONID extension;
    DWORD devices, version = wanted;
    REQUIRE_EQ(lineInitializeExA(&app, NULL, NULL, "rows", &devices, &version, &params), 0);
    REQUIRE_EQ(devices, EVERY_LINES);
    REQUIRE_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, wanted, &version, &extension), 0);
    REQUIRE_EQ(version, wanted);
    every->bits = 0xFF; /* among others, LINEMEDIAMODE_INTERACTIVEVOICE */
    LONG result = lineOpenA(app, 0, &line, wanted, 0, 0, LINECALLPRIVILEGE_OWNER,
                            LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
    every->bits = 0;
    REQUIRE_EQ(result, 0);
    call = rows_make_call();
    other = rows_make_call();
}

void rows_open(void)
{
    rows_open_as(VERSION);
}

void rows_close(void)
{
    CHECK_EQ(lineShutdown(app), 0);
}
