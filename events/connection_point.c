/*
 * connection_point.c - IConnectionPointContainer of the TTAPI object and its two connection points:
 * the dispinterface (default source, for late-bound sinks) and ITTAPIEventNotification.
 *
 * Container and points are parts of the dispatcher; their references are the owner's. The
 * enumerators are objects of their own.
 */
#include "events/private.h"

#include <olectl.h>
#include <stddef.h>
#include <stdlib.h>

#include "objects/com.h"

static const IID *const point_iids[POINT_COUNT] = {
    [POINT_DISPATCH] = &DIID_ITTAPIDispatchEventNotification,
    [POINT_CUSTOM] = &IID_ITTAPIEventNotification,
};

/* ---- IEnumConnectionPoints and IEnumConnections over a list that does not change ------------- */

struct connection_list {
    LONG refs;
    unsigned count;
    CONNECTDATA items[]; /* pUnk: the connection point or the sink, a reference */
};

struct connection_enum {
    struct com_object com;
    union {
        IEnumConnectionPoints IEnumConnectionPoints_iface;
        IEnumConnections IEnumConnections_iface;
    };
    struct connection_list *list;
    unsigned next;
};

static struct connection_list *list_create(unsigned capacity)
{
    struct connection_list *list =
        calloc(1, sizeof(*list) + (capacity ? capacity : 1) * sizeof(list->items[0]));

    if (list)
        list->refs = 1;
    return list;
}

static void list_release(struct connection_list *list)
{
    unsigned i;

    if (InterlockedDecrement(&list->refs) != 0)
        return;
    for (i = 0; i < list->count; i++)
        IUnknown_Release(list->items[i].pUnk);
    free(list);
}

static void enum_destroy(struct com_object *object)
{
    list_release(CONTAINING_RECORD(object, struct connection_enum, com)->list);
}

static HRESULT enum_points_create(struct connection_list *list, unsigned next,
                                  IEnumConnectionPoints **out);
static HRESULT enum_connections_create(struct connection_list *list, unsigned next,
                                       IEnumConnections **out);

static HRESULT enum_skip(struct connection_enum *self, ULONG count)
{
    unsigned left = self->list->count - self->next;

    self->next += count < left ? count : left;
    return count <= left ? S_OK : S_FALSE;
}

/* The methods of one of the two enumerators; give(item) makes the element of an item. */
#define CONNECTION_ENUM(prefix, itf, element, give)                                                \
    COM_UNKNOWN_METHODS(prefix, connection_enum, itf, itf##_iface)                                 \
    static HRESULT WINAPI prefix##_Next(itf *iface, ULONG count, element *elements,                \
                                        ULONG *fetched)                                            \
    {                                                                                              \
        struct connection_enum *self = impl_from_##itf##_iface(iface);                             \
        ULONG i;                                                                                   \
                                                                                                   \
        if (fetched)                                                                               \
            *fetched = 0;                                                                          \
        if (!elements || (!fetched && count != 1))                                                 \
            return E_POINTER;                                                                      \
        for (i = 0; i < count && self->next < self->list->count; i++, self->next++) {              \
            IUnknown_AddRef(self->list->items[self->next].pUnk);                                   \
            elements[i] = give(self->list->items[self->next]);                                     \
        }                                                                                          \
        if (fetched)                                                                               \
            *fetched = i;                                                                          \
        return i == count ? S_OK : S_FALSE;                                                        \
    }                                                                                              \
    static HRESULT WINAPI prefix##_Skip(itf *iface, ULONG count)                                   \
    {                                                                                              \
        return enum_skip(impl_from_##itf##_iface(iface), count);                                   \
    }                                                                                              \
    static HRESULT WINAPI prefix##_Reset(itf *iface)                                               \
    {                                                                                              \
        impl_from_##itf##_iface(iface)->next = 0;                                                  \
        return S_OK;                                                                               \
    }                                                                                              \
    static HRESULT WINAPI prefix##_Clone(itf *iface, itf **out)                                    \
    {                                                                                              \
        struct connection_enum *self = impl_from_##itf##_iface(iface);                             \
                                                                                                   \
        return prefix##_create(self->list, self->next, out);                                       \
    }                                                                                              \
    static const itf##Vtbl prefix##_vtable = {COM_UNKNOWN_VTABLE(prefix), prefix##_Next,           \
                                              prefix##_Skip, prefix##_Reset, prefix##_Clone};      \
    static const struct com_interface prefix##_interfaces[] = {                                    \
        COM_INTERFACE(connection_enum, itf##_iface, itf)};                                         \
    static const struct com_class prefix##_class = {                                               \
        .name = #itf,                                                                              \
        .interfaces = prefix##_interfaces,                                                         \
        .interface_count = 1,                                                                      \
        .destroy = enum_destroy,                                                                   \
    };                                                                                             \
    static HRESULT prefix##_create(struct connection_list *list, unsigned next, itf **out)         \
    {                                                                                              \
        struct connection_enum *self;                                                              \
                                                                                                   \
        if (!out)                                                                                  \
            return E_POINTER;                                                                      \
        *out = NULL;                                                                               \
        self = com_object_create(sizeof(*self), &prefix##_class, NULL);                            \
        if (!self)                                                                                 \
            return E_OUTOFMEMORY;                                                                  \
        self->itf##_iface.lpVtbl = (itf##Vtbl *)&prefix##_vtable;                                  \
        InterlockedIncrement(&list->refs);                                                         \
        self->list = list;                                                                         \
        self->next = next;                                                                         \
        *out = &self->itf##_iface;                                                                 \
        return S_OK;                                                                               \
    }

#define GIVE_POINT(item)      ((IConnectionPoint *)(item).pUnk)
#define GIVE_CONNECTION(item) (item)

CONNECTION_ENUM(enum_points, IEnumConnectionPoints, IConnectionPoint *, GIVE_POINT)
CONNECTION_ENUM(enum_connections, IEnumConnections, CONNECTDATA, GIVE_CONNECTION)

/* ---- IConnectionPoint ------------------------------------------------------------------------ */

static inline struct connection_point *impl_from_IConnectionPoint(IConnectionPoint *iface)
{
    return CONTAINING_RECORD(iface, struct connection_point, IConnectionPoint_iface);
}

static HRESULT WINAPI point_QueryInterface(IConnectionPoint *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_INVALIDARG;
    /* Carried to another apartment by COM, a point stays itself as all objects do: whoever advises
     * there is told there. */
    if (IsEqualIID(iid, &IID_IMarshal))
        return com_query_marshaler((IUnknown *)iface, &impl_from_IConnectionPoint(iface)->marshaler,
                                   out);
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IConnectionPoint))
        return E_NOINTERFACE;
    IConnectionPoint_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI point_AddRef(IConnectionPoint *iface)
{
    return IUnknown_AddRef(impl_from_IConnectionPoint(iface)->dispatcher->owner);
}

static ULONG WINAPI point_Release(IConnectionPoint *iface)
{
    return IUnknown_Release(impl_from_IConnectionPoint(iface)->dispatcher->owner);
}

static HRESULT WINAPI point_GetConnectionInterface(IConnectionPoint *iface, IID *iid)
{
    if (!iid)
        return E_POINTER;
    *iid = *point_iids[impl_from_IConnectionPoint(iface)->kind];
    return S_OK;
}

static HRESULT WINAPI point_GetConnectionPointContainer(IConnectionPoint *iface,
                                                        IConnectionPointContainer **out)
{
    struct connection_point *self = impl_from_IConnectionPoint(iface);

    if (!out)
        return E_POINTER;
    *out = &self->dispatcher->IConnectionPointContainer_iface;
    IConnectionPointContainer_AddRef(*out);
    return S_OK;
}

static HRESULT WINAPI point_Advise(IConnectionPoint *iface, IUnknown *unknown, DWORD *cookie)
{
    struct connection_point *self = impl_from_IConnectionPoint(iface);

    return sink_connect(self->dispatcher, self->kind, unknown, cookie);
}

static HRESULT WINAPI point_Unadvise(IConnectionPoint *iface, DWORD cookie)
{
    struct connection_point *self = impl_from_IConnectionPoint(iface);

    return sink_disconnect(self->dispatcher, self->kind, cookie);
}

static HRESULT WINAPI point_EnumConnections(IConnectionPoint *iface, IEnumConnections **out)
{
    struct connection_point *self = impl_from_IConnectionPoint(iface);
    struct dispatcher *dispatcher = self->dispatcher;
    struct connection_list *list;
    struct sink *sink, **pinned = NULL;
    unsigned count = 0, i;
    HRESULT hr = E_OUTOFMEMORY;

    if (!out)
        return E_POINTER;
    *out = NULL;
    AcquireSRWLockExclusive(&dispatcher->lock);
    for (sink = dispatcher->sinks; sink; sink = sink->next)
        count++;
    list = list_create(count);
    pinned = calloc(count + 1, sizeof(*pinned));
    for (sink = dispatcher->sinks, count = 0; sink && list && pinned; sink = sink->next) {
        if (sink->kind != self->kind)
            continue;
        InterlockedIncrement(&sink->refs);
        sink_window_pin(sink);
        pinned[count++] = sink;
    }
    ReleaseSRWLockExclusive(&dispatcher->lock);
    for (i = 0; i < count; i++) {
        list->items[list->count++] = (CONNECTDATA){pinned[i]->target, pinned[i]->cookie};
        IUnknown_AddRef(pinned[i]->target);
        sink_window_unpin(pinned[i]);
        sink_release(pinned[i]);
    }
    if (list && pinned)
        hr = enum_connections_create(list, 0, out);
    free(pinned);
    if (list)
        list_release(list);
    return hr;
}

static const IConnectionPointVtbl point_vtable = {
    COM_UNKNOWN_VTABLE(point),
    point_GetConnectionInterface,
    point_GetConnectionPointContainer,
    point_Advise,
    point_Unadvise,
    point_EnumConnections,
};

/* ---- IConnectionPointContainer --------------------------------------------------------------- */

static inline struct dispatcher *
impl_from_IConnectionPointContainer(IConnectionPointContainer *iface)
{
    return CONTAINING_RECORD(iface, struct dispatcher, IConnectionPointContainer_iface);
}

static HRESULT WINAPI container_QueryInterface(IConnectionPointContainer *iface, REFIID iid,
                                               void **out)
{
    return IUnknown_QueryInterface(impl_from_IConnectionPointContainer(iface)->owner, iid, out);
}

static ULONG WINAPI container_AddRef(IConnectionPointContainer *iface)
{
    return IUnknown_AddRef(impl_from_IConnectionPointContainer(iface)->owner);
}

static ULONG WINAPI container_Release(IConnectionPointContainer *iface)
{
    return IUnknown_Release(impl_from_IConnectionPointContainer(iface)->owner);
}

static HRESULT WINAPI container_EnumConnectionPoints(IConnectionPointContainer *iface,
                                                     IEnumConnectionPoints **out)
{
    struct dispatcher *self = impl_from_IConnectionPointContainer(iface);
    struct connection_list *list;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    list = list_create(POINT_COUNT);
    if (!list)
        return E_OUTOFMEMORY;
    for (; list->count < POINT_COUNT; list->count++) {
        IConnectionPoint *point = &self->points[list->count].IConnectionPoint_iface;

        IConnectionPoint_AddRef(point);
        list->items[list->count].pUnk = (IUnknown *)point;
    }
    hr = enum_points_create(list, 0, out);
    list_release(list);
    return hr;
}

static HRESULT WINAPI container_FindConnectionPoint(IConnectionPointContainer *iface, REFIID iid,
                                                    IConnectionPoint **out)
{
    struct dispatcher *self = impl_from_IConnectionPointContainer(iface);
    unsigned i;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!iid)
        return E_POINTER;
    for (i = 0; i < POINT_COUNT; i++) {
        if (IsEqualIID(iid, point_iids[i])) {
            *out = &self->points[i].IConnectionPoint_iface;
            IConnectionPoint_AddRef(*out);
            return S_OK;
        }
    }
    return CONNECT_E_NOCONNECTION;
}

static const IConnectionPointContainerVtbl container_vtable = {
    COM_UNKNOWN_VTABLE(container),
    container_EnumConnectionPoints,
    container_FindConnectionPoint,
};

void connection_points_free(struct dispatcher *dispatcher)
{
    unsigned i;

    for (i = 0; i < POINT_COUNT; i++)
        if (dispatcher->points[i].marshaler)
            IUnknown_Release(dispatcher->points[i].marshaler);
}

void connection_points_init(struct dispatcher *dispatcher)
{
    unsigned i;

    dispatcher->IConnectionPointContainer_iface.lpVtbl =
        (IConnectionPointContainerVtbl *)&container_vtable;
    for (i = 0; i < POINT_COUNT; i++) {
        dispatcher->points[i].IConnectionPoint_iface.lpVtbl = (IConnectionPointVtbl *)&point_vtable;
        dispatcher->points[i].dispatcher = dispatcher;
        dispatcher->points[i].kind = (enum point_kind)i;
    }
}
