/*
 * msp_stack_test.c - foreign.tsp and the media provider it names, through the whole stack, as an
 * application sees it.
 */
#include <windows.h>
#include <ocidl.h>
#include <olectl.h>
#include <tapi3.h>

#include "foreign.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

static struct foreign *far_end;
static foreign_send *send_data;
static foreign_say *msp_say;
static HMODULE tapi3, provider;
static DWORD class_cookie, sink_cookie;
static ITTAPI *tapi;
static ITAddress *address;
static IConnectionPoint *point;
static LONG registration;

static struct {
    volatile LONG streams, terminals, privates, private_calls;
    BOOL stream_right, address_right, call_right, code_right;
    ITBasicCallControl *call;
} seen;

static HRESULT WINAPI sink_QueryInterface(ITTAPIEventNotification *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_ITTAPIEventNotification) ? iface
                                                                                           : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI sink_count(ITTAPIEventNotification *iface)
{
    (void)iface;
    return 2;
}

static BOOL same(void *one, void *other)
{
    IUnknown *a = NULL, *b = NULL;
    BOOL result;

    if (!one || !other)
        return FALSE;
    IUnknown_QueryInterface((IUnknown *)one, &IID_IUnknown, (void **)&a);
    IUnknown_QueryInterface((IUnknown *)other, &IID_IUnknown, (void **)&b);
    result = a == b;
    IUnknown_Release(a);
    IUnknown_Release(b);
    return result;
}

static void drop(void *unknown)
{
    if (unknown)
        IUnknown_Release((IUnknown *)unknown);
}

static void on_private(ITPrivateEvent *event)
{
    ITCallInfo *call = NULL;
    ITAddress *from = NULL;
    IDispatch *inside = NULL;
    LONG code = 0;

    ITPrivateEvent_get_Address(event, &from);
    ITPrivateEvent_get_Call(event, &call);
    ITPrivateEvent_get_EventCode(event, &code);
    ITPrivateEvent_get_EventInterface(event, &inside);
    seen.address_right = same(from, address);
    seen.code_right = code == (call ? 'P' : 'p') && same(inside, far_end->stream);
    seen.call_right = !call || same(call, seen.call);
    drop(from);
    drop(call);
    drop(inside);
    InterlockedIncrement(call ? &seen.private_calls : &seen.privates);
}

static HRESULT WINAPI sink_Event(ITTAPIEventNotification *iface, TAPI_EVENT type, IDispatch *event)
{
    ITCallMediaEvent *media;
    ITAddressEvent *changed;
    ITPrivateEvent *told;

    (void)iface;
    if (type == TE_CALLMEDIA &&
        SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITCallMediaEvent, (void **)&media))) {
        CALL_MEDIA_EVENT kind = CME_STREAM_FAIL;
        ITStream *stream = NULL;

        ITCallMediaEvent_get_Event(media, &kind);
        ITCallMediaEvent_get_Stream(media, &stream);
        seen.stream_right = kind == CME_NEW_STREAM && same(stream, far_end->stream);
        drop(stream);
        drop(media);
        InterlockedIncrement(&seen.streams);
    } else if (type == TE_ADDRESS &&
               SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITAddressEvent, (void **)&changed))) {
        ADDRESS_EVENT kind = AE_STATE;

        ITAddressEvent_get_Event(changed, &kind);
        drop(changed);
        if (kind == AE_NEWTERMINAL)
            InterlockedIncrement(&seen.terminals);
    } else if (type == TE_PRIVATE &&
               SUCCEEDED(IDispatch_QueryInterface(event, &IID_ITPrivateEvent, (void **)&told))) {
        on_private(told);
        drop(told);
    }
    return S_OK;
}

static const ITTAPIEventNotificationVtbl sink_vtable = {sink_QueryInterface, sink_count, sink_count,
                                                        sink_Event};
static ITTAPIEventNotification sink = {(ITTAPIEventNotificationVtbl *)&sink_vtable};

static bool positive(void *count)
{
    return *(volatile LONG *)count > 0;
}

static bool zero(void *count)
{
    return *(volatile LONG *)count == 0;
}

#define COMES(count) CHECK(wait_until(positive, (void *)&(count), NULL, WAIT_LONG))

static HRESULT class_object(HMODULE module, REFCLSID clsid, void **out)
{
    HRESULT(WINAPI * get)
    (REFCLSID, REFIID, void **) = (void *)GetProcAddress(module, "DllGetClassObject");

    return get ? get(clsid, &IID_IClassFactory, out) : E_FAIL;
}

static bool entered;

/* A test that stopped halfway must not disturb the next one. */
TEST_AFTER
{
    if (entered)
        CoUninitialize();
    entered = false;
}

static void begin(void)
{
    IConnectionPointContainer *container = NULL;
    IEnumAddress *addresses = NULL;
    IClassFactory *factory = NULL;

    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    entered = true;
    memset(&seen, 0, sizeof(seen));
    tapi3 = LoadLibraryW(L"tapi3.dll");
    provider = LoadLibraryW(L"foreign.tsp");
    REQUIRE(tapi3 && provider);
    far_end = ((foreign_state *)(void *)GetProcAddress(provider, "ForeignState"))();
    send_data = (foreign_send *)(void *)GetProcAddress(provider, "ForeignSend");
    msp_say = (foreign_say *)(void *)GetProcAddress(provider, "ForeignSay");
    memset(far_end, 0, sizeof(*far_end));
    REQUIRE_EQ(class_object(provider, &clsid_foreign, (void **)&factory), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(&clsid_foreign, (IUnknown *)factory, CLSCTX_INPROC_SERVER,
                                     REGCLS_MULTIPLEUSE, &class_cookie),
               S_OK);
    REQUIRE_EQ(class_object(tapi3, &CLSID_TAPI, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTAPI, (void **)&tapi), S_OK);
    IClassFactory_Release(factory);
    REQUIRE_EQ(ITTAPI_Initialize(tapi), S_OK);
    CHECK_EQ(ITTAPI_put_EventFilter(tapi, TE_ADDRESS | TE_CALLMEDIA | TE_PRIVATE | TE_CALLSTATE |
                                              TE_CALLNOTIFICATION),
             S_OK);
    REQUIRE_EQ(ITTAPI_QueryInterface(tapi, &IID_IConnectionPointContainer, (void **)&container),
               S_OK);
    REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container,
                                                             &IID_ITTAPIEventNotification, &point),
               S_OK);
    IConnectionPointContainer_Release(container);
    REQUIRE_EQ(IConnectionPoint_Advise(point, (IUnknown *)&sink, &sink_cookie), S_OK);
    REQUIRE_EQ(ITTAPI_EnumerateAddresses(tapi, &addresses), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    IEnumAddress_Release(addresses);
    REQUIRE_EQ(ITTAPI_RegisterCallNotifications(tapi, address, VARIANT_TRUE, VARIANT_TRUE,
                                                TAPIMEDIATYPE_AUDIO, 1, &registration),
               S_OK);
}

/* is_shut: the test has called Shutdown itself, which has let go of the sink too. */
static void end(BOOL is_shut)
{
    HRESULT(WINAPI * can_unload)(void) = (void *)GetProcAddress(tapi3, "DllCanUnloadNow");

    CHECK_EQ(IConnectionPoint_Unadvise(point, sink_cookie),
             is_shut ? (HRESULT)CONNECT_E_NOCONNECTION : S_OK);
    IConnectionPoint_Release(point);
    CHECK_EQ(ITTAPI_Shutdown(tapi), is_shut ? S_FALSE : S_OK);
    ITAddress_Release(address);
    CHECK_EQ(ITTAPI_Release(tapi), 0);
    CHECK(wait_until(zero, (void *)&far_end->alive, NULL, WAIT_LONG));
    CHECK(far_end->msp_line == 0);
    CHECK_EQ(far_end->calls_shut, far_end->msp_calls);
    CHECK_EQ(can_unload(), S_OK);
    CoRevokeClassObject(class_cookie);
    CoUninitialize();
    entered = false;
}

static ITBasicCallControl *connected_call(void)
{
    ITBasicCallControl *call = NULL;
    BSTR number = SysAllocString(L"5550100");

    REQUIRE_EQ(ITAddress_CreateCall(address, number, LINEADDRESSTYPE_PHONENUMBER,
                                    TAPIMEDIATYPE_AUDIO, &call),
               S_OK);
    SysFreeString(number);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    seen.call = call;
    return call;
}

TEST(a_foreign_msp_is_part_of_address_and_call)
{
    static const IID *const of_address[] = {&IID_ITMediaSupport, &IID_ITTerminalSupport,
                                            &IID_ITTerminalSupport2};
    ITBasicCallControl *call;
    IUnknown *face = NULL;

    begin();
    for (unsigned i = 0; i < ARRAYSIZE(of_address); i++) {
        CHECK_EQ(ITAddress_QueryInterface(address, of_address[i], (void **)&face), S_OK);
        CHECK(same(face, address));
        drop(face);
    }
    CHECK(ITAddress_QueryInterface(address, &IID_ITMSPAddress, (void **)&face) == E_NOINTERFACE);
    CHECK(far_end->msp_line != 0);
    call = connected_call();
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITStreamControl, (void **)&face), S_OK);
    CHECK(same(face, call));
    drop(face);
    CHECK_EQ(far_end->msp_calls, 1);
    CHECK_EQ(far_end->media, TAPIMEDIATYPE_AUDIO);

    CHECK_EQ(msp_say('c'), S_OK);
    COMES(seen.streams);
    CHECK(seen.stream_right);
    CHECK_EQ(msp_say('a'), S_OK);
    COMES(seen.terminals);
    CHECK_EQ(msp_say('p'), S_OK);
    COMES(seen.privates);
    CHECK(seen.address_right && seen.code_right);
    CHECK_EQ(msp_say('P'), S_OK);
    COMES(seen.private_calls);
    CHECK(seen.address_right && seen.code_right && seen.call_right);

    CHECK_EQ(msp_say('t'), S_OK);
    COMES(far_end->from_msp_count);
    CHECK_EQ(far_end->from_msp_with_call, 0);
    CHECK_EQ(far_end->from_msp_size, 5);
    CHECK_BYTES(far_end->from_msp, "hello", 5);
    CHECK_EQ(msp_say('T'), S_OK);
    COMES(far_end->from_msp_with_call);

    send_data(FALSE, "abc", 3);
    COMES(far_end->to_address);
    CHECK_EQ(far_end->to_size, 3);
    send_data(TRUE, "abcd", 4);
    COMES(far_end->to_call);
    CHECK_EQ(far_end->to_size, 4);

    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    drop(call);
    COMES(far_end->calls_shut);
    end(FALSE);
    CHECK_EQ(far_end->addresses_shut, 1);
}

/* The provider and its MSP settle a call's media between them, whether or not the application ever
 * asks for a stream. */
TEST(data_for_a_call_reaches_an_msp_nobody_asked_for)
{
    ITBasicCallControl *call;

    begin();
    call = connected_call();
    CHECK_EQ(far_end->msp_calls, 1); /* from the beginning: it may be the MSP that speaks first */
    CHECK_EQ(msp_say('T'), S_OK);
    COMES(far_end->from_msp_with_call);
    send_data(TRUE, "abcd", 4);
    COMES(far_end->to_call);
    CHECK_EQ(far_end->msp_calls, 1);
    CHECK_EQ(ITBasicCallControl_Disconnect(call, DC_NORMAL), S_OK);
    drop(call);
    end(FALSE);
}

/* Everything still open when the application shuts TAPI down. */
TEST(shutdown_takes_the_msp_from_under_its_objects)
{
    ITBasicCallControl *call;
    IUnknown *streams = NULL, *terminals = NULL, *hidden = NULL;

    begin();
    call = connected_call();
    CHECK_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITStreamControl, (void **)&streams),
             S_OK);
    CHECK_EQ(ITAddress_QueryInterface(address, &IID_ITTerminalSupport, (void **)&terminals), S_OK);
    CHECK_EQ(ITTAPI_Shutdown(tapi), S_OK);
    drop(streams);
    drop(terminals);
    /* The interfaces of an object never change. */
    CHECK_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITStreamControl, (void **)&streams),
             S_OK);
    CHECK_EQ(ITAddress_QueryInterface(address, &IID_ITTerminalSupport, (void **)&terminals), S_OK);
    CHECK_EQ(ITAddress_QueryInterface(address, &IID_ITMSPAddress, (void **)&hidden), E_NOINTERFACE);
    drop(streams);
    drop(terminals);
    drop(call);
    end(TRUE);
    CHECK_EQ(far_end->addresses_shut, 1);
}
