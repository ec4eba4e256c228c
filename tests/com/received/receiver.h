/*
 * receiver.h - a C sink that reads every property of every event through the vtable and writes it
 * down as scene.h has it. Each getter is also called with NULL, which must be E_POINTER.
 */
#ifndef TESTS_COM_RECEIVED_RECEIVER_H
#define TESTS_COM_RECEIVED_RECEIVER_H

#include <windows.h>
#include <ot_tapi3.h>
#include <ocidl.h>

struct receiver {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    LONG refs;
    SRWLOCK lock;
    HANDLE changed;  /* auto-reset: an event was written down */
    char *lines[64]; /* those that were not taken yet */
    unsigned count;
    DWORD thread;                      /* of the last event */
    void (*on_call)(ITCallInfo *call); /* of each TE_CALLNOTIFICATION; may be NULL */
    IConnectionPoint *point;
    DWORD cookie;
};

/* Advised in the calling thread's apartment. */
HRESULT receiver_start(struct receiver *receiver, ITTAPI *tapi);
void receiver_stop(struct receiver *receiver);

/* Waits until `count` lines are there, pumping in an STA, and takes them, a line each; all that
 * are there when the time is over. free() it. */
char *receiver_take(struct receiver *receiver, unsigned count, DWORD deadline);

/* The type of the event that such a line is of. */
TAPI_EVENT receiver_type(const char *line);

/* How an event is written down; free() it. */
char *receiver_text(TAPI_EVENT type, IDispatch *event);

#endif
