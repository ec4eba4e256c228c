/* sound_msp.c - see sound_msp.h. Made of the objects of objects/com.h, one library in the test. */
#include "tests/com/phone/sound_msp.h"

#include "objects/com.h"
#include "tsp/simpbx/audio_port.h"

struct sound_terminal {
    struct com_object com;
    ITTerminal ITTerminal_iface;
    ITStaticAudioTerminal ITStaticAudioTerminal_iface;
    TERMINAL_DIRECTION direction;
    LONG wave;
};

struct sound_stream {
    struct com_object com;
    ITStream ITStream_iface;
    TERMINAL_DIRECTION direction;
    struct sound_terminal *terminal;
};

struct sound_call {
    struct com_object com;
    ITStreamControl ITStreamControl_iface;
    struct sound_stream *streams[2];
};

struct sound_address {
    struct com_object com;
    ITMSPAddress ITMSPAddress_iface;
    ITTerminalSupport ITTerminalSupport_iface;
};

static struct sound_terminal *terminals[SOUND_TERMINALS];
static volatile LONG selected;
static BOOL refuses;

/* A list handed on as an enumerator. */
static HRESULT give(struct com_list *list, REFIID iid, void *out)
{
    HRESULT hr = list ? com_list_enumerate(list, iid, out) : E_OUTOFMEMORY;

    com_list_release(list);
    return hr;
}

/* ---- terminals ------------------------------------------------------------------------------- */

COM_DISPATCH_METHODS(terminal, sound_terminal, ITTerminal, ITTerminal_iface)
COM_DISPATCH_METHODS(audio, sound_terminal, ITStaticAudioTerminal, ITStaticAudioTerminal_iface)

static HRESULT WINAPI terminal_get_text(ITTerminal *iface, BSTR *out)
{
    (void)iface;
    *out = SysAllocString(L"{AAF578EC-DC70-11D0-8ED3-00C04FB6809F}"); /* CLSID_MicrophoneTerminal */
    return S_OK;
}

static HRESULT WINAPI terminal_get_State(ITTerminal *iface, TERMINAL_STATE *out)
{
    (void)iface;
    *out = TS_NOTINUSE;
    return S_OK;
}

static HRESULT WINAPI terminal_get_TerminalType(ITTerminal *iface, TERMINAL_TYPE *out)
{
    (void)iface;
    *out = TT_STATIC;
    return S_OK;
}

static HRESULT WINAPI terminal_get_MediaType(ITTerminal *iface, LONG *out)
{
    (void)iface;
    *out = TAPIMEDIATYPE_AUDIO;
    return S_OK;
}

static HRESULT WINAPI terminal_get_Direction(ITTerminal *iface, TERMINAL_DIRECTION *out)
{
    *out = impl_from_ITTerminal_iface(iface)->direction;
    return S_OK;
}

static const ITTerminalVtbl terminal_vtable = {
    COM_DISPATCH_VTABLE(terminal), terminal_get_text, terminal_get_State,
    terminal_get_TerminalType,     terminal_get_text, terminal_get_MediaType,
    terminal_get_Direction,
};

static HRESULT WINAPI audio_get_WaveId(ITStaticAudioTerminal *iface, LONG *out)
{
    *out = impl_from_ITStaticAudioTerminal_iface(iface)->wave;
    return S_OK;
}

static const ITStaticAudioTerminalVtbl audio_vtable = {COM_DISPATCH_VTABLE(audio),
                                                       audio_get_WaveId};
static const struct com_interface terminal_interfaces[] = {
    COM_INTERFACE(sound_terminal, ITTerminal_iface, ITTerminal),
    COM_INTERFACE(sound_terminal, ITStaticAudioTerminal_iface, ITStaticAudioTerminal),
};
static const struct com_class terminal_class = {
    .name = "SoundTerminal",
    .interfaces = terminal_interfaces,
    .interface_count = ARRAYSIZE(terminal_interfaces),
};

static struct sound_terminal *make_terminal(TERMINAL_DIRECTION direction, LONG wave)
{
    struct sound_terminal *self = com_object_create(sizeof(*self), &terminal_class, NULL);

    REQUIRE(self != NULL);
    self->ITTerminal_iface.lpVtbl = (ITTerminalVtbl *)&terminal_vtable;
    self->ITStaticAudioTerminal_iface.lpVtbl = (ITStaticAudioTerminalVtbl *)&audio_vtable;
    self->direction = direction;
    self->wave = wave;
    return self;
}

/* ---- streams: only what the host of media providers asks for -----------------------------------
 */

COM_DISPATCH_METHODS(stream, sound_stream, ITStream, ITStream_iface)

static HRESULT WINAPI stream_get_MediaType(ITStream *iface, LONG *out)
{
    (void)iface;
    *out = TAPIMEDIATYPE_AUDIO;
    return S_OK;
}

static HRESULT WINAPI stream_get_Direction(ITStream *iface, TERMINAL_DIRECTION *out)
{
    *out = impl_from_ITStream_iface(iface)->direction;
    return S_OK;
}

static HRESULT WINAPI stream_SelectTerminal(ITStream *iface, ITTerminal *terminal)
{
    struct sound_stream *self = impl_from_ITStream_iface(iface);
    struct com_object *object = com_object_of(terminal, &terminal_class);

    if (refuses)
        return TAPI_E_MAXTERMINALS;
    if (!object || self->terminal)
        return TAPI_E_INVALIDTERMINAL;
    self->terminal = CONTAINING_RECORD(object, struct sound_terminal, com);
    com_use(object);
    InterlockedExchangeAdd(&selected, self->terminal->direction == self->direction ? 1 : -100);
    return S_OK;
}

static HRESULT WINAPI stream_UnselectTerminal(ITStream *iface, ITTerminal *terminal)
{
    struct sound_stream *self = impl_from_ITStream_iface(iface);

    if (!self->terminal || &self->terminal->ITTerminal_iface != terminal)
        return TAPI_E_INVALIDTERMINAL;
    com_unuse(&self->terminal->com);
    self->terminal = NULL;
    InterlockedDecrement(&selected);
    return S_OK;
}

static HRESULT WINAPI stream_EnumerateTerminals(ITStream *iface, IEnumTerminal **out)
{
    struct sound_stream *self = impl_from_ITStream_iface(iface);
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);

    if (self->terminal)
        com_list_add_object(list, (IUnknown *)&self->terminal->ITTerminal_iface);
    return give(list, &IID_IEnumTerminal, out);
}

static const ITStreamVtbl stream_vtable = {
    COM_DISPATCH_VTABLE(stream),
    .get_MediaType = stream_get_MediaType,
    .get_Direction = stream_get_Direction,
    .SelectTerminal = stream_SelectTerminal,
    .UnselectTerminal = stream_UnselectTerminal,
    .EnumerateTerminals = stream_EnumerateTerminals,
};
static const struct com_interface stream_interfaces[] = {
    COM_INTERFACE(sound_stream, ITStream_iface, ITStream),
};

static void stream_destroy(struct com_object *object)
{
    struct sound_stream *self = CONTAINING_RECORD(object, struct sound_stream, com);

    if (self->terminal)
        stream_UnselectTerminal(&self->ITStream_iface, &self->terminal->ITTerminal_iface);
}

static const struct com_class stream_class = {
    .name = "SoundStream",
    .interfaces = stream_interfaces,
    .interface_count = ARRAYSIZE(stream_interfaces),
    .destroy = stream_destroy,
};

/* ---- calls ----------------------------------------------------------------------------------- */

COM_DISPATCH_METHODS(control, sound_call, ITStreamControl, ITStreamControl_iface)

static HRESULT WINAPI control_EnumerateStreams(ITStreamControl *iface, IEnumStream **out)
{
    struct sound_call *self = impl_from_ITStreamControl_iface(iface);
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);

    for (unsigned i = 0; i < ARRAYSIZE(self->streams); i++)
        com_list_add_object(list, (IUnknown *)&self->streams[i]->ITStream_iface);
    return give(list, &IID_IEnumStream, out);
}

static const ITStreamControlVtbl control_vtable = {
    COM_DISPATCH_VTABLE(control),
    .EnumerateStreams = control_EnumerateStreams,
};
static const struct com_interface call_interfaces[] = {
    COM_INTERFACE(sound_call, ITStreamControl_iface, ITStreamControl),
};

static void call_destroy(struct com_object *object)
{
    struct sound_call *self = CONTAINING_RECORD(object, struct sound_call, com);

    for (unsigned i = 0; i < ARRAYSIZE(self->streams); i++)
        ITStream_Release(&self->streams[i]->ITStream_iface);
}

static const struct com_class call_class = {
    .name = "SoundCall",
    .interfaces = call_interfaces,
    .interface_count = ARRAYSIZE(call_interfaces),
    .destroy = call_destroy,
};

/* ---- addresses ------------------------------------------------------------------------------- */

COM_UNKNOWN_METHODS(msp, sound_address, ITMSPAddress, ITMSPAddress_iface)
COM_DISPATCH_METHODS(support, sound_address, ITTerminalSupport, ITTerminalSupport_iface)

static HRESULT WINAPI msp_Initialize(ITMSPAddress *iface, MSP_HANDLE event)
{
    (void)iface, (void)event;
    return S_OK;
}

static HRESULT WINAPI msp_Shutdown(ITMSPAddress *iface)
{
    (void)iface;
    return S_OK;
}

static HRESULT WINAPI msp_CreateMSPCall(ITMSPAddress *iface, MSP_HANDLE handle, DWORD reserved,
                                        DWORD media, IUnknown *outer, IUnknown **out)
{
    struct sound_call *call = com_object_create(sizeof(*call), &call_class, outer);

    (void)iface, (void)handle, (void)reserved, (void)media;
    call->ITStreamControl_iface.lpVtbl = (ITStreamControlVtbl *)&control_vtable;
    for (unsigned i = 0; i < ARRAYSIZE(call->streams); i++) {
        call->streams[i] = com_object_create(sizeof(*call->streams[i]), &stream_class, NULL);
        call->streams[i]->ITStream_iface.lpVtbl = (ITStreamVtbl *)&stream_vtable;
        call->streams[i]->direction = i ? TD_RENDER : TD_CAPTURE;
    }
    *out = &call->com.IUnknown_iface;
    return S_OK;
}

static HRESULT WINAPI msp_ShutdownMSPCall(ITMSPAddress *iface, IUnknown *call)
{
    (void)iface, (void)call;
    return S_OK;
}

static HRESULT WINAPI msp_ReceiveTSPData(ITMSPAddress *iface, IUnknown *call, BYTE *data,
                                         DWORD size)
{
    (void)iface, (void)call, (void)data, (void)size;
    return S_OK;
}

static HRESULT WINAPI msp_GetEvent(ITMSPAddress *iface, DWORD *size, BYTE *buffer)
{
    (void)iface, (void)size, (void)buffer;
    return TAPI_E_NOEVENT;
}

static const ITMSPAddressVtbl msp_vtable = {
    COM_UNKNOWN_VTABLE(msp), msp_Initialize,     msp_Shutdown, msp_CreateMSPCall,
    msp_ShutdownMSPCall,     msp_ReceiveTSPData, msp_GetEvent,
};

static HRESULT WINAPI support_EnumerateStaticTerminals(ITTerminalSupport *iface,
                                                       IEnumTerminal **out)
{
    struct com_list *list = com_list_create(COM_LIST_OBJECTS);

    (void)iface;
    for (unsigned i = 0; i < SOUND_TERMINALS; i++)
        com_list_add_object(list, (IUnknown *)&terminals[i]->ITTerminal_iface);
    return give(list, &IID_IEnumTerminal, out);
}

static const ITTerminalSupportVtbl support_vtable = {
    COM_DISPATCH_VTABLE(support),
    .EnumerateStaticTerminals = support_EnumerateStaticTerminals,
};
static const struct com_interface address_interfaces[] = {
    COM_INTERFACE(sound_address, ITTerminalSupport_iface, ITTerminalSupport),
    COM_INTERFACE(sound_address, ITMSPAddress_iface, ITMSPAddress),
};
static const struct com_class address_class = {
    .name = "SoundAddress",
    .interfaces = address_interfaces,
    .interface_count = ARRAYSIZE(address_interfaces),
};

/* ---- the class ------------------------------------------------------------------------------- */

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
    struct sound_address *self = com_object_create(sizeof(*self), &address_class, outer);
    HRESULT hr;

    (void)iface;
    self->ITMSPAddress_iface.lpVtbl = (ITMSPAddressVtbl *)&msp_vtable;
    self->ITTerminalSupport_iface.lpVtbl = (ITTerminalSupportVtbl *)&support_vtable;
    hr = com_inner_query(&self->com, iid, out);
    IUnknown_Release(&self->com.IUnknown_iface);
    return hr;
}

static HRESULT WINAPI class_LockServer(IClassFactory *iface, BOOL locked)
{
    (void)iface, (void)locked;
    return S_OK;
}

static const IClassFactoryVtbl class_vtable = {class_QueryInterface, class_count, class_count,
                                               class_CreateInstance, class_LockServer};
static IClassFactory factory = {(IClassFactoryVtbl *)&class_vtable};
static DWORD cookie;

void sound_enter(enum com_apartment apartment)
{
    REQUIRE_EQ(CoInitializeEx(NULL, apartment == COM_STA ? COINIT_APARTMENTTHREADED
                                                         : COINIT_MULTITHREADED),
               S_OK);
    terminals[SOUND_MICROPHONE] = make_terminal(TD_CAPTURE, 0);
    terminals[SOUND_SPEAKER] = make_terminal(TD_RENDER, 0);
    terminals[SOUND_OTHER_SPEAKER] = make_terminal(TD_RENDER, 1);
    refuses = FALSE;
    selected = 0;
    REQUIRE_EQ(CoRegisterClassObject(&(const CLSID)CLSID_SIM_MSP_INIT, (IUnknown *)&factory,
                                     CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE, &cookie),
               S_OK);
}

static bool nothing_alive(void *context)
{
    (void)context;
    return com_live_objects() == 0 && client_live_objects() == 0;
}

void sound_leave(void)
{
    CHECK_EQ(CoRevokeClassObject(cookie), S_OK);
    for (unsigned i = 0; i < SOUND_TERMINALS; i++)
        ITTerminal_Release(&terminals[i]->ITTerminal_iface);
    CHECK(wait_until(nothing_alive, NULL, NULL, WAIT_LONG));
    CHECK_EQ(com_live_objects(), 0);
    CHECK_EQ(client_live_objects(), 0);
    CoUninitialize();
}

ITTerminal *sound_terminal(unsigned which)
{
    return &terminals[which]->ITTerminal_iface;
}

LONG sound_selected(void)
{
    return selected < 0 ? -1 : selected;
}

void sound_refuse(BOOL refuse)
{
    refuses = refuse;
}
