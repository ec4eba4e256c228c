/*
 * wav_source.c - a source filter that plays WAV files one after the other. See private.h.
 *
 * Two things must be so for sound to flow: the terminal has been started (wav_source_start), and
 * the filter graph of the stream it is selected on is not stopped. While both are, a thread
 * delivers. When the graph is stopped and started again, playing goes on where the receiver had
 * taken the last piece, so nothing is lost or heard twice.
 */
#include "msp/termmgr/private.h"
#include "base/trace.h"

#include <stdlib.h>

/* One piece: 20 ms of sound, within these limits (bytes). */
#define PIECE_MIN 320
#define PIECE_MAX 4096

enum play { PLAY_IDLE, PLAY_RUNNING, PLAY_PAUSED };

struct wav_source {
    struct filter filter;
    wav_source_done *done;
    void *context;
    CRITICAL_SECTION lock; /* below */
    CONDITION_VARIABLE changed;
    enum play play;
    BOOL active;   /* the graph is not stopped */
    BOOL quit;     /* the thread is to end */
    BOOL finished; /* the thread has left its loop */
    HANDLE thread;
    DWORD thread_id;
    struct wav_list *list;
    /* The position; the thread's own while there is one. */
    unsigned index;
    HANDLE file;
    struct wav_info info;
    uint64_t offset; /* in info's data */
};

/* ---- the file -------------------------------------------------------------------------- */

static int32_t file_read_at(void *context, uint64_t offset, void *buffer, uint32_t size)
{
    LARGE_INTEGER at = {.QuadPart = (LONGLONG)offset};
    DWORD got = 0;

    if (!SetFilePointerEx(context, at, NULL, FILE_BEGIN) ||
        !ReadFile(context, buffer, size, &got, NULL))
        return -1;
    return (int32_t)got;
}

static HRESULT last_error(void)
{
    DWORD error = GetLastError();

    return error ? HRESULT_FROM_WIN32(error) : E_FAIL;
}

static HRESULT file_open(const WCHAR *path, HANDLE *file, struct wav_info *info)
{
    LARGE_INTEGER size;
    HRESULT hr = S_OK;

    *file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                        FILE_ATTRIBUTE_NORMAL | FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (*file == INVALID_HANDLE_VALUE) {
        *file = NULL;
        return last_error();
    }
    if (!GetFileSizeEx(*file, &size)) {
        hr = last_error();
    } else {
        switch (wav_read_header(file_read_at, *file, (uint64_t)size.QuadPart, info)) {
        case WAV_OK:
            break;
        case WAV_UNSUPPORTED:
            hr = VFW_E_UNSUPPORTED_AUDIO;
            break;
        case WAV_READ_ERROR:
            hr = last_error();
            break;
        default:
            hr = VFW_E_INVALID_FILE_FORMAT;
        }
    }
    if (FAILED(hr)) {
        CloseHandle(*file);
        *file = NULL;
    }
    return hr;
}

HRESULT wav_file_format(const WCHAR *path, struct wav_format *format)
{
    struct wav_info info;
    HANDLE file;
    HRESULT hr = file_open(path, &file, &info);

    if (FAILED(hr))
        return hr;
    CloseHandle(file);
    *format = info.format;
    return S_OK;
}

static void source_rewind(struct wav_source *source)
{
    if (source->file)
        CloseHandle(source->file);
    source->file = NULL;
    source->index = 0;
    source->offset = 0;
}

/* ---- the thread ------------------------------------------------------------------------ */

/* Waits out a pause. FALSE: the thread is to end. */
static BOOL source_may_go_on(struct wav_source *source)
{
    BOOL go;

    EnterCriticalSection(&source->lock);
    while (!source->quit && source->play == PLAY_PAUSED)
        SleepConditionVariableCS(&source->changed, &source->lock, INFINITE);
    go = !source->quit && source->play == PLAY_RUNNING;
    LeaveCriticalSection(&source->lock);
    return go;
}

/* The receiver is being stopped or flushed: no failure, but it takes nothing until that is over,
 * and whoever does it ends the thread, too (receivers are stopped before sources). */
static BOOL is_interruption(HRESULT hr)
{
    return hr == VFW_E_WRONG_STATE || hr == VFW_E_NOT_COMMITTED;
}

static void source_wait_for_quit(struct wav_source *source)
{
    EnterCriticalSection(&source->lock);
    while (!source->quit)
        SleepConditionVariableCS(&source->changed, &source->lock, INFINITE);
    LeaveCriticalSection(&source->lock);
}

/* Delivers one piece. S_OK; S_FALSE: the list is at its end; an error. */
static HRESULT source_step(struct wav_source *source)
{
    BYTE bytes[PIECE_MAX];
    uint32_t piece, block;
    int32_t got;
    HRESULT hr;

    while (!source->file || source->offset >= source->info.data_size) {
        if (source->file) {
            CloseHandle(source->file);
            source->file = NULL;
            source->offset = 0;
            source->index++;
        }
        if (!source->list || source->index >= source->list->count)
            return S_FALSE;
        hr = file_open(source->list->paths[source->index], &source->file, &source->info);
        if (FAILED(hr))
            return hr;
    }
    block = wav_format_block(&source->info.format);
    piece = wav_format_bytes_per_second(&source->info.format) / 50;
    piece = piece < PIECE_MIN ? PIECE_MIN : piece > PIECE_MAX ? PIECE_MAX : piece;
    piece -= piece % block;
    if (!piece)
        piece = block;
    if (piece > sizeof(bytes))
        return VFW_E_UNSUPPORTED_AUDIO;
    if (piece > source->info.data_size - source->offset)
        piece = (uint32_t)(source->info.data_size - source->offset);
    got = file_read_at(source->file, source->info.data_offset + source->offset, bytes, piece);
    if (got < 0)
        return last_error();
    if ((uint32_t)got < piece) { /* somebody cut the file meanwhile */
        source->info.data_size = source->offset + (uint32_t)got - (uint32_t)got % block;
        piece = (uint32_t)got - (uint32_t)got % block;
        if (!piece)
            return S_OK;
    }
    hr = filter_deliver(&source->filter, &source->info.format, bytes, piece);
    if (hr == S_OK)
        source->offset += piece;
    else if (hr == S_FALSE)
        hr = VFW_E_WRONG_STATE; /* the receiver is flushing or wants no more */
    return hr;
}

static DWORD WINAPI source_thread(void *context)
{
    struct wav_source *source = context;
    HRESULT com = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    HRESULT hr = S_OK;
    BOOL ended = FALSE;

    while (hr == S_OK && source_may_go_on(source))
        hr = source_step(source);
    if (is_interruption(hr))
        source_wait_for_quit(source);
    if (hr == S_FALSE)
        filter_deliver_end(&source->filter); /* returns when everything is played, or flushed */
    EnterCriticalSection(&source->lock);
    if (hr != S_OK && !source->quit) {
        ended = TRUE;
        source->play = PLAY_IDLE;
        source_rewind(source);
    }
    source->finished = TRUE;
    LeaveCriticalSection(&source->lock);
    if (ended) {
        TRACE("termmgr", "play ended: %08x", (unsigned)hr);
        source->done(source->context, hr == S_FALSE ? FTEC_END_OF_FILE : FTEC_READ_ERROR,
                     hr == S_FALSE ? S_OK : hr);
    }
    com_release(&source->filter.com);
    if (SUCCEEDED(com))
        CoUninitialize();
    return 0;
}

/* Ends the thread and waits for it, unless it is the caller. */
static void source_end_thread(struct wav_source *source)
{
    HANDLE thread;
    BOOL own;

    EnterCriticalSection(&source->lock);
    thread = source->thread;
    own = thread && source->thread_id == GetCurrentThreadId();
    source->thread = NULL;
    source->quit = TRUE;
    LeaveCriticalSection(&source->lock);
    WakeAllConditionVariable(&source->changed);
    if (!thread)
        return;
    if (!own)
        WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

/* The same where the thread may be waiting inside the receiver. */
static void source_break_thread(struct wav_source *source)
{
    BOOL running;

    EnterCriticalSection(&source->lock);
    running = source->thread != NULL;
    source->quit = TRUE;
    LeaveCriticalSection(&source->lock);
    if (running)
        filter_flush_begin(&source->filter);
    source_end_thread(source);
    if (running)
        filter_flush_end(&source->filter);
}

/* Starts the thread if both conditions are met and it is not there. */
static HRESULT source_begin_thread(struct wav_source *source)
{
    HANDLE old = NULL;
    HRESULT hr = S_OK;

    EnterCriticalSection(&source->lock);
    if (source->thread && source->finished) {
        old = source->thread;
        source->thread = NULL;
    }
    LeaveCriticalSection(&source->lock);
    if (old) {
        WaitForSingleObject(old, INFINITE);
        CloseHandle(old);
    }
    EnterCriticalSection(&source->lock);
    if (source->active && source->play != PLAY_IDLE && !source->thread) {
        source->quit = FALSE;
        source->finished = FALSE;
        com_add_ref(&source->filter.com); /* the thread's */
        source->thread = CreateThread(NULL, 0, source_thread, source, 0, &source->thread_id);
        if (!source->thread) {
            source->finished = TRUE;
            com_release(&source->filter.com);
            hr = E_OUTOFMEMORY;
        }
    }
    LeaveCriticalSection(&source->lock);
    return hr;
}

/* ---- the filter ------------------------------------------------------------------------ */

static struct wav_source *source_of(struct filter *filter)
{
    return CONTAINING_RECORD(filter, struct wav_source, filter);
}

static HRESULT source_pause(struct filter *filter)
{
    struct wav_source *source = source_of(filter);
    HRESULT hr;

    source->active = TRUE;
    filter_new_segment(filter);
    hr = source_begin_thread(source);
    if (FAILED(hr))
        source->active = FALSE;
    return hr;
}

static HRESULT source_run(struct filter *filter)
{
    (void)filter;
    return S_OK;
}

static void source_hold(struct filter *filter)
{
    (void)filter; /* the receiver holds back when it is paused */
}

static void source_stop(struct filter *filter)
{
    struct wav_source *source = source_of(filter);

    source->active = FALSE;
    source_break_thread(source);
}

static BOOL source_accept(struct filter *filter, const struct wav_format *format)
{
    (void)filter, (void)format;
    return TRUE; /* the format of a piece is its file's; this one only makes the connection */
}

static BOOL source_preferred(struct filter *filter, struct wav_format *format)
{
    struct wav_source *source = source_of(filter);
    BSTR path = NULL;
    BOOL known;

    EnterCriticalSection(&source->lock);
    if (source->list && source->list->count)
        path = SysAllocString(source->list->paths[0]);
    LeaveCriticalSection(&source->lock);
    known = path && SUCCEEDED(wav_file_format(path, format));
    SysFreeString(path);
    return known;
}

static void source_destroy(struct filter *filter)
{
    struct wav_source *source = source_of(filter);

    source_end_thread(source);
    source_rewind(source);
    wav_list_free(source->list);
    DeleteCriticalSection(&source->lock);
}

static const CLSID CLSID_wav_source = {
    0x2f1e7a52, 0x6d0b, 0x4c4e, {0xa3, 0x1b, 0x0c, 0x57, 0x9e, 0x42, 0x18, 0x01}};
static const struct filter_ops source_ops = {
    .clsid = &CLSID_wav_source,
    .pin_name = L"Output",
    .direction = PINDIR_OUTPUT,
    .pause = source_pause,
    .run = source_run,
    .hold = source_hold,
    .stop = source_stop,
    .accept = source_accept,
    .preferred = source_preferred,
    .destroy = source_destroy,
};
static const struct com_interface source_interfaces[] = {FILTER_INTERFACES(wav_source)};
static const struct com_class source_class = {
    .name = "WavSource",
    .interfaces = source_interfaces,
    .interface_count = ARRAYSIZE(source_interfaces),
    .destroy = filter_destroy,
};

struct filter *wav_source_create(wav_source_done *done, void *context)
{
    struct wav_source *source = filter_create(sizeof(*source), &source_class, &source_ops);

    if (!source)
        return NULL;
    source->done = done;
    source->context = context;
    InitializeCriticalSection(&source->lock);
    InitializeConditionVariable(&source->changed);
    return &source->filter;
}

void wav_source_set_list(struct filter *filter, struct wav_list *list)
{
    struct wav_source *source = source_of(filter);
    struct wav_list *old;

    EnterCriticalSection(&source->lock);
    old = source->list;
    source->list = list;
    source_rewind(source);
    LeaveCriticalSection(&source->lock);
    wav_list_free(old);
}

HRESULT wav_source_start(struct filter *filter)
{
    struct wav_source *source = source_of(filter);
    HRESULT hr;

    EnterCriticalSection(&source->lock);
    source->play = PLAY_RUNNING;
    LeaveCriticalSection(&source->lock);
    WakeAllConditionVariable(&source->changed);
    hr = source_begin_thread(source);
    if (FAILED(hr)) {
        EnterCriticalSection(&source->lock);
        source->play = PLAY_IDLE;
        LeaveCriticalSection(&source->lock);
    }
    return hr;
}

void wav_source_pause(struct filter *filter)
{
    struct wav_source *source = source_of(filter);

    EnterCriticalSection(&source->lock);
    if (source->play == PLAY_RUNNING)
        source->play = PLAY_PAUSED;
    LeaveCriticalSection(&source->lock);
}

void wav_source_stop(struct filter *filter)
{
    struct wav_source *source = source_of(filter);

    EnterCriticalSection(&source->lock);
    source->play = PLAY_IDLE;
    LeaveCriticalSection(&source->lock);
    source_break_thread(source);
    EnterCriticalSection(&source->lock);
    if (!source->thread)
        source_rewind(source);
    LeaveCriticalSection(&source->lock);
}
