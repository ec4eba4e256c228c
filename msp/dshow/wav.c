/* wav.c - RIFF/WAVE headers. See wav.h. */
#include "msp/dshow/wav.h"

#include <string.h>

static uint16_t get16(const uint8_t *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void put16(uint8_t *p, uint16_t value)
{
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *p, uint32_t value)
{
    put16(p, (uint16_t)value);
    put16(p + 2, (uint16_t)(value >> 16));
}

/* Offsets in a WAVEFORMATEX. */
enum { TAG = 0, CHANNELS = 2, RATE = 4, BYTES_PER_SECOND = 8, BLOCK = 12, BITS = 14, EXTRA = 16 };

uint16_t wav_format_tag(const struct wav_format *format)
{
    return get16(format->bytes + TAG);
}

uint16_t wav_format_channels(const struct wav_format *format)
{
    return get16(format->bytes + CHANNELS);
}

uint32_t wav_format_rate(const struct wav_format *format)
{
    return get32(format->bytes + RATE);
}

uint32_t wav_format_bytes_per_second(const struct wav_format *format)
{
    return get32(format->bytes + BYTES_PER_SECOND);
}

uint16_t wav_format_block(const struct wav_format *format)
{
    return get16(format->bytes + BLOCK);
}

uint16_t wav_format_bits(const struct wav_format *format)
{
    return get16(format->bytes + BITS);
}

bool wav_format_equal(const struct wav_format *a, const struct wav_format *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* True if samples lie in the blocks one after the other, so that the block size follows. */
static bool is_linear(uint16_t tag)
{
    return tag == WAV_TAG_PCM || tag == WAV_TAG_FLOAT || tag == WAV_TAG_ALAW ||
           tag == WAV_TAG_MULAW || tag == WAV_TAG_EXTENSIBLE;
}

bool wav_format_set(struct wav_format *format, const void *bytes, uint32_t size)
{
    struct wav_format f = {0};
    uint32_t extra;

    memset(format, 0, sizeof(*format));
    if (!bytes || size < 16)
        return false;
    memcpy(f.bytes, bytes, size < WAV_FORMAT_BASE ? 16 : WAV_FORMAT_BASE);
    extra = size < WAV_FORMAT_BASE ? 0 : get16(f.bytes + EXTRA);
    if (wav_format_tag(&f) == WAV_TAG_PCM)
        extra = 0; /* PCM has none; what some writers leave in the field means nothing */
    if (extra > WAV_FORMAT_MAX - WAV_FORMAT_BASE)
        return false;
    if (extra && extra > size - WAV_FORMAT_BASE)
        return false;
    put16(f.bytes + EXTRA, (uint16_t)extra);
    f.size = WAV_FORMAT_BASE + extra;
    if (extra)
        memcpy(f.bytes + WAV_FORMAT_BASE, (const uint8_t *)bytes + WAV_FORMAT_BASE, extra);
    if (!wav_format_tag(&f) || !wav_format_channels(&f) || !wav_format_rate(&f) ||
        !wav_format_block(&f))
        return false;
    if (wav_format_tag(&f) == WAV_TAG_EXTENSIBLE && extra < 22)
        return false;
    if (is_linear(wav_format_tag(&f))) {
        uint32_t sample = (wav_format_bits(&f) + 7u) / 8u;
        uint64_t rate = (uint64_t)wav_format_rate(&f) * wav_format_block(&f);

        if (!sample || wav_format_block(&f) != sample * wav_format_channels(&f) ||
            rate > UINT32_MAX)
            return false;
        /* A wrong speed would be believed by whoever paces by it. */
        put32(f.bytes + BYTES_PER_SECOND, (uint32_t)rate);
    } else if (!wav_format_bytes_per_second(&f)) {
        return false;
    }
    *format = f;
    return true;
}

bool wav_format_plain(struct wav_format *format, uint16_t tag, uint16_t channels, uint32_t rate,
                      uint16_t bits)
{
    uint8_t f[16] = {0};
    uint32_t block = channels * ((bits + 7u) / 8u);

    memset(format, 0, sizeof(*format));
    if (block > UINT16_MAX)
        return false;
    put16(f + TAG, tag);
    put16(f + CHANNELS, channels);
    put32(f + RATE, rate);
    put16(f + BLOCK, (uint16_t)block);
    put16(f + BITS, bits);
    return is_linear(tag) && tag != WAV_TAG_EXTENSIBLE && wav_format_set(format, f, sizeof(f));
}

enum wav_error wav_read_header(wav_read_at *read, void *context, uint64_t file_size,
                               struct wav_info *info)
{
    uint8_t head[12];
    uint64_t offset = 12;
    int32_t got;

    memset(info, 0, sizeof(*info));
    got = read(context, 0, head, 12);
    if (got < 0)
        return WAV_READ_ERROR;
    if (got < 12 || memcmp(head, "RIFF", 4) || memcmp(head + 8, "WAVE", 4))
        return WAV_NOT_WAVE;
    /* The RIFF size is not believed: the file's own end is. */
    while (offset + 8 <= file_size) {
        uint64_t body = offset + 8;
        uint64_t size, left = file_size - body;

        got = read(context, offset, head, 8);
        if (got < 0)
            return WAV_READ_ERROR;
        if (got < 8)
            break;
        size = get32(head + 4);
        if (!memcmp(head, "fmt ", 4) && !info->format.size) {
            uint8_t bytes[WAV_FORMAT_MAX];
            uint32_t want = size < sizeof(bytes) ? (uint32_t)size : sizeof(bytes);

            if (size > left)
                return WAV_NOT_WAVE;
            got = read(context, body, bytes, want);
            if (got < 0)
                return WAV_READ_ERROR;
            if ((uint32_t)got < want)
                return WAV_NOT_WAVE;
            if (!wav_format_set(&info->format, bytes, want))
                return WAV_UNSUPPORTED;
        } else if (!memcmp(head, "data", 4) && !info->data_offset) {
            info->data_offset = body;
            /* Cut files and recordings that never ended say too much. */
            info->data_size = size < left ? size : left;
            if (info->format.size)
                break;
        }
        offset = body + size + (size & 1);
    }
    if (!info->format.size || !info->data_offset)
        return WAV_NOT_WAVE;
    info->data_size -= info->data_size % wav_format_block(&info->format);
    return WAV_OK;
}

uint32_t wav_header_build(const struct wav_format *format, uint32_t data_size, uint8_t *out)
{
    bool pcm = wav_format_tag(format) == WAV_TAG_PCM;
    uint32_t format_size = pcm ? 16 : format->size;
    uint32_t n = 12;
    uint64_t riff;

    memcpy(out, "RIFF", 4);
    memcpy(out + 8, "WAVE", 4);
    memcpy(out + n, "fmt ", 4);
    put32(out + n + 4, format_size);
    memcpy(out + n + 8, format->bytes, format_size);
    n += 8 + format_size;
    if (format_size & 1)
        out[n++] = 0;
    if (!pcm) {
        uint16_t block = wav_format_block(format);

        memcpy(out + n, "fact", 4);
        put32(out + n + 4, 4);
        put32(out + n + 8, block ? data_size / block : 0);
        n += 12;
    }
    memcpy(out + n, "data", 4);
    put32(out + n + 4, data_size);
    n += 8;
    riff = (uint64_t)n - 8 + data_size + (data_size & 1);
    put32(out + 4, riff > UINT32_MAX ? UINT32_MAX : (uint32_t)riff);
    return n;
}
