/* phone_tone.c - see phone_tone.h. Frequencies are whole numbers of Hz and cadences fit into whole
 * seconds, so a piece of whole seconds can be played again and again without a click. */
#include "objects/phone_tone.h"

#include <math.h>

struct tone {
    uint16_t hz[3];           /* sounding together; of the error tone one after the other */
    uint16_t on, off;         /* ms; off 0: without a pause */
    uint8_t seconds, in_turn; /* length of a piece; whether the frequencies follow each other */
};

/* DTMF (ITU-T Q.23), then the precise tone plan of North America, and the special information tone
 * of ITU-T E.180. In the order of PHONE_TONE. */
static const struct tone tones[] = {
    {{941, 1336}, 1000, 0, 1, 0},         {{697, 1209}, 1000, 0, 1, 0},
    {{697, 1336}, 1000, 0, 1, 0},         {{697, 1477}, 1000, 0, 1, 0},
    {{770, 1209}, 1000, 0, 1, 0},         {{770, 1336}, 1000, 0, 1, 0},
    {{770, 1477}, 1000, 0, 1, 0},         {{852, 1209}, 1000, 0, 1, 0},
    {{852, 1336}, 1000, 0, 1, 0},         {{852, 1477}, 1000, 0, 1, 0},
    {{941, 1209}, 1000, 0, 1, 0},         {{941, 1477}, 1000, 0, 1, 0},
    {{697, 1633}, 1000, 0, 1, 0},         {{770, 1633}, 1000, 0, 1, 0},
    {{852, 1633}, 1000, 0, 1, 0},         {{941, 1633}, 1000, 0, 1, 0},
    {{350, 440}, 1000, 0, 1, 0},          /* dial tone */
    {{400, 450}, 1000, 0, 1, 0},          /* external dial tone */
    {{480, 620}, 500, 500, 1, 0},         /* busy */
    {{440, 480}, 2000, 4000, 6, 0},       /* ringback */
    {{950, 1400, 1800}, 999, 1001, 2, 1}, /* error */
};

unsigned phone_tone_seconds(unsigned tone)
{
    return tone < sizeof(tones) / sizeof(*tones) ? tones[tone].seconds : 0;
}

static double sample_at(const struct tone *tone, unsigned at)
{
    const double turn = 2 * 3.14159265358979323846 / PHONE_TONE_RATE;
    unsigned ms = (unsigned)((uint64_t)at * 1000 / PHONE_TONE_RATE) % (tone->on + tone->off);

    if (ms >= tone->on)
        return 0;
    if (tone->in_turn)
        return sin(turn * tone->hz[ms / 333] * at) * 0.5;
    return (sin(turn * tone->hz[0] * at) + sin(turn * tone->hz[1] * at)) * 0.25;
}

void phone_tone_write(unsigned tone, int16_t *samples)
{
    unsigned count = phone_tone_seconds(tone) * PHONE_TONE_RATE, i;

    for (i = 0; i < count; i++)
        samples[i] = (int16_t)(sample_at(&tones[tone], i) * 32767);
}
