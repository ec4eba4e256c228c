/* scene.c - the program of the scene, and what is done to it; the steps are in scene_steps.c. */
#include "tests/com/received/scene.h"

#include <stdio.h>
#include <string.h>
#include <tapi.h>

struct scene scene;
static SRWLOCK call_lock = SRWLOCK_INIT;

static void fail(const char *what)
{
    if (!scene.failed)
        scene.failed = what;
}

static void need(BOOL holds, const char *what)
{
    if (!holds)
        fail(what);
}

/* ---- beginning and end --------------------------------------------------------------------- */

BOOL scene_prepare(void)
{
    HRESULT(WINAPI * class_object)(REFCLSID, REFIID, void **);
    IClassFactory *factory = NULL;
    stage_control control;
    HRESULT hr;

    memset(&scene, 0, sizeof(scene));
    scene.provider = LoadLibraryW(L"stage.tsp");
    control = (stage_control)(void *)GetProcAddress(scene.provider, "StageControl");
    class_object = (void *)GetProcAddress(scene.provider, "DllGetClassObject");
    if (!control || !class_object ||
        FAILED(class_object(&clsid_stage, &IID_IClassFactory, (void **)&factory)))
        return FALSE;
    hr = CoRegisterClassObject(&clsid_stage, (IUnknown *)factory, CLSCTX_INPROC_SERVER,
                               REGCLS_MULTIPLEUSE, &scene.class_cookie);
    IClassFactory_Release(factory);
    scene.stage = control();
    scene.stage->call_id = 0;
    return SUCCEEDED(hr);
}

static ITAddress *find_address(ITTAPI *tapi, const WCHAR *number)
{
    IEnumAddress *addresses = NULL;
    ITAddress *address, *found = NULL;
    BSTR name = NULL;

    if (FAILED(ITTAPI_EnumerateAddresses(tapi, &addresses)))
        return NULL;
    while (!found && IEnumAddress_Next(addresses, 1, &address, NULL) == S_OK) {
        ITAddress_get_DialableAddress(address, &name);
        if (name && lstrcmpW(name, number) == 0)
            found = address;
        else
            ITAddress_Release(address);
        SysFreeString(name);
        name = NULL;
    }
    IEnumAddress_Release(addresses);
    return found;
}

BOOL scene_find(ITTAPI *tapi)
{
    IUnknown *media = NULL;

    scene.tapi = tapi;
    scene.first = find_address(tapi, L"71");
    scene.second = find_address(tapi, L"72");
    if (!scene.first || !scene.second)
        return FALSE;
    /* Brings the media provider to life. */
    if (FAILED(ITAddress_QueryInterface(scene.first, &IID_ITTerminalSupport, (void **)&media)))
        return FALSE;
    IUnknown_Release(media);
    return TRUE;
}

BOOL scene_begin(ITTAPI *tapi, LONG filter)
{
    scene.filter = filter;
    return scene_find(tapi) && SUCCEEDED(ITTAPI_put_EventFilter(tapi, filter & ~TE_CALLHUB)) &&
           SUCCEEDED(ITTAPI_RegisterCallNotifications(tapi, scene.first, VARIANT_FALSE,
                                                      VARIANT_TRUE, TAPIMEDIATYPE_AUDIO,
                                                      SCENE_INSTANCE, &scene.registered[0])) &&
           SUCCEEDED(ITTAPI_RegisterCallNotifications(tapi, scene.second, VARIANT_TRUE,
                                                      VARIANT_TRUE, TAPIMEDIATYPE_AUDIO,
                                                      SCENE_INSTANCE + 1, &scene.registered[1]));
}

ITCallInfo *scene_take_call(void)
{
    ITCallInfo *call;

    AcquireSRWLockExclusive(&call_lock);
    call = scene.call;
    scene.call = NULL;
    ReleaseSRWLockExclusive(&call_lock);
    return call;
}

void scene_keep(ITCallInfo *call)
{
    ITCallInfo *before;

    ITCallInfo_AddRef(call);
    AcquireSRWLockExclusive(&call_lock);
    before = scene.call;
    scene.call = call;
    ReleaseSRWLockExclusive(&call_lock);
    if (before)
        ITCallInfo_Release(before);
}

static void let_go_of_call(void)
{
    ITCallInfo *call = scene_take_call();

    if (call)
        ITCallInfo_Release(call);
}

void scene_end(void)
{
    let_go_of_call();
    if (scene.other_app)
        lineShutdown(scene.other_app);
    scene.other_app = 0;
    if (scene.first)
        ITAddress_Release(scene.first);
    if (scene.second)
        ITAddress_Release(scene.second);
    scene.first = scene.second = NULL;
}

void scene_forget(void)
{
    CoRevokeClassObject(scene.class_cookie);
}

/* ---- lines and addresses ------------------------------------------------------------------- */

/* a: LINEDEVSTATE_, b: the line. */
void cause_line_state(const struct step *step)
{
    scene.stage->say(step->b, FALSE, LINE_LINEDEVSTATE, step->a, 0, 0);
}

void cause_address_state(const struct step *step)
{
    scene.stage->say(0, FALSE, LINE_ADDRESSSTATE, 0, step->a, step->b);
}

/* a: the line; b: the message. */
void cause_line_message(const struct step *step)
{
    scene.stage->say(step->a, FALSE, step->b, step->c, step->c + 1, step->c + 2);
}

void cause_create(const struct step *step)
{
    (void)step;
    scene.stage->create_line();
}

void cause_remove(const struct step *step)
{
    (void)step;
    scene.stage->remove_line();
}

/* ---- calls --------------------------------------------------------------------------------- */

/* A call comes in. a: its dwCallID. */
void cause_new_call(const struct step *step)
{
    let_go_of_call();
    scene.stage->call_id = step->a;
    scene.stage->new_call(0);
    scene.stage->say(0, TRUE, LINE_CALLSTATE, LINECALLSTATE_OFFERING, 0,
                     LINEMEDIAMODE_INTERACTIVEVOICE);
}

/* The same, call hubs being wanted from now on. */
void cause_hub(const struct step *step)
{
    need(ITTAPI_put_EventFilter(scene.tapi, scene.filter) == S_OK, "put_EventFilter");
    cause_new_call(step);
}

/* a: LINECALLSTATE_, b: its mode, c: the line. */
void cause_call(const struct step *step)
{
    scene.stage->say(step->c, TRUE, LINE_CALLSTATE, step->a, step->b,
                     LINEMEDIAMODE_INTERACTIVEVOICE);
}

/* It is idle; the program lets go of it when the next one comes. */
void cause_end_of_call(const struct step *step)
{
    cause_call(&(const struct step){.a = LINECALLSTATE_IDLE, .c = step->a});
}

void cause_call_info(const struct step *step)
{
    scene.stage->say(0, TRUE, LINE_CALLINFO, step->a, 0, 0);
}

/* a: the message; b, c: its first two parameters. */
void cause_call_message(const struct step *step)
{
    scene.stage->say(0, TRUE, step->a, step->b, step->c, 4711);
}

static ITLegacyCallMediaControl2 *media_control(void)
{
    ITLegacyCallMediaControl2 *control = NULL;

    AcquireSRWLockShared(&call_lock);
    if (!scene.call || FAILED(ITCallInfo_QueryInterface(scene.call, &IID_ITLegacyCallMediaControl2,
                                                        (void **)&control)))
        control = NULL;
    ReleaseSRWLockShared(&call_lock);
    need(control != NULL, "ITLegacyCallMediaControl2");
    return control;
}

void cause_media_heard(const struct step *step)
{
    ITLegacyCallMediaControl2 *control = media_control();

    if (!control)
        return;
    need(ITLegacyCallMediaControl2_MonitorMedia(control, (LONG)step->a) == S_OK, "MonitorMedia");
    ITLegacyCallMediaControl2_Release(control);
    scene.stage->say(0, TRUE, LINE_MONITORMEDIA, step->a, 0, 4711);
}

void cause_digit(const struct step *step)
{
    ITLegacyCallMediaControl2 *control = media_control();

    if (!control)
        return;
    need(ITLegacyCallMediaControl2_DetectDigits(control, step->b) == S_OK, "DetectDigits");
    ITLegacyCallMediaControl2_Release(control);
    scene.stage->say(0, TRUE, LINE_MONITORDIGITS, step->a, step->b, 4711);
}

void cause_generated(const struct step *step)
{
    ITLegacyCallMediaControl2 *control = media_control();
    BSTR digits = SysAllocString(L"42");

    if (control) {
        need(ITLegacyCallMediaControl2_GenerateDigits(control, digits, LINEDIGITMODE_DTMF) == S_OK,
             "GenerateDigits");
        ITLegacyCallMediaControl2_Release(control);
        scene.stage->say(0, TRUE, LINE_GENERATE, step->a, scene.stage->generate_id, 4711);
    }
    SysFreeString(digits);
}

void cause_gathered(const struct step *step)
{
    ITLegacyCallMediaControl2 *control = media_control();
    BSTR ends = SysAllocString(L"#");

    if (control) {
        need(ITLegacyCallMediaControl2_GatherDigits(control, LINEDIGITMODE_DTMF, 5, ends, 0, 0) ==
                 S_OK,
             "GatherDigits");
        ITLegacyCallMediaControl2_Release(control);
        memcpy(scene.stage->digits, L"12#", sizeof(L"12#"));
        scene.stage->say(0, TRUE, LINE_GATHERDIGITS, step->a, scene.stage->digits_id, 4711);
    }
    SysFreeString(ends);
}

void cause_tone(const struct step *step)
{
    TAPI_DETECTTONE tone = {
        .dwAppSpecific = step->a, .dwDuration = 100, .dwFrequency1 = 440, .dwFrequency2 = 480};
    ITLegacyCallMediaControl2 *control = media_control();

    if (!control)
        return;
    need(ITLegacyCallMediaControl2_DetectTones(control, &tone, 1) == S_OK, "DetectTones");
    ITLegacyCallMediaControl2_Release(control);
    scene.stage->say(0, TRUE, LINE_MONITORTONE, step->a, scene.stage->tone_list_id, 4711);
}

void cause_request(const struct step *step)
{
    need(ITTAPI_RegisterRequestRecipient(scene.tapi, SCENE_REQUESTS, LINEREQUESTMODE_MAKECALL,
                                         VARIANT_TRUE) == S_OK,
         "RegisterRequestRecipient");
    need(tapiRequestMakeCallW(L"5550199", L"Address Book", L"Ann Answer", L"about the boat") == 0,
         "tapiRequestMakeCall");
    (void)step;
}

/* ---- another program on the second line ----------------------------------------------------- */

static LONG take_reply(void)
{
    LINEMESSAGE message;

    while (lineGetMessage(scene.other_app, &message, 60000) == 0)
        if (message.dwMessageID == LINE_REPLY)
            return (LONG)message.dwParam2;
    return (LONG)LINEERR_OPERATIONFAILED;
}

void cause_other_calls(const struct step *step)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD lines = 0, version = 0x00020002, device;
    LINEEXTENSIONID extension;

    (void)step;
    let_go_of_call();
    need(lineInitializeExW(&scene.other_app, GetModuleHandleW(NULL), NULL, L"another", &lines,
                           &version, &params) == 0,
         "lineInitializeEx");
    for (device = 0; device < lines; device++)
        if (lineNegotiateAPIVersion(scene.other_app, device, 0x00020000, 0x00020002, &version,
                                    &extension) == 0)
            break;
    need(lineOpenW(scene.other_app, device + 1, &scene.other_line, 0x00020002, 0, 0,
                   LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, NULL) == 0,
         "lineOpen");
    need(lineMakeCallW(scene.other_line, &scene.other_call, L"5", 0, NULL) > 0, "lineMakeCall");
    need(take_reply() == 0, "LINE_REPLY");
    scene.stage->say(1, TRUE, LINE_CALLSTATE, LINECALLSTATE_PROCEEDING, 0,
                     LINEMEDIAMODE_INTERACTIVEVOICE);
}

void cause_other_hands_over(const struct step *step)
{
    WCHAR path[MAX_PATH], *name;

    (void)step;
    GetModuleFileNameW(NULL, path, MAX_PATH);
    name = wcsrchr(path, '\\');
    need(lineHandoffW(scene.other_call, name ? name + 1 : path, 0) == 0, "lineHandoff");
}

void cause_other_leaves(const struct step *step)
{
    (void)step;
    need(lineDeallocateCall(scene.other_call) == 0, "lineDeallocateCall");
}

/* ---- media --------------------------------------------------------------------------------- */

static void say_media(const MSP_EVENT_INFO *event, BOOL of_call)
{
    IUnknown *stream = NULL;

    /* Brings the provider's call to life. */
    AcquireSRWLockShared(&call_lock);
    if (of_call && scene.call)
        ITCallInfo_QueryInterface(scene.call, &IID_ITStreamControl, (void **)&stream);
    ReleaseSRWLockShared(&call_lock);
    if (stream)
        IUnknown_Release(stream);
    need(scene.stage->media(event, of_call) == S_OK, "an event of the media provider");
}

static void *thing(enum stage_thing which)
{
    return scene.stage->thing(which);
}

void cause_address_media(const struct step *step)
{
    const MSP_EVENT_INFO event = {.Event = ME_ADDRESS_EVENT,
                                  .MSP_ADDRESS_EVENT_INFO = {.Type = (MSP_ADDRESS_EVENT)step->a,
                                                             .pTerminal = thing(STAGE_TERMINAL)}};

    say_media(&event, FALSE);
}

/* a: MSP_CALL_EVENT, b: its cause, c: 1 a terminal, 2 a stream, 4 an error. */
void cause_call_media(const struct step *step)
{
    const MSP_EVENT_INFO event = {
        .Event = ME_CALL_EVENT,
        .MSP_CALL_EVENT_INFO = {.Type = (MSP_CALL_EVENT)step->a,
                                .Cause = (MSP_CALL_EVENT_CAUSE)step->b,
                                .pTerminal = step->c & 1 ? thing(STAGE_TERMINAL) : NULL,
                                .pStream = step->c & 2 ? thing(STAGE_STREAM) : NULL,
                                .hrError = step->c & 4 ? E_ACCESSDENIED : S_OK}};

    say_media(&event, TRUE);
}

/* a: the state, b: the cause, c: not 0: an error. */
void cause_file_terminal(const struct step *step)
{
    const MSP_EVENT_INFO event = {
        .Event = ME_FILE_TERMINAL_EVENT,
        .MSP_FILE_TERMINAL_EVENT_INFO = {.pParentFileTerminal = thing(STAGE_TERMINAL),
                                         .pFileTrack = thing(STAGE_TRACK),
                                         .TerminalMediaState = (TERMINAL_MEDIA_STATE)step->a,
                                         .ftecEventCause = (FT_STATE_EVENT_CAUSE)step->b,
                                         .hrErrorCode = step->c ? E_ACCESSDENIED : S_OK}};

    say_media(&event, TRUE);
}

/* a: not 0: of the call; b: the code. */
void cause_private(const struct step *step)
{
    const MSP_EVENT_INFO event = {
        .Event = ME_PRIVATE_EVENT,
        .MSP_PRIVATE_EVENT_INFO = {.pEvent = thing(STAGE_PRIVATE), .lEventCode = (LONG)step->b}};

    say_media(&event, step->a != 0);
}

/* a: which of three kinds; b: not 0: of the call. */
void cause_terminal(const struct step *step)
{
    MSP_EVENT_INFO event = {.Event = (MSP_EVENT)step->a};

    /* The three have the same members. */
    event.MSP_ASR_TERMINAL_EVENT_INFO.pASRTerminal = thing(STAGE_TERMINAL);
    event.MSP_ASR_TERMINAL_EVENT_INFO.hrErrorCode = E_ACCESSDENIED;
    say_media(&event, step->b != 0);
}
