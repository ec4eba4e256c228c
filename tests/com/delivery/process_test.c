/* process_test.c - sinks in other processes, called through proxies: they hear what the others hear
 * and can ask back; one whose process dies, leaves or hangs is nobody else's trouble. */
#include "tests/com/delivery/listener.h"

#include <stdio.h>

/* ---- a remote sink (remote_sink.c) and what it says ---- */

struct remote {
    PROCESS_INFORMATION process;
    HANDLE input, output; /* our ends of its pipes */
    HANDLE reader;
    IUnknown *proxy;
    IConnectionPoint *point;
    DWORD cookie;

    SRWLOCK lock;
    CONDITION_VARIABLE changed;
    char pointer[4096]; /* its first line */
    LONG lines, words, wrong, released, skipped, last;
    LONG state; /* of the call, in the last word */
    bool ended;
};

static void on_line(struct remote *remote, const char *line)
{
    int call, number, state;

    if (remote->lines++ == 0) {
        snprintf(remote->pointer, sizeof(remote->pointer), "%s", line);
    } else if (sscanf(line, "word %d %d %d", &call, &number, &state) == 3) {
        remote->skipped += number != remote->last + 1;
        remote->last = number;
        remote->state = state;
        remote->words++;
    } else if (!strcmp(line, "released")) {
        remote->released++;
    } else if (!strcmp(line, "wrong thread")) {
        remote->wrong++;
    }
}

static DWORD WINAPI read_lines(void *context)
{
    struct remote *remote = context;
    char line[4096], byte;
    unsigned length = 0;
    DWORD read;

    while (ReadFile(remote->output, &byte, 1, &read, NULL) && read) {
        if (byte == '\r')
            continue;
        if (byte != '\n') {
            if (length < sizeof(line) - 1)
                line[length++] = byte;
            continue;
        }
        line[length] = 0;
        length = 0;
        AcquireSRWLockExclusive(&remote->lock);
        on_line(remote, line);
        ReleaseSRWLockExclusive(&remote->lock);
        WakeAllConditionVariable(&remote->changed);
    }
    AcquireSRWLockExclusive(&remote->lock);
    remote->ended = true;
    ReleaseSRWLockExclusive(&remote->lock);
    WakeAllConditionVariable(&remote->changed);
    return 0;
}

/* Waits until one of its counts has come so far. */
static bool remote_reaches(struct remote *remote, LONG *count, LONG target)
{
    unsigned long long deadline = test_clock() + 3 * WAIT_LONG;
    bool result;

    AcquireSRWLockExclusive(&remote->lock);
    while (!(result = *count >= target) && !remote->ended && test_clock() < deadline)
        SleepConditionVariableSRW(&remote->changed, &remote->lock, 100, 0);
    ReleaseSRWLockExclusive(&remote->lock);
    return result;
}

/* In the apartment where the proxy shall live. */
static void unmarshal(struct remote *remote)
{
    IStream *stream = NULL;
    LARGE_INTEGER start = {.QuadPart = 0};
    unsigned byte;

    CHECK_EQ(CreateStreamOnHGlobal(NULL, TRUE, &stream), S_OK);
    for (const char *at = remote->pointer; sscanf(at, "%2x", &byte) == 1; at += 2) {
        BYTE value = (BYTE)byte;

        IStream_Write(stream, &value, 1, NULL);
    }
    IStream_Seek(stream, start, STREAM_SEEK_SET, NULL);
    CHECK_EQ(CoUnmarshalInterface(stream, &IID_IUnknown, (void **)&remote->proxy), S_OK);
    IStream_Release(stream);
}

static void remote_start(struct remote *remote, const char *how)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    STARTUPINFOA startup = {.cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES};
    HANDLE their_input, their_output;
    char command[100];

    memset(remote, 0, sizeof(*remote));
    InitializeSRWLock(&remote->lock);
    InitializeConditionVariable(&remote->changed);
    REQUIRE(CreatePipe(&their_input, &remote->input, &inherit, 0));
    REQUIRE(CreatePipe(&remote->output, &their_output, &inherit, 0));
    SetHandleInformation(remote->input, HANDLE_FLAG_INHERIT, 0);
    SetHandleInformation(remote->output, HANDLE_FLAG_INHERIT, 0);
    startup.hStdInput = their_input;
    startup.hStdOutput = their_output;
    startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    snprintf(command, sizeof(command), "test_com_remote_sink.exe %s", how);
    REQUIRE(wait_start(command, true, 0, &startup, &remote->process));
    CloseHandle(their_input);
    CloseHandle(their_output);
    remote->reader = CreateThread(NULL, 0, read_lines, remote, 0, NULL);
    REQUIRE(remote_reaches(remote, &remote->lines, 1));
}

struct remote_advice {
    struct remote *remote;
    struct program *program;
    bool late;
};

static void remote_advise(void *context)
{
    struct remote_advice *advice = context;
    struct remote *remote = advice->remote;

    unmarshal(remote);
    remote->point =
        program_point(advice->program, advice->late ? &DIID_ITTAPIDispatchEventNotification
                                                    : &IID_ITTAPIEventNotification);
    CHECK_EQ(IConnectionPoint_Advise(remote->point, remote->proxy, &remote->cookie), S_OK);
    IUnknown_Release(remote->proxy); /* TAPI's reference is enough */
}

static void remote_unadvise(void *context)
{
    struct remote *remote = context;

    CHECK_EQ(IConnectionPoint_Unadvise(remote->point, remote->cookie), S_OK);
}

/* Has it end, and waits for that. */
static void remote_stop(struct remote *remote)
{
    CloseHandle(remote->input);
    wait_end("test_com_remote_sink.exe", &remote->process);
    CHECK(wait_handle(remote->reader, WAIT_LONG));
    CloseHandle(remote->reader);
    CloseHandle(remote->output);
    CHECK_EQ(remote->wrong, 0);
    CHECK_EQ(remote->skipped, 0);
}

/* ---- scenarios ---- */

static void hears_and_asks_back(const char *how, bool late, bool in_sta)
{
    struct apartment apartment;
    struct listener local;
    struct program program;
    struct remote remote;
    struct remote_advice advice = {&remote, &program, late};
    ITBasicCallControl *call;
    LONG number;

    com_enter(COM_MTA);
    program_open(&program);
    apartment_start(&apartment);
    remote_start(&remote, how);
    listener_start(&local);
    listener_advise(&local, &program);
    if (in_sta)
        apartment_run(&apartment, remote_advise, &advice);
    else
        remote_advise(&advice);
    call = program_call(&program, &number);
    program_say_all(number, 1, 25);
    CHECK(listener_hears(&local, 25));
    CHECK(remote_reaches(&remote, &remote.words, 25));
    CHECK_EQ(remote.state, client_state(call));
    if (in_sta)
        apartment_run(&apartment, remote_unadvise, &remote);
    else
        remote_unadvise(&remote);
    CHECK(remote_reaches(&remote, &remote.released, 1));
    program_say_all(number, 26, 30);
    CHECK(listener_hears(&local, 30));
    CHECK_EQ(remote.words, 25);
    ITBasicCallControl_Release(call);
    remote_stop(&remote);
    program_close(&program);
    apartment_stop(&apartment);
    listener_stop(&local);
    com_leave();
}

TEST(a_vtable_sink_of_another_process_hears_from_the_mta)
{
    hears_and_asks_back("mta vtable", false, false);
}

TEST(a_vtable_sink_of_another_process_sta_hears_from_an_sta)
{
    hears_and_asks_back("sta vtable", false, true);
}

TEST(a_late_bound_sink_of_another_process_hears_from_the_mta)
{
    hears_and_asks_back("sta late", true, false);
}

TEST(a_late_bound_sink_of_another_process_hears_from_an_sta)
{
    hears_and_asks_back("mta late", true, true);
}

static LONG settled; /* objects alive once the lost sink has been given up */

static bool is_settled(void *context)
{
    (void)context;
    return client_live_objects() <= settled;
}

/* A remote sink that is lost in its third word, among two that are not: those get on, and what
 * comes later is not kept for the lost one. */
static void is_lost(const char *how, bool late, bool in_sta)
{
    struct apartment apartment;
    struct listener mta, sta;
    struct program program;
    struct remote remote;
    struct remote_advice advice = {&remote, &program, late};
    struct advice sta_advice = {&sta, &program, false};
    ITBasicCallControl *call;
    unsigned long long start;
    LONG number;

    com_enter(COM_MTA);
    program_open(&program);
    apartment_start(&apartment);
    remote_start(&remote, how);
    listener_start(&mta);
    listener_start(&sta);
    if (in_sta)
        apartment_run(&apartment, remote_advise, &advice);
    else
        remote_advise(&advice);
    listener_advise(&mta, &program);
    apartment_run(&apartment, advise_here, &sta_advice);
    call = program_call(&program, &number);
    settled = client_live_objects() + 6; /* a process that dies cannot release what it was given */
    program_say_all(number, 1, 200);
    CHECK(listener_hears(&mta, 200));
    CHECK(listener_hears(&sta, 200));
    CHECK(remote_reaches(&remote, &remote.words, 3));
    CHECK(wait_until(is_settled, NULL, NULL, WAIT_LONG)); /* the 197 queued for it are let go */
    program_say_all(number, 201, 400);
    CHECK(listener_hears(&mta, 400));
    CHECK(listener_hears(&sta, 400));
    CHECK(wait_until(is_settled, NULL, NULL, WAIT_LONG));
    CHECK_EQ(mta.skipped + sta.skipped, 0);
    CHECK_EQ(remote.words, 3);
    start = test_clock();
    if (in_sta)
        apartment_run(&apartment, remote_unadvise, &remote);
    else
        remote_unadvise(&remote);
    CHECK(test_clock() - start < 4500); /* for one in progress it would wait 5 s (docs/events.md) */
    ITBasicCallControl_Release(call);
    program_close(&program);
    remote_stop(&remote);
    apartment_stop(&apartment);
    listener_stop(&mta);
    listener_stop(&sta);
    /* No com_leave, which counts what is alive: Wine does not run down the references of a process
     * that has died, nor those of a call that failed. TEST_AFTER takes what is left as given. */
}

TEST(a_process_that_dies_inside_its_vtable_sink_harms_nobody)
{
    is_lost("mta vtable die 3", false, false);
}

TEST(a_process_that_dies_inside_its_late_bound_sink_in_an_sta_harms_nobody)
{
    is_lost("sta late die 3", true, true);
}

TEST(a_sink_that_its_process_takes_away_harms_nobody)
{
    is_lost("mta vtable leave 3", false, false);
}

TEST(a_process_that_hangs_in_its_sink_holds_nobody_up_but_itself)
{
    struct program program, neighbour;
    struct listener local, other;
    struct remote remote;
    struct remote_advice advice = {&remote, &program, false};
    ITBasicCallControl *call, *other_call;
    LONG number, other_number;

    com_enter(COM_MTA);
    program_open(&program);
    program_open(&neighbour);
    remote_start(&remote, "mta vtable hang 3");
    remote_advise(&advice);
    listener_start(&local);
    listener_start(&other);
    listener_advise(&local, &program);
    listener_advise(&other, &neighbour);
    call = program_call(&program, &number);
    other_call = program_call(&neighbour, &other_number);
    program_say_all(number, 1, 100);
    program_say_all(other_number, 1, 100);
    CHECK(listener_hears(&local, 100));
    CHECK(listener_hears(&other, 100));
    CHECK(remote_reaches(&remote, &remote.words, 3));
    program_say_all(number, 101, 200);
    CHECK(listener_hears(&local, 200));
    CHECK_EQ(remote.words, 3);
    remote_stop(&remote); /* its process comes back from the sink, and ends */
    ITBasicCallControl_Release(call);
    ITBasicCallControl_Release(other_call);
    program_close(&program);
    program_close(&neighbour);
    listener_stop(&local);
    listener_stop(&other);
    /* No com_leave, as in is_lost. */
}
