/*
 * event_objects.c - the event objects, all made from the table of event_classes.h: for each
 * interface its structure, getters, vtable, class and constructor.
 *
 * An event object is its own IFoo_values, with references in place of borrowed pointers and BSTRs
 * in place of strings. It never changes once it is made, so it needs no lock.
 */
#include "events/private.h"

#include <stddef.h>

#include "objects/com.h"

static HRESULT give_object(void *object, void **out, HRESULT if_none, REFIID iid)
{
    if (!out)
        return com_fail(E_POINTER, iid, NULL);
    *out = object;
    if (!object && if_none == TAPI_E_WRONGEVENT)
        return com_fail(if_none, iid, "Events of this kind do not have such an object.");
    if (!object)
        return if_none;
    IUnknown_AddRef((IUnknown *)object);
    return S_OK;
}

static HRESULT give_text(const WCHAR *text, BSTR *out, REFIID iid)
{
    if (!out)
        return com_fail(E_POINTER, iid, NULL);
    *out = text ? SysAllocStringLen(text, SysStringLen((BSTR)text)) : SysAllocString(L"");
    return *out ? S_OK : com_fail(E_OUTOFMEMORY, iid, NULL);
}

/* ---- what each kind of property needs; i is the interface ------------------------------------ */

#define GET_OBJECT_OR(i, name, type, none)                                                         \
    static HRESULT WINAPI event_##i##_get_##name(i *iface, type **out)                             \
    {                                                                                              \
        return give_object(impl_from_##i##_iface(iface)->values.name, (void **)out, none,          \
                           &IID_##i);                                                              \
    }
#define GET_OBJECT(i, name, type)           GET_OBJECT_OR(i, name, type, S_FALSE)
#define GET_SOMETIMES_OBJECT(i, name, type) GET_OBJECT_OR(i, name, type, TAPI_E_WRONGEVENT)
#define GET_NUMBER(i, name, type)                                                                  \
    static HRESULT WINAPI event_##i##_get_##name(i *iface, type *out)                              \
    {                                                                                              \
        struct i##_object *self = impl_from_##i##_iface(iface);                                    \
                                                                                                   \
        if (!out)                                                                                  \
            return com_fail(E_POINTER, &IID_##i, NULL);                                            \
        *out = self->values.name;                                                                  \
        return check_event(&self->com, offsetof(struct i##_values, name));                         \
    }
#define GET_TEXT(i, name)                                                                          \
    static HRESULT WINAPI event_##i##_get_##name(i *iface, BSTR *out)                              \
    {                                                                                              \
        struct i##_object *self = impl_from_##i##_iface(iface);                                    \
        HRESULT hr = check_event(&self->com, offsetof(struct i##_values, name));                   \
                                                                                                   \
        if (out)                                                                                   \
            *out = NULL;                                                                           \
        return out && FAILED(hr) ? hr : give_text(self->values.name, out, &IID_##i);               \
    }

#define SLOT(i, name, ...) event_##i##_get_##name,

/* self: the new object, a copy of the values */
#define KEEP_OBJECT(i, name, type)                                                                 \
    if (self->values.name)                                                                         \
        IUnknown_AddRef((IUnknown *)self->values.name);
#define KEEP_NUMBER(i, name, type)
#define KEEP_TEXT(i, name)                                                                         \
    if (self->values.name) {                                                                       \
        self->values.name = SysAllocString(self->values.name);                                     \
        complete = complete && self->values.name;                                                  \
    }

#define DROP_OBJECT(i, name, type)                                                                 \
    if (self->values.name)                                                                         \
        IUnknown_Release((IUnknown *)self->values.name);
#define DROP_NUMBER(i, name, type)
#define DROP_TEXT(i, name) SysFreeString((BSTR)self->values.name);

/* ---- one class ------------------------------------------------------------------------------- */

#define EVENT_CLASS(i)                                                                             \
    struct i##_object {                                                                            \
        struct com_object com;                                                                     \
        i i##_iface;                                                                               \
        struct i##_values values;                                                                  \
    };                                                                                             \
    COM_DISPATCH_METHODS(event_##i, i##_object, i, i##_iface)                                      \
    i##_PROPERTIES(i, GET_OBJECT, GET_SOMETIMES_OBJECT, GET_NUMBER,                                \
                   GET_TEXT) static const i##Vtbl event_##i##_vtable = {                           \
        COM_DISPATCH_VTABLE(event_##i), i##_PROPERTIES(i, SLOT, SLOT, SLOT, SLOT)};                \
    static void event_##i##_destroy(struct com_object *object)                                     \
    {                                                                                              \
        struct i##_object *self = CONTAINING_RECORD(object, struct i##_object, com);               \
                                                                                                   \
        i##_PROPERTIES(i, DROP_OBJECT, DROP_OBJECT, DROP_NUMBER, DROP_TEXT)                        \
            InterlockedDecrement(&events_live);                                                    \
    }                                                                                              \
    static const struct com_interface event_##i##_interfaces[] = {                                 \
        COM_INTERFACE(i##_object, i##_iface, i)};                                                  \
    static const struct com_class event_##i##_class = {                                            \
        .name = #i,                                                                                \
        .interfaces = event_##i##_interfaces,                                                      \
        .interface_count = ARRAYSIZE(event_##i##_interfaces),                                      \
        .destroy = event_##i##_destroy,                                                            \
        .query_inner = query_older_interface,                                                      \
    };                                                                                             \
    IDispatch *i##_create(const struct i##_values *values)                                         \
    {                                                                                              \
        struct i##_object *self = com_object_create(sizeof(*self), &event_##i##_class, NULL);      \
        BOOL complete = TRUE;                                                                      \
                                                                                                   \
        if (!self)                                                                                 \
            return NULL;                                                                           \
        InterlockedIncrement(&events_live);                                                        \
        self->i##_iface.lpVtbl = (i##Vtbl *)&event_##i##_vtable;                                   \
        self->values = *values;                                                                    \
        i##_PROPERTIES(i, KEEP_OBJECT, KEEP_OBJECT, KEEP_NUMBER, KEEP_TEXT) if (!complete)         \
        {                                                                                          \
            com_release(&self->com);                                                               \
            return NULL;                                                                           \
        }                                                                                          \
        return (IDispatch *)&self->i##_iface;                                                      \
    }

static HRESULT query_older_interface(struct com_object *object, REFIID iid, void **out);
static HRESULT check_event(struct com_object *object, size_t property);

EVENT_CLASSES(EVENT_CLASS)

/* TAPI_E_WRONGEVENT for a property (its place in the values) that the sub-event does not have. */
static HRESULT check_event(struct com_object *object, size_t property)
{
#define ONLY_IN(name, events) {offsetof(struct ITPhoneEvent_values, name), events},
    static const struct {
        size_t property;
        DWORD events;
    } only_in[] = {ITPhoneEvent_ONLY_IN(ONLY_IN)};
#undef ONLY_IN
    DWORD event;
    unsigned i;

    if (object->class != &event_ITPhoneEvent_class)
        return S_OK;
    event = CONTAINING_RECORD(object, struct ITPhoneEvent_object, com)->values.Event;
    for (i = 0; i < ARRAYSIZE(only_in); i++)
        if (only_in[i].property == property && event <= PE_LASTITEM &&
            !(only_in[i].events & 1u << event))
            return com_fail(TAPI_E_WRONGEVENT, &IID_ITPhoneEvent,
                            "Phone events of this kind (PHONE_EVENT %lu) do not have it.", event);
    return S_OK;
}

/* ITTAPIObjectEvent2 is ITTAPIObjectEvent with one method more. */
static HRESULT query_older_interface(struct com_object *object, REFIID iid, void **out)
{
    if (object->class != &event_ITTAPIObjectEvent2_class ||
        !IsEqualIID(iid, &IID_ITTAPIObjectEvent))
        return E_NOINTERFACE;
    return com_query(object, &IID_ITTAPIObjectEvent2, out);
}
