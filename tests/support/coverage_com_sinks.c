/* coverage_com_sinks.c - events on their way to the sinks of a program: a thunk in the sink's own
 * vtable, put there when tapi3.dll asks it for the interface it will call. */
#include "tests/support/coverage_com.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/coverage_thunks.h"

#define LABELS 1024 /* a power of two */

/* The name of a record of an event: made once, found by what it says. */
struct label {
    const struct com_interface *itf;
    LONG type;
    enum com_place place;
    bool late;
    char text[];
};

static struct label *volatile labels[LABELS];
static const struct com_interface *vtable_sink, *dispatch_sink, *i_dispatch;
static const struct coverage_observer event_observer, invoke_observer, query_observer;

static struct label *label_create(const struct label *like)
{
    char text[200];
    struct label *label;

    snprintf(text, sizeof text, "%s/0x%08lX:%s:%s", like->itf->name, (ULONG)like->type,
             com_place_names[like->place],
             !like->late        ? "vtable"
             : com_has_script() ? "script"
                                : "dispatch");
    label = malloc(sizeof *label + strlen(text) + 1);
    if (label != NULL) {
        *label = *like;
        strcpy(label->text, text);
    }
    return label;
}

static const char *label_for(const struct com_interface *itf, LONG type, bool late)
{
    const struct label like = {itf, type, com_place(), late};
    unsigned at = ((unsigned)type * 8 + like.place * 2 + late) * 2654435761u >> 22;

    for (unsigned i = 0; i < LABELS; i++, at++) {
        struct label *label = labels[at % LABELS], *made;
        if (label == NULL) {
            made = label_create(&like);
            if (made == NULL)
                return NULL;
            label = InterlockedCompareExchangePointer((void *volatile *)&labels[at % LABELS], made,
                                                      NULL);
            if (label == NULL)
                return made->text;
            free(made); /* another thread was quicker, with this label or with another */
        }
        if (label->itf == itf && label->type == type && label->place == like.place &&
            label->late == late)
            return label->text;
    }
    return NULL;
}

/* What the event says: its Event, State, Cause or mode; 0 where it has none. */
static LONG sub_event(IDispatch *event, const struct com_interface *itf)
{
    LONG value = 0;

    if (itf->says == 0)
        return 0;
    HRESULT(WINAPI * get)(void *, LONG *) = com_quiet_slot(event, itf->says);
    return SUCCEEDED(get(event, &value)) ? value : 0;
}

static void see_event(LONG type, IDispatch *event, bool late)
{
    const struct com_interface *itf = com_claim(event, i_dispatch);
    const char *label = itf != NULL ? label_for(itf, type, late) : NULL;

    if (label != NULL)
        coverage_record(COVERAGE_EVENT, label, (uint32_t)sub_event(event, itf));
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
    else if (itf == dispatch_sink || itf == i_dispatch)
        com_patch(*(void ***)*out, 6, &invoke_observer, NULL);
}

static const struct coverage_observer query_observer = {query_enter, query_leave};

void com_sink_advised(IUnknown *sink)
{
    vtable_sink = com_interface_named("ITTAPIEventNotification", 23);
    i_dispatch = com_interface_named("IDispatch", 9);
    dispatch_sink = com_interface_named("ITTAPIDispatchEventNotification", 31);
    /* Not proxies: what they stand for is elsewhere. */
    if (com_is_program(sink->lpVtbl))
        com_patch((void **)sink->lpVtbl, 0, &query_observer, NULL);
}
