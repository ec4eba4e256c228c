/* phones.c - see phones.h. */
#include "tests/coverage/phones.h"

HPHONEAPP phone_app;
HPHONE phone;

static DWORD number, number_too;
static HICON icon;
static BYTE bytes[64];
static PHONEBUTTONINFO button = {.dwTotalSize = sizeof button,
                                 .dwNeededSize = sizeof button,
                                 .dwUsedSize = sizeof button,
                                 .dwButtonMode = PHONEBUTTONMODE_FEATURE,
                                 .dwButtonFunction = PHONEBUTTONFUNCTION_HOLD};
static struct {
    DWORD total;
    BYTE rest[8188];
} big = {.total = sizeof big};
#define BIG ((void *)&big)

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
#include "tests/coverage/phone_rows.h"
#undef T
#define ROW(...)
#define TEXT_ROW(entry, flags, errors, name, arguments)                                            \
    static LONG call_##entry##_W(void)                                                             \
    {                                                                                              \
        return name##W arguments;                                                                  \
    }
#define T(text) L##text
#include "tests/coverage/phone_rows.h"
#undef T

#define E(name) (LONG) PHONEERR_##name,
#include "tests/coverage/error_list.h"

#define ROW(entry, flags, errors, expression) static const LONG errors_##entry[] = {LIST errors 0};
#define TEXT_ROW(entry, flags, errors, name, arguments)                                            \
    static const LONG errors_##entry[] = {LIST errors 0};
#include "tests/coverage/phone_rows.h"

const struct row phone_rows[] = {
#define ROW(entry, flags, errors, expression)                                                      \
    {#entry, call_##entry, flags, EVERY_TSPI_##entry, errors_##entry},
#define TEXT_ROW(entry, flags, errors, name, arguments)                                            \
    {#name "A", call_##entry##_A, flags, EVERY_TSPI_##entry, errors_##entry},                      \
        {#name "W", call_##entry##_W, flags, EVERY_TSPI_##entry, errors_##entry},
#include "tests/coverage/phone_rows.h"
};
const unsigned phone_row_count = ARRAYSIZE(phone_rows);

PHONEMESSAGE phones_next(DWORD message)
{
    PHONEMESSAGE got = {0};
    do
        if (!CHECK_EQ(phoneGetMessage(phone_app, &got, WAIT_LONG), 0))
            break;
    while (got.dwMessageID != message);
    return got;
}

LONG phones_finish(LONG result)
{
    while (result > 0) {
        PHONEMESSAGE message = phones_next(PHONE_REPLY);
        if (message.dwMessageID != PHONE_REPLY)
            return PHONEERR_OPERATIONFAILED;
        if (message.dwParam1 == (DWORD)result)
            return (LONG)message.dwParam2;
    }
    return result;
}

void phones_open_as(DWORD privilege, DWORD wanted)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    PHONEEXTENSIONID extension;
    DWORD devices, version = wanted;
    REQUIRE_EQ(phoneInitializeExA(&phone_app, NULL, NULL, "rows", &devices, &version, &params), 0);
    REQUIRE_EQ(devices, EVERY_PHONES);
    REQUIRE_EQ(phoneNegotiateAPIVersion(phone_app, 0, 0x00010003, wanted, &version, &extension), 0);
    every->bits = 0xFFFFFFFF;
    REQUIRE_EQ(phoneOpen(phone_app, 0, &phone, wanted, 0, 0, privilege), 0);
}

void phones_open(DWORD privilege)
{
    phones_open_as(privilege, VERSION);
}

void phones_close(void)
{
    every->bits = 0;
    CHECK_EQ(phoneShutdown(phone_app), 0);
}
