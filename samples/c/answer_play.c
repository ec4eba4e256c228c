/* answer_play.c - answers the next call on a line, plays a WAV file to the caller and hangs up.
 *     answer_play LINE WAVFILE
 * LINE is the name or the number of a line. Exit status: 0 the caller has heard all of it, 1 not,
 * 2 there is no such line.
 * Media belongs to TAPI 3, so this sample speaks COM; it is built from the system's <tapi3.h>. */
#ifndef COBJMACROS
#define COBJMACROS
#endif
#include <windows.h>
#include <tapi3.h>
#include <stdio.h>

/* MinGW's import libraries have no TAPI 3 identifiers: they are defined here. */
#include <initguid.h>
/* clang-format off */
DEFINE_GUID(id_TAPI, 0x21D6D48E, 0xA88B, 0x11D0, 0x83, 0xDD, 0x00, 0xAA, 0x00, 0x3C, 0xCA, 0xBD);
DEFINE_GUID(id_ITTAPI, 0xB1EFC382, 0x9355, 0x11D0, 0x83, 0x5C, 0x00, 0xAA, 0x00, 0x3C, 0xCA, 0xBD);
DEFINE_GUID(id_ITTerminalSupport, 0xB1EFC385, 0x9355, 0x11D0, 0x83, 0x5C, 0x00, 0xAA, 0x00, 0x3C, 0xCA, 0xBD);
DEFINE_GUID(id_ITBasicCallControl2, 0x161A4A56, 0x1E99, 0x4B3F, 0xA4, 0x6A, 0x16, 0x8F, 0x38, 0xA5, 0xEE, 0x4C);
DEFINE_GUID(id_ITMediaPlayback, 0x627E8AE6, 0xAE4C, 0x4A69, 0xBB, 0x63, 0x2A, 0xD6, 0x25, 0x40, 0x4B, 0x77);
DEFINE_GUID(id_ITMediaControl, 0xC445DDE8, 0x5199, 0x4BC7, 0x98, 0x07, 0x5F, 0xFB, 0x92, 0xE4, 0x2E, 0x09);
DEFINE_GUID(id_ITTAPIEventNotification, 0xEDDB9426, 0x3B91, 0x11D1, 0x8F, 0x30, 0x00, 0xC0, 0x4F, 0xB6, 0x80, 0x9F);
DEFINE_GUID(id_ITCallNotificationEvent, 0x895801DF, 0x3DD6, 0x11D1, 0x8F, 0x30, 0x00, 0xC0, 0x4F, 0xB6, 0x80, 0x9F);
DEFINE_GUID(id_ITCallStateEvent, 0x62F47097, 0x95C9, 0x11D0, 0x83, 0x5D, 0x00, 0xAA, 0x00, 0x3C, 0xCA, 0xBD);
DEFINE_GUID(id_ITFileTerminalEvent, 0xE4A7FBAC, 0x8C17, 0x4427, 0x9F, 0x55, 0x9F, 0x58, 0x9A, 0xC8, 0xAF, 0x00);
/* clang-format on */

static ITAddress *line;
static ITBasicCallControl2 *call;
static ITMediaControl *player;
static const char *wav_file;
static BOOL played, over;

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "%s: error 0x%08lx\n", what, (unsigned long)hr);
    ExitProcess(1);
}

static BSTR bstr(const char *text)
{
    WCHAR wide[MAX_PATH];

    MultiByteToWideChar(CP_ACP, 0, text, -1, wide, MAX_PATH);
    return SysAllocString(wide);
}

/* ---- what happens --------------------------------------------------------------------------- */

/* What the player says goes to the caller: it is selected on the capturing stream. */
static void put_player(void)
{
    BSTR file = bstr(wav_file);
    BSTR class = SysAllocString(L"{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"); /* file playback */
    SAFEARRAY *list = SafeArrayCreateVector(VT_BSTR, 0, 1);
    ITTerminalSupport *terminals;
    ITMediaPlayback *playback;
    ITTerminal *terminal;
    VARIANT files;
    LONG first = 0;

    SafeArrayPutElement(list, &first, file);
    V_VT(&files) = VT_ARRAY | VT_BSTR;
    V_ARRAY(&files) = list;
    check(ITAddress_QueryInterface(line, &id_ITTerminalSupport, (void **)&terminals),
          "the line has no terminals");
    check(ITTerminalSupport_CreateTerminal(terminals, class, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                           &terminal),
          "a file playback terminal cannot be made");
    check(ITTerminal_QueryInterface(terminal, &id_ITMediaPlayback, (void **)&playback), "playback");
    check(ITTerminal_QueryInterface(terminal, &id_ITMediaControl, (void **)&player), "control");
    check(ITMediaPlayback_put_PlayList(playback, files), wav_file);
    check(ITBasicCallControl2_SelectTerminalOnCall(call, terminal), "selecting the terminal");
    ITMediaPlayback_Release(playback);
    ITTerminal_Release(terminal);
    ITTerminalSupport_Release(terminals);
    VariantClear(&files);
    SysFreeString(file);
    SysFreeString(class);
}

static void on_call(IDispatch *event)
{
    ITCallNotificationEvent *notification;
    ITCallInfo *info;
    BSTR number = NULL;

    if (call)
        return; /* one is enough */
    check(IDispatch_QueryInterface(event, &id_ITCallNotificationEvent, (void **)&notification), "");
    check(ITCallNotificationEvent_get_Call(notification, &info), "the new call");
    check(ITCallInfo_QueryInterface(info, &id_ITBasicCallControl2, (void **)&call), "call control");
    if (SUCCEEDED(ITCallInfo_get_CallInfoString(info, CIS_CALLERIDNUMBER, &number)))
        printf("a call from %ls\n", number);
    else
        printf("a call from an unknown number\n"); /* not every network tells it */
    SysFreeString(number);
    ITCallInfo_Release(info);
    ITCallNotificationEvent_Release(notification);
}

static void on_call_state(IDispatch *event)
{
    ITCallStateEvent *changed;
    CALL_STATE state;

    check(IDispatch_QueryInterface(event, &id_ITCallStateEvent, (void **)&changed), "");
    check(ITCallStateEvent_get_State(changed, &state), "the call's state");
    ITCallStateEvent_Release(changed);
    if (state == CS_OFFERING) {
        put_player();
        check(ITBasicCallControl2_Answer(call), "answering");
    } else if (state == CS_CONNECTED) {
        printf("playing\n");
        check(ITMediaControl_Start(player), "playing");
    } else if (state == CS_DISCONNECTED) {
        printf("the call is over\n");
        over = TRUE;
    }
}

static void on_file_terminal(IDispatch *event)
{
    ITFileTerminalEvent *changed;
    FT_STATE_EVENT_CAUSE cause;

    check(IDispatch_QueryInterface(event, &id_ITFileTerminalEvent, (void **)&changed), "");
    check(ITFileTerminalEvent_get_Cause(changed, &cause), "the player's state");
    ITFileTerminalEvent_Release(changed);
    if (cause != FTEC_END_OF_FILE || over)
        return;
    printf("played\n");
    played = TRUE;
    check(ITBasicCallControl2_Disconnect(call, DC_NORMAL), "hanging up");
}

/* ---- the sink: one static object, called on this thread since it lives in an STA ------------ */

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    BOOL known = IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &id_ITTAPIEventNotification);

    *out = known ? iface : NULL;
    return known ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI sink_AddRef(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI sink_Release(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT kind, IDispatch *event)
{
    (void)iface;
    if (kind == TE_CALLNOTIFICATION)
        on_call(event);
    else if (kind == TE_CALLSTATE)
        on_call_state(event);
    else if (kind == TE_FILETERMINAL)
        on_file_terminal(event);
    fflush(stdout);
    return S_OK;
}

static ITTAPIEventNotificationVtbl sink_vtbl = {sink_QueryInterface, sink_AddRef, sink_Release,
                                                sink_Event};
static ITTAPIEventNotification sink = {&sink_vtbl};

/* ---- the program ----------------------------------------------------------------------------- */

static IConnectionPoint *advise(ITTAPI *tapi, DWORD *cookie)
{
    IConnectionPointContainer *container;
    IConnectionPoint *point;

    check(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
          "events");
    check(IConnectionPointContainer_FindConnectionPoint(container, &id_ITTAPIEventNotification,
                                                        &point),
          "events");
    check(IConnectionPoint_Advise(point, (IUnknown *)&sink, cookie), "events");
    IConnectionPointContainer_Release(container);
    return point;
}

static BOOL is_called(ITAddress *address, const WCHAR *name)
{
    BSTR has = NULL, number = NULL;
    BOOL same;

    check(ITAddress_get_AddressName(address, &has), "a line's name");
    check(ITAddress_get_DialableAddress(address, &number), "a line's number");
    same = (has && !lstrcmpW(has, name)) || (number && !lstrcmpW(number, name));
    SysFreeString(has);
    SysFreeString(number);
    return same;
}

static ITAddress *find_line(ITTAPI *tapi, const char *name)
{
    BSTR wanted = bstr(name);
    ITAddress *found = NULL, *address;
    IEnumAddress *all;

    check(ITTAPI_EnumerateAddresses(tapi, &all), "the lines");
    while (!found && IEnumAddress_Next(all, 1, &address, NULL) == S_OK) {
        if (is_called(address, wanted))
            found = address;
        else
            ITAddress_Release(address);
    }
    IEnumAddress_Release(all);
    SysFreeString(wanted);
    return found;
}

int main(int argc, char **argv)
{
    IConnectionPoint *events;
    LONG registration;
    ITTAPI *tapi;
    MSG message;
    DWORD cookie;

    if (argc != 3) {
        fprintf(stderr, "usage: answer_play LINE WAVFILE\n");
        return 2;
    }
    wav_file = argv[2];
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    check(CoCreateInstance(&id_TAPI, NULL, CLSCTX_INPROC_SERVER, &id_ITTAPI, (void **)&tapi),
          "TAPI 3 is not registered");
    check(ITTAPI_Initialize(tapi), "ITTAPI::Initialize");
    check(ITTAPI_put_EventFilter(tapi, TE_CALLNOTIFICATION | TE_CALLSTATE | TE_FILETERMINAL),
          "the event filter");
    events = advise(tapi, &cookie);
    line = find_line(tapi, argv[1]);
    if (!line) {
        fprintf(stderr, "there is no line %s\n", argv[1]);
        goto done;
    }
    check(ITTAPI_RegisterCallNotifications(tapi, line, VARIANT_FALSE, VARIANT_TRUE,
                                           TAPIMEDIATYPE_AUDIO, 0, &registration),
          "RegisterCallNotifications");
    printf("waiting for a call\n");
    fflush(stdout);
    while (!over && GetMessageA(&message, NULL, 0, 0) > 0)
        DispatchMessageA(&message);
    if (player)
        ITMediaControl_Release(player);
    if (call)
        ITBasicCallControl2_Release(call);
    ITTAPI_UnregisterNotifications(tapi, registration);
    ITAddress_Release(line);
done:
    IConnectionPoint_Unadvise(events, cookie);
    IConnectionPoint_Release(events);
    ITTAPI_Shutdown(tapi);
    ITTAPI_Release(tapi);
    CoUninitialize();
    return !line ? 2 : played ? 0 : 1;
}
