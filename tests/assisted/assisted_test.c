/* assisted_test.c - assisted telephony as C programs see it: who hears of a request, who may take
 * it, what becomes of those that nobody took, and the user's order of applications. */
#include <windows.h>
#include <tapi.h>

#include "tapi32/private.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define MAKECALL  LINEREQUESTMODE_MAKECALL
#define MEDIACALL LINEREQUESTMODE_MEDIACALL
#define DROP      LINEREQUESTMODE_DROP

static const WCHAR priorities[] =
    L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\HandoffPriorities";

static void forget_priorities(void)
{
    RegDeleteKeyW(HKEY_CURRENT_USER, priorities);
}

TEST_BEFORE
{
    forget_priorities();
}

TEST_AFTER
{
    struct open_tapi_counters counters;
    forget_priorities();
    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps, 0);
    CHECK_EQ(counters.handles, 0);
    CHECK_EQ(counters.messages, 0);
    CHECK_EQ(counters.providers, 0);
}

/* An application whose module is `module` (NULL: the program), with lineGetMessage. */
static HLINEAPP start_as(const WCHAR *module)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = 0x00020002, devices;
    HLINEAPP app = 0;
    HINSTANCE instance = module != NULL ? GetModuleHandleW(module) : NULL;
    REQUIRE(module == NULL || instance != NULL);
    REQUIRE_EQ(lineInitializeExW(&app, instance, NULL, L"test", &devices, &version, &params), 0);
    return app;
}

static HLINEAPP start(void)
{
    return start_as(NULL);
}

static void stop(HLINEAPP app)
{
    CHECK_EQ(lineShutdown(app), 0);
}

static void expect_request(HLINEAPP app, DWORD instance, DWORD mode, DWORD_PTR p2, DWORD_PTR p3)
{
    LINEMESSAGE message;
    POISON(message);
    REQUIRE_EQ(lineGetMessage(app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, LINE_REQUEST);
    CHECK_EQ(message.hDevice, 0);
    CHECK_EQ(message.dwCallbackInstance, instance);
    CHECK_EQ(message.dwParam1, mode);
    CHECK_EQ(message.dwParam2, p2);
    CHECK_EQ(message.dwParam3, p3);
}

/* Messages are filed before the function that causes them returns. */
static void expect_nothing(HLINEAPP app)
{
    LINEMESSAGE message;
    CHECK_EQ(lineGetMessage(app, &message, 0), LINEERR_OPERATIONFAILED);
}

static void expect_taken(HLINEAPP app, const WCHAR *address)
{
    LINEREQMAKECALLW request;
    POISON(request);
    REQUIRE_EQ(lineGetRequestW(app, MAKECALL, &request), 0);
    CHECK_WSTR(request.szDestAddress, address);
}

static void expect_not_taken(HLINEAPP app, LONG error)
{
    LINEREQMAKECALLW request;
    CHECK_EQ(lineGetRequestW(app, MAKECALL, &request), error);
}

static LONG make(const WCHAR *address)
{
    return tapiRequestMakeCallW(address, NULL, NULL, NULL);
}

TEST(without_a_recipient_nobody_calls)
{
    HLINEAPP app;
    CHECK_EQ(make(L"5550100"), TAPIERR_NOREQUESTRECIPIENT); /* before any lineInitialize */
    app = start();
    CHECK_EQ(make(L"5550100"), TAPIERR_NOREQUESTRECIPIENT);
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, DROP | MEDIACALL, TRUE), 0);
    CHECK_EQ(make(L"5550100"), TAPIERR_NOREQUESTRECIPIENT);
    expect_nothing(app);
    stop(app);
}

TEST(the_recipient_hears_and_takes)
{
    HLINEAPP app = start();
    LINEREQMAKECALLW request;
    CHECK_EQ(lineRegisterRequestRecipient(app, 0x89ABCDEF, MAKECALL, TRUE), 0);
    CHECK_EQ(tapiRequestMakeCallW(L"+1 (425) 555-0100", L"Sheet", L"Zo\u00eb", L"a comment"), 0);
    CHECK_EQ(make(L"5550101"), 0);
    expect_request(app, 0x89ABCDEF, MAKECALL, 0, 0);
    expect_request(app, 0x89ABCDEF, MAKECALL, 0, 0);
    expect_nothing(app);
    POISON(request);
    REQUIRE_EQ(lineGetRequestW(app, MAKECALL, &request), 0);
    CHECK_WSTR(request.szDestAddress, L"+1 (425) 555-0100");
    CHECK_WSTR(request.szAppName, L"Sheet");
    CHECK_WSTR(request.szCalledParty, L"Zo\u00eb");
    CHECK_WSTR(request.szComment, L"a comment");
    POISON(request);
    REQUIRE_EQ(lineGetRequestW(app, MAKECALL, &request), 0);
    CHECK_WSTR(request.szDestAddress, L"5550101");
    CHECK_WSTR(request.szAppName, L"");
    CHECK_WSTR(request.szCalledParty, L"");
    CHECK_WSTR(request.szComment, L"");
    expect_not_taken(app, LINEERR_NOREQUEST);
    stop(app);
}

TEST(the_ansi_form_gives_the_same)
{
    HLINEAPP app = start();
    LINEREQMAKECALL request;
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, MAKECALL, TRUE), 0);
    CHECK_EQ(tapiRequestMakeCallA("5550100", "Sheet", NULL, "why"), 0);
    expect_request(app, 1, MAKECALL, 0, 0);
    POISON(request);
    REQUIRE_EQ(lineGetRequestA(app, MAKECALL, &request), 0);
    CHECK_STR(request.szDestAddress, "5550100");
    CHECK_STR(request.szAppName, "Sheet");
    CHECK_STR(request.szCalledParty, "");
    CHECK_STR(request.szComment, "why");
    stop(app);
}

TEST(a_long_address_is_refused_and_long_names_are_cut)
{
    HLINEAPP app = start();
    WCHAR text[200];
    LINEREQMAKECALLW request;
    for (int i = 0; i < 199; i++)
        text[i] = (WCHAR)('a' + i % 26);
    text[199] = 0;
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, MAKECALL, TRUE), 0);
    text[TAPIMAXDESTADDRESSSIZE] = 0;
    CHECK_EQ(make(text), TAPIERR_INVALDESTADDRESS);
    expect_nothing(app);
    text[TAPIMAXDESTADDRESSSIZE - 1] = 0;
    CHECK_EQ(tapiRequestMakeCallW(text, text, text, text), 0);
    REQUIRE_EQ(lineGetRequestW(app, MAKECALL, &request), 0);
    CHECK_WSTR(request.szDestAddress, text);
    CHECK_WSTR(request.szComment, text);
    CHECK_EQ(wcslen(request.szAppName), TAPIMAXAPPNAMESIZE - 1);
    CHECK_EQ(wcslen(request.szCalledParty), TAPIMAXCALLEDPARTYSIZE - 1);
    CHECK(wcsncmp(request.szAppName, text, TAPIMAXAPPNAMESIZE - 1) == 0);
    stop(app);
}

TEST(wrong_arguments)
{
    HLINEAPP app = start();
    LINEREQMAKECALLW request;
    WCHAR *nowhere = (WCHAR *)(ULONG_PTR)16;
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, 0, TRUE), LINEERR_INVALREQUESTMODE);
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, MAKECALL | 8, TRUE), LINEERR_INVALREQUESTMODE);
    CHECK_EQ(lineRegisterRequestRecipient(app + 1, 1, MAKECALL, TRUE), LINEERR_INVALAPPHANDLE);
    expect_not_taken(app, LINEERR_NOTREGISTERED);
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, MAKECALL, TRUE), 0);
    CHECK_EQ(make(NULL), TAPIERR_INVALDESTADDRESS);
    CHECK_EQ(make(nowhere), TAPIERR_INVALDESTADDRESS);
    CHECK_EQ(tapiRequestMakeCallW(L"1", nowhere, NULL, NULL), TAPIERR_INVALPOINTER);
    CHECK_EQ(tapiRequestMakeCallW(L"1", NULL, nowhere, NULL), TAPIERR_INVALPOINTER);
    CHECK_EQ(tapiRequestMakeCallW(L"1", NULL, NULL, nowhere), TAPIERR_INVALPOINTER);
    CHECK_EQ(tapiRequestMakeCallA("1", NULL, NULL, (char *)nowhere), TAPIERR_INVALPOINTER);
    expect_nothing(app);
    CHECK_EQ(make(L"1"), 0);
    CHECK_EQ(lineGetRequestW(app, MAKECALL, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetRequestW(app, MAKECALL, nowhere), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetRequestW(app, DROP, &request), LINEERR_INVALREQUESTMODE);
    CHECK_EQ(lineGetRequestW(app, 0, &request), LINEERR_INVALREQUESTMODE);
    CHECK_EQ(lineGetRequestW(app + 1, MAKECALL, &request), LINEERR_INVALAPPHANDLE);
    expect_taken(app, L"1"); /* none of these took it */
    stop(app);
    expect_not_taken(app, LINEERR_UNINITIALIZED);
}

TEST(media_calls_were_never_implemented)
{
    HLINEAPP app = start();
    LINEREQMEDIACALLW request;
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, MEDIACALL, TRUE), 0);
    CHECK_EQ(tapiRequestMediaCallW(NULL, 1, L"tapi/line", NULL, 0, 0, L"5550100", NULL, NULL, NULL),
             TAPIERR_REQUESTFAILED);
    CHECK_EQ(tapiRequestMediaCallA(NULL, 1, "tapi/line", NULL, 0, 0, "5550100", NULL, NULL, NULL),
             TAPIERR_REQUESTFAILED);
    expect_nothing(app);
    CHECK_EQ(lineGetRequestW(app, MEDIACALL, &request), LINEERR_NOREQUEST);
    stop(app);
}

TEST(a_drop_is_all_in_its_message)
{
    HLINEAPP app = start();
    HWND window = CreateWindowW(L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    REQUIRE(window != NULL);
    CHECK_EQ(tapiRequestDrop(NULL, 7), TAPIERR_INVALWINDOWHANDLE);
    CHECK_EQ(tapiRequestDrop(window, 7), TAPIERR_NOREQUESTRECIPIENT);
    CHECK_EQ(lineRegisterRequestRecipient(app, 5, DROP, TRUE), 0);
    CHECK_EQ(tapiRequestDrop(window, 0x50007), 0);
    expect_request(app, 5, DROP, (ULONG_PTR)window, 7); /* the low word of wRequestID */
    stop(app);
    CHECK_EQ(tapiRequestDrop(window, 7), TAPIERR_NOREQUESTRECIPIENT);
    DestroyWindow(window);
}

TEST(the_latest_recipient_takes_over_and_gives_back)
{
    HLINEAPP first = start(), second = start();
    CHECK_EQ(lineRegisterRequestRecipient(first, 1, MAKECALL, TRUE), 0);
    CHECK_EQ(make(L"1"), 0);
    expect_request(first, 1, MAKECALL, 0, 0);
    CHECK_EQ(lineRegisterRequestRecipient(second, 2, MAKECALL, TRUE), 0);
    expect_request(second, 2, MAKECALL, 0, 0); /* the one that waits */
    expect_not_taken(first, LINEERR_NOREQUEST);
    CHECK_EQ(make(L"2"), 0);
    expect_request(second, 2, MAKECALL, 0, 0);
    expect_nothing(first);
    expect_taken(second, L"1");
    CHECK_EQ(lineRegisterRequestRecipient(second, 2, MAKECALL, FALSE), 0);
    expect_not_taken(second, LINEERR_NOTREGISTERED);
    expect_request(first, 1, MAKECALL, 0, 0);
    expect_nothing(first);
    expect_taken(first, L"2");
    stop(second);
    stop(first);
}

TEST(a_shutdown_hands_what_waits_to_the_next)
{
    HLINEAPP first = start(), second = start();
    CHECK_EQ(lineRegisterRequestRecipient(first, 1, MAKECALL, TRUE), 0);
    CHECK_EQ(lineRegisterRequestRecipient(second, 2, MAKECALL, TRUE), 0);
    CHECK_EQ(make(L"1"), 0);
    stop(second);
    expect_request(first, 1, MAKECALL, 0, 0);
    expect_taken(first, L"1");
    stop(first);
}

TEST(requests_wait_for_the_next_recipient_until_the_last_shutdown)
{
    HLINEAPP first = start(), second = start();
    CHECK_EQ(lineRegisterRequestRecipient(first, 1, MAKECALL, TRUE), 0);
    CHECK_EQ(make(L"1"), 0);
    stop(first);
    CHECK_EQ(make(L"2"), TAPIERR_NOREQUESTRECIPIENT);
    CHECK_EQ(lineRegisterRequestRecipient(second, 2, MAKECALL, TRUE), 0);
    expect_request(second, 2, MAKECALL, 0, 0);
    expect_nothing(second);
    stop(second); /* the last one: TAPI goes, and the request with it */
    first = start();
    CHECK_EQ(lineRegisterRequestRecipient(first, 1, MAKECALL, TRUE), 0);
    expect_nothing(first);
    expect_not_taken(first, LINEERR_NOREQUEST);
    stop(first);
}

TEST(a_queue_has_an_end)
{
    HLINEAPP app = start();
    LONG result = 0;
    unsigned count = 0;
    CHECK_EQ(lineRegisterRequestRecipient(app, 1, MAKECALL, TRUE), 0);
    while (count < 100000 && (result = make(L"1")) == 0)
        count++;
    CHECK_EQ(result, TAPIERR_REQUESTQUEUEFULL);
    CHECK(count >= 100);
    expect_taken(app, L"1");
    CHECK_EQ(make(L"2"), 0); /* room again */
    stop(app);
}

TEST(the_user_orders_the_recipients)
{
    HLINEAPP listed = start_as(L"kernel32.dll"), other = start();
    DWORD rank;
    CHECK_EQ(lineSetAppPriorityW(L"KERNEL32.DLL", 0, NULL, MAKECALL, NULL, 1), 0);
    CHECK_EQ(lineRegisterRequestRecipient(listed, 1, MAKECALL, TRUE), 0);
    CHECK_EQ(lineRegisterRequestRecipient(other, 2, MAKECALL, TRUE), 0);
    CHECK_EQ(make(L"1"), 0);
    expect_request(listed, 1, MAKECALL, 0, 0);
    expect_nothing(other);
    expect_taken(listed, L"1");
    POISON(rank);
    CHECK_EQ(lineGetAppPriorityW(L"kernel32.dll", 0, NULL, MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 1);
    CHECK_EQ(lineSetAppPriorityW(L"kernel32.dll", 0, NULL, MAKECALL, NULL, 0), 0);
    CHECK_EQ(lineGetAppPriorityW(L"kernel32.dll", 0, NULL, MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 0);
    CHECK_EQ(make(L"2"), 0);
    expect_request(other, 2, MAKECALL, 0, 0);
    expect_nothing(listed);
    stop(listed);
    stop(other);
}

TEST(priorities_without_an_application)
{
    DWORD rank;
    POISON(rank);
    CHECK_EQ(lineGetAppPriorityA("a.exe", 0, NULL, MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 0);
    CHECK_EQ(lineSetAppPriorityA("a.exe", 0, NULL, MAKECALL, NULL, 1), 0);
    CHECK_EQ(lineSetAppPriorityA("b.exe", 0, NULL, MAKECALL, NULL, 1), 0);
    CHECK_EQ(lineSetAppPriorityA("c:\\x y\\c.exe", 0, NULL, MAKECALL, NULL, 1), 0);
    CHECK_EQ(lineSetAppPriorityA("B.exe", 0, NULL, MAKECALL, NULL, 1), 0);
    CHECK_EQ(lineGetAppPriorityA("b.exe", 0, NULL, MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 1);
    CHECK_EQ(lineGetAppPriorityA("c.exe", 0, NULL, MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 2);
    CHECK_EQ(lineGetAppPriorityA("a.exe", 0, NULL, MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 3);
    CHECK_EQ(lineSetAppPriorityA("c.exe", 0, NULL, MAKECALL, NULL, 0), 0);
    CHECK_EQ(lineGetAppPriorityA("a.exe", 0, NULL, MAKECALL, NULL, &rank), 0);
    CHECK_EQ(rank, 2);
    CHECK_EQ(lineGetAppPriorityA("a.exe", 0, NULL, MEDIACALL, NULL, &rank), 0);
    CHECK_EQ(rank, 0); /* a list of its own */
    CHECK_EQ(lineSetAppPriorityA("a.exe", 0, NULL, DROP, NULL, 1), LINEERR_INVALREQUESTMODE);
    CHECK_EQ(lineSetAppPriorityA("a.exe", 0, NULL, MAKECALL, NULL, 2), LINEERR_INVALPARAM);
    CHECK_EQ(lineSetAppPriorityA("", 0, NULL, MAKECALL, NULL, 1), LINEERR_INVALAPPNAME);
    CHECK_EQ(lineSetAppPriorityA(NULL, 0, NULL, MAKECALL, NULL, 1), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetAppPriorityA("a.exe", 0, NULL, MAKECALL, NULL, NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineGetAppPriorityA("", 0, NULL, MAKECALL, NULL, &rank), LINEERR_INVALAPPNAME);
    CHECK_EQ(lineGetAppPriorityA("a.exe", 0, NULL, DROP, NULL, &rank), LINEERR_INVALREQUESTMODE);
    /* media modes: tests/session/priority_test.c */
    CHECK_EQ(lineGetAppPriorityA("a.exe", LINEMEDIAMODE_INTERACTIVEVOICE, NULL, 0, NULL, &rank), 0);
    CHECK_EQ(rank, 0);
}
