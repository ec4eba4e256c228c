/*
 * ivr_test.c - a machine on three lines that does all its work inside
 * ITTAPIEventNotification::Event, which the documents advise against and do not forbid: answers,
 * plays a greeting while it gathers digits, says digits itself, and hangs up. Three calls at the
 * same time, one sink.
 */
#include "program.h"

#include <initguid.h>
DEFINE_GUID(file_playback, 0x0cb9914c, 0x79cd, 0x47dc, 0xad, 0xb0, 0x32, 0x7f, 0x47, 0xce, 0xfb,
            0x20);
DEFINE_GUID(file_recording, 0x521f3d06, 0xc3d0, 0x4511, 0x86, 0x17, 0x86, 0xb9, 0xa7, 0x83, 0xda,
            0x77);

#define LINES 3

static struct caller {
    ITBasicCallControl *call; /* NULL: none yet; released when it is over */
    ITTerminal *greeting, *recording;
    BSTR digits;
    BOOL connected, gathered, played, over;
} callers[LINES];

static ITTAPI *tapi;
static WCHAR greeting_file[MAX_PATH], recording_file[LINES][MAX_PATH];
static volatile LONG over_count, told_digits, generated;
static HANDLE changed;

static struct caller *caller_of(void *call)
{
    for (int i = 0; i < LINES; i++)
        if (callers[i].call && !callers[i].over && same_object(callers[i].call, call))
            return &callers[i];
    return NULL;
}

static ITTerminal *request(ITBasicCallControl *call, const GUID *kind, TERMINAL_DIRECTION direction)
{
    ITBasicCallControl2 *control = NULL;
    ITTerminal *terminal = NULL;
    WCHAR class_name[64];
    BSTR text;

    StringFromGUID2(kind, class_name, ARRAYSIZE(class_name));
    text = SysAllocString(class_name);
    CHECK_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITBasicCallControl2, (void **)&control),
             S_OK);
    CHECK_EQ(ITBasicCallControl2_RequestTerminal(control, text, TAPIMEDIATYPE_AUDIO, direction,
                                                 &terminal),
             S_OK);
    SysFreeString(text);
    if (terminal)
        CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(control, terminal), S_OK);
    drop(control);
    return terminal;
}

static void start(ITTerminal *terminal, const WCHAR *to_play, const WCHAR *to_record)
{
    ITMediaPlayback *playback = NULL;
    ITMediaControl *control = NULL;
    ITMediaRecord *record = NULL;
    VARIANT list;
    BSTR name;

    if (to_play) {
        CHECK_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaPlayback, (void **)&playback),
                 S_OK);
        V_VT(&list) = VT_BSTR;
        V_BSTR(&list) = SysAllocString(to_play);
        CHECK_EQ(ITMediaPlayback_put_PlayList(playback, list), S_OK);
        VariantClear(&list);
        drop(playback);
    } else {
        CHECK_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaRecord, (void **)&record), S_OK);
        name = SysAllocString(to_record);
        CHECK_EQ(ITMediaRecord_put_FileName(record, name), S_OK);
        SysFreeString(name);
        drop(record);
    }
    CHECK_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaControl, (void **)&control), S_OK);
    CHECK_EQ(ITMediaControl_Start(control), S_OK);
    drop(control);
}

static void stop(ITTerminal *terminal)
{
    ITMediaControl *control = NULL;

    CHECK_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaControl, (void **)&control), S_OK);
    CHECK_EQ(ITMediaControl_Stop(control), S_OK);
    drop(control);
}

static void listen_to_keys(struct caller *caller)
{
    ITLegacyCallMediaControl2 *keys = NULL;
    BSTR hash = SysAllocString(L"#"), mine = SysAllocString(L"7");

    CHECK_EQ(ITBasicCallControl_QueryInterface(caller->call, &IID_ITLegacyCallMediaControl2,
                                               (void **)&keys),
             S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectDigits(keys, LINEDIGITMODE_DTMF), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(keys, LINEDIGITMODE_DTMF, 8, hash, 5000, 5000),
             S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits(keys, mine, LINEDIGITMODE_DTMF), S_OK);
    SysFreeString(hash);
    SysFreeString(mine);
    drop(keys);
}

static void on_offered(IDispatch *event)
{
    ITCallNotificationEvent *told = NULL;
    ITCallInfo *info = NULL;
    int i;

    IDispatch_QueryInterface(event, &IID_ITCallNotificationEvent, (void **)&told);
    CHECK_EQ(ITCallNotificationEvent_get_Call(told, &info), S_OK);
    drop(told);
    for (i = 0; i < LINES && callers[i].call; i++)
        ;
    if (CHECK(i < LINES)) {
        CHECK_EQ(
            ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&callers[i].call),
            S_OK);
        CHECK_EQ(ITBasicCallControl_Answer(callers[i].call), S_OK);
        listen_to_keys(&callers[i]);
    }
    drop(info);
}

static void on_connected(struct caller *caller)
{
    caller->connected = TRUE;
    caller->greeting = request(caller->call, &file_playback, TD_CAPTURE);
    caller->recording = request(caller->call, &file_recording, TD_RENDER);
    if (caller->recording)
        start(caller->recording, NULL, recording_file[caller - callers]);
    if (caller->greeting)
        start(caller->greeting, greeting_file, NULL);
}

/* Hangs up when both have come: the digits, and the end of the greeting. */
static void hang_up_if_done(struct caller *caller)
{
    if (!caller->gathered || !caller->played)
        return;
    stop(caller->recording);
    CHECK_EQ(ITBasicCallControl_Disconnect(caller->call, DC_NORMAL), S_OK);
}

static void on_state(IDispatch *event)
{
    ITCallStateEvent *told = NULL;
    CALL_STATE state = CS_IDLE;
    struct caller *caller;
    ITCallInfo *info = NULL;

    IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&told);
    ITCallStateEvent_get_State(told, &state);
    CHECK_EQ(ITCallStateEvent_get_Call(told, &info), S_OK);
    drop(told);
    caller = caller_of(info);
    drop(info);
    if (!CHECK(caller != NULL))
        return;
    if (state == CS_CONNECTED) {
        on_connected(caller);
    } else if (state == CS_DISCONNECTED && !caller->over) {
        caller->over = TRUE;
        drop(caller->greeting);
        drop(caller->recording);
        drop(caller->call);
        caller->greeting = caller->recording = NULL;
        InterlockedIncrement(&over_count);
        SetEvent(changed);
    }
}

static void on_gathered(IDispatch *event)
{
    TAPI_GATHERTERM why = (TAPI_GATHERTERM)0;
    ITDigitsGatheredEvent *told = NULL;
    struct caller *caller;
    ITCallInfo *info = NULL;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITDigitsGatheredEvent, (void **)&told), S_OK);
    CHECK_EQ(ITDigitsGatheredEvent_get_Call(told, &info), S_OK);
    CHECK_EQ(ITDigitsGatheredEvent_get_GatherTermination(told, &why), S_OK);
    caller = caller_of(info);
    drop(info);
    if (CHECK(caller != NULL) && why != TGT_CANCEL) {
        CHECK_EQ(why, TGT_TERMDIGIT);
        CHECK_EQ(ITDigitsGatheredEvent_get_Digits(told, &caller->digits), S_OK);
        caller->gathered = TRUE;
        hang_up_if_done(caller);
    }
    drop(told);
}

static void on_file(IDispatch *event)
{
    FT_STATE_EVENT_CAUSE cause = FTEC_NORMAL;
    TERMINAL_MEDIA_STATE state = TMS_ACTIVE;
    ITFileTerminalEvent *told = NULL;
    struct caller *caller;
    ITCallInfo *info = NULL;

    CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITFileTerminalEvent, (void **)&told), S_OK);
    CHECK_EQ(ITFileTerminalEvent_get_Call(told, &info), S_OK);
    CHECK_EQ(ITFileTerminalEvent_get_State(told, &state), S_OK);
    CHECK_EQ(ITFileTerminalEvent_get_Cause(told, &cause), S_OK);
    caller = info ? caller_of(info) : NULL;
    drop(info);
    drop(told);
    if (state == TMS_IDLE && cause == FTEC_END_OF_FILE && CHECK(caller != NULL)) {
        caller->played = TRUE;
        hang_up_if_done(caller);
    }
}

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_ITTAPIEventNotification) ? iface
                                                                                           : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI sink_count(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 2;
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    (void)iface;
    switch (type) {
    case TE_CALLNOTIFICATION:
        on_offered(event);
        break;
    case TE_CALLSTATE:
        on_state(event);
        break;
    case TE_GATHERDIGITS:
        on_gathered(event);
        break;
    case TE_FILETERMINAL:
        on_file(event);
        break;
    case TE_DIGITEVENT:
        InterlockedIncrement(&told_digits);
        break;
    case TE_GENERATEEVENT:
        InterlockedIncrement(&generated);
        break;
    default:
        FAIL("an event of type 0x%x, which was not asked for", (unsigned)type);
    }
    return S_OK;
}

static const ITTAPIEventNotificationVtbl sink_vtable = {sink_QueryInterface, sink_count, sink_count,
                                                        sink_Event};
static struct sink sink; /* only its interface is used */

static void write_greeting(void)
{
    static const DWORD header[] = {0x46464952, 36 + 800, 0x45564157, 0x20746d66, 16, 0x00010001,
                                   8000,       16000,    0x00100002, 0x61746164, 800};
    BYTE sound[800] = {0};
    WCHAR folder[MAX_PATH];
    HANDLE file;
    DWORD done;

    GetTempPathW(ARRAYSIZE(folder), folder);
    GetTempFileNameW(folder, L"ivr", 0, greeting_file);
    for (int i = 0; i < LINES; i++)
        GetTempFileNameW(folder, L"ivr", 0, recording_file[i]);
    file = CreateFileW(greeting_file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    WriteFile(file, header, sizeof(header), &done, NULL);
    WriteFile(file, sound, sizeof(sound), &done, NULL);
    CloseHandle(file);
}

static bool all_over(void *unused)
{
    (void)unused;
    return over_count == LINES;
}

static void play_scene(DWORD apartment)
{
    bool seen[LINES] = {false};
    ULONG cookie;

    program_begin(apartment);
    memset(callers, 0, sizeof(callers));
    over_count = told_digits = generated = 0;
    changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    write_greeting();
    tapi = program_create_tapi();
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    sink.ITTAPIEventNotification_iface.lpVtbl = (ITTAPIEventNotificationVtbl *)&sink_vtable;
    cookie = program_listen(tapi, &sink,
                            TE_CALLNOTIFICATION | TE_CALLSTATE | TE_GATHERDIGITS | TE_DIGITEVENT |
                                TE_GENERATEEVENT | TE_FILETERMINAL);
    for (int i = 0; i < LINES; i++) {
        ITAddress *address = program_address(tapi, i);
        LONG registration;

        CHECK_EQ(ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_FALSE, VARIANT_TRUE,
                                                  TAPIMEDIATYPE_AUDIO, i, &registration),
                 S_OK);
        drop(address);
    }
    CHECK(wait_until(all_over, NULL, changed, WAIT_LONG));
    program_unlisten(tapi, cookie);
    for (int i = 0; i < LINES; i++) {
        BSTR digits = callers[i].digits;

        CHECK(callers[i].connected && callers[i].gathered && callers[i].played);
        /* Each caller's own, and the key that ends them. */
        if (CHECK(SysStringLen(digits) == 3 && digits[0] == '1' && digits[2] == '#')) {
            CHECK(digits[1] >= '1' && digits[1] <= '3' && !seen[digits[1] - '1']);
            seen[digits[1] - '1'] = true;
        }
        SysFreeString(digits);
        DeleteFileW(recording_file[i]);
    }
    DeleteFileW(greeting_file);
    CHECK_EQ(told_digits, 3 * LINES);
    CHECK_EQ(generated, LINES);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI_Release(tapi), 0);
    CloseHandle(changed);
    program_end();
}

TEST(three_calls_worked_inside_the_sink_mta)
{
    play_scene(COINIT_MULTITHREADED);
}

TEST(three_calls_worked_inside_the_sink_sta)
{
    play_scene(COINIT_APARTMENTTHREADED);
}
