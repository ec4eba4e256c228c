/* request_state.c - the state machine of request_state.h. */
#include "engine/request_state.h"

enum request_action request_returned(struct request_state *state, uint32_t id, int32_t returned,
                                     int32_t failure, int32_t *result)
{
    enum request_step step = state->step;

    *result = 0;
    if (step == REQUEST_PENDING || step == REQUEST_DONE)
        return REQUEST_IGNORE;
    state->step = REQUEST_DONE;
    if (returned != (int32_t)id) {
        *result = returned < 0 ? returned : failure;
        return REQUEST_REFUSE;
    }
    if (step == REQUEST_EARLY) {
        *result = state->result;
        return REQUEST_ANSWER;
    }
    state->step = REQUEST_PENDING;
    return REQUEST_WAIT;
}

enum request_action request_completed(struct request_state *state, int32_t completed,
                                      int32_t failure, int32_t *result)
{
    *result = completed > 0 ? failure : completed;
    switch (state->step) {
    case REQUEST_CALLING:
        state->step = REQUEST_EARLY;
        state->result = *result;
        return REQUEST_WAIT;
    case REQUEST_PENDING:
        state->step = REQUEST_DONE;
        return REQUEST_ANSWER;
    default:
        return REQUEST_IGNORE;
    }
}
