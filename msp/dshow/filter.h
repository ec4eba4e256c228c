/*
 * filter.h - a small base for DirectShow filters in C with exactly one pin: sources (output pin)
 * and renderers (input pin). Used by termmgr.dll (WAV source, WAV writer) and simmsp.dll (to and
 * from the exchange).
 *
 * A filter type is a struct whose first member is `struct filter filter;`, a static com_class that
 * lists FILTER_INTERFACES, and a static filter_ops. Pause, run and stop of the ops are called one
 * at a time, with the filter's state lock held: they may start and join the filter's own streaming
 * thread, which must therefore never change the filter's state.
 */
#ifndef MSP_DSHOW_FILTER_H
#define MSP_DSHOW_FILTER_H

#include <windows.h>
#include <dshow.h>
#include "objects/com.h"
#include "msp/dshow/wav.h"

struct filter;

struct filter_ops {
    const CLSID *clsid;
    const WCHAR *pin_name;
    PIN_DIRECTION direction;
    HRESULT (*pause)(struct filter *filter); /* from stopped only; failure: stays stopped */
    HRESULT (*run)(struct filter *filter);
    void (*hold)(struct filter *filter); /* from running to paused */
    void (*stop)(struct filter *filter); /* also when it never ran */
    /* May this type be used on the pin? Also asked before a change of the format while running. */
    BOOL (*accept)(struct filter *filter, const struct wav_format *format);
    /* Output pins: the format to offer first. FALSE: none of its own. NULL: none. */
    BOOL (*preferred)(struct filter *filter, struct wav_format *format);
    /* Input pins, on the upstream filter's thread. format is NULL unless it changes here. */
    HRESULT(*receive)
    (struct filter *filter, const struct wav_format *format, const BYTE *bytes, LONG size);
    void (*end_of_stream)(struct filter *filter); /* may block, as receive may */
    void (*begin_flush)(struct filter *filter);   /* makes a blocked receive return */
    void (*end_flush)(struct filter *filter);
    HRESULT (*connected)(struct filter *filter, const struct wav_format *format); /* may be NULL */
    void (*destroy)(struct filter *filter);                                       /* may be NULL */
};

struct filter {
    struct com_object com;
    IBaseFilter IBaseFilter_iface;
    IAMFilterMiscFlags IAMFilterMiscFlags_iface;
    IPin IPin_iface; /* the pin: another COM identity on the same count */
    IMemInputPin IMemInputPin_iface;
    const struct filter_ops *ops;
    CRITICAL_SECTION state_lock; /* transitions and connections */
    volatile LONG state;         /* FILTER_STATE */
    volatile LONG flushing;
    volatile LONG ended; /* a renderer's stream is over, and the graph has not been told yet */
    IFilterGraph *graph; /* not counted, as JoinFilterGraph asks for */
    IReferenceClock *clock;
    WCHAR name[128];
    IPin *peer;             /* counted; NULL: not connected */
    IMemInputPin *peer_mem; /* output pins: where samples go */
    IMemAllocator *allocator;
    struct wav_format format; /* of the connection */
};

#define FILTER_INTERFACES(type)                                                                    \
    {&IID_IBaseFilter, offsetof(struct type, filter.IBaseFilter_iface)},                           \
        {&IID_IMediaFilter, offsetof(struct type, filter.IBaseFilter_iface)},                      \
        {&IID_IPersist, offsetof(struct type, filter.IBaseFilter_iface)},                          \
    {                                                                                              \
        &IID_IAMFilterMiscFlags, offsetof(struct type, filter.IAMFilterMiscFlags_iface)            \
    }

/* Zeroed memory of size bytes with the filter set up; class->destroy must be filter_destroy. */
void *filter_create(size_t size, const struct com_class *class, const struct filter_ops *ops);
void filter_destroy(struct com_object *object);

static inline struct filter *filter_from_com(struct com_object *object)
{
    return CONTAINING_RECORD(object, struct filter, com);
}

/* Streaming thread of a source: sends bytes downstream in buffers of the connection, blocking as
 * the receiver does. change, if not NULL: the format changes with the first of these bytes. S_OK;
 * S_FALSE: flushing, or the receiver wants no more; errors of Receive and GetBuffer
 * (VFW_E_NOT_COMMITTED: being stopped), VFW_E_TYPE_NOT_ACCEPTED. */
HRESULT filter_deliver(struct filter *filter, const struct wav_format *change, const void *bytes,
                       uint32_t size);
/* End of stream, flush and new segment downstream. */
void filter_deliver_end(struct filter *filter);
void filter_flush_begin(struct filter *filter);
void filter_flush_end(struct filter *filter);
void filter_new_segment(struct filter *filter);

/* media_type.c: between wav_format and AM_MEDIA_TYPE (major type audio, FORMAT_WaveFormatEx). */
HRESULT media_type_make(AM_MEDIA_TYPE *type, const struct wav_format *format);
BOOL media_type_format(const AM_MEDIA_TYPE *type, struct wav_format *format);
HRESULT media_type_copy(AM_MEDIA_TYPE *to, const AM_MEDIA_TYPE *from);
void media_type_clear(AM_MEDIA_TYPE *type);
void media_type_free(AM_MEDIA_TYPE *type);

/* filter_enum.c: IEnumPins over one pin, IEnumMediaTypes over 0 or 1 types. */
HRESULT enum_pins_create(struct filter *filter, IEnumPins **out);
HRESULT enum_media_types_create(const struct wav_format *format, IEnumMediaTypes **out);

/* A renderer whose stream is over says EC_COMPLETE to its graph, once it runs. No lock held. */
void filter_tell_complete(struct filter *filter);

/* filter_pin.c */
void filter_pin_init(struct filter *filter);
void filter_pin_clear(struct filter *filter);

/*
 * An interface of our own between a recording terminal and the source in front of it: everything
 * that has come for the source until the call has been delivered downstream when Drain returns.
 * S_OK; S_FALSE: it gave up after timeout ms. A source without the interface is not waited for.
 */
typedef struct IMediaDrain IMediaDrain;
typedef struct IMediaDrainVtbl {
    HRESULT(WINAPI *QueryInterface)(IMediaDrain *This, REFIID riid, void **out);
    ULONG(WINAPI *AddRef)(IMediaDrain *This);
    ULONG(WINAPI *Release)(IMediaDrain *This);
    HRESULT(WINAPI *Drain)(IMediaDrain *This, DWORD timeout);
} IMediaDrainVtbl;
struct IMediaDrain {
    const IMediaDrainVtbl *lpVtbl;
};
extern const IID IID_IMediaDrain;
/* On the filter's pin (input side): asks the connected source, if it can. */
void filter_drain_upstream(struct filter *filter, DWORD timeout);

#endif
