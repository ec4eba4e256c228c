/*
 * studio.h - a media provider laid out as Microsoft's base classes lay out theirs (mspaddr.h,
 * mspcall.h, mspstrm.h): what its files share.
 */
#ifndef TESTS_STRANGERS_STUDIO_H
#define TESTS_STRANGERS_STUDIO_H

#include <windows.h>
#include <dshow.h>
#include <termmgr.h>

#include "studio_private.h"

/* ---- objects, as ATL has them ---------------------------------------------------------------- */

struct object;

/* One interface; calls of IUnknown go to the controlling unknown. */
struct face {
    const void *const *vtable;
    struct object *owner;
    const IID *dispatch; /* for IDispatch: of the type library of TAPI 3, or the provider's own */
};

struct entry {
    const IID *iid;
    size_t offset; /* of the face */
};

struct object {
    const void *const *vtable; /* the non-delegating IUnknown */
    LONG refs;
    IUnknown *outer;
    const struct entry *map; /* ends with NULL */
    void (*final_release)(struct object *self);
    IUnknown *marshaler; /* NULL: none; stands for IMarshal */
};

void *object_create(size_t size, IUnknown *outer, const struct entry *map,
                    void (*final_release)(struct object *self));
void object_set_face(struct object *self, struct face *face, const void *const *vtable,
                     const IID *dispatch);
void object_add_ref(struct object *self); /* past the controlling unknown */
void object_release(struct object *self);

HRESULT WINAPI face_QueryInterface(struct face *face, REFIID iid, void **out);
ULONG WINAPI face_AddRef(struct face *face);
ULONG WINAPI face_Release(struct face *face);
HRESULT WINAPI face_GetTypeInfoCount(struct face *face, UINT *count);
HRESULT WINAPI face_GetTypeInfo(struct face *face, UINT index, LCID locale, ITypeInfo **out);
HRESULT WINAPI face_GetIDsOfNames(struct face *face, REFIID iid, LPOLESTR *names, UINT count,
                                  LCID locale, DISPID *ids);
HRESULT WINAPI face_Invoke(struct face *face, DISPID id, REFIID iid, LCID locale, WORD flags,
                           DISPPARAMS *params, VARIANT *result, EXCEPINFO *excep, UINT *arg);
#define UNKNOWN_METHODS face_QueryInterface, face_AddRef, face_Release
#define DISPATCH_METHODS                                                                           \
    UNKNOWN_METHODS, face_GetTypeInfoCount, face_GetTypeInfo, face_GetIDsOfNames, face_Invoke

/* ---- lists ------------------------------------------------------------------------------------
 */

HRESULT list_enumerate(REFIID iid, IUnknown *const *items, ULONG count, void **out);
HRESULT list_enumerate_classes(const GUID *items, ULONG count, IEnumTerminalClass **out);
/* An ITCollection in a VARIANT; of the items, or of the classes as strings. */
HRESULT list_collection(IUnknown *const *items, const GUID *classes, ULONG count, VARIANT *out);

/* ---- the worker, shared by all addresses ------------------------------------------------------
 */

typedef HRESULT work(void *context);
HRESULT worker_start(void);
void worker_stop(void);
HRESULT worker_do(work *run, void *context); /* waits for it */
void worker_post(work *run, void *context);

/* device.c: a static terminal that sounds. */
HRESULT device_create(const GUID *class, ITTerminal **out);

/* ---- address, call, stream ---------------------------------------------------------------------
 */

struct address;
void address_post(struct address *self, const MSP_EVENT_INFO *info); /* with its references */
HRESULT address_create_terminal(struct address *self, const GUID *class, LONG media,
                                TERMINAL_DIRECTION direction, ITTerminal **out);

struct call;
HRESULT call_create(struct address *address, MSP_HANDLE handle, DWORD media, IUnknown *outer,
                    IUnknown **out);
void call_shutdown(IUnknown *unknown);
HRESULT call_receive(IUnknown *unknown, const BYTE *data, DWORD size);

struct stream;
HRESULT stream_create(struct address *address, struct object *call, MSP_HANDLE handle,
                      TERMINAL_DIRECTION direction, BSTR *music, struct stream **out);
ITStream *stream_face(struct stream *self);
void stream_shutdown(struct stream *self);
LONG stream_bytes(struct stream *self);
void stream_release(struct stream *self);

/* Its address handle, the media type it serves. */
#define STUDIO_MEDIA           TAPIMEDIATYPE_AUDIO
#define STUDIO_HANDLE(address) ((MSP_HANDLE)(address))

#endif
