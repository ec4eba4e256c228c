/* stamp_call.c - bench_com.h: a call whose events the benchmark fires itself. */
#include "bench_com.h"

static BOOL make_call(struct stamp_call *self)
{
    BSTR number = SysAllocString(L"1");
    ITAddress *address;
    HRESULT hr = E_FAIL;

    if (!bench_tapi_open(&self->tapi, self->on_event, TE_CALLSTATE) ||
        !bench_tapi_advise(self->sinks - 1) || !(address = bench_tapi_address(self->tapi, 0)))
        return FALSE;
    if (SUCCEEDED(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER,
                                       TAPIMEDIATYPE_AUDIO, &self->call)))
        hr = ITBasicCallControl_Connect(self->call, VARIANT_FALSE);
    SysFreeString(number);
    ITAddress_Release(address);
    return SUCCEEDED(hr) || bench_fail("stamp.tsp's call cannot be made: %#lx", (unsigned long)hr);
}

static DWORD WINAPI own_sinks(void *context)
{
    struct stamp_call *self = context;
    MSG message;

    CoInitializeEx(NULL, self->sta ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED);
    self->good = make_call(self);
    self->thread_id = GetCurrentThreadId();
    if (self->sta)
        PeekMessageA(&message, NULL, 0, 0, PM_NOREMOVE);
    signal_raise(&self->ready);
    if (self->sta)
        while (GetMessageA(&message, NULL, 0, 0) > 0)
            DispatchMessageA(&message);
    else
        while (!signal_wait(&self->over, 1))
            ;
    if (self->call)
        ITBasicCallControl_Release(self->call);
    if (self->tapi)
        bench_tapi_close(self->tapi);
    CoUninitialize();
    return 0;
}

BOOL stamp_call_open(struct stamp_call *self, bench_event *on_event, unsigned sinks)
{
    self->on_event = on_event;
    self->sinks = sinks;
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "stamp.tsp");
    self->thread = CreateThread(NULL, 0, own_sinks, self, 0, NULL);
    if (!self->thread)
        return bench_fail("no thread: error %lu", GetLastError());
    signal_wait(&self->ready, 1);
    self->fire = (stamp_fire)(void *)GetProcAddress(GetModuleHandleA("stamp.tsp"), "StampFire");
    return self->good && self->fire;
}

void stamp_call_close(struct stamp_call *self)
{
    if (self->thread) {
        signal_raise(&self->over);
        PostThreadMessageA(self->thread_id, WM_QUIT, 0, 0);
        WaitForSingleObject(self->thread, INFINITE);
        CloseHandle(self->thread);
    }
    SetEnvironmentVariableA("OPENTAPI_PROVIDERS", "simpbx.tsp");
}

BOOL stamp_call_is_hold(IDispatch *event)
{
    ITCallStateEvent *changed;
    CALL_STATE state = CS_IDLE;

    if (SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&changed))) {
        ITCallStateEvent_get_State(changed, &state);
        ITCallStateEvent_Release(changed);
    }
    return state == CS_HOLD;
}
