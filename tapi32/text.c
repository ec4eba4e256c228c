/* text.c - characters and pointers as applications hand them over. */
#include "tapi32/internal.h"

#include <string.h>

static uint32_t to_ansi(const void *utf16, uint32_t size, void *out, uint32_t room)
{
    return (uint32_t)WideCharToMultiByte(CP_ACP, 0, utf16, (int)(size / sizeof(WCHAR)), out,
                                         out == NULL ? 0 : (int)room, NULL, NULL);
}

static uint32_t to_utf16(const void *ansi, uint32_t size, void *out, uint32_t room)
{
    return (uint32_t)MultiByteToWideChar(CP_ACP, 0, ansi, (int)size, out,
                                         out == NULL ? 0 : (int)(room / sizeof(WCHAR))) *
           (uint32_t)sizeof(WCHAR);
}

const struct struct_text text_ansi = {to_ansi, to_utf16};

WCHAR *text_widen(const char *text, uint32_t most, uint32_t *size)
{
    uint32_t length = 0, bytes;
    while (length < most && text[length] != '\0')
        length++;
    bytes = length == 0 ? 0 : to_utf16(text, length, NULL, 0);
    WCHAR *wide = mem_alloc(bytes + sizeof(WCHAR));
    if (wide == NULL)
        return NULL;
    if (bytes != 0)
        to_utf16(text, length, wide, bytes);
    *size = bytes + sizeof(WCHAR);
    return wide;
}

uint32_t text_units(const WCHAR *text, uint32_t most)
{
    uint32_t length = 0;
    while (length < most && text[length] != 0)
        length++;
    return length;
}

bool pointer_readable(const void *at, size_t size)
{
    return at != NULL && !IsBadReadPtr(at, size);
}

bool pointer_writable(void *at, size_t size)
{
    return at != NULL && !IsBadWritePtr(at, size);
}
