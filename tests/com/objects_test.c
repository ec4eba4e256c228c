/* objects_test.c - TAPI and Address through their vtables: arguments, capabilities, registrations.
 * Identity, lifetime and class factories are in tests/com/identity. */
#include "tests/com/client.h"

TEST_BOTH(an_address_and_what_it_can)
{
    struct client *a = client_open(L"101");
    ITAddressCapabilities *capabilities = NULL;
    ITMediaSupport *media = NULL;
    ITTAPI *tapi = NULL;
    ADDRESS_STATE state;
    VARIANT_BOOL supported;
    VARIANT collection;
    BSTR text = NULL;
    LONG value;

    CHECK_EQ(ITAddress_get_AddressName(a->address, &text), S_OK);
    CHECK(text && SysStringLen(text) > 0);
    SysFreeString(text);
    CHECK_EQ(ITAddress_get_ServiceProviderName(a->address, &text), S_OK);
    CHECK_WSTR(text, L"simpbx.tsp");
    SysFreeString(text);
    CHECK_EQ(ITAddress_get_State(a->address, &state), S_OK);
    CHECK_EQ(state, AS_INSERVICE);
    CHECK_EQ(ITAddress_get_State(a->address, NULL), E_POINTER);
    CHECK_EQ(ITAddress_get_TAPIObject(a->address, &tapi), S_OK);
    CHECK((void *)tapi == (void *)a->tapi);
    ITTAPI_Release(tapi);
    CHECK_EQ(ITAddress_QueryInterface(a->address, &IID_ITMediaSupport, (void **)&media), S_OK);
    CHECK_EQ(ITMediaSupport_get_MediaTypes(media, &value), S_OK);
    CHECK(value & TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(ITMediaSupport_QueryMediaType(media, TAPIMEDIATYPE_AUDIO, &supported), S_OK);
    CHECK_EQ(supported, VARIANT_TRUE);
    CHECK_EQ(ITMediaSupport_QueryMediaType(media, TAPIMEDIATYPE_VIDEO, &supported), S_OK);
    CHECK_EQ(supported, VARIANT_FALSE);
    ITMediaSupport_Release(media);
    CHECK_EQ(
        ITAddress_QueryInterface(a->address, &IID_ITAddressCapabilities, (void **)&capabilities),
        S_OK);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, AC_LINEID, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, AC_MAXACTIVECALLS, &value),
             S_OK);
    CHECK(value > 0);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, 999, &value), E_INVALIDARG);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapabilityString(capabilities, ACS_PROTOCOL, &text),
             S_OK);
    CHECK(text && text[0] == '{');
    SysFreeString(text);
    CHECK_EQ(ITAddressCapabilities_get_DeviceClasses(capabilities, &collection), S_OK);
    CHECK_EQ(V_VT(&collection), VT_DISPATCH);
    VariantClear(&collection);
    ITAddressCapabilities_Release(capabilities);
    client_close(a);
}

TEST_BOTH(registrations)
{
    struct client *a = client_open(L"101");
    LONG cookie;

    POISON(cookie);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, a->address, VARIANT_FALSE, VARIANT_FALSE,
                                               TAPIMEDIATYPE_AUDIO, 0, &cookie),
             E_INVALIDARG);
    CHECK_EQ(cookie, 0);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, NULL, VARIANT_TRUE, VARIANT_TRUE,
                                               TAPIMEDIATYPE_AUDIO, 0, &cookie),
             E_POINTER);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, a->address, VARIANT_TRUE, VARIANT_TRUE,
                                               TAPIMEDIATYPE_AUDIO, 0, NULL),
             E_POINTER);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, (ITAddress *)a->tapi, VARIANT_TRUE,
                                               VARIANT_TRUE, TAPIMEDIATYPE_AUDIO, 0, &cookie),
             E_INVALIDARG);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, a->address, VARIANT_FALSE, VARIANT_TRUE,
                                               TAPIMEDIATYPE_VIDEO, 0, &cookie),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK(strstr(client_error_text(), "edia type") != NULL);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(a->tapi, 4711), E_INVALIDARG);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(a->tapi, 0), E_INVALIDARG);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(a->tapi, a->registration), S_OK);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(a->tapi, a->registration), E_INVALIDARG);
    client_close(a);
}

/* A monitor sees the call of another program, and may not touch it. */
TEST_BOTH(a_monitor_watches)
{
    struct client *a = client_open(L"101");
    struct client *m = client_open(NULL);
    ITBasicCallControl *call, *seen;
    LONG cookie;

    CHECK_EQ(ITTAPI2_RegisterCallNotifications(m->tapi, a->address, VARIANT_TRUE, VARIANT_FALSE, 0,
                                               0, &cookie),
             E_INVALIDARG); /* an Address of another TAPI object */
    client_close(m);
    m = client_open(L"101");
    CHECK_EQ(ITTAPI2_UnregisterNotifications(m->tapi, m->registration), S_OK);
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(m->tapi, m->address, VARIANT_TRUE, VARIANT_FALSE,
                                               TAPIMEDIATYPE_AUDIO, 9, &cookie),
             S_OK);
    call = client_create_call(a, L"5550100");
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    client_wait(m, "notify monitor");
    client_wait(m, "state connected");
    seen = client_offered(m);
    CHECK_EQ(ITBasicCallControl_Disconnect(seen, DC_NORMAL), TAPI_E_NOTOWNER);
    CHECK(strstr(client_error_text(), "owner") != NULL);
    ITBasicCallControl_Release(seen);
    CHECK_EQ(client_state(call), CS_CONNECTED);
    ITBasicCallControl_Release(call);
    client_close(m);
    client_close(a);
}

TEST_BOTH(create_call_arguments)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call;
    BSTR number = SysAllocString(L"102");

    CHECK_EQ(ITAddress_CreateCall(a->address, number, 1, TAPIMEDIATYPE_AUDIO, NULL), E_POINTER);
    POISON(call);
    CHECK_EQ(ITAddress_CreateCall(a->address, number, 1, 0, &call), TAPI_E_INVALIDMEDIATYPE);
    CHECK(call == NULL);
    CHECK_EQ(ITAddress_CreateCall(a->address, number, 1, TAPIMEDIATYPE_VIDEO, &call),
             TAPI_E_INVALIDMEDIATYPE);
    REQUIRE_EQ(ITAddress_CreateCall(a->address, number, 1, TAPIMEDIATYPE_AUDIO, &call), S_OK);
    CHECK_EQ(ITBasicCallControl_Answer(call), TAPI_E_INVALCALLSTATE);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_FALSE);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, 7), E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl_Finish(call, 7), E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl_Dial(call, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl_Transfer(call, call, VARIANT_TRUE), E_INVALIDARG);
    CHECK_EQ(ITBasicCallControl_Transfer(call, NULL, VARIANT_TRUE), E_POINTER);
    CHECK_EQ(ITBasicCallControl_Transfer(call, (ITBasicCallControl *)a->tapi, VARIANT_TRUE),
             E_INVALIDARG);
    ITBasicCallControl_Release(call);
    SysFreeString(number);
    client_close(a);
}

TEST_BOTH(before_initialize_everything_says_so)
{
    ITTAPI2 *tapi = client_create_tapi();
    IEnumAddress *addresses;
    LONG value;

    POISON(addresses);
    CHECK_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), TAPI_E_NOT_INITIALIZED);
    CHECK(addresses == NULL);
    CHECK(strstr(client_error_text(), "Initialize") != NULL);
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, TE_CALLSTATE), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, 1), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITTAPI2_get_EventFilter(tapi, NULL), E_POINTER);
    CHECK_EQ(ITTAPI2_get_EventFilter(tapi, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_FALSE);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
}

TEST_BOTH(event_filter)
{
    struct client *a = client_open(NULL);
    LONG value;

    CHECK_EQ(ITTAPI2_put_EventFilter(a->tapi, TE_CALLSTATE | TE_CALLNOTIFICATION), S_OK);
    CHECK_EQ(ITTAPI2_get_EventFilter(a->tapi, &value), S_OK);
    CHECK_EQ(value, TE_CALLSTATE | TE_CALLNOTIFICATION);
    CHECK_EQ(ITTAPI2_put_EventFilter(a->tapi, 0x40000000), E_INVALIDARG);
    CHECK_EQ(ITTAPI2_get_EventFilter(a->tapi, &value), S_OK);
    CHECK_EQ(value, TE_CALLSTATE | TE_CALLNOTIFICATION);
    client_close(a);
}

/* An exchange without desk sets: an empty collection is no failure. */
TEST_BOTH(no_phones)
{
    struct client *a = client_open(L"101");
    VARIANT phones;
    LONG count = 5;

    CHECK_EQ(ITTAPI2_get_Phones(a->tapi, &phones), S_OK);
    CHECK_EQ(ITCollection_get_Count((ITCollection *)V_DISPATCH(&phones), &count), S_OK);
    CHECK_EQ(count, 0);
    VariantClear(&phones);
    client_close(a);
}

/* The unmarshalled pointer works in the other kind of apartment: objects are free threaded. */
static DWORD WINAPI use_elsewhere(void *context)
{
    struct client *a = context;
    IStream *stream = NULL;
    ITAddress *address = NULL;
    BSTR name = NULL;
    DWORD good;

    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    good = ITAddress_get_DialableAddress(a->address, &name) == S_OK && !wcscmp(name, L"101");
    SysFreeString(name);
    good = good &&
           CoMarshalInterThreadInterfaceInStream(&IID_ITAddress, (IUnknown *)a->address, &stream) ==
               S_OK &&
           CoGetInterfaceAndReleaseStream(stream, &IID_ITAddress, (void **)&address) == S_OK &&
           address == a->address; /* not a proxy */
    if (address)
        ITAddress_Release(address);
    CoUninitialize();
    return good;
}

TEST_BOTH(objects_are_free_threaded)
{
    struct client *a = client_open(L"101");
    HANDLE thread = CreateThread(NULL, 0, use_elsewhere, a, 0, NULL);
    DWORD good = 0;

    CHECK(wait_pumping(thread, WAIT_LONG));
    GetExitCodeThread(thread, &good);
    CHECK(good);
    CloseHandle(thread);
    client_close(a);
}
