/* objects.c - objects and lists of the studio provider. See studio.h. */
#include "studio.h"
#include <stdbool.h>
#include <stddef.h>
#include "../foreign.h"

static const GUID libid_tapi3 = {
    0x21d6d480, 0xa88b, 0x11d0, {0x83, 0xdd, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd}};

static HRESULT WINAPI inner_QueryInterface(struct object *self, REFIID iid, void **out)
{
    const struct entry *entry;

    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown)) {
        object_add_ref(self);
        *out = self;
        return S_OK;
    }
    if (self->marshaler && IsEqualIID(iid, &IID_IMarshal))
        return IUnknown_QueryInterface(self->marshaler, iid, out);
    for (entry = self->map; entry->iid; entry++) {
        if (!IsEqualIID(iid, entry->iid))
            continue;
        *out = (char *)self + entry->offset;
        IUnknown_AddRef((IUnknown *)*out);
        return S_OK;
    }
    return E_NOINTERFACE;
}

static ULONG WINAPI inner_AddRef(struct object *self)
{
    return InterlockedIncrement(&self->refs);
}

static ULONG WINAPI inner_Release(struct object *self)
{
    ULONG refs = InterlockedDecrement(&self->refs);

    if (refs)
        return refs;
    self->refs = 1000; /* as ATL does: what final_release calls may count */
    if (self->final_release)
        self->final_release(self);
    if (self->marshaler)
        IUnknown_Release(self->marshaler);
    HeapFree(GetProcessHeap(), 0, self);
    InterlockedDecrement(&foreign.alive);
    return 0;
}

static const void *const inner_vtable[] = {inner_QueryInterface, inner_AddRef, inner_Release};

void *object_create(size_t size, IUnknown *outer, const struct entry *map,
                    void (*final_release)(struct object *self))
{
    struct object *self = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, size);

    if (!self)
        return NULL;
    self->vtable = inner_vtable;
    self->refs = 1;
    self->outer = outer ? outer : (IUnknown *)self;
    self->map = map;
    self->final_release = final_release;
    InterlockedIncrement(&foreign.alive);
    return self;
}

void object_set_face(struct object *self, struct face *face, const void *const *vtable,
                     const IID *dispatch)
{
    face->vtable = vtable;
    face->owner = self;
    face->dispatch = dispatch;
}

void object_add_ref(struct object *self)
{
    inner_AddRef(self);
}

void object_release(struct object *self)
{
    inner_Release(self);
}

HRESULT WINAPI face_QueryInterface(struct face *face, REFIID iid, void **out)
{
    return IUnknown_QueryInterface(face->owner->outer, iid, out);
}

ULONG WINAPI face_AddRef(struct face *face)
{
    return IUnknown_AddRef(face->owner->outer);
}

ULONG WINAPI face_Release(struct face *face)
{
    return IUnknown_Release(face->owner->outer);
}

/* ---- IDispatch: "The standard MSP interfaces ... use the Tapi3.dll LIBID" ----------------------
 */

static HRESULT info_of(const IID *iid, ITypeInfo **info)
{
    ITypeLib *library = NULL;
    HRESULT hr = IsEqualIID(iid, &IID_IStudioCall)
                     ? LoadTypeLib(L"studio.tsp", &library)
                     : LoadRegTypeLib(&libid_tapi3, 1, 0, LOCALE_NEUTRAL, &library);

    *info = NULL;
    if (FAILED(hr))
        return hr;
    hr = ITypeLib_GetTypeInfoOfGuid(library, iid, info);
    ITypeLib_Release(library);
    return hr;
}

HRESULT WINAPI face_GetTypeInfoCount(struct face *face, UINT *count)
{
    (void)face;
    *count = 1;
    return S_OK;
}

HRESULT WINAPI face_GetTypeInfo(struct face *face, UINT index, LCID locale, ITypeInfo **out)
{
    (void)locale;
    *out = NULL;
    return index ? DISP_E_BADINDEX : info_of(face->dispatch, out);
}

HRESULT WINAPI face_GetIDsOfNames(struct face *face, REFIID iid, LPOLESTR *names, UINT count,
                                  LCID locale, DISPID *ids)
{
    ITypeInfo *info;
    HRESULT hr = info_of(face->dispatch, &info);

    (void)iid, (void)locale;
    if (FAILED(hr))
        return hr;
    hr = ITypeInfo_GetIDsOfNames(info, names, count, ids);
    ITypeInfo_Release(info);
    return hr;
}

HRESULT WINAPI face_Invoke(struct face *face, DISPID id, REFIID iid, LCID locale, WORD flags,
                           DISPPARAMS *params, VARIANT *result, EXCEPINFO *excep, UINT *arg)
{
    ITypeInfo *info;
    HRESULT hr = info_of(face->dispatch, &info);

    (void)iid, (void)locale;
    if (FAILED(hr))
        return hr;
    hr = ITypeInfo_Invoke(info, face, id, flags, params, result, excep, arg);
    ITypeInfo_Release(info);
    return hr;
}

/* ---- enumerators: of objects, of classes, of VARIANTs ------------------------------------------
 */

enum list_kind { OBJECTS, CLASSES, VARIANTS };

struct list {
    struct object object;
    struct face main;
    struct entry map[4];
    IID iid;
    enum list_kind kind;
    ULONG count, at;
    union {
        IUnknown *unknown;
        GUID class;
        VARIANT variant;
    } items[8];
};

static struct list *list_of(struct face *face)
{
    return CONTAINING_RECORD(face, struct list, main);
}

static void list_final(struct object *object)
{
    struct list *self = CONTAINING_RECORD(object, struct list, object);

    for (ULONG i = 0; i < self->count; i++) {
        if (self->kind == OBJECTS)
            IUnknown_Release(self->items[i].unknown);
        else if (self->kind == VARIANTS)
            VariantClear(&self->items[i].variant);
    }
}

static struct list *list_create(enum list_kind kind, REFIID iid, const void *const *vtable,
                                bool dispatch)
{
    struct list *self = object_create(sizeof(*self), NULL, NULL, list_final);

    if (!self)
        return NULL;
    self->kind = kind;
    self->iid = *iid;
    self->map[0] = (struct entry){&self->iid, offsetof(struct list, main)};
    if (dispatch)
        self->map[1] = (struct entry){&IID_IDispatch, offsetof(struct list, main)};
    self->object.map = self->map;
    object_set_face(&self->object, &self->main, vtable, &self->iid);
    return self;
}

static HRESULT WINAPI list_Next(struct face *face, ULONG wanted, void *out, ULONG *fetched)
{
    struct list *self = list_of(face);
    ULONG given = 0;

    for (; given < wanted && self->at < self->count; given++, self->at++) {
        if (self->kind == OBJECTS) {
            ((IUnknown **)out)[given] = self->items[self->at].unknown;
            IUnknown_AddRef(self->items[self->at].unknown);
        } else if (self->kind == CLASSES) {
            ((GUID *)out)[given] = self->items[self->at].class;
        } else {
            VariantInit(&((VARIANT *)out)[given]);
            VariantCopy(&((VARIANT *)out)[given], &self->items[self->at].variant);
        }
    }
    if (fetched)
        *fetched = given;
    return given == wanted ? S_OK : S_FALSE;
}

static HRESULT WINAPI list_Reset(struct face *face)
{
    list_of(face)->at = 0;
    return S_OK;
}

static HRESULT WINAPI list_Skip(struct face *face, ULONG count)
{
    struct list *self = list_of(face);
    ULONG rest = self->count - self->at;

    self->at += count < rest ? count : rest;
    return count <= rest ? S_OK : S_FALSE;
}

static HRESULT WINAPI list_Clone(struct face *face, void **out)
{
    (void)face;
    *out = NULL;
    return E_NOTIMPL;
}

static const void *const enumerator_vtable[] = {UNKNOWN_METHODS, list_Next, list_Skip, list_Reset,
                                                list_Clone};
/* TAPI's enumerators have Reset before Skip, IEnumVARIANT the other way round. */
static const void *const tapi_enumerator_vtable[] = {UNKNOWN_METHODS, list_Next, list_Reset,
                                                     list_Skip, list_Clone};

HRESULT list_enumerate(REFIID iid, IUnknown *const *items, ULONG count, void **out)
{
    struct list *self = list_create(OBJECTS, iid, tapi_enumerator_vtable, false);

    *out = self ? &self->main : NULL;
    if (!self)
        return E_OUTOFMEMORY;
    for (; self->count < count; self->count++) {
        self->items[self->count].unknown = items[self->count];
        IUnknown_AddRef(items[self->count]);
    }
    return S_OK;
}

HRESULT list_enumerate_classes(const GUID *items, ULONG count, IEnumTerminalClass **out)
{
    struct list *self =
        list_create(CLASSES, &IID_IEnumTerminalClass, tapi_enumerator_vtable, false);

    *out = self ? (IEnumTerminalClass *)&self->main : NULL;
    if (!self)
        return E_OUTOFMEMORY;
    for (; self->count < count; self->count++)
        self->items[self->count].class = items[self->count];
    return S_OK;
}

static HRESULT WINAPI collection_get_Count(struct face *face, LONG *count)
{
    *count = (LONG)list_of(face)->count;
    return S_OK;
}

static HRESULT WINAPI collection_get_Item(struct face *face, LONG index, VARIANT *out)
{
    struct list *self = list_of(face);

    VariantInit(out);
    if (index < 1 || (ULONG)index > self->count)
        return E_INVALIDARG;
    return VariantCopy(out, &self->items[index - 1].variant);
}

static HRESULT WINAPI collection_get__NewEnum(struct face *face, IUnknown **out)
{
    struct list *self = list_of(face);
    struct list *all = list_create(VARIANTS, &IID_IEnumVARIANT, enumerator_vtable, false);

    *out = all ? (IUnknown *)&all->main : NULL;
    if (!all)
        return E_OUTOFMEMORY;
    for (; all->count < self->count; all->count++)
        VariantCopy(&all->items[all->count].variant, &self->items[all->count].variant);
    return S_OK;
}

HRESULT list_collection(IUnknown *const *items, const GUID *classes, ULONG count, VARIANT *out)
{
    static const void *const vtable[] = {DISPATCH_METHODS, collection_get_Count,
                                         collection_get_Item, collection_get__NewEnum};
    struct list *self = list_create(VARIANTS, &IID_ITCollection, vtable, true);

    VariantInit(out);
    if (!self)
        return E_OUTOFMEMORY;
    for (ULONG i = 0; i < count; i++) {
        VARIANT *item = &self->items[self->count++].variant;

        if (items) {
            V_VT(item) = VT_DISPATCH;
            IUnknown_QueryInterface(items[i], &IID_IDispatch, (void **)&V_DISPATCH(item));
        } else {
            WCHAR text[40];

            StringFromGUID2(&classes[i], text, ARRAYSIZE(text));
            V_VT(item) = VT_BSTR;
            V_BSTR(item) = SysAllocString(text);
        }
    }
    V_VT(out) = VT_DISPATCH;
    V_DISPATCH(out) = (IDispatch *)&self->main;
    return S_OK;
}
