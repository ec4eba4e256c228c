/* terminals_test.c - the media interfaces of an Address and a Call, on the exchange's media
 * provider: ITTerminalSupport, ITBasicCallControl2, ITStreamControl, ITStream and the terminals -
 * through the Address and the Call as programs reach them, by name as well, and each refusal. */
#include "tests/com/methods/methods.h"

#define PLAYBACK  CLSID_String_FilePlaybackTerminal
#define RECORDING CLSID_String_FileRecordingTerminal

static const BSTR playback = (BSTR)PLAYBACK, recording = (BSTR)RECORDING,
                  none = (BSTR)L"no class at all";

TEST_BOTH(terminals_of_an_address)
{
    struct client *a = client_open(L"101");
    ITTerminalSupport2 *support = interface_of(a->address, &IID_ITTerminalSupport2);
    IEnumTerminal *terminals = NULL;
    IEnumTerminalClass *classes = NULL;
    ITTerminal *terminal;
    VARIANT late;
    GUID class;

    CHECK_EQ(ITTerminalSupport2_get_StaticTerminals(support, &late), S_OK);
    CHECK(collection_has(&late, 0));
    CHECK(named_list(a->address, L"StaticTerminals", 0, ""));
    CHECK_EQ(ITTerminalSupport2_EnumerateStaticTerminals(support, &terminals), S_OK);
    CHECK_EQ(IEnumTerminal_Next(terminals, 1, &terminal, NULL), S_FALSE);
    IEnumTerminal_Release(terminals);
    CHECK(named_list(a->address, L"EnumerateStaticTerminals", 0, ""));
    CHECK_EQ(ITTerminalSupport2_get_DynamicTerminalClasses(support, &late), S_OK);
    CHECK(collection_has(&late, 2));
    CHECK(named_list(a->address, L"DynamicTerminalClasses", 2, ""));
    CHECK_EQ(ITTerminalSupport2_EnumerateDynamicTerminalClasses(support, &classes), S_OK);
    CHECK_EQ(IEnumTerminalClass_Next(classes, 1, &class, NULL), S_OK);
    CHECK_EQ(IEnumTerminalClass_Skip(classes, 2), S_FALSE);
    IEnumTerminalClass_Release(classes);
    CHECK(named_list(a->address, L"EnumerateDynamicTerminalClasses", 2, ""));
    POISON(terminal);
    CHECK_EQ(ITTerminalSupport2_GetDefaultStaticTerminal(support, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                         &terminal),
             TAPI_E_NOITEMS);
    CHECK(terminal == NULL);
    CHECK_EQ(named_call(a->address, L"GetDefaultStaticTerminal", &late, "ll", TAPIMEDIATYPE_AUDIO,
                        TD_CAPTURE),
             TAPI_E_NOITEMS);

    REQUIRE_EQ(ITTerminalSupport2_CreateTerminal(support, playback, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                 &terminal),
               S_OK);
    ITTerminal_Release(terminal);
    REQUIRE_EQ(named_call(a->address, L"CreateTerminal", &late, "sll", RECORDING,
                          TAPIMEDIATYPE_AUDIO, TD_RENDER),
               S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&late), L"Direction"), TD_RENDER);
    VariantClear(&late);
    POISON(terminal);
    CHECK_EQ(ITTerminalSupport2_CreateTerminal(support, none, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                               &terminal),
             TAPI_E_INVALIDTERMINALCLASS);
    CHECK(terminal == NULL);
    CHECK_EQ(ITTerminalSupport2_CreateTerminal(support, NULL, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                               &terminal),
             E_POINTER);
    CHECK_EQ(ITTerminalSupport2_CreateTerminal(support, playback, TAPIMEDIATYPE_VIDEO, TD_CAPTURE,
                                               &terminal),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITTerminalSupport2_CreateTerminal(support, playback, TAPIMEDIATYPE_AUDIO, TD_RENDER,
                                               &terminal),
             TAPI_E_INVALIDDIRECTION);
    CHECK_EQ(named_call(a->address, L"CreateTerminal", &late, "sll", L"{x}", TAPIMEDIATYPE_AUDIO,
                        TD_RENDER),
             TAPI_E_INVALIDTERMINALCLASS);
    ITTerminalSupport2_Release(support);
    client_close(a);
}

TEST_BOTH(classes_of_pluggable_terminals)
{
    struct client *a = client_open(L"101");
    ITTerminalSupport2 *support = interface_of(a->address, &IID_ITTerminalSupport2);
    IEnumPluggableSuperclassInfo *supers = NULL;
    IEnumPluggableTerminalClassInfo *classes = NULL;
    ITPluggableTerminalSuperclassInfo *super = NULL;
    ITPluggableTerminalClassInfo *class = NULL;
    TERMINAL_DIRECTION direction;
    BSTR text, super_id = NULL;
    VARIANT late;
    LONG media;

    REQUIRE_EQ(ITTerminalSupport2_EnumeratePluggableSuperclasses(support, &supers), S_OK);
    REQUIRE_EQ(IEnumPluggableSuperclassInfo_Next(supers, 1, &super, NULL), S_OK);
    IEnumPluggableSuperclassInfo_Release(supers);
    CHECK_EQ(ITPluggableTerminalSuperclassInfo_get_Name(super, &text), S_OK);
    CHECK_WSTR(text, L"File Terminals");
    CHECK_WSTR(late_text(super, L"Name"), text);
    SysFreeString(text);
    CHECK_EQ(ITPluggableTerminalSuperclassInfo_get_CLSID(super, &super_id), S_OK);
    CHECK_WSTR(late_text(super, L"CLSID"), super_id);
    ITPluggableTerminalSuperclassInfo_Release(super);
    CHECK_EQ(ITTerminalSupport2_get_PluggableSuperclasses(support, &late), S_OK);
    CHECK(collection_has(&late, 1));
    CHECK(named_list(a->address, L"PluggableSuperclasses", 1, ""));
    CHECK(named_list(a->address, L"EnumeratePluggableSuperclasses", 1, ""));

    CHECK_EQ(ITTerminalSupport2_get_PluggableTerminalClasses(support, super_id, TAPIMEDIATYPE_AUDIO,
                                                             &late),
             S_OK);
    CHECK(collection_has(&late, 2));
    CHECK_EQ(
        ITTerminalSupport2_get_PluggableTerminalClasses(support, none, TAPIMEDIATYPE_AUDIO, &late),
        TAPI_E_INVALIDTERMINALCLASS);
    CHECK_EQ(V_VT(&late), VT_EMPTY);
    CHECK_EQ(
        ITTerminalSupport2_get_PluggableTerminalClasses(support, NULL, TAPIMEDIATYPE_AUDIO, &late),
        E_POINTER);
    CHECK(named_list(a->address, L"PluggableTerminalClasses", 2, "sl", super_id,
                     TAPIMEDIATYPE_AUDIO));
    REQUIRE_EQ(ITTerminalSupport2_EnumeratePluggableTerminalClasses(support, CLSID_FileSuperclass,
                                                                    TAPIMEDIATYPE_AUDIO, &classes),
               S_OK);
    CHECK_EQ(ITTerminalSupport2_EnumeratePluggableTerminalClasses(support, CLSID_FileSuperclass,
                                                                  TAPIMEDIATYPE_AUDIO, NULL),
             E_POINTER);
    REQUIRE_EQ(IEnumPluggableTerminalClassInfo_Next(classes, 1, &class, NULL), S_OK);
    IEnumPluggableTerminalClassInfo_Release(classes);
#define CHECK_TEXT(name, expected)                                                                 \
    do {                                                                                           \
        CHECK_EQ(ITPluggableTerminalClassInfo_get_##name(class, &text), S_OK);                     \
        CHECK_WSTR(text, expected);                                                                \
        CHECK_WSTR(late_text(class, L"" #name), expected);                                         \
        SysFreeString(text);                                                                       \
        CHECK_EQ(ITPluggableTerminalClassInfo_get_##name(class, NULL), E_POINTER);                 \
    } while (0)
    CHECK_TEXT(Name, L"File Playback Terminal");
    CHECK_TEXT(Company, L"OpenTAPI");
    CHECK_TEXT(Version, L"1.0");
    CHECK_TEXT(TerminalClass, PLAYBACK);
    CHECK_TEXT(CLSID, PLAYBACK);
    CHECK_EQ(ITPluggableTerminalClassInfo_get_Direction(class, &direction), S_OK);
    CHECK_EQ(direction, TD_CAPTURE);
    CHECK_EQ(late_number(class, L"Direction"), TD_CAPTURE);
    CHECK_EQ(ITPluggableTerminalClassInfo_get_MediaTypes(class, &media), S_OK);
    CHECK(media & TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(late_number(class, L"MediaTypes"), media);
    ITPluggableTerminalClassInfo_Release(class);
    SysFreeString(super_id);
    ITTerminalSupport2_Release(support);
    client_close(a);
}

/* ---- a call's terminals ---------------------------------------------------------------------- */

TEST_BOTH(terminals_selected_on_a_call)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITBasicCallControl2 *control = interface_of(call, &IID_ITBasicCallControl2);
    ITTerminal *terminal = NULL, *wrong;
    VARIANT late;

    CHECK_EQ(ITBasicCallControl2_RequestTerminal(control, NULL, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                 &terminal),
             E_POINTER);
    POISON(wrong);
    CHECK_EQ(
        ITBasicCallControl2_RequestTerminal(control, none, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &wrong),
        TAPI_E_INVALIDTERMINALCLASS);
    CHECK(wrong == NULL);
    CHECK_EQ(ITBasicCallControl2_RequestTerminal(control, playback, TAPIMEDIATYPE_VIDEO, TD_CAPTURE,
                                                 &wrong),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITBasicCallControl2_RequestTerminal(control, playback, TAPIMEDIATYPE_AUDIO, TD_RENDER,
                                                 &wrong),
             TAPI_E_INVALIDDIRECTION);
    REQUIRE_EQ(ITBasicCallControl2_RequestTerminal(control, playback, TAPIMEDIATYPE_AUDIO,
                                                   TD_CAPTURE, &terminal),
               S_OK);
    CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(control, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl2_UnselectTerminalOnCall(control, NULL), E_POINTER);
    CHECK_EQ(ITBasicCallControl2_UnselectTerminalOnCall(control, terminal), TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(control, terminal), S_OK);
    CHECK(FAILED(ITBasicCallControl2_SelectTerminalOnCall(control, terminal)));
    CHECK_EQ(ITBasicCallControl2_UnselectTerminalOnCall(control, terminal), S_OK);
    ITTerminal_Release(terminal);

    REQUIRE_EQ(named_call(call, L"RequestTerminal", &late, "sll", RECORDING, TAPIMEDIATYPE_AUDIO,
                          TD_RENDER),
               S_OK);
    CHECK_EQ(named_call(call, L"SelectTerminalOnCall", NULL, "o", V_DISPATCH(&late)), S_OK);
    CHECK_EQ(named_call(call, L"UnselectTerminalOnCall", NULL, "o", V_DISPATCH(&late)), S_OK);
    CHECK_EQ(named_call(call, L"UnselectTerminalOnCall", NULL, "o", V_DISPATCH(&late)),
             TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(named_call(call, L"SelectTerminalOnCall", NULL, "o", NULL), E_POINTER);
    CHECK_EQ(
        named_call(call, L"RequestTerminal", NULL, "sll", L"{x}", TAPIMEDIATYPE_AUDIO, TD_RENDER),
        TAPI_E_INVALIDTERMINALCLASS);
    VariantClear(&late);
    ITBasicCallControl2_Release(control);
    ITBasicCallControl_Release(call);
    client_close(a);
}

static ITStream *stream_of(ITStreamControl *streams, TERMINAL_DIRECTION wanted)
{
    TERMINAL_DIRECTION direction;
    IEnumStream *all = NULL;
    ITStream *stream;

    REQUIRE_EQ(ITStreamControl_EnumerateStreams(streams, &all), S_OK);
    while (IEnumStream_Next(all, 1, &stream, NULL) == S_OK) {
        CHECK_EQ(ITStream_get_Direction(stream, &direction), S_OK);
        if (direction == wanted) {
            IEnumStream_Release(all);
            return stream;
        }
        ITStream_Release(stream);
    }
    REQUIRE(!"a stream");
    return NULL;
}

TEST_BOTH(streams_of_a_call)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITStreamControl *streams = interface_of(call, &IID_ITStreamControl);
    ITStream *stream = stream_of(streams, TD_RENDER), *made;
    VARIANT late;
    BSTR name;
    LONG media;

    CHECK_EQ(ITStreamControl_get_Streams(streams, &late), S_OK);
    CHECK(collection_has(&late, 2));
    CHECK(named_list(call, L"Streams", 2, ""));
    CHECK_EQ(ITStream_get_MediaType(stream, &media), S_OK);
    CHECK_EQ(media, TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(late_number(stream, L"MediaType"), TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(late_number(stream, L"Direction"), TD_RENDER);
    CHECK_EQ(ITStream_get_Name(stream, &name), S_OK);
    CHECK_WSTR(late_text(stream, L"Name"), name);
    CHECK(SysStringLen(name) > 0);
    SysFreeString(name);

    POISON(made);
    CHECK_EQ(ITStreamControl_CreateStream(streams, TAPIMEDIATYPE_AUDIO, TD_RENDER, &made),
             TAPI_E_MAXSTREAMS);
    CHECK(made == NULL);
    CHECK_EQ(ITStreamControl_CreateStream(streams, TAPIMEDIATYPE_VIDEO, TD_RENDER, &made),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITStreamControl_CreateStream(streams, TAPIMEDIATYPE_AUDIO, 9, &made),
             TAPI_E_INVALIDDIRECTION);
    CHECK_EQ(ITStreamControl_RemoveStream(streams, NULL), E_POINTER);
    CHECK_EQ(ITStreamControl_RemoveStream(streams, stream), S_OK);
    CHECK_EQ(ITStreamControl_RemoveStream(streams, stream), TAPI_E_INVALIDSTREAM);
    ITStream_Release(stream);
    CHECK_EQ(ITStreamControl_CreateStream(streams, TAPIMEDIATYPE_AUDIO, TD_RENDER, &made), S_OK);
    CHECK_EQ(named_call(call, L"RemoveStream", NULL, "o", made), S_OK);
    CHECK_EQ(named_call(call, L"RemoveStream", NULL, "o", made), TAPI_E_INVALIDSTREAM);
    ITStream_Release(made);
    REQUIRE_EQ(named_call(call, L"CreateStream", &late, "ll", TAPIMEDIATYPE_AUDIO, TD_RENDER),
               S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&late), L"Direction"), TD_RENDER);
    VariantClear(&late);
    CHECK_EQ(named_call(call, L"CreateStream", &late, "ll", TAPIMEDIATYPE_AUDIO, TD_RENDER),
             TAPI_E_MAXSTREAMS);
    ITStreamControl_Release(streams);
    ITBasicCallControl_Release(call);
    client_close(a);
}

/* The one track of a playback terminal. */
static ITTerminal *track_of(ITTerminal *whole)
{
    ITMultiTrackTerminal *tracks = interface_of(whole, &IID_ITMultiTrackTerminal);
    IEnumTerminal *all = NULL;
    ITTerminal *track = NULL;

    REQUIRE_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(tracks, &all), S_OK);
    REQUIRE_EQ(IEnumTerminal_Next(all, 1, &track, NULL), S_OK);
    IEnumTerminal_Release(all);
    ITMultiTrackTerminal_Release(tracks);
    return track;
}

TEST_BOTH(a_terminal_on_a_stream)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITTerminalSupport *support = interface_of(a->address, &IID_ITTerminalSupport);
    ITStreamControl *streams = interface_of(call, &IID_ITStreamControl);
    ITStream *stream = stream_of(streams, TD_CAPTURE);
    ITTerminal *whole = NULL, *track, *other = NULL, *second;
    IEnumTerminal *all = NULL;
    IUnknown *terminals = NULL;
    VARIANT late;

    CHECK_EQ(ITStream_StartStream(stream), TAPI_E_NOTERMINALSELECTED);
    CHECK_EQ(ITStream_PauseStream(stream), TAPI_E_NOTERMINALSELECTED);
    CHECK_EQ(named_call(stream, L"StartStream", NULL, ""), TAPI_E_NOTERMINALSELECTED);
    REQUIRE_EQ(ITTerminalSupport_CreateTerminal(support, playback, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                &whole),
               S_OK);
    track = track_of(whole);
    CHECK_EQ(ITStream_SelectTerminal(stream, NULL), E_POINTER);
    CHECK_EQ(ITStream_SelectTerminal(stream, whole), TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(ITStream_SelectTerminal(stream, track), S_OK);
    REQUIRE_EQ(ITTerminalSupport_CreateTerminal(support, playback, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                &other),
               S_OK);
    second = track_of(other);
    CHECK_EQ(ITStream_SelectTerminal(stream, second), TAPI_E_MAXTERMINALS);
    CHECK_EQ(ITStream_get_Terminals(stream, &late), S_OK);
    CHECK(collection_has(&late, 1));
    CHECK(named_list(stream, L"Terminals", 1, ""));
    CHECK_EQ(ITStream_EnumerateTerminals(stream, &all), S_OK);
    CHECK_EQ(IEnumTerminal_Skip(all, 1), S_OK);
    CHECK_EQ(IEnumTerminal_Skip(all, 1), S_FALSE);
    IEnumTerminal_Release(all);
    CHECK_EQ(named_call(stream, L"EnumerateTerminals", NULL, "U", &terminals), S_OK);
    IUnknown_Release(terminals);
    terminals = NULL;
    CHECK_EQ(named_call(call, L"EnumerateStreams", NULL, "U", &terminals), S_OK);
    IUnknown_Release(terminals);
    CHECK_EQ(ITBasicCallControl_Connect(call, VARIANT_TRUE), S_OK);
    CHECK_EQ(ITStream_PauseStream(stream), S_OK);
    CHECK_EQ(ITStream_StartStream(stream), S_OK);
    CHECK_EQ(ITStream_StopStream(stream), S_OK);
    CHECK_EQ(named_call(stream, L"PauseStream", NULL, ""), S_OK);
    CHECK_EQ(named_call(stream, L"StartStream", NULL, ""), S_OK);
    CHECK_EQ(named_call(stream, L"StopStream", NULL, ""), S_OK);
    CHECK_EQ(ITStream_UnselectTerminal(stream, NULL), E_POINTER);
    CHECK_EQ(ITStream_UnselectTerminal(stream, other), TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(ITStream_UnselectTerminal(stream, track), S_OK);
    CHECK_EQ(named_call(stream, L"SelectTerminal", NULL, "o", track), S_OK);
    CHECK_EQ(named_call(stream, L"SelectTerminal", NULL, "o", track), TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(named_call(stream, L"UnselectTerminal", NULL, "o", track), S_OK);
    CHECK_EQ(ITStreamControl_RemoveStream(streams, stream), S_OK);
    CHECK_EQ(ITStream_SelectTerminal(stream, track), TAPI_E_CALLUNAVAIL);
    ITTerminal_Release(second);
    ITTerminal_Release(other);
    ITTerminal_Release(track);
    ITTerminal_Release(whole);
    ITStream_Release(stream);
    ITStreamControl_Release(streams);
    ITTerminalSupport_Release(support);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(what_a_terminal_is)
{
    struct client *a = client_open(L"101");
    ITTerminalSupport *support = interface_of(a->address, &IID_ITTerminalSupport);
    ITTerminal *terminal = NULL;
    TERMINAL_DIRECTION direction;
    TERMINAL_STATE state;
    TERMINAL_TYPE type;
    BSTR text;
    LONG media;

    REQUIRE_EQ(ITTerminalSupport_CreateTerminal(support, recording, TAPIMEDIATYPE_AUDIO, TD_RENDER,
                                                &terminal),
               S_OK);
    CHECK_EQ(ITTerminal_get_Name(terminal, &text), S_OK);
    CHECK_WSTR(late_text(terminal, L"Name"), text);
    SysFreeString(text);
    CHECK_EQ(ITTerminal_get_State(terminal, &state), S_OK);
    CHECK_EQ(state, TS_NOTINUSE);
    CHECK_EQ(late_number(terminal, L"State"), TS_NOTINUSE);
    CHECK_EQ(ITTerminal_get_TerminalType(terminal, &type), S_OK);
    CHECK_EQ(type, TT_DYNAMIC);
    CHECK_EQ(late_number(terminal, L"TerminalType"), TT_DYNAMIC);
    CHECK_EQ(ITTerminal_get_TerminalClass(terminal, &text), S_OK);
    CHECK_WSTR(text, RECORDING);
    CHECK_WSTR(late_text(terminal, L"TerminalClass"), RECORDING);
    SysFreeString(text);
    CHECK_EQ(ITTerminal_get_MediaType(terminal, &media), S_OK);
    CHECK_EQ(media, TAPIMEDIATYPE_MULTITRACK);
    CHECK_EQ(late_number(terminal, L"MediaType"), media);
    CHECK_EQ(ITTerminal_get_Direction(terminal, &direction), S_OK);
    CHECK_EQ(direction, TD_RENDER);
    CHECK_EQ(late_number(terminal, L"Direction"), TD_RENDER);
    ITTerminal_Release(terminal);
    ITTerminalSupport_Release(support);
    client_close(a);
}
