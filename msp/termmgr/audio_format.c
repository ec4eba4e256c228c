/* audio_format.c - ITScriptableAudioFormat: a WAVEFORMATEX for scripts. See private.h. */
#include "msp/termmgr/private.h"

#include <string.h>

struct audio_format {
    struct com_object com;
    ITScriptableAudioFormat ITScriptableAudioFormat_iface;
    LONG channels, rate, bytes_per_second, block, bits, tag;
    struct wav_format origin; /* with its extra bytes, which scripts do not see */
};

COM_DISPATCH_METHODS(format, audio_format, ITScriptableAudioFormat, ITScriptableAudioFormat_iface)

/* A pair of property functions for each member. */
#define PROPERTY(Name, member, max)                                                                \
    static HRESULT WINAPI format_get_##Name(ITScriptableAudioFormat *iface, LONG *value)           \
    {                                                                                              \
        if (!value)                                                                                \
            return com_fail(E_POINTER, &IID_ITScriptableAudioFormat, NULL);                        \
        *value = impl_from_ITScriptableAudioFormat_iface(iface)->member;                           \
        return S_OK;                                                                               \
    }                                                                                              \
    static HRESULT WINAPI format_put_##Name(ITScriptableAudioFormat *iface, const LONG value)      \
    {                                                                                              \
        if (value < 0 || value > (max))                                                            \
            return com_fail(E_INVALIDARG, &IID_ITScriptableAudioFormat,                            \
                            #Name " is out of range.");                                            \
        impl_from_ITScriptableAudioFormat_iface(iface)->member = value;                            \
        return S_OK;                                                                               \
    }

PROPERTY(Channels, channels, 0xFFFF)
PROPERTY(SamplesPerSec, rate, MAXLONG - 1)
PROPERTY(AvgBytesPerSec, bytes_per_second, MAXLONG - 1)
PROPERTY(BlockAlign, block, 0xFFFF)
PROPERTY(BitsPerSample, bits, 0xFFFF)
PROPERTY(FormatTag, tag, 0xFFFF)

static const ITScriptableAudioFormatVtbl format_vtbl = {
    COM_DISPATCH_VTABLE(format), format_get_Channels,      format_put_Channels,
    format_get_SamplesPerSec,    format_put_SamplesPerSec, format_get_AvgBytesPerSec,
    format_put_AvgBytesPerSec,   format_get_BlockAlign,    format_put_BlockAlign,
    format_get_BitsPerSample,    format_put_BitsPerSample, format_get_FormatTag,
    format_put_FormatTag,
};

static const struct com_interface format_interfaces[] = {
    COM_INTERFACE(audio_format, ITScriptableAudioFormat_iface, ITScriptableAudioFormat)};
static const struct com_class format_class = {
    .name = "ScriptableAudioFormat",
    .interfaces = format_interfaces,
    .interface_count = 1,
};

HRESULT audio_format_create(const struct wav_format *format, ITScriptableAudioFormat **out)
{
    struct audio_format *object = com_object_create(sizeof(*object), &format_class, NULL);

    *out = NULL;
    if (!object)
        return com_fail(E_OUTOFMEMORY, &IID_ITFileTrack, NULL);
    object->ITScriptableAudioFormat_iface.lpVtbl = (ITScriptableAudioFormatVtbl *)&format_vtbl;
    if (format) {
        object->origin = *format;
        object->channels = wav_format_channels(format);
        object->rate = (LONG)wav_format_rate(format);
        object->bytes_per_second = (LONG)wav_format_bytes_per_second(format);
        object->block = wav_format_block(format);
        object->bits = wav_format_bits(format);
        object->tag = wav_format_tag(format);
    }
    *out = &object->ITScriptableAudioFormat_iface;
    return S_OK;
}

HRESULT audio_format_read(ITScriptableAudioFormat *object, struct wav_format *format)
{
    LONG channels, rate, bytes_per_second, block, bits, tag;
    WAVEFORMATEX wave = {0};
    struct com_object *ours = com_object_of(object, &format_class);
    const void *bytes = &wave;
    uint32_t size = sizeof(wave);

    if (FAILED(ITScriptableAudioFormat_get_Channels(object, &channels)) ||
        FAILED(ITScriptableAudioFormat_get_SamplesPerSec(object, &rate)) ||
        FAILED(ITScriptableAudioFormat_get_AvgBytesPerSec(object, &bytes_per_second)) ||
        FAILED(ITScriptableAudioFormat_get_BlockAlign(object, &block)) ||
        FAILED(ITScriptableAudioFormat_get_BitsPerSample(object, &bits)) ||
        FAILED(ITScriptableAudioFormat_get_FormatTag(object, &tag)))
        return com_fail(E_INVALIDARG, &IID_ITFileTrack, "The audio format cannot be read.");
    wave.wFormatTag = (WORD)tag;
    wave.nChannels = (WORD)channels;
    wave.nSamplesPerSec = (DWORD)rate;
    wave.nAvgBytesPerSec = (DWORD)bytes_per_second;
    wave.nBlockAlign = (WORD)block;
    wave.wBitsPerSample = (WORD)bits;
    if (ours) {
        struct audio_format *own = CONTAINING_RECORD(ours, struct audio_format, com);

        /* Unchanged since it was made: with the extra bytes. */
        if (own->origin.size && !memcmp(own->origin.bytes, &wave, 16)) {
            bytes = own->origin.bytes;
            size = own->origin.size;
        }
    }
    return wav_format_set(format, bytes, size)
               ? S_OK
               : com_fail(E_INVALIDARG, &IID_ITFileTrack, "This is not a usable audio format.");
}
