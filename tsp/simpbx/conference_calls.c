/* conference_calls.c - requests of more than two parties, and of calls that move by a number. */
#include "front.h"

#include <stdlib.h>
#include <string.h>

/* Undoes a leg that was made and cannot be used after all. */
static void undo(struct pbx_leg *leg)
{
    front_unbind(leg);
    pbx_leg_release(leg);
}

LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVLINE hdLine,
                                      HTAPICALL htConfCall, LPHDRVCALL lphdConfCall,
                                      HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                      DWORD dwNumParties, LPLINECALLPARAMS const lpCallParams)
{
    struct pbx_leg *leg = NULL, *conference, *consult;
    struct pbx_extension *e = NULL;
    struct pbx_call_params params;
    struct front_request request;

    if (!lphdConfCall || !lphdConsultCall)
        return LINEERR_INVALPOINTER;
    *lphdConfCall = *lphdConsultCall = NULL;
    if (hdCall ? request_call(&request, dwRequestID, __func__, hdCall, &leg)
               : request_line(&request, dwRequestID, __func__, hdLine, &e)) {
        if (leg)
            e = leg->extension;
        request.result = line_params(e, lpCallParams, &params);
        if (!request.result && dwNumParties > front.pbx->settings.conference)
            request.result = LINEERR_CONFERENCEFULL;
        if (!request.result)
            request.result = pbx_setup_conference(leg, e, &params, &conference, &consult);
        if (!request.result && (request.result = front_bind(conference, htConfCall)) != 0)
            pbx_leg_release(consult);
        else if (!request.result && (request.result = front_bind(consult, htConsultCall)) != 0)
            undo(conference);
        if (!request.result) {
            *lphdConfCall = front_hdrvcall(conference);
            *lphdConsultCall = front_hdrvcall(consult);
            pbx_setup_conference_start(leg, conference, consult);
        }
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                             HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                             LPLINECALLPARAMS const lpCallParams)
{
    struct pbx_call_params params;
    struct front_request request;
    struct pbx_leg *conference, *consult;

    if (!lphdConsultCall)
        return LINEERR_INVALPOINTER;
    *lphdConsultCall = NULL;
    if (request_call(&request, dwRequestID, __func__, hdConfCall, &conference)) {
        request.result = line_params(conference->extension, lpCallParams, &params);
        if (!request.result)
            request.result = pbx_prepare_add(conference, &params, &consult);
        if (!request.result)
            request.result = front_bind(consult, htConsultCall);
        if (!request.result) {
            *lphdConsultCall = front_hdrvcall(consult);
            pbx_prepare_add_start(conference, consult);
        }
    } else if (request.result == (LONG)LINEERR_INVALCALLHANDLE) {
        request.result = LINEERR_INVALCONFCALLHANDLE;
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall,
                                      HDRVCALL hdConsultCall)
{
    struct front_request request;
    struct pbx_leg *conference, *consult;

    if (request_call(&request, dwRequestID, __func__, hdConfCall, &conference)) {
        consult = front_call_find(hdConsultCall);
        request.result = consult ? pbx_add_to_conference(conference, consult)
                                 : (LONG)LINEERR_INVALCONSULTCALLHANDLE;
    } else if (request.result == (LONG)LINEERR_INVALCALLHANDLE) {
        request.result = LINEERR_INVALCONFCALLHANDLE;
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_remove_from_conference(leg);
    return request_end(&request);
}

/* --- park, unpark, pickup --- */

LONG TSPIAPI TSPI_linePark(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode,
                           LPCWSTR lpszDirAddress, LPVARSTRING lpNonDirAddress)
{
    char place[PBX_NUMBER] = "", address[PBX_NUMBER * 4];
    struct front_request request;
    struct front_out out;
    struct pbx_leg *leg;
    VARSTRING string;
    bool partial;
    LONG result;

    if (dwParkMode != LINEPARKMODE_DIRECTED && dwParkMode != LINEPARKMODE_NONDIRECTED)
        return LINEERR_INVALPARKMODE;
    if (dwParkMode == LINEPARKMODE_NONDIRECTED) {
        if ((result = out_begin(&out, lpNonDirAddress, sizeof(VARSTRING))))
            return result;
    } else {
        front_utf8(address, sizeof(address), lpszDirAddress, -1);
        if (!pbx_number_clean(place, address, &partial) || partial)
            return LINEERR_INVALADDRESS;
    }
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg)) {
        request.result = pbx_park(leg, place);
        if (!request.result && dwParkMode == LINEPARKMODE_NONDIRECTED) {
            memset(&string, 0, sizeof(string));
            string.dwStringFormat = STRINGFORMAT_UNICODE;
            out_text(&out, place, &string.dwStringSize, &string.dwStringOffset);
            out_end(&out, &string);
        }
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                             HTAPICALL htCall, LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress)
{
    char place[PBX_NUMBER] = "", address[PBX_NUMBER * 4];
    struct front_request request;
    struct pbx_extension *e;
    struct pbx_leg *leg;
    bool partial;

    if (!lphdCall)
        return LINEERR_INVALPOINTER;
    *lphdCall = NULL;
    front_utf8(address, sizeof(address), lpszDestAddress, -1);
    if (request_line(&request, dwRequestID, __func__, hdLine, &e)) {
        if (dwAddressID)
            request.result = LINEERR_INVALADDRESSID;
        else if (!pbx_number_clean(place, address, &partial) || partial)
            request.result = LINEERR_INVALADDRESS;
        else
            request.result = pbx_unpark(e, place, &leg);
        if (!request.result)
            request.result = front_bind(leg, htCall);
        if (!request.result) {
            *lphdCall = front_hdrvcall(leg);
            pbx_unpark_start(leg, place);
        }
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID,
                             HTAPICALL htCall, LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress,
                             LPCWSTR lpszGroupID)
{
    char number[PBX_NUMBER] = "", group[PBX_NUMBER], address[PBX_NUMBER * 4];
    struct pbx_leg *leg, *target;
    struct front_request request;
    struct pbx_extension *e;
    bool partial;

    if (!lphdCall)
        return LINEERR_INVALPOINTER;
    *lphdCall = NULL;
    front_utf8(address, sizeof(address), lpszDestAddress, -1);
    front_utf8(group, sizeof(group), lpszGroupID, -1);
    if (request_line(&request, dwRequestID, __func__, hdLine, &e)) {
        if (dwAddressID)
            request.result = LINEERR_INVALADDRESSID;
        else if (address[0] && (!pbx_number_clean(number, address, &partial) || partial))
            request.result = LINEERR_INVALADDRESS;
        else
            request.result = pbx_pickup(e, number, group, &leg, &target);
        if (!request.result)
            request.result = front_bind(leg, htCall);
        if (!request.result) {
            *lphdCall = front_hdrvcall(leg);
            pbx_pickup_start(leg, target);
        }
    }
    return request_end(&request);
}
