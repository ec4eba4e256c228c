/* agent_ask.c - questions to a proxy: asynchronous functions of the C API that fill a structure. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

LONG agent_ask(struct tapi *tapi, HLINE line, const struct agent_question *question, DWORD size,
               void **answer)
{
    unsigned tries;

    if (answer)
        *answer = NULL;
    /* What a proxy has to say may grow between two questions, but not for ever. */
    for (tries = 0; tries < 5 && size <= 0x1000000; tries++) {
        struct request *request = request_begin(tapi);
        DWORD needed = 0;
        VARSTRING *head;
        LONG error;

        if (!request)
            return LINEERR_NOMEM;
        /* The structure is the request's: an answer that comes too late still finds it. */
        head = request->block = size ? calloc(1, size) : NULL;
        if (size && !head)
            return request_finish(tapi, request, LINEERR_NOMEM);
        if (head)
            head->dwTotalSize = size;
        error = request_finish_keep(tapi, request, question->ask(line, question, head));
        if (head && error != REQUEST_TIMEOUT)
            needed = head->dwNeededSize;
        if (error == 0 && needed <= size) {
            if (answer) {
                *answer = head;
                request->block = NULL;
            }
            request_release(request);
            return 0;
        }
        request_release(request);
        if (error != 0 && error != (LONG)LINEERR_STRUCTURETOOSMALL)
            return error;
        size = needed > size ? needed : size * 2;
    }
    return LINEERR_OPERATIONFAILED;
}

const void *agent_entries(const void *list, DWORD entries, DWORD size, DWORD offset,
                          DWORD entry_size, DWORD *count)
{
    const VARSTRING *head = list;

    *count = 0;
    if (!entries || offset > head->dwUsedSize || size > head->dwUsedSize - offset ||
        entries > size / entry_size)
        return NULL;
    *count = entries;
    return (const BYTE *)list + offset;
}

WCHAR *agent_text(const void *structure, DWORD size, DWORD offset)
{
    const VARSTRING *head = structure;
    const WCHAR *from;
    size_t length = 0;
    WCHAR *text;

    if (offset == 0 || offset > head->dwUsedSize || size > head->dwUsedSize - offset)
        size = 0;
    from = (const WCHAR *)((const BYTE *)structure + offset);
    while (length < size / sizeof(WCHAR) && from[length])
        length++;
    text = malloc((length + 1) * sizeof(WCHAR));
    if (!text)
        return NULL;
    memcpy(text, from, length * sizeof(WCHAR));
    text[length] = 0;
    return text;
}
