/*
 * events.h - the contract between objects/ (and msp/) and events/.
 *
 * An event is an object (event_classes.h lists them all) posted to a dispatcher. A TTAPI object
 * owns one dispatcher; the dispatcher owns the connection points, the sinks advised there and the
 * pool threads that take messages from tapi32 and deliver events. See docs/events.md.
 *
 * Nothing here is called back with a lock held. No function here may be called with a lock held
 * that a sink's call into TAPI, or event_source.take, could need.
 */
#ifndef EVENTS_EVENTS_H
#define EVENTS_EVENTS_H

#include <windows.h>
#include <ot_tapi3.h>
#include <ocidl.h>

#include "events/event_classes.h"

struct dispatcher;

/* ---- life ---------------------------------------------------------------------------------- */

/* Makes a dispatcher with two connection points and no threads yet.
 * owner: the TTAPI object; not counted (the owner outlives its dispatcher). The container's and the
 * connection points' AddRef and Release are the owner's.
 * Errors: E_POINTER, E_OUTOFMEMORY. */
HRESULT dispatcher_create(IUnknown *owner, struct dispatcher **dispatcher);

/* Stops delivery (ITTAPI::Shutdown): ends every source, drops what is queued, disconnects and
 * releases every sink (each in its own apartment), sets the filter back to 0. When it returns no
 * take is running and no delivery begins any more. It waits for a sink's call in progress, but
 * neither for the one it is called from, nor longer than a few seconds for one that hangs.
 * The dispatcher can be used again afterwards (ITTAPI::Initialize after Shutdown).
 * Any thread, also from inside a sink; in an STA incoming COM calls are served while it waits. */
void dispatcher_shutdown(struct dispatcher *dispatcher);

/* dispatcher_shutdown, then frees it. NULL is ignored. May be called inside a sink. */
void dispatcher_destroy(struct dispatcher *dispatcher);

/* What TTAPI's QueryInterface(IID_IConnectionPointContainer) returns, after AddRef. Borrowed: its
 * IUnknown methods are the owner's. */
IConnectionPointContainer *dispatcher_container(struct dispatcher *dispatcher);

/* ---- where events come from ---------------------------------------------------------------- */

/* A queue of messages, such as lineGetMessage's. One pool thread at a time calls take; after it has
 * returned, another thread leads and the first delivers what was posted. */
struct event_source {
    void *context;
    /* Takes ONE message, waiting for it at most `timeout` ms, translates it and posts its 0..n
     * events with dispatcher_post. Runs in the MTA on a thread of the dispatcher.
     * Returns S_OK: a message was taken; S_FALSE: none came in time; an error: the source has ended
     * (the application's handle is gone) and is not called again. */
    HRESULT (*take)(void *context, DWORD timeout);
    /* Makes a waiting take return soon, and every later one fail; called once by
     * dispatcher_shutdown on its caller's thread. May be NULL if take has already failed by then
     * (lineShutdown was called before); otherwise the shutdown lasts until its timeout. */
    void (*wake)(void *context);
};

/* Starts taking from a source (copied); one for lines, one for phones, any number.
 * Errors: E_POINTER, E_OUTOFMEMORY (a thread could not be made: the source is not added). */
HRESULT dispatcher_add_source(struct dispatcher *dispatcher, const struct event_source *source);

/* ---- posting ------------------------------------------------------------------------------- */

/* ITTAPI::get_EventFilter / put_EventFilter. 0, the start value, lets nothing through.
 * Errors: E_INVALIDARG for a bit that is no TAPI_EVENT (nothing is changed). */
HRESULT dispatcher_set_filter(struct dispatcher *dispatcher, LONG mask);
LONG dispatcher_filter(struct dispatcher *dispatcher);

/* TRUE if somebody would get an event of this type now: saves making an event nobody wants. */
BOOL dispatcher_wants(struct dispatcher *dispatcher, TAPI_EVENT type);

/* Queues an event for every sink (a reference each). Never blocks and never calls out; from any
 * thread. Posted by a source's take, it is delivered as soon as take has returned, by the same
 * thread where possible; posted by another thread, a pool thread is woken.
 * key: what the order must be kept for, the address or call; events with equal keys arrive in the
 *   order they were posted. (Today every sink gets everything in order; do not rely on it.)
 * Returns S_OK; S_FALSE if nobody wants it (filter, or no sink); E_POINTER; E_OUTOFMEMORY.
 * A full queue is no error here: see "Overflow" in docs/events.md. */
HRESULT dispatcher_post(struct dispatcher *dispatcher, TAPI_EVENT type, IDispatch *event,
                        const void *key);

/* Makes an event and posts it, if it is wanted. Fields not named are 0/NULL. Example:
 *     EVENT_POST(tapi->dispatcher, TE_CALLSTATE, ITCallStateEvent, call,
 *                .Call = info, .State = CS_CONNECTED, .Cause = CEC_NONE);
 * The value of the expression is the HRESULT of dispatcher_post, or of the constructor. */
#define EVENT_POST(dispatcher, type, interface_, key, ...)                                         \
    (dispatcher_wants(dispatcher, type)                                                            \
         ? event_post_created(                                                                     \
               dispatcher, type,                                                                   \
               interface_##_create(&(const struct interface_##_values){__VA_ARGS__}), key)         \
         : S_FALSE)

/* For EVENT_POST: posts and releases `event`; NULL gives E_OUTOFMEMORY. */
HRESULT event_post_created(struct dispatcher *dispatcher, TAPI_EVENT type, IDispatch *event,
                           const void *key);

/* ---- event objects ------------------------------------------------------------------------- */

/* For every interface IFoo of event_classes.h:
 *     struct IFoo_values      one field a property, named as the property
 *     IDispatch *IFoo_create(const struct IFoo_values *values)
 * The object takes references on the interfaces and copies of the strings it is given; NULL
 * objects are allowed (event_classes.h says what their getter then gives). The result is the only
 * reference, an IFoo by pointer value too; NULL: no memory.
 * Event objects are immutable, live in every apartment (free-threaded marshaller) and have
 * IDispatch by type library. */
#define EVENT_OBJECT_FIELD(interface_, name, type) type *name;
#define EVENT_NUMBER_FIELD(interface_, name, type) type name;
#define EVENT_TEXT_FIELD(interface_, name)         const WCHAR *name;
#define EVENT_DECLARE(interface_)                                                                  \
    struct interface_##_values {                                                                   \
        interface_##_PROPERTIES(interface_, EVENT_OBJECT_FIELD, EVENT_OBJECT_FIELD,                \
                                EVENT_NUMBER_FIELD, EVENT_TEXT_FIELD)                              \
    };                                                                                             \
    IDispatch *interface_##_create(const struct interface_##_values *values);
EVENT_CLASSES(EVENT_DECLARE)

/* ---- waiting ------------------------------------------------------------------------------- */

/* Waits for `handle` (an event, usually a reply) at most `timeout` ms from inside a method called
 * by an application. In an STA it serves incoming COM calls and delivers events to the sinks
 * advised on this thread meanwhile, without dispatching the application's own window messages.
 * Returns S_OK, RPC_S_CALLPENDING when the time is over, or an error of CoWaitForMultipleHandles.
 */
HRESULT events_wait(HANDLE handle, DWORD timeout);

/* ---- the rest ------------------------------------------------------------------------------ */

/* ITDispatchMapper (CLSID_DispatchMapper), for objects' class factory.
 * Errors: CLASS_E_NOAGGREGATION, E_NOINTERFACE, E_POINTER, E_OUTOFMEMORY. */
HRESULT dispatch_mapper_create(IUnknown *outer, REFIID iid, void **out);

/* The value of ITTAPIObjectEvent::Event, in an event of type TE_TAPIOBJECT, that tells a sink that
 * its queue was full; CallbackInstance is the number of events lost there. */
#define OPEN_TAPI_EVENTS_LOST 0x100

struct dispatcher_counters {
    DWORD sinks;      /* advised now */
    DWORD threads;    /* pool threads alive */
    DWORD queued;     /* event references waiting in all queues */
    LONG64 posted;    /* events that passed the filter */
    LONG64 delivered; /* calls of sinks that returned */
    LONG64 lost;      /* events dropped because a sink's queue was full */
};
void dispatcher_get_counters(struct dispatcher *dispatcher, struct dispatcher_counters *counters);

/* Event objects, dispatchers and sinks alive in the process: 0 when everything was released. */
LONG events_alive(void);

#endif
