/* device.c - a static terminal of the studio provider: a loudspeaker. See studio.h. */
#include "studio.h"
#include <stdbool.h>
#include <stddef.h>

struct device {
    struct object object;
    struct face main;
    GUID class;
};

static HRESULT WINAPI device_get_Name(struct face *face, BSTR *name)
{
    (void)face;
    *name = SysAllocString(L"A loudspeaker");
    return S_OK;
}

static HRESULT WINAPI device_get_State(struct face *face, TERMINAL_STATE *state)
{
    (void)face;
    *state = TS_NOTINUSE;
    return S_OK;
}

static HRESULT WINAPI device_get_TerminalType(struct face *face, TERMINAL_TYPE *type)
{
    (void)face;
    *type = TT_STATIC;
    return S_OK;
}

static HRESULT WINAPI device_get_TerminalClass(struct face *face, BSTR *class)
{
    WCHAR text[40];

    StringFromGUID2(&CONTAINING_RECORD(face, struct device, main)->class, text, ARRAYSIZE(text));
    *class = SysAllocString(text);
    return S_OK;
}

static HRESULT WINAPI device_get_MediaType(struct face *face, LONG *media)
{
    (void)face;
    *media = STUDIO_MEDIA;
    return S_OK;
}

static HRESULT WINAPI device_get_Direction(struct face *face, TERMINAL_DIRECTION *direction)
{
    (void)face;
    *direction = TD_RENDER;
    return S_OK;
}

HRESULT device_create(const GUID *class, ITTerminal **out)
{
    static const struct entry map[] = {
        {&IID_IDispatch, offsetof(struct device, main)},
        {&IID_ITTerminal, offsetof(struct device, main)},
        {NULL, 0},
    };
    static const void *const vtable[] = {
        DISPATCH_METHODS,        device_get_Name,          device_get_State,
        device_get_TerminalType, device_get_TerminalClass, device_get_MediaType,
        device_get_Direction,
    };
    struct device *self = object_create(sizeof(*self), NULL, map, NULL);

    *out = self ? (ITTerminal *)&self->main : NULL;
    if (!self)
        return E_OUTOFMEMORY;
    object_set_face(&self->object, &self->main, vtable, &IID_ITTerminal);
    self->class = *class;
    return S_OK;
}
