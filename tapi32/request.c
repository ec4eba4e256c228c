/* request.c - see request.h. A call in three steps: take in what the application gave, ask the
 * engine, hand out what came back. Nothing of the application's is written before the engine has
 * agreed. */
#include "base/phone_error.h"
#include "tapi32/request.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ELEMENTS 0x10000u

struct call {
    const struct function *function;
    const ULONG_PTR *values;
    struct engine_request request;
    unsigned args, inputs;
    void *text[ENGINE_INPUTS];      /* ended with mem_free */
    void *structure[ENGINE_INPUTS]; /* ended with free */
    struct pending pending;
    bool has_pending;
    unsigned calls;    /* targets in pending */
    DWORD version;     /* given by the application; 0: the line's or call's */
    bool conference;   /* the handle is a conference call's */
    bool drop_next;    /* the next parameter counts a buffer that is NULL */
    unsigned elements; /* bytes of ELEMENTS_BEFORE */
};

LONG request_error(enum struct_result result)
{
    switch (result) {
    case STRUCT_OK:
        return 0;
    case STRUCT_TOO_SMALL:
        return ERR(STRUCTURETOOSMALL);
    case STRUCT_NO_MEMORY:
        return ERR(NOMEM);
    case STRUCT_INVALID:
        break;
    }
    return ERR(INVALCALLPARAMS);
}

/* ---- taking in ---- */

static void add_input(struct call *call, const void *data, uint32_t size)
{
    call->request.in[call->inputs++] = (struct engine_blob){data, data == NULL ? 0 : size};
}

static LONG take_string(struct call *call, ULONG_PTR value, bool optional, uint32_t most)
{
    if (value == 0 && optional) {
        add_input(call, NULL, 0);
        return 0;
    }
    if (!pointer_readable((const void *)value, call->function->wide ? sizeof(WCHAR) : 1))
        return ERR(INVALPOINTER);
    uint32_t size;
    const WCHAR *wide = (const WCHAR *)value;
    if (call->function->wide && most == UINT32_MAX / 4) {
        add_input(call, wide, (text_units(wide, most) + 1) * (uint32_t)sizeof(WCHAR));
        return 0;
    }
    if (call->function->wide) {
        size = text_units(wide, most) * (uint32_t)sizeof(WCHAR);
        WCHAR *copy = mem_alloc(size + sizeof(WCHAR));
        if (copy != NULL)
            memcpy(copy, wide, size);
        wide = call->text[call->inputs] = copy;
        size += sizeof(WCHAR);
    } else {
        wide = call->text[call->inputs] = text_widen((const char *)value, most, &size);
    }
    if (wide == NULL)
        return ERR(NOMEM);
    add_input(call, wide, size);
    return 0;
}

static LONG take_bytes(struct call *call, ULONG_PTR value, uint64_t size)
{
    if (value == 0) {
        call->drop_next = true;
        add_input(call, NULL, 0);
        return 0;
    }
    if (size > INT32_MAX || (size != 0 && !pointer_readable((const void *)value, (size_t)size)))
        return ERR(INVALPOINTER);
    add_input(call, (const void *)value, (uint32_t)size);
    return 0;
}

static DWORD phone_version(uint64_t phone)
{
    struct engine_request request = {.op = ENGINE_PHONE_GET_STATUS_MESSAGES, .arg = {phone}};
    struct engine_reply reply;
    session_call(&request, &reply);
    DWORD version = reply.api_version;
    engine_reply_free(&reply);
    return version != 0 ? version : API_VERSION_LOW;
}

/* The API version that the application has for the line or call which the request is about. */
static DWORD version_of(const struct call *call, enum param_code code)
{
    if (code == OPEN_PARAMS)
        return call->version;
    if (code == BUTTON_INFO)
        return phone_version(call->request.arg[0]);
    bool on_call = code == CALL_PARAMS && call->request.arg[0] != 0;
    struct engine_request request = {
        .op = on_call ? ENGINE_LINE_GET_CONF_RELATED_CALLS : ENGINE_LINE_GET_STATUS_MESSAGES,
        .arg = {code == CALL_PARAMS && !on_call ? call->request.arg[1] : call->request.arg[0],
                on_call /* no room: no handles */}};
    struct engine_reply reply;
    session_call(&request, &reply);
    DWORD version = reply.api_version;
    engine_reply_free(&reply);
    return version != 0 ? version : API_VERSION_LOW;
}

/* A copy without the names of the groups: they are ignored (functions-without-unicode-versions.md),
 * and what a program left in their members harms nobody. *copy is ended with mem_free. */
static LONG ignore_names(const void *given, uint32_t size, LINEAGENTGROUPLIST **copy)
{
    LINEAGENTGROUPLIST *list;
    if (size < sizeof *list)
        return ERR(STRUCTURETOOSMALL);
    *copy = list = mem_copy(given, size);
    if (list == NULL)
        return ERR(NOMEM);
    list->dwTotalSize = size;
    if (list->dwNumEntries == 0)
        list->dwListSize = list->dwListOffset = 0;
    if (list->dwNumEntries > list->dwListSize / sizeof(LINEAGENTGROUPENTRY) ||
        list->dwListSize > size || list->dwListOffset > size - list->dwListSize)
        return ERR(INVALAGENTGROUP);
    for (DWORD i = 0; i < list->dwNumEntries; i++) {
        BYTE *entry = (BYTE *)list + list->dwListOffset + i * sizeof(LINEAGENTGROUPENTRY);
        memset(entry + offsetof(LINEAGENTGROUPENTRY, dwNameSize), 0, 2 * sizeof(DWORD));
    }
    return 0;
}

static LONG take_structure(struct call *call, ULONG_PTR value, enum param_code code)
{
    enum struct_kind kind = code == FORWARD_LIST ? STRUCT_LINEFORWARDLIST
                            : code == GROUP_LIST ? STRUCT_LINEAGENTGROUPLIST
                                                 : STRUCT_LINECALLPARAMS;
    const DWORD *total = (const DWORD *)value;
    uint32_t size;
    if (code == BUTTON_INFO)
        kind = STRUCT_PHONEBUTTONINFO;
    if (value == 0 && code != BUTTON_INFO) {
        add_input(call, NULL, 0);
        return 0;
    }
    if (!pointer_readable(total, sizeof *total))
        return ERR(INVALPOINTER);
    if (*total < sizeof *total * 2)
        return ERR(STRUCTURETOOSMALL);
    if (!pointer_readable(total, *total))
        return ERR(INVALPOINTER);
    LINEAGENTGROUPLIST *groups = NULL;
    if (code == GROUP_LIST) {
        LONG refused = ignore_names(total, *total, &groups);
        if (refused != 0) {
            mem_free(groups);
            return refused;
        }
        total = &groups->dwTotalSize;
    }
    struct struct_form form = {version_of(call, code), call->function->wide ? NULL : &text_ansi};
    enum struct_result result =
        struct_ingest(kind, form, total, &call->structure[call->inputs], &size);
    mem_free(groups);
    if (result == STRUCT_INVALID &&
        (kind == STRUCT_LINEFORWARDLIST || kind == STRUCT_PHONEBUTTONINFO))
        return ERR(INVALPARAM);
    if (result == STRUCT_OK)
        add_input(call, call->structure[call->inputs], size);
    return request_error(result);
}

static LONG check_output(ULONG_PTR value, enum struct_kind kind)
{
    DWORD *total = (DWORD *)value;
    if (!pointer_writable(total, sizeof *total))
        return ERR(INVALPOINTER);
    if (*total < struct_fixed_size(kind, API_VERSION_LOW))
        return ERR(STRUCTURETOOSMALL);
    return pointer_writable(total, *total) ? 0 : ERR(INVALPOINTER);
}

static void owe(struct call *call, enum pending_kind kind, ULONG_PTR target, uint32_t size)
{
    call->has_pending = true;
    call->pending.kind = kind;
    call->pending.wide = call->function->wide;
    call->pending.size = size;
    call->pending.target[call->calls++] = (void *)target;
}

/* An output structure that comes with LINE_REPLY. Text may be twice as long in the W form. */
static LONG take_struct_later(struct call *call, ULONG_PTR value, enum struct_kind kind)
{
    LONG result = check_output(value, kind);
    if (result != 0)
        return result;
    DWORD total = *(DWORD *)value;
    if (call->version != 0 && total < struct_fixed_size(kind, call->version))
        return ERR(STRUCTURETOOSMALL);
    owe(call, PENDING_STRUCT, value, kind);
    call->request.arg[call->args++] =
        total > STRUCT_SIZE_LIMIT / 2 ? STRUCT_SIZE_LIMIT : total * (call->function->wide ? 1 : 2);
    return 0;
}

static LONG take_digits(struct call *call, ULONG_PTR value, uint64_t room)
{
    size_t unit = call->function->wide ? sizeof(WCHAR) : 1;
    if (value == 0) {
        call->drop_next = true;
        return 0;
    }
    if (room == 0)
        return ERR(INVALPARAM);
    if (room > INT16_MAX || !pointer_writable((void *)value, (size_t)room * unit))
        return ERR(INVALPOINTER);
    owe(call, PENDING_DIGITS, value, (uint32_t)room);
    return 0;
}

static LONG take_parameter(struct call *call, unsigned index)
{
    uint16_t param = call->function->param[index];
    enum param_code code = CODE_OF(param);
    ULONG_PTR value = call->values[index];
    uint64_t next = index + 1u < call->function->count ? call->values[index + 1] : 0;
    LONG result;
    switch (code) {
    case COUNT_CODE:
        call->elements = (unsigned)(value <= MOST_ELEMENTS ? value * CODE_EXTRA(param) : UINT_MAX);
        goto argument;
    case VERSION:
        call->version = (DWORD)value;
        if (call->version < API_VERSION_LOW || call->version > API_VERSION_HIGH)
            return ERR(INCOMPATIBLEAPIVERSION);
        goto argument;
    case CONFERENCE:
        call->conference = true;
        goto argument;
    case ARG:
    argument:
        call->request.arg[call->args++] = call->drop_next ? 0 : value;
        call->drop_next = false;
        return 0;
    case STRING:
    case STRING_OPTIONAL:
        return take_string(call, value, code == STRING_OPTIONAL, UINT32_MAX / 4);
    case STRING_SIZED:
        return take_string(call, value, false,
                           next < UINT32_MAX / 4 ? (uint32_t)next : UINT32_MAX / 4 - 1);
    case BYTES:
        return take_bytes(call, value, next);
    case BYTES_BACK:
        if (value != 0 && next != 0 && !pointer_writable((void *)value, (size_t)next))
            return ERR(INVALPOINTER);
        result = take_bytes(call, value, next);
        if (value != 0 && next != 0 && result == 0)
            owe(call, PENDING_BYTES, value, (uint32_t)next);
        return result;
    case BYTES_OUT:
        if (next != 0 && !pointer_writable((void *)value, (size_t)next))
            return ERR(INVALPOINTER);
        /* fall through */
    case BYTES_NEEDED:
        return value == 0 && next != 0 ? ERR(INVALPOINTER) : take_bytes(call, value, next);
    case ELEMENTS_BEFORE:
        return value == 0 ? (add_input(call, NULL, 0), 0) : take_bytes(call, value, call->elements);
    case ELEMENTS_CODE:
        if (value != 0 && next > MOST_ELEMENTS)
            return ERR(INVALPARAM);
        return take_bytes(call, value, next * CODE_EXTRA(param));
    case DIAL_PARAMS:
        result = take_bytes(call, value, sizeof(LINEDIALPARAMS));
        call->drop_next = false;
        return result;
    case OPEN_PARAMS:
    case LINE_PARAMS:
    case CALL_PARAMS:
    case FORWARD_LIST:
    case BUTTON_INFO:
        return take_structure(call, value, code);
    case OUT_DWORD:
    case OUT_HANDLE:
        return pointer_writable((void *)value, sizeof(DWORD)) ? 0 : ERR(INVALPOINTER);
    case OUT_POINTER:
        return pointer_writable((void *)value, sizeof(void *)) ? 0 : ERR(INVALPOINTER);
    case OUT_CONTENT:
        return check_output(value, STRUCT_VARSTRING);
    case OUT_STRUCT_CODE:
        return check_output(value, CODE_EXTRA(param));
    case CALL_LATER_OPTIONAL:
        if (value == 0 && next != LINETRANSFERMODE_CONFERENCE)
            return 0;
        /* fall through */
    case CALL_LATER:
        if (!pointer_writable((void *)value, sizeof(HCALL)))
            return ERR(INVALPOINTER);
        owe(call, PENDING_CALLS, value, 0);
        return 0;
    case DWORD_LATER:
        if (!pointer_writable((void *)value, sizeof(DWORD)))
            return ERR(INVALPOINTER);
        owe(call, PENDING_DWORD, value, 0);
        return 0;
    case PARKED_LATER:
        if (value == 0) /* or nobody would learn where the call is */
            return call->request.arg[1] == LINEPARKMODE_NONDIRECTED ? ERR(INVALPOINTER) : 0;
        result = check_output(value, STRUCT_VARSTRING);
        if (result == 0)
            owe(call, PENDING_VARSTRING, value, 0);
        return result;
    case GROUP_LIST:
        return take_structure(call, value, code);
    case BLOCK_CODE:
        if (!pointer_readable((const void *)value, CODE_EXTRA(param)))
            return ERR(INVALPOINTER);
        add_input(call, (const void *)value, CODE_EXTRA(param));
        return 0;
    case STRUCT_LATER_CODE:
        return take_struct_later(call, value, CODE_EXTRA(param));
    case DIGITS_LATER:
        return take_digits(call, value, next);
    }
    return ERR(INVALPARAM);
}

/* ---- handing out ---- */

static LONG give_structure(const struct call *call, const struct engine_reply *reply,
                           enum struct_kind kind, ULONG_PTR value)
{
    DWORD version = call->version != 0 ? call->version : reply->api_version;
    struct struct_form form = {version != 0 ? version : API_VERSION_LOW,
                               call->function->wide ? NULL : &text_ansi};
    if (reply->data == NULL)
        return ERR(OPERATIONFAILED);
    return request_error(struct_deliver(kind, form, reply->data, reply->size, (void *)value));
}

static LONG give_outputs(const struct call *call, const struct engine_reply *reply)
{
    unsigned out = 0;
    for (unsigned i = 0; i < call->function->count; i++) {
        uint16_t param = call->function->param[i];
        ULONG_PTR value = call->values[i];
        LONG result;
        switch (CODE_OF(param)) {
        case OUT_DWORD:
            *(DWORD *)value = (DWORD)reply->out[out++];
            break;
        case OUT_HANDLE:
            *(HLINE *)value = (HLINE)(ULONG_PTR)reply->out[out++];
            break;
        case OUT_POINTER:
            *(void **)value = (void *)(ULONG_PTR)reply->out[out++];
            break;
        case BYTES_OUT:
            if (value != 0 && reply->data != NULL)
                memcpy((void *)value, reply->data,
                       reply->size < call->values[i + 1] ? reply->size : call->values[i + 1]);
            break;
        case OUT_CONTENT:
            result = give_structure(call, reply, STRUCT_VARSTRING, value);
            if (result != 0)
                return result;
            ((VARSTRING *)value)->dwStringFormat = (DWORD)reply->out[out++];
            break;
        case OUT_STRUCT_CODE:
            result = give_structure(call, reply, CODE_EXTRA(param), value);
            if (result != 0)
                return result;
            break;
        default:
            break;
        }
    }
    return reply->result;
}

static void trace_call(const struct call *call, LONG result)
{
    char text[256];
    int length = 0;
    for (unsigned i = 0; i < call->function->count && length < (int)sizeof text - 24; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, "%s0x%llx", i ? ", " : "",
                           (unsigned long long)call->values[i]);
    trace_write("tapi32", "%s(%s): 0x%lx", call->function->name, text, (unsigned long)result);
}

LONG request_run(const struct function *function, const ULONG_PTR *values)
{
    struct call call = {.function = function, .values = values, .request = {.op = function->op}};
    struct engine_reply reply;
    LONG result = 0;
    for (unsigned i = 0; i < function->count && result == 0; i++)
        result = take_parameter(&call, i);
    if (result != 0)
        goto done;
    if (function->op == ENGINE_LINE_GET_ID || function->op == ENGINE_PHONE_GET_ID)
        call.request.arg[call.args++] = GetCurrentProcessId();
    /* Handles are made only where the list has room for them. */
    if (function->op == ENGINE_LINE_GET_NEW_CALLS ||
        function->op == ENGINE_LINE_GET_CONF_RELATED_CALLS)
        call.request.arg[call.args++] = *(const DWORD *)values[function->count - 1];
    proxy_name_caller(&call.request);
    if (call.has_pending) {
        call.request.cookie = pending_add(&call.pending);
        if (call.request.cookie == 0) {
            result = ERR(NOMEM);
            goto done;
        }
    }
    session_call(&call.request, &reply);
    /* Only lineGatherDigits owes something without being asynchronous. */
    pending_return(call.request.cookie, reply.out,
                   reply.result > 0 ||
                       (reply.result == 0 && function->op == ENGINE_LINE_GATHER_DIGITS));
    result = reply.result < 0 ? reply.result : give_outputs(&call, &reply);
    if (call.conference && result == ERR(INVALCALLHANDLE))
        result = ERR(INVALCONFCALLHANDLE);
    engine_reply_free(&reply);
done:
    for (unsigned i = 0; i < ENGINE_INPUTS; i++) {
        mem_free(call.text[i]);
        free(call.structure[i]);
    }
    if (function->phone)
        result = phone_error(result);
    if (trace_level)
        trace_call(&call, result);
    return result;
}
