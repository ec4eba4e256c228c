/* dialog_text.c - one line's statement in a configuration text. */
#include "tsp/simpbx/dialog.h"

#include <stdlib.h>
#include <string.h>

#define BLANKS " \t\r"

bool dialog_text_find(const char *text, const char *number, size_t *start, size_t *length)
{
    static const char word[] = "extension";
    size_t digits = strlen(number);

    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *first = line + strspn(line, BLANKS), *at = first;
        const char *end = line + strcspn(line, "\n");

        if (strncmp(at, word, sizeof(word) - 1))
            continue;
        at += sizeof(word) - 1;
        if (!*at || !strchr(BLANKS, *at))
            continue;
        at += strspn(at, BLANKS);
        if (!digits || strncmp(at, number, digits) || !strchr(BLANKS "\n", at[digits]))
            continue;
        while (end > first && strchr(BLANKS, end[-1]))
            end--;
        *start = (size_t)(first - text);
        *length = (size_t)(end - first);
        return true;
    }
    return false;
}

char *dialog_text_replace(const char *text, size_t start, size_t length, const char *words)
{
    size_t count = strlen(words), rest = strlen(text + start + length);
    char *made = malloc(start + count + rest + 1);

    if (!made)
        return NULL;
    memcpy(made, text, start);
    memcpy(made + start, words, count);
    memcpy(made + start + count, text + start + length, rest + 1);
    return made;
}
