/* operations.c - what the storm does: one operation a function, drawn from a table. */
#include "tests/storm/storm.h"

static const WCHAR *const numbers[] = {
    L"101",        L"102",     L"103",           L"104",
    L"5550100",    L"5550101", L"5550102",       L"5550103",
    L"5550104",    L"5550105", L"5550106",       L"700",
    L"701",        L"",        L"999",           L"12ABC",
    L"9,W5550100", L"10",      L"5550100|7^Ann", L"+1 (555) 0100"};

static const DWORD privileges[] = {LINECALLPRIVILEGE_NONE, LINECALLPRIVILEGE_MONITOR,
                                   LINECALLPRIVILEGE_OWNER,
                                   LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR, 0x40};
static const DWORD media[] = {LINEMEDIAMODE_INTERACTIVEVOICE,
                              LINEMEDIAMODE_AUTOMATEDVOICE,
                              LINEMEDIAMODE_UNKNOWN,
                              LINEMEDIAMODE_DATAMODEM,
                              0,
                              0xFFFFFFFF,
                              LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE};

#define NUMBER      STORM_ONE_OF(s, numbers)
#define MEDIA       STORM_ONE_OF(s, media)
#define CALL        storm_call(s, a, 0)
#define WITH(state) storm_call(s, a, LINECALLSTATE_##state)
#define LINE        storm_line(s, a)

/* ---- applications and lines ---- */

static void app_line_open(struct storm *s, struct storm_app *a, unsigned slot)
{
    DWORD version = 0, privilege = STORM_ONE_OF(s, privileges), mode = MEDIA, device = DRAW(6);
    DWORD single = DRAW(8) ? 0 : LINEOPENOPTION_SINGLEADDRESS;
    LINECALLPARAMS params = {.dwTotalSize = sizeof(params),
                             .dwAddressMode = LINEADDRESSMODE_ADDRESSID};
    LINEEXTENSIONID extension;
    HLINE line = 0;
    LONG result;

    if (DRAW(3)) {
        privilege = LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR;
        mode = LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE;
    }
    result =
        lineNegotiateAPIVersion(a->handle, device, 0x00010003, 0x00020002, &version, &extension);
    storm_result(s, a, result, "lineNegotiateAPIVersion");
    result = lineOpenW(a->handle, DRAW(10) ? device : LINEMAPPER, &line, version, 0, slot,
                       privilege | single, mode, single ? &params : NULL);
    storm_result(s, a, result, "lineOpenW");
    if (result == 0) {
        a->lines[slot] = line;
        RUN(lineSetStatusMessages, line, DRAW(2) ? 0x1FFFFFF : FLAG(25), DRAW(2) ? 0x1FF : FLAG(9));
    }
}

void storm_app_open(struct storm *s, struct storm_app *a)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = 0x00020002;

    if (!a->handle) {
        LONG result = lineInitializeExW(&a->handle, GetModuleHandleW(NULL), NULL, L"Storm",
                                        &devices, &version, &params);

        if (result)
            storm_failure("lineInitializeEx: 0x%08x", (unsigned)result);
        a->event = params.Handles.hEvent;
    }
    for (unsigned i = 0; i < STORM_LINES; i++)
        if (!a->lines[i])
            app_line_open(s, a, i);
    storm_phones_open(s, a);
}

void storm_app_shutdown(struct storm_app *a)
{
    LONG result;

    storm_phones_shutdown(a);
    result = lineShutdown(a->handle);
    if (result)
        storm_failure("lineShutdown: 0x%08x", (unsigned)result);
    if (lineShutdown(a->handle) == 0)
        storm_failure("a second lineShutdown succeeds");
    a->handle = 0;
    a->pending_count = 0;
    memset(a->lines, 0, sizeof(a->lines));
    memset(a->calls, 0, sizeof(a->calls));
}

OPERATION(close_line)
{
    unsigned slot = DRAW(STORM_LINES);

    RUN(lineClose, a->lines[slot]);
    a->lines[slot] = 0;
}

OPERATION(open_lines)
{
    storm_app_open(s, a);
}

OPERATION(restart)
{
    if (DRAW(12))
        return;
    storm_app_shutdown(a);
    storm_app_open(s, a);
}

/* ---- calls ---- */

OPERATION(make_call)
{
    static const DWORD rates[] = {0, 0, 3100, 64000, 1000000};
    LINECALLPARAMS params = {.dwTotalSize = DRAW(10) ? sizeof(params) : DRAW(sizeof(params)),
                             .dwBearerMode = DRAW(8) ? LINEBEARERMODE_VOICE : FLAG(6),
                             .dwMinRate = STORM_ONE_OF(s, rates),
                             .dwMaxRate = STORM_ONE_OF(s, rates),
                             .dwMediaMode = MEDIA,
                             .dwCallParamFlags = DRAW(4) ? 0 : FLAG(8),
                             .dwAddressMode = LINEADDRESSMODE_ADDRESSID};

    RUN(lineMakeCallW, LINE, &s->made[0], NUMBER, DRAW(100), DRAW(3) ? NULL : &params);
}

OPERATION(answer)
{
    RUN(lineAnswer, WITH(OFFERING), MAYBE("hello"), DRAW(6));
}

OPERATION(accept)
{
    RUN(lineAccept, WITH(OFFERING), NULL, 0);
}

OPERATION(drop)
{
    RUN(lineDrop, CALL, NULL, 0);
}

OPERATION(deallocate)
{
    RUN(lineDeallocateCall, WITH(IDLE));
}

OPERATION(hold)
{
    RUN(lineHold, WITH(CONNECTED));
}

OPERATION(unhold)
{
    RUN(lineUnhold, WITH(ONHOLD));
}

OPERATION(swap_hold)
{
    RUN(lineSwapHold, WITH(CONNECTED), WITH(ONHOLD));
}

OPERATION(setup_transfer)
{
    RUN(lineSetupTransferW, WITH(CONNECTED), &s->made[0], NULL);
}

OPERATION(complete_transfer)
{
    RUN(lineCompleteTransfer,
        storm_call(s, a, LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLD), WITH(CONNECTED),
        &s->made[0], FLAG(2));
}

OPERATION(blind_transfer)
{
    RUN(lineBlindTransferW, WITH(CONNECTED), NUMBER, 0);
}

OPERATION(redirect)
{
    RUN(lineRedirectW, WITH(OFFERING), NUMBER, 0);
}

OPERATION(setup_conference)
{
    RUN(lineSetupConferenceW, DRAW(4) ? WITH(CONNECTED) : 0, LINE, &s->made[0], &s->made[1],
        DRAW(6), NULL);
}

OPERATION(prepare_add)
{
    RUN(linePrepareAddToConferenceW, WITH(CONFERENCED), &s->made[0], NULL);
}

OPERATION(add)
{
    RUN(lineAddToConference, WITH(ONHOLDPENDCONF), WITH(CONNECTED));
}

OPERATION(remove)
{
    RUN(lineRemoveFromConference, WITH(CONFERENCED));
}

OPERATION(park)
{
    s->parked.string.dwTotalSize = sizeof(s->parked);
    RUN(lineParkW, WITH(CONNECTED), FLAG(2), NUMBER, MAYBE(&s->parked.string));
}

OPERATION(unpark)
{
    RUN(lineUnparkW, LINE, DRAW(2), &s->made[0], NUMBER);
}

OPERATION(pickup)
{
    RUN(linePickupW, LINE, 0, &s->made[0], MAYBE(NUMBER), MAYBE(L"1"));
}

OPERATION(forward)
{
    struct {
        LINEFORWARDLIST list;
        WCHAR number[4];
    } to = {{.dwTotalSize = sizeof(to), .dwNumEntries = 1}, L"104"};

    to.list.ForwardList[0].dwForwardMode = DRAW(4) ? 1u << DRAW(6) : FLAG(18);
    to.list.ForwardList[0].dwDestAddressSize = sizeof(to.number);
    to.list.ForwardList[0].dwDestAddressOffset = FIELD_OFFSET(__typeof__(to), number);
    RUN(lineForwardW, LINE, DRAW(2), DRAW(2), DRAW(3) ? NULL : &to.list, DRAW(6), &s->made[0],
        NULL);
}

OPERATION(complete_call)
{
    RUN(lineCompleteCall, storm_call(s, a, LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK),
        &s->written, FLAG(4), DRAW(2));
}

OPERATION(uncomplete_call)
{
    RUN(lineUncompleteCall, LINE, DRAW(8));
}

OPERATION(dial)
{
    RUN(lineDialW, storm_call(s, a, LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING), NUMBER, 0);
}

OPERATION(secure)
{
    RUN(lineSecureCall, CALL);
}

OPERATION(user_user)
{
    if (DRAW(2))
        RUN(lineSendUserUserInfo, CALL, "storm", 6);
    else
        RUN(lineReleaseUserUserInfo, CALL);
}

/* ---- what belongs to a call ---- */

OPERATION(handoff)
{
    RUN(lineHandoffW, CALL, MAYBE(L"test_storm.exe"), FLAG(8));
}

OPERATION(privilege)
{
    RUN(lineSetCallPrivilege, CALL, STORM_ONE_OF(s, privileges));
}

OPERATION(media_mode)
{
    RUN(lineSetMediaMode, CALL, MEDIA);
}

OPERATION(app_specific)
{
    RUN(lineSetAppSpecific, CALL, DRAW(1000));
}

OPERATION(call_params)
{
    LINEDIALPARAMS dial = {DRAW(500), DRAW(500), DRAW(500), DRAW(500)};

    RUN(lineSetCallParams, CALL, FLAG(6), DRAW(64000), DRAW(64000), MAYBE(&dial));
}

OPERATION(call_data)
{
    RUN(lineSetCallData, CALL, (void *)"call data", DRAW(10));
}

OPERATION(call_treatment)
{
    RUN(lineSetCallTreatment, CALL, DRAW(7));
}

OPERATION(quality)
{
    BYTE flow[64] = {0};

    RUN(lineSetCallQualityOfService, CALL, flow, DRAW(sizeof(flow)), flow, DRAW(sizeof(flow)));
}

OPERATION(terminal)
{
    RUN(lineSetTerminal, LINE, 0, CALL, FLAG(3), FLAG(8), DRAW(4), DRAW(2));
}

/* ---- digits, tones, media ---- */

OPERATION(generate_digits)
{
    RUN(lineGenerateDigitsW, WITH(CONNECTED), FLAG(3), MAYBE(NUMBER), DRAW(300));
}

OPERATION(generate_tone)
{
    LINEGENERATETONE tone = {DRAW(4000), DRAW(1000), DRAW(1000), DRAW(100)};

    RUN(lineGenerateTone, CALL, FLAG(5), DRAW(2000), DRAW(2), &tone);
}

OPERATION(monitor_digits)
{
    RUN(lineMonitorDigits, CALL, DRAW(8));
}

OPERATION(monitor_media)
{
    RUN(lineMonitorMedia, CALL, MEDIA);
}

OPERATION(monitor_tones)
{
    LINEMONITORTONE tone = {
        .dwAppSpecific = 1, .dwDuration = DRAW(500), .dwFrequency1 = DRAW(3000)};

    RUN(lineMonitorTones, CALL, &tone, DRAW(2));
}

OPERATION(gather_digits)
{
    RUN(lineGatherDigitsW, CALL, DRAW(4), DRAW(6) ? s->digits : NULL, DRAW(ARRAYSIZE(s->digits)),
        MAYBE(L"#*"), DRAW(10000), DRAW(8000));
}

OPERATION(media_control)
{
    LINEMEDIACONTROLCALLSTATE state = {FLAG(16), FLAG(10)};
    LINEMEDIACONTROLDIGIT digit = {'0' + DRAW(10), 1 + DRAW(2), FLAG(10)};

    RUN(lineSetMediaControl, LINE, 0, CALL, FLAG(3), &digit, DRAW(2), NULL, 0, NULL, 0, &state,
        DRAW(2));
}

/* ---- questions ---- */

/* A buffer of a drawn size, with its size in it. */
union answer {
    DWORD total;
    LINECALLINFO call_info;
    LINECALLSTATUS call_status;
    LINEADDRESSSTATUS address_status;
    LINEDEVSTATUS status;
    LINEDEVCAPS caps;
    LINEADDRESSCAPS address_caps;
    LINECALLLIST calls;
    VARSTRING string;
    BYTE room[2048];
};

static union answer *answer(struct storm *s)
{
    static union answer room;

    room.total = DRAW(3) ? sizeof(room) : DRAW(sizeof(room) + 1);
    return &room;
}

OPERATION(call_info)
{
    RUN(lineGetCallInfoW, CALL, &answer(s)->call_info);
}

OPERATION(call_info_ansi)
{
    RUN(lineGetCallInfoA, CALL, &answer(s)->call_info);
}

OPERATION(call_status)
{
    RUN(lineGetCallStatus, CALL, &answer(s)->call_status);
}

OPERATION(address_status)
{
    RUN(lineGetAddressStatusW, LINE, DRAW(10) / 9, &answer(s)->address_status);
}

OPERATION(line_status)
{
    RUN(lineGetLineDevStatusA, LINE, &answer(s)->status);
}

OPERATION(caps)
{
    RUN(lineGetDevCapsA, a->handle, DRAW(8), 0x00010003 + DRAW(2), 0, &answer(s)->caps);
}

OPERATION(address_caps)
{
    RUN(lineGetAddressCapsW, a->handle, DRAW(8), 0, 0x00020002, 0, &answer(s)->address_caps);
}

OPERATION(new_calls)
{
    RUN(lineGetNewCalls, LINE, 0, FLAG(2), &answer(s)->calls);
}

OPERATION(related_calls)
{
    RUN(lineGetConfRelatedCalls, CALL, &answer(s)->calls);
}

OPERATION(id)
{
    RUN(lineGetIDW, LINE, 0, CALL, FLAG(3), &answer(s)->string,
        DRAW(2) ? L"tapi/line" : L"wave/in");
}

OPERATION(status_messages)
{
    RUN(lineSetStatusMessages, LINE, FLAG(25), FLAG(9));
}

OPERATION(line_status_set)
{
    RUN(lineSetLineDevStatus, LINE, FLAG(4), DRAW(12) != 0);
}

OPERATION(rings)
{
    RUN(lineSetNumRings, LINE, DRAW(2), DRAW(5));
}

OPERATION(dev_specific)
{
    RUN(lineDevSpecific, LINE, 0, CALL, s->device_specific, DRAW(sizeof(s->device_specific)));
}

/* ---- the world outside ---- */

OPERATION(injected)
{
    static const WCHAR *const extensions[] = {L"101", L"102", L"103", L"104", L"800"};

    storm_exchange(L"Inject", "sss", L"5559876", L"Visitor", STORM_ONE_OF(s, extensions));
    (void)a;
}

OPERATION(party)
{
    static const WCHAR *const methods[] = {L"Answer", L"Hangup", L"Reject"};

    storm_exchange(STORM_ONE_OF(s, methods), "s", NUMBER);
    (void)a;
}

OPERATION(party_digits)
{
    storm_exchange(L"Digits", "ss", NUMBER, L"12#");
    (void)a;
}

OPERATION(completion_delay)
{
    storm_exchange_set(L"CompletionDelay", (LONG)DRAW(4) * 400 - 1);
    (void)a;
}

OPERATION(fail_next)
{
    static const WCHAR *const functions[] = {L"TSPI_lineHold",        L"TSPI_lineMakeCall",
                                             L"TSPI_lineAnswer",      L"TSPI_lineSetupTransfer",
                                             L"TSPI_lineGetCallInfo", L"TSPI_lineDrop"};

    storm_exchange(L"FailNext", "sii", STORM_ONE_OF(s, functions), (int)LINEERR_RESOURCEUNAVAIL,
                   1 + (int)DRAW(2));
    (void)a;
}

OPERATION(bandwidth)
{
    storm_exchange_set(L"Bandwidth", (LONG)DRAW(512));
    (void)a;
}

/* How often each is drawn, against the others. */
static const struct {
    void (*run)(struct storm *, struct storm_app *);
    unsigned weight;
} operations[] = {
    {op_make_call, 24},
    {op_injected, 12},
    {op_answer, 24},
    {op_accept, 4},
    {op_drop, 10},
    {op_deallocate, 6},
    {op_hold, 8},
    {op_unhold, 8},
    {op_swap_hold, 4},
    {op_setup_transfer, 8},
    {op_complete_transfer, 8},
    {op_blind_transfer, 4},
    {op_redirect, 4},
    {op_setup_conference, 6},
    {op_prepare_add, 6},
    {op_add, 6},
    {op_remove, 4},
    {op_park, 4},
    {op_unpark, 4},
    {op_pickup, 4},
    {op_forward, 3},
    {op_complete_call, 4},
    {op_uncomplete_call, 3},
    {op_dial, 4},
    {op_secure, 2},
    {op_user_user, 3},
    {op_handoff, 4},
    {op_privilege, 4},
    {op_media_mode, 3},
    {op_app_specific, 3},
    {op_call_params, 2},
    {op_call_data, 2},
    {op_call_treatment, 2},
    {op_quality, 3},
    {op_terminal, 2},
    {op_generate_digits, 4},
    {op_generate_tone, 3},
    {op_monitor_digits, 3},
    {op_monitor_media, 2},
    {op_monitor_tones, 2},
    {op_gather_digits, 4},
    {op_media_control, 2},
    {op_call_info, 4},
    {op_call_info_ansi, 4},
    {op_call_status, 4},
    {op_address_status, 3},
    {op_line_status, 3},
    {op_caps, 3},
    {op_address_caps, 3},
    {op_new_calls, 3},
    {op_related_calls, 3},
    {op_id, 3},
    {op_status_messages, 2},
    {op_line_status_set, 2},
    {op_rings, 2},
    {op_dev_specific, 2},
    {op_party, 8},
    {op_party_digits, 4},
    {op_completion_delay, 3},
    {op_fail_next, 2},
    {op_bandwidth, 2},
    {op_close_line, 3},
    {op_open_lines, 8},
    {op_restart, 2},
    {storm_phone_operate, 40},
};

void storm_operate(struct storm *storm)
{
    struct storm_app *app = storm_app(storm);
    unsigned total = 0, drawn;

    for (unsigned i = 0; i < ARRAYSIZE(operations); i++)
        total += operations[i].weight;
    drawn = storm_draw(storm, total);
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++) {
        if (drawn < operations[i].weight) {
            operations[i].run(storm, app);
            return;
        }
        drawn -= operations[i].weight;
    }
}
