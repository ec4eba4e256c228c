/*
 * hostile_test.c - the asynchronous contract, against a provider that breaks all of its rules:
 * every positive request ID brings exactly one LINE_REPLY, a negative result brings none, a new
 * call's messages come after its reply, and nothing is left over.
 */
#include "tests/providers/hostile.h"

#include <tapi.h>
#include <stdlib.h>
#include "tapi32/private.h"
#include "tests/support/test.h"

#define CALLS_A_LINE 50
#define CLIENTS      4
#define REQUESTS     100000
#define DEADLINE     60000 /* ms; a machine under load is slow, a lost reply never comes */

struct record {
    DWORD message; /* LINE_REPLY or LINE_CALLSTATE */
    DWORD value;   /* request ID or HCALL */
    LONG result;
};

static HLINEAPP app;
static HLINE line[HOSTILE_LINES];
static HCALL call[HOSTILE_LINES * CALLS_A_LINE];
static HCALL live[HOSTILE_LINES * CALLS_A_LINE]; /* the calls that came to be */
static unsigned live_count;
static LONG call_request[HOSTILE_LINES * CALLS_A_LINE];
static DWORD issued[REQUESTS + HOSTILE_LINES * CALLS_A_LINE];
static volatile LONG issued_count, refused_count;

static SRWLOCK record_lock = SRWLOCK_INIT;
static CONDITION_VARIABLE recorded = CONDITION_VARIABLE_INIT;
static struct record *record;
static unsigned record_count, record_room, reply_count;

static void keep_record(const LINEMESSAGE *message)
{
    AcquireSRWLockExclusive(&record_lock);
    if (record_count == record_room) {
        record_room = record_room ? record_room * 2 : 1024;
        record = realloc(record, record_room * sizeof(*record));
        if (!record)
            abort();
    }
    record[record_count++] = (struct record){
        message->dwMessageID,
        message->dwMessageID == LINE_REPLY ? (DWORD)message->dwParam1 : message->hDevice,
        message->dwMessageID == LINE_REPLY ? (LONG)message->dwParam2 : 0,
    };
    reply_count += message->dwMessageID == LINE_REPLY;
    ReleaseSRWLockExclusive(&record_lock);
    WakeAllConditionVariable(&recorded);
}

static DWORD WINAPI receive(void *unused)
{
    LINEMESSAGE message;

    (void)unused;
    while (!lineGetMessage(app, &message, INFINITE))
        if (message.dwMessageID == LINE_REPLY || message.dwMessageID == LINE_CALLSTATE)
            keep_record(&message);
    return 0;
}

static void wait_for_replies(unsigned count)
{
    DWORD end = GetTickCount() + DEADLINE;

    AcquireSRWLockExclusive(&record_lock);
    while (reply_count < count && (LONG)(end - GetTickCount()) > 0)
        SleepConditionVariableSRW(&recorded, &record_lock, 1000, 0);
    ReleaseSRWLockExclusive(&record_lock);
}

static void issue(LONG request)
{
    if (request > 0)
        issued[InterlockedIncrement(&issued_count) - 1] = (DWORD)request;
    else
        InterlockedIncrement(&refused_count);
}

static void open_lines(void)
{
    LINEINITIALIZEEXPARAMS params = {sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEEVENT, {0}, 0};
    DWORD devices = 0, version = 0x00020002;
    LINEEXTENSIONID extension;

    REQUIRE_EQ(lineInitializeExW(&app, NULL, NULL, L"hostile", &devices, &version, &params), 0);
    REQUIRE_EQ(devices, HOSTILE_LINES);
    for (DWORD i = 0; i < HOSTILE_LINES; i++) {
        REQUIRE_EQ(lineNegotiateAPIVersion(app, i, 0x00010003, 0x00020002, &version, &extension),
                   0);
        REQUIRE_EQ(lineOpenW(app, i, &line[i], version, 0, i, LINECALLPRIVILEGE_OWNER,
                             LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
                   0);
    }
}

static DWORD WINAPI issue_requests(void *client)
{
    unsigned random = 77 + (unsigned)(ULONG_PTR)client;

    for (unsigned i = 0; i < REQUESTS / CLIENTS; i++) {
        HCALL target;

        random = random * 1664525u + 1013904223u;
        target = live[(random >> 8) % live_count];
        switch ((random >> 20) % 6) {
        case 0:
            issue(lineHold(target));
            break;
        case 1:
            issue(lineUnhold(target));
            break;
        case 2:
            issue(lineDialW(target, L"123", 0));
            break;
        case 3:
            issue(lineAccept(target, NULL, 0));
            break;
        case 4:
            issue(lineSecureCall(target));
            break;
        default:
            issue(lineDrop(target, NULL, 0));
        }
    }
    return 0;
}

static int compare_dwords(const void *a, const void *b)
{
    DWORD left = *(const DWORD *)a, right = *(const DWORD *)b;

    return left < right ? -1 : left > right;
}

/* Each identifier that was handed out is among the replies once, and no other is. */
static void check_one_reply_each(void)
{
    DWORD *replied = malloc((reply_count + 1) * sizeof(*replied));
    unsigned count = 0, wrong = 0;

    REQUIRE(replied);
    for (unsigned i = 0; i < record_count; i++)
        if (record[i].message == LINE_REPLY)
            replied[count++] = record[i].value;
    qsort(replied, count, sizeof(*replied), compare_dwords);
    qsort(issued, issued_count, sizeof(*issued), compare_dwords);
    CHECK_EQ(count, (unsigned)issued_count);
    for (unsigned i = 0; i < count && i < (unsigned)issued_count; i++)
        wrong += replied[i] != issued[i];
    CHECK_EQ(wrong, 0);
    free(replied);
}

/* The index of the first record of that kind, or record_count. */
static unsigned find_record(DWORD message, DWORD value)
{
    unsigned i = 0;

    while (i < record_count && (record[i].message != message || record[i].value != value))
        i++;
    return i;
}

static void check_calls_after_their_replies(void)
{
    for (unsigned i = 0; i < HOSTILE_LINES * CALLS_A_LINE; i++) {
        unsigned reply, state = find_record(LINE_CALLSTATE, call[i]);

        if (call_request[i] <= 0)
            continue;
        reply = find_record(LINE_REPLY, (DWORD)call_request[i]);
        REQUIRE(reply < record_count || state == record_count);
        CHECK(reply < state || state == record_count);
        if (reply < record_count && record[reply].result) {
            CHECK_EQ(state, record_count); /* the call never came to be */
            call[i] = 0;
        }
    }
}

static void make_calls(void)
{
    unsigned never = 0;
    hostile_counts counts =
        (hostile_counts)(void *)GetProcAddress(GetModuleHandleA("hostile.tsp"), "HostileCounts");
    LONG count[HOSTILE_BEHAVIOUR_COUNT];

    for (unsigned i = 0; i < HOSTILE_LINES * CALLS_A_LINE; i++) {
        call[i] = 0xdeadbeef;
        call_request[i] = lineMakeCallW(line[i % HOSTILE_LINES], &call[i], L"1", 0, NULL);
        issue(call_request[i]);
        if (call_request[i] <= 0)
            call[i] = 0;
    }
    counts(count);
    never = (unsigned)count[HOSTILE_NEVER];
    wait_for_replies((unsigned)issued_count - never);
    AcquireSRWLockExclusive(&record_lock);
    check_calls_after_their_replies();
    ReleaseSRWLockExclusive(&record_lock);
    for (unsigned i = 0; i < HOSTILE_LINES * CALLS_A_LINE; i++)
        if (call[i] && find_record(LINE_REPLY, (DWORD)call_request[i]) < record_count)
            live[live_count++] = call[i];
    REQUIRE(live_count > 0);
}

TEST(a_hundred_thousand_hostile_requests_bring_one_reply_each)
{
    HANDLE receiver, client[CLIENTS];
    LONG count[HOSTILE_BEHAVIOUR_COUNT];
    struct open_tapi_counters counters;

    open_lines();
    receiver = CreateThread(NULL, 0, receive, NULL, 0, NULL);
    make_calls();
    for (ULONG_PTR i = 0; i < CLIENTS; i++)
        client[i] = CreateThread(NULL, 0, issue_requests, (void *)i, 0, NULL);
    CHECK_EQ(WaitForMultipleObjects(CLIENTS, client, TRUE, DEADLINE * 4), WAIT_OBJECT_0);
    ((hostile_counts)(void *)GetProcAddress(GetModuleHandleA("hostile.tsp"), "HostileCounts"))(
        count);
    for (unsigned i = 0; i < HOSTILE_BEHAVIOUR_COUNT; i++)
        CHECK(count[i] > 0);

    /* Closing the lines ends what the provider never completed. */
    for (unsigned i = 0; i < HOSTILE_LINES; i++)
        CHECK_EQ(lineClose(line[i]), 0);
    wait_for_replies((unsigned)issued_count);
    AcquireSRWLockExclusive(&record_lock);
    check_one_reply_each();
    ReleaseSRWLockExclusive(&record_lock);
    CHECK(issued_count + refused_count >= REQUESTS);
    test_note("%ld requests taken, %ld refused, %u replies; never completed: %ld", issued_count,
              refused_count, reply_count, count[HOSTILE_NEVER]);

    CHECK_EQ(lineShutdown(app), 0);
    CHECK_EQ(WaitForSingleObject(receiver, DEADLINE), WAIT_OBJECT_0);
    CloseHandle(receiver);
    for (unsigned i = 0; i < CLIENTS; i++)
        CloseHandle(client[i]);
    free(record);
    OpenTapiGetCounters(&counters);
    CHECK_EQ(counters.apps + counters.lines + counters.calls + counters.requests +
                 counters.handles + counters.providers + counters.messages,
             0);
    CHECK(counters.duplicate_completions > 0);
}
