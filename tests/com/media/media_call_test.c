/*
 * media_call_test.c - a C program sends a WAV through a call: what A plays, B records, bit for bit;
 * through COM, TAPI/C, TSPI, the exchange and both media providers.
 */
#include "tests/com/client.h"

#include <stdio.h>
#include <stdlib.h>

static bool can_unload(void *can)
{
    return ((HRESULT(WINAPI *)(void))can)() == S_OK;
}

/* After com_leave: nothing of the media side is alive, once its last thread has let go. */
static void media_check_leaks(void)
{
    static const WCHAR *const names[] = {L"termmgr.dll", L"simmsp.dll"};
    int i;

    for (i = 0; i < 2; i++) {
        HMODULE module = GetModuleHandleW(names[i]);
        void *can;

        REQUIRE(module != NULL);
        can = (void *)GetProcAddress(module, "DllCanUnloadNow");
        CHECK(wait_until(can_unload, can, NULL, WAIT_LONG));
    }
}

/* ---- files ------------------------------------------------------------------------------ */

static WCHAR in_path[MAX_PATH], out_path[MAX_PATH];

static void paths_make(void)
{
    WCHAR folder[MAX_PATH];

    GetTempPathW(MAX_PATH - 64, folder);
    wsprintfW(in_path, L"%sot-com-%u-in.wav", folder, (unsigned)GetCurrentProcessId());
    wsprintfW(out_path, L"%sot-com-%u-out.wav", folder, (unsigned)GetCurrentProcessId());
}

/* PCM, 16 bits, noise. */
static DWORD wav_make(DWORD rate, WORD channels, DWORD bytes)
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
    } head = {"RIFF", 36 + bytes,          "WAVEfmt ",           16, 1,      channels,
              rate,   rate * channels * 2, (WORD)(channels * 2), 16, "data", bytes};
    FILE *file = _wfopen(in_path, L"wb");
    DWORD i, seed = bytes + rate;

    REQUIRE(file != NULL);
    fwrite(&head, sizeof(head), 1, file);
    for (i = 0; i < bytes; i++) {
        seed = seed * 1664525 + 1013904223;
        fputc((int)(seed >> 24), file);
    }
    fclose(file);
    return bytes;
}

static BYTE *load(const WCHAR *path, long *size)
{
    FILE *file = _wfopen(path, L"rb");
    BYTE *bytes;

    *size = 0;
    if (!CHECK(file != NULL))
        return NULL;
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    bytes = malloc((size_t)*size + 1);
    CHECK_EQ(fread(bytes, 1, (size_t)*size, file), *size);
    fclose(file);
    return bytes;
}

static void files_check_equal(void)
{
    long a_size, b_size;
    BYTE *a = load(out_path, &a_size), *b = load(in_path, &b_size);

    if (CHECK_EQ(a_size, b_size))
        CHECK_BYTES(a, b, (size_t)a_size);
    free(a);
    free(b);
}

/* ---- what the sinks see of the media ------------------------------------------------------ */

struct media_log {
    HANDLE idle; /* a file terminal has become idle; manual reset */
    volatile LONG cause, active;
};

static void on_event(struct client *client, TAPI_EVENT type, IDispatch *event)
{
    struct media_log *log = client->context;
    ITFileTerminalEvent *file;
    TERMINAL_MEDIA_STATE state;
    FT_STATE_EVENT_CAUSE cause;
    ITCallInfo *call;
    ITTerminal *terminal;

    if (type != TE_FILETERMINAL ||
        !CHECK_EQ(IDispatch_QueryInterface(event, &IID_ITFileTerminalEvent, (void **)&file), S_OK))
        return;
    CHECK_EQ(ITFileTerminalEvent_get_State(file, &state), S_OK);
    CHECK_EQ(ITFileTerminalEvent_get_Cause(file, &cause), S_OK);
    if (CHECK_EQ(ITFileTerminalEvent_get_Call(file, &call), S_OK))
        ITCallInfo_Release(call);
    if (CHECK_EQ(ITFileTerminalEvent_get_Terminal(file, &terminal), S_OK))
        ITTerminal_Release(terminal);
    if (state == TMS_ACTIVE)
        InterlockedIncrement(&log->active);
    if (state == TMS_IDLE) {
        log->cause = cause;
        SetEvent(log->idle);
    }
    ITFileTerminalEvent_Release(file);
}

static ITTerminal *terminal_on_call(ITBasicCallControl *call, const WCHAR *class,
                                    TERMINAL_DIRECTION direction)
{
    ITBasicCallControl2 *control;
    BSTR text = SysAllocString(class);
    ITTerminal *terminal = NULL;

    REQUIRE_EQ(ITBasicCallControl_QueryInterface(call, &IID_ITBasicCallControl2, (void **)&control),
               S_OK);
    CHECK_EQ(ITBasicCallControl2_RequestTerminal(control, text, TAPIMEDIATYPE_AUDIO, direction,
                                                 &terminal),
             S_OK);
    REQUIRE(terminal != NULL);
    CHECK_EQ(ITBasicCallControl2_SelectTerminalOnCall(control, terminal), S_OK);
    SysFreeString(text);
    ITBasicCallControl2_Release(control);
    return terminal;
}

static ITMediaControl *control_of(ITTerminal *terminal)
{
    ITMediaControl *control = NULL;

    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaControl, (void **)&control), S_OK);
    return control;
}

static ITMediaControl *recorder(ITBasicCallControl *call)
{
    ITTerminal *terminal = terminal_on_call(call, CLSID_String_FileRecordingTerminal, TD_RENDER);
    ITMediaControl *control = control_of(terminal);
    BSTR name = SysAllocString(out_path);
    ITMediaRecord *record;

    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaRecord, (void **)&record), S_OK);
    CHECK_EQ(ITMediaRecord_put_FileName(record, name), S_OK);
    SysFreeString(name);
    ITMediaRecord_Release(record);
    ITTerminal_Release(terminal);
    return control;
}

static ITMediaControl *player(ITBasicCallControl *call)
{
    ITTerminal *terminal = terminal_on_call(call, CLSID_String_FilePlaybackTerminal, TD_CAPTURE);
    ITMediaControl *control = control_of(terminal);
    ITMediaPlayback *playback;
    VARIANT list;

    REQUIRE_EQ(ITTerminal_QueryInterface(terminal, &IID_ITMediaPlayback, (void **)&playback), S_OK);
    V_VT(&list) = VT_BSTR;
    V_BSTR(&list) = SysAllocString(in_path);
    CHECK_EQ(ITMediaPlayback_put_PlayList(playback, list), S_OK);
    VariantClear(&list);
    ITMediaPlayback_Release(playback);
    ITTerminal_Release(terminal);
    return control;
}

/* ---- scenarios ---------------------------------------------------------------------------- */

struct scene {
    struct client *a, *b;
    ITBasicCallControl *call, *answered;
    struct media_log heard_a, heard_b;
    ISimPBX *exchange;
    int number; /* of the call in each client's log */
};

/* Waits for an event of the current call. */
static bool scene_wait(struct scene *scene, struct client *client, const char *event)
{
    char text[64];

    if (scene->number < 2)
        return client_wait(client, event);
    snprintf(text, sizeof(text), "%s #%d", event, scene->number);
    return client_wait(client, text);
}

static void exchange_advance(struct scene *scene, LONG ms)
{
    if (MEDIA_STEPPED)
        CHECK_EQ(ISimPBX_Step(scene->exchange, ms), S_OK);
}

static void scene_start(struct scene *scene)
{
    memset(scene, 0, sizeof(*scene));
    com_enter(COM_MTA);
    paths_make();
    scene->a = client_open(L"101");
    scene->b = client_open(L"102");
    for (int i = 0; i < 2; i++) {
        ITTAPI2 *tapi = i ? scene->b->tapi : scene->a->tapi;
        LONG filter = 0;

        CHECK_EQ(ITTAPI2_get_EventFilter(tapi, &filter), S_OK);
        CHECK_EQ(ITTAPI2_put_EventFilter(tapi, filter | TE_FILETERMINAL), S_OK);
    }
    scene->exchange = client_exchange();
    REQUIRE(scene->exchange != NULL);
    scene->heard_a.idle = CreateEventW(NULL, TRUE, FALSE, NULL);
    scene->heard_b.idle = CreateEventW(NULL, TRUE, FALSE, NULL);
    scene->a->context = &scene->heard_a;
    scene->b->context = &scene->heard_b;
    scene->a->on_event = scene->b->on_event = on_event;
}

static void scene_connect(struct scene *scene)
{
    scene->number++;
    scene->call = client_call(scene->a, L"102");
    REQUIRE(scene->call != NULL);
    exchange_advance(scene, 1000);
    REQUIRE(scene_wait(scene, scene->b, "state offering"));
    scene->answered = client_offered(scene->b);
    REQUIRE(scene->answered != NULL);
    CHECK_EQ(ITBasicCallControl_Answer(scene->answered), S_OK);
    exchange_advance(scene, 1000);
    CHECK(scene_wait(scene, scene->a, "state connected"));
    CHECK(scene_wait(scene, scene->b, "state connected"));
}

static void scene_end(struct scene *scene)
{
    if (scene->call)
        ITBasicCallControl_Release(scene->call);
    if (scene->answered)
        ITBasicCallControl_Release(scene->answered);
    ISimPBX_Release(scene->exchange);
    client_close(scene->a);
    client_close(scene->b);
    CloseHandle(scene->heard_a.idle);
    CloseHandle(scene->heard_b.idle);
    DeleteFileW(in_path);
    DeleteFileW(out_path);
    com_leave();
    media_check_leaks();
}

static void send_wav(DWORD rate, WORD channels, DWORD bytes)
{
    ITMediaControl *play, *record;
    struct scene scene;
    unsigned long long began;

    scene_start(&scene);
    wav_make(rate, channels, bytes);
    scene_connect(&scene);
    record = recorder(scene.answered);
    CHECK_EQ(ITMediaControl_Start(record), S_OK);
    play = player(scene.call);
    began = test_clock();
    CHECK_EQ(ITMediaControl_Start(play), S_OK);
    CHECK(wait_handle(scene.heard_a.idle, WAIT_LONG));
    CHECK_EQ(scene.heard_a.cause, FTEC_END_OF_FILE);
    if (!MEDIA_STEPPED) /* the exchange may be ahead by what it lets somebody catch up with */
        CHECK(test_clock() - began + 300 > (ULONGLONG)bytes * 1000 / (rate * channels * 2));
    CHECK_EQ(ITMediaControl_Stop(record), S_OK);
    CHECK(wait_handle(scene.heard_b.idle, WAIT_LONG));
    CHECK_EQ(scene.heard_b.cause, FTEC_NORMAL);
    files_check_equal();
    CHECK_EQ(scene.heard_a.active, 1);
    CHECK_EQ(scene.heard_b.active, 1);
    CHECK_EQ(ITBasicCallControl_Disconnect(scene.call, DC_NORMAL), S_OK);
    exchange_advance(&scene, 1000);
    CHECK(scene_wait(&scene, scene.b, "state disconnected normal"));
    ITMediaControl_Release(play);
    ITMediaControl_Release(record);
    scene_end(&scene);
}

TEST(telephone_quality)
{
    send_wav(8000, 1, MEDIA_STEPPED ? 480000 : 16000);
}

TEST(stereo_44k)
{
    send_wav(44100, 2, MEDIA_STEPPED ? 1764000 : 88200);
}

/* Nobody records at the other end: playing goes on and ends all the same. */
TEST(nobody_listening)
{
    ITMediaControl *play;
    struct scene scene;

    scene_start(&scene);
    wav_make(8000, 1, MEDIA_STEPPED ? 400000 : 8000);
    scene_connect(&scene);
    play = player(scene.call);
    CHECK_EQ(ITMediaControl_Start(play), S_OK);
    CHECK(wait_handle(scene.heard_a.idle, WAIT_LONG));
    CHECK_EQ(scene.heard_a.cause, FTEC_END_OF_FILE);
    CHECK_EQ(ITBasicCallControl_Disconnect(scene.call, DC_NORMAL), S_OK);
    exchange_advance(&scene, 1000);
    CHECK(scene_wait(&scene, scene.b, "state disconnected normal"));
    ITMediaControl_Release(play);
    scene_end(&scene);
}

/* Selected before the call is connected; the far end hangs up in the middle: what came is kept. */
TEST(hanging_up_in_the_middle)
{
    ITMediaControl *play, *record;
    struct scene scene;
    BYTE *bytes;
    long size;

    scene_start(&scene);
    wav_make(8000, 1, 1600000);
    scene.call = client_create_call(scene.a, L"102");
    REQUIRE(scene.call != NULL);
    play = player(scene.call);
    CHECK_EQ(ITMediaControl_Start(play), S_OK);
    CHECK_EQ(ITBasicCallControl_Connect(scene.call, VARIANT_FALSE), S_OK);
    exchange_advance(&scene, 1000);
    REQUIRE(client_wait(scene.b, "state offering"));
    scene.answered = client_offered(scene.b);
    REQUIRE(scene.answered != NULL);
    record = recorder(scene.answered);
    CHECK_EQ(ITMediaControl_Start(record), S_OK);
    CHECK_EQ(ITBasicCallControl_Answer(scene.answered), S_OK);
    exchange_advance(&scene, 1000);
    CHECK(client_wait(scene.b, "state connected"));
    CHECK_EQ(ITBasicCallControl_Disconnect(scene.call, DC_NORMAL), S_OK);
    exchange_advance(&scene, 1000);
    CHECK(scene_wait(&scene, scene.b, "state disconnected normal"));
    CHECK_EQ(ITMediaControl_Stop(play), S_OK);
    CHECK_EQ(ITMediaControl_Stop(record), S_OK);
    bytes = load(out_path, &size);
    CHECK(size >= 44 && (size - 44) % 2 == 0);
    free(bytes);
    ITMediaControl_Release(play);
    ITMediaControl_Release(record);
    scene_end(&scene);
}

TEST(streams_and_terminals_of_a_call_go_with_it)
{
    ITStreamControl *control;
    ITTerminalSupport *support;
    ITBasicCallControl *old[6]; /* kept, so that each call has a number of its own in the logs */
    struct scene scene;
    VARIANT list;
    int round;

    scene_start(&scene);
    for (round = 0; round < 3; round++) {
        scene_connect(&scene);
        REQUIRE_EQ(
            ITBasicCallControl_QueryInterface(scene.call, &IID_ITStreamControl, (void **)&control),
            S_OK);
        CHECK_EQ(ITStreamControl_get_Streams(control, &list), S_OK);
        VariantClear(&list);
        ITStreamControl_Release(control);
        CHECK_EQ(ITBasicCallControl_Disconnect(scene.call, DC_NORMAL), S_OK);
        exchange_advance(&scene, 1000);
        CHECK(scene_wait(&scene, scene.b, "state disconnected normal"));
        old[2 * round] = scene.call;
        old[2 * round + 1] = scene.answered;
        scene.call = scene.answered = NULL;
    }
    for (round = 0; round < 6; round++)
        ITBasicCallControl_Release(old[round]);
    REQUIRE_EQ(
        ITAddress_QueryInterface(scene.a->address, &IID_ITTerminalSupport, (void **)&support),
        S_OK);
    ITTerminalSupport_Release(support);
    scene_end(&scene);
}
