/*
 * tiny.h - the smallest provider: a few lines that take any number of calls, which do nothing. The
 * test providers are made of it and of the functions below that each brings itself.
 */
#ifndef PROVIDERS_TINY_H
#define PROVIDERS_TINY_H

#include <windows.h>
#include <tspi.h>

#define TINY_LINES 4

struct tiny_call {
    HTAPICALL tapi_call;
    HTAPILINE tapi_line;
    struct tiny_call *next;
};

/* What TAPI gave the provider. */
extern ASYNC_COMPLETION tiny_complete;
extern LINEEVENT tiny_event;

/* To be brought: the start and end of the provider, a call that was made (its request not yet
 * answered) or is being closed, and the answer to an asynchronous request: it completes the
 * request, now or later, and gives what the TSPI function shall return. */
BOOL tiny_started(void);
void tiny_stopped(void);
void tiny_call_made(struct tiny_call *call);
void tiny_call_closing(struct tiny_call *call);
LONG tiny_request(DRV_REQUESTID request);

#endif
