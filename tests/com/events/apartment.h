/* apartment.h - a thread in a single-threaded apartment that runs a test's errands and dispatches
 * its messages between them. */
#ifndef TESTS_COM_EVENTS_APARTMENT_H
#define TESTS_COM_EVENTS_APARTMENT_H

#include <windows.h>

struct apartment {
    HANDLE thread, ready, done;
    DWORD thread_id;
};
void apartment_start(struct apartment *apartment);
/* Runs act(context) there and waits for it. */
void apartment_run(struct apartment *apartment, void (*act)(void *context), void *context);
/* Starts act(context) there; wait with apartment_join. */
void apartment_begin(struct apartment *apartment, void (*act)(void *context), void *context);
BOOL apartment_join(struct apartment *apartment);
void apartment_stop(struct apartment *apartment);

#endif
