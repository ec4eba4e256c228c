/* filter_enum.c - the two enumerators of a filter with one pin. See filter.h. */
#include "msp/dshow/filter.h"

/* Both enumerate zero or one item, so a position of 0 or 1 is all their state. */
struct enum_pins {
    struct com_object com;
    IEnumPins IEnumPins_iface;
    struct filter *filter;
    volatile LONG position;
};

struct enum_types {
    struct com_object com;
    IEnumMediaTypes IEnumMediaTypes_iface;
    struct wav_format format; /* size 0: none */
    volatile LONG position;
};

COM_UNKNOWN_METHODS(enum_pins, enum_pins, IEnumPins, IEnumPins_iface)
COM_UNKNOWN_METHODS(enum_types, enum_types, IEnumMediaTypes, IEnumMediaTypes_iface)

static HRESULT enum_skip(volatile LONG *position, LONG count, ULONG skip)
{
    LONG left = count - *position;

    if (skip > (ULONG)left) {
        *position = count;
        return S_FALSE;
    }
    *position += (LONG)skip;
    return S_OK;
}

static HRESULT WINAPI enum_pins_Next(IEnumPins *iface, ULONG count, IPin **pins, ULONG *fetched)
{
    struct enum_pins *e = impl_from_IEnumPins_iface(iface);

    if (fetched)
        *fetched = 0;
    if (!pins || (count > 1 && !fetched))
        return E_POINTER;
    if (count == 0)
        return S_OK;
    if (InterlockedExchange(&e->position, 1))
        return S_FALSE;
    pins[0] = &e->filter->IPin_iface;
    IPin_AddRef(pins[0]);
    if (fetched)
        *fetched = 1;
    return count == 1 ? S_OK : S_FALSE;
}

static HRESULT WINAPI enum_pins_Skip(IEnumPins *iface, ULONG count)
{
    return enum_skip(&impl_from_IEnumPins_iface(iface)->position, 1, count);
}

static HRESULT WINAPI enum_pins_Reset(IEnumPins *iface)
{
    impl_from_IEnumPins_iface(iface)->position = 0;
    return S_OK;
}

static HRESULT WINAPI enum_pins_Clone(IEnumPins *iface, IEnumPins **out)
{
    struct enum_pins *e = impl_from_IEnumPins_iface(iface);
    HRESULT hr;

    if (!out)
        return E_POINTER;
    hr = enum_pins_create(e->filter, out);
    if (SUCCEEDED(hr))
        impl_from_IEnumPins_iface(*out)->position = e->position;
    return hr;
}

static const IEnumPinsVtbl enum_pins_vtbl = {
    COM_UNKNOWN_VTABLE(enum_pins), enum_pins_Next, enum_pins_Skip, enum_pins_Reset, enum_pins_Clone,
};

static void enum_pins_destroy(struct com_object *object)
{
    com_release(&CONTAINING_RECORD(object, struct enum_pins, com)->filter->com);
}

static const struct com_interface enum_pins_interfaces[] = {
    COM_INTERFACE(enum_pins, IEnumPins_iface, IEnumPins)};
static const struct com_class enum_pins_class = {
    .name = "EnumPins",
    .interfaces = enum_pins_interfaces,
    .interface_count = 1,
    .destroy = enum_pins_destroy,
};

HRESULT enum_pins_create(struct filter *filter, IEnumPins **out)
{
    struct enum_pins *e = com_object_create(sizeof(*e), &enum_pins_class, NULL);

    *out = NULL;
    if (!e)
        return E_OUTOFMEMORY;
    e->IEnumPins_iface.lpVtbl = (IEnumPinsVtbl *)&enum_pins_vtbl;
    e->filter = filter;
    com_add_ref(&filter->com);
    *out = &e->IEnumPins_iface;
    return S_OK;
}

static HRESULT WINAPI enum_types_Next(IEnumMediaTypes *iface, ULONG count, AM_MEDIA_TYPE **types,
                                      ULONG *fetched)
{
    struct enum_types *e = impl_from_IEnumMediaTypes_iface(iface);
    AM_MEDIA_TYPE *type;
    HRESULT hr;

    if (fetched)
        *fetched = 0;
    if (!types || (count > 1 && !fetched))
        return E_POINTER;
    if (count == 0)
        return S_OK;
    if (!e->format.size || InterlockedExchange(&e->position, 1))
        return S_FALSE;
    type = CoTaskMemAlloc(sizeof(*type));
    if (!type)
        return E_OUTOFMEMORY;
    hr = media_type_make(type, &e->format);
    if (FAILED(hr)) {
        CoTaskMemFree(type);
        return hr;
    }
    types[0] = type;
    if (fetched)
        *fetched = 1;
    return count == 1 ? S_OK : S_FALSE;
}

static HRESULT WINAPI enum_types_Skip(IEnumMediaTypes *iface, ULONG count)
{
    struct enum_types *e = impl_from_IEnumMediaTypes_iface(iface);

    return enum_skip(&e->position, e->format.size ? 1 : 0, count);
}

static HRESULT WINAPI enum_types_Reset(IEnumMediaTypes *iface)
{
    impl_from_IEnumMediaTypes_iface(iface)->position = 0;
    return S_OK;
}

static HRESULT WINAPI enum_types_Clone(IEnumMediaTypes *iface, IEnumMediaTypes **out)
{
    struct enum_types *e = impl_from_IEnumMediaTypes_iface(iface);
    HRESULT hr;

    if (!out)
        return E_POINTER;
    hr = enum_media_types_create(e->format.size ? &e->format : NULL, out);
    if (SUCCEEDED(hr))
        impl_from_IEnumMediaTypes_iface(*out)->position = e->position;
    return hr;
}

static const IEnumMediaTypesVtbl enum_types_vtbl = {
    COM_UNKNOWN_VTABLE(enum_types),
    enum_types_Next,
    enum_types_Skip,
    enum_types_Reset,
    enum_types_Clone,
};

static const struct com_interface enum_types_interfaces[] = {
    COM_INTERFACE(enum_types, IEnumMediaTypes_iface, IEnumMediaTypes)};
static const struct com_class enum_types_class = {
    .name = "EnumMediaTypes",
    .interfaces = enum_types_interfaces,
    .interface_count = 1,
};

HRESULT enum_media_types_create(const struct wav_format *format, IEnumMediaTypes **out)
{
    struct enum_types *e = com_object_create(sizeof(*e), &enum_types_class, NULL);

    *out = NULL;
    if (!e)
        return E_OUTOFMEMORY;
    e->IEnumMediaTypes_iface.lpVtbl = (IEnumMediaTypesVtbl *)&enum_types_vtbl;
    if (format)
        e->format = *format;
    *out = &e->IEnumMediaTypes_iface;
    return S_OK;
}
