/* extension_test.c - a provider's extension through ITAddress2: the version, requests of it as
 * bytes and as a VARIANT, and its events. */
#include "tests/com/client.h"
#include "tests/com/late.h"

#include "tsp/simpbx/simpbx_ext.h"

/* What the last event carried. */
static LONG params[3];
static bool about_address;

static void look(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    ITAddressDeviceSpecificEvent *specific = (ITAddressDeviceSpecificEvent *)event;
    ITAddress *address = NULL;

    (void)client;
    if (type != TE_ADDRESSDEVSPECIFIC)
        return;
    ITAddressDeviceSpecificEvent_get_lParam1(specific, &params[0]);
    ITAddressDeviceSpecificEvent_get_lParam2(specific, &params[1]);
    params[2] = late_number(event, L"lParam3");
    if (ITAddressDeviceSpecificEvent_get_Address(specific, &address) == S_OK && address)
        about_address = address == client->address;
    if (address)
        ITAddress_Release(address);
}

TEST_BOTH(requests_of_an_extension)
{
    struct client *a = client_open(L"101");
    struct simpbx_command command = {SIMPBX_COMMAND_CLOCK, {7, 7, 7, 7}};
    ITAddress2 *address = NULL;
    VARIANT arguments[2], bytes;
    LONG version;
    void *data;

    memset(params, 0, sizeof(params));
    about_address = false;
    a->on_event = look;
    REQUIRE_EQ(ITAddress_QueryInterface(a->address, &IID_ITAddress2, (void **)&address), S_OK);
    /* Without the version there is no extension. */
    CHECK_EQ(ITAddress2_DeviceSpecific(address, NULL, (BYTE *)&command, sizeof(command)),
             TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITAddress2_NegotiateExtVersion(address, 1, 1, NULL), E_POINTER);
    CHECK(FAILED(ITAddress2_NegotiateExtVersion(address, 0x70000, 0x80000, &version)));
    CHECK_EQ(ITAddress2_NegotiateExtVersion(address, 1, SIMPBX_EXT_VERSION, &version), S_OK);
    CHECK_EQ(version, SIMPBX_EXT_VERSION);
    CHECK_EQ(ITAddress2_DeviceSpecific(address, NULL, (BYTE *)&command, sizeof(command)), S_OK);
    CHECK_EQ(command.value[1], 0); /* a real clock */
    CHECK_EQ(ITAddress2_DeviceSpecific(address, NULL, NULL, 4), E_POINTER);
    CHECK_EQ(ITAddress2_DeviceSpecific(address, (ITCallInfo *)address, (BYTE *)&command,
                                       sizeof(command)),
             E_INVALIDARG);

    CHECK_EQ(ITTAPI2_put_EventFilter(a->tapi, TE_ADDRESSDEVSPECIFIC), S_OK);
    command = (struct simpbx_command){SIMPBX_COMMAND_NOTIFY, {11, 12, 13, 0}};
    V_VT(&bytes) = VT_ARRAY | VT_UI1;
    V_ARRAY(&bytes) = SafeArrayCreateVector(VT_UI1, 0, sizeof(command));
    SafeArrayAccessData(V_ARRAY(&bytes), &data);
    memcpy(data, &command, sizeof(command));
    SafeArrayUnaccessData(V_ARRAY(&bytes));
    arguments[1] = late_object(NULL);
    arguments[0] = bytes;
    CHECK_EQ(late_call(address, L"DeviceSpecificVariant", arguments, 2, NULL), S_OK);
    client_wait(a, "event 0x1000000");
    CHECK_EQ(params[0], 11);
    CHECK_EQ(params[1], 12);
    CHECK_EQ(params[2], 13);
    CHECK(about_address);
    CHECK_EQ(a->count, 1); /* one, though two lines of the address are open */
    VariantClear(&bytes);
    CHECK_EQ(ITAddress2_DeviceSpecificVariant(address, NULL, late_i4(3)), E_INVALIDARG);
    a->on_event = NULL;
    ITAddress2_Release(address);
    client_close(a);
}
