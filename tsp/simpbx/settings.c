/* settings.c - what can be set of a line or a call while it is there: parameters, treatment,
 * terminals, lamps, media that are watched for and controlled. */
#include "front.h"

#include <string.h>

LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwBearerMode,
                                    DWORD dwMinRate, DWORD dwMaxRate,
                                    LPLINEDIALPARAMS const lpDialParams)
{
    struct front_request request;
    struct pbx_leg *leg;
    uint32_t dial[4];

    if (lpDialParams) {
        dial[0] = lpDialParams->dwDialPause;
        dial[1] = lpDialParams->dwDialSpeed;
        dial[2] = lpDialParams->dwDigitDuration;
        dial[3] = lpDialParams->dwWaitForDialtone;
    }
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_set_call_params(leg, dwBearerMode, dwMinRate, dwMaxRate,
                                             lpDialParams ? dial : NULL);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                       DWORD dwTreatment)
{
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_set_treatment(leg, dwTreatment);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
                                       DWORD dwStatusToChange, DWORD fStatus)
{
    struct front_request request;
    struct pbx_extension *e;

    if (request_line(&request, dwRequestID, __func__, hdLine, &e))
        request.result = pbx_set_line_status(e, dwStatusToChange, fStatus != 0);
    return request_end(&request);
}

/* The line or call that a dwSelect means; 0, or what is wrong. */
static LONG selected(HDRVLINE line, DWORD address, HDRVCALL call, DWORD select,
                     struct pbx_extension **e, struct pbx_leg **leg)
{
    *e = NULL;
    *leg = NULL;
    switch (select) {
    case LINECALLSELECT_LINE:
    case LINECALLSELECT_ADDRESS:
        *e = front_line_find(line);
        if (!*e)
            return LINEERR_INVALLINEHANDLE;
        return select == LINECALLSELECT_ADDRESS && address ? LINEERR_INVALADDRESSID : 0;
    case LINECALLSELECT_CALL:
        *leg = front_call_find(call);
        if (!*leg)
            return LINEERR_INVALCALLHANDLE;
        *e = (*leg)->extension;
        return 0;
    default:
        return LINEERR_INVALCALLSELECT;
    }
}

LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                  HDRVCALL hdCall, DWORD dwSelect, DWORD dwTerminalModes,
                                  DWORD dwTerminalID, DWORD bEnable)
{
    struct front_request request;
    struct pbx_extension *e;
    struct pbx_leg *leg;

    if (request_begin(&request, dwRequestID, __func__)) {
        request.result = selected(hdLine, dwAddressID, hdCall, dwSelect, &e, &leg);
        if (!request.result)
            request.result = pbx_set_terminal(e, leg, dwTerminalModes, dwTerminalID, bEnable != 0);
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes)
{
    struct pbx_leg *leg;
    LONG result;

    front_enter();
    result = front_check(__func__);
    leg = front_call_find(hdCall);
    if (!result && !leg)
        result = LINEERR_INVALCALLHANDLE;
    if (!result && (dwMediaModes & ~(DWORD)SIMPBX_MEDIA_MODES))
        result = LINEERR_INVALMEDIAMODE;
    if (!result)
        result = pbx_monitor_media(leg, dwMediaModes);
    front_leave();
    return result;
}

/* --- media control --- */

struct media_lists {
    struct pbx_media_rule rule[PBX_MEDIA_TRIGGERS][PBX_MEDIA_LIST];
    struct pbx_media_rules rules;
};

/* Where the next list's entries go; NULL: it has none that could be read. */
static struct pbx_media_rule *list_of(struct media_lists *lists, enum pbx_media_trigger trigger,
                                      const void *list, DWORD count)
{
    lists->rules.set[trigger] = list != NULL;
    lists->rules.count[trigger] = list ? count : 0;
    lists->rules.rule[trigger] = lists->rule[trigger];
    return list && count <= PBX_MEDIA_LIST ? lists->rule[trigger] : NULL;
}

LONG TSPIAPI TSPI_lineSetMediaControl(
    HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
    LPLINEMEDIACONTROLDIGIT const lpDigitList, DWORD dwDigitNumEntries,
    LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
    LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
    LPLINEMEDIACONTROLCALLSTATE const lpCallStateList, DWORD dwCallStateNumEntries)
{
    struct media_lists lists;
    struct pbx_media_rule *to;
    struct pbx_extension *e;
    struct pbx_leg *leg;
    LONG result;

    memset(&lists, 0, sizeof(lists));
    to = list_of(&lists, PBX_MEDIA_DIGIT, lpDigitList, dwDigitNumEntries);
    for (DWORD i = 0; to && i < dwDigitNumEntries; i++) {
        to[i].what = lpDigitList[i].dwDigit;
        to[i].modes = lpDigitList[i].dwDigitModes;
        to[i].action = lpDigitList[i].dwMediaControl;
    }
    to = list_of(&lists, PBX_MEDIA_MODE, lpMediaList, dwMediaNumEntries);
    for (DWORD i = 0; to && i < dwMediaNumEntries; i++) {
        to[i].what = lpMediaList[i].dwMediaModes;
        to[i].duration = lpMediaList[i].dwDuration;
        to[i].action = lpMediaList[i].dwMediaControl;
    }
    to = list_of(&lists, PBX_MEDIA_TONE, lpToneList, dwToneNumEntries);
    for (DWORD i = 0; to && i < dwToneNumEntries; i++) {
        to[i].duration = lpToneList[i].dwDuration;
        to[i].frequency[0] = lpToneList[i].dwFrequency1;
        to[i].frequency[1] = lpToneList[i].dwFrequency2;
        to[i].frequency[2] = lpToneList[i].dwFrequency3;
        to[i].action = lpToneList[i].dwMediaControl;
    }
    to = list_of(&lists, PBX_MEDIA_STATE, lpCallStateList, dwCallStateNumEntries);
    for (DWORD i = 0; to && i < dwCallStateNumEntries; i++) {
        to[i].what = lpCallStateList[i].dwCallStates;
        to[i].action = lpCallStateList[i].dwMediaControl;
    }
    front_enter();
    result = front_check(__func__);
    if (!result)
        result = selected(hdLine, dwAddressID, hdCall, dwSelect, &e, &leg);
    if (!result)
        result = pbx_set_media_control(e, leg, &lists.rules);
    front_leave();
    return result;
}
