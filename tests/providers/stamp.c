/* stamp.c - stamp.tsp (stamp.h). */
#include "stamp.h"
#include "tiny.h"

static struct tiny_call *last_call;
static BOOL held;

BOOL tiny_started(void)
{
    last_call = NULL;
    held = FALSE;
    return TRUE;
}

void tiny_stopped(void)
{
}

void tiny_call_made(struct tiny_call *call)
{
    last_call = call;
}

void tiny_call_closing(struct tiny_call *call)
{
    if (last_call == call)
        last_call = NULL;
}

LONG tiny_request(DRV_REQUESTID request)
{
    tiny_complete(request, 0);
    return (LONG)request;
}

__declspec(dllexport) void WINAPI StampFire(void)
{
    if (!last_call)
        return;
    held = !held;
    tiny_event(last_call->tapi_line, last_call->tapi_call, LINE_CALLSTATE,
               held ? LINECALLSTATE_ONHOLD : LINECALLSTATE_CONNECTED, 0,
               LINEMEDIAMODE_INTERACTIVEVOICE);
}
