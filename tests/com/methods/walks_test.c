/* walks_test.c - what holds for all methods alike: NULL for an output is E_POINTER, before
 * Initialize and after Shutdown they say TAPI_E_NOT_INITIALIZED, and failures clear their outputs.
 * The interfaces are read from the type library, so a new method cannot be forgotten. The user of
 * dialogs_test.c has locations and calling cards. */
#include "tests/com/methods/methods.h"

/* The objects of the line side, one of each. */
enum thing {
    A_TAPI,
    A_ADDRESS,
    A_CALL,
    A_HUB,
    A_FORWARD,
    A_DETECT,
    A_CUSTOM,
    A_COLLECTION,
    A_OWN_COLLECTION,
    A_TRANSLATED,
    A_LOCATION,
    A_CARD,
    A_MAPPER,
    A_STREAM,
    A_PLAYER,
    A_RECORDER,
    A_TRACK,
    A_FORMAT,
    THINGS
};

struct things {
    struct client *client;
    void *object[THINGS];
};

static void *first_of(IUnknown *enumerator)
{
    IUnknown *item = NULL;

    REQUIRE_EQ(IEnumUnknown_Next((IEnumUnknown *)enumerator, 1, &item, NULL), S_OK);
    IUnknown_Release(enumerator);
    return item;
}

static void *terminal(struct things *things, const WCHAR *class, TERMINAL_DIRECTION direction)
{
    ITBasicCallControl2 *control = interface_of(things->object[A_CALL], &IID_ITBasicCallControl2);
    BSTR text = SysAllocString(class);
    ITTerminal *made = NULL;

    REQUIRE_EQ(
        ITBasicCallControl2_RequestTerminal(control, text, TAPIMEDIATYPE_AUDIO, direction, &made),
        S_OK);
    SysFreeString(text);
    ITBasicCallControl2_Release(control);
    return made;
}

static void make_media(struct things *things)
{
    ITStreamControl *streams = interface_of(things->object[A_CALL], &IID_ITStreamControl);
    IEnumStream *all = NULL;
    ITMultiTrackTerminal *tracks;
    IEnumTerminal *terminals = NULL;
    ITFileTrack *track;
    ITScriptableAudioFormat *format = NULL;

    REQUIRE_EQ(ITStreamControl_EnumerateStreams(streams, &all), S_OK);
    things->object[A_STREAM] = first_of((IUnknown *)all);
    ITStreamControl_Release(streams);
    things->object[A_PLAYER] = terminal(things, CLSID_String_FilePlaybackTerminal, TD_CAPTURE);
    things->object[A_RECORDER] = terminal(things, CLSID_String_FileRecordingTerminal, TD_RENDER);
    tracks = interface_of(things->object[A_PLAYER], &IID_ITMultiTrackTerminal);
    REQUIRE_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(tracks, &terminals), S_OK);
    things->object[A_TRACK] = first_of((IUnknown *)terminals);
    ITMultiTrackTerminal_Release(tracks);
    track = interface_of(things->object[A_TRACK], &IID_ITFileTrack);
    REQUIRE_EQ(ITFileTrack_get_EmptyAudioFormatForScripting(track, &format), S_OK);
    things->object[A_FORMAT] = format;
    ITFileTrack_Release(track);
}

static void make_translation(struct things *things)
{
    ITAddressTranslation *translation =
        interface_of(things->object[A_ADDRESS], &IID_ITAddressTranslation);
    BSTR number = SysAllocString(L"+1 (206) 555-0100");
    IEnumLocation *locations = NULL;
    IEnumCallingCard *cards = NULL;

    REQUIRE_EQ(
        ITAddressTranslation_TranslateAddress(
            translation, number, 0, 0, (ITAddressTranslationInfo **)&things->object[A_TRANSLATED]),
        S_OK);
    REQUIRE_EQ(ITAddressTranslation_EnumerateLocations(translation, &locations), S_OK);
    things->object[A_LOCATION] = first_of((IUnknown *)locations);
    REQUIRE_EQ(ITAddressTranslation_EnumerateCallingCards(translation, &cards), S_OK);
    things->object[A_CARD] = first_of((IUnknown *)cards);
    SysFreeString(number);
    ITAddressTranslation_Release(translation);
}

/* A program with a call that is connected, and one of everything it can have. */
static void things_make(struct things *things)
{
    struct client *a = client_open(L"101");
    ITLegacyCallMediaControl2 *media;
    IClassFactory *factory = NULL;
    ITCallInfo *info;
    VARIANT addresses;

    memset(things, 0, sizeof(*things));
    things->client = a;
    things->object[A_TAPI] = a->tapi;
    ITTAPI2_AddRef(a->tapi);
    things->object[A_ADDRESS] = a->address;
    ITAddress_AddRef(a->address);
    things->object[A_CALL] = client_create_call(a, L"5550100");
    REQUIRE_EQ(
        ITBasicCallControl_Connect((ITBasicCallControl *)things->object[A_CALL], VARIANT_TRUE),
        S_OK);
    info = interface_of(things->object[A_CALL], &IID_ITCallInfo);
    REQUIRE_EQ(ITCallInfo_get_CallHub(info, (ITCallHub **)&things->object[A_HUB]), S_OK);
    ITCallInfo_Release(info);
    REQUIRE_EQ(ITAddress_CreateForwardInfoObject(
                   a->address, (ITForwardInformation **)&things->object[A_FORWARD]),
               S_OK);
    media = interface_of(things->object[A_CALL], &IID_ITLegacyCallMediaControl2);
    REQUIRE_EQ(ITLegacyCallMediaControl2_CreateDetectToneObject(
                   media, (ITDetectTone **)&things->object[A_DETECT]),
               S_OK);
    REQUIRE_EQ(ITLegacyCallMediaControl2_CreateCustomToneObject(
                   media, (ITCustomTone **)&things->object[A_CUSTOM]),
               S_OK);
    ITLegacyCallMediaControl2_Release(media);
    REQUIRE_EQ(ITTAPI2_get_Addresses(a->tapi, &addresses), S_OK);
    things->object[A_COLLECTION] = V_DISPATCH(&addresses);
    REQUIRE_EQ(ITTAPI2_CreateEmptyCollectionObject(
                   a->tapi, (ITCollection2 **)&things->object[A_OWN_COLLECTION]),
               S_OK);
    REQUIRE_EQ(client_class_object(&CLSID_DispatchMapper, &IID_IClassFactory, (void **)&factory),
               S_OK);
    REQUIRE_EQ(IClassFactory_CreateInstance(factory, NULL, &IID_ITDispatchMapper,
                                            &things->object[A_MAPPER]),
               S_OK);
    IClassFactory_Release(factory);
    make_translation(things);
    make_media(things);
}

static void things_release(struct things *things)
{
    unsigned i;

    for (i = 0; i < THINGS; i++)
        IUnknown_Release((IUnknown *)things->object[i]);
    client_close(things->client);
}

static const struct {
    enum thing thing;
    const IID *iid;
} interfaces[] = {
    {A_TAPI, &IID_ITTAPI},
    {A_TAPI, &IID_ITTAPI2},
    {A_ADDRESS, &IID_ITAddress},
    {A_ADDRESS, &IID_ITAddress2},
    {A_ADDRESS, &IID_ITAddressCapabilities},
    {A_ADDRESS, &IID_ITMediaSupport},
    {A_ADDRESS, &IID_ITAddressTranslation},
    {A_ADDRESS, &IID_ITLegacyAddressMediaControl},
    {A_ADDRESS, &IID_ITLegacyAddressMediaControl2},
    {A_ADDRESS, &IID_ITTerminalSupport},
    {A_ADDRESS, &IID_ITTerminalSupport2},
    {A_CALL, &IID_ITBasicCallControl},
    {A_CALL, &IID_ITBasicCallControl2},
    {A_CALL, &IID_ITCallInfo},
    {A_CALL, &IID_ITCallInfo2},
    {A_CALL, &IID_ITLegacyCallMediaControl},
    {A_CALL, &IID_ITLegacyCallMediaControl2},
    {A_CALL, &IID_ITStreamControl},
    {A_HUB, &IID_ITCallHub},
    {A_FORWARD, &IID_ITForwardInformation},
    {A_FORWARD, &IID_ITForwardInformation2},
    {A_DETECT, &IID_ITDetectTone},
    {A_CUSTOM, &IID_ITCustomTone},
    {A_COLLECTION, &IID_ITCollection},
    {A_OWN_COLLECTION, &IID_ITCollection2},
    {A_TRANSLATED, &IID_ITAddressTranslationInfo},
    {A_LOCATION, &IID_ITLocationInfo},
    {A_CARD, &IID_ITCallingCard},
    {A_MAPPER, &IID_ITDispatchMapper},
    {A_STREAM, &IID_ITStream},
    {A_PLAYER, &IID_ITTerminal},
    {A_PLAYER, &IID_ITMultiTrackTerminal},
    {A_PLAYER, &IID_ITMediaControl},
    {A_PLAYER, &IID_ITMediaPlayback},
    {A_RECORDER, &IID_ITMediaRecord},
    {A_TRACK, &IID_ITFileTrack},
    {A_FORMAT, &IID_ITScriptableAudioFormat},
};

TEST_BOTH(null_for_an_output_is_a_null_pointer)
{
    struct things things;
    unsigned i;

    things_make(&things);
    for (i = 0; i < ARRAYSIZE(interfaces); i++)
        walk_null_outputs(things.object[interfaces[i].thing], interfaces[i].iid, NULL);
    things_release(&things);
}

/* What is answered from the object itself goes on working without TAPI. */
static const struct exception tapi_exceptions[] = {
    {L"Initialize", WALK_SKIP},
    {L"Shutdown", S_FALSE},
    {L"get_EventFilter", S_OK},
    {L"CreateEmptyCollectionObject", WALK_SKIP},
    {NULL, S_OK},
};

TEST_BOTH(nothing_works_before_initialize)
{
    ITTAPI2 *tapi = client_create_tapi();

    walk_all(tapi, &IID_ITTAPI, TAPI_E_NOT_INITIALIZED, tapi_exceptions);
    walk_all(tapi, &IID_ITTAPI2, TAPI_E_NOT_INITIALIZED, tapi_exceptions);
    CHECK_EQ(ITTAPI2_Release(tapi), 0);
}

TEST_BOTH(nothing_works_after_shutdown)
{
    static const struct exception others[] = {
        {L"get_Address", WALK_SKIP}, /* what it was is known */
        {L"get_CallState", S_OK},
        {L"get_Privilege", S_OK},
        {L"CreateDetectToneObject", WALK_SKIP}, /* objects that need no TAPI */
        {L"CreateCustomToneObject", WALK_SKIP},
        {NULL, S_OK},
    };
    static const struct {
        enum thing thing;
        const IID *iid;
        const struct exception *exceptions;
    } shut[] = {
        {A_TAPI, &IID_ITTAPI, tapi_exceptions},
        {A_TAPI, &IID_ITTAPI2, tapi_exceptions},
        {A_ADDRESS, &IID_ITAddress, others},
        {A_ADDRESS, &IID_ITAddress2, others},
        {A_ADDRESS, &IID_ITAddressCapabilities, NULL},
        {A_ADDRESS, &IID_ITMediaSupport, NULL},
        {A_ADDRESS, &IID_ITAddressTranslation, NULL},
        {A_ADDRESS, &IID_ITLegacyAddressMediaControl, NULL},
        {A_ADDRESS, &IID_ITLegacyAddressMediaControl2, NULL},
        {A_CALL, &IID_ITBasicCallControl, others},
        {A_CALL, &IID_ITBasicCallControl2, others},
        {A_CALL, &IID_ITCallInfo, others},
        {A_CALL, &IID_ITCallInfo2, others},
        {A_CALL, &IID_ITLegacyCallMediaControl, others},
        {A_CALL, &IID_ITLegacyCallMediaControl2, others},
    };
    struct things things;
    unsigned i;

    things_make(&things);
    CHECK_EQ(ITTAPI2_Shutdown(things.client->tapi), S_OK);
    things.client->was_shut = TRUE;
    for (i = 0; i < ARRAYSIZE(shut); i++)
        walk_all(things.object[shut[i].thing], shut[i].iid, TAPI_E_NOT_INITIALIZED,
                 shut[i].exceptions);
    CHECK_EQ(ITTAPI2_Initialize(things.client->tapi), S_OK); /* client_close shuts down again */
    things_release(&things);
}

/* Zeros and empty texts for everything, on objects at work and on what is left after Shutdown. */
TEST_BOTH(nothing_falls_over_arguments_that_are_nothing)
{
    static const struct exception exceptions[] = {
        {L"Initialize", WALK_SKIP},
        {L"Shutdown", WALK_SKIP},
        {L"ConfigDialog", WALK_SKIP},
        {L"ConfigDialogEdit", WALK_SKIP}, /* would wait for a user */
        {L"TranslateDialog", WALK_SKIP},
        {L"get_Format", WALK_SKIP}, /* gives a structure */
        {NULL, S_OK},
    };
    struct things things;
    unsigned shut, i;

    things_make(&things);
    for (shut = 0; shut < 2; shut++) {
        for (i = 0; i < ARRAYSIZE(interfaces); i++) {
            /* The media provider's interfaces of an Address and a Call are gone with it. */
            void *there = NULL;

            IUnknown_QueryInterface((IUnknown *)things.object[interfaces[i].thing],
                                    interfaces[i].iid, &there);
            if (!CHECK(there || shut))
                continue;
            if (there) {
                walk_any(there, interfaces[i].iid, exceptions);
                IUnknown_Release((IUnknown *)there);
            }
        }
        if (!shut)
            CHECK_EQ(ITTAPI2_Shutdown(things.client->tapi), S_OK);
    }
    things.client->was_shut = TRUE;
    CHECK_EQ(ITTAPI2_Initialize(things.client->tapi), S_OK); /* client_close shuts down again */
    things_release(&things);
}
