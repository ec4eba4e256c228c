/* client.c - client.h: a TAPI object, its events, and waiting for them. */
#include <initguid.h> /* the identifiers are defined here */

#include "client.h"

#include <string.h>

ITTAPI *tapi;
static client_event handler;
static IConnectionPoint *point;
static DWORD cookie;

/* ---- failures -------------------------------------------------------------------------------- */

const char *client_reason(HRESULT hr)
{
    static char text[300];
    IErrorInfo *info = NULL;
    BSTR sentence = NULL;

    if (GetErrorInfo(0, &info) == S_OK) {
        IErrorInfo_GetDescription(info, &sentence);
        IErrorInfo_Release(info);
    }
    if (sentence && *sentence)
        snprintf(text, sizeof(text), "%ls", sentence);
    else
        snprintf(text, sizeof(text), "error 0x%08lx", (unsigned long)hr);
    SysFreeString(sentence);
    return text;
}

void client_check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr))
        return;
    fprintf(stderr, "%s: %s\n", what, client_reason(hr));
    ExitProcess(1);
}

BSTR client_bstr(const char *text)
{
    WCHAR wide[MAX_PATH];

    MultiByteToWideChar(CP_ACP, 0, text, -1, wide, MAX_PATH);
    return SysAllocString(wide);
}

void *client_query(void *object, REFIID iid)
{
    void *other = NULL;

    client_check(IUnknown_QueryInterface((IUnknown *)object, iid, &other), "an interface");
    return other;
}

/* ---- the sink: one static object, called on this thread since it lives in an STA ------------- */

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    BOOL known = IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &id_ITTAPIEventNotification);

    *out = known ? iface : NULL;
    return known ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI sink_AddRef(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI sink_Release(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT kind, IDispatch *event)
{
    (void)iface;
    handler(kind, event);
    fflush(stdout);
    return S_OK;
}

static ITTAPIEventNotificationVtbl sink_vtbl = {sink_QueryInterface, sink_AddRef, sink_Release,
                                                sink_Event};
static ITTAPIEventNotification sink = {&sink_vtbl};

/* ---- beginning, waiting, end ----------------------------------------------------------------- */

void client_start(LONG events, client_event on_event)
{
    IConnectionPointContainer *container;

    handler = on_event;
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    client_check(CoCreateInstance(&id_TAPI, NULL, CLSCTX_INPROC_SERVER, &id_ITTAPI, (void **)&tapi),
                 "TAPI 3 is not registered");
    client_check(ITTAPI_Initialize(tapi), "TAPI does not start");
    client_check(ITTAPI_put_EventFilter(tapi, events), "the event filter");
    container = client_query(tapi, &IID_IConnectionPointContainer);
    client_check(IConnectionPointContainer_FindConnectionPoint(container,
                                                               &id_ITTAPIEventNotification, &point),
                 "events");
    client_check(IConnectionPoint_Advise(point, (IUnknown *)&sink, &cookie), "events");
    IConnectionPointContainer_Release(container);
}

void client_finish(void)
{
    IConnectionPoint_Unadvise(point, cookie);
    IConnectionPoint_Release(point);
    ITTAPI_Shutdown(tapi);
    ITTAPI_Release(tapi);
    CoUninitialize();
}

static void dispatch(void)
{
    MSG message;

    while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE))
        DispatchMessageA(&message);
}

void client_pump(DWORD ms)
{
    ULONGLONG now = GetTickCount64(), end = now + ms;

    for (; now < end; now = GetTickCount64()) {
        MsgWaitForMultipleObjectsEx(0, NULL, (DWORD)(end - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
        dispatch();
    }
}

void client_pump_one(void)
{
    MsgWaitForMultipleObjectsEx(0, NULL, 20, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    dispatch();
}

/* ---- lines and calls ------------------------------------------------------------------------- */

static BOOL is_called(ITAddress *address, const WCHAR *name)
{
    BSTR has = NULL, number = NULL;
    BOOL same;

    client_check(ITAddress_get_AddressName(address, &has), "a line's name");
    client_check(ITAddress_get_DialableAddress(address, &number), "a line's number");
    same = (has && !lstrcmpW(has, name)) || (number && !lstrcmpW(number, name));
    SysFreeString(has);
    SysFreeString(number);
    return same;
}

ITAddress *client_line_among(IEnumAddress *all, const WCHAR *name)
{
    ITAddress *found = NULL, *address;

    while (!found && IEnumAddress_Next(all, 1, &address, NULL) == S_OK) {
        if (is_called(address, name))
            found = address;
        else
            ITAddress_Release(address);
    }
    IEnumAddress_Release(all);
    return found;
}

ITAddress *client_line(const char *name)
{
    BSTR wanted = client_bstr(name);
    ITAddress *found;
    IEnumAddress *all;

    client_check(ITTAPI_EnumerateAddresses(tapi, &all), "the lines");
    found = client_line_among(all, wanted);
    SysFreeString(wanted);
    if (!found) {
        printf("there is no line %s\n", name);
        fflush(stdout);
        client_finish();
        ExitProcess(2);
    }
    return found;
}

LONG client_register(ITAddress *line, BOOL owner)
{
    LONG registration;

    client_check(ITTAPI_RegisterCallNotifications(tapi, line, owner ? VARIANT_FALSE : VARIANT_TRUE,
                                                  owner ? VARIANT_TRUE : VARIANT_FALSE,
                                                  TAPIMEDIATYPE_AUDIO, 0, &registration),
                 "calls are not told of");
    return registration;
}

ITBasicCallControl *client_create_call(ITAddress *line, const char *number)
{
    BSTR text = client_bstr(number);
    ITBasicCallControl *call;

    client_check(
        ITAddress_CreateCall(line, text, LINEADDRESSTYPE_PHONENUMBER, TAPIMEDIATYPE_AUDIO, &call),
        number);
    SysFreeString(text);
    return call;
}

BSTR client_caller(ITCallInfo *call)
{
    BSTR number = NULL;

    /* Not every network tells who calls; then it is an error. */
    if (FAILED(ITCallInfo_get_CallInfoString(call, CIS_CALLERIDNUMBER, &number)))
        number = SysAllocString(L"an unknown number");
    return number;
}

const char *client_state_name(CALL_STATE state)
{
    static const char *const names[] = {"idle",     "in progress", "connected", "disconnected",
                                        "offering", "held",        "queued"};

    return (unsigned)state < sizeof(names) / sizeof(*names) ? names[state] : "in an unknown state";
}

/* ---- commands -------------------------------------------------------------------------------- */

static BOOL command(char *text, HRESULT (*perform)(const char *, const char *, const char *))
{
    char whole[500], *verb, *what, *rest;
    HRESULT hr;

    snprintf(whole, sizeof(whole), "%s", text);
    verb = strtok(text, " \r\n");
    what = strtok(NULL, " \r\n");
    rest = strtok(NULL, "\r\n");
    SetErrorInfo(0, NULL);
    hr = perform(verb ? verb : "", what ? what : "", rest ? rest : "");
    if (FAILED(hr))
        printf("%s: not done: %s\n", whole, client_reason(hr));
    fflush(stdout);
    return SUCCEEDED(hr);
}

int client_commands(int argc, char **argv, int first,
                    HRESULT (*perform)(const char *, const char *, const char *))
{
    char text[500];
    int status = 0;

    for (int i = first; i < argc; i++)
        if (!command(argv[i], perform))
            status = 1;
    while (argc <= first && fgets(text, sizeof(text), stdin)) {
        text[strcspn(text, "\r\n")] = 0;
        if (!command(text, perform))
            status = 1;
    }
    return status;
}
