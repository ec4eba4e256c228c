/* scripthost_test.c - runs otscript.exe on the scripts of scripts/ and looks at what comes out. */
#include "tests/support/test.h"
#include "tests/support/wait.h"

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

struct outcome {
    char out[4096], err[4096];
    DWORD out_size, status;
};

/* A new name each time: a process that has just ended may still be letting go of the last one. */
static HANDLE scratch_file(void)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    char folder[MAX_PATH], path[MAX_PATH + 40];
    static unsigned number;

    GetTempPathA(MAX_PATH, folder);
    snprintf(path, sizeof(path), "%sotscript-%lu-%u", folder, GetCurrentProcessId(), ++number);
    return CreateFileA(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                       &inherit, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

static DWORD read_back(HANDLE file, char *text, DWORD size)
{
    DWORD got = 0;

    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    ReadFile(file, text, size - 1, &got, NULL);
    text[got] = 0;
    return got;
}

/* Runs the host with this command line; the result stays until the next run. */
static struct outcome *run_host(const char *input, const char *arguments)
{
    static struct outcome outcome;
    STARTUPINFOA start = {.cb = sizeof(start), .dwFlags = STARTF_USESTDHANDLES};
    char command[1024];
    PROCESS_INFORMATION process;
    DWORD written;

    memset(&outcome, 0, sizeof(outcome));
    outcome.status = 0xDEAD;
    start.hStdInput = scratch_file();
    start.hStdOutput = scratch_file();
    start.hStdError = scratch_file();
    WriteFile(start.hStdInput, input, (DWORD)strlen(input), &written, NULL);
    SetFilePointer(start.hStdInput, 0, NULL, FILE_BEGIN);
    snprintf(command, sizeof(command), "otscript.exe %s", arguments);
    REQUIRE(wait_start(command, true, CREATE_NO_WINDOW, &start, &process));
    outcome.status = wait_end(command, &process);
    outcome.out_size = read_back(start.hStdOutput, outcome.out, sizeof(outcome.out));
    read_back(start.hStdError, outcome.err, sizeof(outcome.err));
    CloseHandle(start.hStdInput);
    CloseHandle(start.hStdOutput);
    CloseHandle(start.hStdError);
    return &outcome;
}

/* The whole output, and nothing on stderr. */
static void check_quiet(const struct outcome *outcome, const char *out, DWORD status)
{
    CHECK_STR(outcome->out, out);
    CHECK_STR(outcome->err, "");
    CHECK_EQ(outcome->status, status);
}

/* An error: the text ends so (the path before it is the machine's). */
static void check_error(const struct outcome *outcome, const char *out, const char *err_end)
{
    size_t size = strlen(outcome->err), end = strlen(err_end);

    CHECK_STR(outcome->out, out);
    CHECK_EQ(outcome->status, 1);
    if (!CHECK(size > end) || !CHECK_STR(outcome->err + size - end, err_end))
        test_note("stderr: %s", outcome->err);
}

/* ---- the probe's registration, for as long as the tests run ---- */

static const struct {
    const char *progid, *clsid;
} probes[] = {
    {"OpenTAPI.ToldProbe", "{6E0B0C61-8F6D-4C55-9A0B-5F2D34A3C004}"},
    {"OpenTAPI.SilentProbe", "{6E0B0C61-8F6D-4C55-9A0B-5F2D34A3C005}"},
};

static void set_value(const char *key, const char *value)
{
    REQUIRE_EQ(RegSetValueA(HKEY_CLASSES_ROOT, key, REG_SZ, value, 0), ERROR_SUCCESS);
}

static void register_probes(void)
{
    char key[200], path[MAX_PATH];
    unsigned i;

    GetModuleFileNameA(NULL, path, sizeof(path));
    strcpy(strrchr(path, '\\') + 1, "test_probe.dll");
    for (i = 0; i < 2; i++) {
        snprintf(key, sizeof(key), "%s\\CLSID", probes[i].progid);
        set_value(key, probes[i].clsid);
        snprintf(key, sizeof(key), "CLSID\\%s\\InprocServer32", probes[i].clsid);
        set_value(key, path);
    }
}

static void unregister_probes(void)
{
    char key[200];
    unsigned i;

    for (i = 0; i < 2; i++) {
        RegDeleteTreeA(HKEY_CLASSES_ROOT, probes[i].progid);
        snprintf(key, sizeof(key), "CLSID\\%s", probes[i].clsid);
        RegDeleteTreeA(HKEY_CLASSES_ROOT, key);
    }
}

TEST_BEFORE
{
    register_probes();
}

TEST_AFTER
{
    unregister_probes();
}

/* ---- arguments, output, exit status ---- */

TEST(a_vbscript_sees_its_arguments)
{
    check_quiet(run_host("", "//Nologo scripthost\\show.vbs one \"two words\" /speed:fast"),
                "vbs 1 2.5 True null  3\r\n"
                "[one][two words][/speed:fast]\r\n"
                "one two words 3\r\n"
                "show.vbs Windows Script Host True\r\n"
                "fast False 2\r\n",
                0);
}

TEST(a_jscript_sees_its_arguments)
{
    check_quiet(run_host("", "//Nologo scripthost\\show.js one \"two words\""),
                "js 1 2 2\r\n[one][two words]\r\none two words show.js\r\n", 0);
}

TEST(options_may_stand_behind_the_script_and_batch_mode_is_seen)
{
    const struct outcome *outcome = run_host("", "scripthost\\show.vbs //B one two //Nologo /x:y");

    CHECK(strstr(outcome->out, "Windows Script Host False\r\n") != NULL);
    CHECK(strstr(outcome->out, "[one][two][/x:y]\r\n") != NULL);
}

TEST(quit_ends_the_script_even_if_it_would_catch_errors)
{
    check_quiet(run_host("", "scripthost\\quit.vbs"), "", 7);
    check_quiet(run_host("", "scripthost\\quit.js"), "", 9);
}

/* ---- errors ---- */

TEST(an_uncaught_error_is_shown_with_its_place)
{
    check_error(run_host("", "scripthost\\error.vbs"), "before\r\n",
                "\\scripthost\\error.vbs(3, 9) Microsoft VBScript runtime error: "
                "Type mismatch\r\n");
    check_error(run_host("", "scripthost\\error.js"), "before\r\n",
                "\\scripthost\\error.js(2, 5) Microsoft JScript runtime error: oh dear\r\n");
}

TEST(a_syntax_error_is_shown_and_nothing_is_run)
{
    check_error(run_host("", "scripthost\\syntax.vbs"), "",
                "\\scripthost\\syntax.vbs(3, 5) Microsoft VBScript compilation error: "
                "Syntax error\r\n");
    check_error(run_host("", "scripthost\\syntax.js"), "",
                "\\scripthost\\syntax.js(2, 9) Microsoft JScript compilation error: "
                "Syntax error\r\n");
}

TEST(batch_mode_keeps_errors_quiet_but_not_the_exit_status)
{
    check_quiet(run_host("", "//B scripthost\\error.vbs"), "before\r\n", 1);
}

TEST(errors_of_objects_can_be_caught_and_have_a_source_and_a_sentence)
{
    check_quiet(run_host("", "scripthost\\objects.vbs"),
                "WScript.CreateObject: Could not find an automation class named "
                "\"No.Such.Class\".\r\n"
                "WScript.Arguments.Item: There is no argument 5; the script was given 0.\r\n"
                "WScript.ConnectObject True\r\n"
                "WScript.GetObject True\r\n"
                "This stream can only be written.\r\n"
                "Sleep needs a number of milliseconds.\r\n"
                "True\r\n"
                "438\r\n"
                "Probe: the probe says no\r\n",
                0);
}

TEST(a_script_that_cannot_be_run_is_an_error)
{
    check_error(run_host("", "scripthost\\nosuch.vbs"), "",
                "\\scripthost\\nosuch.vbs: Script host: the script file cannot be read\r\n");
    check_error(run_host("", "scripthost\\script.txt"), "",
                "Script host: a script is a .vbs or a .js file; for others say //E:engine\r\n");
    check_error(run_host("", "//E:NoSuchEngine scripthost\\script.txt"), "",
                "Script host: the script engine cannot be made\r\n");
    check_error(run_host("", "//Nonsense scripthost\\show.vbs"), "",
                "nknown option //Nonsense\r\n");
}

TEST(an_engine_can_be_named)
{
    check_quiet(run_host("", "//E:vbscript scripthost\\script.txt"), "by name\r\n", 0);
}

TEST(without_a_script_the_host_says_how_it_is_used)
{
    const struct outcome *outcome = run_host("", "//Nologo");

    CHECK(strstr(outcome->out, "usage: otscript") != NULL);
    CHECK_EQ(outcome->status, 1);
}

TEST(a_script_is_ended_when_its_time_is_over)
{
    const struct outcome *outcome = run_host("", "//T:1 scripthost\\forever.vbs");

    CHECK(strstr(outcome->err, "time (//T) is over") != NULL);
    CHECK_EQ(outcome->status, 1);
}

/* ---- streams and encodings ---- */

TEST(streams_read_and_write)
{
    const struct outcome *outcome =
        run_host("abcd\r\nskipped\nlast but one\r\n\r\nlast", "scripthost\\streams.vbs");

    CHECK_STR(outcome->out, "first: ab|cd|2\r\n\r\nInput past end of file.\r\n");
    CHECK_STR(outcome->err, "line: last but one\r\nline: \r\nline: last\r\n");
    CHECK_EQ(outcome->status, 0);
}

static void write_script(const char *name, const void *bytes, DWORD size)
{
    HANDLE file = CreateFileA(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written;

    REQUIRE(file != INVALID_HANDLE_VALUE);
    WriteFile(file, bytes, size, &written, NULL);
    CloseHandle(file);
}

TEST(scripts_may_be_utf8_or_utf16)
{
    static const char plain[] = "WScript.Echo \"gr\xC3\xBCn\"";
    static const char marked[] = "\xEF\xBB\xBFWScript.Echo \"gr\xC3\xBCn\"";
    static const WCHAR wide[] = L"\xFEFFWScript.Echo \"gr\x00FCn\"";

    write_script("scripthost\\plain.vbs", plain, sizeof(plain) - 1);
    write_script("scripthost\\marked.vbs", marked, sizeof(marked) - 1);
    write_script("scripthost\\wide.vbs", wide, sizeof(wide) - sizeof(WCHAR));
    check_quiet(run_host("", "scripthost\\plain.vbs"), "gr\xC3\xBCn\r\n", 0);
    check_quiet(run_host("", "scripthost\\marked.vbs"), "gr\xC3\xBCn\r\n", 0);
    check_quiet(run_host("", "scripthost\\wide.vbs"), "gr\xC3\xBCn\r\n", 0);
}

TEST(output_is_utf16_if_asked_for)
{
    static const WCHAR expected[] = L"by name\r\n";
    const struct outcome *outcome = run_host("", "//U //E:VBScript scripthost\\script.txt");

    CHECK_EQ(outcome->out_size, sizeof(expected) - sizeof(WCHAR));
    CHECK_BYTES(outcome->out, expected, sizeof(expected) - sizeof(WCHAR));
}

/* ---- events ---- */

static const char events_of_vbscript[] = "first now 1\r\n"
                                         "before Sleep 1\r\n"
                                         "first later 2\r\n"
                                         "first later still 3\r\n"
                                         "sinks 2\r\n"
                                         "first both 4\r\n"
                                         "second both 4\r\n"
                                         "sinks 0\r\n"
                                         "count 4\r\n";

TEST(events_come_by_prefix_for_an_object_with_class_information)
{
    check_quiet(run_host("", "scripthost\\events.vbs OpenTAPI.ToldProbe"), events_of_vbscript, 0);
    check_quiet(run_host("", "scripthost\\events.js OpenTAPI.ToldProbe"),
                "p now 1\r\np later 2\r\ncount 2\r\n", 0);
}

TEST(events_come_by_prefix_for_an_object_known_by_its_type_library_only)
{
    check_quiet(run_host("", "scripthost\\events.vbs OpenTAPI.SilentProbe"), events_of_vbscript, 0);
    check_quiet(run_host("", "scripthost\\events.js OpenTAPI.SilentProbe"),
                "p now 1\r\np later 2\r\ncount 2\r\n", 0);
}

TEST(an_error_in_a_handler_ends_the_script)
{
    check_error(run_host("", "scripthost\\handler_error.vbs"), "",
                "handler_error.vbs(9, 5) Microsoft VBScript runtime error: Type mismatch\r\n");
    check_error(
        run_host("", "scripthost\\handler_error.js"), "",
        "handler_error.js(7, 5) Microsoft JScript runtime error: 'nosuch' is undefined\r\n");
}

TEST(a_handler_may_quit)
{
    check_quiet(run_host("", "scripthost\\handler_quit.vbs"), "leaving\r\n", 5);
}
