/* actions.c - methods of the COM objects that a TSPI entry stands behind. */
#include "tests/com/errors/scene.h"

#define NUMBER ((BSTR)L"5550101")
#define CLASS  ((BSTR)L"wave/in") /* "tapi/line" TAPI answers by itself */

static ITBasicCallControl2 *fresh_call(void)
{
    ITBasicCallControl *call = NULL;

    REQUIRE_EQ(ITAddress2_CreateCall(scene.address, NUMBER, LINEADDRESSTYPE_PHONENUMBER,
                                     TAPIMEDIATYPE_AUDIO, &call),
               S_OK);
    return (ITBasicCallControl2 *)call; /* its interfaces share one vtable here */
}

static HRESULT connect_sync(void)
{
    ITBasicCallControl2 *call = fresh_call();
    HRESULT hr = ITBasicCallControl2_Connect(call, VARIANT_TRUE);

    ITBasicCallControl2_Release(call);
    return hr;
}

static HRESULT connect_now(void)
{
    ITBasicCallControl2 *call = fresh_call();
    HRESULT hr = ITBasicCallControl2_Connect(call, VARIANT_FALSE);

    ITBasicCallControl2_Release(call);
    return hr;
}

static HRESULT pick_up(void)
{
    ITBasicCallControl2 *call = fresh_call();
    HRESULT hr = ITBasicCallControl2_Pickup(call, (BSTR)L"1");

    ITBasicCallControl2_Release(call);
    return hr;
}

static HRESULT unpark(void)
{
    ITBasicCallControl2 *call = fresh_call();
    HRESULT hr = ITBasicCallControl2_Unpark(call);

    ITBasicCallControl2_Release(call);
    return hr;
}

static HRESULT park_indirect(void)
{
    BSTR where = NULL;
    HRESULT hr = ITBasicCallControl2_ParkIndirect(scene.call, &where);

    SysFreeString(where);
    return hr;
}

#define CALL_ACTION(function, expression)                                                          \
    static HRESULT function(void)                                                                  \
    {                                                                                              \
        return expression;                                                                         \
    }
CALL_ACTION(dial, ITBasicCallControl2_Dial(scene.call, NUMBER))
CALL_ACTION(answer, ITBasicCallControl2_Answer(scene.offered))
CALL_ACTION(drop, ITBasicCallControl2_Disconnect(scene.call, DC_NORMAL))
CALL_ACTION(hold, ITBasicCallControl2_Hold(scene.call, VARIANT_TRUE))
CALL_ACTION(unhold, ITBasicCallControl2_Hold(scene.call, VARIANT_FALSE))
CALL_ACTION(swap_hold, ITBasicCallControl2_SwapHold(scene.call, (ITBasicCallControl *)scene.other))
CALL_ACTION(blind_transfer, ITBasicCallControl2_BlindTransfer(scene.call, NUMBER))
CALL_ACTION(redirect, ITBasicCallControl2_BlindTransfer(scene.offered, NUMBER))
CALL_ACTION(remove_party, ITBasicCallControl2_RemoveFromConference(scene.call))
CALL_ACTION(park_direct, ITBasicCallControl2_ParkDirect(scene.call, NUMBER))
CALL_ACTION(set_qos, ITBasicCallControl2_SetQOS(scene.call, TAPIMEDIATYPE_AUDIO, QSL_BEST_EFFORT))

/* Methods of another interface of the call, the address or the phone. */
#define OTHER_ACTION(function, object, interface_, expression)                                     \
    static HRESULT function(void)                                                                  \
    {                                                                                              \
        interface_ *it = NULL;                                                                     \
        HRESULT hr;                                                                                \
                                                                                                   \
        REQUIRE_EQ(IUnknown_QueryInterface((IUnknown *)(object), &IID_##interface_, (void **)&it), \
                   S_OK);                                                                          \
        hr = expression;                                                                           \
        interface_##_Release(it);                                                                  \
        return hr;                                                                                 \
    }
static LONG number;
static DWORD size;
static BYTE *bytes;
static BSTR text;

static HRESULT forget_bytes(HRESULT hr)
{
    CoTaskMemFree(bytes);
    bytes = NULL;
    return hr;
}

static HRESULT forget_text(HRESULT hr)
{
    SysFreeString(text);
    text = NULL;
    return hr;
}

OTHER_ACTION(get_long, scene.call, ITCallInfo2,
             ITCallInfo2_get_CallInfoLong(it, CIL_BEARERMODE, &number))
OTHER_ACTION(put_app, scene.call, ITCallInfo2, ITCallInfo2_put_CallInfoLong(it, CIL_APPSPECIFIC, 5))
OTHER_ACTION(put_treatment, scene.call, ITCallInfo2,
             ITCallInfo2_put_CallInfoLong(it, CIL_CALLTREATMENT, 1))
OTHER_ACTION(put_rate, scene.call, ITCallInfo2, ITCallInfo2_put_CallInfoLong(it, CIL_MINRATE, 1))
OTHER_ACTION(send_info, scene.call, ITCallInfo2,
             ITCallInfo2_SetCallInfoBuffer(it, CIB_USERUSERINFO, 2, (BYTE *)"hi"))
OTHER_ACTION(set_data, scene.call, ITCallInfo2,
             ITCallInfo2_SetCallInfoBuffer(it, CIB_CALLDATABUFFER, 2, (BYTE *)"hi"))
OTHER_ACTION(release_info, scene.call, ITCallInfo2, ITCallInfo2_ReleaseUserUserInfo(it))
OTHER_ACTION(detect_digits, scene.call, ITLegacyCallMediaControl2,
             ITLegacyCallMediaControl2_DetectDigits(it, LINEDIGITMODE_DTMF))
OTHER_ACTION(generate_digits, scene.call, ITLegacyCallMediaControl2,
             ITLegacyCallMediaControl2_GenerateDigits(it, (BSTR)L"1", LINEDIGITMODE_DTMF))
OTHER_ACTION(gather_digits, scene.call, ITLegacyCallMediaControl2,
             ITLegacyCallMediaControl2_GatherDigits(it, LINEDIGITMODE_DTMF, 2, (BSTR)L"#", 1000,
                                                    1000))
OTHER_ACTION(generate_tone, scene.call, ITLegacyCallMediaControl2,
             ITLegacyCallMediaControl2_GenerateTone(it, TTM_BEEP, 100))
OTHER_ACTION(call_id, scene.call, ITLegacyCallMediaControl2,
             forget_bytes(ITLegacyCallMediaControl2_GetID(it, CLASS, &size, &bytes)))
OTHER_ACTION(set_media, scene.call, ITLegacyCallMediaControl2,
             ITLegacyCallMediaControl2_SetMediaType(it, TAPIMEDIATYPE_AUDIO))
OTHER_ACTION(monitor_media, scene.call, ITLegacyCallMediaControl2,
             ITLegacyCallMediaControl2_MonitorMedia(it, TAPIMEDIATYPE_AUDIO))
OTHER_ACTION(put_light, scene.address, ITAddress2, ITAddress2_put_MessageWaiting(it, VARIANT_TRUE))
OTHER_ACTION(device_specific, scene.address, ITAddress2,
             ITAddress2_DeviceSpecific(it, NULL, (BYTE[4]){1}, 4))
OTHER_ACTION(negotiate, scene.address, ITAddress2,
             ITAddress2_NegotiateExtVersion(it, 1, 2, &number))
OTHER_ACTION(get_capability, scene.address, ITAddressCapabilities,
             ITAddressCapabilities_get_AddressCapability(it, AC_MAXACTIVECALLS, &number))
OTHER_ACTION(address_id, scene.address, ITLegacyAddressMediaControl,
             forget_bytes(ITLegacyAddressMediaControl_GetID(it, CLASS, &size, &bytes)))
OTHER_ACTION(get_config, scene.address, ITLegacyAddressMediaControl,
             forget_bytes(ITLegacyAddressMediaControl_GetDevConfig(it, CLASS, &size, &bytes)))
OTHER_ACTION(set_config, scene.address, ITLegacyAddressMediaControl,
             ITLegacyAddressMediaControl_SetDevConfig(it, CLASS, 1, (BYTE *)"1"))

/* A provider that says nothing about the features of its calls is asked to set up transfers. */
static HRESULT consult(BOOL conference)
{
    ITBasicCallControl *second = (ITBasicCallControl *)fresh_call();
    DWORD bits = scene.provider->bits;
    HRESULT hr;

    scene.provider->bits = 0;
    hr = conference ? ITBasicCallControl2_Conference(scene.call, second, VARIANT_FALSE)
                    : ITBasicCallControl2_Transfer(scene.call, second, VARIANT_FALSE);
    scene.provider->bits = bits;
    ITBasicCallControl_Release(second);
    return hr;
}
CALL_ACTION(transfer, consult(FALSE))
CALL_ACTION(conference, consult(TRUE))

static HRESULT forward_address(void)
{
    ITForwardInformation *forward = NULL;
    HRESULT hr;

    REQUIRE_EQ(ITAddress2_CreateForwardInfoObject(scene.address, &forward), S_OK);
    CHECK_EQ(ITForwardInformation_SetForwardType(forward, LINEFORWARDMODE_UNCOND, NUMBER, NULL),
             S_OK);
    hr = ITAddress2_Forward(scene.address, forward, NULL);
    ITForwardInformation_Release(forward);
    return hr;
}

/* The second line of the provider, which is not open yet. */
static HRESULT register_second(void)
{
    ITTAPI2 *tapi = scene.client->tapi;
    IEnumAddress *addresses = NULL;
    ITAddress *second = NULL;
    LONG registration;
    HRESULT hr;

    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
    CHECK_EQ(IEnumAddress_Skip(addresses, 1), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &second, NULL), S_OK);
    IEnumAddress_Release(addresses);
    hr = ITTAPI2_RegisterCallNotifications(tapi, second, VARIANT_FALSE, VARIANT_TRUE,
                                           TAPIMEDIATYPE_AUDIO, 0, &registration);
    if (SUCCEEDED(hr))
        CHECK_EQ(ITTAPI2_UnregisterNotifications(tapi, registration), S_OK);
    ITAddress_Release(second);
    return hr;
}

static TAPI_DETECTTONE tone = {.dwFrequency1 = 440, .dwDuration = 100};
OTHER_ACTION(detect_tones, scene.call, ITLegacyCallMediaControl2,
             ITLegacyCallMediaControl2_DetectTones(it, &tone, 1))

#define ACTION(name, entry, async, interface_, function)                                           \
    {                                                                                              \
        name, EVERY_TSPI_##entry, async, &IID_##interface_, function, FALSE                        \
    }
#define READING(name, entry, interface_, function)                                                 \
    {                                                                                              \
        name, EVERY_TSPI_##entry, FALSE, &IID_##interface_, function, TRUE                         \
    }

const struct action line_actions[] = {
    ACTION("Connect, waiting", lineMakeCall, TRUE, ITBasicCallControl2, connect_sync),
    ACTION("Connect", lineMakeCall, TRUE, ITBasicCallControl2, connect_now),
    ACTION("Pickup", linePickup, TRUE, ITBasicCallControl2, pick_up),
    ACTION("Unpark", lineUnpark, TRUE, ITBasicCallControl2, unpark),
    ACTION("Dial", lineDial, TRUE, ITBasicCallControl2, dial),
    ACTION("Answer", lineAnswer, TRUE, ITBasicCallControl2, answer),
    ACTION("Disconnect", lineDrop, TRUE, ITBasicCallControl2, drop),
    ACTION("Hold", lineHold, TRUE, ITBasicCallControl2, hold),
    ACTION("Hold, back", lineUnhold, TRUE, ITBasicCallControl2, unhold),
    ACTION("SwapHold", lineSwapHold, TRUE, ITBasicCallControl2, swap_hold),
    ACTION("BlindTransfer", lineBlindTransfer, TRUE, ITBasicCallControl2, blind_transfer),
    ACTION("BlindTransfer, offered", lineRedirect, TRUE, ITBasicCallControl2, redirect),
    ACTION("RemoveFromConference", lineRemoveFromConference, TRUE, ITBasicCallControl2,
           remove_party),
    ACTION("ParkDirect", linePark, TRUE, ITBasicCallControl2, park_direct),
    ACTION("ParkIndirect", linePark, TRUE, ITBasicCallControl2, park_indirect),
    ACTION("SetQOS", lineSetCallQualityOfService, TRUE, ITBasicCallControl2, set_qos),
    READING("get_CallInfoLong", lineGetCallInfo, ITCallInfo2, get_long),
    ACTION("put_CallInfoLong, APPSPECIFIC", lineSetAppSpecific, FALSE, ITCallInfo2, put_app),
    ACTION("put_CallInfoLong, treatment", lineSetCallTreatment, TRUE, ITCallInfo2, put_treatment),
    ACTION("put_CallInfoLong, rate", lineSetCallParams, TRUE, ITCallInfo2, put_rate),
    ACTION("SetCallInfoBuffer, user-user", lineSendUserUserInfo, TRUE, ITCallInfo2, send_info),
    ACTION("SetCallInfoBuffer, data", lineSetCallData, TRUE, ITCallInfo2, set_data),
    ACTION("ReleaseUserUserInfo", lineReleaseUserUserInfo, TRUE, ITCallInfo2, release_info),
    ACTION("Transfer", lineSetupTransfer, TRUE, ITBasicCallControl2, transfer),
    ACTION("Conference", lineSetupConference, TRUE, ITBasicCallControl2, conference),
    ACTION("Forward", lineForward, TRUE, ITAddress2, forward_address),
    ACTION("RegisterCallNotifications", lineOpen, FALSE, ITTAPI, register_second),
    ACTION("DetectTones", lineMonitorTones, FALSE, ITLegacyCallMediaControl2, detect_tones),
    ACTION("DetectDigits", lineMonitorDigits, FALSE, ITLegacyCallMediaControl2, detect_digits),
    ACTION("GenerateDigits", lineGenerateDigits, FALSE, ITLegacyCallMediaControl2, generate_digits),
    ACTION("GatherDigits", lineGatherDigits, FALSE, ITLegacyCallMediaControl2, gather_digits),
    ACTION("GenerateTone", lineGenerateTone, FALSE, ITLegacyCallMediaControl2, generate_tone),
    READING("GetID", lineGetID, ITLegacyCallMediaControl2, call_id),
    ACTION("SetMediaType", lineSetMediaMode, FALSE, ITLegacyCallMediaControl2, set_media),
    ACTION("MonitorMedia", lineMonitorMedia, FALSE, ITLegacyCallMediaControl2, monitor_media),
    ACTION("put_MessageWaiting", lineSetLineDevStatus, TRUE, ITAddress2, put_light),
    ACTION("DeviceSpecific", lineDevSpecific, TRUE, ITAddress2, device_specific),
    ACTION("NegotiateExtVersion", lineNegotiateExtVersion, FALSE, ITAddress2, negotiate),
    READING("get_AddressCapability", lineGetAddressCaps, ITAddressCapabilities, get_capability),
    READING("GetID of an address", lineGetID, ITLegacyAddressMediaControl2, address_id),
    READING("GetDevConfig", lineGetDevConfig, ITLegacyAddressMediaControl2, get_config),
    ACTION("SetDevConfig", lineSetDevConfig, FALSE, ITLegacyAddressMediaControl2, set_config),
};
const unsigned line_action_count = ARRAYSIZE(line_actions);

/* Whatever comes of it, the phone is open again for the next action. */
static HRESULT open_phone(void)
{
    LONG result = scene.provider->result[EVERY_TSPI_phoneOpen];
    IErrorInfo *info = NULL;
    HRESULT hr;

    REQUIRE_EQ(ITPhone_Close(scene.phone), S_OK);
    hr = ITPhone_Open(scene.phone, PP_OWNER);
    if (FAILED(hr)) {
        GetErrorInfo(0, &info);
        scene.provider->result[EVERY_TSPI_phoneOpen] = 0;
        REQUIRE_EQ(ITPhone_Open(scene.phone, PP_OWNER), S_OK);
        scene.provider->result[EVERY_TSPI_phoneOpen] = result;
        SetErrorInfo(0, info);
        if (info)
            IErrorInfo_Release(info);
    }
    return hr;
}

static PHONE_HOOK_SWITCH_STATE hook;
static PHONE_LAMP_MODE lamp;
CALL_ACTION(get_button, forget_text(ITPhone_get_ButtonText(scene.phone, 0, &text)))
CALL_ACTION(put_button, ITPhone_put_ButtonText(scene.phone, 0, (BSTR)L"text"))
CALL_ACTION(get_hook, ITPhone_get_HookSwitchState(scene.phone, PHSD_HANDSET, &hook))
CALL_ACTION(put_hook, ITPhone_put_HookSwitchState(scene.phone, PHSD_HANDSET, PHSS_OFFHOOK))
CALL_ACTION(get_ring, ITPhone_get_RingMode(scene.phone, &number))
CALL_ACTION(put_ring, ITPhone_put_RingMode(scene.phone, 1))
CALL_ACTION(put_volume, ITPhone_put_RingVolume(scene.phone, 1))
CALL_ACTION(get_lamp, ITPhone_get_LampMode(scene.phone, 0, &lamp))
CALL_ACTION(put_lamp, ITPhone_put_LampMode(scene.phone, 0, LM_STEADY))
CALL_ACTION(get_display, forget_text(ITPhone_get_Display(scene.phone, &text)))
CALL_ACTION(set_display, ITPhone_SetDisplay(scene.phone, 0, 0, (BSTR)L"x"))
CALL_ACTION(get_caps, ITPhone_get_PhoneCapsLong(scene.phone, PCL_NUMRINGMODES, &number))
CALL_ACTION(phone_specific, ITPhone_DeviceSpecific(scene.phone, (BYTE[4]){1}, 4))
CALL_ACTION(phone_negotiate, ITPhone_NegotiateExtVersion(scene.phone, 1, 2, &number))

const struct action phone_actions[] = {
    ACTION("Open", phoneOpen, FALSE, ITPhone, open_phone),
    READING("get_ButtonText", phoneGetButtonInfo, ITPhone, get_button),
    ACTION("put_ButtonText", phoneSetButtonInfo, TRUE, ITPhone, put_button),
    READING("get_HookSwitchState", phoneGetStatus, ITPhone, get_hook),
    ACTION("put_HookSwitchState", phoneSetHookSwitch, TRUE, ITPhone, put_hook),
    ACTION("get_RingMode", phoneGetRing, FALSE, ITPhone, get_ring),
    ACTION("put_RingMode", phoneSetRing, TRUE, ITPhone, put_ring),
    ACTION("put_RingVolume", phoneSetRing, TRUE, ITPhone, put_volume),
    ACTION("get_LampMode", phoneGetLamp, FALSE, ITPhone, get_lamp),
    ACTION("put_LampMode", phoneSetLamp, TRUE, ITPhone, put_lamp),
    READING("get_Display", phoneGetDisplay, ITPhone, get_display),
    ACTION("SetDisplay", phoneSetDisplay, TRUE, ITPhone, set_display),
    READING("get_PhoneCapsLong", phoneGetDevCaps, ITPhone, get_caps),
    ACTION("DeviceSpecific", phoneDevSpecific, TRUE, ITPhone, phone_specific),
    ACTION("NegotiateExtVersion", phoneNegotiateExtVersion, FALSE, ITPhone, phone_negotiate),
};
const unsigned phone_action_count = ARRAYSIZE(phone_actions);
