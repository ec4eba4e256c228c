/* fake_tapi.c - tapi32.dll's private exports, as far as msp/host/ calls them. */
#include "tests/media/media_fixture.h"
#include "tapi32/private.h"

volatile LONG fake_tapi_ends;
volatile LONG fake_tapi_data;

LONG WINAPI OpenTapiLineMspIdentify(HLINEAPP app, DWORD device, GUID *clsid)
{
    static const CLSID sim = CLSID_SIM_MSP_INIT;

    (void)app;
    if (device != 0)
        return LINEERR_OPERATIONUNAVAIL;
    *clsid = sim;
    return 0;
}

LONG WINAPI OpenTapiLineCreateMsp(HLINE line, DWORD address, DWORD *msp)
{
    (void)address;
    if (!line)
        return LINEERR_OPERATIONUNAVAIL;
    *msp = (DWORD)(ULONG_PTR)line + 1000;
    InterlockedIncrement(&fake_tapi_ends);
    return 0;
}

LONG WINAPI OpenTapiLineCloseMsp(DWORD msp)
{
    (void)msp;
    InterlockedDecrement(&fake_tapi_ends);
    return 0;
}

LONG WINAPI OpenTapiLineSendMspData(DWORD msp, HCALL call, const void *data, DWORD size)
{
    (void)msp, (void)call, (void)data, (void)size;
    InterlockedIncrement(&fake_tapi_data);
    return 0;
}
