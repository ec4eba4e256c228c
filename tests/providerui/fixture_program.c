/* fixture_program.c - see fixture_program.h. */
#include "tests/providerui/fixture_program.h"

struct program program_start(void)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = VERSION;
    struct program program = {0};

    REQUIRE_EQ(lineInitializeExW(&program.app, GetModuleHandleW(NULL), NULL, L"providerui",
                                 &program.lines, &version, &params),
               0);
    program.event = params.Handles.hEvent;
    return program;
}

void program_end(struct program *program)
{
    CHECK_EQ(lineShutdown(program->app), 0);
}

bool program_wait(struct program *program, DWORD message, LINEMESSAGE *got)
{
    do {
        if (lineGetMessage(program->app, got, WAIT_LONG))
            return FAIL("message %u did not come", (unsigned)message);
    } while (got->dwMessageID != message);
    return true;
}
