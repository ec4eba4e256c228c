/*
 * memory_test.c - exhausted memory in termmgr.dll and simmsp.dll: each method below is called again
 * and again while the first, second, third... allocation that either DLL makes for it fails. It
 * must say E_OUTOFMEMORY, give nothing, lose nothing, and work the next time.
 */
#include "tests/com/identity/exhaust.h"
#include "tests/media/media_fixture.h"

/* What the operations work on. */
static struct {
    struct media_end end;
    ITTerminalSupport2 *support;
    ITStreamControl *control;
    ITStream *out, *in; /* toward the exchange, from it */
    ITTerminal *play, *record;
    ITTerminal *play_track, *record_track;
    BSTR play_class, record_class, superclass, in_file, out_file;
} m;

#define TRACKS(terminal)   ((ITMultiTrackTerminal *)exhaust_face(terminal, &IID_ITMultiTrackTerminal))
#define FILE_TRACK(track)  ((ITFileTrack *)exhaust_face(track, &IID_ITFileTrack))
#define PLAYBACK(terminal) ((ITMediaPlayback *)exhaust_face(terminal, &IID_ITMediaPlayback))
#define RECORD(terminal)   ((ITMediaRecord *)exhaust_face(terminal, &IID_ITMediaRecord))

/* ---- the address and its terminals -------------------------------------------------------------
 */

OBJECT(create_playback, ITTerminal,
       ITTerminalSupport2_CreateTerminal(m.support, m.play_class, TAPIMEDIATYPE_AUDIO, TD_CAPTURE,
                                         &out))
OBJECT(create_recording, ITTerminal,
       ITTerminalSupport2_CreateTerminal(m.support, m.record_class, TAPIMEDIATYPE_AUDIO, TD_RENDER,
                                         &out))
VALUE(get_static, ITTerminalSupport2_get_StaticTerminals(m.support, &out))
OBJECT(enumerate_static, IEnumTerminal,
       ITTerminalSupport2_EnumerateStaticTerminals(m.support, &out))
VALUE(get_dynamic, ITTerminalSupport2_get_DynamicTerminalClasses(m.support, &out))
OBJECT(enumerate_dynamic, IEnumTerminalClass,
       ITTerminalSupport2_EnumerateDynamicTerminalClasses(m.support, &out))
VALUE(get_superclasses, ITTerminalSupport2_get_PluggableSuperclasses(m.support, &out))
OBJECT(enumerate_superclasses, IEnumPluggableSuperclassInfo,
       ITTerminalSupport2_EnumeratePluggableSuperclasses(m.support, &out))
VALUE(get_pluggable, ITTerminalSupport2_get_PluggableTerminalClasses(m.support, m.superclass,
                                                                     TAPIMEDIATYPE_AUDIO, &out))
OBJECT(enumerate_pluggable, IEnumPluggableTerminalClassInfo,
       ITTerminalSupport2_EnumeratePluggableTerminalClasses(m.support, CLSID_FileSuperclass,
                                                            TAPIMEDIATYPE_AUDIO, &out))

/* What a class says of itself. */
static HRESULT class_info(void)
{
    IEnumPluggableTerminalClassInfo *all = NULL;
    ITPluggableTerminalClassInfo *info = NULL;
    BSTR text = NULL;
    HRESULT hr = ITTerminalSupport2_EnumeratePluggableTerminalClasses(
        m.support, CLSID_FileSuperclass, TAPIMEDIATYPE_AUDIO, &all);

    if (FAILED(hr))
        return hr;
    CHECK_EQ(IEnumPluggableTerminalClassInfo_Next(all, 1, &info, NULL), S_OK);
    if (SUCCEEDED(hr))
        hr = ITPluggableTerminalClassInfo_get_Name(info, &text);
    SysFreeString(text);
    if (SUCCEEDED(hr))
        hr = ITPluggableTerminalClassInfo_get_TerminalClass(info, &text);
    if (SUCCEEDED(hr))
        SysFreeString(text);
    ITPluggableTerminalClassInfo_Release(info);
    IEnumPluggableTerminalClassInfo_Release(all);
    return hr;
}

TEXT_OF(terminal_name, ITTerminal_get_Name(m.play, &out))
TEXT_OF(terminal_class, ITTerminal_get_TerminalClass(m.play, &out))
TEXT_OF(track_name, ITTerminal_get_Name(m.play_track, &out))
VALUE(get_tracks, ITMultiTrackTerminal_get_TrackTerminals(TRACKS(m.play), &out))
OBJECT(enumerate_tracks, IEnumTerminal,
       ITMultiTrackTerminal_EnumerateTrackTerminals(TRACKS(m.play), &out))
VALUE(get_list, ITMediaPlayback_get_PlayList(PLAYBACK(m.play), &out))
TEXT_OF(get_file, ITMediaRecord_get_FileName(RECORD(m.record), &out))
OBJECT(scripting_format, ITScriptableAudioFormat,
       ITFileTrack_get_AudioFormatForScripting(FILE_TRACK(m.play_track), &out))
OBJECT(empty_format, ITScriptableAudioFormat,
       ITFileTrack_get_EmptyAudioFormatForScripting(FILE_TRACK(m.play_track), &out))

static HRESULT get_format(void)
{
    AM_MEDIA_TYPE *type;
    HRESULT hr;

    POISON(type);
    hr = ITFileTrack_get_Format(FILE_TRACK(m.play_track), &type);
    if (SUCCEEDED(hr)) {
        CoTaskMemFree(type->pbFormat);
        CoTaskMemFree(type);
    } else {
        CHECK(type == NULL);
    }
    return hr;
}

static HRESULT put_list(void)
{
    VARIANT list;

    V_VT(&list) = VT_BSTR;
    V_BSTR(&list) = m.in_file;
    return ITMediaPlayback_put_PlayList(PLAYBACK(m.play), list);
}

static HRESULT put_list_of_two(void)
{
    SAFEARRAY *array = SafeArrayCreateVector(VT_BSTR, 0, 2);
    VARIANT list;
    HRESULT hr;

    for (LONG i = 0; i < 2; i++)
        SafeArrayPutElement(array, &i, m.in_file);
    V_VT(&list) = VT_ARRAY | VT_BSTR;
    V_ARRAY(&list) = array;
    hr = ITMediaPlayback_put_PlayList(PLAYBACK(m.play), list);
    SafeArrayDestroy(array);
    return hr;
}

static HRESULT put_file(void)
{
    return ITMediaRecord_put_FileName(RECORD(m.record), m.out_file);
}

static HRESULT create_track(void)
{
    ITTerminal *fresh = NULL, *track = NULL;
    HRESULT hr = ITTerminalSupport2_CreateTerminal(m.support, m.record_class, TAPIMEDIATYPE_AUDIO,
                                                   TD_RENDER, &fresh);

    if (FAILED(hr))
        return hr;
    POISON(track);
    hr = ITMultiTrackTerminal_CreateTrackTerminal(TRACKS(fresh), TAPIMEDIATYPE_AUDIO, TD_RENDER,
                                                  &track);
    if (SUCCEEDED(hr))
        ITTerminal_Release(track);
    else
        CHECK(track == NULL);
    CHECK_EQ(ITTerminal_Release(fresh), 0);
    return hr;
}

/* ---- the call and its streams ------------------------------------------------------------------
 */

OBJECT(enumerate_streams, IEnumStream, ITStreamControl_EnumerateStreams(m.control, &out))
VALUE(get_streams, ITStreamControl_get_Streams(m.control, &out))
TEXT_OF(stream_name, ITStream_get_Name(m.out, &out))
OBJECT(enumerate_terminals, IEnumTerminal, ITStream_EnumerateTerminals(m.out, &out))
VALUE(get_terminals, ITStream_get_Terminals(m.out, &out))

/* The graph is the system's; its filter is the provider's. */
static HRESULT select_and_unselect(ITStream *stream, ITTerminal *track)
{
    TERMINAL_STATE state = TS_INUSE;
    HRESULT hr = ITStream_SelectTerminal(stream, track);

    faults_disarm();
    if (SUCCEEDED(hr))
        CHECK_EQ(ITStream_UnselectTerminal(stream, track), S_OK);
    CHECK_EQ(ITTerminal_get_State(track, &state), S_OK);
    CHECK_EQ(state, TS_NOTINUSE);
    return hr;
}

static HRESULT select_playback(void)
{
    return select_and_unselect(m.out, m.play_track);
}

static HRESULT select_recording(void)
{
    return select_and_unselect(m.in, m.record_track);
}

/* A removed stream comes back. */
static HRESULT create_stream(void)
{
    ITStream *stream;
    HRESULT hr;

    CHECK_EQ(ITStreamControl_RemoveStream(m.control, m.in), S_OK);
    ITStream_Release(m.in);
    POISON(stream);
    hr = ITStreamControl_CreateStream(m.control, TAPIMEDIATYPE_AUDIO, TD_RENDER, &stream);
    if (FAILED(hr)) {
        CHECK(stream == NULL);
        faults_disarm();
        CHECK_EQ(ITStreamControl_CreateStream(m.control, TAPIMEDIATYPE_AUDIO, TD_RENDER, &stream),
                 S_OK);
    }
    m.in = stream;
    return hr;
}

/* An address and a call, from nothing to their end. */
static HRESULT whole_life(void)
{
    static struct media_end end;
    ITStreamControl *control = NULL;
    HRESULT hr;

    hr = media_end_try(&end, (HCALL)0x30001);
    if (SUCCEEDED(hr))
        hr = IUnknown_QueryInterface(&end.call.IUnknown_iface, &IID_ITStreamControl,
                                     (void **)&control);
    if (control)
        ITStreamControl_Release(control);
    faults_disarm();
    media_end_stop(&end);
    return hr;
}

/* ---- the walk ----------------------------------------------------------------------------------
 */

static const struct operation operations[] = {
    OPERATION(create_playback),
    OPERATION(create_recording),
    OPERATION(get_static),
    OPERATION(enumerate_static),
    OPERATION(get_dynamic),
    OPERATION(enumerate_dynamic),
    OPERATION(get_superclasses),
    OPERATION(enumerate_superclasses),
    OPERATION(get_pluggable),
    OPERATION(enumerate_pluggable),
    OPERATION(class_info),
    OPERATION(terminal_name),
    OPERATION(terminal_class),
    OPERATION(track_name),
    OPERATION(get_tracks),
    OPERATION(enumerate_tracks),
    OPERATION(get_list),
    OPERATION(get_file),
    OPERATION(scripting_format),
    OPERATION(empty_format),
    OPERATION(get_format),
    OPERATION(put_list),
    OPERATION(put_list_of_two),
    OPERATION(put_file),
    OPERATION(create_track),
    OPERATION(enumerate_streams),
    OPERATION(get_streams),
    OPERATION(stream_name),
    OPERATION(enumerate_terminals),
    OPERATION(get_terminals),
    {"select_playback", select_playback, true},
    {"select_recording", select_recording, true},
    {"create_stream", create_stream, true},
    {"whole_life", whole_life, true},
};

static void watch(void)
{
    media_start(); /* loads the DLLs, anew each time */
    faults_watch(GetModuleHandleW(L"termmgr.dll"));
    faults_watch(GetModuleHandleW(L"simmsp.dll"));
}

static ITTerminal *terminal_of(BSTR class, TERMINAL_DIRECTION direction)
{
    ITTerminal *terminal = NULL;

    REQUIRE_EQ(ITTerminalSupport2_CreateTerminal(m.support, class, TAPIMEDIATYPE_AUDIO, direction,
                                                 &terminal),
               S_OK);
    return terminal;
}

TEST(every_allocation_of_every_media_method_fails_once)
{
    const WCHAR *in = file_path(L"in.wav"), *out = file_path(L"out.wav");
    IEnumTerminal *tracks = NULL;
    LONG blocks;

    watch();
    blocks = faults_blocks();
    wav_make(in, WAVE_FORMAT_PCM, 1, 8000, 16, 400);
    m.in_file = SysAllocString(in);
    m.out_file = SysAllocString(out);
    m.play_class = SysAllocString(CLSID_String_FilePlaybackTerminal);
    m.record_class = SysAllocString(CLSID_String_FileRecordingTerminal);
    m.superclass = SysAllocString(CLSID_String_FileSuperclass);
    media_end_start(&m.end, (HCALL)0x20001);
    m.support = exhaust_face(&m.end.address, &IID_ITTerminalSupport2);
    m.control = exhaust_face(&m.end.call, &IID_ITStreamControl);
    m.out = media_end_stream(&m.end, TD_CAPTURE);
    m.in = media_end_stream(&m.end, TD_RENDER);
    m.play = terminal_of(m.play_class, TD_CAPTURE);
    m.record = terminal_of(m.record_class, TD_RENDER);
    CHECK_EQ(put_list(), S_OK);
    CHECK_EQ(put_file(), S_OK);
    CHECK_EQ(ITMultiTrackTerminal_EnumerateTrackTerminals(TRACKS(m.play), &tracks), S_OK);
    CHECK_EQ(IEnumTerminal_Next(tracks, 1, &m.play_track, NULL), S_OK);
    IEnumTerminal_Release(tracks);
    CHECK_EQ(ITMultiTrackTerminal_CreateTrackTerminal(TRACKS(m.record), TAPIMEDIATYPE_AUDIO,
                                                      TD_RENDER, &m.record_track),
             S_OK);
    for (unsigned i = 0; i < ARRAYSIZE(operations); i++)
        exhaust(&operations[i], NULL, NULL);
    ITTerminal_Release(m.play_track);
    ITTerminal_Release(m.record_track);
    ITTerminal_Release(m.play);
    ITTerminal_Release(m.record);
    ITStream_Release(m.out);
    ITStream_Release(m.in);
    media_end_stop(&m.end);
    CHECK(exhaust_settled(blocks));
    SysFreeString(m.in_file);
    SysFreeString(m.out_file);
    SysFreeString(m.play_class);
    SysFreeString(m.record_class);
    SysFreeString(m.superclass);
    media_stop();
}

static bool played(void *context)
{
    ITTerminal *terminal = context;

    return terminal_state(terminal) == TMS_IDLE;
}

/* A terminal on the call, or NULL where memory ran out. */
static ITTerminal *terminal_on(struct media_end *end, const WCHAR *class,
                               TERMINAL_DIRECTION direction)
{
    BSTR text = SysAllocString(class);
    ITTerminal *terminal = NULL;

    if (SUCCEEDED(msp_host_request_terminal(end->address.host, text, TAPIMEDIATYPE_AUDIO, direction,
                                            &terminal)) &&
        FAILED(msp_call_select_terminal(end->call.call, terminal))) {
        ITTerminal_Release(terminal);
        terminal = NULL;
    }
    SysFreeString(text);
    return terminal;
}

static void connect_end(struct media_end *end, const struct audio_port_offer *offer)
{
    msp_call_set_handle(end->call.call, end->handle);
    if (end->address.host)
        media_end_offer(end, offer, TRUE);
}

/* A file is played to somebody who records it, and on whatever thread it is there is no memory for
 * something: less is heard, or nothing. Nothing hangs, nothing stays. */
TEST(sound_for_which_memory_runs_out_anywhere)
{
    static struct fake_exchange exchange;
    static struct media_end a, b;
    unsigned n;
    bool fired = true;

    /* Wine's filter graph takes it for granted that a filter gives its pins. */
    faults_spare(LoadLibraryW(L"quartz.dll"));
    for (n = 1; n < 400 && fired; n++) {
        const WCHAR *in, *out;
        BSTR in_text, out_text;
        ITTerminal *play, *record;
        VARIANT list;
        LONG blocks;

        watch();
        blocks = faults_blocks();
        in = file_path(L"in.wav");
        out = file_path(L"out.wav");
        wav_make(in, WAVE_FORMAT_PCM, 1, 8000, 16, 400);
        in_text = SysAllocString(in);
        out_text = SysAllocString(out);
        fake_exchange_start(&exchange);
        faults_arm(n, FAULT_ALL_THREADS);

        media_end_try(&a, (HCALL)0x10001);
        media_end_try(&b, (HCALL)0x10002);
        connect_end(&a, &exchange.port[0].offer);
        connect_end(&b, &exchange.port[1].offer);
        record = terminal_on(&b, CLSID_String_FileRecordingTerminal, TD_RENDER);
        if (record && SUCCEEDED(ITMediaRecord_put_FileName(RECORD(record), out_text)))
            terminal_start(record);
        play = terminal_on(&a, CLSID_String_FilePlaybackTerminal, TD_CAPTURE);
        V_VT(&list) = VT_BSTR;
        V_BSTR(&list) = in_text;
        if (play && SUCCEEDED(ITMediaPlayback_put_PlayList(PLAYBACK(play), list)) &&
            SUCCEEDED(terminal_start(play)))
            wait_until(played, play, a.changed, 200);
        if (record)
            terminal_stop(record);
        if (play)
            terminal_stop(play);
        fired = faults_disarm();
        if (record)
            ITTerminal_Release(record);
        if (play)
            ITTerminal_Release(play);
        media_end_stop(&a);
        media_end_stop(&b);
        fake_exchange_end(&exchange);
        SysFreeString(in_text);
        SysFreeString(out_text);
        if (!exhaust_settled(blocks)) {
            FAIL("allocation %u, by %s: %ld blocks are lost", n, faults_where(),
                 faults_blocks() - blocks);
            fired = false;
        }
        media_stop();
    }
    test_note("%u allocations failed", n - 1);
    CHECK(n > 20 && n < 400);
}
