/* coverage_com.c - vtables that are claimed, and the calls through them; see coverage_com.h. */
#include "tests/support/coverage_com.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/coverage_thunks.h"

#define VTABLES 1024 /* a power of two; some hundred exist */
#define OBJECTS 4096 /* a power of two */
#define PROBES  8

struct vtable {
    void **table;                      /* NULL: free */
    const struct com_interface *known; /* the most derived one seen */
    bool shared;                       /* by interfaces that do not derive from each other */
    bool patched[COM_SLOTS];
    struct meant *meant;
};

/* Which method a DISPID means that the vtable's own interface does not have. */
struct meant {
    struct meant *next;
    DISPID dispid;
    WORD flags;
    struct com_method *method;
};

/* Enumerators share their vtable: what this object is. */
struct enumerator {
    const void *object;
    const struct com_interface *itf;
};

static struct vtable vtables[VTABLES];
static unsigned vtable_count;
static struct enumerator enumerators[OBJECTS];
static SRWLOCK lock = SRWLOCK_INIT; /* guards all of them; nothing is called under it */

static const struct com_interface *i_unknown, *i_dispatch;
static const struct coverage_observer method_observer, export_observer;

static const IID iid_dispatch = {
    0x00020400, 0x0000, 0x0000, {0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};

/* ---- whose code ---- */

struct range {
    uintptr_t start, size;
};
static struct range program, engines[2];
static const char *const engine_names[] = {"vbscript.dll", "jscript.dll"};

enum caller { CALLER_PROGRAM, CALLER_SCRIPT, CALLER_OTHER };

static struct range range_of(HMODULE module)
{
    const BYTE *image = (const BYTE *)module;
    const IMAGE_NT_HEADERS *headers =
        (const void *)(image + ((const IMAGE_DOS_HEADER *)image)->e_lfanew);

    return (struct range){(uintptr_t)image, headers->OptionalHeader.SizeOfImage};
}

static bool is_in(uintptr_t address, struct range range)
{
    return address - range.start < range.size;
}

static enum caller caller_of(uintptr_t back)
{
    if (coverage_is_return(back))
        return CALLER_OTHER; /* a DLL's function that ended with the call */
    if (is_in(back, program))
        return CALLER_PROGRAM;
    for (unsigned i = 0; i < ARRAYSIZE(engines); i++)
        if (is_in(back, engines[i]))
            return CALLER_SCRIPT;
    return CALLER_OTHER;
}

bool com_is_program(const void *address)
{
    enum caller whose = caller_of((uintptr_t)address);
    return whose == CALLER_PROGRAM || whose == CALLER_SCRIPT;
}

bool com_has_script(void)
{
    return engines[0].size != 0 || engines[1].size != 0;
}

/* Script engines make objects themselves. */
static void find_engines(void)
{
    static SRWLOCK finding = SRWLOCK_INIT;

    AcquireSRWLockExclusive(&finding);
    for (unsigned i = 0; i < ARRAYSIZE(engines); i++) {
        HMODULE module = engines[i].size == 0 ? GetModuleHandleA(engine_names[i]) : NULL;
        if (module == NULL)
            continue;
        engines[i] = range_of(module);
        coverage_hook_module(module);
    }
    ReleaseSRWLockExclusive(&finding);
}

/* Is this memory of one of the DLLs that the table is about? */
static bool is_ours(const void *address)
{
    static const char *const names[] = {"tapi3.dll", "termmgr.dll", "simmsp.dll"};
    char path[MAX_PATH] = "";
    HMODULE module = NULL;

    if (!GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            address, &module) ||
        !GetModuleFileNameA(module, path, sizeof path))
        return false;
    const char *base = strrchr(path, '\\');
    for (unsigned i = 0; i < ARRAYSIZE(names); i++)
        if (base != NULL && lstrcmpiA(base + 1, names[i]) == 0)
            return true;
    return false;
}

/* ---- records ---- */

const char *const com_place_names[COM_PLACES] = {"MTA", "STA", "none"};

enum com_place com_place(void)
{
    static HRESULT(WINAPI * get)(int *, int *);
    int type = -1, qualifier;

    if (get == NULL)
        get = (void *)GetProcAddress(GetModuleHandleA("ole32.dll"), "CoGetApartmentType");
    if (get == NULL || FAILED(get(&type, &qualifier)))
        return COM_PLACE_NONE;
    return type == 0 || type == 3 ? COM_PLACE_STA : COM_PLACE_MTA;
}

void com_record(enum coverage_kind how, struct com_method *method, bool script, HRESULT hr)
{
    enum com_place place = com_place();
    const char **label = &method->labels[place][script], *made = *label;
    char text[200];

    if (made == NULL) {
        snprintf(text, sizeof text, "%s.%s:%s%s", method->interface_name, method->name,
                 com_place_names[place], script ? ":script" : "");
        InterlockedCompareExchangePointer((void **)label, strdup(text), NULL);
        made = *label;
    }
    coverage_record(how, made, (uint32_t)hr);
}

/* ---- vtables ---- */

static struct vtable *find_vtable(void **table)
{
    unsigned at = ((uintptr_t)table >> 3) * 2654435761u % VTABLES;

    while (vtables[at].table != NULL && vtables[at].table != table)
        at = (at + 1) % VTABLES;
    return &vtables[at];
}

void com_patch(void **table, unsigned slot, const void *observer, const void *subject)
{
    static SRWLOCK patching = SRWLOCK_INIT; /* a page may hold several vtables */
    struct coverage_thunk *thunk;
    DWORD old;

    AcquireSRWLockExclusive(&patching);
    if (!coverage_is_thunk(table[slot]) &&
        (thunk = coverage_thunk_create(table[slot], observer, subject, slot)) != NULL &&
        VirtualProtect(&table[slot], sizeof *table, PAGE_READWRITE, &old)) {
        table[slot] = thunk->code;
        VirtualProtect(&table[slot], sizeof *table, old, &old);
    }
    ReleaseSRWLockExclusive(&patching);
}

/* The object's interface is one of the enumerators': they are told apart by the object. */
static struct enumerator *find_enumerator(const void *object)
{
    unsigned at = ((uintptr_t)object >> 4) * 2654435761u % OBJECTS;

    for (unsigned i = 0; i < PROBES; i++) {
        struct enumerator *found = &enumerators[(at + i) % OBJECTS];
        if (found->object == object || found->object == NULL)
            return found;
    }
    return &enumerators[at];
}

static bool is_enumerator(const struct com_interface *itf)
{
    return strncmp(itf->name, "IEnum", 5) == 0;
}

/* Enters what is known of a vtable of ours; under the lock. */
static const struct com_interface *learn(void **table, const void *object,
                                         const struct com_interface *itf)
{
    struct vtable *vtable = find_vtable(table);

    if (vtable->table == NULL) {
        if (vtable_count == VTABLES / 2)
            return NULL;
        vtable_count++;
        vtable->table = table;
        vtable->known = itf;
    } else if (com_derives(itf, vtable->known)) {
        vtable->known = itf;
    } else if (!com_derives(vtable->known, itf)) {
        vtable->shared = true;
    }
    if (is_enumerator(itf))
        *find_enumerator(object) = (struct enumerator){object, itf};
    for (unsigned slot = 0; slot < COM_SLOTS; slot++)
        if (com_method_at(itf, slot) != NULL)
            com_patch(table, slot, &method_observer, vtable);
    return vtable->known;
}

static const struct com_interface *known_as(void **table, const void *object)
{
    const struct com_interface *known = NULL;
    struct vtable *vtable;

    AcquireSRWLockShared(&lock);
    vtable = find_vtable(table);
    /* a DLL that was loaded anew has its own slots again */
    if (vtable->table != NULL && coverage_is_thunk(table[0])) {
        known = vtable->known;
        if (vtable->shared && find_enumerator(object)->object == object)
            known = find_enumerator(object)->itf;
    }
    ReleaseSRWLockShared(&lock);
    return known;
}

/* The interface that an IDispatch of ours is. */
static const struct com_interface *ask_type(IDispatch *object)
{
    const struct com_interface *itf = NULL;
    ITypeInfo *info = NULL;
    TYPEATTR *attr = NULL;

    if (FAILED(object->lpVtbl->GetTypeInfo(object, 0, LOCALE_NEUTRAL, &info)))
        return NULL;
    if (SUCCEEDED(info->lpVtbl->GetTypeAttr(info, &attr))) {
        itf = com_interface_of(&attr->guid);
        info->lpVtbl->ReleaseTypeAttr(info, attr);
    }
    info->lpVtbl->Release(info);
    return itf;
}

const struct com_interface *com_claim(void *p, const struct com_interface *itf)
{
    const struct com_interface *known;
    void **table;

    if (p == NULL)
        return NULL;
    table = *(void ***)p;
    known = known_as(table, p);
    if (itf == NULL)
        itf = i_unknown;
    if (known != NULL && (known == itf || com_derives(known, itf)) &&
        !(itf == i_dispatch && known == i_dispatch) && !is_enumerator(known))
        return known;
    if (known == NULL && !is_ours(table))
        return NULL;
    if (itf == i_dispatch) {
        itf = ask_type(p);
        if (itf == NULL)
            itf = i_dispatch;
    }
    AcquireSRWLockExclusive(&lock);
    known = learn(table, p, itf);
    ReleaseSRWLockExclusive(&lock);
    return known;
}

void com_claim_variant(const VARIANT *variant)
{
    if (V_VT(variant) == VT_DISPATCH)
        com_claim(V_DISPATCH(variant), i_dispatch);
    else if (V_VT(variant) == VT_UNKNOWN)
        com_claim(V_UNKNOWN(variant), NULL);
}

void *com_quiet_slot(void *p, unsigned slot)
{
    void *code = (*(void ***)p)[slot];

    return coverage_is_thunk(code) ? ((const struct coverage_thunk *)code)->target : code;
}

HRESULT com_quiet_query(void *p, REFIID iid, void **out)
{
    static HRESULT(WINAPI * get_error)(ULONG, IUnknown **);
    static HRESULT(WINAPI * set_error)(ULONG, IUnknown *);
    HRESULT(WINAPI * query)(void *, REFIID, void **) = com_quiet_slot(p, 0);
    IUnknown *error = NULL;
    HRESULT hr;

    if (set_error == NULL) {
        HMODULE oleaut = GetModuleHandleA("oleaut32.dll");
        get_error = (void *)GetProcAddress(oleaut, "GetErrorInfo");
        set_error = (void *)GetProcAddress(oleaut, "SetErrorInfo");
    }
    get_error(0, &error);
    hr = query(p, iid, out);
    set_error(0, error);
    if (error != NULL)
        error->lpVtbl->Release(error);
    return hr;
}

/* ---- what calls gave ---- */

static void see_out(const struct com_out *out, const uintptr_t *args, HRESULT hr)
{
    const struct com_interface *itf = out->itf;
    ULONG count = 1;

    if (args[out->word] == 0)
        return;
    if (out->array) { /* Next: how many there were room for, the items, how many came */
        count = (ULONG)args[1];
        if (args[3] != 0)
            count = *(const ULONG *)args[3];
        else if (hr != S_OK)
            count = 0;
    }
    if (itf == NULL && !out->variant) {
        if (args[out->word - 1] == 0)
            return;
        itf = com_interface_of((REFIID)args[out->word - 1]);
        if (itf == NULL)
            return;
    }
    for (ULONG i = 0; i < count; i++) {
        if (out->variant)
            com_claim_variant((const VARIANT *)args[out->word] + i);
        else
            com_claim(((void **)args[out->word])[i], itf);
    }
}

/* The method that Invoke has called. */
static struct com_method *method_meant(void *object, struct vtable *vtable,
                                       const struct com_interface *known, DISPID dispid, WORD flags)
{
    struct com_method *method = NULL;
    struct meant *meant;

    while ((method = com_method_by_dispid(method, dispid, flags)) != NULL)
        if (com_derives(known, method->itf))
            return method;
    AcquireSRWLockShared(&lock);
    for (meant = vtable->meant; meant != NULL; meant = meant->next)
        if (meant->dispid == dispid && meant->flags == flags)
            break;
    ReleaseSRWLockShared(&lock);
    if (meant != NULL)
        return meant->method;
    while ((method = com_method_by_dispid(method, dispid, flags)) != NULL) {
        IUnknown *found = NULL;
        if (FAILED(com_quiet_query(object, &method->itf->iid, (void **)&found)) || found == NULL)
            continue;
        com_claim(found, method->itf);
        found->lpVtbl->Release(found);
        break;
    }
    meant = calloc(1, sizeof *meant);
    if (meant != NULL) {
        *meant = (struct meant){NULL, dispid, flags, method};
        AcquireSRWLockExclusive(&lock);
        meant->next = vtable->meant;
        vtable->meant = meant;
        ReleaseSRWLockExclusive(&lock);
    }
    return method;
}

static void see_invoke(const struct coverage_frame *frame, struct vtable *vtable,
                       const struct com_interface *known, enum caller caller, HRESULT hr)
{
    const uintptr_t *args = frame->args; /* this, id, iid, lcid, flags, params, result, exception */
    const EXCEPINFO *exception = (const void *)args[7];
    struct com_method *method;

    if (SUCCEEDED(hr) && args[6] != 0)
        com_claim_variant((const VARIANT *)args[6]);
    if (hr == DISP_E_MEMBERNOTFOUND || hr == DISP_E_UNKNOWNINTERFACE || hr == E_INVALIDARG ||
        caller == CALLER_OTHER)
        return;
    if (hr == DISP_E_EXCEPTION && exception != NULL)
        hr = exception->scode;
    method = method_meant((void *)args[0], vtable, known, (DISPID)args[1], (WORD)args[4]);
    if (method != NULL)
        com_record(COVERAGE_DISPATCH, method, caller == CALLER_SCRIPT, hr);
}

static bool method_enter(const struct coverage_thunk *thunk, uintptr_t *args, uintptr_t back)
{
    const struct vtable *vtable = thunk->subject;

    (void)back;
    if (thunk->index == 5 && strcmp(vtable->known->name, "IConnectionPoint") == 0 && args[1] != 0)
        com_sink_advised((IUnknown *)args[1]);
    return true;
}

static void method_leave(const struct coverage_frame *frame, uintptr_t result)
{
    struct vtable *vtable = (struct vtable *)frame->thunk->subject;
    const struct com_interface *known = vtable->known;
    enum caller caller = caller_of(frame->back);
    struct com_method *method;
    HRESULT hr = (HRESULT)result;

    bool certain = true;

    if (vtable->shared) {
        const struct enumerator *which;
        AcquireSRWLockShared(&lock);
        which = find_enumerator((void *)frame->args[0]);
        certain = which->object == (void *)frame->args[0];
        if (certain)
            known = which->itf;
        ReleaseSRWLockShared(&lock);
    }
    method = com_method_at(known, frame->thunk->index);
    if (method == NULL)
        return;
    if (method->itf == i_dispatch) {
        see_invoke(frame, vtable, known, caller, hr);
        return;
    }
    for (unsigned i = 0; SUCCEEDED(hr) && i < method->out_count; i++)
        see_out(&method->outs[i], frame->args, hr);
    if (method->counted && certain && caller != CALLER_OTHER)
        com_record(COVERAGE_VTABLE, method, caller == CALLER_SCRIPT, hr);
}

static const struct coverage_observer method_observer = {method_enter, method_leave};

/* ---- where objects begin ---- */

static const struct {
    const char *name;
    unsigned iid, out; /* arguments */
} exports[] = {
    {"CoCreateInstance", 3, 4},     {"CoGetClassObject", 3, 4},
    {"DllGetClassObject", 1, 2},    {"CoGetInterfaceAndReleaseStream", 1, 2},
    {"CoUnmarshalInterface", 1, 2},
};

static bool export_enter(const struct coverage_thunk *thunk, uintptr_t *args, uintptr_t back)
{
    (void)thunk, (void)args, (void)back;
    return true;
}

static void export_leave(const struct coverage_frame *frame, uintptr_t result)
{
    const uintptr_t *args = frame->args;
    const unsigned i = frame->thunk->index;
    const struct com_interface *itf;

    find_engines();
    if (FAILED((HRESULT)result) || args[exports[i].iid] == 0 || args[exports[i].out] == 0)
        return;
    itf = com_interface_of((REFIID)args[exports[i].iid]);
    if (itf != NULL)
        com_claim(*(void **)args[exports[i].out], itf);
}

static const struct coverage_observer export_observer = {export_enter, export_leave};

void *coverage_com_import(const char *dll, const char *name, void *target)
{
    (void)dll;
    for (unsigned i = 0; i < ARRAYSIZE(exports); i++)
        if (strcmp(name, exports[i].name) == 0) {
            struct coverage_thunk *thunk =
                coverage_is_thunk(target)
                    ? NULL
                    : coverage_thunk_create(target, &export_observer, NULL, i);
            return thunk != NULL ? thunk->code : target;
        }
    return target;
}

void *coverage_com_export(HMODULE module, const char *name, void *target)
{
    (void)module;
    if (strcmp(name, "DllGetClassObject") != 0 || !is_ours(target))
        return target;
    return coverage_com_import("", name, target);
}

void coverage_com_start(void)
{
    com_facts_start();
    i_unknown = com_interface_named("IUnknown", 8);
    i_dispatch = com_interface_of(&iid_dispatch);
    program = range_of(GetModuleHandleA(NULL));
}
