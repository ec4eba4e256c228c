/* phone_set.c - works a telephone: its hookswitches, lamps, display, ringer; shows what happens
 * there. phone_set LINE [COMMAND...] LINE is the name or the number of the line whose telephone it
 * is. COMMANDs are arguments, or lines of the standard input: lift, onhook        takes the handset
 * up (this answers a call), or puts it down speaker, silent     switches the loudspeaker on, or off
 *     lamp BUTTON MODE    off, steady, wink, flash, flutter, broken
 *     show TEXT           writes it on the display
 *     ring MODE           rings so; 0: is silent
 *     volume LEVEL        of the ringer, 0 to 65535
 *     label BUTTON TEXT   says what is written on a button
 *     ringer MODE         rings for the program, not for a call; 0: stops that
 *     handle              TAPI looks after dial tone, numbers that are dialled, and the ringer
 *     state               prints all there is to see
 *     wait                until the telephone rings
 *     pause MS            lets things happen
 * Exit status: 0 all was done, 1 something was not, 2 wrong arguments or no such telephone. */
#include "client.h"

#include <stdlib.h>
#include <string.h>

#define MOST_CALLS 16

static ITPhone *phone;
static ITCallInfo *calls[MOST_CALLS]; /* TAPI tells of a call only while somebody has it */
static unsigned call_count;

/* ---- names ----------------------------------------------------------------------------------- */

/* Lamp modes are 1, 2, 4 and so on. */
static const char *const lamp_names[] = {"none",  "off",     "steady", "wink",
                                         "flash", "flutter", "broken"};
#define LAMP_NAMES (sizeof(lamp_names) / sizeof(*lamp_names))

static const char *lamp_name(PHONE_LAMP_MODE mode)
{
    for (unsigned i = 0; i < LAMP_NAMES; i++)
        if ((unsigned)mode == 1u << i)
            return lamp_names[i];
    return "unknown";
}

/* 0: no lamp does that, and TAPI says so. */
static PHONE_LAMP_MODE lamp_named(const char *name)
{
    for (unsigned i = 0; i < LAMP_NAMES; i++)
        if (!strcmp(lamp_names[i], name))
            return (PHONE_LAMP_MODE)(1u << i);
    return 0;
}

static const char *device_name(PHONE_HOOK_SWITCH_DEVICE device)
{
    return device == PHSD_HANDSET ? "handset" : device == PHSD_SPEAKERPHONE ? "speaker" : "headset";
}

static const char *hook_name(PHONE_HOOK_SWITCH_STATE state)
{
    return state == PHSS_ONHOOK ? "on hook" : "off hook";
}

/* ---- what there is to see -------------------------------------------------------------------- */

static LONG capability(PHONECAPS_LONG which)
{
    LONG value = 0;

    client_check(ITPhone_get_PhoneCapsLong(phone, which, &value), "what the telephone can do");
    return value;
}

static void print_lamp(LONG lamp)
{
    PHONE_LAMP_MODE mode = LM_UNKNOWN;

    ITPhone_get_LampMode(phone, lamp, &mode);
    printf("lamp %ld: %s\n", lamp, lamp_name(mode));
}

static void print_display(const char *what)
{
    BSTR text = NULL;
    int length;

    client_check(ITPhone_get_Display(phone, &text), "the display");
    for (length = (int)SysStringLen(text); length && text[length - 1] == ' ';)
        length--;
    printf("%s: %.*ls\n", what, length, text ? text : L"");
    SysFreeString(text);
}

static void print_button(LONG button)
{
    PHONE_LAMP_MODE lamp = LM_UNKNOWN;
    PHONE_BUTTON_MODE mode;
    BSTR text = NULL;

    if (FAILED(ITPhone_get_ButtonMode(phone, button, &mode)) ||
        (mode != PBM_CALL && mode != PBM_FEATURE))
        return;
    ITPhone_get_ButtonText(phone, button, &text);
    ITPhone_get_LampMode(phone, button, &lamp);
    printf("button %ld %ls: lamp %s\n", button, text ? text : L"", lamp_name(lamp));
    SysFreeString(text);
}

static void print_all(void)
{
    static const PHONE_HOOK_SWITCH_DEVICE devices[] = {PHSD_HANDSET, PHSD_SPEAKERPHONE,
                                                       PHSD_HEADSET};
    LONG has = capability(PCL_HOOKSWITCHES), mode = 0, volume = 0;
    PHONE_HOOK_SWITCH_STATE hook;

    for (unsigned i = 0; i < 3; i++)
        if (has & devices[i] && SUCCEEDED(ITPhone_get_HookSwitchState(phone, devices[i], &hook)))
            printf("%s: %s\n", device_name(devices[i]), hook_name(hook));
    ITPhone_get_RingMode(phone, &mode);
    ITPhone_get_RingVolume(phone, &volume);
    printf("ringer: mode %ld, volume %ld\n", mode, volume);
    print_display("display");
    for (LONG i = 0; i < capability(PCL_NUMBUTTONLAMPS); i++)
        print_button(i);
}

/* ---- commands -------------------------------------------------------------------------------- */

static HRESULT show(const char *first, const char *rest)
{
    char text[300];
    HRESULT hr;
    BSTR wide;

    snprintf(text, sizeof(text), "%s%s%s", first, *rest ? " " : "", rest);
    wide = client_bstr(text);
    hr = ITPhone_SetDisplay(phone, 0, 0, wide);
    SysFreeString(wide);
    return hr;
}

static HRESULT label(LONG button, const char *text)
{
    BSTR wide = client_bstr(text);
    HRESULT hr = ITPhone_put_ButtonText(phone, button, wide);

    SysFreeString(wide);
    return hr;
}

/* What TAPI itself does with a telephone is another interface of it. */
static HRESULT automatic(const char *verb, LONG mode)
{
    ITAutomatedPhoneControl *control = client_query(phone, &id_ITAutomatedPhoneControl);
    HRESULT hr;

    if (!strcmp(verb, "handle"))
        hr = ITAutomatedPhoneControl_put_PhoneHandlingEnabled(control, VARIANT_TRUE);
    else if (mode)
        hr = ITAutomatedPhoneControl_StartRinger(control, mode, 0);
    else
        hr = ITAutomatedPhoneControl_StopRinger(control);
    ITAutomatedPhoneControl_Release(control);
    return hr;
}

static void wait_for_ring(void)
{
    LONG mode = 0;

    while (SUCCEEDED(ITPhone_get_RingMode(phone, &mode)) && !mode)
        client_pump_one();
}

static HRESULT perform(const char *verb, const char *what, const char *rest)
{
    LONG number = atoi(what);
    HRESULT hr = S_OK;

    if (!strcmp(verb, "lift"))
        hr = ITPhone_put_HookSwitchState(phone, PHSD_HANDSET, PHSS_OFFHOOK);
    else if (!strcmp(verb, "onhook"))
        hr = ITPhone_put_HookSwitchState(phone, PHSD_HANDSET, PHSS_ONHOOK);
    else if (!strcmp(verb, "speaker"))
        hr = ITPhone_put_HookSwitchState(phone, PHSD_SPEAKERPHONE, PHSS_OFFHOOK);
    else if (!strcmp(verb, "silent"))
        hr = ITPhone_put_HookSwitchState(phone, PHSD_SPEAKERPHONE, PHSS_ONHOOK);
    else if (!strcmp(verb, "lamp"))
        hr = ITPhone_put_LampMode(phone, number, lamp_named(rest));
    else if (!strcmp(verb, "show"))
        hr = show(what, rest);
    else if (!strcmp(verb, "ring"))
        hr = ITPhone_put_RingMode(phone, number);
    else if (!strcmp(verb, "volume"))
        hr = ITPhone_put_RingVolume(phone, number);
    else if (!strcmp(verb, "label"))
        hr = label(number, rest);
    else if (!strcmp(verb, "ringer") || !strcmp(verb, "handle"))
        hr = automatic(verb, number);
    else if (!strcmp(verb, "state"))
        print_all();
    else if (!strcmp(verb, "wait"))
        wait_for_ring();
    else if (!strcmp(verb, "pause"))
        client_pump((DWORD)number);
    else if (*verb)
        return E_INVALIDARG;
    client_pump(20); /* what comes of it */
    return hr;
}

/* ---- what happens ---------------------------------------------------------------------------- */

static void on_phone(ITPhoneEvent *event)
{
    PHONE_HOOK_SWITCH_DEVICE device = 0;
    PHONE_HOOK_SWITCH_STATE hook = 0;
    PHONE_BUTTON_STATE button = 0;
    PHONE_EVENT happened;
    BSTR number = NULL;
    LONG value = 0;

    client_check(ITPhoneEvent_get_Event(event, &happened), "what happens at the telephone");
    switch (happened) {
    case PE_DISPLAY:
        print_display("the display shows");
        break;
    case PE_LAMPMODE:
        ITPhoneEvent_get_ButtonLampId(event, &value);
        print_lamp(value);
        break;
    case PE_RINGMODE:
        ITPhoneEvent_get_RingMode(event, &value);
        printf("the ring mode is %ld\n", value);
        break;
    case PE_RINGVOLUME:
        ITPhone_get_RingVolume(phone, &value);
        printf("the ringer's volume is %ld\n", value);
        break;
    case PE_HOOKSWITCH:
        ITPhoneEvent_get_HookSwitchDevice(event, &device);
        ITPhoneEvent_get_HookSwitchState(event, &hook);
        printf("%s: %s\n", device_name(device), hook_name(hook));
        break;
    case PE_BUTTON:
        ITPhoneEvent_get_ButtonLampId(event, &value);
        ITPhoneEvent_get_ButtonState(event, &button);
        printf("button %ld %s\n", value, button == PBS_DOWN ? "is pressed" : "is let go");
        break;
    case PE_DIALING:
        printf("somebody dials\n");
        break;
    case PE_NUMBERGATHERED:
        ITPhoneEvent_get_NumberGathered(event, &number);
        printf("the number is %ls\n", number ? number : L"");
        SysFreeString(number);
        break;
    case PE_CLOSE:
        printf("the telephone is gone\n");
        break;
    default:
        break;
    }
}

static void on_call(ITCallNotificationEvent *notification)
{
    ITCallInfo *call;
    BSTR number;

    client_check(ITCallNotificationEvent_get_Call(notification, &call), "the new call");
    number = client_caller(call);
    printf("a call from %ls\n", number);
    SysFreeString(number);
    if (call_count < MOST_CALLS)
        calls[call_count++] = call;
    else
        ITCallInfo_Release(call);
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    CALL_STATE state = CS_IDLE;
    IUnknown *it = NULL;

    if (kind == TE_PHONEEVENT) {
        it = client_query(event, &id_ITPhoneEvent);
        on_phone((ITPhoneEvent *)it);
    } else if (kind == TE_CALLNOTIFICATION) {
        it = client_query(event, &id_ITCallNotificationEvent);
        on_call((ITCallNotificationEvent *)it);
    } else if (kind == TE_CALLSTATE) {
        it = client_query(event, &id_ITCallStateEvent);
        ITCallStateEvent_get_State((ITCallStateEvent *)it, &state);
        printf("the call is %s\n", client_state_name(state));
    }
    if (it)
        IUnknown_Release(it);
}

/* ---- the program ----------------------------------------------------------------------------- */

/* A telephone knows the addresses of its line: the one that is called so, or NULL. */
static ITAddress *address_of(ITPhone *candidate, const WCHAR *name)
{
    IEnumAddress *all;

    client_check(ITPhone_EnumerateAddresses(candidate, &all), "a telephone's line");
    return client_line_among(all, name);
}

static ITAddress *find_phone(const char *name)
{
    ITTAPI2 *tapi2 = client_query(tapi, &id_ITTAPI2);
    BSTR wanted = client_bstr(name);
    ITAddress *address = NULL;
    IEnumPhone *all;

    client_check(ITTAPI2_EnumeratePhones(tapi2, &all), "the telephones");
    while (!address && IEnumPhone_Next(all, 1, &phone, NULL) == S_OK) {
        address = address_of(phone, wanted);
        if (!address)
            ITPhone_Release(phone);
    }
    IEnumPhone_Release(all);
    SysFreeString(wanted);
    ITTAPI2_Release(tapi2);
    return address;
}

int main(int argc, char **argv)
{
    LONG registration;
    ITAddress *line;
    BSTR name;
    int status;

    if (argc < 2) {
        printf("usage: phone_set LINE [COMMAND...]\n");
        return 2;
    }
    client_start(TE_CALLNOTIFICATION | TE_CALLSTATE | TE_PHONEEVENT, on_event);
    line = find_phone(argv[1]);
    if (!line) {
        printf("there is no telephone of a line %s\n", argv[1]);
        client_finish();
        return 2;
    }
    client_check(ITPhone_Open(phone, PP_OWNER), "the telephone");
    /* Only to say who calls: the telephone itself has the calls. */
    registration = client_register(line, FALSE);
    client_check(ITPhone_get_PhoneCapsString(phone, PCS_PHONENAME, &name), "its name");
    printf("%ls: %ld buttons and lamps, %ld ways to ring, %ld rows to read\n", name,
           capability(PCL_NUMBUTTONLAMPS), capability(PCL_NUMRINGMODES),
           capability(PCL_DISPLAYNUMROWS));
    SysFreeString(name);
    status = client_commands(argc, argv, 2, perform);
    ITPhone_Close(phone);
    ITPhone_Release(phone);
    for (unsigned i = 0; i < call_count; i++)
        ITCallInfo_Release(calls[i]);
    ITTAPI_UnregisterNotifications(tapi, registration);
    ITAddress_Release(line);
    client_finish();
    return status;
}
