/* answer_play.c - answers the next call on a line, plays a WAV file to the caller and hangs up.
 *     answer_play LINE WAVFILE
 * LINE is the name or the number of a line. Exit status: 0 the caller has heard all of it, 1 not,
 * 2 there is no such line.
 * Media belongs to TAPI 3, so this sample speaks COM. */
#include "client.h"

static ITAddress *line;
static ITBasicCallControl2 *call;
static ITMediaControl *player;
static const char *wav_file;
static BOOL played, over;

/* ---- what happens --------------------------------------------------------------------------- */

/* What the player says goes to the caller: it is selected on the capturing stream. */
static void put_player(void)
{
    BSTR file = client_bstr(wav_file);
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
    terminals = client_query(line, &id_ITTerminalSupport);
    client_check(ITTerminalSupport_CreateTerminal(terminals, class, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                  &terminal),
                 "a file playback terminal cannot be made");
    playback = client_query(terminal, &id_ITMediaPlayback);
    player = client_query(terminal, &id_ITMediaControl);
    client_check(ITMediaPlayback_put_PlayList(playback, files), wav_file);
    client_check(ITBasicCallControl2_SelectTerminalOnCall(call, terminal),
                 "selecting the terminal");
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
    BSTR number;

    if (call)
        return; /* one is enough */
    notification = client_query(event, &id_ITCallNotificationEvent);
    client_check(ITCallNotificationEvent_get_Call(notification, &info), "the new call");
    call = client_query(info, &id_ITBasicCallControl2);
    number = client_caller(info);
    printf("a call from %ls\n", number);
    SysFreeString(number);
    ITCallInfo_Release(info);
    ITCallNotificationEvent_Release(notification);
}

static void on_call_state(IDispatch *event)
{
    ITCallStateEvent *changed;
    CALL_STATE state;

    changed = client_query(event, &id_ITCallStateEvent);
    client_check(ITCallStateEvent_get_State(changed, &state), "the call's state");
    ITCallStateEvent_Release(changed);
    if (state == CS_OFFERING) {
        put_player();
        client_check(ITBasicCallControl2_Answer(call), "answering");
    } else if (state == CS_CONNECTED) {
        printf("playing\n");
        client_check(ITMediaControl_Start(player), "playing");
    } else if (state == CS_DISCONNECTED) {
        printf("the call is over\n");
        over = TRUE;
    }
}

static void on_file_terminal(IDispatch *event)
{
    ITFileTerminalEvent *changed;
    FT_STATE_EVENT_CAUSE cause;

    changed = client_query(event, &id_ITFileTerminalEvent);
    client_check(ITFileTerminalEvent_get_Cause(changed, &cause), "the player's state");
    ITFileTerminalEvent_Release(changed);
    if (cause != FTEC_END_OF_FILE || over)
        return;
    printf("played\n");
    played = TRUE;
    client_check(ITBasicCallControl2_Disconnect(call, DC_NORMAL), "hanging up");
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    if (kind == TE_CALLNOTIFICATION)
        on_call(event);
    else if (kind == TE_CALLSTATE)
        on_call_state(event);
    else if (kind == TE_FILETERMINAL)
        on_file_terminal(event);
}

/* ---- the program ----------------------------------------------------------------------------- */

int main(int argc, char **argv)
{
    LONG registration;

    if (argc != 3) {
        fprintf(stderr, "usage: answer_play LINE WAVFILE\n");
        return 2;
    }
    wav_file = argv[2];
    client_start(TE_CALLNOTIFICATION | TE_CALLSTATE | TE_FILETERMINAL, on_event);
    line = client_line(argv[1]);
    registration = client_register(line, TRUE);
    printf("waiting for a call\n");
    fflush(stdout);
    while (!over)
        client_pump_one();
    if (player)
        ITMediaControl_Release(player);
    if (call)
        ITBasicCallControl2_Release(call);
    ITTAPI_UnregisterNotifications(tapi, registration);
    ITAddress_Release(line);
    client_finish();
    return played ? 0 : 1;
}
