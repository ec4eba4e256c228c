/* words.h - the constants of tapi.h in words, as tables (written by words.py). Win32-free. */
#ifndef TAPICTL_WORDS_H
#define TAPICTL_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/tapictl/word_families.h"

struct word {
    uint32_t value;
    const char *word; /* NULL ends a family */
};

extern const struct word *const word_families[WORDS_COUNT];

/* The word of a value, NULL where it has none. */
const char *word_of(enum word_family family, uint32_t value);

/* As word_of, with "0x..." in spare for what has none. */
#define WORD_SPARE 12
const char *word_or_number(enum word_family family, uint32_t value, char spare[WORD_SPARE]);

/* The value that a word stands for, in capitals or not; false where the family has no such word. */
bool word_value(enum word_family family, const char *text, uint32_t *value);

/* Takes the next named bit (or bits) out of *bits: its word, or "0x..." in spare for all that have
 * none, then *bits is 0. */
const char *word_next_bit(enum word_family family, uint32_t *bits, char spare[WORD_SPARE]);

#endif
