/* wavcmp - says whether two WAV files hold the same sound: the same format and the same bytes.
 *     wavcmp A.wav B.wav
 * Exit status: 0 the same, 1 different (and where), 2 a file cannot be read. */
#include "msp/dshow/wav.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sound {
    struct wav_info info;
    uint8_t *bytes;
};

static int32_t read_at(void *context, uint64_t offset, void *buffer, uint32_t size)
{
    if (fseek(context, (long)offset, SEEK_SET))
        return -1;
    size = (uint32_t)fread(buffer, 1, size, context);
    return ferror((FILE *)context) ? -1 : (int32_t)size;
}

static int read_sound(const char *name, struct sound *sound)
{
    FILE *file = fopen(name, "rb");
    int good = 0;

    if (!file || fseek(file, 0, SEEK_END))
        goto done;
    if (wav_read_header(read_at, file, (uint64_t)ftell(file), &sound->info) != WAV_OK)
        goto done;
    sound->bytes = malloc((size_t)sound->info.data_size + 1);
    good = sound->bytes && !fseek(file, (long)sound->info.data_offset, SEEK_SET) &&
           fread(sound->bytes, 1, (size_t)sound->info.data_size, file) == sound->info.data_size;
done:
    if (!good)
        fprintf(stderr, "wavcmp: %s is no WAV file that can be read\n", name);
    if (file)
        fclose(file);
    return good;
}

static void describe(const char *name, const struct sound *sound)
{
    const struct wav_format *format = &sound->info.format;

    printf("%-40s %u Hz, %u bits, %u channel(s), %.2f s, %llu bytes\n", name,
           wav_format_rate(format), wav_format_bits(format), wav_format_channels(format),
           (double)sound->info.data_size / wav_format_bytes_per_second(format),
           (unsigned long long)sound->info.data_size);
}

int main(int argc, char **argv)
{
    struct sound a = {0}, b = {0};
    uint64_t same = 0;
    int status = 2;

    if (argc != 3) {
        fprintf(stderr, "usage: wavcmp A.wav B.wav\n");
        return 2;
    }
    if (!read_sound(argv[1], &a) || !read_sound(argv[2], &b))
        goto done;
    describe(argv[1], &a);
    describe(argv[2], &b);
    while (same < a.info.data_size && same < b.info.data_size && a.bytes[same] == b.bytes[same])
        same++;
    status = same != a.info.data_size || same != b.info.data_size ||
             !wav_format_equal(&a.info.format, &b.info.format);
    if (!status)
        printf("The same, bit for bit.\n");
    else if (!wav_format_equal(&a.info.format, &b.info.format))
        printf("Different formats.\n");
    else
        printf("Different from byte %llu of the sound on.\n", (unsigned long long)same);
done:
    free(a.bytes);
    free(b.bytes);
    return status;
}
