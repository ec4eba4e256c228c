/* media_type.c - WAVEFORMATEX bytes as DirectShow media types. See filter.h. */
#include "msp/dshow/filter.h"

#include <string.h>

/* The subtype of a format tag is the tag in Data1 of this GUID (as MEDIASUBTYPE_PCM is). */
static GUID subtype_of_tag(uint16_t tag)
{
    GUID subtype = MEDIASUBTYPE_PCM;

    subtype.Data1 = tag;
    return subtype;
}

HRESULT media_type_make(AM_MEDIA_TYPE *type, const struct wav_format *format)
{
    memset(type, 0, sizeof(*type));
    type->pbFormat = CoTaskMemAlloc(format->size);
    if (!type->pbFormat)
        return E_OUTOFMEMORY;
    memcpy(type->pbFormat, format->bytes, format->size);
    type->cbFormat = format->size;
    type->majortype = MEDIATYPE_Audio;
    if (wav_format_tag(format) == WAV_TAG_EXTENSIBLE)
        memcpy(&type->subtype, format->bytes + WAV_FORMAT_BASE + 6, sizeof(GUID));
    else
        type->subtype = subtype_of_tag(wav_format_tag(format));
    type->formattype = FORMAT_WaveFormatEx;
    type->bFixedSizeSamples = TRUE;
    type->lSampleSize = wav_format_block(format);
    return S_OK;
}

BOOL media_type_format(const AM_MEDIA_TYPE *type, struct wav_format *format)
{
    memset(format, 0, sizeof(*format));
    return type && IsEqualGUID(&type->majortype, &MEDIATYPE_Audio) &&
           IsEqualGUID(&type->formattype, &FORMAT_WaveFormatEx) && type->pbFormat &&
           wav_format_set(format, type->pbFormat, type->cbFormat);
}

HRESULT media_type_copy(AM_MEDIA_TYPE *to, const AM_MEDIA_TYPE *from)
{
    *to = *from;
    to->pbFormat = NULL;
    to->cbFormat = 0;
    if (from->cbFormat && from->pbFormat) {
        to->pbFormat = CoTaskMemAlloc(from->cbFormat);
        if (!to->pbFormat) {
            memset(to, 0, sizeof(*to));
            return E_OUTOFMEMORY;
        }
        memcpy(to->pbFormat, from->pbFormat, from->cbFormat);
        to->cbFormat = from->cbFormat;
    }
    if (to->pUnk)
        IUnknown_AddRef(to->pUnk);
    return S_OK;
}

void media_type_clear(AM_MEDIA_TYPE *type)
{
    CoTaskMemFree(type->pbFormat);
    if (type->pUnk)
        IUnknown_Release(type->pUnk);
    memset(type, 0, sizeof(*type));
}

void media_type_free(AM_MEDIA_TYPE *type)
{
    if (type) {
        media_type_clear(type);
        CoTaskMemFree(type);
    }
}
