/* com_driver.c - whole calls through TAPI 3: free-threaded, events through the vtable interface. */
#include "bench.h"

#include <stdio.h>
#include "bench_com.h"

static ITTAPI *tapi;
static ITAddress *address[2];
static LONG registration;
static ITCallInfo *volatile callee_info;
static ITBasicCallControl *callee;
static ITCallInfo *caller_info;
static struct bench_signal offered, caller_connected, callee_connected, caller_over, callee_over;
static LONG made;

static void on_notification(IDispatch *event)
{
    ITCallNotificationEvent *notification;
    ITCallInfo *info = NULL;

    if (FAILED(
            IDispatch_QueryInterface(event, &IID_ITCallNotificationEvent, (void **)&notification)))
        return;
    if (SUCCEEDED(ITCallNotificationEvent_get_Call(notification, &info))) {
        ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&callee);
        callee_info = info;
    }
    ITCallNotificationEvent_Release(notification);
}

static void on_call_state(IDispatch *event)
{
    ITCallStateEvent *changed;
    ITCallInfo *info = NULL;
    CALL_STATE state = CS_IDLE;

    if (FAILED(IDispatch_QueryInterface(event, &IID_ITCallStateEvent, (void **)&changed)))
        return;
    ITCallStateEvent_get_State(changed, &state);
    ITCallStateEvent_get_Call(changed, &info);
    if (state == CS_OFFERING)
        signal_raise(&offered);
    else if (state == CS_CONNECTED)
        signal_raise(info == caller_info ? &caller_connected : &callee_connected);
    else if (state == CS_DISCONNECTED)
        signal_raise(info == caller_info ? &caller_over : &callee_over);
    if (info)
        ITCallInfo_Release(info);
    ITCallStateEvent_Release(changed);
}

static void on_event(TAPI_EVENT kind, IDispatch *event)
{
    if (kind == TE_CALLNOTIFICATION)
        on_notification(event);
    else if (kind == TE_CALLSTATE)
        on_call_state(event);
}

static BOOL open_addresses(void)
{
    made = 0;
    offered.count = caller_connected.count = callee_connected.count = 0;
    caller_over.count = callee_over.count = 0;
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (!bench_tapi_open(&tapi, on_event, TE_CALLNOTIFICATION | TE_CALLSTATE))
        return FALSE;
    for (unsigned i = 0; i < 2; i++)
        if (!(address[i] = bench_tapi_address(tapi, i)))
            return FALSE;
    return SUCCEEDED(ITTAPI_RegisterCallNotifications(tapi, address[1], VARIANT_TRUE, VARIANT_TRUE,
                                                      TAPIMEDIATYPE_AUDIO, 2, &registration)) ||
           bench_fail("RegisterCallNotifications failed");
}

static BOOL one_call(void)
{
    static const WCHAR number[] = L"102";
    BSTR destination = SysAllocString(number);
    ITBasicCallControl *caller = NULL;
    BOOL good = FALSE;
    HRESULT hr;

    made++;
    if (FAILED(ITAddress_CreateCall(address[0], destination, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &caller)) ||
        FAILED(ITBasicCallControl_QueryInterface(caller, &IID_ITCallInfo, (void **)&caller_info)) ||
        FAILED(ITBasicCallControl_Connect(caller, VARIANT_FALSE)))
        bench_fail("COM: the call cannot be made");
    else if (!signal_wait(&offered, made))
        bench_fail("COM: no offer");
    else if (FAILED(hr = ITBasicCallControl_Answer(callee)))
        bench_fail("COM: the call cannot be answered: %#lx", (unsigned long)hr);
    else if (!signal_wait(&caller_connected, made) || !signal_wait(&callee_connected, made) ||
             FAILED(ITBasicCallControl_Disconnect(caller, DC_NORMAL)))
        bench_fail("COM: not connected, or it cannot be disconnected");
    else if (!signal_wait(&caller_over, made) || !signal_wait(&callee_over, made))
        bench_fail("COM: the call did not end at both ends");
    else
        good = TRUE;
    if (caller_info)
        ITCallInfo_Release(caller_info);
    if (caller)
        ITBasicCallControl_Release(caller);
    if (callee_info) {
        ITCallInfo_Release(callee_info);
        ITBasicCallControl_Release(callee);
        callee_info = NULL;
    }
    SysFreeString(destination);
    return good;
}

static void close_addresses(void)
{
    ITTAPI_UnregisterNotifications(tapi, registration);
    ITAddress_Release(address[0]);
    ITAddress_Release(address[1]);
    bench_tapi_close(tapi);
    CoUninitialize();
}

const struct call_driver com_driver = {"COM", open_addresses, one_call, close_addresses};
