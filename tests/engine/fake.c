/* fake.c - the provider of fake.h. */
#include "tests/engine/fake.h"

static struct fake fake = {.media_mode = LINEMEDIAMODE_INTERACTIVEVOICE};

struct fake *WINAPI FakeControl(void)
{
    return &fake;
}

static LONG answer(DRV_REQUESTID id)
{
    HANDLE block = fake.block;

    fake.request = id;
    if (fake.inside)
        SetEvent(fake.inside);
    if (block)
        WaitForSingleObject(block, 30000);
    switch (fake.answer) {
    case FAKE_EARLY_TWICE:
        fake.complete(id, 0);
        /* fall through */
    case FAKE_EARLY:
        fake.complete(id, 0);
        break;
    case FAKE_EARLY_FAIL:
        fake.complete(id, (LONG)LINEERR_CALLUNAVAIL);
        break;
    case FAKE_REFUSE:
        return (LONG)LINEERR_RESOURCEUNAVAIL;
    case FAKE_ZERO:
        return 0;
    case FAKE_OTHER:
        return (LONG)id + 1;
    case FAKE_LATER:
        break;
    }
    return (LONG)id;
}

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device, (void)low;
    *version = high;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD id, LPDWORD lines, LPDWORD phones, HPROVIDER provider,
                                     LINEEVENT line_create, PHONEEVENT phone_create)
{
    (void)id, (void)phone_create;
    *lines = FAKE_LINES;
    *phones = 0;
    fake.provider = provider;
    fake.event = line_create;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete,
                              LPDWORD options)
{
    (void)version, (void)id, (void)line_base, (void)phone_base, (void)lines, (void)phones;
    (void)options;
    fake.complete = complete;
    fake.inits++;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    fake.shutdowns++;
    return 0;
}

LONG WINAPI TSPI_providerCreateLineDevice(DWORD_PTR temporary, DWORD device)
{
    (void)temporary;
    fake.created = (LONG)device;
    return 0;
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext, LPLINEDEVCAPS caps)
{
    (void)device, (void)version, (void)ext;
    caps->dwNeededSize = caps->dwUsedSize = sizeof(*caps);
    caps->dwNumAddresses = 1;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_DATAMODEM;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    return 0;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE line, LPHDRVLINE hd, DWORD version,
                          LINEEVENT event)
{
    (void)version;
    fake.line[device] = line;
    fake.event = event;
    fake.opens++;
    *hd = (HDRVLINE)(UINT_PTR)(device + 1);
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    (void)line;
    fake.closes++;
    return 0;
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE line, DWORD modes)
{
    (void)line;
    fake.detection = modes;
    return 0;
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE line, HTAPICALL call, LPHDRVCALL hd,
                              LPCWSTR address, DWORD country, LPLINECALLPARAMS const params)
{
    (void)address, (void)country, (void)params;
    fake.call = call;
    *hd = (HDRVCALL)++fake.calls_made;
    if (fake.state_first)
        fake.event(fake.line[(UINT_PTR)line - 1], call, LINE_CALLSTATE, LINECALLSTATE_DIALING, 0,
                   0);
    return answer(id);
}

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID id, HDRVCALL call, LPCSTR info, DWORD size)
{
    LONG result = answer(id);

    (void)call, (void)info, (void)size;
    if (fake.state_after)
        fake.event(fake.line[0], fake.call, LINE_CALLSTATE, LINECALLSTATE_ONHOLD, 0, 0);
    return result;
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)call, (void)info, (void)size;
    fake.drops++;
    return answer(id);
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    (void)call;
    fake.calls_closed++;
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
    info->dwNeededSize = info->dwUsedSize = sizeof(*info);
    info->dwCallID = (DWORD)(UINT_PTR)call;
    info->dwMediaMode = fake.media_mode;
    return 0;
}

LONG WINAPI TSPI_linePark(DRV_REQUESTID id, HDRVCALL call, DWORD mode, LPCWSTR address,
                          LPVARSTRING where)
{
    static const WCHAR slot[] = L"71";

    (void)call, (void)mode, (void)address;
    if (where) {
        where->dwStringSize = sizeof(slot);
        where->dwStringOffset = sizeof(*where);
        where->dwUsedSize = where->dwNeededSize = sizeof(*where) + sizeof(slot);
        memcpy(where + 1, slot, sizeof(slot));
    }
    return answer(id);
}

LONG WINAPI TSPI_lineGatherDigits(HDRVCALL call, DWORD id, DWORD modes, LPWSTR digits, DWORD count,
                                  LPCWSTR ends, DWORD first, DWORD inter)
{
    (void)call, (void)modes, (void)count, (void)ends, (void)first, (void)inter;
    fake.gather = digits;
    fake.gather_id = id;
    return 0;
}

LONG WINAPI TSPI_lineCreateMSPInstance(HDRVLINE line, DWORD address, HTAPIMSPLINE msp,
                                       LPHDRVMSPLINE hd)
{
    (void)line, (void)address;
    fake.msps++;
    *hd = (HDRVMSPLINE)(UINT_PTR)msp;
    return 0;
}

LONG WINAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hd)
{
    (void)hd;
    fake.msps_closed++;
    return 0;
}
