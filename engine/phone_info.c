/* phone_info.c - what can be asked about phone devices and open phones. */
#include "engine/private.h"

#define PERR(name) ((LONG)PHONEERR_##name)

/* The arguments of one structure request, on their way through fetch_struct. */
static LONG call_dev_caps(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, phoneGetDevCaps, op->device->id, op->device->version, op_arg(op, 3), buffer);
}

static LONG call_status(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, phoneGetStatus, op->hd_phone, buffer);
}

static LONG call_id(void *context, void *buffer)
{
    struct op *op = context;
    HANDLE target = target_process(op->request->arg[1]);
    LONG result = OP_CALL(op, phoneGetID, op->hd_phone, buffer, op_text(op, 0), target);

    target_process_close(target);
    return result;
}

static LONG call_button_info(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, phoneGetButtonInfo, op->hd_phone, op_arg(op, 1), buffer);
}

static LONG call_display(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, phoneGetDisplay, op->hd_phone, buffer);
}

static LONG fetch(struct op *op, enum struct_kind kind, fetch_call *call)
{
    return fetch_struct(kind, op->device->version, call, op, &op->reply->data, &op->reply->size);
}

/* An array that the provider gave, of at most as many elements as are really there. No array at all
 * is not an empty one: the provider has nothing to say about those elements. */
static void cut_count(DWORD *count, DWORD bytes)
{
    if (bytes && *count > bytes / sizeof(DWORD))
        *count = bytes / (DWORD)sizeof(DWORD);
}

LONG op_phone_get_dev_caps(struct op *op)
{
    LONG result = fetch(op, STRUCT_PHONECAPS, call_dev_caps);
    PHONECAPS *caps = op->reply->data;

    if (result)
        return result;
    /* The permanent ID is the provider's; one that left it out still gets a stable one. */
    if (!caps->dwPermanentPhoneID)
        caps->dwPermanentPhoneID =
            op->host->entry.id << 16 | ((op->device->id - op->host->phone_base) & 0xffff);
    /* An application walks these arrays by the count. */
    cut_count(&caps->dwNumButtonLamps, caps->dwButtonModesSize);
    cut_count(&caps->dwNumButtonLamps, caps->dwButtonFunctionsSize);
    cut_count(&caps->dwNumButtonLamps, caps->dwLampModesSize);
    cut_count(&caps->dwNumSetData, caps->dwSetDataSize);
    cut_count(&caps->dwNumGetData, caps->dwGetDataSize);
    return 0;
}

/* The friendly name of the application that owns the phone, mem_free'd by the caller; *failed:
 * there is an owner, but no memory. Lock held. */
static WCHAR *owner_name(const struct device *device, bool *failed)
{
    *failed = false;
    LIST_EACH(phone, &device->phones, struct phone, by_device)
    {
        if (phone->privilege == PHONEPRIVILEGE_OWNER) {
            const WCHAR *name = phone->app->friendly_name;
            WCHAR *copy = mem_copy(name, (wcslen(name) + 1) * sizeof(*name));

            *failed = !copy;
            return copy;
        }
    }
    return NULL;
}

LONG op_phone_get_status(struct op *op)
{
    LONG result = fetch(op, STRUCT_PHONESTATUS, call_status);
    PHONESTATUS *status = op->reply->data;
    WCHAR *name;
    bool failed;

    if (result)
        return result;
    engine_lock();
    status->dwNumOwners = phone_count(op->device, PHONEPRIVILEGE_OWNER);
    status->dwNumMonitors = phone_count(op->device, PHONEPRIVILEGE_MONITOR);
    name = owner_name(op->device, &failed);
    engine_unlock();
    status->dwOwnerNameSize = status->dwOwnerNameOffset = 0;
    if (name)
        failed = !struct_append(STRUCT_PHONESTATUS, &op->reply->data, &op->reply->size,
                                offsetof(PHONESTATUS, dwOwnerNameSize), name,
                                (uint32_t)((wcslen(name) + 1) * sizeof(*name)));
    mem_free(name);
    return failed ? PERR(NOMEM) : 0;
}

/* "tapi/phone" is the device ID itself; every other class is the provider's to know. */
LONG op_phone_get_id(struct op *op)
{
    const WCHAR *device_class = op_text(op, 0);

    if (!device_class)
        return PERR(INVALPOINTER);
    if (!_wcsicmp(device_class, L"tapi/phone")) {
        DWORD id = op->device->id;
        VARSTRING *string = struct_create(STRUCT_VARSTRING, &op->reply->size);

        op->reply->data = string;
        if (!string)
            return PERR(NOMEM);
        op->reply->out[0] = string->dwStringFormat = STRINGFORMAT_BINARY;
        return struct_append(STRUCT_VARSTRING, &op->reply->data, &op->reply->size,
                             offsetof(VARSTRING, dwStringSize), &id, sizeof(id))
                   ? 0
                   : PERR(NOMEM);
    }
    return fetch_content(op, call_id);
}

LONG op_phone_get_icon(struct op *op)
{
    HICON icon = NULL;
    LONG result = OP_CALL(op, phoneGetIcon, op->device->id, op_text(op, 0), &icon);

    /* As of lines: TAPI has one for every device of a class that its provider does not refuse. */
    if (result == PERR(OPERATIONUNAVAIL) || result == ERR(OPERATIONUNAVAIL) || (!result && !icon)) {
        icon = LoadIconW(NULL, (const WCHAR *)IDI_APPLICATION);
        result = icon ? 0 : PERR(OPERATIONUNAVAIL);
    }
    op->reply->out[0] = (UINT_PTR)icon;
    return result;
}

LONG op_phone_get_button_info(struct op *op)
{
    return fetch(op, STRUCT_PHONEBUTTONINFO, call_button_info);
}

/* A display has as many places as it has: no terminator is among them. */
LONG op_phone_get_display(struct op *op)
{
    return fetch_content(op, call_display);
}

/* The provider gets a copy, so that it cannot write into what the application has let go of. */
LONG op_phone_get_data(struct op *op)
{
    uint32_t size = op_in_size(op, 0);

    if (size) {
        op->reply->data = malloc(size);
        if (!op->reply->data)
            return PERR(NOMEM);
        memcpy(op->reply->data, op_in(op, 0), size);
        op->reply->size = size;
    }
    return OP_CALL(op, phoneGetData, op->hd_phone, op_arg(op, 1), op->reply->data, size);
}
