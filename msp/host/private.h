/* private.h - inside msp/host/. */
#ifndef MSP_HOST_PRIVATE_H
#define MSP_HOST_PRIVATE_H

#include "msp/host/host.h"

enum msp_life { MSP_NOT_YET, MSP_COMING, MSP_READY, MSP_FAILED, MSP_GONE };

/* The provider's end on one opened line. */
struct msp_end {
    HLINE line;
    DWORD msp;
};

/* Data that waits: from the provider for its MSP call, from an MSP call for its handle, from the
 * MSP itself for a line. */
struct msp_kept {
    struct msp_kept *next;
    HCALL handle;
    DWORD size;
    BYTE bytes[];
};

struct msp_call {
    struct msp_call *next;
    LONG refs; /* the owner's, and one while an event or data is delivered */
    struct msp_host *host;
    IUnknown *outer; /* not counted; NULL once destroyed */
    IUnknown *inner;
    HCALL handle;
    struct msp_kept *to_provider; /* what the MSP said before there was a handle, in order */
    DWORD cookie;                 /* what the MSP knows the call by */
    LONG delivering;              /* event callbacks that use outer right now */
};

struct msp_host {
    LONG refs;             /* the owner's, each call's, and the waiting thread pool's */
    CRITICAL_SECTION lock; /* everything below; never held while MSP or TAPI code runs */
    CONDITION_VARIABLE changed;
    CLSID clsid;
    DWORD address;
    IUnknown *outer; /* not counted */
    msp_host_event *sink;
    void *context;

    enum msp_life life;
    DWORD creator; /* thread that is creating the MSP */
    HRESULT failure;
    IUnknown *inner;
    ITMSPAddress *msp; /* belongs to inner; not counted, as for any inner interface */
    HANDLE event;
    HANDLE wait;
    volatile LONG signals; /* event signals not yet worked off; > 0: somebody is at it */
    DWORD pump_thread;

    struct msp_end *ends;
    DWORD end_count;
    struct msp_call *calls;
    struct msp_kept *kept;
    struct msp_kept *to_provider; /* said for no call while no line was open, in order */
    DWORD last_cookie;
};

extern struct msp_host_counters msp_counters;

/* host.c: makes the MSP if it is not there yet. */
HRESULT msp_host_start(struct msp_host *host);
void msp_host_unref(struct msp_host *host);
/* An interface of the MSP past the outer's own; AddRefs the outer. */
HRESULT msp_host_inner_query(struct msp_host *host, REFIID iid, void **object);

/* host_call.c: a reference to the call with this cookie / handle, or NULL. Lock held. */
struct msp_call *msp_call_by_cookie(struct msp_host *host, DWORD cookie);
struct msp_call *msp_call_by_handle(struct msp_host *host, HCALL handle);
void msp_call_unref(struct msp_call *call);
/* Sends an MSP's data to its provider, now or as soon as the call has its handle; for no call
 * (NULL), as soon as a line is open. */
void msp_host_send(struct msp_host *host, struct msp_call *call, const void *data, DWORD size);
/* Gives one end of the provider's, of which TAPI sends nothing yet, what was said for no call, and
 * adds it to those that data is sent through. FALSE: no memory for it. */
BOOL msp_host_add_end(struct msp_host *host, HLINE line, DWORD msp);
void msp_host_drop_kept(struct msp_host *host, HCALL handle, BOOL all);

/* host_events.c */
HRESULT msp_events_start(struct msp_host *host); /* the event and the wait on it */
void msp_events_stop(struct msp_host *host);     /* nothing is delivered afterwards */
DWORD msp_host_any_end(struct msp_host *host);   /* 0: none */

#endif
