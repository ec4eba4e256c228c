/* callinfo.c - what TAPI can ask of a call, and the small things it can set at once. */
#include "front.h"

#include <string.h>

static void out_party(struct front_out *out, const struct pbx_party *party, DWORD *flags,
                      DWORD *size, DWORD *offset, DWORD *name_size, DWORD *name_offset)
{
    *flags = 0;
    out_text(out, party->number, size, offset);
    out_text(out, party->name, name_size, name_offset);
    if (party->number[0])
        *flags |= LINECALLPARTYID_ADDRESS;
    if (party->name[0])
        *flags |= LINECALLPARTYID_NAME;
    if (!*flags)
        *flags = LINECALLPARTYID_UNAVAIL;
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo)
{
    struct pbx_leg *leg;
    struct front_out out;
    LINECALLINFO info;
    LONG result;

    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_INVALCALLHANDLE;
    if (!(leg = front_call_find(hdCall)))
        goto done;
    DWORD version = ((struct front_line *)leg->extension->front)->version;
    if ((result = out_begin(&out, lpCallInfo, structure_size(version, 296, 324, 324, 344))))
        goto done;
    memset(&info, 0, sizeof(info));
    /* TAPI's own members are left as they are. */
    info.hLine = lpCallInfo->hLine;
    info.dwNumOwners = lpCallInfo->dwNumOwners;
    info.dwNumMonitors = lpCallInfo->dwNumMonitors;
    info.dwAppNameSize = lpCallInfo->dwAppNameSize;
    info.dwAppNameOffset = lpCallInfo->dwAppNameOffset;
    info.dwDisplayableAddressSize = lpCallInfo->dwDisplayableAddressSize;
    info.dwDisplayableAddressOffset = lpCallInfo->dwDisplayableAddressOffset;
    info.dwCalledPartySize = lpCallInfo->dwCalledPartySize;
    info.dwCalledPartyOffset = lpCallInfo->dwCalledPartyOffset;
    info.dwCommentSize = lpCallInfo->dwCommentSize;
    info.dwCommentOffset = lpCallInfo->dwCommentOffset;

    info.dwLineDeviceID = front_device_id(leg->extension);
    info.dwBearerMode = leg->bearer_mode;
    info.dwRate = leg->rate;
    info.dwMediaMode = leg->media_mode;
    info.dwAppSpecific = leg->app_specific;
    info.dwCallID = leg->call_id;
    info.dwRelatedCallID = leg->related_id;
    info.dwCallParamFlags = leg->param_flags & ~(DWORD)LINECALLPARAMFLAGS_SECURE;
    if (leg->secure)
        info.dwCallParamFlags |= LINECALLPARAMFLAGS_SECURE;
    info.dwCallStates = leg->states_seen | LINECALLSTATE_IDLE | LINECALLSTATE_DISCONNECTED;
    info.dwMonitorDigitModes = leg->monitor_digits;
    info.dwMonitorMediaModes = leg->monitor_media;
    info.DialParams.dwDialPause = leg->dial_params[0];
    info.DialParams.dwDialSpeed = leg->dial_params[1];
    info.DialParams.dwDigitDuration =
        leg->dial_params[2] ? leg->dial_params[2] : front.pbx->settings.digit_time;
    info.DialParams.dwWaitForDialtone = leg->dial_params[3];
    info.dwCompletionID = leg->completion_id;
    info.dwOrigin = leg->origin;
    info.dwReason = leg->reason;
    info.dwTrunk = 0xFFFFFFFF;
    out_party(&out, &leg->caller, &info.dwCallerIDFlags, &info.dwCallerIDSize,
              &info.dwCallerIDOffset, &info.dwCallerIDNameSize, &info.dwCallerIDNameOffset);
    if (!leg->originator && leg->param_flags & LINECALLPARAMFLAGS_BLOCKID)
        info.dwCallerIDFlags = LINECALLPARTYID_BLOCKED;
    out_party(&out, &leg->called, &info.dwCalledIDFlags, &info.dwCalledIDSize,
              &info.dwCalledIDOffset, &info.dwCalledIDNameSize, &info.dwCalledIDNameOffset);
    out_party(&out, &leg->connected, &info.dwConnectedIDFlags, &info.dwConnectedIDSize,
              &info.dwConnectedIDOffset, &info.dwConnectedIDNameSize,
              &info.dwConnectedIDNameOffset);
    out_party(&out, &leg->redirection, &info.dwRedirectionIDFlags, &info.dwRedirectionIDSize,
              &info.dwRedirectionIDOffset, &info.dwRedirectionIDNameSize,
              &info.dwRedirectionIDNameOffset);
    out_party(&out, &leg->redirecting, &info.dwRedirectingIDFlags, &info.dwRedirectingIDSize,
              &info.dwRedirectingIDOffset, &info.dwRedirectingIDNameSize,
              &info.dwRedirectingIDNameOffset);
    out_bytes(&out, leg->user_user.data, leg->user_user.size, &info.dwUserUserInfoSize,
              &info.dwUserUserInfoOffset);
    out_bytes(&out, leg->terminals, sizeof(leg->terminals), &info.dwTerminalModesSize,
              &info.dwTerminalModesOffset);
    if (version >= 0x00020000) {
        info.dwCallTreatment = leg->treatment ? leg->treatment : LINECALLTREATMENT_SILENCE;
        out_bytes(&out, leg->call_data.data, leg->call_data.size, &info.dwCallDataSize,
                  &info.dwCallDataOffset);
        if (leg->qos.set) {
            out_bytes(&out, &leg->qos.granted[0], sizeof(leg->qos.granted[0]),
                      &info.dwSendingFlowspecSize, &info.dwSendingFlowspecOffset);
            out_bytes(&out, &leg->qos.granted[1], sizeof(leg->qos.granted[1]),
                      &info.dwReceivingFlowspecSize, &info.dwReceivingFlowspecOffset);
        }
    }
    info.dwCallerIDAddressType = info.dwCalledIDAddressType = info.dwConnectedIDAddressType =
        info.dwRedirectionIDAddressType = info.dwRedirectingIDAddressType =
            LINEADDRESSTYPE_PHONENUMBER;
    out_end(&out, &info);
    result = 0;
done:
    front_leave();
    return result;
}

/* The real time at which the leg came into its state. */
static SYSTEMTIME entry_time(const struct pbx_leg *leg)
{
    ULARGE_INTEGER now;
    FILETIME file;
    SYSTEMTIME time;

    GetSystemTimeAsFileTime(&file);
    now.LowPart = file.dwLowDateTime;
    now.HighPart = file.dwHighDateTime;
    now.QuadPart -= (leg->pbx->clock.now - leg->entered) * 10000;
    file.dwLowDateTime = now.LowPart;
    file.dwHighDateTime = now.HighPart;
    memset(&time, 0, sizeof(time));
    FileTimeToSystemTime(&file, &time);
    return time;
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus)
{
    struct pbx_leg *leg;
    struct front_out out;
    LINECALLSTATUS status;
    LONG result;

    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_INVALCALLHANDLE;
    if (!(leg = front_call_find(hdCall)))
        goto done;
    DWORD version = ((struct front_line *)leg->extension->front)->version;
    if ((result = out_begin(&out, lpCallStatus, structure_size(version, 36, 56, 56, 56))))
        goto done;
    memset(&status, 0, sizeof(status));
    status.dwCallPrivilege = lpCallStatus->dwCallPrivilege; /* TAPI's */
    status.dwCallState = leg->state;
    status.dwCallStateMode = leg->mode;
    uint32_t features2;
    status.dwCallFeatures = pbx_features(leg, &features2);
    status.dwCallFeatures2 = features2;
    if (version < 0x00020000)
        status.dwCallFeatures &= ~(DWORD)(LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETCALLDATA);
    status.tStateEntryTime = entry_time(leg);
    out_end(&out, &status);
    result = 0;
done:
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID)
{
    BOOL found;

    if (!lpdwAddressID)
        return LINEERR_INVALPOINTER;
    *lpdwAddressID = 0;
    front_enter();
    found = front_call_find(hdCall) != NULL;
    front_leave();
    return found ? 0 : LINEERR_INVALCALLHANDLE;
}

LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL hdCall, LPDWORD lpdwAddressID, LPDWORD lpdwCallID,
                                 LPDWORD lpdwRelatedCallID)
{
    struct pbx_leg *leg;

    if (!lpdwAddressID || !lpdwCallID || !lpdwRelatedCallID)
        return LINEERR_INVALPOINTER;
    front_enter();
    leg = front_call_find(hdCall);
    *lpdwAddressID = 0;
    *lpdwCallID = leg ? leg->call_id : 0;
    *lpdwRelatedCallID = leg ? leg->related_id : 0;
    front_leave();
    return leg ? 0 : LINEERR_INVALCALLHANDLE;
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall)
{
    struct pbx_leg *leg;

    front_enter();
    leg = front_call_find(hdCall);
    if (leg) {
        front_unbind(leg);
        pbx_leg_release(leg);
    }
    front_leave();
    return leg ? 0 : LINEERR_INVALCALLHANDLE;
}

/* Functions that do something to a call and are done when they return. */
#define SET_CALL(DO)                                                                               \
    struct pbx_leg *leg;                                                                           \
    LONG result;                                                                                   \
    front_enter();                                                                                 \
    result = front_check(__func__);                                                                \
    leg = front_call_find(hdCall);                                                                 \
    if (!result && !leg)                                                                           \
        result = LINEERR_INVALCALLHANDLE;                                                          \
    if (!result) {                                                                                 \
        DO                                                                                         \
    }                                                                                              \
    front_leave();                                                                                 \
    return result

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific)
{
    SET_CALL({
        leg->app_specific = dwAppSpecific;
        pbx_info_changed(leg, PBX_INFO_APPSPECIFIC);
    });
}

LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode)
{
    SET_CALL({
        /* Several only while it is not known which of them it is. */
        if (!dwMediaMode || (dwMediaMode & ~(DWORD)SIMPBX_MEDIA_MODES) ||
            (!(dwMediaMode & LINEMEDIAMODE_UNKNOWN) && dwMediaMode & (dwMediaMode - 1))) {
            result = LINEERR_INVALMEDIAMODE;
        } else {
            pbx_media_mode_set(leg, dwMediaMode);
        }
    });
}

LONG TSPIAPI TSPI_lineDropOnClose(HDRVCALL hdCall)
{
    SET_CALL({ result = leg->state == PBX_IDLE ? 0 : pbx_drop(leg, NULL); });
}

LONG TSPIAPI TSPI_lineDropNoOwner(HDRVCALL hdCall)
{
    SET_CALL({ result = leg->state == PBX_IDLE ? 0 : pbx_drop(leg, NULL); });
}

LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes)
{
    SET_CALL({ result = pbx_monitor_digits(leg, dwDigitModes); });
}

LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL hdCall, DWORD dwToneListID,
                                   LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries)
{
    struct pbx_tone tones[PBX_TONES];

    if (dwNumEntries > PBX_TONES)
        return LINEERR_INVALTONELIST;
    if (dwNumEntries && !lpToneList)
        return LINEERR_INVALPOINTER;
    for (DWORD i = 0; i < dwNumEntries; i++) {
        tones[i].app_specific = lpToneList[i].dwAppSpecific;
        tones[i].duration = lpToneList[i].dwDuration;
        tones[i].frequency[0] = lpToneList[i].dwFrequency1;
        tones[i].frequency[1] = lpToneList[i].dwFrequency2;
        tones[i].frequency[2] = lpToneList[i].dwFrequency3;
    }
    SET_CALL({ result = pbx_monitor_tones(leg, dwToneListID, tones, dwNumEntries); });
}

LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode,
                                     LPCWSTR lpszDigits, DWORD dwDuration)
{
    char digits[PBX_DIGITS];

    if (lpszDigits && wcslen(lpszDigits) >= PBX_DIGITS)
        return LINEERR_INVALDIGITS;
    front_utf8(digits, sizeof(digits), lpszDigits, -1);
    for (char *s = digits; *s; s++)
        if (*s >= 'a' && *s <= 'd')
            *s = (char)(*s - 'a' + 'A');
    SET_CALL({
        result = pbx_generate_digits(leg, dwEndToEndID, dwDigitMode, lpszDigits ? digits : NULL,
                                     dwDuration);
    });
}

LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwToneMode,
                                   DWORD dwDuration, DWORD dwNumTones,
                                   LPLINEGENERATETONE const lpTones)
{
    uint32_t frequencies[3] = {0, 0, 0};

    if (dwToneMode == LINETONEMODE_CUSTOM && (!dwNumTones || dwNumTones > 3))
        return LINEERR_INVALTONE;
    if (dwToneMode == LINETONEMODE_CUSTOM && !lpTones)
        return LINEERR_INVALPOINTER;
    for (DWORD i = 0; dwToneMode == LINETONEMODE_CUSTOM && i < dwNumTones; i++)
        frequencies[i] = lpTones[i].dwFrequency;
    SET_CALL({
        result =
            pbx_generate_tone(leg, dwEndToEndID, dwToneMode, dwDuration, frequencies, dwNumTones);
    });
}

LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitModes,
                                   LPWSTR lpsDigits, DWORD dwNumDigits,
                                   LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                                   DWORD dwInterDigitTimeout)
{
    char terminators[32];

    if (lpszTerminationDigits && wcslen(lpszTerminationDigits) >= sizeof(terminators))
        return LINEERR_INVALDIGITS;
    front_utf8(terminators, sizeof(terminators), lpszTerminationDigits, -1);
    SET_CALL({
        struct front_call *call = leg->front;
        if (!lpsDigits) {
            pbx_gather_cancel(leg);
        } else {
            result = pbx_gather_digits(leg, dwEndToEndID, dwDigitModes, dwNumDigits, terminators,
                                       dwFirstDigitTimeout, dwInterDigitTimeout);
            if (!result)
                call->gather_buffer = lpsDigits;
        }
    });
}
