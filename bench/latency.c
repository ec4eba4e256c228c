/*
 * latency.c - from a provider's callback to a sink, in the MTA and in an STA, against the bare
 * wake-up of a thread in the same run: by condition variable, and by PostThreadMessage.
 */
#include "bench_com.h"

#include <stdio.h>
#include "tests/providers/stamp.h"

#define MOST_SAMPLES 10000

static volatile LONGLONG arrived;
static struct bench_signal arrival;

/* ---- the bare wake-ups ------------------------------------------------------------------- */

static struct bench_signal wake;
static unsigned bare_samples;

static DWORD WINAPI wait_for_condition(void *unused)
{
    (void)unused;
    for (unsigned i = 1; i <= bare_samples; i++) {
        signal_wait(&wake, (LONG)i);
        arrived = bench_now();
        signal_raise(&arrival);
    }
    return 0;
}

static DWORD WINAPI wait_for_message(void *unused)
{
    MSG message;

    (void)unused;
    PeekMessageA(&message, NULL, 0, 0, PM_NOREMOVE); /* makes the queue */
    signal_raise(&arrival);
    for (unsigned i = 0; i < bare_samples && GetMessageA(&message, NULL, 0, 0) > 0; i++) {
        arrived = bench_now();
        signal_raise(&arrival);
    }
    return 0;
}

static double bare_wake_up(unsigned samples, BOOL by_message)
{
    static double took[MOST_SAMPLES];
    LONG expected = 0;
    DWORD thread_id;
    HANDLE thread;

    bare_samples = samples;
    wake.count = arrival.count = 0;
    thread = CreateThread(NULL, 0, by_message ? wait_for_message : wait_for_condition, NULL, 0,
                          &thread_id);
    if (by_message)
        signal_wait(&arrival, ++expected);
    for (unsigned i = 0; i < samples; i++) {
        LONGLONG start;

        bench_settle();
        start = bench_now();
        if (by_message)
            PostThreadMessageA(thread_id, WM_APP, 0, 0);
        else
            signal_raise(&wake);
        signal_wait(&arrival, ++expected);
        took[i] = (double)(arrived - start);
    }
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    return bench_median(took, samples);
}

/* ---- through everything ------------------------------------------------------------------- */

static BOOL fired; /* the first event that stamp.tsp was told to fire has come */

static BOOL is_hold(IDispatch *event)
{
    ITCallStateEvent *changed;
    CALL_STATE state = CS_IDLE;

    if (SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&changed))) {
        ITCallStateEvent_get_State(changed, &state);
        ITCallStateEvent_Release(changed);
    }
    return state == CS_HOLD;
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    if (kind != TE_CALLSTATE)
        return;
    arrived = bench_now();
    /* What the call's connection brought may come late; the first that is fired is a hold. */
    if (!fired && !(fired = is_hold(event)))
        return;
    signal_raise(&arrival);
}

struct sink_run {
    unsigned samples;
    BOOL sta, good;
    double median;
    struct bench_signal ready, over;
    DWORD thread_id;
    ITBasicCallControl *call;
    ITTAPI *tapi;
};

static BOOL connect_call(struct sink_run *run)
{
    BSTR number = SysAllocString(L"1");
    ITAddress *address;
    HRESULT hr = E_FAIL;

    if (!bench_tapi_open(&run->tapi, on_event, TE_CALLSTATE) ||
        !(address = bench_tapi_address(run->tapi, 0)))
        return FALSE;
    if (SUCCEEDED(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER,
                                       TAPIMEDIATYPE_AUDIO, &run->call)))
        hr = ITBasicCallControl_Connect(run->call, VARIANT_FALSE);
    SysFreeString(number);
    ITAddress_Release(address);
    return SUCCEEDED(hr) || bench_fail("stamp.tsp's call cannot be made: %#lx", (unsigned long)hr);
}

/* The thread that advises the sink: it pumps when it is an STA, and only waits when it is not. */
static DWORD WINAPI own_sink(void *context)
{
    struct sink_run *run = context;
    MSG message;

    CoInitializeEx(NULL, run->sta ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED);
    run->good = connect_call(run);
    run->thread_id = GetCurrentThreadId();
    if (run->sta)
        PeekMessageA(&message, NULL, 0, 0, PM_NOREMOVE);
    signal_raise(&run->ready);
    if (run->sta)
        while (GetMessageA(&message, NULL, 0, 0) > 0)
            DispatchMessageA(&message);
    else
        while (!signal_wait(&run->over, 1))
            ;
    if (run->call)
        ITBasicCallControl_Release(run->call);
    if (run->tapi)
        bench_tapi_close(run->tapi);
    CoUninitialize();
    return 0;
}

static BOOL sink_latency(struct sink_run *run)
{
    static double took[MOST_SAMPLES];
    HANDLE owner = CreateThread(NULL, 0, own_sink, run, 0, NULL);
    stamp_fire fire;

    signal_wait(&run->ready, 1);
    fire = (stamp_fire)(void *)GetProcAddress(GetModuleHandleA("stamp.tsp"), "StampFire");
    run->good = run->good && fire;
    arrival.count = 0;
    fired = FALSE;
    for (unsigned i = 0; run->good && i < run->samples; i++) {
        LONGLONG start;

        bench_settle();
        start = bench_now();
        fire();
        run->good = signal_wait(&arrival, (LONG)i + 1) || bench_fail("event %u never came", i);
        took[i] = (double)(arrived - start);
    }
    signal_raise(&run->over);
    PostThreadMessageA(run->thread_id, WM_QUIT, 0, 0);
    WaitForSingleObject(owner, INFINITE);
    CloseHandle(owner);
    run->median = bench_median(took, run->samples);
    return run->good;
}

BOOL bench_latency(unsigned samples)
{
    struct sink_run mta = {.samples = samples}, sta = {.samples = samples, .sta = TRUE};
    double condition, posted;

    condition = bare_wake_up(samples, FALSE);
    posted = bare_wake_up(samples, TRUE);
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "stamp.tsp");
    if (!sink_latency(&mta) || !sink_latency(&sta))
        return FALSE;
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
    printf("\n| callback to sink (median of %u) | of the bare wake-up | goal | us | bare us |\n"
           "|---|---|---|---|---|\n"
           "| sink in the MTA, of a condition variable | %.2f | 2 | %.1f | %.1f |\n"
           "| sink in an STA, of PostThreadMessage | %.2f | 3 | %.1f | %.1f |\n",
           samples, mta.median / condition, mta.median / 1e3, condition / 1e3, sta.median / posted,
           sta.median / 1e3, posted / 1e3);
    return TRUE;
}
