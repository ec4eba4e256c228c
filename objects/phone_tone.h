/* phone_tone.h - the tones of a telephone as samples. Without Win32. */
#ifndef OBJECTS_PHONE_TONE_H
#define OBJECTS_PHONE_TONE_H

#include <stdint.h>

#define PHONE_TONE_RATE 8000 /* samples/s, 16 bits, one channel */

/* How many seconds of a tone (a PHONE_TONE) repeat without a seam; 0: silence, or no tone. */
unsigned phone_tone_seconds(unsigned tone);
/* Writes these seconds: phone_tone_seconds(tone) * PHONE_TONE_RATE samples. */
void phone_tone_write(unsigned tone, int16_t *samples);

#endif
