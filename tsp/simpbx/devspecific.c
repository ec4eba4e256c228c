/* devspecific.c - what simpbx_ext.h promises: its extension's version, commands and features. */
#include "front.h"
#include "simpbx_ext.h"

#include <string.h>

LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion,
                                          DWORD dwHighVersion, LPDWORD lpdwExtVersion)
{
    LONG result = 0;

    (void)dwTSPIVersion;
    if (!lpdwExtVersion)
        return LINEERR_INVALPOINTER;
    *lpdwExtVersion = 0;
    front_enter();
    if (!front_extension(dwDeviceID))
        result = LINEERR_BADDEVICEID;
    front_leave();
    if (result)
        return result;
    if (dwLowVersion > dwHighVersion || dwLowVersion > SIMPBX_EXT_VERSION)
        return LINEERR_INCOMPATIBLEEXTVERSION;
    *lpdwExtVersion = dwHighVersion < SIMPBX_EXT_VERSION ? dwHighVersion : SIMPBX_EXT_VERSION;
    return 0;
}

LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion,
                                     LPLINEEXTENSIONID lpExtensionID)
{
    (void)dwDeviceID;
    (void)dwTSPIVersion;
    if (!lpExtensionID)
        return LINEERR_INVALPOINTER;
    lpExtensionID->dwExtensionID0 = SIMPBX_EXT_ID0;
    lpExtensionID->dwExtensionID1 = SIMPBX_EXT_ID1;
    lpExtensionID->dwExtensionID2 = SIMPBX_EXT_ID2;
    lpExtensionID->dwExtensionID3 = SIMPBX_EXT_ID3;
    return 0;
}

LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion)
{
    struct pbx_extension *e;
    LONG result = 0;

    front_enter();
    e = front_line_find(hdLine);
    if (!e)
        result = LINEERR_INVALLINEHANDLE;
    else if (dwExtVersion > SIMPBX_EXT_VERSION)
        result = LINEERR_INVALEXTVERSION;
    else
        ((struct front_line *)e->front)->ext_version = dwExtVersion;
    front_leave();
    return result;
}

static LONG command(struct pbx_extension *e, struct pbx_leg *leg, struct simpbx_command *c)
{
    switch (c->code) {
    case SIMPBX_COMMAND_CLOCK:
        c->value[0] = (DWORD)front.pbx->clock.now;
        c->value[1] = front.pbx->settings.stepped;
        return 0;
    case SIMPBX_COMMAND_MEDIA:
        if (!leg)
            return LINEERR_INVALCALLHANDLE;
        c->value[0] = (leg->media.stopped ? 1u : 0) | (leg->media.paused ? 2u : 0);
        c->value[1] = (DWORD)leg->media.rate;
        c->value[2] = (DWORD)leg->media.volume;
        c->value[3] = leg->media.actions;
        return 0;
    case SIMPBX_COMMAND_MESSAGES:
        c->value[0] = e->message_count;
        return 0;
    case SIMPBX_COMMAND_NOTIFY:
        if (leg)
            front_push_call(leg, LINE_CALLDEVSPECIFIC, c->value[0], c->value[1], c->value[2]);
        else
            front_push_line(e, LINE_DEVSPECIFIC, c->value[0], c->value[1], c->value[2]);
        return 0;
    default:
        return LINEERR_OPERATIONUNAVAIL;
    }
}

LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                                  HDRVCALL hdCall, LPVOID lpParams, DWORD dwSize)
{
    struct front_request request;
    struct simpbx_command given;
    struct pbx_leg *leg = NULL;
    struct pbx_extension *e;

    if (!lpParams)
        return LINEERR_INVALPOINTER;
    if (request_line(&request, dwRequestID, __func__, hdLine, &e)) {
        if (dwAddressID)
            request.result = LINEERR_INVALADDRESSID;
        else if (hdCall && !(leg = front_call_find(hdCall)))
            request.result = LINEERR_INVALCALLHANDLE;
        else if (((struct front_line *)e->front)->ext_version != SIMPBX_EXT_VERSION)
            request.result = LINEERR_OPERATIONUNAVAIL;
        else if (dwSize < sizeof(given))
            request.result = LINEERR_STRUCTURETOOSMALL;
        if (!request.result) {
            memcpy(&given, lpParams, sizeof(given));
            request.result = command(e, leg, &given);
            memcpy(lpParams, &given, sizeof(given));
        }
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
                                         DWORD dwFeature, LPVOID lpParams, DWORD dwSize)
{
    struct front_request request;
    struct pbx_extension *e;
    bool on = false;

    if (request_line(&request, dwRequestID, __func__, hdLine, &e)) {
        DWORD wanted = 0;
        bool given = lpParams && dwSize >= sizeof(wanted);
        if (given)
            memcpy(&wanted, lpParams, sizeof(wanted));
        switch (dwFeature) {
        case PHONEBUTTONFUNCTION_DONOTDISTURB:
            on = e->dnd = given ? wanted != 0 : !e->dnd;
            break;
        case PHONEBUTTONFUNCTION_MSGWAITON:
        case PHONEBUTTONFUNCTION_MSGWAITOFF:
            on = given ? wanted != 0 : dwFeature == PHONEBUTTONFUNCTION_MSGWAITON;
            request.result = pbx_set_line_status(e, PBX_LINE_MSGWAIT, on);
            break;
        default:
            request.result = LINEERR_INVALFEATURE;
        }
        if (!request.result)
            front_push_line(e, LINE_DEVSPECIFICFEATURE, dwFeature, on, 0);
    }
    return request_end(&request);
}
