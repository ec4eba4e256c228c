/* request.c - the frame around every TSPI function: the lock, the completion, made failures. */
#include "front.h"

#include <stdlib.h>
#include <string.h>

struct delayed {
    struct pbx_timer timer;
    DRV_REQUESTID id;
    LONG result;
};

/* The error that the control object has ordered for a function, or 0. */
static LONG ordered_failure(const char *function)
{
    for (size_t i = 0; i < sizeof(front.failures) / sizeof(*front.failures); i++) {
        struct front_failure *f = &front.failures[i];
        if (f->count && !strcmp(f->function, function)) {
            f->count--;
            return f->error;
        }
    }
    return 0;
}

BOOL front_fail_next(const char *function, LONG error, DWORD count)
{
    struct front_failure *chosen = NULL;

    for (size_t i = 0; i < sizeof(front.failures) / sizeof(*front.failures); i++) {
        struct front_failure *f = &front.failures[i];
        if (f->count && !strcmp(f->function, function)) {
            chosen = f;
            break;
        }
        if (!f->count && !chosen)
            chosen = f;
    }
    if (!chosen || strlen(function) >= sizeof(chosen->function))
        return FALSE;
    strcpy(chosen->function, function);
    chosen->error = error;
    chosen->count = count;
    return TRUE;
}

LONG front_check(const char *function)
{
    if (!front.pbx || !front.initialized)
        return LINEERR_UNINITIALIZED;
    return ordered_failure(function);
}

static void delayed_due(void *context)
{
    struct delayed *delayed = context;
    struct front_item *item = front_push(ITEM_COMPLETE);

    if (item) {
        item->param[0] = delayed->id;
        item->param[1] = (DWORD_PTR)delayed->result;
    }
    pbx_clock_unreserve(&front.pbx->clock, 1);
    free(delayed);
}

static BOOL delay(DRV_REQUESTID id, LONG result)
{
    struct delayed *delayed;

    if (!pbx_clock_reserve(&front.pbx->clock, 1))
        return FALSE;
    delayed = calloc(1, sizeof(*delayed));
    if (!delayed) {
        pbx_clock_unreserve(&front.pbx->clock, 1);
        return FALSE;
    }
    delayed->id = id;
    delayed->result = result;
    pbx_timer_set(&front.pbx->clock, &delayed->timer,
                  (uint64_t)front.pbx->settings.completion_delay, delayed_due, delayed);
    return TRUE;
}

BOOL request_begin(struct front_request *request, DRV_REQUESTID id, const char *function)
{
    LONG failure;

    request->id = id;
    request->slot = (size_t)-1;
    front_enter();
    request->result = front.pbx && front.initialized ? 0 : LINEERR_UNINITIALIZED;
    if (request->result)
        return FALSE;
    failure = ordered_failure(function);
    if (front.pbx->settings.completion_delay > 0) {
        if (!delay(id, failure))
            request->result = LINEERR_NOMEM;
        return !request->result && !failure;
    }
    /* The completion goes into the queue before what the request brings about. */
    request->slot = front.last;
    struct front_item *item = front_push(ITEM_COMPLETE);
    if (!item) {
        request->slot = (size_t)-1;
        request->result = LINEERR_NOMEM;
        return FALSE;
    }
    item->param[0] = id;
    item->param[1] = (DWORD_PTR)failure;
    return failure == 0;
}

BOOL request_call(struct front_request *request, DRV_REQUESTID id, const char *function,
                  HDRVCALL call, struct pbx_leg **leg)
{
    *leg = NULL;
    if (!request_begin(request, id, function))
        return FALSE;
    *leg = front_call_find(call);
    if (!*leg)
        request->result = LINEERR_INVALCALLHANDLE;
    return *leg != NULL;
}

BOOL request_line(struct front_request *request, DRV_REQUESTID id, const char *function,
                  HDRVLINE line, struct pbx_extension **extension)
{
    *extension = NULL;
    if (!request_begin(request, id, function))
        return FALSE;
    *extension = front_line_find(line);
    if (!*extension)
        request->result = LINEERR_INVALLINEHANDLE;
    return *extension != NULL;
}

static struct delayed *find_delayed(const DRV_REQUESTID *id)
{
    struct pbx_clock *clock = &front.pbx->clock;

    for (size_t i = 0; i < clock->count; i++) {
        struct delayed *delayed = clock->heap[i]->context;
        if (clock->heap[i]->fire == delayed_due && (!id || delayed->id == *id))
            return delayed;
    }
    return NULL;
}

/* Takes back the delayed completion of a request that failed at once. */
static void undelay(DRV_REQUESTID id)
{
    struct delayed *delayed = find_delayed(&id);

    if (!delayed)
        return;
    pbx_timer_cancel(&front.pbx->clock, &delayed->timer);
    pbx_clock_unreserve(&front.pbx->clock, 1);
    free(delayed);
}

void requests_flush(void)
{
    for (struct delayed *delayed; (delayed = find_delayed(NULL));) {
        pbx_timer_cancel(&front.pbx->clock, &delayed->timer);
        delayed_due(delayed);
    }
}

LONG request_end(struct front_request *request)
{
    LONG result = request->result < 0 ? request->result : (LONG)request->id;

    if (request->result < 0 && request->slot != (size_t)-1) {
        /* If no event followed, take the completion back; else empty its place. */
        if (request->slot + 1 == front.last)
            front.last--;
        else
            front.items[request->slot & (front.capacity - 1)].kind = ITEM_NOTHING;
    } else if (request->result < 0 && front.pbx && front.pbx->settings.completion_delay > 0) {
        undelay(request->id);
    }
    front_leave();
    return result;
}
