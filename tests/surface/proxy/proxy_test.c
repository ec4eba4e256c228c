/*
 * Enumerators carried from one apartment to another by the proxies of opentapi_proxy, registered
 * for this process alone. Guards clients that enumerate from an apartment the object does not live
 * in: arrays of strings, GUIDs and interface pointers, partly filled, and their counts.
 */
#include <ot_proxy.h>
#include <ot_tapi3.h>

#include "tests/support/test.h"

/* {3F6D1B52-8E0A-4C67-9D21-5B7E90C4A813}, as in idl/CMakeLists.txt */
static const CLSID CLSID_proxies = {
    0x3f6d1b52, 0x8e0a, 0x4c67, {0x9d, 0x21, 0x5b, 0x7e, 0x90, 0xc4, 0xa8, 0x13}};

/* An enumerator of three strings and one of three GUIDs; `at` is the position of both. */
enum { ITEMS = 3 };
static const WCHAR *const strings[ITEMS] = {L"tapi/line", L"wave/in", L""};
static ULONG at;
static DWORD last_thread; /* on which the last call arrived */

static HRESULT WINAPI strings_query(IEnumBstr *self, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IEnumBstr))
        return E_NOINTERFACE;
    *out = self;
    return S_OK;
}

static HRESULT WINAPI classes_query(IEnumTerminalClass *self, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IEnumTerminalClass))
        return E_NOINTERFACE;
    *out = self;
    return S_OK;
}

#define STATIC_OBJECT(prefix, interface_)                                                          \
    static ULONG WINAPI prefix##_add_ref(interface_ *self)                                         \
    {                                                                                              \
        (void)self;                                                                                \
        return 2;                                                                                  \
    }                                                                                              \
    static ULONG WINAPI prefix##_release(interface_ *self)                                         \
    {                                                                                              \
        (void)self;                                                                                \
        return 1;                                                                                  \
    }                                                                                              \
    static HRESULT WINAPI prefix##_reset(interface_ *self)                                         \
    {                                                                                              \
        (void)self;                                                                                \
        at = 0;                                                                                    \
        return S_OK;                                                                               \
    }                                                                                              \
    static HRESULT WINAPI prefix##_skip(interface_ *self, ULONG count)                             \
    {                                                                                              \
        (void)self;                                                                                \
        at += count;                                                                               \
        return at <= ITEMS ? S_OK : S_FALSE;                                                       \
    }                                                                                              \
    static HRESULT WINAPI prefix##_clone(interface_ *self, interface_ **out)                       \
    {                                                                                              \
        *out = self;                                                                               \
        return S_OK;                                                                               \
    }
STATIC_OBJECT(strings, IEnumBstr)
STATIC_OBJECT(classes, IEnumTerminalClass)

static HRESULT WINAPI strings_next(IEnumBstr *self, ULONG count, BSTR *out, ULONG *fetched)
{
    (void)self;
    last_thread = GetCurrentThreadId();
    for (*fetched = 0; *fetched < count && at < ITEMS; ++*fetched)
        out[*fetched] = SysAllocString(strings[at++]);
    return *fetched == count ? S_OK : S_FALSE;
}

static HRESULT WINAPI classes_next(IEnumTerminalClass *self, ULONG count, GUID *out, ULONG *fetched)
{
    (void)self;
    last_thread = GetCurrentThreadId();
    for (*fetched = 0; *fetched < count && at < ITEMS; ++*fetched) {
        out[*fetched] = CLSID_HandsetTerminal;
        out[*fetched].Data1 += at++;
    }
    return *fetched == count ? S_OK : S_FALSE;
}

static const IEnumBstrVtbl strings_vtbl = {
    strings_query, strings_add_ref, strings_release, strings_next,
    strings_reset, strings_skip,    strings_clone,
};
static const IEnumTerminalClassVtbl classes_vtbl = {
    classes_query, classes_add_ref, classes_release, classes_next,
    classes_reset, classes_skip,    classes_clone,
};
static IEnumBstr the_strings = {(IEnumBstrVtbl *)&strings_vtbl};
static IEnumTerminalClass the_classes = {(IEnumTerminalClassVtbl *)&classes_vtbl};

/* What a program does with one of them in an apartment of its own. */
struct visit {
    IStream *stream; /* the marshalled interface */
    const IID *iid;
    void (*look)(void *proxy);
    void *original;
    bool looked;
};

static DWORD WINAPI visit_thread(void *context)
{
    struct visit *visit = context;
    void *proxy = NULL;
    DWORD cookie = 0;
    IUnknown *factory = NULL;

    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    /* In this apartment too, or it would have to be carried over itself. */
    CHECK_EQ(ot_proxy_DllGetClassObject(&CLSID_proxies, &IID_IUnknown, (void **)&factory), S_OK);
    CHECK_EQ(CoRegisterClassObject(&CLSID_proxies, factory, CLSCTX_INPROC_SERVER,
                                   REGCLS_MULTIPLEUSE, &cookie),
             S_OK);
    CHECK_EQ(CoGetInterfaceAndReleaseStream(visit->stream, visit->iid, &proxy), S_OK);
    if (proxy) {
        CHECK(proxy != visit->original);
        visit->look(proxy);
        visit->looked = true;
        IUnknown_Release((IUnknown *)proxy);
    }
    CoRevokeClassObject(cookie);
    IUnknown_Release(factory);
    CoUninitialize();
    return 0;
}

/* Carries `object` from the MTA, where this thread is, to a new STA, and lets `look` use it there.
 */
static void carry(void *object, const IID *iid, void (*look)(void *proxy))
{
    struct visit visit = {NULL, iid, look, object, false};
    IUnknown *factory = NULL;
    DWORD cookie = 0;
    HANDLE thread;

    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    REQUIRE_EQ(ot_proxy_DllGetClassObject(&CLSID_proxies, &IID_IUnknown, (void **)&factory), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(&CLSID_proxies, factory, CLSCTX_INPROC_SERVER,
                                     REGCLS_MULTIPLEUSE, &cookie),
               S_OK);
    REQUIRE_EQ(CoRegisterPSClsid(iid, &CLSID_proxies), S_OK);
    at = 0;
    REQUIRE_EQ(CoMarshalInterThreadInterfaceInStream(iid, object, &visit.stream), S_OK);
    thread = CreateThread(NULL, 0, visit_thread, &visit, 0, NULL);
    REQUIRE(thread != NULL);
    REQUIRE_EQ(WaitForSingleObject(thread, 60000), WAIT_OBJECT_0);
    CloseHandle(thread);
    CHECK(visit.looked);
    CoRevokeClassObject(cookie);
    IUnknown_Release(factory);
    CoUninitialize();
}

static void look_at_strings(void *proxy)
{
    BSTR out[5];
    ULONG fetched;

    POISON(out);
    POISON(fetched);
    CHECK_EQ(IEnumBstr_Next((IEnumBstr *)proxy, 2, out, &fetched), S_OK);
    CHECK_EQ(fetched, 2);
    CHECK(last_thread != GetCurrentThreadId());
    for (ULONG i = 0; i < 2 && fetched == 2; i++) {
        CHECK_WSTR(out[i], strings[i]);
        SysFreeString(out[i]);
    }
    CHECK_EQ(IEnumBstr_Next((IEnumBstr *)proxy, 5, out, &fetched), S_FALSE);
    CHECK_EQ(fetched, 1);
    if (fetched == 1)
        SysFreeString(out[0]);
    CHECK_EQ(IEnumBstr_Reset((IEnumBstr *)proxy), S_OK);
    CHECK_EQ(IEnumBstr_Skip((IEnumBstr *)proxy, ITEMS + 1), S_FALSE);
}

static void look_at_classes(void *proxy)
{
    GUID out[5];
    ULONG fetched;

    POISON(out);
    POISON(fetched);
    CHECK_EQ(IEnumTerminalClass_Next((IEnumTerminalClass *)proxy, 5, out, &fetched), S_FALSE);
    CHECK_EQ(fetched, ITEMS);
    CHECK(last_thread != GetCurrentThreadId());
    for (ULONG i = 0; i < ITEMS && fetched == ITEMS; i++)
        CHECK_EQ(out[i].Data1, CLSID_HandsetTerminal.Data1 + i);
}

TEST(strings_between_apartments)
{
    carry(&the_strings, &IID_IEnumBstr, look_at_strings);
}

TEST(guids_between_apartments)
{
    carry(&the_classes, &IID_IEnumTerminalClass, look_at_classes);
}

/* Claims to be everything, for stubs that are made and not called. */
static HRESULT WINAPI anything_query(IEnumBstr *self, REFIID iid, void **out)
{
    (void)iid;
    *out = self;
    return S_OK;
}

TEST(every_enumerator_has_a_proxy)
{
    static const IEnumBstrVtbl anything_vtbl = {
        anything_query, strings_add_ref, strings_release, strings_next,
        strings_reset,  strings_skip,    strings_clone,
    };
    static IEnumBstr anything = {(IEnumBstrVtbl *)&anything_vtbl};
    static const IID *const iids[] = {
        &IID_IEnumPhone,
        &IID_IEnumTerminal,
        &IID_IEnumTerminalClass,
        &IID_IEnumCall,
        &IID_IEnumAddress,
        &IID_IEnumCallHub,
        &IID_IEnumBstr,
        &IID_IEnumPluggableTerminalClassInfo,
        &IID_IEnumPluggableSuperclassInfo,
        &IID_IEnumLocation,
        &IID_IEnumCallingCard,
        &IID_IEnumStream,
        &IID_IEnumSubStream,
        &IID_IEnumAgent,
        &IID_IEnumAgentSession,
        &IID_IEnumQueue,
        &IID_IEnumACDGroup,
        &IID_IEnumAgentHandler,
        &IID_ITLegacyAddressMediaControl,
        &IID_ITLegacyAddressMediaControl2,
        &IID_ITDispatchMapper,
    };
    static const IID *const others[] = {&IID_ITTAPI, &IID_ITAddress, &IID_ITTAPIEventNotification};
    IPSFactoryBuffer *factory = NULL;

    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    REQUIRE_EQ(ot_proxy_DllGetClassObject(&CLSID_proxies, &IID_IPSFactoryBuffer, (void **)&factory),
               S_OK);
    for (size_t i = 0; i < ARRAYSIZE(iids); i++) {
        IRpcStubBuffer *stub = NULL;
        CHECK_EQ(IPSFactoryBuffer_CreateStub(factory, iids[i], (IUnknown *)&anything, &stub), S_OK);
        if (stub)
            IRpcStubBuffer_Release(stub);
    }
    /* Those belong to the type library marshaller. */
    for (size_t i = 0; i < ARRAYSIZE(others); i++) {
        IRpcStubBuffer *stub = NULL;
        CHECK(
            FAILED(IPSFactoryBuffer_CreateStub(factory, others[i], (IUnknown *)&anything, &stub)));
    }
    IPSFactoryBuffer_Release(factory);
    CoUninitialize();
}
