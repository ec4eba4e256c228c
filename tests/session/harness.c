/* harness.c - see harness.h. */
#include "tests/session/harness.h"

#include <stdio.h>
#include "tapi32/private.h"

#define DEADLINE 10000 /* ms: ends a test that would hang */

struct recorder *recorder, *lean;
static LONG searched[2];

static struct recorder *load(const char *name)
{
    HMODULE module = LoadLibraryA(name); /* ours as long as the test lasts */
    struct recorder *one;

    REQUIRE(module);
    one = ((recorder_control)(void *)GetProcAddress(module, "RecorderControl"))();
    ZeroMemory(one, sizeof(*one));
    one->media_modes = VOICE | DATA | FAX | LINEMEDIAMODE_UNKNOWN;
    one->call_media_mode = VOICE;
    one->fail_device = ~0u;
    return one;
}

TEST_BEFORE
{
    recorder = load("recorder.tsp");
    lean = load("lean.tsp");
    searched[0] = searched[1] = 0;
}

TEST_AFTER
{
    struct open_tapi_counters counters;

    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps + counters.lines + counters.calls + counters.requests +
                 counters.handles + counters.providers + counters.messages,
             0);
    CHECK_EQ(recorder->inits, recorder->shutdowns);
    CHECK_EQ(lean->inits, lean->shutdowns);
}

/* ---- applications ---- */

void person_start(struct person *person, const char *module)
{
    LINEINITIALIZEEXPARAMS params = {
        sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEEVENT | person->options, {0}, 0};
    DWORD devices = 0, version;
    LINEEXTENSIONID extension;

    if (!person->version)
        person->version = 0x00020002;
    version = person->version < 0x00020000 ? 0x00020000 : person->version;
    REQUIRE_EQ(lineInitializeExW(&person->app, module ? GetModuleHandleA(module) : NULL, NULL,
                                 L"person", &devices, &version, &params),
               0);
    REQUIRE_EQ(devices, 2 * RECORDER_LINES);
    for (DWORD i = 0; i < devices; i++)
        REQUIRE_EQ(lineNegotiateAPIVersion(person->app, i, person->version, person->version,
                                           &version, &extension),
                   0);
}

LONG person_try_open(struct person *person, DWORD device, DWORD privileges, DWORD media_modes,
                     LINECALLPARAMS *params)
{
    return lineOpenW(person->app, device, &person->line, person->version, 0, 0x1000 + device,
                     privileges, media_modes, params);
}

void person_open(struct person *person, const char *module, DWORD device, DWORD privileges,
                 DWORD media_modes)
{
    person_start(person, module);
    REQUIRE_EQ(person_try_open(person, device, privileges, media_modes, NULL), 0);
}

void person_end(struct person *person)
{
    CHECK_EQ(lineShutdown(person->app), 0);
}

LINEMESSAGE person_next(struct person *person)
{
    LINEMESSAGE message = {.dwMessageID = ~0u};

    CHECK_EQ(lineGetMessage(person->app, &message, DEADLINE), 0);
    return message;
}

static void check_message(const LINEMESSAGE *message, DWORD id, DWORD device, DWORD p1, DWORD p2,
                          DWORD p3)
{
    CHECK_EQ(message->dwMessageID, id);
    if (device != ANY)
        CHECK_EQ(message->hDevice, device);
    if (p1 != ANY)
        CHECK_EQ(message->dwParam1, p1);
    if (p2 != ANY)
        CHECK_EQ(message->dwParam2, p2);
    if (p3 != ANY)
        CHECK_EQ(message->dwParam3, p3);
}

void person_expect(struct person *person, DWORD message, DWORD device, DWORD p1, DWORD p2, DWORD p3)
{
    LINEMESSAGE next = person_next(person);

    check_message(&next, message, device, p1, p2, p3);
}

HCALL person_expect_call(struct person *person, DWORD state, DWORD privilege)
{
    LINEMESSAGE next = person_next(person);
    DWORD call = next.hDevice;

    if (person->version >= 0x00020000) {
        call = (DWORD)next.dwParam2;
        check_message(&next, LINE_APPNEWCALL, person->line, ANY, call, privilege);
        next = person_next(person);
    }
    check_message(&next, LINE_CALLSTATE, call, state, ANY, privilege);
    return call;
}

void person_done(struct person *person, LONG request)
{
    CHECK(request > 0);
    if (request > 0)
        person_expect(person, LINE_REPLY, 0, (DWORD)request, 0, 0);
}

HCALL person_call(struct person *person)
{
    HCALL call = 0;

    person_done(person, lineMakeCallW(person->line, &call, L"1", 0, NULL));
    return call;
}

/* ---- the exchange ---- */

static struct recorder *owner_of(DWORD device)
{
    return device < LEAN ? recorder : lean;
}

void nobody_expects_more(DWORD device, unsigned count, struct person **persons)
{
    static DWORD mark;
    struct recorder *who = owner_of(device);

    mark++;
    who->event(who->line[device % RECORDER_LINES], NULL, LINE_DEVSPECIFIC, 0x3A4B, mark, 0);
    for (unsigned i = 0; i < count; i++)
        person_expect(persons[i], LINE_DEVSPECIFIC, persons[i]->line, 0x3A4B, mark, 0);
}

DWORD call_arrives(DWORD device, DWORD state, DWORD media_mode)
{
    struct recorder *who = owner_of(device);
    DWORD call = (DWORD)++who->calls;

    who->event(who->line[device % RECORDER_LINES], NULL, LINE_NEWCALL, call,
               (DWORD_PTR)&who->call[call], 0);
    REQUIRE(who->call[call]);
    call_message(device, call, LINE_CALLSTATE, state, 0, media_mode);
    return call;
}

void call_message(DWORD device, DWORD call, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
    struct recorder *who = owner_of(device);

    who->event(who->line[device % RECORDER_LINES], who->call[call], message, p1, p2, p3);
}

void call_state(DWORD device, DWORD call, DWORD state)
{
    call_message(device, call, LINE_CALLSTATE, state, 0, 0);
}

/* ---- what the provider was asked ---- */

static LONG find(struct recorder *who, const char *text)
{
    for (LONG i = searched[who == lean]; i < who->logged && i < RECORDER_LOG; i++)
        if (!strncmp(who->log[i], text, strlen(text)))
            return i;
    return -1;
}

void tspi_called(struct recorder *who, const char *text, const char *file, int line)
{
    DWORD end = GetTickCount() + DEADLINE;
    LONG at;

    while ((at = find(who, text)) < 0 && (LONG)(end - GetTickCount()) > 0)
        SwitchToThread();
    if (at >= 0) {
        searched[who == lean] = at + 1;
        return;
    }
    test_fail(file, line, "the provider was not called: %s", text);
    for (LONG i = searched[who == lean]; i < who->logged && i < RECORDER_LOG; i++)
        test_note("  but: %s", who->log[i]);
}

void tspi_not_called(struct recorder *who, const char *text, const char *file, int line)
{
    LONG at = find(who, text);

    if (at >= 0)
        test_fail(file, line, "the provider was called: %s", who->log[at]);
}
