/*
 * wav.h - RIFF/WAVE files without Windows: reading the header, building one. Win32-free.
 *
 * A format is kept as the bytes of a WAVEFORMATEX (little endian, 18 bytes + cbSize), which is what
 * DirectShow and the audio port carry, so nothing of it is lost on the way.
 */
#ifndef MSP_DSHOW_WAV_H
#define MSP_DSHOW_WAV_H

#include <stdbool.h>
#include <stdint.h>

#define WAV_FORMAT_BASE 18u  /* sizeof(WAVEFORMATEX), packed */
#define WAV_FORMAT_MAX  256u /* longest format with its extra bytes that is accepted */
#define WAV_HEADER_MAX  (12u + 8u + WAV_FORMAT_MAX + 12u + 8u)

enum {
    WAV_TAG_PCM = 1,
    WAV_TAG_FLOAT = 3,
    WAV_TAG_ALAW = 6,
    WAV_TAG_MULAW = 7,
    WAV_TAG_EXTENSIBLE = 0xFFFE,
};

struct wav_format {
    uint32_t size; /* 18 + extra bytes; 0: none */
    uint8_t bytes[WAV_FORMAT_MAX];
};

enum wav_error {
    WAV_OK = 0,
    WAV_NOT_WAVE,    /* no RIFF/WAVE header, or no fmt or data chunk */
    WAV_UNSUPPORTED, /* a format that contradicts itself or is longer than WAV_FORMAT_MAX */
    WAV_READ_ERROR,  /* the reader said so */
};

struct wav_info {
    struct wav_format format;
    uint64_t data_offset; /* of the sound in the file */
    uint64_t data_size;   /* bytes there, whole blocks, never past the end of the file */
};

/* Reads up to size bytes at offset; returns how many (short only at the end), -1 on an error. */
typedef int32_t wav_read_at(void *context, uint64_t offset, void *buffer, uint32_t size);

/* Reads the header of a file of file_size bytes. Any bytes may come; *info is complete on WAV_OK.
 */
enum wav_error wav_read_header(wav_read_at *read, void *context, uint64_t file_size,
                               struct wav_info *info);

/* Makes a plain format (tag PCM, A-law, mu-law, float). FALSE: the numbers make no sense. */
bool wav_format_plain(struct wav_format *format, uint16_t tag, uint16_t channels, uint32_t rate,
                      uint16_t bits);
/* Takes over the bytes of a WAVEFORMATEX of `size` bytes (16: a PCMWAVEFORMAT), checks them, and
 * puts right what may be missing (cbSize, bytes per second). False: not usable. */
bool wav_format_set(struct wav_format *format, const void *bytes, uint32_t size);
bool wav_format_equal(const struct wav_format *a, const struct wav_format *b);

uint16_t wav_format_tag(const struct wav_format *format);
uint16_t wav_format_channels(const struct wav_format *format);
uint32_t wav_format_rate(const struct wav_format *format);
uint32_t wav_format_bytes_per_second(const struct wav_format *format);
uint16_t wav_format_block(const struct wav_format *format);
uint16_t wav_format_bits(const struct wav_format *format);

/* Builds the header of a file with data_size bytes of sound into out[WAV_HEADER_MAX]; returns its
 * length, which depends on the format only. PCM gets the plain 44 bytes everybody writes; other
 * formats a fact chunk too. An odd data_size is to be followed by one zero byte in the file. */
uint32_t wav_header_build(const struct wav_format *format, uint32_t data_size, uint8_t *out);

#endif
