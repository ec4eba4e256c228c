/* tspi_test.c - versions, calls, capabilities and features of simpbx.tsp through TSPI. */
#include "tspi.h"

TEST_BEFORE
{
    tspi_load();
}

TEST_AFTER
{
    tspi_unload();
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
    test_note("an answer after 300 ms took %llu ms", test_clock() - before);
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
