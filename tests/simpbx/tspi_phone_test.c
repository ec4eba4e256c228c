/* tspi_phone_test.c - the phones of simpbx.tsp driven through TSPI by a TAPI made of this file. */
#include "tests/support/test.h"

#include <windows.h>
#include <tapi.h>
#include <tspi.h>
#include <stdio.h>

#include "simpbx.h"
#include "tsp/simpbx/simpbx_ext.h"

#define ENTRIES(X)                                                                                 \
    X(providerEnumDevices)                                                                         \
    X(providerInit)                                                                                \
    X(providerShutdown)                                                                            \
    X(providerCreatePhoneDevice)                                                                   \
    X(lineOpen)                                                                                    \
    X(lineAnswer)                                                                                  \
    X(lineHold)                                                                                    \
    X(lineMakeCall)                                                                                \
    X(lineDrop)                                                                                    \
    X(lineGetDevCaps)                                                                              \
    X(lineGetID)                                                                                   \
    X(phoneClose)                                                                                  \
    X(phoneDevSpecific)                                                                            \
    X(phoneGetButtonInfo)                                                                          \
    X(phoneGetData)                                                                                \
    X(phoneGetDevCaps)                                                                             \
    X(phoneGetDisplay)                                                                             \
    X(phoneGetExtensionID)                                                                         \
    X(phoneGetGain)                                                                                \
    X(phoneGetHookSwitch)                                                                          \
    X(phoneGetID)                                                                                  \
    X(phoneGetIcon)                                                                                \
    X(phoneGetLamp)                                                                                \
    X(phoneGetRing)                                                                                \
    X(phoneGetStatus)                                                                              \
    X(phoneGetVolume)                                                                              \
    X(phoneNegotiateExtVersion)                                                                    \
    X(phoneNegotiateTSPIVersion)                                                                   \
    X(phoneOpen)                                                                                   \
    X(phoneSelectExtVersion)                                                                       \
    X(phoneSetButtonInfo)                                                                          \
    X(phoneSetData)                                                                                \
    X(phoneSetDisplay)                                                                             \
    X(phoneSetGain)                                                                                \
    X(phoneSetHookSwitch)                                                                          \
    X(phoneSetLamp)                                                                                \
    X(phoneSetRing)                                                                                \
    X(phoneSetStatusMessages)                                                                      \
    X(phoneSetVolume)

static struct {
#define X(name) __typeof__(TSPI_##name) *name;
    ENTRIES(X)
#undef X
} tsp;

#define LINE_BASE  10
#define PHONE_BASE 20
#define STALE      ((HDRVPHONE)(ULONG_PTR)0x7FF00001)
#define ERR(name)  ((LONG)PHONEERR_##name)
/* The buttons of a phone with four call appearances. */
#define CALL_1  12u
#define HOLD    16u
#define MESSAGE 21u
#define FREE_1  22u
#define LOUDER  26u
#define BUTTONS 28u

static HMODULE module;
static ISimPBX *control;
static char events[8192];
static DWORD request, next_htcall, created;
static HDRVLINE line;
static HDRVCALL last_new;
static HDRVPHONE phone;

/* Everything comes on this thread: the clock is stepped. */
static void note(const char *format, ...)
{
    size_t used = strlen(events);
    va_list list;

    if (used)
        used += (size_t)snprintf(events + used, sizeof(events) - used, "; ");
    va_start(list, format);
    vsnprintf(events + used, sizeof(events) - used, format, list);
    va_end(list);
}

static const char *heard(void)
{
    static char taken[sizeof(events)];

    memcpy(taken, events, sizeof(taken));
    events[0] = 0;
    return taken;
}

#define EXPECT(text) CHECK_STR(heard(), text)

static void CALLBACK on_complete(DRV_REQUESTID id, LONG result)
{
    note(result ? "%lu failed %lx" : "%lu done", (unsigned long)id, (unsigned long)result);
}

static void CALLBACK on_line(HTAPILINE htline, HTAPICALL htcall, DWORD message, DWORD_PTR p1,
                             DWORD_PTR p2, DWORD_PTR p3)
{
    (void)htline;
    (void)htcall;
    (void)p3;
    if (message == LINE_NEWCALL) {
        last_new = (HDRVCALL)p1;
        *(HTAPICALL *)p2 = (HTAPICALL)(INT_PTR)++next_htcall;
        note("new call");
    } else if (message == LINE_CALLSTATE) {
        note("call %lx", (unsigned long)p1);
    }
}

static void CALLBACK on_phone(HTAPIPHONE htphone, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                              DWORD_PTR p3)
{
    switch (message) {
    case PHONE_STATE:
        CHECK_EQ((INT_PTR)htphone, 5);
        note("state %lx %lx", (unsigned long)p1, (unsigned long)p2);
        break;
    case PHONE_BUTTON:
        note("button %lu %lx %s", (unsigned long)p1, (unsigned long)p2,
             p3 == PHONEBUTTONSTATE_DOWN ? "down"
             : p3 == PHONEBUTTONSTATE_UP ? "up"
                                         : "?");
        break;
    case PHONE_DEVSPECIFIC:
        note("devspecific %lu %lu %lu", (unsigned long)p1, (unsigned long)p2, (unsigned long)p3);
        break;
    case PHONE_CREATE:
        CHECK_EQ(p1, 77);
        note("create");
        CHECK_EQ(tsp.providerCreatePhoneDevice(p2, 1000 + created++), 0);
        break;
    }
}

static void start(DWORD version)
{
    HRESULT(WINAPI * get)
    (REFCLSID, REFIID, LPVOID *) =
        (__typeof__(get))(void *)GetProcAddress(module, "DllGetClassObject");
    IClassFactory *factory;
    DWORD lines = 0, phones = 0;
    BSTR text = SysAllocString(L"clock stepped\nextension 101 \"Alice\"\nextension 102\n"
                               L"extension 103\nphone 101\nphone 102 buttons 1 display 1x10\n");

    REQUIRE_EQ(get(&CLSID_SimPBX, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ISimPBX, (void **)&control), S_OK);
    REQUIRE_EQ(ISimPBX_LoadText(control, text), S_OK);
    SysFreeString(text);
    REQUIRE_EQ(tsp.providerEnumDevices(1, &lines, &phones, (HPROVIDER)77, on_line, on_phone), 0);
    REQUIRE_EQ(lines, 3);
    REQUIRE_EQ(phones, 2);
    REQUIRE_EQ(
        tsp.providerInit(version, 1, LINE_BASE, PHONE_BASE, lines, phones, on_complete, NULL), 0);
    POISON(line);
    REQUIRE_EQ(tsp.lineOpen(LINE_BASE, (HTAPILINE)(INT_PTR)1, &line, version, on_line), 0);
    POISON(phone);
    REQUIRE_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)5, &phone, version, on_phone), 0);
    REQUIRE_EQ(tsp.phoneSetStatusMessages(phone, 0xFFFFFF, 0x3F, 0xF), 0);
}

TEST_BEFORE
{
    events[0] = 0;
    request = next_htcall = created = 0;
    module = LoadLibraryW(L"simpbx.tsp");
    REQUIRE(module != NULL);
#define X(name)                                                                                    \
    tsp.name = (__typeof__(tsp.name))(void *)GetProcAddress(module, "TSPI_" #name);                \
    REQUIRE(tsp.name != NULL);
    ENTRIES(X)
#undef X
}

TEST_AFTER
{
    tsp.providerShutdown(0x00030001, 1);
    if (control) {
        ISimPBX_Reset(control);
        CHECK_EQ(ISimPBX_Release(control), 0);
        control = NULL;
    }
    HRESULT(WINAPI * can_unload)
    (void) = (__typeof__(can_unload))(void *)GetProcAddress(module, "DllCanUnloadNow");
    CHECK_EQ(can_unload(), S_OK);
    CHECK(FreeLibrary(module));
    CHECK(GetModuleHandleW(L"simpbx.tsp") == NULL);
}

/* --- the hand --- */

static HRESULT hand(HRESULT (*act)(BSTR who, BSTR what), const WCHAR *who, const WCHAR *what)
{
    BSTR a = SysAllocString(who), b = SysAllocString(what);
    HRESULT hr = act(a, b);

    SysFreeString(a);
    SysFreeString(b);
    return hr;
}

static HRESULT do_lift(BSTR who, BSTR device)
{
    return ISimPBX_LiftHandset(control, who, device);
}

static HRESULT do_hang_up(BSTR who, BSTR device)
{
    return ISimPBX_HangUpHandset(control, who, device);
}

static HRESULT do_press(BSTR who, BSTR button)
{
    VARIANT v;

    V_VT(&v) = VT_BSTR;
    V_BSTR(&v) = button;
    return ISimPBX_PressButton(control, who, v);
}

static BSTR seen;

static HRESULT do_display(BSTR who, BSTR unused)
{
    (void)unused;
    return ISimPBX_PhoneDisplay(control, who, &seen);
}

static HRESULT do_lamp(BSTR who, BSTR button)
{
    VARIANT v;

    V_VT(&v) = VT_BSTR;
    V_BSTR(&v) = button;
    return ISimPBX_PhoneLamp(control, who, v, &seen);
}

static HRESULT do_hook(BSTR who, BSTR device)
{
    return ISimPBX_PhoneHookSwitch(control, who, device, &seen);
}

static HRESULT do_plug(BSTR who, BSTR in)
{
    return ISimPBX_PlugPhone(control, who, *in ? VARIANT_TRUE : VARIANT_FALSE);
}

static HRESULT do_add(BSTR who, BSTR plan)
{
    return ISimPBX_AddPhone(control, who, plan);
}

/* What the eye sees at Alice's phone. */
static const char *see(HRESULT (*look)(BSTR who, BSTR what), const WCHAR *what)
{
    static char text[256];

    CHECK_EQ(hand(look, L"101", what), S_OK);
    snprintf(text, sizeof(text), "%ls", seen);
    SysFreeString(seen);
    seen = NULL;
    return text;
}

#define LIFT()     CHECK_EQ(hand(do_lift, L"101", L"handset"), S_OK)
#define HANG_UP()  CHECK_EQ(hand(do_hang_up, L"101", L"handset"), S_OK)
#define PRESS(key) CHECK_EQ(hand(do_press, L"101", key), S_OK)

static LONG inject(void)
{
    BSTR from = SysAllocString(L"5550001"), name = SysAllocString(L"Vera");
    BSTR to = SysAllocString(L"101");
    LONG id = 0;

    CHECK_EQ(ISimPBX_Inject(control, from, name, to, &id), S_OK);
    SysFreeString(from);
    SysFreeString(name);
    SysFreeString(to);
    return id;
}

/* --- versions and life --- */

TEST(versions)
{
    PHONEEXTENSIONID id;
    DWORD version;

    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00010003, 0x00030001, &version),
             ERR(BADDEVICEID));
    start(0x00020002);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion((DWORD)INITIALIZE_NEGOTIATION, 0x00010003, 0x00020001,
                                           &version),
             0);
    CHECK_EQ(version, 0x00020001);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00010003, 0x00040000, &version), 0);
    CHECK_EQ(version, 0x00030001);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00040000, 0x00050000, &version),
             ERR(INCOMPATIBLEAPIVERSION));
    CHECK_EQ(version, 0);
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE, 0x00010003, 0x00020000, NULL),
             ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneNegotiateTSPIVersion(PHONE_BASE + 2, 0x00010003, 0x00020000, &version),
             ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneGetExtensionID(PHONE_BASE, 0x00020002, &id), 0);
    CHECK_EQ(id.dwExtensionID0, SIMPBX_EXT_ID0);
    CHECK_EQ(tsp.phoneGetExtensionID(99, 0x00020002, &id), ERR(BADDEVICEID));
    CHECK_EQ(id.dwExtensionID0, 0);
    CHECK_EQ(tsp.phoneGetExtensionID(PHONE_BASE, 0x00020002, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneNegotiateExtVersion(PHONE_BASE, 0x00020002, 0, 9, &version), 0);
    CHECK_EQ(version, SIMPBX_EXT_VERSION);
    CHECK_EQ(tsp.phoneNegotiateExtVersion(PHONE_BASE, 0x00020002, 2, 9, &version),
             ERR(INCOMPATIBLEEXTVERSION));
    CHECK_EQ(tsp.phoneNegotiateExtVersion(99, 0x00020002, 0, 9, &version), ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneNegotiateExtVersion(PHONE_BASE, 0x00020002, 0, 9, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneSelectExtVersion(phone, 2), ERR(INVALEXTVERSION));
    CHECK_EQ(tsp.phoneSelectExtVersion(STALE, 1), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneSelectExtVersion(phone, 1), 0);
}

TEST(open_and_close)
{
    HDRVPHONE second;

    start(0x00020002);
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)6, &second, 0x00020002, on_phone),
             ERR(ALLOCATED));
    CHECK(second == NULL);
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE + 9, (HTAPIPHONE)(INT_PTR)6, &second, 0x00020002, on_phone),
             ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)6, NULL, 0x00020002, on_phone),
             ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)6, &second, 0x00050000, on_phone),
             ERR(INCOMPATIBLEAPIVERSION));
    CHECK_EQ(tsp.phoneClose(phone), 0);
    CHECK_EQ(tsp.phoneClose(phone), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneSetRing(++request, phone, 0, 0), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneOpen(PHONE_BASE, (HTAPIPHONE)(INT_PTR)5, &second, 0x00020002, on_phone), 0);
    CHECK(second != phone && second != NULL);
    CHECK_EQ(tsp.phoneSetStatusMessages(phone, 0, 0, 0), ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(a_phone_that_comes_later)
{
    HDRVPHONE late;
    LONG count;

    start(0x00020002);
    CHECK_EQ(hand(do_add, L"103", L"buttons 2"), S_OK);
    EXPECT("create");
    CHECK_EQ(hand(do_add, L"103", L""), E_INVALIDARG);
    CHECK_EQ(hand(do_add, L"104", L""), E_INVALIDARG);
    CHECK_EQ(hand(do_add, L"103", L"wheels 4"), E_INVALIDARG);
    CHECK_EQ(ISimPBX_get_Phones(control, &count), S_OK);
    CHECK_EQ(count, 3);
    CHECK_EQ(tsp.phoneOpen(1000, (HTAPIPHONE)(INT_PTR)5, &late, 0x00020002, on_phone), 0);
    CHECK_EQ(tsp.providerCreatePhoneDevice(9, 5), ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneClose(late), 0);
}

/* --- capabilities --- */

TEST(capabilities_in_every_version)
{
    static const struct {
        DWORD version, size;
    } sizes[] = {{0x00010003, 144}, {0x00010004, 144}, {0x00020000, 180},
                 {0x00020001, 180}, {0x00020002, 196}, {0x00030001, 196}};
    union {
        PHONECAPS caps;
        BYTE bytes[2048];
    } u;

    start(0x00020002);
    for (size_t i = 0; i < ARRAYSIZE(sizes); i++) {
        DWORD size = sizes[i].size;
        memset(&u, 0xAA, sizeof(u));
        u.caps.dwTotalSize = size - 1;
        CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, sizes[i].version, 0, &u.caps),
                 ERR(STRUCTURETOOSMALL));
        u.caps.dwTotalSize = size;
        CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, sizes[i].version, 0, &u.caps), 0);
        CHECK_EQ(u.caps.dwUsedSize, size);
        CHECK(u.caps.dwNeededSize > size);
        CHECK_EQ(u.bytes[size], 0xAA);
        u.caps.dwTotalSize = sizeof(u);
        CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, sizes[i].version, 0, &u.caps), 0);
        CHECK_EQ(u.caps.dwUsedSize, u.caps.dwNeededSize);
        CHECK_EQ(u.caps.dwProviderInfoOffset, size);
        CHECK_EQ(u.bytes[u.caps.dwUsedSize], 0xAA);
    }
    CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, 0x00050000, 0, &u.caps), ERR(INCOMPATIBLEAPIVERSION));
    CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE, 0x00020000, 0, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetDevCaps(1, 0x00020000, 0, &u.caps), ERR(BADDEVICEID));
}

TEST(capabilities)
{
    union {
        PHONECAPS caps;
        BYTE bytes[2048];
    } u;

    start(0x00020002);
    memset(&u, 0xAA, sizeof(u));
    u.caps.dwTotalSize = sizeof(u);
    REQUIRE_EQ(tsp.phoneGetDevCaps(PHONE_BASE, 0x00020002, 0, &u.caps), 0);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.caps.dwPhoneNameOffset), L"Alice"));
    CHECK_EQ(u.caps.dwStringFormat, STRINGFORMAT_ASCII);
    CHECK_EQ(u.caps.dwHookSwitchDevs,
             PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET);
    CHECK_EQ(u.caps.dwHandsetHookSwitchModes, PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC |
                                                  PHONEHOOKSWITCHMODE_SPEAKER |
                                                  PHONEHOOKSWITCHMODE_MICSPEAKER);
    CHECK_EQ(u.caps.dwDisplayNumRows, 2);
    CHECK_EQ(u.caps.dwDisplayNumColumns, 24);
    CHECK_EQ(u.caps.dwNumRingModes, 4);
    REQUIRE_EQ(u.caps.dwNumButtonLamps, BUTTONS);
    CHECK_EQ(u.caps.dwButtonModesSize, BUTTONS * 4);
    const DWORD *modes = (DWORD *)(u.bytes + u.caps.dwButtonModesOffset);
    const DWORD *functions = (DWORD *)(u.bytes + u.caps.dwButtonFunctionsOffset);
    const DWORD *lamps = (DWORD *)(u.bytes + u.caps.dwLampModesOffset);
    CHECK_EQ(modes[0], PHONEBUTTONMODE_KEYPAD);
    CHECK_EQ(lamps[11], PHONELAMPMODE_DUMMY);
    CHECK_EQ(modes[CALL_1], PHONEBUTTONMODE_CALL);
    CHECK_EQ(functions[CALL_1], PHONEBUTTONFUNCTION_CALLAPP);
    CHECK_EQ(lamps[CALL_1], PHONELAMPMODE_OFF | PHONELAMPMODE_STEADY | PHONELAMPMODE_WINK |
                                PHONELAMPMODE_FLASH | PHONELAMPMODE_FLUTTER |
                                PHONELAMPMODE_BROKENFLUTTER);
    CHECK_EQ(modes[HOLD], PHONEBUTTONMODE_FEATURE);
    CHECK_EQ(functions[HOLD], PHONEBUTTONFUNCTION_HOLD);
    CHECK_EQ(functions[MESSAGE], PHONEBUTTONFUNCTION_MSGINDICATOR);
    CHECK_EQ(modes[LOUDER], PHONEBUTTONMODE_LOCAL);
    CHECK_EQ(functions[LOUDER], PHONEBUTTONFUNCTION_VOLUMEUP);
    CHECK_EQ(u.caps.dwNumSetData, 2);
    CHECK_EQ(*(DWORD *)(u.bytes + u.caps.dwSetDataOffset), 256);
    CHECK_EQ(*(DWORD *)(u.bytes + u.caps.dwGetDataOffset + 4), 1024);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.caps.dwDeviceClassesOffset), L"tapi/phone"));
    CHECK(u.caps.dwPhoneFeatures & PHONEFEATURE_SETHOOKSWITCHHEADSET);
    CHECK_EQ(tsp.phoneGetDevCaps(PHONE_BASE + 1, 0x00020002, 0, &u.caps), 0);
    CHECK_EQ(u.caps.dwNumButtonLamps, BUTTONS - 3);
}

static DWORD id_of(LONG result, const VARSTRING *string)
{
    CHECK_EQ(result, 0);
    CHECK_EQ(string->dwStringFormat, STRINGFORMAT_BINARY);
    REQUIRE_EQ(string->dwStringSize, sizeof(DWORD));
    return *(const DWORD *)((const BYTE *)string + string->dwStringOffset);
}

TEST(lines_and_phones_know_each_other)
{
    union {
        VARSTRING string;
        LINEDEVCAPS caps;
        BYTE bytes[2048];
    } u;
    HICON icon;

    start(0x00020002);
    u.string.dwTotalSize = sizeof(u);
    CHECK_EQ(id_of(tsp.phoneGetID(phone, &u.string, L"TAPI/line", NULL), &u.string), LINE_BASE);
    CHECK_EQ(id_of(tsp.phoneGetID(phone, &u.string, L"tapi/phone", NULL), &u.string), PHONE_BASE);
    CHECK_EQ(
        id_of(tsp.lineGetID(line, 0, NULL, LINECALLSELECT_LINE, &u.string, L"tapi/phone", NULL),
              &u.string),
        PHONE_BASE);
    CHECK_EQ(tsp.phoneGetID(phone, &u.string, L"wave/in", NULL), ERR(INVALDEVICECLASS));
    CHECK_EQ(tsp.phoneGetID(STALE, &u.string, L"tapi/line", NULL), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetID(phone, NULL, L"tapi/line", NULL), ERR(INVALPOINTER));
    u.string.dwTotalSize = sizeof(VARSTRING) - 1;
    CHECK_EQ(tsp.phoneGetID(phone, &u.string, L"tapi/line", NULL), ERR(STRUCTURETOOSMALL));
    u.caps.dwTotalSize = sizeof(u);
    CHECK_EQ(tsp.lineGetDevCaps(LINE_BASE, 0x00020002, 0, &u.caps), 0);
    CHECK_EQ(u.caps.dwDeviceClassesSize, sizeof(L"tapi/line\0tapi/phone\0"));
    CHECK_EQ(tsp.lineGetDevCaps(LINE_BASE + 2, 0x00020002, 0, &u.caps), 0);
    CHECK_EQ(u.caps.dwDeviceClassesSize, sizeof(L"tapi/line\0"));
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, L"tapi/phone", &icon), 0);
    CHECK(icon != NULL);
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, NULL, &icon), 0);
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, L"comm", &icon), ERR(INVALDEVICECLASS));
    CHECK_EQ(tsp.phoneGetIcon(99, NULL, &icon), ERR(BADDEVICEID));
    CHECK_EQ(tsp.phoneGetIcon(PHONE_BASE, NULL, NULL), ERR(INVALPOINTER));
}

/* --- the nine asynchronous operations, and what reads back --- */

TEST(volume_and_gain)
{
    DWORD level;

    start(0x00020002);
    CHECK_EQ(tsp.phoneSetVolume(++request, phone, PHONEHOOKSWITCHDEV_SPEAKER, 0x1234), 1);
    EXPECT("1 done; state 2000 1234");
    CHECK_EQ(tsp.phoneGetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, &level), 0);
    CHECK_EQ(level, 0x1234);
    CHECK_EQ(tsp.phoneSetGain(++request, phone, PHONEHOOKSWITCHDEV_HEADSET, 0x4321), 2);
    EXPECT("2 done; state 20000 4321");
    CHECK_EQ(tsp.phoneGetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, &level), 0);
    CHECK_EQ(level, 0x4321);
    CHECK_EQ(tsp.phoneSetVolume(++request, phone, 3, 1), ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneSetGain(++request, phone, 0, 1), ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneSetGain(++request, STALE, 1, 1), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetVolume(phone, 3, &level), ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneGetGain(phone, 1, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetGain(STALE, 1, &level), ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(ring_and_lamps)
{
    DWORD mode, volume;

    start(0x00020002);
    CHECK_EQ(tsp.phoneSetRing(++request, phone, 3, 0xFFFF), 1);
    EXPECT("1 done; state 100 ffff; state 80 3");
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, &volume), 0);
    CHECK_EQ(mode, 3);
    CHECK_EQ(volume, 0xFFFF);
    CHECK_EQ(tsp.phoneSetRing(++request, phone, 5, 0), ERR(INVALRINGMODE));
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetRing(STALE, &mode, &volume), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_FLUTTER), 3);
    EXPECT("3 done; state 40 16");
    CHECK_EQ(tsp.phoneGetLamp(phone, FREE_1, &mode), 0);
    CHECK_EQ(mode, PHONELAMPMODE_FLUTTER);
    CHECK_EQ(tsp.phoneGetLamp(phone, 0, &mode), 0);
    CHECK_EQ(mode, PHONELAMPMODE_DUMMY);
    CHECK_EQ(tsp.phoneGetLamp(phone, BUTTONS, &mode), ERR(INVALBUTTONLAMPID));
    CHECK_EQ(tsp.phoneGetLamp(phone, 0, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_UNKNOWN), ERR(INVALLAMPMODE));
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, 0, PHONELAMPMODE_OFF), ERR(INVALBUTTONLAMPID));
    EXPECT("");
}

TEST(button_info)
{
    union {
        PHONEBUTTONINFO info;
        BYTE bytes[256];
    } u;

    start(0x00020002);
    memset(&u, 0, sizeof(u));
    u.info.dwTotalSize = sizeof(u);
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, HOLD, &u.info), 0);
    CHECK_EQ(u.info.dwButtonMode, PHONEBUTTONMODE_FEATURE);
    CHECK_EQ(u.info.dwButtonFunction, PHONEBUTTONFUNCTION_HOLD);
    CHECK_EQ(u.info.dwButtonState, PHONEBUTTONSTATE_UP);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.info.dwButtonTextOffset), L"Hold"));
    u.info.dwButtonFunction = PHONEBUTTONFUNCTION_ABBREVDIAL;
    u.info.dwButtonTextOffset = sizeof(u.info);
    u.info.dwButtonTextSize = sizeof(L"102");
    memcpy(u.bytes + sizeof(u.info), L"102", sizeof(L"102"));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, FREE_1, &u.info), 1);
    EXPECT("1 done; state 400000 0");
    memset(u.bytes + 12, 0, sizeof(u) - 12);
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, FREE_1, &u.info), 0);
    CHECK_EQ(u.info.dwButtonFunction, PHONEBUTTONFUNCTION_ABBREVDIAL);
    CHECK(!wcscmp((WCHAR *)(u.bytes + u.info.dwButtonTextOffset), L"102"));
    PRESS(L"102"); /* it is called what is written on it */
    CHECK(strstr(heard(), "button 22 4 down; new call; call 8; call 10; call 200; call 20; button "
                          "22 4 up") != NULL);
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, BUTTONS, &u.info), ERR(INVALBUTTONLAMPID));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, 1, &u.info), ERR(INVALBUTTONMODE));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, 1, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, 1, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetButtonInfo(STALE, 1, &u.info), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, BUTTONS, &u.info), ERR(INVALBUTTONLAMPID));
    u.info.dwTotalSize = sizeof(u.info) - 1;
    CHECK_EQ(tsp.phoneGetButtonInfo(phone, 1, &u.info), ERR(STRUCTURETOOSMALL));
    CHECK_EQ(tsp.phoneSetButtonInfo(++request, phone, 1, &u.info), ERR(STRUCTURETOOSMALL));
}

TEST(display)
{
    union {
        VARSTRING string;
        BYTE bytes[128];
    } u;

    start(0x00020002);
    u.string.dwTotalSize = sizeof(u);
    CHECK_EQ(tsp.phoneGetDisplay(phone, &u.string), 0);
    CHECK_EQ(u.string.dwStringFormat, STRINGFORMAT_ASCII);
    REQUIRE_EQ(u.string.dwStringSize, 48);
    CHECK(!memcmp(u.bytes + u.string.dwStringOffset, "Alice 101   ", 12));
    CHECK_EQ(tsp.phoneSetDisplay(++request, phone, 1, 2, (LPCWSTR) "Hello", 5), 1);
    EXPECT("1 done; state 20 0");
    CHECK_STR(see(do_display, L""), "Alice 101\r\n  Hello");
    CHECK_EQ(tsp.phoneSetDisplay(++request, phone, 2, 0, (LPCWSTR) "x", 1), ERR(INVALPARAM));
    CHECK_EQ(tsp.phoneSetDisplay(++request, phone, 1, 0, NULL, 1), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneSetDisplay(++request, STALE, 1, 0, NULL, 0), ERR(INVALPHONEHANDLE));
    CHECK_EQ(tsp.phoneGetDisplay(phone, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetDisplay(STALE, &u.string), ERR(INVALPHONEHANDLE));
    u.string.dwTotalSize = 4;
    CHECK_EQ(tsp.phoneGetDisplay(phone, &u.string), ERR(STRUCTURETOOSMALL));
}

TEST(data_areas)
{
    char data[8] = "xxxxxxx";

    start(0x00020002);
    CHECK_EQ(tsp.phoneSetData(++request, phone, 1, "abc", 3), 1);
    EXPECT("1 done");
    CHECK_EQ(tsp.phoneGetData(phone, 1, data, sizeof(data)), 0);
    CHECK(!memcmp(data, "abc\0\0\0\0", 8));
    CHECK_EQ(tsp.phoneGetData(phone, 1, data, 2), 0);
    CHECK_EQ(tsp.phoneSetData(++request, phone, 2, "abc", 3), ERR(INVALDATAID));
    CHECK_EQ(tsp.phoneSetData(++request, phone, 0, "abc", 257), ERR(INVALPARAM));
    CHECK_EQ(tsp.phoneSetData(++request, phone, 0, NULL, 2), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetData(phone, 2, data, 2), ERR(INVALDATAID));
    CHECK_EQ(tsp.phoneGetData(phone, 0, NULL, 2), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetData(STALE, 0, data, 2), ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(devspecific)
{
    struct simpbx_command command = {SIMPBX_COMMAND_CLOCK, {9, 9, 9, 9}};

    start(0x00020002);
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)),
             ERR(OPERATIONUNAVAIL));
    CHECK_EQ(tsp.phoneSelectExtVersion(phone, SIMPBX_EXT_VERSION), 0);
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)), 2);
    EXPECT("2 done");
    CHECK_EQ(command.value[1], 1);
    command = (struct simpbx_command){SIMPBX_COMMAND_NOTIFY, {1, 2, 3, 4}};
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)), 3);
    EXPECT("3 done; devspecific 1 2 3");
    command.code = 99;
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, sizeof(command)),
             ERR(OPERATIONUNAVAIL));
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, &command, 4), ERR(STRUCTURETOOSMALL));
    CHECK_EQ(tsp.phoneDevSpecific(++request, phone, NULL, 0), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneDevSpecific(++request, STALE, &command, 4), ERR(INVALPHONEHANDLE));
}

TEST(made_failures_and_delays)
{
    BSTR name = SysAllocString(L"TSPI_phoneSetLamp");
    BSTR get = SysAllocString(L"TSPI_phoneGetRing");
    DWORD mode, volume;

    start(0x00020002);
    CHECK_EQ(ISimPBX_FailNext(control, name, ERR(RESOURCEUNAVAIL), 1), S_OK);
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_STEADY), 1);
    EXPECT("1 failed 9000001f");
    CHECK_EQ(ISimPBX_FailNext(control, get, ERR(OPERATIONFAILED), 1), S_OK);
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, &volume), ERR(OPERATIONFAILED));
    CHECK_EQ(tsp.phoneGetRing(phone, &mode, &volume), 0);
    CHECK_EQ(ISimPBX_put_CompletionDelay(control, 100), S_OK);
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_STEADY), 2);
    EXPECT("state 40 16");
    CHECK_EQ(ISimPBX_Step(control, 100), S_OK);
    EXPECT("2 done");
    /* A completion outlives the phone's handle. */
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_OFF), 3);
    CHECK_EQ(tsp.phoneClose(phone), 0);
    CHECK_EQ(ISimPBX_Step(control, 100), S_OK);
    EXPECT("state 40 16; 3 done");
    SysFreeString(name);
    SysFreeString(get);
}

/* --- tied to the line --- */

TEST(lifting_answers_and_hanging_up_drops)
{
    DWORD devices;

    start(0x00020002);
    inject();
    EXPECT("new call; call 2; state 80 2; state 40 c; state 20 0");
    CHECK_STR(see(do_display, L""), "Vera 5550001\r\nRinging");
    CHECK_STR(see(do_lamp, L"call 1"), "wink");
    LIFT();
    EXPECT("state 200 8; call 100; state 80 0; state 40 c; state 20 0");
    CHECK_STR(see(do_lamp, L"call 1"), "steady");
    CHECK_EQ(tsp.phoneGetHookSwitch(phone, &devices), 0);
    CHECK_EQ(devices, PHONEHOOKSWITCHDEV_HANDSET);
    HANG_UP();
    EXPECT("state 200 1; call 1; state 40 c; state 20 0");
    CHECK_EQ(tsp.phoneGetHookSwitch(phone, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetHookSwitch(STALE, &devices), ERR(INVALPHONEHANDLE));
}

TEST(a_program_lifts_it)
{
    start(0x00020002);
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, PHONEHOOKSWITCHDEV_HEADSET,
                                    PHONEHOOKSWITCHMODE_MICSPEAKER),
             1);
    EXPECT("1 done; state 8000 8; new call; call 8; state 40 c; state 20 0");
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, PHONEHOOKSWITCHDEV_HEADSET,
                                    PHONEHOOKSWITCHMODE_MIC),
             2);
    EXPECT("2 done; state 8000 2");
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, 7, PHONEHOOKSWITCHMODE_ONHOOK), 3);
    EXPECT("3 done; state 8000 1; call 1; state 40 c; state 20 0");
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, 8, PHONEHOOKSWITCHMODE_ONHOOK),
             ERR(INVALHOOKSWITCHDEV));
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, phone, 1, PHONEHOOKSWITCHMODE_UNKNOWN),
             ERR(INVALHOOKSWITCHMODE));
    CHECK_EQ(tsp.phoneSetHookSwitch(++request, STALE, 1, PHONEHOOKSWITCHMODE_ONHOOK),
             ERR(INVALPHONEHANDLE));
    EXPECT("");
}

TEST(what_a_program_does_with_the_call_shows)
{
    start(0x00020002);
    inject();
    heard();
    CHECK_EQ(tsp.lineAnswer(++request, last_new, NULL, 0), 1);
    EXPECT("1 done; call 100; state 1000 8; state 80 0; state 40 c; state 40 18; state 20 0");
    CHECK_STR(see(do_hook, L"speaker"), "micspeaker");
    CHECK_EQ(tsp.lineHold(++request, last_new), 2);
    EXPECT("2 done; call 400; state 1000 1; state 40 c; state 40 18; state 20 0");
    CHECK_STR(see(do_lamp, L"call 1"), "flash");
    CHECK_STR(see(do_display, L""), "Vera 5550001\r\nOn hold");
    PRESS(L"Call 1");
    CHECK(strstr(heard(), "call 100") != NULL);
    CHECK_EQ(tsp.lineDrop(++request, last_new, NULL, 0), 3);
    CHECK_STR(see(do_hook, L"speaker"), "onhook");
    CHECK_STR(see(do_lamp, L"call 1"), "off");
}

TEST(keys_dial)
{
    start(0x00020002);
    LIFT();
    heard();
    PRESS(L"1");
    EXPECT("button 1 8 down; call 10; button 1 8 up; state 20 0");
    PRESS(L"0");
    heard();
    PRESS(L"2");
    EXPECT("button 2 8 down; call 200; call 20; button 2 8 up; state 20 0");
    CHECK_STR(see(do_display, L""), "102\r\nRinging there");
}

TEST(status)
{
    union {
        PHONESTATUS status;
        BYTE bytes[512];
    } u;

    start(0x00020002);
    inject();
    LIFT();
    memset(&u, 0xAA, sizeof(u));
    u.status.dwTotalSize = sizeof(u);
    u.status.dwNumOwners = 1;
    u.status.dwNumMonitors = 2;
    CHECK_EQ(tsp.phoneGetStatus(phone, &u.status), 0);
    CHECK_EQ(u.status.dwStatusFlags, PHONESTATUSFLAGS_CONNECTED);
    CHECK_EQ(u.status.dwNumOwners, 1);
    CHECK_EQ(u.status.dwNumMonitors, 2);
    CHECK_EQ(u.status.dwRingMode, 0);
    CHECK_EQ(u.status.dwHandsetHookSwitchMode, PHONEHOOKSWITCHMODE_MICSPEAKER);
    CHECK_EQ(u.status.dwSpeakerHookSwitchMode, PHONEHOOKSWITCHMODE_ONHOOK);
    CHECK_EQ(u.status.dwHeadsetVolume, 0x8000);
    CHECK_EQ(u.status.dwDisplaySize, 48);
    CHECK_EQ(u.status.dwLampModesSize, BUTTONS * 4);
    CHECK_EQ(((DWORD *)(u.bytes + u.status.dwLampModesOffset))[CALL_1], PHONELAMPMODE_STEADY);
    CHECK(u.status.dwPhoneFeatures & PHONEFEATURE_SETLAMP);
    CHECK_EQ(tsp.phoneGetStatus(phone, NULL), ERR(INVALPOINTER));
    CHECK_EQ(tsp.phoneGetStatus(STALE, &u.status), ERR(INVALPHONEHANDLE));
    u.status.dwTotalSize = 103;
    CHECK_EQ(tsp.phoneGetStatus(phone, &u.status), ERR(STRUCTURETOOSMALL));
}

TEST(pulled_out)
{
    start(0x00020002);
    LIFT();
    heard();
    CHECK_EQ(hand(do_plug, L"101", L""), S_OK);
    EXPECT("state 200 1; call 1; state 4 0");
    CHECK_EQ(tsp.phoneSetLamp(++request, phone, FREE_1, PHONELAMPMODE_STEADY),
             ERR(INVALPHONESTATE));
    CHECK_EQ(hand(do_press, L"101", L"1"), E_UNEXPECTED);
    CHECK_EQ(hand(do_plug, L"101", L"in"), S_OK);
    EXPECT("state 2 0; state 40 c; state 20 0");
}

TEST(only_what_is_wanted_is_told)
{
    start(0x00020002);
    CHECK_EQ(tsp.phoneSetStatusMessages(phone, PHONESTATE_RINGMODE, PHONEBUTTONMODE_FEATURE,
                                        PHONEBUTTONSTATE_UP),
             0);
    inject();
    EXPECT("new call; call 2; state 80 2");
    PRESS(L"5");
    PRESS(L"Hold");
    EXPECT("button 16 4 up");
    CHECK_EQ(tsp.phoneSetStatusMessages(STALE, 0, 0, 0), ERR(INVALPHONEHANDLE));
}

TEST(the_control_object_refuses)
{
    VARIANT button;
    BSTR who;
    LONG mode;

    start(0x00020002);
    CHECK_EQ(hand(do_lift, L"103", L"handset"), E_INVALIDARG);
    CHECK_EQ(hand(do_lift, L"999", L"handset"), E_INVALIDARG);
    CHECK_EQ(hand(do_lift, L"101", L"foot"), E_INVALIDARG);
    CHECK_EQ(hand(do_hang_up, L"101", L"foot"), E_INVALIDARG);
    CHECK_EQ(hand(do_press, L"101", L"Eject"), E_INVALIDARG);
    CHECK_EQ(hand(do_lamp, L"101", L"Eject"), E_INVALIDARG);
    CHECK_EQ(hand(do_hook, L"101", L"foot"), E_INVALIDARG);
    CHECK_EQ(hand(do_display, L"103", L""), E_INVALIDARG);
    who = SysAllocString(L"101");
    V_VT(&button) = VT_I4;
    V_I4(&button) = (LONG)HOLD;
    CHECK_EQ(ISimPBX_PressButton(control, who, button), S_OK);
    EXPECT("button 16 4 down; button 16 4 up");
    V_I4(&button) = BUTTONS;
    CHECK_EQ(ISimPBX_PressButton(control, who, button), E_INVALIDARG);
    CHECK_EQ(ISimPBX_PhoneRing(control, who, &mode), S_OK);
    CHECK_EQ(mode, 0);
    CHECK_EQ(ISimPBX_PhoneRing(control, who, NULL), E_POINTER);
    SysFreeString(who);
}
