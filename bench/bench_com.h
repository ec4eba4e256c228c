/* bench_com.h - a TAPI object with one event sink, for the parts that go through COM. */
#ifndef BENCH_BENCH_COM_H
#define BENCH_BENCH_COM_H

#include "bench.h"
#include <tapi.h>
#include "ot_tapi3.h"

typedef void bench_event(TAPI_EVENT kind, IDispatch *event);

/* Makes and initializes the TAPI object, advises a sink of the calling thread's apartment. One at a
 * time. FALSE, with a line on stderr, when something fails. */
BOOL bench_tapi_open(ITTAPI **tapi, bench_event *on_event, LONG filter);
void bench_tapi_close(ITTAPI *tapi);
ITAddress *bench_tapi_address(ITTAPI *tapi, unsigned index); /* NULL when there is none */

#endif
