/* probe_test.c - tests whose records measure_test.c looks at. Some of them fail on purpose. */
#include "tests/com/client.h"
#include "tests/com/late.h"

static ITTAPI2 *tapi;

TEST_BEFORE
{
    tapi = NULL;
}

static void open(enum com_apartment apartment)
{
    com_enter(apartment);
    tapi = client_create_tapi();
}

static void close(void)
{
    ITTAPI2_Release(tapi);
    com_leave();
}

TEST(vtable_in_the_mta)
{
    LONG filter = 0;

    open(COM_MTA);
    CHECK_EQ(ITTAPI2_Initialize(tapi), S_OK);
    CHECK_EQ(ITTAPI2_get_EventFilter(tapi, &filter), S_OK);
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    close();
}

TEST(failure_in_an_sta)
{
    VARIANT addresses;

    open(COM_STA);
    CHECK_EQ(ITTAPI2_get_Addresses(tapi, &addresses), TAPI_E_NOT_INITIALIZED);
    close();
}

TEST(dispatch)
{
    open(COM_MTA);
    CHECK_EQ(late_call(tapi, L"Initialize", NULL, 0, NULL), S_OK);
    /* a member of another interface of the object: ITTAPICallCenter */
    VARIANT handlers;
    CHECK_EQ(late_get(tapi, L"AgentHandlers", NULL, 0, &handlers), S_OK);
    VariantClear(&handlers);
    CHECK_EQ(late_call(tapi, L"Shutdown", NULL, 0, NULL), S_OK);
    close();
}

/* Enumerators share a vtable; the objects come out of an array. */
TEST(enumerators)
{
    IEnumAddress *addresses = NULL;
    IEnumPhone *phones = NULL;
    ITAddress *address = NULL;
    BSTR name = NULL;

    open(COM_MTA);
    CHECK_EQ(ITTAPI2_Initialize(tapi), S_OK);
    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
    REQUIRE_EQ(ITTAPI2_EnumeratePhones(tapi, &phones), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    CHECK_EQ(IEnumPhone_Reset(phones), S_OK);
    CHECK_EQ(ITAddress_get_AddressName(address, &name), S_OK);
    SysFreeString(name);
    ITAddress_Release(address);
    IEnumPhone_Release(phones);
    IEnumAddress_Release(addresses);
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    close();
}

TEST(events)
{
    struct client *caller, *called;
    ITBasicCallControl *call;

    com_enter(COM_STA);
    caller = client_open(L"101");
    called = client_open(L"102");
    call = client_call(caller, L"102");
    client_wait(called, "state offering");
    ITBasicCallControl_Release(call);
    client_close(called);
    client_close(caller);
    com_leave();
}

TEST(fails)
{
    LONG priority = 0;

    (void)priority;
    open(COM_MTA);
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, 0), S_OK);
    close();
    FAIL("on purpose");
}

TEST(skips)
{
    open(COM_MTA);
    CHECK_EQ(ITTAPI2_RegisterRequestRecipient(tapi, 1, 2, VARIANT_TRUE), TAPI_E_NOT_INITIALIZED);
    close();
    SKIP("on purpose");
}
