/* private.h - inside msp/sim/: the media provider of the simulated exchange (simmsp.dll). */
#ifndef MSP_SIM_PRIVATE_H
#define MSP_SIM_PRIVATE_H

#include <ot_tapi3.h>
#include "msp/dshow/filter.h"
#include "msp/sim/ring.h"

/* ---- port.c: the shared memory of one end of a call --------------------------------------- */

struct port {
    LONG refs;
    SRWLOCK lock; /* of opening it */
    struct audio_port_offer offer;
    HANDLE mapping; /* from here on: when opened */
    struct audio_port *shared;
    HANDLE put[2], take[2];  /* the auto-reset events of the rings */
    struct wav_format heard; /* the last format from the exchange; its reader's own */
};

/* A port that is not opened yet: most calls never need theirs. NULL: the offer is not well made. */
struct port *port_create(const struct audio_port_offer *offer);
/* Opens what the offer names. FALSE: it is not there, or is not what it says. */
BOOL port_open(struct port *port);
void port_ref(struct port *port);
void port_unref(struct port *port); /* NULL is ignored */

/* ---- the two filters of a stream ----------------------------------------------------------- */

/* A renderer: what it receives goes to the exchange. */
struct filter *to_exchange_create(void);
/* A source: what comes from the exchange. */
struct filter *from_exchange_create(void);
/* Gives either of them its port (NULL: none); only while its graph is stopped. */
void to_exchange_set_port(struct filter *filter, struct port *port);
void from_exchange_set_port(struct filter *filter, struct port *port);

/* ---- address.c ----------------------------------------------------------------------------- */

struct queued_event;

struct sim_address {
    struct com_object com;
    ITMSPAddress ITMSPAddress_iface;
    ITMediaSupport ITMediaSupport_iface;
    ITTerminalSupport2 ITTerminalSupport2_iface;
    CRITICAL_SECTION lock; /* below; nothing outside is called with it */
    HANDLE event;          /* TAPI's, signalled when there are events */
    struct queued_event *first, *last;
    unsigned queued;
    ITTerminalManager2 *manager; /* made at first use */
};

HRESULT sim_address_create(IUnknown *outer, REFIID iid, void **out);
/* Queues a copy of the event for TAPI and signals; AddRefs the references in it. */
void sim_address_post(struct sim_address *address, const MSP_EVENT_INFO *event);

/* ---- terminal_info.c: lists of ITPluggableTerminal(Super)ClassInfo --------------------------- */

HRESULT terminal_info_superclasses(ITTerminalManager2 *manager, struct com_list **out);
HRESULT terminal_info_classes(ITTerminalManager2 *manager, const CLSID *superclass, DWORD media,
                              struct com_list **out);

/* ---- call.c -------------------------------------------------------------------------------- */

struct sim_stream;

struct sim_call {
    struct com_object com; /* aggregated by TAPI's Call */
    ITStreamControl ITStreamControl_iface;
    struct sim_address *address; /* a use */
    MSP_HANDLE handle;
    CRITICAL_SECTION lock; /* below; nothing outside is called with it */
    struct port *port;
    struct sim_stream *streams[2]; /* uses; by direction; NULL: removed or not made yet */
    BOOL shut;
};

HRESULT sim_call_create(struct sim_address *address, MSP_HANDLE handle, IUnknown *outer,
                        struct sim_call **out);
/* From an interface TAPI got from us; NULL: it is none. */
struct sim_call *sim_call_of(IUnknown *inner);
HRESULT sim_call_receive(struct sim_call *call, const void *data, DWORD size);
void sim_call_shutdown(struct sim_call *call);

/* ---- stream.c ------------------------------------------------------------------------------ */

enum stream_wish { WISH_STOP, WISH_PAUSE, WISH_RUN };

struct sim_stream {
    struct com_object com;
    ITStream ITStream_iface;
    ITPluggableTerminalEventSink ITPluggableTerminalEventSink_iface;
    struct sim_address *address; /* a use */
    MSP_HANDLE call;
    TERMINAL_DIRECTION direction; /* TD_CAPTURE: toward the exchange; TD_RENDER: from it */
    /* Serializes what changes the graph. Held while the graph and terminals are called, as the
     * base classes for MSPs do; those never call back into the stream, except FireEvent, which
     * does not take it. */
    CRITICAL_SECTION lock;
    enum stream_wish wish;  /* of the application; streams want to run */
    enum stream_wish state; /* of the graph */
    BOOL shut;
    struct port *port; /* there while the exchange has a path for the call */
    /* The following come with the terminal and go with it. */
    IGraphBuilder *graph;
    struct filter *filter;
    ITTerminal *terminal;
    ITTerminalControl *control;
};

struct sim_stream *sim_stream_create(struct sim_address *address, MSP_HANDLE call,
                                     TERMINAL_DIRECTION direction, struct port *port);
ITStream *sim_stream_hand_out(struct sim_stream *stream);
/* The exchange's path has come or (NULL) gone. */
void sim_stream_set_port(struct sim_stream *stream, struct port *port);
/* Unselects the terminal and takes no other from now on. */
void sim_stream_shutdown(struct sim_stream *stream);

#endif
