/* forward_info.c - ForwardInformation: under which condition calls go where. One destination for
 * each LINEFORWARDMODE_; for the modes of particular callers (..SPECIFIC), one for each caller, of
 * which the properties show the one that was set last. */
#include "objects/private.h"

#include <stdlib.h>
#include <string.h>

struct forward {
    DWORD mode; /* one LINEFORWARDMODE_ */
    BSTR destination, caller;
    DWORD destination_type, caller_type; /* LINEADDRESSTYPE_ */
};

struct forward_info {
    struct com_object com;
    ITForwardInformation2 ITForwardInformation2_iface;
    SRWLOCK lock; /* guards what follows */
    LONG rings;
    struct forward *entries; /* oldest first */
    unsigned count;
};

COM_DISPATCH_METHODS(info, forward_info, ITForwardInformation2, ITForwardInformation2_iface)

#define IID_HERE (&IID_ITForwardInformation2)

#define SPECIFIC_MODES                                                                             \
    (LINEFORWARDMODE_UNCONDSPECIFIC | LINEFORWARDMODE_BUSYSPECIFIC |                               \
     LINEFORWARDMODE_NOANSWSPECIFIC | LINEFORWARDMODE_BUSYNASPECIFIC)
/* What can be asked of a switch; the other two only say that it will not tell. */
#define SETTABLE_MODES (LINEFORWARDMODE_UNKNOWN - 1)
#define ALL_MODES      (SETTABLE_MODES | LINEFORWARDMODE_UNKNOWN | LINEFORWARDMODE_UNAVAIL)
#define ALL_TYPES                                                                                  \
    (LINEADDRESSTYPE_PHONENUMBER | LINEADDRESSTYPE_SDP | LINEADDRESSTYPE_EMAILNAME |               \
     LINEADDRESSTYPE_DOMAINNAME | LINEADDRESSTYPE_IPADDRESS)

static BOOL is_one_of(LONG value, DWORD all)
{
    return value && !(value & (value - 1)) && !((DWORD)value & ~all);
}

static HRESULT bad_mode(LONG mode)
{
    return com_fail(E_INVALIDARG, IID_HERE, "0x%lx is not one LINEFORWARDMODE_ of a forwarding.",
                    mode);
}

static void forward_free(struct forward *entry)
{
    SysFreeString(entry->destination);
    SysFreeString(entry->caller);
}

static BSTR copy_text(BSTR text)
{
    return SysAllocStringLen(text, SysStringLen(text));
}

/* The entry replaces one of the same condition, and is the latest. Takes its texts over.
 * FALSE: memory exhausted. */
static BOOL put_entry(struct forward_info *self, const struct forward *entry)
{
    struct forward old = {0}, *grown;
    BOOL fits = TRUE;
    unsigned i;

    AcquireSRWLockExclusive(&self->lock);
    for (i = 0; i < self->count; i++)
        if (self->entries[i].mode == entry->mode &&
            (!(entry->mode & SPECIFIC_MODES) || !wcscmp(self->entries[i].caller, entry->caller)))
            break;
    if (i < self->count) {
        old = self->entries[i];
        memmove(&self->entries[i], &self->entries[i + 1],
                (self->count - i - 1) * sizeof(*self->entries));
        self->count--;
    } else {
        grown = realloc(self->entries, (self->count + 1) * sizeof(*grown));
        if (grown)
            self->entries = grown;
        fits = grown != NULL;
    }
    if (fits)
        self->entries[self->count++] = *entry;
    ReleaseSRWLockExclusive(&self->lock);
    forward_free(&old);
    return fits;
}

/* Copies of the latest entry of this mode; empty texts and no types where there is none. */
static HRESULT get_entry(struct forward_info *self, LONG mode, struct forward *entry)
{
    const struct forward *found = NULL;
    unsigned i;

    memset(entry, 0, sizeof(*entry));
    if (!is_one_of(mode, ALL_MODES))
        return bad_mode(mode);
    AcquireSRWLockShared(&self->lock);
    for (i = 0; i < self->count; i++)
        if (self->entries[i].mode == (DWORD)mode)
            found = &self->entries[i];
    if (found) {
        *entry = *found;
        entry->destination = copy_text(found->destination);
        entry->caller = copy_text(found->caller);
    } else {
        entry->destination = SysAllocString(L"");
        entry->caller = SysAllocString(L"");
    }
    ReleaseSRWLockShared(&self->lock);
    if (entry->destination && entry->caller)
        return S_OK;
    forward_free(entry);
    return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
}

/* What of it is asked for, the other outputs being NULL; on failure they hold nothing. */
static HRESULT give_entry(ITForwardInformation2 *iface, LONG mode, BSTR *destination,
                          LONG *destination_type, BSTR *caller, LONG *caller_type)
{
    struct forward entry;
    HRESULT hr = get_entry(impl_from_ITForwardInformation2_iface(iface), mode, &entry);

    if (FAILED(hr))
        memset(&entry, 0, sizeof(entry));
    if (destination_type)
        *destination_type = (LONG)entry.destination_type;
    if (caller_type)
        *caller_type = (LONG)entry.caller_type;
    if (destination)
        *destination = entry.destination;
    else
        SysFreeString(entry.destination);
    if (caller)
        *caller = entry.caller;
    else
        SysFreeString(entry.caller);
    return hr;
}

/* ---- ITForwardInformation ------------------------------------------------------------------ */

static HRESULT WINAPI info_put_NumRingsNoAnswer(ITForwardInformation2 *iface, LONG rings)
{
    struct forward_info *self = impl_from_ITForwardInformation2_iface(iface);

    if (rings < 0)
        return com_fail(E_INVALIDARG, IID_HERE, "%ld is not a number of rings.", rings);
    AcquireSRWLockExclusive(&self->lock);
    self->rings = rings;
    ReleaseSRWLockExclusive(&self->lock);
    return S_OK;
}

static HRESULT WINAPI info_get_NumRingsNoAnswer(ITForwardInformation2 *iface, LONG *rings)
{
    if (!rings)
        return com_fail(E_POINTER, IID_HERE, NULL);
    *rings = impl_from_ITForwardInformation2_iface(iface)->rings;
    return S_OK;
}

static HRESULT WINAPI info_SetForwardType2(ITForwardInformation2 *iface, LONG mode,
                                           BSTR destination, LONG destination_type, BSTR caller,
                                           LONG caller_type)
{
    struct forward_info *self = impl_from_ITForwardInformation2_iface(iface);
    struct forward entry = {.mode = mode,
                            .destination_type = (DWORD)destination_type,
                            .caller_type = (DWORD)caller_type};

    if (!is_one_of(mode, SETTABLE_MODES))
        return bad_mode(mode);
    if (!destination)
        return com_fail(E_POINTER, IID_HERE, "A destination is needed, be it an empty one.");
    if ((mode & SPECIFIC_MODES) && !SysStringLen(caller))
        return com_fail(caller ? E_INVALIDARG : E_POINTER, IID_HERE,
                        "Forwarding the calls of one caller needs the caller's address.");
    if (!is_one_of(destination_type, ALL_TYPES) ||
        (SysStringLen(caller) ? !is_one_of(caller_type, ALL_TYPES)
                              : caller_type && !is_one_of(caller_type, ALL_TYPES)))
        return com_fail(E_INVALIDARG, IID_HERE, "That is not one LINEADDRESSTYPE_.");
    entry.destination = copy_text(destination);
    entry.caller = copy_text(caller);
    if (!entry.destination || !entry.caller || !put_entry(self, &entry)) {
        forward_free(&entry);
        return com_fail(E_OUTOFMEMORY, IID_HERE, NULL);
    }
    return S_OK;
}

static HRESULT WINAPI info_SetForwardType(ITForwardInformation2 *iface, LONG mode, BSTR destination,
                                          BSTR caller)
{
    return info_SetForwardType2(iface, mode, destination, LINEADDRESSTYPE_PHONENUMBER, caller,
                                LINEADDRESSTYPE_PHONENUMBER);
}

static HRESULT WINAPI info_get_ForwardTypeDestination(ITForwardInformation2 *iface, LONG mode,
                                                      BSTR *destination)
{
    if (!destination)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return give_entry(iface, mode, destination, NULL, NULL, NULL);
}

static HRESULT WINAPI info_get_ForwardTypeCaller(ITForwardInformation2 *iface, LONG mode,
                                                 BSTR *caller)
{
    if (!caller)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return give_entry(iface, mode, NULL, NULL, caller, NULL);
}

static HRESULT WINAPI info_GetForwardType(ITForwardInformation2 *iface, LONG mode,
                                          BSTR *destination, BSTR *caller)
{
    if (destination)
        *destination = NULL;
    if (caller)
        *caller = NULL;
    if (!destination || !caller)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return give_entry(iface, mode, destination, NULL, caller, NULL);
}

static HRESULT WINAPI info_Clear(ITForwardInformation2 *iface)
{
    struct forward_info *self = impl_from_ITForwardInformation2_iface(iface);
    struct forward *entries;
    unsigned count, i;

    AcquireSRWLockExclusive(&self->lock);
    entries = self->entries;
    count = self->count;
    self->entries = NULL;
    self->count = 0;
    self->rings = 0;
    ReleaseSRWLockExclusive(&self->lock);
    for (i = 0; i < count; i++)
        forward_free(&entries[i]);
    free(entries);
    return S_OK;
}

/* ---- ITForwardInformation2 ----------------------------------------------------------------- */

static HRESULT WINAPI info_GetForwardType2(ITForwardInformation2 *iface, LONG mode,
                                           BSTR *destination, LONG *destination_type, BSTR *caller,
                                           LONG *caller_type)
{
    if (destination)
        *destination = NULL;
    if (caller)
        *caller = NULL;
    if (!destination || !destination_type || !caller || !caller_type)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return give_entry(iface, mode, destination, destination_type, caller, caller_type);
}

static HRESULT WINAPI info_get_ForwardTypeDestinationAddressType(ITForwardInformation2 *iface,
                                                                 LONG mode, LONG *type)
{
    if (!type)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return give_entry(iface, mode, NULL, type, NULL, NULL);
}

static HRESULT WINAPI info_get_ForwardTypeCallerAddressType(ITForwardInformation2 *iface, LONG mode,
                                                            LONG *type)
{
    if (!type)
        return com_fail(E_POINTER, IID_HERE, NULL);
    return give_entry(iface, mode, NULL, NULL, NULL, type);
}

static const ITForwardInformation2Vtbl info_vtable = {
    COM_DISPATCH_VTABLE(info),
    info_put_NumRingsNoAnswer,
    info_get_NumRingsNoAnswer,
    info_SetForwardType,
    info_get_ForwardTypeDestination,
    info_get_ForwardTypeCaller,
    info_GetForwardType,
    info_Clear,
    info_SetForwardType2,
    info_GetForwardType2,
    info_get_ForwardTypeDestinationAddressType,
    info_get_ForwardTypeCallerAddressType,
};

/* ---- the object ---------------------------------------------------------------------------- */

static const struct com_interface info_interfaces[] = {
    COM_INTERFACE(forward_info, ITForwardInformation2_iface, ITForwardInformation2),
    COM_INTERFACE(forward_info, ITForwardInformation2_iface, ITForwardInformation),
};

static void info_destroy(struct com_object *object)
{
    struct forward_info *self = CONTAINING_RECORD(object, struct forward_info, com);

    info_Clear(&self->ITForwardInformation2_iface);
}

static const struct com_class info_class = {
    .name = "ForwardInformation",
    .interfaces = info_interfaces,
    .interface_count = ARRAYSIZE(info_interfaces),
    .destroy = info_destroy,
};

HRESULT forward_info_create(ITForwardInformation **out)
{
    struct forward_info *self = com_object_create(sizeof(*self), &info_class, NULL);

    *out = NULL;
    if (!self)
        return E_OUTOFMEMORY;
    self->ITForwardInformation2_iface.lpVtbl = (ITForwardInformation2Vtbl *)&info_vtable;
    InitializeSRWLock(&self->lock);
    *out = (ITForwardInformation *)&self->ITForwardInformation2_iface;
    return S_OK;
}

/* ---- from and to the C API ----------------------------------------------------------------- */

HRESULT forward_info_from_status(const LINEADDRESSSTATUS *status, DWORD entry_size,
                                 ITForwardInformation **out)
{
    DWORD count = status->dwForwardNumEntries, size = status->dwForwardSize, i;
    struct forward_info *self;
    HRESULT hr = forward_info_create(out);

    if (FAILED(hr))
        return hr;
    self = impl_from_ITForwardInformation2_iface((ITForwardInformation2 *)*out);
    self->rings = (LONG)status->dwNumRingsNoAnswer;
    if (status->dwForwardOffset > status->dwUsedSize ||
        size > status->dwUsedSize - status->dwForwardOffset)
        size = 0;
    if (count > size / entry_size)
        count = size / entry_size;
    for (i = 0; i < count; i++) {
        LINEFORWARD from = {0};
        struct forward entry;

        memcpy(&from, (const BYTE *)status + status->dwForwardOffset + i * entry_size, entry_size);
        entry.mode = from.dwForwardMode;
        /* Providers that know of numbers only leave the types out. */
        entry.destination_type =
            from.dwDestAddressType ? from.dwDestAddressType : LINEADDRESSTYPE_PHONENUMBER;
        entry.caller_type =
            from.dwCallerAddressType ? from.dwCallerAddressType : LINEADDRESSTYPE_PHONENUMBER;
        entry.destination =
            objects_string(status, from.dwDestAddressSize, from.dwDestAddressOffset);
        entry.caller = objects_string(status, from.dwCallerAddressSize, from.dwCallerAddressOffset);
        if (!entry.destination || !entry.caller || !put_entry(self, &entry)) {
            forward_free(&entry);
            com_release(&self->com);
            *out = NULL;
            return E_OUTOFMEMORY;
        }
    }
    return S_OK;
}

void forward_info_remove(ITForwardInformation *information, DWORD mode)
{
    struct com_object *object = com_object_of(information, &info_class);
    struct forward_info *self = CONTAINING_RECORD(object, struct forward_info, com);
    unsigned from, to = 0;

    if (!object)
        return;
    AcquireSRWLockExclusive(&self->lock);
    for (from = 0; from < self->count; from++)
        if (self->entries[from].mode == mode)
            forward_free(&self->entries[from]);
        else
            self->entries[to++] = self->entries[from];
    self->count = to;
    ReleaseSRWLockExclusive(&self->lock);
}

/* Writes a text behind what is there; nothing for an empty one. */
static DWORD write_text(LINEFORWARDLIST *list, DWORD *at, BSTR text, DWORD *offset)
{
    DWORD size = (SysStringLen(text) + 1) * sizeof(WCHAR);

    if (size == sizeof(WCHAR))
        return 0;
    *offset = *at;
    memcpy((BYTE *)list + *at, text, size);
    *at += size;
    return size;
}

HRESULT forward_info_build(ITForwardInformation *information, DWORD entry_size,
                           LINEFORWARDLIST **out, DWORD *rings)
{
    struct com_object *object = com_object_of(information, &info_class);
    struct forward_info *self = CONTAINING_RECORD(object, struct forward_info, com);
    DWORD head = offsetof(LINEFORWARDLIST, ForwardList), at, size;
    LINEFORWARDLIST *list = NULL;
    unsigned i;

    *out = NULL;
    *rings = 0;
    if (!object)
        return E_INVALIDARG;
    AcquireSRWLockShared(&self->lock);
    *rings = (DWORD)self->rings;
    size = at = head + self->count * entry_size;
    for (i = 0; i < self->count; i++)
        size += (SysStringLen(self->entries[i].destination) +
                 SysStringLen(self->entries[i].caller) + 2) *
                sizeof(WCHAR);
    if (self->count)
        list = calloc(1, size);
    for (i = 0; i < self->count && list; i++) {
        const struct forward *from = &self->entries[i];
        LINEFORWARD entry = {.dwForwardMode = from->mode,
                             .dwCallerAddressType = from->caller_type,
                             .dwDestAddressType = from->destination_type};

        entry.dwDestAddressSize =
            write_text(list, &at, from->destination, &entry.dwDestAddressOffset);
        entry.dwCallerAddressSize =
            write_text(list, &at, from->caller, &entry.dwCallerAddressOffset);
        memcpy((BYTE *)list + head + i * entry_size, &entry, entry_size);
    }
    if (list) {
        list->dwTotalSize = size;
        list->dwNumEntries = self->count;
    }
    i = self->count;
    ReleaseSRWLockShared(&self->lock);
    *out = list;
    return list || !i ? S_OK : E_OUTOFMEMORY;
}
