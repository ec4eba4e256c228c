/*
 * A client that knows nothing of OpenTAPI: only MinGW's own <tapi3.h>, the registry and
 * CoCreateInstance, as a program built years ago. Guards that such a program runs unchanged.
 *
 * The GUIDs come from the tables (no library of MinGW's has them). Needs tapi3.dll, tapi32.dll and
 * simpbx.tsp beside the program; the exchange's built-in sample gives the addresses.
 */
#include <windows.h>

#include <tapi3.h>

#include "tests/support/test.h"

static HMODULE tapi3;

TEST_BEFORE
{
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
}

TEST_AFTER
{
    CoUninitialize();
}

/* Registers the tapi3.dll beside the program, as its set-up would with regsvr32. */
static void register_server(void)
{
    HRESULT(WINAPI * dll_register_server)(void);

    if (!tapi3)
        tapi3 = LoadLibraryW(L"tapi3.dll");
    REQUIRE(tapi3 != NULL);
    dll_register_server = (void *)GetProcAddress(tapi3, "DllRegisterServer");
    REQUIRE(dll_register_server != NULL);
    REQUIRE_EQ(dll_register_server(), S_OK);
}

/* Whether an interface is implemented in the module: its table of functions lies there. */
static bool is_from(HMODULE module, void *object)
{
    MEMORY_BASIC_INFORMATION memory;

    return VirtualQuery(*(void **)object, &memory, sizeof(memory)) &&
           memory.AllocationBase == module;
}

/* COM's own idea of identity. */
static bool is_same(void *one, void *other)
{
    IUnknown *first = NULL, *second = NULL;

    IUnknown_QueryInterface((IUnknown *)one, &IID_IUnknown, (void **)&first);
    IUnknown_QueryInterface((IUnknown *)other, &IID_IUnknown, (void **)&second);
    if (first)
        IUnknown_Release(first);
    if (second)
        IUnknown_Release(second);
    return first && first == second;
}

static ITTAPI *start(void)
{
    ITTAPI *tapi = NULL;

    register_server();
    REQUIRE_EQ(
        CoCreateInstance(&CLSID_TAPI, NULL, CLSCTX_INPROC_SERVER, &IID_ITTAPI, (void **)&tapi),
        S_OK);
    REQUIRE(is_from(tapi3, tapi));
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    return tapi;
}

static void stop(ITTAPI *tapi)
{
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI_Release(tapi), 0);
}

/* A property that is text: must be there and, unless it may be empty, have characters. */
#define CHECK_TEXT(call, may_be_empty)                                                             \
    do {                                                                                           \
        BSTR text_ = NULL;                                                                         \
        CHECK_EQ(call(&text_), S_OK);                                                              \
        CHECK((may_be_empty) || SysStringLen(text_) > 0);                                          \
        SysFreeString(text_);                                                                      \
    } while (0)

static void look_at_address(ITAddress *address)
{
    ITAddressCapabilities *capabilities = NULL;
    ITMediaSupport *media = NULL;
    ITTAPI *parent = NULL;
    ADDRESS_STATE state;
    LONG number;

#define NAME(out)     ITAddress_get_AddressName(address, out)
#define PROVIDER(out) ITAddress_get_ServiceProviderName(address, out)
#define DIALABLE(out) ITAddress_get_DialableAddress(address, out)
    CHECK_TEXT(NAME, false);
    CHECK_TEXT(PROVIDER, false);
    CHECK_TEXT(DIALABLE, true);

    POISON(state);
    CHECK_EQ(ITAddress_get_State(address, &state), S_OK);
    CHECK_EQ(state, AS_INSERVICE);
    CHECK_EQ(ITAddress_get_TAPIObject(address, &parent), S_OK);
    CHECK(parent != NULL);
    if (parent)
        ITTAPI_Release(parent);

    REQUIRE_EQ(ITAddress_QueryInterface(address, &IID_ITMediaSupport, (void **)&media), S_OK);
    POISON(number);
    CHECK_EQ(ITMediaSupport_get_MediaTypes(media, &number), S_OK);
    CHECK(number != 0);
    CHECK_EQ(number & ~(TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO | TAPIMEDIATYPE_DATAMODEM |
                        TAPIMEDIATYPE_G3FAX | TAPIMEDIATYPE_MULTITRACK),
             0);
    ITMediaSupport_Release(media);

    REQUIRE_EQ(
        ITAddress_QueryInterface(address, &IID_ITAddressCapabilities, (void **)&capabilities),
        S_OK);
    POISON(number);
    CHECK_EQ(ITAddressCapabilities_get_AddressCapability(capabilities, AC_MAXACTIVECALLS, &number),
             S_OK);
    CHECK(number >= 1);
    ITAddressCapabilities_Release(capabilities);
}

/* A call that is never connected: idle, ours, and on the address it was made on. */
static void look_at_new_call(ITAddress *address)
{
    ITBasicCallControl *control = NULL;
    ITCallInfo *info = NULL;
    ITAddress *where = NULL;
    CALL_STATE state;
    CALL_PRIVILEGE privilege;
    BSTR number = SysAllocString(L"5550100"), text = NULL;

    REQUIRE(number != NULL);
    REQUIRE_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &control),
               S_OK);
    SysFreeString(number);
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(control, &IID_ITCallInfo, (void **)&info), S_OK);
    POISON(state);
    CHECK_EQ(ITCallInfo_get_CallState(info, &state), S_OK);
    CHECK_EQ(state, CS_IDLE);
    POISON(privilege);
    CHECK_EQ(ITCallInfo_get_Privilege(info, &privilege), S_OK);
    CHECK_EQ(privilege, CP_OWNER);
    CHECK_EQ(ITCallInfo_get_Address(info, &where), S_OK);
    CHECK(where && is_same(where, address));
    if (where)
        ITAddress_Release(where);

    /* What is set before the call is made can be read back. */
    text = SysAllocString(L"a caller");
    CHECK_EQ(ITCallInfo_put_CallInfoString(info, CIS_CALLINGPARTYID, text), S_OK);
    SysFreeString(text);
    CHECK_EQ(ITCallInfo_put_CallInfoLong(info, CIL_BEARERMODE, LINEBEARERMODE_VOICE), S_OK);

    CHECK(ITCallInfo_get_CallState(info, NULL) == E_POINTER);
    ITCallInfo_Release(info);
    CHECK_EQ(ITBasicCallControl_Release(control), 0);
}

TEST(addresses_by_enumerator)
{
    ITTAPI *tapi = start();
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;
    ULONG fetched;
    int count = 0;

    REQUIRE_EQ(ITTAPI_EnumerateAddresses(tapi, &addresses), S_OK);
    while (POISON(fetched), IEnumAddress_Next(addresses, 1, &address, &fetched) == S_OK) {
        CHECK_EQ(fetched, 1);
        REQUIRE(is_from(tapi3, address));
        look_at_address(address);
        ITAddress_Release(address);
        count++;
    }
    CHECK_EQ(fetched, 0);
    IEnumAddress_Release(addresses);
    CHECK(count > 0);
    test_note("%d addresses", count);
    stop(tapi);
}

TEST(addresses_by_collection)
{
    ITTAPI *tapi = start();
    ITCollection *collection;
    VARIANT variant, item;
    LONG count = 0;

    VariantInit(&variant);
    REQUIRE_EQ(ITTAPI_get_Addresses(tapi, &variant), S_OK);
    REQUIRE_EQ(V_VT(&variant), VT_DISPATCH);
    REQUIRE_EQ(
        IDispatch_QueryInterface(V_DISPATCH(&variant), &IID_ITCollection, (void **)&collection),
        S_OK);
    CHECK_EQ(ITCollection_get_Count(collection, &count), S_OK);
    CHECK(count > 0);
    VariantInit(&item);
    CHECK(FAILED(ITCollection_get_Item(collection, 0, &item)));
    CHECK(FAILED(ITCollection_get_Item(collection, count + 1, &item)));
    for (LONG i = 1; i <= count; i++) {
        ITAddress *address;
        VariantInit(&item);
        REQUIRE_EQ(ITCollection_get_Item(collection, i, &item), S_OK);
        REQUIRE_EQ(V_VT(&item), VT_DISPATCH);
        REQUIRE_EQ(IDispatch_QueryInterface(V_DISPATCH(&item), &IID_ITAddress, (void **)&address),
                   S_OK);
        look_at_address(address);
        ITAddress_Release(address);
        VariantClear(&item);
    }
    ITCollection_Release(collection);
    VariantClear(&variant);
    stop(tapi);
}

TEST(a_call_object_before_its_call)
{
    ITTAPI *tapi = start();
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;

    CHECK_EQ(ITTAPI_put_EventFilter(tapi, TE_CALLSTATE | TE_CALLNOTIFICATION), S_OK);
    REQUIRE_EQ(ITTAPI_EnumerateAddresses(tapi, &addresses), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    look_at_new_call(address);
    ITAddress_Release(address);
    stop(tapi);
}

TEST(the_library_inside_the_dll)
{
    static const GUID tapi3lib = {
        0x21d6d480, 0xa88b, 0x11d0, {0x83, 0xdd, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd}};
    ITypeLib *library = NULL;
    ITypeInfo *info = NULL;
    TLIBATTR *attributes = NULL;

    register_server();
    REQUIRE_EQ(LoadRegTypeLib(&tapi3lib, 1, 0, LOCALE_NEUTRAL, &library), S_OK);
    REQUIRE_EQ(ITypeLib_GetLibAttr(library, &attributes), S_OK);
    CHECK(IsEqualGUID(&attributes->guid, &tapi3lib));
    ITypeLib_ReleaseTLibAttr(library, attributes);
    CHECK_EQ(ITypeLib_GetTypeInfoOfGuid(library, &IID_ITTAPI2, &info), S_OK);
    if (info)
        ITypeInfo_Release(info);
    ITypeLib_Release(library);
}

/* Scripts and VB programs find the classes by name. */
TEST(classes_by_name)
{
    static const struct {
        const WCHAR *name;
        const CLSID *clsid;
    } classes[] = {
        {L"TAPI.TAPI", &CLSID_TAPI},
        {L"TAPI.TAPI.1", &CLSID_TAPI},
        {L"DispatchMapper.DispatchMapper.1", &CLSID_DispatchMapper},
        {L"RequestMakeCall.RequestMakeCall.1", &CLSID_RequestMakeCall},
    };

    register_server();
    for (size_t i = 0; i < ARRAYSIZE(classes); i++) {
        IUnknown *object = NULL;
        CLSID clsid;
        POISON(clsid);
        CHECK_EQ(CLSIDFromProgID(classes[i].name, &clsid), S_OK);
        CHECK(IsEqualCLSID(&clsid, classes[i].clsid));
        CHECK_EQ(
            CoCreateInstance(&clsid, NULL, CLSCTX_INPROC_SERVER, &IID_IDispatch, (void **)&object),
            S_OK);
        if (object)
            IUnknown_Release(object);
    }
}
