/* tones_test.c - tones of a set whose sound is a wave device of this machine: those that the
 * program starts, and those that the phone makes by itself. Skipped where there is no such device.
 */
#include <windows.h>

#include <mmsystem.h>

#include "tests/com/late.h"
#include "tests/com/phone/phone.h"
#include "tests/com/phone/sets.h"

enum { LOUDER_BUTTON = 12, SOFTER_BUTTON = 13 };

static void need_sound(void)
{
    if (!waveOutGetNumDevs())
        SKIP("this machine has no wave device");
}

static struct desk *open_set(const WCHAR *line)
{
    struct desk *a;

    REQUIRE(sets_load(TRUE));
    a = desk_open(L"101", line);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    return a;
}

static void close_set(struct desk *a)
{
    desk_close(a);
    sets_unload();
}

static PHONE_TONE tone_of(struct desk *a)
{
    PHONE_TONE tone = (PHONE_TONE)99;

    CHECK_EQ(ITAutomatedPhoneControl_get_Tone(a->control, &tone), S_OK);
    return tone;
}

struct tone_search {
    struct desk *desk;
    PHONE_TONE tone;
};

static bool sounds(void *context)
{
    struct tone_search *search = context;

    return tone_of(search->desk) == search->tone;
}

static bool wait_tone(struct desk *a, PHONE_TONE tone)
{
    struct tone_search search = {a, tone};

    return wait_until(sounds, &search, a->client->changed, WAIT_LONG) ||
           FAIL("tone %d instead of %d", (int)tone_of(a), (int)tone);
}

TEST_BOTH(every_tone_of_the_program)
{
    VARIANT arguments[2];
    struct desk *a;
    int tone;

    need_sound();
    a = open_set(NULL);
    for (tone = PT_KEYPADZERO; tone <= PT_SILENCE; tone++) {
        CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, (PHONE_TONE)tone, 0), S_OK);
        CHECK_EQ(tone_of(a), tone);
        CHECK_EQ(late_number(a->phone, L"Tone"), tone);
    }
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_ERRORTONE, 0), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_StopTone(a->control), S_OK);
    CHECK_EQ(tone_of(a), PT_SILENCE);
    CHECK_EQ(ITAutomatedPhoneControl_StopTone(a->control), S_OK); /* it is silent already */
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_KEYPADSTAR, 40), S_OK);
    CHECK(wait_tone(a, PT_SILENCE)); /* by itself */
    arguments[1] = late_i4(PT_RINGBACK);
    arguments[0] = late_i4(0);
    CHECK_EQ(late_call(a->phone, L"StartTone", arguments, 2, NULL), S_OK);
    CHECK_EQ(tone_of(a), PT_RINGBACK);
    CHECK_EQ(late_call(a->phone, L"StopTone", NULL, 0, NULL), S_OK);
    CHECK_EQ(tone_of(a), PT_SILENCE);
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, (PHONE_TONE)22, 0), E_INVALIDARG);
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, (PHONE_TONE)-1, 0), E_INVALIDARG);
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_BUSY, -1), E_INVALIDARG);
    CHECK_EQ(ITAutomatedPhoneControl_get_Tone(a->control, NULL), E_POINTER);
    close_set(a);
}

TEST_BOTH(tones_stop_on_hook_if_wanted)
{
    struct desk *a;

    need_sound();
    a = open_set(NULL);
    set_lift();
    CHECK(desk_wait(a, "hook 1 8"));
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_BUSY, 0), S_OK);
    set_hang_up();
    CHECK(wait_tone(a, PT_SILENCE));
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoStopTonesOnOnHook(a->control, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE), S_OK);
    set_lift();
    CHECK(wait_tone(a, PT_NORMALDIALTONE));
    CHECK_EQ(ITAutomatedPhoneControl_StartTone(a->control, PT_BUSY, 0), S_OK);
    set_hang_up();
    set_lift();
    set_button(4, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoKeypadTones(a->control, VARIANT_FALSE), S_OK);
    set_press(4);
    CHECK(desk_wait(a, "dialing")); /* all before it has been done */
    CHECK_EQ(tone_of(a), PT_BUSY);  /* the program's tone goes on */
    close_set(a);
}

TEST_BOTH(dial_tone_and_keys)
{
    struct desk *a;

    need_sound();
    a = open_set(NULL);
    set_button(5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoEndOfNumberTimeout(a->control, 0), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE), S_OK);
    set_lift();
    CHECK(wait_tone(a, PT_NORMALDIALTONE));
    set_press(5);
    CHECK(desk_wait(a, "dialing"));
    CHECK(wait_tone(a, PT_KEYPADFIVE)); /* as long as the key is down */
    set_let_go(5);
    CHECK(wait_tone(a, PT_SILENCE));
    set_hang_up();
    /* Neither dial tone nor keys' tones. */
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoDialtone(a->control, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoKeypadTones(a->control, VARIANT_FALSE), S_OK);
    set_lift();
    set_press(5);
    CHECK(desk_wait(a, "dialing"));
    CHECK_EQ(tone_of(a), PT_SILENCE);
    close_set(a);
}

TEST_BOTH(tones_of_a_call)
{
    ITBasicCallControl *call;
    ITCallInfo *info = NULL;
    struct desk *a;
    struct client *b;

    need_sound();
    a = open_set(L"101");
    b = client_open(L"102");
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE), S_OK);
    set_lift();
    CHECK(wait_tone(a, PT_NORMALDIALTONE));
    call = client_create_call(a->client, L"102");
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
    CHECK(wait_tone(a, PT_RINGBACK));
    CHECK(client_wait(b, "state offering"));
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(call);
    call = client_offered(b);
    CHECK_EQ(ITBasicCallControl_Answer(call), S_OK);
    CHECK(wait_tone(a, PT_SILENCE));
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    CHECK(wait_tone(a, PT_NORMALDIALTONE)); /* the other one has gone */
    ITBasicCallControl_Release(call);
    client_close(b);

    /* Nobody has this number. */
    call = client_create_call(a->client, L"199");
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_SelectCall(a->control, info, VARIANT_FALSE), S_OK);
    ITBasicCallControl_Connect(call, VARIANT_FALSE);
    CHECK(wait_tone(a, PT_ERRORTONE));
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(call);
    close_set(a);
}

struct volume_search {
    DWORD least, most;
};

static bool is_as_loud(void *context)
{
    struct volume_search *search = context;

    return set_volume() >= search->least && set_volume() <= search->most;
}

static bool wait_volume(DWORD least, DWORD most)
{
    struct volume_search search = {least, most};

    return wait_until(is_as_loud, &search, NULL, WAIT_LONG) || FAIL("volume %lu", set_volume());
}

/* Needs no sound device. */
TEST_BOTH(volume_buttons)
{
    struct desk *a = open_set(NULL);

    set_button(LOUDER_BUTTON, PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_VOLUMEUP);
    set_button(SOFTER_BUTTON, PHONEBUTTONMODE_FEATURE, PHONEBUTTONFUNCTION_VOLUMEDOWN);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoVolumeControlStep(a->control, 1000), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoVolumeControlRepeatDelay(a->control, MAXLONG), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_PhoneHandlingEnabled(a->control, VARIANT_TRUE), S_OK);
    set_lift();
    set_press(LOUDER_BUTTON);
    set_let_go(LOUDER_BUTTON);
    CHECK(wait_volume(1000, 1000));
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoVolumeControlRepeatDelay(a->control, 1), S_OK);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoVolumeControlRepeatPeriod(a->control, 1), S_OK);
    set_press(LOUDER_BUTTON); /* and held */
    CHECK(wait_volume(0xFFFF, 0xFFFF));
    set_let_go(LOUDER_BUTTON);
    set_press(SOFTER_BUTTON);
    CHECK(wait_volume(0, 0));
    set_let_go(SOFTER_BUTTON);
    CHECK_EQ(ITAutomatedPhoneControl_put_AutoVolumeControl(a->control, VARIANT_FALSE), S_OK);
    set_press(LOUDER_BUTTON);
    set_let_go(LOUDER_BUTTON);
    set_button(5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE);
    set_press(5);
    CHECK(desk_wait(a, "dialing")); /* all before it has been done */
    CHECK_EQ(set_volume(), 0);
    close_set(a);
}
