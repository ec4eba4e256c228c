/* tiny.c - the TSPI entries of tiny.h's provider. */
#include "tiny.h"

#include <stdlib.h>

ASYNC_COMPLETION tiny_complete;
LINEEVENT tiny_event;

static DWORD device_base;
static HTAPILINE open_line[TINY_LINES];
static SRWLOCK calls_lock = SRWLOCK_INIT;
static struct tiny_call *calls; /* freed at the end only: TAPI may name a call late */

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > 0x00020002 || high < 0x00020000)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = high < 0x00020002 ? high : 0x00020002;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD provider, LPDWORD lines, LPDWORD phones,
                                     HPROVIDER handle, LINEEVENT line_create,
                                     PHONEEVENT phone_create)
{
    (void)provider, (void)handle, (void)line_create, (void)phone_create;
    *lines = TINY_LINES;
    *phones = 0;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                              LPDWORD options)
{
    (void)version, (void)provider, (void)phone_base, (void)lines, (void)phones;
    device_base = line_base;
    tiny_complete = completion;
    *options = 0;
    return tiny_started() ? 0 : LINEERR_NOMEM;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD provider)
{
    (void)version, (void)provider;
    tiny_stopped();
    while (calls) {
        struct tiny_call *next = calls->next;

        free(calls);
        calls = next;
    }
    return 0;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE tapi_line, LPHDRVLINE line, DWORD version,
                          LINEEVENT event)
{
    (void)version;
    if (device - device_base >= TINY_LINES)
        return LINEERR_BADDEVICEID;
    tiny_event = event;
    open_line[device - device_base] = tapi_line;
    *line = (HDRVLINE)&open_line[device - device_base];
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    *(HTAPILINE *)line = NULL;
    return 0;
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE line, DWORD modes)
{
    (void)line, (void)modes;
    return 0;
}

LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE line, LPDWORD count)
{
    (void)line;
    *count = 1;
    return 0;
}

#define CHECK_SIZE(structure)                                                                      \
    do {                                                                                           \
        (structure)->dwNeededSize = sizeof(*(structure));                                          \
        if ((structure)->dwTotalSize < sizeof(*(structure)))                                       \
            return LINEERR_STRUCTURETOOSMALL;                                                      \
        (structure)->dwUsedSize = sizeof(*(structure));                                            \
    } while (0)

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)device, (void)version, (void)extension;
    CHECK_SIZE(caps);
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    return 0;
}

LONG WINAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                    LPLINEADDRESSCAPS caps)
{
    (void)device, (void)address, (void)version, (void)extension;
    CHECK_SIZE(caps);
    caps->dwMaxNumActiveCalls = 100000;
    return 0;
}

LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE line, LPLINEDEVSTATUS status)
{
    (void)line;
    CHECK_SIZE(status);
    return 0;
}

/* ---- calls --------------------------------------------------------------------------------- */

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE line, HTAPICALL tapi_call,
                              LPHDRVCALL call, LPCWSTR address, DWORD country,
                              LPLINECALLPARAMS const params)
{
    struct tiny_call *made = calloc(1, sizeof(*made));

    (void)address, (void)country, (void)params;
    if (!made)
        return LINEERR_NOMEM;
    made->tapi_call = tapi_call;
    made->tapi_line = *(HTAPILINE *)line;
    AcquireSRWLockExclusive(&calls_lock);
    made->next = calls;
    calls = made;
    ReleaseSRWLockExclusive(&calls_lock);
    *call = (HDRVCALL)made;
    tiny_call_made(made);
    return tiny_request(request);
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    tiny_call_closing((struct tiny_call *)call);
    return 0;
}

LONG WINAPI TSPI_lineGetCallAddressID(HDRVCALL call, LPDWORD address)
{
    (void)call;
    *address = 0;
    return 0;
}

LONG WINAPI TSPI_lineGetCallInfo(HDRVCALL call, LPLINECALLINFO info)
{
    (void)call;
    CHECK_SIZE(info);
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    return 0;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL call, LPLINECALLSTATUS status)
{
    (void)call;
    CHECK_SIZE(status);
    status->dwCallState = LINECALLSTATE_CONNECTED;
    return 0;
}

/* The requests whose effect is nothing but their completion. */
LONG WINAPI TSPI_lineAccept(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    return tiny_request(request);
}

LONG WINAPI TSPI_lineDial(DRV_REQUESTID request, HDRVCALL call, LPCWSTR address, DWORD country)
{
    (void)call, (void)address, (void)country;
    return tiny_request(request);
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    return tiny_request(request);
}

LONG WINAPI TSPI_lineHold(DRV_REQUESTID request, HDRVCALL call)
{
    (void)call;
    return tiny_request(request);
}

LONG WINAPI TSPI_lineUnhold(DRV_REQUESTID request, HDRVCALL call)
{
    (void)call;
    return tiny_request(request);
}

LONG WINAPI TSPI_lineSecureCall(DRV_REQUESTID request, HDRVCALL call)
{
    (void)call;
    return tiny_request(request);
}
