/* operation_test.c - every get and set function: what is set is got again, what is no value is
 * refused, and a monitor may look but not touch. */
#include "tests/phones/client.h"

static HPHONEAPP app, watching;
static HPHONE owner, monitor;

static void open_both(void)
{
    app = app_start(L"owner", VERSION);
    watching = app_start(L"monitor", VERSION);
    owner = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    monitor = set_open(watching, VERSION, PHONEPRIVILEGE_MONITOR);
}

static void close_both(void)
{
    EXPECT_SILENCE(app);
    EXPECT_SILENCE(watching);
    app_end(app);
    app_end(watching);
}

TEST(hookswitches)
{
    static const DWORD modes[] = {PHONEHOOKSWITCHMODE_MIC, PHONEHOOKSWITCHMODE_SPEAKER,
                                  PHONEHOOKSWITCHMODE_MICSPEAKER, PHONEHOOKSWITCHMODE_ONHOOK};
    DWORD off_hook;
    open_both();
    for (unsigned i = 0; i < ARRAYSIZE(modes); i++) {
        DO(app, phoneSetHookSwitch(owner, PHONEHOOKSWITCHDEV_SPEAKER, modes[i]));
        POISON(off_hook);
        CHECK_EQ(phoneGetHookSwitch(monitor, &off_hook), 0);
        CHECK_EQ(off_hook, modes[i] == PHONEHOOKSWITCHMODE_ONHOOK ? 0 : PHONEHOOKSWITCHDEV_SPEAKER);
    }
    /* Several at once. */
    DO(app, phoneSetHookSwitch(owner, PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_HEADSET,
                               PHONEHOOKSWITCHMODE_MICSPEAKER));
    CHECK_EQ(phoneGetHookSwitch(owner, &off_hook), 0);
    CHECK_EQ(off_hook, PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_HEADSET);

    CHECK_EQ(phoneSetHookSwitch(owner, 0, PHONEHOOKSWITCHMODE_MIC), PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(phoneSetHookSwitch(owner, 8, PHONEHOOKSWITCHMODE_MIC), PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(phoneSetHookSwitch(owner, PHONEHOOKSWITCHDEV_HANDSET, 0),
             PHONEERR_INVALHOOKSWITCHMODE);
    CHECK_EQ(phoneSetHookSwitch(owner, PHONEHOOKSWITCHDEV_HANDSET,
                                PHONEHOOKSWITCHMODE_MIC | PHONEHOOKSWITCHMODE_SPEAKER),
             PHONEERR_INVALHOOKSWITCHMODE);
    CHECK_EQ(phoneSetHookSwitch(owner, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_UNKNOWN),
             PHONEERR_INVALHOOKSWITCHMODE);
    CHECK_EQ(
        phoneSetHookSwitch(monitor, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_MICSPEAKER),
        PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetHookSwitch(0, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_MICSPEAKER),
             PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetHookSwitch(owner, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetHookSwitch(app, &off_hook), PHONEERR_INVALPHONEHANDLE);
    close_both();
}

TEST(volume_and_gain)
{
    static const DWORD devices[] = {PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHDEV_SPEAKER,
                                    PHONEHOOKSWITCHDEV_HEADSET};
    DWORD value;
    open_both();
    for (unsigned i = 0; i < ARRAYSIZE(devices); i++) {
        DO(app, phoneSetVolume(owner, devices[i], 0x1000 + i));
        DO(app, phoneSetGain(owner, devices[i], 0x2000 + i));
    }
    for (unsigned i = 0; i < ARRAYSIZE(devices); i++) {
        POISON(value);
        CHECK_EQ(phoneGetVolume(monitor, devices[i], &value), 0);
        CHECK_EQ(value, 0x1000 + i);
        POISON(value);
        CHECK_EQ(phoneGetGain(monitor, devices[i], &value), 0);
        CHECK_EQ(value, 0x2000 + i);
    }
    /* Out of range means the nearest value in it. */
    DO(app, phoneSetVolume(owner, PHONEHOOKSWITCHDEV_HANDSET, 0xffffffff));
    DO(app, phoneSetGain(owner, PHONEHOOKSWITCHDEV_HANDSET, 0x10000));
    CHECK_EQ(desk->phone[SET].volume[0], 0xffff);
    CHECK_EQ(desk->phone[SET].gain[0], 0xffff);

    CHECK_EQ(phoneSetVolume(owner, 0, 1), PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(phoneSetVolume(owner, 3, 1), PHONEERR_INVALHOOKSWITCHDEV); /* one at a time */
    CHECK_EQ(phoneSetGain(owner, 8, 1), PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(phoneGetVolume(owner, 5, &value), PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(phoneGetGain(owner, 0, &value), PHONEERR_INVALHOOKSWITCHDEV);
    CHECK_EQ(phoneSetVolume(monitor, PHONEHOOKSWITCHDEV_HANDSET, 1), PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetGain(monitor, PHONEHOOKSWITCHDEV_HANDSET, 1), PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetVolume(1, PHONEHOOKSWITCHDEV_HANDSET, 1), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneSetGain(1, PHONEHOOKSWITCHDEV_HANDSET, 1), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetVolume(1, PHONEHOOKSWITCHDEV_HANDSET, &value), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetGain(1, PHONEHOOKSWITCHDEV_HANDSET, &value), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetVolume(owner, PHONEHOOKSWITCHDEV_HANDSET, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetGain(owner, PHONEHOOKSWITCHDEV_HANDSET, NULL), PHONEERR_INVALPOINTER);
    close_both();
}

TEST(lamps)
{
    static const DWORD modes[] = {
        PHONELAMPMODE_OFF,     PHONELAMPMODE_STEADY,        PHONELAMPMODE_WINK, PHONELAMPMODE_FLASH,
        PHONELAMPMODE_FLUTTER, PHONELAMPMODE_BROKENFLUTTER, 0x40000000 /* a provider's own */};
    DWORD mode;
    open_both();
    for (unsigned i = 0; i < ARRAYSIZE(modes); i++) {
        DO(app, phoneSetLamp(owner, 12, modes[i]));
        POISON(mode);
        CHECK_EQ(phoneGetLamp(monitor, 12, &mode), 0);
        CHECK_EQ(mode, modes[i]);
    }
    CHECK_EQ(phoneSetLamp(owner, 99, PHONELAMPMODE_STEADY), PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(phoneSetLamp(owner, 12, 0), PHONEERR_INVALLAMPMODE);
    CHECK_EQ(phoneSetLamp(owner, 12, PHONELAMPMODE_STEADY | PHONELAMPMODE_OFF),
             PHONEERR_INVALLAMPMODE);
    CHECK_EQ(phoneSetLamp(owner, 12, PHONELAMPMODE_UNKNOWN), PHONEERR_INVALLAMPMODE);
    CHECK_EQ(phoneSetLamp(owner, 12, PHONELAMPMODE_DUMMY), PHONEERR_INVALLAMPMODE);
    CHECK_EQ(phoneSetLamp(monitor, 12, PHONELAMPMODE_STEADY), PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetLamp(1, 12, PHONELAMPMODE_STEADY), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetLamp(owner, 99, &mode), PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(phoneGetLamp(owner, 12, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetLamp(1, 12, &mode), PHONEERR_INVALPHONEHANDLE);
    close_both();
}

TEST(ring)
{
    DWORD mode, volume;
    open_both();
    DO(app, phoneSetRing(owner, 2, 0x12345));
    POISON(mode);
    POISON(volume);
    CHECK_EQ(phoneGetRing(monitor, &mode, &volume), 0);
    CHECK_EQ(mode, 2);
    CHECK_EQ(volume, 0xffff);
    CHECK_EQ(phoneSetRing(owner, DESK_RINGS, 0), PHONEERR_INVALRINGMODE);
    CHECK_EQ(phoneSetRing(monitor, 1, 0), PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetRing(1, 1, 0), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetRing(1, &mode, &volume), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneGetRing(owner, NULL, &volume), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetRing(owner, &mode, NULL), PHONEERR_INVALPOINTER);
    close_both();
}

TEST(display)
{
    union {
        VARSTRING string;
        BYTE bytes[256];
    } buffer = {.string.dwTotalSize = sizeof buffer};
    VARSTRING small = {.dwTotalSize = sizeof small};
    open_both();
    DO(app, phoneSetDisplay(owner, 0, 3, (LPCSTR)L"hello", 10));
    CHECK_EQ(phoneGetDisplay(monitor, &buffer.string), 0);
    CHECK_EQ(buffer.string.dwStringFormat, STRINGFORMAT_UNICODE);
    CHECK_EQ(buffer.string.dwStringSize, DESK_COLUMNS * sizeof(WCHAR));
    CHECK_BYTES(buffer.bytes + buffer.string.dwStringOffset + 6, L"hello", 10);
    CHECK_EQ(phoneGetDisplay(monitor, &small), 0); /* without the string */
    CHECK_EQ(small.dwStringSize, 0);
    CHECK_EQ(small.dwStringFormat, STRINGFORMAT_UNICODE);
    CHECK(small.dwNeededSize >= sizeof small + DESK_COLUMNS * sizeof(WCHAR));
    CHECK_EQ(phoneGetDisplay(monitor, NULL), PHONEERR_INVALPOINTER);
    small.dwTotalSize = 8;
    CHECK_EQ(phoneGetDisplay(monitor, &small), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneGetDisplay(1, &buffer.string), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneSetDisplay(owner, 1, 0, "xx", 2), PHONEERR_INVALPARAM);
    CHECK_EQ(phoneSetDisplay(owner, 0, DESK_COLUMNS, "xx", 2), PHONEERR_INVALPARAM);
    CHECK_EQ(phoneSetDisplay(owner, 0, 0, NULL, 2), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneSetDisplay(owner, 0, 0, (LPCSTR)1, 2), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneSetDisplay(monitor, 0, 0, "xx", 2), PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetDisplay(1, 0, 0, "xx", 2), PHONEERR_INVALPHONEHANDLE);
    close_both();
}

TEST(data)
{
    BYTE data[DESK_DATA + 4];
    open_both();
    DO(app, phoneSetData(owner, 1, (LPVOID) "abc", 3));
    POISON(data);
    CHECK_EQ(phoneGetData(monitor, 1, data, 2), 0);
    CHECK_BYTES(data, "ab\xCC", 3);
    POISON(data);
    CHECK_EQ(phoneGetData(monitor, 1, data, sizeof data), 0);
    CHECK_BYTES(data, "abc\0", 4);
    CHECK_BYTES(data + DESK_DATA, "\xCC\xCC\xCC\xCC", 4); /* what the phone does not have */
    CHECK_EQ(phoneGetData(owner, 2, data, sizeof data), PHONEERR_INVALDATAID);
    CHECK_EQ(phoneGetData(owner, 1, NULL, 4), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetData(owner, 1, NULL, 0), 0);
    CHECK_EQ(phoneGetData(1, 1, data, 4), PHONEERR_INVALPHONEHANDLE);
    CHECK_EQ(phoneSetData(owner, 7, data, 4), PHONEERR_INVALDATAID);
    CHECK_EQ(phoneSetData(owner, 1, NULL, 4), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneSetData(monitor, 1, data, 4), PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetData(1, 1, data, 4), PHONEERR_INVALPHONEHANDLE);
    close_both();
}

/* ---- buttons ---- */

union button {
    PHONEBUTTONINFO info;
    BYTE bytes[sizeof(PHONEBUTTONINFO) + 64];
};

static const struct {
    DWORD mode, function;
} buttons[] = {
    {PHONEBUTTONMODE_DUMMY, PHONEBUTTONFUNCTION_UNKNOWN},
    {PHONEBUTTONMODE_CALL, PHONEBUTTONFUNCTION_NONE},
    {PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_CONFERENCE},
    {PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE},
    {PHONEBUTTONMODE_LOCAL, PHONEBUTTONFUNCTION_VOLUMEUP},
    {PHONEBUTTONMODE_DISPLAY, PHONEBUTTONFUNCTION_DIRECTORY},
};

TEST(button_information)
{
    union button button;
    open_both();
    for (unsigned i = 0; i < ARRAYSIZE(buttons); i++) {
        button.info = (PHONEBUTTONINFO){.dwTotalSize = sizeof button,
                                        .dwButtonMode = buttons[i].mode,
                                        .dwButtonFunction = buttons[i].function,
                                        .dwButtonTextSize = 10,
                                        .dwButtonTextOffset = sizeof(PHONEBUTTONINFO)};
        memcpy(button.bytes + sizeof(PHONEBUTTONINFO), L"Line", 10);
        DO(app, phoneSetButtonInfoW(owner, i, &button.info));
        POISON(button);
        button.info.dwTotalSize = sizeof button;
        CHECK_EQ(phoneGetButtonInfoA(monitor, i, &button.info), 0);
        CHECK_EQ(button.info.dwButtonMode, buttons[i].mode);
        CHECK_EQ(button.info.dwButtonFunction, buttons[i].function);
        CHECK_EQ(button.info.dwButtonState, PHONEBUTTONSTATE_UP);
        CHECK_EQ(button.info.dwButtonTextSize, 5);
        CHECK_STR((char *)button.bytes + button.info.dwButtonTextOffset, "Line");
    }
    /* And the other way round. */
    button.info = (PHONEBUTTONINFO){.dwTotalSize = sizeof button,
                                    .dwButtonMode = PHONEBUTTONMODE_FEATURE,
                                    .dwButtonTextSize = 5,
                                    .dwButtonTextOffset = sizeof(PHONEBUTTONINFO)};
    strcpy((char *)button.bytes + sizeof(PHONEBUTTONINFO), "Hold");
    DO(app, phoneSetButtonInfoA(owner, 3, &button.info));
    CHECK_WSTR(desk->phone[SET].button_text[3], L"Hold");
    DO(app, phoneSetButtonInfo(owner, 4, &button.info));
    CHECK_WSTR(desk->phone[SET].button_text[4], L"Hold");
    POISON(button);
    button.info.dwTotalSize = sizeof button;
    CHECK_EQ(phoneGetButtonInfoW(owner, 3, &button.info), 0);
    CHECK_WSTR(button.bytes + button.info.dwButtonTextOffset, L"Hold");
    CHECK_EQ(phoneGetButtonInfo(owner, 3, &button.info), 0);
    CHECK_STR((char *)button.bytes + button.info.dwButtonTextOffset, "Hold");
    close_both();
}

TEST(button_information_that_is_refused)
{
    union button button = {
        .info = {.dwTotalSize = sizeof button, .dwButtonMode = PHONEBUTTONMODE_FEATURE}};
    open_both();
    CHECK_EQ(phoneSetButtonInfoW(owner, 99, &button.info), PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(phoneSetButtonInfoW(owner, 1, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneSetButtonInfoW(monitor, 1, &button.info), PHONEERR_NOTOWNER);
    CHECK_EQ(phoneSetButtonInfoA(1, 1, &button.info), PHONEERR_INVALPHONEHANDLE);
    button.info.dwButtonTextSize = 100;
    button.info.dwButtonTextOffset = sizeof button - 4;
    CHECK_EQ(phoneSetButtonInfoW(owner, 1, &button.info), PHONEERR_INVALPARAM);
    button.info.dwTotalSize = 20;
    CHECK_EQ(phoneSetButtonInfoW(owner, 1, &button.info), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneGetButtonInfoW(owner, 1, &button.info), PHONEERR_STRUCTURETOOSMALL);
    button.info.dwTotalSize = sizeof button;
    CHECK_EQ(phoneGetButtonInfoW(owner, 99, &button.info), PHONEERR_INVALBUTTONLAMPID);
    CHECK_EQ(phoneGetButtonInfoW(owner, 1, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetButtonInfoA(1, 1, &button.info), PHONEERR_INVALPHONEHANDLE);
    close_both();
}

/* ---- what belongs to the device ---- */

TEST(ids_of_other_device_classes)
{
    union {
        VARSTRING string;
        BYTE bytes[64];
    } id = {.string.dwTotalSize = sizeof id};
    VARSTRING small = {.dwTotalSize = 12};
    open_both();
    CHECK_EQ(phoneGetIDW(monitor, &id.string, L"tapi/phone"), 0);
    CHECK_EQ(id.string.dwStringFormat, STRINGFORMAT_BINARY);
    CHECK_EQ(id.string.dwStringSize, sizeof(DWORD));
    CHECK_EQ(*(DWORD *)(id.bytes + id.string.dwStringOffset), SET);
    CHECK_EQ(phoneGetIDA(owner, &id.string, "TAPI/phone"), 0);
    CHECK_EQ(*(DWORD *)(id.bytes + id.string.dwStringOffset), SET);
    CHECK_EQ(desk->target, 0); /* nobody had to ask the provider */
    CHECK_EQ(phoneGetID(owner, &id.string, "tapi/line"), 0);
    CHECK_EQ(*(DWORD *)(id.bytes + id.string.dwStringOffset), desk->line_base);
    CHECK_EQ(desk->target, GetCurrentProcessId());
    CHECK_EQ(phoneGetIDW(owner, &id.string, L"wave/in"), PHONEERR_INVALDEVICECLASS);
    CHECK_EQ(phoneGetIDW(owner, &id.string, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetIDW(owner, NULL, L"tapi/phone"), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetIDW(owner, &small, L"tapi/phone"), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneGetIDA(1, &id.string, "tapi/phone"), PHONEERR_INVALPHONEHANDLE);
    close_both();
}

TEST(icons)
{
    HICON icon;
    open_both();
    CHECK_EQ(phoneGetIconW(SET, NULL, &icon), 0);
    CHECK_EQ((UINT_PTR)icon, 0x1c00 + SET);
    CHECK_EQ(phoneGetIconA(0, "tapi/phone", &icon), 0);
    CHECK_EQ((UINT_PTR)icon, 0x1c00);
    CHECK_EQ(phoneGetIcon(2, NULL, &icon), 0);
    CHECK_EQ((UINT_PTR)icon, 0x1c02);
    CHECK_EQ(phoneGetIconA(0, "wave/in", &icon), PHONEERR_INVALDEVICECLASS);
    CHECK_EQ(phoneGetIconW(99, NULL, &icon), PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneGetIconW(0, NULL, NULL), PHONEERR_INVALPOINTER);
    close_both();
}

TEST(device_specific_bytes_come_back_changed)
{
    char bytes[] = "abcdef";
    open_both();
    desk->answer = DESK_LATER;
    LONG request = phoneDevSpecific(monitor, bytes, 6); /* no right is needed */
    CHECK(request > 0);
    CHECK_STR(bytes, "abcdef");
    desk->complete(desk->request, 0);
    CHECK_EQ(expect_reply(watching, request), 0);
    CHECK_STR(bytes, "fedcba");
    request = phoneDevSpecific(owner, bytes, 6);
    desk->complete(desk->request, (LONG)PHONEERR_OPERATIONFAILED);
    CHECK_EQ(expect_reply(app, request), PHONEERR_OPERATIONFAILED);
    CHECK_STR(bytes, "fedcba"); /* a failed request writes nothing */
    desk->answer = DESK_EARLY;
    DO(app, phoneDevSpecific(owner, NULL, 0));
    CHECK_EQ(phoneDevSpecific(owner, (LPVOID)1, 6), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneDevSpecific(1, bytes, 6), PHONEERR_INVALPHONEHANDLE);
    close_both();
}
