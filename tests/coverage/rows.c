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

/* The lists of errors. */
#define E(name) (LONG) LINEERR_##name,
#include "tests/coverage/error_list.h"

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
    memset(every->calls, 0, sizeof every->calls);
    every->bits = every->value = every->options = every->format = 0;
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
