/* coverage_com_facts.c - the interfaces and methods of the reference tables (coverage_com_rows.awk
 * makes C of them), COM's own that lead to them, and what their arguments give. */
#include <stdlib.h>
#include <string.h>

#include "tests/support/coverage_com.h"

/* COM's own: those methods through which objects come. */
#define OF_COM                                                                                     \
    ITF(IUnknown, , 0x00000000, 0x0000, 0x0000, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46)    \
    ITF(IDispatch, IUnknown, 0x00020400, 0x0000, 0x0000, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, \
        0x46)                                                                                      \
    ITF(IClassFactory, IUnknown, 0x00000001, 0x0000, 0x0000, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00,   \
        0x00, 0x46)                                                                                \
    ITF(IEnumVARIANT, IUnknown, 0x00020404, 0x0000, 0x0000, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00,    \
        0x00, 0x46)                                                                                \
    ITF(IConnectionPointContainer, IUnknown, 0xB196B284, 0xBAB4, 0x101A, 0xB6, 0x9C, 0x00, 0xAA,   \
        0x00, 0x34, 0x1D, 0x07)                                                                    \
    ITF(IEnumConnectionPoints, IUnknown, 0xB196B285, 0xBAB4, 0x101A, 0xB6, 0x9C, 0x00, 0xAA, 0x00, \
        0x34, 0x1D, 0x07)                                                                          \
    ITF(IConnectionPoint, IUnknown, 0xB196B286, 0xBAB4, 0x101A, 0xB6, 0x9C, 0x00, 0xAA, 0x00,      \
        0x34, 0x1D, 0x07)                                                                          \
    METHOD(IUnknown, 0, QueryInterface, method, 0, "[in] IID *iid; [out] void **out")              \
    METHOD(IDispatch, 6, Invoke, method, 0, "")                                                    \
    METHOD(IClassFactory, 3, CreateInstance, method, 0,                                            \
           "[in] IUnknown *outer; [in] IID *iid; [out] void **out")                                \
    METHOD(IEnumVARIANT, 3, Next, method, 0,                                                       \
           "[in] ULONG count; [out] VARIANT *items; [out] ULONG *fetched")                         \
    METHOD(IEnumVARIANT, 6, Clone, method, 0, "[out] IEnumVARIANT **out")                          \
    METHOD(IConnectionPointContainer, 3, EnumConnectionPoints, method, 0,                          \
           "[out] IEnumConnectionPoints **out")                                                    \
    METHOD(IConnectionPointContainer, 4, FindConnectionPoint, method, 0,                           \
           "[in] IID *iid; [out] IConnectionPoint **out")                                          \
    METHOD(IEnumConnectionPoints, 3, Next, method, 0,                                              \
           "[in] ULONG count; [out] IConnectionPoint **items; [out] ULONG *fetched")               \
    METHOD(IEnumConnectionPoints, 6, Clone, method, 0, "[out] IEnumConnectionPoints **out")        \
    METHOD(IConnectionPoint, 4, GetConnectionPointContainer, method, 0,                            \
           "[out] IConnectionPointContainer **out")                                                \
    METHOD(IConnectionPoint, 5, Advise, method, 0, "[in] IUnknown *sink; [out] DWORD *cookie")

static struct com_interface interfaces[] = {
#define ITF(name_, base_, a, b, c, ...)                                                            \
    {.name = #name_, .base_name = #base_, .iid = {a, b, c, {__VA_ARGS__}}},
#define METHOD(...)
    OF_COM
#include "coverage_com_rows.h"
#undef METHOD
#undef ITF
};

static struct com_method methods[] = {
#define ITF(...)
#define METHOD(itf_, slot_, name_, kind_, dispid_, params_)                                        \
    {.interface_name = #itf_,                                                                      \
     .slot = slot_,                                                                                \
     .name = #name_,                                                                               \
     .kind = COM_##kind_,                                                                          \
     .dispid = dispid_,                                                                            \
     .params = params_},
    OF_COM
#undef METHOD
#define METHOD(itf_, slot_, name_, kind_, dispid_, params_)                                        \
    {.interface_name = #itf_,                                                                      \
     .slot = slot_,                                                                                \
     .name = #name_,                                                                               \
     .kind = COM_##kind_,                                                                          \
     .dispid = dispid_,                                                                            \
     .params = params_,                                                                            \
     .counted = true},
#include "coverage_com_rows.h"
};

const struct com_interface *com_interface_named(const char *name, size_t length)
{
    for (unsigned i = 0; i < ARRAYSIZE(interfaces); i++)
        if (strncmp(interfaces[i].name, name, length) == 0 && interfaces[i].name[length] == 0)
            return &interfaces[i];
    return NULL;
}

#define BY_IID 1024 /* a power of two; some hundred interfaces exist */
static const struct com_interface *by_iid[BY_IID];

static const struct com_interface **place_of(REFIID iid)
{
    unsigned at = (iid->Data1 * 2654435761u) >> 22;

    while (by_iid[at] != NULL && memcmp(&by_iid[at]->iid, iid, sizeof *iid) != 0)
        at = (at + 1) % BY_IID;
    return &by_iid[at];
}

const struct com_interface *com_interface_of(REFIID iid)
{
    return *place_of(iid);
}

bool com_derives(const struct com_interface *itf, const struct com_interface *from)
{
    while (itf != NULL && itf != from)
        itf = itf->base;
    return itf != NULL;
}

struct com_method *com_method_at(const struct com_interface *itf, unsigned slot)
{
    for (; itf != NULL && slot < COM_SLOTS; itf = itf->base)
        if (itf->methods[slot] != NULL)
            return itf->methods[slot];
    return NULL;
}

struct com_method *com_method_by_dispid(struct com_method *after, DISPID dispid, WORD flags)
{
    static const WORD of_kind[] = {[COM_method] = DISPATCH_METHOD,
                                   [COM_propget] = DISPATCH_PROPERTYGET,
                                   [COM_propput] = DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF};
    struct com_method *method = after != NULL ? after + 1 : methods;

    if (dispid == DISPID_NEWENUM) /* scripts ask for it as a method, too */
        flags |= DISPATCH_PROPERTYGET;
    for (; method < methods + ARRAYSIZE(methods); method++)
        if (method->counted && method->dispid == dispid && (of_kind[method->kind] & flags))
            return method;
    return NULL;
}

struct com_method *com_method_named(const struct com_interface *itf, const char *name)
{
    for (unsigned i = 0; i < ARRAYSIZE(methods); i++)
        if (methods[i].itf == itf && strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

/* ---- parameters: "[out,retval] IEnumAddress **ppEnumAddress; ..." ---- */

struct parameter {
    bool out;
    const char *type; /* the last word of the type */
    size_t length;
    unsigned stars;
};

static bool is_type(const struct parameter *parameter, const char *name)
{
    return strlen(name) == parameter->length &&
           strncmp(parameter->type, name, parameter->length) == 0;
}

static const char *read_parameter(const char *text, struct parameter *parameter)
{
    const char *end = strchr(text, ';');
    size_t length = end != NULL ? (size_t)(end - text) : strlen(text);
    const char *at = text, *close = memchr(text, ']', length);

    *parameter = (struct parameter){0};
    if (close != NULL) {
        for (; at + 3 <= close; at++)
            parameter->out |= strncmp(at, "out", 3) == 0;
        at = close + 1;
    }
    while (*at == ' ')
        at++;
    if (strncmp(at, "const ", 6) == 0)
        at += 6;
    parameter->type = at;
    parameter->length = strcspn(at, " *;");
    for (; at < text + length; at++)
        parameter->stars += *at == '*';
    return end != NULL ? end + 1 : NULL;
}

/* How many words of the stack a parameter has. */
static unsigned words_of(const struct parameter *parameter)
{
#ifndef _WIN64
    static const struct {
        const char *type;
        unsigned words;
    } wide[] = {{"VARIANT", 4}, {"VARIANTARG", 4}, {"IID", 4},     {"GUID", 4},
                {"CLSID", 4},   {"DATE", 2},       {"CURRENCY", 2}};
    for (unsigned i = 0; parameter->stars == 0 && i < ARRAYSIZE(wide); i++)
        if (is_type(parameter, wide[i].type))
            return wide[i].words;
#endif
    (void)parameter;
    return 1;
}

static void read_parameters(struct com_method *method)
{
    struct parameter parameter;
    unsigned word = 1;

    for (const char *at = method->params; at != NULL && *at != 0;) {
        at = read_parameter(at + strspn(at, " "), &parameter);
        struct com_out out = {.word = word, .array = strcmp(method->name, "Next") == 0};
        word += words_of(&parameter);
        if (!parameter.out || method->out_count == COM_OUTS)
            continue;
        if (parameter.stars == 1 && is_type(&parameter, "VARIANT"))
            out.variant = true;
        else if (parameter.stars != 2)
            continue;
        else if (!is_type(&parameter, "void"))
            out.itf = com_interface_named(parameter.type, parameter.length);
        if (out.variant || out.itf != NULL || is_type(&parameter, "void"))
            method->outs[method->out_count++] = out;
    }
}

/* The property that tells an interface's events apart. */
static unsigned slot_that_says(const struct com_interface *itf)
{
    static const char *const names[] = {"get_Event", "get_State", "get_Cause", "get_RequestMode"};

    for (unsigned i = 0; strstr(itf->name, "Event") != NULL && i < ARRAYSIZE(names); i++)
        for (unsigned slot = 7; slot < COM_SLOTS; slot++) {
            const struct com_method *method = com_method_at(itf, slot);
            if (method != NULL && strcmp(method->name, names[i]) == 0)
                return slot;
        }
    return 0;
}

void com_facts_start(void)
{
    for (unsigned i = 0; i < ARRAYSIZE(interfaces); i++) {
        interfaces[i].base =
            com_interface_named(interfaces[i].base_name, strlen(interfaces[i].base_name));
        *place_of(&interfaces[i].iid) = &interfaces[i];
    }
    for (unsigned i = 0; i < ARRAYSIZE(methods); i++) {
        struct com_method *method = &methods[i];
        struct com_interface *itf = (struct com_interface *)com_interface_named(
            method->interface_name, strlen(method->interface_name));
        method->itf = itf;
        if (itf == NULL || method->slot >= COM_SLOTS)
            continue;
        itf->methods[method->slot] = method;
        read_parameters(method);
    }
    for (unsigned i = 0; i < ARRAYSIZE(interfaces); i++)
        interfaces[i].says = slot_that_says(&interfaces[i]);
}
