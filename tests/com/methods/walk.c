/* walk.c - every method of an interface, called as the type library describes it; see methods.h. */
#include "tests/com/methods/methods.h"

#include <wchar.h>

#define PARAMETERS 8

struct method {
    WCHAR name[64];
    short slot_offset; /* in the vtable, in bytes */
    unsigned count;
    struct parameter {
        VARTYPE type; /* as it is passed: VT_PTR for an output */
        VARTYPE to;   /* what an output points to: VT_PTR for interfaces and bytes */
        bool output;
        bool bytes; /* memory of the task allocator */
    } parameters[PARAMETERS];
    bool callable; /* all types are known */
};

/* A name for a type: an enumeration is VT_I4, an alias what it is for. */
static VARTYPE plain_type(ITypeInfo *info, const TYPEDESC *type)
{
    ITypeInfo *named;
    TYPEATTR *attributes;
    VARTYPE plain = VT_EMPTY;

    if (type->vt != VT_USERDEFINED)
        return type->vt;
    if (FAILED(ITypeInfo_GetRefTypeInfo(info, type->hreftype, &named)))
        return VT_EMPTY;
    if (SUCCEEDED(ITypeInfo_GetTypeAttr(named, &attributes))) {
        if (attributes->typekind == TKIND_ENUM)
            plain = VT_I4;
        else if (attributes->typekind == TKIND_ALIAS)
            plain = plain_type(named, &attributes->tdescAlias);
        else if (IsEqualGUID(&attributes->guid, &IID_NULL) &&
                 attributes->cbSizeInstance == sizeof(GUID))
            plain = VT_RECORD; /* a CLSID or IID */
        ITypeInfo_ReleaseTypeAttr(named, attributes);
    }
    ITypeInfo_Release(named);
    return plain;
}

static void describe(ITypeInfo *info, const FUNCDESC *function, struct method *method)
{
    BSTR name = NULL;
    UINT found;
    int i;

    memset(method, 0, sizeof(*method));
    ITypeInfo_GetNames(info, function->memid, &name, 1, &found);
    /* As the headers have it: get_State, put_EventFilter. */
    swprintf(method->name, ARRAYSIZE(method->name), L"%ls%ls",
             function->invkind == INVOKE_PROPERTYGET   ? L"get_"
             : function->invkind == INVOKE_PROPERTYPUT ? L"put_"
                                                       : L"",
             name ? name : L"");
    SysFreeString(name);
    method->slot_offset = function->oVft;
    method->count = function->cParams;
    method->callable = function->cParams <= PARAMETERS;
    for (i = 0; i < function->cParams && method->callable; i++) {
        const ELEMDESC *element = &function->lprgelemdescParam[i];
        struct parameter *parameter = &method->parameters[i];

        parameter->type = plain_type(info, &element->tdesc);
        parameter->output =
            parameter->type == VT_PTR && element->paramdesc.wParamFlags & PARAMFLAG_FOUT;
        if (parameter->output)
            parameter->to = plain_type(info, element->tdesc.lptdesc);
        if (parameter->to == VT_PTR)
            parameter->bytes = plain_type(info, element->tdesc.lptdesc->lptdesc) == VT_UI1;
        if (parameter->type == VT_EMPTY)
            method->callable = false;
    }
}

/* Room for an output of any type; poisoned. */
union room {
    void *pointer;
    VARIANT variant;
    BYTE bytes[64];
};

/* An argument as the machine passes it: 64-bit code gives structures by a pointer to a copy, 32-bit
 * code puts them on the stack. */
#define SLOTS 12
typedef uintptr_t slot;

static unsigned add_slots(slot slots[SLOTS], unsigned count, const void *value, size_t size)
{
    size_t at;

    if (size <= sizeof(slot) || sizeof(slot) == 8) {
        slots[count] = size <= sizeof(slot) ? 0 : (slot)value;
        if (size <= sizeof(slot))
            memcpy(&slots[count], value, size);
        return count + 1;
    }
    for (at = 0; at < size; at += sizeof(slot))
        memcpy(&slots[count++], (const char *)value + at, sizeof(slot));
    return count;
}

/* From here and not by DispCallFunc: it is the program that calls. */
static HRESULT call_slots(const void *method, const slot *s, unsigned count)
{
    switch (count) {
    case 1:
        return ((HRESULT(WINAPI *)(slot))method)(s[0]);
    case 2:
        return ((HRESULT(WINAPI *)(slot, slot))method)(s[0], s[1]);
    case 3:
        return ((HRESULT(WINAPI *)(slot, slot, slot))method)(s[0], s[1], s[2]);
    case 4:
        return ((HRESULT(WINAPI *)(slot, slot, slot, slot))method)(s[0], s[1], s[2], s[3]);
    case 5:
        return ((HRESULT(WINAPI *)(slot, slot, slot, slot, slot))method)(s[0], s[1], s[2], s[3],
                                                                         s[4]);
    case 6:
        return ((HRESULT(WINAPI *)(slot, slot, slot, slot, slot, slot))method)(s[0], s[1], s[2],
                                                                               s[3], s[4], s[5]);
    case 7:
        return ((HRESULT(WINAPI *)(slot, slot, slot, slot, slot, slot, slot))method)(
            s[0], s[1], s[2], s[3], s[4], s[5], s[6]);
    default:
        FAIL("a method with %u arguments", count);
        return E_FAIL;
    }
}

/* What the method said of itself on this thread: a failure has a sentence, a success none. */
static void check_sentence(const WCHAR *interface_name, const struct method *method, HRESULT hr)
{
    IErrorInfo *info = NULL;
    BSTR sentence = NULL;

    if (GetErrorInfo(0, &info) == S_OK) {
        IErrorInfo_GetDescription(info, &sentence);
        IErrorInfo_Release(info);
    }
    if (FAILED(hr) && !SysStringLen(sentence))
        FAIL("%ls::%ls fails with 0x%08lx and says nothing", interface_name, method->name,
             (unsigned long)hr);
    else if (SUCCEEDED(hr) && info)
        FAIL("%ls::%ls succeeds with 0x%08lx and says \"%ls\"", interface_name, method->name,
             (unsigned long)hr, sentence ? sentence : L"");
    SysFreeString(sentence);
}

static HRESULT call(void *object, const WCHAR *interface_name, const struct method *method,
                    union room rooms[PARAMETERS], int null_output)
{
    const void *const *vtable = *(const void *const **)object;
    BSTR empty = SysAllocString(L"");
    VARIANT nothing; /* VT_EMPTY; as bytes, a GUID of zeros */
    slot slots[SLOTS] = {(slot)object};
    unsigned count = 1, i;
    HRESULT hr;

    memset(&nothing, 0, sizeof(nothing));
    for (i = 0; i < method->count; i++) {
        const struct parameter *parameter = &method->parameters[i];
        const void *pointer = NULL;

        POISON(rooms[i]);
        if (parameter->output && (int)i != null_output)
            pointer = &rooms[i];
        else if (parameter->type == VT_BSTR)
            pointer = empty;
        if (parameter->type == VT_VARIANT)
            count = add_slots(slots, count, &nothing, sizeof(nothing));
        else if (parameter->type == VT_RECORD)
            count = add_slots(slots, count, &nothing, sizeof(GUID));
        else if (parameter->type == VT_I8)
            count = add_slots(slots, count, &nothing, sizeof(LONGLONG));
        else
            count = add_slots(slots, count, &pointer, sizeof(pointer));
    }
    SetErrorInfo(0, NULL);
    hr = call_slots(vtable[method->slot_offset / sizeof(void *)], slots, count);
    SysFreeString(empty);
    check_sentence(interface_name, method, hr);
    return hr;
}

/* What a failed method must leave behind: nothing that somebody would release or free. */
static void check_cleared(const WCHAR *interface_name, const struct method *method,
                          const union room *rooms, int null_output)
{
    unsigned i;

    for (i = 0; i < method->count; i++) {
        const struct parameter *parameter = &method->parameters[i];
        bool good = true;

        if (!parameter->output || (int)i == null_output)
            continue;
        if (parameter->to == VT_PTR || parameter->to == VT_BSTR || parameter->to == VT_DISPATCH ||
            parameter->to == VT_UNKNOWN)
            good = rooms[i].pointer == NULL;
        else if (parameter->to == VT_VARIANT)
            good = V_VT(&rooms[i].variant) == VT_EMPTY;
        if (!good)
            FAIL("%ls::%ls leaves output %u as it was", interface_name, method->name, i);
    }
}

/* What a method that succeeded gave. */
static void release_outputs(const struct method *method, union room *rooms)
{
    unsigned i;

    for (i = 0; i < method->count; i++) {
        const struct parameter *parameter = &method->parameters[i];

        if (!parameter->output)
            continue;
        if (parameter->bytes)
            CoTaskMemFree(rooms[i].pointer);
        else if ((parameter->to == VT_PTR || parameter->to == VT_DISPATCH ||
                  parameter->to == VT_UNKNOWN) &&
                 rooms[i].pointer)
            IUnknown_Release((IUnknown *)rooms[i].pointer);
        else if (parameter->to == VT_BSTR)
            SysFreeString(rooms[i].pointer);
        else if (parameter->to == VT_VARIANT)
            VariantClear(&rooms[i].variant);
    }
}

static HRESULT exception_of(const struct exception *exceptions, const WCHAR *name, HRESULT usual)
{
    for (; exceptions && exceptions->name; exceptions++)
        if (!wcscmp(exceptions->name, name))
            return exceptions->result;
    return usual;
}

typedef void (*visitor)(void *object, const WCHAR *interface_name, const struct method *method,
                        HRESULT expected);

static void visit_null_outputs(void *object, const WCHAR *interface_name,
                               const struct method *method, HRESULT expected)
{
    union room rooms[PARAMETERS];
    unsigned i;

    for (i = 0; i < method->count; i++) {
        HRESULT hr;

        if (!method->parameters[i].output)
            continue;
        hr = call(object, interface_name, method, rooms, (int)i);
        if (hr != expected)
            FAIL("%ls::%ls with NULL for output %u: 0x%08lx", interface_name, method->name, i, hr);
        check_cleared(interface_name, method, rooms, (int)i);
    }
}

static void visit_all(void *object, const WCHAR *interface_name, const struct method *method,
                      HRESULT expected)
{
    union room rooms[PARAMETERS];
    HRESULT hr = call(object, interface_name, method, rooms, -1);

    if (hr != expected)
        FAIL("%ls::%ls: 0x%08lx, not 0x%08lx", interface_name, method->name, hr, expected);
    if (FAILED(hr))
        check_cleared(interface_name, method, rooms, -1);
}

static void visit_any(void *object, const WCHAR *interface_name, const struct method *method,
                      HRESULT expected)
{
    union room rooms[PARAMETERS];
    HRESULT hr = call(object, interface_name, method, rooms, -1);

    (void)expected;
    if (FAILED(hr))
        check_cleared(interface_name, method, rooms, -1);
    else
        release_outputs(method, rooms);
}

/* The interface as one with a vtable, where the library has it as a dispinterface, too. */
static ITypeInfo *interface_info(REFIID iid)
{
    WCHAR path[MAX_PATH];
    ITypeLib *library = NULL;
    ITypeInfo *info = NULL, *own;
    HREFTYPE reference;

    GetModuleFileNameW(GetModuleHandleW(L"tapi3.dll"), path, MAX_PATH);
    REQUIRE_EQ(LoadTypeLibEx(path, REGKIND_NONE, &library), S_OK);
    REQUIRE_EQ(ITypeLib_GetTypeInfoOfGuid(library, iid, &info), S_OK);
    ITypeLib_Release(library);
    if (SUCCEEDED(ITypeInfo_GetRefTypeOfImplType(info, (UINT)-1, &reference))) {
        REQUIRE_EQ(ITypeInfo_GetRefTypeInfo(info, reference, &own), S_OK);
        ITypeInfo_Release(info);
        info = own;
    }
    return info;
}

static void walk(void *object, REFIID iid, HRESULT usual, const struct exception *exceptions,
                 visitor visit)
{
    ITypeInfo *info = interface_info(iid);
    void *itf = interface_of(object, iid);
    TYPEATTR *attributes;
    BSTR name = NULL;
    unsigned visited = 0;
    WORD i;

    REQUIRE_EQ(ITypeInfo_GetTypeAttr(info, &attributes), S_OK);
    ITypeInfo_GetDocumentation(info, MEMBERID_NIL, &name, NULL, NULL, NULL);
    for (i = 0; i < attributes->cFuncs; i++) {
        struct method method;
        FUNCDESC *function;
        HRESULT expected;

        REQUIRE_EQ(ITypeInfo_GetFuncDesc(info, i, &function), S_OK);
        describe(info, function, &method);
        ITypeInfo_ReleaseFuncDesc(info, function);
        expected = exception_of(exceptions, method.name, usual);
        if (!method.callable)
            continue;
        visited++;
        if (expected != WALK_SKIP)
            visit(itf, name, &method, expected);
    }
    CHECK(visited > 0);
    SysFreeString(name);
    ITypeInfo_ReleaseTypeAttr(info, attributes);
    ITypeInfo_Release(info);
    IUnknown_Release((IUnknown *)itf);
}

void walk_null_outputs(void *object, REFIID iid, const struct exception *exceptions)
{
    walk(object, iid, E_POINTER, exceptions, visit_null_outputs);
}

void walk_any(void *object, REFIID iid, const struct exception *exceptions)
{
    walk(object, iid, S_OK, exceptions, visit_any);
}

void walk_all(void *object, REFIID iid, HRESULT result, const struct exception *exceptions)
{
    walk(object, iid, result, exceptions, visit_all);
}
