/* pending.c - the application's memory that asynchronous requests still have to write. An entry is
 * found by the cookie that travels with the request and comes back with its message; whoever takes
 * it out of the table owns it, so the reply and the returning function cannot both write. */
#include "tapi32/internal.h"

#include <string.h>
#include "base/handle_table.h"

#define PENDING_TYPE 1

static struct lock pending_lock; /* guards `written`, `all` and an entry's life */
static struct handle_table table;
static struct list all = {&all, &all};

uint64_t pending_add(const struct pending *pending)
{
    struct pending *made = mem_copy(pending, sizeof *pending);
    if (made == NULL)
        return 0;
    lock_enter(&pending_lock);
    made->cookie = handle_new(&table, PENDING_TYPE, made);
    uint64_t cookie = made->cookie;
    if (cookie != 0)
        list_append(&all, &made->link);
    lock_leave(&pending_lock);
    if (cookie == 0)
        mem_free(made);
    return cookie;
}

/* pending_lock is held. */
static struct pending *pending_take(uint64_t cookie)
{
    struct pending *pending = handle_free(&table, (uint32_t)cookie, PENDING_TYPE);
    if (pending != NULL)
        list_remove(&pending->link);
    return pending;
}

static void write_calls(const struct pending *pending, uint64_t first, uint64_t second)
{
    if (pending->target[0] != NULL && first != 0)
        *(HCALL *)pending->target[0] = (HCALL)(ULONG_PTR)first;
    if (pending->target[1] != NULL && second != 0)
        *(HCALL *)pending->target[1] = (HCALL)(ULONG_PTR)second;
}

void pending_return(uint64_t cookie, const uint64_t *out, bool keep)
{
    struct pending *ended = NULL;
    if (cookie == 0)
        return;
    lock_enter(&pending_lock);
    struct pending *pending = handle_get(&table, (uint32_t)cookie, PENDING_TYPE);
    if (pending != NULL && !keep)
        ended = pending_take(cookie);
    else if (pending != NULL && pending->kind == PENDING_CALLS) {
        write_calls(pending, out[0], out[1]);
        pending->written = true;
    }
    lock_leave(&pending_lock);
    mem_free(ended);
}

/* Digits are sent as text without terminator; it is added where fewer came than were asked for. */
static void write_digits(const struct pending *pending, const WCHAR *digits, uint32_t size)
{
    uint32_t count = text_units(digits, size / sizeof(WCHAR));
    if (count > pending->size)
        count = pending->size;
    for (uint32_t i = 0; i < count; i++) {
        if (pending->wide)
            ((WCHAR *)pending->target[0])[i] = digits[i];
        else
            ((char *)pending->target[0])[i] = (char)digits[i];
    }
    if (count == pending->size)
        return;
    if (pending->wide)
        ((WCHAR *)pending->target[0])[count] = 0;
    else
        ((char *)pending->target[0])[count] = '\0';
}

/* out[0]: the API version of the structure; out[1]: what would hold everything, where even the room
 * of the proxy application was not enough. */
static void write_struct(const struct pending *pending, const struct queued_message *message)
{
    struct struct_form form = {message->out[0], pending->wide ? NULL : &text_ansi};
    DWORD *to = pending->target[0];
    if (message->data == NULL)
        return;
    struct_deliver((enum struct_kind)pending->size, form, message->data, message->size, to);
    if (message->out[1] > to[1])
        to[1] = message->out[1]; /* dwNeededSize */
}

static void write_data(const struct pending *pending, const struct queued_message *message)
{
    struct struct_form form = {API_VERSION_HIGH, pending->wide ? NULL : &text_ansi};
    switch (pending->kind) {
    case PENDING_CALLS:
        if (!pending->written)
            write_calls(pending, message->out[0], message->out[1]);
        else if (message->out[0] == 0 && pending->target[0] != NULL)
            *(HCALL *)pending->target[0] = 0; /* lineForward: the switch consults nobody */
        break;
    case PENDING_DWORD:
        *(DWORD *)pending->target[0] = message->out[0];
        break;
    case PENDING_VARSTRING:
        if (message->data != NULL)
            struct_deliver(STRUCT_VARSTRING, form, message->data, message->size,
                           pending->target[0]);
        break;
    case PENDING_BYTES:
        if (message->data != NULL)
            memcpy(pending->target[0], message->data,
                   message->size < pending->size ? message->size : pending->size);
        break;
    case PENDING_STRUCT:
        write_struct(pending, message);
        break;
    case PENDING_DIGITS:
        write_digits(pending, message->data, message->size);
        break;
    }
}

void pending_finish(const struct queued_message *message)
{
    lock_enter(&pending_lock);
    struct pending *pending = pending_take(message->cookie);
    lock_leave(&pending_lock);
    if (pending == NULL)
        return;
    /* LINE_REPLY: dwParam2 is the result; a failed request leaves the application's memory alone.
     */
    if (message->message == LINE_GATHERDIGITS || message->param[1] == 0)
        write_data(pending, message);
    mem_free(pending);
}

void pending_drop(uint64_t cookie)
{
    if (cookie == 0)
        return;
    lock_enter(&pending_lock);
    struct pending *pending = pending_take(cookie);
    lock_leave(&pending_lock);
    mem_free(pending);
}

void pending_drop_all(void)
{
    lock_enter(&pending_lock);
    while (!list_empty(&all)) {
        struct pending *pending = list_entry(all.next, struct pending, link);
        mem_free(pending_take(pending->cookie));
    }
    lock_leave(&pending_lock);
}
