/* burst.h - burst.tsp: a provider whose calls say what the test wants, as fast as it wants, each
 * word with its number. Made of tests/providers/tiny.c. Where no program can call it, in scripts,
 * its requests say words themselves: BURST_FLOODS in burst.c. */
#ifndef TESTS_COM_DELIVERY_BURST_H
#define TESTS_COM_DELIVERY_BURST_H

#include <windows.h>

#define BURST_CALLS 64

/* Exported as BurstSay: LINE_CALLDEVSPECIFIC of the call made `call`th (from 0) since the provider
 * started, with the call's and the word's number as parameters, on the calling thread. FALSE:
 * there is no such call (any more). */
typedef BOOL(WINAPI *burst_say)(LONG call, LONG number);
/* Exported as BurstCalls: how many calls were made since the provider started. */
typedef LONG(WINAPI *burst_calls)(void);

#endif
