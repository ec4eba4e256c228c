/* text.c - between TSPI's UTF-16 and the exchange's UTF-8. */
#include "front.h"

#include <stdlib.h>
#include <string.h>

void front_utf8(char *to, size_t size, const WCHAR *from, int length)
{
    char brief[512], *text = brief;
    int needed;

    to[0] = 0;
    if (!from)
        return;
    needed = WideCharToMultiByte(CP_UTF8, 0, from, length, NULL, 0, NULL, NULL);
    if (needed <= 0)
        return;
    if ((size_t)needed >= sizeof(brief) && !(text = malloc((size_t)needed + 1)))
        return;
    needed = WideCharToMultiByte(CP_UTF8, 0, from, length, text, needed, NULL, NULL);
    text[needed > 0 ? needed : 0] = 0;
    pbx_copy(to, size, text);
    if (text != brief)
        free(text);
}

WCHAR *front_utf16(const char *from)
{
    int length = MultiByteToWideChar(CP_UTF8, 0, from, -1, NULL, 0);
    WCHAR *to = malloc(sizeof(WCHAR) * (size_t)(length > 0 ? length : 1));

    if (!to)
        return NULL;
    to[0] = 0;
    if (length > 0)
        MultiByteToWideChar(CP_UTF8, 0, from, -1, to, length);
    return to;
}
