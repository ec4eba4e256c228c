/*
 * servers_test.c - the three DLLs as COM servers: class factories, LockServer, aggregation, when
 * they may be unloaded, and that they then really can be: loaded, used and freed again and again.
 * It loads tapi3.dll by itself, without tests/com/client.h, which keeps it.
 */
#include <windows.h>
#include <ot_tapi3.h>
#include <ocidl.h>
#include <objsafe.h>

#include "tests/support/test.h"
#include "tests/support/wait.h"
#include "tsp/simpbx/audio_port.h"

struct server {
    HMODULE module;
    HRESULT(WINAPI *class_object)(REFCLSID, REFIID, void **);
    HRESULT(WINAPI *can_unload)(void);
};

static struct server server_load(const WCHAR *file)
{
    struct server server = {LoadLibraryW(file), NULL, NULL};

    REQUIRE(server.module != NULL);
    server.class_object = (void *)GetProcAddress(server.module, "DllGetClassObject");
    server.can_unload = (void *)GetProcAddress(server.module, "DllCanUnloadNow");
    REQUIRE(server.class_object && server.can_unload);
    return server;
}

static bool may_go(void *context)
{
    return ((struct server *)context)->can_unload() == S_OK;
}

static bool has_gone(void *context)
{
    return GetModuleHandleW((const WCHAR *)context) == NULL;
}

/* FALSE: it is still there. A thread of the DLL keeps it until it has left its code. */
static bool server_free(struct server *server, const WCHAR *file)
{
    if (!CHECK(wait_until(may_go, server, NULL, WAIT_LONG)))
        return false;
    FreeLibrary(server->module);
    return CHECK(wait_until(has_gone, (void *)file, NULL, WAIT_LONG));
}

static const CLSID sim_msp = CLSID_SIM_MSP_INIT;

static const struct {
    const WCHAR *file;
    const CLSID *clsid;
    const IID *iid; /* its objects have */
    bool aggregates;
} classes[] = {
    {L"tapi3.dll", &CLSID_TAPI, &IID_ITTAPI, true},
    {L"tapi3.dll", &CLSID_DispatchMapper, &IID_ITDispatchMapper, false},
    {L"tapi3.dll", &CLSID_RequestMakeCall, &IID_ITRequest, false},
    {L"termmgr.dll", &CLSID_TerminalManager, &IID_ITTerminalManager, true},
    {L"simmsp.dll", &sim_msp, &IID_ITMSPAddress, true}, /* made to be aggregated by Addresses */
};

/* ---- an outer object ------------------------------------------------------------------------- */

/* Knows IUnknown and IPersist itself; all else is the inner object's. */
struct outer {
    IUnknown IUnknown_iface;
    IUnknown *inner;
    LONG refs;
};

static struct outer *outer_from(IUnknown *iface)
{
    return CONTAINING_RECORD(iface, struct outer, IUnknown_iface);
}

static HRESULT WINAPI outer_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IPersist)) {
        IUnknown_AddRef(iface);
        *out = iface;
        return S_OK;
    }
    *out = NULL;
    return outer_from(iface)->inner ? IUnknown_QueryInterface(outer_from(iface)->inner, iid, out)
                                    : E_NOINTERFACE;
}

static ULONG WINAPI outer_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&outer_from(iface)->refs);
}

static ULONG WINAPI outer_Release(IUnknown *iface)
{
    return InterlockedDecrement(&outer_from(iface)->refs);
}

static IUnknownVtbl outer_vtable = {outer_QueryInterface, outer_AddRef, outer_Release};

/* ---- class factories ------------------------------------------------------------------------- */

static void check_factory(unsigned i)
{
    struct server server = server_load(classes[i].file);
    struct outer outer = {{&outer_vtable}, NULL, 1};
    IClassFactory *factory = NULL;
    IUnknown *object, *again;

    CHECK_EQ(server.can_unload(), S_OK);
    POISON(object);
    CHECK_EQ(server.class_object(&IID_ITAddress, &IID_IClassFactory, (void **)&object),
             CLASS_E_CLASSNOTAVAILABLE);
    CHECK(object == NULL);
    POISON(object);
    CHECK_EQ(server.class_object(classes[i].clsid, &IID_ITAddress, (void **)&object),
             E_NOINTERFACE);
    CHECK(object == NULL);
    CHECK(FAILED(server.class_object(classes[i].clsid, &IID_IClassFactory, NULL)));
    CHECK(FAILED(server.class_object(NULL, &IID_IClassFactory, (void **)&object)));
    CHECK(FAILED(server.class_object(classes[i].clsid, NULL, (void **)&object)));
    CHECK_EQ(server.can_unload(), S_OK);

    REQUIRE_EQ(server.class_object(classes[i].clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    CHECK_EQ(server.can_unload(), S_FALSE); /* a factory is an object */
    POISON(object);
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITCallHub, (void **)&object),
             E_NOINTERFACE);
    CHECK(object == NULL);
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, classes[i].iid, NULL), E_POINTER);
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, NULL, (void **)&object), E_INVALIDARG);
    /* Whoever aggregates must ask for IUnknown, or it would never get the inner one. */
    POISON(object);
    CHECK_EQ(IClassFactory_CreateInstance(factory, &outer.IUnknown_iface, classes[i].iid,
                                          (void **)&object),
             CLASS_E_NOAGGREGATION);
    CHECK(object == NULL);
    if (!classes[i].aggregates) {
        POISON(object);
        CHECK_EQ(IClassFactory_CreateInstance(factory, &outer.IUnknown_iface, &IID_IUnknown,
                                              (void **)&object),
                 CLASS_E_NOAGGREGATION);
        CHECK(object == NULL);
    }
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, classes[i].iid, (void **)&object), S_OK);
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, classes[i].iid, (void **)&again), S_OK);
    CHECK(object != again);
    CHECK_EQ(IClassFactory_Release(factory), 0);
    CHECK_EQ(server.can_unload(), S_FALSE);
    CHECK_EQ(IUnknown_Release(object), 0);
    CHECK_EQ(server.can_unload(), S_FALSE);
    CHECK_EQ(IUnknown_Release(again), 0);
    CHECK(wait_until(may_go, &server, NULL, WAIT_LONG));

    /* Locks nest, and outlive the factory they were set through. */
    REQUIRE_EQ(server.class_object(classes[i].clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    CHECK_EQ(IClassFactory_LockServer(factory, TRUE), S_OK);
    CHECK_EQ(IClassFactory_LockServer(factory, TRUE), S_OK);
    IClassFactory_Release(factory);
    CHECK_EQ(server.can_unload(), S_FALSE);
    REQUIRE_EQ(server.class_object(classes[i].clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    CHECK_EQ(IClassFactory_LockServer(factory, FALSE), S_OK);
    IClassFactory_Release(factory);
    CHECK_EQ(server.can_unload(), S_FALSE);
    REQUIRE_EQ(server.class_object(classes[i].clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    CHECK_EQ(IClassFactory_LockServer(factory, FALSE), S_OK);
    IClassFactory_Release(factory);
    CHECK_EQ(server.can_unload(), S_OK);
    FreeLibrary(server.module);
}

TEST(class_factories)
{
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (unsigned i = 0; i < ARRAYSIZE(classes); i++)
        check_factory(i);
    CoUninitialize();
}

/* ---- aggregation ----------------------------------------------------------------------------- */

static void check_aggregate(unsigned i)
{
    struct server server = server_load(classes[i].file);
    struct outer outer = {{&outer_vtable}, NULL, 1};
    IUnknown *object = NULL, *found;
    IClassFactory *factory = NULL;

    REQUIRE_EQ(server.class_object(classes[i].clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, &outer.IUnknown_iface, &IID_IUnknown,
                                            (void **)&outer.inner),
               S_OK);
    IClassFactory_Release(factory);
    CHECK_EQ(outer.refs, 1); /* an inner object does not hold its outer one */
    CHECK(outer.inner != &outer.IUnknown_iface);
    /* The inner IUnknown is itself; every other interface belongs to the outer object. */
    REQUIRE_EQ(IUnknown_QueryInterface(outer.inner, &IID_IUnknown, (void **)&found), S_OK);
    CHECK(found == outer.inner);
    IUnknown_Release(found);
    CHECK_EQ(outer.refs, 1);
    REQUIRE_EQ(IUnknown_QueryInterface(&outer.IUnknown_iface, classes[i].iid, (void **)&object),
               S_OK);
    CHECK_EQ(outer.refs, 2);
    REQUIRE_EQ(IUnknown_QueryInterface(object, &IID_IUnknown, (void **)&found), S_OK);
    CHECK(found == &outer.IUnknown_iface);
    IUnknown_Release(found);
    REQUIRE_EQ(IUnknown_QueryInterface(object, &IID_IPersist, (void **)&found), S_OK);
    IUnknown_Release(found);
    REQUIRE_EQ(IUnknown_QueryInterface(object, &IID_IMarshal, (void **)&found), S_OK);
    IUnknown_Release(found);
    REQUIRE_EQ(IUnknown_QueryInterface(object, &IID_ISupportErrorInfo, (void **)&found), S_OK);
    CHECK_EQ(IUnknown_AddRef(found), 4);
    IUnknown_Release(found);
    CHECK_EQ(IUnknown_Release(found), 2);
    POISON(found);
    CHECK_EQ(IUnknown_QueryInterface(object, &IID_ITCallHub, (void **)&found), E_NOINTERFACE);
    CHECK(found == NULL);
    CHECK_EQ(IUnknown_Release(object), 1);
    CHECK_EQ(server.can_unload(), S_FALSE);
    CHECK_EQ(IUnknown_Release(outer.inner), 0);
    CHECK_EQ(outer.refs, 1);
    CHECK(wait_until(may_go, &server, NULL, WAIT_LONG));
    FreeLibrary(server.module);
}

TEST(aggregated_objects)
{
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    for (unsigned i = 0; i < ARRAYSIZE(classes); i++)
        if (classes[i].aggregates)
            check_aggregate(i);
    CoUninitialize();
}

/* A TAPI object that is part of another one does all that it does alone, and what its Addresses and
 * connection points call "the TAPI object" is the whole. */
TEST(an_aggregated_tapi_object_works)
{
    struct server server = server_load(L"tapi3.dll");
    struct outer outer = {{&outer_vtable}, NULL, 1};
    IConnectionPointContainer *container = NULL, *owner = NULL;
    IConnectionPoint *point = NULL;
    IClassFactory *factory = NULL;
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;
    IUnknown *found;
    ITTAPI *tapi = NULL, *parent = NULL;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    REQUIRE_EQ(server.class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, &outer.IUnknown_iface, &IID_IUnknown,
                                            (void **)&outer.inner),
               S_OK);
    IClassFactory_Release(factory);
    REQUIRE_EQ(IUnknown_QueryInterface(&outer.IUnknown_iface, &IID_ITTAPI, (void **)&tapi), S_OK);
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    REQUIRE_EQ(ITTAPI_EnumerateAddresses(tapi, &addresses), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    CHECK_EQ(ITAddress_get_TAPIObject(address, &parent), S_OK);
    CHECK_EQ(ITTAPI_QueryInterface(parent, &IID_IUnknown, (void **)&found), S_OK);
    CHECK(found == &outer.IUnknown_iface);
    IUnknown_Release(found);
    ITTAPI_Release(parent);
    REQUIRE_EQ(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
               S_OK);
    CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, &IID_ITTAPIEventNotification,
                                                           &point),
             S_OK);
    CHECK_EQ(IConnectionPoint_GetConnectionPointContainer(point, &owner), S_OK);
    CHECK_EQ(IConnectionPointContainer_QueryInterface(owner, &IID_IUnknown, (void **)&found), S_OK);
    CHECK(found == &outer.IUnknown_iface);
    IUnknown_Release(found);
    IConnectionPointContainer_Release(owner);
    IConnectionPoint_Release(point);
    IConnectionPointContainer_Release(container);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    ITAddress_Release(address);
    CHECK_EQ(ITTAPI_Release(tapi), 1);
    CHECK_EQ(IUnknown_Release(outer.inner), 0);
    CHECK_EQ(outer.refs, 1);
    CHECK(wait_until(may_go, &server, NULL, WAIT_LONG));
    CoUninitialize();
    FreeLibrary(server.module);
}

/* ---- loading and unloading ------------------------------------------------------------------- */

/* Initialize, a call that is refused, an event delivered, everything released. */
static void use(struct server *server)
{
    IClassFactory *factory = NULL;
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;
    ITBasicCallControl *call = NULL;
    IDispatch *dispatch = NULL;
    BSTR busy = SysAllocString(L"5550101");
    ITTAPI2 *tapi = NULL;

    REQUIRE_EQ(server->class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI2, (void **)&tapi), S_OK);
    IClassFactory_Release(factory);
    REQUIRE_EQ(ITTAPI2_Initialize(tapi), S_OK);
    CHECK_EQ(ITTAPI2_put_EventFilter(tapi, TE_CALLSTATE | TE_CALLNOTIFICATION), S_OK);
    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(tapi, &addresses), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    CHECK_EQ(ITAddress_QueryInterface(address, &IID_IDispatch, (void **)&dispatch), S_OK);
    IDispatch_Release(dispatch);
    REQUIRE_EQ(ITAddress_CreateCall(address, busy, 1, TAPIMEDIATYPE_AUDIO, &call), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), TAPI_E_DESTBUSY);
    ITBasicCallControl_Release(call);
    ITAddress_Release(address);
    CHECK_EQ(ITTAPI2_Shutdown(tapi), S_OK);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
    SysFreeString(busy);
}

static void load_and_free(DWORD apartment)
{
    CoInitializeEx(NULL, apartment);
    for (unsigned i = 0; i < 8; i++) {
        struct server server = server_load(L"tapi3.dll");

        use(&server);
        if (!server_free(&server, L"tapi3.dll"))
            break;
    }
    CoUninitialize();
}

TEST(loaded_used_and_freed_mta)
{
    load_and_free(COINIT_MULTITHREADED);
}

TEST(loaded_used_and_freed_sta)
{
    load_and_free(COINIT_APARTMENTTHREADED);
}

/* ---- many threads at the first use ------------------------------------------------------------
 */

#define FIRST 8

struct first_use {
    ITTAPI *tapi;
    HANDLE gate;
    LONG wrong;
};

static DWORD WINAPI use_first(void *context)
{
    static const WCHAR *const names[] = {L"Initialize", L"Phones", L"AgentHandlers",
                                         L"EventFilter"};
    struct first_use *use = context;
    IDispatch *dispatch = NULL;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    WaitForSingleObject(use->gate, INFINITE);
    for (unsigned i = 0; i < ARRAYSIZE(names); i++) {
        WCHAR *name = (WCHAR *)names[i];
        DISPID id;

        if (ITTAPI_QueryInterface(use->tapi, &IID_IDispatch, (void **)&dispatch) != S_OK) {
            InterlockedIncrement(&use->wrong);
            continue;
        }
        if (IDispatch_GetIDsOfNames(dispatch, &IID_NULL, &name, 1, LOCALE_NEUTRAL, &id) != S_OK)
            InterlockedIncrement(&use->wrong);
        IDispatch_Release(dispatch);
    }
    CoUninitialize();
    return 0;
}

/* The type library is read when the first IDispatch is asked for; whoever asks meanwhile gets one,
 * too. */
TEST(the_first_use_by_many_threads)
{
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (unsigned round = 0; round < 12; round++) {
        struct server server = server_load(L"tapi3.dll");
        IClassFactory *factory = NULL;
        struct first_use use = {NULL, CreateEventW(NULL, TRUE, FALSE, NULL), 0};
        HANDLE threads[FIRST];

        REQUIRE_EQ(server.class_object(&CLSID_TAPI, &IID_IClassFactory, (void **)&factory), S_OK);
        REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI, (void **)&use.tapi),
                   S_OK);
        IClassFactory_Release(factory);
        for (unsigned i = 0; i < FIRST; i++)
            threads[i] = CreateThread(NULL, 0, use_first, &use, 0, NULL);
        SetEvent(use.gate);
        CHECK_EQ(WaitForMultipleObjects(FIRST, threads, TRUE, WAIT_LONG), WAIT_OBJECT_0);
        for (unsigned i = 0; i < FIRST; i++)
            CloseHandle(threads[i]);
        CloseHandle(use.gate);
        CHECK_EQ(use.wrong, 0);
        CHECK_EQ(ITTAPI_Release(use.tapi), 0);
        if (!server_free(&server, L"tapi3.dll"))
            break;
    }
    CoUninitialize();
}

TEST(media_servers_loaded_and_freed)
{
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (unsigned i = 0; i < 8; i++) {
        unsigned at = ARRAYSIZE(classes) - 1 - i % 2;
        struct server server = server_load(classes[at].file);
        IClassFactory *factory = NULL;
        IUnknown *object = NULL;

        REQUIRE_EQ(server.class_object(classes[at].clsid, &IID_IClassFactory, (void **)&factory),
                   S_OK);
        CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, classes[at].iid, (void **)&object),
                 S_OK);
        IClassFactory_Release(factory);
        IUnknown_Release(object);
        if (!server_free(&server, classes[at].file))
            break;
    }
    CoUninitialize();
}
