/* wave_test.c - tones on a wave device of this machine, where there is one (objects/phone_wave.c).
 */
#include <windows.h>

#include <mmsystem.h>

#include "objects/phone.h"
#include "objects/phone_tone.h"
#include "tests/support/test.h"

TEST(no_player_without_a_device)
{
    CHECK(tone_player_create(0xFFFF) == NULL);
    tone_player_release(NULL);
}

TEST(every_tone_plays_and_gives_the_device_back)
{
    struct tone_player *player = tone_player_create(0);
    unsigned tone;

    if (!player)
        SKIP("this machine has no wave device");
    for (tone = PT_KEYPADZERO; tone <= PT_SILENCE; tone++)
        tone_player_play(player, tone);
    tone_player_play(player, PT_RINGBACK);
    tone_player_hold(player);
    tone_player_close(player);
    tone_player_play(player, PT_BUSY); /* too late */
    tone_player_release(player);
    tone_player_release(player);
}
