/*
 * bank_test.c - a program on bank.tsp: 64 lines at once, calls that end before they are answered,
 * lines that come and go, consoles, a dialog that a request asks for, what the provider has not
 * got.
 */
#include <windows.h>
#include <tapi.h>

#include <stdio.h>
#include <stdlib.h>

#include "tests/strangers/bank.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

static HLINEAPP app;
static DWORD devices;
static HLINE lines[BANK_LINES];
static struct bank *bank;

static void *export(const char *name)
{
    HMODULE module = GetModuleHandleA("bank.tsp");
    FARPROC function = module ? GetProcAddress(module, name) : NULL;

    REQUIRE(function != NULL);
    return (void *)function;
}

static void start(void)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = 0x00020001;

    REQUIRE_EQ(lineInitializeExA(&app, NULL, NULL, "Teller", &devices, &version, &params), 0);
    REQUIRE_EQ(devices, BANK_LINES);
    bank = ((bank_control *)export("BankControl"))();
    memset(lines, 0, sizeof(lines));
    bank->states_first = bank->silent = 0;
}

static void open_line(DWORD device, DWORD privileges)
{
    LINEEXTENSIONID extension;
    DWORD version;

    REQUIRE_EQ(lineNegotiateAPIVersion(app, device, 0x00010004, 0x00020001, &version, &extension),
               0);
    /* the provider is of 2.0; what TAPI itself can do is another thing */
    CHECK(version >= 0x00020000 && version <= 0x00020001);
    REQUIRE_EQ(lineOpen(app, device, &lines[device], version, 0, device, privileges,
                        privileges == LINECALLPRIVILEGE_NONE ? 0 : LINEMEDIAMODE_INTERACTIVEVOICE,
                        NULL),
               0);
}

static void stop(void)
{
    CHECK_EQ(lineShutdown(app), 0);
    if (GetModuleHandleA("bank.tsp")) {
        CHECK_EQ(bank->running, 0);
        CHECK_EQ(bank->trouble, 0);
    }
}

static bool next(LINEMESSAGE *message)
{
    memset(message, 0xCC, sizeof(*message));
    return CHECK_EQ(lineGetMessage(app, message, WAIT_LONG), 0);
}

/* The next messages, in short: r reply, n new call, i call info, states by letter. */
static char letter(const LINEMESSAGE *m)
{
    switch (m->dwMessageID) {
    case LINE_REPLY:
        return m->dwParam2 ? 'R' : 'r';
    case LINE_APPNEWCALL:
        return 'n';
    case LINE_CALLINFO:
        return 'i';
    case LINE_CREATE:
        return '+';
    case LINE_REMOVE:
        return '-';
    case LINE_CLOSE:
        return 'x';
    case LINE_CALLSTATE:
        switch (m->dwParam1) {
        case LINECALLSTATE_OFFERING:
            return 'O';
        case LINECALLSTATE_DIALING:
            return 'D';
        case LINECALLSTATE_PROCEEDING:
            return 'P';
        case LINECALLSTATE_CONNECTED:
            return 'C';
        case LINECALLSTATE_DISCONNECTED:
            return 'E';
        case LINECALLSTATE_IDLE:
            return 'I';
        }
    }
    return '?';
}

static HCALL newest;

static void expect_at(int line, const char *text)
{
    char got[32] = "";
    size_t n = strlen(text);

    for (size_t i = 0; i < n; i++) {
        LINEMESSAGE m;
        if (lineGetMessage(app, &m, WAIT_LONG))
            break;
        got[i] = letter(&m);
        if (got[i] == 'n')
            newest = (HCALL)m.dwParam2;
    }
    test_check_string(got, text, false, "messages", __FILE__, line);
}
#define expect(text) expect_at(__LINE__, text)

TEST(sixty_four_lines_say_what_they_are)
{
    start();
    for (DWORD i = 0; i < devices; i++) {
        LINEEXTENSIONID extension;
        DWORD version, size = sizeof(LINEDEVCAPS);
        LINEDEVCAPS *caps = malloc(size);
        LINEADDRESSCAPS *address = calloc(1, 1024);
        char name[32];

        CHECK_EQ(lineNegotiateAPIVersion(app, i, 0x00010003, 0x00020001, &version, &extension), 0);
        CHECK_EQ(extension.dwExtensionID0 | extension.dwExtensionID1 | extension.dwExtensionID2 |
                     extension.dwExtensionID3,
                 0);
        memset(caps, 0xCC, size);
        caps->dwTotalSize = size;
        CHECK_EQ(lineGetDevCaps(app, i, version, 0, caps), 0);
        CHECK_EQ(caps->dwPermanentLineID, 0xBA00 + i);
        CHECK(caps->dwNeededSize >= caps->dwUsedSize);
        size = caps->dwNeededSize;
        caps = realloc(caps, size);
        memset(caps, 0xCC, size);
        caps->dwTotalSize = size;
        CHECK_EQ(lineGetDevCaps(app, i, version, 0, caps), 0);
        CHECK_EQ(caps->dwNeededSize, size);
        if (i % 2) {
            CHECK_EQ(caps->dwLineNameSize, 0);
            CHECK_EQ(caps->dwProviderInfoSize, 0);
        } else {
            sprintf(name, "Trunk %u", (unsigned)i);
            CHECK_STR((char *)caps + caps->dwLineNameOffset, name);
            CHECK_STR((char *)caps + caps->dwProviderInfoOffset, "Bank Exchange Service Provider");
        }
        CHECK_EQ(caps->dwMaxNumActiveCalls, 1);
        address->dwTotalSize = 1024;
        CHECK_EQ(lineGetAddressCaps(app, i, 0, version, 0, address), 0);
        CHECK_EQ(address->dwAddressSize, 0);
        CHECK_EQ(address->dwNumCompletionMessages, 0);
        CHECK_EQ(address->dwLineDeviceID, i);
        free(address);
        free(caps);
    }
    stop();
}

TEST(sixty_four_calls)
{
    static HCALL calls[BANK_LINES];
    DWORD connected = 0, replies = 0, idle = 0;
    LINEMESSAGE m;

    start();
    for (DWORD i = 0; i < BANK_LINES; i++)
        open_line(i, LINECALLPRIVILEGE_NONE);
    for (int round = 0; round < 2; round++) {
        bank->states_first = round;
        connected = replies = idle = 0;
        memset(calls, 0, sizeof(calls));
        for (DWORD i = 0; i < BANK_LINES; i++)
            CHECK(lineMakeCall(lines[i], &calls[i], "5551000", 0, NULL) > 0);
        while ((connected < BANK_LINES || replies < BANK_LINES) && next(&m)) {
            connected += letter(&m) == 'C';
            replies += letter(&m) == 'r';
            if (m.dwMessageID == LINE_CALLSTATE && m.dwCallbackInstance < BANK_LINES)
                CHECK_EQ(m.hDevice, calls[m.dwCallbackInstance]);
        }
        for (DWORD i = 0; i < BANK_LINES; i++)
            CHECK(lineDrop(calls[i], NULL, 0) > 0);
        while ((idle < BANK_LINES || replies < 2 * BANK_LINES) && next(&m)) {
            idle += letter(&m) == 'I';
            replies += letter(&m) == 'r';
        }
        for (DWORD i = 0; i < BANK_LINES; i++)
            CHECK_EQ(lineDeallocateCall(calls[i]), 0);
        CHECK_EQ(bank->calls, 0);
    }
    stop();
}

TEST(requests_that_are_open_at_the_end)
{
    HCALL call = 0;

    start();
    open_line(0, LINECALLPRIVILEGE_NONE);
    open_line(1, LINECALLPRIVILEGE_NONE);
    CHECK(lineMakeCall(lines[0], &call, "1", 0, NULL) > 0);
    bank->silent = 1; /* never completed */
    CHECK(lineMakeCall(lines[1], &call, "1", 0, NULL) > 0);
    stop();
}

TEST(somebody_calls)
{
    bank_ring *ring;
    bank_hang_up *hang_up;
    LINEMESSAGE m;
    union {
        LINECALLINFO info;
        BYTE bytes[1024];
    } u;

    start();
    ring = (bank_ring *)export("BankRing");
    hang_up = (bank_hang_up *)export("BankHangUp");
    open_line(0, LINECALLPRIVILEGE_OWNER);
    CHECK_EQ(ring(0, ' '), 0);
    expect("nO");
    u.info.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetCallInfo(newest, &u.info), 0);
    CHECK_STR((char *)u.bytes + u.info.dwCallerIDOffset, "5550100");
    hang_up(0);
    expect("EI");
    CHECK_EQ(lineDeallocateCall(newest), 0);
    CHECK_EQ(ring(0, 'w'), 0);
    expect("nO");
    CHECK(lineAnswer(newest, NULL, 0) > 0);
    expect("rC");
    CHECK(lineDrop(newest, NULL, 0) > 0);
    expect("rI");
    CHECK_EQ(lineDeallocateCall(newest), 0);
    /* What comes of a call before its first state is nobody's yet. */
    CHECK_EQ(ring(0, 'i'), 0);
    expect("nO");
    hang_up(0);
    expect("EI");
    CHECK_EQ(lineDeallocateCall(newest), 0);
    CHECK_EQ(lineGetMessage(app, &m, 0), LINEERR_OPERATIONFAILED);
    CHECK_EQ(bank->calls, 0);
    stop();
}

TEST(what_it_has_not_got)
{
    HCALL call = 0, consult = 0;
    HICON icon = NULL;
    union {
        VARSTRING id;
        LINEDEVSTATUS status;
        LINEADDRESSSTATUS address;
        BYTE bytes[512];
    } u;
    DWORD id = 99;

    start();
    open_line(3, LINECALLPRIVILEGE_NONE);
    CHECK(lineMakeCall(lines[3], &call, "1", 0, NULL) > 0);
    expect("rDPC");
    CHECK_EQ(lineHold(call), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineSetupTransfer(call, &consult, NULL), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineBlindTransfer(call, "2", 0), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineGenerateDigits(call, LINEDIGITMODE_DTMF, "1", 0), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(linePark(call, LINEPARKMODE_DIRECTED, "1", NULL), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineSendUserUserInfo(call, "x", 1), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineGetIcon(3, NULL, &icon), 0);
    CHECK(icon != NULL);
    u.id.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetID(lines[3], 0, 0, LINECALLSELECT_LINE, &u.id, "wave/out"),
             LINEERR_OPERATIONUNAVAIL);
    u.id.dwTotalSize = sizeof(u);
    if (CHECK_EQ(lineGetID(lines[3], 0, 0, LINECALLSELECT_LINE, &u.id, "tapi/line"), 0)) {
        memcpy(&id, u.bytes + u.id.dwStringOffset, 4);
        CHECK_EQ(id, 3);
    }
    u.status.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetLineDevStatus(lines[3], &u.status), 0);
    CHECK_EQ(u.status.dwNumOpens, 1);
    CHECK_EQ(u.status.dwNumActiveCalls, 1);
    u.address.dwTotalSize = sizeof(u);
    CHECK_EQ(lineGetAddressStatus(lines[3], 0, &u.address), 0);
    CHECK_EQ(u.address.dwNumActiveCalls, 1);
    CHECK_EQ(lineGetAddressStatus(lines[3], 1, &u.address), LINEERR_INVALADDRESSID);
    CHECK_EQ(lineConfigDialog(3, NULL, NULL), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineClose(lines[3]), 0);
    stop();
}

TEST(lines_that_come_and_go)
{
    bank_change *change;
    LINEMESSAGE m;
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE line = 0;

    start();
    change = (bank_change *)export("BankChange");
    open_line(0, LINECALLPRIVILEGE_OWNER);
    change('L');
    REQUIRE(next(&m));
    CHECK_EQ(m.dwMessageID, LINE_CREATE);
    CHECK_EQ(m.dwParam1, BANK_LINES);
    CHECK_EQ(m.hDevice, 0);
    CHECK_EQ(lineNegotiateAPIVersion(app, BANK_LINES, 0x00010004, 0x00020000, &version, &extension),
             0);
    CHECK_EQ(lineOpen(app, BANK_LINES, &line, version, 0, 0x88, LINECALLPRIVILEGE_MONITOR, 0, NULL),
             0);
    change('l');
    REQUIRE(next(&m));
    CHECK_EQ(m.dwMessageID, LINE_CLOSE);
    CHECK_EQ(m.hDevice, line);
    CHECK_EQ(m.dwCallbackInstance, 0x88);
    REQUIRE(next(&m));
    CHECK_EQ(m.dwMessageID, LINE_REMOVE);
    CHECK_EQ(m.dwParam1, BANK_LINES);
    CHECK_EQ(lineClose(line), LINEERR_INVALLINEHANDLE);
    CHECK(lineOpen(app, BANK_LINES, &line, version, 0, 0x88, LINECALLPRIVILEGE_MONITOR, 0, NULL) <
          0);
    change('c');
    REQUIRE(next(&m));
    CHECK_EQ(m.dwMessageID, LINE_CLOSE);
    CHECK_EQ(m.hDevice, lines[0]);
    stop();
}

TEST(a_dialog_before_the_answer)
{
    char params[] = "PIN";
    LINEMESSAGE m;
    LONG id;

    start();
    open_line(5, LINECALLPRIVILEGE_NONE);
    id = lineDevSpecific(lines[5], 0, 0, params, sizeof(params));
    CHECK(id > 0);
    REQUIRE(next(&m));
    CHECK_EQ(m.dwMessageID, LINE_REPLY);
    CHECK_EQ(m.dwParam1, id);
    CHECK_EQ(m.dwParam2, 0);
    CHECK_EQ(bank->dialog_data, 1);
    stop();
}

/* ---- the consoles, by a program of TAPI 1.4 -------------------------------------------------- */

static char phone_log[64];
static DWORD phone_thread;

static void CALLBACK on_phone(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1,
                              DWORD_PTR p2, DWORD_PTR p3)
{
    size_t n = strlen(phone_log);

    (void)device;
    CHECK_EQ(GetCurrentThreadId(), phone_thread);
    if (message == PHONE_REPLY) {
        phone_log[n++] = p2 ? 'R' : 'r';
    } else if (message == PHONE_BUTTON) {
        CHECK_EQ(instance, 0xC0);
        CHECK_EQ(p2, PHONEBUTTONMODE_FEATURE);
        phone_log[n++] = (char)('0' + p1);
        phone_log[n++] = p3 == PHONEBUTTONSTATE_DOWN ? 'd' : 'u';
    } else if (message == PHONE_CREATE) {
        CHECK_EQ(p1, BANK_PHONES);
        phone_log[n++] = '+';
    } else {
        phone_log[n++] = '?';
    }
    phone_log[n] = 0;
}

static bool phone_logged(void *text)
{
    return strlen(phone_log) >= strlen(text);
}

static void phone_expect_at(int line, const char *text)
{
    wait_until(phone_logged, (void *)text, NULL, WAIT_LONG);
    wait_pumping(NULL, 0);
    test_check_string(phone_log, text, false, "messages", __FILE__, line);
    phone_log[0] = 0;
}
#define phone_expect(text) phone_expect_at(__LINE__, text)

TEST(a_console_of_tapi_14)
{
    HPHONEAPP phones;
    HPHONE phone = 0;
    DWORD count = 0, version = 0, mode = 0, button_modes = 0, button_states = 0, states = 0;
    PHONEEXTENSIONID extension;
    union {
        PHONECAPS caps;
        PHONESTATUS status;
        VARSTRING text;
        BYTE bytes[1024];
    } u;

    phone_thread = GetCurrentThreadId();
    phone_log[0] = 0;
    REQUIRE_EQ(phoneInitialize(&phones, GetModuleHandle(NULL), on_phone, "Console", &count), 0);
    REQUIRE_EQ(count, BANK_PHONES);
    bank = ((bank_control *)export("BankControl"))();
    bank->silent = 0;
    REQUIRE_EQ(phoneNegotiateAPIVersion(phones, 0, 0x00010003, 0x00010004, &version, &extension),
               0);
    CHECK_EQ(version, 0x00010004);
    memset(&u, 0xCC, sizeof(u));
    u.caps.dwTotalSize = sizeof(u);
    CHECK_EQ(phoneGetDevCaps(phones, 0, version, 0, &u.caps), 0);
    CHECK_STR((char *)u.bytes + u.caps.dwPhoneNameOffset, "Console");
    CHECK_EQ(u.caps.dwNumButtonLamps, 8);
    CHECK_EQ(u.caps.dwButtonModesSize, 0);
    REQUIRE_EQ(phoneOpen(phones, 0, &phone, version, 0, 0xC0, PHONEPRIVILEGE_OWNER), 0);
    CHECK_EQ(phoneSetStatusMessages(phone, 0, PHONEBUTTONMODE_FEATURE,
                                    PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN),
             0);
    CHECK_EQ(phoneGetStatusMessages(phone, &states, &button_modes, &button_states), 0);
    CHECK_EQ(button_modes, PHONEBUTTONMODE_FEATURE);
    ((bank_press *)export("BankPress"))(0, 4);
    phone_expect("4d4u");
    CHECK(phoneSetLamp(phone, 4, PHONELAMPMODE_FLASH) > 0);
    phone_expect("r");
    CHECK_EQ(phoneGetLamp(phone, 4, &mode), 0);
    CHECK_EQ(mode, PHONELAMPMODE_FLASH);
    CHECK_EQ(phoneSetLamp(phone, 9, PHONELAMPMODE_FLASH), PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(phoneSetRing(phone, 1, 0), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetHookSwitch(phone, &mode), PHONEERR_OPERATIONUNAVAIL);
    u.text.dwTotalSize = sizeof(u);
    CHECK_EQ(phoneGetDisplay(phone, &u.text), PHONEERR_OPERATIONUNAVAIL);
    u.status.dwTotalSize = sizeof(u);
    CHECK_EQ(phoneGetStatus(phone, &u.status), 0);
    CHECK_EQ(u.status.dwNumOwners, 1);
    ((bank_change *)export("BankChange"))('P');
    phone_expect("+");
    CHECK_EQ(phoneClose(phone), 0);
    CHECK_EQ(phoneShutdown(phones), 0);
    if (GetModuleHandleA("bank.tsp"))
        CHECK_EQ(bank->trouble, 0);
}

/* ---- the end in the middle of everything ----------------------------------------------------- */

static volatile LONG ended, made;

static DWORD WINAPI dial_until_the_end(void *context)
{
    DWORD line = (DWORD)(DWORD_PTR)context;

    while (!ended) {
        HCALL call = 0;
        LINECALLINFO info = {.dwTotalSize = sizeof(info)};
        LONG id = lineMakeCall(lines[line], &call, "5551000", 0, NULL);
        if (id > 0)
            InterlockedIncrement(&made);
        else if (id != (LONG)LINEERR_CALLUNAVAIL && id != (LONG)LINEERR_INVALLINEHANDLE &&
                 id != (LONG)LINEERR_UNINITIALIZED && id != (LONG)LINEERR_OPERATIONFAILED)
            FAIL("lineMakeCall: 0x%x", (unsigned)id);
        lineGetCallInfo(call, &info);
        if (made % 3)
            lineDrop(call, NULL, 0); /* mostly too early, or too late */
        SwitchToThread();
        if (id == (LONG)LINEERR_INVALLINEHANDLE || id == (LONG)LINEERR_UNINITIALIZED)
            break;
    }
    return 0;
}

static DWORD WINAPI read_until_the_end(void *unused)
{
    LINEMESSAGE message;

    (void)unused;
    while (lineGetMessage(app, &message, INFINITE) == 0) {
        HCALL call = (HCALL)(DWORD_PTR)message.hDevice;
        if (letter(&message) == 'C')
            lineDrop(call, NULL, 0);
        else if (letter(&message) == 'I')
            lineDeallocateCall(call);
    }
    return 0;
}

TEST(the_end_in_the_middle_of_everything)
{
    for (int round = 0; round < 12; round++) {
        HANDLE threads[6];
        LONG before = made + 30;

        start();
        for (DWORD i = 0; i < 4; i++)
            open_line(i, LINECALLPRIVILEGE_OWNER);
        ended = 0;
        bank->states_first = round & 1;
        for (DWORD i = 0; i < 4; i++)
            threads[i] = CreateThread(NULL, 0, dial_until_the_end, (void *)(DWORD_PTR)i, 0, NULL);
        threads[4] = CreateThread(NULL, 0, read_until_the_end, NULL, 0, NULL);
        threads[5] = CreateThread(NULL, 0, read_until_the_end, NULL, 0, NULL);
        for (unsigned long long end = test_clock() + WAIT_LONG;
             made < before && test_clock() < end;)
            SwitchToThread();
        if (round % 3 == 1) /* the provider takes a line away, too */
            ((bank_change *)export("BankChange"))('c');
        if (round % 3 == 2)
            CHECK_EQ(lineClose(lines[1]), 0);
        CHECK_EQ(lineShutdown(app), 0);
        ended = 1;
        if (!CHECK_EQ(WaitForMultipleObjects(6, threads, TRUE, WAIT_LONG), WAIT_OBJECT_0))
            return;
        for (int i = 0; i < 6; i++)
            CloseHandle(threads[i]);
        if (GetModuleHandleA("bank.tsp")) {
            CHECK_EQ(bank->trouble, 0);
            CHECK_EQ(bank->calls, 0);
            CHECK_EQ(bank->open_lines, 0);
            CHECK_EQ(bank->running, 0);
        }
    }
    CHECK(made > 100);
}
