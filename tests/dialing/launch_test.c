/* launch_test.c - tapiRequestMakeCall starts the program that takes requests, when none runs. */
#include "tests/dialing/recipient.h"
#include "tests/dialing/user.h"
#include "tests/support/wait.h"

static struct taken *taken;
static HANDLE pad, done;

TEST_BEFORE
{
    WCHAR name[64];

    user_begin();
    wsprintfW(name, L"Local\\OpenTAPI-test-%u", (unsigned)GetCurrentProcessId());
    SetEnvironmentVariableW(RECIPIENT_PAD, name);
    pad = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*taken), name);
    taken = MapViewOfFile(pad, FILE_MAP_WRITE, 0, 0, sizeof(*taken));
    done = CreateEventW(NULL, FALSE, FALSE, lstrcatW(name, L".done"));
    REQUIRE(taken && done);
    POISON(*taken);
}

TEST_AFTER
{
    UnmapViewOfFile(taken);
    CloseHandle(pad);
    CloseHandle(done);
    user_end();
}

static void list(const WCHAR *programs)
{
    user_text(HKEY_CURRENT_USER, L"HandoffPriorities", L"RequestMakeCall", programs);
}

TEST(the_first_that_can_be_started_gets_the_request)
{
    list(L" nobody-has-this.exe ,dial_recipient.exe, another.exe");
    CHECK_EQ(tapiRequestMakeCallW(L"+1 (425) 555-0100", L"Sheet", L"Zo\u00eb\x1F", L"a = b"), 0);
    REQUIRE(wait_handle(done, 60000));
    CHECK_EQ(taken->registered, 0);
    CHECK_EQ(taken->taken, 0);
    CHECK_EQ(taken->again, LINEERR_NOREQUEST);
    CHECK_EQ(taken->inherits, FALSE);
    CHECK_WSTR(taken->request.szDestAddress, L"+1 (425) 555-0100");
    CHECK_WSTR(taken->request.szAppName, L"Sheet");
    CHECK_WSTR(taken->request.szCalledParty, L"Zo\u00eb ");
    CHECK_WSTR(taken->request.szComment, L"a = b");
}

TEST(texts_may_be_missing)
{
    list(L"dial_recipient.exe");
    CHECK_EQ(tapiRequestMakeCallA("5550100", NULL, NULL, NULL), 0);
    REQUIRE(wait_handle(done, 60000));
    CHECK_EQ(taken->taken, 0);
    CHECK_WSTR(taken->request.szDestAddress, L"5550100");
    CHECK_WSTR(taken->request.szAppName, L"");
    CHECK_WSTR(taken->request.szComment, L"");
}

TEST(nobody_can_be_started)
{
    CHECK_EQ(tapiRequestMakeCallW(L"1", NULL, NULL, NULL), TAPIERR_NOREQUESTRECIPIENT);
    list(L"");
    CHECK_EQ(tapiRequestMakeCallW(L"1", NULL, NULL, NULL), TAPIERR_NOREQUESTRECIPIENT);
    list(L"nobody-has-this.exe, ,nor-this.exe,");
    CHECK_EQ(tapiRequestMakeCallW(L"1", NULL, NULL, NULL), TAPIERR_NOREQUESTRECIPIENT);
}
