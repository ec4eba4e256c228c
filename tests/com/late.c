/* late.c - see late.h. */
#include "tests/com/late.h"

#include <wchar.h>

static HRESULT invoke(void *object, const WCHAR *name, WORD flags, VARIANT *arguments, UINT count,
                      VARIANT *result)
{
    DISPID put = DISPID_PROPERTYPUT, id = DISPID_UNKNOWN;
    DISPPARAMS parameters = {arguments, NULL, count, 0};
    WCHAR *names[] = {(WCHAR *)name};
    IDispatch *dispatch = NULL;
    EXCEPINFO exception = {0};
    UINT wrong = 0;
    HRESULT hr;

    if (result)
        VariantInit(result);
    if (flags & DISPATCH_PROPERTYPUT) {
        parameters.rgdispidNamedArgs = &put;
        parameters.cNamedArgs = 1;
    }
    hr = IUnknown_QueryInterface((IUnknown *)object, &IID_IDispatch, (void **)&dispatch);
    if (FAILED(hr))
        return hr;
    hr = IDispatch_GetIDsOfNames(dispatch, &IID_NULL, names, 1, LOCALE_NEUTRAL, &id);
    if (SUCCEEDED(hr))
        hr = IDispatch_Invoke(dispatch, id, &IID_NULL, LOCALE_NEUTRAL, flags, &parameters, result,
                              &exception, &wrong);
    IDispatch_Release(dispatch);
    if (hr == DISP_E_EXCEPTION)
        hr = exception.scode;
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrHelpFile);
    return hr;
}

HRESULT late_call(void *object, const WCHAR *name, VARIANT *arguments, UINT count, VARIANT *result)
{
    return invoke(object, name, DISPATCH_METHOD, arguments, count, result);
}

HRESULT late_get(void *object, const WCHAR *name, VARIANT *arguments, UINT count, VARIANT *result)
{
    return invoke(object, name, DISPATCH_PROPERTYGET, arguments, count, result);
}

HRESULT late_put(void *object, const WCHAR *name, VARIANT *arguments, UINT count)
{
    return invoke(object, name, DISPATCH_PROPERTYPUT, arguments, count, NULL);
}

LONG late_number(void *object, const WCHAR *name)
{
    VARIANT value, number;
    LONG result = -1;

    VariantInit(&number);
    if (SUCCEEDED(late_get(object, name, NULL, 0, &value)) &&
        SUCCEEDED(VariantChangeType(&number, &value, 0, VT_I4)))
        result = V_I4(&number);
    VariantClear(&value);
    return result;
}

const WCHAR *late_text(void *object, const WCHAR *name)
{
    static WCHAR text[256];
    VARIANT value;

    text[0] = 0;
    if (SUCCEEDED(late_get(object, name, NULL, 0, &value)) && V_VT(&value) == VT_BSTR &&
        V_BSTR(&value))
        wcsncat(text, V_BSTR(&value), ARRAYSIZE(text) - 1);
    VariantClear(&value);
    return text;
}

VARIANT late_i4(LONG value)
{
    VARIANT v;

    V_VT(&v) = VT_I4;
    V_I4(&v) = value;
    return v;
}

VARIANT late_bstr(const WCHAR *text)
{
    VARIANT v;

    V_VT(&v) = VT_BSTR;
    V_BSTR(&v) = SysAllocString(text);
    return v;
}

VARIANT late_bool(BOOL value)
{
    VARIANT v;

    V_VT(&v) = VT_BOOL;
    V_BOOL(&v) = value ? VARIANT_TRUE : VARIANT_FALSE;
    return v;
}

VARIANT late_object(void *object)
{
    VARIANT v;

    V_VT(&v) = VT_DISPATCH;
    V_DISPATCH(&v) = object;
    return v;
}
