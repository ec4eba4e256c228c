/* fetch.c - structures of unknown size from providers, as a newest-layout W structure. */
#include "engine/private.h"

#define FIRST_SIZE 2048u
#define MAX_TRIES  4

static bool too_small(LONG result)
{
    return result == ERR(STRUCTURETOOSMALL) || result == (LONG)PHONEERR_STRUCTURETOOSMALL;
}

LONG fetch_struct(enum struct_kind kind, DWORD version, fetch_call *call, void *context,
                  void **data, uint32_t *size)
{
    struct struct_form form = {.version = version};
    uint32_t room = FIRST_SIZE, wanted;
    DWORD *buffer = NULL;
    LONG result = ERR(NOMEM);

    *data = NULL;
    *size = 0;
    for (unsigned tries = 0; tries < MAX_TRIES; tries++) {
        mem_free(buffer);
        buffer = mem_alloc(room);
        if (!buffer)
            return ERR(NOMEM);
        buffer[0] = room;                             /* dwTotalSize */
        buffer[1] = struct_fixed_size(kind, version); /* dwNeededSize */
        buffer[2] = struct_fixed_size(kind, version); /* dwUsedSize */
        result = call(context, buffer);
        wanted = struct_wanted(buffer, room);
        if (wanted <= room)
            wanted = too_small(result) ? room * 4 : 0;
        if (!wanted)
            break;
        room = wanted;
    }
    if (!result) {
        switch (struct_upgrade(kind, form, buffer, room, data, size)) {
        case STRUCT_OK:
            break;
        case STRUCT_NO_MEMORY:
            result = ERR(NOMEM);
            break;
        default:
            result = ERR(OPERATIONFAILED);
        }
    } else if (result > 0 || too_small(result)) {
        result = ERR(OPERATIONFAILED);
    }
    mem_free(buffer);
    return result;
}

HANDLE target_process(uint64_t process_id)
{
    HANDLE process =
        OpenProcess(PROCESS_DUP_HANDLE | PROCESS_QUERY_INFORMATION, FALSE, (DWORD)process_id);

    return process ? process : INVALID_HANDLE_VALUE;
}

void target_process_close(HANDLE process)
{
    if (process != INVALID_HANDLE_VALUE)
        CloseHandle(process);
}

struct content {
    struct op *op;
    fetch_call *call;
};

static LONG call_content(void *context, void *buffer)
{
    struct content *content = context;
    VARSTRING *string = buffer;
    LONG result = content->call(content->op, string);

    content->op->reply->out[0] = string->dwStringFormat;
    string->dwStringFormat = STRINGFORMAT_BINARY;
    return result;
}

LONG fetch_content(struct op *op, fetch_call *call)
{
    struct content content = {op, call};

    return fetch_struct(STRUCT_VARSTRING, op->device->version, call_content, &content,
                        &op->reply->data, &op->reply->size);
}
