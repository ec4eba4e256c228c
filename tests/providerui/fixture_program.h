/* fixture_program.h - a program that uses TAPI and reads its messages when a test asks for them. */
#ifndef TESTS_PROVIDERUI_FIXTURE_PROGRAM_H
#define TESTS_PROVIDERUI_FIXTURE_PROGRAM_H

#include <windows.h>
#include <tapi.h>

#include "tapi32/private.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define VERSION 0x00020002

/* An application with an event. */
struct program {
    HLINEAPP app;
    DWORD lines;
    HANDLE event;
};
struct program program_start(void);
void program_end(struct program *program);
/* The next message of that kind; everything before it is thrown away. False: it did not come. */
bool program_wait(struct program *program, DWORD message, LINEMESSAGE *got);

#endif
