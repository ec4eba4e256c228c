/* main.c - otscript.exe: runs VBScript and JScript files as Windows' cscript does. */
#include "tools/scripthost/host.h"

#include <shellapi.h>
#include <stdlib.h>

static const WCHAR usage[] =
    L"usage: otscript [//Nologo] [//B] [//E:engine] [//T:seconds] [//U] script [argument...]\r\n"
    L"  runs a .vbs or .js file as cscript does\r\n"
    L"  //B          no errors shown (the exit status still tells)\r\n"
    L"  //E:engine   VBScript or JScript, whatever the file is called\r\n"
    L"  //T:seconds  end the script after that time\r\n"
    L"  //U          output that goes to a file or pipe is UTF-16, not UTF-8\r\n"
    L"exit status: that of WScript.Quit, 0 at the script's end, 1 after an error\r\n";

int main(void)
{
    int count = 0, status;
    WCHAR **words = CommandLineToArgvW(GetCommandLineW(), &count);
    WCHAR **room = calloc((size_t)count + 1, sizeof(*room));

    if (!words || !room)
        return 1;
    options_parse(&host.options, words + 1, count > 0 ? (unsigned)count - 1 : 0, room);
    if (host.options.unknown) {
        stream_write(STREAM_ERR, L"unknown option //", 17);
        stream_write(STREAM_ERR, host.options.unknown, (unsigned)lstrlenW(host.options.unknown));
        stream_write(STREAM_ERR, L"\r\n", 2);
        return 1;
    }
    if (host.options.help) {
        stream_write(STREAM_OUT, usage, ARRAYSIZE(usage) - 1);
        return host.options.script ? 0 : 1;
    }
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    status = host_run();
    CoUninitialize();
    free(room);
    LocalFree(words);
    return status;
}
