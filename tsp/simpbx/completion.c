/* completion.c - TSPI_lineCompleteCall and TSPI_lineUncompleteCall. */
#include "front.h"

LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall,
                                   LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
                                   DWORD dwMessageID)
{
    struct front_request request;
    struct pbx_leg *leg;
    uint32_t id = 0;

    if (!lpdwCompletionID)
        return LINEERR_INVALPOINTER;
    *lpdwCompletionID = 0;
    if (request_call(&request, dwRequestID, __func__, hdCall, &leg)) {
        request.result = pbx_complete_call(leg, dwCompletionMode, dwMessageID, &id);
        *lpdwCompletionID = id;
    }
    return request_end(&request);
}

LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine,
                                     DWORD dwCompletionID)
{
    struct front_request request;
    struct pbx_extension *e;

    if (request_line(&request, dwRequestID, __func__, hdLine, &e))
        request.result = pbx_uncomplete_call(e, dwCompletionID);
    return request_end(&request);
}
