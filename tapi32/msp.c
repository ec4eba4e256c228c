/* msp.c - the private exports for tapi3.dll and its media service providers (private.h). */
#include "tapi32/internal.h"

#include <string.h>

/* A request of two numbers, and its reply's first output. */
static LONG msp_request(enum engine_op op, uint64_t first, uint64_t second, const void *data,
                        DWORD size, DWORD *out)
{
    struct engine_request request = {.op = op, .arg = {first, second}, .in = {{data, size}}};
    struct engine_reply reply;
    session_call(&request, &reply);
    if (reply.result == 0 && out != NULL)
        *out = (DWORD)reply.out[0];
    engine_reply_free(&reply);
    return reply.result;
}

LONG WINAPI OpenTapiLineMspIdentify(HLINEAPP hLineApp, DWORD dwDeviceID, GUID *clsid)
{
    if (!pointer_writable(clsid, sizeof *clsid))
        return ERR(INVALPOINTER);
    memset(clsid, 0, sizeof *clsid);
    struct engine_request request = {.op = ENGINE_LINE_MSP_IDENTIFY,
                                     .arg = {(ULONG_PTR)hLineApp, dwDeviceID}};
    struct engine_reply reply;
    session_call(&request, &reply);
    LONG result = reply.result;
    if (result == 0 && reply.size >= sizeof *clsid)
        memcpy(clsid, reply.data, sizeof *clsid);
    else if (result == 0)
        result = ERR(OPERATIONUNAVAIL);
    engine_reply_free(&reply);
    return result;
}

LONG WINAPI OpenTapiLineGetProvider(HLINEAPP hLineApp, DWORD dwDeviceID, WCHAR *file, DWORD count)
{
    struct engine_request request = {.op = ENGINE_LINE_GET_PROVIDER,
                                     .arg = {(ULONG_PTR)hLineApp, dwDeviceID}};
    struct engine_reply reply;

    if (!count || !pointer_writable(file, count * sizeof *file))
        return ERR(INVALPOINTER);
    file[0] = 0;
    session_call(&request, &reply);
    if (reply.result == 0)
        lstrcpynW(file, reply.data, (int)count);
    engine_reply_free(&reply);
    return reply.result;
}

LONG WINAPI OpenTapiLineCreateMsp(HLINE hLine, DWORD dwAddressID, DWORD *msp)
{
    if (!pointer_writable(msp, sizeof *msp))
        return ERR(INVALPOINTER);
    *msp = 0;
    return msp_request(ENGINE_LINE_CREATE_MSP, (ULONG_PTR)hLine, dwAddressID, NULL, 0, msp);
}

LONG WINAPI OpenTapiLineCloseMsp(DWORD msp)
{
    return msp_request(ENGINE_LINE_CLOSE_MSP, msp, 0, NULL, 0, NULL);
}

LONG WINAPI OpenTapiLineSendMspData(DWORD msp, HCALL hCall, const void *data, DWORD size)
{
    if (size != 0 && !pointer_readable(data, size))
        return ERR(INVALPOINTER);
    return msp_request(ENGINE_LINE_SEND_MSP_DATA, msp, (ULONG_PTR)hCall, data, size, NULL);
}
