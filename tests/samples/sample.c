/* sample.c - sample.h: a process with an exchange of its own, and what is seen of it. */
#include "tests/samples/sample.h"

#include <stdio.h>
#include <stdlib.h>

char sample_output[16384], sample_log[16384];
DWORD sample_status;

static const char *folder(const char *variable)
{
    const char *path = getenv(variable);

    REQUIRE(path != NULL);
    return path;
}

const char *sample_folder(void)
{
    return folder("OPENTAPI_SAMPLES");
}

/* What lies in the pipe when the sample has ended. Its end of the pipe may live longer than itself:
 * services that Wine has started meanwhile inherit it. So nobody waits for that. */
static void read_output(HANDLE pipe)
{
    DWORD there = 0, got = 0;

    if (PeekNamedPipe(pipe, NULL, 0, NULL, &there, NULL) && there)
        ReadFile(pipe, sample_output,
                 there < sizeof(sample_output) ? there : sizeof(sample_output) - 1, &got, NULL);
    sample_output[got] = 0;
}

static void read_log(const char *path)
{
    FILE *file = fopen(path, "rb");

    sample_log[0] = 0;
    if (!file)
        return;
    sample_log[fread(sample_log, 1, sizeof(sample_log) - 1, file)] = 0;
    fclose(file);
}

struct expectation {
    const char *path, *part;
};

static bool log_has(void *context)
{
    const struct expectation *expected = context;

    read_log(expected->path);
    return strstr(sample_log, expected->part) != NULL;
}

static void start(char *command, HANDLE input, HANDLE output)
{
    STARTUPINFOA info = {.cb = sizeof(info), .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;

    info.hStdInput = input;
    info.hStdOutput = info.hStdError = output;
    bool started = wait_start(command, true, CREATE_NO_WINDOW, &info, &process);
    CloseHandle(output);
    REQUIRE(started);
    sample_status = wait_end(command, &process);
}

/* Runs a command with the exchange of a file of this folder, to its end, and until the exchange's
 * log has a certain part. */
static void run(char *command, const char *configuration, const char *input, const char *until)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    char path[MAX_PATH + 40], temporary[MAX_PATH];
    HANDLE from = INVALID_HANDLE_VALUE, typed, read, written;
    static unsigned number;
    DWORD size;

    snprintf(path, sizeof(path), "%s/%s", folder("OPENTAPI_SAMPLES_TEST"), configuration);
    SetEnvironmentVariableA("OPENTAPI_SIMPBX", path);
    GetTempPathA(sizeof(temporary), temporary);
    snprintf(path, sizeof(path), "%ssamples-%lu-%u.log", temporary, GetCurrentProcessId(),
             ++number);
    SetEnvironmentVariableA("OPENTAPI_SIMPBX_LOG", path);
    sample_status = 0xDEAD;
    sample_output[0] = 0;
    if (input) {
        REQUIRE(CreatePipe(&from, &typed, &inherit, 4096));
        SetHandleInformation(typed, HANDLE_FLAG_INHERIT, 0);
        WriteFile(typed, input, (DWORD)strlen(input), &size, NULL);
        CloseHandle(typed); /* the end of the input */
    }
    REQUIRE(CreatePipe(&read, &written, &inherit, 4 * sizeof(sample_output)));
    SetHandleInformation(read, HANDLE_FLAG_INHERIT, 0);
    start(command, from, written);
    read_output(read);
    CloseHandle(read);
    if (input)
        CloseHandle(from);
    wait_until(log_has, &(struct expectation){path, until}, NULL, WAIT_LONG);
    DeleteFileA(path);
}

void sample_script(enum language language, const char *sample, char path[MAX_PATH])
{
    snprintf(path, MAX_PATH, "%s/%s/%s.%s", sample_folder(),
             language == JSCRIPT ? "jscript" : "vbscript", sample,
             language == JSCRIPT ? "js" : "vbs");
}

static void run_sample(enum language language, const char *sample, const char *configuration,
                       const char *arguments, const char *input, const char *until)
{
    char command[1024], path[MAX_PATH];

    sample_script(language, sample, path);
    if (language == C)
        snprintf(command, sizeof(command), "sample_%s.exe %s", sample, arguments);
    else
        snprintf(command, sizeof(command), "otscript.exe //Nologo \"%s\" %s", path, arguments);
    run(command, configuration, input, until);
}

void sample_run(enum language language, const char *sample, const char *configuration,
                const char *arguments)
{
    run_sample(language, sample, configuration, arguments, NULL, "");
}

void sample_run_input(enum language language, const char *sample, const char *configuration,
                      const char *arguments, const char *input)
{
    run_sample(language, sample, configuration, arguments, input, "");
}

void sample_run_until(enum language language, const char *sample, const char *configuration,
                      const char *arguments, const char *logged)
{
    run_sample(language, sample, configuration, arguments, NULL, logged);
}

void sample_run_together(enum language language, const char *partner, const char *sample,
                         const char *configuration, const char *arguments)
{
    char command[1024], path[MAX_PATH];

    sample_script(language, sample, path);
    snprintf(command, sizeof(command), "samples_together.exe %s \"%s\" %s", partner,
             language == C ? sample : path, arguments);
    run(command, configuration, NULL, "");
}

/* The parts, with '|' between them, must stand in the text in this order. */
static void check_in_order(const char *what, const char *text, const char *parts)
{
    const char *at = text;
    char part[200];

    while (*parts) {
        size_t size = strcspn(parts, "|");
        snprintf(part, sizeof(part), "%.*s", (int)size, parts);
        at = strstr(at, part);
        if (!at) {
            FAIL("%s: \"%s\" is not there, or not there in the order:\n%s", what, part, text);
            return;
        }
        at += strlen(part);
        parts += size + (parts[size] == '|');
    }
}

void sample_check(enum language language, const char *script_says, const char *c_says,
                  DWORD expected_status, const char *log)
{
    check_in_order("output", sample_output, language == C ? c_says : script_says);
    check_in_order("log", sample_log, log);
    if (!CHECK_EQ(sample_status, expected_status))
        test_note("output: %s", sample_output);
}
