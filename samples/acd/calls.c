/* calls.c - calls that wait in the queue, and calls at the agents' telephones. */
#include "acd.h"

#include <stdio.h>

static struct call *find(struct acd *acd, HCALL call)
{
    for (unsigned i = 0; i < ACD_CALLS; i++)
        if (acd->call[i].call == call)
            return &acd->call[i];
    return NULL;
}

void call_new(struct acd *acd, HLINE line, HCALL call)
{
    struct call *place = find(acd, 0);

    if (!place) { /* more than we can think of: the exchange has it */
        lineDeallocateCall(call);
        return;
    }
    *place = (struct call){.call = call, .seat = seat_of(acd, line), .since = GetTickCount()};
}

DWORD calls_waiting(const struct acd *acd, DWORD *longest)
{
    DWORD now = GetTickCount(), count = 0;

    *longest = 0;
    for (unsigned i = 0; i < ACD_CALLS; i++) {
        const struct call *call = &acd->call[i];

        if (!call->call || call->seat || !call->known)
            continue;
        count++;
        if (now - call->since > *longest)
            *longest = now - call->since;
    }
    return count;
}

static void tell_queue(struct acd *acd)
{
    lineProxyMessage(acd->line, 0, LINE_QUEUESTATUS, acd->queue_id, LINEQUEUESTATUS_UPDATEINFO, 0);
}

/* ---- in the queue ---- */

static void waits(struct acd *acd, struct call *call)
{
    call->known = TRUE;
    acd->queued++;
    printf("a call waits\n");
    tell_queue(acd);
}

static void left(struct acd *acd, struct call *call, BOOL abandoned)
{
    DWORD waited = GetTickCount() - call->since;

    if (abandoned)
        acd->abandoned++;
    else
        acd->flowed_out++;
    acd->wait_time += waited;
    if (waited > acd->longest_wait)
        acd->longest_wait = waited;
    printf(abandoned ? "a caller gives up\n" : "a call goes to %s\n",
           call->chosen ? call->chosen->number : "");
    if (abandoned && call->chosen)
        seat_set(acd, call->chosen, LINEAGENTSTATE_READY);
    if (abandoned && acd->left > 0)
        acd->left--;
    call->known = FALSE;
    tell_queue(acd);
}

static void in_queue(struct acd *acd, struct call *call, DWORD state)
{
    switch (state) {
    case LINECALLSTATE_OFFERING:
    case LINECALLSTATE_ACCEPTED:
        if (!call->known)
            waits(acd, call);
        break;
    case LINECALLSTATE_DISCONNECTED: /* abandoned: call-queues-and-route-points.md */
        if (call->known)
            left(acd, call, TRUE);
        break;
    case LINECALLSTATE_IDLE:
        if (call->known)
            left(acd, call, FALSE);
        lineDeallocateCall(call->call);
        call->call = 0;
        break;
    default:
        break;
    }
}

static struct seat *ready_seat(struct acd *acd)
{
    for (unsigned i = 0; i < acd->seats; i++) {
        struct seat *seat = &acd->seat[i];

        if (seat->member && seat->state == LINEAGENTSTATE_READY && !seat->calls)
            return seat;
    }
    return NULL;
}

void calls_distribute(struct acd *acd)
{
    for (;;) {
        struct seat *seat = ready_seat(acd);
        struct call *oldest = NULL;

        for (unsigned i = 0; i < ACD_CALLS; i++) {
            struct call *call = &acd->call[i];

            if (call->call && !call->seat && call->known && !call->request &&
                (!oldest || (LONG)(call->since - oldest->since) < 0))
                oldest = call;
        }
        if (!seat || !oldest)
            return;
        oldest->request = lineRedirectA(oldest->call, seat->number, 0);
        if (oldest->request < 0)
            return; /* with the next message again */
        oldest->chosen = seat;
        seat_set(acd, seat, LINEAGENTSTATE_BUSYACD);
    }
}

void call_reply(struct acd *acd, LONG request, LONG result)
{
    for (unsigned i = 0; i < ACD_CALLS; i++) {
        struct call *call = &acd->call[i];

        if (!call->call || call->request != request || !result)
            continue;
        seat_set(acd, call->chosen, LINEAGENTSTATE_READY);
        call->request = 0;
        call->chosen = NULL;
    }
}

/* ---- at a telephone ---- */

static struct figures *figures_of(struct seat *seat, unsigned which)
{
    if (which == 0)
        return &seat->figures;
    if (!seat->session)
        return NULL;
    return which == 1 ? &seat->session->figures : &seat->session->agent->figures;
}

static void arrives(struct acd *acd, struct call *call)
{
    struct seat *seat = call->seat;
    LINECALLINFO info = {.dwTotalSize = sizeof(info)};
    BOOL outgoing;

    call->known = TRUE;
    call->distributed = seat->state == LINEAGENTSTATE_BUSYACD && !seat->calls;
    outgoing = !lineGetCallInfoA(call->call, &info) && info.dwOrigin & LINECALLORIGIN_OUTBOUND;
    if (!seat->calls++ && !call->distributed && seat->member) {
        seat->resume = seat->state;
        seat_set(acd, seat, outgoing ? LINEAGENTSTATE_BUSYOUTBOUND : LINEAGENTSTATE_BUSYINCOMING);
    }
    for (unsigned i = 0; i < 3; i++) {
        struct figures *figures = figures_of(seat, i);

        if (!figures)
            continue;
        figures->calls += call->distributed;
        figures->outgoing += outgoing;
        figures->incoming += !outgoing && !call->distributed;
    }
}

static void answered(struct call *call)
{
    DWORD now = GetTickCount(), waited = now - call->since;

    call->answered = TRUE;
    call->answered_at = now;
    for (unsigned i = 0; i < 3; i++) {
        struct figures *figures = figures_of(call->seat, i);

        if (!figures || !call->distributed)
            continue;
        figures->answers++;
        figures->answer_time += waited;
        if (waited > figures->longest_answer)
            figures->longest_answer = waited;
    }
}

static void leaves(struct acd *acd, struct call *call)
{
    struct seat *seat = call->seat;
    DWORD now = GetTickCount(), state = seat->resume;

    for (unsigned i = 0; i < 3; i++) {
        struct figures *figures = figures_of(seat, i);

        if (!figures || !call->distributed)
            continue;
        figures->total += now - call->since;
        if (call->answered)
            figures->talk += now - call->answered_at;
    }
    if (call->distributed) {
        state = call->answered && seat->next ? seat->next : LINEAGENTSTATE_READY;
        if (acd->left > 0)
            acd->left--;
    }
    if (!--seat->calls && seat->member)
        seat_set(acd, seat, state);
}

static void at_seat(struct acd *acd, struct call *call, DWORD state)
{
    if (!call->known && state != LINECALLSTATE_IDLE)
        arrives(acd, call);
    if (state == LINECALLSTATE_CONNECTED && !call->answered)
        answered(call);
    if (state != LINECALLSTATE_IDLE)
        return;
    if (call->known)
        leaves(acd, call);
    lineDeallocateCall(call->call);
    call->call = 0;
}

void call_state(struct acd *acd, HCALL handle, DWORD state)
{
    struct call *call = handle ? find(acd, handle) : NULL;

    if (call && call->seat)
        at_seat(acd, call, state);
    else if (call)
        in_queue(acd, call, state);
}
