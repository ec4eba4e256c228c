/* terminal_test.c - the interfaces of streams and file terminals: what is documented, and bad
 * input. */
#include "tests/media/media_fixture.h"

#include <oleauto.h>

static struct media_end *end_start(void)
{
    static struct media_end end;

    media_end_start(&end, (HCALL)0x20001);
    return &end;
}

static HRESULT create(struct media_end *end, const WCHAR *class, LONG media,
                      TERMINAL_DIRECTION direction, ITTerminal **terminal)
{
    ITTerminalSupport *support;
    BSTR text = SysAllocString(class);
    HRESULT hr;

    REQUIRE_EQ(IUnknown_QueryInterface(&end->address.IUnknown_iface, &IID_ITTerminalSupport,
                                       (void **)&support),
               S_OK);
    POISON(*terminal);
    hr = ITTerminalSupport_CreateTerminal(support, text, media, direction, terminal);
    SysFreeString(text);
    ITTerminalSupport_Release(support);
    return hr;
}

TEST(creating_terminals_and_what_is_refused)
{
    struct media_end *end = end_start();
    ITTerminal *terminal;
    static const struct {
        const WCHAR *class;
        LONG media;
        TERMINAL_DIRECTION direction;
        HRESULT hr;
    } cases[] = {
        {CLSID_String_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, S_OK},
        {CLSID_String_FilePlaybackTerminal, TAPIMEDIATYPE_MULTITRACK, TD_CAPTURE, S_OK},
        {CLSID_String_FileRecordingTerminal, TAPIMEDIATYPE_AUDIO, TD_RENDER, S_OK},
        {CLSID_String_FileRecordingTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
         TAPI_E_INVALIDDIRECTION},
        {CLSID_String_FilePlaybackTerminal, TAPIMEDIATYPE_VIDEO, TD_CAPTURE,
         TAPI_E_INVALIDMEDIATYPE},
        {CLSID_String_FilePlaybackTerminal, 0, TD_CAPTURE, TAPI_E_INVALIDMEDIATYPE},
        {CLSID_String_HandsetTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
         TAPI_E_INVALIDTERMINALCLASS},
        {L"no class at all", TAPIMEDIATYPE_AUDIO, TD_CAPTURE, TAPI_E_INVALIDTERMINALCLASS},
    };
    unsigned i;

    for (i = 0; i < ARRAYSIZE(cases); i++) {
        HRESULT hr = create(end, cases[i].class, cases[i].media, cases[i].direction, &terminal);

        CHECK_EQ(hr, cases[i].hr);
        if (FAILED(hr)) {
            CHECK(terminal == NULL);
        } else {
            TERMINAL_STATE state;
            LONG media;

            CHECK_EQ(ITTerminal_get_MediaType(terminal, &media), S_OK);
            CHECK_EQ(media, TAPIMEDIATYPE_MULTITRACK);
            CHECK_EQ(ITTerminal_get_State(terminal, &state), S_OK);
            CHECK_EQ(state, TS_NOTINUSE);
            CHECK_EQ(ITTerminal_get_State(terminal, NULL), E_POINTER);
            CHECK_EQ(ITTerminal_Release(terminal), 0);
        }
    }
    media_end_stop(end);
}

TEST(support_lists_the_file_terminals)
{
    struct media_end *end = end_start();
    ITTerminalSupport2 *support;
    IEnumTerminalClass *classes;
    IEnumPluggableTerminalClassInfo *infos;
    ITPluggableTerminalClassInfo *info;
    ITTerminal *terminal;
    VARIANT list;
    GUID found[4];
    ULONG count = 0;
    BSTR name;

    REQUIRE_EQ(IUnknown_QueryInterface(&end->address.IUnknown_iface, &IID_ITTerminalSupport2,
                                       (void **)&support),
               S_OK);
    CHECK_EQ(ITTerminalSupport2_EnumerateDynamicTerminalClasses(support, &classes), S_OK);
    CHECK_EQ(IEnumTerminalClass_Next(classes, 4, found, &count), S_FALSE);
    CHECK_EQ(count, 2);
    IEnumTerminalClass_Release(classes);
    POISON(list);
    CHECK_EQ(ITTerminalSupport2_get_DynamicTerminalClasses(support, &list), S_OK);
    CHECK_EQ(V_VT(&list), VT_DISPATCH);
    VariantClear(&list);
    CHECK_EQ(ITTerminalSupport2_get_StaticTerminals(support, &list), S_OK);
    VariantClear(&list);
    POISON(terminal);
    CHECK_EQ(ITTerminalSupport2_GetDefaultStaticTerminal(support, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                                         &terminal),
             TAPI_E_NOITEMS);
    CHECK(terminal == NULL);
    CHECK_EQ(ITTerminalSupport2_get_PluggableSuperclasses(support, &list), S_OK);
    VariantClear(&list);
    CHECK_EQ(ITTerminalSupport2_EnumeratePluggableTerminalClasses(support, CLSID_FileSuperclass,
                                                                  TAPIMEDIATYPE_AUDIO, &infos),
             S_OK);
    CHECK_EQ(IEnumPluggableTerminalClassInfo_Next(infos, 1, &info, NULL), S_OK);
    CHECK_EQ(ITPluggableTerminalClassInfo_get_Name(info, &name), S_OK);
    CHECK_WSTR(name, L"File Playback Terminal");
    SysFreeString(name);
    ITPluggableTerminalClassInfo_Release(info);
    IEnumPluggableTerminalClassInfo_Release(infos);
    ITTerminalSupport2_Release(support);
    media_end_stop(end);
}

TEST(streams_of_a_call)
{
    struct media_end *end = end_start();
    ITStream *capture = media_end_stream(end, TD_CAPTURE),
             *render = media_end_stream(end, TD_RENDER);
    ITStreamControl *control;
    IUnknown *unknown;
    ITStream *other;
    VARIANT list;
    LONG media;
    BSTR name;

    REQUIRE(capture && render && capture != render);
    CHECK_EQ(ITStream_get_MediaType(capture, &media), S_OK);
    CHECK_EQ(media, TAPIMEDIATYPE_AUDIO);
    CHECK_EQ(ITStream_get_Name(capture, &name), S_OK);
    SysFreeString(name);
    CHECK_EQ(ITStream_StartStream(capture), TAPI_E_NOTERMINALSELECTED);
    CHECK_EQ(ITStream_PauseStream(capture), TAPI_E_NOTERMINALSELECTED);
    CHECK_EQ(ITStream_StopStream(capture), S_OK);
    CHECK_EQ(ITStream_SelectTerminal(capture, NULL), E_POINTER);
    CHECK_EQ(ITStream_UnselectTerminal(capture, NULL), E_POINTER);

    /* The call is one object: its interfaces and the MSP's have one identity. */
    REQUIRE_EQ(
        IUnknown_QueryInterface(&end->call.IUnknown_iface, &IID_ITStreamControl, (void **)&control),
        S_OK);
    CHECK_EQ(ITStreamControl_QueryInterface(control, &IID_IUnknown, (void **)&unknown), S_OK);
    CHECK(unknown == &end->call.IUnknown_iface);
    IUnknown_Release(unknown);
    CHECK_EQ(ITStreamControl_get_Streams(control, &list), S_OK);
    VariantClear(&list);
    POISON(other);
    CHECK_EQ(ITStreamControl_CreateStream(control, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &other),
             TAPI_E_MAXSTREAMS);
    CHECK(other == NULL);
    CHECK_EQ(ITStreamControl_CreateStream(control, TAPIMEDIATYPE_VIDEO, TD_CAPTURE, &other),
             TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITStreamControl_RemoveStream(control, capture), S_OK);
    CHECK_EQ(ITStreamControl_RemoveStream(control, capture), TAPI_E_INVALIDSTREAM);
    CHECK_EQ(ITStreamControl_CreateStream(control, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &other), S_OK);
    CHECK(media_end_wait_call(end, CALL_NEW_STREAM, 1));
    ITStream_Release(other);
    CHECK_EQ(ITStream_StartStream(capture), TAPI_E_CALLUNAVAIL);
    ITStream_Release(capture);
    ITStreamControl_Release(control);
    /* A stream that outlives its call refuses to work and harms nobody. */
    media_end_stop(end);
    CHECK_EQ(ITStream_StopStream(render), TAPI_E_CALLUNAVAIL);
    CHECK_EQ(ITStream_Release(render), 0);
}

/* The track is what a stream takes; the whole terminal it refuses (manual-terminal-selection). */
TEST(selecting_by_hand)
{
    struct media_end *end = end_start();
    ITStream *capture = media_end_stream(end, TD_CAPTURE),
             *render = media_end_stream(end, TD_RENDER);
    ITMultiTrackTerminal *multi;
    ITTerminal *play, *record, *track, *parent;
    IEnumTerminal *tracks;
    ITFileTrack *file;
    TERMINAL_STATE state;
    VARIANT list;

    REQUIRE_EQ(
        create(end, CLSID_String_FilePlaybackTerminal, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &play),
        S_OK);
    REQUIRE_EQ(
        create(end, CLSID_String_FileRecordingTerminal, TAPIMEDIATYPE_AUDIO, TD_RENDER, &record),
        S_OK);
    CHECK_EQ(ITStream_SelectTerminal(capture, play), TAPI_E_INVALIDTERMINAL);
    REQUIRE_EQ(ITTerminal_QueryInterface(play, &IID_ITMultiTrackTerminal, (void **)&multi), S_OK);
    CHECK_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(multi, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &track),
        TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(multi, &tracks), S_OK);
    CHECK_EQ(IEnumTerminal_Next(tracks, 1, &track, NULL), S_OK);
    IEnumTerminal_Release(tracks);
    ITMultiTrackTerminal_Release(multi);
    CHECK_EQ(ITStream_SelectTerminal(render, track), TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(ITStream_SelectTerminal(capture, track), S_OK);
    CHECK_EQ(ITStream_SelectTerminal(capture, track), TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(ITTerminal_get_State(track, &state), S_OK);
    CHECK_EQ(state, TS_INUSE);
    CHECK_EQ(ITStream_get_Terminals(capture, &list), S_OK);
    VariantClear(&list);
    CHECK_EQ(ITTerminal_QueryInterface(track, &IID_ITFileTrack, (void **)&file), S_OK);
    CHECK_EQ(ITFileTrack_get_ControllingTerminal(file, &parent), S_OK);
    CHECK(parent == play);
    ITTerminal_Release(parent);
    ITFileTrack_Release(file);
    CHECK_EQ(ITStream_UnselectTerminal(capture, track), S_OK);
    CHECK_EQ(ITStream_UnselectTerminal(capture, track), TAPI_E_INVALIDTERMINAL);
    CHECK_EQ(ITTerminal_get_State(track, &state), S_OK);
    CHECK_EQ(state, TS_NOTINUSE);

    /* A track keeps its terminal alive, not the other way round. */
    CHECK_EQ(ITTerminal_Release(play), 0);
    CHECK_EQ(ITStream_SelectTerminal(capture, track), S_OK);
    ITTerminal_Release(track);

    REQUIRE_EQ(ITTerminal_QueryInterface(record, &IID_ITMultiTrackTerminal, (void **)&multi), S_OK);
    CHECK_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(multi, TAPIMEDIATYPE_AUDIO, TD_RENDER, &track),
        S_OK);
    CHECK_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(multi, TAPIMEDIATYPE_AUDIO, TD_RENDER, &parent),
        TAPI_E_MAXTERMINALS);
    CHECK_EQ(ITStream_SelectTerminal(render, track), S_OK);
    CHECK_EQ(ITMultiTrackTerminal_RemoveTrackTerminal(multi, track), TAPI_E_TERMINALINUSE);
    CHECK_EQ(ITStream_UnselectTerminal(render, track), S_OK);
    CHECK_EQ(ITMultiTrackTerminal_RemoveTrackTerminal(multi, track), S_OK);
    CHECK_EQ(ITMultiTrackTerminal_RemoveTrackTerminal(multi, track), E_INVALIDARG);
    ITMultiTrackTerminal_Release(multi);
    ITTerminal_Release(track);
    ITTerminal_Release(record);
    ITStream_Release(capture);
    ITStream_Release(render);
    media_end_stop(end);
}

static HRESULT put_list(ITMediaPlayback *playback, VARIANT value)
{
    HRESULT hr = ITMediaPlayback_put_PlayList(playback, value);

    VariantClear(&value);
    return hr;
}

TEST(play_lists_in_every_shape)
{
    struct media_end *end = end_start();
    const WCHAR *in = file_path(L"in.wav"), *text = file_path(L"text.wav");
    ITMediaPlayback *playback;
    ITTerminal *terminal;
    SAFEARRAY *array;
    VARIANT value, item, out;
    LONG i;

    wav_make(in, 1, 1, 8000, 16, 100);
    file_make(text, "This is not sound at all, it only says so.", 42);
    terminal = media_end_terminal(end, CLSID_String_FilePlaybackTerminal);
    CHECK_EQ(terminal_start(terminal), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(terminal_pause(terminal), TAPI_E_WRONG_STATE);
    CHECK_EQ(terminal_stop(terminal), S_OK);
    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaPlayback, (void **)&playback), S_OK);
    CHECK_EQ(ITMediaPlayback_get_PlayList(playback, &out), TAPI_E_NOT_INITIALIZED);

    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(in);
    CHECK_EQ(put_list(playback, value), S_OK);

    array = SafeArrayCreateVector(VT_BSTR, 0, 2);
    for (i = 0; i < 2; i++) {
        BSTR path = SysAllocString(in);

        SafeArrayPutElement(array, &i, path);
        SysFreeString(path);
    }
    V_VT(&value) = VT_ARRAY | VT_BSTR;
    V_ARRAY(&value) = array;
    CHECK_EQ(put_list(playback, value), S_OK);

    /* VBScript's Array("...") : VARIANTs in a VARIANT, by reference. */
    array = SafeArrayCreateVector(VT_VARIANT, 0, 1);
    V_VT(&item) = VT_BSTR;
    V_BSTR(&item) = SysAllocString(in);
    i = 0;
    SafeArrayPutElement(array, &i, &item);
    VariantClear(&item);
    V_VT(&item) = VT_ARRAY | VT_VARIANT;
    V_ARRAY(&item) = array;
    V_VT(&value) = VT_BYREF | VT_VARIANT;
    V_VARIANTREF(&value) = &item;
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, value), S_OK);
    CHECK_EQ(ITMediaPlayback_get_PlayList(playback, &out), S_OK);
    CHECK_EQ(V_VT(&out), VT_ARRAY | VT_VARIANT);
    VariantClear(&out);
    VariantClear(&item);

    V_VT(&value) = VT_I4;
    V_I4(&value) = 7;
    CHECK_EQ(put_list(playback, value), E_INVALIDARG);
    V_VT(&value) = VT_EMPTY;
    CHECK_EQ(put_list(playback, value), E_INVALIDARG);
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = NULL;
    CHECK_EQ(put_list(playback, value), E_INVALIDARG);
    V_VT(&value) = VT_ARRAY | VT_BSTR;
    V_ARRAY(&value) = NULL;
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, value), E_INVALIDARG);
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(L"Z:\\no\\such\\file.wav");
    CHECK(FAILED(put_list(playback, value)));
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(text);
    CHECK(FAILED(put_list(playback, value)));
    /* What was set before still stands. */
    CHECK_EQ(ITMediaPlayback_get_PlayList(playback, &out), S_OK);
    VariantClear(&out);
    CHECK_EQ(terminal_start(terminal), S_OK);
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(in);
    CHECK_EQ(put_list(playback, value), TAPI_E_WRONG_STATE);
    CHECK_EQ(terminal_pause(terminal), S_OK);
    CHECK_EQ(terminal_state(terminal), TMS_PAUSED);
    CHECK_EQ(terminal_stop(terminal), S_OK);
    CHECK_EQ(terminal_state(terminal), TMS_IDLE);
    ITMediaPlayback_Release(playback);
    ITTerminal_Release(terminal);
    media_end_stop(end);
}

TEST(recording_files)
{
    struct media_end *end = end_start();
    const WCHAR *out = file_path(L"out.wav");
    ITMediaRecord *record;
    ITTerminal *terminal;
    BSTR name;

    terminal = media_end_terminal(end, CLSID_String_FileRecordingTerminal);
    CHECK_EQ(terminal_start(terminal), TAPI_E_NOT_INITIALIZED);
    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaRecord, (void **)&record), S_OK);
    name = SysAllocString(L"Z:\\no\\such\\folder\\file.wav");
    CHECK(FAILED(ITMediaRecord_put_FileName(record, name)));
    SysFreeString(name);
    CHECK_EQ(terminal_start(terminal), TAPI_E_NOT_INITIALIZED);
    terminal_file_name(terminal, out);
    CHECK_EQ(terminal_start(terminal), S_OK);
    name = SysAllocString(out);
    CHECK_EQ(ITMediaRecord_put_FileName(record, name), TAPI_E_WRONG_STATE);
    SysFreeString(name);
    CHECK_EQ(ITMediaRecord_get_FileName(record, &name), S_OK);
    CHECK_WSTR(name, out);
    SysFreeString(name);
    CHECK_EQ(terminal_stop(terminal), S_OK);
    CHECK_EQ(ITMediaRecord_put_FileName(record, NULL), S_OK);
    ITMediaRecord_Release(record);
    ITTerminal_Release(terminal);
    media_end_stop(end);
}

/* Late-bound, as scripts do it. */
TEST(scripts_reach_every_interface_of_a_terminal)
{
    struct media_end *end = end_start();
    ITTerminal *terminal = media_end_terminal(end, CLSID_String_FilePlaybackTerminal);
    static const WCHAR *const names[] = {L"Start", L"MediaState", L"PlayList", L"TrackTerminals",
                                         L"Name"};
    IDispatch *dispatch;
    DISPPARAMS none = {0};
    VARIANT result;
    DISPID id;
    unsigned i;

    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_IDispatch, (void **)&dispatch), S_OK);
    for (i = 0; i < ARRAYSIZE(names); i++)
        CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, (LPOLESTR *)&names[i], 1, 0, &id),
                 S_OK);
    CHECK_EQ(IDispatch_GetIDsOfNames(dispatch, &IID_NULL, (LPOLESTR *)&names[1], 1, 0, &id), S_OK);
    VariantInit(&result);
    CHECK_EQ(IDispatch_Invoke(dispatch, id, &IID_NULL, 0, DISPATCH_PROPERTYGET, &none, &result,
                              NULL, NULL),
             S_OK);
    CHECK_EQ(V_I4(&result), TMS_IDLE);
    IDispatch_Release(dispatch);
    ITTerminal_Release(terminal);
    media_end_stop(end);
}

TEST(track_formats)
{
    struct media_end *end = end_start();
    const WCHAR *in = file_path(L"in.wav");
    ITTerminal *terminal = media_end_terminal(end, CLSID_String_FilePlaybackTerminal), *track;
    ITMultiTrackTerminal *multi;
    ITScriptableAudioFormat *format;
    IEnumTerminal *tracks;
    ITFileTrack *file;
    AM_MEDIA_TYPE *type;
    LONG value;

    wav_make(in, 1, 2, 22050, 16, 100);
    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMultiTrackTerminal, (void **)&multi),
               S_OK);
    CHECK_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(multi, &tracks), S_OK);
    CHECK_EQ(IEnumTerminal_Next(tracks, 1, &track, NULL), S_OK);
    REQUIRE_EQ(ITTerminal_QueryInterface(track, &IID_ITFileTrack, (void **)&file), S_OK);
    POISON(type);
    CHECK_EQ(ITFileTrack_get_Format(file, &type), TAPI_E_NOFORMAT);
    CHECK(type == NULL);
    terminal_play_list(terminal, in);
    CHECK_EQ(ITFileTrack_get_AudioFormatForScripting(file, &format), S_OK);
    CHECK_EQ(ITScriptableAudioFormat_get_SamplesPerSec(format, &value), S_OK);
    CHECK_EQ(value, 22050);
    CHECK_EQ(ITScriptableAudioFormat_get_BlockAlign(format, &value), S_OK);
    CHECK_EQ(value, 4);
    CHECK_EQ(ITScriptableAudioFormat_put_Channels(format, -1), E_INVALIDARG);
    CHECK_EQ(ITFileTrack_put_AudioFormatForScripting(file, format), TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITFileTrack_get_Format(file, &type), S_OK);
    CHECK_EQ(type->cbFormat, 18);
    CoTaskMemFree(type->pbFormat);
    CoTaskMemFree(type);
    ITScriptableAudioFormat_Release(format);
    ITFileTrack_Release(file);
    ITTerminal_Release(track);
    IEnumTerminal_Release(tracks);
    ITMultiTrackTerminal_Release(multi);
    ITTerminal_Release(terminal);
    media_end_stop(end);
}

TEST(no_msp_means_no_media_and_no_harm)
{
    struct outer outer = {0};
    struct msp_host *host;
    struct msp_call *call;
    ITTerminal *terminal;
    void *object;

    POISON(host);
    CHECK_EQ(msp_host_create(0, 1, 0, &outer.IUnknown_iface, (msp_host_event *)(void *)media_stop,
                             NULL, &host),
             S_FALSE);
    CHECK(host == NULL);
    POISON(object);
    CHECK_EQ(msp_host_query_interface(NULL, &IID_ITMediaSupport, &object), E_NOINTERFACE);
    CHECK(object == NULL);
    POISON(call);
    CHECK_EQ(msp_call_create(NULL, TAPIMEDIATYPE_AUDIO, &outer.IUnknown_iface, &call), S_FALSE);
    CHECK(call == NULL);
    CHECK_EQ(msp_call_query_interface(NULL, &IID_ITStreamControl, &object), E_NOINTERFACE);
    CHECK_EQ(msp_host_request_terminal(NULL, (BSTR)L"x", 8, TD_CAPTURE, &terminal),
             TAPI_E_NOTSUPPORTED);
    CHECK_EQ(msp_host_line_opened(NULL, (HLINE)1), S_FALSE);
    msp_host_receive(NULL, 0, (HCALL)1, "x", 1);
    msp_host_forget_handle(NULL, (HCALL)1);
    msp_call_set_handle(NULL, (HCALL)1);
    msp_call_destroy(NULL);
    msp_host_destroy(NULL);
}
