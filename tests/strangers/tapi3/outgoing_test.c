/*
 * outgoing_test.c - a program that calls, in a dialog box, as the samples for outgoing calls were:
 * the dialog's own message loop is the only one; what Event posts is looked at in the dialog
 * procedure, which shows further dialogs while it does. The sink is "new CTAPIEventNotification",
 * handed to Advise and released: from then on TAPI alone keeps it. The number is translated before
 * it is dialed, and the call is asked for all that the cross-reference of TAPI 2 and 3 promises
 * (tapi-docs/tapi-2-x-to-tapi-3-x-cross-reference.md).
 */
#include "program.h"

#define BUTTON_CALL       101
#define BUTTON_DISCONNECT 102
#define BUTTON_NOTHING    103

/* ---- the sink, which is nobody's after Advise --------------------------------------------------
 */

struct notification {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    LONG refs;
};

struct program {
    const WCHAR *number;
    VARIANT_BOOL synchronous;
    BOOL asks_in_event; /* Event itself shows a dialog, once */
    BOOL asks_later;    /* the handler of "connected" does, and its button hangs up */
    BOOL shuts_first;   /* Shutdown before Unadvise */
    void (*while_connected)(struct program *self);

    ITTAPI *tapi;
    ITAddress *address;
    ITBasicCallControl *call;
    DWORD cookie;
    HWND window, question;
    HRESULT connected, unadvised;
    LONG inside, most_inside, states[CS_QUEUED + 1], in_question;
    CALL_STATE_EVENT_CAUSE cause;
    CALL_STATE order[16];
    unsigned told;
};

static struct program program;
static LONG sinks;

static void ask(struct program *self);

static HRESULT WINAPI notification_QueryInterface(ITTAPIEventNotification *iface, REFIID iid,
                                                  void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITTAPIEventNotification))
        return E_NOINTERFACE;
    *out = iface;
    ITTAPIEventNotification_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI notification_AddRef(ITTAPIEventNotification *iface)
{
    return InterlockedIncrement(&((struct notification *)iface)->refs);
}

static ULONG WINAPI notification_Release(ITTAPIEventNotification *iface)
{
    LONG refs = InterlockedDecrement(&((struct notification *)iface)->refs);

    if (!refs) {
        free(iface);
        sinks--;
    }
    return refs;
}

static HRESULT WINAPI notification_Event(ITTAPIEventNotification *iface, TAPI_EVENT type,
                                         IDispatch *event)
{
    (void)iface;
    if (++program.inside > program.most_inside)
        program.most_inside = program.inside;
    IDispatch_AddRef(event);
    CHECK(PostMessageW(program.window, WM_TAPI, type, (LPARAM)event));
    if (program.asks_in_event) {
        program.asks_in_event = FALSE;
        ask(&program);
    }
    program.inside--;
    return S_OK;
}

static const ITTAPIEventNotificationVtbl notification_vtable = {
    notification_QueryInterface, notification_AddRef, notification_Release, notification_Event};

static ITTAPIEventNotification *new_notification(void)
{
    struct notification *self = calloc(1, sizeof(*self));

    self->ITTAPIEventNotification_iface.lpVtbl =
        (ITTAPIEventNotificationVtbl *)&notification_vtable;
    self->refs = 1;
    sinks++;
    return &self->ITTAPIEventNotification_iface;
}

/* ---- dialogs -----------------------------------------------------------------------------------
 */

/* An empty template: whatever is in a dialog makes no difference here. */
static INT_PTR show(HWND owner, DLGPROC procedure, void *context)
{
    static struct {
        DLGTEMPLATE head;
        WORD menu, class, title;
    } dialog = {.head = {.style = WS_POPUP, .cx = 100, .cy = 50}};

    return DialogBoxIndirectParamW(GetModuleHandleW(NULL), &dialog.head, owner, procedure,
                                   (LPARAM)context);
}

/* "The call is there. Hang up?" */
static INT_PTR CALLBACK question_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    (void)lparam;
    if (message == WM_INITDIALOG) {
        program.question = window;
        if (program.asks_later) /* the user is quick */
            PostMessageW(window, WM_COMMAND, BUTTON_DISCONNECT, 0);
        else
            PostMessageW(window, WM_COMMAND, BUTTON_NOTHING, 0);
        return TRUE;
    }
    if (message == WM_COMMAND && wparam == BUTTON_DISCONNECT)
        CHECK_EQ(ITBasicCallControl_Disconnect(program.call, DC_NORMAL), S_OK);
    else if (message == WM_COMMAND)
        EndDialog(window, 0);
    return FALSE;
}

static void ask(struct program *self)
{
    (void)self;
    CHECK_EQ(show(program.window, question_procedure, NULL), 0);
    program.question = NULL;
}

/* ---- the program -------------------------------------------------------------------------------
 */

static void connect_sink(struct program *self)
{
    ITTAPIEventNotification *sink = new_notification();
    IConnectionPointContainer *container = NULL;
    IConnectionPoint *point = NULL;
    IUnknown *unknown = NULL;

    CHECK_EQ(ITTAPI_QueryInterface(self->tapi, &IID_IConnectionPointContainer, (void **)&container),
             S_OK);
    CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, &IID_ITTAPIEventNotification,
                                                           &point),
             S_OK);
    drop(container);
    ITTAPIEventNotification_QueryInterface(sink, &IID_IUnknown, (void **)&unknown);
    CHECK_EQ(IConnectionPoint_Advise(point, unknown, &self->cookie), S_OK);
    drop(unknown);
    drop(point);
    drop(sink);
    CHECK_EQ(sinks, 1);
}

static void disconnect_sink(struct program *self)
{
    IConnectionPointContainer *container = NULL;
    IConnectionPoint *point = NULL;

    ITTAPI_QueryInterface(self->tapi, &IID_IConnectionPointContainer, (void **)&container);
    IConnectionPointContainer_FindConnectionPoint(container, &IID_ITTAPIEventNotification, &point);
    drop(container);
    self->unadvised = IConnectionPoint_Unadvise(point, self->cookie);
    drop(point);
}

/* What the user typed, as this computer's location dials it. */
static BSTR dialable(struct program *self)
{
    ITAddressTranslationInfo *info = NULL;
    ITAddressTranslation *translation = NULL;
    BSTR typed = SysAllocString(self->number), dial = NULL;

    CHECK_EQ(
        ITAddress_QueryInterface(self->address, &IID_ITAddressTranslation, (void **)&translation),
        S_OK);
    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, typed, 0, 0, &info), S_OK);
    CHECK_EQ(ITAddressTranslationInfo_get_DialableString(info, &dial), S_OK);
    drop(info);
    drop(translation);
    SysFreeString(typed);
    return dial;
}

static void on_call(struct program *self)
{
    BSTR number = dialable(self);

    CHECK_EQ(ITAddress_CreateCall(self->address, number, LINEADDRESSTYPE_PHONENUMBER,
                                  TAPIMEDIATYPE_AUDIO, &self->call),
             S_OK);
    SysFreeString(number);
    self->connected = ITBasicCallControl_Connect(self->call, self->synchronous);
    if (FAILED(self->connected)) {
        /* As a smart pointer's wrapper does before it throws. */
        ISupportErrorInfo *support = NULL;
        IErrorInfo *error = NULL;
        BSTR text = NULL;

        CHECK_EQ(ITBasicCallControl_QueryInterface(self->call, &IID_ISupportErrorInfo,
                                                   (void **)&support),
                 S_OK);
        CHECK_EQ(ISupportErrorInfo_InterfaceSupportsErrorInfo(support, &IID_ITBasicCallControl),
                 S_OK);
        drop(support);
        CHECK_EQ(GetErrorInfo(0, &error), S_OK);
        CHECK_EQ(IErrorInfo_GetDescription(error, &text), S_OK);
        CHECK(SysStringLen(text) > 0);
        SysFreeString(text);
        drop(error);
    }
}

static void on_state(struct program *self, IDispatch *event)
{
    ITCallStateEvent *told = NULL;
    CALL_STATE state = CS_IDLE;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&told), S_OK);
    CHECK_EQ(ITCallStateEvent_get_State(told, &state), S_OK);
    CHECK_EQ(ITCallStateEvent_get_Cause(told, &self->cause), S_OK);
    drop(told);
    self->states[state]++;
    if (self->told < ARRAYSIZE(self->order))
        self->order[self->told++] = state;
    if (self->question)
        self->in_question++;
    if (state == CS_CONNECTED) {
        if (self->while_connected)
            self->while_connected(self);
        if (self->asks_later)
            ask(self);
        else if (wcscmp(self->number, L"5550102")) /* that one hangs up by itself */
            CHECK_EQ(ITBasicCallControl_Disconnect(self->call, DC_NORMAL), S_OK);
    }
    if (state == CS_DISCONNECTED) {
        if (self->question)
            EndDialog(self->question, 0);
        PostMessageW(self->window, WM_CLOSE, 0, 0);
    }
}

static INT_PTR CALLBACK main_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    IDispatch *event = (IDispatch *)lparam;

    switch (message) {
    case WM_INITDIALOG:
        program.window = window;
        program.tapi = program_create_tapi();
        CHECK_EQ(ITTAPI_Initialize(program.tapi), S_OK);
        connect_sink(&program);
        CHECK_EQ(ITTAPI_put_EventFilter(program.tapi, TE_CALLSTATE | TE_CALLMEDIA), S_OK);
        program.address = program_address(program.tapi, 0);
        PostMessageW(window, WM_COMMAND, BUTTON_CALL, 0);
        return TRUE;
    case WM_COMMAND:
        on_call(&program);
        return TRUE;
    case WM_TAPI:
        if (wparam == TE_CALLSTATE)
            on_state(&program, event);
        IDispatch_Release(event);
        return TRUE;
    case WM_CLOSE:
        EndDialog(window, 1);
        return TRUE;
    }
    return FALSE;
}

static void run(struct program how)
{
    MSG message;

    program = how;
    program.connected = E_PENDING;
    sinks = 0;
    program_begin(COINIT_APARTMENTTHREADED);
    CHECK_EQ(show(NULL, main_procedure, NULL), 1);
    if (program.shuts_first)
        CHECK_EQ(ITTAPI_Shutdown(program.tapi), S_OK);
    disconnect_sink(&program);
    CHECK_EQ(program.unadvised, program.shuts_first ? CONNECT_E_NOCONNECTION : S_OK);
    CHECK_EQ(sinks, 0);
    drop(program.call);
    drop(program.address);
    if (!program.shuts_first)
        CHECK_EQ(ITTAPI_Shutdown(program.tapi), S_OK);
    CHECK_EQ(drop(program.tapi), 0);
    while (PeekMessageW(&message, NULL, WM_TAPI, WM_TAPI, PM_REMOVE))
        IDispatch_Release((IDispatch *)message.lParam);
    CHECK_EQ(program.most_inside, program.told ? 1 : 0);
    program_end();
}

static void expect_order(unsigned count, CALL_STATE first, CALL_STATE second, CALL_STATE third)
{
    const CALL_STATE order[] = {first, second, third};

    CHECK_EQ(program.told, count);
    for (unsigned i = 0; i < count && i < program.told; i++)
        CHECK_EQ(program.order[i], order[i]);
}

TEST(a_call_of_a_dialog)
{
    run((struct program){.number = L"5550100", .synchronous = VARIANT_FALSE});
    CHECK_EQ(program.connected, S_OK);
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
    CHECK_EQ(program.cause, CEC_DISCONNECT_NORMAL);
}

TEST(a_synchronous_call_of_a_dialog)
{
    run((struct program){.number = L"5550100", .synchronous = VARIANT_TRUE, .shuts_first = TRUE});
    CHECK_EQ(program.connected, S_OK);
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
}

/* The other end hangs up before anybody here has looked. */
TEST(a_synchronous_call_that_is_over_at_once)
{
    run((struct program){.number = L"5550102", .synchronous = VARIANT_TRUE});
    CHECK_EQ(program.connected, S_OK);
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
}

TEST(calls_that_fail_while_the_dialog_waits)
{
    run((struct program){.number = L"5550101", .synchronous = VARIANT_TRUE});
    CHECK_EQ(program.connected, TAPI_E_DESTBUSY);
    expect_order(2, CS_INPROGRESS, CS_DISCONNECTED, CS_IDLE);
    CHECK_EQ(program.cause, CEC_DISCONNECT_BUSY);
    run((struct program){.number = L"5550103", .synchronous = VARIANT_TRUE});
    CHECK_EQ(program.connected, TAPI_E_DROPPED);
    CHECK_EQ(program.cause, CEC_DISCONNECT_REJECTED);
    run((struct program){.number = L"5559999", .synchronous = VARIANT_TRUE, .shuts_first = TRUE});
    CHECK_EQ(program.connected, TAPI_E_INVALADDRESS);
    CHECK_EQ(program.cause, CEC_DISCONNECT_BADADDRESS);
}

/* The handler asks a question; events come while it is on the screen, and one of them ends it. */
TEST(a_question_in_the_handler)
{
    run((struct program){.number = L"5550100", .asks_later = TRUE});
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
    CHECK_EQ(program.in_question, 1);
    run((struct program){.number = L"5550100", .asks_later = TRUE, .synchronous = VARIANT_TRUE});
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
    CHECK_EQ(program.connected, S_OK);
}

/* Event asks it: other messages are dispatched meanwhile, other events wait. */
TEST(a_question_in_event)
{
    run((struct program){.number = L"5550100", .asks_in_event = TRUE});
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
    run((struct program){.number = L"5550100", .asks_in_event = TRUE, .synchronous = VARIANT_TRUE});
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
    CHECK_EQ(program.connected, S_OK);
}

/* ---- the cross-reference -----------------------------------------------------------------------
 */

/* Each row's numbers can be read while the call is there; some have a value that is certain. */
static void read_all(struct program *self)
{
    static const struct {
        CALLINFO_LONG which;
        LONG expected; /* -1: any */
    } longs[] = {
        {CIL_CALLERIDADDRESSTYPE, -1},
        {CIL_CALLEDIDADDRESSTYPE, -1},
        {CIL_CONNECTEDIDADDRESSTYPE, -1},
        {CIL_APPSPECIFIC, 0},
        {CIL_BEARERMODE, LINEBEARERMODE_VOICE},
        {CIL_CALLID, -1},
        {CIL_ORIGIN, LINECALLORIGIN_OUTBOUND},
        {CIL_CALLPARAMSFLAGS, 0},
        {CIL_NUMBEROFOWNERS, 1},
        {CIL_NUMBEROFMONITORS, 0},
        {CIL_REASON, LINECALLREASON_DIRECT},
        {CIL_CALLTREATMENT, -1},
        {CIL_COMPLETIONID, 0},
        {CIL_COUNTRYCODE, 0},
        {CIL_MEDIATYPESAVAILABLE, TAPIMEDIATYPE_AUDIO},
        {CIL_MAXRATE, -1},
        {CIL_MINRATE, -1},
        {CIL_RATE, -1},
        {CIL_TRUNK, -1},
    };
    static const CALLINFO_STRING strings[] = {CIS_CALLEDPARTYFRIENDLYNAME,
                                              CIS_CALLERIDNAME,
                                              CIS_CALLERIDNUMBER,
                                              CIS_CALLEDIDNAME,
                                              CIS_CALLEDIDNUMBER,
                                              CIS_CALLINGPARTYID,
                                              CIS_COMMENT,
                                              CIS_CONNECTEDIDNAME,
                                              CIS_CONNECTEDIDNUMBER,
                                              CIS_DISPLAYABLEADDRESS,
                                              CIS_REDIRECTIONIDNAME,
                                              CIS_REDIRECTIONIDNUMBER,
                                              CIS_REDIRECTINGIDNAME,
                                              CIS_REDIRECTINGIDNUMBER};
    static const CALLINFO_BUFFER buffers[] = {CIB_CALLDATABUFFER,
                                              CIB_CHARGINGINFOBUFFER,
                                              CIB_HIGHLEVELCOMPATIBILITYBUFFER,
                                              CIB_LOWLEVELCOMPATIBILITYBUFFER,
                                              CIB_DEVSPECIFICBUFFER,
                                              CIB_USERUSERINFO};
    CALL_PRIVILEGE privilege = CP_MONITOR;
    ITCallInfo *info = NULL;
    ITAddress *address = NULL;
    ITCallHub *hub = NULL;
    LONG value;

    CHECK_EQ(ITBasicCallControl_QueryInterface(self->call, &IID_ITCallInfo, (void **)&info), S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(longs); i++) {
        POISON(value);
        if (!CHECK_EQ(ITCallInfo_get_CallInfoLong(info, longs[i].which, &value), S_OK))
            test_note("CALLINFO_LONG %d", (int)longs[i].which);
        if (longs[i].expected >= 0 && !CHECK_EQ(value, longs[i].expected))
            test_note("CALLINFO_LONG %d", (int)longs[i].which);
    }
    for (unsigned i = 0; i < ARRAYSIZE(strings); i++) {
        BSTR text = NULL;

        if (!CHECK_EQ(ITCallInfo_get_CallInfoString(info, strings[i], &text), S_OK))
            test_note("CALLINFO_STRING %d", (int)strings[i]);
        if (strings[i] == CIS_CALLEDIDNUMBER)
            CHECK_WSTR(text, self->number);
        SysFreeString(text);
    }
    for (unsigned i = 0; i < ARRAYSIZE(buffers); i++) {
        BYTE *bytes = NULL;
        DWORD size = 1;

        if (!CHECK_EQ(ITCallInfo_GetCallInfoBuffer(info, buffers[i], &size, &bytes), S_OK))
            test_note("CALLINFO_BUFFER %d", (int)buffers[i]);
        CoTaskMemFree(bytes);
    }
    CHECK_EQ(ITCallInfo_get_Address(info, &address), S_OK);
    CHECK(same_object(address, self->address));
    CHECK_EQ(ITCallInfo_get_Privilege(info, &privilege), S_OK);
    CHECK_EQ(privilege, CP_OWNER);
    CHECK_EQ(ITCallInfo_get_CallHub(info, &hub), S_OK);
    drop(hub);
    drop(address);
    drop(info);
}

/* What lineSetAppSpecific, lineSetCallParams, lineSetCallData and lineSetCallTreatment do. */
static void change_all(struct program *self)
{
    static const BYTE data[] = {1, 2, 3};
    ITCallInfo *info = NULL;
    BYTE *bytes = NULL;
    DWORD size = 0;
    LONG value = 0;

    read_all(self);
    ITBasicCallControl_QueryInterface(self->call, &IID_ITCallInfo, (void **)&info);
    CHECK_EQ(ITCallInfo_put_CallInfoLong(info, CIL_APPSPECIFIC, 4711), S_OK);
    CHECK_EQ(ITCallInfo_get_CallInfoLong(info, CIL_APPSPECIFIC, &value), S_OK);
    CHECK_EQ(value, 4711);
    CHECK_EQ(ITCallInfo_put_CallInfoLong(info, CIL_MAXRATE, 64000), S_OK);
    CHECK_EQ(ITCallInfo_get_CallInfoLong(info, CIL_MAXRATE, &value), S_OK);
    CHECK_EQ(value, 64000);
    CHECK_EQ(ITCallInfo_put_CallInfoLong(info, CIL_MINRATE, 9600), S_OK);
    CHECK_EQ(ITCallInfo_get_CallInfoLong(info, CIL_MINRATE, &value), S_OK);
    CHECK_EQ(value, 9600);
    CHECK_EQ(ITCallInfo_get_CallInfoLong(info, CIL_MAXRATE, &value), S_OK);
    CHECK_EQ(value, 64000);
    CHECK_EQ(ITCallInfo_SetCallInfoBuffer(info, CIB_CALLDATABUFFER, sizeof(data), (BYTE *)data),
             S_OK);
    CHECK_EQ(ITCallInfo_GetCallInfoBuffer(info, CIB_CALLDATABUFFER, &size, &bytes), S_OK);
    if (CHECK_EQ(size, sizeof(data)))
        CHECK_BYTES(bytes, data, sizeof(data));
    CoTaskMemFree(bytes);
    drop(info);
}

TEST(what_the_cross_reference_promises_of_a_call)
{
    run((struct program){.number = L"5550100", .while_connected = change_all});
    expect_order(3, CS_INPROGRESS, CS_CONNECTED, CS_DISCONNECTED);
}

/* ---- how a call is asked for -------------------------------------------------------------------
 */

TEST(addresses_and_media_that_the_line_does_not_have)
{
    static const LONG types[] = {LINEADDRESSTYPE_SDP, LINEADDRESSTYPE_EMAILNAME,
                                 LINEADDRESSTYPE_DOMAINNAME, LINEADDRESSTYPE_IPADDRESS};
    ITAddressCapabilities *capabilities = NULL;
    BSTR number = SysAllocString(L"5550100");
    ITBasicCallControl *call;
    ITAddress *address;
    LONG known = 0;
    ITTAPI *tapi;

    program_begin(COINIT_APARTMENTTHREADED);
    tapi = program_create_tapi();
    CHECK_EQ(ITTAPI_Initialize(tapi), S_OK);
    address = program_address(tapi, 0);
    CHECK_EQ(ITAddress_QueryInterface(address, &IID_ITAddressCapabilities, (void **)&capabilities),
             S_OK);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, AC_ADDRESSTYPES, &known),
             S_OK);
    CHECK_EQ(known, LINEADDRESSTYPE_PHONENUMBER);
    drop(capabilities);
    for (unsigned i = 0; i < ARRAYSIZE(types); i++) {
        POISON(call);
        CHECK_EQ(ITAddress_CreateCall(address, number, types[i], TAPIMEDIATYPE_AUDIO, &call),
                 TAPI_E_INVALADDRESSTYPE);
        CHECK(call == NULL);
    }
    POISON(call);
    CHECK_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_VIDEO,
                                  &call),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK(call == NULL);
    /* Off the hook, and dialed later (ITBasicCallControl::Dial). */
    CHECK_EQ(ITAddress_CreateCall(address, NULL, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO,
                                  &call),
             S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
    CHECK_EQ(program_state(call), CS_INPROGRESS);
    CHECK_EQ(ITBasicCallControl_Dial(call, number), S_OK);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    drop(call);
    SysFreeString(number);
    drop(address);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    drop(tapi);
    program_end();
}
