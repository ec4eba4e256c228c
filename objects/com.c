/* com.c - counts, identity, marshaling and interface lookup of every object. See com.h. */
#include "objects/com.h"

#include <stdlib.h>

HMODULE com_module;

static LONG live_objects;
static LONG module_locks;

/* Answered only by com_inner_query with the com_object itself: a foreign object cannot know it. */
static const IID IID_com_object = {
    0x7f3ad0b1, 0x52c6, 0x4e0b, {0x9d, 0x1c, 0x6b, 0x0e, 0x5a, 0x91, 0x44, 0xe2}};

static inline struct com_object *object_from_unknown(IUnknown *iface)
{
    return CONTAINING_RECORD(iface, struct com_object, IUnknown_iface);
}

static inline struct com_object *object_from_safety(IObjectSafety *iface)
{
    return CONTAINING_RECORD(iface, struct com_object, IObjectSafety_iface);
}

static inline struct com_object *object_from_error_support(ISupportErrorInfo *iface)
{
    return CONTAINING_RECORD(iface, struct com_object, ISupportErrorInfo_iface);
}

/* ---- counts -------------------------------------------------------------------------------- */

static ULONG inner_add_ref(struct com_object *object)
{
    LONG refs = InterlockedIncrement(&object->refs);

    /* From 0: an object of ours that only had uses is handed out (again). Its caller holds a use,
     * so the last Release that may be running just now cannot destroy it. */
    if (refs == 1)
        com_use(object);
    return refs;
}

/* While last_release runs the count stands this high: what it calls (an aggregated object, say) may
 * AddRef and Release without starting it again, and com_try_hand_out knows that it is too late. */
#define DYING 0x40000000

static ULONG inner_release(struct com_object *object)
{
    LONG refs;

    if (!object->class->last_release) {
        refs = InterlockedDecrement(&object->refs);
    } else {
        LONG seen = object->refs;

        do {
            refs = seen;
            seen = InterlockedCompareExchange(&object->refs, refs == 1 ? DYING : refs - 1, refs);
        } while (seen != refs);
        refs--;
        if (refs == 0) {
            object->class->last_release(object);
            refs = InterlockedExchangeAdd(&object->refs, -DYING) - DYING;
        }
    }
    if (refs == 0)
        com_unuse(object);
    return refs;
}

void com_use(struct com_object *object)
{
    InterlockedIncrement(&object->uses);
}

void com_unuse(struct com_object *object)
{
    IUnknown *marshaler;

    if (InterlockedDecrement(&object->uses) != 0)
        return;
    /* destroy may hand pointers to the object around (an inner object that is let go): the count
     * must not reach zero a second time. */
    object->uses = DYING;
    object->refs = DYING;
    if (object->class->destroy)
        object->class->destroy(object);
    marshaler = object->marshaler;
    if (marshaler)
        IUnknown_Release(marshaler);
    free(object);
    InterlockedDecrement(&live_objects);
}

/* Applications give references of an aggregated object back to the whole. */
static BOOL is_whole(struct com_object *object)
{
    return object->outer == &object->IUnknown_iface;
}

void com_hand_out(struct com_object *object)
{
    if (is_whole(object))
        inner_add_ref(object);
    else
        IUnknown_AddRef(object->outer);
}

/* One more, unless there is none or the object is going. */
static BOOL try_count(LONG *counter)
{
    LONG count = *counter;

    while (count > 0 && count < DYING) {
        LONG seen = InterlockedCompareExchange(counter, count + 1, count);

        if (seen == count)
            return TRUE;
        count = seen;
    }
    return FALSE;
}

BOOL com_try_hand_out(struct com_object *object)
{
    if (!try_count(&object->refs))
        return FALSE;
    if (!is_whole(object)) {
        IUnknown_AddRef(object->outer);
        inner_release(object);
    }
    return TRUE;
}

BOOL com_try_use(struct com_object *object)
{
    return try_count(&object->uses);
}

LONG com_live_objects(void)
{
    return live_objects;
}

void com_lock_module(BOOL lock)
{
    if (lock)
        InterlockedIncrement(&module_locks);
    else
        InterlockedDecrement(&module_locks);
}

LONG com_module_locks(void)
{
    return module_locks;
}

/* ---- interfaces ---------------------------------------------------------------------------- */

HRESULT com_query_marshaler(IUnknown *whole, IUnknown *volatile *made, void **out)
{
    IUnknown *marshaler = *made;

    if (!marshaler) {
        HRESULT hr = CoCreateFreeThreadedMarshaler(whole, &marshaler);

        if (FAILED(hr))
            return hr;
        if (InterlockedCompareExchangePointer((void *volatile *)made, marshaler, NULL)) {
            IUnknown_Release(marshaler);
            marshaler = *made;
        }
    }
    return IUnknown_QueryInterface(marshaler, &IID_IMarshal, out);
}

/* The default IDispatch of an object is its first interface that has type information. */
static void *default_dispatch(struct com_object *object)
{
    unsigned i;

    for (i = 0; i < object->class->interface_count; i++) {
        const struct com_interface *entry = &object->class->interfaces[i];
        ITypeInfo *info;

        if (IsEqualIID(entry->iid, &IID_IDispatch) || SUCCEEDED(com_type_info(entry->iid, &info)))
            return (char *)object + entry->offset;
    }
    return NULL;
}

HRESULT com_inner_query(struct com_object *object, REFIID iid, void **out)
{
    void *found = NULL;
    unsigned i;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    if (IsEqualIID(iid, &IID_IUnknown)) {
        inner_add_ref(object);
        *out = &object->IUnknown_iface;
        return S_OK;
    }
    for (i = 0; i < object->class->interface_count && !found; i++) {
        const struct com_interface *entry = &object->class->interfaces[i];

        if (IsEqualIID(iid, entry->iid))
            found = (char *)object + entry->offset;
    }
    if (!found && IsEqualIID(iid, &IID_IDispatch))
        found = default_dispatch(object);
    if (!found && IsEqualIID(iid, &IID_ISupportErrorInfo))
        found = &object->ISupportErrorInfo_iface;
    if (!found && IsEqualIID(iid, &IID_IObjectSafety) && default_dispatch(object))
        found = &object->IObjectSafety_iface;
    if (found) {
        IUnknown_AddRef(object->outer);
        *out = found;
        return S_OK;
    }
    if (IsEqualIID(iid, &IID_IMarshal))
        return com_query_marshaler(object->outer, &object->marshaler, out);
    if (IsEqualIID(iid, &IID_com_object)) {
        *out = object; /* not counted: see com_object_of */
        return S_OK;
    }
    return object->class->query_inner ? object->class->query_inner(object, iid, out)
                                      : E_NOINTERFACE;
}

HRESULT com_query(struct com_object *object, REFIID iid, void **out)
{
    if (is_whole(object))
        return com_inner_query(object, iid, out);
    return IUnknown_QueryInterface(object->outer, iid, out);
}

ULONG com_add_ref(struct com_object *object)
{
    if (is_whole(object))
        return inner_add_ref(object);
    return IUnknown_AddRef(object->outer);
}

ULONG com_release(struct com_object *object)
{
    if (is_whole(object))
        return inner_release(object);
    return IUnknown_Release(object->outer);
}

struct com_object *com_object_of(void *unknown, const struct com_class *class)
{
    struct com_object *object = NULL;

    if (!unknown ||
        FAILED(IUnknown_QueryInterface((IUnknown *)unknown, &IID_com_object, (void **)&object)))
        return NULL;
    return object->class == class ? object : NULL;
}

/* ---- identity and ISupportErrorInfo -------------------------------------------------------- */

static HRESULT WINAPI unknown_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    return com_inner_query(object_from_unknown(iface), iid, out);
}

static ULONG WINAPI unknown_AddRef(IUnknown *iface)
{
    return inner_add_ref(object_from_unknown(iface));
}

static ULONG WINAPI unknown_Release(IUnknown *iface)
{
    return inner_release(object_from_unknown(iface));
}

static const IUnknownVtbl unknown_vtable = {COM_UNKNOWN_VTABLE(unknown)};

static HRESULT WINAPI error_support_QueryInterface(ISupportErrorInfo *iface, REFIID iid, void **out)
{
    return com_query(object_from_error_support(iface), iid, out);
}

static ULONG WINAPI error_support_AddRef(ISupportErrorInfo *iface)
{
    return com_add_ref(object_from_error_support(iface));
}

static ULONG WINAPI error_support_Release(ISupportErrorInfo *iface)
{
    return com_release(object_from_error_support(iface));
}

static HRESULT WINAPI error_support_InterfaceSupportsErrorInfo(ISupportErrorInfo *iface, REFIID iid)
{
    struct com_object *object = object_from_error_support(iface);
    ISupportErrorInfo *inner = NULL;
    IUnknown *older = NULL;
    ITypeInfo *info;
    unsigned i;

    if (!iid)
        return E_INVALIDARG;
    for (i = 0; i < object->class->interface_count; i++)
        if (IsEqualIID(iid, object->class->interfaces[i].iid))
            return S_OK;
    /* Of an inner object's interfaces (a media provider's) only that one knows. */
    if (object->class->inner_dispatch &&
        SUCCEEDED(object->class->query_inner(object, &IID_ISupportErrorInfo, (void **)&inner))) {
        HRESULT hr = ISupportErrorInfo_InterfaceSupportsErrorInfo(inner, iid);

        ISupportErrorInfo_Release(inner);
        return hr;
    }
    /* An older interface that a newer one contains (ITTAPIObjectEvent). */
    if (SUCCEEDED(com_type_info(iid, &info)) &&
        SUCCEEDED(com_query(object, iid, (void **)&older))) {
        IUnknown_Release(older);
        return S_OK;
    }
    return S_FALSE;
}

static const ISupportErrorInfoVtbl error_support_vtable = {
    COM_UNKNOWN_VTABLE(error_support),
    error_support_InterfaceSupportsErrorInfo,
};

/* ---- IObjectSafety: all that scripts can use is safe for them ------------------------------ */

#define SAFETY (INTERFACESAFE_FOR_UNTRUSTED_CALLER | INTERFACESAFE_FOR_UNTRUSTED_DATA)

static HRESULT WINAPI safety_QueryInterface(IObjectSafety *iface, REFIID iid, void **out)
{
    return com_query(object_from_safety(iface), iid, out);
}

static ULONG WINAPI safety_AddRef(IObjectSafety *iface)
{
    return com_add_ref(object_from_safety(iface));
}

static ULONG WINAPI safety_Release(IObjectSafety *iface)
{
    return com_release(object_from_safety(iface));
}

/* Whether an inner object's interface (a media provider's) is safe, only that one knows
 * (using-the-tapi-3-msp-base-classes.md). FALSE: the interface is one of ours. *inner is NULL where
 * the inner object has nothing to say: it is not safe. */
static BOOL is_of_inner(struct com_object *object, REFIID iid, IObjectSafety **inner)
{
    IUnknown *asked = NULL;
    unsigned i;

    *inner = NULL;
    if (!object->class->inner_dispatch || IsEqualIID(iid, &IID_IUnknown) ||
        IsEqualIID(iid, &IID_IDispatch))
        return FALSE;
    for (i = 0; i < object->class->interface_count; i++)
        if (IsEqualIID(iid, object->class->interfaces[i].iid))
            return FALSE;
    if (FAILED(object->class->query_inner(object, iid, (void **)&asked)))
        return FALSE;
    IUnknown_Release(asked);
    if (FAILED(object->class->query_inner(object, &IID_IObjectSafety, (void **)inner)))
        *inner = NULL;
    return TRUE;
}

static HRESULT WINAPI safety_GetInterfaceSafetyOptions(IObjectSafety *iface, REFIID iid,
                                                       DWORD *supported, DWORD *enabled)
{
    struct com_object *object = object_from_safety(iface);
    IObjectSafety *inner;
    IUnknown *asked;

    if (!iid || !supported || !enabled)
        return E_POINTER;
    *supported = *enabled = 0;
    if (is_of_inner(object, iid, &inner)) {
        HRESULT hr = S_OK;

        if (inner) {
            hr = IObjectSafety_GetInterfaceSafetyOptions(inner, iid, supported, enabled);
            IObjectSafety_Release(inner);
        }
        return hr;
    }
    if (FAILED(com_query(object, iid, (void **)&asked)))
        return E_NOINTERFACE;
    IUnknown_Release(asked);
    *supported = *enabled = SAFETY;
    return S_OK;
}

static HRESULT WINAPI safety_SetInterfaceSafetyOptions(IObjectSafety *iface, REFIID iid, DWORD mask,
                                                       DWORD enabled)
{
    IObjectSafety *inner = NULL;
    HRESULT hr;

    if (iid && is_of_inner(object_from_safety(iface), iid, &inner)) {
        if (!inner)
            return mask & enabled ? E_FAIL : S_OK;
        hr = IObjectSafety_SetInterfaceSafetyOptions(inner, iid, mask, enabled);
        IObjectSafety_Release(inner);
        return hr;
    }
    return mask & ~(DWORD)SAFETY ? E_FAIL : S_OK; /* E_FAIL: an option that is not supported */
}

static const IObjectSafetyVtbl safety_vtable = {
    COM_UNKNOWN_VTABLE(safety),
    safety_GetInterfaceSafetyOptions,
    safety_SetInterfaceSafetyOptions,
};

void *com_object_create(size_t size, const struct com_class *class, IUnknown *outer)
{
    struct com_object *object = calloc(1, size);

    if (!object)
        return NULL;
    object->IUnknown_iface.lpVtbl = (IUnknownVtbl *)&unknown_vtable;
    object->ISupportErrorInfo_iface.lpVtbl = (ISupportErrorInfoVtbl *)&error_support_vtable;
    object->IObjectSafety_iface.lpVtbl = (IObjectSafetyVtbl *)&safety_vtable;
    object->class = class;
    object->outer = outer ? outer : &object->IUnknown_iface;
    object->refs = 1;
    object->uses = 1;
    InterlockedIncrement(&live_objects);
    return object;
}
