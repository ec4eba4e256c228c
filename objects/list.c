/* list.c - snapshots of objects or strings, and the enumerators and collections over them: one
 * implementation for every IEnumX and for ITCollection2. See com.h. */
#include "objects/com.h"

#include <ot_tapi3.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* The values of a collection that an application filled, for its enumerator; only in this file. */
#define COM_LIST_VARIANTS ((enum com_list_kind)(COM_LIST_CLSIDS + 1))

union list_item {
    VARIANT value;
    IUnknown *object;
    BSTR string;
    CLSID clsid;
};

struct com_list {
    LONG refs;
    enum com_list_kind kind;
    unsigned count, room;
    union list_item *items;
};

struct com_list *com_list_create(enum com_list_kind kind)
{
    struct com_list *list = calloc(1, sizeof(*list));

    if (list) {
        list->refs = 1;
        list->kind = kind;
    }
    return list;
}

static void item_free(enum com_list_kind kind, union list_item *item)
{
    if (kind == COM_LIST_OBJECTS && item->object)
        IUnknown_Release(item->object);
    else if (kind == COM_LIST_BSTRS)
        SysFreeString(item->string);
    else if (kind == COM_LIST_VARIANTS)
        VariantClear(&item->value);
}

void com_list_release(struct com_list *list)
{
    unsigned i;

    if (!list || InterlockedDecrement(&list->refs) != 0)
        return;
    for (i = 0; i < list->count; i++)
        item_free(list->kind, &list->items[i]);
    free(list->items);
    free(list);
}

static union list_item *list_grow(struct com_list *list)
{
    if (list->count == list->room) {
        unsigned room = list->room ? list->room * 2 : 8;
        union list_item *items = realloc(list->items, room * sizeof(*items));

        if (!items)
            return NULL;
        list->items = items;
        list->room = room;
    }
    memset(&list->items[list->count], 0, sizeof(union list_item));
    return &list->items[list->count];
}

BOOL com_list_add_object(struct com_list *list, IUnknown *object)
{
    union list_item *item = list_grow(list);

    if (!item)
        return FALSE;
    item->object = object;
    if (object)
        IUnknown_AddRef(object);
    list->count++;
    return TRUE;
}

BOOL com_list_add_string(struct com_list *list, const WCHAR *string)
{
    union list_item *item = list_grow(list);

    if (!item)
        return FALSE;
    item->string = SysAllocString(string ? string : L"");
    if (!item->string)
        return FALSE;
    list->count++;
    return TRUE;
}

BOOL com_list_add_clsid(struct com_list *list, REFCLSID clsid)
{
    union list_item *item = list_grow(list);

    if (!item)
        return FALSE;
    item->clsid = *clsid;
    list->count++;
    return TRUE;
}

unsigned com_list_count(const struct com_list *list)
{
    return list->count;
}

/* An item as a collection shows it. */
static HRESULT item_variant(const struct com_list *list, unsigned index, VARIANT *out)
{
    const union list_item *item = &list->items[index];
    WCHAR text[40];

    VariantInit(out);
    if (list->kind == COM_LIST_VARIANTS)
        return VariantCopy(out, (VARIANT *)&item->value);
    switch (list->kind) {
    case COM_LIST_OBJECTS:
        if (item->object && SUCCEEDED(IUnknown_QueryInterface(item->object, &IID_IDispatch,
                                                              (void **)&V_DISPATCH(out)))) {
            V_VT(out) = VT_DISPATCH;
            return S_OK;
        }
        V_VT(out) = VT_UNKNOWN;
        V_UNKNOWN(out) = item->object;
        if (item->object)
            IUnknown_AddRef(item->object);
        return S_OK;
    case COM_LIST_BSTRS:
        V_BSTR(out) = SysAllocStringLen(item->string, SysStringLen(item->string));
        break;
    default:
        StringFromGUID2(&item->clsid, text, ARRAYSIZE(text));
        V_BSTR(out) = SysAllocString(text);
        break;
    }
    if (!V_BSTR(out))
        return E_OUTOFMEMORY;
    V_VT(out) = VT_BSTR;
    return S_OK;
}

/* ---- enumerators --------------------------------------------------------------------------- */

enum enum_style { ENUM_INTERFACE, ENUM_BSTR, ENUM_CLSID, ENUM_VARIANT };

/* Every enumerator there is. They differ in what Next gives, and in the order of the vtable: TAPI's
 * own have Reset before Skip, unlike all others (methods.csv). */
static const struct enum_type {
    const IID *iid;
    enum enum_style style;
    const IID *item;
} enum_types[] = {
    {&IID_IEnumVARIANT, ENUM_VARIANT, NULL},
    {&IID_IEnumUnknown, ENUM_INTERFACE, &IID_IUnknown},
    {&IID_IEnumAddress, ENUM_INTERFACE, &IID_ITAddress},
    {&IID_IEnumCall, ENUM_INTERFACE, &IID_ITCallInfo},
    {&IID_IEnumCallHub, ENUM_INTERFACE, &IID_ITCallHub},
    {&IID_IEnumPhone, ENUM_INTERFACE, &IID_ITPhone},
    {&IID_IEnumTerminal, ENUM_INTERFACE, &IID_ITTerminal},
    {&IID_IEnumStream, ENUM_INTERFACE, &IID_ITStream},
    {&IID_IEnumSubStream, ENUM_INTERFACE, &IID_ITSubStream},
    {&IID_IEnumLocation, ENUM_INTERFACE, &IID_ITLocationInfo},
    {&IID_IEnumCallingCard, ENUM_INTERFACE, &IID_ITCallingCard},
    {&IID_IEnumPluggableTerminalClassInfo, ENUM_INTERFACE, &IID_ITPluggableTerminalClassInfo},
    {&IID_IEnumPluggableSuperclassInfo, ENUM_INTERFACE, &IID_ITPluggableTerminalSuperclassInfo},
    {&IID_IEnumAgent, ENUM_INTERFACE, &IID_ITAgent},
    {&IID_IEnumAgentHandler, ENUM_INTERFACE, &IID_ITAgentHandler},
    {&IID_IEnumAgentSession, ENUM_INTERFACE, &IID_ITAgentSession},
    {&IID_IEnumQueue, ENUM_INTERFACE, &IID_ITQueue},
    {&IID_IEnumACDGroup, ENUM_INTERFACE, &IID_ITACDGroup},
    {&IID_IEnumBstr, ENUM_BSTR, NULL},
    {&IID_IEnumTerminalClass, ENUM_CLSID, NULL},
};

struct enumerator {
    struct com_object com;
    IEnumUnknown IEnumUnknown_iface;
    const struct enum_type *type;
    struct com_list *list;
    LONG next;
};

static HRESULT enumerator_create(struct com_list *list, const struct enum_type *type, LONG next,
                                 void **out);

COM_UNKNOWN_METHODS(enumerator, enumerator, IEnumUnknown, IEnumUnknown_iface)

static size_t item_size(enum enum_style style)
{
    switch (style) {
    case ENUM_CLSID:
        return sizeof(CLSID);
    case ENUM_VARIANT:
        return sizeof(VARIANT);
    default:
        return sizeof(void *);
    }
}

static HRESULT enumerator_item(struct enumerator *self, unsigned index, void *out)
{
    const union list_item *item = &self->list->items[index];

    switch (self->type->style) {
    case ENUM_INTERFACE:
        *(void **)out = NULL;
        return item->object ? IUnknown_QueryInterface(item->object, self->type->item, out) : S_OK;
    case ENUM_BSTR:
        *(BSTR *)out = SysAllocStringLen(item->string, SysStringLen(item->string));
        return *(BSTR *)out ? S_OK : E_OUTOFMEMORY;
    case ENUM_CLSID:
        *(CLSID *)out = item->clsid;
        return S_OK;
    default:
        return item_variant(self->list, index, out);
    }
}

static void enumerator_undo(struct enumerator *self, char *out, unsigned count)
{
    unsigned i;

    for (i = 0; i < count; i++, out += item_size(self->type->style)) {
        if (self->type->style == ENUM_INTERFACE && *(IUnknown **)out)
            IUnknown_Release(*(IUnknown **)out);
        else if (self->type->style == ENUM_BSTR)
            SysFreeString(*(BSTR *)out);
        else if (self->type->style == ENUM_VARIANT)
            VariantClear((VARIANT *)out);
    }
    memset(out - count * item_size(self->type->style), 0, count * item_size(self->type->style));
}

static HRESULT WINAPI enumerator_Next(IEnumUnknown *iface, ULONG count, IUnknown **items,
                                      ULONG *fetched)
{
    struct enumerator *self = impl_from_IEnumUnknown_iface(iface);
    char *out = (char *)items;
    LONG start, taken, left;
    LONG i;

    if (fetched)
        *fetched = 0;
    if (!items || (count > 1 && !fetched))
        return E_POINTER;
    /* Two threads may share an enumerator: each gets items of its own. */
    do {
        start = self->next;
        left = (LONG)self->list->count - start;
        taken = count < (ULONG)left ? (LONG)count : left;
    } while (InterlockedCompareExchange(&self->next, start + taken, start) != start);
    for (i = 0; i < taken; i++, out += item_size(self->type->style)) {
        HRESULT hr = enumerator_item(self, start + i, out);

        if (FAILED(hr)) {
            enumerator_undo(self, (char *)items, i);
            /* Nothing was taken; unless another thread has gone on from there meanwhile. */
            InterlockedCompareExchange(&self->next, start, start + taken);
            return hr;
        }
    }
    if (fetched)
        *fetched = taken;
    return (ULONG)taken == count ? S_OK : S_FALSE;
}

static HRESULT WINAPI enumerator_Skip(IEnumUnknown *iface, ULONG count)
{
    struct enumerator *self = impl_from_IEnumUnknown_iface(iface);
    LONG start, step, left;

    do {
        start = self->next;
        left = (LONG)self->list->count - start;
        step = count < (ULONG)left ? (LONG)count : left;
    } while (InterlockedCompareExchange(&self->next, start + step, start) != start);
    return (ULONG)step == count ? S_OK : S_FALSE;
}

static HRESULT WINAPI enumerator_Reset(IEnumUnknown *iface)
{
    InterlockedExchange(&impl_from_IEnumUnknown_iface(iface)->next, 0);
    return S_OK;
}

static HRESULT WINAPI enumerator_Clone(IEnumUnknown *iface, IEnumUnknown **clone)
{
    struct enumerator *self = impl_from_IEnumUnknown_iface(iface);

    if (!clone)
        return E_POINTER;
    return enumerator_create(self->list, self->type, self->next, (void **)clone);
}

/* COM's own enumerators: Next, Skip, Reset, Clone. */
static const IEnumUnknownVtbl com_order_vtable = {
    COM_UNKNOWN_VTABLE(enumerator),
    enumerator_Next,
    enumerator_Skip,
    enumerator_Reset,
    enumerator_Clone,
};

/* TAPI's have Reset before Skip. */
static const IEnumAddressVtbl tapi_order_vtable = {
    (void *)enumerator_QueryInterface, (void *)enumerator_AddRef, (void *)enumerator_Release,
    (void *)enumerator_Next,           (void *)enumerator_Reset,  (void *)enumerator_Skip,
    (void *)enumerator_Clone,
};

static BOOL has_com_order(REFIID iid)
{
    return IsEqualIID(iid, &IID_IEnumVARIANT) || IsEqualIID(iid, &IID_IEnumUnknown);
}

/* Which of the IIDs an enumerator answers to depends on its type, not on its class. */
static HRESULT enumerator_query(struct com_object *object, REFIID iid, void **out)
{
    struct enumerator *self = CONTAINING_RECORD(object, struct enumerator, com);

    if (!IsEqualIID(iid, self->type->iid))
        return E_NOINTERFACE;
    com_add_ref(object);
    *out = &self->IEnumUnknown_iface;
    return S_OK;
}

static void enumerator_destroy(struct com_object *object)
{
    com_list_release(CONTAINING_RECORD(object, struct enumerator, com)->list);
}

static const struct com_class enumerator_class = {
    .name = "enumerator",
    .destroy = enumerator_destroy,
    .query_inner = enumerator_query,
};

static HRESULT enumerator_create(struct com_list *list, const struct enum_type *type, LONG next,
                                 void **out)
{
    struct enumerator *self;

    *out = NULL;
    self = com_object_create(sizeof(*self), &enumerator_class, NULL);
    if (!self)
        return E_OUTOFMEMORY;
    self->IEnumUnknown_iface.lpVtbl = has_com_order(type->iid)
                                          ? (IEnumUnknownVtbl *)&com_order_vtable
                                          : (IEnumUnknownVtbl *)&tapi_order_vtable;
    self->type = type;
    self->list = list;
    self->next = next;
    InterlockedIncrement(&list->refs);
    *out = &self->IEnumUnknown_iface;
    return S_OK;
}

HRESULT com_list_enumerate(struct com_list *list, REFIID enum_iid, void **out)
{
    static const enum com_list_kind needs[] = {
        [ENUM_INTERFACE] = COM_LIST_OBJECTS,
        [ENUM_BSTR] = COM_LIST_BSTRS,
        [ENUM_CLSID] = COM_LIST_CLSIDS,
    };
    unsigned i;

    *out = NULL;
    for (i = 0; i < ARRAYSIZE(enum_types); i++)
        if (IsEqualIID(enum_iid, enum_types[i].iid) &&
            (enum_types[i].style == ENUM_VARIANT || needs[enum_types[i].style] == list->kind))
            return enumerator_create(list, &enum_types[i], 0, out);
    return E_NOINTERFACE;
}

/* ---- collections --------------------------------------------------------------------------- */

struct collection {
    struct com_object com;
    ITCollection2 ITCollection2_iface;
    SRWLOCK lock;          /* guards list and values; nothing is called under it */
    struct com_list *list; /* a fixed collection; NULL for one that the application fills */
    VARIANT *values;
    LONG count, room;
};

COM_DISPATCH_METHODS(collection, collection, ITCollection2, ITCollection2_iface)

static HRESULT WINAPI collection_get_Count(ITCollection2 *iface, LONG *count)
{
    struct collection *self = impl_from_ITCollection2_iface(iface);

    if (!count)
        return com_fail(E_POINTER, &IID_ITCollection2, NULL);
    *count = self->list ? (LONG)self->list->count : self->count;
    return S_OK;
}

static HRESULT WINAPI collection_get_Item(ITCollection2 *iface, LONG index, VARIANT *out)
{
    struct collection *self = impl_from_ITCollection2_iface(iface);
    VARIANT copy;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITCollection2, NULL);
    VariantInit(out);
    if (self->list) {
        if (index < 1 || index > (LONG)self->list->count)
            return com_fail(E_INVALIDARG, &IID_ITCollection2,
                            "There is no item %ld: the collection has %u, counted from 1.", index,
                            self->list->count);
        return item_variant(self->list, index - 1, out);
    }
    VariantInit(&copy);
    AcquireSRWLockShared(&self->lock);
    /* VariantCopy only adds references here: it calls an application's AddRef, which must not
     * call back; the items live in the process. */
    hr = index < 1 || index > self->count ? E_INVALIDARG
                                          : VariantCopy(&copy, &self->values[index - 1]);
    ReleaseSRWLockShared(&self->lock);
    if (FAILED(hr))
        return com_fail(hr, &IID_ITCollection2, NULL);
    *out = copy;
    return S_OK;
}

/* An enumerator works on a snapshot: the collection may change meanwhile. */
static HRESULT collection_snapshot(struct collection *self, struct com_list **out)
{
    struct com_list *list = com_list_create(COM_LIST_VARIANTS);
    HRESULT hr = list ? S_OK : E_OUTOFMEMORY;
    LONG i;

    *out = NULL;
    AcquireSRWLockShared(&self->lock);
    for (i = 0; i < self->count && SUCCEEDED(hr); i++) {
        union list_item *item = list_grow(list);

        hr = item ? VariantCopy(&item->value, &self->values[i]) : E_OUTOFMEMORY;
        if (SUCCEEDED(hr))
            list->count++;
    }
    ReleaseSRWLockShared(&self->lock);
    if (FAILED(hr))
        com_list_release(list);
    else
        *out = list;
    return hr;
}

static HRESULT WINAPI collection_get__NewEnum(ITCollection2 *iface, IUnknown **out)
{
    struct collection *self = impl_from_ITCollection2_iface(iface);
    struct com_list *list;
    HRESULT hr;

    if (!out)
        return com_fail(E_POINTER, &IID_ITCollection2, NULL);
    *out = NULL;
    if (self->list)
        return com_list_enumerate(self->list, &IID_IEnumVARIANT, (void **)out);
    hr = collection_snapshot(self, &list);
    if (FAILED(hr))
        return com_fail(hr, &IID_ITCollection2, NULL);
    hr = com_list_enumerate(list, &IID_IEnumVARIANT, (void **)out);
    com_list_release(list);
    return hr;
}

static HRESULT WINAPI collection_Add(ITCollection2 *iface, LONG index, VARIANT *value)
{
    struct collection *self = impl_from_ITCollection2_iface(iface);
    VARIANT copy;
    HRESULT hr;

    if (!value)
        return com_fail(E_POINTER, &IID_ITCollection2, NULL);
    if (self->list)
        return com_fail(TAPI_E_NOTSUPPORTED, &IID_ITCollection2,
                        "Only a collection of CreateEmptyCollectionObject can be changed.");
    VariantInit(&copy);
    hr = VariantCopyInd(&copy, value);
    if (FAILED(hr))
        return com_fail(hr, &IID_ITCollection2, NULL);
    AcquireSRWLockExclusive(&self->lock);
    if (index < 1 || index > self->count + 1) {
        hr = E_INVALIDARG;
    } else if (self->count == self->room) {
        LONG room = self->room ? self->room * 2 : 8;
        VARIANT *values = realloc(self->values, room * sizeof(*values));

        if (values) {
            self->values = values;
            self->room = room;
        } else {
            hr = E_OUTOFMEMORY;
        }
    }
    if (SUCCEEDED(hr)) {
        memmove(&self->values[index], &self->values[index - 1],
                (self->count - (index - 1)) * sizeof(VARIANT));
        self->values[index - 1] = copy;
        self->count++;
    }
    ReleaseSRWLockExclusive(&self->lock);
    if (FAILED(hr)) {
        VariantClear(&copy);
        return com_fail(hr, &IID_ITCollection2, "Items are added at 1 to Count + 1.");
    }
    return S_OK;
}

static HRESULT WINAPI collection_Remove(ITCollection2 *iface, LONG index)
{
    struct collection *self = impl_from_ITCollection2_iface(iface);
    VARIANT removed;
    HRESULT hr = S_OK;

    if (self->list)
        return com_fail(TAPI_E_NOTSUPPORTED, &IID_ITCollection2,
                        "Only a collection of CreateEmptyCollectionObject can be changed.");
    VariantInit(&removed);
    AcquireSRWLockExclusive(&self->lock);
    if (index < 1 || index > self->count) {
        hr = E_INVALIDARG;
    } else {
        removed = self->values[index - 1];
        memmove(&self->values[index - 1], &self->values[index],
                (self->count - index) * sizeof(VARIANT));
        self->count--;
    }
    ReleaseSRWLockExclusive(&self->lock);
    VariantClear(&removed);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, &IID_ITCollection2, "There is no such item.");
}

static const ITCollection2Vtbl collection_vtable = {
    COM_DISPATCH_VTABLE(collection), collection_get_Count, collection_get_Item,
    collection_get__NewEnum,         collection_Add,       collection_Remove,
};

static const struct com_interface collection_interfaces[] = {
    COM_INTERFACE(collection, ITCollection2_iface, ITCollection2),
    COM_INTERFACE(collection, ITCollection2_iface, ITCollection),
};

static void collection_destroy(struct com_object *object)
{
    struct collection *self = CONTAINING_RECORD(object, struct collection, com);
    LONG i;

    for (i = 0; i < self->count; i++)
        VariantClear(&self->values[i]);
    free(self->values);
    com_list_release(self->list);
}

static const struct com_class collection_class = {
    .name = "collection",
    .interfaces = collection_interfaces,
    .interface_count = ARRAYSIZE(collection_interfaces),
    .destroy = collection_destroy,
};

static struct collection *collection_new(struct com_list *list)
{
    struct collection *self = com_object_create(sizeof(*self), &collection_class, NULL);

    if (!self)
        return NULL;
    self->ITCollection2_iface.lpVtbl = (ITCollection2Vtbl *)&collection_vtable;
    InitializeSRWLock(&self->lock);
    self->list = list;
    if (list)
        InterlockedIncrement(&list->refs);
    return self;
}

HRESULT com_list_collection(struct com_list *list, VARIANT *out)
{
    struct collection *self;

    VariantInit(out);
    self = collection_new(list);
    if (!self)
        return E_OUTOFMEMORY;
    V_VT(out) = VT_DISPATCH;
    V_DISPATCH(out) = (IDispatch *)&self->ITCollection2_iface;
    return S_OK;
}

HRESULT com_collection_create(REFIID iid, void **out)
{
    struct collection *self;
    HRESULT hr;

    *out = NULL;
    self = collection_new(NULL);
    if (!self)
        return E_OUTOFMEMORY;
    hr = com_query(&self->com, iid, out);
    com_release(&self->com);
    return hr;
}
