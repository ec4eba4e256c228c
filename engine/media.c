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

static DWORD wanted_digits(const struct call *call)
{
    DWORD sum = 0;

    LIST_EACH(client, &call->clients, struct call_client, by_call)
    sum |= client->digit_modes;
    return sum;
}

static DWORD wanted_media(const struct call *call)
{
    DWORD sum = 0;

    LIST_EACH(client, &call->clients, struct call_client, by_call)
    sum |= client->media_modes;
    return sum;
}

LONG op_line_monitor_digits(struct op *op)
{
    const DWORD known = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
    DWORD modes = op_arg(op, 1), sum, before = op->client->digit_modes;
    struct call *call = op->call;
    struct call_client *client;
    LONG result;

    if (modes & ~known)
        return ERR(INVALDIGITMODE);
    op->client->digit_modes = modes;
    sum = wanted_digits(call);
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
    DWORD modes = op_arg(op, 1), sum, before = op->client->media_modes;
    struct call *call = op->call;
    struct call_client *client;
    LONG result;

    op->client->media_modes = modes;
    sum = wanted_media(call);
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

#define MAX_GATHERED 65536u

static void gathering_tell(struct call *call, struct gathering *gathering, DWORD reason, DWORD tick)
{
    struct call_client *client = handle_get(&engine.handles, gathering->client, HANDLE_CALL);
    DWORD count = 0;

    if (gathering->told)
        return;
    gathering->told = true;
    while (count < gathering->count && gathering->digits[count])
        count++;
    gathering->digits[count] = 0;
    if (client && client->call == call) {
        struct engine_message message = {
            .client = client->line->app->client,
            .device = client->handle,
            .message = LINE_GATHERDIGITS,
            .instance = client->line->instance,
            .param = {reason, 0, tick},
            .cookie = gathering->cookie,
            .data = gathering->digits,
            .size = (count + 1) * (DWORD)sizeof(WCHAR),
        };

        post_full(client->line->app, &message);
    }
}

static void gathering_end(struct call *call, struct gathering *gathering, DWORD reason, DWORD tick)
{
    gathering_tell(call, gathering, reason, tick);
    list_remove(&gathering->by_call);
    mem_free(gathering);
}

/* "... or because the call terminated" (linegatherterm--constants.md). */
void gathering_over(struct call *call)
{
    LIST_EACH(gathering, &call->gatherings, struct gathering, by_call)
    gathering_tell(call, gathering, LINEGATHERTERM_CANCEL, GetTickCount());
}

void gather_finish(struct call *call, uint32_t id, DWORD reason, DWORD tick)
{
    LIST_EACH(gathering, &call->gatherings, struct gathering, by_call)
    {
        if (gathering->id == id) {
            gathering_end(call, gathering, reason, tick);
            return;
        }
    }
    TRACE("engine", "dropped the end of unknown digit gathering %u", (unsigned)id);
}

/* The provider has stopped all gatherings but one; for those it did not say so itself, we do. */
static void cancel_others(struct call *call, uint32_t but)
{
    LIST_EACH_SAFE(gathering, next, &call->gatherings, struct gathering, by_call)
    {
        if (gathering->id != but)
            gathering_end(call, gathering, LINEGATHERTERM_CANCEL, GetTickCount());
    }
}

static LONG gather_cancel(struct op *op)
{
    LONG result;

    if (list_empty(&op->call->gatherings))
        return 0;
    engine_unlock();
    result = OP_CALL(op, lineGatherDigits, op->hd_call, 0, 0, NULL, 0, NULL, 0, 0);
    engine_lock();
    if (!result)
        cancel_others(op->call, 0);
    return result;
}

/* A new gathering ends the one before it (digit-gathering.md): the provider stops writing into the
 * old buffer when it accepts the new one, so the old one lives until then. */
LONG op_line_gather_digits(struct op *op)
{
    static uint32_t last_id;
    DWORD modes = op_arg(op, 1), count = op_arg(op, 2);
    struct gathering *gathering;
    uint32_t id;
    LONG result;

    if (!count)
        return gather_cancel(op);
    if (!modes || modes & ~(DWORD)(LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF))
        return ERR(INVALDIGITMODE);
    if (count > MAX_GATHERED)
        return ERR(INVALPARAM);
    gathering = mem_alloc(sizeof(*gathering) + (count + 1) * sizeof(WCHAR));
    if (!gathering)
        return ERR(NOMEM);
    id = ++last_id ? last_id : ++last_id;
    gathering->id = id;
    gathering->client = op->client->handle;
    gathering->cookie = op->request->cookie;
    gathering->count = count;
    list_append(&op->call->gatherings, &gathering->by_call);
    engine_unlock();
    result = OP_CALL(op, lineGatherDigits, op->hd_call, id, modes, gathering->digits, count,
                     op_text(op, 0), op_arg(op, 3), op_arg(op, 4));
    engine_lock();
    if (!result) {
        cancel_others(op->call, id);
        return 0;
    }
    LIST_EACH_SAFE(each, next, &op->call->gatherings, struct gathering, by_call)
    {
        if (each->id == id) {
            list_remove(&each->by_call);
            mem_free(each);
        }
    }
    return result;
}

/* ---- after somebody has gone ---- */

static bool gathers_for_nobody(const struct call *call)
{
    LIST_EACH(gathering, &call->gatherings, struct gathering, by_call)
    {
        if (!handle_get(&engine.handles, gathering->client, HANDLE_CALL))
            return true;
    }
    return false;
}

bool monitoring_is_stale(const struct call *call)
{
    return wanted_digits(call) != call->digit_modes ||
           wanted_media(call) != call->media_monitored || gathers_for_nobody(call) ||
           !list_empty(&call->tones_left);
}

void monitoring_leave(const struct call_client *client)
{
    struct tone_list *tones = client->tones ? mem_alloc(sizeof(*tones)) : NULL;

    if (!tones)
        return;
    tones->id = client->handle;
    list_append(&client->call->tones_left, &tones->by_call);
}

/* Refusals are ignored: what the provider still reports reaches nobody. */
void monitoring_tune(struct call *call)
{
    struct host_provider *host = call->device->provider->host;
    DWORD digits = wanted_digits(call), media = wanted_media(call);
    bool tell_digits = digits != call->digit_modes, tell_media = media != call->media_monitored,
         stop_gathering = gathers_for_nobody(call);
    struct list *tones;

    call->digit_modes = digits;
    call->media_monitored = media;
    engine_unlock();
    if (tell_digits)
        HOST_CALL(host, lineMonitorDigits, call->hd, digits);
    if (tell_media)
        HOST_CALL(host, lineMonitorMedia, call->hd, media);
    if (stop_gathering && HOST_CALL(host, lineGatherDigits, call->hd, 0, 0, NULL, 0, NULL, 0, 0))
        stop_gathering = false;
    engine_lock();
    if (stop_gathering)
        cancel_others(call, 0);
    while ((tones = list_pop(&call->tones_left))) {
        uint32_t id = list_entry(tones, struct tone_list, by_call)->id;

        mem_free(list_entry(tones, struct tone_list, by_call));
        engine_unlock();
        HOST_CALL(host, lineMonitorTones, call->hd, id, NULL, 0);
        engine_lock();
    }
}

void monitoring_end(struct call *call)
{
    struct list *tones;

    while ((tones = list_pop(&call->tones_left)))
        mem_free(list_entry(tones, struct tone_list, by_call));
    call->digit_modes = call->media_monitored = 0;
    LIST_EACH(client, &call->clients, struct call_client, by_call)
    {
        client->digit_modes = client->media_modes = 0;
        client->tones = false;
    }
}
