/* office.c - the provider of office.h. */
#include "tests/dialing/office.h"

static struct office office;

struct office *WINAPI OfficeControl(void)
{
    return &office;
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
    (void)id, (void)provider, (void)line_create, (void)phone_create;
    *lines = OFFICE_LINES;
    *phones = 0;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete,
                              LPDWORD options)
{
    (void)version, (void)id, (void)line_base, (void)phone_base, (void)lines, (void)phones;
    (void)complete, (void)options;
    office.told = 0;
    office.answer = 0;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    return 0;
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD ext, LPLINEDEVCAPS caps)
{
    (void)device, (void)version, (void)ext;
    caps->dwNeededSize = caps->dwUsedSize = sizeof(*caps);
    caps->dwNumAddresses = 1;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    return 0;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE line, LPHDRVLINE hd, DWORD version,
                          LINEEVENT event)
{
    (void)version;
    office.line = line;
    office.event = event;
    *hd = (HDRVLINE)(UINT_PTR)(device + 1);
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    (void)line;
    return 0;
}

LONG WINAPI TSPI_lineSetStatusMessages(HDRVLINE line, DWORD line_states, DWORD address_states)
{
    (void)line, (void)line_states, (void)address_states;
    return 0;
}

LONG WINAPI TSPI_lineSetCurrentLocation(DWORD location)
{
    office.told++;
    office.location = location;
    return office.answer;
}
