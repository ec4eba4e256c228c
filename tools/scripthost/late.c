/* late.c - IDispatch for the host's own objects, from tables of members. */
#include "tools/scripthost/host.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct late_object *impl_from_IDispatch(IDispatch *iface)
{
    return CONTAINING_RECORD(iface, struct late_object, IDispatch_iface);
}

static HRESULT WINAPI late_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch))
        return E_NOINTERFACE;
    IDispatch_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI late_AddRef(IDispatch *iface)
{
    return (ULONG)++impl_from_IDispatch(iface)->refs;
}

static ULONG WINAPI late_Release(IDispatch *iface)
{
    struct late_object *self = impl_from_IDispatch(iface);
    LONG refs = --self->refs;

    if (refs == 0) {
        if (self->class->destroy)
            self->class->destroy(self);
        free(self);
    }
    return (ULONG)refs;
}

static HRESULT WINAPI late_GetTypeInfoCount(IDispatch *iface, UINT *count)
{
    (void)iface;
    if (!count)
        return E_POINTER;
    *count = 0;
    return S_OK;
}

static HRESULT WINAPI late_GetTypeInfo(IDispatch *iface, UINT index, LCID lcid, ITypeInfo **info)
{
    (void)iface, (void)index, (void)lcid;
    if (info)
        *info = NULL;
    return TYPE_E_ELEMENTNOTFOUND;
}

static HRESULT WINAPI late_GetIDsOfNames(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count,
                                         LCID lcid, DISPID *ids)
{
    const struct late_class *class = impl_from_IDispatch(iface)->class;
    unsigned i;

    (void)iid, (void)lcid;
    if (!names || !ids || !count)
        return E_INVALIDARG;
    for (i = 0; i < count; i++)
        ids[i] = DISPID_UNKNOWN;
    for (i = 0; i < class->member_count; i++) {
        if (lstrcmpiW(names[0], class->members[i].name) == 0) {
            ids[0] = class->members[i].id;
            return count == 1 ? S_OK : DISP_E_UNKNOWNNAME;
        }
    }
    return DISP_E_UNKNOWNNAME;
}

static const struct late_member *find_member(const struct late_class *class, DISPID id)
{
    unsigned i;

    for (i = 0; i < class->member_count; i++)
        if (class->members[i].id == id)
            return &class->members[i];
    return NULL;
}

static void tell(EXCEPINFO *exception, const struct late_class *class,
                 const struct late_member *member, const struct late_call *call, HRESULT hr)
{
    WCHAR source[64];

    if (!exception)
        return;
    memset(exception, 0, sizeof(*exception));
    _snwprintf(source, ARRAYSIZE(source), L"%ls.%ls", class->name, member->name);
    source[ARRAYSIZE(source) - 1] = 0;
    exception->scode = hr;
    exception->bstrSource = SysAllocString(source);
    exception->bstrDescription = SysAllocString(call->message);
}

/* WScript.Arguments(0): the arguments of a property that takes none are for its value. */
static HRESULT call_default(VARIANT *value, DISPPARAMS *params, EXCEPINFO *exception)
{
    IDispatch *object = V_VT(value) == VT_DISPATCH ? V_DISPATCH(value) : NULL;
    VARIANT inner;
    HRESULT hr;

    if (!object)
        return DISP_E_BADPARAMCOUNT;
    VariantInit(&inner);
    hr = IDispatch_Invoke(object, DISPID_VALUE, &IID_NULL, LOCALE_USER_DEFAULT,
                          DISPATCH_METHOD | DISPATCH_PROPERTYGET, params, &inner, exception, NULL);
    VariantClear(value);
    if (SUCCEEDED(hr))
        *value = inner;
    return hr;
}

static HRESULT WINAPI late_Invoke(IDispatch *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                  DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception,
                                  UINT *bad_argument)
{
    struct late_object *self = impl_from_IDispatch(iface);
    const struct late_member *member = find_member(self->class, id);
    bool put = (flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF)) != 0, pass_on;
    VARIANT value, *arguments = NULL;
    struct late_call call = {0};
    HRESULT hr;
    unsigned i;

    (void)iid, (void)lcid, (void)bad_argument;
    if (!params)
        return E_INVALIDARG;
    if (!member || (put && !member->writable))
        return DISP_E_MEMBERNOTFOUND;
    if (params->cNamedArgs > (put ? 1u : 0u))
        return DISP_E_NONAMEDARGS;
    pass_on = !put && member->most == 0 && params->cArgs > 0;
    if (!pass_on && !put && (params->cArgs < member->least || params->cArgs > member->most))
        return DISP_E_BADPARAMCOUNT;
    arguments = calloc(params->cArgs + 1, sizeof(*arguments));
    if (!arguments)
        return E_OUTOFMEMORY;
    for (i = 0; i < params->cArgs; i++) {
        arguments[i] = params->rgvarg[params->cArgs - 1 - i];
        while (V_VT(&arguments[i]) == (VT_BYREF | VT_VARIANT))
            arguments[i] = *V_VARIANTREF(&arguments[i]);
    }
    VariantInit(&value);
    call.count = pass_on ? 0 : params->cArgs;
    call.arguments = arguments;
    call.result = &value;
    call.put = put;
    hr = member->call(self, &call);
    if (FAILED(hr) && call.message[0]) {
        tell(exception, self->class, member, &call, hr);
        hr = DISP_E_EXCEPTION;
    }
    if (SUCCEEDED(hr) && pass_on)
        hr = call_default(&value, params, exception);
    if (SUCCEEDED(hr) && result)
        *result = value;
    else
        VariantClear(&value);
    free(arguments);
    return hr;
}

static const IDispatchVtbl late_vtable = {
    late_QueryInterface, late_AddRef,        late_Release, late_GetTypeInfoCount,
    late_GetTypeInfo,    late_GetIDsOfNames, late_Invoke,
};

void *late_create(size_t size, const struct late_class *class)
{
    struct late_object *self = calloc(1, size);

    if (!self)
        return NULL;
    self->IDispatch_iface.lpVtbl = (IDispatchVtbl *)&late_vtable;
    self->refs = 1;
    self->class = class;
    return self;
}

HRESULT late_fail(struct late_call *call, HRESULT hr, const WCHAR *format, ...)
{
    va_list list;

    va_start(list, format);
    _vsnwprintf(call->message, ARRAYSIZE(call->message) - 1, format, list);
    va_end(list);
    return hr;
}

void late_give_text(struct late_call *call, const WCHAR *text)
{
    V_VT(call->result) = VT_BSTR;
    V_BSTR(call->result) = SysAllocString(text);
}

void late_give_number(struct late_call *call, LONG number)
{
    V_VT(call->result) = VT_I4;
    V_I4(call->result) = number;
}

void late_give_bool(struct late_call *call, bool truth)
{
    V_VT(call->result) = VT_BOOL;
    V_BOOL(call->result) = truth ? VARIANT_TRUE : VARIANT_FALSE;
}

void late_give_object(struct late_call *call, IDispatch *object)
{
    V_VT(call->result) = VT_DISPATCH;
    V_DISPATCH(call->result) = object;
}

BSTR late_text(const struct late_call *call, unsigned index)
{
    VARIANT text;

    if (index >= call->count || V_VT(&call->arguments[index]) == VT_ERROR)
        return NULL;
    VariantInit(&text);
    if (FAILED(VariantChangeType(&text, &call->arguments[index], 0, VT_BSTR)))
        return NULL;
    return V_BSTR(&text) ? V_BSTR(&text) : SysAllocString(L"");
}

LONG late_number(const struct late_call *call, unsigned index, LONG fallback)
{
    VARIANT number;

    if (index >= call->count || V_VT(&call->arguments[index]) == VT_ERROR)
        return fallback;
    VariantInit(&number);
    if (FAILED(VariantChangeType(&number, &call->arguments[index], 0, VT_I4)))
        return fallback;
    return V_I4(&number);
}

IDispatch *late_dispatch(const struct late_call *call, unsigned index)
{
    const VARIANT *value = index < call->count ? &call->arguments[index] : NULL;

    if (!value)
        return NULL;
    if (V_VT(value) == VT_DISPATCH)
        return V_DISPATCH(value);
    return V_VT(value) == (VT_BYREF | VT_DISPATCH) ? *V_DISPATCHREF(value) : NULL;
}

BSTR value_text(const VARIANT *value)
{
    VARIANT text;

    VariantInit(&text);
    switch (V_VT(value)) {
    case VT_EMPTY:
        return SysAllocString(L"");
    case VT_NULL:
        return SysAllocString(L"null");
    case VT_ERROR:
        return SysAllocString(L"Error");
    }
    if (SUCCEEDED(VariantChangeType(&text, (VARIANT *)value, VARIANT_ALPHABOOL, VT_BSTR)))
        return V_BSTR(&text) ? V_BSTR(&text) : SysAllocString(L"");
    return SysAllocString(V_VT(value) == VT_DISPATCH ? L"[object]" : L"[value]");
}
