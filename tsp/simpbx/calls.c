/* calls.c - requests of a two-party call. */
#include "front.h"

#include <stdlib.h>
#include <string.h>

#define ADDRESS_BYTES 512

static void read_address(char address[ADDRESS_BYTES], const WCHAR *from)
{
    front_utf8(address, ADDRESS_BYTES, from, -1);
}

static struct pbx_blob blob(const char *data, DWORD size)
{
    struct pbx_blob blob = {(uint8_t *)data, data ? size : 0};

    return blob;
}

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall,
                               LPHDRVCALL lphdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                               LPLINECALLPARAMS const lpCallParams)
{
    struct pbx_call_params params;
    struct front_request request;
    char address[ADDRESS_BYTES];
    struct pbx_extension *e;
    struct pbx_leg *leg;

    (void)dwCountryCode;
    if (!lphdCall)
        return LINEERR_INVALPOINTER;
    *lphdCall = NULL;
    read_address(address, lpszDestAddress);
    if (request_line(&request, dwRequestID, __func__, hdLine, &e)) {
        request.result = pbx_check_address(address);
        if (!request.result)
            request.result = line_params(e, lpCallParams, &params);
        if (!request.result)
            request.result = pbx_make(e, &params, &leg);
        if (!request.result)
            request.result = front_bind(leg, htCall);
        if (!request.result) {
            *lphdCall = front_hdrvcall(leg);
            pbx_dial_out(leg, address);
        }
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                           DWORD dwCountryCode)
{
    struct front_request request;
    char address[ADDRESS_BYTES];
    struct pbx_leg *leg;

    (void)dwCountryCode;
    read_address(address, lpszDestAddress);
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_dial(leg, address);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                             DWORD dwSize)
{
    struct pbx_blob info = blob(lpsUserUserInfo, dwSize);
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_accept(leg, &info);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                             DWORD dwSize)
{
    struct pbx_blob info = blob(lpsUserUserInfo, dwSize);
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_answer(leg, &info);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo,
                           DWORD dwSize)
{
    struct pbx_blob info = blob(lpsUserUserInfo, dwSize);
    struct front_request request;
    struct pbx_leg *leg;

    /* A call that has just ended by itself is dropped all the same. */
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg) && leg->state != PBX_IDLE)
        request.result = pbx_drop(leg, &info);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_hold(leg);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_unhold(leg);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall,
                               HDRVCALL hdHeldCall)
{
    struct front_request request;
    struct pbx_leg *active, *held;

    if (request_call(&request, dwRequestID, __func__, hdActiveCall, &active)) {
        held = front_call_find(hdHeldCall);
        request.result = held ? pbx_swap_hold(active, held) : (LONG)LINEERR_INVALCALLHANDLE;
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_secure(leg);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                       LPCSTR lpsUserUserInfo, DWORD dwSize)
{
    struct pbx_blob info = blob(lpsUserUserInfo, dwSize);
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_send_user_user(leg, &info);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall)
{
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_release_user_user(leg);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPVOID lpCallData,
                                  DWORD dwSize)
{
    struct pbx_blob data = blob(lpCallData, dwSize);
    struct front_request request;
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_set_call_data(leg, &data);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                              LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
                                              LPVOID lpReceivingFlowspec,
                                              DWORD dwReceivingFlowspecSize)
{
    struct front_request request;
    struct pbx_flow flow[2];
    struct pbx_leg *leg;

    if (request_call(&request, dwRequestID, __func__, hdCall, &leg)) {
        request.result = flow_read(lpSendingFlowspec, dwSendingFlowspecSize, &flow[0]);
        if (!request.result)
            request.result = flow_read(lpReceivingFlowspec, dwReceivingFlowspecSize, &flow[1]);
        if (!request.result && (leg->state == PBX_IDLE || leg->state == PBX_DISCONNECTED))
            request.result = LINEERR_INVALCALLSTATE;
        if (!request.result)
            request.result = pbx_set_qos(leg, flow);
    }
    return request_end(&request);
}

/* --- transfer --- */

LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                    HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
                                    LPLINECALLPARAMS const lpCallParams)
{
    struct pbx_call_params params;
    struct front_request request;
    struct pbx_leg *leg, *consult;

    if (!lphdConsultCall)
        return LINEERR_INVALPOINTER;
    *lphdConsultCall = NULL;
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg)) {
        request.result = line_params(leg->extension, lpCallParams, &params);
        if (!request.result)
            request.result = pbx_setup_transfer(leg, &params, &consult);
        if (!request.result)
            request.result = front_bind(consult, htConsultCall);
        if (!request.result) {
            *lphdConsultCall = front_hdrvcall(consult);
            pbx_consult_start(consult);
        }
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                       HDRVCALL hdConsultCall, HTAPICALL htConfCall,
                                       LPHDRVCALL lphdConfCall, DWORD dwTransferMode)
{
    struct front_request request;
    struct pbx_leg *leg, *consult, *conference;

    if (lphdConfCall)
        *lphdConfCall = NULL;
    if (dwTransferMode != LINETRANSFERMODE_TRANSFER &&
        dwTransferMode != LINETRANSFERMODE_CONFERENCE)
        return LINEERR_INVALTRANSFERMODE;
    if (dwTransferMode == LINETRANSFERMODE_CONFERENCE && !lphdConfCall)
        return LINEERR_INVALPOINTER;
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg)) {
        consult = front_call_find(hdConsultCall);
        if (!consult) {
            request.result = LINEERR_INVALCONSULTCALLHANDLE;
        } else if (dwTransferMode == LINETRANSFERMODE_TRANSFER) {
            request.result = pbx_complete_transfer(leg, consult);
        } else {
            request.result = pbx_transfer_conference(leg, consult, &conference);
            if (!request.result)
                request.result = front_bind(conference, htConfCall);
            if (!request.result) {
                *lphdConfCall = front_hdrvcall(conference);
                pbx_transfer_conference_start(conference, leg, consult);
            }
        }
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                    LPCWSTR lpszDestAddress, DWORD dwCountryCode)
{
    struct front_request request;
    char address[ADDRESS_BYTES];
    struct pbx_leg *leg;

    (void)dwCountryCode;
    read_address(address, lpszDestAddress);
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_blind_transfer(leg, address);
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress,
                               DWORD dwCountryCode)
{
    struct front_request request;
    char address[ADDRESS_BYTES];
    struct pbx_leg *leg;

    (void)dwCountryCode;
    read_address(address, lpszDestAddress);
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg))
        request.result = pbx_redirect(leg, address);
    return request_end(&request);
}
