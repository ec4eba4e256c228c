/* phone_caps.c - what phones are and can do, and how they are just now. */
#include "front_phone.h"

#include <string.h>

#define HOOK_MODES                                                                                 \
    (PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC | PHONEHOOKSWITCHMODE_SPEAKER |          \
     PHONEHOOKSWITCHMODE_MICSPEAKER)
#define LAMP_MODES                                                                                 \
    (PHONELAMPMODE_OFF | PHONELAMPMODE_STEADY | PHONELAMPMODE_WINK | PHONELAMPMODE_FLASH |         \
     PHONELAMPMODE_FLUTTER | PHONELAMPMODE_BROKENFLUTTER)
#define PHONE_STATES                                                                               \
    (PHONESTATE_CONNECTED | PHONESTATE_DISCONNECTED | PHONESTATE_OWNER | PHONESTATE_MONITORS |     \
     PHONESTATE_DISPLAY | PHONESTATE_LAMP | PHONESTATE_RINGMODE | PHONESTATE_RINGVOLUME |          \
     PHONESTATE_HANDSETHOOKSWITCH | PHONESTATE_HANDSETVOLUME | PHONESTATE_HANDSETGAIN |            \
     PHONESTATE_SPEAKERHOOKSWITCH | PHONESTATE_SPEAKERVOLUME | PHONESTATE_SPEAKERGAIN |            \
     PHONESTATE_HEADSETHOOKSWITCH | PHONESTATE_HEADSETVOLUME | PHONESTATE_HEADSETGAIN |            \
     PHONESTATE_REINIT | PHONESTATE_CAPSCHANGE)
/* Everything there is; PHONEFEATURE_GENERICPHONE says that the line's terminal is this phone. */
#define PHONE_FEATURES                                                                             \
    (PHONEFEATURE_GETBUTTONINFO | PHONEFEATURE_GETDATA | PHONEFEATURE_GETDISPLAY |                 \
     PHONEFEATURE_GETGAINHANDSET | PHONEFEATURE_GETGAINSPEAKER | PHONEFEATURE_GETGAINHEADSET |     \
     PHONEFEATURE_GETHOOKSWITCHHANDSET | PHONEFEATURE_GETHOOKSWITCHSPEAKER |                       \
     PHONEFEATURE_GETHOOKSWITCHHEADSET | PHONEFEATURE_GETLAMP | PHONEFEATURE_GETRING |             \
     PHONEFEATURE_GETVOLUMEHANDSET | PHONEFEATURE_GETVOLUMESPEAKER |                               \
     PHONEFEATURE_GETVOLUMEHEADSET | PHONEFEATURE_SETBUTTONINFO | PHONEFEATURE_SETDATA |           \
     PHONEFEATURE_SETDISPLAY | PHONEFEATURE_SETGAINHANDSET | PHONEFEATURE_SETGAINSPEAKER |         \
     PHONEFEATURE_SETGAINHEADSET | PHONEFEATURE_SETHOOKSWITCHHANDSET |                             \
     PHONEFEATURE_SETHOOKSWITCHSPEAKER | PHONEFEATURE_SETHOOKSWITCHHEADSET |                       \
     PHONEFEATURE_SETLAMP | PHONEFEATURE_SETRING | PHONEFEATURE_SETVOLUMEHANDSET |                 \
     PHONEFEATURE_SETVOLUMESPEAKER | PHONEFEATURE_SETVOLUMEHEADSET)
/* Those that read what TAPI can still know of a phone that is pulled out. */
#define UNPLUGGED_FEATURES (PHONE_FEATURES & 0x3FFFu)

static const char provider_name[] = "OpenTAPI simulated exchange";
static const GUID phone_guid = {
    0x6b2c9a41, 0x5d0e, 0x4b57, {0x9b, 0x7e, 0x0c, 0x3a, 0x00, 0x00, 0x00, 0x00}};

/* Which of a button's properties a list of PHONECAPS or PHONESTATUS is made of. */
enum property { MODE, FUNCTION, LAMP_MODES_OF, LAMP_NOW };

static void out_buttons(struct front_out *out, const struct pbx_phone *phone, enum property what,
                        DWORD *size, DWORD *offset)
{
    DWORD list[PBX_PHONE_BUTTONS];

    for (uint32_t i = 0; i < phone->button_count; i++) {
        const struct pbx_phone_button *button = &phone->button[i];
        list[i] = what == MODE                     ? button->mode
                  : what == FUNCTION               ? button->function
                  : what == LAMP_NOW               ? button->lamp
                  : button->lamp == PBX_LAMP_DUMMY ? (DWORD)PHONELAMPMODE_DUMMY
                                                   : (DWORD)LAMP_MODES;
    }
    out_bytes(out, list, phone->button_count * sizeof(*list), size, offset);
}

LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                  LPPHONECAPS lpPhoneCaps)
{
    static const WCHAR classes[] = L"tapi/phone\0tapi/line\0";
    struct pbx_phone *phone;
    struct front_out out;
    PHONECAPS caps;
    LONG result;

    (void)dwExtVersion;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = PHONEERR_BADDEVICEID;
    if (!(phone = front_phone(dwDeviceID)))
        goto done;
    result = PHONEERR_INCOMPATIBLEAPIVERSION;
    if (dwTSPIVersion < SIMPBX_TSPI_LOW || dwTSPIVersion > SIMPBX_TSPI_HIGH)
        goto done;
    if ((result = out_begin(&out, lpPhoneCaps, structure_size(dwTSPIVersion, 144, 180, 196, 196))))
        goto done;
    memset(&caps, 0, sizeof(caps));
    const struct pbx_party *party = &phone->extension->party;
    out_text(&out, provider_name, &caps.dwProviderInfoSize, &caps.dwProviderInfoOffset);
    out_text(&out, "Desk set", &caps.dwPhoneInfoSize, &caps.dwPhoneInfoOffset);
    out_text(&out, party->name[0] ? party->name : party->number, &caps.dwPhoneNameSize,
             &caps.dwPhoneNameOffset);
    caps.dwPermanentPhoneID = front.provider_id << 17 | phone->extension->index;
    caps.dwStringFormat = STRINGFORMAT_ASCII; /* of the display: a byte a place */
    caps.dwPhoneStates = PHONE_STATES;
    if (dwTSPIVersion < 0x00010004)
        caps.dwPhoneStates &= ~(DWORD)PHONESTATE_CAPSCHANGE;
    caps.dwHookSwitchDevs = caps.dwVolumeFlags = caps.dwGainFlags = PBX_HOOK_ALL;
    caps.dwHandsetHookSwitchModes = caps.dwSpeakerHookSwitchModes = caps.dwHeadsetHookSwitchModes =
        HOOK_MODES;
    caps.dwDisplayNumRows = phone->rows;
    caps.dwDisplayNumColumns = phone->columns;
    caps.dwNumRingModes = PBX_PHONE_RING_MODES;
    caps.dwNumButtonLamps = phone->button_count;
    out_buttons(&out, phone, MODE, &caps.dwButtonModesSize, &caps.dwButtonModesOffset);
    out_buttons(&out, phone, FUNCTION, &caps.dwButtonFunctionsSize, &caps.dwButtonFunctionsOffset);
    out_buttons(&out, phone, LAMP_MODES_OF, &caps.dwLampModesSize, &caps.dwLampModesOffset);
    caps.dwNumSetData = caps.dwNumGetData = PBX_PHONE_DATA;
    out_bytes(&out, pbx_phone_data_size, sizeof(pbx_phone_data_size), &caps.dwSetDataSize,
              &caps.dwSetDataOffset);
    out_bytes(&out, pbx_phone_data_size, sizeof(pbx_phone_data_size), &caps.dwGetDataSize,
              &caps.dwGetDataOffset);
    if (dwTSPIVersion >= 0x00020000)
        out_bytes(&out, classes, sizeof(classes), &caps.dwDeviceClassesSize,
                  &caps.dwDeviceClassesOffset);
    caps.dwPhoneFeatures = PHONE_FEATURES;
    caps.dwSettableHandsetHookSwitchModes = caps.dwSettableSpeakerHookSwitchModes =
        caps.dwSettableHeadsetHookSwitchModes = HOOK_MODES;
    caps.dwMonitoredHandsetHookSwitchModes = caps.dwMonitoredSpeakerHookSwitchModes =
        caps.dwMonitoredHeadsetHookSwitchModes = HOOK_MODES;
    caps.PermanentPhoneGuid = phone_guid;
    caps.PermanentPhoneGuid.Data4[3] ^= 0x80; /* not the line's */
    memcpy(caps.PermanentPhoneGuid.Data4 + 4, &caps.dwPermanentPhoneID, 4);
    out_end(&out, &caps);
    result = 0;
done:
    front_leave();
    return phone_error(result);
}

LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus)
{
    struct pbx_phone *phone;
    struct front_out out;
    PHONESTATUS status;
    LONG result;

    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = PHONEERR_INVALPHONEHANDLE;
    if (!(phone = front_phone_find(hdPhone)))
        goto done;
    const struct front_phone *open = phone->front;
    if ((result = out_begin(&out, lpPhoneStatus, open->version < 0x00020000 ? 100 : 104)))
        goto done;
    pbx_phones_settle(front.pbx);
    memset(&status, 0, sizeof(status));
    /* Owners and monitors are TAPI's. */
    status.dwStatusFlags = phone->connected ? PHONESTATUSFLAGS_CONNECTED : 0;
    status.dwNumOwners = lpPhoneStatus->dwNumOwners;
    status.dwNumMonitors = lpPhoneStatus->dwNumMonitors;
    status.dwRingMode = phone->ring_mode;
    status.dwRingVolume = phone->ring_volume;
    DWORD *levels = &status.dwHandsetHookSwitchMode;
    for (int device = 0; device < PBX_HOOK_DEVICES; device++) {
        *levels++ = phone->hook[device].mode;
        *levels++ = phone->hook[device].volume;
        *levels++ = phone->hook[device].gain;
    }
    out_bytes(&out, phone->display, phone->rows * phone->columns, &status.dwDisplaySize,
              &status.dwDisplayOffset);
    out_buttons(&out, phone, LAMP_NOW, &status.dwLampModesSize, &status.dwLampModesOffset);
    status.dwPhoneFeatures = phone->connected ? PHONE_FEATURES : UNPLUGGED_FEATURES;
    out_end(&out, &status);
    result = 0;
done:
    front_leave();
    return phone_error(result);
}

/* --- device classes and icon --- */

LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE hdPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass,
                             HANDLE hTargetProcess)
{
    struct pbx_phone *phone;
    LONG result;
    DWORD id;

    (void)hTargetProcess;
    if (!lpDeviceID || !lpszDeviceClass)
        return PHONEERR_INVALPOINTER;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = PHONEERR_INVALPHONEHANDLE;
    if (!(phone = front_phone_find(hdPhone)))
        goto done;
    result = PHONEERR_INVALDEVICECLASS;
    if (!lstrcmpiW(lpszDeviceClass, L"tapi/phone"))
        id = front_phone_id(phone);
    else if (!lstrcmpiW(lpszDeviceClass, L"tapi/line"))
        id = front_device_id(phone->extension);
    else
        goto done;
    result = out_varstring(lpDeviceID, STRINGFORMAT_BINARY, &id, sizeof(id));
done:
    front_leave();
    return phone_error(result);
}

LONG TSPIAPI TSPI_phoneGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon)
{
    LONG result;

    if (!lphIcon)
        return PHONEERR_INVALPOINTER;
    *lphIcon = NULL;
    front_enter();
    result = front_check(__func__);
    if (!result && !front_phone(dwDeviceID))
        result = PHONEERR_BADDEVICEID;
    if (!result && lpszDeviceClass && *lpszDeviceClass &&
        lstrcmpiW(lpszDeviceClass, L"tapi/phone") && lstrcmpiW(lpszDeviceClass, L"tapi/line"))
        result = PHONEERR_INVALDEVICECLASS;
    if (!result && !(*lphIcon = front_icon()))
        result = PHONEERR_NOMEM;
    front_leave();
    return phone_error(result);
}
