/*
 * desk_test.c - two programs with a window, as Microsoft's samples for incoming and for outgoing
 * calls were built: the sink posts each event to the window, whose procedure does everything,
 * buttons included. Terminals are the default ones of each stream, where there are any.
 */
#include "program.h"

#include <initguid.h>
/* The class of windows for video, which nobody has without a video device. */
DEFINE_GUID(clsid_video_window, 0xf7438990, 0xd6eb, 0x11d0, 0x82, 0xa6, 0x00, 0xaa, 0x00, 0xb5,
            0xca, 0x1b);

#define BUTTON_CALL       1
#define BUTTON_ANSWER     2
#define BUTTON_DISCONNECT 3

struct desk {
    /* What the program is. */
    const WCHAR *number;  /* it calls; NULL: it waits for calls */
    BOOL synchronous;     /* Connect(VARIANT_TRUE) in the window procedure */
    BOOL hangs_up;        /* as soon as it is connected */
    BOOL leaves_a_mess;   /* exit without Unadvise, Shutdown, or the call being released first */
    BOOL quits_connected; /* ... and in the middle of the call */
    /* Its globals. */
    ITTAPI *tapi;
    ITAddress *address;
    ITBasicCallControl *call;
    struct sink sink;
    ULONG cookie;
    HWND window;
    HANDLE ready, thread;
    /* What it saw. */
    HRESULT connected;
    LONG offered, states[CS_QUEUED + 1], streams, selected, media_events;
    CALL_STATE_EVENT_CAUSE cause;
};

static ITAddress *find_address(struct desk *desk)
{
    IEnumAddress *addresses = NULL;
    ITAddress *address, *found = NULL;

    CHECK_EQ(ITTAPI_EnumerateAddresses(desk->tapi, &addresses), S_OK);
    while (IEnumAddress_Next(addresses, 1, &address, NULL) == S_OK) {
        ITMediaSupport *media = NULL;
        VARIANT_BOOL supported;
        LONG types = 0, registration;

        POISON(supported);
        CHECK_EQ(ITAddress_QueryInterface(address, &IID_ITMediaSupport, (void **)&media), S_OK);
        CHECK_EQ(ITMediaSupport_get_MediaTypes(media, &types), S_OK);
        CHECK(types & TAPIMEDIATYPE_AUDIO);
        CHECK_EQ(ITMediaSupport_QueryMediaType(media, TAPIMEDIATYPE_AUDIO, &supported), S_OK);
        CHECK_EQ(supported, VARIANT_TRUE);
        CHECK_EQ(ITMediaSupport_QueryMediaType(media, TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO,
                                               &supported),
                 S_OK);
        CHECK_EQ(supported, VARIANT_FALSE);
        drop(media);
        if (desk->number) {
            if (!found)
                found = address; /* the first one */
            else
                drop(address);
            continue;
        }
        /* All that take calls are listened to. */
        CHECK_EQ(ITTAPI_RegisterCallNotifications(desk->tapi, address, VARIANT_FALSE, VARIANT_TRUE,
                                                  types, (LONG)desk->cookie, &registration),
                 S_OK);
        drop(address);
    }
    drop(addresses);
    return found;
}

/* "If a terminal cannot be had, the call goes on without it." */
static void select_terminals(struct desk *desk, ITAddress *address)
{
    ITTerminalSupport *terminals = NULL;
    ITStreamControl *control = NULL;
    IEnumTerminal *fixed = NULL;
    IEnumStream *streams = NULL;
    ITTerminal *terminal = NULL;
    ITStream *stream = NULL;
    WCHAR class_name[64];
    BSTR text;

    CHECK_EQ(ITAddress_QueryInterface(address, &IID_ITTerminalSupport, (void **)&terminals), S_OK);
    CHECK_EQ(ITBasicCallControl_QueryInterface(desk->call, &IID_ITStreamControl, (void **)&control),
             S_OK);
    if (!terminals || !control)
        return;
    CHECK_EQ(ITTerminalSupport_EnumerateStaticTerminals(terminals, &fixed), S_OK);
    while (fixed && IEnumTerminal_Next(fixed, 1, &terminal, NULL) == S_OK)
        drop(terminal);
    drop(fixed);
    StringFromGUID2(&clsid_video_window, class_name, ARRAYSIZE(class_name));
    text = SysAllocString(class_name);
    CHECK(FAILED(ITTerminalSupport_CreateTerminal(terminals, text, TAPIMEDIATYPE_VIDEO, TD_RENDER,
                                                  &terminal)));
    CHECK(terminal == NULL);
    SysFreeString(text);
    CHECK_EQ(ITStreamControl_EnumerateStreams(control, &streams), S_OK);
    while (IEnumStream_Next(streams, 1, &stream, NULL) == S_OK) {
        TERMINAL_DIRECTION direction = (TERMINAL_DIRECTION)-1;
        LONG media = 0;
        HRESULT hr;

        desk->streams++;
        CHECK_EQ(ITStream_get_MediaType(stream, &media), S_OK);
        CHECK_EQ(media, TAPIMEDIATYPE_AUDIO);
        CHECK_EQ(ITStream_get_Direction(stream, &direction), S_OK);
        CHECK(direction == TD_CAPTURE || direction == TD_RENDER);
        POISON(terminal);
        hr = ITTerminalSupport_GetDefaultStaticTerminal(terminals, media, direction, &terminal);
        if (SUCCEEDED(hr)) {
            if (SUCCEEDED(ITStream_SelectTerminal(stream, terminal)))
                desk->selected++;
            drop(terminal);
        } else {
            CHECK(terminal == NULL);
        }
        drop(stream);
    }
    drop(streams);
    drop(control);
    drop(terminals);
}

/* ---- the window --------------------------------------------------------------------------------
 */

static void on_notification(struct desk *desk, IDispatch *event)
{
    ITCallNotificationEvent *notification = NULL;
    CALL_STATE state = CS_IDLE;
    CALL_PRIVILEGE privilege = CP_MONITOR;
    ITCallInfo *info = NULL;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITCallNotificationEvent, (void **)&notification),
             S_OK);
    CHECK_EQ(ITCallNotificationEvent_get_Call(notification, &info), S_OK);
    drop(notification);
    CHECK_EQ(ITCallInfo_get_Privilege(info, &privilege), S_OK);
    CHECK_EQ(privilege, CP_OWNER);
    CHECK_EQ(ITCallInfo_get_CallState(info, &state), S_OK);
    desk->offered++;
    if (state == CS_OFFERING && !desk->call) {
        ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&desk->call);
        PostMessageW(desk->window, WM_COMMAND, BUTTON_ANSWER, 0);
    }
    drop(info);
}

static void on_state(struct desk *desk, IDispatch *event)
{
    ITCallStateEvent *told = NULL;
    CALL_STATE state = CS_IDLE;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&told), S_OK);
    ITCallStateEvent_get_State(told, &state);
    ITCallStateEvent_get_Cause(told, &desk->cause);
    drop(told);
    desk->states[state]++;
    if (state == CS_CONNECTED && desk->quits_connected)
        PostQuitMessage(0);
    else if (state == CS_CONNECTED && desk->hangs_up)
        PostMessageW(desk->window, WM_COMMAND, BUTTON_DISCONNECT, 0);
    else if (state == CS_DISCONNECTED)
        PostMessageW(desk->window, WM_COMMAND, BUTTON_DISCONNECT, 1);
}

static void on_media(struct desk *desk, IDispatch *event)
{
    CALL_MEDIA_EVENT_CAUSE cause;
    ITCallMediaEvent *told = NULL;
    CALL_MEDIA_EVENT kind;
    ITStream *stream = NULL;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITCallMediaEvent, (void **)&told), S_OK);
    CHECK_EQ(ITCallMediaEvent_get_Event(told, &kind), S_OK);
    CHECK_EQ(ITCallMediaEvent_get_Cause(told, &cause), S_OK);
    CHECK(SUCCEEDED(ITCallMediaEvent_get_Stream(told, &stream)));
    drop(stream);
    drop(told);
    desk->media_events++;
}

static void on_button(struct desk *desk, WPARAM button, LPARAM over)
{
    ITAddress *address = NULL;
    ITCallInfo *info = NULL;
    BSTR number;

    switch (button) {
    case BUTTON_CALL:
        number = SysAllocString(desk->number);
        CHECK_EQ(ITAddress_CreateCall(desk->address, number, LINEADDRESSTYPE_PHONENUMBER,
                                      TAPIMEDIATYPE_AUDIO, &desk->call),
                 S_OK);
        SysFreeString(number);
        select_terminals(desk, desk->address);
        desk->connected = ITBasicCallControl_Connect(desk->call, desk->synchronous ? VARIANT_TRUE
                                                                                   : VARIANT_FALSE);
        break;
    case BUTTON_ANSWER:
        ITBasicCallControl_QueryInterface(desk->call, &IID_ITCallInfo, (void **)&info);
        CHECK_EQ(ITCallInfo_get_Address(info, &address), S_OK);
        select_terminals(desk, address);
        drop(address);
        drop(info);
        CHECK_EQ(ITBasicCallControl_Answer(desk->call), S_OK);
        break;
    case BUTTON_DISCONNECT: /* the user's, or the program's own when the call is over */
        if (!desk->call)
            break;
        CHECK(SUCCEEDED(ITBasicCallControl_Disconnect(desk->call, DC_NORMAL)));
        if (!over)
            break;
        if (!desk->leaves_a_mess) {
            drop(desk->call);
            desk->call = NULL;
        }
        PostQuitMessage(0);
    }
}

static LRESULT CALLBACK window_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct desk *desk = (struct desk *)GetWindowLongPtrW(window, GWLP_USERDATA);

    if (message == WM_TAPI) {
        IDispatch *event = (IDispatch *)lparam;

        if (wparam == TE_CALLNOTIFICATION)
            on_notification(desk, event);
        else if (wparam == TE_CALLSTATE)
            on_state(desk, event);
        else if (wparam == TE_CALLMEDIA)
            on_media(desk, event);
        IDispatch_Release(event);
        return 0;
    }
    if (message == WM_COMMAND) {
        on_button(desk, wparam, lparam);
        return 0;
    }
    return DefWindowProcW(window, message, wparam, lparam);
}

static DWORD WINAPI desk_thread(void *context)
{
    struct desk *desk = context;
    MSG message;

    CHECK_EQ(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED), S_OK);
    desk->window =
        CreateWindowExW(0, L"desk", L"desk", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    SetWindowLongPtrW(desk->window, GWLP_USERDATA, (LONG_PTR)desk);
    sink_start(&desk->sink, desk->window);
    desk->tapi = program_create_tapi();
    CHECK_EQ(ITTAPI_Initialize(desk->tapi), S_OK);
    desk->cookie =
        program_listen(desk->tapi, &desk->sink, TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA);
    desk->address = find_address(desk);
    if (desk->number)
        PostMessageW(desk->window, WM_COMMAND, BUTTON_CALL, 0);
    SetEvent(desk->ready);
    while (GetMessageW(&message, NULL, 0, 0) > 0)
        DispatchMessageW(&message);

    if (desk->leaves_a_mess) {
        ITTAPI_Release(desk->tapi); /* before everything that it gave */
        drop(desk->call);
        drop(desk->address);
    } else {
        program_unlisten(desk->tapi, desk->cookie);
        drop(desk->address);
        drop(desk->call);
        CHECK_EQ(ITTAPI_Shutdown(desk->tapi), S_OK);
        CHECK_EQ(ITTAPI_Release(desk->tapi), 0);
    }
    /* What was posted and not looked at any more. */
    while (PeekMessageW(&message, desk->window, WM_TAPI, WM_TAPI, PM_REMOVE))
        IDispatch_Release((IDispatch *)message.lParam);
    sink_end(&desk->sink);
    DestroyWindow(desk->window);
    CoUninitialize();
    return 0;
}

/* ---- the scenes --------------------------------------------------------------------------------
 */

static void open_desk(struct desk *desk)
{
    desk->connected = E_FAIL;
    desk->ready = CreateEventW(NULL, TRUE, FALSE, NULL);
    desk->thread = CreateThread(NULL, 0, desk_thread, desk, 0, NULL);
    CHECK(wait_handle(desk->ready, WAIT_LONG));
}

static void close_desk(struct desk *desk)
{
    if (!CHECK(wait_handle(desk->thread, WAIT_LONG)))
        test_note("offered %ld, inprogress %ld, connected %ld, disconnected %ld", desk->offered,
                  desk->states[CS_INPROGRESS], desk->states[CS_CONNECTED],
                  desk->states[CS_DISCONNECTED]);
    CloseHandle(desk->thread);
    CloseHandle(desk->ready);
}

static void begin(void)
{
    WNDCLASSW window_class = {.lpfnWndProc = window_procedure, .lpszClassName = L"desk"};

    program_begin(COINIT_MULTITHREADED);
    RegisterClassW(&window_class);
}

static void call_between_desks(struct desk *from, struct desk *to)
{
    begin();
    open_desk(to);
    open_desk(from);
    close_desk(from);
    close_desk(to);
    CHECK_EQ(from->connected, S_OK);
    CHECK_EQ(to->offered, 1);
    CHECK_EQ(from->states[CS_INPROGRESS], 1);
    CHECK_EQ(from->states[CS_CONNECTED], 1);
    CHECK_EQ(to->states[CS_OFFERING], 1);
    CHECK_EQ(to->states[CS_CONNECTED], 1);
    CHECK_EQ(from->streams, 2);
    CHECK_EQ(to->streams, 2);
    program_end();
}

TEST(one_calls_the_other_and_hangs_up)
{
    struct desk from = {.number = L"102", .hangs_up = TRUE}, to = {0};

    call_between_desks(&from, &to);
    CHECK_EQ(from.states[CS_DISCONNECTED], 1);
    CHECK_EQ(to.states[CS_DISCONNECTED], 1);
}

TEST(the_called_one_hangs_up_on_a_synchronous_caller)
{
    struct desk from = {.number = L"102", .synchronous = TRUE}, to = {.hangs_up = TRUE};

    call_between_desks(&from, &to);
    CHECK_EQ(from.states[CS_DISCONNECTED], 1);
    CHECK_EQ(to.states[CS_DISCONNECTED], 1);
}

TEST(programs_that_release_in_the_wrong_order)
{
    struct desk from = {.number = L"102", .hangs_up = TRUE, .leaves_a_mess = TRUE},
                to = {.leaves_a_mess = TRUE};

    call_between_desks(&from, &to);
}

TEST(a_program_that_quits_in_the_middle)
{
    struct desk from = {.number = L"102", .leaves_a_mess = TRUE, .quits_connected = TRUE}, to = {0};

    call_between_desks(&from, &to);
    CHECK_EQ(to.states[CS_DISCONNECTED], 1);
}

TEST(busy)
{
    static const BOOL kinds[] = {FALSE, TRUE};

    begin();
    for (unsigned i = 0; i < ARRAYSIZE(kinds); i++) {
        struct desk from = {.number = L"5550101", .synchronous = kinds[i]};

        open_desk(&from);
        close_desk(&from);
        CHECK_EQ(from.connected, kinds[i] ? TAPI_E_DESTBUSY : S_OK);
        CHECK_EQ(from.states[CS_CONNECTED], 0);
        CHECK_EQ(from.states[CS_DISCONNECTED], 1);
        CHECK_EQ(from.cause, CEC_DISCONNECT_BUSY);
    }
    program_end();
}
