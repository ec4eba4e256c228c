/* media.c - digits and tones on a call: generating, monitoring, gathering. */
#include "engine/private.h"

/* ---- generating: one at a time on a call, LINE_GENERATE to whoever asked ---- */

/* The client that asked, after the provider has accepted: the end-to-end ID is its handle. */
static LONG generating(struct op *op, LONG result)
{
    if (!result) {
        engine_lock();
        if (client_find(op->session, op->request->arg[0]))
            op->call->generator = op_arg(op, 0);
        engine_unlock();
    }
    return result;
}

LONG op_line_generate_digits(struct op *op)
{
    DWORD mode = op_arg(op, 1);

    if (mode != LINEDIGITMODE_PULSE && mode != LINEDIGITMODE_DTMF)
        return ERR(INVALDIGITMODE);
    return generating(op, OP_CALL(op, lineGenerateDigits, op->hd_call, op_arg(op, 0), mode,
                                  op_text(op, 0), op_arg(op, 2)));
}

LONG op_line_generate_tone(struct op *op)
{
    DWORD count = op_in_size(op, 0) / (DWORD)sizeof(LINEGENERATETONE);

    return generating(op, OP_CALL(op, lineGenerateTone, op->hd_call, op_arg(op, 0), op_arg(op, 1),
                                  op_arg(op, 2), count, (LPLINEGENERATETONE)op_in(op, 0)));
}

/* ---- monitoring: the provider is told the sum of what all applications want ---- */

LONG op_line_monitor_digits(struct op *op)
{
    const DWORD known = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
    DWORD modes = op_arg(op, 1), sum = 0, before = op->client->digit_modes;
    struct call *call = op->call;
    struct call_client *client;
    LONG result;

    if (modes & ~known)
        return ERR(INVALDIGITMODE);
    op->client->digit_modes = modes;
    LIST_EACH (each, &call->clients, struct call_client, by_call)
        sum |= each->digit_modes;
    if (sum == call->digit_modes)
        return 0;
    engine_unlock();
    result = OP_CALL(op, lineMonitorDigits, op->hd_call, sum);
    engine_lock();
    client = client_find(op->session, op->request->arg[0]);
    if (!result)
        call->digit_modes = sum;
    else if (client)
        client->digit_modes = before;
    return result;
}

LONG op_line_monitor_media(struct op *op)
{
    DWORD modes = op_arg(op, 1), sum = 0, before = op->client->media_modes;
    struct call *call = op->call;
    struct call_client *client;
    LONG result;

    op->client->media_modes = modes;
    LIST_EACH (each, &call->clients, struct call_client, by_call)
        sum |= each->media_modes;
    if (sum == call->media_monitored)
        return 0;
    engine_unlock();
    result = OP_CALL(op, lineMonitorMedia, op->hd_call, sum);
    engine_lock();
    client = client_find(op->session, op->request->arg[0]);
    if (!result)
        call->media_monitored = sum;
    else if (client)
        client->media_modes = before;
    return result;
}

/* Every client's tone list has an ID of its own: its handle. */
LONG op_line_monitor_tones(struct op *op)
{
    DWORD count = op_in_size(op, 0) / (DWORD)sizeof(LINEMONITORTONE);
    bool before = op->client->tones;
    struct call_client *client;
    LONG result;

    op->client->tones = count != 0; /* before the call: a tone may come during it */
    engine_unlock();
    result = OP_CALL(op, lineMonitorTones, op->hd_call, op_arg(op, 0),
                     (LPLINEMONITORTONE)op_in(op, 0), count);
    engine_lock();
    client = client_find(op->session, op->request->arg[0]);
    if (result && client)
        client->tones = before;
    return result;
}

/* ---- gathering: the provider fills a buffer of the engine's ---- */

void gather_end(struct call *call, uint32_t id, DWORD reason, DWORD tick)
{
    struct gathering *gather = &call->gather;
    struct call_client *client;

    if (!gather->digits || gather->id != id) {
        TRACE("engine", "dropped the end of unknown digit gathering %u", (unsigned)id);
        return;
    }
    client = handle_get(&engine.handles, gather->client, HANDLE_CALL);
    if (client && client->call == call) {
        struct engine_message message = {
            .client = client->line->app->client,
            .device = client->handle,
            .message = LINE_GATHERDIGITS,
            .instance = client->line->instance,
            .param = {reason, 0, tick},
            .cookie = gather->cookie,
            .data = gather->digits,
        };
        DWORD count = 0;

        while (count < gather->count && gather->digits[count])
            count++;
        gather->digits[count] = 0;
        message.size = (count + 1) * (DWORD)sizeof(WCHAR);
        post_full(client->line->app, &message);
    }
    mem_free(gather->digits);
    memset(gather, 0, sizeof(*gather));
}

#define MAX_GATHERED 65536u

LONG op_line_gather_digits(struct op *op)
{
    static uint32_t last_id;
    DWORD modes = op_arg(op, 1), count = op_arg(op, 2);
    struct call *call = op->call;
    uint32_t id, old;
    WCHAR *digits;
    LONG result;

    if (!count) { /* cancel */
        old = call->gather.id;
        if (!call->gather.digits)
            return 0;
        engine_unlock();
        result = OP_CALL(op, lineGatherDigits, op->hd_call, old, 0, NULL, 0, NULL, 0, 0);
        engine_lock();
        /* The provider says LINEGATHERTERM_CANCEL; for one that forgets, we do. */
        if (!result && call->gather.id == old && call->gather.digits)
            gather_end(call, old, LINEGATHERTERM_CANCEL, GetTickCount());
        return result;
    }
    if (!modes || modes & ~(DWORD)(LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF))
        return ERR(INVALDIGITMODE);
    if (count > MAX_GATHERED)
        return ERR(INVALPARAM);
    digits = mem_alloc((count + 1) * sizeof(WCHAR));
    if (!digits)
        return ERR(NOMEM);
    id = ++last_id ? last_id : ++last_id;
    /* A new gathering ends the one before it (digit-gathering.md). */
    if (call->gather.digits)
        gather_end(call, call->gather.id, LINEGATHERTERM_CANCEL, GetTickCount());
    call->gather = (struct gathering){.client = op->client->handle,
                                      .cookie = op->request->cookie,
                                      .id = id,
                                      .digits = digits,
                                      .count = count};
    engine_unlock();
    result = OP_CALL(op, lineGatherDigits, op->hd_call, id, modes, digits, count, op_text(op, 0),
                     op_arg(op, 3), op_arg(op, 4));
    engine_lock();
    if (result && call->gather.id == id) {
        mem_free(call->gather.digits);
        memset(&call->gather, 0, sizeof(call->gather));
    }
    return result;
}
