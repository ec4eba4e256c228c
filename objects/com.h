/*
 * com.h - what every COM object of tapi3.dll is made of; shared by objects/, events/ and msp/.
 *
 * An object is a struct whose FIRST member is `struct com_object com;`, followed by one
 * `ITFoo ITFoo_iface;` for each interface, and a static const struct com_class that lists them.
 * COM_DISPATCH_METHODS / COM_UNKNOWN_METHODS write the forwarding of IUnknown and IDispatch for
 * one interface; nobody writes AddRef, Release or Invoke by hand.
 *
 * Every object is free threaded: it aggregates the free-threaded marshaler, so a raw pointer may be
 * carried to any apartment of the process. All functions here may be called from any thread.
 *
 * Two counts (docs/objects.md): the public COM count is what applications hold; the use count is
 * what the library's own objects hold of each other. As long as the public count is above zero
 * it holds one use. class->last_release runs when the public count falls to zero, class->destroy
 * when the use count does; the memory goes after destroy.
 */
#ifndef OBJECTS_COM_H
#define OBJECTS_COM_H

#include <windows.h>
#include <oleauto.h>
#include <objsafe.h>
#include <stddef.h>

struct com_object;

struct com_interface {
    const IID *iid;
    size_t offset; /* of the interface pointer in the object */
};
#define COM_INTERFACE(type, member, name)                                                          \
    {                                                                                              \
        &IID_##name, offsetof(struct type, member)                                                 \
    }

struct com_class {
    const char *name;                       /* for traces */
    const struct com_interface *interfaces; /* the first with an IDispatch is the default one */
    unsigned interface_count;
    /* The public count fell to zero. May be NULL. Runs without locks; may run again if the object
     * was handed out again with com_hand_out. */
    void (*last_release)(struct com_object *object);
    /* Nothing uses the object any more: free what it holds (not its memory). May be NULL. */
    void (*destroy)(struct com_object *object);
    /* Interfaces of aggregated inner objects, asked last. May be NULL. *out is NULL on entry. */
    HRESULT (*query_inner)(struct com_object *object, REFIID iid, void **out);
    /* IIDs of dual interfaces that query_inner gives, so that late-bound callers reach them through
     * the object's own IDispatch. NULL-ended; may be NULL. */
    const IID *const *inner_dispatch;
};

struct com_object {
    IUnknown IUnknown_iface; /* the identity; also the inner IUnknown when aggregated */
    ISupportErrorInfo ISupportErrorInfo_iface;
    IObjectSafety IObjectSafety_iface; /* only objects with an IDispatch answer to it */
    const struct com_class *class;
    IUnknown *outer; /* controlling unknown, not counted; &IUnknown_iface when not aggregated */
    IUnknown *volatile marshaler; /* made when first asked for */
    LONG refs;                    /* public */
    LONG uses;                    /* internal */
};

/* Zeroed memory of `size` bytes with the header filled; public count 1. NULL: memory exhausted.
 * The caller fills in the vtables, then gives the object out. outer is NULL as a rule. */
void *com_object_create(size_t size, const struct com_class *class, IUnknown *outer);

/* The internal count. com_unuse may destroy. */
void com_use(struct com_object *object);
void com_unuse(struct com_object *object);

/* A use of an object found in a list that holds nothing, under the lock that its destroy takes to
 * leave the list. FALSE: it is going away. */
BOOL com_try_use(struct com_object *object);

/* Adds a public reference to an object of which only a use is held (its public count may be 0). */
void com_hand_out(struct com_object *object);
/* Adds a public reference unless the public count is 0 (the object is going away). */
BOOL com_try_hand_out(struct com_object *object);

/* IUnknown of the object, through its controlling unknown. */
HRESULT com_query(struct com_object *object, REFIID iid, void **out);
ULONG com_add_ref(struct com_object *object);
ULONG com_release(struct com_object *object);
/* IMarshal of the free-threaded marshaler that `whole` aggregates. It is made when first asked for
 * and kept in *made, which whoever ends the object releases. */
HRESULT com_query_marshaler(IUnknown *whole, IUnknown *volatile *made, void **out);
/* The same on the object itself, past an outer object. */
HRESULT com_inner_query(struct com_object *object, REFIID iid, void **out);

/* Objects alive in the process (all rooms); 0 once everything has been released. */
LONG com_live_objects(void);
/* DllCanUnloadNow's other half: IClassFactory::LockServer, and threads that run our code. */
void com_lock_module(BOOL lock);
LONG com_module_locks(void);
/* The DLL's own module handle, set in DllMain. */
extern HMODULE com_module;

/* If the interface belongs to an object of this class, the object; else NULL. Safe with foreign
 * pointers (asks by a private IID, so a proxy or another implementation answers no).
 * The object is not AddRef'ed: the caller's interface pointer keeps it. */
struct com_object *com_object_of(void *unknown, const struct com_class *class);

/* ---- IDispatch ----------------------------------------------------------------------------- */

/* Type information of an interface or coclass of our embedded type libraries, cached; not
 * AddRef'ed. Errors: TYPE_E_ELEMENTNOTFOUND, those of LoadTypeLibEx. */
HRESULT com_type_info(REFIID iid, ITypeInfo **info);
void com_type_info_free_all(void); /* DLL_PROCESS_DETACH on FreeLibrary */

/* iface is the interface the call came through, iid its IID: its members are tried first, then
 * those of the object's other dual interfaces (their DISPIDs do not overlap within an object). */
HRESULT com_get_type_info(struct com_object *object, REFIID iid, UINT index, ITypeInfo **info);
HRESULT com_get_ids(struct com_object *object, REFIID iid, LPOLESTR *names, UINT count,
                    DISPID *ids);
HRESULT com_invoke(struct com_object *object, REFIID iid, void *iface, DISPID member, REFIID riid,
                   LCID lcid, WORD flags, DISPPARAMS *params, VARIANT *result, EXCEPINFO *excep,
                   UINT *arg_error);

/* ITypeInfo::Invoke failed with hr before it called the method: which argument was it? Sets
 * *arg_error (unless NULL) to its place in rgvarg and returns DISP_E_TYPEMISMATCH, DISP_E_OVERFLOW
 * or DISP_E_PARAMNOTOPTIONAL; hr if no argument is wrong. dispatch_arguments.c. */
HRESULT com_wrong_argument(ITypeInfo *info, DISPID member, WORD flags, const DISPPARAMS *params,
                           HRESULT hr, UINT *arg_error);

/* impl_from_<member>: the object that holds this interface member. */
#define COM_IMPL(type, itf, member)                                                                \
    static inline struct type *impl_from_##member(itf *iface)                                      \
    {                                                                                              \
        return CONTAINING_RECORD(iface, struct type, member);                                      \
    }

/* Static functions <prefix>_QueryInterface, _AddRef, _Release for the member `member` (of interface
 * type itf) of struct type; and impl_from_<member>. */
#define COM_UNKNOWN_METHODS(prefix, type, itf, member)                                             \
    COM_IMPL(type, itf, member)                                                                    \
    static HRESULT WINAPI prefix##_QueryInterface(itf *iface, REFIID iid, void **out)              \
    {                                                                                              \
        return com_query(&impl_from_##member(iface)->com, iid, out);                               \
    }                                                                                              \
    static ULONG WINAPI prefix##_AddRef(itf *iface)                                                \
    {                                                                                              \
        return com_add_ref(&impl_from_##member(iface)->com);                                       \
    }                                                                                              \
    static ULONG WINAPI prefix##_Release(itf *iface)                                               \
    {                                                                                              \
        return com_release(&impl_from_##member(iface)->com);                                       \
    }

/* The above, and <prefix>_GetTypeInfoCount, _GetTypeInfo, _GetIDsOfNames, _Invoke. */
#define COM_DISPATCH_METHODS(prefix, type, itf, member)                                            \
    COM_UNKNOWN_METHODS(prefix, type, itf, member)                                                 \
    static HRESULT WINAPI prefix##_GetTypeInfoCount(itf *iface, UINT *count)                       \
    {                                                                                              \
        (void)iface;                                                                               \
        if (!count)                                                                                \
            return E_POINTER;                                                                      \
        *count = 1;                                                                                \
        return S_OK;                                                                               \
    }                                                                                              \
    static HRESULT WINAPI prefix##_GetTypeInfo(itf *iface, UINT index, LCID lcid,                  \
                                               ITypeInfo **info)                                   \
    {                                                                                              \
        (void)lcid;                                                                                \
        return com_get_type_info(&impl_from_##member(iface)->com, &IID_##itf, index, info);        \
    }                                                                                              \
    static HRESULT WINAPI prefix##_GetIDsOfNames(itf *iface, REFIID riid, LPOLESTR *names,         \
                                                 UINT count, LCID lcid, DISPID *ids)               \
    {                                                                                              \
        (void)lcid;                                                                                \
        if (riid && !IsEqualIID(riid, &IID_NULL))                                                  \
            return DISP_E_UNKNOWNINTERFACE;                                                        \
        return com_get_ids(&impl_from_##member(iface)->com, &IID_##itf, names, count, ids);        \
    }                                                                                              \
    static HRESULT WINAPI prefix##_Invoke(itf *iface, DISPID member_id, REFIID riid, LCID lcid,    \
                                          WORD flags, DISPPARAMS *params, VARIANT *result,         \
                                          EXCEPINFO *excep, UINT *arg_error)                       \
    {                                                                                              \
        return com_invoke(&impl_from_##member(iface)->com, &IID_##itf, iface, member_id, riid,     \
                          lcid, flags, params, result, excep, arg_error);                          \
    }

/* The head of a vtable initializer. */
#define COM_UNKNOWN_VTABLE(prefix) prefix##_QueryInterface, prefix##_AddRef, prefix##_Release
#define COM_DISPATCH_VTABLE(prefix)                                                                \
    COM_UNKNOWN_VTABLE(prefix), prefix##_GetTypeInfoCount, prefix##_GetTypeInfo,                   \
        prefix##_GetIDsOfNames, prefix##_Invoke

/* ---- errors -------------------------------------------------------------------------------- */

/* Sets the thread's IErrorInfo to a sentence (printf format, ASCII; %ls for UTF-16) and returns hr.
 * format NULL: the standing sentence of the code (com_error_text), after the name of the method
 * that the calling function implements. Use as `return com_fail(hr, iid, format, ...)`. */
#define com_fail(...) com_fail_in(__func__, __VA_ARGS__)
HRESULT com_fail_in(const char *function, HRESULT hr, REFIID iid, const char *format, ...)
    __attribute__((format(gnu_printf, 4, 5)));
/* LINEERR_*, PHONEERR_*, TAPIERR_* (or 0) as HRESULT; error_map.c. */
HRESULT com_from_tapi_error(LONG error);
/* com_fail for a failed TAPI/C function: maps the code, and says what failed ("Answer") and why. */
HRESULT com_fail_tapi(LONG error, REFIID iid, const char *action);
/* One sentence for a TAPI_E_* or common HRESULT; never NULL. */
const char *com_error_text(HRESULT hr);

/* ---- lists, collections, enumerators ------------------------------------------------------- */

/* A list is filled by one thread, then shared unchanged by the enumerators and collections made
 * from it. */
struct com_list;
enum com_list_kind { COM_LIST_OBJECTS, COM_LIST_BSTRS, COM_LIST_CLSIDS };

struct com_list *com_list_create(enum com_list_kind kind);
void com_list_release(struct com_list *list); /* NULL is allowed */
/* FALSE: memory exhausted. The list AddRefs the object / copies the string. */
BOOL com_list_add_object(struct com_list *list, IUnknown *object);
BOOL com_list_add_string(struct com_list *list, const WCHAR *string);
BOOL com_list_add_clsid(struct com_list *list, REFCLSID clsid);
unsigned com_list_count(const struct com_list *list);

/* Any IEnumX of <tapi3.h>, IEnumUnknown or IEnumVARIANT over the list; the item interface follows
 * from the enumerator's IID. *out is NULL on failure. */
HRESULT com_list_enumerate(struct com_list *list, REFIID enum_iid, void **out);
/* An ITCollection2 over the list, as the VT_DISPATCH VARIANT the get_Xs properties return.
 * CLSIDs appear as their strings. */
HRESULT com_list_collection(struct com_list *list, VARIANT *out);
/* An ITCollection2 that the caller fills (ITTAPI2::CreateEmptyCollectionObject). */
HRESULT com_collection_create(REFIID iid, void **out);

#endif
