/* tspi_test.c - simpbx.tsp driven through TSPI by a TAPI made of this file, on a stepped clock. */
#include "tests/support/test.h"

#include <windows.h>
#include <tapi.h>
#include <tspi.h>
#include <stdio.h>

#include "simpbx.h"
#include "tsp/simpbx/audio_port.h"

#define ENTRIES(X)                                                                                 \
    X(lineNegotiateTSPIVersion)                                                                    \
    X(providerEnumDevices)                                                                         \
    X(providerInit)                                                                                \
    X(providerShutdown)                                                                            \
    X(providerCreateLineDevice)                                                                    \
    X(lineOpen)                                                                                    \
    X(lineClose)                                                                                   \
    X(lineCloseCall)                                                                               \
    X(lineMakeCall)                                                                                \
    X(lineAnswer)                                                                                  \
    X(lineDrop)                                                                                    \
    X(lineHold)                                                                                    \
    X(lineUnhold)                                                                                  \
    X(lineSetupTransfer)                                                                           \
    X(lineCompleteTransfer)                                                                        \
    X(lineDial)                                                                                    \
    X(linePark)                                                                                    \
    X(lineUnpark)                                                                                  \
    X(lineForward)                                                                                 \
    X(lineGetAddressStatus)                                                                        \
    X(lineGetDevCaps)                                                                              \
    X(lineGetAddressCaps)                                                                          \
    X(lineGetCallInfo)                                                                             \
    X(lineGetCallStatus)                                                                           \
    X(lineGetAddressID)                                                                            \
    X(lineGetID)                                                                                   \
    X(lineSetStatusMessages)                                                                       \
    X(lineSetCallQualityOfService)                                                                 \
    X(lineGenerateDigits)                                                                          \
    X(lineGatherDigits)                                                                            \
    X(lineMSPIdentify)                                                                             \
    X(lineCreateMSPInstance)                                                                       \
    X(lineCloseMSPInstance)                                                                        \
    X(lineReceiveMSPData)

static struct {
#define X(name) __typeof__(TSPI_##name) *name;
    ENTRIES(X)
#undef X
} tsp;

#define LINES 5 /* 101, 102, 103 and two added later */

static HMODULE module;
static ISimPBX *control;
static CRITICAL_SECTION lock;
static char events[8192];
static DWORD next_request, next_htcall, created;
static HDRVLINE line[LINES];
static HDRVCALL last_new[LINES];
static struct audio_port_offer offers[LINES];
static HANDLE noted;

static void note(const char *format, ...)
{
    va_list list;

    EnterCriticalSection(&lock);
    size_t used = strlen(events);
    if (used)
        used += (size_t)snprintf(events + used, sizeof(events) - used, "; ");
    va_start(list, format);
    vsnprintf(events + used, sizeof(events) - used, format, list);
    va_end(list);
    LeaveCriticalSection(&lock);
    SetEvent(noted);
}

/* Waits until the text is among what was heard. */
static void await(const char *text)
{
    unsigned long long deadline = test_clock() + 10000;
    BOOL there = FALSE;

    while (!there && test_clock() < deadline) {
        EnterCriticalSection(&lock);
        there = strstr(events, text) != NULL;
        LeaveCriticalSection(&lock);
        if (!there)
            WaitForSingleObject(noted, 100);
    }
}

static const char *heard(void)
{
    static char taken[sizeof(events)];

    EnterCriticalSection(&lock);
    memcpy(taken, events, sizeof(taken));
    events[0] = 0;
    LeaveCriticalSection(&lock);
    return taken;
}

#define EXPECT(text) CHECK_STR(heard(), text)

static void CALLBACK on_complete(DRV_REQUESTID id, LONG result)
{
    note(result ? "%lu failed %lx" : "%lu done", (unsigned long)id, (unsigned long)result);
}

static void CALLBACK on_event(HTAPILINE htline, HTAPICALL htcall, DWORD message, DWORD_PTR p1,
                              DWORD_PTR p2, DWORD_PTR p3)
{
    int number = (int)(INT_PTR)htline - 1;
    int call = (int)(INT_PTR)htcall;

    (void)p3;
    switch (message) {
    case LINE_NEWCALL:
        last_new[number] = (HDRVCALL)p1;
        *(HTAPICALL *)p2 = (HTAPICALL)(INT_PTR)++next_htcall;
        note("%d new call %lu", 101 + number, (unsigned long)next_htcall);
        break;
    case LINE_CALLSTATE:
        note("%d/%d state %lx", 101 + number, call, (unsigned long)p1);
        break;
    case LINE_LINEDEVSTATE:
        note("%d line %lx", 101 + number, (unsigned long)p1);
        break;
    case LINE_ADDRESSSTATE:
        note("%d address %lx", 101 + number, (unsigned long)p2);
        break;
    case LINE_GATHERDIGITS:
        note("%d/%d gathered %lx", 101 + number, call, (unsigned long)p1);
        break;
    case LINE_QOSINFO:
        note("%d/%d qos %lu", 101 + number, call, (unsigned long)p1);
        break;
    case LINE_CREATE:
        CHECK_EQ(p1, 77);
        note("create");
        CHECK_EQ(tsp.providerCreateLineDevice(p2, 1000 + created++), 0);
        break;
    case LINE_SENDMSPDATA:
        CHECK_EQ(p3, sizeof(offers[0]));
        EnterCriticalSection(&lock);
        memcpy(&offers[number], (void *)p2, sizeof(offers[0]));
        LeaveCriticalSection(&lock);
        SetEvent(noted);
        break;
    }
}

static void start_with(DWORD version, const WCHAR *config)
{
    DWORD lines = 0, phones = 1;
    BSTR text;

    if (!control) {
        HRESULT(WINAPI * get)
        (REFCLSID, REFIID, LPVOID *) =
            (__typeof__(get))(void *)GetProcAddress(module, "DllGetClassObject");
        IClassFactory *factory;
        REQUIRE_EQ(get(&CLSID_SimPBX, &IID_IClassFactory, (void **)&factory), S_OK);
        REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ISimPBX, (void **)&control),
                   S_OK);
    }
    text = SysAllocString(config);
    REQUIRE_EQ(ISimPBX_LoadText(control, text), S_OK);
    SysFreeString(text);
    REQUIRE_EQ(tsp.providerEnumDevices(1, &lines, &phones, (HPROVIDER)77, on_event, NULL), 0);
    REQUIRE_EQ(lines, 3);
    REQUIRE_EQ(phones, 0);
    REQUIRE_EQ(tsp.providerInit(version, 1, 10, 0, lines, phones, on_complete, NULL), 0);
    for (DWORD i = 0; i < lines; i++) {
        POISON(line[i]);
        REQUIRE_EQ(tsp.lineOpen(10 + i, (HTAPILINE)(INT_PTR)(i + 1), &line[i], version, on_event),
                   0);
    }
}

static const WCHAR office[] = L"clock stepped\nextension 101 \"Alice\"\nextension 102 \"B\x00f6"
                              L"b\"\nextension 103\noutside 5550100 answer 300\nbandwidth 128\n";

static void start(void)
{
    start_with(0x00030001, office);
}

static void step(LONG ms)
{
    CHECK_EQ(ISimPBX_Step(control, ms), S_OK);
}

TEST_BEFORE
{
    InitializeCriticalSection(&lock);
    noted = CreateEventW(NULL, FALSE, FALSE, NULL);
    events[0] = 0;
    next_request = 0;
    next_htcall = 0;
    created = 0;
    module = LoadLibraryW(L"simpbx.tsp");
    REQUIRE(module != NULL);
#define X(name)                                                                                    \
    tsp.name = (__typeof__(tsp.name))(void *)GetProcAddress(module, "TSPI_" #name);                \
    REQUIRE(tsp.name != NULL);
    ENTRIES(X)
#undef X
}

TEST_AFTER
{
    tsp.providerShutdown(0x00030001, 1);
    if (control) {
        ISimPBX_Reset(control);
        CHECK_EQ(ISimPBX_Release(control), 0);
        control = NULL;
    }
    HRESULT(WINAPI * can_unload)
    (void) = (__typeof__(can_unload))(void *)GetProcAddress(module, "DllCanUnloadNow");
    CHECK_EQ(can_unload(), S_OK);
    CHECK(FreeLibrary(module));
    CHECK(GetModuleHandleW(L"simpbx.tsp") == NULL);
    CloseHandle(noted);
    DeleteCriticalSection(&lock);
}

static HDRVCALL make(int from, const WCHAR *number)
{
    HDRVCALL call;
    LONG result;

    POISON(call);
    result = tsp.lineMakeCall(++next_request, line[from], (HTAPICALL)(INT_PTR)++next_htcall, &call,
                              number, 0, NULL);
    REQUIRE_EQ(result, (LONG)next_request);
    return call;
}

static LONG drop(HDRVCALL call)
{
    return tsp.lineDrop(++next_request, call, NULL, 0);
}

TEST(versions)
{
    DWORD version;

    CHECK_EQ(tsp.lineNegotiateTSPIVersion((DWORD)INITIALIZE_NEGOTIATION, 0x00010003, 0x00030001,
                                          &version),
             0);
    CHECK_EQ(version, 0x00030001);
    CHECK_EQ(tsp.lineNegotiateTSPIVersion((DWORD)INITIALIZE_NEGOTIATION, 0x00010003, 0x00020001,
                                          &version),
             0);
    CHECK_EQ(version, 0x00020001);
    CHECK_EQ(tsp.lineNegotiateTSPIVersion((DWORD)INITIALIZE_NEGOTIATION, 0x00040000, 0x00050000,
                                          &version),
             (LONG)LINEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(version, 0);
    CHECK_EQ(tsp.lineNegotiateTSPIVersion(99, 0x00010003, 0x00030001, &version),
             (LONG)LINEERR_BADDEVICEID);
}

TEST(a_whole_call)
{
    start();
    HDRVCALL a = make(0, L"102");
    EXPECT(
        "1 done; 101/1 state 10; 101/1 state 200; 102 new call 2; 102/2 state 2; 101/1 state 20");
    HDRVCALL b = last_new[1];
    CHECK_EQ(tsp.lineAnswer(++next_request, b, NULL, 0), 2);
    EXPECT("2 done; 102/2 state 100; 101/1 state 100");
    CHECK_EQ(tsp.lineHold(++next_request, a), 3);
    EXPECT("3 done; 101/1 state 400; 102/2 state 100");
    CHECK_EQ(tsp.lineHold(++next_request, a), (LONG)LINEERR_INVALCALLSTATE);
    EXPECT("");
    CHECK_EQ(tsp.lineUnhold(++next_request, a), 5);
    heard();
    CHECK_EQ(drop(b), 6);
    EXPECT("6 done; 101/1 state 4000; 102/2 state 1");
    CHECK_EQ(drop(a), 7);
    CHECK_EQ(tsp.lineCloseCall(a), 0);
    CHECK_EQ(tsp.lineCloseCall(a), (LONG)LINEERR_INVALCALLHANDLE);
    CHECK_EQ(drop(a), (LONG)LINEERR_INVALCALLHANDLE);
    CHECK_EQ(tsp.lineCloseCall(b), 0);
}

TEST(consultation_transfer)
{
    HDRVCALL consult;

    start();
    HDRVCALL a = make(0, L"102");
    tsp.lineAnswer(++next_request, last_new[1], NULL, 0);
    heard();
    CHECK_EQ(
        tsp.lineSetupTransfer(++next_request, a, (HTAPICALL)(INT_PTR)++next_htcall, &consult, NULL),
        3);
    EXPECT("3 done; 101/1 state 2000; 102/2 state 100; 101/3 state 8");
    CHECK_EQ(tsp.lineDial(++next_request, consult, L"103", 0), 4);
    tsp.lineAnswer(++next_request, last_new[2], NULL, 0);
    heard();
    CHECK_EQ(
        tsp.lineCompleteTransfer(++next_request, a, consult, NULL, NULL, LINETRANSFERMODE_TRANSFER),
        6);
    EXPECT("6 done; 101/1 state 1; 101/3 state 1; 102/2 state 100");
}

TEST(capabilities_in_every_version)
{
    static const struct {
        DWORD version, dev, address, info, status;
    } sizes[] = {{0x00010003, 240, 180, 296, 36},
                 {0x00010004, 240, 180, 296, 36},
                 {0x00020000, 252, 228, 324, 56},
                 {0x00020002, 268, 228, 324, 56},
                 {0x00030001, 292, 228, 344, 56}};
    union {
        LINEDEVCAPS dev;
        LINEADDRESSCAPS address;
        LINECALLINFO info;
        LINECALLSTATUS status;
        BYTE bytes[2048];
    } u;

    for (size_t i = 0; i < ARRAYSIZE(sizes); i++) {
        start_with(sizes[i].version, office);
        POISON(u);
        u.dev.dwTotalSize = sizes[i].dev;
        CHECK_EQ(tsp.lineGetDevCaps(11, sizes[i].version, 0, &u.dev), 0);
        CHECK_EQ(u.dev.dwUsedSize, sizes[i].dev);
        CHECK(u.dev.dwNeededSize > sizes[i].dev);
        CHECK_EQ(u.dev.dwLineNameSize, 0);
        CHECK(u.bytes[sizes[i].dev] == 0xCC);
        u.dev.dwTotalSize = sizes[i].dev - 1;
        CHECK_EQ(tsp.lineGetDevCaps(11, sizes[i].version, 0, &u.dev),
                 (LONG)LINEERR_STRUCTURETOOSMALL);
        u.dev.dwTotalSize = sizeof(u);
        CHECK_EQ(tsp.lineGetDevCaps(11, sizes[i].version, 0, &u.dev), 0);
        CHECK_EQ(u.dev.dwUsedSize, u.dev.dwNeededSize);
        CHECK_WSTR((WCHAR *)(u.bytes + u.dev.dwLineNameOffset), L"B\x00f6"
                                                                L"b");
        CHECK(u.dev.dwProviderInfoOffset >= sizes[i].dev);
        POISON(u);
        u.address.dwTotalSize = sizeof(u);
        CHECK_EQ(tsp.lineGetAddressCaps(10, 0, sizes[i].version, 0, &u.address), 0);
        CHECK_EQ(u.address.dwAddressOffset, sizes[i].address);
        CHECK_WSTR((WCHAR *)(u.bytes + u.address.dwAddressOffset), L"101");
        HDRVCALL a = make(0, L"102");
        POISON(u);
        u.info.dwTotalSize = sizeof(u);
        u.info.hLine = 0x1234;
        CHECK_EQ(tsp.lineGetCallInfo(last_new[1], &u.info), 0);
        CHECK_EQ(u.info.hLine, 0x1234);
        CHECK_EQ(u.info.dwCallerIDOffset, sizes[i].info);
        CHECK_WSTR((WCHAR *)(u.bytes + u.info.dwCallerIDOffset), L"101");
        CHECK_WSTR((WCHAR *)(u.bytes + u.info.dwCallerIDNameOffset), L"Alice");
        CHECK_EQ(u.info.dwLineDeviceID, 11);
        POISON(u);
        u.status.dwTotalSize = sizes[i].status;
        CHECK_EQ(tsp.lineGetCallStatus(a, &u.status), 0);
        CHECK_EQ(u.status.dwCallState, LINECALLSTATE_RINGBACK);
        CHECK_EQ(u.status.dwUsedSize, sizes[i].status);
        CHECK(u.bytes[sizes[i].status] == 0xCC);
        CHECK_EQ(tsp.providerShutdown(sizes[i].version, 1), 0);
        heard();
    }
}

TEST(bad_handles_and_pointers)
{
    LINECALLSTATUS status;
    HDRVCALL call;
    DWORD id;

    start();
    CHECK_EQ(tsp.lineOpen(10, NULL, NULL, 0x00030001, on_event), (LONG)LINEERR_INVALPOINTER);
    CHECK_EQ(tsp.lineOpen(13, (HTAPILINE)1, &line[3], 0x00030001, on_event),
             (LONG)LINEERR_BADDEVICEID);
    CHECK_EQ(tsp.lineOpen(10, (HTAPILINE)1, &line[3], 0x00030001, on_event),
             (LONG)LINEERR_ALLOCATED);
    CHECK_EQ(tsp.lineMakeCall(1, (HDRVLINE)0x12345, NULL, &call, L"102", 0, NULL),
             (LONG)LINEERR_INVALLINEHANDLE);
    CHECK_EQ(tsp.lineMakeCall(1, line[0], (HTAPICALL)1, &call, L"hello", 0, NULL),
             (LONG)LINEERR_INVALADDRESS);
    CHECK(call == NULL);
    CHECK_EQ(tsp.lineAnswer(1, (HDRVCALL)(ULONG_PTR)0xFFFFFFFFu, NULL, 0),
             (LONG)LINEERR_INVALCALLHANDLE);
    status.dwTotalSize = 12;
    call = make(0, L"102");
    CHECK_EQ(tsp.lineGetCallStatus(call, &status), (LONG)LINEERR_STRUCTURETOOSMALL);
    CHECK_EQ(tsp.lineGetCallStatus(call, NULL), (LONG)LINEERR_INVALPOINTER);
    CHECK_EQ(tsp.lineGetAddressID(line[0], &id, LINEADDRESSMODE_DIALABLEADDR, L"101", 3), 0);
    CHECK_EQ(tsp.lineGetAddressID(line[0], &id, LINEADDRESSMODE_DIALABLEADDR, L"102", 3),
             (LONG)LINEERR_INVALADDRESS);
    HDRVLINE old = line[0];
    CHECK_EQ(tsp.lineClose(old), 0);
    CHECK_EQ(tsp.lineClose(old), (LONG)LINEERR_INVALLINEHANDLE);
    CHECK_EQ(tsp.lineOpen(10, (HTAPILINE)1, &line[0], 0x00030001, on_event), 0);
    CHECK(line[0] != old);
    CHECK_EQ(tsp.lineClose(old), (LONG)LINEERR_INVALLINEHANDLE);
}

TEST(status_messages)
{
    start();
    CHECK_EQ(tsp.lineSetStatusMessages(line[1], LINEDEVSTATE_RINGING,
                                       LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE),
             0);
    HDRVCALL a = make(0, L"102");
    EXPECT("1 done; 101/1 state 10; 101/1 state 200; 102 new call 2; 102/2 state 2; "
           "102 address 8; 102 line 2; 101/1 state 20");
    step(6000);
    EXPECT("102 line 2");
    drop(a);
    EXPECT("2 done; 102/2 state 4000; 102/2 state 1; 102 address 4; 101/1 state 1");
}

TEST(made_failures_and_delays)
{
    BSTR name = SysAllocString(L"TSPI_lineAnswer");

    start();
    make(0, L"102");
    heard();
    CHECK_EQ(ISimPBX_FailNext(control, name, LINEERR_OPERATIONFAILED, 1), S_OK);
    CHECK_EQ(ISimPBX_FailNext(control, name, 5, 1), E_INVALIDARG);
    CHECK_EQ(tsp.lineAnswer(50, last_new[1], NULL, 0), 50);
    EXPECT("50 failed 80000048");
    CHECK_EQ(ISimPBX_put_CompletionDelay(control, 100), S_OK);
    CHECK_EQ(tsp.lineAnswer(51, last_new[1], NULL, 0), 51);
    EXPECT("102/2 state 100; 101/1 state 100");
    step(99);
    EXPECT("");
    step(1);
    EXPECT("51 done");
    /* One that fails at once completes never. */
    CHECK_EQ(tsp.lineAnswer(52, last_new[1], NULL, 0), (LONG)LINEERR_INVALCALLSTATE);
    step(200);
    EXPECT("");
    /* What is under way when TAPI goes is completed. */
    CHECK_EQ(tsp.lineHold(53, last_new[1]), 53);
    heard();
    CHECK_EQ(tsp.providerShutdown(0x00030001, 1), 0);
    EXPECT("53 done");
    SysFreeString(name);
}

TEST(completion_on_another_thread)
{
    start();
    CHECK_EQ(ISimPBX_put_CompletionDelay(control, -1), S_OK);
    make(0, L"102");
    await("2 state 2; 101/1 state 20");
    EXPECT(
        "1 done; 101/1 state 10; 101/1 state 200; 102 new call 2; 102/2 state 2; 101/1 state 20");
}

TEST(real_clock)
{
    BSTR real = SysAllocString(L"real");

    start();
    CHECK_EQ(ISimPBX_put_Clock(control, real), S_OK);
    SysFreeString(real);
    CHECK_EQ(ISimPBX_Step(control, 1), E_UNEXPECTED);
    unsigned long long before = test_clock();
    make(0, L"5550100");
    await("101/1 state 100");
    unsigned long long took = test_clock() - before;
    CHECK(took >= 290 && took < 5000);
    EXPECT("1 done; 101/1 state 10; 101/1 state 200; 101/1 state 20; 101/1 state 100");
}

TEST(quality_of_service)
{
    struct {
        DWORD key, total, type, entries;
        LINEQOSSERVICELEVEL level[1];
    } needed = {0x4C51534B,
                sizeof(needed),
                LINEQOSREQUESTTYPE_SERVICELEVEL,
                1,
                {{LINEMEDIAMODE_INTERACTIVEVOICE, LINEQOSSERVICELEVEL_NEEDED}}};
    LONG used;

    start();
    HDRVCALL a = make(0, L"102"), b;
    tsp.lineAnswer(++next_request, b = last_new[1], NULL, 0);
    heard();
    CHECK_EQ(
        tsp.lineSetCallQualityOfService(60, a, &needed, sizeof(needed), &needed, sizeof(needed)),
        60);
    CHECK_EQ(ISimPBX_get_BandwidthInUse(control, &used), S_OK);
    CHECK_EQ(used, 128);
    CHECK_EQ(tsp.lineSetCallQualityOfService(61, b, &needed, sizeof(needed), NULL, 0),
             (LONG)LINEERR_RATEUNAVAIL);
    EXPECT("60 done");
    CHECK_EQ(ISimPBX_put_Bandwidth(control, 64), S_OK);
    EXPECT("101/1 qos 1");
    needed.entries = 1000;
    CHECK_EQ(tsp.lineSetCallQualityOfService(62, a, &needed, sizeof(needed), NULL, 0),
             (LONG)LINEERR_INVALPARAM);
}

TEST(gathered_digits_arrive_in_the_buffer)
{
    WCHAR digits[4];

    start();
    HDRVCALL a = make(0, L"102");
    tsp.lineAnswer(++next_request, last_new[1], NULL, 0);
    heard();
    POISON(digits);
    CHECK_EQ(tsp.lineGatherDigits(last_new[1], 5, LINEDIGITMODE_DTMF, digits, 3, L"#", 0, 0), 0);
    CHECK_EQ(tsp.lineGenerateDigits(a, 6, LINEDIGITMODE_DTMF, L"42#", 0), 0);
    step(1000);
    EXPECT("102/2 gathered 2");
    CHECK(digits[0] == '4' && digits[1] == '2' && digits[2] == '#');
    CHECK(digits[3] == 0xCCCC); /* three digits and not a byte more */
}

TEST(park_and_forward)
{
    struct {
        VARSTRING string;
        WCHAR text[32];
    } place;
    struct {
        DWORD total, count;
        LINEFORWARD entry;
        WCHAR number[4];
    } list;
    struct {
        LINEADDRESSSTATUS status;
        BYTE more[512];
    } status;
    HDRVCALL c;

    start();
    HDRVCALL a = make(0, L"102");
    tsp.lineAnswer(++next_request, last_new[1], NULL, 0);
    heard();
    POISON(place);
    place.string.dwTotalSize = sizeof(place);
    CHECK_EQ(tsp.linePark(70, a, LINEPARKMODE_NONDIRECTED, NULL, &place.string), 70);
    EXPECT("70 done; 101/1 state 1; 102/2 state 100");
    CHECK_WSTR((WCHAR *)((BYTE *)&place + place.string.dwStringOffset), L"700");
    CHECK_EQ(tsp.lineUnpark(71, line[2], 0, (HTAPICALL)9, &c, L"700"), 71);
    EXPECT("71 done; 103/9 state 100; 102/2 state 100");

    memset(&list, 0, sizeof(list));
    list.total = sizeof(list);
    list.count = 1;
    list.entry.dwForwardMode = LINEFORWARDMODE_UNCOND;
    list.entry.dwDestAddressSize = 8;
    list.entry.dwDestAddressOffset = offsetof(__typeof__(list), number);
    memcpy(list.number, L"103", 8);
    CHECK_EQ(tsp.lineForward(72, line[0], TRUE, 0, (LINEFORWARDLIST *)&list, 0, NULL, NULL, NULL),
             72);
    status.status.dwTotalSize = sizeof(status);
    CHECK_EQ(tsp.lineGetAddressStatus(line[0], 0, &status.status), 0);
    CHECK_EQ(status.status.dwForwardNumEntries, 1);
    list.count = 1000000;
    CHECK_EQ(tsp.lineForward(73, line[0], TRUE, 0, (LINEFORWARDLIST *)&list, 0, NULL, NULL, NULL),
             (LONG)LINEERR_STRUCTURETOOSMALL);
}

TEST(a_line_that_comes_later)
{
    BSTR number = SysAllocString(L"104"), name = SysAllocString(L"Dave");

    start();
    CHECK_EQ(ISimPBX_AddExtension(control, number, name), S_OK);
    EXPECT("create");
    CHECK_EQ(ISimPBX_AddExtension(control, number, name), E_INVALIDARG);
    CHECK_EQ(tsp.lineOpen(1000, (HTAPILINE)4, &line[3], 0x00030001, on_event), 0);
    make(0, L"104");
    EXPECT(
        "1 done; 101/1 state 10; 101/1 state 200; 104 new call 2; 104/2 state 2; 101/1 state 20");
    SysFreeString(number);
    SysFreeString(name);
}

TEST(calls_that_were_there_before)
{
    BSTR from = SysAllocString(L"5559876"), name = SysAllocString(L"Visitor"),
         to = SysAllocString(L"102");
    LONG id = 0;

    start();
    CHECK_EQ(tsp.lineClose(line[1]), 0);
    CHECK_EQ(ISimPBX_Inject(control, from, name, to, &id), S_OK);
    EXPECT("");
    CHECK_EQ(tsp.lineOpen(11, (HTAPILINE)2, &line[1], 0x00030001, on_event), 0);
    EXPECT("102 new call 1; 102/1 state 2");
    SysFreeString(from);
    SysFreeString(name);
    SysFreeString(to);
}

/* --- sound --- */

struct port {
    HANDLE mapping, put[2], take[2];
    struct audio_port *shared;
};

/* Under the real clock the provider's worker may be the one that delivers the offer. */
static void open_port(struct port *port, const struct audio_port_offer *offer)
{
    unsigned long long deadline = test_clock() + 10000;
    WCHAR name[96];
    BOOL there = FALSE;

    while (!there && test_clock() < deadline) {
        EnterCriticalSection(&lock);
        there = offer->open;
        LeaveCriticalSection(&lock);
        if (!there)
            WaitForSingleObject(noted, 100);
    }
    REQUIRE_EQ(offer->magic, AUDIO_PORT_MAGIC);
    REQUIRE_EQ(offer->open, 1);
    port->mapping = OpenFileMappingW(FILE_MAP_WRITE, FALSE, (const WCHAR *)offer->name);
    REQUIRE(port->mapping != NULL);
    port->shared = MapViewOfFile(port->mapping, FILE_MAP_WRITE, 0, 0, sizeof(*port->shared));
    REQUIRE(port->shared != NULL);
    port->shared->listening = 1;
    for (int i = 0; i < 2; i++) {
        swprintf(name, ARRAYSIZE(name), L"%ls.put%d", (const WCHAR *)offer->name, i);
        port->put[i] = OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, name);
        swprintf(name, ARRAYSIZE(name), L"%ls.take%d", (const WCHAR *)offer->name, i);
        port->take[i] = OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, name);
        REQUIRE(port->put[i] && port->take[i]);
    }
}

static void close_port(struct port *port)
{
    for (int i = 0; i < 2; i++) {
        CloseHandle(port->put[i]);
        CloseHandle(port->take[i]);
    }
    UnmapViewOfFile(port->shared);
    CloseHandle(port->mapping);
}

static void put(struct audio_ring *ring, DWORD kind, const BYTE *bytes, DWORD size)
{
    struct audio_packet packet = {kind, size};
    DWORD at = ring->put;

    for (DWORD i = 0; i < sizeof(packet); i++)
        ring->bytes[at++ % AUDIO_RING_BYTES] = ((BYTE *)&packet)[i];
    for (DWORD i = 0; i < size; i++)
        ring->bytes[at++ % AUDIO_RING_BYTES] = bytes[i];
    ring->put = at;
}

static BYTE get(struct audio_ring *ring)
{
    return ring->bytes[ring->take++ % AUDIO_RING_BYTES];
}

static BYTE sample(DWORD i)
{
    return (BYTE)(i * 7 + i / 251);
}

static LONG ask_for_port(HDRVLINE hdline, HDRVCALL call, HDRVMSPLINE msp)
{
    struct audio_port_request request = {AUDIO_PORT_MAGIC, 3};

    return tsp.lineReceiveMSPData(hdline, call, msp, &request, sizeof(request));
}

/* So many bytes through a call, whose rings are far smaller: every byte arrives, in order. */
static void carry(DWORD total, DWORD packet_bytes)
{
    struct port from, to;
    DWORD sent = 0, got = 0, left = 0, wrong = 0;
    BYTE packet[4000];
    HDRVMSPLINE msp[2];
    GUID clsid;
    BOOL ended = FALSE;

    CHECK_EQ(tsp.lineMSPIdentify(10, &clsid), 0);
    memset(offers, 0, sizeof(offers));
    CHECK_EQ(tsp.lineCreateMSPInstance(line[0], 0, (HTAPIMSPLINE)1, &msp[0]), 0);
    HDRVCALL a = make(0, L"102");
    /* One asks before the call is connected, the other has no instance before that. */
    CHECK_EQ(ask_for_port(line[0], a, msp[0]), 0);
    CHECK_EQ(offers[0].open, 0);
    tsp.lineAnswer(++next_request, last_new[1], NULL, 0);
    CHECK_EQ(tsp.lineCreateMSPInstance(line[1], 0, (HTAPIMSPLINE)2, &msp[1]), 0);
    CHECK_EQ(ask_for_port(line[1], last_new[1], msp[1]), 0);
    CHECK_EQ(ask_for_port(line[1], last_new[1], msp[0]), 0); /* twice is harmless */
    open_port(&from, &offers[0]);
    open_port(&to, &offers[1]);
    struct audio_ring *say = &from.shared->ring[AUDIO_TO_EXCHANGE];
    struct audio_ring *hear = &to.shared->ring[AUDIO_FROM_EXCHANGE];
    unsigned long long deadline = test_clock() + 20000;
    while (!ended && test_clock() < deadline) {
        BOOL moved = FALSE;
        DWORD size = total - sent < packet_bytes ? total - sent : packet_bytes;
        if (sent <= total && AUDIO_RING_BYTES - (say->put - say->take) >= 8 + packet_bytes) {
            for (DWORD i = 0; i < size; i++)
                packet[i] = sample(sent + i);
            put(say, size ? AUDIO_DATA : AUDIO_END, packet, size);
            sent += size ? size : 1;
            SetEvent(from.put[AUDIO_TO_EXCHANGE]);
            moved = TRUE;
        }
        while (hear->put != hear->take) {
            DWORD head[2];
            for (DWORD i = 0; i < 8; i++)
                ((BYTE *)head)[i] = get(hear);
            ended = head[0] == AUDIO_END;
            for (left = head[1]; left; left--)
                wrong += get(hear) != sample(got++);
            SetEvent(to.take[AUDIO_FROM_EXCHANGE]);
            moved = TRUE;
        }
        if (!moved) {
            HANDLE both[2] = {from.take[AUDIO_TO_EXCHANGE], to.put[AUDIO_FROM_EXCHANGE]};
            WaitForMultipleObjects(2, both, FALSE, 1000);
        }
    }
    CHECK(ended);
    CHECK_EQ(got, total);
    CHECK_EQ(wrong, 0);
    drop(a);
    CHECK_EQ(to.shared->closed, 1);
    for (DWORD open = 1; open && test_clock() < deadline + 10000;) {
        EnterCriticalSection(&lock);
        open = offers[1].open;
        LeaveCriticalSection(&lock);
        if (open)
            WaitForSingleObject(noted, 100);
    }
    CHECK_EQ(offers[1].open, 0);
    CHECK_EQ(tsp.lineCloseMSPInstance(msp[0]), 0);
    CHECK_EQ(tsp.lineCloseMSPInstance(msp[0]), (LONG)LINEERR_INVALPARAM);
    close_port(&from);
    close_port(&to);
}

TEST(sound_as_fast_as_it_goes)
{
    start();
    carry(1000000, 3999);
}

TEST(sound_in_real_time)
{
    BSTR real = SysAllocString(L"real");

    start();
    CHECK_EQ(ISimPBX_put_Clock(control, real), S_OK);
    SysFreeString(real);
    unsigned long long before = test_clock();
    carry(16000, 320); /* a second of 16,000 bytes/s */
    unsigned long long took = test_clock() - before;
    test_note("a second of sound took %llu ms", took);
    CHECK(took > 800 && took < 3000);
}

TEST(hostile_packets_close_the_port)
{
    struct port from;
    HDRVMSPLINE msp;

    start();
    memset(offers, 0, sizeof(offers));
    CHECK_EQ(tsp.lineCreateMSPInstance(line[0], 0, (HTAPIMSPLINE)1, &msp), 0);
    CHECK_EQ(ask_for_port(line[0], make(0, L"102"), msp), 0);
    tsp.lineAnswer(++next_request, last_new[1], NULL, 0);
    open_port(&from, &offers[0]);
    put(&from.shared->ring[AUDIO_TO_EXCHANGE], AUDIO_DATA, NULL, 0);
    memset(from.shared->ring[AUDIO_TO_EXCHANGE].bytes, 0xFF, 8);
    SetEvent(from.put[AUDIO_TO_EXCHANGE]);
    unsigned long long deadline = test_clock() + 10000;
    while (!from.shared->closed && test_clock() < deadline)
        WaitForSingleObject(from.take[AUDIO_TO_EXCHANGE], 50);
    CHECK_EQ(from.shared->closed, 1);
    close_port(&from);
}

/* --- the control object --- */

TEST(control_through_dispatch)
{
    static const WCHAR *names[] = {L"Clock",  L"Now",       L"Step",     L"Inject", L"Calls",
                                   L"Parked", L"Bandwidth", L"FailNext", L"Reset",  L"Extensions"};
    VARIANT result, arguments[3];
    DISPPARAMS parameters = {arguments, NULL, 0, 0};
    DISPPARAMS none = {NULL, NULL, 0, 0};
    EXCEPINFO exception;
    IDispatch *dispatch;
    DISPID id;

    start();
    REQUIRE_EQ(ISimPBX_QueryInterface(control, &IID_IDispatch, (void **)&dispatch), S_OK);
    for (size_t i = 0; i < ARRAYSIZE(names); i++)
        CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, (LPOLESTR *)&names[i], 1, 0, &id),
                 S_OK);
    VariantInit(&result);
    CHECK_EQ(IDispatch_Invoke(dispatch, id, &IID_NULL, 0, DISPATCH_PROPERTYGET, &none, &result,
                              NULL, NULL),
             S_OK);
    CHECK_EQ(V_VT(&result), VT_I4);
    CHECK_EQ(V_I4(&result), 3);
    /* Answer of a number that does not ring: an exception with a sentence. */
    WCHAR *answer = L"Answer";
    CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, &answer, 1, 0, &id), S_OK);
    V_VT(&arguments[0]) = VT_BSTR;
    V_BSTR(&arguments[0]) = SysAllocString(L"103");
    parameters.cArgs = 1;
    memset(&exception, 0, sizeof(exception));
    CHECK_EQ(IDispatch_Invoke(dispatch, id, &IID_NULL, 0, DISPATCH_METHOD, &parameters, NULL,
                              &exception, NULL),
             DISP_E_EXCEPTION);
    CHECK_WSTR(exception.bstrDescription, L"Answer 103: no call of theirs is in a state for it");
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrHelpFile);
    VariantClear(&arguments[0]);
    IDispatch_Release(dispatch);
}

TEST(control_looks_and_resets)
{
    LONG ms;
    BSTR text;

    start();
    make(0, L"102");
    CHECK_EQ(ISimPBX_get_Calls(control, &text), S_OK);
    CHECK_WSTR(text, L"1\t101\t102\tringback\r\n1\t102\t101\toffering\r\n");
    SysFreeString(text);
    CHECK_EQ(ISimPBX_get_Log(control, &text), S_OK);
    CHECK(wcsstr(text, L"\t101\t102\tcalls\n") != NULL);
    CHECK(wcsstr(text, L"\t101\t102\trings\n") != NULL);
    SysFreeString(text);
    CHECK_EQ(ISimPBX_StepToNext(control, &ms), S_OK);
    CHECK_EQ(ms, 120000);
    CHECK_EQ(ISimPBX_StepToNext(control, &ms), S_OK);
    CHECK_EQ(ms, -1);
    heard();
    make(1, L"103");
    CHECK_EQ(ISimPBX_Reset(control), S_OK);
    CHECK_EQ(ISimPBX_get_Calls(control, &text), S_OK);
    CHECK_WSTR(text, L"");
    SysFreeString(text);
}

static DWORD WINAPI bother(void *context)
{
    VARIANT who;

    (void)context;
    V_VT(&who) = VT_BSTR;
    V_BSTR(&who) = SysAllocString(L"102");
    for (int i = 0; i < 200; i++) {
        BSTR text;
        ISimPBX_Step(control, 10);
        ISimPBX_Answer(control, who);
        if (SUCCEEDED(ISimPBX_get_Calls(control, &text)))
            SysFreeString(text);
        ISimPBX_Hangup(control, who);
    }
    VariantClear(&who);
    return 0;
}

TEST(control_from_many_threads)
{
    HANDLE threads[4];

    start();
    for (int i = 0; i < 4; i++)
        threads[i] = CreateThread(NULL, 0, bother, NULL, 0, NULL);
    for (int i = 0; i < 200; i++) {
        HDRVCALL a = make(0, L"102"), b = last_new[1];
        drop(a);
        drop(b);
        tsp.lineCloseCall(a);
        tsp.lineCloseCall(b);
        heard();
    }
    CHECK_EQ(WaitForMultipleObjects(4, threads, TRUE, 60000), WAIT_OBJECT_0);
    for (int i = 0; i < 4; i++)
        CloseHandle(threads[i]);
}
