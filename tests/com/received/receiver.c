/* receiver.c - see receiver.h. The readers of all interfaces are made from the table that the event
 * objects themselves are made from; what they must give stands in scene_steps.c. */
#include "tests/com/received/receiver.h"

#include <olectl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "events/event_classes.h"
#include "tests/support/wait.h"

/* ---- an event as text ---------------------------------------------------------------------- */

struct text {
    char at[512];
    size_t used;
};

static void say(struct text *text, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text->at + text->used, sizeof(text->at) - text->used, format, arguments);
    va_end(arguments);
    if (length > 0 && text->used + (size_t)length < sizeof(text->at))
        text->used += (size_t)length;
}

static BSTR name_of(IDispatch *object)
{
    LPOLESTR name = (LPOLESTR)L"Name";
    DISPPARAMS none = {0};
    VARIANT value;
    DISPID id;

    VariantInit(&value);
    if (FAILED(IDispatch_GetIDsOfNames(object, &IID_NULL, &name, 1, LOCALE_NEUTRAL, &id)) ||
        FAILED(IDispatch_Invoke(object, id, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, &none,
                                &value, NULL, NULL)) ||
        V_VT(&value) != VT_BSTR)
        return NULL;
    return V_BSTR(&value);
}

static void say_object(struct text *text, IUnknown *object)
{
    union {
        void *any;
        ITAddress *address;
        ITCallInfo *call;
        IDispatch *dispatch;
    } as;
    BSTR name = NULL;

    if (SUCCEEDED(IUnknown_QueryInterface(object, &IID_ITTAPI, &as.any))) {
        name = SysAllocString(L"TAPI");
    } else if (SUCCEEDED(IUnknown_QueryInterface(object, &IID_ITAddress, &as.any))) {
        ITAddress_get_DialableAddress(as.address, &name);
    } else if (SUCCEEDED(IUnknown_QueryInterface(object, &IID_ITCallInfo, &as.any))) {
        ITCallInfo_get_CallInfoString(as.call, CIS_CALLERIDNUMBER, &name);
    } else if (SUCCEEDED(IUnknown_QueryInterface(object, &IID_ITCallHub, &as.any))) {
        name = SysAllocString(L"hub");
    } else {
        if (FAILED(IUnknown_QueryInterface(object, &IID_IDispatch, &as.any)))
            return;
        name = name_of(as.dispatch);
    }
    IUnknown_Release(as.dispatch);
    say(text, "%ls", name ? name : L"?");
    SysFreeString(name);
}

/* The value is what the getter has given: checked against its result. */
static void say_property(struct text *text, const char *name, HRESULT null, HRESULT hr)
{
    say(text, " %s=", name);
    if (null != E_POINTER)
        say(text, "(NULL: 0x%lx)", (ULONG)null);
    if (hr == TAPI_E_WRONGEVENT)
        say(text, "wrongevent");
    else if (FAILED(hr))
        say(text, "0x%lx", (ULONG)hr);
}

#define POISONED ((void *)(ULONG_PTR)0xdeadbeef)

static void say_object_property(struct text *text, const char *name, HRESULT null, HRESULT hr,
                                void *value)
{
    say_property(text, name, null, hr);
    if (hr == S_OK && value) {
        say_object(text, (IUnknown *)value);
        IUnknown_Release((IUnknown *)value);
    } else if (value) {
        say(text, "(not NULL)");
    } else if (hr == S_FALSE) {
        say(text, "nothing");
    }
}

/* name(iface, ...) of the interface `type`, through its vtable. */
#define GET(type, name, value) event->lpVtbl->get_##name(event, value)

#define READ_OBJECT(type, name, kind)                                                              \
    {                                                                                              \
        void *value = POISONED;                                                                    \
        HRESULT null = GET(type, name, NULL), hr = GET(type, name, (kind **)&value);               \
                                                                                                   \
        say_object_property(text, #name, null, hr, value);                                         \
    }
#define READ_NUMBER(type, name, kind)                                                              \
    {                                                                                              \
        kind value = (kind)0xee;                                                                   \
        HRESULT null = GET(type, name, NULL), hr = GET(type, name, &value);                        \
                                                                                                   \
        say_property(text, #name, null, hr);                                                       \
        if (SUCCEEDED(hr))                                                                         \
            say(text, "%ld", (LONG)value);                                                         \
    }
#define READ_TEXT(type, name)                                                                      \
    {                                                                                              \
        BSTR value = POISONED;                                                                     \
        HRESULT null = GET(type, name, NULL), hr = GET(type, name, &value);                        \
                                                                                                   \
        say_property(text, #name, null, hr);                                                       \
        if (SUCCEEDED(hr)) {                                                                       \
            say(text, "'%ls'", value);                                                             \
            SysFreeString(value);                                                                  \
        }                                                                                          \
    }

#define READER(type)                                                                               \
    static void read_##type(struct text *text, type *event)                                        \
    {                                                                                              \
        say(text, #type);                                                                          \
        type##_PROPERTIES(type, READ_OBJECT, READ_OBJECT, READ_NUMBER, READ_TEXT)                  \
    }
EVENT_CLASSES(READER)

typedef void reader(struct text *text, void *event);
#define READERS_ROW(type) {&IID_##type, (reader *)(void *)read_##type},

/* The interface that an event of each type has, beyond doubt: by this table, not by asking. */
#define ROW(type, interface_)                                                                      \
    {                                                                                              \
        type, &IID_##interface_, #interface_                                                       \
    }
static const struct {
    TAPI_EVENT type;
    const IID *iid;
    const char *name;
} interfaces[] = {
    ROW(TE_TAPIOBJECT, ITTAPIObjectEvent2),
    ROW(TE_ADDRESS, ITAddressEvent),
    ROW(TE_CALLNOTIFICATION, ITCallNotificationEvent),
    ROW(TE_CALLSTATE, ITCallStateEvent),
    ROW(TE_CALLMEDIA, ITCallMediaEvent),
    ROW(TE_CALLHUB, ITCallHubEvent),
    ROW(TE_CALLINFOCHANGE, ITCallInfoChangeEvent),
    ROW(TE_PRIVATE, ITPrivateEvent),
    ROW(TE_REQUEST, ITRequestEvent),
    ROW(TE_QOSEVENT, ITQOSEvent),
    ROW(TE_FILETERMINAL, ITFileTerminalEvent),
    ROW(TE_DIGITEVENT, ITDigitDetectionEvent),
    ROW(TE_GENERATEEVENT, ITDigitGenerationEvent),
    ROW(TE_GATHERDIGITS, ITDigitsGatheredEvent),
    ROW(TE_TONEEVENT, ITToneDetectionEvent),
    ROW(TE_ADDRESSDEVSPECIFIC, ITAddressDeviceSpecificEvent),
    ROW(TE_ASRTERMINAL, ITASRTerminalEvent),
    ROW(TE_TTSTERMINAL, ITTTSTerminalEvent),
    ROW(TE_TONETERMINAL, ITToneTerminalEvent),
    ROW(TE_PHONEEVENT, ITPhoneEvent),
    ROW(TE_PHONEDEVSPECIFIC, ITPhoneDeviceSpecificEvent),
    ROW(TE_AGENT, ITAgentEvent),
    ROW(TE_AGENTSESSION, ITAgentSessionEvent),
    ROW(TE_AGENTHANDLER, ITAgentHandlerEvent),
    ROW(TE_ACDGROUP, ITACDGroupEvent),
    ROW(TE_QUEUE, ITQueueEvent),
};
#undef ROW

static const IID *interface_of(TAPI_EVENT type)
{
    unsigned i;

    for (i = 0; i < ARRAYSIZE(interfaces); i++)
        if (interfaces[i].type == type)
            return interfaces[i].iid;
    return NULL;
}

TAPI_EVENT receiver_type(const char *line)
{
    size_t length = strcspn(line, " ");
    unsigned i;

    for (i = 0; i < ARRAYSIZE(interfaces); i++)
        if (strlen(interfaces[i].name) == length && !memcmp(interfaces[i].name, line, length))
            return interfaces[i].type;
    return 0;
}

/* The older interface of the same event is the same object, and gives the same. */
static void check_older(struct text *text, IDispatch *event)
{
    ITTAPIObjectEvent2 *newer = NULL;
    ITTAPIObjectEvent *older = NULL;
    TAPIOBJECT_EVENT one = 0, other = 1;

    IDispatch_QueryInterface(event, &IID_ITTAPIObjectEvent2, (void **)&newer);
    IDispatch_QueryInterface(event, &IID_ITTAPIObjectEvent, (void **)&older);
    if (!newer || !older || ITTAPIObjectEvent2_get_Event(newer, &one) != S_OK ||
        ITTAPIObjectEvent_get_Event(older, &other) != S_OK || one != other)
        say(text, " (ITTAPIObjectEvent differs)");
    if (newer)
        ITTAPIObjectEvent2_Release(newer);
    if (older)
        ITTAPIObjectEvent_Release(older);
}

char *receiver_text(TAPI_EVENT type, IDispatch *event)
{
    static const struct {
        const IID *iid;
        reader *read;
    } readers[] = {EVENT_CLASSES(READERS_ROW)};
    const IID *iid = interface_of(type);
    struct text text = {.used = 0};
    IUnknown *face = NULL;
    unsigned i;

    if (!iid || FAILED(IDispatch_QueryInterface(event, iid, (void **)&face))) {
        say(&text, "event 0x%x without its interface", (unsigned)type);
        return strdup(text.at);
    }
    for (i = 0; i < ARRAYSIZE(readers); i++)
        if (IsEqualIID(readers[i].iid, iid))
            readers[i].read(&text, face);
    IUnknown_Release(face);
    if (type == TE_TAPIOBJECT)
        check_older(&text, event);
    return strdup(text.at);
}

/* ---- the sink ------------------------------------------------------------------------------ */

static struct receiver *from_sink(ITTAPIEventNotification *iface)
{
    return CONTAINING_RECORD(iface, struct receiver, ITTAPIEventNotification_iface);
}

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITTAPIEventNotification))
        return E_NOINTERFACE;
    ITTAPIEventNotification_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI sink_AddRef(ITTAPIEventNotification *iface)
{
    return InterlockedIncrement(&from_sink(iface)->refs);
}

static ULONG WINAPI sink_Release(ITTAPIEventNotification *iface)
{
    return InterlockedDecrement(&from_sink(iface)->refs);
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    struct receiver *self = from_sink(iface);
    char *line = receiver_text(type, event);
    ITCallInfo *call = NULL;

    if (type == TE_CALLNOTIFICATION && self->on_call &&
        ITCallNotificationEvent_get_Call((ITCallNotificationEvent *)event, &call) == S_OK) {
        self->on_call(call);
        ITCallInfo_Release(call);
    }
    AcquireSRWLockExclusive(&self->lock);
    self->thread = GetCurrentThreadId();
    if (self->count < ARRAYSIZE(self->lines))
        self->lines[self->count++] = line;
    else
        free(line);
    ReleaseSRWLockExclusive(&self->lock);
    SetEvent(self->changed);
    return S_OK;
}

HRESULT receiver_start(struct receiver *self, ITTAPI *tapi)
{
    static const ITTAPIEventNotificationVtbl vtable = {sink_QueryInterface, sink_AddRef,
                                                       sink_Release, sink_Event};
    IConnectionPointContainer *container = NULL;
    HRESULT hr;

    memset(self, 0, sizeof(*self));
    self->ITTAPIEventNotification_iface.lpVtbl = (ITTAPIEventNotificationVtbl *)&vtable;
    self->refs = 1;
    self->changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    hr = ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container);
    if (FAILED(hr))
        return hr;
    hr = IConnectionPointContainer_FindConnectionPoint(container, &IID_ITTAPIEventNotification,
                                                       &self->point);
    IConnectionPointContainer_Release(container);
    if (SUCCEEDED(hr))
        hr = IConnectionPoint_Advise(self->point, (IUnknown *)&self->ITTAPIEventNotification_iface,
                                     &self->cookie);
    return hr;
}

void receiver_stop(struct receiver *self)
{
    free(receiver_take(self, 0, 0));
    if (self->point) {
        IConnectionPoint_Unadvise(self->point, self->cookie);
        IConnectionPoint_Release(self->point);
    }
    CloseHandle(self->changed);
}

struct waiting {
    struct receiver *receiver;
    unsigned count;
};

static bool enough(void *context)
{
    struct waiting *waiting = context;
    bool result;

    AcquireSRWLockShared(&waiting->receiver->lock);
    result = waiting->receiver->count >= waiting->count;
    ReleaseSRWLockShared(&waiting->receiver->lock);
    return result;
}

char *receiver_take(struct receiver *self, unsigned count, DWORD deadline)
{
    struct waiting waiting = {self, count};
    size_t size = 1;
    char *result;
    unsigned i;

    if (count)
        wait_until(enough, &waiting, self->changed, deadline);
    AcquireSRWLockExclusive(&self->lock);
    for (i = 0; i < self->count; i++)
        size += strlen(self->lines[i]) + 1;
    result = calloc(1, size);
    for (i = 0; i < self->count; i++) {
        if (i)
            strcat(result, "\n");
        strcat(result, self->lines[i]);
        free(self->lines[i]);
    }
    self->count = 0;
    ReleaseSRWLockExclusive(&self->lock);
    return result;
}
