/* event_test.c - what a desk set tells: TE_PHONEEVENT, TE_PHONEDEVSPECIFIC, TE_TAPIOBJECT. */
#include "tests/com/phone/phone.h"

TEST_BOTH(people_at_the_set)
{
    struct desk *a = desk_open(L"101", NULL);

    CHECK_EQ(ITPhone_Open(a->phone, PP_MONITOR), S_OK);
    desk_lift(L"101");
    CHECK(desk_wait(a, "hook 1 8"));
    desk_press(L"101", L"5");
    CHECK(desk_wait(a, "button 5 down"));
    CHECK(desk_wait(a, "button 5 up"));
    desk_hang_up(L"101");
    CHECK(desk_wait(a, "hook 1 1"));
    CHECK(desk_has(a, "display"));
    CHECK(desk_has(a, "lamp 12"));
    desk_close(a);
}

TEST_BOTH(nothing_without_the_filter_or_the_phone_open)
{
    struct desk *a = desk_open(L"101", NULL), *b = desk_open(L"101", NULL);

    CHECK_EQ(ITTAPI2_put_EventFilter(a->client->tapi, TE_TAPIOBJECT), S_OK);
    CHECK_EQ(ITPhone_Open(a->phone, PP_MONITOR), S_OK);
    desk_lift(L"101");
    desk_hang_up(L"101");
    CHECK_EQ(ITPhone_Open(b->phone, PP_MONITOR), S_OK);
    desk_press(L"101", L"1");
    CHECK(desk_wait(b, "button 1 up"));
    CHECK(!desk_has(b, "hook 1 8"));
    CHECK_EQ(a->count, 0);
    desk_close(b);
    desk_close(a);
}

TEST_BOTH(the_filter_of_an_address)
{
    struct desk *a = desk_open(L"101", L"101");
    VARIANT_BOOL enabled = 5;
    ITAddress2 *line = NULL;

    REQUIRE_EQ(ITAddress_QueryInterface(a->client->address, &IID_ITAddress2, (void **)&line), S_OK);
    CHECK_EQ(ITAddress2_get_EventFilter(line, TE_PHONEEVENT, PE_BUTTON, &enabled), S_OK);
    CHECK_EQ(enabled, VARIANT_TRUE);
    CHECK_EQ(ITAddress2_put_EventFilter(line, TE_PHONEEVENT, PE_HOOKSWITCH, VARIANT_FALSE), S_OK);
    CHECK_EQ(ITAddress2_put_EventFilter(line, TE_PHONEEVENT, PE_LASTITEM + 1, VARIANT_FALSE),
             E_INVALIDARG);
    CHECK_EQ(ITAddress2_put_EventFilter(line, TE_PHONEDEVSPECIFIC, 0, VARIANT_TRUE), S_OK);
    ITAddress2_Release(line);
    CHECK_EQ(ITPhone_Open(a->phone, PP_MONITOR), S_OK);
    desk_lift(L"101");
    desk_press(L"101", L"1");
    CHECK(desk_wait(a, "button 1 up"));
    desk_hang_up(L"101");
    CHECK(!desk_has(a, "hook 1 8"));
    desk_close(a);
}

TEST_BOTH(a_phone_comes)
{
    struct desk *a = desk_open(L"101", NULL);
    ISimPBX *exchange = client_exchange();
    BSTR who = SysAllocString(L"103"), plan = SysAllocString(L"buttons 2");
    VARIANT phones;
    LONG count;

    a->phone = (ITPhone_Release(a->phone), NULL); /* events of another phone, please */
    CHECK_EQ(ISimPBX_AddPhone(exchange, who, plan), S_OK);
    CHECK(desk_wait(a, "create"));
    CHECK_EQ(ITTAPI2_get_Phones(a->client->tapi, &phones), S_OK);
    CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&phones), &count), S_OK);
    CHECK(count >= 3); /* phones stay for the life of the process */
    VariantClear(&phones);
    CHECK_EQ(ITAutomatedPhoneControl_QueryInterface(a->control, &IID_ITPhone, (void **)&a->phone),
             S_OK);
    SysFreeString(who);
    SysFreeString(plan);
    ISimPBX_Release(exchange);
    desk_close(a);
}
