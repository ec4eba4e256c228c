/* messages_test.c - every message of a provider of phones, as an event in both kinds of apartment:
 * what simpbx's sets do not tell by themselves. Against desk.tsp. */
#include "tests/com/phone/phone.h"
#include "tests/com/phone/sets.h"

static const struct {
    DWORD message;
    DWORD_PTR p1, p2, p3;
    const char *events[3];
} messages[] = {
    {PHONE_STATE, PHONESTATE_DISPLAY, 0, 0, {"display"}},
    {PHONE_STATE, PHONESTATE_LAMP, 7, 0, {"lamp 7"}},
    {PHONE_STATE, PHONESTATE_RINGMODE, 2, 0, {"ring 2"}},
    {PHONE_STATE, PHONESTATE_RINGVOLUME, 0x8000, 0, {"ringvolume"}},
    {PHONE_STATE,
     PHONESTATE_HANDSETHOOKSWITCH,
     PHONEHOOKSWITCHMODE_MIC,
     0,
     {"hook 1 2"}}, /* PHSD_HANDSET, PHSS_OFFHOOK_MIC_ONLY */
    {PHONE_STATE,
     PHONESTATE_SPEAKERHOOKSWITCH,
     PHONEHOOKSWITCHMODE_SPEAKER,
     0,
     {"hook 2 4"}}, /* PHSD_SPEAKERPHONE, PHSS_OFFHOOK_SPEAKER_ONLY */
    {PHONE_STATE,
     PHONESTATE_HEADSETHOOKSWITCH,
     PHONEHOOKSWITCHMODE_MICSPEAKER,
     0,
     {"hook 4 8"}}, /* PHSD_HEADSET, PHSS_OFFHOOK */
    {PHONE_STATE, PHONESTATE_HEADSETHOOKSWITCH, PHONEHOOKSWITCHMODE_ONHOOK, 0, {"hook 4 1"}},
    {PHONE_STATE, PHONESTATE_CAPSCHANGE, 0, 0, {"caps"}},
    {PHONE_STATE, PHONESTATE_DISPLAY | PHONESTATE_RINGVOLUME, 0, 0, {"display", "ringvolume"}},
    {PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN, {"button 5 down"}},
    {PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_UP, {"button 5 up"}},
    {PHONE_DEVSPECIFIC, 11, (DWORD_PTR)-22, 33, {"specific 11 -22 33"}},
};

TEST_BOTH(each_message_is_an_event)
{
    struct desk *a;
    unsigned i, j;

    REQUIRE(sets_load(FALSE));
    a = desk_open(L"101", NULL);
    CHECK_EQ(ITPhone_Open(a->phone, PP_MONITOR), S_OK);
    for (i = 0; i < ARRAYSIZE(messages); i++) {
        set_says(messages[i].message, messages[i].p1, messages[i].p2, messages[i].p3);
        for (j = 0; j < 3 && messages[i].events[j]; j++)
            CHECK(desk_wait(a, messages[i].events[j]));
    }
    desk_close(a);
    sets_unload();
}

TEST_BOTH(the_provider_closes_a_phone)
{
    struct desk *a;
    LONG mode;

    REQUIRE(sets_load(FALSE));
    a = desk_open(L"101", NULL);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    set_says(PHONE_CLOSE, 0, 0, 0);
    CHECK(desk_wait(a, "close"));
    CHECK_EQ(ITPhone_get_RingMode(a->phone, &mode), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITAutomatedPhoneControl_StopRinger(a->control), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Close(a->phone), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    CHECK_EQ(ITPhone_get_RingMode(a->phone, &mode), S_OK);
    desk_close(a);
    sets_unload();
}

static LONG phone_count(ITTAPI2 *tapi)
{
    VARIANT list;
    LONG count = -1;

    CHECK_EQ(ITTAPI2_get_Phones(tapi, &list), S_OK);
    CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&list), &count), S_OK);
    VariantClear(&list);
    return count;
}

TEST_BOTH(sets_come_and_go)
{
    struct desk *a;
    LONG value;

    REQUIRE(sets_load(FALSE));
    a = desk_open(L"101", NULL);
    CHECK_EQ(phone_count(a->client->tapi), SETS);
    sets_add();
    CHECK(desk_wait(a, "create"));
    CHECK_EQ(phone_count(a->client->tapi), SETS + 1);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), S_OK);
    sets_remove(1);
    CHECK(desk_wait(a, "remove"));
    CHECK_EQ(phone_count(a->client->tapi), SETS);
    CHECK_EQ(ITPhone_get_RingMode(a->phone, &value), S_OK); /* that was another one */
    sets_remove(0);
    CHECK(desk_wait(a, "remove mine"));
    CHECK_EQ(phone_count(a->client->tapi), SETS - 1);
    CHECK(desk_wait_closed(a));
    CHECK_EQ(ITPhone_get_RingMode(a->phone, &value), TAPI_E_PHONENOTOPEN);
    CHECK_EQ(ITPhone_Open(a->phone, PP_OWNER), TAPI_E_NODEVICE);
    CHECK_EQ(ITPhone_get_PhoneCapsLong(a->phone, PCL_NUMRINGMODES, &value), TAPI_E_NODEVICE);
    CHECK(strlen(client_error_text()) > 0);
    desk_close(a);
    sets_unload();
}
