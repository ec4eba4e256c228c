/*
 * remote_sink.c - a sink in a process of its own. It writes its marshalled pointer on standard
 * output as a line of hexadecimal digits, then a line for every event; it ends when its input ends.
 *
 *     remote_sink mta|sta vtable|late [die N | hang N | leave N]
 *
 * vtable: the sink is an ITTAPIEventNotification and asks events for their vtable interfaces; late:
 * it is an IDispatch and asks by name. In the Nth word it dies on the spot, does not return, or
 * ends its apartment's life in an orderly way (CoDisconnectObject) before it returns.
 *
 * Lines: "word CALL NUMBER STATE" (STATE is the call's, asked back in the other process), "other
 * TYPE", "wrong thread", "released".
 */
#include <windows.h>
#include <ot_tapi3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/com/late.h"

static bool sta, late;
static char last_act;
static LONG act_at, words;
static DWORD home;
static HANDLE over;

static void say(const char *format, ...)
{
    char line[4096];
    va_list arguments;
    DWORD written;
    int size;

    va_start(arguments, format);
    size = vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), line, (DWORD)size, &written, NULL);
}

struct remote_sink {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    IDispatch IDispatch_iface;
    LONG refs;
};

static IUnknown *identity(struct remote_sink *self)
{
    return late ? (IUnknown *)&self->IDispatch_iface
                : (IUnknown *)&self->ITTAPIEventNotification_iface;
}

static HRESULT query(struct remote_sink *self, REFIID iid, void **out)
{
    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown) ||
        IsEqualIID(iid, late ? &IID_IDispatch : &IID_ITTAPIEventNotification))
        *out = identity(self);
    if (*out)
        InterlockedIncrement(&self->refs);
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG drop(struct remote_sink *self)
{
    LONG left = InterlockedDecrement(&self->refs);

    if (left == 1)
        say("released\n");
    return (ULONG)left;
}

static void by_vtable(IDispatch *event, LONG *call, LONG *number, LONG *state)
{
    ITAddressDeviceSpecificEvent *word = NULL;
    ITCallInfo *info = NULL;
    CALL_STATE call_state = (CALL_STATE)-1;

    if (FAILED(IDispatch_QueryInterface(event, &IID_ITAddressDeviceSpecificEvent, (void **)&word)))
        return;
    ITAddressDeviceSpecificEvent_get_lParam1(word, call);
    ITAddressDeviceSpecificEvent_get_lParam2(word, number);
    if (SUCCEEDED(ITAddressDeviceSpecificEvent_get_Call(word, &info)) && info) {
        ITCallInfo_get_CallState(info, &call_state);
        ITCallInfo_Release(info);
    }
    *state = (LONG)call_state;
    ITAddressDeviceSpecificEvent_Release(word);
}

static void by_name(IDispatch *event, LONG *call, LONG *number, LONG *state)
{
    VARIANT info;

    *call = late_number(event, L"lParam1");
    *number = late_number(event, L"lParam2");
    if (SUCCEEDED(late_get(event, L"Call", NULL, 0, &info))) {
        if (V_VT(&info) == VT_DISPATCH && V_DISPATCH(&info))
            *state = late_number(V_DISPATCH(&info), L"CallState");
        VariantClear(&info);
    }
}

static HRESULT on_event(struct remote_sink *self, TAPI_EVENT type, IDispatch *event)
{
    LONG call = -1, number = -1, state = -1;

    if (sta && GetCurrentThreadId() != home)
        say("wrong thread\n");
    if (type != TE_ADDRESSDEVSPECIFIC) {
        say("other 0x%x\n", (unsigned)type);
        return S_OK;
    }
    (late ? by_name : by_vtable)(event, &call, &number, &state);
    say("word %d %d %d\n", (int)call, (int)number, (int)state);
    if (InterlockedIncrement(&words) != act_at)
        return S_OK;
    if (last_act == 'd')
        TerminateProcess(GetCurrentProcess(), 7);
    if (last_act == 'h')
        WaitForSingleObject(over, INFINITE);
    if (last_act == 'l')
        CoDisconnectObject(identity(self), 0);
    return S_OK;
}

/* ---- the two shapes of the sink ---- */

#define SINK       struct remote_sink
#define SINK_QUERY query
#define SINK_DROP  drop
#define SINK_TAKE  on_event
#include "tests/com/events/sink_shapes.h"

static struct remote_sink sink = {{&sink_custom_vtable}, {&sink_late_vtable}, 1};

/* ---- giving the sink away ---- */

static bool write_pointer(void)
{
    static const char digits[] = "0123456789abcdef";
    char line[4000], *to = line;
    IStream *stream = NULL;
    HGLOBAL memory = NULL;
    const BYTE *bytes;
    SIZE_T size;

    if (FAILED(CreateStreamOnHGlobal(NULL, TRUE, &stream)) ||
        FAILED(CoMarshalInterface(stream, &IID_IUnknown, identity(&sink), MSHCTX_LOCAL, NULL,
                                  MSHLFLAGS_NORMAL)) ||
        FAILED(GetHGlobalFromStream(stream, &memory)))
        return false;
    size = GlobalSize(memory);
    bytes = GlobalLock(memory);
    for (SIZE_T i = 0; i < size && to < line + sizeof(line) - 3; i++) {
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 15];
    }
    *to = 0;
    GlobalUnlock(memory);
    IStream_Release(stream);
    say("%s\n", line);
    return true;
}

static DWORD WINAPI wait_for_the_end(void *unused)
{
    char byte;
    DWORD read;

    (void)unused;
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), &byte, 1, &read, NULL) && read)
        ;
    SetEvent(over);
    PostThreadMessageW(home, WM_QUIT, 0, 0);
    return 0;
}

int main(int count, char **words_of_command)
{
    MSG message;

    if (count < 3)
        return 2;
    sta = !strcmp(words_of_command[1], "sta");
    late = !strcmp(words_of_command[2], "late");
    if (count > 4) {
        last_act = words_of_command[3][0];
        act_at = atoi(words_of_command[4]);
    }
    home = GetCurrentThreadId();
    over = CreateEventW(NULL, TRUE, FALSE, NULL);
    CoInitializeEx(NULL, sta ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED);
    PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE);
    CloseHandle(CreateThread(NULL, 0, wait_for_the_end, NULL, 0, NULL));
    if (!write_pointer())
        return 3;
    if (sta)
        while (GetMessageW(&message, NULL, 0, 0) > 0)
            DispatchMessageW(&message);
    else
        WaitForSingleObject(over, INFINITE);
    CoUninitialize();
    return 0;
}
