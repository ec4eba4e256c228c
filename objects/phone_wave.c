/* phone_wave.c - tones on a wave device: one piece of the tone, which the device repeats. winmm.dll
 * is loaded when the first phone with a wave device is opened; most programs never need it. */
#include <windows.h>

#include <mmsystem.h>
#include <stdlib.h>

#include "objects/phone.h"
#include "objects/phone_tone.h"

struct tone_player {
    LONG refs;
    DWORD wave_id;
    SRWLOCK lock; /* one thing at a time with the device; winmm calls nobody */
    HWAVEOUT device;
    WAVEHDR header;
    BOOL closed;
};

static struct {
    MMRESULT(WINAPI *open)(LPHWAVEOUT, UINT, LPCWAVEFORMATEX, DWORD_PTR, DWORD_PTR, DWORD);
    MMRESULT(WINAPI *close)(HWAVEOUT);
    MMRESULT(WINAPI *prepare)(HWAVEOUT, LPWAVEHDR, UINT);
    MMRESULT(WINAPI *unprepare)(HWAVEOUT, LPWAVEHDR, UINT);
    MMRESULT(WINAPI *write)(HWAVEOUT, LPWAVEHDR, UINT);
    MMRESULT(WINAPI *reset)(HWAVEOUT);
    UINT(WINAPI *count)(void);
} wave;
static INIT_ONCE wave_once = INIT_ONCE_STATIC_INIT;

static BOOL CALLBACK load_wave(INIT_ONCE *once, void *parameter, void **context)
{
    HMODULE module = LoadLibraryW(L"winmm.dll"); /* for good */

    (void)once, (void)parameter, (void)context;
    if (!module)
        return TRUE;
    wave.open = (void *)GetProcAddress(module, "waveOutOpen");
    wave.close = (void *)GetProcAddress(module, "waveOutClose");
    wave.prepare = (void *)GetProcAddress(module, "waveOutPrepareHeader");
    wave.unprepare = (void *)GetProcAddress(module, "waveOutUnprepareHeader");
    wave.write = (void *)GetProcAddress(module, "waveOutWrite");
    wave.reset = (void *)GetProcAddress(module, "waveOutReset");
    wave.count = (void *)GetProcAddress(module, "waveOutGetNumDevs");
    return TRUE;
}

struct tone_player *tone_player_create(DWORD wave_id)
{
    struct tone_player *player;

    InitOnceExecuteOnce(&wave_once, load_wave, NULL, NULL);
    if (!wave.open || !wave.close || !wave.prepare || !wave.unprepare || !wave.write ||
        !wave.reset || !wave.count || wave_id >= wave.count())
        return NULL;
    player = calloc(1, sizeof(*player));
    if (!player)
        return NULL;
    player->refs = 1;
    player->wave_id = wave_id;
    InitializeSRWLock(&player->lock);
    return player;
}

void tone_player_hold(struct tone_player *player)
{
    InterlockedIncrement(&player->refs);
}

/* Ends what plays and gives the device to others; with the player's lock held. */
static void be_silent(struct tone_player *player)
{
    if (!player->device)
        return;
    wave.reset(player->device);
    wave.unprepare(player->device, &player->header, sizeof(player->header));
    wave.close(player->device);
    player->device = NULL;
    free(player->header.lpData);
    memset(&player->header, 0, sizeof(player->header));
}

static void start(struct tone_player *player, unsigned tone)
{
    WAVEFORMATEX format = {WAVE_FORMAT_PCM, 1, PHONE_TONE_RATE, PHONE_TONE_RATE * 2, 2, 16, 0};
    DWORD size = phone_tone_seconds(tone) * PHONE_TONE_RATE * sizeof(int16_t);
    int16_t *samples = size ? malloc(size) : NULL;

    if (!samples)
        return;
    phone_tone_write(tone, samples);
    if (wave.open(&player->device, player->wave_id, &format, 0, 0, CALLBACK_NULL)) {
        player->device = NULL; /* somebody else plays there */
        free(samples);
        return;
    }
    player->header.lpData = (char *)samples;
    player->header.dwBufferLength = size;
    player->header.dwFlags = WHDR_BEGINLOOP | WHDR_ENDLOOP;
    player->header.dwLoops = 0xFFFFFFFF;
    if (wave.prepare(player->device, &player->header, sizeof(player->header)) ||
        wave.write(player->device, &player->header, sizeof(player->header)))
        be_silent(player);
}

void tone_player_play(struct tone_player *player, unsigned tone)
{
    AcquireSRWLockExclusive(&player->lock);
    be_silent(player);
    if (!player->closed)
        start(player, tone);
    ReleaseSRWLockExclusive(&player->lock);
}

void tone_player_close(struct tone_player *player)
{
    AcquireSRWLockExclusive(&player->lock);
    be_silent(player);
    player->closed = TRUE;
    ReleaseSRWLockExclusive(&player->lock);
}

void tone_player_release(struct tone_player *player)
{
    if (!player || InterlockedDecrement(&player->refs) != 0)
        return;
    be_silent(player);
    free(player);
}
