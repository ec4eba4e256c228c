/* media_test.c - a WAV played into one end of a call is recorded at the other, bit for bit. */
#include "tests/media/media_fixture.h"
#include "msp/sim/ring.h"

#include <stdlib.h>

static struct fake_exchange exchange;
static struct media_end a, b;
static BOOL exchange_on, ends_on;

TEST_BEFORE
{
    media_start();
    fake_exchange_start(&exchange);
    exchange_on = TRUE;
    media_end_start(&a, (HCALL)0x10001);
    media_end_start(&b, (HCALL)0x10002);
    ends_on = TRUE;
}

TEST_AFTER
{
    if (ends_on) {
        media_end_stop(&a);
        media_end_stop(&b);
    }
    if (exchange_on)
        fake_exchange_end(&exchange);
    ends_on = exchange_on = FALSE;
    media_stop();
}

/* The call is connected: each end gets its handle and its path. */
static void ends_connect(void)
{
    msp_call_set_handle(a.call.call, a.handle);
    msp_call_set_handle(b.call.call, b.handle);
    media_end_offer(&a, &exchange.port[0].offer, TRUE);
    media_end_offer(&b, &exchange.port[1].offer, TRUE);
}

static void play_and_record(WORD tag, WORD channels, DWORD rate, WORD bits, DWORD bytes)
{
    const WCHAR *in = file_path(L"in.wav"), *out = file_path(L"out.wav");
    ITTerminal *play, *record;

    wav_make(in, tag, channels, rate, bits, bytes);
    ends_connect();
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    CHECK_EQ(exchange.ends, 1); /* all has been taken before the event */
    CHECK_EQ(terminal_state(play), TMS_IDLE);
    CHECK_EQ(terminal_stop(record), S_OK);
    CHECK(media_end_wait_file(&b, TMS_IDLE, FTEC_NORMAL, 1));
    files_check_equal(out, in);
    CHECK_EQ(exchange.dropped, 0);
    ITTerminal_Release(play);
    ITTerminal_Release(record);
}

TEST(pcm_8k_16_mono)
{
    play_and_record(1, 1, 8000, 16, 160000);
}

TEST(pcm_44k_16_stereo)
{
    play_and_record(1, 2, 44100, 16, 1000000);
}

TEST(pcm_8_bit_odd_length)
{
    play_and_record(1, 1, 11025, 8, 12345);
}

TEST(pcm_24_bit_six_channels)
{
    play_and_record(1, 6, 48000, 24, 18 * 4321);
}

TEST(a_law)
{
    play_and_record(6, 1, 8000, 8, 8001);
}

TEST(a_single_block)
{
    play_and_record(1, 1, 8000, 16, 2);
}

TEST(an_empty_file_is_played_and_recorded)
{
    play_and_record(1, 1, 8000, 16, 0);
}

TEST(what_was_selected_before_the_call_connects_starts_with_it)
{
    const WCHAR *in = file_path(L"in.wav"), *out = file_path(L"out.wav");
    ITTerminal *play, *record;

    wav_make(in, 1, 1, 8000, 16, 50000);
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK_EQ(terminal_state(play), TMS_ACTIVE);
    /* The data comes before the call has a handle: kept for it. */
    media_end_offer(&b, &exchange.port[1].offer, TRUE);
    msp_call_set_handle(b.call.call, b.handle);
    CHECK(media_end_wait_call(&b, CALL_STREAM_ACTIVE, 1));
    media_end_offer(&a, &exchange.port[0].offer, TRUE);
    msp_call_set_handle(a.call.call, a.handle);
    CHECK(media_end_wait_call(&a, CALL_STREAM_ACTIVE, 1));
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    CHECK_EQ(terminal_stop(record), S_OK);
    files_check_equal(out, in);
    ITTerminal_Release(play);
    ITTerminal_Release(record);
}

TEST(both_directions_at_once)
{
    const WCHAR *in[2] = {file_path(L"in0.wav"), file_path(L"in1.wav")};
    const WCHAR *out[2] = {file_path(L"out0.wav"), file_path(L"out1.wav")};
    struct media_end *end[2] = {&a, &b};
    ITTerminal *play[2], *record[2];
    int i;

    wav_make(in[0], 1, 1, 8000, 16, 200000);
    wav_make(in[1], 1, 2, 22050, 16, 300000);
    ends_connect();
    for (i = 0; i < 2; i++) {
        record[i] = media_end_terminal(end[i], CLSID_String_FileRecordingTerminal);
        terminal_file_name(record[i], out[i]);
        CHECK_EQ(terminal_start(record[i]), S_OK);
        play[i] = media_end_terminal(end[i], CLSID_String_FilePlaybackTerminal);
        terminal_play_list(play[i], in[i]);
    }
    for (i = 0; i < 2; i++)
        CHECK_EQ(terminal_start(play[i]), S_OK);
    for (i = 0; i < 2; i++)
        CHECK(media_end_wait_file(end[i], TMS_IDLE, FTEC_END_OF_FILE, 1));
    for (i = 0; i < 2; i++) {
        CHECK_EQ(terminal_stop(record[i]), S_OK);
        files_check_equal(out[i], in[1 - i]);
        ITTerminal_Release(play[i]);
        ITTerminal_Release(record[i]);
    }
}

/* Two files one after the other, then the first again: one recording of all three. */
TEST(several_plays_make_one_recording)
{
    const WCHAR *in = file_path(L"in.wav"), *out = file_path(L"out.wav");
    ITTerminal *play, *record;
    struct file_bytes recorded;

    wav_make(in, 1, 1, 8000, 16, 10000);
    ends_connect();
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 2));
    CHECK_EQ(terminal_stop(record), S_OK);
    recorded = file_load(out);
    CHECK_EQ(recorded.size, 44 + 20000);
    free(recorded.bytes);
    ITTerminal_Release(play);
    ITTerminal_Release(record);
}

/* The exchange takes nothing: Stop must not wait for it. */
TEST(playing_is_stopped_while_the_exchange_stands_still)
{
    const WCHAR *in = file_path(L"in.wav");
    ITTerminal *play;

    wav_make(in, 1, 1, 8000, 16, 500000);
    ResetEvent(exchange.gate);
    ends_connect();
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_ACTIVE, FTEC_NORMAL, 1));
    CHECK_EQ(terminal_stop(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_NORMAL, 1));
    /* And again, to be left playing when everything is taken down. */
    CHECK_EQ(terminal_start(play), S_OK);
    ITTerminal_Release(play);
}

/* The stream is stopped in mid-file and started again: nothing is lost, nothing comes twice. */
TEST(a_stream_stopped_and_started_again_loses_nothing)
{
    const WCHAR *in = file_path(L"in.wav"), *out = file_path(L"out.wav");
    ITTerminal *play, *record;
    ITStream *stream;
    int i;

    wav_make(in, 1, 1, 8000, 16, 100000);
    ends_connect();
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    stream = media_end_stream(&a, TD_CAPTURE);
    REQUIRE(stream != NULL);
    ResetEvent(exchange.gate);
    CHECK_EQ(terminal_start(play), S_OK);
    for (i = 0; i < 5; i++) {
        CHECK_EQ(ITStream_StopStream(stream), S_OK);
        CHECK(media_end_wait_call(&a, CALL_STREAM_INACTIVE, i + 1));
        CHECK_EQ(ITStream_StartStream(stream), S_OK);
        CHECK(media_end_wait_call(&a, CALL_STREAM_ACTIVE, i + 2));
    }
    SetEvent(exchange.gate);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    CHECK_EQ(terminal_stop(record), S_OK);
    files_check_equal(out, in);
    ITStream_Release(stream);
    ITTerminal_Release(play);
    ITTerminal_Release(record);
}

/* The far end's path closes: what it had sent is still recorded, and the file is whole. */
TEST(a_recording_survives_the_end_of_the_call)
{
    const WCHAR *in = file_path(L"in.wav"), *out = file_path(L"out.wav");
    ITTerminal *play, *record;

    wav_make(in, 1, 1, 8000, 16, 40000);
    ends_connect();
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    exchange.port[1].shared->closed = 1;
    SetEvent(exchange.port[1].put[AUDIO_FROM_EXCHANGE]);
    media_end_offer(&b, &exchange.port[1].offer, FALSE);
    CHECK(media_end_wait_call(&b, CALL_STREAM_INACTIVE, 1));
    ITTerminal_Release(play);
    ITTerminal_Release(record);
    /* Never stopped: taking the call down completes the file. */
    media_end_stop(&a);
    media_end_stop(&b);
    ends_on = FALSE;
    files_check_equal(out, in);
}

/* One recording has one format. */
TEST(a_change_of_format_in_mid_recording_is_an_error_event)
{
    const WCHAR *in = file_path(L"in.wav"), *in2 = file_path(L"in2.wav");
    const WCHAR *out = file_path(L"out.wav");
    ITTerminal *play, *record;

    wav_make(in, 1, 1, 8000, 16, 4000);
    wav_make(in2, 1, 2, 8000, 16, 4000);
    ends_connect();
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    terminal_play_list(play, in2);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 2));
    CHECK(media_end_wait_file(&b, TMS_IDLE, FTEC_WRITE_ERROR, 1));
    files_check_equal(out, in);
    ITTerminal_Release(play);
    ITTerminal_Release(record);
}

/* What is heard while the recording is paused is not in it. */
TEST(a_paused_recording_leaves_out_what_comes)
{
    const WCHAR *in = file_path(L"in.wav"), *in2 = file_path(L"in2.wav");
    const WCHAR *out = file_path(L"out.wav");
    ITTerminal *play, *record;
    ITStream *stream;

    wav_make(in, 1, 1, 8000, 16, 4000);
    wav_make(in2, 1, 1, 8000, 16, 6000);
    ends_connect();
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    /* Stopping the stream drains it; paused, the next sound finds nobody recording. */
    stream = media_end_stream(&b, TD_RENDER);
    REQUIRE(stream != NULL);
    CHECK_EQ(ITStream_StopStream(stream), S_OK);
    CHECK_EQ(terminal_pause(record), S_OK);
    CHECK_EQ(terminal_state(record), TMS_PAUSED);
    CHECK_EQ(ITStream_StartStream(stream), S_OK);
    terminal_play_list(play, in2);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 2));
    CHECK_EQ(terminal_stop(record), S_OK);
    files_check_equal(out, in);
    ITStream_Release(stream);
    ITTerminal_Release(play);
    ITTerminal_Release(record);
}

TEST(nobody_listening_holds_nobody_up)
{
    const WCHAR *in = file_path(L"in.wav");
    ITTerminal *play;

    wav_make(in, 1, 1, 8000, 16, 300000);
    ends_connect();
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_END_OF_FILE, 1));
    CHECK(exchange.dropped > 0);
    CHECK_EQ(exchange.carried, 0);
    ITTerminal_Release(play);
}

TEST(a_spoilt_ring_ends_the_sound_and_nothing_else)
{
    const WCHAR *in = file_path(L"in.wav"), *out = file_path(L"out.wav");
    ITTerminal *play, *record;
    struct file_bytes recorded;

    wav_make(in, 1, 1, 8000, 16, 50000);
    ends_connect();
    exchange.port[0].shared->ring[AUDIO_TO_EXCHANGE].take = 0x12345;
    exchange.port[1].shared->ring[AUDIO_FROM_EXCHANGE].put = 0x54321;
    record = media_end_terminal(&b, CLSID_String_FileRecordingTerminal);
    terminal_file_name(record, out);
    CHECK_EQ(terminal_start(record), S_OK);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    terminal_play_list(play, in);
    CHECK_EQ(terminal_start(play), S_OK);
    CHECK(media_end_wait_file(&a, TMS_IDLE, FTEC_READ_ERROR, 1));
    CHECK_EQ(terminal_stop(record), S_OK);
    recorded = file_load(out);
    CHECK_EQ(recorded.size, 44);
    free(recorded.bytes);
    ITTerminal_Release(play);
    ITTerminal_Release(record);
}

TEST(offers_that_are_nonsense_are_ignored)
{
    struct audio_port_offer offer = exchange.port[0].offer;
    ITTerminal *play;
    int i;

    msp_call_set_handle(a.call.call, a.handle);
    offer.magic++;
    media_end_offer(&a, &offer, TRUE);
    offer = exchange.port[0].offer;
    for (i = 0; i < 64; i++)
        offer.name[i] = 'x'; /* no end */
    media_end_offer(&a, &offer, TRUE);
    offer.name[3] = 0; /* no such section */
    media_end_offer(&a, &offer, TRUE);
    msp_host_receive(a.address.host, 0, a.handle, &offer, 7);
    msp_host_receive(a.address.host, 4711, a.handle, &exchange.port[0].offer, sizeof(offer));
    msp_host_receive(a.address.host, 0, 0, &offer, sizeof(offer));
    CHECK_EQ(a.event_count, 0);
    /* What a well-made offer names is looked at when sound is to flow. */
    exchange.port[0].shared->magic = 0;
    media_end_offer(&a, &exchange.port[0].offer, TRUE);
    CHECK_EQ(a.event_count, 0);
    play = media_end_terminal(&a, CLSID_String_FilePlaybackTerminal);
    ITTerminal_Release(play);
    CHECK(media_end_wait_call(&a, CALL_STREAM_FAIL, 1));
}
