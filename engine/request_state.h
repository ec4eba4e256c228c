/*
 * request_state.h - when an asynchronous request is answered, exactly once. No Win32 here.
 *
 * Two things happen to a request, in any order and on any threads: the provider's function returns,
 * and the provider completes it. The answer to the application goes out when both have happened;
 * until the function has returned an early completion waits.
 *
 *     CALLING --returned--> PENDING --completed--> DONE (answer)
 *        |                                          ^
 *        +-----completed--> EARLY -----returned-----+
 */
#ifndef ENGINE_REQUEST_STATE_H
#define ENGINE_REQUEST_STATE_H

#include <stdint.h>

enum request_step { REQUEST_CALLING, REQUEST_PENDING, REQUEST_EARLY, REQUEST_DONE };

struct request_state {
    enum request_step step;
    int32_t result; /* of an early completion */
};

enum request_action {
    REQUEST_WAIT,   /* nothing yet */
    REQUEST_ANSWER, /* the one LINE_REPLY, with *result */
    REQUEST_REFUSE, /* the function itself fails with *result; no LINE_REPLY ever */
    REQUEST_IGNORE  /* a second completion */
};

/* The provider's function returned `returned` for the request `id`. Anything but the ID or an error
 * breaks TSPI's rules (synchronous-asynchronous-model.md) and makes the function fail. */
enum request_action request_returned(struct request_state *state, uint32_t id, int32_t returned,
                                     int32_t failure, int32_t *result);
/* The provider completed it; a positive result breaks the rules and counts as `failure`. */
enum request_action request_completed(struct request_state *state, int32_t completed,
                                      int32_t failure, int32_t *result);

#endif
