/* provider.c - see provider.h. */
#include "provider.h"

static HMODULE module;
ISimPBX *control;

void provider_load(void)
{
    module = LoadLibraryW(L"simpbx.tsp");
    REQUIRE(module != NULL);
}

void *provider_entry(const char *name)
{
    void *entry = (void *)GetProcAddress(module, name);

    REQUIRE(entry != NULL);
    return entry;
}

void provider_configure(const WCHAR *text)
{
    BSTR configuration;

    if (!control) {
        HRESULT(WINAPI * get)
        (REFCLSID, REFIID, LPVOID *) = (__typeof__(get))provider_entry("DllGetClassObject");
        IClassFactory *factory;
        REQUIRE_EQ(get(&CLSID_SimPBX, &IID_IClassFactory, (void **)&factory), S_OK);
        REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ISimPBX, (void **)&control),
                   S_OK);
    }
    configuration = SysAllocString(text);
    REQUIRE_EQ(ISimPBX_LoadText(control, configuration), S_OK);
    SysFreeString(configuration);
}

void provider_unload(void)
{
    if (control) {
        ISimPBX_Reset(control);
        CHECK_EQ(ISimPBX_Release(control), 0);
        control = NULL;
    }
    HRESULT(WINAPI * can_unload)
    (void) = (__typeof__(can_unload))provider_entry("DllCanUnloadNow");
    CHECK_EQ(can_unload(), S_OK);
    CHECK(FreeLibrary(module));
    CHECK(GetModuleHandleW(L"simpbx.tsp") == NULL);
}
