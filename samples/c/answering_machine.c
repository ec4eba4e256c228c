/* answering_machine.c - answers calls, plays a greeting, and records what the callers say.
 *     answering_machine LINE GREETING FOLDER [RINGS [SECONDS [CODE [CALLS]]]]
 * LINE is the name or the number of a line, GREETING a WAV file, FOLDER where the messages go
 * (message1.wav, message2.wav and so on). It answers after so many RINGS (2) and records so many
 * SECONDS at most (60). Whoever dials the CODE during the greeting or a message hears all messages
 * instead. Ends when so many CALLS are over, or when it is stopped. Exit status: 0 it has ended,
 * 1 TAPI refused, 2 wrong arguments or no such line. */
#include "client.h"

#include <stdlib.h>
#include <string.h>

#define BEEP_MS 200

static enum { WAITING, RINGING, ANSWERING, GREETING, BEEP, RECORDING, MESSAGES, ENDING } doing;

static const char *greeting, *folder, *code = "";
static int rings_wanted = 2, seconds = 60, calls_left = -1;

static ITAddress *line;
static ITBasicCallControl2 *call, *next_call; /* the latter rings meanwhile */
static ITTerminal *player, *recorder;
static int rings, message;
static ULONGLONG began;
static char digits[64];

static const char *name_of(int number)
{
    static char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s\\message%d.wav", folder, number);
    return path;
}

static BOOL exists(const char *path)
{
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

/* ---- terminals ------------------------------------------------------------------------------- */

static ITTerminal *create_terminal(const WCHAR *class, TERMINAL_DIRECTION direction)
{
    ITTerminalSupport *support = client_query(line, &id_ITTerminalSupport);
    BSTR text = SysAllocString(class);
    ITTerminal *terminal;

    client_check(
        ITTerminalSupport_CreateTerminal(support, text, TAPIMEDIATYPE_AUDIO, direction, &terminal),
        "a file terminal cannot be made");
    SysFreeString(text);
    ITTerminalSupport_Release(support);
    return terminal;
}

static void control(ITTerminal *terminal, BOOL start)
{
    ITMediaControl *media = client_query(terminal, &id_ITMediaControl);

    client_check(start ? ITMediaControl_Start(media) : ITMediaControl_Stop(media),
                 start ? "starting" : "stopping");
    ITMediaControl_Release(media);
}

static void play_list(char files[][MAX_PATH], LONG count)
{
    ITMediaPlayback *playback = client_query(player, &id_ITMediaPlayback);
    SAFEARRAY *list = SafeArrayCreateVector(VT_BSTR, 0, (ULONG)count);
    VARIANT value;

    for (LONG i = 0; i < count; i++) {
        BSTR file = client_bstr(files[i]);

        SafeArrayPutElement(list, &i, file);
        SysFreeString(file);
    }
    V_VT(&value) = VT_ARRAY | VT_BSTR;
    V_ARRAY(&value) = list;
    client_check(ITMediaPlayback_put_PlayList(playback, value), "what is to be played");
    VariantClear(&value);
    ITMediaPlayback_Release(playback);
}

static void set_file(const char *path)
{
    ITMediaRecord *record = client_query(recorder, &id_ITMediaRecord);
    BSTR file = client_bstr(path);

    client_check(ITMediaRecord_put_FileName(record, file), path);
    SysFreeString(file);
    ITMediaRecord_Release(record);
}

/* ---- what it does ---------------------------------------------------------------------------- */

static void hang_up(void)
{
    ITBasicCallControl2_Disconnect(call, DC_NORMAL); /* the caller may have been quicker */
}

static void answer_in_time(void)
{
    char file[1][MAX_PATH];

    if (doing != RINGING || rings < rings_wanted)
        return;
    doing = ANSWERING;
    /* What the player says goes to the caller: it is selected on the capturing stream. */
    player = create_terminal(L"{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}", TD_CAPTURE);
    snprintf(file[0], MAX_PATH, "%s", greeting);
    play_list(file, 1);
    client_check(ITBasicCallControl2_SelectTerminalOnCall(call, player), "the player");
    client_check(ITBasicCallControl2_Answer(call), "answering");
}

static void greet(void)
{
    ITLegacyCallMediaControl2 *media = client_query(call, &id_ITLegacyCallMediaControl2);

    doing = GREETING;
    digits[0] = 0;
    printf("playing the greeting\n");
    if (*code)
        client_check(ITLegacyCallMediaControl2_DetectDigits(media, LINEDIGITMODE_DTMF), "digits");
    ITLegacyCallMediaControl2_Release(media);
    control(player, TRUE);
}

/* What comes from the caller is rendered into the recorder's file. */
static void record(void)
{
    doing = RECORDING;
    began = GetTickCount64();
    for (message = 1; exists(name_of(message));)
        message++;
    recorder = create_terminal(L"{521F3D06-C3D0-4511-8617-86B9A783DA77}", TD_RENDER);
    set_file(name_of(message));
    client_check(ITBasicCallControl2_SelectTerminalOnCall(call, recorder), "the recorder");
    control(recorder, TRUE);
    printf("recording message%d.wav\n", message);
}

/* Where no tones are made, the message begins without one. */
static void beep(void)
{
    ITLegacyCallMediaControl2 *media = client_query(call, &id_ITLegacyCallMediaControl2);

    doing = BEEP;
    if (FAILED(ITLegacyCallMediaControl2_GenerateTone(media, TTM_BEEP, BEEP_MS)))
        record();
    ITLegacyCallMediaControl2_Release(media);
}

static void played(void)
{
    if (doing == GREETING) {
        beep();
    } else if (doing == MESSAGES) {
        printf("all messages are played\n");
        hang_up();
    }
}

/* The code was dialled: that is the owner, and no message. */
static void play_messages(void)
{
    static char files[100][MAX_PATH];
    LONG count = 0;

    if (doing == GREETING)
        control(player, FALSE);
    if (doing == RECORDING) {
        control(recorder, FALSE);
        DeleteFileA(name_of(message));
    }
    for (; count < 100 && exists(name_of(count + 1)); count++)
        snprintf(files[count], MAX_PATH, "%s", name_of(count + 1));
    printf("the code was dialled: %ld messages\n", count);
    doing = MESSAGES;
    if (count) {
        play_list(files, count);
        control(player, TRUE);
    } else {
        hang_up();
    }
}

static void keep_message(void)
{
    doing = ENDING;
    control(recorder, FALSE);
    printf("message%d.wav is kept\n", message);
}

static void release(void)
{
    if (player)
        ITTerminal_Release(player);
    if (recorder)
        ITTerminal_Release(recorder);
    if (call)
        ITBasicCallControl2_Release(call);
    player = recorder = NULL;
    call = NULL;
}

/* ---- what happens ---------------------------------------------------------------------------- */

static CALL_STATE state_of(ITBasicCallControl2 *which)
{
    ITCallInfo *info = client_query(which, &id_ITCallInfo);
    CALL_STATE state = CS_IDLE;

    ITCallInfo_get_CallState(info, &state);
    ITCallInfo_Release(info);
    return state;
}

static void take_call(ITBasicCallControl2 *which)
{
    ITCallInfo *info = client_query(which, &id_ITCallInfo);
    BSTR number = client_caller(info);

    call = which;
    rings = 0;
    printf("a call from %ls\n", number);
    SysFreeString(number);
    ITCallInfo_Release(info);
}

static void call_is_over(void)
{
    ITBasicCallControl2 *next = next_call;

    if (doing == RECORDING)
        keep_message();
    printf("the call is over\n");
    release();
    doing = WAITING;
    if (calls_left > 0)
        calls_left--;
    next_call = NULL;
    if (next && state_of(next) == CS_OFFERING) {
        take_call(next);
        doing = RINGING;
        answer_in_time();
    } else if (next) {
        ITBasicCallControl2_Release(next);
    }
}

static void on_call(ITCallNotificationEvent *notification)
{
    ITBasicCallControl2 *which;
    ITCallInfo *info;

    client_check(ITCallNotificationEvent_get_Call(notification, &info), "the new call");
    which = client_query(info, &id_ITBasicCallControl2);
    ITCallInfo_Release(info);
    if (!call) {
        take_call(which);
        return;
    }
    if (next_call)
        ITBasicCallControl2_Release(next_call);
    next_call = which;
}

static void on_call_state(ITCallStateEvent *changed)
{
    ITBasicCallControl2 *which;
    ITCallInfo *info;
    CALL_STATE state;

    client_check(ITCallStateEvent_get_State(changed, &state), "the call's state");
    client_check(ITCallStateEvent_get_Call(changed, &info), "the call");
    which = client_query(info, &id_ITBasicCallControl2);
    if (which == call && state == CS_OFFERING) {
        doing = RINGING;
        answer_in_time();
    } else if (which == call && state == CS_CONNECTED) {
        greet();
    } else if (which == call && state == CS_DISCONNECTED) {
        call_is_over();
    }
    ITBasicCallControl2_Release(which);
    ITCallInfo_Release(info);
}

static void on_digit(ITDigitDetectionEvent *detected)
{
    size_t length = strlen(digits), wanted = strlen(code);
    unsigned char digit;

    client_check(ITDigitDetectionEvent_get_Digit(detected, &digit), "a digit");
    if (length + 1 == sizeof(digits))
        memmove(digits, digits + 1, length--);
    digits[length++] = (char)digit;
    digits[length] = 0;
    if (wanted && length >= wanted && !strcmp(digits + length - wanted, code))
        play_messages();
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    ADDRESS_EVENT happened;
    FT_STATE_EVENT_CAUSE cause;
    IUnknown *it = NULL;

    switch (kind) {
    case TE_ADDRESS:
        it = client_query(event, &id_ITAddressEvent);
        if (SUCCEEDED(ITAddressEvent_get_Event((ITAddressEvent *)it, &happened)) &&
            happened == AE_RINGING)
            rings++;
        answer_in_time();
        break;
    case TE_CALLNOTIFICATION:
        it = client_query(event, &id_ITCallNotificationEvent);
        on_call((ITCallNotificationEvent *)it);
        break;
    case TE_CALLSTATE:
        it = client_query(event, &id_ITCallStateEvent);
        on_call_state((ITCallStateEvent *)it);
        break;
    case TE_FILETERMINAL:
        it = client_query(event, &id_ITFileTerminalEvent);
        if (SUCCEEDED(ITFileTerminalEvent_get_Cause((ITFileTerminalEvent *)it, &cause)) &&
            cause == FTEC_END_OF_FILE)
            played();
        break;
    case TE_GENERATEEVENT:
        if (doing == BEEP)
            record();
        break;
    case TE_DIGITEVENT:
        it = client_query(event, &id_ITDigitDetectionEvent);
        on_digit((ITDigitDetectionEvent *)it);
        break;
    default:
        break;
    }
    if (it)
        IUnknown_Release(it);
}

/* ---- the program ----------------------------------------------------------------------------- */

int main(int argc, char **argv)
{
    LONG registration;

    if (argc < 4) {
        printf("usage: answering_machine LINE GREETING FOLDER [RINGS [SECONDS [CODE [CALLS]]]]\n");
        return 2;
    }
    greeting = argv[2];
    folder = argv[3];
    if (argc > 4)
        rings_wanted = atoi(argv[4]);
    if (argc > 5)
        seconds = atoi(argv[5]);
    if (argc > 6)
        code = argv[6];
    if (argc > 7)
        calls_left = atoi(argv[7]);
    client_start(TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_DIGITEVENT |
                     TE_GENERATEEVENT | TE_FILETERMINAL,
                 on_event);
    line = client_line(argv[1]);
    registration = client_register(line, TRUE);
    printf("waiting for calls\n");
    fflush(stdout);
    while (calls_left) {
        client_pump_one();
        if (doing == RECORDING && GetTickCount64() - began >= (ULONGLONG)seconds * 1000) {
            printf("the time is over\n");
            keep_message();
            hang_up();
        }
    }
    ITTAPI_UnregisterNotifications(tapi, registration);
    release();
    if (next_call)
        ITBasicCallControl2_Release(next_call);
    ITAddress_Release(line);
    client_finish();
    return 0;
}
