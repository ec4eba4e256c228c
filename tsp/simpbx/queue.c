/* queue.c - what the exchange reports, queued under the lock and delivered without it; the log. */
#include "front.h"
#include "front_phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_BYTES (4u << 20) /* of the log in memory; beyond it the older half goes */

/* --- the queue --- */

struct front_item *front_push(enum front_item_kind kind)
{
    if (front.last - front.first == front.capacity) {
        size_t capacity = front.capacity ? 2 * front.capacity : 64;
        struct front_item *items = malloc(capacity * sizeof(*items));
        if (!items) {
            front.lost++;
            return NULL;
        }
        for (size_t i = front.first; i != front.last; i++)
            items[i & (capacity - 1)] = front.items[i & (front.capacity - 1)];
        free(front.items);
        front.items = items;
        front.capacity = capacity;
    }
    struct front_item *item = &front.items[front.last++ & (front.capacity - 1)];
    memset(item, 0, sizeof(*item));
    item->kind = kind;
    return item;
}

void front_queue_clear(void)
{
    for (; front.first != front.last; front.first++)
        free(front.items[front.first & (front.capacity - 1)].data);
}

void front_push_line(struct pbx_extension *e, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                     DWORD_PTR p3)
{
    struct front_item *item = front_push(ITEM_LINE);

    if (!item)
        return;
    item->line = (DWORD)(ULONG_PTR)front_hdrvline(e);
    item->message = message;
    item->param[0] = p1;
    item->param[1] = p2;
    item->param[2] = p3;
}

void front_push_call(struct pbx_leg *leg, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
    struct front_item *item = front_push(ITEM_CALL);

    if (!item)
        return;
    item->line = (DWORD)(ULONG_PTR)front_hdrvline(leg->extension);
    item->call = leg->id;
    item->message = message;
    item->param[0] = p1;
    item->param[1] = p2;
    item->param[2] = p3;
}

/* --- delivery --- */

/* Everything an item needs once the lock is released; false: whom it is for has gone. */
struct delivery {
    LINEEVENT event;
    HTAPILINE htline;
    HTAPICALL htcall;
    ASYNC_COMPLETION complete;
    HPROVIDER provider;
    PHONEEVENT phone_event;
    HTAPIPHONE htphone;
};

static BOOL resolve_phone(const struct front_item *item, struct delivery *to)
{
    struct pbx_phone *phone = front_phone_find((HDRVPHONE)(ULONG_PTR)item->line);

    if (!phone)
        return FALSE;
    const struct front_phone *open = phone->front;
    to->phone_event = open->event;
    to->htphone = open->htphone;
    return TRUE;
}

static BOOL resolve(struct front_item *item, struct delivery *to)
{
    struct pbx_extension *e;
    struct front_line *line;

    memset(to, 0, sizeof(*to));
    switch (item->kind) {
    case ITEM_NOTHING:
        return FALSE;
    case ITEM_COMPLETE:
        to->complete = front.complete;
        return to->complete != NULL;
    case ITEM_CREATE:
        to->event = front.create;
        to->provider = front.provider;
        return front.initialized && to->event;
    case ITEM_CREATE_PHONE:
        to->phone_event = front.create_phone;
        to->provider = front.provider;
        return front.initialized && to->phone_event;
    case ITEM_PHONE:
        return resolve_phone(item, to);
    default:
        break;
    }
    e = front_line_find((HDRVLINE)(ULONG_PTR)item->line);
    if (!e)
        return FALSE;
    line = e->front;
    to->event = line->event;
    to->htline = line->htline;
    if (item->call) {
        struct pbx_leg *leg = pbx_leg_find(front.pbx, item->call);
        struct front_call *call = leg ? leg->front : NULL;
        if (!call || (!call->htcall && item->kind != ITEM_NEWCALL))
            return FALSE;
        to->htcall = call->htcall;
    }
    return TRUE;
}

/* TAPI has given the new call a handle, or wants to hear nothing of it. */
static void new_call_told(DWORD id, HTAPICALL htcall)
{
    struct pbx_leg *leg = front.pbx ? pbx_leg_find(front.pbx, id) : NULL;
    struct front_call *call = leg ? leg->front : NULL;

    if (!call)
        return;
    call->htcall = htcall;
    if (!htcall) {
        front_unbind(leg);
        pbx_leg_release(leg);
    }
}

static void deliver_one(struct front_item *item, struct delivery *to)
{
    HTAPICALL htcall = NULL;

    switch (item->kind) {
    case ITEM_COMPLETE:
        to->complete((DRV_REQUESTID)item->param[0], (LONG)item->param[1]);
        break;
    case ITEM_CREATE:
        to->event((HTAPILINE)0, (HTAPICALL)0, LINE_CREATE, (DWORD_PTR)to->provider, item->param[0],
                  0);
        break;
    case ITEM_CREATE_PHONE:
        to->phone_event((HTAPIPHONE)0, PHONE_CREATE, (DWORD_PTR)to->provider, item->param[0], 0);
        break;
    case ITEM_PHONE:
        to->phone_event(to->htphone, item->message, item->param[0], item->param[1],
                        item->param[2]);
        break;
    case ITEM_NEWCALL:
        to->event(to->htline, (HTAPICALL)0, LINE_NEWCALL, item->call, (DWORD_PTR)&htcall, 0);
        EnterCriticalSection(&front.lock);
        new_call_told(item->call, htcall);
        LeaveCriticalSection(&front.lock);
        break;
    case ITEM_MSPDATA:
        to->event(to->htline, to->htcall, LINE_SENDMSPDATA, item->param[0], (DWORD_PTR)item->data,
                  item->size);
        break;
    default:
        to->event(to->htline, to->htcall, item->message, item->param[0], item->param[1],
                  item->param[2]);
        break;
    }
}

void front_deliver(BOOL settle)
{
    DWORD me = GetCurrentThreadId();

    EnterCriticalSection(&front.lock);
    while (front.first != front.last || (settle && front.delivering)) {
        if (front.delivering) {
            /* From inside a delivery nobody can wait for its end. */
            if (!settle || front.deliverer == me)
                break;
            SleepConditionVariableCS(&front.delivered, &front.lock, INFINITE);
            continue;
        }
        front.delivering = TRUE;
        front.deliverer = me;
        while (front.first != front.last) {
            struct front_item item = front.items[front.first++ & (front.capacity - 1)];
            struct delivery to;
            if (resolve(&item, &to)) {
                LeaveCriticalSection(&front.lock);
                deliver_one(&item, &to);
                EnterCriticalSection(&front.lock);
            }
            free(item.data);
        }
        front.delivering = FALSE;
        WakeAllConditionVariable(&front.delivered);
    }
    LeaveCriticalSection(&front.lock);
}

/* --- what the exchange reports --- */

static void on_new_call(void *context, struct pbx_leg *leg)
{
    struct front_line *line = leg->extension->front;
    struct front_item *item;

    (void)context;
    if (!line || !line->htline || !(leg->front = calloc(1, sizeof(struct front_call))))
        return;
    item = front_push(ITEM_NEWCALL);
    if (!item) {
        free(leg->front);
        leg->front = NULL;
        return;
    }
    leg->held_by_front = true;
    item->line = (DWORD)(ULONG_PTR)front_hdrvline(leg->extension);
    item->call = leg->id;
}

static void on_state(void *context, struct pbx_leg *leg)
{
    const struct front_call *conference = leg->conference ? leg->conference->front : NULL;
    DWORD_PTR mode = leg->mode;

    (void)context;
    /* LINE_CALLSTATE's page: the detail of a conferenced call is its conference. */
    if (leg->state == PBX_CONFERENCED && conference)
        mode = (DWORD_PTR)conference->htcall;
    front_push_call(leg, LINE_CALLSTATE, leg->state, mode, leg->media_mode);
}

static void on_info(void *context, struct pbx_leg *leg, uint32_t changed)
{
    (void)context;
    /* Constants that came with 2.0 mean nothing to an older TAPI. */
    struct front_line *line = leg->extension->front;
    if (line && line->version < 0x00020000)
        changed &= 0x0FFFFFFF;
    if (changed)
        front_push_call(leg, LINE_CALLINFO, changed, 0, 0);
}

static void on_digit(void *context, struct pbx_leg *leg, char digit, uint32_t mode)
{
    (void)context;
    front_push_call(leg, LINE_MONITORDIGITS, (unsigned char)digit, mode, GetTickCount());
}

static void on_gathered(void *context, struct pbx_leg *leg, enum pbx_gather_end why)
{
    struct front_call *call = leg->front;
    struct front_item *item;
    DWORD count = leg->gather.count;

    (void)context;
    if (!call || !leg->extension)
        return;
    /* Now, not with the message: after TSPI_lineGatherDigits has cancelled it the buffer is gone. */
    if (call->gather_buffer) {
        for (DWORD i = 0; i < count; i++)
            call->gather_buffer[i] = (unsigned char)leg->gather.digits[i];
        if (count < leg->gather.wanted)
            call->gather_buffer[count] = 0; /* a full buffer leaves no room for it */
        call->gather_buffer = NULL;
    }
    item = front_push(ITEM_CALL);
    if (!item)
        return;
    item->line = (DWORD)(ULONG_PTR)front_hdrvline(leg->extension);
    item->call = leg->id;
    item->message = LINE_GATHERDIGITS;
    item->param[0] = why;
    item->param[1] = leg->gather.end_to_end;
    item->param[2] = GetTickCount();
}

static void on_generated(void *context, struct pbx_leg *leg, uint32_t end_to_end, uint32_t why)
{
    (void)context;
    front_push_call(leg, LINE_GENERATE, why, end_to_end, GetTickCount());
}

static void on_tone(void *context, struct pbx_leg *leg, uint32_t app_specific, uint32_t list)
{
    (void)context;
    front_push_call(leg, LINE_MONITORTONE, app_specific, list, GetTickCount());
}

static void on_qos(void *context, struct pbx_leg *leg, uint32_t event)
{
    (void)context;
    front_push_call(leg, LINE_QOSINFO, event, leg->media_mode, 0);
}

static void on_calls(void *context, struct pbx_extension *e)
{
    struct front_line *line = e->front;

    (void)context;
    if (!line || !line->htline)
        return;
    if (line->line_states & LINEDEVSTATE_NUMCALLS)
        front_push_line(e, LINE_LINEDEVSTATE, LINEDEVSTATE_NUMCALLS, 0, 0);
    DWORD states = LINEADDRESSSTATE_NUMCALLS;
    DWORD in_use = e->leg_count > 2 ? 2 : e->leg_count;
    if (in_use != line->last_in_use)
        states |= in_use == 0   ? LINEADDRESSSTATE_INUSEZERO
                  : in_use == 1 ? LINEADDRESSSTATE_INUSEONE
                                : LINEADDRESSSTATE_INUSEMANY;
    line->last_in_use = in_use;
    states &= line->address_states;
    if (states)
        front_push_line(e, LINE_ADDRESSSTATE, 0, states, 0);
}

static void on_forwarded(void *context, struct pbx_extension *e)
{
    struct front_line *line = e->front;

    (void)context;
    if (line && line->htline && (line->address_states & LINEADDRESSSTATE_FORWARD))
        front_push_line(e, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_FORWARD, 0);
}

static void on_ring(void *context, struct pbx_extension *e, uint32_t count)
{
    struct front_line *line = e->front;

    (void)context;
    if (line && line->htline && (line->line_states & LINEDEVSTATE_RINGING))
        front_push_line(e, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, e->ring_mode, count);
}

static void on_line_state(void *context, struct pbx_extension *e, uint32_t state, uint32_t p2,
                          uint32_t p3)
{
    struct front_line *line = e->front;

    (void)context;
    if (line && line->htline && (line->line_states & state))
        front_push_line(e, LINE_LINEDEVSTATE, state, p2, p3);
}

static void on_address_state(void *context, struct pbx_extension *e, uint32_t state)
{
    struct front_line *line = e->front;

    (void)context;
    if (line && line->htline && (line->address_states & state))
        front_push_line(e, LINE_ADDRESSSTATE, 0, state, 0);
}

static void on_media(void *context, struct pbx_leg *leg, uint32_t media_mode)
{
    (void)context;
    front_push_call(leg, LINE_MONITORMEDIA, media_mode, 0, GetTickCount());
}

static void on_talk(void *context, struct pbx_leg *leg)
{
    (void)context;
    audio_talk(leg);
}

static void on_gone(void *context, struct pbx_leg *leg)
{
    (void)context;
    front_unbind(leg);
}

/* --- the log --- */

void front_log_path(const WCHAR *path)
{
    free(front.log_path);
    front.log_path = path && *path ? _wcsdup(path) : NULL;
}

static void log_to_file(const char *line, size_t length)
{
    HANDLE file = CreateFileW(front.log_path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE,
                              NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD written;

    if (file == INVALID_HANDLE_VALUE)
        return;
    WriteFile(file, line, (DWORD)length, &written, NULL);
    CloseHandle(file);
}

static void on_log(void *context, uint64_t ms, const char *from, const char *to, const char *what)
{
    char line[512];
    int length = snprintf(line, sizeof(line), "%llu\t%s\t%s\t%s\n", (unsigned long long)ms,
                          *from ? from : "unknown", to, what);

    (void)context;
    if (length <= 0 || (size_t)length >= sizeof(line))
        return;
    if (front.log_path)
        log_to_file(line, (size_t)length);
    if (front.log_used + (size_t)length + 1 > front.log_size) {
        if (front.log_size >= LOG_BYTES) {
            char *half = strchr(front.log + front.log_used / 2, '\n');
            size_t cut = half ? (size_t)(half + 1 - front.log) : front.log_used;
            front.log_used -= cut;
            memmove(front.log, front.log + cut, front.log_used + 1);
        } else {
            size_t size = front.log_size ? 2 * front.log_size : 4096;
            char *log = realloc(front.log, size);
            if (!log)
                return;
            front.log = log;
            front.log_size = size;
        }
    }
    memcpy(front.log + front.log_used, line, (size_t)length + 1);
    front.log_used += (size_t)length;
}

const struct pbx_events front_events = {
    .new_call = on_new_call,
    .state = on_state,
    .info = on_info,
    .digit = on_digit,
    .gathered = on_gathered,
    .generated = on_generated,
    .tone = on_tone,
    .qos = on_qos,
    .calls = on_calls,
    .forwarded = on_forwarded,
    .ring = on_ring,
    .line_state = on_line_state,
    .address_state = on_address_state,
    .media = on_media,
    .talk = on_talk,
    .gone = on_gone,
    .phone_state = front_on_phone_state,
    .phone_button = front_on_phone_button,
    .log = on_log,
};
