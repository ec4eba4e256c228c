/* client.c - see client.h. */
#include "tests/com/client.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <tapi.h>

#include "tsp/simpbx/audio_port.h"

static HMODULE module;
static HRESULT(WINAPI *get_class_object)(REFCLSID, REFIID, void **);
static HRESULT(WINAPI *can_unload)(void);
static LONG(WINAPI *live_objects)(void);

static void load(void)
{
    if (module)
        return;
    module = LoadLibraryW(L"tapi3.dll");
    REQUIRE(module != NULL);
    get_class_object = (void *)GetProcAddress(module, "DllGetClassObject");
    can_unload = (void *)GetProcAddress(module, "DllCanUnloadNow");
    live_objects = (void *)GetProcAddress(module, "OpenTapi3LiveObjects");
    REQUIRE(get_class_object && can_unload && live_objects);
}

static bool entered, in_sta;
static DWORD class_cookies[2];
static LONG left_over; /* by tests that failed halfway */
static struct client *open_clients[8];

/* The exchange's media provider and the terminal manager, beside the test, for this apartment: no
 * registration is needed. */
static void class_enter(unsigned i, const WCHAR *dll, const CLSID *clsid)
{
    HRESULT(WINAPI * class_object)(REFCLSID, REFIID, void **);
    IUnknown *factory = NULL;
    HMODULE provider = LoadLibraryW(dll);

    REQUIRE(provider != NULL);
    class_object = (void *)GetProcAddress(provider, "DllGetClassObject");
    REQUIRE(class_object != NULL);
    REQUIRE_EQ(class_object(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(clsid, factory, CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE,
                                     &class_cookies[i]),
               S_OK);
    IUnknown_Release(factory);
}

static void leave_apartment(void)
{
    unsigned i;

    for (i = 0; i < ARRAYSIZE(class_cookies); i++)
        CoRevokeClassObject(class_cookies[i]);
    CoUninitialize();
    entered = false;
}

void com_enter(enum com_apartment apartment)
{
    in_sta = apartment == COM_STA;
    REQUIRE_EQ(CoInitializeEx(NULL, in_sta ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED),
               S_OK);
    entered = true;
    class_enter(0, L"termmgr.dll", &CLSID_TerminalManager);
    class_enter(1, L"simmsp.dll", &(const CLSID)CLSID_SIM_MSP_INIT);
    load();
}

static bool nothing_alive(void *context)
{
    (void)context;
    return live_objects() <= left_over;
}

void com_leave(void)
{
    /* A pool thread may still be letting go of an event. */
    CHECK(wait_until(nothing_alive, NULL, NULL, WAIT_LONG));
    CHECK(live_objects() <= left_over);
    left_over = live_objects(); /* what a test left behind may go later than that test */
    CHECK_EQ(can_unload(), left_over ? S_FALSE : S_OK);
    leave_apartment();
}

/* A test that stopped halfway leaves its programs open: they must not disturb the next one. */
TEST_AFTER
{
    unsigned i;

    if (!entered)
        return;
    for (i = 0; i < ARRAYSIZE(open_clients); i++)
        if (open_clients[i]) {
            open_clients[i]->on_event = NULL;
            ITTAPI2_Shutdown(open_clients[i]->tapi);
            open_clients[i] = NULL;
        }
    leave_apartment();
    left_over = live_objects();
}

HRESULT client_class_object(REFCLSID clsid, REFIID iid, void **out)
{
    load();
    return get_class_object(clsid, iid, out);
}

LONG client_live_objects(void)
{
    return live_objects();
}

HRESULT client_can_unload(void)
{
    return can_unload();
}

ITTAPI2 *client_create_tapi(void)
{
    IClassFactory *factory = NULL;
    ITTAPI2 *tapi = NULL;

    REQUIRE_EQ(client_class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI2, (void **)&tapi), S_OK);
    IClassFactory_Release(factory);
    return tapi;
}

ISimPBX *client_exchange(void)
{
    /* The provider's own DLL: its exchange is the one that TAPI uses. */
    HMODULE provider = LoadLibraryW(L"simpbx.tsp");
    HRESULT(WINAPI * class_object)(REFCLSID, REFIID, void **);
    IClassFactory *factory = NULL;
    ISimPBX *exchange = NULL;

    REQUIRE(provider != NULL);
    class_object = (void *)GetProcAddress(provider, "DllGetClassObject");
    REQUIRE(class_object != NULL);
    REQUIRE_EQ(class_object(&CLSID_SimPBX, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ISimPBX, (void **)&exchange), S_OK);
    IClassFactory_Release(factory);
    return exchange;
}

/* ---- the sink ------------------------------------------------------------------------------ */

static inline struct client *from_sink(ITTAPIEventNotification *iface)
{
    return CONTAINING_RECORD(iface, struct client, ITTAPIEventNotification_iface);
}

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_ITTAPIEventNotification)) {
        ITTAPIEventNotification_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI sink_AddRef(ITTAPIEventNotification *iface)
{
    return InterlockedIncrement(&from_sink(iface)->refs);
}

static ULONG WINAPI sink_Release(ITTAPIEventNotification *iface)
{
    return InterlockedDecrement(&from_sink(iface)->refs);
}

static const char *state_name(CALL_STATE state)
{
    static const char *const names[] = {"idle",     "inprogress", "connected", "disconnected",
                                        "offering", "hold",       "queued"};

    return (unsigned)state < ARRAYSIZE(names) ? names[state] : "?";
}

static const char *cause_name(CALL_STATE_EVENT_CAUSE cause)
{
    static const char *const names[] = {"",          " normal",    " busy",     " badaddress",
                                        " noanswer", " cancelled", " rejected", " failed",
                                        " blocked"};

    return (unsigned)cause < ARRAYSIZE(names) ? names[cause] : " ?";
}

/* The number of a call among those seen, as "" or " #2". */
static void call_number(struct client *client, ITCallInfo *info, char *to)
{
    ITBasicCallControl *control = NULL;
    unsigned i;

    to[0] = 0;
    if (!info ||
        FAILED(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&control)))
        return;
    for (i = 0; i < client->seen_count && client->identities[i] != control; i++)
        ;
    if (i == client->seen_count && i < CLIENT_CALLS) {
        client->identities[i] = control;
        client->seen_count++;
    }
    ITBasicCallControl_Release(control);
    if (i > 0)
        sprintf(to, " #%u", i + 1);
}

static void describe(struct client *client, TAPI_EVENT type, IDispatch *event, char *text)
{
    ITCallInfo *info = NULL;
    char number[16] = "";
    CALL_NOTIFICATION_EVENT notification;
    CALL_STATE state;
    CALL_STATE_EVENT_CAUSE cause;
    CALLINFOCHANGE_CAUSE change;
    CALLHUB_EVENT hub;
    QOS_EVENT qos;
    ADDRESS_EVENT address;
    TAPIOBJECT_EVENT tapi;
    CALL_MEDIA_EVENT media;
    unsigned char digit;

    sprintf(text, "event 0x%x", (unsigned)type);
    switch (type) {
    case TE_CALLNOTIFICATION:
        ITCallNotificationEvent_get_Call((ITCallNotificationEvent *)event, &info);
        ITCallNotificationEvent_get_Event((ITCallNotificationEvent *)event, &notification);
        call_number(client, info, number);
        sprintf(text, "notify %s%s", notification == CNE_OWNER ? "owner" : "monitor", number);
        if (info && client->call_count < CLIENT_CALLS && !client->keep_no_calls) {
            ITCallInfo_AddRef(info);
            client->calls[client->call_count++] = info;
        }
        break;
    case TE_CALLSTATE:
        ITCallStateEvent_get_Call((ITCallStateEvent *)event, &info);
        ITCallStateEvent_get_State((ITCallStateEvent *)event, &state);
        ITCallStateEvent_get_Cause((ITCallStateEvent *)event, &cause);
        call_number(client, info, number);
        sprintf(text, "state %s%s%s", state_name(state), cause_name(cause), number);
        break;
    case TE_CALLINFOCHANGE:
        ITCallInfoChangeEvent_get_Call((ITCallInfoChangeEvent *)event, &info);
        ITCallInfoChangeEvent_get_Cause((ITCallInfoChangeEvent *)event, &change);
        call_number(client, info, number);
        sprintf(text, "info %d%s", (int)change, number);
        break;
    case TE_CALLHUB:
        ITCallHubEvent_get_Event((ITCallHubEvent *)event, &hub);
        sprintf(text, "hub %d", (int)hub);
        break;
    case TE_QOSEVENT:
        ITQOSEvent_get_Event((ITQOSEvent *)event, &qos);
        sprintf(text, "qos %d", (int)qos);
        break;
    case TE_DIGITEVENT:
        ITDigitDetectionEvent_get_Digit((ITDigitDetectionEvent *)event, &digit);
        sprintf(text, "digit %c", digit);
        break;
    case TE_GENERATEEVENT:
        sprintf(text, "generated");
        break;
    case TE_ADDRESS:
        ITAddressEvent_get_Event((ITAddressEvent *)event, &address);
        sprintf(text, "address %d", (int)address);
        break;
    case TE_TAPIOBJECT:
        ITTAPIObjectEvent_get_Event((ITTAPIObjectEvent *)event, &tapi);
        sprintf(text, "tapi %d", (int)tapi);
        break;
    case TE_CALLMEDIA:
        ITCallMediaEvent_get_Event((ITCallMediaEvent *)event, &media);
        sprintf(text, "media %d", (int)media);
        break;
    default:
        break;
    }
    if (info)
        ITCallInfo_Release(info);
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    struct client *client = from_sink(iface);
    char text[64];

    if (in_sta != (GetCurrentThreadId() == client->thread))
        InterlockedIncrement((LONG *)&client->wrong_thread);
    describe(client, type, event, text);
    AcquireSRWLockExclusive(&client->lock);
    if (client->count < CLIENT_EVENTS)
        strcpy(client->events[client->count++], text);
    ReleaseSRWLockExclusive(&client->lock);
    if (client->on_event)
        client->on_event(client, type, event);
    SetEvent(client->changed);
    return S_OK;
}

static ITTAPIEventNotificationVtbl sink_vtable = {
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_Event,
};

/* ---- opening and closing ------------------------------------------------------------------- */

static ITAddress *find_address(ITTAPI2 *tapi, const WCHAR *extension)
{
    IEnumAddress *addresses = NULL;
    ITAddress *address, *found = NULL;

    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
    while (!found && IEnumAddress_Next(addresses, 1, &address, NULL) == S_OK) {
        BSTR name = NULL;

        ITAddress_get_DialableAddress(address, &name);
        if (name && !wcscmp(name, extension))
            found = address;
        else
            ITAddress_Release(address);
        SysFreeString(name);
    }
    IEnumAddress_Release(addresses);
    return found;
}

#define ALL_EVENTS                                                                                 \
    (TE_TAPIOBJECT | TE_ADDRESS | TE_CALLNOTIFICATION | TE_CALLSTATE | TE_CALLMEDIA | TE_CALLHUB | \
     TE_CALLINFOCHANGE | TE_PRIVATE | TE_QOSEVENT | TE_DIGITEVENT | TE_GENERATEEVENT |             \
     TE_GATHERDIGITS | TE_TONEEVENT)

struct client *client_open(const WCHAR *extension)
{
    struct client *client = calloc(1, sizeof(*client));
    IConnectionPointContainer *container = NULL;
    unsigned i;

    REQUIRE(client != NULL);
    client->ITTAPIEventNotification_iface.lpVtbl = &sink_vtable;
    client->refs = 1;
    client->thread = GetCurrentThreadId();
    client->changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    client->tapi = client_create_tapi();
    for (i = 0; i < ARRAYSIZE(open_clients) && open_clients[i]; i++)
        ;
    REQUIRE(i < ARRAYSIZE(open_clients));
    open_clients[i] = client;
    REQUIRE_EQ(ITTAPI2_Initialize(client->tapi), S_OK);
    CHECK_EQ(ITTAPI2_put_EventFilter(client->tapi, ALL_EVENTS), S_OK);
    REQUIRE_EQ(
        ITTAPI2_QueryInterface(client->tapi, &IID_IConnectionPointContainer, (void **)&container),
        S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(
                   container, &IID_ITTAPIEventNotification, &client->point),
               S_OK);
    IConnectionPointContainer_Release(container);
    REQUIRE_EQ(IConnectionPoint_Advise(client->point,
                                       (IUnknown *)&client->ITTAPIEventNotification_iface,
                                       &client->cookie),
               S_OK);
    if (extension) {
        client->address = find_address(client->tapi, extension);
        REQUIRE(client->address != NULL);
        CHECK_EQ(ITTAPI2_RegisterCallNotifications(client->tapi, client->address, VARIANT_FALSE,
                                                   VARIANT_TRUE, TAPIMEDIATYPE_AUDIO, 77,
                                                   &client->registration),
                 S_OK);
    }
    return client;
}

void client_close(struct client *client)
{
    unsigned i;

    CHECK_EQ(client->wrong_thread, 0);
    for (i = 0; i < client->call_count; i++)
        ITCallInfo_Release(client->calls[i]);
    CHECK_EQ(IConnectionPoint_Unadvise(client->point, client->cookie),
             client->was_shut ? CONNECT_E_NOCONNECTION : S_OK);
    for (; i < client->call_count; i++) /* those that came meanwhile */
        ITCallInfo_Release(client->calls[i]);
    IConnectionPoint_Release(client->point);
    if (client->address)
        ITAddress_Release(client->address);
    CHECK_EQ(ITTAPI2_Shutdown(client->tapi), S_OK);
    CHECK_EQ(ITTAPI2_Release(client->tapi), 0);
    CHECK_EQ(client->refs, 1); /* the sink was let go */
    for (i = 0; i < ARRAYSIZE(open_clients); i++)
        if (open_clients[i] == client)
            open_clients[i] = NULL;
    CloseHandle(client->changed);
    free(client);
}

/* ---- calls --------------------------------------------------------------------------------- */

ITBasicCallControl *client_create_call(struct client *client, const WCHAR *number)
{
    ITBasicCallControl *call = NULL;
    BSTR text = SysAllocString(number);

    REQUIRE_EQ(ITAddress_CreateCall(client->address, text, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &call),
               S_OK);
    SysFreeString(text);
    return call;
}

ITBasicCallControl *client_call(struct client *client, const WCHAR *number)
{
    ITBasicCallControl *call = client_create_call(client, number);

    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_FALSE), S_OK);
    return call;
}

ITBasicCallControl *client_offered(struct client *client)
{
    ITBasicCallControl *call = NULL;
    ITCallInfo *info = NULL;

    AcquireSRWLockShared(&client->lock);
    if (client->call_count)
        info = client->calls[client->call_count - 1];
    ReleaseSRWLockShared(&client->lock);
    REQUIRE(info != NULL);
    REQUIRE_EQ(ITCallInfo_QueryInterface(info, &IID_ITBasicCallControl, (void **)&call), S_OK);
    return call;
}

CALL_STATE client_state(ITBasicCallControl *call)
{
    ITCallInfo *info = NULL;
    CALL_STATE state = (CALL_STATE)-1;

    if (SUCCEEDED(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info))) {
        ITCallInfo_get_CallState(info, &state);
        ITCallInfo_Release(info);
    }
    return state;
}

/* ---- expectations -------------------------------------------------------------------------- */

struct awaited {
    struct client *client;
    const char *text; /* NULL: any that counts */
    unsigned from;
    unsigned found;
};

/* Events that sequences are made of; the rest differs from run to run or is beside the point. */
static bool counts(const char *text)
{
    return !strncmp(text, "state", 5) || !strncmp(text, "notify", 6) ||
           !strncmp(text, "digit", 5) || !strncmp(text, "qos", 3);
}

static bool has_come(void *context)
{
    struct awaited *awaited = context;
    struct client *client = awaited->client;
    bool found = false;
    unsigned i;

    AcquireSRWLockShared(&client->lock);
    for (i = awaited->from; i < client->count && !found; i++)
        if (awaited->text ? !strcmp(client->events[i], awaited->text) : counts(client->events[i])) {
            awaited->found = i;
            found = true;
        }
    ReleaseSRWLockShared(&client->lock);
    return found;
}

static void print_all(struct client *client)
{
    unsigned i;

    for (i = 0; i < client->count; i++)
        test_note("%s event %u: %s", i == client->read ? "->" : "  ", i, client->events[i]);
}

bool client_expect_at(const char *file, int line, struct client *client, ...)
{
    const char *expected;
    bool good = true;
    va_list args;

    va_start(args, client);
    while (good && (expected = va_arg(args, const char *))) {
        struct awaited awaited = {client, NULL, client->read, 0};

        if (!wait_until(has_come, &awaited, client->changed, WAIT_LONG)) {
            good = test_fail(file, line, "\"%s\" did not come", expected);
            print_all(client);
        } else if (strcmp(client->events[awaited.found], expected)) {
            good = test_fail(file, line, "\"%s\" came instead of \"%s\"",
                             client->events[awaited.found], expected);
            print_all(client);
        } else {
            client->read = awaited.found + 1;
        }
    }
    va_end(args);
    return good;
}

bool client_wait(struct client *client, const char *event)
{
    struct awaited awaited = {client, event, client->read, 0};

    if (!wait_until(has_come, &awaited, client->changed, WAIT_LONG)) {
        print_all(client);
        return test_fail(__FILE__, __LINE__, "\"%s\" did not come", event);
    }
    client->read = awaited.found + 1;
    return true;
}

bool client_wait_both(struct client *client, const char *one, const char *other)
{
    unsigned before = client->read, after;
    bool both = client_wait(client, one);

    after = client->read;
    client->read = before;
    both = client_wait(client, other) && both;
    if (client->read < after)
        client->read = after;
    return both;
}

bool client_has(struct client *client, const char *event)
{
    struct awaited awaited = {client, event, 0, 0};

    return has_come(&awaited);
}

const char *client_error_text(void)
{
    static char text[512];
    IErrorInfo *info = NULL;
    BSTR description = NULL;

    text[0] = 0;
    if (GetErrorInfo(0, &info) == S_OK) {
        IErrorInfo_GetDescription(info, &description);
        if (description)
            WideCharToMultiByte(CP_UTF8, 0, description, -1, text, sizeof(text), NULL, NULL);
        SysFreeString(description);
        IErrorInfo_Release(info);
    }
    return text;
}
