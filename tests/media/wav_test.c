/* wav_test.c - headers of WAV files: good ones, and ones that lie. */
#include "tests/support/test.h"
#include "msp/dshow/wav.h"

#include <stdlib.h>

struct memory_file {
    const uint8_t *bytes;
    uint32_t size;
    uint32_t fail_at; /* reads that touch this offset fail; 0: none */
};

static int32_t memory_read_at(void *context, uint64_t offset, void *buffer, uint32_t size)
{
    struct memory_file *file = context;

    if (file->fail_at && offset + size > file->fail_at)
        return -1;
    if (offset >= file->size)
        return 0;
    if (size > file->size - offset)
        size = (uint32_t)(file->size - offset);
    memcpy(buffer, file->bytes + offset, size);
    return (int32_t)size;
}

/* Through an exact heap copy, so that the sanitizer sees a read past the end. */
static enum wav_error read_bytes(const void *bytes, uint32_t size, struct wav_info *info)
{
    uint8_t *copy = malloc(size ? size : 1);
    struct memory_file file = {copy, size, 0};
    enum wav_error error;

    memcpy(copy, bytes, size);
    memset(info, 0xCC, sizeof(*info));
    error = wav_read_header(memory_read_at, &file, size, info);
    free(copy);
    return error;
}

static uint32_t build(uint8_t *out, uint16_t tag, uint16_t channels, uint32_t rate, uint16_t bits,
                      uint32_t data)
{
    struct wav_format format;
    uint32_t header;

    REQUIRE(wav_format_plain(&format, tag, channels, rate, bits));
    header = wav_header_build(&format, data, out);
    memset(out + header, 0x5A, data);
    return header + data;
}

static void put32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    at[2] = (uint8_t)(value >> 16);
    at[3] = (uint8_t)(value >> 24);
}

TEST(pcm_header_is_the_plain_44_bytes)
{
    static const uint8_t expected[44] = {
        'R', 'I', 'F', 'F', 0x2C, 0, 0,   0,   'W', 'A',  'V',  'E', 'f', 'm',  't',
        ' ', 16,  0,   0,   0,    1, 0,   1,   0,   0x40, 0x1F, 0,   0,   0x80, 0x3E,
        0,   0,   2,   0,   16,   0, 'd', 'a', 't', 'a',  8,    0,   0,   0,
    };
    uint8_t out[WAV_HEADER_MAX + 64];

    CHECK_EQ(build(out, WAV_TAG_PCM, 1, 8000, 16, 8), 52);
    CHECK_BYTES(out, expected, sizeof(expected));
}

TEST(what_is_written_is_read_again)
{
    static const struct {
        uint16_t tag, channels;
        uint32_t rate;
        uint16_t bits;
    } formats[] = {
        {WAV_TAG_PCM, 1, 8000, 8},    {WAV_TAG_PCM, 1, 8000, 16},  {WAV_TAG_PCM, 2, 44100, 16},
        {WAV_TAG_PCM, 6, 192000, 24}, {WAV_TAG_PCM, 1, 11025, 32}, {WAV_TAG_FLOAT, 2, 48000, 32},
        {WAV_TAG_ALAW, 1, 8000, 8},   {WAV_TAG_MULAW, 2, 8000, 8},
    };
    unsigned i;

    for (i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
        uint8_t out[WAV_HEADER_MAX + 4096];
        uint32_t size =
            build(out, formats[i].tag, formats[i].channels, formats[i].rate, formats[i].bits, 144);
        struct wav_info info;

        REQUIRE_EQ(read_bytes(out, size, &info), WAV_OK);
        CHECK_EQ(wav_format_tag(&info.format), formats[i].tag);
        CHECK_EQ(wav_format_channels(&info.format), formats[i].channels);
        CHECK_EQ(wav_format_rate(&info.format), formats[i].rate);
        CHECK_EQ(wav_format_bits(&info.format), formats[i].bits);
        CHECK_EQ(info.data_size, 144);
        CHECK_EQ(info.data_offset, size - 144);
    }
}

TEST(extensible_format_keeps_its_extra_bytes)
{
    uint8_t bytes[40] = {0xFE, 0xFF, 2, 0, 0x80, 0xBB, 0, 0, 0, 0x65, 4, 0, 6, 0, 24, 0, 22, 0};
    struct wav_format format;
    struct wav_info info;
    uint8_t out[WAV_HEADER_MAX + 64];
    uint32_t header;

    bytes[18] = 24;
    bytes[24] = 1;
    REQUIRE(wav_format_set(&format, bytes, sizeof(bytes)));
    header = wav_header_build(&format, 12, out);
    memset(out + header, 1, 12);
    REQUIRE_EQ(read_bytes(out, header + 12, &info), WAV_OK);
    CHECK(wav_format_equal(&info.format, &format));
    CHECK_EQ(info.format.size, 40);
}

TEST(other_chunks_are_passed_over)
{
    uint8_t plain[128], out[256];
    uint32_t size = build(plain, WAV_TAG_PCM, 1, 8000, 16, 10);
    struct wav_info info;

    memcpy(out, plain, 12);
    memcpy(out + 12, "LIST\3\0\0\0abc\0", 12); /* odd size: one byte of padding */
    memcpy(out + 24, plain + 12, size - 12);
    REQUIRE_EQ(read_bytes(out, size + 12, &info), WAV_OK);
    CHECK_EQ(info.data_offset, 56);
    CHECK_EQ(info.data_size, 10);
}

TEST(data_before_format_is_read_too)
{
    uint8_t plain[128], out[128];
    uint32_t size = build(plain, WAV_TAG_PCM, 1, 8000, 16, 10);
    struct wav_info info;

    memcpy(out, plain, 12);
    memcpy(out + 12, plain + 36, 18);
    memcpy(out + 30, plain + 12, 24);
    REQUIRE_EQ(read_bytes(out, size, &info), WAV_OK);
    CHECK_EQ(info.data_offset, 20);
    CHECK_EQ(info.data_size, 10);
}

TEST(every_truncation_is_an_answer_and_never_a_crash)
{
    uint8_t out[128];
    uint32_t size = build(out, WAV_TAG_PCM, 2, 8000, 16, 40), cut;
    struct wav_info info;

    for (cut = 0; cut <= size; cut++) {
        enum wav_error error = read_bytes(out, cut, &info);

        if (cut < 44) {
            CHECK_EQ(error, WAV_NOT_WAVE);
        } else {
            CHECK_EQ(error, WAV_OK);
            CHECK_EQ(info.data_size, (cut - 44) / 4 * 4); /* whole blocks only */
        }
    }
}

TEST(lying_sizes_never_reach_past_the_file)
{
    static const uint32_t lies[] = {0, 1, 41, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF};
    uint8_t out[128];
    uint32_t size, i;
    struct wav_info info;

    for (i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
        size = build(out, WAV_TAG_PCM, 1, 8000, 16, 40);
        put32(out + 4, lies[i]); /* RIFF's size is nobody's business */
        CHECK_EQ(read_bytes(out, size, &info), WAV_OK);
        CHECK_EQ(info.data_size, 40);
        put32(out + 40, lies[i]); /* the data's */
        CHECK_EQ(read_bytes(out, size, &info), WAV_OK);
        CHECK(info.data_size <= 40 && info.data_size % 2 == 0);
        size = build(out, WAV_TAG_PCM, 1, 8000, 16, 40);
        put32(out + 16, lies[i]); /* the format's */
        CHECK(read_bytes(out, size, &info) != WAV_OK || info.data_size <= 40);
    }
}

TEST(formats_that_contradict_themselves_are_refused)
{
    struct wav_format format;
    uint8_t good[18] = {1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, 0, 0};
    uint8_t bad[18];
    static const struct {
        unsigned at;
        uint8_t value;
    } lies[] = {{0, 0}, {2, 0}, {2, 2}, {12, 0}, {12, 3}, {14, 0}, {14, 32}, {0, 2}};
    unsigned i;

    CHECK(wav_format_set(&format, good, 18));
    CHECK(wav_format_set(&format, good, 16));
    CHECK(!wav_format_set(&format, good, 15));
    CHECK(!wav_format_set(&format, NULL, 18));
    for (i = 0; i < sizeof(lies) / sizeof(*lies); i++) {
        memcpy(bad, good, sizeof(bad));
        bad[lies[i].at] = lies[i].value;
        if (lies[i].at == 0 && lies[i].value == 2)
            bad[8] = bad[9] = 0; /* a codec that does not say its speed */
        CHECK(!wav_format_set(&format, bad, 18));
        CHECK_EQ(format.size, 0);
    }
    memcpy(bad, good, sizeof(bad));
    bad[0] = 2;
    bad[16] = 32; /* extra bytes that are not there */
    CHECK(!wav_format_set(&format, bad, 18));
    memcpy(bad, good, sizeof(bad));
    bad[8] = 7; /* a wrong speed is put right */
    CHECK(wav_format_set(&format, bad, 18));
    CHECK_EQ(wav_format_bytes_per_second(&format), 16000);
}

TEST(random_bytes_behind_a_good_start)
{
    uint32_t seed = 1, round, i;
    uint8_t out[160];
    struct wav_info info;

    for (round = 0; round < 20000; round++) {
        uint32_t size = build(out, WAV_TAG_PCM, 1, 8000, 16, 100);

        for (i = 0; i < 4; i++) {
            seed = seed * 1664525 + 1013904223;
            out[12 + (seed >> 8) % (size - 12)] = (uint8_t)(seed >> 24);
        }
        if (read_bytes(out, size, &info) == WAV_OK)
            CHECK(info.data_offset + info.data_size <= size);
    }
}

TEST(read_errors_are_told_apart)
{
    uint8_t out[128];
    uint32_t size = build(out, WAV_TAG_PCM, 1, 8000, 16, 40), at;

    for (at = 1; at <= 44; at++) {
        struct memory_file file = {out, size, at};
        struct wav_info info;

        CHECK_EQ(wav_read_header(memory_read_at, &file, size, &info),
                 at < 44 ? WAV_READ_ERROR : WAV_OK);
    }
}

TEST(other_formats_get_a_fact_chunk_and_odd_data_a_pad)
{
    uint8_t out[128];
    struct wav_format format;
    uint32_t header;

    REQUIRE(wav_format_plain(&format, WAV_TAG_ALAW, 1, 8000, 8));
    header = wav_header_build(&format, 5, out);
    CHECK_EQ(header, 58);
    CHECK_BYTES(out + 38, "fact\4\0\0\0\5\0\0\0data\5\0\0\0", 20);
    CHECK_EQ(out[4], 58 - 8 + 6); /* the pad counts in the RIFF size */
}
