/* tspi_phone_test.c - phones through TSPI: life, capabilities, the nine operations. */
#include "tspi_phone.h"

#include "tsp/simpbx/simpbx_ext.h"

TEST_BEFORE
{
    tspi_phone_load();
}

TEST_AFTER
{
    tspi_phone_unload();
}

/* --- versions and life --- */

TEST(versions)
{
    PHONEEXTENSIONID id;
    DWORD version;

    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00010003, 0x00030001, &version),
             ERR(BADDEVICEID));
    start(0x00020002);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion((DWORD)INITIALIZE_NEGOTIATION, 0x00010003, 0x00020001,
                                           &version),
             0);
    CHECK_EQ(version, 0x00020001);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00010003, 0x00040000, &version), 0);
    CHECK_EQ(version, 0x00030001);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00040000, 0x00050000, &version),
             ERR(INCOMPATIBLEAPIVERSION));
    CHECK_EQ(version, 0);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00010003, 0x00020000, NULL),
             ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE + 2, 0x00010003, 0x00020000, &version),
             ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneGetExtensionID(PHONE_BASE, 0x00020002, &id), 0);
    CHECK_EQ(id.dwExtensionID0, SIMPBX_EXT_ID0);
    CHECK_EQ(tsp.phoneGetExtensionID(99, 0x00020002, &id), ERR(BADDEVICEID));
    CHECK_EQ(id.dwExtensionID0, 0);
    CHECK_EQ(tsp.phoneGetExtensionID(PHONE_BASE, 0x00020002, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneNegotiateExtVersion(PHONE_BASE, 0x00020002, 0, 9, &version), 0);
    CHECK_EQ(version, SIMPBX_EXT_VERSION);
    CHECK_EQ(tsp.phoneNegotiateExtVersion(PHONE_BASE, 0x00020002, 2, 9, &version),
             ERR(INCOMPATIBLEEXTVERSION));
    CHECK_EQ(tsp.phoneNegotiateExtVersion(99, 0x00020002, 0, 9, &version), ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneNegotiateExtVersion(PHONE_BASE, 0x00020002, 0, 9, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneSelectExtVersion(phone, 2), ERR(INVALEXTVERSION));
    CHECK_EQ(tsp.phoneSelectExtVersion(STALE, 1), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneSelectExtVersion(phone, 1), 0);
}

TEST(open_and_close)
{
    HDRVPHONE second;

    start(0x00020002);
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)6, &second, 0x00020002, on_phone),
             ERR(ALLOCATED));
    CHECK(second == NULL);
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE + 9, (HTAPIPHONE)(INT_PTR)6, &second, 0x00020002, on_phone),
             ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)6, NULL, 0x00020002, on_phone),
             ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)6, &second, 0x00050000, on_phone),
             ERR(INCOMPATIBLEAPIVERSION));
    CHECK_EQ(tsp.phoneClose(phone), 0);
    CHECK_EQ(tsp.phoneClose(phone), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneSetRing(++request, phone, 0, 0), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)5, &second, 0x00020002, on_phone), 0);
    CHECK(second != phone && second != NULL);
    CHECK_EQ(tsp.phoneSetStatusMessages(phone, 0, 0, 0), ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(a_phone_that_comes_later)
{
    HDRVPHONE late;
    LONG count;

    start(0x00020002);
    CHECK_EQ(hand(do_add, L"103", L"buttons 2"), S_OK);
    EXPECT("create");
    CHECK_EQ(hand(do_add, L"103", L""), E_INVALIDARG);
    CHECK_EQ(hand(do_add, L"104", L""), E_INVALIDARG);
    CHECK_EQ(hand(do_add, L"103", L"wheels 4"), E_INVALIDARG);
    CHECK_EQ(ISimPBX_get_Phones(control, &count), S_OK);
    CHECK_EQ(count, 3);
    CHECK_EQ(tsp.phoneOpen(1000, (HTAPIPHONE)(INT_PTR)5, &late, 0x00020002, on_phone), 0);
    CHECK_EQ(tsp.providerCreatePhoneDevice(9, 5), ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneClose(late), 0);
}

/* --- capabilities --- */

TEST(capabilities_in_every_version)
{
    static const struct {
        DWORD version, size;
    } sizes[] = {{0x00010003, 144}, {0x00010004, 144}, {0x00020000, 180},
                 {0x00020001, 180}, {0x00020002, 196}, {0x00030001, 196}};
    union {
        PHONECAPS caps;
        BYTE bytes[2048];
    } u;

    start(0x00020002);
    for (size_t i = 0; i < ARRAYSIZE(sizes); i++) {
        DWORD size = sizes[i].size;
        memset(&u, 0xAA, sizeof(u));
        u.caps.dwTotalSize = size - 1;
        CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, sizes[i].version, 0, &u.caps),
                 ERR(STRUCTURETOOSMALL));
        u.caps.dwTotalSize = size;
        CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, sizes[i].version, 0, &u.caps), 0);
        CHECK_EQ(u.caps.dwUsedSize, size);
        CHECK(u.caps.dwNeededSize > size);
        CHECK_EQ(u.bytes[size], 0xAA);
        u.caps.dwTotalSize = sizeof(u);
        CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, sizes[i].version, 0, &u.caps), 0);
        CHECK_EQ(u.caps.dwUsedSize, u.caps.dwNeededSize);
        CHECK_EQ(u.caps.dwProviderInfoOffset, size);
        CHECK_EQ(u.bytes[u.caps.dwUsedSize], 0xAA);
    }
    CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, 0x00050000, 0, &u.caps), ERR(INCOMPATIBLEAPIVERSION));
    CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, 0x00020000, 0, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetDevCaps(1, 0x00020000, 0, &u.caps), ERR(BADDEVICEID));
}

TEST(capabilities)
{
    union {
        PHONECAPS caps;
        BYTE bytes[2048];
    } u;

    start(0x00020002);
    memset(&u, 0xAA, sizeof(u));
    u.caps.dwTotalSize = sizeof(u);
    REQUIRE_EQ(tsp.phoneGetDevCaps(PHONE_BASE, 0x00020002, 0, &u.caps), 0);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.caps.dwPhoneNameOffset), L"Alice"));
    CHECK_EQ(u.caps.dwStringFormat, STRINGFORMAT_ASCII);
    CHECK_EQ(u.caps.dwHookSwitchDevs,
             PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET);
    CHECK_EQ(u.caps.dwHandsetHookSwitchModes, PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC |
                                                  PHONEHOOKSWITCHMODE_SPEAKER |
                                                  PHONEHOOKSWITCHMODE_MICSPEAKER);
    CHECK_EQ(u.caps.dwDisplayNumRows, 2);
    CHECK_EQ(u.caps.dwDisplayNumColumns, 24);
    CHECK_EQ(u.caps.dwNumRingModes, 4);
    REQUIRE_EQ(u.caps.dwNumButtonLamps, BUTTONS);
    CHECK_EQ(u.caps.dwButtonModesSize, BUTTONS * 4);
    const DWORD *modes = (DWORD *)(u.bytes + u.caps.dwButtonModesOffset);
    const DWORD *functions = (DWORD *)(u.bytes + u.caps.dwButtonFunctionsOffset);
    const DWORD *lamps = (DWORD *)(u.bytes + u.caps.dwLampModesOffset);
    CHECK_EQ(modes[0], PHONEBUTTONMODE_KEYPAD);
    CHECK_EQ(lamps[11], PHONELAMPMODE_DUMMY);
    CHECK_EQ(modes[CALL_1], PHONEBUTTONMODE_CALL);
    CHECK_EQ(functions[CALL_1], PHONEBUTTONFUNCTION_CALLAPP);
    CHECK_EQ(lamps[CALL_1], PHONELAMPMODE_OFF | PHONELAMPMODE_STEADY | PHONELAMPMODE_WINK |
                                PHONELAMPMODE_FLASH | PHONELAMPMODE_FLUTTER |
                                PHONELAMPMODE_BROKENFLUTTER);
    CHECK_EQ(modes[HOLD], PHONEBUTTONMODE_FEATURE);
    CHECK_EQ(functions[HOLD], PHONEBUTTONFUNCTION_HOLD);
    CHECK_EQ(functions[MESSAGE], PHONEBUTTONFUNCTION_MSGINDICATOR);
    CHECK_EQ(modes[LOUDER], PHONEBUTTONMODE_LOCAL);
    CHECK_EQ(functions[LOUDER], PHONEBUTTONFUNCTION_VOLUMEUP);
    CHECK_EQ(u.caps.dwNumSetData, 2);
    CHECK_EQ(*(DWORD *)(u.bytes + u.caps.dwSetDataOffset), 256);
    CHECK_EQ(*(DWORD *)(u.bytes + u.caps.dwGetDataOffset + 4), 1024);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.caps.dwDeviceClassesOffset), L"tapi/phone"));
    CHECK(u.caps.dwPhoneFeatures & PHONEFEATURE_SETHOOKSWITCHHEADSET);
    CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE + 1, 0x00020002, 0, &u.caps), 0);
    CHECK_EQ(u.caps.dwNumButtonLamps, BUTTONS - 3);
}

static DWORD id_of(LONG result, const VARSTRING *string)
{
    CHECK_EQ(result, 0);
    CHECK_EQ(string->dwStringFormat, STRINGFORMAT_BINARY);
    REQUIRE_EQ(string->dwStringSize, sizeof(DWORD));
    return *(const DWORD *)((const BYTE *)string + string->dwStringOffset);
}

TEST(lines_and_phones_know_each_other)
{
    union {
        VARSTRING string;
        LINEDEVCAPS caps;
        BYTE bytes[2048];
    } u;
    HICON icon;

    start(0x00020002);
    u.string.dwTotalSize = sizeof(u);
    CHECK_EQ(id_of(tsp.phoneGetID(phone, &u.string, L"TAPI/line", NULL), &u.string), LINE_BASE);
    CHECK_EQ(id_of(tsp.phoneGetID(phone, &u.string, L"tapi/phone", NULL), &u.string), PHONE_BASE);
    CHECK_EQ(
        id_of(tsp.lineGetID(line, 0, NULL, LINECALLSELECT_LINE, &u.string, L"tapi/phone", NULL),
              &u.string),
        PHONE_BASE);
    CHECK_EQ(tsp.phoneGetID(phone, &u.string, L"wave/in", NULL), ERR(INVALDEVICECLASS));
    CHECK_EQ(tsp.phoneGetID(STALE, &u.string, L"tapi/line", NULL), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetID(phone, NULL, L"tapi/line", NULL), ERR(INVALPOINTER));
    u.string.dwTotalSize = sizeof(VARSTRING) - 1;
    CHECK_EQ(tsp.phoneGetID(phone, &u.string, L"tapi/line", NULL), ERR(STRUCTURETOOSMALL));
    u.caps.dwTotalSize = sizeof(u);
    CHECK_EQ(tsp.lineGetDevCaps(LINE_BASE, 0x00020002, 0, &u.caps), 0);
    CHECK_EQ(u.caps.dwDeviceClassesSize, sizeof(L"tapi/line\0tapi/phone\0"));
    CHECK_EQ(tsp.lineGetDevCaps(LINE_BASE + 2, 0x00020002, 0, &u.caps), 0);
    CHECK_EQ(u.caps.dwDeviceClassesSize, sizeof(L"tapi/line\0"));
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, L"tapi/phone", &icon), 0);
    CHECK(icon != NULL);
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, NULL, &icon), 0);
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, L"comm", &icon), ERR(INVALDEVICECLASS));
    CHECK_EQ(tsp.phoneGetIcon(99, NULL, &icon), ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, NULL, NULL), ERR(INVALPOINTER));
}

/* --- the nine asynchronous operations, and what reads back --- */

TEST(volume_and_gain)
{
    DWORD level;

    start(0x00020002);
    CHECK_EQ(tsp.phoneSetVolume(++request, phone, PHONEHOOKSWITCHDEV_SPEAKER, 0x1234), 1);
    EXPECT("1 done; state 2000 1234");
    CHECK_EQ(tsp.phoneGetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, &level), 0);
    CHECK_EQ(level, 0x1234);
    CHECK_EQ(tsp.phoneSetGain(++request, phone, PHONEHOOKSWITCHDEV_HEADSET, 0x4321), 2);
    EXPECT("2 done; state 20000 4321");
    CHECK_EQ(tsp.phoneGetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, &level), 0);
    CHECK_EQ(level, 0x4321);
    CHECK_EQ(tsp.phoneSetVolume(++request, phone, 3, 1), ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneSetGain(++request, phone, 0, 1), ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneSetGain(++request, STALE, 1, 1), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetVolume(phone, 3, &level), ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneGetGain(phone, 1, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetGain(STALE, 1, &level), ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(ring_and_lamps)
{
    DWORD mode, volume;

    start(0x00020002);
    CHECK_EQ(tsp.phoneSetRing(++request, phone, 3, 0xFFFF), 1);
    EXPECT("1 done; state 100 ffff; state 80 3");
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, &volume), 0);
    CHECK_EQ(mode, 3);
    CHECK_EQ(volume, 0xFFFF);
    CHECK_EQ(tsp.phoneSetRing(++request, phone, 5, 0), ERR(INVALRINGMODE));
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetRing(STALE, &mode, &volume), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_FLUTTER), 3);
    EXPECT("3 done; state 40 16");
    CHECK_EQ(tsp.phoneGetLamp(phone, FREE_1, &mode), 0);
    CHECK_EQ(mode, PHONELAMPMODE_FLUTTER);
    CHECK_EQ(tsp.phoneGetLamp(phone, 0, &mode), 0);
    CHECK_EQ(mode, PHONELAMPMODE_DUMMY);
    CHECK_EQ(tsp.phoneGetLamp(phone, BUTTONS, &mode), ERR(INVALBUTTONLAMPID));
    CHECK_EQ(tsp.phoneGetLamp(phone, 0, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_UNKNOWN), ERR(INVALLAMPMODE));
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, 0, PHONELAMPMODE_OFF), ERR(INVALBUTTONLAMPID));
    EXPECT("");
}

TEST(button_info)
{
    union {
        PHONEBUTTONINFO info;
        BYTE bytes[256];
    } u;

    start(0x00020002);
    memset(&u, 0, sizeof(u));
    u.info.dwTotalSize = sizeof(u);
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, HOLD, &u.info), 0);
    CHECK_EQ(u.info.dwButtonMode, PHONEBUTTONMODE_FEATURE);
    CHECK_EQ(u.info.dwButtonFunction, PHONEBUTTONFUNCTION_HOLD);
    CHECK_EQ(u.info.dwButtonState, PHONEBUTTONSTATE_UP);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.info.dwButtonTextOffset), L"Hold"));
    u.info.dwButtonFunction = PHONEBUTTONFUNCTION_ABBREVDIAL;
    u.info.dwButtonTextOffset = sizeof(u.info);
    u.info.dwButtonTextSize = sizeof(L"102");
    memcpy(u.bytes + sizeof(u.info), L"102", sizeof(L"102"));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, FREE_1, &u.info), 1);
    EXPECT("1 done; state 400000 0");
    memset(u.bytes + 12, 0, sizeof(u) - 12);
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, FREE_1, &u.info), 0);
    CHECK_EQ(u.info.dwButtonFunction, PHONEBUTTONFUNCTION_ABBREVDIAL);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.info.dwButtonTextOffset), L"102"));
    PRESS(L"102"); /* it is called what is written on it */
    CHECK(strstr(heard(), "button 22 4 down; new call; call 8; call 10; call 200; call 20; button "
                          "22 4 up") != NULL);
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, BUTTONS, &u.info), ERR(INVALBUTTONLAMPID));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, 1, &u.info), ERR(INVALBUTTONMODE));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, 1, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, 1, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetButtonInfo(STALE, 1, &u.info), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, BUTTONS, &u.info), ERR(INVALBUTTONLAMPID));
    u.info.dwTotalSize = sizeof(u.info) - 1;
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, 1, &u.info), ERR(STRUCTURETOOSMALL));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, 1, &u.info), ERR(STRUCTURETOOSMALL));
}

TEST(display)
{
    union {
        VARSTRING string;
        BYTE bytes[128];
    } u;

    start(0x00020002);
    u.string.dwTotalSize = sizeof(u);
    CHECK_EQ(tsp.phoneGetDisplay(phone, &u.string), 0);
    CHECK_EQ(u.string.dwStringFormat, STRINGFORMAT_ASCII);
    REQUIRE_EQ(u.string.dwStringSize, 48);
    CHECK(!memcmp(u.bytes + u.string.dwStringOffset, "Alice 101   ", 12));
    CHECK_EQ(tsp.phoneSetDisplay(++request, phone, 1, 2, (LPCWSTR) "Hello", 5), 1);
    EXPECT("1 done; state 20 0");
    CHECK_STR(see(do_display, L""), "Alice 101\r\n  Hello");
    CHECK_EQ(tsp.phoneSetDisplay(++request, phone, 2, 0, (LPCWSTR) "x", 1), ERR(INVALPARAM));
    CHECK_EQ(tsp.phoneSetDisplay(++request, phone, 1, 0, NULL, 1), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneSetDisplay(++request, STALE, 1, 0, NULL, 0), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetDisplay(phone, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetDisplay(STALE, &u.string), ERR(INVALPHONEHANDLE));
    u.string.dwTotalSize = 4;
    CHECK_EQ(tsp.phoneGetDisplay(phone, &u.string), ERR(STRUCTURETOOSMALL));
}

TEST(data_areas)
{
    char data[8] = "xxxxxxx";

    start(0x00020002);
    CHECK_EQ(tsp.phoneSetData(++request, phone, 1, "abc", 3), 1);
    EXPECT("1 done");
    CHECK_EQ(tsp.phoneGetData(phone, 1, data, sizeof(data)), 0);
    CHECK(!memcmp(data, "abc\0\0\0\0", 8));
    CHECK_EQ(tsp.phoneGetData(phone, 1, data, 2), 0);
    CHECK_EQ(tsp.phoneSetData(++request, phone, 2, "abc", 3), ERR(INVALDATAID));
    CHECK_EQ(tsp.phoneSetData(++request, phone, 0, "abc", 257), ERR(INVALPARAM));
    CHECK_EQ(tsp.phoneSetData(++request, phone, 0, NULL, 2), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetData(phone, 2, data, 2), ERR(INVALDATAID));
    CHECK_EQ(tsp.phoneGetData(phone, 0, NULL, 2), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetData(STALE, 0, data, 2), ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(devspecific)
{
    struct simpbx_command command = {SIMPBX_COMMAND_CLOCK, {9, 9, 9, 9}};

    start(0x00020002);
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)),
             ERR(OPERATIONUNAVAIL));
    CHECK_EQ(tsp.phoneSelectExtVersion(phone, SIMPBX_EXT_VERSION), 0);
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)), 2);
    EXPECT("2 done");
    CHECK_EQ(command.value[1], 1);
    command = (struct simpbx_command){SIMPBX_COMMAND_NOTIFY, {1, 2, 3, 4}};
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)), 3);
    EXPECT("3 done; devspecific 1 2 3");
    command.code = 99;
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)),
             ERR(OPERATIONUNAVAIL));
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, 4), ERR(STRUCTURETOOSMALL));
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, NULL, 0), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneDevSpecific(++request, STALE, &command, 4), ERR(INVALPHONEHANDLE));
}

TEST(made_failures_and_delays)
{
    BSTR name = SysAllocString(L"TSPI_phoneSetLamp");
    BSTR get = SysAllocString(L"TSPI_phoneGetRing");
    DWORD mode, volume;

    start(0x00020002);
    CHECK_EQ(ISimPBX_FailNext(control, name, ERR(RESOURCEUNAVAIL), 1), S_OK);
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_STEADY), 1);
    EXPECT("1 failed 9000001f");
    CHECK_EQ(ISimPBX_FailNext(control, get, ERR(OPERATIONFAILED), 1), S_OK);
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, &volume), ERR(OPERATIONFAILED));
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, &volume), 0);
    CHECK_EQ(ISimPBX_put_CompletionDelay(control, 100), S_OK);
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_STEADY), 2);
    EXPECT("state 40 16");
    CHECK_EQ(ISimPBX_Step(control, 100), S_OK);
    EXPECT("2 done");
    /* A completion outlives the phone's handle. */
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_OFF), 3);
    CHECK_EQ(tsp.phoneClose(phone), 0);
    CHECK_EQ(ISimPBX_Step(control, 100), S_OK);
    EXPECT("state 40 16; 3 done");
    SysFreeString(name);
    SysFreeString(get);
}
