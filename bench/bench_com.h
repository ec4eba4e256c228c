/* bench_com.h - a TAPI object and its event sinks, for the parts that go through COM. */
#ifndef BENCH_BENCH_COM_H
#define BENCH_BENCH_COM_H

#include "bench.h"
#include <tapi.h>
#include "ot_tapi3.h"
#include "tests/providers/stamp.h"

typedef void bench_event(TAPI_EVENT kind, IDispatch *event);

/* Makes and initializes the TAPI object, advises a sink of the calling thread's apartment. One at a
 * time. FALSE, with a line on stderr, when something fails. */
BOOL bench_tapi_open(ITTAPI **tapi, bench_event *on_event, LONG filter);
/* Advises so many sinks more, each as if it were another; bench_tapi_close lets go of them. */
BOOL bench_tapi_advise(unsigned more);
void bench_tapi_close(ITTAPI *tapi);
ITAddress *bench_tapi_address(ITTAPI *tapi, unsigned index); /* NULL when there is none */

/* A call at stamp.tsp, and the thread whose apartment has the sinks: an STA's pumps, the MTA's only
 * waits. */
struct stamp_call {
    BOOL sta;        /* set by the caller, all else zero */
    stamp_fire fire; /* sends LINE_CALLSTATE of the call: held and connected in turn */
    bench_event *on_event;
    unsigned sinks;
    BOOL good;
    struct bench_signal ready, over;
    HANDLE thread;
    DWORD thread_id;
    ITBasicCallControl *call;
    ITTAPI *tapi;
};
/* on_event is called in each of the sinks. Close it also when opening failed. */
BOOL stamp_call_open(struct stamp_call *call, bench_event *on_event, unsigned sinks);
void stamp_call_close(struct stamp_call *call);
/* Whether the event tells that the call was held. */
BOOL stamp_call_is_hold(IDispatch *event);

#endif
