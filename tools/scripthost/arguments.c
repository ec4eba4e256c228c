/* arguments.c - WScript.Arguments: Item (default), Count, Length, For Each, Named, Unnamed. */
#include "tools/scripthost/host.h"

#include <stdlib.h>

/* ---- For Each ---- */

struct argument_enum {
    IEnumVARIANT IEnumVARIANT_iface;
    LONG refs;
    IDispatch *owner;
    WCHAR **words;
    unsigned count, next;
};

static struct argument_enum *impl_from_IEnumVARIANT(IEnumVARIANT *iface)
{
    return CONTAINING_RECORD(iface, struct argument_enum, IEnumVARIANT_iface);
}

static HRESULT WINAPI enum_QueryInterface(IEnumVARIANT *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IEnumVARIANT))
        return E_NOINTERFACE;
    IEnumVARIANT_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI enum_AddRef(IEnumVARIANT *iface)
{
    return (ULONG)++impl_from_IEnumVARIANT(iface)->refs;
}

static ULONG WINAPI enum_Release(IEnumVARIANT *iface)
{
    struct argument_enum *self = impl_from_IEnumVARIANT(iface);
    LONG refs = --self->refs;

    if (refs == 0) {
        IDispatch_Release(self->owner);
        free(self);
    }
    return (ULONG)refs;
}

static HRESULT WINAPI enum_Next(IEnumVARIANT *iface, ULONG count, VARIANT *values, ULONG *fetched)
{
    struct argument_enum *self = impl_from_IEnumVARIANT(iface);
    ULONG i;

    if (!values)
        return E_POINTER;
    for (i = 0; i < count && self->next < self->count; i++) {
        V_VT(&values[i]) = VT_BSTR;
        V_BSTR(&values[i]) = SysAllocString(self->words[self->next++]);
    }
    if (fetched)
        *fetched = i;
    return i == count ? S_OK : S_FALSE;
}

static HRESULT WINAPI enum_Skip(IEnumVARIANT *iface, ULONG count)
{
    struct argument_enum *self = impl_from_IEnumVARIANT(iface);
    unsigned left = self->count - self->next;

    self->next += count < left ? count : left;
    return count <= left ? S_OK : S_FALSE;
}

static HRESULT WINAPI enum_Reset(IEnumVARIANT *iface)
{
    impl_from_IEnumVARIANT(iface)->next = 0;
    return S_OK;
}

static HRESULT enum_create(IDispatch *owner, WCHAR **words, unsigned count, unsigned next,
                           IEnumVARIANT **out);

static HRESULT WINAPI enum_Clone(IEnumVARIANT *iface, IEnumVARIANT **out)
{
    struct argument_enum *self = impl_from_IEnumVARIANT(iface);

    return out ? enum_create(self->owner, self->words, self->count, self->next, out) : E_POINTER;
}

static const IEnumVARIANTVtbl enum_vtable = {
    enum_QueryInterface, enum_AddRef, enum_Release, enum_Next, enum_Skip, enum_Reset, enum_Clone,
};

static HRESULT enum_create(IDispatch *owner, WCHAR **words, unsigned count, unsigned next,
                           IEnumVARIANT **out)
{
    struct argument_enum *self = calloc(1, sizeof(*self));

    *out = NULL;
    if (!self)
        return E_OUTOFMEMORY;
    self->IEnumVARIANT_iface.lpVtbl = (IEnumVARIANTVtbl *)&enum_vtable;
    self->refs = 1;
    self->owner = owner;
    IDispatch_AddRef(owner);
    self->words = words;
    self->count = count;
    self->next = next;
    *out = &self->IEnumVARIANT_iface;
    return S_OK;
}

/* ---- the collections ---- */

enum selection { ALL, NAMED, UNNAMED };

struct arguments {
    struct late_object late;
    enum selection selection;
    unsigned count;
    WCHAR *words[]; /* the options', not copied; for NAMED name:value without the slash */
};

static struct arguments *arguments_of(struct late_object *late)
{
    return CONTAINING_RECORD(late, struct arguments, late);
}

static HRESULT arguments_item(struct late_object *late, struct late_call *call)
{
    struct arguments *self = arguments_of(late);
    LONG index = late_number(call, 0, -1);

    if (index < 0 || index >= (LONG)self->count)
        return late_fail(call, HRESULT_FROM_WIN32(ERROR_INVALID_INDEX),
                         L"There is no argument %ld; the script was given %u.", index, self->count);
    late_give_text(call, self->words[index]);
    return S_OK;
}

static HRESULT arguments_count(struct late_object *late, struct late_call *call)
{
    late_give_number(call, (LONG)arguments_of(late)->count);
    return S_OK;
}

static HRESULT arguments_enum(struct late_object *late, struct late_call *call)
{
    struct arguments *self = arguments_of(late);
    IEnumVARIANT *values;
    HRESULT hr = enum_create(&late->IDispatch_iface, self->words, self->count, 0, &values);

    if (FAILED(hr))
        return hr;
    V_VT(call->result) = VT_UNKNOWN;
    V_UNKNOWN(call->result) = (IUnknown *)values;
    return S_OK;
}

/* The word /name or /name:value; NULL if there is none. */
static const WCHAR *find_named(struct arguments *self, const WCHAR *name)
{
    int length = lstrlenW(name);
    unsigned i;

    for (i = 0; i < self->count; i++) {
        const WCHAR *word = self->words[i];

        if (lstrlenW(word) >= length && (word[length] == ':' || !word[length]) &&
            CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, word, length, name, length) ==
                CSTR_EQUAL)
            return word + length;
    }
    return NULL;
}

static HRESULT named_item(struct late_object *late, struct late_call *call)
{
    BSTR name = late_text(call, 0);
    const WCHAR *rest = name ? find_named(arguments_of(late), name) : NULL;

    if (rest && *rest)
        late_give_text(call, rest + 1);
    SysFreeString(name);
    return S_OK;
}

static HRESULT named_exists(struct late_object *late, struct late_call *call)
{
    BSTR name = late_text(call, 0);

    late_give_bool(call, name && find_named(arguments_of(late), name));
    SysFreeString(name);
    return S_OK;
}

static IDispatch *arguments_select(enum selection selection);

static HRESULT arguments_named(struct late_object *late, struct late_call *call)
{
    (void)late;
    late_give_object(call, arguments_select(NAMED));
    return S_OK;
}

static HRESULT arguments_unnamed(struct late_object *late, struct late_call *call)
{
    (void)late;
    late_give_object(call, arguments_select(UNNAMED));
    return S_OK;
}

static const struct late_member arguments_members[] = {
    {L"Item", DISPID_VALUE, 1, 1, false, arguments_item},
    {L"Count", 1, 0, 0, false, arguments_count},
    {L"Length", 2, 0, 0, false, arguments_count},
    {L"Named", 3, 0, 0, false, arguments_named},
    {L"Unnamed", 4, 0, 0, false, arguments_unnamed},
    {L"_NewEnum", DISPID_NEWENUM, 0, 0, false, arguments_enum},
};
static const struct late_member named_members[] = {
    {L"Item", DISPID_VALUE, 1, 1, false, named_item},
    {L"Exists", 1, 1, 1, false, named_exists},
    {L"Count", 2, 0, 0, false, arguments_count},
    {L"Length", 3, 0, 0, false, arguments_count},
    {L"_NewEnum", DISPID_NEWENUM, 0, 0, false, arguments_enum},
};
static const struct late_class arguments_class = {L"WScript.Arguments", arguments_members,
                                                  ARRAYSIZE(arguments_members), NULL};
static const struct late_class named_class = {L"WScript.Arguments.Named", named_members,
                                              ARRAYSIZE(named_members), NULL};

static IDispatch *arguments_select(enum selection selection)
{
    const struct options *options = &host.options;
    struct arguments *self =
        late_create(sizeof(*self) + options->argument_count * sizeof(self->words[0]),
                    selection == NAMED ? &named_class : &arguments_class);
    unsigned i;

    if (!self)
        return NULL;
    self->selection = selection;
    for (i = 0; i < options->argument_count; i++) {
        WCHAR *word = options->arguments[i];
        bool named = word[0] == '/';

        if (selection == ALL || named == (selection == NAMED))
            self->words[self->count++] = selection == NAMED ? word + 1 : word;
    }
    return &self->late.IDispatch_iface;
}

IDispatch *arguments_create(void)
{
    return arguments_select(ALL);
}
