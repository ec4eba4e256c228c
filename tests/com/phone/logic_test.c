/* logic_test.c - what a phone does by itself, decided without a phone (objects/phone_logic.h), and
 * its tones as samples. */
#include "objects/phone_logic.h"
#include "objects/phone_tone.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

static struct phone_logic phone;

static void begin(bool off_hook)
{
    phone_logic_init(&phone);
    phone_logic_reset(&phone, off_hook);
    phone.settings.handling = true;
}

static void expect(enum phone_action_kind kind, int value)
{
    struct phone_action action;

    REQUIRE(phone_logic_take(&phone, &action));
    CHECK_EQ(action.kind, kind);
    CHECK_EQ(action.value, value);
}

static void expect_nothing(void)
{
    CHECK_EQ(phone.action_count, 0);
}

TEST(nothing_without_handling)
{
    begin(false);
    phone.settings.handling = false;
    phone.offered = 1;
    phone_logic_offered(&phone, 0);
    phone_logic_hook(&phone, true, 0);
    phone_logic_key(&phone, 5, true, 0);
    phone_logic_volume(&phone, 1, true, 0);
    phone_logic_tick(&phone, 100000);
    expect_nothing();
    CHECK(phone_logic_due(&phone) == PHONE_LOGIC_NEVER);
}

TEST(dial_tone_digits_and_the_end_of_a_number)
{
    struct phone_action action;

    begin(false);
    phone_logic_hook(&phone, true, 0);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_DIALTONE);
    phone_logic_key(&phone, 1, true, 1000);
    expect(PHONE_ACT_DIALING, 0);
    expect(PHONE_ACT_TONE, 1);
    phone_logic_key(&phone, 1, false, 1020); /* at least 100 ms */
    expect_nothing();
    CHECK_EQ(phone_logic_due(&phone), 1100);
    phone_logic_tick(&phone, 1100);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_SILENCE);
    phone_logic_key(&phone, 10, true, 2000);
    expect(PHONE_ACT_TONE, 10);
    phone_logic_key(&phone, 10, false, 2500);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_SILENCE);
    CHECK_EQ(phone_logic_due(&phone), 4000);
    phone_logic_tick(&phone, 3999);
    expect_nothing();
    phone_logic_tick(&phone, 4000);
    REQUIRE(phone_logic_take(&phone, &action));
    CHECK_EQ(action.kind, PHONE_ACT_NUMBER);
    CHECK_STR(action.text, "1*");
    phone_logic_hook(&phone, false, 5000);
    expect_nothing();
}

TEST(a_call_comes_and_goes)
{
    begin(false);
    phone.offered = 1;
    phone_logic_offered(&phone, 0);
    expect(PHONE_ACT_RING, 1);
    phone_logic_hook(&phone, true, 10);
    expect(PHONE_ACT_RING, 0);
    expect(PHONE_ACT_ANSWER, 0);
    phone.offered = 0;
    phone.busy_calls = 1;
    phone_logic_connected(&phone, 20);
    expect_nothing();
    phone_logic_hook(&phone, false, 30);
    expect(PHONE_ACT_DISCONNECT, 0);
    expect_nothing();
}

TEST(tones_of_a_call_that_is_made)
{
    begin(true);
    phone.busy_calls = 1;
    phone_logic_progress(&phone, 0);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_RINGBACK);
    phone_logic_connected(&phone, 0);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_SILENCE);
    phone.busy_calls = 0;
    phone_logic_ended(&phone, PHONE_END_BUSY, 0);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_BUSY);
    phone_logic_ended(&phone, PHONE_END_FAILED, 0);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_ERROR);
    phone_logic_ended(&phone, PHONE_END_NORMAL, 0);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_SILENCE);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_DIALTONE);
    phone_logic_enable(&phone, false, 0);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_SILENCE);
}

TEST(the_programs_own_tones)
{
    begin(false);
    phone_logic_start_tone(&phone, 0x11, 300, 1000);
    expect(PHONE_ACT_TONE, 0x11);
    CHECK_EQ(phone_logic_due(&phone), 1300);
    phone_logic_tick(&phone, 1300);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_SILENCE);
    phone.off_hook = true;
    phone.settings.stop_tones = false;
    phone_logic_start_tone(&phone, 0x12, 0, 0);
    expect(PHONE_ACT_TONE, 0x12);
    phone_logic_hook(&phone, false, 10);
    expect_nothing(); /* AutoStopTonesOnOnHook is off */
    phone.settings.stop_tones = true;
    phone_logic_hook(&phone, true, 20);
    expect_nothing(); /* the dial tone does not take its place */
    phone_logic_hook(&phone, false, 30);
    expect(PHONE_ACT_TONE, PHONE_LOGIC_SILENCE);
}

TEST(volume_buttons_repeat)
{
    begin(true);
    phone_logic_volume(&phone, -1, true, 1000);
    expect(PHONE_ACT_VOLUME, -1);
    CHECK_EQ(phone_logic_due(&phone), 1500);
    phone_logic_tick(&phone, 1500);
    expect(PHONE_ACT_VOLUME, -1);
    CHECK_EQ(phone_logic_due(&phone), 1600);
    phone_logic_volume(&phone, -1, false, 1550);
    phone_logic_tick(&phone, 9000);
    expect_nothing();
}

TEST(a_phone_that_is_not_asked_keeps_a_bounded_number_of_actions)
{
    int i;

    begin(true);
    for (i = 0; i < 1000; i++)
        phone_logic_volume(&phone, 1, true, i);
    CHECK_EQ(phone.action_count, PHONE_LOGIC_ACTIONS);
    for (i = 0; i < PHONE_LOGIC_DIGITS + 5; i++)
        phone_logic_key(&phone, 3, true, i);
    CHECK(phone.digits < PHONE_LOGIC_DIGITS);
    phone_logic_key(&phone, 16, true, 0);
    phone_logic_key(&phone, -1, true, 0);
}

TEST(a_number_of_the_most_digits_is_complete)
{
    struct phone_action action;
    unsigned i;

    begin(true);
    phone.settings.keypad_tones = false;
    for (i = 0; i < PHONE_LOGIC_DIGITS; i++) {
        phone_logic_key(&phone, (int)(i % 10), true, i);
        phone_logic_key(&phone, (int)(i % 10), false, i);
    }
    expect(PHONE_ACT_DIALING, 0);
    REQUIRE(phone_logic_take(&phone, &action));
    CHECK_EQ(action.kind, PHONE_ACT_NUMBER);
    CHECK_EQ(strlen(action.text), PHONE_LOGIC_DIGITS);
    expect_nothing();
    phone_logic_key(&phone, 16, true, 100); /* there are no such keys */
    phone_logic_key(&phone, -1, true, 100);
    expect_nothing();
}

/* The same draws each time. */
static unsigned draw(unsigned below)
{
    static uint32_t state = 2463534242u;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static void anything(uint64_t now)
{
    phone.offered = draw(3);
    phone.busy_calls = draw(3);
    switch (draw(12)) {
    case 0:
        phone_logic_hook(&phone, draw(2), now);
        break;
    case 1:
    case 2:
        phone_logic_key(&phone, (int)draw(20) - 2, draw(2), now);
        break;
    case 3:
        phone_logic_volume(&phone, draw(2) ? 1 : -1, draw(2), now);
        break;
    case 4:
        phone_logic_offered(&phone, now);
        break;
    case 5:
        phone_logic_progress(&phone, now);
        break;
    case 6:
        phone_logic_connected(&phone, now);
        break;
    case 7:
        phone_logic_ended(&phone, (enum phone_call_end)draw(3), now);
        break;
    case 8:
        phone_logic_enable(&phone, draw(8) != 0, now);
        break;
    case 9:
        phone_logic_start_tone(&phone, (int)draw(22), draw(300), now);
        break;
    case 10:
        phone_logic_start_ring(&phone, (int)draw(5), draw(300), now);
        break;
    default:
        phone_logic_stop_ring(&phone);
        phone.settings.number_timeout = draw(2) ? 0 : (int32_t)draw(500);
        phone.settings.keypad_tones = draw(4) != 0;
        phone.settings.stop_tones = draw(2);
        break;
    }
}

/* Whatever happens in whatever order: what it remembers of tone and ring is what it said, and time
 * alone brings it to rest. */
TEST(anything_in_any_order)
{
    struct phone_action action;
    int tone = PHONE_LOGIC_SILENCE, ring = 0;
    uint64_t now = 1000;
    unsigned i;

    begin(false);
    for (i = 0; i < 200000; i++) {
        anything(now);
        while (phone_logic_take(&phone, &action)) {
            if (action.kind == PHONE_ACT_TONE)
                tone = action.value;
            else if (action.kind == PHONE_ACT_RING)
                ring = action.value;
            else if (action.kind == PHONE_ACT_NUMBER)
                CHECK(action.text[0] && strlen(action.text) <= PHONE_LOGIC_DIGITS);
        }
        REQUIRE_EQ(phone.tone, tone);
        REQUIRE_EQ(phone.ringing, ring != 0);
        CHECK(phone.digits <= PHONE_LOGIC_DIGITS);
        now += draw(200);
        phone_logic_tick(&phone, now);
        CHECK(phone.action_count > 0 || phone_logic_due(&phone) > now);
    }
}

TEST(tones_have_no_seam)
{
    unsigned tone;

    CHECK_EQ(phone_tone_seconds(PHONE_LOGIC_SILENCE), 0);
    CHECK_EQ(phone_tone_seconds(1000), 0);
    for (tone = 0; tone < PHONE_LOGIC_SILENCE; tone++) {
        unsigned count = phone_tone_seconds(tone) * PHONE_TONE_RATE, i, loud = 0;
        int16_t *samples = malloc(count * sizeof(*samples));

        REQUIRE(samples && count);
        phone_tone_write(tone, samples);
        for (i = 0; i < count; i++)
            loud += abs(samples[i]) > 8000;
        CHECK(loud > count / 20);
        CHECK(abs(samples[0]) < 4000 && abs(samples[count - 1]) < 16000);
        free(samples);
    }
}
