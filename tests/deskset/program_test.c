/* program_test.c - what a phone application does to its desk set, and the line with it. */
#include "tests/deskset/set.h"

#include <string.h>

#define ERR(name) ((LONG)PHONEERR_##name)

TEST(hookswitch)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set, watcher;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    set_open(&watcher, a, PHONEPRIVILEGE_MONITOR);
    set_skip(&set);
    CHECK(phoneSetHookSwitch(set.phone, PHONEHOOKSWITCHDEV_HEADSET,
                             PHONEHOOKSWITCHMODE_MICSPEAKER) > 0);
    agent_wait_state(a, LINECALLSTATE_DIALTONE, WAIT_LONG);
    SET_EXPECT(&set, "reply ok", "headset micspeaker", "lamp 12", "display");
    SET_EXPECT(&watcher, "headset micspeaker", "lamp 12", "display");
    CHECK(phoneSetHookSwitch(set.phone, PHONEHOOKSWITCHDEV_HEADSET, PHONEHOOKSWITCHMODE_SPEAKER) >
          0);
    SET_EXPECT(&set, "reply ok", "headset speaker", "lamp 25");
    CHECK_EQ(set_lamp(&set, MUTE), PHONELAMPMODE_STEADY);
    CHECK(phoneSetHookSwitch(set.phone, PHONEHOOKSWITCHDEV_HEADSET, PHONEHOOKSWITCHMODE_ONHOOK) >
          0);
    agent_wait_state(a, LINECALLSTATE_IDLE, WAIT_LONG);
    CHECK_EQ(phoneSetHookSwitch(watcher.phone, PHONEHOOKSWITCHDEV_HEADSET,
                                PHONEHOOKSWITCHMODE_MICSPEAKER),
             ERR(NOTOWNER));
    set_close(&watcher);
    set_close(&set);
    agent_close(a);
}

TEST(ringer_volume_display_and_lamps)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    DWORD mode, volume;
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    CHECK(phoneSetRing(set.phone, 4, 0x1000) > 0);
    SET_EXPECT(&set, "reply ok", "ring volume 0x1000", "ring 4");
    CHECK_EQ(phoneGetRing(set.phone, &mode, &volume), 0);
    CHECK_EQ(mode, 4);
    CHECK_EQ(volume, 0x1000);
    CHECK(phoneSetRing(set.phone, 0, 0x1000) > 0);
    SET_EXPECT(&set, "reply ok", "ring 0");
    CHECK(phoneSetVolume(set.phone, PHONEHOOKSWITCHDEV_HANDSET, 0xFFFF) > 0);
    SET_EXPECT(&set, "reply ok", "handset volume 0xffff");
    CHECK(phoneSetGain(set.phone, PHONEHOOKSWITCHDEV_SPEAKER, 1) > 0);
    SET_EXPECT(&set, "reply ok", "speaker gain 0x1");
    CHECK(phoneSetDisplay(set.phone, 1, 0, "Out to lunch", 12) > 0);
    SET_EXPECT(&set, "reply ok", "display");
    CHECK_STR(set_row(&set, 0), "Alice 101");
    CHECK_STR(set_row(&set, 1), "Out to lunch");
    CHECK(phoneSetLamp(set.phone, FREE_1, PHONELAMPMODE_BROKENFLUTTER) > 0);
    SET_EXPECT(&set, "reply ok", "lamp 22");
    CHECK_EQ(set_lamp(&set, FREE_1), PHONELAMPMODE_BROKENFLUTTER);
    set_close(&set);
    agent_close(a);
}

TEST(a_button_is_programmed)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct {
        PHONEBUTTONINFO info;
        WCHAR text[4];
    } button = {.info = {.dwTotalSize = sizeof button,
                         .dwButtonMode = PHONEBUTTONMODE_FEATURE,
                         .dwButtonFunction = PHONEBUTTONFUNCTION_ABBREVDIAL,
                         .dwButtonTextSize = sizeof button.text,
                         .dwButtonTextOffset = sizeof(PHONEBUTTONINFO)},
                .text = L"103"};
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    CHECK(phoneSetButtonInfoW(set.phone, FREE_1, &button.info) > 0);
    SET_EXPECT(&set, "reply ok", "capschange");
    press(L"101", L"103");
    agent_wait_state(a, LINECALLSTATE_RINGBACK, WAIT_LONG);
    CHECK_STR(set_row(&set, 0), "Carol 103");
    memset(&button, 0, sizeof button);
    button.info.dwTotalSize = sizeof button;
    CHECK_EQ(phoneGetButtonInfoW(set.phone, FREE_1, &button.info), 0);
    CHECK_EQ(button.info.dwButtonFunction, PHONEBUTTONFUNCTION_ABBREVDIAL);
    CHECK_EQ(button.info.dwButtonTextSize, sizeof L"103");
    set_close(&set);
    agent_close(a);
}

TEST(data_areas)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    char data[6] = "xxxxx";
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    CHECK(phoneSetData(set.phone, 0, (void *)"abc", 3) > 0);
    SET_EXPECT(&set, "reply ok");
    CHECK_EQ(phoneGetData(set.phone, 0, data, sizeof data), 0);
    CHECK(!memcmp(data, "abc\0\0\0", sizeof data));
    CHECK_EQ(phoneGetData(set.phone, 2, data, sizeof data), ERR(INVALDATAID));
    set_close(&set);
    agent_close(a);
}

TEST(a_request_outlives_a_closed_handle)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set, other;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    set_open(&other, a, PHONEPRIVILEGE_MONITOR);
    set_skip(&set);
    exchange_set(L"CompletionDelay", 100);
    CHECK(phoneSetLamp(set.phone, FREE_1, PHONELAMPMODE_STEADY) > 0);
    SET_EXPECT(&other, "lamp 22");
    exchange_step(100);
    SET_EXPECT(&set, "lamp 22", "reply ok");
    exchange_set(L"CompletionDelay", 0);
    set_close(&other);
    set_close(&set);
    agent_close(a);
}

TEST(a_request_fails)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    exchange_do(L"FailNext", "si", L"TSPI_phoneSetLamp", (int)PHONEERR_RESOURCEUNAVAIL);
    CHECK(phoneSetLamp(set.phone, FREE_1, PHONELAMPMODE_STEADY) > 0);
    SET_EXPECT(&set, "reply 0x9000001f");
    set_close(&set);
    agent_close(a);
}

TEST(the_cord_is_pulled)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    PHONESTATUS status = {.dwTotalSize = sizeof status};
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    exchange_do(L"PlugPhone", "si", L"101", 0);
    SET_EXPECT(&set, "disconnected");
    CHECK_EQ(phoneGetStatusW(set.phone, &status), 0);
    CHECK(!(status.dwStatusFlags & PHONESTATUSFLAGS_CONNECTED));
    CHECK_EQ(status.dwNumOwners, 1);
    exchange_do(L"PlugPhone", "si", L"101", -1);
    SET_EXPECT(&set, "connected");
    set_close(&set);
    agent_close(a);
}

TEST(a_phone_is_added_while_programs_run)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT), *c = agent_open("C", "103", AGENT_EVENT);
    DWORD version;
    PHONEEXTENSIONID extension;
    PHONEMESSAGE message;
    struct set set;
    HPHONE phone;

    set_open(&set, a, PHONEPRIVILEGE_OWNER);
    exchange_do(L"AddPhone", "ss", L"103", L"buttons 2");
    POISON(message);
    REQUIRE_EQ(phoneGetMessage(set.app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, PHONE_CREATE);
    DWORD device = (DWORD)message.dwParam1;
    CHECK_EQ(device, 2);
    REQUIRE_EQ(phoneNegotiateAPIVersion(set.app, device, VERSION, VERSION, &version, &extension),
               0);
    REQUIRE_EQ(phoneOpen(set.app, device, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), 0);
    lift(L"103");
    agent_wait_state(c, LINECALLSTATE_DIALTONE, WAIT_LONG);
    CHECK_EQ(phoneClose(phone), 0);
    set_close(&set);
    agent_close(a);
    agent_close(c);
}

TEST(capabilities_name_the_set_to_both_kinds_of_text)
{
    struct agent *a = agent_open("A", "101", AGENT_EVENT);
    union {
        PHONECAPS caps;
        BYTE bytes[2048];
    } wide, narrow;
    struct set set;

    set_open(&set, a, PHONEPRIVILEGE_MONITOR);
    memset(&wide, 0, sizeof wide);
    memset(&narrow, 0, sizeof narrow);
    wide.caps.dwTotalSize = narrow.caps.dwTotalSize = sizeof wide;
    REQUIRE_EQ(phoneGetDevCapsW(set.app, set.device, VERSION, 0, &wide.caps), 0);
    REQUIRE_EQ(phoneGetDevCapsA(set.app, set.device, VERSION, 0, &narrow.caps), 0);
    CHECK(!wcscmp((WCHAR *)(wide.bytes + wide.caps.dwPhoneNameOffset), L"Alice"));
    CHECK_STR((char *)narrow.bytes + narrow.caps.dwPhoneNameOffset, "Alice");
    CHECK_EQ(narrow.caps.dwNumButtonLamps, BUTTONS);
    CHECK_EQ(narrow.caps.dwButtonModesSize, BUTTONS * sizeof(DWORD));
    CHECK_EQ(((DWORD *)(narrow.bytes + narrow.caps.dwButtonFunctionsOffset))[HOLD],
             PHONEBUTTONFUNCTION_HOLD);
    CHECK_STR((char *)narrow.bytes + narrow.caps.dwDeviceClassesOffset, "tapi/phone");
    CHECK_EQ(narrow.caps.dwDisplayNumColumns, 24);
    set_close(&set);
    agent_close(a);
}
