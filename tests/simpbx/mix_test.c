/* mix_test.c - the arithmetic of conference sound. */
#include "tests/support/test.h"
#include "tsp/simpbx/audio_mix.h"

#include <string.h>

/* A WAVEFORMATEX without its cbSize. */
static const uint8_t *wave(uint16_t tag, uint16_t channels, uint32_t rate, uint16_t block,
                           uint16_t bits)
{
    static uint8_t bytes[16];
    uint32_t speed = rate * block;

    memcpy(bytes, &tag, 2);
    memcpy(bytes + 2, &channels, 2);
    memcpy(bytes + 4, &rate, 4);
    memcpy(bytes + 8, &speed, 4);
    memcpy(bytes + 12, &block, 2);
    memcpy(bytes + 14, &bits, 2);
    return bytes;
}

TEST(formats_that_can_be_mixed)
{
    struct mix_format a, b;

    CHECK(mix_format_read(&a, wave(1, 2, 44100, 4, 16), 16));
    CHECK_EQ(a.rate, 44100);
    CHECK_EQ(a.channels, 2);
    CHECK_EQ(a.bits, 16);
    CHECK_EQ(a.block, 4);
    CHECK(mix_format_read(&b, wave(1, 2, 44100, 2, 8), 16));
    CHECK(!mix_format_equal(&a, &b));
    CHECK(mix_format_read(&b, wave(1, 2, 44100, 4, 16), 16));
    CHECK(mix_format_equal(&a, &b));
    CHECK(!mix_format_read(&b, wave(6, 1, 8000, 1, 8), 16)); /* A-law */
    CHECK(!mix_format_read(&b, wave(1, 1, 8000, 3, 24), 16));
    CHECK(!mix_format_read(&b, wave(1, 1, 8000, 4, 16), 16)); /* contradicts itself */
    CHECK(!mix_format_read(&b, wave(1, 0, 8000, 0, 16), 16));
    CHECK(!mix_format_read(&b, wave(1, 1, 0, 2, 16), 16));
    CHECK(!mix_format_read(&b, wave(1, 1, 4000000000u, 2, 16), 16));
    CHECK(!mix_format_read(&b, wave(1, 1, 8000, 2, 16), 15));
}

TEST(sums_of_16_bits_are_clipped)
{
    static const int16_t x[] = {1, 30000, -30000, 32767, -32768, 100};
    static const int16_t y[] = {2, 30000, -30000, 1, -1, -300};
    static const int16_t expected[] = {3, 32767, -32768, 32767, -32768, -200};
    int32_t sum[6] = {0};
    uint8_t bytes[1 + sizeof(x)];
    int16_t got[6];

    mix_add(sum, (const uint8_t *)x, 6, 16);
    memcpy(bytes + 1, y, sizeof(y)); /* not aligned */
    mix_add(sum, bytes + 1, 6, 16);
    mix_write(bytes + 1, sum, 6, 16);
    memcpy(got, bytes + 1, sizeof(got));
    CHECK_BYTES(got, expected, sizeof(expected));
    /* Three that go beyond together and come back: only the sum is clipped. */
    int32_t one = 0;
    mix_add(&one, (const uint8_t *)&x[1], 1, 16);
    mix_add(&one, (const uint8_t *)&x[1], 1, 16);
    mix_add(&one, (const uint8_t *)&x[2], 1, 16);
    CHECK_EQ(one, 30000);
}

TEST(sums_of_8_bits_lie_around_128)
{
    static const uint8_t x[] = {128, 255, 0, 130}, y[] = {128, 255, 0, 120};
    static const uint8_t expected[] = {128, 255, 0, 122};
    int32_t sum[4] = {0};
    uint8_t got[4];

    mix_add(sum, x, 4, 8);
    mix_add(sum, y, 4, 8);
    mix_write(got, sum, 4, 8);
    CHECK_BYTES(got, expected, 4);
}
