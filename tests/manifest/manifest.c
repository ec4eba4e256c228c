/* manifest.c - a program with a manifest uses TAPI.TAPI with nothing in the registry: the class
 * comes from the DLL beside the program, whatever is registered on the machine. */
#include <stdio.h>
#include <wchar.h>

#include <ot_tapi3.h>

#include "tests/support/test.h"
#include "tsp/simpbx/audio_port.h"

static HANDLE context = INVALID_HANDLE_VALUE;
static ULONG_PTR cookie;

/* The folder of this program, with a backslash behind it. */
static void program_folder(WCHAR folder[MAX_PATH])
{
    DWORD length = GetModuleFileNameW(NULL, folder, MAX_PATH);

    while (length && folder[length - 1] != '\\')
        length--;
    folder[length] = 0;
}

/* Makes the client's manifest the one in force, as Windows does for a program that has it inside.
 */
static void enter_manifest(void)
{
    ACTCTXW description = {.cbSize = sizeof description};
    WCHAR file[MAX_PATH * 2];

    program_folder(file);
    wcscat(file, L"manifest_client.manifest");
    description.lpSource = file;
    context = CreateActCtxW(&description);
    if (context == INVALID_HANDLE_VALUE)
        FAIL("CreateActCtx: %u", (unsigned)GetLastError());
    REQUIRE(context != INVALID_HANDLE_VALUE);
    REQUIRE(ActivateActCtx(context, &cookie));
}

static void leave_manifest(void)
{
    if (cookie)
        DeactivateActCtx(0, cookie);
    if (context != INVALID_HANDLE_VALUE)
        ReleaseActCtx(context);
    cookie = 0;
    context = INVALID_HANDLE_VALUE;
}

TEST_AFTER
{
    leave_manifest();
    CoUninitialize();
}

/* The file of the module that an object's vtable lies in is the one beside this program. */
static void check_beside_program(void *object, const WCHAR *name)
{
    WCHAR expected[MAX_PATH * 2], file[MAX_PATH] = L"";
    HMODULE module = NULL;

    REQUIRE(GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                   GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                               *(WCHAR **)object, &module));
    GetModuleFileNameW(module, file, MAX_PATH);
    program_folder(expected);
    wcscat(expected, name);
    if (wcsicmp(file, expected) != 0)
        CHECK_WSTR(file, expected);
    else
        CHECK(true);
}

TEST(tapi_is_activated_by_class)
{
    ITTAPI *tapi = NULL;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    enter_manifest();
    POISON(tapi);
    REQUIRE_EQ(
        CoCreateInstance(&CLSID_TAPI, NULL, CLSCTX_INPROC_SERVER, &IID_ITTAPI, (void **)&tapi),
        S_OK);
    check_beside_program(tapi, L"tapi3.dll");
    CHECK_EQ(ITTAPI_Release(tapi), 0);
}

/* A ProgID from a manifest need not give the class's own CLSID: it may be one that stands for it in
 * this manifest only. What counts is the object that it makes. */
TEST(tapi_is_found_by_its_names)
{
    static const WCHAR *const names[] = {L"TAPI.TAPI", L"TAPI.TAPI.1"};

    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    enter_manifest();
    for (int i = 0; i < 2; i++) {
        ITTAPI *tapi = NULL;
        CLSID clsid;

        POISON(clsid);
        REQUIRE_EQ(CLSIDFromProgID(names[i], &clsid), S_OK);
        REQUIRE_EQ(
            CoCreateInstance(&clsid, NULL, CLSCTX_INPROC_SERVER, &IID_ITTAPI, (void **)&tapi),
            S_OK);
        check_beside_program(tapi, L"tapi3.dll");
        CHECK_EQ(ITTAPI_Release(tapi), 0);
    }
}

TEST(type_library_is_the_dlls)
{
    ITTAPI *tapi = NULL;
    ITypeInfo *info = NULL;
    BSTR name = NULL;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    enter_manifest();
    REQUIRE_EQ(
        CoCreateInstance(&CLSID_TAPI, NULL, CLSCTX_INPROC_SERVER, &IID_ITTAPI, (void **)&tapi),
        S_OK);
    POISON(info);
    REQUIRE_EQ(ITTAPI_GetTypeInfo(tapi, 0, 0, &info), S_OK);
    CHECK_EQ(ITypeInfo_GetDocumentation(info, MEMBERID_NIL, &name, NULL, NULL, NULL), S_OK);
    CHECK(name && wcsncmp(name, L"ITTAPI", 6) == 0);
    SysFreeString(name);
    ITypeInfo_Release(info);
    CHECK_EQ(ITTAPI_Release(tapi), 0);
}

/* A coclass of the second DLL of the assembly, where it is built. */
TEST(terminal_manager_is_activated_by_class)
{
    WCHAR file[MAX_PATH * 2];
    IUnknown *manager = NULL;

    program_folder(file);
    wcscat(file, L"termmgr.dll");
    if (GetFileAttributesW(file) == INVALID_FILE_ATTRIBUTES)
        SKIP("termmgr.dll is not built");
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    enter_manifest();
    REQUIRE_EQ(CoCreateInstance(&CLSID_TerminalManager, NULL, CLSCTX_INPROC_SERVER, &IID_IUnknown,
                                (void **)&manager),
               S_OK);
    check_beside_program(manager, L"termmgr.dll");
    IUnknown_Release(manager);
}

/* The simulated exchange's media provider, which its calls have their sound from: a class that no
 * IDL declares. It is only made inside of an Address, so its class object has to do. */
TEST(media_provider_comes_from_beside_the_program)
{
    static const CLSID msp = CLSID_SIM_MSP_INIT;
    WCHAR file[MAX_PATH * 2];
    IUnknown *factory = NULL;

    program_folder(file);
    wcscat(file, L"simmsp.dll");
    if (GetFileAttributesW(file) == INVALID_FILE_ATTRIBUTES)
        SKIP("simmsp.dll is not built");
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    enter_manifest();
    REQUIRE_EQ(CoGetClassObject(&msp, CLSCTX_INPROC_SERVER, NULL, &IID_IUnknown, (void **)&factory),
               S_OK);
    check_beside_program(factory, L"simmsp.dll");
    IUnknown_Release(factory);
}
