/* messages.c - what tapi32 has to say: each TAPI/C message updates objects and becomes events.
 * Runs on the dispatcher's threads, one message at a time (events/events.h). */
#include "objects/private.h"

#include "tapi32/private.h"

#include <stdlib.h>

/* The line of a message and its address, both kept by the use of the address; FALSE: not ours. A
 * line that is just being opened may have a message before lineOpen has given us its handle. */
struct line_of_message {
    struct address *address;
    LONG instance, registration;
    DWORD privileges;
};

/* ms; a message of a line that is gone must not wait for a provider that hangs in lineOpen */
#define LINE_OPEN_MS 1000

static BOOL find_line(struct tapi *tapi, DWORD device, struct line_of_message *found)
{
    struct line *line;

    AcquireSRWLockExclusive(&tapi->lock);
    while (!(line = handle_map_get(&tapi->lines, device)) && tapi->lines_opening)
        if (!SleepConditionVariableSRW(&tapi->line_opened, &tapi->lock, LINE_OPEN_MS, 0))
            break;
    if (line) {
        found->address = line->address;
        found->instance = line->instance;
        found->registration = line->registration;
        found->privileges = line->privileges;
        com_use(&found->address->com);
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    return line != NULL;
}

/* The Address of another address ID on the same line device; takes over the use of `address`. */
static struct address *same_line(struct address *address, DWORD id)
{
    struct address *other;

    if (address->id == id || id == (DWORD)-1)
        return address;
    other = address_find(address->tapi, address->device, id);
    if (!other)
        return address;
    com_unuse(&address->com);
    return other;
}

/* ---- calls --------------------------------------------------------------------------------- */

/* A call for a registration that was taken back: its line is open for the calls that are on it
 * still (line_unregister). Another program may have it; one that nobody wants is dropped, as TAPI
 * itself does (unowned-calls.md). */
static void decline(struct call *call, HCALL handle)
{
    LINECALLINFO fixed = {.dwTotalSize = sizeof(fixed)};

    if (call->privilege == CP_OWNER && lineGetCallInfoW(handle, &fixed) == 0 &&
        lineHandoffW(handle, NULL, fixed.dwMediaMode & -fixed.dwMediaMode) == 0)
        call->privilege = CP_MONITOR; /* which is not dropped when it is let go of */
    com_release(&call->com);
}

/* LINE_APPNEWCALL: a call that came by itself. Its notification waits for its first state, which
 * follows at once (line-appnewcall.md). */
static void on_new_call(struct tapi *tapi, const LINEMESSAGE *message)
{
    HCALL handle = (HCALL)message->dwParam2;
    DWORD address_id = (DWORD)message->dwParam1;
    struct line_of_message from;
    struct call *call = NULL;
    struct line *line;
    BOOL held = FALSE, wanted;

    if (!find_line(tapi, message->hDevice, &from)) {
        lineDeallocateCall(handle); /* a line that has just been closed */
        return;
    }
    call = call_find(tapi, handle);
    if (call) { /* known already, as one of a call hub */
        AcquireSRWLockExclusive(&call->lock);
        call->announce = TRUE;
        ReleaseSRWLockExclusive(&call->lock);
        com_unuse(&call->com);
        goto done;
    }
    if (!(message->dwParam3 & LINECALLPRIVILEGE_OWNER) && address_id != (DWORD)-1 &&
        address_id != from.address->id) {
        /* A monitor is shown the calls of all addresses of its line device (lineOpen,
         * LINEOPENOPTION_SINGLEADDRESS); the program has asked for those of one Address. */
        lineDeallocateCall(handle);
        goto done;
    }
    from.address = same_line(from.address, address_id);
    if (FAILED(call_create(from.address, address_to_types(from.address->line_media), &call))) {
        lineDrop(handle, NULL, 0);
        lineDeallocateCall(handle);
        goto done;
    }
    wanted = from.registration || !(from.privileges & ~(DWORD)LINECALLPRIVILEGE_NONE);
    call->announce = wanted;
    call->unclaimed = wanted; /* our reference, until somebody has heard of the call */
    call->privilege = message->dwParam3 & LINECALLPRIVILEGE_OWNER ? CP_OWNER : CP_MONITOR;
    AcquireSRWLockExclusive(&tapi->lock);
    line = handle_map_get(&tapi->lines, message->hDevice);
    if (line) {
        line->users++;
        held = TRUE;
    }
    ReleaseSRWLockExclusive(&tapi->lock);
    if (held)
        call_set_line(call, line);
    call->instance = from.instance;
    call_bind(call, handle);
    if (!wanted)
        decline(call, handle);
done:
    com_unuse(&from.address->com);
}

static void on_call_state(struct call *call, const LINEMESSAGE *message)
{
    /* The high-order 8 bits are a device-specific substate (linecallstate--constants.md). */
    DWORD state = (DWORD)message->dwParam1 & 0x00ffffff;

    call_state_message(call, state, (DWORD)message->dwParam2, (DWORD)message->dwParam3);
    if (state == LINECALLSTATE_IDLE)
        hub_leave(call);
    else if (state == LINECALLSTATE_CONNECTED && call->address->hub_tracking)
        hub_announced(call); /* by now the other end is there */
}

static void on_new_hub(struct call *call, const LINEMESSAGE *message)
{
    (void)message;
    hub_announced(call);
}

static const struct {
    DWORD state;
    CALLINFOCHANGE_CAUSE cause;
} info_causes[] = {
    {LINECALLINFOSTATE_OTHER, CIC_OTHER},
    {LINECALLINFOSTATE_DEVSPECIFIC, CIC_DEVSPECIFIC},
    {LINECALLINFOSTATE_BEARERMODE, CIC_BEARERMODE},
    {LINECALLINFOSTATE_RATE, CIC_RATE},
    {LINECALLINFOSTATE_MEDIAMODE, CIC_MEDIATYPE},
    {LINECALLINFOSTATE_APPSPECIFIC, CIC_APPSPECIFIC},
    {LINECALLINFOSTATE_CALLID, CIC_CALLID},
    {LINECALLINFOSTATE_RELATEDCALLID, CIC_RELATEDCALLID},
    {LINECALLINFOSTATE_ORIGIN, CIC_ORIGIN},
    {LINECALLINFOSTATE_REASON, CIC_REASON},
    {LINECALLINFOSTATE_COMPLETIONID, CIC_COMPLETIONID},
    {LINECALLINFOSTATE_NUMOWNERINCR, CIC_NUMOWNERINCR},
    {LINECALLINFOSTATE_NUMOWNERDECR, CIC_NUMOWNERDECR},
    {LINECALLINFOSTATE_NUMMONITORS, CIC_NUMMONITORS},
    {LINECALLINFOSTATE_TRUNK, CIC_TRUNK},
    {LINECALLINFOSTATE_CALLERID, CIC_CALLERID},
    {LINECALLINFOSTATE_CALLEDID, CIC_CALLEDID},
    {LINECALLINFOSTATE_CONNECTEDID, CIC_CONNECTEDID},
    {LINECALLINFOSTATE_REDIRECTIONID, CIC_REDIRECTIONID},
    {LINECALLINFOSTATE_REDIRECTINGID, CIC_REDIRECTINGID},
    {LINECALLINFOSTATE_USERUSERINFO, CIC_USERUSERINFO},
    {LINECALLINFOSTATE_HIGHLEVELCOMP, CIC_HIGHLEVELCOMP},
    {LINECALLINFOSTATE_LOWLEVELCOMP, CIC_LOWLEVELCOMP},
    {LINECALLINFOSTATE_CHARGINGINFO, CIC_CHARGINGINFO},
    {LINECALLINFOSTATE_TREATMENT, CIC_TREATMENT},
    {LINECALLINFOSTATE_CALLDATA, CIC_CALLDATA},
    /* These have no cause of their own: the application looks (ITCallInfo). */
    {LINECALLINFOSTATE_TERMINAL | LINECALLINFOSTATE_DIALPARAMS | LINECALLINFOSTATE_MONITORMODES |
         LINECALLINFOSTATE_DISPLAY | LINECALLINFOSTATE_QOS,
     CIC_OTHER},
};

static void on_call_info(struct call *call, const LINEMESSAGE *message)
{
    unsigned i;

    if (message->dwParam1 & LINECALLINFOSTATE_CALLID)
        hub_call_id_changed(call);
    for (i = 0; i < ARRAYSIZE(info_causes); i++)
        if (message->dwParam1 & info_causes[i].state)
            call_post_info(call, info_causes[i].cause);
}

static void on_digit(struct call *call, const LINEMESSAGE *message)
{
    ITCallInfo *info = call_event_ref(call);

    if (!info)
        return;
    if (call_wants(call, TE_DIGITEVENT, 0))
        EVENT_POST(call_tapi(call)->dispatcher, TE_DIGITEVENT, ITDigitDetectionEvent, call,
                   .Call = info, .Digit = (unsigned char)message->dwParam1,
                   .DigitMode = (LONG)message->dwParam2, .TickCount = (LONG)message->dwParam3,
                   .CallbackInstance = call->instance);
    call_event_unref(call);
}

static void on_generated(struct call *call, const LINEMESSAGE *message)
{
    ITCallInfo *info = call_event_ref(call);

    if (!info)
        return;
    if (call_wants(call, TE_GENERATEEVENT, 0))
        EVENT_POST(call_tapi(call)->dispatcher, TE_GENERATEEVENT, ITDigitGenerationEvent, call,
                   .Call = info, .GenerationTermination = (LONG)message->dwParam1,
                   .TickCount = (LONG)message->dwParam3, .CallbackInstance = call->instance);
    call_event_unref(call);
}

static void on_gathered(struct call *call, const LINEMESSAGE *message)
{
    struct gather *gather = gather_take(call);
    ITCallInfo *info = call_event_ref(call);

    if (info && call_wants(call, TE_GATHERDIGITS, 0))
        EVENT_POST(call_tapi(call)->dispatcher, TE_GATHERDIGITS, ITDigitsGatheredEvent, call,
                   .Call = info, .Digits = gather ? gather->digits : L"",
                   .GatherTermination = (TAPI_GATHERTERM)message->dwParam1,
                   .TickCount = (LONG)message->dwParam3, .CallbackInstance = call->instance);
    if (info)
        call_event_unref(call);
    free(gather);
}

static void on_tone(struct call *call, const LINEMESSAGE *message)
{
    ITCallInfo *info = call_event_ref(call);

    if (!info)
        return;
    if (call_wants(call, TE_TONEEVENT, 0))
        EVENT_POST(call_tapi(call)->dispatcher, TE_TONEEVENT, ITToneDetectionEvent, call,
                   .Call = info, .AppSpecific = (LONG)message->dwParam1,
                   .TickCount = (LONG)message->dwParam3, .CallbackInstance = call->instance);
    call_event_unref(call);
}

/* LINE_MONITORMEDIA tells of a media type that was heard: the call's information has changed. */
static void on_media(struct call *call, const LINEMESSAGE *message)
{
    (void)message;
    call_post_info(call, CIC_MEDIATYPE);
}

/* line-qosinfo.md: dwParam1 is a QOS_EVENT, dwParam2 the media type. */
static void on_qos(struct call *call, const LINEMESSAGE *message)
{
    ITCallInfo *info = call_event_ref(call);
    DWORD media = address_to_types((DWORD)message->dwParam2);

    if (!info)
        return;
    if (call_wants(call, TE_QOSEVENT, (LONG)message->dwParam1))
        EVENT_POST(call_tapi(call)->dispatcher, TE_QOSEVENT, ITQOSEvent, call, .Call = info,
                   .Event = (QOS_EVENT)message->dwParam1, .MediaType = media ? media : call->media);
    call_event_unref(call);
}

/* LINE_CALLHUBCLOSE says nothing new: LINE_CALLSTATE has told that the hub's last call is over, or
 * LINE_CALLINFO that it has gone over to another hub, which it is in by now. */
static const struct {
    DWORD message;
    void (*handle)(struct call *call, const LINEMESSAGE *message);
} call_messages[] = {
    {LINE_CALLSTATE, on_call_state},  {LINE_CALLINFO, on_call_info},
    {LINE_MONITORDIGITS, on_digit},   {LINE_GENERATE, on_generated},
    {LINE_GATHERDIGITS, on_gathered}, {LINE_MONITORTONE, on_tone},
    {LINE_MONITORMEDIA, on_media},    {OBJECTS_LINE_QOSINFO, on_qos},
    {LINE_APPNEWCALLHUB, on_new_hub},
};

/* TRUE: it was a message about a call. */
static BOOL on_call_message(struct tapi *tapi, const LINEMESSAGE *message)
{
    struct call *call;
    unsigned i;

    for (i = 0; i < ARRAYSIZE(call_messages); i++)
        if (call_messages[i].message == message->dwMessageID) {
            call = call_find(tapi, (HCALL)(DWORD_PTR)message->hDevice);
            if (call) {
                call_messages[i].handle(call, message);
                com_unuse(&call->com);
            } else {
                TRACE("objects", "message %lu for call 0x%lx, which is gone", message->dwMessageID,
                      message->hDevice);
            }
            return TRUE;
        }
    return FALSE;
}

/* ---- lines and addresses ------------------------------------------------------------------- */

static void post_tapi(struct tapi *tapi, TAPIOBJECT_EVENT event, struct address *address,
                      LONG instance)
{
    if (!dispatcher_wants(tapi->dispatcher, TE_TAPIOBJECT) || !com_try_hand_out(&tapi->com))
        return;
    if (address)
        com_hand_out(&address->com);
    EVENT_POST(tapi->dispatcher, TE_TAPIOBJECT, ITTAPIObjectEvent2, tapi,
               .TAPIObject = (ITTAPI *)&tapi->ITTAPI2_iface, .Event = event,
               .Address = address ? (ITAddress *)&address->ITAddress2_iface : NULL,
               .CallbackInstance = instance);
    if (address)
        com_release(&address->com);
    com_release(&tapi->com);
}

static const struct {
    DWORD state;
    ADDRESS_EVENT event;
} line_events[] = {
    {LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_CONNECTED |
         LINEDEVSTATE_DISCONNECTED | LINEDEVSTATE_MAINTENANCE,
     AE_STATE},
    {LINEDEVSTATE_CAPSCHANGE, AE_CAPSCHANGE},
    {LINEDEVSTATE_RINGING, AE_RINGING},
    {LINEDEVSTATE_CONFIGCHANGE, AE_CONFIGCHANGE},
    {LINEDEVSTATE_MSGWAITON, AE_MSGWAITON},
    {LINEDEVSTATE_MSGWAITOFF, AE_MSGWAITOFF},
};

/* Several lines may be open on an address: the one at the head of its list speaks for it. */
static BOOL is_speaker(struct tapi *tapi, struct address *address, DWORD device)
{
    BOOL speaker;

    AcquireSRWLockShared(&tapi->lock);
    speaker = address->lines && (DWORD)(DWORD_PTR)address->lines->handle == device;
    ReleaseSRWLockShared(&tapi->lock);
    return speaker;
}

/* A line device is gone for good: so are its addresses. Twice said is said once (LINE_LINEDEVSTATE,
 * LINE_REMOVE). */
static void remove_device(struct tapi *tapi, DWORD device)
{
    unsigned i;

    for (i = 0;; i++) {
        struct address *address = NULL;

        AcquireSRWLockShared(&tapi->lock);
        if (i < tapi->address_count) {
            address = tapi->addresses[i];
            com_use(&address->com);
        }
        ReleaseSRWLockShared(&tapi->lock);
        if (!address)
            return;
        if (address->device == device && !address->removed) {
            address->removed = TRUE;
            post_tapi(tapi, TE_ADDRESSREMOVE, address, 0);
        }
        com_unuse(&address->com);
    }
}

static void on_line_state(struct tapi *tapi, const LINEMESSAGE *message)
{
    struct line_of_message from;
    unsigned i;

    if (message->dwParam1 & LINEDEVSTATE_REINIT) {
        /* dwParam2 is the message in older clothes; only a plain one asks for a new start. */
        if (message->dwParam2 == 0 && message->dwParam3 == 0)
            post_tapi(tapi, TE_REINIT, NULL, 0);
        return;
    }
    if (message->dwParam1 & LINEDEVSTATE_TRANSLATECHANGE)
        post_tapi(tapi, TE_TRANSLATECHANGE, NULL, 0);
    if (!find_line(tapi, message->hDevice, &from))
        return;
    if (message->dwParam1 & LINEDEVSTATE_REMOVED)
        remove_device(tapi, from.address->device);
    if (is_speaker(tapi, from.address, message->hDevice)) {
        for (i = 0; i < ARRAYSIZE(line_events); i++)
            if (message->dwParam1 & line_events[i].state)
                address_post_event(from.address, line_events[i].event, NULL);
    }
    com_unuse(&from.address->com);
}

static void on_address_state(struct tapi *tapi, const LINEMESSAGE *message)
{
    struct line_of_message from;
    struct address *heard_by;
    BOOL speaker;

    if (!find_line(tapi, message->hDevice, &from))
        return;
    speaker = is_speaker(tapi, from.address, message->hDevice);
    heard_by = from.address;
    from.address = same_line(from.address, (DWORD)message->dwParam1);
    /* Every open line of the device hears of it: one of that address, if there is one, speaks. */
    if (speaker && from.address != heard_by) {
        AcquireSRWLockShared(&tapi->lock);
        speaker = !from.address->lines;
        ReleaseSRWLockShared(&tapi->lock);
    }
    if (speaker) {
        if (message->dwParam2 & LINEADDRESSSTATE_FORWARD)
            address_post_event(from.address, AE_FORWARD, NULL);
        if (message->dwParam2 & LINEADDRESSSTATE_CAPSCHANGE)
            address_post_event(from.address, AE_CAPSCHANGE, NULL);
    }
    com_unuse(&from.address->com);
}

static void on_line_close(struct tapi *tapi, const LINEMESSAGE *message)
{
    struct line_of_message from;

    if (!find_line(tapi, message->hDevice, &from))
        return;
    line_lost(tapi, (HLINE)(DWORD_PTR)message->hDevice);
    post_tapi(tapi, TE_ADDRESSCLOSE, from.address, from.instance);
    com_unuse(&from.address->com);
}

/* LINE_CREATE: a line device came while we run. Its addresses are new. */
static void on_create(struct tapi *tapi, const LINEMESSAGE *message)
{
    unsigned before, i;

    AcquireSRWLockShared(&tapi->lock);
    before = tapi->address_count;
    ReleaseSRWLockShared(&tapi->lock);
    if (FAILED(tapi_add_device(tapi, (DWORD)message->dwParam1)))
        return;
    for (i = before;; i++) {
        struct address *address = NULL;

        AcquireSRWLockShared(&tapi->lock);
        if (i < tapi->address_count) {
            address = tapi->addresses[i];
            com_use(&address->com);
        }
        ReleaseSRWLockShared(&tapi->lock);
        if (!address)
            return;
        post_tapi(tapi, TE_ADDRESSCREATE, address, 0);
        com_unuse(&address->com);
    }
}

static void on_remove(struct tapi *tapi, const LINEMESSAGE *message)
{
    remove_device(tapi, (DWORD)message->dwParam1);
}

static void on_device_specific(struct tapi *tapi, const LINEMESSAGE *message)
{
    struct call *call = call_find(tapi, (HCALL)(DWORD_PTR)message->hDevice);
    struct line_of_message from = {0};
    ITCallInfo *info = NULL;

    if (call) {
        from.address = call->address;
        com_use(&from.address->com);
        info = call_event_ref(call);
    } else if (!find_line(tapi, message->hDevice, &from)) {
        return;
    }
    /* Each open line of the address hears it: one event is enough. */
    if (call ? call_wants(call, TE_ADDRESSDEVSPECIFIC, 0)
             : is_speaker(tapi, from.address, message->hDevice) &&
                   address_wants(from.address, TE_ADDRESSDEVSPECIFIC, 0)) {
        com_hand_out(&from.address->com);
        EVENT_POST(tapi->dispatcher, TE_ADDRESSDEVSPECIFIC, ITAddressDeviceSpecificEvent,
                   from.address, .Address = (ITAddress *)&from.address->ITAddress2_iface,
                   .Call = info, .lParam1 = (LONG)message->dwParam1,
                   .lParam2 = (LONG)message->dwParam2, .lParam3 = (LONG)message->dwParam3);
        com_release(&from.address->com);
    }
    if (info)
        call_event_unref(call);
    if (call)
        com_unuse(&call->com);
    com_unuse(&from.address->com);
}

static void on_msp_data(struct tapi *tapi, const LINEMESSAGE *message)
{
    struct open_tapi_msp_data *data = (struct open_tapi_msp_data *)message->dwParam2;
    struct line_of_message from;

    if (find_line(tapi, message->hDevice, &from)) {
        struct msp_host *host = address_msp_enter(from.address);
        struct call *call = host ? call_find(tapi, (HCALL)message->dwParam1) : NULL;

        /* The provider and its MSP may have to agree before the application wants any media. */
        if (call) {
            call_msp_begin(call);
            com_unuse(&call->com);
        }
        if (host)
            msp_host_receive(host, data->msp, (HCALL)message->dwParam1, data->bytes, data->size);
        address_msp_leave(from.address);
        com_unuse(&from.address->com);
    }
    OpenTapiFree(data);
}

/* ---- assisted telephony ---------------------------------------------------------------------- */

static void post_request(struct tapi *tapi, const LINEMESSAGE *message,
                         const LINEREQMAKECALLW *request)
{
    EVENT_POST(tapi->dispatcher, TE_REQUEST, ITRequestEvent, tapi,
               .RegistrationInstance = (LONG)message->dwCallbackInstance,
               .RequestMode = (LONG)message->dwParam1, .DestAddress = request->szDestAddress,
               .AppName = request->szAppName, .CalledParty = request->szCalledParty,
               .Comment = request->szComment);
}

/* A request stays with TAPI while nobody here would hear of it; so the queue is emptied each time
 * (assisted-telephony-overview.md asks for that too). */
static void on_request(struct tapi *tapi, const LINEMESSAGE *message)
{
    LINEREQMAKECALLW request = {0};

    if (!dispatcher_wants(tapi->dispatcher, TE_REQUEST))
        return;
    if (message->dwParam1 != LINEREQUESTMODE_MAKECALL)
        post_request(tapi, message, &request);
    else
        while (lineGetRequestW(tapi->app, LINEREQUESTMODE_MAKECALL, &request) == 0)
            post_request(tapi, message, &request);
}

/* ---- the source ---------------------------------------------------------------------------- */

static void on_message(struct tapi *tapi, const LINEMESSAGE *message)
{
    TRACE("objects", "message %lu device 0x%lx: 0x%lx 0x%lx 0x%lx", message->dwMessageID,
          message->hDevice, (DWORD)message->dwParam1, (DWORD)message->dwParam2,
          (DWORD)message->dwParam3);
    if (call_center_message(tapi, message))
        return;
    switch (message->dwMessageID) {
    case LINE_REPLY:
        request_reply(tapi, (LONG)message->dwParam1, (LONG)message->dwParam2);
        break;
    case LINE_APPNEWCALL:
        on_new_call(tapi, message);
        break;
    case LINE_LINEDEVSTATE:
        on_line_state(tapi, message);
        break;
    case LINE_ADDRESSSTATE:
        on_address_state(tapi, message);
        break;
    case LINE_CLOSE:
        on_line_close(tapi, message);
        break;
    case LINE_CREATE:
        on_create(tapi, message);
        break;
    case LINE_REMOVE:
        on_remove(tapi, message);
        break;
    case LINE_DEVSPECIFIC:
    case LINE_DEVSPECIFICFEATURE:
        on_device_specific(tapi, message);
        break;
    case LINE_REQUEST:
        on_request(tapi, message);
        break;
    case OPEN_TAPI_LINE_MSPDATA:
        on_msp_data(tapi, message);
        break;
    default:
        if (!on_call_message(tapi, message))
            TRACE("objects", "message %lu is not for COM", message->dwMessageID);
        break;
    }
}

static HRESULT take_message(void *context, DWORD timeout)
{
    struct tapi *tapi = context;
    LINEMESSAGE message;
    LONG error = lineGetMessage(tapi->app, &message, timeout);

    if (error == (LONG)LINEERR_OPERATIONFAILED)
        return S_FALSE; /* none came in time */
    if (error != 0)
        return com_from_tapi_error(error);
    on_message(tapi, &message);
    return S_OK;
}

HRESULT messages_start(struct tapi *tapi)
{
    struct event_source source = {.context = tapi, .take = take_message, .wake = NULL};
    HRESULT hr = dispatcher_add_source(tapi->dispatcher, &source);

    return SUCCEEDED(hr) ? S_OK : com_fail(hr, &IID_ITTAPI2, "No thread for events could be made.");
}
