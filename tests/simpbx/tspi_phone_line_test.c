/* tspi_phone_line_test.c - a phone and its line: what is done at one happens at the other. */
#include "tspi_phone.h"

TEST_BEFORE
{
    tspi_phone_load();
}

TEST_AFTER
{
    tspi_phone_unload();
}

TEST(lifting_answers_and_hanging_up_drops)
{
    DWORD devices;

    start(0x00020002);
    inject();
    EXPECT("new call; call 2; state 80 2; state 40 c; state 20 0");
    CHECK_STR(see(do_display, L""), "Vera 5550001\r\nRinging");
    CHECK_STR(see(do_lamp, L"call 1"), "wink");
    LIFT();
    EXPECT("state 200 8; call 100; state 80 0; state 40 c; state 20 0");
    CHECK_STR(see(do_lamp, L"call 1"), "steady");
    CHECK_EQ(tsp.phoneGetHookSwitch(phone, &devices), 0);
    CHECK_EQ(devices, PHONEHOOKSWITCHDEV_HANDSET);
    HANG_UP();
    EXPECT("state 200 1; call 1; state 40 c; state 20 0");
    CHECK_EQ(tsp.phoneGetHookSwitch(phone, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetHookSwitch(STALE, &devices), ERR(INVALPHONEHANDLE));
}

TEST(a_program_lifts_it)
{
    start(0x00020002);
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, PHONEHOOKSWITCHDEV_HEADSET,
                                    PHONEHOOKSWITCHMODE_MICSPEAKER),
             1);
    EXPECT("1 done; state 8000 8; new call; call 8; state 40 c; state 20 0");
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, PHONEHOOKSWITCHDEV_HEADSET,
                                    PHONEHOOKSWITCHMODE_MIC),
             2);
    EXPECT("2 done; state 8000 2");
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, 7, PHONEHOOKSWITCHMODE_ONHOOK), 3);
    EXPECT("3 done; state 8000 1; call 1; state 40 c; state 20 0");
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, 8, PHONEHOOKSWITCHMODE_ONHOOK),
             ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, 1, PHONEHOOKSWITCHMODE_UNKNOWN),
             ERR(INVALHOOKSWITCHMODE));
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, STALE, 1, PHONEHOOKSWITCHMODE_ONHOOK),
             ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(what_a_program_does_with_the_call_shows)
{
    start(0x00020002);
    inject();
    heard();
    CHECK_EQ(tsp.lineAnswer(++request, last_new, NULL, 0), 1);
    EXPECT("1 done; call 100; state 1000 8; state 80 0; state 40 c; state 40 18; state 20 0");
    CHECK_STR(see(do_hook, L"speaker"), "micspeaker");
    CHECK_EQ(tsp.lineHold(++request, last_new), 2);
    EXPECT("2 done; call 400; state 1000 1; state 40 c; state 40 18; state 20 0");
    CHECK_STR(see(do_lamp, L"call 1"), "flash");
    CHECK_STR(see(do_display, L""), "Vera 5550001\r\nOn hold");
    PRESS(L"Call 1");
    CHECK(strstr(heard(), "call 100") != NULL);
    CHECK_EQ(tsp.lineDrop(++request, last_new, NULL, 0), 3);
    CHECK_STR(see(do_hook, L"speaker"), "onhook");
    CHECK_STR(see(do_lamp, L"call 1"), "off");
}

TEST(keys_dial)
{
    start(0x00020002);
    LIFT();
    heard();
    PRESS(L"1");
    EXPECT("button 1 8 down; call 10; button 1 8 up; state 20 0");
    PRESS(L"0");
    heard();
    PRESS(L"2");
    EXPECT("button 2 8 down; call 200; call 20; button 2 8 up; state 20 0");
    CHECK_STR(see(do_display, L""), "102\r\nRinging there");
}

TEST(status)
{
    union {
        PHONESTATUS status;
        BYTE bytes[512];
    } u;

    start(0x00020002);
    inject();
    LIFT();
    memset(&u, 0xAA, sizeof(u));
    u.status.dwTotalSize = sizeof(u);
    u.status.dwNumOwners = 1;
    u.status.dwNumMonitors = 2;
    CHECK_EQ(tsp.phoneGetStatus(phone, &u.status), 0);
    CHECK_EQ(u.status.dwStatusFlags, PHONESTATUSFLAGS_CONNECTED);
    CHECK_EQ(u.status.dwNumOwners, 1);
    CHECK_EQ(u.status.dwNumMonitors, 2);
    CHECK_EQ(u.status.dwRingMode, 0);
    CHECK_EQ(u.status.dwHandsetHookSwitchMode, PHONEHOOKSWITCHMODE_MICSPEAKER);
    CHECK_EQ(u.status.dwSpeakerHookSwitchMode, PHONEHOOKSWITCHMODE_ONHOOK);
    CHECK_EQ(u.status.dwHeadsetVolume, 0x8000);
    CHECK_EQ(u.status.dwDisplaySize, 48);
    CHECK_EQ(u.status.dwLampModesSize, BUTTONS * 4);
    CHECK_EQ(((DWORD *)(u.bytes + u.status.dwLampModesOffset))[CALL_1], PHONELAMPMODE_STEADY);
    CHECK(u.status.dwPhoneFeatures & PHONEFEATURE_SETLAMP);
    CHECK_EQ(tsp.phoneGetStatus(phone, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetStatus(STALE, &u.status), ERR(INVALPHONEHANDLE));
    u.status.dwTotalSize = 103;
    CHECK_EQ(tsp.phoneGetStatus(phone, &u.status), ERR(STRUCTURETOOSMALL));
}

TEST(pulled_out)
{
    start(0x00020002);
    LIFT();
    heard();
    CHECK_EQ(hand(do_plug, L"101", L""), S_OK);
    EXPECT("state 200 1; call 1; state 4 0");
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_STEADY),
             ERR(INVALPHONESTATE));
    CHECK_EQ(hand(do_press, L"101", L"1"), E_UNEXPECTED);
    CHECK_EQ(hand(do_plug, L"101", L"in"), S_OK);
    EXPECT("state 2 0; state 40 c; state 20 0");
}

TEST(only_what_is_wanted_is_told)
{
    start(0x00020002);
    CHECK_EQ(tsp.phoneSetStatusMessages(phone, PHONESTATE_RINGMODE, PHONEBUTTONMODE_FEATURE,
                                        PHONEBUTTONSTATE_UP),
             0);
    inject();
    EXPECT("new call; call 2; state 80 2");
    PRESS(L"5");
    PRESS(L"Hold");
    EXPECT("button 16 4 up");
    CHECK_EQ(tsp.phoneSetStatusMessages(STALE, 0, 0, 0), ERR(INVALPHONEHANDLE));
}

TEST(the_control_object_refuses)
{
    VARIANT button;
    BSTR who;
    LONG mode;

    start(0x00020002);
    CHECK_EQ(hand(do_lift, L"103", L"handset"), E_INVALIDARG);
    CHECK_EQ(hand(do_lift, L"999", L"handset"), E_INVALIDARG);
    CHECK_EQ(hand(do_lift, L"101", L"foot"), E_INVALIDARG);
    CHECK_EQ(hand(do_hang_up, L"101", L"foot"), E_INVALIDARG);
    CHECK_EQ(hand(do_press, L"101", L"Eject"), E_INVALIDARG);
    CHECK_EQ(hand(do_lamp, L"101", L"Eject"), E_INVALIDARG);
    CHECK_EQ(hand(do_hook, L"101", L"foot"), E_INVALIDARG);
    CHECK_EQ(hand(do_display, L"103", L""), E_INVALIDARG);
    who = SysAllocString(L"101");
    V_VT(&button) = VT_I4;
    V_I4(&button) = (LONG)HOLD;
    CHECK_EQ(ISimPBX_PressButton(control, who, button), S_OK);
    EXPECT("button 16 4 down; button 16 4 up");
    V_I4(&button) = BUTTONS;
    CHECK_EQ(ISimPBX_PressButton(control, who, button), E_INVALIDARG);
    CHECK_EQ(ISimPBX_PhoneRing(control, who, &mode), S_OK);
    CHECK_EQ(mode, 0);
    CHECK_EQ(ISimPBX_PhoneRing(control, who, NULL), E_POINTER);
    SysFreeString(who);
}
