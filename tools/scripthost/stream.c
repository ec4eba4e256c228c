/*
 * stream.c - WScript.StdIn, StdOut and StdErr as text streams.
 *
 * What goes to a pipe or file is UTF-8 (//U: UTF-16): Windows' cscript writes the console's code
 * page, which under Wine is hardly ever what the reader expects. ASCII is the same in both.
 */
#include "tools/scripthost/host.h"

#include <stdlib.h>

#define BAD_FILE_MODE ((HRESULT)0x800A0036) /* the scripting engines' error 54 */

static const DWORD handles[STREAM_COUNT] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};

static void write_bytes(HANDLE handle, const void *bytes, DWORD size)
{
    const BYTE *at = bytes;
    DWORD written;

    while (size && WriteFile(handle, at, size, &written, NULL) && written) {
        at += written;
        size -= written;
    }
}

void stream_write(enum stream_kind kind, const WCHAR *text, unsigned length)
{
    HANDLE handle = GetStdHandle(handles[kind]);
    DWORD mode, written;
    char *bytes;
    int size;

    if (!length)
        return;
    if (GetConsoleMode(handle, &mode) && WriteConsoleW(handle, text, length, &written, NULL))
        return;
    if (host.options.utf16) {
        write_bytes(handle, text, length * sizeof(WCHAR));
        return;
    }
    size = WideCharToMultiByte(CP_UTF8, 0, text, (int)length, NULL, 0, NULL, NULL);
    bytes = malloc((size_t)size + 1);
    if (!bytes)
        return;
    WideCharToMultiByte(CP_UTF8, 0, text, (int)length, bytes, size, NULL, NULL);
    write_bytes(handle, bytes, (DWORD)size);
    free(bytes);
}

/* ---- input: one for the process, as the handle is ---- */

static struct {
    char bytes[4096];
    DWORD at, count;
    bool ended;
    LONG line, column;
} in = {.line = 1, .column = 1};

/* The next byte, -1 at the end. */
static int in_peek(void)
{
    if (in.at == in.count && !in.ended) {
        in.at = in.count = 0;
        if (!ReadFile(GetStdHandle(STD_INPUT_HANDLE), in.bytes, sizeof(in.bytes), &in.count,
                      NULL) ||
            !in.count) {
            in.count = 0;
            in.ended = true;
        }
    }
    return in.at < in.count ? (unsigned char)in.bytes[in.at] : -1;
}

static int in_byte(void)
{
    int byte = in_peek();

    if (byte < 0)
        return byte;
    in.at++;
    if (byte == '\n') {
        in.line++;
        in.column = 1;
    } else {
        in.column++;
    }
    return byte;
}

/* Reads until `most` bytes, the end, or (line) the end of a line, which is taken but not given. */
static HRESULT read_text(struct late_call *call, size_t most, bool line)
{
    size_t size = 0, capacity = 0;
    char *bytes = NULL;
    BSTR text;
    int byte, length;

    if (in_peek() < 0)
        return late_fail(call, HRESULT_FROM_WIN32(ERROR_HANDLE_EOF), L"Input past end of file.");
    while (size < most && (byte = in_byte()) >= 0) {
        if (line && byte == '\n')
            break;
        if (size == capacity) {
            char *more = realloc(bytes, capacity = capacity ? capacity * 2 : 256);

            if (!more) {
                free(bytes);
                return E_OUTOFMEMORY;
            }
            bytes = more;
        }
        bytes[size++] = (char)byte;
    }
    if (line && size && bytes[size - 1] == '\r')
        size--;
    length = MultiByteToWideChar(CP_UTF8, 0, bytes, (int)size, NULL, 0);
    text = SysAllocStringLen(NULL, (UINT)length);
    if (text && size)
        MultiByteToWideChar(CP_UTF8, 0, bytes, (int)size, text, length);
    free(bytes);
    V_VT(call->result) = VT_BSTR;
    V_BSTR(call->result) = text;
    return text ? S_OK : E_OUTOFMEMORY;
}

/* ---- the object ---- */

struct stream {
    struct late_object late;
    enum stream_kind kind;
};

static enum stream_kind kind_of(struct late_object *late)
{
    return CONTAINING_RECORD(late, struct stream, late)->kind;
}

static HRESULT check_direction(struct late_object *late, struct late_call *call, bool reads)
{
    if ((kind_of(late) == STREAM_IN) == reads)
        return S_OK;
    return late_fail(call, BAD_FILE_MODE,
                     reads ? L"This stream can only be written."
                           : L"This stream can only be read.");
}

static HRESULT write_value(struct late_object *late, struct late_call *call, const WCHAR *end)
{
    HRESULT hr = check_direction(late, call, false);
    BSTR text;

    if (FAILED(hr))
        return hr;
    if (call->count) {
        text = value_text(&call->arguments[0]);
        stream_write(kind_of(late), text, SysStringLen(text));
        SysFreeString(text);
    }
    stream_write(kind_of(late), end, (unsigned)lstrlenW(end));
    return S_OK;
}

static HRESULT stream_Write(struct late_object *late, struct late_call *call)
{
    return write_value(late, call, L"");
}

static HRESULT stream_WriteLine(struct late_object *late, struct late_call *call)
{
    return write_value(late, call, L"\r\n");
}

static HRESULT stream_WriteBlankLines(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, false);
    LONG lines = late_number(call, 0, 0);

    for (; SUCCEEDED(hr) && lines > 0; lines--)
        stream_write(kind_of(late), L"\r\n", 2);
    return hr;
}

static HRESULT stream_Read(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, true);
    LONG count = late_number(call, 0, 0);

    if (FAILED(hr))
        return hr;
    return count > 0 ? read_text(call, (size_t)count, false)
                     : late_fail(call, E_INVALIDARG, L"Read needs a number of characters.");
}

static HRESULT stream_ReadLine(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, true);

    return FAILED(hr) ? hr : read_text(call, (size_t)-1, true);
}

static HRESULT stream_ReadAll(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, true);

    return FAILED(hr) ? hr : read_text(call, (size_t)-1, false);
}

static HRESULT stream_Skip(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, true);
    LONG count = late_number(call, 0, 0);

    while (SUCCEEDED(hr) && count-- > 0 && in_byte() >= 0)
        ;
    return hr;
}

static HRESULT stream_SkipLine(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, true);
    int byte = 0;

    while (SUCCEEDED(hr) && byte >= 0 && byte != '\n')
        byte = in_byte();
    return hr;
}

static HRESULT stream_AtEndOfStream(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, true);

    if (SUCCEEDED(hr))
        late_give_bool(call, in_peek() < 0);
    return hr;
}

static HRESULT stream_AtEndOfLine(struct late_object *late, struct late_call *call)
{
    HRESULT hr = check_direction(late, call, true);
    int byte = SUCCEEDED(hr) ? in_peek() : 0;

    if (SUCCEEDED(hr))
        late_give_bool(call, byte < 0 || byte == '\r' || byte == '\n');
    return hr;
}

static HRESULT stream_Line(struct late_object *late, struct late_call *call)
{
    late_give_number(call, kind_of(late) == STREAM_IN ? in.line : 1);
    return S_OK;
}

static HRESULT stream_Column(struct late_object *late, struct late_call *call)
{
    late_give_number(call, kind_of(late) == STREAM_IN ? in.column : 1);
    return S_OK;
}

static HRESULT stream_Close(struct late_object *late, struct late_call *call)
{
    (void)late, (void)call;
    return S_OK; /* the process's own: they stay */
}

static const struct late_member stream_members[] = {
    {L"Write", 1, 1, 1, false, stream_Write},
    {L"WriteLine", 2, 0, 1, false, stream_WriteLine},
    {L"WriteBlankLines", 3, 1, 1, false, stream_WriteBlankLines},
    {L"Read", 4, 1, 1, false, stream_Read},
    {L"ReadLine", 5, 0, 0, false, stream_ReadLine},
    {L"ReadAll", 6, 0, 0, false, stream_ReadAll},
    {L"Skip", 7, 1, 1, false, stream_Skip},
    {L"SkipLine", 8, 0, 0, false, stream_SkipLine},
    {L"AtEndOfStream", 9, 0, 0, false, stream_AtEndOfStream},
    {L"AtEndOfLine", 10, 0, 0, false, stream_AtEndOfLine},
    {L"Line", 11, 0, 0, false, stream_Line},
    {L"Column", 12, 0, 0, false, stream_Column},
    {L"Close", 13, 0, 0, false, stream_Close},
};
static const struct late_class stream_class = {L"TextStream", stream_members,
                                               ARRAYSIZE(stream_members), NULL};

IDispatch *stream_create(enum stream_kind kind)
{
    struct stream *self = late_create(sizeof(*self), &stream_class);

    if (!self)
        return NULL;
    self->kind = kind;
    return &self->late.IDispatch_iface;
}
