/* words.c - finds words for values and bits. */
#include "tools/tapictl/words.h"

#include <stddef.h>
#include <stdio.h>

#include "tools/tapictl/word_tables.h"

const char *word_of(enum word_family family, uint32_t value)
{
    for (const struct word *word = word_families[family]; word->word; word++)
        if (word->value == value)
            return word->word;
    return NULL;
}

const char *word_or_number(enum word_family family, uint32_t value, char spare[WORD_SPARE])
{
    const char *word = word_of(family, value);

    if (word)
        return word;
    snprintf(spare, WORD_SPARE, "0x%x", (unsigned)value);
    return spare;
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

bool word_value(enum word_family family, const char *text, uint32_t *value)
{
    for (const struct word *word = word_families[family]; word->word; word++) {
        size_t i = 0;

        while (text[i] && lower(text[i]) == lower(word->word[i]))
            i++;
        if (!text[i] && !word->word[i]) {
            *value = word->value;
            return true;
        }
    }
    return false;
}

const char *word_next_bit(enum word_family family, uint32_t *bits, char spare[WORD_SPARE])
{
    for (const struct word *word = word_families[family]; word->word; word++)
        if (word->value && (*bits & word->value) == word->value) {
            *bits &= ~word->value;
            return word->word;
        }
    snprintf(spare, WORD_SPARE, "0x%x", (unsigned)*bits);
    *bits = 0;
    return spare;
}
