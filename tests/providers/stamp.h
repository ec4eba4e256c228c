/* stamp.h - stamp.tsp: a provider whose events the benchmark fires itself, so that it knows when.
 */
#ifndef PROVIDERS_STAMP_H
#define PROVIDERS_STAMP_H

#include <windows.h>

/* Exported as StampFire: sends LINE_CALLSTATE for the call made last, on the calling thread: held
 * and connected in turn. */
typedef void(WINAPI *stamp_fire)(void);

#endif
