/*
 * msp_test.c - a media provider with no more than writing-a-media-service-provider.md asks for,
 * built as Microsoft's base classes build theirs: its address has ITMSPAddress and
 * ITTerminalSupport, and no ITMediaSupport (that is the Address object's own); its call is a second
 * aggregated object.
 */
#include "msp/host/host.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

/* ../media/fake_tapi.c: how often the host has sent its provider something. */
extern volatile LONG fake_tapi_data;

static const CLSID clsid_stranger = {
    0x7c4f2f5e, 0x6f04, 0x4d39, {0x9c, 0x0f, 0x3b, 0x36, 0x6e, 0x5b, 0x52, 0x11}};

/* One object of the stranger's: inner unknown, one interface that delegates to the outer. */
struct inner {
    IUnknown IUnknown_iface;
    ITMSPAddress ITMSPAddress_iface; /* the address only */
    IUnknown *outer;
    LONG refs;
    bool is_address;
};

static LONG alive;
static DWORD asked_media, data_size;
static bool shut, call_shut;
static IUnknown *data_call;
static MSP_HANDLE call_handle, address_event;
static int words;       /* that the address has for its provider */
static HANDLE all_said; /* set when TAPI has them all, where a test waits for that */

static HRESULT make_inner(IUnknown *outer, bool is_address, IUnknown **out);

static HRESULT WINAPI inner_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    struct inner *self = CONTAINING_RECORD(iface, struct inner, IUnknown_iface);

    *out = NULL;
    if (IsEqualIID(iid, &IID_IUnknown))
        *out = iface;
    else if (self->is_address && IsEqualIID(iid, &IID_ITMSPAddress))
        *out = &self->ITMSPAddress_iface;
    if (!*out)
        return E_NOINTERFACE;
    IUnknown_AddRef((IUnknown *)*out);
    return S_OK;
}

static ULONG WINAPI inner_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct inner, IUnknown_iface)->refs);
}

static ULONG WINAPI inner_Release(IUnknown *iface)
{
    struct inner *self = CONTAINING_RECORD(iface, struct inner, IUnknown_iface);
    ULONG refs = InterlockedDecrement(&self->refs);

    if (!refs) {
        HeapFree(GetProcessHeap(), 0, self);
        InterlockedDecrement(&alive);
    }
    return refs;
}

static IUnknown *outer_of(ITMSPAddress *iface)
{
    return CONTAINING_RECORD(iface, struct inner, ITMSPAddress_iface)->outer;
}

static HRESULT WINAPI address_QueryInterface(ITMSPAddress *iface, REFIID iid, void **out)
{
    return IUnknown_QueryInterface(outer_of(iface), iid, out);
}

static ULONG WINAPI address_AddRef(ITMSPAddress *iface)
{
    return IUnknown_AddRef(outer_of(iface));
}

static ULONG WINAPI address_Release(ITMSPAddress *iface)
{
    return IUnknown_Release(outer_of(iface));
}

static HRESULT WINAPI address_Initialize(ITMSPAddress *iface, MSP_HANDLE event)
{
    (void)iface;
    address_event = event;
    return S_OK;
}

static HRESULT WINAPI address_Shutdown(ITMSPAddress *iface)
{
    (void)iface;
    shut = true;
    return S_OK;
}

static HRESULT WINAPI address_CreateMSPCall(ITMSPAddress *iface, MSP_HANDLE call, DWORD reserved,
                                            DWORD media_type, IUnknown *outer, IUnknown **out)
{
    (void)iface, (void)reserved;
    asked_media = media_type;
    call_handle = call;
    return make_inner(outer, false, out);
}

static HRESULT WINAPI address_ShutdownMSPCall(ITMSPAddress *iface, IUnknown *call)
{
    (void)iface, (void)call;
    call_shut = true;
    return S_OK;
}

static HRESULT WINAPI address_ReceiveTSPData(ITMSPAddress *iface, IUnknown *call, BYTE *data,
                                             DWORD size)
{
    (void)iface, (void)data;
    data_call = call;
    data_size = size;
    return S_OK;
}

/* Says to its provider, for no call, what is left to say. */
static HRESULT WINAPI address_GetEvent(ITMSPAddress *iface, DWORD *size, BYTE *event)
{
    MSP_EVENT_INFO said = {.dwSize = sizeof(said), .Event = ME_TSP_DATA};

    (void)iface;
    if (!words) {
        if (all_said)
            SetEvent(all_said);
        return TAPI_E_NOEVENT;
    }
    if (*size < sizeof(said)) {
        *size = sizeof(said);
        return TAPI_E_NOTENOUGHMEMORY;
    }
    words--;
    said.MSP_TSP_DATA.dwBufferSize = 1;
    *size = sizeof(said);
    memcpy(event, &said, sizeof(said));
    return S_OK;
}

static HRESULT make_inner(IUnknown *outer, bool is_address, IUnknown **out)
{
    static const IUnknownVtbl inner_vtable = {inner_QueryInterface, inner_AddRef, inner_Release};
    static const ITMSPAddressVtbl address_vtable = {
        address_QueryInterface,  address_AddRef,         address_Release,
        address_Initialize,      address_Shutdown,       address_CreateMSPCall,
        address_ShutdownMSPCall, address_ReceiveTSPData, address_GetEvent,
    };
    struct inner *self = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*self));

    *out = NULL;
    if (!self)
        return E_OUTOFMEMORY;
    self->IUnknown_iface.lpVtbl = (IUnknownVtbl *)&inner_vtable;
    self->ITMSPAddress_iface.lpVtbl = (ITMSPAddressVtbl *)&address_vtable;
    self->outer = outer ? outer : &self->IUnknown_iface;
    self->refs = 1;
    self->is_address = is_address;
    InterlockedIncrement(&alive);
    *out = &self->IUnknown_iface;
    return S_OK;
}

/* ---- its class, registered for the process ------------------------------------------------------
 */

static HRESULT WINAPI class_QueryInterface(IClassFactory *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI class_count(IClassFactory *iface)
{
    (void)iface;
    return 2;
}

static HRESULT WINAPI class_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                           void **out)
{
    (void)iface;
    if (outer && !IsEqualIID(iid, &IID_IUnknown))
        return CLASS_E_NOAGGREGATION;
    return make_inner(outer, true, (IUnknown **)out);
}

static HRESULT WINAPI class_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface, (void)lock;
    return S_OK;
}

static const IClassFactoryVtbl class_vtable = {class_QueryInterface, class_count, class_count,
                                               class_CreateInstance, class_LockServer};
static IClassFactory stranger_class = {(IClassFactoryVtbl *)&class_vtable};

/* The Address and the Call that aggregate: counting, and asked nothing by this MSP but to count. */
struct outer {
    IUnknown IUnknown_iface;
    LONG refs;
};

static HRESULT WINAPI outer_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) ? iface : NULL;
    if (*out)
        IUnknown_AddRef(iface);
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI outer_AddRef(IUnknown *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct outer, IUnknown_iface)->refs);
}

static ULONG WINAPI outer_Release(IUnknown *iface)
{
    return InterlockedDecrement(&CONTAINING_RECORD(iface, struct outer, IUnknown_iface)->refs);
}

static const IUnknownVtbl outer_vtable = {outer_QueryInterface, outer_AddRef, outer_Release};

static void on_event(void *context, struct msp_call *call, const MSP_EVENT_INFO *event)
{
    (void)context, (void)call, (void)event;
}

TEST(an_msp_without_media_support_has_calls)
{
    struct outer address = {{(IUnknownVtbl *)&outer_vtable}, 1};
    struct outer call = {{(IUnknownVtbl *)&outer_vtable}, 1};
    struct msp_host *host = NULL;
    struct msp_call *made = NULL;
    void *out;
    DWORD cookie;

    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(&clsid_stranger, (IUnknown *)&stranger_class,
                                     CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE, &cookie),
               S_OK);
    REQUIRE_EQ(
        msp_host_create_class(&clsid_stranger, 0, &address.IUnknown_iface, on_event, NULL, &host),
        S_OK);
    CHECK_EQ(msp_host_line_opened(host, (HLINE)0x1234), S_OK);
    CHECK_EQ(msp_call_create(host, TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO, &call.IUnknown_iface,
                             &made),
             S_OK);
    CHECK(made != NULL);
    CHECK_EQ(asked_media, TAPIMEDIATYPE_AUDIO | TAPIMEDIATYPE_VIDEO);
    CHECK(address_event && call_handle);
    /* Its second interface and what it lacks. */
    CHECK_EQ(msp_host_query_interface(host, &IID_ITTerminalSupport, &out), E_NOINTERFACE);
    CHECK_EQ(msp_call_query_interface(made, &IID_ITStreamControl, &out), E_NOINTERFACE);
    msp_call_set_handle(made, (HCALL)0x99);
    msp_host_receive(host, 0, (HCALL)0x99, "abc", 3);
    CHECK_EQ(data_size, 3);
    CHECK(data_call && data_call != &call.IUnknown_iface);
    msp_host_receive(host, 0, 0, "x", 1);
    CHECK_EQ(data_size, 1);
    CHECK(data_call == NULL);
    msp_call_destroy(made);
    CHECK(call_shut);
    msp_host_destroy(host);
    CHECK(shut);
    CHECK_EQ(alive, 0);
    CHECK_EQ(address.refs, 1);
    CHECK_EQ(call.refs, 1);
    CoRevokeClassObject(cookie);
    CoUninitialize();
}

/* What the address says before the program opens a line of it is for the first one that is opened.
 */
TEST(an_msp_speaks_before_a_line_is_open)
{
    struct outer address = {{(IUnknownVtbl *)&outer_vtable}, 1};
    struct msp_host_counters counters;
    struct msp_host *host = NULL;
    void *out;
    DWORD cookie;

    REQUIRE_EQ(CoInitializeEx(NULL, COINIT_MULTITHREADED), S_OK);
    REQUIRE_EQ(CoRegisterClassObject(&clsid_stranger, (IUnknown *)&stranger_class,
                                     CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE, &cookie),
               S_OK);
    REQUIRE_EQ(
        msp_host_create_class(&clsid_stranger, 0, &address.IUnknown_iface, on_event, NULL, &host),
        S_OK);
    fake_tapi_data = 0;
    words = 2;
    all_said = CreateEventW(NULL, TRUE, FALSE, NULL);
    CHECK_EQ(msp_host_query_interface(host, &IID_ITTerminalSupport, &out), E_NOINTERFACE);
    SetEvent((HANDLE)address_event);
    REQUIRE(wait_handle(all_said, WAIT_LONG));
    CHECK_EQ(fake_tapi_data, 0);
    CHECK_EQ(msp_host_line_opened(host, (HLINE)0x1234), S_OK);
    CHECK_EQ(fake_tapi_data, 2);
    CHECK_EQ(msp_host_line_opened(host, (HLINE)0x1235), S_OK);
    CHECK_EQ(fake_tapi_data, 2);
    /* And with the lines closed again, nobody takes it: it goes with the address. */
    msp_host_line_closing(host, (HLINE)0x1234);
    msp_host_line_closing(host, (HLINE)0x1235);
    words = 1;
    ResetEvent(all_said);
    SetEvent((HANDLE)address_event);
    REQUIRE(wait_handle(all_said, WAIT_LONG));
    msp_host_destroy(host);
    CHECK_EQ(fake_tapi_data, 2);
    msp_host_get_counters(&counters);
    CHECK_EQ(counters.kept, 0);
    CloseHandle(all_said);
    all_said = NULL;
    CHECK_EQ(alive, 0);
    CoRevokeClassObject(cookie);
    CoUninitialize();
}
