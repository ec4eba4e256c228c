/* exchange.c - see exchange.h. */
#include "tests/tapi2/exchange.h"

#include <initguid.h>
#include <oleauto.h>
#include <stdarg.h>

#include "tests/support/test.h"

DEFINE_GUID(CLSID_exchange, 0x6B2C9A41, 0x5D0E, 0x4B57, 0x9B, 0x7E, 0x0C, 0x3A, 0x51, 0xF4, 0xD2,
            0x03);

typedef HRESULT(WINAPI *get_class_object)(REFCLSID, REFIID, void **);

static HMODULE module;
static IDispatch *control;

/* Without registration: the class factory is asked of the provider itself. */
static void control_connect(void)
{
    IClassFactory *factory;
    if (control != NULL)
        return;
    REQUIRE(SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED)));
    module = LoadLibraryW(L"simpbx.tsp");
    REQUIRE(module != NULL);
    get_class_object get = (get_class_object)(void *)GetProcAddress(module, "DllGetClassObject");
    REQUIRE(get != NULL);
    REQUIRE_EQ(get(&CLSID_exchange, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_IDispatch, (void **)&control),
               S_OK);
    IClassFactory_Release(factory);
}

static LONG invoke(const WCHAR *name, WORD kind, VARIANT *arguments, UINT count)
{
    DISPID id, put = DISPID_PROPERTYPUT;
    DISPPARAMS params = {arguments, kind == DISPATCH_PROPERTYPUT ? &put : NULL, count,
                         kind == DISPATCH_PROPERTYPUT ? 1 : 0};
    VARIANT result;
    WCHAR *names[] = {(WCHAR *)name};
    VariantInit(&result);
    control_connect();
    REQUIRE_EQ(IDispatch_GetIDsOfNames(control, &IID_NULL, names, 1, LOCALE_USER_DEFAULT, &id),
               S_OK);
    HRESULT hr = IDispatch_Invoke(control, id, &IID_NULL, LOCALE_USER_DEFAULT, kind, &params,
                                  kind == DISPATCH_PROPERTYPUT ? NULL : &result, NULL, NULL);
    if (FAILED(hr))
        FAIL("the exchange's %ls: 0x%08lx", name, (unsigned long)hr);
    LONG value = V_VT(&result) == VT_I4 ? V_I4(&result) : 0;
    VariantClear(&result);
    return value;
}

LONG exchange_do(const WCHAR *method, const char *types, ...)
{
    VARIANT arguments[8];
    UINT count = (UINT)strlen(types);
    va_list list;
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
    LONG result = invoke(method, DISPATCH_METHOD, arguments, count);
    for (UINT i = 0; i < count; i++)
        VariantClear(&arguments[i]);
    return result;
}

void exchange_step(LONG ms)
{
    exchange_do(L"Step", "i", ms);
}

void exchange_set(const WCHAR *property, LONG value)
{
    VARIANT argument;
    VariantInit(&argument);
    V_VT(&argument) = VT_I4;
    V_I4(&argument) = value;
    invoke(property, DISPATCH_PROPERTYPUT, &argument, 1);
}

void exchange_reset(void)
{
    exchange_do(L"Reset", "");
}

void exchange_release(void)
{
    if (control != NULL)
        IDispatch_Release(control);
    control = NULL;
    if (module != NULL)
        FreeLibrary(module);
    module = NULL;
}
