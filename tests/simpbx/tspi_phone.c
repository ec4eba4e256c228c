/* tspi_phone.c - see tspi_phone.h. */
#include "tspi_phone.h"

#include <stdio.h>

struct tspi_phone_entries tsp;

static char events[8192];
DWORD request;
static DWORD next_htcall, created;
HDRVLINE line;
HDRVCALL last_new;
HDRVPHONE phone;

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

const char *heard(void)
{
    static char taken[sizeof(events)];

    memcpy(taken, events, sizeof(taken));
    events[0] = 0;
    return taken;
}

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

void CALLBACK on_phone(HTAPIPHONE htphone, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
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

void start(DWORD version)
{
    DWORD lines = 0, phones = 0;

    provider_configure(L"clock stepped\nextension 101 \"Alice\"\nextension 102\n"
                       L"extension 103\nphone 101\nphone 102 buttons 1 display 1x10\n");
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

void tspi_phone_load(void)
{
    events[0] = 0;
    request = next_htcall = created = 0;
    provider_load();
    TSPI_PHONE_ENTRIES(PROVIDER_ENTRY)
}

void tspi_phone_unload(void)
{
    tsp.providerShutdown(0x00030001, 1);
    provider_unload();
}

/* --- the hand --- */

HRESULT hand(deed *act, const WCHAR *who, const WCHAR *what)
{
    BSTR a = SysAllocString(who), b = SysAllocString(what);
    HRESULT hr = act(a, b);

    SysFreeString(a);
    SysFreeString(b);
    return hr;
}

HRESULT do_lift(BSTR who, BSTR device)
{
    return ISimPBX_LiftHandset(control, who, device);
}

HRESULT do_hang_up(BSTR who, BSTR device)
{
    return ISimPBX_HangUpHandset(control, who, device);
}

HRESULT do_press(BSTR who, BSTR button)
{
    VARIANT v;

    V_VT(&v) = VT_BSTR;
    V_BSTR(&v) = button;
    return ISimPBX_PressButton(control, who, v);
}

static BSTR seen;

HRESULT do_display(BSTR who, BSTR unused)
{
    (void)unused;
    return ISimPBX_PhoneDisplay(control, who, &seen);
}

HRESULT do_lamp(BSTR who, BSTR button)
{
    VARIANT v;

    V_VT(&v) = VT_BSTR;
    V_BSTR(&v) = button;
    return ISimPBX_PhoneLamp(control, who, v, &seen);
}

HRESULT do_hook(BSTR who, BSTR device)
{
    return ISimPBX_PhoneHookSwitch(control, who, device, &seen);
}

HRESULT do_plug(BSTR who, BSTR in)
{
    return ISimPBX_PlugPhone(control, who, *in ? VARIANT_TRUE : VARIANT_FALSE);
}

HRESULT do_add(BSTR who, BSTR plan)
{
    return ISimPBX_AddPhone(control, who, plan);
}

const char *see(deed *look, const WCHAR *what)
{
    static char text[256];

    CHECK_EQ(hand(look, L"101", what), S_OK);
    snprintf(text, sizeof(text), "%ls", seen);
    SysFreeString(seen);
    seen = NULL;
    return text;
}

LONG inject(void)
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
