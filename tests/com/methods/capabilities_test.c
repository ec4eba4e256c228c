/* capabilities_test.c - ITAddressCapabilities and ITLegacyAddressMediaControl: each value against
 * what the C API says of the same line. */
#include "tests/com/methods/methods.h"

#include <stdlib.h>

/* The line's capabilities by the C API: device 0 is extension 101. */
static struct {
    HLINEAPP app;
    DWORD version;
    LINEDEVCAPS *line;
    LINEADDRESSCAPS *address;
} plain;

static void plain_start(void)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEEXTENSIONID extension;
    DWORD devices, version = 0x00030001;

    REQUIRE_EQ(lineInitializeExW(&plain.app, NULL, NULL, L"plain", &devices, &version, &params), 0);
    REQUIRE_EQ(
        lineNegotiateAPIVersion(plain.app, 0, 0x00010003, version, &plain.version, &extension), 0);
    plain.line = calloc(1, 8192);
    plain.address = calloc(1, 8192);
    REQUIRE(plain.line && plain.address);
    plain.line->dwTotalSize = plain.address->dwTotalSize = 8192;
    REQUIRE_EQ(lineGetDevCapsW(plain.app, 0, plain.version, 0, plain.line), 0);
    REQUIRE_EQ(lineGetAddressCapsW(plain.app, 0, 0, plain.version, 0, plain.address), 0);
}

static void plain_end(void)
{
    free(plain.line);
    free(plain.address);
    lineShutdown(plain.app);
    memset(&plain, 0, sizeof(plain));
}

#define L(which, field)                                                                            \
    {                                                                                              \
        which, false, offsetof(LINEDEVCAPS, field)                                                 \
    }
#define A(which, field)                                                                            \
    {                                                                                              \
        which, true, offsetof(LINEADDRESSCAPS, field)                                              \
    }
static const struct {
    ADDRESS_CAPABILITY which;
    bool of_address;
    size_t offset;
} numbers[] = {
    L(AC_ADDRESSTYPES, dwAddressTypes),
    L(AC_BEARERMODES, dwBearerModes),
    A(AC_MAXACTIVECALLS, dwMaxNumActiveCalls),
    A(AC_MAXONHOLDCALLS, dwMaxNumOnHoldCalls),
    A(AC_MAXONHOLDPENDINGCALLS, dwMaxNumOnHoldPendingCalls),
    A(AC_MAXNUMCONFERENCE, dwMaxNumConference),
    A(AC_MAXNUMTRANSCONF, dwMaxNumTransConf),
    L(AC_MONITORDIGITSUPPORT, dwMonitorDigitModes),
    L(AC_GENERATEDIGITSUPPORT, dwGenerateDigitModes),
    L(AC_GENERATETONEMODES, dwGenerateToneModes),
    L(AC_GENERATETONEMAXNUMFREQ, dwGenerateToneMaxNumFreq),
    L(AC_MONITORTONEMAXNUMFREQ, dwMonitorToneMaxNumFreq),
    L(AC_MONITORTONEMAXNUMENTRIES, dwMonitorToneMaxNumEntries),
    L(AC_DEVCAPFLAGS, dwDevCapFlags),
    L(AC_ANSWERMODES, dwAnswerMode),
    L(AC_LINEFEATURES, dwLineFeatures),
    L(AC_SETTABLEDEVSTATUS, dwSettableDevStatus),
    A(AC_PARKSUPPORT, dwParkModes),
    A(AC_CALLERIDSUPPORT, dwCallerIDFlags),
    A(AC_CALLEDIDSUPPORT, dwCalledIDFlags),
    A(AC_CONNECTEDIDSUPPORT, dwConnectedIDFlags),
    A(AC_REDIRECTIONIDSUPPORT, dwRedirectionIDFlags),
    A(AC_REDIRECTINGIDSUPPORT, dwRedirectingIDFlags),
    A(AC_ADDRESSCAPFLAGS, dwAddrCapFlags),
    A(AC_CALLFEATURES1, dwCallFeatures),
    A(AC_CALLFEATURES2, dwCallFeatures2),
    A(AC_REMOVEFROMCONFCAPS, dwRemoveFromConfCaps),
    A(AC_REMOVEFROMCONFSTATE, dwRemoveFromConfState),
    A(AC_TRANSFERMODES, dwTransferModes),
    A(AC_ADDRESSFEATURES, dwAddressFeatures),
    A(AC_PREDICTIVEAUTOTRANSFERSTATES, dwPredictiveAutoTransferStates),
    A(AC_MAXCALLDATASIZE, dwMaxCallDataSize),
    A(AC_FORWARDMODES, dwForwardModes),
    A(AC_MAXFORWARDENTRIES, dwMaxForwardEntries),
    A(AC_MAXSPECIFICENTRIES, dwMaxSpecificEntries),
    A(AC_MINFWDNUMRINGS, dwMinFwdNumRings),
    A(AC_MAXFWDNUMRINGS, dwMaxFwdNumRings),
    A(AC_MAXCALLCOMPLETIONS, dwMaxCallCompletions),
    A(AC_CALLCOMPLETIONCONDITIONS, dwCallCompletionConds),
    A(AC_CALLCOMPLETIONMODES, dwCallCompletionModes),
    L(AC_PERMANENTDEVICEID, dwPermanentLineID),
    L(AC_GATHERDIGITSMINTIMEOUT, dwGatherDigitsMinTimeout),
    L(AC_GATHERDIGITSMAXTIMEOUT, dwGatherDigitsMaxTimeout),
    L(AC_GENERATEDIGITMINDURATION, MinDialParams.dwDigitDuration),
    L(AC_GENERATEDIGITMAXDURATION, MaxDialParams.dwDigitDuration),
    L(AC_GENERATEDIGITDEFAULTDURATION, DefaultDialParams.dwDigitDuration),
};
#undef L
#undef A

TEST_BOTH(every_number)
{
    struct client *a = client_open(L"101");
    ITAddressCapabilities *capabilities = interface_of(a->address, &IID_ITAddressCapabilities);
    ADDRESS_CAPABILITY which;
    bool seen[AC_GENERATEDIGITDEFAULTDURATION + 1] = {[AC_LINEID] = true, [AC_ADDRESSID] = true};
    LONG value;
    VARIANT late;
    unsigned i;

    plain_start();
    for (i = 0; i < ARRAYSIZE(numbers); i++) {
        LONG expected =
            *(LONG *)((char *)(numbers[i].of_address ? (void *)plain.address : (void *)plain.line) +
                      numbers[i].offset);

        POISON(value);
        CHECK_EQ(
            ITAddressCapabilities_get_AddressCapability(capabilities, numbers[i].which, &value),
            S_OK);
        if (!CHECK_EQ(value, expected))
            test_note("of ADDRESS_CAPABILITY %d", numbers[i].which);
        CHECK_EQ(named_get(capabilities, L"AddressCapability", &late, "l", numbers[i].which), S_OK);
        CHECK_EQ(V_I4(&late), expected);
        seen[numbers[i].which] = true;
    }
    for (which = 0; which <= AC_GENERATEDIGITDEFAULTDURATION; which++)
        CHECK(seen[which]);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, AC_LINEID, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, AC_ADDRESSID, &value), S_OK);
    CHECK_EQ(value, 0);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, -1, &value), E_INVALIDARG);
    CHECK_EQ(named_get(capabilities, L"AddressCapability", &late, "l", 999), E_INVALIDARG);
    ITAddressCapabilities_Release(capabilities);
    plain_end();
    client_close(a);
}

static const WCHAR *plain_text(const void *structure, DWORD size, DWORD offset)
{
    return size ? (const WCHAR *)((const char *)structure + offset) : L"";
}

TEST_BOTH(every_text)
{
    struct client *a = client_open(L"101");
    ITAddressCapabilities *capabilities = interface_of(a->address, &IID_ITAddressCapabilities);
    ISimPBX *exchange = client_exchange();
    WCHAR protocol[40], permanent[40];
    BSTR text;
    LONG which;
    VARIANT late;

    plain_start();
    StringFromGUID2(&plain.line->ProtocolGuid, protocol, 40);
    StringFromGUID2(&plain.line->PermanentLineGuid, permanent, 40);
    for (which = ACS_PROTOCOL; which <= ACS_PERMANENTDEVICEGUID; which++) {
        const LINEDEVCAPS *line = plain.line;
        const WCHAR *expected = L"";

        switch (which) {
        case ACS_PROTOCOL:
            expected = protocol;
            break;
        case ACS_PERMANENTDEVICEGUID:
            expected = permanent;
            break;
        case ACS_ADDRESSDEVICESPECIFIC:
            expected = plain_text(plain.address, plain.address->dwDevSpecificSize,
                                  plain.address->dwDevSpecificOffset);
            break;
        case ACS_LINEDEVICESPECIFIC:
            expected = plain_text(line, line->dwDevSpecificSize, line->dwDevSpecificOffset);
            break;
        case ACS_PROVIDERSPECIFIC:
            expected = plain_text(line, line->dwProviderInfoSize, line->dwProviderInfoOffset);
            break;
        case ACS_SWITCHSPECIFIC:
            expected = plain_text(line, line->dwSwitchInfoSize, line->dwSwitchInfoOffset);
            break;
        }
        POISON(text);
        CHECK_EQ(ITAddressCapabilities_get_AddressCapabilityString(capabilities, which, &text),
                 S_OK);
        CHECK_WSTR(text, expected);
        SysFreeString(text);
        CHECK_EQ(named_get(capabilities, L"AddressCapabilityString", &late, "l", which), S_OK);
        CHECK_WSTR(V_BSTR(&late) ? V_BSTR(&late) : L"", expected);
        VariantClear(&late);
    }
    POISON(text);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapabilityString(capabilities, 99, &text),
             E_INVALIDARG);
    CHECK(text == NULL);
    CHECK_EQ(named_get(capabilities, L"AddressCapabilityString", &late, "l", -1), E_INVALIDARG);
    fail_next(exchange, L"TSPI_lineGetDevCaps", LINEERR_OPERATIONFAILED);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapabilityString(capabilities, ACS_PROTOCOL, &text),
             TAPI_E_OPERATIONFAILED);
    ISimPBX_Release(exchange);
    ITAddressCapabilities_Release(capabilities);
    plain_end();
    client_close(a);
}

static DWORD count_classes(void)
{
    const WCHAR *at = plain_text(plain.address, plain.address->dwDeviceClassesSize,
                                 plain.address->dwDeviceClassesOffset);
    DWORD count = 0;

    for (; *at; at += wcslen(at) + 1)
        count++;
    return count;
}

static bool strings_are(IEnumBstr *all, DWORD count, const WCHAR *one)
{
    bool found = one == NULL;
    DWORD got = 0;
    BSTR text;

    while (IEnumBstr_Next(all, 1, &text, NULL) == S_OK) {
        found = found || !wcscmp(text, one);
        got++;
        SysFreeString(text);
    }
    IEnumBstr_Release(all);
    return got == count && found;
}

TEST_BOTH(lists_of_names)
{
    struct client *a = client_open(L"101");
    ITAddressCapabilities *capabilities = interface_of(a->address, &IID_ITAddressCapabilities);
    DWORD treatments, messages, classes;
    IEnumBstr *all;
    VARIANT list;

    plain_start();
    treatments = plain.address->dwNumCallTreatments;
    messages = plain.address->dwNumCompletionMessages;
    classes = count_classes();
    CHECK(treatments > 0 && messages > 0 && classes > 0); /* or nothing is proved */
    CHECK_EQ(ITAddressCapabilities_get_CallTreatments(capabilities, &list), S_OK);
    CHECK(collection_has(&list, treatments));
    CHECK_EQ(ITAddressCapabilities_EnumerateCallTreatments(capabilities, &all), S_OK);
    CHECK(strings_are(all, treatments, NULL));
    CHECK(named_list(capabilities, L"CallTreatments", treatments, ""));
    CHECK(named_list(capabilities, L"EnumerateCallTreatments", treatments, ""));
    CHECK_EQ(ITAddressCapabilities_get_CompletionMessages(capabilities, &list), S_OK);
    CHECK(collection_has(&list, messages));
    CHECK_EQ(ITAddressCapabilities_EnumerateCompletionMessages(capabilities, &all), S_OK);
    CHECK(strings_are(all, messages, NULL));
    CHECK(named_list(capabilities, L"CompletionMessages", messages, ""));
    CHECK(named_list(capabilities, L"EnumerateCompletionMessages", messages, ""));
    CHECK_EQ(ITAddressCapabilities_get_DeviceClasses(capabilities, &list), S_OK);
    CHECK(collection_has(&list, classes));
    CHECK_EQ(ITAddressCapabilities_EnumerateDeviceClasses(capabilities, &all), S_OK);
    CHECK(strings_are(all, classes, L"tapi/line"));
    CHECK(named_list(capabilities, L"DeviceClasses", classes, ""));
    CHECK(named_list(capabilities, L"EnumerateDeviceClasses", classes, ""));
    ITAddressCapabilities_Release(capabilities);
    plain_end();
    client_close(a);
}

/* ---- ITLegacyAddressMediaControl ------------------------------------------------------------- */

TEST_BOTH(devices_of_an_address)
{
    struct client *a = client_open(L"101");
    ITLegacyAddressMediaControl *media = interface_of(a->address, &IID_ITLegacyAddressMediaControl);
    BSTR line = SysAllocString(L"tapi/line"), none = SysAllocString(L"no/such");
    DWORD *config = NULL;
    BYTE *bytes;
    DWORD size;

    POISON(size);
    REQUIRE_EQ(ITLegacyAddressMediaControl_GetID(media, line, &size, &bytes), S_OK);
    CHECK_EQ(size, sizeof(DWORD));
    CHECK_EQ(*(DWORD *)bytes, 0);
    CoTaskMemFree(bytes);
    POISON(bytes);
    CHECK_EQ(ITLegacyAddressMediaControl_GetID(media, none, &size, &bytes),
             TAPI_E_INVALDEVICECLASS);
    CHECK(bytes == NULL && size == 0);
    CHECK_EQ(ITLegacyAddressMediaControl_GetID(media, NULL, &size, &bytes), E_POINTER);

    /* Call waiting, do not disturb, rings: docs/simpbx.md. */
    REQUIRE_EQ(ITLegacyAddressMediaControl_GetDevConfig(media, line, &size, (BYTE **)&config),
               S_OK);
    REQUIRE_EQ(size, 5 * sizeof(DWORD));
    CHECK_EQ(config[0], size);
    config[4] = 9;
    CHECK_EQ(ITLegacyAddressMediaControl_SetDevConfig(media, line, size, (BYTE *)config), S_OK);
    CoTaskMemFree(config);
    REQUIRE_EQ(ITLegacyAddressMediaControl_GetDevConfig(media, line, &size, (BYTE **)&config),
               S_OK);
    CHECK_EQ(config[4], 9);
    POISON(bytes);
    CHECK_EQ(ITLegacyAddressMediaControl_GetDevConfig(media, none, &size, &bytes),
             TAPI_E_INVALDEVICECLASS);
    CHECK(bytes == NULL && size == 0);
    CHECK_EQ(ITLegacyAddressMediaControl_GetDevConfig(media, NULL, &size, &bytes), E_POINTER);
    CHECK_EQ(ITLegacyAddressMediaControl_SetDevConfig(media, none, 4, (BYTE *)config),
             TAPI_E_INVALDEVICECLASS);
    CHECK_EQ(ITLegacyAddressMediaControl_SetDevConfig(media, line, 4, NULL), E_POINTER);
    CHECK_EQ(ITLegacyAddressMediaControl_SetDevConfig(media, NULL, 4, (BYTE *)config), E_POINTER);
    CHECK_EQ(ITLegacyAddressMediaControl_SetDevConfig(media, line, 3, (BYTE *)config),
             E_INVALIDARG);
    CoTaskMemFree(config);
    SysFreeString(line);
    SysFreeString(none);
    ITLegacyAddressMediaControl_Release(media);
    client_close(a);
}
