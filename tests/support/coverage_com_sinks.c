/* coverage_com_sinks.c - events on their way to the sinks of a program: a thunk in the sink's own
 * vtable, put there when tapi3.dll asks it for the interface it will call. */
#include "tests/support/coverage_com.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/coverage_thunks.h"

#define NAMES 1024

static const struct com_interface *vtable_sink, *dispatch_sink;
static const struct coverage_observer event_observer, invoke_observer, query_observer;

/* The same text, living as long as the program. */
static const char *keep(const char *text)
{
    static const char *names[NAMES];
    static unsigned count;
    static SRWLOCK lock = SRWLOCK_INIT;
    const char *found = NULL;

    AcquireSRWLockExclusive(&lock);
    for (unsigned i = 0; i < count && found == NULL; i++)
        if (strcmp(names[i], text) == 0)
            found = names[i];
    if (found == NULL && count < NAMES && (found = strdup(text)) != NULL)
        names[count++] = found;
    ReleaseSRWLockExclusive(&lock);
    return found;
}

/* What the event says: its Event, State, Cause or mode; 0 where it has none. */
static LONG sub_event(IDispatch *event, const struct com_interface *itf)
{
    static const char *const names[] = {"get_Event", "get_State", "get_Cause", "get_RequestMode"};

    for (unsigned i = 0; i < ARRAYSIZE(names); i++) {
        for (unsigned slot = 7; slot < COM_SLOTS; slot++) {
            const struct com_method *method = com_method_at(itf, slot);
            LONG value = 0;
            if (method == NULL || strcmp(method->name, names[i]) != 0)
                continue;
            HRESULT(WINAPI * get)(void *, LONG *) = com_quiet_slot(event, slot);
            return SUCCEEDED(get(event, &value)) ? value : 0;
        }
    }
    return 0;
}

/* KIND N, name: the event's interface/its TAPI_EVENT:apartment:what kind of sink. */
static void see_event(LONG type, IDispatch *event, bool late)
{
    const struct com_interface *itf =
        com_claim(event, com_interface_named("IDispatch", strlen("IDispatch")));
    char text[200];
    const char *name;

    if (itf == NULL)
        return;
    snprintf(text, sizeof text, "%s/0x%08lX:%s:%s", itf->name, (ULONG)type,
             com_place_names[com_place()],
             !late              ? "vtable"
             : com_has_script() ? "script"
                                : "dispatch");
    name = keep(text);
    if (name != NULL)
        coverage_record(COVERAGE_EVENT, name, (uint32_t)sub_event(event, itf));
}

static bool event_enter(const struct coverage_thunk *thunk, uintptr_t *args, uintptr_t back)
{
    (void)thunk, (void)back;
    see_event((LONG)args[1], (IDispatch *)args[2], false);
    return true;
}

static void event_leave(const struct coverage_frame *frame, uintptr_t result)
{
    (void)frame;
    com_record(COVERAGE_VTABLE, com_method_named(vtable_sink, "Event"), false, (HRESULT)result);
}

static const struct coverage_observer event_observer = {event_enter, event_leave};

/* Event(TAPI_EVENT, IDispatch *) is DISPID 1; arguments come last first. */
static bool invoke_enter(const struct coverage_thunk *thunk, uintptr_t *args, uintptr_t back)
{
    const DISPPARAMS *params = (const void *)args[5];

    (void)thunk, (void)back;
    if (args[1] != 1 || params == NULL || params->cArgs != 2 ||
        V_VT(&params->rgvarg[0]) != VT_DISPATCH || V_VT(&params->rgvarg[1]) != VT_I4)
        return false;
    see_event(V_I4(&params->rgvarg[1]), V_DISPATCH(&params->rgvarg[0]), true);
    return true;
}

static void invoke_leave(const struct coverage_frame *frame, uintptr_t result)
{
    (void)frame;
    com_record(COVERAGE_DISPATCH, com_method_named(dispatch_sink, "Event"), false, (HRESULT)result);
}

static const struct coverage_observer invoke_observer = {invoke_enter, invoke_leave};

static bool query_enter(const struct coverage_thunk *thunk, uintptr_t *args, uintptr_t back)
{
    (void)thunk, (void)args, (void)back;
    return true;
}

static void query_leave(const struct coverage_frame *frame, uintptr_t result)
{
    const struct com_interface *itf;
    void **out = (void **)frame->args[2];

    if (FAILED((HRESULT)result) || frame->args[1] == 0 || out == NULL || *out == NULL)
        return;
    itf = com_interface_of((REFIID)frame->args[1]);
    if (itf == NULL)
        return;
    if (itf == vtable_sink)
        com_patch(*(void ***)*out, 3, &event_observer, NULL);
    else if (itf == dispatch_sink || strcmp(itf->name, "IDispatch") == 0)
        com_patch(*(void ***)*out, 6, &invoke_observer, NULL);
}

static const struct coverage_observer query_observer = {query_enter, query_leave};

void com_sink_advised(IUnknown *sink)
{
    vtable_sink = com_interface_named("ITTAPIEventNotification", 23);
    dispatch_sink = com_interface_named("ITTAPIDispatchEventNotification", 31);
    /* Not proxies: what they stand for is elsewhere. */
    if (com_is_program(sink->lpVtbl))
        com_patch((void **)sink->lpVtbl, 0, &query_observer, NULL);
}
