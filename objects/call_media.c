/* call_media.c - ITLegacyCallMediaControl and ...2: digits, tones and media monitoring by the
 * provider. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

COM_DISPATCH_METHODS(media, call, ITLegacyCallMediaControl2, ITLegacyCallMediaControl2_iface)

#define IID_HERE (&IID_ITLegacyCallMediaControl2)

/* A function that is done when it returns. */
#define CALL_NOW(self, action, expression)                                                         \
    do {                                                                                           \
        HCALL handle;                                                                              \
        HRESULT hr_ = call_check(self, IID_HERE, &handle);                                         \
        return FAILED(hr_) ? hr_ : objects_result(expression, IID_HERE, action);                   \
    } while (0)

static HRESULT WINAPI media_DetectDigits(ITLegacyCallMediaControl2 *iface, TAPI_DIGITMODE mode)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);

    CALL_NOW(self, "Digits are not detected", lineMonitorDigits(handle, mode));
}

static HRESULT WINAPI media_GenerateDigits2(ITLegacyCallMediaControl2 *iface, BSTR digits,
                                            TAPI_DIGITMODE mode, LONG duration)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);

    /* NULL cancels what is being generated. */
    CALL_NOW(self, "The digits were not generated",
             lineGenerateDigitsW(handle, mode, digits, duration));
}

static HRESULT WINAPI media_GenerateDigits(ITLegacyCallMediaControl2 *iface, BSTR digits,
                                           TAPI_DIGITMODE mode)
{
    return media_GenerateDigits2(iface, digits, mode, 0);
}

struct id_query {
    HCALL handle;
    const WCHAR *device_class;
};

static LONG fetch_id(void *context, void *structure)
{
    struct id_query *query = context;

    return lineGetIDW(0, 0, query->handle, LINECALLSELECT_CALL, structure, query->device_class);
}

static HRESULT WINAPI media_GetID(ITLegacyCallMediaControl2 *iface, BSTR device_class, DWORD *size,
                                  BYTE **id)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);
    struct id_query query;
    VARSTRING *answer;
    HRESULT hr;
    LONG error;

    hr = objects_clear_bytes(size, id, IID_HERE);
    if (FAILED(hr))
        return hr;
    if (!device_class)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = call_check(self, IID_HERE, &query.handle);
    if (FAILED(hr))
        return hr;
    query.device_class = device_class;
    answer = objects_fetch(fetch_id, &query, 256, &error);
    if (!answer)
        return com_fail_tapi(error, IID_HERE, "The call has no such device");
    if (answer->dwStringOffset <= answer->dwUsedSize &&
        answer->dwStringSize <= answer->dwUsedSize - answer->dwStringOffset) {
        *id = CoTaskMemAlloc(answer->dwStringSize ? answer->dwStringSize : 1);
        if (*id) {
            memcpy(*id, (char *)answer + answer->dwStringOffset, answer->dwStringSize);
            *size = answer->dwStringSize;
        }
    }
    free(answer);
    return *id ? S_OK : com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

/* Without LINEMEDIAMODE_UNKNOWN lineSetMediaMode takes one mode: of the two kinds of voice the one
 * that the call has, or else the one that people speak with. */
static LONG set_media(struct call *self, HCALL handle, LONG type)
{
    const DWORD voice = LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE;
    DWORD modes = address_to_line_media(self->address, type);
    LINECALLINFO fixed = {.dwTotalSize = sizeof(fixed)};

    if ((modes & voice) == voice) {
        if (lineGetCallInfoW(handle, &fixed) == 0 &&
            (fixed.dwMediaMode & voice) == LINEMEDIAMODE_AUTOMATEDVOICE)
            modes &= ~LINEMEDIAMODE_INTERACTIVEVOICE;
        else
            modes &= ~LINEMEDIAMODE_AUTOMATEDVOICE;
    }
    return lineSetMediaMode(handle, modes);
}

static HRESULT WINAPI media_SetMediaType(ITLegacyCallMediaControl2 *iface, LONG type)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);

    CALL_NOW(self, "The media type was not set", set_media(self, handle, type));
}

static HRESULT WINAPI media_MonitorMedia(ITLegacyCallMediaControl2 *iface, LONG type)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);

    CALL_NOW(self, "The media are not monitored",
             lineMonitorMedia(handle, address_to_line_media(self->address, type)));
}

/* ---- gathering
 * ------------------------------------------------------------------------------------ The digits
 * are written when LINE_GATHERDIGITS is taken, which may be after the application has let go of the
 * call: a buffer stays until its message has come, or until Shutdown. Messages come in the order of
 * the requests, because a new request ends the one before it. */

static struct gather *gather_start(struct call *call, LONG count)
{
    struct gather *gather = calloc(1, sizeof(*gather) + (count + 1) * sizeof(WCHAR));
    struct gather **link;

    if (!gather)
        return NULL;
    AcquireSRWLockExclusive(&call->lock);
    for (link = &call->gathers; *link; link = &(*link)->next)
        ;
    *link = gather;
    ReleaseSRWLockExclusive(&call->lock);
    return gather;
}

static void gather_remove(struct call *call, struct gather *gather)
{
    struct gather **link;

    AcquireSRWLockExclusive(&call->lock);
    for (link = &call->gathers; *link && *link != gather; link = &(*link)->next)
        ;
    if (*link)
        *link = gather->next;
    ReleaseSRWLockExclusive(&call->lock);
    free(gather);
}

struct gather *gather_take(struct call *call)
{
    struct gather *gather;

    AcquireSRWLockExclusive(&call->lock);
    gather = call->gathers;
    if (gather)
        call->gathers = gather->next;
    ReleaseSRWLockExclusive(&call->lock);
    return gather;
}

void gather_abandon(struct call *call)
{
    struct tapi *tapi = call_tapi(call);
    struct gather *gather;

    while ((gather = gather_take(call))) {
        AcquireSRWLockExclusive(&tapi->lock);
        gather->next = tapi->gathers;
        tapi->gathers = gather;
        ReleaseSRWLockExclusive(&tapi->lock);
    }
}

static HRESULT WINAPI media_GatherDigits(ITLegacyCallMediaControl2 *iface, TAPI_DIGITMODE mode,
                                         LONG count, BSTR termination, LONG first_timeout,
                                         LONG inter_timeout)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);
    struct gather *gather = NULL;
    HCALL handle;
    HRESULT hr = call_check(self, IID_HERE, &handle);
    LONG error;

    if (FAILED(hr))
        return hr;
    if (count < 0 || count > 0x10000)
        return com_fail(E_INVALIDARG, IID_HERE, "%ld digits cannot be gathered.", count);
    if (count) {
        gather = gather_start(self, count);
        if (!gather)
            return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    error = lineGatherDigitsW(handle, mode, gather ? gather->digits : NULL, count,
                              termination && termination[0] ? termination : NULL, first_timeout,
                              inter_timeout);
    if (error < 0 && gather)
        gather_remove(self, gather);
    return objects_result(error, IID_HERE, "The digits are not gathered");
}

/* ---- tones --------------------------------------------------------------------------------- */

static HRESULT WINAPI media_DetectTones(ITLegacyCallMediaControl2 *iface, TAPI_DETECTTONE *tones,
                                        LONG count)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);
    LINEMONITORTONE list[64];
    LONG i;

    if (count < 0 || count > (LONG)ARRAYSIZE(list))
        return com_fail(TAPI_E_INVALLIST, IID_HERE, "At most 64 tones can be listened for.");
    if (count && !tones)
        return com_fail(E_POINTER, IID_HERE, NULL);
    for (i = 0; i < count; i++) {
        list[i].dwAppSpecific = tones[i].dwAppSpecific;
        list[i].dwDuration = tones[i].dwDuration;
        list[i].dwFrequency1 = tones[i].dwFrequency1;
        list[i].dwFrequency2 = tones[i].dwFrequency2;
        list[i].dwFrequency3 = tones[i].dwFrequency3;
    }
    CALL_NOW(self, "The tones are not detected",
             lineMonitorTones(handle, count ? list : NULL, count));
}

static HRESULT WINAPI media_GenerateTone(ITLegacyCallMediaControl2 *iface, TAPI_TONEMODE mode,
                                         LONG duration)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);

    CALL_NOW(self, "The tone was not generated", lineGenerateTone(handle, mode, duration, 0, NULL));
}

static HRESULT WINAPI media_GenerateCustomTones(ITLegacyCallMediaControl2 *iface,
                                                TAPI_CUSTOMTONE *tones, LONG count, LONG duration)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);
    LINEGENERATETONE list[64];
    HRESULT hr = address_check(self->address, IID_HERE);
    LONG i;

    if (FAILED(hr))
        return hr;
    if (!tones)
        return com_fail(E_POINTER, IID_HERE, NULL);
    if (count < 1 || count > (LONG)ARRAYSIZE(list))
        return com_fail(TAPI_E_INVALLIST, IID_HERE, "From 1 to 64 tones can be generated at once.");
    for (i = 0; i < count; i++) {
        list[i].dwFrequency = tones[i].dwFrequency;
        list[i].dwCadenceOn = tones[i].dwCadenceOn;
        list[i].dwCadenceOff = tones[i].dwCadenceOff;
        list[i].dwVolume = tones[i].dwVolume;
    }
    CALL_NOW(self, "The tones were not generated",
             lineGenerateTone(handle, LINETONEMODE_CUSTOM, duration, count, list));
}

/* Hands each object of a collection to read; how many there were, or a failure. */
static HRESULT read_collection(ITCollection2 *collection, void *out, size_t size, LONG *count,
                               BOOL (*read)(IDispatch *object, void *out))
{
    HRESULT hr = S_OK;
    LONG i;

    *count = 0;
    if (!collection)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = ITCollection2_get_Count(collection, count);
    if (FAILED(hr))
        return hr;
    if (*count > 64)
        return com_fail(TAPI_E_INVALLIST, IID_HERE, "There are more than 64 tones.");
    for (i = 0; i < *count && SUCCEEDED(hr); i++) {
        VARIANT item;

        VariantInit(&item);
        hr = ITCollection2_get_Item(collection, i + 1, &item);
        if (SUCCEEDED(hr) && (V_VT(&item) != VT_DISPATCH || !V_DISPATCH(&item) ||
                              !read(V_DISPATCH(&item), (char *)out + i * size)))
            hr = com_fail(TAPI_E_INVALLIST, IID_HERE, "Item %ld is not a tone object.", i + 1);
        VariantClear(&item);
    }
    return hr;
}

static BOOL read_detect(IDispatch *object, void *out)
{
    return detect_tone_read(object, out);
}

static BOOL read_custom(IDispatch *object, void *out)
{
    return custom_tone_read(object, out);
}

static HRESULT WINAPI media_DetectTonesByCollection(ITLegacyCallMediaControl2 *iface,
                                                    ITCollection2 *collection)
{
    TAPI_DETECTTONE tones[64];
    LONG count = 0;
    HRESULT hr = S_OK;

    if (collection) /* NULL stops the detection */
        hr = read_collection(collection, tones, sizeof(tones[0]), &count, read_detect);
    return FAILED(hr) ? hr : media_DetectTones(iface, tones, count);
}

static HRESULT WINAPI media_GenerateCustomTonesByCollection(ITLegacyCallMediaControl2 *iface,
                                                            ITCollection2 *collection,
                                                            LONG duration)
{
    struct call *self = impl_from_ITLegacyCallMediaControl2_iface(iface);
    HRESULT hr = address_check(self->address, IID_HERE);
    TAPI_CUSTOMTONE tones[64];
    LONG count;

    if (FAILED(hr))
        return hr;
    hr = read_collection(collection, tones, sizeof(tones[0]), &count, read_custom);
    return FAILED(hr) ? hr : media_GenerateCustomTones(iface, tones, count, duration);
}

static HRESULT WINAPI media_CreateDetectToneObject(ITLegacyCallMediaControl2 *iface,
                                                   ITDetectTone **out)
{
    HRESULT hr;

    (void)iface;
    if (!out)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = detect_tone_create((void **)out);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
}

static HRESULT WINAPI media_CreateCustomToneObject(ITLegacyCallMediaControl2 *iface,
                                                   ITCustomTone **out)
{
    HRESULT hr;

    (void)iface;
    if (!out)
        return com_fail(E_POINTER, IID_HERE, NULL);
    hr = custom_tone_create((void **)out);
    return SUCCEEDED(hr) ? S_OK : com_fail(hr, IID_HERE, NULL);
}

static HRESULT WINAPI media_GetIDAsVariant(ITLegacyCallMediaControl2 *iface, BSTR device_class,
                                           VARIANT *id)
{
    BYTE *bytes = NULL;
    DWORD size;
    HRESULT hr;

    if (!id)
        return com_fail(E_POINTER, IID_HERE, NULL);
    VariantInit(id);
    hr = media_GetID(iface, device_class, &size, &bytes);
    if (FAILED(hr))
        return hr;
    hr = objects_byte_array(bytes, size, id);
    CoTaskMemFree(bytes);
    return FAILED(hr) ? com_fail(hr, IID_HERE, NULL) : S_OK;
}

const ITLegacyCallMediaControl2Vtbl call_media_vtable = {
    COM_DISPATCH_VTABLE(media),
    media_DetectDigits,
    media_GenerateDigits,
    media_GetID,
    media_SetMediaType,
    media_MonitorMedia,
    media_GenerateDigits2,
    media_GatherDigits,
    media_DetectTones,
    media_DetectTonesByCollection,
    media_GenerateTone,
    media_GenerateCustomTones,
    media_GenerateCustomTonesByCollection,
    media_CreateDetectToneObject,
    media_CreateCustomToneObject,
    media_GetIDAsVariant,
};
