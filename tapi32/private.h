/*
 * private.h - what tapi32.dll exports for tapi3.dll and the tests beyond Microsoft's names.
 * Everything else that tapi3.dll needs it gets from the public functions of <tapi.h>.
 */
#ifndef TAPI32_PRIVATE_H
#define TAPI32_PRIVATE_H

#include <windows.h>
#include <tapi.h>

/* Marker: only OpenTAPI's DLL has it, so a test can prove which tapi32.dll is loaded.
 * Result: the project's version, high word major, low word minor. */
DWORD WINAPI OpenTapiVersion(void);

/* The file name of the line device's provider (ITAddress::ServiceProviderName), as it stands in the
 * list of providers; cut off, but ended, where `count` characters do not hold it.
 * Errors: those of lineGetDevCaps. */
LONG WINAPI OpenTapiLineGetProvider(HLINEAPP hLineApp, DWORD dwDeviceID, WCHAR *file, DWORD count);

/* Call hub tracking of a line (LINECALLHUBTRACKING_): what the provider is told to report, and what it
 * can. A provider without TSPI_lineSetCallHubTracking has _NONE and _PROVIDERLEVEL all the same.
 * Errors: LINEERR_INVALPARAM for what is not one of the constants, LINEERR_OPERATIONUNAVAIL. */
LONG WINAPI OpenTapiLineSetCallHubTracking(HLINE hLine, DWORD tracking);
LONG WINAPI OpenTapiLineGetCallHubTracking(HLINE hLine, DWORD *available, DWORD *current);

/* The calls that share a call's dwCallID, itself included, on all lines of its provider that the
 * application has open; handles that it lacked are made, as lineGetConfRelatedCalls does. */
LONG WINAPI OpenTapiLineGetHubRelatedCalls(HCALL hCall, LPLINECALLLIST list);

/* The CLSID of the line device's media service provider (TSPI_lineMSPIdentify).
 * Errors: LINEERR_OPERATIONUNAVAIL when the provider has no MSP; those of lineGetDevCaps. */
LONG WINAPI OpenTapiLineMspIdentify(HLINEAPP hLineApp, DWORD dwDeviceID, GUID *clsid);

/* Makes the provider's end of an MSP (TSPI_lineCreateMSPInstance); *msp names it from then on. */
LONG WINAPI OpenTapiLineCreateMsp(HLINE hLine, DWORD dwAddressID, DWORD *msp);
LONG WINAPI OpenTapiLineCloseMsp(DWORD msp);

/* Carries bytes from an MSP to its provider (TSPI_lineReceiveMSPData). hCall may be 0. */
LONG WINAPI OpenTapiLineSendMspData(DWORD msp, HCALL hCall, const void *data, DWORD size);

/* Bytes from a provider to an MSP (LINE_SENDMSPDATA) come through lineGetMessage as this message,
 * only to applications that called OpenTapiLineCreateMsp: hDevice HLINE, dwParam1 HCALL or 0,
 * dwParam2 a pointer to struct open_tapi_msp_data that the receiver frees with OpenTapiFree. */
#define OPEN_TAPI_LINE_MSPDATA 0x8000

struct open_tapi_msp_data {
    DWORD msp; /* 0: for all MSPs of the line */
    DWORD size;
    BYTE bytes[];
};
void WINAPI OpenTapiFree(void *memory);

/* A line device (dwParam1) has got proxies for all requests of TAPI 3's call centre. Only to
 * applications that initialized with OPEN_TAPI_INITIALIZE_NO_EVENT; hDevice is 0. */
#define OPEN_TAPI_LINE_PROXIES_READY 0x8003

/* Added to LINEINITIALIZEEXOPTION_USEEVENT in dwOptions: messages are only taken by threads that
 * wait in lineGetMessage, so no event is made (hEvent is NULL) and none is set for each message. */
#define OPEN_TAPI_INITIALIZE_NO_EVENT 0x40000000u

/* What is alive in the process; all 0 when every application has shut down. */
struct open_tapi_counters {
    DWORD apps, lines, phones, calls, requests, handles, providers, messages;
    DWORD duplicate_completions; /* dropped second completions since the start */
};
void WINAPI OpenTapiGetCounters(struct open_tapi_counters *counters);

#endif
