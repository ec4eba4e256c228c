/*
 * wide.h - included before every source of a winelib program: what Windows' C library has and Linux's
 * lacks, above all functions for wide characters of 16 bits, since those of Linux have 32 (cmake/OpenTAPIWinelib.cmake).
 */
#ifndef TESTS_WINELIB_WIDE_H
#define TESTS_WINELIB_WIDE_H

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>
#include <windows.h>

static inline size_t wide_length(const WCHAR *text)
{
    size_t length = 0;

    while (text[length])
        length++;
    return length;
}

static inline WCHAR *wide_copy(WCHAR *to, const WCHAR *from)
{
    return memcpy(to, from, (wide_length(from) + 1) * sizeof(WCHAR));
}

static inline WCHAR *wide_append(WCHAR *to, const WCHAR *from)
{
    wide_copy(to + wide_length(to), from);
    return to;
}

static inline WCHAR *wide_find(const WCHAR *text, WCHAR c)
{
    for (;; text++) {
        if (*text == c)
            return (WCHAR *)text;
        if (!*text)
            return NULL;
    }
}

static inline WCHAR *wide_find_last(const WCHAR *text, WCHAR c)
{
    for (const WCHAR *at = text + wide_length(text);; at--) {
        if (*at == c)
            return (WCHAR *)at;
        if (at == text)
            return NULL;
    }
}

static inline size_t wide_until(const WCHAR *text, const WCHAR *set)
{
    size_t length = 0;

    while (text[length] && !wide_find(set, text[length]))
        length++;
    return length;
}

static inline size_t wide_while(const WCHAR *text, const WCHAR *set)
{
    size_t length = 0;

    while (text[length] && wide_find(set, text[length]))
        length++;
    return length;
}

static inline int wide_compare(const WCHAR *a, const WCHAR *b, size_t most)
{
    for (; most > 0; most--, a++, b++) {
        if (*a != *b)
            return *a < *b ? -1 : 1;
        if (!*a)
            break;
    }
    return 0;
}

static inline int wide_compare_any_case(const WCHAR *a, const WCHAR *b, size_t most)
{
    size_t of_a = wide_length(a), of_b = wide_length(b);

    return CompareStringOrdinal(a, (int)(of_a < most ? of_a : most), b,
                                (int)(of_b < most ? of_b : most), TRUE) -
           CSTR_EQUAL;
}

static inline WCHAR *wide_duplicate(const WCHAR *text)
{
    size_t size = (wide_length(text) + 1) * sizeof(WCHAR);
    WCHAR *copy = malloc(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

static inline int WINAPIV wide_print(WCHAR *to, size_t room, const WCHAR *format, ...)
{
    WCHAR text[1025]; /* wvsprintf's most */
    __ms_va_list list;
    int length;

    __ms_va_start(list, format);
    length = wvsprintfW(text, format, list);
    __ms_va_end(list);
    if (length < 0 || (size_t)length >= room)
        return -1;
    wide_copy(to, text);
    return length;
}

#define wcslen            wide_length
#define wcscpy            wide_copy
#define wcscat            wide_append
#define wcschr            wide_find
#define wcsrchr           wide_find_last
#define wcscspn           wide_until
#define wcsspn            wide_while
#define wcscmp(a, b)      wide_compare((a), (b), SIZE_MAX)
#define wcsncmp           wide_compare
#define _wcsicmp(a, b)    wide_compare_any_case((a), (b), INT_MAX)
#define _wcsnicmp         wide_compare_any_case
#define _wcsdup           wide_duplicate
#define wmemcpy(d, s, n)  memcpy((d), (s), (n) * sizeof(WCHAR))
#define wmemmove(d, s, n) memmove((d), (s), (n) * sizeof(WCHAR))
#define _stricmp          strcasecmp
#define swprintf          wide_print
#define _snwprintf        wide_print

#endif
