/* enumerators_test.c - each kind of enumerator where it comes from: Next, Reset, Skip, Clone, and
 * NULL for what they give. */
#include "tests/com/methods/methods.h"

TEST_BOTH(enumerators_of_the_line_side)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITCallInfo *info = interface_of(call, &IID_ITCallInfo);
    IEnumAddress *addresses = NULL;
    IEnumCallHub *hubs = NULL;
    IEnumPhone *phones = NULL;
    IEnumCall *calls = NULL;
    ITCallHub *hub = NULL;

    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(a->tapi, &addresses), S_OK);
    check_objects_of(addresses);
    REQUIRE_EQ(ITTAPI2_EnumerateCallHubs(a->tapi, &hubs), S_OK);
    check_objects_of(hubs);
    REQUIRE_EQ(ITAddress_EnumerateCalls(a->address, &calls), S_OK);
    check_objects_of(calls);
    REQUIRE_EQ(ITCallInfo_get_CallHub(info, &hub), S_OK);
    REQUIRE_EQ(ITCallHub_EnumerateCalls(hub, &calls), S_OK);
    check_objects_of(calls);
    ITCallHub_Release(hub);
    REQUIRE_EQ(ITTAPI2_EnumeratePhones(a->tapi, &phones), S_OK);
    check_enumerator(phones); /* there are none */
    CHECK_EQ(IEnumPhone_Skip(phones, 1), S_FALSE);
    IEnumPhone_Release(phones);
    ITCallInfo_Release(info);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(enumerators_of_texts)
{
    struct client *a = client_open(L"101");
    ITAddressCapabilities *capabilities = interface_of(a->address, &IID_ITAddressCapabilities);
    IEnumBstr *all = NULL;
    BSTR text = NULL;

    REQUIRE_EQ(ITAddressCapabilities_EnumerateDeviceClasses(capabilities, &all), S_OK);
    check_enumerator(all);
    CHECK_EQ(IEnumBstr_Next(all, 1, &text, NULL), S_OK);
    CHECK(SysStringLen(text) > 0);
    SysFreeString(text);
    CHECK_EQ(IEnumBstr_Skip(all, 1000), S_FALSE);
    IEnumBstr_Release(all);
    ITAddressCapabilities_Release(capabilities);
    client_close(a);
}

TEST_BOTH(enumerators_of_the_media_side)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITTerminalSupport2 *support = interface_of(a->address, &IID_ITTerminalSupport2);
    ITStreamControl *control = interface_of(call, &IID_ITStreamControl);
    BSTR class = SysAllocString(CLSID_String_FilePlaybackTerminal);
    IEnumPluggableTerminalClassInfo *infos = NULL;
    IEnumPluggableSuperclassInfo *supers = NULL;
    IEnumTerminalClass *classes = NULL;
    ITMultiTrackTerminal *tracks;
    IEnumTerminal *terminals = NULL;
    IEnumStream *streams = NULL;
    ITTerminal *terminal = NULL;
    GUID guid;

    REQUIRE_EQ(ITStreamControl_EnumerateStreams(control, &streams), S_OK);
    check_objects_of(streams);
    REQUIRE_EQ(ITTerminalSupport2_EnumeratePluggableSuperclasses(support, &supers), S_OK);
    check_objects_of(supers);
    REQUIRE_EQ(ITTerminalSupport2_EnumeratePluggableTerminalClasses(support, CLSID_FileSuperclass,
                                                                    TAPIMEDIATYPE_AUDIO, &infos),
               S_OK);
    check_objects_of(infos);
    REQUIRE_EQ(ITTerminalSupport2_EnumerateDynamicTerminalClasses(support, &classes), S_OK);
    check_enumerator(classes);
    CHECK_EQ(IEnumTerminalClass_Next(classes, 1, &guid, NULL), S_OK);
    CHECK_EQ(IEnumTerminalClass_Skip(classes, 1000), S_FALSE);
    IEnumTerminalClass_Release(classes);
    REQUIRE_EQ(ITTerminalSupport2_CreateTerminal(support, class, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                 &terminal),
               S_OK);
    tracks = interface_of(terminal, &IID_ITMultiTrackTerminal);
    REQUIRE_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(tracks, &terminals), S_OK);
    check_objects_of(terminals);
    ITMultiTrackTerminal_Release(tracks);
    ITTerminal_Release(terminal);
    SysFreeString(class);
    ITStreamControl_Release(control);
    ITTerminalSupport2_Release(support);
    ITBasicCallControl_Release(call);
    client_close(a);
}
