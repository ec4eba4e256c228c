/*
 * odd.c - a provider of TSPI 2.0 that is within the law and unlike any other: it replies before its
 * functions return and tells of states before it replies, leaves states out or says them twice,
 * does not know who calls, uses the same call handle at once again, and has lines that come and go.
 */
#include "odd.h"

#include <tspi.h>

#include <stdbool.h>

#define ODD_VERSION 0x00020000
#define MAX_LINES   4

static struct line {
    DWORD device;
    HTAPILINE tapi;
    LINEEVENT event;
} lines[MAX_LINES];

static struct slot {
    struct line *line;
    HTAPILINE tapi_line;
    HTAPICALL tapi;
    DWORD address, state, origin;
    bool busy;
} slots[ODD_CALLS];

static DWORD line_count = 2;
static HPROVIDER provider;
static LINEEVENT create_event;
static ASYNC_COMPLETION complete;

static struct line *line_of(DWORD device)
{
    for (DWORD i = 0; i < line_count; i++)
        if (lines[i].device == device)
            return &lines[i];
    return NULL;
}

static struct slot *free_slot(struct line *line, DWORD address, DWORD origin)
{
    for (int i = 0; i < ODD_CALLS; i++)
        if (!slots[i].busy) {
            slots[i] =
                (struct slot){line, line->tapi, NULL, address, LINECALLSTATE_UNKNOWN, origin, true};
            return &slots[i];
        }
    return NULL;
}

/* ---- the world outside ----------------------------------------------------------------------- */

static struct odd odd;

static void tell(struct slot *slot, DWORD state, DWORD mode)
{
    slot->state = state;
    slot->line->event(slot->tapi_line, slot->tapi, LINE_CALLSTATE, state, mode, 0);
}

static int odd_ring(DWORD line, DWORD address)
{
    struct slot *slot =
        lines[line].tapi ? free_slot(&lines[line], address, LINECALLORIGIN_INBOUND) : NULL;

    if (!slot)
        return -1;
    InterlockedIncrement(&odd.open_calls);
    slot->line->event(slot->tapi_line, NULL, LINE_NEWCALL, (DWORD_PTR)slot, (DWORD_PTR)&slot->tapi,
                      0);
    if (slot->tapi)
        return (int)(slot - slots);
    InterlockedDecrement(&odd.open_calls);
    slot->busy = false;
    return -1;
}

static void odd_say(int slot, DWORD state, DWORD mode)
{
    tell(&slots[slot], state, mode);
}

static void odd_info(int slot, DWORD which)
{
    slots[slot].line->event(slots[slot].tapi_line, slots[slot].tapi, LINE_CALLINFO, which, 0, 0);
}

static void odd_address_state(DWORD line, DWORD address, DWORD which)
{
    lines[line].event(lines[line].tapi, NULL, LINE_ADDRESSSTATE, address, which, 0);
}

static void odd_close(DWORD line)
{
    lines[line].event(lines[line].tapi, NULL, LINE_CLOSE, 0, 0, 0);
}

static void odd_create(void)
{
    create_event(NULL, NULL, LINE_CREATE, (DWORD_PTR)provider, 5, 0);
}

static void odd_remove(DWORD device)
{
    create_event(NULL, NULL, LINE_REMOVE, device, 0, 0);
}

struct odd *OddState(void)
{
    odd.ring = odd_ring;
    odd.say = odd_say;
    odd.info = odd_info;
    odd.address_state = odd_address_state;
    odd.close = odd_close;
    odd.create = odd_create;
    odd.remove = odd_remove;
    return &odd;
}

/* ---- provider and lines ---------------------------------------------------------------------- */

LONG WINAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > ODD_VERSION || high < ODD_VERSION)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = ODD_VERSION;
    return 0;
}

LONG WINAPI TSPI_providerEnumDevices(DWORD id, LPDWORD line_number, LPDWORD phones,
                                     HPROVIDER handle, LINEEVENT line_create,
                                     PHONEEVENT phone_create)
{
    (void)id, (void)phone_create;
    provider = handle;
    create_event = line_create;
    *line_number = 2;
    *phones = 0;
    return 0;
}

LONG WINAPI TSPI_providerInit(DWORD version, DWORD id, DWORD line_base, DWORD phone_base,
                              DWORD_PTR line_number, DWORD_PTR phones, ASYNC_COMPLETION completion,
                              LPDWORD options)
{
    (void)version, (void)id, (void)phone_base, (void)line_number, (void)phones;
    memset(lines, 0, sizeof(lines));
    memset(slots, 0, sizeof(slots));
    line_count = 2;
    lines[0].device = line_base;
    lines[1].device = line_base + 1;
    odd.device_base = line_base;
    odd.last_created = 0;
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
    if (temporary != 5 || line_count == MAX_LINES)
        return LINEERR_OPERATIONFAILED;
    lines[line_count++].device = device;
    odd.last_created = device;
    return 0;
}

LONG WINAPI TSPI_lineOpen(DWORD device, HTAPILINE tapi_line, LPHDRVLINE line, DWORD version,
                          LINEEVENT event)
{
    struct line *opened = line_of(device);

    (void)version;
    if (!opened)
        return LINEERR_BADDEVICEID;
    opened->tapi = tapi_line;
    opened->event = event;
    *line = (HDRVLINE)opened;
    InterlockedIncrement(&odd.open_lines);
    return 0;
}

LONG WINAPI TSPI_lineClose(HDRVLINE line)
{
    ((struct line *)line)->tapi = NULL;
    InterlockedDecrement(&odd.open_lines);
    return 0;
}

LONG WINAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE line, DWORD modes)
{
    int slot;

    (void)modes;
    if (!odd.rings_at_open)
        return 0;
    odd.rings_at_open = FALSE;
    slot = odd_ring((DWORD)((struct line *)line - lines), 0);
    if (slot >= 0)
        odd_say(slot, LINECALLSTATE_OFFERING, 0);
    return 0;
}

LONG WINAPI TSPI_lineSetStatusMessages(HDRVLINE line, DWORD line_states, DWORD address_states)
{
    (void)line, (void)line_states, (void)address_states;
    return 0;
}

static DWORD address_count(DWORD device)
{
    return device == odd.device_base ? ODD_ADDRESSES : 1;
}

LONG WINAPI TSPI_lineGetNumAddressIDs(HDRVLINE line, LPDWORD count)
{
    *count = address_count(((struct line *)line)->device);
    return 0;
}

static bool begin(void *at, DWORD size)
{
    DWORD *header = at;

    if (header[0] < size)
        size = header[0]; /* an older program's, or TAPI's for this version */
    memset(header + 1, 0, size - sizeof(DWORD));
    header[1] = header[2] = size;
    return true;
}

LONG WINAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)version, (void)extension;
    begin(caps, FIELD_OFFSET(LINEDEVCAPS, PermanentLineGuid)); /* what TAPI 2.0 had */
    caps->dwPermanentLineID = 0x2000 + device;
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
    caps->dwNumAddresses = address_count(device);
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    caps->dwMaxNumActiveCalls = ODD_CALLS;
    caps->dwLineFeatures = LINEFEATURE_MAKECALL;
    return 0;
}

/* Addresses without a name: a trunk's numbers are known to the network alone. */
LONG WINAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address, DWORD version, DWORD extension,
                                    LPLINEADDRESSCAPS caps)
{
    (void)version, (void)extension;
    if (address >= address_count(device))
        return LINEERR_INVALADDRESSID;
    begin(caps, sizeof(*caps));
    caps->dwLineDeviceID = device;
    caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_CONNECTED;
    caps->dwAddressStates = LINEADDRESSSTATE_FORWARD;
    caps->dwMaxNumActiveCalls = ODD_CALLS;
    caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
    caps->dwCallFeatures = LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP;
    caps->dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
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

/* ---- calls ----------------------------------------------------------------------------------- */

struct making {
    DRV_REQUESTID request;
    struct slot *slot;
};

static DWORD WINAPI make(void *context)
{
    struct making *making = context;

    for (int i = 0; i < 4 && odd.early[i][0]; i++)
        tell(making->slot, odd.early[i][0], odd.early[i][1]);
    if (odd.result)
        making->slot->busy = false; /* TAPI closes no call that was never made */
    else
        InterlockedIncrement(&odd.open_calls);
    complete(making->request, odd.result);
    for (int i = 0; i < 4 && odd.states[i][0]; i++)
        tell(making->slot, odd.states[i][0], odd.states[i][1]);
    return 0;
}

LONG WINAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE line, HTAPICALL tapi_call,
                              LPHDRVCALL call, LPCWSTR address, DWORD country,
                              LPLINECALLPARAMS const params)
{
    struct making making = {request, NULL};

    (void)address, (void)country;
    odd.made_address = params ? params->dwAddressID : 0;
    making.slot = free_slot((struct line *)line, odd.made_address, LINECALLORIGIN_OUTBOUND);
    if (!making.slot)
        return LINEERR_CALLUNAVAIL;
    making.slot->tapi = tapi_call;
    *call = (HDRVCALL)making.slot;
    if (odd.from_thread) {
        HANDLE thread = CreateThread(NULL, 0, make, &making, 0, NULL);

        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
    } else {
        make(&making);
    }
    return (LONG)request;
}

LONG WINAPI TSPI_lineAnswer(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    InterlockedIncrement(&odd.answers);
    tell((struct slot *)call, LINECALLSTATE_CONNECTED, 0);
    complete(request, 0);
    tell((struct slot *)call, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE); /* once more */
    return (LONG)request;
}

LONG WINAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL call, LPCSTR info, DWORD size)
{
    (void)info, (void)size;
    InterlockedIncrement(&odd.drops);
    if (!odd.no_idle)
        tell((struct slot *)call, LINECALLSTATE_IDLE, 0);
    complete(request, 0);
    return (LONG)request;
}

LONG WINAPI TSPI_lineCloseCall(HDRVCALL call)
{
    ((struct slot *)call)->busy = false;
    InterlockedDecrement(&odd.open_calls);
    return 0;
}

LONG WINAPI TSPI_lineGetCallAddressID(HDRVCALL call, LPDWORD address)
{
    *address = ((struct slot *)call)->address;
    return 0;
}

LONG WINAPI TSPI_lineGetCallInfo(HDRVCALL call, LPLINECALLINFO info)
{
    struct slot *slot = (struct slot *)call;

    begin(info, FIELD_OFFSET(LINECALLINFO, dwCallerIDAddressType));
    info->dwLineDeviceID = slot->line->device;
    info->dwAddressID = slot->address;
    info->dwBearerMode = LINEBEARERMODE_VOICE;
    info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    info->dwOrigin = slot->origin;
    return 0;
}

LONG WINAPI TSPI_lineGetCallStatus(HDRVCALL call, LPLINECALLSTATUS status)
{
    struct slot *slot = (struct slot *)call;

    begin(status, sizeof(*status));
    status->dwCallState = slot->state;
    status->dwCallFeatures = LINECALLFEATURE_DROP | LINECALLFEATURE_ANSWER;
    return 0;
}
