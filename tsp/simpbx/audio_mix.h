/* audio_mix.h - the arithmetic of sound that several hear at once. No Windows, no state. */
#ifndef SIMPBX_AUDIO_MIX_H
#define SIMPBX_AUDIO_MIX_H

#include <stdbool.h>
#include <stdint.h>

/* PCM of 8 (unsigned) or 16 (signed) bits: what can be mixed. */
struct mix_format {
    uint32_t rate; /* frames/s, 1 to 192000 */
    uint16_t channels, bits;
    uint16_t block; /* bytes of a frame */
};

/* Reads a WAVEFORMATEX of `size` bytes; false: not PCM of these kinds, or contradicting itself. */
bool mix_format_read(struct mix_format *format, const uint8_t *wave, uint32_t size);
bool mix_format_equal(const struct mix_format *a, const struct mix_format *b);

/* Adds as many samples to the sums; `bytes` need not be aligned. */
void mix_add(int32_t *sum, const uint8_t *bytes, uint32_t samples, uint16_t bits);
/* Writes the sums as samples, clipped to what they can hold. */
void mix_write(uint8_t *bytes, const int32_t *sum, uint32_t samples, uint16_t bits);

#endif
