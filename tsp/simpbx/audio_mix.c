/* audio_mix.c - see audio_mix.h. */
#include "audio_mix.h"

#include <string.h>

#define WAVE_PCM   1
#define WAVE_BYTES 16 /* of WAVEFORMATEX without its cbSize */
#define MOST_RATE  192000u

bool mix_format_read(struct mix_format *format, const uint8_t *wave, uint32_t size)
{
    uint16_t tag;

    memset(format, 0, sizeof(*format));
    if (size < WAVE_BYTES)
        return false;
    memcpy(&tag, wave, 2);
    memcpy(&format->channels, wave + 2, 2);
    memcpy(&format->rate, wave + 4, 4);
    memcpy(&format->block, wave + 12, 2);
    memcpy(&format->bits, wave + 14, 2);
    return tag == WAVE_PCM && (format->bits == 8 || format->bits == 16) && format->rate &&
           format->rate <= MOST_RATE && format->channels && format->channels <= 8 &&
           format->block == format->channels * format->bits / 8;
}

bool mix_format_equal(const struct mix_format *a, const struct mix_format *b)
{
    return a->rate == b->rate && a->channels == b->channels && a->bits == b->bits;
}

void mix_add(int32_t *sum, const uint8_t *bytes, uint32_t samples, uint16_t bits)
{
    for (uint32_t i = 0; i < samples; i++) {
        if (bits == 8) {
            sum[i] += bytes[i] - 128;
        } else {
            int16_t sample;
            memcpy(&sample, bytes + 2 * i, sizeof(sample));
            sum[i] += sample;
        }
    }
}

static int32_t clip(int32_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : value;
}

void mix_write(uint8_t *bytes, const int32_t *sum, uint32_t samples, uint16_t bits)
{
    for (uint32_t i = 0; i < samples; i++) {
        if (bits == 8) {
            bytes[i] = (uint8_t)(clip(sum[i], -128, 127) + 128);
        } else {
            int16_t sample = (int16_t)clip(sum[i], INT16_MIN, INT16_MAX);
            memcpy(bytes + 2 * i, &sample, sizeof(sample));
        }
    }
}
