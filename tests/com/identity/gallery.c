/* gallery.c - see gallery.h. */
#include "tests/com/identity/gallery.h"

#include <stdlib.h>
#include <tapi.h>

#include "tsp/simpbx/audio_port.h"

#include "tests/dialing/user.h"

/* ---- hanging things up ----------------------------------------------------------------------- */

/* Takes the reference over. */
static void show(struct gallery *gallery, const struct exhibit *exhibit)
{
    if (!CHECK(exhibit->object != NULL)) {
        test_note("there is no %s", exhibit->name);
        return;
    }
    REQUIRE(gallery->count < ARRAYSIZE(gallery->exhibits));
    gallery->exhibits[gallery->count++] = *exhibit;
}

/* An object and its documented interfaces. */
#define SHOW(gallery, what, pointer, ...)                                                          \
    do {                                                                                           \
        static const IID *const iids_[] = {__VA_ARGS__, NULL};                                     \
        show((gallery), &(struct exhibit){(what), (IUnknown *)(pointer), iids_, EXHIBIT_OBJECT,    \
                                          NULL, false});                                           \
    } while (0)

#define SHOW_ENUM_(gallery, itf, pointer, kind, item, order)                                       \
    do {                                                                                           \
        static const IID *const iids_[] = {&IID_##itf, NULL};                                      \
        show((gallery),                                                                            \
             &(struct exhibit){#itf, (IUnknown *)(pointer), iids_, (kind), (item), (order)});      \
    } while (0)
#define SHOW_ENUM(gallery, itf, pointer, item)                                                     \
    SHOW_ENUM_(gallery, itf, pointer, EXHIBIT_OF_INTERFACES, &IID_##item, false)

/* The collection of a get_Xs property, and its IEnumVARIANT. */
static void show_collection(struct gallery *gallery, const char *name, HRESULT hr, VARIANT *value,
                            REFIID item)
{
    static const IID *const iids[] = {&IID_ITCollection, &IID_ITCollection2, NULL};
    IUnknown *unknown = NULL;
    IEnumVARIANT *values = NULL;

    if (!CHECK_EQ(hr, S_OK) || !CHECK_EQ(V_VT(value), VT_DISPATCH)) {
        test_note("there is no collection %s", name);
        return;
    }
    CHECK_EQ(ITCollection_get__NewEnum((ITCollection *)V_DISPATCH(value), &unknown), S_OK);
    if (unknown) {
        CHECK_EQ(IUnknown_QueryInterface(unknown, &IID_IEnumVARIANT, (void **)&values), S_OK);
        IUnknown_Release(unknown);
    }
    show(gallery, &(struct exhibit){name, V_UNKNOWN(value), iids, EXHIBIT_COLLECTION, item, false});
    SHOW_ENUM_(gallery, IEnumVARIANT, values, EXHIBIT_OF_VARIANTS, item, true);
}

/* Shows what a method gives into found_ (an enumerator) or value_ (a collection). */
#define ENUMERATE(gallery, itf, item, call_)                                                       \
    do {                                                                                           \
        itf *found_ = NULL;                                                                        \
        CHECK_EQ(call_, S_OK);                                                                     \
        SHOW_ENUM(gallery, itf, found_, item);                                                     \
    } while (0)
#define COLLECT(gallery, name, item, call_)                                                        \
    do {                                                                                           \
        VARIANT value_;                                                                            \
        POISON(value_);                                                                            \
        HRESULT hr_ = call_;                                                                       \
        show_collection(gallery, name, hr_, &value_, item);                                        \
    } while (0)

static void *also(void *object, REFIID iid)
{
    void *out = NULL;

    CHECK_EQ(IUnknown_QueryInterface((IUnknown *)object, iid, &out), S_OK);
    return out;
}

static void *kept(void *object)
{
    IUnknown_AddRef((IUnknown *)object);
    return object;
}

/* ---- TAPI, its connection points, its class factories ---------------------------------------- */

static void show_tapi(struct gallery *gallery)
{
    ITTAPI2 *tapi = gallery->a->tapi;
    IConnectionPointContainer *container = also(tapi, &IID_IConnectionPointContainer);
    IEnumConnectionPoints *points = NULL;
    IEnumConnections *connections = NULL;
    ITCollection2 *empty = NULL;

    SHOW(gallery, "TAPI", kept(tapi), &IID_ITTAPI, &IID_ITTAPI2, &IID_ITTAPICallCenter,
         &IID_IConnectionPointContainer);
    SHOW(gallery, "connection point", kept(gallery->a->point), &IID_IConnectionPoint);
    CHECK_EQ(IConnectionPointContainer_EnumConnectionPoints(container, &points), S_OK);
    SHOW_ENUM_(gallery, IEnumConnectionPoints, points, EXHIBIT_OF_INTERFACES, &IID_IConnectionPoint,
               true);
    CHECK_EQ(IConnectionPoint_EnumConnections(gallery->a->point, &connections), S_OK);
    SHOW_ENUM_(gallery, IEnumConnections, connections, EXHIBIT_OF_CONNECTIONS, NULL, true);
    IConnectionPointContainer_Release(container);
    ENUMERATE(gallery, IEnumAddress, ITAddress, ITTAPI2_EnumerateAddresses(tapi, &found_));
    COLLECT(gallery, "TAPI.Addresses", &IID_ITAddress, ITTAPI2_get_Addresses(tapi, &value_));
    ENUMERATE(gallery, IEnumPhone, ITPhone, ITTAPI2_EnumeratePhones(tapi, &found_));
    COLLECT(gallery, "TAPI.Phones", &IID_ITPhone, ITTAPI2_get_Phones(tapi, &value_));
    CHECK_EQ(ITTAPI2_CreateEmptyCollectionObject(tapi, &empty), S_OK);
    SHOW(gallery, "empty collection", empty, &IID_ITCollection, &IID_ITCollection2);
}

static void *create(REFCLSID clsid, REFIID iid)
{
    IClassFactory *factory = NULL;
    void *object = NULL;

    REQUIRE_EQ(client_class_object(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, iid, &object), S_OK);
    IClassFactory_Release(factory);
    return object;
}

static void show_classes(struct gallery *gallery)
{
    static const CLSID *const classes[] = {&CLSID_TAPI, &CLSID_DispatchMapper,
                                           &CLSID_RequestMakeCall};
    const struct {
        const WCHAR *dll;
        const CLSID *clsid;
    } others[] = {{L"termmgr.dll", &CLSID_TerminalManager},
                  {L"simmsp.dll", &(const CLSID)CLSID_SIM_MSP_INIT}};

    for (unsigned i = 0; i < ARRAYSIZE(classes); i++) {
        IUnknown *factory = NULL;

        CHECK_EQ(client_class_object(classes[i], &IID_IClassFactory, (void **)&factory), S_OK);
        SHOW(gallery, "class factory", factory, &IID_IClassFactory);
    }
    for (unsigned i = 0; i < ARRAYSIZE(others); i++) {
        HRESULT(WINAPI * class_object)
        (REFCLSID, REFIID, void **) =
            (void *)GetProcAddress(GetModuleHandleW(others[i].dll), "DllGetClassObject");
        IClassFactory *factory = NULL;
        void *object = NULL;

        REQUIRE(class_object != NULL);
        CHECK_EQ(class_object(others[i].clsid, &IID_IClassFactory, (void **)&factory), S_OK);
        if (i == 0) {
            CHECK_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITTerminalManager, &object),
                     S_OK);
            SHOW(gallery, "TerminalManager", object, &IID_ITTerminalManager,
                 &IID_ITTerminalManager2);
        }
        SHOW(gallery, "class factory of a media DLL", factory, &IID_IClassFactory);
    }
    SHOW(gallery, "DispatchMapper", create(&CLSID_DispatchMapper, &IID_ITDispatchMapper),
         &IID_ITDispatchMapper);
    SHOW(gallery, "RequestMakeCall", create(&CLSID_RequestMakeCall, &IID_ITRequest),
         &IID_ITRequest);
}

/* ---- Address --------------------------------------------------------------------------------- */

static void show_media_of_address(struct gallery *gallery, ITTerminalSupport2 *support)
{
    BSTR class_text = SysAllocString(CLSID_String_FileSuperclass);

    ENUMERATE(gallery, IEnumTerminal, ITTerminal,
              ITTerminalSupport2_EnumerateStaticTerminals(support, &found_));
    COLLECT(gallery, "Address.StaticTerminals", &IID_ITTerminal,
            ITTerminalSupport2_get_StaticTerminals(support, &value_));
    {
        IEnumTerminalClass *classes = NULL;

        CHECK_EQ(ITTerminalSupport2_EnumerateDynamicTerminalClasses(support, &classes), S_OK);
        SHOW_ENUM_(gallery, IEnumTerminalClass, classes, EXHIBIT_OF_CLSIDS, NULL, false);
    }
    COLLECT(gallery, "Address.DynamicTerminalClasses", NULL,
            ITTerminalSupport2_get_DynamicTerminalClasses(support, &value_));
    ENUMERATE(gallery, IEnumPluggableSuperclassInfo, ITPluggableTerminalSuperclassInfo,
              ITTerminalSupport2_EnumeratePluggableSuperclasses(support, &found_));
    COLLECT(gallery, "Address.PluggableSuperclasses", &IID_ITPluggableTerminalSuperclassInfo,
            ITTerminalSupport2_get_PluggableSuperclasses(support, &value_));
    ENUMERATE(gallery, IEnumPluggableTerminalClassInfo, ITPluggableTerminalClassInfo,
              ITTerminalSupport2_EnumeratePluggableTerminalClasses(support, CLSID_FileSuperclass,
                                                                   TAPIMEDIATYPE_AUDIO, &found_));
    COLLECT(gallery, "Address.PluggableTerminalClasses", &IID_ITPluggableTerminalClassInfo,
            ITTerminalSupport2_get_PluggableTerminalClasses(support, class_text,
                                                            TAPIMEDIATYPE_AUDIO, &value_));
    SysFreeString(class_text);
}

/* The first of an enumerator's objects. */
static void *first_of(struct gallery *gallery, REFIID enum_iid)
{
    for (unsigned i = 0; i < gallery->count; i++) {
        IEnumUnknown *all = (IEnumUnknown *)gallery->exhibits[i].object;
        IUnknown *found = NULL;

        if (!IsEqualIID(gallery->exhibits[i].iids[0], enum_iid))
            continue;
        /* Next is the fourth of either order. */
        if (IEnumUnknown_Next(all, 1, &found, NULL) == S_OK)
            return found;
    }
    return NULL;
}

static void show_address(struct gallery *gallery)
{
    ITAddress2 *address = also(gallery->a->address, &IID_ITAddress2);
    ITAddressTranslation *translation = also(address, &IID_ITAddressTranslation);
    ITAddressCapabilities *capabilities = also(address, &IID_ITAddressCapabilities);
    ITTerminalSupport2 *support = also(address, &IID_ITTerminalSupport2);
    BSTR number = SysAllocString(L"+1 (206) 555-0100");
    ITAddressTranslationInfo *info = NULL;
    ITForwardInformation *forward = NULL;
    IEnumBstr *device_classes = NULL;

    SHOW(gallery, "Address", kept(address), &IID_ITAddress, &IID_ITAddress2,
         &IID_ITAddressCapabilities, &IID_ITAddressTranslation, &IID_ITMediaSupport,
         &IID_ITLegacyAddressMediaControl, &IID_ITLegacyAddressMediaControl2,
         &IID_ITTerminalSupport, &IID_ITTerminalSupport2);
    ENUMERATE(gallery, IEnumCall, ITCallInfo, ITAddress2_EnumerateCalls(address, &found_));
    COLLECT(gallery, "Address.Calls", &IID_ITCallInfo, ITAddress2_get_Calls(address, &value_));
    COLLECT(gallery, "Address.Phones", &IID_ITPhone, ITAddress2_get_Phones(address, &value_));
    COLLECT(gallery, "Address.DeviceClasses", NULL,
            ITAddressCapabilities_get_DeviceClasses(capabilities, &value_));
    CHECK_EQ(ITAddressCapabilities_EnumerateDeviceClasses(capabilities, &device_classes), S_OK);
    SHOW_ENUM_(gallery, IEnumBstr, device_classes, EXHIBIT_OF_BSTRS, NULL, false);
    CHECK_EQ(ITAddress2_CreateForwardInfoObject(address, &forward), S_OK);
    SHOW(gallery, "ForwardInformation", forward, &IID_ITForwardInformation,
         &IID_ITForwardInformation2);
    show_media_of_address(gallery, support);
    SHOW(gallery, "pluggable superclass", first_of(gallery, &IID_IEnumPluggableSuperclassInfo),
         &IID_ITPluggableTerminalSuperclassInfo);
    SHOW(gallery, "pluggable class", first_of(gallery, &IID_IEnumPluggableTerminalClassInfo),
         &IID_ITPluggableTerminalClassInfo);

    CHECK_EQ(ITAddressTranslation_TranslateAddress(translation, number, 0, 0, &info), S_OK);
    SHOW(gallery, "AddressTranslationInfo", info, &IID_ITAddressTranslationInfo);
    ENUMERATE(gallery, IEnumLocation, ITLocationInfo,
              ITAddressTranslation_EnumerateLocations(translation, &found_));
    SHOW(gallery, "Location", first_of(gallery, &IID_IEnumLocation), &IID_ITLocationInfo);
    COLLECT(gallery, "Address.Locations", &IID_ITLocationInfo,
            ITAddressTranslation_get_Locations(translation, &value_));
    ENUMERATE(gallery, IEnumCallingCard, ITCallingCard,
              ITAddressTranslation_EnumerateCallingCards(translation, &found_));
    SHOW(gallery, "CallingCard", first_of(gallery, &IID_IEnumCallingCard), &IID_ITCallingCard);
    COLLECT(gallery, "Address.CallingCards", &IID_ITCallingCard,
            ITAddressTranslation_get_CallingCards(translation, &value_));
    SysFreeString(number);
    ITTerminalSupport2_Release(support);
    ITAddressCapabilities_Release(capabilities);
    ITAddressTranslation_Release(translation);
    ITAddress2_Release(address);
}

/* ---- Call, CallHub, streams, terminals ------------------------------------------------------- */

#define CALL_INTERFACES                                                                            \
    &IID_ITBasicCallControl, &IID_ITBasicCallControl2, &IID_ITCallInfo, &IID_ITCallInfo2,          \
        &IID_ITLegacyCallMediaControl, &IID_ITLegacyCallMediaControl2, &IID_ITStreamControl

static void show_call_media(struct gallery *gallery)
{
    ITStreamControl *streams = also(gallery->call, &IID_ITStreamControl);
    ITBasicCallControl2 *control = also(gallery->call, &IID_ITBasicCallControl2);
    BSTR play = SysAllocString(CLSID_String_FilePlaybackTerminal);
    BSTR record = SysAllocString(CLSID_String_FileRecordingTerminal);
    ITTerminal *player = NULL, *recorder = NULL, *track = NULL;
    ITMultiTrackTerminal *tracks;
    ITFileTrack *file_track;
    ITScriptableAudioFormat *format = NULL;
    IEnumTerminal *terminals = NULL;
    ITStream *stream;

    ENUMERATE(gallery, IEnumStream, ITStream, ITStreamControl_EnumerateStreams(streams, &found_));
    COLLECT(gallery, "Call.Streams", &IID_ITStream, ITStreamControl_get_Streams(streams, &value_));
    stream = first_of(gallery, &IID_IEnumStream);
    SHOW(gallery, "Stream", stream, &IID_ITStream);
    CHECK_EQ(ITBasicCallControl2_RequestTerminal(control, play, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                 &player),
             S_OK);
    CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(control, player), S_OK);
    SHOW(gallery, "playback terminal", player, &IID_ITTerminal, &IID_ITMultiTrackTerminal,
         &IID_ITMediaControl, &IID_ITMediaPlayback, &IID_ITPluggableTerminalEventSinkRegistration);
    CHECK_EQ(ITBasicCallControl2_RequestTerminal(control, record, TAPIMEDIATYPE_AUDIO, TD_RENDER,
                                                 &recorder),
             S_OK);
    SHOW(gallery, "recording terminal", recorder, &IID_ITTerminal, &IID_ITMultiTrackTerminal,
         &IID_ITMediaControl, &IID_ITMediaRecord, &IID_ITPluggableTerminalEventSinkRegistration);
    tracks = also(recorder, &IID_ITMultiTrackTerminal);
    CHECK_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(tracks, TAPIMEDIATYPE_AUDIO, TD_RENDER, &track),
        S_OK);
    SHOW(gallery, "track", track, &IID_ITTerminal, &IID_ITFileTrack);
    CHECK_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(tracks, &terminals), S_OK);
    SHOW_ENUM(gallery, IEnumTerminal, terminals, ITTerminal);
    COLLECT(gallery, "Terminal.TrackTerminals", &IID_ITTerminal,
            ITMultiTrackTerminal_get_TrackTerminals(tracks, &value_));
    file_track = also(track, &IID_ITFileTrack);
    CHECK_EQ(ITFileTrack_get_EmptyAudioFormatForScripting(file_track, &format), S_OK);
    SHOW(gallery, "audio format", format, &IID_ITScriptableAudioFormat);
    ENUMERATE(gallery, IEnumTerminal, ITTerminal, ITStream_EnumerateTerminals(stream, &found_));
    COLLECT(gallery, "Stream.Terminals", &IID_ITTerminal, ITStream_get_Terminals(stream, &value_));
    ITFileTrack_Release(file_track);
    ITMultiTrackTerminal_Release(tracks);
    SysFreeString(play);
    SysFreeString(record);
    ITBasicCallControl2_Release(control);
    ITStreamControl_Release(streams);
}

static void show_calls(struct gallery *gallery)
{
    ITLegacyCallMediaControl2 *media;
    ITCallInfo *info;
    ITDetectTone *detect = NULL;
    ITCustomTone *custom = NULL;
    ITCallHub *hub = NULL;

    gallery->call = client_call(gallery->a, L"102");
    client_wait(gallery->b, "state offering");
    gallery->answered = client_offered(gallery->b);
    CHECK_EQ(ITBasicCallControl_Answer(gallery->answered), S_OK);
    client_wait(gallery->a, "state connected");
    gallery->idle = client_create_call(gallery->a, L"103");
    SHOW(gallery, "outgoing call", kept(gallery->call), CALL_INTERFACES);
    SHOW(gallery, "incoming call", kept(gallery->answered), CALL_INTERFACES);
    SHOW(gallery, "idle call", kept(gallery->idle), CALL_INTERFACES);

    media = also(gallery->call, &IID_ITLegacyCallMediaControl2);
    CHECK_EQ(ITLegacyCallMediaControl2_CreateDetectToneObject(media, &detect), S_OK);
    SHOW(gallery, "DetectTone", detect, &IID_ITDetectTone);
    CHECK_EQ(ITLegacyCallMediaControl2_CreateCustomToneObject(media, &custom), S_OK);
    SHOW(gallery, "CustomTone", custom, &IID_ITCustomTone);
    ITLegacyCallMediaControl2_Release(media);
    info = also(gallery->call, &IID_ITCallInfo);
    CHECK_EQ(ITCallInfo_get_CallHub(info, &hub), S_OK);
    ITCallInfo_Release(info);
    SHOW(gallery, "CallHub", hub, &IID_ITCallHub);
    ENUMERATE(gallery, IEnumCall, ITCallInfo, ITCallHub_EnumerateCalls(hub, &found_));
    COLLECT(gallery, "CallHub.Calls", &IID_ITCallInfo, ITCallHub_get_Calls(hub, &value_));
    ENUMERATE(gallery, IEnumCallHub, ITCallHub,
              ITTAPI2_EnumerateCallHubs(gallery->a->tapi, &found_));
    COLLECT(gallery, "TAPI.CallHubs", &IID_ITCallHub,
            ITTAPI2_get_CallHubs(gallery->a->tapi, &value_));
    show_call_media(gallery);
}

static void show_consultation(struct gallery *gallery)
{
    ITBasicCallControl *consult = client_create_call(gallery->a, L"5550100");

    CHECK_EQ(ITBasicCallControl_Transfer(gallery->call, consult, VARIANT_FALSE), S_OK);
    client_wait(gallery->a, "state hold");
    SHOW(gallery, "consultation call", consult, CALL_INTERFACES);
}

/* ---- Phone ----------------------------------------------------------------------------------- */

static void show_phone(struct gallery *gallery)
{
    ITAutomatedPhoneControl *control;
    ITPhone *phone = first_of(gallery, &IID_IEnumPhone);

    REQUIRE(phone != NULL);
    gallery->phone = phone;
    CHECK_EQ(ITPhone_Open(phone, PP_OWNER), S_OK);
    SHOW(gallery, "Phone", kept(phone), &IID_ITPhone, &IID_ITAutomatedPhoneControl);
    ENUMERATE(gallery, IEnumAddress, ITAddress, ITPhone_EnumerateAddresses(phone, &found_));
    COLLECT(gallery, "Phone.Addresses", &IID_ITAddress, ITPhone_get_Addresses(phone, &value_));
    ENUMERATE(gallery, IEnumTerminal, ITTerminal,
              ITPhone_EnumerateTerminals(phone, gallery->a->address, &found_));
    control = also(phone, &IID_ITAutomatedPhoneControl);
    {
        ITCallInfo *info = also(gallery->call, &IID_ITCallInfo);

        CHECK_EQ(ITAutomatedPhoneControl_SelectCall(control, info, VARIANT_TRUE), S_OK);
        ITCallInfo_Release(info);
    }
    ENUMERATE(gallery, IEnumCall, ITCallInfo,
              ITAutomatedPhoneControl_EnumerateSelectedCalls(control, &found_));
    COLLECT(gallery, "Phone.SelectedCalls", &IID_ITCallInfo,
            ITAutomatedPhoneControl_get_SelectedCalls(control, &value_));
    ITAutomatedPhoneControl_Release(control);
}

/* ---- the call centre ------------------------------------------------------------------------- */

static void show_call_centre(struct gallery *gallery)
{
    struct office *office = gallery->office = office_with_handler();
    ITACDGroup *group = office_group(office, 0);
    ITQueue *queue = office_queue(group, 0);
    ITAgent *agent = office_agent(office, NULL, NULL);
    ITAgentSession *session = office_session(office, agent);

    SHOW(gallery, "AgentHandler", kept(office->handler), &IID_ITAgentHandler);
    SHOW(gallery, "ACDGroup", group, &IID_ITACDGroup);
    SHOW(gallery, "Queue", queue, &IID_ITQueue);
    SHOW(gallery, "Agent", agent, &IID_ITAgent);
    SHOW(gallery, "AgentSession", session, &IID_ITAgentSession);
    ENUMERATE(gallery, IEnumAgentHandler, ITAgentHandler,
              ITTAPICallCenter_EnumerateAgentHandlers(office->center, &found_));
    COLLECT(gallery, "CallCenter.AgentHandlers", &IID_ITAgentHandler,
            ITTAPICallCenter_get_AgentHandlers(office->center, &value_));
    ENUMERATE(gallery, IEnumACDGroup, ITACDGroup,
              ITAgentHandler_EnumerateACDGroups(office->handler, &found_));
    COLLECT(gallery, "AgentHandler.ACDGroups", &IID_ITACDGroup,
            ITAgentHandler_get_ACDGroups(office->handler, &value_));
    ENUMERATE(gallery, IEnumAddress, ITAddress,
              ITAgentHandler_EnumerateUsableAddresses(office->handler, &found_));
    COLLECT(gallery, "AgentHandler.UsableAddresses", &IID_ITAddress,
            ITAgentHandler_get_UsableAddresses(office->handler, &value_));
    ENUMERATE(gallery, IEnumQueue, ITQueue, ITACDGroup_EnumerateQueues(group, &found_));
    COLLECT(gallery, "ACDGroup.Queues", &IID_ITQueue, ITACDGroup_get_Queues(group, &value_));
    ENUMERATE(gallery, IEnumAgentSession, ITAgentSession,
              ITAgent_EnumerateAgentSessions(agent, &found_));
    COLLECT(gallery, "Agent.AgentSessions", &IID_ITAgentSession,
            ITAgent_get_AgentSessions(agent, &value_));
}

/* ---- opening and closing --------------------------------------------------------------------- */

static bool settled;

struct gallery *gallery_open(void)
{
    struct gallery *gallery = calloc(1, sizeof(*gallery));

    REQUIRE(gallery != NULL);
    if (settled) /* a test stopped halfway */
        user_end();
    settled = true;
    user_begin();
    user_settle();
    gallery->a = client_open(L"101");
    gallery->b = client_open(L"102");
    show_tapi(gallery);
    show_classes(gallery);
    show_calls(gallery);
    show_address(gallery);
    show_phone(gallery);
    show_call_centre(gallery);
    show_consultation(gallery);
    return gallery;
}

void gallery_close(struct gallery *gallery)
{
    for (unsigned i = gallery->count; i > 0; i--)
        IUnknown_Release(gallery->exhibits[i - 1].object);
    ITPhone_Release(gallery->phone);
    ITBasicCallControl_Release(gallery->idle);
    ITBasicCallControl_Release(gallery->answered);
    ITBasicCallControl_Release(gallery->call);
    office_close(gallery->office);
    client_close(gallery->b);
    client_close(gallery->a);
    user_end();
    settled = false;
    free(gallery);
}
