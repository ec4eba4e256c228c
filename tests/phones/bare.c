/* bare.c - a provider of one phone that can be opened and closed, and of nothing else: every other
 * entry point is missing, as TSPI allows. */
#include <windows.h>
#include <tapi.h>
#include <tspi.h>

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device, (void)low;
    *version = high;
    return 0;
}

LONG WINAPI TSPI_phoneNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    return TSPI_lineNegotiateTSPIVersion(device, low, high, version);
}

LONG WINAPI TSPI_providerEnumDevices(DWORD id, LPDWORD lines, LPDWORD phones, HPROVIDER provider,
                                     LINEEVENT line_create, PHONEEVENT phone_create)
{
    (void)id, (void)provider, (void)line_create, (void)phone_create;
    *lines = 0;
    *phones = 1;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                              DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete,
                              LPDWORD options)
{
    (void)version, (void)id, (void)line_base, (void)phone_base, (void)lines, (void)phones;
    (void)complete, (void)options;
    return 0;
}

LONG WINAPI TSPI_providerShutdown(DWORD version, DWORD id)
{
    (void)version, (void)id;
    return 0;
}

LONG WINAPI TSPI_phoneOpen(DWORD device, HTAPIPHONE phone, LPHDRVPHONE hd, DWORD version,
                           PHONEEVENT event)
{
    (void)device, (void)phone, (void)version, (void)event;
    *hd = (HDRVPHONE)1;
    return 0;
}

LONG WINAPI TSPI_phoneClose(HDRVPHONE hd)
{
    (void)hd;
    return 0;
}
