/* recorder.c - the provider of recorder.h. */
#include "tests/session/recorder.h"

#include <stdarg.h>
#include <stdio.h>

static struct recorder recorder;

struct recorder *WINAPI RecorderControl(void)
{
    return &recorder;
}

/* Every entry begins here: written down, then what the test wants of this entry. */
static LONG enter(DWORD device, const char *entry, const char *format, ...)
{
    LONG place = InterlockedIncrement(&recorder.logged) - 1;
    va_list arguments;

    if (place < RECORDER_LOG) {
        char *line = recorder.log[place];
        size_t size = sizeof(recorder.log[0]), used;

        used = (size_t)snprintf(line, size, "%s", entry);
        va_start(arguments, format);
        vsnprintf(line + used, size - used, format, arguments);
        va_end(arguments);
    }
    if (recorder.during)
        recorder.during(entry);
    if (recorder.block && !lstrcmpA(recorder.block, entry)) {
        SetEvent(recorder.inside);
        WaitForSingleObject(recorder.go, 30000);
    }
    if (recorder.fail && !lstrcmpA(recorder.fail, entry) &&
        (recorder.fail_device == ~0u || recorder.fail_device == device))
        return recorder.fail_with;
    return 0;
}

static DWORD number(const void *handle)
{
    return (DWORD)(UINT_PTR)handle;
}

/* HDRVLINE is the line's number, from 1. */
#define LINE_DEVICE(line) (recorder.line_base + number(line) - 1)

static LONG answer(DRV_REQUESTID id, LONG refused)
{
    if (refused)
        return refused;
    recorder.request = id;
    if (!recorder.later)
        recorder.complete(id, 0);
    return (LONG)id;
}

static LONG new_call(DRV_REQUESTID id, LONG refused, HTAPICALL call, LPHDRVCALL out)
{
    if (refused)
        return refused;
    *out = (HDRVCALL)(UINT_PTR)++recorder.calls;
    recorder.call[recorder.calls] = call;
    return answer(id, 0);
}

static void keep(const LINECALLPARAMS *params)
{
    ZeroMemory(&recorder.params, sizeof(recorder.params));
    if (params)
        recorder.params = *params;
}

/* ---- provider ---- */

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device, (void)low;
    *version = recorder.version ? recorder.version : high;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD id, LPDWORD lines, LPDWORD phones, HPROVIDER provider,
                                     LINEEVENT line_create, PHONEEVENT phone_create)
{
    (void)id, (void)phone_create;
    *lines = RECORDER_LINES;
    *phones = 0;
    recorder.provider = provider;
    recorder.event = line_create;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete,
                              LPDWORD options)
{
    (void)version, (void)id, (void)phone_base, (void)lines, (void)phones, (void)options;
    recorder.complete = complete;
    recorder.line_base = line_base;
    recorder.inits++;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    recorder.shutdowns++;
    return 0;
}

/* ---- lines ---- */

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext, LPLINEDEVCAPS caps)
{
    LONG result = enter(device, "lineGetDevCaps", " %lu", device - recorder.line_base);

    (void)version, (void)ext;
    caps->dwNumAddresses = 2;
    caps->dwMediaModes = recorder.media_modes;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMaxRate = 9600;
    caps->dwDevCapFlags = caps->dwLineFeatures = recorder.flags;
    if (recorder.flags)
        caps->dwBearerModes = recorder.flags;
    return result;
}

LONG WINAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD ext,
                                    LPLINEADDRESSCAPS caps)
{
    (void)address, (void)version, (void)ext;
    caps->dwAddrCapFlags = caps->dwAddressFeatures = caps->dwCallFeatures = recorder.flags;
    caps->dwCallInfoStates = caps->dwDisconnectModes = recorder.flags;
    return enter(device, "lineGetAddressCaps", " %lu", device - recorder.line_base);
}

LONG WINAPI TSPI_lineGetAddressStatus(HDRVLINE line, DWORD address, LPLINEADDRESSSTATUS status)
{
    (void)address;
    status->dwAddressFeatures = recorder.flags;
    return enter(LINE_DEVICE(line), "lineGetAddressStatus", " %lu", number(line) - 1);
}

LONG WINAPI TSPI_lineGetLineDevStatus(HDRVLINE line, LPLINEDEVSTATUS status)
{
    status->dwLineFeatures = recorder.flags;
    return enter(LINE_DEVICE(line), "lineGetLineDevStatus", " %lu", number(line) - 1);
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE line, LPHDRVLINE hd, DWORD version,
                          LINEEVENT event)
{
    DWORD place = device - recorder.line_base;
    LONG result;

    (void)version;
    recorder.event = event;
    if (place < RECORDER_LINES)
        recorder.line[place] = line;
    result = enter(device, "lineOpen", " %lu", place);
    if (result || place >= RECORDER_LINES)
        return result ? result : (LONG)LINEERR_NODEVICE;
    *hd = (HDRVLINE)(UINT_PTR)(place + 1);
    return 0;
}

#define LINE_ENTRY(name, parameters, format, ...)                                                  \
    LONG WINAPI TSPI_##name parameters                                                             \
    {                                                                                              \
        return enter(LINE_DEVICE(line), #name, " %lu" format, number(line) - 1, ##__VA_ARGS__);    \
    }

LINE_ENTRY(lineClose, (HDRVLINE line), "")
LINE_ENTRY(lineSetDefaultMediaDetection, (HDRVLINE line, DWORD modes), " modes 0x%lx", modes)
LINE_ENTRY(lineSetStatusMessages, (HDRVLINE line, DWORD lines, DWORD addresses), " 0x%lx 0x%lx",
           lines, addresses)
LINE_ENTRY(lineSelectExtVersion, (HDRVLINE line, DWORD version), " 0x%lx", version)

LONG WINAPI TSPI_lineConditionalMediaDetection(HDRVLINE line, DWORD modes,
                                               LPLINECALLPARAMS const params)
{
    keep(params);
    return enter(LINE_DEVICE(line), "lineConditionalMediaDetection", " %lu modes 0x%lx",
                 number(line) - 1, modes);
}

LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE line, LPDWORD count)
{
    *count = 2;
    return enter(LINE_DEVICE(line), "lineGetNumAddressIDs", " %lu", number(line) - 1);
}

LONG WINAPI TSPI_lineNegotiateExtVersion(DWORD device, DWORD version, DWORD low, DWORD high,
                                         LPDWORD chosen)
{
    (void)version, (void)low;
    *chosen = high;
    return enter(device, "lineNegotiateExtVersion", " %lu", device - recorder.line_base);
}

LONG WINAPI TSPI_lineSetCallHubTracking(HDRVLINE line, LPLINECALLHUBTRACKINGINFO info)
{
    return enter(LINE_DEVICE(line), "lineSetCallHubTracking", " %lu tracking 0x%lx",
                 number(line) - 1, info->dwCurrentTracking);
}

LONG WINAPI TSPI_lineGetCallHubTracking(HDRVLINE line, LPLINECALLHUBTRACKINGINFO info)
{
    info->dwAvailableTracking = LINECALLHUBTRACKING_ALLCALLS;
    info->dwCurrentTracking = LINECALLHUBTRACKING_PROVIDERLEVEL;
    return enter(LINE_DEVICE(line), "lineGetCallHubTracking", " %lu", number(line) - 1);
}

LONG WINAPI TSPI_lineGetIcon(DWORD device, LPCWSTR device_class, LPHICON icon)
{
    LONG result = enter(device, "lineGetIcon", " %lu", device - recorder.line_base);

    (void)device_class;
    *icon = result ? NULL : LoadIconW(NULL, (LPCWSTR)IDI_QUESTION);
    return result;
}

LONG WINAPI TSPI_lineDevSpecific(DRV_REQUESTID id, HDRVLINE line, DWORD address, HDRVCALL call,
                                 LPVOID params, DWORD size)
{
    (void)params, (void)size;
    return answer(id, enter(LINE_DEVICE(line), "lineDevSpecific", " %lu address %lu call %lu",
                            number(line) - 1, address, number(call)));
}

/* ---- calls ---- */

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE line, HTAPICALL call, LPHDRVCALL hd,
                              LPCWSTR address, DWORD country, LPLINECALLPARAMS const params)
{
    (void)address, (void)country;
    keep(params);
    return new_call(id, enter(LINE_DEVICE(line), "lineMakeCall", " %lu", number(line) - 1), call,
                    hd);
}

LONG WINAPI TSPI_lineSetupTransfer(DRV_REQUESTID id, HDRVCALL call, HTAPICALL consult,
                                   LPHDRVCALL hd, LPLINECALLPARAMS const params)
{
    keep(params);
    return new_call(id, enter(~0u, "lineSetupTransfer", " call %lu", number(call)), consult, hd);
}

LONG WINAPI TSPI_lineCompleteTransfer(DRV_REQUESTID id, HDRVCALL call, HDRVCALL consult,
                                      HTAPICALL conference, LPHDRVCALL hd, DWORD mode)
{
    LONG result = enter(~0u, "lineCompleteTransfer", " call %lu with %lu mode %lu", number(call),
                        number(consult), mode);

    return mode == LINETRANSFERMODE_CONFERENCE ? new_call(id, result, conference, hd)
                                               : answer(id, result);
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    return enter(~0u, "lineCloseCall", " call %lu", number(call));
}

LONG WINAPI TSPI_lineDropNoOwner(HDRVCALL call)
{
    return enter(~0u, "lineDropNoOwner", " call %lu", number(call));
}

LONG WINAPI TSPI_lineDropOnClose(HDRVCALL call)
{
    return enter(~0u, "lineDropOnClose", " call %lu", number(call));
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    return answer(id, enter(~0u, "lineDrop", " call %lu", number(call)));
}

#define CALL_ENTRY(name)                                                                           \
    LONG WINAPI TSPI_##name(DRV_REQUESTID id, HDRVCALL call)                                       \
    {                                                                                              \
        return answer(id, enter(~0u, #name, " call %lu", number(call)));                           \
    }

CALL_ENTRY(lineHold)
CALL_ENTRY(lineUnhold)

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID id, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    return answer(id, enter(~0u, "lineAnswer", " call %lu", number(call)));
}

LONG WINAPI TSPI_lineSwapHold(DRV_REQUESTID id, HDRVCALL active, HDRVCALL held)
{
    return answer(id,
                  enter(~0u, "lineSwapHold", " call %lu with %lu", number(active), number(held)));
}

LONG WINAPI TSPI_lineGetCallIDs(HDRVCALL call, LPDWORD address, LPDWORD id, LPDWORD related)
{
    *address = recorder.address_id;
    *id = recorder.call_id;
    *related = 0;
    return enter(~0u, "lineGetCallIDs", " call %lu", number(call));
}

LONG WINAPI TSPI_lineGetCallAddressID(HDRVCALL call, LPDWORD address)
{
    *address = recorder.address_id;
    return enter(~0u, "lineGetCallAddressID", " call %lu", number(call));
}

LONG WINAPI TSPI_lineGetCallInfo(HDRVCALL call, LPLINECALLINFO info)
{
    info->dwCallID = recorder.call_id;
    info->dwAddressID = recorder.address_id;
    info->dwMediaMode = recorder.call_media_mode;
    info->dwReason = recorder.reason;
    info->dwOrigin = recorder.origin;
    info->dwBearerMode = recorder.bearer_mode;
    info->dwCallParamFlags = recorder.param_flags;
    return enter(~0u, "lineGetCallInfo", " call %lu", number(call));
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL call, LPLINECALLSTATUS status)
{
    (void)call;
    if (!recorder.status.dwCallState)
        return LINEERR_OPERATIONUNAVAIL;
    status->dwCallState = recorder.status.dwCallState;
    status->dwCallStateMode = recorder.status.dwCallStateMode;
    status->dwCallFeatures = recorder.status.dwCallFeatures;
    if (recorder.version && recorder.version < 0x00020000)
        return 0;
    status->dwCallFeatures2 = recorder.status.dwCallFeatures2;
    status->tStateEntryTime = recorder.status.tStateEntryTime;
    return 0;
}

LONG WINAPI TSPI_lineAccept(DRV_REQUESTID id, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    return answer(id, enter(~0u, "lineAccept", " call %lu", number(call)));
}

LONG WINAPI TSPI_lineSetMediaMode(HDRVCALL call, DWORD modes)
{
    return enter(~0u, "lineSetMediaMode", " call %lu modes 0x%lx", number(call), modes);
}

LONG WINAPI TSPI_lineMonitorDigits(HDRVCALL call, DWORD modes)
{
    return enter(~0u, "lineMonitorDigits", " call %lu modes 0x%lx", number(call), modes);
}

LONG WINAPI TSPI_lineMonitorMedia(HDRVCALL call, DWORD modes)
{
    return enter(~0u, "lineMonitorMedia", " call %lu modes 0x%lx", number(call), modes);
}

LONG WINAPI TSPI_lineMonitorTones(HDRVCALL call, DWORD list, LPLINEMONITORTONE const tones,
                                  DWORD count)
{
    (void)tones;
    return enter(~0u, "lineMonitorTones", " call %lu list 0x%lx tones %lu", number(call), list,
                 count);
}

LONG WINAPI TSPI_lineGatherDigits(HDRVCALL call, DWORD id, DWORD modes, LPWSTR digits, DWORD count,
                                  LPCWSTR ends, DWORD first, DWORD inter)
{
    LONG result = enter(~0u, "lineGatherDigits", " call %lu digits %lu", number(call), count);

    (void)modes, (void)ends, (void)first, (void)inter;
    if (!result && count) {
        recorder.digits = digits;
        recorder.digits_id = id;
    }
    return result;
}

LONG WINAPI TSPI_lineGenerateDigits(HDRVCALL call, DWORD id, DWORD mode, LPCWSTR digits,
                                    DWORD duration)
{
    (void)mode, (void)digits, (void)duration;
    return enter(~0u, "lineGenerateDigits", " call %lu id 0x%lx", number(call), id);
}

LONG WINAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID id, HDRVCALL call, LPVOID sending,
                                             DWORD sending_size, LPVOID receiving,
                                             DWORD receiving_size)
{
    recorder.flowspec_size[0] = sending_size;
    recorder.flowspec_size[1] = receiving_size;
    if (sending && sending_size <= sizeof(recorder.flowspec[0]))
        CopyMemory(recorder.flowspec[0], sending, sending_size);
    if (receiving && receiving_size <= sizeof(recorder.flowspec[1]))
        CopyMemory(recorder.flowspec[1], receiving, receiving_size);
    return answer(id, enter(~0u, "lineSetCallQualityOfService", " call %lu", number(call)));
}
