/* burst.c - burst.tsp (burst.h). */
#include "tests/com/delivery/burst.h"
#include "tests/providers/tiny.h"

#include <stdlib.h>

static SRWLOCK lock = SRWLOCK_INIT;
static struct {
    HTAPILINE line;
    HTAPICALL call;
    struct tiny_call *tiny; /* NULL: closed */
} calls[BURST_CALLS];
static LONG count;

BOOL tiny_started(void)
{
    AcquireSRWLockExclusive(&lock);
    count = 0;
    ReleaseSRWLockExclusive(&lock);
    return TRUE;
}

void tiny_stopped(void)
{
    AcquireSRWLockExclusive(&lock);
    count = 0;
    ReleaseSRWLockExclusive(&lock);
}

void tiny_call_made(struct tiny_call *call)
{
    AcquireSRWLockExclusive(&lock);
    if (count < BURST_CALLS) {
        calls[count].line = call->tapi_line;
        calls[count].call = call->tapi_call;
        calls[count++].tiny = call;
    }
    ReleaseSRWLockExclusive(&lock);
}

void tiny_call_closing(struct tiny_call *call)
{
    AcquireSRWLockExclusive(&lock);
    for (LONG i = 0; i < count; i++)
        if (calls[i].tiny == call)
            calls[i].tiny = NULL;
    ReleaseSRWLockExclusive(&lock);
}

__declspec(dllexport) BOOL WINAPI BurstSay(LONG number_of_call, LONG number);

/* For scripts: the nth request says as many words on the first call as the nth number of the
 * environment's BURST_FLOODS ("0 1 70000") before it is done. */
static void flood(void)
{
    static LONG requests, said;
    LONG nth = InterlockedIncrement(&requests), words = 0;
    char floods[100], *at = floods;

    if (!GetEnvironmentVariableA("BURST_FLOODS", floods, sizeof(floods)))
        return;
    for (; nth > 0 && *at; nth--)
        words = strtol(at, &at, 10);
    for (; nth == 0 && words > 0; words--)
        BurstSay(0, ++said);
}

LONG tiny_request(DRV_REQUESTID request)
{
    flood();
    tiny_complete(request, 0);
    return (LONG)request;
}

__declspec(dllexport) BOOL WINAPI BurstSay(LONG number_of_call, LONG number)
{
    HTAPILINE line = NULL;
    HTAPICALL call = NULL;

    AcquireSRWLockExclusive(&lock);
    if (number_of_call < count && calls[number_of_call].tiny) {
        line = calls[number_of_call].line;
        call = calls[number_of_call].call;
    }
    ReleaseSRWLockExclusive(&lock);
    if (call)
        tiny_event(line, call, LINE_CALLDEVSPECIFIC, (DWORD_PTR)number_of_call, (DWORD_PTR)number,
                   0);
    return call != NULL;
}

__declspec(dllexport) LONG WINAPI BurstCalls(void)
{
    LONG result;

    AcquireSRWLockShared(&lock);
    result = count;
    ReleaseSRWLockShared(&lock);
    return result;
}
