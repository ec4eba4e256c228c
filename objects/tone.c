/* tone.c - ITDetectTone and ITCustomTone: a few numbers each. */
#include "objects/private.h"

/* get_<name> / put_<name> for a member of the object's `tone`. */
#define TONE_PROPERTY(prefix, itf, name, field)                                                    \
    static HRESULT WINAPI prefix##_get_##name(itf *iface, LONG *value)                             \
    {                                                                                              \
        if (!value)                                                                                \
            return com_fail(E_POINTER, &IID_##itf, NULL);                                          \
        *value = impl_from_##itf##_iface(iface)->tone.field;                                       \
        return S_OK;                                                                               \
    }                                                                                              \
    static HRESULT WINAPI prefix##_put_##name(itf *iface, LONG value)                              \
    {                                                                                              \
        impl_from_##itf##_iface(iface)->tone.field = value;                                        \
        return S_OK;                                                                               \
    }

#define TONE_OBJECT(prefix, itf, tone_type)                                                        \
    static const struct com_interface prefix##_interfaces[] = {                                    \
        COM_INTERFACE(prefix, itf##_iface, itf),                                                   \
    };                                                                                             \
    static const struct com_class prefix##_class = {                                               \
        .name = #prefix,                                                                           \
        .interfaces = prefix##_interfaces,                                                         \
        .interface_count = ARRAYSIZE(prefix##_interfaces),                                         \
    };                                                                                             \
    HRESULT prefix##_create(void **out)                                                            \
    {                                                                                              \
        struct prefix *self = com_object_create(sizeof(*self), &prefix##_class, NULL);             \
        *out = NULL;                                                                               \
        if (!self)                                                                                 \
            return E_OUTOFMEMORY;                                                                  \
        self->itf##_iface.lpVtbl = (itf##Vtbl *)&prefix##_vtable;                                  \
        *out = &self->itf##_iface;                                                                 \
        return S_OK;                                                                               \
    }                                                                                              \
    BOOL prefix##_read(IDispatch *object, tone_type *tone)                                         \
    {                                                                                              \
        struct com_object *found = com_object_of(object, &prefix##_class);                         \
        if (found)                                                                                 \
            *tone = CONTAINING_RECORD(found, struct prefix, com)->tone;                            \
        return found != NULL;                                                                      \
    }

/* ---- ITDetectTone -------------------------------------------------------------------------- */

struct detect_tone {
    struct com_object com;
    ITDetectTone ITDetectTone_iface;
    TAPI_DETECTTONE tone;
};

COM_DISPATCH_METHODS(detect_tone, detect_tone, ITDetectTone, ITDetectTone_iface)
TONE_PROPERTY(detect_tone, ITDetectTone, AppSpecific, dwAppSpecific)
TONE_PROPERTY(detect_tone, ITDetectTone, Duration, dwDuration)

/* Frequencies are numbered from 1 to 3. */
static DWORD *frequency(struct detect_tone *self, LONG index)
{
    switch (index) {
    case 1:
        return &self->tone.dwFrequency1;
    case 2:
        return &self->tone.dwFrequency2;
    case 3:
        return &self->tone.dwFrequency3;
    default:
        return NULL;
    }
}

static HRESULT WINAPI detect_tone_get_Frequency(ITDetectTone *iface, LONG index, LONG *value)
{
    DWORD *field = frequency(impl_from_ITDetectTone_iface(iface), index);

    if (!value)
        return com_fail(E_POINTER, &IID_ITDetectTone, NULL);
    *value = 0;
    if (!field)
        return com_fail(E_INVALIDARG, &IID_ITDetectTone, "Frequencies are numbered from 1 to 3.");
    *value = *field;
    return S_OK;
}

static HRESULT WINAPI detect_tone_put_Frequency(ITDetectTone *iface, LONG index, LONG value)
{
    DWORD *field = frequency(impl_from_ITDetectTone_iface(iface), index);

    if (!field)
        return com_fail(E_INVALIDARG, &IID_ITDetectTone, "Frequencies are numbered from 1 to 3.");
    *field = value;
    return S_OK;
}

static const ITDetectToneVtbl detect_tone_vtable = {
    COM_DISPATCH_VTABLE(detect_tone), detect_tone_get_AppSpecific, detect_tone_put_AppSpecific,
    detect_tone_get_Duration,         detect_tone_put_Duration,    detect_tone_get_Frequency,
    detect_tone_put_Frequency,
};

TONE_OBJECT(detect_tone, ITDetectTone, TAPI_DETECTTONE)

/* ---- ITCustomTone -------------------------------------------------------------------------- */

struct custom_tone {
    struct com_object com;
    ITCustomTone ITCustomTone_iface;
    TAPI_CUSTOMTONE tone;
};

COM_DISPATCH_METHODS(custom_tone, custom_tone, ITCustomTone, ITCustomTone_iface)
TONE_PROPERTY(custom_tone, ITCustomTone, Frequency, dwFrequency)
TONE_PROPERTY(custom_tone, ITCustomTone, CadenceOn, dwCadenceOn)
TONE_PROPERTY(custom_tone, ITCustomTone, CadenceOff, dwCadenceOff)
TONE_PROPERTY(custom_tone, ITCustomTone, Volume, dwVolume)

static const ITCustomToneVtbl custom_tone_vtable = {
    COM_DISPATCH_VTABLE(custom_tone), custom_tone_get_Frequency, custom_tone_put_Frequency,
    custom_tone_get_CadenceOn,        custom_tone_put_CadenceOn, custom_tone_get_CadenceOff,
    custom_tone_put_CadenceOff,       custom_tone_get_Volume,    custom_tone_put_Volume,
};

TONE_OBJECT(custom_tone, ITCustomTone, TAPI_CUSTOMTONE)
