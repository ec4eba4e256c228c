/* structures.c - TAPI/C's structures of varying size: fetched until all fits, and their strings. */
#include "objects/private.h"

#include <stdlib.h>

void *objects_fetch(LONG (*get)(void *context, void *structure), void *context, DWORD size,
                    LONG *error)
{
    unsigned tries;

    /* A provider may grow its answer between two calls, but not for ever. */
    for (tries = 0; tries < 5; tries++) {
        VARSTRING *head = calloc(1, size);

        if (!head) {
            *error = LINEERR_NOMEM;
            return NULL;
        }
        head->dwTotalSize = size;
        *error = get(context, head);
        if (*error == 0 && head->dwNeededSize <= size)
            return head;
        if (*error == 0 || *error == (LONG)LINEERR_STRUCTURETOOSMALL)
            size = head->dwNeededSize > size ? head->dwNeededSize : size * 2;
        free(head);
        if ((*error != 0 && *error != (LONG)LINEERR_STRUCTURETOOSMALL) || size > 0x1000000)
            return NULL;
    }
    *error = LINEERR_OPERATIONFAILED;
    return NULL;
}

BSTR objects_string(const void *structure, DWORD size, DWORD offset)
{
    const VARSTRING *head = structure;
    const WCHAR *text;
    UINT length = 0;

    if (offset == 0 || offset > head->dwUsedSize || size > head->dwUsedSize - offset)
        size = 0;
    text = (const WCHAR *)((const BYTE *)structure + offset);
    while (length < size / sizeof(WCHAR) && text[length])
        length++;
    return SysAllocStringLen(size ? text : L"", length);
}
