/* foreign.c - a TSPI 3 provider of one line, whose media is a class that nobody knows. */
#include "foreign.h"

#include <stdbool.h>

#define FOREIGN_VERSION 0x00030000

/* A voice modem: more than its media provider, which is for sound alone, takes. */
#define MEDIA_MODES                                                                                \
    (LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM)

struct foreign foreign;

static ASYNC_COMPLETION complete;
static LINEEVENT tapi_event;
static HTAPILINE open_line;
static HTAPICALL open_call;
static DWORD device_base, state = LINECALLSTATE_IDLE;

struct foreign *ForeignState(void)
{
    return &foreign;
}

LONG ForeignSend(BOOL of_call, const void *data, DWORD size)
{
    tapi_event(open_line, of_call ? open_call : NULL, LINE_SENDMSPDATA, (DWORD_PTR)foreign.msp_line,
               (DWORD_PTR)data, size);
    return 0;
}

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > FOREIGN_VERSION || high < FOREIGN_VERSION)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = FOREIGN_VERSION;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD provider, LPDWORD lines, LPDWORD phones,
                                     HPROVIDER handle, LINEEVENT line_create,
                                     PHONEEVENT phone_create)
{
    (void)provider, (void)handle, (void)line_create, (void)phone_create;
    *lines = 1;
    *phones = 0;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                              LPDWORD options)
{
    (void)version, (void)provider, (void)phone_base, (void)lines, (void)phones;
    device_base = line_base;
    complete = completion;
    *options = 0;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD provider)
{
    (void)version, (void)provider;
    return 0;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE tapi_line, LPHDRVLINE line, DWORD version,
                          LINEEVENT event)
{
    (void)device, (void)version;
    open_line = tapi_line;
    tapi_event = event;
    *line = (HDRVLINE)&open_line;
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    (void)line;
    open_line = NULL;
    return 0;
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE line, DWORD modes)
{
    (void)line, (void)modes;
    return 0;
}

LONG WINAPI TSPI_lineSetStatusMessages(HDRVLINE line, DWORD line_states, DWORD address_states)
{
    (void)line, (void)line_states, (void)address_states;
    return 0;
}

LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE line, LPDWORD count)
{
    (void)line;
    *count = 1;
    return 0;
}

static bool begin(void *at, DWORD size)
{
    DWORD *header = at;

    header[1] = size;
    if (header[0] < size)
        return false;
    memset(header + 2, 0, size - 2 * sizeof(DWORD));
    header[2] = size;
    return true;
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)version, (void)extension;
    if (!begin(caps, sizeof(*caps)))
        return LINEERR_STRUCTURETOOSMALL;
    caps->dwPermanentLineID = 0x3000 + device;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = MEDIA_MODES;
    caps->dwDevCapFlags = LINEDEVCAPFLAGS_MSP;
    caps->dwMaxNumActiveCalls = 1;
    caps->dwLineFeatures = LINEFEATURE_MAKECALL;
    caps->dwAddressTypes = LINEADDRESSTYPE_PHONENUMBER;
    return 0;
}

LONG WINAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                    LPLINEADDRESSCAPS caps)
{
    (void)address, (void)version, (void)extension;
    if (!begin(caps, sizeof(*caps)))
        return LINEERR_STRUCTURETOOSMALL;
    caps->dwLineDeviceID = device;
    caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_CONNECTED;
    caps->dwMaxNumActiveCalls = 1;
    caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
    caps->dwCallFeatures = LINECALLFEATURE_DROP | LINECALLFEATURE_ANSWER;
    caps->dwAvailableMediaModes = MEDIA_MODES;
    return 0;
}

LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE line, LPLINEDEVSTATUS status)
{
    (void)line;
    return begin(status, sizeof(*status)) ? 0 : LINEERR_STRUCTURETOOSMALL;
}

LONG WINAPI TSPI_lineGetAddressStatus(HDRVLINE line, DWORD address, LPLINEADDRESSSTATUS status)
{
    (void)line, (void)address;
    return begin(status, sizeof(*status)) ? 0 : LINEERR_STRUCTURETOOSMALL;
}

/* ---- its call ---------------------------------------------------------------------------------
 */

static void say(DWORD now)
{
    state = now;
    tapi_event(open_line, open_call, LINE_CALLSTATE, now, 0, LINEMEDIAMODE_INTERACTIVEVOICE);
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE line, HTAPICALL tapi_call,
                              LPHDRVCALL call, LPCWSTR address, DWORD country,
                              LPLINECALLPARAMS const params)
{
    (void)line, (void)address, (void)country, (void)params;
    open_call = tapi_call;
    *call = (HDRVCALL)&open_call;
    complete(request, 0);
    say(LINECALLSTATE_CONNECTED);
    return (LONG)request;
}

LONG ForeignOffer(void)
{
    tapi_event(open_line, NULL, LINE_NEWCALL, (DWORD_PTR)&open_call, (DWORD_PTR)&open_call, 0);
    say(LINECALLSTATE_OFFERING);
    return 0;
}

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    complete(request, 0);
    say(LINECALLSTATE_CONNECTED);
    return (LONG)request;
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    complete(request, 0);
    say(LINECALLSTATE_IDLE);
    return (LONG)request;
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    (void)call;
    open_call = NULL;
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
    if (!begin(info, sizeof(*info)))
        return LINEERR_STRUCTURETOOSMALL;
    info->dwLineDeviceID = device_base;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    info->dwOrigin = LINECALLORIGIN_OUTBOUND;
    info->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_CONNECTED;
    return 0;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL call, LPLINECALLSTATUS status)
{
    (void)call;
    if (!begin(status, sizeof(*status)))
        return LINEERR_STRUCTURETOOSMALL;
    status->dwCallState = state;
    status->dwCallFeatures =
        state == LINECALLSTATE_OFFERING ? LINECALLFEATURE_ANSWER : LINECALLFEATURE_DROP;
    return 0;
}

/* ---- its media provider -----------------------------------------------------------------------
 */

LONG WINAPI TSPI_lineMSPIdentify(DWORD device, GUID *clsid)
{
    (void)device;
    *clsid = clsid_foreign;
    return 0;
}

LONG WINAPI TSPI_lineCreateMSPInstance(HDRVLINE line, DWORD address, HTAPIMSPLINE tapi_msp,
                                       LPHDRVMSPLINE msp)
{
    (void)line, (void)address;
    foreign.msp_line = tapi_msp;
    *msp = (HDRVMSPLINE)&foreign;
    return 0;
}

LONG WINAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE msp)
{
    (void)msp;
    foreign.msp_line = 0;
    return 0;
}

LONG WINAPI TSPI_lineReceiveMSPData(HDRVLINE line, HDRVCALL call, HDRVMSPLINE msp, LPVOID data,
                                    DWORD size)
{
    (void)line, (void)msp;
    foreign.from_msp_size = size;
    memcpy(foreign.from_msp, data, size < 16 ? size : 16);
    if (call)
        InterlockedIncrement(&foreign.from_msp_with_call);
    InterlockedIncrement(&foreign.from_msp_count);
    return 0;
}

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    return foreign_class_object(clsid, iid, out);
}
