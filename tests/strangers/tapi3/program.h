/*
 * program.h - how every program of the time began, after Microsoft's code examples
 * (initialize-tapi, register-events): CoCreateInstance, a sink that AddRefs the event and passes it
 * on to another thread, the filter.
 */
#ifndef STRANGERS_PROGRAM_H
#define STRANGERS_PROGRAM_H

#include <windows.h>
#include <ocidl.h>
#include <olectl.h>
#include <tapi3.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"

#define PROGRAM_EVENTS 256

struct sink {
    ITTAPIEventNotification ITTAPIEventNotification_iface;
    LONG refs;
    HWND window; /* events are posted to it as WM_APP + 1; without one they are kept here */
    HANDLE came;
    SRWLOCK lock;
    struct {
        TAPI_EVENT type;
        IDispatch *event;
    } kept[PROGRAM_EVENTS];
    unsigned count, taken;
};

#define WM_TAPI (WM_APP + 1) /* wParam: the TAPI_EVENT, lParam: the IDispatch, to be released */

/* CLSID_TAPI for CoCreateInstance, as regsvr32 would have done it; program_end: nothing of
 * tapi3.dll is left (its own count of objects says so). */
void program_begin(DWORD apartment);
void program_end(void);
ITTAPI *program_create_tapi(void);

void sink_start(struct sink *sink, HWND window);
void sink_end(struct sink *sink); /* releases what it has kept */
/* Advises the sink and sets the filter; the cookie. */
ULONG program_listen(ITTAPI *tapi, struct sink *sink, LONG filter);
void program_unlisten(ITTAPI *tapi, ULONG cookie);
void sink_forget(struct sink *sink); /* what has come is let go of */
/* The next event of this type, dropping others before it; NULL: none came. The caller releases. */
IDispatch *sink_next(struct sink *sink, TAPI_EVENT type);

/* The n-th Address; the caller releases. */
ITAddress *program_address(ITTAPI *tapi, ULONG n);

/* The call of the next TE_CALLNOTIFICATION, or NULL. */
ITBasicCallControl *sink_offered(struct sink *sink);
/* The next TE_CALLSTATE is of this call (NULL: any) and has this state and cause. */
#define EXPECT_STATE(sink, call, state, cause)                                                     \
    sink_expect_state(__FILE__, __LINE__, sink, call, state, cause)
void sink_expect_state(const char *file, int line, struct sink *sink, ITBasicCallControl *call,
                       CALL_STATE state, CALL_STATE_EVENT_CAUSE cause);
CALL_STATE program_state(ITBasicCallControl *call);
BOOL same_object(void *one, void *other);
ULONG drop(void *unknown); /* Release, also of NULL */

#endif
