/* set.c - see set.h. */
#include "tests/deskset/set.h"

#include <stdio.h>
#include <string.h>

TEST_AFTER
{
    exchange_reset();
    agents_check_leaks();
    exchange_release();
}

static DWORD phone_of(HLINE line)
{
    struct {
        VARSTRING string;
        BYTE more[64];
    } id;

    memset(&id, 0, sizeof id);
    id.string.dwTotalSize = sizeof id;
    REQUIRE_EQ(lineGetIDW(line, 0, 0, LINECALLSELECT_LINE, &id.string, L"tapi/phone"), 0);
    REQUIRE_EQ(id.string.dwStringSize, sizeof(DWORD));
    DWORD device;
    memcpy(&device, (BYTE *)&id + id.string.dwStringOffset, sizeof device);
    return device;
}

void set_open(struct set *set, struct agent *agent, DWORD privilege)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, highest = VERSION, version;
    PHONEEXTENSIONID extension;

    memset(set, 0, sizeof *set);
    REQUIRE_EQ(phoneInitializeExW(&set->app, NULL, NULL, L"Desk set", &devices, &highest, &params),
               0);
    CHECK_EQ(devices, 2);
    set->event = params.Handles.hEvent;
    set->device = phone_of(agent->line);
    REQUIRE_EQ(
        phoneNegotiateAPIVersion(set->app, set->device, VERSION, VERSION, &version, &extension), 0);
    REQUIRE_EQ(phoneOpen(set->app, set->device, &set->phone, VERSION, 0, 0, privilege), 0);
    CHECK_EQ(phoneSetStatusMessages(set->phone, PHONESTATE_REMOVED | (PHONESTATE_REMOVED - 1),
                                    PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE |
                                        PHONEBUTTONMODE_KEYPAD | PHONEBUTTONMODE_LOCAL,
                                    PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN),
             0);
}

void set_close(struct set *set)
{
    CHECK_EQ(phoneClose(set->phone), 0);
    CHECK_EQ(phoneShutdown(set->app), 0);
}

/* --- messages in words --- */

static const char *hook_mode(DWORD mode)
{
    return mode == PHONEHOOKSWITCHMODE_ONHOOK       ? "onhook"
           : mode == PHONEHOOKSWITCHMODE_MIC        ? "mic"
           : mode == PHONEHOOKSWITCHMODE_SPEAKER    ? "speaker"
           : mode == PHONEHOOKSWITCHMODE_MICSPEAKER ? "micspeaker"
                                                    : "unknown";
}

static void describe_state(DWORD state, DWORD detail, char *to, size_t size)
{
    static const struct {
        DWORD state;
        const char *format; /* NULL: a hookswitch */
        const char *name;
    } states[] = {
        {PHONESTATE_CONNECTED, "connected", ""},
        {PHONESTATE_DISCONNECTED, "disconnected", ""},
        {PHONESTATE_OWNER, "owners %u", ""},
        {PHONESTATE_MONITORS, "monitors %u", ""},
        {PHONESTATE_DISPLAY, "display", ""},
        {PHONESTATE_LAMP, "lamp %u", ""},
        {PHONESTATE_RINGMODE, "ring %u", ""},
        {PHONESTATE_RINGVOLUME, "ring volume 0x%x", ""},
        {PHONESTATE_HANDSETHOOKSWITCH, NULL, "handset"},
        {PHONESTATE_HANDSETVOLUME, "handset volume 0x%x", ""},
        {PHONESTATE_HANDSETGAIN, "handset gain 0x%x", ""},
        {PHONESTATE_SPEAKERHOOKSWITCH, NULL, "speaker"},
        {PHONESTATE_SPEAKERVOLUME, "speaker volume 0x%x", ""},
        {PHONESTATE_SPEAKERGAIN, "speaker gain 0x%x", ""},
        {PHONESTATE_HEADSETHOOKSWITCH, NULL, "headset"},
        {PHONESTATE_HEADSETVOLUME, "headset volume 0x%x", ""},
        {PHONESTATE_HEADSETGAIN, "headset gain 0x%x", ""},
        {PHONESTATE_CAPSCHANGE, "capschange", ""},
    };

    snprintf(to, size, "state 0x%x", (unsigned)state);
    for (size_t i = 0; i < ARRAYSIZE(states); i++) {
        if (states[i].state != state)
            continue;
        if (states[i].format)
            snprintf(to, size, states[i].format, (unsigned)detail);
        else
            snprintf(to, size, "%s %s", states[i].name, hook_mode(detail));
    }
}

static void describe(const PHONEMESSAGE *message, char *to, size_t size)
{
    switch (message->dwMessageID) {
    case PHONE_STATE:
        describe_state((DWORD)message->dwParam1, (DWORD)message->dwParam2, to, size);
        break;
    case PHONE_BUTTON:
        snprintf(to, size, "button %u %s", (unsigned)message->dwParam1,
                 message->dwParam3 == PHONEBUTTONSTATE_DOWN ? "down" : "up");
        break;
    case PHONE_REPLY:
        if (message->dwParam2)
            snprintf(to, size, "reply 0x%lx", (unsigned long)message->dwParam2);
        else
            snprintf(to, size, "reply ok");
        break;
    default:
        snprintf(to, size, "message %u", (unsigned)message->dwMessageID);
    }
}

/* "; " and the next message behind what stands in text; false: none came. */
static bool read_one(struct set *set, DWORD deadline, char *text, size_t size)
{
    size_t used = strlen(text);
    PHONEMESSAGE message;

    POISON(message);
    if (phoneGetMessage(set->app, &message, deadline) != 0)
        return false;
    if (used)
        used += (size_t)snprintf(text + used, size - used, "; ");
    describe(&message, text + used, size - used);
    return true;
}

void set_expect(struct set *set, const char *file, int line, const char *const *expected)
{
    char text[2048] = "", wanted[2048] = "";
    size_t used = 0;

    agents_read();
    for (; *expected; expected++) {
        used += (size_t)snprintf(wanted + used, sizeof wanted - used, "%s%s", used ? "; " : "",
                                 *expected);
        if (!read_one(set, WAIT_LONG, text, sizeof text))
            break;
    }
    while (read_one(set, 0, text, sizeof text))
        ;
    if (strcmp(text, wanted))
        test_fail(file, line, "the phone said\n  \"%s\", not\n  \"%s\"", text, wanted);
}

void set_skip(struct set *set)
{
    PHONEMESSAGE message;

    agents_read();
    while (phoneGetMessage(set->app, &message, 0) == 0)
        ;
}

/* --- looking at the set --- */

const char *set_row(struct set *set, DWORD row)
{
    static char text[64];
    struct {
        VARSTRING string;
        char more[256];
    } display;
    DWORD columns = set->device ? 16 : 24;

    memset(&display, 0, sizeof display);
    display.string.dwTotalSize = sizeof display;
    text[0] = 0;
    if (!CHECK_EQ(phoneGetDisplay(set->phone, &display.string), 0))
        return text;
    CHECK_EQ(display.string.dwStringFormat, STRINGFORMAT_ASCII);
    if (!CHECK((row + 1) * columns <= display.string.dwStringSize))
        return text;
    memcpy(text, (char *)&display + display.string.dwStringOffset + row * columns, columns);
    while (columns && text[columns - 1] == ' ')
        columns--;
    text[columns] = 0;
    return text;
}

DWORD set_lamp(struct set *set, DWORD button)
{
    DWORD mode;

    POISON(mode);
    CHECK_EQ(phoneGetLamp(set->phone, button, &mode), 0);
    return mode;
}

DWORD set_hook(struct set *set)
{
    DWORD devices;

    POISON(devices);
    CHECK_EQ(phoneGetHookSwitch(set->phone, &devices), 0);
    return devices;
}

/* --- people --- */

void lift(const WCHAR *who)
{
    exchange_do(L"LiftHandset", "s", who);
}

void hang_up(const WCHAR *who)
{
    exchange_do(L"HangUpHandset", "s", who);
}

void press(const WCHAR *who, const WCHAR *button)
{
    exchange_do(L"PressButton", "ss", who, button);
}

void dial(const WCHAR *who, const WCHAR *keys)
{
    for (; *keys; keys++)
        press(who, (WCHAR[]){*keys, 0});
}
