/* tspi.c - see tspi.h. */
#include "tspi.h"

#include <stdio.h>

struct tspi_entries tsp;

CRITICAL_SECTION lock;
static char events[8192];
DWORD next_request, next_htcall;
static DWORD created;
HDRVLINE line[LINES];
HDRVCALL last_new[LINES];
struct audio_port_offer offers[LINES];
HANDLE noted;

static void note(const char *format, ...)
{
    va_list list;

    EnterCriticalSection(&lock);
    size_t used = strlen(events);
    if (used)
        used += (size_t)snprintf(events + used, sizeof(events) - used, "; ");
    va_start(list, format);
    vsnprintf(events + used, sizeof(events) - used, format, list);
    va_end(list);
    LeaveCriticalSection(&lock);
    SetEvent(noted);
}

void await(const char *text)
{
    unsigned long long deadline = test_clock() + 60000;
    BOOL there = FALSE;

    while (!there && test_clock() < deadline) {
        EnterCriticalSection(&lock);
        there = strstr(events, text) != NULL;
        LeaveCriticalSection(&lock);
        if (!there)
            WaitForSingleObject(noted, 100);
    }
}

const char *heard(void)
{
    static char taken[sizeof(events)];

    EnterCriticalSection(&lock);
    memcpy(taken, events, sizeof(taken));
    events[0] = 0;
    LeaveCriticalSection(&lock);
    return taken;
}

static void CALLBACK on_complete(DRV_REQUESTID id, LONG result)
{
    note(result ? "%lu failed %lx" : "%lu done", (unsigned long)id, (unsigned long)result);
}

void CALLBACK on_event(HTAPILINE htline, HTAPICALL htcall, DWORD message, DWORD_PTR p1,
                       DWORD_PTR p2, DWORD_PTR p3)
{
    int number = (int)(INT_PTR)htline - 1;
    int call = (int)(INT_PTR)htcall;

    (void)p3;
    switch (message) {
    case LINE_NEWCALL:
        last_new[number] = (HDRVCALL)p1;
        *(HTAPICALL *)p2 = (HTAPICALL)(INT_PTR)++next_htcall;
        note("%d new call %lu", 101 + number, (unsigned long)next_htcall);
        break;
    case LINE_CALLSTATE:
        note("%d/%d state %lx", 101 + number, call, (unsigned long)p1);
        break;
    case LINE_LINEDEVSTATE:
        note("%d line %lx", 101 + number, (unsigned long)p1);
        break;
    case LINE_ADDRESSSTATE:
        note("%d address %lx", 101 + number, (unsigned long)p2);
        break;
    case LINE_GATHERDIGITS:
        note("%d/%d gathered %lx", 101 + number, call, (unsigned long)p1);
        break;
    case LINE_QOSINFO:
        note("%d/%d qos %lu", 101 + number, call, (unsigned long)p1);
        break;
    case LINE_CREATE:
        CHECK_EQ(p1, 77);
        note("create");
        CHECK_EQ(tsp.providerCreateLineDevice(p2, 1000 + created++), 0);
        break;
    case LINE_SENDMSPDATA:
        CHECK_EQ(p3, sizeof(offers[0]));
        EnterCriticalSection(&lock);
        memcpy(&offers[number], (void *)p2, sizeof(offers[0]));
        LeaveCriticalSection(&lock);
        SetEvent(noted);
        break;
    }
}

void start_with(DWORD version, const WCHAR *config)
{
    DWORD lines = 0, phones = 1;

    provider_configure(config);
    REQUIRE_EQ(tsp.providerEnumDevices(1, &lines, &phones, (HPROVIDER)77, on_event, NULL), 0);
    REQUIRE_EQ(lines, 3);
    REQUIRE_EQ(phones, 0);
    REQUIRE_EQ(tsp.providerInit(version, 1, 10, 0, lines, phones, on_complete, NULL), 0);
    for (DWORD i = 0; i < lines; i++) {
        POISON(line[i]);
        REQUIRE_EQ(tsp.lineOpen(10 + i, (HTAPILINE)(INT_PTR)(i + 1), &line[i], version, on_event),
                   0);
    }
}

const WCHAR office[] = L"clock stepped\nextension 101 \"Alice\"\nextension 102 \"B\x00f6"
                       L"b\"\nextension 103\noutside 5550100 answer 300\nbandwidth 128\n";

void start(void)
{
    start_with(0x00030001, office);
}

void step(LONG ms)
{
    CHECK_EQ(ISimPBX_Step(control, ms), S_OK);
}

void tspi_load(void)
{
    InitializeCriticalSection(&lock);
    noted = CreateEventW(NULL, FALSE, FALSE, NULL);
    events[0] = 0;
    next_request = 0;
    next_htcall = 0;
    created = 0;
    provider_load();
    TSPI_TEST_ENTRIES(PROVIDER_ENTRY)
}

void tspi_unload(void)
{
    tsp.providerShutdown(0x00030001, 1);
    provider_unload();
    CloseHandle(noted);
    DeleteCriticalSection(&lock);
}

HDRVCALL make(int from, const WCHAR *number)
{
    HDRVCALL call;
    LONG result;

    POISON(call);
    result = tsp.lineMakeCall(++next_request, line[from], (HTAPICALL)(INT_PTR)++next_htcall, &call,
                              number, 0, NULL);
    REQUIRE_EQ(result, (LONG)next_request);
    return call;
}

LONG drop(HDRVCALL call)
{
    return tsp.lineDrop(++next_request, call, NULL, 0);
}
