/* control.c - the exchange's control object, asked of the provider itself: nothing is registered.
 */
#include "tests/storm/storm.h"

#include <initguid.h>
#include <oleauto.h>
#include <stdarg.h>

DEFINE_GUID(CLSID_exchange, 0x6B2C9A41, 0x5D0E, 0x4B57, 0x9B, 0x7E, 0x0C, 0x3A, 0x51, 0xF4, 0xD2,
            0x03);

typedef HRESULT(WINAPI *get_class_object)(REFCLSID, REFIID, void **);

static HMODULE module;
static IDispatch *control;

static bool control_connect(void)
{
    WCHAR name[MAX_PATH];
    IClassFactory *factory = NULL;
    get_class_object get;

    if (control)
        return true;
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    GetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", name, MAX_PATH);
    module = LoadLibraryW(name);
    get = (get_class_object)(void *)GetProcAddress(module, "DllGetClassObject");
    if (get && SUCCEEDED(get(&CLSID_exchange, &IID_IClassFactory, (void **)&factory))) {
        IClassFactory_CreateInstance(factory, NULL, &IID_IDispatch, (void **)&control);
        IClassFactory_Release(factory);
    }
    if (!control)
        storm_failure("the exchange has no control object");
    return control != NULL;
}

static LONG invoke(const WCHAR *name, WORD kind, VARIANT *arguments, UINT count)
{
    DISPID id, put = DISPID_PROPERTYPUT;
    bool is_put = kind == DISPATCH_PROPERTYPUT;
    DISPPARAMS params = {arguments, is_put ? &put : NULL, count, is_put};
    LPOLESTR names[] = {(LPOLESTR)name};
    VARIANT result;
    LONG value;

    VariantInit(&result);
    if (!control_connect())
        return 0;
    if (FAILED(IDispatch_GetIDsOfNames(control, &IID_NULL, names, 1, LOCALE_USER_DEFAULT, &id))) {
        storm_failure("the exchange does not know a method");
        return 0;
    }
    IDispatch_Invoke(control, id, &IID_NULL, LOCALE_USER_DEFAULT, kind, &params,
                     is_put ? NULL : &result, NULL, NULL);
    value = V_VT(&result) == VT_I4 ? V_I4(&result) : 0;
    VariantClear(&result);
    return value;
}

LONG storm_exchange(const WCHAR *method, const char *types, ...)
{
    VARIANT arguments[4];
    UINT count = (UINT)strlen(types);
    va_list list;
    LONG result;

    va_start(list, types);
    for (UINT i = 0; i < count; i++) {
        VARIANT *argument = &arguments[count - 1 - i]; /* last first */

        VariantInit(argument);
        V_VT(argument) = types[i] == 's' ? VT_BSTR : VT_I4;
        if (types[i] == 's')
            V_BSTR(argument) = SysAllocString(va_arg(list, const WCHAR *));
        else
            V_I4(argument) = va_arg(list, int);
    }
    va_end(list);
    result = invoke(method, DISPATCH_METHOD | DISPATCH_PROPERTYGET, arguments, count);
    for (UINT i = 0; i < count; i++)
        VariantClear(&arguments[i]);
    return result;
}

void storm_exchange_set(const WCHAR *property, LONG value)
{
    VARIANT argument;

    V_VT(&argument) = VT_I4;
    V_I4(&argument) = value;
    invoke(property, DISPATCH_PROPERTYPUT, &argument, 1);
}

void storm_exchange_end(void)
{
    if (control)
        IDispatch_Release(control);
    control = NULL;
    if (module)
        FreeLibrary(module);
    module = NULL;
    CoUninitialize();
}
