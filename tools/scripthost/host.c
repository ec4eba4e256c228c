/* host.c - reads a script, makes its engine, runs it, and ends. */
#include "tools/scripthost/host.h"

#include <stdio.h>
#include <stdlib.h>

struct host host;

/* IID_IActiveScriptParse of this CPU; MinGW's libraries do not have both. */
#ifdef _WIN64
static const IID iid_parse = {
    0xC7EF7658, 0xE1EE, 0x480E, {0x97, 0xEA, 0xD5, 0x2C, 0xB4, 0xD7, 0x6D, 0x17}};
#else
static const IID iid_parse = {
    0xBB1A2AE2, 0xA4F9, 0x11CF, {0x8F, 0x20, 0x00, 0x80, 0x5F, 0x2C, 0xD0, 0x64}};
#endif

/* ---- errors ---- */

static const WCHAR *engine_name(void)
{
    const WCHAR *dot = wcsrchr(host.script_path, '.');

    if (host.options.engine)
        return host.options.engine;
    if (dot && lstrcmpiW(dot, L".vbs") == 0)
        return L"VBScript";
    if (dot && lstrcmpiW(dot, L".js") == 0)
        return L"JScript";
    return NULL;
}

void host_show_error(ULONG line, LONG column, const WCHAR *source, const WCHAR *text)
{
    WCHAR place[MAX_PATH + 32];

    host.error_reported = true;
    if (host.options.batch)
        return;
    if (line)
        _snwprintf(place, ARRAYSIZE(place), L"%ls(%lu, %ld) ", host.script_path, line, column);
    else
        _snwprintf(place, ARRAYSIZE(place), L"%ls: ", host.script_path);
    place[ARRAYSIZE(place) - 1] = 0;
    stream_write(STREAM_ERR, place, (unsigned)lstrlenW(place));
    stream_write(STREAM_ERR, source, (unsigned)lstrlenW(source));
    stream_write(STREAM_ERR, L": ", 2);
    stream_write(STREAM_ERR, text, (unsigned)lstrlenW(text));
    stream_write(STREAM_ERR, L"\r\n", 2);
}

/* A sentence for a result, from the engines' errors or the system's, with the number. */
static void describe(HRESULT hr, WCHAR *text, DWORD size)
{
    const WCHAR *known = engine_error_text(hr);
    DWORD length = 0;

    if (known) {
        lstrcpynW(text, known, (int)size);
        return;
    }
    length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                            (DWORD)hr, 0, text, size - 20, NULL);
    while (length && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    _snwprintf(text + length, size - length, L"%ls0x%08lx", length ? L" " : L"", (ULONG)hr);
}

void host_show_exception(ULONG line, LONG column, HRESULT hr, EXCEPINFO *exception)
{
    WCHAR source[64], text[300];

    if (exception->pfnDeferredFillIn)
        exception->pfnDeferredFillIn(exception);
    if (hr == DISP_E_EXCEPTION)
        hr = exception->scode ? exception->scode : E_FAIL;
    describe(hr, text, ARRAYSIZE(text));
    /* Wine's VBScript names neither its syntax errors nor a call on what is no object. */
    if (hr == E_FAIL)
        lstrcpynW(text,
                  exception->bstrSource && wcsstr(exception->bstrSource, L"compilation")
                      ? L"Syntax error"
                      : L"An error without a name, such as a call on what is not an object",
                  ARRAYSIZE(text));
    _snwprintf(source, ARRAYSIZE(source), L"Microsoft %ls runtime error", engine_name());
    source[ARRAYSIZE(source) - 1] = 0;
    /* An engine that has told its site returns an error, too. */
    if (!host.error_reported)
        host_show_error(
            line, column,
            exception->bstrSource && *exception->bstrSource ? exception->bstrSource : source,
            exception->bstrDescription && *exception->bstrDescription ? exception->bstrDescription
                                                                      : text);
    SysFreeString(exception->bstrSource);
    SysFreeString(exception->bstrDescription);
    SysFreeString(exception->bstrHelpFile);
}

/* ---- the script's text ---- */

static BSTR decode(const BYTE *bytes, DWORD size)
{
    UINT page = CP_UTF8;
    BSTR text;
    int length;

    if (size >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
        return SysAllocStringLen((const WCHAR *)(bytes + 2), (size - 2) / sizeof(WCHAR));
    if (size >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) {
        bytes += 3;
        size -= 3;
    }
    /* Without a mark: UTF-8 if it can be that, else the system's code page. */
    if (size &&
        !MultiByteToWideChar(page, MB_ERR_INVALID_CHARS, (const char *)bytes, (int)size, NULL, 0))
        page = CP_ACP;
    length = size ? MultiByteToWideChar(page, 0, (const char *)bytes, (int)size, NULL, 0) : 0;
    text = SysAllocStringLen(NULL, (UINT)length);
    if (text && length)
        MultiByteToWideChar(page, 0, (const char *)bytes, (int)size, text, length);
    return text;
}

static BSTR read_script(const WCHAR *path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    BSTR text = NULL;
    BYTE *bytes;
    DWORD size, got = 0;

    if (file == INVALID_HANDLE_VALUE)
        return NULL;
    size = GetFileSize(file, NULL);
    bytes = size == INVALID_FILE_SIZE ? NULL : malloc((size_t)size + 1);
    if (bytes && ReadFile(file, bytes, size, &got, NULL))
        text = decode(bytes, got);
    free(bytes);
    CloseHandle(file);
    return text;
}

/* ---- the engine ---- */

static HRESULT start_engine(IActiveScriptParse **parse)
{
    const WCHAR *name = engine_name();
    IActiveScriptSite *site;
    CLSID clsid;
    HRESULT hr;

    *parse = NULL;
    if (!name) {
        host_show_error(0, 0, L"Script host",
                        L"a script is a .vbs or a .js file; for others say //E:engine");
        return E_FAIL;
    }
    hr = CLSIDFromProgID(name, &clsid);
    if (SUCCEEDED(hr))
        hr = CoCreateInstance(&clsid, NULL, CLSCTX_INPROC_SERVER, &IID_IActiveScript,
                              (void **)&host.engine);
    if (FAILED(hr)) {
        host_show_error(0, 0, L"Script host", L"the script engine cannot be made");
        return hr;
    }
    hr = IActiveScript_QueryInterface(host.engine, &iid_parse, (void **)parse);
    if (FAILED(hr))
        return hr;
    site = site_create();
    if (!site)
        return E_OUTOFMEMORY;
    hr = (*parse)->lpVtbl->InitNew(*parse);
    if (SUCCEEDED(hr))
        hr = IActiveScript_SetScriptSite(host.engine, site);
    if (SUCCEEDED(hr))
        hr = IActiveScript_AddNamedItem(host.engine, L"WScript", SCRIPTITEM_ISVISIBLE);
    if (SUCCEEDED(hr))
        hr = IActiveScript_SetScriptState(host.engine, SCRIPTSTATE_STARTED);
    IActiveScriptSite_Release(site);
    return hr;
}

/* Ends the script's hold on everything; also in the middle of it, if the engine lets us. */
static void let_go(void)
{
    IActiveScript *engine = host.engine;

    host.engine = NULL; /* events find nobody any more */
    disconnect_all();
    if (engine) {
        IActiveScript_Close(engine);
        IActiveScript_Release(engine);
    }
}

void host_quit(int status)
{
    let_go();
    ExitProcess((UINT)status);
}

static DWORD WINAPI timeout_thread(void *unused)
{
    static const WCHAR text[] = L"The script's time (//T) is over; it was ended.\r\n";

    (void)unused;
    Sleep(host.options.timeout * 1000);
    stream_write(STREAM_ERR, text, ARRAYSIZE(text) - 1);
    /* The script's thread may hold anything: no orderly exit. */
    TerminateProcess(GetCurrentProcess(), 1);
    return 0;
}

int host_run(void)
{
    IActiveScriptParse *parse = NULL;
    EXCEPINFO exception = {0};
    BSTR text;
    HRESULT hr;

    if (!GetFullPathNameW(host.options.script, ARRAYSIZE(host.script_path), host.script_path, NULL))
        lstrcpynW(host.script_path, host.options.script, ARRAYSIZE(host.script_path));
    host.interactive = !host.options.batch;
    text = read_script(host.script_path);
    if (!text) {
        host_show_error(0, 0, L"Script host", L"the script file cannot be read");
        return 1;
    }
    if (host.options.timeout)
        CloseHandle(CreateThread(NULL, 0, timeout_thread, NULL, 0, NULL));
    hr = start_engine(&parse);
    if (SUCCEEDED(hr))
        hr = parse->lpVtbl->ParseScriptText(parse, text, NULL, NULL, NULL, 0, 0,
                                            SCRIPTTEXT_ISVISIBLE, NULL, &exception);
    SysFreeString(text);
    if (FAILED(hr))
        host_show_exception(0, 0, hr, &exception);
    if (parse)
        parse->lpVtbl->Release(parse);
    let_go();
    return host.error_reported ? 1 : 0;
}
