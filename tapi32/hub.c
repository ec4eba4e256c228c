/* hub.c - the private exports for tapi3.dll's call hubs (private.h). */
#include "tapi32/request.h"

LONG WINAPI OpenTapiLineSetCallHubTracking(HLINE hLine, DWORD tracking)
{
    LINECALLHUBTRACKINGINFO info = {sizeof info, sizeof info, sizeof info, 0, tracking};
    struct engine_request request = {
        .op = ENGINE_LINE_SET_CALL_HUB_TRACKING, .arg = {hLine}, .in = {{&info, sizeof info}}};
    struct engine_reply reply;
    session_call(&request, &reply);
    engine_reply_free(&reply);
    return reply.result;
}

LONG WINAPI OpenTapiLineGetCallHubTracking(HLINE hLine, DWORD *available, DWORD *current)
{
    struct engine_request request = {.op = ENGINE_LINE_GET_CALL_HUB_TRACKING, .arg = {hLine}};
    struct engine_reply reply;
    if (!pointer_writable(available, sizeof *available) ||
        !pointer_writable(current, sizeof *current))
        return ERR(INVALPOINTER);
    session_call(&request, &reply);
    *available = (DWORD)reply.out[0];
    *current = (DWORD)reply.out[1];
    engine_reply_free(&reply);
    return reply.result;
}

LONG WINAPI OpenTapiLineGetHubRelatedCalls(HCALL hCall, LPLINECALLLIST list)
{
    struct struct_form form = {API_VERSION_HIGH, NULL};
    struct engine_reply reply;
    if (!pointer_writable(list, sizeof list->dwTotalSize) ||
        !pointer_writable(list, list->dwTotalSize))
        return ERR(INVALPOINTER);
    if (list->dwTotalSize < sizeof *list)
        return ERR(STRUCTURETOOSMALL);
    struct engine_request request = {.op = ENGINE_LINE_GET_HUB_RELATED_CALLS,
                                     .arg = {hCall, list->dwTotalSize}};
    session_call(&request, &reply);
    LONG result = reply.result;
    if (result == 0)
        result =
            request_error(struct_deliver(STRUCT_LINECALLLIST, form, reply.data, reply.size, list));
    engine_reply_free(&reply);
    return result;
}
