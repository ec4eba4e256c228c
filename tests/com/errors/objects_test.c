/* objects_test.c - ISupportErrorInfo and IErrorInfo of every object that a program can get hold of,
 * and of the thread it is on. */
#include "tests/com/errors/walk.h"

#include <tapi3err.h>

/* Walks and releases. */
static void walk_away(void *object, const char *name)
{
    if (!object) {
        FAIL("there is no %s", name);
        return;
    }
    walk_object(object, name);
    IUnknown_Release((IUnknown *)object);
}

static void *class_object(const CLSID *clsid, const IID *iid)
{
    IClassFactory *factory = NULL;
    void *object = NULL;

    REQUIRE_EQ(client_class_object(clsid, &IID_IClassFactory, (void **)&factory), S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, iid, &object), S_OK);
    IClassFactory_Release(factory);
    return object;
}

static void *first_of(VARIANT *collection)
{
    VARIANT item;
    ITCollection *items = NULL;

    REQUIRE_EQ(V_VT(collection), VT_DISPATCH);
    REQUIRE_EQ(IDispatch_QueryInterface(V_DISPATCH(collection), &IID_ITCollection, (void **)&items),
               S_OK);
    VariantInit(&item);
    CHECK_EQ(ITCollection_get_Item(items, 1, &item), S_OK);
    ITCollection_Release(items);
    return V_VT(&item) == VT_DISPATCH ? V_DISPATCH(&item) : NULL;
}

static void walk_collection(VARIANT *collection, const char *name, const char *item)
{
    void *first = first_of(collection);

    walk_away(V_DISPATCH(collection), name);
    walk_away(first, item);
}

TEST_BOTH(objects_of_a_tapi_object)
{
    struct client *a = client_open(L"101");
    ITAddressTranslation *translation = NULL;
    ITForwardInformation *forward = NULL;
    ITCollection2 *empty = NULL;
    VARIANT value;

    walk_object(a->tapi, "TAPI");
    walk_object(a->address, "Address");
    REQUIRE_EQ(ITTAPI2_get_Addresses(a->tapi, &value), S_OK);
    walk_away(V_DISPATCH(&value), "Addresses");
    REQUIRE_EQ(ITTAPI2_CreateEmptyCollectionObject(a->tapi, &empty), S_OK);
    walk_away(empty, "empty collection");
    REQUIRE_EQ(ITAddress_CreateForwardInfoObject(a->address, &forward), S_OK);
    walk_away(forward, "ForwardInformation");
    REQUIRE_EQ(
        ITAddress_QueryInterface(a->address, &IID_ITAddressTranslation, (void **)&translation),
        S_OK);
    REQUIRE_EQ(ITAddressTranslation_get_Locations(translation, &value), S_OK);
    walk_collection(&value, "Locations", "LocationInfo");
    REQUIRE_EQ(ITAddressTranslation_get_CallingCards(translation, &value), S_OK);
    walk_away(V_DISPATCH(&value), "CallingCards");
    ITAddressTranslation_Release(translation);
    walk_away(class_object(&CLSID_DispatchMapper, &IID_ITDispatchMapper), "DispatchMapper");
    walk_away(class_object(&CLSID_RequestMakeCall, &IID_ITRequest), "RequestMakeCall");
    client_close(a);
}

TEST_BOTH(objects_of_a_call)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_call(a, L"5550100"), *idle = client_create_call(a, L"1");
    ITCallInfo *info = NULL;
    ITCallHub *hub = NULL;

    client_wait(a, "state connected");
    walk_away(idle, "idle call");
    walk_object(call, "connected call");
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITCallInfo, (void **)&info), S_OK);
    REQUIRE_EQ(ITCallInfo_get_CallHub(info, &hub), S_OK);
    walk_away(hub, "CallHub");
    ITCallInfo_Release(info);
    ITBasicCallControl_Disconnect(call, DC_NORMAL);
    client_wait(a, "state disconnected normal");
    walk_object(call, "disconnected call");
    REQUIRE_EQ(ITTAPI2_Shutdown(a->tapi), S_OK);
    a->was_shut = TRUE;
    walk_object(call, "call after Shutdown");
    walk_object(a->address, "Address after Shutdown");
    walk_object(a->tapi, "TAPI after Shutdown");
    REQUIRE_EQ(ITTAPI2_Initialize(a->tapi), S_OK); /* for client_close */
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* ---- media --------------------------------------------------------------------------------- */

static void *terminal_of(ITTerminalSupport2 *support, const WCHAR *class,
                         TERMINAL_DIRECTION direction)
{
    BSTR text = SysAllocString(class);
    ITTerminal *terminal = NULL;

    CHECK_EQ(
        ITTerminalSupport2_CreateTerminal(support, text, TAPIMEDIATYPE_AUDIO, direction, &terminal),
        S_OK);
    SysFreeString(text);
    return terminal;
}

/* The track of a playback terminal, and the format for scripts that it gives. */
static void walk_track(void *player)
{
    ITMultiTrackTerminal *tracks = NULL;
    ITScriptableAudioFormat *format = NULL;
    struct sentence sentence;
    ITFileTrack *track = NULL;
    IDispatch *first;
    VARIANT list;

    REQUIRE_EQ(
        IUnknown_QueryInterface((IUnknown *)player, &IID_ITMultiTrackTerminal, (void **)&tracks),
        S_OK);
    REQUIRE_EQ(ITMultiTrackTerminal_get_TrackTerminals(tracks, &list), S_OK);
    ITMultiTrackTerminal_Release(tracks);
    first = first_of(&list);
    REQUIRE_EQ(IDispatch_QueryInterface(first, &IID_ITFileTrack, (void **)&track), S_OK);
    IDispatch_Release(first);
    walk_away(V_DISPATCH(&list), "Tracks");
    REQUIRE_EQ(ITFileTrack_get_EmptyAudioFormatForScripting(track, &format), S_OK);
    CHECK_EQ(ITScriptableAudioFormat_get_Channels(format, NULL), E_POINTER);
    REQUIRE(sentence_take(&sentence));
    CHECK_STR(sentence.text, "Channels: A pointer that is needed is NULL.");
    walk_away(format, "ScriptableAudioFormat");
    walk_away(track, "FileTrack");
}

TEST_BOTH(objects_of_media)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_call(a, L"5550100");
    BSTR superclass = SysAllocString(CLSID_String_FileSuperclass);
    ITTerminalSupport2 *support = NULL;
    ITStreamControl *streams = NULL;
    VARIANT list;
    void *player;

    client_wait(a, "state connected");
    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITStreamControl, (void **)&streams),
               S_OK);
    REQUIRE_EQ(ITStreamControl_get_Streams(streams, &list), S_OK);
    walk_collection(&list, "Streams", "Stream");
    ITStreamControl_Release(streams);
    REQUIRE_EQ(ITAddress_QueryInterface(a->address, &IID_ITTerminalSupport2, (void **)&support),
               S_OK);
    player = terminal_of(support, CLSID_String_FilePlaybackTerminal, TD_CAPTURE);
    walk_track(player);
    walk_away(player, "playback terminal");
    walk_away(terminal_of(support, CLSID_String_FileRecordingTerminal, TD_RENDER),
              "recording terminal");
    REQUIRE_EQ(ITTerminalSupport2_get_PluggableSuperclasses(support, &list), S_OK);
    walk_collection(&list, "PluggableSuperclasses", "PluggableSuperclassInfo");
    REQUIRE_EQ(ITTerminalSupport2_get_PluggableTerminalClasses(support, superclass,
                                                               TAPIMEDIATYPE_AUDIO, &list),
               S_OK);
    walk_collection(&list, "PluggableTerminalClasses", "PluggableTerminalClassInfo");
    ITTerminalSupport2_Release(support);
    SysFreeString(superclass);
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* ---- events -------------------------------------------------------------------------------- */

static void walk_event(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    char name[32];

    (void)client;
    wsprintfA(name, "event 0x%x", type);
    walk_object(event, name);
}

TEST_BOTH(events)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call;

    a->on_event = walk_event;
    call = client_call(a, L"5550100");
    client_wait(a, "state connected");
    ITBasicCallControl_Disconnect(call, DC_NORMAL);
    client_wait(a, "state disconnected normal");
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* ---- threads ------------------------------------------------------------------------------- */

static ITTAPI2 *shared;

static DWORD WINAPI fail_elsewhere(void *context)
{
    struct sentence sentence;

    (void)context;
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    CHECK(!sentence_take(&sentence)); /* nothing of the other thread's */
    CHECK_EQ(ITTAPI2_put_EventFilter(shared, (LONG)0x80000000), E_INVALIDARG);
    CHECK(sentence_take(&sentence));
    CHECK(strstr(sentence.text, "0x80000000") != NULL);
    CHECK(!sentence_take(&sentence)); /* taken once */
    CHECK_EQ(ITTAPI2_get_Addresses(shared, NULL), E_POINTER);
    CoUninitialize();
    return 0;
}

TEST_BOTH(each_thread_has_its_own_sentence)
{
    struct client *a = client_open(L"101");
    struct sentence sentence;
    HANDLE thread;

    shared = a->tapi;
    CHECK_EQ(ITTAPI2_RegisterCallNotifications(a->tapi, a->address, VARIANT_FALSE, VARIANT_FALSE,
                                               TAPIMEDIATYPE_AUDIO, 0, &a->registration),
             E_INVALIDARG);
    thread = CreateThread(NULL, 0, fail_elsewhere, NULL, 0, NULL);
    REQUIRE(thread != NULL);
    CHECK_EQ(WaitForSingleObject(thread, WAIT_LONG), WAIT_OBJECT_0);
    CloseHandle(thread);
    CHECK(sentence_take(&sentence));
    CHECK(strstr(sentence.text, "monitor calls") != NULL);
    CHECK(IsEqualIID(&sentence.iid, &IID_ITTAPI2));
    client_close(a);
}

/* What is not special names the method: that is all a program's log has. */
TEST_BOTH(a_sentence_names_the_method)
{
    struct client *a = client_open(NULL);
    struct sentence sentence;

    CHECK_EQ(ITTAPI2_get_Addresses(a->tapi, NULL), E_POINTER);
    REQUIRE(sentence_take(&sentence));
    CHECK_STR(sentence.text, "Addresses: A pointer that is needed is NULL.");
    CHECK_STR(sentence.source, "TAPI.TAPI.1");
    CHECK_EQ(ITTAPI2_CreateEmptyCollectionObject(a->tapi, NULL), E_POINTER);
    REQUIRE(sentence_take(&sentence));
    CHECK_STR(sentence.text, "CreateEmptyCollectionObject: A pointer that is needed is NULL.");
    client_close(a);
}
