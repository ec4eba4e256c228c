/* files_test.c - file terminals as a program gets them from its Address: tracks and their formats,
 * the play list, the file's name and the control of it, by name as well, and each refusal. */
#include "tests/com/methods/methods.h"

#include <stdio.h>

static WCHAR path[MAX_PATH];

/* A file of our own; with its hundred samples where `sound` is true. */
static void file_make(const WCHAR *name, bool sound)
{
    struct {
        char riff[4];
        DWORD riff_size;
        char wave[8];
        DWORD format_size;
        WORD tag, channels;
        DWORD rate, speed;
        WORD block, bits;
        char data[4];
        DWORD size;
        BYTE samples[200];
    } wav = {"RIFF", 236, "WAVEfmt ", 16, 1, 1, 8000, 16000, 2, 16, "data", 200, {0}};
    FILE *file;

    GetTempPathW(MAX_PATH - 64, path);
    swprintf(path + wcslen(path), 64, L"methods-%u-%ls", (unsigned)GetCurrentProcessId(), name);
    DeleteFileW(path);
    if (!sound)
        return;
    file = _wfopen(path, L"wb");
    REQUIRE(file != NULL);
    CHECK_EQ(fwrite(&wav, sizeof(wav), 1, file), 1);
    fclose(file);
}

static ITTerminal *create(struct client *client, const WCHAR *class, TERMINAL_DIRECTION direction)
{
    ITTerminalSupport *support = interface_of(client->address, &IID_ITTerminalSupport);
    BSTR text = SysAllocString(class);
    ITTerminal *terminal = NULL;

    REQUIRE_EQ(
        ITTerminalSupport_CreateTerminal(support, text, TAPIMEDIATYPE_AUDIO, direction, &terminal),
        S_OK);
    SysFreeString(text);
    ITTerminalSupport_Release(support);
    return terminal;
}

TEST_BOTH(tracks_of_a_terminal)
{
    struct client *a = client_open(L"101");
    ITTerminal *player = create(a, CLSID_String_FilePlaybackTerminal, TD_CAPTURE);
    ITTerminal *recorder = create(a, CLSID_String_FileRecordingTerminal, TD_RENDER), *track;
    ITMultiTrackTerminal *plays = interface_of(player, &IID_ITMultiTrackTerminal);
    ITMultiTrackTerminal *records = interface_of(recorder, &IID_ITMultiTrackTerminal);
    TERMINAL_DIRECTION directions;
    VARIANT late;
    LONG media;

    CHECK_EQ(ITMultiTrackTerminal_get_TrackTerminals(plays, &late), S_OK);
    CHECK(collection_has(&late, 1));
    CHECK(named_list(player, L"TrackTerminals", 1, ""));
    CHECK(named_list(player, L"EnumerateTrackTerminals", 1, ""));
    CHECK_EQ(ITMultiTrackTerminal_get_MediaTypesInUse(plays, &media), S_OK);
    CHECK_EQ(media, 0);
    CHECK_EQ(late_number(player, L"MediaTypesInUse"), 0);
    CHECK_EQ(ITMultiTrackTerminal_get_DirectionsInUse(plays, &directions), S_OK);
    CHECK_EQ(directions, TD_NONE);
    CHECK_EQ(late_number(player, L"DirectionsInUse"), TD_NONE);
    POISON(track);
    CHECK_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(plays, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &track),
        TAPI_E_NOTSUPPORTED);
    CHECK(track == NULL);
    CHECK_EQ(ITMultiTrackTerminal_RemoveTrackTerminal(plays, player), TAPI_E_NOTSUPPORTED);

    CHECK_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(records, TAPIMEDIATYPE_VIDEO, TD_RENDER, &track),
        TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(records, TAPIMEDIATYPE_AUDIO, TD_CAPTURE, &track),
        TAPI_E_INVALIDDIRECTION);
    REQUIRE_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(records, TAPIMEDIATYPE_AUDIO, TD_RENDER, &track),
        S_OK);
    CHECK_EQ(
        named_call(recorder, L"CreateTrackTerminal", &late, "ll", TAPIMEDIATYPE_AUDIO, TD_RENDER),
        TAPI_E_MAXTERMINALS);
    CHECK_EQ(ITMultiTrackTerminal_RemoveTrackTerminal(records, NULL), E_POINTER);
    CHECK_EQ(ITMultiTrackTerminal_RemoveTrackTerminal(records, player), E_INVALIDARG);
    CHECK_EQ(ITMultiTrackTerminal_RemoveTrackTerminal(records, track), S_OK);
    ITTerminal_Release(track);
    REQUIRE_EQ(
        named_call(recorder, L"CreateTrackTerminal", &late, "ll", TAPIMEDIATYPE_AUDIO, TD_RENDER),
        S_OK);
    CHECK_EQ(named_call(recorder, L"RemoveTrackTerminal", NULL, "o", V_DISPATCH(&late)), S_OK);
    CHECK_EQ(named_call(recorder, L"RemoveTrackTerminal", NULL, "o", V_DISPATCH(&late)),
             E_INVALIDARG);
    VariantClear(&late);
    ITMultiTrackTerminal_Release(records);
    ITMultiTrackTerminal_Release(plays);
    ITTerminal_Release(recorder);
    ITTerminal_Release(player);
    client_close(a);
}

#define CHECK_NUMBER(name, value_, out_of_range)                                                   \
    do {                                                                                           \
        LONG value;                                                                                \
        CHECK_EQ(ITScriptableAudioFormat_put_##name(format, value_), S_OK);                        \
        CHECK_EQ(ITScriptableAudioFormat_get_##name(format, &value), S_OK);                        \
        CHECK_EQ(value, value_);                                                                   \
        CHECK_EQ(named_put(format, L"" #name, "l", value_), S_OK);                                 \
        CHECK_EQ(late_number(format, L"" #name), value_);                                          \
        CHECK_EQ(ITScriptableAudioFormat_put_##name(format, out_of_range), E_INVALIDARG);          \
        CHECK_EQ(late_number(format, L"" #name), value_);                                          \
    } while (0)

TEST_BOTH(the_format_of_a_track)
{
    struct client *a = client_open(L"101");
    ITTerminal *recorder = create(a, CLSID_String_FileRecordingTerminal, TD_RENDER), *parent;
    ITMultiTrackTerminal *records = interface_of(recorder, &IID_ITMultiTrackTerminal);
    ITScriptableAudioFormat *format = NULL, *again = NULL;
    AM_MEDIA_TYPE wrong = {0}, *type = NULL;
    ITTerminal *track = NULL;
    ITFileTrack *file;
    VARIANT late;

    REQUIRE_EQ(
        ITMultiTrackTerminal_CreateTrackTerminal(records, TAPIMEDIATYPE_AUDIO, TD_RENDER, &track),
        S_OK);
    file = interface_of(track, &IID_ITFileTrack);
    CHECK_EQ(ITFileTrack_get_ControllingTerminal(file, &parent), S_OK);
    CHECK(parent == recorder);
    ITTerminal_Release(parent);
    CHECK_EQ(named_get(track, L"ControllingTerminal", &late, ""), S_OK);
    CHECK((void *)V_DISPATCH(&late) == (void *)recorder);
    VariantClear(&late);
    CHECK_EQ(named_get(track, L"EmptyAudioFormatForScripting", &late, ""), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&late), L"Channels"), 0);
    CHECK_EQ(named_put(track, L"AudioFormatForScripting", "o", V_DISPATCH(&late)), E_INVALIDARG);
    VariantClear(&late);
    REQUIRE_EQ(ITFileTrack_get_EmptyAudioFormatForScripting(file, &format), S_OK);
    CHECK_NUMBER(Channels, 1, 0x10000);
    CHECK_NUMBER(SamplesPerSec, 8000, -1);
    CHECK_NUMBER(AvgBytesPerSec, 16000, -1);
    CHECK_NUMBER(BlockAlign, 2, 0x10000);
    CHECK_NUMBER(BitsPerSample, 16, 0x10000);
    CHECK_NUMBER(FormatTag, 1, 0x10000);
    CHECK_EQ(ITFileTrack_put_AudioFormatForScripting(file, NULL), E_POINTER);
    CHECK_EQ(ITFileTrack_put_AudioFormatForScripting(file, format), S_OK);
    CHECK_EQ(named_put(track, L"AudioFormatForScripting", "o", format), S_OK);
    REQUIRE_EQ(ITFileTrack_get_AudioFormatForScripting(file, &again), S_OK);
    CHECK_EQ(late_number(again, L"SamplesPerSec"), 8000);
    ITScriptableAudioFormat_Release(again);
    CHECK_EQ(named_get(track, L"AudioFormatForScripting", &late, ""), S_OK);
    CHECK_EQ(late_number(V_DISPATCH(&late), L"BitsPerSample"), 16);
    VariantClear(&late);
    REQUIRE_EQ(ITFileTrack_get_Format(file, &type), S_OK);
    CHECK_EQ(ITFileTrack_put_Format(file, type), S_OK);
    CHECK_EQ(ITFileTrack_put_Format(file, NULL), E_POINTER);
    CHECK_EQ(ITFileTrack_put_Format(file, &wrong), E_INVALIDARG);
    CoTaskMemFree(type->pbFormat);
    CoTaskMemFree(type);
    ITScriptableAudioFormat_Release(format);
    ITFileTrack_Release(file);
    ITTerminal_Release(track);
    ITMultiTrackTerminal_Release(records);
    ITTerminal_Release(recorder);
    client_close(a);
}

TEST_BOTH(a_file_to_play)
{
    struct client *a = client_open(L"101");
    ITTerminal *player = create(a, CLSID_String_FilePlaybackTerminal, TD_CAPTURE);
    ITMediaPlayback *playback = interface_of(player, &IID_ITMediaPlayback);
    ITMediaControl *control = interface_of(player, &IID_ITMediaControl);
    TERMINAL_MEDIA_STATE state;
    VARIANT list, late;

    file_make(L"in.wav", true);
    list = late_bstr(path);
    CHECK_EQ(ITMediaPlayback_get_PlayList(playback, &late), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITMediaControl_Start(control), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITMediaControl_Pause(control), TAPI_E_WRONG_STATE);
    CHECK_EQ(ITMediaControl_get_MediaState(control, &state), S_OK);
    CHECK_EQ(state, TMS_IDLE);
    CHECK_EQ(late_number(player, L"MediaState"), TMS_IDLE);
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, list), S_OK);
    CHECK_EQ(named_put(player, L"PlayList", "v", &list), S_OK);
    CHECK_EQ(named_get(player, L"PlayList", &late, ""), S_OK);
    CHECK_EQ(V_VT(&late), VT_ARRAY | VT_VARIANT);
    VariantClear(&late);
    late = late_i4(7);
    CHECK_EQ(named_put(player, L"PlayList", "v", &late), E_INVALIDARG);
    CHECK_EQ(ITMediaControl_Start(control), S_OK);
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, list), TAPI_E_WRONG_STATE);
    CHECK_EQ(ITMediaControl_Pause(control), S_OK);
    CHECK_EQ(late_number(player, L"MediaState"), TMS_PAUSED);
    CHECK_EQ(ITMediaControl_Stop(control), S_OK);
    CHECK_EQ(named_call(player, L"Start", NULL, ""), S_OK);
    CHECK_EQ(named_call(player, L"Pause", NULL, ""), S_OK);
    CHECK_EQ(named_call(player, L"Stop", NULL, ""), S_OK);
    VariantClear(&list);
    ITMediaControl_Release(control);
    ITMediaPlayback_Release(playback);
    ITTerminal_Release(player);
    DeleteFileW(path);
    client_close(a);
}

TEST_BOTH(a_file_to_record)
{
    struct client *a = client_open(L"101");
    ITTerminal *recorder = create(a, CLSID_String_FileRecordingTerminal, TD_RENDER);
    ITMediaRecord *record = interface_of(recorder, &IID_ITMediaRecord);
    ITMediaControl *control = interface_of(recorder, &IID_ITMediaControl);
    BSTR name, got = NULL;

    file_make(L"out.wav", false);
    name = SysAllocString(path);
    CHECK_EQ(ITMediaControl_Start(control), TAPI_E_NOT_INITIALIZED);
    CHECK_EQ(ITMediaRecord_put_FileName(record, name), S_OK);
    CHECK_EQ(named_put(recorder, L"FileName", "s", path), S_OK);
    CHECK_EQ(ITMediaRecord_get_FileName(record, &got), S_OK);
    CHECK_WSTR(got, path);
    CHECK_WSTR(late_text(recorder, L"FileName"), path);
    CHECK_EQ(ITMediaControl_Start(control), S_OK);
    CHECK_EQ(ITMediaRecord_put_FileName(record, name), TAPI_E_WRONG_STATE);
    CHECK_EQ(named_put(recorder, L"FileName", "s", path), TAPI_E_WRONG_STATE);
    CHECK_EQ(ITMediaControl_Stop(control), S_OK);
    CHECK_EQ(ITMediaRecord_put_FileName(record, NULL), S_OK); /* completes the file */
    SysFreeString(got);
    SysFreeString(name);
    ITMediaControl_Release(control);
    ITMediaRecord_Release(record);
    ITTerminal_Release(recorder);
    DeleteFileW(path);
    client_close(a);
}
