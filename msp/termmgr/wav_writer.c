/*
 * wav_writer.c - a renderer filter that records what it receives into a WAV file. See private.h.
 *
 * It takes on the format of the first sound of a recording. The header is written with it, and
 * again with the right sizes when the recording stops or the stream ends.
 */
#include "msp/termmgr/private.h"
#include "base/trace.h"

#include <stdlib.h>

#define DRAIN_MS 5000

enum record { RECORD_IDLE, RECORD_RUNNING, RECORD_PAUSED };

struct wav_writer {
    struct filter filter;
    wav_writer_failed *failed;
    void *context;
    CRITICAL_SECTION lock; /* below; file I/O happens under it, nothing else */
    enum record record;
    BSTR path;
    HANDLE file;
    struct wav_format wanted;  /* size 0: any */
    struct wav_format written; /* size 0: no sound in the file yet */
    uint32_t header;
    uint64_t bytes;
};

static struct wav_writer *writer_of(struct filter *filter)
{
    return CONTAINING_RECORD(filter, struct wav_writer, filter);
}

static HRESULT last_error(void)
{
    DWORD error = GetLastError();

    return error ? HRESULT_FROM_WIN32(error) : E_FAIL;
}

static HRESULT file_write(HANDLE file, const void *bytes, DWORD size)
{
    DWORD done = 0;

    if (!WriteFile(file, bytes, size, &done, NULL))
        return last_error();
    return done == size ? S_OK : HRESULT_FROM_WIN32(ERROR_DISK_FULL);
}

static HRESULT file_seek(HANDLE file, uint64_t offset)
{
    LARGE_INTEGER at = {.QuadPart = (LONGLONG)offset};

    return SetFilePointerEx(file, at, NULL, FILE_BEGIN) ? S_OK : last_error();
}

/* Header with the sizes of now; the file stays open and at its end. Lock held. */
static HRESULT writer_complete(struct wav_writer *writer)
{
    struct wav_format format = writer->written;
    uint8_t header[WAV_HEADER_MAX];
    static const BYTE pad;
    HRESULT hr = S_OK;

    if (!writer->file)
        return S_OK;
    if (!format.size)
        format = writer->wanted;
    /* An empty recording is a valid file too. */
    if (!format.size && !wav_format_plain(&format, WAV_TAG_PCM, 1, 8000, 16))
        return E_UNEXPECTED;
    if (writer->bytes & 1)
        hr = file_write(writer->file, &pad, 1);
    if (SUCCEEDED(hr))
        hr = file_seek(writer->file, 0);
    if (SUCCEEDED(hr))
        hr = file_write(writer->file, header,
                        wav_header_build(&format, (uint32_t)writer->bytes, header));
    if (SUCCEEDED(hr) && writer->written.size)
        hr = file_seek(writer->file, writer->header + writer->bytes);
    else if (SUCCEEDED(hr))
        hr = file_seek(writer->file, 0);
    return hr;
}

static HRESULT writer_close(struct wav_writer *writer)
{
    HRESULT hr = writer_complete(writer);

    if (writer->file)
        CloseHandle(writer->file);
    writer->file = NULL;
    writer->written.size = 0;
    writer->bytes = 0;
    return hr;
}

static HRESULT writer_open(struct wav_writer *writer)
{
    writer->file = CreateFileW(writer->path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL,
                               CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    writer->written.size = 0;
    writer->bytes = 0;
    if (writer->file != INVALID_HANDLE_VALUE)
        return S_OK;
    writer->file = NULL;
    return last_error();
}

/* Lock held. */
static HRESULT writer_write(struct wav_writer *writer, const BYTE *bytes, DWORD size)
{
    uint8_t header[WAV_HEADER_MAX];
    HRESULT hr;

    if (!writer->file || !size)
        return S_OK;
    if (writer->written.size && !wav_format_equal(&writer->written, &writer->filter.format))
        return VFW_E_TYPE_NOT_ACCEPTED;
    if (!writer->written.size) {
        writer->header = wav_header_build(&writer->filter.format, 0, header);
        hr = file_write(writer->file, header, writer->header);
        if (FAILED(hr))
            return hr;
        writer->written = writer->filter.format;
    }
    if (writer->bytes + size > UINT32_MAX - WAV_HEADER_MAX)
        return HRESULT_FROM_WIN32(ERROR_FILE_TOO_LARGE);
    hr = file_write(writer->file, bytes, size);
    if (SUCCEEDED(hr))
        writer->bytes += size;
    return hr;
}

/* ---- the filter ------------------------------------------------------------------------ */

static HRESULT writer_receive(struct filter *filter, const struct wav_format *format,
                              const BYTE *bytes, LONG size)
{
    struct wav_writer *writer = writer_of(filter);
    HRESULT hr = S_OK;

    (void)format; /* filter->format has it already */
    EnterCriticalSection(&writer->lock);
    if (writer->record == RECORD_RUNNING) {
        hr = writer_write(writer, bytes, (DWORD)size);
        if (FAILED(hr)) {
            writer->record = RECORD_IDLE;
            writer_close(writer);
        }
    }
    LeaveCriticalSection(&writer->lock);
    if (FAILED(hr)) {
        TRACE("termmgr", "recording failed: %08x", (unsigned)hr);
        writer->failed(writer->context, hr);
    }
    return S_OK; /* the stream goes on, recorded or not */
}

static void writer_end_of_stream(struct filter *filter)
{
    struct wav_writer *writer = writer_of(filter);

    EnterCriticalSection(&writer->lock);
    if (writer->record != RECORD_IDLE)
        writer_complete(writer);
    LeaveCriticalSection(&writer->lock);
}

static HRESULT writer_nothing(struct filter *filter)
{
    (void)filter;
    return S_OK;
}

static void writer_nothing_either(struct filter *filter)
{
    (void)filter;
}

static BOOL writer_accept(struct filter *filter, const struct wav_format *format)
{
    struct wav_writer *writer = writer_of(filter);
    BOOL accept;

    EnterCriticalSection(&writer->lock);
    accept = !writer->wanted.size || wav_format_equal(&writer->wanted, format);
    LeaveCriticalSection(&writer->lock);
    return accept;
}

static BOOL writer_preferred(struct filter *filter, struct wav_format *format)
{
    struct wav_writer *writer = writer_of(filter);

    EnterCriticalSection(&writer->lock);
    *format = writer->wanted;
    LeaveCriticalSection(&writer->lock);
    return format->size != 0;
}

static void writer_destroy(struct filter *filter)
{
    struct wav_writer *writer = writer_of(filter);

    writer_close(writer);
    SysFreeString(writer->path);
    DeleteCriticalSection(&writer->lock);
}

static const CLSID CLSID_wav_writer = {
    0x2f1e7a52, 0x6d0b, 0x4c4e, {0xa3, 0x1b, 0x0c, 0x57, 0x9e, 0x42, 0x18, 0x02}};
static const struct filter_ops writer_ops = {
    .clsid = &CLSID_wav_writer,
    .pin_name = L"Input",
    .direction = PINDIR_INPUT,
    .pause = writer_nothing,
    .run = writer_nothing,
    .hold = writer_nothing_either,
    .stop = writer_nothing_either,
    .accept = writer_accept,
    .preferred = writer_preferred,
    .receive = writer_receive,
    .end_of_stream = writer_end_of_stream,
    .begin_flush = writer_nothing_either,
    .end_flush = writer_nothing_either,
    .destroy = writer_destroy,
};
static const struct com_interface writer_interfaces[] = {FILTER_INTERFACES(wav_writer)};
static const struct com_class writer_class = {
    .name = "WavWriter",
    .interfaces = writer_interfaces,
    .interface_count = ARRAYSIZE(writer_interfaces),
    .destroy = filter_destroy,
};

struct filter *wav_writer_create(wav_writer_failed *failed, void *context)
{
    struct wav_writer *writer = filter_create(sizeof(*writer), &writer_class, &writer_ops);

    if (!writer)
        return NULL;
    writer->failed = failed;
    writer->context = context;
    InitializeCriticalSection(&writer->lock);
    return &writer->filter;
}

HRESULT wav_writer_set_file(struct filter *filter, const WCHAR *path)
{
    struct wav_writer *writer = writer_of(filter);
    BSTR copy = path ? SysAllocString(path) : NULL;
    HRESULT hr = S_OK;

    if (path && !copy)
        return E_OUTOFMEMORY;
    EnterCriticalSection(&writer->lock);
    writer->record = RECORD_IDLE;
    writer_close(writer);
    SysFreeString(writer->path);
    writer->path = copy;
    if (copy) {
        hr = writer_open(writer);
        if (FAILED(hr)) {
            SysFreeString(writer->path);
            writer->path = NULL;
        }
    }
    LeaveCriticalSection(&writer->lock);
    return hr;
}

HRESULT wav_writer_set_format(struct filter *filter, const struct wav_format *format)
{
    struct wav_writer *writer = writer_of(filter);
    HRESULT hr = S_OK;

    EnterCriticalSection(&writer->lock);
    if (writer->record != RECORD_IDLE)
        hr = TAPI_E_WRONG_STATE;
    else
        writer->wanted = *format;
    LeaveCriticalSection(&writer->lock);
    return hr;
}

BOOL wav_writer_format(struct filter *filter, struct wav_format *format)
{
    struct wav_writer *writer = writer_of(filter);

    EnterCriticalSection(&writer->lock);
    if (writer->written.size)
        *format = writer->written;
    else if (writer->wanted.size)
        *format = writer->wanted;
    else
        *format = writer->filter.format; /* of the connection; size 0 without one */
    LeaveCriticalSection(&writer->lock);
    return format->size != 0;
}

HRESULT wav_writer_start(struct filter *filter)
{
    struct wav_writer *writer = writer_of(filter);
    HRESULT hr = S_OK;

    EnterCriticalSection(&writer->lock);
    if (!writer->path)
        hr = TAPI_E_NOT_INITIALIZED;
    else if (writer->record == RECORD_IDLE && !writer->file)
        hr = writer_open(writer);
    if (SUCCEEDED(hr))
        writer->record = RECORD_RUNNING;
    LeaveCriticalSection(&writer->lock);
    return hr;
}

void wav_writer_pause(struct filter *filter)
{
    struct wav_writer *writer = writer_of(filter);

    EnterCriticalSection(&writer->lock);
    if (writer->record == RECORD_RUNNING)
        writer->record = RECORD_PAUSED;
    LeaveCriticalSection(&writer->lock);
}

HRESULT wav_writer_stop(struct filter *filter)
{
    struct wav_writer *writer = writer_of(filter);
    HRESULT hr;

    filter_drain_upstream(filter, DRAIN_MS);
    EnterCriticalSection(&writer->lock);
    writer->record = RECORD_IDLE;
    hr = writer_close(writer);
    LeaveCriticalSection(&writer->lock);
    return hr;
}
