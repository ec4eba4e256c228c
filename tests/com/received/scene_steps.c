/* scene_steps.c - the scene's steps, as data: what happens, and the events that must come of it. */
#include <stdio.h>
#include <tapi.h>

#include "tests/com/received/scene.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* ---- how events look ---- */

#define TAPI_OBJECT   "ITTAPIObjectEvent2 TAPIObject=TAPI Event=%ld "
#define OF_NO_ADDRESS TAPI_OBJECT "Address=wrongevent CallbackInstance=0 Phone=wrongevent"
#define OF_ADDRESS(n) TAPI_OBJECT "Address=" n " CallbackInstance=%ld Phone=wrongevent"
#define ADDRESS       "ITAddressEvent Address=71 Event=%ld Terminal=wrongevent"
#define ADDRESS_MEDIA "ITAddressEvent Address=71 Event=%ld Terminal=terminal"
#define NOTIFICATION  "ITCallNotificationEvent Call=5550100 Event=%ld CallbackInstance=%ld\n"
#define STATE         "ITCallStateEvent Call=5550100 State=%ld Cause=%ld CallbackInstance=77"
#define STATE_2       "ITCallStateEvent Call=5550100 State=%ld Cause=%ld CallbackInstance=78"
#define INFO          "ITCallInfoChangeEvent Call=5550100 Cause=%ld CallbackInstance=77"
#define INFO_2        "ITCallInfoChangeEvent Call=5550100 Cause=%ld CallbackInstance=78"
#define MEDIA(terminal, stream)                                                                    \
    "ITCallMediaEvent Call=5550100 Event=%ld Error=%ld Terminal=" terminal " Stream=" stream       \
    " Cause=%ld"
#define HUB "ITCallHubEvent Event=%ld CallHub=hub Call="
#define DIGIT                                                                                      \
    "ITDigitDetectionEvent Call=5550100 Digit=%ld DigitMode=%ld TickCount=4711 "                   \
    "CallbackInstance=77"
#define GENERATED                                                                                  \
    "ITDigitGenerationEvent Call=5550100 GenerationTermination=%ld TickCount=4711 "                \
    "CallbackInstance=77"
#define GATHERED                                                                                   \
    "ITDigitsGatheredEvent Call=5550100 Digits='12#' GatherTermination=%ld TickCount=4711 "        \
    "CallbackInstance=77"
#define TONE "ITToneDetectionEvent Call=5550100 AppSpecific=%ld TickCount=4711 CallbackInstance=77"
#define QOS  "ITQOSEvent Call=5550100 Event=%ld MediaType=%ld"
#define SPECIFIC(call)                                                                             \
    "ITAddressDeviceSpecificEvent Address=71 Call=" call " lParam1=%ld lParam2=%ld lParam3=%ld"
#define PRIVATE(call, hub)                                                                         \
    "ITPrivateEvent Address=71 Call=" call " CallHub=" hub " EventCode=%ld EventInterface=private"
#define FILE_TERMINAL                                                                              \
    "ITFileTerminalEvent Terminal=terminal Track=track Call=5550100 State=%ld Cause=%ld Error=%ld"
#define REQUEST                                                                                    \
    "ITRequestEvent RegistrationInstance=%ld RequestMode=%ld DestAddress='5550199' "               \
    "AppName='Address Book' CalledParty='Ann Answer' Comment='about the boat'"
#define TERMINAL(kind, call) kind " Terminal=terminal Call=" call " Error=%ld"

/* ---- the kinds of steps ---- */

#define LINE_STATE(state, event)                                                                   \
    {                                                                                              \
        "line state " #state, cause_line_state, LINEDEVSTATE_##state, 0, 0, ADDRESS,               \
        {                                                                                          \
            event                                                                                  \
        }                                                                                          \
    }
#define ADDRESS_STATE(state, event)                                                                \
    {                                                                                              \
        "address state " #state, cause_address_state, LINEADDRESSSTATE_##state, 0, 0, ADDRESS,     \
        {                                                                                          \
            event                                                                                  \
        }                                                                                          \
    }
#define NEW_CALL                                                                                   \
    {                                                                                              \
        "a call comes", cause_new_call, 0, 0, 0, NOTIFICATION STATE,                               \
        {                                                                                          \
            CNE_OWNER, SCENE_INSTANCE, CS_OFFERING, CEC_NONE                                       \
        }                                                                                          \
    }
#define CALL_STATE(state, cs)                                                                      \
    {                                                                                              \
        "call state " #state, cause_call, LINECALLSTATE_##state, 0, 0, STATE,                      \
        {                                                                                          \
            cs, CEC_NONE                                                                           \
        }                                                                                          \
    }
#define CALL_END                                                                                   \
    {                                                                                              \
        "its end", cause_end_of_call, 0, 0, 0, NULL,                                               \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }
/* A call that ends so; the application lets go of it. */
#define DISCONNECTED(mode, cause)                                                                  \
    NEW_CALL, {"disconnected " #mode,     cause_call, LINECALLSTATE_DISCONNECTED,                  \
               LINEDISCONNECTMODE_##mode, 0,          STATE,                                       \
               {CS_DISCONNECTED, cause}},                                                          \
        CALL_END
#define CALL_INFO(state, cause)                                                                    \
    {                                                                                              \
        "call info " #state, cause_call_info, LINECALLINFOSTATE_##state, 0, 0, INFO,               \
        {                                                                                          \
            cause                                                                                  \
        }                                                                                          \
    }
#define GATHER(reason, termination)                                                                \
    {                                                                                              \
        "gathered " #reason, cause_gathered, LINEGATHERTERM_##reason, 0, 0, GATHERED,              \
        {                                                                                          \
            termination                                                                            \
        }                                                                                          \
    }
#define QUALITY(event)                                                                             \
    {                                                                                              \
        "quality " #event, cause_call_message, LINE_QOSINFO, event,                                \
            LINEMEDIAMODE_INTERACTIVEVOICE, QOS,                                                   \
        {                                                                                          \
            event, TAPIMEDIATYPE_AUDIO                                                             \
        }                                                                                          \
    }
#define CALL_MEDIA(type, event, cause)                                                             \
    {                                                                                              \
        "media " #type " " #cause, cause_call_media, CALL_##type, CALL_CAUSE_##cause, 3,           \
            MEDIA("terminal", "stream"),                                                           \
        {                                                                                          \
            event, S_OK, CMC_##cause                                                               \
        }                                                                                          \
    }
#define FILE_STATE(state, cause, error)                                                            \
    {                                                                                              \
        "file " #state " " #cause, cause_file_terminal, state, cause, error, FILE_TERMINAL,        \
        {                                                                                          \
            state, cause, error ? E_ACCESSDENIED : S_OK                                            \
        }                                                                                          \
    }

static const struct step steps[] = {
    /* TAPI */
    {"translation changed",
     cause_line_state,
     LINEDEVSTATE_TRANSLATECHANGE,
     0,
     0,
     OF_NO_ADDRESS,
     {TE_TRANSLATECHANGE}},
    {"a line is created", cause_create, 0, 0, 0, OF_ADDRESS("73"), {TE_ADDRESSCREATE, 0}},
    {"a line is removed", cause_remove, 0, 0, 0, OF_ADDRESS("?"), {TE_ADDRESSREMOVE, 0}},

    /* addresses */
    LINE_STATE(INSERVICE, AE_STATE),
    LINE_STATE(OUTOFSERVICE, AE_STATE),
    LINE_STATE(CONNECTED, AE_STATE),
    LINE_STATE(DISCONNECTED, AE_STATE),
    LINE_STATE(MAINTENANCE, AE_STATE),
    LINE_STATE(CAPSCHANGE, AE_CAPSCHANGE),
    LINE_STATE(RINGING, AE_RINGING),
    LINE_STATE(CONFIGCHANGE, AE_CONFIGCHANGE),
    LINE_STATE(MSGWAITON, AE_MSGWAITON),
    LINE_STATE(MSGWAITOFF, AE_MSGWAITOFF),
    ADDRESS_STATE(FORWARD, AE_FORWARD),
    ADDRESS_STATE(CAPSCHANGE, AE_CAPSCHANGE),
    {"a terminal comes",
     cause_address_media,
     ADDRESS_TERMINAL_AVAILABLE,
     0,
     0,
     ADDRESS_MEDIA,
     {AE_NEWTERMINAL}},
    {"a terminal goes",
     cause_address_media,
     ADDRESS_TERMINAL_UNAVAILABLE,
     0,
     0,
     ADDRESS_MEDIA,
     {AE_REMOVETERMINAL}},
    {"specific to the device",
     cause_line_message,
     0,
     LINE_DEVSPECIFIC,
     100,
     SPECIFIC("nothing"),
     {100, 101, 102}},
    {"specific to the device's feature",
     cause_line_message,
     0,
     LINE_DEVSPECIFICFEATURE,
     200,
     SPECIFIC("nothing"),
     {200, 201, 202}},

    /* the states of a call */
    NEW_CALL,
    CALL_STATE(CONNECTED, CS_CONNECTED),
    CALL_STATE(ONHOLD, CS_HOLD),
    CALL_STATE(CONFERENCED, CS_CONNECTED),
    CALL_STATE(ONHOLDPENDTRANSFER, CS_HOLD),
    CALL_STATE(DIALTONE, CS_INPROGRESS),
    CALL_STATE(ONHOLDPENDCONF, CS_HOLD),
    CALL_STATE(RINGBACK, CS_INPROGRESS),
    CALL_STATE(ACCEPTED, CS_OFFERING),
    CALL_STATE(PROCEEDING, CS_INPROGRESS),
    {"busy", cause_call, LINECALLSTATE_BUSY, 0, 0, STATE, {CS_DISCONNECTED, CEC_DISCONNECT_BUSY}},
    CALL_END,
    NEW_CALL,
    {"idle at once", cause_end_of_call, 0, 0, 0, STATE, {CS_DISCONNECTED, CEC_DISCONNECT_NORMAL}},
    DISCONNECTED(NORMAL, CEC_DISCONNECT_NORMAL),
    DISCONNECTED(UNKNOWN, CEC_DISCONNECT_NORMAL),
    DISCONNECTED(REJECT, CEC_DISCONNECT_REJECTED),
    DISCONNECTED(PICKUP, CEC_DISCONNECT_NORMAL),
    DISCONNECTED(FORWARDED, CEC_DISCONNECT_NORMAL),
    DISCONNECTED(BUSY, CEC_DISCONNECT_BUSY),
    DISCONNECTED(NOANSWER, CEC_DISCONNECT_NOANSWER),
    DISCONNECTED(BADADDRESS, CEC_DISCONNECT_BADADDRESS),
    DISCONNECTED(UNREACHABLE, CEC_DISCONNECT_FAILED),
    DISCONNECTED(CONGESTION, CEC_DISCONNECT_FAILED),
    DISCONNECTED(CANCELLED, CEC_DISCONNECT_CANCELLED),
    DISCONNECTED(BLOCKED, CEC_DISCONNECT_BLOCKED),
    DISCONNECTED(QOSUNAVAIL, CEC_DISCONNECT_FAILED),

    /* what is known about it */
    NEW_CALL,
    CALL_STATE(CONNECTED, CS_CONNECTED),
    CALL_INFO(OTHER, CIC_OTHER),
    CALL_INFO(DEVSPECIFIC, CIC_DEVSPECIFIC),
    CALL_INFO(BEARERMODE, CIC_BEARERMODE),
    CALL_INFO(RATE, CIC_RATE),
    CALL_INFO(MEDIAMODE, CIC_MEDIATYPE),
    CALL_INFO(APPSPECIFIC, CIC_APPSPECIFIC),
    CALL_INFO(CALLID, CIC_CALLID),
    CALL_INFO(RELATEDCALLID, CIC_RELATEDCALLID),
    CALL_INFO(ORIGIN, CIC_ORIGIN),
    CALL_INFO(REASON, CIC_REASON),
    CALL_INFO(COMPLETIONID, CIC_COMPLETIONID),
    CALL_INFO(TRUNK, CIC_TRUNK),
    CALL_INFO(CALLERID, CIC_CALLERID),
    CALL_INFO(CALLEDID, CIC_CALLEDID),
    CALL_INFO(CONNECTEDID, CIC_CONNECTEDID),
    CALL_INFO(REDIRECTIONID, CIC_REDIRECTIONID),
    CALL_INFO(REDIRECTINGID, CIC_REDIRECTINGID),
    CALL_INFO(USERUSERINFO, CIC_USERUSERINFO),
    CALL_INFO(HIGHLEVELCOMP, CIC_HIGHLEVELCOMP),
    CALL_INFO(LOWLEVELCOMP, CIC_LOWLEVELCOMP),
    CALL_INFO(CHARGINGINFO, CIC_CHARGINGINFO),
    CALL_INFO(TREATMENT, CIC_TREATMENT),
    CALL_INFO(CALLDATA, CIC_CALLDATA),
    CALL_INFO(DISPLAY, CIC_OTHER),
    {"call info, two at once",
     cause_call_info,
     LINECALLINFOSTATE_RATE | LINECALLINFOSTATE_TRUNK,
     0,
     0,
     INFO "\n" INFO,
     {CIC_RATE, CIC_TRUNK}},

    {"a kind of media is heard",
     cause_media_heard,
     LINEMEDIAMODE_DATAMODEM,
     0,
     0,
     INFO,
     {CIC_MEDIATYPE}},

    /* digits and tones */
    {"a digit", cause_digit, '5', LINEDIGITMODE_DTMF, 0, DIGIT, {'5', LINEDIGITMODE_DTMF}},
    {"digits generated",
     cause_generated,
     LINEGENERATETERM_DONE,
     0,
     0,
     GENERATED,
     {LINEGENERATETERM_DONE}},
    {"digits cancelled",
     cause_generated,
     LINEGENERATETERM_CANCEL,
     0,
     0,
     GENERATED,
     {LINEGENERATETERM_CANCEL}},
    GATHER(BUFFERFULL, TGT_BUFFERFULL),
    GATHER(TERMDIGIT, TGT_TERMDIGIT),
    GATHER(FIRSTTIMEOUT, TGT_FIRSTTIMEOUT),
    GATHER(INTERTIMEOUT, TGT_INTERTIMEOUT),
    GATHER(CANCEL, TGT_CANCEL),
    {"a tone", cause_tone, 31, 0, 0, TONE, {31}},
    QUALITY(QE_NOQOS),
    QUALITY(QE_ADMISSIONFAILURE),
    QUALITY(QE_POLICYFAILURE),
    QUALITY(QE_GENERICERROR),
    {"specific to the call",
     cause_call_message,
     LINE_CALLDEVSPECIFIC,
     300,
     301,
     SPECIFIC("5550100"),
     {300, 301, 4711}},

    /* its media */
    CALL_MEDIA(NEW_STREAM, CME_NEW_STREAM, UNKNOWN),
    CALL_MEDIA(STREAM_FAIL, CME_STREAM_FAIL, BAD_DEVICE),
    CALL_MEDIA(TERMINAL_FAIL, CME_TERMINAL_FAIL, CONNECT_FAIL),
    CALL_MEDIA(STREAM_NOT_USED, CME_STREAM_NOT_USED, REMOTE_REQUEST),
    CALL_MEDIA(STREAM_ACTIVE, CME_STREAM_ACTIVE, LOCAL_REQUEST),
    CALL_MEDIA(STREAM_INACTIVE, CME_STREAM_INACTIVE, MEDIA_TIMEOUT),
    CALL_MEDIA(STREAM_ACTIVE, CME_STREAM_ACTIVE, MEDIA_RECOVERED),
    CALL_MEDIA(STREAM_INACTIVE, CME_STREAM_INACTIVE, QUALITY_OF_SERVICE),
    {"media that failed",
     cause_call_media,
     CALL_STREAM_FAIL,
     CALL_CAUSE_BAD_DEVICE,
     4,
     MEDIA("nothing", "nothing"),
     {CME_STREAM_FAIL, E_ACCESSDENIED, CMC_BAD_DEVICE}},
    FILE_STATE(TMS_IDLE, FTEC_NORMAL, 0),
    FILE_STATE(TMS_ACTIVE, FTEC_NORMAL, 0),
    FILE_STATE(TMS_PAUSED, FTEC_NORMAL, 0),
    FILE_STATE(TMS_IDLE, FTEC_END_OF_FILE, 0),
    FILE_STATE(TMS_IDLE, FTEC_READ_ERROR, 1),
    FILE_STATE(TMS_IDLE, FTEC_WRITE_ERROR, 1),
    {"private, of the address", cause_private, 0, 5, 0, PRIVATE("nothing", "nothing"), {5}},
    {"private, of the call", cause_private, 1, 6, 0, PRIVATE("5550100", "nothing"), {6}},
    {"speech recognition",
     cause_terminal,
     ME_ASR_TERMINAL_EVENT,
     1,
     0,
     TERMINAL("ITASRTerminalEvent", "5550100"),
     {E_ACCESSDENIED}},
    {"text to speech",
     cause_terminal,
     ME_TTS_TERMINAL_EVENT,
     1,
     0,
     TERMINAL("ITTTSTerminalEvent", "5550100"),
     {E_ACCESSDENIED}},
    {"a tone terminal",
     cause_terminal,
     ME_TONE_TERMINAL_EVENT,
     1,
     0,
     TERMINAL("ITToneTerminalEvent", "5550100"),
     {E_ACCESSDENIED}},
    {"a tone terminal of no call",
     cause_terminal,
     ME_TONE_TERMINAL_EVENT,
     0,
     0,
     TERMINAL("ITToneTerminalEvent", "nothing"),
     {E_ACCESSDENIED}},
    {"its end", cause_end_of_call, 0, 0, 0, STATE, {CS_DISCONNECTED, CEC_DISCONNECT_NORMAL}},

    /* another program's call, which is handed over */
    {"another program calls",
     cause_other_calls,
     0,
     0,
     0,
     NOTIFICATION STATE_2,
     {CNE_MONITOR, SCENE_INSTANCE + 1, CS_INPROGRESS, CEC_NONE}},
    {"and hands its call over",
     cause_other_hands_over,
     0,
     0,
     0,
     NOTIFICATION INFO_2,
     {CNE_OWNER, SCENE_INSTANCE + 1, CIC_PRIVILEGE}},
    {"and leaves it", cause_other_leaves, 0, 0, 0, INFO_2, {CIC_NUMOWNERDECR}},
    {"its end", cause_end_of_call, 1, 0, 0, STATE_2, {CS_DISCONNECTED, CEC_DISCONNECT_NORMAL}},

    /* a call with an identifier */
    {"a call hub begins",
     cause_hub,
     5,
     0,
     0,
     HUB "nothing\n" HUB "5550100\n"
         "ITCallNotificationEvent Call=5550100 Event=0 CallbackInstance=77\n" STATE,
     {CHE_CALLHUBNEW, CHE_CALLJOIN, CS_OFFERING, CEC_NONE}},
    {"private, of a call in a hub", cause_private, 1, 7, 0, PRIVATE("5550100", "hub"), {7}},
    {"a call hub ends",
     cause_end_of_call,
     0,
     0,
     0,
     STATE "\n" HUB "5550100\n" HUB "nothing",
     {CS_DISCONNECTED, CEC_DISCONNECT_NORMAL, CHE_CALLLEAVE, CHE_CALLHUBIDLE}},

    /* TAPI again */
    {"a request", cause_request, 0, 0, 0, REQUEST, {SCENE_REQUESTS, LINEREQUESTMODE_MAKECALL}},
    {"a line is said to be removed",
     cause_line_state,
     LINEDEVSTATE_REMOVED,
     1,
     0,
     OF_ADDRESS("72"),
     {TE_ADDRESSREMOVE, 0}},
    {"a line is closed",
     cause_line_message,
     1,
     LINE_CLOSE,
     0,
     OF_ADDRESS("72"),
     {TE_ADDRESSCLOSE, SCENE_INSTANCE + 1}},
    {"a new start is asked for",
     cause_line_state,
     LINEDEVSTATE_REINIT,
     0,
     0,
     OF_NO_ADDRESS,
     {TE_REINIT}},
};

unsigned scene_step_count(void)
{
    return COUNT(steps);
}

const char *scene_name(unsigned step)
{
    return steps[step].name;
}

BOOL scene_makes_call(unsigned step)
{
    return steps[step].cause == cause_new_call || steps[step].cause == cause_hub ||
           steps[step].cause == cause_other_calls;
}

void scene_cause(unsigned step)
{
    steps[step].cause(&steps[step]);
}

const char *scene_expected(unsigned step)
{
    static char text[1024];
    const LONG *n = steps[step].numbers;

    text[0] = 0;
    if (steps[step].expected)
        snprintf(text, sizeof(text), steps[step].expected, n[0], n[1], n[2], n[3]);
    return text;
}
