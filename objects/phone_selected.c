/* phone_selected.c - the calls a phone serves by itself: those of SelectCall, a reference each,
 * kept until UnselectCall, the end of the call or of the phone. */
#include <stdlib.h>

#include "objects/phone.h"

CALL_STATE phone_call_state(struct call *call)
{
    CALL_STATE state;

    AcquireSRWLockShared(&call->lock);
    state = call->state;
    ReleaseSRWLockShared(&call->lock);
    return state;
}

BOOL phone_call_is_busy(CALL_STATE state)
{
    return state == CS_INPROGRESS || state == CS_CONNECTED || state == CS_HOLD ||
           state == CS_QUEUED;
}

struct call **phone_selected(struct phone *self, unsigned *count)
{
    struct call **calls;
    unsigned i;

    AcquireSRWLockShared(&self->lock);
    *count = self->selected_count;
    calls = malloc((*count + 1) * sizeof(*calls));
    if (!calls)
        *count = 0;
    for (i = 0; i < *count; i++) {
        calls[i] = self->selected[i];
        com_hand_out(&calls[i]->com);
    }
    ReleaseSRWLockShared(&self->lock);
    return calls;
}

void phone_selected_free(struct call **calls, unsigned count)
{
    while (count)
        com_release(&calls[--count]->com);
    free(calls);
}

BOOL phone_is_selected(struct phone *self, struct call *call)
{
    BOOL selected = FALSE;
    unsigned i;

    AcquireSRWLockShared(&self->lock);
    for (i = 0; i < self->selected_count && !selected; i++)
        selected = self->selected[i] == call;
    ReleaseSRWLockShared(&self->lock);
    return selected;
}

HRESULT phone_select(struct phone *self, struct call *call)
{
    struct call **grown;
    HRESULT hr = S_OK;
    unsigned i;

    AcquireSRWLockExclusive(&self->lock);
    for (i = 0; i < self->selected_count && hr == S_OK; i++)
        if (self->selected[i] == call)
            hr = S_FALSE;
    if (hr == S_OK) {
        grown = realloc(self->selected, (self->selected_count + 1) * sizeof(*grown));
        if (grown) {
            self->selected = grown;
            grown[self->selected_count++] = call;
            com_add_ref(&call->com);
            InterlockedIncrement(&call->selections);
        } else {
            hr = E_OUTOFMEMORY;
        }
    }
    ReleaseSRWLockExclusive(&self->lock);
    return hr;
}

BOOL phone_unselect(struct phone *self, struct call *call)
{
    BOOL found = FALSE;
    unsigned i;

    AcquireSRWLockExclusive(&self->lock);
    for (i = 0; i < self->selected_count && !found; i++)
        found = self->selected[i] == call;
    if (found)
        self->selected[i - 1] = self->selected[--self->selected_count];
    ReleaseSRWLockExclusive(&self->lock);
    if (found) {
        InterlockedDecrement(&call->selections);
        com_release(&call->com);
    }
    return found;
}

void phone_unselect_all(struct phone *self)
{
    struct call **calls;
    unsigned i, count;

    AcquireSRWLockExclusive(&self->lock);
    calls = self->selected;
    count = self->selected_count;
    self->selected = NULL;
    self->selected_count = 0;
    ReleaseSRWLockExclusive(&self->lock);
    for (i = 0; i < count; i++)
        InterlockedDecrement(&calls[i]->selections);
    phone_selected_free(calls, count);
}

void phone_selected_review(struct phone *self)
{
    unsigned count, i, offered = 0, busy = 0;
    struct call **calls = phone_selected(self, &count);

    for (i = 0; i < count; i++) {
        CALL_STATE state = phone_call_state(calls[i]);

        if (state == CS_DISCONNECTED)
            phone_unselect(self, calls[i]);
        offered += state == CS_OFFERING;
        busy += phone_call_is_busy(state);
    }
    phone_selected_free(calls, count);
    AcquireSRWLockExclusive(&self->lock);
    self->logic.offered = offered;
    self->logic.busy_calls = busy;
    ReleaseSRWLockExclusive(&self->lock);
}
