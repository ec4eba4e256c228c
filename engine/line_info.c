/* line_info.c - what can be asked about devices and lines. */
#include "engine/version.h"

/* The arguments of one structure request, on their way through fetch_struct. */
static LONG call_dev_caps(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, lineGetDevCaps, op->device->id, op->device->version, op_arg(op, 3), buffer);
}

static LONG call_address_caps(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, lineGetAddressCaps, op->device->id, op_arg(op, 2), op->device->version,
                   op_arg(op, 4), buffer);
}

static LONG call_dev_status(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, lineGetLineDevStatus, op->hd_line, buffer);
}

static LONG call_address_status(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, lineGetAddressStatus, op->hd_line, op_arg(op, 1), buffer);
}

static LONG call_id(void *context, void *buffer)
{
    struct op *op = context;
    HANDLE target = target_process(op->request->arg[4]);
    LONG result = OP_CALL(op, lineGetID, op->hd_line, op_arg(op, 1), op->hd_call, op_arg(op, 3),
                          buffer, op_text(op, 0), target);

    target_process_close(target);
    return result;
}

static LONG call_dev_config(void *context, void *buffer)
{
    struct op *op = context;

    return OP_CALL(op, lineGetDevConfig, op->device->id, buffer, op_text(op, 0));
}

static LONG fetch(struct op *op, enum struct_kind kind, fetch_call *call)
{
    return fetch_struct(kind, op->device->version, call, op, &op->reply->data, &op->reply->size);
}

LONG op_line_get_dev_caps(struct op *op)
{
    LONG result = fetch(op, STRUCT_LINEDEVCAPS, call_dev_caps);
    LINEDEVCAPS *caps = op->reply->data;

    /* The permanent ID is the provider's; one that left it out still gets a stable one. */
    if (!result && !caps->dwPermanentLineID)
        caps->dwPermanentLineID =
            op->host->entry.id << 16 | ((op->device->id - op->host->line_base) & 0xffff);
    if (!result)
        version_convert(op_arg(op, 2), STRUCT_LINEDEVCAPS, caps);
    return result;
}

LONG op_line_get_address_caps(struct op *op)
{
    LONG result = fetch(op, STRUCT_LINEADDRESSCAPS, call_address_caps);

    if (!result) {
        ((LINEADDRESSCAPS *)op->reply->data)->dwLineDeviceID = op->device->id;
        version_convert(op_arg(op, 3), STRUCT_LINEADDRESSCAPS, op->reply->data);
    }
    return result;
}

/* LINEDEVSTATUS.dwAppInfo: one entry for every open, its strings behind the table. */
static bool append_applications(struct op *op, LINEDEVSTATUS *status)
{
    uint32_t count = 0, size = 0, at, n = 0;
    const size_t member = offsetof(LINEDEVSTATUS, dwAppInfoSize);
    LINEAPPINFO *table;
    bool appended;

    engine_lock();
    status->dwNumOpens = status->dwOpenMediaModes = 0;
    LIST_EACH(line, &op->device->lines, struct line, by_device)
    {
        count++;
        status->dwOpenMediaModes |= line->media_modes;
        size += (uint32_t)((wcslen(line->app->module_name) + wcslen(line->app->friendly_name) + 2) *
                           sizeof(WCHAR));
    }
    status->dwNumOpens = count;
    status->dwAppInfoSize = status->dwAppInfoOffset = 0;
    size += count * (uint32_t)sizeof(*table);
    table = mem_alloc(size);
    at = count * (uint32_t)sizeof(*table);
    if (table) {
        LIST_EACH(line, &op->device->lines, struct line, by_device)
        {
            LINEAPPINFO *info = &table[n++];
            uint32_t module = (uint32_t)((wcslen(line->app->module_name) + 1) * sizeof(WCHAR));
            uint32_t friendly = (uint32_t)((wcslen(line->app->friendly_name) + 1) * sizeof(WCHAR));

            info->dwMediaModes = line->media_modes;
            info->dwAddressID =
                line->privileges & LINEOPENOPTION_SINGLEADDRESS ? line->address_id : 0xffffffff;
            info->dwModuleFilenameSize = module;
            info->dwModuleFilenameOffset = at;
            memcpy((char *)table + at, line->app->module_name, module);
            at += module;
            info->dwFriendlyNameSize = friendly;
            info->dwFriendlyNameOffset = at;
            memcpy((char *)table + at, line->app->friendly_name, friendly);
            at += friendly;
        }
    }
    engine_unlock();
    if (!table)
        return false;
    appended = struct_append(STRUCT_LINEDEVSTATUS, &op->reply->data, &op->reply->size,
                             (uint32_t)member, table, size);
    mem_free(table);
    if (appended) {
        /* The strings' offsets count from the structure's beginning, as all offsets do. */
        status = op->reply->data;
        table = (LINEAPPINFO *)((char *)status + status->dwAppInfoOffset);
        for (uint32_t i = 0; i < count; i++) {
            table[i].dwModuleFilenameOffset += status->dwAppInfoOffset;
            table[i].dwFriendlyNameOffset += status->dwAppInfoOffset;
        }
        status->dwAppInfoSize = count * (uint32_t)sizeof(*table);
    }
    return appended;
}

LONG op_line_get_line_dev_status(struct op *op)
{
    LONG result = fetch(op, STRUCT_LINEDEVSTATUS, call_dev_status);

    if (result)
        return result;
    version_convert(op->reply->api_version, STRUCT_LINEDEVSTATUS, op->reply->data);
    return append_applications(op, op->reply->data) ? 0 : ERR(NOMEM);
}

LONG op_line_get_address_status(struct op *op)
{
    LONG result = fetch(op, STRUCT_LINEADDRESSSTATUS, call_address_status);

    if (!result)
        version_convert(op->reply->api_version, STRUCT_LINEADDRESSSTATUS, op->reply->data);
    return result;
}

/* "tapi/line" is the device ID itself; every other class is the provider's to know. */
LONG op_line_get_id(struct op *op)
{
    const WCHAR *device_class = op_text(op, 0);
    LONG result;

    if (!device_class)
        return ERR(INVALPOINTER);
    result = check_selected_address(op);
    if (result)
        return result;
    if (!_wcsicmp(device_class, L"tapi/line")) {
        DWORD id = op->device->id;
        VARSTRING *string = struct_create(STRUCT_VARSTRING, &op->reply->size);

        op->reply->data = string;
        if (!string)
            return ERR(NOMEM);
        op->reply->out[0] = string->dwStringFormat = STRINGFORMAT_BINARY;
        return struct_append(STRUCT_VARSTRING, &op->reply->data, &op->reply->size,
                             offsetof(VARSTRING, dwStringSize), &id, sizeof(id))
                   ? 0
                   : ERR(NOMEM);
    }
    return fetch_content(op, call_id);
}

LONG op_line_get_dev_config(struct op *op)
{
    return fetch_content(op, call_dev_config);
}

LONG op_line_set_dev_config(struct op *op)
{
    return OP_CALL(op, lineSetDevConfig, op->device->id, (void *)op_in(op, 0), op_in_size(op, 0),
                   op_text(op, 1));
}

LONG op_line_get_icon(struct op *op)
{
    HICON icon = NULL;
    LONG result = OP_CALL(op, lineGetIcon, op->device->id, op_text(op, 0), &icon);

    /* A provider without icons: TAPI has one for every device of a class that it does not refuse.
     */
    if (result == ERR(OPERATIONUNAVAIL) || (!result && !icon)) {
        icon = LoadIconW(NULL, (const WCHAR *)IDI_APPLICATION);
        result = icon ? 0 : ERR(OPERATIONUNAVAIL);
    }
    op->reply->out[0] = (UINT_PTR)icon;
    return result;
}
