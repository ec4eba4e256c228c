/* line.c - handles, opening and closing of lines, their status, the addresses' status. */
#include "front.h"
#include "front_phone.h"

#include <stdlib.h>
#include <string.h>

#define PLACE_BITS 20
#define PLACE_MASK ((1u << PLACE_BITS) - 1)

/* --- devices and handles --- */

struct pbx_extension *front_extension(DWORD device_id)
{
    if (!front.pbx || !front.initialized)
        return NULL;
    if (device_id - front.line_base < front.line_count)
        return front.pbx->extensions[device_id - front.line_base];
    for (DWORD i = 0; i < front.created_count; i++)
        if (front.created_ids[i] == device_id && front.line_count + i < front.pbx->extension_count)
            return front.pbx->extensions[front.line_count + i];
    return NULL;
}

DWORD front_device_id(const struct pbx_extension *e)
{
    if (e->index < front.line_count)
        return front.line_base + e->index;
    DWORD late = e->index - front.line_count;
    return late < front.created_count ? front.created_ids[late] : (DWORD)-1;
}

HDRVLINE front_hdrvline(const struct pbx_extension *e)
{
    const struct front_line *line = e->front;

    return (HDRVLINE)(ULONG_PTR)(line ? line->generation << PLACE_BITS | (e->index + 1) : 0);
}

struct pbx_extension *front_line_find(HDRVLINE handle)
{
    DWORD value = (DWORD)(ULONG_PTR)handle, place = (value & PLACE_MASK) - 1;
    struct pbx_extension *e;

    if (!front.pbx || !value || place >= front.pbx->extension_count)
        return NULL;
    e = front.pbx->extensions[place];
    const struct front_line *line = e->front;
    return line && line->htline && front_hdrvline(e) == handle ? e : NULL;
}

struct pbx_leg *front_call_find(HDRVCALL call)
{
    struct pbx_leg *leg = front.pbx ? pbx_leg_find(front.pbx, (DWORD)(ULONG_PTR)call) : NULL;

    return leg && leg->held_by_front && leg->front ? leg : NULL;
}

HDRVCALL front_hdrvcall(const struct pbx_leg *leg)
{
    return (HDRVCALL)(ULONG_PTR)leg->id;
}

LONG front_bind(struct pbx_leg *leg, HTAPICALL htcall)
{
    struct front_call *call = calloc(1, sizeof(*call));

    if (!call) {
        pbx_leg_release(leg);
        return LINEERR_NOMEM;
    }
    call->htcall = htcall;
    leg->front = call;
    return 0;
}

void front_unbind(struct pbx_leg *leg)
{
    if (!leg->front)
        return;
    audio_unbind(leg);
    free(leg->front);
    leg->front = NULL;
}

/* --- open and close --- */

LONG TSPIAPI TSPI_lineOpen(DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine,
                           DWORD dwTSPIVersion, LINEEVENT lpfnEventProc)
{
    struct pbx_extension *e;
    struct front_line *line;
    LONG result;

    if (!lphdLine || !lpfnEventProc)
        return LINEERR_INVALPOINTER;
    *lphdLine = NULL;
    if (dwTSPIVersion < SIMPBX_TSPI_LOW || dwTSPIVersion > SIMPBX_TSPI_HIGH)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_BADDEVICEID;
    if (!(e = front_extension(dwDeviceID)))
        goto done;
    result = LINEERR_NOMEM;
    if (!e->front && !(e->front = calloc(1, sizeof(*line))))
        goto done;
    line = e->front;
    result = LINEERR_ALLOCATED;
    if (line->htline)
        goto done;
    /* 11 bits, never 0: a handle is never NULL and old ones are told apart. */
    front.generation = front.generation % 0x7FF + 1;
    memset(line, 0, sizeof(*line));
    line->generation = front.generation;
    line->htline = htLine;
    line->event = lpfnEventProc;
    line->version = dwTSPIVersion;
    line->last_in_use = e->leg_count > 2 ? 2 : e->leg_count;
    *lphdLine = front_hdrvline(e);
    result = 0;
    /* Calls that were there before. */
    for (struct pbx_leg *leg = e->legs; leg; leg = leg->next) {
        if (leg->state == PBX_IDLE || leg->held_by_front)
            continue;
        front_events.new_call(NULL, leg);
        if (leg->held_by_front)
            front_events.state(NULL, leg);
    }
    pbx_line_opened(e);
done:
    front_leave();
    return result;
}

static void close_line(struct pbx_extension *e)
{
    struct front_line *line = e->front;
    struct pbx_leg *leg, *next;

    if (!line || !line->htline)
        return;
    /* LINEDEVCAPFLAGS_CLOSEDROP */
    for (BOOL again = TRUE; again;) {
        again = FALSE;
        for (leg = e->legs; leg; leg = next) {
            next = leg->next;
            if (!leg->held_by_front)
                continue;
            front_unbind(leg);
            pbx_leg_release(leg); /* may end other legs of this line: begin again */
            again = TRUE;
            break;
        }
    }
    while (line->msps) {
        struct msp_instance *msp = line->msps;
        line->msps = msp->next;
        free(msp);
    }
    e->monitored = false;
    line->htline = NULL;
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine)
{
    struct pbx_extension *e;

    front_enter();
    e = front_line_find(hdLine);
    if (e)
        close_line(e);
    front_leave();
    return e ? 0 : LINEERR_INVALLINEHANDLE;
}

void front_close_lines(void)
{
    for (size_t i = 0; i < front.pbx->extension_count; i++) {
        close_line(front.pbx->extensions[i]);
        free(front.pbx->extensions[i]->front);
        front.pbx->extensions[i]->front = NULL;
    }
}

LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates)
{
    struct pbx_extension *e;
    LONG result;

    front_enter();
    result = front_check(__func__);
    e = front_line_find(hdLine);
    if (!result && !e)
        result = LINEERR_INVALLINEHANDLE;
    if (!result) {
        struct front_line *line = e->front;
        line->line_states = dwLineStates;
        line->address_states = dwAddressStates;
        e->monitored = (dwLineStates & LINEDEVSTATE_RINGING) != 0;
    }
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes)
{
    struct pbx_extension *e;
    LONG result;

    front_enter();
    result = front_check(__func__);
    e = front_line_find(hdLine);
    if (!result && !e)
        result = LINEERR_INVALLINEHANDLE;
    if (!result && (dwMediaModes & ~(DWORD)SIMPBX_MEDIA_MODES))
        result = LINEERR_INVALMEDIAMODE;
    if (!result)
        ((struct front_line *)e->front)->media_modes = dwMediaModes;
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes,
                                                LPLINECALLPARAMS const lpCallParams)
{
    struct pbx_call_params params;
    struct pbx_extension *e;
    LONG result;

    front_enter();
    result = front_check(__func__);
    e = front_line_find(hdLine);
    if (!result && !e)
        result = LINEERR_INVALLINEHANDLE;
    if (!result && (dwMediaModes & ~(DWORD)SIMPBX_MEDIA_MODES))
        result = LINEERR_INVALMEDIAMODE;
    if (!result)
        result = params_read(lpCallParams, ((struct front_line *)e->front)->version, &params);
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineSetCurrentLocation(DWORD dwLocation)
{
    (void)dwLocation; /* the exchange is everywhere in the same place */
    return 0;
}

LONG TSPIAPI TSPI_lineGetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo)
{
    LONG result = LINEERR_INVALLINEHANDLE;

    if (!lpTrackingInfo)
        return LINEERR_INVALPOINTER;
    if (lpTrackingInfo->dwTotalSize < sizeof(*lpTrackingInfo))
        return LINEERR_STRUCTURETOOSMALL;
    front_enter();
    struct pbx_extension *e = front_line_find(hdLine);
    if (e) {
        lpTrackingInfo->dwNeededSize = lpTrackingInfo->dwUsedSize = sizeof(*lpTrackingInfo);
        lpTrackingInfo->dwAvailableTracking =
            LINECALLHUBTRACKING_PROVIDERLEVEL | LINECALLHUBTRACKING_ALLCALLS;
        lpTrackingInfo->dwCurrentTracking = ((struct front_line *)e->front)->tracking;
        result = 0;
    }
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineSetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo)
{
    LONG result = LINEERR_INVALLINEHANDLE;

    if (!lpTrackingInfo)
        return LINEERR_INVALPOINTER;
    if (lpTrackingInfo->dwTotalSize < sizeof(*lpTrackingInfo))
        return LINEERR_STRUCTURETOOSMALL;
    if (lpTrackingInfo->dwCurrentTracking &
        ~(DWORD)(LINECALLHUBTRACKING_PROVIDERLEVEL | LINECALLHUBTRACKING_ALLCALLS))
        return LINEERR_INVALPARAM;
    front_enter();
    struct pbx_extension *e = front_line_find(hdLine);
    if (e) {
        ((struct front_line *)e->front)->tracking = lpTrackingInfo->dwCurrentTracking;
        result = 0;
    }
    front_leave();
    return result;
}

/* --- addresses --- */

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs)
{
    BOOL found;

    if (!lpdwNumAddressIDs)
        return LINEERR_INVALPOINTER;
    front_enter();
    found = front_line_find(hdLine) != NULL;
    front_leave();
    *lpdwNumAddressIDs = found;
    return found ? 0 : LINEERR_INVALLINEHANDLE;
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode,
                                   LPCWSTR lpsAddress, DWORD dwSize)
{
    char address[PBX_NUMBER * 2], number[PBX_NUMBER];
    struct pbx_extension *e;
    bool partial;
    LONG result;

    if (!lpdwAddressID || !lpsAddress)
        return LINEERR_INVALPOINTER;
    *lpdwAddressID = 0;
    if (dwAddressMode != LINEADDRESSMODE_DIALABLEADDR)
        return LINEERR_INVALADDRESSMODE;
    /* dwSize counts characters; a terminator may or may not be among them. */
    int length = 0;
    while ((DWORD)length < dwSize && lpsAddress[length])
        length++;
    if (!length)
        return LINEERR_INVALADDRESS;
    front_utf8(address, sizeof(address), lpsAddress, length);
    front_enter();
    e = front_line_find(hdLine);
    result = !e ? LINEERR_INVALLINEHANDLE
             : !pbx_number_clean(number, address, &partial) || strcmp(number, e->party.number)
                 ? LINEERR_INVALADDRESS
                 : 0;
    front_leave();
    return result;
}

/* --- status --- */

/* What a new call on the address may be: LINEADDRFEATURE_. */
static DWORD address_features(const struct pbx_extension *e)
{
    DWORD can =
        LINEADDRFEATURE_FORWARD | LINEADDRFEATURE_SETMEDIACONTROL | LINEADDRFEATURE_SETTERMINAL;

    if (e->completion_count)
        can |= LINEADDRFEATURE_UNCOMPLETECALL;

    if (!pbx_has_active(e, NULL) && pbx_may_start(e))
        can |= LINEADDRFEATURE_MAKECALL | LINEADDRFEATURE_PICKUP | LINEADDRFEATURE_PICKUPDIRECT |
               LINEADDRFEATURE_PICKUPGROUP | LINEADDRFEATURE_SETUPCONF | LINEADDRFEATURE_UNPARK;
    return can;
}

static BOOL is_ringing(const struct pbx_extension *e)
{
    for (const struct pbx_leg *leg = e->legs; leg; leg = leg->next)
        if (leg->state == PBX_OFFERING || leg->state == PBX_ACCEPTED)
            return TRUE;
    return FALSE;
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus)
{
    struct pbx_extension *e;
    struct front_out out;
    LINEDEVSTATUS status;
    LONG result;

    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_INVALLINEHANDLE;
    if (!(e = front_line_find(hdLine)))
        goto done;
    struct front_line *line = e->front;
    DWORD fixed = structure_size(line->version, 76, 88, 88, 88);
    if ((result = out_begin(&out, lpLineDevStatus, fixed)))
        goto done;
    memset(&status, 0, sizeof(status));
    /* These and what follows in dwAppInfo are TAPI's. */
    status.dwNumOpens = lpLineDevStatus->dwNumOpens;
    status.dwOpenMediaModes = lpLineDevStatus->dwOpenMediaModes;
    uint32_t active, held, pending;
    pbx_count_calls(e, &active, &held, &pending);
    status.dwNumActiveCalls = active;
    status.dwNumOnHoldCalls = held;
    status.dwNumOnHoldPendCalls = pending;
    status.dwLineFeatures = SIMPBX_LINE_FEATURES;
    status.dwNumCallCompletions = e->completion_count;
    if (address_features(e) & LINEADDRFEATURE_MAKECALL)
        status.dwLineFeatures |= LINEFEATURE_MAKECALL;
    status.dwRingMode = is_ringing(e) ? e->ring_mode : 0;
    status.dwSignalLevel = e->signal;
    status.dwBatteryLevel = e->battery;
    status.dwRoamMode = e->roam;
    status.dwDevStatusFlags = e->status;
    out_bytes(&out, e->terminals, sizeof(e->terminals), &status.dwTerminalModesSize,
              &status.dwTerminalModesOffset);
    status.dwAvailableMediaModes =
        status.dwLineFeatures & LINEFEATURE_MAKECALL ? SIMPBX_MEDIA_MODES : 0;
    out_end(&out, &status);
    result = 0;
done:
    front_leave();
    return result;
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE hdLine, DWORD dwAddressID,
                                       LPLINEADDRESSSTATUS lpAddressStatus)
{
    struct pbx_extension *e;
    LINEADDRESSSTATUS status;
    struct front_out out;
    LONG result;

    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    result = LINEERR_INVALLINEHANDLE;
    if (!(e = front_line_find(hdLine)))
        goto done;
    result = LINEERR_INVALADDRESSID;
    if (dwAddressID)
        goto done;
    if ((result = out_begin(&out, lpAddressStatus, 64)))
        goto done;
    memset(&status, 0, sizeof(status));
    uint32_t active, held, pending;
    pbx_count_calls(e, &active, &held, &pending);
    status.dwNumInUse = e->leg_count > 0;
    status.dwNumActiveCalls = active;
    status.dwNumOnHoldCalls = held;
    status.dwNumOnHoldPendCalls = pending;
    status.dwAddressFeatures = address_features(e);
    status.dwNumRingsNoAnswer =
        e->forward_rings ? e->forward_rings
                         : front.pbx->settings.no_answer / front.pbx->settings.ring_cycle;
    out_forwards(&out, e, &status);
    out_bytes(&out, e->terminals, sizeof(e->terminals), &status.dwTerminalModesSize,
              &status.dwTerminalModesOffset);
    out_end(&out, &status);
    result = 0;
done:
    front_leave();
    return result;
}

/* --- device classes --- */

LONG TSPIAPI TSPI_lineGetID(HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
                            LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE hTargetProcess)
{
    struct pbx_extension *e = NULL;
    LONG result;
    DWORD id;

    (void)hTargetProcess;
    if (!lpDeviceID || !lpszDeviceClass)
        return LINEERR_INVALPOINTER;
    front_enter();
    if ((result = front_check(__func__)))
        goto done;
    if (dwSelect == LINECALLSELECT_CALL) {
        struct pbx_leg *leg = front_call_find(hdCall);
        e = leg ? leg->extension : NULL;
        result = LINEERR_INVALCALLHANDLE;
    } else if (dwSelect == LINECALLSELECT_LINE || dwSelect == LINECALLSELECT_ADDRESS) {
        e = front_line_find(hdLine);
        result = LINEERR_INVALLINEHANDLE;
        if (e && dwSelect == LINECALLSELECT_ADDRESS && dwAddressID) {
            e = NULL;
            result = LINEERR_INVALADDRESSID;
        }
    } else {
        result = LINEERR_INVALCALLSELECT;
    }
    if (!e)
        goto done;
    result = LINEERR_INVALDEVICECLASS;
    if (!lstrcmpiW(lpszDeviceClass, L"tapi/line"))
        id = front_device_id(e);
    else if (!lstrcmpiW(lpszDeviceClass, L"tapi/phone") && e->phone)
        id = front_phone_id(e->phone);
    else
        goto done;
    result = out_varstring(lpDeviceID, STRINGFORMAT_BINARY, &id, sizeof(id));
done:
    front_leave();
    return result;
}
