/* wav_tool.c - files for the media tests. */
#include "tests/media/media_fixture.h"
#include "msp/dshow/wav.h"

#include <stdlib.h>

static WCHAR paths[64][MAX_PATH];
static int path_count;

const WCHAR *file_path(const WCHAR *name)
{
    WCHAR *path;
    DWORD length;

    REQUIRE(path_count < 64);
    path = paths[path_count++];
    length = GetTempPathW(MAX_PATH - 64, path);
    wsprintfW(path + length, L"ot%u-%d-%s", (unsigned)GetCurrentProcessId(), path_count, name);
    return path;
}

void files_delete(void)
{
    while (path_count)
        DeleteFileW(paths[--path_count]);
}

void file_make(const WCHAR *path, const void *bytes, DWORD size)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD done = 0;

    REQUIRE(file != INVALID_HANDLE_VALUE);
    CHECK(WriteFile(file, bytes, size, &done, NULL) && done == size);
    CloseHandle(file);
}

void wav_make(const WCHAR *path, WORD tag, WORD channels, DWORD rate, WORD bits, DWORD bytes)
{
    BYTE *file = malloc(WAV_HEADER_MAX + bytes + 1);
    struct wav_format format;
    DWORD header, i, seed = rate + bytes;

    REQUIRE(wav_format_plain(&format, tag, channels, rate, bits));
    header = wav_header_build(&format, bytes, file);
    for (i = 0; i < bytes; i++) {
        seed = seed * 1664525 + 1013904223;
        file[header + i] = (BYTE)(seed >> 24);
    }
    file[header + bytes] = 0;
    file_make(path, file, header + bytes + (bytes & 1));
    free(file);
}

struct file_bytes file_load(const WCHAR *path)
{
    struct file_bytes loaded = {NULL, 0};
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, 0, NULL);

    if (!CHECK(file != INVALID_HANDLE_VALUE))
        return loaded;
    loaded.size = GetFileSize(file, NULL);
    loaded.bytes = malloc(loaded.size + 1);
    CHECK(ReadFile(file, loaded.bytes, loaded.size, &loaded.size, NULL));
    CloseHandle(file);
    return loaded;
}

void files_check_equal(const WCHAR *actual, const WCHAR *expected)
{
    struct file_bytes a = file_load(actual), b = file_load(expected);

    if (CHECK_EQ(a.size, b.size))
        CHECK_BYTES(a.bytes, b.bytes, a.size);
    free(a.bytes);
    free(b.bytes);
}
