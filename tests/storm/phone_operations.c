/* phone_operations.c - what the storm does with phones, by TAPI and by hand. */
#include "tests/storm/storm.h"

static HPHONE phone(struct storm *s, struct storm_app *a)
{
    HPHONE known = STORM_ONE_OF(s, a->phones);
    uint32_t bad = DRAW(UINT32_MAX);

    return DRAW(20) ? known : (HPHONE)(ULONG_PTR)bad;
}

#define PHONE phone(s, a)

static void phone_open(struct storm *s, struct storm_app *a, unsigned slot)
{
    static const DWORD privileges[] = {PHONEPRIVILEGE_OWNER, PHONEPRIVILEGE_OWNER,
                                       PHONEPRIVILEGE_MONITOR, 0};
    DWORD version = 0, device = DRAW(3);
    PHONEEXTENSIONID extension;
    LONG result;

    RUN(phoneNegotiateAPIVersion, a->phone_handle, device, 0x00010003, 0x00020002, &version,
        &extension);
    result = phoneOpen(a->phone_handle, device, &a->phones[slot], version, 0, slot,
                       STORM_ONE_OF(s, privileges));
    storm_result(s, a, result, "phoneOpen");
    if (result)
        a->phones[slot] = 0;
    else
        RUN(phoneSetStatusMessages, a->phones[slot], DRAW(2) ? PHONESTATE_OTHER : 0xFFFFFF,
            PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE, PHONEBUTTONSTATE_UP);
}

void storm_phones_open(struct storm *s, struct storm_app *a)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = 0x00020002;

    if (!a->phone_handle) {
        LONG result = phoneInitializeExW(&a->phone_handle, GetModuleHandleW(NULL), NULL, L"Storm",
                                         &devices, &version, &params);

        if (result)
            storm_failure("phoneInitializeEx: 0x%08x", (unsigned)result);
    }
    for (unsigned i = 0; i < STORM_PHONES; i++)
        if (!a->phones[i])
            phone_open(s, a, i);
}

void storm_phones_shutdown(struct storm_app *a)
{
    LONG result = phoneShutdown(a->phone_handle);

    if (result)
        storm_failure("phoneShutdown: 0x%08x", (unsigned)result);
    a->phone_handle = 0;
    memset(a->phones, 0, sizeof(a->phones));
}

OPERATION(close_phone)
{
    unsigned slot = DRAW(STORM_PHONES);

    RUN(phoneClose, a->phones[slot]);
    a->phones[slot] = 0;
}

OPERATION(open_phones)
{
    storm_phones_open(s, a);
}

OPERATION(hook_switch)
{
    RUN(phoneSetHookSwitch, PHONE, FLAG(3), FLAG(4));
}

OPERATION(volume)
{
    RUN(phoneSetVolume, PHONE, FLAG(3), DRAW(0x12000));
}

OPERATION(gain)
{
    RUN(phoneSetGain, PHONE, FLAG(3), DRAW(0x12000));
}

OPERATION(ring)
{
    RUN(phoneSetRing, PHONE, DRAW(5), DRAW(0x12000));
}

OPERATION(display)
{
    RUN(phoneSetDisplay, PHONE, DRAW(3), DRAW(20), "storm", DRAW(6));
}

OPERATION(lamp)
{
    RUN(phoneSetLamp, PHONE, DRAW(30), FLAG(7));
}

OPERATION(button)
{
    struct {
        PHONEBUTTONINFO info;
        WCHAR text[8];
    } button = {{.dwTotalSize = sizeof(button),
                 .dwButtonMode = FLAG(5),
                 .dwButtonFunction = DRAW(48),
                 .dwButtonTextSize = sizeof(button.text)},
                L"storm"};

    button.info.dwButtonTextOffset = FIELD_OFFSET(__typeof__(button), text);
    RUN(phoneSetButtonInfoW, PHONE, DRAW(30), &button.info);
}

OPERATION(data)
{
    RUN(phoneSetData, PHONE, DRAW(3), s->device_specific, DRAW(sizeof(s->device_specific)));
}

OPERATION(dev_specific)
{
    RUN(phoneDevSpecific, PHONE, s->device_specific, DRAW(sizeof(s->device_specific)));
}

OPERATION(status_messages)
{
    RUN(phoneSetStatusMessages, PHONE, FLAG(24), FLAG(6), FLAG(3));
}

/* A buffer of a drawn size, with its size in it. */
union answer {
    DWORD total;
    PHONECAPS caps;
    PHONESTATUS status;
    PHONEBUTTONINFO button;
    VARSTRING string;
    BYTE room[2048];
};

OPERATION(questions)
{
    static union answer answer;
    DWORD value;

    answer.total = DRAW(3) ? sizeof(answer) : DRAW(sizeof(answer) + 1);
    switch (DRAW(8)) {
    case 0:
        RUN(phoneGetDevCapsA, a->phone_handle, DRAW(3), 0x00010003 + DRAW(2), 0, &answer.caps);
        break;
    case 1:
        RUN(phoneGetStatusW, PHONE, &answer.status);
        break;
    case 2:
        RUN(phoneGetButtonInfoA, PHONE, DRAW(30), &answer.button);
        break;
    case 3:
        RUN(phoneGetDisplay, PHONE, &answer.string);
        break;
    case 4:
        RUN(phoneGetLamp, PHONE, DRAW(30), &value);
        break;
    case 5:
        RUN(phoneGetHookSwitch, PHONE, &value);
        break;
    case 6:
        RUN(phoneGetData, PHONE, DRAW(3), answer.room, DRAW(sizeof(answer)));
        break;
    default:
        RUN(phoneGetIDW, PHONE, &answer.string, DRAW(2) ? L"tapi/line" : L"wave/in");
    }
}

/* ---- a hand at the set ---- */

static const WCHAR *const sets[] = {L"101", L"102", L"103"};

OPERATION(handset)
{
    static const WCHAR *const devices[] = {L"handset", L"speaker", L"headset"};

    storm_exchange(DRAW(2) ? L"LiftHandset" : L"HangUpHandset", "ss", STORM_ONE_OF(s, sets),
                   STORM_ONE_OF(s, devices));
    (void)a;
}

OPERATION(press)
{
    storm_exchange(L"PressButton", "si", STORM_ONE_OF(s, sets), (int)DRAW(32));
    (void)a;
}

OPERATION(plug)
{
    storm_exchange(L"PlugPhone", "si", STORM_ONE_OF(s, sets), DRAW(6) ? -1 : 0);
    (void)a;
}

void storm_phone_operate(struct storm *s, struct storm_app *a)
{
    static void (*const operations[])(struct storm *, struct storm_app *) = {
        op_close_phone, op_open_phones, op_hook_switch, op_volume,       op_gain,
        op_ring,        op_display,     op_lamp,        op_button,       op_data,
        op_questions,   op_questions,   op_questions,   op_dev_specific, op_status_messages,
        op_handset,     op_handset,     op_press,       op_press,        op_plug};

    STORM_ONE_OF(s, operations)(s, a);
}
