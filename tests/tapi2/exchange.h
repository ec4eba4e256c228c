/*
 * exchange.h - the simulated exchange's control object (tsp/simpbx/simpbx.idl), late-bound: a test
 * built against MinGW's headers only steps the clock and plays the outside world.
 */
#ifndef TESTS_TAPI2_EXCHANGE_H
#define TESTS_TAPI2_EXCHANGE_H

#include <windows.h>

/* Calls a method: each letter of `types` is an argument, i an int, s a const WCHAR *. Returns an
 * integer result, or 0. A failure is a failed check. */
LONG exchange_do(const WCHAR *method, const char *types, ...);
/* Lets ms of the exchange's time pass. */
void exchange_step(LONG ms);
void exchange_set(const WCHAR *property, LONG value);
/* Back to the configuration; ends all calls. For between tests. */
void exchange_reset(void);
/* Gives the control object back. */
void exchange_release(void);

#endif
