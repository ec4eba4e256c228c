/* caps.c - what the lines and their addresses can do: exactly what the rest of this folder does. */
#include "core/acd.h"
#include "front.h"

#include <stdio.h>
#include <string.h>

#define CALL_STATES                                                                                \
    (LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED |                        \
     LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING | LINECALLSTATE_RINGBACK |                     \
     LINECALLSTATE_BUSY | LINECALLSTATE_CONNECTED | LINECALLSTATE_PROCEEDING |                     \
     LINECALLSTATE_ONHOLD | LINECALLSTATE_CONFERENCED | LINECALLSTATE_ONHOLDPENDCONF |             \
     LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_DISCONNECTED)
#define INFO_STATES                                                                                \
    (LINECALLINFOSTATE_BEARERMODE | LINECALLINFOSTATE_RATE | LINECALLINFOSTATE_COMPLETIONID |      \
     LINECALLINFOSTATE_TERMINAL | LINECALLINFOSTATE_DIALPARAMS | LINECALLINFOSTATE_TREATMENT |     \
     LINECALLINFOSTATE_MEDIAMODE | LINECALLINFOSTATE_APPSPECIFIC | LINECALLINFOSTATE_CALLID |      \
     LINECALLINFOSTATE_RELATEDCALLID | LINECALLINFOSTATE_REASON | LINECALLINFOSTATE_CALLERID |     \
     LINECALLINFOSTATE_CALLEDID | LINECALLINFOSTATE_CONNECTEDID |                                  \
     LINECALLINFOSTATE_REDIRECTIONID | LINECALLINFOSTATE_REDIRECTINGID |                           \
     LINECALLINFOSTATE_USERUSERINFO | LINECALLINFOSTATE_MONITORMODES | LINECALLINFOSTATE_QOS |     \
     LINECALLINFOSTATE_CALLDATA)
#define DISCONNECT_MODES                                                                           \
    (LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_PICKUP |           \
     LINEDISCONNECTMODE_FORWARDED | LINEDISCONNECTMODE_BUSY | LINEDISCONNECTMODE_NOANSWER |        \
     LINEDISCONNECTMODE_BADADDRESS | LINEDISCONNECTMODE_CONGESTION |                               \
     LINEDISCONNECTMODE_OUTOFORDER | LINEDISCONNECTMODE_DONOTDISTURB |                             \
     LINEDISCONNECTMODE_CANCELLED)
#define PARTY_ID (LINECALLPARTYID_NAME | LINECALLPARTYID_ADDRESS | LINECALLPARTYID_UNAVAIL)
#define CALL_FEATURES                                                                              \
    (LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ADDTOCONF | LINECALLFEATURE_ANSWER |                 \
     LINECALLFEATURE_BLINDTRANSFER | LINECALLFEATURE_COMPLETETRANSF | LINECALLFEATURE_DIAL |       \
     LINECALLFEATURE_DROP | LINECALLFEATURE_GATHERDIGITS | LINECALLFEATURE_GENERATEDIGITS |        \
     LINECALLFEATURE_GENERATETONE | LINECALLFEATURE_HOLD | LINECALLFEATURE_MONITORDIGITS |         \
     LINECALLFEATURE_MONITORTONES | LINECALLFEATURE_PARK | LINECALLFEATURE_PREPAREADDCONF |        \
     LINECALLFEATURE_REDIRECT | LINECALLFEATURE_REMOVEFROMCONF | LINECALLFEATURE_SECURECALL |      \
     LINECALLFEATURE_SENDUSERUSER | LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_SETUPTRANSFER |    \
     LINECALLFEATURE_SWAPHOLD | LINECALLFEATURE_UNHOLD | LINECALLFEATURE_RELEASEUSERUSERINFO |     \
     LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETCALLDATA | LINECALLFEATURE_COMPLETECALL |         \
     LINECALLFEATURE_MONITORMEDIA | LINECALLFEATURE_SETCALLPARAMS |                                \
     LINECALLFEATURE_SETMEDIACONTROL | LINECALLFEATURE_SETTERMINAL | LINECALLFEATURE_SETTREATMENT)
#define ADDRESS_FEATURES                                                                           \
    (LINEADDRFEATURE_FORWARD | LINEADDRFEATURE_MAKECALL | LINEADDRFEATURE_PICKUP |                 \
     LINEADDRFEATURE_SETUPCONF | LINEADDRFEATURE_UNPARK | LINEADDRFEATURE_PICKUPGROUP |            \
     LINEADDRFEATURE_PICKUPDIRECT | LINEADDRFEATURE_SETMEDIACONTROL |                              \
     LINEADDRFEATURE_SETTERMINAL | LINEADDRFEATURE_UNCOMPLETECALL | LINEADDRFEATURE_FORWARDFWD |   \
     LINEADDRFEATURE_FORWARDDND)

#define ENTRY_CHARS 32 /* of a terminal's name or a completion message, with its terminator */

static const char provider_name[] = "OpenTAPI simulated exchange";
/* TAPIPROTOCOL_PSTN of <tspi.h>, which no library defines. */
static const GUID protocol_pstn = {
    0x831ce2d6, 0x83b5, 0x11d1, {0xbb, 0x5c, 0x00, 0xc0, 0x4f, 0xb6, 0x80, 0x9f}};
static const GUID line_guid = {
    0x6b2c9a41, 0x5d0e, 0x4b57, {0x9b, 0x7e, 0x0c, 0x3a, 0x00, 0x00, 0x00, 0x00}};

/* A list of texts of one size each, as LINEDEVCAPS and LINEADDRESSCAPS have them. */
static void out_entries(struct front_out *out, const char *const *texts, DWORD count, DWORD *each,
                        DWORD *size, DWORD *offset)
{
    WCHAR entries[8][ENTRY_CHARS];

    memset(entries, 0, sizeof(entries));
    for (DWORD i = 0; i < count; i++)
        MultiByteToWideChar(CP_UTF8, 0, texts[i], -1, entries[i], ENTRY_CHARS - 1);
    *each = sizeof(entries[0]);
    out_bytes(out, entries, count * *each, size, offset);
}

static void out_terminals(struct front_out *out, LINEDEVCAPS *caps)
{
    const char *names[PBX_TERMINALS];
    LINETERMCAPS entries[PBX_TERMINALS];

    for (int i = 0; i < PBX_TERMINALS; i++) {
        names[i] = pbx_terminals[i].name;
        entries[i].dwTermDev = pbx_terminals[i].device;
        entries[i].dwTermModes = pbx_terminals[i].modes;
        entries[i].dwTermSharing = pbx_terminals[i].sharing;
    }
    caps->dwNumTerminals = PBX_TERMINALS;
    out_bytes(out, entries, sizeof(entries), &caps->dwTerminalCapsSize,
              &caps->dwTerminalCapsOffset);
    out_entries(out, names, PBX_TERMINALS, &caps->dwTerminalTextEntrySize,
                &caps->dwTerminalTextSize, &caps->dwTerminalTextOffset);
}

static void out_treatments(struct front_out *out, LINEADDRESSCAPS *caps)
{
    static const char *const names[PBX_TREATMENTS] = {"Silence", "Ringback", "Busy", "Music"};
    LINECALLTREATMENTENTRY entries[PBX_TREATMENTS];

    for (DWORD i = 0; i < PBX_TREATMENTS; i++) {
        entries[i].dwCallTreatmentID = i + 1;
        out_text(out, names[i], &entries[i].dwCallTreatmentNameSize,
                 &entries[i].dwCallTreatmentNameOffset);
    }
    caps->dwNumCallTreatments = PBX_TREATMENTS;
    out_bytes(out, entries, sizeof(entries), &caps->dwCallTreatmentListSize,
              &caps->dwCallTreatmentListOffset);
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion,
                                 LPLINEDEVCAPS lpLineDevCaps)
{
    static const WCHAR classes[] = L"tapi/line\0";
    static const WCHAR with_phone[] = L"tapi/line\0tapi/phone\0";
    struct pbx_extension *e;
    struct front_out out;
    LINEDEVCAPS caps;
    char switch_name[64];
    LONG result;

    (void)dwExtVersion;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_BADDEVICEID;
    if (!(e = front_extension(dwDeviceID)))
        goto done;
    result = LINEERR_INCOMPATIBLEAPIVERSION;
    if (dwTSPIVersion < SIMPBX_TSPI_LOW || dwTSPIVersion > SIMPBX_TSPI_HIGH)
        goto done;
    if ((result =
             out_begin(&out, lpLineDevCaps, structure_size(dwTSPIVersion, 240, 252, 268, 292))))
        goto done;
    memset(&caps, 0, sizeof(caps));
    out_text(&out, provider_name, &caps.dwProviderInfoSize, &caps.dwProviderInfoOffset);
    snprintf(switch_name, sizeof(switch_name), "simpbx, %u extensions",
             (unsigned int)front.pbx->extension_count);
    out_text(&out, switch_name, &caps.dwSwitchInfoSize, &caps.dwSwitchInfoOffset);
    out_text(&out, e->party.name[0] ? e->party.name : e->party.number, &caps.dwLineNameSize,
             &caps.dwLineNameOffset);
    caps.dwPermanentLineID = front.provider_id << 17 | e->index;
    caps.dwStringFormat = STRINGFORMAT_UNICODE;
    caps.dwAddressModes = LINEADDRESSMODE_ADDRESSID | LINEADDRESSMODE_DIALABLEADDR;
    caps.dwNumAddresses = 1;
    caps.dwBearerModes = SIMPBX_BEARER_MODES;
    caps.dwMaxRate = SIMPBX_MAX_RATE;
    caps.dwMediaModes = SIMPBX_MEDIA_MODES;
    caps.dwGenerateToneModes = LINETONEMODE_CUSTOM | LINETONEMODE_RINGBACK | LINETONEMODE_BUSY |
                               LINETONEMODE_BEEP | LINETONEMODE_BILLING;
    caps.dwGenerateToneMaxNumFreq = 3;
    caps.dwGenerateDigitModes = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF;
    caps.dwMonitorToneMaxNumFreq = 3;
    caps.dwMonitorToneMaxNumEntries = PBX_TONES;
    caps.dwMonitorDigitModes = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
    caps.dwGatherDigitsMinTimeout = 1;
    caps.dwGatherDigitsMaxTimeout = 3600000;
    /* What an address asks to wait for is there at once. */
    caps.dwDevCapFlags = LINEDEVCAPFLAGS_CLOSEDROP | LINEDEVCAPFLAGS_DIALBILLING |
                         LINEDEVCAPFLAGS_DIALQUIET | LINEDEVCAPFLAGS_DIALDIALTONE;
    caps.dwMedCtlDigitMaxListSize = caps.dwMedCtlMediaMaxListSize = caps.dwMedCtlToneMaxListSize =
        caps.dwMedCtlCallStateMaxListSize = PBX_MEDIA_LIST;
    if (dwTSPIVersion >= 0x00030000)
        caps.dwDevCapFlags |= LINEDEVCAPFLAGS_MSP | LINEDEVCAPFLAGS_CALLHUB |
                              LINEDEVCAPFLAGS_CALLHUBTRACKING | LINEDEVCAPFLAGS_LOCAL;
    caps.dwMaxNumActiveCalls = e->acd ? PBX_ACD_CALLS : 1;
    caps.dwAnswerMode = LINEANSWERMODE_HOLD;
    caps.dwRingModes = 3; /* inside, outside, the exchange's own */
    caps.dwLineStates = SIMPBX_LINE_STATES;
    caps.dwUUIAcceptSize = caps.dwUUIAnswerSize = caps.dwUUIMakeCallSize = caps.dwUUIDropSize =
        caps.dwUUISendUserUserInfoSize = caps.dwUUICallInfoSize = PBX_BLOB;
    caps.DefaultDialParams.dwDigitDuration = front.pbx->settings.digit_time;
    caps.MinDialParams = caps.MaxDialParams = caps.DefaultDialParams;
    caps.dwLineFeatures = LINEFEATURE_MAKECALL | SIMPBX_LINE_FEATURES;
    if (e->acd)
        caps.dwLineFeatures &= LINEFEATURE_FORWARD;
    caps.dwSettableDevStatus = SIMPBX_LINE_STATUS;
    out_terminals(&out, &caps);
    out_bytes(&out, e->phone ? with_phone : classes,
              e->phone ? sizeof(with_phone) : sizeof(classes), &caps.dwDeviceClassesSize,
              &caps.dwDeviceClassesOffset);
    caps.PermanentLineGuid = line_guid;
    memcpy(caps.PermanentLineGuid.Data4 + 4, &caps.dwPermanentLineID, 4);
    caps.dwAddressTypes = LINEADDRESSTYPE_PHONENUMBER;
    caps.ProtocolGuid = protocol_pstn;
    caps.dwAvailableTracking = LINECALLHUBTRACKING_PROVIDERLEVEL | LINECALLHUBTRACKING_ALLCALLS;
    out_end(&out, &caps);
    result = 0;
done:
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion,
                                     DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps)
{
    static const WCHAR classes[] = L"tapi/line\0";
    struct pbx_extension *e;
    struct front_out out;
    LINEADDRESSCAPS caps;
    LONG result;

    (void)dwExtVersion;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_BADDEVICEID;
    if (!(e = front_extension(dwDeviceID)))
        goto done;
    result = LINEERR_INVALADDRESSID;
    if (dwAddressID)
        goto done;
    result = LINEERR_INCOMPATIBLEAPIVERSION;
    if (dwTSPIVersion < SIMPBX_TSPI_LOW || dwTSPIVersion > SIMPBX_TSPI_HIGH)
        goto done;
    if ((result =
             out_begin(&out, lpAddressCaps, structure_size(dwTSPIVersion, 180, 228, 228, 228))))
        goto done;
    const struct pbx_settings *s = &front.pbx->settings;
    memset(&caps, 0, sizeof(caps));
    caps.dwLineDeviceID = dwDeviceID;
    out_text(&out, e->party.number, &caps.dwAddressSize, &caps.dwAddressOffset);
    caps.dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
    caps.dwAddressStates = LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE |
                           LINEADDRESSSTATE_INUSEMANY | LINEADDRESSSTATE_NUMCALLS |
                           LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_TERMINALS;
    caps.dwCallInfoStates = INFO_STATES;
    caps.dwCallerIDFlags = PARTY_ID | LINECALLPARTYID_BLOCKED;
    caps.dwCalledIDFlags = caps.dwConnectedIDFlags = caps.dwRedirectionIDFlags =
        caps.dwRedirectingIDFlags = PARTY_ID;
    caps.dwCallStates = CALL_STATES;
    caps.dwDialToneModes = LINEDIALTONEMODE_INTERNAL;
    caps.dwBusyModes = LINEBUSYMODE_STATION;
    caps.dwDisconnectModes = DISCONNECT_MODES;
    caps.dwMaxNumActiveCalls = 1;
    caps.dwMaxNumOnHoldCalls = s->calls;
    caps.dwMaxNumOnHoldPendingCalls = s->calls;
    caps.dwMaxNumConference = s->conference;
    caps.dwMaxNumTransConf = 2;
    caps.dwAddrCapFlags = LINEADDRCAPFLAGS_FWDNUMRINGS | LINEADDRCAPFLAGS_PICKUPGROUPID |
                          LINEADDRCAPFLAGS_SECURE | LINEADDRCAPFLAGS_BLOCKIDOVERRIDE |
                          LINEADDRCAPFLAGS_DIALED | LINEADDRCAPFLAGS_ORIGOFFHOOK |
                          LINEADDRCAPFLAGS_DESTOFFHOOK | LINEADDRCAPFLAGS_SETUPCONFNULL |
                          LINEADDRCAPFLAGS_AUTORECONNECT | LINEADDRCAPFLAGS_TRANSFERHELD |
                          LINEADDRCAPFLAGS_TRANSFERMAKE | LINEADDRCAPFLAGS_CONFERENCEHELD |
                          LINEADDRCAPFLAGS_CONFERENCEMAKE | LINEADDRCAPFLAGS_PARTIALDIAL |
                          LINEADDRCAPFLAGS_FWDSTATUSVALID | LINEADDRCAPFLAGS_FWDBUSYNAADDR |
                          LINEADDRCAPFLAGS_CONFDROP;
    if (dwTSPIVersion >= 0x00020000)
        caps.dwAddrCapFlags |= LINEADDRCAPFLAGS_SETCALLINGID |
                               LINEADDRCAPFLAGS_NOPSTNADDRESSTRANSLATION |
                               LINEADDRCAPFLAGS_PREDICTIVEDIALER;
    if (e->acd && dwTSPIVersion >= 0x00020000)
        caps.dwAddrCapFlags |= dwTSPIVersion >= 0x00020002
                                   ? pbx_acd_flags(e)
                                   : pbx_acd_flags(e) & ~(DWORD)LINEADDRCAPFLAGS_ACDGROUP;
    caps.dwCallFeatures = CALL_FEATURES;
    if (dwTSPIVersion < 0x00020000)
        caps.dwCallFeatures &= ~(DWORD)(LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETCALLDATA);
    caps.dwRemoveFromConfCaps = LINEREMOVEFROMCONF_ANY;
    caps.dwRemoveFromConfState = LINECALLSTATE_ONHOLD;
    caps.dwTransferModes = LINETRANSFERMODE_TRANSFER | LINETRANSFERMODE_CONFERENCE;
    caps.dwParkModes = LINEPARKMODE_DIRECTED | LINEPARKMODE_NONDIRECTED;
    caps.dwForwardModes =
        0xFFFF; /* UNCOND, BUSY, NOANSW, BUSYNA; all, internal, external, specific */
    caps.dwMaxForwardEntries = PBX_FWD_KINDS + PBX_FORWARD_RULES;
    caps.dwMaxSpecificEntries = PBX_FORWARD_RULES;
    caps.dwMinFwdNumRings = 1;
    caps.dwMaxFwdNumRings = 100;
    caps.dwAddressFeatures = ADDRESS_FEATURES;
    if (e->acd) {
        caps.dwMaxNumActiveCalls = PBX_ACD_CALLS;
        caps.dwAddressFeatures &= LINEADDRFEATURE_FORWARD;
        caps.dwCallFeatures &= ~(DWORD)(LINECALLFEATURE_ANSWER | LINECALLFEATURE_SETTERMINAL |
                                        LINECALLFEATURE_SETMEDIACONTROL);
    }
    caps.dwMaxCallCompletions = PBX_COMPLETIONS;
    caps.dwCallCompletionConds = LINECALLCOMPLCOND_BUSY | LINECALLCOMPLCOND_NOANSWER;
    caps.dwCallCompletionModes = LINECALLCOMPLMODE_CAMPON | LINECALLCOMPLMODE_CALLBACK |
                                 LINECALLCOMPLMODE_INTRUDE | LINECALLCOMPLMODE_MESSAGE;
    caps.dwNumCompletionMessages = PBX_MESSAGES;
    out_entries(&out, pbx_messages, PBX_MESSAGES, &caps.dwCompletionMsgTextEntrySize,
                &caps.dwCompletionMsgTextSize, &caps.dwCompletionMsgTextOffset);
    if (dwTSPIVersion >= 0x00020000) {
        caps.dwPredictiveAutoTransferStates = LINECALLSTATE_CONNECTED;
        out_treatments(&out, &caps);
    }
    out_bytes(&out, classes, sizeof(classes), &caps.dwDeviceClassesSize,
              &caps.dwDeviceClassesOffset);
    caps.dwMaxCallDataSize = PBX_BLOB;
    caps.dwCallFeatures2 = LINECALLFEATURE2_TRANSFERNORM | LINECALLFEATURE2_TRANSFERCONF |
                           LINECALLFEATURE2_PARKDIRECT | LINECALLFEATURE2_PARKNONDIRECT |
                           LINECALLFEATURE2_NOHOLDCONFERENCE | LINECALLFEATURE2_ONESTEPTRANSFER |
                           LINECALLFEATURE2_COMPLCAMPON | LINECALLFEATURE2_COMPLCALLBACK |
                           LINECALLFEATURE2_COMPLINTRUDE | LINECALLFEATURE2_COMPLMESSAGE;
    caps.dwMaxNoAnswerTimeout = 3600;
    caps.dwConnectedModes = LINECONNECTEDMODE_ACTIVE | LINECONNECTEDMODE_ACTIVEHELD;
    caps.dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
    caps.dwAvailableMediaModes = SIMPBX_MEDIA_MODES;
    out_end(&out, &caps);
    result = 0;
done:
    front_leave();
    return result;
}
