/* stage.c - the lines of stage.tsp; see stage.h. Requests are done at once. */
#define STAGE_PROVIDER
#include "tests/com/received/stage.h"

#include <stdbool.h>
#include <stdlib.h>

#define VERSION 0x00030001

static ASYNC_COMPLETION complete;
static LINEEVENT event;
static HPROVIDER provider;
static DWORD device_base;

struct stage_line {
    HTAPILINE tapi;
    struct stage_call *newest;
};

struct stage_call {
    HTAPICALL tapi;
    struct stage_line *line;
    DWORD id, state;
};

static struct stage_line lines[STAGE_LINES + 1];

struct stage stage;

/* ---- for the test -------------------------------------------------------------------------- */

static void say(unsigned line, BOOL of_call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                DWORD_PTR p3)
{
    struct stage_call *call = of_call ? lines[line].newest : NULL;

    if (message == LINE_CALLSTATE && call)
        call->state = (DWORD)p1;
    event(lines[line].tapi, call ? call->tapi : NULL, message, p1, p2, p3);
}

static struct stage_call *make_call(struct stage_line *line, HTAPICALL tapi)
{
    struct stage_call *call = calloc(1, sizeof(*call));

    call->line = line;
    call->tapi = tapi;
    call->id = stage.call_id;
    call->state = LINECALLSTATE_IDLE;
    line->newest = call;
    InterlockedIncrement(&stage.calls_open);
    return call;
}

static void new_call(unsigned line)
{
    struct stage_call *call = make_call(&lines[line], NULL);

    event(lines[line].tapi, NULL, LINE_NEWCALL, (DWORD_PTR)call, (DWORD_PTR)&call->tapi, 0);
}

static void create_line(void)
{
    event((HTAPILINE)provider, NULL, LINE_CREATE, (DWORD_PTR)provider, 1, 0);
}

static void remove_line(void)
{
    event(NULL, NULL, LINE_REMOVE, stage.created, 0, 0);
}

struct stage *WINAPI StageControl(void)
{
    stage.say = say;
    stage.new_call = new_call;
    stage.create_line = create_line;
    stage.remove_line = remove_line;
    stage.media = stage_media;
    stage.thing = stage_make_thing;
    return &stage;
}

/* ---- the provider -------------------------------------------------------------------------- */

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > VERSION || high < VERSION)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = VERSION;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD id, LPDWORD line_count, LPDWORD phone_count,
                                     HPROVIDER handle, LINEEVENT line_event, PHONEEVENT phone_event)
{
    (void)id, (void)phone_event;
    *line_count = STAGE_LINES;
    *phone_count = 0;
    provider = handle;
    event = line_event;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                              DWORD_PTR line_count, DWORD_PTR phone_count,
                              ASYNC_COMPLETION completion, LPDWORD options)
{
    (void)version, (void)id, (void)phone_base, (void)line_count, (void)phone_count;
    device_base = line_base;
    complete = completion;
    *options = 0;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    return 0;
}

LONG WINAPI TSPI_providerCreateLineDevice(DWORD_PTR temporary, DWORD device)
{
    (void)temporary;
    stage.created = device;
    return 0;
}

static unsigned line_index(DWORD device)
{
    return device - device_base < STAGE_LINES ? device - device_base : STAGE_LINES;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE tapi_line, LPHDRVLINE line, DWORD version,
                          LINEEVENT line_event)
{
    struct stage_line *opened = &lines[line_index(device)];

    (void)version;
    opened->tapi = tapi_line;
    event = line_event;
    *line = (HDRVLINE)opened;
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    ((struct stage_line *)line)->tapi = NULL;
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

/* An empty structure with `more` bytes behind it; false: no room for them. */
static bool begin(void *at, DWORD size, DWORD more)
{
    DWORD *header = at;

    header[1] = size + more;
    if (header[0] < size)
        return false;
    memset(header + 2, 0, size - 2 * sizeof(DWORD));
    header[2] = header[0] < size + more ? size : size + more;
    return true;
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)version, (void)extension;
    if (!begin(caps, sizeof(*caps), 0))
        return LINEERR_STRUCTURETOOSMALL;
    caps->dwPermanentLineID = 0x5000 + device;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
    caps->dwNumAddresses = 1;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes =
        LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM;
    caps->dwGenerateDigitModes = caps->dwMonitorDigitModes = LINEDIGITMODE_DTMF;
    caps->dwMonitorToneMaxNumFreq = 2;
    caps->dwMonitorToneMaxNumEntries = 8;
    caps->dwLineStates = 0x01ffffff;
    caps->dwDevCapFlags = LINEDEVCAPFLAGS_MSP;
    caps->dwMaxNumActiveCalls = 8;
    caps->dwLineFeatures = LINEFEATURE_MAKECALL;
    caps->dwAddressTypes = LINEADDRESSTYPE_PHONENUMBER;
    return 0;
}

LONG WINAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                    LPLINEADDRESSCAPS caps)
{
    WCHAR number[] = STAGE_NUMBER;

    (void)address, (void)version, (void)extension;
    number[1] += (WCHAR)line_index(device);
    if (!begin(caps, sizeof(*caps), sizeof(number)))
        return LINEERR_STRUCTURETOOSMALL;
    caps->dwLineDeviceID = device;
    if (caps->dwUsedSize > sizeof(*caps)) {
        caps->dwAddressSize = sizeof(number);
        caps->dwAddressOffset = sizeof(*caps);
        memcpy(caps + 1, number, sizeof(number));
    }
    caps->dwAddressStates = 0x1ff;
    caps->dwCallInfoStates = 0x1fffffff;
    caps->dwCallStates = 0x3ffff;
    caps->dwMaxNumActiveCalls = 8;
    caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
    caps->dwCallFeatures = LINECALLFEATURE_DROP | LINECALLFEATURE_ANSWER;
    caps->dwAvailableMediaModes =
        LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM;
    return 0;
}

LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE line, LPLINEDEVSTATUS status)
{
    (void)line;
    return begin(status, sizeof(*status), 0) ? 0 : LINEERR_STRUCTURETOOSMALL;
}

LONG WINAPI TSPI_lineGetAddressStatus(HDRVLINE line, DWORD address, LPLINEADDRESSSTATUS status)
{
    (void)line, (void)address;
    return begin(status, sizeof(*status), 0) ? 0 : LINEERR_STRUCTURETOOSMALL;
}

/* ---- its calls ----------------------------------------------------------------------------- */

static struct stage_call *call_of(HDRVCALL call)
{
    return (struct stage_call *)call;
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE line, HTAPICALL tapi_call,
                              LPHDRVCALL call, LPCWSTR address, DWORD country,
                              LPLINECALLPARAMS const params)
{
    (void)address, (void)country, (void)params;
    *call = (HDRVCALL)make_call((struct stage_line *)line, tapi_call);
    complete(request, 0);
    return (LONG)request;
}

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    complete(request, 0);
    return (LONG)request;
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    struct stage_call *dropped = call_of(call);

    (void)info, (void)size;
    complete(request, 0);
    dropped->state = LINECALLSTATE_IDLE;
    event(dropped->line->tapi, dropped->tapi, LINE_CALLSTATE, LINECALLSTATE_IDLE, 0, 0);
    return (LONG)request;
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    struct stage_call *closed = call_of(call);

    InterlockedCompareExchangePointer((void **)&closed->line->newest, NULL, closed);
    free(closed);
    InterlockedDecrement(&stage.calls_open);
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
    if (!begin(info, sizeof(*info), sizeof(STAGE_CALLER)))
        return LINEERR_STRUCTURETOOSMALL;
    info->dwLineDeviceID = device_base + (DWORD)(call_of(call)->line - lines);
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    info->dwOrigin = LINECALLORIGIN_EXTERNAL;
    info->dwCallStates = 0x3ffff;
    info->dwCallID = call_of(call)->id;
    if (info->dwUsedSize > sizeof(*info)) {
        info->dwCallerIDFlags = LINECALLPARTYID_ADDRESS;
        info->dwCallerIDSize = sizeof(STAGE_CALLER);
        info->dwCallerIDOffset = sizeof(*info);
        memcpy(info + 1, STAGE_CALLER, sizeof(STAGE_CALLER));
    }
    return 0;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL call, LPLINECALLSTATUS status)
{
    if (!begin(status, sizeof(*status), 0))
        return LINEERR_STRUCTURETOOSMALL;
    status->dwCallState = call_of(call)->state;
    status->dwCallFeatures = LINECALLFEATURE_DROP | LINECALLFEATURE_ANSWER;
    return 0;
}

LONG WINAPI TSPI_lineMonitorDigits(HDRVCALL call, DWORD modes)
{
    (void)call, (void)modes;
    return 0;
}

LONG WINAPI TSPI_lineMonitorMedia(HDRVCALL call, DWORD modes)
{
    (void)call, (void)modes;
    return 0;
}

LONG WINAPI TSPI_lineMonitorTones(HDRVCALL call, DWORD list, LPLINEMONITORTONE const tones,
                                  DWORD count)
{
    (void)call, (void)tones, (void)count;
    stage.tone_list_id = list;
    return 0;
}

LONG WINAPI TSPI_lineGenerateDigits(HDRVCALL call, DWORD id, DWORD mode, LPCWSTR digits,
                                    DWORD duration)
{
    (void)call, (void)mode, (void)digits, (void)duration;
    stage.generate_id = id;
    return 0;
}

LONG WINAPI TSPI_lineGatherDigits(HDRVCALL call, DWORD id, DWORD modes, LPWSTR digits, DWORD count,
                                  LPCWSTR terminators, DWORD first, DWORD between)
{
    (void)call, (void)modes, (void)count, (void)terminators, (void)first, (void)between;
    stage.digits = digits;
    stage.digits_id = id;
    return 0;
}

/* ---- its media provider -------------------------------------------------------------------- */

LONG WINAPI TSPI_lineMSPIdentify(DWORD device, GUID *clsid)
{
    (void)device;
    *clsid = clsid_stage;
    return 0;
}

LONG WINAPI TSPI_lineCreateMSPInstance(HDRVLINE line, DWORD address, HTAPIMSPLINE tapi_msp,
                                       LPHDRVMSPLINE msp)
{
    (void)line, (void)address, (void)tapi_msp;
    *msp = (HDRVMSPLINE)&stage;
    return 0;
}

LONG WINAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE msp)
{
    (void)msp;
    return 0;
}

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **out)
{
    return stage_class_object(clsid, iid, out);
}
