/* acd.c - opens the queue's line and those of the agents as a proxy, and reads what comes. */
#include "acd.h"

#include <stdio.h>
#include <string.h>

#define VERSION 0x00020002

const GUID acd_group = {
    0x5b1d7c20, 0x6a3e, 0x4f0b, {0x9c, 0x41, 0x2e, 0x77, 0x10, 0x83, 0xd5, 0x6a}};
const WCHAR *const acd_activity[ACD_ACTIVITIES] = {L"Calls", L"Mail", L"Meeting"};

/* The functions of TAPI 2.0 are about a telephone, and come to its line. Those of TAPI 2.2 come to
 * the queue's; the telephones' lines are served for them as well, since an agent's program of TAPI
 * 3 works at the lines that are (ITAgentHandler::UsableAddresses). */
#define SEAT_REQUESTS 7
static const DWORD requests[] = {
    LINEPROXYREQUEST_SETAGENTGROUP,
    LINEPROXYREQUEST_SETAGENTSTATE,
    LINEPROXYREQUEST_SETAGENTACTIVITY,
    LINEPROXYREQUEST_GETAGENTSTATUS,
    LINEPROXYREQUEST_AGENTSPECIFIC,
    LINEPROXYREQUEST_GETAGENTACTIVITYLIST,
    LINEPROXYREQUEST_GETAGENTGROUPLIST,
    LINEPROXYREQUEST_GETAGENTCAPS,
    LINEPROXYREQUEST_CREATEAGENT,
    LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD,
    LINEPROXYREQUEST_GETAGENTINFO,
    LINEPROXYREQUEST_CREATEAGENTSESSION,
    LINEPROXYREQUEST_GETAGENTSESSIONLIST,
    LINEPROXYREQUEST_SETAGENTSESSIONSTATE,
    LINEPROXYREQUEST_GETAGENTSESSIONINFO,
    LINEPROXYREQUEST_GETQUEUELIST,
    LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD,
    LINEPROXYREQUEST_GETQUEUEINFO,
    LINEPROXYREQUEST_GETGROUPLIST,
    LINEPROXYREQUEST_SETAGENTSTATEEX,
};
#define REQUESTS (sizeof(requests) / sizeof(*requests))

/* A line's first address, and whether the line or the address is called so. */
static BOOL is_called(HLINEAPP app, DWORD device, const char *name, char number[ACD_TEXT])
{
    LINEEXTENSIONID extension;
    DWORD version;
    struct {
        LINEDEVCAPS caps;
        char more[4096];
    } line = {.caps.dwTotalSize = sizeof(line)};
    struct {
        LINEADDRESSCAPS caps;
        char more[4096];
    } address = {.caps.dwTotalSize = sizeof(address)};
    const char *line_name = "";

    if (lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension) ||
        lineGetDevCapsA(app, device, VERSION, 0, &line.caps) ||
        lineGetAddressCapsA(app, device, 0, VERSION, 0, &address.caps))
        return FALSE;
    if (line.caps.dwLineNameSize)
        line_name = (const char *)&line + line.caps.dwLineNameOffset;
    snprintf(number, ACD_TEXT, "%s",
             address.caps.dwAddressSize ? (const char *)&address + address.caps.dwAddressOffset
                                        : "");
    return !strcmp(number, name) || !strcmp(line_name, name);
}

/* lineOpen with LINEOPENOPTION_PROXY wants the requests in the device-specific part. */
static LONG open_proxy(struct acd *acd, DWORD devices, const char *name, DWORD privileges,
                       const DWORD *handled, DWORD count, HLINE *line, char number[ACD_TEXT],
                       DWORD *device)
{
    struct {
        LINECALLPARAMS params;
        DWORD requests[20];
    } open = {.params = {.dwTotalSize = sizeof(open),
                         .dwDevSpecificSize = count * (DWORD)sizeof(DWORD),
                         .dwDevSpecificOffset = sizeof(open.params)}};

    memcpy(open.requests, handled, count * sizeof(DWORD));
    for (*device = 0; *device < devices; ++*device) {
        if (is_called(acd->app, *device, name, number))
            return lineOpenA(acd->app, *device, line, VERSION, 0, 0,
                             privileges | LINEOPENOPTION_PROXY, LINEMEDIAMODE_INTERACTIVEVOICE,
                             &open.params);
    }
    return (LONG)LINEERR_BADDEVICEID;
}

static void handle(struct acd *acd, const LINEMESSAGE *message)
{
    switch (message->dwMessageID) {
    case LINE_PROXYREQUEST:
        answer(acd, (HLINE)message->hDevice, (LINEPROXYREQUEST *)message->dwParam1);
        break;
    case LINE_APPNEWCALL:
        call_new(acd, (HLINE)message->hDevice, (HCALL)message->dwParam2);
        break;
    case LINE_CALLSTATE:
        call_state(acd, (HCALL)message->hDevice, (DWORD)message->dwParam1);
        break;
    case LINE_REPLY:
        call_reply(acd, (LONG)message->dwParam1, (LONG)message->dwParam2);
        break;
    default:
        break;
    }
    calls_distribute(acd);
    fflush(stdout);
}

LONG acd_run(const char *queue, const char *const *seats, unsigned count, LONG calls)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    struct acd acd = {.left = calls};
    DWORD devices, version = VERSION, device;
    LINEMESSAGE message;
    LONG result =
        lineInitializeExA(&acd.app, NULL, NULL, "Sample ACD", &devices, &version, &params);

    if (result)
        return result;
    result = open_proxy(&acd, devices, queue, LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR,
                        requests + SEAT_REQUESTS, REQUESTS - SEAT_REQUESTS, &acd.line, acd.name,
                        &acd.queue_id);
    for (unsigned i = 0; !result && i < count && i < ACD_SEATS; i++) {
        struct seat *seat = &acd.seat[acd.seats++];

        seat->state = LINEAGENTSTATE_LOGGEDOFF;
        result = open_proxy(&acd, devices, seats[i], LINECALLPRIVILEGE_MONITOR, requests, REQUESTS,
                            &seat->line, seat->number, &device);
    }
    if (result)
        fprintf(stderr, "a line cannot be opened: error 0x%08lx\n", (unsigned long)result);
    else
        printf("queue %s is served, %u seats\n", acd.name, acd.seats);
    fflush(stdout);
    while (!result && acd.left && !lineGetMessage(acd.app, &message, INFINITE))
        handle(&acd, &message);
    lineShutdown(acd.app);
    return result;
}
